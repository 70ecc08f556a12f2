//! The read side that plans run on: a graph laid out once, in flat arrays, never changed.
//!
//! Node and edge ids are petgraph's indices as `u32`. Nodes ascend by (type, id) and edges by (type, source,
//! target), so the nodes of a type and the edges of a type are ranges of ids, an attribute of a type is one
//! dense array, and outgoing edges of one type need no table of edge ids.
//!
//! Attributes are in `values`, claims and documents in `evidence`, the bytes in `layout`. Making one from a
//! [`KnowledgeGraph`](super::KnowledgeGraph) is `freeze`'s business.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::layout::{
    AdjacencyRow, ArticleRow, Bytes, Cell, Column, Degrees, DocumentRow, Ends, LayoutError, MannerRow, NONE, PieceRow, Section,
    SharedBytes, Table, flag, name_hash,
};
use super::packed::{Packed, Rows};
use super::strings::{Block, Read, Strings};
use crate::model::Mode;
use crate::names::{fold, node_id};

/// Ids that are made together.
const IDS: u32 = 16;

/// A graph in flat arrays, in memory or mapped from a file. Cheap to clone: clones share the arrays.
#[derive(Clone)]
pub struct FrozenGraph {
    pub(super) bytes: Bytes,
    pub(super) at: Columns,
    nodes: u32,
    edges: u32,
    /// Where it starts in its file.
    base: u64,
    /// Strings that were asked for.
    read: Arc<Read>,
    /// Ids that were asked for and are not stored.
    ids: Arc<Read>,
    /// For each article without a date the latest that it tells as done, once somebody has asked.
    pub(super) told: Arc<OnceLock<Vec<u32>>>,
}

/// Where each array lies.
#[derive(Clone, Copy, Default)]
pub(super) struct Columns {
    schema: Column<u8>,
    string_blocks: Column<u32>,
    string_bytes: Column<u8>,
    node_type_names: Column<u32>,
    node_type_starts: Column<u32>,
    edge_type_names: Column<u32>,
    edge_type_starts: Column<u32>,
    pub(super) attribute_names: Column<u32>,
    node_types: Column<u16>,
    node_ids: Packed<1>,
    node_names: Column<u32>,
    node_flags: Packed<1>,
    nodes_by_id: Packed<1>,
    alias_offsets: Packed<2>,
    aliases: Packed<1>,
    names: Packed<2>,
    name_slots: Packed<1>,
    edge_sources: Column<u32>,
    edge_targets: Column<u32>,
    edge_types: Column<u16>,
    edge_modes: Column<u8>,
    edge_flags: Packed<1>,
    adjacency: Column<AdjacencyRow>,
    adjacency_offsets: Column<u32>,
    adjacency_marks: Column<u64>,
    incoming_nodes: Column<u32>,
    incoming_edges: Column<u32>,
    pub(super) edge_claims: Packed<1>,
    pub(super) node_claims: Packed<1>,
    pub(super) claims: Packed<3>,
    pub(super) places: Packed<6>,
    pub(super) voices: Packed<4>,
    pub(super) manners: Column<MannerRow>,
    pub(super) sentence_offsets: Packed<2>,
    pub(super) sentence_bytes: Column<u8>,
    pub(super) pieces: Column<PieceRow>,
    pub(super) words: Column<u64>,
    pub(super) halves: Column<u32>,
    pub(super) cells: Column<Cell>,
    pub(super) node_facts: Packed<6>,
    pub(super) edge_facts: Packed<6>,
    pub(super) fact_claims: Packed<1>,
    pub(super) mention_offsets: Packed<1>,
    pub(super) mentions: Packed<5>,
    pub(super) documents: Column<DocumentRow>,
    pub(super) articles: Column<ArticleRow>,
    pub(super) sources: Column<u32>,
    pub(super) sketches: Column<u64>,
    pub(super) sketch_offsets: Column<u32>,
    degrees: Column<Degrees>,
    ends: Column<Ends>,
    pub(super) reason_offsets: Packed<1>,
    pub(super) reasons: Packed<1>,
}

