//! What sort of way a way is, also where no sentence says so in as many words: by the last word of its name, or by the longer way that
//! it is a section of.
//!
//! Kinds that a phrase tells are noted while linking, statuses by `status`; here both become attributes.

use std::sync::Arc;

use crate::model::{Mode, Value};
use crate::schema::patterns::{Attributes, EdgeEnd};
use crate::schema::{EdgeTypeId, Schema};

use super::entity::{Draft, DraftId, Linker};
use super::form::Form;
use super::relation::{Candidate, Found, NodeAttribute};
use super::sentence::Sentence;
use super::status::mode_of_status;

/// The attributes' names.
#[derive(Debug)]
pub struct KindTable {
    kind: Arc<str>,
    status: Arc<str>,
    /// The words that `kind` may be; empty if any.
    words: Vec<String>,
    implied: Vec<Implied>,
}

/// What an edge says of the status of one of its ends.
#[derive(Debug)]
struct Implied {
    edge: EdgeTypeId,
    mode: Mode,
    owner: EdgeEnd,
    status: Arc<str>,
}

impl KindTable {
    /// Compiles what `attributes.ron` says of kinds and statuses; what the schema does not know falls away.
    #[must_use]
    pub fn new(schema: &Schema, patterns: &Attributes) -> Self {
        let kind = schema.node_attributes.iter().find(|a| *a.name == *patterns.kind);
        let implied = patterns.implied_status.iter().filter_map(|i| {
            let edge = schema.edge_type(&i.edge)?;
            Some(Implied { edge, mode: i.mode, owner: i.owner, status: i.status.as_str().into() })
        });
        Self {
            kind: patterns.kind.as_str().into(),
            status: patterns.status.as_str().into(),
            words: kind.map(|a| a.words.clone()).unwrap_or_default(),
            implied: implied.collect(),
        }
    }

    fn allows(&self, kind: &str) -> bool {
        self.words.is_empty() || self.words.iter().any(|w| w == kind)
    }

    /// Gives each way its kind and status. O(ways × edges of ways).
    pub fn settle(&self, linker: &mut Linker<'_>, sentences: &[Sentence], found: &mut Found) {
        let Some(way) = linker.parts.way else { return };
        for id in (0..linker.drafts.len() as DraftId).filter(|&id| linker.drafts[id as usize].kind == way) {
            let draft = &linker.drafts[id as usize];
            // What only the world knows of it is no claim of the text.
            let listed = draft.known.is_some_and(|e| linker.schema.gazetteer[e.0 as usize].attrs.contains_key(&self.kind));
            let told = if listed { None } else { draft.way_kind.clone() };
            let kind = told.or_else(|| kind_of_name(linker, id)).or_else(|| kind_of_whole(linker, id, found));
            let at = first_sentence(draft, sentences);
            if let (Some(kind), Some(sentence)) = (kind.filter(|k| self.allows(k)), at) {
                let (name, value) = (self.kind.clone(), Value::Text(kind.into()));
                found.attributes.push(NodeAttribute { of: id, name, value, sentence, when: None, rule: "kind.head".into() });
            }
        }
        self.statuses(linker, sentences, found);
    }

    /// What is told of ways and projects; where nothing is, what their edges imply, also for the mode of the stops.
    fn statuses(&self, linker: &mut Linker<'_>, sentences: &[Sentence], found: &mut Found) {
        let told = std::mem::take(&mut found.statuses);
        let types = [linker.parts.way, linker.parts.project];
        for id in 0..linker.drafts.len() as DraftId {
            let draft = &mut linker.drafts[id as usize];
            if !types.contains(&Some(draft.kind)) || told.iter().any(|s| s.of == id) {
                continue;
            }
            // "wants a railway", and no more is told of it.
            if let Some((status, _)) = draft.status.first() {
                if let Some(sentence) = first_sentence(draft, sentences) {
                    let (name, value) = (self.status.clone(), Value::Text(status.as_str().into()));
                    found.attributes.push(NodeAttribute {
                        of: id,
                        name,
                        value,
                        sentence,
                        when: None,
                        rule: "status.implied".into(),
                    });
                }
                continue;
            }
            let Some((implied, sentence)) = self.implied(id, found) else { continue };
            let mode = mode_of_status(&implied.status);
            if draft.opened && mode != Mode::Actual {
                continue;
            }
            draft.status.push((implied.status.to_string(), mode));
            let (name, value) = (self.status.clone(), Value::Text(implied.status.clone()));
            found.attributes.push(NodeAttribute { of: id, name, value, sentence, when: None, rule: "status.implied".into() });
        }
        found.attributes.extend(told.into_iter().map(|status| NodeAttribute {
            of: status.of,
            name: self.status.clone(),
            value: Value::Text(status.word.into()),
            sentence: status.sentence,
            when: status.when,
            rule: "status".into(),
        }));
    }

    /// The status that the first fitting edge implies, and the sentence that tells the edge.
    fn implied(&self, of: DraftId, found: &Found) -> Option<(&Implied, usize)> {
        self.implied.iter().find_map(|implied| {
            let says = |e: &&Candidate| {
                let owner = if implied.owner == EdgeEnd::From { e.from } else { e.to };
                e.edge == implied.edge && e.mode == implied.mode && owner == of
            };
            found.edges.iter().find(says).map(|edge| (implied, edge.sentence))
        })
    }
}

/// The sentence that names it first.
fn first_sentence(draft: &Draft, sentences: &[Sentence]) -> Option<usize> {
    let first = draft.mentions.first()?;
    sentences.iter().position(|s| s.page == first.0 && s.tokens.contains(&first.1))
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
