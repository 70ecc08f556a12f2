//! `path` and `paths`: chains of any edges between two ends, walked in both directions.
//!
//! A way that lies on a path between two of its stops is a stretch there, and what it may touch between them counts.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::chains::{COLUMNS, Sought, Weight, barring, ends, note_found, number, offer_borders, weight};
use super::filter::{About, value};
use super::lens::Lens;
use super::outline::Outline;
use super::routes::Wanted;
use super::search::{Chain, Hop, Space, search};
use super::stretches::Usable;
use super::ways::{Basis, Stop};
use super::{Context, answer, row_with_evidence, scan};
use crate::diagnostic::Diagnostic;
use crate::graph::Direction;
use crate::model::Mode;
use crate::query::answer::{Answer, AnswerKind, Route, Row, Step, Value};
use crate::query::ast::{By, Expr, Paths, Tail};

/// The steps of `path` and `paths`.
pub(super) fn outline<'c, 'a, 'g>(context: &'c Context<'a, 'g>, paths: &'c Paths<'c>) -> Result<Outline<'c, 'a, 'g>, Diagnostic> {
    let mut search = paths.search.clone();
    let (from, to) = (search.from.take(), search.to.take());
    let mut wanted = context.wanted(&search)?;
    for (names, ends) in [(from, &mut wanted.from), (to, &mut wanted.to)] {
        if let Some(names) = names {
            *ends = context.bind(&names, &[])?;
        }
    }
    for end in wanted.from.iter().chain(&wanted.to) {
        context.check_end(end, &wanted.avoided)?;
    }
    let (default, wanted) = (if paths.many { context.options.answers } else { 1 }, Rc::new(wanted));
    let mut outline = Outline::new(context, &paths.tail, About::Nothing, answer(AnswerKind::Routes, COLUMNS))?;
    let mut sought = Sought::of(&outline, &paths.search, &paths.tail, default);
    // Who asks for a path gets one, and knows it.
    sought.counted |= default == 1;
    steps(&mut outline, sought, &wanted)?;
    outline.filter()?;
    outline.order_and_page((sought.limits.most > default).then_some(default))?;
    Ok(outline)
}

/// The steps that find chains of the edges that `over` names, or of any.
pub(super) fn steps<'c>(outline: &mut Outline<'c, '_, '_>, sought: Sought<'c>, wanted: &Rc<Wanted>) -> Result<(), Diagnostic> {
    let context = outline.context();
    let filter = outline.take_things()?;
    let mut types = Vec::new();
    outline.remark(|answer| {
        super::routes::unmentioned(answer, wanted);
        types = context.joining_types(&sought.search.over, answer);
    });
    // Who names an edge that only world data has asks for world data.
    let of_world: Vec<u16> = match sought.search.over.is_empty() {
        true => Vec::new(),
        false => types.iter().copied().filter(|&t| context.is_of_world(t)).collect(),
    };
    let barred: Rc<RefCell<FxHashMap<u32, Usable>>> = Rc::default();
    if !wanted.avoided.is_empty() {
        scan::ways(outline);
        let (own, wanted) = (barred.clone(), wanted.clone());
        let text = format!("exclude {}: keep ways with stretches that pass it", scan::avoided(outline, &wanted));
        outline.keep_nodes(&text, move |node, _| {
            let usable = barring_way(context, node, &wanted);
            let kept = usable.is_some();
            own.borrow_mut().extend(usable.map(|u| (node, u)));
            kept
        });
    }
    let over = match types.len() == context.graph.edge_type_names().len() {
        true => "any edge".to_owned(),
        false => types.iter().map(|&t| context.graph.edge_type_name(t)).collect::<Vec<_>>().join("|"),
    };
    let asked = if filter.is_empty() { "" } else { ", each edge as `where` says" };
    let text = format!("search paths from {} over {over}{asked}, {}", ends(context, wanted), sought.shown(""));
    let wanted = wanted.clone();
    outline.rows(&text, move |_, answer| {
        Ok(found_rows(context, (&types, &of_world, &filter), &wanted, &sought, barred.take(), answer))
    });
    Ok(())
}

