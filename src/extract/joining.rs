//! Words with which sentences join things beyond "and": examples, pairs told in order, the first and the last of two, and
//! words that are joined to one.
//!
//! The sets alone; what the clause reader, the linker and the frames make of them stands there.

use rustc_hash::FxHashMap;

use crate::schema::patterns::{Moment, Patterns};

use super::lexicon::{Case, Lexicon, Sense, SenseKind, WordId};
use super::wordset::WordSet;

/// See the fields.
#[derive(Debug, Default)]
pub struct Joining {
    /// Prepositions between several things and examples of them: "including", "such as".
    pub examples: Vec<WordId>,
    /// Adverbs that pair two lists in order: "respectively".
    pub pairwise: Vec<WordId>,
    /// What means the first of those just named: "the former".
    pub former: Vec<WordId>,
    /// What means the last of them: "the latter".
    pub latter: Vec<WordId>,
    /// What stands before an auxiliary that repeats the clause before: "so is Kenya".
    pub likewise: Vec<WordId>,
    /// Verbs that say what share of something their subject is.
    pub amounting: Vec<WordId>,
    /// What an apostrophe makes one word of: "won't" is "will" and "not".
    pub contractions: FxHashMap<WordId, [WordId; 2]>,
    /// Adverbs of several words.
    pub adverbs: WordSet,
    /// Behind a span of time: "ago", "later".
    pub time_shifts: WordSet,
    /// What stands between "be" and an infinitive, and the adjective that says as much.
    pub outlooks: FxHashMap<WordId, WordId>,
    /// Prepositions whose object does what the subject does.
    pub accompanying: WordSet,
    /// Lemmas of verbs behind whose object "of" goes with the verb.
    pub informing: WordSet,
    /// Lemmas of verbs behind whose object "for" or "of" tells what that does: "thanked Kenya for its support".
    pub judging: WordSet,
    /// Lemmas of verbs behind whose object "from" and a verb tell what that does not do.
    pub preventing: WordSet,
    /// "yet": what is still to be done.
    pub not_yet: WordSet,
    /// Subordinators of several words, and the one word that each says as much as.
    pub conjunctions: FxHashMap<WordId, WordId>,
    /// When something is, counted from the date of the text: "yesterday", "Tuesday".
    pub moments: FxHashMap<WordId, Moment>,
    /// Abbreviations that are one only before a number: "No. 4".
    pub numbering: Vec<WordId>,
    /// Lemmas of verbs whose passive keeps an object: "called the Lamu Plan".
    pub keeping_object: WordSet,
    /// What may stand apart from the noun that it goes with: "A and B all belong to it", "the line itself".
    pub floating: WordSet,
    /// Lemmas of verbs behind which somebody does something: "lets neighbours lay pipes".
    pub watching: WordSet,
    /// Before a happening that is still to be: "the next meeting".
    pub coming: WordSet,
    /// Lemmas of verbs whose object is asked to do what follows.
    pub asking: WordSet,
    /// Lemmas of verbs behind which a verb stands without "to": "helped build", "helps Kenya finance it".
    pub helping: WordSet,
    /// Before a month: "last November", "that October".
    pub which_month: WordSet,
    /// Lemmas of verbs with two objects: "give Serbia access".
    pub two_objects: WordSet,
    /// Lemmas of verbs behind which "to" leads to a noun: "turning to transport".
    pub leading: WordSet,
    /// Between a thing and what it is taken for: "named X as the bidder".
    pub taken_as: WordSet,
    /// Small words that belong to the verb before them: "setting up".
    pub phrasal: Vec<WordId>,
    /// Verbs, by lemma, and a small word that belongs to them before an object: "take over".
    pub phrasal_verbs: Vec<(WordId, WordId)>,
    /// Prepositions between commas whose object does what the subject does as well: "Kenya, like Uganda, signed".
    pub likening: WordSet,
    /// Verbs, by lemma, and the preposition before whom they ask to do something: "called on Kenya to build it".
    pub calling_on: Vec<(WordId, WordId)>,
    /// Lemmas of verbs that leave a happening planned: "cancelled the visit".
    pub calling_off: WordSet,
    /// Prepositions that say how much, before a number: "exports up to 40 tonnes".
    pub blurring: WordSet,
    /// Words of direction that are adverbs behind a noun: "carries rice north to Tete".
    pub bearings: WordSet,
    /// Nouns that are prepositions before what they govern: "a railway round Almaty".
    pub nouns_as_prepositions: WordSet,
    /// Words of denial that a verb may stand right behind: "never", "nobody".
    pub denying: WordSet,
    /// Adverbs between several things and what most of them are: "freight, mainly coal".
    pub mainly: WordSet,
}

