//! One `column = value` a line, rows apart by an empty line: everything, nothing cut.

use std::io::{self, Write};

use super::Layout;
use super::cell::{Cells, clean};
use super::width::width;
use crate::graph::FrozenGraph;
use crate::query::{Answer, Value};

/// Writes every row. Each sentence of an evidence cell stands on a line of its own.
pub(super) fn write(answer: &Answer, graph: &FrozenGraph, layout: &Layout, out: &mut dyn Write) -> io::Result<()> {
    let cells = Cells { graph, null: &layout.null };
    let names: Vec<_> = answer.columns.iter().map(|c| clean(&c.name)).collect();
    let widest = names.iter().map(|n| width(n)).max().unwrap_or(0);
    for (at, row) in answer.rows.iter().enumerate() {
        if at > 0 {
            out.write_all(b"\n")?;
        }
        for (name, cell) in names.iter().zip(&row.cells) {
            let label = if layout.header { format!("{}{name} = ", " ".repeat(widest - width(name))) } else { String::new() };
            for (line, text) in lines(cell, &cells).iter().enumerate() {
                let lead = if line == 0 { label.clone() } else { " ".repeat(width(&label)) };
                writeln!(out, "{lead}{text}")?;
            }
        }
    }
    Ok(())
}

fn lines(cell: &Value, cells: &Cells<'_>) -> Vec<String> {
    let Value::Evidence(claims) = cell else { return vec![cells.text(cell)] };
    let claims: Vec<String> =
        claims.iter().filter_map(|&c| cells.graph.claim(c)).map(|c| cells.evidence_line(&c, false)).collect();
    if claims.is_empty() { vec![cells.null.to_owned()] } else { claims }
}
