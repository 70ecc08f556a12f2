//! The functions of expressions: a table of names, arities and meanings. Aggregates are in a table of their own.

use std::sync::Arc;

use super::answer::Value;
use super::ast::BinaryOp;
use super::claim;
use super::ops::{self, Fault, cell, float, kind, listed, written};
use crate::graph::FrozenGraph;

/// A function of values.
pub struct Function {
    /// Its name, as help shows it; calls may write it in any case.
    pub name: &'static str,
    /// The fewest and the most arguments.
    pub arity: (usize, usize),
    /// What it needs to run: arguments never hold null unless `nulls`.
    pub run: fn(&[Value], &FrozenGraph) -> Result<Value, Fault>,
    /// It is called although an argument is null; without, null gives null.
    pub nulls: bool,
    /// It tells of claims: which of them count is the query's to say.
    pub evidence: bool,
}

impl std::fmt::Debug for Function {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

macro_rules! table {
    ($($name:literal $least:literal..$most:literal $run:expr;)+) => {
        &[$(Function { name: $name, arity: ($least, $most), run: $run, nulls: false, evidence: false }),+]
    };
}

/// All functions but `coalesce`, which takes nulls, and those of evidence, which are `claim`'s.
static TABLE: &[Function] = table! {
    "size" 1..1 size;
    "length" 1..1 size;
    "nodes" 1..1 nodes;
    "relationships" 1..1 edges;
    "edges" 1..1 edges;
    "labels" 1..1 |a, g| match kind_of(&a[0], g, "labels")? {
        Value::Text(label) if label.is_empty() => Ok(Value::List([].into())),
        label => Ok(Value::List([label].into())),
    };
    "type" 1..1 |a, g| kind_of(&a[0], g, "type");
    "id" 1..1 id;
    "properties" 1..1 properties;
    "keys" 1..1 |a, g| match properties(a, g)? {
        Value::Map(items) => Ok(Value::List(items.iter().map(|i| Value::Text(i.0.clone())).collect())),
        _ => Ok(Value::Null),
    };
    "startNode" 1..1 |a, g| end(&a[0], g, "startNode", false);
    "endNode" 1..1 |a, g| end(&a[0], g, "endNode", true);
    "toLower" 1..1 |a, g| text(a, g, "toLower", |t| Value::text(&t.to_lowercase()));
    "toUpper" 1..1 |a, g| text(a, g, "toUpper", |t| Value::text(&t.to_uppercase()));
    "lower" 1..1 |a, g| text(a, g, "lower", |t| Value::text(&t.to_lowercase()));
    "upper" 1..1 |a, g| text(a, g, "upper", |t| Value::text(&t.to_uppercase()));
    "trim" 1..1 |a, g| text(a, g, "trim", |t| Value::text(t.trim()));
    "lTrim" 1..1 |a, g| text(a, g, "lTrim", |t| Value::text(t.trim_start()));
    "rTrim" 1..1 |a, g| text(a, g, "rTrim", |t| Value::text(t.trim_end()));
    "toString" 1..1 to_string;
    "toInteger" 1..1 to_integer;
    "toFloat" 1..1 to_float;
    "toBoolean" 1..1 to_boolean;
    "abs" 1..1 |a, _| match &a[0] {
        Value::Int(i) => i.checked_abs().map(Value::Int).ok_or(Fault::Overflow),
        other => number(other, "abs").map(|x| Value::Float(x.abs())),
    };
    "sign" 1..1 |a, _| number(&a[0], "sign").map(|x| Value::Int(if x > 0.0 { 1 } else if x < 0.0 { -1 } else { 0 }));
    "ceil" 1..1 |a, _| number(&a[0], "ceil").map(|x| Value::Float(x.ceil()));
    "floor" 1..1 |a, _| number(&a[0], "floor").map(|x| Value::Float(x.floor()));
    "round" 1..2 round;
    "sqrt" 1..1 |a, _| number(&a[0], "sqrt").map(|x| Value::Float(x.sqrt()));
    "exp" 1..1 |a, _| number(&a[0], "exp").map(|x| Value::Float(x.exp()));
    "log" 1..1 |a, _| number(&a[0], "log").map(|x| Value::Float(x.ln()));
    "log10" 1..1 |a, _| number(&a[0], "log10").map(|x| Value::Float(x.log10()));
    "head" 1..1 |a, _| list(&a[0], "head").map(|l| l.first().cloned().unwrap_or_default());
    "last" 1..1 |a, _| list(&a[0], "last").map(|l| l.last().cloned().unwrap_or_default());
    "tail" 1..1 |a, _| list(&a[0], "tail").map(|l| Value::List(l.get(1..).unwrap_or_default().into()));
    "range" 2..3 range;
    "reverse" 1..1 |a, g| match &a[0] {
        Value::List(items) => Ok(Value::List(items.iter().rev().cloned().collect())),
        _ => text(a, g, "reverse", |t| Value::text(&t.chars().rev().collect::<String>())),
    };
    "split" 2..2 |a, g| texts(a, g, "split", |t| match t {
        [text, ""] => Value::List(text.chars().map(|c| Value::text(&c.to_string())).collect()),
        [text, by] => Value::List(text.split(by).map(Value::text).collect()),
        _ => Value::Null,
    });
    "replace" 3..3 |a, g| texts(a, g, "replace", |t| match t {
        [text, from, to] if !from.is_empty() => Value::text(&text.replace(from, to)),
        [text, ..] => Value::text(text),
        [] => Value::Null,
    });
    "substring" 2..3 substring;
    "left" 2..2 |a, g| cut(a, g, "left", |chars, n| chars.get(..n.min(chars.len())));
    "right" 2..2 |a, g| cut(a, g, "right", |chars, n| chars.get(chars.len().saturating_sub(n)..));
    "total" 2..2 total;
    "isAcyclic" 1..1 |a, _| match &a[0] {
        Value::Route(route) => {
            let mut stops: Vec<u32> = route.stops().collect();
            stops.sort_unstable();
            Ok(Value::Bool(stops.windows(2).all(|w| w[0] != w[1])))
        }
        other => Err(Fault::Type { what: "isAcyclic", found: kind(other) }),
    };
    "aliases" 1..1 |a, g| match &a[0] {
        Value::Node(n) => Ok(Value::List(g.aliases(*n).map(Value::text).collect())),
        other => Err(Fault::Type { what: "aliases", found: kind(other) }),
    };
    "unit" 1..1 |a, _| Ok(match &a[0] {
        Value::Quantity(q) => q.unit.clone().map_or(Value::Null, Value::Text),
        _ => Value::Null,
    });
};

/// The one that takes nulls.
static COALESCE: Function = Function {
    name: "coalesce",
    arity: (1, usize::MAX),
    run: |a, _| Ok(a.iter().find(|v| !v.is_null()).cloned().unwrap_or_default()),
    nulls: true,
    evidence: false,
};

/// `a CONTAINS b` of a sentence: texts and lists.
pub(super) static CONTAINS: Function = Function {
    name: "contains",
    arity: (2, 2),
    run: |a, g| match &a[0] {
        Value::List(_) => ops::is_in(&a[1], &a[0], g).map(ops::truth),
        _ => ops::binary(BinaryOp::Contains, &a[0], &a[1], g),
    },
    nulls: false,
    evidence: false,
};

/// The function called `name`, in any case.
#[must_use]
pub fn find(name: &str) -> Option<&'static Function> {
    std::iter::once(&COALESCE).chain(TABLE).chain(claim::FUNCTIONS).find(|f| f.name.eq_ignore_ascii_case(name))
}

