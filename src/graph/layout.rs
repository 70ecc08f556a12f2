//! How a frozen graph lies in memory and in a file: sections of flat little-endian arrays in one buffer.
//!
//! ```text
//! header (64 bytes) │ section table (64 bytes a row) │ sums of blocks │ sections, each at a multiple of 64 bytes
//! ```
//!
//! Everything is plain old data or rows of packed bits (`packed`), so a mapped file is used as it lies: opening reads the header and
//! the table, and `checks` compares each section with its sums when it is first touched. What loops walk is plain, what evidence is
//! made of is packed.
//! What the sections mean is known to `frozen`; who fills them is `freeze`; files are `store`'s business.

use std::marker::PhantomData;
use std::ops::Range;
use std::sync::Arc;

use bytemuck::{Pod, Zeroable};

use super::checks::{BLOCK, Checks, Part, block_sums, quick_sum};
use super::packed::{COLUMNS, Packed, pack};

/// Bytes that somebody else keeps alive, such as a memory-mapped file. They must not change while they are used.
pub type SharedBytes = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// No such row, string or date.
pub(crate) const NONE: u32 = u32::MAX;

/// Where sections start: multiples of this.
pub(crate) const ALIGN: usize = 64;

/// A buffer aligned for every array in it, and what is known of its parts.
#[derive(Clone)]
pub(crate) struct Bytes {
    held: Held,
    /// None for bytes that were made here: they are as they were made.
    checks: Option<Arc<Checks>>,
}

#[derive(Clone)]
enum Held {
    /// Made here: words, so that it is aligned, and the length in bytes.
    Owned(Arc<Vec<u64>>, usize),
    /// Made elsewhere, from the byte given on.
    Shared(SharedBytes, usize),
}

impl Bytes {
    /// Takes bytes as they are where they are aligned from `start` on, else copies them.
    pub(crate) fn shared(bytes: SharedBytes, start: usize) -> Self {
        let slice = (*bytes).as_ref();
        let rest = slice.get(start..).unwrap_or_default();
        let aligned = rest.as_ptr().align_offset(8) == 0;
        let held = if aligned { Held::Shared(bytes, start) } else { Self::copy(rest) };
        Self { held, checks: None }
    }

    /// An aligned copy.
    fn copy(bytes: &[u8]) -> Held {
        let mut words = vec![0_u64; bytes.len().div_ceil(8)];
        bytemuck::cast_slice_mut::<u64, u8>(&mut words)[..bytes.len()].copy_from_slice(bytes);
        Held::Owned(Arc::new(words), bytes.len())
    }

    /// The same bytes, each section to be compared with its sums when it is first touched.
    pub(crate) fn checked_by(self, table: &Table) -> Self {
        Self { checks: Some(Arc::new(table.checks())), ..self }
    }

    /// What is known of the sections, unless they were made here.
    pub(crate) fn checks(&self) -> Option<&Checks> {
        self.checks.as_deref()
    }

    /// Some bytes of the section in a row of the table, of which alone the blocks are compared with their sums; none where they
    /// are damaged.
    #[inline]
    pub(super) fn part(&self, row: u16, range: Range<usize>) -> Option<&[u8]> {
        match self.checks() {
            Some(checks) => checks.some(row, range, self.as_slice()),
            None => self.as_slice().get(range),
        }
    }

    /// All of them, looked at by nobody.
    pub(crate) fn as_slice(&self) -> &[u8] {
        match &self.held {
            Held::Owned(words, len) => &bytemuck::cast_slice::<u64, u8>(words)[..*len],
            Held::Shared(bytes, start) => (**bytes).as_ref().get(*start..).unwrap_or_default(),
        }
    }
}

/// One array in the buffer.
pub(crate) struct Column<T> {
    start: usize,
    end: usize,
    /// Its row of the section table.
    row: u16,
    kind: PhantomData<fn() -> T>,
}

impl<T> Clone for Column<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Column<T> {}

