//! From what documents say to one graph: one node an entity, one edge a relation, with all claims.
//!
//! The result depends on the set of extractions alone: any order, any partition of the work and any number of
//! threads give the same bytes, and a document given twice counts once. Which entities are one is decided
//! in `link`; what the gazetteer adds is in `world`; corrections by a person are in `corrections`.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::graph::spool::Spool;
use crate::graph::store::StoreError;
use crate::graph::{FrozenGraph, GraphBuilder, KnowledgeGraph, NO_TEXT, NodeDraft, Stage, Symbol, Symbols, Watch};
use crate::model::{Entity, Extraction, Statement};
use crate::names::node_id;
use crate::schema::{NameKind, Schema};

mod accounts;
mod clues;
mod corrections;
mod described;
mod ends;
mod formats;
mod items;
mod lapsed;
mod link;
mod namesakes;
mod people;
mod world;

pub use corrections::{Assertion, Corrections, CorrectionsError, Retraction};

use corrections::Spelt;
use items::Items;
use link::Links;

/// What documents say, by ascending id, one at a time and as often as it is asked for.
trait Said {
    /// How many documents.
    fn count(&self) -> usize;

    /// Hands over each document's account with its place, counted by `watch`.
    fn each(&self, watch: &Watch, visit: &mut dyn FnMut(usize, &Extraction)) -> Result<(), StoreError>;
}

impl Said for Vec<&Extraction> {
    fn count(&self) -> usize {
        self.len()
    }

    fn each(&self, watch: &Watch, visit: &mut dyn FnMut(usize, &Extraction)) -> Result<(), StoreError> {
        for (place, extraction) in self.iter().enumerate() {
            watch.step()?;
            visit(place, extraction);
        }
        Ok(())
    }
}

/// Documents that are read ahead, at most.
const AHEAD: usize = 64;

impl Said for Spool {
    fn count(&self) -> usize {
        self.len()
    }

    fn each(&self, watch: &Watch, visit: &mut dyn FnMut(usize, &Extraction)) -> Result<(), StoreError> {
        let mut each = |all: &mut dyn Iterator<Item = Result<Extraction, StoreError>>| {
            for (place, extraction) in all.enumerate() {
                watch.step()?;
                visit(place, &extraction?);
            }
            Ok(())
        };
        // A thread is not worth it for a few.
        if !self.reads_ahead() || self.len() < AHEAD {
            return each(&mut self.extractions());
        }
        std::thread::scope(|scope| {
            let (send, receive) = std::sync::mpsc::sync_channel(AHEAD);
            // Who stops early takes no more: then this ends, too.
            scope.spawn(move || self.extractions().try_for_each(|extraction| send.send(extraction)));
            each(&mut receive.into_iter())
        })
    }
}

/// Entities that a person has set apart from others, by place of the document and of the entity in it.
type Separated = FxHashMap<(u32, u32), Entity>;

/// Merges what documents say. Linear in entities and claims, but for sorting.
///
/// Of two extractions of one document the one with the greater hash of its bytes counts.
#[must_use]
pub fn merge(extractions: &[Extraction], schema: &Schema, corrections: Option<&Corrections>) -> KnowledgeGraph {
    let mut all: Vec<&Extraction> = extractions.iter().collect();
    all.sort_by(|a, b| (&a.document.id, &b.document.hash).cmp(&(&b.document.id, &a.document.hash)));
    all.dedup_by(|later, first| later.document.id == first.document.id);
    // What lies in memory can always be read.
    builder(&all, schema, corrections, &Watch::default()).map_or_else(|_| KnowledgeGraph::default(), GraphBuilder::finish)
}

/// As [`merge`], of records: one document is in memory at a time. The spool is to be settled.
///
/// # Errors
/// A record that cannot be read; [`StoreError::Stopped`] if `watch` was stopped.
pub fn merge_spool(
    spool: &Spool,
    schema: &Schema,
    corrections: Option<&Corrections>,
    watch: &Watch,
) -> Result<KnowledgeGraph, StoreError> {
    builder(spool, schema, corrections, watch).map(GraphBuilder::finish)
}

/// As [`merge_spool`], laid out for queries at once: without the other graph in between, in a fraction of the memory.
///
/// # Errors
/// A record that cannot be read; more than 32-bit indices can count; [`StoreError::Stopped`] if `watch` was stopped.
pub fn freeze_spool(
    spool: &Spool,
    schema: &Schema,
    corrections: Option<&Corrections>,
    watch: &Watch,
) -> Result<FrozenGraph, StoreError> {
    builder(spool, schema, corrections, watch)?.finish_frozen(watch)
}

