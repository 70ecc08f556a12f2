//! `explain` and `profile` of verb sentences: the MATCH that a verb stands for where there is one, what its names mean here,
//! and how its answer is found.

use super::core::Core;
use super::filter::About;
use super::outline::Outline;
use super::{Context, equivalent};
use crate::diagnostic::Diagnostic;
use crate::query::answer::{Answer, AnswerKind};
use crate::query::ast::{Body, Names, Tail};

/// What a verb would do.
pub(super) fn explain(context: &Context<'_, '_>, body: &Body<'_>, tail: &Tail<'_>) -> Result<Answer, Diagnostic> {
    let mut text = String::new();
    let mut notes = Answer::default();
    let core = core(context, body, &mut notes)?;
    let equivalent = match &core.text {
        Some(core) => Some(Ok(core.clone())),
        None => equivalent::of(context, body)?,
    };
    match equivalent {
        Some(Ok(core)) => text += &format!("stands for  {core}\n"),
        Some(Err(why)) => text += &format!("no MATCH    {why}\n"),
        None => {}
    }
    match super::outline(context, body)? {
        Some(outline) => {
            text += &outline.shown();
            notes.notes.extend(outline.into_answer().notes);
        }
        None => {
            text += &rest_of_core(context, body, tail)?;
            text += &context.plan_of(&core)?.unwrap_or_default();
        }
    }
    seen(context, tail, &mut text);
    Ok(Answer { kind: AnswerKind::Text, text: Some(text), notes: notes.notes, ..Answer::default() })
}

/// What is done with the rows of a query of the core.
fn rest_of_core(context: &Context<'_, '_>, body: &Body<'_>, tail: &Tail<'_>) -> Result<String, Diagnostic> {
    let mut outline = Outline::new(context, tail, About::Nothing, Answer::default())?;
    outline.given(&match body {
        Body::List(list) if list.count => "count, by group".to_owned(),
        Body::List(list) if list.of.is_some() => "add what lies in it or belongs to it, one row a thing".to_owned(),
        Body::Neighbours(neighbours) => match neighbours.depth.filter(|d| d.value > 1) {
            Some(depth) => format!("again from what was found, {} levels in all, nearest first", depth.value),
            None => "one row an edge, with its evidence".to_owned(),
        },
        Body::Show(_) | Body::Compare(_) => "group by type, direction and mode".to_owned(),
        Body::Sources(_) => super::sources::ROWS.to_owned(),
        Body::Why(why) => super::why::rows(why).to_owned(),
        _ => "one row an edge, with its evidence".to_owned(),
    });
    // Asked of things, before there are rows.
    let of_things = matches!(body, Body::List(_) | Body::Ask(_) | Body::Neighbours(_));
    if let Some(names) = tail.place.as_ref().filter(|_| of_things) {
        outline.given(&format!("keep what lies in, or touches, {}", names.source));
        context.within.place.set(true);
    }
    if matches!(body, Body::List(_)) && (tail.since.is_some() || tail.before.is_some()) {
        outline.given(&format!("keep what is dated{}", super::times::between(tail)));
        context.within.time.set(true);
    }
    outline.finish()?;
    Ok(outline.shown())
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
        Body::Sources(sources) => context.core_of_sources(sources.of.as_ref(), answer)?,
        Body::Why(why) => context.core_of_why(why)?,
        Body::Paths(_)
        | Body::Routes(_)
        | Body::Timeline(_)
        | Body::Conflicts(_)
        | Body::Chokepoints(_)
        | Body::Due(_)
        | Body::Match(_) => Core::default(),
    })
}

/// Which claims and edges count.
fn seen(context: &Context<'_, '_>, tail: &Tail<'_>, text: &mut String) {
    let mut says = |line: String| text.push_str(&(line + "\n"));
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
}
