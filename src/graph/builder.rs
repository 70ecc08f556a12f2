//! The only place that makes a [`KnowledgeGraph`]: drafts in any order, brought into the one order that a graph has.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{ClaimRecord, Edge, Given, KnowledgeGraph, Mention, Node};
use crate::model::{ArticleInfo, DocumentInfo, Mode, Value};
use crate::names::fold;

/// A node to be added; see [`Node`] for the fields.
#[derive(Debug, Clone, Default)]
pub struct NodeDraft {
    /// Distinct; taken as it is.
    pub id: Arc<str>,
    /// Its type's name.
    pub kind: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
    /// Other forms seen.
    pub aliases: Vec<Arc<str>>,
    /// Names known besides.
    pub known_as: Vec<Arc<str>>,
    /// Attributes, in any order.
    pub attrs: Vec<Given>,
    /// Claims of the attributes, in any order.
    pub claims: Vec<ClaimRecord>,
    /// Mentions, in any order.
    pub mentions: Vec<Mention>,
    /// Reasons of merges.
    pub reasons: Vec<Arc<str>>,
    /// For world data only.
    pub world: bool,
}

/// An edge to be added; see [`Edge`].
#[derive(Debug, Clone, Default)]
pub struct EdgeDraft {
    /// Its type's name.
    pub kind: Arc<str>,
    /// Taken where there are no claims; else theirs decide.
    pub mode: Mode,
    /// Attributes, in any order.
    pub attrs: Vec<Given>,
    /// Claims, in any order.
    pub claims: Vec<ClaimRecord>,
    /// World data.
    pub world: bool,
}

/// Collects nodes and edges; [`GraphBuilder::finish`] sorts them.
#[derive(Default)]
pub struct GraphBuilder {
    nodes: Vec<Node>,
    edges: Vec<(u32, u32, Edge)>,
    by_id: FxHashMap<Arc<str>, u32>,
    documents: Vec<DocumentInfo>,
    schema: Arc<str>,
}

impl GraphBuilder {
    /// An empty graph in the making.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Names the schema by its hash.
    pub fn schema(&mut self, hash: &str) {
        self.schema = Arc::from(hash);
    }

    /// Adds a document; one with the same id replaces it.
    pub fn document(&mut self, document: DocumentInfo) {
        self.documents.retain(|d| d.id != document.id);
        self.documents.push(document);
    }

    /// Sets all documents at once.
    pub fn documents(&mut self, documents: Vec<DocumentInfo>) {
        self.documents = documents;
    }

    /// Adds a node and returns its draft number, which [`GraphBuilder::edge`] takes. A second node with the same id
    /// is not added: the number of the first comes back.
    pub fn node(&mut self, draft: NodeDraft) -> u32 {
        if let Some(&number) = self.by_id.get(&draft.id) {
            return number;
        }
        let number = self.nodes.len() as u32;
        self.by_id.insert(draft.id.clone(), number);
        let NodeDraft { id, kind, name, mut aliases, mut known_as, attrs, claims, mut mentions, mut reasons, world } = draft;
        tidy(&mut aliases);
        aliases.retain(|a| *a != name);
        tidy(&mut known_as);
        known_as.retain(|a| *a != name && aliases.binary_search(a).is_err());
        tidy(&mut reasons);
        mentions.sort_unstable();
        mentions.dedup();
        let (claims, attrs) = order_claims(claims, attrs);
        self.nodes.push(Node { id, kind, name, aliases, known_as, attrs, claims, mentions, reasons, world });
        number
    }

    /// The draft number of the node with this id.
    #[must_use]
    pub fn number_of(&self, id: &str) -> Option<u32> {
        self.by_id.get(id).copied()
    }

    /// The id of a draft number; empty for an unknown one.
    #[must_use]
    pub fn id_of(&self, number: u32) -> &str {
        self.nodes.get(number as usize).map_or("", |n| &n.id)
    }

    /// The one node with this name or alias, in any spelling that folds alike. O(nodes).
    #[must_use]
    pub fn number_named(&self, name: &str) -> Option<u32> {
        let folded = fold(name);
        let mut named = self
            .nodes
            .iter()
            .enumerate()
            .filter(|(_, n)| std::iter::once(&n.name).chain(&n.aliases).chain(&n.known_as).any(|a| fold(a) == folded));
        let (first, _) = named.next()?;
        named.next().is_none().then_some(first as u32)
    }

    /// (type, source, target) of the edges so far.
    pub(crate) fn edge_keys(&self) -> FxHashSet<(Arc<str>, u32, u32)> {
        self.edges.iter().map(|(s, t, e)| (e.kind.clone(), *s, *t)).collect()
    }