/// The names of all functions and aggregates, for hints and completion.
pub fn names() -> impl Iterator<Item = &'static str> {
    std::iter::once(COALESCE.name)
        .chain(TABLE.iter().chain(claim::FUNCTIONS).map(|f| f.name))
        .chain(Aggregate::ALL.iter().map(|a| a.as_str()))
}

/// What is computed over the rows of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Aggregate {
    /// How many are not null.
    Count,
    /// Their sum.
    Sum,
    /// Their mean.
    Avg,
    /// The least.
    Min,
    /// The greatest.
    Max,
    /// A list of them.
    Collect,
}

impl Aggregate {
    const ALL: [Self; 6] = [Self::Count, Self::Sum, Self::Avg, Self::Min, Self::Max, Self::Collect];

    /// As it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Sum => "sum",
            Self::Avg => "avg",
            Self::Min => "min",
            Self::Max => "max",
            Self::Collect => "collect",
        }
    }

    /// The aggregate called `name`, in any case.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.as_str().eq_ignore_ascii_case(name))
    }
}

fn number(value: &Value, what: &'static str) -> Result<f64, Fault> {
    value.number().ok_or_else(|| Fault::Type { what, found: kind(value) })
}

fn list(value: &Value, what: &'static str) -> Result<Arc<[Value]>, Fault> {
    listed(value).ok_or_else(|| Fault::Type { what, found: kind(value) })
}

fn whole(value: &Value, what: &'static str) -> Result<i64, Fault> {
    match value {
        Value::Int(i) => Ok(*i),
        other => Err(Fault::Type { what, found: kind(other) }),
    }
}

fn text(args: &[Value], graph: &FrozenGraph, what: &'static str, run: impl Fn(&str) -> Value) -> Result<Value, Fault> {
    texts(args, graph, what, |t| t.first().map_or(Value::Null, |t| run(t)))
}

