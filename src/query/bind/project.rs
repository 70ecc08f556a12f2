//! RETURN and WITH: items, implicit groups, DISTINCT, order and cuts.

use super::scope::{Kind, Scope, Var};
use super::{Binder, Columns};
use crate::diagnostic::Diagnostic;
use crate::query::answer::{Column, ColumnKind};
use crate::query::ast::{self, ExprKind, Item, Projection};
use crate::query::expr::{Expr, Slot};
use crate::query::functions::Aggregate;
use crate::query::plan::{Group, Op, Plan, Sort};

/// An item with its slot.
struct Bound {
    name: String,
    written: String,
    var: Var,
}

impl Binder<'_> {
    pub(super) fn projection(
        &mut self,
        projection: &Projection<'_>,
        plan: Plan,
        with: Option<Option<&ast::Expr<'_>>>,
    ) -> Result<(Plan, Columns), Diagnostic> {
        self.check_items(projection, with.is_some())?;
        let grouping = projection.items.iter().any(|i| has_aggregate(&i.expr));
        let (mut plan, items) = if grouping { self.groups(projection, plan)? } else { self.items(projection, plan)? };
        let slots: Vec<Slot> = items.iter().map(|i| i.var.slot).collect();
        if projection.distinct {
            plan = plan.then(Op::Distinct(slots));
            self.evidence.clear();
        }
        let mut after = Scope::default();
        items.iter().for_each(|i| after.set(&i.name, i.var));
        let closed = grouping || projection.distinct;
        if !projection.order.is_empty() {
            let keys = self.seeing(projection, &items, &after, closed, |binder| {
                projection.order.iter().map(|s| Ok((binder.expr(&s.expr)?, s.descending))).collect::<Result<Vec<_>, Diagnostic>>()
            })?;
            let keep = items.iter().map(|i| i.var.slot).chain(self.evidence.iter().copied()).collect();
            plan = plan.then(Op::Sort(Sort { keys, first: None, keep }));
        }
        if let Some(skip) = &projection.skip {
            let skip = self.fixed(skip, "SKIP")?;
            plan = plan.then(Op::Skip(skip));
        }
        if let Some(limit) = &projection.limit {
            let limit = self.fixed(limit, "LIMIT")?;
            plan = plan.then(Op::Limit(limit));
        }
        if let Some(Some(filter)) = with {
            // What sorting has passed on is all that is left.
            let closed = closed || !projection.order.is_empty();
            let filter = self.seeing(projection, &items, &after, closed, |binder| binder.condition(filter))?;
            plan = plan.then(Op::Filter(filter));
        }
        let columns = items.iter().map(|i| (Column::new(&i.name, column_kind(i.var.kind)), i.var.slot)).collect();
        self.scope = after;
        Ok((plan, columns))
    }

    fn check_items(&self, projection: &Projection<'_>, with: bool) -> Result<(), Diagnostic> {
        if let Some(span) = projection.star
            && self.scope.names().next().is_none()
        {
            return Err(Diagnostic::error("Q308", "`*` stands for all variables, and there is none").at(span, ""));
        }
        for (at, item) in projection.items.iter().enumerate() {
            if with && item.alias.is_none() && !matches!(item.expr.kind, ExprKind::Variable(_)) {
                return Err(Diagnostic::error("Q309", "an expression in WITH needs a name").at(item.expr.span, "add `AS name`"));
            }
            if projection.items[..at].iter().any(|i| i.name() == item.name()) {
                return Err(Diagnostic::error("Q308", format!("two columns are called `{}`", item.name())).at(item.expr.span, ""));
            }
        }
        Ok(())
    }

    /// What `*` stands for.
    fn star(&self, projection: &Projection<'_>) -> Vec<Bound> {
        let all = if projection.star.is_some() { self.scope.clone() } else { Scope::default() };
        let mut all: Vec<Bound> =
            all.iter().map(|(name, var)| Bound { name: name.to_owned(), written: name.to_owned(), var }).collect();
        all.sort_by(|a, b| a.name.cmp(&b.name));
        all
    }

    /// Items without aggregates: what is no variable is computed.
    fn items(&mut self, projection: &Projection<'_>, plan: Plan) -> Result<(Plan, Vec<Bound>), Diagnostic> {
        let mut items = self.star(projection);
        let mut computed = Vec::new();
        for item in &projection.items {
            items.push(self.item(item, &mut computed)?);
        }
        Ok((if computed.is_empty() { plan } else { plan.then(Op::Compute(computed)) }, items))
    }

    fn item(&mut self, item: &Item<'_>, computed: &mut Vec<(Slot, Expr)>) -> Result<Bound, Diagnostic> {
        let kind = match &item.expr.kind {
            ExprKind::Variable(name) => self.variable(name, item.expr.span)?.kind,
            _ => Kind::Value,
        };
        let mut kind = kind;
        let slot = match self.expr(&item.expr)? {
            Expr::Slot(slot) => slot,
            expr => {
                let plain = matches!(&expr, Expr::Const(v) if !v.is_null()) || matches!(expr, Expr::List(_) | Expr::Map(_));
                kind = if plain { Kind::Plain } else { kind };
                let slot = self.slot(item.name());
                computed.push((slot, expr));
                slot
            }
        };
        Ok(Bound { name: item.name().to_owned(), written: self.written(item.expr.span), var: Var { slot, kind } })
    }

    /// Items with aggregates: those without are what groups are made by.
    fn groups(&mut self, projection: &Projection<'_>, plan: Plan) -> Result<(Plan, Vec<Bound>), Diagnostic> {
        let mut items: Vec<Option<Bound>> = self.star(projection).into_iter().map(Some).collect();
        let mut keys: Vec<(Slot, Expr)> = items.iter().flatten().map(|b| (b.var.slot, Expr::Slot(b.var.slot))).collect();
        for item in &projection.items {
            if has_aggregate(&item.expr) {
                items.push(None);
                continue;
            }
            let mut computed = Vec::new();
            let bound = self.item(item, &mut computed)?;
            keys.push(computed.pop().unwrap_or((bound.var.slot, Expr::Slot(bound.var.slot))));
            items.push(Some(bound));
        }
        self.grouped = Some(keys.iter().map(|k| k.0).collect());
        self.computed = items.iter().flatten().map(|b| (b.written.clone(), b.var.slot)).collect();
        self.aggregates = Some(Vec::new());
        let mut computed = Vec::new();
        let stars = items.len() - projection.items.len();
        let mut bind = || -> Result<(), Diagnostic> {
            for (at, item) in projection.items.iter().enumerate() {
                if items[stars + at].is_none() {
                    items[stars + at] = Some(self.item(item, &mut computed)?);
                }
            }
            Ok(())
        };
        let bound = bind();
        let values = self.aggregates.take().unwrap_or_default();
        (self.grouped, self.computed) = (None, Vec::new());
        bound?;
        self.evidence.clear();
        let plan = plan.then(Op::Aggregate(Group { keys, values }));
        let plan = if computed.is_empty() { plan } else { plan.then(Op::Compute(computed)) };
        Ok((plan, items.into_iter().flatten().collect()))
    }

    /// Binds what sees the columns and, unless rows were put together, what was there before: ORDER BY, and WHERE after WITH.
    fn seeing<T>(
        &mut self,
        projection: &Projection<'_>,
        items: &[Bound],
        after: &Scope,
        closed: bool,
        bind: impl FnOnce(&mut Self) -> Result<T, Diagnostic>,
    ) -> Result<T, Diagnostic> {
        let before = self.scope.clone();
        let mut scope = if closed { Scope::default() } else { before.clone() };
        after.iter().for_each(|(name, var)| scope.set(name, var));
        // The variables of the items themselves: `RETURN a AS b ORDER BY a.x`.
        for (item, bound) in projection.items.iter().zip(items.iter().skip(items.len() - projection.items.len())) {
            if let ExprKind::Variable(name) = &item.expr.kind
                && scope.get(name).is_none()
            {
                scope.set(name, bound.var);
            }
        }
        self.scope = scope;
        self.computed = items.iter().map(|b| (b.written.clone(), b.var.slot)).collect();
        let bound = bind(self);
        self.computed.clear();
        self.scope = before;
        bound
    }

    /// An expression that is the same on every row.
    fn fixed(&mut self, expr: &ast::Expr<'_>, what: &str) -> Result<Expr, Diagnostic> {
        let scope = std::mem::take(&mut self.scope);
        let bound = self.expr(expr);
        self.scope = scope;
        let bound = bound?;
        if let Expr::Const(value) = &bound
            && !matches!(value, crate::query::Value::Int(0..))
        {
            let fault = Diagnostic::error("Q317", format!("{what} wants a whole number, not below zero"));
            return Err(fault.at(expr.span, ""));
        }
        Ok(bound)
    }
}

