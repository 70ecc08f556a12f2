//! Small word sets that linking asks for, compiled from the patterns.

use crate::model::Mode;
use crate::schema::patterns::Patterns;

use super::lexicon::{Lexicon, WordId};
use super::status::mode_of_status;
use super::wordset::WordSet;

/// See the fields.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// "of".
    pub of: WordId,
    /// Prepositions before which a city is a city.
    pub local_prepositions: WordSet,
    /// "our", "my".
    pub speakers_own: WordSet,
    /// "a", "an".
    pub new_articles: WordSet,
    /// "the coast at Kep", "the river near Phnom Penh".
    pub edge_prepositions: WordSet,
    /// Before what somebody speaks, decides or dreams of.
    pub topic_prepositions: WordSet,
    /// Prepositions whose phrases identify what is described ("from A to B").
    pub describing_prepositions: WordSet,
    /// Prepositions that take two ("between A and B").
    pub pair_prepositions: WordSet,
    /// "from": leaders from five states.
    pub from_prepositions: WordSet,
    /// "under its Facility": what something is done under or by way of.
    pub framing_prepositions: WordSet,
    /// "they", "them", "both".
    pub plural_pronouns: WordSet,
    /// "he", "she", "him".
    pub person_pronouns: WordSet,
    /// "his", "her".
    pub person_possessives: WordSet,
    /// "country": behind "his", the state whose office he holds.
    pub homelands: WordSet,
    /// Verbs of which a list below tells what was signed.
    pub enacting: WordSet,
    /// "following": before a noun for what is listed below.
    pub listing: WordSet,
    /// "it", "this", "that".
    pub thing_pronouns: WordSet,
    /// "we", "I": whoever is quoted.
    pub speaker_pronouns: WordSet,
    /// Kinds of ways that say little.
    pub loose_kinds: Vec<String>,
    /// Nouns that are no nodes but point back to a way or a project.
    pub pointers: WordSet,
    /// Heads of projects that may point back to a way.
    pub also_ways: WordSet,
    /// Heads that may point back to anything of their type ("the agreement", "the event").
    pub generic_heads: WordSet,
    /// "the line": hardly a corridor.
    pub lines: WordSet,
    /// What runs on a way and is told of as one itself.
    pub movers: WordSet,
    /// Verbs that say of their subject what follows, as "be" does.
    pub linking_verbs: WordSet,
    /// "as".
    pub as_prepositions: WordSet,
    /// "according to".
    pub attributing: WordSet,
    /// Before what something is only compared with: "after", "unlike".
    pub comparing: WordSet,
    /// Lemmas of verbs whose subject says what hangs on them.
    pub reporting: WordSet,
    /// Heads of happenings that with "the" alone only point back.
    pub never_first: WordSet,
    /// "among".
    pub among: WordSet,
    /// Prepositions that set a happening apart from what is said: "before the summit".
    pub apart: WordSet,
    /// Nouns that say nothing of themselves.
    pub transparent: WordSet,
    /// Nouns for the city that a state is governed from.
    pub seats: WordSet,
    /// Bodies that rule a state.
    pub ruling: WordSet,
    /// Nouns for so many that were named together.
    pub counted_groups: Vec<(WordId, u32)>,
    /// What may be under way, and is then no happening.
    pub ongoing: WordSet,
    /// Heads of happenings that somebody holds.
    pub gatherings: WordSet,
    /// Offices that are named after another's.
    pub peers: Vec<String>,
    /// Nouns for where a state ends.
    pub bounds: WordSet,
    /// Words behind a possessor that only stress it ("its own line").
    pub emphatic: WordSet,
    /// Words before a noun that make it stand for no state ("opposition leaders").
    pub dissenting: WordSet,
    /// Words of direction, which tell two ways apart.
    pub compass: WordSet,
    /// Verbs whose object is asked to do something.
    pub asking: WordSet,
    /// Verbs that give a name.
    pub naming: WordSet,
    /// Verbs of which the object is an agreement, whatever its noun.
    pub signing: WordSet,
    /// Of the verbs of echoes, those that need no object: "and Chad followed in May".
    pub following: WordSet,
    /// "both countries": several states, and no bodies.
    pub states: WordSet,
    /// Nouns for what is signed by one alone: "decree".
    pub one_sided: WordSet,
    /// Behind a hyphen these make a name the seat of what follows.
    pub seated: WordSet,
    /// What tells a thing from the one that was spoken of: "the existing line".
    pub others: WordSet,
    /// Words of direction alone.
    pub sides: WordSet,
    /// Prepositions of having: "with its head office".
    pub having: WordSet,
    /// Adverbs for the place that was spoken of last.
    pub there: WordSet,
    /// Nouns of the edge of a sea: "the Adriatic coast".
    pub coasts: WordSet,
    /// Nouns that call a body again, told by its origin: "the Danish company".
    pub called_again: WordSet,
    /// Nouns that call a place again, told by its state: "the Slovenian port".
    pub spots_again: WordSet,
    /// What is done to what is being built or paid for.
    pub developing: WordSet,
    /// Verbs of building, widening and buying a site that has a name.
    pub worked: WordSet,
    /// Nouns of such work and of money for it.
    pub work_on: WordSet,
    /// Prepositions behind those, and behind sums.
    pub spent_on: WordSet,
    /// Verbs of putting money or work into something.
    pub investing: WordSet,
    /// Verbs of making more of what something can take.
    pub raising: WordSet,
    /// Nouns for what something can take.
    pub sizes: WordSet,
    /// Verbs of what takes money.
    pub absorbing: WordSet,
    /// Adjectives of what is not there yet.
    pub to_come: WordSet,
    /// Happenings that a verb alone tells.
    pub happenings: Vec<Happening>,
    /// Verbs and nouns of trade: what stands beside them is goods.
    pub trading: WordSet,
    /// Nouns for a state, which with "the" alone point back to one.
    pub countries: WordSet,
    /// "the government": that of the state spoken of.
    pub governments: WordSet,
    /// Nouns of moving or making goods, which are what moves.
    pub movements: WordSet,
    /// Verbs between a group of bodies and those that make it up or lead it.
    pub grouping: WordSet,
    /// Lemmas of verbs and nouns of people who go somewhere.
    pub travelling: WordSet,
    /// Happenings at which nobody meets.
    pub unattended: WordSet,
    /// Prepositions between an office and its body.
    pub office_prepositions: WordSet,
    /// Verbs that a way in service is the subject of.
    pub service_verbs: WordSet,
    /// "to".
    pub to: WordId,
    /// "between".
    pub between: WordId,
    /// "at".
    pub at: WordId,
    /// "for".
    pub for_: WordId,
    /// "by".
    pub by: WordId,
    /// "on".
    pub on: WordId,
    /// "their".
    pub their: WordId,
    /// Prepositions between two nouns for one way ("the corridor along the A–B route").
    pub along: WordSet,
    /// Lemmas of verbs that ways are the subjects of.
    pub route_verbs: WordSet,
    /// Nouns of building.
    pub works: WordSet,
    /// Lemmas that say of building that it is over.
    pub works_end: WordSet,
    /// Verbs whose object, where it is works, is under way.
    pub works_begin: WordSet,
    /// Verbs of what is done only to a way that stands.
    pub mends: WordSet,
    /// Nouns of the same.
    pub mending: WordSet,
    /// Lemmas of doing the same as somebody before.
    pub echo_verbs: WordSet,
    /// What stands behind them: "suit".
    pub echoes: WordSet,
    /// Nouns for what comes before a thing is built.
    pub preparations: WordSet,
    roles: Vec<(WordSet, &'static str)>,
    /// All words of `status`, `status_phrases` and `status_verbs`: hardly any word is one.
    status_words: WordSet,
    status: Vec<(WordSet, Mode, String)>,
    status_phrases: Vec<(WordSet, WordSet, Mode, String)>,
    status_nouns: Vec<(WordSet, Mode, String)>,
    status_verbs: Vec<(WordSet, (String, Mode), bool, bool)>,
    /// Lemmas that take a way into a status or leave it there.
    pub status_moves: WordSet,
    /// Before "built" or "finished": not yet wholly, and then the status is `building`.
    pub partly: WordSet,
    /// The status of what is being built.
    pub building: String,
    kinds: Vec<(WordSet, String, WordSet)>,
    carries: Vec<(WordSet, String)>,
}

