//! A picture before it is drawn: shapes, lines, words. DOT and SVG draw the same one, so that they look alike.
//!
//! Shape and fill go by node type, the line by mode, its width by independent sources; what avoids is a barred red
//! arrow, what is disputed a double line. Types are known by their roles and by the schema's style, never by name.

use crate::graph::FrozenGraph;
use crate::model::Mode;
use crate::schema::{NodeType, Schema};

use super::selection::{Selection, Track};

mod general;
mod tracks;
mod words;

/// How pictures are drawn.
#[derive(Debug, Clone)]
pub struct PictureOptions {
    /// What stands before `#n-…` in the addresses of nodes and edges; without it nothing is a link.
    pub links: Option<String>,
    /// At most so many nodes; what is left out is said.
    pub most_nodes: usize,
    /// At most so many edges.
    pub most_edges: usize,
}

impl Default for PictureOptions {
    fn default() -> Self {
        Self { links: None, most_nodes: 300, most_edges: 600 }
    }
}

/// What is drawn.
#[derive(Debug, Default)]
pub(super) struct Picture {
    pub title: String,
    /// Below the title: how much of what there is.
    pub subtitle: String,
    pub nodes: Vec<Shape>,
    pub edges: Vec<Line>,
    pub clusters: Vec<Cluster>,
    pub legend: Legend,
}

impl Picture {
    /// Whether it is too large for layers, frames and labels.
    pub fn is_large(&self) -> bool {
        self.nodes.len() > MANY_NODES || self.edges.len() > MANY_EDGES
    }

    /// Whether it shows ways one below the other.
    pub fn in_lanes(&self) -> bool {
        !self.nodes.is_empty() && self.nodes.iter().all(|n| n.spot.is_some())
    }
}

/// A node as drawn.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    /// Distinct in its picture.
    pub id: String,
    pub label: String,
    /// A Graphviz shape.
    pub shape: String,
    pub fill: String,
    pub tooltip: String,
    pub link: Option<String>,
    /// Index into the clusters.
    pub cluster: Option<usize>,
    /// World data: no document says it.
    pub world: bool,
    /// Stands for the cluster itself, and is not seen.
    pub anchor: bool,
    /// In diagrams of ways: lane, column, row within the lane.
    pub spot: Option<(usize, usize, usize)>,
}

/// Beyond these a layered layout is no longer readable: pictures are drawn without frames, and with labels only where
/// they matter.
const MANY_NODES: usize = 120;
const MANY_EDGES: usize = 160;

/// How a line is stroked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stroke {
    Solid,
    Dashed,
    Dotted,
}

/// What a line ends in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tip {
    Arrow,
    /// A bar: does not go there.
    Bar,
    /// An open dot: denied.
    Dot,
    None,
}

/// An edge as drawn.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub id: String,
    pub from: usize,
    pub to: usize,
    pub label: String,
    pub stroke: Stroke,
    pub tip: Tip,
    /// The tip is where the line starts: a route goes against the edge.
    pub back: bool,
    pub colour: &'static str,
    /// Independent sources, 1 to 4.
    pub weight: u32,
    pub conflict: bool,
    pub tooltip: String,
    pub link: Option<String>,
}

/// A frame around nodes.
#[derive(Debug, Clone)]
pub(super) struct Cluster {
    pub id: String,
    pub label: String,
    pub fill: String,
    pub tooltip: String,
    pub link: Option<String>,
}

/// What the signs mean: only those that occur.
#[derive(Debug, Default)]
pub(super) struct Legend {
    /// (type, shape, fill).
    pub types: Vec<(String, String, String)>,
    pub lines: Vec<LegendLine>,
    pub words: Vec<String>,
}

/// A sort of line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct LegendLine {
    pub stroke: Stroke,
    pub tip: Tip,
    pub colour: &'static str,
    pub conflict: bool,
    pub label: String,
}

pub(super) const GREY: &str = "#4a4f57";
pub(super) const RED: &str = "#b3261e";
pub(super) const PALE: &str = "#a3a8b0";

