//! Answers as text: one writer a format, one module (`cell`) for how a cell is shown.
//!
//! ```text
//! Answer ─ write ─► table | line | csv | tsv | json | jsonl | markdown | dot
//! graph + Selection ─ export::EXPORTERS ─► the formats of other tools
//! Diagnostic ─ write_diagnostic ─► one JSON object a line
//! ```
//!
//! What documents say is hostile until shown otherwise: no writer lets control characters or direction overrides out.
//! Notes of an answer (caps, warnings, world data) are the caller's to show.

use std::io::{self, Write};

use crate::graph::FrozenGraph;
use crate::query::{Answer, AnswerKind};
use crate::schema::Schema;

mod cell;
mod csv;
mod diagnostics;
pub mod dot;
pub mod explorer;
pub mod export;
mod json;
mod line;
mod markdown;
mod picture;
#[cfg(feature = "png")]
pub mod png;
pub mod report;
mod selection;
pub mod svg;
mod table;
#[cfg(test)]
mod tests;
mod tsv;
mod width;

pub use cell::{clean, clean_lines};
pub use diagnostics::write_diagnostic;
pub use picture::PictureOptions;
pub use selection::{Selection, Track};

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Format {
    /// Boxed columns for a terminal.
    #[default]
    Table,
    /// One `column = value` a line.
    Line,
    /// Comma-separated values, RFC 4180.
    Csv,
    /// Tab-separated values.
    Tsv,
    /// One JSON array of objects.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// A Markdown table.
    Markdown,
    /// A Graphviz picture of what the answer speaks of.
    Dot,
}

impl Format {
    /// All of them, with what each is for: help, completion and the documentation are made from this.
    pub const ALL: [(Self, &'static str, &'static str); 8] = [
        (Self::Table, "table", "boxed columns that fit the terminal"),
        (Self::Line, "line", "one `column = value` a line, nothing cut"),
        (Self::Csv, "csv", "comma-separated values for spreadsheets"),
        (Self::Tsv, "tsv", "tab-separated values, one row a line"),
        (Self::Json, "json", "an array of objects, evidence included"),
        (Self::Jsonl, "jsonl", "one JSON object a line"),
        (Self::Markdown, "markdown", "a table for Markdown"),
        (Self::Dot, "dot", "a Graphviz picture of the answer"),
    ];

    /// What it is called on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|f| f.0 == self).map_or("", |f| f.1)
    }

    /// The format called `name`, in the words of other shells too (`ndjson`, `md`, `box`).
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let other = match name.as_str() {
            "box" | "duckbox" | "column" => Some(Self::Table),
            "lines" => Some(Self::Line),
            "tabs" => Some(Self::Tsv),
            "jsonlines" | "ndjson" => Some(Self::Jsonl),
            "md" => Some(Self::Markdown),
            "graphviz" | "gv" => Some(Self::Dot),
            _ => None,
        };
        other.or_else(|| Self::ALL.iter().find(|f| f.1 == name).map(|f| f.0))
    }
}

/// How an answer is laid out.
#[derive(Debug, Clone)]
pub struct Layout {
    /// Terminal columns that a table may take; no bound if none.
    pub width: Option<usize>,
    /// Whether colours may be used.
    pub colour: bool,
    /// Whether column names are written.
    pub header: bool,
    /// What stands for null in table, line, csv, tsv and markdown.
    pub null: String,
    /// How many rows a table shows; the rest is counted.
    pub most_rows: Option<usize>,
    /// The title of pictures: the query.
    pub title: String,
}

impl Default for Layout {
    fn default() -> Self {
        Self { width: None, colour: false, header: true, null: String::new(), most_rows: None, title: String::new() }
    }
}

/// A cell as text, the way that tables show it: names, amounts as written, routes with their ways.
#[must_use]
pub fn cell_text(value: &crate::query::Value, graph: &FrozenGraph) -> String {
    cell::Cells { graph, null: "" }.text(value)
}

/// Writes `answer` as `format`. Notes (caps, warnings, world data) are the caller's to show.
///
/// # Errors
/// What writing to `out` gives.
pub fn write(
    answer: &Answer,
    graph: &FrozenGraph,
    schema: &Schema,
    format: Format,
    layout: &Layout,
    out: &mut dyn Write,
) -> io::Result<()> {
    if answer.kind == AnswerKind::Text && !matches!(format, Format::Json | Format::Jsonl) {
        let text = clean_lines(answer.text.as_deref().unwrap_or_default());
        let text = text.trim_end();
        return if format == Format::Markdown { writeln!(out, "```\n{text}\n```") } else { writeln!(out, "{text}") };
    }
    match format {
        Format::Table => table::write(answer, graph, layout, out),
        Format::Line => line::write(answer, graph, layout, out),
        Format::Csv => csv::write(answer, graph, layout, out),
        Format::Tsv => tsv::write(answer, graph, layout, out),
        Format::Json => json::write(answer, graph, out),
        Format::Jsonl => json::write_lines(answer, graph, out),
        Format::Markdown => markdown::write(answer, graph, layout, out),
        Format::Dot => dot::write_answer(answer, graph, schema, &layout.title, out),
    }
}
