//! Persons by a part of their name: a surname alone, before the whole name or behind it, and an initial with a surname.
//!
//! Which names are persons' is voted on in `evidence`; who is known without the text is `home`'s.

use crate::schema::NodeTypeId;

use super::entity::{DraftId, Linker};

impl Linker<'_> {
    /// "J. Bayramov", where the text has named a Jeyhun Bayramov.
    pub(super) fn by_initial(&self, text: &str) -> Option<DraftId> {
        let (initial, mut surname) = text.split_once(". ")?;
        while let Some((_, rest)) = surname.split_once(". ") {
            surname = rest;
        }
        let person = *self.surnames.get(&self.evidence.folds.id(surname))?;
        let given = crate::names::fold(self.drafts[person as usize].name.as_str());
        (initial.chars().count() == 1 && given.starts_with(&crate::names::fold(initial))).then_some(person)
    }

    /// "Sitharaman" of the headline is "Nirmala Sitharaman" of the text: the person who had only the surname, with the whole name now.
    pub(super) fn named_by_surname(&mut self, kind: NodeTypeId, name: &str) -> Option<DraftId> {
        let (_, surname) = name.rsplit_once(' ').filter(|_| Some(kind) == self.parts.person)?;
        let bare = |id: &DraftId| {
            let draft = &self.drafts[*id as usize];
            draft.kind == kind && draft.known.is_none() && !draft.name.as_str().contains(' ')
        };
        let id = self.names_of(surname).iter().copied().find(bare)?;
        self.drafts[id as usize].name = name.into();
        self.learn(id, name);
        self.learn_surname(id, name);
        Some(id)
    }

    /// From here on every ending of the name means the person, unless another has it.
    pub(super) fn learn_surname(&mut self, id: DraftId, name: &str) {
        let words: Vec<&str> = name.split_whitespace().collect();
        for start in 1..words.len() {
            self.surnames.entry(self.evidence.folds.id(&words[start..].join(" "))).or_insert(id);
        }
    }
}
