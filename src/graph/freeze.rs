//! From nodes and edges, given one after the other, to the flat arrays of a [`FrozenGraph`]: section by section, each by one
//! function. Attributes are in `columns`.

use std::collections::BTreeMap;
use std::hash::Hash;
use std::sync::Arc;

use bytemuck::Pod;
use rustc_hash::FxHashMap;

use super::columns::Attributes;
use super::frozen::{FrozenGraph, mode_byte};
use super::layout::{
    AdjacencyRow, ArticleRow, ClaimRow, Degrees, DocumentRow, Ends, LayoutError, MannerRow, MentionRow, NONE, PlaceRow, Section,
    VoiceRow, Writer, flag, name_hash, pack_date,
};
use super::symbols::{NO_TEXT, Symbol, Symbols};
use super::{ClaimRecord, Edge, KnowledgeGraph, Node};
use crate::model::DocumentInfo;
use crate::names::fold;

/// Lays `graph` out.
pub(super) fn freeze(graph: &KnowledgeGraph) -> Result<FrozenGraph, LayoutError> {
    let mut freezer = Freezer::new(graph.documents(), graph.article_sources(), graph.source_names());
    graph.edges().for_each(|(source, target, edge)| freezer.edge(source, target, edge));
    graph.nodes().for_each(|node| freezer.node(node));
    freezer.finish(graph.schema_hash())
}

/// The arrays in the making. Texts go by the number under which they were first seen, until all are known and sorted.
pub(super) struct Freezer {
    pub(super) texts: Symbols,
    /// Sentences in order of first use, each once.
    sentences: Symbols,
    documents: Documents,
    nodes: Nodes,
    edges: Edges,
    edge_claims: Claims,
    node_claims: Claims,
    said: Said,
    attributes: Attributes,
}

/// What claims share.
#[derive(Default)]
struct Said {
    places: Shared<PlaceRow>,
    voices: Shared<VoiceRow>,
    manners: Shared<MannerRow>,
}

/// Rows by number, in order of first use, each once.
struct Shared<T>(FxHashMap<T, u32>);

impl<T> Default for Shared<T> {
    fn default() -> Self {
        Self(FxHashMap::default())
    }
}

impl<T: Pod + Eq + Hash> Shared<T> {
    fn add(&mut self, row: T) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(row).or_insert(next)
    }

    fn into_rows(self) -> Vec<T> {
        let mut rows = vec![T::zeroed(); self.0.len()];
        for (row, number) in self.0 {
            rows[number as usize] = row;
        }
        rows
    }
}

#[derive(Default)]
struct Documents {
    documents: Vec<DocumentRow>,
    articles: Vec<ArticleRow>,
    sources: Vec<Symbol>,
    sketches: Vec<u64>,
    sketch_offsets: Vec<u32>,
    /// The row of each article, by (document, number).
    places: FxHashMap<(Symbol, u32), u32>,
}

#[derive(Default)]
struct Nodes {
    kinds: Vec<Symbol>,
    ids: Vec<Symbol>,
    names: Vec<Symbol>,
    flags: Vec<u8>,
    aliases: Lists,
    aliases_seen: Vec<u32>,
    reasons: Lists,
    /// (folded name, node): names, aliases, and known names.
    folded: Vec<(Symbol, u32)>,
    mention_offsets: Vec<u32>,
    mentions: Vec<MentionRow>,
}

#[derive(Default)]
struct Edges {
    kinds: Vec<Symbol>,
    sources: Vec<u32>,
    targets: Vec<u32>,
    modes: Vec<u8>,
    flags: Vec<u8>,
}

/// Claims, and where those of each owner start.
struct Claims {
    starts: Vec<u32>,
    rows: Vec<ClaimRow>,
}

impl Default for Claims {
    fn default() -> Self {
        Self { starts: vec![0], rows: Vec::new() }
    }
}

struct Lists {
    starts: Vec<u32>,
    items: Vec<Symbol>,
}

impl Default for Lists {
    fn default() -> Self {
        Self { starts: vec![0], items: Vec::new() }
    }
}

impl Lists {
    fn close(&mut self) {
        self.starts.push(self.items.len() as u32);
    }

    fn write(mut self, out: &mut Writer, ranks: &[u32], [offsets, items]: [Section; 2]) {
        rank(&mut self.items, ranks);
        out.put(offsets, self.starts);
        out.put(items, self.items);
    }
}

