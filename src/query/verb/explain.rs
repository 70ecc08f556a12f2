//! `explain` and `profile` of verb sentences: the MATCH that a verb stands for where there is one, what its names mean here,
//! and how its answer is found.

use std::fmt::Write;

use super::Context;
use super::core::Core;
use crate::diagnostic::Diagnostic;
use crate::query::answer::{Answer, AnswerKind};
use crate::query::ast::{Body, Names, Relation, Search, Tail};

/// What a verb would do.
pub(super) fn explain(context: &Context<'_, '_>, body: &Body<'_>, tail: &Tail<'_>) -> Result<Answer, Diagnostic> {
    let mut text = String::new();
    let mut answer = Answer { kind: AnswerKind::Text, ..Answer::default() };
    let core = core(context, body, &mut answer)?;
    if let Some(core) = core.text.as_ref().or(like(context, body).as_ref()) {
        let _ = writeln!(text, "stands for  {core}");
    }
    for line in context.plan_of(&core)?.iter().flat_map(|plan| plan.lines()) {
        let _ = writeln!(text, "match       {line}");
    }
    steps(context, body, &mut text)?;
    rest(context, tail, &mut text);
    Ok(Answer { text: Some(text), ..answer })
}

fn counted(nodes: usize) -> String {
    if nodes == 1 { "1 node".to_owned() } else { format!("{nodes} nodes") }
}

