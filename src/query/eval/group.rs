//! What looks at all rows: groups, DISTINCT, sorting.

use std::cmp::Ordering;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Flow, Halt, Machine, Row, Sink, stopped};
use crate::graph::ColumnValues;
use crate::query::answer::Value;
use crate::query::functions::Aggregate;
use crate::query::ops::{self, Fault, Interner, kind};
use crate::query::plan::{Columns, Group, Plan, Sort, Summary};

/// What an aggregate has seen of a group.
#[derive(Clone, Default)]
struct Seen {
    count: u64,
    whole: i128,
    number: f64,
    /// Some value was no whole number.
    real: bool,
    /// Amounts were in different units.
    mixed: bool,
    best: Option<Value>,
    /// What only few aggregates need: most groups stay small.
    more: Option<Box<More>>,
}

#[derive(Clone, Default)]
struct More {
    /// The unit of the amounts so far.
    unit: Option<Arc<str>>,
    list: Vec<Value>,
    distinct: FxHashSet<Box<[u64]>>,
}

impl Seen {
    fn more(&mut self) -> &mut More {
        self.more.get_or_insert_default()
    }
}

/// Numbers for keys, from 0 on. Most keys are one word, and need no memory of their own.
#[derive(Default)]
pub(super) struct Keys {
    words: FxHashMap<u64, usize>,
    others: FxHashMap<Box<[u64]>, usize>,
}

/// How many groups there is room for from the start: growing costs more than that.
const ROOM: usize = 64;

impl Keys {
    /// With room for some.
    fn roomy() -> Self {
        Self { words: FxHashMap::with_capacity_and_hasher(ROOM, rustc_hash::FxBuildHasher), others: FxHashMap::default() }
    }

    fn len(&self) -> usize {
        self.words.len() + self.others.len()
    }

    /// The key's number, and whether it is new.
    pub(super) fn number(&mut self, key: &[u64]) -> (usize, bool) {
        let next = self.len();
        let known = match key {
            [word] => *self.words.entry(*word).or_insert(next),
            _ => match self.others.get(key) {
                Some(&known) => known,
                None => {
                    self.others.insert(key.into(), next);
                    next
                }
            },
        };
        (known, known == next)
    }
}

impl Machine<'_, '_> {
    pub(super) fn aggregate(&self, plan: &Plan, group: &Group, row: &mut Row, sink: &mut Sink<'_>) -> Flow {
        let width = group.values.len();
        let many = !group.keys.is_empty();
        let mut groups = if many { Keys::roomy() } else { Keys::default() };
        let mut seen: Vec<Seen> = Vec::with_capacity(if many { ROOM * width } else { width });
        let mut keys: Vec<Value> = Vec::with_capacity(if many { ROOM * group.keys.len() } else { 0 });
        let (mut other, mut key) = (Interner::default(), Vec::new());
        let flow = self.input(plan, row, &mut |row| {
            key.clear();
            let first = keys.len();
            for (_, expr) in &group.keys {
                let value = self.eval(expr, row)?;
                ops::key(&value, self.graph, &mut other, &mut key);
                keys.push(value);
            }
            let (at, fresh) = groups.number(&key);
            if fresh {
                seen.resize_with(seen.len() + width, Seen::default);
            } else {
                keys.truncate(first);
            }
            for (summary, seen) in group.values.iter().zip(&mut seen[at * width..]) {
                self.see(summary, seen, &mut other, row)?;
            }
            Ok(())
        });
        // What was counted before a stop is not all: it would be wrong.
        flow?;
        if group.keys.is_empty() && groups.len() == 0 {
            seen.resize_with(width, Seen::default);
            groups.number(&[]);
        }
        let mut keys = keys.into_iter();
        for at in 0..groups.len() {
            for (slot, _) in &group.keys {
                row.slots[*slot] = keys.next().unwrap_or_default();
            }
            for (summary, seen) in group.values.iter().zip(&mut seen[at * width..]) {
                row.slots[summary.slot] = self.result(summary.of, std::mem::take(seen))?;
            }
            row.weight = 1;
            sink(row)?;
        }
        Ok(())
    }

