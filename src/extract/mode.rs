//! How a clause holds what it says: planned, proposed, possible, denied.
//!
//! Modals and negation of the clause itself, then of what governs it: "agreed to", "interest
//! in", "said that … would". The weakest wins.

use crate::model::Mode;

use super::clause::{Clause, LinkKind};
use super::lexicon::Lexicon;
use super::phrase::{Determiner, Element};
use super::sentence::Sentence;
use super::unit::Tag;

/// Clauses deeper than this are read as if they hung on nothing.
const DEEPEST: usize = 8;

/// The mode of a clause. O(depth).
#[must_use]
pub fn clause_mode(lexicon: &Lexicon, sentence: &Sentence, clause: usize) -> Mode {
    mode_at(lexicon, sentence, clause, 0)
}

fn mode_at(lexicon: &Lexicon, sentence: &Sentence, index: usize, depth: usize) -> Mode {
    let own = own_mode(lexicon, sentence, index);
    let clause = &sentence.clauses.list[index];
    let Some(parent) = clause.parent.filter(|_| depth < DEEPEST) else { return own };
    let above = match clause.link {
        LinkKind::Root | LinkKind::Relative => Mode::Actual,
        LinkKind::Infinitive | LinkKind::Gerund => governed(lexicon, sentence, index, parent, depth),
        LinkKind::Complement if lets(lexicon, sentence, index, parent) => {
            mode_at(lexicon, sentence, parent, depth + 1).min(said(lexicon, sentence, parent))
        }
        LinkKind::Complement => said(lexicon, sentence, parent),
        // "the plant, built by Rosatom, will open": what has been done is done, unless the thing itself is still to come.
        LinkKind::Participle if is_done(sentence, index) && !is_to_come(sentence, index, parent) => Mode::Actual,
        LinkKind::Participle => mode_at(lexicon, sentence, parent, depth + 1).max(Mode::Possible),
        LinkKind::Adverbial => match clause.opener.map(|w| lexicon.form(w)) {
            Some("if" | "unless" | "whether") => Mode::Possible,
            _ => Mode::Actual,
        },
    };
    own.min(above)
}

/// A past participle: "built by".
fn is_done(sentence: &Sentence, index: usize) -> bool {
    sentence.clauses.list[index].verb.is_some_and(|v| sentence.elements.verbs[v].passive)
}

/// "will be a line built by Kenya", "wants a bridge paid for by donors": said of an object that comes up new.
fn is_to_come(sentence: &Sentence, index: usize, parent: usize) -> bool {
    let subject = sentence.clauses.list[index].subject.map(|g| sentence.group(g)).unwrap_or_default();
    let objects = sentence.clauses.list[parent].objects.iter().flat_map(|&g| sentence.group(g));
    let new = |p: &usize| matches!(sentence.elements.phrases[*p].determiner, Determiner::Indefinite | Determiner::None);
    objects.into_iter().any(|p| subject.contains(p) && new(p))
}

fn own_mode(lexicon: &Lexicon, sentence: &Sentence, index: usize) -> Mode {
    let clause = &sentence.clauses.list[index];
    let no_subject = clause
        .subject
        .is_some_and(|g| sentence.group(g).first().is_some_and(|&p| sentence.elements.phrases[p].determiner == Determiner::No));
    let verb = clause.verb.map(|v| &sentence.elements.verbs[v]);
    // "has put no money into it".
    let no_object = clause
        .objects
        .first()
        .is_some_and(|&g| sentence.group(g).first().is_some_and(|&p| sentence.elements.phrases[p].determiner == Determiner::No));
    // "ended without an agreement being reached".
    let lacking = || {
        let subject =
            clause.subject.and_then(|g| sentence.group(g).first().copied()).filter(|_| clause.link == LinkKind::Participle);
        subject.and_then(|p| sentence.governed_by(p)).is_some_and(|a| lexicon.excluding().contains(&a.prep))
    };
    if no_object
        || clause.not
        || lacking()
        || no_subject
        || verb.is_some_and(|v| v.negated)
        || clause.opener.is_some_and(|w| lexicon.excluding().contains(&w))
    {
        return Mode::Denied;
    }
    let modal = verb.and_then(|v| v.modal).unwrap_or(Mode::Actual);
    // "said it would lend": the future of what was said.
    let modal = if modal == Mode::Proposed && is_told(lexicon, sentence, index) { Mode::Planned } else { modal };
    let adverb = clause.adverbs.iter().filter_map(|&w| lexicon.word(w).mode).min().unwrap_or(Mode::Actual);
    modal.min(adverb)
}

/// "would" in what somebody said of himself or his own: the subject is the speaker, or a pronoun.
fn is_told(lexicon: &Lexicon, sentence: &Sentence, index: usize) -> bool {
    let clause = &sentence.clauses.list[index];
    let would = clause
        .verb
        .is_some_and(|v| sentence.elements.verbs[v].units.clone().any(|u| lexicon.form(sentence.units.units[u].word) == "would"));
    let Some(parent) = clause.parent.filter(|_| would && clause.link == LinkKind::Complement) else { return false };
    let outer = &sentence.clauses.list[parent];
    let told = outer.verb.map(|v| &sentence.elements.verbs[v]).is_some_and(|v| v.past && !v.passive);
    let pronoun = clause.subject.is_some_and(|g| sentence.group(g).iter().all(|&p| sentence.elements.phrases[p].pronoun));
    told && pronoun && outer.verb.is_some_and(|v| lexicon.word(sentence.elements.verbs[v].lemma).mode.is_none())
}

