//! `.help`: how to ask, and what each verb, command and format does. All of it comes from the tables of the library.

use std::fmt::Write as _;

use silkgraph::diagnostic::Diagnostic;
use silkgraph::query::verbs::{TAIL, VERBS, Verb};

use super::{COMMANDS, canonical, find};
use crate::cli::context::terminal_width;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::session::Session;

/// Columns that a paragraph takes.
const WIDTH: usize = 90;

/// Shows help in general, or about a word.
pub fn run(word: &str, session: &mut Session<'_>) -> Outcome<()> {
    let text = if word.is_empty() { overview() } else { about(word)? };
    session.say(&text)
}

fn overview() -> String {
    let mut text = String::from("One question a line. `.help VERB` tells more, with examples; `.tour` shows ten.\n\n");
    for verb in VERBS {
        let _ = writeln!(text, "  {:<13} {}", verb.name, verb.summary);
    }
    text.push('\n');
    for command in &COMMANDS {
        let _ = writeln!(text, "  {:<30} {}", format!(".{} {}", command.name, command.usage).trim_end(), command.help);
    }
    text
}

fn about(word: &str) -> Outcome<String> {
    let word = word.trim().trim_end_matches(';');
    let lower = word.to_lowercase();
    // A word with a dot is a command; without, a verb comes first.
    let verb = VERBS.iter().find(|v| !word.starts_with('.') && (v.name == lower || v.aliases.contains(&lower.as_str())));
    if let Some(verb) = verb {
        return Ok(of_verb(verb));
    }
    if lower == "tail" {
        return Ok(format!("TAIL is any of\n  {TAIL}\n"));
    }
    let line = canonical(word);
    if let Some(command) = find(line.trim().trim_start_matches('.')) {
        return Ok(format!(".{} {}\n  {}\n", command.name, command.usage, command.help));
    }
    let names = VERBS.iter().map(|v| v.name).chain(COMMANDS.iter().map(|c| c.name));
    let close = names.map(|n| (strsim::jaro_winkler(n, &lower), n)).max_by(|a, b| a.0.total_cmp(&b.0)).filter(|c| c.0 > 0.75);
    let fault = Diagnostic::error("C048", format!("there is no help on `{word}`"));
    Err(Failure::plain(match close {
        Some((_, close)) => fault.hint(format!("did you mean `.help {close}`?")),
        None => fault.hint("`.help` lists what there is"),
    }))
}

fn of_verb(verb: &Verb) -> String {
    let mut text = format!("{}: {}\n", verb.name, verb.summary);
    if !verb.aliases.is_empty() {
        let _ = writeln!(text, "also: {}", verb.aliases.join(", "));
    }
    for usage in verb.usage {
        let _ = writeln!(text, "{}", wrapped(usage, "  ", "      "));
    }
    let _ = writeln!(text, "\n{}", wrapped(verb.help.trim(), "", ""));
    if verb.usage.iter().any(|u| u.contains("TAIL")) {
        let _ = writeln!(text, "{}", wrapped(&format!("TAIL is any of {TAIL}"), "", "  "));
    }
    if !verb.examples.is_empty() {
        text.push_str("\nexamples:\n");
        for example in verb.examples {
            let _ = writeln!(text, "{}", wrapped(example, "  ", "      "));
        }
    }
    text
}

/// Text broken at blanks into lines that the terminal holds and that read well, each but the first behind `indent`.
pub(super) fn wrapped(text: &str, first: &str, indent: &str) -> String {
    let most = terminal_width(WIDTH).min(WIDTH);
    let mut out = String::from(first);
    let (mut column, mut fresh) = (first.len(), true);
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if !fresh && column + 1 + length > most {
            out.push('\n');
            out.push_str(indent);
            column = indent.len();
        } else if !fresh {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        (column, fresh) = (column + length, false);
    }
    out
}
