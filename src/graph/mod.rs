//! The graph: nodes and edges with their claims in one petgraph graph, and the frozen form that queries run on.
//!
//! A [`KnowledgeGraph`] is read-only; [`GraphBuilder`] is the only place that makes one. Reading and
//! writing formats is in `json`, `table` and `ron`; the flat form is [`FrozenGraph`].

use std::fmt;
use std::sync::Arc;

use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::model::{DocumentInfo, Locus, Mode, PartialDate, Value};

mod builder;
mod checks;
pub mod claims;
mod columns;
mod compact;
pub mod diff;
mod evidence;
mod finish;
mod freeze;
mod frozen;
mod groups;
pub mod json;
mod layout;
mod order;
mod packed;
mod queue;
pub mod record;
pub mod ron;
mod rows;
mod sentences;
mod shared;
mod sources;
pub mod spool;
pub mod store;
mod strings;
mod symbols;
pub mod table;
mod thaw;
mod union;
mod values;
mod watch;

pub use builder::{EdgeDraft, GraphBuilder, NodeDraft};
pub use evidence::{ArticleRef, ClaimRef, Claims, DocumentRef, MentionRef};
pub use frozen::{Adjacency, Direction, FrozenGraph, Links, mode_byte, mode_of};
pub(crate) use groups::Groups;
pub use layout::{Degrees, Ends, LayoutError, SharedBytes};
pub(crate) use sources::Union;
pub(crate) use symbols::{NO_TEXT, Symbol, Symbols};
pub use union::union;
pub(crate) use values::One;
pub use values::{ColumnValues, Fact, ListRef, MixedValues, ValueColumn, ValueRef};
pub use watch::{Stage, Watch};

/// A value of an attribute, and the claims that give it. Several of one name are several values.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// The attribute.
    pub name: Arc<str>,
    /// What it is.
    pub value: Value,
    /// Indices into the claims of the same node or edge, ascending; none in graphs made elsewhere.
    pub claims: Vec<u32>,
}

/// One sentence's word for an edge or an attribute, as the graph keeps it.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimRecord {
    /// The document's id; empty for world data.
    pub document: Arc<str>,
    /// Where the sentence stands in it.
    pub locus: Locus,
    /// The sentence, decoded and without tags.
    pub text: Arc<str>,
    /// How it is said.
    pub mode: Mode,
    /// The document's date.
    pub asserted: Option<PartialDate>,
    /// The date that the text gives for what it says.
    pub when: Option<PartialDate>,
    /// Who says it.
    pub speaker: Option<Arc<str>>,
    /// Whose word it rests on, as credited.
    pub origin: Option<Arc<str>>,
    /// Per mille.
    pub confidence: u16,
    /// The rule that made it.
    pub rule: Arc<str>,
}

impl ClaimRecord {
    /// Whether no document says it.
    #[must_use]
    pub fn is_world(&self) -> bool {
        self.document.is_empty()
    }
}

/// A place where a node is mentioned.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mention {
    /// The document's id.
    pub document: Arc<str>,
    /// Where in it.
    pub locus: Locus,
}

/// A thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// `state/kazakhstan`: distinct in its graph.
    pub id: Arc<str>,
    /// The name of its type.
    pub kind: Arc<str>,
    /// The name that answers show.
    pub name: Arc<str>,
    /// Other forms seen in the documents, ascending.
    pub aliases: Vec<Arc<str>>,
    /// Further names that the gazetteer knows, ascending: they find the node, but no document uses them.
    pub known_as: Vec<Arc<str>>,
    /// Its attributes by name, the values of one name in the order of their first claims.
    pub attrs: Vec<Given>,
    /// The claims of its attributes.
    pub claims: Vec<ClaimRecord>,
    /// Where it is mentioned, by document and place.
    pub mentions: Vec<Mention>,
    /// Why its names were taken for one thing, where more than a shared name spoke for it.
    pub reasons: Vec<Arc<str>>,
    /// No document mentions it: it is there for the sake of world data.
    pub world: bool,
}

/// A relation between two nodes.
#[derive(Debug, Clone, PartialEq)]
pub struct Edge {
    /// The name of its type.
    pub kind: Arc<str>,
    /// That of its latest claim by `asserted` (undated ones first), the strongest where they tie.
    pub mode: Mode,
    /// Its attributes, as [`Node::attrs`].
    pub attrs: Vec<Given>,
    /// Its claims by asserted date (undated first), document and place.
    pub claims: Vec<ClaimRecord>,
    /// No document claims it.
    pub world: bool,
}

