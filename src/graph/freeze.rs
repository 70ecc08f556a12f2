//! From a [`KnowledgeGraph`] to the flat arrays of a [`FrozenGraph`]: section by section, each by one function.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::frozen::{FrozenGraph, mode_byte};
use super::layout::{
    AdjacencyRow, ArticleRow, Cell, ClaimRow, Degrees, DocumentRow, Ends, FactRow, LayoutError, MentionRow, NONE, PieceRow,
    Section, Writer, cell, flag, name_hash, pack_date,
};
use super::{ClaimRecord, Given, KnowledgeGraph, chosen};
use crate::model::Value;
use crate::names::fold;

/// A column with fewer values than one in this many owners of its type lists its owners.
const SPARSE: usize = 4;

/// Lays `graph` out.
pub(super) fn freeze(graph: &KnowledgeGraph) -> Result<FrozenGraph, LayoutError> {
    let folded = folded_names(graph);
    let strings = Strings::of(graph, &folded)?;
    let mut out = Writer::default();
    out.put(Section::Schema, graph.schema_hash().as_bytes());
    strings.write(&mut out);
    let nodes = types(graph.nodes().map(|n| &n.kind));
    let edges = types(graph.edges().map(|(_, _, e)| &e.kind));
    write_types(&mut out, &strings, &nodes, [Section::NodeTypeNames, Section::NodeTypeStarts]);
    write_types(&mut out, &strings, &edges, [Section::EdgeTypeNames, Section::EdgeTypeStarts]);
    write_nodes(&mut out, graph, &strings, &nodes);
    write_names(&mut out, &strings, &folded);
    write_edges(&mut out, graph, &edges);
    write_adjacency(&mut out, graph, &nodes, &edges);
    let articles = write_documents(&mut out, graph, &strings);
    let at = write_claims(&mut out, graph, &strings, &articles)?;
    write_mentions(&mut out, graph, &articles);
    Attributes::new(graph, &strings).write(&mut out, &nodes, &edges, &at);
    FrozenGraph::from_bytes(out.finish())
}

// ------------------------------------------------------------------- strings

/// All texts but sentences, ascending and distinct.
struct Strings<'g> {
    ids: FxHashMap<&'g str, u32>,
    sorted: Vec<&'g str>,
}

impl<'g> Strings<'g> {
    fn of(graph: &'g KnowledgeGraph, folded: &'g [(String, u32)]) -> Result<Self, LayoutError> {
        let mut seen: FxHashSet<&'g str> = FxHashSet::default();
        let mut add = |s: &'g str| {
            seen.insert(s);
        };
        for node in graph.nodes() {
            [&node.id, &node.kind, &node.name].into_iter().for_each(|s| add(s));
            node.aliases.iter().chain(&node.known_as).chain(&node.reasons).for_each(|s| add(s));
            visit_attrs(&node.attrs, &mut add);
            node.claims.iter().for_each(|c| visit_claim(c, &mut add));
        }
        for (_, _, edge) in graph.edges() {
            add(&edge.kind);
            visit_attrs(&edge.attrs, &mut add);
            edge.claims.iter().for_each(|c| visit_claim(c, &mut add));
        }
        for document in graph.documents() {
            add(&document.id);
            add(&document.hash);
            for a in &document.articles {
                [&a.title, &a.byline, &a.outlet, &a.origin].into_iter().flatten().for_each(|s| add(s));
            }
        }
        graph.source_names().iter().for_each(|s| add(s));
        folded.iter().for_each(|(s, _)| add(s));
        let mut sorted: Vec<&str> = seen.into_iter().collect();
        sorted.sort_unstable();
        let bytes: u64 = sorted.iter().map(|s| s.len() as u64).sum();
        if bytes >= u64::from(NONE) || sorted.len() >= NONE as usize {
            return Err(LayoutError::TooLarge { what: "bytes of names", most: NONE.into() });
        }
        let ids = sorted.iter().enumerate().map(|(i, &s)| (s, i as u32)).collect();
        Ok(Self { ids, sorted })
    }

    fn id(&self, text: &str) -> u32 {
        self.ids.get(text).copied().unwrap_or(NONE)
    }

    fn optional(&self, text: Option<&str>) -> u32 {
        text.map_or(NONE, |t| self.id(t))
    }

    fn write(&self, out: &mut Writer) {
        let mut offsets = Vec::with_capacity(self.sorted.len() + 1);
        let mut bytes = Vec::new();
        offsets.push(0_u32);
        for text in &self.sorted {
            bytes.extend_from_slice(text.as_bytes());
            offsets.push(bytes.len() as u32);
        }
        out.put(Section::StringOffsets, &offsets);
        out.put(Section::StringBytes, &bytes);
    }
}

