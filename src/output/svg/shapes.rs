//! Outlines of nodes, after Graphviz's shapes, and where a line meets them.

use std::fmt::Write as _;

use super::layout::{Place, Point};
use super::n;
use super::text::{escape, width};
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
pub(super) fn put(svg: &mut String, shape: &Shape, place: &Place) -> std::fmt::Result {
    let (w, h) = (place.width, place.height);
    let (l, t) = (place.x - w / 2.0, place.y - h / 2.0);
    let (r, b) = (l + w, t + h);
    let fill = escape(&shape.fill);
    let stroke = if shape.world { "#a3a8b0" } else { "#5b6069" };
    let look = format!("fill=\"{fill}\" stroke=\"{stroke}\"");
    let rect = |x: f64, y: f64, w: f64, h: f64, rx: u32| {
        format!("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{rx}\" {look}/>", n(x), n(y), n(w), n(h))
    };
    let path = |d: String| format!("<path d=\"{d}\" {look}/>");
    let outline = match shape.shape.as_str() {
        "circle" => format!("<circle cx=\"{}\" cy=\"{}\" r=\"4\" {look} stroke-width=\"1.4\"/>", n(l + 6.0), n(place.y)),
        "ellipse" => {
            format!("<ellipse cx=\"{}\" cy=\"{}\" rx=\"{}\" ry=\"{}\" {look}/>", n(place.x), n(place.y), n(w / 2.0), n(h / 2.0))
        }
        "hexagon" => {
            let d = hexagon(place).iter().map(|p| format!("{} {}", n(p.x), n(p.y))).collect::<Vec<_>>().join("L");
            path(format!("M{d}z"))
        }
        // As the DOT has it: a double frame.
        "parallelogram" => {
            let outer = format!(
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"#ffffff\" stroke=\"{stroke}\"/>",
                n(l),
                n(t),
                n(w),
                n(h)
            );
            outer + &rect(l + 3.0, t + 3.0, w - 6.0, h - 6.0, 0)
        }
        "cylinder" => {
            let (rx, ry) = (w / 2.0, 4.0);
            let body = format!(
                "M{} {}A{} {ry} 0 0 1 {} {}V{}A{} {ry} 0 0 1 {} {}z",
                n(l),
                n(t + ry),
                n(rx),
                n(r),
                n(t + ry),
                n(b - ry),
                n(rx),
                n(l),
                n(b - ry)
            );
            let lid = format!(
                "<path d=\"M{} {}A{} {ry} 0 0 0 {} {}\" fill=\"none\" stroke=\"{stroke}\"/>",
                n(l),
                n(t + ry),
                n(rx),
                n(r),
                n(t + ry)
            );
            path(body) + &lid
        }
        "component" => {
            rect(l + 4.0, t, w - 4.0, h, 0) + &rect(l, t + h * 0.2, 8.0, 4.0, 0) + &rect(l, t + h * 0.8 - 4.0, 8.0, 4.0, 0)
        }
        "note" => {
            let d = format!("M{} {}H{}L{} {}V{}H{}z", n(l), n(t), n(r - 7.0), n(r), n(t + 7.0), n(b), n(l));
            let fold =
                format!("<path d=\"M{} {}V{}H{}\" fill=\"none\" stroke=\"{stroke}\"/>", n(r - 7.0), n(t), n(t + 7.0), n(r));
            path(d) + &fold
        }
        "folder" => {
            let x = (r - 22.0).max(l);
            path(format!(
                "M{} {}H{}L{} {}H{}L{} {}V{}H{}z",
                n(l),
                n(t + 5.0),
                n(x),
                n(x + 4.0),
                n(t),
                n(r - 4.0),
                n(r),
                n(t + 5.0),
                n(b),
                n(l)
            ))
        }
        "tab" => path(format!("M{} {}H{}V{}H{}V{}H{}z", n(l), n(t), n(l + 20.0), n(t + 5.0), n(r), n(b), n(l))),
        "box" => rect(l, t, w, h, 7),
        _ => rect(l, t, w, h, 0),
    };
    writeln!(svg, "{outline}")?;
    put_label(svg, shape, place)
}

fn put_label(svg: &mut String, shape: &Shape, place: &Place) -> std::fmt::Result {
    let lines = lines(shape);
    let (x, anchor) = match shape.shape.as_str() {
        "circle" => (place.x - place.width / 2.0 + 14.0, "start"),
        "component" => (place.x + 4.0, "middle"),
        _ => (place.x, "middle"),
    };
    let down = if matches!(shape.shape.as_str(), "tab" | "folder" | "cylinder") { 2.5 } else { 0.0 };
    let colour = if shape.world { "#6b7078" } else { "#15181c" };
    for (at, line) in lines.iter().enumerate() {
        let y = place.y + down + 3.9 + LEADING * (at as f64 - (lines.len() as f64 - 1.0) / 2.0);
        writeln!(svg, "<text x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\" fill=\"{colour}\">{}</text>", n(x), n(y), escape(line))?;
    }
    Ok(())
}

fn hexagon(place: &Place) -> [Point; 6] {
    let (w, h, slant) = (place.width / 2.0, place.height / 2.0, place.height / 2.0);
    let at = |x: f64, y: f64| Point { x: place.x + x, y: place.y + y };
    [at(-w, 0.0), at(slant - w, -h), at(w - slant, -h), at(w, 0.0), at(w - slant, h), at(slant - w, h)]
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
