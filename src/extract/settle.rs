//! What only the whole article tells: which event "attended" meant, whose minister a minister is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{Mode, PartialDate, Value};
use crate::schema::{EntryId, NodeTypeId};

use super::dated::called_by_time;
use super::entity::{Draft, DraftId, Linker};
use super::form::Form;
use super::home::Homes;
use super::relation::{Candidate, Found, WHOLE, amount};
use super::restated::restated;
use super::slots::PENDING;

/// How far an event may be mentioned from what is said of it, in sentences.
pub(super) const EVENT_REACH: usize = 4;
/// How far before a part its whole may be named, in sentences.
const PART_REACH: usize = 3;

/// Replaces pending events by the one mentioned nearest: this sentence, the next, then those before; drops what finds none.
pub fn pending_events(linker: &Linker<'_>, edges: &mut Vec<Candidate>) {
    if edges.iter().all(|e| e.from != PENDING && e.to != PENDING) {
        return;
    }
    let mentions: Vec<(usize, DraftId)> =
        linker.salient.iter().filter(|s| linker.is_attended(s.id)).map(|s| (s.sentence, s.id)).collect();
    let (to_come, held) = events_by_time(linker, edges);
    let months = months_told(edges);
    edges.retain_mut(|edge| {
        if edge.from != PENDING && edge.to != PENDING {
            return true;
        }
        let rank = |at: usize| match at.cmp(&edge.sentence) {
            std::cmp::Ordering::Equal => 0,
            std::cmp::Ordering::Greater => (at - edge.sentence) * 4,
            std::cmp::Ordering::Less => edge.sentence - at + 1,
        };
        // What has a date of its own, or was signed, belongs to a happening told before, not to the next one.
        let adopted = linker.parts.adopted_at == Some(edge.edge);
        let (ahead, back) = if adopted { (0, if edge.when.is_some() { 0 } else { EVENT_REACH }) } else { (1, EVENT_REACH) };
        let near = mentions.iter().filter(|(at, _)| *at <= edge.sentence + ahead && at + back >= edge.sentence);
        // What has been signed was not signed at a meeting that is still to be held.
        // What is still to be approved will not be approved where it was signed.
        let apart = |id: &DraftId| match edge.mode {
            Mode::Actual => to_come.contains(id),
            Mode::Denied => false,
            _ => held.contains(id),
        };
        let takes_part = linker.parts.takes_part == Some(edge.edge) && matches!(edge.mode, Mode::Planned | Mode::Proposed);
        // "was to have met", "proposed that they meet": not the meeting that was held.
        // "It was the fifth summit; in November they had been guests of X": another month is another happening.
        let month = |when: Option<PartialDate>| when.and_then(|when| when.month);
        let other_time = |id: &DraftId| {
            let own = month(edge.when).filter(|_| linker.parts.takes_part == Some(edge.edge));
            own.is_some_and(|own| months.get(id).is_some_and(|told| !told.contains(&own)))
        };
        let near = near.filter(|(_, id)| !(adopted && apart(id) || takes_part && held.contains(id) || other_time(id)));
        // "Following the talks, these were signed:" lists what came of the visit.
        let visit =
            mentions.iter().find(|(at, id)| *at < edge.sentence && &*edge.rule == super::roll::RULE && is_visit(linker, *id));
        // "was to visit Lima to meet the leaders of A and B": at the summit that is planned, and only else on the visit.
        let nearest = near.min_by_key(|(at, id)| (takes_part && is_visit(linker, *id), rank(*at), *id));
        let Some(&(at, id)) = visit.or(nearest) else { return false };
        edge.distance += edge.sentence.abs_diff(at);
        for end in [&mut edge.from, &mut edge.to] {
            if *end == PENDING {
                *end = id;
            }
        }
        edge.from != edge.to
    });
}

/// The months in which edges that are no guess put what they are of.
fn months_told(edges: &[Candidate]) -> BTreeMap<DraftId, Vec<u8>> {
    let mut months: BTreeMap<DraftId, Vec<u8>> = BTreeMap::new();
    for edge in edges.iter().filter(|e| e.from != PENDING && e.to != PENDING) {
        let Some(month) = edge.when.and_then(|when| when.month) else { continue };
        for id in [edge.from, edge.to] {
            months.entry(id).or_default().push(month);
        }
    }
    months
}

