//! What a build has read so far, in a log beside the graph's file: it is written as documents are read, so that a build that
//! was interrupted or killed at any instant goes on from there.

use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashMap;
use silkgraph::graph::spool::{Entry, ReadAt, Record, Spool, log_frame, log_head, read_log};
use silkgraph::graph::store::StoredGraph;
use silkgraph::model::Extraction;
use silkgraph::pipeline::{Keeper, content_hash};

use super::failure::{Failure, Outcome};
use super::source;

/// Documents that are known from before, by id.
type Known = FxHashMap<String, Entry>;

/// The log of a build.
pub struct Begun<'o> {
    path: PathBuf,
    /// The graph as it was, with the documents that need not be read again.
    old: Option<(&'o StoredGraph, Known)>,
    /// What an earlier build has left.
    left: Known,
    log: Mutex<Log>,
}

/// What grows while documents are read.
struct Log {
    file: File,
    end: u64,
    spool: Spool,
    here: u16,
    /// The place of the graph as it was.
    there: u16,
}

/// A file whose records are read back.
struct Records(Mutex<File>);

impl ReadAt for Records {
    fn read_at(&self, start: u64, len: usize, out: &mut Vec<u8>) -> io::Result<()> {
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(start))?;
        let before = out.len();
        (&mut *file).take(len as u64).read_to_end(out)?;
        if out.len() - before == len { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }
}

impl<'o> Begun<'o> {
    /// Opens the log of a build of `target`, or begins one. What is in it that `recipe` did not make does not count.
    pub fn open(target: &Path, old: Option<&'o StoredGraph>, recipe: [u8; 16], fresh: bool) -> Outcome<Self> {
        let name = target.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let path = target.with_file_name(format!(".{name}.begun"));
        let (left, end) = if path.exists() && !fresh { read_log(&source::map(&path)?, recipe) } else { (Vec::new(), 0) };
        let failed = |e: io::Error| Failure::write(&path, e);
        let mut file = File::options().read(true).write(true).create(true).truncate(false).open(&path).map_err(failed)?;
        // A cut-off end goes; a log that is no good goes as a whole.
        file.set_len(end).and_then(|()| file.seek(SeekFrom::Start(end))).map_err(failed)?;
        if end == 0 {
            file.write_all(&log_head(recipe)).map_err(failed)?;
        }
        let end = file.stream_position().map_err(failed)?;
        let mut spool = Spool::default();
        let here = spool.place(Arc::new(Records(Mutex::new(File::open(&path).map_err(failed)?))));
        let known = old.map(|old| old.known(recipe)).transpose().map_err(source::unreadable)?;
        let there = old.map_or(0, |old| spool.place(Arc::new(old.bytes().clone())));
        Ok(Self {
            old: old.zip(known),
            left: left.into_iter().map(|entry| (entry.id.clone(), entry)).collect(),
            log: Mutex::new(Log { file, end, spool, here, there }),
            path,
        })
    }

    fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many documents are kept.
    pub fn len(&self) -> usize {
        self.log().spool.len()
    }

    /// What the documents say.
    pub fn spool(&self) -> Spool {
        std::mem::take(&mut self.log().spool)
    }

    /// Takes the log away: the graph is in its place.
    pub fn remove(self) {
        let _ = fs::remove_file(self.path);
    }
}

impl Keeper for Begun<'_> {
    fn reuse(&self, id: &str, bytes: &[u8]) -> bool {
        let hash = content_hash(bytes);
        let good = |known: &Known| known.get(id).filter(|e| e.hash == hash).cloned();
        if let Some(entry) = good(&self.left) {
            let mut log = self.log();
            let here = log.here;
            log.spool.keep_from(here, &entry);
            return true;
        }
        // What proves damaged is read again from the document.
        let Some((old, known)) = &self.old else { return false };
        let Some(entry) = good(known).filter(|e| old.is_sound(e)) else { return false };
        let mut log = self.log();
        let there = log.there;
        log.spool.keep_from(there, &entry);
        true
    }

    fn keep(&self, extraction: Extraction) -> io::Result<()> {
        let record = Record::of(&extraction);
        let mut log = self.log();
        let (frame, entry) = log_frame(&record, log.end);
        log.file.write_all(&frame)?;
        log.end += frame.len() as u64;
        let here = log.here;
        log.spool.keep_from(here, &entry);
        Ok(())
    }
}
