//! Passes that count without making rows.

use super::statistics::Statistics;
use crate::graph::Direction;
use crate::query::ast::Direction as Towards;
use crate::query::expr::{BuiltIn, Expr, Slot};
use crate::query::plan::{Columns, Count, Group, Meet, Op, Plan};

/// Whether any of the groups' expressions reads one of the slots.
fn group_reads(group: &Group, slots: &[Slot]) -> bool {
    let exprs = group.keys.iter().map(|k| &k.1).chain(group.values.iter().filter_map(|v| v.expr.as_ref()));
    exprs.flat_map(Expr::reads).any(|s| slots.contains(&s))
}

fn sets(op: &Op) -> Vec<Slot> {
    let mut slots = Vec::new();
    op.slots_set(&mut |s| slots.push(s));
    slots
}

/// count(*) over `()-[r]->()`, by `type(r)` or not at all, with sums of attributes of r → from ranges and columns.
pub(super) fn columns_of_types(plan: Plan, statistics: &Statistics<'_>) -> Plan {
    let Op::Aggregate(group) = &plan.op else { return plan };
    let Some(Op::ScanEdges(scan)) = plan.input.as_deref().map(|p| &p.op) else { return plan };
    let first = plan.input.as_deref().and_then(|p| p.input.as_deref()).is_none_or(|p| matches!(p.op, Op::Start));
    let all = |kinds: &Option<Vec<u16>>, source: bool| {
        let way = if source { Towards::In } else { Towards::Out };
        kinds.as_ref().is_none_or(|k| statistics.always_leads_to(&scan.kinds, way, k))
    };
    let whole = all(&scan.source_kinds, true) && all(&scan.target_kinds, false);
    if !first || !whole || scan.either || !scan.differ.is_empty() || !scan.tests.is_empty() {
        return plan;
    }
    let key = match group.keys.as_slice() {
        [] => None,
        [(slot, key)] if is_type_of(key, scan.edge) => Some(*slot),
        _ => return plan,
    };
    let mut values = Vec::new();
    for value in &group.values {
        let attribute = match &value.expr {
            None => None,
            Some(Expr::Slot(s)) if *s == scan.edge => None,
            Some(Expr::Property(of, property))
                if matches!(**of, Expr::Slot(s) if s == scan.edge) && property.built_in.is_none() =>
            {
                match property.attribute {
                    Some(attribute) => Some(attribute),
                    None => return plan,
                }
            }
            Some(_) => return plan,
        };
        let count = value.of == crate::query::functions::Aggregate::Count;
        if value.distinct || value.of == crate::query::functions::Aggregate::Collect || (attribute.is_none() && !count) {
            return plan;
        }
        values.push((value.slot, value.of, attribute));
    }
    Plan { op: Op::Columns(Columns { scan: scan.clone(), key, values }), input: None, id: 0 }
}

fn is_type_of(key: &Expr, edge: Slot) -> bool {
    match key {
        Expr::Call(function, args) => function.name == "type" && matches!(args[..], [Expr::Slot(s)] if s == edge),
        Expr::Property(of, property) => {
            matches!(**of, Expr::Slot(s) if s == edge) && property.attribute.is_none() && property.built_in == Some(BuiltIn::Type)
        }
        _ => false,
    }
}

/// Aggregates that do not read what the last expansion sets need only know how many edges it finds.
pub(super) fn tally_last(mut plan: Plan) -> Plan {
    let Op::Aggregate(group) = &plan.op else { return plan };
    if let Some(Op::Expand(expand)) = plan.input.as_deref_mut().map(|p| &mut p.op) {
        let slots = if expand.into { vec![expand.edge] } else { vec![expand.edge, expand.to] };
        if !group_reads(group, &slots) {
            expand.tally = true;
        }
    }
    plan
}