impl Vocabulary {
    /// Compiles the sets.
    #[must_use]
    pub fn new(lexicon: &mut Lexicon, patterns: &Patterns) -> Self {
        let kinds =
            patterns.heads.kind_by.iter().map(|k| (words(lexicon, &k.words), k.kind.clone(), words(lexicon, &k.heads))).collect();
        let carries = patterns.heads.carries.iter().map(|c| (words(lexicon, &c.words), c.commodity.clone())).collect();
        let mut out = Self { kinds, carries, ..Self::of_small_words(lexicon, patterns) };
        out.local_prepositions.push(lexicon.add_form("by way of"));
        out.describing_prepositions.push(lexicon.add_form("by way of"));
        out
    }

    /// Nouns and verbs, with the sets of [`Self::of_statuses`].
    fn of_nouns_and_verbs(lexicon: &mut Lexicon, patterns: &Patterns) -> Self {
        let w = &patterns.words;
        Self {
            loose_kinds: patterns.heads.loose_kinds.split_whitespace().map(str::to_owned).collect(),
            pointers: words(lexicon, &patterns.heads.pointers),
            also_ways: words(lexicon, &patterns.heads.also_ways),
            generic_heads: words(lexicon, &patterns.heads.generic),
            lines: words(lexicon, &patterns.heads.lines),
            movers: words(lexicon, &patterns.heads.movers),
            linking_verbs: words(lexicon, &w.linking_verbs),
            reporting: words(lexicon, &w.reporting),
            never_first: words(lexicon, &patterns.heads.never_first),
            transparent: words(lexicon, &patterns.heads.transparent),
            seats: words(lexicon, &patterns.heads.seats),
            ruling: words(lexicon, &patterns.heads.ruling_bodies),
            counted_groups: patterns.heads.counted_groups.iter().map(|(w, n)| (lexicon.add_form(w), *n)).collect(),
            ongoing: words(lexicon, &patterns.heads.ongoing),
            gatherings: words(lexicon, &patterns.heads.gatherings),
            peers: patterns.offices.peers.clone(),
            bounds: words(lexicon, &w.bounds),
            emphatic: words(lexicon, &w.emphatic),
            dissenting: words(lexicon, &w.dissenting),
            compass: words(lexicon, &w.compass),
            asking: words(lexicon, &w.asking),
            naming: words(lexicon, &w.naming),
            signing: words(lexicon, &w.signing),
            one_sided: words(lexicon, &w.one_sided),
            following: words(lexicon, &w.following),
            states: words(lexicon, &w.states),
            seated: words(lexicon, &w.seated),
            others: words(lexicon, &w.others),
            sides: words(lexicon, &w.sides),
            having: words(lexicon, &w.having),
            there: words(lexicon, &w.there),
            coasts: words(lexicon, &w.coasts),
            called_again: words(lexicon, &w.called_again),
            spots_again: words(lexicon, &w.spots_again),
            developing: words(lexicon, &w.developing),
            worked: words(lexicon, &w.worked),
            work_on: words(lexicon, &w.work_on),
            spent_on: words(lexicon, &w.spent_on),
            investing: words(lexicon, &w.investing),
            raising: words(lexicon, &w.raising),
            sizes: words(lexicon, &w.sizes),
            absorbing: words(lexicon, &w.absorbing),
            to_come: words(lexicon, &w.to_come),
            happenings: w.happenings.iter().map(|h| Happening::new(lexicon, h)).collect(),
            grouping: words(lexicon, &w.grouping),
            travelling: words(lexicon, &w.travelling),
            unattended: words(lexicon, &w.unattended),
            trading: words(lexicon, &w.trading),
            countries: words(lexicon, &w.countries),
            governments: words(lexicon, &w.governments),
            movements: words(lexicon, &w.movements),
            route_verbs: patterns.frames.frames.iter().filter(|f| f.route).flat_map(|f| words(lexicon, &f.verbs)).collect(),
            preparations: words(lexicon, &w.preparations),
            echo_verbs: words(lexicon, &w.echo_verbs),
            echoes: words(lexicon, &w.echoes),
            ..Self::of_statuses(lexicon, patterns)
        }
    }

