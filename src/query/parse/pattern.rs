//! Patterns: `p = ACYCLIC SHORTEST 3 (a:Place {name: 'Aktau'})-[r:leg]-{1,6}(b)`.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{map, opt};
use nom::sequence::{delimited, preceded};

use super::expr::{expression, map_literal, nested};
use super::lexer::Kind;
use super::tokens::{Parsed, Tokens, any_word, keyword, symbol, variable, whole, whole32};
use crate::query::ast::{Direction, Expr, ExprKind, Length, NodePattern, PathMode, PathPattern, RelPattern, Selector, Word};
use crate::query::syntax::{Expected, SyntaxErrorKind};

/// Whether the parenthesis at `i` opens a pattern of at least one edge: what it holds looks like a node, and what
/// follows it like an edge. Looks at a fixed number of tokens.
pub(super) fn is_pattern(i: Tokens<'_, '_>) -> bool {
    let Some(close) = i.state.closers.get(i.at as usize).filter(|c| **c != u32::MAX) else { return false };
    let named = matches!(i.kind(1), Some(Kind::Word(_) | Kind::Backquoted(_)));
    let inside = if named { i.skip(2) } else { i.skip(1) };
    let node = [")", ":", "{"].iter().any(|s| inside.is_symbol(0, s))
        || matches!(inside.kind(0), Some(Kind::Parameter(_)))
        || inside.is_word(0, "where");
    let after = Tokens { at: close + 1, ..i };
    let after = if after.is_symbol(0, "<") { after.skip(1) } else { after };
    let dash = after.is_symbol(0, "-");
    let edge = if after.is_symbol(1, "[") {
        let closer = i.state.closers.get(after.at as usize + 1).copied().unwrap_or(u32::MAX);
        closer != u32::MAX && Tokens { at: closer + 1, ..i }.is_symbol(0, "-")
    } else {
        after.is_symbol(1, "-") && ["(", ">", "{", "+"].iter().any(|s| after.is_symbol(2, s))
    };
    node && dash && edge
}

/// `[var =] [mode] [selector] node { rel node }`
pub(super) fn path<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, PathPattern<'s>> {
    let start = i;
    let named = i.is_symbol(1, "=") && matches!(i.kind(0), Some(Kind::Word(_) | Kind::Backquoted(_)));
    let (i, var) = if named { map(variable, Some).parse(i)? } else { (i, None) };
    let i = if named { i.skip(1) } else { i };
    let (i, mode) = mode(i)?;
    let (i, selector) = selector(i)?;
    let (i, mode) = if mode.is_none() { self::mode(i)? } else { (i, mode) };
    let i = if i.is_word(0, "path") || i.is_word(0, "paths") { i.skip(1) } else { i };
    let function =
        matches!(i.word(0), Some(w) if w.eq_ignore_ascii_case("shortestPath") || w.eq_ignore_ascii_case("allShortestPaths"));
    let (rest, inner, selector) = if function && selector.is_none() && i.is_symbol(1, "(") {
        let span = i.span_to(i.skip(1));
        let all = i.is_word(0, "allShortestPaths");
        let (rest, inner) = delimited(symbol("("), chain, symbol(")")).parse(i.skip(1))?;
        (rest, inner, Some(if all { Selector::AllShortest(span) } else { Selector::Shortest(1, span) }))
    } else {
        let (rest, inner) = chain(i)?;
        (rest, inner, selector)
    };
    Ok((rest, PathPattern { var, mode, selector, span: start.span_to(rest), ..inner }))
}

/// `node { rel node }`
pub(super) fn chain<'s, 't>(start: Tokens<'s, 't>) -> Parsed<'s, 't, PathPattern<'s>> {
    let (mut i, first) = node(start)?;
    let mut steps = Vec::new();
    while i.is_symbol(0, "-") || (i.is_symbol(0, "<") && i.is_symbol(1, "-")) {
        if steps.len() >= super::CHAIN as usize {
            return i.fail(SyntaxErrorKind::TooManyInChain { most: super::CHAIN }, i.span_to(i.skip(1)));
        }
        let (rest, step) = (rel, node).parse(i)?;
        steps.push(step);
        i = rest;
    }
    i.note(Expected::Symbol("-"));
    Ok((i, PathPattern { var: None, mode: None, selector: None, start: first, steps, span: start.span_to(i) }))
}

