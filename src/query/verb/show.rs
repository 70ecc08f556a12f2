//! `show`: all that is known of something; `compare`: that of several, side by side.

use std::collections::BTreeMap;

use super::filter::{About, value};
use super::{Context, answer, core, row_with_evidence};
use crate::diagnostic::Diagnostic;
use crate::model::Mode;
use crate::query::answer::{Answer, AnswerKind, Column, ColumnKind, Row, Value};
use crate::query::ast::{Compare, Object, Show};

/// Edges of a node that are of one type, one way and one mode.
struct Group {
    kind: u16,
    forward: bool,
    mode: Mode,
    others: Vec<u32>,
    edges: Vec<u32>,
}

impl Context<'_, '_> {
    /// The edges of some nodes, by the core, for each of these: (node at the other end, edge).
    fn edges_of(&self, nodes: &[u32], answer: &mut Answer) -> Result<BTreeMap<u32, Vec<(u32, u32)>>, Diagnostic> {
        let mut all: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
        for row in self.rows_of(&self.core_of_show(nodes), self.params, answer)? {
            if let (Some(of), Some(edge), Some(other)) = (core::node(&row, 0), core::edge(&row, 1), core::node(&row, 2)) {
                all.entry(of).or_default().push((other, edge));
            }
        }
        Ok(all)
    }

    /// The edges of a node, grouped by type, direction and mode; denied ones too, as such.
    fn groups_of(&self, node: u32, edges: &[(u32, u32)]) -> Vec<Group> {
        let mut groups: BTreeMap<(u16, bool, std::cmp::Reverse<Mode>), Group> = BTreeMap::new();
        for &(other, edge) in edges {
            let Some(mode) = self.lens.mode(edge) else { continue };
            let kind = self.graph.edge_type(edge);
            let forward = self.graph.endpoints(edge).0 == node || self.is_symmetric(kind);
            let new = || Group { kind, forward, mode, others: Vec::new(), edges: Vec::new() };
            let group = groups.entry((kind, !forward, std::cmp::Reverse(mode))).or_insert_with(new);
            if !group.edges.contains(&edge) {
                group.others.push(other);
                group.edges.push(edge);
            }
        }
        let mut groups: Vec<Group> = groups.into_values().collect();
        for group in &mut groups {
            let mut pairs: Vec<(u32, u32)> = group.others.iter().copied().zip(group.edges.iter().copied()).collect();
            pairs.sort_by_cached_key(|&(n, e)| (self.along(e), self.graph.name(n), e));
            (group.others, group.edges) = pairs.into_iter().unzip();
        }
        groups
    }

    /// A stop's place along its way, for edges that have one.
    fn along(&self, edge: u32) -> i64 {
        let order = self.schema.roles.order.as_ref().and_then(|a| self.graph.attribute_id(a));
        let place = order.and_then(|a| self.graph.edge_value(edge, a)).and_then(|v| v.number());
        place.map_or(i64::MAX, |n| n as i64)
    }

    /// A value as a person reads it.
    pub(super) fn shown_value(&self, value: &Value) -> String {
        match value {
            Value::Null => String::new(),
            Value::Node(n) => self.graph.name(*n).to_owned(),
            Value::Int(i) => i.to_string(),
            Value::Float(x) => x.to_string(),
            Value::Bool(b) => b.to_string(),
            Value::List(items) => items.iter().map(|i| self.shown_value(i)).collect::<Vec<_>>().join(", "),
            other => other.as_str(self.graph).unwrap_or_default().to_owned(),
        }
    }
}

/// Answers `show`.
pub(super) fn run(context: &Context<'_, '_>, show: &Show<'_>) -> Result<Answer, Diagnostic> {
    let mut answer = answer(
        AnswerKind::Rows,
        &[
            ("name", ColumnKind::Node),
            ("type", ColumnKind::Text),
            ("about", ColumnKind::Text),
            ("value", ColumnKind::Any),
            ("mode", ColumnKind::Text),
            ("sources", ColumnKind::Number),
            ("evidence", ColumnKind::Evidence),
        ],
    );
    let nodes = context.nodes(&context.bind(&show.names, &[])?)?;
    let edges = context.edges_of(&nodes, &mut answer)?;
    for node in nodes {
        answer.rows.extend(rows(context, node, edges.get(&node).map_or(&[], Vec::as_slice)));
    }
    context.finish(&mut answer, &show.tail, About::Column(0))?;
    Ok(answer)
}

fn rows(context: &Context<'_, '_>, node: u32, edges: &[(u32, u32)]) -> Vec<Row> {
    let graph = context.graph;
    let kind = || Value::text(graph.node_type_name(graph.node_type(node)));
    let row = |about: &str, of: Value, mode: Option<Mode>, sources: i64, claims: Vec<u32>, others: &[u32], edges: Vec<u32>| {
        let mode = mode.map_or(Value::Null, |m| Value::text(m.as_str()));
        let cells = vec![Value::Node(node), kind(), Value::text(about), of, mode, Value::Int(sources)];
        let nodes = std::iter::once(node).chain(others.iter().copied()).collect();
        row_with_evidence(cells, claims, nodes, edges)
    };
    let mut rows = Vec::new();
    let aliases: Vec<Value> = graph.aliases(node).map(Value::text).collect();
    if !aliases.is_empty() {
        rows.push(row("also called", Value::List(aliases.into()), None, context.node_sources(node), Vec::new(), &[], Vec::new()));
    }
    let attributes: Vec<u16> = graph.node_attributes(node).map(|a| a.0).collect();
    for attribute in attributes {
        let mut values = context.facts(node, attribute);
        if values.is_empty() && !context.lens.restricts_claims() {
            values.extend(graph.node_value(node, attribute).map(|v| (value(v), Vec::new())));
        }
        for (of, claims) in values {
            let all: Vec<_> = claims.iter().filter_map(|&c| graph.claim(c)).collect();
            let mut sources: Vec<u32> = all.iter().filter_map(|c| c.source()).collect();
            sources.sort_unstable();
            sources.dedup();
            let mode = all.iter().max_by_key(|c| (c.asserted(), c.mode())).map(|c| c.mode());
            let told = claims.into_iter().filter(|&c| graph.claim(c).is_some_and(|c| !c.is_world())).collect();
            rows.push(row(graph.attribute_name(attribute), of, mode, sources.len() as i64, told, &[], Vec::new()));
        }
    }
    for group in context.groups_of(node, edges) {
        let others = Value::List(group.others.iter().map(|&n| Value::Node(n)).collect());
        let sources = context.lens.sources(group.edges.iter().copied()).len() as i64;
        let claims = context.claims(group.edges.iter().copied());
        let said = context.edge_wording(group.kind, group.forward);
        rows.push(row(&said, others, Some(group.mode), sources, claims, &group.others, group.edges));
    }
    rows
}