fn texts(args: &[Value], graph: &FrozenGraph, what: &'static str, run: impl Fn(&[&str]) -> Value) -> Result<Value, Fault> {
    let wrong = |v: &Value| Fault::Type { what, found: kind(v) };
    let texts: Vec<&str> = args.iter().map(|a| a.as_str(graph).ok_or_else(|| wrong(a))).collect::<Result<_, _>>()?;
    Ok(run(&texts))
}

fn size(args: &[Value], graph: &FrozenGraph) -> Result<Value, Fault> {
    let size = match &args[0] {
        Value::List(items) => items.len(),
        Value::Map(items) => items.len(),
        Value::Route(route) => route.steps.len(),
        Value::Evidence(claims) => claims.len(),
        other => match other.as_str(graph) {
            Some(text) => text.chars().count(),
            None => return Err(Fault::Type { what: "size", found: kind(other) }),
        },
    };
    Ok(Value::Int(size as i64))
}

fn nodes(args: &[Value], _: &FrozenGraph) -> Result<Value, Fault> {
    match &args[0] {
        Value::Route(route) => Ok(Value::List(route.stops().map(Value::Node).collect())),
        other => Err(Fault::Type { what: "nodes", found: kind(other) }),
    }
}

fn edges(args: &[Value], _: &FrozenGraph) -> Result<Value, Fault> {
    match &args[0] {
        Value::Route(route) => Ok(Value::List(route.edges().map(Value::Edge).collect())),
        other => Err(Fault::Type { what: "relationships", found: kind(other) }),
    }
}

fn kind_of(value: &Value, graph: &FrozenGraph, what: &'static str) -> Result<Value, Fault> {
    match value {
        Value::Node(n) => Ok(Value::text(graph.node_type_name(graph.node_type(*n)))),
        Value::Edge(e) => Ok(Value::text(graph.edge_type_name(graph.edge_type(*e)))),
        other => Err(Fault::Type { what, found: kind(other) }),
    }
}

fn id(args: &[Value], graph: &FrozenGraph) -> Result<Value, Fault> {
    match &args[0] {
        Value::Node(n) => Ok(Value::text(graph.id(*n))),
        Value::Edge(e) => Ok(Value::Int(i64::from(*e))),
        other => Err(Fault::Type { what: "id", found: kind(other) }),
    }
}

fn properties(args: &[Value], graph: &FrozenGraph) -> Result<Value, Fault> {
    let mut items: Vec<(Arc<str>, Value)> = match &args[0] {
        Value::Node(n) => {
            let own = graph.node_attributes(*n).map(|(a, v)| (Arc::from(graph.attribute_name(a)), cell(v)));
            let name = graph.name(*n);
            own.chain((!name.is_empty()).then(|| (Arc::from("name"), Value::text(name)))).collect()
        }
        Value::Edge(e) => graph.edge_attributes(*e).map(|(a, v)| (Arc::from(graph.attribute_name(a)), cell(v))).collect(),
        Value::Map(items) => items.to_vec(),
        other => return Err(Fault::Type { what: "properties", found: kind(other) }),
    };
    items.sort_by(|a, b| a.0.cmp(&b.0));
    items.dedup_by(|a, b| a.0 == b.0);
    Ok(Value::Map(items.into()))
}

fn end(value: &Value, graph: &FrozenGraph, what: &'static str, target: bool) -> Result<Value, Fault> {
    match value {
        Value::Edge(e) => {
            let ends = graph.endpoints(*e);
            Ok(Value::Node(if target { ends.1 } else { ends.0 }))
        }
        other => Err(Fault::Type { what, found: kind(other) }),
    }
}

/// The sum of an attribute over the edges of a path or of a list; null where one edge has none.
fn total(args: &[Value], graph: &FrozenGraph) -> Result<Value, Fault> {
    let Some(name) = args[1].as_str(graph) else { return Err(Fault::Type { what: "total", found: kind(&args[1]) }) };
    let edges: Vec<u32> = match &args[0] {
        Value::Route(route) => route.edges().collect(),
        Value::List(items) => items.iter().filter_map(|i| if let Value::Edge(e) = i { Some(*e) } else { None }).collect(),
        other => return Err(Fault::Type { what: "total", found: kind(other) }),
    };
    let Some(attribute) = graph.attribute_id(name) else { return Ok(Value::Null) };
    let (mut whole, mut number, mut real) = (0i64, 0f64, false);
    for edge in edges {
        match graph.edge_value(edge, attribute) {
            Some(crate::graph::ValueRef::Int(i)) => whole = whole.checked_add(i).ok_or(Fault::Overflow)?,
            Some(value) => match value.number() {
                Some(x) => (number, real) = (number + x, true),
                None => return Ok(Value::Null),
            },
            None => return Ok(Value::Null),
        }
    }
    Ok(if real { Value::Float(number + whole as f64) } else { Value::Int(whole) })
}

