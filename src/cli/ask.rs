//! `query`: scripts from `-c`, files and standard input, answered one by one, each answer flushed.

use std::collections::VecDeque;
use std::io::{self, BufRead};
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use silkgraph::diagnostic::Diagnostic;
use silkgraph::output::Format;

use super::args::AskArgs;
use super::context::Context;
use super::driver::{Input, Ready, drive, read_file};
use super::failure::{Failure, Outcome, Status};
use super::script::{Item, Lines, items};
use super::session::{Session, Settings};

/// A script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Script {
    /// `-c`.
    Text(String),
    /// `-f`.
    File(PathBuf),
    /// Standard input.
    Stdin,
}

/// The scripts of `-c` and `-f` in the order they were typed.
pub fn scripts(args: &AskArgs, matches: &ArgMatches) -> Vec<Script> {
    let places = |name: &str| matches.indices_of(name).into_iter().flatten().collect::<Vec<_>>();
    let file = |f: &PathBuf| if f.as_os_str() == "-" { Script::Stdin } else { Script::File(f.clone()) };
    let texts = places("queries").into_iter().zip(args.queries.iter().cloned().map(Script::Text));
    let files = places("files").into_iter().zip(args.files.iter().map(file));
    let mut all: Vec<(usize, Script)> = texts.chain(files).collect();
    all.sort_by_key(|s| s.0);
    all.into_iter().map(|s| s.1).collect()
}

/// Answers scripts over the graph of `sources`.
pub fn run(sources: &[PathBuf], args: &AskArgs, scripts: Vec<Script>, context: &mut Context) -> Outcome {
    if matches!(args.format, Some(Format::Json | Format::Jsonl)) {
        context.faults_as_json();
    }
    let settings = Settings::new(args, context)?;
    if sources.iter().any(|s| s.as_os_str() == "-") && scripts.contains(&Script::Stdin) {
        let fault = Diagnostic::error("C032", "standard input cannot give both a document and the queries");
        return Err(Failure::plain(fault.hint("put the queries in a file (-f FILE) or on the command line (-c QUERY)")));
    }
    // Scripts that cannot be read are told before documents are read.
    let mut batch = Batch::new(scripts)?;
    let summary = drive(Ready::load(sources.to_vec(), context)?, settings, context, &mut batch)?;
    Ok(match summary.failed {
        Some(status) => status,
        None if args.exit_status && summary.rows == 0 => Status::Nothing,
        None => Status::Done,
    })
}

/// Scripts as an input.
struct Batch {
    items: VecDeque<Part>,
    lines: Lines,
    ready: VecDeque<Item>,
    from_stdin: bool,
}

enum Part {
    Item(Item, String),
    Stdin,
}

impl Batch {
    fn new(scripts: Vec<Script>) -> Outcome<Self> {
        let mut parts = VecDeque::new();
        for script in scripts {
            let (name, text) = match script {
                Script::Text(text) => ("query".to_owned(), text),
                Script::File(path) => (path.display().to_string(), read_file(&path)?),
                Script::Stdin => {
                    parts.push_back(Part::Stdin);
                    continue;
                }
            };
            parts.extend(items(&text).into_iter().map(|i| Part::Item(i, name.clone())));
        }
        Ok(Self { items: parts, lines: Lines::default(), ready: VecDeque::new(), from_stdin: false })
    }

    /// The next item on standard input; none at its end. Reads no further than the item's own line.
    fn next_of_stdin(&mut self) -> Outcome<Option<Item>> {
        let mut line = Vec::new();
        while self.ready.is_empty() {
            line.clear();
            let read = io::stdin().lock().read_until(b'\n', &mut line);
            if read.map_err(|e| Failure::read(Path::new("standard input"), e))? == 0 {
                self.ready.extend(self.lines.finish());
                return Ok(self.ready.pop_front());
            }
            let text = String::from_utf8_lossy(&line);
            self.ready.extend(self.lines.push(text.trim_end_matches(['\n', '\r'])));
        }
        Ok(self.ready.pop_front())
    }
}

impl Input for Batch {
    fn next(&mut self, _: &Session<'_>) -> Outcome<Option<(Item, String)>> {
        loop {
            self.from_stdin = matches!(self.items.front(), Some(Part::Stdin));
            if self.from_stdin
                && let Some(item) = self.next_of_stdin()?
            {
                return Ok(Some((item, "stdin".to_owned())));
            }
            match self.items.pop_front() {
                Some(Part::Item(item, name)) => return Ok(Some((item, name))),
                Some(Part::Stdin) => {}
                None => return Ok(None),
            }
        }
    }

    fn marks_ends(&self) -> bool {
        self.from_stdin
    }
}
