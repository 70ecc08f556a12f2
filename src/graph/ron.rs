//! The graph as RON: for people to read, and for `git diff`. One node or edge an entry, in the graph's order.

use std::io::{self, Write};
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{ClaimRecord, Edge, EdgeDraft, Given, GraphBuilder, KnowledgeGraph, Mention, Node, NodeDraft};
use crate::model::{DocumentInfo, Locus, Mode, PartialDate, Value};

/// The version of the format.
const VERSION: u32 = 1;

/// RON that is no graph, and where.
#[derive(Debug, thiserror::Error)]
pub enum RonError {
    /// Not RON, or not of the shape of a graph.
    #[error("line {line}, column {column}: {message}")]
    Syntax {
        /// What is wrong.
        message: String,
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
    },
    /// Written by a later version.
    #[error("the graph has format {found}; this version reads {VERSION}")]
    Newer {
        /// Its format.
        found: u32,
    },
    /// An edge that leads nowhere.
    #[error("edge {edge}: “{end}” is no node's id")]
    UnknownEnd {
        /// Its place, from 0.
        edge: usize,
        /// The id.
        end: String,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "Graph", deny_unknown_fields)]
struct Shape {
    silkgraph: u32,
    #[serde(default)]
    schema: String,
    #[serde(default)]
    documents: Vec<DocumentInfo>,
    nodes: Vec<NodeShape>,
    edges: Vec<EdgeShape>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "Node", deny_unknown_fields)]
struct NodeShape {
    id: Arc<str>,
    kind: Arc<str>,
    name: Arc<str>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<Arc<str>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    known_as: Vec<Arc<str>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    attrs: Vec<GivenShape>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    claims: Vec<ClaimShape>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    mentions: Vec<(Arc<str>, Locus)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    reasons: Vec<Arc<str>>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    world: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "Edge", deny_unknown_fields)]
struct EdgeShape {
    source: Arc<str>,
    kind: Arc<str>,
    target: Arc<str>,
    mode: Mode,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    attrs: Vec<GivenShape>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    claims: Vec<ClaimShape>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    world: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "Claim", deny_unknown_fields)]
struct ClaimShape {
    #[serde(default, skip_serializing_if = "str::is_empty")]
    document: Arc<str>,
    locus: Locus,
    #[serde(default, skip_serializing_if = "str::is_empty")]
    text: Arc<str>,
    mode: Mode,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    asserted: Option<PartialDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    when: Option<PartialDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    speaker: Option<Arc<str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    origin: Option<Arc<str>>,
    confidence: u16,
    rule: Arc<str>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "Given", deny_unknown_fields)]
struct GivenShape {
    name: Arc<str>,
    value: ValueShape,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    claims: Vec<u32>,
}

/// A value with its kind said: RON alone cannot tell a whole number from another.
#[derive(Serialize, Deserialize)]
enum ValueShape {
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(Arc<str>),
    Quantity(Arc<str>, Option<f64>, Option<Arc<str>>),
    List(Vec<ValueShape>),
}

impl From<&Value> for ValueShape {
    fn from(value: &Value) -> Self {
        match value {
            Value::Bool(b) => Self::Bool(*b),
            Value::Int(i) => Self::Int(*i),
            Value::Float(x) => Self::Float(*x),
            Value::Text(text) => Self::Text(text.clone()),
            Value::Quantity { text, number, unit } => Self::Quantity(text.clone(), *number, unit.clone()),
            Value::List(items) => Self::List(items.iter().map(Self::from).collect()),
        }
    }
}

impl From<ValueShape> for Value {
    fn from(shape: ValueShape) -> Self {
        match shape {
            ValueShape::Bool(b) => Self::Bool(b),
            ValueShape::Int(i) => Self::Int(i),
            ValueShape::Float(x) => Self::Float(x),
            ValueShape::Text(text) => Self::Text(text),
            ValueShape::Quantity(text, number, unit) => Self::Quantity { text, number, unit },
            ValueShape::List(items) => Self::List(items.into_iter().map(Self::from).collect()),
        }
    }
}

impl From<&Given> for GivenShape {
    fn from(given: &Given) -> Self {
        Self { name: given.name.clone(), value: (&given.value).into(), claims: given.claims.clone() }
    }
}

impl From<GivenShape> for Given {
    fn from(shape: GivenShape) -> Self {
        Self { name: shape.name, value: shape.value.into(), claims: shape.claims }
    }
}

