//! Statements: which sentence a word starts, and how each goes on.

use nom::Parser;
use nom::combinator::map;

use super::clause::query;
use super::expr::expression;
use super::lexer::Kind;
use super::name::{Stops, find_relation, known_relation, name, names, object, parted_relation, relation, wording};
use super::tail::{Allowed, Clauses, clauses};
use super::tokens::{Miss, Parsed, Tokens, any_word, whole};
use crate::query::ast::{
    Ask, Asking, Body, Chokepoints, Compare, Conflicts, Due, List, Name, Neighbours, Object, Paths, Prefix, Relation, Routes,
    Show, Sources, Statement, Tail, Timeline, Why, WhyTarget,
};
use crate::query::keywords;
use crate::query::syntax::{Expected, SyntaxErrorKind};
use crate::query::verbs::{self, Form};
use crate::span::{Span, Spanned};

/// A whole statement.
pub(super) fn statement<'s, 't>(start: Tokens<'s, 't>) -> Parsed<'s, 't, Statement<'s>> {
    let form = |i: Tokens<'_, '_>| i.word(0).and_then(verbs::lookup).map(|v| v.form);
    let (i, prefix) = match form(start) {
        Some(Form::Explain) => (start.skip(1), Prefix::Explain),
        Some(Form::Profile) => (start.skip(1), Prefix::Profile),
        _ => (start, Prefix::None),
    };
    let (rest, body) = match form(i) {
        Some(form) => sentence(i, form),
        None => unled(i),
    }?;
    Ok((rest, Statement { prefix, body, span: start.span_to(rest) }))
}

fn sentence<'s, 't>(i: Tokens<'s, 't>, form: Form) -> Parsed<'s, 't, Body<'s>> {
    let after = i.skip(1);
    match form {
        Form::Match => map(query, Body::Match).parse(i),
        Form::Routes => {
            let (rest, all) = clauses(after, Allowed { search: true, ..Allowed::default() })?;
            Ok((rest, Body::Routes(Routes { search: all.search, tail: all.tail })))
        }
        Form::Path => paths(after, false),
        Form::Paths => paths(after, true),
        Form::Neighbours => neighbours(after),
        Form::Show => {
            let after =
                if after.word(0) == Some("me") && after.word(1).is_some_and(|w| w != "me") { after.skip(1) } else { after };
            let (rest, names) = names(after, Stops::default())?;
            with_tail(rest, |tail| Body::Show(Show { names, tail }))
        }
        Form::Who => ask(after, Asking::Who),
        Form::What => ask(after, Asking::What),
        Form::Which => {
            let (rest, kind) = any_word(Expected::Type)(after)?;
            ask(rest, Asking::Which(kind))
        }
        Form::Why => why(after),
        Form::List => list(after, false),
        Form::Count => list(after, true),
        Form::Timeline => about(after, Allowed::default(), &["of"], |of, tail| Body::Timeline(Timeline { of, tail })),
        Form::Conflicts => about(after, Allowed::default(), &["of", "about"], |of, tail| Body::Conflicts(Conflicts { of, tail })),
        Form::Sources => about(after, Allowed::default(), &["of", "for"], |of, tail| Body::Sources(Sources { of, tail })),
        Form::Compare => {
            let (rest, of) = object(after, Stops { with: true, ..Stops::default() })?;
            with_tail(rest, |tail| Body::Compare(Compare { of, tail }))
        }
        Form::Chokepoints => {
            let allowed = Allowed { search: true, closed: true, ..Allowed::default() };
            let (rest, Clauses { search, tail, closed, .. }) = clauses(after, allowed)?;
            Ok((rest, Body::Chokepoints(Chokepoints { search, closed, tail })))
        }
        Form::Due => due(after),
        Form::Explain | Form::Profile => i.miss(Expected::Verb),
    }
}

/// What a tail makes of what stands before it.
fn with_tail<'s, 't>(i: Tokens<'s, 't>, body: impl FnOnce(Tail<'s>) -> Body<'s>) -> Parsed<'s, 't, Body<'s>> {
    let (rest, all) = clauses(i, Allowed::default())?;
    Ok((rest, body(all.tail)))
}

