//! Documents on disk, on standard input and in the program: opened when their turn comes, and found again for `.source`.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use silkgraph::diagnostic::Diagnostic;
use silkgraph::graph::spool::Spool;
use silkgraph::model::{Document, Extraction};
use silkgraph::pipeline::{self, InMemory, Keeper, Progress};
use silkgraph::source;

use super::super::context::Context;
use super::super::failure::{Failure, Outcome};
use super::arguments::Place;

/// Warnings that are told one by one.
const WARNINGS: usize = 30;

/// Documents with their ids, ascending.
pub struct Documents(Vec<(String, Place)>);

/// How the reading ended, with warnings told.
pub struct Ended {
    /// How many documents had to be left out.
    pub left_out: usize,
    /// Whether it was interrupted before all were read.
    pub stopped: bool,
}

/// Leaves out claims below a confidence.
struct Confident {
    least: u16,
    keeper: InMemory,
}

impl Keeper for Confident {
    fn keep(&self, mut extraction: Extraction) -> io::Result<()> {
        extraction.claims.retain(|c| c.confidence >= self.least);
        self.keeper.keep(extraction)
    }
}

/// The documents' own texts, opened when asked for.
#[derive(Debug, Default, Clone)]
pub struct Texts(BTreeMap<String, Place>);

impl Documents {
    /// These documents.
    pub fn new(documents: Vec<(String, Place)>) -> Self {
        Self(documents)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Their ids, ascending.
    pub fn ids(&self) -> Vec<String> {
        self.0.iter().map(|(id, _)| id.clone()).collect()
    }

    /// How to find their texts again.
    pub fn texts(&self) -> Texts {
        Texts(self.0.iter().cloned().collect())
    }

    /// Reads them and extracts what they say with some confidence. All of it, or that it was interrupted.
    pub fn extract(self, context: &Context, progress: &Progress, least: u16) -> Outcome<(Spool, usize)> {
        let keeper = Confident { least, keeper: InMemory::default() };
        let ended = self.keep(context, progress, &keeper)?;
        if ended.stopped { Err(Failure::Interrupted) } else { Ok((keeper.keeper.into_spool(), ended.left_out)) }
    }

    /// Reads them and hands what they say to `keeper`.
    pub fn keep(self, context: &Context, progress: &Progress, keeper: &dyn Keeper) -> Outcome<Ended> {
        let extractor = context.extractor()?;
        let kept = Counted { keeper, count: AtomicUsize::new(0) };
        let count = self.0.len();
        let faults: Mutex<Vec<Diagnostic>> = Mutex::new(Vec::new());
        let documents = self.0.into_iter().filter_map(|(id, place)| match read(&place) {
            Ok(bytes) => Some((id, bytes)),
            Err(why) => {
                faults.lock().unwrap_or_else(PoisonError::into_inner).push(unreadable(&id, &why));
                // A keeper that fails here fails at the next document, too, and is heard there.
                let _ = keeper.leave_out(&id);
                None
            }
        });
        let read = pipeline::extract(documents, source::read, &extractor, context.jobs, progress, &kept);
        if let Some(fault) = read.fault {
            return Err(Failure::plain(Diagnostic::error("C017", format!("cannot keep what was read: {fault}"))));
        }
        let mut warnings = faults.into_inner().unwrap_or_else(PoisonError::into_inner);
        warnings.extend(read.diagnostics);
        warnings.sort_by(|a, b| a.origin.cmp(&b.origin));
        tell_all(&warnings, context);
        let left_out = count - kept.count.into_inner().min(count);
        Ok(Ended { left_out, stopped: read.stopped })
    }

    /// Hands each document to `work`, in order, without extracting. Returns how many had to be left out.
    pub fn each(self, context: &Context, mut work: impl FnMut(&Document) -> io::Result<()>) -> Outcome<usize> {
        let mut left_out = 0;
        for (id, place) in self.0 {
            let (document, warnings) = match read(&place) {
                Ok(bytes) => source::read(&id, &bytes),
                Err(why) => (None, vec![unreadable(&id, &why)]),
            };
            warnings.iter().for_each(|w| context.tell(w, None));
            match document {
                Some(document) => work(&document)?,
                None => left_out += 1,
            }
        }
        Ok(left_out)
    }
}

/// Counts what is kept.
struct Counted<'k> {
    keeper: &'k dyn Keeper,
    count: AtomicUsize,
}

impl Keeper for Counted<'_> {
    fn reuse(&self, id: &str, bytes: &[u8]) -> bool {
        let reused = self.keeper.reuse(id, bytes);
        self.count.fetch_add(reused.into(), Ordering::Relaxed);
        reused
    }

    fn keep(&self, extraction: Extraction) -> io::Result<()> {
        self.count.fetch_add(1, Ordering::Relaxed);
        self.keeper.keep(extraction)
    }

    fn leave_out(&self, id: &str) -> io::Result<()> {
        self.keeper.leave_out(id)
    }
}

impl Texts {
    /// The text of a document, if it is at hand.
    pub fn get(&self, id: &str) -> Option<Vec<u8>> {
        match self.0.get(id)? {
            // It was read once and is gone.
            Place::Stdin => None,
            place @ (Place::File(_) | Place::Builtin(_)) => read(place).ok(),
        }
    }
}

fn read(place: &Place) -> io::Result<Vec<u8>> {
    match place {
        Place::File(path) => fs::read(path),
        Place::Builtin(bytes) => Ok(bytes.to_vec()),
        Place::Stdin => {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes)?;
            Ok(bytes)
        }
    }
}

/// Tells warnings, of very many the first ones.
fn tell_all(warnings: &[Diagnostic], context: &Context) {
    warnings.iter().take(WARNINGS).for_each(|w| context.tell(w, None));
    if warnings.len() > WARNINGS {
        context.remark("note", &format!("and {} warnings more", warnings.len() - WARNINGS));
    }
}

fn unreadable(id: &str, why: &io::Error) -> Diagnostic {
    Diagnostic::warning("C016", format!("left out: cannot be read: {why}")).of(id)
}