fn mode<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, Option<PathMode>> {
    let acyclic = map(keyword("acyclic"), |_| PathMode::Acyclic);
    let trail = map(keyword("trail"), |_| PathMode::Trail);
    opt(alt((acyclic, trail))).parse(i)
}

/// `any`, `any shortest`, `all shortest`, `shortest k`, `cheapest k by property`
fn selector<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, Option<Selector<'s>>> {
    let (rest, selector) = match i.word(0).map(str::to_ascii_lowercase).as_deref() {
        Some("any") if i.is_word(1, "shortest") => (i.skip(2), Selector::Shortest(1, i.span_to(i.skip(2)))),
        Some("any") => (i.skip(1), Selector::Any(i.span_to(i.skip(1)))),
        Some("all") => {
            let (rest, _) = keyword("shortest")(i.skip(1))?;
            (rest, Selector::AllShortest(i.span_to(rest)))
        }
        Some("shortest") => {
            let (rest, (k, _)) = whole(i.skip(1))?;
            (rest, Selector::Shortest(k, i.span_to(rest)))
        }
        Some("cheapest") => {
            let (rest, (k, _)) = whole(i.skip(1))?;
            let (rest, by) = preceded(keyword("by"), any_word(Expected::Property)).parse(rest)?;
            (rest, Selector::Cheapest(k, by, i.span_to(rest)))
        }
        _ => {
            for word in ["any shortest", "all shortest", "shortest", "cheapest"] {
                i.note(Expected::Keyword(word));
            }
            return Ok((i, None));
        }
    };
    Ok((rest, Some(selector)))
}

/// `(var:Type {props} WHERE …)`
pub(super) fn node<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, NodePattern<'s>> {
    let start = i;
    if !i.is_symbol(0, "(") {
        return i.miss(Expected::Node);
    }
    let (i, var) = optional_variable(i.skip(1))?;
    let (i, types) = if i.is_symbol(0, ":") { types(i, false)? } else { (i, Vec::new()) };
    if types.is_empty() {
        i.note(Expected::Symbol(":"));
    }
    let (i, props) = properties(i)?;
    let (i, filter) = opt(preceded(keyword("where"), expression)).parse(i)?;
    let (i, _) = symbol(")")(i)?;
    Ok((i, NodePattern { var, types, props, filter, span: start.span_to(i) }))
}

/// A variable, if one comes.
fn optional_variable<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, Option<Word<'s>>> {
    if i.is_word(0, "where") { Ok((i, None)) } else { opt(variable).parse(i) }
}

/// `:A|B:C`, also `:A&B`: all of the lists hold, each by any of its words. Within an expression a `|` counts only where
/// no blank surrounds it, because a comprehension has a `|` of its own.
pub(super) fn types<'s, 't>(i: Tokens<'s, 't>, glued: bool) -> Parsed<'s, 't, Vec<Vec<Word<'s>>>> {
    let mut all = Vec::new();
    let mut rest = i;
    while rest.is_symbol(0, ":") || (!all.is_empty() && rest.is_symbol(0, "&")) {
        let (mut next, first) = any_word(Expected::Type)(rest.skip(1))?;
        let mut any = vec![first];
        while next.is_symbol(0, "|") && (!glued || [0, 1].iter().all(|n| next.token(*n).is_some_and(|t| t.glued))) {
            let after = if next.is_symbol(1, ":") { next.skip(2) } else { next.skip(1) };
            let (after, word) = any_word(Expected::Type)(after)?;
            any.push(word);
            next = after;
        }
        next.note(Expected::Symbol("|"));
        all.push(any);
        rest = next;
    }
    Ok((rest, all))
}

/// `{…}` or `$parameter`, if one comes.
fn properties<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, Option<Expr<'s>>> {
    if let Some(Kind::Parameter(name)) = i.kind(0) {
        let rest = i.skip(1);
        return Ok((rest, Some(Expr { kind: ExprKind::Parameter(name.into()), span: i.span_to(rest) })));
    }
    if i.is_symbol(0, "{") {
        return map(map_literal, Some).parse(i);
    }
    i.note(Expected::Symbol("{"));
    Ok((i, None))
}

