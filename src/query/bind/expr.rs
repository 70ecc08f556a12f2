//! Expressions.

use std::sync::Arc;

use super::scope::{Kind, Var};
use super::{Binder, Expr};
use crate::diagnostic::Diagnostic;
use crate::names::closest;
use crate::query::answer::Value;
use crate::query::ast::{self, BinaryOp, ExprKind, Literal, UnaryOp, Word};
use crate::query::claim;
use crate::query::expr::{BuiltIn, Case, Each, Property, TypeTest};
use crate::query::functions::{self, Aggregate};
use crate::query::plan::{Plan, Summary};
use crate::span::Span;

/// What an amount has.
const AMOUNT: [&str; 3] = ["text", "number", "unit"];

impl Binder<'_> {
    /// A condition: an expression, which `eval` wants to be a truth value or null.
    pub(super) fn condition(&mut self, expr: &ast::Expr<'_>) -> Result<Expr, Diagnostic> {
        if let ExprKind::Pattern(pattern) = &expr.kind {
            let plan = self.inner(|binder| binder.condition_pattern(pattern))?;
            return Ok(Expr::Exists(Box::new(plan)));
        }
        let kind = match &expr.kind {
            ExprKind::Variable(name) => self.scope.get(name).map_or(Kind::Value, |v| v.kind),
            _ => Kind::Value,
        };
        let bound = self.expr(expr)?;
        let never = match &bound {
            _ if !matches!(kind, Kind::Value | Kind::Plain) => true,
            Expr::Const(value) => !matches!(value, Value::Bool(_) | Value::Null),
            Expr::List(_) | Expr::Map(_) => true,
            _ => false,
        };
        if never {
            return Err(Diagnostic::error("Q316", "a condition is wanted here").at(expr.span, "this is neither true nor false"));
        }
        Ok(bound)
    }

    pub(super) fn expr(&mut self, expr: &ast::Expr<'_>) -> Result<Expr, Diagnostic> {
        if !self.computed.is_empty() && !matches!(expr.kind, ExprKind::Literal(_)) {
            let written = self.written(expr.span);
            if let Some((_, slot)) = self.computed.iter().find(|(text, _)| *text == written) {
                return Ok(Expr::Slot(*slot));
            }
        }
        Ok(match &expr.kind {
            ExprKind::Literal(literal) => Expr::Const(self.literal(literal)),
            ExprKind::Variable(name) => Expr::Slot(self.visible(name, expr.span)?),
            ExprKind::Parameter(name) => self.param(name, expr.span),
            ExprKind::Property(of, word) => self.property(of, word)?,
            ExprKind::Index(list, at) => Expr::Index(self.boxed(list)?, self.boxed(at)?),
            ExprKind::Slice(list, from, to) => {
                let list = self.boxed(list)?;
                let from = from.as_ref().map(|e| self.boxed(e)).transpose()?;
                Expr::Slice(list, from, to.as_ref().map(|e| self.boxed(e)).transpose()?)
            }
            ExprKind::HasType(of, types) => {
                let of = self.boxed(of)?;
                Expr::HasType(of, self.type_test(types))
            }
            ExprKind::List(items) => Expr::List(self.exprs(items)?),
            ExprKind::Map(entries) => self.map(entries)?,
            ExprKind::Unary(op, of) => self.unary(*op, of)?,
            // In a sentence a list contains what is in it: `stops contains 'Russia'`.
            ExprKind::Binary(op, a, b) if op.value == BinaryOp::Contains && self.words.is_some() => {
                Expr::Call(&functions::CONTAINS, vec![self.expr(a)?, self.expr(b)?])
            }
            ExprKind::Binary(op, a, b) => Expr::Binary(op.value, self.boxed(a)?, self.boxed(b)?),
            ExprKind::Compare(first, rest) => self.compare(first, rest)?,
            ExprKind::And(items) => Expr::And(self.conditions(items)?),
            ExprKind::Xor(items) => Expr::Xor(self.conditions(items)?),
            ExprKind::Or(items) => Expr::Or(self.conditions(items)?),
            ExprKind::IsNull { expr: of, negated } => Expr::IsNull(self.boxed(of)?, *negated),
            ExprKind::Call(call) => self.call(call, expr.span)?,
            ExprKind::CountStar => self.aggregate(Aggregate::Count, None, false, expr.span)?,
            ExprKind::Case(case) => self.case(case)?,
            ExprKind::Exists(query) => {
                let plan = self.inner(|binder| Ok(binder.query(query)?.0))?;
                Expr::Exists(Box::new(plan))
            }
            ExprKind::Pattern(_) => {
                let fault = Diagnostic::error("Q316", "a pattern is a condition, no value").at(expr.span, "");
                return Err(fault.hint("[(a)-->(b) | b] lists what matches, COUNT stands in RETURN after MATCH"));
            }
            ExprKind::Comprehension(each) => Expr::Comprehension(Box::new(self.each(each)?)),
            ExprKind::Quantified(quantifier, each) => Expr::Quantified(*quantifier, Box::new(self.each(each)?)),
            ExprKind::PatternComprehension { pattern, filter, map } => {
                let scope = self.scope.clone();
                let plan = self.bare_pattern(pattern, filter.as_deref());
                let map = plan.and_then(|plan| Ok((plan, self.expr(map)?)));
                self.scope = scope;
                let (plan, map) = map?;
                Expr::Collect(Box::new(plan), Box::new(map))
            }
        })
    }

    fn boxed(&mut self, expr: &ast::Expr<'_>) -> Result<Box<Expr>, Diagnostic> {
        self.expr(expr).map(Box::new)
    }

    fn exprs(&mut self, items: &[ast::Expr<'_>]) -> Result<Vec<Expr>, Diagnostic> {
        items.iter().map(|e| self.expr(e)).collect()
    }

    fn conditions(&mut self, items: &[ast::Expr<'_>]) -> Result<Vec<Expr>, Diagnostic> {
        items.iter().map(|e| self.condition(e)).collect()
    }

    /// Binds a plan that sees what is around it but adds nothing to it.
    fn inner(&mut self, bind: impl FnOnce(&mut Self) -> Result<Plan, Diagnostic>) -> Result<Plan, Diagnostic> {
        let scope = self.scope.clone();
        let evidence = self.evidence.clone();
        let aggregates = self.aggregates.take();
        let (computed, grouped) = (std::mem::take(&mut self.computed), self.grouped.take());
        let plan = bind(self);
        (self.scope, self.evidence, self.aggregates) = (scope, evidence, aggregates);
        (self.computed, self.grouped) = (computed, grouped);
        plan
    }

    /// The slot of a variable that may be used here.
    fn visible(&mut self, name: &str, span: Span) -> Result<usize, Diagnostic> {
        if let Some(slot) = self.word(name, span) {
            return Ok(slot);
        }
        let slot = self.variable(name, span)?.slot;
        match &self.grouped {
            Some(groups) if !groups.contains(&slot) => {
                let fault = Diagnostic::error("Q303", format!("`{name}` is not the same for a whole group")).at(span, "");
                Err(fault.hint("what stands beside an aggregate must be a column of its own"))
            }
            _ => Ok(slot),
        }
    }

    fn literal(&self, literal: &Literal<'_>) -> Value {
        match literal {
            Literal::Null => Value::Null,
            Literal::Bool(b) => Value::Bool(*b),
            Literal::Int(i) => Value::Int(*i),
            // There is one zero.
            Literal::Float(x) => Value::Float(if *x == 0.0 { 0.0 } else { *x }),
            Literal::Text(text) => self.text(text),
        }
    }

    fn property(&mut self, of: &ast::Expr<'_>, word: &Word<'_>) -> Result<Expr, Diagnostic> {
        if let ExprKind::Variable(name) = &of.kind
            && let Some(Var { kind: kind @ (Kind::Edges | Kind::Path), .. }) = self.scope.get(name)
        {
            let fault = Diagnostic::error("Q304", format!("`{name}` is {}, which has no properties", kind.as_str()));
            let hint = match kind {
                Kind::Path => format!("nodes({name}) and relationships({name}) have"),
                _ => format!("each of its edges has: [e IN {name} | e.{}]", word.text),
            };
            return Err(fault.at(of.span, "").hint(hint));
        }
        // In a sentence `c.length_km` is what `length_km` is.
        if let ExprKind::Variable(name) = &of.kind
            && self.scope.get(name).is_none()
            && let Some(slot) = self.word(&word.text, word.span)
        {
            return Ok(Expr::Slot(slot));
        }
        let thing = match &of.kind {
            ExprKind::Variable(name) => self.scope.get(name).is_some_and(|v| matches!(v.kind, Kind::Node | Kind::Edge)),
            _ => false,
        };
        let of = self.boxed(of)?;
        let is_map = matches!(*of, Expr::Map(_) | Expr::Const(_));
        // What is neither node nor edge may be a claim, or an amount.
        let other = claim::has(&word.text) || AMOUNT.contains(&&*word.text);
        Ok(Expr::Property(of, self.named_property(word, !is_map && (thing || !other))))
    }

    /// The property that a word names.
    pub(super) fn named_property(&mut self, word: &Word<'_>, warn: bool) -> Property {
        let name: Arc<str> = Arc::from(&*word.text);
        let attribute = self.graph.attribute_id(&name);
        let built_in = BuiltIn::find(&name);
        let (graph, schema) = (self.graph, self.schema);
        let in_schema = || schema.node_attributes.iter().chain(&schema.edge_attributes).any(|a| a.name == name);
        if warn && attribute.is_none() && built_in.is_none() && !in_schema() {
            let known: Vec<&str> = graph.attribute_names().chain(BuiltIn::names().map(|n| -> &str { n })).collect();
            let close = closest(&name, known, 1).first().map(|c| (*c).to_owned());
            let warning = Diagnostic::warning("Q307", format!("nothing has a property `{name}`")).at(word.span, "null for all");
            self.warn(match close {
                Some(close) => warning.hint(format!("did you mean `{close}`?")),
                None => warning,
            });
        }
        Property { name, attribute, built_in }
    }

    fn map(&mut self, entries: &[ast::MapEntry<'_>]) -> Result<Expr, Diagnostic> {
        let mut items: Vec<(Arc<str>, Expr)> = Vec::new();
        for entry in entries {
            let value = self.expr(&entry.value)?;
            items.retain(|i| *i.0 != *entry.key.text);
            items.push((Arc::from(&*entry.key.text), value));
        }
        items.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(Expr::Map(items))
    }

    fn unary(&mut self, op: UnaryOp, of: &ast::Expr<'_>) -> Result<Expr, Diagnostic> {
        Ok(match op {
            UnaryOp::Not => Expr::Not(Box::new(self.condition(of)?)),
            UnaryOp::Plus => self.expr(of)?,
            UnaryOp::Minus => match self.expr(of)? {
                Expr::Const(Value::Int(i)) if i != i64::MIN => Expr::Const(Value::Int(-i)),
                Expr::Const(Value::Float(x)) => Expr::Const(Value::Float(if x == 0.0 { 0.0 } else { -x })),
                other => Expr::Minus(Box::new(other)),
            },
        })
    }

    /// `a < b <= c` is `a < b AND b <= c`.
    fn compare(
        &mut self,
        first: &ast::Expr<'_>,
        rest: &[(crate::span::Spanned<ast::CompareOp>, ast::Expr<'_>)],
    ) -> Result<Expr, Diagnostic> {
        if let (ExprKind::Property(_, word), [(op, ast::Expr { kind: ExprKind::Literal(Literal::Text(name)), span })]) =
            (&first.kind, rest)
            && op.value == ast::CompareOp::Equal
            && word.text == "name"
        {
            self.check_name(name, *span);
        }
        let mut left = self.expr(first)?;
        let mut all = Vec::new();
        for (op, right) in rest {
            let right = self.expr(right)?;
            all.push(Expr::Compare(op.value, Box::new(left), Box::new(right.clone())));
            left = right;
        }
        Ok(Expr::all(all).unwrap_or(Expr::Const(Value::Bool(true))))
    }

    fn case(&mut self, case: &ast::Case<'_>) -> Result<Expr, Diagnostic> {
        let subject = case.subject.as_ref().map(|e| self.expr(e)).transpose()?;
        let mut branches = Vec::new();
        for (when, then) in &case.branches {
            let when = if subject.is_some() { self.expr(when)? } else { self.condition(when)? };
            branches.push((when, self.expr(then)?));
        }
        let otherwise = case.otherwise.as_ref().map(|e| self.expr(e)).transpose()?;
        Ok(Expr::Case(Box::new(Case { subject, branches, otherwise })))
    }

    fn each(&mut self, each: &ast::Comprehension<'_>) -> Result<Each, Diagnostic> {
        let list = self.expr(&each.list)?;
        let slot = self.slot(&each.var.text);
        let scope = self.scope.clone();
        self.scope.set(&each.var.text, Var { slot, kind: Kind::Value });
        if let Some(groups) = &mut self.grouped {
            groups.insert(slot);
        }
        let aggregates = self.aggregates.take();
        let filter = each.filter.as_ref().map(|e| self.condition(e)).transpose();
        let map = filter.and_then(|filter| Ok((filter, each.map.as_ref().map(|e| self.expr(e)).transpose()?)));
        self.scope = scope;
        self.aggregates = aggregates;
        let (filter, map) = map?;
        Ok(Each { slot, list, filter, map })
    }

    fn call(&mut self, call: &ast::Call<'_>, span: Span) -> Result<Expr, Diagnostic> {
        if let Some(aggregate) = Aggregate::find(&call.name.text) {
            let [arg] = call.args.as_slice() else { return Err(arity(&call.name, (1, 1), call.args.len())) };
            return self.aggregate(aggregate, Some(arg), call.distinct, span);
        }
        if call.name.text.eq_ignore_ascii_case("exists")
            && let [arg] = call.args.as_slice()
        {
            return Ok(match &arg.kind {
                ExprKind::Pattern(_) => self.condition(arg)?,
                _ => Expr::IsNull(self.boxed(arg)?, true),
            });
        }
        let Some(function) = functions::find(&call.name.text) else {
            let fault = Diagnostic::error("Q301", format!("there is no function `{}`", call.name.text)).at(call.name.span, "");
            let close = closest(&call.name.text, functions::names(), 3);
            return Err(if close.is_empty() { fault } else { fault.hint(format!("did you mean {}?", close.join(", "))) });
        };
        if !(function.arity.0..=function.arity.1).contains(&call.args.len()) {
            return Err(arity(&call.name, function.arity, call.args.len()));
        }
        Ok(Expr::Call(function, self.exprs(&call.args)?))
    }

    fn aggregate(&mut self, of: Aggregate, arg: Option<&ast::Expr<'_>>, distinct: bool, span: Span) -> Result<Expr, Diagnostic> {
        let Some(mut all) = self.aggregates.take() else {
            let fault = Diagnostic::error("Q303", format!("`{}` cannot stand here", of.as_str())).at(span, "");
            return Err(fault.hint("aggregates stand in RETURN and WITH, and not within one another"));
        };
        let (computed, grouped) = (std::mem::take(&mut self.computed), self.grouped.take());
        let expr = arg.map(|e| self.expr(e)).transpose();
        (self.computed, self.grouped) = (computed, grouped);
        let slot = self.slot("");
        all.push(Summary { slot, of, expr: expr?, distinct });
        if let Some(groups) = &mut self.grouped {
            groups.insert(slot);
        }
        self.aggregates = Some(all);
        Ok(Expr::Slot(slot))
    }

    /// `:A:B|C` of something that may be a node or an edge.
    pub(super) fn type_test(&mut self, types: &[Vec<Word<'_>>]) -> TypeTest {
        let mut test = TypeTest::default();
        for any in types {
            let ids = |find: &dyn Fn(&str) -> Option<u16>| {
                let mut ids: Vec<u16> = any.iter().filter_map(|w| find(&w.text)).collect();
                ids.sort_unstable();
                ids
            };
            test.nodes.push(ids(&|name| self.graph.node_type_id(name)));
            test.edges.push(ids(&|name| self.graph.edge_type_id(name)));
        }
        test
    }
}

fn arity(name: &Word<'_>, wanted: (usize, usize), found: usize) -> Diagnostic {
    let wanted = match wanted {
        (a, b) if a == b => format!("{a}"),
        (a, usize::MAX) => format!("at least {a}"),
        (a, b) => format!("{a} to {b}"),
    };
    let plural = if wanted == "1" { "" } else { "s" };
    Diagnostic::error("Q302", format!("`{}` takes {wanted} argument{plural}, not {found}", name.text)).at(name.span, "")
}
