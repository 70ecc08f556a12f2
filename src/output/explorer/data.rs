//! What the explorer knows: a selection of the graph as compact JSON, in the shape that `assets/data.js` reads.
//!
//! Rows are arrays and refer to each other by number, so that 10,000 nodes stay a small file. Positions, order of stops and
//! coordinates are found here; filters, searches and everything that depends on what a reader does is the page's business.

use rustc_hash::FxHashMap;
use serde::Serialize;
use serde_json::{Value as Json, json};

use super::{layout, ways};
use crate::graph::{ClaimRef, FrozenGraph, ValueRef, mode_byte};
use crate::output::cell::{clean, number};
use crate::output::export::Export;
use crate::schema::{EdgeTypeId, NodeTypeId, Schema};

/// All that the page is given.
#[derive(Serialize)]
pub(super) struct Data {
    title: String,
    generator: String,
    roles: Json,
    #[serde(rename = "nodeTypes")]
    node_types: Vec<(String, String, String, String)>,
    #[serde(rename = "edgeTypes")]
    edge_types: Vec<(String, String, String, bool, String)>,
    attributes: Vec<String>,
    sources: Vec<String>,
    /// Document, number in it, title, byline, outlet, date, origin, source.
    articles: Vec<Json>,
    texts: Vec<String>,
    /// Id, type, name, aliases, attributes, x, y, north, east, mentions, world.
    nodes: Vec<Json>,
    /// From, to, type, mode, attributes, claims, world.
    edges: Vec<Json>,
    /// Article, line, text, mode, asserted, when, speaker, origin, confidence, first byte.
    claims: Vec<Json>,
    /// Way, stops: (stop, edge, whether its place along the way is known).
    ways: Vec<Json>,
    /// Something that ways touch or avoid, the ways that leave it out: (way, stated or inferred or disputed).
    around: Vec<Json>,
}

/// Gathers the selection.
pub(super) fn data(export: &Export<'_>) -> Data {
    let (graph, schema) = (export.graph, export.schema);
    let mut table = Table::new(graph);
    let selection = export.selection;
    let place: FxHashMap<u32, u32> = selection.nodes.iter().zip(0..).map(|(&n, i)| (n, i)).collect();
    let ends = |edge: u32| {
        let (source, target) = graph.endpoints(edge);
        Some((*place.get(&source)?, *place.get(&target)?))
    };
    let kept: Vec<(u32, (u32, u32))> = selection.edges.iter().filter_map(|&e| Some((e, ends(e)?))).collect();
    let ids: Vec<&str> = selection.nodes.iter().map(|&n| graph.id(n)).collect();
    let at = layout::positions(&ids, &kept.iter().map(|k| k.1).collect::<Vec<_>>());
    let nodes = selection.nodes.iter().zip(at).map(|(&n, at)| table.node(n, at, schema)).collect();
    let edges = kept.iter().map(|&(e, ends)| table.edge(e, ends)).collect();
    let number: FxHashMap<u32, usize> = kept.iter().zip(0..).map(|(k, i)| (k.0, i)).collect();
    Data {
        title: clean(&selection.title).into_owned(),
        generator: format!("silkgraph {}", env!("CARGO_PKG_VERSION")),
        roles: roles(graph, schema),
        node_types: graph.node_type_names().map(|name| node_type(schema, name)).collect(),
        edge_types: graph.edge_type_names().map(|name| edge_type(schema, name)).collect(),
        attributes: graph.attribute_names().map(|a| clean(a).into_owned()).collect(),
        sources: (0..graph.source_total()).map(|s| clean(graph.source_name(s)).into_owned()).collect(),
        articles: articles(graph),
        nodes,
        edges,
        ways: ways::ways(export, &place, &number),
        around: ways::around(export, &place),
        texts: table.texts,
        claims: table.claims,
    }
}

