//! `conflicts`: what the texts say both ways, and figures that differ, side by side with dates and sources.
//!
//! What changes over time is told from what contradicts: a later word by which a plan became fact, or a sum was raised, is a
//! change; two figures of one time, or of a thing that does not change, are a contradiction. How far something has come
//! (its mode, its status) is told in many words: a text that uses two of them does not contradict itself, and where dates
//! are missing nobody knows which word came later.

use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::filter::{About, value};
use super::outline::{Outline, at};
use super::{Context, answer};
use crate::diagnostic::Diagnostic;
use crate::graph::{ClaimRef, Union, ValueRef};
use crate::model::{Mode, PartialDate};
use crate::query::answer::{Answer, AnswerKind, ColumnKind, Note, Row, Value};
use crate::query::ast::Conflicts;
use crate::schema::AttributeKind;

/// One side of a conflict.
struct Side<'g> {
    said: String,
    /// What makes two sides different: a number where there is one.
    key: String,
    claims: Vec<ClaimRef<'g>>,
}

impl Side<'_> {
    fn dates(&self) -> Option<(PartialDate, PartialDate)> {
        let dates: Option<Vec<PartialDate>> = self.claims.iter().map(ClaimRef::asserted).collect();
        let dates = dates?;
        Some((*dates.iter().min()?, *dates.iter().max()?))
    }

    /// What is counted.
    fn unit(&self) -> &str {
        self.key.split_once(' ').map_or("", |(_, unit)| unit)
    }

    fn mode(&self) -> Option<Mode> {
        self.claims.first().map(ClaimRef::mode)
    }

    /// `687 km (a.txt, 2025-07; b.txt, 2025-08)`.
    fn shown(&self) -> String {
        let mut places: Vec<String> = self
            .claims
            .iter()
            .map(|c| match (c.origin(), c.asserted()) {
                (Some(origin), Some(date)) => format!("{origin}, {date}"),
                (Some(origin), None) => origin.to_owned(),
                (None, Some(date)) => format!("{}, {date}", c.document()),
                (None, None) => c.document().to_owned(),
            })
            .collect();
        places.dedup();
        format!("{} ({})", self.said, places.join("; "))
    }
}

/// What differs, and of what.
struct Conflict<'g> {
    about: Value,
    what: String,
    sides: Vec<Side<'g>>,
    nature: Nature,
    nodes: Vec<u32>,
    edges: Vec<u32>,
}

/// What it is that differs: that decides whether it may have changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Nature {
    /// It cannot change: figures that differ contradict each other whenever they were given.
    Fixed,
    /// A figure, or whether something is so: it may be another later.
    Figure,
    /// How far something has come.
    Progress,
    /// How often something has been: it only grows.
    Count,
}

/// A way to find conflicts of some nodes, or of all.
type Find = for<'g> fn(&Context<'_, 'g>, Option<&FxHashSet<u32>>) -> Vec<Conflict<'g>>;

/// Where conflicts are looked for.
const FINDS: [(&str, Find); 4] = [
    ("scan figures of nodes that differ", figures),
    ("add figures of edges that differ", edge_figures),
    ("add edges that are held differently", denials),
    ("add ways that touch what they avoid", detours),
];

/// The steps of `conflicts`.
pub(super) fn outline<'c, 'a, 'g>(
    context: &'c Context<'a, 'g>,
    conflicts: &'c Conflicts<'c>,
) -> Result<Outline<'c, 'a, 'g>, Diagnostic> {
    let mut answer = answer(
        AnswerKind::Rows,
        &[
            ("about", ColumnKind::Any),
            ("what", ColumnKind::Text),
            ("kind", ColumnKind::Text),
            ("values", ColumnKind::Any),
            ("sources", ColumnKind::Number),
            ("evidence", ColumnKind::Evidence),
        ],
    );
    let of = conflicts.of.as_ref().map(|o| context.object(o, &mut answer)).transpose()?.flatten();
    let of: Rc<Option<FxHashSet<u32>>> = Rc::new(of.map(|nodes| nodes.into_iter().collect()));
    let mut outline = Outline::new(context, &conflicts.tail, About::Column(0), answer)?;
    for (text, find) in FINDS {
        let of = of.clone();
        let found = move |_: &mut Answer| find(context, (*of).as_ref()).into_iter().map(|c| row(context, c)).collect::<Vec<_>>();
        outline.add_rows(text, found);
    }
    outline.turn("compare dates: contradictions first, then changes over time", move |mut items, answer| {
        items.sort_by_cached_key(|item| {
            let row = answer.rows.get(at(item));
            let about = row.and_then(|r| r.cells.first()).map(|about| context.shown_value(about));
            (row.map(rank), about, row.map(|r| (r.nodes.clone(), r.edges.clone())))
        });
        if items.is_empty() {
            answer.notes.push(Note::Remark("wherever two texts speak of the same thing here, they agree".to_owned()));
        }
        Ok(items)
    });
    outline.finish()?;
    Ok(outline)
}

