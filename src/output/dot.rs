//! Pictures as DOT, for Graphviz: every string quoted, nodes and edges in the graph's order.
//!
//! What is drawn, and how, is `picture`'s business. Settings are those that came out readable of trials with hubs and
//! long names: no HTML labels (they lose tooltips), no arrow shapes (text overruns them).

use std::fmt::Write as _;
use std::io::{self, Write};

use super::picture::{Legend, Line, Picture, PictureOptions, RED, Shape, Stroke, Tip, picture};
use super::selection::Selection;
use crate::graph::FrozenGraph;
use crate::query::Answer;
use crate::schema::Schema;

const FONT: &str = "Helvetica,Arial,sans-serif";

/// Draws what the answer speaks of.
pub(super) fn write_answer(
    answer: &Answer,
    graph: &FrozenGraph,
    schema: &Schema,
    title: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    write(&Selection::answer(answer, graph, title), graph, schema, &PictureOptions::default(), out)
}

/// Draws a selection.
///
/// # Errors
/// What `out` fails with.
pub fn write(
    selection: &Selection,
    graph: &FrozenGraph,
    schema: &Schema,
    options: &PictureOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    out.write_all(draw(&picture(selection, graph, schema, options)).as_bytes())
}

fn draw(picture: &Picture) -> String {
    let mut dot = String::new();
    let _ = put(&mut dot, picture);
    dot
}

fn put(dot: &mut String, picture: &Picture) -> std::fmt::Result {
    let title: Vec<&str> = [picture.title.as_str(), picture.subtitle.as_str()].into_iter().filter(|t| !t.is_empty()).collect();
    let large = picture.is_large();
    writeln!(dot, "digraph kg {{")?;
    write!(dot, "  graph [rankdir=LR newrank=true compound=true splines=true nodesep=0.25 ranksep=0.9 pad=0.3")?;
    write!(dot, " fontname={} fontsize=13 labelloc=t labeljust=l tooltip=\" \" bgcolor=white", quote(FONT))?;
    write!(dot, " label={}", left(&title))?;
    writeln!(dot, "{}];", if large { " layout=sfdp overlap=prism overlap_scaling=-4 K=0.9" } else { "" })?;
    writeln!(
        dot,
        "  node [fontname={} fontsize=11 style=filled color=\"#5b6069\" margin=\"0.12,0.06\" height=0.35];",
        quote(FONT)
    )?;
    writeln!(dot, "  edge [fontname={} fontsize=9 fontcolor=\"#3a3f46\" arrowsize=0.7];", quote(FONT))?;
    for (at, cluster) in picture.clusters.iter().enumerate() {
        write!(dot, "  subgraph cluster_{at} {{ label={} labeljust=l fontsize=11 fontcolor=\"#3f5a36\"", quote(&cluster.label))?;
        write!(dot, " style=\"rounded,dashed,filled\" color=\"#7d9472\" fillcolor={}", quote(&pale(&cluster.fill)))?;
        write!(dot, " tooltip={}{}", quote(&cluster.tooltip), link(cluster.link.as_deref()))?;
        writeln!(dot, " id={};", quote(&format!("c-{}", cluster.id)))?;
        for shape in picture.nodes.iter().filter(|n| n.cluster == Some(at)) {
            write!(dot, "  ")?;
            put_shape(dot, shape)?;
        }
        writeln!(dot, "  }}")?;
    }
    // Graphviz stacks what is not joined from the bottom up: the first lane comes last.
    let lane = |shape: Option<&Shape>| std::cmp::Reverse(shape.and_then(|s| s.spot).map(|s| s.0));
    let mut shapes: Vec<&Shape> = picture.nodes.iter().filter(|n| n.cluster.is_none()).collect();
    shapes.sort_by_key(|s| lane(Some(s)));
    for shape in shapes {
        put_shape(dot, shape)?;
    }
    let mut lines: Vec<&Line> = picture.edges.iter().collect();
    lines.sort_by_key(|l| lane(picture.nodes.get(l.from)));
    for line in lines {
        put_line(dot, picture, line)?;
    }
    if large {
        put_small_legend(dot, &picture.legend)?
    } else {
        put_legend(dot, &picture.legend)?
    }
    writeln!(dot, "}}")
}

