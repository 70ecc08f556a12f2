//! What names and apposition say of ways and places without any frame: stops that a way's name spells out, two
//! nouns for one way, what a pipeline's name says that it carries.
//!
//! Wordings with a trigger are frames and are run by `relation`.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::Value;

use super::clause::LinkKind;
use super::entity::{DraftId, Referent};
use super::few::Ids;
use super::lexicon::WordId;
use super::phrase::Element;
use super::relation::{Candidate, Found};
use super::slots::Filler;

/// Ways whose names spell out their stops.
pub(super) fn chains(filler: &mut Filler<'_, '_, '_>, found: &mut Found) {
    let (Some(touches), Some(way)) = (filler.linker.parts.touches, filler.linker.parts.way) else { return };
    for phrase in 0..filler.sentence.elements.phrases.len() {
        let Referent::Entities { ids, group: false, .. } = &filler.referents[phrase] else { continue };
        let &[id] = &ids[..] else { continue };
        if filler.linker.drafts[id as usize].kind != way {
            continue;
        }
        if filler.linker.drafts[id as usize].stops.is_empty() {
            filler.linker.drafts[id as usize].stops = bracketed_stops(filler, phrase);
        }
        let stops = filler.linker.drafts[id as usize].stops.clone();
        for (i, &stop) in stops.iter().enumerate() {
            if stops.len() == 2 && is_group_of_states(filler, stop) {
                continue;
            }
            let role = if i == 0 {
                "start"
            } else if i + 1 == stops.len() {
                "end"
            } else {
                "via"
            };
            let mut attrs = BTreeMap::new();
            attrs.insert(Arc::from("role"), Value::Text(role.into()));
            // Of two stops the roles say it all.
            if stops.len() > 2 {
                attrs.insert(Arc::from("order"), Value::Int(i as i64 + 1));
            }
            found.edges.push(Candidate {
                geometry: true,
                attrs,
                ..Candidate::new(touches, id, stop, filler.number, "touches.name")
            });
        }
        carried(filler, phrase, id, found);
    }
}

/// "the Maghreb–Europe pipeline": between which parts of the world it lies, and no stop.
fn is_group_of_states(filler: &Filler<'_, '_, '_>, stop: DraftId) -> bool {
    let draft = &filler.linker.drafts[stop as usize];
    let region = Some(draft.kind) == filler.linker.parts.region;
    region && draft.known.is_some_and(|entry| !filler.linker.schema.gazetteer[entry.0 as usize].members.is_empty())
}

/// "the new corridor (A–B–C)": the stops that the bracket holds.
fn bracketed_stops(filler: &mut Filler<'_, '_, '_>, phrase: usize) -> Ids {
    let sentence = filler.sentence;
    let name = sentence.elements.phrases[phrase].bracket.and_then(|unit| sentence.units.units[unit].name);
    match name.map(|n| &sentence.units.names[n as usize]).filter(|name| !name.links.is_empty()) {
        Some(chain) => filler.linker.links(sentence, chain),
        None => Ids::new(),
    }
}

/// "From Beira to Lusaka, you mean.", "Three hundred kilometres of steel from Beira to Lusaka.": stops without a verb are those of the
/// way that was spoken of last.
pub(super) fn fragments(filler: &mut Filler<'_, '_, '_>, found: &mut Found) {
    let parts = filler.linker.parts;
    let (Some(touches), Some(way)) = (parts.touches, parts.way) else { return };
    let stops = leading_stops(filler);
    let role = |stop: &(WordId, usize), wanted: &str| filler.linker.vocabulary.role_of(stop.0) == Some(wanted);
    if !stops.iter().any(|s| role(s, "start")) || !stops.iter().any(|s| role(s, "end")) {
        return;
    }
    let Some(line) = filler.spoken_of(&[way], 0) else { return };
    let spots: Vec<_> = parts.place.into_iter().chain(parts.state).chain(parts.region).collect();
    filler.route = true;
    for (prep, phrase) in stops {
        for end in filler.phrase(phrase, &spots, Some(prep)) {
            let role = filler.linker.vocabulary.role_of(prep).map(|role| (Arc::from("role"), Value::Text(role.into())));
            found.edges.push(Candidate {
                geometry: true,
                attrs: role.into_iter().collect(),
                distance: line.distance,
                ..Candidate::new(touches, line.id, end.id, filler.number, "touches.fragment")
            });
        }
    }
}