fn visit_attrs<'g>(attrs: &'g [Given], add: &mut impl FnMut(&'g str)) {
    for given in attrs {
        add(&given.name);
        visit_value(&given.value, add);
    }
}

fn visit_value<'g>(value: &'g Value, add: &mut impl FnMut(&'g str)) {
    match value {
        Value::Bool(_) | Value::Int(_) | Value::Float(_) => {}
        Value::Text(text) => add(text),
        Value::Quantity { text, unit, .. } => {
            add(text);
            if let Some(unit) = unit {
                add(unit);
            }
        }
        Value::List(items) => items.iter().for_each(|v| visit_value(v, add)),
    }
}

fn visit_claim<'g>(claim: &'g ClaimRecord, add: &mut impl FnMut(&'g str)) {
    add(&claim.rule);
    [&claim.speaker, &claim.origin].into_iter().flatten().for_each(|s| add(s));
}

// --------------------------------------------------------------------- types

/// Types in order, with the first owner of each and, last, the number of owners.
struct Types<'g> {
    names: Vec<&'g str>,
    starts: Vec<u32>,
}

/// The types of owners that stand in order of their types.
fn types<'g>(kinds: impl Iterator<Item = &'g Arc<str>>) -> Types<'g> {
    let (mut names, mut starts): (Vec<&str>, Vec<u32>) = (Vec::new(), Vec::new());
    let mut count = 0;
    for (index, kind) in kinds.enumerate() {
        if names.last() != Some(&&**kind) {
            names.push(kind);
            starts.push(index as u32);
        }
        count = index as u32 + 1;
    }
    starts.push(count);
    Types { names, starts }
}

impl Types<'_> {
    /// The type of each owner.
    fn column(&self) -> Vec<u16> {
        let of = |(t, w): (usize, &[u32])| std::iter::repeat_n(t as u16, (w[1] - w[0]) as usize);
        self.starts.windows(2).enumerate().flat_map(of).collect()
    }
}

fn write_types(out: &mut Writer, strings: &Strings<'_>, types: &Types<'_>, [names, starts]: [Section; 2]) {
    let ids: Vec<u32> = types.names.iter().map(|n| strings.id(n)).collect();
    out.put(names, &ids);
    out.put(starts, &types.starts);
}

// --------------------------------------------------------------------- nodes

fn write_nodes(out: &mut Writer, graph: &KnowledgeGraph, strings: &Strings<'_>, types: &Types<'_>) {
    let ids: Vec<u32> = graph.nodes().map(|n| strings.id(&n.id)).collect();
    let mut by_id: Vec<u32> = (0..ids.len() as u32).collect();
    by_id.sort_unstable_by_key(|&n| ids[n as usize]);
    out.put(Section::NodeTypes, &types.column());
    out.put(Section::NodesById, &by_id);
    out.put(Section::NodeIds, &ids);
    out.put(Section::NodeNames, &graph.nodes().map(|n| strings.id(&n.name)).collect::<Vec<_>>());
    out.put(Section::NodeFlags, &graph.nodes().map(|n| if n.world { flag::WORLD } else { 0 }).collect::<Vec<_>>());
    let texts = |list: &[Arc<str>]| list.iter().map(|s| strings.id(s)).collect::<Vec<_>>();
    let aliases = graph.nodes().map(|n| [texts(&n.aliases), texts(&n.known_as)].concat());
    write_lists(out, aliases, [Section::AliasOffsets, Section::Aliases]);
    out.put(Section::AliasesSeen, &graph.nodes().map(|n| n.aliases.len() as u32).collect::<Vec<_>>());
    if graph.nodes().any(|n| !n.reasons.is_empty()) {
        write_lists(out, graph.nodes().map(|n| texts(&n.reasons)), [Section::ReasonOffsets, Section::Reasons]);
    }
}

fn write_lists(out: &mut Writer, lists: impl Iterator<Item = Vec<u32>>, [offsets, items]: [Section; 2]) {
    let (mut starts, mut all) = (vec![0_u32], Vec::new());
    for list in lists {
        all.extend(list);
        starts.push(all.len() as u32);
    }
    out.put(offsets, &starts);
    out.put(items, &all);
}

