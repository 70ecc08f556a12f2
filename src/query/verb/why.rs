//! `why`: the sentences under a row, an edge or a node, and why two names are one thing.

use super::filter::About;
use super::outline::Outline;
use super::{Context, Reading, answer};
use crate::diagnostic::Diagnostic;
use crate::graph::Direction;
use crate::names::fold;
use crate::query::answer::{AnswerKind, ColumnKind, Note, Row, Value};
use crate::query::ast::{Name, Names, Relation, Tail, Why, WhyTarget};
use crate::span::Spanned;

/// The columns of evidence.
const COLUMNS: &[(&str, ColumnKind)] = &[
    ("document", ColumnKind::Text),
    ("article", ColumnKind::Number),
    ("line", ColumnKind::Number),
    ("sentence", ColumnKind::Text),
    ("mode", ColumnKind::Text),
    ("asserted", ColumnKind::Text),
    ("when", ColumnKind::Text),
    ("speaker", ColumnKind::Text),
    ("origin", ColumnKind::Text),
    ("confidence", ColumnKind::Number),
];

/// The steps of `why`.
pub(super) fn outline<'c, 'a, 'g>(context: &'c Context<'a, 'g>, why: &'c Why<'c>) -> Result<Outline<'c, 'a, 'g>, Diagnostic> {
    if let WhyTarget::Same(names) = &why.target {
        return same(context, names, &why.tail);
    }
    let mut outline = Outline::new(context, &why.tail, About::Nothing, answer(AnswerKind::Evidence, COLUMNS))?;
    match &why.target {
        WhyTarget::Row(number) => row(&mut outline, *number)?,
        WhyTarget::Edge { left, relation, right } => edge(&mut outline, left, relation, right)?,
        WhyTarget::Node(name) => node(&mut outline, name)?,
        WhyTarget::Same(_) => {}
    }
    outline.finish()?;
    Ok(outline)
}

/// The evidence of a row of the last answer.
fn row(outline: &mut Outline<'_, '_, '_>, number: Spanned<u64>) -> Result<(), Diagnostic> {
    let context = outline.context();
    let Some(last) = &context.options.last else {
        let fault = Diagnostic::error("Q242", "there is no answer before this one").at(number.span, "a row of what?");
        return Err(fault.hint("ask something first, or name an edge: why \"Middle Corridor\" bypasses Russia"));
    };
    let wanted = usize::try_from(number.value).unwrap_or(usize::MAX);
    let Some(claims) = last.evidence(wanted, context.graph) else {
        let rows = last.rows.len();
        let has = if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") };
        return Err(Diagnostic::error("Q243", format!("the last answer has {has}")).at(number.span, "no such row"));
    };
    outline.add_rows(&format!("claims under row {wanted} of the last answer"), move |answer| {
        let rows = claim_rows(context, &claims, last.rows.get(wanted - 1));
        if rows.is_empty() {
            answer.notes.push(Note::Remark("no sentence stands behind this row alone: it is computed, or world data".to_owned()));
        }
        rows
    });
    Ok(())
}

fn claim_rows(context: &Context<'_, '_>, claims: &[u32], of: Option<&Row>) -> Vec<Row> {
    let text = |t: &str| if t.is_empty() { Value::Null } else { Value::text(t) };
    let row = |&index: &u32| {
        let claim = context.graph.claim(index)?;
        let locus = claim.locus();
        let world = claim.is_world();
        let cells = vec![
            text(claim.document()),
            if world { Value::Null } else { Value::Int(locus.article.into()) },
            if world { Value::Null } else { Value::Int(claim.line().into()) },
            if world { Value::text("world data of the gazetteer") } else { text(claim.text()) },
            Value::text(claim.mode().as_str()),
            claim.asserted().map_or(Value::Null, |d| Value::text(&d.to_string())),
            claim.when().map_or(Value::Null, |d| Value::text(&d.to_string())),
            claim.speaker().map_or(Value::Null, text),
            claim.origin().map_or(Value::Null, text),
            Value::Int(claim.confidence().into()),
        ];
        let (nodes, edges) = of.map_or_else(Default::default, |r| (r.nodes.clone(), r.edges.clone()));
        Some(Row { cells, evidence: vec![index], nodes, edges })
    };
    claims.iter().filter_map(row).collect()
}