/// Claims and sentences as they are met, each once.
struct Table<'g> {
    graph: &'g FrozenGraph,
    articles: FxHashMap<(&'g str, u32), usize>,
    claims: Vec<Json>,
    numbers: FxHashMap<u32, usize>,
    texts: Vec<String>,
    known: FxHashMap<&'g str, usize>,
}

impl<'g> Table<'g> {
    fn new(graph: &'g FrozenGraph) -> Self {
        let articles = graph.articles().zip(0..).map(|(a, i)| ((a.document(), a.number()), i)).collect();
        Self {
            graph,
            articles,
            claims: Vec::new(),
            numbers: FxHashMap::default(),
            texts: Vec::new(),
            known: FxHashMap::default(),
        }
    }

    fn claim(&mut self, claim: &ClaimRef<'g>) -> Option<usize> {
        if claim.is_world() {
            return None;
        }
        if let Some(&known) = self.numbers.get(&claim.index) {
            return Some(known);
        }
        let next = self.texts.len();
        let text = *self.known.entry(claim.text()).or_insert(next);
        if text == next {
            self.texts.push(clean(claim.text()).into_owned());
        }
        let article = claim.article().and_then(|a| self.articles.get(&(a.document(), a.number())).copied());
        let date = |d: Option<crate::model::PartialDate>| d.map(|d| d.to_string());
        self.claims.push(json!([
            article,
            claim.line(),
            text,
            mode_byte(claim.mode()),
            date(claim.asserted()),
            date(claim.when()),
            claim.speaker().map(clean),
            claim.origin().map(clean),
            claim.confidence(),
            claim.locus().span.start,
        ]));
        self.numbers.insert(claim.index, self.claims.len() - 1);
        Some(self.claims.len() - 1)
    }

    fn all(&mut self, claims: impl Iterator<Item = ClaimRef<'g>>) -> Vec<usize> {
        claims.filter_map(|c| self.claim(&c)).collect()
    }

    fn node(&mut self, node: u32, (x, y): (i32, i32), schema: &Schema) -> Json {
        let graph = self.graph;
        let attributes: Vec<u16> = graph.node_attributes(node).map(|a| a.0).collect();
        let facts = attributes.iter().flat_map(|&a| graph.node_facts(node, a).map(move |f| (a, f.value, f.claims())));
        let attributes: Vec<Json> =
            facts.collect::<Vec<_>>().into_iter().map(|(a, v, c)| json!([a, shown(v), self.all(c)])).collect();
        let (north, east) = schema.coordinates(graph.id(node)).unzip();
        let name = clean(graph.name(node));
        let aliases: Vec<_> = graph.aliases(node).map(clean).filter(|a| *a != name).collect();
        json!([
            clean(graph.id(node)),
            graph.node_type(node),
            name,
            aliases,
            attributes,
            x,
            y,
            north.map(tenths),
            east.map(tenths),
            self.mentions(node),
            u8::from(graph.is_world_node(node)),
        ])
    }

    /// For each article that mentions it: the article, the first line, how often.
    fn mentions(&self, node: u32) -> Vec<(usize, u32, u32)> {
        let mut found: Vec<(usize, u32, u32)> = Vec::new();
        for mention in self.graph.mentions(node) {
            let article = mention.article().and_then(|a| self.articles.get(&(a.document(), a.number())));
            let Some(&article) = article else { continue };
            match found.iter_mut().find(|f| f.0 == article) {
                Some(known) => known.2 += 1,
                None => found.push((article, mention.locus().line, 1)),
            }
        }
        found
    }

    fn edge(&mut self, edge: u32, (source, target): (u32, u32)) -> Json {
        let graph = self.graph;
        let attributes: Vec<u16> = graph.edge_attributes(edge).map(|a| a.0).collect();
        let facts = attributes.iter().flat_map(|&a| graph.edge_facts(edge, a).map(move |f| (a, f.value, f.claims())));
        let attributes: Vec<Json> =
            facts.collect::<Vec<_>>().into_iter().map(|(a, v, c)| json!([a, shown(v), self.all(c)])).collect();
        let claims = self.all(graph.claims(edge));
        let world = u8::from(graph.is_world_edge(edge));
        json!([source, target, graph.edge_type(edge), mode_byte(graph.mode(edge)), attributes, claims, world])
    }
}