    /// Pronouns and prepositions, with the sets of [`Self::of_nouns_and_verbs`].
    fn of_small_words(lexicon: &mut Lexicon, patterns: &Patterns) -> Self {
        let w = &patterns.words;
        Self {
            of: lexicon.add_form("of"),
            local_prepositions: words(lexicon, &w.local_prepositions),
            speakers_own: words(lexicon, &w.speakers_own),
            new_articles: words(lexicon, &w.new_articles),
            edge_prepositions: words(lexicon, &w.edge_prepositions),
            topic_prepositions: words(lexicon, &w.topic_prepositions),
            describing_prepositions: words(lexicon, &w.describing_prepositions),
            pair_prepositions: words(lexicon, &w.pair_prepositions),
            from_prepositions: words(lexicon, &w.from_prepositions),
            framing_prepositions: phrases(lexicon, &w.framing_prepositions),
            plural_pronouns: words(lexicon, &w.plural_pronouns),
            person_pronouns: words(lexicon, &w.person_pronouns),
            person_possessives: words(lexicon, &w.person_possessives),
            homelands: words(lexicon, &w.homelands),
            enacting: words(lexicon, &w.enacting),
            listing: words(lexicon, &w.listing),
            thing_pronouns: words(lexicon, &w.thing_pronouns),
            speaker_pronouns: words(lexicon, &w.speaker_pronouns),
            as_prepositions: words(lexicon, &w.as_prepositions),
            attributing: phrases(lexicon, &w.attributing_prepositions),
            comparing: phrases(lexicon, &w.comparing_prepositions),
            among: words(lexicon, &w.among_prepositions),
            apart: phrases(lexicon, &w.apart_prepositions),
            office_prepositions: words(lexicon, &w.office_prepositions),
            to: lexicon.add_form("to"),
            between: lexicon.add_form("between"),
            at: lexicon.add_form("at"),
            for_: lexicon.add_form("for"),
            by: lexicon.add_form("by"),
            on: lexicon.add_form("on"),
            their: lexicon.add_form("their"),
            along: words(lexicon, "along via over on by"),
            roles: vec![
                (phrases(lexicon, &w.start_prepositions), "start"),
                (phrases(lexicon, &w.via_prepositions), "via"),
                (phrases(lexicon, &w.end_prepositions), "end"),
            ],
            ..Self::of_nouns_and_verbs(lexicon, patterns)
        }
    }

