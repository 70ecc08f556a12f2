//! Route diagrams: from left to right, stop by stop.
//!
//! Routes share their stops. Ways stand one below the other, each with stops of its own; only stops whose order the
//! texts give follow each other, the others hang on the way's name.

use rustc_hash::FxHashMap;

use super::{GREY, Legend, Line, Maker, PALE, Picture, Stroke, Tip, types, words};
use crate::graph::ValueRef;
use crate::output::selection::{Selection, Track};
use crate::query::{Route, Step};

pub(super) fn draw(makers: &Maker<'_>, selection: &Selection, tracks: &[Track]) -> Picture {
    let mut diagram = Diagram { makers, picture: Picture::default(), place: FxHashMap::default(), nodes: Vec::new() };
    for (at, track) in tracks.iter().enumerate() {
        match track {
            Track::Route(route) => diagram.route(route),
            Track::Way { way, stops, basis } => diagram.way(at, *way, stops, basis.as_deref(), selection),
        }
    }
    let Diagram { mut picture, nodes, .. } = diagram;
    picture.legend = Legend::of(&picture, types(makers, nodes.iter().copied()));
    picture
}

struct Diagram<'a, 'g> {
    makers: &'a Maker<'g>,
    picture: Picture,
    /// Where a node stands, in which lane (0: in all).
    place: FxHashMap<(usize, u32), usize>,
    nodes: Vec<u32>,
}

impl Diagram<'_, '_> {
    fn stop(&mut self, lane: usize, node: u32) -> usize {
        if let Some(&at) = self.place.get(&(lane, node)) {
            return at;
        }
        let id = self.makers.graph.id(node);
        let id = if lane == 0 { id.to_owned() } else { format!("{lane}:{id}") };
        let at = self.picture.nodes.len();
        self.picture.nodes.push(self.makers.shape(node, id));
        self.place.insert((lane, node), at);
        self.nodes.push(node);
        at
    }

    fn add(&mut self, line: Line) {
        let known = self.picture.edges.iter().any(|l| (l.from, l.to, &l.id) == (line.from, line.to, &line.id));
        if !known {
            self.picture.edges.push(line);
        }
    }

    fn route(&mut self, route: &Route) {
        let mut at = route.start;
        self.stop(0, at);
        for step in &route.steps {
            let (from, to) = (self.stop(0, at), self.stop(0, step.arrive));
            if let Some(line) = self.step(step, at, from, to) {
                self.add(line);
            }
            if step.arrive != step.to {
                let next = self.stop(0, step.to);
                self.add(transfer(to, next));
            }
            at = step.to;
        }
    }

    /// The line of one step: along a way by its name, along an edge by the edge's type, against the arrow too.
    fn step(&self, step: &Step, at: u32, from: usize, to: usize) -> Option<Line> {
        let graph = self.makers.graph;
        let edges: Vec<u32> = step.edges.iter().flatten().copied().collect();
        let first = *edges.first()?;
        let Some(way) = step.way else {
            let forward = graph.endpoints(first).0 == at;
            return Some(Line { back: !forward, ..self.makers.line(first, from, to) });
        };
        let mut line = self.over(&edges, from, to)?;
        line.label = super::super::clean(graph.name(way)).into_owned();
        line.id = graph.id(way).to_owned();
        line.link = self.makers.link("n-", graph.id(way));
        Some(line)
    }

    /// A stretch of a way that rests on several edges: as weak as the weakest.
    fn over(&self, edges: &[u32], from: usize, to: usize) -> Option<Line> {
        let lines: Vec<Line> = edges.iter().map(|&e| self.makers.line(e, from, to)).collect();
        let mut line = lines.iter().max_by_key(|l| (l.colour != GREY, l.stroke)).cloned()?;
        line.weight = lines.iter().map(|l| l.weight).min().unwrap_or(1);
        line.conflict = lines.iter().any(|l| l.conflict);
        let mut said: Vec<&str> = lines.iter().map(|l| l.tooltip.as_str()).collect();
        said.dedup();
        line.tooltip = said.join("\n");
        line.tip = Tip::Arrow;
        Some(line)
    }

