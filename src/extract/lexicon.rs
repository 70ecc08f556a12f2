//! The words and names of a schema, compiled for one pass over tokens.
//!
//! Every inflected form gets a small id and a [`Word`] that says what it may be;
//! names are paths of a [`Trie`]. Built once from the schema and its patterns, then only
//! read. Deciding what a word *is* in its sentence is `unit`'s work.

mod verbs;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::Mode;
use crate::schema::patterns::{Parts, Patterns};
use crate::schema::words::Verbs;
use crate::schema::{NodeTypeId, Schema};

use super::known::{Known, RULED};
use super::name_words::NameWords;
use super::route_words::RouteWords;
use super::token::Token;
use super::trie::{Trie, case_of};
use super::wordset::WordSet;

pub use super::token::WordId;
pub use super::trie::{Case, Sense, SenseKind};

/// The names of the compiled-in schema, as the build script entered them.
static NAMES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/names.snapshot"));

/// No word that the lexicon knows.
pub const UNKNOWN: WordId = 0;

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:expr;)*) => {
        $($(#[$doc])* pub const $name: u32 = 1 << $bit;)*
    };
}

/// What a word may be; a word may be several.
pub mod class {
    classes! {
        /// Opens a noun phrase.
        DET = 0;
        /// "its", "their".
        POSSESSIVE = 1;
        /// Stands for a noun phrase.
        PRONOUN = 2;
        /// "which", "who", "that".
        RELATIVE = 3;
        /// "and", "or".
        CONJ = 4;
        /// "but".
        BUT = 5;
        /// "while", "because".
        SUB = 6;
        /// Governs a noun phrase.
        PREP = 7;
        /// Says when, how, how surely.
        ADV = 8;
        /// "will", "may".
        MODAL = 9;
        /// A form of "be".
        BE = 10;
        /// A form of "have".
        HAVE = 11;
        /// A form of "do".
        DO = 12;
        /// "not", "never".
        NEG = 13;
        /// Before a noun or after "be".
        ADJ = 14;
        /// "first".
        ORDINAL = 15;
        /// "five".
        NUMBER = 16;
        /// "January".
        MONTH = 17;
        /// "Monday".
        WEEKDAY = 18;
        /// No sentence ends at its full stop.
        ABBREVIATION = 19;
        /// Base form of a verb.
        VERB_BASE = 20;
        /// "builds".
        VERB_S = 21;
        /// "built", "took".
        VERB_PAST = 22;
        /// "built", "taken".
        VERB_PARTICIPLE = 23;
        /// "building".
        VERB_ING = 24;
        /// A verb form that is a noun as often.
        NOUN_TOO = 25;
        /// Head noun of a node type, singular.
        HEAD = 26;
        /// Head noun, plural.
        HEAD_PLURAL = 27;
        /// "states", "sides": makes a group.
        COLLECTIVE = 28;
        /// "government", "president": the state itself.
        STATE_BODY = 29;
        /// Before a hyphen it makes a word of what follows: "trans-".
        PREFIX = 30;
        /// A noun that triggers frames or modes.
        TRIGGER_NOUN = 31;
    }
    /// Any verb form.
    pub const VERB: u32 = VERB_BASE | VERB_S | VERB_PAST | VERB_PARTICIPLE | VERB_ING;
}

/// What the lexicon knows of a word form.
#[derive(Debug, Clone, Copy, Default)]
pub struct Word {
    /// Bits of [`class`].
    pub classes: u32,
    /// The verb's lemma, as the id of its base form.
    pub lemma: WordId,
    /// Index into [`Lexicon::heads`], plus one.
    pub head: u16,
    /// For number words.
    pub number: u16,
    /// The mode that it makes as modal, governor or adverb.
    pub mode: Option<Mode>,
    /// The mode that it makes as a noun.
    pub noun_mode: Option<Mode>,
}

/// A head noun.
#[derive(Debug, Clone)]
pub struct Head {
    /// The node type it makes.
    pub node_type: NodeTypeId,
    /// The `kind` it implies.
    pub kind: Option<String>,
    /// Alone it points back.
    pub anaphor: bool,
    /// A phrase without a name may be a node.
    pub bare: bool,
    /// Names a part.
    pub part: bool,
    /// Only as the end of a proper name.
    pub name_only: bool,
    /// The node type with a name before it, if another.
    pub named: Option<NodeTypeId>,
    /// The node type with an ordinal before it, if another.
    pub numbered: Option<NodeTypeId>,
    /// What it is where it is built or paid for.
    pub built: Option<NodeTypeId>,
}

/// Where an office is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Office {
    /// In a state or in the body named.
    State,
    /// In an organisation.
    Body,
    /// Either.
    Both,
    /// A trade: marks a person only.
    Trade,
}