impl From<&ClaimRecord> for ClaimShape {
    fn from(claim: &ClaimRecord) -> Self {
        let ClaimRecord { document, locus, text, mode, asserted, when, speaker, origin, confidence, rule } = claim.clone();
        Self { document, locus, text, mode, asserted, when, speaker, origin, confidence, rule }
    }
}

impl From<ClaimShape> for ClaimRecord {
    fn from(shape: ClaimShape) -> Self {
        let ClaimShape { document, locus, text, mode, asserted, when, speaker, origin, confidence, rule } = shape;
        Self { document, locus, text, mode, asserted, when, speaker, origin, confidence, rule }
    }
}

fn node_shape(node: &Node) -> NodeShape {
    NodeShape {
        id: node.id.clone(),
        kind: node.kind.clone(),
        name: node.name.clone(),
        aliases: node.aliases.clone(),
        known_as: node.known_as.clone(),
        attrs: node.attrs.iter().map(Into::into).collect(),
        claims: node.claims.iter().map(Into::into).collect(),
        mentions: node.mentions.iter().map(|m| (m.document.clone(), m.locus)).collect(),
        reasons: node.reasons.clone(),
        world: node.world,
    }
}

fn edge_shape(graph: &KnowledgeGraph, source: u32, target: u32, edge: &Edge) -> EdgeShape {
    let id = |n: u32| graph.node(n).map_or_else(|| Arc::from(""), |n| n.id.clone());
    EdgeShape {
        source: id(source),
        kind: edge.kind.clone(),
        target: id(target),
        mode: edge.mode,
        attrs: edge.attrs.iter().map(Into::into).collect(),
        claims: edge.claims.iter().map(Into::into).collect(),
        world: edge.world,
    }
}

/// Writes `graph` as RON.
///
/// # Errors
/// What `out` fails with.
pub fn write<W: Write>(graph: &KnowledgeGraph, mut out: W) -> io::Result<()> {
    let shape = Shape {
        silkgraph: VERSION,
        schema: graph.schema_hash().to_owned(),
        documents: graph.documents().to_vec(),
        nodes: graph.nodes().map(node_shape).collect(),
        edges: graph.edges().map(|(s, t, e)| edge_shape(graph, s, t, e)).collect(),
    };
    let pretty = ron::ser::PrettyConfig::new().depth_limit(4).indentor(" ").new_line("\n").struct_names(false);
    let text = ron::ser::to_string_pretty(&shape, pretty).map_err(io::Error::other)?;
    out.write_all(text.as_bytes())?;
    out.write_all(b"\n")?;
    out.flush()
}

/// Reads what [`write()`] wrote, or a person after it.
///
/// # Errors
/// Text that is no RON or no graph, with line and column; a later format; an edge that leads nowhere.
pub fn read(text: &str) -> Result<KnowledgeGraph, RonError> {
    let shape: Shape = ron::from_str(text).map_err(|e| RonError::Syntax {
        message: e.code.to_string(),
        line: e.span.start.line,
        column: e.span.start.col,
    })?;
    if shape.silkgraph > VERSION {
        return Err(RonError::Newer { found: shape.silkgraph });
    }
    let mut builder = GraphBuilder::new();
    builder.schema(&shape.schema);
    builder.documents(shape.documents);
    let mut numbers: FxHashMap<Arc<str>, u32> = FxHashMap::default();
    for n in shape.nodes {
        let id = n.id.clone();
        let number = builder.node(NodeDraft {
            id: n.id,
            kind: n.kind,
            name: n.name,
            aliases: n.aliases,
            known_as: n.known_as,
            attrs: n.attrs.into_iter().map(Into::into).collect(),
            claims: n.claims.into_iter().map(Into::into).collect(),
            mentions: n.mentions.into_iter().map(|(document, locus)| Mention { document, locus }).collect(),
            reasons: n.reasons,
            world: n.world,
        });
        numbers.insert(id, number);
    }
    for (at, e) in shape.edges.into_iter().enumerate() {
        let find =
            |end: &Arc<str>| numbers.get(end).copied().ok_or_else(|| RonError::UnknownEnd { edge: at, end: end.to_string() });
        let (source, target) = (find(&e.source)?, find(&e.target)?);
        let draft = EdgeDraft {
            kind: e.kind,
            mode: e.mode,
            attrs: e.attrs.into_iter().map(Into::into).collect(),
            claims: e.claims.into_iter().map(Into::into).collect(),
            world: e.world,
        };
        builder.edge(source, target, draft);
    }
    Ok(builder.finish())
}