fn quoted(name: &str) -> String {
    format!("'{}'", name.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// A node pattern for the names of a clause.
fn named(context: &Context<'_, '_>, var: &str, names: &Names<'_>) -> Option<String> {
    let bound = context.bind(names, &[]).ok()?;
    match bound.as_slice() {
        [one] => Some(format!("({var} {{name: {}}})", quoted(&one.name))),
        several => {
            let list: Vec<String> = several.iter().map(|b| quoted(&b.name)).collect();
            Some(format!("({var} WHERE {var}.name IN [{}])", list.join(", ")))
        }
    }
}

fn types(context: &Context<'_, '_>, over: &[Relation<'_>]) -> String {
    let mut names: Vec<String> =
        over.iter().filter_map(|r| context.readings(r).ok()).flatten().map(|r| r.edge.to_string()).collect();
    names.sort();
    names.dedup();
    if names.is_empty() { String::new() } else { format!(":{}", names.join("|")) }
}

/// The MATCH that a verb runs.
fn core(context: &Context<'_, '_>, body: &Body<'_>, answer: &mut Answer) -> Result<Core, Diagnostic> {
    let nodes = |names: &Names<'_>| context.nodes(&context.bind(names, &[])?);
    Ok(match body {
        Body::List(list) => context.core_of_list_verb(list, answer)?,
        Body::Ask(ask) => context.core_of_ask(ask, answer)?,
        Body::Neighbours(asked) => context.core_of_neighbours(asked, Some(&nodes(&asked.of)?), answer),
        Body::Show(show) => context.core_of_show(&nodes(&show.names)?),
        Body::Compare(compare) => context.core_of_show(&context.object(&compare.of, answer)?.unwrap_or_default()),
        Body::Paths(_)
        | Body::Routes(_)
        | Body::Why(_)
        | Body::Timeline(_)
        | Body::Conflicts(_)
        | Body::Chokepoints(_)
        | Body::Due(_)
        | Body::Sources(_)
        | Body::Match(_) => Core::default(),
    })
}

/// The MATCH that is much like a path between two things, though it is searched otherwise: regions and stretches count.
fn like(context: &Context<'_, '_>, body: &Body<'_>) -> Option<String> {
    let Body::Paths(paths) = body else { return None };
    let (from, to) = (paths.search.from.as_ref()?, paths.search.to.as_ref()?);
    let count = if paths.many { context.options.answers } else { 1 };
    let hops = paths.search.hops.map_or(context.options.hops, |h| h.value);
    let over = types(context, &paths.search.over);
    let (from, to) = (named(context, "a", from)?, named(context, "b", to)?);
    Some(format!("MATCH p = ACYCLIC SHORTEST {count} {from}-[{over}*1..{hops}]-{to} RETURN p"))
}

/// What the clauses mean here, and what is done.
fn steps(context: &Context<'_, '_>, body: &Body<'_>, text: &mut String) -> Result<(), Diagnostic> {
    let mut say = |line: &str| text.push_str(line);
    match body {
        Body::Routes(routes) => search(context, &routes.search, "ways", text)?,
        Body::Paths(paths) => search(context, &paths.search, "edges", text)?,
        Body::Chokepoints(asked) => {
            search(context, &asked.search, "ways", text)?;
            text.push_str("then        count the routes through each stop, or measure betweenness over all ways\n");
        }
        Body::List(list) if list.of.is_some() => say("add         what lies in it or belongs to it\n"),
        Body::List(_) | Body::Ask(_) => {}
        Body::Neighbours(asked) => {
            if let Some(depth) = asked.depth.filter(|d| d.value > 1) {
                let _ = writeln!(text, "again       from what was found, {} levels in all, nearest first", depth.value);
            }
        }
        Body::Show(_) | Body::Compare(_) => say("group       by type, direction and mode\n"),
        Body::Why(_) => say("look up     the claims of the edge, denials too\n"),
        Body::Timeline(_) => say("scan        dated nodes tied to the subject, and claims that give a date; sort by it\n"),
        Body::Due(_) => say("scan        claims that plan something for a date; sort by it\n"),
        Body::Conflicts(_) => say("scan        attributes and edges whose claims differ; compare their dates\n"),
        Body::Sources(_) => say("group       claims by independent origin\n"),
        Body::Match(_) => {}
    }
    Ok(())
}

fn search(context: &Context<'_, '_>, asked: &Search<'_>, over: &str, text: &mut String) -> Result<(), Diagnostic> {
    let wanted = context.wanted(asked)?;
    for avoided in &wanted.avoided {
        let nodes = context.inside(&avoided.bound).len();
        let _ = writeln!(text, "remove      {} with all that lies in it: {}", avoided.bound.name, counted(nodes));
    }
    for (word, ends) in [("from", &wanted.from), ("to", &wanted.to)] {
        for end in ends {
            let nodes = context.inside(end).len();
            let _ = writeln!(text, "{word:<11} {} and what lies in it: {}", end.name, counted(nodes));
        }
    }
    for group in &wanted.vias {
        let _ = writeln!(text, "pass        one of {}", counted(group.len()));
    }
    for group in &wanted.carrying {
        let _ = writeln!(text, "carry       one of {}", counted(group.len()));
    }
    let count = if over == "ways" { context.ways().all().len() as u32 } else { context.graph.edge_count() };
    if wanted.from.is_empty() || wanted.to.is_empty() {
        let _ = writeln!(text, "scan        {count} {over}: each is stated, inferred or disputed to avoid what is avoided");
    } else {
        let hops = asked.hops.map_or(context.options.hops, |h| h.value);
        let _ = writeln!(text, "walk back   from the far end over {count} {over}: least hops and cost to come");
        let _ = writeln!(text, "search      best first by cost, hops, changes, names; within {hops} hops");
    }
    Ok(())
}

fn rest(context: &Context<'_, '_>, tail: &Tail<'_>, text: &mut String) {
    let mut says = |line: String| text.push_str(&(line + "\n"));
    if tail.filter.is_some() {
        says("filter      by `where`".to_owned());
    }
    if !tail.modes.is_empty() {
        let modes: Vec<&str> = tail.modes.iter().map(|m| m.value.as_str()).collect();
        says(format!("modes       {}", modes.join(", ")));
    }
    if let Some(date) = tail.as_of {
        says(format!("as of       {}: claims asserted later do not count", date.value));
    }
    if context.lens.with_world() {
        says("world       edges of world data count, too".to_owned());
    }
    if !tail.order.is_empty() {
        says("sort        by `order by`".to_owned());
    }
    if let Some(limit) = tail.limit {
        says(format!("limit       {}", limit.value));
    }
}