    /// Gives a node the attributes of `attrs` that it has none of, all by one claim.
    pub(crate) fn world_attributes(&mut self, node: u32, attrs: Vec<(Arc<str>, Value)>, claim: &ClaimRecord) {
        let Some(node) = self.nodes.get_mut(node as usize) else { return };
        let new: Vec<(Arc<str>, Value)> =
            attrs.into_iter().filter(|(name, _)| !node.attrs.iter().any(|g| g.name == *name)).collect();
        if new.is_empty() {
            return;
        }
        let (mut claims, mut all) = (std::mem::take(&mut node.claims), std::mem::take(&mut node.attrs));
        let at = claims.len() as u32;
        claims.push(claim.clone());
        all.extend(new.into_iter().map(|(name, value)| Given { name, value, claims: vec![at] }));
        (node.claims, node.attrs) = order_claims(claims, all);
    }

    /// Adds a value with its claim.
    pub(crate) fn assert_attribute(&mut self, node: u32, name: &str, value: Value, claim: ClaimRecord) {
        let Some(node) = self.nodes.get_mut(node as usize) else { return };
        let (mut claims, mut attrs) = (std::mem::take(&mut node.claims), std::mem::take(&mut node.attrs));
        attrs.push(Given { name: Arc::from(name), value, claims: vec![claims.len() as u32] });
        claims.push(claim);
        (node.claims, node.attrs) = order_claims(claims, attrs);
    }

    /// Adds an edge, or its claims to the one that is there.
    pub(crate) fn assert_edge(&mut self, source: u32, target: u32, draft: EdgeDraft) {
        let there = self.edges.iter_mut().find(|(s, t, e)| *s == source && *t == target && e.kind == draft.kind);
        let Some((_, _, edge)) = there else {
            self.edge(source, target, draft);
            return;
        };
        let mut claims = std::mem::take(&mut edge.claims);
        claims.extend(draft.claims);
        (edge.claims, edge.attrs) = order_claims(claims, std::mem::take(&mut edge.attrs));
        edge.mode = mode_of_claims(&edge.claims).unwrap_or(edge.mode);
    }

    /// Adds an edge between two draft numbers; one between unknown numbers is left out, and false comes back.
    pub fn edge(&mut self, source: u32, target: u32, draft: EdgeDraft) -> bool {
        let known = self.nodes.len() as u32;
        if source >= known || target >= known {
            return false;
        }
        let (claims, attrs) = order_claims(draft.claims, draft.attrs);
        let mode = mode_of_claims(&claims).unwrap_or(draft.mode);
        self.edges.push((source, target, Edge { kind: draft.kind, mode, attrs, claims, world: draft.world }));
        true
    }

    /// The graph: nodes by (type, id), edges by (type, source, target) and, of parallel ones, as they were added.
    #[must_use]
    pub fn finish(mut self) -> KnowledgeGraph {
        let mut order: Vec<u32> = (0..self.nodes.len() as u32).collect();
        let key = |n: u32| (&self.nodes[n as usize].kind, &self.nodes[n as usize].id);
        order.sort_unstable_by(|&a, &b| key(a).cmp(&key(b)));
        let mut place = vec![0_u32; order.len()];
        for (to, &from) in order.iter().enumerate() {
            place[from as usize] = to as u32;
        }
        for (source, target, _) in &mut self.edges {
            (*source, *target) = (place[*source as usize], place[*target as usize]);
        }
        self.edges.sort_by(|a, b| (&a.2.kind, a.0, a.1).cmp(&(&b.2.kind, b.0, b.1)));
        self.complete_documents();
        let mut graph = DiGraph::with_capacity(self.nodes.len(), self.edges.len());
        let mut nodes: Vec<(u32, Node)> = place.into_iter().zip(self.nodes).collect();
        nodes.sort_unstable_by_key(|n| n.0);
        for (_, node) in nodes {
            graph.add_node(node);
        }
        for (source, target, edge) in self.edges {
            graph.add_edge(NodeIndex::new(source as usize), NodeIndex::new(target as usize), edge);
        }
        let (sources, source_names) = super::sources::sources(&self.documents, &graph);
        KnowledgeGraph { graph, documents: self.documents, sources, source_names, schema: self.schema }
    }
}

impl GraphBuilder {
    /// Sorts the documents, and adds what claims and mentions name beyond them: every claim leads to an article.
    fn complete_documents(&mut self) {
        let mut articles: BTreeMap<String, BTreeMap<u32, ArticleInfo>> = BTreeMap::new();
        let mut hashes: FxHashMap<String, String> = FxHashMap::default();
        for document in std::mem::take(&mut self.documents) {
            let of = articles.entry(document.id.clone()).or_default();
            of.extend(document.articles.into_iter().map(|a| (a.number, a)));
            hashes.insert(document.id, document.hash);
        }
        let claims = self.nodes.iter().flat_map(|n| &n.claims).chain(self.edges.iter().flat_map(|e| &e.2.claims));
        let places = claims.filter(|c| !c.is_world()).map(|c| (&c.document, c.locus.article));
        for (document, number) in
            places.chain(self.nodes.iter().flat_map(|n| &n.mentions).map(|m| (&m.document, m.locus.article)))
        {
            let there = match articles.get_mut(&**document) {
                Some(there) => there,
                None => articles.entry(document.to_string()).or_default(),
            };
            there.entry(number).or_insert_with(|| ArticleInfo { number, ..ArticleInfo::default() });
        }
        let documents = articles.into_iter().map(|(id, articles)| DocumentInfo {
            hash: hashes.remove(&id).unwrap_or_default(),
            articles: articles.into_values().collect(),
            id,
        });
        self.documents = documents.collect();
    }
}

