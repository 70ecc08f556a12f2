//! Statements: which sentence a word starts, and how each goes on.

use std::sync::Arc;

use nom::Parser;
use nom::combinator::map;

use super::clause::query;
use super::date::{date, date_tokens};
use super::expr::expression;
use super::lexer::Kind;
use super::name::{
    Stops, find_relation, is_copula, known_relation, name, names, noun_tokens, noun_word, object, parted_relation, relation,
    wording,
};
use super::tail::{Allowed, Clauses, clauses};
use super::tokens::{Miss, Parsed, Tokens, whole};
use crate::query::ast::{
    Ask, Asking, Body, Chokepoints, Compare, CompareOp, Conflicts, Due, Expr, ExprKind, List, Literal, Name, Neighbours, Object,
    Paths, Prefix, Relation, Routes, Show, Sources, Statement, Tail, Timeline, Why, WhyTarget, Word,
};
use crate::query::keywords;
use crate::query::syntax::{Expected, SyntaxErrorKind};
use crate::query::verbs::{self, Form};
use crate::query::vocabulary::{MOST_WORDS, Sense};
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
    match form {
        Form::Match => map(query, Body::Match).parse(i),
        Form::Explain | Form::Profile => i.miss(Expected::Verb),
        // "routes that bypass Russia"
        Form::Routes if is_relative(i.skip(1)) && noun_tokens(i) == 1 => which(i),
        form => sentence_of(i.skip(1), form),
    }
}

/// What follows the first word of a sentence.
fn sentence_of<'s, 't>(after: Tokens<'s, 't>, form: Form) -> Parsed<'s, 't, Body<'s>> {
    match form {
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
        Form::Which => which(after),
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
        Form::Explain | Form::Profile | Form::Match => after.miss(Expected::Verb),
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

/// `TYPE EDGE NAMES`, `TYPE that EDGE NAMES`; or, with a word for what things are, `TYPE are planned`, which lists them.
fn which<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, Body<'s>> {
    let (rest, kind) = noun_word(i)?;
    let rest = rest.skip(u32::from(is_relative(rest)));
    if let Some(count) = state_tokens(rest) {
        let after = rest.skip(1 + count);
        let said = rest.text(rest.skip(1).span_to(after));
        let kind = Word { text: format!("{said} {}", kind.text).into(), span: i.span_to(after) };
        if i.state.vocabulary.sense(&kind.text).is_some() {
            return with_tail(after, |tail| Body::List(List { count: false, kind: Some(kind), of: None, tail }));
        }
    }
    ask(rest, Asking::Which(kind))
}

/// Whether a clause about what stands before begins here.
fn is_relative(i: Tokens<'_, '_>) -> bool {
    ["that", "which", "who"].iter().any(|w| i.is_word(0, w))
}

/// After an "are": tokens of a word that an attribute may be, "planned" or "under construction", with which the question ends.
fn state_tokens(i: Tokens<'_, '_>) -> Option<u32> {
    let i = Some(i).filter(|i| is_copula(i.word(0)))?.skip(1);
    let mut said = String::new();
    (1..=MOST_WORDS as u32).find(|&count| {
        said.push_str(if count > 1 { " " } else { "" });
        said.push_str(i.word(count - 1).unwrap_or_default());
        let rest = i.skip(count);
        let ends = rest.is_done() || (is_clause(rest) && !rest.is_word(0, "by") && !rest.is_word(0, "to"));
        ends && i.state.vocabulary.word_of(&said).is_some()
    })
}

