//! The words of one document: the lexicon's ids, and ids beyond them for the rest. Ids are compared for being equal and
//! nothing else: those beyond the lexicon differ from thread to thread.
//!
//! Everything after this compares numbers. Which words ever stand in lower case is noted here too: it tells a name at
//! a sentence's start from a common noun.

use super::interner::Interner;
use super::lexicon::{Lexicon, UNKNOWN, WordId};

/// See the module's text.
#[derive(Debug)]
pub struct Words<'l> {
    pub(super) lexicon: &'l Lexicon,
    first_local: WordId,
    table: WordTable,
    /// Of the block's tokens: kept to be filled again.
    pub(super) numbers: Vec<u32>,
}

/// Forms and their words: what one document has found out serves the next one, for news repeats its words.
#[derive(Debug, Default)]
pub struct WordTable {
    forms: Interner,
    /// By number of the form.
    seen: Vec<Seen>,
    /// Numbers of the forms that the lexicon does not know, by id from `first_local` on.
    local: Vec<u32>,
    /// Counts documents: what others have seen does not count.
    document: u32,
}

/// A table of more forms is not used again.
const MOST_FORMS: usize = 1 << 16;

impl WordTable {
    /// Whether it is worth being used again.
    #[must_use]
    pub fn is_small(&self) -> bool {
        self.forms.len() < MOST_FORMS
    }
}

#[derive(Debug, Clone, Copy)]
struct Seen {
    word: WordId,
    document: u32,
    /// How often it stands in lower case.
    lower: u32,
    /// How often it stands capitalised inside a sentence.
    capital: u32,
}

impl<'l> Words<'l> {
    /// For one document, with a table that other documents of this lexicon may have filled.
    #[must_use]
    pub fn new(lexicon: &'l Lexicon, table: WordTable) -> Self {
        let table = WordTable { document: table.document.wrapping_add(1), ..table };
        Self { lexicon, first_local: lexicon.len() as WordId, table, numbers: Vec::new() }
    }

    /// The table, for the next document.
    #[must_use]
    pub fn into_table(self) -> WordTable {
        self.table
    }

    /// The number of a folded form.
    pub(super) fn number(&mut self, form: &str) -> u32 {
        let WordTable { forms, seen, local, document } = &mut self.table;
        let number = forms.intern(form);
        match seen.get_mut(number as usize) {
            Some(known) if known.document == *document => {}
            Some(known) => *known = Seen { document: *document, lower: 0, capital: 0, ..*known },
            None => {
                let mut word = self.lexicon.id(form);
                if word == UNKNOWN && !form.is_empty() {
                    word = self.first_local + local.len() as WordId;
                    local.push(number);
                }
                seen.push(Seen { word, document: *document, lower: 0, capital: 0 });
            }
        }
        number
    }

    /// The word of a form.
    pub(super) fn word(&self, number: u32) -> WordId {
        self.table.seen.get(number as usize).map_or(UNKNOWN, |s| s.word)
    }

    /// Notes that a form stands in lower case.
    pub(super) fn note_lower(&mut self, number: u32) {
        self.table.seen[number as usize].lower += 1;
    }

    /// Notes that a form stands capitalised inside a sentence.
    pub(super) fn note_capital(&mut self, number: u32) {
        self.table.seen[number as usize].capital += 1;
    }

    fn seen(&self, word: WordId) -> Option<&Seen> {
        let number = match word.checked_sub(self.first_local) {
            Some(local) => self.table.local.get(local as usize).copied(),
            None => self.table.forms.get(self.lexicon.form(word)),
        };
        self.table.seen.get(number? as usize).filter(|s| s.document == self.table.document)
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
