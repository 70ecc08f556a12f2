//! From nodes and edges, given one after the other, to the flat arrays of a [`FrozenGraph`]: section by section, each by one
//! function. Attributes are in `columns`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::columns::Attributes;
use super::frozen::{FrozenGraph, mode_byte, slot_of};
use super::layout::{
    AdjacencyRow, ArticleRow, Degrees, DocumentRow, Ends, LayoutError, MannerRow, NONE, Section, Writer, flag, pack_date,
};
use super::rows::{ClaimRow, MentionRow, PlaceRow, VoiceRow, offsets};
use super::sentences::Sentences;
use super::shared::Shared;
use super::strings;
use super::symbols::{NO_TEXT, Symbol, Symbols};
use super::{ClaimRecord, Edge, KnowledgeGraph, Node};
use crate::model::DocumentInfo;
use crate::names::{fold, node_id};

/// Lays `graph` out.
pub(super) fn freeze(graph: &KnowledgeGraph) -> Result<FrozenGraph, LayoutError> {
    let mut sentences = Symbols::default();
    let claims = graph.edges().flat_map(|(_, _, edge)| &edge.claims).chain(graph.nodes().flat_map(|node| &node.claims));
    for claim in claims {
        sentences.add(&claim.text);
    }
    let sentences = Sentences::new(Arc::new(sentences));
    let mut freezer = Freezer::new(graph.documents(), graph.article_sources(), graph.source_names(), sentences);
    graph.edges().for_each(|(source, target, edge)| freezer.edge(source, target, edge));
    graph.nodes().for_each(|node| freezer.node(node));
    freezer.finish(graph.schema_hash())
}

/// The arrays in the making. Texts go by the number under which they were first seen, until all are known and sorted.
pub(super) struct Freezer {
    pub(super) texts: Symbols,
    sentences: Sentences,
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
    /// What names are folded to.
    folded: Symbols,
    /// (folded name, name, node): names, aliases, and known names.
    called: Vec<(Symbol, Symbol, u32)>,
    mention_offsets: Vec<u32>,
    mentions: Vec<MentionRow>,
}

impl Nodes {
    /// Nodes by ascending id, unless they are.
    fn by_id(&self, texts: &Symbols) -> Option<Vec<u32>> {
        let id = |node: u32| {
            let (id, kind, name) = (self.ids[node as usize], self.kinds[node as usize], self.names[node as usize]);
            texts.optional(id).map_or_else(|| Cow::Owned(node_id(texts.text(kind), texts.text(name))), Cow::Borrowed)
        };
        let all = 0..self.ids.len() as u32;
        if all.clone().zip(1..all.end).all(|(node, next)| id(node) <= id(next)) {
            return None;
        }
        let mut by_id: Vec<u32> = all.collect();
        by_id.sort_by_cached_key(|&node| id(node));
        Some(by_id)
    }
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

    fn write(mut self, out: &mut Writer, ranks: &[u32], [starts, items]: [Section; 2]) {
        rank(&mut self.items, ranks);
        if !self.items.is_empty() {
            out.pack(starts, offsets(&self.starts));
            out.pack(items, offsets(&self.items));
        }
    }
}

impl Freezer {
    /// Begins with the documents: claims and mentions lead to their articles.
    pub(super) fn new(documents: &[DocumentInfo], sources: &[u32], source_names: &[Arc<str>], sentences: Sentences) -> Self {
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
        Self { texts, sentences, documents: all, nodes, edges, edge_claims, node_claims, said, attributes }
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
        self.attributes.edge(index, edge, first, &mut self.texts);
    }

    /// Adds the next node.
    pub(super) fn node(&mut self, node: &Node) {
        let index = self.nodes.ids.len() as u32;
        let is_named = *node.id == node_id(&node.kind, &node.name);
        self.nodes.ids.push(if is_named { NO_TEXT } else { self.texts.add(&node.id) });
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
                let name = (self.nodes.folded.add(&folded), self.texts.add(name), index);
                self.nodes.called.push(name);
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
            self.nodes.mentions.push(MentionRow {
                article,
                line,
                column,
                start: span.start,
                len: span.end.wrapping_sub(span.start),
            });
        }
        self.nodes.mention_offsets.push(self.nodes.mentions.len() as u32);
        self.attributes.node(index, node, first, &mut self.texts);
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
            len: claim.locus.span.end.wrapping_sub(claim.locus.span.start),
            sentence: self.sentences.number(&claim.text),
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
        write_claims(&mut out, &edge_claims, &node_claims)?;
        said.write(&mut out, &ranks);
        sentences.write(&mut out);
        FrozenGraph::from_bytes(out.finish())
    }
}

// ------------------------------------------------------------------- strings