/// "what is TRIPP", "who are the Taliban": what `show` tells; none where edge words, or a slip of them, follow.
fn shown<'s, 't>(i: Tokens<'s, 't>) -> Option<Parsed<'s, 't, Body<'s>>> {
    if !is_copula(i.word(0)) || known_relation(i).is_some() || find_relation(i).is_some() {
        return None;
    }
    let article = ["the", "a", "an"].iter().any(|w| i.is_word(1, w));
    let i = i.skip(1 + u32::from(article));
    // "what are the railways in Kazakhstan"
    if article && noun_tokens(i) > 0 {
        return Some(list(i, false));
    }
    let (rest, of) = names(i, Stops::default()).ok()?;
    // A small word may be a slip of an edge's: "what is locatd in Georgia".
    let small = !article && i.word(0).is_some_and(|w| w.starts_with(char::is_lowercase));
    let ends = if small { rest.is_done() && rest.at - i.at == 1 } else { rest.is_done() || is_clause(rest) };
    if !ends || rest.is_word(0, "by") {
        return None;
    }
    match clauses(rest, Allowed::default()) {
        // "what is funde by Japan"
        Ok((_, all)) if all.tail.by.is_some() => None,
        Ok((rest, all)) => Some(Ok((rest, Body::Show(Show { names: of, tail: all.tail })))),
        Err(error) => Some(Err(error)),
    }
}

/// Whether a time, a clause or nothing follows "what is due".
fn is_time(i: Tokens<'_, '_>) -> bool {
    let by = i.is_word(0, "by");
    i.is_done() || (is_clause(i) && !by) || (by && date_tokens(i.skip(1)).is_some()) || i.is_word(0, "of")
}

/// "what is due for 2026": what `due by 2026` tells.
fn due_for<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, Body<'s>> {
    let (rest, by) = date(i)?;
    let (rest, body) = due(rest)?;
    let Body::Due(due) = body else { return Ok((rest, body)) };
    if due.tail.before.is_some() {
        return i.fail(SyntaxErrorKind::Twice("before"), by.span);
    }
    Ok((rest, Body::Due(Due { tail: Tail { before: Some(by), ..due.tail }, ..due })))
}

/// "what depends on Georgia": what is lost without it.
fn depending<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, Body<'s>> {
    let allowed = Allowed { search: true, closed: true, ..Allowed::default() };
    let (rest, closed) = names(i, allowed.stops())?;
    let (rest, all) = clauses(rest, Allowed { closed: false, ..allowed })?;
    Ok((rest, Body::Chokepoints(Chokepoints { search: all.search, closed: Some(closed), tail: all.tail })))
}

/// "what happened to TAPI in 2025": what `timeline` tells.
fn happened<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, Body<'s>> {
    about(i.skip(1), Allowed::default(), &["to", "with", "of"], |of, tail| Body::Timeline(Timeline { of, tail }))
}