/// The stops that a sentence opens with, where nothing else stands before its first comma or colon, and no other way is named.
fn leading_stops(filler: &Filler<'_, '_, '_>) -> Vec<(WordId, usize)> {
    let sentence = filler.sentence;
    let list = &sentence.elements.list;
    let closes = |e: &Element| matches!(e, Element::Comma | Element::Break);
    let end = list.iter().position(|(e, _)| closes(e)).unwrap_or(list.len());
    let mut stops = Vec::new();
    for (at, (element, _)) in list[..end].iter().enumerate() {
        match *element {
            Element::Prep(_) | Element::Conj(_) => {}
            Element::Phrase(p) => match at.checked_sub(1).map(|before| list[before].0) {
                Some(Element::Prep(prep)) if filler.linker.vocabulary.role_of(prep).is_some() => stops.push((prep, p)),
                Some(Element::Prep(_)) => {}
                Some(Element::Conj(_)) => stops.extend(stops.last().map(|&(prep, _)| (prep, p))),
                None if sentence.elements.phrases[p].measure => {}
                _ => return Vec::new(),
            },
            _ => return Vec::new(),
        }
    }
    // "From Beira to Lusaka, they say": whoever speaks.
    let speaks = |p: &usize| {
        sentence.elements.phrases[*p].pronoun && !filler.linker.vocabulary.thing_pronouns.contains(&filler.head_word(*p))
    };
    let told = list[end..].iter().find_map(|(e, _)| match e {
        Element::Phrase(p) => Some(speaks(p)),
        _ => None,
    });
    if told == Some(false) { Vec::new() } else { stops }
}

/// "agreed on the A–B railway project to build a rail link": what the project is to build is the way that it is called after.
pub(super) fn purposes(filler: &mut Filler<'_, '_, '_>) {
    let Some(way) = filler.linker.parts.way else { return };
    let sentence = filler.sentence;
    for clause in sentence.clauses.list.iter().filter(|c| c.link == LinkKind::Infinitive) {
        let (Some(project), Some(&built)) = (clause.governor, clause.objects.first()) else { continue };
        let &[built] = sentence.group(built) else { continue };
        let builds = clause.verb.is_some_and(|v| filler.linker.vocabulary.developing.contains(&sentence.elements.verbs[v].lemma));
        let Referent::Entities { ids, group: false, .. } = &filler.referents[project] else { continue };
        let same = ids.len() == 1 && filler.linker.drafts[ids[0] as usize].kind == way;
        let new = matches!(filler.referents[built], Referent::Described { kind, made: None, .. } if kind == way);
        if builds && same && new && filler.linker.vocabulary.also_ways.contains(&filler.head_word(project)) {
            filler.referents[built] = filler.referents[project].clone();
        }
    }
}

/// "the corridor along the A–B–C route": one way with two nouns.
pub(super) fn along(filler: &mut Filler<'_, '_, '_>) {
    let Some(way) = filler.linker.parts.way else { return };
    let sentence = filler.sentence;
    for attached in &sentence.clauses.attached {
        let (&[route], Some(&site)) = (filler.sentence.group(attached.group), attached.sites.last()) else { continue };
        if !filler.linker.vocabulary.along.contains(&attached.prep) {
            continue;
        }
        let one = |referent: &Referent| match referent {
            Referent::Entities { ids, group: false, .. } if ids.len() == 1 => Some(ids[0]),
            _ => None,
        };
        let (Some(route), Some(site)) = (one(&filler.referents[route]), one(&filler.referents[site])) else { continue };
        let drafts = &filler.linker.drafts;
        let (r, s) = (&drafts[route as usize], &drafts[site as usize]);
        if r.kind == way && s.kind == way && r.known.is_none() && r.stops.len() > 1 && s.stops.is_empty() && route != site {
            filler.linker.same.push((route, site));
        }
    }
}

/// "a gas pipeline from Oran to Genoa": so does a way that is described, once an edge has made it.
pub(super) fn goods_of_described(filler: &mut Filler<'_, '_, '_>, found: &mut Found) {
    for phrase in 0..filler.sentence.elements.phrases.len() {
        if let Referent::Described { kind, made: Some(id), .. } = filler.referents[phrase]
            && Some(kind) == filler.linker.parts.way
        {
            carried(filler, phrase, id, found);
        }
    }
}

/// "gas pipeline": what it carries.
fn carried(filler: &mut Filler<'_, '_, '_>, phrase: usize, id: DraftId, found: &mut Found) {
    let Some(carries) = filler.linker.parts.carries else { return };
    let sentence = filler.sentence;
    let data = &sentence.elements.phrases[phrase];
    let page = &filler.linker.pages[sentence.page];
    let units = &sentence.units.units;
    // A listed name holds the word inside itself: "the Kirkuk–Ceyhan oil pipeline".
    let tokens = units[data.units.start].tokens.start..units[data.head].tokens.end;
    for token in tokens {
        let word = page.tokens[token].word;
        let named = units[data.head].tokens.contains(&token);
        if named && page.tokens[token].is_capital() {
            continue;
        }
        let Some(entry) = filler.linker.vocabulary.carried(word).and_then(|e| filler.linker.schema.entry(e)) else { continue };
        let commodity = filler.linker.entry(entry);
        filler.linker.mention(commodity, filler.sentence.page, token..token + 1);
        found.edges.push(Candidate { geometry: true, ..Candidate::new(carries, id, commodity, filler.number, "carries.name") });
    }
}
