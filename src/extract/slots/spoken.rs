//! What a clause leaves to what was spoken of before: the happening, the agreement, the body.

use super::{Clause, End, Ends, Filler, PENDING, Referent};
use crate::extract::entity::Salient;
use crate::extract::few::few;
use crate::extract::lexicon::WordId;
use crate::schema::NodeTypeId;

impl Filler<'_, '_, '_> {
    /// The event of this clause; else whichever the article proves to speak of around here.
    pub(super) fn event(&mut self, clause: &Clause) -> Ends {
        let Some(event) = self.linker.parts.event else { return Ends::new() };
        for &attached in &clause.attached {
            let sentence = self.sentence;
            let attached = &sentence.clauses.attached[attached];
            let ends = self.group(attached.group, &[event], Some(attached.prep));
            if !ends.is_empty() && self.linker.vocabulary.apart.contains(&attached.prep) {
                return Ends::new();
            }
            if !ends.is_empty() {
                return ends;
            }
        }
        few![self.pending_event()]
    }

    /// As [`Filler::event`], unless the clause tells of something else that one takes part in: "took part in the project".
    pub(super) fn event_unless(&mut self, clause: &Clause, preps: &[WordId]) -> Ends {
        let parts = self.linker.parts;
        let apart = [parts.state, parts.region, parts.place, parts.person, parts.event];
        let is_other = |phrase: &usize| match &self.referents[*phrase] {
            Referent::Entities { ids, .. } => ids.iter().any(|&id| !apart.contains(&Some(self.linker.drafts[id as usize].kind))),
            Referent::Described { kind, .. } => !apart.contains(&Some(*kind)),
            Referent::Anaphor { .. } | Referent::None => false,
        };
        let attached = clause.attached.iter().map(|&a| &self.sentence.clauses.attached[a]);
        let mut led = attached.filter(|a| preps.contains(&a.prep)).flat_map(|a| self.sentence.group(a.group));
        if led.any(is_other) { Ends::new() } else { self.event(clause) }
    }

    /// The agreement spoken of last, not long ago; also in a clause before this one: "was signed by A, but B never signed".
    pub(super) fn last_agreement(&self, clause: Option<&Clause>) -> Ends {
        let subject = clause.and_then(|c| c.subject).and_then(|g| self.sentence.group(g).first().copied());
        self.spoken_of_last(self.linker.parts.agreement, 2, subject)
    }

    /// The body spoken of last, not long ago.
    pub(super) fn last_body(&self) -> Ends {
        self.spoken_of_last(self.linker.parts.organisation, 3, None)
    }

    /// What of a type the sentences before spoke of last, so many back at most, or this one before a phrase.
    fn spoken_of_last(&self, kind: Option<NodeTypeId>, reach: usize, before: Option<usize>) -> Ends {
        let Some(kind) = kind else { return Ends::new() };
        let near = self.linker.salient.iter().rev().take_while(|s| s.sentence + reach >= self.number);
        let told = |s: &&Salient| s.sentence < self.number || before.is_some_and(|phrase| s.phrase < phrase);
        let last = near.filter(told).find(|s| self.linker.drafts[s.id as usize].kind == kind);
        last.map(|s| End { id: s.id, phrase: usize::MAX, prep: None, distance: self.number - s.sentence, named: false })
            .into_iter()
            .collect()
    }

    pub(super) fn pending_event(&self) -> End {
        End { id: PENDING, phrase: usize::MAX, prep: None, distance: 1, named: false }
    }
}
