//! What many queries over one graph share, each part made when it is first asked for.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use super::plan::Sight;
use crate::graph::{Adjacency, Direction, FrozenGraph, Links, One, ValueColumn};

type ColumnsOf<'g> = Vec<OnceLock<Vec<Option<ValueColumn<'g>>>>>;

/// So many nodes are looked at one by one before all of an array is asked for: what `show` takes of a stored graph must not
/// grow with the graph.
const LOOKS: u32 = 64;

/// The edges of a graph, one way.
pub(super) enum Edges<'t, 'g> {
    /// Of each type.
    All(&'t [Adjacency<'g>]),
    /// Of single nodes.
    Each(&'g FrozenGraph, Direction),
}

impl<'g> Edges<'_, 'g> {
    /// Those of a type and a node.
    #[inline]
    pub(super) fn of(&self, kind: u16, node: u32) -> Links<'g> {
        match self {
            Self::All(all) => all.get(usize::from(kind)).map_or_else(Links::default, |all| all.of(node)),
            Self::Each(graph, direction) => graph.links(node, kind, *direction),
        }
    }
}

/// Views of a graph by number.
pub(super) struct Tables<'g> {
    graph: &'g FrozenGraph,
    /// How often single nodes were looked at.
    looks: AtomicU32,
    out: OnceLock<Vec<Adjacency<'g>>>,
    back: OnceLock<Vec<Adjacency<'g>>>,
    node_columns: OnceLock<ColumnsOf<'g>>,
    edge_columns: OnceLock<ColumnsOf<'g>>,
    hidden: OnceLock<Vec<OnceLock<Sight>>>,
    world_nodes: OnceLock<bool>,
    names: OnceLock<&'g [u32]>,
    empty: OnceLock<Option<u32>>,
}

impl<'g> Tables<'g> {
    pub(super) fn new(graph: &'g FrozenGraph) -> Self {
        Self {
            graph,
            looks: AtomicU32::new(0),
            out: OnceLock::new(),
            back: OnceLock::new(),
            node_columns: OnceLock::new(),
            edge_columns: OnceLock::new(),
            hidden: OnceLock::new(),
            world_nodes: OnceLock::new(),
            names: OnceLock::new(),
            empty: OnceLock::new(),
        }
    }

    pub(super) fn graph(&self) -> &'g FrozenGraph {
        self.graph
    }

    /// The adjacency of each edge type, one way.
    #[inline]
    pub(super) fn adjacency(&self, direction: Direction) -> &[Adjacency<'g>] {
        let cell = if direction == Direction::Out { &self.out } else { &self.back };
        cell.get_or_init(|| self.graph.adjacencies(direction))
    }

    /// The edges, one way, for a look at one node.
    #[inline]
    pub(super) fn edges(&self, direction: Direction) -> Edges<'_, 'g> {
        let cell = if direction == Direction::Out { &self.out } else { &self.back };
        match cell.get() {
            None if self.is_one_of_few() => Edges::Each(self.graph, direction),
            _ => Edges::All(self.adjacency(direction)),
        }
    }

    /// Counts a look at one node, and tells whether there were few so far.
    #[cold]
    fn is_one_of_few(&self) -> bool {
        self.graph.is_stored() && self.looks.fetch_add(1, Ordering::Relaxed) < LOOKS
    }

    /// The column of an attribute over the nodes of a type.
    #[inline]
    pub(super) fn node_column(&self, kind: u16, attribute: u16) -> Option<&ValueColumn<'g>> {
        let all = self.node_columns.get_or_init(|| self.graph.attribute_names().map(|_| OnceLock::new()).collect());
        let kinds = all.get(usize::from(attribute))?.get_or_init(|| {
            (0..self.graph.node_type_names().len() as u16).map(|k| self.graph.node_column(k, attribute)).collect()
        });
        kinds.get(usize::from(kind))?.as_ref()
    }

    /// The column of an attribute over the edges of a type.
    #[inline]
    pub(super) fn edge_column(&self, kind: u16, attribute: u16) -> Option<&ValueColumn<'g>> {
        let all = self.edge_columns.get_or_init(|| self.graph.attribute_names().map(|_| OnceLock::new()).collect());
        let kinds = all.get(usize::from(attribute))?.get_or_init(|| {
            (0..self.graph.edge_type_names().len() as u16).map(|k| self.graph.edge_column(k, attribute)).collect()
        });
        kinds.get(usize::from(kind))?.as_ref()
    }

    /// The value of an attribute of a node, or of an edge, for a look at one.
    #[inline]
    pub(super) fn value(&self, is_node: bool, id: u32, attribute: u16) -> Option<One<'g>> {
        let (kind, columns) =
            if is_node { (self.graph.node_type(id), &self.node_columns) } else { (self.graph.edge_type(id), &self.edge_columns) };
        let known = columns.get().and_then(|all| all.get(usize::from(attribute))?.get());
        let column = match known {
            Some(kinds) => kinds.get(usize::from(kind))?.as_ref(),
            None if self.is_one_of_few() => return self.graph.one_of(u32::from(!is_node), kind, attribute, id),
            None if is_node => self.node_column(kind, attribute),
            None => self.edge_column(kind, attribute),
        };
        column?.one(id)
    }

    /// What a type has that may be hidden: `denied` and `world` say whether it has such edges.
    pub(super) fn hidden(&self, kind: u16) -> Sight {
        let all = self.hidden.get_or_init(|| self.graph.edge_type_names().map(|_| OnceLock::new()).collect());
        let Some(cell) = all.get(usize::from(kind)) else { return Sight::default() };
        *cell.get_or_init(|| {
            let edges = self.graph.edges_of_type(kind);
            let modes = self.graph.edge_modes().get(edges.start as usize..edges.end as usize).unwrap_or_default();
            Sight { denied: modes.contains(&0), world: self.graph.has_world_edges(edges) }
        })
    }

    /// The string that is a node's name; none where that is empty.
    #[inline]
    pub(super) fn name(&self, node: u32) -> Option<u32> {
        let empty = *self.empty.get_or_init(|| self.graph.find_string("").ok());
        let name = match self.names.get() {
            None if self.is_one_of_few() => self.graph.name_string(node),
            _ => self.names.get_or_init(|| self.graph.name_strings()).get(node as usize).copied(),
        };
        name.filter(|&name| Some(name) != empty)
    }

    /// Whether some node is there for the sake of world data only.
    pub(super) fn has_world_nodes(&self) -> bool {
        *self.world_nodes.get_or_init(|| self.graph.has_world_nodes())
    }
}
