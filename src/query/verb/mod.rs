//! The verb sentences: what each asks of a graph, and how its answer is found.
//!
//! Types and edges come from the schema's roles, never by name. What a verb may rest on is decided by one `lens::Lens`,
//! containment by one `places::Places`; names are `resolve`'s, syntax is the parser's.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::Diagnostic;
use crate::graph::FrozenGraph;
use crate::model::{Mode, PartialDate};
use crate::names::{closest, fold};
use crate::query::answer::{Answer, AnswerKind, Column, ColumnKind, Interrupt, Note, Row, Value};
use crate::query::ast::{Body, By, Names, Prefix, Relation, Seen, Statement, Tail};
use crate::query::resolve::{Bound, NameError, Resolver};
use crate::query::tables::Tables;
use crate::query::{Engine, Options, Params, Reading, Vocabulary};
use crate::schema::Schema;
use crate::span::Span;

mod borders;
mod bounds;
mod chains;
mod chokepoints;
mod conflicts;
mod core;
mod equivalent;
mod explain;
mod filter;
pub(super) mod lens;
mod list;
mod outline;
mod paths;
mod places;
mod relations;
mod routes;
mod scan;
mod search;
mod show;
mod sources;
mod steps;
mod stretches;
#[cfg(test)]
mod tests;
mod times;
mod ways;
mod why;
mod within;

use filter::{Asked, Subject};
use lens::Lens;
use outline::Outline;
use places::Places;
use search::{Stop, Watch};
use steps::Steps;
use ways::{Roles, Ways};

/// Answers a verb sentence.
///
/// # Errors
/// Names, types and edges that mean nothing, or clauses that contradict each other.
pub fn run(
    engine: &Engine<'_>,
    statement: &Statement<'_>,
    params: &Params,
    options: &Options,
    interrupt: &Interrupt,
) -> Result<Answer, Diagnostic> {
    let empty = Tail::default();
    let tail = tail(&statement.body).unwrap_or(&empty);
    let context = Context::new(engine, tail, params, options, interrupt);
    match statement.prefix {
        Prefix::None => {
            let mut answer = match outline(&context, &statement.body)? {
                Some(outline) => outline.run(false)?,
                None => answer_body(&context, &statement.body)?,
            };
            warn_idle(&statement.body, tail, &mut answer);
            Ok(answer)
        }
        Prefix::Explain => explain::explain(&context, &statement.body, tail),
        Prefix::Profile => {
            let context = Context { steps: Some(RefCell::new(Steps::new(options.clock))), ..context };
            let answer = match outline(&context, &statement.body)? {
                Some(outline) => outline.run(true)?,
                None => {
                    let answer = answer_body(&context, &statement.body)?;
                    Answer { text: context.steps.as_ref().map(|steps| steps.borrow().shown()), ..answer }
                }
            };
            Ok(Answer { kind: AnswerKind::Text, text: answer.text, notes: answer.notes, ..Answer::default() })
        }
    }
}

/// Warns of a `by` where nothing is weighed, listed or counted.
fn warn_idle(body: &Body<'_>, tail: &Tail<'_>, answer: &mut Answer) {
    let (span, property) = match (&tail.by, body) {
        (None, _) | (_, Body::Routes(_) | Body::Paths(_) | Body::Chokepoints(_)) | (Some(By::Property(_)), Body::List(_)) => {
            return;
        }
        (Some(By::Property(word)), _) => (word.span, Some(&*word.text)),
        (Some(By::Hops(span)), _) => (*span, None),
    };
    let warning =
        Diagnostic::warning("Q223", "`by` weighs a search, orders a list and groups a count").at(span, "does nothing here");
    answer.notes.push(Note::Warning(match property {
        Some(property) => warning.hint(format!("`order by {property}` orders rows")),
        None => warning,
    }));
}