/// Contradictions first, then what may be one.
fn rank(row: &Row) -> u8 {
    match row.cells.get(2) {
        Some(Value::Text(kind)) if &**kind == CHANGE => 2,
        Some(Value::Text(kind)) if &**kind == UNCLEAR => 1,
        _ => 0,
    }
}

const CHANGE: &str = "change over time";
const CONTRADICTION: &str = "contradiction";
const UNCLEAR: &str = "order unknown";

/// Which kind of difference it is, of sides in the order of their dates.
fn kind(nature: Nature, sides: &[Side<'_>]) -> &'static str {
    let dates: Vec<_> = sides.iter().map(Side::dates).collect();
    let apart = dates.windows(2).all(|pair| matches!(pair, [Some(one), Some(next)] if one.1 < next.0));
    // Undated, or all of one day: nothing tells which word came later.
    let unclear = !is_dated(sides) || dates.windows(2).all(|pair| pair[0] == pair[1]);
    match nature {
        Nature::Figure | Nature::Progress | Nature::Count if apart => CHANGE,
        Nature::Progress | Nature::Count if unclear => UNCLEAR,
        // One mouth that gives two sums knows of both.
        Nature::Figure if unclear && is_of_one_mouth(sides) => UNCLEAR,
        Nature::Fixed | Nature::Figure | Nature::Progress | Nature::Count => CONTRADICTION,
    }
}

/// Whether one source says all of it, and not each side in the words of somebody else.
fn is_of_one_mouth(sides: &[Side<'_>]) -> bool {
    let all = || sides.iter().flat_map(|s| &s.claims);
    let (source, speaker) = (all().next().and_then(ClaimRef::source), all().next().and_then(|c| c.speaker()));
    let own = sides.iter().any(|s| s.claims.iter().any(|c| c.speaker().is_none()));
    source.is_some() && all().all(|c| c.source() == source) && (own || all().all(|c| c.speaker() == speaker))
}

fn row(context: &Context<'_, '_>, conflict: Conflict<'_>) -> Row {
    let raising = &context.schema.roles.raising;
    // Where a text says what a figure was, and what it was raised to.
    let raised = |s: &Side<'_>| {
        let by_rule = s.claims.iter().filter(|c| raising.iter().any(|rule| **rule == *c.rule()));
        by_rule.map(|c| c.locus().span.start).max()
    };
    let mut sides = conflict.sides;
    sides.sort_by_cached_key(|s| (s.dates().is_none(), s.dates(), raised(s), s.said.clone()));
    let told = sides.split_last().is_some_and(|(last, before)| before.iter().all(|s| raised(s) < raised(last)));
    let kind = match kind(conflict.nature, &sides) {
        UNCLEAR if told => CHANGE,
        kind => kind,
    };
    let claims: Vec<u32> = sides.iter().flat_map(|s| s.claims.iter().map(|c| c.index)).collect();
    let mut sources: Vec<u32> = sides.iter().flat_map(|s| s.claims.iter().filter_map(ClaimRef::source)).collect();
    sources.sort_unstable();
    sources.dedup();
    let values = Value::List(sides.iter().map(|s| Value::text(&s.shown())).collect());
    let cells = vec![conflict.about, Value::text(&conflict.what), Value::text(kind), values, Value::Int(sources.len() as i64)];
    super::row_with_evidence(cells, claims, conflict.nodes, conflict.edges)
}

/// The sides of an attribute: one a value, equal figures being one in whatever units, and a date within another being that one.
fn sides<'g>(context: &Context<'_, 'g>, facts: impl Iterator<Item = (ValueRef<'g>, Vec<ClaimRef<'g>>)>) -> Vec<Side<'g>> {
    let mut sides: Vec<Side<'g>> = Vec::new();
    for (of, claims) in facts {
        let claims: Vec<ClaimRef<'g>> =
            claims.into_iter().filter(|c| context.lens.counts(c) && !c.is_world() && c.mode() != Mode::Denied).collect();
        if claims.is_empty() {
            continue;
        }
        let said = context.shown_value(&value(of));
        let unit = if let ValueRef::Quantity { unit, .. } = of { unit.unwrap_or_default() } else { "" };
        let measured = |number| {
            let (number, unit) = context.schema.roles.measured(number, unit);
            format!("{number} {unit}")
        };
        let key = of.number().map_or_else(|| said.to_lowercase(), measured);
        match sides
            .iter_mut()
            .find(|s| s.key == key || s.key.starts_with(&format!("{key}-")) || key.starts_with(&format!("{}-", s.key)))
        {
            Some(side) => side.claims.extend(claims),
            None => sides.push(Side { said, key, claims }),
        }
    }
    sides
}

/// What the schema says that an attribute holds.
fn kind_of(context: &Context<'_, '_>, attribute: u16) -> Option<AttributeKind> {
    let name = context.graph.attribute_name(attribute);
    let all = context.schema.node_attributes.iter().chain(&context.schema.edge_attributes);
    all.into_iter().find(|a| &*a.name == name).map(|a| a.kind)
}

/// Whether differing values of an attribute are a conflict: several free texts are just several.
fn is_figure(context: &Context<'_, '_>, attribute: u16) -> bool {
    kind_of(context, attribute) != Some(AttributeKind::Text)
}

/// What makes two words of one mouth: a source, and whom it cites.
type Mouth<'g> = (Option<u32>, Option<&'g str>);

/// Leaves sides between which there is a difference: those that one mouth holds at once are one, as it does not
/// contradict itself. Nothing is left where all are.
fn told_apart<'g>(sides: Vec<Side<'g>>, mouth: impl Fn(&ClaimRef<'g>) -> Mouth<'g>) -> Vec<Side<'g>> {
    let mut union = Union::new(sides.len());
    let mut first: FxHashMap<Mouth<'g>, u32> = FxHashMap::default();
    for (at, side) in sides.iter().enumerate() {
        for claim in &side.claims {
            union.join(at as u32, *first.entry(mouth(claim)).or_insert(at as u32));
        }
    }
    let roots: FxHashSet<u32> = (0..sides.len() as u32).map(|at| union.root(at)).collect();
    if roots.len() > 1 { sides } else { Vec::new() }
}

