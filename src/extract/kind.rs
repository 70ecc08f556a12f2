//! What sort of way a way is, also where no sentence says so in as many words: by the last word of its name, or by the longer way that
//! it is a section of.
//!
//! Kinds that a phrase tells are noted while linking, statuses by `status`; here both become attributes.

use std::sync::Arc;

use crate::model::{Mode, Value};
use crate::schema::Schema;

use super::entity::{DraftId, Linker};
use super::form::Form;
use super::relation::{Found, NodeAttribute};
use super::sentence::Sentence;

/// The attributes' names.
#[derive(Debug)]
pub struct KindTable {
    kind: Arc<str>,
    status: Arc<str>,
    /// The words that `kind` may be; empty if any.
    words: Vec<String>,
}

impl KindTable {
    /// For the attributes of these names.
    #[must_use]
    pub fn new(schema: &Schema, kind: &str, status: &str) -> Self {
        let words = schema.node_attributes.iter().find(|a| &*a.name == kind).map(|a| a.words.clone()).unwrap_or_default();
        Self { kind: kind.into(), status: status.into(), words }
    }

    fn allows(&self, kind: &str) -> bool {
        self.words.is_empty() || self.words.iter().any(|w| w == kind)
    }

    /// Gives each way its kind and status. O(ways × edges of ways).
    pub fn settle(&self, linker: &Linker<'_>, sentences: &[Sentence], found: &mut Found) {
        let Some(way) = linker.parts.way else { return };
        for id in (0..linker.drafts.len() as DraftId).filter(|&id| linker.drafts[id as usize].kind == way) {
            let draft = &linker.drafts[id as usize];
            // What only the world knows of it is no claim of the text.
            let listed = draft.known.is_some_and(|e| linker.schema.gazetteer[e.0 as usize].attrs.contains_key(&self.kind));
            let told = if listed { None } else { draft.way_kind.clone() };
            let kind = told.or_else(|| kind_of_name(linker, id)).or_else(|| kind_of_whole(linker, id, found));
            let first = draft.mentions.first();
            let at = first.and_then(|m| sentences.iter().position(|s| s.page == m.0 && s.tokens.contains(&m.1)));
            if let (Some(kind), Some(sentence)) = (kind.filter(|k| self.allows(k)), at) {
                let (name, value) = (self.kind.clone(), Value::Text(kind.into()));
                found.attributes.push(NodeAttribute { of: id, name, value, sentence, rule: "kind.head".into() });
            }
        }
        self.statuses(found);
    }

    fn statuses(&self, found: &mut Found) {
        let told = std::mem::take(&mut found.statuses);
        found.attributes.extend(told.into_iter().map(|status| NodeAttribute {
            of: status.of,
            name: self.status.clone(),
            value: Value::Text(status.word.into()),
            sentence: status.sentence,
            rule: "status".into(),
        }));
    }
}

/// The kind that the last word of one of its forms tells. That a corridor is a corridor tells nothing.
fn kind_of_name(linker: &Linker<'_>, id: DraftId) -> Option<String> {
    let last = |form: &Form| {
        let word = form.folded().rsplit(' ').next()?;
        linker.lexicon.head(linker.lexicon.id(word))?.kind.clone().filter(|k| !linker.vocabulary.is_loose(k))
    };
    linker.drafts[id as usize].forms.iter().find_map(last)
}

/// A section of a railway is a railway.
fn kind_of_whole(linker: &Linker<'_>, id: DraftId, found: &Found) -> Option<String> {
    let part_of = linker.parts.part_of?;
    let wholes = found.edges.iter().filter(|e| e.edge == part_of && e.from == id && e.mode != Mode::Denied).map(|e| e.to);
    let ways = wholes.filter(|&w| Some(linker.drafts[w as usize].kind) == linker.parts.way);
    let mut kinds = ways.filter_map(|w| linker.drafts[w as usize].way_kind.clone().or_else(|| kind_of_name(linker, w)));
    kinds.find(|k| !linker.vocabulary.is_loose(k))
}
