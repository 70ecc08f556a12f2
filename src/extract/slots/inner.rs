//! What the clauses that hang on a verb are done to: "proposed holding a summit", "hopes that the line will be built".
//!
//! What the verb itself governs is the parent module's.

use super::{Clause, Ends, Filler};
use crate::extract::clause::LinkKind;
use crate::extract::lexicon::WordId;
use crate::schema::NodeTypeId;

impl Filler<'_, '_, '_> {
    /// What the infinitives and -ing forms that hang on a clause are done to: "proposed holding a summit".
    pub(super) fn inner(&mut self, index: usize, types: &[NodeTypeId], doing: &[WordId]) -> Ends {
        let does = |c: &Clause| {
            let verb = c.verb.map(|v| self.sentence.elements.verbs[v].lemma);
            doing.is_empty() || verb.is_some_and(|lemma| doing.contains(&lemma))
        };
        let inner: Vec<Clause> = self
            .sentence
            .clauses
            .list
            .iter()
            .filter(|c| {
                let hangs = matches!(c.link, LinkKind::Gerund | LinkKind::Infinitive);
                let free = c.governor.is_none() || !doing.is_empty();
                c.parent == Some(index) && (hangs && free || self.wished(c)) && does(c)
            })
            .cloned()
            .collect();
        inner.iter().flat_map(|c| self.done_to(c, types)).collect()
    }

    /// "suggested that a line be built", "hopes that the line will be built": not what is done, but what is to be.
    fn wished(&self, clause: &Clause) -> bool {
        let verb = clause.verb.map(|v| &self.sentence.elements.verbs[v]);
        clause.link == LinkKind::Complement && verb.is_some_and(|v| v.passive && (v.untensed || v.modal.is_some()))
    }

    /// What a clause is done to; behind a small word that belongs to the verb, what follows that ("speed up the line").
    fn done_to(&mut self, clause: &Clause, types: &[NodeTypeId]) -> Ends {
        let ends = self.object(clause, types);
        if !ends.is_empty() || !clause.objects.is_empty() {
            return ends;
        }
        let phrasal = self.linker.lexicon.joining.phrasal.clone();
        self.prepositional(clause, &phrasal, types)
    }
}