/// Somebody goes to see somebody.
fn is_visit(linker: &Linker<'_>, id: DraftId) -> bool {
    let draft = &linker.drafts[id as usize];
    let travelling = &linker.vocabulary.travelling;
    travelling.contains(&draft.head) || draft.name.has_any(travelling, linker.lexicon)
}

/// Events of which nothing is told as done and something as planned, and those of which something is told as done.
fn events_by_time(linker: &Linker<'_>, edges: &[Candidate]) -> (FxHashSet<DraftId>, FxHashSet<DraftId>) {
    let ends = |wanted: &dyn Fn(Mode) -> bool| -> FxHashSet<DraftId> {
        // What a meeting is about says nothing of whether it was held.
        let tells = |e: &&Candidate| wanted(e.mode) && linker.parts.concerns != Some(e.edge);
        edges.iter().filter(tells).flat_map(|e| [e.from, e.to]).collect()
    };
    let done = ends(&|mode| mode == Mode::Actual);
    let is_event = |id: &DraftId| *id != PENDING && Some(linker.drafts[*id as usize].kind) == linker.parts.event;
    let to_come = ends(&|mode| mode == Mode::Planned).into_iter().filter(|id| is_event(id) && !done.contains(id));
    let (lexicon, drafts) = (linker.lexicon, &linker.drafts);
    let named_so = |d: &Draft| lexicon.joining.coming.iter().any(|&word| d.name.has(word, lexicon));
    let ahead = (0..drafts.len() as DraftId).filter(|id| is_event(id) && !done.contains(id) && named_so(&drafts[*id as usize]));
    (to_come.chain(ahead).collect(), done)
}

/// Where a person stands for what the person leads ("Sharif and Li signed"), the state or body takes the place: what the text says
/// that the person leads, else the state that everybody knows the person by, where the text names it.
pub fn through_leaders(homes: &Homes, linker: &Linker<'_>, edges: &mut Vec<Candidate>) {
    let (Some(leads), Some(person)) = (linker.parts.leads, linker.parts.person) else { return };
    let led: Vec<(DraftId, DraftId)> = edges.iter().filter(|e| e.edge == leads).map(|e| (e.from, e.to)).collect();
    for edge in edges.iter_mut() {
        let allowed = &linker.schema.edge_types[edge.edge.0 as usize].from;
        if linker.drafts[edge.from as usize].kind == person
            && !allowed.contains(&person)
            && let Some(body) = led
                .iter()
                .find_map(|&(p, body)| (p == edge.from).then_some(body))
                .or_else(|| homes.of(linker, edge.from).and_then(|state| linker.mentioned(state)))
        {
            edge.from = body;
            edge.distance += 1;
        }
    }
    edges.retain(|e| {
        linker.schema.edge_types[e.edge.0 as usize].from.contains(&linker.drafts[e.from as usize].kind) && e.from != e.to
    });
}

/// Drops what puts a known place or region into a state where it does not lie: the sentence was misread ("the train from
/// Alashankou reached the station in Tbilisi"). Nor does a region of several states lie in one. O(edges).
pub fn misplaced(linker: &Linker<'_>, edges: &mut Vec<Candidate>) {
    let (Some(within), Some(state)) = (linker.parts.within, linker.parts.state) else { return };
    let entry = |id: DraftId| linker.drafts[id as usize].known.map(|e| &linker.schema.gazetteer[e.0 as usize]);
    let is_state = |e: &EntryId| linker.schema.gazetteer[e.0 as usize].kind == state;
    edges.retain(|edge| {
        if edge.edge != within || edge.mode == Mode::Denied {
            return true;
        }
        let (Some(what), Some(there)) = (entry(edge.from), linker.drafts[edge.to as usize].known) else { return true };
        let homes = || what.facts.iter().filter(|(e, _)| *e == within).map(|(_, to)| *to).filter(is_state);
        if !is_state(&there) {
            // "A in Brazil, and the Chaco": a region of other states.
            let area = &linker.schema.gazetteer[there.0 as usize];
            let mut states =
                area.members.iter().chain(area.facts.iter().filter(|(e, _)| *e == within).map(|(_, to)| to)).peekable();
            return states.peek().is_none() || homes().next().is_none() || states.any(|s| homes().any(|home| home == *s));
        }
        // Of border towns there may be one on either side.
        let beside = |home: EntryId| linker.schema.gazetteer[home.0 as usize].facts.iter().any(|&(_, to)| to == there);
        what.members.is_empty() && (homes().next().is_none() || homes().any(|home| home == there || beside(home)))
    });
}

