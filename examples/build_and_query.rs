//! Builds a graph from texts, asks it, and shows the sentences behind each answer.
//!
//! `cargo run --example build_and_query`

use std::error::Error;
use std::io::Write as _;

use silkgraph::Builder;

fn main() -> Result<(), Box<dyn Error>> {
    let graph = Builder::new()
        .text(
            "brief.md",
            "# Two ways west\n\nThe Middle Corridor runs from China through Kazakhstan, Azerbaijan and Georgia and bypasses Russia. \
             The Northern Corridor leads from China through Kazakhstan and Russia to Europe.\n",
        )
        .text("wire.txt", "Kazakhstan may finance the Middle Corridor, officials said on 3 March 2026.")
        .build()?;
    let mut out = std::io::stdout().lock();
    for question in [
        "routes bypassing Russia",
        "who funds Middle Corridor",
        "MATCH (w:Corridor)-[p:passes_through]->(s:State) RETURN w.name, count(s) AS states",
    ] {
        let answer = graph.query(question).run()?;
        writeln!(out, "{question}")?;
        for (number, row) in answer.rows.iter().enumerate() {
            let cells: Vec<String> = row.cells.iter().map(|cell| graph.show(cell)).collect();
            writeln!(out, "  {}", cells.join(" | "))?;
            for claim in graph.evidence(&answer, number + 1) {
                writeln!(out, "    {}:{} ({}) {}", claim.document(), claim.line(), claim.mode(), claim.text())?;
            }
        }
    }
    Ok(())
}
