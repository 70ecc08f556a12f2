//! Mermaid flowcharts, for Markdown: the same picture as the DOT, with the shapes that Mermaid has, and no larger than it
//! can lay out.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::{Export, Exporter};
use crate::output::PictureOptions;
use crate::output::picture::{Line, Picture, Shape, Stroke, Tip, picture};

/// More than this no page shows well.
const MOST_NODES: usize = 50;
const MOST_EDGES: usize = 150;

/// Mermaid.
pub(super) struct Mermaid;

impl Exporter for Mermaid {
    fn name(&self) -> &'static str {
        "mermaid"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["mmd", "mermaid"]
    }

    fn about(&self) -> &'static str {
        "a flowchart of up to 50 nodes for Markdown"
    }

    fn write(&self, export: &Export<'_>, _: usize, out: &mut dyn Write) -> io::Result<()> {
        let options = PictureOptions {
            most_nodes: export.pictures.most_nodes.min(MOST_NODES),
            most_edges: export.pictures.most_edges.min(MOST_EDGES),
            ..export.pictures.clone()
        };
        let picture = picture(export.selection, export.graph, export.schema, &options);
        let mut text = String::new();
        let _ = draw(&mut text, &picture);
        out.write_all(text.as_bytes())
    }
}

fn draw(text: &mut String, picture: &Picture) -> std::fmt::Result {
    let title = [picture.title.as_str(), picture.subtitle.as_str()].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>();
    // YAML takes what JSON quotes.
    writeln!(text, "---\ntitle: {}\n---", crate::output::cell::json_text(&serde_json::json!(title.join(" · "))))?;
    writeln!(text, "flowchart LR")?;
    for (at, cluster) in picture.clusters.iter().enumerate() {
        writeln!(text, "  subgraph c{at}[{}]", quote(&cluster.label))?;
        for (node, shape) in picture.nodes.iter().enumerate().filter(|(_, n)| n.cluster == Some(at) && !n.anchor) {
            put_shape(text, node, shape)?;
        }
        writeln!(text, "  end")?;
    }
    for (node, shape) in picture.nodes.iter().enumerate().filter(|(_, n)| n.cluster.is_none()) {
        put_shape(text, node, shape)?;
    }
    for line in &picture.edges {
        put_line(text, picture, line)?;
    }
    let mut fills: Vec<&str> = picture.nodes.iter().filter(|n| !n.anchor).map(|n| n.fill.as_str()).collect();
    fills.sort_unstable();
    fills.dedup();
    for (at, fill) in fills.iter().enumerate().filter(|(_, f)| f.starts_with('#')) {
        writeln!(text, "  classDef f{at} fill:{fill},stroke:#5b6069,color:#15181c")?;
        let members: Vec<String> = picture
            .nodes
            .iter()
            .enumerate()
            .filter(|(_, n)| n.fill == *fill && !n.anchor)
            .map(|(n, _)| format!("n{n}"))
            .collect();
        writeln!(text, "  class {} f{at}", members.join(","))?;
    }
    for (at, line) in picture.edges.iter().enumerate().filter(|(_, l)| l.colour == crate::output::picture::RED) {
        writeln!(text, "  linkStyle {at} stroke:{},color:{0}", line.colour)?;
    }
    Ok(())
}

fn put_shape(text: &mut String, node: usize, shape: &Shape) -> std::fmt::Result {
    let (open, close) = match shape.shape.as_str() {
        "box" => ("(", ")"),
        "parallelogram" => ("[[", "]]"),
        "hexagon" => ("{{", "}}"),
        "cylinder" => ("[(", ")]"),
        "ellipse" | "circle" => ("([", "])"),
        "note" => (">", "]"),
        _ => ("[", "]"),
    };
    writeln!(text, "  n{node}{open}{}{close}", quote(&shape.label))
}

fn put_line(text: &mut String, picture: &Picture, line: &Line) -> std::fmt::Result {
    // An area is its frame.
    let end = |node: usize| match picture.nodes.get(node) {
        Some(Shape { anchor: true, cluster: Some(area), .. }) => format!("c{area}"),
        _ => format!("n{node}"),
    };
    let label = if line.conflict { format!("≠ {}", line.label).trim_end().to_owned() } else { line.label.clone() };
    let label = if label.is_empty() { label } else { format!("|{}|", quote(&label)) };
    let stroke = match (line.stroke, line.tip) {
        (_, Tip::Bar) => "--x",
        (_, Tip::Dot) => "--o",
        (Stroke::Solid, Tip::Arrow) => "-->",
        (Stroke::Solid, Tip::None) => "---",
        (Stroke::Dashed | Stroke::Dotted, Tip::Arrow) => "-.->",
        (Stroke::Dashed | Stroke::Dotted, Tip::None) => "-.-",
    };
    let (from, to) = if line.back { (line.to, line.from) } else { (line.from, line.to) };
    writeln!(text, "  {} {stroke}{label} {}", end(from), end(to))
}

/// A quoted text; what Mermaid or HTML would take for markup becomes an entity.
fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '\n' => quoted.push_str("<br/>"),
            '"' | '#' | '<' | '>' | '&' | '`' | ';' | '\\' | '{' | '}' | '[' | ']' | '|' | '*' | '_' => {
                let _ = write!(quoted, "#{};", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