/// A way that touches a place touches what the same sentence puts the place in. Where another sentence does, readers leave it.
pub fn states_of_stops(linker: &Linker<'_>, edges: &mut Vec<Candidate>) {
    let (Some(touches), Some(within), Some(state)) = (linker.parts.touches, linker.parts.within, linker.parts.state) else {
        return;
    };
    let kind = |e: &Candidate| linker.drafts[e.to as usize].kind;
    let seats: Vec<(DraftId, DraftId, usize)> = edges
        .iter()
        // A port on the Black Sea takes no line across it.
        .filter(|e| {
            e.edge == within
                && e.mode == Mode::Actual
                && &*e.rule != "located.sea"
                && (kind(e) == state || Some(kind(e)) == linker.parts.region)
        })
        .map(|e| (e.from, e.to, e.sentence))
        .collect();
    let more: Vec<Candidate> = edges
        .iter()
        .filter(|e| e.edge == touches && e.mode != Mode::Denied)
        .flat_map(|e| {
            let here = |at: &usize| *at == e.sentence;
            seats.iter().filter(move |(stop, _, at)| *stop == e.to && here(at)).map(|&(_, to, _)| Candidate {
                to,
                rule: "touches.seat".into(),
                attrs: BTreeMap::new(),
                ..e.clone()
            })
        })
        .collect();
    edges.extend(more);
}

/// What proved to be one: a description with the very ends of a way that has been read ("the railway from A to B"
/// and "the Western Railway, from A … to B"), what `relation` found to be two nouns for one, happenings called by their time.
pub fn same_things(linker: &mut Linker<'_>, found: &mut Found) {
    let mut same = std::mem::take(&mut linker.same);
    same.extend(equal_ends(linker, &found.edges));
    same.extend(named_later(linker, &found.edges));
    same.extend(called_by_time(linker, &found.edges));
    same.extend(restated(linker, &found.edges));
    if same.is_empty() {
        return;
    }
    // By draft, the one it is known to be the same as; the last of such a chain stays.
    let mut kept: Vec<DraftId> = (0..linker.drafts.len() as DraftId).collect();
    for (gone, keep) in same {
        let keep = last_of(&mut kept, keep);
        if gone != keep && kept[gone as usize] == gone {
            kept[gone as usize] = keep;
            absorb(linker, gone, keep);
        }
    }
    for id in 0..kept.len() {
        kept[id] = last_of(&mut kept, id as DraftId);
    }
    let moved = |id: &mut DraftId| {
        if *id != PENDING {
            *id = kept[*id as usize];
        }
    };
    for edge in &mut found.edges {
        moved(&mut edge.from);
        moved(&mut edge.to);
    }
    found.edges.retain(|e| e.from != e.to);
    found.attributes.iter_mut().for_each(|a| moved(&mut a.of));
    found.statuses.iter_mut().for_each(|s| moved(&mut s.of));
    linker.salient.iter_mut().for_each(|s| moved(&mut s.id));
}

fn absorb(linker: &mut Linker<'_>, gone: DraftId, keep: DraftId) {
    let old = &mut linker.drafts[gone as usize];
    old.named = false;
    let (forms, mentions, stops) =
        (std::mem::take(&mut old.forms), std::mem::take(&mut old.mentions), std::mem::take(&mut old.stops));
    let (status, opened) = (std::mem::take(&mut old.status), old.opened);
    let draft = &mut linker.drafts[keep as usize];
    draft.forms.extend(forms);
    draft.mentions.extend(mentions);
    draft.status.extend(status);
    draft.opened |= opened;
    if draft.stops.is_empty() {
        draft.stops = stops;
    }
}