fn put_shape(dot: &mut String, shape: &Shape) -> std::fmt::Result {
    if shape.anchor {
        return writeln!(dot, "  {} [shape=point style=invis width=0.05 height=0.05 label=\"\"];", quote(&shape.id));
    }
    write!(dot, "  {} [label={}", quote(&shape.id), quote(&label(shape)))?;
    write!(dot, " {}", graphviz_shape(&shape.shape))?;
    write!(dot, " fillcolor={} tooltip={}", quote(&shape.fill), quote(&shape.tooltip))?;
    if shape.world {
        write!(dot, " color=\"#a3a8b0\" fontcolor=\"#6b7078\"")?;
    }
    writeln!(dot, "{} id={}];", link(shape.link.as_deref()), quote(&format!("n-{}", shape.id)))
}

/// A point has its name beside it: the circle is part of the text.
fn label(shape: &Shape) -> String {
    if shape.shape == "circle" { format!("○ {}", shape.label) } else { wrap(&shape.label) }
}

/// Long names take two lines or three.
pub(super) fn wrap(text: &str) -> String {
    text.split('\n').flat_map(|l| super::width::wrap(l, 24, 4)).collect::<Vec<_>>().join("\n")
}

fn graphviz_shape(shape: &str) -> String {
    match shape {
        "box" => "shape=box style=\"rounded,filled\"".to_owned(),
        "circle" => "shape=plaintext style=\"\" margin=\"0.04,0.02\" height=0.2".to_owned(),
        // A slanted one takes twice the room of its text; a double frame says as much.
        "parallelogram" => "shape=box peripheries=2".to_owned(),
        "hexagon" => "shape=hexagon margin=\"0.02,0.04\"".to_owned(),
        "ellipse" => "shape=ellipse margin=\"0.03,0.02\"".to_owned(),
        other if !other.is_empty() && other.bytes().all(|b| b.is_ascii_lowercase()) => format!("shape={other}"),
        _ => "shape=box".to_owned(),
    }
}

fn put_line(dot: &mut String, picture: &Picture, line: &Line) -> std::fmt::Result {
    let (Some(from), Some(to)) = (picture.nodes.get(line.from), picture.nodes.get(line.to)) else { return Ok(()) };
    write!(dot, "  {} -> {} [", quote(&from.id), quote(&to.id))?;
    let label = if line.conflict { format!("≠ {}", line.label).trim_end().to_owned() } else { line.label.clone() };
    if !label.is_empty() {
        write!(dot, "label={} ", quote(&label))?;
    }
    put_stroke(dot, line.stroke, line.tip, line.colour, line.conflict, line.weight)?;
    if line.back {
        write!(dot, " dir=back arrowtail={}", tip_name(line.tip))?;
    }
    let tooltip = quote(&line.tooltip);
    write!(dot, " tooltip={tooltip} edgetooltip={tooltip} labeltooltip={tooltip}")?;
    if from.anchor && from.cluster != to.cluster {
        write!(dot, " ltail=cluster_{}", from.cluster.unwrap_or_default())?;
    }
    if to.anchor && from.cluster != to.cluster {
        write!(dot, " lhead=cluster_{}", to.cluster.unwrap_or_default())?;
    }
    writeln!(dot, "{}];", link(line.link.as_deref()))
}

fn tip_name(tip: Tip) -> &'static str {
    match tip {
        Tip::Arrow => "normal",
        Tip::Bar => "tee",
        Tip::Dot => "odot",
        Tip::None => "none",
    }
}

fn put_stroke(dot: &mut String, stroke: Stroke, tip: Tip, colour: &str, conflict: bool, weight: u32) -> std::fmt::Result {
    let style = match stroke {
        Stroke::Solid => "solid",
        Stroke::Dashed => "dashed",
        Stroke::Dotted => "dotted",
    };
    let tip = tip_name(tip);
    let colour = if conflict { format!("{colour}:invis:{colour}") } else { colour.to_owned() };
    let width = 0.4 + 0.8 * f64::from(weight);
    write!(dot, "style={style} arrowhead={tip} color={} penwidth={width:.1}", quote(&colour))?;
    if colour == RED { write!(dot, " fontcolor={}", quote(RED)) } else { Ok(()) }
}

