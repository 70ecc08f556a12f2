//! What operators do with values: three-valued, as openCypher has it, and never panicking.

use std::cmp::Ordering;
use std::sync::Arc;

use super::answer::Value;
use super::ast::{BinaryOp, CompareOp};
use crate::graph::{FrozenGraph, ValueRef};

/// What cannot be computed. It ends the query; `Diagnostic`s are made of it where the place is known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A whole number beyond 64 bits.
    #[error("the whole number is too large")]
    Overflow,
    /// `1 / 0`
    #[error("division by zero")]
    ZeroDivision,
    /// An operand of a kind that the operator does not take.
    #[error("`{what}` does not take {found}")]
    Type {
        /// The operator or function.
        what: &'static str,
        /// What it was given.
        found: &'static str,
    },
    /// A value that the function does not take.
    #[error("{0}")]
    Argument(&'static str),
    /// The interrupt was set, or the time was up, while a value was computed.
    #[error("stopped")]
    Stopped,
}

/// What a value is, for messages.
#[must_use]
pub fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a truth value",
        Value::Int(_) => "a whole number",
        Value::Float(_) => "a number",
        Value::Text(_) | Value::Sym(_) => "a text",
        Value::Quantity(_) => "an amount",
        Value::List(_) => "a list",
        Value::Map(_) => "a map",
        Value::Node(_) => "a node",
        Value::Edge(_) => "an edge",
        Value::Route(_) => "a path",
        Value::Evidence(_) => "claims",
    }
}

/// A value of the graph as a cell.
#[must_use]
pub fn cell(of: ValueRef<'_>) -> Value {
    match of {
        ValueRef::Bool(b) => Value::Bool(b),
        ValueRef::Int(i) => Value::Int(i),
        ValueRef::Float(x) => Value::Float(x),
        ValueRef::Text(t) => Value::text(t),
        ValueRef::Quantity { text, number, unit } => {
            Value::Quantity(Arc::new(super::Quantity { text: Arc::from(text), number, unit: unit.map(Arc::from) }))
        }
        ValueRef::List(list) => Value::List(list.iter().map(cell).collect()),
    }
}

/// The items of a list; of claims, each by itself. None for what is no list.
#[must_use]
pub fn listed(value: &Value) -> Option<Arc<[Value]>> {
    match value {
        Value::List(items) => Some(items.clone()),
        Value::Evidence(claims) => Some(claims.iter().map(|&c| Value::Evidence([c].into())).collect()),
        _ => None,
    }
}

/// `a = b`: none where a null decides it.
#[must_use]
pub fn equal(a: &Value, b: &Value, graph: &FrozenGraph) -> Option<bool> {
    Some(match (a, b) {
        (Value::Null, _) | (_, Value::Null) => return None,
        (Value::Int(x), Value::Int(y)) => x == y,
        (Value::Sym(x), Value::Sym(y)) => x == y,
        (Value::Bool(x), Value::Bool(y)) => x == y,
        (Value::Node(x), Value::Node(y)) | (Value::Edge(x), Value::Edge(y)) => x == y,
        (Value::Int(x), Value::Float(y)) | (Value::Float(y), Value::Int(x)) => same_number(*x, *y),
        (Value::Float(x), Value::Float(y)) => x == y,
        (Value::List(x), Value::List(y)) => {
            if x.len() != y.len() {
                return Some(false);
            }
            return all(x.iter().zip(y.iter()).map(|(p, q)| equal(p, q, graph)));
        }
        (Value::Map(x), Value::Map(y)) => {
            if x.len() != y.len() || x.iter().zip(y.iter()).any(|(p, q)| p.0 != q.0) {
                return Some(false);
            }
            return all(x.iter().zip(y.iter()).map(|(p, q)| equal(&p.1, &q.1, graph)));
        }
        (Value::Route(x), Value::Route(y)) => x == y,
        (Value::Evidence(x), Value::Evidence(y)) => x == y,
        // An amount equals the number that it holds, and the text as which it is written.
        _ => match (a.as_str(graph), b.as_str(graph)) {
            (Some(x), Some(y)) => x == y,
            _ => matches!((a.number(), b.number()), (Some(x), Some(y)) if x == y),
        },
    })
}

fn same_number(whole: i64, number: f64) -> bool {
    number.fract() == 0.0 && number.abs() < 1e18 && number as i64 == whole
}

/// AND over truths: false wins, then null.
#[must_use]
pub fn all(items: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut known = Some(true);
    for item in items {
        match item {
            Some(false) => return Some(false),
            None => known = None,
            Some(true) => {}
        }
    }
    known
}

