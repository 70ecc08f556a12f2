//! Persons whom everybody knows by their state, from `offices.ron`: they tell whose an office is that the text gives without its
//! state ("President Tokayev"). They make no node and no claim; how offices are read is `office`'s business.

use rustc_hash::FxHashMap;

use crate::names::fold;
use crate::schema::patterns::Offices;
use crate::schema::{EntryId, Schema};

use super::entity::{DraftId, Linker};
use super::evidence::Evidence;
use super::name::NameKind;
use super::page::Page;
use super::parts::Parts;
use super::sentence::Sentence;

/// What a list of persons weighs beside what a text says of a name.
const SURE: u32 = 9;
/// And what a bare surname weighs.
const LIKELY: u32 = 3;

/// Known persons by their names.
#[derive(Debug, Default)]
pub struct Homes {
    by_name: FxHashMap<String, EntryId>,
    /// `None` where two states have one of that name.
    by_surname: FxHashMap<String, Option<EntryId>>,
}

impl Homes {
    /// Compiles the list; states that the schema does not know fall away.
    #[must_use]
    pub fn new(schema: &Schema, parts: &Parts, offices: &Offices) -> Self {
        let mut homes = Self::default();
        for known in &offices.known {
            let of = schema.named(&known.of).iter().map(|u| u.entry);
            let Some(state) = of.into_iter().find(|e| Some(schema.gazetteer[e.0 as usize].kind) == parts.state) else { continue };
            for person in &known.persons {
                let name = fold(person);
                let surname = name.rsplit(' ').next().unwrap_or(&name).to_owned();
                homes.by_surname.entry(surname).and_modify(|s| *s = s.filter(|&s| s == state)).or_insert(Some(state));
                homes.by_name.insert(name, state);
            }
        }
        homes
    }

    /// Names of known persons are persons, whatever else speaks for them ("he and X signed"). O(names).
    pub fn vote(&self, parts: &Parts, pages: &[Page<'_>], sentences: &[Sentence], evidence: &mut Evidence<'_>) {
        for sentence in sentences {
            let unlisted = sentence.units.names.iter().filter(|n| matches!(n.kind, NameKind::Run { head: None }));
            for name in unlisted {
                let text = pages[sentence.page].text(name.tokens.clone());
                let id = evidence.folds.id(text);
                if evidence.folds.with(id, |folded| self.by_name.contains_key(folded)) {
                    evidence.vote(text, parts.person, SURE);
                }
                // "Trump said": of whom there is one among the known.
                if name.tokens.len() == 1
                    && evidence.folds.with(id, |folded| matches!(self.by_surname.get(folded), Some(Some(_))))
                {
                    evidence.vote(text, parts.person, LIKELY);
                }
            }
        }
    }

    /// The state that a person is known by. O(forms).
    #[must_use]
    pub fn of(&self, linker: &Linker<'_>, person: DraftId) -> Option<EntryId> {
        let draft = &linker.drafts[person as usize];
        let forms = || draft.forms.iter().chain([&draft.name]).map(|form| form.folded());
        let whole = forms().find_map(|form| self.by_name.get(form).copied());
        // A surname alone, where no other given name stands with it.
        let bare =
            || forms().all(|form| !form.contains(' ')).then(|| forms().find_map(|form| self.by_surname.get(form).copied()));
        whole.or_else(|| bare().flatten().flatten())
    }
}
