//! Rows and time of each operator, for `profile`.

use std::cell::Cell;

use crate::graph::FrozenGraph;
use crate::query::plan::{Plan, Shown};

/// What each operator did.
pub(super) struct Profile {
    clock: Option<fn() -> u64>,
    rows: Vec<Cell<u64>>,
    nanos: Vec<Cell<u64>>,
    now: Cell<u32>,
    since: Cell<u64>,
}

impl Profile {
    pub(super) fn new(plan: &Plan, clock: Option<fn() -> u64>) -> Self {
        let mut most = 0;
        let mut copy = plan.clone();
        copy.number(&mut most);
        let cells = || vec![Cell::new(0); most as usize + 1];
        Self { clock, rows: cells(), nanos: cells(), now: Cell::new(most), since: Cell::new(clock.map_or(0, |c| c())) }
    }

    /// Books the time up to now, and says who works from now on. Gives who worked before.
    pub(super) fn enter(&self, id: u32) -> u32 {
        let before = self.now.replace(id);
        if let Some(clock) = self.clock {
            let now = clock();
            let spent = now.saturating_sub(self.since.replace(now));
            if let Some(cell) = self.nanos.get(before as usize) {
                cell.set(cell.get() + spent);
            }
        }
        before
    }

    pub(super) fn row(&self, id: u32, weight: u64) {
        if let Some(cell) = self.rows.get(id as usize) {
            cell.set(cell.get().saturating_add(weight));
        }
    }

    pub(super) fn show(&self, plan: &Plan, graph: &FrozenGraph, names: &[String]) -> String {
        let timed = self.clock.is_some();
        let note = |id: u32| {
            let at = id as usize;
            let rows = self.rows.get(at).map_or(0, Cell::get);
            let plural = if rows == 1 { "" } else { "s" };
            let micros = self.nanos.get(at).map_or(0, Cell::get) / 1000;
            if timed {
                format!("{rows} row{plural}, {}.{:03} ms", micros / 1000, micros % 1000)
            } else {
                format!("{rows} row{plural}")
            }
        };
        Shown { plan, graph, names, note: Some(&note) }.to_string()
    }
}
