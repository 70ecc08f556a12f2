//! What is drawn or exported: the whole graph, what an answer speaks of, or what surrounds a node.

use std::sync::Arc;

use crate::graph::FrozenGraph;
use crate::query::{Answer, AnswerKind, Route, Row, Value};

/// Some nodes and edges of a graph, and what they are called together.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// The nodes, ascending.
    pub nodes: Vec<u32>,
    /// The edges, ascending; their ends are among the nodes.
    pub edges: Vec<u32>,
    /// What a picture's title says: the query, mostly.
    pub title: String,
    /// Ways and routes that a picture shows stop by stop; empty for any other picture.
    pub tracks: Vec<Track>,
    /// Whether it is all of the graph.
    pub whole: bool,
    /// How many nodes and edges were to be selected, where not all are.
    pub of: Option<(usize, usize)>,
}

/// A line of a route diagram.
#[derive(Debug, Clone, PartialEq)]
pub enum Track {
    /// A route or path: its stops follow each other.
    Route(Arc<Route>),
    /// A way with its stops, in order where that is known.
    Way {
        /// The way.
        way: u32,
        /// Its stops.
        stops: Vec<u32>,
        /// What stands below its name: stated or inferred.
        basis: Option<Arc<str>>,
    },
}

impl Selection {
    /// All that documents speak of; world data too if `world`.
    #[must_use]
    pub fn whole(graph: &FrozenGraph, world: bool) -> Self {
        let edges: Vec<u32> = (0..graph.edge_count()).filter(|&e| world || !graph.is_world_edge(e)).collect();
        let mut nodes: Vec<u32> = (0..graph.node_count()).filter(|&n| world || !graph.is_world_node(n)).collect();
        // A claimed edge keeps its ends, whatever they are.
        nodes.extend(edges.iter().flat_map(|&e| <[u32; 2]>::from(graph.endpoints(e))));
        Self { whole: true, ..Self::of(nodes, edges) }
    }

    /// What `answer` speaks of. Where it speaks of nodes only, what is claimed between them too.
    #[must_use]
    pub fn answer(answer: &Answer, graph: &FrozenGraph, title: &str) -> Self {
        let (mut nodes, mut edges) = answer.touched();
        nodes.retain(|&n| n < graph.node_count());
        edges.retain(|&e| e < graph.edge_count());
        if answer.kind == AnswerKind::Evidence {
            edges.extend(edges_of_claims(answer, graph));
        }
        if edges.is_empty() {
            edges = between(graph, &nodes);
        }
        nodes.extend(edges.iter().flat_map(|&e| <[u32; 2]>::from(graph.endpoints(e))));
        let tracks = if answer.kind == AnswerKind::Routes { tracks(answer) } else { Vec::new() };
        Self { title: title.to_owned(), tracks, ..Self::of(nodes, edges) }
    }

    /// A node and what is within `hops` of it, over edges that documents claim, and all that is claimed between these.
    #[must_use]
    pub fn around(graph: &FrozenGraph, node: u32, hops: u32) -> Self {
        let mut nodes = vec![node];
        let mut edge_of_hop = vec![node];
        for _ in 0..hops {
            let mut next: Vec<u32> = edge_of_hop.iter().flat_map(|&n| neighbours(graph, n)).map(|(n, _)| n).collect();
            next.sort_unstable();
            next.dedup();
            next.retain(|n| !nodes.contains(n));
            nodes.extend(&next);
            edge_of_hop = next;
        }
        nodes.sort_unstable();
        let edges = between(graph, &nodes);
        Self { title: format!("{}, within {hops}", graph.name(node)), ..Self::of(nodes, edges) }
    }

