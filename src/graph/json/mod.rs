//! Node-link JSON, as networkx reads and writes it: ours without loss, and graphs made elsewhere.
//!
//! Written piece by piece, so a large graph needs no second copy in memory. Read leniently: `links` for `edges`, `from`
//! and `to`, `label` for a name, no types, no claims, attributes as further keys. The schema of what we write
//! is `docs/node-link.schema.json`; the fast way to read just that is in `strict`.

use std::io::{self, Write};
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::{ClaimRecord, EdgeDraft, Given, GraphBuilder, KnowledgeGraph, Mention, NodeDraft};
use crate::model::{ArticleInfo, DocumentInfo, Locus, Mode, PartialDate, Value};
use crate::span::Span;

mod strict;

/// The type of nodes and edges that have none.
const NODE: &str = "Node";
const EDGE: &str = "edge";

/// JSON that is no graph, and where.
#[derive(Debug, thiserror::Error)]
pub enum JsonError {
    /// No JSON, or not of the shape of a graph.
    #[error("this is no graph in JSON: {0}")]
    Syntax(#[from] serde_json::Error),
    /// An edge whose end cannot be found.
    #[error("edge {edge} leads to “{end}”, which is no node's id")]
    UnknownEnd {
        /// Its place among the edges, from 0.
        edge: usize,
        /// The id.
        end: String,
    },
    /// An edge without a source or a target.
    #[error("edge {edge} has no {end}")]
    NoEnd {
        /// Its place among the edges, from 0.
        edge: usize,
        /// `source` or `target`.
        end: &'static str,
    },
    /// No list of nodes.
    #[error("there is no list of `nodes` with `edges` or `links`")]
    NoGraph,
}

// ------------------------------------------------------------------- writing

#[derive(Serialize)]
struct Head<'a> {
    generator: String,
    schema: &'a str,
    documents: Vec<DocumentOut<'a>>,
}

#[derive(Serialize)]
struct DocumentOut<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<PartialDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<&'a str>,
    hash: &'a str,
    articles: Vec<ArticleOut<'a>>,
}

#[derive(Serialize)]
struct ArticleOut<'a> {
    number: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    byline: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outlet: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<PartialDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<&'a str>,
    /// Which independent source it is of; for readers, as it follows from the rest.
    source: &'a str,
    /// Hexadecimal: whole numbers of 64 bits do not survive in every reader.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sketch: Vec<String>,
}

#[derive(Serialize)]
struct NodeOut<'a> {
    id: &'a str,
    r#type: &'a str,
    name: &'a str,
    aliases: &'a [Arc<str>],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    known_as: &'a [Arc<str>],
    attrs: AttrsOut<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    claims: Vec<ClaimOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mentions: Vec<MentionOut<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    reasons: &'a [Arc<str>],
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    world: bool,
}

#[derive(Serialize)]
struct EdgeOut<'a> {
    source: &'a str,
    target: &'a str,
    key: u32,
    r#type: &'a str,
    mode: Mode,
    attrs: AttrsOut<'a>,
    claims: Vec<ClaimOut<'a>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    world: bool,
}

#[derive(Serialize)]
struct MentionOut<'a> {
    document: &'a str,
    article: u32,
    line: u32,
    column: u32,
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct ClaimOut<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<u32>,
    #[serde(skip_serializing_if = "str::is_empty")]
    text: &'a str,
    mode: Mode,
    asserted: Option<PartialDate>,
    when: Option<PartialDate>,
    speaker: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<&'a str>,
    confidence: u16,
    rule: &'a str,
}

/// `{"length_km": [{"value": 4256, "claims": ["…"]}]}`.
struct AttrsOut<'a> {
    attrs: &'a [Given],
    ids: &'a [String],
}

#[derive(Serialize)]
struct GivenOut<'a> {
    value: &'a Value,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    claims: Vec<&'a str>,
}

