//! The entities of all documents, with texts by number: all that linking needs, in a fraction of what documents take.
//!
//! Gathered in one pass over what documents say, one document at a time. What their claims tell about who is who goes
//! into [`Clues`](super::clues::Clues).

use super::clues::Clues;
use super::corrections::Corrections;
use super::{Said, Separated};
use crate::graph::store::StoreError;
use crate::graph::{NO_TEXT, Symbol, Symbols, Watch};
use crate::model::{DocumentInfo, Entity, Extraction, Statement};
use crate::names::only_describes;
use crate::schema::Schema;

/// An entity of a document.
pub(super) struct Item {
    /// The document's place.
    pub(super) extraction: u32,
    pub(super) kind: Symbol,
    /// The gazetteer's id, or none.
    pub(super) known: Symbol,
    pub(super) name: Symbol,
    /// Whether the document mentions it or says something of it.
    pub(super) used: bool,
    /// Whether it has no name, and its text only describes it: "a gas pipeline".
    pub(super) described: bool,
    /// In the lists: keys, then forms.
    keys: u32,
    forms: u32,
    end: u32,
}

/// All entities, in the order of documents.
#[derive(Default)]
pub(super) struct Items {
    pub(super) all: Vec<Item>,
    pub(super) texts: Symbols,
    pub(super) documents: Vec<DocumentInfo>,
    lists: Vec<Symbol>,
    /// The first entity of each document.
    starts: Vec<u32>,
}

impl Items {
    /// Gathers entities, and what claims tell of them.
    pub(super) fn gather(
        said: &dyn Said,
        watch: &Watch,
        separated: &Separated,
        schema: &Schema,
        corrections: &Corrections,
    ) -> Result<(Self, Clues), StoreError> {
        let mut items = Self::default();
        let mut clues = Clues::new(schema);
        let stuff: Vec<&str> =
            schema.roles.stuff.iter().filter_map(|t| schema.node_types.get(t.0 as usize)).map(|t| &*t.name).collect();
        said.each(watch, &mut |place, extraction| {
            let start = items.all.len() as u32;
            items.starts.push(start);
            items.documents.push(extraction.document.clone());
            for (index, entity) in extraction.entities.iter().enumerate() {
                let entity = separated.get(&(place as u32, index as u32)).unwrap_or(entity);
                let described = entity.known.is_none() && only_describes(&entity.name) && !stuff.contains(&&*entity.kind);
                items.add(place as u32, entity, described);
            }
            // What stands apart has no mentions any more: those of the document count.
            for (item, entity) in items.all[start as usize..].iter_mut().zip(&extraction.entities) {
                item.used = !entity.mentions.is_empty();
            }
            items.mark_used(start, extraction, corrections);
            clues.add(&mut items, start, extraction);
        })?;
        clues.know_formats(schema, &items);
        Ok((items, clues))
    }

    fn add(&mut self, extraction: u32, entity: &Entity, described: bool) {
        let texts = &mut self.texts;
        let (kind, known) = (texts.add(&entity.kind), texts.add_optional(entity.known.as_deref()));
        let name = texts.add(&entity.name);
        let keys = self.lists.len() as u32;
        self.lists.extend(entity.keys.iter().map(|k| texts.add(k)));
        let forms = self.lists.len() as u32;
        self.lists.extend(entity.forms.iter().map(|f| texts.add(f)));
        let end = self.lists.len() as u32;
        self.all.push(Item { extraction, kind, known, name, used: false, described, keys, forms, end });
    }

    /// Marks what claims speak of that count.
    fn mark_used(&mut self, start: u32, extraction: &Extraction, corrections: &Corrections) {
        let here = &mut self.all[start as usize..];
        if here.iter().all(|i| i.used) {
            return;
        }
        for claim in extraction.claims.iter().filter(|c| !corrections.is_retracted(&extraction.document.id, c)) {
            let subject = claim.subject as usize;
            match claim.statement {
                Statement::Edge { object, .. } if subject < here.len() && (object as usize) < here.len() => {
                    (here[subject].used, here[object as usize].used) = (true, true);
                }
                Statement::Attribute { .. } if subject < here.len() => here[subject].used = true,
                Statement::Edge { .. } | Statement::Attribute { .. } => {}
            }
        }
    }

    /// What identifies an entity, most telling first.
    pub(super) fn keys(&self, item: &Item) -> &[Symbol] {
        self.lists.get(item.keys as usize..item.forms as usize).unwrap_or_default()
    }

    /// How the document calls it.
    pub(super) fn forms(&self, item: &Item) -> &[Symbol] {
        self.lists.get(item.forms as usize..item.end as usize).unwrap_or_default()
    }

    /// A text.
    pub(super) fn text(&self, symbol: Symbol) -> &str {
        self.texts.text(symbol)
    }

    /// Where an entity stands: the id of its document, and its place there.
    pub(super) fn place(&self, at: u32) -> (&str, u32) {
        let document = self.all.get(at as usize).map_or(0, |item| item.extraction as usize);
        let start = self.starts.get(document).copied().unwrap_or_default();
        (self.documents.get(document).map_or("", |d| d.id.as_str()), at - start.min(at))
    }

    /// Something of each entity, by document and its place there.
    pub(super) fn places(&self, of: impl Fn(u32) -> u32) -> Vec<Vec<u32>> {
        let ends = self.starts.iter().skip(1).copied().chain([self.all.len() as u32]);
        self.starts.iter().zip(ends).map(|(&start, end)| (start..end).map(&of).collect()).collect()
    }

    /// Unknown ones and known ones: whether the gazetteer has it.
    pub(super) fn is_known(item: &Item) -> bool {
        item.known != NO_TEXT
    }
}