/// Where a chain ends; it is shortened on the way (path halving: Tarjan and van Leeuwen, 1984).
fn last_of(next: &mut [DraftId], from: DraftId) -> DraftId {
    let mut at = from as usize;
    while next[at] as usize != at {
        next[at] = next[next[at] as usize];
        at = next[at] as usize;
    }
    at as DraftId
}

/// Unnamed ways whose two ends are those of another way.
fn equal_ends(linker: &Linker<'_>, edges: &[Candidate]) -> Vec<(DraftId, DraftId)> {
    let (Some(touches), Some(way)) = (linker.parts.touches, linker.parts.way) else { return Vec::new() };
    let role = |e: &Candidate, wanted: &str| matches!(e.attrs.get("role"), Some(Value::Text(t)) if &**t == wanted);
    let mut ends: BTreeMap<DraftId, (Vec<DraftId>, Vec<DraftId>)> = BTreeMap::new();
    for edge in edges.iter().filter(|e| e.edge == touches && e.mode != Mode::Denied) {
        let entry = ends.entry(edge.from).or_default();
        if role(edge, "start") && !entry.0.contains(&edge.to) {
            entry.0.push(edge.to);
        } else if role(edge, "end") && !entry.1.contains(&edge.to) {
            entry.1.push(edge.to);
        }
    }
    // A name spells its ends out where no sentence says them: "the Sines–Badajoz line", in a title.
    for (id, draft) in (0..).zip(&linker.drafts).filter(|(_, d)| d.named && d.kind == way && d.stops.len() > 1) {
        let stops = (vec![draft.stops[0]], vec![draft.stops[draft.stops.len() - 1]]);
        ends.entry(id).or_insert(stops);
    }
    let mut by_ends: FxHashMap<(DraftId, DraftId), Vec<DraftId>> = FxHashMap::default();
    for (&id, (starts, finishes)) in &ends {
        for pair in starts.iter().flat_map(|&start| finishes.iter().map(move |&end| (start, end))) {
            by_ends.entry(pair).or_default().push(id);
        }
    }
    let mut out = Vec::new();
    for (&id, (start, end)) in &ends {
        let draft = &linker.drafts[id as usize];
        let part = linker.lexicon.head(draft.head).is_some_and(|h| h.part);
        let ([start], [end]) = (&start[..], &end[..]) else { continue };
        if draft.kind != way || draft.named || part {
            continue;
        }
        let twin = by_ends[&(*start, *end)].iter().find(|&&other| {
            let twin = &linker.drafts[other as usize];
            let kinds = draft.way_kind.is_none() || twin.way_kind.is_none() || draft.way_kind == twin.way_kind;
            let before = twin.named || other < id;
            other != id && before && twin.kind == way && kinds
        });
        out.extend(twin.map(|&other| (id, other)));
    }
    out
}

/// "a freight route to Europe over the Caspian Sea" and, paragraphs later, "the Caspian Sea route": a way that was described, and then
/// goes by a name all of whose words the description has, with the same noun. An edge between the two keeps them apart.
fn named_later(linker: &Linker<'_>, edges: &[Candidate]) -> Vec<(DraftId, DraftId)> {
    let Some(way) = linker.parts.way else { return Vec::new() };
    let first = |d: &Draft| d.mentions.iter().map(|m| (m.0, m.1)).min();
    let all = || (0..).zip(&linker.drafts).filter(|(_, d)| d.kind == way && !d.mentions.is_empty());
    // Described ways by each of their words.
    let mut described: FxHashMap<&str, Vec<DraftId>> = FxHashMap::default();
    let part = |d: &Draft| linker.lexicon.head(d.head).is_some_and(|h| h.part);
    for (id, draft) in all().filter(|(_, d)| !d.named && d.known.is_none() && !part(d)) {
        for word in draft.name.folded().split(' ') {
            let ids = described.entry(word).or_default();
            if ids.last() != Some(&id) {
                ids.push(id);
            }
        }
    }
    let mut out = Vec::new();
    for (id, named) in all().filter(|(_, d)| d.named) {
        let words: Vec<&str> = named.name.folded().split(' ').collect();
        let bearing = words.iter().map(|w| described.get(w).map_or(&[][..], Vec::as_slice));
        let Some(fewest) = bearing.min_by_key(|ids| ids.len()).filter(|_| words.len() > 2) else { continue };
        let repeated = fewest.iter().copied().filter(|&other| {
            let draft = &linker.drafts[other as usize];
            let said: Vec<&str> = draft.name.folded().split(' ').collect();
            let before = first(draft).zip(first(named)).is_some_and(|(a, b)| a.0 < b.0);
            let apart = || edges.iter().any(|e| [(e.from, e.to), (e.to, e.from)].contains(&(id, other)));
            let noun = linker.lexicon.form(draft.head);
            before && words.last() == Some(&noun) && words.iter().all(|w| said.contains(w)) && !apart()
        });
        let described: Vec<DraftId> = repeated.collect();
        // Of two that were described so nothing tells which one got the name.
        if let [only] = described[..] {
            out.push((only, id));
        }
    }
    out
}

