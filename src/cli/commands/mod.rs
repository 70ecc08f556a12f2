//! Dot commands: what is said to the program and not asked of the graph. The same at the prompt and in scripts.
//!
//! [`COMMANDS`] is the one list that help, completion and dispatch are made from; the words of other shells are turned
//! into it by [`canonical`].

mod help;
mod look;
mod settings;
mod tour;

use std::borrow::Cow;
use std::io::{self, IsTerminal as _};
use std::path::PathBuf;

use silkgraph::diagnostic::Diagnostic;
use silkgraph::span::Span;

use super::driver::Next;
use super::export;
use super::failure::{Failure, Outcome, Source};
use super::script::Item;
use super::session::{Ran, Session};

/// A dot command.
#[derive(Debug, Clone, Copy)]
pub struct Command {
    /// Without the dot.
    pub name: &'static str,
    /// What follows the name.
    pub usage: &'static str,
    /// What it does, one sentence.
    pub help: &'static str,
}

const fn command(name: &'static str, usage: &'static str, help: &'static str) -> Command {
    Command { name, usage, help }
}

/// All dot commands, in the order that help shows.
pub const COMMANDS: [Command; 23] = [
    command("help", "[WORD]", "how to ask; with a word, about that verb or command"),
    command("tour", "[N]", "ten questions to start with; with a number, ask that one"),
    command("types", "", "types of nodes and edges in the graph, with how many there are"),
    command("schema", "[TYPE]", "all types that there can be, or one with its attributes and wordings"),
    command("documents", "", "what the graph was made of"),
    command("why", "[N]", "the sentences behind row N of the last answer"),
    command("source", "[N | DOCUMENT[:LINE]]", "the text around the sentence behind row N, or around a line of a document"),
    command("mode", "[FORMAT]", "how answers are written: table, line, csv, tsv, json, jsonl, markdown, dot"),
    command("limit", "[ROWS | off]", "how many rows a table shows"),
    command("headers", "on | off", "whether tables and csv name their columns"),
    command("nullvalue", "TEXT", "what stands for a value that is not known"),
    command("timer", "[on | off]", "whether the time of each query is told; without a word the other way round"),
    command("param", "[KEY=VALUE]", "gives $KEY a value, or lists what was given"),
    command("show", "", "all settings"),
    command("bail", "on | off", "whether a script stops at its first error"),
    command("read", "FILE", "runs the queries and commands of a file"),
    command("output", "[FILE]", "sends answers to a file from now on, or to the terminal again"),
    command("once", "FILE", "sends the next answer to a file"),
    command("export", "FILE [QUERY]", "writes the graph to a file, or what an answer speaks of; the ending tells the format"),
    command("open", "SOURCE…", "asks another graph"),
    command("history", "[N]", "the last lines that were typed"),
    command("pager", "[on | off]", "shows the last answer whole, through $PAGER; or whether every long answer goes there"),
    command("quit", "", "leaves"),
];

/// Runs a command.
pub fn run(source: &Source, session: &mut Session<'_>) -> Outcome<Next> {
    let line = canonical(&source.text);
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((&line, ""));
    let rest = rest.trim();
    let Some(command) = find(word.trim_start_matches('.')) else { return Err(unknown(word, source)) };
    match command.name {
        "help" => help::run(rest, session)?,
        "tour" => return tour::run(rest, source, session),
        "types" => look::types(session)?,
        "schema" => look::schema(rest, session)?,
        "documents" => look::documents(session)?,
        "why" => return ask(&format!("why {}", if rest.is_empty() { "1" } else { rest }), source, session),
        "source" => look::source(rest, session)?,
        "read" => return Ok(Next::Read(PathBuf::from(needed(rest, command)?))),
        "output" if rest.is_empty() => session.target.close(),
        "output" => session.target.open(&PathBuf::from(unquoted(rest)), false)?,
        "once" => session.target.open(&PathBuf::from(needed(rest, command)?), true)?,
        "export" => {
            let (file, query) = file_and_rest(needed(rest, command)?);
            export::from_session(&file, query, source, session)?;
            if io::stderr().is_terminal() {
                session.context.remark("wrote", &file.display().to_string());
            }
        }
        "open" => return Ok(Next::Open(words(rest).into_iter().map(PathBuf::from).collect())),
        "history" => return Err(Failure::plain(Diagnostic::error("C041", "there is no history where nobody types"))),
        "quit" => return Ok(Next::Quit),
        name => settings::run(name, rest, command, session)?,
    }
    Ok(Next::Go)
}

/// What follows `.history`, if that is the command: only the prompt has one.
pub fn history_of(item: &Item) -> Option<String> {
    let line = item.command.then(|| canonical(&item.text))?;
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((&line, ""));
    let command = find(word.trim_start_matches('.'))?;
    (command.name == "history").then(|| rest.trim().to_owned())
}

/// Asks a query in place of a command.
fn ask(query: &str, source: &Source, session: &mut Session<'_>) -> Outcome<Next> {
    let source = Source { text: query.to_owned(), ..source.clone() };
    match session.run(query, &source)? {
        Ran::Rows(_) => Ok(Next::Go),
        Ran::Interrupted => Err(Failure::Interrupted),
    }
}

