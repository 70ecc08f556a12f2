//! What rustyline asks while a line is typed: is it whole, how does it go on, which colours.
//!
//! What may come in a query, and what its words are, is the query language's to say; dot commands are completed here.

use std::borrow::Cow;

use rustyline::Context;
use rustyline::completion::{Completer, Pair};
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::{Hinter, HistoryHinter};
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use silkgraph::graph::FrozenGraph;
use silkgraph::output::Format;
use silkgraph::query::complete::{Candidate, complete};
use silkgraph::query::parse::split_script;
use silkgraph::query::verbs::VERBS;
use silkgraph::query::{Engine, Vocabulary};
use silkgraph::schema::Schema;

use super::super::commands::COMMANDS;
use super::super::safe::safe_line;
use super::super::script::is_whole;
use super::highlight::coloured;

/// Knows the graph that is asked, and the words that may be used on it.
pub struct Helper<'c> {
    graph: FrozenGraph,
    vocabulary: Vocabulary,
    schema: &'c Schema,
    colour: bool,
    history: HistoryHinter,
}

impl<'c> Helper<'c> {
    /// For a graph.
    pub fn new(graph: FrozenGraph, schema: &'c Schema, colour: bool) -> Self {
        Self { graph, vocabulary: Vocabulary::of(schema), schema, colour, history: HistoryHinter::new() }
    }

    /// Another graph is asked from now on.
    pub fn set_graph(&mut self, engine: &Engine<'_>) {
        self.graph = engine.graph().clone();
        self.vocabulary = engine.vocabulary().clone();
    }

    /// Where what is completed at the cursor starts, and what may stand there.
    fn candidates(&self, line: &str, pos: usize) -> (usize, Vec<Pair>) {
        let before = line.get(..pos).unwrap_or(line);
        let at = last_statement(before);
        let statement = before.get(at..).unwrap_or_default();
        if is_command(statement) {
            let (start, found) = self.of_command(statement);
            return (at + start, found);
        }
        let (start, found) = complete(statement, statement.len(), &self.vocabulary, &self.graph);
        (at + start, found.into_iter().map(pair).collect())
    }

    fn of_command(&self, before: &str) -> (usize, Vec<Pair>) {
        let trimmed = before.trim_start();
        let pair = |text: &str, about: &str| Pair { display: format!("{text}  {about}"), replacement: text.to_owned() };
        let Some((name, rest)) = trimmed.split_once(char::is_whitespace) else {
            let start = before.len() - trimmed.len();
            let found = COMMANDS.iter().filter(|c| c.name.starts_with(&trimmed[1..]));
            return (start, found.map(|c| pair(&format!(".{}", c.name), c.help)).collect());
        };
        let start = before.len() - rest.trim_start().len();
        let word = rest.trim_start();
        let starting = |names: Vec<(String, &str)>| {
            names.into_iter().filter(|n| n.0.to_lowercase().starts_with(&word.to_lowercase())).map(|n| pair(&n.0, n.1)).collect()
        };
        let found = match name {
            ".mode" | ".format" => starting(Format::ALL.iter().map(|f| (f.1.to_owned(), f.2)).collect()),
            ".help" => {
                let verbs = VERBS.iter().map(|v| (v.name.to_owned(), v.summary));
                starting(verbs.chain(COMMANDS.iter().map(|c| (c.name.to_owned(), c.help))).collect())
            }
            ".schema" => {
                let nodes = self.schema.node_types.iter().map(|t| (t.name.to_string(), t.doc.as_str()));
                starting(nodes.chain(self.schema.edge_types.iter().map(|t| (t.name.to_string(), t.doc.as_str()))).collect())
            }
            ".source" => starting(self.graph.documents().map(|d| (d.id().to_owned(), "")).collect()),
            ".headers" | ".timer" | ".pager" | ".bail" => starting(vec![("on".to_owned(), ""), ("off".to_owned(), "")]),
            ".read" | ".output" | ".once" | ".open" | ".export" => return files(before, start),
            _ => Vec::new(),
        };
        (start, found)
    }
}

/// Where the statement that is being typed at the end of `before` starts.
fn last_statement(before: &str) -> usize {
    if before.trim_end().ends_with(';') {
        return before.len();
    }
    split_script(before).last().map_or(0, |last| last.span.start as usize)
}

/// Whether a line speaks to the program and not to the graph, as far as it is typed.
fn is_command(statement: &str) -> bool {
    statement.trim_start().starts_with('.')
}

/// A candidate as the line editor shows and inserts it.
fn pair(candidate: Candidate) -> Pair {
    let shown = safe_line(&candidate.text);
    let display = match candidate.note.as_str() {
        "" => shown.into_owned(),
        note => format!("{shown}  ({})", safe_line(note)),
    };
    Pair { display, replacement: candidate.text }
}

fn files(before: &str, start: usize) -> (usize, Vec<Pair>) {
    let completer = rustyline::completion::FilenameCompleter::new();
    completer.complete_path(before, before.len()).unwrap_or((start, Vec::new()))
}

impl Completer for Helper<'_> {
    type Candidate = Pair;

    fn complete(&self, line: &str, pos: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        Ok(self.candidates(line, pos))
    }
}

impl Hinter for Helper<'_> {
    type Hint = String;

    fn hint(&self, line: &str, pos: usize, context: &Context<'_>) -> Option<String> {
        if line.is_empty() { None } else { self.history.hint(line, pos, context) }
    }
}

impl Highlighter for Helper<'_> {
    fn highlight<'l>(&self, line: &'l str, _: usize) -> Cow<'l, str> {
        if self.colour { Cow::Owned(coloured(line)) } else { Cow::Borrowed(line) }
    }

    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, _: bool) -> Cow<'b, str> {
        if self.colour { Cow::Owned(format!("\x1b[1m{prompt}\x1b[0m")) } else { Cow::Borrowed(prompt) }
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        if self.colour { Cow::Owned(format!("\x1b[2m{hint}\x1b[0m")) } else { Cow::Borrowed(hint) }
    }

    fn highlight_char(&self, _: &str, _: usize, kind: CmdKind) -> bool {
        self.colour && kind != CmdKind::MoveCursor
    }
}

impl Validator for Helper<'_> {
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        let input = context.input();
        // An empty line at the end says that no more is to come.
        let done = is_whole(input) || input.ends_with("\n\n") || input.ends_with(';');
        Ok(if done { ValidationResult::Valid(None) } else { ValidationResult::Incomplete })
    }
}

impl rustyline::Helper for Helper<'_> {}
