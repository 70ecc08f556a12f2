//! Where answers go: standard output, a pager, a file for all or for the next answer.

use std::env;
use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use silkgraph::output::Format;

use super::failure::{Failure, Outcome};
use super::session::put_out;

/// Where answers go.
#[derive(Debug, Default)]
pub struct Target {
    file: Option<(PathBuf, File)>,
    /// The file takes one answer only.
    once: bool,
}

impl Target {
    /// Whether answers go to standard output.
    pub fn is_stdout(&self) -> bool {
        self.file.is_none()
    }

    /// The format that the file's ending names.
    pub fn format(&self) -> Option<Format> {
        let (path, _) = self.file.as_ref()?;
        let ending = path.extension()?.to_str()?.to_lowercase();
        let ending = if ending == "md" { "markdown" } else { &ending };
        Format::ALL.iter().find(|f| f.1 == ending).map(|f| f.0)
    }

    /// Where answers go, in words.
    pub fn name(&self) -> String {
        self.file.as_ref().map_or_else(|| "standard output".to_owned(), |(path, _)| path.display().to_string())
    }

    /// Sends answers to a file from now on, or the next one only.
    pub fn open(&mut self, path: &Path, once: bool) -> Outcome<()> {
        let file = File::create(path).map_err(|e| Failure::write(path, e))?;
        self.file = Some((path.to_owned(), file));
        self.once = once;
        Ok(())
    }

    /// Sends answers to standard output again.
    pub fn close(&mut self) {
        self.file = None;
        self.once = false;
    }

    /// Writes an answer.
    pub fn put(&mut self, bytes: &[u8], pager: bool) -> Outcome<()> {
        match &mut self.file {
            Some((path, file)) => {
                file.write_all(bytes).map_err(|e| Failure::write(path, e))?;
                if self.once {
                    self.close();
                }
                Ok(())
            }
            None if pager && is_long(bytes) && page(bytes) => Ok(()),
            None => Ok(put_out(bytes)?),
        }
    }
}

/// Whether a text is longer than the terminal is high; never where there is no terminal.
fn is_long(bytes: &[u8]) -> bool {
    let height = terminal_size::terminal_size().map_or(24, |(_, terminal_size::Height(h))| usize::from(h));
    io::stdout().is_terminal() && io::stdin().is_terminal() && bytes.iter().filter(|&&b| b == b'\n').count() + 2 > height
}

/// Shows a text through `$PAGER`; false if that cannot be done.
fn page(bytes: &[u8]) -> bool {
    let pager = env::var("SILKGRAPH_PAGER").or_else(|_| env::var("PAGER")).unwrap_or_else(|_| "less".to_owned());
    let mut words = pager.split_whitespace();
    let Some(program) = words.next().filter(|&p| p != "cat") else { return false };
    let mut command = Command::new(program);
    command.args(words).stdin(Stdio::piped());
    if env::var_os("LESS").is_none() {
        // Colours as they are, long lines cut, and no pager where all fits.
        command.env("LESS", "FRSX");
    }
    let Ok(mut child) = command.spawn() else { return false };
    if let Some(mut input) = child.stdin.take() {
        // Who leaves the pager early has seen enough.
        let _ = input.write_all(bytes);
    }
    child.wait().is_ok()
}
