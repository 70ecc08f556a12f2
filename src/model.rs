//! Plain values that stages hand to each other: modes, dates, documents read,
//! and what extraction found in one document.
//!
//! Reading makes a [`Document`], extraction makes an [`Extraction`] of it, and the
//! merge takes any number of these. Nothing here knows the schema: types travel by
//! name, so that an extraction written to a file means the same anywhere.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::span::Span;

/// How a text holds what it says, strongest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// The text says that it is not so.
    Denied,
    /// It may, could, or is seen as.
    Possible,
    /// Put forward.
    Proposed,
    /// Decided, not done.
    Planned,
    /// Is so, or was done.
    #[default]
    Actual,
}

impl Mode {
    /// All modes, strongest first.
    pub const ALL: [Self; 5] = [Self::Actual, Self::Planned, Self::Proposed, Self::Possible, Self::Denied];

    /// The word for it in every format.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Actual => "actual",
            Self::Planned => "planned",
            Self::Proposed => "proposed",
            Self::Possible => "possible",
            Self::Denied => "denied",
        }
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The word that names no mode.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no mode")]
pub struct UnknownMode(pub String);

impl FromStr for Mode {
    type Err = UnknownMode;

    fn from_str(word: &str) -> Result<Self, UnknownMode> {
        Self::ALL.into_iter().find(|m| m.as_str().eq_ignore_ascii_case(word)).ok_or_else(|| UnknownMode(word.to_owned()))
    }
}

/// A date to the precision the text gives: `2025-12-20`, `2025-07`, `2025`, or `--08-09` where the year is not said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct PartialDate {
    /// The year, if said.
    pub year: Option<i16>,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31; only with a month.
    pub day: Option<u8>,
}

impl PartialDate {
    /// A whole date.
    #[must_use]
    pub fn day(year: i16, month: u8, day: u8) -> Self {
        Self { year: Some(year), month: Some(month), day: Some(day) }
    }

    /// A month of a year.
    #[must_use]
    pub fn month(year: i16, month: u8) -> Self {
        Self { year: Some(year), month: Some(month), day: None }
    }

    /// A year.
    #[must_use]
    pub fn year(year: i16) -> Self {
        Self { year: Some(year), month: None, day: None }
    }

    /// Whether there is such a month, and such a day in it: not so for 30 February.
    #[must_use]
    pub fn is_in_calendar(self) -> bool {
        let month = self.month.is_none_or(|m| (1..=12).contains(&m));
        month && self.day.is_none_or(|d| d >= 1 && self.month.is_some_and(|m| d <= days_of(self.year, m)))
    }

    /// The day after a day, the month after a month, the year after a year; none where that cannot be written.
    #[must_use]
    pub fn following(self) -> Option<Self> {
        let year = self.year?;
        let days = |month| days_of(Some(year), month);
        let next_year = (year < 9999).then(|| year + 1);
        Some(match (self.month, self.day) {
            (Some(month), Some(day)) if day < days(month) => Self::day(year, month, day + 1),
            (Some(month @ ..12), Some(_)) => Self::day(year, month + 1, 1),
            (Some(_), Some(_)) => Self::day(next_year?, 1, 1),
            (Some(month @ ..12), None) => Self::month(year, month + 1),
            (Some(_), None) => Self::month(next_year?, 1),
            (None, _) => Self::year(next_year?),
        })
    }
}

/// How many days a month has; one that falls in no year has as many as it can have.
fn days_of(year: Option<i16>, month: u8) -> u8 {
    let leap = year.is_none_or(|year| (year % 4 == 0 && year % 100 != 0) || year % 400 == 0);
    match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u8::from(leap),
        _ => 31,
    }
}

/// A number below a hundred.
fn two_digits(number: u8) -> [u8; 2] {
    [b'0' + number / 10 % 10, b'0' + number % 10]
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Digits by hand: dates are written so often that the formatter's own way showed.
        let mut text = [b'-'; 10];
        let mut end = 1;
        if let Some(year) = self.year {
            if !(0..=9999).contains(&year) {
                write!(f, "{year:04}")?;
                end = 0;
            } else {
                let (century, year) = (year / 100, year % 100);
                text[..2].copy_from_slice(&two_digits(century as u8));
                text[2..4].copy_from_slice(&two_digits(year as u8));
                end = 4;
            }
        }
        let parts = [self.month, self.day.filter(|_| self.month.is_some())];
        for part in parts.into_iter().flatten() {
            text[end + 1..end + 3].copy_from_slice(&two_digits(part));
            end += 3;
        }
        f.write_str(std::str::from_utf8(&text[..end]).unwrap_or_default())
    }
}

