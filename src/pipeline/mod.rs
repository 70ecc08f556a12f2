//! From documents to a graph, on any number of threads, with one result.
//!
//! Knows the order of the stages and nothing of files: the caller hands over ids and bytes, and how a document
//! is read. A document that a stage fails on is reported and left out.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::diagnostic::Diagnostic;
use crate::extract::Extractor;
use crate::graph::spool::{Record, Spool};
use crate::graph::store::StoreError;
use crate::graph::{KnowledgeGraph, Watch};
use crate::merge::{Corrections, merge_spool};
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
    /// Documents that were known already.
    pub reused: AtomicU64,
    /// Set it to stop: documents that are begun are finished, the rest is left.
    pub stop: AtomicBool,
}

/// Takes what documents say as they are read, from all threads.
pub trait Keeper: Sync {
    /// Whether what the document with these bytes says is known, and kept: then it is not read.
    fn reuse(&self, _id: &str, _bytes: &[u8]) -> bool {
        false
    }

    /// Keeps what a document says.
    ///
    /// # Errors
    /// It cannot be kept: the reading stops.
    fn keep(&self, extraction: Extraction) -> io::Result<()>;

    /// Hears that there is nothing to keep of a document: it cannot be read, or extraction failed on it.
    ///
    /// # Errors
    /// As [`Keeper::keep`].
    fn leave_out(&self, _id: &str) -> io::Result<()> {
        Ok(())
    }
}

/// Keeps all of it in memory, as records.
#[derive(Debug, Default)]
pub struct InMemory(Mutex<Spool>);

impl InMemory {
    /// What was kept, in order.
    #[must_use]
    pub fn into_spool(self) -> Spool {
        let mut spool = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        spool.settle();
        spool
    }
}

impl Keeper for InMemory {
    fn keep(&self, extraction: Extraction) -> io::Result<()> {
        let record = Record::of(&extraction);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).keep(record);
        Ok(())
    }
}

/// How the reading of documents ended.
#[derive(Debug, Default)]
pub struct Read {
    /// What was left out or guessed, by ascending document.
    pub diagnostics: Vec<Diagnostic>,
    /// Why what documents say could not be kept.
    pub fault: Option<io::Error>,
    /// Whether it was stopped before all documents were read.
    pub stopped: bool,
}

/// The graph of some documents, and what they say by themselves.
#[derive(Debug)]
pub struct Build {
    /// What each document says.
    pub spool: Spool,
    /// What they say together.
    pub graph: KnowledgeGraph,
    /// What was left out or guessed, by ascending document.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads documents, extracts what they say, and merges it.
///
/// `documents` gives ids and bytes, in any order; it is asked from all threads, one at a time. The result does not
/// depend on `jobs` or on the order.
///
/// # Errors
/// What was kept cannot be read again: in memory that does not happen.
pub fn build<I, R>(
    documents: I,
    read: R,
    extractor: &Extractor<'_>,
    schema: &Schema,
    corrections: Option<&Corrections>,
    jobs: usize,
) -> Result<Build, StoreError>
where
    I: Iterator<Item = (String, Vec<u8>)> + Send,
    R: Fn(&str, &[u8]) -> Reading + Sync,
{
    let keeper = InMemory::default();
    let Read { diagnostics, .. } = extract(documents, read, extractor, jobs, &Progress::default(), &keeper);
    let spool = keeper.into_spool();
    let graph = merge_spool(&spool, schema, corrections, &Watch::default())?;
    Ok(Build { spool, graph, diagnostics })
}

/// Reads documents and extracts what they say, on `jobs` threads (at least one). At most one document a thread is in
/// memory at a time, besides what `keeper` keeps there.
pub fn extract<I, R>(
    documents: I,
    read: R,
    extractor: &Extractor<'_>,
    jobs: usize,
    progress: &Progress,
    keeper: &dyn Keeper,
) -> Read
where
    I: Iterator<Item = (String, Vec<u8>)> + Send,
    R: Fn(&str, &[u8]) -> Reading + Sync,
{
    let one = |id: &str, bytes: &[u8]| -> io::Result<Vec<Diagnostic>> {
        if keeper.reuse(id, bytes) {
            progress.reused.fetch_add(1, Ordering::Relaxed);
            return Ok(Vec::new());
        }
        let (document, diagnostics) = read(id, bytes);
        document.map_or_else(|| keeper.leave_out(id), |d| keeper.keep(extract_one(extractor, &d, bytes)))?;
        Ok(diagnostics)
    };
    let queue = Mutex::new(documents);
    let ended = Mutex::new(Read::default());
    let work = || {
        while !progress.stop.load(Ordering::Relaxed) {
            let Some((id, bytes)) = queue.lock().ok().and_then(|mut q| q.next()) else { break };
            // A fault in one document must not cost the others.
            let told = catch_unwind(AssertUnwindSafe(|| one(&id, &bytes)))
                .unwrap_or_else(|_| keeper.leave_out(&id).map(|()| vec![failed(&id)]));
            progress.documents.fetch_add(1, Ordering::Relaxed);
            progress.bytes.fetch_add(bytes.len() as u64, Ordering::Relaxed);
            match told {
                Ok(told) if told.is_empty() => {}
                Ok(told) => ended.lock().unwrap_or_else(PoisonError::into_inner).diagnostics.extend(told),
                Err(fault) => {
                    progress.stop.store(true, Ordering::Relaxed);
                    ended.lock().unwrap_or_else(PoisonError::into_inner).fault = Some(fault);
                }
            }
        }
    };
    if jobs <= 1 {
        work();
    } else {
        thread::scope(|scope| (0..jobs).for_each(|_| drop(scope.spawn(work))));
    }
    let mut ended = ended.into_inner().unwrap_or_else(PoisonError::into_inner);
    ended.stopped = progress.stop.load(Ordering::Relaxed);
    // Those of one document stay as they came.
    ended.diagnostics.sort_by(|a, b| a.origin.cmp(&b.origin));
    ended
}

/// Hash of a file's bytes, 32 hexadecimal digits: [`Document::hash`].
#[must_use]
pub fn content_hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..32].to_owned()
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
