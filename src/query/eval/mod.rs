//! Runs plans: each operator pushes rows into the next, one row of slots for all of them, nothing copied on the way.
//!
//! A row has a weight: it stands for so many equal rows, which is how counting does without making them. Scans and walks
//! are in `walk`, paths in `path`, groups, sorting and DISTINCT in `group`, expressions in `expr`.

use std::cell::{Cell, OnceCell, RefCell};

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::answer::{Answer, Interrupt, Note, Row as AnswerRow, Value};
use super::ast::Seen;
use super::bind::{Prepared, Sentence};
use super::expr::Expr;
use super::ops::{self, Fault};
use super::plan::{Count, Op, Plan, Step};
use super::tables::Tables;
use super::verb::lens::Lens;
use super::{Options, Params};
use crate::diagnostic::Diagnostic;
use crate::graph::FrozenGraph;

mod expr;
mod group;
mod join;
mod path;
mod profile;
mod several;
mod test;
mod walk;

use profile::Profile;

/// A row under way.
pub(super) struct Row {
    slots: Vec<Value>,
    /// How many equal rows it stands for.
    weight: u64,
}

/// Why no more rows are wanted, or possible.
pub(super) enum Halt {
    /// Enough were seen.
    Enough,
    /// The interrupt was set.
    Interrupted,
    /// The time was up.
    Late,
    /// Something could not be computed.
    Fault(Fault),
    /// A step of a sentence found something wrong with it.
    Wrong(Box<Diagnostic>),
}

impl From<Fault> for Halt {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<Diagnostic> for Halt {
    fn from(wrong: Diagnostic) -> Self {
        Self::Wrong(Box::new(wrong))
    }
}

type Flow = Result<(), Halt>;

/// What the steps of a verb sentence do, by their number in the plan.
pub(super) trait Steps {
    /// A row comes to a step: whether it goes on at once. A step that makes other rows of all holds it back.
    ///
    /// # Errors
    /// What is wrong with the sentence.
    fn take(&self, number: usize, slots: &mut [Value]) -> Result<bool, Diagnostic>;

    /// All rows came: the items that the step gives beyond those that went on.
    ///
    /// # Errors
    /// What is wrong with the sentence.
    fn give(&self, number: usize) -> Result<Vec<Value>, Diagnostic>;
}

/// What stopped a flow before its end, where what came before is to be given all the same.
///
/// # Errors
/// What lets nothing be given: a fault, or that enough was seen.
fn stopped(flow: Flow) -> Result<Option<Halt>, Halt> {
    match flow {
        Err(halt @ (Halt::Interrupted | Halt::Late)) => Ok(Some(halt)),
        other => other.map(|()| None),
    }
}

/// How many rows a counted part of a plan has, by what it is asked with.
type Counts = FxHashMap<Box<[u64]>, u64>;
type Sink<'s> = dyn FnMut(&mut Row) -> Flow + 's;

/// A parameter as it is given, and as it is compared.
struct Param<'a> {
    given: &'a Value,
    held: OnceCell<Value>,
}

