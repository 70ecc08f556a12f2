//! A sentence read: its units, elements and clauses, and where it stands.

use std::ops::Range;

use super::clause::{Clauses, clauses};
use super::lexicon::Lexicon;
use super::page::Page;
use super::phrase::{Elements, elements};
use super::unit::{Units, units};
use super::value::ValueTable;
use super::words::Words;

/// A sentence and all that reading it found.
#[derive(Debug)]
pub struct Sentence {
    /// Index of its page.
    pub page: usize,
    /// Its tokens in the page.
    pub tokens: Range<usize>,
    /// Words, names and values.
    pub units: Units,
    /// Phrases and verbs.
    pub elements: Elements,
    /// Clauses.
    pub clauses: Clauses,
    /// It ends with a question mark.
    pub asks: bool,
}

/// Reads a sentence. O(tokens).
#[must_use]
pub fn read(
    lexicon: &Lexicon,
    table: &ValueTable,
    words: &Words<'_>,
    page: &Page<'_>,
    index: usize,
    tokens: Range<usize>,
) -> Sentence {
    let units = units(lexicon, table, words, page, tokens.clone());
    let mut elements = elements(lexicon, &units);
    let clauses = clauses(lexicon, &mut elements);
    let asks = page.tokens[tokens.clone()].iter().rev().find(|t| !t.is_sign('"')).is_some_and(|t| t.is_sign('?'));
    Sentence { page: index, tokens, units, elements, clauses, asks }
}

impl Sentence {
    /// It asks: its last sign, quotes aside, is a question mark.
    #[must_use]
    pub fn is_question(&self) -> bool {
        self.asks
    }

    /// The phrases of a group.
    #[must_use]
    pub fn group(&self, group: usize) -> &[usize] {
        &self.clauses.groups[group].phrases
    }

    /// The preposition phrases that may belong to a phrase: (preposition, group), in order.
    pub fn attached_to(&self, phrase: usize) -> impl Iterator<Item = &super::clause::Attached> {
        self.clauses.attached.iter().filter(move |a| a.sites.contains(&phrase))
    }

    /// The clause that a phrase fills a slot of, if it does.
    #[must_use]
    pub fn clause_of(&self, phrase: usize) -> Option<usize> {
        let holds = |group: usize| self.group(group).contains(&phrase);
        self.clauses
            .list
            .iter()
            .position(|c| c.subject.is_some_and(holds) || c.objects.iter().any(|&g| holds(g)))
            .or_else(|| self.clauses.attached.iter().find(|a| holds(a.group)).map(|a| a.clause))
    }

    /// The clause that a clause hangs on in the end; itself if on none.
    #[must_use]
    pub fn root_of(&self, clause: usize) -> usize {
        // A clause hangs on one that was opened before it.
        std::iter::successors(Some(clause), |&c| self.clauses.list[c].parent.filter(|&p| p < c)).last().unwrap_or(clause)
    }

    /// The preposition that governs a phrase.
    #[must_use]
    pub fn governed_by(&self, phrase: usize) -> Option<&super::clause::Attached> {
        self.clauses.attached.iter().find(|a| self.group(a.group).contains(&phrase))
    }
}
