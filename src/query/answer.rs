//! What a query gives: columns, rows of typed cells, the evidence of each row, and what there is to say about the whole.
//!
//! Nothing is formatted here: cells refer to nodes, edges, claims and strings of the graph by number, and the output
//! layer asks the graph for what it wants to show.

use std::cmp::Ordering;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering as Memory};

use crate::diagnostic::Diagnostic;
use crate::graph::FrozenGraph;

/// What was asked for, so that an output can choose how to show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AnswerKind {
    /// Any table: MATCH and most verbs.
    #[default]
    Rows,
    /// Ways, or routes and paths in order.
    Routes,
    /// Claims: `why`.
    Evidence,
    /// What `explain` and `profile` print: [`Answer::text`] holds it, and there are no rows.
    Text,
}

/// What the cells of a column hold, where that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ColumnKind {
    /// Anything.
    #[default]
    Any,
    /// Text.
    Text,
    /// Numbers: shown to the right.
    Number,
    /// Nodes.
    Node,
    /// Routes.
    Route,
    /// Evidence.
    Evidence,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name, as scripts rely on it.
    pub name: Arc<str>,
    /// What it holds.
    pub kind: ColumnKind,
}

impl Column {
    /// A column called `name`.
    #[must_use]
    pub fn new(name: &str, kind: ColumnKind) -> Self {
        Self { name: Arc::from(name), kind }
    }
}

/// An amount as a text gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// As written.
    pub text: Arc<str>,
    /// The number meant, in `unit`.
    pub number: Option<f64>,
    /// ISO currency code or unit.
    pub unit: Option<Arc<str>>,
}

/// One step of a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Step {
    /// The way that leads on, for routes over ways; else none.
    pub way: Option<u32>,
    /// The edges that the step rests on: two for a stretch of a way (from it to each stop), one for a plain edge.
    pub edges: [Option<u32>; 2],
    /// Where the way is left, if that is not where the next begins: one contains the other. Inferred.
    pub arrive: u32,
    /// The node that the step leads to.
    pub to: u32,
}

/// A route or a path: stops and what leads from each to the next, in order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Route {
    /// Where it starts.
    pub start: u32,
    /// The rest.
    pub steps: Vec<Step>,
}

impl Route {
    /// The stops in order, the first included.
    pub fn stops(&self) -> impl Iterator<Item = u32> + '_ {
        std::iter::once(self.start).chain(self.steps.iter().map(|s| s.to))
    }

    /// The edges in order.
    pub fn edges(&self) -> impl Iterator<Item = u32> + '_ {
        self.steps.iter().flat_map(|s| s.edges.into_iter().flatten())
    }

    /// Stops and ways in order: what a reader is shown. A transfer shows both of the stops that meet.
    #[must_use]
    pub fn nodes_and_ways(&self) -> Vec<u32> {
        let mut all = vec![self.start];
        for step in &self.steps {
            all.extend(step.way);
            if step.arrive != step.to {
                all.push(step.arrive);
            }
            all.push(step.to);
        }
        all
    }
}

/// A cell.
#[derive(Debug, Clone, Default)]
pub enum Value {
    /// Nothing known.
    #[default]
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// A text.
    Text(Arc<str>),
    /// A text that the graph holds: [`FrozenGraph::string`] reads it. Equal texts of one graph are equal numbers.
    Sym(u32),
    /// An amount as written.
    Quantity(Arc<Quantity>),
    /// Several.
    List(Arc<[Value]>),
    /// Names and values, by ascending name.
    Map(Arc<[(Arc<str>, Value)]>),
    /// A node.
    Node(u32),
    /// An edge.
    Edge(u32),
    /// A route or a path.
    Route(Arc<Route>),
    /// Claims by number: [`FrozenGraph::claim`] reads them.
    Evidence(Arc<[u32]>),
}