impl<T> Default for Column<T> {
    fn default() -> Self {
        Self { start: 0, end: 0, row: u16::MAX, kind: PhantomData }
    }
}

impl<T: Pod> Column<T> {
    /// How many items. Reads none of them.
    pub(crate) fn len(self) -> usize {
        (self.end - self.start) / size_of::<T>().max(1)
    }

    /// The array in `bytes`, compared with its sums when it is first asked for; zeroes where it is damaged. Hoist it out
    /// of loops: it checks each time.
    pub(crate) fn of(self, bytes: &Bytes) -> &[T] {
        let all = bytes.as_slice();
        let of = match bytes.checks() {
            Some(checks) if self.end > self.start => checks.section(self.row, all),
            _ => all.get(self.start..self.end).unwrap_or_default(),
        };
        bytemuck::try_cast_slice(of).unwrap_or_default()
    }

    /// Some items, of which alone the blocks are compared with their sums; none where they are damaged.
    pub(crate) fn some(self, bytes: &Bytes, range: Range<usize>) -> &[T] {
        let place = |index: usize| index.checked_mul(size_of::<T>())?.checked_add(self.start).filter(|&p| p <= self.end);
        let Some((start, end)) = place(range.start).zip(place(range.end)).filter(|(start, end)| start < end) else { return &[] };
        bytes.part(self.row, start..end).and_then(|b| bytemuck::try_cast_slice(b).ok()).unwrap_or_default()
    }

    /// One item: zero where it is damaged, none where there is none.
    #[inline]
    pub(crate) fn at(self, bytes: &Bytes, index: u32) -> Option<T> {
        let index = index as usize;
        if index >= self.len() {
            return None;
        }
        Some(self.some(bytes, index..index + 1).first().copied().unwrap_or_else(T::zeroed))
    }
}

