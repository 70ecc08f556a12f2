//! `timeline`: what happened, in order; `due`: what is planned to happen.
//!
//! Both go by the date that a text gives for what it says, not by the date of the text. Where a way runs is no event: that it
//! is to get somewhere by a date is told of the way.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use rustc_hash::FxHashSet;

use super::core::Core;
use super::filter::{About, value};
use super::lens::not_after;
use super::outline::{Outline, at, number};
use super::{Context, answer, core, row_with_evidence};
use crate::diagnostic::Diagnostic;
use crate::graph::{ClaimRef, FrozenGraph, ValueRef};
use crate::model::{Mode, PartialDate};
use crate::query::answer::{Answer, AnswerKind, ColumnKind, Note, Row, Value};
use crate::query::ast::{Due, Object, Tail, Timeline};
use crate::span::Spanned;

const COLUMNS: &[(&str, ColumnKind)] = &[
    ("date", ColumnKind::Text),
    ("what", ColumnKind::Any),
    ("type", ColumnKind::Text),
    ("mode", ColumnKind::Text),
    ("sources", ColumnKind::Number),
    ("evidence", ColumnKind::Evidence),
];

/// Something at a date.
struct Entry {
    date: Option<PartialDate>,
    what: Value,
    kind: String,
    mode: Option<Mode>,
    claims: Vec<u32>,
    sources: i64,
    nodes: Vec<u32>,
    edges: Vec<u32>,
}

impl Context<'_, '_> {
    /// An edge as a sentence: "JBIC funds Masrik-1".
    pub(super) fn edge_text(&self, edge: u32) -> String {
        let (source, target) = self.graph.endpoints(edge);
        let said = self.edge_wording(self.graph.edge_type(edge), true);
        format!("{} {said} {}", self.graph.name(source), self.graph.name(target))
    }

    fn date_attribute(&self) -> Option<u16> {
        self.schema.roles.date.as_ref().and_then(|a| self.graph.attribute_id(a))
    }

    pub(super) fn date_of(&self, node: u32) -> Option<PartialDate> {
        self.attribute(node, self.date_attribute()?).as_str(self.graph)?.parse().ok()
    }

    /// The nodes that a timeline is of, and what is tied to them; none: everything.
    fn subjects(&self, of: Option<&Object<'_>>, answer: &mut Answer) -> Result<Option<FxHashSet<u32>>, Diagnostic> {
        let nodes = of.map(|o| self.object(o, answer)).transpose()?.flatten();
        Ok(nodes.map(|n| n.into_iter().collect()))
    }

    fn happenings(&self) -> Vec<u16> {
        let of = |t: &crate::schema::NodeTypeId| self.graph.node_type_id(&self.schema.node_types.get(t.0 as usize)?.name);
        self.schema.roles.happening.iter().filter_map(of).collect()
    }

    fn count_sources(&self, claims: &[u32]) -> i64 {
        let mut sources: Vec<u32> = claims.iter().filter_map(|&c| self.graph.claim(c)?.source()).collect();
        sources.sort_unstable();
        sources.dedup();
        sources.len() as i64
    }

    fn entry_of_node(&self, node: u32) -> Entry {
        Entry {
            date: self.date_of(node),
            what: Value::Node(node),
            kind: self.graph.node_type_name(self.graph.node_type(node)).to_owned(),
            mode: self.node_mode(node),
            claims: self.node_evidence(node),
            sources: self.node_sources(node),
            nodes: vec![node],
            edges: Vec::new(),
        }
    }

    /// Edges of one type, and of one source or one target, at the date of some of their claims.
    fn entry_of_edges(&self, edges: &[u32], date: PartialDate, mode: Mode, claims: Vec<u32>) -> Entry {
        let claims = self.by_sentence(claims);
        let first = edges.first().copied().unwrap_or(u32::MAX);
        Entry {
            date: Some(date),
            what: Value::text(&self.edges_text(edges)),
            kind: self.graph.edge_type_name(self.graph.edge_type(first)).to_owned(),
            mode: Some(mode),
            sources: self.count_sources(&claims),
            claims,
            nodes: edges.iter().flat_map(|&e| <[u32; 2]>::from(self.graph.endpoints(e))).collect(),
            edges: edges.to_vec(),
        }
    }

