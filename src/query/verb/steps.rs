//! What each step of a sentence did, for `profile`: rows and time, with the plans of the core that it ran.

use std::fmt::Write;

/// The steps so far.
pub(super) struct Steps {
    clock: Option<fn() -> u64>,
    since: u64,
    text: String,
}

impl Steps {
    /// Times by `clock`, from now on.
    pub(super) fn new(clock: Option<fn() -> u64>) -> Self {
        Self { clock, since: clock.map_or(0, |c| c()), text: String::new() }
    }

    /// Books what was done since the last step.
    pub(super) fn done(&mut self, name: &str, rows: usize) {
        let plural = if rows == 1 { "" } else { "s" };
        let _ = write!(self.text, "{name:<11} {rows} row{plural}");
        if let Some(clock) = self.clock {
            let now = clock();
            let micros = now.saturating_sub(self.since) / 1000;
            let _ = write!(self.text, ", {}.{:03} ms", micros / 1000, micros % 1000);
            self.since = now;
        }
        self.text.push('\n');
    }

    /// Books a plan of the core, with the rows and times of its operators.
    pub(super) fn plan(&mut self, plan: &str) {
        for line in plan.lines() {
            let _ = writeln!(self.text, "match       {line}");
        }
        self.since = self.clock.map_or(0, |c| c());
    }

    /// All of it.
    pub(super) fn shown(self) -> String {
        self.text
    }
}
