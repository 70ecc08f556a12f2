//! The prompt: what a person types, line by line, with history and completion. What is done with it is `driver`'s work.

mod helper;
mod highlight;
mod history;

use std::collections::VecDeque;
use std::io::{self, IsTerminal as _};
use std::path::PathBuf;

use rustyline::error::ReadlineError;
use rustyline::history::{DefaultHistory, History as _, SearchDirection};
use rustyline::{ColorMode, CompletionType, Config, Editor};
use silkgraph::diagnostic::Diagnostic;

use self::helper::Helper;
use super::args::AskArgs;
use super::commands;
use super::context::Context;
use super::driver::{Input, Ready, drive};
use super::failure::{Failure, Outcome, Status};
use super::safe::safe;
use super::script::{Item, items};
use super::session::{Session, Settings, put_out};

const PROMPT: &str = "silkgraph> ";
/// Lines that `.history` shows unless told otherwise.
const HISTORY_SHOWN: usize = 20;
/// Lines that are kept.
const HISTORY_KEPT: usize = 5000;

/// Opens the prompt on the graph of `sources`.
pub fn run(sources: &[PathBuf], args: &AskArgs, no_history: bool, pager: bool, context: &Context) -> Outcome {
    let mut settings = Settings::new(args, context)?;
    settings.pager = pager;
    let ready = Ready::load(sources.to_vec(), context)?;
    let mut prompt = Prompt::new(&ready, no_history, context)?;
    if !context.quiet {
        let graph = ready.graph();
        let text = format!(
            "silkgraph {}: {} nodes, {} edges of {} documents. Type .help or .tour; Ctrl-D leaves.",
            env!("CARGO_PKG_VERSION"),
            graph.node_count(),
            graph.edge_count(),
            graph.documents().len(),
        );
        context.say(&text);
    }
    drive(ready, settings, context, &mut prompt)?;
    Ok(Status::Done)
}

/// A person at a terminal.
struct Prompt<'c> {
    editor: Editor<Helper<'c>, DefaultHistory>,
    history: Option<PathBuf>,
    context: &'c Context,
    ready: VecDeque<Item>,
}

impl<'c> Prompt<'c> {
    fn new(ready: &Ready, no_history: bool, context: &'c Context) -> Outcome<Self> {
        let colours = if context.colour && io::stdout().is_terminal() { ColorMode::Enabled } else { ColorMode::Disabled };
        let config = Config::builder()
            .completion_type(CompletionType::List)
            .color_mode(colours)
            .max_history_size(HISTORY_KEPT)
            .and_then(|c| c.history_ignore_dups(true))
            .map_err(|e| fault(&e))?
            .bracketed_paste(true)
            .completion_show_all_if_ambiguous(true)
            .build();
        let mut editor = Editor::with_config(config).map_err(|e| fault(&e))?;
        editor.set_helper(Some(Helper::new(ready.graph().clone(), context.schema()?, context.colour)));
        let history = if no_history { None } else { history::file() };
        if let Some(file) = &history {
            // The first time there is none.
            let _ = editor.load_history(file);
        }
        Ok(Self { editor, history, context, ready: VecDeque::new() })
    }

    /// Keeps what was typed, in this run and for the next.
    fn remember(&mut self, line: &str) {
        if self.editor.add_history_entry(line.trim_end()).unwrap_or(false)
            && let Some(file) = &self.history
            && history::prepare(file)
            && let Err(why) = self.editor.append_history(file)
        {
            let warning = Diagnostic::warning("C060", format!("the history cannot be kept in {}: {why}", file.display()));
            self.context.tell(&warning.hint("--no-history does without it"), None);
            self.history = None;
        }
    }

    /// `.history [N]`.
    fn show_history(&self, rest: &str) -> Outcome<()> {
        let shown = rest.trim().parse().unwrap_or(HISTORY_SHOWN);
        let history = self.editor.history();
        let mut text = String::new();
        for at in history.len().saturating_sub(shown)..history.len() {
            if let Ok(Some(entry)) = history.get(at, SearchDirection::Forward) {
                text.push_str(&safe(&entry.entry));
                text.push('\n');
            }
        }
        Ok(put_out(text.as_bytes())?)
    }
}

impl Input for Prompt<'_> {
    fn next(&mut self, session: &Session<'_>) -> Outcome<Option<(Item, String)>> {
        if let Some(helper) = self.editor.helper_mut() {
            helper.set_graph(&session.engine);
        }
        loop {
            while let Some(item) = self.ready.pop_front() {
                match commands::history_of(&item) {
                    Some(rest) => self.show_history(&rest)?,
                    None => return Ok(Some((item, "prompt".to_owned()))),
                }
            }
            match self.editor.readline(PROMPT) {
                Ok(line) => {
                    if !line.trim().is_empty() {
                        self.remember(&line);
                    }
                    self.ready.extend(items(&line));
                }
                // Ctrl-C throws the line away.
                Err(ReadlineError::Interrupted) => {}
                Err(ReadlineError::Eof) => return Ok(None),
                Err(why) => return Err(fault(&why)),
            }
        }
    }

    fn is_interactive(&self) -> bool {
        true
    }
}

fn fault(why: &ReadlineError) -> Failure {
    match why {
        ReadlineError::Io(why) if why.kind() == io::ErrorKind::BrokenPipe => Failure::Output(io::ErrorKind::BrokenPipe.into()),
        other => Failure::Unreadable(Diagnostic::error("C061", format!("the terminal cannot be used: {other}"))),
    }
}