impl Columns {
    fn read(table: &Table) -> Result<Self, LayoutError> {
        macro_rules! columns {
            ($($field:ident = $section:ident),+; $($packed:ident = $rows:ident),+ $(,)?) => {
                Self { $($field: table.column(Section::$section)?,)+ $($packed: table.packed(Section::$rows)?,)+ }
            };
        }
        Ok(columns! {
            schema = Schema, string_blocks = StringBlocks, string_bytes = StringBytes,
            node_type_names = NodeTypeNames, node_type_starts = NodeTypeStarts,
            edge_type_names = EdgeTypeNames, edge_type_starts = EdgeTypeStarts, attribute_names = AttributeNames,
            node_types = NodeTypes, node_names = NodeNames,
            edge_sources = EdgeSources, edge_targets = EdgeTargets, edge_types = EdgeTypes, edge_modes = EdgeModes,
            adjacency = Adjacency, adjacency_offsets = AdjacencyOffsets, adjacency_marks = AdjacencyMarks,
            incoming_nodes = IncomingNodes, incoming_edges = IncomingEdges, manners = Manners, sentence_bytes = SentenceBytes,
            pieces = Pieces, words = Words, halves = Halves, cells = Cells, documents = Documents, articles = Articles,
            sources = Sources, sketches = Sketches, sketch_offsets = SketchOffsets, degrees = Degrees, ends = Ends;
            node_ids = NodeIds, nodes_by_id = NodesById, alias_offsets = AliasOffsets, aliases = Aliases,
            names = Names, name_slots = NameSlots, node_flags = NodeFlags, edge_flags = EdgeFlags, edge_claims = EdgeClaims, node_claims = NodeClaims,
            claims = Claims, places = Places, voices = Voices, sentence_offsets = SentenceOffsets,
            node_facts = NodeFacts, edge_facts = EdgeFacts, fact_claims = FactClaims,
            mention_offsets = MentionOffsets, mentions = Mentions, reason_offsets = ReasonOffsets, reasons = Reasons,
        })
    }
}

/// Which way along an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// From the source to the target.
    Out,
    /// From the target to the source.
    In,
}

/// The edges of one type out of (or into) one node: the nodes at their other ends, ascending, and the edges' ids.
#[derive(Debug, Clone, Copy)]
pub struct Links<'g> {
    /// The nodes at the other ends, ascending; a parallel edge repeats its node.
    pub nodes: &'g [u32],
    edges: EdgeIds<'g>,
}

#[derive(Debug, Clone, Copy)]
enum EdgeIds<'g> {
    From(u32),
    Listed(&'g [u32]),
}

impl Default for Links<'_> {
    fn default() -> Self {
        Self { nodes: &[], edges: EdgeIds::From(0) }
    }
}

impl<'g> Links<'g> {
    /// How many edges.
    #[must_use]
    pub fn len(self) -> usize {
        self.nodes.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.nodes.is_empty()
    }

    /// The id of the edge to `nodes[index]`; `u32::MAX` past the end.
    #[must_use]
    pub fn edge(self, index: usize) -> u32 {
        match self.edges {
            EdgeIds::From(first) => first + index as u32,
            EdgeIds::Listed(edges) => edges.get(index).copied().unwrap_or(NONE),
        }
    }

    /// (node at the other end, edge), by ascending node.
    pub fn iter(self) -> impl ExactSizeIterator<Item = (u32, u32)> + 'g {
        self.nodes.iter().enumerate().map(move |(i, &n)| (n, self.edge(i)))
    }
}

/// All edges of one type, one way: what loops over many nodes hold on to, instead of asking the graph each time.
#[derive(Debug, Clone, Copy)]
pub struct Adjacency<'g> {
    first: u32,
    /// How many nodes from the first on may have edges.
    span: u32,
    /// Which of them do, 32 a word, with how many do before in the high half; empty where each has its offset.
    marks: &'g [u64],
    offsets: &'g [u32],
    nodes: &'g [u32],
    /// Empty where edges' ids are the positions themselves.
    edges: &'g [u32],
}

