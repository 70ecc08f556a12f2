//! The one order of claims and values: whatever order they come in, they leave in this one, each once.

use std::cmp::Ordering;
use std::sync::Arc;

use super::{ClaimRecord, Given};
use crate::model::{Mode, Value};

pub(super) fn tidy(names: &mut Vec<Arc<str>>) {
    names.sort_unstable();
    names.dedup();
}

/// The mode that claims give an edge: see [`Edge::mode`].
pub(crate) fn mode_of_claims(claims: &[ClaimRecord]) -> Option<Mode> {
    claims.iter().map(|c| (c.asserted, c.mode)).max().map(|(_, mode)| mode)
}

/// What makes two claims one: all but the rule and its confidence.
fn claim_order(a: &ClaimRecord, b: &ClaimRecord) -> Ordering {
    fn key(c: &ClaimRecord) -> impl Ord + '_ {
        (c.asserted, &*c.document, c.locus, c.mode, c.when)
    }
    key(a)
        .cmp(&key(b))
        .then_with(|| a.text.cmp(&b.text))
        .then_with(|| a.speaker.cmp(&b.speaker))
        .then_with(|| a.origin.cmp(&b.origin))
}

/// Sorts claims and drops repeated ones (the surer stays, then the first rule by name); sorts attributes by name and
/// first claim, and joins equal values.
pub(super) fn order_claims(claims: Vec<ClaimRecord>, attrs: Vec<Given>) -> (Vec<ClaimRecord>, Vec<Given>) {
    let mut order: Vec<usize> = (0..claims.len()).collect();
    order.sort_by(|&a, &b| {
        let (x, y) = (&claims[a], &claims[b]);
        claim_order(x, y).then_with(|| y.confidence.cmp(&x.confidence)).then_with(|| x.rule.cmp(&y.rule))
    });
    let mut place = vec![0_u32; claims.len()];
    let mut kept: Vec<usize> = Vec::with_capacity(claims.len());
    for &index in &order {
        if kept.last().is_none_or(|&last| claim_order(&claims[last], &claims[index]) != Ordering::Equal) {
            kept.push(index);
        }
        place[index] = kept.len() as u32 - 1;
    }
    let attrs = order_attrs(attrs, &place);
    let claims =
        if kept.len() == claims.len() && kept.is_sorted() { claims } else { kept.iter().map(|&i| claims[i].clone()).collect() };
    (claims, attrs)
}

fn order_attrs(mut attrs: Vec<Given>, place: &[u32]) -> Vec<Given> {
    for given in &mut attrs {
        given.claims = given.claims.iter().filter_map(|&c| place.get(c as usize).copied()).collect();
        given.claims.sort_unstable();
        given.claims.dedup();
    }
    if attrs.len() < 2 {
        return attrs;
    }
    // Equal values of one name become one, with the claims of all.
    attrs.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| compare_values(&a.value, &b.value)));
    let mut joined: Vec<Given> = Vec::with_capacity(attrs.len());
    for given in attrs {
        match joined.last_mut() {
            Some(last) if last.name == given.name && compare_values(&last.value, &given.value) == Ordering::Equal => {
                last.claims.extend(given.claims);
                last.claims.sort_unstable();
                last.claims.dedup();
            }
            _ => joined.push(given),
        }
    }
    joined.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.claims.first().cmp(&b.claims.first())));
    joined
}

/// A total order of values: by kind, then by content. Equal only where they are the same.
pub(crate) fn compare_values(a: &Value, b: &Value) -> Ordering {
    let rank = |v: &Value| match v {
        Value::Bool(_) => 0,
        Value::Int(_) => 1,
        Value::Float(_) => 2,
        Value::Text(_) => 3,
        Value::Quantity { .. } => 4,
        Value::List(_) => 5,
    };
    match (a, b) {
        (Value::Bool(x), Value::Bool(y)) => x.cmp(y),
        (Value::Int(x), Value::Int(y)) => x.cmp(y),
        (Value::Float(x), Value::Float(y)) => x.total_cmp(y),
        (Value::Text(x), Value::Text(y)) => x.cmp(y),
        (Value::Quantity { text, number, unit }, Value::Quantity { text: t, number: n, unit: u }) => text
            .cmp(t)
            .then_with(|| number.is_some().cmp(&n.is_some()))
            .then_with(|| number.unwrap_or_default().total_cmp(&n.unwrap_or_default()))
            .then_with(|| unit.cmp(u)),
        (Value::List(x), Value::List(y)) => {
            let first = x.iter().zip(y).map(|(a, b)| compare_values(a, b)).find(|o| o.is_ne());
            first.unwrap_or_else(|| x.len().cmp(&y.len()))
        }
        _ => rank(a).cmp(&rank(b)),
    }
}

/// The number that a value is or holds.
pub(crate) fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Int(i) => Some(*i as f64),
        Value::Float(x) => Some(*x),
        Value::Quantity { number, .. } => *number,
        Value::Bool(_) | Value::Text(_) | Value::List(_) => None,
    }
}
