//! Ctrl-C: stops the query or the build that runs; where nothing can be stopped gently, the program.

use std::process;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};

use silkgraph::graph::Watch;
use silkgraph::pipeline::Progress;
use silkgraph::query::Interrupt;

use super::failure::Status;

/// Set when the running query is to stop.
pub static QUERY: Interrupt = Interrupt::new();

/// What Ctrl-C does now.
enum Running {
    /// Ends the program.
    Nothing,
    /// Stops reading documents.
    Reading(Arc<Progress>),
    /// Stops merging what was read.
    Merging(Arc<Watch>),
    /// Stops the query.
    Query,
}

static RUNNING: Mutex<Running> = Mutex::new(Running::Nothing);

fn set(running: Running) {
    *RUNNING.lock().unwrap_or_else(PoisonError::into_inner) = running;
}

/// Takes over Ctrl-C. Where that cannot be had, it ends the program as ever.
pub fn install() {
    let _ = ctrlc::set_handler(|| {
        let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
        match &*running {
            Running::Nothing => leave(),
            Running::Reading(progress) => progress.stop.store(true, Ordering::Relaxed),
            Running::Merging(watch) => watch.stop(),
            Running::Query => QUERY.set(),
        }
        // Who presses twice does not want to wait.
        if !matches!(&*running, Running::Query) {
            *running = Running::Nothing;
        }
    });
}

/// From now on Ctrl-C stops this reading of documents.
pub fn stop_reading(progress: &Arc<Progress>) {
    set(Running::Reading(progress.clone()));
}

/// From now on Ctrl-C stops this merging.
pub fn stop_merging(watch: &Arc<Watch>) {
    set(Running::Merging(watch.clone()));
}

/// From now on Ctrl-C stops the query.
pub fn stop_query() {
    QUERY.clear();
    set(Running::Query);
}

/// From now on Ctrl-C ends the program.
pub fn release() {
    set(Running::Nothing);
}

#[expect(clippy::exit, reason = "a signal handler has no other way to end the program")]
fn leave() -> ! {
    process::exit(i32::from(Status::Interrupted.number()))
}
