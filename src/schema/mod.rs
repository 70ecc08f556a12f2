//! The schema: node types, edge types, attributes, the gazetteer, patterns.
//!
//! All of it is data, read from RON (`load`) and compiled in as the default. No
//! node type, edge type or wording is named in Rust; where a query verb needs one
//! it asks for a *role* ([`Roles`]), and the schema says which type plays it.

pub mod confidence;
pub mod page;
pub mod patterns;

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::names::fold;

#[cfg(silkgraph_built)]
mod builtin;
mod coordinates;
mod gazetteer;
mod index;
mod load;
mod raw;
mod snapshot;
mod store;
pub mod tables;
#[cfg(test)]
mod tests;
mod types;
pub mod words;

pub use load::SchemaFile;
pub use snapshot::SnapshotError;
pub use store::{Gazetteer, NamesOfEntry};

use store::Finder;

/// Index into [`Schema::node_types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NodeTypeId(pub u16);

/// Index into [`Schema::edge_types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EdgeTypeId(pub u16);

/// Index into [`Schema::gazetteer`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EntryId(pub u32);

/// A node type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NodeType {
    /// `State`.
    pub name: Arc<str>,
    /// `states`, as `list states` says it.
    pub plural: String,
    /// What it is, one sentence.
    pub doc: String,
    /// Other words for things of the type, or for some of them, as queries say them.
    #[serde(default)]
    pub nouns: Vec<Noun>,
    /// How diagrams draw it.
    #[serde(default)]
    pub style: Style,
}

/// Words for the things of a type, or for those of them that have something in common: "railways" are some of the corridors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Noun {
    /// The words, in the plural: "railways".
    pub said: Vec<String>,
    /// And in the singular, which may also be a name: "railway".
    #[serde(default)]
    pub one: Vec<String>,
    /// The attribute, and the word that it must be; none where it does not matter.
    #[serde(default)]
    pub only: Option<(Arc<str>, Arc<str>)>,
    /// What the things' names must hold, in small letters: a summit is called so.
    #[serde(default)]
    pub named: Option<Arc<str>>,
}

/// How diagrams draw a node type.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Style {
    /// A Graphviz shape.
    #[serde(default)]
    pub shape: String,
    /// A fill colour, `#rrggbb`.
    #[serde(default)]
    pub fill: String,
}

/// What an attribute holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AttributeKind {
    /// Free text.
    Text,
    /// One of [`Attribute::words`].
    Word,
    /// A whole number.
    Int,
    /// A number.
    Float,
    /// A partial ISO date.
    Date,
    /// An amount as written, with its number and unit.
    Quantity,
}

/// An attribute of nodes or edges.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attribute {
    /// `length_km`.
    pub name: Arc<str>,
    /// What it holds.
    pub kind: AttributeKind,
    /// The unit of its number, `km`.
    #[serde(default)]
    pub unit: Option<String>,
    /// For [`AttributeKind::Word`]: the words it may be.
    #[serde(default)]
    pub words: Vec<String>,
    /// What it is, one sentence.
    #[serde(default)]
    pub doc: String,
}

/// An edge type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EdgeType {
    /// `passes_through`.
    pub name: Arc<str>,
    /// Allowed types of the source.
    pub from: Vec<NodeTypeId>,
    /// Allowed types of the target.
    pub to: Vec<NodeTypeId>,
    /// Either direction is the same edge.
    pub symmetric: bool,
    /// World data only, never claimed.
    pub world: bool,
    /// Names of the edge attributes it may carry.
    pub attributes: Vec<Arc<str>>,
    /// How people say it from source to target: "funds", "pays for".
    pub forward: Vec<String>,
    /// How people say it from target to source: "is funded by", "funders".
    pub backward: Vec<String>,
    /// What it says, one sentence.
    pub doc: String,
}