/// Everyone present where something was adopted is bound by it, unless the text says who signed.
pub fn parties_present(linker: &Linker<'_>, edges: &mut Vec<Candidate>) {
    let p = linker.parts;
    let (Some(adopted), Some(party), Some(takes_part)) = (p.adopted_at, p.party, p.takes_part) else { return };
    let allowed = &linker.schema.edge_types[party.0 as usize].from;
    let mut more = Vec::new();
    for adoption in edges.iter().filter(|e| e.edge == adopted && e.mode == Mode::Actual) {
        if edges.iter().any(|e| e.edge == party && e.to == adoption.from) {
            continue;
        }
        // Of a visit the guest alone is told: what was signed there binds whoever received him, too.
        let receives = |e: &&Candidate| Some(e.edge) == p.hosts && &*adoption.rule == super::roll::RULE;
        let there = |e: &&Candidate| e.edge == takes_part || receives(e);
        let present = edges.iter().filter(|e| there(e) && e.to == adoption.to && e.mode == Mode::Actual);
        // Whoever came for a state signed for it.
        let led = |person: DraftId| edges.iter().find(|e| Some(e.edge) == p.leads && e.from == person).map(|e| e.to);
        let signs = |id: DraftId| allowed.contains(&linker.drafts[id as usize].kind);
        let signer = |e: &Candidate| Some(e.from).filter(|&id| signs(id)).or_else(|| led(e.from).filter(|&id| signs(id)));
        more.extend(present.filter_map(signer).map(|from| Candidate {
            edge: party,
            from,
            to: adoption.from,
            rule: "party.present".into(),
            attrs: BTreeMap::new(),
            distance: adoption.distance + 1,
            ..adoption.clone()
        }));
    }
    edges.extend(more);
}

/// The states that signed where something was adopted took part there; of who held it nobody need say so.
pub fn signers_present(linker: &Linker<'_>, edges: &mut Vec<Candidate>) {
    let p = linker.parts;
    let (Some(adopted), Some(party), Some(takes_part), Some(state)) = (p.adopted_at, p.party, p.takes_part, p.state) else {
        return;
    };
    let mut more: Vec<Candidate> = Vec::new();
    // A meeting or a summit: of a visit the guest alone is told, and at a conference of the whole world two may sign apart from it.
    let meets = |id: DraftId| {
        let head = linker.drafts[id as usize].head;
        let event = linker.lexicon.head(head).is_some_and(|h| Some(h.node_type) == p.event);
        event && !linker.vocabulary.never_first.contains(&head)
    };
    // Who is known to be there, or holds it; and who signed what in which sentence.
    let there = edges.iter().filter(|e| e.edge == takes_part || Some(e.edge) == p.hosts).map(|e| (e.from, e.to));
    let mut there: FxHashSet<(DraftId, DraftId)> = there.collect();
    let mut signings: FxHashMap<(DraftId, usize), Vec<&Candidate>> = FxHashMap::default();
    for e in edges.iter().filter(|e| e.edge == party && e.mode == Mode::Actual) {
        signings.entry((e.to, e.sentence)).or_default().push(e);
    }
    let held = |e: &&Candidate| e.edge == adopted && e.mode == Mode::Actual && e.to != PENDING && meets(e.to);
    for adoption in edges.iter().filter(held) {
        for signing in signings.get(&(adoption.from, adoption.sentence)).into_iter().flatten() {
            let is_state = linker.drafts[signing.from as usize].kind == state;
            if is_state && there.insert((signing.from, adoption.to)) {
                more.push(Candidate {
                    edge: takes_part,
                    to: adoption.to,
                    rule: "takes_part.signer".into(),
                    attrs: BTreeMap::new(),
                    distance: adoption.distance + 1,
                    ..(*signing).clone()
                });
            }
        }
    }
    edges.extend(more);
}

