//! `chokepoints`: what routes hang on, and what is lost if something closes.
//!
//! Between two ends it counts the routes that touch a stop; without ends it measures on how many shortest connections
//! between stops one lies, and whether the net falls apart without it.

use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::chains::{self, Sought};
use super::filter::About;
use super::outline::{Outline, at};
use super::routes::Wanted;
use super::search::Limits;
use super::ways::Way;
use super::{Context, answer, row_with_evidence, scan};
use crate::diagnostic::Diagnostic;
use crate::query::answer::{Answer, AnswerKind, ColumnKind, Note, Route, Row, Value};
use crate::query::ast::{Chokepoints, Names};
use crate::query::resolve::Bound;

/// So many routes are looked at between two ends.
const MOST_ROUTES: usize = 1000;

/// Routes of more stretches are looked at only if the query says so: there are as many as there are detours.
const MOST_HOPS: u32 = 5;

/// The steps of `chokepoints`.
pub(super) fn outline<'c, 'a, 'g>(
    context: &'c Context<'a, 'g>,
    asked: &'c Chokepoints<'c>,
) -> Result<Outline<'c, 'a, 'g>, Diagnostic> {
    let wanted = Rc::new(context.wanted(&asked.search)?);
    let between = !wanted.from.is_empty() && !wanted.to.is_empty();
    match (&asked.closed, between) {
        (Some(closed), true) => lost_routes(context, asked, &wanted, closed),
        (Some(closed), false) => lost_ways(context, asked, closed),
        (None, true) => shared_stops(context, asked, &wanted),
        (None, false) => central_stops(context, asked, &wanted),
    }
}

/// The steps that find all routes between the ends, as far as the bounds go.
fn routes_between<'c>(
    outline: &mut Outline<'c, '_, '_>,
    asked: &'c Chokepoints<'c>,
    wanted: &Rc<Wanted>,
) -> Result<(), Diagnostic> {
    let most = outline.context().options.hops.min(MOST_HOPS);
    let limits = Limits { most: MOST_ROUTES, hops: asked.search.hops.map_or(most, |h| h.value) };
    chains::steps(outline, Sought { search: &asked.search, tail: &asked.tail, limits, counted: false, ranked: false }, wanted)
}

fn route(row: &Row) -> Option<&Arc<Route>> {
    match row.cells.first() {
        Some(Value::Route(route)) => Some(route),
        _ => None,
    }
}

/// What a route touches: its stops and, where a way is ridden, what the way may touch between them.
fn touched(context: &Context<'_, '_>, route: &Route, ways: &FxHashMap<u32, Way>) -> FxHashSet<u32> {
    let mut all: FxHashSet<u32> = route.stops().collect();
    let mut board = route.start;
    for step in &route.steps {
        all.insert(step.arrive);
        if let Some(way) = step.way.and_then(|w| ways.get(&w)) {
            let stop = |node: u32| way.stops.iter().find(|s| s.node == node);
            if let (Some(a), Some(b)) = (stop(board), stop(step.arrive)) {
                all.extend(way.shown().filter(|s| !s.is_outside(a, b)).map(|s| s.node));
            }
        }
        board = step.to;
    }
    let around: Vec<u32> = all.iter().flat_map(|&n| context.places.containers(n).to_vec()).collect();
    all.extend(around);
    all
}

fn ways_by_node(context: &Context<'_, '_>) -> FxHashMap<u32, Way> {
    context.ways().all().into_iter().map(|w| (w.node, w)).collect()
}