    /// How far things have come.
    fn of_statuses(lexicon: &mut Lexicon, patterns: &Patterns) -> Self {
        let mut out = Self {
            service_verbs: words(lexicon, &patterns.modes.service_verbs),
            works: words(lexicon, &patterns.modes.works),
            works_end: words(lexicon, &patterns.modes.works_end),
            works_begin: words(lexicon, &patterns.modes.works_begin),
            mends: words(lexicon, &patterns.modes.mends),
            mending: words(lexicon, &patterns.modes.mending),
            status: patterns.modes.status.iter().map(|s| (words(lexicon, &s.words), s.mode, s.status.clone())).collect(),
            status_moves: words(lexicon, &patterns.modes.status_moves),
            partly: words(lexicon, &patterns.modes.partly),
            building: patterns.modes.building.clone(),
            status_phrases: patterns
                .modes
                .status_phrases
                .iter()
                .map(|s| (words(lexicon, &s.prepositions), words(lexicon, &s.nouns), s.mode, s.status.clone()))
                .collect(),
            status_nouns: patterns
                .modes
                .status_nouns
                .iter()
                .map(|s| (words(lexicon, &s.words), s.mode, s.status.clone()))
                .collect(),
            status_verbs: patterns
                .modes
                .status_verbs
                .iter()
                .map(|s| {
                    let mode = s.mode.unwrap_or_else(|| mode_of_status(&s.status));
                    (words(lexicon, &s.words), (s.status.clone(), mode), s.only_progressive, s.only_past)
                })
                .collect(),
            ..Self::default()
        };
        let mut told = WordSet::default();
        told.extend(out.status.iter().flat_map(|s| s.0.iter().copied()));
        told.extend(out.status_phrases.iter().flat_map(|s| s.1.iter().copied()));
        told.extend(out.status_verbs.iter().flat_map(|s| s.0.iter().copied()));
        out.status_words = told;
        out
    }

    /// The noun means what its complement means: "the creation of X", "a plan for X".
    #[must_use]
    pub fn looks_through(&self, word: WordId) -> bool {
        self.transparent.contains(&word) || self.pointers.contains(&word)
    }

