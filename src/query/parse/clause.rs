//! MATCH … RETURN: clauses and projections.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{map, opt};
use nom::multi::separated_list1;
use nom::sequence::preceded;

use super::expr::expression;
use super::lexer::Kind;
use super::pattern::path;
use super::tokens::{Parsed, Tokens, keyword, keywords2, symbol, variable};
use crate::query::ast::{Clause, ExprKind, Item, Match, Projection, Query, Seen, SingleQuery, Sort, Tail, Union, Unwind, With};
use crate::query::syntax::{Expected, SyntaxErrorKind};

/// A whole query.
pub(super) fn query<'s, 't>(start: Tokens<'s, 't>) -> Parsed<'s, 't, Query<'s>> {
    let (i, query) = joined(start, !start.state.fixture)?;
    let mut tail = Tail::default();
    let i = super::tail::seen(i, &mut tail)?.0;
    let seen = Seen { modes: tail.modes, as_of: tail.as_of, with_world: tail.with_world };
    Ok((i, Query { seen, span: start.span_to(i), ..query }))
}

/// Queries joined by UNION; each ends with RETURN if it `must`.
fn joined<'s, 't>(start: Tokens<'s, 't>, must: bool) -> Parsed<'s, 't, Query<'s>> {
    let (mut i, first) = single(start, must)?;
    let mut unions = Vec::new();
    while i.is_word(0, "union") {
        let (rest, all) = opt(keyword("all")).parse(i.skip(1))?;
        let (rest, query) = single(rest, must)?;
        unions.push(Union { all: all.is_some(), query, span: i.span_to(rest) });
        i = rest;
    }
    i.note(Expected::Keyword("union"));
    Ok((i, Query { first, unions, seen: Seen::default(), span: start.span_to(i) }))
}

/// Clauses up to RETURN.
fn single<'s, 't>(start: Tokens<'s, 't>, must: bool) -> Parsed<'s, 't, SingleQuery<'s>> {
    let mut clauses = Vec::new();
    let mut i = start;
    loop {
        let (rest, clause) = match (must || clauses.is_empty(), clause(i)) {
            (_, Ok(parsed)) => parsed,
            // What starts like a clause and goes wrong is wrong; anything else may follow a query without RETURN.
            (false, Err(nom::Err::Error(_))) if !starts(i) => break,
            (_, Err(error)) => return Err(error),
        };
        let last = matches!(clause, Clause::Return(_));
        clauses.push(clause);
        i = rest;
        if last {
            break;
        }
    }
    let seen = i.is_word(0, "with") && i.is_word(1, "world");
    if matches!(clauses.last(), Some(Clause::Return(_))) && starts(i) && !seen {
        return i.fail(SyntaxErrorKind::ReturnNotLast, i.span_to(i.skip(1)));
    }
    Ok((i, SingleQuery { clauses, span: start.span_to(i) }))
}

/// Whether a clause starts here.
fn starts(i: Tokens<'_, '_>) -> bool {
    i.word(0).is_some_and(|w| crate::query::keywords::is_one(w, &crate::query::keywords::MATCH_STARTS))
        || (i.state.fixture && i.is_word(0, "create"))
}

fn clause<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, Clause<'s>> {
    match i.word(0).map(str::to_ascii_lowercase).as_deref() {
        Some("match" | "optional") => map(match_clause, Clause::Match).parse(i),
        Some("with") => map(with, Clause::With).parse(i),
        Some("unwind") => map(unwind, Clause::Unwind).parse(i),
        Some("return") => map(projection, Clause::Return).parse(i),
        Some("create") if i.state.fixture => {
            let (rest, patterns) = separated_list1(symbol(","), path).parse(i.skip(1))?;
            Ok((rest, Clause::Create(patterns, i.span_to(rest))))
        }
        _ => {
            for word in ["return", "match", "optional match", "with", "unwind"] {
                i.note(Expected::Keyword(word));
            }
            Err(nom::Err::Error(super::tokens::Miss))
        }
    }
}

/// `[OPTIONAL] MATCH pattern, pattern [WHERE …]`
fn match_clause<'s, 't>(start: Tokens<'s, 't>) -> Parsed<'s, 't, Match<'s>> {
    let optional = start.is_word(0, "optional");
    let i = if optional { start.skip(1) } else { start };
    let (i, _) = keyword("match")(i)?;
    let (i, patterns) = separated_list1(symbol(","), path).parse(i)?;
    let (i, filter) = opt(preceded(keyword("where"), expression)).parse(i)?;
    Ok((i, Match { optional, patterns, filter, span: start.span_to(i) }))
}

