//! `routes from … to …`: chains of stretches between two ends, best first.
//!
//! Which ways may be used, what bars a stretch, and how a found chain is shown; the search itself is in `stretches`.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::outline::{Outline, conditions};
use super::routes::{Judged, Wanted, judge, note_world, unmentioned};
use super::search::{Chain, Found, Limits, Stop as Ended, search};
use super::stretches::{End, Stretches, Usable};
use super::ways::{Avoided, Basis, Stop, Verdict, Way};
use super::{Context, answer, borders, note_stop, paths, row_with_evidence, scan};
use crate::diagnostic::Diagnostic;
use crate::model::Mode;
use crate::query::answer::{Answer, AnswerKind, ColumnKind, Note, Route, Row, Step, Value};
use crate::query::ast::{By, CompareOp, Expr, ExprKind, Literal, Search, Tail};
use crate::query::resolve::Bound;

/// The columns of routes and paths.
pub(super) const COLUMNS: &[(&str, ColumnKind)] = &[
    ("route", ColumnKind::Route),
    ("hops", ColumnKind::Number),
    ("cost", ColumnKind::Number),
    ("basis", ColumnKind::Text),
    ("mode", ColumnKind::Text),
    ("sources", ColumnKind::Number),
    ("evidence", ColumnKind::Evidence),
];

/// What a search is weighed by.
pub(super) struct Weight {
    /// The attribute, if it is not hops.
    pub(super) attribute: Option<u16>,
    /// Its name.
    pub(super) name: String,
    /// The unit that sums are in; values in another one count as unknown.
    pub(super) unit: Option<Arc<str>>,
}

impl Weight {
    /// The weight of a value in thousandths.
    pub(super) fn of(&self, value: &Value) -> Option<u64> {
        let number = value.number().filter(|n| *n >= 0.0 && n.is_finite())?;
        let unit = if let Value::Quantity(q) = value { q.unit.clone() } else { None };
        (unit == self.unit || unit.is_none() || self.unit.is_none()).then_some((number * 1000.0).round() as u64)
    }
}

/// A search for routes or paths: what it is about, and how many are wanted.
#[derive(Clone, Copy)]
pub(super) struct Sought<'c> {
    pub(super) search: &'c Search<'c>,
    pub(super) tail: &'c Tail<'c>,
    pub(super) limits: Limits,
    /// The tail's `limit` speaks of what is searched, so that who says it needs no word on what is cut.
    pub(super) counted: bool,
    /// The tail filters or orders rows by what the search does not know: of those that it leaves out none was looked at.
    pub(super) ranked: bool,
}

impl<'c> Sought<'c> {
    /// What a sentence seeks whose answer is routes: `default` of them where it does not say how many.
    pub(super) fn of(outline: &Outline<'c, '_, '_>, search: &'c Search<'c>, tail: &'c Tail<'c>, default: usize) -> Self {
        let count = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        let skip = tail.skip.map_or(0, |s| count(s.value));
        let most = tail.limit.map_or(default, |l| count(l.value)).saturating_add(skip);
        // Rows that are filtered, or ordered otherwise, need more than the first few.
        let ranked = !tail.order.is_empty() || outline.filters_rows();
        let most = if ranked { most.max(MOST_RANKED) } else { most };
        let hops = search.hops.map_or(outline.context().options.hops, |h| h.value);
        // `where hops < 4` need not look for what it would leave out.
        let hops = conditions(tail).into_iter().filter_map(most_hops).fold(hops, u32::min);
        Self { search, tail, limits: Limits { most, hops }, counted: tail.limit.is_some(), ranked }
    }

    /// What the search goes by first: "hops", or a property.
    fn by(&self) -> &str {
        match &self.tail.by {
            Some(By::Property(word)) => &word.text,
            _ => "hops",
        }
    }

    /// "best first by length_km, hops, names: at most 10 of 8 hops", for `explain`.
    pub(super) fn shown(&self, between: &str) -> String {
        let by = match self.by() {
            hops if hops.eq_ignore_ascii_case("hops") => String::new(),
            property => format!("{property}, "),
        };
        let Limits { most, hops } = self.limits;
        format!("best first by {by}hops, {between}names: at most {most}, within {hops} hops")
    }
}