/// What governs an infinitive or an -ing form.
fn governed(lexicon: &Lexicon, sentence: &Sentence, index: usize, parent: usize, depth: usize) -> Mode {
    let clause = &sentence.clauses.list[index];
    let outer = mode_at(lexicon, sentence, parent, depth + 1);
    if outer == Mode::Denied {
        return Mode::Denied;
    }
    let mode_of = |p: usize| noun_mode(lexicon, sentence, p);
    let outer_clause = &sentence.clauses.list[parent];
    // "signed a memorandum in Khartoum on Tuesday to build": what governs stands further off, as the object.
    let object = || {
        let last = outer_clause.objects.last().filter(|_| clause.link == LinkKind::Infinitive)?;
        sentence.group(*last).last().copied().and_then(mode_of)
    };
    let noun = governing_noun(lexicon, sentence, clause).and_then(mode_of).or_else(object);
    let verb = outer_clause.verb.and_then(|v| lexicon.word(sentence.elements.verbs[v].lemma).mode);
    // "is said to have signed": somebody's word, and nobody's.
    let hearsay = outer_clause
        .verb
        .map(|v| &sentence.elements.verbs[v])
        .filter(|v| v.passive && clause.link == LinkKind::Infinitive && lexicon.saying().contains(&v.lemma))
        .map(|_| Mode::Possible);
    let verb = verb.or(hearsay);
    // "has yet to sign".
    let waits = outer_clause.verb.is_some_and(|v| sentence.elements.verbs[v].have)
        && outer_clause.adverbs.iter().any(|w| lexicon.joining.not_yet.contains(w));
    if waits {
        return Mode::Denied;
    }
    let adjective = outer_clause.adjective.and_then(|w| lexicon.word(w).mode);
    let by_words = [noun, verb, adjective].into_iter().flatten().min().unwrap_or(Mode::Actual);
    // Behind a comma no verb governs it.
    let apart = clause.start.checked_sub(1).is_some_and(|at| sentence.elements.list[at].0 == Element::Comma);
    if (apart || by_words == Mode::Actual) && is_to_be(sentence, clause) { Mode::Planned } else { outer.min(by_words) }
}

/// "a forum to be hosted by Kenya", "the forum, to be hosted by Kenya,": still to come, unless it was "the first to be hosted" there.
fn is_to_be(sentence: &Sentence, clause: &Clause) -> bool {
    let passive = clause.verb.is_some_and(|v| sentence.elements.verbs[v].passive);
    let before = clause.start.checked_sub(1).and_then(|at| sentence.elements.list.get(at)).map(|e| e.0);
    let said_of = matches!(before, Some(Element::Phrase(_) | Element::Comma));
    let one_of_some = |p: usize| {
        let units = sentence.elements.phrases[p].units.clone();
        units.into_iter().any(|u| sentence.units.units[u].tag == Tag::Ordinal)
    };
    let subject = clause.subject.and_then(|g| sentence.group(g).first().copied());
    clause.link == LinkKind::Infinitive && passive && said_of && !subject.is_some_and(one_of_some)
}

/// The mode of what a noun such as "plan" governs.
fn noun_mode(lexicon: &Lexicon, sentence: &Sentence, phrase: usize) -> Option<Mode> {
    let unit = &sentence.units.units[sentence.elements.phrases[phrase].head];
    lexicon.word(unit.word).noun_mode.or_else(|| lexicon.word(unit.lemma).noun_mode)
}

/// The noun that an infinitive or an -ing form hangs on: "Kenya's plan to build it", "a plan by Kenya to build it".
pub fn governing_noun(lexicon: &Lexicon, sentence: &Sentence, clause: &Clause) -> Option<usize> {
    let governs = |p: &usize| noun_mode(lexicon, sentence, *p).is_some();
    let subject = || clause.subject.and_then(|g| sentence.group(g).first().copied());
    let near = clause.governor?;
    Some(near)
        .filter(governs)
        .or_else(|| subject().filter(|_| clause.link == LinkKind::Infinitive).filter(governs))
        .or(Some(near))
}

/// "would let ships avoid it": what is let happens as the letting does.
fn lets(lexicon: &Lexicon, sentence: &Sentence, clause: usize, parent: usize) -> bool {
    let verb = sentence.clauses.list[parent].verb.map(|v| sentence.elements.verbs[v].lemma);
    let that = sentence.elements.list.get(sentence.clauses.list[clause].start).is_some_and(|e| e.0 == Element::That);
    !that && verb.is_some_and(|v| lexicon.controlling().contains(&v))
}

/// "denied that", "proposed that", "believe that".
fn said(lexicon: &Lexicon, sentence: &Sentence, parent: usize) -> Mode {
    let clause = &sentence.clauses.list[parent];
    let Some(verb) = clause.verb.map(|v| &sentence.elements.verbs[v]) else { return Mode::Actual };
    let mode = lexicon.word(verb.lemma).mode.unwrap_or(Mode::Actual);
    if verb.negated { mode.min(Mode::Possible) } else { mode }
}