/// See the module's text.
#[derive(Debug)]
pub struct Lexicon {
    words: Vec<Word>,
    /// Names and phrases; its forms are the words.
    names: Trie,
    /// Forms that the grammar asks for by name.
    pub known: Known,
    /// Words that the tagger has rules of their own for.
    pub(super) ruled: WordSet,
    /// Words that join lists.
    pub joining: super::joining::Joining,
    telling: Vec<WordId>,
    discussing: Vec<WordId>,
    controlling: Vec<WordId>,
    excluding: Vec<WordId>,
    giving: Vec<WordId>,
    rests: Vec<WordId>,
    roles: FxHashSet<WordId>,
    /// Heads of names only, where the word is another thing's plural ("Kenya Railways").
    name_heads: FxHashMap<WordId, u16>,
    times: Vec<WordId>,
    saying: Vec<WordId>,
    clausal: FxHashSet<WordId>,
    wanting: Vec<WordId>,
    way_type: Option<NodeTypeId>,
    made: Vec<NodeTypeId>,
    body_type: Option<NodeTypeId>,
    event_type: Option<NodeTypeId>,
    goods_type: Option<NodeTypeId>,
    /// Nouns for undertakings that a way may be called by.
    schemes: WordSet,
    state_type: Option<NodeTypeId>,
    agreement_type: Option<NodeTypeId>,
    area_types: [Option<NodeTypeId>; 2],
    place_type: Option<NodeTypeId>,
    /// Nouns for places that are no heads of names: "capital".
    seats: Vec<WordId>,
    /// Head nouns.
    pub heads: Vec<Head>,
    /// Offices by index of their senses: the office's words and where it is held.
    pub offices: Vec<(String, Office)>,
    /// What words may begin.
    pub openings: super::opening::Openings,
    /// Of which words titles of office are built.
    pub titles: super::title::Titles,
    makers: Vec<WordId>,
    given_names: FxHashSet<WordId>,
    parliaments: Vec<WordId>,
    acting: Vec<WordId>,
    common_endings: Vec<Box<str>>,
    /// Small words that names hold.
    pub name_words: NameWords,
    /// Prepositions of ways.
    pub route_words: RouteWords,
}