    /// The role of a stop that a preposition gives it.
    #[must_use]
    pub fn role_of(&self, prep: WordId) -> Option<&'static str> {
        self.roles.iter().find(|(preps, _)| preps.contains(&prep)).map(|(_, role)| *role)
    }

    /// Whether a kind of way says so little that it clashes with no other.
    #[must_use]
    pub fn is_loose(&self, kind: &str) -> bool {
        self.loose_kinds.iter().any(|k| k == kind)
    }

    /// What an adjective says of a way.
    #[must_use]
    pub fn status_of_adjective(&self, word: WordId) -> Option<(String, Mode)> {
        if !self.status_words.contains(&word) {
            return None;
        }
        self.status.iter().find(|(words, ..)| words.contains(&word)).map(|(_, mode, status)| (status.clone(), *mode))
    }

    /// What a noun says of the way that is said to be it: "is a proposal".
    #[must_use]
    pub fn status_of_noun(&self, word: WordId) -> Option<(String, Mode)> {
        self.status_nouns.iter().find(|(words, ..)| words.contains(&word)).map(|(_, mode, status)| (status.clone(), *mode))
    }

    /// What "under construction" says of a way.
    #[must_use]
    pub fn status_of_phrase(&self, preposition: WordId, noun: WordId) -> Option<(String, Mode)> {
        if !self.status_words.contains(&noun) {
            return None;
        }
        let fits = |p: &&(WordSet, WordSet, Mode, String)| p.0.contains(&preposition) && p.1.contains(&noun);
        self.status_phrases.iter().find(fits).map(|(_, _, mode, status)| (status.clone(), *mode))
    }

    /// What a noun says of the way that reaches it: "entered service".
    #[must_use]
    pub fn status_of_goal(&self, noun: WordId) -> Option<(String, Mode)> {
        let fits = |p: &&(WordSet, WordSet, Mode, String)| p.1.contains(&noun);
        self.status_phrases.iter().find(fits).map(|(_, _, mode, status)| (status.clone(), *mode))
    }

    /// What a verb says of the way that it is done to, or that does it.
    #[must_use]
    pub fn status_of_verb(&self, lemma: WordId, progressive: bool, past: bool) -> Option<(String, Mode)> {
        if !self.status_words.contains(&lemma) {
            return None;
        }
        let fits = |entry: &&(WordSet, (String, Mode), bool, bool)| {
            entry.0.contains(&lemma) && (!entry.2 || progressive) && (!entry.3 || past)
        };
        self.status_verbs.iter().find(fits).map(|(_, status, ..)| status.clone())
    }

    /// What a word before a head makes of its kind.
    #[must_use]
    pub fn kind_of(&self, modifier: WordId, head: WordId) -> Option<&str> {
        self.kinds
            .iter()
            .find(|(words, _, heads)| words.contains(&modifier) && heads.contains(&head))
            .map(|(_, kind, _)| kind.as_str())
    }

    /// The gazetteer entry of what a way with this word before its head carries.
    #[must_use]
    pub fn carried(&self, modifier: WordId) -> Option<&str> {
        self.carries.iter().find(|(words, _)| words.contains(&modifier)).map(|(_, entry)| entry.as_str())
    }
}

/// A happening that a verb alone tells.
#[derive(Debug)]
pub struct Happening {
    /// The verbs.
    pub verbs: WordSet,
    /// What it is called, before the place.
    pub name: String,
    /// The prepositions that lead to the place; none where the verb's object is the place.
    pub at: Vec<WordId>,
}

impl Happening {
    fn new(lexicon: &mut Lexicon, data: &crate::schema::words::Happening) -> Self {
        let at = data.at.split_whitespace().map(|prep| lexicon.add_form(prep)).collect();
        Self { verbs: words(lexicon, &data.verbs), name: data.name.clone(), at }
    }
}

fn words(lexicon: &mut Lexicon, list: &str) -> WordSet {
    list.split_whitespace().map(|w| lexicon.add_form(&w.replace('_', " "))).collect()
}

fn phrases(lexicon: &mut Lexicon, list: &[String]) -> WordSet {
    list.iter().map(|w| lexicon.add_form(w)).collect()
}
