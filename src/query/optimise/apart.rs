//! Parts of a pattern that no edge ties to the rest, but an equality does: `(a), (b) WHERE a.year = b.year`. Each is run once
//! and met by a table of its values, in place of once for every row.

use super::join::Next;
use super::statistics::{Statistics, fixed_name};
use crate::query::ast::CompareOp;
use crate::query::expr::{Expr, Slot};
use crate::query::plan::Pattern;

/// Such a part, and the equality that ties it.
#[derive(Debug)]
pub(super) struct Apart {
    /// It by itself, with the conditions on it alone.
    pub(super) pattern: Pattern,
    /// Its side of the equality.
    pub(super) theirs: Expr,
    /// The other side.
    pub(super) ours: Expr,
}

impl Apart {
    /// Whether a step is one of its own.
    pub(super) fn holds(&self, whole: &Pattern, next: Next) -> bool {
        let slot = match next {
            Next::Scan(at) => return self.pattern.nodes.iter().any(|n| n.slot == whole.nodes[at].slot),
            Next::ScanEdge(at) | Next::Follow(at) => whole.edges[at].slot,
        };
        self.pattern.edges.iter().any(|e| e.slot == slot)
    }

    /// The slots that it sets.
    pub(super) fn slots(&self) -> Vec<Slot> {
        self.pattern.nodes.iter().map(|n| n.slot).chain(self.pattern.edges.iter().map(|e| e.slot)).collect()
    }
}

/// Whether a condition speaks of nothing but these.
pub(super) fn within(filter: &Expr, slots: &[Slot]) -> bool {
    let reads = filter.reads();
    !reads.is_empty() && reads.iter().all(|s| slots.contains(s))
}

/// The parts that are joined by a table, in the order in which they can be: the largest part is where the rest begins.
pub(super) fn parts(pattern: &Pattern, known: &[bool], statistics: &Statistics<'_>) -> Vec<Apart> {
    let groups = groups(pattern);
    if groups.iter().max().copied().unwrap_or(0) == 0 {
        return Vec::new();
    }
    let count = groups.iter().max().map_or(0, |g| g + 1);
    let size = |group: usize| -> f64 {
        let of = pattern.nodes.iter().zip(&groups).filter(|(_, g)| **g == group);
        of.map(|(n, _)| statistics.nodes(n.kinds.as_deref())).fold(0.0, f64::max)
    };
    let bound = |group: usize| known.iter().zip(&groups).any(|(k, g)| *k && *g == group);
    let named = |group: usize| {
        let of = pattern.nodes.iter().zip(&groups).filter(|(_, g)| **g == group);
        of.into_iter().any(|(n, _)| pattern.filters.iter().any(|f| fixed_name(f, n.slot, &pattern.bound).is_some()))
    };
    let first = (0..count).find(|g| bound(*g)).or_else(|| (0..count).max_by(|a, b| size(*a).total_cmp(&size(*b)))).unwrap_or(0);
    // What is found before: the first part, and every part that no table is made of.
    let mut before: Vec<usize> = (0..count).filter(|&g| g == first || bound(g) || named(g)).collect();
    let mut open: Vec<usize> = (0..count).filter(|g| !before.contains(g)).collect();
    let mut found = Vec::new();
    while let Some((at, part)) = open.iter().enumerate().find_map(|(i, &g)| Some((i, tied(pattern, &groups, g, &before)?))) {
        before.push(open.remove(at));
        found.push(part);
    }
    // A part that hangs on one that is not found before it would wait for ever: then nothing is joined by a table.
    if open.is_empty() { found } else { Vec::new() }
}

/// The part of each node: nodes that edges tie are of one.
fn groups(pattern: &Pattern) -> Vec<usize> {
    let mut group: Vec<usize> = (0..pattern.nodes.len()).collect();
    for _ in 0..pattern.edges.len() {
        for edge in &pattern.edges {
            let least = group[edge.left].min(group[edge.right]);
            (group[edge.left], group[edge.right]) = (least, least);
        }
    }
    let mut all = group.clone();
    all.sort_unstable();
    all.dedup();
    group.into_iter().map(|g| all.binary_search(&g).unwrap_or(0)).collect()
}

/// A part with an equality that ties it to what is found before it.
fn tied(pattern: &Pattern, groups: &[usize], group: usize, before: &[usize]) -> Option<Apart> {
    let own = part(pattern, groups, group)?;
    let slots: Vec<Slot> = own.nodes.iter().map(|n| n.slot).chain(own.edges.iter().map(|e| e.slot)).collect();
    let of = |slot: &Slot| -> Option<usize> {
        let node = pattern.nodes.iter().position(|n| n.slot == *slot);
        let edge = || pattern.edges.iter().find(|e| e.slot == *slot).map(|e| e.left);
        node.or_else(edge).and_then(|at| groups.get(at).copied())
    };
    let earlier = |e: &Expr| {
        let reads = e.reads();
        !reads.is_empty() && reads.iter().all(|s| pattern.bound.contains(s) || of(s).is_some_and(|g| before.contains(&g)))
    };
    pattern.filters.iter().find_map(|filter| {
        let Expr::Compare(CompareOp::Equal, a, b) = filter else { return None };
        let (theirs, ours) = [(a, b), (b, a)].into_iter().find(|(t, o)| within(t, &slots) && earlier(o))?;
        let plain = !theirs.has_plan() && !ours.has_plan();
        plain.then(|| Apart { pattern: own.clone(), theirs: (**theirs).clone(), ours: (**ours).clone() })
    })
}

/// A part by itself; none where its edges must differ from others of the pattern, or its paths are chosen among.
fn part(pattern: &Pattern, groups: &[usize], group: usize) -> Option<Pattern> {
    let mut places = vec![None; pattern.nodes.len()];
    let mut own = Pattern::default();
    for (at, node) in pattern.nodes.iter().enumerate().filter(|(at, _)| groups[*at] == group) {
        places[at] = Some(own.nodes.len());
        own.nodes.push(node.clone());
    }
    for edge in &pattern.edges {
        if let (Some(left), Some(right)) = (places[edge.left], places[edge.right]) {
            own.edges.push(crate::query::plan::EdgePart { left, right, ..edge.clone() });
        }
    }
    let others = pattern.edges.iter().filter(|e| groups[e.left] != group);
    let meets = others.into_iter().any(|o| own.edges.iter().any(|e| e.kinds.iter().any(|k| o.kinds.contains(k))));
    let chosen = own.edges.iter().any(|e| e.chain.as_ref().is_some_and(|c| c.select.is_some()));
    if meets || chosen || !pattern.bests.is_empty() {
        return None;
    }
    let slots: Vec<Slot> = own.nodes.iter().map(|n| n.slot).chain(own.edges.iter().map(|e| e.slot)).collect();
    own.filters = pattern.filters.iter().filter(|f| within(f, &slots)).cloned().collect();
    let chained = own.edges.iter().filter_map(|e| e.chain.as_ref());
    let alone = |e: &Expr, each: Slot| e.reads().iter().all(|s| *s == each || slots.contains(s));
    let mut free = true;
    for chain in chained {
        free &= chain.filter.iter().all(|f| alone(f, chain.each)) && chain.nodes.iter().all(|(s, f)| alone(f, *s));
    }
    free.then_some(own)
}
