//! What a person has corrected: a small RON file that every merge takes, so that corrections survive a rebuild.
//!
//! ```ron
//! (
//!     same: [("TITR", "Middle Corridor")],
//!     different: [("Northern Corridor", "Northern Sea Route")],
//!     rename: [("Takachi", "Sanae Takaichi")],
//!     retype: [("Global Gateway", "Project")],
//!     retract: [(document: "a.txt", line: 12, edge: "bypasses")],
//!     assert: [(subject: "Middle Corridor", edge: "passes_through", object: "Kazakhstan",
//!               source: "Ministry's letter of 3 May", text: "It runs through Kazakhstan.", date: "2025-05-03")],
//! )
//! ```

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::items::{Item, Items};
use super::link::Reasons;
use super::{Said, Separated};
use crate::graph::store::StoreError;
use crate::graph::{ClaimRecord, EdgeDraft, Given, GraphBuilder, NodeDraft, Symbol, Union, Watch};
use crate::model::{ArticleInfo, Claim, DocumentInfo, Entity, Locus, Mode, PartialDate, Statement, Value};
use crate::names::{fold, node_id};
use crate::schema::Schema;
use crate::span::Span;

mod check;

/// Corrections by a person. Things are named by id, or by any of their names; what is the same also by a name in one document.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Corrections {
    /// Pairs that are one thing. `summit @ a.txt` is what the document `a.txt` calls so, `summit` what any document does.
    pub same: Vec<(String, String)>,
    /// Pairs that are not one thing, whatever their names share.
    pub different: Vec<(String, String)>,
    /// (thing, name that answers show).
    pub rename: Vec<(String, String)>,
    /// (thing, its node type).
    pub retype: Vec<(String, String)>,
    /// Claims that do not count.
    pub retract: Vec<Retraction>,
    /// Facts that no document of the corpus gives.
    pub assert: Vec<Assertion>,
}

/// Which claims do not count.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retraction {
    /// The document.
    pub document: String,
    /// The line of the sentence; all lines if there is none.
    #[serde(default)]
    pub line: Option<u32>,
    /// The edge type or attribute; all if there is none.
    #[serde(default)]
    pub edge: Option<String>,
}

/// A fact and where it is from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assertion {
    /// Of what it is said.
    pub subject: String,
    /// The edge type, with `object`.
    #[serde(default)]
    pub edge: Option<String>,
    /// To what the edge leads.
    #[serde(default)]
    pub object: Option<String>,
    /// The attribute, with `value`.
    #[serde(default)]
    pub attribute: Option<String>,
    /// Its value.
    #[serde(default)]
    pub value: Option<Value>,
    /// How it is so.
    #[serde(default)]
    pub mode: Mode,
    /// Who says so: it stands where a document's name would.
    pub source: String,
    /// The words.
    #[serde(default)]
    pub text: String,
    /// When it was said.
    #[serde(default)]
    pub date: Option<PartialDate>,
    /// For when it is said: when it happened, or is to happen.
    #[serde(default)]
    pub when: Option<PartialDate>,
}

/// A corrections file that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {message}")]
pub struct CorrectionsError {
    /// What is wrong.
    pub message: String,
    /// From 1.
    pub line: usize,
    /// From 1.
    pub column: usize,
}

impl Corrections {
    /// Reads a corrections file.
    ///
    /// # Errors
    /// What RON does not allow, or a field that there is not, and where.
    pub fn from_ron(text: &str) -> Result<Self, CorrectionsError> {
        // `edge: "bypasses"` is as good as `edge: Some("bypasses")`.
        let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        options.from_str(text).map_err(|e| CorrectionsError {
            message: e.code.to_string(),
            line: e.span.start.line,
            column: e.span.start.col,
        })
    }

    /// Whether nothing is corrected.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a claim does not count.
    pub(super) fn is_retracted(&self, document: &str, claim: &Claim) -> bool {
        let said = match &claim.statement {
            Statement::Edge { kind, .. } => kind,
            Statement::Attribute { name, .. } => name,
        };
        self.retract.iter().any(|r| {
            r.document == document
                && r.line.is_none_or(|l| l == claim.locus.line)
                && r.edge.as_deref().is_none_or(|e| e == &**said)
        })
    }

    /// Whether two names are said not to be one thing.
    pub(super) fn differ(&self, a: &str, b: &str) -> bool {
        let is = |wanted: &str, name: &str| fold(wanted) == fold(name);
        self.different.iter().any(|(x, y)| (is(x, a) && is(y, b)) || (is(x, b) && is(y, a)))
    }