impl Serialize for AttrsOut<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.attrs.chunk_by(|a, b| a.name == b.name).map(|several| {
            let given = several.iter().map(|g| {
                let claims = g.claims.iter().filter_map(|&c| self.ids.get(c as usize)).map(String::as_str);
                GivenOut { value: &g.value, claims: claims.collect() }
            });
            (&several[0].name, given.collect::<Vec<_>>())
        }))
    }
}

/// Writes `graph` as node-link JSON, one node or edge a line. Same graph, same bytes.
///
/// # Errors
/// What `out` fails with.
pub fn write<W: Write>(graph: &KnowledgeGraph, mut out: W) -> io::Result<()> {
    let mut sources = graph.article_sources().iter().map(|&s| graph.source_names().get(s as usize).map_or("", |n| &**n));
    let documents = graph.documents().iter().map(|d| document_out(d, &mut sources)).collect();
    let head = Head { generator: format!("silkgraph {}", env!("CARGO_PKG_VERSION")), schema: graph.schema_hash(), documents };
    out.write_all(b"{\"directed\": true, \"multigraph\": true,\n \"graph\": ")?;
    serde_json::to_writer(&mut out, &head)?;
    out.write_all(b",\n \"nodes\": [")?;
    for (at, node) in graph.nodes().enumerate() {
        out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        let ids = claim_ids(&node.claims, &node.id);
        let mentions = node.mentions.iter().map(mention_out).collect();
        let shown = NodeOut {
            id: &node.id,
            r#type: &node.kind,
            name: &node.name,
            aliases: &node.aliases,
            known_as: &node.known_as,
            attrs: AttrsOut { attrs: &node.attrs, ids: &ids },
            claims: claims_out(&node.claims, &ids),
            mentions,
            reasons: &node.reasons,
            world: node.world,
        };
        serde_json::to_writer(&mut out, &shown)?;
    }
    out.write_all(b"],\n \"edges\": [")?;
    // A pair's edges of several types are not neighbours here, so keys are counted.
    let mut keys: FxHashMap<(u32, u32), u32> = FxHashMap::default();
    for (at, (source, target, edge)) in graph.edges().enumerate() {
        out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        let next = keys.entry((source, target)).or_default();
        let key = *next;
        *next += 1;
        let id = |n: u32| graph.node(n).map_or("", |n| &*n.id);
        let ids = claim_ids(&edge.claims, &format!("{}\0{}\0{}", id(source), edge.kind, id(target)));
        let shown = EdgeOut {
            source: id(source),
            target: id(target),
            key,
            r#type: &edge.kind,
            mode: edge.mode,
            attrs: AttrsOut { attrs: &edge.attrs, ids: &ids },
            claims: claims_out(&edge.claims, &ids),
            world: edge.world,
        };
        serde_json::to_writer(&mut out, &shown)?;
    }
    out.write_all(b"]}\n")?;
    out.flush()
}

fn document_out<'a>(document: &'a DocumentInfo, sources: &mut impl Iterator<Item = &'a str>) -> DocumentOut<'a> {
    let first = document.articles.first();
    let articles = document.articles.iter().map(|a| ArticleOut {
        number: a.number,
        title: a.title.as_deref(),
        byline: a.byline.as_deref(),
        outlet: a.outlet.as_deref(),
        date: a.date,
        origin: a.origin.as_deref(),
        source: sources.next().unwrap_or_default(),
        sketch: a.sketch.iter().map(|h| format!("{h:016x}")).collect(),
    });
    DocumentOut {
        id: &document.id,
        title: first.and_then(|a| a.title.as_deref()),
        date: first.and_then(|a| a.date),
        origin: first.and_then(|a| a.origin.as_deref()),
        hash: &document.hash,
        articles: articles.collect(),
    }
}

fn mention_out(mention: &Mention) -> MentionOut<'_> {
    let Locus { article, line, column, span } = mention.locus;
    MentionOut { document: &mention.document, article, line, column, start: span.start, end: span.end }
}

