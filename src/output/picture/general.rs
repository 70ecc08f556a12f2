//! Any picture of nodes and edges: areas become frames around what lies in them, labels that repeat stand once.

use rustc_hash::FxHashMap;

use super::{Cluster, Legend, MANY_EDGES, MANY_NODES, Maker, Picture, Tip, types};
use crate::graph::FrozenGraph;
use crate::model::Mode;
use crate::output::Selection;

/// The shape by which the schema says that a type is an area.
const AREA: &str = "component";
/// From so many lines of one sort at one node on, only the first has its label.
const BUNDLE: usize = 4;

pub(super) fn draw(makers: &Maker<'_>, selection: &Selection) -> Picture {
    let graph = makers.graph;
    let frames = frames(makers, selection);
    let mut picture = Picture::default();
    let mut place: FxHashMap<u32, usize> = FxHashMap::default();
    let mut numbers: FxHashMap<u32, usize> = FxHashMap::default();
    for &area in &frames.areas {
        let shape = makers.shape(area, String::new());
        numbers.insert(area, picture.clusters.len());
        picture.clusters.push(Cluster {
            id: graph.id(area).to_owned(),
            label: shape.label,
            fill: shape.fill,
            tooltip: shape.tooltip,
            link: shape.link,
        });
    }
    for &node in &selection.nodes {
        let mut shape = makers.shape(node, graph.id(node).to_owned());
        shape.anchor = numbers.contains_key(&node);
        shape.cluster = numbers.get(&node).or_else(|| frames.inside.get(&node).and_then(|a| numbers.get(a))).copied();
        place.insert(node, picture.nodes.len());
        picture.nodes.push(shape);
    }
    for &edge in &selection.edges {
        let (source, target) = graph.endpoints(edge);
        let (Some(&from), Some(&to)) = (place.get(&source), place.get(&target)) else { continue };
        // Lying inside is shown by the frame.
        if makers.is_role(edge, makers.schema.roles.within) && frames.inside.get(&source) == Some(&target) {
            continue;
        }
        picture.edges.push(makers.line(edge, from, to));
    }
    if picture.is_large() {
        // They would cover the nodes; what they say is in the tooltips.
        picture.edges.iter_mut().filter(|l| l.tip != Tip::Bar).for_each(|l| l.label.clear());
        picture.legend.words.push("labels of lines: point at them".to_owned());
    } else {
        thin_labels(&mut picture);
    }
    let seen = selection.nodes.iter().copied().filter(|n| !numbers.contains_key(n));
    let mut legend = Legend::of(&picture, types(makers, seen));
    legend.words.append(&mut picture.legend.words);
    picture.legend = legend;
    if !picture.clusters.is_empty() {
        picture.legend.words.push("dashed frame: an area and what lies in it".to_owned());
    }
    picture
}

/// Which areas are drawn as frames, and which node lies in which.
#[derive(Default)]
struct Frames {
    areas: Vec<u32>,
    inside: FxHashMap<u32, u32>,
}

fn frames(makers: &Maker<'_>, selection: &Selection) -> Frames {
    let graph = makers.graph;
    let is_area = |n: &u32| makers.node_type(*n).is_some_and(|t| t.style.shape == AREA);
    let areas: Vec<u32> = selection.nodes.iter().copied().filter(|n| is_area(n)).collect();
    if areas.is_empty() || selection.nodes.len() > MANY_NODES || selection.edges.len() > MANY_EDGES {
        return Frames::default();
    }
    let mut inside: FxHashMap<u32, u32> = FxHashMap::default();
    let within = makers.role_type(makers.schema.roles.within);
    for &node in selection.nodes.iter().filter(|n| !is_area(n)) {
        let claimed = within.into_iter().flat_map(|w| graph.out(node, w).iter());
        let claimed = claimed.filter(|&(n, e)| areas.binary_search(&n).is_ok() && graph.mode(e) != Mode::Denied).map(|l| l.0);
        let known = areas.iter().copied().filter(|&a| lies_in(makers, graph, node, a));
        // The smallest area of those that it lies in.
        if let Some(area) = claimed.chain(known).min_by_key(|&a| (size(makers, graph, a), a)) {
            inside.insert(node, area);
        }
    }
    let filled = |a: &u32| inside.values().filter(|i| *i == a).count() > 1;
    let areas: Vec<u32> = areas.iter().copied().filter(filled).collect();
    inside.retain(|_, a| areas.contains(a));
    Frames { areas, inside }
}

/// By what the world knows: it groups, and claims nothing.
fn lies_in(makers: &Maker<'_>, graph: &FrozenGraph, node: u32, area: u32) -> bool {
    let entry = |n: u32| makers.schema.entry(graph.id(n));
    match (entry(node), entry(area)) {
        (Some(node), Some(area)) => makers.schema.containers(node).binary_search(&area).is_ok(),
        _ => false,
    }
}

fn size(makers: &Maker<'_>, graph: &FrozenGraph, area: u32) -> usize {
    makers.schema.entry(graph.id(area)).map_or(0, |e| makers.schema.contents(e).len())
}

/// Leaves the label of the first line of each bundle only.
fn thin_labels(picture: &mut Picture) {
    let mut bundles: FxHashMap<(bool, usize, String), Vec<usize>> = FxHashMap::default();
    for (at, line) in picture.edges.iter().enumerate() {
        for (out, end) in [(true, line.from), (false, line.to)] {
            bundles.entry((out, end, line.label.clone())).or_default().push(at);
        }
    }
    let repeated: Vec<usize> =
        bundles.into_values().filter(|b| b.len() >= BUNDLE).flat_map(|b| b.into_iter().skip(1).collect::<Vec<_>>()).collect();
    for at in repeated {
        if let Some(line) = picture.edges.get_mut(at) {
            line.label.clear();
        }
    }
}
