//! Ways that texts name by where they begin and end: "the railway from Torghundi to Herat" here, "the section from Torghundi to Herat"
//! or "the Torghundi–Herat railway" there.
//!
//! Two such ways are one if both ends are the same, whichever comes first, and all else that their names say: an oil pipeline is no
//! gas pipeline. A name that says no more than that it is a piece of some way ("section", "stretch") is the one way with
//! these ends whose kind does not clash; with several it stays apart. Never in chains: a way with other ends besides has no part in this, nor
//! have ways that one document tells apart, or that the gazetteer knows as two.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::clues::Clues;
use super::corrections::Corrections;
use super::items::Items;
use super::link::Reasons;
use crate::graph::{Symbol, Union};
use crate::names::fold;

/// A way as some documents tell of it.
#[derive(Default)]
struct Way {
    at: u32,
    names: BTreeSet<Symbol>,
    known: BTreeSet<Symbol>,
    ends: BTreeSet<u32>,
    kinds: BTreeSet<Symbol>,
    documents: BTreeSet<u32>,
}

/// What a name says besides the ends.
type Rest = BTreeSet<String>;

/// Joins what is one way, and says why.
pub(super) fn join(items: &Items, clues: &Clues, corrections: &Corrections, union: &mut Union, reasons: &mut Reasons) {
    let mut buckets: BTreeMap<Vec<u32>, Vec<(Rest, Way)>> = BTreeMap::new();
    for way in gather(items, clues, union) {
        if let Some(rest) = rest(&way, items, clues) {
            buckets.entry(way.ends.iter().copied().collect()).or_default().push((rest, way));
        }
    }
    for bucket in buckets.into_values().filter(|bucket| bucket.len() > 1) {
        for ways in groups(bucket).into_iter().filter(|ways| is_one(ways, items, corrections)) {
            let names: BTreeSet<&str> = ways.iter().flat_map(|w| &w.names).map(|&n| items.text(n)).collect();
            let names: Vec<&str> = names.into_iter().collect();
            ways.windows(2).for_each(|pair| union.join(pair[0].at, pair[1].at));
            reasons
                .push((ways[0].at, format!("ways between the same two ends, of kinds that do not clash: {}", names.join("; "))));
        }
    }
}

/// The ways with two ends as they are joined so far, in the order of documents.
fn gather(items: &Items, clues: &Clues, union: &mut Union) -> Vec<Way> {
    let mut ways: FxHashMap<u32, Way> = FxHashMap::default();
    for &(way, stop) in &clues.ends {
        ways.entry(union.root(way)).or_default().ends.insert(union.root(stop));
    }
    ways.retain(|_, way| way.ends.len() == 2);
    for &(way, kind) in &clues.kinds {
        if let Some(way) = ways.get_mut(&union.root(way)) {
            way.kinds.insert(kind);
        }
    }
    for (at, item) in (0..).zip(&items.all) {
        if let Some(way) = ways.get_mut(&union.root(at)) {
            way.at = union.root(at);
            way.names.insert(item.name);
            way.known.extend(Items::is_known(item).then_some(item.known));
            way.documents.insert(item.extraction);
        }
    }
    let mut ways: Vec<Way> = ways.into_values().collect();
    ways.sort_unstable_by_key(|way| way.at);
    ways
}

/// What the names of a way say besides its ends, if they name both; none where they say different things.
fn rest(way: &Way, items: &Items, clues: &Clues) -> Option<Rest> {
    let mut rests: BTreeSet<Rest> = way.names.iter().filter_map(|&name| rest_of(items.text(name), way, items, clues)).collect();
    if rests.len() > 1 {
        rests.remove(&Rest::new());
    }
    rests.pop_first().filter(|_| rests.is_empty())
}

fn rest_of(name: &str, way: &Way, items: &Items, clues: &Clues) -> Option<Rest> {
    let mut rest = words(name);
    for &end in &way.ends {
        let end: Rest = items.all.get(end as usize).map(|i| words(items.text(i.name))).unwrap_or_default();
        if end.is_empty() || !end.is_subset(&rest) {
            return None;
        }
        rest.retain(|word| !end.contains(word));
    }
    rest.retain(|word| !clues.says_no_kind(word));
    Some(rest)
}

fn words(name: &str) -> Rest {
    fold(name).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Ways with the same ends, by what else their names say. Those that say nothing go with the only ones whose kind does not clash.
fn groups(bucket: Vec<(Rest, Way)>) -> Vec<Vec<Way>> {
    let mut groups: BTreeMap<Rest, Vec<Way>> = BTreeMap::new();
    bucket.into_iter().for_each(|(rest, way)| groups.entry(rest).or_default().push(way));
    let pieces = groups.remove(&Rest::new()).unwrap_or_default();
    let mut groups: Vec<Vec<Way>> = groups.into_values().collect();
    let mut alone = Vec::new();
    for piece in pieces {
        let clashes = |group: &[Way]| group.iter().any(|w| !w.kinds.is_subset(&piece.kinds) && !piece.kinds.is_subset(&w.kinds));
        let mut fitting = groups.iter_mut().filter(|group| !clashes(group));
        match (fitting.next(), fitting.next()) {
            (Some(only), None) => only.push(piece),
            _ => alone.push(piece),
        }
    }
    groups.push(alone);
    groups
}

/// Whether nothing speaks against their being one.
fn is_one(ways: &[Way], items: &Items, corrections: &Corrections) -> bool {
    let kinds: BTreeSet<Symbol> = ways.iter().flat_map(|w| &w.kinds).copied().collect();
    let known: BTreeSet<Symbol> = ways.iter().flat_map(|w| &w.known).copied().collect();
    let documents: BTreeSet<u32> = ways.iter().flat_map(|w| &w.documents).copied().collect();
    let each: usize = ways.iter().map(|w| w.documents.len()).sum();
    let names = || ways.iter().flat_map(|w| &w.names).map(|&n| items.text(n));
    let parted = || names().any(|a| names().any(|b| corrections.differ(a, b)));
    ways.len() > 1 && kinds.len() < 2 && known.len() < 2 && documents.len() == each && !parted()
}
