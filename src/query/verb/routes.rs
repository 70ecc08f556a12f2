//! `routes`: ways that go somewhere, past something, around something; or chains of stretches from one end to another.
//!
//! Here the clauses are bound, and ways without both ends are listed; chains are in `chains`.

use std::rc::Rc;

use rustc_hash::FxHashSet;

use super::outline::Outline;
use super::ways::{Avoided, Basis, Stop, Verdict, Way};
use super::{Context, Subject, answer, chains, row_with_evidence, scan};
use crate::diagnostic::Diagnostic;
use crate::query::answer::{Answer, AnswerKind, ColumnKind, Note, Row, Value};
use crate::query::ast::{By, Names, Routes, Search, Tail, Word};
use crate::query::resolve::Bound;

/// What a search is about, its names bound.
pub(super) struct Wanted {
    pub(super) from: Vec<Bound>,
    pub(super) to: Vec<Bound>,
    /// Each group is passed somewhere.
    pub(super) vias: Vec<FxHashSet<u32>>,
    pub(super) avoided: Vec<Avoided>,
    /// Each group is carried.
    pub(super) carrying: Vec<FxHashSet<u32>>,
}

/// Why clauses cannot be met together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum ClauseError {
    /// An end is avoided, or lies in what is.
    #[error("{end} is avoided, and an end of the route")]
    EndAvoided { end: String, avoided: String, inside: bool, end_at: crate::span::Span, avoided_at: crate::span::Span },
    /// An end that nothing in the graph is or lies in.
    #[error("no document of this graph speaks of {end} or of anything in it")]
    EndUnmentioned { end: String, at: crate::span::Span },
}

impl From<ClauseError> for Diagnostic {
    fn from(error: ClauseError) -> Self {
        let message = error.to_string();
        match error {
            ClauseError::EndAvoided { end, avoided, inside, end_at, avoided_at } => {
                let why = if inside { format!("{end} lies in {avoided}") } else { "avoided here".to_owned() };
                Self::error("Q210", message)
                    .at(avoided_at, why)
                    .at(end_at, "an end")
                    .hint("avoid something else, or name another end")
            }
            ClauseError::EndUnmentioned { at, .. } => Self::error("Q211", message).at(at, "known to the gazetteer only"),
        }
    }
}

impl Context<'_, '_> {
    /// All nodes that a name stands for: the thing, what lies in it, and for a body its members with what lies in them.
    pub(super) fn inside(&self, bound: &Bound) -> FxHashSet<u32> {
        let mut all: FxHashSet<u32> = bound.node.into_iter().collect();
        match (bound.node, bound.entry) {
            (Some(node), _) => all.extend(self.places.contents(node).iter()),
            (None, Some(entry)) => all.extend(self.places.contents_of_entry(entry).iter()),
            (None, None) => {}
        }
        for member in self.members(bound) {
            all.insert(member);
            all.extend(self.places.contents(member).iter());
        }
        all
    }

    /// The members of a body that is no place itself.
    fn members(&self, bound: &Bound) -> Vec<u32> {
        let edge = |t: crate::schema::EdgeTypeId| self.graph.edge_type_id(&self.schema.edge_types.get(t.0 as usize)?.name);
        let Some(node) = bound.node.filter(|&n| !self.stop_types().contains(&self.graph.node_type(n))) else { return Vec::new() };
        let Some(membership) = self.schema.roles.membership.and_then(edge) else { return Vec::new() };
        let links = self.graph.incoming(node, membership);
        // Who may join one day is no member; who is by the world's word is.
        let is = |e: u32| self.lens.everything().mode(e) == Some(crate::model::Mode::Actual);
        links.iter().filter(|&(_, e)| is(e)).map(|(n, _)| n).collect()
    }