/// A name for each claim of `owner`: a hash of what it says and where, so that it is the same in every graph.
pub(crate) fn claim_ids(claims: &[ClaimRecord], owner: &str) -> Vec<String> {
    let id = |c: &ClaimRecord| {
        let Locus { article, line, column, span } = c.locus;
        let mut hash = blake3::Hasher::new();
        hash.update(owner.as_bytes());
        hash.update(format!("\0{}\0{article} {line} {column} {} {} {}\0", c.document, span.start, span.end, c.mode).as_bytes());
        for date in [c.asserted, c.when] {
            hash.update(date.map(|d| d.to_string()).unwrap_or_default().as_bytes());
            hash.update(b"\0");
        }
        for text in [Some(&c.text), c.speaker.as_ref(), c.origin.as_ref()] {
            hash.update(text.map_or("", |t| &**t).as_bytes());
            hash.update(b"\0");
        }
        hash.finalize().to_hex()[..16].to_owned()
    };
    claims.iter().map(id).collect()
}

fn claims_out<'a>(claims: &'a [ClaimRecord], ids: &'a [String]) -> Vec<ClaimOut<'a>> {
    let out = claims.iter().zip(ids).map(|(c, id)| {
        let placed = (!c.is_world()).then_some(c.locus);
        ClaimOut {
            id,
            document: placed.map(|_| &*c.document),
            article: placed.map(|l| l.article),
            line: placed.map(|l| l.line),
            column: placed.map(|l| l.column),
            start: placed.map(|l| l.span.start),
            end: placed.map(|l| l.span.end),
            text: &c.text,
            mode: c.mode,
            asserted: c.asserted,
            when: c.when,
            speaker: c.speaker.as_deref(),
            origin: c.origin.as_deref(),
            confidence: c.confidence,
            rule: &c.rule,
        }
    });
    out.collect()
}

// ------------------------------------------------------------------- reading

/// A graph of anybody's.
#[derive(Deserialize)]
struct Raw {
    #[serde(default)]
    graph: Map<String, Json>,
    nodes: Option<Vec<Map<String, Json>>>,
    #[serde(alias = "links")]
    edges: Option<Vec<Map<String, Json>>>,
}

/// Reads node-link JSON, ours or another's.
///
/// # Errors
/// Text that is no JSON, no graph, or an edge that leads nowhere; with line or place.
pub fn read(text: &[u8]) -> Result<KnowledgeGraph, JsonError> {
    // Graphs of ours have one shape, which is read ten times as fast; what is not of it is read leniently.
    if let Ok(graph) = strict::read(text) {
        return Ok(graph);
    }
    let raw: Raw = serde_json::from_slice(text)?;
    let (Some(nodes), Some(edges)) = (raw.nodes, raw.edges) else { return Err(JsonError::NoGraph) };
    let mut builder = GraphBuilder::new();
    builder.schema(raw.graph.get("schema").and_then(Json::as_str).unwrap_or_default());
    builder.documents(raw.graph.get("documents").and_then(Json::as_array).into_iter().flatten().filter_map(document).collect());
    let mut numbers: FxHashMap<String, u32> = FxHashMap::default();
    for (at, node) in nodes.into_iter().enumerate() {
        let id =
            ["id", "key", "name", "label"].iter().find_map(|k| node.get(*k).and_then(word)).unwrap_or_else(|| at.to_string());
        let number = builder.node(node_draft(&id, node));
        numbers.insert(id, number);
    }
    for (at, mut edge) in edges.into_iter().enumerate() {
        let mut end = |names: [&str; 4], end| {
            let id = names.iter().find_map(|n| edge.shift_remove(*n)).as_ref().and_then(word);
            let id = id.ok_or(JsonError::NoEnd { edge: at, end })?;
            numbers.get(&id).copied().ok_or(JsonError::UnknownEnd { edge: at, end: id })
        };
        let source = end(["source", "from", "src", "start"], "source")?;
        let target = end(["target", "to", "dst", "end"], "target")?;
        builder.edge(source, target, edge_draft(edge));
    }
    Ok(builder.finish())
}