/// Which types and attributes play the parts that query verbs need; `None`/empty where the schema has no such thing.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Roles {
    /// The node type of ways (Corridor): what `routes` lists.
    pub way: Option<NodeTypeId>,
    /// Node types that are stops of a way (State, Region, Place).
    pub stops: Vec<NodeTypeId>,
    /// Way touches stop (passes_through).
    pub touches: Option<EdgeTypeId>,
    /// Way avoids stop (bypasses).
    pub avoids: Option<EdgeTypeId>,
    /// Edges that keep apart what they join (bypasses, opposes): no path walks over them unless it is asked to.
    pub parting: Vec<EdgeTypeId>,
    /// Thing lies in place (located_in).
    pub within: Option<EdgeTypeId>,
    /// Way is part of way (part_of).
    pub part_of: Option<EdgeTypeId>,
    /// Way substitutes way (alternative_to).
    pub alternative: Option<EdgeTypeId>,
    /// State shares a land border with state (borders).
    pub borders: Option<EdgeTypeId>,
    /// State belongs to body (member_of): what an entry's `members` stand for.
    pub membership: Option<EdgeTypeId>,
    /// Way carries commodity (carries).
    pub carries: Option<EdgeTypeId>,
    /// Somebody pays for, builds or runs something (funds, builds, operates), for briefings.
    pub backing: Vec<EdgeTypeId>,
    /// The node type of human beings (Person): their names may be misspelt.
    pub person: Option<NodeTypeId>,
    /// Node types of dated happenings (Event), for timelines.
    pub happening: Vec<NodeTypeId>,
    /// Node types whose common nouns are names (Commodity): oil is oil in every text. Of the other types they only describe.
    pub stuff: Vec<NodeTypeId>,
    /// The node type of what parties agree on (Agreement), for briefings.
    pub agreement: Option<NodeTypeId>,
    /// Attribute of a way that is its length.
    pub length: Option<Arc<str>>,
    /// Attribute that is a cost.
    pub cost: Option<Arc<str>>,
    /// Attribute that is a date.
    pub date: Option<Arc<str>>,
    /// Attribute that is a way's status.
    pub status: Option<Arc<str>>,
    /// Attribute that is a way's kind.
    pub kind: Option<Arc<str>>,
    /// Edge attribute: a stop's place in the order along the way.
    pub order: Option<Arc<str>>,
    /// Edge attribute: what a party did with an agreement.
    pub act: Option<Arc<str>>,
    /// The words of that attribute in the order in which one follows the other; those of one step say the same.
    pub steps: Vec<Vec<Arc<str>>>,
    /// Words of the names of agreements of which the same parties have one at a time.
    pub sole: Vec<Arc<str>>,
    /// Attributes of nodes that count something, and so only grow.
    pub counted: Vec<Arc<str>>,
    /// Words of ways' names that tell no kind: that it is a piece of a way, and what stands between its two ends.
    pub pieces: Vec<Arc<str>>,
    /// Words of standing formats that texts describe and do not name.
    pub formats: Vec<Arc<str>>,
    /// Rules by which a text tells that a figure is no longer what it was.
    pub raising: Vec<Arc<str>>,
    /// Words of units in which one thing is measured, each with how many of the first it is.
    pub measures: Vec<Vec<(Arc<str>, f64)>>,
}

impl Roles {
    /// A number of some units, in the first words of their measures: 0.062 "GW" and 62 "megawatts" are one.
    #[must_use]
    pub fn measured(&self, number: f64, unit: &str) -> (f64, String) {
        let mut number = number;
        let unit = unit.to_lowercase();
        let first = |word: &str| {
            let of =
                |measure: &Vec<(Arc<str>, f64)>| Some((measure.first()?.0.clone(), measure.iter().find(|m| *m.0 == *word)?.1));
            self.measures.iter().find_map(of)
        };
        let mut words: Vec<Arc<str>> = Vec::new();
        for word in unit.split_whitespace() {
            let (word, factor) = first(word).unwrap_or_else(|| (Arc::from(word), 1.0));
            number *= factor;
            words.push(word);
        }
        // What factors add in the last digits is no difference.
        (format!("{number:.9e}").parse().unwrap_or(number), words.join(" "))
    }
}

/// A name that the gazetteer knows, and what the world knows of its bearer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// `state/kazakhstan`: the node type, lower case, and a slug of the name.
    pub id: Arc<str>,
    /// Its node type.
    pub kind: NodeTypeId,
    /// The name that answers show.
    pub name: Arc<str>,
    /// Other names: official, short, former, acronyms, transliterations.
    pub aliases: Vec<String>,
    /// Adjectives and people: "Kazakh", "Kazakhs", "Kazakhstani".
    pub demonyms: Vec<String>,
    /// Cities and buildings that stand for it as an actor: "Astana", "Kremlin".
    pub metonyms: Vec<String>,
    /// Names that other things bear too: bound only where the context fits. A name that stands here is
    /// bound so even where it is the entry's own `name` or an alias.
    pub ambiguous: Vec<String>,
    /// Attributes (`kind: "pipeline"`), by name.
    pub attrs: BTreeMap<Arc<str>, String>,
    /// Edges that the world knows: (edge type, target).
    /// Sorted; a symmetric one stands with both of its ends.
    pub facts: Vec<(EdgeTypeId, EntryId)>,
    /// What it is made of, in file order: the states of a region, the members of a body.
    pub members: Vec<EntryId>,
    /// Rests on common knowledge alone: binds names only; `facts` and `members` are empty.
    pub unverified: bool,
}

impl Entry {
    /// Its names with what kind of name each is: the shown one, aliases, demonyms, metonyms, ambiguous ones.
    pub fn names(&self) -> impl Iterator<Item = (NameKind, &str)> {
        let lists = [
            (NameKind::Alias, &self.aliases),
            (NameKind::Demonym, &self.demonyms),
            (NameKind::Metonym, &self.metonyms),
            (NameKind::Ambiguous, &self.ambiguous),
        ];
        let others = lists.into_iter().flat_map(|(kind, names)| names.iter().map(move |n| (kind, n.as_str())));
        std::iter::once((NameKind::Name, &*self.name)).chain(others)
    }
}