/// What running needs besides the plan and the row.
pub(super) struct Machine<'a, 'g> {
    graph: &'g FrozenGraph,
    tables: &'a Tables<'g>,
    params: SmallVec<[Param<'a>; 4]>,
    interrupt: &'a Interrupt,
    /// The clock, and when it is too late.
    deadline: Option<(fn() -> u64, u64)>,
    /// Which claims count, where not all do.
    lens: Option<Lens<'g>>,
    world: bool,
    polls: Cell<u32>,
    /// A chain was cut at this many edges, which nobody asked for.
    cut: Cell<Option<u32>>,
    /// Amounts in different units were to be summed.
    mixed: Cell<bool>,
    counts: RefCell<FxHashMap<u32, Counts>>,
    /// Tables of joined plans, by operator.
    joined: RefCell<FxHashMap<u32, std::rc::Rc<join::Table>>>,
    /// Nodes by their name, by the expression that gives it.
    named: RefCell<SmallVec<[(*const Expr, walk::Few); 1]>>,
    profile: Option<Profile>,
    /// What the plan's steps do, where it is a sentence's.
    steps: Option<&'a dyn Steps>,
}

/// Runs a prepared query.
///
/// # Errors
/// A parameter that is not given; something that cannot be computed.
pub(super) fn run(
    prepared: &Prepared,
    tables: &Tables<'_>,
    params: &Params,
    options: &Options,
    interrupt: &Interrupt,
    profile: bool,
) -> Result<Answer, Diagnostic> {
    run_steps(prepared, None, tables, params, options, interrupt, profile)
}

/// As [`run`], for a plan with steps of a sentence.
///
/// # Errors
/// As [`run`]; what is wrong with the sentence.
pub(super) fn run_steps(
    prepared: &Prepared,
    steps: Option<&dyn Steps>,
    tables: &Tables<'_>,
    params: &Params,
    options: &Options,
    interrupt: &Interrupt,
    profile: bool,
) -> Result<Answer, Diagnostic> {
    let mut machine = Machine { steps, ..Machine::new(prepared, tables, params, options, interrupt)? };
    if profile {
        machine.profile = Some(Profile::new(&prepared.plan, options.clock));
    }
    let mut answer = Answer {
        columns: prepared.columns.iter().map(|c| c.0.clone()).collect(),
        notes: prepared.notes.clone(),
        ..Answer::default()
    };
    let mut row = Row { slots: vec![Value::Null; prepared.slots], weight: 1 };
    let flow = machine.run(&prepared.plan, &mut row, &mut |row| {
        for _ in 0..row.weight {
            answer.rows.push(output(prepared, row));
        }
        Ok(())
    });
    match flow {
        Ok(()) | Err(Halt::Enough) => {}
        Err(Halt::Interrupted | Halt::Fault(Fault::Stopped)) => {
            answer.interrupted = true;
            answer.notes.push(Note::Cut("stopped on request; more may exist".to_owned()));
        }
        Err(Halt::Late) => answer.notes.push(Note::Cut("stopped when the time was up; more may exist".to_owned())),
        Err(Halt::Wrong(wrong)) => return Err(*wrong),
        Err(Halt::Fault(fault)) => {
            return Err(Diagnostic::error("Q320", fault.to_string()).at(prepared.span, "while this was computed"));
        }
    }
    if let Some(hops) = machine.cut.get() {
        answer.notes.push(Note::Cut(format!("stopped at {hops} hops; more may exist")));
    }
    if machine.mixed.get() {
        answer.notes.push(Note::Warning(Diagnostic::warning("Q321", "amounts in different units are not summed")));
    }
    if let Some(profile) = &machine.profile {
        answer.text = Some(profile.show(&prepared.plan, tables.graph(), &prepared.names));
    }
    Ok(answer)
}

/// Computes a sentence's expression on values that are given: what `where` asks of what a verb looks at on its way.
pub(super) struct Calculator<'a, 'g> {
    machine: Machine<'a, 'g>,
    expr: Expr,
    row: RefCell<Row>,
}

impl<'a, 'g> Calculator<'a, 'g> {
    /// # Errors
    /// A parameter that is not given.
    pub(super) fn new(
        sentence: &Sentence,
        tables: &'a Tables<'g>,
        params: &'a Params,
        options: &Options,
        interrupt: &'a Interrupt,
    ) -> Result<Self, Diagnostic> {
        let machine = Machine::new(&sentence.prepared, tables, params, options, interrupt)?;
        let row = Row { slots: vec![Value::Null; sentence.prepared.slots], weight: 1 };
        let expr = sentence.exprs.first().map_or(Expr::Const(Value::Null), |e| e.0.clone());
        Ok(Self { machine, expr, row: RefCell::new(row) })
    }

