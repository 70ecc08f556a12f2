//! Acyclic paths of any length, best first: Yen's method with Lawler's rule, every spur an A* whose estimate is the
//! exact distance to the goal that one backward Dijkstra gave.
//!
//! A spur waits with a bound, the best hop from where it leaves with the distance from there: most are never sought, as
//! enough paths are found before their bound comes.

use rustc_hash::FxHashSet;

use super::distances::Distances;
use super::{BinaryHeap, Cost, Found, Interrupt, Network, Poll, Request, Reverse, Stopped};

/// A path with all its costs on the way, and where it left the path that it was made from.
#[derive(Default, PartialEq, Eq)]
struct Candidate {
    /// (edge, node); the start is known.
    steps: Vec<(u32, u32)>,
    /// The cost up to each step, in the same order.
    costs: Vec<Cost>,
    deviation: usize,
}

/// What waits for its turn. Of equal costs spurs come first: the path that they give may cost no more, and is to be
/// compared with the others.
#[derive(PartialEq, Eq)]
enum Next {
    /// The best path that leaves the path given as number `.0` before its step `.1`.
    Spur(u32, u32),
    Path(Candidate),
}

#[derive(PartialEq, Eq)]
struct Waiting {
    /// What it costs; a spur no less than this.
    cost: Cost,
    next: Next,
}

impl Ord for Waiting {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.cost.cmp(&other.cost).then_with(|| match (&self.next, &other.next) {
            (Next::Spur(a, i), Next::Spur(b, j)) => (a, i).cmp(&(b, j)),
            (Next::Spur(..), Next::Path(_)) => std::cmp::Ordering::Less,
            (Next::Path(_), Next::Spur(..)) => std::cmp::Ordering::Greater,
            (Next::Path(a), Next::Path(b)) => a.steps.cmp(&b.steps),
        })
    }
}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

pub(super) struct Yen<'n, N> {
    network: &'n N,
    request: Request,
    ahead: Option<Distances>,
    given: Vec<Candidate>,
    waiting: BinaryHeap<Reverse<Waiting>>,
    spur: Spur,
    poll: Poll,
}

impl<'n, N: Network> Yen<'n, N> {
    pub(super) fn new(network: &'n N, request: Request) -> Self {
        Self {
            network,
            request,
            ahead: None,
            given: Vec::new(),
            waiting: BinaryHeap::new(),
            spur: Spur::new(network.size()),
            poll: Poll::default(),
        }
    }

    pub(super) fn next(&mut self, interrupt: &Interrupt) -> Result<Option<Found>, Stopped> {
        if self.ahead.is_none() {
            self.begin(interrupt)?;
        } else if !self.given.is_empty() {
            self.leave(self.given.len() - 1);
        }
        while let Some(Reverse(Waiting { cost, next })) = self.waiting.pop() {
            match next {
                Next::Spur(from, at) => self.follow(from as usize, at as usize, interrupt)?,
                Next::Path(path) => {
                    let steps = path.steps.clone();
                    self.given.push(path);
                    return Ok(Some(Found { cost, steps }));
                }
            }
        }
        Ok(None)
    }

    fn begin(&mut self, interrupt: &Interrupt) -> Result<(), Stopped> {
        let Request { start, goal, .. } = self.request;
        let ahead = Distances::find(self.network, goal, start, &mut self.poll, interrupt)?;
        let best = if start == goal {
            Some(Vec::new())
        } else if ahead.radius().is_far() {
            None
        } else {
            self.spur.block(std::iter::empty());
            self.spur.find(self.network, (start, goal), &ahead, &mut self.poll, interrupt)?
        };
        if let Some(tail) = best {
            self.wait(&Candidate::default(), 0, tail);
        }
        self.ahead = Some(ahead);
        Ok(())
    }

    /// Lets the spurs of a path that was given wait, from its own deviation on: what comes before waits since its parent was
    /// given.
    fn leave(&mut self, from: usize) {
        let (Some(ahead), Some(path)) = (&self.ahead, self.given.get(from)) else { return };
        let first = path.deviation;
        self.spur.block(self.request.nodes(&path.steps[..first]));
        let mut same: Vec<&Candidate> = self.given.iter().filter(|g| g.starts_as(path, first)).collect();
        for at in first..path.steps.len() {
            let node = self.request.node(&path.steps[..at]);
            let base = path.cost(at);
            let mut least = Cost::FAR;
            self.network.hops(node, false, |hop| {
                let cost = Cost::of(&hop).plus(ahead.of(hop.to));
                if cost < least
                    && hop.to != node
                    && !self.spur.blocked.has(hop.to)
                    && !same.iter().any(|g| g.steps[at].0 == hop.edge)
                {
                    least = cost;
                }
            });
            if !least.is_far() {
                let next = Next::Spur(from as u32, at as u32);
                self.waiting.push(Reverse(Waiting { cost: base.plus(least).rounded_down(), next }));
            }
            self.spur.blocked.set(node);
            same.retain(|g| g.steps.len() > at + 1 && g.steps[at] == path.steps[at]);
        }
    }

