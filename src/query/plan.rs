//! What is run: operators over rows of slots, ids in place of names. The binder makes plans with whole patterns in them;
//! `optimise` takes patterns apart into scans and expansions.

use std::fmt;
use std::sync::Arc;

use super::answer::Value;
use super::ast::Direction as Towards;
use super::expr::{Expr, Slot};
use super::functions::Aggregate;
use super::search::Simple;
use crate::graph::Direction;

mod show;

pub use show::Shown;

/// An operator and what feeds it.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What is done.
    pub op: Op,
    /// What rows it is done to; none: one empty row, or the row that the plan is run on.
    pub input: Option<Box<Plan>>,
    /// Its number in the whole plan, for profiles.
    pub id: u32,
}

/// An operator.
#[derive(Debug, Clone)]
pub enum Op {
    /// Gives the row that it is run on.
    Start,
    /// A pattern as bound, not yet taken apart.
    Match(Box<Pattern>),
    /// Each node of a kind.
    Scan(Scan),
    /// Each edge of a kind, with both ends.
    ScanEdges(ScanEdges),
    /// Each edge out of or into a node.
    Expand(Expand),
    /// Each chain of edges from a node.
    Chains(Chains),
    /// The best paths between two nodes.
    Search(Search),
    /// The best paths of several steps between two nodes.
    SearchSteps(Box<SearchSteps>),
    /// Rows for which it holds.
    Filter(Expr),
    /// Computes values into slots.
    Compute(Vec<(Slot, Expr)>),
    /// Puts a path together.
    MakePath(MakePath),
    /// Multiplies the row by how often two nodes meet at a third.
    Meet(Meet),
    /// Multiplies the row by how many rows the plan gives, run on it; drops it at none.
    Count(Count),
    /// One row a group.
    Aggregate(Group),
    /// The groups of a whole edge scan, a type at a time.
    Columns(Columns),
    /// The first of rows that are equal in these slots.
    Distinct(Vec<Slot>),
    /// Sorts.
    Sort(Sort),
    /// Leaves out the first.
    Skip(Expr),
    /// Of each group the best rows.
    Best(Best),
    /// The rows of a plan that have an equal value, found by a table of them.
    Join(Join),
    /// No more than these.
    Limit(Expr),
    /// Each item of a list.
    Unwind(Slot, Expr),
    /// The rows of the plan, run on each row; where there is none, the row with nulls.
    Optional(Box<Plan>, Vec<Slot>),
    /// A step of a verb sentence.
    Step(Step),
    /// The rows of several plans: each with the slots that hold the columns, copied to the slots given.
    Union(Vec<(Plan, Vec<(Slot, Slot)>)>),
}

/// A pattern: nodes, what leads from one to the other, and what must hold.
#[derive(Debug, Clone, Default)]
pub struct Pattern {
    /// The nodes.
    pub nodes: Vec<NodePart>,
    /// The edges and chains.
    pub edges: Vec<EdgePart>,
    /// The paths that have a variable.
    pub paths: Vec<MakePath>,
    /// Conditions, all of which must hold.
    pub filters: Vec<Expr>,
    /// Which of the paths of several steps are kept.
    pub bests: Vec<Best>,
    /// The slots that were set before.
    pub bound: Vec<Slot>,
    /// It gives the row with nulls in these where nothing matches.
    pub optional: Option<Vec<Slot>>,
}

/// A node of a pattern.
#[derive(Debug, Clone)]
pub struct NodePart {
    /// Where it is put.
    pub slot: Slot,
    /// Its types, ascending; any at all if none.
    pub kinds: Option<Vec<u16>>,
    /// Nodes of world data too.
    pub world: bool,
}

/// An edge of a pattern, or a chain of them.
#[derive(Debug, Clone)]
pub struct EdgePart {
    /// Where the edge is put; for a chain, the list of edges.
    pub slot: Slot,
    /// Index of the node on its left.
    pub left: usize,
    /// Index of the node on its right.
    pub right: usize,
    /// Which way, from left to right.
    pub towards: Towards,
    /// Its types, ascending.
    pub kinds: Vec<u16>,
    /// What is seen.
    pub sight: Sight,
    /// How long a chain is; none: one edge.
    pub chain: Option<Chain>,
}

/// Which edges are seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Sight {
    /// Denied ones too.
    pub denied: bool,
    /// World data too.
    pub world: bool,
}

