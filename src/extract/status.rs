//! What a sentence says of how far a way has come: "is being built", "work on it has stalled", "the proposed line".
//!
//! Which status counts in the end is settled by `attribute` and `claims`.

use crate::model::Mode;

use super::clause::LinkKind;
use super::entity::Referent;
use super::few::Few;
use super::mode::clause_mode;
use super::relation::{Found, Status};
use super::slots::Filler;

/// "is being built", "was opened", "would run": what a verb says of a way's status.
pub(super) fn status_of_ways(filler: &mut Filler<'_, '_, '_>, clause: usize, found: &mut Found) {
    let Some(way) = filler.linker.parts.way else { return };
    let sentence = filler.sentence;
    let data = &sentence.clauses.list[clause];
    let Some(verb) = data.verb.map(|v| &sentence.elements.verbs[v]) else { return };
    let mode = clause_mode(filler.linker.lexicon, filler.sentence, clause);
    let vocabulary = filler.linker.vocabulary;
    let unreal = mode != Mode::Actual;
    if let Some(status) = vocabulary.status_of_verb(verb.lemma, verb.progressive || unreal, verb.past || verb.passive || unreal) {
        let groups: Few<usize> = if verb.passive { data.subject.into_iter().collect() } else { data.objects.clone() };
        let intransitive = !verb.passive && data.objects.is_empty();
        let groups = if intransitive { data.subject.into_iter().collect() } else { groups };
        for group in groups {
            for end in filler.group(group, &[way], None) {
                let (status, status_mode) =
                    if mode == Mode::Actual { status.clone() } else { (status_word(mode).to_owned(), mode) };
                if mode != Mode::Denied {
                    found.statuses.push(Status { of: end.id, word: status.clone(), sentence: filler.number });
                    let draft = &mut filler.linker.drafts[end.id as usize];
                    draft.opened |= status_mode == Mode::Actual && status == "operational" && !verb.progressive;
                    draft.status.push((status, status_mode));
                }
            }
        }
        return;
    }
    if let Some((subject, status)) = data.subject.zip(said_by_phrase(filler, clause)) {
        // "is under construction", "remains in service".
        for end in filler.group(subject, &[way], None) {
            found.statuses.push(Status { of: end.id, word: status.0.clone(), sentence: filler.number });
            filler.linker.drafts[end.id as usize].status.push(status.clone());
        }
        return;
    }
    let Some(subject) = data.subject.filter(|_| vocabulary.service_verbs.contains(&verb.lemma)) else { return };
    let mode = if data.link == LinkKind::Participle { return } else { mode };
    for end in filler.group(subject, &[way], None) {
        let entry = match mode {
            Mode::Actual => ("operational".to_owned(), Mode::Actual),
            Mode::Denied => continue,
            other => (status_word(other).to_owned(), other),
        };
        // "can carry" says nothing of how far a way has come.
        if mode != Mode::Possible {
            found.statuses.push(Status { of: end.id, word: entry.0.clone(), sentence: filler.number });
        }
        filler.linker.drafts[end.id as usize].status.push(entry);
    }
}

/// What "under construction" says of the subject of "is"; nothing where it is denied, or only may be.
fn said_by_phrase(filler: &Filler<'_, '_, '_>, clause: usize) -> Option<(String, Mode)> {
    let sentence = filler.sentence;
    let data = &sentence.clauses.list[clause];
    let verb = data.verb.map(|v| &sentence.elements.verbs[v])?;
    let says = verb.copula || filler.linker.vocabulary.linking_verbs.contains(&verb.lemma);
    if !says || clause_mode(filler.linker.lexicon, sentence, clause) != Mode::Actual {
        return None;
    }
    data.attached.iter().find_map(|&a| {
        let attached = &sentence.clauses.attached[a];
        let &[noun] = sentence.group(attached.group) else { return None };
        let head = sentence.elements.phrases[noun].head;
        filler.linker.vocabulary.status_of_phrase(attached.prep, sentence.units.units[head].word)
    })
}

/// "Construction of the line has begun", "work on it has stalled": it is not in service.
pub(super) fn works_on_way(filler: &mut Filler<'_, '_, '_>, phrase: usize) {
    let Some(way) = filler.linker.parts.way else { return };
    let vocabulary = filler.linker.vocabulary;
    let head = filler.sentence.elements.phrases[phrase].head;
    if !vocabulary.works.contains(&filler.sentence.units.units[head].word) {
        return;
    }
    let over = filler.sentence.clause_of(phrase).and_then(|c| filler.sentence.clauses.list[c].verb).is_some_and(|v| {
        let verb = &filler.sentence.elements.verbs[v];
        vocabulary.works_end.contains(&verb.lemma) && verb.past && verb.modal.is_none()
    });
    let on = [vocabulary.of, vocabulary.on];
    let attached =
        filler.sentence.attached_to(phrase).find(|a| on.contains(&a.prep) && a.sites.last() == Some(&phrase)).map(|a| a.group);
    let governed =
        filler.sentence.clauses.list.iter().find(|c| c.governor == Some(phrase)).and_then(|c| c.objects.first().copied());
    for end in attached.or(governed).map(|g| filler.group(g, &[way], None)).unwrap_or_default() {
        let entry = if over { ("operational", Mode::Actual) } else { ("under_construction", Mode::Planned) };
        filler.linker.drafts[end.id as usize].status.push((entry.0.to_owned(), entry.1));
    }
}

fn status_word(mode: Mode) -> &'static str {
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
        found.statuses.push(Status { of: id, word: status.0.clone(), sentence: filler.number });
        filler.linker.drafts[id as usize].status.insert(0, status);
    }
}
