//! A small graph of the shape that ours have: a few hubs, corridors through states, a grid of places joined by legs.

use silkgraph::graph::{EdgeDraft, FrozenGraph, Given, GraphBuilder, NodeDraft};
use silkgraph::model::Value as Cell;
use silkgraph::query::{Params, Value};

/// A generator of numbers that are the same everywhere.
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below as u64) as usize
    }

    /// Small numbers far more often than large ones.
    fn hub(&mut self, below: usize) -> usize {
        let a = self.next(below) + 1;
        self.next(a)
    }
}

const COUNTS: [(&str, usize); 6] =
    [("State", 100), ("Organisation", 1_000), ("Corridor", 300), ("Agreement", 1_500), ("Person", 1_800), ("Place", 3_600)];

/// Columns of the grid of places.
const WIDE: usize = 60;

fn given(name: &str, value: Cell) -> Given {
    Given { name: name.into(), value, claims: Vec::new() }
}

pub(crate) fn graph() -> FrozenGraph {
    let (mut builder, mut dice) = (GraphBuilder::new(), Dice(20_261_122));
    let mut first = std::collections::BTreeMap::new();
    for (kind, count) in COUNTS {
        for i in 0..count {
            let mut attrs = vec![given("year", Cell::Int(1990 + dice.next(37) as i64))];
            if kind == "Place" {
                let state = (i % WIDE) / 6 + 10 * (i / WIDE / 6);
                attrs.push(given("state", Cell::Text(format!("State {state}").into())));
            }
            let name = format!("{kind} {i}");
            let draft = NodeDraft {
                id: name.as_str().into(),
                kind: kind.into(),
                name: name.as_str().into(),
                attrs,
                ..NodeDraft::default()
            };
            let number = builder.node(draft);
            first.entry(kind).or_insert(number);
        }
    }
    let count = |kind: &str| COUNTS.iter().find(|c| c.0 == kind).map_or(1, |c| c.1);
    let plan = [
        ("party_to", "State", "Agreement", 8_000),
        ("party_to", "Organisation", "Agreement", 3_000),
        ("funds", "State", "Corridor", 1_500),
        ("funds", "Organisation", "Corridor", 2_000),
        ("passes_through", "Corridor", "State", 3_000),
        ("passes_through", "Corridor", "Place", 2_000),
    ];
    let mut seen = std::collections::BTreeSet::new();
    for (edge, from, to, times) in plan {
        for _ in 0..times {
            let ends = (first[from] + dice.hub(count(from)) as u32, first[to] + dice.next(count(to)) as u32);
            if seen.insert((edge, ends)) {
                let attrs = vec![given("amount", Cell::Int(1 + dice.next(1000) as i64))];
                builder.edge(ends.0, ends.1, EdgeDraft { kind: edge.into(), attrs, ..EdgeDraft::default() });
            }
        }
    }
    for i in 0..count("Place") {
        for (step, fits) in [(1, i % WIDE + 1 < WIDE), (WIDE, i + WIDE < count("Place"))] {
            if fits && dice.next(10) < 9 {
                let attrs = vec![given("len", Cell::Int(5_000 + dice.next(15_000) as i64))];
                let place = first["Place"] + i as u32;
                builder.edge(place, place + step as u32, EdgeDraft { kind: "leg".into(), attrs, ..EdgeDraft::default() });
            }
        }
    }
    builder.finish().freeze().expect("a small graph")
}

pub(crate) fn params() -> Params {
    let mut params = super::texts(&[
        ("person", "Person 600"),
        ("hub", "State 0"),
        ("through", "State 2"),
        ("past", "State 1"),
        ("from", "Place 1810"),
        ("to", "Place 1848"),
        ("avoid", "State 55"),
        ("near_from", "Place 1510"),
        ("near_to", "Place 1632"),
        ("near_avoid", "State 41"),
    ]);
    params.insert("amount".to_owned(), Value::Int(900));
    params.insert("year".to_owned(), Value::Int(2020));
    params
}
