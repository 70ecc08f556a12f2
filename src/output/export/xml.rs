//! GEXF 1.3 and GraphML: the dialects that Gephi, Gephi Lite, networkx and graphology all open.

use std::io::{self, Write};

use super::rows::{Cell, Column, Kind, Tables, tables};
use super::{Export, Exporter};

/// GEXF 1.3, static.
pub(super) struct Gexf;

impl Exporter for Gexf {
    fn name(&self) -> &'static str {
        "gexf"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["gexf"]
    }

    fn about(&self) -> &'static str {
        "GEXF 1.3 for Gephi, Gephi Lite, networkx and graphology"
    }

    /// What readers insist on: attributes before nodes, one block each; every edge directed and with a `kind`, or parallel
    /// ones are merged; distinct edge ids; `value` first in `viz:size`; no parents.
    fn write(&self, export: &Export<'_>, _: usize, out: &mut dyn Write) -> io::Result<()> {
        let Tables { node_columns, nodes, edge_columns, edges } = tables(export);
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(out, "<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" version=\"1.3\">")?;
        writeln!(out, "<meta><creator>silkgraph {}</creator>", env!("CARGO_PKG_VERSION"))?;
        writeln!(out, "<description>{}</description></meta>", escape(&export.selection.title))?;
        writeln!(out, "<graph mode=\"static\" defaultedgetype=\"directed\">")?;
        for (class, columns) in [("node", &node_columns), ("edge", &edge_columns)] {
            writeln!(out, "<attributes class=\"{class}\" mode=\"static\">")?;
            for Column { name, kind } in columns {
                writeln!(out, "<attribute id=\"{name}\" title=\"{name}\" type=\"{}\"/>", gexf_type(*kind))?;
            }
            writeln!(out, "</attributes>")?;
        }
        writeln!(out, "<nodes>")?;
        for node in &nodes {
            write!(out, "<node id=\"{}\" label=\"{}\">", escape(&node.id), escape(&node.label))?;
            put_values(out, &node_columns, &node.cells)?;
            put_look(out, export, &node.kind, export.graph.mentions(node.number).len())?;
            writeln!(out, "</node>")?;
        }
        writeln!(out, "</nodes>\n<edges>")?;
        for edge in &edges {
            let (id, kind) = (escape(&edge.id), escape(&edge.kind));
            write!(out, "<edge id=\"{id}\" source=\"{}\" target=\"{}\"", escape(&edge.source), escape(&edge.target))?;
            write!(out, " type=\"directed\" kind=\"{kind}\" label=\"{kind}\" weight=\"{}.0\">", edge.weight)?;
            put_values(out, &edge_columns, &edge.cells)?;
            writeln!(out, "</edge>")?;
        }
        writeln!(out, "</edges>\n</graph>\n</gexf>")
    }
}

fn gexf_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "string",
        Kind::Int => "integer",
        Kind::Number => "double",
        Kind::Bool => "boolean",
        Kind::List => "liststring",
    }
}

fn put_values(out: &mut dyn Write, columns: &[Column], cells: &[Cell]) -> io::Result<()> {
    write!(out, "<attvalues>")?;
    for (column, cell) in columns.iter().zip(cells) {
        let value = match cell {
            Cell::List(items) if items.is_empty() => continue,
            Cell::List(items) => {
                let quoted: Vec<String> =
                    items.iter().map(|i| format!("\"{}\"", i.replace('"', "”").replace('\\', "/"))).collect();
                format!("[{}]", quoted.join(", "))
            }
            other => match other.text("; ") {
                Some(text) => text,
                None => continue,
            },
        };
        write!(out, "<attvalue for=\"{}\" value=\"{}\"/>", column.name, escape(&value))?;
    }
    write!(out, "</attvalues>")
}

/// The schema's colour, and a size by mentions.
fn put_look(out: &mut dyn Write, export: &Export<'_>, kind: &str, mentions: usize) -> io::Result<()> {
    let style = export.schema.node_types.iter().find(|t| &*t.name == kind).map(|t| t.style.fill.as_str()).unwrap_or_default();
    let channel = |at: usize| style.get(at..at + 2).and_then(|h| u8::from_str_radix(h, 16).ok()).unwrap_or(0xc8);
    write!(out, "<viz:color r=\"{}\" g=\"{}\" b=\"{}\"/>", channel(1), channel(3), channel(5))?;
    write!(out, "<viz:size value=\"{:.1}\"/>", 4.0 + 4.0 * (1.0 + mentions as f64).log2())
}

/// GraphML.
pub(super) struct Graphml;

impl Exporter for Graphml {
    fn name(&self) -> &'static str {
        "graphml"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["graphml"]
    }

    fn about(&self) -> &'static str {
        "GraphML for Cytoscape, yEd, igraph, Gephi and networkx"
    }

    fn write(&self, export: &Export<'_>, _: usize, out: &mut dyn Write) -> io::Result<()> {
        let Tables { node_columns, nodes, edge_columns, edges } = tables(export);
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(out, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">")?;
        let label = Column { name: "label".to_owned(), kind: Kind::Text };
        let weight = Column { name: "weight".to_owned(), kind: Kind::Number };
        for (class, columns) in [("node", &node_columns), ("edge", &edge_columns)] {
            for Column { name, kind } in [&label].into_iter().chain(columns).chain((class == "edge").then_some(&weight)) {
                let kind = match kind {
                    Kind::Text | Kind::List => "string",
                    Kind::Int => "long",
                    Kind::Number => "double",
                    Kind::Bool => "boolean",
                };
                writeln!(out, "<key id=\"{class}_{name}\" for=\"{class}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")?;
            }
        }
        writeln!(out, "<graph edgedefault=\"directed\">")?;
        for node in &nodes {
            write!(out, "<node id=\"{}\"><data key=\"node_label\">{}</data>", escape(&node.id), escape(&node.label))?;
            put_data(out, "node", &node_columns, &node.cells)?;
            writeln!(out, "</node>")?;
        }
        for edge in &edges {
            write!(out, "<edge id=\"{}\" source=\"{}\"", escape(&edge.id), escape(&edge.source))?;
            write!(out, " target=\"{}\"><data key=\"edge_label\">{}</data>", escape(&edge.target), escape(&edge.kind))?;
            put_data(out, "edge", &edge_columns, &edge.cells)?;
            writeln!(out, "<data key=\"edge_weight\">{}.0</data></edge>", edge.weight)?;
        }
        writeln!(out, "</graph>\n</graphml>")
    }
}

fn put_data(out: &mut dyn Write, class: &str, columns: &[Column], cells: &[Cell]) -> io::Result<()> {
    for (column, cell) in columns.iter().zip(cells) {
        if let Some(text) = cell.text("; ").filter(|t| !t.is_empty()) {
            write!(out, "<data key=\"{class}_{}\">{}</data>", column.name, escape(&text))?;
        }
    }
    Ok(())
}

/// Texts are cleaned already; what XML cannot hold besides is replaced.
fn escape(text: &str) -> String {
    let mut done = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => done.push_str("&amp;"),
            '<' => done.push_str("&lt;"),
            '>' => done.push_str("&gt;"),
            '"' => done.push_str("&quot;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => done.push('\u{fffd}'),
            c => done.push(c),
        }
    }
    done
}
