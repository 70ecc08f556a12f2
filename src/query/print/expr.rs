//! Expressions back to text, with no more parentheses than they need to be read alike.

use std::fmt::{self, Display, Formatter};

use super::query::{chain, list, types};
use super::{free, plain, quoted};
use crate::query::ast::{BinaryOp, Comprehension, Expr, ExprKind, Literal, PathPattern, Selector, UnaryOp};

/// How tightly an expression binds: the levels of the parser.
fn level(kind: &ExprKind<'_>) -> u8 {
    match kind {
        ExprKind::Or(_) => 1,
        ExprKind::Xor(_) => 2,
        ExprKind::And(_) => 3,
        // What follows a pattern would be taken for an edge.
        ExprKind::Unary(UnaryOp::Not, _) | ExprKind::Pattern(_) => 4,
        ExprKind::Compare(..) => 5,
        ExprKind::IsNull { .. } => 6,
        ExprKind::Binary(op, ..) => match op.value {
            BinaryOp::In | BinaryOp::Contains | BinaryOp::StartsWith | BinaryOp::EndsWith => 6,
            BinaryOp::Add | BinaryOp::Subtract => 7,
            BinaryOp::Multiply | BinaryOp::Divide | BinaryOp::Modulo => 8,
            BinaryOp::Power => 9,
        },
        ExprKind::Unary(UnaryOp::Minus | UnaryOp::Plus, _) => 10,
        _ => 11,
    }
}

/// An operand, in parentheses if it binds less tightly than `min`.
struct At<'a, 's>(&'a Expr<'s>, u8);

impl Display for At<'_, '_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if level(&self.0.kind) < self.1 { write!(f, "({})", self.0) } else { self.0.fmt(f) }
    }
}

impl Display for Expr<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let own = level(&self.kind);
        match &self.kind {
            ExprKind::Literal(literal) => literal.fmt(f),
            ExprKind::Variable(name) => free(name).fmt(f),
            ExprKind::Parameter(name) => write!(f, "${name}"),
            ExprKind::Property(of, name) => write!(f, "{}.{}", At(of, own), plain(name)),
            ExprKind::Index(of, index) => write!(f, "{}[{index}]", At(of, own)),
            ExprKind::Slice(of, from, to) => {
                write!(f, "{}[", At(of, own))?;
                optional(f, from.as_deref())?;
                f.write_str("..")?;
                optional(f, to.as_deref())?;
                f.write_str("]")
            }
            ExprKind::HasType(of, all) => {
                // Two lists of types in a row would be read as one.
                let again = u8::from(matches!(of.kind, ExprKind::HasType(..)));
                At(of, own + again).fmt(f)?;
                types(f, all)
            }
            ExprKind::Unary(op, operand) => unary(f, *op, operand),
            ExprKind::Binary(op, left, right) => {
                write!(f, "{} {} {}", At(left, own), op.value.as_str(), At(right, own + 1))
            }
            ExprKind::Compare(first, others) => {
                At(first, own + 1).fmt(f)?;
                others.iter().try_for_each(|(op, other)| write!(f, " {} {}", op.value.as_str(), At(other, own + 1)))
            }
            ExprKind::And(items) => joined(f, items, " AND ", own),
            ExprKind::Xor(items) => joined(f, items, " XOR ", own),
            ExprKind::Or(items) => joined(f, items, " OR ", own),
            ExprKind::IsNull { expr, negated } => {
                write!(f, "{} IS {}NULL", At(expr, own), if *negated { "NOT " } else { "" })
            }
            _ => bracketed(f, &self.kind),
        }
    }
}

