//! Nodes and edges as tables: what the tabular exporters share. Types of columns are told, texts are cleaned.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Export;
use crate::graph::{Claims, FrozenGraph, ValueRef};
use crate::output::clean;

/// So many sentences stand in the cell of an edge.
const SENTENCES: usize = 5;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Int,
    Number,
    Bool,
    List,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Missing,
    Text(String),
    Int(i64),
    Number(f64),
    Bool(bool),
    List(Vec<String>),
}

impl Cell {
    /// As text; lists joined by `separator`.
    pub(super) fn text(&self, separator: &str) -> Option<String> {
        Some(match self {
            Self::Missing => return None,
            Self::Text(t) => t.clone(),
            Self::Int(i) => i.to_string(),
            Self::Number(x) => crate::output::cell::number(*x),
            Self::Bool(b) => b.to_string(),
            Self::List(items) => items.join(separator),
        })
    }
}

/// A column; its name is lower-case ASCII with underscores, distinct in its table.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub name: String,
    pub kind: Kind,
}

/// A node.
pub(super) struct NodeRow {
    pub number: u32,
    pub id: String,
    pub label: String,
    pub kind: String,
    pub cells: Vec<Cell>,
}

/// An edge.
pub(super) struct EdgeRow {
    /// Distinct: source, type and target, and a number for parallel ones.
    pub id: String,
    pub source: String,
    pub target: String,
    pub kind: String,
    pub weight: u32,
    pub cells: Vec<Cell>,
}

/// Both tables.
pub(super) struct Tables {
    pub node_columns: Vec<Column>,
    pub nodes: Vec<NodeRow>,
    pub edge_columns: Vec<Column>,
    pub edges: Vec<EdgeRow>,
}

pub(super) fn tables(export: &Export<'_>) -> Tables {
    let (graph, selection) = (export.graph, export.selection);
    let node_attrs = Attributes::of(graph, selection.nodes.iter().map(|&n| graph.node_attributes(n)));
    let edge_attrs = Attributes::of(graph, selection.edges.iter().map(|&e| graph.edge_attributes(e)));
    let node_columns =
        [("type", Kind::Text), ("aliases", Kind::List), ("mentions", Kind::Int), ("documents", Kind::Int), ("world", Kind::Bool)];
    let edge_columns = [
        ("type", Kind::Text),
        ("mode", Kind::Text),
        ("symmetric", Kind::Bool),
        ("sources", Kind::Int),
        ("confidence", Kind::Int),
        ("asserted", Kind::Text),
        ("when", Kind::Text),
        ("evidence", Kind::Text),
        ("world", Kind::Bool),
    ];
    let node_columns = columns(&node_columns, &node_attrs);
    let edge_columns = columns(&edge_columns, &edge_attrs);
    let mut ids = FxHashMap::default();
    Tables {
        node_columns,
        nodes: selection.nodes.iter().map(|&n| node_row(graph, n, &node_attrs)).collect(),
        edge_columns,
        edges: selection.edges.iter().map(|&e| edge_row(export, e, &edge_attrs, &mut ids)).collect(),
    }
}

fn columns(first: &[(&str, Kind)], attributes: &Attributes) -> Vec<Column> {
    let mut taken: FxHashSet<String> =
        ["id", "label", "name", "kind", "weight", "source", "target"].map(str::to_owned).into_iter().collect();
    let mut columns: Vec<Column> = Vec::new();
    let attributes = attributes.columns.iter().map(|(_, name, kind, _)| (name.as_str(), *kind));
    for (name, kind) in first.iter().copied().chain(attributes) {
        let mut name = slug(name);
        while !taken.insert(name.clone()) {
            name.insert_str(0, "attr_");
        }
        columns.push(Column { name, kind });
    }
    columns
}

/// Lower-case ASCII letters, digits and underscores.
fn slug(name: &str) -> String {
    let slug: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).collect();
    if slug.starts_with(|c: char| c.is_ascii_alphabetic()) { slug } else { format!("attr_{slug}") }
}

/// The attributes that occur: (attribute, column's name, kind, whether the column holds what was written).
struct Attributes {
    columns: Vec<(u16, String, Kind, bool)>,
}

impl Attributes {
    fn of<'g>(graph: &'g FrozenGraph, owners: impl Iterator<Item = impl Iterator<Item = (u16, ValueRef<'g>)>>) -> Self {
        // Whether all are numbers, and whether some are amounts as written.
        let mut seen = std::collections::BTreeMap::<u16, (bool, bool)>::new();
        for (attribute, value) in owners.flatten() {
            let entry = seen.entry(attribute).or_insert((true, false));
            entry.0 &= value.number().is_some() || matches!(value, ValueRef::Quantity { .. });
            entry.1 |= matches!(value, ValueRef::Quantity { .. });
        }
        let mut columns = Vec::new();
        for (attribute, (numeric, written)) in seen {
            let name = graph.attribute_name(attribute).to_owned();
            if numeric && written {
                columns.push((attribute, name.clone(), Kind::Number, false));
                columns.push((attribute, format!("{name}_text"), Kind::Text, true));
            } else {
                columns.push((attribute, name, if numeric { Kind::Number } else { Kind::Text }, false));
            }
        }
        Self { columns }
    }

