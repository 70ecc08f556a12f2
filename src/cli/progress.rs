//! A progress bar for what takes longer than a second: what is read, then what is merged and laid out.

use std::io::{self, IsTerminal};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use silkgraph::graph::{Stage, Watch};
use silkgraph::pipeline::Progress;

use super::context::Context;
use super::interrupt;

/// How long something may take unseen.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the bar is drawn.
const BEAT: Duration = Duration::from_millis(100);

/// Work that is watched from a thread of its own, and that Ctrl-C stops as long as it is.
pub struct Bar<T> {
    watched: Arc<T>,
    done: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Bar<Progress> {
    /// Watches the reading of `documents` documents. Ctrl-C stops the reading from now on.
    pub fn reading(documents: usize, context: &Context) -> Self {
        let progress = Arc::new(Progress::default());
        interrupt::stop_reading(&progress);
        let (watched, start) = (progress.clone(), Instant::now());
        let done = draw(context, "{bar:30} {pos}/{len} documents  {msg}{left}", move |bar| {
            let bytes = watched.bytes.load(Ordering::Relaxed) as f64;
            bar.set_message(format!("{:.1} MB/s", bytes / 1e6 / start.elapsed().as_secs_f64().max(1e-9)));
            bar.set_length(documents as u64);
            bar.set_position(watched.documents.load(Ordering::Relaxed));
        });
        Self { watched: progress, done }
    }

    /// Watches a reading that shows by what it writes how far it is. Ctrl-C stops it from now on.
    pub fn unseen() -> Self {
        let progress = Arc::new(Progress::default());
        interrupt::stop_reading(&progress);
        Self { watched: progress, done: None }
    }

    /// What is watched.
    pub fn progress(&self) -> &Progress {
        &self.watched
    }

    /// How many documents were known already.
    pub fn reused(&self) -> usize {
        self.watched.reused.load(Ordering::Relaxed) as usize
    }
}

impl Bar<Watch> {
    /// Watches the making of one graph of what was read. Ctrl-C stops it from now on.
    pub fn merging(context: &Context) -> Self {
        let watch = Arc::new(Watch::default());
        interrupt::stop_merging(&watch);
        let watched = watch.clone();
        let mut last = None;
        let done = draw(context, "{bar:30} {pos}/{len} {msg}{left}", move |bar| {
            let Some((stage, done, all)) = watched.seen() else { return };
            if last != Some(stage) {
                // What one stage takes tells nothing of the next.
                bar.reset();
                last = Some(stage);
            }
            bar.set_message(told(stage));
            bar.set_length(all);
            bar.set_position(done);
        });
        Self { watched: watch, done }
    }

    /// What is watched.
    pub fn watch(&self) -> &Watch {
        &self.watched
    }
}

impl<T> Bar<T> {
    /// Takes the bar away.
    pub fn finish(self) {}
}

impl<T> Drop for Bar<T> {
    fn drop(&mut self) {
        interrupt::release();
        if let Some((sender, thread)) = self.done.take() {
            let _ = sender.send(());
            let _ = thread.join();
        }
    }
}

/// What a stage counts.
fn told(stage: Stage) -> &'static str {
    match stage {
        Stage::Names => "documents: names are gathered",
        Stage::Links => "steps: what is one thing is linked",
        Stage::Claims => "documents: claims are merged",
        Stage::Layout => "edges and nodes are laid out",
    }
}

/// The time that is left, once something is done by which to tell.
fn left(state: &ProgressState, out: &mut dyn std::fmt::Write) {
    if state.pos() > 0 {
        let _ = write!(out, "  {:#} left", HumanDuration(state.eta()));
    }
}

/// Draws a bar on a terminal, from a thread that `tick` tells how far it is.
fn draw(
    context: &Context,
    template: &'static str,
    mut tick: impl FnMut(&ProgressBar) + Send + 'static,
) -> Option<(Sender<()>, JoinHandle<()>)> {
    if context.quiet || !io::stderr().is_terminal() {
        return None;
    }
    let (sender, receiver) = mpsc::channel();
    let thread = thread::spawn(move || {
        if receiver.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
            return;
        }
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        bar.set_style(style.with_key("left", left));
        // Shown when it has something to show.
        tick(&bar);
        bar.set_draw_target(ProgressDrawTarget::stderr());
        loop {
            tick(&bar);
            if receiver.recv_timeout(BEAT) != Err(RecvTimeoutError::Timeout) {
                break;
            }
        }
        bar.finish_and_clear();
    });
    Some((sender, thread))
}