impl Value {
    /// A text.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::Text(Arc::from(text))
    }

    /// Whether it is null.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The text that it is (not: how it is shown).
    #[must_use]
    pub fn as_str<'a>(&'a self, graph: &'a FrozenGraph) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Sym(string) => Some(graph.string(*string)),
            Self::Quantity(q) => Some(&q.text),
            Self::Null
            | Self::Bool(_)
            | Self::Int(_)
            | Self::Float(_)
            | Self::List(_)
            | Self::Map(_)
            | Self::Node(_)
            | Self::Edge(_)
            | Self::Route(_)
            | Self::Evidence(_) => None,
        }
    }

    /// The number that it is or holds.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Int(i) => Some(*i as f64),
            Self::Float(x) => Some(*x),
            Self::Quantity(q) => q.number,
            Self::Null
            | Self::Bool(_)
            | Self::Text(_)
            | Self::Sym(_)
            | Self::List(_)
            | Self::Map(_)
            | Self::Node(_)
            | Self::Edge(_)
            | Self::Route(_)
            | Self::Evidence(_) => None,
        }
    }

    /// The order that ORDER BY sorts by: maps, nodes, edges, lists, routes, texts, booleans, numbers, null.
    #[must_use]
    pub fn order(&self, other: &Self, graph: &FrozenGraph) -> Ordering {
        // What most rows are sorted by.
        match (self, other) {
            (Self::Int(a), Self::Int(b)) => return a.cmp(b),
            (Self::Sym(a), Self::Sym(b)) => return a.cmp(b),
            _ => {}
        }
        let rank = |v: &Self| match v {
            Self::Map(_) => 0,
            Self::Node(_) => 1,
            Self::Edge(_) => 2,
            Self::List(_) => 3,
            Self::Route(_) => 4,
            Self::Evidence(_) => 5,
            Self::Text(_) | Self::Sym(_) => 6,
            Self::Bool(_) => 7,
            Self::Int(_) | Self::Float(_) => 8,
            Self::Quantity(q) => {
                if q.number.is_some() {
                    8
                } else {
                    6
                }
            }
            Self::Null => 9,
        };
        let ranks = rank(self).cmp(&rank(other));
        if ranks.is_ne() {
            return ranks;
        }
        match (self, other) {
            (Self::Node(a), Self::Node(b)) => graph.name(*a).cmp(graph.name(*b)).then_with(|| a.cmp(b)),
            (Self::Edge(a), Self::Edge(b)) => a.cmp(b),
            (Self::Bool(a), Self::Bool(b)) => a.cmp(b),
            (Self::Int(a), Self::Int(b)) => a.cmp(b),
            (Self::Sym(a), Self::Sym(b)) => a.cmp(b),
            (Self::List(a), Self::List(b)) => {
                let first = a.iter().zip(b.iter()).map(|(x, y)| x.order(y, graph)).find(|o| o.is_ne());
                first.unwrap_or_else(|| a.len().cmp(&b.len()))
            }
            (Self::Map(a), Self::Map(b)) => {
                let pairs = a.iter().zip(b.iter());
                pairs
                    .map(|(x, y)| x.0.cmp(&y.0).then_with(|| x.1.order(&y.1, graph)))
                    .find(|o| o.is_ne())
                    .unwrap_or_else(|| a.len().cmp(&b.len()))
            }
            (Self::Route(a), Self::Route(b)) => a.nodes_and_ways().cmp(&b.nodes_and_ways()),
            (Self::Evidence(a), Self::Evidence(b)) => a.cmp(b),
            _ => match (self.number(), other.number()) {
                (Some(a), Some(b)) => a.total_cmp(&b),
                _ => self.as_str(graph).cmp(&other.as_str(graph)),
            },
        }
    }
}

/// A row, and what it rests on.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// One a column.
    pub cells: Vec<Value>,
    /// The claims behind it, by number, in the order that `why` shows.
    pub evidence: Vec<u32>,
    /// The nodes that it speaks of, for drawing.
    pub nodes: Vec<u32>,
    /// The edges that it speaks of, for drawing.
    pub edges: Vec<u32>,
}

/// What there is to say about an answer as a whole.
#[derive(Debug, Clone, PartialEq)]
pub enum Note {
    /// Something was cut: rows, hops, time. The answer is right but may not be all.
    Cut(String),
    /// Something that the asker should know: an unknown type, a mixed sum.
    Warning(Diagnostic),
    /// What the world knows where the texts are silent, marked as such.
    World(String),
    /// A remark.
    Remark(String),
}

