//! Titles of office that are built and not listed: "deputy minister for energy and water resources".
//!
//! A listed office ("minister", "director") with ranks and fields of work before it, or "of" and fields behind it. The
//! listed offices are `lexicon`'s; who holds one is `office`'s.

use rustc_hash::FxHashMap;

use crate::schema::patterns::Offices;

use super::lexicon::{Lexicon, SenseKind, WordId, class};
use super::token::{Token, TokenKind};

/// Words longer titles than this are not read.
const LONGEST: usize = 14;

/// What a word is in a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// "deputy".
    Rank,
    /// "energy".
    Field,
}

/// The words of which titles are built.
#[derive(Debug, Default)]
pub struct Titles {
    parts: FxHashMap<WordId, Part>,
    /// Offices of fields: "minister", behind which "of" opens one.
    of_fields: Vec<WordId>,
    opening: Vec<WordId>,
    joining: Vec<WordId>,
    the: WordId,
}

impl Titles {
    /// Compiles the words; `id` makes a word of a form.
    pub fn new(offices: &Offices, mut id: impl FnMut(&str) -> WordId) -> Self {
        let mut parts = FxHashMap::default();
        for (words, part) in [(&offices.ranks, Part::Rank), (&offices.fields, Part::Field)] {
            parts.extend(words.split_whitespace().map(|w| (id(w), part)));
        }
        let of_fields = offices.of_fields.split_whitespace().flat_map(|w| [id(w), id(&format!("{w}s"))]).collect();
        Self {
            parts,
            of_fields,
            opening: ["of", "for"].map(&mut id).into(),
            joining: ["and", "&"].map(&mut id).into(),
            the: id("the"),
        }
    }

    /// Whether a built title may start with the word.
    #[must_use]
    pub fn opens(&self, word: WordId) -> bool {
        self.parts.contains_key(&word) || self.of_fields.contains(&word)
    }

    /// The title that starts at the first token: how many tokens it has, and its office. O(its length).
    #[must_use]
    pub fn at(&self, lexicon: &Lexicon, tokens: &[Token]) -> Option<(usize, u32)> {
        if !self.opens(tokens.first()?.word) {
            return None;
        }
        let (mut start, mut office) = (0, None);
        while start < LONGEST && office.is_none() {
            office = listed(lexicon, &tokens[start..]);
            match office {
                Some((length, _)) => start += length,
                None => start = self.part(tokens, start)?,
            }
        }
        let (_, office) = office?;
        let last = tokens[start - 1].word;
        let end = if self.of_fields.contains(&last) { self.fields_behind(lexicon, tokens, start) } else { start };
        Some((end, office))
    }

    /// Behind one rank or field, and what joins it to the next.
    fn part(&self, tokens: &[Token], at: usize) -> Option<usize> {
        let is_part = |i: usize| tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word && self.parts.contains_key(&t.word));
        if !is_part(at) {
            return None;
        }
        let joined = tokens.get(at + 1).is_some_and(|t| t.is_sign(',') || t.is_sign('&') || self.joining.contains(&t.word));
        Some(if joined && is_part(at + 2) { at + 2 } else { at + 1 })
    }

    /// Behind "of energy and water resources", "of state for transport".
    fn fields_behind(&self, lexicon: &Lexicon, tokens: &[Token], mut end: usize) -> usize {
        while end < LONGEST && tokens.get(end).is_some_and(|t| self.opening.contains(&t.word)) {
            let first = end + 1 + usize::from(tokens.get(end + 1).is_some_and(|t| t.word == self.the));
            let mut at = first;
            while at < LONGEST + 8
                && let Some(next) = self.part(tokens, at)
            {
                at = next;
            }
            // "the secretary of the Energy Community": a body's name, no field.
            let body = tokens.get(at).is_some_and(|t| {
                t.kind == TokenKind::Word && lexicon.word(t.word).classes & (class::HEAD | class::HEAD_PLURAL) != 0
            });
            if at == first || body {
                break;
            }
            end = at;
        }
        end
    }
}

/// A listed office.
fn listed(lexicon: &Lexicon, tokens: &[Token]) -> Option<(usize, u32)> {
    let (length, mut senses) = lexicon.longest(tokens)?;
    senses.find(|s| s.kind == SenseKind::Office).map(|s| (length, s.entry))
}