macro_rules! sections {
    ($($(#[$doc:meta])* $name:ident = $number:literal,)+) => {
        /// The sections of a frozen graph. Numbers are part of the format: never reuse one.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        #[repr(u32)]
        pub(crate) enum Section { $($(#[$doc])* $name = $number,)+ }

        impl Section {
            /// All of them, in file order.
            pub(crate) const ALL: &'static [Self] = &[$(Self::$name,)+];
        }
    };
}

sections! {
    /// UTF-8: hash of the schema that the graph was made with.
    Schema = 1,
    /// `u32` strings: node types' names, ascending.
    NodeTypeNames = 4,
    /// `u32`, one more than types: the first node of each.
    NodeTypeStarts = 5,
    /// `u32` strings: edge types' names, ascending.
    EdgeTypeNames = 6,
    /// `u32`, one more than types: the first edge of each.
    EdgeTypeStarts = 7,
    /// `u32` strings: attributes' names, ascending.
    AttributeNames = 8,
    /// `u16` a node.
    NodeTypes = 9,
    /// `u32` string a node.
    NodeNames = 11,
    /// `u32` a node: edges' sources, by edge.
    EdgeSources = 20,
    /// `u32` by edge.
    EdgeTargets = 21,
    /// `u16` by edge.
    EdgeTypes = 22,
    /// `u8` by edge.
    EdgeModes = 23,
    /// `AdjacencyRow`: outgoing by type, then incoming by type.
    Adjacency = 25,
    /// `u32`: the offsets that `Adjacency` leads to.
    AdjacencyOffsets = 26,
    /// `u32`: sources, by type, target, source.
    IncomingNodes = 27,
    /// `u32`: edges, beside `IncomingNodes`.
    IncomingEdges = 28,
    /// UTF-8.
    SentenceBytes = 33,
    /// `PieceRow` by (owner, type, attribute).
    Pieces = 34,
    /// 8-byte values: integers, numbers, bits.
    Words = 35,
    /// 4-byte values: strings, owners.
    Halves = 36,
    /// `Cell`.
    Cells = 37,
    /// `DocumentRow`.
    Documents = 43,
    /// `ArticleRow`.
    Articles = 44,
    /// `u32` strings: what each independent source is called.
    Sources = 45,
    /// `DegreeRow` a type of edge.
    Degrees = 46,
    /// `EndsRow`: how many edges of a type run from a type to a type.
    Ends = 47,
    /// `u64` of articles' sketches, beside `SketchOffsets`.
    Sketches = 50,
    /// `u32`, one more than articles.
    SketchOffsets = 51,
    /// `MannerRow`, each once.
    Manners = 55,
    /// `u32`: where each block of strings starts, where the last ends, and how many strings there are. (2 and 3 were strings in full.)
    StringBlocks = 56,
    /// Strings ascending and distinct, so that comparing ids compares texts: see `strings`.
    StringBytes = 57,
    /// `u64`: which of 32 nodes have edges, and in the high half how many before them.
    AdjacencyMarks = 58,
    // From here on packed, and the last in the order of the file. 10, 12 to 19, 24, 29 to 32, 38 to 42, 48, 49 and 52 to 54 were the same, or
    // what they took the place of, before anything was packed.
    /// A node: its id's string; none where its id is that of its type and name (`names::node_id`).
    NodeIds = 60,
    /// Nodes by ascending id; none where that is their order.
    NodesById = 61,
    /// Where a node's strings start in `Aliases`, and how many of these were seen in documents; one row more than nodes.
    AliasOffsets = 62,
    /// Strings: forms seen, then names known from elsewhere.
    Aliases = 63,
    /// Strings that are names, by how they are folded (`names::fold`), each with a node that it names.
    Names = 64,
    /// Hash table over runs of `Names` that are folded alike: their first rows, or none.
    NameSlots = 65,
    /// Where an edge's claims start; one row more than edges, or none.
    EdgeClaims = 66,
    /// Where the claims of a node's attributes start; one row more than nodes, or none.
    NodeClaims = 67,
    /// Claims: rows of `Places`, `Voices` and `Manners`, which many claims share.
    Claims = 68,
    /// `PlaceRow`s: sentences where they stand, each once.
    Places = 69,
    /// `VoiceRow`s, each once.
    Voices = 70,
    /// Where sentences start, as halves of 64 bits; one row more than sentences.
    SentenceOffsets = 71,
    /// `FactRow`s of nodes by (owner, attribute); none of a value that all claims of its owner give.
    NodeFacts = 72,
    /// `FactRow`s of edges by (owner, attribute), likewise.
    EdgeFacts = 73,
    /// Claims that facts lead to.
    FactClaims = 74,
    /// Where a node's mentions start; one row more than nodes, or none.
    MentionOffsets = 75,
    /// `MentionRow`s.
    Mentions = 76,
    /// Where a node's reasons start in `Reasons`; one row more than nodes, or none.
    ReasonOffsets = 77,
    /// Strings: reasons of merges.
    Reasons = 78,
    /// A node: see `flag`. None where no node has one.
    NodeFlags = 79,
    /// An edge: see `flag`. None where no edge has one.
    EdgeFlags = 80,
}

/// Bits of the flags.
pub(crate) mod flag {
    /// World data: no document says it.
    pub(crate) const WORLD: u8 = 1;
}

/// Outgoing or incoming edges of one type: offsets of a run of nodes.
#[derive(Debug, Clone, Copy, Default, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct AdjacencyRow {
    /// The first node with offsets.
    pub(crate) first: u32,
    /// Where its offsets start in `AdjacencyOffsets`.
    pub(crate) start: u32,
    /// Nodes in the run; there is one offset more, of those with edges where these are marked.
    pub(crate) nodes: u32,
    /// Where few nodes of the run have edges: where these are marked in `AdjacencyMarks`. Else `NONE`.
    pub(crate) marks: u32,
}

/// How a claim is made, and how sure it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct MannerRow {
    pub(crate) rule: u32,
    pub(crate) confidence: u16,
    pub(crate) mode: u8,
    pub(crate) flags: u8,
}

/// A value, with its kind beside it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct Cell {
    /// See `cell`.
    pub(crate) tag: u16,
    pub(crate) unused: u16,
    /// Text: the string. Quantity: the row of texts in `Halves` (text, unit). List: its length.
    pub(crate) aux: u32,
    /// The number's bits. List: its first cell.
    pub(crate) bits: u64,
}

/// Kinds of cells, and of columns.
pub(crate) mod cell {
    pub(crate) const NOTHING: u16 = 0;
    pub(crate) const BOOL: u16 = 1;
    pub(crate) const INT: u16 = 2;
    pub(crate) const FLOAT: u16 = 3;
    pub(crate) const TEXT: u16 = 4;
    /// With a number.
    pub(crate) const QUANTITY: u16 = 5;
    /// A quantity without a number.
    pub(crate) const WORDS: u16 = 6;
    pub(crate) const LIST: u16 = 7;
    /// A column of cells of several kinds.
    pub(crate) const MIXED: u16 = 8;
}

/// One attribute over the nodes or edges of one type.
#[derive(Debug, Clone, Copy, Default, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct PieceRow {
    /// 0 nodes, 1 edges.
    pub(crate) owner: u32,
    /// The type of the nodes or edges.
    pub(crate) kind: u32,
    /// The attribute.
    pub(crate) attribute: u32,
    /// `cell::INT`, `FLOAT`, `TEXT` or `MIXED`.
    pub(crate) tag: u32,
    /// The first owner; values follow one an owner where `owners` is `NONE`.
    pub(crate) first: u32,
    /// Values.
    pub(crate) len: u32,
    /// Where the values start in `Words`, `Halves` or `Cells`.
    pub(crate) values: u32,
    /// Sparse: where the ascending owners start in `Halves`. Dense: `NONE`.
    pub(crate) owners: u32,
    /// Dense with gaps: where the presence bits start in `Words`, one a value. Else `NONE`.
    pub(crate) present: u32,
    /// How many values are there.
    pub(crate) count: u32,
}

/// A document: its articles are a run of `Articles`.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct DocumentRow {
    pub(crate) id: u32,
    pub(crate) hash: u32,
    pub(crate) first: u32,
    pub(crate) articles: u32,
}

