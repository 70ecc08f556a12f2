//! Where the explorer's graph draws each node: forces, the same for the same graph on every machine.
//!
//! Nodes push each other away, edges pull, everything leans to the middle. A node starts at a place drawn from its id, so
//! that a graph that grows a little keeps its looks. Far nodes are taken together (a quadtree), which makes 10,000 nodes a
//! matter of a second. Only additions, products, quotients and square roots: these are exact everywhere.

/// A node: its start, and how many edges it has.
struct Body {
    x: f64,
    y: f64,
    mass: f64,
}

/// A place for each of `ids`, in whole units; ends of `edges` count from 0. O(rounds × nodes × log nodes).
pub(super) fn positions(ids: &[&str], edges: &[(u32, u32)]) -> Vec<(i32, i32)> {
    let mut bodies: Vec<Body> = ids.iter().map(|id| start(id, ids.len())).collect();
    let mut pulls: Vec<(usize, usize)> = edges.iter().map(|&(a, b)| (a.min(b) as usize, a.max(b) as usize)).collect();
    pulls.retain(|&(a, b)| a != b && b < bodies.len());
    pulls.sort_unstable();
    pulls.dedup();
    for &(a, b) in &pulls {
        bodies[a].mass += 1.0;
        bodies[b].mass += 1.0;
    }
    let rounds = if ids.len() <= 1_000 { 400 } else { 120 };
    let reach = (ids.len() as f64).sqrt() * SPACE;
    for round in 0..rounds {
        // What a node may move in a round shrinks, so that all comes to rest.
        let most = reach * 0.12 * (1.0 - f64::from(round) / f64::from(rounds)) + 0.5;
        step(&mut bodies, &pulls, most);
    }
    for _ in 0..60 {
        part(&mut bodies);
    }
    bodies.iter().map(|b| (b.x.round() as i32, b.y.round() as i32)).collect()
}

/// How much room a node has, along each axis.
const SPACE: f64 = 60.0;
/// How near two nodes may come.
const NEAR: f64 = 34.0;
/// How strongly all lean to the middle.
const LEAN: f64 = 0.6;

fn start(id: &str, count: usize) -> Body {
    // FNV-1a: small, fixed, and good enough to scatter.
    let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    let side = (count as f64).sqrt() * SPACE;
    let unit = |bits: u64| (bits & 0xffff) as f64 / 65_535.0 - 0.5;
    Body { x: unit(hash >> 16) * side, y: unit(hash >> 40) * side, mass: 1.0 }
}

fn step(bodies: &mut [Body], pulls: &[(usize, usize)], most: f64) {
    let tree = Tree::of(bodies);
    let mut forces: Vec<(f64, f64)> = bodies.iter().map(|b| tree.push(b)).collect();
    for &(a, b) in pulls {
        let (dx, dy) = (bodies[b].x - bodies[a].x, bodies[b].y - bodies[a].y);
        let pull = 1.0 / SPACE;
        forces[a] = (forces[a].0 + dx * pull, forces[a].1 + dy * pull);
        forces[b] = (forces[b].0 - dx * pull, forces[b].1 - dy * pull);
    }
    for (body, (mut fx, mut fy)) in bodies.iter_mut().zip(forces) {
        let far = (body.x * body.x + body.y * body.y).sqrt().max(1.0);
        fx -= body.x / far * LEAN * body.mass;
        fy -= body.y / far * LEAN * body.mass;
        let (fx, fy) = (fx * SPACE / body.mass.sqrt(), fy * SPACE / body.mass.sqrt());
        let size = (fx * fx + fy * fy).sqrt();
        let share = if size > most { most / size } else { 1.0 };
        body.x += fx * share * 0.5;
        body.y += fy * share * 0.5;
    }
}

/// Moves nodes apart that lie on each other, by a grid of their neighbourhoods.
fn part(bodies: &mut [Body]) {
    let cell = |v: f64| (v / NEAR).floor() as i64;
    let mut grid: Vec<((i64, i64), usize)> = bodies.iter().enumerate().map(|(i, b)| ((cell(b.x), cell(b.y)), i)).collect();
    grid.sort_unstable();
    for i in 0..bodies.len() {
        let (cx, cy) = (cell(bodies[i].x), cell(bodies[i].y));
        for column in cx - 1..=cx + 1 {
            let from = grid.partition_point(|g| g.0 < (column, cy - 1));
            for &(_, j) in grid[from..].iter().take_while(|g| g.0 <= (column, cy + 1)) {
                if j <= i {
                    continue;
                }
                let (dx, dy) = (bodies[j].x - bodies[i].x, bodies[j].y - bodies[i].y);
                let far = (dx * dx + dy * dy).sqrt();
                if far >= NEAR {
                    continue;
                }
                // Nodes at one place are parted by their numbers.
                let (ux, uy) = if far > 0.01 { (dx / far, dy / far) } else { (0.6, 0.8) };
                let by = (NEAR - far) / 2.0;
                (bodies[i].x, bodies[i].y) = (bodies[i].x - ux * by, bodies[i].y - uy * by);
                (bodies[j].x, bodies[j].y) = (bodies[j].x + ux * by, bodies[j].y + uy * by);
            }
        }
    }
}

/// A square of the plane, with the weight of what lies in it.
struct Square {
    mass: f64,
    x: f64,
    y: f64,
    /// The first of its four quarters; 0 for a square that is not divided.
    quarters: u32,
}

/// A quadtree of all bodies.
struct Tree {
    squares: Vec<Square>,
    left: f64,
    top: f64,
    side: f64,
}