/// How a chain runs.
#[derive(Debug, Clone)]
pub struct Chain {
    /// At least so many edges.
    pub least: u32,
    /// At most.
    pub most: Option<u32>,
    /// What may not repeat.
    pub simple: Simple,
    /// Where each edge is put while `filter` is asked.
    pub each: Slot,
    /// What holds for each edge.
    pub filter: Option<Expr>,
    /// What holds for each node, both ends included, and where the node is put while it is asked.
    pub nodes: Vec<(Slot, Expr)>,
    /// Which chains are kept.
    pub select: Option<Select>,
    /// The most edges were said by nobody: it is told if they cut something.
    pub capped: bool,
}

/// Which chains are kept, for each pair of ends.
#[derive(Debug, Clone)]
pub struct Select {
    /// So many; none: all that are as good as the best.
    pub most: Option<u64>,
    /// The attribute that is summed; none: hops.
    pub by: Option<Weight>,
    /// Conditions on a whole path, asked before it is counted.
    pub accept: Vec<Expr>,
    /// What the path is put into while `accept` is asked, if it has a variable.
    pub path: Option<Slot>,
}

/// What is summed along a path.
#[derive(Debug, Clone)]
pub struct Weight {
    /// The attribute, if the graph has it.
    pub attribute: Option<u16>,
}

/// Where the nodes of a scan come from.
#[derive(Debug, Clone)]
pub enum From {
    /// All nodes, or all of the kinds.
    Kinds(Option<Vec<u16>>),
    /// Those with this name; of these kinds.
    Named(Expr, Option<Vec<u16>>),
    /// The one with this id; of these kinds.
    Id(Expr, Option<Vec<u16>>),
}

/// Puts each node into a slot.
#[derive(Debug, Clone)]
pub struct Scan {
    /// Where.
    pub slot: Slot,
    /// Which.
    pub from: From,
    /// Nodes of world data too.
    pub world: bool,
}

/// Puts each edge and its ends into slots.
#[derive(Debug, Clone)]
pub struct ScanEdges {
    /// The edge.
    pub edge: Slot,
    /// Its source.
    pub source: Slot,
    /// Its target.
    pub target: Slot,
    /// Of which types.
    pub kinds: Vec<u16>,
    /// What is seen.
    pub sight: Sight,
    /// Each edge both ways.
    pub either: bool,
    /// The types of the source, where it matters.
    pub source_kinds: Option<Vec<u16>>,
    /// The types of the target, where it matters.
    pub target_kinds: Option<Vec<u16>>,
    /// Edges that it must differ from.
    pub differ: Vec<Slot>,
    /// Conditions on the edge's own attributes: each compares one with what is fixed.
    pub tests: Vec<Expr>,
}

/// Follows each edge of a node.
#[derive(Debug, Clone)]
pub struct Expand {
    /// The node.
    pub from: Slot,
    /// Where the edge is put.
    pub edge: Slot,
    /// Where the node at the other end is put, or is already.
    pub to: Slot,
    /// The node at the other end is known: only edges to it.
    pub into: bool,
    /// Which way.
    pub towards: Towards,
    /// Of which types.
    pub kinds: Vec<u16>,
    /// What is seen.
    pub sight: Sight,
    /// The types of the node at the other end, where it matters.
    pub to_kinds: Option<Vec<u16>>,
    /// Edges, or lists of edges, that it must differ from.
    pub differ: Vec<Slot>,
    /// Conditions on the edge's own attributes: each compares one with what is fixed.
    pub tests: Vec<Expr>,
    /// Nobody asks for the edge's slot or the other end's: how many there are is enough.
    pub tally: bool,
}

/// Follows each chain of edges of a node.
#[derive(Debug, Clone)]
pub struct Chains {
    /// The node.
    pub from: Slot,
    /// Where the list of edges is put.
    pub edges: Slot,
    /// Where the last node is put, or is already.
    pub to: Slot,
    /// The last node is known.
    pub into: bool,
    /// Which way.
    pub towards: Towards,
    /// Of which types.
    pub kinds: Vec<u16>,
    /// What is seen.
    pub sight: Sight,
    /// How the chain runs.
    pub chain: Chain,
    /// The types of the last node, where it matters.
    pub to_kinds: Option<Vec<u16>>,
    /// Edges, or lists of edges, that it must differ from.
    pub differ: Vec<Slot>,
    /// `from` is the right end: the list is turned round.
    pub reversed: bool,
    /// Chains that cannot reach the last node are not followed.
    pub guided: bool,
}

