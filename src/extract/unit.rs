//! Units: a sentence as names, values and tagged words.
//!
//! The tags are those that clause reading needs, no more. A word that may be noun or
//! verb is decided by the units before it and the word behind it; what stays open
//! (past tense or participle) is left to `clause`, which sees the whole sentence.

mod around;
mod fixed;

use std::ops::Range;

use super::lexicon::{Case, Lexicon, Sense, SenseKind, WordId, class};
use super::name::{Name, NameFinder, NameKind};
use super::page::Page;
use super::token::{Token, TokenKind};
use super::value::{Value, ValueKind, ValueTable};
use super::words::Words;

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
        if (classes & (class::NUMBER | class::MONTH) != 0 || token.is_all_capitals() || before_sign)
            && let Some(value) = self.table.at(self.lexicon, self.text, self.tokens, i)
            && !matches!(value.kind, ValueKind::Number(_))
        {
            return self.value(value);
        }
        if let Some(end) = self.weekday(i).or_else(|| self.contraction(i)).or_else(|| self.shifted(i)) {
            return end;
        }
        if let Some(end) = self.fixed_phrase(i) {
            return end;
        }
        if let Some(name) = self.finder.at(i) {
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

    /// The tag of the last unit that is no adverb.
    pub(super) fn last_tag(&self) -> Option<Tag> {
        self.out.units.iter().rev().map(|u| u.tag).find(|t| !matches!(t, Tag::Adv | Tag::Quote))
    }

    fn tag(&self, i: usize, classes: u32) -> Tag {
        let has = |class: u32| classes & class != 0;
        let closed = class::ADV | class::PREP | class::CONJ | class::DET | class::BE;
        if self.tokens[i].is_joined() && has(closed) {
            // "first-ever", "up-to-date": part of a modifier.
            return Tag::Adj;
        }
        if has(class::SUB) && matches!(self.last_tag(), Some(Tag::Have)) {
            // "has since held".
            return Tag::Adv;
        }
        let form = self.lexicon.form(self.tokens[i].word);
        match form {
            "to" => return if self.verb_follows(i + 1) || self.unlisted_verb(i + 1) { Tag::To } else { Tag::Prep },
            "that" => return self.that(i),
            "which" | "who" | "whom" | "whose" | "where" => return Tag::Relative,
            "no" => return Tag::Det,
            // "neither contract is in force", but "neither Kenya nor Uganda", "has neither signed nor ratified".
            "neither" if self.denied_noun(i + 1) => return Tag::Det,
            "as" => return if self.clause_follows(i + 1) || self.as_clause(i) { Tag::Sub } else { Tag::Prep },
            "so" => return Tag::Adv,
            "what" if self.stands_alone(i + 1) => return Tag::Sub,
            _ => {}
        }
        if has(class::MODAL) {
            return Tag::Modal;
        }
        if self.tokens.get(i + 1).is_some_and(|t| t.is_joined() && self.lexicon.word(t.word).classes & class::VERB != 0)
            && self.is_prefixed_verb(i + 1)
        {
            return Tag::Adv;
        }
        if has(class::ADV) && has(class::ADJ | class::NOUN_TOO) && self.inside_verb_group(i) {
            // "have long opposed".
            return Tag::Adv;
        }
        if has(class::ADV) && has(class::VERB_BASE) && self.behind_verb() {
            // "goes further and asks", "may take it back".
            return Tag::Adv;
        }
        for (bit, tag) in [(class::BE, Tag::Be), (class::HAVE, Tag::Have), (class::DO, Tag::Do), (class::NEG, Tag::Not)] {
            if has(bit) {
                return tag;
            }
        }
        if has(class::CONJ) {
            return Tag::Conj;
        }
        if has(class::SUB) {
            return self.subordinator(i, has(class::PREP));
        }
        if has(class::BUT) {
            // "has yet to sign", "has not yet signed".
            let waits = self.lexicon.joining.not_yet.contains(&self.tokens[i].word)
                && matches!(self.last_tag(), Some(Tag::Have | Tag::Not));
            return if waits { Tag::Adv } else { Tag::But };
        }
        if has(class::POSSESSIVE) {
            return Tag::Its;
        }
        if has(class::DET) && form == "both" && self.determiner_at(i + 1) {
            // "holds a concession for both the track and the terminal".
            return Tag::Adv;
        }
        if self.lexicon.joining.floating.contains(&self.tokens[i].word) && self.floats(i) {
            return Tag::Adv;
        }
        if has(class::PRONOUN) && has(class::NUMBER) && self.last_tag() == Some(Tag::Det) {
            // "that one".
            return Tag::Number;
        }
        let verb_next = self.tokens.get(i + 1).is_some_and(|t| {
            self.lexicon.word(t.word).classes & (class::VERB_PAST | class::VERB_PARTICIPLE | class::VERB_S) != 0
        });
        if has(class::DET) && verb_next && matches!(self.last_tag(), Some(Tag::Have | Tag::Modal | Tag::Name | Tag::Noun)) {
            // "have each offered", "Bishkek and Ashgabat each offered".
            return Tag::Adv;
        }
        if has(class::PRONOUN) && !(has(class::DET) && self.noun_follows(i + 1)) {
            return Tag::Pronoun;
        }
        if has(class::DET) {
            return Tag::Det;
        }
        // "would like a railway".
        let desired = has(class::VERB_BASE) && self.last_tag() == Some(Tag::Modal);
        if has(class::PREP) && !self.particle(i) && !desired {
            return Tag::Prep;
        }
        if has(class::ORDINAL)
            && (self.noun_follows(i + 1) || matches!(self.last_tag(), Some(Tag::Det | Tag::Its | Tag::Possessive)))
        {
            return Tag::Ordinal;
        }
        if has(class::NUMBER) {
            return Tag::Number;
        }
        if has(class::VERB)
            && let Some(tag) = self.verb(i, classes)
        {
            return tag;
        }
        if has(class::ADJ) {
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
            None => Tag::Pronoun,
            Some(Tag::Conj) => Tag::That,
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
                    && !next.is_capital()
                    && !matches!(form, "of" | "from" | "for" | "with")
            }
            TokenKind::Sign(c) => matches!(c, ',' | '.' | ';' | ':' | ')'),
            TokenKind::End => true,
            TokenKind::Number | TokenKind::Possessive => false,
        }
    }

    /// Whether the next word (adverbs and "not" skipped) is the base form of a verb.
    fn verb_follows(&self, mut i: usize) -> bool {
        while let Some(token) = self.tokens.get(i).filter(|t| t.kind == TokenKind::Word) {
            let classes = self.lexicon.word(token.word).classes;
            if classes & (class::VERB_BASE | class::BE | class::HAVE | class::DO) != 0 && !token.is_capital() {
                let noun = classes & class::NOUN_TOO != 0 && classes & (class::HEAD | class::HEAD_PLURAL) != 0;
                // "is meant to pass through": what wants a verb stands before.
                // So does "which China has promised to fund,".
                let behind = self.preposition_at(i + 1) || self.object_waits() && !self.stretch_goes_on(i + 1);
                let wanted = matches!(self.last_tag(), Some(Tag::Be | Tag::Verb(_) | Tag::Adj)) && behind;
                return !noun || wanted || self.starts_noun_phrase(i + 1);
            }
            if classes & (class::ADV | class::NEG) == 0 || classes & class::PREP != 0 {
                return false;
            }
            i += 1;
        }
        false
    }

    /// "to bury two cables": a word in small letters that is not listed, behind "to" and before what opens a noun phrase.
    fn unlisted_verb(&self, i: usize) -> bool {
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
    fn noun_follows(&self, i: usize) -> bool {
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

    /// Noun, adjective or verb, for a word that has a verb form; `None`: not a verb here.
    fn verb(&self, i: usize, classes: u32) -> Option<Tag> {
        let last = self.last_tag();
        let noun_too =
            classes & (class::NOUN_TOO | class::HEAD | class::HEAD_PLURAL | class::COLLECTIVE | class::STATE_BODY) != 0;
        let in_phrase = matches!(last, Some(Tag::Det | Tag::Its | Tag::Possessive | Tag::Adj | Tag::Ordinal | Tag::Number));
        if self.tokens[i].is_joined() && !self.is_prefixed_verb(i) {
            // "Russian-driven", "state-owned": part of a modifier; "metre-gauge": too.
            return Some(if self.noun_follows(i + 1) { Tag::Adj } else { Tag::Noun });
        }
        if classes & class::VERB_ING != 0 {
            return Some(self.ing(i, last, noun_too, in_phrase));
        }
        if classes & (class::VERB_PAST | class::VERB_PARTICIPLE) != 0 {
            return Some(self.past(i, classes, last, noun_too, in_phrase));
        }
        if classes & class::VERB_BASE != 0 && !noun_too && last == Some(Tag::Be) {
            // "is complete": no verb form stands there.
            return Some(Tag::Adj);
        }
        if classes & class::VERB_BASE != 0 && matches!(last, Some(Tag::To | Tag::Modal | Tag::Do | Tag::Not)) {
            return Some(Tag::Verb(Form::Base));
        }
        if classes & class::VERB_BASE != 0 && matches!(last, Some(Tag::Name | Tag::Noun | Tag::Close)) && self.auxiliary_waits() {
            return Some(Tag::Verb(Form::Base));
        }
        let present = classes & class::VERB_S != 0;
        let form = if present { Form::Present } else { Form::Base };
        if in_phrase || matches!(last, Some(Tag::Prep)) {
            return Some(Tag::Noun);
        }
        if !noun_too {
            return Some(Tag::Verb(form));
        }
        if present && self.modifier_before() && self.finite_after(i + 1) {
            // "Japanese exports to South Korea rose", "copper exports from Zambia go".
            return Some(Tag::Noun);
        }
        let next_opens = self.starts_noun_phrase(i + 1)
            || self.tokens.get(i + 1).is_some_and(|t| matches!(self.lexicon.form(t.word), "to" | "that"));
        // "Freight trains on the line stop": the verb agrees with what stands before the preposition.
        let agrees = self.number_fits(present) || present != self.plural_subject();
        let only_verb = agrees && !self.had_finite() && !self.finite_after(i + 1);
        if last.is_none() && present || self.opens_with_goods(i, present) {
            // "Trucks on the road carry", "Grain ships wait": what opens a sentence in -s is no verb.
            return Some(Tag::Noun);
        }
        // "the line now ends in": nothing but an adverb between a noun and its verb.
        let adverb_between = self.out.units.last().is_some_and(|u| u.tag == Tag::Adv) && agrees && self.stretch_goes_on(i + 1);
        let governs = self.preposition_at(i + 1) && !self.of_at(i + 1);
        let verb = match last {
            Some(Tag::Name) if !self.had_finite() && self.number_fits(present) && self.verb_joined(i + 1) => true,
            Some(Tag::Name | Tag::Noun | Tag::Close) if only_verb && self.stretch_goes_on(i + 1) => true,
            Some(Tag::Name | Tag::Noun) if adverb_between => true,
            Some(Tag::Name | Tag::Noun | Tag::Close) if self.relative_waits() && self.number_fits(present) => true,
            // "The EU sanctions on Russia were extended".
            Some(Tag::Name | Tag::Close) if self.preposition_at(i + 1) && !self.had_finite() && self.finite_after(i + 1) => false,
            Some(Tag::That) => self.verb_of_that(i, present),
            Some(Tag::Pronoun | Tag::Relative) => true,
            // "Costa Rica talks of", but "the iron-ore mines of".
            Some(Tag::Name | Tag::Close) => {
                // "the Agua Negra tunnel to Chile": a head noun behind its name, and no plural that it could be the verb of.
                let number = self.number_fits(present) || self.had_finite() && classes & class::HEAD == 0;
                next_opens && number || (present && (governs || self.preposition_at(i + 1) && !self.goods_before()))
            }
            Some(Tag::Noun) => next_opens && (present || self.plural_before()),
            Some(Tag::Conj) if governs && self.same_government_before(i) => false,
            Some(Tag::Conj) => self.had_verb() && (next_opens || governs && self.goes_on_as_before(form)),
            // "A and its rival, B, end at C".
            Some(Tag::Comma) if !present && governs && agrees && self.listed_before() && only_verb => true,
            Some(Tag::Comma) if !present && next_opens && (self.had_modal() || self.aside_between()) => true,
            Some(Tag::Comma) if !present && self.had_modal() && self.verb_before_comma() && self.verb_joined(i + 1) => true,
            Some(Tag::Comma) => {
                present && (next_opens || self.name_behind_adjective(i + 1) || (self.preposition_at(i + 1) && !self.had_finite()))
            }
            _ => false,
        };
        Some(if verb { Tag::Verb(form) } else { Tag::Noun })
    }

    /// "the company that trades with A", but "said that trade with A grew", "the news that shares in it were sold": what
    /// stands before "that" could be the subject, or else another verb follows.
    fn verb_of_that(&self, i: usize, present: bool) -> bool {
        let between = |u: &&Unit| matches!(u.tag, Tag::That | Tag::Comma | Tag::Quote | Tag::Adv);
        let before = self.out.units.iter().rev().find(|u| !between(u));
        let subject = before.filter(|u| matches!(u.tag, Tag::Noun | Tag::Name | Tag::Close | Tag::Pronoun | Tag::Number));
        let plural = |u: &Unit| self.text[self.tokens[u.tokens.end - 1].span.range()].ends_with('s');
        let fits = subject.is_some_and(|u| u.tag != Tag::Noun || plural(u) != present);
        fits || !self.finite_after(i + 1)
    }

    /// "threats to A and links to B": before the conjunction a noun governs with the same preposition.
    fn same_government_before(&self, i: usize) -> bool {
        let Some(preposition) = self.tokens.get(i + 1).map(|t| t.word) else { return false };
        let mut units =
            self.out.units.iter().rev().skip(1).skip_while(|u| matches!(u.tag, Tag::Name | Tag::Noun | Tag::Det | Tag::Adj));
        let governs = units.next().is_some_and(|u| u.tag == Tag::Prep && u.word == preposition);
        governs && units.next().is_some_and(|u| u.tag == Tag::Noun && self.lexicon.word(u.word).classes & class::VERB == 0)
    }

    /// "funding", "financing": triggers of frames, where they govern nothing.
    fn money_noun_at(&self, i: usize) -> bool {
        self.lexicon.word(self.tokens[i].word).classes & class::TRIGGER_NOUN != 0
    }

    /// "co-financed": the prefix and the verb are one verb.
    fn is_prefixed_verb(&self, i: usize) -> bool {
        i > 0 && self.tokens[i].is_joined() && matches!(self.lexicon.form(self.tokens[i - 1].word), "co" | "re")
    }

    /// An auxiliary stands before, a participle behind.
    fn inside_verb_group(&self, i: usize) -> bool {
        let auxiliary = matches!(self.out.units.last().map(|u| u.tag), Some(Tag::Have | Tag::Be | Tag::Modal));
        auxiliary
            && self.tokens.get(i + 1).is_some_and(|t| {
                let classes = self.lexicon.word(t.word).classes;
                // "have long opposed", "must first be laid".
                classes & (class::VERB_PARTICIPLE | class::VERB_PAST) != 0
                    || (classes & (class::VERB_BASE | class::BE | class::HAVE) != 0 && self.last_tag() == Some(Tag::Modal))
            })
    }

    /// A verb that is nothing else stands further on, before the next sign.
    pub(super) fn finite_after(&self, i: usize) -> bool {
        let (mut joined, mut bare) = (false, false);
        for token in self.tokens[i..].iter().take(16) {
            if !matches!(token.kind, TokenKind::Word | TokenKind::Number | TokenKind::Possessive) {
                return false;
            }
            let classes = self.lexicon.word(token.word).classes;
            if classes & (class::RELATIVE | class::SUB) != 0 && classes & class::PREP == 0 {
                return false;
            }
            let plain =
                classes & (class::NOUN_TOO | class::ADJ | class::HEAD | class::HEAD_PLURAL | class::ADV | class::PREP) == 0;
            let finite = classes & (class::BE | class::HAVE | class::MODAL | class::DO) != 0
                || classes & (class::VERB_PAST | class::VERB_S) != 0
                    && classes & (class::NOUN_TOO | class::ADJ | class::HEAD | class::HEAD_PLURAL) == 0
                || classes & class::VERB_BASE != 0 && plain && !bare;
            bare = classes & class::MODAL != 0 || matches!(self.lexicon.form(token.word), "to");
            if finite && !token.is_capital() && !token.is_joined() {
                // "exports to Uganda and has …": one verb beside another.
                return !joined;
            }
            joined = classes & class::CONJ != 0;
        }
        false
    }

    /// "that the railway needs", "what Ghana wants": a relative clause is open and has had no verb.
    fn relative_waits(&self) -> bool {
        let what = |u: &Unit| u.tag == Tag::Sub && self.lexicon.form(u.word) == "what";
        let ends = |u: &Unit| matches!(u.tag, Tag::Comma | Tag::Semicolon | Tag::Sub) && !what(u);
        let since = self.out.units.iter().rev().take_while(|u| !ends(u));
        let mut noun = false;
        for unit in since {
            match unit.tag {
                Tag::Relative | Tag::That | Tag::Sub => return noun,
                Tag::Verb(_) | Tag::Be | Tag::Have | Tag::Modal | Tag::Do => return false,
                Tag::Noun | Tag::Name => noun = true,
                _ => {}
            }
        }
        false
    }

    /// Something follows that a verb could govern: no sign and no end.
    fn stretch_goes_on(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| match t.kind {
            TokenKind::Word => self.lexicon.word(t.word).classes & class::CONJ == 0 && self.lexicon.form(t.word) != "of",
            TokenKind::Number => true,
            TokenKind::Sign(c) => matches!(c, '$' | '€' | '£' | '¥' | '"'),
            TokenKind::Possessive | TokenKind::End => false,
        })
    }

    fn ing(&self, i: usize, last: Option<Tag>, noun_too: bool, in_phrase: bool) -> Tag {
        let noun_follows = self.noun_follows(i + 1);
        if in_phrase {
            return if noun_follows && !noun_too { Tag::Adj } else { Tag::Noun };
        }
        match last {
            // "By the end of the Tema meeting all sides had signed".
            Some(Tag::Name) if noun_too && self.heads_the_name(i) => Tag::Noun,
            Some(Tag::Noun | Tag::Name | Tag::Adj) if noun_too && !self.starts_noun_phrase(i + 1) && !self.phrasal(i) => {
                Tag::Noun
            }
            Some(Tag::Prep) if noun_too && !self.starts_noun_phrase(i + 1) => Tag::Noun,
            // "secured financing from the bank"; "began mining in Chad" goes on.
            Some(Tag::Verb(_)) if noun_too && self.money_noun_at(i) && !self.starts_noun_phrase(i + 1) => Tag::Noun,
            None if noun_too && !self.starts_noun_phrase(i + 1) => Tag::Noun,
            _ => Tag::Verb(Form::Ing),
        }
    }

    fn past(&self, i: usize, classes: u32, last: Option<Tag>, noun_too: bool, in_phrase: bool) -> Tag {
        let base_too = classes & class::VERB_BASE != 0;
        if in_phrase {
            // "the five adopted the declaration": nothing that an adjective could stand before.
            let counted = matches!(last, Some(Tag::Number)) && self.starts_noun_phrase(i + 1)
                // "the railway, first proposed by Uzbekistan".
                || matches!(last, Some(Tag::Ordinal)) && self.preposition_at(i + 1);
            if !counted {
                return if noun_too && !self.noun_follows(i + 1) { Tag::Noun } else { Tag::Adj };
            }
        }
        if base_too && matches!(last, Some(Tag::To | Tag::Modal | Tag::Do)) {
            return Tag::Verb(Form::Base);
        }
        if noun_too && base_too && matches!(last, Some(Tag::Prep)) {
            return Tag::Noun;
        }
        let only_participle = classes & class::VERB_PAST == 0;
        if base_too && only_participle && self.plural_before() && !self.auxiliary_before() {
            // "the companies run the terminal", "both come from China".
            return if noun_too && !self.starts_noun_phrase(i + 1) && self.had_finite() {
                Tag::Noun
            } else {
                Tag::Verb(Form::Base)
            };
        }
        // "liquefied natural gas", "refined products" with nothing before them.
        if matches!(last, Some(Tag::Prep | Tag::Conj | Tag::Comma) | None)
            && self.noun_follows(i + 1)
            && classes & class::ADJ != 0
        {
            return Tag::Adj;
        }
        if matches!(last, Some(Tag::Prep)) && self.noun_follows(i + 1) {
            return Tag::Adj;
        }
        Tag::Verb(match (classes & class::VERB_PAST != 0, classes & class::VERB_PARTICIPLE != 0) {
            (true, true) => Form::PastOrParticiple,
            (true, false) => Form::Past,
            _ => Form::Participle,
        })
    }

    fn by_ending(&self, i: usize) -> Tag {
        let form = &self.text[self.tokens[i].span.range()];
        let follows = self.noun_follows(i + 1);
        if self.out.units.last().is_some_and(|u| u.tag == Tag::To) && self.unlisted_verb(i) {
            return Tag::Verb(Form::Base);
        }
        if form.len() > 4 && form.ends_with("ly") {
            return Tag::Adv;
        }
        // "a seabed survey": "bed" ends it.
        if form.len() > 4 && form.ends_with("ed") && !form.ends_with("bed") {
            return if follows { Tag::Adj } else { Tag::Verb(Form::PastOrParticiple) };
        }
        let adjective = ["able", "ible", "ful", "ous", "ive", "less", "ish"].iter().any(|e| form.ends_with(e)) && form.len() > 5;
        if adjective { Tag::Adj } else { Tag::Noun }
    }
}
