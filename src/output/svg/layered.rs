//! The layered layout: from left to right, with room for every label. The work is done by `dagre`.

use std::panic::{AssertUnwindSafe, catch_unwind};

use dagre::graph::{Graph, GraphOptions};
use dagre::layout::types::LabelPos;
use dagre::{EdgeLabel, LayoutOptions, NodeLabel, RankDir};

use super::layout::{Layout, Path, Place, Point, label_size, sizes};
use crate::output::picture::Picture;

/// Places of everything; none where the layout fails, which would be a fault of its own.
pub(super) fn layout(picture: &Picture) -> Option<Layout> {
    let framed = !picture.clusters.is_empty();
    let mut graph = Graph::with_options(GraphOptions { directed: true, multigraph: true, compound: framed });
    for (at, (width, height)) in with_room_for_lines(picture, sizes(picture, framed)).into_iter().enumerate() {
        graph.set_node(node(at), Some(NodeLabel { width, height, ..NodeLabel::default() }));
    }
    for at in 0..picture.clusters.len() {
        graph.set_node(cluster(at), Some(NodeLabel::default()));
    }
    for (at, shape) in picture.nodes.iter().enumerate() {
        if let Some(area) = shape.cluster {
            graph.set_parent(&node(at), Some(&cluster(area)));
        }
    }
    for (at, line) in picture.edges.iter().enumerate() {
        let (width, height) = label_size(line);
        let label = EdgeLabel { width, height, labelpos: LabelPos::Center, ..EdgeLabel::default() };
        graph.set_edge(node(line.from), node(line.to), Some(label), Some(&at.to_string()));
    }
    let options = LayoutOptions { rankdir: RankDir::LR, nodesep: 20.0, edgesep: 10.0, ranksep: 64.0, ..LayoutOptions::default() };
    // A young library, on any graph that documents may give: its panic must cost no more than its layout.
    catch_unwind(AssertUnwindSafe(|| dagre::layout(&mut graph, Some(options)))).ok()?;
    read(picture, &graph, framed)
}

/// What many lines meet at is taller, so that they do not run into one point.
fn with_room_for_lines(picture: &Picture, mut sizes: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    const APART: f64 = 6.0;
    const TALLEST: f64 = 170.0;
    let mut ends = vec![(0_u32, 0_u32); sizes.len()];
    for line in &picture.edges {
        ends.get_mut(line.from).into_iter().for_each(|e| e.0 += 1);
        ends.get_mut(line.to).into_iter().for_each(|e| e.1 += 1);
    }
    // Slanted and round outlines lose their shape.
    let stretches = |shape: &str| !matches!(shape, "ellipse" | "hexagon" | "circle");
    for ((shape, size), ends) in picture.nodes.iter().zip(&mut sizes).zip(ends) {
        if stretches(&shape.shape) && !shape.anchor {
            size.1 = size.1.max((APART * f64::from(ends.0.max(ends.1)) + 4.0).min(TALLEST));
        }
    }
    sizes
}

fn node(at: usize) -> String {
    format!("n{at}")
}

fn cluster(at: usize) -> String {
    format!("c{at}")
}

fn read(picture: &Picture, graph: &Graph<NodeLabel, EdgeLabel>, framed: bool) -> Option<Layout> {
    let place = |name: &str| -> Option<Place> {
        let label = graph.node(name)?;
        Some(Place {
            x: label.x.filter(|x| x.is_finite())?,
            y: label.y.filter(|y| y.is_finite())?,
            width: label.width,
            height: label.height,
        })
    };
    let nodes = (0..picture.nodes.len()).map(|at| place(&node(at))).collect::<Option<Vec<_>>>()?;
    let path = |(at, line): (usize, &crate::output::picture::Line)| -> Option<Path> {
        let label = graph.edge(&node(line.from), &node(line.to), Some(&at.to_string()))?;
        let points = label.points.iter().map(|p| Point { x: p.x, y: p.y }).collect();
        let middle = label.x.zip(label.y).map(|(x, y)| Point { x, y });
        Some(Path { points, label: middle, straight: false })
    };
    let edges = picture.edges.iter().enumerate().map(path).collect::<Option<Vec<_>>>()?;
    let mut clusters = (0..picture.clusters.len()).map(|at| place(&cluster(at))).collect::<Option<Vec<_>>>()?;
    for (area, frame) in picture.clusters.iter().zip(&mut clusters) {
        // Room for the name above what lies inside.
        frame.height += 18.0;
        frame.y -= 9.0;
        frame.width = frame.width.max(super::text::width(&area.label, 11.0) + 20.0);
    }
    Some(Layout { nodes, edges, clusters, framed, sideways: true, ..Layout::default() })
}
