//! The built binary, run as people and scripts run it.

mod batch;
mod build;
mod corrections;
mod docs;
mod doors;
mod errors;
mod files;
mod ownership;
#[cfg(unix)]
mod prompt;
mod questions;
mod run;
