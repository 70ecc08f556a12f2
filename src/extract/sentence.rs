//! A sentence read: its units, elements and clauses, where it stands, and where its phrases stand in it.

use std::ops::Range;

use smallvec::SmallVec;

use crate::model::Mode;

use super::clause::{Attached, Clause, Clauses, clauses};
use super::few::Few;
use super::lexicon::{Lexicon, WordId};
use super::page::Page;
use super::phrase::{Elements, elements};
use super::unit::{Units, units};
use super::value::{ValueKind, ValueTable};
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
    /// By phrase.
    places: Vec<Place>,
    /// By clause.
    said: Vec<Said>,
}

/// Where a phrase stands in its sentence: every frame asks for it, so it is found out once.
#[derive(Debug, Clone, Default)]
struct Place {
    /// The clause that it fills a slot of.
    clause: Option<u32>,
    /// The attached group that it is in.
    governor: Option<u32>,
    /// The attached groups that may belong to it, in order.
    belonging: Few<u32>,
    /// It is in the subject of a clause.
    subject: bool,
}

/// The places of a sentence's phrases. O(phrases + clauses + sites).
fn places(phrases: usize, clauses: &Clauses) -> Vec<Place> {
    let mut places: Vec<Place> = (0..phrases).map(|_| Place::default()).collect();
    for (index, attached) in (0..).zip(&clauses.attached) {
        for &site in &attached.sites {
            let belonging = &mut places[site].belonging;
            if belonging.last() != Some(&index) {
                belonging.push(index);
            }
        }
    }
    // Of several clauses or prepositions the first counts: it is written last.
    for (index, attached) in clauses.attached.iter().enumerate().rev() {
        for &phrase in &clauses.groups[attached.group].phrases {
            places[phrase].clause = Some(attached.clause as u32);
            places[phrase].governor = Some(index as u32);
        }
    }
    for (index, clause) in clauses.list.iter().enumerate().rev() {
        let phrases = |&group: &usize| clauses.groups[group].phrases.iter().copied();
        for phrase in clause.subject.iter().chain(&clause.objects).flat_map(phrases) {
            places[phrase].clause = Some(index as u32);
        }
        clause.subject.iter().flat_map(phrases).for_each(|p| places[p].subject = true);
    }
    places
}

/// Words of a clause that frames ask for.
#[derive(Debug, Clone, Default)]
struct Said {
    /// Those of the phrases that fill its slots, its adverbs and its adjective.
    words: SmallVec<[WordId; 16]>,
    /// Its adverbs, its prepositions, and the first words of prepositions of several.
    particles: SmallVec<[WordId; 8]>,
}

/// The words of a clause. O(its words).
fn said(lexicon: &Lexicon, (units, page): (&Units, &Page<'_>), elements: &Elements, clauses: &Clauses, clause: &Clause) -> Said {
    let attached = || clause.attached.iter().map(|&a| &clauses.attached[a]);
    let groups = clause.subject.iter().chain(&clause.objects).copied().chain(attached().map(|a| a.group));
    let mut words: SmallVec<[WordId; 16]> = SmallVec::new();
    for &phrase in groups.flat_map(|g| &clauses.groups[g].phrases) {
        for unit in &units.units[elements.phrases[phrase].units.clone()] {
            words.push(unit.word);
            // "runs four trains a week": one value, of which the words count all the same.
            let value = unit.value.map(|v| &units.values[v as usize].kind);
            if matches!(value, Some(ValueKind::Quantity { .. })) {
                words.extend(page.tokens[unit.tokens.clone()].iter().map(|t| t.word));
            }
        }
    }
    words.extend(clause.adverbs.iter().chain(&clause.adjective).copied());
    let mut particles: SmallVec<[WordId; 8]> = SmallVec::from_slice(&clause.adverbs);
    for prep in attached().map(|a| a.prep) {
        particles.push(prep);
        let form = lexicon.form(prep);
        particles.extend(form.bytes().position(|b| b == b' ').map(|blank| lexicon.id(&form[..blank])));
    }
    Said { words, particles }
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
    let places = places(elements.phrases.len(), &clauses);
    let said = clauses.list.iter().map(|c| said(lexicon, (&units, page), &elements, &clauses, c)).collect();
    let asks = page.tokens[tokens.clone()].iter().rev().find(|t| !t.is_sign('"')).is_some_and(|t| t.is_sign('?'));
    Sentence { page: index, tokens, units, elements, clauses, asks, places, said }
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
    pub fn attached_to(&self, phrase: usize) -> impl Iterator<Item = &Attached> {
        let belonging = self.places.get(phrase).map_or(&[][..], |p| &p.belonging);
        belonging.iter().map(|&a| &self.clauses.attached[a as usize])
    }

    /// The clause that a phrase fills a slot of, if it does.
    #[must_use]
    pub fn clause_of(&self, phrase: usize) -> Option<usize> {
        self.places.get(phrase)?.clause.map(|c| c as usize)
    }

    /// "would have crossed Turkana": what never came about keeps its own mode, however far the way has come.
    #[must_use]
    pub fn never_came(&self, phrase: usize) -> bool {
        let clause = self.clause_of(phrase).map(|c| &self.clauses.list[c]);
        let verb = clause.and_then(|c| c.verb).map(|v| &self.elements.verbs[v]);
        verb.is_some_and(|v| v.past && v.modal == Some(Mode::Proposed))
    }

    /// Whether one of the words stands in what fills the clause's slots.
    #[must_use]
    pub fn says(&self, clause: usize, words: &[WordId]) -> bool {
        self.said[clause].words.iter().any(|w| words.contains(w))
    }

    /// Whether the verb group of the clause is followed by one of these adverbs or prepositions.
    #[must_use]
    pub fn has_particle(&self, clause: usize, particles: &[WordId]) -> bool {
        self.said[clause].particles.iter().any(|w| particles.contains(w))
    }

    /// Whether a phrase is in the subject of a clause.
    #[must_use]
    pub fn is_subject(&self, phrase: usize) -> bool {
        self.places.get(phrase).is_some_and(|p| p.subject)
    }

    /// The clause that a clause hangs on in the end; itself if on none.
    #[must_use]
    pub fn root_of(&self, clause: usize) -> usize {
        // A clause hangs on one that was opened before it.
        std::iter::successors(Some(clause), |&c| self.clauses.list[c].parent.filter(|&p| p < c)).last().unwrap_or(clause)
    }

    /// The preposition that governs a phrase.
    #[must_use]
    pub fn governed_by(&self, phrase: usize) -> Option<&Attached> {
        self.places.get(phrase)?.governor.map(|a| &self.clauses.attached[a as usize])
    }
}
