//! From the builder's flat rows to nodes and edges in the one order that a graph has, one after the other: into a
//! [`KnowledgeGraph`], or straight into its frozen form, which takes a fraction of the memory.

use std::collections::BTreeMap;
use std::sync::Arc;

use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::FxHashMap;

use super::builder::{ClaimRow, EdgeRow, Facts, GivenRow, GraphBuilder, NodeRow, Other, Small};
use super::freeze::Freezer;
use super::layout::{NONE, unpack_date};
use super::order::{mode_of_claims, order_claims, tidy};
use super::queue::Queue;
use super::sentences::Sentences;
use super::store::StoreError;
use super::symbols::{Symbol, Symbols};
use super::watch::{Stage, Watch};
use super::{ClaimRecord, Edge, FrozenGraph, Given, KnowledgeGraph, Mention, Node};
use crate::model::{ArticleInfo, DocumentInfo, Value};

impl GraphBuilder {
    /// The graph: nodes by (type, id), edges by (type, source, target) and, of parallel ones, as they were added.
    #[must_use]
    pub fn finish(mut self) -> KnowledgeGraph {
        let place = self.sort();
        let (documents, sources, source_names) = self.documents_and_sources();
        let mut graph = DiGraph::with_capacity(self.nodes.len(), self.edges.len());
        let mut texts = Texts::new(Arc::new(std::mem::take(&mut self.sentences)), usize::MAX);
        let watch = Watch::default();
        // Nobody can stop this watch, so that nothing is left out.
        let _ = self.each_node(&watch, &place, &mut texts, |node| {
            graph.add_node(node);
        });
        let _ = self.each_edge(&watch, &mut texts, |source, target, edge| {
            graph.add_edge(NodeIndex::new(source as usize), NodeIndex::new(target as usize), edge);
        });
        KnowledgeGraph { graph, documents, sources, source_names, schema: self.schema }
    }

    /// The same graph laid out for queries, without the other in between.
    ///
    /// # Errors
    /// More than 32-bit indices can count; [`StoreError::Stopped`] if `watch` was stopped.
    pub fn finish_frozen(mut self, watch: &Watch) -> Result<FrozenGraph, StoreError> {
        let place = self.sort();
        let (documents, sources, source_names) = self.documents_and_sources();
        let sentences = Arc::new(std::mem::take(&mut self.sentences));
        let mut freezer = Freezer::new(&documents, &sources, &source_names, Sentences::new(sentences.clone()));
        drop((documents, sources, source_names));
        let mut texts = Texts::new(sentences, TEXTS);
        watch.begin(Stage::Layout, self.edges.len() + self.nodes.len());
        self.each_edge(watch, &mut texts, |source, target, edge| freezer.edge(source, target, &edge))?;
        self.each_node(watch, &place, &mut texts, |node| freezer.node(&node))?;
        let schema = self.schema.clone();
        drop((self, texts));
        Ok(freezer.finish(&schema)?)
    }

    /// Brings nodes and edges into order; returns the draft number of each node in order.
    fn sort(&mut self) -> Vec<u32> {
        let text = |s: Symbol| self.symbols.text(s);
        let key = |n: u32| self.nodes.get(n as usize).map(|n| (text(n.kind), text(n.id)));
        let mut order: Vec<u32> = (0..self.nodes.len() as u32).collect();
        order.sort_unstable_by(|&a, &b| key(a).cmp(&key(b)));
        let place = places(&order);
        for edge in &mut self.edges {
            (edge.source, edge.target) = (place[edge.source as usize], place[edge.target as usize]);
        }
        // Nothing is looked up by its id any more.
        self.by_id = FxHashMap::default();
        order
    }

    /// The documents in order, with what claims and mentions name beyond them: every claim leads to an article. And the
    /// source of each article.
    fn documents_and_sources(&mut self) -> (Vec<DocumentInfo>, Vec<u32>, Vec<Arc<str>>) {
        let mut articles: BTreeMap<String, BTreeMap<u32, ArticleInfo>> = BTreeMap::new();
        let mut hashes: FxHashMap<String, String> = FxHashMap::default();
        for document in std::mem::take(&mut self.documents) {
            let of = articles.entry(document.id.clone()).or_default();
            of.extend(document.articles.into_iter().map(|a| (a.number, a)));
            hashes.insert(document.id, document.hash);
        }
        for (document, number) in self.places() {
            let document = self.symbols.text(document);
            let there = match articles.get_mut(document) {
                Some(there) => there,
                None => articles.entry(document.to_owned()).or_default(),
            };
            there.entry(number).or_insert_with(|| ArticleInfo { number, ..ArticleInfo::default() });
        }
        let documents: Vec<DocumentInfo> = articles
            .into_iter()
            .map(|(id, articles)| DocumentInfo {
                hash: hashes.remove(&id).unwrap_or_default(),
                articles: articles.into_values().collect(),
                id,
            })
            .collect();
        let claims = self.of_edges.claims.iter().map(|c| {
            let place = self.said.place(c);
            (c.owner, self.symbols.text(place.document), place.locus.article)
        });
        let (sources, names) = super::sources::sources(&documents, claims);
        (documents, sources, names)
    }