fn paths<'s, 't>(i: Tokens<'s, 't>, many: bool) -> Parsed<'s, 't, Body<'s>> {
    let (rest, all) = clauses(i, Allowed { search: true, ..Allowed::default() })?;
    for (given, word) in [(all.search.from.is_some(), "from"), (all.search.to.is_some(), "to")] {
        // What cannot be read at all is the likelier fault.
        if !given && rest.is_done() {
            return rest.fail(SyntaxErrorKind::Missing(word), Span::new(rest.start(), rest.start()));
        }
    }
    if all.search.from.is_none() || all.search.to.is_none() {
        return rest.miss(Expected::Keyword("from"));
    }
    Ok((rest, Body::Paths(Paths { many, search: all.search, tail: all.tail })))
}

fn neighbours<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, Body<'s>> {
    i.note(Expected::Keyword("of"));
    let i = if i.is_word(0, "of") { i.skip(1) } else { i };
    let allowed = Allowed { around: true, ..Allowed::default() };
    let (rest, of) = names(i, allowed.stops())?;
    let (rest, Clauses { search, tail, depth, direction, .. }) = clauses(rest, allowed)?;
    Ok((rest, Body::Neighbours(Neighbours { of, over: search.over, depth, direction, tail })))
}

/// `[of] [OBJECT] TAIL`, any of `words` in place of `of`.
fn about<'s, 't>(
    i: Tokens<'s, 't>,
    allowed: Allowed,
    words: &[&'static str],
    body: impl FnOnce(Option<Object<'s>>, Tail<'s>) -> Body<'s>,
) -> Parsed<'s, 't, Body<'s>> {
    let (rest, of) = optional_object(i, allowed, words)?;
    let (rest, all) = clauses(rest, allowed)?;
    Ok((rest, body(of, all.tail)))
}