/// "The western section" belongs to the named way that was spoken of last before it, if nothing else is said.
pub fn parts_of_topic(linker: &Linker<'_>, edges: &mut Vec<Candidate>) {
    let p = linker.parts;
    let (Some(part_of), Some(way)) = (p.part_of, p.way) else { return };
    let is_part = |id: DraftId| {
        let draft = &linker.drafts[id as usize];
        // "the Rasht–Astara section" has no other name than where it goes.
        let unnamed = !draft.named || draft.known.is_none() && !draft.stops.is_empty();
        draft.kind == way && unnamed && linker.lexicon.head(draft.head).is_some_and(|h| h.part)
    };
    let whole = |part: DraftId| {
        let first = linker.salient.iter().position(|s| s.id == part)?;
        let at = linker.salient[first];
        let before = linker.salient[..first].iter().rev().take_while(|s| s.sentence + PART_REACH >= at.sentence);
        let part = |id: DraftId| linker.lexicon.head(linker.drafts[id as usize].head).is_some_and(|h| h.part);
        let named = |id: DraftId| linker.drafts[id as usize].kind == way && linker.drafts[id as usize].named && !part(id);
        let mut ways = before.filter(|s| named(s.id) && (s.sentence, s.phrase) < (at.sentence, at.phrase));
        // What the sentence or the one before speaks of: its subject first.
        let nearest = ways.next()?;
        let subject = ways.take_while(|s| s.sentence == nearest.sentence).find(|s| s.subject);
        Some(if nearest.subject { nearest.id } else { subject.map_or(nearest.id, |s| s.id) })
    };
    let mut more: Vec<Candidate> = Vec::new();
    for edge in edges.iter() {
        for id in [edge.from, edge.to] {
            let said = |e: &Candidate| e.edge == part_of && e.from == id;
            if id == PENDING || !is_part(id) || edges.iter().any(said) || more.iter().any(said) {
                continue;
            }
            let Some(to) = whole(id).filter(|&to| to != id) else { continue };
            more.push(Candidate {
                geometry: true,
                distance: 3,
                speaker: edge.speaker.clone(),
                ..Candidate::new(part_of, id, to, edge.sentence, "part.topic")
            });
        }
    }
    edges.extend(more);
}

/// An agreement without a proper name, not said to be on anything, concerns the one way or project that is named where it is
/// signed, or that the sentence before speaks of; else the goods that are named with it.
pub fn topics_of_agreements(linker: &Linker<'_>, edges: &mut Vec<Candidate>) {
    let p = linker.parts;
    let (Some(concerns), Some(party), Some(agreement)) = (p.concerns, p.party, p.agreement) else { return };
    let mut told: BTreeSet<DraftId> = edges.iter().filter(|e| e.edge == concerns).map(|e| e.from).collect();
    let mut more = Vec::new();
    // What only may come about was signed nowhere.
    for signing in edges.iter().filter(|e| e.edge == party && e.to != PENDING && e.mode != Mode::Possible) {
        let draft = &linker.drafts[signing.to as usize];
        if draft.kind != agreement || draft.named || !told.insert(signing.to) {
            continue;
        }
        let (topics, distance) = topics_near(linker, signing.sentence, draft.name.as_str());
        // "a memorandum on gas and a defence agreement": gas is what the other is about.
        let goods = |to: DraftId| Some(linker.drafts[to as usize].kind) == p.commodity;
        let told_of = |to: DraftId| edges.iter().any(|e| (e.edge, e.to, e.sentence) == (concerns, to, signing.sentence));
        let of_other = |&to: &DraftId| goods(to) && told_of(to);
        let topics = topics.into_iter().filter(|to| !of_other(to));
        more.extend(topics.map(|to| Candidate {
            distance: signing.distance + distance,
            speaker: signing.speaker.clone(),
            ..Candidate::new(concerns, signing.to, to, signing.sentence, "concerns.signed")
        }));
    }
    edges.extend(more);
}