fn builder(
    said: &dyn Said,
    schema: &Schema,
    corrections: Option<&Corrections>,
    watch: &Watch,
) -> Result<GraphBuilder, StoreError> {
    let said = &lapsed::Parted::new(said, schema);
    let none = Corrections::default();
    let corrections = corrections.unwrap_or(&none);
    // A person's word costs a pass of its own: it is not counted, as it is short.
    let separated = corrections.separate(said)?;
    watch.begin(Stage::Names, said.count());
    let (mut items, clues) = Items::gather(said, watch, &separated, schema, corrections)?;
    let links = link::link(&items, &clues, corrections, watch)?;
    drop(clues);
    let mut builder = GraphBuilder::new();
    builder.schema(&schema.hash);
    let reshaped = corrections.reshaped(&items);
    let merge = Merge { schema, corrections, items: &items, links: &links, reshaped };
    let numbers = merge.nodes(&mut builder);
    let places = items.places(|item| links.of(item).and_then(|c| numbers.get(c as usize).copied()).unwrap_or(NO_TEXT));
    // What linking needed is not there beside the graph.
    drop(merge);
    builder.documents(std::mem::take(&mut items.documents));
    drop((links, items));
    watch.begin(Stage::Claims, said.count());
    claims(said, watch, schema, corrections, &places, &mut builder)?;
    corrections.assert_into(&mut builder, schema);
    world::add(&mut builder, schema);
    Ok(builder)
}

/// Ids of clusters, and how many have each.
#[derive(Default)]
struct Ids {
    texts: Symbols,
    of: Vec<Symbol>,
    holders: Vec<u32>,
}

impl Ids {
    fn push(&mut self, id: Option<&str>) {
        let id = self.texts.add_optional(id);
        self.hold(id);
        self.of.push(id);
    }

    fn hold(&mut self, id: Symbol) {
        if id != NO_TEXT {
            self.holders.resize(self.texts.len(), 0);
            self.holders[id as usize] += 1;
        }
    }

    fn of(&self, cluster: u32) -> Option<&str> {
        self.texts.optional(self.of.get(cluster as usize).copied().unwrap_or(NO_TEXT))
    }

    /// Gives another id to those that share theirs.
    fn part(&mut self, other: impl Fn(u32) -> Option<Arc<str>>) {
        let shared = |id: Symbol| id != NO_TEXT && self.holders.get(id as usize).is_some_and(|&n| n > 1);
        let sharing: Vec<u32> = (0..).zip(&self.of).filter(|(_, id)| shared(**id)).map(|(cluster, _)| cluster).collect();
        for cluster in sharing {
            if let Some(id) = other(cluster) {
                let id = self.texts.add(&id);
                self.hold(id);
                self.of[cluster as usize] = id;
            }
        }
    }
}

struct Merge<'a> {
    schema: &'a Schema,
    corrections: &'a Corrections,
    items: &'a Items,
    links: &'a Links,
    /// What a person renames or retypes.
    reshaped: Spelt,
}

