//! From what was typed to a plan: variables become slots, names become ids, and what means nothing is told.
//!
//! A plan made here holds patterns whole and in the order written: `optimise` takes them apart. What is unknown to the
//! graph (a type, an edge, a property) gives no rows and a warning; what cannot be meant is an error with its place.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::answer::{Column, ColumnKind, Note, Value};
use super::ast::{self, Clause, Query, Seen, SingleQuery, Unwind};
use super::expr::{Expr, Slot};
use super::plan::{Op, Plan, Summary};
use crate::diagnostic::Diagnostic;
use crate::graph::FrozenGraph;
use crate::names::{closest, fold};
use crate::schema::Schema;
use crate::span::Span;

mod expr;
mod pattern;
mod project;
mod scope;

use scope::{Kind, Scope, Var};

/// A statement ready to be run, on the graph that it was bound to.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// What is run.
    pub plan: Plan,
    /// The columns, and the slots that hold them.
    pub columns: Vec<(Column, Slot)>,
    /// How many slots a row has.
    pub slots: usize,
    /// What slots are called, for `explain`; empty for those without a name.
    pub names: Vec<String>,
    /// The parameters, by [`Expr::Param`]'s number, with the place of their first use.
    pub params: Vec<(Arc<str>, Span)>,
    /// The nodes and edges that an answer's row rests on.
    pub evidence: Vec<Slot>,
    /// Which claims and edges count.
    pub seen: Seen,
    /// Warnings.
    pub notes: Vec<Note>,
    /// Plans that were thrown away because they can give nothing are not: this is where expressions stand, for faults.
    pub span: Span,
}

/// Binds a query that was parsed from `text`, unbounded chains capped at `hops`.
///
/// # Errors
/// What cannot be meant: an unknown variable or function, an aggregate in the wrong place.
pub fn bind(query: &Query<'_>, text: &str, graph: &FrozenGraph, schema: &Schema, hops: u32) -> Result<Prepared, Diagnostic> {
    let mut binder = Binder::new(text, graph, schema, hops);
    let (plan, columns) = binder.query(query)?;
    Ok(Prepared {
        plan,
        columns,
        slots: binder.names.len(),
        names: binder.names,
        params: binder.params,
        evidence: binder.evidence,
        seen: query.seen.clone(),
        notes: binder.notes,
        span: query.span,
    })
}

/// A word of a sentence's tail that speaks of the row: where it stands, and the slot for its value.
pub type Word = (String, Span, Slot);

/// Expressions of a sentence's tail, bound: their words are slots.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// What is computed, each with the words in it.
    pub exprs: Vec<(Expr, Vec<Word>)>,
    /// What they are run with: slots, parameters, warnings. The plan gives the row that it is run on.
    pub prepared: Prepared,
}

/// Binds expressions of a sentence's tail, in which a bare word is a property of what the row is about. The first slots
/// are `given`.
///
/// # Errors
/// What cannot be meant there: patterns, aggregates, unknown functions.
pub fn sentence(
    exprs: &[&ast::Expr<'_>],
    given: &[&str],
    seen: Seen,
    graph: &FrozenGraph,
    schema: &Schema,
) -> Result<Sentence, Diagnostic> {
    let mut binder = Binder::new("", graph, schema, 0);
    for name in given {
        binder.slot(name);
    }
    binder.words = Some(Vec::new());
    let mut all = Vec::with_capacity(exprs.len());
    for expr in exprs {
        let before = binder.words.as_ref().map_or(0, Vec::len);
        let bound = binder.expr(expr)?;
        if bound.has_plan() {
            let fault = Diagnostic::error("Q222", "a verb's `where` cannot say this").at(expr.span, "a pattern");
            return Err(fault.hint("MATCH … WHERE can"));
        }
        all.push((bound, binder.words.iter().flatten().skip(before).cloned().collect()));
    }
    let span = exprs.first().map_or_else(Span::default, |e| e.span);
    let prepared = Prepared {
        plan: Plan::start(),
        columns: Vec::new(),
        slots: binder.names.len(),
        names: binder.names,
        params: binder.params,
        evidence: Vec::new(),
        seen,
        notes: binder.notes,
        span,
    };
    Ok(Sentence { exprs: all, prepared })
}

pub(super) struct Binder<'a> {
    text: &'a str,
    graph: &'a FrozenGraph,
    schema: &'a Schema,
    hops: u32,
    /// One a slot.
    names: Vec<String>,
    params: Vec<(Arc<str>, Span)>,
    notes: Vec<Note>,
    scope: Scope,
    /// Slots of patterns that an answer's row may rest on.
    evidence: Vec<Slot>,
    /// Where aggregates are collected, if they may stand here.
    aggregates: Option<Vec<Summary>>,
    /// Expressions that were computed already, by their text.
    computed: Vec<(String, Slot)>,
    /// What must hold for each edge of a chain, by its slot.
    chain_filters: Vec<(Slot, Expr)>,
    /// Only these slots and `computed` may be used outside of aggregates.
    grouped: Option<FxHashSet<Slot>>,
    /// In a sentence: what its words are slots of.
    words: Option<Vec<(String, Span, Slot)>>,
}

