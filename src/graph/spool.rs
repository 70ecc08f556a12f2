//! What documents say, kept as records one after another: in memory, in a stored graph, or in the log of a build in
//! progress. However many there are, one is taken apart at a time.
//!
//! A log is a head, then frames: a row that tells length, checksum and id and has a checksum of its own, and the record. What is cut off at its end or
//! damaged does not count, so that a build that was killed at any instant goes on from what it had written.

use std::io;
use std::sync::Arc;

use bytemuck::{Pod, Zeroable};

use super::layout::{LayoutError, SharedBytes, checksum};
use super::record::{self, SharedTexts};
use super::store::StoreError;
use crate::model::Extraction;

/// Where records lie: a file, or bytes.
pub trait ReadAt: Send + Sync {
    /// Appends `len` bytes from `start` on to `out`.
    ///
    /// # Errors
    /// They cannot be read.
    fn read_at(&self, start: u64, len: usize, out: &mut Vec<u8>) -> io::Result<()>;
}

impl ReadAt for SharedBytes {
    fn read_at(&self, start: u64, len: usize, out: &mut Vec<u8>) -> io::Result<()> {
        let part = slice(self, start, len as u64).ok_or(io::ErrorKind::UnexpectedEof)?;
        out.extend_from_slice(part);
        Ok(())
    }
}

fn slice(bytes: &SharedBytes, start: u64, len: u64) -> Option<&[u8]> {
    (**bytes).as_ref().get(usize::try_from(start).ok()?..usize::try_from(start.checked_add(len)?).ok()?)
}

/// What one document says, written down: its id, then what `record` makes of it.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// The document.
    pub id: String,
    /// Of its bytes, as extraction gave it.
    pub hash: String,
    bytes: Vec<u8>,
    sum: [u8; 16],
}

impl Record {
    /// Writes down what a document says.
    #[must_use]
    pub fn of(extraction: &Extraction) -> Self {
        let document = &extraction.document;
        let mut bytes = document.id.clone().into_bytes();
        record::write(extraction, &mut bytes);
        Self { id: document.id.clone(), hash: document.hash.clone(), sum: checksum(&bytes), bytes }
    }

    /// How many bytes it takes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether it takes none: then it is of no document.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }
}

/// A record and where it lies.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) hash: String,
    /// Which of the places: 0 is memory.
    place: u16,
    start: u64,
    pub(super) len: u64,
    pub(super) sum: [u8; 16],
}

/// What documents say, one at a time and as often as it is asked for.
#[derive(Default)]
pub struct Spool {
    rows: Vec<Row>,
    memory: Vec<u8>,
    places: Vec<Arc<dyn ReadAt>>,
    ahead: bool,
}

impl Spool {
    /// Whether a merge has records taken apart on a thread of its own, some documents ahead: that is a fifth of what it does.
    pub fn read_ahead(&mut self, yes: bool) {
        self.ahead = yes;
    }

    pub(crate) fn reads_ahead(&self) -> bool {
        self.ahead
    }

    /// Keeps a record in memory.
    pub fn keep(&mut self, record: Record) {
        let start = self.memory.len() as u64;
        self.memory.extend_from_slice(&record.bytes);
        let Record { id, hash, bytes, sum } = record;
        self.rows.push(Row { id, hash, place: 0, start, len: bytes.len() as u64, sum });
    }

    /// Adds a place where records lie; [`Spool::keep_from`] takes its number.
    pub fn place(&mut self, place: Arc<dyn ReadAt>) -> u16 {
        self.places.push(place);
        self.places.len() as u16
    }

    /// Leaves a record where it lies.
    pub fn keep_from(&mut self, place: u16, entry: &Entry) {
        let Entry { id, hash, start, len, sum } = entry.clone();
        self.rows.push(Row { id, hash, place, start, len, sum });
    }

    /// Takes over all that another has.
    pub fn extend(&mut self, other: Self) {
        let (shift, start) = (self.places.len() as u16, self.memory.len() as u64);
        self.places.extend(other.places);
        self.memory.extend(other.memory);
        self.rows.extend(other.rows.into_iter().map(|row| match row.place {
            0 => Row { start: row.start + start, ..row },
            place => Row { place: place + shift, ..row },
        }));
    }

    /// Brings documents into order; of two accounts of one the one with the greater hash stays.
    pub fn settle(&mut self) {
        self.rows.sort_by(|a, b| (&a.id, &b.hash).cmp(&(&b.id, &a.hash)));
        self.rows.dedup_by(|later, first| later.id == first.id);
    }

    /// How many documents.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The documents' ids.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().map(|r| r.id.as_str())
    }

    pub(super) fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The bytes of a record, into `out` instead of what is there.
    pub(super) fn bytes(&self, row: &Row, out: &mut Vec<u8>) -> Result<(), StoreError> {
        out.clear();
        let missing = || io::Error::from(io::ErrorKind::UnexpectedEof);
        let Some(place) = row.place.checked_sub(1) else {
            let own = self.memory.get(row.start as usize..(row.start + row.len) as usize).ok_or_else(missing)?;
            out.extend_from_slice(own);
            return Ok(());
        };
        let place = self.places.get(usize::from(place)).ok_or_else(missing)?;
        place.read_at(row.start, row.len as usize, out)?;
        if checksum(out) == row.sum { Ok(()) } else { Err(damaged(&row.id, row.start)) }
    }

    /// What the document at `index` says.
    ///
    /// # Errors
    /// Its record cannot be read.
    pub fn extraction(&self, index: usize, shared: &mut SharedTexts) -> Result<Option<Extraction>, StoreError> {
        let Some(row) = self.rows.get(index) else { return Ok(None) };
        let mut bytes = Vec::new();
        self.bytes(row, &mut bytes)?;
        read(&row.id, &bytes, shared).map(Some)
    }

    /// What each document says, one after the other.
    pub fn extractions(&self) -> impl Iterator<Item = Result<Extraction, StoreError>> {
        let mut shared = SharedTexts::default();
        (0..self.len()).filter_map(move |index| self.extraction(index, &mut shared).transpose())
    }
}

