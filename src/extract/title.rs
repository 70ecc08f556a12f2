//! Titles of office that are built and not listed: "deputy minister for energy and water resources".
//!
//! A listed office ("minister", "director") with ranks and fields of work before it, or "of" and fields behind it. The
//! listed offices are `lexicon`'s; who holds one is `office`'s.

use rustc_hash::FxHashMap;

use crate::schema::patterns::Offices;

use super::lexicon::{Lexicon, SenseKind, WordId, class};
use super::opening::{self, Openings};
use super::token::{Token, TokenKind};
use super::wordset::WordSet;

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
    /// Words that a built title may start with: asked for at every word.
    starts: WordSet,
    opening: Vec<WordId>,
    joining: Vec<WordId>,
    the: WordId,
    /// Forms of address, and the office (of no body) that each is read as.
    honorifics: FxHashMap<WordId, u32>,
    post_nominals: Vec<WordId>,
    /// Last words of listed offices.
    closing: WordSet,
    /// Bodies that are called by fields of work: "ministry".
    ministries: Vec<WordId>,
}

impl Titles {
    /// Compiles the words; `id` makes a word of a form.
    ///
    /// Forms of address count as offices from `first` on.
    pub fn new(offices: &Offices, first: usize, mut id: impl FnMut(&str) -> WordId) -> Self {
        let mut parts = FxHashMap::default();
        for (words, part) in [(&offices.ranks, Part::Rank), (&offices.fields, Part::Field)] {
            parts.extend(words.split_whitespace().map(|w| (id(w), part)));
        }
        let of_fields: Vec<WordId> = offices.of_fields.split_whitespace().flat_map(|w| [id(w), id(&format!("{w}s"))]).collect();
        Self {
            starts: parts.keys().chain(&of_fields).copied().collect(),
            parts,
            of_fields,
            opening: ["of", "for"].map(&mut id).into(),
            joining: ["and", "&"].map(&mut id).into(),
            the: id("the"),
            honorifics: offices.honorifics.split_whitespace().zip(first as u32..).map(|(w, at)| (id(w), at)).collect(),
            ministries: offices.ministries.split_whitespace().map(&mut id).collect(),
            post_nominals: offices.post_nominals.split_whitespace().map(&mut id).collect(),
            closing: offices
                .state
                .iter()
                .chain(&offices.body)
                .filter_map(|o| o.split([' ', '-']).next_back())
                .map(&mut id)
                .collect(),
        }
    }

    /// Notes which words may begin a title, a form of address or the name of a ministry.
    pub(super) fn note(&self, openings: &mut Openings) {
        openings.add(self.starts.iter(), opening::TITLE);
        openings.add(self.honorifics.keys(), opening::HONORIFIC);
        openings.add(self.ministries.iter().chain(self.parts.keys()), opening::MINISTRY);
    }

    /// Whether a title may end with the word: "minister", "energy", "chairman".
    #[must_use]
    pub fn closes(&self, word: WordId) -> bool {
        self.starts.contains(&word) || self.closing.contains(&word)
    }

    /// "Dr." before a name: two tokens, and the office that stands for it.
    #[must_use]
    pub fn honorific(&self, tokens: &[Token]) -> Option<(usize, u32)> {
        let first = tokens.first().filter(|t| t.is_capital())?;
        let (point, behind) = (tokens.get(1)?, tokens.get(2)?);
        let named = point.is_sign('.') && !point.is_spaced() && behind.is_capital();
        self.honorifics.get(&first.word).filter(|_| named).map(|&office| (2, office))
    }

    /// ", MP," behind a name: how many tokens it takes. O(its length).
    #[must_use]
    pub fn behind_name(&self, tokens: &[Token]) -> Option<usize> {
        let letters = |t: &Token| t.is_all_capitals() && self.post_nominals.contains(&t.word);
        let mut end = 0;
        while tokens.get(end).is_some_and(|t| t.is_sign(',')) && tokens.get(end + 1).is_some_and(letters) {
            end += 2;
        }
        let closed = tokens.get(end).is_some_and(|t| t.is_sign(','));
        (end > 0).then_some(end + usize::from(closed))
    }

    /// Whether a built title may start with the word.
    #[must_use]
    pub fn opens(&self, word: WordId) -> bool {
        self.starts.contains(&word)
    }

    /// The title that starts at the first token: how many tokens it has, and its office. O(its length).
    #[must_use]
    pub fn at(&self, lexicon: &Lexicon, tokens: &[Token]) -> Option<(usize, u32)> {
        if !self.opens(tokens.first()?.word) {
            return None;
        }
        let mut start = 0;
        let (length, office) = loop {
            if let Some(listed) = listed(lexicon, &tokens[start..]) {
                break listed;
            }
            start = self.part(tokens, start).filter(|&next| next < LONGEST)?;
        };
        let end = start + length;
        // "minister of transport" is listed, and "and infrastructure" goes on: from the word that takes fields.
        let fields = (start..end).rev().find(|&t| self.of_fields.contains(&tokens[t].word));
        let behind = fields.map_or(end, |t| self.fields_behind(lexicon, tokens, t + 1));
        Some((behind.max(end), office))
    }

    /// "Ministry of Energy Transition and Water Transformation", "Energy and Industry Ministry": its tokens, and which of them says that
    /// it is one. O(its length).
    #[must_use]
    pub fn ministry(&self, lexicon: &Lexicon, tokens: &[Token]) -> Option<(usize, usize)> {
        let body = |t: usize| {
            let capital = tokens.get(t).filter(|t| t.kind == TokenKind::Word && t.is_capital());
            capital.is_some_and(|t| self.ministries.contains(&t.word))
        };
        if body(0) {
            let end = self.fields_behind(lexicon, tokens, 1);
            return (end > 1).then_some((end, 0));
        }
        let mut at = 0;
        while at < LONGEST && tokens.get(at).is_some_and(Token::is_capital) && !body(at) {
            at = self.part(tokens, at)?;
        }
        (at > 0 && body(at)).then_some((at + 1, at))
    }

    /// Behind one rank or field, and what joins it to the next.
    fn part(&self, tokens: &[Token], at: usize) -> Option<usize> {
        let is_part = |i: usize| tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word && self.parts.contains_key(&t.word));
        if !is_part(at) {
            return None;
        }
        let comma = tokens.get(at + 1).is_some_and(|t| t.is_sign(','));
        let and = |i: usize| tokens.get(i).is_some_and(|t| t.is_sign('&') || self.joining.contains(&t.word));
        // "energy, commerce, and industry".
        let next = at + 1 + usize::from(comma);
        let next = next + usize::from(and(next));
        Some(if next > at + 1 && is_part(next) { next } else { at + 1 })
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
