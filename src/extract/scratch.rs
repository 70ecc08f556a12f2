//! What one document leaves for the next on the same thread: tables that need not be filled again. Nothing in them decides
//! anything.

use std::sync::Mutex;

use super::folds::Folds;
use super::words::WordTable;

/// Tables of one thread.
#[derive(Debug, Default)]
pub struct Scratch {
    /// Words by form.
    pub words: WordTable,
    /// Foldings by name.
    pub folds: Folds,
}

/// Tables that nobody uses right now: as many as there were threads at once.
#[derive(Debug, Default)]
pub struct Pool {
    free: Mutex<Vec<Scratch>>,
}

impl Pool {
    /// Tables to work with.
    pub fn take(&self) -> Scratch {
        self.free.lock().ok().and_then(|mut free| free.pop()).unwrap_or_default()
    }

    /// Gives tables back; those that have grown large are dropped.
    pub fn give(&self, scratch: Scratch) {
        let Scratch { words, folds } = scratch;
        let words = if words.is_small() { words } else { WordTable::default() };
        let folds = if folds.is_small() { folds } else { Folds::default() };
        if let Ok(mut free) = self.free.lock() {
            free.push(Scratch { words, folds });
        }
    }
}
