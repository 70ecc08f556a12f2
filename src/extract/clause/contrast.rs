//! What is told of one thing and denied of another: "Kenya, but not Uganda, signed", "crosses Kenya, not Uganda", "does not cross
//! Kenya but Uganda".
//!
//! The reader sets the other thing apart, so that it denies nothing of the first; when all clauses are read, each gets a clause of
//! its own that says the contrary.

use super::{Attached, Clauses, Last, Reader};
use crate::extract::few::few;
use crate::extract::lexicon::WordId;
use crate::extract::phrase::{Determiner, Element, Elements};

/// What is told the other way round.
#[derive(Debug)]
pub(super) struct Contrast {
    clause: usize,
    group: usize,
    place: Place,
    negated: bool,
}

/// Which part of the clause the other thing would take.
#[derive(Debug, Clone, Copy)]
enum Place {
    Subject,
    Object(usize),
    Attached(usize),
    /// What was not read yet: under this preposition, or an object.
    Coming(Option<WordId>),
}

impl Reader<'_> {
    /// "but not Uganda", "not through Uganda", "but Uganda" behind what is denied: the element behind it.
    pub(super) fn contrast(&mut self, i: usize) -> Option<usize> {
        if self.last == Last::Verb {
            return self.denied_first(i);
        }
        if self.last != Last::Phrase {
            return None;
        }
        let comma = usize::from(matches!(self.element(i), Some(Element::Comma)));
        let joins = matches!(self.element(i + comma), Some(Element::But | Element::Conj(_)));
        let but = matches!(self.element(i + comma), Some(Element::But));
        let at = i + comma + usize::from(joins);
        let not = matches!(self.element(at), Some(Element::Not));
        let denied = self.clause().verb.is_some_and(|v| self.elements.verbs[v].negated);
        // "all members but Uganda".
        let all = self.chain.first().is_some_and(|&p| self.elements.phrases[p].determiner == Determiner::All);
        let except = but && all && comma == 0 && self.clause().verb.is_none();
        if !(not || except || but && denied) {
            return None;
        }
        let prep = match self.element(at + usize::from(not)) {
            Some(Element::Prep(word)) => Some(word),
            _ => None,
        };
        let from = at + usize::from(not) + usize::from(prep.is_some());
        let Some(Element::Phrase(phrase)) = self.element(from).filter(|_| at > i || not) else { return None };
        let verbless = self.clause().verb.is_none();
        let place = if except { Place::Subject } else { self.place(prep)? };
        let (_, end) = self.listed(from);
        let closed = match self.element(end) {
            None | Some(Element::Comma | Element::Semicolon | Element::Break) => true,
            Some(Element::Verb(_)) => verbless,
            _ => !verbless && !self.subject_ahead(end),
        };
        // "Kenya signed, but not everybody was glad": a subject of its own.
        let subject = self.subject_ahead(end) || self.apposed_subject_ahead(end) || self.relative_then_verb(end);
        if !closed || !verbless && subject || self.elements.phrases[phrase].temporal {
            return None;
        }
        let (group, end) = self.group(from);
        self.contrasts.push(Contrast { clause: self.current, group, place, negated: not || except });
        // "It is Tanzania, not Kenya, that runs the port".
        let relative = matches!(self.element(end + 1), Some(Element::That | Element::Relative(_)));
        let comma = (verbless || relative) && matches!(self.element(end), Some(Element::Comma));
        Some(end + usize::from(comma))
    }

    /// "will be built not in Kenya but in Uganda", "crosses not Kenya but Uganda": the element behind "but".
    fn denied_first(&mut self, i: usize) -> Option<usize> {
        if self.element(i) != Some(Element::Not) {
            return None;
        }
        let prep = match self.element(i + 1) {
            Some(Element::Prep(word)) => Some(word),
            _ => None,
        };
        let from = i + 1 + usize::from(prep.is_some());
        let Some(Element::Phrase(_)) = self.element(from) else { return None };
        let (_, end) = self.listed(from);
        let but = end + usize::from(matches!(self.element(end), Some(Element::Comma)));
        let told = but + 1 + usize::from(prep.is_some());
        let alike = match (prep, self.element(but + 1)) {
            (Some(word), Some(Element::Prep(other))) => word == other,
            (None, Some(Element::Phrase(_))) => true,
            _ => false,
        };
        let phrase = matches!(self.element(told), Some(Element::Phrase(_)));
        if self.element(but) != Some(Element::But) || !alike || !phrase || self.subject_ahead(told + 1) {
            return None;
        }
        let (group, _) = self.group(from);
        self.contrasts.push(Contrast { clause: self.current, group, place: Place::Coming(prep), negated: true });
        Some(but + 1)
    }

    /// "Three were drawn, and not one has been laid": what is denied is a clause that the conjunction opens.
    pub(super) fn denies_next(&self, i: usize) -> bool {
        let phrase = matches!(self.element(i + 1), Some(Element::Phrase(_)));
        phrase && self.last == Last::Conj && self.clause_has_verb() && self.subject_ahead(i + 2)
    }

    /// What stands right before: the subject, an object, what a preposition governs. What has a preposition of its own replaces
    /// what stands with the same one.
    fn place(&self, prep: Option<WordId>) -> Option<Place> {
        let clause = self.clause_ref();
        let attached =
            |same: &dyn Fn(&Attached) -> bool| clause.attached.iter().rev().copied().find(|&a| same(&self.out.attached[a]));
        if let Some(prep) = prep {
            return attached(&|a| a.prep == prep).map(Place::Attached);
        }
        let &before = self.chain.last()?;
        let ends = |group: usize| self.out.groups[group].phrases.last() == Some(&before);
        if let Some(index) = attached(&|a| ends(a.group)) {
            return Some(Place::Attached(index));
        }
        if let Some(object) = clause.objects.iter().position(|&g| ends(g)) {
            return Some(Place::Object(object));
        }
        clause.subject.filter(|&g| clause.verb.is_none() && ends(g)).map(|_| Place::Subject)
    }

    fn clause_ref(&self) -> &super::Clause {
        &self.out.list[self.current]
    }
}

/// Adds the clauses that say the contrary. O(contrasts).
pub(super) fn tell(out: &mut Clauses, elements: &mut Elements, contrasts: Vec<Contrast>) {
    for contrast in contrasts {
        let mut clause = out.list[contrast.clause].clone();
        let Some(verb) = clause.verb else { continue };
        let mut group = elements.verbs[verb].clone();
        group.negated = contrast.negated;
        elements.verbs.push(group);
        clause.verb = Some(elements.verbs.len() - 1);
        clause.not = false;
        let new = out.list.len();
        let place = match contrast.place {
            Place::Coming(None) => Place::Object(0),
            Place::Coming(Some(prep)) => match clause.attached.iter().copied().find(|&a| out.attached[a].prep == prep) {
                Some(index) => Place::Attached(index),
                None => continue,
            },
            known => known,
        };
        match place {
            Place::Coming(_) => {}
            Place::Subject => {
                clause.subject = Some(contrast.group);
                clause.other_subjects.clear();
            }
            Place::Object(at) => match clause.objects.get_mut(at) {
                Some(object) => *object = contrast.group,
                None => clause.objects = few![contrast.group],
            },
            Place::Attached(index) => {
                let mut attached = out.attached[index].clone();
                (attached.group, attached.clause) = (contrast.group, new);
                out.attached.push(attached);
                let other = out.attached.len() - 1;
                if let Some(slot) = clause.attached.iter_mut().find(|a| **a == index) {
                    *slot = other;
                }
            }
        }
        out.list.push(clause);
    }
}