/// The answer to one query.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// What was asked for.
    pub kind: AnswerKind,
    /// The columns, in order.
    pub columns: Vec<Column>,
    /// The rows, in order.
    pub rows: Vec<Row>,
    /// Caps, warnings, offers.
    pub notes: Vec<Note>,
    /// What `explain` and `profile` print.
    pub text: Option<String>,
    /// Whether it was stopped before it was done (the rows so far are right).
    pub interrupted: bool,
}

impl Answer {
    /// The nodes and edges that any row speaks of, ascending: what a picture of the answer draws.
    #[must_use]
    pub fn touched(&self) -> (Vec<u32>, Vec<u32>) {
        let mut nodes: Vec<u32> = self.rows.iter().flat_map(|r| r.nodes.iter().copied()).collect();
        let mut edges: Vec<u32> = self.rows.iter().flat_map(|r| r.edges.iter().copied()).collect();
        for cell in self.rows.iter().flat_map(|r| &r.cells) {
            collect(cell, &mut nodes, &mut edges);
        }
        for ids in [&mut nodes, &mut edges] {
            ids.sort_unstable();
            ids.dedup();
        }
        (nodes, edges)
    }

    /// The warnings among the notes: with `--strict` they are errors.
    pub fn warnings(&self) -> impl Iterator<Item = &Diagnostic> {
        self.notes.iter().filter_map(|n| match n {
            Note::Warning(diagnostic) => Some(diagnostic),
            Note::Cut(_) | Note::World(_) | Note::Remark(_) => None,
        })
    }

    /// The claims behind row `number` (from 1): those noted with the row, else those of the edges in it.
    #[must_use]
    pub fn evidence(&self, number: usize, graph: &FrozenGraph) -> Option<Vec<u32>> {
        let row = self.rows.get(number.checked_sub(1)?)?;
        if !row.evidence.is_empty() {
            return Some(row.evidence.clone());
        }
        let (mut nodes, mut edges) = (row.nodes.clone(), row.edges.clone());
        row.cells.iter().for_each(|c| collect(c, &mut nodes, &mut edges));
        let mut claims: Vec<u32> = edges.iter().flat_map(|&e| graph.claims(e)).map(|c| c.index).collect();
        if claims.is_empty() {
            claims = nodes.iter().flat_map(|&n| graph.node_claims(n)).map(|c| c.index).collect();
        }
        claims.sort_unstable();
        claims.dedup();
        Some(claims)
    }
}

fn collect(value: &Value, nodes: &mut Vec<u32>, edges: &mut Vec<u32>) {
    match value {
        Value::Node(n) => nodes.push(*n),
        Value::Edge(e) => edges.push(*e),
        Value::Route(route) => {
            nodes.extend(route.nodes_and_ways());
            edges.extend(route.edges());
        }
        Value::List(items) => items.iter().for_each(|i| collect(i, nodes, edges)),
        Value::Map(items) => items.iter().for_each(|i| collect(&i.1, nodes, edges)),
        Value::Null
        | Value::Bool(_)
        | Value::Int(_)
        | Value::Float(_)
        | Value::Text(_)
        | Value::Sym(_)
        | Value::Quantity(_)
        | Value::Evidence(_) => {}
    }
}

/// Stops a query from outside: another thread, a signal handler or a clock sets it, the evaluator looks at it often.
#[derive(Debug, Default)]
pub struct Interrupt(AtomicBool);

impl Interrupt {
    /// One that is not set.
    #[must_use]
    pub const fn new() -> Self {
        Self(AtomicBool::new(false))
    }

    /// Stops the query at its next look.
    pub fn set(&self) {
        self.0.store(true, Memory::Relaxed);
    }

    /// Makes it usable for the next query.
    pub fn clear(&self) {
        self.0.store(false, Memory::Relaxed);
    }

    /// Whether the query should stop.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.0.load(Memory::Relaxed)
    }
}
