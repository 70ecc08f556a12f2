//! Happenings that the article calls by their time: "the December summit" is the summit that it dates in December.

use std::collections::BTreeMap;

use crate::model::{Mode, PartialDate};

use super::entity::{Draft, DraftId, Linker};
use super::lexicon::class;
use super::relation::Candidate;
use super::slots::PENDING;

/// The happenings that are called by no more than their noun and a month or a year, each with the only other one of that noun
/// that the article puts there. O(happenings²), of which articles have few.
pub fn called_by_time(linker: &Linker<'_>, edges: &[Candidate]) -> Vec<(DraftId, DraftId)> {
    let Some(event) = linker.parts.event else { return Vec::new() };
    let told = times(linker, edges);
    let all = || (0..).zip(&linker.drafts).filter(|(_, d)| d.kind == event && d.known.is_none() && !d.mentions.is_empty());
    let mut same = Vec::new();
    for (id, draft) in all() {
        let Some(time) = time_in(linker, draft) else { continue };
        let is_then = |date: &&PartialDate| date.year.is_some() && holds(time, **date);
        let other = |of: DraftId, d: &Draft| {
            of != id && d.head == draft.head && told.get(&of).is_some_and(|t| t.iter().any(|d| is_then(&d)))
        };
        let mut others = all().filter(|(of, d)| other(*of, d) && time_in(linker, d).is_none());
        if let (Some((only, _)), None) = (others.next(), others.next()) {
            same.push((id, only));
        }
    }
    same
}

/// When each happening was, as its edges tell: what was planned does not count where something was done.
fn times(linker: &Linker<'_>, edges: &[Candidate]) -> BTreeMap<DraftId, Vec<PartialDate>> {
    let mut done: BTreeMap<DraftId, (bool, Vec<PartialDate>)> = BTreeMap::new();
    for edge in edges.iter().filter(|e| e.mode != Mode::Denied) {
        let ends = [edge.from, edge.to].into_iter().filter(|&id| id != PENDING);
        for id in ends.filter(|&id| Some(linker.drafts[id as usize].kind) == linker.parts.event) {
            let (is_done, dates) = done.entry(id).or_default();
            let now = edge.mode == Mode::Actual;
            if now && !*is_done {
                dates.clear();
            }
            *is_done |= now;
            dates.extend(edge.when.filter(|_| now || !*is_done));
        }
    }
    done.into_iter().map(|(id, (_, dates))| (id, dates)).collect()
}

/// The month and the year that a name consists of besides its noun.
fn time_in(linker: &Linker<'_>, draft: &Draft) -> Option<PartialDate> {
    let mut time = PartialDate { year: None, month: None, day: None };
    let words: Vec<&str> = draft.name.as_str().split_whitespace().collect();
    let (_, before) = words.split_last().filter(|(_, before)| !before.is_empty())?;
    if !draft.name.ends_with(draft.head, linker.lexicon) {
        return None;
    }
    for word in before {
        let year = Some(*word).filter(|w| w.len() == 4).and_then(|w| w.parse::<i16>().ok());
        let known = linker.lexicon.word(linker.lexicon.id(&word.to_lowercase()));
        match (year, time.year, time.month) {
            (Some(year), None, _) => time.year = Some(year),
            (None, _, None) if known.classes & class::MONTH != 0 => time.month = Some(known.number as u8),
            _ => return None,
        }
    }
    Some(time)
}

/// Whether a date lies in a month or a year.
fn holds(time: PartialDate, date: PartialDate) -> bool {
    (time.year.is_none() || time.year == date.year) && (time.month.is_none() || time.month == date.month)
}
