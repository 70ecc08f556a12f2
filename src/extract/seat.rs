//! What lists, commas, brackets and hyphens say of where places and bodies lie, without any frame: "Kitwe and Ndola in Zambia",
//! "Jeddah, Saudi Arabia", "Callao (Peru)", "the Entebbe-based Nile Council".

use crate::schema::EntryId;

use super::entity::{DraftId, Position, Referent};
use super::phrase::Element;
use super::relation::{Candidate, Found};
use super::slots::Filler;

/// "Jeddah, Saudi Arabia": a place and, behind a comma, what it lies in.
pub(super) fn seats(filler: &mut Filler<'_, '_, '_>, found: &mut Found) {
    let parts = filler.linker.parts;
    let (Some(within), Some(place)) = (parts.within, parts.place) else { return };
    let areas: Vec<_> = parts.state.into_iter().chain(parts.region).collect();
    bracketed(filler, found);
    listed(filler, found);
    coasts(filler, found);
    on_seas(filler, found);
    based(filler, found);
    let sentence = filler.sentence;
    let list = &sentence.elements.list;
    for at in 0..list.len().saturating_sub(2) {
        let (Element::Phrase(a), Element::Comma, Element::Phrase(b)) = (list[at].0, list[at + 1].0, list[at + 2].0) else {
            continue;
        };
        let listed = filler
            .sentence
            .clauses
            .groups
            .iter()
            .any(|g| g.phrases.len() > 1 && (g.phrases.contains(&a) && g.phrases.contains(&b)));
        let closes = !matches!(list.get(at + 3).map(|e| e.0), Some(Element::Conj(_)));
        let single = |p: usize| filler.sentence.elements.phrases[p].units.len() == 1;
        // "After the strike on Novorossiysk, Kazakhstan began to".
        let ended = matches!(list.get(at + 3).map(|e| e.0), Some(Element::Comma) | None);
        let acts = !ended && sentence.clauses.list.iter().any(|c| c.subject.is_some_and(|g| sentence.group(g).contains(&b)));
        if listed || acts || !closes || !single(a) || !single(b) {
            continue;
        }
        let (Referent::Entities { ids: inner, .. }, Referent::Entities { ids: outer, .. }) =
            (&filler.referents[a], &filler.referents[b])
        else {
            continue;
        };
        let (&[inner], &[outer]) = (&inner[..], &outer[..]) else { continue };
        if filler.linker.drafts[inner as usize].kind == place && areas.contains(&filler.linker.drafts[outer as usize].kind) {
            found.edges.push(Candidate::new(within, inner, outer, filler.number, "located.comma"));
        }
    }
}

/// "the Entebbe-based Nile Council".
fn based(filler: &mut Filler<'_, '_, '_>, found: &mut Found) {
    let parts = filler.linker.parts;
    let (Some(within), Some(body)) = (parts.within, parts.organisation) else { return };
    let sentence = filler.sentence;
    for (index, phrase) in sentence.elements.phrases.iter().enumerate() {
        let Referent::Entities { ids, group: false, .. } = &filler.referents[index] else { continue };
        let &[id] = &ids[..] else { continue };
        if filler.linker.drafts[id as usize].kind != body {
            continue;
        }
        let joined = |u: &usize| {
            let unit = &sentence.units.units[*u];
            let token = &filler.linker.pages[sentence.page].tokens[unit.tokens.start];
            token.is_joined() && filler.linker.vocabulary.seated.contains(&unit.word)
        };
        let Some(seated) = phrase.units.clone().skip(1).find(joined) else { continue };
        let name = sentence.units.units[seated - 1].name.map(|n| &sentence.units.names[n as usize]);
        let Some(name) = name.filter(|name| name.links.is_empty()) else { continue };
        let Referent::Entities { ids: seats, group: false, .. } = filler.linker.name(sentence, name, Position::Local) else {
            continue;
        };
        let allowed = &filler.linker.schema.edge_types[within.0 as usize].to;
        for seat in seats.into_iter().filter(|&s| s != id && allowed.contains(&filler.linker.drafts[s as usize].kind)) {
            found.edges.push(Candidate::new(within, id, seat, filler.number, "located.seated"));
        }
    }
}

/// "Callao (Peru)".
fn bracketed(filler: &mut Filler<'_, '_, '_>, found: &mut Found) {
    let Some(within) = filler.linker.parts.within else { return };
    let sentence = filler.sentence;
    for (index, phrase) in sentence.elements.phrases.iter().enumerate() {
        let (Some(bracket), Referent::Entities { ids, group: false, .. }) = (phrase.bracket, &filler.referents[index]) else {
            continue;
        };
        let &[inner] = &ids[..] else { continue };
        if !filler.linker.lies_in_bracket(sentence, inner, bracket) {
            continue;
        }
        let Some(name) = sentence.units.units[bracket].name.map(|n| &sentence.units.names[n as usize]) else { continue };
        let Referent::Entities { ids: outer, group: false, .. } = filler.linker.name(sentence, name, Position::Governed) else {
            continue;
        };
        let allowed = &filler.linker.schema.edge_types[within.0 as usize].to;
        for outer in outer.into_iter().filter(|&o| o != inner && allowed.contains(&filler.linker.drafts[o as usize].kind)) {
            found.edges.push(Candidate::new(within, inner, outer, filler.number, "located.bracket"));
        }
    }
}

