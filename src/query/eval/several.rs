//! The best paths of several steps between two nodes: one search over nodes and how far along the pattern a path is.

use std::cell::{Cell, RefCell};

use super::{Flow, Halt, Machine, Row, Sink};
use crate::query::answer::{Interrupt, Value};
use crate::query::expr::{Expr, Slot};
use crate::query::plan::{Leg, SearchSteps};
use crate::query::search::{Cost, Found, Hop, Network, Request, Search};

/// How far a path is along the pattern: so many edges into a leg. The last one is behind all legs.
struct Stations {
    /// The leg that goes on from each; as many as there are legs for the last.
    leg: Vec<usize>,
    /// Where one more edge leads from each.
    next: Vec<Vec<usize>>,
    /// From where one edge leads to each.
    back: Vec<Vec<usize>>,
}

impl Stations {
    fn of(legs: &[Leg]) -> Self {
        let mut first = Vec::with_capacity(legs.len() + 1);
        let mut leg = Vec::new();
        for (at, one) in legs.iter().enumerate() {
            first.push(leg.len());
            leg.extend(std::iter::repeat_n(at, one.bounds().1 as usize));
        }
        first.push(leg.len());
        leg.push(legs.len());
        let mut next = vec![Vec::new(); leg.len()];
        let mut back = vec![Vec::new(); leg.len()];
        for station in 0..leg.len() - 1 {
            let at = leg[station];
            let (least, most) = legs[at].bounds();
            let done = (station - first[at]) as u32 + 1;
            next[station].extend((done < most).then_some(station + 1));
            if done >= least {
                // Legs that may have no edge are passed by.
                let mut to = at + 1;
                next[station].push(first[to]);
                while to < legs.len() && legs[to].bounds().0 == 0 {
                    to += 1;
                    next[station].push(first[to]);
                }
            }
            next[station].sort_unstable();
            next[station].dedup();
            for &to in &next[station] {
                back[to].push(station);
            }
        }
        Self { leg, next, back }
    }

    fn last(&self) -> usize {
        self.leg.len() - 1
    }
}

impl Leg {
    /// The fewest and the most edges.
    fn bounds(&self) -> (u32, u32) {
        self.chain.as_ref().map_or((1, 1), |c| (c.least, c.most.unwrap_or(c.least)))
    }
}

/// A path that is kept: what it costs, its edges, and what it puts into slots.
type Kept = (Cost, Vec<u32>, Vec<(Slot, Value)>);

impl Machine<'_, '_> {
    pub(super) fn search_steps(&self, steps: &SearchSteps, row: &mut Row, sink: &mut Sink<'_>) -> Flow {
        let (Value::Node(start), Value::Node(goal)) = (&row.slots[steps.from], &row.slots[steps.to]) else { return Ok(()) };
        let (start, goal) = (*start, *goal);
        let stations = Stations::of(&steps.legs);
        let nodes = self.graph.node_count();
        let (mut kept, mut halted): (Vec<Kept>, Option<Halt>) = (Vec::new(), None);
        {
            let network = Line {
                machine: self,
                steps,
                stations: &stations,
                nodes,
                row: RefCell::new(row),
                halted: Cell::new(None),
                watch: Interrupt::new(),
            };
            let hops = steps.legs.iter().map(|l| l.bounds().1).sum();
            let (start, goal) = (network.node(0, start), network.node(stations.last(), goal));
            let request = Request { start, goal, least: 1, most: Some(hops), simple: steps.simple };
            let mut paths = Search::new(&network, request);
            // Of equals those count whose edges come first: all of them are looked at.
            while let Ok(Some(found)) = paths.next(&network.watch) {
                let enough = steps.most.is_none_or(|most| kept.len() as u64 >= most);
                if enough && kept.last().is_some_and(|k: &Kept| k.0 < found.cost) {
                    break;
                }
                match network.accept(&found) {
                    Ok(path) => kept.extend(path),
                    Err(halt) => network.halt(halt),
                }
            }
            halted = network.halted.take().or(halted);
        }
        kept.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        let most = steps.most.map_or(usize::MAX, |m| usize::try_from(m).unwrap_or(usize::MAX));
        let wanted = if steps.most.is_some() { most } else { 1 };
        if kept.len() < wanted {
            // Longer chains that nobody forbade were not looked for.
            let capped = steps.legs.iter().filter_map(|l| l.chain.as_ref()).find(|c| c.capped);
            self.cut.set(capped.map(|c| c.most.unwrap_or(c.least)).or(self.cut.get()));
        }
        // What came before a stop is given.
        for (_, _, values) in kept.into_iter().take(most) {
            for (slot, value) in values {
                row.slots[slot] = value;
            }
            sink(row)?;
        }
        halted.map_or(Ok(()), Err)
    }
}