/// "covers the full cost of the line": the sum is what the line costs, if the article gives one cost.
pub fn whole_sums(cost: Option<&Arc<str>>, found: &mut Found) {
    for edge in &mut found.edges {
        if edge.attrs.remove(WHOLE).is_none() || edge.attrs.contains_key("amount") {
            continue;
        }
        let costs = found.attributes.iter().filter(|a| a.of == edge.to && Some(&a.name) == cost);
        let mut costs: Vec<&Value> = costs.map(|a| &a.value).collect();
        costs.dedup();
        if let [Value::Quantity { text, number: Some(number), unit: Some(unit) }] = costs[..] {
            edge.attrs.extend(amount(&(text.to_string(), *number, (&**unit).into())));
        }
    }
}

/// What an agreement that was signed in a sentence may be about, and how far that is.
fn topics_near(linker: &Linker<'_>, sentence: usize, agreement: &str) -> (BTreeSet<DraftId>, usize) {
    let p = linker.parts;
    let mentioned = |at: usize, kinds: [Option<NodeTypeId>; 2]| -> BTreeSet<DraftId> {
        let first = linker.salient.partition_point(|s| s.sentence < at);
        let here = linker.salient[first..].iter().take_while(|s| s.sentence == at).map(|s| s.id);
        here.filter(|&id| kinds.contains(&Some(linker.drafts[id as usize].kind))).collect()
    };
    let things = [p.way, p.project];
    let here = mentioned(sentence, things);
    if !here.is_empty() {
        return (if here.len() == 1 { here } else { BTreeSet::new() }, 1);
    }
    // "The concession agreement was signed in May"; "the agreement with Oman" may be about anything.
    let bare = !agreement.contains(char::is_uppercase);
    let before = sentence.checked_sub(1).filter(|_| bare).map(|s| mentioned(s, things)).unwrap_or_default();
    if before.len() == 1 { (before, 2) } else { (mentioned(sentence, [p.commodity, None]), 1) }
}

/// A way that is described and not named is called by its ends, where the text says them: "corridor from A to C".
pub fn name_by_ends(linker: &mut Linker<'_>, edges: &[Candidate]) {
    let (Some(touches), Some(way)) = (linker.parts.touches, linker.parts.way) else { return };
    let mut stops: BTreeMap<DraftId, Vec<&Candidate>> = BTreeMap::new();
    for edge in edges.iter().filter(|e| e.edge == touches && e.mode != Mode::Denied && &*e.rule != "touches.seat") {
        stops.entry(edge.from).or_default().push(edge);
    }
    let role = |e: &&&Candidate, wanted: &str| matches!(e.attrs.get("role"), Some(Value::Text(t)) if &**t == wanted);
    for (id, edges) in stops {
        let draft = &linker.drafts[id as usize];
        let told = [" from ", " to ", " between ", " through ", " across "].iter().any(|w| draft.name.as_str().contains(w));
        if draft.kind != way || draft.named || told || edges.len() < 2 {
            continue;
        }
        let first = edges.iter().find(|e| role(e, "start")).or(edges.first()).map(|e| e.to);
        let last = edges.iter().rev().find(|e| role(e, "end")).or(edges.last()).map(|e| e.to);
        let (Some(first), Some(last)) = (first, last) else { continue };
        if first != last {
            let called = |id: DraftId| {
                let d = &linker.drafts[id as usize];
                // A capital that stands for its state is not what the way touches.
                let form = d.forms.first().filter(|_| d.known.is_none());
                form.unwrap_or(&d.name).as_str()
            };
            let name = format!("{} from {} to {}", draft.name.as_str(), called(first), called(last));
            linker.drafts[id as usize].name = Form::new(name);
        }
    }
}