    fn way(&mut self, lane: usize, way: u32, stops: &[u32], basis: Option<&str>, selection: &Selection) {
        let graph = self.makers.graph;
        let (row, lane) = (lane, lane + 1);
        let mut below = 0;
        let head = self.stop(lane, way);
        self.spot(head, row, 0, 0);
        if let (Some(basis), Some(shape)) = (basis, self.picture.nodes.get_mut(head)) {
            shape.label.push_str(&format!("\n({basis})"));
        }
        let touches = self.makers.role_type(self.makers.schema.roles.touches);
        let edge_to = |stop: u32| touches.and_then(|t| graph.out(way, t).iter().find(|l| l.0 == stop)).map(|l| l.1);
        let ordered: Vec<(u32, u32)> =
            stops.iter().filter_map(|&s| edge_to(s).filter(|&e| self.has_order(e)).map(|e| (s, e))).collect();
        // One stop alone has no order.
        let ordered = if ordered.len() > 1 { ordered } else { Vec::new() };
        let mut before: Option<(usize, u32)> = None;
        for (column, &(stop, edge)) in ordered.iter().enumerate() {
            let to = self.stop(lane, stop);
            self.spot(to, row, column + 1, 0);
            below = 1;
            let line = match before {
                Some((from, earlier)) => self.over(&[earlier, edge], from, to),
                None => self.over(&[edge], head, to).map(|l| Line { tip: Tip::None, ..l }),
            };
            if let Some(line) = line {
                self.add(Line { label: String::new(), ..line });
            }
            before = Some((to, edge));
        }
        for &stop in stops.iter().filter(|s| !ordered.iter().any(|o| o.0 == **s)) {
            let to = self.stop(lane, stop);
            self.spot(to, row, 1, below);
            below += 1;
            if let Some(edge) = edge_to(stop) {
                let line = self.makers.line(edge, head, to);
                self.add(Line { tip: Tip::None, label: String::new(), ..line });
            } else {
                self.add(unsaid(head, to, &words::node_tooltip(self.makers, stop)));
            }
        }
        for &edge in selection.edges.iter().filter(|&&e| graph.endpoints(e).0 == way) {
            if self.makers.is_role(edge, self.makers.schema.roles.avoids) {
                let to = self.stop(lane, graph.endpoints(edge).1);
                self.spot(to, row, 1, below);
                below += 1;
                let line = self.makers.line(edge, head, to);
                self.add(line);
            }
        }
    }

    /// Says where a shape stands, unless that is said.
    fn spot(&mut self, shape: usize, lane: usize, column: usize, row: usize) {
        if let Some(shape) = self.picture.nodes.get_mut(shape) {
            shape.spot.get_or_insert((lane, column, row));
        }
    }

    fn has_order(&self, edge: u32) -> bool {
        let graph = self.makers.graph;
        let order = self.makers.schema.roles.order.as_ref().and_then(|o| graph.attribute_id(o));
        order.and_then(|o| graph.edge_value(edge, o)).is_some_and(|v| matches!(v, ValueRef::Int(_) | ValueRef::Float(_)))
    }
}

/// One stop lies in the other: the route changes there.
fn transfer(from: usize, to: usize) -> Line {
    let tooltip = "one lies in the other: the change is inferred".to_owned();
    Line { label: "change".to_owned(), ..plain(from, to, tooltip) }
}

/// A stop that follows from what others say.
fn unsaid(from: usize, to: usize, tooltip: &str) -> Line {
    plain(from, to, tooltip.to_owned())
}

fn plain(from: usize, to: usize, tooltip: String) -> Line {
    Line {
        id: String::new(),
        from,
        to,
        label: String::new(),
        stroke: Stroke::Dotted,
        tip: Tip::None,
        back: false,
        colour: PALE,
        weight: 1,
        conflict: false,
        tooltip,
        link: None,
    }
}
