//! Which stop of a way comes first: where one sentence leads a way from its start through stops to its end, they are numbered.
//!
//! Ends alone are told by their role; a name that spells out its stops is numbered in `way`.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Mode, Value};

use super::entity::DraftId;
use super::parts::Parts;
use super::relation::Candidate;

/// The stops that one sentence gives a way, each once, in the order of the text.
#[derive(Default)]
struct Stops {
    start: Vec<DraftId>,
    via: Vec<DraftId>,
    end: Vec<DraftId>,
    /// Something else has numbered them.
    numbered: bool,
}

impl Stops {
    fn add(&mut self, edge: &Candidate) {
        self.numbered |= edge.attrs.contains_key("order");
        let Some(Value::Text(role)) = edge.attrs.get("role") else { return };
        if self.start.contains(&edge.to) || self.via.contains(&edge.to) || self.end.contains(&edge.to) {
            return;
        }
        match &**role {
            "start" => self.start.push(edge.to),
            "end" => self.end.push(edge.to),
            _ => self.via.push(edge.to),
        }
    }

    /// Each stop's number. A second end ("to Burgas or Varna") has none; two starts leave the order open.
    fn numbers(&self) -> BTreeMap<DraftId, i64> {
        let ([start], Some(end), false) = (&self.start[..], self.end.first(), self.numbered || self.via.is_empty()) else {
            return BTreeMap::new();
        };
        [start].into_iter().chain(&self.via).chain([end]).copied().zip(1..).collect()
    }
}

/// Numbers the stops of each way, sentence by sentence. Linear in the edges.
pub fn number_stops(parts: &Parts, edges: &mut [Candidate]) {
    let Some(touches) = parts.touches else { return };
    let told = |e: &Candidate| e.edge == touches && e.mode != Mode::Denied;
    let mut routes: BTreeMap<(DraftId, usize), Stops> = BTreeMap::new();
    for edge in edges.iter().filter(|e| told(e)) {
        routes.entry((edge.from, edge.sentence)).or_default().add(edge);
    }
    let numbers: BTreeMap<(DraftId, usize), BTreeMap<DraftId, i64>> =
        routes.into_iter().map(|(route, stops)| (route, stops.numbers())).filter(|(_, n)| !n.is_empty()).collect();
    for edge in edges.iter_mut().filter(|e| told(e)) {
        if let Some(number) = numbers.get(&(edge.from, edge.sentence)).and_then(|n| n.get(&edge.to)) {
            edge.attrs.entry(Arc::from("order")).or_insert(Value::Int(*number));
        }
    }
}
