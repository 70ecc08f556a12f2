//! What documents say, written as lines while they are read: in the documents' order, whichever thread is done first.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

use silkgraph::graph::claims;
use silkgraph::model::Extraction;
use silkgraph::pipeline::Keeper;

/// Writes what a document says as soon as all documents before it are written or left out. What waits for that is in memory: as many
/// documents as the other threads get through while one of them reads a long one.
pub struct Lines {
    /// Of all documents, ascending.
    ids: Vec<String>,
    /// Claims below this confidence are left out.
    least: u16,
    queue: Mutex<Queue>,
}

struct Queue {
    out: Box<dyn Write + Send>,
    /// The place of the document that is written next.
    next: usize,
    /// Lines of documents by their place, until those before them are written.
    waiting: BTreeMap<usize, Vec<u8>>,
    /// Why nothing can be written any more.
    fault: Option<io::Error>,
}

impl Lines {
    /// Will write claims of at least a confidence of the documents with these ids, which ascend.
    pub fn new(ids: Vec<String>, least: u16, out: Box<dyn Write + Send>) -> Self {
        Self { ids, least, queue: Mutex::new(Queue { out, next: 0, waiting: BTreeMap::new(), fault: None }) }
    }

    /// Writes what is left.
    ///
    /// # Errors
    /// The first that `out` failed with.
    pub fn finish(self) -> io::Result<()> {
        let mut queue = self.queue.into_inner().unwrap_or_else(PoisonError::into_inner);
        queue.fault.map_or_else(|| queue.out.flush(), Err)
    }

    fn done(&self, id: &str, lines: Vec<u8>) -> io::Result<()> {
        let Ok(place) = self.ids.binary_search_by(|other| other.as_str().cmp(id)) else { return Ok(()) };
        self.queue.lock().unwrap_or_else(PoisonError::into_inner).done(place, lines)
    }
}

impl Queue {
    fn done(&mut self, place: usize, lines: Vec<u8>) -> io::Result<()> {
        self.waiting.insert(place, lines);
        while let Some(lines) = self.waiting.remove(&self.next) {
            if let Err(why) = self.out.write_all(&lines) {
                // The caller is told that it failed; why, `finish` tells.
                let kind = why.kind();
                self.fault.get_or_insert(why);
                return Err(kind.into());
            }
            self.next += 1;
        }
        Ok(())
    }
}

impl Keeper for Lines {
    fn keep(&self, mut extraction: Extraction) -> io::Result<()> {
        extraction.claims.retain(|c| c.confidence >= self.least);
        let mut lines = Vec::with_capacity(LINES);
        claims::write(&extraction, &mut lines)?;
        self.done(&extraction.document.id, lines)
    }

    fn leave_out(&self, id: &str) -> io::Result<()> {
        self.done(id, Vec::new())
    }
}

/// Bytes of what a document of the news says, as lines.
const LINES: usize = 64 * 1024;

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use silkgraph::model::DocumentInfo;

    use super::*;

    #[derive(Clone, Default)]
    struct Shared(Arc<Mutex<Vec<u8>>>);

    impl Write for Shared {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("no panic").write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    struct Closed;

    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn of(id: &str) -> Extraction {
        let document = DocumentInfo { id: id.to_owned(), hash: String::new(), articles: Vec::new() };
        Extraction { document, entities: Vec::new(), claims: Vec::new() }
    }

    #[test]
    fn documents_are_written_in_their_order() {
        let (out, ids) = (Shared::default(), ["a", "b", "c", "d"].map(str::to_owned).to_vec());
        let lines = Lines::new(ids, 0, Box::new(out.clone()));
        let written = || String::from_utf8(out.0.lock().expect("no panic").clone()).expect("text").lines().count();
        lines.keep(of("c")).expect("kept");
        assert_eq!(written(), 0);
        lines.keep(of("a")).expect("kept");
        assert_eq!(written(), 1);
        lines.leave_out("b").expect("kept");
        assert_eq!(written(), 2);
        lines.keep(of("d")).expect("kept");
        lines.finish().expect("written");
        let text = String::from_utf8(out.0.lock().expect("no panic").clone()).expect("text");
        let ids: Vec<bool> = text.lines().zip(["a", "c", "d"]).map(|(l, id)| l.contains(&format!("\"id\":\"{id}\""))).collect();
        assert_eq!(ids, [true; 3]);
    }

    #[test]
    fn what_failed_first_is_told() {
        let lines = Lines::new(vec!["a".to_owned(), "b".to_owned()], 0, Box::new(Closed));
        assert!(lines.keep(of("a")).is_err());
        assert!(lines.leave_out("b").is_ok());
        assert_eq!(lines.finish().expect_err("closed").kind(), io::ErrorKind::BrokenPipe);
    }
}
