//! The year of a day that the text gives without one ("on 4 April"): by the article's own date, and by whether the day lies behind it.
//!
//! Dates are read by `value`; a text without a date of its own keeps its days without a year.

use crate::model::{Mode, PartialDate};

use super::relation::Candidate;

/// Gives the dates of edges their years. Linear in the edges.
pub fn settle(asserted: Option<PartialDate>, edges: &mut [Candidate]) {
    let Some(asserted) = asserted else { return };
    for edge in edges {
        if let Some(when) = &mut edge.when {
            *when = with_year(*when, asserted, edge.mode);
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

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
