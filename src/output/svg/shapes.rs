//! Outlines of nodes, after Graphviz's shapes, and where a line meets them.

use super::layout::{Place, Point};
use super::scene::{Anchor, Form, Look, Mark, Scene, Step, Text};
use super::text::width;
use crate::output::picture::Shape;

const SIZE: f64 = 11.0;
const LEADING: f64 = 13.0;

/// Lines of a label, as they are drawn.
pub(super) fn lines(shape: &Shape) -> Vec<String> {
    if shape.shape == "circle" {
        vec![shape.label.clone()]
    } else {
        crate::output::dot::wrap(&shape.label).split('\n').map(str::to_owned).collect()
    }
}

/// Width and height that a node needs.
pub(super) fn size(shape: &Shape) -> (f64, f64) {
    let lines = lines(shape);
    let text = lines.iter().map(|l| width(l, SIZE)).fold(0.0, f64::max);
    let tall = LEADING * lines.len() as f64;
    match shape.shape.as_str() {
        "circle" => (text + 16.0, 16.0),
        "ellipse" => (text * 1.18 + 18.0, tall * 1.25 + 10.0),
        "hexagon" => (text + 22.0 + tall, tall + 12.0),
        "parallelogram" => (text + 24.0, tall + 18.0),
        "cylinder" => (text + 18.0, tall + 18.0),
        "component" => (text + 26.0, tall + 10.0),
        "tab" | "folder" => (text + 18.0, tall + 16.0),
        _ => (text + 18.0, tall + 10.0),
    }
}

/// Draws the outline and the label.
pub(super) fn put(scene: &mut Scene, shape: &Shape, place: &Place) {
    let look = Look::new(&shape.fill, if shape.world { "#a3a8b0" } else { "#5b6069" });
    put_outline(scene, &shape.shape, place, look);
    put_label(scene, shape, place);
}

fn put_outline(scene: &mut Scene, shape: &str, place: &Place, look: Look) {
    let at = |x: f64, y: f64, width: f64, height: f64| Place { x, y, width, height };
    match shape {
        "circle" => {
            let left = place.x - place.width / 2.0;
            scene.form(Form::Ellipse(at(left + 6.0, place.y, 8.0, 8.0)), Look { width: 1.4, ..look });
        }
        "ellipse" => scene.form(Form::Ellipse(*place), look),
        "hexagon" => scene.form(Form::Path(closed(&hexagon(place))), look),
        // As the DOT has it: a double frame.
        "parallelogram" => {
            scene.form(Form::Rect(*place, 0.0), Look { fill: "#ffffff".to_owned(), ..look.clone() });
            scene.form(Form::Rect(at(place.x, place.y, place.width - 6.0, place.height - 6.0), 0.0), look);
        }
        "cylinder" => {
            let (body, lid) = cylinder(place);
            scene.form(Form::Path(body), look.clone());
            scene.form(Form::Path(lid), Look { fill: String::new(), ..look });
        }
        "component" => {
            let left = place.x - place.width / 2.0;
            scene.form(Form::Rect(at(place.x + 2.0, place.y, place.width - 4.0, place.height), 0.0), look.clone());
            for down in [-0.3, 0.3] {
                let lug = at(left + 4.0, place.y + place.height * down, 8.0, 4.0);
                scene.form(Form::Rect(lug, 0.0), look.clone());
            }
        }
        "note" => {
            let (sheet, fold) = note(place);
            scene.form(Form::Path(sheet), look.clone());
            scene.form(Form::Path(fold), Look { fill: String::new(), ..look });
        }
        "folder" | "tab" => scene.form(Form::Path(closed(&folder(place, shape == "tab"))), look),
        "box" => scene.form(Form::Rect(*place, 7.0), look),
        _ => scene.form(Form::Rect(*place, 0.0), look),
    }
}

fn put_label(scene: &mut Scene, shape: &Shape, place: &Place) {
    let lines = lines(shape);
    let (x, anchor) = match shape.shape.as_str() {
        "circle" => (place.x - place.width / 2.0 + 14.0, Anchor::Start),
        "component" => (place.x + 4.0, Anchor::Middle),
        _ => (place.x, Anchor::Middle),
    };
    let down = if matches!(shape.shape.as_str(), "tab" | "folder" | "cylinder") { 2.5 } else { 0.0 };
    let colour = if shape.world { "#6b7078" } else { "#15181c" };
    for (at, line) in lines.iter().enumerate() {
        let y = place.y + down + 3.9 + LEADING * (at as f64 - (lines.len() as f64 - 1.0) / 2.0);
        let at = Point { x, y };
        let halo = shape.shape == "circle";
        scene.marks.push(Mark::Text(Text { at, text: line.clone(), size: SIZE, bold: false, anchor, colour, halo }));
    }
}

