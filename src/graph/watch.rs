//! How far a merge has come: counted for those who wait for it, and stopped where they do not want to wait any longer.

use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};

use super::store::StoreError;

/// What a merge is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Names and keys of each document, to decide what is one thing.
    Names,
    /// One step after the other that joins what is one thing.
    Links,
    /// What each document says of these things.
    Claims,
    /// Edges, then nodes, laid out for queries.
    Layout,
}

impl Stage {
    const ALL: [Self; 4] = [Self::Names, Self::Links, Self::Claims, Self::Layout];
}

/// A merge that is watched from another thread.
#[derive(Debug, Default)]
pub struct Watch {
    /// 0 before the first stage, then the place in [`Stage::ALL`] and one.
    stage: AtomicU8,
    done: AtomicU64,
    all: AtomicU64,
    stop: AtomicBool,
}

impl Watch {
    /// Where it is: the stage, and how many of how many things are done. `None` before the first stage.
    #[must_use]
    pub fn seen(&self) -> Option<(Stage, u64, u64)> {
        let stage = self.stage.load(Ordering::Acquire).checked_sub(1)?;
        let stage = *Stage::ALL.get(usize::from(stage))?;
        Some((stage, self.done.load(Ordering::Relaxed), self.all.load(Ordering::Relaxed)))
    }

    /// Stops it at the next thing that is counted.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Begins a stage of `all` things.
    pub(crate) fn begin(&self, stage: Stage, all: usize) {
        self.done.store(0, Ordering::Relaxed);
        self.all.store(all as u64, Ordering::Relaxed);
        self.stage.store(stage as u8 + 1, Ordering::Release);
    }

    /// Counts one thing.
    ///
    /// # Errors
    /// Somebody has stopped it.
    pub(crate) fn step(&self) -> Result<(), StoreError> {
        self.done.fetch_add(1, Ordering::Relaxed);
        if self.stop.load(Ordering::Relaxed) { Err(StoreError::Stopped) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_count_from_nothing_and_stop() {
        let watch = Watch::default();
        assert_eq!(watch.seen(), None);
        watch.begin(Stage::Names, 2);
        assert!(watch.step().is_ok());
        assert_eq!(watch.seen(), Some((Stage::Names, 1, 2)));
        watch.begin(Stage::Layout, 5);
        assert_eq!(watch.seen(), Some((Stage::Layout, 0, 5)));
        watch.stop();
        assert!(matches!(watch.step(), Err(StoreError::Stopped)));
    }
}
