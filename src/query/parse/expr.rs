//! Expressions, by precedence climbing.
//!
//! ```text
//! loosest  OR   XOR   AND   NOT   = <> < <= > >=   IN CONTAINS STARTS ENDS IS   + -   * / %   ^   unary + -   . [] :   tightest
//! ```
//!
//! Whether a parenthesis opens a pattern, and what a bracket opens, is decided by looking ahead along the table of
//! matching brackets, never by trying: so reading takes time linear in the tokens.

use nom::branch::alt;
use nom::combinator::{map, opt};
use nom::multi::{many1, separated_list0};
use nom::sequence::{delimited, preceded, terminated};
use nom::{Err, Parser};

use super::lexer::{Kind, Token, unescape};
use super::tokens::{Parsed, Tokens, any_word, integer, keyword, symbol, variable};
use super::{CHAIN, DEPTH, HEIGHT, clause, pattern};
use crate::query::ast::{
    BinaryOp, Call, Case, CompareOp, Comprehension, Expr, ExprKind, Literal, MapEntry, Quantifier, UnaryOp, Word,
};
use crate::query::keywords;
use crate::query::syntax::{Expected, SyntaxErrorKind};
use crate::span::{Span, Spanned};

/// How tightly operators bind.
mod level {
    pub(super) const OR: u8 = 1;
    pub(super) const XOR: u8 = 2;
    pub(super) const AND: u8 = 3;
    pub(super) const NOT: u8 = 4;
    pub(super) const COMPARE: u8 = 5;
    pub(super) const PREDICATE: u8 = 6;
    pub(super) const ADD: u8 = 7;
    pub(super) const MULTIPLY: u8 = 8;
    pub(super) const POWER: u8 = 9;
    pub(super) const UNARY: u8 = 10;
}

/// An expression.
pub(super) fn expression<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, Expr<'s>> {
    nested(i, |i| climb(i, level::OR))
}

/// Runs `parser` one nesting deeper.
pub(super) fn nested<'s, 't, T>(
    i: Tokens<'s, 't>,
    parser: impl FnOnce(Tokens<'s, 't>) -> Parsed<'s, 't, T>,
) -> Parsed<'s, 't, T> {
    let depth = i.state.depth.get();
    if depth >= DEPTH {
        let span = i.token(0).map_or(Span::new(i.start(), i.start()), |t| t.span);
        return i.fail(SyntaxErrorKind::TooDeep { most: DEPTH }, span);
    }
    i.state.depth.set(depth + 1);
    let parsed = parser(i);
    i.state.depth.set(depth);
    parsed
}

/// One more layer over what was just read, if the tree may grow as high.
fn grow<'s, 't>(i: Tokens<'s, 't>, span: Span) -> Parsed<'s, 't, ()> {
    let height = i.state.height.get() + 1;
    i.state.height.set(height);
    if height > HEIGHT {
        return i.fail(SyntaxErrorKind::TooManyInChain { most: HEIGHT }, span);
    }
    Ok((i, ()))
}

/// An operator that joins two operands, or that follows one.
#[derive(Clone, Copy)]
enum Operator {
    Logic(u8),
    Compare(CompareOp),
    Binary(BinaryOp, u8),
    IsNull { negated: bool },
}

impl Operator {
    fn level(self) -> u8 {
        match self {
            Self::Logic(level) | Self::Binary(_, level) => level,
            Self::Compare(_) => level::COMPARE,
            Self::IsNull { .. } => level::PREDICATE,
        }
    }
}

/// The operator that comes next, and its tokens.
fn operator(i: Tokens<'_, '_>) -> Option<(Operator, u32)> {
    use Operator::{Binary, Compare, IsNull, Logic};
    Some(match i.kind(0)? {
        Kind::Symbol(symbol) => {
            let operator = match symbol {
                "=" => Compare(CompareOp::Equal),
                "<>" => Compare(CompareOp::Unequal),
                "<" => Compare(CompareOp::Less),
                "<=" => Compare(CompareOp::AtMost),
                ">" => Compare(CompareOp::Greater),
                ">=" => Compare(CompareOp::AtLeast),
                "+" => Binary(BinaryOp::Add, level::ADD),
                "-" => Binary(BinaryOp::Subtract, level::ADD),
                "*" => Binary(BinaryOp::Multiply, level::MULTIPLY),
                "/" => Binary(BinaryOp::Divide, level::MULTIPLY),
                "%" => Binary(BinaryOp::Modulo, level::MULTIPLY),
                "^" => Binary(BinaryOp::Power, level::POWER),
                _ => return None,
            };
            (operator, 1)
        }
        Kind::Word(word) => match word.to_ascii_lowercase().as_str() {
            "or" => (Logic(level::OR), 1),
            "xor" => (Logic(level::XOR), 1),
            "and" => (Logic(level::AND), 1),
            "in" => (Binary(BinaryOp::In, level::PREDICATE), 1),
            "contains" => (Binary(BinaryOp::Contains, level::PREDICATE), 1),
            "starts" if i.is_word(1, "with") => (Binary(BinaryOp::StartsWith, level::PREDICATE), 2),
            "ends" if i.is_word(1, "with") => (Binary(BinaryOp::EndsWith, level::PREDICATE), 2),
            "is" if i.is_word(1, "null") => (IsNull { negated: false }, 2),
            "is" if i.is_word(1, "not") && i.is_word(2, "null") => (IsNull { negated: true }, 3),
            _ => return None,
        },
        _ => return None,
    })
}