impl Freezer {
    /// Begins with the documents: claims and mentions lead to their articles.
    pub(super) fn new(documents: &[DocumentInfo], sources: &[u32], source_names: &[Arc<str>]) -> Self {
        let mut texts = Symbols::default();
        let mut all = Documents { sketch_offsets: vec![0], ..Documents::default() };
        for (index, d) in documents.iter().enumerate() {
            let (id, hash) = (texts.add(&d.id), texts.add(&d.hash));
            all.documents.push(DocumentRow { id, hash, first: all.articles.len() as u32, articles: d.articles.len() as u32 });
            for a in &d.articles {
                let row = all.articles.len() as u32;
                all.places.insert((id, a.number), row);
                all.sketches.extend_from_slice(&a.sketch);
                all.sketch_offsets.push(all.sketches.len() as u32);
                all.articles.push(ArticleRow {
                    document: index as u32,
                    number: a.number,
                    title: texts.add_optional(a.title.as_deref()),
                    byline: texts.add_optional(a.byline.as_deref()),
                    outlet: texts.add_optional(a.outlet.as_deref()),
                    date: pack_date(a.date),
                    origin: texts.add_optional(a.origin.as_deref()),
                    source: sources.get(row as usize).copied().unwrap_or(NONE),
                });
            }
        }
        all.sources = source_names.iter().map(|s| texts.add(s)).collect();
        let (edge_claims, node_claims, said) = (Claims::default(), Claims::default(), Said::default());
        let (nodes, edges, attributes) =
            (Nodes { mention_offsets: vec![0], ..Nodes::default() }, Edges::default(), Attributes::default());
        Self { texts, sentences: Symbols::default(), documents: all, nodes, edges, edge_claims, node_claims, said, attributes }
    }

    /// Adds the next edge. All edges come before the nodes.
    pub(super) fn edge(&mut self, source: u32, target: u32, edge: &Edge) {
        let index = self.edges.kinds.len() as u32;
        self.edges.kinds.push(self.texts.add(&edge.kind));
        self.edges.sources.push(source);
        self.edges.targets.push(target);
        self.edges.modes.push(mode_byte(edge.mode));
        self.edges.flags.push(if edge.world { flag::WORLD } else { 0 });
        let first = self.edge_claims.rows.len() as u32;
        for claim in &edge.claims {
            let row = self.claim_row(claim);
            self.edge_claims.rows.push(row);
        }
        self.edge_claims.starts.push(self.edge_claims.rows.len() as u32);
        self.attributes.edges.add(index, &edge.attrs, &edge.claims, first, &mut self.texts);
    }

    /// Adds the next node.
    pub(super) fn node(&mut self, node: &Node) {
        let index = self.nodes.ids.len() as u32;
        self.nodes.ids.push(self.texts.add(&node.id));
        self.nodes.kinds.push(self.texts.add(&node.kind));
        self.nodes.names.push(self.texts.add(&node.name));
        self.nodes.flags.push(if node.world { flag::WORLD } else { 0 });
        for name in node.aliases.iter().chain(&node.known_as) {
            self.nodes.aliases.items.push(self.texts.add(name));
        }
        self.nodes.aliases.close();
        self.nodes.aliases_seen.push(node.aliases.len() as u32);
        for reason in &node.reasons {
            self.nodes.reasons.items.push(self.texts.add(reason));
        }
        self.nodes.reasons.close();
        for name in std::iter::once(&node.name).chain(&node.aliases).chain(&node.known_as) {
            let folded = fold(name);
            if !folded.is_empty() {
                self.nodes.folded.push((self.texts.add(&folded), index));
            }
        }
        let first = self.node_claims.rows.len() as u32;
        for claim in &node.claims {
            let row = self.claim_row(claim);
            self.node_claims.rows.push(row);
        }
        self.node_claims.starts.push(self.node_claims.rows.len() as u32);
        for mention in &node.mentions {
            let article = self.article(&mention.document, mention.locus.article);
            let (line, column, span) = (mention.locus.line, mention.locus.column, mention.locus.span);
            self.nodes.mentions.push(MentionRow { article, line, column, start: span.start, end: span.end });
        }
        self.nodes.mention_offsets.push(self.nodes.mentions.len() as u32);
        self.attributes.nodes.add(index, &node.attrs, &node.claims, first, &mut self.texts);
    }

    fn article(&self, document: &str, number: u32) -> u32 {
        let document = self.texts.find(document);
        document.and_then(|d| self.documents.places.get(&(d, number))).copied().unwrap_or(NONE)
    }