    fn see(&self, summary: &Summary, seen: &mut Seen, other: &mut Interner, row: &mut Row) -> Flow {
        let Some(expr) = &summary.expr else {
            seen.count = seen.count.saturating_add(row.weight);
            return Ok(());
        };
        let value = self.eval(expr, row)?;
        if value.is_null() {
            return Ok(());
        }
        let mut weight = row.weight;
        if summary.distinct {
            let mut key = Vec::new();
            ops::key(&value, self.graph, other, &mut key);
            if !seen.more().distinct.insert(key.into()) {
                return Ok(());
            }
            weight = 1;
        }
        seen.count = seen.count.saturating_add(weight);
        match summary.of {
            Aggregate::Count => {}
            Aggregate::Sum | Aggregate::Avg => sum(seen, &value, weight, summary.of)?,
            Aggregate::Min | Aggregate::Max => {
                let wanted = if summary.of == Aggregate::Min { Ordering::Less } else { Ordering::Greater };
                if seen.best.as_ref().is_none_or(|best| value.order(best, self.graph) == wanted) {
                    seen.best = Some(value);
                }
            }
            Aggregate::Collect => {
                seen.more().list.extend(std::iter::repeat_n(value, usize::try_from(weight).unwrap_or(usize::MAX)));
            }
        }
        Ok(())
    }

    fn result(&self, of: Aggregate, seen: Seen) -> Result<Value, Halt> {
        if seen.mixed {
            self.mixed.set(true);
            return Ok(Value::Null);
        }
        let total = || seen.number + seen.whole as f64;
        Ok(match of {
            Aggregate::Count => Value::Int(i64::try_from(seen.count).unwrap_or(i64::MAX)),
            Aggregate::Sum if seen.real => Value::Float(total()),
            Aggregate::Sum => Value::Int(i64::try_from(seen.whole).map_err(|_| Fault::Overflow)?),
            Aggregate::Avg if seen.count == 0 => Value::Null,
            Aggregate::Avg => Value::Float(total() / seen.count as f64),
            Aggregate::Min | Aggregate::Max => seen.best.unwrap_or_default(),
            Aggregate::Collect => Value::List(seen.more.map_or_else(Vec::new, |m| m.list).into()),
        })
    }

    /// Groups of a whole edge scan: counts from ranges, sums from columns.
    pub(super) fn columns(&self, columns: &Columns, row: &mut Row, sink: &mut Sink<'_>) -> Flow {
        let width = columns.values.len();
        let mut all = vec![Seen::default(); width];
        for &kind in &columns.scan.kinds {
            self.look()?;
            let mut edges = self.graph.edges_of_type(kind);
            let gate = self.gate(kind, columns.scan.sight);
            let passes = |edge: u32| gate.is_open() || self.passes(gate, edge);
            if edges.is_empty() || (!gate.is_open() && !edges.any(passes)) {
                continue;
            }
            let mut seen = if columns.key.is_some() { vec![Seen::default(); width] } else { std::mem::take(&mut all) };
            for ((_, of, attribute), seen) in columns.values.iter().zip(&mut seen) {
                self.column(kind, *of, *attribute, &passes, gate.is_open(), seen)?;
            }
            match columns.key {
                Some(slot) => {
                    let name = self.graph.edge_type_name(kind);
                    row.slots[slot] = self.graph.find_string(name).map_or_else(|_| Value::text(name), Value::Sym);
                    self.push_columns(columns, seen, row, sink)?;
                }
                None => all = seen,
            }
        }
        if columns.key.is_none() { self.push_columns(columns, all, row, sink) } else { Ok(()) }
    }