    /// The value, with these in their slots.
    ///
    /// # Errors
    /// What cannot be computed.
    pub(super) fn value(&self, given: impl Iterator<Item = (usize, Value)>) -> Result<Value, Fault> {
        let mut row = self.row.borrow_mut();
        for (slot, value) in given {
            row.slots[slot] = value;
        }
        self.machine.eval(&self.expr, &mut row).map_err(|halt| match halt {
            Halt::Fault(fault) => fault,
            Halt::Enough | Halt::Interrupted | Halt::Late | Halt::Wrong(_) => Fault::Stopped,
        })
    }
}

/// What the query's tail and the options let through; none where that is all there is.
fn lens<'g>(prepared: &Prepared, graph: &'g FrozenGraph, options: &Options) -> Option<Lens<'g>> {
    let Seen { modes, as_of, .. } = &prepared.seen;
    if modes.is_empty() && as_of.is_none() && options.min_confidence == 0 {
        return None;
    }
    let modes: Vec<_> = modes.iter().map(|m| m.value).collect();
    // Whether world data is seen is asked beside it, by pattern.
    let lens = Lens::new(graph).modes(&modes).as_of(as_of.map(|d| d.value));
    Some(lens.min_confidence(options.min_confidence).world(true))
}

fn output(prepared: &Prepared, row: &Row) -> AnswerRow {
    let cells = prepared.columns.iter().map(|c| row.slots[c.1].clone()).collect();
    let mut out = AnswerRow { cells, ..AnswerRow::default() };
    for &slot in &prepared.evidence {
        match &row.slots[slot] {
            Value::Node(n) => out.nodes.push(*n),
            Value::Edge(e) => out.edges.push(*e),
            Value::List(items) => {
                out.edges.extend(items.iter().filter_map(|i| if let Value::Edge(e) = i { Some(*e) } else { None }))
            }
            _ => {}
        }
    }
    out
}

impl<'a, 'g> Machine<'a, 'g> {
    fn new(
        prepared: &Prepared,
        tables: &'a Tables<'g>,
        params: &'a Params,
        options: &Options,
        interrupt: &'a Interrupt,
    ) -> Result<Self, Diagnostic> {
        let graph = tables.graph();
        let mut values = SmallVec::with_capacity(prepared.params.len());
        for (name, span) in &prepared.params {
            let Some(value) = params.get(&**name) else {
                let fault = Diagnostic::error("Q314", format!("the parameter `${name}` is not given")).at(*span, "");
                return Err(fault.hint(format!("--param {name}=VALUE gives it")));
            };
            values.push(Param { given: value, held: OnceCell::new() });
        }
        Ok(Self {
            graph,
            tables,
            params: values,
            interrupt,
            deadline: options.clock.map(|clock| (clock, clock().saturating_add(options.time))),
            lens: lens(prepared, graph, options),
            world: prepared.seen.with_world.is_some(),
            polls: Cell::new(0),
            cut: Cell::new(None),
            mixed: Cell::new(false),
            counts: RefCell::default(),
            joined: RefCell::default(),
            named: RefCell::default(),
            profile: None,
            steps: None,
        })
    }

    /// The value of a parameter. A text that the graph holds compares by number, which is looked up when it is first asked for.
    fn param(&self, at: usize) -> Option<&Value> {
        let Param { given, held } = self.params.get(at)?;
        let find = || match given {
            Value::Text(text) => self.graph.find_string(text).map_or_else(|_| Value::clone(given), Value::Sym),
            _ => Value::clone(given),
        };
        Some(held.get_or_init(find))
    }

    /// Looks at the interrupt and the clock every thousand times.
    #[inline]
    fn poll(&self) -> Flow {
        let polls = self.polls.get().wrapping_add(1);
        self.polls.set(polls);
        if polls.is_multiple_of(1024) { self.look() } else { Ok(()) }
    }

    #[cold]
    fn look(&self) -> Flow {
        if self.interrupt.is_set() {
            return Err(Halt::Interrupted);
        }
        match self.deadline {
            Some((clock, end)) if clock() >= end => Err(Halt::Late),
            _ => Ok(()),
        }
    }

