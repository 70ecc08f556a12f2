//! From the flat arrays back to a [`KnowledgeGraph`]: freezing what comes out gives the same bytes.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::evidence::ClaimRef;
use super::{ClaimRecord, EdgeDraft, Fact, FrozenGraph, Given, GraphBuilder, KnowledgeGraph, Mention, NodeDraft};
use crate::model::{ArticleInfo, DocumentInfo};

impl FrozenGraph {
    /// The graph with weights in petgraph again, for exports and petgraph's own algorithms. Copies everything.
    #[must_use]
    pub fn thaw(&self) -> KnowledgeGraph {
        let mut texts = Texts::default();
        let mut builder = GraphBuilder::new();
        builder.schema(self.schema_hash());
        builder.documents(self.thaw_documents());
        let numbers: Vec<u32> = (0..self.node_count()).map(|n| builder.node(self.thaw_node(n, &mut texts))).collect();
        for edge in 0..self.edge_count() {
            let (source, target) = self.endpoints(edge);
            if let (Some(&source), Some(&target)) = (numbers.get(source as usize), numbers.get(target as usize)) {
                builder.edge(source, target, self.thaw_edge(edge, &mut texts));
            }
        }
        builder.finish()
    }

    fn thaw_documents(&self) -> Vec<DocumentInfo> {
        let text = |t: Option<&str>| t.map(str::to_owned);
        let documents = self.documents().map(|d| DocumentInfo {
            id: d.id().to_owned(),
            hash: d.hash().to_owned(),
            articles: d
                .articles()
                .map(|a| ArticleInfo {
                    number: a.number(),
                    title: text(a.title()),
                    byline: text(a.byline()),
                    outlet: text(a.outlet()),
                    date: a.date(),
                    origin: text(a.origin()),
                    sketch: a.sketch().to_vec(),
                })
                .collect(),
        });
        documents.collect()
    }

    fn thaw_node<'g>(&'g self, node: u32, texts: &mut Texts<'g>) -> NodeDraft {
        let claims: Vec<ClaimRef<'_>> = self.node_claims(node).collect();
        let first = claims.first().map_or(0, |c| c.index);
        let mut attrs = Vec::new();
        for attribute in self.all_attributes(0, self.node_type(node), node) {
            given(&mut attrs, &texts.get(self.attribute_name(attribute)), self.node_facts(node, attribute), first);
        }
        let seen = self.aliases(node).count();
        let all: Vec<Arc<str>> = self.all_aliases(node).map(Arc::from).collect();
        NodeDraft {
            id: Arc::from(self.id(node)),
            kind: texts.get(self.node_type_name(self.node_type(node))),
            name: Arc::from(self.name(node)),
            aliases: all[..seen].to_vec(),
            known_as: all[seen..].to_vec(),
            attrs,
            claims: claims.iter().map(|c| record(c, texts)).collect(),
            mentions: self.mentions(node).map(|m| Mention { document: texts.get(m.document()), locus: m.locus() }).collect(),
            reasons: self.reasons(node).map(Arc::from).collect(),
            world: self.is_world_node(node),
        }
    }

    fn thaw_edge<'g>(&'g self, edge: u32, texts: &mut Texts<'g>) -> EdgeDraft {
        let claims: Vec<ClaimRef<'_>> = self.claims(edge).collect();
        let first = claims.first().map_or(0, |c| c.index);
        let mut attrs = Vec::new();
        for attribute in self.all_attributes(1, self.edge_type(edge), edge) {
            given(&mut attrs, &texts.get(self.attribute_name(attribute)), self.edge_facts(edge, attribute), first);
        }
        EdgeDraft {
            kind: texts.get(self.edge_type_name(self.edge_type(edge))),
            mode: self.mode(edge),
            attrs,
            claims: claims.iter().map(|c| record(c, texts)).collect(),
            world: self.is_world_edge(edge),
        }
    }
}

/// Texts that many nodes and edges share, each once.
#[derive(Default)]
struct Texts<'g>(FxHashMap<&'g str, Arc<str>>);

impl<'g> Texts<'g> {
    fn get(&mut self, text: &'g str) -> Arc<str> {
        self.0.entry(text).or_insert_with(|| Arc::from(text)).clone()
    }
}

fn given<'g>(out: &mut Vec<Given>, name: &Arc<str>, facts: impl Iterator<Item = Fact<'g>>, first: u32) {
    out.extend(facts.map(|f| Given {
        name: name.clone(),
        value: f.value.to_value(),
        // In a damaged part a claim may stand before the first: the fault is told at the end.
        claims: f.claims().filter_map(|c| c.index.checked_sub(first)).collect(),
    }));
}

fn record<'g>(claim: &ClaimRef<'g>, texts: &mut Texts<'g>) -> ClaimRecord {
    ClaimRecord {
        document: texts.get(claim.document()),
        locus: claim.locus(),
        text: texts.get(claim.text()),
        mode: claim.mode(),
        asserted: claim.asserted(),
        when: claim.when(),
        speaker: claim.speaker().map(|s| texts.get(s)),
        origin: claim.origin().map(|s| texts.get(s)),
        confidence: claim.confidence(),
        rule: texts.get(claim.rule()),
    }
}
