//! Prints how files are read: articles with title, byline, date and origin, and each block with its kind and line.
//!
//! `cargo run --example read_blocks FILE…`

use std::io::Write as _;

use silkgraph::span::LineIndex;

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path)?;
        let (document, remarks) = silkgraph::source::read(&path, &bytes);
        writeln!(out, "== {path}")?;
        remarks.iter().try_for_each(|r| writeln!(out, "{r}"))?;
        let lines = LineIndex::new(&bytes);
        for article in document.iter().flat_map(|d| &d.articles) {
            let title = article.title.as_ref().map(|t| t.text.as_str());
            writeln!(
                out,
                "-- {}: {title:?} by {:?} on {:?} in {:?} from {:?}",
                article.number,
                article.byline,
                article.date.map(|d| d.to_string()),
                article.outlet,
                article.origin
            )?;
            for block in &article.blocks {
                let line = lines.line(block.text.file_offset(0) as usize);
                writeln!(out, "{line:5} {:10} {}", format!("{:?}", block.kind), block.text.text)?;
            }
        }
    }
    Ok(())
}
