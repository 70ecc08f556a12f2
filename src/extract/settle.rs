//! What only the whole article tells: which event "attended" meant, whose minister a minister is.

use crate::model::{Mode, Value};

use super::entity::{DraftId, Linker};
use super::relation::{Candidate, Found};
use super::sentence::Sentence;
use super::slots::PENDING;

/// How far an event may be mentioned from what is said of it, in sentences.
const EVENT_REACH: usize = 4;

/// Replaces pending events by the one mentioned nearest: this sentence, the next, then those before; drops what finds none.
pub fn pending_events(linker: &Linker<'_>, edges: &mut Vec<Candidate>) {
    let Some(event) = linker.parts.event else { return };
    let mentions: Vec<(usize, DraftId)> =
        linker.salient.iter().filter(|s| linker.drafts[s.id as usize].kind == event).map(|s| (s.sentence, s.id)).collect();
    edges.retain_mut(|edge| {
        if edge.from != PENDING && edge.to != PENDING {
            return true;
        }
        let rank = |at: usize| match at.cmp(&edge.sentence) {
            std::cmp::Ordering::Equal => 0,
            std::cmp::Ordering::Greater => (at - edge.sentence) * 3,
            std::cmp::Ordering::Less => (edge.sentence - at) * 2,
        };
        let near = mentions.iter().filter(|(at, _)| *at <= edge.sentence + 1 && at + EVENT_REACH >= edge.sentence);
        let Some(&(at, id)) = near.min_by_key(|(at, id)| (rank(*at), *id)) else { return false };
        edge.distance += edge.sentence.abs_diff(at);
        for end in [&mut edge.from, &mut edge.to] {
            if *end == PENDING {
                *end = id;
            }
        }
        edge.from != edge.to
    });
}

/// A minister of no state named belongs to the last state that acted shortly before, else to the one the article
/// mentions most; unless another rule knows better.
pub fn offices_at_home(linker: &Linker<'_>, sentences: &[Sentence], found: &mut Found) {
    let (Some(leads), Some(state)) = (linker.parts.leads, linker.parts.state) else { return };
    let mut done: Vec<DraftId> = found.edges.iter().filter(|e| e.edge == leads).map(|e| e.from).collect();
    for (person, number, phrase, office) in std::mem::take(&mut found.homeless) {
        if done.contains(&person) {
            continue;
        }
        let is_state = |id: DraftId| linker.drafts[id as usize].kind == state;
        let acted = linker.salient.iter().rev().find(|s| {
            let before = s.sentence < number || (s.sentence == number && s.phrase < phrase);
            let near = s.sentence + 2 >= number && sentences[s.sentence].page + 1 >= sentences[number].page;
            before && near && s.subject && is_state(s.id)
        });
        let most = (0..linker.drafts.len() as DraftId)
            .filter(|&id| is_state(id))
            .max_by_key(|&id| (linker.drafts[id as usize].mentions.len(), std::cmp::Reverse(id)));
        let Some(home) = acted.map(|s| s.id).or(most) else { continue };
        done.push(person);
        found.edges.push(Candidate {
            edge: leads,
            from: person,
            to: home,
            mode: Mode::Actual,
            geometry: false,
            sentence: number,
            rule: "leads.home".into(),
            attrs: [("office".into(), Value::Text(office.into()))].into_iter().collect(),
            when: None,
            distance: 2,
        });
    }
}