/// The command in our words: `\q`, `:help`, `exit`, `.tables` and the like are known.
pub fn canonical(line: &str) -> Cow<'_, str> {
    let line = line.trim().trim_end_matches(';').trim_end();
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let ours = match word.to_ascii_lowercase().as_str() {
        "\\q" | "exit" | "quit" | ".exit" | ".q" | ":q" | ":quit" | ":exit" => ".quit",
        "\\?" | "\\h" | "help" | "?" | ".h" | ".?" | ":h" => ".help",
        "\\d" | "\\dt" | ".tables" | ".labels" | ":types" => ".types",
        "\\timing" => ".timer",
        "\\i" => ".read",
        "\\o" => ".output",
        "\\pset" | ".format" | ":format" => ".mode",
        "\\set" | ".parameter" | ".params" | ":param" | ":params" => ".param",
        "\\s" | ":history" => ".history",
        "\\c" | ".restore" => ".open",
        ".header" | ".header?" => ".headers",
        ".maxrows" | ":max_rows" => ".limit",
        ".settings" => ".show",
        ".export_graph" | ".dump" => ".export",
        other if other.starts_with(':') || other.starts_with('\\') => {
            return Cow::Owned(format!(".{} {rest}", &other[1..]));
        }
        _ => return Cow::Borrowed(line),
    };
    Cow::Owned(format!("{ours} {rest}"))
}

/// The command of this name, or the only one that starts so.
pub fn find(name: &str) -> Option<&'static Command> {
    let name = name.to_ascii_lowercase();
    let mut starting = COMMANDS.iter().filter(|c| !name.is_empty() && c.name.starts_with(&name));
    let only = starting.next().filter(|_| starting.next().is_none());
    COMMANDS.iter().find(|c| c.name == name).or(only)
}

fn unknown(word: &str, source: &Source) -> Failure {
    let name = word.trim_start_matches('.').to_lowercase();
    let fault = Diagnostic::error("C040", format!("there is no command `{word}`"));
    let starting: Vec<String> =
        COMMANDS.iter().filter(|c| !name.is_empty() && c.name.starts_with(&name)).map(|c| format!("`.{}`", c.name)).collect();
    let close = COMMANDS
        .iter()
        .map(|c| (strsim::jaro_winkler(c.name, &name), c.name))
        .filter(|c| c.0 > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let fault = match (&*starting, close) {
        ([_, _, ..], _) => fault.hint(format!("did you mean {}?", starting.join(" or "))),
        (_, Some((_, close))) => fault.hint(format!("did you mean `.{close}`?")),
        _ => fault.hint("`.help` lists the commands"),
    };
    Failure::fault(fault.at(Span::new(0, source.text.find(char::is_whitespace).unwrap_or(source.text.len())), ""), source)
}

/// What a command needs after its name.
fn needed<'a>(rest: &'a str, command: &Command) -> Outcome<&'a str> {
    if rest.is_empty() { Err(usage(command)) } else { Ok(unquoted(rest)) }
}

/// How a command is to be written.
fn usage(command: &Command) -> Failure {
    Failure::plain(Diagnostic::error("C042", format!("write .{} {}", command.name, command.usage)).hint(command.help))
}

/// Without quotes around all of it.
fn unquoted(text: &str) -> &str {
    let inner = |q: char| text.strip_prefix(q).and_then(|t| t.strip_suffix(q)).filter(|t| !t.contains(q));
    inner('"').or_else(|| inner('\'')).unwrap_or(text)
}

/// The words of a command; quotes keep blanks.
fn words(text: &str) -> Vec<String> {
    let (mut words, mut word, mut quote, mut any) = (Vec::new(), String::new(), None, false);
    for c in text.chars() {
        match quote {
            Some(q) if c == q => quote = None,
            Some(_) => word.push(c),
            None if matches!(c, '"' | '\'') => (quote, any) = (Some(c), true),
            None if c.is_whitespace() => {
                if any || !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                any = false;
            }
            None => word.push(c),
        }
    }
    if any || !word.is_empty() {
        words.push(word);
    }
    words
}

/// The first word as a file, and the rest.
fn file_and_rest(text: &str) -> (PathBuf, Option<&str>) {
    let quoted = |q: char| text.strip_prefix(q).and_then(|t| t.split_once(q));
    let (file, rest) =
        quoted('"').or_else(|| quoted('\'')).or_else(|| text.split_once(char::is_whitespace)).unwrap_or((text, ""));
    (PathBuf::from(file), Some(rest.trim()).filter(|r| !r.is_empty()))
}

/// `on` or `off`.
fn switch(rest: &str, command: &Command) -> Outcome<bool> {
    match rest.to_ascii_lowercase().as_str() {
        "on" | "yes" | "true" | "1" => Ok(true),
        "off" | "no" | "false" | "0" => Ok(false),
        _ => Err(usage(command)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_found_by_name_prefix_and_foreign_word() {
        let name = |line: &str| {
            let line = canonical(line);
            find(line.trim_start_matches('.').split_whitespace().next().unwrap_or_default()).map(|c| c.name)
        };
        for (typed, expected) in [
            (".quit", Some("quit")),
            ("exit;", Some("quit")),
            ("\\q", Some("quit")),
            (":help", Some("help")),
            ("help routes", Some("help")),
            (".tables", Some("types")),
            (".format csv", Some("mode")),
            (".tim on", Some("timer")),
            (".o", None),
            (".nonsense", None),
        ] {
            assert_eq!(name(typed), expected, "{typed}");
        }
    }

    #[test]
    fn quotes_keep_blanks() {
        assert_eq!(words("a 'b c'  \"d\" ''"), ["a", "b c", "d", ""]);
        let (file, rest) = file_and_rest("\"my file.dot\" routes bypassing Russia");
        assert_eq!((file.to_str(), rest), (Some("my file.dot"), Some("routes bypassing Russia")));
    }
}
