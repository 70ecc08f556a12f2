//! The query language: verb sentences and an openCypher-style MATCH over one frozen graph.
//!
//! ```text
//! text ─ parse ─► Statement<'text> ─ bind(graph, schema) ─► Plan ─ optimise ─► Plan ─ eval ─► Answer
//! ```
//!
//! What is typed is kept as typed until it is bound; a plan holds numbers only. Formatting answers is the output
//! layer's business, and so are the clock and the terminal.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::graph::FrozenGraph;
use crate::model::PartialDate;
use crate::schema::Schema;

pub mod answer;
pub mod ast;
pub mod keywords;
pub mod parse;
pub mod resolve;
pub mod syntax;
pub mod verb;
pub mod verbs;
mod vocabulary;

pub use answer::{Answer, AnswerKind, Column, ColumnKind, Interrupt, Note, Quantity, Route, Row, Step, Value};
pub use vocabulary::{Reading, Vocabulary};

/// Values for `$name` in a query.
pub type Params = BTreeMap<String, Value>;

/// What bounds and helps a query.
#[derive(Debug, Clone)]
pub struct Options {
    /// How many hops a route or an unbounded pattern may have where the query says nothing.
    pub hops: u32,
    /// How many routes a verb gives where the query says nothing.
    pub answers: usize,
    /// The day that "now" means (`due`); the library has no clock.
    pub today: Option<PartialDate>,
    /// Claims below this confidence, per mille, do not count.
    pub min_confidence: u16,
    /// The rewrite passes run; off only to prove that they change nothing.
    pub optimise: bool,
    /// Nanoseconds since any fixed moment, for `profile` and the time bound; the library has no clock of its own.
    pub clock: Option<fn() -> u64>,
    /// How many nanoseconds a query may take, by `clock`.
    pub time: u64,
    /// The answer that `why N` speaks of.
    pub last: Option<Arc<Answer>>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            hops: 8,
            answers: 10,
            today: None,
            min_confidence: 0,
            optimise: true,
            clock: None,
            time: 10_000_000_000,
            last: None,
        }
    }
}

/// A graph and the schema that its queries are read by: what every query runs on.
///
/// Making one is O(1): nothing is computed that the first query does not need.
#[derive(Debug)]
pub struct Engine<'g> {
    graph: &'g FrozenGraph,
    schema: &'g Schema,
}

impl<'g> Engine<'g> {
    /// Queries over `graph`, its types and wordings read by `schema`.
    #[must_use]
    pub fn new(graph: &'g FrozenGraph, schema: &'g Schema) -> Self {
        Self { graph, schema }
    }

    /// The graph.
    #[must_use]
    pub fn graph(&self) -> &'g FrozenGraph {
        self.graph
    }

    /// The schema.
    #[must_use]
    pub fn schema(&self) -> &'g Schema {
        self.schema
    }

    /// Answers one statement.
    ///
    /// # Errors
    /// What does not parse or bind, with its place in `text`.
    pub fn query(&self, text: &str, params: &Params, options: &Options, interrupt: &Interrupt) -> Result<Answer, Diagnostic> {
        let _ = (params, options, interrupt);
        Err(Diagnostic::error("Q000", format!("not written yet: {text}")))
    }
}