/// An object after one of `words`, or without it; none if the sentence ends or goes on.
fn optional_object<'s, 't>(i: Tokens<'s, 't>, allowed: Allowed, words: &[&'static str]) -> Parsed<'s, 't, Option<Object<'s>>> {
    for word in words {
        i.note(Expected::Keyword(word));
    }
    if words.iter().any(|w| i.is_word(0, w)) {
        return map(|j| object(j, allowed.stops()), Some).parse(i.skip(1));
    }
    match object(i, allowed.stops()) {
        Ok((rest, of)) => Ok((rest, Some(of))),
        Err(nom::Err::Error(Miss)) => Ok((i, None)),
        Err(error) => Err(error),
    }
}

/// `[before DATE] [of OBJECT] TAIL`; the date's clause may stand on either side.
fn due<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, Body<'s>> {
    let allowed = Allowed { due: true, ..Allowed::default() };
    let object_first = !matches!(i.kind(0), Some(Kind::Int(_) | Kind::Date(_)));
    let (rest, of) = if object_first { optional_object(i, allowed, &["of"])? } else { (i, None) };
    let (rest, all) = clauses(rest, allowed)?;
    if of.is_none() && rest.is_word(0, "of") {
        let (rest, of) = object(rest.skip(1), allowed.stops())?;
        let (rest, more) = clauses(rest, allowed)?;
        return match merge(all.tail, more.tail) {
            Ok(tail) => Ok((rest, Body::Due(Due { of: Some(of), tail }))),
            Err(what) => rest.fail(SyntaxErrorKind::Twice(what), i.span_to(rest)),
        };
    }
    if of.is_none() {
        rest.note(Expected::Keyword("of"));
    }
    Ok((rest, Body::Due(Due { of, tail: all.tail })))
}

/// Two tails of one sentence as one, or the clause that both have.
fn merge<'s>(first: Tail<'s>, second: Tail<'s>) -> Result<Tail<'s>, &'static str> {
    fn one<T>(a: Option<T>, b: Option<T>, what: &'static str) -> Result<Option<T>, &'static str> {
        if a.is_some() && b.is_some() { Err(what) } else { Ok(a.or(b)) }
    }
    let order = if first.order.is_empty() { second.order } else { first.order };
    Ok(Tail {
        filter: one(first.filter, second.filter, "where")?,
        place: one(first.place, second.place, "in")?,
        by: one(first.by, second.by, "by")?,
        order,
        skip: one(first.skip, second.skip, "skip")?,
        limit: one(first.limit, second.limit, "limit")?,
        modes: [first.modes, second.modes].concat(),
        as_of: one(first.as_of, second.as_of, "as of")?,
        since: one(first.since, second.since, "since")?,
        before: one(first.before, second.before, "before")?,
        stated: one(first.stated, second.stated, "stated")?,
        with_world: one(first.with_world, second.with_world, "with world")?,
    })
}

// ---------------------------------------------------------------- questions about edges

/// What follows who, what, or which TYPE.
fn ask<'s, 't>(i: Tokens<'s, 't>, asking: Asking<'s>) -> Parsed<'s, 't, Body<'s>> {
    let auxiliary = ["does", "do", "did"].iter().any(|w| i.is_word(0, w));
    if auxiliary {
        return given_first(i.skip(1), asking, None);
    }
    if let Some((names, rest, relation)) = parted_relation(i) {
        let (left, given) = object(names, Stops::default())?;
        if left.is_done() && (rest.is_done() || is_clause(rest)) {
            return with_tail(rest, |tail| Body::Ask(Ask { asking, relation, given, given_first: true, tail }));
        }
    }
    let quoted = matches!(i.kind(0), Some(Kind::Quoted(_) | Kind::Parameter(_)));
    if !quoted && known_relation(i).is_none() {
        i.note(Expected::Edge);
        if let Some(at) = find_relation(i) {
            return given_first(i, asking, Some(at));
        }
        // No edge words that the schema knows: a capital starts a name.
        if i.word(0).is_some_and(|w| w.starts_with(char::is_uppercase)) && asking == Asking::What {
            return given_first(i, asking, None);
        }
    }
    if quoted {
        return given_first(i, asking, None);
    }
    let (rest, relation) = relation(i)?;
    let (rest, given) = object(rest, Stops::default())?;
    with_tail(rest, |tail| Body::Ask(Ask { asking, relation, given, given_first: false, tail }))
}

/// `NAMES EDGE TAIL`, the edge words at token `at` if that is known.
fn given_first<'s, 't>(i: Tokens<'s, 't>, asking: Asking<'s>, at: Option<u32>) -> Parsed<'s, 't, Body<'s>> {
    let (rest, (given, relation)) = left_and_relation(i, at.or_else(|| find_relation(i)))?;
    with_tail(rest, |tail| Body::Ask(Ask { asking, relation, given, given_first: true, tail }))
}

/// Names and the edge words after them. Without known edge words the last word of the names is taken for one.
fn left_and_relation<'s, 't>(i: Tokens<'s, 't>, at: Option<u32>) -> Parsed<'s, 't, (Object<'s>, Relation<'s>)> {
    if let Some(at) = at {
        let (left, given) = object(i.first(at), Stops::default())?;
        if left.is_done() {
            let (rest, relation) = relation(i.skip(at))?;
            return Ok((rest, (given, relation)));
        }
    }
    let (rest, given) = object(i, Stops::default())?;
    if rest.word(0).is_some_and(|w| !keywords::is_one(w, &keywords::CLAUSES)) {
        let (rest, relation) = relation(rest)?;
        return Ok((rest, (given, relation)));
    }
    let words = rest.at - i.at;
    if words < 2 || !matches!(given, Object::Names(_)) {
        return rest.miss(Expected::Edge);
    }
    let (_, given) = object(i.first(words - 1), Stops::default())?;
    let (rest, relation) = relation(i.skip(words - 1))?;
    Ok((rest, (given, relation)))
}

/// `why …`
fn why<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, Body<'s>> {
    let done = |target, rest| with_tail(rest, |tail| Body::Why(Why { target, tail }));
    if matches!(i.kind(0), Some(Kind::Int(_)))
        && (i.word(1).is_none() || is_clause(i.skip(1)))
        && !i.token(1).is_some_and(|t| t.glued)
    {
        let (rest, (row, span)) = whole(i)?;
        return done(WhyTarget::Row(Spanned::new(row, span)), rest);
    }
    i.note(Expected::Number);
    if i.is_word(0, "same") {
        let (rest, names) = names(i.skip(1), Stops { with: true, ..Stops::default() })?;
        return done(WhyTarget::Same(names), rest);
    }
    let i = if ["does", "do", "did"].iter().any(|w| i.is_word(0, w)) { i.skip(1) } else { i };
    let quoted = matches!(i.kind(0), Some(Kind::Quoted(_) | Kind::Parameter(_)));
    let (rest, left, relation) = if quoted {
        let (rest, left) = name(i, Stops::default())?;
        if rest.is_done() || is_clause(rest) {
            return done(WhyTarget::Node(left), rest);
        }
        let (rest, relation) = relation(rest)?;
        (rest, left, relation)
    } else if let Some(at) = find_relation(i) {
        let (_, left) = name(i.first(at), Stops::default())?;
        let (rest, relation) = relation(i.skip(at))?;
        (rest, left, relation)
    } else {
        let (rest, left): (_, Name<'s>) = name(i, Stops::default())?;
        rest.note(Expected::Edge);
        return done(WhyTarget::Node(left), rest);
    };
    let (rest, right) = name(rest, Stops::default())?;
    done(WhyTarget::Edge { left, relation, right }, rest)
}

/// Whether a clause of the tail starts here.
fn is_clause(i: Tokens<'_, '_>) -> bool {
    i.is_symbol(0, ";")
        || i.word(0).is_some_and(|w| keywords::is_one(w, &keywords::CLAUSES) || keywords::is_one(w, &["as", "with"]))
}

/// Whether a clause of a search for ways starts here: `corridors bypassing Russia`.
fn is_hop(i: Tokens<'_, '_>) -> bool {
    i.word(0).is_some_and(|w| keywords::is_one(w, &["from", "to", "via", "bypassing", "avoiding", "carrying"]))
}

// ---------------------------------------------------------------- lists

/// `list TYPE [of NAMES] TAIL`, `count [TYPE] …`, `list funders of X`
fn list<'s, 't>(i: Tokens<'s, 't>, count: bool) -> Parsed<'s, 't, Body<'s>> {
    let is_type = |at: u32| i.word(at).is_some_and(|w| i.state.vocabulary.node_type(w).is_some());
    let all = ["all", "the", "every"].iter().any(|w| i.is_word(0, w)) && is_type(1);
    let (known, i) = (is_type(0), i.skip(u32::from(all)));
    if !known && !all && !count && wording(i) > 0 {
        return noun(i);
    }
    if !count && i.word(0).is_some_and(|w| i.state.vocabulary.is_way(w)) && is_hop(i.skip(1)) {
        return sentence(i, Form::Routes);
    }
    i.note(Expected::Type);
    let bare = count && (i.is_done() || is_clause(i) || i.is_word(0, "of"));
    let (rest, kind) = if bare { (i, None) } else { map(any_word(Expected::Type), Some).parse(i)? };
    let (rest, of) = if rest.is_word(0, "of") {
        map(|j| names(j, Stops::default()), Some).parse(rest.skip(1))?
    } else {
        rest.note(Expected::Keyword("of"));
        (rest, None)
    };
    with_tail(rest, |tail| Body::List(List { count, kind, of, tail }))
}

/// `funders of X`, `members of the SCO`, `signatories of X`
fn noun<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, Body<'s>> {
    let (mut rest, mut relation) = relation(i)?;
    relation.noun = true;
    // However often: what is printed has none that the edge words do not have, and is to read back as the same.
    while rest.is_word(0, "of") {
        rest = rest.skip(1);
    }
    let (rest, given) = object(rest, Stops::default())?;
    with_tail(rest, |tail| Body::Ask(Ask { asking: Asking::Noun, relation, given, given_first: false, tail }))
}

/// A statement without a verb: `agreements of Japan`, `funders of X`; or none.
fn unled<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, Body<'s>> {
    let Some(word) = i.word(0) else { return i.miss(Expected::Verb) };
    if keywords::is_one(word, &keywords::WRITES) {
        if i.state.fixture {
            return map(query, Body::Match).parse(i);
        }
        return i.fail(SyntaxErrorKind::Writes, i.span_to(i.skip(1)));
    }
    if i.is_word(0, "how") && i.is_word(1, "many") {
        return list(i.skip(2), true);
    }
    if i.is_word(0, "shortest") && i.is_word(1, "path") {
        return paths(i.skip(2), false);
    }
    if i.state.vocabulary.node_type(word).is_some() {
        // `projects funded by Japan`, `corridors that bypass Russia`
        let that = ["that", "which", "who"].iter().any(|w| i.is_word(1, w));
        let rest = i.skip(1 + u32::from(that));
        if that || (!is_clause(rest) && !is_hop(rest) && known_relation(rest).is_some()) {
            let (rest, kind) = any_word(Expected::Type)(i)?;
            return ask(rest.skip(u32::from(that)), Asking::Which(kind));
        }
        return list(i, false);
    }
    if wording(i) > 0 && i.word(1).is_some() {
        return noun(i);
    }
    i.miss(Expected::Verb)
}

/// Only an expression: for tests and for tools that ask for one.
pub(super) fn only_expression<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, crate::query::ast::Expr<'s>> {
    expression(i)
}
