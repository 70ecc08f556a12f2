//! What a sentence says of how far a way has come: "is being built", "work on it has stalled", "the proposed line".
//!
//! Which status counts in the end is settled by `attribute` and `claims`.

use std::ops::Range;

use crate::model::{Mode, PartialDate};
use crate::schema::NodeTypeId;

use super::clause::{Clause, LinkKind};
use super::entity::Referent;
use super::few::Few;
use super::mode::clause_mode;
use super::phrase::{Determiner, Phrase, VerbGroup};
use super::relation::{Found, Status};
use super::slots::Filler;
use super::when::date_in;
use super::wordset::WordSet;

/// "is being built", "was opened", "is dormant", "would run": what a clause says of a way's status.
pub(super) fn status_of_ways(filler: &mut Filler<'_, '_, '_>, clause: usize, found: &mut Found) {
    let sentence = filler.sentence;
    let data = &sentence.clauses.list[clause];
    let Some(verb) = data.verb.map(|v| &sentence.elements.verbs[v]) else { return };
    let mode = clause_mode(filler.linker.lexicon, filler.sentence, clause);
    let vocabulary = filler.linker.vocabulary;
    if vocabulary.mends.contains(&verb.lemma) && !verb.negated {
        return done_to(data, verb).iter().for_each(|&group| stands(filler, group));
    }
    let unreal = mode != Mode::Actual;
    if let Some(status) = vocabulary.status_of_verb(verb.lemma, verb.progressive || unreal, verb.past || verb.passive || unreal) {
        let partly = says(filler, verb.units.clone(), &vocabulary.partly);
        let status = match mode {
            Mode::Actual if partly && status.1 == Mode::Actual => told(vocabulary.building.as_str()),
            Mode::Actual => status,
            other => (status_word(other).to_owned(), other),
        };
        // "is scheduled for completion in 2030": the date is that of what is to come, though the clause holds already.
        let ahead = verb.passive && !verb.past && status.1 == Mode::Planned;
        let set_for = || ahead.then(|| date_in(filler, data, Mode::Planned)).flatten();
        let when = to_come(filler, clause).or_else(set_for);
        for group in done_to(data, verb) {
            note(filler, group, &status, !verb.progressive, when, found);
        }
        return;
    }
    let Some(subject) = data.subject else { return };
    if let Some(status) = said_of_subject(filler, clause, mode) {
        let when = to_come(filler, clause);
        return note(filler, subject, &status, false, when, found);
    }
    if vocabulary.service_verbs.contains(&verb.lemma) && data.link != LinkKind::Participle && mode != Mode::Denied {
        let status = (status_word(mode).to_owned(), mode);
        let when = to_come(filler, clause);
        note(filler, subject, &status, false, when, found);
    }
}

/// Writes a status down for the ways of a group. What is denied tells only that a way is not there; what "can carry" tells nothing.
fn note(
    filler: &mut Filler<'_, '_, '_>,
    group: usize,
    status: &(String, Mode),
    finished: bool,
    when: Option<PartialDate>,
    found: &mut Found,
) {
    let Some(way) = filler.linker.parts.way else { return };
    for end in filler.group(group, &[way], None) {
        // "the study for the line was finished" says nothing of the line, nor does "the port itself was finished".
        let named = filler.sentence.group(group);
        let emphatic = named.len() > 1 && filler.sentence.elements.phrases[end.phrase].pronoun;
        let through = filler.linker.vocabulary.looks_through(filler.head_word(end.phrase));
        // "has built a monument to itself, namely the X line": the line is spelt out, and no more built than it was.
        let spelt = spelt_by_another(filler, end.phrase, way);
        if !named.contains(&end.phrase) || emphatic || through || spelt {
            continue;
        }
        let draft = &mut filler.linker.drafts[end.id as usize];
        if status.1 == Mode::Denied {
            draft.status.push((status_word(Mode::Planned).to_owned(), Mode::Planned));
            continue;
        }
        draft.opened |= finished && status.1 == Mode::Actual && status.0 == status_word(Mode::Actual);
        draft.status.push(status.clone());
        if status.1 != Mode::Possible {
            found.statuses.push(Status { of: end.id, word: status.0.clone(), sentence: filler.number, when });
        }
    }
}