/// An article.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct ArticleRow {
    pub(crate) document: u32,
    pub(crate) number: u32,
    pub(crate) title: u32,
    pub(crate) byline: u32,
    pub(crate) outlet: u32,
    pub(crate) date: u32,
    pub(crate) origin: u32,
    /// Which independent source it is of.
    pub(crate) source: u32,
}

/// How the edges of one type are spread.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub struct Degrees {
    /// Edges of the type.
    pub edges: u32,
    /// Nodes that have one going out.
    pub sources: u32,
    /// Nodes that have one coming in.
    pub targets: u32,
    /// The most that go out of one node.
    pub most_out: u32,
    /// The most that come into one node.
    pub most_in: u32,
}

/// How many edges of a type run between nodes of two types.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub struct Ends {
    /// The edge type.
    pub edge: u32,
    /// The type of the sources.
    pub from: u32,
    /// The type of the targets.
    pub to: u32,
    /// Edges.
    pub count: u32,
}

/// A fault in stored bytes: what is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LayoutError {
    /// It does not start as a stored graph does.
    #[error("this is no stored graph: it does not start with the sign of one")]
    Foreign,
    /// A format of a later version.
    #[error("the stored graph has format {found}; this version reads {known}")]
    Newer {
        /// Its format.
        found: u32,
        /// Ours.
        known: u32,
    },
    /// The file ends too early.
    #[error("the stored graph is cut off: it should have {expected} bytes and has {found}")]
    Truncated {
        /// Bytes that the header tells of.
        expected: u64,
        /// Bytes there are.
        found: u64,
    },
    /// A part is not as it was written.
    #[error("the stored graph is damaged: {part} at byte {offset} is not as it was written")]
    Damaged {
        /// Which part.
        part: String,
        /// Where in the bytes.
        offset: u64,
    },
    /// Too much for 32-bit indices.
    #[error("the graph is too large: {what} exceed {most}")]
    TooLarge {
        /// What there is too much of.
        what: &'static str,
        /// The most there may be.
        most: u64,
    },
}

