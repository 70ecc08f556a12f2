//! Pictures as SVG, without Graphviz: the same shapes and lines as the DOT, placed by us.
//!
//! Places come from `layout`, sizes of text from `text` (no font is read: widths are those of Helvetica, a little
//! generous), outlines from `shapes`. No font is embedded: the reader's sans-serif is used.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::picture::{GREY, Line, PALE, Picture, PictureOptions, RED, Stroke, Tip, picture};
use super::selection::Selection;
use crate::graph::FrozenGraph;
use crate::schema::Schema;

mod force;
mod lanes;
mod layered;
mod layout;
mod legend;
mod shapes;
mod text;

use layout::{Layout, Point};
use text::escape;

/// Room around the picture.
const MARGIN: f64 = 24.0;

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

/// The picture as a document.
pub(super) fn draw(picture: &Picture) -> String {
    let layout = layout::layout(picture);
    let mut svg = String::new();
    let _ = put(&mut svg, picture, &layout);
    svg
}

fn put(svg: &mut String, picture: &Picture, layout: &Layout) -> std::fmt::Result {
    let titles: Vec<&str> = [picture.title.as_str(), picture.subtitle.as_str()].into_iter().filter(|t| !t.is_empty()).collect();
    let heading = titles.iter().map(|t| text::width(t, 15.0)).fold(0.0, f64::max);
    let inner = layout.width.max(heading).max(260.0);
    let legend = legend::legend(&picture.legend, inner);
    let top = MARGIN + 20.0 * titles.len() as f64 + if titles.is_empty() { 0.0 } else { 14.0 };
    let (width, height) = (inner + 2.0 * MARGIN, top + layout.height + legend.height + 24.0 + MARGIN);
    let description = titles.first().copied().unwrap_or("Graph");
    write!(svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\"", n(width), n(height))?;
    write!(svg, " width=\"{}\" height=\"{}\" role=\"img\" aria-label=\"{}\"", n(width), n(height), escape(description))?;
    writeln!(svg, " font-family=\"Helvetica, Arial, 'Liberation Sans', sans-serif\" font-size=\"11\">")?;
    put_defs(svg)?;
    writeln!(svg, "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>")?;
    for (at, title) in titles.iter().enumerate() {
        let (size, weight, colour) =
            if at == 0 && !picture.title.is_empty() { (15, 600, "#1b1f24") } else { (12, 400, "#5b6069") };
        let y = MARGIN + 12.0 + 20.0 * at as f64;
        write!(svg, "<text x=\"{MARGIN}\" y=\"{}\" font-size=\"{size}\" font-weight=\"{weight}\" fill=\"{colour}\">", n(y))?;
        writeln!(svg, "{}</text>", escape(title))?;
    }
    writeln!(svg, "<g transform=\"translate({} {})\">", n(MARGIN + (inner - layout.width) / 2.0), n(top))?;
    put_clusters(svg, picture, layout)?;
    for (line, path) in picture.edges.iter().zip(&layout.edges) {
        put_line(svg, line, path)?;
    }
    for (shape, place) in picture.nodes.iter().zip(&layout.nodes).filter(|(s, _)| !s.anchor || !layout.framed) {
        open(svg, "node", &format!("n-{}", shape.id), &shape.tooltip, shape.link.as_deref())?;
        shapes::put(svg, shape, place)?;
        close(svg, shape.link.is_some())?;
    }
    // Labels last: nothing covers them.
    for (line, path) in picture.edges.iter().zip(&layout.edges) {
        put_label(svg, line, path.label)?;
    }
    writeln!(svg, "</g>")?;
    write!(svg, "<g transform=\"translate({} {})\">", n(MARGIN), n(top + layout.height + 24.0))?;
    svg.push_str(&legend.svg);
    writeln!(svg, "</g>\n</svg>")
}

