//! What stands behind a preposition, and who does it: what somebody is judged for, kept from or spared ("prevents Kenya from building it").
//!
//! What somebody is kept from is read as what he does without. Part of the reader of clauses.

use super::{Clause, LinkKind, Reader, WordId};

impl Reader<'_> {
    /// "frees Chad from crossing Sudan": Chad does without crossing it. The clause has just been opened behind the preposition.
    pub(super) fn prevented(&mut self, parent: usize, prep: WordId) {
        let outer = &self.out.list[parent];
        let Some(verb) = outer.verb.map(|v| &self.elements.verbs[v]) else { return };
        if prep != self.routes.from || !self.preventing.contains(&verb.lemma) {
            return;
        }
        let kept = if verb.passive { outer.subject } else { outer.objects.last().copied() };
        let Some(kept) = kept else { return };
        let without = self.without;
        let clause = self.clause();
        clause.opener = Some(without);
        clause.subject = Some(kept);
        clause.other_subjects.clear();
    }

    /// "thanked Kenya for backing it": Kenya backed it.
    pub(super) fn judged(&self, outer: &Clause, prep: WordId) -> Option<usize> {
        let judges = outer.verb.is_some_and(|v| self.judging.contains(&self.elements.verbs[v].lemma));
        outer.objects.last().copied().filter(|_| judges && (prep == self.for_ || prep == self.of))
    }

    /// "without having to cross Sudan": the opener of the clause around an infinitive that it needs not do.
    pub(super) fn needless(&self, outer: &Clause) -> Option<WordId> {
        let has = outer.verb.is_some_and(|v| self.elements.verbs[v].have);
        outer.opener.filter(|&word| has && outer.link == LinkKind::Gerund && word == self.without)
    }
}
