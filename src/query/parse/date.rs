//! Dates in sentences: `2026`, `2026-07`, `2026-07-31`, and as people say them, `July 2026`, `31 July 2026`, `July 31, 2026`.

use super::lexer::Kind;
use super::tokens::{Parsed, Tokens};
use crate::model::PartialDate;
use crate::query::keywords;
use crate::query::syntax::{Expected, SyntaxErrorKind};
use crate::span::Spanned;

/// A date.
pub(super) fn date<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, Spanned<PartialDate>> {
    let Some(after) = date_tokens(i) else { return i.miss(Expected::Date) };
    let span = i.span_to(after);
    let text = i.text(span).trim_matches(['\'', '"', '“', '”', '‘', '’', '„']);
    let date = match month_date(i) {
        Some((_, date)) => date,
        None => text.parse().ok().filter(|d: &PartialDate| d.is_in_calendar()),
    };
    match date {
        Some(date) => Ok((after, Spanned::new(date, span))),
        None => i.fail(SyntaxErrorKind::NotADate, span),
    }
}

/// What comes after the tokens at `i` that may be a date.
pub(super) fn date_tokens<'s, 't>(i: Tokens<'s, 't>) -> Option<Tokens<'s, 't>> {
    if let Some((rest, _)) = month_date(i) {
        return Some(rest);
    }
    let mut count = match i.kind(0) {
        Some(Kind::Int(_) | Kind::Date(_) | Kind::Quoted(_)) => 1,
        _ => return None,
    };
    while i.token(count).is_some_and(|t| t.glued && matches!(t.kind, Kind::Int(_) | Kind::Symbol("-") | Kind::Word(_))) {
        count += 1;
    }
    Some(i.skip(count))
}

/// A date with the name of a month, and what comes after it; none where the month has no such day.
pub(super) fn month_date<'s, 't>(i: Tokens<'s, 't>) -> Option<(Tokens<'s, 't>, Option<PartialDate>)> {
    let month = |at: u32| i.word(at).and_then(keywords::month);
    let number = |at: u32, digits: std::ops::RangeInclusive<usize>| match i.kind(at) {
        Some(Kind::Int(text)) if digits.contains(&text.len()) => text.parse::<i16>().ok(),
        _ => None,
    };
    let (year, day) = (|at| number(at, 4..=4), |at| number(at, 1..=2));
    let comma = u32::from(i.is_symbol(2, ","));
    let (tokens, year, month, day) = if let (Some(month), Some(year)) = (month(0), year(1)) {
        (2, year, month, None)
    } else if let (Some(month), Some(day), Some(year)) = (month(0), day(1), year(2 + comma)) {
        (3 + comma, year, month, Some(day))
    } else if let (Some(day), Some(month), Some(year)) = (day(0), month(1), year(2 + comma)) {
        (3 + comma, year, month, Some(day))
    } else {
        return None;
    };
    let date = match day {
        None => PartialDate::month(year, month),
        Some(day) => PartialDate::day(year, month, day as u8),
    };
    Some((i.skip(tokens), Some(date).filter(|d| d.is_in_calendar())))
}
