//! What is described and kept, though no edge of its sentence needs it: it can be pointed back to.

use super::{Clause, Determiner, DraftId, End, Filler, LinkKind, Referent, Tag, ValueKind, clause_mode};
use crate::model::Mode;

impl Filler<'_, '_, '_> {
    /// "A bridge is planned.": what no edge of its sentence needed can be pointed back to all the same.
    pub fn keep_described(&mut self) {
        let sentence = self.sentence;
        let clauses = &sentence.clauses.list;
        let slots = clauses.iter().flat_map(|c| c.subject.iter().chain(&c.objects));
        for &phrase in slots.flat_map(|&g| sentence.group(g)) {
            if matches!(self.referents[phrase], Referent::Described { made: None, definite: false, .. }) {
                self.describe(phrase);
            }
        }
        // "The transshipment hall costs $30 million.": the next sentence may be about it.
        let roots = clauses.iter().filter(|c| c.link == LinkKind::Root).filter_map(|c| c.subject);
        roots.flat_map(|g| sentence.group(g)).for_each(|&phrase| self.keep_thing(phrase));
        for phrase in 0..self.referents.len() {
            if self.names_event(phrase) {
                self.describe(phrase);
            }
        }
    }

    /// "What became of the railway to the sea?"
    pub fn keep_asked(&mut self) {
        (0..self.referents.len()).for_each(|phrase| self.keep_thing(phrase));
    }

    /// Makes a way or an undertaking of what only describes one.
    fn keep_thing(&mut self, phrase: usize) {
        let things = [self.linker.parts.way, self.linker.parts.project];
        if matches!(&self.referents[phrase], Referent::Described { made: None, kind, .. } if things.contains(&Some(*kind))) {
            self.describe(phrase);
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

    /// "a loan", "a credit of $30 million": what stands behind it says whose money it is.
    pub(super) fn is_paid_out(&self, phrase: usize) -> bool {
        let units = &self.sentence.units;
        let value = units.units[self.sentence.elements.phrases[phrase].head].value.map(|v| &units.values[v as usize].kind);
        self.linker.parts.lending.contains(&self.head_word(phrase)) || matches!(value, Some(ValueKind::Money { .. }))
    }

    /// "a loan", "a loan agreement".
    pub(super) fn is_loan(&self, phrase: usize) -> bool {
        let mut units = self.sentence.elements.phrases[phrase].units.clone();
        units.any(|u| self.linker.parts.lending.contains(&self.sentence.units.units[u].word))
    }

    /// Notes how far a way without a name has come, as it comes up first.
    pub(super) fn note_introduced(&mut self, phrase: usize, id: DraftId) {
        let draft = &self.linker.drafts[id as usize];
        if !draft.status.is_empty() || draft.named {
            return;
        }
        let told = match self.introduced(phrase) {
            Mode::Actual => return,
            Mode::Planned => ("planned", Mode::Planned),
            _ => ("proposed", Mode::Proposed),
        };
        self.linker.drafts[id as usize].status.push((told.0.to_owned(), told.1));
    }

    /// How what a phrase describes comes up first: "plans a railway", "a memorandum to study a line", "would like a route".
    fn introduced(&self, phrase: usize) -> Mode {
        let lexicon = self.linker.lexicon;
        let of_noun = |p: usize| {
            let unit = &self.sentence.units.units[self.sentence.elements.phrases[p].head];
            lexicon.word(unit.word).noun_mode
        };
        let site = self.sentence.governed_by(phrase).and_then(|a| a.sites.last().copied());
        if site.is_some_and(|p| self.linker.vocabulary.mending.contains(&self.head_word(p))) {
            return Mode::Actual;
        }
        let governor = site.and_then(of_noun);
        let Some(index) = self.sentence.clause_of(phrase) else { return governor.unwrap_or(Mode::Actual) };
        let clause = &self.sentence.clauses.list[index];
        let object = clause.objects.iter().any(|&g| self.sentence.group(g).contains(&phrase));
        let verb = clause.verb.map(|v| &self.sentence.elements.verbs[v]);
        if verb.is_some_and(|v| self.linker.vocabulary.mends.contains(&v.lemma)) {
            return Mode::Actual;
        }
        // "talks of a railway", "has decided on a railway".
        let spoken_of = || {
            let attached = clause.attached.iter().map(|&a| &self.sentence.clauses.attached[a]);
            attached
                .filter(|a| self.linker.vocabulary.topic_prepositions.contains(&a.prep))
                .any(|a| self.sentence.group(a.group).contains(&phrase))
        };
        let done_to = object || verb.is_some_and(|v| v.passive) || spoken_of();
        let by_verb = verb.filter(|_| done_to).and_then(|v| lexicon.word(v.lemma).mode);
        let by_clause = clause_mode(lexicon, self.sentence, index);
        // "The pipeline could move 22 million tonnes": what it could do says nothing of whether it stands.
        let the = self.sentence.elements.phrases[phrase].determiner == Determiner::The;
        let able = the && !done_to && by_clause == Mode::Possible;
        let all = [governor, by_verb, Some(by_clause).filter(|_| !able)];
        all.into_iter().flatten().filter(|&m| m != Mode::Denied).min().unwrap_or(Mode::Actual)
    }

    /// "By the end of the Tema meeting": a happening that a name before its noun tells from others.
    fn names_event(&self, phrase: usize) -> bool {
        let data = &self.sentence.elements.phrases[phrase];
        let units = &self.sentence.units.units;
        let event = matches!(&self.referents[phrase], Referent::Described { kind, made: None, .. } if Some(*kind) == self.linker.parts.event);
        event && data.head > data.units.start && units[data.head - 1].tag == Tag::Name
    }
}
