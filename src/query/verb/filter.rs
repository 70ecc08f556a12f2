//! `where`, `order by`, `skip`, `limit` over the rows of a verb: a bare variable is a column, else a property of what the row
//! is about.
//!
//! Three-valued like everywhere: what is null is neither true nor false, and is not kept.

use std::cmp::Ordering;

use super::{Context, page};
use crate::diagnostic::Diagnostic;
use crate::model::Mode;
use crate::names::closest;
use crate::query::answer::{Answer, Column, Note, Row, Value};
use crate::query::ast::{BinaryOp, Call, Expr, ExprKind, Literal, Tail, UnaryOp, Word};
pub(super) use crate::query::ops::cell as value;
use crate::query::{functions, ops};
use crate::span::{Span, Spanned};

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

struct Scope<'r> {
    columns: &'r [Column],
    row: Option<&'r Row>,
    subject: Subject,
}

impl Context<'_, '_> {
    /// Filters, orders, skips and limits rows as the tail says.
    pub(super) fn finish(
        &self,
        answer: &mut Answer,
        tail: &Tail<'_>,
        about: About,
        most: Option<usize>,
    ) -> Result<(), Diagnostic> {
        if let Some(filter) = &tail.filter {
            self.warn_unknown(answer, filter);
            let columns = answer.columns.clone();
            let mut kept = Vec::with_capacity(answer.rows.len());
            for row in answer.rows.drain(..) {
                let scope = Scope { columns: &columns, subject: subject(&row, about), row: Some(&row) };
                if self.holds(filter, &scope)? {
                    kept.push(row);
                }
            }
            answer.rows = kept;
        }
        self.order_and_page(answer, tail, about, most)
    }

    /// As [`Context::finish`], without the filter.
    pub(super) fn order_and_page(
        &self,
        answer: &mut Answer,
        tail: &Tail<'_>,
        about: About,
        most: Option<usize>,
    ) -> Result<(), Diagnostic> {
        if !tail.order.is_empty() {
            tail.order.iter().for_each(|s| self.warn_unknown(answer, &s.expr));
            let columns = answer.columns.clone();
            let mut keyed: Vec<(Vec<Value>, Row)> = Vec::with_capacity(answer.rows.len());
            for row in answer.rows.drain(..) {
                let scope = Scope { columns: &columns, subject: subject(&row, about), row: Some(&row) };
                let key = tail.order.iter().map(|s| self.eval(&s.expr, &scope)).collect::<Result<_, _>>()?;
                keyed.push((key, row));
            }
            keyed.sort_by(|a, b| {
                let each = a.0.iter().zip(&b.0).zip(&tail.order).map(|((x, y), sort)| self.compare(x, y, sort.descending));
                each.fold(Ordering::Equal, Ordering::then)
            });
            answer.rows = keyed.into_iter().map(|k| k.1).collect();
        }
        page(answer, tail, most);
        Ok(())
    }

    /// What is missing stands last, whichever way the rest is sorted.
    fn compare(&self, a: &Value, b: &Value, descending: bool) -> Ordering {
        match (a.is_null(), b.is_null()) {
            (false, false) if descending => b.order(a, self.graph),
            (false, false) => a.order(b, self.graph),
            (a, b) => a.cmp(&b),
        }
    }

    /// Whether a thing passes the tail's `where`.
    pub(super) fn keeps(&self, tail: &Tail<'_>, subject: Subject) -> Result<bool, Diagnostic> {
        let Some(filter) = &tail.filter else { return Ok(true) };
        self.holds(filter, &Scope { columns: &[], row: None, subject })
    }