    fn cells<'g>(&'g self, value: impl Fn(u16) -> Option<ValueRef<'g>>) -> impl Iterator<Item = Cell> {
        self.columns.iter().map(move |(attribute, _, kind, written)| match value(*attribute) {
            None => Cell::Missing,
            Some(value) if *kind == Kind::Number => value.number().filter(|x| x.is_finite()).map_or(Cell::Missing, Cell::Number),
            // Of amounts only what was written; a plain number has no words.
            Some(value) if *written => value.text().map_or(Cell::Missing, |t| Cell::Text(clean(t).into_owned())),
            Some(value) => Cell::Text(words(value)),
        })
    }
}

fn words(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Bool(b) => b.to_string(),
        ValueRef::Int(i) => i.to_string(),
        ValueRef::Float(x) => crate::output::cell::number(x),
        ValueRef::Text(t) | ValueRef::Quantity { text: t, .. } => clean(t).into_owned(),
        ValueRef::List(list) => list.iter().map(words).collect::<Vec<_>>().join("; "),
    }
}

fn node_row(graph: &FrozenGraph, node: u32, attributes: &Attributes) -> NodeRow {
    let kind = clean(graph.node_type_name(graph.node_type(node))).into_owned();
    let mut documents: Vec<&str> = graph.mentions(node).map(|m| m.document()).collect();
    documents.dedup();
    let mut cells = vec![
        Cell::Text(kind.clone()),
        Cell::List(graph.aliases(node).map(|a| clean(a).into_owned()).collect()),
        Cell::Int(graph.mentions(node).len() as i64),
        Cell::Int(documents.len() as i64),
        Cell::Bool(graph.is_world_node(node)),
    ];
    cells.extend(attributes.cells(|a| graph.node_value(node, a)));
    NodeRow { number: node, id: clean(graph.id(node)).into_owned(), label: clean(graph.name(node)).into_owned(), kind, cells }
}

fn edge_row(export: &Export<'_>, edge: u32, attributes: &Attributes, ids: &mut FxHashMap<String, u32>) -> EdgeRow {
    let graph = export.graph;
    let (source, target) = graph.endpoints(edge);
    let (source, target) = (clean(graph.id(source)).into_owned(), clean(graph.id(target)).into_owned());
    let kind = clean(graph.edge_type_name(graph.edge_type(edge))).into_owned();
    let symmetric = export.schema.edge_types.iter().any(|t| *t.name == kind && t.symmetric);
    let date = |d: Option<crate::model::PartialDate>| d.map_or(Cell::Missing, |d| Cell::Text(d.to_string()));
    let confidence = graph.claims(edge).map(|c| i64::from(c.confidence())).max();
    let mut cells = vec![
        Cell::Text(kind.clone()),
        Cell::Text(graph.mode(edge).to_string()),
        Cell::Bool(symmetric),
        Cell::Int(graph.source_count(edge).into()),
        confidence.map_or(Cell::Missing, Cell::Int),
        date(graph.claims(edge).filter_map(|c| c.asserted()).max()),
        date(graph.claims(edge).filter_map(|c| c.when()).max()),
        evidence(&graph.claims(edge)).map_or(Cell::Missing, Cell::Text),
        Cell::Bool(graph.is_world_edge(edge)),
    ];
    cells.extend(attributes.cells(|a| graph.edge_value(edge, a)));
    let plain = format!("{source}|{kind}|{target}");
    let times = ids.entry(plain.clone()).or_default();
    *times += 1;
    let id = if *times == 1 { plain } else { format!("{plain}|{times}") };
    EdgeRow { id, source, target, kind, weight: graph.source_count(edge).max(1), cells }
}

/// `[document:line] sentence`, the latest first.
fn evidence(claims: &Claims<'_>) -> Option<String> {
    let said: Vec<_> = claims.iter().filter(|c| !c.is_world()).collect();
    let shown = said.iter().rev().take(SENTENCES);
    let mut lines: Vec<String> = shown.map(|c| format!("[{}] {}", clean(&c.citation()), clean(c.text()))).collect();
    if said.len() > SENTENCES {
        lines.push(format!("and {} more", said.len() - SENTENCES));
    }
    (!lines.is_empty()).then(|| lines.join(" | "))
}
