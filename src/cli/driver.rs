//! Asks one graph after the other: takes queries and commands from an input, batch or prompt, until it ends.

use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use silkgraph::graph::FrozenGraph;
use silkgraph::output::Format;
use silkgraph::query::{Answer, Engine};

use super::commands;
use super::context::Context;
use super::failure::{Failure, Outcome, Source, Status};
use super::script::{Item, items};
use super::session::{Ran, Session, Settings, put_out};
use super::source::{self, Texts};
use super::target::Target;

/// Gives queries and commands one by one.
pub trait Input {
    /// The next one, and the name of what it comes from; none at the end.
    fn next(&mut self, session: &Session<'_>) -> Outcome<Option<(Item, String)>>;

    /// Whether a person types: errors are told and do not end it.
    fn is_interactive(&self) -> bool {
        false
    }

    /// Whether each answer in JSON lines is followed by an empty line now.
    fn marks_ends(&self) -> bool {
        false
    }
}

/// What comes after an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// The next one.
    Go,
    /// The items of a file.
    Read(PathBuf),
    /// Another graph.
    Open(Vec<PathBuf>),
    /// The end.
    Quit,
}

/// A graph that is ready to be asked.
pub struct Ready {
    graph: FrozenGraph,
    texts: Texts,
    sources: Vec<PathBuf>,
}

impl Ready {
    /// Loads what the arguments stand for.
    pub fn load(sources: Vec<PathBuf>, context: &Context) -> Outcome<Self> {
        let loaded = source::load(&sources, context, 0)?;
        Ok(Self { graph: loaded.graph, texts: loaded.texts, sources })
    }

    /// The graph.
    pub fn graph(&self) -> &FrozenGraph {
        &self.graph
    }
}

/// How it went.
#[derive(Debug, Default)]
pub struct Summary {
    /// Rows of all answers.
    pub rows: usize,
    /// The first failure that did not end it.
    pub failed: Option<Status>,
}

/// Runs all that `input` gives.
pub fn drive(mut ready: Ready, settings: Settings, context: &Context, input: &mut dyn Input) -> Outcome<Summary> {
    let schema = context.schema()?;
    let mut run = Run { summary: Summary::default(), pending: VecDeque::new() };
    let (mut settings, mut target, mut last): (Settings, Target, Option<Arc<Answer>>) = (settings, Target::default(), None);
    loop {
        let mut session = Session {
            engine: Engine::new(&ready.graph, schema),
            texts: &ready.texts,
            sources: &ready.sources,
            context,
            settings,
            target,
            last,
            rows: 0,
        };
        let next = run.until_next(&mut session, input)?;
        run.summary.rows += session.rows;
        (settings, target, last) = (session.settings, session.target, session.last);
        let Next::Open(sources) = next else { return Ok(run.summary) };
        match Ready::load(sources, context) {
            // Rows of the old graph mean nothing in the new one.
            Ok(new) => (ready, last) = (new, None),
            Err(failure) if input.is_interactive() => context.tell_failure(failure),
            Err(failure) => return Err(failure),
        }
    }
}

struct Run {
    summary: Summary,
    /// Items of files that commands read, before the input goes on.
    pending: VecDeque<(Item, String)>,
}

impl Run {
    /// Runs items until one needs another graph, or there are no more.
    fn until_next(&mut self, session: &mut Session<'_>, input: &mut dyn Input) -> Outcome<Next> {
        loop {
            let from_file = self.pending.pop_front();
            let is_pending = from_file.is_some();
            let typed = if is_pending { from_file } else { input.next(session)? };
            let Some((item, name)) = typed else { return Ok(Next::Quit) };
            let marks = input.marks_ends() && !item.command && !is_pending;
            let result = self.one(session, &item, &name);
            if marks && session.format() == Format::Jsonl && session.target.is_stdout() {
                // Who reads the pipe sees where an answer ends, one that failed too.
                put_out(b"\n")?;
            }
            match result {
                Ok(Next::Go) => {}
                Ok(Next::Read(path)) => match read_file(&path) {
                    Ok(text) => self.read(&path, &text),
                    Err(failure) => self.settle(failure, session, input)?,
                },
                Ok(next @ (Next::Open(_) | Next::Quit)) => return Ok(next),
                Err(failure) => self.settle(failure, session, input)?,
            }
        }
    }

    fn one(&mut self, session: &mut Session<'_>, item: &Item, name: &str) -> Outcome<Next> {
        let source = Source { name: name.to_owned(), text: item.text.clone(), line: item.line };
        if item.command {
            return commands::run(&source, session);
        }
        match session.run(&item.text, &source)? {
            Ran::Rows(_) => Ok(Next::Go),
            Ran::Interrupted => Err(Failure::Interrupted),
        }
    }

    /// Items of a file come before whatever else is pending.
    fn read(&mut self, path: &Path, text: &str) {
        let name = path.display().to_string();
        for item in items(text).into_iter().rev() {
            self.pending.push_front((item, name.clone()));
        }
    }

    /// Tells a failure and goes on, or ends with it.
    fn settle(&mut self, failure: Failure, session: &Session<'_>, input: &dyn Input) -> Outcome<()> {
        match failure {
            // What was found before Ctrl-C is written already, with a word on it.
            Failure::Interrupted if input.is_interactive() => self.pending.clear(),
            Failure::Output(_) | Failure::Interrupted => return Err(failure),
            failure if session.settings.keep_going || input.is_interactive() => {
                self.summary.failed.get_or_insert(failure.status());
                session.context.tell_failure(failure);
                if !session.settings.keep_going {
                    self.pending.clear();
                }
            }
            failure => return Err(failure),
        }
        Ok(())
    }
}

/// The text of a file of queries.
pub fn read_file(path: &Path) -> Outcome<String> {
    let bytes = fs::read(path).map_err(|e| Failure::read(path, e))?;
    String::from_utf8(bytes)
        .map_err(|e| Failure::read(path, format!("it is no UTF-8 from byte {} on", e.utf8_error().valid_up_to())))
}