    /// Warns of variables that are no column and no property of anything.
    pub(super) fn warn_unknown(&self, answer: &mut Answer, expr: &Expr<'_>) {
        let mut unknown = Vec::new();
        variables(expr, &mut |name, span| {
            let column = answer.columns.iter().any(|c| c.name.eq_ignore_ascii_case(name));
            if !column && !self.is_property(name) {
                unknown.push(self.unknown_property(name, span));
            }
        });
        for warning in unknown {
            if !answer.notes.contains(&Note::Warning(warning.clone())) {
                answer.notes.push(Note::Warning(warning));
            }
        }
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
        match close.first() {
            Some(close) => warning.hint(format!("did you mean `{close}`?")),
            None => warning,
        }
    }

    /// Warns of a property that nothing has.
    pub(super) fn warn_property(&self, answer: &mut Answer, word: &Word<'_>) {
        if !self.is_property(&word.text) {
            answer.notes.push(Note::Warning(self.unknown_property(&word.text, word.span)));
        }
    }

    fn holds(&self, expr: &Expr<'_>, scope: &Scope<'_>) -> Result<bool, Diagnostic> {
        match self.eval(expr, scope)? {
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

    fn variable(&self, scope: &Scope<'_>, name: &str) -> Value {
        let column = scope.columns.iter().position(|c| c.name.eq_ignore_ascii_case(name));
        if let Some(cell) = column.and_then(|c| scope.row?.cells.get(c)) {
            return match cell {
                Value::Node(n) => Value::text(self.graph.name(*n)),
                cell => cell.clone(),
            };
        }
        let own = self.property(scope.subject, name);
        match (own, scope.row) {
            // A row about an edge also speaks of the node at its end.
            (Value::Null, Some(row)) => {
                let node = row.cells.iter().find_map(|c| if let Value::Node(n) = c { Some(*n) } else { None });
                node.map_or(Value::Null, |n| self.property(Subject::Node(n), name))
            }
            (own, _) => own,
        }
    }

    fn eval(&self, expr: &Expr<'_>, scope: &Scope<'_>) -> Result<Value, Diagnostic> {
        let truth = |e: &Expr<'_>| -> Result<Option<bool>, Diagnostic> {
            match self.eval(e, scope)? {
                Value::Bool(b) => Ok(Some(b)),
                Value::Null => Ok(None),
                _ => Err(Diagnostic::error("Q221", "a condition is wanted here").at(e.span, "this is neither true nor false")),
            }
        };
        let known = |b: Option<bool>| b.map_or(Value::Null, Value::Bool);
        Ok(match &expr.kind {
            ExprKind::Literal(literal) => match literal {
                Literal::Null => Value::Null,
                Literal::Bool(b) => Value::Bool(*b),
                Literal::Int(i) => Value::Int(*i),
                Literal::Float(x) => Value::Float(*x),
                Literal::Text(t) => Value::text(t),
            },
            ExprKind::Variable(name) => self.variable(scope, name),
            ExprKind::Property(_, word) => self.variable(scope, &word.text),
            ExprKind::Parameter(name) => self.params.get(&**name).cloned().unwrap_or_default(),
            ExprKind::List(items) => Value::List(items.iter().map(|i| self.eval(i, scope)).collect::<Result<_, _>>()?),
            ExprKind::Unary(UnaryOp::Not, e) => known(truth(e)?.map(|b| !b)),
            ExprKind::Unary(UnaryOp::Minus, e) => match self.eval(e, scope)? {
                Value::Int(i) => Value::Int(i.wrapping_neg()),
                other => other.number().map_or(Value::Null, |x| Value::Float(-x)),
            },
            ExprKind::Unary(UnaryOp::Plus, e) => self.eval(e, scope)?,
            ExprKind::Binary(op, a, b) => self.binary(*op, &self.eval(a, scope)?, &self.eval(b, scope)?)?,
            ExprKind::Compare(first, rest) => {
                let mut left = self.eval(first, scope)?;
                let mut all = Some(true);
                for (op, right) in rest {
                    let right = self.eval(right, scope)?;
                    all = and(all, ops::compares(op.value, &left, &right, self.graph));
                    left = right;
                }
                known(all)
            }
            ExprKind::And(all) => {
                known(all.iter().try_fold(Some(true), |so_far, e| Ok::<_, Diagnostic>(and(so_far, truth(e)?)))?)
            }
            ExprKind::Or(all) => {
                let none =
                    all.iter().try_fold(Some(true), |so_far, e| Ok::<_, Diagnostic>(and(so_far, truth(e)?.map(|b| !b))))?;
                known(none.map(|b| !b))
            }
            ExprKind::Xor(all) => {
                let odd = |so_far: Option<bool>, e| Ok::<_, Diagnostic>(so_far.zip(truth(e)?).map(|(a, b)| a ^ b));
                known(all.iter().try_fold(Some(false), odd)?)
            }
            ExprKind::IsNull { expr, negated } => Value::Bool(self.eval(expr, scope)?.is_null() != *negated),
            ExprKind::Call(call) => self.call(call, scope)?,
            _ => {
                let fault = Diagnostic::error("Q222", "a verb's `where` cannot say this").at(expr.span, "");
                return Err(fault.hint("MATCH … WHERE can"));
            }
        })
    }

    fn binary(&self, op: Spanned<BinaryOp>, a: &Value, b: &Value) -> Result<Value, Diagnostic> {
        // Lists of nodes are compared by name: `'Russia' in stops`, `stops contains 'Russia'`.
        let named = |v: &Value| match v {
            Value::List(items) => Value::List(items.iter().map(|i| self.by_name(i)).collect()),
            other => self.by_name(other),
        };
        let (op, a, b) = match (op.value, a) {
            (BinaryOp::Contains, Value::List(_)) => (Spanned::new(BinaryOp::In, op.span), named(b), named(a)),
            _ => (op, named(a), named(b)),
        };
        ops::binary(op.value, &a, &b, self.graph).map_err(|f| Diagnostic::error("Q221", f.to_string()).at(op.span, "here"))
    }

    fn by_name(&self, value: &Value) -> Value {
        if let Value::Node(n) = value { Value::text(self.graph.name(*n)) } else { value.clone() }
    }

    fn call(&self, call: &Call<'_>, scope: &Scope<'_>) -> Result<Value, Diagnostic> {
        let args = call.args.iter().map(|a| self.eval(a, scope)).collect::<Result<Vec<_>, _>>()?;
        let known = functions::find(&call.name.text).filter(|f| (f.arity.0..=f.arity.1).contains(&args.len()));
        let Some(function) = known else {
            let fault = Diagnostic::error("Q222", format!("a verb's `where` has no such function `{}`", call.name.text));
            return Err(fault.at(call.name.span, "").hint("MATCH … WHERE has more"));
        };
        if !function.nulls && args.iter().any(Value::is_null) {
            return Ok(Value::Null);
        }
        (function.run)(&args, self.graph).map_err(|f| Diagnostic::error("Q221", f.to_string()).at(call.name.span, "here"))
    }
}

fn subject(row: &Row, about: About) -> Subject {
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

fn and(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// Every variable of an expression.
fn variables(expr: &Expr<'_>, each: &mut dyn FnMut(&str, Span)) {
    match &expr.kind {
        ExprKind::Variable(name) => each(name, expr.span),
        ExprKind::Property(_, word) => each(&word.text, word.span),
        ExprKind::List(items) | ExprKind::And(items) | ExprKind::Or(items) | ExprKind::Xor(items) => {
            items.iter().for_each(|e| variables(e, each));
        }
        ExprKind::Unary(_, e) | ExprKind::IsNull { expr: e, .. } => variables(e, each),
        ExprKind::Binary(_, a, b) => [a, b].into_iter().for_each(|e| variables(e, each)),
        ExprKind::Compare(first, rest) => {
            variables(first, each);
            rest.iter().for_each(|(_, e)| variables(e, each));
        }
        ExprKind::Call(call) => call.args.iter().for_each(|e| variables(e, each)),
        _ => {}
    }
}
