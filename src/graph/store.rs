//! The stored graph, `.silk`: a frozen graph to be mapped, and what each document says, to build on.
//!
//! ```text
//! header (128 bytes) │ frozen graph, as `layout` has it │ index of documents │ what each document says, as `record` has it
//! ```
//!
//! Opening reads the header and the graph's section table, at any size. Everything is checksummed, and compared when
//! it is first touched: the graph block by block, the index of documents as a whole, each document by itself. The caller
//! writes to a temporary file beside the place, syncs and renames it, so that no torn file is ever in place.

use std::io::{self, Write};
use std::sync::{Arc, OnceLock};

use bytemuck::{Pod, Zeroable};
use rustc_hash::FxHashMap;

use super::layout::{LayoutError, SharedBytes, checksum};
use super::record::{RecordError, SharedTexts};
use super::spool::{Entry, Spool, damaged, hash_bytes, hash_text, read};
use super::{FrozenGraph, LayoutError as Fault};
use crate::model::Extraction;

const MAGIC: [u8; 8] = *b"silk\r\n\x1a\x01";
/// Goes up with that of `layout`, so that a file of another is refused at its first bytes.
const VERSION: u32 = 4;
const HEADER: usize = size_of::<Header>();

#[derive(Clone, Copy, Pod, Zeroable)]
#[repr(C)]
struct Header {
    magic: [u8; 8],
    version: u32,
    documents: u32,
    /// Of the whole file.
    len: u64,
    graph: u64,
    graph_len: u64,
    index: u64,
    index_len: u64,
    heap: u64,
    /// Of the index.
    index_sum: [u8; 16],
    /// Which extraction made the documents' claims: they are good for that one only.
    recipe: [u8; 16],
    unused: [u64; 2],
    /// Of the header up to here.
    sum: [u8; 16],
}

#[derive(Clone, Copy, Pod, Zeroable)]
#[repr(C)]
struct IndexRow {
    /// In the heap: the id, then the claims.
    start: u64,
    id_len: u32,
    unused: u32,
    len: u64,
    /// Of the document's bytes, as extraction gave it.
    hash: [u8; 16],
    /// Of id and claims.
    sum: [u8; 16],
}

/// A stored graph that cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Not a whole, sound file of a known format.
    #[error(transparent)]
    Layout(#[from] LayoutError),
    /// What a document says cannot be read, although its checksum holds.
    #[error("what the document “{document}” says cannot be read: {fault}")]
    Record {
        /// The document.
        document: String,
        /// Where in it.
        fault: RecordError,
    },
    /// Who waited for it has stopped it.
    #[error("interrupted")]
    Stopped,
    /// Writing failed.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Names what makes an extraction good for another build: the program's version, the schema and the patterns.
#[must_use]
pub fn recipe(schema_hash: &str) -> [u8; 16] {
    checksum(format!("silkgraph {} records {VERSION} {schema_hash}", env!("CARGO_PKG_VERSION")).as_bytes())
}

/// Writes a stored graph: the graph, and what each document says (none for graphs made elsewhere). Same content, same bytes.
///
/// # Errors
/// What `out` fails with.
pub fn write<'e, W: Write>(
    graph: &FrozenGraph,
    extractions: impl IntoIterator<Item = &'e Extraction>,
    recipe: [u8; 16],
    out: W,
) -> Result<(), StoreError> {
    write_spool(graph, &extractions.into_iter().collect(), recipe, out)
}

/// As [`write()`], of records that are copied one by one. The spool is to be settled.
///
/// # Errors
/// What `out` fails with, and records that cannot be read.
pub fn write_spool<W: Write>(graph: &FrozenGraph, spool: &Spool, recipe: [u8; 16], mut out: W) -> Result<(), StoreError> {
    let mut start = 0;
    let rows: Vec<IndexRow> = spool
        .rows()
        .iter()
        .map(|row| {
            let (id_len, hash) = (row.id.len() as u32, hash_bytes(&row.hash));
            start += row.len;
            IndexRow { start: start - row.len, id_len, unused: 0, len: row.len, hash, sum: row.sum }
        })
        .collect();
    let bytes = graph.as_bytes();
    let table: &[u8] = bytemuck::cast_slice(&rows);
    let index = HEADER + bytes.len();
    let mut header = Header {
        magic: MAGIC,
        version: VERSION,
        documents: rows.len() as u32,
        len: (index + table.len()) as u64 + start,
        graph: HEADER as u64,
        graph_len: bytes.len() as u64,
        index: index as u64,
        index_len: table.len() as u64,
        heap: (index + table.len()) as u64,
        index_sum: checksum(table),
        recipe,
        unused: [0; 2],
        sum: [0; 16],
    };
    header.sum = header_sum(&header);
    out.write_all(bytemuck::bytes_of(&header))?;
    out.write_all(bytes)?;
    out.write_all(table)?;
    let mut record = Vec::new();
    for row in spool.rows() {
        spool.bytes(row, &mut record)?;
        out.write_all(&record)?;
    }
    out.flush()?;
    Ok(())
}

