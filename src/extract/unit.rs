//! Units: a sentence as names, values and tagged words.
//!
//! The tags are those that clause reading needs, no more. A word that may be noun or
//! verb is decided by the units before it and the word behind it; what stays open
//! (past tense or participle) is left to `clause`, which sees the whole sentence.

mod around;
mod fixed;
mod tense;
mod verb;

use std::ops::Range;

use super::lexicon::{Case, Lexicon, Sense, SenseKind, WordId, class};
use super::name::{Name, NameFinder, NameKind};
use super::page::Page;
use super::token::{Token, TokenKind};
use super::value::{Value, ValueKind, ValueTable};
use super::words::Words;

/// Units between the commas of a remark inside a verb group ("will, according to the ministry, carry"), at most.
pub(super) const LONGEST_REMARK: usize = 12;

/// What a unit is in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    /// "the", "five" has [`Tag::Number`].
    Det,
    /// "its".
    Its,
    /// "it", "they".
    Pronoun,
    /// "which", "who", "where".
    Relative,
    /// "that", undecided.
    That,
    /// "and", "or".
    Conj,
    /// "but".
    But,
    /// "while".
    Sub,
    /// A preposition; several words are one.
    Prep,
    /// "to" before a verb.
    To,
    /// An adverb or particle.
    Adv,
    /// "will".
    Modal,
    /// A form of "be".
    Be,
    /// A form of "have".
    Have,
    /// A form of "do".
    Do,
    /// "not".
    Not,
    /// A verb.
    Verb(Form),
    /// An adjective.
    Adj,
    /// "first".
    Ordinal,
    /// A number without a unit.
    Number,
    /// A common noun.
    Noun,
    /// A name; see [`Unit::name`].
    Name,
    /// "prime minister": index into the lexicon's offices.
    Office(u32),
    /// Money, a quantity or a date; see [`Unit::value`].
    Value,
    /// "'s".
    Possessive,
    /// ",".
    Comma,
    /// ";".
    Semicolon,
    /// ":".
    Colon,
    /// A dash between blanks.
    Dash,
    /// An opening bracket.
    Open,
    /// A closing bracket.
    Close,
    /// A quotation mark.
    Quote,
    /// The end of the sentence.
    Stop,
    /// Any other sign.
    Sign,
}

/// The forms of verbs that matter here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// "build".
    Base,
    /// "builds".
    Present,
    /// "took": past and nothing else.
    Past,
    /// "built": past or participle.
    PastOrParticiple,
    /// "taken": participle and nothing else.
    Participle,
    /// "building".
    Ing,
}

/// A unit of a sentence.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Its tokens in the block.
    pub tokens: Range<usize>,
    /// What it is.
    pub tag: Tag,
    /// Its (last) word; a verb's lemma is `lemma`.
    pub word: WordId,
    /// For verbs: the lemma's id.
    pub lemma: WordId,
    /// For names: index into [`Units::names`].
    pub name: Option<u32>,
    /// For values: index into [`Units::values`].
    pub value: Option<u32>,
}

/// A sentence in units.
#[derive(Debug, Default)]
pub struct Units {
    /// In order.
    pub units: Vec<Unit>,
    /// The names.
    pub names: Vec<Name>,
    /// The values.
    pub values: Vec<Value>,
}

/// Reads one sentence of a page. O(tokens).
#[must_use]
pub fn units(lexicon: &Lexicon, table: &ValueTable, words: &Words<'_>, page: &Page<'_>, sentence: Range<usize>) -> Units {
    let text = &page.block.text.text;
    let finder = NameFinder { lexicon, words, tokens: &page.tokens, text, sentence: sentence.clone() };
    let mut reader = Reader { lexicon, table, tokens: &page.tokens[..sentence.end], text, finder, out: Units::default() };
    reader.out.units.reserve(sentence.len());
    let mut i = dateline_end(lexicon, page, &sentence);
    while i < sentence.end {
        i = reader.step(i).max(i + 1);
    }
    reader.out
}

