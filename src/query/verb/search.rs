//! One best-first search for the k best chains from some nodes to others, for routes, paths and whatever else hops.
//!
//! The order is exact: unknown weights last, then cost, hops, changes between stops, names. It is reached by popping
//! partial chains by their lower bounds in that order, with ties broken by the names so far: as no hop can make a bound
//! smaller, chains come out in order, and those that are never needed are never made.
//!
//! What a hop is belongs to a [`Space`]; nothing here knows ways, edges or stops.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::query::Interrupt;

/// One hop of a chain.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Hop {
    /// Where it starts: where the last one ended, or a stop that meets it there.
    pub(crate) board: u32,
    /// The way, for stretches.
    pub(crate) way: Option<u32>,
    /// The edges that it rests on.
    pub(crate) edges: [Option<u32>; 2],
    /// Where it ends.
    pub(crate) leave: u32,
    /// Its weight in thousandths; none if unknown. Never negative.
    pub(crate) weight: Option<u64>,
}

/// What is searched.
pub(crate) trait Space {
    /// First hops, with whether the start is only met there (inferred).
    fn starts(&self, out: &mut Vec<(Hop, bool)>);
    /// Hops that may follow `chain`; nodes of the chain need not be left out.
    fn next(&self, chain: &[Hop], out: &mut Vec<Hop>);
    /// At least this cost and this many hops are still to come once `hop` has followed `chain`; none: no way on.
    fn bound(&self, chain: &[Hop], hop: &Hop) -> Option<(u64, u32)>;
    /// Whether a chain is whole; `Some(true)` if its end is only met there (inferred).
    fn whole(&self, chain: &[Hop]) -> Option<bool>;
    /// Whether a chain says nothing that a better one, over the same ways in the same order, has not said.
    fn repeats(&self, chain: &[Hop], better: &[Hop]) -> bool;
    /// Whether a whole chain may still go on to be another one.
    fn goes_on(&self, chain: &[Hop]) -> bool;
    /// What chains of equal worth are ordered by, for one node or way.
    fn name(&self, node: u32) -> (u32, u32);
}

/// What ended a search before all chains were seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    /// Somebody stopped it.
    Interrupted,
    /// It took too long.
    Time,
    /// Too many chains were open.
    Memory,
}

/// A chain that leads there.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Chain {
    /// Its hops; at least one.
    pub(crate) hops: Vec<Hop>,
    /// Sum of the weights in thousandths, each way once; none if one is unknown.
    pub(crate) cost: Option<u64>,
}

/// What a search found.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Found {
    /// The best, in order.
    pub(crate) chains: Vec<Chain>,
    /// What ended it early.
    pub(crate) stop: Option<Stop>,
    /// Whether more than the asked-for number are there.
    pub(crate) more: bool,
    /// Whether a longer chain may be there beyond the bound on hops.
    pub(crate) hops_cut: bool,
}

/// Looks at the interrupt and the clock every thousand polls.
#[derive(Debug)]
pub(crate) struct Watch<'a> {
    interrupt: &'a Interrupt,
    clock: Option<fn() -> u64>,
    end: u64,
    polls: u32,
}

impl<'a> Watch<'a> {
    /// Stops by `interrupt`, or once `clock` has gone on by `time`.
    pub(crate) fn new(interrupt: &'a Interrupt, clock: Option<fn() -> u64>, time: u64) -> Self {
        let end = clock.map_or(u64::MAX, |c| c().saturating_add(time));
        Self { interrupt, clock, end, polls: 0 }
    }

    /// Whether it is time to stop.
    pub(crate) fn poll(&mut self) -> Option<Stop> {
        self.polls = self.polls.wrapping_add(1);
        if self.polls % 1024 == 1 { self.look() } else { None }
    }

    /// As [`Watch::poll`], at once.
    pub(crate) fn look(&self) -> Option<Stop> {
        if self.interrupt.is_set() {
            return Some(Stop::Interrupted);
        }
        self.clock.is_some_and(|c| c() >= self.end).then_some(Stop::Time)
    }
}

/// More open chains than this are not kept.
const MOST_OPEN: usize = 2_000_000;

/// What is asked of a search.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// How many chains.
    pub(crate) most: usize,
    /// How many hops one may have.
    pub(crate) hops: u32,
}

