//! `.help`: how to ask, and what each command and verb does.

use std::fmt::Write as _;

use silkgraph::diagnostic::Diagnostic;

use super::{COMMANDS, canonical, find};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::session::Session;

/// Shows help in general, or about a word.
pub fn run(word: &str, session: &mut Session<'_>) -> Outcome<()> {
    let text = if word.is_empty() { overview() } else { about(word)? };
    session.say(&text)
}

fn overview() -> String {
    let mut text = String::from(
        "Ask in words, one question a line:\n\
         \x20 routes bypassing Russia            ways that avoid it\n\
         \x20 why 1                              the sentences behind row 1\n\
         \x20 show Middle Corridor               all that is known of a thing\n\
         \x20 MATCH (a)-[:funds]->(b) RETURN a, b   patterns, openCypher-style\n\n\
         Commands:\n",
    );
    for command in &COMMANDS {
        let _ = writeln!(text, "  {:<30} {}", format!(".{} {}", command.name, command.usage), command.help);
    }
    text
}

fn about(word: &str) -> Outcome<String> {
    let line = canonical(word);
    let name = line.trim().trim_start_matches('.');
    if let Some(command) = find(name) {
        return Ok(format!(".{} {}\n  {}\n", command.name, command.usage, command.help));
    }
    Err(Failure::plain(Diagnostic::error("C048", format!("there is no help on `{word}`")).hint("`.help` lists what there is")))
}