    fn claim_row(&mut self, claim: &ClaimRecord) -> ClaimRow {
        let place = PlaceRow {
            article: self.article(&claim.document, claim.locus.article),
            line: claim.locus.line,
            column: claim.locus.column,
            start: claim.locus.span.start,
            end: claim.locus.span.end,
            sentence: self.sentences.add(&claim.text),
        };
        let voice = VoiceRow {
            asserted: pack_date(claim.asserted),
            when: pack_date(claim.when),
            speaker: self.texts.add_optional(claim.speaker.as_deref()),
            origin: self.texts.add_optional(claim.origin.as_deref()),
        };
        let manner = MannerRow {
            rule: self.texts.add(&claim.rule),
            confidence: claim.confidence,
            mode: mode_byte(claim.mode),
            flags: if claim.is_world() { flag::WORLD } else { 0 },
        };
        let Said { places, voices, manners } = &mut self.said;
        ClaimRow { place: places.add(place), voice: voices.add(voice), manner: manners.add(manner) }
    }

    /// The frozen graph: sorts the texts, and puts their ranks where their numbers were.
    pub(super) fn finish(self, schema: &str) -> Result<FrozenGraph, LayoutError> {
        let Self { texts, sentences, documents, nodes, edges, edge_claims, node_claims, said, attributes } = self;
        let mut out = Writer::default();
        out.put(Section::Schema, schema.as_bytes().to_vec());
        let ranks = write_texts(&mut out, &texts)?;
        let node_types = Types::of(&nodes.kinds);
        let edge_types = Types::of(&edges.kinds);
        node_types.write(&mut out, &ranks, [Section::NodeTypeNames, Section::NodeTypeStarts]);
        edge_types.write(&mut out, &ranks, [Section::EdgeTypeNames, Section::EdgeTypeStarts]);
        write_adjacency(&mut out, &edges, &node_types, &edge_types);
        write_edges(&mut out, edges, &edge_types);
        write_nodes(&mut out, nodes, &node_types, &texts, &ranks);
        documents.write(&mut out, &ranks);
        let first = edge_claims.rows.len() as u32;
        attributes.write(&mut out, &texts, &ranks, [&node_types.starts, &edge_types.starts], first);
        drop(texts);
        write_claims(&mut out, edge_claims, node_claims)?;
        said.write(&mut out, &ranks);
        let (bytes, offsets) = sentences.into_parts();
        out.put(Section::SentenceOffsets, offsets);
        out.put(Section::SentenceBytes, bytes);
        FrozenGraph::from_bytes(out.finish())
    }
}

// ------------------------------------------------------------------- strings

/// Writes all texts but sentences, ascending; returns the rank of each by its number.
fn write_texts(out: &mut Writer, texts: &Symbols) -> Result<Vec<u32>, LayoutError> {
    let mut sorted: Vec<Symbol> = (0..texts.len() as u32).collect();
    sorted.sort_unstable_by(|&a, &b| texts.text(a).cmp(texts.text(b)));
    let total: u64 = sorted.iter().map(|&s| texts.text(s).len() as u64).sum();
    if total >= u64::from(NONE) || sorted.len() >= NONE as usize {
        return Err(LayoutError::TooLarge { what: "bytes of names", most: NONE.into() });
    }
    let (mut offsets, mut bytes) = (Vec::with_capacity(sorted.len() + 1), Vec::with_capacity(total as usize));
    let mut ranks = vec![0_u32; sorted.len()];
    offsets.push(0_u32);
    for (rank, &symbol) in sorted.iter().enumerate() {
        ranks[symbol as usize] = rank as u32;
        bytes.extend_from_slice(texts.text(symbol).as_bytes());
        offsets.push(bytes.len() as u32);
    }
    out.put(Section::StringOffsets, offsets);
    out.put(Section::StringBytes, bytes);
    Ok(ranks)
}

/// The rank of a text; `NONE` for none.
pub(super) fn ranked(symbol: Symbol, ranks: &[u32]) -> u32 {
    if symbol == NO_TEXT { NONE } else { ranks.get(symbol as usize).copied().unwrap_or(NONE) }
}

fn rank(symbols: &mut [Symbol], ranks: &[u32]) {
    symbols.iter_mut().for_each(|s| *s = ranked(*s, ranks));
}

// --------------------------------------------------------------------- types

/// Types in order, with the first owner of each and, last, the number of owners.
struct Types {
    names: Vec<Symbol>,
    starts: Vec<u32>,
}