/// (folded name, node), ascending and distinct: names, aliases, and known names.
fn folded_names(graph: &KnowledgeGraph) -> Vec<(String, u32)> {
    let mut names: Vec<(String, u32)> = Vec::with_capacity(graph.node_count());
    for (index, node) in graph.nodes().enumerate() {
        for name in std::iter::once(&node.name).chain(&node.aliases).chain(&node.known_as) {
            let folded = fold(name);
            if !folded.is_empty() {
                names.push((folded, index as u32));
            }
        }
    }
    names.sort_unstable();
    names.dedup();
    names
}

fn write_names(out: &mut Writer, strings: &Strings<'_>, folded: &[(String, u32)]) {
    let keys: Vec<u32> = folded.iter().map(|(s, _)| strings.id(s)).collect();
    // Under half full, a power of two: chains stay short and the mask is a subtraction.
    let mut slots = vec![0_u32; (folded.len() * 2 + 1).next_power_of_two()];
    let mask = slots.len() - 1;
    for (row, (name, _)) in folded.iter().enumerate() {
        if row > 0 && keys[row - 1] == keys[row] {
            continue;
        }
        let mut slot = name_hash(name) as usize & mask;
        while slots[slot] != 0 {
            slot = (slot + 1) & mask;
        }
        slots[slot] = row as u32 + 1;
    }
    out.put(Section::FoldedNames, &keys);
    out.put(Section::FoldedNodes, &folded.iter().map(|f| f.1).collect::<Vec<_>>());
    out.put(Section::NameSlots, &slots);
}

// --------------------------------------------------------------------- edges

fn write_edges(out: &mut Writer, graph: &KnowledgeGraph, types: &Types<'_>) {
    out.put(Section::EdgeTypes, &types.column());
    out.put(Section::EdgeSources, &graph.edges().map(|e| e.0).collect::<Vec<_>>());
    out.put(Section::EdgeTargets, &graph.edges().map(|e| e.1).collect::<Vec<_>>());
    out.put(Section::EdgeModes, &graph.edges().map(|e| mode_byte(e.2.mode)).collect::<Vec<_>>());
    out.put(Section::EdgeFlags, &graph.edges().map(|e| if e.2.world { flag::WORLD } else { 0 }).collect::<Vec<_>>());
}

fn write_adjacency(out: &mut Writer, graph: &KnowledgeGraph, nodes: &Types<'_>, edges: &Types<'_>) {
    let ends: Vec<(u32, u32)> = graph.edges().map(|e| (e.0, e.1)).collect();
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
    out.put(Section::Adjacency, &rows);
    out.put(Section::AdjacencyOffsets, &offsets);
    out.put(Section::IncomingNodes, &incoming.iter().map(|&e| ends[e as usize].0).collect::<Vec<_>>());
    out.put(Section::IncomingEdges, &incoming);
    out.put(Section::Degrees, &degrees);
    let (from, kinds) = (nodes.column(), edges.column());
    let mut counts: BTreeMap<(u16, u16, u16), u32> = BTreeMap::new();
    for (&(s, t), &kind) in ends.iter().zip(&kinds) {
        *counts.entry((kind, from[s as usize], from[t as usize])).or_default() += 1;
    }
    let ends: Vec<Ends> =
        counts.into_iter().map(|((e, f, t), count)| Ends { edge: e.into(), from: f.into(), to: t.into(), count }).collect();
    out.put(Section::Ends, &ends);
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

/// The row of each article, by (document, number).
type Articles<'g> = FxHashMap<(&'g str, u32), u32>;