/// Expressions that have brackets or words of their own around them.
fn bracketed(f: &mut Formatter<'_>, kind: &ExprKind<'_>) -> fmt::Result {
    match kind {
        ExprKind::List(items) => {
            f.write_str("[")?;
            items_apart(f, items)?;
            f.write_str("]")
        }
        ExprKind::Map(entries) => {
            f.write_str("{")?;
            for (at, entry) in entries.iter().enumerate() {
                write!(f, "{}{}: {}", if at == 0 { "" } else { ", " }, plain(&entry.key), entry.value)?;
            }
            f.write_str("}")
        }
        ExprKind::Call(call) => {
            let words: Vec<&str> = call.name.text.split('.').collect();
            let name = if words.len() > 1 { call.name.text.to_string() } else { free(&call.name.text).to_string() };
            write!(f, "{name}({}", if call.distinct { "DISTINCT " } else { "" })?;
            items_apart(f, &call.args)?;
            f.write_str(")")
        }
        ExprKind::CountStar => f.write_str("count(*)"),
        ExprKind::Case(case) => {
            f.write_str("CASE")?;
            if let Some(subject) = &case.subject {
                write!(f, " {subject}")?;
            }
            for (when, then) in &case.branches {
                write!(f, " WHEN {when} THEN {then}")?;
            }
            if let Some(otherwise) = &case.otherwise {
                write!(f, " ELSE {otherwise}")?;
            }
            f.write_str(" END")
        }
        ExprKind::Exists(query) => write!(f, "EXISTS {{ {query} }}"),
        ExprKind::Pattern(path) => pattern(f, path),
        ExprKind::Comprehension(c) => {
            f.write_str("[")?;
            comprehension(f, c)?;
            f.write_str("]")
        }
        ExprKind::Quantified(quantifier, c) => {
            write!(f, "{}(", quantifier.as_str())?;
            comprehension(f, c)?;
            f.write_str(")")
        }
        ExprKind::PatternComprehension { pattern, filter, map } => {
            write!(f, "[{pattern}")?;
            if let Some(filter) = filter {
                write!(f, " WHERE {filter}")?;
            }
            write!(f, " | {map}]")
        }
        _ => Ok(()),
    }
}

fn optional(f: &mut Formatter<'_>, expr: Option<&Expr<'_>>) -> fmt::Result {
    expr.map_or(Ok(()), |e| e.fmt(f))
}

fn joined(f: &mut Formatter<'_>, items: &[Expr<'_>], word: &str, own: u8) -> fmt::Result {
    for (at, item) in items.iter().enumerate() {
        write!(f, "{}{}", if at == 0 { "" } else { word }, At(item, own + 1))?;
    }
    Ok(())
}

/// Items of a list or a call. A first one that reads `x IN …` would make a comprehension of them.
fn items_apart(f: &mut Formatter<'_>, items: &[Expr<'_>]) -> fmt::Result {
    let Some((first, rest)) = items.split_first() else { return Ok(()) };
    if starts_in(first) {
        write!(f, "({first})")?
    } else {
        first.fmt(f)?
    }
    if !rest.is_empty() {
        f.write_str(", ")?;
    }
    list(f, rest)
}

/// Whether the text of `expr` starts with a variable and IN.
fn starts_in(expr: &Expr<'_>) -> bool {
    match &expr.kind {
        ExprKind::Binary(op, left, _) => {
            (op.value == BinaryOp::In && matches!(left.kind, ExprKind::Variable(_))) || starts_in(left)
        }
        ExprKind::Compare(first, _) | ExprKind::IsNull { expr: first, .. } => starts_in(first),
        ExprKind::And(items) | ExprKind::Or(items) | ExprKind::Xor(items) => items.first().is_some_and(starts_in),
        _ => false,
    }
}

fn unary(f: &mut Formatter<'_>, op: UnaryOp, operand: &Expr<'_>) -> fmt::Result {
    if op == UnaryOp::Not {
        return write!(f, "NOT {}", At(operand, 4));
    }
    let sign = if op == UnaryOp::Minus { '-' } else { '+' };
    let text = At(operand, 10).to_string();
    // A sign and a number are one literal.
    if op == UnaryOp::Minus && text.starts_with(|c: char| c.is_ascii_digit()) {
        return write!(f, "{sign}({operand})");
    }
    write!(f, "{sign}{text}")
}

/// A pattern where a value is wanted.
fn pattern(f: &mut Formatter<'_>, path: &PathPattern<'_>) -> fmt::Result {
    let function = match &path.selector {
        Some(Selector::AllShortest(_)) => "allShortestPaths(",
        Some(_) => "shortestPath(",
        None => return chain(f, path),
    };
    f.write_str(function)?;
    chain(f, path)?;
    f.write_str(")")
}

fn comprehension(f: &mut Formatter<'_>, c: &Comprehension<'_>) -> fmt::Result {
    write!(f, "{} IN {}", free(&c.var.text), c.list)?;
    if let Some(filter) = &c.filter {
        write!(f, " WHERE {filter}")?;
    }
    if let Some(map) = &c.map {
        write!(f, " | {map}")?;
    }
    Ok(())
}

impl Display for Literal<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Int(number) => write!(f, "{number}"),
            Self::Float(number) => write!(f, "{number:?}"),
            Self::Text(text) => quoted(f, text, '\''),
        }
    }
}
