//! Routes as chains of stretches: stop —way→ stop, changing where stops are equal or one lies in the other.
//!
//! A stretch touches its two stops and every stop that its way may touch between them; it is barred if one of these is
//! avoided. Which ways may be used at all is decided before (`routes`); the order of answers is `search`'s.

use std::cell::RefCell;
use std::collections::BinaryHeap;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::places::Places;
use super::search::{Hop, Space};
use super::ways::{Stop, Way};
use crate::graph::FrozenGraph;

/// A way that routes may use.
pub(crate) struct Usable {
    pub(crate) way: Way,
    /// Stops that bar a stretch that may pass them.
    pub(crate) barred: Vec<Stop>,
    /// Its weight in thousandths; none if unknown.
    pub(crate) weight: Option<u64>,
}

impl Usable {
    /// Whether nothing barred may lie on the stretch between two of its stops.
    pub(crate) fn is_open(&self, a: &Stop, b: &Stop) -> bool {
        self.barred.iter().all(|x| x.is_outside(a, b))
    }

    fn stop(&self, node: u32) -> Option<&Stop> {
        self.way.stops.iter().find(|s| s.node == node)
    }

    /// The nodes that the stretch between two stops touches.
    pub(crate) fn touched<'a>(&'a self, a: &'a Stop, b: &'a Stop) -> impl Iterator<Item = u32> + 'a {
        self.way.shown().filter(|x| !x.is_outside(a, b)).map(|x| x.node)
    }
}

/// An end of a route.
pub(crate) struct End {
    /// The nodes that it is or contains, without what is avoided.
    pub(crate) inside: FxHashSet<u32>,
    /// What contains it, and which named node that is.
    pub(crate) around: FxHashMap<u32, u32>,
}

impl End {
    /// The end that some nodes are, or lie in.
    pub(crate) fn new(named: &[u32], inside: FxHashSet<u32>, places: &Places<'_>, avoided: &dyn Fn(u32) -> bool) -> Self {
        let mut around = FxHashMap::default();
        for &node in named {
            for &container in places.containers(node).iter() {
                if !inside.contains(&container) && !avoided(container) {
                    around.entry(container).or_insert(node);
                }
            }
        }
        Self { inside, around }
    }
}

/// What must be passed: all of the groups, any of the nodes of each.
pub(crate) type Vias = Vec<FxHashSet<u32>>;

/// The chains of stretches between two ends.
pub(crate) struct Stretches<'a, 'g> {
    pub(crate) graph: &'g FrozenGraph,
    places: &'a Places<'g>,
    pub(crate) ways: Vec<Usable>,
    from: &'a End,
    to: &'a End,
    vias: &'a Vias,
    /// The ways at a stop: (way, stop) by index.
    at: FxHashMap<u32, Vec<(u32, u32)>>,
    /// The way with a node.
    index: FxHashMap<u32, u32>,
    meeting: RefCell<FxHashMap<u32, Rc<[u32]>>>,
    bounds: FxHashMap<u32, (u64, u32)>,
}

impl<'a, 'g> Stretches<'a, 'g> {
    /// Prepares a search; O(stops of ways) and a walk back from the far end.
    pub(crate) fn new(
        graph: &'g FrozenGraph,
        places: &'a Places<'g>,
        ways: Vec<Usable>,
        (from, to): (&'a End, &'a End),
        vias: &'a Vias,
        removed: &dyn Fn(u32) -> bool,
    ) -> Self {
        let mut at: FxHashMap<u32, Vec<(u32, u32)>> = FxHashMap::default();
        let mut index = FxHashMap::default();
        for (w, usable) in ways.iter().enumerate() {
            index.insert(usable.way.node, w as u32);
            for (s, stop) in usable.way.stops.iter().enumerate() {
                if stop.shown && !removed(stop.node) {
                    at.entry(stop.node).or_default().push((w as u32, s as u32));
                }
            }
        }
        let meeting = RefCell::default();
        let mut space = Self { graph, places, ways, from, to, vias, at, index, meeting, bounds: FxHashMap::default() };
        space.bounds = space.walk_back();
        space
    }

    /// Stops where one can change from a stop: those that contain it or lie in it, ascending, itself not included.
    fn meeting(&self, stop: u32) -> Rc<[u32]> {
        if let Some(known) = self.meeting.borrow().get(&stop) {
            return known.clone();
        }
        let (up, down) = (self.places.containers(stop), self.places.contents(stop));
        let mut all: Vec<u32> = up.iter().chain(down.iter()).copied().filter(|n| self.at.contains_key(n)).collect();
        all.sort_unstable();
        all.dedup();
        let all: Rc<[u32]> = all.into();
        self.meeting.borrow_mut().insert(stop, all.clone());
        all
    }

    /// Open stretches out of a stop.
    fn stretches(&self, from: u32, mut each: impl FnMut(&Usable, &Stop, &Stop)) {
        for &(w, s) in self.at.get(&from).into_iter().flatten() {
            let Some(usable) = self.ways.get(w as usize) else { continue };
            let Some(board) = usable.way.stops.get(s as usize) else { continue };
            for leave in usable.way.shown().filter(|l| l.node != board.node && self.at.contains_key(&l.node)) {
                if usable.is_open(board, leave) {
                    each(usable, board, leave);
                }
            }
        }
    }

    /// For each stop that a stretch may end at: the least cost and hops from there to the far end. Two walks back, as the
    /// cheapest and the shortest need not be one.
    fn walk_back(&self) -> FxHashMap<u32, (u64, u32)> {
        let hops = self.distances(|_| 1);
        // A way that may be boarded again counts once: no bound may rest on its weight.
        let once = |usable: &Usable| usable.barred.is_empty() && self.vias.is_empty();
        let cost = self.distances(|usable| if once(usable) { usable.weight.unwrap_or(0) } else { 0 });
        hops.into_iter().map(|(node, h)| (node, (cost.get(&node).copied().unwrap_or(0), h as u32))).collect()
    }