/// The plan of a sentence that has steps of its own; none for those that run a query of the core ([`core`]).
fn outline<'c, 'a, 'g>(context: &'c Context<'a, 'g>, body: &'c Body<'c>) -> Result<Option<Outline<'c, 'a, 'g>>, Diagnostic> {
    Ok(Some(match body {
        Body::Routes(asked) => routes::outline(context, asked)?,
        Body::Paths(asked) => paths::outline(context, asked)?,
        Body::Chokepoints(asked) => chokepoints::outline(context, asked)?,
        Body::Timeline(asked) => times::timeline(context, asked)?,
        Body::Due(asked) => times::due(context, asked)?,
        Body::Conflicts(asked) => conflicts::outline(context, asked)?,
        Body::Why(asked) => return why::outline(context, asked),
        Body::Neighbours(_)
        | Body::Show(_)
        | Body::Ask(_)
        | Body::List(_)
        | Body::Compare(_)
        | Body::Sources(_)
        | Body::Match(_) => return Ok(None),
    }))
}

/// Answers a sentence that runs a query of the core.
fn answer_body(context: &Context<'_, '_>, body: &Body<'_>) -> Result<Answer, Diagnostic> {
    match body {
        Body::Neighbours(neighbours) => relations::neighbours(context, neighbours),
        Body::Show(show) => show::run(context, show),
        Body::Ask(ask) => relations::ask(context, ask),
        Body::List(list) => list::run(context, list),
        Body::Compare(compare) => show::compare(context, compare),
        Body::Sources(sources) => sources::run(context, sources),
        Body::Why(why) => why::run(context, why),
        Body::Match(query) => Err(Diagnostic::error("Q299", "MATCH is no verb").at(query.span, "")),
        Body::Routes(_) | Body::Paths(_) | Body::Chokepoints(_) | Body::Timeline(_) | Body::Due(_) | Body::Conflicts(_) => {
            Ok(outline(context, body)?.map(|o| o.run(false)).transpose()?.unwrap_or_default())
        }
    }
}

/// A stop of a way, for maps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WayStop {
    /// The stop.
    pub node: u32,
    /// The edge that says so.
    pub edge: u32,
    /// Whether the texts say where along the way it lies.
    pub placed: bool,
    /// Whether they call it the way's start.
    pub first: bool,
    /// Whether they call it the way's end.
    pub last: bool,
}

/// The ways that documents speak of, each with its stops in order as far as that is known.
#[must_use]
pub fn stops_of_ways(engine: &Engine<'_>) -> Vec<(u32, Vec<WayStop>)> {
    let (tail, params, options, interrupt) = (Tail::default(), Params::default(), Options::default(), Interrupt::new());
    let context = Context::new(engine, &tail, &params, &options, &interrupt);
    let stop =
        |s: &ways::Stop| WayStop { node: s.node, edge: s.edge, placed: s.is_placed(), first: s.is_first(), last: s.is_last() };
    context.ways().all().iter().map(|w| (w.node, w.shown().map(stop).collect())).collect()
}

fn tail<'a, 's>(body: &'a Body<'s>) -> Option<&'a Tail<'s>> {
    Some(match body {
        Body::Match(_) => return None,
        Body::Routes(b) => &b.tail,
        Body::Paths(b) => &b.tail,
        Body::Neighbours(b) => &b.tail,
        Body::Show(b) => &b.tail,
        Body::Ask(b) => &b.tail,
        Body::Why(b) => &b.tail,
        Body::List(b) => &b.tail,
        Body::Timeline(b) => &b.tail,
        Body::Conflicts(b) => &b.tail,
        Body::Compare(b) => &b.tail,
        Body::Chokepoints(b) => &b.tail,
        Body::Due(b) => &b.tail,
        Body::Sources(b) => &b.tail,
    })
}