/// The text that is no partial ISO date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no date of the form 2025, 2025-07 or 2025-07-31")]
pub struct NotADate(pub String);

impl FromStr for PartialDate {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        let wrong = || NotADate(text.to_owned());
        let (year, rest) = match text.strip_prefix("--") {
            Some(rest) => (None, Some(rest)),
            None => {
                let (year, rest) = text.split_once('-').map_or((text, None), |(y, r)| (y, Some(r)));
                if year.len() != 4 || !year.bytes().all(|b| b.is_ascii_digit()) {
                    return Err(wrong());
                }
                (Some(year.parse().map_err(|_| wrong())?), rest)
            }
        };
        let part = |text: &str, most: u8| -> Result<u8, NotADate> {
            if text.len() != 2 || !text.bytes().all(|b| b.is_ascii_digit()) {
                return Err(wrong());
            }
            text.parse().ok().filter(|n| (1..=most).contains(n)).ok_or_else(wrong)
        };
        let (month, day) = match rest {
            None => (None, None),
            Some(rest) => match rest.split_once('-') {
                None => (Some(part(rest, 12)?), None),
                Some((month, day)) => (Some(part(month, 12)?), Some(part(day, 31)?)),
            },
        };
        Ok(Self { year, month, day })
    }
}

impl Serialize for PartialDate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

// ---------------------------------------------------------------- documents

/// A text without its markup, and where each part of it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// Decoded, without tags, white space folded to single blanks where the format says so.
    pub text: String,
    /// `(offset in text, offset in file)`, ascending in both; between two entries both run on byte by byte
    /// (or, over a decoded entity, the file runs further). Never empty for a non-empty text.
    pub positions: Vec<(u32, u32)>,
}

impl Text {
    /// A text that stands in the file as it is, from byte `start` on.
    #[must_use]
    pub fn verbatim(text: &str, start: usize) -> Self {
        Self { text: text.to_owned(), positions: vec![(0, start as u32)] }
    }

    /// The byte of the file at which byte `offset` of the text was read.
    #[must_use]
    pub fn file_offset(&self, offset: usize) -> u32 {
        let at = self.positions.partition_point(|&(t, _)| t as usize <= offset);
        match at.checked_sub(1).and_then(|i| self.positions.get(i)) {
            Some(&(text, file)) => file + (offset as u32 - text),
            None => offset as u32,
        }
    }

    /// The bytes of the file that a span of the text was read from.
    #[must_use]
    pub fn file_span(&self, span: Span) -> Span {
        if span.is_empty() {
            let at = self.file_offset(span.start as usize);
            return Span { start: at, end: at };
        }
        // The end is where the last byte stands, plus one: what follows may come from elsewhere.
        Span { start: self.file_offset(span.start as usize), end: self.file_offset(span.end as usize - 1) + 1 }
    }
}

/// What a block is in its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A heading inside the article (its title is in [`Article::title`]).
    Heading,
    /// Running text.
    Paragraph,
    /// One item of a list.
    ListItem,
    /// The head row of a table: `cells` are its columns.
    TableHead,
    /// A row of the table whose head came last, or of one without a head.
    TableRow,
    /// Menus, advertisements, cookie banners, bios, related links: nothing is read from these.
    Furniture,
}

/// A paragraph or the like: sentences never cross it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its text.
    pub text: Text,
    /// For table rows: the spans of the cells within `text`. Empty otherwise.
    pub cells: Vec<Span>,
}

/// One article of a document; most documents have one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Article {
    /// From 1.
    pub number: u32,
    /// The headline.
    pub title: Option<Text>,
    /// Who wrote it, as written, without "By".
    pub byline: Option<String>,
    /// The outlet, where the page names it.
    pub outlet: Option<String>,
    /// When it was published.
    pub date: Option<PartialDate>,
    /// The origin that the report credits ("according to Kyodo News"), if any.
    pub origin: Option<String>,
    /// What it consists of, in order, furniture included.
    pub blocks: Vec<Block>,
}

/// A file as read: what extraction sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The path relative to the folder given, with `/`; or the file's name; or `stdin`.
    pub id: String,
    /// Hash of the file's bytes, 32 hex digits.
    pub hash: String,
    /// At least one.
    pub articles: Vec<Article>,
}

// --------------------------------------------------------------- extraction

/// What is known of a document once it is read; travels with its claims.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentInfo {
    /// See [`Document::id`].
    pub id: String,
    /// See [`Document::hash`].
    pub hash: String,
    /// One entry an article.
    pub articles: Vec<ArticleInfo>,
}

/// What is known of an article.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ArticleInfo {
    /// From 1.
    pub number: u32,
    /// The headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Who wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub byline: Option<String>,
    /// The outlet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// When it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<PartialDate>,
    /// The origin that it credits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// 32 smallest 5-gram hashes of the body, ascending: near-duplicates share many (retellings).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sketch: Vec<u64>,
}

