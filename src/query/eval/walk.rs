//! Scans, expansions and chains: the graph's adjacency, row by row.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::test::Test;
use super::{Flow, Halt, Machine, Row, Sink};
use crate::graph::{Direction, Links, mode_of};
use crate::model::Mode;
use crate::names::fold;
use crate::query::answer::Value;
use crate::query::ast::Direction as Towards;
use crate::query::expr::Expr;
use crate::query::plan::{Chains, Expand, From, Scan, ScanEdges, Sight};
use crate::query::search::Simple;
use crate::query::tables::Edges;

/// Nodes with one name.
pub(super) type Few = SmallVec<[u32; 4]>;

/// Which edges of a type are seen.
#[derive(Clone, Copy)]
pub(super) struct Gate<'g> {
    denied: bool,
    /// The mode of each edge, where it is asked of many.
    modes: &'g [u8],
    world: bool,
    /// The lens is asked; with `true`, whether the edge is there however denied.
    lens: Option<bool>,
}

impl Gate<'_> {
    #[inline]
    pub(super) fn is_open(self) -> bool {
        !self.denied && !self.world && self.lens.is_none()
    }
}

/// What is asked of each edge that a step finds.
struct Asked<'m, 'g> {
    gate: Gate<'g>,
    tests: Vec<Test<'m>>,
    /// A node that it may not lead to: going both ways, a loop is met once.
    but: Option<u32>,
}

impl Asked<'_, '_> {
    fn nothing(&self) -> bool {
        self.gate.is_open() && self.tests.is_empty() && self.but.is_none()
    }
}

/// The directions that a step may take.
pub(super) fn directions(towards: Towards, back: bool) -> &'static [Direction] {
    match (towards, back) {
        (Towards::Either, _) => &[Direction::Out, Direction::In],
        (Towards::Out, false) | (Towards::In, true) => &[Direction::Out],
        (Towards::In, false) | (Towards::Out, true) => &[Direction::In],
    }
}

