//! What a sentence that runs queries of the core did, for `profile`: the plans that it ran, and what it did itself between
//! them, each with rows and time.

/// The steps so far.
pub(super) struct Steps {
    clock: Option<fn() -> u64>,
    since: u64,
    parts: Vec<String>,
}

impl Steps {
    /// Times by `clock`, from now on.
    pub(super) fn new(clock: Option<fn() -> u64>) -> Self {
        Self { clock, since: clock.map_or(0, |c| c()), parts: Vec::new() }
    }

    /// Books what was done since the last step.
    pub(super) fn done(&mut self, name: &str, rows: usize) {
        let plural = if rows == 1 { "" } else { "s" };
        let mut text = format!("{name}  — {rows} row{plural}");
        if let Some(clock) = self.clock {
            let now = clock();
            let micros = now.saturating_sub(self.since) / 1000;
            text += &format!(", {}.{:03} ms", micros / 1000, micros % 1000);
            self.since = now;
        }
        self.parts.push(text + "\n");
    }

    /// Books a plan that was run, with the rows and times of its operators.
    pub(super) fn plan(&mut self, plan: &str) {
        self.parts.push(plan.to_owned());
        self.since = self.clock.map_or(0, |c| c());
    }

    /// All of it, the last on top, as in plans.
    pub(super) fn shown(&self) -> String {
        self.parts.iter().rev().map(String::as_str).collect()
    }
}
