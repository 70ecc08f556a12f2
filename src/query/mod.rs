//! The query language: verb sentences and an openCypher-style MATCH over one frozen graph.
//!
//! ```text
//! text ─ parse ─► Statement<'text> ─ bind(graph, schema) ─► Plan ─ optimise ─► Plan ─ eval ─► Answer
//! ```
//!
//! What is typed is kept as typed until it is bound; a plan holds numbers only. Formatting answers is the output
//! layer's business, and so are the clock and the terminal.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

use rustc_hash::FxHashMap;

use crate::diagnostic::Diagnostic;
use crate::graph::FrozenGraph;
use crate::model::PartialDate;
use crate::schema::Schema;

pub mod answer;
pub mod ast;
mod bind;
mod claim;
pub mod complete;
mod eval;
pub mod expr;
pub mod functions;
pub mod keywords;
pub mod ops;
mod optimise;
pub mod parse;
pub mod plan;
mod print;
pub mod resolve;
pub mod search;
pub mod syntax;
mod tables;
pub mod verb;
pub mod verbs;
mod vocabulary;

pub use answer::{Answer, AnswerKind, Column, ColumnKind, Interrupt, Note, Quantity, Route, Row, Step, Value};
pub use vocabulary::{Reading, Sense, Vocabulary};

use ast::{Body, Prefix};
use bind::Prepared;
use plan::{Plan, Shown};
use tables::Tables;

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

/// How many plans an engine keeps.
const PLANS: usize = 256;

/// A graph and the schema that its queries are read by: what every query runs on.
///
/// Making one is O(1): nothing is computed that the first query does not need. Plans of MATCH are kept by their text, so
/// that a query asked again is neither parsed nor planned.
pub struct Engine<'g> {
    graph: &'g FrozenGraph,
    schema: &'g Schema,
    tables: Tables<'g>,
    vocabulary: OnceLock<Vocabulary>,
    plans: Mutex<FxHashMap<String, Planned>>,
}

/// A plan that is kept, and what it was made for.
struct Planned {
    hops: u32,
    optimise: bool,
    prepared: Arc<Prepared>,
}

impl std::fmt::Debug for Engine<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("graph", &self.graph).finish_non_exhaustive()
    }
}

impl<'g> Engine<'g> {
    /// Queries over `graph`, its types and wordings read by `schema`.
    #[must_use]
    pub fn new(graph: &'g FrozenGraph, schema: &'g Schema) -> Self {
        let (tables, vocabulary) = (Tables::new(graph), OnceLock::new());
        Self { graph, schema, tables, vocabulary, plans: Mutex::default() }
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

    /// The words for types, edges and properties: the schema's, and those of the graph that the schema does not have.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        self.vocabulary.get_or_init(|| {
            let mut words = Vocabulary::of(self.schema);
            for name in self.graph.node_type_names() {
                words.add_type(name, name);
            }
            for name in self.graph.edge_type_names() {
                words.add_edge(name, name, false);
            }
            self.graph.attribute_names().for_each(|name| words.add_property(name));
            words
        })
    }

    /// Answers one statement.
    ///
    /// # Errors
    /// What does not parse or bind, with its place in `text`; and a stored graph that proves damaged where it is read.
    pub fn query(&self, text: &str, params: &Params, options: &Options, interrupt: &Interrupt) -> Result<Answer, Diagnostic> {
        let answer = self.answer(text, params, options, interrupt);
        // What is damaged reads as nothing: neither rows nor faults that come of it mean anything.
        self.graph.fault().map_or(answer, |fault| Err(Diagnostic::error("G001", fault.to_string())))
    }

    fn answer(&self, text: &str, params: &Params, options: &Options, interrupt: &Interrupt) -> Result<Answer, Diagnostic> {
        if let Some(prepared) = self.kept(text, options) {
            return eval::run(&prepared, &self.tables, params, options, interrupt, false);
        }
        let statement = parse::parse(text, self.vocabulary())?;
        let Body::Match(query) = &statement.body else {
            return verb::run(self, &statement, params, options, interrupt);
        };
        let prepared = self.prepare(query, text, options)?;
        match statement.prefix {
            Prefix::None => {
                let prepared = Arc::new(prepared);
                let answer = eval::run(&prepared, &self.tables, params, options, interrupt, false);
                self.keep(text, options, prepared);
                answer
            }
            Prefix::Explain => {
                let shown = Shown { plan: &prepared.plan, graph: self.graph, names: &prepared.names, note: None };
                let text = Some(shown.to_string());
                Ok(Answer { kind: AnswerKind::Text, text, notes: prepared.notes.clone(), ..Answer::default() })
            }
            Prefix::Profile => {
                let answer = eval::run(&prepared, &self.tables, params, options, interrupt, true)?;
                Ok(Answer { kind: AnswerKind::Text, rows: Vec::new(), columns: Vec::new(), ..answer })
            }
        }
    }

    /// Binds a query and makes its plan.
    fn prepare(&self, query: &ast::Query<'_>, text: &str, options: &Options) -> Result<Prepared, Diagnostic> {
        let mut prepared = bind::bind(query, text, self.graph, self.schema, options.hops)?;
        let mut read: Vec<expr::Slot> = prepared.columns.iter().map(|c| c.1).collect();
        read.extend(&prepared.evidence);
        let plan = std::mem::replace(&mut prepared.plan, Plan::start());
        prepared.plan = if options.optimise { optimise::optimise(plan, &self.tables, &read) } else { optimise::plainly(plan) };
        prepared.plan.number(&mut 0);
        Ok(prepared)
    }

    fn kept(&self, text: &str, options: &Options) -> Option<Arc<Prepared>> {
        let plans = self.plans.lock().ok()?;
        let planned = plans.get(text)?;
        (planned.hops == options.hops && planned.optimise == options.optimise).then(|| planned.prepared.clone())
    }

    fn keep(&self, text: &str, options: &Options, prepared: Arc<Prepared>) {
        let Ok(mut plans) = self.plans.lock() else { return };
        if plans.len() >= PLANS {
            plans.clear();
        }
        plans.insert(text.to_owned(), Planned { hops: options.hops, optimise: options.optimise, prepared });
    }
}

#[cfg(test)]
mod tests;