/// How small a square may become, in halvings.
const DEEPEST: u32 = 24;

impl Tree {
    fn of(bodies: &[Body]) -> Self {
        let bound = |pick: fn(&Body) -> f64, better: fn(f64, f64) -> f64| bodies.iter().map(pick).fold(pick(&bodies[0]), better);
        if bodies.is_empty() {
            return Self { squares: Vec::new(), left: 0.0, top: 0.0, side: 0.0 };
        }
        let (left, top) = (bound(|b| b.x, f64::min), bound(|b| b.y, f64::min));
        let side = (bound(|b| b.x, f64::max) - left).max(bound(|b| b.y, f64::max) - top) + 1.0;
        let mut tree = Self { squares: vec![Square { mass: 0.0, x: 0.0, y: 0.0, quarters: 0 }], left, top, side };
        for body in bodies {
            tree.add(body);
        }
        tree
    }

    /// Adds a body to every square that it lies in; the first one that was empty stays whole.
    fn add(&mut self, body: &Body) {
        let (mut at, mut left, mut top, mut side) = (0_usize, self.left, self.top, self.side);
        for depth in 0..=DEEPEST {
            let square = &mut self.squares[at];
            let held = Body { x: square.x, y: square.y, mass: square.mass };
            let all = held.mass + body.mass;
            square.x = (held.x * held.mass + body.x * body.mass) / all;
            square.y = (held.y * held.mass + body.y * body.mass) / all;
            square.mass = all;
            if held.mass == 0.0 || depth == DEEPEST {
                return;
            }
            side /= 2.0;
            if square.quarters == 0 {
                let first = self.squares.len();
                self.squares[at].quarters = first as u32;
                self.squares.extend((0..4).map(|_| Square { mass: 0.0, x: 0.0, y: 0.0, quarters: 0 }));
                let quarter = first + quarter(held.x, held.y, left + side, top + side);
                self.squares[quarter] = Square { mass: held.mass, x: held.x, y: held.y, quarters: 0 };
            }
            let which = quarter(body.x, body.y, left + side, top + side);
            at = self.squares[at].quarters as usize + which;
            left += if which & 1 == 1 { side } else { 0.0 };
            top += if which & 2 == 2 { side } else { 0.0 };
        }
    }

    /// How all others push a body away.
    fn push(&self, body: &Body) -> (f64, f64) {
        let (mut fx, mut fy) = (0.0, 0.0);
        let mut open = vec![(0_usize, self.side)];
        while let Some((at, side)) = open.pop() {
            let Some(square) = self.squares.get(at).filter(|s| s.mass > 0.0) else { continue };
            let (dx, dy) = (body.x - square.x, body.y - square.y);
            let far2 = dx * dx + dy * dy;
            if square.quarters != 0 && side * side > 0.8 * far2 {
                open.extend((0..4).map(|q| (square.quarters as usize + q, side / 2.0)));
            } else if far2 > 0.0001 {
                let push = SPACE * body.mass * square.mass / far2.max(100.0) * 0.5;
                let far = far2.sqrt();
                fx += dx / far * push * (far / SPACE).min(4.0);
                fy += dy / far * push * (far / SPACE).min(4.0);
            }
        }
        (fx, fy)
    }
}

fn quarter(x: f64, y: f64, middle: f64, centre: f64) -> usize {
    usize::from(x >= middle) | usize::from(y >= centre) << 1
}

#[cfg(test)]
mod tests {
    use super::{NEAR, positions};

    fn far(a: (i32, i32), b: (i32, i32)) -> f64 {
        f64::from((a.0 - b.0).pow(2) + (a.1 - b.1).pow(2)).sqrt()
    }

    #[test]
    fn neighbours_lie_nearer_than_strangers() {
        // Two rings of twelve, tied by one edge.
        let ids: Vec<String> = (0..24).map(|i| format!("node/{i}")).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let ring = |from: u32| (0..12).map(move |i| (from + i, from + (i + 1) % 12));
        let edges: Vec<(u32, u32)> = ring(0).chain(ring(12)).chain([(0, 12)]).collect();
        let at = positions(&ids, &edges);
        let mean = |pairs: &[(u32, u32)]| {
            pairs.iter().map(|&(a, b)| far(at[a as usize], at[b as usize])).sum::<f64>() / pairs.len() as f64
        };
        let strangers: Vec<(u32, u32)> = (0..12).flat_map(|a| (12..24).map(move |b| (a, b))).collect();
        assert!(mean(&edges) * 1.7 < mean(&strangers), "{} {}", mean(&edges), mean(&strangers));
        assert_eq!(at, positions(&ids, &edges));
    }

    #[test]
    fn nodes_do_not_lie_on_each_other() {
        let ids: Vec<String> = (0..300).map(|i| format!("n{i}")).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let edges: Vec<(u32, u32)> = (1..300).map(|i| (i / 7, i)).collect();
        let at = positions(&ids, &edges);
        let close = (0..300).flat_map(|i| (0..i).map(move |j| (i, j))).filter(|&(i, j)| far(at[i], at[j]) < NEAR * 0.6).count();
        assert!(close < 12, "{close} pairs");
    }

    #[test]
    fn any_graph_is_laid_out() {
        assert!(positions(&[], &[]).is_empty());
        assert_eq!(positions(&["a"], &[(0, 0), (0, 7)]).len(), 1);
        assert_eq!(positions(&["a", "a", "a"], &[]).len(), 3);
    }
}