fn header_sum(header: &Header) -> [u8; 16] {
    checksum(&bytemuck::bytes_of(header)[..HEADER - 16])
}

/// A stored graph, opened.
#[derive(Clone)]
pub struct StoredGraph {
    bytes: SharedBytes,
    header: Header,
    graph: FrozenGraph,
    /// Whether the index of documents is as it was written, once somebody has asked.
    index: OnceLock<bool>,
}

impl StoredGraph {
    /// Whether bytes start as a stored graph does.
    #[must_use]
    pub fn is_one(start: &[u8]) -> bool {
        start.starts_with(&MAGIC)
    }

    /// Opens a stored graph: checks the header and the section table. The bytes (a mapped file, as a rule) are used where
    /// they lie, and the rest is checked when it is touched: [`FrozenGraph::fault`] tells of damage that was met then.
    ///
    /// # Errors
    /// A file that is foreign, newer, cut off or damaged: which part, and where.
    pub fn open(bytes: SharedBytes) -> Result<Self, StoreError> {
        let all = (*bytes).as_ref();
        let found = all.len() as u64;
        if !all.starts_with(&MAGIC[..all.len().min(MAGIC.len())]) || all.is_empty() {
            return Err(Fault::Foreign.into());
        }
        let head = all.get(..HEADER).ok_or(Fault::Truncated { expected: HEADER as u64, found })?;
        let header: Header = bytemuck::pod_read_unaligned(head);
        if header.version != VERSION {
            return Err(Fault::Newer { found: header.version, known: VERSION }.into());
        }
        if header.sum != header_sum(&header) {
            return Err(Fault::Damaged { part: "the header".to_owned(), offset: 0 }.into());
        }
        if header.len != found {
            return Err(Fault::Truncated { expected: header.len, found }.into());
        }
        let graph = FrozenGraph::open(bytes.clone(), header.graph as usize).map_err(|fault| within(fault, header.graph))?;
        let index = header.index.checked_add(header.index_len);
        let rows = u64::from(header.documents) * size_of::<IndexRow>() as u64;
        if index.is_none_or(|end| end > header.heap || end > found) || header.index_len != rows {
            return Err(Fault::Damaged { part: "the header".to_owned(), offset: 0 }.into());
        }
        Ok(Self { bytes, header, graph, index: OnceLock::new() })
    }

    /// Checks what [`StoredGraph::open`] left unread, but for what documents say: the graph by its quick sums, and the
    /// index of documents.
    ///
    /// # Errors
    /// The first damaged part, and where.
    pub fn check(&self) -> Result<(), StoreError> {
        self.graph.check()?;
        self.check_index()
    }

    /// Compares the index of documents with its checksum, once.
    ///
    /// # Errors
    /// That it is damaged, and where.
    fn check_index(&self) -> Result<(), StoreError> {
        let sound = || checksum(self.part(self.header.index, self.header.index_len)) == self.header.index_sum;
        if *self.index.get_or_init(sound) {
            return Ok(());
        }
        Err(Fault::Damaged { part: "the index of documents".to_owned(), offset: self.header.index }.into())
    }

    /// The graph, in the file's own bytes.
    #[must_use]
    pub fn graph(&self) -> &FrozenGraph {
        &self.graph
    }

    /// See [`recipe`]: claims made by another are not to be built on.
    #[must_use]
    pub fn recipe(&self) -> [u8; 16] {
        self.header.recipe
    }

    /// How many documents' claims are stored; 0 for a graph made elsewhere.
    #[must_use]
    pub fn document_count(&self) -> usize {
        self.header.documents as usize
    }