fn tidy(names: &mut Vec<Arc<str>>) {
    names.sort_unstable();
    names.dedup();
}

/// The mode that claims give an edge: see [`Edge::mode`].
pub(crate) fn mode_of_claims(claims: &[ClaimRecord]) -> Option<Mode> {
    claims.iter().map(|c| (c.asserted, c.mode)).max().map(|(_, mode)| mode)
}

/// What makes two claims one: all but the rule and its confidence.
fn claim_order(a: &ClaimRecord, b: &ClaimRecord) -> Ordering {
    fn key(c: &ClaimRecord) -> impl Ord + '_ {
        (c.asserted, &*c.document, c.locus, c.mode, c.when)
    }
    key(a)
        .cmp(&key(b))
        .then_with(|| a.text.cmp(&b.text))
        .then_with(|| a.speaker.cmp(&b.speaker))
        .then_with(|| a.origin.cmp(&b.origin))
}

/// Sorts claims and drops repeated ones (the surer stays, then the first rule by name); sorts attributes by name and
/// first claim, and joins equal values.
fn order_claims(claims: Vec<ClaimRecord>, attrs: Vec<Given>) -> (Vec<ClaimRecord>, Vec<Given>) {
    let mut order: Vec<usize> = (0..claims.len()).collect();
    order.sort_by(|&a, &b| {
        let (x, y) = (&claims[a], &claims[b]);
        claim_order(x, y).then_with(|| y.confidence.cmp(&x.confidence)).then_with(|| x.rule.cmp(&y.rule))
    });
    let mut place = vec![0_u32; claims.len()];
    let mut kept: Vec<usize> = Vec::with_capacity(claims.len());
    for &index in &order {
        if kept.last().is_none_or(|&last| claim_order(&claims[last], &claims[index]) != Ordering::Equal) {
            kept.push(index);
        }
        place[index] = kept.len() as u32 - 1;
    }
    let attrs = order_attrs(attrs, &place);
    let claims =
        if kept.len() == claims.len() && kept.is_sorted() { claims } else { kept.iter().map(|&i| claims[i].clone()).collect() };
    (claims, attrs)
}

fn order_attrs(mut attrs: Vec<Given>, place: &[u32]) -> Vec<Given> {
    for given in &mut attrs {
        given.claims = given.claims.iter().filter_map(|&c| place.get(c as usize).copied()).collect();
        given.claims.sort_unstable();
        given.claims.dedup();
    }
    if attrs.len() < 2 {
        return attrs;
    }
    // Equal values of one name become one, with the claims of all.
    attrs.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| compare_values(&a.value, &b.value)));
    let mut joined: Vec<Given> = Vec::with_capacity(attrs.len());
    for given in attrs {
        match joined.last_mut() {
            Some(last) if last.name == given.name && compare_values(&last.value, &given.value) == Ordering::Equal => {
                last.claims.extend(given.claims);
                last.claims.sort_unstable();
                last.claims.dedup();
            }
            _ => joined.push(given),
        }
    }
    joined.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.claims.first().cmp(&b.claims.first())));
    joined
}

/// A total order of values: by kind, then by content. Equal only where they are the same.
pub(crate) fn compare_values(a: &Value, b: &Value) -> Ordering {
    let rank = |v: &Value| match v {
        Value::Bool(_) => 0,
        Value::Int(_) => 1,
        Value::Float(_) => 2,
        Value::Text(_) => 3,
        Value::Quantity { .. } => 4,
        Value::List(_) => 5,
    };
    match (a, b) {
        (Value::Bool(x), Value::Bool(y)) => x.cmp(y),
        (Value::Int(x), Value::Int(y)) => x.cmp(y),
        (Value::Float(x), Value::Float(y)) => x.total_cmp(y),
        (Value::Text(x), Value::Text(y)) => x.cmp(y),
        (Value::Quantity { text, number, unit }, Value::Quantity { text: t, number: n, unit: u }) => text
            .cmp(t)
            .then_with(|| number.is_some().cmp(&n.is_some()))
            .then_with(|| number.unwrap_or_default().total_cmp(&n.unwrap_or_default()))
            .then_with(|| unit.cmp(u)),
        (Value::List(x), Value::List(y)) => {
            let first = x.iter().zip(y).map(|(a, b)| compare_values(a, b)).find(|o| o.is_ne());
            first.unwrap_or_else(|| x.len().cmp(&y.len()))
        }
        _ => rank(a).cmp(&rank(b)),
    }
}

/// The number that a value is or holds.
pub(crate) fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Int(i) => Some(*i as f64),
        Value::Float(x) => Some(*x),
        Value::Quantity { number, .. } => *number,
        Value::Bool(_) | Value::Text(_) | Value::List(_) => None,
    }
}