/// The stops that routes between two ends touch, by how many do.
fn shared_stops<'c, 'a, 'g>(
    context: &'c Context<'a, 'g>,
    asked: &'c Chokepoints<'c>,
    wanted: &Rc<Wanted>,
) -> Result<Outline<'c, 'a, 'g>, Diagnostic> {
    let answer = answer(
        AnswerKind::Rows,
        &[
            ("name", ColumnKind::Node),
            ("type", ColumnKind::Text),
            ("routes", ColumnKind::Number),
            ("of", ColumnKind::Number),
            ("all", ColumnKind::Any),
            ("ways", ColumnKind::Any),
            ("evidence", ColumnKind::Evidence),
        ],
    );
    let mut outline = Outline::new(context, &asked.tail, About::Column(0), answer)?;
    routes_between(&mut outline, asked, wanted)?;
    let own = wanted.clone();
    outline.rows("count the routes through each stop, most first", move |items, answer| {
        let routes: Vec<Arc<Route>> = items.iter().filter_map(|i| route(answer.rows.get(at(i))?).cloned()).collect();
        Ok(shared_rows(context, &routes, &own, answer))
    });
    outline.finish()?;
    Ok(outline)
}

fn shared_rows(context: &Context<'_, '_>, routes: &[Arc<Route>], wanted: &Wanted, answer: &mut Answer) -> Vec<Row> {
    answer.notes.retain(|n| !matches!(n, Note::Remark(t) if t.starts_with("two stops")));
    let ways = ways_by_node(context);
    let ends: FxHashSet<u32> = wanted.from.iter().chain(&wanted.to).flat_map(|b| context.inside(b)).collect();
    let named: Vec<u32> = wanted.from.iter().chain(&wanted.to).filter_map(|b| b.node).collect();
    let around: FxHashSet<u32> = named.iter().flat_map(|&n| context.places.containers(n).to_vec()).collect();
    let stops: FxHashSet<u32> = ways.values().flat_map(|w| w.shown().map(|s| s.node)).collect();
    let mut through: BTreeMap<u32, Vec<&Route>> = BTreeMap::new();
    for route in routes {
        for node in touched(context, route, &ways) {
            // That a route touches its own ends, or what these lie in, is no news.
            if stops.contains(&node) && !ends.contains(&node) && !around.contains(&node) {
                through.entry(node).or_default().push(route);
            }
        }
    }
    let total = routes.len();
    let mut counted: Vec<(u32, Vec<&Route>)> = through.into_iter().collect();
    counted.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then_with(|| context.graph.name(a.0).cmp(context.graph.name(b.0))));
    if !counted.is_empty() {
        // What was cut is cut from the routes, not from the rows: `limit` would show no more of them.
        let cut = |n: &Note| matches!(n, Note::Cut(text) if text.starts_with("stopped at 1000 answers"));
        let known = if answer.notes.iter().any(cut) { "best of more routes are looked at" } else { "routes are known" };
        answer.notes.retain(|n| !cut(n));
        answer.notes.push(Note::Remark(format!("{total} {known}; where `all` is true every one of them touches the stop")));
    }
    counted.iter().map(|(node, routes)| shared_row(context, *node, routes, total, &ways)).collect()
}

fn shared_row(context: &Context<'_, '_>, node: u32, routes: &[&Route], total: usize, ways: &FxHashMap<u32, Way>) -> Row {
    let mut on: Vec<u32> = routes.iter().flat_map(|r| r.steps.iter().filter_map(|s| s.way)).collect();
    on.sort_unstable();
    on.dedup();
    let inside = context.places.contents(node);
    let is = |s: &super::ways::Stop| s.node == node || inside.binary_search(&s.node).is_ok();
    let stops = |w: &u32| ways.get(w).map_or_else(Vec::new, |w| w.shown().filter(|s| is(s)).map(|s| s.edge).collect());
    on.retain(|w| !stops(w).is_empty());
    let edges: Vec<u32> = on.iter().flat_map(stops).collect();
    let mut names: Vec<u32> = on.clone();
    names.sort_by_key(|&w| context.graph.name(w));
    let cells = vec![
        Value::Node(node),
        Value::text(context.graph.node_type_name(context.graph.node_type(node))),
        Value::Int(routes.len() as i64),
        Value::Int(total as i64),
        Value::Bool(routes.len() == total),
        Value::List(names.into_iter().map(Value::Node).collect()),
    ];
    row_with_evidence(cells, context.claims(edges.iter().copied()), std::iter::once(node).chain(on).collect(), edges)
}