/// The values that count of each attribute: of those claimed latest the larger. By ascending name.
pub fn chosen<'a>(attrs: &'a [Given], claims: &'a [ClaimRecord]) -> impl Iterator<Item = (&'a Arc<str>, &'a Value)> {
    attrs.chunk_by(|a, b| a.name == b.name).filter_map(move |several| {
        let weight = |g: &Given| -> Option<(bool, Option<PartialDate>, Mode)> {
            let of = g.claims.iter().filter_map(|&c| claims.get(c as usize));
            let latest = of.map(|c| (!c.is_world(), c.asserted, c.mode)).max();
            // A value that is only denied is no value.
            latest.or((g.claims.is_empty()).then_some((false, None, Mode::Actual))).filter(|w| w.2 != Mode::Denied)
        };
        let rank = |v: &Value| order::number(v).unwrap_or(f64::NEG_INFINITY);
        several
            .iter()
            .filter_map(|g| Some((weight(g)?, g)))
            // The first of equals: reversed, because `max_by` takes the last.
            .rev()
            .max_by(|(w, a), (x, b)| w.cmp(x).then_with(|| rank(&a.value).total_cmp(&rank(&b.value))))
            .map(|(_, g)| (&g.name, &g.value))
    })
}

/// The graph of what some documents say. Nodes ascend by (type, id), edges by (type, source, target).
#[derive(Clone, Default)]
pub struct KnowledgeGraph {
    graph: DiGraph<Node, Edge>,
    documents: Vec<DocumentInfo>,
    /// One entry an article, in the order of `documents`: which independent source it is of.
    sources: Vec<u32>,
    source_names: Vec<Arc<str>>,
    schema: Arc<str>,
}

impl KnowledgeGraph {
    /// The petgraph graph: its algorithms work on it as on any other.
    #[must_use]
    pub fn graph(&self) -> &DiGraph<Node, Edge> {
        &self.graph
    }

    /// How many nodes.
    #[must_use]
    pub fn node_count(&self) -> usize {
        self.graph.node_count()
    }

    /// How many edges.
    #[must_use]
    pub fn edge_count(&self) -> usize {
        self.graph.edge_count()
    }

    /// A node by its index.
    #[must_use]
    pub fn node(&self, index: u32) -> Option<&Node> {
        self.graph.node_weight(NodeIndex::new(index as usize))
    }

    /// An edge by its index.
    #[must_use]
    pub fn edge(&self, index: u32) -> Option<&Edge> {
        self.graph.edge_weight(EdgeIndex::new(index as usize))
    }

    /// All nodes by index.
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = &Node> {
        self.graph.raw_nodes().iter().map(|n| &n.weight)
    }

    /// (source, target, edge) by index.
    pub fn edges(&self) -> impl ExactSizeIterator<Item = (u32, u32, &Edge)> {
        self.graph.raw_edges().iter().map(|e| (e.source().index() as u32, e.target().index() as u32, &e.weight))
    }

    /// The edges out of a node: (target, edge index).
    pub fn out(&self, node: u32) -> impl Iterator<Item = (u32, u32)> {
        self.graph.edges(NodeIndex::new(node as usize)).map(|e| (e.target().index() as u32, e.id().index() as u32))
    }

    /// The node with this id. O(nodes).
    #[must_use]
    pub fn find(&self, id: &str) -> Option<u32> {
        self.nodes().position(|n| &*n.id == id).map(|i| i as u32)
    }

    /// The documents that it was made of, by ascending id.
    #[must_use]
    pub fn documents(&self) -> &[DocumentInfo] {
        &self.documents
    }

    /// What each independent source is called; sources count from 0.
    #[must_use]
    pub fn source_names(&self) -> &[Arc<str>] {
        &self.source_names
    }

    /// The independent source of each article, in the order of [`KnowledgeGraph::documents`].
    #[must_use]
    pub fn article_sources(&self) -> &[u32] {
        &self.sources
    }

    /// Hash of the schema that it was made with; empty if it was made elsewhere.
    #[must_use]
    pub fn schema_hash(&self) -> &str {
        &self.schema
    }

    /// Lays the graph out for queries; ids stay the same. O(nodes + edges + claims), with sorts of the names.
    ///
    /// # Errors
    /// More than 32-bit indices can count.
    pub fn freeze(&self) -> Result<FrozenGraph, LayoutError> {
        freeze::freeze(self)
    }
}

impl fmt::Debug for KnowledgeGraph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KnowledgeGraph")
            .field("nodes", &self.node_count())
            .field("edges", &self.edge_count())
            .field("documents", &self.documents.len())
            .finish_non_exhaustive()
    }
}

impl PartialEq for KnowledgeGraph {
    /// The same nodes, edges, claims and documents. NaN equals itself.
    fn eq(&self, other: &Self) -> bool {
        self.documents == other.documents
            && self.sources == other.sources
            && self.source_names == other.source_names
            && self.schema == other.schema
            && self.nodes().eq(other.nodes())
            && self.edges().eq(other.edges())
    }
}
