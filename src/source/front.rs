//! What stands before an article's text: title, byline, date, outlet, dateline.

use crate::model::{PartialDate, Text};
use crate::span::Span;

use super::buffer::part;
use super::cues::{Cues, fold};
use super::furniture::{Class, words};
use super::{Meta, Raw, Role, date};

/// A dateline at the beginning of a paragraph: `TOKYO, Dec. 20 (Kyodo) — `.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dateline {
    /// Bytes up to the first of the text proper.
    pub(super) len: usize,
    /// What stands in brackets.
    pub(super) source: Option<String>,
    /// Whether it has more than a place.
    pub(super) sure: bool,
}

/// Most bytes that a dateline has.
const LONGEST_DATELINE: usize = 90;

/// The dateline of a paragraph, if it has one. O(1).
pub(super) fn dateline(text: &str, cues: &Cues) -> Option<Dateline> {
    let mut end = text.len().min(LONGEST_DATELINE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = &text[..end];
    // Most paragraphs have a small letter there, where a place in capitals would go on, or neither dash nor colon. All dashes but the
    // hyphen begin with this byte.
    if head.as_bytes().get(1).is_some_and(u8::is_ascii_lowercase) || !head.bytes().any(|b| matches!(b, b'-' | b':' | 0xe2)) {
        return None;
    }
    let dashes = [" — ", " – ", " - ", " -- ", "— ", ": "];
    let (at, dash) =
        dashes.iter().filter_map(|d| head.find(d).map(|i| (i, d.len()))).min_by_key(|&(i, len)| (i, usize::MAX - len))?;
    let line = &head[..at];
    let rest = &text[at + dash..];
    let colon = head[at..].starts_with(':');
    if !rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "\"“‘'".contains(c)) {
        return None;
    }
    let place = line.split([',', '(']).next().unwrap_or_default().trim();
    let capitals = place.chars().filter(|c| c.is_uppercase()).count();
    let small = place.chars().any(char::is_lowercase);
    if small || capitals < 3 || place.split_whitespace().count() > 4 || place.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    let source =
        line.split_once('(').and_then(|(_, r)| r.split_once(')')).map(|(s, _)| s.trim().to_owned()).filter(|s| !s.is_empty());
    let dated = date::find(line, cues, Some(2000)).is_some();
    let sure = source.is_some() || dated;
    // "WTO: The body …" is no dateline, nor is a number of three capitals before a dash.
    (sure || (!colon && capitals > 3)).then_some(Dateline { len: at + dash, source, sure })
}

/// The place of a dateline is a word that the article uses elsewhere too: then it is an abbreviation that the
/// sentence begins with.
pub(super) fn is_abbreviation<'t>(line: &str, others: impl IntoIterator<Item = &'t str>) -> bool {
    let word = line.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let place = line.split([',', '(', '-', '—', '–']).next().unwrap_or_default().trim();
    word == place && word.len() <= 5 && others.into_iter().any(|t| has_word(t, word))
}

fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word)
        .any(|(i, w)| !text[..i].ends_with(char::is_alphanumeric) && !text[i + w.len()..].starts_with(char::is_alphanumeric))
}

/// Which of the lines before the text is the title.
pub(super) fn title(raws: &[Raw], classes: &[Class], cues: &Cues) -> Option<usize> {
    let fits = |&i: &usize| {
        let raw = &raws[i];
        let text = raw.block.text.text.trim();
        let dated = words(text) <= 8 && raw.level == 0 && date::find(text, cues, None).is_some_and(|d| d.day.is_some());
        raw.role == Role::Body && could_be_title(text, classes[i]) && !dated && !cues.section_heads.is(&fold(text, 80))
    };
    let marked = |level: u8| (0..raws.len()).filter(fits).find(|&i| raws[i].level == level);
    if let Some(found) = marked(1).or_else(|| marked(2)) {
        return Some(found);
    }
    let byline = classes.iter().rposition(|&c| c == Class::Byline).unwrap_or(raws.len());
    let best = |least: usize, up_to: usize| (0..up_to).filter(fits).rfind(|&i| words(&raws[i].block.text.text) >= least);
    best(4, byline).or_else(|| best(4, raws.len())).or_else(|| best(2, byline)).or_else(|| best(2, raws.len()))
}

