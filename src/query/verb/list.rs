//! `list` and `count`: things of a type, tied to something if that is said; and what it means to be in a place.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::core::{Core, node};
use super::filter::{About, Subject};
use super::{Context, answer, row_with_evidence};
use crate::diagnostic::Diagnostic;
use crate::model::Mode;
use crate::query::Sense;
use crate::query::answer::{Answer, AnswerKind, Column, ColumnKind, Row, Value};
use crate::query::ast::{By, List, Names, Tail};

impl Context<'_, '_> {
    /// Keeps what lies in, or is tied to, the places of `in NAMES`.
    pub(super) fn retain_in_place<T>(
        &self,
        tail: &Tail<'_>,
        items: &mut Vec<T>,
        node: impl Fn(&T) -> u32,
    ) -> Result<(), Diagnostic> {
        self.within.place.set(true);
        let Some(names) = &tail.place else { return Ok(()) };
        let inside: FxHashSet<u32> = self.bind(names, &self.stop_types())?.iter().flat_map(|b| self.inside(b)).collect();
        items.retain(|item| self.is_tied(node(item), &inside));
        self.step("in", items.len());
        Ok(())
    }

    /// Whether a node is one of some, or an edge that is shown ties it to one.
    pub(super) fn is_tied(&self, node: u32, to: &FxHashSet<u32>) -> bool {
        to.contains(&node)
            || self
                .graph
                .all_out(node)
                .chain(self.graph.all_incoming(node))
                .any(|(_, other, edge)| to.contains(&other) && self.lens.shown(edge).is_some())
    }

    /// The mode of most of a node's edges, of equals the weaker: whether it is there, or planned, or only possible.
    pub(super) fn node_mode(&self, node: u32) -> Option<Mode> {
        if Some(self.graph.node_type(node)) == self.roles.way
            && let Some(mode) = self.ways().way(node).mode()
        {
            return Some(mode);
        }
        let mut counts = [0_u32; 5];
        for (_, _, edge) in self.graph.all_out(node).chain(self.graph.all_incoming(node)) {
            if let Some(mode) = self.lens.shown(edge)
                && let Some(count) = counts.get_mut(mode as usize)
            {
                *count += 1;
            }
        }
        let count = |m: Mode| counts.get(m as usize).copied().unwrap_or(0);
        Mode::ALL.into_iter().filter(|&m| count(m) > 0).max_by_key(|&m| (count(m), std::cmp::Reverse(m)))
    }

    /// Whether `as of`, where it is asked for, leaves a text that speaks of the node. World data is of no date.
    fn known_by_then(&self, node: u32) -> bool {
        self.seen.as_of.is_none() || self.graph.is_world_node(node) || self.node_sources(node) > 0
    }

    /// How many independent sources speak of a node.
    pub(super) fn node_sources(&self, node: u32) -> i64 {
        let by_edges = || self.graph.all_out(node).chain(self.graph.all_incoming(node)).map(|t| t.2);
        let mentioned =
            self.graph.mentions(node).filter_map(|m| m.article()).filter(|a| self.lens.counts_article(a)).map(|a| a.source());
        let mut sources: Vec<u32> = mentioned.chain(self.lens.sources(by_edges())).collect();
        sources.sort_unstable();
        sources.dedup();
        sources.len() as i64
    }
}

/// Answers `list` and `count`.
pub(super) fn run(context: &Context<'_, '_>, list: &List<'_>) -> Result<Answer, Diagnostic> {
    let mut answer = answer(AnswerKind::Rows, &[]);
    let sense = list.kind.as_ref().map(|noun| context.sense(noun, &mut answer));
    let of = list.of.as_ref().map(|names| of(context, names)).transpose()?.unwrap_or_default();
    let mut nodes = match &sense {
        Some(None) => Vec::new(),
        sense => nodes(context, sense.as_ref().and_then(Option::as_ref), &of, &mut answer)?,
    };
    context.retain_in_place(&list.tail, &mut nodes, |n| *n)?;
    context.retain_in_time(&list.tail, &mut nodes, &mut answer);
    if let Some(filter) = &list.tail.filter {
        context.warn_unknown(&mut answer, filter)?;
        let mut kept = Vec::with_capacity(nodes.len());
        for node in nodes {
            if context.keeps(&[filter], Subject::Node(node))? {
                kept.push(node);
            }
        }
        nodes = kept;
        context.step("where", nodes.len());
    }
    if list.count {
        count(context, list, &nodes, &mut answer);
        context.order_and_page(&mut answer, &list.tail, About::Nothing)?;
        return Ok(answer);
    }
    if list.of.is_some() {
        tied_rows(context, &mut answer, nodes, &of);
    } else {
        rows(context, &mut answer, nodes, sense.is_none());
    }
    if let Some(By::Property(word)) = &list.tail.by {
        sort_by(context, &mut answer, &word.text);
    }
    context.order_and_page(&mut answer, &list.tail, About::Column(0))?;
    Ok(answer)
}

