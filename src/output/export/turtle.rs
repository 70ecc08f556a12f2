//! Turtle with provenance: what is the case as plain triples, every edge as a statement, every claim with its sentence and
//! the document that it was quoted from (PROV).
//!
//! A planned, proposed, possible or denied edge is no plain triple: only its statement says how it is meant.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::{Export, Exporter};
use crate::graph::{ClaimRef, ValueRef};
use crate::model::Mode;
use crate::output::clean;

const PREFIXES: &str = "\
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
";

/// Turtle.
pub(super) struct Turtle;

impl Exporter for Turtle {
    fn name(&self) -> &'static str {
        "turtle"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["ttl"]
    }

    fn about(&self) -> &'static str {
        "RDF with the sentence and document of every claim"
    }

    fn write(&self, export: &Export<'_>, _: usize, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(PREFIXES.as_bytes())?;
        for document in export.graph.documents() {
            let mut text = format!("\n{} a prov:Entity", iri("document", document.id()));
            for article in document.articles() {
                let _ = article.title().map(|t| write!(text, " ;\n  dcterms:title {}", literal(t)));
                let _ = article.date().map(|d| write!(text, " ;\n  dcterms:date {}", literal(&d.to_string())));
                let _ = article.byline().map(|b| write!(text, " ;\n  dcterms:creator {}", literal(b)));
                let _ = article.outlet().map(|o| write!(text, " ;\n  dcterms:publisher {}", literal(o)));
                let _ = article.origin().map(|o| write!(text, " ;\n  dcterms:source {}", literal(o)));
            }
            writeln!(out, "{text} .")?;
        }
        for &node in &export.selection.nodes {
            put_node(export, node, out)?;
        }
        for &edge in &export.selection.edges {
            put_edge(export, edge, out)?;
        }
        Ok(())
    }
}

fn put_node(export: &Export<'_>, node: u32, out: &mut dyn Write) -> io::Result<()> {
    let graph = export.graph;
    let kind = iri("type", graph.node_type_name(graph.node_type(node)));
    let mut text = format!("\n{} a {kind} ;\n  rdfs:label {}", iri("node", graph.id(node)), literal(graph.name(node)));
    for alias in graph.aliases(node) {
        let _ = write!(text, " ;\n  skos:altLabel {}", literal(alias));
    }
    for (attribute, value) in graph.node_attributes(node) {
        for object in objects(value) {
            let _ = write!(text, " ;\n  {} {object}", iri("attribute", graph.attribute_name(attribute)));
        }
    }
    writeln!(out, "{text} .")
}

fn put_edge(export: &Export<'_>, edge: u32, out: &mut dyn Write) -> io::Result<()> {
    let graph = export.graph;
    let (source, target) = graph.endpoints(edge);
    let kind = graph.edge_type_name(graph.edge_type(edge));
    let (subject, predicate, object) = (iri("node", graph.id(source)), iri("edge-type", kind), iri("node", graph.id(target)));
    if graph.mode(edge) == Mode::Actual {
        writeln!(out, "\n{subject} {predicate} {object} .")?;
    }
    let statement = iri("edge", &format!("{}|{kind}|{}|{edge}", graph.id(source), graph.id(target)));
    let mut text = format!(
        "\n{statement} a rdf:Statement ;\n  rdf:subject {subject} ;\n  rdf:predicate {predicate} ;\n  rdf:object {object}"
    );
    let _ = write!(text, " ;\n  {} {}", iri("attribute", "mode"), literal(graph.mode(edge).as_str()));
    let _ = write!(text, " ;\n  {} {}", iri("attribute", "sources"), graph.source_count(edge));
    for (attribute, value) in graph.edge_attributes(edge) {
        for object in objects(value) {
            let _ = write!(text, " ;\n  {} {object}", iri("attribute", graph.attribute_name(attribute)));
        }
    }
    for claim in graph.claims(edge) {
        let _ = write!(text, " ;\n  prov:wasDerivedFrom [ {} ]", claim_text(&claim));
    }
    writeln!(out, "{text} .")
}

fn claim_text(claim: &ClaimRef<'_>) -> String {
    let mut text = format!("a {}, prov:Entity ; prov:value {}", iri("type", "Claim"), literal(claim.text()));
    let mut add = |name: &str, value: String| {
        let _ = write!(text, " ; {} {value}", iri("attribute", name));
    };
    add("mode", literal(claim.mode().as_str()));
    add("confidence", claim.confidence().to_string());
    let _ = claim.asserted().map(|d| add("asserted", literal(&d.to_string())));
    let _ = claim.when().map(|d| add("when", literal(&d.to_string())));
    let _ = claim.speaker().map(|s| add("speaker", literal(s)));
    let _ = claim.origin().map(|o| add("origin", literal(o)));
    if !claim.is_world() {
        add("line", claim.line().to_string());
        let _ = write!(text, " ; prov:wasQuotedFrom {}", iri("document", claim.document()));
    }
    text
}

/// A value as what stands after a predicate; an amount as written and as a number.
fn objects(value: ValueRef<'_>) -> Vec<String> {
    match value {
        ValueRef::Bool(b) => vec![b.to_string()],
        ValueRef::Int(i) => vec![i.to_string()],
        ValueRef::Float(x) => vec![double(x)],
        ValueRef::Text(t) => vec![literal(t)],
        ValueRef::Quantity { text, number, .. } => [Some(literal(text)), number.map(double)].into_iter().flatten().collect(),
        ValueRef::List(list) => list.iter().flat_map(objects).collect(),
    }
}

fn double(x: f64) -> String {
    format!("\"{x:e}\"^^xsd:double")
}

fn literal(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in clean(text).chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// `<urn:silkgraph:node:state/kazakhstan>`; what an IRI cannot hold is percent-encoded.
fn iri(kind: &str, text: &str) -> String {
    let mut done = format!("<urn:silkgraph:{kind}:");
    for c in text.chars() {
        if c.is_alphanumeric() || "-_./".contains(c) {
            done.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                let _ = write!(done, "%{byte:02X}");
            }
        }
    }
    done.push('>');
    done
}
