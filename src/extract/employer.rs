//! Of which body an office is that the sentence gives without it: "…," said chief executive Jane Doe.
//!
//! Who holds which office, and whose minister a minister is, is `office`'s.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::model::Value;
use crate::schema::NodeTypeId;

use super::entity::{DraftId, Linker};
use super::relation::{Candidate, Found, Homeless};
use super::sentence::Sentence;

/// How many sentences back a body is looked for.
const REACH: usize = 2;
/// So often at least an article names the body that it is about.
const OFTEN: usize = 3;

/// A manager of no body named belongs to the body that the sentence is about, to the one that the article is about, or to the one that
/// was spoken of last. O(managers × mentions within reach).
pub(super) fn offices_in_bodies(linker: &Linker<'_>, sentences: &[Sentence], found: &mut Found) {
    let (Some(leads), Some(body)) = (linker.parts.leads, linker.parts.organisation) else { return };
    let often = most_mentioned(linker, body);
    for Homeless { person, sentence, phrase, office, alone } in std::mem::take(&mut found.employees) {
        let led = |e: &Candidate| e.edge == leads && e.from == person;
        if !alone || found.edges.iter().any(led) {
            continue;
        }
        let held = |id: &DraftId| {
            let same = |e: &Candidate| e.edge == leads && e.to == *id && e.attrs.get("office").is_some_and(|o| names(o, &office));
            !found.edges.iter().any(same)
        };
        let spoken = spoken_of(linker, sentences, body, (sentence, phrase));
        let here = spoken.first().filter(|(age, _)| *age == 0).map(|&(_, id)| id);
        let last = spoken.first().map(|&(_, id)| id);
        let Some(employer) = here.or(often).or(last).filter(held) else { continue };
        found.edges.push(Candidate {
            attrs: BTreeMap::from([("office".into(), Value::Text(office.into()))]),
            distance: 2,
            ..Candidate::new(leads, person, employer, sentence, "leads.employer")
        });
    }
}

fn names(told: &Value, office: &str) -> bool {
    matches!(told, Value::Text(text) if text.eq_ignore_ascii_case(office))
}

/// The body that the article names by far most.
fn most_mentioned(linker: &Linker<'_>, body: NodeTypeId) -> Option<DraftId> {
    let bodies = (0..).zip(&linker.drafts).filter(|(_, d)| d.kind == body);
    let mut often: Vec<(usize, DraftId)> = bodies.map(|(id, d)| (d.mentions.len(), id)).collect();
    often.sort_unstable_by_key(|&(times, id)| (Reverse(times), id));
    let next = often.get(1).map_or(0, |second| second.0);
    often.first().filter(|most| most.0 >= OFTEN && most.0 * 2 >= next * 3).map(|most| most.1)
}

/// The bodies that are subjects before the office, and how many sentences back, the nearest first.
fn spoken_of(
    linker: &Linker<'_>,
    sentences: &[Sentence],
    body: NodeTypeId,
    (sentence, phrase): (usize, usize),
) -> Vec<(usize, DraftId)> {
    let page = |s: usize| sentences[s].page;
    let near = linker.salient.iter().rev().skip_while(|s| s.sentence > sentence).take_while(|s| s.sentence + REACH >= sentence);
    let before =
        near.filter(|s| s.subject && (s.sentence, s.phrase) < (sentence, phrase) && page(s.sentence) + 1 >= page(sentence));
    let bodies = before.filter(|s| linker.drafts[s.id as usize].kind == body);
    bodies.map(|s| (sentence - s.sentence, s.id)).collect()
}