/// Finds the best paths of several steps between two nodes that are known.
#[derive(Debug, Clone)]
pub struct SearchSteps {
    /// Where they start.
    pub from: Slot,
    /// Where they end.
    pub to: Slot,
    /// The steps, in order; the first has an edge at least.
    pub legs: Vec<Leg>,
    /// What may not repeat on the whole path.
    pub simple: Simple,
    /// So many; none: all that are as short as the shortest.
    pub most: Option<u64>,
    /// The attribute that is summed; none: hops.
    pub by: Option<Weight>,
    /// The paths that have a variable.
    pub paths: Vec<MakePath>,
    /// Conditions on a whole path, asked before it is counted.
    pub accept: Vec<Expr>,
}

/// A step of such a path: an edge, or a chain of them.
#[derive(Debug, Clone)]
pub struct Leg {
    /// Where the edge, or the list of edges, is put.
    pub edges: Slot,
    /// Where the node at its end is put.
    pub to: Slot,
    /// The types of that node, where it matters.
    pub to_kinds: Option<Vec<u16>>,
    /// Which way.
    pub towards: Towards,
    /// Of which types.
    pub kinds: Vec<u16>,
    /// What is seen.
    pub sight: Sight,
    /// How a chain runs.
    pub chain: Option<Chain>,
    /// What holds for the edge.
    pub edge_tests: Vec<Expr>,
    /// What holds for the node at its end.
    pub node_tests: Vec<Expr>,
}

/// Finds the best paths between two nodes that are known.
#[derive(Debug, Clone)]
pub struct Search {
    /// Where it starts.
    pub from: Slot,
    /// Where it ends.
    pub to: Slot,
    /// Where the list of edges is put.
    pub edges: Slot,
    /// Which way.
    pub towards: Towards,
    /// Of which types.
    pub kinds: Vec<u16>,
    /// What is seen.
    pub sight: Sight,
    /// How the chain runs.
    pub chain: Chain,
}

/// A step of a verb sentence that no other operator does. What it does belongs to the verb (`verb::outline`): it sees the
/// slot [`Step::ITEM`] of rows that come in, keeps some, holds all back to make others of them, or adds some.
#[derive(Debug, Clone)]
pub struct Step {
    /// Which of the sentence's steps it is.
    pub number: usize,
    /// What it does, as `explain` says it.
    pub text: Arc<str>,
}

impl Step {
    /// Where what a row of a sentence is about is put: a node, or the number of something that the sentence holds.
    pub const ITEM: Slot = 0;
}

/// A path from its parts.
#[derive(Debug, Clone)]
pub struct MakePath {
    /// Where it is put.
    pub slot: Slot,
    /// The first node.
    pub start: Slot,
    /// Edges and lists of edges, in order.
    pub parts: Vec<Slot>,
}

/// How many pairs of edges lead from two known nodes to one third node.
#[derive(Debug, Clone)]
pub struct Meet {
    /// The two nodes, each with the way and the type of its edges.
    pub ends: [(Slot, Direction, u16); 2],
    /// What is seen.
    pub sight: Sight,
    /// The types of the third, where it matters.
    pub kinds: Option<Vec<u16>>,
}

/// How many rows a plan gives.
#[derive(Debug, Clone)]
pub struct Count {
    /// The plan.
    pub plan: Box<Plan>,
    /// What it depends on.
    pub keys: Vec<Slot>,
    /// Its answers are kept, by the keys.
    pub keep: bool,
}

/// How rows are grouped.
#[derive(Debug, Clone)]
pub struct Group {
    /// What makes a group, and where it is put.
    pub keys: Vec<(Slot, Expr)>,
    /// What is computed over each group.
    pub values: Vec<Summary>,
}

/// An aggregate.
#[derive(Debug, Clone)]
pub struct Summary {
    /// Where it is put.
    pub slot: Slot,
    /// Which.
    pub of: Aggregate,
    /// Over what; none: `count(*)`.
    pub expr: Option<Expr>,
    /// Each value once.
    pub distinct: bool,
}

/// An edge scan with its groups: by type of edge, or all in one.
#[derive(Debug, Clone)]
pub struct Columns {
    /// The scan.
    pub scan: ScanEdges,
    /// Where the type's name is put; none: one group.
    pub key: Option<Slot>,
    /// (slot, aggregate, attribute); no attribute counts the edges.
    pub values: Vec<(Slot, Aggregate, Option<u16>)>,
}