impl<'g> Machine<'_, 'g> {
    /// What must be asked of each edge of a type.
    #[inline]
    pub(super) fn gate(&self, kind: u16, sight: Sight) -> Gate<'g> {
        let gate = self.gate_of(self.tables.hidden(kind), sight);
        Gate { modes: if gate.denied { self.graph.edge_modes() } else { &[] }, ..gate }
    }

    /// As [`Machine::gate`], for edges of one node.
    #[inline]
    fn gate_at(&self, edges: &Edges<'_, 'g>, kind: u16, sight: Sight) -> Gate<'g> {
        match edges {
            Edges::All(_) => self.gate(kind, sight),
            // Whether the type has any to hide takes a look at all of its edges: a few are asked themselves.
            Edges::Each(..) => self.gate_of(Sight { denied: true, world: true }, sight),
        }
    }

    #[inline]
    fn gate_of(&self, hidden: Sight, sight: Sight) -> Gate<'g> {
        let world = hidden.world && !sight.world && !self.world;
        match &self.lens {
            None => Gate { denied: hidden.denied && !sight.denied, modes: &[], world, lens: None },
            Some(lens) => Gate { denied: false, modes: &[], world, lens: Some(sight.denied && !lens.restricts_modes()) },
        }
    }

    #[inline]
    pub(super) fn passes(&self, gate: Gate<'g>, edge: u32) -> bool {
        if gate.denied {
            let mode = gate.modes.get(edge as usize).map_or_else(|| self.graph.mode(edge), |&mode| mode_of(mode));
            if mode == Mode::Denied {
                return false;
            }
        }
        if gate.world && self.graph.is_world_edge(edge) {
            return false;
        }
        match (gate.lens, &self.lens) {
            (Some(denied), Some(lens)) => {
                if denied {
                    lens.mode(edge).is_some()
                } else {
                    lens.shown(edge).is_some()
                }
            }
            _ => true,
        }
    }

    pub(super) fn scan(&self, scan: &Scan, row: &mut Row, sink: &mut Sink<'_>) -> Flow {
        let world = scan.world || self.world || !self.tables.has_world_nodes();
        let mut push = |node: u32, row: &mut Row| {
            if !world && self.graph.is_world_node(node) {
                return Ok(());
            }
            self.poll()?;
            row.slots[scan.slot] = Value::Node(node);
            sink(row)
        };
        match &scan.from {
            From::Kinds(None) => (0..self.graph.node_count()).try_for_each(|n| push(n, row)),
            From::Kinds(Some(kinds)) => kinds.iter().flat_map(|&k| self.graph.nodes_of_type(k)).try_for_each(|n| push(n, row)),
            From::Named(name, kinds) => {
                let nodes = self.named(name, row)?;
                let fits = |n: &&u32| kinds.as_ref().is_none_or(|k| k.contains(&self.graph.node_type(**n)));
                nodes.iter().filter(fits).try_for_each(|&n| push(n, row))
            }
            From::Id(id, kinds) => {
                let id = self.eval(id, row)?;
                let node = id.as_str(self.graph).and_then(|id| self.graph.node_by_id(id));
                let fits = |n: &u32| kinds.as_ref().is_none_or(|k| k.contains(&self.graph.node_type(*n)));
                node.filter(fits).map_or(Ok(()), |n| push(n, row))
            }
        }
    }

    /// The nodes with exactly this name, ascending. What is fixed is looked up once.
    fn named(&self, name: &Expr, row: &mut Row) -> Result<Few, Halt> {
        let place = std::ptr::from_ref(name);
        if name.is_fixed()
            && let Some((_, known)) = self.named.borrow().iter().find(|n| n.0 == place)
        {
            return Ok(known.clone());
        }
        let nodes = match name {
            // By its text: it need not be one that the graph holds.
            Expr::Param(at) => self.params.get(*at).map_or_else(Few::new, |p| self.nodes_called(p.given)),
            name => self.nodes_called(&self.eval(name, row)?),
        };
        if name.is_fixed() {
            self.named.borrow_mut().push((place, nodes.clone()));
        }
        Ok(nodes)
    }

    fn nodes_called(&self, name: &Value) -> Few {
        let Some(text) = name.as_str(self.graph) else { return Few::new() };
        let folded = fold(text);
        let is_called = |n: &u32| self.graph.name(*n) == text;
        if folded.is_empty() {
            // Names that fold to nothing are in no index.
            return (0..self.graph.node_count()).filter(is_called).collect();
        }
        let mut nodes: Few = self.graph.find(&folded).into_iter().filter(is_called).collect();
        nodes.sort_unstable();
        nodes.dedup();
        nodes
    }

    pub(super) fn scan_edges(&self, scan: &ScanEdges, row: &mut Row, sink: &mut Sink<'_>) -> Flow {
        let (sources, targets) = (self.graph.edge_sources(), self.graph.edge_targets());
        let fits = |kinds: &Option<Vec<u16>>, node: u32| kinds.as_ref().is_none_or(|k| k.contains(&self.graph.node_type(node)));
        for &kind in &scan.kinds {
            let gate = self.gate(kind, scan.sight);
            let tests = self.tests(&scan.tests, kind);
            for edge in self.graph.edges_of_type(kind) {
                self.poll()?;
                if !self.hold(&tests, edge)
                    || (!gate.is_open() && !self.passes(gate, edge))
                    || self.taken(&scan.differ, edge, row)
                {
                    continue;
                }
                let (source, target) = (sources[edge as usize], targets[edge as usize]);
                let ways = [(source, target), (target, source)];
                let both = scan.either && source != target;
                for &(s, t) in ways.iter().take(if both { 2 } else { 1 }) {
                    if fits(&scan.source_kinds, s) && fits(&scan.target_kinds, t) {
                        row.slots[scan.edge] = Value::Edge(edge);
                        row.slots[scan.source] = Value::Node(s);
                        row.slots[scan.target] = Value::Node(t);
                        sink(row)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Whether an edge is one of those that it must differ from.
    #[inline]
    pub(super) fn taken(&self, differ: &[usize], edge: u32, row: &Row) -> bool {
        differ.iter().any(|&slot| match &row.slots[slot] {
            Value::Edge(e) => *e == edge,
            Value::List(items) => items.iter().any(|i| matches!(i, Value::Edge(e) if *e == edge)),
            _ => false,
        })
    }

    pub(super) fn expand(&self, expand: &Expand, row: &mut Row, sink: &mut Sink<'_>) -> Flow {
        let Value::Node(from) = row.slots[expand.from] else { return Ok(()) };
        let to = match (expand.into, &row.slots[expand.to]) {
            (false, _) => None,
            (true, Value::Node(to)) => Some(*to),
            (true, _) => return Ok(()),
        };
        let mut tally = 0u64;
        for &direction in directions(expand.towards, false) {
            let edges = self.tables.edges(direction);
            for &kind in &expand.kinds {
                let links = edges.of(kind, from);
                if links.is_empty() {
                    continue;
                }
                // Going both ways, a loop is met once.
                let no_loops = expand.towards == Towards::Either && direction == Direction::In;
                let asked = Asked {
                    gate: self.gate_at(&edges, kind, expand.sight),
                    tests: self.tests(&expand.tests, kind),
                    but: no_loops.then_some(from),
                };
                for range in self.parts(links, to, expand.to_kinds.as_deref()).iter() {
                    if expand.tally && asked.nothing() && expand.differ.is_empty() {
                        tally += range.1 as u64 - range.0 as u64;
                        continue;
                    }
                    tally += self.push_links(expand, links, range, &asked, row, sink)?;
                }
                self.poll()?;
            }
        }
        if expand.tally { super::weigh(row, tally, sink) } else { Ok(()) }
    }

    /// The parts of a node's links that lead to `to`, or to nodes of the kinds.
    fn parts(&self, links: Links<'g>, to: Option<u32>, kinds: Option<&[u16]>) -> Parts {
        let nodes = links.nodes;
        let slice = |start: u32, end: u32| {
            // Most often all of them fit: no search then.
            let first = if nodes.first().is_some_and(|&n| n >= start) { 0 } else { nodes.partition_point(|&n| n < start) };
            let all = nodes.last().is_some_and(|&n| n < end);
            let last = if all { nodes.len() } else { first + nodes[first..].partition_point(|&n| n < end) };
            (first < last).then_some((first, last))
        };
        if nodes.is_empty() {
            return Parts::default();
        }
        match (to, kinds) {
            (Some(to), kinds) => {
                let fits = kinds.is_none_or(|k| k.contains(&self.graph.node_type(to)));
                Parts::many(fits.then(|| slice(to, to.saturating_add(1))).flatten().into_iter())
            }
            (None, None) => Parts { first: Some((0, nodes.len())), rest: Vec::new() },
            (None, Some([kind])) => {
                let range = self.graph.nodes_of_type(*kind);
                Parts { first: slice(range.start, range.end), rest: Vec::new() }
            }
            (None, Some(kinds)) => {
                Parts::many(kinds.iter().map(|&k| self.graph.nodes_of_type(k)).filter_map(|r| slice(r.start, r.end)))
            }
        }
    }

    /// Pushes the links from `range.0` to `range.1` as rows, or counts them.
    fn push_links(
        &self,
        expand: &Expand,
        links: Links<'g>,
        range: (usize, usize),
        asked: &Asked<'_, 'g>,
        row: &mut Row,
        sink: &mut Sink<'_>,
    ) -> Result<u64, Halt> {
        let mut count = 0;
        for at in range.0..range.1 {
            let (node, edge) = (links.nodes[at], links.edge(at));
            if !self.hold(&asked.tests, edge)
                || asked.but == Some(node)
                || (!asked.gate.is_open() && !self.passes(asked.gate, edge))
                || (!expand.differ.is_empty() && self.taken(&expand.differ, edge, row))
            {
                continue;
            }
            if expand.tally {
                count += 1;
                continue;
            }
            row.slots[expand.edge] = Value::Edge(edge);
            if !expand.into {
                row.slots[expand.to] = Value::Node(node);
            }
            sink(row)?;
        }
        Ok(count)
    }

    /// Calls `each` with (edge, other end) of every edge that a step may take.
    pub(super) fn steps(
        &self,
        at: u32,
        (towards, back): (Towards, bool),
        kinds: &[u16],
        sight: Sight,
        each: &mut dyn FnMut(u32, u32) -> Flow,
    ) -> Flow {
        for &direction in directions(towards, back) {
            let edges = self.tables.edges(direction);
            let no_loops = towards == Towards::Either && direction == Direction::In;
            for &kind in kinds {
                let links = edges.of(kind, at);
                if links.is_empty() {
                    continue;
                }
                let gate = self.gate_at(&edges, kind, sight);
                for (node, edge) in links.iter() {
                    if (no_loops && node == at) || (!gate.is_open() && !self.passes(gate, edge)) {
                        continue;
                    }
                    each(edge, node)?;
                }
            }
        }
        Ok(())
    }

    pub(super) fn chains(&self, chains: &Chains, row: &mut Row, sink: &mut Sink<'_>) -> Flow {
        let Value::Node(from) = row.slots[chains.from] else { return Ok(()) };
        let to = match (chains.into, &row.slots[chains.to]) {
            (false, _) => None,
            (true, Value::Node(to)) => Some(*to),
            (true, _) => return Ok(()),
        };
        let most = chains.chain.most.unwrap_or(chains.chain.least);
        let ahead = match to {
            Some(to) if chains.guided => Some(self.reach(chains, to, most)?),
            _ => None,
        };
        if !self.lets_in(&chains.chain.nodes, from, row)? {
            return Ok(());
        }
        let mut walk = Walk { chains, to, most, ahead, edges: Vec::new(), nodes: vec![from] };
        self.walk(&mut walk, from, row, sink)
    }

    /// How many steps each node is from `to`, as far as `most`.
    fn reach(&self, chains: &Chains, to: u32, most: u32) -> Result<FxHashMap<u32, u32>, Halt> {
        let mut ahead = FxHashMap::default();
        ahead.insert(to, 0);
        let mut frontier = vec![to];
        for distance in 1..=most {
            let mut next = Vec::new();
            for node in frontier {
                self.poll()?;
                self.steps(node, (chains.towards, true), &chains.kinds, chains.sight, &mut |_, other| {
                    ahead.entry(other).or_insert_with(|| {
                        next.push(other);
                        distance
                    });
                    Ok(())
                })?;
            }
            if next.is_empty() {
                break;
            }
            frontier = next;
        }
        Ok(ahead)
    }

    fn walk(&self, walk: &mut Walk<'_>, at: u32, row: &mut Row, sink: &mut Sink<'_>) -> Flow {
        let depth = walk.edges.len() as u32;
        if depth >= walk.chains.chain.least {
            self.emit(walk, at, row, sink)?;
        }
        if depth >= walk.most && !walk.chains.chain.capped {
            return Ok(());
        }
        // The steps are gathered first: what is pushed may change the row.
        let mut steps: Vec<(u32, u32)> = Vec::new();
        let Chains { towards, kinds, sight, chain, differ, .. } = walk.chains;
        self.steps(at, (*towards, false), kinds, *sight, &mut |edge, node| {
            let repeats = match chain.simple {
                Simple::Edges => walk.edges.contains(&edge),
                Simple::Nodes => walk.nodes.contains(&node),
            };
            let left = walk.most.saturating_sub(depth + 1);
            let astray = walk.ahead.as_ref().is_some_and(|ahead| ahead.get(&node).is_none_or(|&d| d > left));
            if !repeats && !astray && !self.taken(differ, edge, row) {
                steps.push((edge, node));
            }
            Ok(())
        })?;
        for (edge, node) in steps {
            self.poll()?;
            if let Some(filter) = &chain.filter {
                row.slots[chain.each] = Value::Edge(edge);
                if self.holds(filter, row)? != Some(true) {
                    continue;
                }
            }
            if !self.lets_in(&chain.nodes, node, row)? {
                continue;
            }
            if depth >= walk.most {
                if chain.capped {
                    self.cut.set(Some(walk.most));
                }
                return Ok(());
            }
            walk.edges.push(edge);
            walk.nodes.push(node);
            self.walk(walk, node, row, sink)?;
            walk.edges.pop();
            walk.nodes.pop();
        }
        Ok(())
    }

    fn lets_in(&self, conditions: &[(usize, Expr)], node: u32, row: &mut Row) -> Result<bool, Halt> {
        for (slot, filter) in conditions {
            row.slots[*slot] = Value::Node(node);
            if self.holds(filter, row)? != Some(true) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn emit(&self, walk: &Walk<'_>, at: u32, row: &mut Row, sink: &mut Sink<'_>) -> Flow {
        let chains = walk.chains;
        let fits = match walk.to {
            Some(to) => to == at,
            None => chains.to_kinds.as_ref().is_none_or(|k| k.contains(&self.graph.node_type(at))),
        };
        if !fits {
            return Ok(());
        }
        row.slots[chains.edges] = if chains.reversed {
            Value::List(walk.edges.iter().rev().map(|&e| Value::Edge(e)).collect())
        } else {
            Value::List(walk.edges.iter().map(|&e| Value::Edge(e)).collect())
        };
        if !chains.into {
            row.slots[chains.to] = Value::Node(at);
        }
        sink(row)
    }
}

/// A chain under way.
struct Walk<'p> {
    chains: &'p Chains,
    to: Option<u32>,
    most: u32,
    ahead: Option<FxHashMap<u32, u32>>,
    edges: Vec<u32>,
    nodes: Vec<u32>,
}

/// Some ranges of one node's links; rarely more than one.
#[derive(Default)]
struct Parts {
    first: Option<(usize, usize)>,
    rest: Vec<(usize, usize)>,
}

impl Parts {
    fn many(mut parts: impl Iterator<Item = (usize, usize)>) -> Self {
        Self { first: parts.next(), rest: parts.collect() }
    }

    fn iter(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.first.iter().chain(&self.rest).copied()
    }
}
