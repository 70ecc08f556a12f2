//! The legend: shapes in a row, then lines, then words; wrapped to the width of the picture.

use std::fmt::Write as _;

use super::layout::{Place, Point};
use super::text::{escape, width};
use super::{n, put_stroke, shapes, straight};
use crate::output::picture::{Legend, LegendLine, Shape};

/// A legend as drawn.
pub(super) struct Drawn {
    pub svg: String,
    pub height: f64,
}

/// Draws at a place.
type Put<'a> = dyn Fn(&mut String, f64, f64) -> std::fmt::Result + 'a;

/// What stands in it: how wide, and how it is drawn at a place.
struct Item<'a> {
    width: f64,
    put: Box<Put<'a>>,
}

pub(super) fn legend(legend: &Legend, room: f64) -> Drawn {
    let groups = [types(legend), lines(legend), words(legend)];
    let mut svg = String::new();
    let (mut x, mut y) = (0.0, 12.0);
    for group in groups.iter().filter(|g| !g.is_empty()) {
        for item in group {
            if x > 0.0 && x + item.width > room {
                (x, y) = (0.0, y + 30.0);
            }
            let _ = (item.put)(&mut svg, x, y);
            x += item.width + 14.0;
        }
        (x, y) = (0.0, y + 30.0);
    }
    if svg.is_empty() {
        return Drawn { svg, height: 0.0 };
    }
    let rule = format!("<path d=\"M0 -12H{}\" stroke=\"#d5d8dd\"/>\n<g font-size=\"10\">\n", n(room));
    Drawn { svg: format!("{rule}{svg}</g>\n"), height: y - 16.0 }
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
        let put = move |svg: &mut String, x: f64, y: f64| {
            shapes::put(svg, &sample, &Place { x: x + width / 2.0, y, width, height: height.min(26.0) })
        };
        Item { width, put: Box::new(put) }
    };
    legend.types.iter().map(item).collect()
}

fn lines<'a>(legend: &'a Legend) -> Vec<Item<'a>> {
    let item = |line: &'a LegendLine| {
        let LegendLine { stroke, tip, colour, conflict, label } = line;
        let put = move |svg: &mut String, x: f64, y: f64| {
            let path = straight(&[Point { x, y }, Point { x: x + 40.0, y }]);
            put_stroke(svg, &path, *stroke, *tip, colour, *conflict, 1)?;
            writeln!(svg, "<text x=\"{}\" y=\"{}\" fill=\"#3a3f46\">{}</text>", n(x + 48.0), n(y + 3.5), escape(label))
        };
        Item { width: 48.0 + width(label, 10.0), put: Box::new(put) }
    };
    legend.lines.iter().map(item).collect()
}

fn words(legend: &Legend) -> Vec<Item<'_>> {
    let item = |text: &String| {
        let text = text.clone();
        let wide = width(&text, 10.0);
        let put = move |svg: &mut String, x: f64, y: f64| {
            writeln!(svg, "<text x=\"{}\" y=\"{}\" fill=\"#5b6069\">{}</text>", n(x), n(y + 3.5), escape(&text))
        };
        Item { width: wide, put: Box::new(put) }
    };
    legend.words.iter().map(item).collect()
}