/// The graph along the pattern: a node of the search is a node of the graph at a station.
struct Line<'m, 'a, 'g, 'r> {
    machine: &'m Machine<'a, 'g>,
    steps: &'m SearchSteps,
    stations: &'m Stations,
    nodes: u32,
    row: RefCell<&'r mut Row>,
    halted: Cell<Option<Halt>>,
    /// Set by the interrupt, by the clock, and by faults.
    watch: Interrupt,
}

impl Line<'_, '_, '_, '_> {
    fn node(&self, station: usize, node: u32) -> u32 {
        station as u32 * self.nodes + node
    }

    fn station(&self, at: u32) -> (usize, u32) {
        ((at / self.nodes) as usize, at % self.nodes)
    }

    fn halt(&self, halt: Halt) {
        self.halted.set(Some(halt));
        self.watch.set();
    }

    /// Whether conditions hold with this in a slot.
    fn holds(&self, slot: Slot, value: Value, tests: &[&Expr]) -> bool {
        if tests.is_empty() {
            return true;
        }
        let row = &mut **self.row.borrow_mut();
        row.slots[slot] = value;
        tests.iter().all(|test| match self.machine.holds(test, row) {
            Ok(held) => held == Some(true),
            Err(halt) => {
                self.halt(halt);
                false
            }
        })
    }

    fn edge_fits(&self, leg: &Leg, edge: u32) -> bool {
        match &leg.chain {
            Some(chain) => self.holds(chain.each, Value::Edge(edge), &chain.filter.iter().collect::<Vec<_>>()),
            None => self.holds(leg.edges, Value::Edge(edge), &leg.edge_tests.iter().collect::<Vec<_>>()),
        }
    }

    /// Whether the legs that end between two stations may end at a node.
    fn ends_fit(&self, from: usize, to: usize, node: u32) -> bool {
        let kind = self.machine.graph.node_type(node);
        self.steps.legs[self.stations.leg[from]..self.stations.leg[to]].iter().all(|leg| {
            leg.to_kinds.as_ref().is_none_or(|k| k.contains(&kind))
                && self.holds(leg.to, Value::Node(node), &leg.node_tests.iter().collect::<Vec<_>>())
        })
    }

    fn cost(&self, edge: u32) -> Option<f64> {
        let Some(weight) = &self.steps.by else { return Some(1.0) };
        self.machine.graph.edge_value(edge, weight.attribute?)?.number()
    }

    /// Puts a path into its slots, and keeps it if the conditions on the whole hold.
    fn accept(&self, found: &Found) -> Result<Option<Kept>, Halt> {
        let row = &mut **self.row.borrow_mut();
        let mut values: Vec<(Slot, Value)> = Vec::new();
        let (mut leg, mut along): (usize, Vec<Value>) = (0, Vec::new());
        for &(edge, at) in &found.steps {
            along.push(Value::Edge(edge));
            let (station, node) = self.station(at);
            // Where the station is of a later leg, this one and those without an edge end here.
            while leg < self.stations.leg[station] {
                let ended = &self.steps.legs[leg];
                let edges = std::mem::take(&mut along);
                let value = match ended.chain {
                    Some(_) => Value::List(edges.into()),
                    None => edges.into_iter().next().unwrap_or_default(),
                };
                values.push((ended.edges, value));
                values.push((ended.to, Value::Node(node)));
                leg += 1;
            }
        }
        for (slot, value) in &values {
            row.slots[*slot] = value.clone();
        }
        for path in &self.steps.paths {
            self.machine.make_path(path, row);
            values.push((path.slot, row.slots[path.slot].clone()));
        }
        for filter in &self.steps.accept {
            if self.machine.holds(filter, row)? != Some(true) {
                return Ok(None);
            }
        }
        Ok(Some((found.cost, found.steps.iter().map(|s| s.0).collect(), values)))
    }
}

impl Network for Line<'_, '_, '_, '_> {
    fn size(&self) -> u32 {
        self.nodes.saturating_mul(self.stations.leg.len() as u32)
    }

    fn place(&self, node: u32) -> u32 {
        node % self.nodes
    }

    fn hops<F: FnMut(Hop)>(&self, at: u32, back: bool, mut each: F) {
        if let Err(halt) = self.machine.poll() {
            self.halt(halt);
        }
        let (station, node) = self.station(at);
        let others = if back { &self.stations.back[station] } else { &self.stations.next[station] };
        for &other in others {
            let (from, to) = if back { (other, station) } else { (station, other) };
            let Some(leg) = self.steps.legs.get(self.stations.leg[from]) else { continue };
            if back && !self.ends_fit(from, to, node) {
                continue;
            }
            let flow = self.machine.steps(node, (leg.towards, back), &leg.kinds, leg.sight, &mut |edge, next| {
                if self.edge_fits(leg, edge) && (back || self.ends_fit(from, to, next)) {
                    each(Hop { edge, to: self.node(other, next), cost: self.cost(edge) });
                }
                Ok(())
            });
            if let Err(halt) = flow {
                self.halt(halt);
            }
        }
    }
}