type Columns = Vec<(Column, Slot)>;

impl<'a> Binder<'a> {
    fn new(text: &'a str, graph: &'a FrozenGraph, schema: &'a Schema, hops: u32) -> Self {
        Self {
            text,
            graph,
            schema,
            hops,
            names: Vec::new(),
            params: Vec::new(),
            notes: Vec::new(),
            scope: Scope::default(),
            evidence: Vec::new(),
            aggregates: None,
            computed: Vec::new(),
            chain_filters: Vec::new(),
            grouped: None,
            words: None,
        }
    }

    fn slot(&mut self, name: &str) -> Slot {
        self.names.push(name.to_owned());
        self.names.len() - 1
    }

    /// The slot of a word that speaks of a sentence's row; none in MATCH, and for loops' own variables.
    fn word(&mut self, name: &str, span: Span) -> Option<Slot> {
        if self.words.is_none() || self.scope.get(name).is_some() {
            return None;
        }
        let known = self.words.iter().flatten().find(|w| w.0.eq_ignore_ascii_case(name)).map(|w| w.2);
        let slot = known.unwrap_or_else(|| self.slot(name));
        self.words.iter_mut().for_each(|words| words.push((name.to_owned(), span, slot)));
        Some(slot)
    }

    /// The slot of a parameter's value.
    fn param(&mut self, name: &str, span: Span) -> Expr {
        let known = self.params.iter().position(|(n, _)| &**n == name);
        Expr::Param(known.unwrap_or_else(|| {
            self.params.push((Arc::from(name), span));
            self.params.len() - 1
        }))
    }

