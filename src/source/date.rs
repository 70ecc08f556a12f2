//! Dates of publication, as pages write them.
//!
//! `20 December 2025`, `Dec. 20, 2025`, `2025-12-20T06:30:00Z`, `20.12.2025`, `December 2025`,
//! with ordinals and weekdays. Dates of what a text says are extraction's business.

use crate::model::PartialDate;

use super::cues::Cues;

/// One word or number of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Part {
    Number(u32, usize),
    Month(u8),
    Sign(char),
    Other,
}

/// The first date in `text`, day before month before year; one without a year only if `year` is given. O(bytes).
pub(super) fn find(text: &str, cues: &Cues, year: Option<i16>) -> Option<PartialDate> {
    // Every date has a number.
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let parts = parts(text, cues);
    let days = (0..parts.len()).find_map(|i| whole(&parts[i..]).or_else(|| year.and_then(|y| yearless(&parts[i..], y))));
    days.or_else(|| (0..parts.len()).find_map(|i| month(&parts[i..])))
}

fn parts(text: &str, cues: &Cues) -> Vec<Part> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            out.push(Part::Number(rest[..digits].parse().unwrap_or(u32::MAX), digits));
            rest = &rest[digits..];
            // "20th", and the T that parts date and time.
            let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
            if matches!(&rest[..letters], "st" | "nd" | "rd" | "th" | "T") {
                rest = &rest[letters..];
            }
        } else if first.is_alphabetic() {
            let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
            let word = rest[..end].to_lowercase();
            match cues.months.get(word.as_str()) {
                Some(&month) => {
                    out.push(Part::Month(month));
                    rest = rest[end..].strip_prefix('.').unwrap_or(&rest[end..]);
                }
                None => {
                    if word != "of" {
                        out.push(Part::Other);
                    }
                    rest = &rest[end..];
                }
            }
        } else {
            if !first.is_whitespace() && first != ',' {
                out.push(Part::Sign(first));
            }
            rest = &rest[first.len_utf8()..];
        }
    }
    out
}

fn date(year: u32, month: u32, day: u32) -> Option<PartialDate> {
    let fits = (1800..=2199).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    fits.then(|| PartialDate::day(year as i16, month as u8, day as u8))
}

fn whole(parts: &[Part]) -> Option<PartialDate> {
    match *parts {
        [Part::Number(d, 1..=2), Part::Month(m), Part::Number(y, 4), ..]
        | [Part::Month(m), Part::Number(d, 1..=2), Part::Number(y, 4), ..]
        | [Part::Number(y, 4), Part::Month(m), Part::Number(d, 1..=2), ..] => date(y, u32::from(m), d),
        [Part::Number(y, 4), Part::Sign('-'), Part::Number(m, 2), Part::Sign('-'), Part::Number(d, 2), ..] => date(y, m, d),
        [Part::Number(y, 4), Part::Sign(a @ ('/' | '.')), Part::Number(m, 1..=2), Part::Sign(b), Part::Number(d, 1..=2), ..]
            if a == b =>
        {
            date(y, m, d)
        }
        [Part::Number(a, 1..=2), Part::Sign('.'), Part::Number(b, 1..=2), Part::Sign('.'), Part::Number(y, 4), ..] => {
            date(y, b, a)
        }
        [Part::Number(a, 1..=2), Part::Sign(s @ ('/' | '-')), Part::Number(b, 1..=2), Part::Sign(t), Part::Number(y, 4), ..]
            if s == t =>
        {
            slashed(a, b, y)
        }
        _ => None,
    }
}

/// `3/4/2025` is the third of April in most countries and the fourth of March in one: then only the year is sure.
fn slashed(a: u32, b: u32, year: u32) -> Option<PartialDate> {
    match (a, b) {
        (a, b) if a == b => date(year, a, b),
        (13.., _) => date(year, b, a),
        (_, 13..) => date(year, a, b),
        _ => date(year, 1, 1).map(|d| PartialDate { month: None, day: None, ..d }),
    }
}

fn yearless(parts: &[Part], year: i16) -> Option<PartialDate> {
    match *parts {
        [Part::Number(d, 1..=2), Part::Month(m), ..] | [Part::Month(m), Part::Number(d, 1..=2), ..] => {
            date(u32::from(year.unsigned_abs()), u32::from(m), d)
        }
        _ => None,
    }
}

fn month(parts: &[Part]) -> Option<PartialDate> {
    match *parts {
        [Part::Month(m), Part::Number(y, 4), ..] => date(y, u32::from(m), 1).map(|d| PartialDate { day: None, ..d }),
        _ => None,
    }
}

/// A date in the form of machines: `2025-12-20`, with or without a time behind it; `2025-12`; `20251220`.
pub(super) fn machine(text: &str) -> Option<PartialDate> {
    let text = text.trim();
    let head = text.get(..10).or(text.get(..7)).unwrap_or(text);
    if let Ok(date) = head.parse::<PartialDate>() {
        return date.year.map(|_| date);
    }
    if text.len() >= 8 && text.bytes().take(8).all(|b| b.is_ascii_digit()) && !text.bytes().skip(8).any(|b| b.is_ascii_digit()) {
        let part = |r: std::ops::Range<usize>| text.get(r).and_then(|p| p.parse().ok());
        return date(part(0..4)?, part(4..6)?, part(6..8)?);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::patterns::{DEFAULT_FILES, Patterns};

    #[test]
    fn many_forms_are_one_date() {
        let patterns = Patterns::read(DEFAULT_FILES).unwrap();
        let cues = Cues::new(&patterns.page);
        for form in [
            "Saturday, 20 December 2025",
            "December 20, 2025",
            "Dec. 20, 2025 at 10:15",
            "Published on 20th of December, 2025",
            "2025-12-20",
            "20.12.2025 09:15",
            "20/12/2025",
            "12/20/2025",
            "2025/12/20",
            "Updated 2025-12-20T06:30:00Z",
            "Sat 20 Dec 2025 | 3 min read",
            "No. 58 | Saturday, 20 December 2025",
        ] {
            assert_eq!(find(form, &cues, None), Some(PartialDate::day(2025, 12, 20)), "{form}");
        }
        assert_eq!(find("Policy Brief 41 / December 2025", &cues, None), Some(PartialDate::month(2025, 12)));
        assert_eq!(find("3/4/2025", &cues, None), Some(PartialDate::year(2025)));
        assert_eq!(find("TOKYO, Dec. 20 (Kyodo)", &cues, Some(2025)), Some(PartialDate::day(2025, 12, 20)));
        for form in ["TOKYO, Dec. 20 (Kyodo)", "Issue 212", "12 of 14 members", "31 February", "1,726 km in 2025"] {
            assert_eq!(find(form, &cues, None), None, "{form}");
        }
        assert_eq!(machine("2025-12-20T06:30:00+09:00"), Some(PartialDate::day(2025, 12, 20)));
        assert_eq!(machine("20251220"), Some(PartialDate::day(2025, 12, 20)));
        assert_eq!(machine("yesterday"), None);
    }
}