    /// Parts things that are said to be different: what documents call by the second name loses the keys that it shares with
    /// the first, and the gazetteer's word that they are one. Returns the entities that change, as they are then.
    pub(super) fn separate(&self, said: &dyn Said) -> Result<Separated, StoreError> {
        let mut changed = Separated::default();
        if self.different.is_empty() {
            return Ok(changed);
        }
        let mut concerned: Vec<((u32, u32), Entity)> = Vec::new();
        let names = || self.different.iter().flat_map(|(a, b)| [a, b]);
        said.each(&Watch::default(), &mut |place, extraction| {
            for (index, entity) in extraction.entities.iter().enumerate() {
                if names().any(|name| called(entity, name)) {
                    let slim = Entity { mentions: Vec::new(), ..entity.clone() };
                    concerned.push(((place as u32, index as u32), slim));
                }
            }
        })?;
        for (a, b) in &self.different {
            let is_other = |e: &Entity| written(e, b) && !written(e, a);
            let of_first = || concerned.iter().map(|(_, e)| e).filter(|e| called(e, a) && !is_other(e));
            let shared: FxHashSet<String> = of_first().flat_map(|e| e.keys.clone()).collect();
            let known: FxHashSet<Arc<str>> = of_first().filter_map(|e| e.known.clone()).collect();
            for (place, entity) in concerned.iter_mut().filter(|(_, e)| is_other(e)) {
                part(entity, b, &shared, &known);
                changed.insert(*place, entity.clone());
            }
        }
        Ok(changed)
    }

    /// Joins what is said to be the same.
    pub(super) fn link(&self, items: &Items, union: &mut Union, reasons: &mut Reasons) {
        if self.same.is_empty() {
            return;
        }
        let spelt = Spelt::of(items, self.same.iter().flat_map(|(a, b)| [in_document(a).0, in_document(b).0]));
        for (a, b) in &self.same {
            let is = |i: &Item, thing: &str| {
                let (name, document) = in_document(thing);
                let mut names = std::iter::once(&i.name).chain(items.forms(i));
                document.is_none_or(|d| items.documents.get(i.extraction as usize).is_some_and(|of| of.id == d))
                    && (items.texts.optional(i.known) == Some(name) || names.any(|n| spelt.is(*n, name)))
            };
            let is_one = |i: &Item| is(i, a) || is(i, b);
            let mut joined = items.all.iter().enumerate().filter(|(_, i)| is_one(i)).map(|(at, _)| at as u32);
            if let Some(first) = joined.next() {
                joined.for_each(|at| union.join(first, at));
                reasons.push((first, format!("corrected: “{a}” is “{b}”")));
            }
        }
    }

    /// The names that renamed and retyped things go by.
    pub(super) fn reshaped(&self, items: &Items) -> Spelt {
        Spelt::of(items, self.rename.iter().chain(&self.retype).map(|(thing, _)| thing.as_str()))
    }

    /// The name that a person gave a node.
    pub(super) fn rename(&self, draft: &mut NodeDraft) {
        if let Some((_, name)) = self.rename.iter().rfind(|(thing, _)| is_node(draft, thing)) {
            let old = std::mem::replace(&mut draft.name, Arc::from(name.as_str()));
            draft.aliases.push(old);
        }
    }

    /// The type that a person gave a node.
    pub(super) fn retype(&self, draft: &mut NodeDraft) {
        if let Some((_, kind)) = self.retype.iter().rfind(|(thing, _)| is_node(draft, thing)) {
            draft.kind = Arc::from(kind.as_str());
        }
    }

