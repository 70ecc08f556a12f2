//! Diagnostics as JSON lines: what `--format jsonl` writes to the error stream.

use std::io::{self, Write};

use serde_json::{Value as Json, json};

use crate::diagnostic::{Diagnostic, Severity};
use crate::span::LineIndex;

/// Writes one JSON object and a line end. With the `source` that its labels speak of, each gets its line and column.
///
/// # Errors
/// What `out` fails with.
pub fn write_diagnostic(diagnostic: &Diagnostic, source: Option<&str>, out: &mut dyn Write) -> io::Result<()> {
    let severity = match diagnostic.severity {
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let index = source.map(|s| (LineIndex::new(s.as_bytes()), s));
    let labels: Vec<Json> = diagnostic
        .labels
        .iter()
        .map(|label| {
            let mut place = json!({"start": label.span.start, "end": label.span.end});
            if let Some((index, source)) = &index {
                let (line, column) = index.line_column(source.as_bytes(), label.span.start as usize);
                place["line"] = json!(line);
                place["column"] = json!(column);
            }
            place["text"] = json!(label.text);
            place
        })
        .collect();
    let object = json!({
        "severity": severity,
        "code": diagnostic.code,
        "message": diagnostic.message,
        "origin": diagnostic.origin,
        "labels": labels,
        "hints": diagnostic.hints,
    });
    writeln!(out, "{}", super::json::to_string(&object))
}