/// Behind a dateline ("KAMPALA, March 27, 2025 - "): a place in capitals, and a dash not far behind it.
fn dateline_end(lexicon: &Lexicon, page: &Page<'_>, sentence: &Range<usize>) -> usize {
    let tokens = &page.tokens[sentence.clone()];
    let first = tokens.first().is_some_and(|t| t.is_all_capitals() && t.span.len() > 2);
    if sentence.start != 0 || !first {
        return sentence.start;
    }
    let dash = tokens.iter().take(16).position(|t| t.is_sign('–') && t.is_spaced());
    let verb = |t: &Token| {
        lexicon.word(t.word).classes & (class::BE | class::HAVE | class::MODAL | class::VERB_S) != 0 && !t.is_capital()
    };
    match dash {
        Some(dash) if !tokens[..dash].iter().any(verb) => sentence.start + dash + 1,
        _ => sentence.start,
    }
}

struct Reader<'a> {
    lexicon: &'a Lexicon,
    table: &'a ValueTable,
    tokens: &'a [Token],
    text: &'a str,
    finder: NameFinder<'a>,
    out: Units,
}

impl Reader<'_> {
    fn step(&mut self, i: usize) -> usize {
        let token = self.tokens[i];
        match token.kind {
            TokenKind::Sign(c) => {
                if let Some(value) = self.table.at(self.lexicon, self.text, self.tokens, i) {
                    return self.value(value);
                }
                self.sign(i, c)
            }
            // "it's", "that's".
            TokenKind::Possessive
                if matches!(self.out.units.last().map(|u| u.tag), Some(Tag::Pronoun | Tag::Relative | Tag::That)) =>
            {
                self.push(i..i + 1, Tag::Be)
            }
            TokenKind::Possessive => self.push(i..i + 1, Tag::Possessive),
            TokenKind::Number => self.number(i),
            TokenKind::Word => self.word(i),
            TokenKind::End => i + 1,
        }
    }

    fn push(&mut self, tokens: Range<usize>, tag: Tag) -> usize {
        let end = tokens.end;
        let word = self.tokens[end - 1].word;
        let lemma = if matches!(tag, Tag::Verb(_)) { self.lexicon.word(word).lemma } else { 0 };
        self.out.units.push(Unit { tokens, tag, word, lemma, name: None, value: None });
        end
    }

    fn value(&mut self, value: Value) -> usize {
        let tokens = value.tokens.clone();
        // Words that blur the amount were read before it: they belong to it.
        while self.out.units.last().is_some_and(|u| u.tokens.start >= tokens.start) {
            self.out.units.pop();
        }
        let tag = if matches!(value.kind, ValueKind::Number(_)) { Tag::Number } else { Tag::Value };
        self.out.values.push(value);
        let index = self.out.values.len() as u32 - 1;
        let end = self.push(tokens, tag);
        if let Some(unit) = self.out.units.last_mut() {
            unit.value = Some(index);
        }
        end
    }

    fn sign(&mut self, i: usize, c: char) -> usize {
        if matches!(self.last_tag(), Some(Tag::Name))
            && let Some(length) = self.lexicon.titles.behind_name(&self.tokens[i..])
        {
            return self.push(i..i + length, Tag::Adv);
        }
        let tag = match c {
            ',' => Tag::Comma,
            ';' => Tag::Semicolon,
            ':' => Tag::Colon,
            '–' => Tag::Dash,
            '(' | '[' => Tag::Open,
            ')' | ']' => Tag::Close,
            '"' | '\'' => Tag::Quote,
            '.' | '!' | '?' => Tag::Stop,
            '&' => Tag::Conj,
            _ => Tag::Sign,
        };
        self.push(i..i + 1, tag)
    }

    fn number(&mut self, i: usize) -> usize {
        if let Some(end) = self.shifted(i) {
            return end;
        }
        // "9am": no form of "be".
        if self.tokens.get(i + 1).is_some_and(|t| !t.is_spaced() && matches!(self.lexicon.form(t.word), "am" | "pm")) {
            return self.push(i..i + 2, Tag::Number);
        }
        let ending = self.text[self.tokens[i].span.range()].bytes().last();
        if ending.is_some_and(|b| b.is_ascii_alphabetic()) {
            return self.push(i..i + 1, Tag::Ordinal);
        }
        match self.table.at(self.lexicon, self.text, self.tokens, i) {
            Some(value) => self.value(value),
            None => self.push(i..i + 1, Tag::Number),
        }
    }

    fn word(&mut self, i: usize) -> usize {
        let token = self.tokens[i];
        let classes = self.lexicon.word(token.word).classes;
        // "C$34 billion".
        let before_sign = token.is_capital() && self.tokens.get(i + 1).is_some_and(|t| t.is_sign('$') && !t.is_spaced());
        let scaled = token.word == self.lexicon.known.a && self.table.scaled(self.tokens, i + 1);
        if (classes & (class::NUMBER | class::MONTH) != 0 || token.is_all_capitals() || before_sign || scaled)
            && let Some(value) = self.table.at(self.lexicon, self.text, self.tokens, i)
            && !matches!(value.kind, ValueKind::Number(_))
            && !(classes & class::MONTH != 0 && self.listed_beyond(i, value.tokens.end))
        {
            return self.value(value);
        }
        let opens = self.lexicon.openings.of(token.word);
        if let Some(end) = self.opened(i, classes, opens) {
            return end;
        }
        let listed = self.lexicon.longest(&self.tokens[i..]);
        if let Some(end) = self.fixed_phrase(i, opens, listed.clone()) {
            return end;
        }
        if let Some(name) = self.finder.of_listed(i, listed) {
            let tokens = name.tokens.clone();
            self.out.names.push(name);
            let index = self.out.names.len() as u32 - 1;
            let end = self.push(tokens, Tag::Name);
            if let Some(unit) = self.out.units.last_mut() {
                unit.name = Some(index);
            }
            return end;
        }
        let tag = self.tag(i, classes);
        self.push(i..i + 1, tag)
    }

    /// "Jan De Nul": a listed name that goes on behind what could be a month.
    fn listed_beyond(&self, i: usize, end: usize) -> bool {
        let name = self.finder.at(i);
        name.is_some_and(|n| n.tokens.end > end && matches!(n.kind, NameKind::Known(_)))
    }

    /// The tag of the last unit that is no adverb.
    pub(super) fn last_tag(&self) -> Option<Tag> {
        self.out.units.iter().rev().map(|u| u.tag).find(|t| !matches!(t, Tag::Adv | Tag::Quote))
    }

    /// What a word is where it stands: the first of these that tells.
    fn tag(&self, i: usize, classes: u32) -> Tag {
        self.by_form(i, classes)
            .or_else(|| self.adverb(i, classes))
            .or_else(|| self.auxiliary_or_joining(i, classes))
            .or_else(|| self.pointing_or_governing(i, classes))
            .unwrap_or_else(|| self.open(i, classes))
    }

    /// Words that are told by what they are, and modals.
    fn by_form(&self, i: usize, classes: u32) -> Option<Tag> {
        let has = |class: u32| classes & class != 0;
        let closed = class::ADV | class::PREP | class::CONJ | class::DET | class::BE;
        if self.tokens[i].is_joined() && has(closed) {
            // "first-ever", "up-to-date": part of a modifier.
            return Some(Tag::Adj);
        }
        if has(class::PREP) && self.goes_through(i) {
            return Some(Tag::Adj);
        }
        if has(class::PREP) && matches!(self.last_tag(), Some(Tag::Noun)) && self.modifies_through(i + 1) {
            // "an agreement on through freight": no "on" that goes with a verb.
            return Some(Tag::Prep);
        }
        if has(class::SUB) && matches!(self.last_tag(), Some(Tag::Have)) {
            // "has since held", but "has since the 1980s led".
            let number = self.tokens.get(i + 1).is_some_and(|t| t.kind == TokenKind::Number);
            return Some(if has(class::PREP) && (number || self.determiner_at(i + 1)) { Tag::Prep } else { Tag::Adv });
        }
        if let Some(tag) = self.by_word(i) {
            return Some(tag);
        }
        has(class::MODAL).then_some(Tag::Modal)
    }

    /// "a treaty on through traffic", "the through tariff": behind an article, or a preposition that no verb governs, and before a common
    /// noun.
    fn goes_through(&self, i: usize) -> bool {
        let mut back = self.out.units.iter().rev().map(|u| u.tag);
        let before = match back.next() {
            Some(Tag::Prep) => matches!(back.next(), Some(Tag::Noun | Tag::Name)),
            tag => tag == Some(Tag::Det),
        };
        before && self.modifies_through(i)
    }

    /// "through" stands at `i`, and a common noun behind it.
    fn modifies_through(&self, i: usize) -> bool {
        let word = |t: usize| self.tokens.get(t).filter(|t| t.kind == TokenKind::Word && !t.is_capital());
        let through = word(i).is_some_and(|t| self.lexicon.form(t.word) == "through");
        through && word(i + 1).is_some() && self.noun_follows(i + 1)
    }

    /// The few words that have a rule of their own: every other word is told from them by a bit.
    fn by_word(&self, i: usize) -> Option<Tag> {
        let word = self.tokens[i].word;
        if !self.lexicon.ruled.contains(&word) {
            return None;
        }
        Some(match self.lexicon.form(word) {
            "to" if self.verb_follows(i + 1) || self.unlisted_verb(i + 1) => Tag::To,
            "to" => Tag::Prep,
            "that" => self.that(i),
            "which" | "who" | "whom" | "whose" | "where" => Tag::Relative,
            "no" => Tag::Det,
            // "neither contract is in force", but "neither Kenya nor Uganda", "has neither signed nor ratified".
            "neither" | "none" if self.denied_noun(i + 1) => Tag::Det,
            "as" if self.clause_follows(i + 1) || self.as_clause(i) => Tag::Sub,
            "as" => Tag::Prep,
            "so" => Tag::Adv,
            "what" if self.stands_alone(i + 1) => Tag::Sub,
            _ => return None,
        })
    }

    /// Adverbs that may be something else.
    fn adverb(&self, i: usize, classes: u32) -> Option<Tag> {
        let has = |class: u32| classes & class != 0;
        if self.tokens.get(i + 1).is_some_and(|t| t.is_joined() && self.lexicon.word(t.word).classes & class::VERB != 0)
            && self.is_prefixed_verb(i + 1)
        {
            return Some(Tag::Adv);
        }
        if has(class::ADV) && has(class::ADJ | class::NOUN_TOO | class::VERB_BASE) && self.inside_verb_group(i) {
            // "have long opposed", "will further link".
            return Some(Tag::Adv);
        }
        if has(class::ADV)
            && has(class::ADJ)
            && self.participle_at(i + 1)
            && matches!(self.last_tag(), None | Some(Tag::Comma | Tag::Conj))
        {
            // "the road, better known as".
            return Some(Tag::Adv);
        }
        if has(class::ADV) && has(class::VERB_BASE) && has(class::NOUN_TOO) && self.behind_object(i) {
            // "turned the ships back".
            return Some(Tag::Adv);
        }
        if has(class::ADV) && has(class::VERB_BASE) && self.behind_verb() {
            // "goes further and asks", "may take it back".
            return Some(Tag::Adv);
        }
        let noun = has(class::HEAD) || has(class::NOUN_TOO);
        let measured = matches!(self.out.units[..], [.., Unit { tag: Tag::Det, .. }, Unit { tag: Tag::Value, .. }]);
        if noun && measured && self.of_at(i + 1) {
            // "the $310 million cost of the line".
            return Some(Tag::Noun);
        }
        if has(class::NEG) && has(class::PRONOUN) && self.of_at(i + 1) {
            // "none of the three".
            return Some(Tag::Det);
        }
        let bearing = |at: usize| self.tokens.get(at).is_some_and(|t| self.lexicon.joining.bearings.contains(&t.word));
        let further = |at: usize| self.tokens.get(at).is_some_and(|t| self.lexicon.word(t.word).classes & class::ADV != 0);
        let led = i > 0 && bearing(i) && further(i - 1) && !self.noun_follows(i + 1);
        if led || bearing(i) && self.points_on(i) || has(class::ADV) && bearing(i + 1) && !self.noun_follows(i + 2) {
            // "carries rice north to Tete", "a canal further north".
            return Some(Tag::Adv);
        }
        if has(class::ORDINAL) && self.month_at(i + 1) {
            // "in Kampala last November".
            return Some(Tag::Adv);
        }
        None
    }

    /// Forms of "be", "have" and "do", negations, and what joins clauses and phrases.
    fn auxiliary_or_joining(&self, i: usize, classes: u32) -> Option<Tag> {
        let has = |class: u32| classes & class != 0;
        for (bit, tag) in [(class::BE, Tag::Be), (class::HAVE, Tag::Have), (class::DO, Tag::Do), (class::NEG, Tag::Not)] {
            if has(bit) {
                return Some(tag);
            }
        }
        if has(class::CONJ) {
            return Some(Tag::Conj);
        }
        if has(class::SUB) {
            // "the company, once the pride of Karachi, owns": no clause.
            let is_once = self.lexicon.form(self.tokens[i].word) == "once";
            let once = is_once && self.determiner_at(i + 1) && self.subordinator(i, true) == Tag::Prep;
            let ago = is_once && self.between_subject_and_verb(i) && self.tense() == tense::Tense::Awaited;
            return Some(if once || ago { Tag::Adv } else { self.subordinator(i, has(class::PREP)) });
        }
        if has(class::BUT) {
            // "has yet to sign", "has not yet signed".
            let waits = self.lexicon.joining.not_yet.contains(&self.tokens[i].word)
                && matches!(self.last_tag(), Some(Tag::Have | Tag::Not));
            return Some(if waits { Tag::Adv } else { Tag::But });
        }
        if has(class::POSSESSIVE) {
            return Some(Tag::Its);
        }
        None
    }

    /// Determiners, pronouns, prepositions and numbers.
    fn pointing_or_governing(&self, i: usize, classes: u32) -> Option<Tag> {
        let has = |class: u32| classes & class != 0;
        if has(class::DET) && self.lexicon.form(self.tokens[i].word) == "both" && self.determiner_at(i + 1) {
            // "holds a concession for both the track and the terminal".
            return Some(Tag::Adv);
        }
        if self.lexicon.joining.floating.contains(&self.tokens[i].word) && self.floats(i) {
            return Some(Tag::Adv);
        }
        if has(class::PRONOUN) && has(class::NUMBER) && (self.last_tag() == Some(Tag::Det) || self.counts(i + 1)) {
            // "that one", "one delegate".
            return Some(Tag::Number);
        }
        if self.stands_for_all(i) {
            return Some(Tag::Pronoun);
        }
        if has(class::PRONOUN) && !(has(class::DET) && self.noun_follows(i + 1)) {
            return Some(Tag::Pronoun);
        }
        if has(class::DET) {
            return Some(Tag::Det);
        }
        if self.governs_though_noun(i) {
            return Some(Tag::Prep);
        }
        // "would like a railway".
        let desired = has(class::VERB_BASE) && self.last_tag() == Some(Tag::Modal);
        if has(class::PREP) && !self.particle(i) && !self.of_phrasal_verb(i) && !desired {
            return Some(Tag::Prep);
        }
        if has(class::ORDINAL) && self.is_fraction(i) {
            return Some(Tag::Number);
        }
        if has(class::ORDINAL)
            && !(has(class::ADV) && self.between_subject_and_verb(i))
            && (self.noun_follows(i + 1) || matches!(self.last_tag(), Some(Tag::Det | Tag::Its | Tag::Possessive)))
        {
            return Some(Tag::Ordinal);
        }
        if has(class::NUMBER) {
            return Some(Tag::Number);
        }
        None
    }

    /// Verbs, adjectives, nouns and the adverbs that are left.
    fn open(&self, i: usize, classes: u32) -> Tag {
        let has = |class: u32| classes & class != 0;
        if has(class::VERB)
            && let Some(tag) = self.verb(i, classes)
        {
            return tag;
        }
        if has(class::ADJ) && has(class::ADV) && self.between_subject_and_verb(i) {
            return Tag::Adv;
        }
        if has(class::ADJ) {
            // "the military", "a football final".
            let awaited = self.noun_awaited() || matches!(self.last_tag(), Some(Tag::Noun | Tag::Name));
            let noun = has(class::NOUN_TOO) && awaited && !self.noun_follows(i + 1);
            return if noun { Tag::Noun } else { Tag::Adj };
        }
        if !has(class::ADV | class::HEAD | class::HEAD_PLURAL | class::TRIGGER_NOUN | class::COLLECTIVE) && self.compares(i) {
            return Tag::Adj;
        }
        if has(class::ADV) || has(class::PREP) {
            return Tag::Adv;
        }
        if classes & (class::HEAD | class::HEAD_PLURAL | class::COLLECTIVE | class::STATE_BODY | class::TRIGGER_NOUN) != 0 {
            return Tag::Noun;
        }
        self.by_ending(i)
    }

    fn that(&self, i: usize) -> Tag {
        match self.last_tag() {
            // "a cable, that Google is laying": before a name it determines nothing.
            Some(Tag::Comma) if self.tokens.get(i + 1).is_some_and(Token::is_capital) => Tag::That,
            None | Some(Tag::Prep | Tag::Comma | Tag::Sub) if self.noun_follows(i + 1) => Tag::Det,
            // "to finance that line."
            Some(Tag::Verb(_)) if self.noun_follows(i + 1) && !self.stretch_goes_on(i + 2) => Tag::Det,
            None => Tag::Pronoun,
            // "attended that meeting", but "said that meeting Kenya was useful".
            Some(Tag::Verb(_)) if self.only_noun(i + 1) => Tag::Det,
            _ => Tag::That,
        }
    }

    /// A preposition that governs nothing here: "left out", "put forward".
    fn particle(&self, i: usize) -> bool {
        let Some(next) = self.tokens.get(i + 1) else { return true };
        match next.kind {
            TokenKind::Word => {
                let classes = self.lexicon.word(next.word).classes;
                let form = self.lexicon.form(self.tokens[i].word);
                let ends = class::PREP | class::CONJ | class::BUT | class::MODAL | class::BE | class::HAVE | class::SUB;
                classes & ends != 0
                    && classes & (class::DET | class::PRONOUN) == 0
                    && !(classes & class::SUB != 0 && self.lexicon.form(next.word) == "that")
                    // "without having to cross it".
                    && !(form == "without" && matches!(self.lexicon.form(next.word), "having" | "being"))
                    && !next.is_capital()
                    && !matches!(form, "of" | "from" | "for" | "with")
            }
            TokenKind::Sign(c) => matches!(c, ',' | '.' | ';' | ':' | ')'),
            TokenKind::End => true,
            TokenKind::Number | TokenKind::Possessive => false,
        }
    }

    /// Whether the next word (adverbs and "not" skipped) is the base form of a verb.
    pub(super) fn verb_follows(&self, mut i: usize) -> bool {
        while let Some(token) = self.tokens.get(i).filter(|t| t.kind == TokenKind::Word) {
            let classes = self.lexicon.word(token.word).classes;
            if classes & (class::VERB_BASE | class::BE | class::HAVE | class::DO) != 0 && !token.is_capital() {
                let noun = classes & class::NOUN_TOO != 0 && classes & (class::HEAD | class::HEAD_PLURAL) != 0;
                // "is meant to pass through": what wants a verb stands before.
                // So does "which China has promised to fund,".
                let behind = self.preposition_at(i + 1) || self.object_waits() && !self.stretch_goes_on(i + 1);
                // "plans to launch new projects".
                let object = self.last_tag() != Some(Tag::Be) && self.adjective_at(i + 1) && self.noun_follows(i + 2);
                let wanted = matches!(self.last_tag(), Some(Tag::Be | Tag::Verb(_) | Tag::Adj)) && (behind || object);
                let led = classes & class::NOUN_TOO != 0 && self.leads_to_noun() && !self.starts_noun_phrase(i + 1);
                return !led && (!noun || wanted || self.starts_noun_phrase(i + 1));
            }
            if classes & (class::ADV | class::NEG) == 0 || classes & class::PREP != 0 {
                return false;
            }
            i += 1;
        }
        false
    }

    /// "to bury two cables": a word in small letters that is not listed, behind "to" and before what opens a noun phrase.
    pub(super) fn unlisted_verb(&self, i: usize) -> bool {
        let word = |at: usize| self.tokens.get(at).filter(|t| t.kind == TokenKind::Word && !t.is_capital());
        let opens = class::DET | class::POSSESSIVE | class::NUMBER;
        let object = |t: &Token| t.kind == TokenKind::Number || self.lexicon.word(t.word).classes & opens != 0 && !t.is_capital();
        word(i).is_some_and(|t| self.lexicon.word(t.word).classes == 0) && self.tokens.get(i + 1).is_some_and(object)
    }

    pub(super) fn starts_noun_phrase(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| {
            let classes = self.lexicon.word(t.word).classes;
            match t.kind {
                TokenKind::Number => true,
                TokenKind::Sign(c) => matches!(c, '"' | '$' | '€' | '£' | '¥'),
                TokenKind::Word => {
                    t.is_capital() || classes & (class::DET | class::POSSESSIVE | class::PRONOUN | class::NUMBER) != 0
                }
                TokenKind::Possessive | TokenKind::End => false,
            }
        })
    }

    /// Whether the token can go on a noun phrase: a noun, a name, an adjective or a number.
    pub(super) fn noun_follows(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| {
            let classes = self.lexicon.word(t.word).classes;
            let closed = class::PREP
                | class::CONJ
                | class::DET
                | class::MODAL
                | class::BE
                | class::HAVE
                | class::DO
                | class::PRONOUN
                | class::SUB
                | class::NEG
                | class::RELATIVE;
            let open = class::NOUN_TOO
                | class::HEAD
                | class::HEAD_PLURAL
                | class::ADJ
                | class::NUMBER
                | class::COLLECTIVE
                | class::STATE_BODY
                | class::TRIGGER_NOUN
                | class::ORDINAL;
            match t.kind {
                TokenKind::Word if t.is_capital() => true,
                TokenKind::Word => {
                    classes & open != 0
                        || (classes & closed == 0
                            && classes & (class::VERB_S | class::VERB_PAST | class::ADV) == 0
                            && classes & class::VERB_BASE == 0)
                }
                TokenKind::Number => true,
                _ => false,
            }
        })
    }

    fn by_ending(&self, i: usize) -> Tag {
        let form = &self.text[self.tokens[i].span.range()];
        let follows = self.noun_follows(i + 1);
        if self.out.units.last().is_some_and(|u| u.tag == Tag::To) && self.unlisted_verb(i) {
            return Tag::Verb(Form::Base);
        }
        if form.len() > 4 && form.ends_with("ly") {
            // "its monopoly".
            let noun = matches!(self.last_tag(), Some(Tag::Det | Tag::Its | Tag::Possessive)) && !follows && !self.verb_at(i + 1);
            return if noun { Tag::Noun } else { Tag::Adv };
        }
        // "is drying", "by democratising the": a verb that is not listed.
        let governs = matches!(self.last_tag(), Some(Tag::Prep | Tag::Sub)) && self.determiner_at(i + 1);
        if form.len() > 5 && form.ends_with("ing") && (self.last_tag() == Some(Tag::Be) || governs) {
            return Tag::Verb(Form::Ing);
        }
        // "a seabed survey": "bed" ends it.
        if form.len() > 4 && form.ends_with("ed") && !form.ends_with("bed") && !form.ends_with("eed") {
            return if follows { Tag::Adj } else { Tag::Verb(Form::PastOrParticiple) };
        }
        let adjective = ["able", "ible", "ful", "ous", "ive", "less", "ish"].iter().any(|e| form.ends_with(e)) && form.len() > 5;
        // "a timetable".
        let alone = matches!(self.last_tag(), Some(Tag::Det | Tag::Its)) && !follows;
        if adjective && !alone { Tag::Adj } else { Tag::Noun }
    }
}
