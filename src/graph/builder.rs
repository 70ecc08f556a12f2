//! The only place that makes a [`KnowledgeGraph`]: drafts in any order, brought into the one order that a graph has.
//!
//! What was added lies in flat rows with texts by number, a tenth of what it takes as nodes and edges. Only when the graph is
//! finished are these made, one after the other: see `finish`. How claims and values are ordered is in `order`.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::layout::{NONE, pack_date};
use super::shared::Shared;
use super::symbols::{Symbol, Symbols};
use super::{ClaimRecord, Given, Mention};
use crate::model::{Claim, DocumentInfo, Locus, Mode, PartialDate, Value};
use crate::names::fold;

/// A node to be added; see [`Node`](super::Node) for the fields.
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

/// An edge to be added; see [`Edge`](super::Edge).
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

/// A node without what belongs to it.
pub(super) struct NodeRow {
    pub(super) id: Symbol,
    pub(super) kind: Symbol,
    pub(super) name: Symbol,
    pub(super) world: bool,
}

/// An edge without what belongs to it.
pub(super) struct EdgeRow {
    pub(super) source: u32,
    pub(super) target: u32,
    pub(super) kind: Symbol,
    pub(super) mode: Mode,
    pub(super) world: bool,
}

/// A claim of a node or an edge.
#[derive(Clone, Copy)]
pub(super) struct ClaimRow {
    pub(super) owner: u32,
    /// In [`Said`].
    place: u32,
    voice: u32,
    manner: u32,
}

/// A sentence where it stands.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Place {
    pub(super) document: Symbol,
    pub(super) locus: Locus,
    pub(super) sentence: Symbol,
}

/// Whose word a claim is, and of when.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Voice {
    pub(super) asserted: u32,
    pub(super) when: u32,
    pub(super) speaker: Symbol,
    pub(super) origin: Symbol,
}

/// How a claim is made.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Manner {
    pub(super) rule: Symbol,
    pub(super) confidence: u16,
    pub(super) mode: Mode,
}

/// What claims share, by number: of a million claims the rows are a third of what they tell.
#[derive(Default)]
pub(super) struct Said {
    pub(super) places: Vec<Place>,
    voices: Shared<Voice>,
    manners: Shared<Manner>,
}

impl Said {
    fn add(&mut self, owner: u32, place: Place, voice: Voice, manner: Manner) -> ClaimRow {
        // Claims of one sentence come one after the other, those of the article as a whole behind them.
        if self.places.last() != Some(&place) {
            self.places.push(place);
        }
        let (voice, manner) = (self.voices.add(voice), self.manners.add(manner));
        ClaimRow { owner, place: self.places.len() as u32 - 1, voice, manner }
    }

    /// Where the sentence of a claim stands.
    pub(super) fn place(&self, row: &ClaimRow) -> &Place {
        &self.places[row.place as usize]
    }

    /// Whose word a claim is, and how it is made.
    pub(super) fn voice_and_manner(&self, row: &ClaimRow) -> (Voice, Manner) {
        let (voice, manner) = (self.voices.get(row.voice), self.manners.get(row.manner));
        (voice.copied().unwrap_or_default(), manner.copied().unwrap_or_default())
    }
}

/// A value, with texts by number. Equal where it is the same bits: many say the same, and it is kept once.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Small {
    Bool(bool),
    Int(i64),
    Float(Bits),
    Text(Symbol),
    Words(Symbol, Symbol),
    Quantity(Symbol, Symbol, Bits),
    List(Box<[Small]>),
}

/// The bits of a number.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Bits(pub(super) u64);

impl Bits {
    fn of(number: f64) -> Self {
        Self(number.to_bits())
    }

    /// The number.
    pub(super) fn number(self) -> f64 {
        f64::from_bits(self.0)
    }
}

/// A value of a node or an edge, for one of its claims (or none).
pub(super) struct GivenRow {
    pub(super) owner: u32,
    /// Among the claims of all owners.
    pub(super) claim: u32,
    pub(super) name: Symbol,
    /// Among the builder's values.
    pub(super) value: u32,
}

/// Claims and values of all nodes, or of all edges.
#[derive(Default)]
pub(super) struct Facts {
    pub(super) claims: Vec<ClaimRow>,
    pub(super) given: Vec<GivenRow>,
}

/// Whose facts.
#[derive(Clone, Copy)]
enum Of {
    Nodes,
    Edges,
}

/// A mention of a node.
pub(super) struct MentionRow {
    pub(super) node: u32,
    pub(super) document: Symbol,
    pub(super) locus: Locus,
}

/// What kind of text a node has besides its name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Other {
    Alias,
    KnownAs,
    Reason,
}

/// A node, and what the world knows of it.
pub(crate) type WorldAttributes = (u32, Vec<(Arc<str>, Value)>);

