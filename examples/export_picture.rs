//! Builds a graph from texts and writes an answer as a Graphviz picture and the whole graph as node-link JSON.
//!
//! `cargo run --example export_picture | dot -Tsvg -o picture.svg`

use std::error::Error;
use std::io;

use silkgraph::Builder;
use silkgraph::graph::json;
use silkgraph::output::{Format, Layout, write};
use silkgraph::schema::Schema;

fn main() -> Result<(), Box<dyn Error>> {
    let graph = Builder::new()
        .text("news.txt", "The Kabul Corridor leads from Termez through Naibabad and Logar to Kharlachi.")
        .build()?;
    let answer = graph.query("show \"Kabul Corridor\"").run()?;
    write(&answer, graph.frozen(), Schema::builtin(), Format::Dot, &Layout::default(), &mut io::stdout().lock())?;
    let mut whole = Vec::new();
    json::write(graph.knowledge(), &mut whole)?;
    assert!(json::read(&whole)? == *graph.knowledge(), "what is written reads back as it was");
    Ok(())
}
