//! The explorer: one HTML file that shows a graph as tables, as a picture, on a map and in time, from disk, without network.
//!
//! Rust gives the data, the places of the nodes and the page's frame; everything that a reader does is in `assets/`, in
//! plain JavaScript without libraries. What documents say cannot run: it stands in a block of JSON in which no `<` occurs,
//! the page shows it as text only, and its policy lets no script run but the one that it came with.

use std::io::{self, Write};

use super::export::{Export, Exporter};

mod data;
mod digest;
mod layout;
#[cfg(test)]
mod tests;
mod ways;

pub(super) use digest::csp_hash;

/// The page's script, in the order that its parts need each other.
const SCRIPT: &[&str] = &[
    include_str!("assets/dom.js"),
    include_str!("assets/data.js"),
    include_str!("assets/state.js"),
    include_str!("assets/tables.js"),
    include_str!("assets/details.js"),
    include_str!("assets/canvas.js"),
    include_str!("assets/graph.js"),
    include_str!("assets/avoid.js"),
    include_str!("assets/map.js"),
    include_str!("assets/timeline.js"),
    include_str!("assets/main.js"),
];
const STYLE: &str = include_str!("assets/explorer.css");
const FRAME: &str = include_str!("assets/explorer.html");
/// The world in tenths of a degree, simplified: see NOTICE.
const LAND: &str = include_str!("assets/land.path");
const BORDERS: &str = include_str!("assets/borders.path");

/// The explorer as an exporter.
pub(super) struct Html;

impl Exporter for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["html", "htm"]
    }

    fn about(&self) -> &'static str {
        "an explorer in one file: tables, graph, map and timeline, for any browser, without network"
    }

    fn write(&self, export: &Export<'_>, _: usize, out: &mut dyn Write) -> io::Result<()> {
        write(export, out)
    }
}

/// Writes the explorer of a selection.
///
/// # Errors
/// What `out` fails with.
pub fn write(export: &Export<'_>, out: &mut dyn Write) -> io::Result<()> {
    let script = format!("\"use strict\";\n(() => {{\n{}}})();\n", SCRIPT.concat());
    let data = harmless(&serde_json::to_string(&data::data(export))?);
    let parts = [
        ("{{script-hash}}", csp_hash(&script)),
        ("{{style-hash}}", csp_hash(STYLE)),
        ("{{title}}", escape(&title(export))),
        ("{{style}}", STYLE.to_owned()),
        ("{{land}}", LAND.to_owned()),
        ("{{borders}}", BORDERS.to_owned()),
        ("{{data}}", data),
        ("{{script}}", script),
    ];
    let mut rest = FRAME;
    for (mark, text) in &parts {
        let Some((before, after)) = rest.split_once(mark) else { continue };
        out.write_all(before.as_bytes())?;
        out.write_all(text.as_bytes())?;
        rest = after;
    }
    out.write_all(rest.as_bytes())
}

fn title(export: &Export<'_>) -> String {
    let title = super::clean(&export.selection.title);
    if title.is_empty() { "silkgraph explorer".to_owned() } else { format!("{title} · silkgraph explorer") }
}

/// JSON that can stand in a script element: without `<` nothing ends it, and nothing starts a comment in it.
fn harmless(json: &str) -> String {
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// Text for an element or a quoted attribute.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}
