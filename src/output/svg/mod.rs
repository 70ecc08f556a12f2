//! Pictures as SVG, without Graphviz: the same shapes and lines as the DOT, placed by us.
//!
//! Places come from `layout`, sizes of text from `text` (no font is read: widths are those of Helvetica, a little
//! generous), outlines from `shapes`. What is drawn is a `scene` of marks: `write` makes SVG of it, `output::png` paints it.
//! No font is embedded: the reader's sans-serif is used.

use std::io::{self, Write};

use super::picture::{Line, Picture, PictureOptions, RED, Stroke, Tip, picture};
use super::selection::Selection;
use crate::graph::FrozenGraph;
use crate::schema::Schema;

mod curves;
mod force;
mod lanes;
mod layered;
mod layout;
mod legend;
pub(super) mod scene;
mod shapes;
mod text;
mod write;

use layout::{Layout, Path};
pub(super) use layout::{Place, Point};
use scene::{Anchor, Course, Form, Group, Look, Mark, Scene, Step, Text};

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
    let picture = picture(selection, graph, schema, options);
    out.write_all(write::write(&scene(&picture), write::Manner::default()).as_bytes())
}

/// A selection drawn for a page that holds other pictures too: `prefix` stands before its ids.
pub(super) fn inline(
    selection: &Selection,
    graph: &FrozenGraph,
    schema: &Schema,
    options: &PictureOptions,
    prefix: &str,
) -> String {
    write::write(&scene(&picture(selection, graph, schema, options)), write::Manner { prefix, fluid: true })
}

/// A picture as marks.
pub(super) fn scene(picture: &Picture) -> Scene {
    let layout = layout::layout(picture);
    let titles: Vec<&str> = [picture.title.as_str(), picture.subtitle.as_str()].into_iter().filter(|t| !t.is_empty()).collect();
    let heading = titles.iter().map(|t| text::width(t, 15.0)).fold(0.0, f64::max);
    let inner = layout.width.max(heading).max(260.0);
    let top = MARGIN + 20.0 * titles.len() as f64 + if titles.is_empty() { 0.0 } else { 14.0 };
    let mut scene = Scene { description: titles.first().copied().unwrap_or("Graph").to_owned(), ..Scene::default() };
    for (at, title) in titles.iter().enumerate() {
        let bold = at == 0 && !picture.title.is_empty();
        let (size, colour) = if bold { (15.0, "#1b1f24") } else { (12.0, "#5b6069") };
        let at = Point { x: MARGIN, y: MARGIN + 12.0 + 20.0 * at as f64 };
        let text = (*title).to_owned();
        scene.marks.push(Mark::Text(Text { at, text, size, bold, anchor: Anchor::Start, colour, halo: false }));
    }
    scene.marks.push(Mark::Shift(MARGIN + (inner - layout.width) / 2.0, top));
    put_things(&mut scene, picture, &layout);
    scene.marks.push(Mark::End);
    scene.marks.push(Mark::Shift(MARGIN, top + layout.height + 24.0));
    let legend = legend::put(&mut scene, &picture.legend, inner);
    scene.marks.push(Mark::End);
    (scene.width, scene.height) = (inner + 2.0 * MARGIN, top + layout.height + legend + 24.0 + MARGIN);
    scene
}

/// Areas, lines, nodes, then labels: nothing covers them.
fn put_things(scene: &mut Scene, picture: &Picture, layout: &Layout) {
    put_clusters(scene, picture, layout);
    for (line, path) in picture.edges.iter().zip(&layout.edges) {
        put_line(scene, line, path, picture.is_large());
    }
    for (shape, place) in picture.nodes.iter().zip(&layout.nodes).filter(|(s, _)| !s.anchor || !layout.framed) {
        open(scene, "node", format!("n-{}", shape.id), &shape.tooltip, shape.link.as_deref());
        shapes::put(scene, shape, place);
        scene.marks.push(Mark::End);
    }
    for (line, path) in picture.edges.iter().zip(&layout.edges) {
        put_label(scene, line, path.label);
    }
}

fn put_clusters(scene: &mut Scene, picture: &Picture, layout: &Layout) {
    for (cluster, place) in picture.clusters.iter().zip(&layout.clusters) {
        open(scene, "area", format!("c-{}", cluster.id), &cluster.tooltip, cluster.link.as_deref());
        let (left, top) = (place.x - place.width / 2.0, place.y - place.height / 2.0);
        let look = Look { dashed: true, ..Look::new(&super::dot::pale(&cluster.fill), "#7d9472") };
        scene.form(Form::Rect(*place, 10.0), look);
        scene.text(left + 10.0, top + 15.0, 11.0, "#3f5a36", &cluster.label);
        scene.marks.push(Mark::End);
    }
}

/// Opens a group with a tooltip.
fn open(scene: &mut Scene, class: &'static str, id: String, tooltip: &str, link: Option<&str>) {
    let group = Group { class, id, tooltip: tooltip.to_owned(), link: link.map(str::to_owned) };
    scene.marks.push(Mark::Group(group));
}

fn put_line(scene: &mut Scene, line: &Line, path: &Path, among_many: bool) {
    open(scene, "edge", format!("e-{}", line.id), &line.tooltip, line.link.as_deref());
    // The tip is always at the end of the course.
    let points: Vec<Point> = if line.back { path.points.iter().rev().copied().collect() } else { path.points.clone() };
    let steps = if path.straight { curves::straight(&points) } else { curves::curve(&points) };
    let mut course = course(steps, line.stroke, line.tip, line.colour, line.conflict, line.weight);
    if among_many {
        course.width *= 0.7;
    }
    scene.marks.push(Mark::Course(course));
    scene.marks.push(Mark::End);
}

/// The visible line.
fn course(steps: Vec<Step>, stroke: Stroke, tip: Tip, colour: &'static str, conflict: bool, weight: u32) -> Course {
    let width = 0.4 + 0.8 * f64::from(weight);
    let outer = if conflict { width + 2.6 } else { width };
    let inner = conflict.then(|| outer - 2.0 * width.min(1.4));
    Course { steps, colour, width: outer, stroke, tip, inner }
}

fn put_label(scene: &mut Scene, line: &Line, at: Option<Point>) {
    let Some(Point { x, y }) = at else { return };
    let label = layout::label(line);
    if label.is_empty() {
        return;
    }
    let colour = if line.colour == RED { RED } else { "#3a3f46" };
    open(scene, "label", String::new(), &line.tooltip, None);
    let lines: Vec<&str> = label.split('\n').collect();
    if lines.len() > 1 {
        // Between lines of text a halo leaves bits of the line.
        let width = lines.iter().map(|l| text::width(l, 9.0)).fold(0.0, f64::max);
        let ground = Place { x, y, width, height: 11.0 * lines.len() as f64 };
        scene.form(Form::Rect(ground, 2.0), Look::new("#ffffff", ""));
    }
    for (at, text) in lines.iter().enumerate() {
        let y = y + 3.2 + 11.0 * (at as f64 - (lines.len() as f64 - 1.0) / 2.0);
        let (at, text) = (Point { x, y }, (*text).to_owned());
        scene.marks.push(Mark::Text(Text { at, text, size: 9.0, bold: false, anchor: Anchor::Middle, colour, halo: true }));
    }
    scene.marks.push(Mark::End);
}

/// A coordinate to a tenth: small files, the same on every machine.
fn n(x: f64) -> String {
    let rounded = (x * 10.0).round() / 10.0;
    // No negative zero.
    (rounded + 0.0).to_string()
}