/// Notes what may follow an operand, for messages and completion.
fn note_operators(i: Tokens<'_, '_>) {
    match i.word(0) {
        Some(word) if word.eq_ignore_ascii_case("starts") || word.eq_ignore_ascii_case("ends") => {
            i.skip(1).note(Expected::Keyword("with"))
        }
        Some(word) if word.eq_ignore_ascii_case("is") => {
            let at = i.skip(1);
            if at.is_word(0, "not") {
                at.skip(1).note(Expected::Keyword("null"));
            } else {
                at.note(Expected::Keyword("null"));
                at.note(Expected::Keyword("not null"));
            }
        }
        _ => {}
    }
    for word in ["and", "or", "xor", "in", "contains", "starts with", "ends with", "is null", "is not null"] {
        i.note(Expected::Keyword(word));
    }
    for symbol in ["=", "<>", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "^"] {
        i.note(Expected::Symbol(symbol));
    }
}

/// An expression of operators that bind at least as tightly as `min`. [`State::height`](super::tokens::State) is the
/// height of what it read, or what it was if that is more.
fn climb<'s, 't>(i: Tokens<'s, 't>, min: u8) -> Parsed<'s, 't, Expr<'s>> {
    let outer = i.state.height.replace(0);
    let parsed = operands(i, min);
    let height = if parsed.is_ok() { i.state.height.get() } else { 0 };
    i.state.height.set(outer.max(height));
    parsed
}

fn operands<'s, 't>(start: Tokens<'s, 't>, min: u8) -> Parsed<'s, 't, Expr<'s>> {
    let (mut i, mut left) = prefix(start, min)?;
    while let Some((operator, tokens)) = operator(i).filter(|(o, _)| o.level() >= min) {
        let span = i.span_to(i.skip(tokens));
        let whole = |rest: Tokens<'s, 't>| start.span_to(rest);
        match operator {
            Operator::Logic(level) => {
                let (rest, items) = logic(i, left, level)?;
                let kind = match level {
                    level::OR => ExprKind::Or(items),
                    level::XOR => ExprKind::Xor(items),
                    _ => ExprKind::And(items),
                };
                (i, left) = (rest, Expr { kind, span: whole(rest) });
            }
            Operator::Compare(_) => {
                let (rest, others) = comparisons(i)?;
                (i, left) = (rest, Expr { kind: ExprKind::Compare(Box::new(left), others), span: whole(rest) });
            }
            Operator::Binary(op, level) => {
                let (rest, right) = climb(i.skip(tokens), level + 1)?;
                let kind = ExprKind::Binary(Spanned::new(op, span), Box::new(left), Box::new(right));
                (i, left) = (rest, Expr { kind, span: whole(rest) });
            }
            Operator::IsNull { negated } => {
                i = i.skip(tokens);
                left = Expr { kind: ExprKind::IsNull { expr: Box::new(left), negated }, span: whole(i) };
            }
        }
        grow(i, span)?;
    }
    if min <= level::COMPARE {
        note_operators(i);
    }
    Ok((i, left))
}