/// A closed path through corners.
fn closed(corners: &[Point]) -> Vec<Step> {
    let step = |(at, &p): (usize, &Point)| if at == 0 { Step::Move(p) } else { Step::Line(p) };
    corners.iter().enumerate().map(step).chain([Step::Close]).collect()
}

fn hexagon(place: &Place) -> [Point; 6] {
    let (w, h, slant) = (place.width / 2.0, place.height / 2.0, place.height / 2.0);
    let at = |x: f64, y: f64| Point { x: place.x + x, y: place.y + y };
    [at(-w, 0.0), at(slant - w, -h), at(w - slant, -h), at(w, 0.0), at(w - slant, h), at(slant - w, h)]
}

/// Body and front rim of the lid.
fn cylinder(place: &Place) -> (Vec<Step>, Vec<Step>) {
    let (w, h) = (place.width / 2.0, place.height / 2.0);
    let at = |x: f64, y: f64| Point { x: place.x + x, y: place.y + y };
    // Half an ellipse of height 4 as a cubic: its handles reach four thirds as far.
    let (rim, reach) = (4.0, 4.0 * 4.0 / 3.0);
    let bow = |y: f64, by: f64, to: f64| Step::Cubic(at(-to, y + by), at(to, y + by), at(to, y));
    let body = vec![
        Step::Move(at(-w, rim - h)),
        bow(rim - h, -reach, w),
        Step::Line(at(w, h - rim)),
        bow(h - rim, reach, -w),
        Step::Close,
    ];
    (body, vec![Step::Move(at(-w, rim - h)), bow(rim - h, reach, w)])
}

/// A sheet and its turned-down corner.
fn note(place: &Place) -> (Vec<Step>, Vec<Step>) {
    let (w, h) = (place.width / 2.0, place.height / 2.0);
    let at = |x: f64, y: f64| Point { x: place.x + x, y: place.y + y };
    let sheet = closed(&[at(-w, -h), at(w - 7.0, -h), at(w, 7.0 - h), at(w, h), at(-w, h)]);
    (sheet, vec![Step::Move(at(w - 7.0, -h)), Step::Line(at(w - 7.0, 7.0 - h)), Step::Line(at(w, 7.0 - h))])
}

/// A box with a tab on top: at its left, or as that of a folder.
fn folder(place: &Place, left: bool) -> Vec<Point> {
    let (w, h) = (place.width / 2.0, place.height / 2.0);
    let at = |x: f64, y: f64| Point { x: place.x + x, y: place.y + y };
    if left {
        return vec![at(-w, -h), at(20.0 - w, -h), at(20.0 - w, 5.0 - h), at(w, 5.0 - h), at(w, h), at(-w, h)];
    }
    let x = (w - 22.0).max(-w);
    vec![at(-w, 5.0 - h), at(x, 5.0 - h), at(x + 4.0, -h), at(w - 4.0, -h), at(w, 5.0 - h), at(w, h), at(-w, h)]
}

/// Where the line from the middle of a node towards `to` leaves its outline.
pub(super) fn border(shape: &Shape, place: &Place, to: Point) -> Point {
    let (dx, dy) = (to.x - place.x, to.y - place.y);
    let (w, h) = (place.width / 2.0, place.height / 2.0);
    if dx == 0.0 && dy == 0.0 {
        return Point { x: place.x + w, y: place.y };
    }
    let out = match shape.shape.as_str() {
        "ellipse" => 1.0 / ((dx / w).powi(2) + (dy / h).powi(2)).sqrt(),
        // |x| (a hexagon's slanted side: from the corner at w to w - h at height h) and |y|.
        "hexagon" => (w / (dx.abs() + dy.abs())).min(h / dy.abs().max(f64::MIN_POSITIVE)),
        _ => (w / dx.abs().max(f64::MIN_POSITIVE)).min(h / dy.abs().max(f64::MIN_POSITIVE)),
    };
    Point { x: place.x + dx * out, y: place.y + dy * out }
}

/// Where a line meets the right or left side of a node, `down` from the middle.
pub(super) fn side(shape: &Shape, place: &Place, right: bool, down: f64) -> Point {
    let (w, h) = (place.width / 2.0, place.height / 2.0);
    let out = match shape.shape.as_str() {
        "ellipse" => w * (1.0 - (down / h).powi(2)).max(0.0).sqrt(),
        "hexagon" => w - down.abs(),
        // Left of a place stands its circle, right of it the end of its name.
        _ => w,
    };
    Point { x: if right { place.x + out } else { place.x - out }, y: place.y + down }
}