/// For when a clause says that a way is to be what it is not yet: "proposed in 2018" is no such date.
fn to_come(filler: &Filler<'_, '_, '_>, clause: usize) -> Option<PartialDate> {
    let mode = clause_mode(filler.linker.lexicon, filler.sentence, clause);
    let is_ahead = !matches!(mode, Mode::Actual | Mode::Denied);
    is_ahead.then(|| date_in(filler, &filler.sentence.clauses.list[clause], mode)).flatten()
}

/// Whether a phrase for something that is no way is spelt out by one.
fn spelt_by_another(filler: &Filler<'_, '_, '_>, phrase: usize, way: NodeTypeId) -> bool {
    let data = &filler.sentence.elements.phrases[phrase];
    let head = filler.linker.lexicon.head(filler.head_word(phrase));
    data.spelt_out.is_some()
        && head.is_none_or(|h| h.node_type != way && !filler.linker.vocabulary.also_ways.contains(&filler.head_word(phrase)))
}

/// What is repaired or extended is there.
fn stands(filler: &mut Filler<'_, '_, '_>, group: usize) {
    let Some(way) = filler.linker.parts.way else { return };
    for end in filler.group(group, &[way], None) {
        filler.linker.drafts[end.id as usize].opened = true;
    }
}

/// What a verb is done to: its object, or the subject of a passive or of a verb without an object ("the line opened").
fn done_to(clause: &Clause, verb: &VerbGroup) -> Few<usize> {
    if verb.passive || clause.objects.is_empty() { clause.subject.into_iter().collect() } else { clause.objects.clone() }
}

/// Whether one of the words stands among these units.
fn says(filler: &Filler<'_, '_, '_>, units: Range<usize>, words: &WordSet) -> bool {
    units.into_iter().any(|u| words.contains(&filler.sentence.units.units[u].word))
}

/// "is under construction", "is dormant", "went into operation", "is no more than a proposal", "is three quarters built".
fn said_of_subject(filler: &Filler<'_, '_, '_>, clause: usize, mode: Mode) -> Option<(String, Mode)> {
    let (sentence, vocabulary) = (filler.sentence, filler.linker.vocabulary);
    let data = &sentence.clauses.list[clause];
    let verb = data.verb.map(|v| &sentence.elements.verbs[v])?;
    let is = verb.copula || vocabulary.linking_verbs.contains(&verb.lemma);
    let moves = vocabulary.status_moves.contains(&verb.lemma);
    if !(is || moves) || mode == Mode::Denied {
        return None;
    }
    let phrases = |group: usize| sentence.group(group).iter().map(|&p| &sentence.elements.phrases[p]);
    let words = |phrase: &Phrase| phrase.units.clone().map(|u| sentence.units.units[u].word).collect::<Vec<_>>();
    let by_object = || {
        data.objects.iter().flat_map(|&g| phrases(g)).find_map(|phrase| {
            let head = sentence.units.units[phrase.head].word;
            if !is {
                // "entered service", "has reached 75 percent".
                return vocabulary.status_of_goal(head).or_else(|| {
                    says(filler, phrase.units.clone(), &vocabulary.partly).then(|| told(vocabulary.building.as_str()))
                });
            }
            let plain = phrase.determiner == Determiner::None;
            let adjective = || words(phrase).into_iter().filter(|_| plain).find_map(|w| vocabulary.status_of_adjective(w));
            vocabulary.status_of_noun(head).or_else(adjective)
        })
    };
    let by_phrase = || {
        data.attached.iter().map(|&a| &sentence.clauses.attached[a]).find_map(|attached| {
            let words = phrases(attached.group).flat_map(words);
            words.into_iter().find_map(|word| vocabulary.status_of_phrase(attached.prep, word))
        })
    };
    // "is nearly complete".
    let last = data.objects.iter().flat_map(|&g| phrases(g)).map(|p| p.units.end).next_back().unwrap_or(verb.units.end + 2);
    let nearly = says(filler, verb.units.start..last.min(sentence.units.units.len()), &vocabulary.partly);
    let whole =
        |status: (String, Mode)| if nearly && status.1 == Mode::Actual { told(vocabulary.building.as_str()) } else { status };
    let by_adjective = || data.adjective.filter(|_| is).and_then(|w| vocabulary.status_of_adjective(w));
    // "will be 420 km long": what has its measure only then is to come.
    let by_measure = || {
        let measured = data
            .objects
            .iter()
            .flat_map(|&g| phrases(g))
            .any(|p| p.units.clone().any(|u| sentence.units.units[u].value.is_some()));
        (verb.copula && measured && mode != Mode::Actual).then(|| (status_word(mode).to_owned(), mode))
    };
    let by_adverb = || data.adverbs.iter().find_map(|&w| vocabulary.status_of_noun(w));
    let (status, own) = (is && partly_done(filler, clause))
        .then(|| told(vocabulary.building.as_str()))
        .or_else(|| by_object().or_else(by_adjective).map(whole))
        .or_else(by_phrase)
        .or_else(by_adverb)
        .or_else(by_measure)?;
    Some(if mode != Mode::Actual && own == Mode::Actual { (status_word(mode).to_owned(), mode) } else { (status, own) })
}

