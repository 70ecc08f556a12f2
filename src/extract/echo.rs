//! Sentences that say the same of somebody else: "So does Uganda.", "Neither did Chad.", "Rwanda followed suit."
//!
//! They repeat the edges of the sentence before. Clauses that repeat another of their own sentence are the clause reader's.

use std::collections::BTreeSet;

use crate::model::Mode;
use crate::schema::EdgeTypeId;

use super::clause::LinkKind;
use super::entity::{DraftId, Referent};
use super::mode::clause_mode;
use super::phrase::Element;
use super::relation::{Candidate, Found};
use super::slots::Filler;

/// Adds the edges of the sentence before for whoever is said to do the same. O(edges of that sentence).
pub(super) fn echoes(filler: &Filler<'_, '_, '_>, found: &mut Found) {
    let one = || inverted(filler).map(|(phrase, mode)| (vec![phrase], mode, false));
    let Some((phrases, mode, here)) = one().or_else(|| does_the_same(filler)) else { return };
    let told =
        |p: &usize| if let Referent::Entities { ids, .. } = &filler.referents[*p] { Some(ids.iter().copied()) } else { None };
    let ids: Vec<DraftId> = phrases.iter().filter_map(told).flatten().collect();
    let told_in = filler.number - usize::from(!here && filler.number > 0);
    let near = found.edges.iter().rev().take_while(|e| e.sentence + 1 >= filler.number);
    let before: Vec<Candidate> = near.filter(|e| e.sentence == told_in && acts(filler, e)).cloned().collect();
    let actors: BTreeSet<DraftId> = before.iter().map(|e| e.from).collect();
    // "Kenya and Uganda left; Chad backs the line. Mali followed suit." leaves it open whom.
    let shared =
        |edge: EdgeTypeId, to: DraftId| actors.iter().all(|&a| before.iter().any(|e| (e.edge, e.from, e.to) == (edge, a, to)));
    let Some(&model) = actors.first() else { return };
    for edge in before.iter().filter(|e| e.from == model && shared(e.edge, e.to)) {
        let allowed = &filler.linker.schema.edge_types[usize::from(edge.edge.0)].from;
        let fits =
            |&&id: &&DraftId| id != edge.to && !actors.contains(&id) && allowed.contains(&filler.linker.drafts[id as usize].kind);
        found.edges.extend(ids.iter().filter(fits).map(|&from| Candidate {
            from,
            mode: edge.mode.min(mode),
            sentence: filler.number,
            rule: "echo.same".into(),
            when: None,
            distance: edge.distance + 1,
            ..edge.clone()
        }));
    }
}

/// What a state, a body or a person does, in the sentence before; where things lie and who leads whom is no deed.
fn acts(filler: &Filler<'_, '_, '_>, edge: &Candidate) -> bool {
    let p = filler.linker.parts;
    let kind = |id: DraftId| filler.linker.drafts.get(id as usize).map(|d| d.kind);
    let actor = [p.state, p.organisation, p.person].contains(&kind(edge.from));
    actor && ![p.leads, p.within].contains(&Some(edge.edge))
}

/// "So does Uganda", "Neither has Chad", at the start of a sentence.
fn inverted(filler: &Filler<'_, '_, '_>) -> Option<(usize, Mode)> {
    let elements = &filler.sentence.elements;
    let (mode, verb, who, next) = match elements.list[..] {
        // "Neither did Uganda".
        [(Element::Verb(verb), _), (Element::Phrase(who), _), ..] if elements.verbs[verb].negated => (Mode::Denied, verb, who, 2),
        [(opener, _), (Element::Verb(verb), _), (Element::Phrase(who), _), ..] => (opened(filler, opener)?, verb, who, 3),
        _ => return None,
    };
    let verb = &elements.verbs[verb];
    let auxiliary = verb.copula || verb.have || verb.lemma == filler.linker.lexicon.known.do_;
    let ends = matches!(
        elements.list.get(next).map(|e| e.0),
        None | Some(Element::Comma | Element::Semicolon | Element::Break | Element::But)
    );
    (auxiliary && ends).then_some((who, mode))
}

fn opened(filler: &Filler<'_, '_, '_>, opener: Element) -> Option<Mode> {
    match opener {
        Element::Not => Some(Mode::Denied),
        Element::Adv(word) | Element::Prep(word) | Element::Sub(word) => {
            filler.linker.lexicon.joining.likewise.contains(&word).then_some(Mode::Actual)
        }
        _ => None,
    }
}

/// "Uganda followed suit", "Chad did the same": the subject of the one root clause; "…, and Chad followed in May": that of a later one,
/// which says the same of it as this sentence says of somebody before.
fn does_the_same(filler: &Filler<'_, '_, '_>) -> Option<(Vec<usize>, Mode, bool)> {
    let (sentence, vocabulary) = (filler.sentence, filler.linker.vocabulary);
    let clauses = &sentence.clauses.list;
    let same = |&p: &usize| vocabulary.echoes.contains(&filler.head_word(p));
    let roots = (0..clauses.len()).filter(|&i| clauses[i].link == LinkKind::Root && clauses[i].verb.is_some());
    for (place, index) in roots.enumerate() {
        let clause = &clauses[index];
        let verb = &sentence.elements.verbs[clause.verb?];
        let object = clause.objects.iter().flat_map(|&g| sentence.group(g)).any(same);
        let bare = clause.objects.is_empty() && !verb.passive;
        // "followed in 2015", "followed a year later": whom or what is left out.
        let later = bare && vocabulary.following.contains(&verb.lemma) && clause.attached.is_empty();
        let told = object || bare && clause.adverbs.iter().any(|w| vocabulary.echoes.contains(w)) || later;
        if told && vocabulary.echo_verbs.contains(&verb.lemma) {
            let who = sentence.group(clause.subject?).to_vec();
            return Some((who, clause_mode(filler.linker.lexicon, sentence, index), place > 0));
        }
    }
    None
}