impl Types {
    /// The types of owners that stand in order of their types.
    fn of(kinds: &[Symbol]) -> Self {
        let (mut names, mut starts): (Vec<Symbol>, Vec<u32>) = (Vec::new(), Vec::new());
        for (index, &kind) in kinds.iter().enumerate() {
            if names.last() != Some(&kind) {
                names.push(kind);
                starts.push(index as u32);
            }
        }
        starts.push(kinds.len() as u32);
        Self { names, starts }
    }

    /// The type of each owner.
    fn column(&self) -> Vec<u16> {
        let of = |(t, w): (usize, &[u32])| std::iter::repeat_n(t as u16, (w[1] - w[0]) as usize);
        self.starts.windows(2).enumerate().flat_map(of).collect()
    }

    fn write(&self, out: &mut Writer, ranks: &[u32], [names, starts]: [Section; 2]) {
        let mut ids = self.names.clone();
        rank(&mut ids, ranks);
        out.put(names, ids);
        out.put(starts, self.starts.clone());
    }
}

// --------------------------------------------------------------------- nodes

fn write_nodes(out: &mut Writer, nodes: Nodes, types: &Types, texts: &Symbols, ranks: &[u32]) {
    let Nodes { mut ids, mut names, flags, aliases, aliases_seen, reasons, folded, mention_offsets, mentions, .. } = nodes;
    rank(&mut ids, ranks);
    rank(&mut names, ranks);
    let mut by_id: Vec<u32> = (0..ids.len() as u32).collect();
    by_id.sort_unstable_by_key(|&n| ids[n as usize]);
    out.put(Section::NodeTypes, types.column());
    out.put(Section::NodesById, by_id);
    out.put(Section::NodeIds, ids);
    out.put(Section::NodeNames, names);
    out.put(Section::NodeFlags, flags);
    aliases.write(out, ranks, [Section::AliasOffsets, Section::Aliases]);
    out.put(Section::AliasesSeen, aliases_seen);
    if !reasons.items.is_empty() {
        reasons.write(out, ranks, [Section::ReasonOffsets, Section::Reasons]);
    }
    write_names(out, folded, texts, ranks);
    if !mentions.is_empty() {
        out.put(Section::MentionOffsets, mention_offsets);
        out.put(Section::Mentions, mentions);
    }
}

fn write_names(out: &mut Writer, folded: Vec<(Symbol, u32)>, texts: &Symbols, ranks: &[u32]) {
    let mut rows: Vec<(u32, Symbol, u32)> = folded.into_iter().map(|(s, node)| (ranked(s, ranks), s, node)).collect();
    rows.sort_unstable();
    rows.dedup();
    // Under half full, a power of two: chains stay short and the mask is a subtraction.
    let mut slots = vec![0_u32; (rows.len() * 2 + 1).next_power_of_two()];
    let mask = slots.len() - 1;
    for (row, &(key, symbol, _)) in rows.iter().enumerate() {
        if row > 0 && rows[row - 1].0 == key {
            continue;
        }
        let mut slot = name_hash(texts.text(symbol)) as usize & mask;
        while slots[slot] != 0 {
            slot = (slot + 1) & mask;
        }
        slots[slot] = row as u32 + 1;
    }
    out.put(Section::FoldedNames, rows.iter().map(|r| r.0).collect::<Vec<_>>());
    out.put(Section::FoldedNodes, rows.iter().map(|r| r.2).collect::<Vec<_>>());
    out.put(Section::NameSlots, slots);
}

// --------------------------------------------------------------------- edges

fn write_edges(out: &mut Writer, edges: Edges, types: &Types) {
    let Edges { sources, targets, modes, flags, .. } = edges;
    out.put(Section::EdgeTypes, types.column());
    out.put(Section::EdgeSources, sources);
    out.put(Section::EdgeTargets, targets);
    out.put(Section::EdgeModes, modes);
    out.put(Section::EdgeFlags, flags);
}

