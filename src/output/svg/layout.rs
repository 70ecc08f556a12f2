//! Where everything stands: the layered layout for pictures of a size that it is made for, the force layout beyond.

use super::shapes::{border, side, size};
use super::text;
use super::{force, lanes, layered};
use crate::output::picture::{Line, Picture};

/// A point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::output) struct Point {
    pub x: f64,
    pub y: f64,
}

/// Middle and size of a box.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::output) struct Place {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// The course of a line.
#[derive(Debug, Clone, Default)]
pub(super) struct Path {
    pub points: Vec<Point>,
    /// Middle of the label.
    pub label: Option<Point>,
    /// Whether it is drawn straight from point to point.
    pub straight: bool,
}

/// A picture with places.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub nodes: Vec<Place>,
    pub edges: Vec<Path>,
    pub clusters: Vec<Place>,
    /// Whether areas are frames.
    pub framed: bool,
    /// Whether lines leave and enter nodes at their sides.
    pub sideways: bool,
    pub width: f64,
    pub height: f64,
}

pub(super) fn layout(picture: &Picture) -> Layout {
    let special = if picture.in_lanes() {
        Some(lanes::layout(picture))
    } else if !picture.is_large() {
        layered::layout(picture)
    } else {
        None
    };
    let mut layout = special.unwrap_or_else(|| force::layout(picture));
    if layout.sideways {
        ports(picture, &mut layout);
    } else {
        for (line, path) in picture.edges.iter().zip(&mut layout.edges) {
            meet_borders(picture, &layout.nodes, line, path);
        }
    }
    settle(&mut layout);
    layout
}

/// The size of each node.
pub(super) fn sizes(picture: &Picture, framed: bool) -> Vec<(f64, f64)> {
    picture.nodes.iter().map(|s| if s.anchor && framed { (2.0, 2.0) } else { size(s) }).collect()
}

/// What stands at a line.
pub(super) fn label(line: &Line) -> String {
    if line.conflict { format!("≠ {}", line.label).trim_end().to_owned() } else { line.label.clone() }
}

/// Width and height of what stands at a line.
pub(super) fn label_size(line: &Line) -> (f64, f64) {
    let label = label(line);
    if label.is_empty() {
        return (0.0, 0.0);
    }
    (label.split('\n').map(|l| text::width(l, 9.0)).fold(0.0, f64::max) + 6.0, 11.0 * label.split('\n').count() as f64 + 2.0)
}

/// Ends a line at the outlines of what it joins.
fn meet_borders(picture: &Picture, places: &[Place], line: &Line, path: &mut Path) {
    let end = |node: usize, towards: Point| Some(border(picture.nodes.get(node)?, places.get(node)?, towards));
    if let [first, second, ..] = path.points.as_mut_slice()
        && let Some(at) = end(line.from, *second)
    {
        *first = at;
    }
    if let [.., before, last] = path.points.as_mut_slice()
        && let Some(at) = end(line.to, *before)
    {
        *last = at;
    }
}

/// Spreads the ends of lines over the sides of their nodes, in the order in which they come.
fn ports(picture: &Picture, layout: &mut Layout) {
    // (node, right side) to (height that the line comes from, edge, whether its end).
    let mut sides = std::collections::BTreeMap::<(usize, bool), Vec<(f64, usize, bool)>>::new();
    for (at, (line, path)) in picture.edges.iter().zip(&layout.edges).enumerate().filter(|(_, (l, _))| l.from != l.to) {
        let [first, .., last] = path.points.as_slice() else { continue };
        let ends = [(line.from, path.points.get(1), last, false), (line.to, path.points.iter().rev().nth(1), first, true)];
        for (node, next, far, end) in ends {
            let (Some(place), Some(next)) = (layout.nodes.get(node), next) else { continue };
            let height = if (next.y - place.y).abs() < 0.5 { far.y } else { next.y };
            sides.entry((node, next.x >= place.x)).or_default().push((height, at, end));
        }
    }
    for ((node, right), mut ends) in sides {
        ends.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let (Some(shape), Some(place)) = (picture.nodes.get(node), layout.nodes.get(node)) else { continue };
        let frame = shape.cluster.filter(|_| shape.anchor && layout.framed).and_then(|c| layout.clusters.get(c).copied());
        let room = (place.height - 10.0).clamp(0.0, 9.0 * (ends.len() as f64 - 1.0));
        for (rank, &(_, at, end)) in ends.iter().enumerate() {
            let share = if ends.len() > 1 { rank as f64 / (ends.len() as f64 - 1.0) - 0.5 } else { 0.0 };
            let port = side(shape, place, right, room * share);
            let Some(path) = layout.edges.get_mut(at) else { continue };
            let points = &mut path.points;
            if end { points.last_mut() } else { points.first_mut() }.into_iter().for_each(|p| *p = port);
            if let Some(frame) = &frame {
                stop_at(frame, points, end);
            }
        }
    }
}

/// Ends a line where it enters a frame, unless all of it lies inside.
fn stop_at(frame: &Place, points: &mut Vec<Point>, end: bool) {
    let inside = |p: &Point| (p.x - frame.x).abs() < frame.width / 2.0 && (p.y - frame.y).abs() < frame.height / 2.0;
    if !end {
        points.reverse();
    }
    if let Some(outside) = points.iter().rposition(|p| !inside(p))
        && let Some(next) = points.get(outside + 1).copied()
    {
        points.truncate(outside + 1);
        let from = points[outside];
        // Of the two sides that face the line, the one that it crosses.
        let (dx, dy) = (next.x - from.x, next.y - from.y);
        let across = if dx == 0.0 { 0.0 } else { ((frame.x - dx.signum() * frame.width / 2.0) - from.x) / dx };
        let down = if dy == 0.0 { 0.0 } else { ((frame.y - dy.signum() * frame.height / 2.0) - from.y) / dy };
        let of = across.max(down).clamp(0.0, 1.0);
        points.push(Point { x: from.x + dx * of, y: from.y + dy * of });
    }
    if !end {
        points.reverse();
    }
}

/// Moves everything so that it starts at the origin.
fn settle(layout: &mut Layout) {
    let (mut left, mut top, mut right, mut bottom) = (f64::MAX, f64::MAX, f64::MIN, f64::MIN);
    let mut see = |x: f64, y: f64, w: f64, h: f64| {
        (left, top) = (left.min(x - w / 2.0), top.min(y - h / 2.0));
        (right, bottom) = (right.max(x + w / 2.0), bottom.max(y + h / 2.0));
    };
    layout.nodes.iter().chain(&layout.clusters).for_each(|p| see(p.x, p.y, p.width, p.height));
    layout.edges.iter().flat_map(|e| e.points.iter().chain(&e.label)).for_each(|p| see(p.x, p.y, 2.0, 2.0));
    if left > right {
        return;
    }
    for place in layout.nodes.iter_mut().chain(&mut layout.clusters) {
        (place.x, place.y) = (place.x - left, place.y - top);
    }
    for path in &mut layout.edges {
        for point in path.points.iter_mut().chain(&mut path.label) {
            (point.x, point.y) = (point.x - left, point.y - top);
        }
    }
    (layout.width, layout.height) = (right - left, bottom - top);
}
