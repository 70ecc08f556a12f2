//! JSON and JSON lines: every column in full, evidence as objects.
//!
//! Control characters and direction overrides are written as `\u` escapes, so that the text survives and a terminal is
//! safe.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter};
use serde_json::{Map, Value as Json, json};

use super::cell::{Cells, is_treacherous};
use crate::graph::FrozenGraph;
use crate::query::{Answer, AnswerKind, Row};

/// One array, one row a line.
pub(super) fn write(answer: &Answer, graph: &FrozenGraph, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"[")?;
    let mut first = true;
    each(answer, graph, |object| {
        out.write_all(if first { b"\n" } else { b",\n" })?;
        first = false;
        out.write_all(to_string(object).as_bytes())
    })?;
    out.write_all(if first { b"]\n" } else { b"\n]\n" })
}

/// One object a line.
pub(super) fn write_lines(answer: &Answer, graph: &FrozenGraph, out: &mut dyn Write) -> io::Result<()> {
    each(answer, graph, |object| {
        out.write_all(to_string(object).as_bytes())?;
        out.write_all(b"\n")
    })
}

fn each(answer: &Answer, graph: &FrozenGraph, mut take: impl FnMut(&Json) -> io::Result<()>) -> io::Result<()> {
    if answer.kind == AnswerKind::Text {
        return take(&json!({"text": answer.text.as_deref().unwrap_or_default()}));
    }
    let cells = Cells { graph, null: "" };
    answer.rows.iter().try_for_each(|row| take(&object(answer, row, &cells)))
}

fn object(answer: &Answer, row: &Row, cells: &Cells<'_>) -> Json {
    let mut object = Map::new();
    for (at, column) in answer.columns.iter().enumerate() {
        let value = row.cells.get(at).map_or(Json::Null, |c| cells.json(c));
        object.insert(column.name.to_string(), value);
    }
    Json::Object(object)
}

/// Compact JSON in which nothing steers a terminal.
pub(super) fn to_string(value: &Json) -> String {
    let mut bytes = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, Guarded);
    // Writing a JSON value to memory does not fail.
    let _ = value.serialize(&mut serializer);
    String::from_utf8(bytes).unwrap_or_default()
}

struct Guarded;

impl Formatter for Guarded {
    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        CompactFormatter.begin_object_value(writer)
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut plain = 0;
        for (at, c) in fragment.char_indices().filter(|&(_, c)| c.is_control() || is_treacherous(c)) {
            writer.write_all(&fragment.as_bytes()[plain..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            plain = at + c.len_utf8();
        }
        writer.write_all(&fragment.as_bytes()[plain..])
    }
}
