//! The year of a day that the text gives without one ("on 4 April"): by the article's own date, and by whether the day lies behind it;
//! and days that are counted from that date ("yesterday", "on Tuesday").
//!
//! Dates are read by `value`; a text without a date of its own keeps its days without a year.

use crate::model::{Mode, PartialDate};
use crate::schema::patterns::Moment;

use super::clause::Clause;
use super::relation::{Candidate, Status};
use super::slots::Filler;
use super::value::ValueKind;

/// Gives the dates of edges and of what is to come their years. Linear in these.
pub fn settle(asserted: Option<PartialDate>, edges: &mut [Candidate], statuses: &mut [Status]) {
    let Some(asserted) = asserted else { return };
    for edge in edges {
        if let Some(when) = &mut edge.when {
            *when = with_year(*when, asserted, edge.mode);
        }
    }
    for when in statuses.iter_mut().filter_map(|status| status.when.as_mut()) {
        *when = with_year(*when, asserted, Mode::Planned);
    }
}

/// When a clause says that something is: a date, or a moment counted from the article's own.
pub(super) fn date_in(filler: &Filler<'_, '_, '_>, clause: &Clause, mode: Mode) -> Option<PartialDate> {
    let date = clause.dates.iter().find_map(|&d| match filler.sentence.units.values.get(d)?.kind {
        ValueKind::Date(date) => Some(date),
        _ => None,
    });
    // "had been scheduled for October": whatever is told of it now, that October lies behind.
    let had = clause.verb.is_some_and(|v| {
        let first = filler.sentence.elements.verbs[v].units.start;
        filler.sentence.units.units[first].word == filler.linker.lexicon.known.had
    });
    let date = date.map(|date| filler.linker.today.filter(|_| had).map_or(date, |today| behind(date, today)));
    date.or_else(|| {
        let (today, moments) = (filler.linker.today?, &filler.linker.lexicon.joining.moments);
        let told = clause.adverbs.iter().find_map(|word| moments.get(word))?;
        moment(today, *told, mode)
    })
}

/// The last such day before the article's.
fn behind(when: PartialDate, asserted: PartialDate) -> PartialDate {
    with_year(when, asserted, Mode::Actual)
}

/// What is done lies behind the article's day, what is planned before it: the nearest such day. Where the article's day is not known
/// it is the article's year.
fn with_year(when: PartialDate, asserted: PartialDate, mode: Mode) -> PartialDate {
    let (None, Some(year)) = (when.year, asserted.year) else { return when };
    // What one of the two does not say cannot tell which is earlier.
    let (told, own) = match (when.day, asserted.day) {
        (Some(day), Some(own)) => ((when.month, day), (asserted.month, own)),
        _ => ((when.month, 0), (asserted.month, 0)),
    };
    let known = asserted.month.is_some();
    let shift = match mode {
        Mode::Actual if known && told > own => -1,
        Mode::Planned | Mode::Proposed | Mode::Possible if known && told < own => 1,
        _ => 0,
    };
    PartialDate { year: Some(year + shift), ..when }
}

/// The date of a moment that the text counts from its own: "yesterday", "on Tuesday". What is done lies behind, what is planned ahead.
pub fn moment(asserted: PartialDate, moment: Moment, mode: Mode) -> Option<PartialDate> {
    let year = asserted.year?;
    let ahead = matches!(mode, Mode::Planned | Mode::Proposed | Mode::Possible);
    match moment {
        Moment::Years(years) => Some(PartialDate::year(year.checked_add(years)?)),
        Moment::Months(months) => {
            let index = i32::from(year) * 12 + i32::from(asserted.month?) - 1 + i32::from(months);
            Some(PartialDate::month(i16::try_from(index.div_euclid(12)).ok()?, index.rem_euclid(12) as u8 + 1))
        }
        Moment::Days(days) => date_of(day_number(asserted)? + i32::from(days)),
        Moment::Weekday(weekday) => {
            let today = day_number(asserted)?;
            // 1 January 1970, day 0, was a Thursday.
            let since = (today + 4 - i32::from(weekday)).rem_euclid(7);
            date_of(if ahead { today + 7 - since } else { today - since })
        }
    }
}

/// Days since 1 January 1970.
fn day_number(date: PartialDate) -> Option<i32> {
    let (year, month, day) = (i32::from(date.year?), i32::from(date.month?), i32::from(date.day?));
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

/// The date of a day by its number since 1 January 1970.
fn date_of(number: i32) -> Option<PartialDate> {
    let number = number + 719_468;
    let (era, of_era) = (number.div_euclid(146_097), number.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    Some(PartialDate::day(i16::try_from(year + era * 400 + next).ok()?, month as u8, day as u8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_counted_from_the_texts_own_date() {
        let told = |own: &str, at, mode| moment(own.parse().unwrap(), at, mode).map(|d| d.to_string());
        // 18 September 2025 was a Thursday.
        assert_eq!(told("2025-09-18", Moment::Weekday(4), Mode::Actual).as_deref(), Some("2025-09-18"));
        assert_eq!(told("2025-09-18", Moment::Weekday(2), Mode::Actual).as_deref(), Some("2025-09-16"));
        assert_eq!(told("2025-09-18", Moment::Weekday(1), Mode::Planned).as_deref(), Some("2025-09-22"));
        assert_eq!(told("2025-03-01", Moment::Days(-1), Mode::Actual).as_deref(), Some("2025-02-28"));
        assert_eq!(told("2024-02-28", Moment::Days(1), Mode::Planned).as_deref(), Some("2024-02-29"));
        assert_eq!(told("2024-12-31", Moment::Days(1), Mode::Planned).as_deref(), Some("2025-01-01"));
        assert_eq!(told("2025-01", Moment::Months(-1), Mode::Actual).as_deref(), Some("2024-12"));
        assert_eq!(told("2025", Moment::Years(-1), Mode::Actual).as_deref(), Some("2024"));
        assert_eq!(told("2025-03", Moment::Days(-1), Mode::Actual), None);
    }

    fn year(when: &str, asserted: &str, mode: Mode) -> String {
        with_year(when.parse().unwrap(), asserted.parse().unwrap(), mode).to_string()
    }

    #[test]
    fn what_was_done_lies_behind_and_what_is_planned_before() {
        assert_eq!(year("--04-04", "2025-04-07", Mode::Actual), "2025-04-04");
        assert_eq!(year("--12-20", "2025-01-03", Mode::Actual), "2024-12-20");
        assert_eq!(year("--12-20", "2025-01-03", Mode::Planned), "2025-12-20");
        assert_eq!(year("--02-01", "2025-11-30", Mode::Planned), "2026-02-01");
        assert_eq!(year("--11", "2025-11-30", Mode::Planned), "2025-11");
        assert_eq!(year("--07", "2025", Mode::Actual), "2025-07");
        assert_eq!(year("2019-07", "2025-01-01", Mode::Actual), "2019-07");
    }
}