/// The picture of a selection, no larger than `options` allow.
pub(super) fn picture(selection: &Selection, graph: &FrozenGraph, schema: &Schema, options: &PictureOptions) -> Picture {
    let makers = Maker { graph, schema, options };
    let mut picture = if selection.tracks.is_empty() {
        let (connected, alone) = without_lone(selection, graph);
        let capped = connected.capped(graph, options.most_nodes, options.most_edges);
        let mut picture = general::draw(&makers, &capped);
        picture.subtitle = capped.left_out().unwrap_or_else(|| counts(capped.nodes.len(), capped.edges.len()));
        if alone > 0 {
            picture.subtitle.push_str(&format!("; {alone} without an edge left out"));
        }
        picture
    } else {
        // A line of a diagram has about five stops.
        let most = (options.most_nodes / 5).clamp(1, selection.tracks.len());
        let mut picture = tracks::draw(&makers, selection, selection.tracks.get(..most).unwrap_or_default());
        let all = selection.tracks.len();
        let what = if matches!(selection.tracks.first(), Some(Track::Way { .. })) { "ways" } else { "routes" };
        let what = if all == 1 { what.trim_end_matches('s') } else { what };
        picture.subtitle = if most < all { format!("the first {most} of {all} {what} shown") } else { format!("{all} {what}") };
        picture
    };
    picture.title = super::clean(&selection.title).into_owned();
    picture
}

/// Large pictures leave out nodes without an edge; how many.
fn without_lone(selection: &Selection, graph: &FrozenGraph) -> (Selection, usize) {
    const SMALL: usize = 40;
    let mut kept = selection.clone();
    if selection.nodes.len() > SMALL && !selection.edges.is_empty() {
        let mut ends: Vec<u32> = selection.edges.iter().flat_map(|&e| <[u32; 2]>::from(graph.endpoints(e))).collect();
        ends.sort_unstable();
        kept.nodes.retain(|n| ends.binary_search(n).is_ok());
    }
    let alone = selection.nodes.len() - kept.nodes.len();
    (kept, alone)
}

fn counts(nodes: usize, edges: usize) -> String {
    let s = |n: usize| if n == 1 { "" } else { "s" };
    format!("{nodes} node{}, {edges} edge{}", s(nodes), s(edges))
}

/// Makes shapes and lines of nodes and edges.
struct Maker<'a> {
    graph: &'a FrozenGraph,
    schema: &'a Schema,
    options: &'a PictureOptions,
}

impl<'a> Maker<'a> {
    fn node_type(&self, node: u32) -> Option<&'a NodeType> {
        let name = self.graph.node_type_name(self.graph.node_type(node));
        self.schema.node_type(name).and_then(|t| self.schema.node_types.get(usize::from(t.0)))
    }

    fn shape(&self, node: u32, id: String) -> Shape {
        let style = self.node_type(node).map(|t| t.style.clone()).unwrap_or_default();
        let or = |text: String, other: &str| if text.is_empty() { other.to_owned() } else { text };
        Shape {
            id,
            label: super::clean(self.graph.name(node)).into_owned(),
            shape: or(style.shape, "box"),
            fill: or(style.fill, "#f4f4f4"),
            tooltip: words::node_tooltip(self, node),
            link: self.link("n-", self.graph.id(node)),
            cluster: None,
            world: self.graph.is_world_node(node),
            anchor: false,
            spot: None,
        }
    }

    fn link(&self, kind: &str, id: &str) -> Option<String> {
        let base = self.options.links.as_ref()?;
        Some(format!("{base}#{kind}{}", escape_fragment(id)))
    }

    /// An edge between two shapes.
    fn line(&self, edge: u32, from: usize, to: usize) -> Line {
        let graph = self.graph;
        let mode = graph.mode(edge);
        let avoids = self.is_role(edge, self.schema.roles.avoids);
        let (source, target) = graph.endpoints(edge);
        let kind = graph.edge_type_name(graph.edge_type(edge));
        let symmetric = self.schema.edge_type(kind).and_then(|t| self.schema.edge_types.get(usize::from(t.0)));
        let tip = match mode {
            Mode::Denied => Tip::Dot,
            _ if avoids => Tip::Bar,
            _ if symmetric.is_some_and(|t| t.symmetric) => Tip::None,
            _ => Tip::Arrow,
        };
        let colour = match mode {
            Mode::Denied => RED,
            _ if avoids => RED,
            _ if graph.is_world_edge(edge) => PALE,
            _ => GREY,
        };
        Line {
            id: format!("{}|{kind}|{}", graph.id(source), graph.id(target)),
            from,
            to,
            label: words::edge_label(self, edge),
            stroke: stroke(mode),
            tip,
            back: false,
            colour,
            weight: graph.source_count(edge).clamp(1, 4),
            conflict: self.is_disputed(edge),
            tooltip: words::edge_tooltip(self, edge),
            link: self.link("e-", &format!("{}|{kind}|{}", graph.id(source), graph.id(target))),
        }
    }

    fn is_role(&self, edge: u32, role: Option<crate::schema::EdgeTypeId>) -> bool {
        let name = self.graph.edge_type_name(self.graph.edge_type(edge));
        role.is_some() && self.schema.edge_type(name) == role
    }

    /// The graph's number of the edge type that plays a role.
    fn role_type(&self, role: Option<crate::schema::EdgeTypeId>) -> Option<u16> {
        let kind = self.schema.edge_types.get(usize::from(role?.0))?;
        self.graph.edge_type_id(&kind.name)
    }

    /// Whether some deny what others say, or one says that a way goes where another says that it does not.
    fn is_disputed(&self, edge: u32) -> bool {
        let graph = self.graph;
        let denied = |e: u32| graph.claims(e).any(|c| c.mode() == Mode::Denied);
        let said = |e: u32| graph.claims(e).any(|c| c.mode() != Mode::Denied);
        if denied(edge) && said(edge) {
            return true;
        }
        let roles = &self.schema.roles;
        let other = if self.is_role(edge, roles.touches) {
            roles.avoids
        } else if self.is_role(edge, roles.avoids) {
            roles.touches
        } else {
            None
        };
        let (source, target) = graph.endpoints(edge);
        let Some(kind) = self.role_type(other) else { return false };
        said(edge) && graph.out(source, kind).iter().any(|(n, e)| n == target && said(e) && !graph.is_world_edge(e))
    }
}

