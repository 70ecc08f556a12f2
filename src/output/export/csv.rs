//! Pairs of CSV files, in two profiles: for Gephi and spreadsheets, and for neo4j-admin and APOC.

use std::io::{self, Write};

use super::rows::{Cell, Column, Kind, Tables, tables};
use super::{Export, Exporter};
use crate::output::csv::defuse;

const PARTS: &[&str] = &["nodes.csv", "edges.csv"];

/// For Gephi, Excel and the like; readable as a source again. Formulas are defused.
pub(super) struct Csv;

impl Exporter for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[]
    }

    fn about(&self) -> &'static str {
        "a folder with nodes.csv and edges.csv for Gephi and spreadsheets"
    }

    fn parts(&self) -> &'static [&'static str] {
        PARTS
    }

    fn write(&self, export: &Export<'_>, part: usize, out: &mut dyn Write) -> io::Result<()> {
        let Tables { node_columns, nodes, edge_columns, edges } = tables(export);
        let safe = |text: &str| defuse(text).into_owned();
        let cells = |cells: &[Cell]| -> Vec<String> { cells.iter().map(sheet_cell).collect() };
        let mut writer = csv::Writer::from_writer(out);
        let names = |columns: &[Column]| -> Vec<String> { columns.iter().map(|c| c.name.clone()).collect() };
        if part == 0 {
            writer.write_record(["Id", "Label"].map(str::to_owned).into_iter().chain(names(&node_columns)))?;
            for node in &nodes {
                writer.write_record([safe(&node.id), safe(&node.label)].into_iter().chain(cells(&node.cells)))?;
            }
        } else {
            // Gephi's own `Type` says directed or not; ours is `Kind`, and left out below.
            let head = ["Source", "Target", "Type", "Id", "Label", "Kind", "Weight"].map(str::to_owned);
            writer.write_record(head.into_iter().chain(names(edge_columns.get(1..).unwrap_or_default())))?;
            for edge in &edges {
                let head = [
                    safe(&edge.source),
                    safe(&edge.target),
                    "Directed".to_owned(),
                    safe(&edge.id),
                    safe(&edge.kind),
                    safe(&edge.kind),
                    edge.weight.to_string(),
                ];
                writer.write_record(head.into_iter().chain(cells(edge.cells.get(1..).unwrap_or_default())))?;
            }
        }
        writer.flush()
    }
}

fn sheet_cell(cell: &Cell) -> String {
    let text = cell.text("; ").unwrap_or_default();
    match cell {
        Cell::Text(_) | Cell::List(_) => defuse(&text).into_owned(),
        Cell::Missing | Cell::Int(_) | Cell::Number(_) | Cell::Bool(_) => text,
    }
}

/// For `neo4j-admin database import` and APOC: typed headers, arrays by `;`, no line ends in fields. No spreadsheet reads
/// these, so texts stay as they are.
pub(super) struct Neo4j;

impl Exporter for Neo4j {
    fn name(&self) -> &'static str {
        "neo4j"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[]
    }

    fn about(&self) -> &'static str {
        "a folder with nodes.csv and edges.csv for neo4j-admin import and APOC"
    }

    fn parts(&self) -> &'static [&'static str] {
        PARTS
    }

    fn write(&self, export: &Export<'_>, part: usize, out: &mut dyn Write) -> io::Result<()> {
        let Tables { node_columns, nodes, edge_columns, edges } = tables(export);
        let mut writer = csv::Writer::from_writer(out);
        let names = |columns: &[Column]| -> Vec<String> { columns.iter().map(header).collect() };
        let cells = |cells: &[Cell]| -> Vec<String> { cells.iter().map(neo4j_cell).collect() };
        if part == 0 {
            let head = ["id:ID".to_owned(), "name".to_owned()].into_iter();
            writer.write_record(head.chain(names(&node_columns)).chain([":LABEL".to_owned()]))?;
            for node in nodes {
                let kind = node.kind.replace(';', ",");
                writer.write_record([node.id, node.label].into_iter().chain(cells(&node.cells)).chain([kind]))?;
            }
        } else {
            let head = [":START_ID", ":END_ID", ":TYPE", "id"].map(str::to_owned).into_iter();
            writer.write_record(head.chain(names(edge_columns.get(1..).unwrap_or_default())))?;
            for edge in edges {
                let head = [edge.source, edge.target, edge.kind, edge.id].into_iter();
                writer.write_record(head.chain(cells(edge.cells.get(1..).unwrap_or_default())))?;
            }
        }
        writer.flush()
    }
}

fn header(column: &Column) -> String {
    match column.kind {
        // Partial dates are texts too: no date type holds `2025-07`.
        Kind::Text => column.name.clone(),
        Kind::Int => format!("{}:long", column.name),
        Kind::Number => format!("{}:double", column.name),
        Kind::Bool => format!("{}:boolean", column.name),
        Kind::List => format!("{}:string[]", column.name),
    }
}

fn neo4j_cell(cell: &Cell) -> String {
    match cell {
        Cell::List(items) => items.iter().map(|i| i.replace(';', ",")).collect::<Vec<_>>().join(";"),
        other => other.text(";").unwrap_or_default(),
    }
}