/// Marks the start of a frozen graph's bytes; also tells the order of bytes.
const MAGIC: [u8; 8] = *b"silkfrz\x01";
/// The format's version: another one, too, where names are folded in another way, as stored graphs are searched by what they are
/// folded to.
const VERSION: u32 = 4;
const HEADER: usize = 64;
const ROW: usize = 64;

#[derive(Clone, Copy, Pod, Zeroable)]
#[repr(C)]
struct Header {
    magic: [u8; 8],
    version: u32,
    sections: u32,
    /// All bytes, header included.
    len: u64,
    /// Of the section table.
    table: [u8; 16],
    unused: [u8; 24],
}

#[derive(Clone, Copy, Pod, Zeroable)]
#[repr(C)]
struct TableRow {
    section: u32,
    /// Bytes an item.
    width: u32,
    offset: u64,
    len: u64,
    checksum: [u8; 16],
    /// Of the sums of its blocks, which follow the table: see `checks`.
    sum: u64,
    /// Rows, if they are packed.
    rows: u64,
    /// The widths of packed rows' columns: see `packed`.
    columns: [u8; COLUMNS],
}

impl TableRow {
    /// Bytes of the sums of its blocks.
    fn sums(&self) -> u64 {
        self.len.div_ceil(BLOCK as u64) * 8
    }
}

/// The first half of the blake3 hash.
pub(crate) fn checksum(bytes: &[u8]) -> [u8; 16] {
    let mut out = [0; 16];
    out.copy_from_slice(&blake3::hash(bytes).as_bytes()[..16]);
    out
}

/// Collects sections, then lays them out.
#[derive(Default)]
pub(crate) struct Writer {
    parts: Vec<Made>,
}

/// A section that is made.
struct Made {
    section: Section,
    width: u32,
    items: Box<dyn Items>,
    rows: u64,
    columns: [u8; COLUMNS],
}

/// An array of whatever items.
trait Items {
    fn bytes(&self) -> &[u8];
}

impl<T: Pod> Items for Vec<T> {
    fn bytes(&self) -> &[u8] {
        bytemuck::cast_slice(self)
    }
}

impl Writer {
    /// Adds a section.
    pub(crate) fn put<T: Pod>(&mut self, section: Section, items: Vec<T>) {
        let (width, items) = (size_of::<T>() as u32, Box::new(items));
        self.parts.push(Made { section, width, items, rows: 0, columns: [0; COLUMNS] });
    }

    /// Adds a section of packed rows; none where there are no rows.
    pub(crate) fn pack<const K: usize>(&mut self, section: Section, rows: impl Iterator<Item = [u32; K]> + Clone) {
        let (words, rows, columns) = pack(rows);
        if rows > 0 {
            self.parts.push(Made { section, width: 8, items: Box::new(words), rows, columns });
        }
    }

