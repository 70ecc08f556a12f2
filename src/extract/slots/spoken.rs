//! What a clause leaves to what was spoken of before: the happening, the agreement, the body.

use super::{Clause, End, Ends, Filler, PENDING};
use crate::extract::few::few;
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

    /// The agreement spoken of last, not long ago.
    pub(super) fn last_agreement(&self) -> Ends {
        self.spoken_of_last(self.linker.parts.agreement, 2)
    }

    /// The body spoken of last, not long ago.
    pub(super) fn last_body(&self) -> Ends {
        self.spoken_of_last(self.linker.parts.organisation, 3)
    }

    /// What of a type the sentences before spoke of last, so many back at most.
    fn spoken_of_last(&self, kind: Option<NodeTypeId>, reach: usize) -> Ends {
        let Some(kind) = kind else { return Ends::new() };
        let near = self.linker.salient.iter().rev().take_while(|s| s.sentence + reach >= self.number);
        let last = near.filter(|s| s.sentence < self.number).find(|s| self.linker.drafts[s.id as usize].kind == kind);
        last.map(|s| End { id: s.id, phrase: usize::MAX, prep: None, distance: self.number - s.sentence, named: false })
            .into_iter()
            .collect()
    }

    pub(super) fn pending_event(&self) -> End {
        End { id: PENDING, phrase: usize::MAX, prep: None, distance: 1, named: false }
    }
}