/// `WITH … [WHERE …]`
fn with<'s, 't>(start: Tokens<'s, 't>) -> Parsed<'s, 't, With<'s>> {
    let (i, projection) = projection(start)?;
    let (i, filter) = opt(preceded(keyword("where"), expression)).parse(i)?;
    Ok((i, With { projection, filter, span: start.span_to(i) }))
}

/// `UNWIND list AS x`
fn unwind<'s, 't>(start: Tokens<'s, 't>) -> Parsed<'s, 't, Unwind<'s>> {
    let (i, list) = expression(start.skip(1))?;
    let (i, var) = preceded(keyword("as"), variable).parse(i)?;
    Ok((i, Unwind { list, var, span: start.span_to(i) }))
}

/// What follows RETURN or WITH, the word itself included.
fn projection<'s, 't>(start: Tokens<'s, 't>) -> Parsed<'s, 't, Projection<'s>> {
    let i = start.skip(1);
    let (i, distinct) = if i.is_word(0, "distinct") { (i.skip(1), true) } else { (i, false) };
    let (i, star) = if i.is_symbol(0, "*") { (i.skip(1), Some(i.span_to(i.skip(1)))) } else { (i, None) };
    let (i, items) = match star {
        None => {
            i.note(Expected::Symbol("*"));
            separated_list1(symbol(","), item).parse(i)?
        }
        Some(_) if i.is_symbol(0, ",") => separated_list1(symbol(","), item).parse(i.skip(1))?,
        Some(_) => (i, Vec::new()),
    };
    let (i, order) = order(i)?;
    let skipped = |i| opt(preceded(alt((keyword("skip"), keyword("offset"))), expression)).parse(i);
    let (i, before) = skipped(i)?;
    let (i, limit) = opt(preceded(keyword("limit"), expression)).parse(i)?;
    // SQL says it the other way round: LIMIT 5 OFFSET 10.
    let (i, skip) = if before.is_none() && limit.is_some() { skipped(i)? } else { (i, before) };
    Ok((i, Projection { distinct, star, items, order, skip, limit, span: start.span_to(i) }))
}

/// `expr [AS alias]`
fn item<'s, 't>(start: Tokens<'s, 't>) -> Parsed<'s, 't, Item<'s>> {
    let (i, expr) = expression(start)?;
    let source = start.text(start.span_to(i));
    // `as of 2025` is no alias: it dates the whole query.
    let dated = i.is_word(1, "of") && matches!(i.kind(2), Some(Kind::Int(_) | Kind::Date(_) | Kind::Quoted(_)));
    let (i, alias) = if dated { (i, None) } else { opt(preceded(keyword("as"), variable)).parse(i)? };
    Ok((i, Item { expr, alias, source }))
}

/// `ORDER BY expr [ASC | DESC], …`, if it comes.
pub(super) fn order<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, Vec<Sort<'s>>> {
    if !i.is_word(0, "order") {
        i.note(Expected::Keyword("order by"));
        return Ok((i, Vec::new()));
    }
    preceded(keywords2("order by", "order", "by"), separated_list1(symbol(","), sort)).parse(i)
}

fn sort<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, Sort<'s>> {
    let (i, expr) = expression(i)?;
    let up = map(alt((keyword("asc"), keyword("ascending"))), |_| false);
    let down = map(alt((keyword("desc"), keyword("descending"))), |_| true);
    let (i, descending) = opt(alt((down, up))).parse(i)?;
    Ok((i, Sort { expr, descending: descending.unwrap_or(false) }))
}

/// `EXISTS { pattern [WHERE …] }`, `EXISTS { MATCH … [RETURN …] }`
pub(super) fn exists<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, ExprKind<'s>> {
    let i = i.skip(2);
    let (i, query) = if starts(i) && !matches!(i.kind(1), Some(Kind::Symbol("="))) { joined(i, false)? } else { bare(i)? };
    let (i, _) = symbol("}")(i)?;
    Ok((i, ExprKind::Exists(Box::new(query))))
}

/// `pattern, pattern [WHERE …]` as a MATCH without RETURN.
fn bare<'s, 't>(start: Tokens<'s, 't>) -> Parsed<'s, 't, Query<'s>> {
    start.note(Expected::Keyword("match"));
    let (i, patterns) = separated_list1(symbol(","), path).parse(start)?;
    let (i, filter) = opt(preceded(keyword("where"), expression)).parse(i)?;
    let span = start.span_to(i);
    let clause = Clause::Match(Match { optional: false, patterns, filter, span });
    Ok((i, Query { first: SingleQuery { clauses: vec![clause], span }, unions: Vec::new(), seen: Seen::default(), span }))
}