/// Writes all texts but sentences, ascending; returns the rank of each by its number.
fn write_texts(out: &mut Writer, texts: &Symbols) -> Result<Vec<u32>, LayoutError> {
    let mut sorted: Vec<Symbol> = (0..texts.len() as u32).collect();
    sorted.sort_unstable_by(|&a, &b| texts.text(a).cmp(texts.text(b)));
    let total: u64 = sorted.iter().map(|&s| texts.text(s).len() as u64).sum();
    // What they have in common may take less, what tells how much takes a little more.
    if total + 10 * sorted.len() as u64 >= u64::from(NONE) || sorted.len() >= NONE as usize {
        return Err(LayoutError::TooLarge { what: "bytes of names", most: NONE.into() });
    }
    let mut ranks = vec![0_u32; sorted.len()];
    for (rank, &symbol) in (0..).zip(&sorted) {
        ranks[symbol as usize] = rank;
    }
    strings::write(out, sorted.iter().map(|&symbol| texts.text(symbol)));
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
    if let Some(by_id) = nodes.by_id(texts) {
        out.pack(Section::NodesById, offsets(&by_id));
    }
    let Nodes { mut ids, mut names, flags, aliases, aliases_seen, reasons, folded, called, mention_offsets, mentions, .. } =
        nodes;
    rank(&mut ids, ranks);
    rank(&mut names, ranks);
    out.put(Section::NodeTypes, types.column());
    out.pack(Section::NodeIds, offsets(&ids));
    out.put(Section::NodeNames, names);
    write_flags(out, Section::NodeFlags, &flags);
    write_aliases(out, aliases, &aliases_seen, ranks);
    reasons.write(out, ranks, [Section::ReasonOffsets, Section::Reasons]);
    write_names(out, called, &folded, ranks);
    if !mentions.is_empty() {
        out.pack(Section::MentionOffsets, offsets(&mention_offsets));
        out.pack(Section::Mentions, mentions.iter().map(|&row| row.into()));
    }
}

fn write_flags(out: &mut Writer, section: Section, flags: &[u8]) {
    if flags.iter().any(|&f| f != 0) {
        out.pack(section, flags.iter().map(|&f| [f.into()]));
    }
}

/// Aliases, and how many of each node's were seen.
fn write_aliases(out: &mut Writer, mut aliases: Lists, seen: &[u32], ranks: &[u32]) {
    rank(&mut aliases.items, ranks);
    if !aliases.items.is_empty() {
        let seen = seen.iter().copied().chain(std::iter::once(0));
        out.pack(Section::AliasOffsets, aliases.starts.iter().copied().zip(seen).map(|(start, seen)| [start, seen]));
        out.pack(Section::Aliases, offsets(&aliases.items));
    }
}

/// Names by what they are folded to, and a hash table over them.
fn write_names(out: &mut Writer, called: Vec<(Symbol, Symbol, u32)>, folded: &Symbols, ranks: &[u32]) {
    let mut order: Vec<Symbol> = (0..folded.len() as u32).collect();
    order.sort_unstable_by(|&a, &b| folded.text(a).cmp(folded.text(b)));
    let mut places = vec![0_u32; order.len()];
    (0..).zip(&order).for_each(|(place, &symbol)| places[symbol as usize] = place);
    let row = |(fold, name, node): (Symbol, Symbol, u32)| (ranked(fold, &places), node, ranked(name, ranks), fold);
    let mut rows: Vec<(u32, u32, u32, Symbol)> = called.into_iter().map(row).collect();
    rows.sort_unstable();
    // Two spellings that are folded alike find a node once.
    rows.dedup_by_key(|row| (row.0, row.1));
    // Three quarters full.
    let runs = rows.chunk_by(|a, b| a.0 == b.0);
    let mut slots = vec![NONE; runs.clone().count() * 4 / 3 + 1];
    let mut first = 0;
    for run in runs {
        let mut slot = run.first().map_or(0, |row| slot_of(folded.text(row.3), slots.len() as u32)) as usize;
        while slots[slot] != NONE {
            slot = (slot + 1) % slots.len();
        }
        slots[slot] = first;
        first += run.len() as u32;
    }
    out.pack(Section::Names, rows.iter().map(|row| [row.2, row.1]));
    out.pack(Section::NameSlots, offsets(&slots));
}

// --------------------------------------------------------------------- edges

fn write_edges(out: &mut Writer, edges: Edges, types: &Types) {
    let Edges { sources, targets, modes, flags, .. } = edges;
    out.put(Section::EdgeTypes, types.column());
    out.put(Section::EdgeSources, sources);
    out.put(Section::EdgeTargets, targets);
    out.put(Section::EdgeModes, modes);
    write_flags(out, Section::EdgeFlags, &flags);
}

