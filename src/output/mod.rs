//! Answers as text: one writer a format.

use std::io::{self, Write};

use crate::graph::FrozenGraph;
use crate::query::Answer;
use crate::schema::Schema;

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
}

impl Default for Layout {
    fn default() -> Self {
        Self { width: None, colour: false, header: true, null: String::new(), most_rows: None }
    }
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
    let _ = (answer, graph, schema, format, layout);
    writeln!(out, "not written yet")
}