/// The operands of a chain of AND, OR or XOR that `first` starts.
fn logic<'s, 't>(mut i: Tokens<'s, 't>, first: Expr<'s>, level: u8) -> Parsed<'s, 't, Vec<Expr<'s>>> {
    let mut items = vec![first];
    while let Some((Operator::Logic(next), tokens)) = operator(i)
        && next == level
    {
        if items.len() >= CHAIN as usize {
            return i.fail(SyntaxErrorKind::TooManyInChain { most: CHAIN }, i.span_to(i.skip(1)));
        }
        let (rest, item) = climb(i.skip(tokens), level + 1)?;
        items.push(item);
        i = rest;
    }
    Ok((i, items))
}

/// `< b <= c …`
fn comparisons<'s, 't>(mut i: Tokens<'s, 't>) -> Parsed<'s, 't, Vec<(Spanned<CompareOp>, Expr<'s>)>> {
    let mut others = Vec::new();
    while let Some((Operator::Compare(op), tokens)) = operator(i) {
        let span = i.span_to(i.skip(tokens));
        if others.len() >= CHAIN as usize {
            return i.fail(SyntaxErrorKind::TooManyInChain { most: CHAIN }, span);
        }
        let (rest, right) = climb(i.skip(tokens), level::PREDICATE)?;
        others.push((Spanned::new(op, span), right));
        i = rest;
    }
    Ok((i, others))
}

/// An operand with what stands before it: `NOT`, `-`, `+`.
fn prefix<'s, 't>(i: Tokens<'s, 't>, min: u8) -> Parsed<'s, 't, Expr<'s>> {
    let unary = |op, level| {
        let (rest, operand) = nested(i.skip(1), |j| climb(j, level))?;
        grow(rest, i.span_to(i.skip(1)))?;
        Ok((rest, Expr { kind: ExprKind::Unary(op, Box::new(operand)), span: i.span_to(rest) }))
    };
    if min <= level::NOT && i.is_word(0, "not") {
        return unary(UnaryOp::Not, level::NOT);
    }
    if i.is_symbol(0, "-") {
        return match i.kind(1) {
            Some(Kind::Int(_) | Kind::Float(_)) => negative(i),
            _ => unary(UnaryOp::Minus, level::UNARY),
        };
    }
    if i.is_symbol(0, "+") {
        return unary(UnaryOp::Plus, level::UNARY);
    }
    postfix(i)
}

/// `-1`: one literal, so that the least whole number can be written.
fn negative<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, Expr<'s>> {
    let rest = i.skip(2);
    let span = i.span_to(rest);
    let literal = match i.kind(1) {
        Some(Kind::Int(digits)) => integer(digits).and_then(|n| 0_i64.checked_sub_unsigned(n)).map(Literal::Int),
        Some(Kind::Float(digits)) => float(digits).map(|n| Literal::Float(-n)),
        _ => None,
    };
    let Some(literal) = literal else { return i.fail(SyntaxErrorKind::NumberTooLarge, span) };
    i.state.height.set(i.state.height.get().max(1));
    postfixes(i, rest, Expr { kind: ExprKind::Literal(literal), span })
}

fn float(digits: &str) -> Option<f64> {
    digits.parse().ok().filter(|n: &f64| n.is_finite())
}

/// An atom with what follows it: `.name`, `[i]`, `:Type`.
fn postfix<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, Expr<'s>> {
    let (rest, expr) = atom(i)?;
    grow(rest, expr.span)?;
    postfixes(i, rest, expr)
}