/// The hops that a condition of `where` allows: `hops < 4`.
fn most_hops(condition: &Expr<'_>) -> Option<u32> {
    let ExprKind::Compare(left, rest) = &condition.kind else { return None };
    let ([(op, right)], ExprKind::Variable(name)) = (&rest[..], &left.kind) else { return None };
    let ExprKind::Literal(Literal::Int(most)) = right.kind else { return None };
    let most = match op.value {
        CompareOp::Less => most.checked_sub(1)?,
        CompareOp::AtMost | CompareOp::Equal => most,
        _ => return None,
    };
    name.eq_ignore_ascii_case("hops").then(|| u32::try_from(most.max(1)).unwrap_or(u32::MAX))
}

/// So many are ranked by something that the search does not know.
const MOST_RANKED: usize = 1000;

/// The steps of a sentence whose answer is routes or, where it says `over`, paths.
pub(super) fn outline<'c, 'a, 'g>(
    context: &'c Context<'a, 'g>,
    search: &'c Search<'c>,
    tail: &'c Tail<'c>,
    wanted: &Rc<Wanted>,
    default: usize,
) -> Result<Outline<'c, 'a, 'g>, Diagnostic> {
    let mut outline = Outline::new(context, tail, super::filter::About::Nothing, answer(AnswerKind::Routes, COLUMNS))?;
    let sought = Sought::of(&outline, search, tail, default);
    steps(&mut outline, sought, wanted)?;
    outline.filter()?;
    outline.order_and_page((sought.limits.most > default).then_some(default))?;
    Ok(outline)
}

/// The steps that find routes: ways, those that may be used, the search.
pub(super) fn steps<'c>(outline: &mut Outline<'c, '_, '_>, sought: Sought<'c>, wanted: &Rc<Wanted>) -> Result<(), Diagnostic> {
    if !sought.search.over.is_empty() {
        return paths::steps(outline, sought, wanted);
    }
    let context = outline.context();
    outline.remark(|answer| unmentioned(answer, wanted));
    let scanned = scan::ways(outline);
    scan::carrying(outline, wanted);
    outline.filter_things()?;
    let text = match wanted.avoided.is_empty() {
        true => "keep ways with two stops".to_owned(),
        false => format!("exclude {}: ways, or stretches of them", scan::avoided(outline, wanted)),
    };
    let own = wanted.clone();
    scan::judging(outline, &text, &scanned, move |way, by_world| {
        way.shown().nth(1)?;
        let found = judge(context, way.clone(), &own, by_world).or_else(|| stretches_of(context, way, &own));
        let stated = |j: &Judged| own.avoided.is_empty() || j.basis == Some(Basis::Stated);
        found.filter(|j| sought.tail.stated.is_none() || stated(j))
    });
    let text = format!("search routes from {} {}", ends(context, wanted), sought.shown("changes, "));
    let own = wanted.clone();
    outline.rows(&text, move |items, answer| {
        let judged = scanned.take_judged(&items);
        Ok(found_rows(context, &judged, &own, &sought, &scanned.by_world.borrow(), answer))
    });
    Ok(())
}

/// "Kazakhstan (2 nodes) to Georgia (1 node), via one of 3 nodes", for `explain`.
pub(super) fn ends(context: &Context<'_, '_>, wanted: &Wanted) -> String {
    let end = |b: &Bound| format!("{} ({})", b.name, scan::counted(context.inside(b).len()));
    let all = |bounds: &[Bound]| bounds.iter().map(end).collect::<Vec<_>>().join(", ");
    let vias: String = wanted.vias.iter().map(|g| format!(", via one of {}", scan::counted(g.len()))).collect();
    format!("{} to {}{vias}", all(&wanted.from), all(&wanted.to))
}

