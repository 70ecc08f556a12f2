//! Verbs on small drawn graphs.
//!
//! A drawing has a line for each thing:
//!
//! ```text
//! W: a > b > c        the way W touches a, b, c, in this order
//! W: a, b, c          … in an order that nobody tells
//! W ! r               a text says that W avoids r (`W !! r`: says that it does not avoid r)
//! W !: r              a text says that W does not touch r
//! p in s              p lies in s
//! a -funds-> b        any other edge
//! W length_km=500     an attribute
//! ```

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::graph::{ClaimRecord, EdgeDraft, FrozenGraph, Given, GraphBuilder, NodeDraft};
use crate::model::{Locus, Mode, Value as Attribute};
use crate::names::slug;
use crate::query::answer::{Answer, Interrupt, Note, Value};
use crate::query::ast::{Body, Join, Name, NameForm, Names, Prefix, Routes, Search, Statement, Tail};
use crate::query::{Engine, Options, Params};
use crate::schema::Schema;
use crate::span::Span;

mod brute;
mod routes;

/// A graph in the making.
#[derive(Default)]
pub(super) struct Drawing {
    kinds: BTreeMap<String, &'static str>,
    attrs: BTreeMap<String, Vec<(String, Attribute)>>,
    edges: Vec<(String, String, String, Mode, Option<i64>)>,
    claims: u32,
}

impl Drawing {
    pub(super) fn of(text: &str) -> Self {
        let mut drawing = Self::default();
        let lines = || text.lines().map(|l| l.split('#').next().unwrap_or_default().trim()).filter(|l| !l.is_empty());
        for line in lines() {
            if let Some((way, _)) = line.split_once(": ").filter(|(w, _)| !w.ends_with('!')) {
                drawing.kinds.insert(way.to_owned(), "Corridor");
            }
        }
        lines().for_each(|line| drawing.line(line));
        drawing
    }

    fn line(&mut self, line: &str) {
        let (line, mode) = match line.rsplit_once(" as ") {
            Some((line, mode)) => (line, mode.parse().unwrap()),
            None => (line, Mode::Actual),
        };
        if let Some((way, stop)) = line.split_once(" !: ") {
            self.edge(way, "passes_through", stop, Mode::Denied, None);
        } else if let Some((way, stop)) = line.split_once(" !! ") {
            self.edge(way, "bypasses", stop, Mode::Denied, None);
        } else if let Some((way, stop)) = line.split_once(" ! ") {
            self.edge(way, "bypasses", stop, mode, None);
        } else if let Some((way, stops)) = line.split_once(": ") {
            let ordered = stops.contains(" > ");
            for (at, stop) in stops.split([',', '>']).enumerate() {
                self.edge(way, "passes_through", stop.trim(), mode, ordered.then_some(at as i64 + 1));
            }
        } else if let Some((inner, outer)) = line.split_once(" in ") {
            self.kinds.entry(inner.to_owned()).or_insert("Place");
            self.edge(inner, "located_in", outer, mode, None);
        } else if let Some((source, rest)) = line.split_once(" -") {
            let (kind, target) = rest.split_once("-> ").unwrap();
            self.edge(source, kind, target, mode, None);
        } else {
            let (node, attr) = line.rsplit_once(' ').unwrap();
            let (name, value) = attr.split_once('=').unwrap();
            let value = match value.parse::<f64>() {
                Ok(number) => Attribute::Quantity { text: Arc::from(value), number: Some(number), unit: None },
                Err(_) => match value.split_once('/') {
                    Some((number, unit)) => {
                        Attribute::Quantity { text: Arc::from(value), number: number.parse().ok(), unit: Some(Arc::from(unit)) }
                    }
                    None => Attribute::Text(Arc::from(value)),
                },
            };
            self.attrs.entry(node.to_owned()).or_default().push((name.to_owned(), value));
        }
    }

    fn edge(&mut self, source: &str, kind: &str, target: &str, mode: Mode, order: Option<i64>) {
        for (end, fallback) in [(source, "State"), (target, if kind == "carries" { "Commodity" } else { "State" })] {
            self.kinds.entry(end.to_owned()).or_insert(fallback);
        }
        self.edges.push((source.to_owned(), kind.to_owned(), target.to_owned(), mode, order));
    }