    /// "JBIC funds Masrik-1, a solar plant"; "C5+1 has as members Kazakhstan, Uzbekistan" where only the target is shared.
    fn edges_text(&self, edges: &[u32]) -> String {
        let ends = |e: u32| self.graph.endpoints(e);
        let Some((&first, rest)) = edges.split_first() else { return String::new() };
        let (source, target) = ends(first);
        let shared = rest.iter().all(|&e| ends(e).0 == source);
        let name = |&e: &u32| self.graph.name(if shared { ends(e).1 } else { ends(e).0 });
        let others: Vec<&str> = edges.iter().map(name).collect();
        let said = self.edge_wording(self.graph.edge_type(first), shared);
        format!("{} {said} {}", self.graph.name(if shared { source } else { target }), others.join(", "))
    }

    /// What is said of where something runs or lies, by a date: it is told of the thing.
    fn entry_of_place(&self, node: u32, date: PartialDate, mode: Mode, claims: Vec<u32>, edges: &[u32]) -> Entry {
        let claims = self.by_sentence(claims);
        let sources = self.count_sources(&claims);
        Entry { date: Some(date), mode: Some(mode), sources, claims, edges: edges.to_vec(), ..self.entry_of_node(node) }
    }

    /// One claim a sentence, in the order of documents.
    fn by_sentence(&self, mut claims: Vec<u32>) -> Vec<u32> {
        let place = |&c: &u32| self.graph.claim(c).map(|c| (c.document(), c.locus().span));
        claims.sort_by_key(place);
        claims.dedup_by_key(|c| place(c));
        claims
    }

    /// Types of what lasts, so that where it lies or belongs is no matter of dates: stops, and those who pay and build.
    fn lasting(&self) -> Vec<u16> {
        let schema = self.schema;
        let backers = schema.roles.backing.iter().filter_map(|t| schema.edge_types.get(t.0 as usize)).flat_map(|t| &t.from);
        let id = |t: &crate::schema::NodeTypeId| self.graph.node_type_id(&schema.node_types.get(t.0 as usize)?.name);
        schema.roles.stops.iter().chain(backers).filter_map(id).collect()
    }

    /// Whether an edge tells where something runs or lies, or what it is a part of: that is no event.
    fn is_place(&self, edge: u32) -> bool {
        let roles = &self.schema.roles;
        let kind = self.schema.edge_type(self.graph.edge_type_name(self.graph.edge_type(edge)));
        kind.is_some() && [roles.touches, roles.avoids, roles.within, roles.part_of, roles.alternative].contains(&kind)
    }
}

/// What the steps of a sentence about dates have found so far: items are numbers of these.
type Entries = Rc<RefCell<Vec<Entry>>>;

/// Takes entries in; their numbers.
fn book(entries: &Entries, new: Vec<Entry>) -> Vec<Value> {
    let mut all = entries.borrow_mut();
    let first = all.len();
    all.extend(new);
    (first..all.len()).map(number).collect()
}

/// A step that keeps entries.
fn keep<'c>(outline: &mut Outline<'c, '_, '_>, entries: &Entries, text: &str, keeps: impl Fn(&Entry) -> bool + 'c) {
    let entries = entries.clone();
    outline.keep(text, move |item, _| Ok(entries.borrow().get(at(item)).is_some_and(&keeps)));
}

/// The last step: entries as rows.
fn rows<'c>(outline: &mut Outline<'c, '_, '_>, entries: &Entries, nothing: &'static str) {
    let (context, entries) = (outline.context(), entries.clone());
    outline.rows("join what is said twice, by date", move |items, answer| {
        if items.is_empty() {
            answer.notes.push(Note::Remark(nothing.to_owned()));
        }
        let kept: FxHashSet<usize> = items.iter().map(at).collect();
        let all = entries.take().into_iter().enumerate();
        Ok(as_rows(context, all.filter(|(i, _)| kept.contains(i)).map(|(_, e)| e).collect()))
    });
}

