//! The clauses of verb sentences after their first words: the tail that all share, and those of searches.

use nom::Parser;
use nom::sequence::preceded;

use super::clause::order;
use super::date::{date, date_tokens, month_date};
use super::expr::expression;
use super::lexer::Kind;
use super::name::{Stops, begins_name, names, relation};
use super::tokens::{Parsed, Tokens, any_word, keyword, keywords2, whole, whole32};
use crate::model::{Mode, PartialDate};
use crate::query::ast::{By, End, Expr, ExprKind, Names, Relation, Search, Tail};
use crate::query::keywords;
use crate::query::syntax::{Expected, SyntaxErrorKind};
use crate::span::Spanned;

/// Which clauses a sentence may have besides the tail.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Allowed {
    /// `from`, `to`, `via`, `bypassing`, `carrying`, `over`, `within`.
    pub search: bool,
    /// `over`, `depth`, `in`, `out`.
    pub around: bool,
    /// `without`, `closing`, `if … closes`.
    pub closed: bool,
    /// `by DATE` is `before DATE`.
    pub due: bool,
}

impl Allowed {
    /// The words that end a name in such a sentence.
    pub fn stops(self) -> Stops {
        Stops { search: self.search, around: self.around, closed: self.closed, ..Stops::default() }
    }
}

/// All clauses of a sentence.
#[derive(Debug, Clone, Default)]
pub(super) struct Clauses<'s> {
    pub search: Search<'s>,
    pub tail: Tail<'s>,
    pub depth: Option<Spanned<u32>>,
    pub direction: Option<Spanned<End>>,
    pub closed: Option<Names<'s>>,
}

/// Clauses in any order up to what is none.
pub(super) fn clauses<'s, 't>(mut i: Tokens<'s, 't>, allowed: Allowed) -> Parsed<'s, 't, Clauses<'s>> {
    let mut all = Clauses::default();
    loop {
        let before = i;
        if allowed.search {
            i = search_clause(i, allowed, &mut all)?.0;
        }
        if allowed.around {
            i = around_clause(i, allowed, &mut all)?.0;
        }
        if allowed.closed {
            i = closed_clause(i, allowed, &mut all)?.0;
        }
        if i == before {
            i = tail_clause(i, allowed, &mut all.tail)?.0;
        }
        if i == before {
            return Ok((i, all));
        }
    }
}

/// Sets `slot`, or fails because the clause was said before.
fn once<'s, 't, T>(
    at: Tokens<'s, 't>,
    rest: Tokens<'s, 't>,
    what: &'static str,
    slot: &mut Option<T>,
    value: T,
) -> Parsed<'s, 't, ()> {
    if slot.is_some() {
        return at.fail(SyntaxErrorKind::Twice(what), at.span_to(at.skip(1)));
    }
    *slot = Some(value);
    Ok((rest, ()))
}

/// The next word in lower case.
fn lower(i: Tokens<'_, '_>) -> Option<String> {
    i.word(0).map(str::to_ascii_lowercase)
}

fn search_clause<'s, 't>(i: Tokens<'s, 't>, allowed: Allowed, all: &mut Clauses<'s>) -> Parsed<'s, 't, ()> {
    let stops = allowed.stops();
    let search = &mut all.search;
    let after = i.skip(1);
    match lower(i).as_deref() {
        Some("from") => {
            let (rest, value) = names(after, stops)?;
            once(i, rest, "from", &mut search.from, value)
        }
        Some("to") => {
            let (rest, value) = names(after, stops)?;
            once(i, rest, "to", &mut search.to, value)
        }
        Some(word @ ("via" | "through" | "bypassing" | "avoiding" | "carrying")) => {
            let (rest, value) = names(after, stops)?;
            match word {
                "via" | "through" => search.via.push(value),
                "carrying" => search.carrying.push(value),
                _ => search.avoid.push(value),
            }
            Ok((rest, ()))
        }
        Some("over") => over(i, &mut search.over),
        Some("within") => {
            let (rest, (number, span)) = whole32(after)?;
            let rest = if rest.is_word(0, "hops") || rest.is_word(0, "hop") { rest.skip(1) } else { rest };
            rest.note(Expected::Keyword("hops"));
            once(i, rest, "within", &mut search.hops, Spanned::new(number, span))
        }
        _ => {
            for word in ["from", "to", "via", "bypassing", "avoiding", "carrying", "over", "within"] {
                i.note(Expected::Keyword(word));
            }
            Ok((i, ()))
        }
    }
}