    /// Seeks the best path that leaves one given before its step `at`, by none of the edges that others take from there.
    fn follow(&mut self, from: usize, at: usize, interrupt: &Interrupt) -> Result<(), Stopped> {
        let (Some(ahead), Some(path)) = (&self.ahead, self.given.get(from)) else { return Ok(()) };
        self.spur.block(self.request.nodes(&path.steps[..at]));
        self.spur.edges.extend(self.given.iter().filter(|g| g.starts_as(path, at)).map(|g| g.steps[at].0));
        let node = self.request.node(&path.steps[..at]);
        let tail = self.spur.find(self.network, (node, self.request.goal), ahead, &mut self.poll, interrupt)?;
        let Some(tail) = tail else { return Ok(()) };
        let path = std::mem::take(&mut self.given[from]);
        self.wait(&path, at, tail);
        self.given[from] = path;
        Ok(())
    }

    /// Lets the path wait that leaves `path` before its step `at` by `tail`.
    fn wait(&mut self, path: &Candidate, at: usize, tail: Vec<Step>) {
        let base = path.cost(at);
        let (mut steps, mut costs) = (path.steps[..at].to_vec(), path.costs[..at].to_vec());
        for (edge, to, cost) in tail {
            steps.push((edge, to));
            costs.push(base.plus(cost));
        }
        let cost = costs.last().copied().unwrap_or_default();
        self.waiting.push(Reverse(Waiting { cost, next: Next::Path(Candidate { steps, costs, deviation: at }) }));
    }
}

impl Request {
    /// The node that some steps from the start lead to.
    fn node(&self, steps: &[(u32, u32)]) -> u32 {
        steps.last().map_or(self.start, |s| s.1)
    }

    /// The nodes that some steps lead through, but for the last.
    fn nodes<'s>(&self, steps: &'s [(u32, u32)]) -> impl Iterator<Item = u32> + use<'s> {
        let before = steps.split_last().map(|(_, before)| before);
        before.map(|_| self.start).into_iter().chain(before.unwrap_or_default().iter().map(|s| s.1))
    }
}

impl Candidate {
    /// What its first steps cost.
    fn cost(&self, steps: usize) -> Cost {
        steps.checked_sub(1).map_or(Cost::default(), |last| self.costs[last])
    }

    /// Whether it goes on after so many steps, which are those of `other`.
    fn starts_as(&self, other: &Self, steps: usize) -> bool {
        self.steps.len() > steps && self.steps[..steps] == other.steps[..steps]
    }
}

/// A step of a way: edge, node, cost from the start.
type Step = (u32, u32, Cost);

/// The tables of the A*, kept from one spur to the next.
struct Spur {
    /// What a spur may not use: the nodes before it, and the steps that other paths with the same beginning take.
    blocked: Marks,
    edges: FxHashSet<u32>,
    /// Position in `entries`, plus one. Zeroed by the system, page by page as they are touched.
    slots: Vec<u32>,
    entries: Vec<Entry>,
    heap: BinaryHeap<Reverse<(Cost, Cost, u32)>>,
}

/// A set of nodes that is emptied at once.
struct Marks {
    round: u32,
    /// The round in which each node was set.
    rounds: Vec<u32>,
}

impl Marks {
    fn clear(&mut self) {
        self.round = self.round.wrapping_add(1);
        if self.round == 0 {
            self.rounds.fill(0);
            self.round = 1;
        }
    }

    #[inline]
    fn set(&mut self, node: u32) {
        if let Some(round) = self.rounds.get_mut(node as usize) {
            *round = self.round;
        }
    }

    #[inline]
    fn has(&self, node: u32) -> bool {
        self.rounds.get(node as usize) == Some(&self.round)
    }
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
        let zeroed = || vec![0; size as usize];
        Self {
            blocked: Marks { round: 0, rounds: zeroed() },
            edges: FxHashSet::default(),
            slots: zeroed(),
            entries: Vec::new(),
            heap: BinaryHeap::new(),
        }
    }

    /// Lets the next spur use anything but these nodes.
    fn block(&mut self, nodes: impl Iterator<Item = u32>) {
        self.blocked.clear();
        self.edges.clear();
        nodes.for_each(|node| self.blocked.set(node));
    }

    /// The best way from `start` to `goal`, if there is one.
    fn find<N: Network>(
        &mut self,
        network: &N,
        (start, goal): (u32, u32),
        ahead: &Distances,
        poll: &mut Poll,
        interrupt: &Interrupt,
    ) -> Result<Option<Vec<Step>>, Stopped> {
        self.begin(start);
        self.heap.push(Reverse((ahead.of(start), Cost::default(), start)));
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
                if next >= self.known(hop.to) || (node == start && self.edges.contains(&hop.edge)) {
                    return;
                }
                let rest = ahead.of(hop.to);
                if !rest.is_far() && !self.blocked.has(hop.to) {
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