/// What listed things are tied to, and what lies in that or belongs to it.
#[derive(Default)]
struct Of {
    /// Something was named at all.
    given: bool,
    named: FxHashSet<u32>,
    inside: FxHashSet<u32>,
}

fn of(context: &Context<'_, '_>, names: &Names<'_>) -> Result<Of, Diagnostic> {
    let bound = context.bind(names, &[])?;
    let named = bound.iter().filter_map(|b| b.node).collect();
    Ok(Of { given: true, named, inside: bound.iter().flat_map(|b| context.inside(b)).collect() })
}

impl Context<'_, '_> {
    /// The query of the core that `list` and `count` run.
    pub(super) fn core_of_list_verb(&self, list: &List<'_>, answer: &mut Answer) -> Result<Core, Diagnostic> {
        let sense = list.kind.as_ref().map(|noun| self.sense(noun, answer));
        let of = list.of.as_ref().map(|names| of(self, names)).transpose()?.unwrap_or_default();
        Ok(if sense == Some(None) { Core::default() } else { of.core(self, sense.flatten().as_ref()) })
    }
}

impl Of {
    fn core(&self, context: &Context<'_, '_>, sense: Option<&Sense>) -> Core {
        let mut named: Vec<u32> = self.named.iter().copied().collect();
        named.sort_unstable();
        let tied = self.given.then_some(named.as_slice());
        if tied.is_some_and(<[u32]>::is_empty) { Core::default() } else { context.core_of_list(sense, tied) }
    }
}

/// The nodes of a type, by the core; of something: those that are tied to it, lie in it or belong to it.
fn nodes(context: &Context<'_, '_>, sense: Option<&Sense>, of: &Of, answer: &mut Answer) -> Result<Vec<u32>, Diagnostic> {
    let rows = context.rows_of(&of.core(context, sense), context.params, answer)?;
    let mut nodes: Vec<u32> = rows.iter().filter_map(|r| node(r, 0)).collect();
    let of_kind = |n: u32, s: &Sense| *context.graph.node_type_name(context.graph.node_type(n)) == *s.kind;
    let fits = |n: &u32| sense.is_none_or(|s| of_kind(*n, s) && context.is_so(*n, s));
    let spoken = |n: &u32| context.lens.with_world() || !context.graph.is_world_node(*n);
    // That something lies in a place is no word on how it is held.
    nodes.extend(of.inside.iter().filter(|n| fits(n) && spoken(n) && !context.restricts_modes()));
    nodes.retain(|n| !of.named.contains(n) && context.known_by_then(*n));
    nodes.sort_unstable();
    nodes.dedup();
    Ok(nodes)
}

/// Rows for nodes tied to something: name, type, how they are tied, mode, sources, evidence of the tie.
fn tied_rows(context: &Context<'_, '_>, answer: &mut Answer, mut nodes: Vec<u32>, of: &Of) {
    let graph = context.graph;
    nodes.sort_by(|&a, &b| (graph.name(a), a).cmp(&(graph.name(b), b)));
    answer.columns = vec![
        Column::new("name", ColumnKind::Node),
        Column::new("type", ColumnKind::Text),
        Column::new("relation", ColumnKind::Text),
        Column::new("mode", ColumnKind::Text),
        Column::new("sources", ColumnKind::Number),
        Column::new("evidence", ColumnKind::Evidence),
    ];
    let row = |&node: &u32| -> Row {
        let out = graph.all_out(node).map(|(t, n, e)| (t, true, n, e));
        let all = out.chain(graph.all_incoming(node).map(|(t, n, e)| (t, false, n, e)));
        let ties: Vec<(u16, bool, u32, u32)> =
            all.filter(|t| of.named.contains(&t.2) && context.lens.shown(t.3).is_some()).collect();
        let mut said: Vec<String> = ties.iter().map(|t| context.edge_wording(t.0, t.1)).collect();
        said.dedup();
        let edges: Vec<u32> = ties.iter().map(|t| t.3).collect();
        let mode = edges.iter().filter_map(|&e| context.lens.mode(e)).max();
        let relation = if said.is_empty() { "belongs to it, by world data".to_owned() } else { said.join("; ") };
        let cells = vec![
            Value::Node(node),
            Value::text(graph.node_type_name(graph.node_type(node))),
            Value::text(&relation),
            mode.map_or(Value::Null, |m| Value::text(m.as_str())),
            Value::Int(context.lens.sources(edges.iter().copied()).len() as i64),
        ];
        row_with_evidence(cells, context.claims(edges.iter().copied()), vec![node], edges)
    };
    answer.rows = nodes.iter().map(row).collect();
}

