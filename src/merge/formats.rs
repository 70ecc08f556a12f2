//! Standing formats that a text describes and does not name: "its dialogue framework with the five republics".
//!
//! A described format is the one that the gazetteer knows with exactly the same members, three at least, if there is only one;
//! and two described ones with exactly the same members are one. Never by similarity, and never of names.

use std::collections::{BTreeMap, BTreeSet};

use super::clues::Clues;
use super::corrections::Corrections;
use super::items::Items;
use super::link::Reasons;
use crate::graph::Union;

/// Fewer members describe too many formats.
const FEWEST: usize = 3;

/// Joins what is one format, and says why.
pub(super) fn join(items: &Items, clues: &Clues, corrections: &Corrections, union: &mut Union, reasons: &mut Reasons) {
    let mut members: BTreeMap<u32, BTreeSet<&str>> = BTreeMap::new();
    for &(body, state) in &clues.members {
        if clues.is_described_format(items, body) {
            members.entry(union.root(body)).or_default().insert(items.text(state));
        }
    }
    let mut alike: BTreeMap<BTreeSet<&str>, Vec<u32>> = BTreeMap::new();
    for (body, states) in members.into_iter().filter(|(_, states)| states.len() >= FEWEST) {
        alike.entry(states).or_default().push(body);
    }
    for (states, bodies) in alike {
        let known = clues.format_of(&states);
        let named = items.all.iter().position(|i| known.is_some() && items.texts.optional(i.known) == known);
        let first = named.map(|at| at as u32).or(bodies.first().copied());
        let Some(first) = first else { continue };
        let name = |at: u32| items.all.get(at as usize).map_or("", |i| items.text(i.name));
        for &body in bodies.iter().filter(|&&b| b != first && !corrections.differ(name(first), name(b))) {
            union.join(first, body);
            reasons.push((first, format!("a format of the same {} members: {}; {}", states.len(), name(first), name(body))));
        }
    }
}