/// What kind of name of an entry a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum NameKind {
    /// [`Entry::name`].
    Name,
    /// One of [`Entry::aliases`].
    Alias,
    /// One of [`Entry::demonyms`].
    Demonym,
    /// One of [`Entry::metonyms`].
    Metonym,
    /// One of [`Entry::ambiguous`].
    Ambiguous,
}

/// One entry that a name may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NameUse {
    /// Which entry.
    pub entry: EntryId,
    /// As what the entry has the name.
    pub kind: NameKind,
    /// Bound without regard to context: the name is not among the entry's ambiguous ones.
    pub free: bool,
}

/// A word that stands for several entries: "Central Asian states", "C5", "Baltic states".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Collective {
    /// Adjective or name that starts it: "Central Asian", "South Caucasus", "Gulf".
    pub names: Vec<String>,
    /// Who they are.
    pub members: Vec<EntryId>,
}

/// The whole schema, checked: every id leads somewhere.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Schema {
    /// Node types in file order.
    pub node_types: Vec<NodeType>,
    /// Edge types in file order.
    pub edge_types: Vec<EdgeType>,
    /// Attributes of nodes.
    pub node_attributes: Vec<Attribute>,
    /// Attributes of edges.
    pub edge_attributes: Vec<Attribute>,
    /// Who plays which part.
    pub roles: Roles,
    /// Names known from the start.
    pub gazetteer: Gazetteer,
    /// Collectives that the world knows.
    pub collectives: Vec<Collective>,
    /// Where maps draw entries.
    coordinates: coordinates::Coordinates,
    /// Hash of all schema files, 32 hex digits: mixed builds are refused by it.
    pub hash: String,
    /// Leads to entries by id and name, and from one to those that it lies in.
    finder: Finder,
}

impl Schema {
    /// The node type called `name`.
    #[must_use]
    pub fn node_type(&self, name: &str) -> Option<NodeTypeId> {
        self.node_types.iter().position(|t| &*t.name == name).map(|i| NodeTypeId(i as u16))
    }

    /// The edge type called `name`.
    #[must_use]
    pub fn edge_type(&self, name: &str) -> Option<EdgeTypeId> {
        self.edge_types.iter().position(|t| &*t.name == name).map(|i| EdgeTypeId(i as u16))
    }

    /// The gazetteer entry with `id`. O(1).
    #[must_use]
    pub fn entry(&self, id: &str) -> Option<EntryId> {
        self.finder.get().ids.find(id).map(|at| EntryId(at as u32))
    }

    /// Where maps draw the entry with `id`: degrees north and east. O(log entries).
    #[must_use]
    pub fn coordinates(&self, id: &str) -> Option<(f32, f32)> {
        self.coordinates.of(id)
    }

    /// The entries that bear `name`, in any spelling that folds alike, in gazetteer order. O(1).
    #[must_use]
    pub fn named(&self, name: &str) -> &[NameUse] {
        self.finder.get().names.of(&fold(name))
    }

    /// The ids of the gazetteer's entries, in their order. No entry is read for it.
    pub fn entry_ids(&self) -> impl Iterator<Item = &str> {
        self.finder.get().ids.iter()
    }

    /// What `entry` lies in directly by world data, sorted. O(1).
    #[must_use]
    pub fn parents(&self, entry: EntryId) -> &[EntryId] {
        self.finder.get().parents(entry)
    }

    /// All that `entry` lies in by world data, however far up, sorted, without itself.
    #[must_use]
    pub fn containers(&self, entry: EntryId) -> Vec<EntryId> {
        let mut found: Vec<EntryId> = Vec::new();
        let mut open = vec![entry];
        while let Some(next) = open.pop() {
            for &parent in self.parents(next) {
                if parent != entry && !found.contains(&parent) {
                    found.push(parent);
                    open.push(parent);
                }
            }
        }
        found.sort_unstable();
        found
    }

    /// All that lies in `entry` by world data, however far down, sorted, without itself. Linear in the gazetteer.
    #[must_use]
    pub fn contents(&self, entry: EntryId) -> Vec<EntryId> {
        let all = (0..self.gazetteer.len() as u32).map(EntryId);
        all.filter(|&e| self.containers(e).binary_search(&entry).is_ok()).collect()
    }

    /// What lies in what: facts of the `within` role, and members of what such a fact may lead to.
    fn wholes(&self) -> FxHashMap<EntryId, Vec<EntryId>> {
        let mut parents: FxHashMap<EntryId, Vec<EntryId>> = FxHashMap::default();
        let Some(within) = self.roles.within else { return parents };
        let places = &self.edge_types[within.0 as usize].to;
        for (at, entry) in self.gazetteer.iter().enumerate() {
            let id = EntryId(at as u32);
            let up = entry.facts.iter().filter(|f| f.0 == within).map(|f| (id, f.1));
            let down = entry.members.iter().filter(|_| places.contains(&entry.kind)).map(|&m| (m, id));
            for (part, whole) in up.chain(down) {
                parents.entry(part).or_default().push(whole);
            }
        }
        parents
    }
}
