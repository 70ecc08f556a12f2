//! Rows that meet by an equal value, and the best rows of a group.

use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::group::Keys;
use super::{Flow, Halt, Machine, Row, Sink, stopped};
use crate::query::answer::Value;
use crate::query::ops::{self, Interner};
use crate::query::plan::{Best, Join, Plan};
use crate::query::search::Cost;

/// A value that equals nothing but what is the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Plain {
    Bool(bool),
    Int(i64),
    Sym(u32),
    Text(Arc<str>),
    Node(u32),
    Edge(u32),
}

/// The rows of a plan by their values.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// The slots that are kept, row by row.
    cells: Vec<Value>,
    weights: Vec<u64>,
    by: FxHashMap<Plain, Vec<u32>>,
    /// Rows whose value may equal one of another kind: an amount is equal to a number and to a text.
    others: Vec<u32>,
}

impl Machine<'_, '_> {
    /// The value to look up by; `None` where it must be compared with all.
    fn plain(&self, value: &Value) -> Option<Plain> {
        Some(match value {
            Value::Bool(b) => Plain::Bool(*b),
            Value::Int(i) => Plain::Int(*i),
            Value::Sym(s) => Plain::Sym(*s),
            Value::Text(t) => self.graph.find_string(t).map_or_else(|_| Plain::Text(t.clone()), Plain::Sym),
            Value::Node(n) => Plain::Node(*n),
            Value::Edge(e) => Plain::Edge(*e),
            _ => return None,
        })
    }

    fn table(&self, id: u32, join: &Join, row: &mut Row) -> Result<Rc<Table>, Halt> {
        if let Some(table) = self.joined.borrow().get(&id) {
            return Ok(table.clone());
        }
        let mut table = Table::default();
        let weight = std::mem::replace(&mut row.weight, 1);
        let flow = self.run(&join.plan, row, &mut |row| {
            let value = self.eval(&join.theirs, row)?;
            if value.is_null() {
                return Ok(());
            }
            let at = table.weights.len() as u32;
            match self.plain(&value) {
                Some(plain) => table.by.entry(plain).or_default().push(at),
                None => table.others.push(at),
            }
            table.weights.push(row.weight);
            table.cells.extend(join.keep.iter().map(|&s| row.slots[s].clone()));
            Ok(())
        });
        row.weight = weight;
        flow?;
        let table = Rc::new(table);
        self.joined.borrow_mut().insert(id, table.clone());
        Ok(table)
    }

    /// Gives each row with those of the plan whose value may be equal: the equality itself is asked behind.
    pub(super) fn join(&self, id: u32, join: &Join, row: &mut Row, sink: &mut Sink<'_>) -> Flow {
        let ours = self.eval(&join.ours, row)?;
        if ours.is_null() {
            return Ok(());
        }
        let table = self.table(id, join, row)?;
        let (width, weight) = (join.keep.len(), row.weight);
        let mut give = |at: u32, row: &mut Row| {
            self.poll()?;
            let start = at as usize * width;
            for (slot, value) in join.keep.iter().zip(table.cells.get(start..start + width).unwrap_or_default()) {
                row.slots[*slot] = value.clone();
            }
            row.weight = weight.saturating_mul(table.weights.get(at as usize).copied().unwrap_or(1));
            let flow = sink(row);
            row.weight = weight;
            flow
        };
        match self.plain(&ours) {
            Some(plain) => {
                let same = table.by.get(&plain).map_or(&[][..], Vec::as_slice);
                same.iter().chain(&table.others).try_for_each(|&at| give(at, row))
            }
            None => (0..table.weights.len() as u32).try_for_each(|at| give(at, row)),
        }
    }

    /// The best rows of each group, groups in the order in which they came.
    pub(super) fn best(&self, plan: &Plan, best: &Best, row: &mut Row, sink: &mut Sink<'_>) -> Flow {
        let (mut groups, mut other, mut key) = (Keys::default(), Interner::default(), Vec::new());
        // (group, cost, edges): edges make the order of equals the same in every plan.
        let mut order: Vec<(usize, Cost, Vec<u32>, u32)> = Vec::new();
        let (mut cells, mut weights): (Vec<Value>, Vec<u64>) = (Vec::new(), Vec::new());
        let flow = self.input(plan, row, &mut |row| {
            key.clear();
            best.group.iter().for_each(|&s| ops::key(&row.slots[s], self.graph, &mut other, &mut key));
            let group = groups.number(&key).0;
            let edges = self.edges_along(best, row);
            let cost = self.cost_of(best, &edges);
            order.push((group, cost, edges, weights.len() as u32));
            cells.extend(best.keep.iter().map(|&s| row.slots[s].clone()));
            weights.push(row.weight);
            Ok(())
        });
        // What came before a stop is given: it is right, if perhaps not the best.
        let stopped = stopped(flow)?;
        order.sort_unstable();
        let (mut group, mut given, mut first) = (usize::MAX, 0, Cost::default());
        for (of, cost, _, at) in &order {
            if *of != group {
                (group, given, first) = (*of, 0, *cost);
            }
            let kept = best.most.map_or(*cost == first, |most| given < most);
            given += 1;
            if !kept {
                continue;
            }
            let start = *at as usize * best.keep.len();
            for (slot, value) in best.keep.iter().zip(&cells[start..start + best.keep.len()]) {
                row.slots[*slot] = value.clone();
            }
            row.weight = weights[*at as usize];
            sink(row)?;
        }
        stopped.map_or(Ok(()), Err)
    }

    fn edges_along(&self, best: &Best, row: &Row) -> Vec<u32> {
        let mut edges = Vec::new();
        for &slot in &best.parts {
            match &row.slots[slot] {
                Value::Edge(e) => edges.push(*e),
                Value::List(items) => {
                    edges.extend(items.iter().filter_map(|i| if let Value::Edge(e) = i { Some(*e) } else { None }))
                }
                _ => {}
            }
        }
        edges
    }

    fn cost_of(&self, best: &Best, edges: &[u32]) -> Cost {
        let hops = edges.len() as u32;
        let Some(weight) = &best.by else { return Cost { missing: 0, sum: 0.0, hops } };
        let (mut missing, mut sum) = (0, 0.0);
        for &edge in edges {
            let value = weight.attribute.and_then(|a| self.graph.edge_value(edge, a)).and_then(|v| v.number());
            match value.filter(|v| *v >= 0.0) {
                Some(value) => sum += value,
                None => missing += 1,
            }
        }
        Cost { missing, sum, hops }
    }
}