impl Merge<'_> {
    /// Adds a node for each cluster that a document mentions or says something of; returns the builder's number of each,
    /// [`NO_TEXT`] for the others.
    fn nodes(&self, builder: &mut GraphBuilder) -> Vec<u32> {
        let clusters = 0..self.links.clusters.len() as u32;
        let used = |c: u32| self.links.members.of(c).iter().any(|&m| self.items.all.get(m as usize).is_some_and(|i| i.used));
        // All ids are made before the first node is: the same one twice makes both longer.
        let mut ids = Ids::default();
        for cluster in clusters.clone() {
            let id = used(cluster).then(|| self.draft(cluster).id);
            ids.push(id.as_deref());
        }
        // All of the unknown ones get a hash of what identifies them, so that none depends on the others' order; and where that
        // tells nothing, as of two summits in a year, of where the first of each stands.
        let unknown = |c: u32| self.links.clusters[c as usize].known == NO_TEXT;
        let long = |c: u32, more: &str| {
            let hash = blake3::hash((self.links.identity(c, self.items) + more).as_bytes()).to_hex();
            Arc::from(format!("{}-{}", self.draft(c).id, &hash.as_str()[..8]))
        };
        ids.part(|c| unknown(c).then(|| long(c, "")));
        ids.part(|c| unknown(c).then(|| long(c, &self.links.place(c, self.items))));
        let number = |cluster: u32| match ids.of(cluster) {
            Some(id) => builder.node(NodeDraft { id: Arc::from(id), ..self.draft(cluster) }),
            None => NO_TEXT,
        };
        clusters.map(number).collect()
    }

    /// The node of a cluster, without what is said of it.
    fn draft(&self, cluster: u32) -> NodeDraft {
        let of = self.links.clusters[cluster as usize];
        let members = self.links.members.of(cluster).iter().filter_map(|&m| self.items.all.get(m as usize));
        let mut seen: Vec<Symbol> =
            members.flat_map(|i| self.items.forms(i).iter().chain(std::iter::once(&i.name))).copied().collect();
        seen.sort_unstable();
        seen.dedup();
        let forms: Vec<&str> = seen.iter().map(|&s| self.items.text(s)).collect();
        let known = self.items.texts.optional(of.known);
        let entry = known.and_then(|id| self.schema.entry(id)).and_then(|id| self.schema.gazetteer.get(id.0 as usize));
        let longest = forms.iter().min_by(|a, b| b.chars().count().cmp(&a.chars().count()).then(a.cmp(b)));
        let name: Arc<str> = entry.map_or_else(|| Arc::from(longest.copied().unwrap_or_default()), |e| e.name.clone());
        let known_as = entry.map_or_else(Vec::new, |e| {
            let plain = e.names().filter(|(kind, name)| {
                matches!(kind, NameKind::Alias | NameKind::Demonym) && !e.ambiguous.iter().any(|a| a == name)
            });
            plain.map(|(_, name)| Arc::from(name)).collect()
        });
        let mut draft = NodeDraft {
            // A known entity has its id from the gazetteer.
            id: known.map(Arc::from).unwrap_or_default(),
            kind: Arc::from(self.items.text(of.kind)),
            name,
            aliases: forms.into_iter().map(Arc::from).collect(),
            known_as,
            reasons: self.links.reasons.get(&cluster).cloned().unwrap_or_default(),
            ..NodeDraft::default()
        };
        if known.is_some() || seen.iter().any(|&s| self.reshaped.any(s)) {
            self.corrections.rename(&mut draft);
            self.corrections.retype(&mut draft);
        }
        if known.is_none() {
            draft.id = Arc::from(node_id(&draft.kind, &draft.name));
        }
        draft
    }
}

/// Adds what is said: where things are mentioned, and all claims that count. `places` are the nodes of each document's entities.
fn claims(
    said: &dyn Said,
    watch: &Watch,
    schema: &Schema,
    corrections: &Corrections,
    places: &[Vec<u32>],
    builder: &mut GraphBuilder,
) -> Result<(), StoreError> {
    let symmetric: FxHashMap<&str, bool> = schema.edge_types.iter().map(|t| (&*t.name, t.symmetric)).collect();
    let mut kinds = Symbols::default();
    let mut edges: FxHashMap<(Symbol, u32, u32), u32> = FxHashMap::default();
    said.each(watch, &mut |place, extraction| {
        let document = extraction.document.id.as_str();
        let node = |entity: u32| places.get(place)?.get(entity as usize).copied().filter(|&n| n != NO_TEXT);
        for (index, entity) in extraction.entities.iter().enumerate() {
            if let Some(node) = node(index as u32) {
                entity.mentions.iter().for_each(|&locus| builder.mention(node, document, locus));
            }
        }
        for claim in extraction.claims.iter().filter(|c| !corrections.is_retracted(document, c)) {
            let Some(mut source) = node(claim.subject) else { continue };
            match &claim.statement {
                Statement::Attribute { name, value } => builder.node_claim(source, document, claim, name, value),
                Statement::Edge { kind, object } => {
                    let Some(mut target) = node(*object).filter(|&t| t != source) else { continue };
                    // Either direction of a symmetric edge is the same: the lesser id is its source.
                    if symmetric.get(&**kind) == Some(&true) && builder.id_of(source) > builder.id_of(target) {
                        (source, target) = (target, source);
                    }
                    let key = (kinds.add(kind), source, target);
                    let edge = *edges.entry(key).or_insert_with(|| builder.begin_edge(kind, source, target));
                    builder.edge_claim(edge, document, claim);
                }
            }
        }
    })
}