    /// (document, article) of all claims and mentions, each once; world data has none.
    fn places(&self) -> Vec<(Symbol, u32)> {
        let claims = self.said.places.iter().map(|p| (p.document, p.locus.article));
        let world = self.symbols.find("");
        let mentions = self.mentions.iter().map(|m| (m.document, m.locus.article));
        let mut places: Vec<(Symbol, u32)> = Vec::new();
        for place in claims.filter(|c| Some(c.0) != world).chain(mentions) {
            // Rows come document by document: most repeat what stands right before.
            if places.last() != Some(&place) {
                places.push(place);
            }
        }
        places.sort_unstable();
        places.dedup();
        places
    }

    fn each_node(
        &mut self,
        watch: &Watch,
        order: &[u32],
        texts: &mut Texts,
        mut give: impl FnMut(Node),
    ) -> Result<(), StoreError> {
        let (mut mentions, mut others) = (std::mem::take(&mut self.mentions), std::mem::take(&mut self.others));
        let mut queue = {
            let places = places(order);
            mentions.iter_mut().for_each(|m| m.node = place(&places, m.node));
            others.iter_mut().for_each(|o| o.0 = place(&places, o.0));
            FactQueue::new(std::mem::take(&mut self.of_nodes), &places)
        };
        let (mut mentions, mut others) = (Queue::new(mentions, |m| m.node), Queue::new(others, |o| o.0));
        for (&number, at) in order.iter().zip(0..) {
            watch.step()?;
            let Some(row) = self.nodes.get(number as usize) else { continue };
            let (claims, attrs) = self.facts(&mut queue, at, texts);
            let mentions = mentions.take(at).map(|m| Mention { document: texts.get(&self.symbols, m.document), locus: m.locus });
            let mentions = mentions.collect();
            let others: Vec<(Other, Symbol)> = others.take(at).map(|o| (o.1, o.2)).collect();
            give(self.node_of(row, &others, claims, attrs, mentions, texts));
        }
        Ok(())
    }

    fn node_of(
        &self,
        row: &NodeRow,
        others: &[(Other, Symbol)],
        claims: Vec<ClaimRecord>,
        attrs: Vec<Given>,
        mut mentions: Vec<Mention>,
        texts: &mut Texts,
    ) -> Node {
        let name: Arc<str> = Arc::from(self.symbols.text(row.name));
        let list = |what: Other| -> Vec<Arc<str>> {
            let of = others.iter().filter(|o| o.0 == what);
            let mut all: Vec<Arc<str>> = of.map(|o| Arc::from(self.symbols.text(o.1))).collect();
            tidy(&mut all);
            all
        };
        let (mut aliases, mut known_as, reasons) = (list(Other::Alias), list(Other::KnownAs), list(Other::Reason));
        aliases.retain(|a| *a != name);
        known_as.retain(|a| *a != name && aliases.binary_search(a).is_err());
        mentions.sort_unstable();
        mentions.dedup();
        let kind = texts.get(&self.symbols, row.kind);
        Node {
            id: Arc::from(self.symbols.text(row.id)),
            kind,
            name,
            aliases,
            known_as,
            attrs,
            claims,
            mentions,
            reasons,
            world: row.world,
        }
    }

    fn each_edge(&mut self, watch: &Watch, texts: &mut Texts, mut give: impl FnMut(u32, u32, Edge)) -> Result<(), StoreError> {
        let mut order: Vec<u32> = (0..self.edges.len() as u32).collect();
        let key = |n: u32| self.edges.get(n as usize).map(|e| (self.symbols.text(e.kind), e.source, e.target, n));
        order.sort_unstable_by(|&a, &b| key(a).cmp(&key(b)));
        let mut queue = FactQueue::new(std::mem::take(&mut self.of_edges), &places(&order));
        for (&number, at) in order.iter().zip(0..) {
            watch.step()?;
            let Some(&EdgeRow { source, target, kind, mode, world }) = self.edges.get(number as usize) else { continue };
            let (claims, attrs) = self.facts(&mut queue, at, texts);
            let mode = mode_of_claims(&claims).unwrap_or(mode);
            give(source, target, Edge { kind: texts.get(&self.symbols, kind), mode, attrs, claims, world });
        }
        self.edges = Vec::new();
        Ok(())
    }