    fn push_columns(&self, columns: &Columns, seen: Vec<Seen>, row: &mut Row, sink: &mut Sink<'_>) -> Flow {
        for ((slot, of, _), seen) in columns.values.iter().zip(seen) {
            row.slots[*slot] = self.result(*of, seen)?;
        }
        row.weight = 1;
        sink(row)
    }

    fn column(
        &self,
        kind: u16,
        of: Aggregate,
        attribute: Option<u16>,
        passes: &dyn Fn(u32) -> bool,
        open: bool,
        seen: &mut Seen,
    ) -> Flow {
        let edges = self.graph.edges_of_type(kind);
        let Some(attribute) = attribute else {
            seen.count += if open { edges.len() as u64 } else { edges.filter(|&e| passes(e)).count() as u64 };
            return Ok(());
        };
        let Some(column) = self.tables.edge_column(kind, attribute) else { return Ok(()) };
        if let (ColumnValues::Int(values), true, true) = (column.values, column.is_full(), open) {
            let start = edges.start.saturating_sub(column.first()) as usize;
            let values = values.get(start..start + edges.len()).unwrap_or_default();
            seen.count += values.len() as u64;
            match of {
                Aggregate::Min | Aggregate::Max => {
                    let found = if of == Aggregate::Min { values.iter().min() } else { values.iter().max() };
                    seen.best = self.better(of, seen.best.take(), found.map(|&i| Value::Int(i)));
                }
                _ => seen.whole += add_all(values),
            }
            return Ok(());
        }
        for edge in edges.filter(|&e| open || passes(e)) {
            let Some(value) = column.get(edge).map(ops::cell) else { continue };
            seen.count += 1;
            match of {
                Aggregate::Min | Aggregate::Max => seen.best = self.better(of, seen.best.take(), Some(value)),
                Aggregate::Sum | Aggregate::Avg => sum(seen, &value, 1, of)?,
                Aggregate::Count | Aggregate::Collect => {}
            }
        }
        Ok(())
    }

    fn better(&self, of: Aggregate, a: Option<Value>, b: Option<Value>) -> Option<Value> {
        match (a, b) {
            (Some(a), Some(b)) => {
                let wanted = if of == Aggregate::Min { Ordering::Less } else { Ordering::Greater };
                Some(if b.order(&a, self.graph) == wanted { b } else { a })
            }
            (a, b) => a.or(b),
        }
    }

    pub(super) fn distinct(&self, plan: &Plan, slots: &[usize], row: &mut Row, sink: &mut Sink<'_>) -> Flow {
        let mut seen = Keys::default();
        let (mut other, mut key) = (Interner::default(), Vec::new());
        self.input(plan, row, &mut |row| {
            key.clear();
            slots.iter().for_each(|&s| ops::key(&row.slots[s], self.graph, &mut other, &mut key));
            if !seen.number(&key).1 {
                return Ok(());
            }
            row.weight = 1;
            sink(row)
        })
    }

    pub(super) fn sort(&self, plan: &Plan, sort: &Sort, row: &mut Row, sink: &mut Sink<'_>) -> Flow {
        let first = match &sort.first {
            Some(first) => Some(usize::try_from(self.whole(first, row)?).unwrap_or(usize::MAX)),
            None => None,
        };
        let mut rows = Rows { keys: Vec::new(), kept: Vec::new(), weights: Vec::new(), width: sort.keys.len() };
        let mut limit = Limit { first, worst: None, next: first.unwrap_or(0) };
        let flow = self.input(plan, row, &mut |row| {
            for (expr, _) in &sort.keys {
                rows.keys.push(self.eval(expr, row)?);
            }
            if self.is_beyond(sort, &mut rows, &mut limit) {
                return Ok(());
            }
            rows.kept.extend(sort.keep.iter().map(|&s| row.slots[s].clone()));
            rows.weights.push(row.weight);
            Ok(())
        });
        // What came before a stop is sorted and given: it is right, if not all.
        let stopped = stopped(flow)?;
        let mut order: Vec<u32> = (0..rows.weights.len() as u32).collect();
        let by = |a: &u32, b: &u32| self.before(sort, &rows, *a, *b);
        if let Some(first) = first.filter(|&f| f < order.len()) {
            if first > 0 {
                order.select_nth_unstable_by(first - 1, by);
            }
            order.truncate(first);
        }
        order.sort_unstable_by(by);
        let width = sort.keep.len();
        for at in order {
            let start = at as usize * width;
            for (slot, value) in sort.keep.iter().zip(&mut rows.kept[start..start + width]) {
                row.slots[*slot] = std::mem::take(value);
            }
            row.weight = rows.weights[at as usize];
            sink(row)?;
        }
        stopped.map_or(Ok(()), Err)
    }

