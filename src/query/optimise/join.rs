//! Patterns taken apart into scans, expansions and conditions, in the order written or in the cheapest one.

use super::apart::{self, Apart};
use super::several;
use super::statistics::{Identity, Statistics, fixed_name};
use crate::query::ast::Direction;
use crate::query::expr::{Expr, Slot, TypeTest};
use crate::query::plan::{
    Chains, EdgePart, Expand, From, Join, NodePart, Op, Pattern, Plan, Scan, ScanEdges, Search, SearchSteps,
};

/// Replaces a pattern by operators: without statistics as it is written, conditions last.
pub(super) fn take_apart(plan: Plan, statistics: Option<&Statistics<'_>>) -> Plan {
    let Op::Match(pattern) = plan.op else { return plan };
    let input = plan.input.map_or_else(Plan::start, |p| *p);
    match pattern.optional.clone() {
        None => Builder::new(&pattern, statistics, input).build(),
        Some(nulls) => {
            let inner = Builder::new(&pattern, statistics, Plan::start()).build();
            input.then(Op::Optional(Box::new(inner), nulls))
        }
    }
}

struct Builder<'p, 's, 'g> {
    pattern: &'p Pattern,
    statistics: Option<&'s Statistics<'g>>,
    plan: Plan,
    /// By index: nodes that are known, edges that were followed.
    known: Vec<bool>,
    followed: Vec<bool>,
    /// Conditions not yet asked.
    open: Vec<Expr>,
}

/// What may be done next.
#[derive(Debug, Clone, Copy)]
pub(super) enum Next {
    /// Scan a node.
    Scan(usize),
    /// Scan an edge with both its ends.
    ScanEdge(usize),
    /// Follow an edge from the node that is known; from the right one if both are not and `true`.
    Follow(usize),
}

impl<'p, 's, 'g> Builder<'p, 's, 'g> {
    fn new(pattern: &'p Pattern, statistics: Option<&'s Statistics<'g>>, plan: Plan) -> Self {
        let known = pattern.nodes.iter().map(|n| pattern.bound.contains(&n.slot)).collect();
        let followed = vec![false; pattern.edges.len()];
        Self { pattern, statistics, plan, known, followed, open: pattern.filters.clone() }
    }

    fn build(mut self) -> Plan {
        self.check_known();
        match self.statistics {
            None => self.as_written(),
            Some(statistics) => {
                self.ask();
                if let Some((ends, steps)) = several::search(self.pattern, &self.known, &self.open, statistics) {
                    return self.search_steps(ends, steps);
                }
                let apart = apart::parts(self.pattern, &self.known, statistics);
                let mut order = Order { pattern: self.pattern, statistics, apart: &apart }.best(&self.known);
                order.retain(|next| !apart.iter().any(|part| part.holds(self.pattern, *next)));
                for next in order {
                    self.perform(next);
                    self.ask();
                }
                for part in apart {
                    self.meet(part, statistics);
                    self.ask();
                }
            }
        }
        for path in &self.pattern.paths {
            self.push(Op::MakePath(path.clone()));
        }
        let open = std::mem::take(&mut self.open);
        if let Some(all) = Expr::all(open) {
            self.push(Op::Filter(all));
        }
        for best in &self.pattern.bests {
            self.push(Op::Best(best.clone()));
        }
        self.plan
    }

    /// Searches a path of several steps between its ends, once these are known.
    fn search_steps(mut self, ends: [usize; 2], mut steps: SearchSteps) -> Plan {
        for end in ends {
            if !self.known[end] {
                self.scan(end);
                self.ask();
            }
        }
        several::ask(&mut steps, std::mem::take(&mut self.open), &self.pattern.bound);
        self.push(Op::SearchSteps(Box::new(steps)));
        self.plan
    }

    /// Joins a part of the pattern that hangs on the rest by an equal value alone.
    fn meet(&mut self, part: Apart, statistics: &Statistics<'_>) {
        let inner = Builder::new(&part.pattern, Some(statistics), Plan::start()).build();
        let mut keep = Vec::new();
        inner.slots_set(&mut |s| keep.push(s));
        for (at, node) in self.pattern.nodes.iter().enumerate() {
            self.known[at] |= part.pattern.nodes.iter().any(|n| n.slot == node.slot);
        }
        for (at, edge) in self.pattern.edges.iter().enumerate() {
            self.followed[at] |= part.pattern.edges.iter().any(|e| e.slot == edge.slot);
        }
        self.open.retain(|f| !apart::within(f, &part.slots()));
        self.push(Op::Join(Join { plan: Box::new(inner), theirs: part.theirs, ours: part.ours, keep }));
    }

