//! Noun phrases, verb groups, and the elements that clauses are made of.
//!
//! A phrase is what stands for one thing: determiner, modifiers, head, possessor, an
//! acronym in brackets behind it. A verb group is auxiliaries, negation and verb. What
//! they refer to and how they combine is left to `entity` and `clause`.

mod made;
mod marks;
mod verbs;

use std::ops::Range;

use crate::model::Mode;

use super::few::Few;
use super::lexicon::{Case, Lexicon, SenseKind, WordId, class};
use super::name::NameKind;
use super::unit::{Form, Tag, Unit, Units};
use super::value::ValueKind;

/// How a phrase is determined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Determiner {
    /// By nothing.
    #[default]
    None,
    /// "the".
    The,
    /// "a", "another".
    Indefinite,
    /// "this", "these".
    This,
    /// "its", "their".
    Its,
    /// "no".
    No,
    /// "all", "both", "each".
    All,
}

/// A noun phrase.
#[derive(Debug, Clone, Default)]
pub struct Phrase {
    /// Its units, possessor and bracketed acronym left out.
    pub units: Range<usize>,
    /// The unit that it is about.
    pub head: usize,
    /// How it is determined.
    pub determiner: Determiner,
    /// "five".
    pub number: Option<u32>,
    /// The phrase before "'s".
    pub possessor: Option<usize>,
    /// The unit in brackets right behind it.
    pub bracket: Option<usize>,
    /// The phrase that it renames ("…, President of the Bank").
    pub renames: Option<usize>,
    /// The group that spells it out ("two plants, Rogun and Kambarata").
    pub spelt_out: Option<usize>,
    /// The group of its examples ("several states, including Kenya").
    pub examples: Option<usize>,
    /// A pronoun.
    pub pronoun: bool,
    /// A plural noun.
    pub plural: bool,
    /// Headed by an office.
    pub title: bool,
    /// A stretch of time: "this year", "last week".
    pub temporal: bool,
    /// Headed by a value: "29%", "5 km".
    pub measure: bool,
    /// A determiner or possessive without a noun ("its own", "some").
    pub determiner_only: bool,
    /// Named by the chain before its head: "the Cuiabá–Arica road".
    pub chain: bool,
}

/// Finite or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VerbForm {
    /// Has a tense.
    Finite,
    /// Past tense or participle: the clause decides.
    Undecided,
    /// "to build".
    Infinitive,
    /// "building".
    Ing,
    /// "built by".
    Participle,
}

/// A verb with its auxiliaries.
#[derive(Debug, Clone)]
pub struct VerbGroup {
    /// Its units.
    pub units: Range<usize>,
    /// The main verb's base form; of a copula that of "be", of a bare "have" that of "have".
    pub lemma: WordId,
    /// The main verb as it stands.
    pub word: WordId,
    /// Finite or not.
    pub form: VerbForm,
    /// "is built", "to be built".
    pub passive: bool,
    /// "is building".
    pub progressive: bool,
    /// Past tense or perfect.
    pub past: bool,
    /// "not", "never", "nor".
    pub negated: bool,
    /// Mode of its modal, or of "is to".
    pub modal: Option<Mode>,
    /// "be" is the main verb.
    pub copula: bool,
    /// "have" is the main verb.
    pub have: bool,
    /// Its auxiliary goes with several that do it: "are built", "have built".
    pub plural: bool,
    /// An auxiliary that stands before its subject: "nor does the line cross".
    pub fronted: bool,
    /// It goes with one that does it: "builds", "is building", "has built".
    pub singular: bool,
    /// It opens with "be" itself, which has no tense: "(would cost a billion and) be built".
    pub untensed: bool,
}

/// What a clause is made of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Element {
    /// Index into [`Elements::phrases`].
    Phrase(usize),
    /// Index into [`Elements::verbs`].
    Verb(usize),
    /// A preposition.
    Prep(WordId),
    /// "which".
    Relative(WordId),
    /// "that".
    That,
    /// "while".
    Sub(WordId),
    /// "and".
    Conj(WordId),
    /// "but".
    But,
    /// ",".
    Comma,
    /// ":" or a dash.
    Break,
    /// ";".
    Semicolon,
    /// An adverb or particle.
    Adv(WordId),
    /// An adjective that stands alone.
    Adj(WordId),
    /// Index into [`Units::values`].
    Date(usize),
    /// "not" or "nor" that belongs to no verb.
    Not,
}