    /// At most so many nodes and edges: those with most edges here stay, then the edges with most sources. What was left
    /// out is in `Selection::of`.
    #[must_use]
    pub fn capped(mut self, graph: &FrozenGraph, nodes: usize, edges: usize) -> Self {
        if self.nodes.len() <= nodes && self.edges.len() <= edges {
            return self;
        }
        let of = self.of.unwrap_or((self.nodes.len(), self.edges.len()));
        if self.nodes.len() > nodes {
            let mut degree = rustc_hash::FxHashMap::<u32, u32>::default();
            for &edge in &self.edges {
                for end in <[u32; 2]>::from(graph.endpoints(edge)) {
                    *degree.entry(end).or_default() += 1;
                }
            }
            self.nodes.sort_by_key(|n| (std::cmp::Reverse(degree.get(n).copied().unwrap_or(0)), *n));
            self.nodes.truncate(nodes);
            self.nodes.sort_unstable();
            self.edges.retain(|&e| <[u32; 2]>::from(graph.endpoints(e)).iter().all(|n| self.nodes.binary_search(n).is_ok()));
        }
        if self.edges.len() > edges {
            self.edges.sort_by_cached_key(|&e| (std::cmp::Reverse(graph.source_count(e)), e));
            self.edges.truncate(edges);
            self.edges.sort_unstable();
        }
        Self { of: Some(of), whole: false, ..self }
    }

    /// What was left out, in words; nothing if nothing was.
    #[must_use]
    pub fn left_out(&self) -> Option<String> {
        let (nodes, edges) = self.of?;
        Some(format!("{} of {nodes} nodes and {} of {edges} edges shown: the best connected", self.nodes.len(), self.edges.len()))
    }

    /// These nodes, these edges and their ends are for the caller to bring together.
    #[must_use]
    pub fn some(nodes: impl IntoIterator<Item = u32>, edges: impl IntoIterator<Item = u32>) -> Self {
        Self::of(nodes.into_iter().collect(), edges.into_iter().collect())
    }

    fn of(mut nodes: Vec<u32>, mut edges: Vec<u32>) -> Self {
        for ids in [&mut nodes, &mut edges] {
            ids.sort_unstable();
            ids.dedup();
        }
        Self { nodes, edges, ..Self::default() }
    }
}

/// (neighbour, edge) over edges that documents claim, either way.
fn neighbours(graph: &FrozenGraph, node: u32) -> impl Iterator<Item = (u32, u32)> {
    let all = graph.all_out(node).chain(graph.all_incoming(node));
    all.filter(|&(_, _, e)| !graph.is_world_edge(e)).map(|(_, n, e)| (n, e))
}

/// The claimed edges with both ends among `nodes` (ascending).
fn between(graph: &FrozenGraph, nodes: &[u32]) -> Vec<u32> {
    let out = nodes.iter().flat_map(|&n| graph.all_out(n));
    out.filter(|(_, n, e)| nodes.binary_search(n).is_ok() && !graph.is_world_edge(*e)).map(|(_, _, e)| e).collect()
}

/// The edges that the claims behind the rows are of.
fn edges_of_claims(answer: &Answer, graph: &FrozenGraph) -> Vec<u32> {
    let mut wanted: Vec<u32> = answer.rows.iter().flat_map(|r| r.evidence.iter().copied()).collect();
    wanted.sort_unstable();
    let has = |e: &u32| graph.claims(*e).any(|c| wanted.binary_search(&c.index).is_ok());
    if wanted.is_empty() { Vec::new() } else { (0..graph.edge_count()).filter(has).collect() }
}

fn tracks(answer: &Answer) -> Vec<Track> {
    let column = |name: &str| answer.columns.iter().position(|c| &*c.name == name);
    let (way, stops, basis) = (column("way"), column("stops"), column("basis"));
    let track = |row: &Row| -> Option<Track> {
        if let Some(route) = row.cells.iter().find_map(|c| if let Value::Route(r) = c { Some(r.clone()) } else { None }) {
            return Some(Track::Route(route));
        }
        let Value::Node(way) = row.cells.get(way?)? else { return None };
        let stops = match stops.and_then(|s| row.cells.get(s)) {
            Some(Value::List(items)) => {
                items.iter().filter_map(|i| if let Value::Node(n) = i { Some(*n) } else { None }).collect()
            }
            _ => Vec::new(),
        };
        let basis =
            basis.and_then(|b| row.cells.get(b)).and_then(|b| if let Value::Text(t) = b { Some(t.clone()) } else { None });
        Some(Track::Way { way: *way, stops, basis })
    };
    answer.rows.iter().filter_map(track).collect()
}
