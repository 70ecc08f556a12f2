//! Relative clauses: "which crosses", "that Kenya built", "the second phase of which began in May".
//!
//! Part of the reader of clauses. What a pronoun may stand for, and clauses without one ("the offer Kenya made"), are `series`'s.

use super::{Last, LinkKind, Reader};
use crate::extract::few::Few;
use crate::extract::phrase::{Determiner, Element};

impl Reader<'_> {
    /// A relative pronoun: what it stands for is subject, object, possessor or, behind a preposition, a complement of the new clause.
    pub(super) fn relative(&mut self, i: usize, whose: bool) -> usize {
        let prep = match self.last {
            Last::Prep(word) => Some(word),
            _ => None,
        };
        let (parent, mut antecedents) = self.antecedents_at(i);
        if self.one_does_it(i, &antecedents) {
            // "the venture of A, B and C that is building the line": the venture is, not C.
            antecedents.rotate_left(1);
        }
        self.prefer_thing(i, &mut antecedents);
        self.prefer_one(i, &mut antecedents);
        let whole = self.whole_list(i).or_else(|| self.listed_of(i));
        self.open(LinkKind::Relative, Some(parent), i);
        self.antecedents.push((self.current, antecedents.clone()));
        let single = antecedents.iter().map(|&p| self.new_group(p));
        let groups: Few<usize> = whole.into_iter().chain(single.collect::<Few<usize>>()).collect();
        let object_relative = matches!(self.element(i + 1), Some(Element::Phrase(_)));
        if prep.is_none() && object_relative && self.element(i) == Some(Element::Relative(self.where_)) {
            // "a zone at Tema, where Mali built the quay": nothing is done to the zone, but it is done there.
            if let Some(&group) = groups.first() {
                self.attach_antecedent(self.in_, group);
            }
        } else if let (Some(word), Some(&group)) = (prep, groups.first()) {
            self.attach_antecedent(word, group);
        } else if let (true, Some(Element::Phrase(owned)), Some(&owner)) = (whose, self.element(i + 1), antecedents.first()) {
            // "Uzbekistan, whose demand grows".
            self.elements.phrases[owned].possessor = Some(owner);
        } else if object_relative {
            // "a bridge of 900 metres, which KfW financed": types decide which of them it is.
            self.clause().other_objects = groups.iter().skip(1).copied().collect();
            if let Some(&group) = groups.first() {
                self.clause().objects.push(group);
            }
        } else {
            self.clause().subject = groups.first().copied();
            self.clause().other_subjects = groups.into_iter().skip(1).collect();
        }
        self.last = Last::Nothing;
        i + 1
    }

    /// "the ports of A and B, which Maersk runs": a plural noun says that the relative clause is about all that stand behind its "of".
    fn listed_of(&self, i: usize) -> Option<usize> {
        let &last = self.chain.last()?;
        let of = self.out.attached.iter().rfind(|a| self.out.groups[a.group].phrases.last() == Some(&last))?;
        let several = self.out.groups[of.group].phrases.len() > 1 && of.prep == self.of;
        let plural = |&p: &usize| self.elements.phrases[p].plural && !self.names(p);
        let object = self.last == Last::Comma && matches!(self.element(i + 1), Some(Element::Phrase(_)));
        Some(of.group).filter(|_| object && several && of.sites.last().is_some_and(plural))
    }

    /// "that" behind a noun opens a relative clause, behind a verb what is said.
    pub(super) fn that(&mut self, i: usize) -> usize {
        let behind_noun = matches!(self.last, Last::Phrase);
        let verb_next = matches!(self.element(i + 1), Some(Element::Verb(_) | Element::Adv(_)));
        // "told the bank that Kenya had paid", but "asked for data under the treaty that Kenya had signed".
        let told = |p: &usize| self.clause_objects().any(|object| object == *p);
        // "told the council in Entebbe that it will leave".
        let there = self.out.attached.last().is_some_and(|a| [self.in_, self.at].contains(&a.prep));
        let only = there && self.clause_objects().count() == 1 && self.chain.first().is_some_and(told);
        let tells = self.tells() && (self.chain.last().is_none_or(told) || only);
        let object_relative = matches!(self.element(i + 1), Some(Element::Phrase(_))) && !tells;
        // "the line that Kenya built and that China financed", "a road that Kenya wants, that Uganda needs".
        let again = matches!(self.last, Last::Conj | Last::Comma)
            && self.clause().verb.is_some()
            && self.clause().link == LinkKind::Relative
            && (verb_next || object_relative);
        let relative = again || behind_noun && (verb_next || object_relative || self.clause().verb.is_none());
        if relative {
            return self.relative(i, false);
        }
        // "said that A and that B": the second hangs where the first does.
        let parent = if self.last == Last::Conj && self.clause().link == LinkKind::Complement {
            self.clause().parent
        } else {
            Some(self.current)
        };
        self.open(LinkKind::Complement, parent, i);
        self.chain.clear();
        self.last = Last::That;
        i + 1
    }

    /// "a network of 6,500 km that links A with B": the network does. "at Slawkow, in Silesia, where the line ends": at Slawkow.
    fn prefer_thing(&self, i: usize, antecedents: &mut [usize]) {
        let [first, second, ..] = *antecedents else { return };
        let measure = self.elements.phrases[first].measure && !self.elements.phrases[second].measure;
        // "the railway, now under construction, for which": the railway.
        let data = &self.elements.phrases[first];
        let bare = data.determiner == Determiner::None && data.units.len() == 1 && !data.plural && !data.pronoun;
        let apart = self.last == Last::Comma || i > 1 && self.element(i - 2) == Some(Element::Comma);
        let state = bare && !self.names(first) && !self.goods(first) && apart;
        let lies =
            self.out.attached.last().is_some_and(|a| a.prep == self.in_ && self.out.groups[a.group].phrases[..] == [first]);
        let where_ = self.element(i) == Some(Element::Relative(self.where_));
        let seat = where_ && lies && self.names_area(first) && self.names(second) && !self.names_area(second);
        if measure || seat || state {
            antecedents.swap(0, 1);
        }
    }

    /// "trucks on the R9 road, which connects A with B": a verb that goes with one is no plural noun's.
    fn prefer_one(&self, i: usize, antecedents: &mut [usize]) {
        let several = |p: usize| self.elements.phrases[p].plural && !self.names(p);
        let Some(Element::Verb(verb)) = self.element(self.behind_adverbs(i + 1)) else { return };
        let first = antecedents.first().is_some_and(|&p| several(p));
        let one = antecedents.iter().position(|&p| !several(p) && !self.elements.phrases[p].measure);
        if let Some(one) = one.filter(|_| first && self.elements.verbs[verb].singular) {
            antecedents[..=one].rotate_right(1);
        }
    }

    /// The group from element `i` to `end` stands behind a comma and before "of which": it opens a relative clause, as its subject or, where a
    /// subject follows, its object; a word that only counts stands for what is counted. The element behind the pronoun.
    pub(super) fn partitive(&mut self, i: usize, end: usize, group: usize) -> Option<usize> {
        let of = self.element(end) == Some(Element::Prep(self.of));
        let relative = matches!(self.element(end + 1), Some(Element::Relative(_)));
        let fits = of && relative && self.last == Last::Comma && self.element(end + 1) != Some(Element::Relative(self.whose));
        let &[part] = &self.out.groups[group].phrases[..] else { return None };
        if !fits {
            return None;
        }
        let (parent, antecedents) = self.antecedents_at(i);
        let whole: Vec<usize> = antecedents.iter().map(|&p| self.new_group(p)).collect();
        let object = matches!(self.element(end + 2), Some(Element::Phrase(_)));
        self.open(LinkKind::Relative, Some(parent), i);
        self.antecedents.push((self.current, antecedents));
        // "both of which", "part of which".
        let data = &self.elements.phrases[part];
        let counts = data.pronoun || data.measure || data.determiner == Determiner::None && !self.names(part);
        let told = if counts { *whole.first()? } else { group };
        if object {
            self.clause().objects.push(told);
        } else {
            self.clause().subject = Some(told);
        }
        if let (false, Some(&whole)) = (counts, whole.first()) {
            self.attach_antecedent(self.of, whole);
            if let Some(attached) = self.out.attached.last_mut() {
                attached.sites.push(part);
            }
        }
        self.chain.clear();
        self.last = Last::Nothing;
        Some(end + 2)
    }
}
