//! `why`: the sentences under a row, an edge or a node, and why two names are one thing.

use super::filter::About;
use super::outline::Outline;
use super::{Context, answer, core};
use crate::diagnostic::Diagnostic;
use crate::names::fold;
use crate::query::answer::{Answer, AnswerKind, ColumnKind, Note, Row, Value};
use crate::query::ast::{Name, Names, Tail, Why, WhyTarget};
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

/// The steps of `why` that no MATCH can say: of a row of the last answer, and of names.
pub(super) fn outline<'c, 'a, 'g>(
    context: &'c Context<'a, 'g>,
    why: &'c Why<'c>,
) -> Result<Option<Outline<'c, 'a, 'g>>, Diagnostic> {
    match &why.target {
        WhyTarget::Row(number) => {
            let mut outline = Outline::new(context, &why.tail, About::Nothing, answer(AnswerKind::Evidence, COLUMNS))?;
            row(&mut outline, *number)?;
            outline.finish()?;
            Ok(Some(outline))
        }
        WhyTarget::Same(names) => same(context, names, &why.tail).map(Some),
        WhyTarget::Edge { .. } | WhyTarget::Node(_) => Ok(None),
    }
}

/// What is done with the rows of its MATCH.
pub(super) fn rows(why: &Why<'_>) -> &'static str {
    match why.target {
        WhyTarget::Node(_) => "one row a sentence, in the order of the documents",
        _ => "one row a claim, denials too",
    }
}

/// Answers `why` of an edge or of a thing.
pub(super) fn run(context: &Context<'_, '_>, why: &Why<'_>) -> Result<Answer, Diagnostic> {
    let mut answer = answer(AnswerKind::Evidence, COLUMNS);
    let core = context.core_of_why(why)?;
    let found = context.rows_of(&core, context.params, &mut answer)?;
    match &why.target {
        WhyTarget::Edge { left, right, .. } => edge(context, context.ends_of_why(left, right)?, &found, &mut answer),
        WhyTarget::Node(name) => {
            let bound = context.resolver.name(name, &[], context.params)?;
            answer.rows = node_rows(context, context.nodes(&[bound])?, &found);
        }
        WhyTarget::Row(_) | WhyTarget::Same(_) => {}
    }
    context.finish_as(rows(why), &mut answer, &why.tail, About::Nothing)?;
    Ok(answer)
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
            if claim.line() == 0 { Value::Null } else { Value::Int(claim.line().into()) },
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

impl Context<'_, '_> {
    /// The nodes left and right of an edge's wording.
    pub(super) fn ends_of_why(&self, left: &Name<'_>, right: &Name<'_>) -> Result<[u32; 2], Diagnostic> {
        let [left, right] = [left, right].map(|n| self.resolver.name(n, &[], self.params));
        let ends = self.nodes(&[left?, right?])?;
        Ok([ends.first(), ends.last()].map(|n| n.copied().unwrap_or(u32::MAX)))
    }
}

/// The claims of an edge, denials and world data included: rows of (edge, claim).
fn edge(context: &Context<'_, '_>, [left, right]: [u32; 2], found: &[Vec<Value>], answer: &mut Answer) {
    let mut edges: Vec<u32> = Vec::new();
    let mut claims: Vec<u32> = Vec::new();
    for row in found {
        edges.extend(core::edge(row, 0).filter(|e| !edges.contains(e)));
        claims.extend(core::claim(row, 1).filter(|c| !claims.contains(c)));
    }
    answer.rows = claim_rows(context, &claims, Some(&Row { nodes: vec![left, right], edges, ..Row::default() }));
    if answer.rows.is_empty() {
        answer.notes.push(Note::Remark(silence(context, left, right)));
    }
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

/// The claims of nodes and of their edges, one a sentence.
fn node_rows(context: &Context<'_, '_>, nodes: Vec<u32>, found: &[Vec<Value>]) -> Vec<Row> {
    let graph = context.graph;
    let mut claims: Vec<u32> = found.iter().filter_map(|row| core::claim(row, 0)).collect();
    // One sentence often makes several claims: it is shown once.
    let place = |&c: &u32| graph.claim(c).map(|c| (c.document(), c.locus().span, c.mode(), c.when()));
    claims.sort_by_key(|c| (place(c), *c));
    claims.dedup_by_key(|c| place(c));
    claims.sort_by_key(|c| graph.claim(*c).map(|c| (c.document(), c.locus().span)));
    let edges = nodes.iter().flat_map(|&n| graph.all_out(n).chain(graph.all_incoming(n))).map(|t| t.2).collect();
    claim_rows(context, &claims, Some(&Row { nodes, edges, ..Row::default() }))
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
    let names = context.resolver.joined(names, &[]);
    for name in &names {
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
        let each = names.iter().zip(&found);
        each.flat_map(|(name, bearers)| bearers.iter().flat_map(|&node| reasons(context, &name.text, node))).collect()
    });
    outline.finish()?;
    Ok(outline)
}

/// Why a node bears a name, and why its names are one.
fn reasons(context: &Context<'_, '_>, text: &str, node: u32) -> Vec<Row> {
    let graph = context.graph;
    let folded = fold(text);
    let known = context.places.entry(node).is_some();
    let mut why: Vec<String> = Vec::new();
    if fold(graph.name(node)) == folded {
        why.push("it is called so".to_owned());
    } else if graph.aliases(node).any(|a| fold(a) == folded) {
        why.push("the documents call it so".to_owned());
    } else if known {
        why.push("the gazetteer knows it by this name".to_owned());
    } else if graph.id(node) != text {
        why.push("nothing else is called so, or has a name that begins so".to_owned());
    }
    why.extend(graph.reasons(node).map(str::to_owned));
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