/// The steps of `timeline`.
pub(super) fn timeline<'c, 'a, 'g>(
    context: &'c Context<'a, 'g>,
    timeline: &'c Timeline<'c>,
) -> Result<Outline<'c, 'a, 'g>, Diagnostic> {
    let mut answer = answer(AnswerKind::Rows, COLUMNS);
    let subjects = Rc::new(context.subjects(timeline.of.as_ref(), &mut answer)?);
    let of_type = matches!(timeline.of, Some(Object::Type(_)));
    let mut outline = Outline::new(context, &timeline.tail, About::Column(1), answer)?;
    let entries = Entries::default();
    let (own, of) = (entries.clone(), subjects.clone());
    outline.add("scan happenings and dated nodes tied to the subject", move |_| {
        let nodes = nodes(context, (*of).as_ref(), of_type);
        Ok(book(&own, nodes.into_iter().map(|n| context.entry_of_node(n)).collect()))
    });
    if !of_type {
        let own = entries.clone();
        let core = context.core_of_dated(timeline.of.as_ref(), "c.mode <> 'denied'")?;
        outline.add(&dated_by("add edges whose claims give a date", &core), move |answer| {
            // What is said of a happening at its own date is told by its entry.
            let dated = |e: &Entry| e.nodes.iter().filter_map(|&n| Some((n, e.date?))).collect::<Vec<_>>();
            let told: FxHashSet<(u32, PartialDate)> = own.borrow().iter().flat_map(dated).collect();
            let mut of_edges = dated_edges(context, &context.rows_of(&core, context.params, answer)?);
            of_edges.retain(|e| !is_told(context, e, &told));
            Ok(book(&own, of_edges))
        });
        if subjects.is_some() {
            let own = entries.clone();
            outline.add("add figures that were given differently over time", move |_| {
                Ok((*subjects).as_ref().map_or_else(Vec::new, |s| book(&own, revisions(context, s))))
            });
        }
    }
    let tail = &timeline.tail;
    context.within.time.set(true);
    let text = format!("keep what happens{}, in the modes asked for", between(tail));
    keep(&mut outline, &entries, &text, move |e| in_time(e.date, tail) && e.mode.is_none_or(|m| context.lens.shows(m)));
    rows(&mut outline, &entries, "the documents give no date for anything here");
    outline.finish()?;
    Ok(outline)
}

/// " since 2025 before 2026", for `explain`.
pub(super) fn between(tail: &Tail<'_>) -> String {
    let since = tail.since.map_or_else(String::new, |d| format!(" since {}", d.value));
    since + &tail.before.map_or_else(String::new, |d| format!(" before {}", d.value))
}

/// Whether all that an entry says is said of something with an entry of that date.
fn is_told(context: &Context<'_, '_>, entry: &Entry, told: &FxHashSet<(u32, PartialDate)>) -> bool {
    let Some(date) = entry.date else { return false };
    let ends = |&e: &u32| <[u32; 2]>::from(context.graph.endpoints(e));
    !entry.edges.is_empty() && entry.edges.iter().all(|e| ends(e).iter().any(|&n| told.contains(&(n, date))))
}

/// The dated things of a timeline: those asked for, and happenings tied to them.
fn nodes(context: &Context<'_, '_>, subjects: Option<&FxHashSet<u32>>, of_type: bool) -> Vec<u32> {
    let graph = context.graph;
    let happening = context.happenings();
    let all = (0..graph.node_count()).filter(|&n| !graph.is_world_node(n));
    all.filter(|&n| {
        let happens = happening.contains(&graph.node_type(n));
        match subjects {
            None => happens || context.date_of(n).is_some(),
            Some(of) if of_type => of.contains(&n),
            Some(of) => (happens || context.date_of(n).is_some()) && context.is_tied(n, of),
        }
    })
    .collect()
}

/// A step that runs a MATCH, for `explain`.
fn dated_by(what: &str, core: &Core) -> String {
    format!("{what}, one a sentence: {}", core.text.as_deref().unwrap_or("there are none"))
}