fn put_defs(svg: &mut String) -> std::fmt::Result {
    writeln!(svg, "<defs>")?;
    for (name, colour) in [("grey", GREY), ("red", RED), ("pale", PALE)] {
        let common = "markerUnits=\"userSpaceOnUse\" orient=\"auto\"";
        writeln!(
            svg,
            "<marker id=\"arrow-{name}\" {common} markerWidth=\"10\" markerHeight=\"10\" refX=\"9\" refY=\"4\"><path d=\"M0 0.5L9 4L0 7.5z\" fill=\"{colour}\"/></marker>"
        )?;
        writeln!(
            svg,
            "<marker id=\"bar-{name}\" {common} markerWidth=\"8\" markerHeight=\"14\" refX=\"3\" refY=\"7\"><path d=\"M2 1V13\" stroke=\"{colour}\" stroke-width=\"3\"/></marker>"
        )?;
        writeln!(
            svg,
            "<marker id=\"dot-{name}\" {common} markerWidth=\"10\" markerHeight=\"10\" refX=\"8.5\" refY=\"5\"><circle cx=\"5\" cy=\"5\" r=\"3.4\" fill=\"#ffffff\" stroke=\"{colour}\" stroke-width=\"1.3\"/></marker>"
        )?;
    }
    writeln!(svg, "</defs>")
}