impl<'g> Adjacency<'g> {
    const NONE: Self = Self { first: 0, span: 0, marks: &[], offsets: &[], nodes: &[], edges: &[] };

    /// Positions of the node's links in [`Adjacency::all_nodes`]. O(1), no hashing.
    #[inline]
    #[must_use]
    pub fn range(self, node: u32) -> Range<usize> {
        let mut at = node.wrapping_sub(self.first) as usize;
        if !self.marks.is_empty() {
            let Some(place) = self.marks.get(at / 32).and_then(|&mark| place_of(mark, at)) else { return 0..0 };
            at = place;
        }
        match self.offsets.get(at..) {
            Some([start, end, ..]) => *start as usize..*end as usize,
            _ => 0..0,
        }
    }

    /// How many edges of the type the node has, this way. O(1).
    #[inline]
    #[must_use]
    pub fn degree(self, node: u32) -> usize {
        self.range(node).len()
    }

    /// The node's edges. O(1).
    #[inline]
    #[must_use]
    pub fn of(self, node: u32) -> Links<'g> {
        let range = self.range(node);
        let nodes = self.nodes.get(range.clone()).unwrap_or_default();
        let edges = if self.edges.is_empty() {
            EdgeIds::From(range.start as u32)
        } else {
            EdgeIds::Listed(self.edges.get(range).unwrap_or_default())
        };
        Links { nodes, edges }
    }

    /// The nodes at the other ends, for every edge of the graph: index it with [`Adjacency::range`]. Outgoing,
    /// a position is the edge's id.
    #[must_use]
    pub fn all_nodes(self) -> &'g [u32] {
        self.nodes
    }

    /// The nodes that may have such an edge: outside of this range none has.
    #[must_use]
    pub fn span(self) -> Range<u32> {
        self.first..self.first.saturating_add(self.span)
    }
}

impl FrozenGraph {
    /// Takes the bytes of a frozen graph that starts at byte `start` of `bytes`: used where they lie if they are
    /// aligned to 8 bytes, else copied. Reads the header and the section table only, at any size: a section is compared
    /// with its sums when it is first touched, and [`FrozenGraph::fault`] tells of damage that was met.
    ///
    /// # Errors
    /// Bytes that are no frozen graph, of a newer format, cut off, or with a damaged section table.
    pub fn open(bytes: SharedBytes, start: usize) -> Result<Self, LayoutError> {
        let bytes = Bytes::shared(bytes, start);
        let table = Table::read(&bytes, start as u64)?;
        Self::of_table(bytes.checked_by(&table), &table, start as u64)
    }

    /// Takes bytes that were made here.
    pub(super) fn from_bytes(bytes: Bytes) -> Result<Self, LayoutError> {
        let table = Table::read(&bytes, 0)?;
        Self::of_table(bytes, &table, 0)
    }

    fn of_table(bytes: Bytes, table: &Table, base: u64) -> Result<Self, LayoutError> {
        let at = Columns::read(table)?;
        let (nodes, edges) = (at.node_types.len() as u32, at.edge_types.len() as u32);
        Ok(Self { bytes, at, nodes, edges, base, read: Arc::default(), ids: Arc::default(), told: Arc::default() })
    }

    /// Compares every section with its checksum. Reads all bytes once.
    ///
    /// # Errors
    /// The first section that is not as it was written, and where it lies.
    pub fn verify(&self) -> Result<(), LayoutError> {
        self.check()?;
        Table::read(&self.bytes, self.base)?.verify(&self.bytes)
    }

    /// Compares all that was not touched yet with its sums, at the speed of memory, as who goes on to read the whole
    /// does first.
    ///
    /// # Errors
    /// The first part that is not as it was written, and where it lies.
    pub fn check(&self) -> Result<(), LayoutError> {
        self.bytes.checks().map_or(Ok(()), |checks| checks.all(self.bytes.as_slice()))
    }