/// The routes between two ends that touch what closes.
fn lost_routes<'c, 'a, 'g>(
    context: &'c Context<'a, 'g>,
    asked: &'c Chokepoints<'c>,
    wanted: &Rc<Wanted>,
    closed: &Names<'_>,
) -> Result<Outline<'c, 'a, 'g>, Diagnostic> {
    let closed = bind_closed(context, closed)?;
    for end in wanted.from.iter().chain(&wanted.to) {
        let avoided: Vec<_> =
            closed.iter().map(|b| super::ways::Avoided::new(b.clone(), context.inside(b), &context.places)).collect();
        context.check_end(end, &avoided)?;
    }
    let inside: FxHashSet<u32> = closed.iter().flat_map(|b| context.inside(b)).collect();
    let answer = answer(AnswerKind::Routes, chains::COLUMNS);
    let mut outline = Outline::new(context, &asked.tail, About::Nothing, answer)?;
    routes_between(&mut outline, asked, wanted)?;
    let names = names(&closed);
    let text = format!("keep routes that touch {names} ({})", scan::counted(inside.len()));
    outline.turn(&text, move |mut items, answer| {
        let (ways, total) = (ways_by_node(context), items.len());
        items.retain(|item| {
            let on = |r: &Arc<Route>| r.steps.iter().any(|s| s.way.is_some_and(|w| inside.contains(&w)));
            let route = answer.rows.get(at(item)).and_then(route);
            route.is_some_and(|r| on(r) || touched(context, r, &ways).iter().any(|n| inside.contains(n)))
        });
        let lost = items.len();
        answer.notes.push(Note::Remark(match (total, total - lost) {
            (0, _) => "no route is known, so none is lost".to_owned(),
            (_, 0) => format!("all {total} routes known are lost without {names}"),
            (_, left) => {
                format!("{lost} of {total} routes are lost without {names}; {left} are left: `routes … bypassing {names}`")
            }
        }));
        Ok(items)
    });
    outline.filter()?;
    outline.order_and_page(Some(context.options.answers))?;
    Ok(outline)
}

fn bind_closed(context: &Context<'_, '_>, closed: &Names<'_>) -> Result<Vec<Bound>, Diagnostic> {
    let types: Vec<u16> = context.stop_types().into_iter().chain(context.roles.way).collect();
    context.bind(closed, &types)
}

fn names(bound: &[Bound]) -> String {
    bound.iter().map(|b| b.name.as_str()).collect::<Vec<_>>().join(" and ")
}

/// The ways that touch what closes, and the stops that are cut off from the rest.
fn lost_ways<'c, 'a, 'g>(
    context: &'c Context<'a, 'g>,
    asked: &'c Chokepoints<'c>,
    closed: &Names<'_>,
) -> Result<Outline<'c, 'a, 'g>, Diagnostic> {
    let closed = bind_closed(context, closed)?;
    let inside: FxHashSet<u32> = closed.iter().flat_map(|b| context.inside(b)).collect();
    let answer = answer(
        AnswerKind::Rows,
        &[
            ("name", ColumnKind::Node),
            ("type", ColumnKind::Text),
            ("effect", ColumnKind::Text),
            ("left", ColumnKind::Any),
            ("mode", ColumnKind::Text),
            ("sources", ColumnKind::Number),
            ("evidence", ColumnKind::Evidence),
        ],
    );
    let mut outline = Outline::new(context, &asked.tail, About::Column(0), answer)?;
    let scanned = scan::ways(&mut outline);
    outline.filter_things()?;
    let without = names(&closed);
    let text = format!("close {without} ({}): ways that are lost or cut, stops that are cut off", scan::counted(inside.len()));
    outline.rows(&text, move |items, answer| {
        let mut ways = scanned.take_ways(&items);
        ways.sort_by_key(|w| context.graph.name(w.node));
        let mut rows: Vec<Row> = ways.iter().filter_map(|way| lost_way(context, way, &inside)).collect();
        answer.notes.push(Note::Remark(format!("{} of {} ways touch {without}", rows.len(), ways.len())));
        rows.extend(cut_off_rows(context, &ways, &inside));
        Ok(rows)
    });
    outline.finish()?;
    Ok(outline)
}