    pub(super) fn freeze(mut self) -> FrozenGraph {
        let mut builder = GraphBuilder::new();
        let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
        for (name, kind) in &self.kinds {
            let attrs = self.attrs.remove(name).unwrap_or_default();
            let attrs = attrs.into_iter().map(|(n, value)| Given { name: n.into(), value, claims: Vec::new() }).collect();
            let draft = NodeDraft {
                id: Arc::from(format!("{}/{}", kind.to_lowercase(), slug(name))),
                kind: Arc::from(*kind),
                name: Arc::from(name.as_str()),
                attrs,
                ..NodeDraft::default()
            };
            numbers.insert(name.clone(), builder.node(draft));
        }
        for (source, kind, target, mode, order) in std::mem::take(&mut self.edges) {
            self.claims += 1;
            let claim = claim(self.claims, &format!("{source} {kind} {target} ({mode})."), mode);
            let attrs = order.map(|o| Given { name: Arc::from("order"), value: Attribute::Int(o), claims: vec![0] });
            let draft =
                EdgeDraft { kind: Arc::from(kind), mode, attrs: attrs.into_iter().collect(), claims: vec![claim], world: false };
            builder.edge(numbers[&source], numbers[&target], draft);
        }
        builder.finish().freeze().unwrap()
    }
}

fn claim(line: u32, text: &str, mode: Mode) -> ClaimRecord {
    ClaimRecord {
        document: Arc::from(format!("{}.txt", line % 3)),
        locus: Locus { article: 1, line, column: 1, span: Span { start: line * 100, end: line * 100 + 50 } },
        text: Arc::from(text),
        mode,
        asserted: "2025-12-20".parse().ok(),
        when: None,
        speaker: None,
        origin: None,
        confidence: 900,
        rule: Arc::from("drawn"),
    }
}

/// Names joined by commas ("a, b"), "and" or "or".
pub(super) fn names(text: &str) -> Names<'_> {
    let mut items = Vec::new();
    let mut joins = Vec::new();
    let mut rest = text;
    loop {
        let next = [(", ", Join::Comma), (" and ", Join::And), (" or ", Join::Or)]
            .into_iter()
            .filter_map(|(word, join)| rest.find(word).map(|at| (at, word.len(), join)))
            .min_by_key(|n| n.0);
        let start = text.len() - rest.len();
        let end = next.map_or(text.len(), |(at, _, _)| start + at);
        items.push(Name { text: text[start..end].into(), form: NameForm::Bare, span: Span::new(start, end) });
        let Some((at, len, join)) = next else { break };
        joins.push(join);
        rest = &rest[at + len..];
    }
    Names { source: text, items, joins, span: Span::new(0, text.len()) }
}

/// Answers a verb.
pub(super) fn answer_with(graph: &FrozenGraph, body: Body<'_>, options: &Options) -> Result<Answer, String> {
    let statement = Statement { prefix: Prefix::None, body, span: Span::default() };
    let engine = Engine::new(graph, Schema::builtin());
    super::run(&engine, &statement, &Params::new(), options, &Interrupt::new()).map_err(|fault| {
        let hints: Vec<String> = fault.hints.iter().map(|h| format!("; {h}")).collect();
        format!("{fault}{}", hints.concat())
    })
}

/// Answers `routes`.
pub(super) fn routes(graph: &FrozenGraph, search: Search<'_>, tail: Tail<'_>) -> Result<Answer, String> {
    answer_with(graph, Body::Routes(Routes { search, tail }), &Options::default())
}

/// Cells of a row as text, without evidence.
pub(super) fn shown(graph: &FrozenGraph, value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::Bool(b) => b.to_string(),
        Value::Int(i) => i.to_string(),
        Value::Float(x) => x.to_string(),
        Value::Node(n) => graph.name(*n).to_owned(),
        Value::List(items) => items.iter().map(|i| shown(graph, i)).collect::<Vec<_>>().join(" "),
        Value::Route(route) => {
            let mut text = graph.name(route.start).to_owned();
            for step in &route.steps {
                if let Some(way) = step.way {
                    text += &format!(" -{}-> {}", graph.name(way), graph.name(step.arrive));
                }
                if step.way.is_none() && step.edges[0].is_some() {
                    text += &format!(" -- {}", graph.name(step.to));
                } else if step.arrive != step.to || step.way.is_none() {
                    text += &format!(" ~ {}", graph.name(step.to));
                }
            }
            text
        }
        Value::Evidence(claims) => format!("{} claims", claims.len()),
        other => other.as_str(graph).unwrap_or("?").to_owned(),
    }
}

/// Rows and notes, one a line.
pub(super) fn lines(graph: &FrozenGraph, answer: &Answer) -> String {
    let row = |r: &crate::query::Row| {
        let cells = r.cells.iter().filter(|c| !matches!(c, Value::Evidence(_)));
        cells.map(|c| shown(graph, c)).collect::<Vec<_>>().join(" | ")
    };
    let note = |n: &Note| match n {
        Note::Cut(t) => format!("cut: {t}"),
        Note::Warning(d) => format!("warning: {d}; {}", d.hints.join("; ")),
        Note::World(t) => format!("world: {t}"),
        Note::Remark(t) => format!("remark: {t}"),
    };
    answer.rows.iter().map(row).chain(answer.notes.iter().map(note)).collect::<Vec<_>>().join("\n")
}
