//! Lines to statements and dot commands: what `-c`, files, standard input and the prompt share.
//!
//! A statement ends at `;`, or at the end of a line where it is whole. The query language says when that is.

use silkgraph::query::parse::{Completeness, is_complete, split_script};
use silkgraph::span::Spanned;

/// A statement or a dot command, and where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What was typed, without the `;` after it and blanks around.
    pub text: String,
    /// The line that it starts on, from 1.
    pub line: usize,
    /// Whether it is a command to the program, not a query.
    pub command: bool,
}

/// Collects lines until something is whole.
#[derive(Debug, Default)]
pub struct Lines {
    pending: String,
    /// Line of the first line of `pending`, from 1.
    start: usize,
    /// Lines taken so far.
    taken: usize,
}

impl Lines {
    /// Takes a line (without its end); returns what is whole now.
    pub fn push(&mut self, line: &str) -> Vec<Item> {
        self.taken += 1;
        if self.pending.is_empty() {
            self.start = self.taken;
        } else {
            self.pending.push('\n');
        }
        self.pending.push_str(line);
        if is_whole(&self.pending) { self.finish() } else { Vec::new() }
    }

    /// What is left at the end, whole or not.
    pub fn finish(&mut self) -> Vec<Item> {
        split(&std::mem::take(&mut self.pending), self.start.max(1))
    }
}

/// Whether a text needs no further line: all is whole, or there is nothing.
pub fn is_whole(text: &str) -> bool {
    is_command(text) || is_complete(text) != Completeness::Incomplete
}

/// All items of a text.
pub fn items(text: &str) -> Vec<Item> {
    split(text, 1)
}

fn split(text: &str, first_line: usize) -> Vec<Item> {
    let item = |part: Spanned<&str>| {
        let before = text.get(..part.span.start as usize).unwrap_or_default();
        let line = first_line + before.matches('\n').count();
        let command = is_command(part.value);
        let text = if command { part.value.trim_end_matches([';', ' ']) } else { part.value };
        Item { text: text.to_owned(), line, command }
    };
    split_script(text).into_iter().map(item).collect()
}

/// Whether a line speaks to the program: dot commands, and the words that people bring from other shells.
pub fn is_command(line: &str) -> bool {
    let line = line.trim().trim_end_matches(';').trim();
    let mut words = line.split_whitespace();
    let Some(first) = words.next() else { return false };
    let second = words.next();
    match first.chars().next() {
        Some('.' | '\\') => true,
        Some(':' | '?') => true,
        _ => match (first.to_ascii_lowercase().as_str(), second) {
            ("exit" | "quit", None) => true,
            ("help", _) => words.next().is_none(),
            _ => false,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(script: &str) -> Vec<(usize, String)> {
        items(script).into_iter().map(|i| (i.line, i.text)).collect()
    }

    #[test]
    fn verbs_end_with_their_line_and_match_with_return() {
        let script = "// a comment\nroutes bypassing Russia // trailing\n\nMATCH (a)-[:funds]->(b)\nWHERE a.name = 'x; y'\nRETURN a; list State\n.mode csv;\nshow X";
        let expected = [
            (2, "routes bypassing Russia"),
            (4, "MATCH (a)-[:funds]->(b)\nWHERE a.name = 'x; y'\nRETURN a"),
            (6, "list State"),
            (7, ".mode csv"),
            (8, "show X"),
        ];
        assert_eq!(texts(script), expected.map(|(l, t)| (l, t.to_owned())));
    }

    #[test]
    fn words_of_other_shells_are_commands() {
        for line in ["exit", "quit;", "\\q", ":help", "help", "help routes", "?", ".tour 3"] {
            assert!(is_command(line), "{line}");
        }
        for line in ["routes bypassing Russia", "help me find a road", "", "exit strategies of Russia", "(x)"] {
            assert!(!is_command(line), "{line}");
        }
    }

    #[test]
    fn what_is_never_finished_is_handed_over_at_the_end() {
        assert_eq!(texts("match (a"), [(1, "match (a".to_owned())]);
        assert_eq!(texts(";;\n // only this\n"), []);
    }
}