    fn warn(&mut self, warning: Diagnostic) {
        let note = Note::Warning(warning);
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// What was typed there, white space left out: for comparing expressions.
    fn written(&self, span: Span) -> String {
        self.text.get(span.range()).unwrap_or_default().split_whitespace().collect()
    }

    fn query(&mut self, query: &Query<'_>) -> Result<(Plan, Columns), Diagnostic> {
        let (mut plan, columns) = self.single(&query.first, Plan::start())?;
        if query.unions.is_empty() {
            return Ok((plan, columns));
        }
        let outer = std::mem::take(&mut self.scope);
        // The columns of all parts are copied to slots of their own.
        let whole: Columns = columns.iter().map(|(c, _)| (Column::new(&c.name, ColumnKind::Any), self.slot(&c.name))).collect();
        let map = |columns: &Columns| columns.iter().zip(&whole).map(|(from, to)| (from.1, to.1)).collect::<Vec<_>>();
        let mut parts = vec![(plan, map(&columns))];
        let mut distinct = false;
        for union in &query.unions {
            self.scope = Scope::default();
            let (next, next_columns) = self.single(&union.query, Plan::start())?;
            if next_columns.iter().map(|c| &c.0.name).ne(whole.iter().map(|c| &c.0.name)) {
                let fault = Diagnostic::error("Q312", "the parts of a UNION have different columns");
                return Err(fault.at(union.span, "").hint("name them alike with AS, in the same order"));
            }
            parts.push((next, map(&next_columns)));
            if query.unions.iter().any(|u| u.all != union.all) {
                return Err(
                    Diagnostic::error("Q312", "UNION and UNION ALL are mixed").at(union.span, "use one of them throughout")
                );
            }
            distinct = !union.all;
        }
        plan = Plan::start().then(Op::Union(parts));
        if distinct {
            plan = plan.then(Op::Distinct(whole.iter().map(|c| c.1).collect()));
        }
        self.evidence.clear();
        self.scope = outer;
        Ok((plan, whole))
    }

    /// Clauses in order; no columns where there is no RETURN.
    fn single(&mut self, query: &SingleQuery<'_>, start: Plan) -> Result<(Plan, Columns), Diagnostic> {
        let mut plan = start;
        let mut columns = Vec::new();
        for clause in &query.clauses {
            plan = match clause {
                Clause::Match(clause) => self.match_clause(clause, plan)?,
                Clause::With(with) => self.projection(&with.projection, plan, Some(with.filter.as_ref()))?.0,
                Clause::Unwind(unwind) => self.unwind(unwind, plan)?,
                Clause::Return(projection) => {
                    let (next, all) = self.projection(projection, plan, None)?;
                    columns = all;
                    next
                }
                Clause::Create(_, span) => {
                    let fault = Diagnostic::error("Q315", "queries change nothing").at(*span, "");
                    return Err(fault.hint("graphs are built from documents: `silkgraph build`"));
                }
            };
        }
        Ok((plan, columns))
    }

    fn unwind(&mut self, unwind: &Unwind<'_>, plan: Plan) -> Result<Plan, Diagnostic> {
        let list = self.expr(&unwind.list)?;
        self.fresh(&unwind.var)?;
        let slot = self.slot(&unwind.var.text);
        self.scope.set(&unwind.var.text, Var { slot, kind: Kind::Value });
        Ok(plan.then(Op::Unwind(slot, list)))
    }

    /// A variable that must not be known yet.
    fn fresh(&self, word: &ast::Word<'_>) -> Result<(), Diagnostic> {
        if self.scope.get(&word.text).is_none() {
            return Ok(());
        }
        let fault = Diagnostic::error("Q304", format!("`{}` is already something else", word.text));
        Err(fault.at(word.span, "choose another name"))
    }

    fn variable(&self, name: &str, span: Span) -> Result<Var, Diagnostic> {
        if let Some(var) = self.scope.get(name) {
            return Ok(var);
        }
        let fault = Diagnostic::error("Q300", format!("`{name}` is no variable here")).at(span, "");
        let close = closest(name, self.scope.names(), 3);
        let other = self.scope.names().find(|n| n.eq_ignore_ascii_case(name));
        Err(match (other, close.is_empty()) {
            (Some(other), _) => fault.hint(format!("did you mean `{other}`?")),
            (None, false) => fault.hint(format!("did you mean `{}`?", close.join("`, `"))),
            (None, true) if self.scope.names().next().is_none() => fault.hint("texts stand in quotes: 'Kazakhstan'"),
            (None, true) => {
                let known = self.scope.names().collect::<Vec<_>>().join("`, `");
                fault.hint(format!("there are `{known}`; texts stand in quotes"))
            }
        })
    }

    /// Warns if nothing has exactly this name, and says what is near.
    fn check_name(&mut self, name: &str, span: Span) {
        let folded = fold(name);
        let graph = self.graph;
        let called = graph.find(&folded);
        if self.graph.attribute_id("name").is_some() || folded.is_empty() || called.iter().any(|&n| graph.name(n) == name) {
            return;
        }
        let start: String = folded.chars().take(2).collect();
        let near = graph.find_prefix(&start).take(2_000).map(|n| graph.name(n));
        let close = match called.first() {
            Some(&node) => vec![graph.name(node)],
            None => closest(name, near, 3),
        };
        let warning = Diagnostic::warning("Q319", format!("nothing is called `{name}`")).at(span, "matches nothing");
        self.warn(if close.is_empty() { warning } else { warning.hint(format!("did you mean '{}'?", close.join("', '"))) });
    }

    /// A text as a value: the graph's own string where it has one.
    fn text(&self, text: &str) -> Value {
        self.graph.find_string(text).map_or_else(|_| Value::text(text), Value::Sym)
    }
}