    fn run(&self, plan: &Plan, row: &mut Row, sink: &mut Sink<'_>) -> Flow {
        let Some(profile) = &self.profile else { return self.step(plan, row, sink) };
        let outer = profile.enter(plan.id);
        let flow = self.step(plan, row, &mut |row| {
            profile.row(plan.id, row.weight);
            let inner = profile.enter(outer);
            let flow = sink(row);
            profile.enter(inner);
            flow
        });
        profile.enter(outer);
        flow
    }

    fn input(&self, plan: &Plan, row: &mut Row, sink: &mut Sink<'_>) -> Flow {
        match &plan.input {
            Some(input) => self.run(input, row, sink),
            None => sink(row),
        }
    }

    fn step(&self, plan: &Plan, row: &mut Row, sink: &mut Sink<'_>) -> Flow {
        match &plan.op {
            Op::Start => sink(row),
            // Patterns are taken apart before anything runs.
            Op::Match(_) => Ok(()),
            Op::Scan(scan) => self.input(plan, row, &mut |row| self.scan(scan, row, sink)),
            Op::ScanEdges(scan) => self.input(plan, row, &mut |row| self.scan_edges(scan, row, sink)),
            Op::Expand(expand) => self.input(plan, row, &mut |row| self.expand(expand, row, sink)),
            Op::Chains(chains) => self.input(plan, row, &mut |row| self.chains(chains, row, sink)),
            Op::Search(search) => self.input(plan, row, &mut |row| self.search(search, row, sink)),
            Op::SearchSteps(steps) => self.input(plan, row, &mut |row| self.search_steps(steps, row, sink)),
            Op::Filter(filter) => {
                self.input(plan, row, &mut |row| if self.holds(filter, row)? == Some(true) { sink(row) } else { Ok(()) })
            }
            Op::Compute(items) => self.input(plan, row, &mut |row| {
                for (slot, expr) in items {
                    row.slots[*slot] = self.eval(expr, row)?;
                }
                sink(row)
            }),
            Op::MakePath(path) => self.input(plan, row, &mut |row| {
                self.make_path(path, row);
                sink(row)
            }),
            Op::Meet(meet) => self.input(plan, row, &mut |row| self.meet(meet, row, sink)),
            Op::Count(count) => self.input(plan, row, &mut |row| self.count(plan.id, count, row, sink)),
            Op::Aggregate(group) => self.aggregate(plan, group, row, sink),
            Op::Columns(columns) => self.columns(columns, row, sink),
            Op::Distinct(slots) => self.distinct(plan, slots, row, sink),
            Op::Sort(sort) => self.sort(plan, sort, row, sink),
            Op::Best(best) => self.best(plan, best, row, sink),
            Op::Join(join) => self.input(plan, row, &mut |row| self.join(plan.id, join, row, sink)),
            Op::Skip(skip) => self.skip(plan, skip, row, sink),
            Op::Limit(limit) => self.limit(plan, limit, row, sink),
            Op::Unwind(slot, list) => self.input(plan, row, &mut |row| self.unwind(*slot, list, row, sink)),
            Op::Optional(inner, nulls) => self.input(plan, row, &mut |row| self.optional(inner, nulls, row, sink)),
            Op::Step(step) => self.sentence_step(plan, step, row, sink),
            Op::Union(parts) => parts.iter().try_for_each(|(part, map)| {
                self.run(part, row, &mut |row| {
                    for (from, to) in map {
                        row.slots[*to] = row.slots[*from].clone();
                    }
                    sink(row)
                })
            }),
        }
    }

