//! The one path search: k best simple paths, lazily, best first by (weights missing, cost, hops), carrying edge ids.
//!
//! It knows nothing of graphs: a [`Network`] says where one can go. Two ways lead to the same answers. Where hops are
//! bounded, partial paths are taken best first, led by the exact cost to the goal in the hops that remain (`Bounded`).
//! Where they are not, Yen's method with Lawler's rule asks for one spur path at a time, each an A* led by the distances
//! of one backward Dijkstra (`Yen`): polynomial, so that dead ends cannot explode.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use super::answer::Interrupt;

mod bounded;
mod distances;
mod yen;

use bounded::Bounded;
use yen::Yen;

/// How many expansions are made between two looks at the interrupt.
const POLL: u32 = 1024;

/// The hop bound from which on paths are sought without bound and counted afterwards.
pub const MOST_LAYERS: u32 = 40;

/// One step that can be made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hop {
    /// What leads there: an edge's id, or any label that tells parallel steps apart.
    pub edge: u32,
    /// Where it leads.
    pub to: u32,
    /// What it costs; `None` where that is not known. Below zero counts as not known.
    pub cost: Option<f64>,
}

/// Where one can go. Nodes are small numbers: tables of [`Network::size`] are made.
pub trait Network {
    /// One more than the greatest node.
    fn size(&self) -> u32;

    /// Calls `each` for every step out of `at` (or, if `back`, for every step *into* it, with `to` as the node that it
    /// comes from), always in the same order.
    fn hops<F: FnMut(Hop)>(&self, at: u32, back: bool, each: F);

    /// What a node stands for where several stand for one: that is what may not come twice on an acyclic path. Such a network
    /// is searched with a bound on hops only.
    fn place(&self, node: u32) -> u32 {
        node
    }
}

/// What a path costs: lexicographic, so a path whose every cost is known comes before one where some are missing.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Cost {
    /// Hops whose cost is not known.
    pub missing: u32,
    /// The sum of those known.
    pub sum: f64,
    /// Hops.
    pub hops: u32,
}

impl Cost {
    const FAR: Self = Self { missing: u32::MAX, sum: f64::INFINITY, hops: u32::MAX };

    fn is_far(self) -> bool {
        self.hops == u32::MAX
    }

    fn of(hop: &Hop) -> Self {
        match hop.cost {
            // Adding zero makes a zero with a sign one without.
            Some(cost) if cost >= 0.0 => Self { missing: 0, sum: cost + 0.0, hops: 1 },
            _ => Self { missing: 1, sum: 0.0, hops: 1 },
        }
    }

    fn plus(self, other: Self) -> Self {
        if self.is_far() || other.is_far() {
            return Self::FAR;
        }
        Self { missing: self.missing + other.missing, sum: self.sum + other.sum, hops: self.hops + other.hops }
    }

    /// As great as sums are that were added in another order, or a little less.
    fn rounded_down(self) -> Self {
        Self { sum: self.sum * (1.0 - 1e-12), ..self }
    }

    /// The sum, if every cost on the way is known.
    #[must_use]
    pub fn total(self) -> Option<f64> {
        (self.missing == 0).then_some(self.sum)
    }
}

impl Eq for Cost {}

impl Cost {
    /// One number that orders as the cost does: sums are never below zero, so their bits ascend as they do.
    #[inline]
    fn key(self) -> u128 {
        u128::from(self.missing) << 96 | u128::from(self.sum.to_bits()) << 32 | u128::from(self.hops)
    }

    /// The cost with this key.
    #[inline]
    fn of_key(key: u128) -> Self {
        Self { missing: (key >> 96) as u32, sum: f64::from_bits((key >> 32) as u64), hops: key as u32 }
    }
}

impl Ord for Cost {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for Cost {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What may not come twice on a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Simple {
    /// No node: ACYCLIC.
    Nodes,
    /// No edge: TRAIL.
    Edges,
}

/// What is sought.
#[derive(Debug, Clone, Copy)]
pub struct Request {
    /// Where paths start.
    pub start: u32,
    /// Where they end.
    pub goal: u32,
    /// The fewest hops.
    pub least: u32,
    /// The most hops, if bounded.
    pub most: Option<u32>,
    /// What may not repeat.
    pub simple: Simple,
}

/// A path that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// What it costs.
    pub cost: Cost,
    /// (edge, node) from the start on; empty for the path that stays where it is.
    pub steps: Vec<(u32, u32)>,
}

/// The interrupt was set; what came before stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped;

/// A search under way: [`Search::next`] gives the next best path.
pub struct Search<'n, N> {
    way: Way<'n, N>,
    request: Request,
}

enum Way<'n, N> {
    Bounded(Box<Bounded<'n, N>>),
    Yen(Box<Yen<'n, N>>),
}

impl<'n, N: Network> Search<'n, N> {
    /// Begins a search. The work starts with the first [`Search::next`].
    #[must_use]
    pub fn new(network: &'n N, request: Request) -> Self {
        // Trails of any length end with the edges: bound them as the longest layered search.
        let most = match request.simple {
            Simple::Edges => Some(request.most.unwrap_or(MOST_LAYERS)),
            Simple::Nodes => request.most.filter(|&m| m <= MOST_LAYERS),
        };
        let way = match most {
            Some(most) => Way::Bounded(Box::new(Bounded::new(network, request, most))),
            None => Way::Yen(Box::new(Yen::new(network, request))),
        };
        Self { way, request }
    }

    /// The next path by (missing, cost, hops); equals come in an order that depends on the network alone.
    ///
    /// # Errors
    /// The interrupt was set.
    pub fn next(&mut self, interrupt: &Interrupt) -> Result<Option<Found>, Stopped> {
        match &mut self.way {
            Way::Bounded(search) => search.next(interrupt),
            Way::Yen(search) => loop {
                let found = search.next(interrupt)?;
                match &found {
                    Some(path) if path.cost.hops < self.request.least => {}
                    Some(path) if self.request.most.is_some_and(|m| path.cost.hops > m) => {}
                    _ => return Ok(found),
                }
            },
        }
    }
}

/// Counts expansions and looks at the interrupt now and then.
#[derive(Default)]
struct Poll(u32);

impl Poll {
    fn step(&mut self, interrupt: &Interrupt) -> Result<(), Stopped> {
        self.0 += 1;
        if self.0.is_multiple_of(POLL) && interrupt.is_set() { Err(Stopped) } else { Ok(()) }
    }
}

/// Costs by node, over tables that the system gives zeroed: only what is touched costs anything.
struct Table {
    /// Position in `values`, plus one.
    slots: Vec<u32>,
    values: Vec<Cost>,
    touched: Vec<u32>,
    width: usize,
}

impl Table {
    fn new(size: u32, width: usize) -> Self {
        Self { slots: vec![0; size as usize], values: Vec::new(), touched: Vec::new(), width }
    }

    #[inline]
    fn get(&self, node: u32, column: usize) -> Cost {
        match self.slots.get(node as usize) {
            Some(&slot) if slot > 0 => self.values[(slot as usize - 1) * self.width + column],
            _ => Cost::FAR,
        }
    }

    /// The costs of a node, made if there are none; `None` for a node beyond the table.
    fn row(&mut self, node: u32) -> Option<&mut [Cost]> {
        let slot = self.slots.get_mut(node as usize)?;
        if *slot == 0 {
            self.touched.push(node);
            *slot = self.touched.len() as u32;
            self.values.resize(self.values.len() + self.width, Cost::FAR);
        }
        let start = (*slot as usize - 1) * self.width;
        self.values.get_mut(start..start + self.width)
    }
}

#[cfg(test)]
mod tests;
