//! Items of a list that leave the verb out: "A will lend $300m, B $200m and C the rest", "the Kenyan section will be built by A, and the
//! Ugandan one by B".
//!
//! Part of the reader of clauses. Clauses that repeat another with an auxiliary are `ellipsis`'s.

use super::{Clause, Last, Reader};
use crate::extract::few::few;
use crate::extract::lexicon::WordId;
use crate::extract::phrase::{Determiner, Element};

impl Reader<'_> {
    /// "B $200m" behind "A will lend $300m", "B the canal" behind "A backs the road", "B in 2011" behind "A signed it in
    /// 2010": what an item says whose verb is left out, and where.
    pub(super) fn gap_at(&self, i: usize) -> Option<Gap> {
        if self.goes_elsewhere(i) || self.replaces_object(i) {
            return Some(Gap::Object);
        }
        if self.governs_anew(i) {
            return Some(Gap::Governed);
        }
        let Some(Element::Phrase(_)) = self.element(i).filter(|e| matches!(e, Element::Phrase(p) if self.acts(*p))) else {
            return None;
        };
        if let Some(date) = self.dated_item(i) {
            return Some(Gap::Date(date));
        }
        let comma = matches!(self.element(i + 1), Some(Element::Comma));
        let at = i + 1 + usize::from(comma);
        let Some(Element::Phrase(what)) = self.element(at).filter(|_| self.item_ends(at + 1)) else { return None };
        let phrase = &self.elements.phrases[what];
        let of = matches!(self.element(at + 1), Some(Element::Prep(word)) if word == self.of);
        if of && !comma && (phrase.pronoun || phrase.number == Some(1)) && phrase.units.len() == 1 {
            return Some(Gap::Another(at));
        }
        let rest = self.elements.is_rest(phrase.head);
        if rest || phrase.measure && !phrase.temporal {
            return Some(Gap::Amount(at));
        }
        let determined = matches!(phrase.determiner, Determiner::The | Determiner::Indefinite) && !phrase.temporal;
        let own = phrase.possessor.is_none() && !phrase.pronoun && !phrase.title;
        // "Kenya will build the port; Uganda, the railway": behind a semicolon a comma stands for the verb.
        let parted = comma && self.last != Last::Nothing;
        (determined && own && !parted).then_some(Gap::Thing(at))
    }

    /// "built by A, and the Ugandan section by B", "pays for the road, China for the railway": what a preposition governs that the
    /// clause before has, behind another subject.
    fn governs_anew(&self, i: usize) -> bool {
        let Some(Element::Phrase(who)) = self.element(i) else { return false };
        let mut at = i + 1;
        while let (Some(Element::Prep(prep)), Some(Element::Phrase(_))) = (self.element(at), self.element(at + 1)) {
            let before = match self.last {
                Last::Nothing => self.current.checked_sub(1),
                _ => Some(self.current),
            };
            let Some(clause) = before.map(|c| &self.out.list[c]) else { return false };
            let Some(verb) = clause.verb.map(|v| &self.elements.verbs[v]) else { return false };
            let governed = clause.attached.iter().any(|&a| self.out.attached[a].prep == prep);
            let reading = (i.saturating_sub(8)..i).any(|e| self.element(e) == Some(Element::Prep(prep)));
            let agent = prep == self.by && verb.passive;
            let led = clause.subject.is_some_and(|g| self.out.groups[g].phrases.iter().all(|&p| self.names(p)));
            let two = self.names(who) && led && !verb.passive && !verb.copula && !self.complement(prep) && !self.leads(prep);
            let data = &self.elements.phrases[who];
            if (governed || reading) && (agent && !data.measure && !data.temporal || two) {
                return true;
            }
            if !self.complement(prep) {
                return false;
            }
            at += 2;
        }
        false
    }

    /// "provides Rwanda with grants, and Uganda with loans": a name in place of the object, with the preposition that stood behind it.
    fn replaces_object(&self, i: usize) -> bool {
        let (Some(Element::Phrase(who)), Some(Element::Prep(prep)), Some(Element::Phrase(_))) =
            (self.element(i), self.element(i + 1), self.element(i + 2))
        else {
            return false;
        };
        let clause = &self.out.list[self.current];
        let active = clause.verb.map(|v| &self.elements.verbs[v]).is_some_and(|v| !v.passive && !v.copula);
        let object = clause.objects.last().filter(|&&g| self.bare_name(g)).and_then(|&g| self.out.groups[g].phrases.last());
        let Some(object) = object.filter(|_| active && matches!(self.last, Last::Conj | Last::Comma) && self.names(who)) else {
            return false;
        };
        let behind = |a: &usize| self.out.attached[*a].prep == prep && self.out.attached[*a].sites.last() == Some(object);
        !self.complement(prep) && !self.leads(prep) && clause.attached.iter().any(behind)
    }

    /// "through A and B to C": a list of a way's points goes on.
    fn leads(&self, prep: WordId) -> bool {
        self.routes.goes_on.contains(&prep) || self.routes.starts.contains(&prep) || self.routes.pairs.contains(&prep)
    }

    /// "sells tea to Egypt, coffee to Germany and flowers to France": another object, under the same preposition.
    fn goes_elsewhere(&self, i: usize) -> bool {
        let (Some(Element::Phrase(what)), Some(Element::Prep(prep)), Some(Element::Phrase(_))) =
            (self.element(i), self.element(i + 1), self.element(i + 2))
        else {
            return false;
        };
        // Before the conjunction or comma stands what the preposition governs, and before that the object.
        let mut at = i.saturating_sub(1);
        while at > 0 && matches!(self.element(at), Some(Element::Comma | Element::Conj(_))) {
            at -= 1;
        }
        let same = at > 0 && self.element(at - 1) == Some(Element::Prep(prep)) && at + 1 < i;
        let Some(Element::Phrase(governed)) = self.element(at).filter(|_| same && prep != self.of) else { return false };
        let clause = &self.out.list[self.current];
        let Some(&object) = clause.objects.last().and_then(|&g| self.out.groups[g].phrases.last()) else { return false };
        let own = at > 1 && self.element(at - 2) == Some(Element::Phrase(object));
        let data = |p: usize| &self.elements.phrases[p];
        let like = data(what).measure == data(object).measure && self.alike(what, object) && !data(what).temporal;
        let active = clause.verb.is_some_and(|v| !self.elements.verbs[v].copula);
        own && like && active && self.names(governed)
    }

    /// Prepositions that a noun governs as a rule, not the verb.
    fn complement(&self, prep: WordId) -> bool {
        prep == self.of || prep == self.in_ || prep == self.on
    }

    fn item_ends(&self, at: usize) -> bool {
        matches!(
            self.element(at),
            None | Some(
                Element::Comma | Element::Conj(_) | Element::Semicolon | Element::Prep(_) | Element::But | Element::Break
            )
        )
    }

    /// "…, B in 2011" behind a clause that ends in a date.
    fn dated_item(&self, i: usize) -> Option<usize> {
        let mut before = i.checked_sub(1)?;
        while matches!(self.element(before), Some(Element::Comma | Element::Conj(_))) {
            before = before.checked_sub(1)?;
        }
        let date = i + 1 + usize::from(matches!(self.element(i + 1), Some(Element::Prep(_))));
        let dates = |at| matches!(self.element(at), Some(Element::Date(_)));
        (before + 1 < i && dates(before) && dates(date) && self.item_ends(date + 1)).then_some(date)
    }

    /// Opens a clause for an item of a list whose verb is left out; the element behind it.
    pub(super) fn gapped(&mut self, i: usize) -> Option<usize> {
        let listed = matches!(self.last, Last::Comma | Last::Conj | Last::Nothing);
        let gap = self.gap_at(i).filter(|_| listed)?;
        let before = match self.last {
            // Behind a semicolon the verb stands in the clause before.
            Last::Nothing => self.current.checked_sub(1)?,
            _ => self.current,
        };
        let verb = self.out.list[before].verb?;
        let Some(Element::Phrase(who)) = self.element(i) else { return None };
        if !self.gap_fits(gap, before, verb) {
            return None;
        }
        self.current = before;
        let model = self.out.list[before].clone();
        let bare = model.objects.iter().any(|&g| self.bare_name(g));
        let led = self.led_by_name(before);
        if matches!(gap, Gap::Date(_)) && !bare && !led {
            return None;
        }
        self.coordinate(i, verb);
        let who_group = self.new_group(who);
        let end = self.fill(gap, i, (who, who_group), model, bare)?;
        if !(bare && matches!(gap, Gap::Date(_)) || gap == Gap::Object) {
            let clause = self.clause();
            clause.subject = Some(who_group);
            clause.other_subjects.clear();
        }
        self.last = Last::Phrase;
        Some(end)
    }

    /// What the item has in place of what the clause before has; the element behind it.
    fn fill(&mut self, gap: Gap, i: usize, (who, group): (usize, usize), model: Clause, bare: bool) -> Option<usize> {
        let (told, end) = match gap {
            Gap::Governed => {
                self.clause().objects = model.objects;
                (who, i + 1)
            }
            Gap::Object => {
                let object = self.new_group(who);
                self.clause().objects.push(object);
                (who, i + 1)
            }
            Gap::Another(at) => {
                let thing = model.objects.first().and_then(|&g| self.out.groups[g].phrases.first()).copied()?;
                let phrase = self.another(thing);
                let object = self.new_group(phrase);
                self.clause().objects.push(object);
                (phrase, at + 1)
            }
            Gap::Amount(at) | Gap::Thing(at) => {
                let Some(Element::Phrase(what)) = self.element(at) else { return None };
                let object = self.new_group(what);
                let clause = self.clause();
                clause.objects.push(object);
                if matches!(gap, Gap::Amount(_)) {
                    clause.attached = model.attached;
                }
                (what, at + 1)
            }
            Gap::Date(at) => {
                let Some(Element::Date(value)) = self.element(at) else { return None };
                let clause = self.clause();
                clause.dates.push(value);
                clause.objects = if bare { few![group] } else { model.objects };
                clause.attached = model.attached;
                (who, at + 1)
            }
        };
        self.chain.clear();
        self.chain.push(told);
        Some(end)
    }

    /// "a loan of $125 million, and B one of $80 million": a phrase like the other, of its own.
    fn another(&mut self, phrase: usize) -> usize {
        let mut another = self.elements.phrases[phrase].clone();
        (another.renames, another.spelt_out, another.examples) = (None, None, None);
        self.elements.phrases.push(another);
        self.elements.phrases.len() - 1
    }

    /// Whether the clause before has what the item would replace.
    fn gap_fits(&self, gap: Gap, before: usize, verb: usize) -> bool {
        let clause = &self.out.list[before];
        match gap {
            Gap::Amount(_) => {
                let measured = |&g: &usize| self.out.groups[g].phrases.iter().any(|&p| self.elements.phrases[p].measure);
                clause.objects.iter().any(measured)
            }
            Gap::Governed | Gap::Object => true,
            Gap::Another(_) => !self.elements.verbs[verb].copula && !clause.objects.is_empty() && self.led_by_name(before),
            Gap::Thing(_) => !self.elements.verbs[verb].copula && clause.objects.len() == 1 && self.led_by_name(before),
            Gap::Date(_) => !clause.dates.is_empty(),
        }
    }

    /// The subject of a clause is a name: an item that leaves the verb out is another.
    fn led_by_name(&self, clause: usize) -> bool {
        self.out.list[clause].subject.is_some_and(|g| self.out.groups[g].phrases.iter().all(|&p| self.acts(p)))
    }

    /// A name; or one of those just named: "the former finances the railway, the latter the road".
    fn acts(&self, phrase: usize) -> bool {
        let data = &self.elements.phrases[phrase];
        self.names(phrase) || data.determiner_only && data.determiner == Determiner::The
    }

    /// "reached Kampala in 1931, Kigali in 2020": an object without an article is what the next item replaces.
    fn bare_name(&self, group: usize) -> bool {
        self.out.groups[group].phrases.iter().all(|&p| self.names(p) && self.elements.phrases[p].determiner == Determiner::None)
    }
}

/// What an item of a list says in place of what its verb would have; the element where it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Gap {
    /// What a preposition governs.
    Governed,
    /// What the verb is done to, with a preposition behind it.
    Object,
    /// One more of what the verb is done to: "one of $3 million".
    Another(usize),
    /// A sum or a share.
    Amount(usize),
    /// What the verb is done to.
    Thing(usize),
    /// When.
    Date(usize),
}