/// The order of two values that can be compared; `None` where they cannot, or one is null or no number.
#[must_use]
pub fn compare(a: &Value, b: &Value, graph: &FrozenGraph) -> Option<Ordering> {
    match (a, b) {
        (Value::Int(x), Value::Int(y)) => Some(x.cmp(y)),
        (Value::Sym(x), Value::Sym(y)) => Some(x.cmp(y)),
        (Value::Bool(x), Value::Bool(y)) => Some(x.cmp(y)),
        (Value::List(x), Value::List(y)) => {
            for (p, q) in x.iter().zip(y.iter()) {
                let order = compare(p, q, graph)?;
                if order.is_ne() {
                    return Some(order);
                }
            }
            Some(x.len().cmp(&y.len()))
        }
        _ => match (a.number(), b.number()) {
            (Some(x), Some(y)) => x.partial_cmp(&y),
            (None, None) => Some(a.as_str(graph)?.cmp(b.as_str(graph)?)),
            _ => None,
        },
    }
}

/// `a op b` for comparisons.
#[must_use]
pub fn compares(op: CompareOp, a: &Value, b: &Value, graph: &FrozenGraph) -> Option<bool> {
    match op {
        CompareOp::Equal => equal(a, b, graph),
        CompareOp::Unequal => equal(a, b, graph).map(|e| !e),
        _ => {
            // What is no number is in no order, but is known not to be.
            if [a, b].iter().all(|v| v.number().is_some()) && [a, b].iter().any(|v| v.number().is_some_and(f64::is_nan)) {
                return Some(false);
            }
            compare(a, b, graph).map(|order| holds(op, order))
        }
    }
}

/// Whether an order is one that the comparison asks for.
#[inline]
#[must_use]
pub fn holds(op: CompareOp, order: Ordering) -> bool {
    match op {
        CompareOp::Equal => order.is_eq(),
        CompareOp::Unequal => order.is_ne(),
        CompareOp::Less => order.is_lt(),
        CompareOp::AtMost => order.is_le(),
        CompareOp::Greater => order.is_gt(),
        CompareOp::AtLeast => order.is_ge(),
    }
}

/// `item IN list`.
///
/// # Errors
/// The right side is no list.
pub fn is_in(item: &Value, list: &Value, graph: &FrozenGraph) -> Result<Option<bool>, Fault> {
    match list {
        Value::Null => Ok(None),
        Value::List(items) => {
            let mut unknown = false;
            for each in items.iter() {
                match equal(item, each, graph) {
                    Some(true) => return Ok(Some(true)),
                    None => unknown = true,
                    Some(false) => {}
                }
            }
            Ok((!unknown).then_some(false))
        }
        other => Err(Fault::Type { what: "IN", found: kind(other) }),
    }
}

/// `a op b` for everything but comparisons and `IN`.
///
/// # Errors
/// Operands that the operator does not take; overflow; division by zero.
pub fn binary(op: BinaryOp, a: &Value, b: &Value, graph: &FrozenGraph) -> Result<Value, Fault> {
    if op == BinaryOp::In {
        return Ok(truth(is_in(a, b, graph)?));
    }
    if a.is_null() || b.is_null() {
        return Ok(Value::Null);
    }
    match op {
        BinaryOp::Contains => Ok(texts(a, b, graph, |x, y| x.contains(y))),
        BinaryOp::StartsWith => Ok(texts(a, b, graph, |x, y| x.starts_with(y))),
        BinaryOp::EndsWith => Ok(texts(a, b, graph, |x, y| x.ends_with(y))),
        BinaryOp::Add => add(a, b, graph),
        BinaryOp::Power => match (a.number(), b.number()) {
            (Some(x), Some(y)) => Ok(Value::Float(x.powf(y))),
            _ => Err(wrong(op, a, b)),
        },
        _ => arithmetic(op, a, b),
    }
}

fn wrong(op: BinaryOp, a: &Value, b: &Value) -> Fault {
    let found = if a.number().is_none() { kind(a) } else { kind(b) };
    Fault::Type { what: op.as_str(), found }
}

/// A truth as a value.
#[inline]
#[must_use]
pub fn truth(truth: Option<bool>) -> Value {
    truth.map_or(Value::Null, Value::Bool)
}

fn texts(a: &Value, b: &Value, graph: &FrozenGraph, test: impl Fn(&str, &str) -> bool) -> Value {
    match (a.as_str(graph), b.as_str(graph)) {
        (Some(x), Some(y)) => Value::Bool(test(x, y)),
        _ => Value::Null,
    }
}

fn add(a: &Value, b: &Value, graph: &FrozenGraph) -> Result<Value, Fault> {
    match (a, b) {
        (Value::List(x), Value::List(y)) => return Ok(Value::List(x.iter().chain(y.iter()).cloned().collect())),
        (Value::List(x), item) => return Ok(Value::List(x.iter().chain([item]).cloned().collect())),
        (item, Value::List(y)) => return Ok(Value::List([item].into_iter().chain(y.iter()).cloned().collect())),
        _ => {}
    }
    let is_text = |v: &Value| matches!(v, Value::Text(_) | Value::Sym(_));
    if is_text(a) || is_text(b) {
        let (Some(x), Some(y)) = (written(a, graph), written(b, graph)) else { return Err(wrong(BinaryOp::Add, b, a)) };
        return Ok(Value::Text(Arc::from(x + &y)));
    }
    arithmetic(BinaryOp::Add, a, b)
}

