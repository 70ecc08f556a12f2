//! Which entities of which documents are one thing.
//!
//! By the gazetteer's id, else by a shared key within one type, if it is a name (`namesakes`); happenings and agreements also by who
//! took part and when (`described`), ways by their ends (`ends`). Never by similarity (but for misspelt persons, see `people`), and never in chains: a key that leads to two
//! known entities joins nothing, an entity whose keys lead to several follows its most telling one, and what one document
//! tells apart is not joined by a detour through another document.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::accounts::Words;
use super::clues::Clues;
use super::corrections::Corrections;
use super::described::Joining;
use super::items::{Item, Items};
use super::{described, ends, formats, namesakes, people};
use crate::graph::store::StoreError;
use crate::graph::{Groups, NO_TEXT, Stage, Symbol, Union, Watch};

/// Why entities are one: an entity of them, and the reason.
pub(super) type Reasons = Vec<(u32, String)>;

/// Entities that are one thing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cluster {
    /// The gazetteer's id, or none.
    pub(super) known: Symbol,
    /// The type's name.
    pub(super) kind: Symbol,
}

/// All clusters, and which one each entity is in.
pub(super) struct Links {
    pub(super) clusters: Vec<Cluster>,
    /// The entities of each.
    pub(super) members: Groups,
    /// Why they are one, where a shared name does not say it all.
    pub(super) reasons: FxHashMap<u32, Vec<Arc<str>>>,
    of: Vec<u32>,
}

impl Links {
    /// The cluster of an entity.
    pub(super) fn of(&self, item: u32) -> Option<u32> {
        self.of.get(item as usize).copied()
    }

    /// Where the first of a cluster stands, which no other one does.
    pub(super) fn place(&self, cluster: u32, items: &Items) -> String {
        let places = self.members.of(cluster).iter().map(|&at| items.place(at));
        places.min().map_or_else(String::new, |(document, at)| format!("\n{document}\n{at}"))
    }

    /// What identifies a cluster, ascending, as one text: the same in every order of documents.
    pub(super) fn identity(&self, cluster: u32, items: &Items) -> String {
        let members = self.members.of(cluster).iter().filter_map(|&at| items.all.get(at as usize));
        let mut keys: Vec<&str> = members.flat_map(|i| items.keys(i)).map(|&k| items.text(k)).collect();
        keys.sort_unstable();
        keys.dedup();
        let kind = self.clusters.get(cluster as usize).map_or("", |c| items.text(c.kind));
        format!("{kind}\n{}", keys.join("\n"))
    }
}

/// Links the entities of documents in order.
pub(super) fn link(items: &Items, clues: &Clues, corrections: &Corrections, watch: &Watch) -> Result<Links, StoreError> {
    watch.begin(Stage::Links, 4);
    let keys = Keys::of(items);
    let mut union = Union::new(items.all.len());
    let known = join_known(items, &mut union);
    let namesakes = join_unknown(items, &keys, &known, clues, &mut union);
    watch.step()?;
    let mut reasons = Reasons::new();
    people::join(items, clues, corrections, &mut union, &mut reasons);
    watch.step()?;
    let mut words = Words::default();
    let mut joining = Joining { items, corrections, union: &mut union, reasons: &mut reasons };
    namesakes::join(&namesakes, items, clues, &mut words, &mut joining);
    drop(namesakes);
    described::join(items, clues, &mut words, &mut joining);
    drop(words);
    formats::join(items, clues, corrections, &mut union, &mut reasons);
    ends::join(items, clues, corrections, &mut union, &mut reasons);
    watch.step()?;
    corrections.link(items, &mut union, &mut reasons);
    keys.describe(items, &mut union, &mut reasons);
    let links = clusters(items, union, &reasons);
    watch.step()?;
    Ok(links)
}

/// Who holds each key, and which known entity it leads to.
struct Keys {
    /// (type, key, entity that the gazetteer does not know), ascending.
    holders: Vec<(Symbol, Symbol, u32)>,
    /// Known entities by (type, key); none where several have it: it joins nothing.
    anchors: FxHashMap<(Symbol, Symbol), Option<Symbol>>,
}

impl Keys {
    fn of(items: &Items) -> Self {
        let mut keys = Self { holders: Vec::new(), anchors: FxHashMap::default() };
        for (at, item) in items.all.iter().enumerate() {
            for &key in items.keys(item) {
                if Items::is_known(item) {
                    let anchor = keys.anchors.entry((item.kind, key)).or_insert(Some(item.known));
                    if *anchor != Some(item.known) {
                        *anchor = None;
                    }
                } else {
                    keys.holders.push((item.kind, key, at as u32));
                }
            }
        }
        keys.holders.sort_unstable();
        keys
    }

    fn runs(&self) -> impl Iterator<Item = &[(Symbol, Symbol, u32)]> {
        self.holders.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1))
    }

    /// The known entity that the first telling key of an entity leads to.
    fn anchor(&self, item: &Item, items: &Items) -> Option<Symbol> {
        items.keys(item).iter().find_map(|&k| self.anchors.get(&(item.kind, k)).copied().flatten())
    }

    /// Notes the descriptions (not names) that hold a cluster together.
    fn describe(&self, items: &Items, union: &mut Union, reasons: &mut Reasons) {
        for run in self.runs().filter(|run| run.len() > 1 && items.text(run[0].1).contains('|')) {
            let (key, first) = (run[0].1, run[0].2);
            let root = union.root(first);
            let of = |&(_, _, at): &(Symbol, Symbol, u32)| items.all.get(at as usize).map(|i| i.name);
            let names: FxHashSet<Symbol> = run.iter().filter(|h| union.root(h.2) == root).filter_map(of).collect();
            if names.len() > 1 {
                reasons.push((first, format!("the same description: {}", items.text(key).replace('|', ", "))));
            }
        }
    }
}