/// Which rows of a group are kept: the paths of several steps that a selector asks for.
#[derive(Debug, Clone)]
pub struct Best {
    /// What makes a group: the ends of the path, and what else is bound.
    pub group: Vec<Slot>,
    /// The edges and lists of edges along the path, in order.
    pub parts: Vec<Slot>,
    /// So many; none: all that are as short as the shortest.
    pub most: Option<u64>,
    /// The attribute that is summed; none: hops.
    pub by: Option<Weight>,
    /// The slots that matter afterwards.
    pub keep: Vec<Slot>,
}

/// A plan that depends on nothing, met by an equal value: it runs once.
#[derive(Debug, Clone)]
pub struct Join {
    /// The plan.
    pub plan: Box<Plan>,
    /// What it is met by, on each of its rows.
    pub theirs: Expr,
    /// What meets it, on each row.
    pub ours: Expr,
    /// The slots that it sets.
    pub keep: Vec<Slot>,
}

/// How rows are sorted.
#[derive(Debug, Clone)]
pub struct Sort {
    /// (by what, descending).
    pub keys: Vec<(Expr, bool)>,
    /// No more than so many are wanted.
    pub first: Option<Expr>,
    /// The slots that matter afterwards.
    pub keep: Vec<Slot>,
}

impl Plan {
    /// One row.
    #[must_use]
    pub fn start() -> Self {
        Self { op: Op::Start, input: None, id: 0 }
    }

    /// `op` after this.
    #[must_use]
    pub fn then(self, op: Op) -> Self {
        Self { op, input: Some(Box::new(self)), id: 0 }
    }

    /// Numbers the operators, plans within them included; `next` is the first free number.
    pub fn number(&mut self, next: &mut u32) {
        self.id = *next;
        *next += 1;
        if let Some(input) = &mut self.input {
            input.number(next);
        }
        self.op.plans_mut(&mut |plan| plan.number(next));
    }

    /// Rewrites from the start on: `each` sees a plan whose input is done.
    #[must_use]
    pub fn rewrite(mut self, each: &mut dyn FnMut(Self) -> Self) -> Self {
        if let Some(input) = self.input.take() {
            self.input = Some(Box::new(input.rewrite(each)));
        }
        self.op.plans_mut(&mut |plan| {
            let inner = std::mem::replace(plan, Self::start());
            *plan = inner.rewrite(each);
        });
        each(self)
    }

    /// Calls `each` with every slot that some operator reads.
    pub fn slots_read(&self, each: &mut dyn FnMut(Slot)) {
        if let Some(input) = &self.input {
            input.slots_read(each);
        }
        self.op.slots_read(each);
    }

    /// Calls `each` with every slot that some operator sets.
    pub fn slots_set(&self, each: &mut dyn FnMut(Slot)) {
        if let Some(input) = &self.input {
            input.slots_set(each);
        }
        self.op.slots_set(each);
    }
}

impl Op {
    /// The plans within it, to change them.
    pub fn plans_mut(&mut self, each: &mut dyn FnMut(&mut Plan)) {
        self.exprs_mut(&mut |e| e.plans_mut(each));
        match self {
            Self::Optional(plan, _) => each(plan),
            Self::Count(count) => each(&mut count.plan),
            Self::Join(join) => each(&mut join.plan),
            Self::Union(parts) => parts.iter_mut().for_each(|p| each(&mut p.0)),
            _ => {}
        }
    }

    /// The plans within it, expressions' left out.
    pub fn plans(&self, each: &mut dyn FnMut(&Plan)) {
        match self {
            Self::Optional(plan, _) => each(plan),
            Self::Count(count) => each(&count.plan),
            Self::Join(join) => each(&join.plan),
            Self::Union(parts) => parts.iter().for_each(|p| each(&p.0)),
            _ => {}
        }
    }