fn to_string(args: &[Value], graph: &FrozenGraph) -> Result<Value, Fault> {
    match &args[0] {
        Value::Float(x) => Ok(Value::text(&float(*x))),
        other => {
            written(other, graph).map(|t| Value::text(&t)).ok_or_else(|| Fault::Type { what: "toString", found: kind(other) })
        }
    }
}

fn to_integer(args: &[Value], graph: &FrozenGraph) -> Result<Value, Fault> {
    let cut = |x: f64| if x.is_finite() && x.abs() < 9.2e18 { Value::Int(x.trunc() as i64) } else { Value::Null };
    Ok(match &args[0] {
        Value::Int(i) => Value::Int(*i),
        Value::Bool(b) => Value::Int(i64::from(*b)),
        other => match (other.number(), other.as_str(graph)) {
            (Some(x), _) => cut(x),
            (None, Some(t)) => {
                let t = t.trim();
                t.parse().map(Value::Int).or_else(|_| t.parse().map(cut)).unwrap_or_default()
            }
            (None, None) => return Err(Fault::Type { what: "toInteger", found: kind(other) }),
        },
    })
}

fn to_float(args: &[Value], graph: &FrozenGraph) -> Result<Value, Fault> {
    match (args[0].number(), args[0].as_str(graph)) {
        (Some(x), _) => Ok(Value::Float(x)),
        (None, Some(t)) => Ok(t.trim().parse().map_or(Value::Null, Value::Float)),
        (None, None) => Err(Fault::Type { what: "toFloat", found: kind(&args[0]) }),
    }
}

fn to_boolean(args: &[Value], graph: &FrozenGraph) -> Result<Value, Fault> {
    Ok(match &args[0] {
        Value::Bool(b) => Value::Bool(*b),
        other => match other.as_str(graph) {
            Some(t) if t.trim().eq_ignore_ascii_case("true") => Value::Bool(true),
            Some(t) if t.trim().eq_ignore_ascii_case("false") => Value::Bool(false),
            Some(_) => Value::Null,
            None => return Err(Fault::Type { what: "toBoolean", found: kind(other) }),
        },
    })
}

fn round(args: &[Value], _: &FrozenGraph) -> Result<Value, Fault> {
    let x = number(&args[0], "round")?;
    let places = args.get(1).map_or(Ok(0), |p| whole(p, "round"))?;
    let scale = 10f64.powi(i32::try_from(places.clamp(-300, 300)).unwrap_or(0));
    Ok(Value::Float((x * scale).round() / scale))
}

/// The most items that `range` makes.
const MOST_ITEMS: i128 = 10_000_000;

fn range(args: &[Value], _: &FrozenGraph) -> Result<Value, Fault> {
    let (from, to) = (whole(&args[0], "range")?, whole(&args[1], "range")?);
    let step = args.get(2).map_or(Ok(1), |s| whole(s, "range"))?;
    if step == 0 {
        return Err(Fault::Argument("the step of `range` is zero"));
    }
    let (from, to, step) = (i128::from(from), i128::from(to), i128::from(step));
    let count = ((to - from) / step + 1).max(0);
    let empty = if step > 0 { from > to } else { from < to };
    if count > MOST_ITEMS {
        return Err(Fault::Argument("`range` makes more than ten million items"));
    }
    let count = if empty { 0 } else { count };
    Ok(Value::List((0..count).map(|i| Value::Int(i64::try_from(from + i * step).unwrap_or(i64::MAX))).collect()))
}

fn substring(args: &[Value], graph: &FrozenGraph) -> Result<Value, Fault> {
    let Some(text) = args[0].as_str(graph) else { return Err(Fault::Type { what: "substring", found: kind(&args[0]) }) };
    let size =
        |v: &Value| usize::try_from(whole(v, "substring")?).map_err(|_| Fault::Argument("`substring` takes no negative number"));
    let from = size(&args[1])?;
    let len = args.get(2).map_or(Ok(usize::MAX), size)?;
    Ok(Value::text(&text.chars().skip(from).take(len).collect::<String>()))
}

fn cut(
    args: &[Value],
    graph: &FrozenGraph,
    what: &'static str,
    run: fn(&[char], usize) -> Option<&[char]>,
) -> Result<Value, Fault> {
    let Some(text) = args[0].as_str(graph) else { return Err(Fault::Type { what, found: kind(&args[0]) }) };
    let n = usize::try_from(whole(&args[1], what)?).map_err(|_| Fault::Argument("a length is negative"))?;
    let chars: Vec<char> = text.chars().collect();
    Ok(Value::text(&run(&chars, n).unwrap_or_default().iter().collect::<String>()))
}