    fn push(&mut self, op: Op) {
        let plan = std::mem::replace(&mut self.plan, Plan::start());
        self.plan = plan.then(op);
    }

    /// Nodes that were known before are what the pattern says, and are nodes at all.
    fn check_known(&mut self) {
        let pattern = self.pattern;
        for node in pattern.nodes.iter().filter(|n| pattern.bound.contains(&n.slot)) {
            let slot = || Box::new(Expr::Slot(node.slot));
            self.push(Op::Filter(match &node.kinds {
                Some(kinds) => Expr::HasType(slot(), TypeTest { nodes: vec![kinds.clone()], edges: vec![Vec::new()] }),
                None => Expr::IsNull(slot(), true),
            }));
        }
    }

    fn as_written(&mut self) {
        for at in 0..self.pattern.edges.len() {
            let edge = &self.pattern.edges[at];
            if !self.known[edge.left] && !self.known[edge.right] {
                self.perform(Next::Scan(edge.left));
            }
            self.perform(Next::Follow(at));
        }
        for at in 0..self.pattern.nodes.len() {
            if !self.known[at] {
                self.perform(Next::Scan(at));
            }
        }
    }

    fn perform(&mut self, next: Next) {
        match next {
            Next::Scan(at) => self.scan(at),
            Next::ScanEdge(at) => self.scan_edge(at),
            Next::Follow(at) => self.follow(at),
        }
    }

    fn scan(&mut self, at: usize) {
        let node = &self.pattern.nodes[at];
        let from = self.lookup(node).unwrap_or_else(|| From::Kinds(node.kinds.clone()));
        self.known[at] = true;
        self.push(Op::Scan(Scan { slot: node.slot, from, world: node.world }));
    }

    /// A name or an id that says which node it is takes the place of the condition.
    fn lookup(&mut self, node: &NodePart) -> Option<From> {
        self.statistics?;
        let bound = &self.pattern.bound;
        let at = self.open.iter().position(|f| fixed_name(f, node.slot, bound).is_some())?;
        let filter = self.open.remove(at);
        Some(match fixed_name(&filter, node.slot, bound)? {
            Identity::Name(name) => From::Named(name.clone(), node.kinds.clone()),
            Identity::Id(id) => From::Id(id.clone(), node.kinds.clone()),
        })
    }

    fn scan_edge(&mut self, at: usize) {
        let edge = &self.pattern.edges[at];
        let (source, target) = if edge.towards == Direction::In { (edge.right, edge.left) } else { (edge.left, edge.right) };
        let (source, target) = (&self.pattern.nodes[source], &self.pattern.nodes[target]);
        let op = Op::ScanEdges(ScanEdges {
            edge: edge.slot,
            source: source.slot,
            target: target.slot,
            kinds: edge.kinds.clone(),
            sight: edge.sight,
            either: edge.towards == Direction::Either,
            source_kinds: source.kinds.clone(),
            target_kinds: target.kinds.clone(),
            differ: self.differ(edge),
            tests: Vec::new(),
        });
        (self.known[edge.left], self.known[edge.right], self.followed[at]) = (true, true, true);
        self.push(op);
    }

