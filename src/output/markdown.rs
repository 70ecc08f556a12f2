//! A GitHub-flavoured Markdown table: columns that hold something, evidence short, nothing of a document as markup.

use std::io::{self, Write};

use super::Layout;
use super::cell::{Cells, clean};
use super::table::{filled, is_number};
use crate::graph::FrozenGraph;
use crate::query::{Answer, Value};

/// Writes a header (Markdown tables have one always) and every row.
pub(super) fn write(answer: &Answer, graph: &FrozenGraph, layout: &Layout, out: &mut dyn Write) -> io::Result<()> {
    let cells = Cells { graph, null: &layout.null };
    let shown = filled(answer);
    let names: Vec<_> = shown.iter().filter_map(|&c| answer.columns.get(c)).map(|c| escape(&clean(&c.name))).collect();
    writeln!(out, "| {} |", names.join(" | "))?;
    let rules: Vec<_> = shown.iter().map(|&c| if is_number(answer, c) { "--:" } else { "---" }).collect();
    writeln!(out, "| {} |", rules.join(" | "))?;
    for row in &answer.rows {
        let fields = shown.iter().map(|&c| escape(&cells.short(row.cells.get(c).unwrap_or(&Value::Null))));
        writeln!(out, "| {} |", fields.collect::<Vec<_>>().join(" | "))?;
    }
    Ok(())
}

/// `text` with all that Markdown or HTML would take for markup escaped.
pub(in crate::output) fn escape(text: &str) -> String {
    let mut done = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        match c {
            '<' => done.push_str("&lt;"),
            '>' => done.push_str("&gt;"),
            '&' => done.push_str("&amp;"),
            '\\' | '`' | '*' | '[' | ']' | '|' | '~' | '$' => done.extend(['\\', c]),
            // Within a word it is no markup.
            '_' if edge(Some(before)) || edge(chars.peek().copied()) => done.push_str("\\_"),
            // A bare address would become a link.
            ':' if chars.peek() == Some(&'/') => done.push_str("&#58;"),
            c => done.push(c),
        }
        before = c;
    }
    done
}