/// Searches the ways that may be used, and tells what there is to say about it.
fn found_rows(
    context: &Context<'_, '_>,
    judged: &[Judged],
    wanted: &Wanted,
    sought: &Sought<'_>,
    by_world: &[u32],
    answer: &mut Answer,
) -> Vec<Row> {
    let weight = weight(context, sought.tail, judged.iter().map(|j| j.way.node), answer);
    let ways: Vec<Usable> = judged.iter().map(|j| to_usable(context, j, wanted, weight.as_ref())).collect();
    let removed = |node: u32| wanted.avoided.iter().any(|a| a.holds(node)) && !judged.iter().any(|j| j.way.node == node);
    let end = |bounds: &[Bound]| {
        let inside: FxHashSet<u32> = bounds.iter().flat_map(|b| context.inside(b)).filter(|&n| !removed(n)).collect();
        let named: Vec<u32> = bounds.iter().filter_map(|b| b.node).collect();
        End::new(&named, inside, &context.places, &removed)
    };
    let (from, to) = (end(&wanted.from), end(&wanted.to));
    let space = Stretches::new(context.graph, &context.places, ways, (&from, &to), &wanted.vias, &removed);
    let found = search(&space, sought.limits, &mut context.watch());
    let show = Show { context, space: &space, judged, from: &from, to: &to, weight: weight.as_ref() };
    let rows: Vec<Row> = found.chains.iter().map(|c| show.row(c)).collect();
    note_found(answer, &found, sought);
    show.note_weights(answer, &found);
    note_changes(answer, &rows);
    note_world(context, answer, by_world);
    if found.chains.is_empty() && found.stop.is_none() {
        offer_borders(context, answer, wanted);
    }
    rows
}

impl Context<'_, '_> {
    /// How many independent sources a chain of edges rests on: as many as the weakest of them. World data has none.
    pub(super) fn weakest(&self, edges: &[u32]) -> Value {
        Value::Int(edges.iter().map(|&e| self.lens.sources([e]).len()).min().unwrap_or(0) as i64)
    }
}

/// A way that touches what is avoided may still have stretches that do not.
fn stretches_of(context: &Context<'_, '_>, way: Way, wanted: &Wanted) -> Option<Judged> {
    if wanted.avoided.iter().any(|a| a.holds(way.node)) {
        return None;
    }
    let verdicts: Vec<_> = wanted.avoided.iter().map(|a| context.ways().judge(&way, a)).collect();
    let known = |v: &Verdict| v.basis(true).or((!v.touching.is_empty()).then_some(Basis::Inferred));
    let basis = verdicts.iter().map(known).collect::<Option<Vec<_>>>()?.into_iter().reduce(Basis::and);
    Some(Judged { way, verdicts, basis })
}

/// A way with the stops that bar its stretches: those that are avoided, unless the texts dispute it.
fn to_usable(context: &Context<'_, '_>, judged: &Judged, wanted: &Wanted, weight: Option<&Weight>) -> Usable {
    let way = judged.way.clone();
    let barred = wanted.avoided.iter().zip(&judged.verdicts).flat_map(|(a, v)| barring(context, &way, a, v)).collect();
    let weight = match weight {
        None => Some(0),
        Some(w) => w.attribute.and_then(|a| w.of(&context.attribute(way.node, a))),
    };
    Usable { barred, weight, way }
}

/// The stops that bar stretches of a way: those that are avoided, unless the texts dispute it. That a way does not avoid
/// something is no stop: where it touches it nobody knows, so it bars all.
pub(super) fn barring(context: &Context<'_, '_>, way: &Way, avoided: &Avoided, verdict: &Verdict) -> Vec<Stop> {
    if verdict.basis(true) == Some(Basis::Disputed) {
        return Vec::new();
    }
    let mut barred: Vec<Stop> = way.stops.iter().filter(|s| avoided.holds(s.node)).copied().collect();
    let unplaced = verdict.touching.iter().filter(|&&e| !way.stops.iter().any(|s| s.edge == e));
    barred.extend(unplaced.map(|&edge| Stop::somewhere(context.graph.endpoints(edge).1, edge)));
    barred
}