/// Attributes of nodes.
fn figures<'g>(context: &Context<'_, 'g>, of: Option<&FxHashSet<u32>>) -> Vec<Conflict<'g>> {
    let graph = context.graph;
    let roles = &context.schema.roles;
    let id = |name: &Option<Arc<str>>| name.as_ref().and_then(|a| graph.attribute_id(a));
    let (length, status) = (id(&roles.length), id(&roles.status));
    let counted: Vec<u16> = roles.counted.iter().filter_map(|a| graph.attribute_id(a)).collect();
    let mut found = Vec::new();
    let disputed = graph.disputed_nodes().filter(|(node, attribute)| {
        of.is_none_or(|of| of.contains(node)) && is_figure(context, *attribute) && graph.node_value(*node, *attribute).is_some()
    });
    for (node, attribute) in disputed {
        let facts = graph.node_facts(node, attribute).map(|f| (f.value, f.claims().collect()));
        let mut sides = sides(context, facts);
        let nature = match Some(attribute) {
            known if known == length => Nature::Fixed,
            known if known == status => Nature::Progress,
            Some(known) if counted.contains(&known) => Nature::Count,
            _ => Nature::Figure,
        };
        if kind_of(context, attribute) == Some(AttributeKind::Word) {
            sides = told_apart(sides, |c| (c.source(), None));
        }
        // Meetings of ministers and summits are counted apart.
        let mut apart: Vec<Vec<Side<'g>>> = Vec::new();
        for side in sides {
            let same = |group: &&mut Vec<Side<'g>>| nature != Nature::Count || group[0].unit() == side.unit();
            match apart.iter_mut().find(same) {
                Some(group) => group.push(side),
                None => apart.push(vec![side]),
            }
        }
        for sides in apart.into_iter().filter(|sides| sides.len() > 1) {
            let what = graph.attribute_name(attribute).to_owned();
            found.push(Conflict { about: Value::Node(node), what, sides, nature, nodes: vec![node], edges: Vec::new() });
        }
    }
    found
}