/// What every verb works with.
struct Context<'a, 'g> {
    graph: &'g FrozenGraph,
    schema: &'g Schema,
    lens: Lens<'g>,
    places: Places<'g>,
    roles: Roles,
    resolver: Resolver<'g>,
    vocabulary: &'a Vocabulary,
    params: &'a Params,
    options: &'a Options,
    interrupt: &'a Interrupt,
    engine: &'a Engine<'g>,
    tables: &'a Tables<'g>,
    /// What each step did, where `profile` asks.
    steps: Option<RefCell<Steps>>,
    /// Which claims and edges count, as the tail says it.
    seen: Seen,
    /// Which clauses of place and time were asked before there are rows.
    within: within::Asked,
    /// What the tail asks of rows, by where it stands.
    asked: RefCell<FxHashMap<Span, Rc<Asked<'a, 'g>>>>,
}

impl<'a, 'g> Context<'a, 'g> {
    fn new(engine: &'a Engine<'g>, tail: &Tail<'_>, params: &'a Params, options: &'a Options, interrupt: &'a Interrupt) -> Self {
        let (graph, schema) = (engine.graph(), engine.schema());
        let modes: Vec<_> = tail.modes.iter().map(|m| m.value).collect();
        let lens = Lens::new(graph)
            .modes(&modes)
            .as_of(tail.as_of.map(|d| d.value))
            .min_confidence(options.min_confidence)
            .world(tail.with_world.is_some());
        Self {
            graph,
            schema,
            lens,
            places: Places::new(graph, schema, lens),
            roles: Roles::of(graph, schema),
            resolver: Resolver::new(graph, schema),
            vocabulary: engine.vocabulary(),
            params,
            options,
            interrupt,
            engine,
            tables: &engine.tables,
            steps: None,
            seen: Seen { modes: tail.modes.clone(), as_of: tail.as_of, with_world: tail.with_world },
            within: within::Asked::default(),
            asked: RefCell::default(),
        }
    }

    fn ways(&self) -> Ways<'_, 'g> {
        Ways { graph: self.graph, schema: self.schema, lens: self.lens, places: &self.places, roles: self.roles }
    }