/// Searches chains of edges of some types that fit, and tells what there is to say about it.
fn found_rows(
    context: &Context<'_, '_>,
    (types, of_world, filter): (&[u16], &[u16], &[&Expr<'_>]),
    wanted: &Wanted,
    sought: &Sought<'_>,
    ways: FxHashMap<u32, Usable>,
    answer: &mut Answer,
) -> Vec<Row> {
    let weight = leg_weight(context, sought.tail, answer);
    let ends = |bounds: &[crate::query::resolve::Bound]| -> FxHashSet<u32> {
        let inside = bounds.iter().flat_map(|b| context.inside(b));
        inside.filter(|&n| !wanted.avoided.iter().any(|a| a.holds(n))).collect()
    };
    let mut space = Edges {
        context,
        types,
        of_world,
        wanted,
        from: ends(&wanted.from),
        to: ends(&wanted.to),
        named: wanted.from.iter().chain(&wanted.to).filter_map(|b| b.node).collect(),
        ways,
        weight,
        filter,
        bounds: FxHashMap::default(),
    };
    space.bounds = space.walk_back(sought.limits.hops);
    let found = search(&space, sought.limits, &mut context.watch());
    note_found(answer, &found, sought);
    if found.chains.is_empty() && found.stop.is_none() {
        offer_borders(context, answer, wanted);
    }
    let rows: Vec<Row> = found.chains.iter().map(|c| row(&space, c)).collect();
    context.note_world(answer, rows.iter().flat_map(|r| r.edges.iter().copied()));
    rows
}

/// A way with the stops that bar stretches of it, if something avoided does.
fn barring_way(context: &Context<'_, '_>, node: u32, wanted: &Wanted) -> Option<Usable> {
    let ways = context.ways();
    let way = ways.way(node);
    let each = wanted.avoided.iter().map(|a| (a, ways.judge(&way, a)));
    let barred: Vec<Stop> = each.flat_map(|(a, v)| barring(context, &way, a, &v)).collect();
    (!barred.is_empty()).then_some(Usable { way, barred, weight: None })
}

/// What an edge weighs: an attribute of it.
fn leg_weight(context: &Context<'_, '_>, tail: &Tail<'_>, answer: &mut Answer) -> Option<Weight> {
    let Some(By::Property(word)) = &tail.by else { return None };
    let mut weight = weight(context, tail, std::iter::empty(), answer)?;
    let attribute = context.graph.attribute_id(&word.text)?;
    let units = (0..context.graph.edge_count()).filter_map(|e| match context.graph.edge_value(e, attribute).map(value) {
        Some(Value::Quantity(q)) => q.unit.clone(),
        _ => None,
    });
    let mut count: std::collections::BTreeMap<Arc<str>, usize> = std::collections::BTreeMap::new();
    units.for_each(|u| *count.entry(u).or_default() += 1);
    weight.unit = count.iter().max_by_key(|(u, n)| (**n, std::cmp::Reverse((*u).clone()))).map(|(u, _)| u.clone());
    Some(weight)
}

/// Chains of edges.
struct Edges<'a, 'c, 'g> {
    context: &'a Context<'c, 'g>,
    types: &'a [u16],
    /// Those of world data that were named.
    of_world: &'a [u16],
    wanted: &'a Wanted,
    from: FxHashSet<u32>,
    to: FxHashSet<u32>,
    /// The ends that were named, rather than what they contain.
    named: FxHashSet<u32>,
    /// The ways with stops that bar stretches.
    ways: FxHashMap<u32, Usable>,
    weight: Option<Weight>,
    /// What each edge must be.
    filter: &'a [&'a Expr<'a>],
    bounds: FxHashMap<u32, (u64, u32)>,
}

impl Edges<'_, '_, '_> {
    fn is_removed(&self, node: u32) -> bool {
        self.wanted.avoided.iter().any(|a| a.holds(node))
    }

    fn lens(&self, kind: u16) -> Lens<'_> {
        if self.of_world.contains(&kind) { self.context.lens.world(true) } else { self.context.lens }
    }

    /// (node at the other end, edge) for every edge that may be walked.
    fn steps(&self, node: u32, mut each: impl FnMut(u32, u32)) {
        for &kind in self.types {
            let lens = self.lens(kind);
            for direction in [Direction::Out, Direction::In] {
                for (other, edge) in self.context.graph.adjacency(kind, direction).of(node).iter() {
                    // What is denied joins nothing, even where denials are asked for.
                    let joins = lens.shown(edge).is_some_and(|m| m != Mode::Denied);
                    if joins && !self.is_removed(other) {
                        each(other, edge);
                    }
                }
            }
        }
    }

    /// Hops from each node to the far end, as far as the bound goes.
    fn walk_back(&self, most: u32) -> FxHashMap<u32, (u64, u32)> {
        let mut bounds: FxHashMap<u32, (u64, u32)> = self.to.iter().map(|&n| (n, (0, 0))).collect();
        let mut open: VecDeque<u32> = self.to.iter().copied().collect();
        while let Some(node) = open.pop_front() {
            let hops = bounds.get(&node).map_or(0, |b| b.1) + 1;
            if hops > most {
                continue;
            }
            self.steps(node, |other, _| {
                bounds.entry(other).or_insert_with(|| {
                    open.push_back(other);
                    (0, hops)
                });
            });
        }
        bounds
    }

    fn weigh(&self, edge: u32) -> Option<u64> {
        let Some(weight) = &self.weight else { return Some(0) };
        weight.of(&value(self.context.graph.edge_value(edge, weight.attribute?)?))
    }

    /// Whether the chain may leave a way for a stop, by what lies between that and the stop where it came from.
    fn is_open(&self, chain: &[Hop], way: u32, to: u32) -> bool {
        let (Some(usable), Some(last)) = (self.ways.get(&way), chain.last()) else { return true };
        let stop = |node: u32| usable.way.stops.iter().find(|s| s.node == node);
        match (stop(last.board), stop(to)) {
            (Some(a), Some(b)) => usable.is_open(a, b),
            _ => true,
        }
    }

    fn hops(&self, chain: &[Hop], node: u32, out: &mut Vec<Hop>) {
        self.steps(node, |other, edge| {
            let fits = self.context.keeps(self.filter, super::Subject::Edge(edge)).unwrap_or(false);
            if fits && self.is_open(chain, node, other) {
                out.push(Hop { board: node, way: None, edges: [Some(edge), None], leave: other, weight: self.weigh(edge) });
            }
        });
    }
}