    /// The whole, aligned. Same sections, same bytes.
    pub(crate) fn finish(mut self) -> Bytes {
        self.parts.sort_by_key(|p| p.section);
        let all: Vec<&[u8]> = self.parts.iter().map(|p| p.items.bytes()).collect();
        let (sums, hashes) = sums_and_hashes(&all);
        let table = HEADER + ROW * self.parts.len();
        let mut at = (table + sums.iter().map(|s| s.len() * 8).sum::<usize>()).next_multiple_of(ALIGN);
        let mut rows = Vec::with_capacity(self.parts.len());
        for ((part, sums), checksum) in self.parts.iter().zip(&sums).zip(hashes) {
            let (len, sum) = (part.items.bytes().len(), quick_sum(bytemuck::cast_slice(sums)));
            let (section, offset) = (part.section as u32, at as u64);
            let Made { width, rows: count, columns, .. } = *part;
            rows.push(TableRow { section, width, offset, len: len as u64, checksum, sum, rows: count, columns });
            at = (at + len).next_multiple_of(ALIGN);
        }
        let sums = sums.concat();
        let (table, sums): (&[u8], &[u8]) = (bytemuck::cast_slice(&rows), bytemuck::cast_slice(&sums));
        let header = Header {
            magic: MAGIC,
            version: VERSION,
            sections: rows.len() as u32,
            len: at as u64,
            table: checksum(table),
            unused: [0; 24],
        };
        let mut words = vec![0_u64; at / 8];
        let out = bytemuck::cast_slice_mut::<u64, u8>(&mut words);
        out[..HEADER].copy_from_slice(bytemuck::bytes_of(&header));
        out[HEADER..HEADER + table.len()].copy_from_slice(table);
        out[HEADER + table.len()..][..sums.len()].copy_from_slice(sums);
        // Each part goes as it is copied: not all of the graph is there twice.
        for (row, part) in rows.iter().zip(self.parts) {
            out[row.offset as usize..][..row.len as usize].copy_from_slice(part.items.bytes());
        }
        Bytes { held: Held::Owned(Arc::new(words), at), checks: None }
    }
}

/// Of each section the sums of its blocks, and its checksum: the two on a thread each.
fn sums_and_hashes(all: &[&[u8]]) -> (Vec<Vec<u64>>, Vec<[u8; 16]>) {
    std::thread::scope(|scope| {
        let sums = scope.spawn(|| all.iter().map(|bytes| block_sums(bytes)).collect());
        let hashes = all.iter().map(|bytes| checksum(bytes)).collect();
        // A thread that sums up cannot fail; one that did would make a graph that is refused at the first look.
        (sums.join().unwrap_or_default(), hashes)
    })
}

/// The section table of a buffer, read and checked.
pub(crate) struct Table {
    rows: Vec<TableRow>,
    /// Where the graph starts in its file: faults tell places in the file.
    base: u64,
}

impl Table {
    /// Reads header and table; the sections' contents are not touched. O(sections).
    pub(crate) fn read(bytes: &Bytes, base: u64) -> Result<Self, LayoutError> {
        let all = bytes.as_slice();
        let found = all.len() as u64;
        let head = all.get(..HEADER).ok_or(LayoutError::Truncated { expected: HEADER as u64, found });
        if !all.starts_with(&MAGIC[..all.len().min(MAGIC.len())]) || all.is_empty() {
            return Err(LayoutError::Foreign);
        }
        let header: Header = bytemuck::pod_read_unaligned(head?);
        if header.version != VERSION {
            return Err(LayoutError::Newer { found: header.version, known: VERSION });
        }
        if header.len > found {
            return Err(LayoutError::Truncated { expected: header.len, found });
        }
        let damaged = |part: &str, offset: u64| LayoutError::Damaged { part: part.to_owned(), offset: offset + base };
        let table = (header.sections as usize)
            .checked_mul(ROW)
            .and_then(|len| all.get(HEADER..HEADER.checked_add(len)?))
            .filter(|table| checksum(table) == header.table)
            .ok_or_else(|| damaged("the section table", HEADER as u64))?;
        let rows: Vec<TableRow> = table.chunks_exact(ROW).map(bytemuck::pod_read_unaligned).collect();
        for row in &rows {
            let end = row.offset.checked_add(row.len).filter(|&end| end <= header.len);
            if end.is_none() || row.offset % 8 != 0 || row.width == 0 || row.len % u64::from(row.width) != 0 {
                return Err(damaged("the section table", HEADER as u64));
            }
        }
        let sums = rows.iter().try_fold((HEADER + table.len()) as u64, |at, row| at.checked_add(row.sums()));
        if sums.is_none_or(|end| end > header.len) {
            return Err(damaged("the section table", HEADER as u64));
        }
        Ok(Self { rows, base })
    }