/// What `by` asks to weigh, and the unit that most of `nodes` give it in.
pub(super) fn weight(
    context: &Context<'_, '_>,
    tail: &Tail<'_>,
    nodes: impl Iterator<Item = u32>,
    answer: &mut Answer,
) -> Option<Weight> {
    let Some(By::Property(word)) = &tail.by else { return None };
    if word.text.eq_ignore_ascii_case("hops") {
        return None;
    }
    let attribute = context.graph.attribute_id(&word.text);
    let mut units: BTreeMap<Option<Arc<str>>, usize> = BTreeMap::new();
    let mut ranges: Vec<String> = Vec::new();
    for node in nodes {
        let Some(attribute) = attribute else { break };
        if let Value::Quantity(q) = context.attribute(node, attribute) {
            *units.entry(q.unit.clone()).or_default() += 1;
        }
        ranges.extend(context.range(node, attribute));
    }
    if attribute.is_none() {
        answer.notes.push(Note::Warning(context.unknown_property(&word.text, word.span)));
    }
    let unit = units.iter().max_by_key(|(unit, n)| (**n, std::cmp::Reverse((*unit).clone()))).and_then(|(u, _)| u.clone());
    let other: Vec<&str> = units.keys().flatten().filter(|u| Some(*u) != unit.as_ref()).map(|u| &**u).collect();
    if let (Some(unit), false) = (&unit, other.is_empty()) {
        let text = format!(
            "{} is summed in {unit}; what is given in {} counts as unknown, as units are never mixed",
            word.text,
            other.join(", ")
        );
        answer.notes.push(Note::Remark(text));
    }
    ranges.sort();
    answer.notes.extend(ranges.into_iter().map(Note::Remark));
    Some(Weight { attribute, name: word.text.to_string(), unit })
}

/// Says what was cut from a search, and why.
pub(super) fn note_found(answer: &mut Answer, found: &Found, sought: &Sought<'_>) {
    let limits = sought.limits;
    note_stop(answer, found.stop);
    if found.stop == Some(Ended::Interrupted) {
        return;
    }
    if found.more && sought.ranked {
        let (most, by) = (limits.most, sought.by());
        let text = format!(
            "`where` and `order by` saw the first {most} by {by} alone; more exist: `within N hops` or `via` narrow the search"
        );
        answer.notes.push(Note::Cut(text));
    } else if found.more && !sought.counted {
        answer.notes.push(Note::Cut(format!("stopped at {} answers; more exist: `limit N` shows N of them", limits.most)));
    } else if conditions(sought.tail).into_iter().filter_map(most_hops).min() == Some(limits.hops) {
        // Longer ones were not asked for.
    } else if found.hops_cut && !(found.more && limits.most == 1) {
        answer.notes.push(Note::Cut(format!("stopped at {} hops; more may exist: `within N hops` goes further", limits.hops)));
    }
}

/// Nothing is known: says so, and offers what the world knows.
pub(super) fn offer_borders(context: &Context<'_, '_>, answer: &mut Answer, wanted: &Wanted) {
    let names = |bounds: &[Bound]| bounds.iter().map(|b| b.name.as_str()).collect::<Vec<_>>().join(" or ");
    let avoided: Vec<&str> = wanted.avoided.iter().map(|a| a.bound.name.as_str()).collect();
    let around = if avoided.is_empty() { String::new() } else { format!(" bypassing {}", avoided.join(" and ")) };
    let (from, to) = (names(&wanted.from), names(&wanted.to));
    answer.notes.push(Note::Remark(format!("the documents know no way from {from} to {to}{around}")));
    let chain = borders::chain(context.graph, context.schema, &wanted.from, &wanted.to, &wanted.avoided);
    answer.notes.extend(chain.map(|states| {
        Note::World(match states {
            states if states.len() > 1 => format!("by land borders: {}", states.join(" – ")),
            _ => format!("no chain of land borders leads from {from} to {to}{around} either"),
        })
    }));
}

/// How chains become rows.
struct Show<'a, 'c, 'g> {
    context: &'a Context<'c, 'g>,
    space: &'a Stretches<'a, 'g>,
    judged: &'a [Judged],
    from: &'a End,
    to: &'a End,
    weight: Option<&'a Weight>,
}

