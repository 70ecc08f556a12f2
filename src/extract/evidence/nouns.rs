//! What a noun beside a name tells of it, and what those run that have a noun in their name.

use super::{Phrase, Unit, Voter};
use crate::extract::clause::Clause;

impl Voter<'_> {
    /// "a system of 4,900 km", "a 300-km project", "a scheme that will run from A to B": a noun that may mean a way does where it is so
    /// long, or goes somewhere.
    pub(super) fn tells_way(&self, phrase: &Phrase) -> bool {
        let Some(index) = self.sentence.elements.phrases.iter().position(|p| std::ptr::eq(p, phrase)) else { return false };
        if !self.unit(phrase.head).is_some_and(|u| self.vocabulary.also_ways.contains(&u.word)) {
            return false;
        }
        let long = |p: &Phrase| p.units.clone().filter_map(|u| self.unit(u)).any(|u| self.is_length(u));
        let mut measures = self.sentence.attached_to(index).filter(|a| self.lexicon.form(a.prep) == "of");
        let measured = |&p: &usize| long(&self.sentence.elements.phrases[p]);
        let of_length = measures.any(|a| a.sites.last() == Some(&index) && self.sentence.group(a.group).iter().all(measured));
        let subject = |c: &Clause| c.subject.is_some_and(|g| self.sentence.group(g).contains(&index));
        let leads = self.sentence.clauses.list.iter().any(|c| subject(c) && (self.goes(c) || self.links(c)));
        long(phrase) || of_length || leads
    }

    /// "Red Sea Gateway Terminal (RSGT), which operates the northern berth": no terminal runs anything, so that it is a body.
    pub(super) fn runs_something(&self, index: usize) -> bool {
        let runs = |c: &Clause| {
            let verb = c.verb.map(|v| &self.sentence.elements.verbs[v]);
            let does = verb.is_some_and(|v| !v.passive && self.parts.operating.contains(&v.lemma));
            let own = c.subject.is_some_and(|g| self.sentence.group(g).contains(&index));
            let worked = |&p: &usize| self.unit(self.head(p)).is_some_and(|u| self.is_worked(u));
            does && own && c.objects.iter().any(|&g| self.sentence.group(g).iter().any(worked))
        };
        self.sentence.clauses.list.iter().any(runs)
    }

    /// What somebody runs: a port, a plant, a line.
    fn is_worked(&self, unit: &Unit) -> bool {
        let kind = self.head_type(unit);
        kind.is_some() && [self.parts.place, self.parts.project, self.parts.way].contains(&kind)
    }
}
