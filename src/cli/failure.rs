//! How a command can end without having done its work, and the exit status that tells so.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use silkgraph::diagnostic::Diagnostic;

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Done.
    Done,
    /// No rows (`--exit-status`), or differences (`diff`).
    Nothing,
    /// Bad query, schema or arguments.
    Bad,
    /// Cannot read or write.
    Io,
    /// Interrupted.
    Interrupted,
}

impl Status {
    /// The number that the shell sees.
    pub fn number(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Nothing => 1,
            Self::Bad => 2,
            Self::Io => 3,
            Self::Interrupted => 130,
        }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status.number())
    }
}

/// A text that faults point into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What it is called where the fault does not say: a path, `query`, `stdin`.
    pub name: String,
    /// The text.
    pub text: String,
    /// Which line of its file it starts on.
    pub line: usize,
}

impl Source {
    /// A whole file or the like.
    pub fn whole(name: &str, text: &str) -> Self {
        Self { name: name.to_owned(), text: text.to_owned(), line: 1 }
    }
}

/// Why a command could not do its work.
#[derive(Debug)]
pub enum Failure {
    /// Faults in what was asked, each with the text that its places are in, if there is one.
    Faults(Vec<(Diagnostic, Option<Source>)>),
    /// A file that cannot be read or written.
    File {
        /// `read`, `write`, `list`.
        verb: &'static str,
        /// Which.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// A SOURCE that cannot be read, told in full.
    Unreadable(Diagnostic),
    /// Standard output cannot be written to. A closed pipe is no error.
    Output(io::Error),
    /// Stopped from outside.
    Interrupted,
}

/// What commands return.
pub type Outcome<T = Status> = Result<T, Failure>;

impl Failure {
    /// One fault in a text.
    pub fn fault(diagnostic: Diagnostic, source: &Source) -> Self {
        Self::Faults(vec![(diagnostic, Some(source.clone()))])
    }

    /// One fault that has no place in a text.
    pub fn plain(diagnostic: Diagnostic) -> Self {
        Self::Faults(vec![(diagnostic, None)])
    }

    /// `path` cannot be read.
    pub fn read(path: &Path, why: impl fmt::Display) -> Self {
        Self::File { verb: "read", path: path.to_owned(), why: why.to_string() }
    }

    /// `path` cannot be written.
    pub fn write(path: &Path, why: impl fmt::Display) -> Self {
        Self::File { verb: "write", path: path.to_owned(), why: why.to_string() }
    }

    /// The folder `path` cannot be listed.
    pub fn list(path: &Path, why: impl fmt::Display) -> Self {
        Self::File { verb: "list", path: path.to_owned(), why: why.to_string() }
    }

    /// What `path` holds is not what it should.
    pub fn unreadable(path: &Path, why: impl fmt::Display) -> Self {
        Self::read(path, why)
    }

    /// The exit status.
    pub fn status(&self) -> Status {
        match self {
            Self::Faults(_) => Status::Bad,
            Self::File { .. } | Self::Unreadable(_) => Status::Io,
            Self::Output(why) if why.kind() == io::ErrorKind::BrokenPipe => Status::Done,
            Self::Output(_) => Status::Io,
            Self::Interrupted => Status::Interrupted,
        }
    }

    /// What there is to tell of it.
    pub fn diagnostics(self) -> Vec<(Diagnostic, Option<Source>)> {
        match self {
            Self::Faults(faults) => faults,
            Self::File { verb, path, why } => {
                vec![(Diagnostic::error("C001", format!("cannot {verb} {}: {why}", path.display())), None)]
            }
            Self::Unreadable(fault) => vec![(fault, None)],
            Self::Output(why) if why.kind() == io::ErrorKind::BrokenPipe => Vec::new(),
            Self::Output(why) => vec![(Diagnostic::error("C002", format!("cannot write the result: {why}")), None)],
            Self::Interrupted => vec![(Diagnostic::error("C003", "interrupted"), None)],
        }
    }
}

/// Errors of writing results.
impl From<io::Error> for Failure {
    fn from(why: io::Error) -> Self {
        Self::Output(why)
    }
}
