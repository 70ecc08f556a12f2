//! Routes against an independent brute force: every chain is tried, kept if it is a route, and all are sorted.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{Drawing, names, routes, shown};
use crate::model::Mode;
use crate::query::answer::Value;
use crate::query::ast::{By, Search, Tail, Word};
use crate::span::{Span, Spanned};

/// Stops S0… in regions; ways with orders or without; something avoided.
#[derive(Debug, Clone)]
struct World {
    stops: usize,
    /// The region or state that a stop lies in.
    parents: Vec<Option<usize>>,
    ways: Vec<(Vec<usize>, bool, Option<u32>)>,
    avoided: usize,
    from: usize,
    to: usize,
    via: Option<usize>,
    hops: u32,
    most: u64,
    weighed: bool,
}

fn worlds() -> impl Strategy<Value = World> {
    (4_usize..8).prop_flat_map(|stops| {
        let way = (prop::collection::vec(0..stops, 2..5), any::<bool>(), prop::option::of(1_u32..4));
        let parents = prop::collection::vec(prop::option::weighted(0.3, 0..stops), stops);
        let rest = (0..stops, 0..stops, 0..stops, prop::option::weighted(0.3, 0..stops), 1_u32..5, 1_u64..12, any::<bool>());
        (parents, prop::collection::vec(way, 1..6), rest).prop_map(
            move |(parents, ways, (avoided, from, to, via, hops, most, weighed))| {
                // A stop lies only in one of a smaller number: no cycles.
                let parents = parents.into_iter().enumerate().map(|(i, p)| p.filter(|&p| p < i)).collect();
                let distinct = |stops: Vec<usize>| {
                    let mut seen = BTreeSet::new();
                    stops.into_iter().filter(|s| seen.insert(*s)).collect::<Vec<_>>()
                };
                let ways = ways.into_iter().map(|(s, o, l)| (distinct(s), o, l)).collect();
                World { stops, parents, ways, avoided, from, to, via, hops, most, weighed }
            },
        )
    })
}

impl World {
    fn drawing(&self) -> Drawing {
        let mut text = String::new();
        for (w, (stops, ordered, length)) in self.ways.iter().enumerate() {
            let names: Vec<String> = stops.iter().map(|s| format!("S{s}")).collect();
            let join = if *ordered && stops.len() > 1 { " > " } else { ", " };
            text += &format!("W{w}: {}\n", names.join(join));
            if let Some(length) = length {
                text += &format!("W{w} length_km={length}\n");
            }
        }
        let mut drawing = Drawing::default();
        for stop in 0..self.stops {
            drawing.kinds.insert(format!("S{stop}"), "State");
        }
        let mut lines = Drawing::of(&text);
        drawing.kinds.append(&mut lines.kinds);
        drawing.attrs = lines.attrs;
        drawing.edges = lines.edges;
        for (inner, outer) in self.parents.iter().enumerate() {
            if let Some(outer) = outer {
                drawing.edge(&format!("S{inner}"), "located_in", &format!("S{outer}"), Mode::Actual, None);
            }
        }
        drawing
    }

    fn lies_in(&self, inner: usize, outer: usize) -> bool {
        std::iter::successors(self.parents[inner], |&p| self.parents[p]).any(|p| p == outer)
    }

    fn within(&self, inner: usize, outer: usize) -> bool {
        inner == outer || self.lies_in(inner, outer)
    }

    fn gone(&self, stop: usize) -> bool {
        self.within(stop, self.avoided)
    }

    /// Whether a stretch touches nothing that is avoided.
    fn open(&self, way: usize, a: usize, b: usize) -> bool {
        let between = self.between(way, a, b);
        !between.is_empty() && !between.iter().any(|&s| self.gone(s))
    }

    /// The stops that a stretch touches; none if there is no such stretch.
    fn between(&self, way: usize, a: usize, b: usize) -> &[usize] {
        let (stops, ordered, _) = &self.ways[way];
        let at = |s: usize| stops.iter().position(|x| *x == s);
        let (Some(i), Some(j)) = (at(a), at(b)) else { return &[] };
        if *ordered { &stops[i.min(j)..=i.max(j)] } else { stops }
    }

    /// Every chain of stretches, as (board, way, leave).
    fn chains(&self) -> Vec<Vec<(usize, usize, usize)>> {
        let mut all = Vec::new();
        for start in 0..self.stops {
            if self.within(start, self.from) || self.lies_in(self.from, start) {
                self.extend(&mut vec![], start, &mut all);
            }
        }
        all
    }

    fn extend(&self, chain: &mut Vec<(usize, usize, usize)>, board: usize, all: &mut Vec<Vec<(usize, usize, usize)>>) {
        if chain.len() as u32 >= self.hops || self.gone(board) {
            return;
        }
        for way in 0..self.ways.len() {
            for leave in 0..self.stops {
                let been = |s: usize| chain.iter().any(|h| h.0 == s || h.2 == s);
                let back = self.via.is_none() && self.within(leave, self.from);
                if leave == board || been(leave) || !self.open(way, board, leave) || back {
                    continue;
                }
                if chain.last().is_some_and(|h| h.1 == way || (h.2 != board && been(board))) {
                    continue;
                }
                chain.push((board, way, leave));
                let whole = self.via.is_none_or(|via| self.passes(chain, via));
                if whole && self.within(leave, self.to) {
                    all.push(chain.clone());
                } else {
                    if whole && self.lies_in(self.to, leave) {
                        all.push(chain.clone());
                    }
                    for next in 0..self.stops {
                        if self.within(next, leave) || self.lies_in(leave, next) {
                            self.extend(chain, next, all);
                        }
                    }
                }
                chain.pop();
            }
        }
    }

