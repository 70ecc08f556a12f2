//! The words of a picture: labels of edges, and what appears when something is pointed at.

use super::Maker;
use crate::graph::{ClaimRef, ValueRef};
use crate::output::clean;

/// So many sentences are enough for a tooltip.
const SENTENCES: usize = 3;

/// The type in words, and an amount if there is one.
pub(super) fn edge_label(makers: &Maker<'_>, edge: u32) -> String {
    let graph = makers.graph;
    let kind = clean(graph.edge_type_name(graph.edge_type(edge))).replace('_', " ");
    let amount = graph.edge_attributes(edge).find_map(|(_, v)| match v {
        ValueRef::Quantity { text, .. } => Some(clean(text).into_owned()),
        ValueRef::Bool(_) | ValueRef::Int(_) | ValueRef::Float(_) | ValueRef::Text(_) | ValueRef::List(_) => None,
    });
    match amount {
        Some(amount) if amount.chars().count() <= 24 => format!("{kind}\n{amount}"),
        _ => kind,
    }
}

/// What is said, how, and the sentences that say it.
pub(super) fn edge_tooltip(makers: &Maker<'_>, edge: u32) -> String {
    let graph = makers.graph;
    let (source, target) = graph.endpoints(edge);
    let kind = graph.edge_type_name(graph.edge_type(edge)).replace('_', " ");
    let head = format!("{} — {kind} — {} ({})", clean(graph.name(source)), clean(graph.name(target)), graph.mode(edge));
    let mut lines = vec![head];
    // The latest claims decide the mode: they come first.
    let claims: Vec<_> = graph.claims(edge).filter(|c| !c.is_world()).collect();
    lines.extend(claims.iter().rev().take(SENTENCES).map(sentence));
    if claims.len() > SENTENCES {
        lines.push(format!("and {} more", claims.len() - SENTENCES));
    }
    if graph.is_world_edge(edge) {
        lines.push("world data: no document says it".to_owned());
    }
    lines.join("\n")
}

/// Type, other names, attributes, and where it is mentioned.
pub(super) fn node_tooltip(makers: &Maker<'_>, node: u32) -> String {
    let graph = makers.graph;
    let mut lines = vec![format!("{} ({})", clean(graph.name(node)), clean(graph.node_type_name(graph.node_type(node))))];
    let aliases: Vec<_> = graph.aliases(node).take(4).map(|a| clean(a).into_owned()).collect();
    if !aliases.is_empty() {
        lines.push(format!("also: {}", aliases.join(", ")));
    }
    for (attribute, value) in graph.node_attributes(node).take(6) {
        let text = match value {
            ValueRef::Int(i) => i.to_string(),
            ValueRef::Float(x) => x.to_string(),
            ValueRef::Bool(b) => b.to_string(),
            ValueRef::Text(t) | ValueRef::Quantity { text: t, .. } => clean(t).into_owned(),
            ValueRef::List(list) => format!("{} values", list.len()),
        };
        lines.push(format!("{}: {text}", clean(graph.attribute_name(attribute)).replace('_', " ")));
    }
    lines.extend(graph.node_claims(node).filter(|c| !c.is_world()).take(1).map(|c| sentence(&c)));
    if let Some(first) = graph.mentions(node).next() {
        let more = graph.mentions(node).len() - 1;
        let place = format!("{}:{}", clean(first.document()), first.locus().line);
        lines.push(if more > 0 { format!("mentioned in {place} and {more} more") } else { format!("mentioned in {place}") });
    } else if graph.is_world_node(node) {
        lines.push("world data: no document mentions it".to_owned());
    }
    lines.join("\n")
}

fn sentence(claim: &ClaimRef<'_>) -> String {
    let who = claim.speaker().or(claim.origin()).map(|w| format!(" — {}", clean(w))).unwrap_or_default();
    let text = clean(claim.text());
    let text = if text.chars().count() > 400 { text.chars().take(399).chain(['…']).collect() } else { text.into_owned() };
    // As in `cell`: a sentence with quotes of its own gets no further ones.
    let text = if text.contains('“') { text } else { format!("“{text}”") };
    format!("{} {text}{who}", clean(&claim.citation()))
}
