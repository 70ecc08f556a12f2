//! What stands beside a phrase and says which it is, and items of a list that leave the verb out.
//!
//! "X, President of the Bank", "two plants, Rogun and Kambarata", "its ally Belarus"; "A will lend $300m, B $200m and C the
//! rest". Part of the reader of clauses.

use super::{Last, Reader};
use crate::extract::phrase::{Determiner, Element};

impl Reader<'_> {
    /// Whether the group renames the phrase before the comma or spells it out; noted on the phrases.
    pub(super) fn renames(&mut self, group: usize) -> bool {
        let Some(&before) = self.chain.last() else { return false };
        if self.elements.phrases[before].temporal {
            return false;
        }
        let root = self.chain.first().copied().unwrap_or(before);
        let phrases = self.out.groups[group].phrases.clone();
        let names = phrases.iter().all(|&p| self.names(p));
        let proper = |reader: &Self, p: usize| reader.names(p) || reader.elements.phrases[p].chain;
        let chain = matches!(phrases[..], [one] if self.elements.phrases[one].chain);
        // "Tokayev of Kazakhstan, the president" renames the root, "in Herat between Baradar, the minister" what stands before.
        let complement = self.out.attached.iter().rev().find(|a| self.out.groups[a.group].phrases.last() == Some(&before));
        let of_root = complement.is_none_or(|a| a.prep == self.of || a.prep == self.in_);
        let target = if proper(self, root) && !names && (of_root || !self.names(before)) { root } else { before };
        if proper(self, target) && !names && !(chain && proper(self, before)) && phrases.len() == 1 {
            self.elements.phrases[phrases[0]].renames = Some(target);
            self.titled = Some(target);
            return true;
        }
        // "the Development Road: a railway and a motorway from A to B" says what it is.
        let new = |&p: &usize| self.elements.phrases[p].determiner == Determiner::Indefinite;
        if self.last == Last::Break && phrases.len() > 1 && !names && phrases.iter().all(new) && self.names(before) {
            for &phrase in &phrases {
                self.elements.phrases[phrase].renames = Some(before);
            }
            return true;
        }
        // A list behind a colon or dash spells out what has its number, or the subject.
        let subject = self.out.list[self.current].subject.and_then(|g| self.out.groups[g].phrases.first().copied());
        let counted = [Some(before), Some(root), subject]
            .into_iter()
            .flatten()
            .find(|&p| !self.names(p) && phrases.len() > 1 && self.elements.phrases[p].number == Some(phrases.len() as u32));
        let spelt = counted.or_else(|| {
            // "a fourth string of that system, Line D": what comes up new is spelt out, not what is known.
            let new = |p: usize| self.elements.phrases[p].determiner == Determiner::Indefinite;
            let order = if new(root) && !new(before) { [root, before] } else { [before, root] };
            order.into_iter().find(|&p| !self.names(p) && !self.elements.phrases[p].determiner_only)
        });
        let fits = |p: usize| phrases.len() > 1 || !self.elements.phrases[p].plural;
        let named = names || chain;
        if let (Some(spelt), true) = (spelt.filter(|&p| fits(p)), named) {
            self.elements.phrases[spelt].spelt_out = Some(group);
            return true;
        }
        false
    }

    /// "Algeria's rival Morocco", "ASEAN members Vietnam and Laos": names right behind a noun that says what they are.
    pub(super) fn named_behind_role(&mut self, i: usize, group: usize) {
        let Some(Element::Phrase(role)) = i.checked_sub(1).and_then(|before| self.element(before)) else { return };
        let is_role = |p: usize| self.elements.roles.get(self.elements.phrases[p].head) == Some(&true);
        let names = self.out.groups[group].phrases.iter().all(|&p| self.names(p));
        if names && !self.names(role) && is_role(role) && self.elements.phrases[role].spelt_out.is_none() {
            self.elements.phrases[role].spelt_out = Some(group);
        }
    }

    /// "B $200m" behind "A will lend $300m": who, and how much, with the verb left out. The elements of the two.
    pub(super) fn gap_at(&self, i: usize) -> Option<(usize, usize)> {
        let Some(Element::Phrase(who)) = self.element(i) else { return None };
        let comma = matches!(self.element(i + 1), Some(Element::Comma));
        let at = i + 1 + usize::from(comma);
        let Some(Element::Phrase(much)) = self.element(at) else { return None };
        let rest = self.elements.rests.get(self.elements.phrases[much].head) == Some(&true);
        let amount = self.elements.phrases[much].measure && !self.elements.phrases[much].temporal;
        let over = matches!(
            self.element(at + 1),
            None | Some(
                Element::Comma | Element::Conj(_) | Element::Semicolon | Element::Prep(_) | Element::But | Element::Break
            )
        );
        (self.names(who) && (amount || rest) && over).then_some((i, at))
    }

    /// Opens a clause for an item of a list whose verb is left out; the element behind it.
    pub(super) fn gapped(&mut self, i: usize) -> Option<usize> {
        let listed = matches!(self.last, Last::Comma | Last::Conj | Last::Nothing);
        let (who, much) = self.gap_at(i).filter(|_| listed)?;
        let before = match self.last {
            // Behind a semicolon the verb stands in the clause before.
            Last::Nothing => self.current.checked_sub(1)?,
            _ => self.current,
        };
        let verb = self.out.list[before].verb?;
        let shared = self.out.list[before].attached.clone();
        let measured = |&g: &usize| self.out.groups[g].phrases.iter().any(|&p| self.elements.phrases[p].measure);
        if !self.out.list[before].objects.iter().any(measured) {
            return None;
        }
        let (Some(Element::Phrase(who)), Some(Element::Phrase(amount))) = (self.element(who), self.element(much)) else {
            return None;
        };
        self.current = before;
        self.coordinate(i, verb);
        let (subject, object) = (self.new_group(who), self.new_group(amount));
        let clause = self.clause();
        clause.subject = Some(subject);
        clause.other_subjects.clear();
        clause.objects.push(object);
        clause.attached = shared;
        self.chain.clear();
        self.chain.push(amount);
        self.last = Last::Phrase;
        Some(much + 1)
    }
}
