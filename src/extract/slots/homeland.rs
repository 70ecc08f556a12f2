//! "Her country", "his government": the state of whoever is spoken of.

use super::{Determiner, DraftId, End, Filler, NodeTypeId, Referent};

impl Filler<'_, '_, '_> {
    /// "The minister, Jane Doe of Kenya, said her country backs it": what the person holds an office of.
    pub(super) fn own_country(&mut self, phrase: usize, types: &[NodeTypeId]) -> Option<End> {
        if !self.linker.vocabulary.homelands.contains(&self.head_word(phrase)) {
            return None;
        }
        self.home_of_owner(phrase, types)
    }

    /// "her country", "his foreign minister": the state of the person whose it is.
    pub(in crate::extract) fn home_of_owner(&mut self, phrase: usize, types: &[NodeTypeId]) -> Option<End> {
        let (state, person) = (self.linker.parts.state.filter(|s| types.contains(s))?, self.linker.parts.person?);
        let data = &self.sentence.elements.phrases[phrase];
        let owner = self.sentence.units.units[data.units.start].word;
        let possessives = &self.linker.vocabulary.person_possessives;
        if data.determiner != Determiner::Its || data.possessor.is_some() || !possessives.contains(&owner) {
            return None;
        }
        let end = |id: DraftId, distance: usize| End { id, phrase, prep: None, distance, named: false };
        let here = (0..phrase).rev().find_map(|before| self.person_or_state(before, person, state));
        let (who, distance) = match here {
            Some(id) => (id, 0),
            None => self.point_back(phrase, None, &[person], false, None).first().map(|e| (e.id, e.distance))?,
        };
        if self.linker.drafts[who as usize].kind == state {
            return Some(end(who, distance));
        }
        let home = self.linker.led.iter().rev().find(|led| led.0 == who)?.1;
        Some(end(home, distance))
    }

    /// The person that a phrase names, or the state of an office that it gives without a name ("the Kenyan minister").
    fn person_or_state(&self, phrase: usize, person: NodeTypeId, state: NodeTypeId) -> Option<DraftId> {
        let Referent::Entities { ids, group: false, .. } = &self.referents[phrase] else { return None };
        let of = |kind: NodeTypeId| ids.iter().copied().find(|&id| self.linker.drafts[id as usize].kind == kind);
        let office = self.sentence.elements.phrases[phrase].title;
        of(person).or_else(|| of(state).filter(|_| office))
    }
}