    /// Follows an edge or a chain from its known end.
    fn follow(&mut self, at: usize) {
        let edge = &self.pattern.edges[at];
        let reversed = !self.known[edge.left];
        let (from, to) = if reversed { (edge.right, edge.left) } else { (edge.left, edge.right) };
        if edge.chain.as_ref().is_some_and(|c| c.select.is_some()) {
            for end in [edge.left, edge.right] {
                if !self.known[end] {
                    self.scan(end);
                    if self.statistics.is_some() {
                        self.ask();
                    }
                }
            }
        }
        let towards = match (edge.towards, reversed) {
            (Direction::Out, true) => Direction::In,
            (Direction::In, true) => Direction::Out,
            (towards, _) => towards,
        };
        let into = self.known[to];
        let (from, to) = (self.pattern.nodes[from].slot, &self.pattern.nodes[to]);
        let to_kinds = if into { None } else { to.kinds.clone() };
        let (kinds, sight, differ) = (edge.kinds.clone(), edge.sight, self.differ(edge));
        let op = match &edge.chain {
            None => {
                let (edge, to) = (edge.slot, to.slot);
                Op::Expand(Expand {
                    from,
                    edge,
                    to,
                    into,
                    towards,
                    kinds,
                    sight,
                    to_kinds,
                    differ,
                    tests: Vec::new(),
                    tally: false,
                })
            }
            Some(chain) if chain.select.is_some() => {
                let ends = [edge.left, edge.right].map(|n| self.pattern.nodes[n].slot);
                let [from, to] = ends;
                Op::Search(Search { from, to, edges: edge.slot, towards: edge.towards, kinds, sight, chain: chain.clone() })
            }
            Some(chain) => {
                let (edges, to, chain) = (edge.slot, to.slot, chain.clone());
                let guided = into && self.statistics.is_some();
                Op::Chains(Chains { from, edges, to, into, towards, kinds, sight, chain, to_kinds, differ, reversed, guided })
            }
        };
        let both = [edge.left, edge.right];
        both.into_iter().for_each(|n| self.known[n] = true);
        self.followed[at] = true;
        self.push(op);
    }

    /// The edges followed before, of which it may not be one.
    fn differ(&self, edge: &EdgePart) -> Vec<Slot> {
        let others = self.pattern.edges.iter().zip(&self.followed).filter(|(e, followed)| **followed && e.slot != edge.slot);
        others.filter(|(e, _)| e.kinds.iter().any(|k| edge.kinds.contains(k))).map(|(e, _)| e.slot).collect()
    }

    /// Asks each condition as soon as all that it speaks of is known, conditions that run plans last.
    fn ask(&mut self) {
        let mut unknown: Vec<Slot> = self.pattern.paths.iter().map(|p| p.slot).collect();
        unknown.extend(self.pattern.nodes.iter().zip(&self.known).filter(|(_, k)| !**k).map(|(n, _)| n.slot));
        unknown.extend(self.pattern.edges.iter().zip(&self.followed).filter(|(_, f)| !**f).map(|(e, _)| e.slot));
        let ready = |f: &Expr| f.reads().iter().all(|s| !unknown.contains(s));
        let (ready, open): (Vec<Expr>, Vec<Expr>) = std::mem::take(&mut self.open).into_iter().partition(ready);
        self.open = open;
        let (slow, quick): (Vec<Expr>, Vec<Expr>) = ready.into_iter().partition(Expr::has_plan);
        for filter in quick.into_iter().chain(slow) {
            self.push(Op::Filter(filter));
        }
    }
}

/// The order in which a pattern is taken apart.
struct Order<'p, 's, 'g> {
    pattern: &'p Pattern,
    statistics: &'s Statistics<'g>,
    /// What is joined afterwards: no order begins there.
    apart: &'p [Apart],
}

