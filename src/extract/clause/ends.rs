//! The ends of a way that stand apart from it: behind a comma or a measure, or in a bracket.
//!
//! "Another section, A to B", "the line, 245 km from A to B", "is 80 km between A and B". Part of the reader of clauses.

use super::{Attached, Last, Reader};
use crate::extract::phrase::Element;

impl Reader<'_> {
    /// A measure of what stands before it, which what follows belongs to: between commas, or before the ends of a way.
    pub(super) fn only_measures(&self, group: usize, last: Last, end: usize) -> bool {
        let &[one] = &self.out.groups[group].phrases[..] else { return false };
        let copula = self.out.list[self.current].verb.is_some_and(|v| self.elements.verbs[v].copula);
        let placed = matches!(last, Last::Comma | Last::Break) || last == Last::Verb && copula;
        if !self.elements.phrases[one].measure || !placed {
            return false;
        }
        // "1,160 km of metre gauge from A to B".
        let kind = matches!((self.element(end), self.element(end + 1)),
            (Some(Element::Prep(of)), Some(Element::Phrase(p))) if of == self.of && !self.names(p));
        if self.goes_on(if kind { end + 2 } else { end }) {
            return true;
        }
        let mut next = end;
        while matches!(self.element(next), Some(Element::Adv(_)))
            || matches!(self.element(next), Some(Element::Phrase(p)) if self.elements.phrases[p].determiner_only)
        {
            next += 1;
        }
        last == Last::Comma
            && matches!(self.element(next), Some(Element::Comma))
            && matches!(self.element(next + 1), Some(Element::Prep(_) | Element::Relative(_)))
    }

    /// "two trains a week from A to B": how often, before where.
    pub(super) fn tells_time(&self, group: usize, end: usize) -> bool {
        self.is_time(group) && self.goes_on(end)
    }

    /// "a year", "every week".
    pub(super) fn is_time(&self, group: usize) -> bool {
        matches!(self.out.groups[group].phrases[..], [one] if self.elements.phrases[one].temporal)
    }

    /// "from A … to B", "between A and B", "through A": where a way goes.
    fn goes_on(&self, i: usize) -> bool {
        let named = |at: usize| matches!(self.element(at), Some(Element::Phrase(p)) if self.names(p));
        let goes = |at: usize| matches!(self.element(at), Some(Element::Prep(w)) if self.routes.goes_on.contains(&w));
        match self.element(i) {
            Some(Element::Prep(word)) if self.routes.pairs.contains(&word) => named(i + 1),
            Some(Element::Prep(word)) if self.routes.starts.contains(&word) => (i + 2..i + 8)
                .step_by(2)
                .find(|&at| !matches!(self.element(at), Some(Element::Prep(w)) if w == self.in_))
                .is_some_and(goes),
            _ => goes(i) && named(i + 1),
        }
    }

    /// "another section, A to B": the ends of a way without "from", between commas, in a bracket or behind a colon.
    pub(super) fn ends_apposed(&mut self, i: usize) -> Option<usize> {
        let (Element::Phrase(start), Element::Prep(to), Element::Phrase(end)) =
            (self.element(i)?, self.element(i + 1)?, self.element(i + 2)?)
        else {
            return None;
        };
        let apart = matches!(self.last, Last::Comma | Last::Break);
        if !apart || !self.routes.goes_on.contains(&to) || !self.names(start) || !self.names(end) {
            return None;
        }
        let sign = self.elements.list.get(i.wrapping_sub(1)).map(|e| e.1)?;
        let bracket = self.elements.brackets.contains(&sign);
        let is_way = |&p: &usize| {
            let head = self.elements.phrases[p].head;
            self.elements.is_way(head) || bracket && self.names(p)
        };
        if !self.chain.iter().any(is_way) {
            return None;
        }
        self.chain.truncate(2);
        for (prep, phrase) in [(self.routes.from, start), (to, end)] {
            let (group, clause) = (self.new_group(phrase), self.current);
            let sites = self.chain.iter().copied().collect();
            self.out.attached.push(Attached { prep, group, sites, clause });
            let index = self.out.attached.len() - 1;
            self.clause().attached.push(index);
            self.chain.push(phrase);
        }
        self.last = Last::Phrase;
        Some(i + 3)
    }
}