    /// Each of the names as a set of nodes: one set if any of them will do.
    fn groups(&self, clauses: &[Names<'_>], types: &[u16]) -> Result<Vec<FxHashSet<u32>>, Diagnostic> {
        let mut groups = Vec::new();
        for names in clauses {
            let each: Vec<FxHashSet<u32>> = self.bind(names, types)?.iter().map(|b| self.inside(b)).collect();
            if names.any() { groups.push(each.into_iter().flatten().collect()) } else { groups.extend(each) }
        }
        Ok(groups)
    }

    /// Binds the clauses of a search.
    pub(super) fn wanted(&self, search: &Search<'_>) -> Result<Wanted, Diagnostic> {
        let stops = self.stop_types();
        let stops_and_ways: Vec<u16> = stops.iter().copied().chain(self.roles.way).collect();
        let bind = |names: &Option<Names<'_>>| names.as_ref().map_or(Ok(Vec::new()), |n| self.bind(n, &stops));
        let mut avoided = Vec::new();
        for names in &search.avoid {
            for bound in self.bind(names, &stops_and_ways)? {
                let nodes = self.inside(&bound);
                avoided.push(Avoided::new(bound, nodes, &self.places));
            }
        }
        let wanted = Wanted {
            from: bind(&search.from)?,
            to: bind(&search.to)?,
            vias: self.groups(&search.via, &stops_and_ways)?,
            avoided,
            carrying: self.groups(&search.carrying, &[])?,
        };
        for end in wanted.from.iter().chain(&wanted.to) {
            self.check_end(end, &wanted.avoided)?;
        }
        Ok(wanted)
    }

    pub(super) fn check_end(&self, end: &Bound, avoided: &[Avoided]) -> Result<(), ClauseError> {
        for a in avoided {
            let same = end.entry.is_some() && end.entry == a.entry() || end.node.is_some() && end.node == a.bound.node;
            if same || end.node.is_some_and(|n| a.holds(n)) {
                return Err(ClauseError::EndAvoided {
                    end: end.name.clone(),
                    avoided: a.bound.name.clone(),
                    inside: !same,
                    end_at: end.span,
                    avoided_at: a.bound.span,
                });
            }
        }
        if end.node.is_none() && self.inside(end).is_empty() {
            return Err(ClauseError::EndUnmentioned { end: end.name.clone(), at: end.span });
        }
        Ok(())
    }

    /// The value of an attribute that plays a role.
    fn role_value(&self, node: u32, attribute: Option<&std::sync::Arc<str>>) -> Value {
        attribute.and_then(|a| self.graph.attribute_id(a)).map_or(Value::Null, |a| self.attribute(node, a))
    }
}

/// The steps of `routes`.
pub(super) fn outline<'c, 'a, 'g>(
    context: &'c Context<'a, 'g>,
    routes: &'c Routes<'c>,
) -> Result<Outline<'c, 'a, 'g>, Diagnostic> {
    let wanted = Rc::new(context.wanted(&routes.search)?);
    if wanted.from.is_empty() || wanted.to.is_empty() {
        return list(context, routes, &wanted);
    }
    chains::outline(context, &routes.search, &routes.tail, &wanted, context.options.answers)
}

/// A way with what is said of each avoided thing.
pub(super) struct Judged {
    pub(super) way: Way,
    pub(super) verdicts: Vec<Verdict>,
    /// None where nothing is avoided.
    pub(super) basis: Option<Basis>,
}

/// The columns of ways.
const COLUMNS: &[(&str, ColumnKind)] = &[
    ("way", ColumnKind::Node),
    ("basis", ColumnKind::Text),
    ("mode", ColumnKind::Text),
    ("status", ColumnKind::Text),
    ("kind", ColumnKind::Text),
    ("stops", ColumnKind::Any),
    ("sources", ColumnKind::Number),
    ("evidence", ColumnKind::Evidence),
];

/// The property that listed ways are ranked by, if one is said.
pub(super) fn ranked_by<'c>(routes: &'c Routes<'c>) -> Option<&'c Word<'c>> {
    match &routes.tail.by {
        Some(By::Property(word)) if !word.text.eq_ignore_ascii_case("hops") => Some(word),
        _ => None,
    }
}

/// What listed ways touch: one of each group.
pub(super) fn touched(context: &Context<'_, '_>, wanted: &Wanted, tail: &Tail<'_>) -> Result<Vec<FxHashSet<u32>>, Diagnostic> {
    context.within.place.set(true);
    let place = tail.place.as_ref().map(|p| context.groups(std::slice::from_ref(p), &context.stop_types())).transpose()?;
    let mut groups: Vec<FxHashSet<u32>> = wanted.vias.clone();
    groups.extend(place.into_iter().flatten());
    for ends in [&wanted.from, &wanted.to] {
        if !ends.is_empty() {
            groups.push(ends.iter().flat_map(|b| context.inside(b)).collect());
        }
    }
    Ok(groups)
}