/// A name or a number as a name.
fn word(json: &Json) -> Option<String> {
    match json {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => None,
    }
}

fn document(json: &Json) -> Option<DocumentInfo> {
    let text = |json: &Json, key: &str| json.get(key).and_then(Json::as_str).map(str::to_owned);
    let date = |json: &Json| json.get("date").and_then(Json::as_str).and_then(|d| d.parse().ok());
    let article = |json: &Json, number: u32| ArticleInfo {
        number,
        title: text(json, "title"),
        byline: text(json, "byline"),
        outlet: text(json, "outlet"),
        date: date(json),
        origin: text(json, "origin"),
        sketch: list(json.get("sketch")).filter_map(|h| u64::from_str_radix(h.as_str()?, 16).ok()).collect(),
    };
    let articles = match json.get("articles").and_then(Json::as_array) {
        Some(articles) => articles.iter().zip(1..).map(|(a, n)| article(a, count(a.get("number")).unwrap_or(n))).collect(),
        None => vec![article(json, 1)],
    };
    Some(DocumentInfo { id: word(json.get("id")?)?, hash: text(json, "hash").unwrap_or_default(), articles })
}

fn list(json: Option<&Json>) -> impl Iterator<Item = &Json> {
    json.and_then(Json::as_array).into_iter().flatten()
}

fn count(json: Option<&Json>) -> Option<u32> {
    json?.as_u64()?.try_into().ok()
}

fn texts(json: Option<&Json>) -> Vec<Arc<str>> {
    list(json).filter_map(word).map(Arc::from).collect()
}

fn node_draft(id: &str, mut node: Map<String, Json>) -> NodeDraft {
    let (claims, places) = claims(node.shift_remove("claims").as_ref());
    let kind = take_kind(&mut node, &["type", "labels"]).unwrap_or_else(|| Arc::from(NODE));
    node.shift_remove("id");
    let name = take_word(&mut node, "name").or_else(|| take_word(&mut node, "label"));
    let mentions = node.shift_remove("mentions");
    NodeDraft {
        id: Arc::from(id),
        kind,
        name: Arc::from(name.as_deref().unwrap_or(id)),
        aliases: texts(node.shift_remove("aliases").as_ref()),
        known_as: texts(node.shift_remove("known_as").as_ref()),
        mentions: list(mentions.as_ref())
            .filter_map(|m| Some(Mention { document: Arc::from(m.get("document")?.as_str()?), locus: locus(m) }))
            .collect(),
        reasons: texts(node.shift_remove("reasons").as_ref()),
        world: node.shift_remove("world").is_some_and(|w| w == Json::Bool(true)),
        attrs: attrs(node, &places),
        claims,
    }
}

fn edge_draft(mut edge: Map<String, Json>) -> EdgeDraft {
    let (claims, places) = claims(edge.shift_remove("claims").as_ref());
    let kind = take_kind(&mut edge, &["type", "relation", "relationship", "predicate", "label"]);
    let said = edge.get("mode").and_then(Json::as_str).and_then(|m| m.parse::<Mode>().ok());
    if said.is_some() {
        edge.shift_remove("mode");
    }
    edge.shift_remove("key");
    EdgeDraft {
        kind: kind.unwrap_or_else(|| Arc::from(EDGE)),
        mode: said.unwrap_or_default(),
        claims,
        world: edge.shift_remove("world").is_some_and(|w| w == Json::Bool(true)),
        attrs: attrs(edge, &places),
    }
}

fn take_word(map: &mut Map<String, Json>, key: &str) -> Option<String> {
    let found = map.get(key).and_then(word)?;
    map.shift_remove(key);
    Some(found)
}

/// The first of `keys` that names a type: a word, or the first of a list of words.
fn take_kind(map: &mut Map<String, Json>, keys: &[&str]) -> Option<Arc<str>> {
    let of =
        |json: &Json| word(json).or_else(|| json.as_array().and_then(|l| l.first()).and_then(word)).filter(|k| !k.is_empty());
    let (key, kind) = keys.iter().find_map(|k| Some((*k, map.get(*k).and_then(of)?)))?;
    map.shift_remove(key);
    Some(Arc::from(kind))
}