    fn sentence_step(&self, plan: &Plan, step: &Step, row: &mut Row, sink: &mut Sink<'_>) -> Flow {
        let Some(steps) = self.steps else { return Ok(()) };
        let mut flow = Ok(());
        if plan.input.is_some() {
            flow = self.input(plan, row, &mut |row| {
                self.poll()?;
                if steps.take(step.number, &mut row.slots)? { sink(row) } else { Ok(()) }
            });
        }
        // What came before a stop is right, if not all: it is given.
        let stopped = stopped(flow)?;
        for item in steps.give(step.number)? {
            row.slots[Step::ITEM] = item;
            sink(row)?;
        }
        stopped.map_or(Ok(()), Err)
    }

    fn unwind(&self, slot: usize, list: &Expr, row: &mut Row, sink: &mut Sink<'_>) -> Flow {
        match self.eval(list, row)? {
            Value::Null => Ok(()),
            value => match ops::listed(&value) {
                Some(items) => items.iter().try_for_each(|item| {
                    self.poll()?;
                    row.slots[slot] = item.clone();
                    sink(row)
                }),
                None => {
                    row.slots[slot] = value;
                    sink(row)
                }
            },
        }
    }

    fn optional(&self, inner: &Plan, nulls: &[usize], row: &mut Row, sink: &mut Sink<'_>) -> Flow {
        let mut found = false;
        self.run(inner, row, &mut |row| {
            found = true;
            sink(row)
        })?;
        if found {
            return Ok(());
        }
        nulls.iter().for_each(|&s| row.slots[s] = Value::Null);
        sink(row)
    }

    fn limit(&self, plan: &Plan, limit: &Expr, row: &mut Row, sink: &mut Sink<'_>) -> Flow {
        let most = self.whole(limit, row)?;
        let mut given = 0;
        if most == 0 {
            return Ok(());
        }
        let flow = self.input(plan, row, &mut |row| {
            if given >= most {
                return Err(Halt::Enough);
            }
            given += 1;
            sink(row)?;
            if given >= most { Err(Halt::Enough) } else { Ok(()) }
        });
        if given >= most && matches!(flow, Err(Halt::Enough)) { Ok(()) } else { flow }
    }

    fn skip(&self, plan: &Plan, skip: &Expr, row: &mut Row, sink: &mut Sink<'_>) -> Flow {
        let mut left = self.whole(skip, row)?;
        self.input(plan, row, &mut |row| {
            if left > 0 {
                left -= 1;
                return Ok(());
            }
            sink(row)
        })
    }

    /// A count that SKIP or LIMIT gives.
    fn whole(&self, expr: &Expr, row: &mut Row) -> Result<u64, Halt> {
        match self.eval(expr, row)? {
            Value::Int(n @ 0..) => Ok(n.unsigned_abs()),
            _ => Err(Fault::Argument("SKIP and LIMIT want a whole number, not below zero").into()),
        }
    }

    fn count(&self, id: u32, count: &Count, row: &mut Row, sink: &mut Sink<'_>) -> Flow {
        let mut key = Vec::new();
        if count.keep {
            let mut none = ops::Interner::default();
            count.keys.iter().for_each(|&s| ops::key(&row.slots[s], self.graph, &mut none, &mut key));
            let known = self.counts.borrow().get(&id).and_then(|m| m.get(&key[..]).copied());
            if let Some(known) = known {
                return weigh(row, known, sink);
            }
        }
        let weight = std::mem::replace(&mut row.weight, 1);
        let mut total = 0u64;
        let flow = self.run(&count.plan, row, &mut |row| {
            total = total.saturating_add(row.weight);
            Ok(())
        });
        row.weight = weight;
        flow?;
        if count.keep {
            self.counts.borrow_mut().entry(id).or_default().insert(key.into(), total);
        }
        weigh(row, total, sink)
    }
}

/// Pushes the row as so many times as many.
fn weigh(row: &mut Row, times: u64, sink: &mut Sink<'_>) -> Flow {
    if times == 0 {
        return Ok(());
    }
    let weight = row.weight;
    row.weight = weight.saturating_mul(times);
    let flow = sink(row);
    row.weight = weight;
    flow
}
