//! Which entities of which documents are one thing.
//!
//! By the gazetteer's id, else by a shared key within one type; happenings also by who took part (`happenings`). Never by
//! similarity (but for misspelt persons, see `people`), and never in chains: a key that leads to two known entities joins nothing, an entity whose
//! keys lead to several follows its most telling one, and what one document tells apart is not joined by a
//! detour through another document.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::corrections::Corrections;
use super::{happenings, people};
use crate::graph::Union;
use crate::model::{Entity, Extraction};
use crate::schema::Schema;

/// Entities that are one thing.
#[derive(Debug, Clone)]
pub(super) struct Cluster {
    /// (extraction, entity), ascending.
    pub(super) members: Vec<(u32, u32)>,
    /// The gazetteer's id.
    pub(super) known: Option<Arc<str>>,
    /// The type's name.
    pub(super) kind: Arc<str>,
    /// Its keys, ascending, as one text: the same in every order of documents.
    pub(super) identity: String,
    /// Why they are one, where a shared name does not say it all.
    pub(super) reasons: Vec<String>,
}

/// All clusters, and which one each entity is in.
pub(super) struct Links {
    pub(super) clusters: Vec<Cluster>,
    of: Vec<Vec<u32>>,
}

impl Links {
    /// The cluster of an entity of an extraction.
    pub(super) fn of(&self, extraction: usize, entity: u32) -> Option<u32> {
        self.of.get(extraction)?.get(entity as usize).copied()
    }
}

/// An entity and where it comes from.
pub(super) struct Item<'a> {
    pub(super) extraction: u32,
    pub(super) index: u32,
    pub(super) entity: &'a Entity,
}

/// Links the entities of extractions that are sorted by document.
pub(super) fn link(extractions: &[&Extraction], schema: &Schema, corrections: &Corrections) -> Links {
    let items: Vec<Item<'_>> = extractions
        .iter()
        .enumerate()
        .flat_map(|(x, e)| {
            e.entities.iter().enumerate().map(move |(i, entity)| Item { extraction: x as u32, index: i as u32, entity })
        })
        .collect();
    let keys = Keys::of(&items);
    let mut union = Union::new(items.len());
    join_known(&items, &mut union);
    join_unknown(&items, &keys, &mut union);
    let mut reasons: Vec<(u32, String)> = Vec::new();
    people::join(&items, extractions, schema, corrections, &mut union, &mut reasons);
    happenings::join(&items, extractions, schema, corrections, &mut union, &mut reasons);
    corrections.link(&items, &mut union, &mut reasons);
    describe(&items, &keys, &mut union, &mut reasons);
    clusters(extractions, &items, union, &reasons)
}