    fn distances(&self, weight: impl Fn(&Usable) -> u64) -> FxHashMap<u32, u64> {
        let ends = self.to.inside.iter().chain(self.to.around.keys()).copied();
        let mut open: BinaryHeap<(std::cmp::Reverse<u64>, u32)> =
            ends.filter(|n| self.at.contains_key(n)).map(|n| (std::cmp::Reverse(0), n)).collect();
        let mut arrived: FxHashMap<u32, u64> = FxHashMap::default();
        let mut boarded: FxHashMap<u32, u64> = FxHashMap::default();
        // Once two stops of a way that is nowhere barred are settled, all of its stops are.
        let mut used: FxHashMap<u32, u8> = FxHashMap::default();
        while let Some((std::cmp::Reverse(distance), stop)) = open.pop() {
            if arrived.contains_key(&stop) {
                continue;
            }
            arrived.insert(stop, distance);
            let mut reached: Vec<(u32, u64)> = Vec::new();
            for &(w, s) in self.at.get(&stop).into_iter().flatten() {
                let Some(usable) = self.ways.get(w as usize) else { continue };
                let times = used.entry(w).or_default();
                if usable.barred.is_empty() {
                    if *times >= 2 {
                        continue;
                    }
                    *times += 1;
                }
                let Some(leave) = usable.way.stops.get(s as usize) else { continue };
                let there = usable.way.shown().filter(|b| b.node != stop && usable.is_open(b, leave));
                reached.extend(there.filter(|b| self.at.contains_key(&b.node)).map(|b| (b.node, distance + weight(usable))));
            }
            for (board, distance) in reached {
                if boarded.get(&board).is_some_and(|&d| d <= distance) {
                    continue;
                }
                boarded.insert(board, distance);
                for &stop in self.meeting(board).iter().chain([&board]) {
                    if !arrived.contains_key(&stop) {
                        open.push((std::cmp::Reverse(distance), stop));
                    }
                }
            }
        }
        arrived
    }

    fn hop(usable: &Usable, board: &Stop, leave: &Stop) -> Hop {
        Hop {
            board: board.node,
            way: Some(usable.way.node),
            edges: [Some(board.edge), Some(leave.edge)],
            leave: leave.node,
            weight: usable.weight,
        }
    }

    /// The way of a hop and its two stops there.
    pub(crate) fn stretch(&self, hop: &Hop) -> Option<(&Usable, &Stop, &Stop)> {
        let usable = self.ways.get(*self.index.get(&hop.way?)? as usize)?;
        Some((usable, usable.stop(hop.board)?, usable.stop(hop.leave)?))
    }

    /// Whether a way is boarded again although it would have led on directly, and nothing has to be passed elsewhere.
    fn is_detour(&self, chain: &[Hop], usable: &Usable, leave: &Stop) -> bool {
        if !self.vias.is_empty() {
            return false;
        }
        let before = chain.iter().find(|h| h.way == Some(usable.way.node));
        before.and_then(|h| usable.stop(h.board)).is_some_and(|board| usable.is_open(board, leave))
    }

    fn passes(&self, chain: &[Hop]) -> bool {
        let touches = |hop: &Hop, group: &FxHashSet<u32>| {
            group.contains(&hop.board)
                || group.contains(&hop.leave)
                || hop.way.is_some_and(|w| group.contains(&w))
                || self.stretch(hop).is_some_and(|(way, a, b)| way.touched(a, b).any(|n| group.contains(&n)))
        };
        self.vias.iter().all(|group| chain.iter().any(|hop| touches(hop, group)))
    }
}

impl Space for Stretches<'_, '_> {
    fn starts(&self, out: &mut Vec<(Hop, bool)>) {
        let mut boards: Vec<(u32, bool)> = self.from.inside.iter().map(|&n| (n, false)).collect();
        boards.extend(self.from.around.keys().map(|&n| (n, true)));
        boards.sort_unstable();
        for (board, met) in boards {
            self.stretches(board, |usable, a, b| {
                if self.vias.is_empty() && self.from.inside.contains(&b.node) {
                    return;
                }
                out.push((Self::hop(usable, a, b), met));
            });
        }
    }

    fn next(&self, chain: &[Hop], out: &mut Vec<Hop>) {
        let Some(last) = chain.last() else { return };
        for &board in self.meeting(last.leave).iter().chain([&last.leave]) {
            self.stretches(board, |usable, a, b| {
                let back = self.vias.is_empty() && self.from.inside.contains(&b.node);
                if last.way != Some(usable.way.node) && !back && !self.is_detour(chain, usable, b) {
                    out.push(Self::hop(usable, a, b));
                }
            });
        }
    }

    fn bound(&self, node: u32) -> Option<(u64, u32)> {
        self.bounds.get(&node).copied()
    }

    fn whole(&self, chain: &[Hop]) -> Option<bool> {
        let last = chain.last()?.leave;
        let met = if self.to.inside.contains(&last) {
            false
        } else if self.to.around.contains_key(&last) {
            true
        } else {
            return None;
        };
        self.passes(chain).then_some(met)
    }

    fn goes_on(&self, chain: &[Hop]) -> bool {
        // What contains the end may lead on into it; the end itself is the end, unless something is still to be passed.
        let inside = chain.last().is_some_and(|h| self.to.inside.contains(&h.leave));
        !inside
    }

    fn name(&self, node: u32) -> (u32, u32) {
        (self.graph.name_strings().get(node as usize).copied().unwrap_or(u32::MAX), node)
    }
}