/// A sentence's elements.
#[derive(Debug, Default)]
pub struct Elements {
    /// In order, with the unit where each starts.
    pub list: Vec<(Element, usize)>,
    /// The phrases.
    pub phrases: Vec<Phrase>,
    /// The verb groups.
    pub verbs: Vec<VerbGroup>,
    /// What the units are, a bit for each answer; [`marks`] says which.
    marks: Vec<u16>,
    /// Units that open a bracket with the ends of a way; it stands as a comma.
    pub brackets: Few<usize>,
}

/// Chunks a sentence. O(units).
#[must_use]
pub fn elements(lexicon: &Lexicon, units: &Units) -> Elements {
    let mut chunker = Chunker { lexicon, units, open: false, out: Elements::default() };
    chunker.out.list.reserve(units.units.len());
    chunker.out.phrases.reserve(units.units.len() / 3 + 1);
    let mut i = 0;
    let mut depth = 0u32;
    while i < units.units.len() {
        match units.units[i].tag {
            Tag::Open if depth == 0 && (chunker.holds_ends(i) || chunker.holds_clause(i)) => chunker.open_bracket(i),
            Tag::Close if chunker.open => chunker.close_bracket(i),
            Tag::Open => depth += 1,
            Tag::Close => depth = depth.saturating_sub(1),
            _ if depth == 0 => {
                i = chunker.step(i).max(i + 1);
                continue;
            }
            _ => {}
        }
        i += 1;
    }
    chunker.out.marks = marks::marks(lexicon, units);
    chunker.out
}

/// "copper", "natural gas": in the lists of names, but written as a common noun.
fn is_common_name(units: &Units, unit: &Unit) -> bool {
    let name = unit.name.and_then(|n| units.names.get(n as usize));
    matches!(name.map(|n| &n.kind), Some(NameKind::Known(senses)) if senses.iter().all(|s| s.case == Case::Any))
}

/// "copper", "Turkish": a name that can only stand before what it modifies, or is no proper name.
fn is_adjective(units: &Units, unit: &Unit) -> bool {
    let name = unit.name.and_then(|n| units.names.get(n as usize));
    matches!(name.map(|n| &n.kind), Some(NameKind::Known(senses))
        if senses.iter().all(|s| s.case == Case::Any || matches!(s.kind, SenseKind::Demonym | SenseKind::Collective)))
}

/// Units of what an office is held in, at most: "of the State Committee of Turkmenistan".
const LONGEST_BODY: usize = 9;

struct Chunker<'a> {
    lexicon: &'a Lexicon,
    units: &'a Units,
    /// A bracket that stands as a comma is open.
    open: bool,
    out: Elements,
}

