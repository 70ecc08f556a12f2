//! The small words and signs that proper names hold: "of" in "Bank of China", "de" in "Rio de Janeiro", the apostrophe of "Farmers' Union".
//!
//! Which they are is data (`words.ron`); how a run of capitals goes on through them is [`name`](super::name)'s business.

use crate::schema::words::Words;

use super::lexicon::{Lexicon, WordId};
use super::name::NameFinder;
use super::wordset::WordSet;

/// Small words that names hold, as ids.
#[derive(Debug, Default)]
pub struct NameWords {
    /// Inside a name these go on to its next capital.
    pub prepositions: Vec<WordId>,
    /// "de", "al", "von" inside a name.
    pub particles: Vec<WordId>,
    /// The particles that a surname opens with.
    pub openers: Vec<WordId>,
    /// Capitals that stand for common nouns or money and name nothing: "GDP", "USD".
    pub acronyms: WordSet,
    /// "of": takes the name of a place behind some heads only.
    pub of: WordId,
    /// "for": may open the name of another thing.
    pub for_: WordId,
    /// "and": joins two words of a name, or two names.
    pub and: WordId,
    /// "the", between a preposition and the name's next capital.
    pub the: WordId,
}

impl NameWords {
    /// Finds the words' ids. O(words).
    pub fn new(lexicon: &mut Lexicon, words: &Words) -> Self {
        let acronyms = words.common_acronyms.split_whitespace().map(|w| lexicon.intern(w)).collect();
        let mut all = |list: &str| list.split_whitespace().map(|w| lexicon.intern(w)).collect();
        let (prepositions, particles, openers) =
            (all(&words.name_prepositions), all(&words.name_particles), all(&words.name_openers));
        let [of, for_, and, the] = ["of", "for", "and", "the"].map(|w| lexicon.intern(w));
        Self { prepositions, particles, openers, acronyms, of, for_, and, the }
    }
}

impl NameFinder<'_> {
    /// "the Omani Hauliers' Association": a body of those whose plural stands before the apostrophe.
    pub(super) fn of_its_members(&self, i: usize, j: usize) -> bool {
        let token = |t: usize| self.tokens.get(t).filter(|_| t < self.sentence.end);
        // "Dock Workers' Council", "Port Workers' Unity Council".
        let capital = |t: &usize| token(*t).is_some_and(|t| t.kind == super::token::TokenKind::Word && t.is_capital());
        let body = (j + 1..j + 4).take_while(capital).find(|&t| self.is_body(self.tokens[t].word));
        let (Some(apostrophe), Some(_)) = (token(j), body) else { return false };
        let members = &self.text[self.tokens[j - 1].span.range()];
        apostrophe.span.range().len() < 4
            && !self.text[apostrophe.span.range()].ends_with('s')
            && members.len() > 3
            && members.ends_with('s')
            && !self.listed_at(i, j)
    }
}