impl<'e> FromIterator<&'e Extraction> for Spool {
    fn from_iter<I: IntoIterator<Item = &'e Extraction>>(extractions: I) -> Self {
        let mut spool = Self::default();
        extractions.into_iter().for_each(|e| spool.keep(Record::of(e)));
        spool.settle();
        spool
    }
}

impl std::fmt::Debug for Spool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Spool").field("documents", &self.rows.len()).field("memory", &self.memory.len()).finish_non_exhaustive()
    }
}

/// Takes a record of the document `id` apart.
pub(super) fn read(id: &str, bytes: &[u8], shared: &mut SharedTexts) -> Result<Extraction, StoreError> {
    let rest = bytes.get(id.len()..).unwrap_or_default();
    record::read(rest, shared).map_err(|fault| StoreError::Record { document: id.to_owned(), fault })
}

// ----------------------------------------------------------------------- log

const MAGIC: [u8; 16] = *b"silklog\r\n\x1a\x02\0\0\0\0\0";

/// Where a record lies in a log or a stored graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The document.
    pub id: String,
    /// Of its bytes, 32 hexadecimal digits.
    pub hash: String,
    /// The first byte of the record.
    pub start: u64,
    /// Its bytes.
    pub len: u64,
    /// Their checksum.
    pub sum: [u8; 16],
}

#[derive(Clone, Copy, Pod, Zeroable)]
#[repr(C)]
struct Frame {
    len: u64,
    id_len: u32,
    /// Of the frame itself with zero here: damage to a length or a hash is seen as well as damage to the record.
    own_sum: u32,
    hash: [u8; 16],
    sum: [u8; 16],
}

impl Frame {
    fn sealed(self) -> Self {
        let bare = Self { own_sum: 0, ..self };
        let [a, b, c, d, ..] = checksum(bytemuck::bytes_of(&bare));
        Self { own_sum: u32::from_le_bytes([a, b, c, d]), ..bare }
    }
}

/// How a log starts whose records were made by `recipe`.
#[must_use]
pub fn log_head(recipe: [u8; 16]) -> [u8; 32] {
    let mut head = [0; 32];
    head[..16].copy_from_slice(&MAGIC);
    head[16..].copy_from_slice(&recipe);
    head
}

/// A record as a log holds it, and where it lies if it is written at `at`.
#[must_use]
pub fn log_frame(record: &Record, at: u64) -> (Vec<u8>, Entry) {
    let (len, id_len) = (record.bytes.len() as u64, record.id.len() as u32);
    let frame = Frame { len, id_len, own_sum: 0, hash: hash_bytes(&record.hash), sum: record.sum }.sealed();
    let mut out = bytemuck::bytes_of(&frame).to_vec();
    out.extend_from_slice(&record.bytes);
    let start = at + size_of::<Frame>() as u64;
    (out, Entry { id: record.id.clone(), hash: record.hash.clone(), start, len, sum: record.sum })
}

/// What a log holds that was made by `recipe`, and how many of its bytes are good; nothing if it was made by another.
#[must_use]
pub fn read_log(bytes: &SharedBytes, recipe: [u8; 16]) -> (Vec<Entry>, u64) {
    let mut entries = Vec::new();
    if slice(bytes, 0, 32) != Some(&log_head(recipe)) {
        return (entries, 0);
    }
    let mut at = 32;
    while let Some(entry) = next_entry(bytes, at) {
        at = entry.start + entry.len;
        entries.push(entry);
    }
    (entries, at)
}

fn next_entry(bytes: &SharedBytes, at: u64) -> Option<Entry> {
    let frame: Frame = bytemuck::pod_read_unaligned(slice(bytes, at, size_of::<Frame>() as u64)?);
    if frame.sealed().own_sum != frame.own_sum {
        return None;
    }
    let start = at + size_of::<Frame>() as u64;
    let record = slice(bytes, start, frame.len)?;
    let id = record.get(..frame.id_len as usize).and_then(|id| std::str::from_utf8(id).ok())?.to_owned();
    let entry = Entry { id, hash: hash_text(frame.hash), start, len: frame.len, sum: frame.sum };
    (checksum(record) == frame.sum).then_some(entry)
}

/// A document's hash, 32 hexadecimal digits, as bytes; zeroes for any other text.
pub(super) fn hash_bytes(hex: &str) -> [u8; 16] {
    let mut out = [0; 16];
    for (byte, pair) in out.iter_mut().zip(hex.as_bytes().chunks_exact(2)) {
        *byte = std::str::from_utf8(pair).ok().and_then(|p| u8::from_str_radix(p, 16).ok()).unwrap_or(0);
    }
    out
}

/// What [`hash_bytes`] made.
pub(super) fn hash_text(bytes: [u8; 16]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(32), |mut text, b| {
        let _ = write!(text, "{b:02x}");
        text
    })
}

/// A damaged part of a stored graph.
pub(super) fn damaged(document: &str, offset: u64) -> StoreError {
    LayoutError::Damaged { part: format!("what the document “{document}” says"), offset }.into()
}
