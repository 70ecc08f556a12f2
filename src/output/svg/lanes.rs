//! Route diagrams of ways: one below the other, each with its stops from left to right.

use super::layout::{Layout, Path, Place, Point, label_size, sizes};
use crate::output::picture::Picture;

/// Room between what stands below and beside each other.
const DOWN: f64 = 12.0;
const ACROSS: f64 = 44.0;
/// Room between lanes, besides.
const LANE: f64 = 16.0;

pub(super) fn layout(picture: &Picture) -> Layout {
    let sizes = sizes(picture, false);
    let spots: Vec<(usize, usize, usize)> = picture.nodes.iter().map(|n| n.spot.unwrap_or_default()).collect();
    let lanes = spots.iter().map(|s| s.0 + 1).max().unwrap_or(0);
    let columns = spots.iter().map(|s| s.1 + 1).max().unwrap_or(0);
    let labels = picture.edges.iter().map(|l| label_size(l).0).fold(0.0, f64::max);
    // A column is as wide as its widest box.
    let mut widths = vec![0.0_f64; columns];
    for (&(_, column, _), size) in spots.iter().zip(&sizes) {
        widths[column] = widths[column].max(size.0);
    }
    let mut lefts = vec![0.0; columns];
    for at in 1..columns {
        lefts[at] = lefts[at - 1] + widths[at - 1] + ACROSS + if at == 1 { labels } else { 0.0 };
    }
    let mut nodes = vec![Place { x: 0.0, y: 0.0, width: 0.0, height: 0.0 }; spots.len()];
    let mut top = 0.0;
    for lane in 0..lanes {
        let here: Vec<usize> = (0..spots.len()).filter(|&n| spots[n].0 == lane).collect();
        let rows = here.iter().map(|&n| spots[n].2 + 1).max().unwrap_or(1);
        let mut heights = vec![0.0_f64; rows];
        for &n in here.iter().filter(|&&n| spots[n].1 > 0) {
            heights[spots[n].2] = heights[spots[n].2].max(sizes[n].1);
        }
        let stops = heights.iter().sum::<f64>() + DOWN * (rows as f64 - 1.0);
        let tall = here.iter().filter(|&&n| spots[n].1 == 0).map(|&n| sizes[n].1).fold(stops, f64::max);
        for &n in &here {
            let (_, column, row) = spots[n];
            let above = heights.iter().take(row).sum::<f64>() + DOWN * row as f64;
            let middle = if column == 0 { tall / 2.0 } else { (tall - stops) / 2.0 + above + heights[row] / 2.0 };
            let (width, height) = sizes[n];
            let x = if column == 0 { widths[0] / 2.0 } else { lefts[column] + width / 2.0 };
            nodes[n] = Place { x, y: top + middle, width, height };
        }
        top += tall + LANE;
    }
    let edges = picture.edges.iter().map(|l| path(l.from, l.to, &nodes, widths.first().copied().unwrap_or(0.0))).collect();
    Layout { nodes, edges, sideways: true, ..Layout::default() }
}

/// From side to side; the bend lies before the stops, so that lines of one lane part early.
fn path(from: usize, to: usize, nodes: &[Place], first: f64) -> Path {
    let (Some(a), Some(b)) = (nodes.get(from), nodes.get(to)) else { return Path::default() };
    let (start, end) = (Point { x: a.x + a.width / 2.0, y: a.y }, Point { x: b.x - b.width / 2.0, y: b.y });
    let bend = Point { x: start.x.max(first) + (end.x - start.x.max(first)) * 0.45, y: end.y };
    let label = Point { x: (bend.x + end.x) / 2.0, y: end.y };
    let points = if (start.y - end.y).abs() < 0.5 { vec![start, end] } else { vec![start, bend, end] };
    Path { points, label: Some(label), straight: false }
}