/// A tenth of a degree is all that the table knows: no digits that a float makes up.
fn tenths(degrees: f32) -> f64 {
    (f64::from(degrees) * 10.0).round() / 10.0
}

fn shown(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Bool(b) => b.to_string(),
        ValueRef::Int(i) => i.to_string(),
        ValueRef::Float(x) => number(x),
        ValueRef::Text(text) | ValueRef::Quantity { text, .. } => clean(text).into_owned(),
        ValueRef::List(list) => list.iter().map(shown).collect::<Vec<_>>().join("; "),
    }
}

fn articles(graph: &FrozenGraph) -> Vec<Json> {
    let row = |a: crate::graph::ArticleRef<'_>| {
        json!([
            clean(a.document()),
            a.number(),
            a.title().map(clean),
            a.byline().map(clean),
            a.outlet().map(clean),
            a.date().map(|d| d.to_string()),
            a.origin().map(clean),
            a.source(),
        ])
    };
    graph.articles().map(row).collect()
}

fn node_type(schema: &Schema, name: &str) -> (String, String, String, String) {
    match schema.node_type(name).and_then(|t| schema.node_types.get(t.0 as usize)) {
        Some(t) => (t.name.to_string(), t.plural.clone(), t.style.fill.clone(), t.doc.clone()),
        None => (clean(name).into_owned(), clean(name).into_owned(), String::new(), String::new()),
    }
}

/// Its name, how it is said from source to target and back, whether it is symmetric, what it says.
fn edge_type(schema: &Schema, name: &str) -> (String, String, String, bool, String) {
    let plain = clean(name).replace('_', " ");
    match schema.edge_type(name).and_then(|t| schema.edge_types.get(t.0 as usize)) {
        Some(t) => {
            let first = |words: &[String]| words.first().cloned().unwrap_or_else(|| plain.clone());
            let back = if t.symmetric { first(&t.forward) } else { first(&t.backward) };
            (t.name.to_string(), first(&t.forward), back, t.symmetric, t.doc.clone())
        }
        None => (clean(name).into_owned(), plain.clone(), format!("← {plain}"), false, String::new()),
    }
}

/// The numbers of the types and attributes that the page treats in ways of their own.
fn roles(graph: &FrozenGraph, schema: &Schema) -> Json {
    let roles = &schema.roles;
    let node = |t: &NodeTypeId| graph.node_type_id(&schema.node_types.get(t.0 as usize)?.name);
    let edge = |t: Option<EdgeTypeId>| graph.edge_type_id(&schema.edge_types.get(t?.0 as usize)?.name);
    let attribute = |a: &Option<std::sync::Arc<str>>| a.as_ref().and_then(|a| graph.attribute_id(a));
    let places = [roles.touches, roles.avoids, roles.within, roles.part_of, roles.alternative];
    let backers = roles.backing.iter().filter_map(|t| schema.edge_types.get(t.0 as usize)).flat_map(|t| &t.from);
    json!({
        "way": roles.way.as_ref().and_then(node),
        "stops": roles.stops.iter().filter_map(node).collect::<Vec<_>>(),
        "happening": roles.happening.iter().filter_map(node).collect::<Vec<_>>(),
        "touches": edge(roles.touches),
        // Where something runs, lies or belongs; and what lasts, so that this is no matter of dates.
        "places": places.into_iter().filter_map(edge).collect::<Vec<_>>(),
        "lasting": roles.stops.iter().chain(backers).filter_map(node).collect::<Vec<_>>(),
        "avoids": edge(roles.avoids),
        "date": attribute(&roles.date),
        "status": attribute(&roles.status),
        "statuses": schema.node_attributes.iter().find(|a| Some(&a.name) == roles.status.as_ref()).map(|a| &a.words),
    })
}