/// The stops that hung together with most others before something closed, and no longer do.
fn cut_off_rows(context: &Context<'_, '_>, ways: &[Way], closed: &FxHashSet<u32>) -> Vec<Row> {
    let left = Net::of(context, ways, closed);
    let mut cut: Vec<u32> = Net::of(context, ways, &FxHashSet::default()).cut_off(&left, closed);
    cut.sort_by_key(|&n| (context.graph.name(n), n));
    let row = |node: u32| {
        let kind = Value::text(context.graph.node_type_name(context.graph.node_type(node)));
        let effect = Value::text("cut off from the rest");
        let cells = vec![Value::Node(node), kind, effect, Value::Null, Value::Null, Value::Int(context.node_sources(node))];
        row_with_evidence(cells, context.node_evidence(node), vec![node], Vec::new())
    };
    cut.into_iter().map(row).collect()
}

/// What becomes of a way where something closes; none if it does not touch it.
fn lost_way(context: &Context<'_, '_>, way: &Way, closed: &FxHashSet<u32>) -> Option<Row> {
    let touching: Vec<&super::ways::Stop> = way.shown().filter(|s| closed.contains(&s.node)).collect();
    let itself = closed.contains(&way.node);
    if touching.is_empty() && !itself {
        return None;
    }
    let left: Vec<u32> = way.shown().map(|s| s.node).filter(|n| !closed.contains(n) && !itself).collect();
    // With every stop that may lie beyond a closed one, the way is no longer one piece.
    let cut = |a: &super::ways::Stop, b: &super::ways::Stop| touching.iter().any(|x| !x.is_outside(a, b));
    let pairs = way.shown().flat_map(|a| way.shown().filter(|b| b.node > a.node).map(move |b| (a, b)));
    let open = pairs.filter(|(a, b)| !closed.contains(&a.node) && !closed.contains(&b.node)).any(|(a, b)| !cut(a, b));
    let effect = match (itself, left.len(), open) {
        (true, _, _) => "closes",
        (_, 0 | 1, _) => "is lost",
        (_, _, true) => "is cut: stretches are left",
        (_, _, false) => "is cut",
    };
    let edges: Vec<u32> = touching.iter().map(|s| s.edge).collect();
    let mode = touching.iter().map(|s| s.mode).max().or_else(|| way.mode());
    let cells = vec![
        Value::Node(way.node),
        Value::text(context.graph.node_type_name(context.graph.node_type(way.node))),
        Value::text(effect),
        Value::List(left.iter().map(|&n| Value::Node(n)).collect()),
        mode.map_or(Value::Null, |m| Value::text(m.as_str())),
        Value::Int(context.lens.sources(edges.iter().copied()).len() as i64),
    ];
    let nodes = std::iter::once(way.node).chain(touching.iter().map(|s| s.node)).chain(left).collect();
    Some(row_with_evidence(cells, context.claims(edges.iter().copied()), nodes, edges))
}

/// The net of ways and stops: everything a way touches is one step from it, and stops that contain each other meet.
struct Net {
    nodes: Vec<u32>,
    links: Vec<Vec<u32>>,
    is_way: Vec<bool>,
}

impl Net {
    fn of(context: &Context<'_, '_>, ways: &[Way], closed: &FxHashSet<u32>) -> Self {
        let mut index: BTreeMap<u32, u32> = BTreeMap::new();
        let open = |n: u32| !closed.contains(&n);
        let stops = ways.iter().flat_map(|w| w.shown().map(|s| s.node));
        for node in ways.iter().map(|w| w.node).chain(stops).filter(|&n| open(n)) {
            index.insert(node, 0);
        }
        index.values_mut().enumerate().for_each(|(i, v)| *v = i as u32);
        let mut links: Vec<Vec<u32>> = vec![Vec::new(); index.len()];
        let mut is_way = vec![false; index.len()];
        let mut join = |a: u32, b: u32| {
            if let (Some(&a), Some(&b)) = (index.get(&a), index.get(&b)) {
                links[a as usize].push(b);
                links[b as usize].push(a);
            }
        };
        for way in ways {
            if let Some(&at) = index.get(&way.node) {
                is_way[at as usize] = true;
            }
            let shut: Vec<&super::ways::Stop> = way.shown().filter(|s| closed.contains(&s.node)).collect();
            if shut.is_empty() {
                way.shown().for_each(|s| join(way.node, s.node));
                continue;
            }
            // A way that is cut joins only what nothing closed lies between.
            for (a, b) in way.shown().flat_map(|a| way.shown().map(move |b| (a, b))).filter(|(a, b)| a.node < b.node) {
                if shut.iter().all(|x| x.is_outside(a, b)) {
                    join(a.node, b.node);
                }
            }
        }
        for &node in index.keys() {
            for &around in context.places.containers(node).iter() {
                join(node, around);
            }
        }
        for list in &mut links {
            list.sort_unstable();
            list.dedup();
        }
        Self { nodes: index.into_keys().collect(), links, is_way }
    }