    /// The first damage that was met since the graph was opened. What is damaged reads as nothing or zeroes, so that an
    /// answer made from it is no answer: ask after each.
    #[must_use]
    pub fn fault(&self) -> Option<&LayoutError> {
        self.bytes.checks()?.fault()
    }

    /// Whether looks at single nodes cost less than whole arrays do: those of a stored graph are compared with their sums first.
    pub(crate) fn is_stored(&self) -> bool {
        self.bytes.checks().is_some()
    }

    /// How many bytes were read since the graph was opened to compare them with their sums, for reports on speed.
    #[must_use]
    pub fn bytes_compared(&self) -> usize {
        self.bytes.checks().map_or(0, |checks| checks.compared())
    }

    /// The bytes that [`FrozenGraph::open`] takes. The same graph gives the same bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.as_slice()
    }

    /// Name and length in bytes of each section, for reports on size.
    #[must_use]
    pub fn section_sizes(&self) -> Vec<(String, u64)> {
        Table::read(&self.bytes, self.base).map(|t| t.sizes().collect()).unwrap_or_default()
    }

    /// Hash of the schema that the graph was made with; empty if it was made elsewhere.
    #[must_use]
    pub fn schema_hash(&self) -> &str {
        std::str::from_utf8(self.at.schema.of(&self.bytes)).unwrap_or_default()
    }

    // ------------------------------------------------------------- strings

    /// The text of a string of this graph; empty for one that it does not have. Strings ascend with their texts,
    /// and equal texts are one string: comparing ids compares texts.
    #[must_use]
    pub fn string(&self, id: u32) -> &str {
        self.at_strings().text(&self.bytes, &self.read, id)
    }

    fn at_strings(&self) -> Strings {
        Strings { blocks: self.at.string_blocks, bytes: self.at.string_bytes }
    }

    /// The string with this text, or where it would stand: for comparing a text with many strings of the graph.
    /// O(log strings).
    ///
    /// # Errors
    /// `Err` holds the id of the first string that is greater.
    pub fn find_string(&self, text: &str) -> Result<u32, u32> {
        self.at_strings().find(&self.bytes, &self.read, text)
    }

    /// The run of `index` that `offsets` mark; empty where there is none.
    pub(super) fn run_of(&self, offsets: Packed<1>, index: u32) -> Range<u32> {
        let at = |index| offsets.number(&self.bytes, index, 0);
        at(index).zip(at(index.saturating_add(1))).map_or(0..0, |(start, end)| start..end.max(start))
    }

    /// The texts of strings.
    pub(super) fn strings<'g>(&'g self, ids: Rows<'g, 1>) -> impl Iterator<Item = &'g str> {
        ids.map(|[id]| self.string(id))
    }

    pub(super) fn optional(&self, id: u32) -> Option<&str> {
        (id != NONE).then(|| self.string(id))
    }

    // --------------------------------------------------------------- types

    /// The names of the node types that occur, by this graph's type id, ascending.
    pub fn node_type_names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.at.node_type_names.of(&self.bytes).iter().map(|&s| self.string(s))
    }

    /// The names of the edge types that occur, by this graph's type id, ascending.
    pub fn edge_type_names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.at.edge_type_names.of(&self.bytes).iter().map(|&s| self.string(s))
    }

    /// The names of the attributes that occur, of nodes and edges, by this graph's attribute id, ascending.
    pub fn attribute_names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.at.attribute_names.of(&self.bytes).iter().map(|&s| self.string(s))
    }

    /// The node type called `name`, if a node is of it.
    #[must_use]
    pub fn node_type_id(&self, name: &str) -> Option<u16> {
        self.node_type_names().position(|n| n == name).map(|i| i as u16)
    }

    /// The edge type called `name`, if an edge is of it.
    #[must_use]
    pub fn edge_type_id(&self, name: &str) -> Option<u16> {
        self.edge_type_names().position(|n| n == name).map(|i| i as u16)
    }

    /// The attribute called `name`, if a node or an edge has it.
    #[must_use]
    pub fn attribute_id(&self, name: &str) -> Option<u16> {
        self.attribute_names().position(|n| n == name).map(|i| i as u16)
    }

    /// The name of a node type; empty for an unknown id.
    #[must_use]
    pub fn node_type_name(&self, kind: u16) -> &str {
        self.at.node_type_names.at(&self.bytes, kind.into()).map_or("", |s| self.string(s))
    }

    /// The name of an edge type; empty for an unknown id.
    #[must_use]
    pub fn edge_type_name(&self, kind: u16) -> &str {
        self.at.edge_type_names.at(&self.bytes, kind.into()).map_or("", |s| self.string(s))
    }

    /// The name of an attribute; empty for an unknown id.
    #[must_use]
    pub fn attribute_name(&self, attribute: u16) -> &str {
        self.at.attribute_names.at(&self.bytes, attribute.into()).map_or("", |s| self.string(s))
    }

    // --------------------------------------------------------------- nodes

    /// Nodes: their ids are `0..node_count()`.
    #[must_use]
    pub fn node_count(&self) -> u32 {
        self.nodes
    }

    /// The type of each node, by id.
    #[must_use]
    pub fn node_types(&self) -> &[u16] {
        self.at.node_types.of(&self.bytes)
    }

    /// The type of a node; `u16::MAX` for an unknown id.
    #[must_use]
    pub fn node_type(&self, node: u32) -> u16 {
        self.at.node_types.at(&self.bytes, node).unwrap_or(u16::MAX)
    }

    /// The nodes of a type: a range of ids.
    #[must_use]
    pub fn nodes_of_type(&self, kind: u16) -> Range<u32> {
        run(self.at.node_type_starts.of(&self.bytes), kind.into())
    }

    /// A node's id for people and files: `state/kazakhstan`.
    #[must_use]
    pub fn id(&self, node: u32) -> &str {
        match self.at.node_ids.at(&self.bytes, node) {
            Some([NONE]) => {
                let (block, index) = (node / IDS, node % IDS);
                let make = || self.ids_of(block * IDS..self.nodes.min((block + 1) * IDS));
                self.ids.text(self.nodes.div_ceil(IDS) as usize, [block as usize, index as usize], make)
            }
            Some([id]) => self.string(id),
            None => "",
        }
    }

    /// The ids that nodes have by their types and names.
    #[cold]
    fn ids_of(&self, nodes: Range<u32>) -> Block {
        let mut block = Block::default();
        nodes.for_each(|node| block.push(&node_id(self.node_type_name(self.node_type(node)), self.name(node))));
        block
    }

    /// The name that answers show.
    #[must_use]
    pub fn name(&self, node: u32) -> &str {
        self.at.node_names.at(&self.bytes, node).map_or("", |s| self.string(s))
    }

    /// The string of a node's name.
    #[must_use]
    pub fn name_string(&self, node: u32) -> Option<u32> {
        self.at.node_names.at(&self.bytes, node)
    }

    /// The string of each node's name, by node: compare these instead of texts where many are compared.
    #[must_use]
    pub fn name_strings(&self) -> &[u32] {
        self.at.node_names.of(&self.bytes)
    }

    /// The forms of the name seen in the documents, other than the name.
    pub fn aliases(&self, node: u32) -> impl Iterator<Item = &str> {
        let seen = self.at.alias_offsets.at(&self.bytes, node).map_or(0, |[_, seen]| seen as usize);
        self.all_aliases(node).take(seen)
    }

    /// The aliases, then the names that the gazetteer knows besides.
    pub fn all_aliases(&self, node: u32) -> impl Iterator<Item = &str> {
        let mut ends = self.at.alias_offsets.rows(&self.bytes, node..node.saturating_add(2));
        let range = match (ends.next(), ends.next()) {
            (Some([start, _]), Some([end, _])) => start..end,
            _ => 0..0,
        };
        self.strings(self.at.aliases.rows(&self.bytes, range))
    }

    /// Whether a node is there for the sake of world data only: no document mentions it.
    #[must_use]
    pub fn is_world_node(&self, node: u32) -> bool {
        self.at.node_flags.at(&self.bytes, node).is_some_and(|[flags]| flags & u32::from(flag::WORLD) != 0)
    }

    /// Whether a node is there for the sake of world data only. Reads a bit a node.
    #[must_use]
    pub fn has_world_nodes(&self) -> bool {
        // There is no other flag.
        self.at.node_flags.has_any(&self.bytes, 0..self.nodes)
    }

    /// Whether one of some edges is there for the sake of world data only. Reads a bit an edge.
    #[must_use]
    pub fn has_world_edges(&self, edges: Range<u32>) -> bool {
        self.at.edge_flags.has_any(&self.bytes, edges)
    }

    /// The node with this id. O(log nodes).
    #[must_use]
    pub fn node_by_id(&self, id: &str) -> Option<u32> {
        let order = self.at.nodes_by_id;
        let node_at = |at: u32| if order.len() == 0 { Some(at) } else { order.at(&self.bytes, at).map(|[node]| node) };
        let (mut low, mut high) = (0, self.nodes);
        while low < high {
            let middle = low.midpoint(high);
            let node = node_at(middle)?;
            match self.id(node).cmp(id) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(node),
            }
        }
        None
    }

    /// The nodes with a name or alias whose folding ([`crate::names::fold`]) is `folded`, ascending. O(1) on average.
    #[must_use]
    pub fn find(&self, folded: &str) -> Vec<u32> {
        let names = self.at.names;
        let slots = self.at.name_slots;
        let mut slot = slot_of(folded, slots.len());
        let is_called = |row: u32| names.at(&self.bytes, row).filter(|[name, _]| fold(self.string(*name)) == folded);
        for _ in 0..slots.len() {
            let Some([first]) = slots.at(&self.bytes, slot).filter(|[row]| *row != NONE) else { return Vec::new() };
            let nodes: Vec<u32> = (first..names.len()).map_while(is_called).map(|[_, node]| node).collect();
            if !nodes.is_empty() {
                return nodes;
            }
            slot = if slot + 1 == slots.len() { 0 } else { slot + 1 };
        }
        Vec::new()
    }

    /// The node of each name or alias whose folding starts with `prefix`, by ascending folding. O(log names + answers taken).
    pub fn find_prefix(&self, prefix: &str) -> impl Iterator<Item = u32> {
        let names = self.at.names;
        let start = names.partition_point(&self.bytes, 0, |name| fold(self.string(name)).as_str() < prefix);
        let prefix = prefix.to_owned();
        let rows = (start..names.len()).map_while(move |row| names.at(&self.bytes, row));
        rows.take_while(move |[name, _]| fold(self.string(*name)).starts_with(&prefix)).map(|[_, node]| node)
    }

    // --------------------------------------------------------------- edges

    /// Edges: their ids are `0..edge_count()`.
    #[must_use]
    pub fn edge_count(&self) -> u32 {
        self.edges
    }

    /// The type of an edge; `u16::MAX` for an unknown id.
    #[must_use]
    pub fn edge_type(&self, edge: u32) -> u16 {
        self.at.edge_types.at(&self.bytes, edge).unwrap_or(u16::MAX)
    }

    /// The type of each edge, by id.
    #[must_use]
    pub fn edge_types(&self) -> &[u16] {
        self.at.edge_types.of(&self.bytes)
    }

    /// The edges of a type: a range of ids.
    #[must_use]
    pub fn edges_of_type(&self, kind: u16) -> Range<u32> {
        run(self.at.edge_type_starts.of(&self.bytes), kind.into())
    }

    /// Source and target of an edge; `(u32::MAX, u32::MAX)` for an unknown id.
    #[must_use]
    pub fn endpoints(&self, edge: u32) -> (u32, u32) {
        (self.at.edge_sources.at(&self.bytes, edge).unwrap_or(NONE), self.at.edge_targets.at(&self.bytes, edge).unwrap_or(NONE))
    }

    /// The source of each edge, by id.
    #[must_use]
    pub fn edge_sources(&self) -> &[u32] {
        self.at.edge_sources.of(&self.bytes)
    }

    /// The target of each edge, by id.
    #[must_use]
    pub fn edge_targets(&self) -> &[u32] {
        self.at.edge_targets.of(&self.bytes)
    }

    /// An edge's mode: that of its latest claim by `asserted` (undated ones first), the strongest where they tie.
    #[must_use]
    pub fn mode(&self, edge: u32) -> Mode {
        mode_of(self.at.edge_modes.at(&self.bytes, edge).unwrap_or(0))
    }

    /// The mode of each edge, by id, as [`mode_byte`] writes it: weakest 0, strongest 4.
    #[must_use]
    pub fn edge_modes(&self) -> &[u8] {
        self.at.edge_modes.of(&self.bytes)
    }

    /// Whether an edge is world data: no document claims it.
    #[must_use]
    pub fn is_world_edge(&self, edge: u32) -> bool {
        self.at.edge_flags.at(&self.bytes, edge).is_some_and(|[flags]| flags & u32::from(flag::WORLD) != 0)
    }

    /// All edges of a type, one way; empty for an unknown type. Take it once, then ask it for many nodes.
    #[must_use]
    pub fn adjacency(&self, kind: u16, direction: Direction) -> Adjacency<'_> {
        let rows = self.at.adjacency.of(&self.bytes);
        let types = rows.len() / 2;
        let index = usize::from(kind);
        if index >= types {
            return Adjacency::NONE;
        }
        let row = rows[if direction == Direction::Out { index } else { types + index }];
        let marks = match row.marks {
            NONE => &[][..],
            at => self.at.adjacency_marks.of(&self.bytes).get(at as usize..).unwrap_or_default(),
        };
        let words = (row.nodes as usize).div_ceil(32).min(marks.len());
        let marks = marks.get(..words).unwrap_or_default();
        let count = marks.last().map_or(row.nodes, |last| (last >> 32) as u32 + (*last as u32).count_ones());
        let offsets = self.at.adjacency_offsets.of(&self.bytes);
        let start = row.start as usize;
        let offsets = offsets.get(start..start + count as usize + 1).unwrap_or_default();
        let all = Adjacency { first: row.first, span: row.nodes, marks, offsets, ..Adjacency::NONE };
        match direction {
            Direction::Out => Adjacency { nodes: self.at.edge_targets.of(&self.bytes), ..all },
            Direction::In => {
                Adjacency { nodes: self.at.incoming_nodes.of(&self.bytes), edges: self.at.incoming_edges.of(&self.bytes), ..all }
            }
        }
    }

    /// The adjacency of every edge type, by type id: what walks over all types hold on to.
    #[must_use]
    pub fn adjacencies(&self, direction: Direction) -> Vec<Adjacency<'_>> {
        (0..self.edge_type_names().len() as u16).map(|t| self.adjacency(t, direction)).collect()
    }

    /// The edges of a type and a node, one way, as [`Adjacency::of`] gives them. Of a stored graph only what lies about this
    /// node is compared with its sums, where an adjacency is compared as a whole. O(1).
    #[must_use]
    #[inline(never)]
    pub fn links(&self, node: u32, kind: u16, direction: Direction) -> Links<'_> {
        let (bytes, types) = (&self.bytes, self.at.adjacency.len() / 2);
        let index = if direction == Direction::Out { 0 } else { types } + usize::from(kind);
        let row = self.at.adjacency.at(bytes, index as u32).filter(|_| usize::from(kind) < types).unwrap_or_default();
        let at = node.wrapping_sub(row.first);
        let place = match row.marks {
            _ if at >= row.nodes => None,
            NONE => Some(at as usize),
            marks => self.at.adjacency_marks.at(bytes, marks + at / 32).and_then(|mark| place_of(mark, at as usize)),
        };
        let Some(start) = place.map(|place| row.start as usize + place) else { return Links::default() };
        let range = match self.at.adjacency_offsets.some(bytes, start..start + 2) {
            [start, end] => *start as usize..*end as usize,
            _ => return Links::default(),
        };
        match direction {
            Direction::Out => {
                let edges = EdgeIds::From(range.start as u32);
                Links { nodes: self.at.edge_targets.some(bytes, range), edges }
            }
            Direction::In => {
                let edges = EdgeIds::Listed(self.at.incoming_edges.some(bytes, range.clone()));
                Links { nodes: self.at.incoming_nodes.some(bytes, range), edges }
            }
        }
    }

    /// The edges of a type out of a node.
    #[must_use]
    pub fn out(&self, node: u32, kind: u16) -> Links<'_> {
        self.links(node, kind, Direction::Out)
    }

    /// The edges of a type into a node.
    #[must_use]
    pub fn incoming(&self, node: u32, kind: u16) -> Links<'_> {
        self.links(node, kind, Direction::In)
    }

    /// All edges out of a node: (edge type, node at the other end, edge), by type, then node. O(types + edges).
    pub fn all_out(&self, node: u32) -> impl Iterator<Item = (u16, u32, u32)> {
        self.all(node, Direction::Out)
    }

    /// All edges into a node, as [`FrozenGraph::all_out`].
    pub fn all_incoming(&self, node: u32) -> impl Iterator<Item = (u16, u32, u32)> {
        self.all(node, Direction::In)
    }

    fn all(&self, node: u32, direction: Direction) -> impl Iterator<Item = (u16, u32, u32)> {
        let types = self.at.edge_type_names.of(&self.bytes).len() as u16;
        (0..types).flat_map(move |t| self.links(node, t, direction).iter().map(move |(n, e)| (t, n, e)))
    }

    // ---------------------------------------------------------- statistics

    /// How the edges of a type are spread; zeroes for an unknown type. O(1).
    #[must_use]
    pub fn degrees(&self, kind: u16) -> Degrees {
        self.at.degrees.at(&self.bytes, kind.into()).unwrap_or_default()
    }

    /// How many edges of each type run from nodes of a type to nodes of a type, by (edge type, from, to).
    #[must_use]
    pub fn ends(&self) -> &[Ends] {
        self.at.ends.of(&self.bytes)
    }

    /// How many nodes are of a type.
    #[must_use]
    pub fn count_of_type(&self, kind: u16) -> u32 {
        self.nodes_of_type(kind).len() as u32
    }
}