/// Rows for nodes: name, type, attributes, mode, sources, evidence.
fn rows(context: &Context<'_, '_>, answer: &mut Answer, mut nodes: Vec<u32>, mixed: bool) {
    let graph = context.graph;
    nodes.sort_by(|&a, &b| (graph.name(a), a).cmp(&(graph.name(b), b)));
    let mut attributes: Vec<u16> =
        if mixed { Vec::new() } else { nodes.iter().flat_map(|&n| graph.node_attributes(n).map(|a| a.0)).collect() };
    attributes.sort_unstable();
    attributes.dedup();
    answer.columns = vec![Column::new("name", ColumnKind::Node), Column::new("type", ColumnKind::Text)];
    answer.columns.extend(attributes.iter().map(|&a| Column::new(graph.attribute_name(a), ColumnKind::Any)));
    let last = [("mode", ColumnKind::Text), ("sources", ColumnKind::Number), ("evidence", ColumnKind::Evidence)];
    answer.columns.extend(last.iter().map(|(n, k)| Column::new(n, *k)));
    let row = |&node: &u32| -> Row {
        let mut cells = vec![Value::Node(node), Value::text(graph.node_type_name(graph.node_type(node)))];
        cells.extend(attributes.iter().map(|&a| context.attribute(node, a)));
        cells.push(context.node_mode(node).map_or(Value::Null, |m| Value::text(m.as_str())));
        cells.push(Value::Int(context.node_sources(node)));
        row_with_evidence(cells, context.node_evidence(node), vec![node], Vec::new())
    };
    answer.rows = nodes.iter().map(row).collect();
}

impl Context<'_, '_> {
    /// The claims that speak of a node: of its attributes, else of its edges.
    pub(super) fn node_evidence(&self, node: u32) -> Vec<u32> {
        let own: Vec<u32> =
            self.graph.node_claims(node).filter(|c| self.lens.counts(c) && !c.is_world()).map(|c| c.index).collect();
        if !own.is_empty() {
            return own;
        }
        let edges = self.graph.all_out(node).chain(self.graph.all_incoming(node)).map(|t| t.2);
        let shown: Vec<u32> = edges.filter(|&e| self.lens.shown(e).is_some()).take(16).collect();
        self.claims(shown)
    }
}

fn sort_by(context: &Context<'_, '_>, answer: &mut Answer, property: &str) {
    let Some(at) = answer.columns.iter().position(|c| c.name.eq_ignore_ascii_case(property)) else { return };
    let cell = |r: &Row| r.cells.get(at).cloned().unwrap_or_default();
    answer.rows.sort_by(|a, b| cell(a).order(&cell(b), context.graph));
}

/// How many, by group if that is said.
fn count(context: &Context<'_, '_>, list: &List<'_>, nodes: &[u32], answer: &mut Answer) {
    let Some(By::Property(word)) = &list.tail.by else {
        answer.columns = vec![Column::new("count", ColumnKind::Number)];
        answer.rows = vec![Row { cells: vec![Value::Int(nodes.len() as i64)], nodes: nodes.to_vec(), ..Row::default() }];
        return;
    };
    context.warn_property(answer, word);
    answer.columns = vec![Column::new(&word.text, ColumnKind::Any), Column::new("count", ColumnKind::Number)];
    // Groups by what is shown; nothing comes last.
    let mut groups: BTreeMap<(bool, String), (Value, Vec<u32>)> = BTreeMap::new();
    for &node in nodes {
        let value = match word.text.to_ascii_lowercase().as_str() {
            "mode" => context.node_mode(node).map_or(Value::Null, |m| Value::text(m.as_str())),
            "sources" => Value::Int(context.node_sources(node)),
            _ => context.property(Subject::Node(node), &word.text),
        };
        let shown = value
            .as_str(context.graph)
            .map_or_else(|| value.number().map_or_else(String::new, |n| format!("{n:020}")), str::to_owned);
        groups.entry((value.is_null(), shown)).or_insert_with(|| (value, Vec::new())).1.push(node);
    }
    answer.rows = groups
        .into_values()
        .map(|(value, nodes)| Row { cells: vec![value, Value::Int(nodes.len() as i64)], nodes, ..Row::default() })
        .collect();
}