fn write_adjacency(out: &mut Writer, all: &Edges, nodes: &Types, edges: &Types) {
    let ends: Vec<(u32, u32)> = all.sources.iter().copied().zip(all.targets.iter().copied()).collect();
    let mut incoming: Vec<u32> = (0..ends.len() as u32).collect();
    let (mut rows, mut offsets) = (Vec::new(), Vec::new());
    let mut degrees: Vec<Degrees> = Vec::new();
    for window in edges.starts.windows(2) {
        let keys = ends[window[0] as usize..window[1] as usize].iter().map(|e| e.0);
        let (row, most) = push_offsets(keys, window[0], &mut offsets);
        degrees.push(Degrees { edges: window[1] - window[0], sources: most.0, most_out: most.1, ..Degrees::default() });
        rows.push(row);
    }
    for (kind, window) in edges.starts.windows(2).enumerate() {
        let run = &mut incoming[window[0] as usize..window[1] as usize];
        // Edges ascend by source already, so a stable sort by target leaves them by (target, source).
        run.sort_by_key(|&e| ends[e as usize].1);
        let (row, most) = push_offsets(run.iter().map(|&e| ends[e as usize].1), window[0], &mut offsets);
        (degrees[kind].targets, degrees[kind].most_in) = most;
        rows.push(row);
    }
    out.put(Section::Adjacency, rows);
    out.put(Section::AdjacencyOffsets, offsets);
    out.put(Section::IncomingNodes, incoming.iter().map(|&e| ends[e as usize].0).collect::<Vec<_>>());
    out.put(Section::IncomingEdges, incoming);
    out.put(Section::Degrees, degrees);
    let (from, kinds) = (nodes.column(), edges.column());
    let mut counts: BTreeMap<(u16, u16, u16), u32> = BTreeMap::new();
    for (&(s, t), &kind) in ends.iter().zip(&kinds) {
        *counts.entry((kind, from[s as usize], from[t as usize])).or_default() += 1;
    }
    let ends: Vec<Ends> =
        counts.into_iter().map(|((e, f, t), count)| Ends { edge: e.into(), from: f.into(), to: t.into(), count }).collect();
    out.put(Section::Ends, ends);
}

/// Appends the offsets of ascending keys that start at `position`; returns their row, and how many distinct keys there
/// are with the longest run of one.
fn push_offsets(keys: impl Iterator<Item = u32> + Clone, position: u32, offsets: &mut Vec<u32>) -> (AdjacencyRow, (u32, u32)) {
    let start = offsets.len() as u32;
    let Some(first) = keys.clone().next() else {
        offsets.push(position);
        return (AdjacencyRow { first: 0, start, nodes: 0 }, (0, 0));
    };
    let (mut next, mut at, mut since, mut distinct, mut most) = (first, position, position, 0, 0);
    for key in keys {
        if next <= key {
            (distinct, since) = (distinct + 1, at);
        }
        while next <= key {
            offsets.push(at);
            next += 1;
        }
        at += 1;
        most = most.max(at - since);
    }
    offsets.push(at);
    (AdjacencyRow { first, start, nodes: next - first }, (distinct, most))
}

// ------------------------------------------------------- documents and claims

impl Documents {
    fn write(mut self, out: &mut Writer, ranks: &[u32]) {
        for row in &mut self.documents {
            (row.id, row.hash) = (ranked(row.id, ranks), ranked(row.hash, ranks));
        }
        for row in &mut self.articles {
            for text in [&mut row.title, &mut row.byline, &mut row.outlet, &mut row.origin] {
                *text = ranked(*text, ranks);
            }
        }
        rank(&mut self.sources, ranks);
        out.put(Section::Documents, self.documents);
        out.put(Section::Articles, self.articles);
        out.put(Section::Sources, self.sources);
        out.put(Section::Sketches, self.sketches);
        out.put(Section::SketchOffsets, self.sketch_offsets);
    }
}

/// Claims of edges, then claims of nodes.
fn write_claims(out: &mut Writer, edges: Claims, nodes: Claims) -> Result<(), LayoutError> {
    let first = edges.rows.len() as u32;
    let mut rows = edges.rows;
    rows.extend(nodes.rows);
    if rows.len() >= NONE as usize {
        return Err(LayoutError::TooLarge { what: "claims", most: NONE.into() });
    }
    // Graphs made elsewhere have no claims: no array of zeroes for each edge then.
    if first > 0 {
        out.put(Section::EdgeClaims, edges.starts);
    }
    if rows.len() as u32 > first {
        out.put(Section::NodeClaims, nodes.starts.iter().map(|s| s + first).collect::<Vec<_>>());
    }
    out.put(Section::Claims, rows);
    Ok(())
}

impl Said {
    fn write(self, out: &mut Writer, ranks: &[u32]) {
        let (mut voices, mut manners) = (self.voices.into_rows(), self.manners.into_rows());
        for row in &mut voices {
            (row.speaker, row.origin) = (ranked(row.speaker, ranks), ranked(row.origin, ranks));
        }
        manners.iter_mut().for_each(|row| row.rule = ranked(row.rule, ranks));
        out.put(Section::Places, self.places.into_rows());
        out.put(Section::Voices, voices);
        out.put(Section::Manners, manners);
    }
}
