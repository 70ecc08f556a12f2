//! The courses of lines through points.

use super::layout::Point;
use super::scene::Step;

pub(super) fn straight(points: &[Point]) -> Vec<Step> {
    match points {
        // Three points: bent once.
        [a, b, c] => vec![Step::Move(*a), Step::Quad(*b, *c)],
        _ => {
            let step = |(at, &p): (usize, &Point)| if at == 0 { Step::Move(p) } else { Step::Line(p) };
            points.iter().enumerate().map(step).collect()
        }
    }
}

/// A smooth curve through the points. Where they run one way across, it does not swing beyond any of them (monotone cubic
/// interpolation, Fritsch and Carlson's condition); elsewhere it is straight from point to point.
pub(super) fn curve(points: &[Point]) -> Vec<Step> {
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
    let mut steps: Vec<Step> = points.first().map(|&p| Step::Move(p)).into_iter().collect();
    for (at, pair) in points.windows(2).enumerate() {
        let (a, b) = (pair[0], pair[1]);
        // Where the curve is level it may stay so for longer: that is softer than a third.
        let reach = |tangent: f64| (b.x - a.x) * if tangent == 0.0 { 0.55 } else { 1.0 / 3.0 };
        let (one, two) = (reach(tangents[at]), reach(tangents[at + 1]));
        let up = Point { x: a.x + one, y: a.y + one * tangents[at] };
        let down = Point { x: b.x - two, y: b.y - two * tangents[at + 1] };
        steps.push(Step::Cubic(up, down, b));
    }
    steps
}
