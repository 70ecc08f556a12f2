//! The legend: shapes in a row, then lines, then words; wrapped to the width of the picture.

use super::curves::straight;
use super::layout::{Place, Point};
use super::scene::{Form, Look, Mark, Scene, Step};
use super::text::width;
use super::{course, shapes};
use crate::output::picture::{Legend, LegendLine, Shape};

/// Draws at a place.
type Put<'a> = dyn Fn(&mut Scene, f64, f64) + 'a;

/// What stands in it: how wide, and how it is drawn at a place.
struct Item<'a> {
    width: f64,
    put: Box<Put<'a>>,
}

/// Draws it below a rule as wide as `room`; returns its height, nothing where it is empty.
pub(super) fn put(scene: &mut Scene, legend: &Legend, room: f64) -> f64 {
    let groups = [types(legend), lines(legend), words(legend)];
    if groups.iter().all(Vec::is_empty) {
        return 0.0;
    }
    let rule = vec![Step::Move(Point { x: 0.0, y: -12.0 }), Step::Line(Point { x: room, y: -12.0 })];
    scene.form(Form::Path(rule), Look::new("", "#d5d8dd"));
    let (mut x, mut y) = (0.0, 12.0);
    for group in groups.iter().filter(|g| !g.is_empty()) {
        for item in group {
            if x > 0.0 && x + item.width > room {
                (x, y) = (0.0, y + 30.0);
            }
            (item.put)(scene, x, y);
            x += item.width + 14.0;
        }
        (x, y) = (0.0, y + 30.0);
    }
    y - 16.0
}

fn types(legend: &Legend) -> Vec<Item<'_>> {
    let item = |(name, shape, fill): &(String, String, String)| {
        let sample = Shape {
            id: String::new(),
            label: name.clone(),
            shape: shape.clone(),
            fill: if fill.is_empty() { "#f4f4f4".to_owned() } else { fill.clone() },
            tooltip: String::new(),
            link: None,
            cluster: None,
            world: false,
            anchor: false,
            spot: None,
        };
        let (width, height) = shapes::size(&sample);
        let put = move |scene: &mut Scene, x: f64, y: f64| {
            shapes::put(scene, &sample, &Place { x: x + width / 2.0, y, width, height: height.min(26.0) });
        };
        Item { width, put: Box::new(put) }
    };
    legend.types.iter().map(item).collect()
}

fn lines<'a>(legend: &'a Legend) -> Vec<Item<'a>> {
    let item = |line: &'a LegendLine| {
        let LegendLine { stroke, tip, colour, conflict, label } = line;
        let put = move |scene: &mut Scene, x: f64, y: f64| {
            let steps = straight(&[Point { x, y }, Point { x: x + 40.0, y }]);
            scene.marks.push(Mark::Course(course(steps, *stroke, *tip, colour, *conflict, 1)));
            scene.text(x + 48.0, y + 3.5, 10.0, "#3a3f46", label);
        };
        Item { width: 48.0 + width(label, 10.0), put: Box::new(put) }
    };
    legend.lines.iter().map(item).collect()
}

fn words(legend: &Legend) -> Vec<Item<'_>> {
    let item = |text: &'_ String| {
        let text = text.clone();
        let wide = width(&text, 10.0);
        let put = move |scene: &mut Scene, x: f64, y: f64| scene.text(x, y + 3.5, 10.0, "#5b6069", &text);
        Item { width: wide, put: Box::new(put) }
    };
    legend.words.iter().map(item).collect()
}