/// Joins what has one id; returns the first entity of each.
fn join_known(items: &Items, union: &mut Union) -> FxHashMap<Symbol, u32> {
    let mut first: FxHashMap<Symbol, u32> = FxHashMap::default();
    for (at, item) in items.all.iter().enumerate().filter(|(_, i)| Items::is_known(i)) {
        union.join(at as u32, *first.entry(item.known).or_insert(at as u32));
    }
    first
}

/// Joins entities that the gazetteer does not know with each other, and with known ones that share a key. Returns those that are
/// called alike and of which that does not make one: see `namesakes`.
fn join_unknown(items: &Items, keys: &Keys, known: &FxHashMap<Symbol, u32>, clues: &Clues, union: &mut Union) -> Vec<Vec<u32>> {
    // Groups by shared keys that lead to nothing known, all of them first.
    let mut groups = Union::new(items.all.len());
    for run in keys.runs().filter(|run| !keys.anchors.contains_key(&(run[0].0, run[0].1))) {
        run.windows(2).for_each(|pair| groups.join(pair[0].2, pair[1].2));
    }
    let unknown = items.all.iter().enumerate().filter(|(_, i)| !Items::is_known(i));
    let mut members: Vec<(u32, u32)> = unknown.map(|(at, _)| (groups.root(at as u32), at as u32)).collect();
    members.sort_unstable();
    let mut namesakes = Vec::new();
    for group in members.chunk_by(|a, b| a.0 == b.0) {
        let group: Vec<u32> = group.iter().map(|m| m.1).collect();
        let rest = join_anchored(&group, items, keys, known, union);
        let is_open = |at: &u32| {
            let item = &items.all[*at as usize];
            item.described || clues.is_described(items.text(item.kind))
        };
        let (open, named): (Vec<u32>, Vec<u32>) = rest.into_iter().partition(is_open);
        for one in apart(items, &named) {
            one.windows(2).for_each(|pair| union.join(pair[0], pair[1]));
        }
        namesakes.extend(apart(items, &open).into_iter().filter(|one| one.len() > 1));
    }
    namesakes
}

/// Joins those of a group that shares keys with the known things that these lead to. Returns the others: of a group that leads to one
/// known thing there are none.
fn join_anchored(group: &[u32], items: &Items, keys: &Keys, known: &FxHashMap<Symbol, u32>, union: &mut Union) -> Vec<u32> {
    let anchor = |at: u32| items.all.get(at as usize).and_then(|i| keys.anchor(i, items));
    let anchors: FxHashSet<Symbol> = group.iter().filter_map(|&at| anchor(at)).collect();
    let only = anchors.iter().next().copied().filter(|_| anchors.len() == 1);
    // Where they lead to several known things each follows its own key, and the group is no group.
    let (led, rest): (Vec<u32>, Vec<u32>) = group.iter().partition(|&&at| only.or_else(|| anchor(at)).is_some());
    for at in led {
        if let Some(&to) = only.or_else(|| anchor(at)).and_then(|id| known.get(&id)) {
            union.join(at, to);
        }
    }
    rest
}

/// A group as a whole; by their most telling keys where one document has two of it as two things.
fn apart(items: &Items, group: &[u32]) -> Vec<Vec<u32>> {
    if !told_apart(items, group) {
        return vec![group.to_vec()];
    }
    let mut by_key: BTreeMap<Option<Symbol>, Vec<u32>> = BTreeMap::new();
    for &at in group {
        by_key.entry(items.keys(&items.all[at as usize]).first().copied()).or_default().push(at);
    }
    by_key.into_values().collect()
}

/// Whether one document has two of them as two things: two entities with no key in common.
fn told_apart(items: &Items, group: &[u32]) -> bool {
    group.windows(2).any(|pair| {
        let (a, b) = (&items.all[pair[0] as usize], &items.all[pair[1] as usize]);
        a.extraction == b.extraction && !items.keys(a).iter().any(|k| items.keys(b).contains(k))
    })
}

fn clusters(items: &Items, mut union: Union, all_reasons: &Reasons) -> Links {
    let mut numbers: FxHashMap<u32, u32> = FxHashMap::default();
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut of: Vec<u32> = Vec::with_capacity(items.all.len());
    for (at, item) in items.all.iter().enumerate() {
        let number = *numbers.entry(union.root(at as u32)).or_insert_with(|| {
            clusters.push(Cluster { known: NO_TEXT, kind: item.kind });
            clusters.len() as u32 - 1
        });
        let cluster = &mut clusters[number as usize];
        if Items::is_known(item) {
            // Corrections may join two known things: the lesser id stays, whatever the order.
            if cluster.known == NO_TEXT || items.text(item.known) < items.text(cluster.known) {
                (cluster.known, cluster.kind) = (item.known, item.kind);
            }
        } else if cluster.known == NO_TEXT && items.text(item.kind) < items.text(cluster.kind) {
            cluster.kind = item.kind;
        }
        of.push(number);
    }
    let mut reasons: FxHashMap<u32, Vec<Arc<str>>> = FxHashMap::default();
    for (at, reason) in all_reasons {
        if let Some(number) = numbers.get(&union.root(*at)) {
            reasons.entry(*number).or_default().push(Arc::from(reason.as_str()));
        }
    }
    let members = Groups::new(clusters.len(), of.iter().copied());
    Links { clusters, members, reasons, of }
}