impl Order<'_, '_, '_> {
    /// The cheapest of the orders that begin somewhere and then always do what makes the fewest rows.
    fn best(&self, known: &[bool]) -> Vec<Next> {
        let here = |next: &Next| !self.apart.iter().any(|part| part.holds(self.pattern, *next));
        let starts: Vec<Next> = if known.iter().any(|k| *k) || self.pattern.nodes.is_empty() {
            Vec::new()
        } else {
            let nodes = (0..self.pattern.nodes.len()).map(Next::Scan);
            let plain = |e: &EdgePart| e.chain.is_none() && e.left != e.right;
            let edges = self.pattern.edges.iter().enumerate().filter(|(_, e)| plain(e)).map(|(at, _)| Next::ScanEdge(at));
            nodes.chain(edges).filter(here).collect()
        };
        if starts.is_empty() {
            return self.greedy(known, None).1;
        }
        let all = starts.into_iter().map(|start| self.greedy(known, Some(start)));
        all.min_by(|a, b| a.0.total_cmp(&b.0)).map(|o| o.1).unwrap_or_default()
    }

    /// The rows that an order makes, all operators together, and the order.
    fn greedy(&self, known: &[bool], start: Option<Next>) -> (f64, Vec<Next>) {
        let (mut known, mut followed) = (known.to_vec(), vec![false; self.pattern.edges.len()]);
        let (mut rows, mut cost, mut order) = (1.0, 0.0, Vec::new());
        let mut next = start;
        while let Some(step) = next.take().or_else(|| self.cheapest(&known, &followed)) {
            // What is looked at costs, also where a condition then drops it.
            let (seen, kept) = self.growth(step, &known);
            cost += rows * seen;
            rows *= kept;
            match step {
                Next::Scan(at) => known[at] = true,
                Next::ScanEdge(at) | Next::Follow(at) => {
                    let edge = &self.pattern.edges[at];
                    followed[at] = true;
                    (known[edge.left], known[edge.right]) = (true, true);
                }
            }
            order.push(step);
        }
        (cost + rows, order)
    }

    fn cheapest(&self, known: &[bool], followed: &[bool]) -> Option<Next> {
        let edges = self.pattern.edges.iter().enumerate().filter(|(at, e)| !followed[*at] && (known[e.left] || known[e.right]));
        let follow = edges.map(|(at, _)| Next::Follow(at));
        let named = |at: &usize| !known[*at] && self.kept(*at) <= 1.0;
        let scans = (0..known.len()).filter(named).map(Next::Scan);
        let best = follow.chain(scans).min_by(|a, b| self.growth(*a, known).1.total_cmp(&self.growth(*b, known).1));
        // Nothing hangs on what is known: another part of the pattern begins.
        let fresh = || (0..known.len()).filter(|at| !known[*at]).min_by(|a, b| self.kept(*a).total_cmp(&self.kept(*b)));
        best.or_else(|| fresh().map(Next::Scan))
    }

    /// How many rows each row becomes: those looked at, and those kept.
    fn growth(&self, next: Next, known: &[bool]) -> (f64, f64) {
        let kinds = |at: usize| self.pattern.nodes[at].kinds.as_deref();
        match next {
            Next::Scan(at) => {
                let kept = self.kept(at);
                let all = self.statistics.nodes(kinds(at));
                (if self.is_named(at) { 1.0 } else { all }, kept)
            }
            Next::ScanEdge(at) => {
                let edge = &self.pattern.edges[at];
                let all = self.statistics.steps(&edge.kinds, edge.towards, None, None);
                let fit = self.statistics.steps(&edge.kinds, edge.towards, kinds(edge.left), kinds(edge.right));
                (all, fit * self.shares(edge.left) * self.shares(edge.right) * self.edge_shares(edge))
            }
            Next::Follow(at) => {
                let edge = &self.pattern.edges[at];
                let (from, to, towards) = match (known[edge.left], edge.towards) {
                    (true, towards) => (edge.left, edge.right, towards),
                    (false, Direction::Out) => (edge.right, edge.left, Direction::In),
                    (false, Direction::In) => (edge.right, edge.left, Direction::Out),
                    (false, Direction::Either) => (edge.right, edge.left, Direction::Either),
                };
                let one = self.statistics.growth(&edge.kinds, towards, kinds(from), kinds(to));
                let whole = match &edge.chain {
                    None => one,
                    Some(chain) if chain.select.is_some() => return (self.statistics.nodes(kinds(to)), 1.0),
                    Some(chain) => one.max(1.1).powf(f64::from(chain.most.unwrap_or(chain.least).min(12))),
                };
                if known[edge.left] && known[edge.right] {
                    return (1.0, whole / self.statistics.nodes(kinds(to)).max(1.0));
                }
                (whole, whole * self.shares(to) * self.edge_shares(edge))
            }
        }
    }

    fn is_named(&self, at: usize) -> bool {
        let slot = self.pattern.nodes[at].slot;
        self.pattern.filters.iter().any(|f| fixed_name(f, slot, &self.pattern.bound).is_some())
    }

    fn kept(&self, at: usize) -> f64 {
        if self.is_named(at) {
            return 1.0;
        }
        self.statistics.nodes(self.pattern.nodes[at].kinds.as_deref()) * self.shares(at)
    }

    /// What share of nodes the conditions on one node alone let through.
    fn shares(&self, at: usize) -> f64 {
        self.conditions(self.pattern.nodes[at].slot)
    }

    fn edge_shares(&self, edge: &EdgePart) -> f64 {
        if edge.chain.is_some() { 1.0 } else { self.conditions(edge.slot) }
    }

    fn conditions(&self, slot: Slot) -> f64 {
        let set = |s: &Slot| *s != slot && !self.pattern.bound.contains(s);
        let alone = |f: &&Expr| {
            let reads = f.reads();
            reads.contains(&slot) && !reads.iter().any(set)
        };
        self.pattern.filters.iter().filter(alone).map(|f| self.statistics.share(f, slot)).product()
    }
}