fn stroke(mode: Mode) -> Stroke {
    match mode {
        Mode::Actual | Mode::Denied => Stroke::Solid,
        Mode::Planned => Stroke::Dashed,
        Mode::Proposed | Mode::Possible => Stroke::Dotted,
    }
}

impl Legend {
    /// Of what is in `picture`. `types` are the names of the types that occur, with their styles.
    fn of(picture: &Picture, types: Vec<(String, String, String)>) -> Self {
        let mut lines: Vec<LegendLine> = Vec::new();
        for line in &picture.edges {
            let label = match (line.tip, line.stroke, line.colour) {
                (_, _, PALE) => "world data or inferred",
                (Tip::Bar, _, _) => "avoids",
                (Tip::Dot, _, _) => "denied",
                (_, Stroke::Solid, _) => "actual",
                (_, Stroke::Dashed, _) => "planned",
                (_, Stroke::Dotted, _) => "proposed or possible",
            };
            let tip = if line.tip == Tip::None { Tip::Arrow } else { line.tip };
            let stroke = if tip == Tip::Bar { Stroke::Solid } else { line.stroke };
            let entry = LegendLine { stroke, tip, colour: line.colour, conflict: false, label: label.to_owned() };
            if !lines.contains(&entry) {
                lines.push(entry);
            }
        }
        lines.sort();
        if picture.edges.iter().any(|e| e.conflict) {
            let label = "≠ disputed".to_owned();
            lines.push(LegendLine { stroke: Stroke::Solid, tip: Tip::Arrow, colour: GREY, conflict: true, label });
        }
        let mut words = Vec::new();
        if picture.edges.iter().any(|e| e.weight > 1) {
            words.push("thicker: more independent sources".to_owned());
        }
        if picture.nodes.iter().any(|n| n.world) {
            words.push("pale frame: world data".to_owned());
        }
        Self { types, lines, words }
    }
}

/// The types of some nodes, with their styles, in the schema's order; types that it does not know last.
fn types(makers: &Maker<'_>, nodes: impl Iterator<Item = u32>) -> Vec<(String, String, String)> {
    let mut kinds: Vec<u16> = nodes.map(|n| makers.graph.node_type(n)).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let mut found: Vec<(usize, (String, String, String))> = kinds
        .iter()
        .map(|&k| {
            let name = makers.graph.node_type_name(k);
            let at = makers.schema.node_type(name).map(|t| usize::from(t.0));
            let style = at.and_then(|t| makers.schema.node_types.get(t)).map(|t| t.style.clone()).unwrap_or_default();
            (at.unwrap_or(usize::MAX), (super::clean(name).into_owned(), style.shape, style.fill))
        })
        .collect();
    found.sort();
    found.into_iter().map(|f| f.1).collect()
}

/// `text` as part of an address.
fn escape_fragment(text: &str) -> String {
    let mut done = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/' | b'|' => done.push(char::from(byte)),
            _ => done.push_str(&format!("%{byte:02X}")),
        }
    }
    done
}
