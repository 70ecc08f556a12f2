//! The MATCH that a sentence stands for although it is searched otherwise; or why no MATCH says the same.
//!
//! `explain` prints either, and whoever runs the MATCH gets the edges of the sentence's rows. What MATCH cannot say is told
//! in `docs/query-language.md`, too.

use super::Context;
use super::core::word;
use super::routes::Wanted;
use crate::diagnostic::Diagnostic;
use crate::model::Mode;
use crate::query::answer::Answer;
use crate::query::ast::{Body, By, Object, Paths, Routes, Search, Tail, WhyTarget};

/// A MATCH that gives the same, or the reason why there is none.
pub(super) type Equivalent = Result<String, &'static str>;

/// What a sentence that has steps of its own stands for; none for those that run a query of the core.
pub(super) fn of(context: &Context<'_, '_>, body: &Body<'_>) -> Result<Option<Equivalent>, Diagnostic> {
    Ok(Some(match body {
        Body::Paths(asked) => paths(context, asked)?,
        Body::Routes(asked) => routes(context, asked)?,
        Body::Chokepoints(_) => Err("it counts routes, whose stretches no pattern can say, or cuts the net apart"),
        Body::Timeline(asked) if matches!(asked.of, Some(Object::Type(_))) => {
            Err("things of one date that are told twice are one row; without that, list them and `order by date`")
        }
        Body::Timeline(_) => Err("happenings, dated claims and figures that changed are one list here, a sentence one row"),
        Body::Due(_) => Err("planned edges, dates and figures of things are one list here, a sentence one row"),
        Body::Conflicts(_) => Err("MATCH reads the value that counts of an attribute, not what each claim gave"),
        Body::Why(asked) => match asked.target {
            WhyTarget::Row(_) => Err("the row is one of the last answer"),
            WhyTarget::Same(_) => Err("why names were joined is kept with the graph, not in claims"),
            WhyTarget::Edge { .. } | WhyTarget::Node(_) => return Ok(None),
        },
        _ => return Ok(None),
    }))
}

/// Paths between two things that hold nothing else: regions as ends, and what is avoided, are more than patterns say.
fn paths(context: &Context<'_, '_>, asked: &Paths<'_>) -> Result<Equivalent, Diagnostic> {
    let Paths { search, tail, many, .. } = asked;
    let ends = Search { from: None, to: None, ..search.clone() };
    let wanted = context.wanted(&ends)?;
    if !wanted.avoided.is_empty() {
        return Ok(Err("what is bypassed bars stretches of ways, too, which no pattern can say"));
    }
    if !wanted.vias.is_empty() || matches!(&tail.by, Some(By::Property(p)) if !p.text.eq_ignore_ascii_case("hops")) {
        return Ok(Err("the search goes by what a path passes, or by a weight of its whole"));
    }
    if tail.place.is_some() || tail.since.is_some() || tail.before.is_some() {
        return Ok(Err("`in`, `since` and `before` are asked of rows after the search"));
    }
    let denied = tail.modes.iter().any(|m| m.value == Mode::Denied);
    if tail.filter.is_some() || !tail.order.is_empty() || denied {
        return Ok(Err("`where`, `order by` and denials are asked of edges before, or of rows after, the search"));
    }
    let mut patterns = Vec::new();
    for (var, names) in [("a", &search.from), ("b", &search.to)] {
        let Some(names) = names else { return Ok(Err("an end is missing")) };
        let bound = context.bind(names, &[])?;
        match bound.as_slice() {
            [one] if one.node.is_some() && context.inside(one).len() == 1 => {
                patterns.push(context.pattern(var, &context.nodes(&bound)?).1);
            }
            _ => return Ok(Err("an end holds several things, and any of them will do")),
        }
    }
    let Some(over) = joining(context, search) else {
        return Ok(Err("edges of world data and those of documents have one type, which a pattern shows whole"));
    };
    let count = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    let most = tail.limit.map_or(if *many { context.options.answers } else { 1 }, |l| count(l.value));
    let skip = tail.skip.map_or(0, |s| count(s.value));
    let hops = search.hops.map_or(context.options.hops, |h| h.value);
    let skipped = if skip > 0 { format!(" SKIP {skip}") } else { String::new() };
    Ok(Ok(format!(
        "MATCH p = ACYCLIC SHORTEST {} {}-[{over}*1..{hops}]-{} RETURN p ORDER BY length(p), [n IN nodes(p) | n.name]{skipped}{}",
        most.saturating_add(skip),
        patterns[0],
        patterns[1],
        context.tail_of_core(),
    )))
}