/// "Fujairah, Jebel Ali and Abu Dhabi in the UAE": what stands behind the last of a list is said of those before it, up to one that has
/// an "in" of its own.
fn listed(filler: &mut Filler<'_, '_, '_>, found: &mut Found) {
    let parts = filler.linker.parts;
    let Some(within) = parts.within else { return };
    let sentence = filler.sentence;
    let in_ = filler.linker.lexicon.known.in_;
    let vocabulary = filler.linker.vocabulary;
    let area = |phrase: usize| {
        spot(filler, phrase).filter(|&id| {
            let kind = Some(filler.linker.drafts[id as usize].kind);
            kind == parts.state || kind == parts.region
        })
    };
    let place = |phrase: usize| spot(filler, phrase).filter(|&id| Some(filler.linker.drafts[id as usize].kind) == parts.place);
    let own = |phrase: usize| sentence.attached_to(phrase).any(|a| a.prep == in_ && a.sites.last() == Some(&phrase));
    let mut more = Vec::new();
    for a in sentence.clauses.attached.iter().filter(|a| a.prep == in_) {
        let (&[outer], Some(&last)) = (sentence.group(a.group), a.sites.last()) else { continue };
        let Some(outer) = area(outer) else { continue };
        // "between Kitwe and Ndola in Zambia" leaves open where Kitwe is.
        let pair = sentence.governed_by(last).is_some_and(|g| vocabulary.pair_prepositions.contains(&g.prep));
        let list = sentence.clauses.groups.iter().find(|g| g.phrases.len() > 1 && g.phrases.contains(&last));
        let (Some(list), Some(_)) = (list.filter(|_| !pair), place(last)) else { continue };
        let before = list.phrases.iter().rev().skip_while(|&&p| p != last).skip(1);
        let items = before.take_while(|&&p| !own(p)).map_while(|&p| place(p));
        more.extend(items.filter(|&id| filler.linker.may_lie_in(id, outer)).map(|id| (id, outer)));
    }
    found
        .edges
        .extend(more.into_iter().map(|(inner, outer)| Candidate::new(within, inner, outer, filler.number, "located.list")));
}

/// "Bar, on Montenegro's Adriatic coast", "on the Red Sea coast of Egypt": the sea as well.
fn coasts(filler: &mut Filler<'_, '_, '_>, found: &mut Found) {
    let parts = filler.linker.parts;
    let Some(within) = parts.within else { return };
    let sentence = filler.sentence;
    for a in &sentence.clauses.attached {
        let (&[coast], Some(&site)) = (sentence.group(a.group), a.sites.last()) else { continue };
        let data = &sentence.elements.phrases[coast];
        if !filler.linker.vocabulary.coasts.contains(&sentence.units.units[data.head].word) {
            continue;
        }
        let spots = [parts.place, parts.project];
        let Some(inner) = spot(filler, site).filter(|&id| spots.contains(&Some(filler.linker.drafts[id as usize].kind))) else {
            continue;
        };
        let linker = &mut *filler.linker;
        let schema = linker.schema;
        let region = |entry: &EntryId| Some(schema.gazetteer[entry.0 as usize].kind) == parts.region;
        if let Some(sea) = linker.origin(sentence, coast).filter(region).map(|entry| linker.entry(entry)) {
            filler.linker.mention(sea, sentence.page, filler.linker.phrase_tokens(sentence, data));
            found.edges.push(Candidate::new(within, inner, sea, filler.number, "located.coast"));
        }
    }
}

/// "the Black Sea ports of Poti and Batumi", "the Siberian city of Omsk": the region before the noun is where all of them lie.
fn on_seas(filler: &mut Filler<'_, '_, '_>, found: &mut Found) {
    let parts = filler.linker.parts;
    let (Some(within), Some(place)) = (parts.within, parts.place) else { return };
    let sentence = filler.sentence;
    for (index, phrase) in sentence.elements.phrases.iter().enumerate() {
        let headed = filler.linker.lexicon.head(sentence.units.units[phrase.head].word);
        let Referent::Entities { ids, .. } = &filler.referents[index] else { continue };
        let all = ids.iter().all(|&id| filler.linker.drafts[id as usize].kind == place);
        if !all || headed.is_none_or(|h| h.node_type != place) {
            continue;
        }
        let ids = ids.clone();
        let linker = &mut *filler.linker;
        let schema = linker.schema;
        let region = |entry: &EntryId| Some(schema.gazetteer[entry.0 as usize].kind) == parts.region;
        let Some(area) = linker.origin(sentence, index).filter(region).map(|entry| linker.entry(entry)) else { continue };
        filler.linker.mention(area, sentence.page, filler.linker.phrase_tokens(sentence, phrase));
        let inside = ids.into_iter().filter(|&id| id != area);
        found.edges.extend(inside.map(|id| Candidate::new(within, id, area, filler.number, "located.sea")));
    }
}

/// The one thing that a phrase names.
fn spot(filler: &Filler<'_, '_, '_>, phrase: usize) -> Option<DraftId> {
    match &filler.referents[phrase] {
        Referent::Entities { ids, group: false, .. } if ids.len() == 1 => Some(ids[0]),
        _ => None,
    }
}
