//! Comma-separated values, RFC 4180, for spreadsheets: every column, evidence as JSON text.
//!
//! A cell of text that a spreadsheet would take for a formula gets a `'` before it. Line ends inside a cell stay
//! (quoted); other control characters do not.

use std::borrow::Cow;
use std::io::{self, Write};

use super::Layout;
use super::cell::{Cells, clean_lines, json_text};
use crate::graph::FrozenGraph;
use crate::query::{Answer, Value};

/// Writes a header, if wanted, and every row.
pub(super) fn write(answer: &Answer, graph: &FrozenGraph, layout: &Layout, out: &mut dyn Write) -> io::Result<()> {
    let cells = Cells { graph, null: &layout.null };
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(out);
    if layout.header {
        writer.write_record(answer.columns.iter().map(|c| defuse(&c.name).into_owned()))?;
    }
    for row in &answer.rows {
        writer.write_record(row.cells.iter().map(|c| field(c, &cells)))?;
    }
    writer.flush()
}

fn field(value: &Value, cells: &Cells<'_>) -> String {
    match value {
        Value::Null => cells.null.to_owned(),
        Value::Bool(_) | Value::Int(_) | Value::Float(_) => cells.text(value),
        Value::Evidence(_) => json_text(&cells.json(value)),
        Value::Text(_) | Value::Sym(_) | Value::Quantity(_) => {
            defuse(&clean_lines(value.as_str(cells.graph).unwrap_or_default())).into_owned()
        }
        Value::Node(_) | Value::Edge(_) | Value::Route(_) | Value::List(_) | Value::Map(_) => {
            defuse(&cells.text(value)).into_owned()
        }
    }
}

/// `text`, with a `'` before what a spreadsheet would run as a formula. Plain numbers stay.
pub(in crate::output) fn defuse(text: &str) -> Cow<'_, str> {
    let dangerous = text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    if dangerous && text.parse::<f64>().is_err() { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}
