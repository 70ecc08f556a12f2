//! Paths: put together from their parts, and the best of them between two nodes.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use super::walk::{Gate, directions};
use super::{Flow, Halt, Machine, Row, Sink};
use crate::graph::{Adjacency, ColumnValues, Direction, Links, ValueColumn};
use crate::query::answer::{Interrupt, Route, Step, Value};
use crate::query::ast::Direction as Towards;
use crate::query::plan::{MakePath, Meet, Search, Select};
use crate::query::search::{self, Hop, Network, Request};

impl<'g> Machine<'_, 'g> {
    pub(super) fn make_path(&self, path: &MakePath, row: &mut Row) {
        let Value::Node(start) = row.slots[path.start] else {
            row.slots[path.slot] = Value::Null;
            return;
        };
        let mut route = Route { start, steps: Vec::with_capacity(path.parts.len()) };
        let mut at = start;
        let mut step = |edge: u32| {
            let (source, target) = self.graph.endpoints(edge);
            at = if source == at { target } else { source };
            route.steps.push(Step { way: None, edges: [Some(edge), None], arrive: at, to: at });
        };
        for &part in &path.parts {
            match &row.slots[part] {
                Value::Edge(edge) => step(*edge),
                Value::List(items) => items.iter().for_each(|i| {
                    if let Value::Edge(edge) = i {
                        step(*edge);
                    }
                }),
                // A part that an OPTIONAL MATCH did not find: no path.
                _ => {
                    row.slots[path.slot] = Value::Null;
                    return;
                }
            }
        }
        row.slots[path.slot] = Value::Route(Arc::new(route));
    }

    /// Counts the pairs of edges by which two nodes meet at a third: a merge of two ascending lists.
    pub(super) fn meet(&self, meet: &Meet, row: &mut Row, sink: &mut Sink<'_>) -> Flow {
        let [(a, a_way, a_kind), (b, b_way, b_kind)] = meet.ends;
        let (Value::Node(left), Value::Node(right)) = (&row.slots[a], &row.slots[b]) else { return Ok(()) };
        let of = |node: u32, way: Direction, kind: u16| self.tables.adjacency(way).get(usize::from(kind)).map(|all| all.of(node));
        let (Some(x), Some(y)) = (of(*left, a_way, a_kind), of(*right, b_way, b_kind)) else { return Ok(()) };
        let gates = (self.gate(a_kind, meet.sight), self.gate(b_kind, meet.sight));
        // An edge is not met by itself.
        let own = left == right && a_way == b_way && a_kind == b_kind;
        let fits = |n: u32| meet.kinds.as_ref().is_none_or(|k| k.contains(&self.graph.node_type(n)));
        let run = |links: Links<'_>, at: &mut usize, gate: Gate<'g>| {
            let (first, node) = (*at, links.nodes[*at]);
            while links.nodes.get(*at) == Some(&node) {
                *at += 1;
            }
            if gate.is_open() { *at - first } else { (first..*at).filter(|&i| self.passes(gate, links.edge(i))).count() }
        };
        let (mut i, mut j, mut total) = (0, 0, 0u64);
        while let (Some(p), Some(q)) = (x.nodes.get(i), y.nodes.get(j)) {
            match p.cmp(q) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    let (m, n) = (run(x, &mut i, gates.0), run(y, &mut j, gates.1));
                    if fits(*p) {
                        total += (m * if own { n.saturating_sub(1) } else { n }) as u64;
                    }
                }
            }
        }
        super::weigh(row, total, sink)
    }

    pub(super) fn search(&self, search: &Search, row: &mut Row, sink: &mut Sink<'_>) -> Flow {
        let (Value::Node(start), Value::Node(goal)) = (&row.slots[search.from], &row.slots[search.to]) else { return Ok(()) };
        let (start, goal) = (*start, *goal);
        let Some(select) = &search.chain.select else { return Ok(()) };
        let request = Request { start, goal, least: search.chain.least, most: search.chain.most, simple: search.chain.simple };
        let mut best: Option<u32> = None;
        let mut given = 0u64;
        let mut found = Vec::new();
        {
            let network = Legs::new(self, search, select, row);
            let mut paths = search::Search::new(&network, request);
            while select.most.is_none_or(|most| given < most) {
                let next = paths.next(&network.watch);
                if let Some(halt) = network.halted.take() {
                    return Err(halt);
                }
                let Ok(Some(path)) = next else { break };
                if select.most.is_none() && best.is_some_and(|b| path.cost.hops > b) {
                    break;
                }
                let edges: Arc<[Value]> = path.steps.iter().map(|s| Value::Edge(s.0)).collect();
                let row = &mut **network.row.borrow_mut();
                if self.accepts(search, select, start, &path, &edges, row)? {
                    best = best.or(Some(path.cost.hops));
                    given += 1;
                    found.push(edges);
                }
            }
        }
        for edges in found {
            row.slots[search.edges] = Value::List(edges);
            sink(row)?;
        }
        Ok(())
    }

    fn accepts(
        &self,
        search: &Search,
        select: &Select,
        start: u32,
        path: &search::Found,
        edges: &Arc<[Value]>,
        row: &mut Row,
    ) -> Result<bool, Halt> {
        if select.accept.is_empty() {
            return Ok(true);
        }
        row.slots[search.edges] = Value::List(edges.clone());
        if let Some(slot) = select.path {
            let steps = path.steps.iter().map(|&(edge, to)| Step { way: None, edges: [Some(edge), None], arrive: to, to });
            row.slots[slot] = Value::Route(Arc::new(Route { start, steps: steps.collect() }));
        }
        for filter in &select.accept {
            if self.holds(filter, row)? != Some(true) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// The graph as the search sees it: edges of the kinds, of nodes that are let in.
struct Legs<'m, 'a, 'g, 'r> {
    machine: &'m Machine<'a, 'g>,
    search: &'m Search,
    select: &'m Select,
    /// Per kind: what must be asked, and the column of the weight.
    kinds: Vec<Leg<'m, 'g>>,
    row: RefCell<&'r mut Row>,
    /// Per node: 0 not asked yet, 1 let in, 2 not. Zeroed by the system, page by page as it is touched.
    nodes: RefCell<Vec<u8>>,
    halted: Cell<Option<Halt>>,
    /// Set by the interrupt, by the clock, and by faults.
    watch: Interrupt,
}

struct Leg<'m, 'g> {
    out: Option<Adjacency<'g>>,
    back: Option<Adjacency<'g>>,
    gate: Gate<'g>,
    weight: Option<&'m ValueColumn<'g>>,
}

impl<'m, 'a, 'g, 'r> Legs<'m, 'a, 'g, 'r> {
    fn new(machine: &'m Machine<'a, 'g>, search: &'m Search, select: &'m Select, row: &'r mut Row) -> Self {
        let tables = machine.tables;
        let kinds = search.kinds.iter().map(|&kind| Leg {
            out: tables.adjacency(Direction::Out).get(usize::from(kind)).copied(),
            back: tables.adjacency(Direction::In).get(usize::from(kind)).copied(),
            gate: machine.gate(kind, search.sight),
            weight: select.by.as_ref().and_then(|w| tables.edge_column(kind, w.attribute?)),
        });
        let nodes = if search.chain.nodes.is_empty() { Vec::new() } else { vec![0; machine.graph.node_count() as usize] };
        Self {
            machine,
            search,
            select,
            kinds: kinds.collect(),
            row: RefCell::new(row),
            nodes: RefCell::new(nodes),
            halted: Cell::new(None),
            watch: Interrupt::new(),
        }
    }

    fn halt(&self, halt: Halt) {
        self.halted.set(Some(halt));
        self.watch.set();
    }

    /// Whether a node may be on the path.
    #[inline]
    fn lets_in(&self, node: u32) -> bool {
        if self.search.chain.nodes.is_empty() {
            return true;
        }
        let known = self.nodes.borrow().get(node as usize).copied().unwrap_or(2);
        if known > 0 { known == 1 } else { self.ask(node) }
    }

    fn ask(&self, node: u32) -> bool {
        let row = &mut **self.row.borrow_mut();
        let mut fits = true;
        for (slot, filter) in &self.search.chain.nodes {
            row.slots[*slot] = Value::Node(node);
            match self.machine.holds(filter, row) {
                Ok(held) => fits &= held == Some(true),
                Err(halt) => {
                    self.halt(halt);
                    fits = false;
                }
            }
        }
        if let Some(known) = self.nodes.borrow_mut().get_mut(node as usize) {
            *known = if fits { 1 } else { 2 };
        }
        fits
    }

    fn edge_fits(&self, edge: u32) -> bool {
        let Some(filter) = &self.search.chain.filter else { return true };
        let row = &mut **self.row.borrow_mut();
        row.slots[self.search.chain.each] = Value::Edge(edge);
        match self.machine.holds(filter, row) {
            Ok(held) => held == Some(true),
            Err(halt) => {
                self.halt(halt);
                false
            }
        }
    }

    #[inline]
    fn cost(&self, leg: &Leg<'_, '_>, edge: u32) -> Option<f64> {
        if self.select.by.is_none() {
            return Some(1.0);
        }
        let column = leg.weight?;
        let at = column.position(edge)?;
        match column.values {
            ColumnValues::Int(values) => values.get(at).map(|&i| i as f64),
            ColumnValues::Float(values) => values.get(at).copied(),
            ColumnValues::Text(_) => None,
            ColumnValues::Mixed(_) => column.get(edge)?.number(),
        }
    }
}

impl Network for Legs<'_, '_, '_, '_> {
    fn size(&self) -> u32 {
        self.machine.graph.node_count()
    }

    fn hops<F: FnMut(Hop)>(&self, at: u32, back: bool, mut each: F) {
        if let Err(halt) = self.machine.poll() {
            self.halt(halt);
        }
        // The ends must be let in too.
        if !self.lets_in(at) {
            return;
        }
        let towards = self.search.towards;
        for &direction in directions(towards, back) {
            let no_loops = towards == Towards::Either && direction == Direction::In;
            for leg in &self.kinds {
                let Some(all) = (if direction == Direction::Out { leg.out } else { leg.back }) else { continue };
                let links = all.of(at);
                for (index, &to) in links.nodes.iter().enumerate() {
                    let edge = links.edge(index);
                    if (no_loops && to == at)
                        || (!leg.gate.is_open() && !self.machine.passes(leg.gate, edge))
                        || !self.lets_in(to)
                        || !self.edge_fits(edge)
                    {
                        continue;
                    }
                    each(Hop { edge, to, cost: self.cost(leg, edge) });
                }
            }
        }
    }
}