    /// The component of each node, and the size of each component.
    fn components(&self) -> (Vec<u32>, Vec<u32>) {
        let mut of = vec![u32::MAX; self.nodes.len()];
        let mut sizes = Vec::new();
        for start in 0..self.nodes.len() {
            if of[start] != u32::MAX {
                continue;
            }
            let number = sizes.len() as u32;
            let (mut open, mut size) = (vec![start as u32], 0);
            of[start] = number;
            while let Some(at) = open.pop() {
                size += 1;
                for &next in &self.links[at as usize] {
                    if of[next as usize] == u32::MAX {
                        of[next as usize] = number;
                        open.push(next);
                    }
                }
            }
            sizes.push(size);
        }
        (of, sizes)
    }

    /// The stops that hung together with most others before and no longer do.
    fn cut_off(&self, left: &Self, closed: &FxHashSet<u32>) -> Vec<u32> {
        let (before, _) = self.components();
        let (after, sizes) = left.components();
        let at = |node: u32| left.nodes.binary_search(&node).ok();
        // Of each former whole, the largest piece that is left is the rest.
        let mut rest: FxHashMap<u32, (u32, u32)> = FxHashMap::default();
        for (i, &node) in self.nodes.iter().enumerate() {
            let Some(piece) = at(node).and_then(|j| after.get(j)) else { continue };
            let size = sizes.get(*piece as usize).copied().unwrap_or(0);
            let best = rest.entry(before[i]).or_insert((size, *piece));
            if (size, std::cmp::Reverse(*piece)) > (best.0, std::cmp::Reverse(best.1)) {
                *best = (size, *piece);
            }
        }
        let lost = |(i, &node): (usize, &u32)| {
            let piece = at(node).and_then(|j| after.get(j))?;
            let is_rest = rest.get(&before[i]).is_some_and(|r| r.1 == *piece);
            (!self.is_way[i] && !closed.contains(&node) && !is_rest).then_some(node)
        };
        self.nodes.iter().enumerate().filter_map(lost).collect()
    }

    /// On how many shortest connections between two stops each node lies (Brandes), per pair of stops.
    fn betweenness(&self, watch: &mut super::search::Watch<'_>) -> Result<Vec<f64>, super::search::Stop> {
        let count = self.nodes.len();
        let mut score = vec![0.0; count];
        for start in (0..count).filter(|&i| !self.is_way[i]) {
            if let Some(stop) = watch.look() {
                return Err(stop);
            }
            let (mut order, mut before) = (Vec::new(), vec![Vec::new(); count]);
            let (mut paths, mut distance) = (vec![0.0_f64; count], vec![u32::MAX; count]);
            paths[start] = 1.0;
            distance[start] = 0;
            let mut open = VecDeque::from([start as u32]);
            while let Some(at) = open.pop_front() {
                order.push(at);
                for &next in &self.links[at as usize] {
                    let (at, next) = (at as usize, next as usize);
                    if distance[next] == u32::MAX {
                        distance[next] = distance[at] + 1;
                        open.push_back(next as u32);
                    }
                    if distance[next] == distance[at] + 1 {
                        paths[next] += paths[at];
                        before[next].push(at);
                    }
                }
            }
            let mut share = vec![0.0_f64; count];
            for &at in order.iter().rev() {
                let at = at as usize;
                let own = if self.is_way[at] { 0.0 } else { 1.0 };
                for &previous in &before[at] {
                    share[previous] += paths[previous] / paths[at] * (own + share[at]);
                }
                if at != start {
                    score[at] += share[at] / 2.0;
                }
            }
        }
        Ok(score)
    }
}

