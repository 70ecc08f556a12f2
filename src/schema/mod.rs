//! The schema: node types, edge types, attributes, the gazetteer, patterns.
//!
//! All of it is data, read from RON (`load`) and compiled in as the default. No
//! node type, edge type or wording is named in Rust; where a query verb needs one
//! it asks for a *role* ([`Roles`]), and the schema says which type plays it.

pub mod patterns;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// Index into [`Schema::node_types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeTypeId(pub u16);

/// Index into [`Schema::edge_types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EdgeTypeId(pub u16);

/// Index into [`Schema::gazetteer`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub u32);

/// A node type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NodeType {
    /// `State`.
    pub name: Arc<str>,
    /// `states`, as `list states` says it.
    pub plural: String,
    /// What it is, one sentence.
    pub doc: String,
    /// How diagrams draw it.
    #[serde(default)]
    pub style: Style,
}

/// How diagrams draw a node type.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq)]
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
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Roles {
    /// The node type of ways (Corridor): what `routes` lists.
    pub way: Option<NodeTypeId>,
    /// Node types that are stops of a way (State, Region, Place).
    pub stops: Vec<NodeTypeId>,
    /// Way touches stop (passes_through).
    pub touches: Option<EdgeTypeId>,
    /// Way avoids stop (bypasses).
    pub avoids: Option<EdgeTypeId>,
    /// Thing lies in place (located_in).
    pub within: Option<EdgeTypeId>,
    /// Way is part of way (part_of).
    pub part_of: Option<EdgeTypeId>,
    /// Way substitutes way (alternative_to).
    pub alternative: Option<EdgeTypeId>,
    /// State shares a land border with state (borders).
    pub borders: Option<EdgeTypeId>,
    /// Way carries commodity (carries).
    pub carries: Option<EdgeTypeId>,
    /// Node types of dated happenings (Event), for timelines.
    pub happening: Vec<NodeTypeId>,
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
}

/// A name that the gazetteer knows, and what the world knows of its bearer.
#[derive(Debug, Clone, PartialEq)]
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
    /// Names that other things bear too: bound only where the context fits.
    pub ambiguous: Vec<String>,
    /// Attributes (`kind: "pipeline"`), by name.
    pub attrs: BTreeMap<Arc<str>, String>,
    /// Edges that the world knows: (edge type, target).
    pub facts: Vec<(EdgeTypeId, EntryId)>,
    /// Rests on common knowledge alone: binds names only, its `facts` are not used.
    pub unverified: bool,
}

/// A word that stands for several entries: "Central Asian states", "C5", "Baltic states".
#[derive(Debug, Clone, PartialEq)]
pub struct Collective {
    /// Adjective or name that starts it: "Central Asian", "South Caucasus", "Gulf".
    pub names: Vec<String>,
    /// Who they are.
    pub members: Vec<EntryId>,
}

/// The whole schema, checked: every id leads somewhere.
#[derive(Debug, Clone, Default)]
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
    pub gazetteer: Vec<Entry>,
    /// Collectives that the world knows.
    pub collectives: Vec<Collective>,
    /// Hash of all schema files, 32 hex digits: mixed builds are refused by it.
    pub hash: String,
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

    /// The gazetteer entry with `id`.
    #[must_use]
    pub fn entry(&self, id: &str) -> Option<EntryId> {
        self.gazetteer.iter().position(|e| &*e.id == id).map(|i| EntryId(i as u32))
    }
}