fn postfixes<'s, 't>(start: Tokens<'s, 't>, mut i: Tokens<'s, 't>, mut expr: Expr<'s>) -> Parsed<'s, 't, Expr<'s>> {
    loop {
        let (rest, kind) = if i.is_symbol(0, ".") {
            let (rest, name) = any_word(Expected::Property)(i.skip(1))?;
            (rest, ExprKind::Property(Box::new(expr), name))
        } else if i.is_symbol(0, "[") {
            subscript(i, expr)?
        } else if i.is_symbol(0, ":") {
            let (rest, types) = pattern::types(i, true)?;
            (rest, ExprKind::HasType(Box::new(expr), types))
        } else {
            return Ok((i, expr));
        };
        grow(rest, i.span_to(i.skip(1)))?;
        (i, expr) = (rest, Expr { kind, span: start.span_to(rest) });
    }
}

/// `[i]`, `[from..to]`
fn subscript<'s, 't>(i: Tokens<'s, 't>, of: Expr<'s>) -> Parsed<'s, 't, ExprKind<'s>> {
    let i = i.skip(1);
    let (i, from) = if i.is_symbol(0, "..") { (i, None) } else { map(expression, Some).parse(i)? };
    if from.is_none() || i.is_symbol(0, "..") {
        let (i, _) = symbol("..")(i)?;
        let (i, to) = if i.is_symbol(0, "]") { (i, None) } else { map(expression, Some).parse(i)? };
        let (i, _) = symbol("]")(i)?;
        return Ok((i, ExprKind::Slice(Box::new(of), from.map(Box::new), to.map(Box::new))));
    }
    i.note(Expected::Symbol(".."));
    let (i, _) = symbol("]")(i)?;
    match from {
        Some(index) => Ok((i, ExprKind::Index(Box::new(of), Box::new(index)))),
        None => i.miss(Expected::Expression),
    }
}

/// What is no operator's result.
fn atom<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, Expr<'s>> {
    let Some(&Token { kind, span, .. }) = i.token(0) else { return i.miss(Expected::Expression) };
    let literal = |literal| Ok((i.skip(1), ExprKind::Literal(literal)));
    let (rest, kind) = match kind {
        Kind::Int(digits) => match integer(digits).and_then(|n| i64::try_from(n).ok()) {
            Some(number) => literal(Literal::Int(number)),
            None => i.fail(SyntaxErrorKind::NumberTooLarge, span),
        },
        Kind::Float(digits) => match float(digits) {
            Some(number) => literal(Literal::Float(number)),
            None => i.fail(SyntaxErrorKind::NumberTooLarge, span),
        },
        Kind::Date(date) => literal(Literal::Text(date.into())),
        Kind::Quoted(raw) => literal(Literal::Text(unescape(raw))),
        Kind::Parameter(name) => Ok((i.skip(1), ExprKind::Parameter(name.into()))),
        Kind::Symbol("(") if pattern::is_pattern(i) => map(pattern::chain, |p| ExprKind::Pattern(Box::new(p))).parse(i),
        Kind::Symbol("(") => map(delimited(symbol("("), expression, symbol(")")), |e| e.kind).parse(i),
        Kind::Symbol("[") => brackets(i),
        Kind::Symbol("{") => map(entries, ExprKind::Map).parse(i),
        Kind::Word(word) => worded(i, word),
        Kind::Backquoted(_) => map(variable, |v| ExprKind::Variable(v.text)).parse(i),
        Kind::Symbol(_) | Kind::Foreign(_) | Kind::Bad(_) => i.miss(Expected::Expression),
    }?;
    Ok((rest, Expr { kind, span: i.span_to(rest) }))
}

/// `{key: value, …}`
fn entries<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, Vec<MapEntry<'s>>> {
    let entry = |i| {
        let (i, key) = any_word(Expected::Property)(i)?;
        let (i, value) = preceded(symbol(":"), expression).parse(i)?;
        Ok((i, MapEntry { key, value }))
    };
    delimited(symbol("{"), separated_list0(symbol(","), entry), symbol("}")).parse(i)
}

/// A map, as an expression: the properties of a pattern.
pub(super) fn map_literal<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, Expr<'s>> {
    let (rest, entries) = nested(i, entries)?;
    Ok((rest, Expr { kind: ExprKind::Map(entries), span: i.span_to(rest) }))
}

/// A list, or a comprehension of a list or of a pattern.
fn brackets<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, ExprKind<'s>> {
    let inner = i.skip(1);
    let named = matches!(inner.kind(0), Some(Kind::Word(_) | Kind::Backquoted(_)));
    if named && inner.is_word(1, "in") && !inner.word(0).is_some_and(keywords::is_reserved) {
        return map(delimited(symbol("["), comprehension, symbol("]")), |c| ExprKind::Comprehension(Box::new(c))).parse(i);
    }
    let at = if named && inner.is_symbol(1, "=") { inner.skip(2) } else { inner };
    if at.is_symbol(0, "(") && pattern::is_pattern(at) && has_bar(i) {
        return delimited(symbol("["), pattern_comprehension, symbol("]")).parse(i);
    }
    let items = separated_list0(symbol(","), expression);
    map(delimited(symbol("["), items, symbol("]")), ExprKind::List).parse(i)
}

/// Whether the bracket at `i` holds a `|` that no bracket within it holds.
fn has_bar(i: Tokens<'_, '_>) -> bool {
    let closer = |at: u32| i.state.closers.get(at as usize).copied().filter(|c| *c != u32::MAX);
    let Some(end) = closer(i.at) else { return false };
    let mut at = i.at + 1;
    while at < end {
        if i.state.tokens.get(at as usize).is_some_and(|t| t.kind == Kind::Symbol("|")) {
            return true;
        }
        at = closer(at).unwrap_or(at) + 1;
    }
    false
}

/// `x IN list [WHERE …] [| …]`
fn comprehension<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, Comprehension<'s>> {
    let (i, var) = terminated(variable, keyword("in")).parse(i)?;
    let (i, list) = expression(i)?;
    let (i, filter) = opt(preceded(keyword("where"), expression)).parse(i)?;
    let (i, map) = opt(preceded(symbol("|"), expression)).parse(i)?;
    Ok((i, Comprehension { var, list, filter, map }))
}