impl Context<'_, '_> {
    /// The values that are claimed of a node's attribute, with the claims that count; those that none of them gives are left out.
    pub(super) fn facts(&self, node: u32, attribute: u16) -> Vec<(Value, Vec<u32>)> {
        let of = |f: crate::graph::Fact<'_>| {
            let claims: Vec<u32> = f.claims().filter(|c| self.lens.counts(c)).map(|c| c.index).collect();
            (value(f.value), claims)
        };
        self.graph.node_facts(node, attribute).map(of).filter(|(_, claims)| !claims.is_empty()).collect()
    }
}

/// Answers `compare`: a column a thing, a row an attribute or a kind of edge.
pub(super) fn compare(context: &Context<'_, '_>, compare: &Compare<'_>) -> Result<Answer, Diagnostic> {
    let mut answer = answer(AnswerKind::Rows, &[("about", ColumnKind::Text)]);
    let mut nodes = context.object(&compare.of, &mut answer)?.unwrap_or_default();
    // What is named is wanted, wherever it lies.
    if matches!(compare.of, Object::Type(_)) {
        context.retain_in_place(&compare.tail, &mut nodes, |n| *n)?;
    }
    if nodes.len() < 2 {
        let fault = Diagnostic::error("Q241", "compare needs two things or more").at(compare.of.span(), "only one");
        return Err(fault.hint("compare Middle Corridor, Northern Corridor"));
    }
    answer.columns.extend(nodes.iter().map(|&n| Column::new(context.graph.name(n), ColumnKind::Any)));
    let graph = context.graph;
    let row = |about: &str, cells: Vec<Value>, edges: Vec<u32>| {
        let cells = std::iter::once(Value::text(about)).chain(cells).collect();
        Row { cells, evidence: context.claims(edges.iter().copied()), nodes: nodes.clone(), edges }
    };
    answer.rows.push(row(
        "type",
        nodes.iter().map(|&n| Value::text(graph.node_type_name(graph.node_type(n)))).collect(),
        Vec::new(),
    ));
    let mut attributes: Vec<u16> = nodes.iter().flat_map(|&n| graph.node_attributes(n).map(|a| a.0)).collect();
    attributes.sort_unstable();
    attributes.dedup();
    for attribute in attributes {
        answer.rows.push(attribute_row(context, attribute, &nodes));
    }
    let edges = context.edges_of(&nodes, &mut answer)?;
    let groups: Vec<Vec<Group>> = nodes.iter().map(|n| context.groups_of(*n, edges.get(n).map_or(&[], Vec::as_slice))).collect();
    let mut kinds: Vec<(u16, bool, std::cmp::Reverse<Mode>)> =
        groups.iter().flatten().map(|g| (g.kind, !g.forward, std::cmp::Reverse(g.mode))).collect();
    kinds.sort_unstable();
    kinds.dedup();
    for (kind, back, mode) in kinds {
        let of = |groups: &Vec<Group>| {
            let group = groups.iter().find(|g| (g.kind, !g.forward, g.mode) == (kind, back, mode.0));
            group.map_or(Value::Null, |g| Value::List(g.others.iter().map(|&n| Value::Node(n)).collect()))
        };
        let of_kind = |g: &&Group| (g.kind, !g.forward, g.mode) == (kind, back, mode.0);
        let edges = groups.iter().flatten().filter(of_kind).flat_map(|g| g.edges.clone()).collect();
        let about = format!("{} ({})", context.edge_wording(kind, !back), mode.0);
        answer.rows.push(row(&about, groups.iter().map(of).collect(), edges));
    }
    context.finish(&mut answer, &compare.tail, About::Nothing)?;
    Ok(answer)
}

/// What each of some nodes has of an attribute: all values where the sources differ.
fn attribute_row(context: &Context<'_, '_>, attribute: u16, nodes: &[u32]) -> Row {
    let mut evidence = Vec::new();
    let mut cells = vec![Value::text(context.graph.attribute_name(attribute))];
    for &node in nodes {
        let facts = context.facts(node, attribute);
        evidence
            .extend(facts.iter().flat_map(|f| f.1.clone()).filter(|&c| context.graph.claim(c).is_some_and(|c| !c.is_world())));
        cells.push(match facts.len() {
            0 | 1 => context.attribute(node, attribute),
            _ => Value::List(facts.into_iter().map(|f| f.0).collect()),
        });
    }
    Row { cells, evidence, nodes: nodes.to_vec(), edges: Vec::new() }
}
