//! Reads the JSON that we write, and nothing else: typed, so that no tree of values is built on the way.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::Deserialize as Derive;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::graph::{ClaimRecord, EdgeDraft, Given, GraphBuilder, KnowledgeGraph, Mention, NodeDraft};
use crate::model::{ArticleInfo, DocumentInfo, Locus, Mode, PartialDate, Value};
use crate::span::Span;

#[derive(Derive)]
#[serde(deny_unknown_fields)]
struct Raw {
    #[serde(rename = "directed")]
    _directed: bool,
    #[serde(rename = "multigraph")]
    _multigraph: bool,
    graph: Head,
    nodes: Vec<NodeIn>,
    edges: Vec<EdgeIn>,
}

#[derive(Derive)]
#[serde(deny_unknown_fields)]
struct Head {
    #[serde(rename = "generator")]
    _generator: String,
    schema: String,
    documents: Vec<DocumentIn>,
}

#[derive(Derive)]
struct DocumentIn {
    id: String,
    hash: String,
    articles: Vec<ArticleIn>,
}

#[derive(Derive)]
struct ArticleIn {
    number: u32,
    title: Option<String>,
    byline: Option<String>,
    outlet: Option<String>,
    date: Option<PartialDate>,
    origin: Option<String>,
    #[serde(default)]
    sketch: Vec<String>,
}

#[derive(Derive)]
#[serde(deny_unknown_fields)]
struct NodeIn {
    id: Arc<str>,
    r#type: Arc<str>,
    name: Arc<str>,
    aliases: Vec<Arc<str>>,
    #[serde(default)]
    known_as: Vec<Arc<str>>,
    attrs: Attrs,
    #[serde(default)]
    claims: Vec<ClaimIn>,
    #[serde(default)]
    mentions: Vec<MentionIn>,
    #[serde(default)]
    reasons: Vec<Arc<str>>,
    #[serde(default)]
    world: bool,
}

#[derive(Derive)]
#[serde(deny_unknown_fields)]
struct EdgeIn {
    source: Arc<str>,
    target: Arc<str>,
    #[serde(rename = "key")]
    _key: u32,
    r#type: Arc<str>,
    mode: Mode,
    attrs: Attrs,
    claims: Vec<ClaimIn>,
    #[serde(default)]
    world: bool,
}

#[derive(Derive)]
#[serde(deny_unknown_fields)]
struct MentionIn {
    document: Arc<str>,
    article: u32,
    line: u32,
    column: u32,
    start: u32,
    end: u32,
}

#[derive(Derive)]
#[serde(deny_unknown_fields)]
struct ClaimIn {
    id: String,
    #[serde(default)]
    document: Arc<str>,
    #[serde(default)]
    article: u32,
    #[serde(default)]
    line: u32,
    #[serde(default)]
    column: u32,
    #[serde(default)]
    start: u32,
    #[serde(default)]
    end: u32,
    #[serde(default)]
    text: Arc<str>,
    mode: Mode,
    asserted: Option<PartialDate>,
    when: Option<PartialDate>,
    speaker: Option<Arc<str>>,
    origin: Option<Arc<str>>,
    confidence: u16,
    rule: Arc<str>,
}

#[derive(Derive)]
#[serde(deny_unknown_fields)]
struct GivenIn {
    value: One,
    #[serde(default)]
    claims: Vec<String>,
}

/// `{"length_km": [{"value": 4256, "claims": ["…"]}]}`, as a list: graphs have many of these and each is small.
#[derive(Default)]
struct Attrs(Vec<(Arc<str>, Vec<GivenIn>)>);

impl<'de> Deserialize<'de> for Attrs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs(PhantomData<Attrs>);
        impl<'de> Visitor<'de> for Pairs {
            type Value = Attrs;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("attributes")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Attrs, A::Error> {
                let mut attrs = Attrs::default();
                while let Some(pair) = map.next_entry()? {
                    attrs.0.push(pair);
                }
                Ok(attrs)
            }
        }
        deserializer.deserialize_map(Pairs(PhantomData))
    }
}

/// A value, read without trying one kind after the other.
struct One(Value);

impl<'de> Deserialize<'de> for One {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = One;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_bool<E>(self, b: bool) -> Result<One, E> {
                Ok(One(Value::Bool(b)))
            }

            fn visit_i64<E>(self, i: i64) -> Result<One, E> {
                Ok(One(Value::Int(i)))
            }

            fn visit_u64<E>(self, u: u64) -> Result<One, E> {
                Ok(One(i64::try_from(u).map_or_else(|_| Value::Float(u as f64), Value::Int)))
            }

            fn visit_f64<E>(self, x: f64) -> Result<One, E> {
                Ok(One(Value::Float(x)))
            }