impl Lexicon {
    /// Compiles schema and patterns. O(names).
    #[must_use]
    pub fn new(schema: &Schema, patterns: &Patterns) -> Self {
        let names = names_of(schema);
        let mut lexicon = Self {
            words: vec![Word::default(); names.forms().len() + 1],
            names,
            known: Known::default(),
            ruled: WordSet::default(),
            joining: super::joining::Joining::default(),
            telling: Vec::new(),
            discussing: Vec::new(),
            controlling: Vec::new(),
            excluding: Vec::new(),
            giving: Vec::new(),
            rests: Vec::new(),
            roles: FxHashSet::default(),
            name_heads: FxHashMap::default(),
            times: Vec::new(),
            saying: Vec::new(),
            clausal: FxHashSet::default(),
            wanting: Vec::new(),
            body_type: patterns.parts.organisation.as_deref().and_then(|n| schema.node_type(n)),
            way_type: patterns.parts.way.as_deref().and_then(|n| schema.node_type(n)),
            made: made_types(schema, &patterns.parts),
            event_type: patterns.parts.event.as_deref().and_then(|n| schema.node_type(n)),
            state_type: patterns.parts.state.as_deref().and_then(|n| schema.node_type(n)),
            schemes: WordSet::default(),
            goods_type: patterns.parts.commodity.as_deref().and_then(|n| schema.node_type(n)),
            agreement_type: patterns.parts.agreement.as_deref().and_then(|n| schema.node_type(n)),
            area_types: [&patterns.parts.state, &patterns.parts.region].map(|n| n.as_deref().and_then(|n| schema.node_type(n))),
            place_type: patterns.parts.place.as_deref().and_then(|n| schema.node_type(n)),
            seats: Vec::new(),
            heads: Vec::new(),
            offices: Vec::new(),
            openings: super::opening::Openings::default(),
            titles: super::title::Titles::default(),
            makers: Vec::new(),
            given_names: FxHashSet::default(),
            parliaments: Vec::new(),
            acting: Vec::new(),
            common_endings: patterns.words.common_endings.split_whitespace().map(Into::into).collect(),
            name_words: NameWords::default(),
            route_words: RouteWords::default(),
        };
        lexicon.known = Known::new(&mut lexicon);
        lexicon.ruled = RULED.iter().map(|w| lexicon.intern(w)).collect();
        lexicon.seats = patterns.heads.seats.split_whitespace().map(|w| lexicon.intern(w)).collect();
        lexicon.name_words = NameWords::new(&mut lexicon, &patterns.words);
        lexicon.schemes = patterns.heads.also_ways.split_whitespace().map(|w| lexicon.intern(w)).collect();
        lexicon.route_words = RouteWords::new(&mut lexicon, &patterns.words, &patterns.heads.kind_by);
        lexicon.add_words(patterns);
        lexicon.parliaments = patterns.heads.acting_for_state.split_whitespace().map(|w| lexicon.intern(w)).collect();
        lexicon.acting = patterns.parts.acting.split_whitespace().map(|w| lexicon.intern(w)).collect();
        lexicon.saying = patterns.parts.saying.split_whitespace().map(|w| lexicon.intern(w)).collect();
        lexicon.telling = patterns.words.telling.split_whitespace().map(|w| lexicon.intern(w)).collect();
        lexicon.discussing = patterns.words.discussing.split_whitespace().map(|w| lexicon.intern(w)).collect();
        lexicon.excluding = patterns.words.excluding.iter().map(|w| lexicon.add_form(w)).collect();
        lexicon.controlling = patterns.words.controlling.split_whitespace().map(|w| lexicon.intern(w)).collect();
        lexicon.giving = patterns.words.giving.split_whitespace().map(|w| lexicon.intern(w)).collect();
        lexicon.wanting = patterns.words.wanting.split_whitespace().map(|w| lexicon.intern(w)).collect();
        let clausal = [&patterns.parts.saying, &patterns.words.reporting, &patterns.words.clausal];
        lexicon.clausal = clausal.iter().flat_map(|w| w.split_whitespace()).map(|w| lexicon.intern(w)).collect();
        for calling in patterns.words.callings.split_whitespace() {
            let id = lexicon.intern(calling);
            lexicon.roles.insert(id);
        }
        lexicon.rests = patterns.words.rests.split_whitespace().map(|w| lexicon.intern(w)).collect();
        lexicon.times = patterns.words.times.split_whitespace().map(|w| lexicon.intern(w)).collect();
        lexicon.joining = super::joining::Joining::new(&mut lexicon, patterns);
        lexicon.add_verbs(&patterns.verbs);
        lexicon.add_heads(schema, patterns);
        lexicon.add_modes(patterns);
        lexicon.add_offices(patterns);
        lexicon.add_triggers(patterns);
        lexicon.openings.add(lexicon.joining.contractions.keys(), super::opening::CONTRACTION);
        lexicon.openings.add(lexicon.joining.which_month.iter(), super::opening::WHICH_MONTH);
        lexicon.titles.note(&mut lexicon.openings);
        lexicon
    }

    /// The id of a word form as the tokeniser folds it; [`UNKNOWN`] if there is none.
    #[must_use]
    pub fn id(&self, form: &str) -> WordId {
        self.names.forms().get(form).map_or(UNKNOWN, |number| number + 1)
    }

    /// What is known of a word.
    #[must_use]
    pub fn word(&self, id: WordId) -> &Word {
        self.words.get(id as usize).unwrap_or(&self.words[0])
    }