/// `over EDGE | EDGE`, `over EDGE, EDGE`
fn over<'s, 't>(i: Tokens<'s, 't>, all: &mut Vec<Relation<'s>>) -> Parsed<'s, 't, ()> {
    let mut rest = i;
    loop {
        let (after, one) = relation(rest.skip(1))?;
        all.push(one);
        rest = after;
        if !["|", ","].iter().any(|s| rest.is_symbol(0, s)) && !rest.is_word(0, "or") {
            rest.note(Expected::Symbol("|"));
            return Ok((rest, ()));
        }
    }
}

fn around_clause<'s, 't>(i: Tokens<'s, 't>, allowed: Allowed, all: &mut Clauses<'s>) -> Parsed<'s, 't, ()> {
    let word = lower(i);
    match word.as_deref() {
        Some("over") => over(i, &mut all.search.over),
        Some("depth") => {
            let (rest, (number, span)) = whole32(i.skip(1))?;
            once(i, rest, "depth", &mut all.depth, Spanned::new(number, span))
        }
        Some("in" | "out") if word.as_deref() == Some("out") || stands_alone(i.skip(1), allowed) => {
            let end = if word.as_deref() == Some("out") { End::Source } else { End::Target };
            once(i, i.skip(1), "in or out", &mut all.direction, Spanned::new(end, i.span_to(i.skip(1))))
        }
        _ => {
            for word in ["over", "depth", "in", "out"] {
                i.note(Expected::Keyword(word));
            }
            Ok((i, ()))
        }
    }
}

/// Whether no name follows: the end, or the next clause.
fn stands_alone(i: Tokens<'_, '_>, allowed: Allowed) -> bool {
    let clause = |w: &str| keywords::is_one(w, &keywords::CLAUSES) || (allowed.around && w == "as");
    i.is_done() || (!begins_name(i) && i.word(0).is_some_and(clause))
}

fn closed_clause<'s, 't>(i: Tokens<'s, 't>, allowed: Allowed, all: &mut Clauses<'s>) -> Parsed<'s, 't, ()> {
    match lower(i).as_deref() {
        Some(word @ ("without" | "closing" | "if")) => {
            let (mut rest, value) = names(i.skip(1), allowed.stops())?;
            if word == "if" {
                let copula = ["is", "are"].iter().any(|w| rest.is_word(0, w)) && rest.is_word(1, "closed");
                if !rest.is_word(0, "close") && !copula {
                    keyword("closes")(rest)?;
                }
                rest = rest.skip(1 + u32::from(copula));
            }
            once(i, rest, "without", &mut all.closed, value)
        }
        _ => {
            i.note(Expected::Keyword("without"));
            Ok((i, ()))
        }
    }
}

