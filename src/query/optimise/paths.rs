//! Passes over chains and paths.

use rustc_hash::FxHashSet;

use crate::query::answer::Value;
use crate::query::ast::Quantifier;
use crate::query::expr::{Each, Expr, Slot};
use crate::query::plan::{Chain, Op, Plan};

/// `all(n IN nodes(p) WHERE c)` and `none(n IN nodes(p) WHERE NOT c)` on the path of one chain are asked of each node while
/// the chain is walked; `all(e IN relationships(p) …)`, or over the chain's own list, of each edge.
pub(super) fn conditions_into_chains(plan: Plan) -> Plan {
    match plan.op {
        Op::Search(mut search) => {
            if let Some(select) = &mut search.chain.select {
                let accept = std::mem::take(&mut select.accept);
                let path = select.path;
                let rest = accept.into_iter().filter_map(|f| absorb(&mut search.chain, f, path, search.edges)).collect();
                if let Some(select) = &mut search.chain.select {
                    select.accept = rest;
                }
            }
            Plan { op: Op::Search(search), ..plan }
        }
        Op::Filter(filter) => filter_into_chain(filter, plan.input, plan.id),
        op => Plan { op, ..plan },
    }
}

/// A filter over paths whose parts are single chains.
fn filter_into_chain(filter: Expr, input: Option<Box<Plan>>, id: u32) -> Plan {
    let Some(mut input) = input else { return Plan { op: Op::Filter(filter), input: None, id } };
    let mut rest = Vec::new();
    for part in filter.conjuncts() {
        rest.extend(into_input(part, &mut input, None));
    }
    match Expr::all(rest) {
        Some(rest) => Plan { op: Op::Filter(rest), input: Some(input), id },
        None => *input,
    }
}

/// Gives a condition to the chain that it is about, if that is not far below; else gives it back.
fn into_input(filter: Expr, plan: &mut Plan, path: Option<(Slot, Slot)>) -> Option<Expr> {
    match &mut plan.op {
        Op::MakePath(made) => {
            let path = match made.parts[..] {
                [part] if over(&filter, made.slot) => Some((made.slot, part)),
                _ => path,
            };
            into_input_of(filter, plan, path)
        }
        Op::Filter(_) => into_input_of(filter, plan, path),
        Op::Chains(chains) => match path {
            Some((path, part)) if part == chains.edges => absorb(&mut chains.chain, filter, Some(path), part),
            None if over(&filter, chains.edges) => absorb(&mut chains.chain, filter, None, chains.edges),
            _ => Some(filter),
        },
        _ => Some(filter),
    }
}

fn into_input_of(filter: Expr, plan: &mut Plan, path: Option<(Slot, Slot)>) -> Option<Expr> {
    match plan.input.as_deref_mut() {
        Some(input) => into_input(filter, input, path),
        None => Some(filter),
    }
}

/// Whether a condition is a quantifier over a slot, or over its nodes or edges.
fn over(filter: &Expr, slot: Slot) -> bool {
    let Expr::Quantified(_, each) = filter else { return false };
    matches!(each.list, Expr::Slot(s) if s == slot)
        || matches!(&each.list, Expr::Call(_, args) if matches!(args[..], [Expr::Slot(s)] if s == slot))
}

/// Takes a condition into the chain, or gives it back.
fn absorb(chain: &mut Chain, filter: Expr, path: Option<Slot>, edges: Slot) -> Option<Expr> {
    let Expr::Quantified(quantifier @ (Quantifier::All | Quantifier::None), each) = &filter else { return Some(filter) };
    let Each { slot, list, filter: Some(inner), .. } = &**each else { return Some(filter) };
    if inner.has_plan() || inner.reads().iter().any(|s| *s == edges || Some(*s) == path) {
        return Some(filter);
    }
    let held = match quantifier {
        Quantifier::None => Expr::Not(Box::new(inner.clone())),
        _ => inner.clone(),
    };
    match list {
        Expr::Call(function, args) if matches!(args[..], [Expr::Slot(s)] if Some(s) == path) => match function.name {
            "nodes" => chain.nodes.push((*slot, held)),
            "relationships" | "edges" => also(chain, *slot, held),
            _ => return Some(filter),
        },
        Expr::Slot(s) if *s == edges => also(chain, *slot, held),
        _ => return Some(filter),
    }
    None
}

fn also(chain: &mut Chain, slot: Slot, mut held: Expr) {
    rename(&mut held, slot, chain.each);
    chain.filter = Expr::all(chain.filter.take().into_iter().chain([held]).collect());
}

fn rename(expr: &mut Expr, from: Slot, to: Slot) {
    if let Expr::Slot(slot) = expr
        && *slot == from
    {
        *slot = to;
    }
    expr.children_mut(&mut |e| rename(e, from, to));
}

/// Paths that nobody reads are not put together.
pub(super) fn drop_unread_paths(plan: Plan, columns: &[Slot]) -> Plan {
    let mut read: FxHashSet<Slot> = columns.iter().copied().collect();
    plan.slots_read(&mut |s| {
        read.insert(s);
    });
    plan.rewrite(&mut |plan| match &plan.op {
        Op::MakePath(path) if !read.contains(&path.slot) => plan.input.map_or_else(Plan::start, |p| *p),
        // What always holds was left by the passes before.
        Op::Filter(Expr::Const(Value::Bool(true))) => plan.input.map_or_else(Plan::start, |p| *p),
        _ => plan,
    })
}