    /// Nouns for what is left of a sum.
    #[must_use]
    pub fn rests(&self) -> &[WordId] {
        &self.rests
    }

    /// Nouns that say what something is to another: those of frames that are said of something.
    #[must_use]
    pub fn roles(&self) -> &FxHashSet<WordId> {
        &self.roles
    }

    /// Nouns of time.
    #[must_use]
    pub fn times(&self) -> &[WordId] {
        &self.times
    }

    /// A word that persons are called by.
    #[must_use]
    pub fn is_given_name(&self, word: WordId) -> bool {
        self.given_names.contains(&word)
    }

    /// Bodies that bind their state.
    pub fn parliaments(&self) -> &[WordId] {
        &self.parliaments
    }

    /// Lemmas of verbs that only bodies and states are the subjects of.
    #[must_use]
    pub fn acting(&self) -> &[WordId] {
        &self.acting
    }

    /// A word of no list that ends so is a common noun or an adverb.
    #[must_use]
    pub fn ends_as_common(&self, word: &str) -> bool {
        self.common_endings.iter().any(|ending| word.ends_with(&**ending))
    }

    /// Lemmas of verbs that make their object the holder of an office.
    pub fn makers(&self) -> &[WordId] {
        &self.makers
    }

    /// The node type of ways.
    #[must_use]
    pub fn way_type(&self) -> Option<NodeTypeId> {
        self.way_type
    }

    /// Whether things of this type are made or held: ways, agreements, undertakings, happenings.
    #[must_use]
    pub fn is_made(&self, kind: NodeTypeId) -> bool {
        self.made.contains(&kind)
    }

    /// The node type of bodies.
    #[must_use]
    pub fn body_type(&self) -> Option<NodeTypeId> {
        self.body_type
    }

    /// A noun for a place: "port", "capital".
    #[must_use]
    pub fn is_spot(&self, word: WordId) -> bool {
        self.seats.contains(&word) || self.head(word).is_some_and(|h| Some(h.node_type) == self.place_type)
    }

    /// The node type of states.
    #[must_use]
    pub fn state_type(&self) -> Option<NodeTypeId> {
        self.state_type
    }

    /// The type of towns and ports.
    #[must_use]
    pub fn place_type(&self) -> Option<NodeTypeId> {
        self.place_type
    }

    /// The types of towns and of areas.
    pub(super) fn ground_types(&self) -> [Option<NodeTypeId>; 2] {
        [self.place_type, self.area_types[1]]
    }

    /// A noun for undertakings that a way may be called by: "project".
    #[must_use]
    pub fn is_scheme(&self, word: WordId) -> bool {
        self.schemes.contains(&word)
    }

    /// The node type of goods.
    #[must_use]
    pub fn goods_type(&self) -> Option<NodeTypeId> {
        self.goods_type
    }

    /// The node type of happenings.
    #[must_use]
    pub fn event_type(&self) -> Option<NodeTypeId> {
        self.event_type
    }

    /// The node type of agreements.
    #[must_use]
    pub fn agreement_type(&self) -> Option<NodeTypeId> {
        self.agreement_type
    }

    /// The sense means a state or a region, by its name.
    #[must_use]
    pub fn is_area(&self, sense: Sense) -> bool {
        sense.kind == SenseKind::Name && self.kind_of(sense).is_some_and(|kind| self.area_types.contains(&Some(kind)))
    }

    /// Lemmas of verbs that tell somebody something.
    #[must_use]
    pub fn telling(&self) -> &[WordId] {
        &self.telling
    }

    /// How many word forms there are.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a lexicon is never empty")]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// The form of a word, lower case.
    #[must_use]
    pub fn form(&self, id: WordId) -> &str {
        id.checked_sub(1).map_or("", |number| self.names.forms().text(number))
    }

    /// The node type of the entry that a sense means, if it means one.
    #[must_use]
    pub fn kind_of(&self, sense: Sense) -> Option<NodeTypeId> {
        match sense.kind {
            SenseKind::Office | SenseKind::Preposition | SenseKind::Collective | SenseKind::Compound => None,
            SenseKind::Name | SenseKind::Demonym | SenseKind::Metonym | SenseKind::Ambiguous => self.names.kind(sense.entry),
        }
    }