/// The stops that most connections between others run through, over all ways.
fn central_stops<'c, 'a, 'g>(
    context: &'c Context<'a, 'g>,
    asked: &'c Chokepoints<'c>,
    wanted: &Rc<Wanted>,
) -> Result<Outline<'c, 'a, 'g>, Diagnostic> {
    let answer = answer(
        AnswerKind::Rows,
        &[
            ("name", ColumnKind::Node),
            ("type", ColumnKind::Text),
            ("betweenness", ColumnKind::Number),
            ("ways", ColumnKind::Number),
            ("cuts_off", ColumnKind::Any),
            ("evidence", ColumnKind::Evidence),
        ],
    );
    let removed: FxHashSet<u32> = wanted.avoided.iter().flat_map(|a| context.inside(&a.bound)).collect();
    let mut outline = Outline::new(context, &asked.tail, About::Column(0), answer)?;
    let scanned = scan::ways(&mut outline);
    outline.filter_things()?;
    let without = if removed.is_empty() { String::new() } else { format!(" without {}", scan::avoided(&outline, wanted)) };
    outline.rows(&format!("rank stops by betweenness{without}"), move |items, answer| {
        Ok(central_rows(context, &scanned.take_ways(&items), &removed, answer))
    });
    outline.filter()?;
    outline.order_and_page(Some(context.options.answers.max(20)))?;
    Ok(outline)
}

fn central_rows(context: &Context<'_, '_>, ways: &[Way], removed: &FxHashSet<u32>, answer: &mut Answer) -> Vec<Row> {
    let net = Net::of(context, ways, removed);
    let mut watch = context.watch();
    let score = match net.betweenness(&mut watch) {
        Ok(score) => score,
        Err(stop) => {
            super::note_stop(answer, Some(stop));
            return Vec::new();
        }
    };
    let mut ranked: Vec<(u32, f64)> =
        net.nodes.iter().copied().zip(score).zip(&net.is_way).filter(|(s, way)| !**way && s.1 > 0.0).map(|s| s.0).collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| context.graph.name(a.0).cmp(context.graph.name(b.0))));
    let mut rows = Vec::with_capacity(ranked.len());
    for (node, score) in ranked {
        if let Some(stop) = watch.look() {
            super::note_stop(answer, Some(stop));
            break;
        }
        rows.push(central_row(context, node, score, ways, &net, removed));
    }
    answer
        .notes
        .push(Note::Remark("betweenness counts the pairs of stops whose shortest connections run through the stop".to_owned()));
    rows
}

fn central_row(context: &Context<'_, '_>, node: u32, score: f64, ways: &[Way], net: &Net, removed: &FxHashSet<u32>) -> Row {
    let mut closed: FxHashSet<u32> = context.places.contents(node).iter().copied().collect();
    closed.insert(node);
    let edges: Vec<u32> = ways.iter().flat_map(|w| w.shown().filter(|s| closed.contains(&s.node)).map(|s| s.edge)).collect();
    let on = ways.iter().filter(|w| w.shown().any(|s| closed.contains(&s.node))).count();
    closed.extend(removed);
    let mut cut = net.cut_off(&Net::of(context, ways, &closed), &closed);
    cut.sort_by_key(|&n| (context.graph.name(n), n));
    let cells = vec![
        Value::Node(node),
        Value::text(context.graph.node_type_name(context.graph.node_type(node))),
        Value::Float((score * 10.0).round() / 10.0),
        Value::Int(on as i64),
        Value::List(cut.into_iter().map(Value::Node).collect()),
    ];
    row_with_evidence(cells, context.claims(edges.iter().copied()), vec![node], edges)
}