/// Who holds each key, and which known entity it leads to.
struct Keys<'a> {
    holders: FxHashMap<(&'a str, &'a str), Vec<u32>>,
    anchors: FxHashMap<(&'a str, &'a str), Anchor<'a>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Anchor<'a> {
    /// One known entity has the key.
    Known(&'a str),
    /// Several have it: it joins nothing.
    Ambiguous,
}

impl<'a> Keys<'a> {
    fn of(items: &[Item<'a>]) -> Self {
        let mut keys = Self { holders: FxHashMap::default(), anchors: FxHashMap::default() };
        for (at, item) in items.iter().enumerate() {
            for key in &item.entity.keys {
                let key = (&*item.entity.kind, key.as_str());
                match &item.entity.known {
                    None => keys.holders.entry(key).or_default().push(at as u32),
                    Some(known) => {
                        let anchor = keys.anchors.entry(key).or_insert(Anchor::Known(known));
                        if *anchor != Anchor::Known(known) {
                            *anchor = Anchor::Ambiguous;
                        }
                    }
                }
            }
        }
        keys
    }

    /// The known entity that the first telling key of an entity leads to.
    fn anchor(&self, entity: &'a Entity) -> Option<&'a str> {
        entity.keys.iter().find_map(|k| match self.anchors.get(&(&*entity.kind, k.as_str())) {
            Some(Anchor::Known(known)) => Some(*known),
            Some(Anchor::Ambiguous) | None => None,
        })
    }
}

fn join_known(items: &[Item<'_>], union: &mut Union) {
    let mut first: FxHashMap<&str, u32> = FxHashMap::default();
    for (at, item) in items.iter().enumerate() {
        if let Some(known) = item.entity.known.as_deref() {
            union.join(at as u32, *first.entry(known).or_insert(at as u32));
        }
    }
}

/// Joins entities that the gazetteer does not know with each other, and with known ones that share a key.
fn join_unknown<'a>(items: &[Item<'a>], keys: &Keys<'a>, union: &mut Union) {
    let mut known: FxHashMap<&str, u32> = FxHashMap::default();
    for (at, item) in items.iter().enumerate() {
        if let Some(id) = item.entity.known.as_deref() {
            known.entry(id).or_insert(at as u32);
        }
    }
    // Groups by shared keys that lead to nothing known, all of them first.
    let mut groups = Union::new(items.len());
    for (key, holders) in &keys.holders {
        if !keys.anchors.contains_key(key) {
            holders.windows(2).for_each(|pair| groups.join(pair[0], pair[1]));
        }
    }
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (at, _) in items.iter().enumerate().filter(|(_, i)| i.entity.known.is_none()) {
        members.entry(groups.root(at as u32)).or_default().push(at as u32);
    }
    for group in members.values() {
        let of = |at: u32| items[at as usize].entity;
        let anchors: FxHashSet<&str> = group.iter().filter_map(|&at| keys.anchor(of(at))).collect();
        let mut anchored = |at: u32, id: &str| {
            if let Some(&to) = known.get(id) {
                union.join(at, to);
            }
        };
        if anchors.len() > 1 {
            // They lead to several known things: each follows its own key, and the group is no group.
            let (led, rest): (Vec<u32>, Vec<u32>) = group.iter().partition(|&&at| keys.anchor(of(at)).is_some());
            led.iter().for_each(|&at| anchored(at, keys.anchor(of(at)).unwrap_or_default()));
            join_by_first_key(items, &rest, union);
            continue;
        }
        if let Some(id) = anchors.into_iter().next() {
            group.iter().for_each(|&at| anchored(at, id));
        } else if told_apart(items, group) {
            join_by_first_key(items, group, union);
        } else {
            group.windows(2).for_each(|pair| union.join(pair[0], pair[1]));
        }
    }
}

/// Whether one document has two of them as two things: two entities with no key in common.
fn told_apart(items: &[Item<'_>], group: &[u32]) -> bool {
    group.windows(2).any(|pair| {
        let (a, b) = (&items[pair[0] as usize], &items[pair[1] as usize]);
        a.extraction == b.extraction && !a.entity.keys.iter().any(|k| b.entity.keys.contains(k))
    })
}

/// Joins those whose most telling key is the same.
fn join_by_first_key(items: &[Item<'_>], group: &[u32], union: &mut Union) {
    let mut first: FxHashMap<&str, u32> = FxHashMap::default();
    for &at in group {
        if let Some(key) = items[at as usize].entity.keys.first() {
            union.join(at, *first.entry(key).or_insert(at));
        }
    }
}

/// Notes the descriptions (not names) that hold a cluster together.
fn describe(items: &[Item<'_>], keys: &Keys<'_>, union: &mut Union, reasons: &mut Vec<(u32, String)>) {
    for ((_, key), holders) in keys.holders.iter().filter(|((_, k), h)| k.contains('|') && h.len() > 1) {
        let root = union.root(holders[0]);
        let names: FxHashSet<&str> =
            holders.iter().filter(|&&h| union.root(h) == root).map(|&h| items[h as usize].entity.name.as_str()).collect();
        if names.len() > 1 {
            reasons.push((holders[0], format!("the same description: {}", key.replace('|', ", "))));
        }
    }
}

fn clusters(extractions: &[&Extraction], items: &[Item<'_>], mut union: Union, reasons: &[(u32, String)]) -> Links {
    let mut numbers: FxHashMap<u32, u32> = FxHashMap::default();
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut of: Vec<Vec<u32>> = extractions.iter().map(|e| Vec::with_capacity(e.entities.len())).collect();
    let mut keys: Vec<Vec<&str>> = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let number = *numbers.entry(union.root(at as u32)).or_insert_with(|| {
            clusters.push(Cluster {
                members: Vec::new(),
                known: None,
                kind: item.entity.kind.clone(),
                identity: String::new(),
                reasons: Vec::new(),
            });
            keys.push(Vec::new());
            clusters.len() as u32 - 1
        });
        let cluster = &mut clusters[number as usize];
        cluster.members.push((item.extraction, item.index));
        if let Some(known) = &item.entity.known {
            // Corrections may join two known things: the lesser id stays, whatever the order.
            if cluster.known.as_ref().is_none_or(|k| known < k) {
                cluster.known = Some(known.clone());
                cluster.kind = item.entity.kind.clone();
            }
        } else if cluster.known.is_none() && item.entity.kind < cluster.kind {
            cluster.kind = item.entity.kind.clone();
        }
        keys[number as usize].extend(item.entity.keys.iter().map(String::as_str));
        of[item.extraction as usize].push(number);
    }
    for (cluster, mut keys) in clusters.iter_mut().zip(keys) {
        keys.sort_unstable();
        keys.dedup();
        cluster.identity = format!("{}\n{}", cluster.kind, keys.join("\n"));
    }
    for (at, reason) in reasons {
        let number = numbers[&union.root(*at)];
        clusters[number as usize].reasons.push(reason.clone());
    }
    Links { clusters, of }
}
