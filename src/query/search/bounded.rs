//! Simple paths of at most so many hops, best first: partial paths in one heap, each judged by what it cost and what
//! the rest costs at least in the hops that remain.

use super::{BinaryHeap, Cost, Found, Interrupt, Network, Poll, Request, Reverse, Simple, Stopped, Table};

/// A partial path: its last step, and the partial path before it.
struct Partial {
    parent: u32,
    node: u32,
    edge: u32,
    cost: Cost,
}

/// No parent.
const ROOT: u32 = u32::MAX;

pub(super) struct Bounded<'n, N> {
    network: &'n N,
    request: Request,
    most: u32,
    /// For each node, what the goal costs from it in at most `column` hops.
    ahead: Option<Table>,
    partials: Vec<Partial>,
    /// Of equals the newest first: it is the furthest along.
    heap: BinaryHeap<Reverse<(Cost, Reverse<u32>)>>,
    poll: Poll,
}

impl<'n, N: Network> Bounded<'n, N> {
    pub(super) fn new(network: &'n N, request: Request, most: u32) -> Self {
        Self { network, request, most, ahead: None, partials: Vec::new(), heap: BinaryHeap::new(), poll: Poll::default() }
    }

    pub(super) fn next(&mut self, interrupt: &Interrupt) -> Result<Option<Found>, Stopped> {
        if self.ahead.is_none() {
            self.begin(interrupt)?;
        }
        let Some(ahead) = self.ahead.take() else { return Ok(None) };
        let found = self.advance(&ahead, interrupt);
        self.ahead = Some(ahead);
        found
    }

    fn begin(&mut self, interrupt: &Interrupt) -> Result<(), Stopped> {
        let ahead = layers(self.network, self.request.goal, self.most, &mut self.poll, interrupt)?;
        let start = self.request.start;
        let whole = ahead.get(start, self.most as usize);
        if !whole.is_far() {
            self.partials.push(Partial { parent: ROOT, node: start, edge: u32::MAX, cost: Cost::default() });
            self.heap.push(Reverse((whole, Reverse(0))));
        }
        self.ahead = Some(ahead);
        Ok(())
    }

    fn advance(&mut self, ahead: &Table, interrupt: &Interrupt) -> Result<Option<Found>, Stopped> {
        while let Some(Reverse((_, Reverse(at)))) = self.heap.pop() {
            self.poll.step(interrupt)?;
            let (node, cost) = match self.partials.get(at as usize) {
                Some(partial) => (partial.node, partial.cost),
                None => continue,
            };
            let arrived = node == self.request.goal && self.arrival(at);
            let done = arrived && cost.hops >= self.request.least;
            if cost.hops < self.most && !(arrived && self.request.simple == Simple::Nodes && cost.hops > 0) && self.begins(at) {
                self.extend(at, cost, ahead);
            }
            if done {
                return Ok(Some(Found { cost, steps: self.steps(at) }));
            }
        }
        Ok(None)
    }

    /// Whether a partial path that stands at the goal may end here: one that has just begun may, with no hop.
    fn arrival(&self, at: u32) -> bool {
        self.partials.get(at as usize).is_some_and(|p| p.parent != ROOT || self.request.least == 0)
    }

    /// Whether a partial path may go on: an acyclic one that starts at its goal cannot come back to it.
    fn begins(&self, at: u32) -> bool {
        let closed = self.request.start == self.request.goal && self.request.simple == Simple::Nodes;
        !closed || self.partials.get(at as usize).is_some_and(|p| p.parent != ROOT)
    }

    fn extend(&mut self, at: u32, cost: Cost, ahead: &Table) {
        let left = (self.most - cost.hops - 1) as usize;
        let Self { network, partials, heap, request, .. } = self;
        let node = partials.get(at as usize).map_or(u32::MAX, |p| p.node);
        network.hops(node, false, |hop| {
            let rest = ahead.get(hop.to, left);
            if rest.is_far() || seen(*network, partials, at, &hop, request.simple) {
                return;
            }
            let next = cost.plus(Cost::of(&hop));
            heap.push(Reverse((next.plus(rest), Reverse(partials.len() as u32))));
            partials.push(Partial { parent: at, node: hop.to, edge: hop.edge, cost: next });
        });
    }

    fn steps(&self, at: u32) -> Vec<(u32, u32)> {
        let mut steps: Vec<(u32, u32)> =
            chain(&self.partials, at).filter(|p| p.parent != ROOT).map(|p| (p.edge, p.node)).collect();
        steps.reverse();
        steps
    }
}

fn chain(partials: &[Partial], at: u32) -> impl Iterator<Item = &Partial> {
    std::iter::successors(partials.get(at as usize), |p| partials.get(p.parent as usize))
}

fn seen<N: Network>(network: &N, partials: &[Partial], at: u32, hop: &super::Hop, simple: Simple) -> bool {
    let place = network.place(hop.to);
    match simple {
        Simple::Nodes => chain(partials, at).any(|p| network.place(p.node) == place),
        Simple::Edges => chain(partials, at).any(|p| p.parent != ROOT && p.edge == hop.edge),
    }
}

/// For each node within `most` hops of `goal`, what the goal costs from it in at most 0, 1, … `most` hops.
/// O(most × edges in reach).
fn layers<N: Network>(network: &N, goal: u32, most: u32, poll: &mut Poll, interrupt: &Interrupt) -> Result<Table, Stopped> {
    let width = most as usize + 1;
    let mut table = Table::new(network.size(), width);
    let mut changed = Vec::new();
    if let Some(row) = table.row(goal) {
        row.fill(Cost::default());
        changed.push(goal);
    }
    let mut next: Vec<u32> = Vec::new();
    for layer in 1..width {
        for &node in &changed {
            poll.step(interrupt)?;
            let cost = table.get(node, layer - 1);
            network.hops(node, true, |hop| {
                let better = cost.plus(Cost::of(&hop));
                if let Some(row) = table.row(hop.to)
                    && better < row[layer]
                {
                    let first = row[layer - 1] == row[layer];
                    row[layer..].fill(better);
                    if first {
                        next.push(hop.to);
                    }
                }
            });
        }
        std::mem::swap(&mut changed, &mut next);
        next.clear();
        changed.sort_unstable();
        changed.dedup();
    }
    Ok(table)
}