impl Chunker<'_> {
    fn tag(&self, i: usize) -> Option<Tag> {
        self.units.units.get(i).map(|u| u.tag)
    }

    fn unit(&self, i: usize) -> &Unit {
        &self.units.units[i]
    }

    fn push(&mut self, element: Element, i: usize) -> usize {
        self.out.list.push((element, i));
        i + 1
    }

    fn step(&mut self, i: usize) -> usize {
        let unit = self.unit(i);
        let word = unit.word;
        match unit.tag {
            Tag::Modal | Tag::Be | Tag::Have | Tag::Do | Tag::To | Tag::Verb(_) => self.verb_group(i),
            Tag::Not => self.not(i),
            Tag::Prep => self.push(Element::Prep(word), i),
            Tag::Relative => self.push(Element::Relative(word), i),
            Tag::That => self.push(Element::That, i),
            Tag::Sub => self.push(Element::Sub(word), i),
            Tag::Conj => self.push(Element::Conj(word), i),
            Tag::But => self.push(Element::But, i),
            Tag::Comma => self.push(Element::Comma, i),
            Tag::Colon if self.labels(i) => self.push(Element::Semicolon, i),
            Tag::Colon | Tag::Dash => self.push(Element::Break, i),
            Tag::Semicolon => self.push(Element::Semicolon, i),
            Tag::Adv => self.adverb(i),
            // "the railway, first proposed by Kenya": when, and nothing that could be counted.
            Tag::Ordinal if matches!(self.tag(i + 1), Some(Tag::Verb(Form::PastOrParticiple | Form::Participle))) => {
                self.push(Element::Adv(word), i)
            }
            Tag::Value if self.date(i).is_some() && !self.dated_noun(i) => {
                let value = self.date(i).unwrap_or_default();
                self.push(Element::Date(value), i)
            }
            Tag::Det
            | Tag::Its
            | Tag::Pronoun
            | Tag::Adj
            | Tag::Ordinal
            | Tag::Number
            | Tag::Noun
            | Tag::Name
            | Tag::Office(_)
            | Tag::Value => self.phrase(i),
            Tag::Possessive | Tag::Open | Tag::Close | Tag::Quote | Tag::Stop | Tag::Sign => i + 1,
        }
    }

    /// "not" before a noun phrase or a participle; before a verb it belongs to the verb.
    fn not(&mut self, i: usize) -> usize {
        match self.tag(i + 1) {
            Some(Tag::Verb(_) | Tag::Modal | Tag::Be | Tag::Have | Tag::Do | Tag::To) => self.verb_group(i),
            _ => self.push(Element::Not, i),
        }
    }

    fn adverb(&mut self, i: usize) -> usize {
        // "nearly five", "roughly 60" open a phrase.
        match self.tag(i + 1) {
            Some(Tag::Number) => self.phrase(i + 1),
            _ => {
                let word = self.unit(i).word;
                self.push(Element::Adv(word), i)
            }
        }
    }

    fn date(&self, i: usize) -> Option<usize> {
        let value = self.unit(i).value? as usize;
        matches!(self.units.values[value].kind, ValueKind::Date(_)).then_some(value)
    }

    /// A date that stands before a noun as its modifier: "a 2022 contract", "the December summit", "the 1995 Mekong Agreement".
    fn dated_noun(&self, i: usize) -> bool {
        let year = |v: &ValueKind| matches!(v, ValueKind::Date(date) if date.month.is_none());
        let article = i > 0 && matches!(self.tag(i - 1), Some(Tag::Det | Tag::Its | Tag::Possessive));
        if article && self.tag(i + 1) == Some(Tag::Name) {
            return self.unit(i).value.is_some_and(|v| year(&self.units.values[v as usize].kind));
        }
        matches!(self.tag(i + 1), Some(Tag::Noun | Tag::Adj))
            && (i == 0 || matches!(self.tag(i - 1), Some(Tag::Det | Tag::Its | Tag::Possessive | Tag::Adj | Tag::Ordinal)))
    }

    /// "Peru: The government has": a name before the colon that opens a sentence, and a clause behind it.
    fn labels(&self, colon: usize) -> bool {
        let before = (0..colon).all(|i| matches!(self.tag(i), Some(Tag::Name | Tag::Det | Tag::Conj | Tag::Comma)));
        let subject = matches!(self.tag(colon + 1), Some(Tag::Det | Tag::Its | Tag::Noun | Tag::Adj | Tag::Number | Tag::Prep));
        let verb = |tag: Tag| matches!(tag, Tag::Be | Tag::Have | Tag::Modal | Tag::Verb(Form::Present | Form::Past));
        let rest = self.units.units[colon + 1..].iter().map(|u| u.tag);
        let clause = rest.take_while(|t| !matches!(t, Tag::Relative | Tag::That | Tag::Semicolon | Tag::Comma)).any(verb);
        (1..=4).contains(&colon) && before && subject && clause
    }

    fn phrase(&mut self, start: usize) -> usize {
        let start = self.behind_span(start);
        if self.tag(start) == Some(Tag::Pronoun) {
            self.out.phrases.push(Phrase { units: start..start + 1, head: start, pronoun: true, ..Phrase::default() });
            let index = self.out.phrases.len() - 1;
            return self.push(Element::Phrase(index), start);
        }
        let mut phrase = Phrase { units: start..start, head: usize::MAX, ..Phrase::default() };
        let mut i = start;
        while let Some(tag) = self.tag(i) {
            match tag {
                // "all the ports", "its other members".
                Tag::Det | Tag::Its
                    if i == start
                        || matches!(self.tag(i - 1), Some(Tag::Det | Tag::Its))
                        || i == start + 1 && self.is_half(start) =>
                {
                    phrase.determiner = self.determiner(i, phrase.determiner)
                }
                // "the consortium CBC two months later": a number in words stands before what it counts.
                Tag::Number if i > start && self.tag(i - 1) == Some(Tag::Name) && self.number_word(i) => break,
                Tag::Number => {
                    phrase.number = self.number(i).or(phrase.number);
                    phrase.head = i;
                }
                // "takes lorries from Zambia straight into": what follows its noun is not the noun's.
                Tag::Adj if i > start && matches!(self.tag(i - 1), Some(Tag::Name | Tag::Noun)) && self.trails(i) => break,
                Tag::Ordinal | Tag::Adj => {}
                // "the western one", of several ways that were just spoken of.
                Tag::Pronoun if self.stands_in(start, i) => {
                    phrase.head = i;
                    i += 1;
                    break;
                }
                Tag::Adv if matches!(self.tag(i + 1), Some(Tag::Adj | Tag::Number)) && i > start => {}
                // "11 more countries".
                Tag::Adv if matches!(self.tag(i + 1), Some(Tag::Noun)) && i > start && self.tag(i - 1) == Some(Tag::Number) => {}
                Tag::Name if i > start && self.starts_anew(i) => break,
                Tag::Noun | Tag::Name if i == start + 1 && self.ends_first_object(i) => break,
                Tag::Office(_) if i > start && (self.someone_acts(i) || self.is_made_holder(start, i)) => break,
                Tag::Noun | Tag::Name | Tag::Office(_) => phrase.head = i,
                Tag::Comma if phrase.head == usize::MAX && i > start && self.joins_adjectives(i) => {}
                Tag::Comma if self.joins_measures(start, i) => phrase.head = usize::MAX,
                Tag::Comma | Tag::Conj if i > start + 1 && self.joins_modes(i) => {}
                Tag::Conj if i > start && self.joins_peoples(i) => {}
                Tag::Conj if self.joins_adjectives(i) || i > start + 1 && self.joins_modifiers(i) => {}
                Tag::Value
                    if self.date(i).is_some()
                        && !(i > start && matches!(self.tag(i + 1), Some(Tag::Noun | Tag::Adj)) || self.dated_noun(i)) =>
                {
                    break;
                }
                Tag::Value if self.second_object(start, i) => break,
                Tag::Value => phrase.head = i,
                Tag::Quote if i > start && matches!(self.tag(i + 1), Some(Tag::Noun | Tag::Name | Tag::Adj)) => {}
                Tag::Open if phrase.head != usize::MAX => match self.bracket(i) {
                    Some((inner, end)) => {
                        phrase.bracket = Some(inner);
                        i = end;
                        if !matches!(self.tag(i), Some(Tag::Noun)) {
                            break;
                        }
                        continue;
                    }
                    None => break,
                },
                Tag::Prep => match self.holder_behind(start, i) {
                    Some(holder) => {
                        phrase.head = holder;
                        i = holder + 1;
                        break;
                    }
                    None => break,
                },
                _ => break,
            }
            i += 1;
        }
        if phrase.head == usize::MAX {
            // Modifiers without a noun: a determiner alone points ("some", "each"), an adjective is said of something.
            return self.headless(start, i, phrase);
        }
        phrase.units = start..i;
        phrase.determiner_only = self.tag(start) == Some(Tag::Its) && self.lexicon.form(self.unit(phrase.head).word) == "own";
        phrase.temporal = self.lexicon.times().contains(&self.unit(phrase.head).word);
        phrase.title = matches!(self.tag(phrase.head), Some(Tag::Office(_)));
        phrase.measure = matches!(self.tag(phrase.head), Some(Tag::Value | Tag::Number));
        phrase.plural = self.is_plural(phrase.head);
        let chained = |u: usize| self.unit(u).name.is_some_and(|n| !self.units.names[n as usize].links.is_empty());
        phrase.chain = phrase.head > start && self.tag(phrase.head) == Some(Tag::Noun) && (start..phrase.head).any(chained);
        self.finish(phrase, start, i)
    }

    /// "two days of talks": how long a happening went on is not what was held. The unit behind "of".
    fn behind_span(&self, start: usize) -> usize {
        let number = usize::from(self.tag(start) == Some(Tag::Number));
        let time = |u: usize| self.tag(u) == Some(Tag::Noun) && self.lexicon.times().contains(&self.unit(u).word);
        let of = |u: usize| self.tag(u) == Some(Tag::Prep) && self.unit(u).word == self.lexicon.name_words.of;
        let mut noun = start + 3;
        while matches!(self.tag(noun), Some(Tag::Adj)) {
            noun += 1;
        }
        let happening = self.tag(noun) == Some(Tag::Noun)
            && self.lexicon.head(self.unit(noun).word).is_some_and(|h| Some(h.node_type) == self.lexicon.event_type());
        if number == 1 && time(start + 1) && of(start + 2) && happening { start + 3 } else { start }
    }

    /// "the Zambian and Malawian foreign ministers": two demonyms before offices that somebody holds in each.
    fn joins_peoples(&self, conj: usize) -> bool {
        let people = |at: usize| {
            let name = self.unit(at).name.and_then(|n| self.units.names.get(n as usize));
            matches!(name.map(|n| &n.kind), Some(NameKind::Known(senses)) if senses.iter().all(|s| s.kind == SenseKind::Demonym))
        };
        let both = self.tag(conj + 1) == Some(Tag::Name) && people(conj - 1) && people(conj + 1);
        let office = |at: usize| matches!(self.tag(at), Some(Tag::Office(_))) && self.is_plural(at);
        both && (office(conj + 2) || self.tag(conj + 2) == Some(Tag::Adj) && office(conj + 3))
    }

    /// "President of Kazakhstan Kassym-Jomart Tokayev", "Chairman of the Board of KTZ Talgat Aldybergenov", "Country Director for Togo
    /// Jane Doe": the unit of a person's name right behind what an office is held in or for, where the office ends before unit `i`. The
    /// whole is one phrase, called by the person.
    fn holder_behind(&self, start: usize, i: usize) -> Option<usize> {
        let small = &self.lexicon.name_words;
        let leads = [small.of, small.for_].contains(&self.unit(i).word);
        if i == start || !matches!(self.tag(i - 1), Some(Tag::Office(_))) || !leads {
            return None;
        }
        let mut at = i + 1;
        while at < i + LONGEST_BODY {
            match self.tag(at)? {
                // "chief executive of the consultancy Littoral Data" is no Mr Data.
                Tag::Name if self.is_person(at) && self.calls_body(at) => return None,
                Tag::Name if self.is_person(at) && matches!(self.tag(at - 1), Some(Tag::Name | Tag::Noun)) => return Some(at),
                Tag::Name | Tag::Noun | Tag::Adj => {}
                Tag::Det if matches!(self.tag(at - 1), Some(Tag::Prep)) => {}
                Tag::Prep if self.unit(at).word == self.lexicon.name_words.of => {}
                _ => return None,
            }
            at += 1;
        }
        None
    }

    /// A name of several words that is in no list and says of no head noun what it is, or that opens with a given name.
    fn is_person(&self, unit: usize) -> bool {
        let Some(name) = self.unit(unit).name.map(|n| &self.units.names[n as usize]) else { return false };
        matches!(name.kind, NameKind::Run { head: None }) && name.links.is_empty() && name.tokens.len() > 1
    }

    /// "the western one", "the Ugandan one".
    fn stands_in(&self, start: usize, i: usize) -> bool {
        i > start + 1
            && self.tag(start) == Some(Tag::Det)
            && (matches!(self.tag(i - 1), Some(Tag::Adj | Tag::Ordinal))
                // "the Ugandan one by a contractor", but not "on the Serbian border, … on the Greek one".
                || self.tag(i - 1) == Some(Tag::Name) && !matches!(self.out.list.last(), Some((Element::Prep(_), _))))
            && self.lexicon.form(self.unit(i).word) == "one"
    }

    /// "lent Fiji $30 million", "pays its neighbour $2 billion": money right behind a name, before no noun, is an object of its own.
    fn second_object(&self, start: usize, i: usize) -> bool {
        let money = self
            .unit(i)
            .value
            .is_some_and(|v| matches!(self.units.values[v as usize].kind, ValueKind::Money { .. } | ValueKind::Percent));
        // "carries gas 4,100 km through Niger": how far is no more than the gas.
        let ends = matches!(self.tag(i + 1), None | Some(Tag::Prep | Tag::Comma | Tag::Stop | Tag::Adv | Tag::Conj));
        let quantity =
            self.unit(i).value.is_some_and(|v| matches!(self.units.values[v as usize].kind, ValueKind::Quantity { .. }));
        if quantity && i > start && ends && matches!(self.tag(i - 1), Some(Tag::Noun | Tag::Name)) {
            return true;
        }
        money
            && i > start
            && (self.tag(i - 1) == Some(Tag::Name) || self.tag(i - 1) == Some(Tag::Noun) && self.tag(start) == Some(Tag::Its))
            && !matches!(self.tag(i + 1), Some(Tag::Noun | Tag::Name | Tag::Adj))
    }

    /// An adjective behind which the phrase does not go on.
    fn trails(&self, i: usize) -> bool {
        !matches!(
            self.tag(i + 1),
            Some(Tag::Noun | Tag::Name | Tag::Adj | Tag::Number | Tag::Ordinal | Tag::Value | Tag::Office(_) | Tag::Conj)
        )
    }

    /// "would give Serbia access to gas", "sells Iraq gas": behind a verb with two objects and a name without an article a bare noun, alone,
    /// is the second.
    fn ends_first_object(&self, i: usize) -> bool {
        let Some(verb) = i.checked_sub(2).map(|at| self.unit(at)).filter(|u| matches!(u.tag, Tag::Verb(_))) else { return false };
        let bare = match self.tag(i) {
            Some(Tag::Name) => is_common_name(self.units, self.unit(i)),
            _ => {
                self.lexicon.word(self.unit(i).word).classes
                    & (class::HEAD | class::HEAD_PLURAL | class::COLLECTIVE | class::STATE_BODY)
                    == 0
            }
        };
        let proper = self.tag(i - 1) == Some(Tag::Name) && !is_adjective(self.units, self.unit(i - 1));
        let alone = matches!(
            self.tag(i + 1),
            None | Some(Tag::Prep | Tag::To | Tag::Comma | Tag::Stop | Tag::Conj | Tag::Semicolon | Tag::Adv)
        );
        self.lexicon.joining.two_objects.contains(&verb.lemma) && bare && proper && alone
    }

    /// A listed name behind a common noun is a phrase of its own, unless the noun says what it is ("the port Alat").
    fn starts_anew(&self, i: usize) -> bool {
        if self.tag(i - 1) != Some(Tag::Noun) {
            return false;
        }
        let Some(name) = self.unit(i).name.map(|n| &self.units.names[n as usize]) else { return false };
        let noun = self.lexicon.head(self.unit(i - 1).word).map(|h| h.node_type);
        if is_common_name(self.units, self.unit(i)) {
            // "world oil", "transit grain" are one phrase.
            return false;
        }
        if self.lexicon.roles().contains(&self.unit(i - 1).word) && self.is_bare_role(i - 1) {
            return true;
        }
        let NameKind::Known(senses) = &name.kind else { return noun.is_none() || self.someone_acts(i) };
        noun.is_none() || !senses.iter().any(|&s| self.lexicon.kind_of(s) == noun)
    }

    /// "during the meeting President Ruto praised", "under the deal Lakeside Rail will": happenings and agreements are not called by what
    /// stands behind their noun, where that has a verb.
    fn someone_acts(&self, i: usize) -> bool {
        let kind = self.lexicon.head(self.unit(i - 1).word).map(|h| h.node_type);
        let mut end = i;
        while matches!(self.tag(end), Some(Tag::Office(_) | Tag::Name)) {
            end += 1;
        }
        kind.is_some()
            && (kind == self.lexicon.event_type() || kind == self.lexicon.agreement_type())
            && matches!(self.tag(end), Some(Tag::Verb(_) | Tag::Modal | Tag::Be | Tag::Have))
    }

    /// "half the cost".
    fn is_half(&self, i: usize) -> bool {
        self.tag(i) == Some(Tag::Noun) && self.lexicon.form(self.unit(i).word) == "half"
    }

    /// "green and digital growth", "a greater and more lasting presence", "a large, modern hub".
    fn joins_adjectives(&self, i: usize) -> bool {
        let next = i + 1 + usize::from(self.tag(i + 1) == Some(Tag::Adv));
        i > 0
            && self.tag(i - 1) == Some(Tag::Adj)
            && self.tag(next) == Some(Tag::Adj)
            && matches!(self.tag(next + 1), Some(Tag::Noun | Tag::Adj | Tag::Name))
    }

    /// "a $1bn, 1,500km pipeline": amounts behind an article, and the noun that they are said of.
    fn joins_measures(&self, start: usize, i: usize) -> bool {
        matches!(self.tag(start), Some(Tag::Det | Tag::Its))
            && (start + 1..i).all(|at| matches!(self.tag(at), Some(Tag::Value | Tag::Adj | Tag::Comma)))
            && self.tag(i - 1) == Some(Tag::Value)
            && matches!(self.tag(i + 1), Some(Tag::Value | Tag::Adj))
            && matches!(self.tag(i + 2), Some(Tag::Noun | Tag::Name | Tag::Adj))
    }

    /// "the Middle Corridor trade and transportation route", "the construction and maintenance agreement": nouns that are no heads,
    /// before one that is.
    fn joins_modifiers(&self, i: usize) -> bool {
        let is_head = |i: usize| self.lexicon.head(self.unit(i).word).is_some_and(|h| !h.name_only);
        let noun = |i: usize| self.tag(i) == Some(Tag::Noun);
        let site = noun(i + 2) && is_head(i + 2);
        // "the copper and gold mine".
        let goods = |i: usize| self.tag(i) == Some(Tag::Name) && is_common_name(self.units, self.unit(i));
        let mined = goods(i - 1) && goods(i + 1) && matches!(self.tag(i - 2), Some(Tag::Det | Tag::Its | Tag::Adj));
        site && (noun(i - 1) && !is_head(i - 1) && noun(i + 1) && !is_head(i + 1) || mined && !self.is_plural(i + 2))
    }

    /// "a road, rail and sea link": each of them says by what one goes along the way that the noun behind the last is for.
    fn joins_modes(&self, i: usize) -> bool {
        let mode = |i: usize| {
            let noun = matches!(self.tag(i), Some(Tag::Noun | Tag::Name)) && !self.is_plural(i);
            noun && self.lexicon.route_words.modes.contains(&self.unit(i).word)
        };
        let way = |i: usize| {
            let head = self.lexicon.head(self.unit(i).word).filter(|_| self.tag(i) == Some(Tag::Noun));
            head.is_some_and(|h| Some(h.node_type) == self.lexicon.way_type() && !h.name_only)
        };
        let (mut at, mut joined) = (i, false);
        while mode(at - 1) && mode(at + 1) {
            joined |= self.tag(at) == Some(Tag::Conj);
            at += 2;
            match self.tag(at) {
                Some(Tag::Comma) if self.tag(at + 1) != Some(Tag::Conj) => {}
                Some(Tag::Conj) => {}
                Some(Tag::Noun) => return joined && way(at),
                _ => return false,
            }
        }
        false
    }

    fn is_plural(&self, unit: usize) -> bool {
        let word = self.unit(unit).word;
        let listed = class::HEAD_PLURAL | class::COLLECTIVE;
        let form = self.lexicon.form(word);
        if matches!(self.tag(unit), Some(Tag::Office(_))) && self.unit(unit).tokens.len() > 2 {
            // "Minister of Ports": there are several ports, and one minister; "transport ministers" are several.
            return false;
        }
        self.lexicon.word(word).classes & listed != 0
            || (form.ends_with('s') && !form.ends_with("ss") && matches!(self.tag(unit), Some(Tag::Noun | Tag::Office(_))))
    }

    fn headless(&mut self, start: usize, end: usize, mut phrase: Phrase) -> usize {
        match self.tag(start) {
            Some(Tag::Adj) => {
                let word = self.unit(start).word;
                self.push(Element::Adj(word), start)
            }
            Some(Tag::Det | Tag::Its | Tag::Ordinal) => {
                phrase.units = start..end.max(start + 1);
                phrase.head = phrase.units.end - 1;
                phrase.pronoun = true;
                phrase.determiner_only = true;
                let end = phrase.units.end;
                self.finish(phrase, start, end)
            }
            _ => start + 1,
        }
    }

    fn finish(&mut self, phrase: Phrase, start: usize, end: usize) -> usize {
        let made = self.made_holder(start).filter(|_| phrase.title);
        self.out.phrases.push(Phrase { renames: made, ..phrase });
        let index = self.out.phrases.len() - 1;
        if self.tag(end) == Some(Tag::Possessive)
            && matches!(
                self.tag(end + 1),
                Some(
                    Tag::Adj
                        | Tag::Ordinal
                        | Tag::Number
                        | Tag::Noun
                        | Tag::Name
                        | Tag::Office(_)
                        | Tag::Value
                        | Tag::Quote
                        | Tag::Verb(Form::Ing)
                )
            )
        {
            let mut next = end + 1;
            while self.tag(next) == Some(Tag::Quote) {
                next += 1;
            }
            let before = self.out.phrases.len();
            let after = self.phrase(next);
            // The phrase that the possessor belongs to: the last one read.
            if self.out.phrases.len() > before {
                if let Some(owned) = self.out.phrases.get_mut(before) {
                    owned.possessor = Some(index);
                }
                return after;
            }
        }
        self.out.list.push((Element::Phrase(index), start));
        end
    }

    fn determiner(&self, i: usize, before: Determiner) -> Determiner {
        if self.tag(i) == Some(Tag::Its) {
            return Determiner::Its;
        }
        match self.lexicon.form(self.unit(i).word) {
            "the" if before == Determiner::All => Determiner::All,
            "the" => Determiner::The,
            "a" | "an" | "another" | "any" | "some" | "several" => Determiner::Indefinite,
            "this" | "that" | "these" | "those" | "such" => Determiner::This,
            "no" | "neither" | "none" => Determiner::No,
            "all" | "both" | "each" | "every" | "either" => Determiner::All,
            _ => before,
        }
    }

    fn number_word(&self, i: usize) -> bool {
        self.lexicon.word(self.unit(i).word).classes & class::NUMBER != 0
    }

    fn number(&self, i: usize) -> Option<u32> {
        let unit = self.unit(i);
        let word = self.lexicon.word(unit.word);
        if word.classes & class::NUMBER != 0 {
            return Some(u32::from(word.number));
        }
        match self.units.values.get(unit.value? as usize)?.kind {
            ValueKind::Number(n) if n.fract() == 0.0 && (0.0..1e6).contains(&n) => Some(n as u32),
            _ => None,
        }
    }

    /// "(ADB)": one name, noun or value in brackets; its unit and the unit behind the bracket.
    fn bracket(&self, open: usize) -> Option<(usize, usize)> {
        let mut inner = open + 1;
        let mut end = open + 1;
        while let Some(tag) = self.tag(end) {
            match tag {
                Tag::Close => return (end > inner && end <= open + 5).then_some((inner, end + 1)),
                // `("IRC")`, "(the Bank)": what stands before the name; a quote behind it closes.
                Tag::Quote | Tag::Det if inner == end => inner = end + 1,
                Tag::Quote => {}
                Tag::Name | Tag::Noun | Tag::Value | Tag::Number => {}
                _ => return None,
            }
            end += 1;
        }
        None
    }

    /// "(from A to B)", "(A to B)", "(245 km, A to B)": the bracket says where a way goes.
    fn holds_ends(&self, open: usize) -> bool {
        let words = &self.lexicon.route_words;
        let (mut names, mut goes) = (0, false);
        for i in open + 1..(open + 16).min(self.units.units.len()) {
            let word = self.unit(i).word;
            match self.unit(i).tag {
                Tag::Close => return names > 1 && goes,
                Tag::Name => names += 1,
                Tag::Prep => goes |= words.goes_on.contains(&word) || words.pairs.contains(&word),
                Tag::Value | Tag::Number | Tag::Comma | Tag::Det | Tag::Conj | Tag::Noun | Tag::Adj => {}
                _ => return false,
            }
        }
        false
    }

    /// "(which Kenya built)", "(built by Kenya)": the bracket says what commas could.
    fn holds_clause(&self, open: usize) -> bool {
        let behind_noun = open > 0 && matches!(self.tag(open - 1), Some(Tag::Noun | Tag::Name));
        let opens = match self.tag(open + 1) {
            Some(Tag::Relative) => true,
            Some(Tag::Verb(Form::PastOrParticiple | Form::Participle)) => self.tag(open + 2) == Some(Tag::Prep),
            _ => false,
        };
        let inside = (open + 2..(open + 30).min(self.units.units.len())).map(|i| self.unit(i).tag);
        let mut closes = inside.skip_while(|tag| !matches!(tag, Tag::Close | Tag::Open | Tag::Semicolon | Tag::Colon));
        behind_noun && opens && closes.next() == Some(Tag::Close)
    }

    fn open_bracket(&mut self, i: usize) {
        self.push(Element::Comma, i);
        self.out.brackets.push(i);
        self.open = true;
    }

    fn close_bracket(&mut self, i: usize) {
        self.open = false;
        if !matches!(self.tag(i + 1), None | Some(Tag::Comma | Tag::Stop | Tag::Semicolon | Tag::Colon)) {
            self.push(Element::Comma, i);
        }
    }
}
