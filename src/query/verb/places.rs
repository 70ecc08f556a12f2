//! What lies in what: `located_in` of the texts, and the gazetteer's regions, states and places.
//!
//! Containment is read downward for regions, ends and what is avoided, and upward where two stops meet. Nothing is
//! computed before it is asked for.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::lens::Lens;
use crate::graph::FrozenGraph;
use crate::schema::{EntryId, Schema};

/// Containment among the nodes of one graph.
pub(crate) struct Places<'g> {
    graph: &'g FrozenGraph,
    schema: &'g Schema,
    lens: Lens<'g>,
    within: Option<u16>,
    /// The graph was made with this schema: the gazetteer's containment is in it already.
    complete: bool,
    children: OnceCell<FxHashMap<EntryId, Vec<EntryId>>>,
    containers: RefCell<FxHashMap<u32, Rc<[u32]>>>,
    contents: RefCell<FxHashMap<u32, Rc<[u32]>>>,
}

impl<'g> Places<'g> {
    /// Containment by every edge that is there in some mode, and by the world.
    pub(crate) fn new(graph: &'g FrozenGraph, schema: &'g Schema, lens: Lens<'g>) -> Self {
        let within = schema.roles.within.and_then(|t| graph.edge_type_id(&schema.edge_types.get(t.0 as usize)?.name));
        Self {
            graph,
            schema,
            lens: lens.everything(),
            within,
            complete: !schema.hash.is_empty() && graph.schema_hash() == schema.hash,
            children: OnceCell::new(),
            containers: RefCell::default(),
            contents: RefCell::default(),
        }
    }

    /// The gazetteer's entry for a node.
    pub(crate) fn entry(&self, node: u32) -> Option<EntryId> {
        self.schema.entry(self.graph.id(node))
    }

    /// The entry of a node whose containment the graph's edges do not tell in full. A graph that is complete is not asked for ids, which
    /// are made of names.
    fn beyond_edges(&self, node: u32) -> Option<EntryId> {
        if self.complete { None } else { self.entry(node) }
    }

    /// All that a node lies in, however far up, ascending, without itself.
    pub(crate) fn containers(&self, node: u32) -> Rc<[u32]> {
        if let Some(known) = self.containers.borrow().get(&node) {
            return known.clone();
        }
        let found = self.closure(&[node], |n, out| self.parents(n, out));
        self.containers.borrow_mut().insert(node, found.clone());
        found
    }

    /// All that lies in a node, however far down, ascending, without itself.
    pub(crate) fn contents(&self, node: u32) -> Rc<[u32]> {
        if let Some(known) = self.contents.borrow().get(&node) {
            return known.clone();
        }
        let found = self.closure(&[node], |n, out| self.children(n, out));
        self.contents.borrow_mut().insert(node, found.clone());
        found
    }

    /// The nodes that lie in an entry of the gazetteer that is no node itself, ascending.
    pub(crate) fn contents_of_entry(&self, entry: EntryId) -> Rc<[u32]> {
        let known: Vec<u32> = self
            .schema
            .contents(entry)
            .into_iter()
            .filter_map(|e| self.graph.node_by_id(&self.schema.gazetteer.get(e.0 as usize)?.id))
            .collect();
        let mut all: Vec<u32> = known.iter().flat_map(|&n| self.contents(n).to_vec()).chain(known.iter().copied()).collect();
        all.sort_unstable();
        all.dedup();
        all.into()
    }

    fn closure(&self, from: &[u32], next: impl Fn(u32, &mut Vec<u32>)) -> Rc<[u32]> {
        let mut seen: FxHashSet<u32> = from.iter().copied().collect();
        let mut open = from.to_vec();
        let (mut found, mut step) = (Vec::new(), Vec::new());
        while let Some(node) = open.pop() {
            step.clear();
            next(node, &mut step);
            for &n in &step {
                if seen.insert(n) {
                    found.push(n);
                    open.push(n);
                }
            }
        }
        found.sort_unstable();
        found.into()
    }

    fn parents(&self, node: u32, out: &mut Vec<u32>) {
        if let Some(within) = self.within {
            let links = self.graph.out(node, within);
            out.extend(links.iter().filter(|&(_, e)| self.lens.is_there(e)).map(|(n, _)| n));
        }
        if let Some(entry) = self.beyond_edges(node) {
            out.extend(self.schema.parents(entry).iter().filter_map(|&p| self.node_of(p)));
        }
    }

    fn children(&self, node: u32, out: &mut Vec<u32>) {
        if let Some(within) = self.within {
            let links = self.graph.incoming(node, within);
            out.extend(links.iter().filter(|&(_, e)| self.lens.is_there(e)).map(|(n, _)| n));
        }
        if let Some(entry) = self.beyond_edges(node) {
            let known = self.children.get_or_init(|| children_by_entry(self.schema));
            // A link between two that stand in the graph may be missing where the one between them does not stand in it.
            let mut open: Vec<EntryId> = known.get(&entry).cloned().unwrap_or_default();
            while let Some(child) = open.pop() {
                match self.node_of(child) {
                    Some(n) => out.push(n),
                    None => open.extend(known.get(&child).into_iter().flatten()),
                }
            }
        }
    }

    fn node_of(&self, entry: EntryId) -> Option<u32> {
        self.graph.node_by_id(&self.schema.gazetteer.get(entry.0 as usize)?.id)
    }
}

impl std::fmt::Debug for Places<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Places").finish_non_exhaustive()
    }
}

fn children_by_entry(schema: &Schema) -> FxHashMap<EntryId, Vec<EntryId>> {
    let mut children: FxHashMap<EntryId, Vec<EntryId>> = FxHashMap::default();
    for at in 0..schema.gazetteer.len() as u32 {
        for &parent in schema.parents(EntryId(at)) {
            children.entry(parent).or_default().push(EntryId(at));
        }
    }
    children
}