impl Space for Edges<'_, '_, '_> {
    fn starts(&self, out: &mut Vec<(Hop, bool)>) {
        let mut nodes: Vec<u32> = self.from.iter().copied().collect();
        nodes.sort_unstable();
        for node in nodes {
            let mut hops = Vec::new();
            self.hops(&[], node, &mut hops);
            let met = !self.named.contains(&node);
            out.extend(hops.into_iter().filter(|h| !self.from.contains(&h.leave)).map(|h| (h, met)));
        }
    }

    fn next(&self, chain: &[Hop], out: &mut Vec<Hop>) {
        let Some(last) = chain.last() else { return };
        self.hops(chain, last.leave, out);
        if self.wanted.vias.is_empty() {
            out.retain(|h| !self.from.contains(&h.leave));
        }
    }

    fn bound(&self, _chain: &[Hop], hop: &Hop) -> Option<(u64, u32)> {
        self.bounds.get(&hop.leave).copied()
    }

    fn repeats(&self, _chain: &[Hop], _better: &[Hop]) -> bool {
        false
    }

    fn whole(&self, chain: &[Hop]) -> Option<bool> {
        let last = chain.last()?.leave;
        let passed = |group: &FxHashSet<u32>| chain.iter().any(|h| group.contains(&h.board) || group.contains(&h.leave));
        let there = self.to.contains(&last) && self.wanted.vias.iter().all(passed);
        there.then(|| !self.named.contains(&last))
    }

    fn goes_on(&self, _chain: &[Hop]) -> bool {
        false
    }

    fn name(&self, node: u32) -> (u32, u32) {
        (self.context.graph.name_strings().get(node as usize).copied().unwrap_or(u32::MAX), node)
    }
}

fn row(space: &Edges<'_, '_, '_>, chain: &Chain) -> Row {
    let context = space.context;
    let start = chain.hops.first().map_or(0, |h| h.board);
    let steps = chain.hops.iter().map(|h| Step { way: None, edges: h.edges, arrive: h.leave, to: h.leave }).collect();
    let route = Route { start, steps };
    let edges: Vec<u32> = route.edges().collect();
    let mode = edges.iter().filter_map(|&e| space.lens(context.graph.edge_type(e)).mode(e)).min();
    let sources = context.weakest(&edges);
    let cost = match (&space.weight, chain.cost) {
        (Some(_), Some(cost)) => number(cost),
        _ => Value::Null,
    };
    let basis = if space.wanted.avoided.is_empty() { Value::Null } else { Value::text(basis(space, &route).as_str()) };
    let nodes = route.nodes_and_ways();
    let cells = vec![
        Value::Route(Arc::new(route)),
        Value::Int(chain.hops.len() as i64),
        cost,
        basis,
        mode.map_or(Value::Null, |m| Value::text(m.as_str())),
        sources,
    ];
    row_with_evidence(cells, context.claims(edges.iter().copied()), nodes, edges)
}

/// On whose word a path avoids what is avoided: on that of the ways on it, if there are any and all are stated to.
fn basis(space: &Edges<'_, '_, '_>, route: &Route) -> Basis {
    let ways = space.context.ways();
    let on: Vec<u32> = route.stops().filter(|&n| Some(space.context.graph.node_type(n)) == space.context.roles.way).collect();
    let judged = on.iter().flat_map(|&n| {
        let way = ways.way(n);
        space.wanted.avoided.iter().map(move |a| ways.judge(&way, a).basis(true).unwrap_or(Basis::Inferred)).collect::<Vec<_>>()
    });
    judged.reduce(Basis::and).unwrap_or(Basis::Inferred)
}