fn is_about(context: &Context<'_, '_>, edge: u32, of: Option<&FxHashSet<u32>>) -> bool {
    let (source, target) = context.graph.endpoints(edge);
    !context.graph.is_world_edge(edge) && of.is_none_or(|of| of.contains(&source) || of.contains(&target))
}

/// Attributes of edges; where a stop stands along its way is none, as texts count differently.
fn edge_figures<'g>(context: &Context<'_, 'g>, of: Option<&FxHashSet<u32>>) -> Vec<Conflict<'g>> {
    let graph = context.graph;
    let mut found = Vec::new();
    let disputed = graph.disputed_edges().filter(|(edge, attribute)| {
        let is_stop = Some(graph.edge_type(*edge)) == context.roles.touches;
        let is_told = is_figure(context, *attribute) && graph.edge_value(*edge, *attribute).is_some();
        !is_stop && is_about(context, *edge, of) && is_told
    });
    for (edge, attribute) in disputed {
        let sides = sides(context, graph.edge_facts(edge, attribute).map(|f| (f.value, f.claims().collect())));
        if sides.len() > 1 {
            found.push(of_edge(context, edge, graph.attribute_name(attribute), sides));
        }
    }
    found
}

fn of_edge<'g>(context: &Context<'_, 'g>, edge: u32, what: &str, sides: Vec<Side<'g>>) -> Conflict<'g> {
    let (source, target) = context.graph.endpoints(edge);
    let about = Value::text(&context.edge_text(edge));
    Conflict { about, what: what.to_owned(), sides, nature: Nature::Figure, nodes: vec![source, target], edges: vec![edge] }
}

/// Edges that are held differently: said to be and not to be, done and only planned.
fn denials<'g>(context: &Context<'_, 'g>, of: Option<&FxHashSet<u32>>) -> Vec<Conflict<'g>> {
    let graph = context.graph;
    let mut found = Vec::new();
    // Whoever says it once does not contradict themselves: so it is of most edges.
    for edge in (0..graph.edge_count()).filter(|&e| graph.claim_count(e) > 1 && is_about(context, e, of)) {
        let sides = held(context, edge);
        let denied = sides.iter().any(|s| s.mode() == Some(Mode::Denied));
        let done = sides.iter().any(|s| s.mode() == Some(Mode::Actual));
        if !denied && !done {
            continue;
        }
        // Who denies what another says in the same text differs with them; who plans and does is one.
        let sides = told_apart(sides, |c| (c.source(), c.speaker().filter(|_| denied)));
        if sides.len() > 1 {
            let what = if denied { "is it so" } else { "mode" };
            let nature = if denied { Nature::Figure } else { Nature::Progress };
            // Done first and then planned again, or denied and then said: no order of events explains it.
            let nature = if is_dated(&sides) && !grows(&sides) { Nature::Fixed } else { nature };
            found.push(Conflict { nature, ..of_edge(context, edge, what, sides) });
        }
    }
    gather(context, found)
}

/// How an edge is held: a side a mode, and of what has been done one for each step ("initialed", "ratified") that texts tell.
fn held<'g>(context: &Context<'_, 'g>, edge: u32) -> Vec<Side<'g>> {
    let acts = acts(context, edge);
    let mut sides: Vec<Side<'g>> = Vec::new();
    for claim in context.lens.claims(edge) {
        let act = acts.get(&claim.index).filter(|_| claim.mode() == Mode::Actual);
        let (said, key) = match act {
            Some((step, word)) => (*word, format!("step {step}")),
            None => (claim.mode().as_str(), claim.mode().as_str().to_owned()),
        };
        match sides.iter_mut().find(|s| s.key == key) {
            Some(side) => side.claims.push(claim),
            None => sides.push(Side { said: said.to_owned(), key, claims: vec![claim] }),
        }
    }
    // That it is so at all differs from no step that it has come to.
    if sides.iter().any(|s| s.key.starts_with("step")) {
        sides.retain(|s| s.key != Mode::Actual.as_str());
    }
    sides
}