    /// Its expressions, to change them.
    pub fn exprs_mut(&mut self, each: &mut dyn FnMut(&mut Expr)) {
        match self {
            Self::Match(pattern) => {
                pattern.filters.iter_mut().for_each(&mut *each);
                pattern.edges.iter_mut().filter_map(|e| e.chain.as_mut()).for_each(|c| c.exprs_mut(each));
            }
            Self::Scan(Scan { from: From::Named(expr, _) | From::Id(expr, _), .. }) => each(expr),
            Self::ScanEdges(ScanEdges { tests, .. }) | Self::Expand(Expand { tests, .. }) => tests.iter_mut().for_each(each),
            Self::Chains(Chains { chain, .. }) | Self::Search(Search { chain, .. }) => chain.exprs_mut(each),
            Self::SearchSteps(steps) => {
                for leg in &mut steps.legs {
                    leg.chain.iter_mut().for_each(|c| c.exprs_mut(each));
                    leg.edge_tests.iter_mut().chain(&mut leg.node_tests).for_each(&mut *each);
                }
                steps.accept.iter_mut().for_each(each);
            }
            Self::Filter(e) | Self::Skip(e) | Self::Limit(e) | Self::Unwind(_, e) => each(e),
            Self::Join(join) => [&mut join.theirs, &mut join.ours].into_iter().for_each(each),
            Self::Compute(items) => items.iter_mut().for_each(|i| each(&mut i.1)),
            Self::Aggregate(group) => {
                group.keys.iter_mut().for_each(|k| each(&mut k.1));
                group.values.iter_mut().filter_map(|v| v.expr.as_mut()).for_each(each);
            }
            Self::Sort(sort) => {
                sort.keys.iter_mut().for_each(|k| each(&mut k.0));
                sort.first.iter_mut().for_each(each);
            }
            _ => {}
        }
    }

    /// Its expressions.
    pub fn exprs(&self, each: &mut dyn FnMut(&Expr)) {
        match self {
            Self::Match(pattern) => {
                pattern.filters.iter().for_each(&mut *each);
                pattern.edges.iter().filter_map(|e| e.chain.as_ref()).for_each(|c| c.exprs(each));
            }
            Self::Scan(Scan { from: From::Named(expr, _) | From::Id(expr, _), .. }) => each(expr),
            Self::ScanEdges(ScanEdges { tests, .. }) | Self::Expand(Expand { tests, .. }) => tests.iter().for_each(each),
            Self::Chains(Chains { chain, .. }) | Self::Search(Search { chain, .. }) => chain.exprs(each),
            Self::SearchSteps(steps) => {
                for leg in &steps.legs {
                    leg.chain.iter().for_each(|c| c.exprs(each));
                    leg.edge_tests.iter().chain(&leg.node_tests).for_each(&mut *each);
                }
                steps.accept.iter().for_each(each);
            }
            Self::Filter(e) | Self::Skip(e) | Self::Limit(e) | Self::Unwind(_, e) => each(e),
            Self::Join(join) => [&join.theirs, &join.ours].into_iter().for_each(each),
            Self::Compute(items) => items.iter().for_each(|i| each(&i.1)),
            Self::Aggregate(group) => {
                group.keys.iter().for_each(|k| each(&k.1));
                group.values.iter().filter_map(|v| v.expr.as_ref()).for_each(each);
            }
            Self::Sort(sort) => {
                sort.keys.iter().for_each(|k| each(&k.0));
                sort.first.iter().for_each(each);
            }
            _ => {}
        }
    }

    /// Calls `each` with every slot that it reads.
    pub fn slots_read(&self, each: &mut dyn FnMut(Slot)) {
        self.exprs(&mut |e| e.slots(each));
        self.plans(&mut |p| p.slots_read(each));
        match self {
            Self::Match(pattern) => {
                pattern.nodes.iter().for_each(|n| each(n.slot));
                pattern.edges.iter().for_each(|e| each(e.slot));
                pattern.paths.iter().for_each(|p| p.parts.iter().for_each(|s| each(*s)));
                pattern.bests.iter().flat_map(|b| &b.keep).for_each(|s| each(*s));
            }
            Self::ScanEdges(scan) => scan.differ.iter().for_each(|s| each(*s)),
            Self::Expand(expand) => {
                each(expand.from);
                expand.differ.iter().chain(expand.into.then_some(&expand.to)).for_each(|s| each(*s));
            }
            Self::Chains(chains) => {
                each(chains.from);
                chains.differ.iter().chain(chains.into.then_some(&chains.to)).for_each(|s| each(*s));
            }
            Self::Search(search) => [search.from, search.to].into_iter().for_each(each),
            Self::SearchSteps(steps) => [steps.from, steps.to].into_iter().for_each(each),
            Self::Meet(meet) => meet.ends.iter().for_each(|e| each(e.0)),
            Self::MakePath(path) => [path.start].into_iter().chain(path.parts.iter().copied()).for_each(each),
            Self::Count(count) => count.keys.iter().for_each(|s| each(*s)),
            Self::Distinct(slots) => slots.iter().for_each(|s| each(*s)),
            Self::Sort(sort) => sort.keep.iter().for_each(|s| each(*s)),
            Self::Best(best) => best.group.iter().chain(&best.parts).chain(&best.keep).for_each(|s| each(*s)),
            Self::Join(join) => join.keep.iter().for_each(|s| each(*s)),
            Self::Union(parts) => parts.iter().for_each(|p| p.1.iter().for_each(|(from, _)| each(*from))),
            _ => {}
        }
    }

