//! What is described and kept, though no edge of its sentence needs it: it can be pointed back to.

use super::{Filler, LinkKind, Referent, Tag};

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
        let subjects: Vec<usize> =
            self.sentence.clauses.list.iter().filter(|c| c.link == LinkKind::Root).filter_map(|c| c.subject).collect();
        for phrase in subjects.into_iter().flat_map(|g| self.sentence.group(g)).copied() {
            let parts = self.linker.parts;
            if matches!(&self.referents[phrase], Referent::Described { made: None, kind, .. } if [parts.way, parts.project].contains(&Some(*kind)))
            {
                self.describe(phrase);
            }
        }
        for phrase in 0..self.referents.len() {
            if self.names_event(phrase) {
                self.describe(phrase);
            }
        }
    }

    /// "By the end of the Tema meeting": a happening that a name before its noun tells from others.
    fn names_event(&self, phrase: usize) -> bool {
        let data = &self.sentence.elements.phrases[phrase];
        let units = &self.sentence.units.units;
        let event = matches!(&self.referents[phrase], Referent::Described { kind, made: None, .. } if Some(*kind) == self.linker.parts.event);
        event && data.head > data.units.start && units[data.head - 1].tag == Tag::Name
    }
}