/// A frame with shapes in two columns and a line a row, so that it is small whatever stands beside it.
fn put_legend(dot: &mut String, legend: &Legend) -> std::fmt::Result {
    if legend.types.is_empty() && legend.lines.is_empty() {
        return Ok(());
    }
    writeln!(
        dot,
        "  subgraph cluster_legend {{ label=\"Legend\" labeljust=l fontsize=9 style=rounded color=\"#c9cdd3\" tooltip=\" \";"
    )?;
    writeln!(dot, "    node [fontsize=9 margin=\"0.06,0.03\" height=0.22 tooltip=\" \"]; edge [tooltip=\" \"];")?;
    for (at, (name, shape, fill)) in legend.types.iter().enumerate() {
        let fill = if fill.is_empty() { "#f4f4f4" } else { fill };
        let name = if shape == "circle" { format!("○ {name}") } else { name.clone() };
        writeln!(dot, "    legend_t{at} [label={} {} fillcolor={}];", quote(&name), graphviz_shape(shape), quote(fill))?;
    }
    let half = legend.types.len().div_ceil(2);
    for at in half..legend.types.len() {
        writeln!(dot, "    legend_t{} -> legend_t{at} [style=invis];", at - half)?;
    }
    for (at, line) in legend.lines.iter().enumerate() {
        for end in ["a", "b"] {
            writeln!(dot, "    legend_l{at}{end} [shape=point width=0.03 height=0.03 label=\"\" color=\"#c9cdd3\"];")?;
        }
        write!(dot, "    legend_l{at}a -> legend_l{at}b [label={} ", quote(&line.label))?;
        put_stroke(dot, line.stroke, line.tip, line.colour, line.conflict, 1)?;
        writeln!(dot, "];")?;
    }
    if !legend.words.is_empty() {
        let text = legend.words.join("\n");
        writeln!(dot, "    legend_w [shape=plaintext style=\"\" fontcolor=\"#5b6069\" label={}];", quote(&text))?;
    }
    writeln!(dot, "  }}")
}

/// The legend as one node, for layouts without frames.
fn put_small_legend(dot: &mut String, legend: &Legend) -> std::fmt::Result {
    let escape = |t: &str| t.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    write!(
        dot,
        "  legend [shape=plaintext style=\"\" tooltip=\" \" label=<<table border=\"0\" cellborder=\"1\" cellspacing=\"2\">"
    )?;
    for (name, _, fill) in &legend.types {
        let fill = if fill.starts_with('#') { fill.as_str() } else { "#f4f4f4" };
        write!(dot, "<tr><td bgcolor=\"{}\">{}</td></tr>", escape(fill), escape(name))?;
    }
    for line in &legend.lines {
        let sign = match (line.tip, line.stroke) {
            (Tip::Bar, _) => "──┤",
            (Tip::Dot, _) => "──○",
            (_, Stroke::Solid) => "──▸",
            (_, Stroke::Dashed) => "╌╌▸",
            (_, Stroke::Dotted) => "┈┈▸",
        };
        write!(dot, "<tr><td border=\"0\"><font color=\"{}\">{sign} {}</font></td></tr>", line.colour, escape(&line.label))?;
    }
    for word in legend.words.iter().filter(|w| !w.contains("frame")).map(String::as_str).chain(["labels of lines: point at them"])
    {
        write!(dot, "<tr><td border=\"0\">{}</td></tr>", escape(word))?;
    }
    writeln!(dot, "</table>>];")
}

fn link(link: Option<&str>) -> String {
    link.map(|l| format!(" URL={}", quote(l))).unwrap_or_default()
}

/// A fill so light that text on it reads well.
pub(super) fn pale(fill: &str) -> String {
    let channel = |at: usize| fill.get(at..at + 2).and_then(|h| u8::from_str_radix(h, 16).ok()).unwrap_or(0xf0);
    let light = |c: u8| 255 - (255 - c) / 3;
    format!("#{:02x}{:02x}{:02x}", light(channel(1)), light(channel(3)), light(channel(5)))
}

/// Lines that all start at the left: `\l` ends each.
fn left(lines: &[&str]) -> String {
    let quoted: String = lines.iter().map(|l| quote(l).trim_matches('"').to_owned() + "\\l").collect();
    format!("\"{quoted} \\l\"")
}

/// A quoted string; line ends as `\n`. Backslashes are doubled, or Graphviz would read `\N` as the node's name.
fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            c if c.is_control() => quoted.push(' '),
            // `&` starts an entity in every label.
            '&' => quoted.push_str("&amp;"),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
