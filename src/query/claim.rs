//! Evidence in expressions: the functions that tell of claims, and what `.` takes of one.
//!
//! `claims(r)` is a list of claims: UNWIND, indices and comprehensions take them one by one.

use super::answer::Value;
use super::functions::Function;
use super::ops::{Fault, kind};
use super::verb::lens::Lens;
use crate::graph::{ClaimRef, FrozenGraph};
use crate::model::PartialDate;

/// What `.` takes of a claim.
type Read = fn(&ClaimRef<'_>, &FrozenGraph) -> Value;

/// The properties of a claim.
pub(super) const PROPERTIES: &[(&str, Read)] = &[
    ("sentence", |c, _| text(c.text())),
    ("document", |c, _| text(c.document())),
    ("article", |c, _| c.article().map_or(Value::Null, |a| Value::Int(a.number().into()))),
    // Neither world data nor what a person asserts stands on a line.
    ("line", |c, _| if c.line() == 0 { Value::Null } else { Value::Int(c.line().into()) }),
    ("mode", |c, _| Value::text(c.mode().as_str())),
    ("date", |c, _| date(c.when())),
    ("when", |c, _| date(c.when())),
    ("asserted", |c, _| date(c.asserted())),
    ("speaker", |c, _| c.speaker().map_or(Value::Null, text)),
    ("origin", |c, _| c.origin().map_or(Value::Null, text)),
    ("source", |c, g| c.source().map_or(Value::Null, |s| text(g.source_name(s)))),
    ("confidence", |c, _| Value::Int(c.confidence().into())),
    ("rule", |c, _| text(c.rule())),
    ("world", |c, _| Value::Bool(c.is_world())),
];

fn text(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { Value::text(text) }
}

fn date(date: Option<PartialDate>) -> Value {
    date.map_or(Value::Null, |d| Value::text(&d.to_string()))
}

/// Whether a claim has a property of this name.
pub(super) fn has(name: &str) -> bool {
    PROPERTIES.iter().any(|p| p.0 == name)
}

/// A property of one claim; null of none.
///
/// # Errors
/// Of several claims it is not known which is meant.
pub(super) fn property(claims: &[u32], name: &str, graph: &FrozenGraph) -> Result<Value, Fault> {
    match claims {
        [] => Ok(Value::Null),
        [one] => {
            let read = PROPERTIES.iter().find(|p| p.0 == name).map(|p| p.1);
            Ok(read.zip(graph.claim(*one)).map_or(Value::Null, |(read, claim)| read(&claim, graph)))
        }
        _ => Err(Fault::Argument("`.` takes one claim at a time: UNWIND claims(r) AS c, or [c IN claims(r) | c.speaker]")),
    }
}

macro_rules! table {
    ($($name:literal $run:expr;)+) => {
        &[$(Function { name: $name, arity: (1, 1), run: $run, nulls: false, evidence: true }),+]
    };
}

/// The functions that tell of the claims of an edge, a node or a path.
pub(super) static FUNCTIONS: &[Function] = table! {
    "claims" |a, g| of(&a[0], g, "claims").map(|c| Value::Evidence(c.iter().map(|c| c.index).collect()));
    "sentences" |a, g| of(&a[0], g, "sentences").map(|c| Value::List(c.iter().map(|c| Value::text(c.text())).collect()));
    "sentence" |a, g| of(&a[0], g, "sentence").map(|c| c.last().map_or(Value::Null, |c| Value::text(c.text())));
    "sources" |a, g| {
        let all = of(&a[0], g, "sources")?;
        Ok(names(all.iter().filter_map(ClaimRef::source).map(|s| g.source_name(s))))
    };
    "speakers" |a, g| Ok(names(of(&a[0], g, "speakers")?.iter().filter_map(ClaimRef::speaker)));
    "documents" |a, g| Ok(names(of(&a[0], g, "documents")?.iter().map(ClaimRef::document).filter(|d| !d.is_empty())));
    "mode" |a, g| match &a[0] {
        Value::Edge(e) => Ok(Value::text(g.mode(*e).as_str())),
        Value::Evidence(claims) => property(claims, "mode", g),
        other => Err(Fault::Type { what: "mode", found: kind(other) }),
    };
};

/// Runs one of [`FUNCTIONS`] on the claims that count.
///
/// # Errors
/// What the function does not take.
pub(super) fn seen(function: &Function, value: &Value, lens: &Lens<'_>, graph: &FrozenGraph) -> Result<Value, Fault> {
    if let (Value::Edge(edge), "mode") = (value, function.name) {
        return Ok(lens.mode(*edge).map_or(Value::Null, |m| Value::text(m.as_str())));
    }
    let counted = of(value, graph, function.name)?.into_iter().filter(|c| lens.counts(c)).map(|c| c.index).collect();
    (function.run)(&[Value::Evidence(counted)], graph)
}

fn of<'g>(value: &Value, graph: &'g FrozenGraph, what: &'static str) -> Result<Vec<ClaimRef<'g>>, Fault> {
    Ok(match value {
        Value::Edge(e) => graph.claims(*e).collect(),
        Value::Node(n) => graph.node_claims(*n).collect(),
        Value::Route(route) => route.edges().flat_map(|e| graph.claims(e)).collect(),
        Value::Evidence(claims) => claims.iter().filter_map(|&c| graph.claim(c)).collect(),
        other => return Err(Fault::Type { what, found: kind(other) }),
    })
}

/// Each name once, ascending.
fn names<'a>(all: impl Iterator<Item = &'a str>) -> Value {
    let mut all: Vec<&str> = all.collect();
    all.sort_unstable();
    all.dedup();
    Value::List(all.into_iter().map(Value::text).collect())
}