/// The claims of an edge, denials and world data included.
fn edge<'c>(
    outline: &mut Outline<'c, '_, '_>,
    left: &Name<'_>,
    relation: &'c Relation<'c>,
    right: &Name<'_>,
) -> Result<(), Diagnostic> {
    let context = outline.context();
    let ends = [left, right].map(|n| context.resolver.name(n, &[], context.params));
    let [left, right] = ends;
    let ends = context.nodes(&[left?, right?])?;
    let &[left, right] = ends.as_slice() else { return Ok(()) };
    let readings =
        context.readings(relation).map_err(|warning| Diagnostic { severity: crate::diagnostic::Severity::Error, ..warning })?;
    let text = format!("look up edges between {} and {}", context.graph.name(left), context.graph.name(right));
    outline.add(&text, move |_| {
        let edges = readings.iter().flat_map(|r| edges_as_read(context, r, relation.noun, left, right));
        Ok(edges.map(Value::Edge).collect())
    });
    outline.rows("their claims, denials too", move |items, answer| {
        let edges: Vec<u32> = items.iter().filter_map(|i| if let Value::Edge(e) = i { Some(*e) } else { None }).collect();
        let everything = context.lens.everything();
        let mut claims: Vec<u32> = Vec::new();
        for &edge in &edges {
            let told = everything.claims(edge).filter(|c| !context.lens.restricts_modes() || context.lens.shows(c.mode()));
            claims.extend(told.map(|c| c.index).filter(|c| !claims.contains(c)).collect::<Vec<_>>());
        }
        let row = Row { nodes: vec![left, right], edges, ..Row::default() };
        let rows = claim_rows(context, &claims, Some(&row));
        if rows.is_empty() {
            answer.notes.push(Note::Remark(silence(context, left, right)));
        }
        Ok(rows)
    });
    Ok(())
}

/// The edges between two nodes that a wording may mean.
fn edges_as_read(context: &Context<'_, '_>, reading: &Reading, noun: bool, left: u32, right: u32) -> Vec<u32> {
    let Some(kind) = context.graph.edge_type_id(&reading.edge) else { return Vec::new() };
    let (source, target) = if reading.backward && !noun { (right, left) } else { (left, right) };
    let mut edges = between(context, kind, source, target);
    if context.is_symmetric(kind) {
        edges.extend(between(context, kind, target, source));
    }
    // That a way does not touch a stop is said of the one edge or of the other.
    if Some(kind) == context.roles.avoids {
        edges.extend(context.roles.touches.map_or_else(Vec::new, |t| between(context, t, source, target)));
    }
    edges
}

fn between(context: &Context<'_, '_>, kind: u16, source: u32, target: u32) -> Vec<u32> {
    let links = context.graph.adjacency(kind, Direction::Out).of(source);
    links.iter().filter(|&(n, _)| n == target).map(|(_, e)| e).collect()
}

/// What is said of two nodes instead of what was asked.
fn silence(context: &Context<'_, '_>, left: u32, right: u32) -> String {
    let graph = context.graph;
    let out = graph.all_out(left).filter(|t| t.1 == right).map(|t| context.edge_wording(t.0, true));
    let mut said: Vec<String> =
        out.chain(graph.all_incoming(left).filter(|t| t.1 == right).map(|t| context.edge_wording(t.0, false))).collect();
    said.sort();
    said.dedup();
    let (a, b) = (graph.name(left), graph.name(right));
    match said.is_empty() {
        true => format!("no document says so, nor anything else of {a} and {b}"),
        false => format!("no document says so; what they say: {a} {} {b}", said.join("; ")),
    }
}

/// Where the texts speak of a node.
fn node(outline: &mut Outline<'_, '_, '_>, name: &Name<'_>) -> Result<(), Diagnostic> {
    let context = outline.context();
    let bound = context.resolver.name(name, &[], context.params)?;
    for node in context.nodes(&[bound])? {
        let text = format!("claims of {} and of its edges, one a sentence", context.graph.name(node));
        outline.add_rows(&text, move |_| node_rows(context, node));
    }
    Ok(())
}