fn write_adjacency(out: &mut Writer, all: &Edges, nodes: &Types, edges: &Types) {
    let ends: Vec<(u32, u32)> = all.sources.iter().copied().zip(all.targets.iter().copied()).collect();
    let mut incoming: Vec<u32> = (0..ends.len() as u32).collect();
    let (mut rows, mut starts) = (Vec::new(), Starts::default());
    let mut degrees: Vec<Degrees> = Vec::new();
    for window in edges.starts.windows(2) {
        let keys = ends[window[0] as usize..window[1] as usize].iter().map(|e| e.0);
        let (row, most) = starts.push(keys, window[0]);
        degrees.push(Degrees { edges: window[1] - window[0], sources: most.0, most_out: most.1, ..Degrees::default() });
        rows.push(row);
    }
    for (kind, window) in edges.starts.windows(2).enumerate() {
        let run = &mut incoming[window[0] as usize..window[1] as usize];
        // Edges ascend by source already, so a stable sort by target leaves them by (target, source).
        run.sort_by_key(|&e| ends[e as usize].1);
        let (row, most) = starts.push(run.iter().map(|&e| ends[e as usize].1), window[0]);
        (degrees[kind].targets, degrees[kind].most_in) = most;
        rows.push(row);
    }
    out.put(Section::Adjacency, rows);
    out.put(Section::AdjacencyOffsets, starts.offsets);
    if !starts.marks.is_empty() {
        out.put(Section::AdjacencyMarks, starts.marks);
    }
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

/// Where the edges of each node start, type by type and way by way.
#[derive(Default)]
struct Starts {
    offsets: Vec<u32>,
    marks: Vec<u64>,
}

/// Nodes that have edges are marked where that takes less than one part in so many of an offset for each node between them.
const MARKED: u32 = 2;

impl Starts {
    /// Appends the starts of ascending keys that begin at `position`; returns their row, and how many distinct keys there
    /// are with the longest run of one.
    fn push(&mut self, keys: impl Iterator<Item = u32>, position: u32) -> (AdjacencyRow, (u32, u32)) {
        let start = self.offsets.len() as u32;
        let (mut runs, mut at, mut most): (Vec<(u32, u32)>, _, _) = (Vec::new(), position, 0);
        for key in keys {
            if runs.last().is_none_or(|run| run.0 != key) {
                runs.push((key, at));
            }
            at += 1;
            most = most.max(runs.last().map_or(0, |run| at - run.1));
        }
        let first = runs.first().map_or(0, |run| run.0);
        let (nodes, distinct) = (runs.last().map_or(0, |run| run.0 - first + 1), runs.len() as u32);
        // A word of marks for 32 nodes takes as much as two offsets.
        let marked = u64::from(MARKED) * u64::from(distinct + nodes / 16 + 2) < u64::from(nodes);
        let marks = if marked { self.mark(&runs, first, nodes) } else { NONE };
        let mut next = first;
        for (key, at) in runs {
            let missing = if marked { 0 } else { key - next };
            self.offsets.extend(std::iter::repeat_n(at, missing as usize + 1));
            next = key + 1;
        }
        self.offsets.push(at);
        (AdjacencyRow { first, start, nodes, marks }, (distinct, most))
    }

    /// Marks the nodes of runs; where their marks start.
    fn mark(&mut self, runs: &[(u32, u32)], first: u32, nodes: u32) -> u32 {
        let start = self.marks.len();
        self.marks.resize(start + nodes.div_ceil(32) as usize, 0);
        for (key, _) in runs {
            self.marks[start + ((key - first) / 32) as usize] |= 1 << ((key - first) % 32);
        }
        let mut before = 0_u64;
        for mark in &mut self.marks[start..] {
            let here = mark.count_ones();
            *mark |= before << 32;
            before += u64::from(here);
        }
        start as u32
    }
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
fn write_claims(out: &mut Writer, edges: &Claims, nodes: &Claims) -> Result<(), LayoutError> {
    let first = edges.rows.len() as u32;
    if edges.rows.len() + nodes.rows.len() >= NONE as usize {
        return Err(LayoutError::TooLarge { what: "claims", most: NONE.into() });
    }
    // Graphs made elsewhere have no claims: nothing for each edge then.
    if first > 0 {
        out.pack(Section::EdgeClaims, offsets(&edges.starts));
    }
    if !nodes.rows.is_empty() {
        out.pack(Section::NodeClaims, nodes.starts.iter().map(|start| [start + first]));
    }
    out.pack(Section::Claims, edges.rows.iter().chain(&nodes.rows).map(|&row| row.into()));
    Ok(())
}

impl Said {
    fn write(self, out: &mut Writer, ranks: &[u32]) {
        let (mut voices, mut manners) = (self.voices.into_rows(), self.manners.into_rows());
        for row in &mut voices {
            (row.speaker, row.origin) = (ranked(row.speaker, ranks), ranked(row.origin, ranks));
        }
        manners.iter_mut().for_each(|row| row.rule = ranked(row.rule, ranks));
        out.pack(Section::Places, self.places.into_rows().iter().map(|&row| row.into()));
        out.pack(Section::Voices, voices.iter().map(|&row| row.into()));
        out.put(Section::Manners, manners);
    }
}
