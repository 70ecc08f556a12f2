//! Verbs without a tense of their own in a row: "plans to build A, lease B and run C", "would leave A, pass B and reach C".

use super::{LinkKind, Reader};
use crate::extract::phrase::VerbForm;

impl Reader<'_> {
    /// "would leave A, pass B", "plans to build A, lease B": a bare verb behind a comma, where a modal or an infinitive stands before.
    pub(super) fn goes_on_bare(&self, verb: usize) -> bool {
        let group = &self.elements.verbs[verb];
        let bare = (group.word == group.lemma || group.untensed) && group.modal.is_none();
        bare && (self.awaits_bare(self.current) || self.told_around(verb).is_some())
    }

    /// The clause's verb has a modal, or is an infinitive: another verb of its row has no tense.
    fn awaits_bare(&self, clause: usize) -> bool {
        let before = self.out.list[clause].verb.map(|v| &self.elements.verbs[v]);
        before.is_some_and(|b| b.modal.is_some() || b.form == VerbForm::Infinitive)
    }

    /// "plans to build a line that links A with B, lease the port": the relative has a tense, so that a verb without one goes on the clause
    /// around it. O(depth).
    fn told_around(&self, verb: usize) -> Option<usize> {
        let group = &self.elements.verbs[verb];
        if group.units.len() > 1 || group.word != group.lemma {
            return None;
        }
        let mut at = self.current;
        loop {
            let clause = &self.out.list[at];
            let told = clause.verb.map(|v| &self.elements.verbs[v])?;
            let inner = matches!(clause.link, LinkKind::Relative | LinkKind::Participle);
            // "lines that link A with B, cross C": the relative itself may go on.
            if !inner || told.word == told.lemma && told.units.len() == 1 {
                return None;
            }
            at = clause.parent?;
            if self.awaits_bare(at) {
                return Some(at);
            }
        }
    }

    /// Leaves such a relative.
    pub(super) fn leave_told(&mut self, verb: usize) {
        if let Some(around) = self.told_around(verb) {
            self.current = around;
        }
    }
}