/// Collects nodes and edges; [`GraphBuilder::finish`] sorts them.
#[derive(Default)]
pub struct GraphBuilder {
    pub(super) symbols: Symbols,
    pub(super) sentences: Symbols,
    pub(super) said: Said,
    pub(super) values: Shared<Small>,
    pub(super) nodes: Vec<NodeRow>,
    pub(super) others: Vec<(u32, Other, Symbol)>,
    pub(super) mentions: Vec<MentionRow>,
    pub(super) edges: Vec<EdgeRow>,
    pub(super) of_nodes: Facts,
    pub(super) of_edges: Facts,
    pub(super) by_id: FxHashMap<Symbol, u32>,
    pub(super) documents: Vec<DocumentInfo>,
    pub(super) schema: Arc<str>,
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
        let NodeDraft { id, kind, name, aliases, known_as, attrs, claims, mentions, reasons, world } = draft;
        let id = self.symbols.add(&id);
        if let Some(&number) = self.by_id.get(&id) {
            return number;
        }
        let number = self.nodes.len() as u32;
        self.by_id.insert(id, number);
        let (kind, name) = (self.symbols.add(&kind), self.symbols.add(&name));
        for (what, texts) in [(Other::Alias, aliases), (Other::KnownAs, known_as), (Other::Reason, reasons)] {
            for text in texts {
                let text = self.symbols.add(&text);
                self.others.push((number, what, text));
            }
        }
        self.nodes.push(NodeRow { id, kind, name, world });
        mentions.iter().for_each(|m| self.mention(number, &m.document, m.locus));
        self.add_facts(Of::Nodes, number, &claims, &attrs);
        number
    }

    /// Adds a place where a node is mentioned.
    pub(crate) fn mention(&mut self, node: u32, document: &str, locus: Locus) {
        let document = self.symbols.add(document);
        self.mentions.push(MentionRow { node, document, locus });
    }

    /// The draft number of the node with this id.
    #[must_use]
    pub fn number_of(&self, id: &str) -> Option<u32> {
        self.by_id.get(&self.symbols.find(id)?).copied()
    }

    /// The id of a draft number; empty for an unknown one.
    #[must_use]
    pub fn id_of(&self, number: u32) -> &str {
        self.nodes.get(number as usize).map_or("", |n| self.symbols.text(n.id))
    }

    /// The one node with this name or alias, in any spelling that folds alike. O(nodes).
    #[must_use]
    pub fn number_named(&self, name: &str) -> Option<u32> {
        let folded = fold(name);
        let names = self.nodes.iter().enumerate().map(|(number, node)| (number as u32, node.name));
        let others = self.others.iter().filter(|o| o.1 != Other::Reason).map(|&(number, _, text)| (number, text));
        let mut named = names.chain(others).filter(|&(_, text)| fold(self.symbols.text(text)) == folded).map(|n| n.0);
        let first = named.next()?;
        named.all(|n| n == first).then_some(first)
    }

    /// (type, source, target) of the edges so far.
    pub(crate) fn edge_keys(&self) -> FxHashSet<(Arc<str>, u32, u32)> {
        self.edges.iter().map(|e| (Arc::from(self.symbols.text(e.kind)), e.source, e.target)).collect()
    }

    /// Gives nodes the attributes that they have none of, all by one claim.
    pub(crate) fn world_attributes(&mut self, all: Vec<WorldAttributes>, claim: &ClaimRecord) {
        let nodes: FxHashSet<u32> = all.iter().map(|(node, _)| *node).collect();
        let told = self.of_nodes.given.iter().filter(|g| nodes.contains(&g.owner));
        let told: FxHashSet<(u32, Symbol)> = told.map(|g| (g.owner, g.name)).collect();
        let count = self.nodes.len();
        for (node, attrs) in all.into_iter().filter(|(node, _)| (*node as usize) < count) {
            let is_new = |name: &str| self.symbols.find(name).is_none_or(|name| !told.contains(&(node, name)));
            let new = attrs.into_iter().filter(|(name, _)| is_new(name));
            let given: Vec<Given> = new.map(|(name, value)| Given { name, value, claims: vec![0] }).collect();
            if !given.is_empty() {
                self.add_facts(Of::Nodes, node, std::slice::from_ref(claim), &given);
            }
        }
    }

    /// Adds a value with its claim.
    pub(crate) fn assert_attribute(&mut self, node: u32, name: &Arc<str>, value: Value, claim: &ClaimRecord) {
        if (node as usize) < self.nodes.len() {
            let given = Given { name: name.clone(), value, claims: vec![0] };
            self.add_facts(Of::Nodes, node, std::slice::from_ref(claim), &[given]);
        }
    }

    /// Adds a value with its claim.
    pub(crate) fn node_claim(&mut self, node: u32, document: &str, claim: &Claim, name: &str, value: &Value) {
        let row = self.claim_row(node, document, claim);
        let at = self.of_nodes.claims.len() as u32;
        self.of_nodes.claims.push(row);
        let (name, value) = (self.symbols.add(name), self.value_row(value));
        self.of_nodes.given.push(GivenRow { owner: node, claim: at, name, value });
    }

    /// Begins an edge that [`GraphBuilder::edge_claim`] adds to.
    pub(crate) fn begin_edge(&mut self, kind: &str, source: u32, target: u32) -> u32 {
        let kind = self.symbols.add(kind);
        self.edges.push(EdgeRow { source, target, kind, mode: Mode::default(), world: false });
        self.edges.len() as u32 - 1
    }

    /// Adds a claim to an edge, with what it says besides.
    pub(crate) fn edge_claim(&mut self, edge: u32, document: &str, claim: &Claim) {
        let row = self.claim_row(edge, document, claim);
        let at = self.of_edges.claims.len() as u32;
        self.of_edges.claims.push(row);
        for (name, value) in &claim.attrs {
            let (name, value) = (self.symbols.add(name), self.value_row(value));
            self.of_edges.given.push(GivenRow { owner: edge, claim: at, name, value });
        }
    }

    fn claim_row(&mut self, owner: u32, document: &str, claim: &Claim) -> ClaimRow {
        let place = self.stands(document, claim.locus, &claim.text);
        let voice = self.voice([claim.asserted, claim.when], [&claim.speaker, &claim.origin]);
        let manner = Manner { rule: self.symbols.add(&claim.rule), confidence: claim.confidence, mode: claim.mode };
        self.said.add(owner, place, voice, manner)
    }

    fn record_row(&mut self, owner: u32, claim: &ClaimRecord) -> ClaimRow {
        let place = self.stands(&claim.document, claim.locus, &claim.text);
        let voice = self.voice([claim.asserted, claim.when], [&claim.speaker, &claim.origin]);
        let manner = Manner { rule: self.symbols.add(&claim.rule), confidence: claim.confidence, mode: claim.mode };
        self.said.add(owner, place, voice, manner)
    }

    /// Where a sentence stands.
    fn stands(&mut self, document: &str, locus: Locus, sentence: &str) -> Place {
        Place { document: self.symbols.add(document), locus, sentence: self.sentences.add(sentence) }
    }

    fn voice(&mut self, dates: [Option<PartialDate>; 2], names: [&Option<Arc<str>>; 2]) -> Voice {
        let [asserted, when] = dates.map(pack_date);
        let [speaker, origin] = names.map(|name| self.symbols.add_optional(name.as_deref()));
        Voice { asserted, when, speaker, origin }
    }

    /// The number of a value.
    fn value_row(&mut self, value: &Value) -> u32 {
        self.values.add(small(value, &mut self.symbols))
    }

    /// Adds the claims of a node or an edge, and the values that rest on them.
    fn add_facts(&mut self, of: Of, owner: u32, claims: &[ClaimRecord], attrs: &[Given]) {
        let rows: Vec<ClaimRow> = claims.iter().map(|claim| self.record_row(owner, claim)).collect();
        let values: Vec<(Symbol, u32)> = attrs.iter().map(|g| (self.symbols.add(&g.name), self.value_row(&g.value))).collect();
        let facts = match of {
            Of::Nodes => &mut self.of_nodes,
            Of::Edges => &mut self.of_edges,
        };
        let first = facts.claims.len() as u32;
        facts.claims.extend(rows);
        for (given, (name, value)) in attrs.iter().zip(values) {
            let known = given.claims.iter().filter(|&&c| (c as usize) < claims.len());
            let rests_on: Vec<u32> = known.map(|c| first + c).collect();
            // One row a claim: what is finished joins equal values again.
            for claim in if rests_on.is_empty() { vec![NONE] } else { rests_on } {
                facts.given.push(GivenRow { owner, claim, name, value });
            }
        }
    }

    /// Adds an edge, or its claims to the one that is there.
    pub(crate) fn assert_edge(&mut self, source: u32, target: u32, draft: EdgeDraft) {
        let kind = self.symbols.find(&draft.kind);
        let is_it = |e: &EdgeRow| e.source == source && e.target == target && Some(e.kind) == kind;
        match self.edges.iter().position(is_it) {
            Some(at) => self.add_facts(Of::Edges, at as u32, &draft.claims, &draft.attrs),
            None => {
                self.edge(source, target, draft);
            }
        }
    }

    /// Adds an edge between two draft numbers; one between unknown numbers is left out, and false comes back.
    pub fn edge(&mut self, source: u32, target: u32, draft: EdgeDraft) -> bool {
        let known = self.nodes.len() as u32;
        if source >= known || target >= known {
            return false;
        }
        let EdgeDraft { kind, mode, attrs, claims, world } = draft;
        let kind = self.symbols.add(&kind);
        let number = self.edges.len() as u32;
        self.edges.push(EdgeRow { source, target, kind, mode, world });
        self.add_facts(Of::Edges, number, &claims, &attrs);
        true
    }
}

/// A value with its texts by number.
pub(super) fn small(value: &Value, symbols: &mut Symbols) -> Small {
    match value {
        Value::Bool(yes) => Small::Bool(*yes),
        Value::Int(whole) => Small::Int(*whole),
        Value::Float(x) => Small::Float(Bits::of(*x)),
        Value::Text(text) => Small::Text(symbols.add(text)),
        Value::Quantity { text, number, unit } => {
            let (text, unit) = (symbols.add(text), symbols.add_optional(unit.as_deref()));
            number.map_or(Small::Words(text, unit), |number| Small::Quantity(text, unit, Bits::of(number)))
        }
        Value::List(items) => Small::List(items.iter().map(|v| small(v, symbols)).collect()),
    }
}
