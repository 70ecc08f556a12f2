//! "There", behind a verb: the place that was spoken of last.

use super::{Clause, End, Ends, Filler, NodeTypeId};
use crate::extract::few::few;

impl Filler<'_, '_, '_> {
    /// "The minister flew to Lome; the forum was held there": the place named last, in this sentence or the one before.
    pub(super) fn there(&self, clause: &Clause, types: &[NodeTypeId]) -> Ends {
        let linker = &*self.linker;
        let (Some(place), vocabulary) = (linker.parts.place, linker.vocabulary) else { return Ends::new() };
        if !types.contains(&place) || !clause.adverbs.iter().any(|word| vocabulary.there.contains(word)) {
            return Ends::new();
        }
        let start = clause.verb.map_or(0, |v| self.sentence.elements.verbs[v].units.start);
        let before = |s: &&crate::extract::entity::Salient| {
            s.sentence < self.number || self.sentence.elements.phrases[s.phrase].units.start < start
        };
        let near = linker.salient.iter().rev().take_while(|s| s.sentence + 1 >= self.number).filter(before);
        let spot = near.filter(|s| linker.drafts[s.id as usize].kind == place).max_by_key(|s| (s.sentence, s.phrase));
        let end = |s: &crate::extract::entity::Salient| End {
            id: s.id,
            phrase: s.phrase,
            prep: None,
            distance: self.number - s.sentence,
            named: false,
        };
        spot.map(|s| few![end(s)]).unwrap_or_default()
    }
}
