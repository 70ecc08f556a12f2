//! How the verb around a noun, or the noun that governs it, holds what it says: asked for, considered, refused, hoped for.
//!
//! How clauses hold what they say is `mode`'s.

use crate::model::Mode;

use super::slots::Filler;

/// What is asked for, sought or refused is no more than proposed.
pub(super) fn asked_mode(filler: &Filler<'_, '_, '_>, phrase: usize, mode: Mode) -> Mode {
    let verb = filler.sentence.clause_of(phrase).and_then(|c| filler.sentence.clauses.list[c].verb);
    let of_verb = verb.and_then(|v| filler.linker.lexicon.word(filler.sentence.elements.verbs[v].lemma).mode);
    match of_verb {
        Some(Mode::Proposed | Mode::Possible | Mode::Denied) => mode.min(of_verb.unwrap_or(mode)),
        _ => mode,
    }
}

/// "is considering a loan", "rejected a loan": what the verb says of its object. "Cancelled the visit": it stays planned.
pub(super) fn doubted(filler: &Filler<'_, '_, '_>, phrase: usize, mode: Mode) -> Mode {
    let Some(clause) = filler.sentence.clause_of(phrase).map(|c| &filler.sentence.clauses.list[c]) else { return mode };
    let holds = |g: &usize| filler.sentence.group(*g).contains(&phrase);
    let verb = clause.verb.map(|v| &filler.sentence.elements.verbs[v]);
    let (object, done_to) =
        (clause.objects.iter().any(holds), verb.is_some_and(|v| v.passive) && clause.subject.iter().any(holds));
    let lexicon = filler.linker.lexicon;
    let happening = || lexicon.head(filler.head_word(phrase)).map(|h| h.node_type) == lexicon.event_type();
    let Some(lemma) = verb.filter(|v| !v.negated && (object || done_to)).map(|v| v.lemma) else { return mode };
    if lexicon.joining.calling_off.contains(&lemma) && happening() {
        return mode.min(Mode::Planned);
    }
    match lexicon.word(lemma).mode {
        Some(by_verb @ (Mode::Possible | Mode::Denied)) if object => mode.min(by_verb),
        _ => mode,
    }
}

/// "a bid for membership", "talks on a loan": what is hoped for by a noun is not there yet.
pub(super) fn hoped_for(filler: &Filler<'_, '_, '_>, phrase: usize, mode: Mode) -> Mode {
    let site = filler.sentence.governed_by(phrase).and_then(|a| a.sites.last().copied());
    let noun = site.map(|p| filler.sentence.units.units[filler.sentence.elements.phrases[p].head].word);
    let lexicon = filler.linker.lexicon;
    match noun.filter(|&n| lexicon.head(n).is_none()).and_then(|n| lexicon.word(n).noun_mode) {
        Some(hoped) => mode.min(hoped),
        None => mode,
    }
}