/// A line before the text that may be its title: short, or ending as a question does.
pub(super) fn could_be_title(text: &str, class: Class) -> bool {
    match class {
        Class::Short => words(text) <= 30,
        Class::Prose(n) => n <= 16 && !text.ends_with(['.', ':']),
        _ => false,
    }
}

/// The names of a byline.
pub(super) fn byline(text: &str, cues: &Cues) -> Option<String> {
    let folded = fold(text, 400);
    let skip = cues.byline_starts.start(&folded).map_or(0, |len| folded[..len].chars().count());
    let rest: String = text.trim_start().chars().skip(skip).collect();
    let rest = rest.trim_start_matches([':', ' ', '\u{a0}']);
    // What follows a bar or a dot is a date or a reading time.
    let end = [" | ", " · ", " • ", " — ", " – ", "  "].iter().filter_map(|b| rest.find(b)).min().unwrap_or(rest.len());
    let mut names = &rest[..end];
    if let Some(digit) = names.find(|c: char| c.is_ascii_digit()) {
        names = names[..digit].rsplit_once(',').map_or("", |(n, _)| n);
    }
    let names = names.trim().trim_end_matches([',', ';']).trim();
    let names = names.split_whitespace().collect::<Vec<_>>().join(" ");
    (!names.is_empty() && names.len() <= 160).then_some(names)
}

/// When it was published, as the lines around the text say.
pub(super) fn published<'r>(lines: impl Iterator<Item = &'r Raw> + Clone, cues: &Cues) -> Option<PartialDate> {
    fn text(raw: &Raw) -> &str {
        &raw.block.text.text
    }
    let marked = |raw: &&Raw| raw.role == Role::Date || cues.date_starts.start(&fold(text(raw), 60)).is_some();
    let short = |raw: &&Raw| text(raw).len() <= 300;
    let found = lines.clone().filter(marked).filter(short).find_map(|r| date::find(text(r), cues, None));
    found.or_else(|| lines.filter(short).find_map(|r| date::find(text(r), cues, None)))
}

/// A short line before the text that says when it was published.
pub(super) fn tells_date(text: &str, cues: &Cues) -> bool {
    words(text) <= 16 && cues.date_starts.within(&fold(text, 200)) && date::find(text, cues, None).is_some()
}

/// The title of a page without the name of its site.
pub(super) fn page_title(meta: &Meta) -> Option<Text> {
    let title = meta.title.as_ref()?;
    Some(part(title, Span::new(0, title.text[..site_at(meta)?].trim_end().len())))
}

/// The name of its site that a page's title ends with.
pub(super) fn site_of_title(meta: &Meta) -> Option<String> {
    let name = meta.title.as_ref()?.text[site_at(meta)?..].trim_start_matches(|c: char| !c.is_alphanumeric());
    (!name.is_empty()).then(|| name.to_owned())
}

/// Where the name of the site begins in a page's title; its end where there is none.
fn site_at(meta: &Meta) -> Option<usize> {
    let text = meta.title.as_ref()?.text.as_str();
    let cut = [" | ", " – ", " — ", " - ", " :: ", " · "].iter().filter_map(|bar| text.rfind(bar)).max();
    Some(match cut {
        Some(cut) if meta.site.as_ref().is_some_and(|s| text[cut..].to_lowercase().contains(&s.to_lowercase())) => cut,
        Some(cut) if meta.headline.as_ref().is_some_and(|h| text[..cut].starts_with(h.as_str())) => cut,
        // A site's name is shorter than a title.
        Some(cut) if words(&text[cut..]) <= 4 && words(&text[..cut]) >= 4 => cut,
        _ => text.len(),
    })
}

/// The outlet that a line of the page's foot names: `(c) 2025 Indus Ledger. All rights reserved`.
pub(super) fn owner(text: &str) -> Option<String> {
    let at = text.find('©').map(|i| i + '©'.len_utf8()).or_else(|| text.find("(c)").map(|i| i + 3))?;
    let rest = text[at..].trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || ",-–".contains(c));
    let bars = rest.find(['|', '·', '•', ',', ';', '©']).unwrap_or(rest.len());
    let end = rest.find(". ").unwrap_or(rest.len()).min(bars);
    let name = rest[..end].trim().trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
    (name.starts_with(char::is_uppercase) && (1..=6).contains(&words(name))).then(|| name.to_owned())
}

