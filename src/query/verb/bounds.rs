//! How far it is at least from a stop to the far end, by what is still to be passed: what makes the search for routes go
//! straight at its goal, and see at once where there is none.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rustc_hash::FxHashMap;

use super::stretches::{Stretches, Usable};

/// Least cost and hops from where a stretch ends to the far end, for each set of groups that are still to be passed.
#[derive(Default)]
pub(crate) struct Bounds {
    hops: FxHashMap<(u32, u32), u64>,
    cost: FxHashMap<(u32, u32), u64>,
}

impl Bounds {
    /// Two walks back from the far end, as the cheapest and the shortest need not be one.
    pub(crate) fn of(space: &Stretches<'_, '_>) -> Self {
        // A way that may be boarded again counts once: no bound may rest on its weight.
        let once = |usable: &Usable| usable.barred.is_empty() && space.groups() == 0;
        let hops = distances(space, &|_| 1);
        let weighed = space.ways.iter().any(|u| u.weight.is_some_and(|w| w > 0) && once(u));
        let cost = if weighed {
            distances(space, &|usable| if once(usable) { usable.weight.unwrap_or(0) } else { 0 })
        } else {
            FxHashMap::default()
        };
        Self { hops, cost }
    }

    /// The least cost and hops from a stop where a stretch ends, with these groups still to be passed; none: no way on.
    pub(crate) fn from(&self, stop: u32, left: u32) -> Option<(u64, u32)> {
        let hops = *self.hops.get(&(stop, left))?;
        Some((self.cost.get(&(stop, left)).copied().unwrap_or(0), u32::try_from(hops).unwrap_or(u32::MAX)))
    }
}

/// Dijkstra backwards over (stop where a stretch ends, groups still to be passed).
fn distances(space: &Stretches<'_, '_>, weight: &dyn Fn(&Usable) -> u64) -> FxHashMap<(u32, u32), u64> {
    let ends = space.to.inside.iter().chain(space.to.around.keys()).copied();
    let mut open: BinaryHeap<(Reverse<u64>, u32, u32)> =
        ends.filter(|n| space.at.contains_key(n)).map(|n| (Reverse(0), n, 0)).collect();
    let mut arrived: FxHashMap<(u32, u32), u64> = FxHashMap::default();
    let mut boarded: FxHashMap<(u32, u32), u64> = FxHashMap::default();
    // Once two stops of a way that is nowhere barred are settled, all of its stops are.
    let mut used: FxHashMap<(u32, u32), u8> = FxHashMap::default();
    let by_way = space.groups() == 0;
    while let Some((Reverse(distance), stop, left)) = open.pop() {
        if arrived.contains_key(&(stop, left)) {
            continue;
        }
        arrived.insert((stop, left), distance);
        let mut reached: Vec<(u32, u32, u64)> = Vec::new();
        for &(w, s) in space.at.get(&stop).into_iter().flatten() {
            let Some(usable) = space.ways.get(w as usize) else { continue };
            let Some(leave) = usable.way.stops.get(s as usize) else { continue };
            if by_way && usable.barred.is_empty() {
                let times = used.entry((w, left)).or_default();
                if *times >= 2 {
                    continue;
                }
                *times += 1;
            }
            let distance = distance.saturating_add(weight(usable));
            for board in usable.way.shown().filter(|b| b.node != stop && space.at.contains_key(&b.node)) {
                if usable.is_open(board, leave) {
                    let passed = if by_way { 0 } else { space.passed_by(usable, board, leave) };
                    reached.push((board.node, left | passed, distance));
                    // With less to pass it is no further.
                    reached.extend(subsets(passed & !left).map(|part| (board.node, left | part, distance)));
                }
            }
        }
        for (board, left, distance) in reached {
            if boarded.get(&(board, left)).is_some_and(|&d| d <= distance) {
                continue;
            }
            boarded.insert((board, left), distance);
            for &stop in space.meeting(board).iter().chain([&board]) {
                if !arrived.contains_key(&(stop, left)) {
                    open.push((Reverse(distance), stop, left));
                }
            }
        }
    }
    arrived
}

/// The proper subsets of a set of bits.
fn subsets(bits: u32) -> impl Iterator<Item = u32> {
    let mut next = (bits != 0).then(|| bits.wrapping_sub(1) & bits);
    std::iter::from_fn(move || {
        let now = next?;
        next = (now != 0).then(|| now.wrapping_sub(1) & bits);
        Some(now)
    })
}
