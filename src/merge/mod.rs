//! From what documents say to one graph: one node an entity, one edge a relation, with all claims.
//!
//! The result depends on the set of extractions alone: any order, any partition of the work and any number of
//! threads give the same bytes, and a document given twice counts once. Which entities are one is decided
//! in `link`; what the gazetteer adds is in `world`; corrections by a person are in `corrections`.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::graph::{ClaimRecord, EdgeDraft, Given, GraphBuilder, KnowledgeGraph, Mention, NodeDraft};
use crate::model::{Claim, Extraction, Statement};
use crate::names::slug;
use crate::schema::{NameKind, Schema};

mod corrections;
mod happenings;
mod link;
mod people;
mod world;

pub use corrections::{Assertion, Corrections, CorrectionsError, Retraction};

use link::{Cluster, Links};

/// Merges what documents say. Linear in entities and claims, but for sorting.
///
/// Of two extractions of one document the one with the greater hash of its bytes counts.
#[must_use]
pub fn merge(extractions: &[Extraction], schema: &Schema, corrections: Option<&Corrections>) -> KnowledgeGraph {
    let all: Vec<&Extraction> = extractions.iter().collect();
    merge_refs(all, schema, corrections)
}

/// As [`merge`], of extractions that lie anywhere.
#[must_use]
pub fn merge_refs(mut extractions: Vec<&Extraction>, schema: &Schema, corrections: Option<&Corrections>) -> KnowledgeGraph {
    extractions.sort_by(|a, b| (&a.document.id, &b.document.hash).cmp(&(&b.document.id, &a.document.hash)));
    extractions.dedup_by(|later, first| later.document.id == first.document.id);
    let none = Corrections::default();
    let corrections = corrections.unwrap_or(&none);
    let separate = corrections.separate(&extractions);
    let extractions: Vec<&Extraction> = separate.iter().map(AsRef::as_ref).collect();
    let links = link::link(&extractions, schema, corrections);
    let documents = extractions.iter().map(|e| Arc::from(e.document.id.as_str())).collect();
    let mut merge =
        Merge { schema, corrections, extractions: &extractions, documents, links: &links, builder: GraphBuilder::new() };
    merge.builder.schema(&schema.hash);
    merge.builder.documents(extractions.iter().map(|e| e.document.clone()).collect());
    let drafts = merge.nodes();
    let numbers = merge.add_nodes(drafts);
    merge.add_edges(&numbers);
    let Merge { mut builder, .. } = merge;
    corrections.assert_into(&mut builder, schema);
    world::add(&mut builder, schema);
    builder.finish()
}

struct Merge<'a> {
    schema: &'a Schema,
    corrections: &'a Corrections,
    extractions: &'a [&'a Extraction],
    /// Their documents' ids: claims and mentions share them.
    documents: Vec<Arc<str>>,
    links: &'a Links,
    builder: GraphBuilder,
}