/// One clause of the tail, if one comes.
fn tail_clause<'s, 't>(i: Tokens<'s, 't>, allowed: Allowed, tail: &mut Tail<'s>) -> Parsed<'s, 't, ()> {
    let after = i.skip(1);
    match lower(i).as_deref() {
        Some("where") => {
            let (rest, value) = expression(after)?;
            // `where length_km between 5 and 10` is about numbers.
            if rest.is_word(0, "between") && !is_condition(&value) {
                return rest.miss(Expected::Symbol("="));
            }
            once(i, rest, "where", &mut tail.filter, value)
        }
        Some("in") if is_date(after, allowed) => in_date(i, allowed, tail),
        Some("between") if date_tokens(after).is_some() => between(i, allowed, tail),
        Some("in") => {
            let (rest, value) = names(after, allowed.stops())?;
            once(i, rest, "in", &mut tail.place, value)
        }
        Some("by") if allowed.due && (matches!(i.kind(1), Some(Kind::Int(_) | Kind::Date(_))) || month_date(after).is_some()) => {
            dated(i, after, "before", &mut tail.before)
        }
        Some("by") => by(i, tail),
        Some("order") => {
            let (rest, value) = order(i)?;
            if !tail.order.is_empty() {
                return i.fail(SyntaxErrorKind::Twice("order by"), i.span_to(after));
            }
            tail.order = value;
            Ok((rest, ()))
        }
        Some("limit") => {
            let (rest, (number, span)) = whole(after)?;
            once(i, rest, "limit", &mut tail.limit, Spanned::new(number, span))
        }
        Some("skip") => {
            let (rest, (number, span)) = whole(after)?;
            once(i, rest, "skip", &mut tail.skip, Spanned::new(number, span))
        }
        _ => quality(i, tail),
    }
}

/// `mode M`, `as of DATE`, `with world` behind a query, in any order.
pub(super) fn seen<'s, 't>(mut i: Tokens<'s, 't>, tail: &mut Tail<'s>) -> Parsed<'s, 't, ()> {
    loop {
        let rest = match lower(i).as_deref() {
            Some("mode" | "with") => quality(i, tail)?.0,
            Some("as") if i.is_word(1, "of") => quality(i, tail)?.0,
            _ => {
                ["mode", "as of", "with world"].into_iter().for_each(|word| i.note(Expected::Keyword(word)));
                return Ok((i, ()));
            }
        };
        i = rest;
    }
}

/// Clauses on how the texts hold what they say: modes, dates, `stated`, `with world`.
fn quality<'s, 't>(i: Tokens<'s, 't>, tail: &mut Tail<'s>) -> Parsed<'s, 't, ()> {
    let after = i.skip(1);
    match lower(i).as_deref() {
        Some("mode") => modes(i, tail),
        Some("as") => {
            let (rest, _) = keywords2("as of", "as", "of")(i)?;
            dated(i, rest, "as of", &mut tail.as_of)
        }
        Some("since") => dated(i, after, "since", &mut tail.since),
        Some("before" | "until") => dated(i, after, "before", &mut tail.before),
        Some("stated") => once(i, after, "stated", &mut tail.stated, i.span_to(after)),
        Some("with") => {
            let (rest, span) = keywords2("with world", "with", "world")(i)?;
            once(i, rest, "with world", &mut tail.with_world, span)
        }
        _ => {
            let dates = ["as of", "since", "before", "between"];
            for word in ["where", "in", "by", "order by", "limit", "skip", "mode"].into_iter().chain(dates) {
                i.note(Expected::Keyword(word));
            }
            for word in ["stated", "with world"] {
                i.note(Expected::Keyword(word));
            }
            Ok((i, ()))
        }
    }
}

/// `by hops`, `by PROPERTY`
fn by<'s, 't>(i: Tokens<'s, 't>, tail: &mut Tail<'s>) -> Parsed<'s, 't, ()> {
    if i.is_word(1, "hops") {
        let rest = i.skip(2);
        return once(i, rest, "by", &mut tail.by, By::Hops(i.skip(1).span_to(rest)));
    }
    i.skip(1).note(Expected::Keyword("hops"));
    let (rest, property) = preceded(keyword("by"), any_word(Expected::Property)).parse(i)?;
    once(i, rest, "by", &mut tail.by, By::Property(property))
}