/// A place in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Locus {
    /// The article, from 1.
    pub article: u32,
    /// The 1-based line of the file.
    pub line: u32,
    /// The 1-based character column in that line.
    pub column: u32,
    /// The bytes of the file.
    pub span: Span,
}

/// An entity as one document knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// The node type's name.
    #[serde(rename = "type")]
    pub kind: Arc<str>,
    /// The gazetteer's name, else the best form of the document.
    pub name: String,
    /// The gazetteer entry's id (`state/kazakhstan`), if it is in the gazetteer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<Arc<str>>,
    /// What else identifies it across documents, most telling first: folded names, and descriptions made canonical
    /// such as `railway|herat|torghundi`. Two entities of one type that share a key are one.
    pub keys: Vec<String>,
    /// The forms seen in this document, in order of first mention; no bare anaphors, no collectives.
    pub forms: Vec<String>,
    /// Where it is mentioned, anaphors and collectives included, ascending.
    pub mentions: Vec<Locus>,
}

/// An attribute's value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// A date, a word from a closed list, or free text.
    Text(Arc<str>),
    /// As the text gives it, and as a number: `about $4 billion`, 4e9, `USD`.
    Quantity {
        /// As written.
        text: Arc<str>,
        /// The number meant, in `unit`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<f64>,
        /// ISO currency code or unit.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<Arc<str>>,
    },
    /// Several.
    List(Vec<Value>),
}

/// What a claim says of its subject.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Statement {
    /// It stands in a relation to another entity.
    Edge {
        /// The edge type's name.
        #[serde(rename = "type")]
        kind: Arc<str>,
        /// Index into [`Extraction::entities`].
        object: u32,
    },
    /// It has an attribute.
    Attribute {
        /// The attribute's name.
        name: Arc<str>,
        /// Its value.
        value: Value,
    },
}

/// One sentence's word for one edge or attribute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Index into [`Extraction::entities`].
    pub subject: u32,
    /// What is said.
    pub statement: Statement,
    /// How it is said.
    #[serde(default)]
    pub mode: Mode,
    /// The sentence that says it.
    pub locus: Locus,
    /// That sentence, decoded and without tags.
    pub text: Arc<str>,
    /// The document's date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asserted: Option<PartialDate>,
    /// The date that the text gives for what it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<PartialDate>,
    /// Who says it, as named in the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<Arc<str>>,
    /// Whose word it rests on: the credited origin of the article, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Arc<str>>,
    /// Per mille.
    pub confidence: u16,
    /// The id of the rule that made it.
    pub rule: Arc<str>,
    /// Attributes of the edge (`amount`, `office`, `role`, …), by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attrs: BTreeMap<Arc<str>, Value>,
}

/// What one document says: the unit that merges.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Extraction {
    /// Which document.
    pub document: DocumentInfo,
    /// What it speaks of.
    pub entities: Vec<Entity>,
    /// What it says.
    pub claims: Vec<Claim>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_followed_by_the_next_of_its_kind() {
        let following = |text: &str| text.parse::<PartialDate>().unwrap().following().map(|d| d.to_string());
        for (date, next) in [
            ("2025", "2026"),
            ("2025-07", "2025-08"),
            ("2025-12", "2026-01"),
            ("2025-07-31", "2025-08-01"),
            ("2025-12-31", "2026-01-01"),
            ("2025-02-28", "2025-03-01"),
            ("2024-02-28", "2024-02-29"),
            ("2024-02-29", "2024-03-01"),
            ("1900-02-28", "1900-03-01"),
            ("2000-02-28", "2000-02-29"),
        ] {
            assert_eq!(following(date).as_deref(), Some(next), "{date}");
        }
        for last in ["9999", "9999-12", "9999-12-31", "--08"] {
            assert_eq!(following(last), None, "{last}");
        }
    }

    #[test]
    fn dates_print_as_they_parse() {
        for text in ["2025", "2025-07", "2025-07-31", "--08", "--08-09"] {
            assert_eq!(text.parse::<PartialDate>().unwrap().to_string(), text);
        }
        for text in ["", "25", "2025-13", "2025-00", "2025-07-32", "2025-7", "2025-07-31T00"] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }

    #[test]
    fn positions_lead_to_the_file() {
        // "a &amp; b" at byte 10: the entity is five bytes of the file and one of the text.
        let text = Text { text: "a & b".into(), positions: vec![(0, 10), (3, 17)] };
        assert_eq!(text.file_offset(2), 12);
        assert_eq!(text.file_span(Span::new(3, 5)), Span::new(17, 19));
    }
}