/// Edges with claims that give a date, from rows of (edge, claim): one entry for each date.
fn dated_edges(context: &Context<'_, '_>, found: &[Vec<Value>]) -> Vec<Entry> {
    let graph = context.graph;
    let fixed = context.lasting();
    let mut dated: Vec<(u32, u32)> = found.iter().filter_map(|row| Some((core::edge(row, 0)?, core::claim(row, 1)?))).collect();
    dated.sort_by_key(|d| d.0);
    // One sentence that says something of many ends is one entry.
    let mut groups: BTreeMap<Said<'_>, Vec<(u32, u32)>> = BTreeMap::new();
    let mut places: BTreeMap<(PartialDate, u32, Mode), Vec<(u32, u32)>> = BTreeMap::new();
    for (edge, index) in dated {
        let source = graph.endpoints(edge).0;
        let Some(claim) = graph.claim(index) else { continue };
        let Some(date) = claim.when() else { continue };
        if context.is_place(edge) {
            if !fixed.contains(&graph.node_type(source)) {
                places.entry((date, source, claim.mode())).or_default().push((edge, index));
            }
            continue;
        }
        let place = (claim.document(), claim.locus().span);
        groups.entry((date, graph.edge_type(edge), claim.mode(), place)).or_default().push((edge, index));
    }
    // Several sentences that say the same of the same date are one, too.
    let mut entries: BTreeMap<(PartialDate, Mode, Vec<u32>), Vec<u32>> = BTreeMap::new();
    for ((date, _, mode, _), said) in groups {
        for part in by_end(graph, said) {
            let mut edges: Vec<u32> = part.iter().map(|s| s.0).collect();
            edges.dedup();
            entries.entry((date, mode, edges)).or_default().extend(part.iter().map(|s| s.1));
        }
    }
    let of_edges = entries.into_iter().map(|((date, mode, edges), claims)| context.entry_of_edges(&edges, date, mode, claims));
    let of_places = places.into_iter().map(|((date, node, mode), said)| {
        let (edges, claims): (Vec<u32>, Vec<u32>) = said.into_iter().unzip();
        context.entry_of_place(node, date, mode, claims, &edges)
    });
    of_edges.chain(of_places).collect()
}

/// What one sentence says: date, edge type, mode, document and place.
type Said<'g> = (PartialDate, u16, Mode, (&'g str, crate::span::Span));

/// The edges (with their claims) of a sentence: all together where they have one target, else by their sources.
fn by_end(graph: &FrozenGraph, said: Vec<(u32, u32)>) -> Vec<Vec<(u32, u32)>> {
    let ends = |s: &(u32, u32)| graph.endpoints(s.0);
    if said.windows(2).all(|pair| ends(&pair[0]).1 == ends(&pair[1]).1) {
        return vec![said];
    }
    let mut by_source: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
    for one in said {
        by_source.entry(ends(&one).0).or_default().push(one);
    }
    by_source.into_values().collect()
}

/// Figures of the subjects and of their edges that were given differently over time.
fn revisions(context: &Context<'_, '_>, subjects: &FxHashSet<u32>) -> Vec<Entry> {
    let graph = context.graph;
    let mut entries = Vec::new();
    let mut subjects: Vec<u32> = subjects.iter().copied().collect();
    subjects.sort_unstable();
    for &node in &subjects {
        for (attribute, _) in graph.node_attributes(node).collect::<Vec<_>>() {
            let facts: Vec<_> = graph.node_facts(node, attribute).map(|f| (f.value, f.claims().collect::<Vec<_>>())).collect();
            let of = format!("{} of {}", graph.attribute_name(attribute), graph.name(node));
            entries.extend(revised(context, &of, &facts, &[node], &[]));
        }
        for (kind, other, edge) in graph.all_out(node).chain(graph.all_incoming(node)) {
            let attributes = graph.attributes_of_edge_type(kind).collect::<Vec<_>>();
            for attribute in attributes {
                let facts: Vec<_> =
                    graph.edge_facts(edge, attribute).map(|f| (f.value, f.claims().collect::<Vec<_>>())).collect();
                let of = format!("{}: {}", context.edge_text(edge), graph.attribute_name(attribute));
                entries.extend(revised(context, &of, &facts, &[node, other], &[edge]));
            }
        }
    }
    entries
}