    /// The head noun that a word is.
    #[must_use]
    pub fn head(&self, id: WordId) -> Option<&Head> {
        self.word(id).head.checked_sub(1).and_then(|i| self.heads.get(i as usize))
    }

    /// What a name that ends in this word is.
    #[must_use]
    pub fn name_head(&self, id: WordId) -> Option<&Head> {
        self.name_heads.get(&id).and_then(|&i| self.heads.get(i as usize - 1)).or_else(|| self.head(id))
    }

    /// The longest name or phrase that starts at `tokens[0]`: see [`Trie::longest`].
    #[must_use]
    pub fn longest<'l>(&'l self, tokens: &[Token]) -> Option<(usize, impl Iterator<Item = Sense> + Clone + 'l)> {
        self.names.longest(tokens)
    }

    /// Makes `form` a word, if it is none yet.
    pub fn add_form(&mut self, form: &str) -> WordId {
        self.intern(form)
    }

    pub(super) fn intern(&mut self, form: &str) -> WordId {
        let id = self.names.intern(form);
        if id as usize == self.words.len() {
            self.words.push(Word::default());
        }
        id
    }

    fn class(&mut self, words: &str, class: u32) {
        for word in words.split_whitespace() {
            let id = self.intern(word);
            self.words[id as usize].classes |= class;
        }
    }

    fn add_words(&mut self, patterns: &Patterns) {
        let w = &patterns.words;
        for (words, class) in [
            (&w.determiners, class::DET),
            (&w.possessives, class::POSSESSIVE),
            (&w.pronouns, class::PRONOUN),
            (&w.relatives, class::RELATIVE),
            (&w.conjunctions, class::CONJ),
            (&w.adversatives, class::BUT),
            (&w.subordinators, class::SUB),
            (&w.prepositions, class::PREP),
            (&w.adverbs, class::ADV),
            (&w.modals, class::MODAL),
            (&w.be, class::BE),
            (&w.have, class::HAVE),
            (&w.do_, class::DO),
            (&w.negations, class::NEG),
            (&w.adjectives, class::ADJ),
            (&w.ordinals, class::ORDINAL),
            (&w.numbers, class::NUMBER),
            (&w.months, class::MONTH),
            (&w.month_short, class::MONTH),
            (&w.weekdays, class::WEEKDAY),
            (&w.abbreviations, class::ABBREVIATION),
            (&w.prefixes, class::PREFIX),
            (&patterns.heads.collectives, class::COLLECTIVE),
            (&patterns.heads.state_bodies, class::STATE_BODY),
        ] {
            self.class(words, class);
        }
        for (list, first) in [(&w.months, 1), (&w.month_short, 1)] {
            for (i, word) in list.split_whitespace().enumerate() {
                let id = self.intern(word);
                self.words[id as usize].number = i as u16 + first;
            }
        }
        for (i, word) in w.numbers.split_whitespace().enumerate() {
            // "zero" to "twenty" count up; then come the tens and a hundred.
            let number = if i <= 20 { i } else { (i - 18) * 10 };
            let id = self.intern(word);
            self.words[id as usize].number = number as u16;
        }
        for phrase in &w.prepositional_phrases {
            let preposition = self.intern(phrase);
            self.words[preposition as usize].classes |= class::PREP;
            self.add_path(phrase, Sense { entry: preposition, kind: SenseKind::Preposition, case: Case::Any });
        }
    }

    fn add_verbs(&mut self, verbs: &Verbs) {
        for lemma in verbs.regular.split_whitespace() {
            let (s, past, ing) = inflect(lemma);
            self.verb(lemma, &s, &past, &past, &ing);
            if lemma.len() > 4 && ["al", "el", "ol", "il"].iter().any(|e| lemma.ends_with(e)) {
                // "cancelled" as well as "canceled".
                self.verb(lemma, &s, &format!("{lemma}led"), &format!("{lemma}led"), &format!("{lemma}ling"));
            }
        }
        for entry in &verbs.irregular {
            let mut parts = entry.split_whitespace();
            let (Some(lemma), Some(past), Some(participle)) = (parts.next(), parts.next(), parts.next()) else { continue };
            let (s, _, ing) = inflect(lemma);
            self.verb(lemma, &s, past, participle, parts.next().unwrap_or(&ing));
        }
        for word in verbs.also_nouns.split_whitespace() {
            let (s, ..) = inflect(word);
            for form in [word, &s] {
                let id = self.intern(form);
                self.words[id as usize].classes |= class::NOUN_TOO;
            }
        }
    }

    fn verb(&mut self, lemma: &str, s: &str, past: &str, participle: &str, ing: &str) {
        let lemma_id = self.intern(lemma);
        for (form, class) in [
            (lemma, class::VERB_BASE),
            (s, class::VERB_S),
            (past, class::VERB_PAST),
            (participle, class::VERB_PARTICIPLE),
            (ing, class::VERB_ING),
        ] {
            let id = self.intern(form);
            let word = &mut self.words[id as usize];
            word.classes |= class;
            // A form of two verbs ("found") belongs to the one listed as irregular: those come last.
            word.lemma = lemma_id;
        }
    }

    fn add_heads(&mut self, schema: &Schema, patterns: &Patterns) {
        for head in &patterns.heads.heads {
            let Some(node_type) = schema.node_type(&head.kind_of_node) else { continue };
            self.heads.push(Head {
                node_type,
                kind: head.kind.clone(),
                anaphor: head.anaphor,
                bare: head.bare,
                part: head.part,
                name_only: head.name_only,
                named: head.named.as_deref().and_then(|n| schema.node_type(n)),
                numbered: head.numbered.as_deref().and_then(|n| schema.node_type(n)),
                built: head.built.as_deref().and_then(|n| schema.node_type(n)),
            });
            let index = self.heads.len() as u16;
            for (words, class) in [(&head.words, class::HEAD), (&head.plurals, class::HEAD_PLURAL)] {
                for word in words.split_whitespace() {
                    let id = self.intern(word);
                    let word = &mut self.words[id as usize];
                    let before = word.head.checked_sub(1).map(|at| &self.heads[usize::from(at)]);
                    if before.is_none_or(|b| b.name_only && !head.name_only) {
                        // "Adani Ports" is a body, "the ports of A and B" are places.
                        let names = std::mem::replace(&mut word.head, index);
                        word.classes |= class;
                        if names != 0 {
                            self.name_heads.insert(id, names);
                        }
                    } else if head.name_only {
                        self.name_heads.insert(id, index);
                    }
                }
            }
            for phrase in &head.phrases {
                let id = self.intern(phrase);
                self.words[id as usize].head = index;
                self.words[id as usize].classes |= class::HEAD;
                self.add_path(phrase, Sense { entry: id, kind: SenseKind::Compound, case: Case::Any });
            }
        }
    }

    fn add_modes(&mut self, patterns: &Patterns) {
        let modes = &patterns.modes;
        for set in modes.modals.iter().chain(&modes.governors).chain(&modes.adverbs) {
            for word in set.words.split_whitespace() {
                let id = self.intern(&word.replace('_', " "));
                self.words[id as usize].mode = Some(set.mode);
            }
        }
        for set in &modes.nouns {
            for word in set.words.split_whitespace() {
                let id = self.intern(&word.replace('_', " "));
                let word = &mut self.words[id as usize];
                word.noun_mode = Some(set.mode);
                word.classes |= class::TRIGGER_NOUN;
            }
        }
    }

    fn add_offices(&mut self, patterns: &Patterns) {
        let honorifics = || patterns.offices.honorifics.split_whitespace();
        self.titles = super::title::Titles::new(&patterns.offices, self.offices.len(), |form| self.intern(form));
        self.offices.extend(honorifics().map(|w| (w.to_owned(), Office::Trade)));
        for word in honorifics() {
            self.class(word, class::ABBREVIATION);
        }
        self.given_names = patterns.offices.given_names.split_whitespace().map(|w| self.intern(w)).collect();
        self.makers = patterns.offices.makers.split_whitespace().map(|w| self.intern(w)).collect();
        let mut places: std::collections::BTreeMap<&str, Office> = std::collections::BTreeMap::new();
        for (list, office) in [
            (&patterns.offices.state, Office::State),
            (&patterns.offices.body, Office::Body),
            (&patterns.offices.trade, Office::Trade),
        ] {
            for words in list {
                places
                    .entry(words)
                    .and_modify(|o| *o = if office == Office::Trade { *o } else { Office::Both })
                    .or_insert(office);
            }
        }
        for (words, office) in places {
            self.offices.push((words.to_owned(), office));
            let sense = Sense { entry: self.offices.len() as u32 - 1, kind: SenseKind::Office, case: case_of(words) };
            self.add_path(words, sense);
            let plural = format!("{words}s");
            self.add_path(&plural, sense);
            for last in [words, &plural].iter().filter_map(|w| w.rsplit([' ', '-']).next()) {
                let id = self.intern(last);
                self.words[id as usize].classes |= class::TRIGGER_NOUN;
            }
        }
    }

    fn add_triggers(&mut self, patterns: &Patterns) {
        for frame in &patterns.frames.frames {
            self.class(&frame.nouns, class::TRIGGER_NOUN);
            if frame.from.iter().chain(&frame.to).any(|slot| slot.ends_with("head_of")) {
                for noun in frame.nouns.split_whitespace() {
                    let id = self.intern(noun);
                    self.roles.insert(id);
                }
            }
        }
        for frame in &patterns.frames.frames {
            for words in [&frame.needs, &frame.adjectives] {
                self.class(words, 0);
            }
        }
    }

    pub(super) fn add_path(&mut self, name: &str, sense: Sense) {
        self.names.add(name, sense);
        self.words.resize(self.names.forms().len() + 1, Word::default());
    }
}

