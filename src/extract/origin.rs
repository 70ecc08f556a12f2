//! Bodies and ports called again by where they come from: "the Danish company", "the Manila-based lender", "the Slovenian port".
//!
//! What comes from where is what the text says ("the German group EnBW", "Venture Global of the United States"), what a name
//! has in it ("Export-Import Bank of China"), and what the list knows of places.

use crate::schema::EntryId;

use super::entity::{DraftId, Linker, Position, Referent};
use super::few::Few;
use super::lexicon::{Sense, SenseKind};
use super::name::NameKind;
use super::phrase::Determiner;
use super::relation::Candidate;
use super::sentence::Sentence;
use super::unit::Tag;

/// How far back a body of a known origin may stand, in sentences.
const KNOWN_REACH: usize = 8;
/// How far back a body may stand of which nobody has said where it comes from.
const ANY_REACH: usize = 2;

impl Linker<'_> {
    /// Notes where bodies come from that the sentence names together with their states.
    pub(super) fn note_origins(&mut self, sentence: &Sentence, referents: &[Referent]) {
        for (index, referent) in referents.iter().enumerate() {
            let Referent::Entities { ids, group: false, .. } = referent else { continue };
            let &[id] = &ids[..] else { continue };
            if Some(self.drafts[id as usize].kind) != self.parts.organisation {
                continue;
            }
            let of = sentence.attached_to(index).filter(|a| a.prep == self.vocabulary.of && a.sites.last() == Some(&index));
            let of = of.flat_map(|a| sentence.group(a.group).iter().copied());
            let owners: Few<usize> = sentence.elements.phrases[index].possessor.into_iter().chain(of).collect();
            let owner = owners.into_iter().filter_map(|p| match referents.get(p) {
                Some(Referent::Entities { ids, group: false, .. }) => ids.first().and_then(|&o| self.drafts[o as usize].known),
                _ => None,
            });
            let homes: Few<EntryId> = owner.chain(self.origin(sentence, index)).filter(|&e| self.is_spot(e)).collect();
            homes.into_iter().for_each(|home| self.note_home(id, home));
        }
    }

    /// Notes what was just said to lie or to sit where, and who leads what.
    pub(super) fn note_seats(&mut self, edges: &[Candidate]) {
        let leads = edges.iter().filter(|e| Some(e.edge) == self.parts.leads).map(|e| (e.from, e.to));
        self.leaders.extend(leads);
        for edge in edges.iter().filter(|e| Some(e.edge) == self.parts.within) {
            if let Some(home) = self.drafts[edge.to as usize].known {
                self.note_home(edge.from, home);
            }
        }
    }

    fn note_home(&mut self, id: DraftId, home: EntryId) {
        if !self.homes.contains(&(id, home)) {
            self.homes.push((id, home));
        }
    }

    /// A body or a port that the phrase calls again by its origin, if one alone can be meant. O(mentions within reach).
    pub(super) fn body_from(&self, sentence: &Sentence, index: usize, so_far: &[Referent], number: usize) -> Option<DraftId> {
        let phrase = &sentence.elements.phrases[index];
        let word = sentence.units.units[phrase.head].word;
        let (body, spot) = (self.vocabulary.called_again.contains(&word), self.vocabulary.spots_again.contains(&word));
        if !(body || spot) || !matches!(phrase.determiner, Determiner::The | Determiner::This) {
            return None;
        }
        // "the Chinese town of Tacheng" has a name of its own.
        let of = sentence.attached_to(index).any(|a| a.prep == self.vocabulary.of && a.sites.last() == Some(&index));
        let origin = self.origin(sentence, index).filter(|_| !of)?;
        let kind = if body { self.parts.organisation } else { self.parts.place };
        let (mut open, mut there): (Few<DraftId>, Few<DraftId>) = (Few::new(), Few::new());
        let earlier = self.salient.iter().rev().take_while(|s| s.sentence + KNOWN_REACH >= number);
        let earlier = earlier.filter(|s| s.sentence < number).map(|s| (s.id, number - s.sentence));
        let here = so_far[..index].iter().rev().filter_map(|referent| match referent {
            Referent::Entities { ids, group: false, .. } if ids.len() == 1 => Some((ids[0], 0)),
            _ => None,
        });
        for (id, back) in here.chain(earlier) {
            let draft = &self.drafts[id as usize];
            if Some(draft.kind) != kind || !draft.named {
                continue;
            }
            if self.comes_from(id, origin) {
                // "the Namibian port" is not the capital, where both were named.
                let so_called = draft.head == word || draft.forms.iter().any(|form| form.has(word, self.lexicon));
                if body || so_called {
                    return Some(id);
                }
                if !there.contains(&id) {
                    there.push(id);
                }
            } else if back <= ANY_REACH && self.is_homeless(id) && !open.contains(&id) {
                open.push(id);
            }
        }
        let found = if body { open } else { there };
        (found.len() == 1).then(|| found[0])
    }

    /// The listed place or state before the head that tells the origin: "Danish", "Manila-based", "Dubai".
    pub(super) fn origin(&self, sentence: &Sentence, index: usize) -> Option<EntryId> {
        let phrase = &sentence.elements.phrases[index];
        let units = &sentence.units.units;
        let mut names = phrase.units.clone().filter(|&u| u != phrase.head && units[u].tag == Tag::Name);
        let unit = names.next().filter(|_| names.next().is_none())?;
        let name = &sentence.units.names[units[unit].name? as usize];
        let NameKind::Known(senses) = &name.kind else { return None };
        let seated = units.get(unit + 1).is_some_and(|u| self.vocabulary.seated.contains(&u.word));
        let position = if seated { Position::Local } else { Position::Modifier };
        // "the Congolese shore": of two that are called so, the one that the document names in full.
        let meant = senses.iter().copied().filter(|s| s.kind != SenseKind::Ambiguous || self.evidence.names(EntryId(s.entry)));
        let meant: Vec<Sense> = meant.collect();
        let told = if senses.len() > 1 { &meant[..] } else { &senses[..] };
        let entry = EntryId(self.choose(told, position)?.entry);
        (name.links.is_empty() && self.is_spot(entry)).then_some(entry)
    }

    fn is_spot(&self, entry: EntryId) -> bool {
        let kind = Some(self.schema.gazetteer[entry.0 as usize].kind);
        kind == self.parts.state || kind == self.parts.place || kind == self.parts.region
    }

    /// Nothing tells where it comes from: neither the text nor its name.
    fn is_homeless(&self, id: DraftId) -> bool {
        let spot = |word: &str| self.schema.named(word).iter().any(|u| self.is_spot(u.entry));
        !self.homes.iter().any(|(of, _)| *of == id) && !self.drafts[id as usize].name.as_str().split(' ').any(spot)
    }

    fn comes_from(&self, id: DraftId, origin: EntryId) -> bool {
        let listed = self.drafts[id as usize].known.into_iter().flat_map(|entry| self.homes_of(entry));
        let told = self.homes.iter().filter(|(of, _)| *of == id).map(|&(_, home)| home);
        let near = |home: EntryId| {
            home == origin || self.homes_of(home).any(|h| h == origin) || self.homes_of(origin).any(|h| h == home)
        };
        told.chain(listed).any(near) || self.bears_origin(id, origin)
    }

    /// "Export-Import Bank of China" is Chinese.
    fn bears_origin(&self, id: DraftId, origin: EntryId) -> bool {
        let entry = &self.schema.gazetteer[origin.0 as usize];
        let words = std::iter::once(&*entry.name).chain(entry.demonyms.iter().map(String::as_str));
        let folded: Few<String> = words.map(crate::names::fold).collect();
        let draft = &self.drafts[id as usize];
        let holds = |form: &str| folded.iter().any(|word| format!(" {form} ").contains(&format!(" {word} ")));
        holds(draft.name.folded()) || draft.forms.iter().any(|form| holds(form.folded()))
    }

    /// The list does not put it elsewhere.
    pub(super) fn may_lie_in(&self, id: DraftId, area: DraftId) -> bool {
        let (Some(entry), Some(area)) = (self.drafts[id as usize].known, self.drafts[area as usize].known) else { return true };
        let mut homes = self.homes_of(entry).peekable();
        homes.peek().is_none() || homes.any(|h| h == area || self.homes_of(h).any(|outer| outer == area))
    }

    fn homes_of(&self, entry: EntryId) -> impl Iterator<Item = EntryId> + '_ {
        let within = self.parts.within;
        let facts = self.schema.gazetteer[entry.0 as usize].facts.iter();
        facts.filter(move |(edge, _)| Some(*edge) == within).map(|&(_, home)| home)
    }
}