/// `:A|B`, the edges that a path may take; nothing where it may take any. None where a pattern cannot tell them from those
/// of world data: to name an edge that the schema leaves to world data is to ask for it.
fn joining(context: &Context<'_, '_>, search: &Search<'_>) -> Option<String> {
    let graph = context.graph;
    let mut types = context.joining_types(&search.over, &mut Answer::default());
    if !context.lens.with_world() && search.over.is_empty() {
        for kind in types.clone().into_iter().filter(|&t| context.is_of_world(t)) {
            let edges = || (0..graph.edge_count()).filter(|&e| graph.edge_type(e) == kind);
            match (edges().any(|e| graph.is_world_edge(e)), edges().any(|e| !graph.is_world_edge(e))) {
                (true, true) => return None,
                (true, false) => types.retain(|&t| t != kind),
                (false, _) => {}
            }
        }
    }
    if types.len() == graph.edge_type_names().len() {
        return Some(String::new());
    }
    let names: Vec<String> = types.iter().map(|&t| word(graph.edge_type_name(t))).collect();
    Some(format!(":{}", names.join("|")))
}

/// Ways that touch something; with both ends, or something to avoid, it is more than a pattern says.
fn routes(context: &Context<'_, '_>, asked: &Routes<'_>) -> Result<Equivalent, Diagnostic> {
    let wanted = context.wanted(&asked.search)?;
    if !wanted.from.is_empty() && !wanted.to.is_empty() {
        return Ok(Err("a route is a chain of stretches, whose stops meet where one holds the other"));
    }
    if !wanted.avoided.is_empty() {
        return Ok(Err("whether a way avoids something is weighed: stated, inferred or disputed"));
    }
    let by = super::routes::ranked_by(asked).map_or_else(String::new, |w| format!("way.{}, ", word(&w.text)));
    Ok(ways(context, &wanted, &asked.tail, &by)?.ok_or("the graph has no ways"))
}

fn ways(context: &Context<'_, '_>, wanted: &Wanted, tail: &Tail<'_>, by: &str) -> Result<Option<String>, Diagnostic> {
    let graph = context.graph;
    let (Some(way), Some(touches)) = (context.roles.way, context.roles.touches) else { return Ok(None) };
    let ids = |group: &rustc_hash::FxHashSet<u32>| {
        let mut nodes: Vec<u32> = group.iter().copied().collect();
        nodes.sort_unstable();
        nodes.iter().map(|&n| context.quoted_id(n)).collect::<Vec<_>>().join(", ")
    };
    let mut conditions: Vec<String> = Vec::new();
    for group in super::routes::touched(context, wanted, tail)? {
        let ids = ids(&group);
        conditions.push(format!("(way.id IN [{ids}] OR any(s IN stops WHERE s.id IN [{ids}]))"));
    }
    if let Some(carries) = context.roles.carries {
        let carries = word(graph.edge_type_name(carries));
        let each = wanted.carrying.iter();
        conditions.extend(each.map(|g| format!("EXISTS {{ (way)-[:{carries}]->(load) WHERE load.id IN [{}] }}", ids(g))));
    }
    if !tail.modes.is_empty() {
        conditions.push("size(stops) > 0".to_owned());
    }
    let filter = if conditions.is_empty() { String::new() } else { format!(" WHERE {}", conditions.join(" AND ")) };
    Ok(Some(format!(
        "MATCH (way:{}) OPTIONAL MATCH (way)-[:{}]->(stop) WITH way, collect(DISTINCT stop) AS stops{filter} \
         RETURN way, stops ORDER BY {by}way.name{}",
        word(graph.node_type_name(way)),
        word(graph.edge_type_name(touches)),
        context.tail_of_core()
    )))
}