/// The types of ways, agreements, undertakings and happenings.
fn made_types(schema: &Schema, parts: &Parts) -> Vec<NodeTypeId> {
    let names = [&parts.way, &parts.agreement, &parts.project, &parts.event];
    names.into_iter().flatten().filter_map(|name| schema.node_type(name)).collect()
}

/// The names of a schema: cut by the build script for the one that is compiled in, cut now for another.
fn names_of(schema: &Schema) -> Trie {
    let (hash, names) = NAMES.split_at(schema.hash.len().min(NAMES.len()));
    let compiled_in = (hash == schema.hash.as_bytes()).then(|| Trie::from_bytes(names)).flatten();
    compiled_in.unwrap_or_else(|| Trie::of(schema))
}

/// The -s, -ed and -ing forms of a regular verb.
fn inflect(lemma: &str) -> (String, String, String) {
    let bytes = lemma.as_bytes();
    let last = bytes.last().copied().unwrap_or(b' ');
    let before = bytes.len().checked_sub(2).map_or(b' ', |i| bytes[i]);
    let vowel = |b: u8| b"aeiou".contains(&b);
    let stem = &lemma[..lemma.len().saturating_sub(1)];
    let s = match last {
        b's' | b'x' | b'z' => format!("{lemma}es"),
        b'h' if before == b'c' || before == b's' => format!("{lemma}es"),
        b'y' if !vowel(before) => format!("{stem}ies"),
        b'o' if !vowel(before) => format!("{lemma}es"),
        _ => format!("{lemma}s"),
    };
    let past = match last {
        b'e' => format!("{lemma}d"),
        b'y' if !vowel(before) => format!("{stem}ied"),
        _ => format!("{lemma}ed"),
    };
    let ing = match last {
        b'e' if before == b'i' => format!("{}ying", &lemma[..lemma.len() - 2]),
        b'e' if before != b'e' && before != b'y' && before != b'o' => format!("{stem}ing"),
        _ => format!("{lemma}ing"),
    };
    (s, past, ing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_compiled_in_are_those_of_the_schema() {
        let schema = Schema::builtin();
        let cut = Trie::of(schema).to_bytes();
        assert_eq!(NAMES, [schema.hash.as_bytes(), &cut].concat(), "the snapshot differs from the schema");
        assert_eq!(Trie::from_bytes(&cut).expect("whole").to_bytes(), cut);
        assert!(Trie::from_bytes(&cut[..cut.len() - 1]).is_none());
    }
}