fn write_documents<'g>(out: &mut Writer, graph: &'g KnowledgeGraph, strings: &Strings<'_>) -> Articles<'g> {
    let (mut documents, mut rows, mut places) = (Vec::new(), Vec::new(), Articles::default());
    let (mut sketches, mut sketch_offsets) = (Vec::new(), vec![0_u32]);
    for (index, d) in graph.documents().iter().enumerate() {
        let first = rows.len() as u32;
        let (id, hash) = (strings.id(&d.id), strings.id(&d.hash));
        documents.push(DocumentRow { id, hash, first, articles: d.articles.len() as u32 });
        for a in &d.articles {
            let row = rows.len() as u32;
            places.insert((&d.id, a.number), row);
            sketches.extend_from_slice(&a.sketch);
            sketch_offsets.push(sketches.len() as u32);
            rows.push(ArticleRow {
                document: index as u32,
                number: a.number,
                title: strings.optional(a.title.as_deref()),
                byline: strings.optional(a.byline.as_deref()),
                outlet: strings.optional(a.outlet.as_deref()),
                date: pack_date(a.date),
                origin: strings.optional(a.origin.as_deref()),
                source: graph.article_sources().get(row as usize).copied().unwrap_or(NONE),
            });
        }
    }
    out.put(Section::Documents, &documents);
    out.put(Section::Articles, &rows);
    out.put(Section::Sources, &graph.source_names().iter().map(|s| strings.id(s)).collect::<Vec<_>>());
    out.put(Section::Sketches, &sketches);
    out.put(Section::SketchOffsets, &sketch_offsets);
    places
}

/// Where the claims of each edge and node start.
struct ClaimStarts {
    edges: Vec<u32>,
    nodes: Vec<u32>,
}

fn write_claims<'g>(
    out: &mut Writer,
    graph: &'g KnowledgeGraph,
    strings: &Strings<'_>,
    articles: &Articles<'_>,
) -> Result<ClaimStarts, LayoutError> {
    let mut rows: Vec<ClaimRow> = Vec::new();
    let mut sentences = Sentences::default();
    let mut push = |claims: &'g [ClaimRecord], rows: &mut Vec<ClaimRow>| {
        rows.extend(claims.iter().map(|c| claim_row(c, strings, articles, sentences.id(&c.text))));
        rows.len() as u32
    };
    let edges: Vec<u32> = std::iter::once(0).chain(graph.edges().map(|e| push(&e.2.claims, &mut rows))).collect();
    let first = rows.len() as u32;
    let nodes: Vec<u32> = std::iter::once(first).chain(graph.nodes().map(|n| push(&n.claims, &mut rows))).collect();
    if rows.len() >= NONE as usize {
        return Err(LayoutError::TooLarge { what: "claims", most: NONE.into() });
    }
    // Graphs made elsewhere have no claims: no array of zeroes for each edge then.
    if first > 0 {
        out.put(Section::EdgeClaims, &edges);
    }
    if rows.len() as u32 > first {
        out.put(Section::NodeClaims, &nodes);
    }
    out.put(Section::Claims, &rows);
    out.put(Section::SentenceOffsets, &sentences.offsets);
    out.put(Section::SentenceBytes, sentences.bytes.as_slice());
    Ok(ClaimStarts { edges, nodes })
}

/// Sentences in order of first use, each once.
struct Sentences<'g> {
    ids: FxHashMap<&'g str, u32>,
    offsets: Vec<u64>,
    bytes: Vec<u8>,
}

impl Default for Sentences<'_> {
    fn default() -> Self {
        Self { ids: FxHashMap::default(), offsets: vec![0], bytes: Vec::new() }
    }
}

impl<'g> Sentences<'g> {
    fn id(&mut self, text: &'g str) -> u32 {
        *self.ids.entry(text).or_insert_with(|| {
            self.bytes.extend_from_slice(text.as_bytes());
            self.offsets.push(self.bytes.len() as u64);
            self.offsets.len() as u32 - 2
        })
    }
}

fn claim_row(claim: &ClaimRecord, strings: &Strings<'_>, articles: &Articles<'_>, sentence: u32) -> ClaimRow {
    ClaimRow {
        article: articles.get(&(&*claim.document, claim.locus.article)).copied().unwrap_or(NONE),
        line: claim.locus.line,
        column: claim.locus.column,
        start: claim.locus.span.start,
        end: claim.locus.span.end,
        sentence,
        asserted: pack_date(claim.asserted),
        when: pack_date(claim.when),
        speaker: strings.optional(claim.speaker.as_deref()),
        origin: strings.optional(claim.origin.as_deref()),
        rule: strings.id(&claim.rule),
        confidence: claim.confidence,
        mode: mode_byte(claim.mode),
        flags: if claim.is_world() { flag::WORLD } else { 0 },
    }
}

