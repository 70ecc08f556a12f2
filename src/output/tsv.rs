//! Tab-separated values: one row a line, no tab or line end in a cell, evidence as
//! `[document:line] “sentence”`.

use std::io::{self, Write};

use super::Layout;
use super::cell::{Cells, clean};
use crate::graph::FrozenGraph;
use crate::query::Answer;

/// Writes a header, if wanted, and every row.
pub(super) fn write(answer: &Answer, graph: &FrozenGraph, layout: &Layout, out: &mut dyn Write) -> io::Result<()> {
    let cells = Cells { graph, null: &layout.null };
    if layout.header && !answer.columns.is_empty() {
        let names: Vec<_> = answer.columns.iter().map(|c| clean(&c.name)).collect();
        writeln!(out, "{}", names.join("\t"))?;
    }
    for row in &answer.rows {
        let fields: Vec<_> = row.cells.iter().map(|c| cells.text(c)).collect();
        writeln!(out, "{}", fields.join("\t"))?;
    }
    Ok(())
}
