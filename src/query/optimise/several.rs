//! A path of several steps of which the best are kept: between two nodes that are known, or are looked up, it is searched
//! best first instead of being followed in every way and sorted afterwards.

use super::statistics::{Statistics, fixed_name};
use crate::query::expr::{Expr, Slot};
use crate::query::plan::{EdgePart, Leg, Pattern, SearchSteps};
use crate::query::search::{MOST_LAYERS, Simple};

/// The most nodes of the search: one of the graph for each hop.
const MOST_NODES: f64 = (1 << 28) as f64;

/// The search that a pattern comes to, if it is one path between two ends of which `known` or a condition says which nodes
/// they are; and where these stand in the pattern.
pub(super) fn search(
    pattern: &Pattern,
    known: &[bool],
    open: &[Expr],
    statistics: &Statistics<'_>,
) -> Option<([usize; 2], SearchSteps)> {
    let [best] = &pattern.bests[..] else { return None };
    let hops = hops(&pattern.edges)?;
    if hops > MOST_LAYERS || statistics.nodes(None) * f64::from(hops + 1) > MOST_NODES {
        return None;
    }
    let (first, last) = (pattern.edges.first()?, pattern.edges.last()?);
    let in_line = pattern.edges.windows(2).all(|pair| pair[0].right == pair[1].left);
    let apart = pattern.nodes.len() == pattern.edges.len() + 1;
    let parts: Vec<Slot> = pattern.edges.iter().map(|e| e.slot).collect();
    let whole = best.parts == parts && pattern.paths.iter().all(|p| p.parts == parts);
    let new = |slot: Slot| !pattern.bound.contains(&slot);
    let inner = &pattern.edges[..pattern.edges.len() - 1];
    let fresh = parts.iter().all(|s| new(*s)) && inner.iter().all(|e| new(pattern.nodes[e.right].slot));
    // What starts with a chain of no edges has several beginnings.
    let begins = first.chain.as_ref().is_none_or(|c| c.least > 0);
    if !(in_line && apart && whole && fresh && begins) {
        return None;
    }
    let ends = [first.left, last.right];
    let found = |at: usize| {
        let slot = pattern.nodes[at].slot;
        known.get(at).is_some_and(|k| *k) || open.iter().any(|f| fixed_name(f, slot, &pattern.bound).is_some())
    };
    let [from, to] = ends.map(|at| pattern.nodes[at].slot);
    let steps = SearchSteps {
        from,
        to,
        legs: pattern.edges.iter().map(|e| leg(pattern, e)).collect(),
        simple: Simple::Edges,
        most: best.most,
        by: best.by.clone(),
        paths: pattern.paths.clone(),
        accept: Vec::new(),
    };
    ends.into_iter().all(found).then_some((ends, steps))
}

/// The most hops of all edges and chains together; none where a chain has no bound, or chooses by itself.
fn hops(edges: &[EdgePart]) -> Option<u32> {
    edges.iter().try_fold(0u32, |all, edge| match &edge.chain {
        None => all.checked_add(1),
        Some(chain) if chain.select.is_none() && chain.nodes.is_empty() => all.checked_add(chain.most?),
        Some(_) => None,
    })
}

fn leg(pattern: &Pattern, edge: &EdgePart) -> Leg {
    let to = &pattern.nodes[edge.right];
    Leg {
        edges: edge.slot,
        to: to.slot,
        to_kinds: to.kinds.clone(),
        towards: edge.towards,
        kinds: edge.kinds.clone(),
        sight: edge.sight,
        chain: edge.chain.clone(),
        edge_tests: Vec::new(),
        node_tests: Vec::new(),
    }
}

/// Gives the search its conditions: those on one edge or node where it is walked, those on the whole at its end.
pub(super) fn ask(steps: &mut SearchSteps, conditions: Vec<Expr>, bound: &[Slot]) {
    let paths: Vec<Slot> = steps.paths.iter().map(|p| p.slot).collect();
    let acyclic = |f: &Expr| match f {
        Expr::Call(function, args) => function.name == "isAcyclic" && matches!(args[..], [Expr::Slot(s)] if paths.contains(&s)),
        _ => false,
    };
    let last = steps.legs.len().saturating_sub(1);
    let ends = [steps.from, steps.to];
    for condition in conditions {
        if acyclic(&condition) {
            steps.simple = Simple::Nodes;
            continue;
        }
        let mut own: Vec<Slot> = condition.reads().into_iter().filter(|s| !bound.contains(s) && !ends.contains(s)).collect();
        own.sort_unstable();
        own.dedup();
        let place = match own[..] {
            [slot] if !condition.has_plan() => {
                let mut legs = steps.legs.iter_mut().enumerate();
                legs.find_map(|(at, leg)| match slot {
                    slot if slot == leg.edges && leg.chain.is_none() => Some(&mut leg.edge_tests),
                    slot if slot == leg.to && at < last => Some(&mut leg.node_tests),
                    _ => None,
                })
            }
            _ => None,
        };
        place.unwrap_or(&mut steps.accept).push(condition);
    }
}