    /// Whether a chain touches a stop or what lies in it.
    fn passes(&self, chain: &[(usize, usize, usize)], via: usize) -> bool {
        chain.iter().any(|&(a, way, b)| self.between(way, a, b).iter().any(|&s| self.within(s, via)))
    }

    /// Whether no way of the chain can be left out because another of its ways leads on by itself.
    fn is_minimal(&self, chain: &[(usize, usize, usize)]) -> bool {
        let pairs = (0..chain.len()).flat_map(|i| (i + 1..chain.len()).map(move |j| (i, j)));
        !pairs.into_iter().any(|(i, j)| {
            let (from, to) = (chain[i].0, chain[j].2);
            let needed = self.via.is_some_and(|via| self.passes(&chain[i..=j], via));
            [chain[i].1, chain[j].1].into_iter().any(|way| {
                self.open(way, from, to) && (!needed || self.via.is_some_and(|via| self.passes(&[(from, way, to)], via)))
            })
        })
    }

    /// Whether a chain takes the ways of another, changing at stops that are equal or contain each other.
    fn repeats(&self, a: &[(usize, usize, usize)], b: &[(usize, usize, usize)]) -> bool {
        let met = |x: usize, y: usize| self.within(x, y) || self.within(y, x);
        a.iter().map(|h| h.1).eq(b.iter().map(|h| h.1))
            && (1..a.len()).all(|i| met(a[i - 1].2, b[i - 1].2) && met(a[i].0, b[i].0))
    }

    /// (missing, cost, hops, changes, names) of a chain.
    fn key(&self, chain: &[(usize, usize, usize)]) -> (bool, u32, usize, usize, Vec<String>) {
        let ways: BTreeSet<usize> = chain.iter().map(|h| h.1).collect();
        let missing = self.weighed && ways.iter().any(|&w| self.ways[w].2.is_none());
        let cost = if self.weighed && !missing { ways.iter().filter_map(|&w| self.ways[w].2).sum() } else { 0 };
        let mut changes = usize::from(!self.within(chain[0].0, self.from));
        changes += usize::from(!self.within(chain[chain.len() - 1].2, self.to));
        let mut path = Vec::new();
        for (i, hop) in chain.iter().enumerate() {
            let changed = i > 0 && chain[i - 1].2 != hop.0;
            changes += usize::from(changed);
            if i == 0 || changed {
                path.push(format!("S{}", hop.0));
            }
            path.push(format!("W{}", hop.1));
            path.push(format!("S{}", hop.2));
        }
        (missing, cost, chain.len(), changes, path)
    }

    /// As a route is shown.
    fn shown(&self, chain: &[(usize, usize, usize)]) -> String {
        let mut text = format!("S{}", chain[0].0);
        if !self.within(chain[0].0, self.from) {
            text = format!("S{} ~ {text}", self.from);
        }
        for (i, hop) in chain.iter().enumerate() {
            if i > 0 && chain[i - 1].2 != hop.0 {
                text += &format!(" ~ S{}", hop.0);
            }
            text += &format!(" -W{}-> S{}", hop.1, hop.2);
        }
        let last = chain[chain.len() - 1].2;
        if !self.within(last, self.to) {
            text += &format!(" ~ S{}", self.to);
        }
        text
    }
}

fn tail(world: &World) -> Tail<'static> {
    let by = world.weighed.then(|| By::Property(Word { text: "length_km".into(), span: Span::default() }));
    Tail { by, limit: Some(Spanned::new(world.most, Span::default())), ..Tail::default() }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_best_routes_are_those_of_brute_force(world in worlds()) {
        let graph = world.drawing().freeze();
        let (from, to, avoid) = (format!("S{}", world.from), format!("S{}", world.to), format!("S{}", world.avoided));
        let via = world.via.map(|v| format!("S{v}"));
        let search = Search {
            via: via.iter().map(|v| names(v)).collect(),
            from: Some(names(&from)),
            to: Some(names(&to)),
            avoid: vec![names(&avoid)],
            hops: Some(Spanned::new(world.hops, Span::default())),
            ..Search::default()
        };
        let answer = routes(&graph, search, tail(&world));
        if world.gone(world.from) || world.gone(world.to) {
            prop_assert!(answer.is_err());
            return Ok(());
        }
        let mut all = world.chains();
        all.retain(|c| world.is_minimal(c));
        all.sort_by_cached_key(|c| world.key(c));
        let mut chains: Vec<Vec<(usize, usize, usize)>> = Vec::new();
        for chain in all {
            if !chains.iter().any(|better| world.repeats(&chain, better)) {
                chains.push(chain);
            }
        }
        let expected: Vec<String> = chains.iter().take(world.most as usize).map(|c| world.shown(c)).collect();
        let answer = answer.map_err(TestCaseError::fail)?;
        let found: Vec<String> = answer.rows.iter().map(|r| shown(&graph, &r.cells[0])).collect();
        prop_assert_eq!(&found, &expected);
        for (row, chain) in answer.rows.iter().zip(&chains) {
            let key = world.key(chain);
            let cost = if world.weighed && !key.0 { Some(f64::from(key.1)) } else { None };
            prop_assert_eq!(row.cells[2].number(), cost);
            prop_assert!(matches!(row.cells[3], Value::Text(_)), "the basis is told");
        }
    }
}