impl Show<'_, '_, '_> {
    fn row(&self, chain: &Chain) -> Row {
        let route = self.route(chain);
        let edges: Vec<u32> = route.edges().collect();
        let mode = edges.iter().filter_map(|&e| self.context.lens.mode(e)).min();
        let basis = self.basis(chain);
        let mut told: Vec<u32> = chain
            .hops
            .iter()
            .filter_map(|h| self.of(h))
            .flat_map(|j| j.verdicts.iter().flat_map(|v| v.stating.clone()).collect::<Vec<_>>())
            .collect();
        told.extend(edges.iter().filter(|e| !told.contains(e)).copied().collect::<Vec<_>>());
        let sources = self.context.weakest(&edges);
        let cost = match (self.weight, chain.cost) {
            (None, _) | (_, None) => Value::Null,
            (Some(_), Some(cost)) => number(cost),
        };
        let nodes = route.nodes_and_ways();
        let cells = vec![
            Value::Route(Arc::new(route)),
            Value::Int(chain.hops.len() as i64),
            cost,
            basis.map_or(Value::Null, |b| Value::text(b.as_str())),
            mode.map_or(Value::Null, |m: Mode| Value::text(m.as_str())),
            sources,
        ];
        row_with_evidence(cells, self.context.claims(told.iter().copied()), nodes, told)
    }

    fn of(&self, hop: &super::search::Hop) -> Option<&Judged> {
        let at = self.judged.binary_search_by_key(&hop.way?, |j| j.way.node).ok()?;
        self.judged.get(at)
    }

    /// On whose word the whole chain avoids what is avoided: on that of its weakest stretch.
    fn basis(&self, chain: &Chain) -> Option<Basis> {
        let of = |hop| {
            let judged = self.of(hop)?;
            let (usable, a, b) = self.space.stretch(hop)?;
            // A dispute elsewhere along the way is none here.
            let touching = judged.verdicts.iter().flat_map(|v| &v.touching);
            let here = |e: &u32| usable.way.stops.iter().any(|s| s.edge == *e && !s.is_outside(a, b));
            let disputed = judged.basis == Some(Basis::Disputed);
            if disputed && !touching.clone().any(here) && touching.clone().all(|e| usable.way.stops.iter().any(|s| s.edge == *e))
            {
                return Some(Basis::Stated);
            }
            judged.basis
        };
        chain.hops.iter().map(of).reduce(|a, b| Some(a?.and(b?))).flatten()
    }

    fn route(&self, chain: &Chain) -> Route {
        let mut steps: Vec<Step> = Vec::with_capacity(chain.hops.len() + 1);
        let first = chain.hops.first().map_or(0, |h| h.board);
        let mut start = first;
        if let (false, Some(&named)) = (self.from.inside.contains(&first), self.from.around.get(&first)) {
            start = named;
            steps.push(Step { way: None, edges: [None, None], arrive: first, to: first });
        }
        for (at, hop) in chain.hops.iter().enumerate() {
            let to = match chain.hops.get(at + 1) {
                Some(next) => next.board,
                None if self.to.inside.contains(&hop.leave) => hop.leave,
                None => self.to.around.get(&hop.leave).copied().unwrap_or(hop.leave),
            };
            steps.push(Step { way: hop.way, edges: hop.edges, arrive: hop.leave, to });
        }
        Route { start, steps }
    }

    /// Says what a sum counts, and where a figure is missing.
    fn note_weights(&self, answer: &mut Answer, found: &Found) {
        let Some(weight) = self.weight else { return };
        if found.chains.iter().any(|c| c.cost.is_some()) {
            let name = &weight.name;
            let unit = weight.unit.as_ref().map_or_else(String::new, |u| format!(" ({u})"));
            answer.notes.push(Note::Remark(format!(
                "`cost` sums {name}{unit} of whole ways, each counted once, also where only a stretch of it is used"
            )));
        }
        let mut unknown: Vec<&str> = found
            .chains
            .iter()
            .flat_map(|c| &c.hops)
            .filter(|h| h.weight.is_none())
            .filter_map(|h| h.way)
            .map(|w| self.context.graph.name(w))
            .collect();
        unknown.sort_unstable();
        unknown.dedup();
        if !unknown.is_empty() {
            answer.notes.push(Note::Remark(format!(
                "no {} is known of {}: routes over them come last",
                weight.name,
                unknown.join(", ")
            )));
        }
    }
}

/// Says that changes between stops that contain each other are inferred.
fn note_changes(answer: &mut Answer, rows: &[Row]) {
    let changes = |row: &Row| {
        let Some(Value::Route(route)) = row.cells.first() else { return false };
        route.steps.iter().any(|s| s.arrive != s.to || s.way.is_none())
    };
    if rows.iter().any(changes) {
        let text = "two stops side by side: one lies in the other, and that one can change there is inferred";
        answer.notes.push(Note::Remark(text.to_owned()));
    }
}

/// A sum in thousandths as a cell.
pub(super) fn number(thousandths: u64) -> Value {
    if thousandths.is_multiple_of(1000) {
        Value::Int((thousandths / 1000) as i64)
    } else {
        Value::Float(thousandths as f64 / 1000.0)
    }
}
