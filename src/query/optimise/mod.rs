//! From a plan as bound to a plan as run: patterns are taken apart, then a list of passes makes them cheap.
//!
//! Nothing here changes an answer: a property test runs random queries with and without. Each pass says its rule.

use super::expr::Expr;
use super::plan::{Op, Plan};
use super::tables::Tables;

mod apart;
mod counts;
mod join;
mod paths;
mod several;
mod statistics;
mod steps;

use statistics::Statistics;

/// Takes patterns apart in the order written, with all conditions at their end: what passes are compared with.
#[must_use]
pub(super) fn plainly(plan: Plan) -> Plan {
    plan.rewrite(&mut |plan| join::take_apart(plan, None))
}

/// Takes patterns apart and runs every pass.
#[must_use]
pub(super) fn optimise(plan: Plan, tables: &Tables<'_>, columns: &[usize]) -> Plan {
    let statistics = Statistics::new(tables.graph());
    let plan = plan.rewrite(&mut fold_constants);
    // Starts at the most selective end, looks names up, expands by the least growth, asks conditions as soon as it can;
    // what hangs on the rest by an equal value alone is joined by a table.
    let plan = plan.rewrite(&mut |plan| join::take_apart(plan, Some(&statistics)));
    let plan = plan.rewrite(&mut paths::conditions_into_chains);
    let plan = paths::drop_unread_paths(plan, columns);
    let plan = plan.rewrite(&mut |plan| steps::drop_certain_types(plan, &statistics));
    let plan = plan.rewrite(&mut steps::conditions_into_steps);
    let plan = plan.rewrite(&mut |plan| counts::columns_of_types(plan, &statistics));
    let plan = plan.rewrite(&mut counts::tally_last);
    let plan = plan.rewrite(&mut counts::meet);
    let plan = plan.rewrite(&mut counts::keep_counts);
    plan.rewrite(&mut first_rows)
}

/// NOT NOT a → a; AND and OR within themselves are one; AND with `false` is `false`; conditions that are `true` go.
fn fold_constants(mut plan: Plan) -> Plan {
    plan.op.exprs_mut(&mut fold);
    match plan.op {
        Op::Filter(Expr::Const(super::Value::Bool(true))) => match plan.input {
            Some(input) => *input,
            None => Plan::start(),
        },
        op => Plan { op, ..plan },
    }
}

fn fold(expr: &mut Expr) {
    expr.children_mut(&mut fold);
    let taken = std::mem::replace(expr, Expr::Const(super::Value::Null));
    *expr = match taken {
        Expr::Not(inner) => match *inner {
            Expr::Const(super::Value::Bool(b)) => Expr::Const(super::Value::Bool(!b)),
            other => Expr::Not(Box::new(other)),
        },
        Expr::And(parts) => {
            let parts: Vec<Expr> = parts.into_iter().flat_map(Expr::conjuncts).collect();
            if parts.iter().any(|p| matches!(p, Expr::Const(super::Value::Bool(false)))) {
                Expr::Const(super::Value::Bool(false))
            } else {
                let open: Vec<Expr> = parts.into_iter().filter(|p| !matches!(p, Expr::Const(super::Value::Bool(true)))).collect();
                if open.len() == 1 { Expr::And(open) } else { Expr::all(open).unwrap_or(Expr::Const(super::Value::Bool(true))) }
            }
        }
        other => other,
    };
}

/// ORDER BY … SKIP s LIMIT n → only the first s + n are sorted.
fn first_rows(mut plan: Plan) -> Plan {
    let Op::Limit(limit) = &plan.op else { return plan };
    let limit = limit.clone();
    let sum = |skip: &Expr| Expr::Binary(super::ast::BinaryOp::Add, Box::new(limit.clone()), Box::new(skip.clone()));
    let Some(input) = plan.input.as_deref_mut() else { return plan };
    match &mut input.op {
        Op::Sort(sort) => sort.first = Some(limit.clone()),
        Op::Skip(skip) => {
            let first = sum(skip);
            if let Some(Op::Sort(sort)) = input.input.as_deref_mut().map(|p| &mut p.op) {
                sort.first = Some(first);
            }
        }
        _ => {}
    }
    plan
}
