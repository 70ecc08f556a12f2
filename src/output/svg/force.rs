//! The force layout for large pictures: what is joined draws together, everything else apart, and no two boxes overlap.
//!
//! Deterministic: the start is a spiral in the order of degrees, the steps are counted, and only operations are used
//! that give the same bits on every machine (no sines).

use super::layout::{Layout, Path, Place, Point, sizes};
use crate::output::picture::Picture;

const STEPS: usize = 260;
/// The wished-for length of a line.
const SPRING: f64 = 62.0;
/// Names are wide: distances across count less.
const STRETCH: f64 = 1.5;
/// How strongly everything is drawn to the middle.
const GRAVITY: f64 = 1.1;
/// Room between boxes.
const GAP: f64 = 10.0;

pub(super) fn layout(picture: &Picture) -> Layout {
    let sizes = sizes(picture, false);
    let mut at = start(picture);
    for step in 0..STEPS {
        let heat = SPRING * (1.0 - step as f64 / STEPS as f64) * 0.5;
        cool(picture, &mut at, heat);
    }
    let mut places: Vec<Place> =
        at.iter().zip(&sizes).map(|(p, &(width, height))| Place { x: p.x * STRETCH, y: p.y, width, height }).collect();
    part(&mut places);
    let edges = paths(picture, &places);
    Layout { nodes: places, edges, framed: false, ..Layout::default() }
}

/// A spiral, those with most lines in the middle. The golden angle's rotation is applied again and again.
fn start(picture: &Picture) -> Vec<Point> {
    let mut degree = vec![0_u32; picture.nodes.len()];
    for end in picture.edges.iter().flat_map(|l| [l.from, l.to]) {
        if let Some(d) = degree.get_mut(end) {
            *d += 1;
        }
    }
    let mut order: Vec<usize> = (0..degree.len()).collect();
    order.sort_by_key(|&n| (std::cmp::Reverse(degree[n]), n));
    let mut at = vec![Point { x: 0.0, y: 0.0 }; degree.len()];
    let (cosine, sine) = (-0.737_368_878_078_319_7, 0.675_490_294_261_523_8);
    let (mut x, mut y) = (1.0, 0.0);
    for (rank, node) in order.into_iter().enumerate() {
        let radius = 0.6 * SPRING * (rank as f64 + 0.5).sqrt();
        at[node] = Point { x: x * radius, y: y * radius };
        (x, y) = (x * cosine - y * sine, x * sine + y * cosine);
    }
    at
}

/// One step: everything moves by what pulls and pushes it, no further than `heat`.
fn cool(picture: &Picture, at: &mut [Point], heat: f64) {
    let mut force = vec![Point { x: 0.0, y: 0.0 }; at.len()];
    for (one, a) in at.iter().enumerate() {
        for (other, b) in at.iter().enumerate().skip(one + 1) {
            let (dx, dy) = (a.x - b.x, a.y - b.y);
            let squared = (dx * dx + dy * dy).max(1.0);
            let push = SPRING * SPRING / squared;
            force[one] = Point { x: force[one].x + dx * push, y: force[one].y + dy * push };
            force[other] = Point { x: force[other].x - dx * push, y: force[other].y - dy * push };
        }
        // Towards the middle, so that what is joined to nothing does not drift away.
        force[one] = Point { x: force[one].x - a.x * GRAVITY, y: force[one].y - a.y * GRAVITY };
    }
    for line in picture.edges.iter().filter(|l| l.from != l.to) {
        let (Some(&a), Some(&b)) = (at.get(line.from), at.get(line.to)) else { continue };
        let (dx, dy) = (a.x - b.x, a.y - b.y);
        let pull = (dx * dx + dy * dy).sqrt() / SPRING;
        force[line.from] = Point { x: force[line.from].x - dx * pull, y: force[line.from].y - dy * pull };
        force[line.to] = Point { x: force[line.to].x + dx * pull, y: force[line.to].y + dy * pull };
    }
    for (p, f) in at.iter_mut().zip(&force) {
        let length = (f.x * f.x + f.y * f.y).sqrt().max(1e-9);
        let step = length.min(heat) / length;
        *p = Point { x: p.x + f.x * step, y: p.y + f.y * step };
    }
}

/// Pushes boxes apart until none overlaps another, each pair the shorter way.
fn part(places: &mut [Place]) {
    for _ in 0..400 {
        let mut order: Vec<usize> = (0..places.len()).collect();
        order.sort_by(|&a, &b| {
            (places[a].x - places[a].width / 2.0).total_cmp(&(places[b].x - places[b].width / 2.0)).then(a.cmp(&b))
        });
        let mut moved = false;
        for (rank, &one) in order.iter().enumerate() {
            for &other in order.get(rank + 1..).unwrap_or_default() {
                let (a, b) = (places[one], places[other]);
                let across = (a.width + b.width) / 2.0 + GAP - (b.x - a.x).abs();
                let down = (a.height + b.height) / 2.0 + GAP - (b.y - a.y).abs();
                if b.x - b.width / 2.0 > a.x + a.width / 2.0 + GAP {
                    break;
                }
                if across <= 0.01 || down <= 0.01 {
                    continue;
                }
                moved = true;
                if down < across {
                    let by = if b.y >= a.y { down / 2.0 } else { -down / 2.0 };
                    places[one].y -= by;
                    places[other].y += by;
                } else {
                    let by = if b.x >= a.x { across / 2.0 } else { -across / 2.0 };
                    places[one].x -= by;
                    places[other].x += by;
                }
            }
        }
        if !moved {
            return;
        }
    }
}

/// Straight lines from middle to middle; several between the same two are bent apart.
fn paths(picture: &Picture, places: &[Place]) -> Vec<Path> {
    let mut seen = rustc_hash::FxHashMap::<(usize, usize), u32>::default();
    let middle = |node: usize| places.get(node).map_or(Point { x: 0.0, y: 0.0 }, |p| Point { x: p.x, y: p.y });
    let path = |line: &crate::output::picture::Line| {
        let (a, b) = (middle(line.from), middle(line.to));
        let times = seen.entry((line.from.min(line.to), line.from.max(line.to))).or_default();
        *times += 1;
        let points = if *times == 1 {
            vec![a, b]
        } else {
            // To the same side whichever way the line runs.
            let way = if line.from < line.to { 1.0 } else { -1.0 };
            let side = if *times % 2 == 0 { way } else { -way } * 18.0 * f64::from(*times / 2);
            let (dx, dy) = (b.x - a.x, b.y - a.y);
            let length = (dx * dx + dy * dy).sqrt().max(1.0);
            vec![a, Point { x: (a.x + b.x) / 2.0 - dy / length * side, y: (a.y + b.y) / 2.0 + dx / length * side }, b]
        };
        Path { points, label: None, straight: true }
    };
    picture.edges.iter().map(path).collect()
}
