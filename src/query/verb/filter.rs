//! `where`, `order by`, `skip`, `limit` over the rows of a verb: a bare variable is a column, else a property of what the row
//! is about.
//!
//! Three-valued like everywhere: what is null is neither true nor false, and is not kept.

use std::rc::Rc;

use super::Context;
use super::outline::Outline;
use crate::diagnostic::Diagnostic;
use crate::model::Mode;
use crate::names::closest;
use crate::query::answer::{Answer, Column, Note, Row, Value};
use crate::query::ast::{Expr, Tail, Word};
use crate::query::bind;
use crate::query::eval::Calculator;
pub(super) use crate::query::ops::cell as value;
use crate::span::Span;

/// What a bare variable is a property of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// Of nothing: only columns count.
    None,
    /// Of a node.
    Node(u32),
    /// Of an edge.
    Edge(u32),
}

/// Which cell of a row holds its subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// None.
    Nothing,
    /// The node or edge in this column; without one there, the row's first edge, else its first node.
    Column(usize),
}

/// Properties that every node or edge has, besides its attributes.
const BUILT_IN: &[&str] = &["name", "type", "id", "mode", "sources"];

/// An expression of the tail: the words that speak of a row, and what computes it.
pub(super) struct Asked<'a, 'g> {
    words: Vec<bind::Word>,
    calculator: Calculator<'a, 'g>,
}

impl<'a, 'g> Context<'a, 'g> {
    /// Filters, orders, skips and limits rows that were found already, as the tail says.
    pub(super) fn finish(&self, answer: &mut Answer, tail: &Tail<'_>, about: About) -> Result<(), Diagnostic> {
        self.finish_as("rows", answer, tail, about)
    }

    /// As [`Context::finish`], telling how the rows were made.
    pub(super) fn finish_as(&self, made: &str, answer: &mut Answer, tail: &Tail<'_>, about: About) -> Result<(), Diagnostic> {
        let mut outline = Outline::new(self, tail, about, std::mem::take(answer))?;
        outline.given(made);
        outline.finish()?;
        self.run_rest(outline, answer)
    }

    /// As [`Context::finish`], without the filter.
    pub(super) fn order_and_page(&self, answer: &mut Answer, tail: &Tail<'_>, about: About) -> Result<(), Diagnostic> {
        let mut outline = Outline::new(self, tail, about, std::mem::take(answer))?;
        outline.given("rows");
        outline.order_and_page(None)?;
        self.run_rest(outline, answer)
    }

    fn run_rest(&self, outline: Outline<'_, 'a, 'g>, answer: &mut Answer) -> Result<(), Diagnostic> {
        *answer = outline.run(self.steps.is_some())?;
        if let (Some(steps), Some(text)) = (&self.steps, answer.text.take()) {
            steps.borrow_mut().plan(&text);
        }
        Ok(())
    }

    /// Says which rows `as of` cannot judge: nothing tells when their texts were written.
    pub(super) fn note_undated(&self, answer: &mut Answer) {
        if self.seen.as_of.is_none() {
            return;
        }
        let undated = |claim: &u32| self.graph.claim(*claim).is_some_and(|c| !c.is_world() && c.asserted().is_none());
        let rows = answer.rows.iter().filter(|r| !r.evidence.is_empty() && r.evidence.iter().all(undated)).count();
        let text = match rows {
            0 => return,
            1 => "1 row rests on a text without a date, which `as of` lets through".to_owned(),
            rows => format!("{rows} rows rest on texts without a date, which `as of` lets through"),
        };
        answer.notes.push(Note::Remark(text));
    }

