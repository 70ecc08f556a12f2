//! Acyclic paths of any length, best first: Yen's method with Lawler's rule, every spur an A* whose estimate is the
//! exact distance to the goal that one backward Dijkstra gave.

use super::{BinaryHeap, Cost, Found, FxHashSet, Interrupt, Network, Poll, Request, Reverse, Stopped, Table, distances};

/// A path with all its costs on the way, and where it left the path that it was made from.
#[derive(Clone, PartialEq, Eq)]
struct Candidate {
    cost: Cost,
    /// (edge, node); the start is known.
    steps: Vec<(u32, u32)>,
    /// The cost up to each step, in the same order.
    costs: Vec<Cost>,
    deviation: usize,
}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.cost.cmp(&other.cost).then_with(|| self.steps.cmp(&other.steps))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

pub(super) struct Yen<'n, N> {
    network: &'n N,
    request: Request,
    estimate: Option<Estimate>,
    given: Vec<Candidate>,
    waiting: BinaryHeap<Reverse<Candidate>>,
    spur: Spur,
    poll: Poll,
}

/// What is known of the costs ahead: exact where settled, else at least `radius`.
struct Estimate {
    table: Table,
    radius: Cost,
}

impl Estimate {
    #[inline]
    fn of(&self, node: u32) -> Cost {
        self.table.get(node, 0).min(self.radius)
    }
}

impl<'n, N: Network> Yen<'n, N> {
    pub(super) fn new(network: &'n N, request: Request) -> Self {
        Self {
            network,
            request,
            estimate: None,
            given: Vec::new(),
            waiting: BinaryHeap::new(),
            spur: Spur::new(network.size()),
            poll: Poll::default(),
        }
    }

    pub(super) fn next(&mut self, interrupt: &Interrupt) -> Result<Option<Found>, Stopped> {
        let Request { start, goal, .. } = self.request;
        if self.estimate.is_none() {
            let (table, radius) = distances(self.network, goal, start, &mut self.poll, interrupt)?;
            self.estimate = Some(Estimate { table, radius: radius.unwrap_or(Cost::FAR) });
            if start == goal {
                let steps = Vec::new();
                self.waiting.push(Reverse(Candidate { cost: Cost::default(), steps, costs: Vec::new(), deviation: 0 }));
            } else if radius.is_some() {
                let blocked = Blocked { nodes: FxHashSet::default(), edges: FxHashSet::default() };
                self.branch(start, &[], &[], &blocked, interrupt)?;
            }
        } else if let Some(last) = self.given.last().cloned() {
            self.branches(&last, interrupt)?;
        }
        let Some(Reverse(best)) = self.waiting.pop() else { return Ok(None) };
        let found = Found { cost: best.cost, steps: best.steps.clone() };
        self.given.push(best);
        Ok(Some(found))
    }

    /// The best path that leaves `last` at each of its nodes from its own deviation on: what comes before was asked for
    /// when its parent was given.
    fn branches(&mut self, last: &Candidate, interrupt: &Interrupt) -> Result<(), Stopped> {
        let node_at = |i: usize| if i == 0 { self.request.start } else { last.steps[i - 1].1 };
        let mut blocked = Blocked { nodes: (0..last.deviation).map(node_at).collect(), edges: FxHashSet::default() };
        for i in last.deviation..last.steps.len() {
            let node = if i == 0 { self.request.start } else { last.steps[i - 1].1 };
            let prefix = &last.steps[..i];
            let same = self.given.iter().filter(|g| g.steps.len() > i && g.steps[..i] == *prefix);
            blocked.edges = same.map(|g| g.steps[i].0).collect();
            self.branch(node, prefix, &last.costs[..i], &blocked, interrupt)?;
            blocked.nodes.insert(node);
        }
        Ok(())
    }

