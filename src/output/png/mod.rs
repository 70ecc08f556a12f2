//! Pictures as PNG: the scene that SVG is written of, painted here.
//!
//! Text is set in a font of our own (`font`), so that a picture is the same, byte for byte, on every machine and shows its words
//! where no font is installed. Signs that the font lacks show as boxes: [`lacking`] tells them.

use std::io::{self, Write};

use tiny_skia::{Color, FillRule, LineCap, Paint, PathBuilder, Pixmap, Rect, Stroke as Pen, StrokeDash, Transform};

use super::picture::{PictureOptions, Stroke, picture};
use super::selection::Selection;
use super::svg::scene::{Anchor, Course, Form, Look, Mark, Scene, Step, Text, tip};
use super::svg::{self, Place, Point};
use crate::graph::FrozenGraph;
use crate::schema::Schema;

mod font;

use font::Font;

/// Dots for each unit of the drawing: sharp in print too.
const SCALE: f64 = 2.0;
/// No side is longer: programs refuse what is larger.
const MOST: f64 = 12_000.0;

/// Draws a selection.
///
/// # Errors
/// What `out` fails with; or the picture has no size.
pub fn write(
    selection: &Selection,
    graph: &FrozenGraph,
    schema: &Schema,
    options: &PictureOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let scene = svg::scene(&picture(selection, graph, schema, options));
    let painted = paint(&scene).ok_or_else(|| io::Error::other("the picture has no size that can be painted"))?;
    out.write_all(&painted.encode_png().map_err(io::Error::other)?)
}

/// The signs in names of a selection that the font lacks, each once.
#[must_use]
pub fn lacking(selection: &Selection, graph: &FrozenGraph) -> Vec<char> {
    let Some(font) = Font::regular() else { return Vec::new() };
    let names = selection.nodes.iter().flat_map(|&n| graph.name(n).chars());
    let mut signs: Vec<char> = names.chain(selection.title.chars()).filter(|&c| !c.is_whitespace() && !font.has(c)).collect();
    signs.sort_unstable();
    signs.dedup();
    signs
}

fn paint(scene: &Scene) -> Option<Pixmap> {
    let scale = SCALE.min(MOST / scene.width.max(scene.height));
    let side = |length: f64| (length * scale).ceil().clamp(1.0, MOST) as u32;
    let mut map = Pixmap::new(side(scene.width), side(scene.height))?;
    map.fill(Color::WHITE);
    let mut painter = Painter { map, scale: scale as f32, regular: Font::regular()?, bold: Font::bold()? };
    // Where each group that is open stands.
    let mut places = vec![Point { x: 0.0, y: 0.0 }];
    for mark in &scene.marks {
        let at = places.last().copied()?;
        match mark {
            Mark::Group(_) => places.push(at),
            Mark::Shift(x, y) => places.push(Point { x: at.x + x, y: at.y + y }),
            Mark::End => {
                places.pop();
            }
            Mark::Form { form, look } => painter.form(form, look, painter.at(at)),
            Mark::Course(course) => painter.course(course, painter.at(at)),
            Mark::Text(text) => painter.text(text, painter.at(at)),
        }
    }
    Some(painter.map)
}

struct Painter {
    map: Pixmap,
    scale: f32,
    regular: Font,
    bold: Font,
}

impl Painter {
    fn at(&self, place: Point) -> Transform {
        Transform::from_translate(place.x as f32, place.y as f32).post_scale(self.scale, self.scale)
    }

    fn form(&mut self, form: &Form, look: &Look, at: Transform) {
        let Some(path) = outline(form) else { return };
        if let Some(paint) = ink(&look.fill) {
            self.map.fill_path(&path, &paint, FillRule::Winding, at, None);
        }
        if let Some(paint) = ink(&look.edge) {
            let dash = if look.dashed { StrokeDash::new(vec![5.0, 4.0], 0.0) } else { None };
            let pen = Pen { width: look.width as f32, dash, ..Pen::default() };
            self.map.stroke_path(&path, &paint, &pen, at, None);
        }
    }

    fn course(&mut self, course: &Course, at: Transform) {
        let (Some(path), Some(paint)) = (steps(&course.steps), ink(course.colour)) else { return };
        let dash = match course.stroke {
            Stroke::Solid => None,
            Stroke::Dashed => StrokeDash::new(vec![6.0, 4.0], 0.0),
            Stroke::Dotted => StrokeDash::new(vec![1.5, 3.5], 0.0),
        };
        let pen = Pen { width: course.width as f32, dash, line_cap: LineCap::Butt, ..Pen::default() };
        self.map.stroke_path(&path, &paint, &pen, at, None);
        if let (Some(inner), Some(white)) = (course.inner, ink("#ffffff")) {
            let pen = Pen { width: inner as f32, ..Pen::default() };
            self.map.stroke_path(&path, &white, &pen, at, None);
        }
        let (Some((form, look)), Some((end, along))) = (tip(course.tip, course.colour), end(&course.steps)) else { return };
        let turned = at.pre_translate(end.x as f32, end.y as f32).pre_concat(Transform::from_rotate(along));
        self.form(&form, &look, turned);
    }

    fn text(&mut self, text: &Text, at: Transform) {
        let font = if text.bold { &self.bold } else { &self.regular };
        let left = match text.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => -font.width(&text.text, text.size) / 2.0,
        };
        let Some(path) = font.outline(&text.text, text.size) else { return };
        let at = at.pre_translate((text.at.x + left) as f32, text.at.y as f32);
        if let Some(white) = ink("#ffffff").filter(|_| text.halo) {
            self.map.stroke_path(&path, &white, &Pen { width: 3.0, ..Pen::default() }, at, None);
        }
        if let Some(paint) = ink(text.colour) {
            self.map.fill_path(&path, &paint, FillRule::Winding, at, None);
        }
    }
}

