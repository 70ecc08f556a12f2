//! Passes over single steps: what a step can ask or leave unasked by itself.

use super::statistics::Statistics;
use crate::query::ast::Direction;
use crate::query::expr::{Expr, Property, Slot};
use crate::query::plan::{Op, Plan};

/// `(:A)-[:t]->(:B)` → `(:A)-[:t]->()` where every edge of the type out of an A leads to a B.
pub(super) fn drop_certain_types(mut plan: Plan, statistics: &Statistics<'_>) -> Plan {
    let certain = |edges: &[u16], towards: Direction, kinds: &Option<Vec<u16>>| {
        kinds.as_ref().is_some_and(|k| statistics.always_leads_to(edges, towards, k))
    };
    match &mut plan.op {
        Op::Expand(expand) if certain(&expand.kinds, expand.towards, &expand.to_kinds) => expand.to_kinds = None,
        Op::ScanEdges(scan) => {
            let (source, target) =
                if scan.either { (Direction::Either, Direction::Either) } else { (Direction::In, Direction::Out) };
            if certain(&scan.kinds, source, &scan.source_kinds) {
                scan.source_kinds = None;
            }
            if certain(&scan.kinds, target, &scan.target_kinds) {
                scan.target_kinds = None;
            }
        }
        _ => {}
    }
    plan
}

/// `-[f]->` and then `f.attribute > 1` → the step compares by itself, before it makes a row.
pub(super) fn conditions_into_steps(plan: Plan) -> Plan {
    let Plan { op: Op::Filter(filter), input: Some(mut input), id } = plan else { return plan };
    let (edge, tests) = match &mut input.op {
        Op::Expand(expand) => (expand.edge, &mut expand.tests),
        Op::ScanEdges(scan) => (scan.edge, &mut scan.tests),
        _ => return Plan { op: Op::Filter(filter), input: Some(input), id },
    };
    let (own, rest): (Vec<Expr>, Vec<Expr>) = filter.conjuncts().into_iter().partition(|c| is_test(c, edge));
    tests.extend(own);
    match Expr::all(rest) {
        Some(rest) => Plan { op: Op::Filter(rest), input: Some(input), id },
        None => *input,
    }
}

/// An attribute of the edge against what is fixed; nothing else that the attribute's name could mean.
fn is_test(condition: &Expr, edge: Slot) -> bool {
    let Expr::Compare(_, a, b) = condition else { return false };
    let Expr::Property(of, Property { attribute: Some(_), built_in: None, .. }) = &**a else { return false };
    matches!(**of, Expr::Slot(s) if s == edge) && b.is_fixed()
}