fn node_rows(context: &Context<'_, '_>, node: u32) -> Vec<Row> {
    let graph = context.graph;
    let edges: Vec<u32> = graph.all_out(node).chain(graph.all_incoming(node)).map(|t| t.2).collect();
    let shows = |c: &crate::graph::ClaimRef<'_>| {
        !c.is_world() && context.lens.counts(c) && (!context.lens.restricts_modes() || context.lens.shows(c.mode()))
    };
    let mut claims: Vec<u32> =
        graph.node_claims(node).chain(edges.iter().flat_map(|&e| graph.claims(e))).filter(shows).map(|c| c.index).collect();
    // One sentence often makes several claims: it is shown once.
    let place = |&c: &u32| graph.claim(c).map(|c| (c.document(), c.locus().span, c.mode(), c.when()));
    claims.sort_by_key(|c| (place(c), *c));
    claims.dedup_by_key(|c| place(c));
    claims.sort_by_key(|c| graph.claim(*c).map(|c| (c.document(), c.locus().span)));
    let row = Row { nodes: vec![node], edges, ..Row::default() };
    claim_rows(context, &claims, Some(&row))
}

/// Why names are one node, or what else they are.
fn same<'c, 'a, 'g>(
    context: &'c Context<'a, 'g>,
    names: &'c Names<'c>,
    tail: &'c Tail<'c>,
) -> Result<Outline<'c, 'a, 'g>, Diagnostic> {
    let answer = answer(
        AnswerKind::Rows,
        &[("name", ColumnKind::Node), ("type", ColumnKind::Text), ("as", ColumnKind::Text), ("reason", ColumnKind::Text)],
    );
    let mut found: Vec<Vec<u32>> = Vec::new();
    for name in &names.items {
        let bearers = context.resolver.bearers(&name.text);
        if bearers.is_empty() {
            // Its error has the candidates.
            let bound = context.resolver.name(name, &[], context.params)?;
            found.push(context.nodes(&[bound])?);
        } else {
            found.push(bearers);
        }
    }
    let mut outline = Outline::new(context, tail, About::Column(0), answer)?;
    outline.add_rows("look up who bears the names, and why", move |answer| {
        if found.len() > 1 {
            let shared = found.iter().skip(1).all(|b| b.iter().any(|n| found.first().is_some_and(|f| f.contains(n))));
            let text = if shared {
                "these names are one thing"
            } else {
                "these names are different things: nothing in the documents or the gazetteer joins them"
            };
            answer.notes.push(Note::Remark(text.to_owned()));
        }
        let each = names.items.iter().zip(&found);
        each.flat_map(|(name, bearers)| bearers.iter().flat_map(|&node| reasons(context, &name.text, node))).collect()
    });
    outline.finish()?;
    Ok(outline)
}

/// Why a node bears a name, and why its names are one.
fn reasons(context: &Context<'_, '_>, text: &str, node: u32) -> Vec<Row> {
    let graph = context.graph;
    let folded = fold(text);
    let mut why: Vec<String> = Vec::new();
    if fold(graph.name(node)) == folded {
        why.push("it is called so".to_owned());
    } else if graph.aliases(node).any(|a| fold(a) == folded) {
        why.push("the documents call it so".to_owned());
    } else if graph.all_aliases(node).any(|a| fold(a) == folded) || graph.id(node) != text {
        why.push("the gazetteer knows it by this name".to_owned());
    }
    why.extend(graph.reasons(node).map(str::to_owned));
    let known = context.places.entry(node).is_some();
    if known && graph.reasons(node).next().is_none() {
        why.push(format!("all its names are those of the gazetteer's entry {}", graph.id(node)));
    }
    let row = |reason: String| {
        let kind = Value::text(graph.node_type_name(graph.node_type(node)));
        let cells = vec![Value::Node(node), kind, Value::text(text), Value::text(&reason)];
        Row { cells, nodes: vec![node], evidence: context.node_evidence(node), ..Row::default() }
    };
    why.into_iter().map(row).collect()
}
