//! The words of one document: the lexicon's ids, and ids beyond them for the rest.
//!
//! Everything after this compares numbers. Which words ever stand in lower case is noted here too: it tells a name at
//! a sentence's start from a common noun.

use super::interner::Interner;
use super::lexicon::{Lexicon, UNKNOWN, WordId};

/// See the module's text.
#[derive(Debug)]
pub struct Words<'l> {
    pub(super) lexicon: &'l Lexicon,
    forms: Interner,
    /// By number of the form.
    seen: Vec<Seen>,
    /// Numbers of the forms that the lexicon does not know, by id from `first_local` on.
    local: Vec<u32>,
    first_local: WordId,
    /// Of the block's tokens: kept to be filled again.
    pub(super) numbers: Vec<u32>,
}

#[derive(Debug)]
struct Seen {
    word: WordId,
    /// How often it stands in lower case.
    lower: u32,
    /// How often it stands capitalised inside a sentence.
    capital: u32,
}

impl<'l> Words<'l> {
    /// For one document.
    #[must_use]
    pub fn new(lexicon: &'l Lexicon) -> Self {
        let first_local = lexicon.len() as WordId;
        Self { lexicon, forms: Interner::default(), seen: Vec::new(), local: Vec::new(), first_local, numbers: Vec::new() }
    }

    /// The number of a folded form in this document.
    pub(super) fn number(&mut self, form: &str) -> u32 {
        let number = self.forms.intern(form);
        if number as usize == self.seen.len() {
            let mut word = self.lexicon.id(form);
            if word == UNKNOWN && !form.is_empty() {
                word = self.first_local + self.local.len() as WordId;
                self.local.push(number);
            }
            self.seen.push(Seen { word, lower: 0, capital: 0 });
        }
        number
    }

    /// The word of a form.
    pub(super) fn word(&self, number: u32) -> WordId {
        self.seen.get(number as usize).map_or(UNKNOWN, |s| s.word)
    }

    /// Notes that a form stands in lower case.
    pub(super) fn note_lower(&mut self, number: u32) {
        self.seen[number as usize].lower += 1;
    }

    /// Notes that a form stands capitalised inside a sentence.
    pub(super) fn note_capital(&mut self, number: u32) {
        self.seen[number as usize].capital += 1;
    }

    fn seen(&self, word: WordId) -> Option<&Seen> {
        let number = match word.checked_sub(self.first_local) {
            Some(local) => self.local.get(local as usize).copied(),
            None => self.forms.get(self.lexicon.form(word)),
        };
        self.seen.get(number? as usize)
    }

    /// The word also stands in lower case in this document.
    #[must_use]
    pub fn seen_lower(&self, word: WordId) -> bool {
        self.seen(word).is_some_and(|s| s.lower > 0)
    }

    /// The word stands capitalised inside a sentence of this document.
    #[must_use]
    pub fn seen_capital(&self, word: WordId) -> bool {
        self.seen(word).is_some_and(|s| s.capital > 0)
    }
}
