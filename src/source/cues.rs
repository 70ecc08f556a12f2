//! The wordings of pages, compiled: which phrases a block begins with, has, or is.
//!
//! Phrases are hashed by their first word, so that a look-up costs a word, however many
//! there are. The data is `graph-schema/patterns/page.ron`.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::schema::page::PagePatterns;

/// Phrases to be found in folded text.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    by_first: FxHashMap<Box<str>, Vec<Box<str>>>,
    whole: FxHashSet<Box<str>>,
}

impl Phrases {
    fn new(list: &[String]) -> Self {
        let mut phrases = Self::default();
        for phrase in list {
            let folded = fold(phrase, usize::MAX);
            if let Some(first) = words(&folded).next() {
                phrases.by_first.entry(first.1.into()).or_default().push(folded.as_str().into());
            }
            phrases.whole.insert(bare(&folded).into());
        }
        phrases
    }

    /// The length of the longest phrase that `text`, which is folded, has at `at`, ending where a word ends.
    fn at(&self, text: &str, at: usize, word: &str) -> Option<usize> {
        let fits = |phrase: &&str| {
            let Some(rest) = text.get(at..).and_then(|t| t.strip_prefix(*phrase)) else { return false };
            !phrase.ends_with(char::is_alphanumeric) || !rest.starts_with(char::is_alphabetic)
        };
        self.by_first.get(word)?.iter().map(|p| &**p).filter(fits).map(|p| p.len()).max()
    }

    /// `folded` begins with one of them: its length.
    pub(super) fn start(&self, folded: &str) -> Option<usize> {
        let (at, word) = words(folded).next()?;
        if at == 0 { self.at(folded, 0, word) } else { None }
    }

    /// `folded` has one of them.
    pub(super) fn within(&self, folded: &str) -> bool {
        words(folded).any(|(at, word)| self.at(folded, at, word).is_some())
    }

    /// `folded` is one of them, but for signs at its ends.
    pub(super) fn is(&self, folded: &str) -> bool {
        self.whole.contains(bare(folded))
    }
}

/// A phrase without signs at its ends.
fn bare(folded: &str) -> &str {
    folded.trim_matches(|c: char| !c.is_alphanumeric())
}

/// The words of a folded text, and where they begin; a sign is a word.
fn words(folded: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = folded.get(at..)?;
        at += rest.len() - rest.trim_start().len();
        let rest = folded.get(at..)?;
        let first = rest.chars().next()?;
        let len = if first.is_alphanumeric() {
            // Letters and digits are words of their own: "shutterstock251".
            rest.find(|c: char| !c.is_alphanumeric() || c.is_numeric() != first.is_numeric()).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let word = (at, &rest[..len]);
        at += len;
        Some(word)
    })
}

/// Lower case, straight quotes, single blanks; at most `most` bytes or a little more.
pub(super) fn fold(text: &str, most: usize) -> String {
    let mut out = String::with_capacity(text.len().min(most) + 8);
    fold_into(&mut out, text, most);
    out
}

/// As [`fold`], into a string that is used again.
pub(super) fn fold_into(out: &mut String, text: &str, most: usize) {
    out.clear();
    let mut rest = text.trim_start();
    while out.len() < most {
        let start = out.len();
        let run = plain(rest.as_bytes()).min(most - start);
        out.push_str(&rest[..run]);
        out[start..].make_ascii_lowercase();
        let Some(c) = rest[run..].chars().next().filter(|_| out.len() < most) else { break };
        rest = &rest[run + c.len_utf8()..];
        match c {
            '’' | '‘' | '`' => out.push('\''),
            '“' | '”' => out.push('"'),
            '–' | '—' | '−' => out.push('-'),
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            c => out.extend(c.to_lowercase()),
        }
    }
    out.truncate(out.trim_end().len());
}

/// How many bytes are folded by lower case alone: ASCII with single blanks.
fn plain(bytes: &[u8]) -> usize {
    let mut before = b' ';
    let fits = |&&byte: &&u8| {
        let fits = (0x21..0x7f).contains(&byte) && byte != b'`' || byte == b' ' && before != b' ';
        before = byte;
        fits
    };
    bytes.iter().take_while(fits).count()
}