/// `[p =] (a)-->(b) [WHERE …] | …`
fn pattern_comprehension<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, ExprKind<'s>> {
    let (i, pattern) = pattern::path(i)?;
    let (i, filter) = opt(preceded(keyword("where"), expression)).parse(i)?;
    let (i, map) = preceded(symbol("|"), expression).parse(i)?;
    Ok((i, ExprKind::PatternComprehension { pattern: Box::new(pattern), filter: filter.map(Box::new), map: Box::new(map) }))
}

/// What starts with a word: a constant, CASE, EXISTS, a quantifier, a call, a variable.
fn worded<'s, 't>(i: Tokens<'s, 't>, word: &'s str) -> Parsed<'s, 't, ExprKind<'s>> {
    let lower = word.to_ascii_lowercase();
    let constant = |literal| Ok((i.skip(1), ExprKind::Literal(literal)));
    let called = i.is_symbol(1, "(");
    match lower.as_str() {
        "null" => constant(Literal::Null),
        "true" => constant(Literal::Bool(true)),
        "false" => constant(Literal::Bool(false)),
        "case" => map(case, |c| ExprKind::Case(Box::new(c))).parse(i),
        "exists" if i.is_symbol(1, "{") => nested(i, clause::exists),
        "count" if called && i.is_symbol(2, "*") => map(symbol(")"), |_| ExprKind::CountStar).parse(i.skip(3)),
        "shortestpath" | "allshortestpaths" if called && i.is_symbol(2, "(") => {
            map(pattern::path, |p| ExprKind::Pattern(Box::new(p))).parse(i)
        }
        "all" | "any" | "none" | "single" if called && i.is_word(3, "in") => quantified(i, &lower),
        _ => alt((call, map(free_variable, |v: Word<'s>| ExprKind::Variable(v.text)))).parse(i),
    }
}

/// A variable where an expression is wanted.
fn free_variable<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, Word<'s>> {
    if i.word(0).is_some_and(keywords::is_reserved) {
        return i.miss(Expected::Expression);
    }
    any_word(Expected::Expression)(i)
}

/// `all(x IN list WHERE …)`
fn quantified<'s, 't>(i: Tokens<'s, 't>, word: &str) -> Parsed<'s, 't, ExprKind<'s>> {
    let quantifier = match word {
        "all" => Quantifier::All,
        "any" => Quantifier::Any,
        "none" => Quantifier::None,
        _ => Quantifier::Single,
    };
    let (i, var) = terminated(variable, keyword("in")).parse(i.skip(2))?;
    let (i, list) = expression(i)?;
    let (i, filter) = opt(preceded(keyword("where"), expression)).parse(i)?;
    let (i, _) = symbol(")")(i)?;
    Ok((i, ExprKind::Quantified(quantifier, Box::new(Comprehension { var, list, filter, map: None }))))
}

/// `name(arguments)`, `a.b.name(arguments)`
fn call<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, ExprKind<'s>> {
    let mut words = 1;
    while i.is_symbol(words, ".") && i.word(words + 1).is_some() {
        words += 2;
    }
    let soft = words == 1 && i.word(0).is_some_and(keywords::is_reserved);
    if soft || !i.is_symbol(words, "(") {
        return Err(Err::Error(super::tokens::Miss));
    }
    let span = i.span_to(i.skip(words));
    let name = Word { text: i.text(span).into(), span };
    let i = i.skip(words + 1);
    let (i, distinct) = if i.is_word(0, "distinct") { (i.skip(1), true) } else { (i, false) };
    let (i, args) = terminated(separated_list0(symbol(","), expression), symbol(")")).parse(i)?;
    Ok((i, ExprKind::Call(Call { name, distinct, args })))
}

/// `CASE [subject] WHEN … THEN … [ELSE …] END`
fn case<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, Case<'s>> {
    let (i, _) = keyword("case")(i)?;
    let (i, subject) = if i.is_word(0, "when") { (i, None) } else { map(expression, Some).parse(i)? };
    let branch = (preceded(keyword("when"), expression), preceded(keyword("then"), expression));
    let (i, branches) = many1(branch).parse(i)?;
    let (i, otherwise) = opt(preceded(keyword("else"), expression)).parse(i)?;
    let (i, _) = keyword("end")(i)?;
    Ok((i, Case { subject, branches, otherwise }))
}