/// The step that each claim of an edge tells, and its word.
fn acts<'g>(context: &Context<'_, 'g>, edge: u32) -> FxHashMap<u32, (usize, &'g str)> {
    let (graph, roles) = (context.graph, &context.schema.roles);
    let Some(attribute) = roles.act.as_ref().and_then(|a| graph.attribute_id(a)) else { return FxHashMap::default() };
    let step = |word: &str| roles.steps.iter().position(|words| words.iter().any(|w| **w == *word));
    let told = graph.edge_facts(edge, attribute).filter_map(|fact| match fact.value {
        ValueRef::Text(word) => step(word).map(|step| (fact.claims(), (step, word))),
        _ => None,
    });
    told.flat_map(|(claims, act)| claims.map(move |c| (c.index, act))).collect()
}

fn is_dated(sides: &[Side<'_>]) -> bool {
    sides.iter().all(|s| s.dates().is_some())
}

/// Whether each later word is the stronger one, or the last: what was planned came to be, or was called off.
fn grows(sides: &[Side<'_>]) -> bool {
    let mut by_date: Vec<(Option<PartialDate>, Mode)> =
        sides.iter().filter_map(|s| Some((s.dates().map(|d| d.0), s.claims.first()?.mode()))).collect();
    by_date.sort_unstable();
    let called_off = by_date.last().is_some_and(|l| l.1 == Mode::Denied);
    let before = by_date.len() - usize::from(called_off);
    by_date.get(..before).is_some_and(|b| b.is_sorted_by_key(|d| d.1))
}

/// Joins conflicts of one source that lie in the same sentences: a way that is planned is so at all of its stops.
fn gather<'g>(context: &Context<'_, 'g>, found: Vec<Conflict<'g>>) -> Vec<Conflict<'g>> {
    let mut all: Vec<Conflict<'g>> = Vec::new();
    for conflict in found {
        let key = |c: &Conflict<'g>| {
            let edge = c.edges.first().copied().unwrap_or(u32::MAX);
            let sides: Vec<String> = c.sides.iter().map(Side::shown).collect();
            (context.graph.endpoints(edge).0, context.graph.edge_type(edge), c.what.clone(), sides)
        };
        match all.last_mut().filter(|last| key(last) == key(&conflict)) {
            Some(last) => {
                let other = conflict.nodes.last().map_or("", |&n| context.graph.name(n));
                last.about = Value::text(&format!("{}, {other}", context.shown_value(&last.about)));
                last.nodes.extend(conflict.nodes.iter().skip(1));
                last.edges.extend(conflict.edges);
            }
            None => all.push(conflict),
        }
    }
    all
}

/// Ways that are said to touch what they are said to avoid.
fn detours<'g>(context: &Context<'_, 'g>, of: Option<&FxHashSet<u32>>) -> Vec<Conflict<'g>> {
    let graph = context.graph;
    let (Some(avoids), Some(touches)) = (context.roles.avoids, context.roles.touches) else { return Vec::new() };
    let mut found = Vec::new();
    for avoiding in graph.edges_of_type(avoids).filter(|&e| context.lens.is_there(e) && !graph.is_world_edge(e)) {
        let (way, avoided) = graph.endpoints(avoiding);
        let inside = context.places.contents(avoided);
        for (stop, touching) in graph.out(way, touches).iter() {
            let is = stop == avoided || inside.binary_search(&stop).is_ok();
            if !is || !context.lens.is_there(touching) || graph.is_world_edge(touching) {
                continue;
            }
            if of.is_some_and(|of| ![way, avoided, stop].iter().any(|n| of.contains(n))) {
                continue;
            }
            let side = |edge: u32| Side {
                said: context.edge_text(edge),
                key: edge.to_string(),
                claims: context.lens.claims(edge).collect(),
            };
            found.push(Conflict {
                about: Value::Node(way),
                what: format!("does it touch {}", graph.name(avoided)),
                sides: vec![side(avoiding), side(touching)],
                nature: Nature::Fixed,
                nodes: vec![way, avoided, stop],
                edges: vec![avoiding, touching],
            });
        }
    }
    found
}