impl std::fmt::Debug for FrozenGraph {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FrozenGraph").field("nodes", &self.nodes).field("edges", &self.edges).finish_non_exhaustive()
    }
}

/// Which of the nodes with edges this one is, by the word that tells it, if it has any.
#[inline]
fn place_of(mark: u64, node: usize) -> Option<usize> {
    let (bits, bit) = (mark as u32, node % 32);
    let before = bits & ((1 << bit) - 1);
    (bits >> bit & 1 == 1).then(|| (mark >> 32) as usize + before.count_ones() as usize)
}

/// A mode as a byte of [`FrozenGraph::edge_modes`]: weakest 0, strongest 4.
#[must_use]
pub fn mode_byte(mode: Mode) -> u8 {
    mode as u8
}

/// The mode that [`mode_byte`] wrote.
#[must_use]
pub fn mode_of(byte: u8) -> Mode {
    match byte {
        0 => Mode::Denied,
        1 => Mode::Possible,
        2 => Mode::Proposed,
        3 => Mode::Planned,
        _ => Mode::Actual,
    }
}

/// The slot of so many at which the search for a name starts.
pub(super) fn slot_of(folded: &str, slots: u32) -> u32 {
    // The high bits of the product: slots need be no power of two. The hash's own high bits do not depend on the last letter.
    let hash = name_hash(folded).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((u128::from(hash) * u128::from(slots)) >> 64) as u32
}

/// The `index`th run that `offsets` mark; empty where there is none.
pub(super) fn run(offsets: &[u32], index: usize) -> Range<u32> {
    match offsets.get(index..) {
        Some([start, end, ..]) => *start..(*end).max(*start),
        _ => 0..0,
    }
}

pub(super) fn index(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}
