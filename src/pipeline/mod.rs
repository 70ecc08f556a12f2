//! From documents to a graph, on any number of threads, with one result.
//!
//! Knows the order of the stages and nothing of files: the caller hands over ids and bytes, and how a document
//! is read. A document that a stage fails on is reported and left out.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;

use crate::diagnostic::Diagnostic;
use crate::extract::Extractor;
use crate::graph::KnowledgeGraph;
use crate::graph::store::{StoredGraph, recipe};
use crate::merge::{Corrections, merge};
use crate::model::{Document, Extraction};
use crate::schema::Schema;

mod sketch;

pub use sketch::sketch;

pub use crate::source::Reading;

/// What a build has done so far; others may look while it runs, and stop it.
#[derive(Debug, Default)]
pub struct Progress {
    /// Documents read.
    pub documents: AtomicU64,
    /// Bytes read.
    pub bytes: AtomicU64,
    /// Documents that a stored graph knew already.
    pub reused: AtomicU64,
    /// Set it to stop: documents that are begun are finished, the rest is left.
    pub stop: AtomicBool,
}

/// What documents say, before merging.
#[derive(Debug, Default)]
pub struct Extracted {
    /// One a document, by ascending id.
    pub extractions: Vec<Extraction>,
    /// What was left out or guessed, by ascending document.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether it was stopped before all documents were read.
    pub stopped: bool,
}

/// What documents say, and the graph of it.
#[derive(Debug)]
pub struct Build {
    /// One a document, by ascending id.
    pub extractions: Vec<Extraction>,
    /// What they say together.
    pub graph: KnowledgeGraph,
    /// What was left out or guessed, by ascending document.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads documents, extracts what they say, and merges it.
///
/// `documents` gives ids and bytes, in any order; it is asked from all threads, one at a time. The result does not
/// depend on `jobs` or on the order.
pub fn build<I, R>(
    documents: I,
    read: R,
    extractor: &Extractor<'_>,
    schema: &Schema,
    corrections: Option<&Corrections>,
    jobs: usize,
) -> Build
where
    I: Iterator<Item = (String, Vec<u8>)> + Send,
    R: Fn(&str, &[u8]) -> Reading + Sync,
{
    let Extracted { extractions, diagnostics, .. } = extract(documents, read, extractor, jobs, &Progress::default());
    let graph = merge(&extractions, schema, corrections);
    Build { extractions, graph, diagnostics }
}

/// Reads documents and extracts what they say, on `jobs` threads (at least one). At most one document a thread is in
/// memory at a time, besides what was extracted.
pub fn extract<I, R>(documents: I, read: R, extractor: &Extractor<'_>, jobs: usize, progress: &Progress) -> Extracted
where
    I: Iterator<Item = (String, Vec<u8>)> + Send,
    R: Fn(&str, &[u8]) -> Reading + Sync,
{
    run(documents, read, |_, _| None, extractor, jobs, progress)
}

/// A document that was read: its id, what it says, what was amiss.
type Done = (String, Option<Extraction>, Vec<Diagnostic>);

fn run<I, R, K>(documents: I, read: R, reuse: K, extractor: &Extractor<'_>, jobs: usize, progress: &Progress) -> Extracted
where
    I: Iterator<Item = (String, Vec<u8>)> + Send,
    R: Fn(&str, &[u8]) -> Reading + Sync,
    K: Fn(&str, &[u8]) -> Option<Extraction> + Sync,
{
    let one = |id: &str, bytes: &[u8]| -> (Option<Extraction>, Vec<Diagnostic>) {
        if let Some(known) = reuse(id, bytes) {
            progress.reused.fetch_add(1, Ordering::Relaxed);
            return (Some(known), Vec::new());
        }
        let (document, diagnostics) = read(id, bytes);
        (document.map(|d| extract_one(extractor, &d, bytes)), diagnostics)
    };
    let queue = Mutex::new(documents);
    let done: Mutex<Vec<Done>> = Mutex::new(Vec::new());
    let work = || {
        let mut mine = Vec::new();
        while !progress.stop.load(Ordering::Relaxed) {
            let Some((id, bytes)) = queue.lock().ok().and_then(|mut q| q.next()) else { break };
            // A fault in one document must not cost the others.
            let (extraction, diagnostics) =
                catch_unwind(AssertUnwindSafe(|| one(&id, &bytes))).unwrap_or_else(|_| (None, vec![failed(&id)]));
            progress.documents.fetch_add(1, Ordering::Relaxed);
            progress.bytes.fetch_add(bytes.len() as u64, Ordering::Relaxed);
            mine.push((id, extraction, diagnostics));
        }
        if let Ok(mut done) = done.lock() {
            done.append(&mut mine);
        }
    };
    if jobs <= 1 {
        work();
    } else {
        thread::scope(|scope| (0..jobs).for_each(|_| drop(scope.spawn(work))));
    }
    let mut all = done.into_inner().unwrap_or_default();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    let mut extracted = Extracted { stopped: progress.stop.load(Ordering::Relaxed), ..Extracted::default() };
    for (_, extraction, diagnostics) in all {
        extracted.extractions.extend(extraction);
        extracted.diagnostics.extend(diagnostics);
    }
    extracted
}

/// Hash of a file's bytes, 32 hexadecimal digits: [`Document::hash`].
#[must_use]
pub fn content_hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..32].to_owned()
}

/// As [`extract`], but documents that a stored graph knows with the same bytes are not read again. What the stored graph
/// has besides is not in the result: withdrawn documents are gone. The result is that of reading everything.
pub fn update<I, R>(
    stored: &StoredGraph,
    documents: I,
    read: R,
    extractor: &Extractor<'_>,
    schema: &Schema,
    jobs: usize,
    progress: &Progress,
) -> Extracted
where
    I: Iterator<Item = (String, Vec<u8>)> + Send,
    R: Fn(&str, &[u8]) -> Reading + Sync,
{
    let known = stored.known(recipe(&schema.hash));
    // A stored part that proves damaged is read again from the document.
    let reuse = |id: &str, bytes: &[u8]| {
        let place = known.get(&(id, content_hash(bytes)))?;
        stored.extraction(*place).ok().flatten()
    };
    run(documents, read, reuse, extractor, jobs, progress)
}

/// What a document says, with the sketches that tell retellings.
fn extract_one(extractor: &Extractor<'_>, document: &Document, bytes: &[u8]) -> Extraction {
    let mut extraction = extractor.extract(document, bytes);
    for info in &mut extraction.document.articles {
        if let Some(article) = document.articles.iter().find(|a| a.number == info.number) {
            info.sketch = sketch(article);
        }
    }
    extraction
}

fn failed(id: &str) -> Diagnostic {
    Diagnostic::warning("P001", "the document was left out: extraction failed on it")
        .of(id)
        .hint("this is a fault of silkgraph: please report it with the document")
}
