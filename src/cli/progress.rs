//! A progress bar for what takes longer than a second: files, MB/s, time left.

use std::io::{self, IsTerminal};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use silkgraph::pipeline::Progress;

use super::context::Context;
use super::interrupt;

/// How long something may take unseen.
const PATIENCE: Duration = Duration::from_secs(1);

/// A bar that watches a build from a thread of its own.
pub struct Bar {
    progress: Arc<Progress>,
    done: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Bar {
    /// Watches the reading of `documents` documents. Ctrl-C stops the reading from now on.
    pub fn reading(documents: usize, context: &Context) -> Self {
        let progress = Arc::new(Progress::default());
        interrupt::stop_on_interrupt(&progress);
        if context.quiet || !io::stderr().is_terminal() {
            return Self { progress, done: None };
        }
        let (sender, receiver) = mpsc::channel();
        let watched = progress.clone();
        let thread = thread::spawn(move || {
            let start = Instant::now();
            if receiver.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let bar = ProgressBar::with_draw_target(Some(documents as u64), ProgressDrawTarget::stderr());
            let style = ProgressStyle::with_template("{bar:30} {pos}/{len} documents  {msg}  {eta} left");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            loop {
                let bytes = watched.bytes.load(Ordering::Relaxed) as f64;
                bar.set_position(watched.documents.load(Ordering::Relaxed));
                bar.set_message(format!("{:.1} MB/s", bytes / 1e6 / start.elapsed().as_secs_f64().max(1e-9)));
                if receiver.recv_timeout(Duration::from_millis(100)) != Err(RecvTimeoutError::Timeout) {
                    break;
                }
            }
            bar.finish_and_clear();
        });
        Self { progress, done: Some((sender, thread)) }
    }

    /// What is watched.
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// How many documents were known already.
    pub fn reused(&self) -> usize {
        self.progress.reused.load(Ordering::Relaxed) as usize
    }

    /// Takes the bar away.
    pub fn finish(self) {}
}

impl Drop for Bar {
    fn drop(&mut self) {
        interrupt::release();
        if let Some((sender, thread)) = self.done.take() {
            let _ = sender.send(());
            let _ = thread.join();
        }
    }
}