/// The values of an attribute at the dates when they were given, if there are several that are figures.
fn revised(
    context: &Context<'_, '_>,
    of: &str,
    facts: &[(ValueRef<'_>, Vec<ClaimRef<'_>>)],
    nodes: &[u32],
    edges: &[u32],
) -> Vec<Entry> {
    let figures = facts.iter().filter(|(v, _)| matches!(v, ValueRef::Quantity { .. })).count();
    if figures < 2 {
        return Vec::new();
    }
    let entry = |(of_value, claims): &(ValueRef<'_>, Vec<ClaimRef<'_>>)| {
        let counted: Vec<&ClaimRef<'_>> = claims.iter().filter(|c| context.lens.counts(c)).collect();
        let first = counted.first()?;
        let claims: Vec<u32> = counted.iter().map(|c| c.index).collect();
        Some(Entry {
            date: first.when().or(first.asserted()),
            what: Value::text(&format!("{of}: {}", context.shown_value(&value(*of_value)))),
            kind: "figure".to_owned(),
            mode: Some(first.mode()),
            sources: context.count_sources(&claims),
            claims,
            nodes: nodes.to_vec(),
            edges: edges.to_vec(),
        })
    };
    facts.iter().filter_map(entry).collect()
}

/// Whether a date lies in the bounds of the tail. What has no date does where there are none.
pub(super) fn in_time(date: Option<PartialDate>, tail: &Tail<'_>) -> bool {
    let Some(date) = date else { return tail.since.is_none() && tail.before.is_none() };
    let year = |bound: Option<Spanned<PartialDate>>| bound.and_then(|b| b.value.year);
    // "In August" may be of any year, but it is in none from December to January.
    if let (None, Some(first), Some(last)) = (date.year, year(tail.since), year(tail.before))
        && last.saturating_sub(first) <= 1
    {
        return (first..=last).any(|year| in_time(Some(PartialDate { year: Some(year), ..date }), tail));
    }
    tail.since.is_none_or(|since| not_after(since.value, date)) && tail.before.is_none_or(|end| starts_before(date, end.value))
}

/// Whether `date`, taken at its earliest, is before `end`, taken at its earliest.
fn starts_before(date: PartialDate, end: PartialDate) -> bool {
    let first = |d: PartialDate| (d.year.unwrap_or(i16::MIN), d.month.unwrap_or(1), d.day.unwrap_or(1));
    first(date) < first(end)
}

/// The steps of `due`: what is planned, proposed or possible, and dated no later than asked for.
pub(super) fn due<'c, 'a, 'g>(context: &'c Context<'a, 'g>, due: &'c Due<'c>) -> Result<Outline<'c, 'a, 'g>, Diagnostic> {
    let mut answer = answer(AnswerKind::Rows, COLUMNS);
    let subjects = Rc::new(context.subjects(due.of.as_ref(), &mut answer)?);
    let mut outline = Outline::new(context, &due.tail, About::Column(1), answer)?;
    context.within.time.set(true);
    let entries = Entries::default();
    let since = due.tail.since.map(|s| s.value).or(context.options.today);
    let own = entries.clone();
    let core = context.core_of_dated(due.of.as_ref(), "NOT c.mode IN ['actual', 'denied']")?;
    outline.add(&dated_by("find edges whose claims plan something for a date", &core), move |answer| {
        Ok(book(&own, dated_edges(context, &context.rows_of(&core, context.params, answer)?)))
    });
    let own = entries.clone();
    outline.add("add dates and figures of nodes that are planned for a date", move |_| {
        Ok(book(&own, dated_values(context, (*subjects).as_ref(), since.is_some())))
    });
    let until = due.tail.before.map(|b| b.value);
    let text =
        until.map_or_else(|| "keep what the modes show".to_owned(), |d| format!("keep what is planned for no later than {d}"));
    keep(&mut outline, &entries, &text, move |e| {
        let date = e.date.unwrap_or_default();
        e.mode.is_none_or(|m| context.lens.shows(m)) && until.is_none_or(|u| not_after(date, u))
    });
    if let Some(since) = since {
        let own = entries.clone();
        outline.turn(&format!("keep what may still come on {since} or later"), move |mut items, answer| {
            let before = items.len();
            // Due is what may still come on that day or later, by the end of what the date may mean.
            let date = |item: &Value| own.borrow().get(at(item)).and_then(|e| e.date).unwrap_or_default();
            items.retain(|item| not_after(since, date(item)));
            let past = before - items.len();
            if past > 0 {
                let were = if past == 1 { "was" } else { "were" };
                let text = format!("{past} more {were} planned for before {since}: `since` an earlier date shows them");
                answer.notes.push(Note::Remark(text));
            }
            Ok(items)
        });
    }
    rows(&mut outline, &entries, "the documents plan nothing for that time");
    outline.finish()?;
    Ok(outline)
}