fn write_mentions(out: &mut Writer, graph: &KnowledgeGraph, articles: &Articles<'_>) {
    if graph.nodes().all(|n| n.mentions.is_empty()) {
        return;
    }
    let (mut offsets, mut rows) = (vec![0_u32], Vec::new());
    for node in graph.nodes() {
        rows.extend(node.mentions.iter().map(|m| MentionRow {
            article: articles.get(&(&*m.document, m.locus.article)).copied().unwrap_or(NONE),
            line: m.locus.line,
            column: m.locus.column,
            start: m.locus.span.start,
            end: m.locus.span.end,
        }));
        offsets.push(rows.len() as u32);
    }
    out.put(Section::MentionOffsets, &offsets);
    out.put(Section::Mentions, &rows);
}

// ---------------------------------------------------------------- attributes

/// Columns and facts in the making.
struct Attributes<'g> {
    graph: &'g KnowledgeGraph,
    strings: &'g Strings<'g>,
    names: BTreeMap<&'g str, u32>,
    pieces: Vec<PieceRow>,
    words: Vec<u64>,
    halves: Vec<u32>,
    cells: Vec<Cell>,
    fact_claims: Vec<u32>,
}

impl<'g> Attributes<'g> {
    fn new(graph: &'g KnowledgeGraph, strings: &'g Strings<'g>) -> Self {
        let attrs = graph.nodes().flat_map(|n| &n.attrs).chain(graph.edges().flat_map(|e| &e.2.attrs));
        let mut names: BTreeMap<&str, u32> = attrs.map(|g| (&*g.name, 0)).collect();
        for (id, name) in names.values_mut().enumerate() {
            *name = id as u32;
        }
        let (pieces, words, halves) = (Vec::new(), Vec::new(), Vec::new());
        Self { graph, strings, names, pieces, words, halves, cells: Vec::new(), fact_claims: Vec::new() }
    }

    fn write(mut self, out: &mut Writer, nodes: &Types<'_>, edges: &Types<'_>, at: &ClaimStarts) {
        let graph = self.graph;
        for (kind, window) in nodes.starts.windows(2).enumerate() {
            let owners = graph.nodes().skip(window[0] as usize).take((window[1] - window[0]) as usize);
            self.columns(0, kind as u32, window[0], window[1], owners.map(|n| (&*n.attrs, &*n.claims)));
        }
        for (kind, window) in edges.starts.windows(2).enumerate() {
            let owners = graph.edges().skip(window[0] as usize).take((window[1] - window[0]) as usize);
            self.columns(1, kind as u32, window[0], window[1], owners.map(|e| (&*e.2.attrs, &*e.2.claims)));
        }
        let node_facts = self.facts(graph.nodes().map(|n| &*n.attrs), &at.nodes);
        let edge_facts = self.facts(graph.edges().map(|e| &*e.2.attrs), &at.edges);
        let names: Vec<u32> = self.names.keys().map(|n| self.strings.id(n)).collect();
        out.put(Section::AttributeNames, &names);
        out.put(Section::Pieces, &self.pieces);
        out.put(Section::Words, &self.words);
        out.put(Section::Halves, &self.halves);
        out.put(Section::Cells, &self.cells);
        out.put(Section::NodeFacts, &node_facts);
        out.put(Section::EdgeFacts, &edge_facts);
        out.put(Section::FactClaims, &self.fact_claims);
    }