    /// Whether enough rows come before the one whose keys were pushed last: those are taken off again.
    fn is_beyond(&self, sort: &Sort, rows: &mut Rows, limit: &mut Limit) -> bool {
        let Some(first) = limit.first.filter(|&f| f > 0) else { return false };
        let count = rows.weights.len();
        if count >= first && count >= limit.next {
            let mut order: Vec<u32> = (0..count as u32).collect();
            order.select_nth_unstable_by(first - 1, |a, b| self.before(sort, rows, *a, *b));
            (limit.worst, limit.next) = (order.get(first - 1).copied(), count * 2);
        }
        let beyond = limit.worst.is_some_and(|worst| self.before(sort, rows, count as u32, worst).is_gt());
        if beyond {
            rows.keys.truncate(count * rows.width);
        }
        beyond
    }

    /// The order of two rows; of equals, the one that came first.
    fn before(&self, sort: &Sort, rows: &Rows, a: u32, b: u32) -> Ordering {
        for (at, (_, descending)) in sort.keys.iter().enumerate() {
            let (x, y) = (&rows.keys[a as usize * rows.width + at], &rows.keys[b as usize * rows.width + at]);
            let order = x.order(y, self.graph);
            let order = if *descending { order.reverse() } else { order };
            if order.is_ne() {
                return order;
            }
        }
        a.cmp(&b)
    }
}

/// The last row of the first ones that are wanted, as far as that is known.
struct Limit {
    first: Option<usize>,
    worst: Option<u32>,
    /// At how many rows it is looked for again.
    next: usize,
}

/// Rows that wait to be sorted, in flat arrays.
struct Rows {
    keys: Vec<Value>,
    kept: Vec<Value>,
    weights: Vec<u64>,
    width: usize,
}

fn sum(seen: &mut Seen, value: &Value, weight: u64, of: Aggregate) -> Result<(), Fault> {
    match value {
        Value::Int(i) => seen.whole += i128::from(*i) * i128::from(weight),
        Value::Quantity(q) if q.number.is_none() => seen.count -= weight,
        other => match other.number() {
            Some(x) => {
                seen.real = true;
                seen.number += x * weight as f64;
                if let Value::Quantity(q) = other {
                    let unit = q.unit.clone().unwrap_or_else(|| Arc::from(""));
                    seen.mixed |= seen.more().unit.replace(unit.clone()).is_some_and(|u| u != unit);
                }
            }
            None => return Err(Fault::Type { what: of.as_str(), found: kind(other) }),
        },
    }
    Ok(())
}

/// Sums without overflow: blocks that fit 64 bits, where the numbers are small.
fn add_all(values: &[i64]) -> i128 {
    const BLOCK: usize = 1 << 20;
    const SMALL: i64 = 1 << 40;
    let mut total = 0i128;
    for block in values.chunks(BLOCK) {
        let large = block.iter().any(|v| *v >= SMALL || *v <= -SMALL);
        total += if large { block.iter().map(|&v| i128::from(v)).sum::<i128>() } else { i128::from(block.iter().sum::<i64>()) };
    }
    total
}
