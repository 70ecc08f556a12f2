//! What is described and kept, though no edge of its sentence needs it: it can be pointed back to.

use super::{Clause, End, Filler, LinkKind, Referent, Tag};

impl Filler<'_, '_, '_> {
    /// "A bridge is planned.": what no edge of its sentence needed can be pointed back to all the same.
    pub fn keep_described(&mut self) {
        let slots: Vec<usize> =
            self.sentence.clauses.list.iter().flat_map(|c| c.subject.into_iter().chain(c.objects.iter().copied())).collect();
        for phrase in slots.into_iter().flat_map(|g| self.sentence.group(g)).copied() {
            if matches!(self.referents[phrase], Referent::Described { made: None, definite: false, .. }) {
                self.describe(phrase);
            }
        }
        // "The transshipment hall costs $30 million.": the next sentence may be about it.
        let roots = self.sentence.clauses.list.iter().filter(|c| c.link == LinkKind::Root).filter_map(|c| c.subject);
        let subjects: Vec<usize> = roots.flat_map(|g| self.sentence.group(g)).copied().collect();
        self.keep_things(&subjects);
        for phrase in 0..self.referents.len() {
            if self.names_event(phrase) {
                self.describe(phrase);
            }
        }
    }

    /// "What became of the railway to the sea?"
    pub fn keep_asked(&mut self) {
        let all: Vec<usize> = (0..self.referents.len()).collect();
        self.keep_things(&all);
    }

    fn keep_things(&mut self, phrases: &[usize]) {
        let things = [self.linker.parts.way, self.linker.parts.project];
        for &phrase in phrases {
            let thing = |r: &Referent| matches!(r, Referent::Described { made: None, kind, .. } if things.contains(&Some(*kind)));
            if thing(&self.referents[phrase]) {
                self.describe(phrase);
            }
        }
    }

    /// "paid for a first study", "welcomed a survey": what is studied, where money or an attitude is for things.
    pub(super) fn what_is_studied(&mut self, phrase: usize) -> Option<End> {
        let Referent::Described { made: None, head, .. } = &self.referents[phrase] else { return None };
        let (head, things) = (*head, self.things.clone());
        let vocabulary = self.linker.vocabulary;
        if things.is_empty() || !vocabulary.pointers.contains(&head) || !vocabulary.preparations.contains(&head) {
            return None;
        }
        self.point_back(phrase, Some(head), &things, false, None).first().copied()
    }

    /// "the A railway, a pillar of the pact that binds B to C": the pact binds them, and the railway is but called its pillar.
    pub(super) fn called_what(&self, clause: &Clause, group: usize) -> bool {
        let phrases = &self.sentence.elements.phrases;
        let Some(nearest) = clause.subject.and_then(|g| self.sentence.group(g).first()) else { return false };
        let unknown = !matches!(self.referents[*nearest], Referent::Entities { .. }) && !phrases[*nearest].pronoun;
        let renames = |&p: &usize| phrases[p].renames.is_some();
        clause.link == LinkKind::Relative
            && clause.subject != Some(group)
            && unknown
            && self.sentence.group(group).iter().any(renames)
    }

    /// "By the end of the Tema meeting": a happening that a name before its noun tells from others.
    fn names_event(&self, phrase: usize) -> bool {
        let data = &self.sentence.elements.phrases[phrase];
        let units = &self.sentence.units.units;
        let event = matches!(&self.referents[phrase], Referent::Described { kind, made: None, .. } if Some(*kind) == self.linker.parts.event);
        event && data.head > data.units.start && units[data.head - 1].tag == Tag::Name
    }
}
