//! The words of the language: `words.ron` and `verbs.ron`.
//!
//! Their shape alone; what a class of words does for a sentence is `extract`'s business.

use serde::{Deserialize, Serialize};

/// A happening that a verb alone tells: "the ministers met in Lima".
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Happening {
    /// The verbs.
    pub verbs: String,
    /// What it is called, before the place: "meeting in".
    pub name: String,
    /// The prepositions that lead to the place; none where the verb's object is the place: "visited Lima".
    pub at: String,
}

/// Closed word classes; each list is words separated by blanks.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
#[expect(missing_docs, reason = "each field is the word class it is named after")]
pub struct Words {
    pub determiners: String,
    pub name_prepositions: String,
    pub name_particles: String,
    pub name_openers: String,
    pub possessives: String,
    pub pronouns: String,
    pub relatives: String,
    pub conjunctions: String,
    pub adversatives: String,
    pub subordinators: String,
    pub prepositions: String,
    pub prepositional_phrases: Vec<String>,
    pub adverbs: String,
    pub modals: String,
    pub be: String,
    pub have: String,
    #[serde(rename = "do")]
    pub do_: String,
    pub negations: String,
    pub adjectives: String,
    pub ordinals: String,
    pub numbers: String,
    pub months: String,
    pub month_short: String,
    pub weekdays: String,
    pub abbreviations: String,
    pub local_prepositions: String,
    /// Possessives of who speaks.
    pub speakers_own: String,
    /// Articles of what is told for the first time.
    pub new_articles: String,
    /// What puts a point at an edge: "the coast at Kep".
    pub edge_prepositions: String,
    /// What somebody speaks, decides or dreams of stands behind these.
    pub topic_prepositions: String,
    pub describing_prepositions: String,
    pub pair_prepositions: String,
    pub from_prepositions: String,
    /// Behind these stands what something is done under or by way of, not what it is done to.
    pub framing_prepositions: Vec<String>,
    pub plural_pronouns: String,
    pub person_pronouns: String,
    pub person_possessives: String,
    /// What somebody's own state is called behind "his" or "her".
    pub homelands: String,
    /// Lemmas of verbs of which a list below tells what was signed or adopted.
    pub enacting: String,
    /// Before a noun for what is listed below.
    pub listing: String,
    pub thing_pronouns: String,
    pub speaker_pronouns: String,
    pub linking_verbs: String,
    pub office_prepositions: String,
    pub compass: String,
    pub telling: String,
    /// Lemmas of verbs and nouns of people who go somewhere.
    pub travelling: String,
    /// Happenings at which nobody meets: "attack", "coup".
    pub unattended: String,
    pub discussing: String,
    pub controlling: String,
    /// Prepositions before an -ing form that say that it is not done: "without crossing".
    pub excluding: Vec<String>,
    /// Happenings that a verb alone tells.
    pub happenings: Vec<Happening>,
    /// Verbs of which the object is an agreement, whatever its noun.
    #[serde(default)]
    pub signing: String,
    /// Of the verbs of echoes, those that need no object: "and Chad followed in May".
    #[serde(default)]
    pub following: String,
    /// Plural nouns for states alone: "both countries".
    #[serde(default)]
    pub states: String,
    /// Nouns for what is signed by one alone: "decree".
    #[serde(default)]
    pub one_sided: String,
    /// Behind a hyphen these make a name the seat of what follows: "Entebbe-based".
    #[serde(default)]
    pub seated: String,
    /// Acronyms of common nouns and of money: no names.
    #[serde(default)]
    pub common_acronyms: String,
    /// What tells a thing from the one that was spoken of: "the existing line".
    #[serde(default)]
    pub others: String,
    /// Words of direction alone.
    #[serde(default)]
    pub sides: String,
    /// Prepositions of having: "with its head office".
    #[serde(default)]
    pub having: String,
    /// Adverbs for the place that was spoken of last.
    #[serde(default)]
    pub there: String,
    /// Nouns of the edge of a sea: "the Adriatic coast".
    #[serde(default)]
    pub coasts: String,
    /// Nouns that call a body again, told by its origin: "the Danish company".
    #[serde(default)]
    pub called_again: String,
    /// Nouns that call a place again, told by its state: "the Slovenian port".
    #[serde(default)]
    pub spots_again: String,
    /// Endings of common nouns and adverbs that no list needs to have.
    #[serde(default)]
    pub common_endings: String,
    /// Verbs of building and paying: what it is done to is an undertaking.
    #[serde(default)]
    pub developing: String,
    /// Verbs of building, widening and buying a site that has a name.
    #[serde(default)]
    pub worked: String,
    /// Nouns of such work and of money for it: "the expansion of X", "a loan for X".
    #[serde(default)]
    pub work_on: String,
    /// Prepositions behind those, and behind sums: "$20 million for X".
    #[serde(default)]
    pub spent_on: String,
    /// Verbs of putting money or work into something.
    #[serde(default)]
    pub investing: String,
    /// Verbs of making more of what something can take, and nouns for that: "double the capacity of X".
    #[serde(default)]
    pub raising: String,
    /// Nouns for what something can take.
    #[serde(default)]
    pub sizes: String,
    /// Verbs of what takes money: "X cost $20 million".
    #[serde(default)]
    pub absorbing: String,
    /// Adjectives of what is not there yet: "the planned terminal".
    #[serde(default)]
    pub to_come: String,
    /// Verbs that give somebody something to do something with.
    pub giving: String,
    /// Verbs and nouns of trade: what stands beside them is goods.
    pub trading: String,
    /// Nouns for a state, which with "the" alone point back to one: "the country".
    #[serde(default)]
    pub countries: String,
    /// Those that rule the state spoken of: "the government".
    pub governments: String,
    /// Nouns of moving or making goods, which are what moves: "exports of oil", "oil exports".
    #[serde(default)]
    pub movements: String,
    /// Verbs between a group of bodies and those that make it up or lead it.
    pub grouping: String,
    /// Nouns for what is left of a sum.
    pub rests: String,
    /// Verbs and words of doing the same as somebody before: "follow suit".
    #[serde(default)]
    pub echo_verbs: String,
    /// What stands behind those verbs.
    #[serde(default)]
    pub echoes: String,
    /// Nouns for what comes before a thing is built: money "for the studies" is for the thing.
    #[serde(default)]
    pub preparations: String,
    /// Of the controlling verbs, those whose object may as well be that of what is wanted: "which Morocco wants to join".
    #[serde(default)]
    pub wanting: String,
    /// Further verbs that a clause may follow without "that": "hopes A and B will sign".
    pub clausal: String,
    /// Nouns that say what somebody or some body is, and that a name may follow: "the consultancy X", "the engineer Y".
    pub callings: String,
    /// Nouns for where a state ends: a way "to the Chadian border" reaches the state.
    #[serde(default)]
    pub bounds: String,
    /// Words behind a possessor that stress it ("its own line").
    #[serde(default)]
    pub emphatic: String,
    /// Words before a noun that make it stand for no state ("opposition leaders").
    #[serde(default)]
    pub dissenting: String,
    pub times: String,
    pub naming: String,
    pub prefixes: String,
    pub asking: String,
    pub start_prepositions: Vec<String>,
    pub via_prepositions: Vec<String>,
    pub end_prepositions: Vec<String>,
    pub as_prepositions: String,
    #[serde(default)]
    pub attributing_prepositions: Vec<String>,
    /// Prepositions before what something is only compared with.
    #[serde(default)]
    pub comparing_prepositions: Vec<String>,
    pub reporting: String,
    #[serde(default)]
    pub among_prepositions: String,
    #[serde(default)]
    pub apart_prepositions: Vec<String>,
    /// Prepositions between several things and examples of them.
    pub examples: Vec<String>,
    /// Adverbs that pair two lists in order.
    pub pairwise: String,
    /// What means the first of those just named.
    pub former: String,
    /// What means the last of them.
    pub latter: String,
    /// What stands before an auxiliary that repeats the clause before.
    pub likewise: String,
    /// Verbs that say what share of something their subject is.
    pub amounting: String,
    /// What an apostrophe makes one word of, and the two words that it is.
    pub contractions: Vec<String>,
    /// Adverbs of several words.
    pub adverb_phrases: Vec<String>,
    /// Adverbs of several words that end in a time and may be one's modifier as well: "last week", "last week's talks".
    pub time_phrases: Vec<String>,
    /// Behind a span of time: "two years ago", "a week later".
    pub time_shifts: String,
    /// What stands between "be" and an infinitive, each with the adjective that says as much: "about", "due".
    pub outlooks: Vec<(String, String)>,
    /// Prepositions whose object does what the subject does: "together with".
    pub accompanying: Vec<String>,
    /// Verbs behind whose object "of" goes with the verb: "informed the meeting of its plans".
    pub informing: String,
    /// Verbs that tell somebody what is thought of his deeds: "thanked Kenya for backing it".
    #[serde(default)]
    pub judging: String,
    /// Verbs that keep somebody from something, or spare it him: "prevents Kenya from building it".
    #[serde(default)]
    pub preventing: String,
    /// Adverbs between "have" and an infinitive that say that it has not happened: "has yet to sign".
    pub not_yet: String,
    /// Subordinators of several words, each with the one word that says as much: "even if", "if".
    pub subordinating_phrases: Vec<(String, String)>,
    /// Before a day of the week: "last Tuesday".
    pub day_modifiers: String,
    /// Words for a day, month or year that is counted from the text's own date: "yesterday", "next year".
    pub moments: Vec<(String, Moment)>,
    /// Verbs behind which somebody does something: "lets neighbours lay pipes".
    #[serde(default)]
    pub watching: String,
    /// Before a happening that is still to be: "the next meeting".
    pub coming: String,
    /// Lemmas of verbs behind which a verb stands without "to": "helped build".
    pub helping: String,
    /// Before a month: "last November", "that October".
    #[serde(default)]
    pub which_month: String,
    /// Verbs with two objects: "give Serbia access".
    #[serde(default)]
    pub two_objects: String,
    /// Verbs behind which "to" leads to a noun: "turning to transport".
    #[serde(default)]
    pub leading: String,
    /// Small words that belong to the verb before them.
    pub phrasal: String,
    /// Verbs, by lemma, with a small word that belongs to them before an object: "take over".
    #[serde(default)]
    pub phrasal_verbs: Vec<String>,
    pub calling_off: String,
    pub likening: String,
    pub calling_on: Vec<String>,
    /// Prepositions that say how much, behind a verb and before a number: "exports up to 40 tonnes".
    #[serde(default)]
    pub blurring_prepositions: Vec<String>,
    /// Words of direction that are adverbs behind a noun and before where it goes: "carries rice north to Tete".
    #[serde(default)]
    pub bearings: String,
    /// Nouns that are prepositions behind a noun or a verb and before what they govern: "a railway round Almaty".
    #[serde(default)]
    pub nouns_as_prepositions: String,
    /// Words of denial that a verb may stand right behind: "never", "nobody".
    #[serde(default)]
    pub denying: String,
    /// Adverbs between several things and what most of them are: "freight, mainly coal".
    #[serde(default)]
    pub mainly: String,
    /// Base forms of verbs whose passive keeps an object: "called the Lamu Plan", "given a chance".
    pub keeping_object: String,
    /// What may stand apart from the noun that it goes with: "all", "itself".
    pub floating: String,
    /// Abbreviations that are one only before a number.
    pub numbering: String,
}

/// How far a moment lies from the date of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub enum Moment {
    /// In days.
    Days(i16),
    /// In months: the month alone is told.
    Months(i16),
    /// In years: the year alone is told.
    Years(i16),
    /// The nearest day of that name, Monday being 1.
    Weekday(i16),
}

/// Verbs, by the way they inflect.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Verbs {
    /// Lemmas that inflect by rule.
    pub regular: String,
    /// `lemma past participle [ing]`.
    pub irregular: Vec<String>,
    /// Words whose verb forms are nouns as often.
    pub also_nouns: String,
}