/// A form as written, and the outlet's name.
type OutletForm = (Box<str>, Box<str>);

/// All of them.
#[derive(Debug)]
pub(super) struct Cues {
    pub(super) furniture_starts: Phrases,
    pub(super) furniture_phrases: Phrases,
    pub(super) furniture_whole: Phrases,
    pub(super) related_heads: Phrases,
    pub(super) closing_heads: Phrases,
    pub(super) section_heads: Phrases,
    pub(super) byline_starts: Phrases,
    pub(super) byline_phrases: Phrases,
    pub(super) date_starts: Phrases,
    pub(super) credits_before: Phrases,
    pub(super) credits_after: Phrases,
    pub(super) outlet_words: Phrases,
    /// Forms as written, by their first word, longest first, with the outlet's name.
    pub(super) outlets: FxHashMap<Box<str>, Vec<OutletForm>>,
    /// Months by folded name.
    pub(super) months: FxHashMap<Box<str>, u8>,
    pub(super) elements: FxHashSet<Box<str>>,
    pub(super) classes: FxHashSet<Box<str>>,
    pub(super) roles: FxHashSet<Box<str>>,
    pub(super) byline_classes: FxHashSet<Box<str>>,
    pub(super) date_classes: FxHashSet<Box<str>>,
}

impl Cues {
    /// Compiles the patterns.
    pub(super) fn new(patterns: &PagePatterns) -> Self {
        let set = |words: &str| words.split_whitespace().map(Box::from).collect::<FxHashSet<Box<str>>>();
        let mut months = FxHashMap::default();
        for list in [&patterns.months, &patterns.months_short] {
            months.extend(list.split_whitespace().zip(1u8..).map(|(word, n)| (Box::from(word), n)));
        }
        months.extend(patterns.months_other.iter().map(|(word, &n)| (Box::from(word.as_str()), n)));
        Self {
            furniture_starts: Phrases::new(&patterns.furniture_starts),
            furniture_phrases: Phrases::new(&patterns.furniture_phrases),
            furniture_whole: Phrases::new(&patterns.furniture_whole),
            related_heads: Phrases::new(&patterns.related_heads),
            closing_heads: Phrases::new(&patterns.closing_heads),
            section_heads: Phrases::new(&patterns.section_heads),
            byline_starts: Phrases::new(&patterns.byline_starts),
            byline_phrases: Phrases::new(&patterns.byline_phrases),
            date_starts: Phrases::new(&patterns.date_starts),
            credits_before: Phrases::new(&patterns.credits_before),
            credits_after: Phrases::new(&patterns.credits_after),
            outlet_words: Phrases::new(&patterns.outlet_words),
            outlets: outlets(patterns),
            months,
            elements: set(&patterns.elements),
            classes: set(&patterns.classes),
            roles: set(&patterns.roles),
            byline_classes: set(&patterns.byline_classes),
            date_classes: set(&patterns.date_classes),
        }
    }
}

fn outlets(patterns: &PagePatterns) -> FxHashMap<Box<str>, Vec<OutletForm>> {
    let mut all: FxHashMap<Box<str>, Vec<OutletForm>> = FxHashMap::default();
    for outlet in &patterns.outlets {
        for form in &outlet.forms {
            let first = form.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            all.entry(first.into()).or_default().push((form.as_str().into(), outlet.name.as_str().into()));
        }
    }
    all.values_mut().for_each(|forms| forms.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b))));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_end_where_words_end() {
        let phrases = Phrases::new(&["share".into(), "read also".into(), "(c)".into(), "author's bio".into()]);
        assert!(phrases.start("share this").is_some());
        assert!(phrases.start("shares of the company").is_none());
        assert!(phrases.start("(c) 2025").is_some());
        assert!(phrases.is(&fold("AUTHOR’S BIO: ", 99)));
        assert!(phrases.within("please read also: this"));
        assert!(!phrases.within("spread alsoran"));
    }
}