    /// What is known of the sections before any is touched.
    fn checks(&self) -> Checks {
        let mut sums = HEADER + ROW * self.rows.len();
        let part = |row: &TableRow| {
            let part = Part::new(Self::name(row), [row.offset as usize, row.len as usize, sums], row.sum);
            sums += row.sums() as usize;
            part
        };
        Checks::new(self.base, self.rows.iter().map(part).collect())
    }

    /// The array of a section; empty where there is none.
    pub(crate) fn column<T: Pod>(&self, section: Section) -> Result<Column<T>, LayoutError> {
        let Some(number) = self.rows.iter().position(|r| r.section == section as u32) else { return Ok(Column::default()) };
        let row = &self.rows[number];
        if row.width as usize != size_of::<T>() {
            return Err(LayoutError::Damaged { part: format!("section {section:?}"), offset: row.offset + self.base });
        }
        let (start, end) = (row.offset as usize, (row.offset + row.len) as usize);
        Ok(Column { start, end, row: number as u16, kind: PhantomData })
    }

    /// The packed rows of a section; none where there is none.
    pub(crate) fn packed<const K: usize>(&self, section: Section) -> Result<Packed<K>, LayoutError> {
        let Some(number) = self.rows.iter().position(|r| r.section == section as u32) else { return Ok(Packed::default()) };
        let row = &self.rows[number];
        let rows = Packed::new([row.offset as usize, row.len as usize], number as u16, row.rows, row.columns);
        rows.ok_or_else(|| LayoutError::Damaged { part: format!("section {section:?}"), offset: row.offset + self.base })
    }

    /// Checks the contents of all sections. Reads every byte.
    pub(crate) fn verify(&self, bytes: &Bytes) -> Result<(), LayoutError> {
        for row in &self.rows {
            let range: Range<usize> = row.offset as usize..(row.offset + row.len) as usize;
            if bytes.as_slice().get(range).map(checksum) != Some(row.checksum) {
                return Err(LayoutError::Damaged { part: Self::name(row), offset: row.offset + self.base });
            }
        }
        Ok(())
    }

    fn name(row: &TableRow) -> String {
        let name = Section::ALL.iter().find(|s| **s as u32 == row.section);
        name.map_or_else(|| format!("section {}", row.section), |s| format!("section {s:?}"))
    }

    /// Bytes of each section, for reports.
    pub(crate) fn sizes(&self) -> impl Iterator<Item = (String, u64)> + '_ {
        self.rows.iter().map(|row| {
            let name = Section::ALL.iter().find(|s| **s as u32 == row.section);
            (name.map_or_else(|| row.section.to_string(), |s| format!("{s:?}")), row.len)
        })
    }
}

/// A partial date as a number that compares as the date does; 0 where there is none.
pub(crate) fn pack_date(date: Option<crate::model::PartialDate>) -> u32 {
    date.map_or(0, |d| {
        let year = d.year.map_or(0, |y| (i32::from(y) + 32_769) as u32);
        year << 9 | u32::from(d.month.unwrap_or(0)) << 5 | u32::from(d.day.unwrap_or(0))
    })
}

/// What [`pack_date`] made.
pub(crate) fn unpack_date(packed: u32) -> Option<crate::model::PartialDate> {
    if packed == 0 {
        return None;
    }
    let part = |n: u32| (n != 0).then_some(n as u8);
    let year = packed >> 9;
    Some(crate::model::PartialDate {
        year: (year != 0).then(|| (year as i32 - 32_769) as i16),
        month: part(packed >> 5 & 15),
        day: part(packed & 31),
    })
}

/// A hash of a name that never changes: FNV-1a over 64 bits.
pub(crate) fn name_hash(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}