/// Whether a claim speaks of what is still to come: by its mode, or as the date that it gives a thing lies after its own. Of a
/// text without a date only the bounds that are asked for can tell, and of a day without a year ("took place on August 9") nothing.
fn is_to_come(claim: &ClaimRef<'_>, date: Option<PartialDate>, bounded: bool) -> bool {
    let ahead = |date: PartialDate| bounded && date.year.is_some();
    let later = |date: PartialDate| claim.asserted().map_or(ahead(date), |said| !not_after(date, said));
    claim.mode() != Mode::Denied && (claim.mode() != Mode::Actual || date.is_some_and(later))
}

/// Nodes whose date, or whose other attributes, are claimed for a date that is still to come.
fn dated_values(context: &Context<'_, '_>, subjects: Option<&FxHashSet<u32>>, bounded: bool) -> Vec<Entry> {
    let graph = context.graph;
    let mut entries: Vec<Entry> = Vec::new();
    for node in (0..graph.node_count()).filter(|&n| !graph.is_world_node(n)) {
        if subjects.is_some_and(|s| !s.contains(&node) && !context.is_tied(node, s)) {
            continue;
        }
        for attribute in graph.node_attributes(node).map(|a| a.0).collect::<Vec<_>>() {
            for fact in graph.node_facts(node, attribute) {
                let own = (Some(attribute) == context.date_attribute()).then(|| fact.value.text()?.parse().ok()).flatten();
                let counted: Vec<ClaimRef<'_>> = fact
                    .claims()
                    .filter(|c| context.lens.counts(c) && !c.is_world() && is_to_come(c, own.or(c.when()), bounded))
                    .collect();
                let Some(date) = own.or_else(|| counted.iter().find_map(ClaimRef::when)) else { continue };
                let Some(last) = counted.last() else { continue };
                let claims: Vec<u32> = counted.iter().map(|c| c.index).collect();
                let mut entry = context.entry_of_node(node);
                if own.is_none() {
                    let figure = context.shown_value(&value(fact.value));
                    entry.what = Value::text(&format!("{} of {}: {figure}", graph.attribute_name(attribute), graph.name(node)));
                }
                entries.push(Entry {
                    date: Some(date),
                    // What is dated as a fact before its day is planned.
                    mode: Some(last.mode().min(Mode::Planned)),
                    sources: context.count_sources(&claims),
                    claims,
                    ..entry
                });
            }
        }
    }
    entries
}

fn as_rows(context: &Context<'_, '_>, mut entries: Vec<Entry>) -> Vec<Row> {
    // What has no date comes last.
    entries.sort_by_cached_key(|e| {
        (e.date.is_none(), e.date, context.shown_value(&e.what), e.nodes.clone(), e.edges.clone(), e.claims.clone())
    });
    // What is said twice of one thing and date, in different ways, is one row.
    entries.dedup_by(|next, kept| {
        let shown = |e: &Entry| (e.date, e.mode, e.nodes.first().copied(), context.shown_value(&e.what));
        let same = shown(next) == shown(kept);
        if same {
            kept.claims.append(&mut next.claims);
            kept.claims = context.by_sentence(std::mem::take(&mut kept.claims));
            kept.sources = context.count_sources(&kept.claims);
            kept.edges.append(&mut next.edges);
        }
        same
    });
    let row = |e: Entry| -> Row {
        let cells = vec![
            e.date.map_or(Value::Null, |d| Value::text(&d.to_string())),
            e.what,
            Value::text(&e.kind),
            e.mode.map_or(Value::Null, |m| Value::text(m.as_str())),
            Value::Int(e.sources),
        ];
        row_with_evidence(cells, e.claims, e.nodes, e.edges)
    };
    entries.into_iter().map(row).collect()
}