    /// One column for each attribute that owners of a type have.
    fn columns<'a>(
        &mut self,
        owner: u32,
        kind: u32,
        first: u32,
        end: u32,
        owners: impl Iterator<Item = (&'a [Given], &'a [ClaimRecord])>,
    ) {
        let mut by_name: BTreeMap<u32, Vec<(u32, &Value)>> = BTreeMap::new();
        for (index, (attrs, claims)) in (first..end).zip(owners) {
            for (name, value) in chosen(attrs, claims) {
                if let Some(&id) = self.names.get(&**name) {
                    by_name.entry(id).or_default().push((index, value));
                }
            }
        }
        for (attribute, values) in by_name {
            let piece = self.column(first, end, &values);
            self.pieces.push(PieceRow { owner, kind, attribute, ..piece });
        }
    }

    fn column(&mut self, first: u32, end: u32, values: &[(u32, &Value)]) -> PieceRow {
        let tag = column_tag(values);
        let dense = values.len() * SPARSE >= (end - first) as usize;
        let mut piece =
            PieceRow { tag: tag.into(), first, owners: NONE, present: NONE, count: values.len() as u32, ..PieceRow::default() };
        // Dense: one place an owner, gaps included.
        let mut places: Vec<Option<&Value>> = Vec::new();
        if dense {
            places.resize((end - first) as usize, None);
            for &(owner, value) in values {
                places[(owner - first) as usize] = Some(value);
            }
            if values.len() < places.len() {
                piece.present = self.words.len() as u32;
                let bits = |chunk: &[Option<&Value>]| chunk.iter().rev().fold(0_u64, |w, v| w << 1 | u64::from(v.is_some()));
                self.words.extend(places.chunks(64).map(bits));
            }
        } else {
            piece.owners = self.halves.len() as u32;
            self.halves.extend(values.iter().map(|v| v.0));
            places.extend(values.iter().map(|v| Some(v.1)));
        }
        piece.len = places.len() as u32;
        match tag {
            cell::INT | cell::FLOAT => {
                piece.values = self.words.len() as u32;
                self.words.extend(places.iter().map(|v| v.map_or(0, word)));
            }
            cell::TEXT => {
                piece.values = self.halves.len() as u32;
                let strings = self.strings;
                self.halves.extend(places.iter().map(|v| match v {
                    Some(Value::Text(text)) => strings.id(text),
                    _ => NONE,
                }));
            }
            _ => {
                // Lists put their items before, so the column's own cells come last and together.
                let cells: Vec<Cell> = places.iter().map(|v| v.map_or(Cell::default(), |v| self.cell(v))).collect();
                piece.values = self.cells.len() as u32;
                self.cells.extend(cells);
            }
        }
        piece
    }

    fn cell(&mut self, value: &Value) -> Cell {
        let make = |tag, aux, bits| Cell { tag, unused: 0, aux, bits };
        match value {
            Value::Bool(b) => make(cell::BOOL, 0, (*b).into()),
            Value::Int(_) => make(cell::INT, 0, word(value)),
            Value::Float(_) => make(cell::FLOAT, 0, word(value)),
            Value::Text(text) => make(cell::TEXT, self.strings.id(text), 0),
            Value::Quantity { text, number, unit } => {
                let row = self.halves.len() as u32;
                self.halves.extend([self.strings.id(text), self.strings.optional(unit.as_deref())]);
                number.map_or(make(cell::WORDS, row, 0), |n| make(cell::QUANTITY, row, n.to_bits()))
            }
            Value::List(items) => {
                let cells: Vec<Cell> = items.iter().map(|v| self.cell(v)).collect();
                let start = self.cells.len() as u64;
                self.cells.extend(&cells);
                make(cell::LIST, cells.len() as u32, start)
            }
        }
    }

    /// The facts of all owners: where a claim is behind one, or several values are given.
    fn facts<'a>(&mut self, owners: impl Iterator<Item = &'a [Given]>, starts: &[u32]) -> Vec<FactRow> {
        let mut rows = Vec::new();
        for (owner, attrs) in owners.enumerate() {
            for several in attrs.chunk_by(|a, b| a.name == b.name) {
                if several.len() == 1 && several[0].claims.is_empty() {
                    continue;
                }
                for given in several {
                    let claims = self.fact_claims.len() as u32;
                    self.fact_claims.extend(given.claims.iter().map(|c| starts[owner] + c));
                    rows.push(FactRow {
                        owner: owner as u32,
                        attribute: self.names.get(&*given.name).copied().unwrap_or(NONE),
                        value: self.cell(&given.value),
                        claims,
                        len: given.claims.len() as u32,
                    });
                }
            }
        }
        rows
    }
}

/// The one kind of all values, or mixed; whole numbers among others count as numbers only if nothing is lost.
fn column_tag(values: &[(u32, &Value)]) -> u16 {
    let kind = |v: &Value| match v {
        Value::Int(_) => cell::INT,
        Value::Float(_) => cell::FLOAT,
        Value::Text(_) => cell::TEXT,
        Value::Bool(_) | Value::Quantity { .. } | Value::List(_) => cell::MIXED,
    };
    let first = values.first().map_or(cell::NOTHING, |v| kind(v.1));
    if values.iter().all(|v| kind(v.1) == first) { first } else { cell::MIXED }
}

fn word(value: &Value) -> u64 {
    match value {
        Value::Int(i) => *i as u64,
        Value::Float(x) => x.to_bits(),
        Value::Bool(_) | Value::Text(_) | Value::Quantity { .. } | Value::List(_) => 0,
    }
}