impl Merge<'_> {
    /// A draft for each cluster that a document mentions or says something of.
    fn nodes(&self) -> Vec<Option<NodeDraft>> {
        let mut drafts: Vec<NodeDraft> = self.links.clusters.iter().map(|c| self.draft(c)).collect();
        let mut used: Vec<bool> = drafts.iter().map(|d| !d.mentions.is_empty()).collect();
        for (document, extraction) in self.extractions.iter().enumerate() {
            for claim in &extraction.claims {
                let Some(subject) = self.links.of(document, claim.subject) else { continue };
                if self.corrections.is_retracted(&extraction.document.id, claim) {
                    continue;
                }
                match &claim.statement {
                    Statement::Edge { object, .. } => {
                        if let Some(object) = self.links.of(document, *object) {
                            (used[subject as usize], used[object as usize]) = (true, true);
                        }
                    }
                    Statement::Attribute { name, value } => {
                        used[subject as usize] = true;
                        let draft = &mut drafts[subject as usize];
                        let at = draft.claims.len() as u32;
                        draft.attrs.push(Given { name: name.clone(), value: value.clone(), claims: vec![at] });
                        draft.claims.push(self.record(document, claim));
                    }
                }
            }
        }
        drafts.into_iter().zip(used).map(|(d, used)| used.then_some(d)).collect()
    }

    fn draft(&self, cluster: &Cluster) -> NodeDraft {
        let entities = || {
            cluster.members.iter().filter_map(|&(d, e)| {
                let extraction = self.extractions.get(d as usize)?;
                Some((self.documents.get(d as usize)?, extraction.entities.get(e as usize)?))
            })
        };
        let forms: Vec<&str> =
            entities().flat_map(|(_, e)| e.forms.iter().map(String::as_str).chain(std::iter::once(e.name.as_str()))).collect();
        let entry = cluster.known.as_ref().and_then(|id| self.schema.entry(id)).map(|id| &self.schema.gazetteer[id.0 as usize]);
        let longest = forms.iter().min_by(|a, b| b.chars().count().cmp(&a.chars().count()).then(a.cmp(b)));
        let name: Arc<str> = entry.map_or_else(|| Arc::from(longest.copied().unwrap_or_default()), |e| e.name.clone());
        let known_as = entry.map_or_else(Vec::new, |e| {
            let plain = e.names().filter(|(kind, name)| {
                matches!(kind, NameKind::Alias | NameKind::Demonym) && !e.ambiguous.iter().any(|a| a == name)
            });
            plain.map(|(_, name)| Arc::from(name)).collect()
        });
        let mentions = entities()
            .flat_map(|(document, e)| e.mentions.iter().map(move |&locus| Mention { document: document.clone(), locus }));
        let mut aliases = forms.clone();
        aliases.sort_unstable();
        aliases.dedup();
        NodeDraft {
            // A known entity has its id from the gazetteer; others get theirs when all names are known.
            id: cluster.known.clone().unwrap_or_default(),
            kind: cluster.kind.clone(),
            name,
            aliases: aliases.into_iter().map(Arc::from).collect(),
            known_as,
            mentions: mentions.collect(),
            reasons: cluster.reasons.iter().map(|r| Arc::from(r.as_str())).collect(),
            ..NodeDraft::default()
        }
    }

    /// Gives ids and adds the nodes; returns the builder's number of each cluster.
    fn add_nodes(&mut self, mut drafts: Vec<Option<NodeDraft>>) -> Vec<Option<u32>> {
        for (draft, cluster) in drafts.iter_mut().zip(&self.links.clusters) {
            if let Some(draft) = draft {
                self.corrections.rename(draft);
                self.corrections.retype(draft);
                if draft.id.is_empty() || cluster.known.is_none() {
                    draft.id = Arc::from(format!("{}/{}", slug(&draft.kind), slug(&draft.name)));
                }
            }
        }
        let mut holders: FxHashMap<Arc<str>, u32> = FxHashMap::default();
        for draft in drafts.iter().flatten() {
            *holders.entry(draft.id.clone()).or_default() += 1;
        }
        for (draft, cluster) in drafts.iter_mut().zip(&self.links.clusters) {
            if let Some(draft) = draft
                && cluster.known.is_none()
                && holders.get(&draft.id).is_some_and(|&n| n > 1)
            {
                // All of the unknown ones get a hash of what identifies them, so that none depends on the others' order.
                let hash = blake3::hash(cluster.identity.as_bytes()).to_hex();
                draft.id = Arc::from(format!("{}-{}", draft.id, &hash.as_str()[..8]));
            }
        }
        drafts.into_iter().map(|d| d.map(|d| self.builder.node(d))).collect()
    }

    fn add_edges(&mut self, numbers: &[Option<u32>]) {
        let symmetric: FxHashMap<&str, bool> = self.schema.edge_types.iter().map(|t| (&*t.name, t.symmetric)).collect();
        let mut edges: BTreeMap<(Arc<str>, u32, u32), EdgeDraft> = BTreeMap::new();
        for (document, extraction) in self.extractions.iter().enumerate() {
            for claim in &extraction.claims {
                let Statement::Edge { kind, object } = &claim.statement else { continue };
                if self.corrections.is_retracted(&extraction.document.id, claim) {
                    continue;
                }
                let number = |entity| self.links.of(document, entity).and_then(|c| numbers[c as usize]);
                let (Some(mut source), Some(mut target)) = (number(claim.subject), number(*object)) else { continue };
                if source == target {
                    continue;
                }
                // Either direction of a symmetric edge is the same: the lesser id is its source.
                if symmetric.get(&**kind) == Some(&true) && self.builder.id_of(source) > self.builder.id_of(target) {
                    (source, target) = (target, source);
                }
                let draft = edges.entry((kind.clone(), source, target)).or_default();
                let at = draft.claims.len() as u32;
                draft.claims.push(self.record(document, claim));
                let given =
                    claim.attrs.iter().map(|(name, value)| Given { name: name.clone(), value: value.clone(), claims: vec![at] });
                draft.attrs.extend(given);
            }
        }
        for ((kind, source, target), draft) in edges {
            self.builder.edge(source, target, EdgeDraft { kind, ..draft });
        }
    }

    /// A claim as the graph keeps it.
    fn record(&self, document: usize, claim: &Claim) -> ClaimRecord {
        ClaimRecord {
            document: self.documents.get(document).cloned().unwrap_or_default(),
            locus: claim.locus,
            text: claim.text.clone(),
            mode: claim.mode,
            asserted: claim.asserted,
            when: claim.when,
            speaker: claim.speaker.clone(),
            origin: claim.origin.clone(),
            confidence: claim.confidence,
            rule: claim.rule.clone(),
        }
    }
}