/// `#rrggbb` as paint; nothing for what is no colour.
fn ink(colour: &str) -> Option<Paint<'static>> {
    let number = u32::from_str_radix(colour.strip_prefix('#').filter(|c| c.len() == 6)?, 16).ok()?;
    let [_, red, green, blue] = number.to_be_bytes();
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.set_color_rgba8(red, green, blue, 255);
    Some(paint)
}

fn outline(form: &Form) -> Option<tiny_skia::Path> {
    match form {
        Form::Rect(place, radius) => rounded(place, *radius),
        Form::Ellipse(place) => PathBuilder::from_oval(rect(place)?),
        Form::Path(path) => steps(path),
    }
}

fn rect(place: &Place) -> Option<Rect> {
    let (left, top) = (place.x - place.width / 2.0, place.y - place.height / 2.0);
    Rect::from_xywh(left as f32, top as f32, place.width as f32, place.height as f32)
}

fn rounded(place: &Place, radius: f64) -> Option<tiny_skia::Path> {
    if radius <= 0.0 {
        return Some(PathBuilder::from_rect(rect(place)?));
    }
    let (w, h) = ((place.width / 2.0) as f32, (place.height / 2.0) as f32);
    let r = (radius as f32).min(w).min(h);
    // A quarter of a circle as a cubic.
    let k = r * 0.447_715;
    let (x, y) = (place.x as f32, place.y as f32);
    let mut path = PathBuilder::new();
    path.move_to(x - w + r, y - h);
    path.line_to(x + w - r, y - h);
    path.cubic_to(x + w - k, y - h, x + w, y - h + k, x + w, y - h + r);
    path.line_to(x + w, y + h - r);
    path.cubic_to(x + w, y + h - k, x + w - k, y + h, x + w - r, y + h);
    path.line_to(x - w + r, y + h);
    path.cubic_to(x - w + k, y + h, x - w, y + h - k, x - w, y + h - r);
    path.line_to(x - w, y - h + r);
    path.cubic_to(x - w, y - h + k, x - w + k, y - h, x - w + r, y - h);
    path.close();
    path.finish()
}

fn steps(steps: &[Step]) -> Option<tiny_skia::Path> {
    let mut path = PathBuilder::new();
    let at = |p: &Point| (p.x as f32, p.y as f32);
    for step in steps {
        match step {
            Step::Move(p) => path.move_to(at(p).0, at(p).1),
            Step::Line(p) => path.line_to(at(p).0, at(p).1),
            Step::Quad(a, p) => path.quad_to(at(a).0, at(a).1, at(p).0, at(p).1),
            Step::Cubic(a, b, p) => path.cubic_to(at(a).0, at(a).1, at(b).0, at(b).1, at(p).0, at(p).1),
            Step::Close => path.close(),
        }
    }
    path.finish()
}

/// Where a course ends, and the degrees by which it runs there.
fn end(steps: &[Step]) -> Option<(Point, f32)> {
    let mut points: Vec<Point> = Vec::new();
    for step in steps {
        match *step {
            Step::Move(p) | Step::Line(p) => points.push(p),
            Step::Quad(a, p) => points.extend([a, p]),
            Step::Cubic(a, b, p) => points.extend([a, b, p]),
            Step::Close => {}
        }
    }
    let last = points.last().copied()?;
    let before = points.iter().rev().copied().find(|p| (p.x - last.x).abs() + (p.y - last.y).abs() > 0.01)?;
    Some((last, (last.y - before.y).atan2(last.x - before.x).to_degrees() as f32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_weights_of_the_font_can_be_read_and_have_what_pictures_need() {
        for font in [Font::regular().unwrap(), Font::bold().unwrap()] {
            for sign in "Az09≠—–“”’…×≤éşİğŻЖщΩ№→".chars() {
                assert!(font.has(sign), "{sign}");
            }
            assert!(!font.has('東'));
            assert!(font.width("Kazakhstan", 11.0) > font.width("Kazakh", 11.0));
        }
    }

    #[test]
    fn marks_are_painted_where_they_stand() {
        let mut scene = Scene { width: 40.0, height: 20.0, ..Scene::default() };
        scene.marks.push(Mark::Shift(10.0, 0.0));
        scene.form(Form::Rect(Place { x: 5.0, y: 10.0, width: 6.0, height: 6.0 }, 0.0), Look::new("#ff0000", ""));
        scene.marks.push(Mark::End);
        let start = Step::Move(Point { x: 25.0, y: 10.0 });
        let steps = vec![start, Step::Line(Point { x: 38.0, y: 10.0 })];
        let tip = super::super::picture::Tip::Arrow;
        scene.marks.push(Mark::Course(Course { steps, colour: "#0000ff", width: 1.0, stroke: Stroke::Solid, tip, inner: None }));
        let map = paint(&scene).unwrap();
        assert_eq!((map.width(), map.height()), (80, 40));
        let colour = |x: u32, y: u32| map.pixel(x, y).map(|p| (p.red(), p.green(), p.blue())).unwrap();
        assert_eq!(colour(30, 20), (255, 0, 0));
        assert_eq!(colour(10, 20), (255, 255, 255));
        // The arrow's base is wider than the line.
        assert_eq!(colour(60, 22), (0, 0, 255));
        assert_eq!(colour(54, 24), (255, 255, 255));
    }
}
