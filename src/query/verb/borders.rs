//! What the world knows where the texts know no way: a chain of states that share land borders.
//!
//! It is an offer, marked as world data, and never part of an answer.

use std::collections::{BTreeMap, VecDeque};

use super::ways::Avoided;
use crate::graph::FrozenGraph;
use crate::query::resolve::Bound;
use crate::schema::{EntryId, Schema};

/// Names of the states of the shortest chain of land borders from one of `from` to one of `to`, that touches nothing avoided.
/// Empty if there is no such chain; none where an end has nothing to do with states.
pub(crate) fn chain(
    graph: &FrozenGraph,
    schema: &Schema,
    from: &[Bound],
    to: &[Bound],
    avoided: &[Avoided],
) -> Option<Vec<String>> {
    let borders = schema.roles.borders?;
    let barred =
        |e: EntryId| avoided.iter().filter_map(Avoided::entry).any(|a| a == e || schema.containers(e).binary_search(&a).is_ok());
    let ends = |names: &[Bound]| -> Vec<EntryId> {
        let mut all: Vec<EntryId> = names.iter().filter_map(|b| b.entry).flat_map(|e| with_borders(schema, e)).collect();
        all.retain(|&e| !barred(e));
        all.sort_by_key(|&e| schema.gazetteer.get(e.0 as usize).map(|x| x.name.clone()));
        all.dedup();
        all
    };
    let (starts, goals) = (ends(from), ends(to));
    if starts.is_empty() || goals.is_empty() {
        return None;
    }
    let mut before: BTreeMap<EntryId, Option<EntryId>> = starts.iter().map(|&s| (s, None)).collect();
    let mut open: VecDeque<EntryId> = starts.into();
    while let Some(at) = open.pop_front() {
        if goals.contains(&at) {
            let chain: Vec<EntryId> = std::iter::successors(Some(at), |e| before.get(e).copied().flatten()).collect();
            return Some(chain.into_iter().rev().map(|e| shown(graph, schema, e)).collect());
        }
        let facts = schema.gazetteer.get(at.0 as usize).map_or(&[][..], |e| &e.facts);
        let mut next: Vec<EntryId> = facts.iter().filter(|f| f.0 == borders && !barred(f.1)).map(|f| f.1).collect();
        next.sort_by_key(|&e| schema.gazetteer.get(e.0 as usize).map(|x| x.name.clone()));
        for state in next {
            before.entry(state).or_insert_with(|| {
                open.push_back(state);
                Some(at)
            });
        }
    }
    Some(Vec::new())
}

/// The states with land borders that an entry is, contains, or lies in.
fn with_borders(schema: &Schema, entry: EntryId) -> Vec<EntryId> {
    let has = |e: &EntryId| {
        let facts = schema.gazetteer.get(e.0 as usize).map_or(&[][..], |x| &x.facts);
        facts.iter().any(|f| Some(f.0) == schema.roles.borders)
    };
    if has(&entry) {
        return vec![entry];
    }
    let mut members = schema.gazetteer.get(entry.0 as usize).map_or_else(Vec::new, |x| x.members.clone());
    members.extend(schema.contents(entry));
    members.retain(has);
    if members.is_empty() {
        members = schema.containers(entry);
        members.retain(has);
    }
    members
}

fn shown(graph: &FrozenGraph, schema: &Schema, entry: EntryId) -> String {
    let Some(entry) = schema.gazetteer.get(entry.0 as usize) else { return String::new() };
    graph.node_by_id(&entry.id).map_or_else(|| entry.name.to_string(), |n| graph.name(n).to_owned())
}