/// What follows who, what, or which TYPE.
fn ask<'s, 't>(i: Tokens<'s, 't>, asking: Asking<'s>) -> Parsed<'s, 't, Body<'s>> {
    let auxiliary = ["does", "do", "did"].iter().any(|w| i.is_word(0, w));
    if auxiliary {
        return given_first(i.skip(1), asking, None);
    }
    match (&asking, i.word(0).map(str::to_ascii_lowercase).as_deref()) {
        (Asking::What, Some("happened" | "happens")) => return happened(i),
        (Asking::What, Some("is" | "are")) if i.is_word(1, "due") || i.is_word(1, "planned") => {
            let rest = i.skip(2);
            if rest.is_word(0, "for") && date_tokens(rest.skip(1)).is_some() {
                return due_for(rest.skip(1));
            }
            if is_time(rest) {
                return due(rest);
            }
        }
        (Asking::What, Some("if")) => return sentence_of(i, Form::Chokepoints),
        (Asking::What, Some("depends")) if i.is_word(1, "on") => return depending(i.skip(2)),
        // "who says that A bypasses B"
        (Asking::Who, Some("says" | "say" | "said")) => return why(i.skip(1 + u32::from(i.is_word(1, "that")))),
        _ => {}
    }
    if let Some((names, rest, relation)) = parted_relation(i) {
        let (left, given) = object(names, Stops::default())?;
        if left.is_done() && (rest.is_done() || is_clause(rest)) {
            return with_tail(rest, |tail| Body::Ask(Ask { asking, relation, given, given_first: true, tail }));
        }
    }
    if matches!(asking, Asking::Who | Asking::What)
        && let Some(shown) = shown(i)
    {
        return shown;
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
    i.word(0).is_some_and(|w| keywords::is_one(w, &["from", "to", "via", "through", "bypassing", "avoiding", "carrying"]))
}

// ---------------------------------------------------------------- lists

/// `list TYPE [of NAMES] TAIL`, `count [TYPE] …`, `list funders of X`
fn list<'s, 't>(i: Tokens<'s, 't>, count: bool) -> Parsed<'s, 't, Body<'s>> {
    // "list all corridors", "count of corridors"
    let before = ["all", "the", "every"].iter().any(|w| i.is_word(0, w)) || (count && i.is_word(0, "of"));
    let i = i.skip(u32::from(before && noun_tokens(i.skip(1)) > 0));
    let after = i.skip(noun_tokens(i));
    if after == i && !count && wording(i) > 0 {
        return noun(i);
    }
    if !count && after != i && is_hop(after) {
        let sense = i.state.vocabulary.sense(&i.text(i.span_to(after)).replace('`', ""));
        if let Some(sense) = sense.filter(|s| i.state.vocabulary.is_way(s)) {
            return ways(after, &sense, i.span_to(after));
        }
    }
    i.note(Expected::Type);
    let bare = count && (i.is_done() || is_clause(i) || i.is_word(0, "of"));
    let (rest, kind) = if bare { (i, None) } else { map(noun_word, Some).parse(i)? };
    let (rest, of) = if rest.is_word(0, "of") {
        map(|j| names(j, Stops::default()), Some).parse(rest.skip(1))?
    } else {
        rest.note(Expected::Keyword("of"));
        (rest, None)
    };
    with_tail(rest, |tail| Body::List(List { count, kind, of, tail }))
}

/// `pipelines bypassing Russia`: `routes` with what the noun narrows ways to as its first conditions.
fn ways<'s, 't>(i: Tokens<'s, 't>, sense: &Sense, span: Span) -> Parsed<'s, 't, Body<'s>> {
    let (rest, all) = clauses(i, Allowed { search: true, ..Allowed::default() })?;
    let expr = |kind| Expr { kind, span };
    let condition = |(attribute, word): &(Arc<str>, Arc<str>)| {
        let value = expr(ExprKind::Literal(Literal::Text(word.to_string().into())));
        let of = expr(ExprKind::Variable(attribute.to_string().into()));
        expr(ExprKind::Compare(Box::new(of), vec![(Spanned::new(CompareOp::Equal, span), value)]))
    };
    let mut conditions: Vec<Expr<'s>> = sense.only.iter().map(condition).collect();
    match all.tail.filter {
        Some(Expr { kind: ExprKind::And(more), .. }) => conditions.extend(more),
        filter => conditions.extend(filter),
    }
    let filter = if conditions.len() > 1 { Some(expr(ExprKind::And(conditions))) } else { conditions.pop() };
    Ok((rest, Body::Routes(Routes { search: all.search, tail: Tail { filter, ..all.tail } })))
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
    if i.is_word(0, "number") && i.is_word(1, "of") {
        return list(i.skip(1), true);
    }
    if i.is_word(0, "shortest") && i.is_word(1, "path") {
        return paths(i.skip(2), false);
    }
    // "all routes from A to B", "shortest route from A to B": what `routes` gives first.
    if ["all", "the", "shortest"].iter().any(|w| i.is_word(0, w))
        && i.word(1).and_then(verbs::lookup).is_some_and(|v| v.form == Form::Routes)
    {
        return sentence(i.skip(1), Form::Routes);
    }
    let rest = i.skip(noun_tokens(i));
    if rest != i {
        // `projects funded by Japan`, `corridors that bypass Russia`
        let edge = !is_clause(rest) && !is_hop(rest) && known_relation(rest).is_some();
        return if is_relative(rest) || edge { which(i) } else { list(i, false) };
    }
    if wording(i) > 0 && i.word(1).is_some() {
        return noun(i);
    }
    i.miss(Expected::Verb)
}

/// Only an expression: for tests and for tools that ask for one.
pub(super) fn only_expression<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, Expr<'s>> {
    expression(i)
}
