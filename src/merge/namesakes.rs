//! What texts call alike, where that does not make it one thing.
//!
//! A name tells one thing, but there is a summit in Accra each year, and a memorandum of understanding with everybody. A
//! description without a name in it ("a gas pipeline", "the summit") tells none: each article means one of its own. So
//! happenings of one name are one unless dates or guests speak against it; agreements of one name if their parties do not
//! differ; and what is only described is one where the same is said of it at one time. `described` goes on from there.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::clues::Clues;
use super::corrections::Corrections;
use super::described::{Described, Joining, PARTIES, Rule, SHORTEST, gather};
use super::items::Items;
use super::link::Reasons;
use crate::graph::{Symbol, Union};

/// Joins what is one of each group that is called alike, and says why.
pub(super) fn join(
    groups: &[Vec<u32>],
    items: &Items,
    clues: &Clues,
    corrections: &Corrections,
    union: &mut Union,
    reasons: &mut Reasons,
) {
    let called: FxHashSet<u32> = groups.iter().flatten().copied().collect();
    let accounts = gather(items, clues, union, |at, _| called.contains(&at));
    let mut accounts: FxHashMap<u32, Described> = accounts.into_iter().map(|d| (d.at, d)).collect();
    let mut joining = Joining { corrections, union, reasons };
    for group in groups {
        let (mut bare, mut named): (Vec<Described>, Vec<Described>) = (Vec::new(), Vec::new());
        for (at, account) in group.iter().filter_map(|at| Some((*at, accounts.remove(at)?))) {
            let is_bare = items.all.get(at as usize).is_some_and(|i| i.described);
            if is_bare { bare.push(account) } else { named.push(account) }
        }
        let Some(kind) = group.first().and_then(|&at| items.all.get(at as usize)).map(|i| items.text(i.kind)) else { continue };
        if clues.is_happening(kind) && named.iter().any(|d| is_phrase(&d.name)) {
            joining.groups(named, Rule::Called, "described alike, and nothing speaks against it");
        } else if clues.is_happening(kind) {
            joining.groups(named, Rule::Named, "the same name, and nothing speaks against it");
        } else {
            joining.groups(named, Rule::Pact, "the same name, and no other parties or dates");
        }
        if clues.is_described(kind) { by_states(bare, &mut joining) } else { by_statements(bare, items, &mut joining) }
    }
}

/// Whether a name is a phrase with a name in it ("visit to Armenia"), and not the name of a happening ("first Accra Summit").
fn is_phrase(name: &str) -> bool {
    let is_small = |word: &&str| word.starts_with(char::is_lowercase);
    let mut words = name.split_whitespace();
    let before = words.by_ref().take_while(is_small).count();
    before > 1 || words.any(|word| is_small(&word) && word.len() >= SHORTEST)
}

/// Happenings and agreements without a name that are called alike: one if the same states were there.
fn by_states(bare: Vec<Described>, joining: &mut Joining<'_>) {
    let mut buckets: BTreeMap<Vec<Symbol>, Vec<Described>> = BTreeMap::new();
    for described in bare.into_iter().filter(|d| d.account.states.len() >= PARTIES) {
        buckets.entry(described.account.states.iter().copied().collect()).or_default().push(described);
    }
    for (states, bucket) in buckets {
        let why = format!("called alike, of the same {} states, and nothing speaks against it", states.len());
        joining.groups(bucket, Rule::Called, &why);
    }
}

/// Things without a name that are called alike: one if the same is said of them. O(things and what is said of them).
fn by_statements(bare: Vec<Described>, items: &Items, joining: &mut Joining<'_>) {
    let mut buckets: BTreeMap<Symbol, Vec<usize>> = BTreeMap::new();
    for (at, described) in bare.iter().enumerate() {
        described.account.said.iter().for_each(|&said| buckets.entry(said).or_default().push(at));
    }
    let places: BTreeMap<u32, usize> = bare.iter().enumerate().map(|(at, d)| (d.at, at)).collect();
    let mut bare: Vec<Option<Described>> = bare.into_iter().map(Some).collect();
    for (said, bucket) in buckets.into_iter().filter(|b| b.1.len() > 1) {
        // What was joined for one statement is not joined again for another: that would be a chain.
        let here: Vec<Described> = bucket.iter().filter_map(|&at| bare[at].take()).collect();
        let why = format!("called alike, and the same is said of them at one time ({})", items.text(said));
        for described in joining.groups(here, Rule::Alike, &why) {
            if let Some(place) = places.get(&described.at).and_then(|&at| bare.get_mut(at)) {
                *place = Some(described);
            }
        }
    }
}