    /// Calls `each` with every slot that it sets.
    pub fn slots_set(&self, each: &mut dyn FnMut(Slot)) {
        self.plans(&mut |p| p.slots_set(each));
        match self {
            Self::Match(pattern) => {
                let slots = pattern.nodes.iter().map(|n| n.slot).chain(pattern.edges.iter().map(|e| e.slot));
                slots.chain(pattern.paths.iter().map(|p| p.slot)).filter(|s| !pattern.bound.contains(s)).for_each(&mut *each);
                pattern.edges.iter().filter_map(|e| e.chain.as_ref()).for_each(|c| each(c.each));
            }
            Self::Scan(scan) => each(scan.slot),
            Self::ScanEdges(scan) => [scan.edge, scan.source, scan.target].into_iter().for_each(each),
            Self::Expand(expand) => {
                each(expand.edge);
                if !expand.into {
                    each(expand.to);
                }
            }
            Self::Chains(chains) => {
                [chains.edges, chains.chain.each].into_iter().for_each(&mut *each);
                if !chains.into {
                    each(chains.to);
                }
            }
            Self::Search(search) => [search.edges, search.chain.each].into_iter().for_each(each),
            Self::SearchSteps(steps) => {
                for leg in &steps.legs {
                    [leg.edges, leg.to].into_iter().filter(|s| *s != steps.to).for_each(&mut *each);
                    leg.chain.iter().for_each(|c| each(c.each));
                }
                steps.paths.iter().for_each(|p| each(p.slot));
            }
            Self::Compute(items) => items.iter().for_each(|i| each(i.0)),
            Self::MakePath(path) => each(path.slot),
            Self::Aggregate(group) => {
                // A key that stays where it is, is read and not set.
                let keys = group.keys.iter().filter(|(slot, key)| !matches!(key, Expr::Slot(s) if s == slot)).map(|k| k.0);
                keys.chain(group.values.iter().map(|v| v.slot)).for_each(each);
            }
            Self::Columns(columns) => columns.key.iter().copied().chain(columns.values.iter().map(|v| v.0)).for_each(each),
            Self::Unwind(slot, _) => each(*slot),
            Self::Optional(_, nulls) => nulls.iter().for_each(|s| each(*s)),
            Self::Union(parts) => parts.iter().for_each(|p| p.1.iter().for_each(|(_, to)| each(*to))),
            _ => {}
        }
    }
}

impl Chain {
    fn exprs(&self, each: &mut dyn FnMut(&Expr)) {
        self.filter.iter().chain(self.nodes.iter().map(|n| &n.1)).for_each(&mut *each);
        if let Some(select) = &self.select {
            select.accept.iter().for_each(each);
        }
    }

    fn exprs_mut(&mut self, each: &mut dyn FnMut(&mut Expr)) {
        self.filter.iter_mut().chain(self.nodes.iter_mut().map(|n| &mut n.1)).for_each(&mut *each);
        if let Some(select) = &mut self.select {
            select.accept.iter_mut().for_each(each);
        }
    }
}

impl fmt::Display for Value {
    /// For plans: texts of the graph as their numbers.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(b) => write!(f, "{b}"),
            Self::Int(i) => write!(f, "{i}"),
            Self::Float(x) => f.write_str(&super::ops::float(*x)),
            Self::Text(t) => write!(f, "'{t}'"),
            Self::Sym(s) => write!(f, "#{s}"),
            Self::Quantity(q) => write!(f, "'{}'", q.text),
            Self::List(items) => {
                f.write_str("[")?;
                for (i, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if i > 0 { ", " } else { "" })?;
                }
                f.write_str("]")
            }
            Self::Map(items) => {
                f.write_str("{")?;
                for (i, (name, item)) in items.iter().enumerate() {
                    write!(f, "{}{name}: {item}", if i > 0 { ", " } else { "" })?;
                }
                f.write_str("}")
            }
            Self::Node(n) => write!(f, "(#{n})"),
            Self::Edge(e) => write!(f, "[#{e}]"),
            Self::Route(r) => write!(f, "path of {}", r.steps.len()),
            Self::Evidence(c) => write!(f, "{} claims", c.len()),
        }
    }
}
