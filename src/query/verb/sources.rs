//! `sources`: the independent origins that the graph, or something in it, rests on, and what rests on one of them alone.

use rustc_hash::FxHashSet;

use super::core::edges;
use super::filter::About;
use super::{Context, answer, row_with_evidence};
use crate::diagnostic::Diagnostic;
use crate::query::answer::{Answer, AnswerKind, ColumnKind, Note, Row, Value};
use crate::query::ast::Sources;

/// What is done with the rows of its MATCH.
pub(super) const ROWS: &str = "one row an origin, with the edges that rest on it alone";

/// Answers `sources`.
pub(super) fn run(context: &Context<'_, '_>, sources: &Sources<'_>) -> Result<Answer, Diagnostic> {
    let mut answer = answer(
        AnswerKind::Rows,
        &[
            ("source", ColumnKind::Text),
            ("documents", ColumnKind::Any),
            ("claims", ColumnKind::Number),
            ("edges", ColumnKind::Number),
            ("alone", ColumnKind::Number),
            ("only_here", ColumnKind::Any),
            ("evidence", ColumnKind::Evidence),
        ],
    );
    let core = context.core_of_sources(sources.of.as_ref(), &mut answer)?;
    let found = context.rows_of(&core, context.params, &mut answer)?;
    let all: FxHashSet<u32> = found.iter().flat_map(|r| edges(r, EDGES)).collect();
    let alone: usize = found.iter().map(|r| edges(r, ALONE).len()).sum();
    answer.notes.push(Note::Remark(format!(
        "{alone} of {} edges rest on one source alone; retellings of one report are one source",
        all.len()
    )));
    answer.rows = found.into_iter().map(|r| row(context, &r)).collect();
    context.finish_as(ROWS, &mut answer, &sources.tail, About::Nothing)?;
    Ok(answer)
}

/// Where the MATCH has its edges, and those that rest on the origin alone.
const EDGES: usize = 3;
const ALONE: usize = 4;

/// From source, documents, claims, edges, alone.
fn row(context: &Context<'_, '_>, found: &[Value]) -> Row {
    let cell = |at: usize| found.get(at).cloned().unwrap_or_default();
    let mut documents: Vec<Value> = if let Value::List(items) = cell(1) { items.to_vec() } else { Vec::new() };
    documents.sort_by(|a, b| a.as_str(context.graph).cmp(&b.as_str(context.graph)));
    let alone = edges(found, ALONE);
    let only: Vec<Value> = alone.iter().map(|&e| Value::text(&context.edge_text(e))).collect();
    let cells = vec![
        cell(0),
        Value::List(documents.into()),
        cell(2),
        Value::Int(edges(found, EDGES).len() as i64),
        Value::Int(alone.len() as i64),
        Value::List(only.into()),
    ];
    let evidence = context.claims(alone.iter().copied());
    let mut nodes: Vec<u32> = alone.iter().flat_map(|&e| <[u32; 2]>::from(context.graph.endpoints(e))).collect();
    nodes.sort_unstable();
    nodes.dedup();
    row_with_evidence(cells, evidence, nodes, alone)
}
