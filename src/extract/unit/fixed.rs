//! Words that are read together or apart whatever stands around: contractions, days of the week, prepositions, adverbs and
//! offices of several words.
//!
//! Part of the tagger; single words are tagged by the parent module.

use std::ops::Range;

use crate::extract::opening;
use crate::model::Mode;

use super::{Reader, Sense, SenseKind, Tag, Token, TokenKind, Value, WordId, class};

impl Reader<'_> {
    /// What few words begin: dates with what says which, contractions, "two years ago". `opens` is what this one may begin.
    pub(super) fn opened(&mut self, i: usize, classes: u32, opens: u8) -> Option<usize> {
        if classes & (class::PREP | class::WEEKDAY) != 0
            && let Some(end) = self.weekday(i)
        {
            return Some(end);
        }
        if opens & opening::WHICH_MONTH != 0
            && let Some(end) = self.month(i)
        {
            return Some(end);
        }
        if opens & opening::CONTRACTION != 0
            && let Some(end) = self.contraction(i)
        {
            return Some(end);
        }
        if classes & (class::NUMBER | class::DET) != 0 { self.shifted(i) } else { None }
    }

    /// "won't", "they've": two words in one token.
    fn contraction(&mut self, i: usize) -> Option<usize> {
        let words = *self.lexicon.joining.contractions.get(&self.tokens[i].word)?;
        if !self.text[self.tokens[i].span.range()].contains(['\'', '’']) {
            return None;
        }
        for word in words {
            let classes = self.lexicon.word(word).classes;
            let tags = [
                (class::NEG, Tag::Not),
                (class::MODAL, Tag::Modal),
                (class::BE, Tag::Be),
                (class::HAVE, Tag::Have),
                (class::DO, Tag::Do),
                (class::RELATIVE, Tag::Relative),
                (class::PRONOUN, Tag::Pronoun),
            ];
            let tag = tags.into_iter().find(|(class, _)| classes & class != 0).map_or(Tag::Adv, |(_, tag)| tag);
            self.push(i..i + 1, tag);
            if let Some(unit) = self.out.units.last_mut() {
                unit.word = word;
            }
        }
        Some(i + 1)
    }

    /// "on Friday", "Friday morning", "Friday's": when, and neither a name nor what a name ends in.
    fn weekday(&mut self, i: usize) -> Option<usize> {
        let is_day = |j: usize| {
            let day = |t: &Token| t.is_capital() && self.lexicon.word(t.word).classes & class::WEEKDAY != 0;
            self.tokens.get(j).is_some_and(day)
        };
        let classes = self.lexicon.word(self.tokens[i].word).classes;
        let day = if classes & class::PREP != 0 && !is_day(i) { i + 1 } else { i };
        if !is_day(day) || self.tokens.get(day + 1).is_some_and(|t| t.is_joined()) {
            return None;
        }
        let next = self.tokens.get(day + 1)?;
        if next.kind == TokenKind::Possessive {
            return (day == i).then(|| self.push(i..i + 2, Tag::Adj));
        }
        if matches!(self.last_tag(), Some(Tag::Det | Tag::Its | Tag::Possessive)) && day == i {
            return Some(self.push(i..i + 1, Tag::Adj));
        }
        let end = day + 1 + usize::from(self.lexicon.times().contains(&next.word));
        Some(self.push_as(i..end, Tag::Adv, self.tokens[day].word))
    }

    /// "last November", "that October", "late March": a date with what says which.
    fn month(&mut self, i: usize) -> Option<usize> {
        let which = self.lexicon.joining.which_month.contains(&self.tokens[i].word);
        let month = |t: &Token| t.is_capital() && self.lexicon.word(t.word).classes & class::MONTH != 0;
        if !which || !self.tokens.get(i + 1).is_some_and(month) || self.last_tag() == Some(Tag::Det) {
            return None;
        }
        let value = self.table.at(self.lexicon, self.text, self.tokens, i + 1)?;
        let end = value.tokens.end;
        // "that March summit", "last May's talks": it modifies.
        let modifies =
            self.tokens.get(end).is_some_and(|t| t.kind == TokenKind::Possessive || !t.is_capital() && self.noun_follows(end));
        (!modifies).then(|| self.value(Value { tokens: i..end, ..value }))
    }

    /// "two years ago", "a week later": when.
    pub(super) fn shifted(&mut self, i: usize) -> Option<usize> {
        let first = self.tokens[i];
        if first.kind != TokenKind::Number && self.lexicon.word(first.word).classes & (class::NUMBER | class::DET) == 0 {
            return None;
        }
        let (span, shift) = (self.tokens.get(i + 1)?.word, self.tokens.get(i + 2)?.word);
        if !self.lexicon.times().contains(&span) {
            return None;
        }
        // "Three months after the vote": how long after.
        let before = self.out.units.is_empty()
            && self.lexicon.word(shift).classes & (class::PREP | class::SUB) == class::PREP | class::SUB;
        if before {
            return Some(self.push_as(i..i + 2, Tag::Adv, span));
        }
        self.lexicon.joining.time_shifts.contains(&shift).then(|| self.push_as(i..i + 3, Tag::Adv, shift))
    }

    /// "to" stands here, and a verb behind it.
    fn opens_infinitive(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| self.lexicon.form(t.word) == "to") && self.verb_follows(i + 1)
    }

    /// The tokens of an adverb of several words, unless it modifies a noun or is governed: "last year's summit", "in the last year",
    /// "at last year's conference". One that denies modifies no noun: "no longer supports".
    fn adverb_phrase(&self, i: usize, length: usize, word: WordId) -> Option<Range<usize>> {
        let next = self.tokens.get(i + length);
        let possessed = next.is_some_and(|t| t.kind == TokenKind::Possessive);
        let governed = matches!(self.last_tag(), Some(Tag::Det | Tag::Its | Tag::Possessive | Tag::Prep));
        let denies = self.lexicon.word(word).mode == Some(Mode::Denied);
        let lower = next.is_some_and(|t| t.kind == TokenKind::Word && !t.is_capital());
        let modifies = lower && !denies && self.noun_follows(i + length);
        // "could one day reach".
        let inside = self.last_tag() == Some(Tag::Modal);
        (inside || !possessed && !governed && !modifies).then_some(i..i + length)
    }

    /// Several tokens that are read as one word.
    fn push_as(&mut self, tokens: Range<usize>, tag: Tag, word: WordId) -> usize {
        let end = self.push(tokens, tag);
        if let Some(unit) = self.out.units.last_mut() {
            unit.word = word;
        }
        end
    }

    /// Offices and prepositions of several words; `opens` is what the word may begin, `listed` the longest phrase of the lexicon that
    /// starts here.
    pub(super) fn fixed_phrase(
        &mut self,
        i: usize,
        opens: u8,
        listed: Option<(usize, impl Iterator<Item = Sense> + Clone)>,
    ) -> Option<usize> {
        if opens & opening::HONORIFIC != 0
            && let Some((length, office)) = self.lexicon.titles.honorific(&self.tokens[i..])
        {
            return Some(self.push(i..i + length, Tag::Office(office)));
        }
        let built = opens & opening::TITLE != 0;
        let title = if built { self.lexicon.titles.at(self.lexicon, &self.tokens[i..]) } else { None };
        let title = title.filter(|t| t.0 > 1);
        // "The railway heads east": no office.
        let present = |at: usize| {
            let token = &self.tokens[at];
            // "The Minister of Public Works, Jane Doe,".
            let title = token.is_capital() && at > i + 1 && self.tokens[at - 1].is_capital();
            self.lexicon.word(token.word).classes & class::VERB_S != 0 && !title
        };
        if let Some((length, office)) = title.filter(|t| !present(i + t.0 - 1) || self.is_no_verb(i + t.0 - 1)) {
            return Some(self.push(i..i + length, Tag::Office(office)));
        }
        let (length, mut senses) = listed?;
        let is = matches!(self.last_tag(), Some(Tag::Be));
        // "is due to open": no preposition, but what is to come.
        let comes = is && self.opens_infinitive(i + length - 1);
        if let Some(preposition) = senses.clone().find(|s| s.kind == SenseKind::Preposition && !comes) {
            if !self.exemplifies(i, length) {
                return None;
            }
            if self.blurs_amount(i + length, preposition.entry) {
                return Some(self.push_as(i..i + length, Tag::Adv, preposition.entry));
            }
            return Some(self.push_as(i..i + length, Tag::Prep, preposition.entry));
        }
        if let Some(compound) = senses.clone().find(|s| s.kind == SenseKind::Compound) {
            let joining = &self.lexicon.joining;
            if let Some(&word) = joining.outlooks.get(&compound.entry) {
                return (is && self.opens_infinitive(i + length)).then(|| self.push_as(i..i + length, Tag::Adj, word));
            }
            if let Some(&word) = joining.conjunctions.get(&compound.entry) {
                return Some(self.push_as(i..i + length, Tag::Sub, word));
            }
            if joining.moments.contains_key(&compound.entry) || joining.adverbs.contains(&compound.entry) {
                return self
                    .adverb_phrase(i, length, compound.entry)
                    .map(|tokens| self.push_as(tokens, Tag::Adv, compound.entry));
            }
            // With capitals it is (part of) a name, unless it opens the sentence.
            if !self.tokens[i].is_capital() || self.out.units.is_empty() {
                return Some(self.push_as(i..i + length, Tag::Noun, compound.entry));
            }
        }
        let office = senses.find(|s| s.kind == SenseKind::Office)?;
        if length == 1 && !(self.is_no_verb(i) && self.is_no_adjective(i)) {
            return None;
        }
        Some(self.push(i..i + length, Tag::Office(office.entry)))
    }

    /// "four cables, among them X and Y": a preposition that ends in a pronoun stands behind what several things are, and before one
    /// of them; "among them is X" says that with a verb.
    fn exemplifies(&self, i: usize, length: usize) -> bool {
        let classes = |t: usize| self.tokens.get(t).map_or(0, |t| self.lexicon.word(t.word).classes);
        let points = classes(i + length - 1) & class::PRONOUN != 0;
        let verb = class::BE | class::HAVE | class::MODAL | class::VERB_PAST | class::VERB_S;
        let apart = matches!(self.last_tag(), Some(Tag::Comma | Tag::Dash | Tag::Open)) && self.out.units.len() > 2;
        !points || apart && classes(i + length) & verb == 0
    }

    /// "will export up to 1.5 billion kilowatt-hours": behind a verb and before a number it says how much.
    fn blurs_amount(&self, i: usize, word: WordId) -> bool {
        let verb = self.out.units.iter().rev().find(|u| u.tag != Tag::Adv).is_some_and(|u| matches!(u.tag, Tag::Verb(_)));
        let number = self.tokens.get(i).is_some_and(|t| match t.kind {
            TokenKind::Number => true,
            TokenKind::Sign(c) => matches!(c, '$' | '€' | '£' | '¥'),
            _ => self.lexicon.word(t.word).classes & class::NUMBER != 0,
        });
        verb && number && self.lexicon.joining.blurring.contains(&word)
    }

    /// "World Bank chief X", "the chief of the bank": an office, and no word for what is foremost, between names or before "of".
    fn is_no_adjective(&self, i: usize) -> bool {
        let next = self.tokens.get(i + 1);
        let of = next.is_some_and(|t| self.lexicon.form(t.word) == "of");
        let held = next.is_some_and(|t| t.kind == TokenKind::Word && t.is_capital());
        let body = matches!(self.last_tag(), Some(Tag::Name | Tag::Noun));
        self.lexicon.word(self.tokens[i].word).classes & class::ADJ == 0 || of || held && body || self.is_called_so(i)
    }

    /// "Deputy Gulnara Toktosunova": two words with a capital behind it that are no nouns and no offices; not "General Electric".
    fn is_called_so(&self, i: usize) -> bool {
        let common = class::HEAD | class::HEAD_PLURAL | class::ADJ | class::STATE_BODY | class::TRIGGER_NOUN | class::COLLECTIVE;
        let name = |t: &Token| {
            t.kind == TokenKind::Word && t.is_capital() && !t.is_all_capitals() && self.lexicon.word(t.word).classes & common == 0
        };
        self.tokens[i].is_capital() && self.tokens.get(i + 1..i + 3).is_some_and(|next| next.iter().all(name))
    }

    /// "head", "chair": an office before its holder or before "of", else a verb or a plain noun.
    fn is_no_verb(&self, i: usize) -> bool {
        let office = |t: &Token| t.kind == TokenKind::Word && (t.is_capital() || self.lexicon.form(t.word) == "of");
        self.lexicon.word(self.tokens[i].word).classes & class::VERB == 0
            || self.tokens.get(i + 1).is_some_and(office)
                && !matches!(self.last_tag(), Some(Tag::To | Tag::Modal | Tag::Relative | Tag::Pronoun))
    }
}
