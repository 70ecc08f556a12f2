//! What only the whole article tells: which event "attended" meant, whose minister a minister is.

use crate::model::{Mode, Value};

use super::entity::{DraftId, Linker};
use super::relation::{Candidate, Found};
use super::sentence::Sentence;
use super::slots::PENDING;

/// How far an event may be mentioned from what is said of it, in sentences.
const EVENT_REACH: usize = 4;

/// Replaces pending events by the one mentioned nearest: this sentence, the next, then those before; drops what finds none.
pub fn pending_events(linker: &Linker<'_>, edges: &mut Vec<Candidate>) {
    let Some(event) = linker.parts.event else { return };
    let mentions: Vec<(usize, DraftId)> =
        linker.salient.iter().filter(|s| linker.drafts[s.id as usize].kind == event).map(|s| (s.sentence, s.id)).collect();
    edges.retain_mut(|edge| {
        if edge.from != PENDING && edge.to != PENDING {
            return true;
        }
        let rank = |at: usize| match at.cmp(&edge.sentence) {
            std::cmp::Ordering::Equal => 0,
            std::cmp::Ordering::Greater => (at - edge.sentence) * 3,
            std::cmp::Ordering::Less => (edge.sentence - at) * 2,
        };
        let near = mentions.iter().filter(|(at, _)| *at <= edge.sentence + 1 && at + EVENT_REACH >= edge.sentence);
        let Some(&(at, id)) = near.min_by_key(|(at, id)| (rank(*at), *id)) else { return false };
        edge.distance += edge.sentence.abs_diff(at);
        for end in [&mut edge.from, &mut edge.to] {
            if *end == PENDING {
                *end = id;
            }
        }
        edge.from != edge.to
    });
}

/// A minister of no state named belongs to the last state that acted shortly before, else to the one the article
/// mentions most; unless another rule knows better.
pub fn offices_at_home(linker: &Linker<'_>, sentences: &[Sentence], found: &mut Found) {
    let (Some(leads), Some(state)) = (linker.parts.leads, linker.parts.state) else { return };
    let mut done: Vec<DraftId> = found.edges.iter().filter(|e| e.edge == leads).map(|e| e.from).collect();
    for (person, number, phrase, office) in std::mem::take(&mut found.homeless) {
        if done.contains(&person) {
            continue;
        }
        let is_state = |id: DraftId| linker.drafts[id as usize].kind == state;
        let acted = linker.salient.iter().rev().find(|s| {
            let before = s.sentence < number || (s.sentence == number && s.phrase < phrase);
            let near = s.sentence + 2 >= number && sentences[s.sentence].page + 1 >= sentences[number].page;
            before && near && s.subject && is_state(s.id)
        });
        let most = (0..linker.drafts.len() as DraftId)
            .filter(|&id| is_state(id))
            .max_by_key(|&id| (linker.drafts[id as usize].mentions.len(), std::cmp::Reverse(id)));
        // "President Putin … Russia's influence": a state that owns something in the very sentence.
        let owns = |at: usize| sentences[number].elements.phrases.iter().any(|p| p.possessor == Some(at));
        let beside = linker.salient.iter().find(|s| s.sentence == number && is_state(s.id) && owns(s.phrase));
        let Some(home) = acted.or(beside).map(|s| s.id).or(most) else { continue };
        done.push(person);
        found.edges.push(Candidate {
            edge: leads,
            from: person,
            to: home,
            mode: Mode::Actual,
            geometry: false,
            sentence: number,
            rule: "leads.home".into(),
            attrs: [("office".into(), Value::Text(office.into()))].into_iter().collect(),
            when: None,
            distance: 2,
        });
    }
}

/// Where a person stands for what the person leads ("Sharif and Li signed"), the state or body takes the place.
pub fn through_leaders(linker: &Linker<'_>, edges: &mut Vec<Candidate>) {
    let (Some(leads), Some(person)) = (linker.parts.leads, linker.parts.person) else { return };
    let led: Vec<(DraftId, DraftId)> = edges.iter().filter(|e| e.edge == leads).map(|e| (e.from, e.to)).collect();
    for edge in edges.iter_mut() {
        let allowed = &linker.schema.edge_types[edge.edge.0 as usize].from;
        if linker.drafts[edge.from as usize].kind == person && !allowed.contains(&person) {
            if let Some(&(_, body)) = led.iter().find(|(p, _)| *p == edge.from) {
                edge.from = body;
                edge.distance += 1;
            }
        }
    }
    edges.retain(|e| {
        linker.schema.edge_types[e.edge.0 as usize].from.contains(&linker.drafts[e.from as usize].kind) && e.from != e.to
    });
}

/// A way that touches a place touches the state that this article puts the place in.
pub fn states_of_stops(linker: &Linker<'_>, edges: &mut Vec<Candidate>) {
    let (Some(touches), Some(within), Some(state)) = (linker.parts.touches, linker.parts.within, linker.parts.state) else {
        return;
    };
    let seats: Vec<(DraftId, DraftId)> = edges
        .iter()
        .filter(|e| e.edge == within && e.mode == Mode::Actual && linker.drafts[e.to as usize].kind == state)
        .map(|e| (e.from, e.to))
        .collect();
    let more: Vec<Candidate> = edges
        .iter()
        .filter(|e| e.edge == touches && e.mode != Mode::Denied)
        .flat_map(|e| {
            seats.iter().filter(|(stop, _)| *stop == e.to).map(|&(_, to)| Candidate {
                to,
                rule: "touches.seat".into(),
                attrs: std::collections::BTreeMap::new(),
                ..e.clone()
            })
        })
        .collect();
    edges.extend(more);
}