/// Ways by what they touch and avoid.
fn list<'c, 'a, 'g>(
    context: &'c Context<'a, 'g>,
    routes: &'c Routes<'c>,
    wanted: &Rc<Wanted>,
) -> Result<Outline<'c, 'a, 'g>, Diagnostic> {
    let mut answer = answer(AnswerKind::Routes, COLUMNS);
    unmentioned(&mut answer, wanted);
    if let Some(word) = ranked_by(routes) {
        context.warn_property(&mut answer, word);
    }
    let groups = touched(context, wanted, &routes.tail)?;
    let mut outline = Outline::new(context, &routes.tail, super::filter::About::Column(0), answer)?;
    let scanned = scan::ways(&mut outline);
    scan::touching(&mut outline, &scanned, groups);
    scan::carrying(&mut outline, wanted);
    let text = match wanted.avoided.is_empty() {
        true => "keep ways of which stops are known".to_owned(),
        false => {
            format!("exclude {}: keep ways that are stated, inferred or disputed to avoid it", scan::avoided(&outline, wanted))
        }
    };
    let own = wanted.clone();
    scan::judging(&mut outline, &text, &scanned, move |way, by_world| {
        judge(context, way, &own, by_world).filter(|j| shown(context, j, routes, &own))
    });
    let own = wanted.clone();
    let by = ranked_by(routes);
    let text = by.map_or_else(String::new, |word| format!("{}, ", word.text));
    outline.rows(&format!("rank by {text}basis, then name"), move |items, answer| {
        let mut judged = scanned.take_judged(&items);
        let named = |j: &Judged| (j.basis, context.graph.name(j.way.node), j.way.node);
        let value = |j: &Judged| by.map_or(Value::Null, |w| context.property(Subject::Node(j.way.node), &w.text));
        judged.sort_by(|a, b| value(a).order(&value(b), context.graph).then_with(|| named(a).cmp(&named(b))));
        if judged.is_empty() {
            answer.notes.push(Note::Remark(nothing(context, &own)));
        }
        note_world(context, answer, &scanned.by_world.borrow());
        Ok(judged.iter().map(|j| row(context, j)).collect())
    });
    outline.finish()?;
    Ok(outline)
}

/// Says that no way is known, and where else to look.
fn nothing(context: &Context<'_, '_>, wanted: &Wanted) -> String {
    let ends = || wanted.from.iter().chain(&wanted.to);
    // The nearest first: what holds the least.
    let around = ends()
        .filter_map(|b| b.node)
        .flat_map(|n| context.places.containers(n).to_vec())
        .filter(|&n| !context.graph.incoming(n, context.roles.touches.unwrap_or(u16::MAX)).is_empty())
        .min_by_key(|&n| (context.places.contents(n).iter().count(), context.graph.name(n)))
        .map(|n| context.graph.name(n));
    let names: Vec<&str> = ends().map(|b| b.name.as_str()).collect();
    match (names.is_empty(), around) {
        (true, _) => "the documents know no such way".to_owned(),
        (false, None) => format!("the documents know no such way at {}", names.join(" or ")),
        (false, Some(around)) => {
            let names = names.join(" or ");
            format!("the documents know no such way at {names}; ways at {around}, where it lies: `routes via {around}`")
        }
    }
}

/// Says which avoided things no document speaks of.
pub(super) fn unmentioned(answer: &mut Answer, wanted: &Wanted) {
    for avoided in wanted.avoided.iter().filter(|a| a.bound.node.is_none()) {
        let name = &avoided.bound.name;
        answer.notes.push(Note::Remark(format!("{name} is in no document: nothing can be stated of it, only inferred")));
    }
}

