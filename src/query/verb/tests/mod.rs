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
//! … as planned        the mode, `actual` if none
//! … due 2026-12       the date that the text gives
//! … @2025-07          the date of the text; attributes have a claim only where it stands
//! … by the world      an edge of world data
//! ```

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::graph::{ClaimRecord, EdgeDraft, FrozenGraph, Given, GraphBuilder, NodeDraft};
use crate::model::{Locus, Mode, PartialDate, Value as Attribute};
use crate::names::slug;
use crate::query::answer::{Answer, Interrupt, Note, Value};
use crate::query::ast::{Body, Join, Name, NameForm, Names, Prefix, Routes, Search, Statement, Tail};
use crate::query::{Engine, Options, Params};
use crate::schema::Schema;
use crate::span::Span;

mod brute;
mod equivalent;
mod names;
mod routes;
mod verbs;
mod within;

/// A graph in the making.
#[derive(Default)]
pub(super) struct Drawing {
    kinds: BTreeMap<String, &'static str>,
    attrs: BTreeMap<String, Vec<(String, Attribute, Said)>>,
    edges: Vec<(String, String, String, Said, Option<i64>)>,
    claims: u32,
}

/// How a line is said.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Said {
    mode: Mode,
    asserted: Option<PartialDate>,
    when: Option<PartialDate>,
    world: bool,
}

impl From<Mode> for Said {
    fn from(mode: Mode) -> Self {
        Self { mode, ..Self::default() }
    }
}

/// Takes `word VALUE` off the end of a line.
fn last<'a>(line: &mut &'a str, word: &str) -> Option<&'a str> {
    let (rest, value) = line.rsplit_once(word)?;
    *line = rest;
    Some(value)
}

impl Drawing {
    pub(super) fn of(text: &str) -> Self {
        let mut drawing = Self::default();
        let lines = || text.lines().map(|l| l.split('#').next().unwrap_or_default().trim()).filter(|l| !l.is_empty());
        for line in lines() {
            if let Some((way, _)) = line.split_once(": ").filter(|(w, _)| !w.ends_with('!')) {
                drawing.kinds.insert(way.to_owned(), "Corridor");
            } else if let Some((inner, _)) = line.split_once(" in ") {
                drawing.kinds.insert(inner.to_owned(), "Place");
            }
        }
        lines().for_each(|line| drawing.line(line));
        drawing
    }

    fn line(&mut self, line: &str) {
        let mut line = line;
        let world = last(&mut line, " by the world").is_some();
        let asserted = last(&mut line, " @").map(|d| d.parse().unwrap());
        let when = last(&mut line, " due ").map(|d| d.parse().unwrap());
        let mode = Said { mode: last(&mut line, " as ").map_or(Mode::Actual, |m| m.parse().unwrap()), asserted, when, world };
        if let Some((way, stop)) = line.split_once(" !: ") {
            self.edge(way, "passes_through", stop, Said { mode: Mode::Denied, ..mode }, None);
        } else if let Some((way, stop)) = line.split_once(" !! ") {
            self.edge(way, "bypasses", stop, Said { mode: Mode::Denied, ..mode }, None);
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
            self.attrs.entry(node.to_owned()).or_default().push((name.to_owned(), value, mode));
        }
    }

    fn edge(&mut self, source: &str, kind: &str, target: &str, said: impl Into<Said>, order: Option<i64>) {
        let of = match kind {
            "carries" => "Commodity",
            "participates_in" | "hosts" | "adopted_at" => "Event",
            "party_to" => "Agreement",
            "member_of" => "Organisation",
            _ => "State",
        };
        let by = if kind == "adopted_at" { "Agreement" } else { "State" };
        for (end, fallback) in [(source, by), (target, of)] {
            self.kinds.entry(end.to_owned()).or_insert(fallback);
        }
        self.edges.push((source.to_owned(), kind.to_owned(), target.to_owned(), said.into(), order));
    }

    pub(super) fn freeze(mut self) -> FrozenGraph {
        let mut builder = GraphBuilder::new();
        let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
        for (name, kind) in &self.kinds {
            let attrs = self.attrs.remove(name).unwrap_or_default();
            let mut claims = Vec::new();
            let mut given = Vec::new();
            for (attribute, value, said) in attrs {
                let at = said.asserted.is_some().then_some(claims.len() as u32);
                if at.is_some() {
                    self.claims += 1;
                    claims.push(claim(self.claims, &format!("{name} {attribute}."), said));
                }
                given.push(Given { name: attribute.into(), value, claims: at.into_iter().collect() });
            }
            let world = name.starts_with('*');
            let draft = NodeDraft {
                id: Arc::from(format!("{}/{}", kind.to_lowercase(), slug(name))),
                kind: Arc::from(*kind),
                name: Arc::from(name.as_str()),
                attrs: given,
                claims,
                world,
                ..NodeDraft::default()
            };
            numbers.insert(name.clone(), builder.node(draft));
        }
        // Lines that say the same edge are claims of one.
        let mut drafts: BTreeMap<(String, String, String), EdgeDraft> = BTreeMap::new();
        for (source, kind, target, said, order) in std::mem::take(&mut self.edges) {
            if said.world {
                drafts.entry((source, kind, target)).or_default().world = true;
                continue;
            }
            self.claims += 1;
            let claim = claim(self.claims, &format!("{source} {kind} {target} ({}).", said.mode), said);
            let draft = drafts.entry((source, kind, target)).or_default();
            let at = draft.claims.len() as u32;
            draft.attrs.extend(order.map(|o| Given { name: Arc::from("order"), value: Attribute::Int(o), claims: vec![at] }));
            draft.claims.push(claim);
        }
        for ((source, kind, target), draft) in drafts {
            builder.edge(numbers[&source], numbers[&target], EdgeDraft { kind: Arc::from(kind), ..draft });
        }
        builder.finish().freeze().unwrap()
    }
}

fn claim(line: u32, text: &str, said: Said) -> ClaimRecord {
    ClaimRecord {
        document: Arc::from(format!("{}.txt", line % 3)),
        locus: Locus { article: 1, line, column: 1, span: Span { start: line * 100, end: line * 100 + 50 } },
        text: Arc::from(text),
        mode: said.mode,
        asserted: said.asserted.or(Some(PartialDate::day(2025, 12, 20))),
        when: said.when,
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

/// Answers a sentence, and shows rows and notes.
pub(super) fn ask(graph: &FrozenGraph, text: &str) -> String {
    ask_with(graph, text, &Options { today: Some(PartialDate::day(2026, 11, 26)), ..Options::default() })
}

/// As [`ask`], with options.
pub(super) fn ask_with(graph: &FrozenGraph, text: &str, options: &Options) -> String {
    let engine = Engine::new(graph, Schema::builtin());
    match engine.query(text, &Params::new(), options, &Interrupt::new()) {
        Ok(answer) => match &answer.text {
            Some(text) => text.clone(),
            None => lines(graph, &answer),
        },
        Err(fault) => {
            let places: Vec<&str> = fault.labels.iter().filter_map(|l| text.get(l.span.range())).collect();
            let hints: Vec<String> = fault.hints.iter().map(|h| format!("\n  hint: {h}")).collect();
            format!("{fault}\n  at: {}{}", places.join(" | "), hints.concat())
        }
    }
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