/// Whether a paragraph is about one of the authors: it begins with the name.
pub(super) fn is_bio(text: &str, byline: &str) -> bool {
    let names = byline.split([',', '&', ';']).flat_map(|part| part.split(" and ")).map(str::trim);
    names.filter(|n| words(n) >= 2 && n.len() > 5).any(|n| text.trim_start().starts_with(n)) && words(text) <= 60
}

/// The outlet that a line beside the byline or the date names: `Harbour & Rail Daily, 21 December 2025`.
pub(super) fn beside_byline(text: &str, cues: &Cues) -> Option<String> {
    let name = text.split([',', '|', '·']).next().unwrap_or_default().trim();
    let is_name = words(name) <= 5
        && name.chars().any(char::is_lowercase)
        && !cues.section_heads.is(&fold(name, 80))
        && name.split_whitespace().all(|w| w.starts_with(char::is_uppercase) || w.len() <= 3);
    let date = date::find(name, cues, None).is_some() || name.chars().any(|c| c.is_ascii_digit());
    if date || !is_name { None } else { masthead(name, cues) }
}

/// The outlet that a first line names by itself.
pub(super) fn masthead(text: &str, cues: &Cues) -> Option<String> {
    let name = text.split(" | ").next().unwrap_or_default().trim();
    let folded = fold(name, 80);
    let fits = (2..=9).contains(&words(name))
        && !name.contains(['/', ':', ',', '?', '"', '('])
        && !name.chars().any(|c| c.is_ascii_digit())
        && name.split_whitespace().all(|w| w.starts_with(|c: char| c.is_uppercase()) || w.len() <= 3)
        && cues.furniture_starts.start(&folded).is_none()
        && cues.byline_starts.start(&folded).is_none();
    fits.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::patterns::{DEFAULT_FILES, Patterns};

    fn cues() -> Cues {
        Cues::new(&Patterns::read(DEFAULT_FILES).unwrap().page)
    }

    #[test]
    fn datelines_are_told_from_sentences() {
        let cues = cues();
        for (text, rest) in [
            ("TOKYO, Dec. 20 (Kyodo) — Japan and five nations agreed.", "Japan and"),
            ("ISLAMABAD - Pakistan has asked the bank.", "Pakistan has"),
            ("BISHKEK, KYRGYZ REPUBLIC - Ministers met.", "Ministers met"),
            ("KAMPALA, March 27, 2025 - Five lenders.", "Five lenders"),
            ("ALMATY (Reuters) -- “Trains” run.", "“Trains”"),
        ] {
            let line = dateline(text, &cues).unwrap_or_else(|| panic!("{text}"));
            assert!(text[line.len..].starts_with(rest), "{text}: {line:?}");
        }
        for text in [
            "KTZ - the national company - said so.",
            "The line - A to B - is open.",
            "WTO: The body met.",
            "PS-2 - A pipeline.",
            "Q: What now?",
        ] {
            assert_eq!(dateline(text, &cues), None, "{text}");
        }
        assert!(is_abbreviation("TAPI - ", ["Work on TAPI goes on."]));
        assert!(!is_abbreviation("BAKU - ", ["Work goes on in Baku."]));
    }

    #[test]
    fn bylines_keep_names_only() {
        let cues = cues();
        for (text, names) in [
            ("By Marta Kessel · 5 September 2025 · 4 min read", "Marta Kessel"),
            ("By\u{a0}Eldaniz Gusseinov & Sardor Allayarov, ", "Eldaniz Gusseinov & Sardor Allayarov"),
            ("Indus Ledger staff report", "Indus Ledger staff report"),
            ("BY JANE DOE, 3 May 2024", "JANE DOE"),
        ] {
            assert_eq!(byline(text, &cues).as_deref(), Some(names));
        }
        assert_eq!(owner("(c) 2025 Indus Ledger. All rights reserved.").as_deref(), Some("Indus Ledger"));
        assert_eq!(owner("© Lakeshore Post 2025").as_deref(), Some("Lakeshore Post"));
    }
}