/// Says which ways the world's word alone left out.
pub(super) fn note_world(context: &Context<'_, '_>, answer: &mut Answer, by_world: &[u32]) {
    if by_world.is_empty() {
        return;
    }
    let mut names: Vec<&str> = by_world.iter().map(|&w| context.graph.name(w)).collect();
    names.sort_unstable();
    names.dedup();
    let text = format!("left out, as by the gazetteer they touch what is avoided though no text says so: {}", names.join(", "));
    answer.notes.push(Note::World(text));
}

/// Whether a way carries one of each group.
pub(super) fn carries_all(context: &Context<'_, '_>, way: u32, groups: &[FxHashSet<u32>]) -> bool {
    groups.iter().all(|group| {
        let carried = context.roles.carries.map(|t| context.graph.out(way, t));
        carried.is_some_and(|links| links.iter().any(|(n, e)| group.contains(&n) && context.lens.shown(e).is_some()))
    })
}

/// What is said of a way and all that is avoided; none if it does not avoid it.
pub(super) fn judge(context: &Context<'_, '_>, way: Way, wanted: &Wanted, by_world: &mut Vec<u32>) -> Option<Judged> {
    if wanted.avoided.iter().any(|a| a.holds(way.node)) {
        return None;
    }
    let ways = context.ways();
    let verdicts: Vec<Verdict> = wanted.avoided.iter().map(|a| ways.judge(&way, a)).collect();
    let known = way.stops.len() >= 2;
    let bases: Option<Vec<Basis>> = verdicts.iter().map(|v| v.basis(known)).collect();
    let Some(bases) = bases else {
        let but_for_the_world = verdicts.iter().all(|v| Verdict { world: false, ..v.clone() }.basis(known).is_some());
        if but_for_the_world {
            by_world.push(way.node);
        }
        return None;
    };
    let basis = bases.into_iter().reduce(Basis::and);
    Some(Judged { way, verdicts, basis })
}

/// Whether a way is to be listed: `stated` and `mode` ask more of it.
fn shown(context: &Context<'_, '_>, judged: &Judged, routes: &Routes<'_>, wanted: &Wanted) -> bool {
    if routes.tail.stated.is_some() && !wanted.avoided.is_empty() && judged.basis != Some(Basis::Stated) {
        return false;
    }
    let stated = judged.verdicts.iter().flat_map(|v| &v.stating);
    judged.way.shown().next().is_some()
        || !context.lens.restricts_modes() && (wanted.avoided.is_empty() || judged.basis.is_some_and(|b| b != Basis::Inferred))
        || stated.clone().any(|&e| context.lens.shown(e).is_some())
}

fn row(context: &Context<'_, '_>, judged: &Judged) -> Row {
    let way = &judged.way;
    let shown: Vec<&Stop> = way.shown().collect();
    let told: Vec<u32> = match judged.basis {
        Some(Basis::Stated) => judged.verdicts.iter().flat_map(|v| v.stating.clone()).collect(),
        Some(Basis::Disputed) => judged.verdicts.iter().flat_map(|v| [&v.stating[..], &v.touching[..]].concat()).collect(),
        Some(Basis::Inferred) | None => {
            let said = judged.verdicts.iter().flat_map(|v| [&v.stating[..], &v.implying[..]].concat());
            said.chain(shown.iter().map(|s| s.edge)).collect()
        }
    };
    let sources = context.lens.sources(told.iter().copied());
    let roles = &context.schema.roles;
    let mode = way.mode().or_else(|| told.iter().find_map(|&e| context.lens.mode(e)));
    let cells = vec![
        Value::Node(way.node),
        judged.basis.map_or(Value::Null, |b| Value::text(b.as_str())),
        mode.map_or(Value::Null, |m| Value::text(m.as_str())),
        context.role_value(way.node, roles.status.as_ref()),
        context.role_value(way.node, roles.kind.as_ref()),
        Value::List(shown.iter().map(|s| Value::Node(s.node)).collect()),
        Value::Int(sources.len() as i64),
    ];
    let mut edges = told.clone();
    edges.extend(shown.iter().map(|s| s.edge).filter(|e| !told.contains(e)));
    let nodes = std::iter::once(way.node).chain(shown.iter().map(|s| s.node)).collect();
    row_with_evidence(cells, context.claims(told), nodes, edges)
}
