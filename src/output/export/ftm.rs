//! FollowTheMoney entities as JSON lines, for OpenAleph and its tools: things, links with their sentences, articles.
//!
//! Which schema stands for which type is data (`ftm.ron`). Every edge is an `UnknownLink` with the edge type as its role:
//! the closer schemata allow only ends that our types are not.

use std::io::{self, Write};

use rustc_hash::FxHashMap;
use serde_json::{Map, Value as Json, json};

use super::{Export, Exporter};
use crate::graph::{ClaimRef, ValueRef};
use crate::output::clean;

/// FollowTheMoney.
pub(super) struct Ftm;

impl Exporter for Ftm {
    fn name(&self) -> &'static str {
        "ftm"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["ftm", "ijson"]
    }

    fn about(&self) -> &'static str {
        "FollowTheMoney JSON lines for OpenAleph"
    }

    fn write(&self, export: &Export<'_>, _: usize, out: &mut dyn Write) -> io::Result<()> {
        let schemata: Vec<(String, String)> = ron::from_str(include_str!("ftm.ron")).unwrap_or_default();
        let schemata: FxHashMap<String, String> = schemata.into_iter().collect();
        put_documents(export, out)?;
        for &node in &export.selection.nodes {
            put_node(export, node, &schemata, out)?;
        }
        for &edge in &export.selection.edges {
            put_edge(export, edge, out)?;
        }
        Ok(())
    }
}

fn put(out: &mut dyn Write, id: &str, schema: &str, properties: &Map<String, Json>) -> io::Result<()> {
    let entity = json!({"id": id, "schema": schema, "properties": properties, "datasets": ["silkgraph"]});
    writeln!(out, "{}", crate::output::json::to_string(&entity))
}

/// Adds a property: all are lists of texts, and empty ones are not there.
fn add(properties: &mut Map<String, Json>, name: &str, values: impl IntoIterator<Item = String>) {
    let values: Vec<String> = values.into_iter().filter(|v| !v.trim().is_empty()).collect();
    if !values.is_empty() {
        properties.insert(name.to_owned(), json!(values));
    }
}

fn put_documents(export: &Export<'_>, out: &mut dyn Write) -> io::Result<()> {
    for document in export.graph.documents() {
        let mut properties = Map::new();
        let titles: Vec<String> = document.articles().filter_map(|a| a.title()).map(|t| clean(t).into_owned()).collect();
        let title = titles.first().cloned().unwrap_or_else(|| clean(document.id()).into_owned());
        add(&mut properties, "title", [title]);
        add(&mut properties, "fileName", [clean(document.id()).into_owned()]);
        // Dates without a year are none there.
        add(
            &mut properties,
            "date",
            document.articles().filter_map(|a| a.date()).filter(|d| d.year.is_some()).map(|d| d.to_string()).take(1),
        );
        add(&mut properties, "author", document.articles().filter_map(|a| a.byline()).map(|t| clean(t).into_owned()));
        add(&mut properties, "publisher", document.articles().filter_map(|a| a.outlet()).map(|t| clean(t).into_owned()).take(1));
        put(out, &id("document", document.id()), "Article", &properties)?;
    }
    Ok(())
}

/// `document-…`: letters, digits and hyphens, with a hash, as other characters are lost.
fn id(kind: &str, text: &str) -> String {
    let slug: String =
        text.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).take(48).collect();
    format!("{kind}-{}-{}", slug.trim_matches('-'), &blake3::hash(text.as_bytes()).to_hex()[..10])
}

fn put_node(export: &Export<'_>, node: u32, schemata: &FxHashMap<String, String>, out: &mut dyn Write) -> io::Result<()> {
    let graph = export.graph;
    let kind = graph.node_type_name(graph.node_type(node));
    let schema = schemata.get(kind).map_or("Project", String::as_str);
    let name = clean(graph.name(node)).into_owned();
    let mut properties = Map::new();
    add(&mut properties, "name", [name.clone()]);
    if schema == "Contract" {
        add(&mut properties, "title", [name]);
    }
    add(&mut properties, "alias", graph.aliases(node).map(|a| clean(a).into_owned()));
    add(&mut properties, "keywords", [clean(kind).into_owned()]);
    let notes = graph.node_attributes(node).filter_map(|(attribute, value)| {
        let text = match value {
            ValueRef::Int(i) => i.to_string(),
            ValueRef::Float(x) => x.to_string(),
            ValueRef::Text(t) | ValueRef::Quantity { text: t, .. } => clean(t).into_owned(),
            ValueRef::Bool(_) | ValueRef::List(_) => return None,
        };
        Some(format!("{}: {text}", clean(graph.attribute_name(attribute)).replace('_', " ")))
    });
    add(&mut properties, "notes", notes);
    let mut documents: Vec<String> = graph.mentions(node).map(|m| id("document", m.document())).collect();
    documents.dedup();
    add(&mut properties, "proof", documents);
    put(out, &id("node", graph.id(node)), schema, &properties)
}

fn put_edge(export: &Export<'_>, edge: u32, out: &mut dyn Write) -> io::Result<()> {
    let graph = export.graph;
    let (source, target) = graph.endpoints(edge);
    let kind = graph.edge_type_name(graph.edge_type(edge));
    let claims: Vec<ClaimRef<'_>> = graph.claims(edge).filter(|c| !c.is_world()).collect();
    let mut properties = Map::new();
    add(&mut properties, "subject", [id("node", graph.id(source))]);
    add(&mut properties, "object", [id("node", graph.id(target))]);
    add(&mut properties, "role", [clean(kind).replace('_', " ")]);
    add(&mut properties, "status", [graph.mode(edge).to_string()]);
    let mut dates: Vec<String> =
        claims.iter().filter_map(|c| c.when()).filter(|d| d.year.is_some()).map(|d| d.to_string()).collect();
    dates.dedup();
    add(&mut properties, "date", dates);
    let sentence = |c: &ClaimRef<'_>| format!("{} [{}]", clean(c.text()), clean(&c.citation()));
    add(&mut properties, "summary", claims.iter().map(sentence));
    let mut documents: Vec<String> = claims.iter().map(|c| id("document", c.document())).collect();
    documents.sort();
    documents.dedup();
    add(&mut properties, "proof", documents);
    put(out, &id("edge", &format!("{}|{kind}|{}|{edge}", graph.id(source), graph.id(target))), "UnknownLink", &properties)
}