/// A simple value as text.
#[must_use]
pub fn written(value: &Value, graph: &FrozenGraph) -> Option<String> {
    Some(match value {
        Value::Bool(b) => b.to_string(),
        Value::Int(i) => i.to_string(),
        Value::Float(x) => float(*x),
        _ => value.as_str(graph)?.to_owned(),
    })
}

/// A number as openCypher writes it: with a point, so that it reads back as one.
#[must_use]
pub fn float(x: f64) -> String {
    let plain = format!("{x}");
    match () {
        () if !x.is_finite() || plain.contains(['.', 'e']) => plain,
        () if plain.len() > 18 => format!("{x:e}"),
        () => plain + ".0",
    }
}

fn arithmetic(op: BinaryOp, a: &Value, b: &Value) -> Result<Value, Fault> {
    if let (Value::Int(x), Value::Int(y)) = (a, b) {
        let done = match op {
            BinaryOp::Add => x.checked_add(*y),
            BinaryOp::Subtract => x.checked_sub(*y),
            BinaryOp::Multiply => x.checked_mul(*y),
            _ if *y == 0 => return Err(Fault::ZeroDivision),
            BinaryOp::Divide => x.checked_div(*y),
            _ => x.checked_rem(*y),
        };
        return done.map(Value::Int).ok_or(Fault::Overflow);
    }
    let (Some(x), Some(y)) = (a.number(), b.number()) else { return Err(wrong(op, a, b)) };
    let done = match op {
        BinaryOp::Add => x + y,
        BinaryOp::Subtract => x - y,
        BinaryOp::Multiply => x * y,
        BinaryOp::Divide => x / y,
        _ => x % y,
    };
    // One NaN for all, so that it sorts after every number whatever made it.
    Ok(Value::Float(if done.is_nan() { f64::NAN } else { done }))
}

/// Appends what makes two values one group: equal values give equal words, and null equals null. Texts that the graph
/// does not hold are numbered by `other`.
pub fn key(value: &Value, graph: &FrozenGraph, other: &mut Interner, out: &mut Vec<u64>) {
    let tagged = |tag: u64, bits: u64| tag << 56 | (bits & ((1 << 56) - 1));
    match value {
        Value::Null => out.push(0),
        Value::Bool(b) => out.push(tagged(1, u64::from(*b))),
        Value::Node(n) => out.push(tagged(2, u64::from(*n))),
        Value::Edge(e) => out.push(tagged(3, u64::from(*e))),
        Value::Sym(s) => out.push(tagged(4, u64::from(*s))),
        Value::Int(i) => out.extend([tagged(5, 0), *i as u64]),
        Value::Float(x) if x.fract() == 0.0 && x.abs() < 9e15 => out.extend([tagged(5, 0), *x as i64 as u64]),
        Value::Float(x) => out.extend([tagged(6, 0), if x.is_nan() { f64::NAN.to_bits() } else { x.to_bits() }]),
        Value::Text(text) => out.push(match graph.find_string(text) {
            Ok(s) => tagged(4, u64::from(s)),
            Err(_) => tagged(7, other.number(text)),
        }),
        Value::Quantity(q) => {
            out.extend([tagged(8, other.number(&q.text)), q.number.unwrap_or(f64::NAN).to_bits()]);
        }
        Value::List(items) => {
            out.push(tagged(9, items.len() as u64));
            items.iter().for_each(|i| key(i, graph, other, out));
        }
        Value::Map(items) => {
            out.push(tagged(10, items.len() as u64));
            for (name, item) in items.iter() {
                out.push(other.number(name));
                key(item, graph, other, out);
            }
        }
        Value::Route(route) => {
            out.extend([tagged(11, route.steps.len() as u64), u64::from(route.start)]);
            for step in &route.steps {
                out.extend([step.way, step.edges[0], step.edges[1]].map(|o| o.map_or(u64::MAX, u64::from)));
                out.push(u64::from(step.to));
            }
        }
        Value::Evidence(claims) => {
            out.push(tagged(12, claims.len() as u64));
            out.extend(claims.iter().map(|&c| u64::from(c)));
        }
    }
}

/// Numbers for texts that no graph holds.
#[derive(Debug, Default)]
pub struct Interner(rustc_hash::FxHashMap<Arc<str>, u64>);

impl Interner {
    fn number(&mut self, text: &str) -> u64 {
        if let Some(&number) = self.0.get(text) {
            return number;
        }
        let number = self.0.len() as u64;
        self.0.insert(Arc::from(text), number);
        number
    }
}