fn column_kind(kind: Kind) -> ColumnKind {
    match kind {
        Kind::Node => ColumnKind::Node,
        Kind::Path => ColumnKind::Route,
        Kind::Edge | Kind::Edges | Kind::Value | Kind::Plain => ColumnKind::Any,
    }
}

/// Whether an aggregate stands in it; plans within it have their own.
fn has_aggregate(expr: &ast::Expr<'_>) -> bool {
    let any = |items: &[ast::Expr<'_>]| items.iter().any(has_aggregate);
    match &expr.kind {
        ExprKind::CountStar => true,
        ExprKind::Call(call) => Aggregate::find(&call.name.text).is_some() || any(&call.args),
        ExprKind::Property(e, _) | ExprKind::HasType(e, _) | ExprKind::Unary(_, e) | ExprKind::IsNull { expr: e, .. } => {
            has_aggregate(e)
        }
        ExprKind::Index(a, b) | ExprKind::Binary(_, a, b) => has_aggregate(a) || has_aggregate(b),
        ExprKind::Slice(e, from, to) => has_aggregate(e) || [from, to].into_iter().flatten().any(|e| has_aggregate(e)),
        ExprKind::List(items) | ExprKind::And(items) | ExprKind::Or(items) | ExprKind::Xor(items) => any(items),
        ExprKind::Map(entries) => entries.iter().any(|e| has_aggregate(&e.value)),
        ExprKind::Compare(first, rest) => has_aggregate(first) || rest.iter().any(|r| has_aggregate(&r.1)),
        ExprKind::Case(case) => {
            case.subject.iter().chain(&case.otherwise).any(has_aggregate)
                || case.branches.iter().any(|(when, then)| has_aggregate(when) || has_aggregate(then))
        }
        ExprKind::Comprehension(each) | ExprKind::Quantified(_, each) => has_aggregate(&each.list),
        ExprKind::Literal(_)
        | ExprKind::Variable(_)
        | ExprKind::Parameter(_)
        | ExprKind::Exists(_)
        | ExprKind::Pattern(_)
        | ExprKind::PatternComprehension { .. } => false,
    }
}
