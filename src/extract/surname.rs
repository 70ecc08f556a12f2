//! Persons by a part of their name: a surname alone, before the whole name or behind it, and an initial with a surname.
//!
//! Which names are persons' is voted on in `evidence`; who is known without the text is `home`'s.

use rustc_hash::FxHashSet;

use crate::schema::NodeTypeId;

use super::entity::{DraftId, Linker};
use super::evidence::Evidence;
use super::name::NameKind;
use super::page::Page;
use super::parts::Parts;
use super::sentence::Sentence;

/// What a person's whole name weighs for a word of it that stands alone.
const NAMESAKE: u32 = 3;

/// Whoever the text calls by a whole name is a person where one word of it stands alone, too. O(names).
pub(super) fn vote(parts: &Parts, pages: &[Page<'_>], sentences: &[Sentence], evidence: &mut Evidence<'_>) {
    let unlisted = || {
        sentences.iter().flat_map(|s| {
            let open = s.units.names.iter().filter(|n| matches!(n.kind, NameKind::Run { head: None }) && n.links.is_empty());
            open.map(|n| pages[s.page].text(n.tokens.clone()))
        })
    };
    let persons = unlisted().filter(|text| text.contains(' ') && evidence.type_of(text) == parts.person);
    let words: FxHashSet<&str> = persons.flat_map(|text| text.split(' ')).collect();
    let alone: Vec<&str> = unlisted().filter(|text| words.contains(text)).collect();
    for text in alone {
        evidence.vote(text, parts.person, NAMESAKE);
    }
}

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

    /// "Sitharaman" of the headline is "Nirmala Sitharaman" of the text, "Xi" is "Xi Jinping": the person who had only one word of the
    /// name has the whole now.
    pub(super) fn named_by_surname(&mut self, kind: NodeTypeId, name: &str) -> Option<DraftId> {
        if Some(kind) != self.parts.person || !name.contains(' ') {
            return None;
        }
        let bare = |id: &DraftId| {
            let draft = &self.drafts[*id as usize];
            draft.kind == kind && draft.known.is_none() && !draft.name.as_str().contains(' ')
        };
        let id = name.split(' ').rev().find_map(|word| self.names_of(word).iter().copied().find(bare))?;
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
        // "Xi" of "Xi Jinping", "Lula" of "Luiz Inacio Lula da Silva".
        for word in words.iter().filter(|w| words.len() > 1 && w.chars().next().is_some_and(char::is_uppercase)) {
            self.surnames.entry(self.evidence.folds.id(word)).or_insert(id);
        }
    }
}
