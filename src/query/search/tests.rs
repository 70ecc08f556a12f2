//! The search against an enumeration of every simple path, on random small networks.

use proptest::prelude::*;

use super::*;

#[derive(Debug, Clone)]
struct Toy {
    nodes: u32,
    /// (from, to, cost); the position is the edge's id.
    edges: Vec<(u32, u32, Option<f64>)>,
    directed: bool,
}

impl Network for Toy {
    fn size(&self) -> u32 {
        self.nodes
    }

    fn hops<F: FnMut(Hop)>(&self, at: u32, back: bool, mut each: F) {
        for (edge, &(from, to, cost)) in self.edges.iter().enumerate() {
            let edge = edge as u32;
            if if back { to == at } else { from == at } {
                each(Hop { edge, to: if back { from } else { to }, cost });
            }
            if !self.directed && from != to && (if back { from == at } else { to == at }) {
                each(Hop { edge, to: if back { to } else { from }, cost });
            }
        }
    }
}

/// Every simple path, by plain recursion.
fn brute(toy: &Toy, request: Request) -> Vec<Cost> {
    fn walk(toy: &Toy, request: Request, at: u32, cost: Cost, nodes: &mut Vec<u32>, edges: &mut Vec<u32>, all: &mut Vec<Cost>) {
        if at == request.goal && cost.hops >= request.least {
            all.push(cost);
        }
        let mut steps = Vec::new();
        toy.hops(at, false, |hop| steps.push(hop));
        for hop in steps {
            let repeats = match request.simple {
                Simple::Nodes => nodes.contains(&hop.to),
                Simple::Edges => edges.contains(&hop.edge),
            };
            if repeats || request.most.is_some_and(|m| cost.hops >= m) {
                continue;
            }
            nodes.push(hop.to);
            edges.push(hop.edge);
            walk(toy, request, hop.to, cost.plus(Cost::of(&hop)), nodes, edges, all);
            nodes.pop();
            edges.pop();
        }
    }
    let mut all = Vec::new();
    walk(toy, request, request.start, Cost::default(), &mut vec![request.start], &mut Vec::new(), &mut all);
    all.sort();
    all
}

fn costs(toy: &Toy, request: Request) -> Vec<Cost> {
    let interrupt = Interrupt::new();
    let mut search = Search::new(toy, request);
    let mut found = Vec::new();
    let mut paths = std::collections::BTreeSet::new();
    while let Ok(Some(path)) = search.next(&interrupt) {
        assert!(paths.insert(path.steps.clone()), "{:?} came twice", path.steps);
        found.push(path.cost);
    }
    found
}

fn toys() -> impl Strategy<Value = Toy> {
    let edge = (0..6u32, 0..6u32, prop_oneof![8 => (0..5u8).prop_map(|c| Some(f64::from(c))), 1 => Just(None)]);
    (proptest::collection::vec(edge, 0..12), any::<bool>()).prop_map(|(edges, directed)| Toy { nodes: 6, edges, directed })
}

proptest! {
    #[test]
    fn bounded_paths_are_all_and_in_order(toy in toys(), start in 0..6u32, goal in 0..6u32, least in 0..3u32, most in 1..6u32, nodes in any::<bool>()) {
        let simple = if nodes { Simple::Nodes } else { Simple::Edges };
        let request = Request { start, goal, least, most: Some(most), simple };
        prop_assert_eq!(costs(&toy, request), brute(&toy, request));
    }

    #[test]
    fn unbounded_paths_are_all_and_in_order(toy in toys(), start in 0..6u32, goal in 0..6u32, least in 0..3u32) {
        let request = Request { start, goal, least, most: None, simple: Simple::Nodes };
        prop_assert_eq!(costs(&toy, request), brute(&toy, request));
    }
}

proptest! {
    #[test]
    fn costs_that_are_no_whole_numbers_ascend_too(toy in toys(), start in 0..6u32, goal in 0..6u32) {
        let tenths = |e: &(u32, u32, Option<f64>)| (e.0, e.1, e.2.map(|c| c * 0.1));
        let toy = Toy { edges: toy.edges.iter().map(tenths).collect(), ..toy };
        let request = Request { start, goal, least: 0, most: None, simple: Simple::Nodes };
        let (found, wanted) = (costs(&toy, request), brute(&toy, request));
        prop_assert_eq!(found.len(), wanted.len());
        for (found, wanted) in found.iter().zip(&wanted) {
            prop_assert!((found.missing, (found.sum * 1e9).round()) == (wanted.missing, (wanted.sum * 1e9).round()));
        }
    }
}

#[test]
fn many_paths_of_a_grid_come_as_with_a_bound_on_hops() {
    let wide = 5;
    let at = |x: u32, y: u32| y * wide + x;
    let steps = (0..wide).flat_map(|y| (0..wide).map(move |x| (x, y)));
    let edges = steps.flat_map(|(x, y)| {
        let cost = |to: u32| Some(f64::from((at(x, y) * 7 + to * 13) % 5 + 1));
        let right = (x + 1 < wide).then(|| (at(x, y), at(x + 1, y), cost(at(x + 1, y))));
        right.into_iter().chain((y + 1 < wide).then(|| (at(x, y), at(x, y + 1), cost(at(x, y + 1)))))
    });
    let toy = Toy { nodes: wide * wide, edges: edges.collect(), directed: false };
    let interrupt = Interrupt::new();
    let first = |most| {
        let request = Request { start: 0, goal: toy.nodes - 1, least: 1, most, simple: Simple::Nodes };
        let mut search = Search::new(&toy, request);
        (0..300).map(|_| search.next(&interrupt).unwrap().unwrap().cost).collect::<Vec<_>>()
    };
    assert_eq!(first(None), first(Some(24)));
}

#[test]
fn a_path_with_a_cost_unknown_comes_after_those_that_are_complete() {
    let edges = vec![(0, 1, None), (0, 2, Some(50.0)), (2, 1, Some(50.0))];
    let toy = Toy { nodes: 3, edges, directed: true };
    let request = Request { start: 0, goal: 1, least: 1, most: None, simple: Simple::Nodes };
    assert_eq!(costs(&toy, request).iter().map(|c| c.total()).collect::<Vec<_>>(), [Some(100.0), None]);
}

#[test]
fn an_interrupt_stops_the_search() {
    // A ladder of doubled edges: 2^40 paths.
    let edges = (0..40).flat_map(|i| [(i, i + 1, Some(1.0)), (i, i + 1, Some(1.0))]).collect();
    let toy = Toy { nodes: 41, edges, directed: true };
    let interrupt = Interrupt::new();
    let request = Request { start: 0, goal: 40, least: 1, most: Some(40), simple: Simple::Nodes };
    let mut search = Search::new(&toy, request);
    assert!(search.next(&interrupt).is_ok_and(|f| f.is_some()));
    interrupt.set();
    let stopped = (0..2000).any(|_| search.next(&interrupt).is_err());
    assert!(stopped);
}