impl Joining {
    /// Compiles the sets.
    pub fn new(lexicon: &mut Lexicon, patterns: &Patterns) -> Self {
        let w = &patterns.words;
        Self {
            examples: w.examples.iter().map(|p| lexicon.add_form(p)).collect(),
            pairwise: w.pairwise.split_whitespace().map(|p| lexicon.add_form(p)).collect(),
            former: w.former.split_whitespace().map(|p| lexicon.add_form(p)).collect(),
            latter: w.latter.split_whitespace().map(|p| lexicon.add_form(p)).collect(),
            amounting: w.amounting.split_whitespace().map(|p| lexicon.add_form(p)).collect(),
            likewise: w.likewise.split_whitespace().map(|p| lexicon.add_form(p)).collect(),
            contractions: w.contractions.iter().filter_map(|line| contraction(lexicon, line)).collect(),
            adverbs: w.adverb_phrases.iter().chain(&w.time_phrases).map(|phrase| adverb(lexicon, phrase)).collect(),
            time_shifts: w.time_shifts.split_whitespace().map(|word| lexicon.add_form(word)).collect(),
            outlooks: w.outlooks.iter().map(|(p, word)| (adverb(lexicon, p), lexicon.add_form(word))).collect(),
            informing: w.informing.split_whitespace().map(|v| lexicon.add_form(v)).collect(),
            preventing: w.preventing.split_whitespace().map(|v| lexicon.add_form(v)).collect(),
            judging: w.judging.split_whitespace().map(|v| lexicon.add_form(v)).collect(),
            accompanying: w.accompanying.iter().map(|p| lexicon.add_form(p)).collect(),
            not_yet: w.not_yet.split_whitespace().map(|word| lexicon.add_form(word)).collect(),
            conjunctions: w.subordinating_phrases.iter().map(|(p, word)| (adverb(lexicon, p), lexicon.add_form(word))).collect(),
            moments: moments(lexicon, patterns),
            numbering: w.numbering.split_whitespace().map(|p| lexicon.add_form(p)).collect(),
            keeping_object: w.keeping_object.split_whitespace().map(|word| lexicon.add_form(word)).collect(),
            floating: w.floating.split_whitespace().map(|word| lexicon.add_form(word)).collect(),
            watching: w.watching.split_whitespace().map(|p| lexicon.add_form(p)).collect(),
            coming: w.coming.split_whitespace().map(|p| lexicon.add_form(p)).collect(),
            asking: w.asking.split_whitespace().map(|p| lexicon.add_form(p)).collect(),
            helping: w.helping.split_whitespace().map(|p| lexicon.add_form(p)).collect(),
            which_month: w.which_month.split_whitespace().map(|p| lexicon.add_form(p)).collect(),
            two_objects: w.two_objects.split_whitespace().map(|p| lexicon.add_form(p)).collect(),
            leading: w.leading.split_whitespace().map(|p| lexicon.add_form(p)).collect(),
            taken_as: w.as_prepositions.split_whitespace().map(|word| lexicon.add_form(word)).collect(),
            phrasal: w.phrasal.split_whitespace().map(|p| lexicon.add_form(p)).collect(),
            phrasal_verbs: w.phrasal_verbs.iter().filter_map(|v| pair(lexicon, v)).collect(),
            likening: w.likening.split_whitespace().map(|p| lexicon.add_form(p)).collect(),
            calling_on: w.calling_on.iter().filter_map(|v| pair(lexicon, v)).collect(),
            calling_off: w.calling_off.split_whitespace().map(|p| lexicon.add_form(p)).collect(),
            blurring: w.blurring_prepositions.iter().map(|p| lexicon.add_form(p)).collect(),
            bearings: w.bearings.split_whitespace().map(|p| lexicon.add_form(p)).collect(),
            nouns_as_prepositions: w.nouns_as_prepositions.split_whitespace().map(|p| lexicon.add_form(p)).collect(),
            denying: w.denying.split_whitespace().map(|p| lexicon.add_form(p)).collect(),
            mainly: w.mainly.split_whitespace().map(|p| lexicon.add_form(p)).collect(),
        }
    }
}

/// "take over": a lemma and its small word.
fn pair(lexicon: &mut Lexicon, line: &str) -> Option<(WordId, WordId)> {
    let (verb, particle) = line.split_once(' ')?;
    Some((lexicon.add_form(verb), lexicon.add_form(particle)))
}

/// "won't will not": the form, which the tokeniser reads without its apostrophe, and what it is made of.
fn contraction(lexicon: &mut Lexicon, line: &str) -> Option<(WordId, [WordId; 2])> {
    let mut words = line.split_whitespace();
    let form = words.next()?.replace('\'', "");
    let (first, second) = (words.next()?, words.next()?);
    Some((lexicon.add_form(&form), [lexicon.add_form(first), lexicon.add_form(second)]))
}

fn moments(lexicon: &mut Lexicon, patterns: &Patterns) -> FxHashMap<WordId, Moment> {
    let words = &patterns.words;
    let days = words.weekdays.split_whitespace().zip(1..).map(|(day, number)| (lexicon.add_form(day), Moment::Weekday(number)));
    let mut moments: FxHashMap<WordId, Moment> = days.collect();
    for (day, number) in words.weekdays.split_whitespace().zip(1..) {
        for which in words.day_modifiers.split_whitespace() {
            moments.insert(adverb(lexicon, &format!("{which} {day}")), Moment::Weekday(number));
        }
    }
    for (phrase, moment) in &words.moments {
        let id = if phrase.contains(' ') { adverb(lexicon, phrase) } else { lexicon.add_form(phrase) };
        moments.insert(id, *moment);
    }
    moments
}

fn adverb(lexicon: &mut Lexicon, phrase: &str) -> WordId {
    let id = lexicon.add_form(phrase);
    lexicon.add_path(phrase, Sense { entry: id, kind: SenseKind::Compound, case: Case::Any });
    id
}
