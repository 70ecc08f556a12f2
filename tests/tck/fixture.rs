//! Graphs from CREATE, for tests only: patterns of literals, one statement after the other.

use std::collections::HashMap;

use silkgraph::graph::{EdgeDraft, FrozenGraph, Given, GraphBuilder, NodeDraft};
use silkgraph::model::Value;
use silkgraph::query::Vocabulary;
use silkgraph::query::ast::{Body, Clause, Direction, Expr, ExprKind, Literal, NodePattern, UnaryOp};
use silkgraph::query::parse::parse_fixture;

pub fn graph(statements: &[String]) -> Result<FrozenGraph, String> {
    let mut builder = GraphBuilder::new();
    let mut count = 0;
    for text in statements {
        let statement = parse_fixture(text, &Vocabulary::default()).map_err(|e| format!("set-up: {e}: {text}"))?;
        let Body::Match(query) = &statement.body else { return Err("set-up that is no CREATE".to_owned()) };
        let mut known = HashMap::new();
        for clause in &query.first.clauses {
            let Clause::Create(patterns, _) = clause else { return Err(format!("set-up that is more than CREATE: {text}")) };
            for pattern in patterns {
                let mut left = node(&pattern.start, &mut builder, &mut known, &mut count)?;
                for (rel, end) in &pattern.steps {
                    let right = node(end, &mut builder, &mut known, &mut count)?;
                    let (from, to) = if rel.direction == Direction::In { (right, left) } else { (left, right) };
                    let kind = rel.types.first().map_or("", |t| &t.text).into();
                    let draft = EdgeDraft { kind, attrs: attrs(rel.props.as_ref())?, ..EdgeDraft::default() };
                    builder.edge(from, to, draft);
                    left = right;
                }
            }
        }
    }
    builder.finish().freeze().map_err(|e| e.to_string())
}

fn node(
    pattern: &NodePattern<'_>,
    builder: &mut GraphBuilder,
    known: &mut HashMap<String, u32>,
    count: &mut u32,
) -> Result<u32, String> {
    if let Some(&number) = pattern.var.as_ref().and_then(|v| known.get(&*v.text)) {
        return Ok(number);
    }
    if pattern.types.len() > 1 {
        return Err("a node with several labels: ours have one type".to_owned());
    }
    let kind = pattern.types.first().and_then(|t| t.first()).map_or("", |t| &t.text).into();
    *count += 1;
    let id = format!("n{count:06}").into();
    let number = builder.node(NodeDraft { id, kind, attrs: attrs(pattern.props.as_ref())?, ..NodeDraft::default() });
    if let Some(var) = &pattern.var {
        known.insert(var.text.to_string(), number);
    }
    Ok(number)
}

fn attrs(props: Option<&Expr<'_>>) -> Result<Vec<Given>, String> {
    let Some(props) = props else { return Ok(Vec::new()) };
    let ExprKind::Map(entries) = &props.kind else { return Err("properties that are no map".to_owned()) };
    let mut all = Vec::new();
    for entry in entries {
        if let Some(value) = literal(&entry.value)? {
            all.push(Given { name: (&*entry.key.text).into(), value, claims: Vec::new() });
        }
    }
    Ok(all)
}

/// The value of a literal; none for null.
fn literal(expr: &Expr<'_>) -> Result<Option<Value>, String> {
    Ok(Some(match &expr.kind {
        ExprKind::Literal(Literal::Null) => return Ok(None),
        ExprKind::Literal(Literal::Bool(b)) => Value::Bool(*b),
        ExprKind::Literal(Literal::Int(i)) => Value::Int(*i),
        ExprKind::Literal(Literal::Float(x)) => Value::Float(*x),
        ExprKind::Literal(Literal::Text(t)) => Value::Text((&**t).into()),
        ExprKind::List(items) => {
            let items: Result<Vec<Option<Value>>, String> = items.iter().map(literal).collect();
            Value::List(items?.into_iter().flatten().collect())
        }
        ExprKind::Unary(UnaryOp::Minus, inner) => match literal(inner)? {
            Some(Value::Int(i)) => Value::Int(-i),
            Some(Value::Float(x)) => Value::Float(-x),
            _ => return Err("a set-up value that is no literal".to_owned()),
        },
        _ => return Err("a set-up value that is no literal".to_owned()),
    }))
}