    /// Whether a thing passes all of some conditions.
    pub(super) fn keeps(&self, filter: &[&Expr<'_>], subject: Subject) -> Result<bool, Diagnostic> {
        for condition in filter {
            if !self.holds(condition, subject)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Warns of variables that are no column and no property of anything.
    ///
    /// # Errors
    /// What a sentence cannot ask.
    pub(super) fn warn_unknown(&self, answer: &mut Answer, expr: &Expr<'_>) -> Result<(), Diagnostic> {
        for (name, span, _) in &self.asked(expr)?.words {
            let column = answer.columns.iter().any(|c| c.name.eq_ignore_ascii_case(name));
            if column || self.is_property(name) {
                continue;
            }
            let warning = Note::Warning(self.unknown_property(name, *span));
            if !answer.notes.contains(&warning) {
                answer.notes.push(warning);
            }
        }
        Ok(())
    }

    fn is_property(&self, name: &str) -> bool {
        let attributes = || self.schema.node_attributes.iter().chain(&self.schema.edge_attributes);
        BUILT_IN.iter().any(|b| b.eq_ignore_ascii_case(name))
            || self.graph.attribute_names().any(|a| a.eq_ignore_ascii_case(name))
            || attributes().any(|a| a.name.eq_ignore_ascii_case(name))
    }

    /// The warning for a property that nothing has.
    pub(super) fn unknown_property(&self, name: &str, span: Span) -> Diagnostic {
        let of_schema = self.schema.node_attributes.iter().chain(&self.schema.edge_attributes).map(|a| &*a.name);
        let known = self.graph.attribute_names().chain(of_schema).chain(BUILT_IN.iter().copied());
        let close = closest(name, known, 1);
        let warning = Diagnostic::warning("Q220", format!("nothing has a property `{name}`")).at(span, "null for all");
        match (self.vocabulary.word_of(name), close.first()) {
            (Some((_, word)), _) => warning.hint(format!("texts stand in quotes: '{word}'")),
            (None, Some(close)) => warning.hint(format!("did you mean `{close}`?")),
            (None, None) => warning,
        }
    }

    /// Warns of a property that nothing has.
    pub(super) fn warn_property(&self, answer: &mut Answer, word: &Word<'_>) {
        if !self.is_property(&word.text) {
            answer.notes.push(Note::Warning(self.unknown_property(&word.text, word.span)));
        }
    }

    fn holds(&self, expr: &Expr<'_>, subject: Subject) -> Result<bool, Diagnostic> {
        match self.eval(expr, subject)? {
            Value::Bool(b) => Ok(b),
            Value::Null => Ok(false),
            _ => Err(Diagnostic::error("Q221", "`where` wants a condition").at(expr.span, "this is neither true nor false")),
        }
    }

    /// The value of an attribute of a node, by the claims that count.
    pub(super) fn attribute(&self, node: u32, attribute: u16) -> Value {
        if !self.lens.restricts_claims() {
            return self.graph.node_value(node, attribute).map_or(Value::Null, value);
        }
        let facts = self.graph.node_facts(node, attribute).filter_map(|f| {
            let counted = f.claims().filter(|c| self.lens.counts(c)).map(|c| (!c.is_world(), c.asserted(), c.mode())).max();
            // What nobody claims, as in graphs made elsewhere, always counts.
            let unclaimed = f.claims().iter().next().is_none().then_some((false, None, Mode::Actual));
            let of = counted.or(unclaimed).filter(|of| of.2 != Mode::Denied)?;
            Some((of, f.value.number().unwrap_or(f64::NEG_INFINITY), f.value))
        });
        let best = facts.reduce(|a, b| if b.0.cmp(&a.0).then_with(|| b.1.total_cmp(&a.1)).is_gt() { b } else { a });
        best.map_or(Value::Null, |(_, _, v)| value(v))
    }

    /// How the figures that are claimed of an attribute differ, if they do.
    pub(super) fn range(&self, node: u32, attribute: u16) -> Option<String> {
        let numbers: Vec<f64> = self.graph.node_facts(node, attribute).filter_map(|f| f.value.number()).collect();
        let least = numbers.iter().copied().reduce(f64::min)?;
        let most = numbers.iter().copied().reduce(f64::max)?;
        let (of, name) = (self.graph.name(node), self.graph.attribute_name(attribute));
        (least < most).then(|| format!("{name} of {of}: the sources give {least} to {most}; the latest counts"))
    }

    pub(super) fn property(&self, subject: Subject, name: &str) -> Value {
        let graph = self.graph;
        let attribute = || graph.attribute_names().position(|a| a.eq_ignore_ascii_case(name)).map(|i| i as u16);
        match (subject, name.to_ascii_lowercase().as_str()) {
            (Subject::None, _) => Value::Null,
            (Subject::Node(n), "name") => Value::text(graph.name(n)),
            (Subject::Node(n), "id") => Value::text(graph.id(n)),
            (Subject::Node(n), "type") => Value::text(graph.node_type_name(graph.node_type(n))),
            (Subject::Edge(e), "type") => Value::text(graph.edge_type_name(graph.edge_type(e))),
            (Subject::Edge(e), "mode") => self.lens.mode(e).map_or(Value::Null, |m| Value::text(m.as_str())),
            (Subject::Edge(e), "sources") => Value::Int(self.lens.sources([e]).len() as i64),
            (Subject::Node(n), _) => attribute().map_or(Value::Null, |a| self.attribute(n, a)),
            (Subject::Edge(e), _) => attribute().and_then(|a| graph.edge_value(e, a)).map_or(Value::Null, value),
        }
    }

    /// What a word of the tail means for a row: a column, else a property of what the row is about. Nodes are compared by
    /// name: `'Russia' in stops`.
    pub(super) fn word(&self, columns: &[Column], row: Option<&Row>, subject: Subject, name: &str) -> Value {
        let column = columns.iter().position(|c| c.name.eq_ignore_ascii_case(name));
        if let Some(cell) = column.and_then(|c| row?.cells.get(c)) {
            return self.by_name(cell.clone());
        }
        let own = self.property(subject, name);
        let own = match (own, row) {
            // A row about an edge also speaks of the node at its end.
            (Value::Null, Some(row)) => {
                let node = row.cells.iter().find_map(|c| if let Value::Node(n) = c { Some(*n) } else { None });
                node.map_or(Value::Null, |n| self.property(Subject::Node(n), name))
            }
            (own, _) => own,
        };
        self.by_name(own)
    }

    /// The value of an expression for a thing. It is computed as MATCH does: only what its words stand for is found here.
    fn eval(&self, expr: &Expr<'_>, subject: Subject) -> Result<Value, Diagnostic> {
        let asked = self.asked(expr)?;
        let given = asked.words.iter().map(|(word, _, slot)| (*slot, self.word(&[], None, subject, word)));
        asked.calculator.value(given).map_err(|fault| Diagnostic::error("Q221", fault.to_string()).at(expr.span, "here"))
    }

    /// The expression as bound, once for all rows.
    fn asked(&self, expr: &Expr<'_>) -> Result<Rc<Asked<'a, 'g>>, Diagnostic> {
        if let Some(asked) = self.asked.borrow().get(&expr.span) {
            return Ok(asked.clone());
        }
        let bound = bind::sentence(&[expr], &[], self.seen.clone(), self.graph, self.schema)?;
        let calculator = Calculator::new(&bound, self.tables, self.params, self.options, self.interrupt)?;
        let words = bound.exprs.into_iter().flat_map(|e| e.1).collect();
        let asked = Rc::new(Asked { words, calculator });
        self.asked.borrow_mut().insert(expr.span, asked.clone());
        Ok(asked)
    }

    fn by_name(&self, value: Value) -> Value {
        match value {
            Value::Node(n) => Value::text(self.graph.name(n)),
            Value::List(items) => Value::List(items.iter().map(|i| self.by_name(i.clone())).collect()),
            other => other,
        }
    }
}

pub(super) fn subject(row: &Row, about: About) -> Subject {
    let About::Column(at) = about else { return Subject::None };
    match row.cells.get(at) {
        Some(Value::Node(n)) => Subject::Node(*n),
        Some(Value::Edge(e)) => Subject::Edge(*e),
        _ => match (row.edges.first(), row.nodes.first()) {
            (Some(&e), _) => Subject::Edge(e),
            (None, Some(&n)) => Subject::Node(n),
            (None, None) => Subject::None,
        },
    }
}