    fn branch(
        &mut self,
        node: u32,
        prefix: &[(u32, u32)],
        costs: &[Cost],
        blocked: &Blocked,
        interrupt: &Interrupt,
    ) -> Result<(), Stopped> {
        let Some(estimate) = &self.estimate else { return Ok(()) };
        let base = costs.last().copied().unwrap_or_default();
        let Some(tail) = self.spur.find(self.network, node, self.request.goal, blocked, estimate, &mut self.poll, interrupt)?
        else {
            return Ok(());
        };
        let (mut steps, mut all) = (prefix.to_vec(), costs.to_vec());
        for (edge, to, cost) in tail {
            steps.push((edge, to));
            all.push(base.plus(cost));
        }
        let cost = all.last().copied().unwrap_or(base);
        self.waiting.push(Reverse(Candidate { cost, steps, costs: all, deviation: prefix.len() }));
        Ok(())
    }
}

/// A step of a way: edge, node, cost from the start.
type Step = (u32, u32, Cost);

/// What a spur may not use: the nodes before it, and the steps that other paths with the same beginning take.
struct Blocked {
    nodes: FxHashSet<u32>,
    edges: FxHashSet<u32>,
}

/// The tables of the A*, kept from one spur to the next.
struct Spur {
    /// Position in `entries`, plus one. Zeroed by the system, page by page as they are touched.
    slots: Vec<u32>,
    entries: Vec<Entry>,
    heap: BinaryHeap<Reverse<(Cost, Cost, u32)>>,
}

#[derive(Clone, Copy)]
struct Entry {
    node: u32,
    cost: Cost,
    edge: u32,
    from: u32,
}

impl Spur {
    fn new(size: u32) -> Self {
        Self { slots: vec![0; size as usize], entries: Vec::new(), heap: BinaryHeap::new() }
    }

    /// The best way from `start` to `goal`, if there is one.
    #[expect(clippy::too_many_arguments, reason = "the state of one search, split so that it can be borrowed")]
    fn find<N: Network>(
        &mut self,
        network: &N,
        start: u32,
        goal: u32,
        blocked: &Blocked,
        estimate: &Estimate,
        poll: &mut Poll,
        interrupt: &Interrupt,
    ) -> Result<Option<Vec<Step>>, Stopped> {
        self.begin(start);
        self.heap.push(Reverse((estimate.of(start), Cost::default(), start)));
        while let Some(Reverse((_, cost, node))) = self.heap.pop() {
            if cost > self.known(node) {
                continue;
            }
            if node == goal {
                return Ok(Some(self.steps(goal)));
            }
            poll.step(interrupt)?;
            network.hops(node, false, |hop| {
                let next = cost.plus(Cost::of(&hop));
                if next >= self.known(hop.to) || (node == start && blocked.edges.contains(&hop.edge)) {
                    return;
                }
                let rest = estimate.of(hop.to);
                if !rest.is_far() && !blocked.nodes.contains(&hop.to) {
                    self.set(Entry { node: hop.to, cost: next, edge: hop.edge, from: node });
                    self.heap.push(Reverse((next.plus(rest), next, hop.to)));
                }
            });
        }
        Ok(None)
    }

    fn begin(&mut self, start: u32) {
        self.heap.clear();
        for entry in self.entries.drain(..) {
            if let Some(slot) = self.slots.get_mut(entry.node as usize) {
                *slot = 0;
            }
        }
        self.set(Entry { node: start, cost: Cost::default(), edge: u32::MAX, from: u32::MAX });
    }

    #[inline]
    fn entry(&self, node: u32) -> Option<&Entry> {
        self.entries.get((*self.slots.get(node as usize)? as usize).checked_sub(1)?)
    }

    #[inline]
    fn known(&self, node: u32) -> Cost {
        self.entry(node).map_or(Cost::FAR, |e| e.cost)
    }

    fn set(&mut self, entry: Entry) {
        let Some(slot) = self.slots.get_mut(entry.node as usize) else { return };
        if *slot == 0 {
            self.entries.push(entry);
            *slot = self.entries.len() as u32;
        } else if let Some(known) = self.entries.get_mut(*slot as usize - 1) {
            *known = entry;
        }
    }

    fn steps(&self, goal: u32) -> Vec<Step> {
        let back = std::iter::successors(self.entry(goal), |e| self.entry(e.from));
        let mut steps: Vec<_> = back.filter(|e| e.from != u32::MAX).map(|e| (e.edge, e.node, e.cost)).collect();
        steps.reverse();
        steps
    }
}