    /// Claims and values of the next owner, in order.
    fn facts(&self, queue: &mut FactQueue, owner: u32, texts: &mut Texts) -> (Vec<ClaimRecord>, Vec<Given>) {
        let records = queue.claims.take(owner).map(|row| self.record(&row, texts)).collect();
        let attrs = queue.given.take(owner).filter_map(|GivenRow { claim, name, value, .. }| {
            let (name, value) = (texts.get(&self.symbols, name), self.values.get(value)?);
            let claims = if claim == NONE { Vec::new() } else { vec![claim] };
            Some(Given { name, value: self.value(value, texts), claims })
        });
        let attrs = attrs.collect();
        order_claims(records, attrs)
    }

    fn record(&self, row: &ClaimRow, texts: &mut Texts) -> ClaimRecord {
        let mut optional = |s: Symbol| (s != super::symbols::NO_TEXT).then(|| texts.get(&self.symbols, s));
        let (place, (voice, manner)) = (self.said.place(row), self.said.voice_and_manner(row));
        let (speaker, origin) = (optional(voice.speaker), optional(voice.origin));
        ClaimRecord {
            document: texts.get(&self.symbols, place.document),
            locus: place.locus,
            text: texts.sentence(place.sentence),
            mode: manner.mode,
            asserted: unpack_date(voice.asserted),
            when: unpack_date(voice.when),
            speaker,
            origin,
            confidence: manner.confidence,
            rule: texts.get(&self.symbols, manner.rule),
        }
    }

    fn value(&self, value: &Small, texts: &mut Texts) -> Value {
        match value {
            Small::Bool(yes) => Value::Bool(*yes),
            Small::Int(whole) => Value::Int(*whole),
            Small::Float(x) => Value::Float(x.number()),
            Small::Text(text) => Value::Text(texts.get(&self.symbols, *text)),
            Small::Words(text, unit) | Small::Quantity(text, unit, _) => Value::Quantity {
                text: texts.get(&self.symbols, *text),
                number: if let Small::Quantity(_, _, number) = value { Some(number.number()) } else { None },
                unit: self.symbols.optional(*unit).map(|_| texts.get(&self.symbols, *unit)),
            },
            Small::List(items) => Value::List(items.iter().map(|v| self.value(v, texts)).collect()),
        }
    }
}

/// Claims and values, owner by owner.
struct FactQueue {
    claims: Queue<ClaimRow>,
    given: Queue<GivenRow>,
}

impl FactQueue {
    /// Of owners that come in this order of places. What a value rests on goes by its place among the claims of its owner from here on.
    fn new(facts: Facts, places: &[u32]) -> Self {
        let Facts { mut claims, mut given } = facts;
        let mut next = vec![0_u32; places.len()];
        let of_owner: Vec<u32> = claims.iter().map(|row| next.get_mut(row.owner as usize).map_or(NONE, count_up)).collect();
        drop(next);
        for row in &mut given {
            row.claim = of_owner.get(row.claim as usize).copied().unwrap_or(NONE);
            row.owner = place(places, row.owner);
        }
        drop(of_owner);
        claims.iter_mut().for_each(|row| row.owner = place(places, row.owner));
        Self { claims: Queue::new(claims, |row| row.owner), given: Queue::new(given, |row| row.owner) }
    }
}

/// The number, which is one more afterwards.
fn count_up(number: &mut u32) -> u32 {
    *number += 1;
    *number - 1
}

/// Where each stands that comes in an order.
fn places(order: &[u32]) -> Vec<u32> {
    let mut places = vec![NONE; order.len()];
    for (&number, at) in order.iter().zip(0..) {
        places[number as usize] = at;
    }
    places
}

fn place(places: &[u32], number: u32) -> u32 {
    places.get(number as usize).copied().unwrap_or(NONE)
}

/// Texts that nodes and edges share, each once; of sentences the last one, as the claims of a sentence come together.
struct Texts {
    shared: FxHashMap<Symbol, Arc<str>>,
    /// How many of these are remembered, at most.
    most: usize,
    all_sentences: Arc<Symbols>,
    sentences: FxHashMap<Symbol, Arc<str>>,
}

/// Sentences that are remembered: claims of one lie near each other.
const SENTENCES: usize = 1 << 14;
/// Other texts that are remembered while a graph is laid out: it keeps none of them.
const TEXTS: usize = 1 << 14;

impl Texts {
    fn new(all_sentences: Arc<Symbols>, most: usize) -> Self {
        Self { shared: FxHashMap::default(), most, all_sentences, sentences: FxHashMap::default() }
    }

    fn get(&mut self, symbols: &Symbols, symbol: Symbol) -> Arc<str> {
        if self.shared.len() >= self.most {
            self.shared.clear();
        }
        self.shared.entry(symbol).or_insert_with(|| Arc::from(symbols.text(symbol))).clone()
    }

    fn sentence(&mut self, symbol: Symbol) -> Arc<str> {
        if self.sentences.len() >= SENTENCES {
            self.sentences.clear();
        }
        self.sentences.entry(symbol).or_insert_with(|| Arc::from(self.all_sentences.text(symbol))).clone()
    }
}