/// "is three quarters built": the share is the object, and what is done to it hangs on it.
fn partly_done(filler: &Filler<'_, '_, '_>, clause: usize) -> bool {
    let (sentence, vocabulary) = (filler.sentence, filler.linker.vocabulary);
    let done = |c: &Clause| {
        let lemma = c.verb.map(|v| sentence.elements.verbs[v].lemma);
        lemma.and_then(|l| vocabulary.status_of_verb(l, false, true)).is_some_and(|s| s.1 == Mode::Actual)
    };
    let share = |&p: &usize| says(filler, sentence.elements.phrases[p].units.clone(), &vocabulary.partly);
    let of_share = |c: &Clause| c.subject.is_some_and(|g| sentence.group(g).iter().any(share));
    sentence.clauses.list.iter().any(|c| c.parent == Some(clause) && done(c) && of_share(c))
}

fn told(status: &str) -> (String, Mode) {
    (status.to_owned(), mode_of_status(status))
}

/// "Construction of the line has begun", "work on it has stalled": how far it is. What is repaired stands.
pub(super) fn works_on_way(filler: &mut Filler<'_, '_, '_>, phrase: usize, found: &mut Found) {
    let Some(way) = filler.linker.parts.way else { return };
    let vocabulary = filler.linker.vocabulary;
    let head = filler.sentence.elements.phrases[phrase].head;
    let word = filler.sentence.units.units[head].word;
    let mended = vocabulary.mending.contains(&word);
    if !mended && !vocabulary.works.contains(&word) {
        return;
    }
    let status = progress_of_works(filler, phrase);
    let when = filler.sentence.clause_of(phrase).and_then(|clause| to_come(filler, clause));
    let on = [vocabulary.of, vocabulary.on];
    let attached =
        filler.sentence.attached_to(phrase).find(|a| on.contains(&a.prep) && a.sites.last() == Some(&phrase)).map(|a| a.group);
    let governed =
        filler.sentence.clauses.list.iter().find(|c| c.governor == Some(phrase)).and_then(|c| c.objects.first().copied());
    for end in attached.or(governed).map(|g| filler.group(g, &[way], None)).unwrap_or_default() {
        if mended {
            filler.linker.drafts[end.id as usize].opened = true;
            continue;
        }
        filler.linker.drafts[end.id as usize].status.push(status.clone());
        found.statuses.push(Status { of: end.id, word: status.0.clone(), sentence: filler.number, when });
    }
}