fn put_clusters(svg: &mut String, picture: &Picture, layout: &Layout) -> std::fmt::Result {
    for (cluster, place) in picture.clusters.iter().zip(&layout.clusters) {
        open(svg, "area", &format!("c-{}", cluster.id), &cluster.tooltip, cluster.link.as_deref())?;
        let (left, top) = (place.x - place.width / 2.0, place.y - place.height / 2.0);
        write!(svg, "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"", n(left), n(top), n(place.width), n(place.height))?;
        writeln!(
            svg,
            " rx=\"10\" fill=\"{}\" stroke=\"#7d9472\" stroke-dasharray=\"5 4\"/>",
            escape(&super::dot::pale(&cluster.fill))
        )?;
        writeln!(
            svg,
            "<text x=\"{}\" y=\"{}\" fill=\"#3f5a36\">{}</text>",
            n(left + 10.0),
            n(top + 15.0),
            escape(&cluster.label)
        )?;
        close(svg, cluster.link.is_some())?;
    }
    Ok(())
}

/// Opens a group with a tooltip, inside a link if there is one.
fn open(svg: &mut String, class: &str, id: &str, tooltip: &str, link: Option<&str>) -> std::fmt::Result {
    if let Some(link) = link {
        write!(svg, "<a href=\"{}\">", escape(link))?;
    }
    writeln!(svg, "<g class=\"{class}\" id=\"{}\"><title>{}</title>", escape(id), escape(tooltip))
}

fn close(svg: &mut String, linked: bool) -> std::fmt::Result {
    writeln!(svg, "</g>{}", if linked { "</a>" } else { "" })
}

fn put_line(svg: &mut String, line: &Line, path: &layout::Path) -> std::fmt::Result {
    open(svg, "edge", &format!("e-{}", line.id), &line.tooltip, line.link.as_deref())?;
    // The tip is always at the end of the course.
    let points: Vec<Point> = if line.back { path.points.iter().rev().copied().collect() } else { path.points.clone() };
    let curve = if path.straight { straight(&points) } else { curve(&points) };
    put_stroke(svg, &curve, line.stroke, line.tip, line.colour, line.conflict, line.weight)?;
    // What is pointed at is wider than what is seen.
    writeln!(svg, "<path d=\"{curve}\" fill=\"none\" stroke=\"transparent\" stroke-width=\"12\" pointer-events=\"stroke\"/>")?;
    close(svg, line.link.is_some())
}

/// The visible line.
fn put_stroke(
    svg: &mut String,
    curve: &str,
    stroke: Stroke,
    tip: Tip,
    colour: &str,
    conflict: bool,
    weight: u32,
) -> std::fmt::Result {
    let width = 0.4 + 0.8 * f64::from(weight);
    let outer = if conflict { width + 2.6 } else { width };
    write!(svg, "<path d=\"{curve}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{}\"", n(outer))?;
    match stroke {
        Stroke::Solid => {}
        Stroke::Dashed => write!(svg, " stroke-dasharray=\"6 4\"")?,
        Stroke::Dotted => write!(svg, " stroke-dasharray=\"1.5 3.5\"")?,
    }
    let name = if colour == RED {
        "red"
    } else if colour == PALE {
        "pale"
    } else {
        "grey"
    };
    match tip {
        Tip::Arrow => write!(svg, " marker-end=\"url(#arrow-{name})\"")?,
        Tip::Bar => write!(svg, " marker-end=\"url(#bar-{name})\"")?,
        Tip::Dot => write!(svg, " marker-end=\"url(#dot-{name})\"")?,
        Tip::None => {}
    }
    writeln!(svg, "/>")?;
    if conflict {
        writeln!(
            svg,
            "<path d=\"{curve}\" fill=\"none\" stroke=\"#ffffff\" stroke-width=\"{}\"/>",
            n(outer - 2.0 * width.min(1.4))
        )?;
    }
    Ok(())
}

fn put_label(svg: &mut String, line: &Line, at: Option<Point>) -> std::fmt::Result {
    let Some(Point { x, y }) = at else { return Ok(()) };
    let label = layout::label(line);
    if label.is_empty() {
        return Ok(());
    }
    let colour = if line.colour == RED { RED } else { "#3a3f46" };
    write!(svg, "<g font-size=\"9\" text-anchor=\"middle\" fill=\"{colour}\" stroke=\"#ffffff\" stroke-width=\"3\"")?;
    writeln!(svg, " paint-order=\"stroke\"><title>{}</title>", escape(&line.tooltip))?;
    let lines: Vec<&str> = label.split('\n').collect();
    for (at, text) in lines.iter().enumerate() {
        let y = y + 3.2 + 11.0 * (at as f64 - (lines.len() as f64 - 1.0) / 2.0);
        writeln!(svg, "<text x=\"{}\" y=\"{}\">{}</text>", n(x), n(y), escape(text))?;
    }
    writeln!(svg, "</g>")
}

fn straight(points: &[Point]) -> String {
    match points {
        // Three points: bent once.
        [a, b, c] => format!("M{} {}Q{} {} {} {}", n(a.x), n(a.y), n(b.x), n(b.y), n(c.x), n(c.y)),
        _ => points.iter().enumerate().fold(String::new(), |mut d, (at, p)| {
            let _ = write!(d, "{}{} {}", if at == 0 { 'M' } else { 'L' }, n(p.x), n(p.y));
            d
        }),
    }
}

/// A smooth curve through the points. Where they run one way across, it does not swing beyond any of them (monotone cubic
/// interpolation, Fritsch and Carlson's condition); elsewhere it is straight from point to point.
fn curve(points: &[Point]) -> String {
    let rightwards = points.windows(2).all(|w| w[1].x > w[0].x + 0.5);
    let leftwards = points.windows(2).all(|w| w[1].x < w[0].x - 0.5);
    if points.len() < 3 || !(rightwards || leftwards) {
        return straight(points);
    }
    let slope = |a: &Point, b: &Point| (b.y - a.y) / (b.x - a.x);
    let between: Vec<f64> = points.windows(2).map(|w| slope(&w[0], &w[1])).collect();
    // Level at both ends, so that lines leave and enter nodes sideways.
    let mut tangents = vec![0.0];
    tangents.extend(between.windows(2).map(|w| if w[0] * w[1] <= 0.0 { 0.0 } else { 2.0 * w[0] * w[1] / (w[0] + w[1]) }));
    tangents.push(0.0);
    let mut d = String::new();
    for (at, pair) in points.windows(2).enumerate() {
        let (a, b) = (pair[0], pair[1]);
        if at == 0 {
            let _ = write!(d, "M{} {}", n(a.x), n(a.y));
        }
        // Where the curve is level it may stay so for longer: that is softer than a third.
        let reach = |tangent: f64| (b.x - a.x) * if tangent == 0.0 { 0.55 } else { 1.0 / 3.0 };
        let (one, two) = (reach(tangents[at]), reach(tangents[at + 1]));
        let (up, down) = (a.y + one * tangents[at], b.y - two * tangents[at + 1]);
        let _ = write!(d, "C{} {} {} {} {} {}", n(a.x + one), n(up), n(b.x - two), n(down), n(b.x), n(b.y));
    }
    d
}

/// A coordinate to a tenth: small files, the same on every machine.
fn n(x: f64) -> String {
    let rounded = (x * 10.0).round() / 10.0;
    // No negative zero.
    (rounded + 0.0).to_string()
}