fn locus(json: &Json) -> Locus {
    let number = |key| count(json.get(key)).unwrap_or(0);
    let (start, end) = (number("start"), number("end"));
    let span = Span { start, end: end.max(start) };
    Locus { article: count(json.get("article")).unwrap_or(1), line: number("line"), column: number("column"), span }
}

type Places = FxHashMap<String, u32>;

/// Claims, and which one each id names.
fn claims(json: Option<&Json>) -> (Vec<ClaimRecord>, Places) {
    let mut places = Places::default();
    let text = |c: &Json, key: &str| c.get(key).and_then(Json::as_str).map(Arc::<str>::from);
    let date = |c: &Json, key: &str| c.get(key).and_then(Json::as_str).and_then(|d| d.parse().ok());
    let mut claims = Vec::new();
    for c in list(json).filter(|c| c.is_object()) {
        if let Some(id) = c.get("id").and_then(word) {
            places.insert(id, claims.len() as u32);
        }
        let document = text(c, "document").unwrap_or_default();
        let world = document.is_empty();
        claims.push(ClaimRecord {
            document,
            locus: if world { Locus { article: 0, line: 0, column: 0, span: Span::default() } } else { locus(c) },
            text: text(c, "text").unwrap_or_default(),
            mode: c.get("mode").and_then(Json::as_str).and_then(|m| m.parse().ok()).unwrap_or_default(),
            asserted: date(c, "asserted"),
            when: date(c, "when"),
            speaker: text(c, "speaker"),
            origin: text(c, "origin"),
            confidence: count(c.get("confidence")).and_then(|n| n.try_into().ok()).unwrap_or(1000),
            rule: text(c, "rule").unwrap_or_default(),
        });
    }
    (claims, places)
}

/// Attributes: those under `attrs`, in our form or plain, and every further key.
fn attrs(mut map: Map<String, Json>, places: &Places) -> Vec<Given> {
    let mut out = Vec::new();
    let inner = match map.shift_remove("attrs") {
        Some(Json::Object(inner)) => inner,
        Some(other) => Map::from_iter([("attrs".to_owned(), other)]),
        None => Map::new(),
    };
    for (name, json) in inner.into_iter().chain(map) {
        let name: Arc<str> = Arc::from(name);
        match json {
            Json::Array(several) if !several.is_empty() && several.iter().all(|g| g.get("value").is_some()) => {
                for given in &several {
                    let ids = list(given.get("claims")).filter_map(|id| places.get(id.as_str()?).copied());
                    if let Some(value) = given.get("value").and_then(value) {
                        out.push(Given { name: name.clone(), value, claims: ids.collect() });
                    }
                }
            }
            json => out.extend(value(&json).map(|value| Given { name, value, claims: Vec::new() })),
        }
    }
    out
}

/// A value; none for null. An object that is no quantity is kept as its text.
fn value(json: &Json) -> Option<Value> {
    Some(match json {
        Json::Null => return None,
        Json::Bool(b) => Value::Bool(*b),
        Json::Number(n) => n.as_i64().map_or_else(|| Value::Float(n.as_f64().unwrap_or_default()), Value::Int),
        Json::String(text) => Value::Text(Arc::from(text.as_str())),
        Json::Array(items) => Value::List(items.iter().filter_map(value).collect()),
        Json::Object(map) => match map.get("text").and_then(Json::as_str) {
            Some(text) if map.keys().all(|k| matches!(k.as_str(), "text" | "number" | "unit")) => Value::Quantity {
                text: Arc::from(text),
                number: map.get("number").and_then(Json::as_f64),
                unit: map.get("unit").and_then(Json::as_str).map(Arc::from),
            },
            _ => Value::Text(Arc::from(json.to_string())),
        },
    })
}