/// "Work has begun", "will begin", "has stalled", "is complete".
fn progress_of_works(filler: &Filler<'_, '_, '_>, phrase: usize) -> (String, Mode) {
    let vocabulary = filler.linker.vocabulary;
    let going_on = told(vocabulary.building.as_str());
    let Some(clause) = filler.sentence.clause_of(phrase) else { return going_on };
    let Some(verb) = filler.sentence.clauses.list[clause].verb.map(|v| &filler.sentence.elements.verbs[v]) else {
        return going_on;
    };
    match clause_mode(filler.linker.lexicon, filler.sentence, clause) {
        Mode::Actual => {}
        Mode::Denied => return told(status_word(Mode::Planned)),
        mode => return (status_word(mode).to_owned(), mode),
    }
    if vocabulary.works_end.contains(&verb.lemma) && verb.past {
        return told(status_word(Mode::Actual));
    }
    // "discussed the construction of the line", "signed a contract for its construction": nobody says that it has begun.
    let spoken_of = filler.sentence.governed_by(phrase).is_some()
        || filler.sentence.clauses.list[clause].objects.iter().any(|&g| filler.sentence.group(g).contains(&phrase));
    if spoken_of && !vocabulary.works_begin.contains(&verb.lemma) {
        return told(status_word(Mode::Planned));
    }
    let halted = vocabulary.status_of_verb(verb.lemma, false, verb.past || verb.passive).filter(|s| is_halt(&s.0));
    halted.map_or(going_on, |s| (s.0, Mode::Planned))
}

/// Whether a status only says that something is over: the way keeps the mode that it had.
pub(super) fn is_halt(status: &str) -> bool {
    status == status_word(Mode::Denied)
}

/// How a way whose status is this touches its stops.
pub(super) fn mode_of_status(status: &str) -> Mode {
    match status {
        "proposed" => Mode::Proposed,
        "planned" | "under_construction" => Mode::Planned,
        _ => Mode::Actual,
    }
}

pub(super) fn status_word(mode: Mode) -> &'static str {
    match mode {
        Mode::Planned => "planned",
        Mode::Proposed | Mode::Possible => "proposed",
        Mode::Actual => "operational",
        Mode::Denied => "halted",
    }
}

/// "the proposed Caspian Sea route".
pub(super) fn status_of_phrase(filler: &mut Filler<'_, '_, '_>, phrase: usize, found: &mut Found) {
    let Some(way) = filler.linker.parts.way else { return };
    let sentence = filler.sentence;
    let data = &sentence.elements.phrases[phrase];
    let vocabulary = filler.linker.vocabulary;
    let behind = || {
        filler.sentence.attached_to(phrase).find_map(|a| {
            let &[noun] = filler.sentence.group(a.group) else { return None };
            let head = filler.sentence.elements.phrases[noun].head;
            vocabulary.status_of_phrase(a.prep, filler.sentence.units.units[head].word)
        })
    };
    let status =
        data.units.clone().find_map(|u| vocabulary.status_of_adjective(filler.sentence.units.units[u].word)).or_else(behind);
    let Some(status) = status else { return };
    let id = match &filler.referents[phrase] {
        Referent::Entities { ids, group: false, .. } => ids.first().copied(),
        Referent::Described { made, .. } => *made,
        Referent::Anaphor { plural: false, head: Some(_), .. } => filler.phrase(phrase, &[way], None).first().map(|e| e.id),
        _ => None,
    };
    if let Some(id) = id.filter(|&id| filler.linker.drafts[id as usize].kind == way) {
        found.statuses.push(Status { of: id, word: status.0.clone(), sentence: filler.number, when: None });
        filler.linker.drafts[id as usize].status.insert(0, status);
    }
}