    /// Adds what is asserted: its things are made where the graph has none of that name.
    pub(super) fn assert_into(&self, builder: &mut GraphBuilder, schema: &Schema) {
        for fact in &self.assert {
            let source: Arc<str> = Arc::from(fact.source.as_str());
            let claim = ClaimRecord {
                document: source.clone(),
                locus: Locus { article: 1, line: 0, column: 0, span: Span::default() },
                text: Arc::from(fact.text.as_str()),
                mode: fact.mode,
                asserted: fact.date,
                when: fact.when,
                speaker: None,
                origin: None,
                confidence: 1000,
                rule: Arc::from("corrections"),
            };
            let article = ArticleInfo { number: 1, date: fact.date, ..ArticleInfo::default() };
            builder.document(DocumentInfo { id: fact.source.clone(), hash: String::new(), articles: vec![article] });
            let edge = fact.edge.as_ref().and_then(|e| schema.edge_type(e)).and_then(|t| schema.edge_types.get(t.0 as usize));
            let kind = |types: Option<&Vec<crate::schema::NodeTypeId>>| {
                types.and_then(|t| t.first()).and_then(|t| schema.node_types.get(t.0 as usize)).map(|t| t.name.clone())
            };
            let Some(subject) = thing(builder, &fact.subject, kind(edge.map(|e| &e.from))) else { continue };
            if let (Some(attribute), Some(value)) = (&fact.attribute, &fact.value) {
                builder.assert_attribute(subject, &Arc::from(attribute.as_str()), value.clone(), &claim);
            }
            if let (Some(edge), Some(object)) = (edge, &fact.object)
                && let Some(object) = thing(builder, object, kind(Some(&edge.to)))
            {
                let (mut source, mut target) = (subject, object);
                if edge.symmetric && builder.id_of(source) > builder.id_of(target) {
                    (source, target) = (target, source);
                }
                builder.assert_edge(
                    source,
                    target,
                    EdgeDraft { kind: edge.name.clone(), claims: vec![claim], ..EdgeDraft::default() },
                );
            }
        }
    }
}

/// The texts that spell some names, in any way that folds alike: each text is folded once, however many entities have it.
#[derive(Default)]
pub(super) struct Spelt(FxHashMap<Symbol, String>);

impl Spelt {
    fn of<'n>(items: &Items, names: impl Iterator<Item = &'n str>) -> Self {
        let wanted: FxHashSet<String> = names.map(fold).collect();
        if wanted.is_empty() {
            return Self::default();
        }
        let folded = (0..items.texts.len() as u32).map(|s| (s, fold(items.text(s))));
        Self(folded.filter(|(_, f)| wanted.contains(f)).collect())
    }

    fn is(&self, symbol: Symbol, name: &str) -> bool {
        self.0.get(&symbol).is_some_and(|folded| *folded == fold(name))
    }

    /// Whether a text spells one of them.
    pub(super) fn any(&self, symbol: Symbol) -> bool {
        self.0.contains_key(&symbol)
    }
}

/// The node of this id or name, or a new one of the type.
fn thing(builder: &mut GraphBuilder, name: &str, kind: Option<Arc<str>>) -> Option<u32> {
    if let Some(number) = builder.number_of(name).or_else(|| builder.number_named(name)) {
        return Some(number);
    }
    let kind = kind?;
    let id = Arc::from(node_id(&kind, name));
    Some(builder.node(NodeDraft { id, kind, name: Arc::from(name), attrs: Vec::<Given>::new(), ..NodeDraft::default() }))
}

/// A name, and the one document in which it is meant: `summit @ a.txt`.
fn in_document(thing: &str) -> (&str, Option<&str>) {
    thing.rsplit_once(" @ ").map_or((thing, None), |(name, document)| (name.trim(), Some(document.trim())))
}

/// Whether an entity is known by this id, name or form.
fn called(entity: &Entity, name: &str) -> bool {
    let folded = fold(name);
    entity.known.as_deref() == Some(name) || fold(&entity.name) == folded || entity.forms.iter().any(|f| fold(f) == folded)
}

/// Whether a document has this id, or writes it so: the gazetteer's name of it, which it shares with others, does not count.
fn written(entity: &Entity, name: &str) -> bool {
    let folded = fold(name);
    entity.forms.iter().any(|f| fold(f) == folded) || (entity.forms.is_empty() && called(entity, name))
}

/// Makes an entity one of its own, called `name`.
fn part(entity: &mut Entity, name: &str, shared: &FxHashSet<String>, known: &FxHashSet<Arc<str>>) {
    entity.keys.retain(|k| !shared.contains(k));
    if entity.known.as_ref().is_some_and(|k| known.contains(k)) {
        entity.known = None;
        entity.name = entity.forms.iter().find(|f| fold(f) == fold(name)).cloned().unwrap_or_else(|| name.to_owned());
    }
    if entity.keys.is_empty() {
        // What documents call so is still one thing.
        entity.keys.push(fold(name));
    }
}

fn is_node(draft: &NodeDraft, name: &str) -> bool {
    let folded = fold(name);
    &*draft.id == name || fold(&draft.name) == folded || draft.aliases.iter().any(|a| fold(a) == folded)
}