/// `mode M`, `mode M or M`, `mode M, M`; `mode all` is every one, denials too.
fn modes<'s, 't>(i: Tokens<'s, 't>, tail: &mut Tail<'s>) -> Parsed<'s, 't, ()> {
    let mut rest = i.skip(1);
    loop {
        let found = Mode::ALL.into_iter().filter(|m| rest.is_word(0, keywords::ALL_MODES) || rest.is_word(0, m.as_str()));
        let span = rest.span_to(rest.skip(1));
        let before = tail.modes.len();
        tail.modes.extend(found.map(|mode| Spanned::new(mode, span)));
        if tail.modes.len() == before {
            return rest.miss(Expected::Mode);
        }
        rest = rest.skip(1);
        let joined = rest.is_symbol(0, ",") || rest.is_word(0, "or") || rest.is_word(0, "and");
        if !joined {
            return Ok((rest, ()));
        }
        rest = rest.skip(1);
    }
}

/// A date at `rest`, for the clause at `i`.
fn dated<'s, 't>(
    i: Tokens<'s, 't>,
    rest: Tokens<'s, 't>,
    what: &'static str,
    slot: &mut Option<Spanned<PartialDate>>,
) -> Parsed<'s, 't, ()> {
    let (after, date) = date(rest)?;
    once(i, after, what, slot, date)
}

/// Whether an expression asks something: not so `length_km`, or the end of `kind = 'railway' and length_km`.
fn is_condition(expr: &Expr<'_>) -> bool {
    match &expr.kind {
        ExprKind::Variable(_) | ExprKind::Property(..) | ExprKind::Index(..) => false,
        ExprKind::And(items) | ExprKind::Or(items) | ExprKind::Xor(items) => items.last().is_some_and(is_condition),
        ExprKind::Unary(_, of) => is_condition(of),
        _ => true,
    }
}

/// `between DATE and DATE`, both included: kept as `since` the first and `before` what follows the second.
fn between<'s, 't>(i: Tokens<'s, 't>, allowed: Allowed, tail: &mut Tail<'s>) -> Parsed<'s, 't, ()> {
    let (rest, first) = date(i.skip(1))?;
    if !rest.is_word(0, "to") {
        keyword("and")(rest)?;
    }
    let (rest, last) = date(rest.skip(1))?;
    in_time(i, rest, allowed, tail, (first, last))
}

/// `in DATE`: all of that year, month or day.
fn in_date<'s, 't>(i: Tokens<'s, 't>, allowed: Allowed, tail: &mut Tail<'s>) -> Parsed<'s, 't, ()> {
    let (rest, only) = date(i.skip(1))?;
    in_time(i, rest, allowed, tail, (only, only))
}

/// Keeps what happens from `first` to `last`.
fn in_time<'s, 't>(
    i: Tokens<'s, 't>,
    rest: Tokens<'s, 't>,
    allowed: Allowed,
    tail: &mut Tail<'s>,
    (first, last): (Spanned<PartialDate>, Spanned<PartialDate>),
) -> Parsed<'s, 't, ()> {
    once(i, rest, "since", &mut tail.since, first)?;
    // What is due by a date may be so on that day.
    let end = if allowed.due { Some(last.value) } else { last.value.following() };
    match end {
        Some(end) => once(i, rest, "before", &mut tail.before, Spanned::new(end, last.span)),
        None => Ok((rest, ())),
    }
}

/// Whether a date stands at `i` that is no beginning of a name: "in 2025", but not "in 2025 Expo".
fn is_date(i: Tokens<'_, '_>, allowed: Allowed) -> bool {
    let Some(rest) = date_tokens(i).filter(|_| !matches!(i.kind(0), Some(Kind::Quoted(_)))) else { return false };
    // What is made of figures alone is a slip in a date, where it is none.
    let figures = i.text(i.span_to(rest)).bytes().all(|b| b.is_ascii_digit() || b == b'-');
    (figures || month_date(i).is_some()) && (stands_alone(rest, allowed) || rest.is_symbol(0, ";") || rest.is_word(0, "of"))
}