/// A happening of which the text gives no more than the noun is called by where it took place: "meeting in Herat".
pub fn name_by_places(linker: &mut Linker<'_>, edges: &[Candidate]) {
    let (Some(within), Some(event), Some(place)) = (linker.parts.within, linker.parts.event, linker.parts.place) else { return };
    let mut seats: BTreeMap<DraftId, BTreeSet<DraftId>> = BTreeMap::new();
    for edge in edges.iter().filter(|e| e.edge == within && e.from != PENDING && e.mode != Mode::Denied) {
        if linker.drafts[edge.to as usize].kind == place {
            seats.entry(edge.from).or_default().insert(edge.to);
        }
    }
    for (id, places) in seats {
        let draft = &linker.drafts[id as usize];
        let ([place], false) = (&Vec::from_iter(places)[..], draft.named || draft.name.as_str().contains(' ')) else { continue };
        if draft.kind == event {
            let name = format!("{} in {}", draft.name.as_str(), linker.drafts[*place as usize].name.as_str());
            linker.drafts[id as usize].name = Form::new(name);
        }
    }
}

/// What is held in a state, or in a city that the article puts into one, is held by that state, where nobody else is said to hold it.
/// O(edges).
pub fn hosts_at_home(linker: &Linker<'_>, edges: &mut Vec<Candidate>) {
    let p = linker.parts;
    let (Some(within), Some(hosts), Some(event), Some(place), Some(state)) = (p.within, p.hosts, p.event, p.place, p.state)
    else {
        return;
    };
    let kind = |id: DraftId| linker.drafts[id as usize].kind;
    let held = |id: DraftId| {
        let (draft, gatherings) = (&linker.drafts[id as usize], &linker.vocabulary.gatherings);
        draft.kind == event && (gatherings.contains(&draft.head) || draft.name.has_any(gatherings, linker.lexicon))
    };
    let told: BTreeSet<DraftId> = edges.iter().filter(|e| e.edge == hosts && e.mode != Mode::Denied).map(|e| e.to).collect();
    let homes: BTreeMap<DraftId, DraftId> = edges
        .iter()
        .filter(|e| e.edge == within && e.mode == Mode::Actual && kind(e.from) == place && kind(e.to) == state)
        .map(|e| (e.from, e.to))
        .collect();
    let home = |e: &Candidate| if kind(e.to) == state { Some(e.to) } else { homes.get(&e.to).copied() };
    let seated = |e: &&Candidate| e.edge == within && e.mode != Mode::Denied && e.from != PENDING && held(e.from);
    let more: Vec<Candidate> = edges
        .iter()
        .filter(|e| seated(e) && !told.contains(&e.from))
        .filter_map(|e| {
            let (from, to) = (home(e)?, e.from);
            Some(Candidate { edge: hosts, from, to, rule: "hosts.home".into(), attrs: BTreeMap::new(), ..e.clone() })
        })
        .collect();
    edges.extend(more);
}

/// "is in talks with Kenya", "talks with Kenya are under way", "held talks with his colleague": of which neither place nor date is told,
/// so that they are no happening by themselves. O(edges).
pub fn talks_under_way(linker: &Linker<'_>, found: &mut Found) {
    let p = linker.parts;
    let open = |id: DraftId| {
        let draft = id != PENDING && Some(linker.drafts[id as usize].kind) == p.event;
        draft && !linker.drafts[id as usize].named && linker.vocabulary.ongoing.contains(&linker.drafts[id as usize].head)
    };
    if !found.edges.iter().any(|e| open(e.from) || open(e.to)) {
        return;
    }
    let placed = found.edges.iter().filter(|e| Some(e.edge) == p.within).map(|e| e.from);
    let told: FxHashSet<DraftId> = placed.chain(found.attributes.iter().map(|a| a.of)).collect();
    found.edges.retain(|e| [e.from, e.to].iter().all(|&id| !open(id) || told.contains(&id)));
}
