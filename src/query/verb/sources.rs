//! `sources`: the independent origins that the graph, or something in it, rests on, and what rests on one of them alone.

use std::rc::Rc;

use rustc_hash::FxHashSet;

use super::filter::About;
use super::outline::Outline;
use super::{Context, answer, row_with_evidence};
use crate::diagnostic::Diagnostic;
use crate::query::answer::{AnswerKind, ColumnKind, Note, Row, Value};
use crate::query::ast::Sources;

/// What an origin supports.
#[derive(Default)]
struct Origin {
    documents: Vec<String>,
    claims: Vec<u32>,
    edges: Vec<u32>,
    /// Edges that rest on it alone.
    alone: Vec<u32>,
}

/// The steps of `sources`.
pub(super) fn outline<'c, 'a, 'g>(
    context: &'c Context<'a, 'g>,
    sources: &'c Sources<'c>,
) -> Result<Outline<'c, 'a, 'g>, Diagnostic> {
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
    let of = sources.of.as_ref().map(|o| context.object(o, &mut answer)).transpose()?.flatten();
    let of: Rc<Option<FxHashSet<u32>>> = Rc::new(of.map(|nodes| nodes.into_iter().collect()));
    let graph = context.graph;
    let mut outline = Outline::new(context, &sources.tail, About::Nothing, answer)?;
    let own = of.clone();
    outline.add("scan edges of the subject that documents claim", move |_| {
        let about = |e: u32| {
            let (source, target) = graph.endpoints(e);
            (*own).as_ref().is_none_or(|of| of.contains(&source) || of.contains(&target))
        };
        let shown = |&e: &u32| about(e) && !graph.is_world_edge(e) && context.lens.shown(e).is_some();
        Ok((0..graph.edge_count()).filter(shown).map(Value::Edge).collect())
    });
    outline.rows("group their claims by independent origin, most first", move |items, answer| {
        let mut origins: Vec<Origin> = (0..graph.source_total()).map(|_| Origin::default()).collect();
        let edges = items.iter().filter_map(|i| if let Value::Edge(e) = i { Some(*e) } else { None });
        edges.for_each(|edge| add(context, edge, &mut origins));
        (*of).iter().flatten().for_each(|&node| add_node(context, node, &mut origins));
        let alone: usize = origins.iter().map(|o| o.alone.len()).sum();
        let total = items.len();
        answer.notes.push(Note::Remark(format!(
            "{alone} of {total} edges rest on one source alone; retellings of one report are one source"
        )));
        let mut rows: Vec<(usize, u32, Row)> = Vec::new();
        for (number, origin) in (0_u32..).zip(origins).filter(|(_, o)| !o.claims.is_empty()) {
            rows.push((origin.claims.len(), number, row(context, number, origin)));
        }
        rows.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| graph.source_name(a.1).cmp(graph.source_name(b.1))));
        Ok(rows.into_iter().map(|r| r.2).collect())
    });
    outline.finish()?;
    Ok(outline)
}

/// Books what is said of a node itself.
fn add_node(context: &Context<'_, '_>, node: u32, origins: &mut [Origin]) {
    let claims = context.graph.node_claims(node).filter(|c| context.lens.counts(c));
    for (source, claim) in claims.filter_map(|c| Some((c.source()?, c.index))) {
        if let Some(origin) = origins.get_mut(source as usize) {
            origin.claims.push(claim);
        }
    }
}

fn add(context: &Context<'_, '_>, edge: u32, origins: &mut [Origin]) {
    let own = context.lens.sources([edge]);
    for claim in context.lens.claims(edge) {
        let Some(origin) = claim.source().and_then(|s| origins.get_mut(s as usize)) else { continue };
        origin.claims.push(claim.index);
        if origin.edges.last() != Some(&edge) {
            origin.edges.push(edge);
        }
    }
    if let [one] = own[..]
        && let Some(origin) = origins.get_mut(one as usize)
    {
        origin.alone.push(edge);
    }
}

fn row(context: &Context<'_, '_>, number: u32, mut origin: Origin) -> Row {
    origin.claims.sort_unstable();
    origin.claims.dedup();
    origin.edges.sort_unstable();
    origin.edges.dedup();
    origin.documents = origin.claims.iter().filter_map(|&c| Some(context.graph.claim(c)?.document().to_owned())).collect();
    origin.documents.sort();
    origin.documents.dedup();
    let only: Vec<Value> = origin.alone.iter().map(|&e| Value::text(&context.edge_text(e))).collect();
    let cells = vec![
        Value::text(context.graph.source_name(number)),
        Value::List(origin.documents.iter().map(|d| Value::text(d)).collect()),
        Value::Int(origin.claims.len() as i64),
        Value::Int(origin.edges.len() as i64),
        Value::Int(origin.alone.len() as i64),
        Value::List(only.into()),
    ];
    let evidence = context.claims(origin.alone.iter().copied());
    let mut nodes: Vec<u32> = origin.alone.iter().flat_map(|&e| <[u32; 2]>::from(context.graph.endpoints(e))).collect();
    nodes.sort_unstable();
    nodes.dedup();
    row_with_evidence(cells, evidence, nodes, origin.alone)
}