/// `(x)-->(m)<--(y)`, with m and both edges read by nobody, x and y known: ascending lists are merged.
pub(super) fn meet(mut plan: Plan) -> Plan {
    let Op::Aggregate(group) = &plan.op else { return plan };
    let Some(last) = plan.input.as_deref_mut() else { return plan };
    let Op::Expand(second) = &last.op else { return plan };
    let Some(before) = last.input.as_deref() else { return plan };
    let Op::Expand(first) = &before.op else { return plan };
    let shaped = second.tally && second.into && second.from == first.to && !first.into && second.to != first.to;
    let ([a], [b]) = (&first.kinds[..], &second.kinds[..]) else { return plan };
    let untested = first.tests.is_empty() && second.tests.is_empty();
    let one_way = first.towards != Towards::Either && second.towards != Towards::Either;
    // The merge keeps edges apart itself where both are of one type.
    let apart = first.differ.is_empty() && second.differ.iter().all(|s| *s == first.edge);
    if !shaped
        || !untested
        || !one_way
        || !apart
        || group_reads(group, &[first.edge, first.to, second.edge])
        || first.from == first.to
    {
        return plan;
    }
    let way = |towards: Towards, back: bool| if (towards == Towards::Out) == back { Direction::In } else { Direction::Out };
    let plain = first.sight == second.sight;
    if !plain {
        return plan;
    }
    let meet = Meet {
        ends: [(first.from, way(first.towards, false), *a), (second.to, way(second.towards, true), *b)],
        kinds: first.to_kinds.clone(),
        sight: first.sight,
    };
    let input = before.input.clone();
    *last = Plan { op: Op::Meet(meet), input, id: 0 };
    plan
}

/// A tail of expansions whose slots the aggregates do not read: where some node before it does not matter to it, its count
/// is kept by the slots that do.
pub(super) fn keep_counts(mut plan: Plan) -> Plan {
    let Op::Aggregate(group) = &plan.op else { return plan };
    let Some(mut tail) = plan.input.take() else { return plan };
    let Some((length, keys)) = longest_tail(&tail, group) else {
        plan.input = Some(tail);
        return plan;
    };
    let input = split_off(&mut tail, length).unwrap_or_else(|| Box::new(Plan::start()));
    plan.input = Some(Box::new(Plan { op: Op::Count(Count { plan: tail, keys, keep: true }), input: Some(input), id: 0 }));
    plan
}

/// Cuts a plan after its last `length` operators, and gives what fed them.
fn split_off(plan: &mut Plan, length: usize) -> Option<Box<Plan>> {
    if length <= 1 { plan.input.take() } else { split_off(plan.input.as_deref_mut()?, length - 1) }
}

/// How many operators the longest tail has that is worth it, and what it depends on.
fn longest_tail(last: &Plan, group: &Group) -> Option<(usize, Vec<Slot>)> {
    let (mut set, mut read) = (Vec::new(), Vec::new());
    let (mut length, mut best, mut at) = (0, None, Some(last));
    while let Some(step) = at {
        let movable = matches!(step.op, Op::Expand(_) | Op::Meet(_) | Op::Filter(_));
        set.extend(sets(&step.op));
        if !movable || group_reads(group, &set) || step.runs_plans() {
            break;
        }
        step.op.slots_read(&mut |s| read.push(s));
        length += 1;
        at = step.input.as_deref();
        let mut keys: Vec<Slot> = read.iter().copied().filter(|s| !set.contains(s)).collect();
        keys.sort_unstable();
        keys.dedup();
        // A tally on its own is as quick as looking up what it gave before.
        let quick = length == 1 && matches!(&step.op, Op::Expand(_) | Op::Filter(_));
        let (nodes, edges) = set_before(step);
        // What depends on an edge comes once for each: keeping it keeps nothing.
        if !quick && nodes.iter().any(|n| !keys.contains(n)) && !edges.iter().any(|e| keys.contains(e)) {
            best = Some((length, keys));
        }
    }
    best
}

/// The slots of nodes and values set before a step, and those of edges.
fn set_before(step: &Plan) -> (Vec<Slot>, Vec<Slot>) {
    let (mut nodes, mut edges, mut at) = (Vec::new(), Vec::new(), step.input.as_deref());
    while let Some(plan) = at {
        match &plan.op {
            Op::Expand(expand) => {
                edges.push(expand.edge);
                nodes.extend((!expand.into).then_some(expand.to));
            }
            Op::Scan(scan) => nodes.push(scan.slot),
            Op::ScanEdges(scan) => {
                edges.push(scan.edge);
                nodes.extend([scan.source, scan.target]);
            }
            Op::Unwind(slot, _) => nodes.push(*slot),
            _ => {}
        }
        at = plan.input.as_deref();
    }
    (nodes, edges)
}

impl Plan {
    fn runs_plans(&self) -> bool {
        let mut found = false;
        self.op.exprs(&mut |e| found |= e.has_plan());
        found
    }
}