/// The `limits.most` best chains of `space`.
pub(crate) fn search<S: Space>(space: &S, limits: Limits, watch: &mut Watch<'_>) -> Found {
    let mut found = Found::default();
    let mut open: BinaryHeap<Entry> = BinaryHeap::new();
    let mut starts = Vec::new();
    space.starts(&mut starts);
    for (hop, met) in starts {
        push(space, &[], None, hop, met, limits, &mut open, &mut found);
    }
    let mut next = Vec::new();
    // The chains that were found, by their ways.
    let mut over: FxHashMap<Vec<Option<u32>>, Vec<usize>> = FxHashMap::default();
    while let Some(entry) = open.pop() {
        found.stop = watch.poll().or((open.len() > MOST_OPEN).then_some(Stop::Memory));
        if found.stop.is_some() {
            break;
        }
        if entry.whole {
            let alike = over.entry(entry.hops.iter().map(|h| h.way).collect()).or_default();
            if alike.iter().filter_map(|&at| found.chains.get(at)).any(|better| space.repeats(&entry.hops, &better.hops)) {
                continue;
            }
            if found.chains.len() == limits.most {
                found.more = true;
                break;
            }
            alike.push(found.chains.len());
            found.chains.push(Chain { cost: (entry.key.missing == 0).then_some(entry.key.cost), hops: entry.hops.to_vec() });
            continue;
        }
        let whole = space.whole(&entry.hops);
        if let Some(met) = whole {
            open.push(finished(&entry, met));
        }
        if whole.is_none() || space.goes_on(&entry.hops) {
            next.clear();
            space.next(&entry.hops, &mut next);
            for &hop in &next {
                if !visits(&entry.hops, hop) {
                    push(space, &entry.hops, Some(&entry), hop, false, limits, &mut open, &mut found);
                }
            }
        }
    }
    found
}

/// Whether a hop leads to, or starts at, a node where the chain was before.
fn visits(chain: &[Hop], hop: Hop) -> bool {
    let last = chain.last().map(|h| h.leave);
    let seen = |node: u32| chain.iter().any(|h| h.board == node || h.leave == node);
    seen(hop.leave) || (Some(hop.board) != last && seen(hop.board)) || hop.board == hop.leave
}

/// The order of chains, and a lower bound of it for partial ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    /// 1 where a weight is unknown.
    missing: u8,
    cost: u64,
    hops: u32,
    changes: u32,
}

struct Entry {
    /// Bounds for partial chains, the thing itself for whole ones.
    key: Key,
    /// What it has come to so far.
    so_far: Key,
    /// What ties are broken by.
    names: Rc<[(u32, u32)]>,
    hops: Rc<[Hop]>,
    whole: bool,
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Entry {}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Entry {
    /// Greatest is popped first: so the best is the greatest.
    fn cmp(&self, other: &Self) -> Ordering {
        let edges = |e: &Self| e.hops.iter().flat_map(|h| h.edges).collect::<Vec<_>>();
        other
            .key
            .cmp(&self.key)
            .then_with(|| other.names.cmp(&self.names))
            .then_with(|| self.whole.cmp(&other.whole))
            .then_with(|| edges(other).cmp(&edges(self)))
    }
}

#[expect(clippy::too_many_arguments, reason = "the loop's own state, taken apart to keep the loop readable")]
fn push<S: Space>(
    space: &S,
    chain: &[Hop],
    parent: Option<&Entry>,
    hop: Hop,
    met: bool,
    limits: Limits,
    open: &mut BinaryHeap<Entry>,
    found: &mut Found,
) {
    let Some((cost, hops)) = space.bound(chain, &hop) else { return };
    let mut so_far = parent.map_or(Key { missing: 0, cost: 0, hops: 0, changes: 0 }, |p| p.so_far);
    let used = hop.way.is_some() && chain.iter().any(|h| h.way == hop.way);
    match hop.weight {
        Some(weight) if !used => so_far.cost = so_far.cost.saturating_add(weight),
        Some(_) => {}
        None => so_far.missing = 1,
    }
    // What is known of an incomplete sum says nothing.
    let (cost, known) = if so_far.missing == 1 { (0, 0) } else { (cost, so_far.cost) };
    so_far.cost = known;
    let changed = chain.last().map_or(met, |last| last.leave != hop.board);
    so_far.hops += 1;
    so_far.changes += u32::from(changed);
    let key = Key { cost: so_far.cost.saturating_add(cost), hops: so_far.hops.saturating_add(hops), ..so_far };
    if key.hops > limits.hops {
        found.hops_cut = true;
        return;
    }
    let mut names: Vec<(u32, u32)> = parent.map_or_else(Vec::new, |p| p.names.to_vec());
    if chain.is_empty() || changed {
        names.push(space.name(hop.board));
    }
    names.extend(hop.way.map(|w| space.name(w)));
    names.push(space.name(hop.leave));
    let hops: Vec<Hop> = chain.iter().copied().chain([hop]).collect();
    open.push(Entry { key, so_far, names: names.into(), hops: hops.into(), whole: false });
}

/// A whole chain, to be given out in its turn.
fn finished(entry: &Entry, met: bool) -> Entry {
    let key = Key { changes: entry.so_far.changes + u32::from(met), ..entry.so_far };
    Entry { key, so_far: key, names: entry.names.clone(), hops: entry.hops.clone(), whole: true }
}