/// `-[var:TYPE|TYPE*1..3 {props} WHERE …]->`, with a quantifier after it.
fn rel<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, RelPattern<'s>> {
    let start = i;
    let (i, left) = if i.is_symbol(0, "<") { (i.skip(1), true) } else { (i, false) };
    let (i, _) = symbol("-")(i)?;
    let (i, mut rel) = if i.is_symbol(0, "[") { nested(i, details)? } else { (i, plain(start)) };
    let (i, _) = symbol("-")(i)?;
    let (i, right) = if i.is_symbol(0, ">") { (i.skip(1), true) } else { (i, false) };
    if !right {
        i.note(Expected::Symbol(">"));
    }
    let (i, quantifier) = quantifier(i)?;
    if let (Some(length), Some(_)) = (quantifier, rel.length) {
        return i.fail(SyntaxErrorKind::Twice("length"), length.span);
    }
    rel.length = rel.length.or(quantifier);
    rel.direction = match (left, right) {
        (true, false) => Direction::In,
        (false, true) => Direction::Out,
        (true, true) | (false, false) => Direction::Either,
    };
    rel.span = start.span_to(i);
    Ok((i, rel))
}

/// An edge of which nothing is said.
fn plain<'s>(at: Tokens<'s, '_>) -> RelPattern<'s> {
    let span = at.span_to(at);
    RelPattern { direction: Direction::Either, var: None, types: Vec::new(), length: None, props: None, filter: None, span }
}

/// `[var:TYPE|TYPE*1..3 {props} WHERE …]`
fn details<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, RelPattern<'s>> {
    let start = i;
    let (i, var) = optional_variable(i.skip(1))?;
    let (mut i, mut types) = (i, Vec::new());
    let bar = |i: Tokens<'_, '_>| if i.is_symbol(0, "|") { if i.is_symbol(1, ":") { 2 } else { 1 } } else { 0 };
    let mut lead = u32::from(i.is_symbol(0, ":"));
    if lead == 0 {
        i.note(Expected::Symbol(":"));
    }
    while lead > 0 {
        let (rest, word) = any_word(Expected::Edge)(i.skip(lead))?;
        types.push(word);
        lead = bar(rest);
        rest.note(Expected::Symbol("|"));
        i = rest;
    }
    let (i, length) = if i.is_symbol(0, "*") { map(star, Some).parse(i)? } else { (i, None) };
    if length.is_none() {
        i.note(Expected::Symbol("*"));
    }
    let (i, props) = properties(i)?;
    let (i, filter) = opt(preceded(keyword("where"), expression)).parse(i)?;
    let (i, _) = symbol("]")(i)?;
    Ok((i, RelPattern { var, types, length, props, filter, ..plain(start) }))
}

/// `*`, `*3`, `*1..`, `*..3`, `*1..3`
fn star<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, Length> {
    let start = i;
    let i = i.skip(1);
    let (i, min) = opt(whole32).parse(i)?;
    let range = i.is_symbol(0, "..");
    let (i, max) = if range { opt(whole32).parse(i.skip(1))? } else { (i, None) };
    let min = min.map(|m| m.0);
    let max = if range { max.map(|m| m.0) } else { min };
    Ok((i, Length { min: min.unwrap_or(1), max, span: start.span_to(i) }))
}

/// `{3}`, `{1,3}`, `{,3}`, `{1,}`, `+`, if one comes.
fn quantifier<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, Option<Length>> {
    let start = i;
    if i.is_symbol(0, "+") {
        let rest = i.skip(1);
        return Ok((rest, Some(Length { min: 1, max: None, span: i.span_to(rest) })));
    }
    if !i.is_symbol(0, "{") {
        return Ok((i, None));
    }
    let (i, min) = opt(whole32).parse(i.skip(1))?;
    let range = i.is_symbol(0, ",");
    if min.is_none() && !range {
        return i.miss(Expected::Number);
    }
    let (i, max) = if range { opt(whole32).parse(i.skip(1))? } else { (i, None) };
    i.note(Expected::Symbol(","));
    let (i, _) = symbol("}")(i)?;
    let min = min.map(|m| m.0);
    let max = if range { max.map(|m| m.0) } else { min };
    Ok((i, Some(Length { min: min.unwrap_or(0), max, span: start.span_to(i) })))
}
