//! What the goal costs from each node: one backward Dijkstra.

use super::{BinaryHeap, Cost, Interrupt, Network, Poll, Reverse, Stopped};

/// What is known of the costs ahead: exact where settled, else at least `radius`.
pub(super) struct Distances {
    /// By node, the cost's key with all bits turned: a table that the system gives zeroed, page by page as it is touched, says
    /// "far" everywhere.
    turned: Vec<u128>,
    radius: Cost,
}

impl Distances {
    /// The costs to reach `goal` from each node that the search comes to before `until` is settled, whose cost is `radius`:
    /// no node that is not settled then costs less. O((edges + nodes) log nodes).
    pub(super) fn find<N: Network>(
        network: &N,
        goal: u32,
        until: u32,
        poll: &mut Poll,
        interrupt: &Interrupt,
    ) -> Result<Self, Stopped> {
        let mut found = Self { turned: vec![0; network.size() as usize], radius: Cost::FAR };
        let mut heaps = Levels::default();
        if found.improve(goal, Cost::default()) {
            heaps.push(Cost::default(), goal);
        }
        while let Some((cost, node)) = heaps.pop() {
            if cost > found.reached(node) {
                continue;
            }
            if node == until {
                found.radius = cost;
                break;
            }
            poll.step(interrupt)?;
            network.hops(node, true, |hop| {
                let next = cost.plus(Cost::of(&hop));
                if found.improve(hop.to, next) {
                    heaps.push(next, hop.to);
                }
            });
        }
        Ok(found)
    }

    /// What the goal costs from `node` at least.
    #[inline]
    pub(super) fn of(&self, node: u32) -> Cost {
        self.reached(node).min(self.radius)
    }

    /// What the goal costs from the node that the search went to.
    pub(super) fn radius(&self) -> Cost {
        self.radius
    }

    #[inline]
    fn reached(&self, node: u32) -> Cost {
        match self.turned.get(node as usize) {
            Some(&turned) if turned != 0 => Cost::of_key(!turned),
            _ => Cost::FAR,
        }
    }

    /// Notes a cost that is better than what is known; whether it is.
    #[inline]
    fn improve(&mut self, node: u32, cost: Cost) -> bool {
        let Some(turned) = self.turned.get_mut(node as usize) else { return false };
        let better = !cost.key() > *turned;
        if better {
            *turned = !cost.key();
        }
        better
    }
}

/// Nodes that wait, best first. A hop adds one to the costs missing or nothing: of two heaps, one for as many as are missing
/// now and one for those after them, each orders its nodes by a number of two words.
#[derive(Default)]
struct Levels {
    missing: u32,
    now: BinaryHeap<Reverse<u128>>,
    later: BinaryHeap<Reverse<u128>>,
}

impl Levels {
    #[inline]
    fn push(&mut self, cost: Cost, node: u32) {
        let entry = Reverse(u128::from(cost.sum.to_bits()) << 64 | u128::from(cost.hops) << 32 | u128::from(node));
        if cost.missing == self.missing { self.now.push(entry) } else { self.later.push(entry) }
    }

    #[inline]
    fn pop(&mut self) -> Option<(Cost, u32)> {
        if self.now.is_empty() {
            std::mem::swap(&mut self.now, &mut self.later);
            self.missing += 1;
        }
        let Reverse(entry) = self.now.pop()?;
        let cost = Cost { missing: self.missing, sum: f64::from_bits((entry >> 64) as u64), hops: (entry >> 32) as u32 };
        Some((cost, entry as u32))
    }
}
