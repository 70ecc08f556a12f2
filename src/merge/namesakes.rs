//! What texts call alike, where that does not make it one thing.
//!
//! A name tells one thing, but there is a summit in Accra each year, and a memorandum of understanding with everybody. A
//! description without a name in it ("a gas pipeline", "the summit") tells none: each article means one of its own. So
//! happenings of one name are one unless dates or guests speak against it; agreements of one name if their parties do not
//! differ; and what is only described is one where the same is said of it at one time. `described` goes on from there.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::accounts::{Accounts, SHORTEST, Words};
use super::clues::Clues;
use super::described::{Joining, PARTIES, Rule, by_states};
use super::items::Items;
use crate::graph::Symbol;

/// Joins what is one of each group that is called alike, and says why.
pub(super) fn join(groups: &[Vec<u32>], items: &Items, clues: &Clues, words: &mut Words, joining: &mut Joining<'_>) {
    let called: FxHashSet<u32> = groups.iter().flatten().copied().collect();
    let accounts = Accounts::new(items, clues, words, joining.union, |at, _| called.contains(&at));
    drop(called);
    for group in groups {
        let first = |set: u32| items.all.get(accounts.first(set) as usize);
        let sets = group.iter().filter_map(|&at| accounts.set_of(at));
        let (bare, named): (Vec<u32>, Vec<u32>) = sets.partition(|&set| first(set).is_some_and(|i| i.described));
        let Some(kind) = group.first().and_then(|&at| items.all.get(at as usize)).map(|i| items.text(i.kind)) else { continue };
        let is_phrase = |&set: &u32| first(set).is_some_and(|i| is_phrase(items.text(i.name)));
        let (rule, why) = if !clues.is_happening(kind) {
            (Rule::Pact, "the same name, and no other parties or dates")
        } else if named.iter().any(is_phrase) {
            (Rule::Called, "described alike, and nothing speaks against it")
        } else {
            (Rule::Named, "the same name, and nothing speaks against it")
        };
        joining.groups(named.iter().map(|&set| accounts.of(set)), rule, why);
        if clues.is_described(kind) {
            described(&bare, &accounts, joining)
        } else {
            by_statements(&bare, items, &accounts, joining)
        }
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
fn described(bare: &[u32], accounts: &Accounts<'_>, joining: &mut Joining<'_>) {
    for (states, bucket) in by_states(accounts, bare.iter().copied(), PARTIES) {
        let why = format!("called alike, of the same {} states, and nothing speaks against it", states.len());
        joining.groups(bucket.iter().map(|&set| accounts.of(set)), Rule::Called, &why);
    }
}

/// Things without a name that are called alike: one if the same is said of them. O(things and what is said of them).
fn by_statements(bare: &[u32], items: &Items, accounts: &Accounts<'_>, joining: &mut Joining<'_>) {
    let mut buckets: BTreeMap<Symbol, Vec<u32>> = BTreeMap::new();
    for &set in bare {
        accounts.of(set).account.said.iter().for_each(|&said| buckets.entry(said).or_default().push(set));
    }
    let mut joined: FxHashSet<u32> = FxHashSet::default();
    for (said, bucket) in buckets.into_iter().filter(|b| b.1.len() > 1) {
        // What was joined for one statement is not joined again for another: that would be a chain.
        let here: Vec<u32> = bucket.into_iter().filter(|set| !joined.contains(set)).collect();
        let why = format!("called alike, and the same is said of them at one time ({})", items.text(said));
        let alone = joining.groups(here.iter().map(|&set| accounts.of(set)), Rule::Alike, &why);
        joined.extend(here.into_iter().filter(|&set| !alone.contains(&accounts.first(set))));
    }
}
