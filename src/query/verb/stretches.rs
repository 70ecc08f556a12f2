//! Routes as chains of stretches: stop —way→ stop, changing where stops are equal or one lies in the other.
//!
//! A stretch touches its two stops and every stop that its way may touch between them; it is barred if one of these is
//! avoided. A route is as short as its ways allow: one of which a way can be left out, because another of its ways
//! leads on by itself, is not shown. Which ways may be used at all is decided before (`chains`); the order of answers is
//! `search`'s, bounds are `bounds`'.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::bounds::Bounds;
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
        self.way.shown().find(|s| s.node == node)
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

/// More groups than this are checked at the end of a route only, not on the way.
const MOST_GROUPS: usize = 8;

/// The chains of stretches between two ends.
pub(crate) struct Stretches<'a, 'g> {
    pub(crate) graph: &'g FrozenGraph,
    places: &'a Places<'g>,
    pub(crate) ways: Vec<Usable>,
    pub(super) from: &'a End,
    pub(super) to: &'a End,
    vias: &'a Vias,
    /// The ways at a stop: (way, stop) by index.
    pub(super) at: FxHashMap<u32, Vec<(u32, u32)>>,
    /// The way with a node.
    index: FxHashMap<u32, u32>,
    meeting: RefCell<FxHashMap<u32, Rc<[u32]>>>,
    bounds: Bounds,
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
        let mut space = Self { graph, places, ways, from, to, vias, at, index, meeting, bounds: Bounds::default() };
        space.bounds = Bounds::of(&space);
        space
    }

    /// Stops where one can change from a stop: those that contain it or lie in it, ascending, itself not included.
    pub(super) fn meeting(&self, stop: u32) -> Rc<[u32]> {
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

    /// Open stretches out of a stop, and into it: they are the same ones.
    pub(super) fn stretches(&self, from: u32, mut each: impl FnMut(&Usable, &Stop, &Stop)) {
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

    /// Whether a hop makes a part of the chain needless: a way that is ridden before it or by it leads by itself from where that
    /// part begins to where the hop ends, and touches what has to be passed.
    fn is_detour(&self, chain: &[Hop], hop: &Hop) -> bool {
        let Some((usable, _, leave)) = self.stretch(hop) else { return false };
        let mut passed = self.passed(hop);
        for earlier in chain.iter().rev() {
            passed |= self.passed(earlier);
            let Some((ridden, board, _)) = self.stretch(earlier) else { continue };
            // The earlier way could have been ridden on, or the later one been boarded there already.
            let on = ridden.stop(hop.leave).filter(|l| ridden.is_open(board, l)).map(|l| (ridden, board, l));
            let sooner = usable.stop(earlier.board).filter(|b| usable.is_open(b, leave)).map(|b| (usable, b, leave));
            if [on, sooner].into_iter().flatten().any(|(way, a, b)| passed & !self.passed_by(way, a, b) == 0) {
                return true;
            }
        }
        false
    }

    /// The groups that a hop passes, a bit each.
    fn passed(&self, hop: &Hop) -> u32 {
        if self.vias.is_empty() {
            return 0;
        }
        self.stretch(hop).map_or(0, |(usable, a, b)| self.passed_by(usable, a, b))
    }

    /// The groups that a stretch passes, a bit each.
    pub(super) fn passed_by(&self, usable: &Usable, a: &Stop, b: &Stop) -> u32 {
        let passes =
            |group: &FxHashSet<u32>| group.contains(&usable.way.node) || usable.touched(a, b).any(|n| group.contains(&n));
        let groups = self.vias.iter().take(MOST_GROUPS).enumerate();
        groups.filter(|(_, g)| passes(g)).fold(0, |bits, (i, _)| bits | 1 << i)
    }

    /// All groups, a bit each.
    pub(super) fn groups(&self) -> u32 {
        (1 << self.vias.len().min(MOST_GROUPS)) - 1
    }

    /// The groups that a chain has still to pass.
    fn left(&self, chain: &[Hop]) -> u32 {
        if self.vias.is_empty() {
            return 0;
        }
        chain.iter().fold(self.groups(), |left, hop| left & !self.passed(hop))
    }

    /// Whether the groups beyond the first few are passed, too.
    fn passes_the_rest(&self, chain: &[Hop]) -> bool {
        self.vias.iter().skip(MOST_GROUPS).all(|group| {
            chain
                .iter()
                .filter_map(|h| self.stretch(h))
                .any(|(w, a, b)| group.contains(&w.way.node) || w.touched(a, b).any(|n| group.contains(&n)))
        })
    }

    /// Whether two stops are one or one contains the other.
    fn is_met(&self, a: u32, b: u32) -> bool {
        a == b || self.meeting(a).binary_search(&b).is_ok()
    }
}

impl Space for Stretches<'_, '_> {
    fn starts(&self, out: &mut Vec<(Hop, bool)>) {
        let mut boards: Vec<(u32, bool)> = self.from.inside.iter().map(|&n| (n, false)).collect();
        boards.extend(self.from.around.keys().map(|&n| (n, true)));
        boards.sort_unstable();
        for (board, met) in boards {
            self.stretches(board, |usable, a, b| {
                if !self.vias.is_empty() || !self.from.inside.contains(&b.node) {
                    out.push((Self::hop(usable, a, b), met));
                }
            });
        }
    }

    fn next(&self, chain: &[Hop], out: &mut Vec<Hop>) {
        let Some(last) = chain.last() else { return };
        for &board in self.meeting(last.leave).iter().chain([&last.leave]) {
            self.stretches(board, |usable, a, b| {
                // What costs least to ask comes first: most hops lead back to where the chain was.
                let was_there = || chain.iter().any(|h| h.board == b.node || h.leave == b.node);
                let back = || self.vias.is_empty() && self.from.inside.contains(&b.node);
                if last.way == Some(usable.way.node) || was_there() || back() {
                    return;
                }
                let hop = Self::hop(usable, a, b);
                if !self.is_detour(chain, &hop) {
                    out.push(hop);
                }
            });
        }
    }

    fn bound(&self, chain: &[Hop], hop: &Hop) -> Option<(u64, u32)> {
        let left = self.left(chain) & !self.passed(hop);
        self.bounds.from(hop.leave, left)
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
        (self.left(chain) == 0 && self.passes_the_rest(chain)).then_some(met)
    }

    fn goes_on(&self, chain: &[Hop]) -> bool {
        // What contains the end may lead on into it; the end itself is the end, unless something is still to be passed.
        !chain.last().is_some_and(|h| self.to.inside.contains(&h.leave))
    }

    fn repeats(&self, chain: &[Hop], better: &[Hop]) -> bool {
        // The same ways from one of the starts to one of the ends, changed between at stops that contain each other.
        let same = |(a, b): (&Hop, &Hop)| a.way == b.way;
        let changes = |pair: (&[Hop], &[Hop])| match pair {
            ([a, b], [c, d]) => self.is_met(a.leave, c.leave) && self.is_met(b.board, d.board),
            _ => true,
        };
        chain.len() == better.len() && chain.iter().zip(better).all(same) && chain.windows(2).zip(better.windows(2)).all(changes)
    }

    fn name(&self, node: u32) -> (u32, u32) {
        (self.graph.name_strings().get(node as usize).copied().unwrap_or(u32::MAX), node)
    }
}