            fn visit_str<E>(self, text: &str) -> Result<One, E> {
                Ok(One(Value::Text(Arc::from(text))))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<One, A::Error> {
                let mut items = Vec::new();
                while let Some(One(item)) = seq.next_element()? {
                    items.push(item);
                }
                Ok(One(Value::List(items)))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<One, A::Error> {
                let (mut text, mut number, mut unit) = (None, None, None);
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "text" => text = Some(map.next_value()?),
                        "number" => number = map.next_value()?,
                        "unit" => unit = map.next_value()?,
                        _ => return Err(A::Error::custom("no quantity")),
                    }
                }
                let text = text.ok_or_else(|| A::Error::missing_field("text"))?;
                Ok(One(Value::Quantity { text, number, unit }))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

/// Reads the graph; an error says only that it is not of our shape, and the lenient reader tells the rest.
pub(super) fn read(text: &[u8]) -> Result<KnowledgeGraph, serde_json::Error> {
    let raw: Raw = serde_json::from_slice(text)?;
    let mut builder = GraphBuilder::new();
    builder.schema(&raw.graph.schema);
    builder.documents(raw.graph.documents.into_iter().map(document).collect::<Result<_, _>>()?);
    let mut kinds = Kinds::default();
    for node in raw.nodes {
        let (claims, places) = claims(node.claims);
        builder.node(NodeDraft {
            id: node.id,
            kind: kinds.get(&node.r#type),
            name: node.name,
            aliases: node.aliases,
            known_as: node.known_as,
            attrs: attrs(node.attrs, &places, &mut kinds)?,
            claims,
            mentions: node.mentions.into_iter().map(mention).collect(),
            reasons: node.reasons,
            world: node.world,
        });
    }
    for edge in raw.edges {
        let find = |id: &str| builder.number_of(id).ok_or_else(|| serde_json::Error::custom("no such node"));
        let (source, target) = (find(&edge.source)?, find(&edge.target)?);
        let (claims, places) = claims(edge.claims);
        let attrs = attrs(edge.attrs, &places, &mut kinds)?;
        builder.edge(
            source,
            target,
            EdgeDraft { kind: kinds.get(&edge.r#type), mode: edge.mode, attrs, claims, world: edge.world },
        );
    }
    Ok(builder.finish())
}

/// Names of types and attributes, each once.
#[derive(Default)]
struct Kinds(BTreeMap<Arc<str>, Arc<str>>);

impl Kinds {
    fn get(&mut self, name: &Arc<str>) -> Arc<str> {
        self.0.entry(name.clone()).or_insert_with(|| name.clone()).clone()
    }
}

fn document(document: DocumentIn) -> Result<DocumentInfo, serde_json::Error> {
    let article = |a: ArticleIn| -> Result<ArticleInfo, serde_json::Error> {
        let hash = |h: &String| u64::from_str_radix(h, 16).map_err(serde_json::Error::custom);
        let sketch = a.sketch.iter().map(hash).collect::<Result<_, _>>()?;
        Ok(ArticleInfo {
            number: a.number,
            title: a.title,
            byline: a.byline,
            outlet: a.outlet,
            date: a.date,
            origin: a.origin,
            sketch,
        })
    };
    let articles = document.articles.into_iter().map(article).collect::<Result<_, _>>()?;
    Ok(DocumentInfo { id: document.id, hash: document.hash, articles })
}

fn mention(m: MentionIn) -> Mention {
    let span = Span { start: m.start, end: m.end.max(m.start) };
    Mention { document: m.document, locus: Locus { article: m.article, line: m.line, column: m.column, span } }
}

fn claims(raw: Vec<ClaimIn>) -> (Vec<ClaimRecord>, FxHashMap<String, u32>) {
    let mut places = FxHashMap::default();
    let mut claims = Vec::with_capacity(raw.len());
    for c in raw {
        places.insert(c.id, claims.len() as u32);
        let span = Span { start: c.start, end: c.end.max(c.start) };
        claims.push(ClaimRecord {
            document: c.document,
            locus: Locus { article: c.article, line: c.line, column: c.column, span },
            text: c.text,
            mode: c.mode,
            asserted: c.asserted,
            when: c.when,
            speaker: c.speaker,
            origin: c.origin,
            confidence: c.confidence,
            rule: c.rule,
        });
    }
    (claims, places)
}

fn attrs(raw: Attrs, places: &FxHashMap<String, u32>, kinds: &mut Kinds) -> Result<Vec<Given>, serde_json::Error> {
    let mut out = Vec::with_capacity(raw.0.len());
    for (name, several) in raw.0 {
        let name = kinds.get(&name);
        for GivenIn { value: One(value), claims } in several {
            let place = |id: &String| places.get(id).copied().ok_or_else(|| serde_json::Error::custom("no such claim"));
            out.push(Given { name: name.clone(), value, claims: claims.iter().map(place).collect::<Result<_, _>>()? });
        }
    }
    Ok(out)
}