    fn watch(&self) -> Watch<'a> {
        Watch::new(self.interrupt, self.options.clock, self.options.time)
    }

    /// Books a step that is done, and how many rows or nodes are left after it.
    fn step(&self, name: &str, rows: usize) {
        if let Some(steps) = &self.steps {
            steps.borrow_mut().done(name, rows);
        }
    }

    /// The things that names mean; `types` fit best.
    fn bind(&self, names: &Names<'_>, types: &[u16]) -> Result<Vec<Bound>, Diagnostic> {
        Ok(self.resolver.names(names, types, self.params)?)
    }

    /// As [`Context::bind`]; of several things that bear a name the only one that an edge can lead to is meant.
    fn bind_at_end(&self, names: &Names<'_>, types: &[u16]) -> Result<Vec<Bound>, Diagnostic> {
        let fits = |kind: &str| self.graph.node_type_id(kind).is_some_and(|t| types.contains(&t));
        match self.resolver.names(names, &[], self.params) {
            Err(NameError::Ambiguous { candidates, .. }) if candidates.iter().filter(|c| fits(&c.1)).count() == 1 => {
                self.bind(names, types)
            }
            bound => Ok(bound?),
        }
    }

    /// The edge types that some wordings name; without any, all. Unknown wordings are warned of.
    fn edge_types(&self, over: &[Relation<'_>], answer: &mut Answer) -> Vec<u16> {
        if over.is_empty() {
            return (0..self.graph.edge_type_names().len() as u16).collect();
        }
        let mut types: Vec<u16> = Vec::new();
        for relation in over {
            match self.readings(relation) {
                Ok(readings) => types.extend(readings.iter().filter_map(|r| self.graph.edge_type_id(&r.edge))),
                Err(unknown) => answer.notes.push(Note::Warning(unknown)),
            }
        }
        types.sort_unstable();
        types.dedup();
        types
    }

    /// As [`Self::edge_types`], for chains: without wordings, all but those that keep apart what they join.
    fn joining_types(&self, over: &[Relation<'_>], answer: &mut Answer) -> Vec<u16> {
        let mut types = self.edge_types(over, answer);
        if over.is_empty() {
            let name = |t: &crate::schema::EdgeTypeId| self.schema.edge_types.get(t.0 as usize).map(|t| &*t.name);
            let parting: Vec<&str> = self.schema.roles.parting.iter().filter_map(name).collect();
            types.retain(|&t| !parting.contains(&self.graph.edge_type_name(t)));
        }
        types
    }

    /// What an edge's wording may mean, in the schema or in the graph.
    fn readings(&self, relation: &Relation<'_>) -> Result<Vec<Reading>, Diagnostic> {
        let known = self.vocabulary.readings(&relation.text);
        if !known.is_empty() {
            return Ok(known.to_vec());
        }
        let plain = fold(&relation.text.replace('_', " "));
        let name = self.graph.edge_type_names().find(|n| fold(&n.replace('_', " ")) == plain);
        name.map(|n| vec![Reading { edge: n.into(), backward: false }])
            .ok_or_else(|| self.unknown_edge(&relation.text, relation.span))
    }

    /// The warning for an edge that neither schema nor graph has.
    fn unknown_edge(&self, text: &str, span: Span) -> Diagnostic {
        let names = self.vocabulary.wordings().map(|w| w.0).chain(self.graph.edge_type_names());
        let close = closest(text, names, 3);
        let warning = Diagnostic::warning("Q230", format!("no edge is called `{text}`")).at(span, "matches nothing");
        if close.is_empty() {
            warning.hint(".schema lists edges and how they are said")
        } else {
            warning.hint(format!("did you mean {}?", close.join(", ")))
        }
    }

    /// The graph's types of stops, best first.
    fn stop_types(&self) -> Vec<u16> {
        let of = |t: &crate::schema::NodeTypeId| self.graph.node_type_id(&self.schema.node_types.get(t.0 as usize)?.name);
        self.schema.roles.stops.iter().filter_map(of).collect()
    }

    /// The claims of some edges that count, in the order of the edges; one sentence that says several things stands once.
    fn claims(&self, edges: impl IntoIterator<Item = u32>) -> Vec<u32> {
        let mut all: Vec<u32> = Vec::new();
        let mut seen: FxHashSet<(&str, Span, Mode, Option<PartialDate>)> = FxHashSet::default();
        for edge in edges {
            for claim in
                self.lens.claims(edge).filter(|c| self.lens.with_world() || !c.is_world() || self.graph.is_world_edge(edge))
            {
                let fresh = seen.insert((claim.document(), claim.locus().span, claim.mode(), claim.when()));
                if fresh || claim.is_world() && !all.contains(&claim.index) {
                    all.push(claim.index);
                }
            }
        }
        all
    }
}

/// An answer without rows yet.
fn answer(kind: AnswerKind, columns: &[(&str, ColumnKind)]) -> Answer {
    let columns = columns.iter().map(|(name, kind)| Column::new(name, *kind)).collect();
    Answer { kind, columns, ..Answer::default() }
}

/// Says why an answer may not be all.
fn note_stop(answer: &mut Answer, stop: Option<Stop>) {
    let Some(stop) = stop else { return };
    answer.interrupted = stop == Stop::Interrupted;
    let why = match stop {
        Stop::Interrupted => "stopped on request",
        Stop::Time => "stopped when the time was up",
        Stop::Memory => "stopped because too many ways lie open: say more about where they go",
    };
    answer.notes.push(Note::Cut(format!("{why}; more may exist")));
}

/// A row whose evidence is shown in its last cell.
fn row_with_evidence(mut cells: Vec<Value>, evidence: Vec<u32>, nodes: Vec<u32>, edges: Vec<u32>) -> Row {
    cells.push(Value::Evidence(evidence.clone().into()));
    Row { cells, evidence, nodes, edges }
}