    /// Each document's id, the hash of its bytes, and where its record lies, by ascending id.
    ///
    /// # Errors
    /// An index of documents that is damaged, and where.
    pub fn documents(&self) -> Result<impl Iterator<Item = Entry>, StoreError> {
        self.check_index()?;
        Ok(self.rows().map(|row| {
            let start = self.header.heap.saturating_add(row.start);
            let id = std::str::from_utf8(self.part(start, row.id_len.into())).unwrap_or_default().to_owned();
            Entry { id, hash: hash_text(row.hash), start, len: row.len, sum: row.sum }
        }))
    }

    /// The file's own bytes, in which records lie.
    #[must_use]
    pub fn bytes(&self) -> &SharedBytes {
        &self.bytes
    }

    /// Whether the record at `entry` is as it was written.
    #[must_use]
    pub fn is_sound(&self, entry: &Entry) -> bool {
        checksum(self.part(entry.start, entry.len)) == entry.sum
    }

    /// What a document says, by its place among [`StoredGraph::documents`].
    ///
    /// # Errors
    /// A damaged part, and where.
    pub fn extraction(&self, place: usize) -> Result<Option<Extraction>, StoreError> {
        self.documents()?.nth(place).map(|entry| self.read(&entry, &mut SharedTexts::default())).transpose()
    }

    /// Whether what documents say is as it was written: compares checksums, and takes nothing apart.
    ///
    /// # Errors
    /// The first damaged part, and where.
    pub fn check_documents(&self) -> Result<(), StoreError> {
        let broken = self.documents()?.find(|entry| !self.is_sound(entry));
        broken.map_or(Ok(()), |entry| Err(damaged(&entry.id, entry.start)))
    }

    fn read(&self, entry: &Entry, shared: &mut SharedTexts) -> Result<Extraction, StoreError> {
        if !self.is_sound(entry) {
            return Err(damaged(&entry.id, entry.start));
        }
        read(&entry.id, self.part(entry.start, entry.len), shared)
    }

    /// What all documents say, left where it lies.
    ///
    /// # Errors
    /// An index of documents that is damaged, and where.
    pub fn spool(&self) -> Result<Spool, StoreError> {
        let mut spool = Spool::default();
        let place = spool.place(Arc::new(self.bytes.clone()));
        self.documents()?.for_each(|entry| spool.keep_from(place, &entry));
        Ok(spool)
    }

    /// What all documents say, by ascending id.
    ///
    /// # Errors
    /// The first damaged part, and where.
    pub fn extractions(&self) -> Result<Vec<Extraction>, StoreError> {
        let mut shared = SharedTexts::default();
        self.documents()?.map(|entry| self.read(&entry, &mut shared)).collect()
    }

    /// The documents that a build needs not read again, by id: those made by the same recipe.
    ///
    /// # Errors
    /// An index of documents that is damaged, and where.
    pub fn known(&self, recipe: [u8; 16]) -> Result<FxHashMap<String, Entry>, StoreError> {
        if self.header.recipe != recipe {
            return Ok(FxHashMap::default());
        }
        Ok(self.documents()?.map(|entry| (entry.id.clone(), entry)).collect())
    }

    /// Checks every byte against the checksums.
    ///
    /// # Errors
    /// The first damaged part, and where.
    pub fn verify(&self) -> Result<(), StoreError> {
        self.graph.verify().map_err(|fault| within(fault, self.header.graph))?;
        let mut shared = SharedTexts::default();
        self.documents()?.try_for_each(|entry| self.read(&entry, &mut shared).map(drop))
    }

    fn part(&self, start: u64, len: u64) -> &[u8] {
        let end = start.saturating_add(len);
        (*self.bytes).as_ref().get(start as usize..end as usize).unwrap_or_default()
    }

    fn rows(&self) -> impl Iterator<Item = IndexRow> {
        self.part(self.header.index, self.header.index_len).chunks_exact(size_of::<IndexRow>()).map(bytemuck::pod_read_unaligned)
    }
}

/// A fault of the graph within a sound header: what looks foreign there is damage.
fn within(fault: Fault, graph: u64) -> Fault {
    match fault {
        Fault::Foreign => Fault::Damaged { part: "the graph".to_owned(), offset: graph },
        other @ (Fault::Damaged { .. } | Fault::Newer { .. } | Fault::Truncated { .. } | Fault::TooLarge { .. }) => other,
    }
}

/// Takes bytes that the caller owns.
#[must_use]
pub fn shared(bytes: Vec<u8>) -> SharedBytes {
    Arc::new(bytes)
}
