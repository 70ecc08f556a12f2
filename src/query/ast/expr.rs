//! Expressions: the same in a verb's `where` and in MATCH.

use std::borrow::Cow;

use super::{PathPattern, Query, Word};
use crate::span::{Span, Spanned};

/// An expression and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr<'s> {
    /// What it is.
    pub kind: ExprKind<'s>,
    /// Where it stands.
    pub span: Span,
}

/// What an expression is. Trees are at most 400 high, so that recursion over them is safe; chains of AND,
/// OR and XOR are flat and at most 1,000 long.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind<'s> {
    /// `1`, `'text'`, `true`, `null`
    Literal(Literal<'s>),
    /// A variable; in a verb's `where`, a property of what the row is about.
    Variable(Cow<'s, str>),
    /// `$x`, without the `$`.
    Parameter(Cow<'s, str>),
    /// `e.name`
    Property(Box<Expr<'s>>, Word<'s>),
    /// `e[i]`
    Index(Box<Expr<'s>>, Box<Expr<'s>>),
    /// `e[from..to]`
    Slice(Box<Expr<'s>>, Option<Box<Expr<'s>>>, Option<Box<Expr<'s>>>),
    /// `e:State:Region`, `e:State|Region`: all of the lists hold, each by any of its words.
    HasType(Box<Expr<'s>>, Vec<Vec<Word<'s>>>),
    /// `[1, 2]`
    List(Vec<Expr<'s>>),
    /// `{a: 1}`
    Map(Vec<MapEntry<'s>>),
    /// `NOT e`, `-e`, `+e`
    Unary(UnaryOp, Box<Expr<'s>>),
    /// `a + b`, `a IN b`, `a STARTS WITH b`
    Binary(Spanned<BinaryOp>, Box<Expr<'s>>, Box<Expr<'s>>),
    /// `a < b`, and `a < b <= c`, which means `a < b AND b <= c`. Never without a comparison.
    Compare(Box<Expr<'s>>, Vec<(Spanned<CompareOp>, Expr<'s>)>),
    /// `a AND b AND c`: two or more.
    And(Vec<Expr<'s>>),
    /// `a XOR b XOR c`: two or more.
    Xor(Vec<Expr<'s>>),
    /// `a OR b OR c`: two or more.
    Or(Vec<Expr<'s>>),
    /// `e IS NULL`; `negated`: `e IS NOT NULL`.
    IsNull {
        /// Of what.
        expr: Box<Expr<'s>>,
        /// `NOT`.
        negated: bool,
    },
    /// `f(a, b)`
    Call(Call<'s>),
    /// `count(*)`
    CountStar,
    /// `CASE … END`
    Case(Box<Case<'s>>),
    /// `EXISTS { … }`: a bare pattern inside it is a MATCH without RETURN.
    Exists(Box<Query<'s>>),
    /// A pattern where a truth value is wanted: `(a)-[:funds]->(b)`. At least one edge.
    Pattern(Box<PathPattern<'s>>),
    /// `[x IN list WHERE … | …]`
    Comprehension(Box<Comprehension<'s>>),
    /// `all(x IN list WHERE …)` and its like.
    Quantified(Quantifier, Box<Comprehension<'s>>),
    /// `[(a)-->(b) WHERE … | …]`
    PatternComprehension {
        /// What is matched, with its path variable if it has one.
        pattern: Box<PathPattern<'s>>,
        /// `WHERE`.
        filter: Option<Box<Expr<'s>>>,
        /// What each match gives.
        map: Box<Expr<'s>>,
    },
}

/// A literal.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal<'s> {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number with a point or an exponent.
    Float(f64),
    /// Text, its escapes undone.
    Text(Cow<'s, str>),
}

/// `key: value` in a map.
#[derive(Debug, Clone, PartialEq)]
pub struct MapEntry<'s> {
    /// The key.
    pub key: Word<'s>,
    /// The value.
    pub value: Expr<'s>,
}

/// An operator before its operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnaryOp {
    /// `NOT`
    Not,
    /// `-`
    Minus,
    /// `+`
    Plus,
}

/// An operator between two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BinaryOp {
    /// `+`: sums, joins texts and lists.
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Modulo,
    /// `^`
    Power,
    /// `IN`
    In,
    /// `CONTAINS`
    Contains,
    /// `STARTS WITH`
    StartsWith,
    /// `ENDS WITH`
    EndsWith,
}

impl BinaryOp {
    /// As it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Modulo => "%",
            Self::Power => "^",
            Self::In => "IN",
            Self::Contains => "CONTAINS",
            Self::StartsWith => "STARTS WITH",
            Self::EndsWith => "ENDS WITH",
        }
    }
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CompareOp {
    /// `=`
    Equal,
    /// `<>`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

impl CompareOp {
    /// As it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::Unequal => "<>",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
        }
    }
}

/// `name(arguments)`.
#[derive(Debug, Clone, PartialEq)]
pub struct Call<'s> {
    /// The function's name as typed; it may hold dots.
    pub name: Word<'s>,
    /// `DISTINCT` before the arguments.
    pub distinct: bool,
    /// The arguments.
    pub args: Vec<Expr<'s>>,
}

/// `CASE [subject] WHEN … THEN … [ELSE …] END`.
#[derive(Debug, Clone, PartialEq)]
pub struct Case<'s> {
    /// What the WHENs are compared with; none: they are conditions.
    pub subject: Option<Expr<'s>>,
    /// WHEN and THEN; never empty.
    pub branches: Vec<(Expr<'s>, Expr<'s>)>,
    /// ELSE; null if none.
    pub otherwise: Option<Expr<'s>>,
}

/// `x IN list [WHERE filter] [| map]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Comprehension<'s> {
    /// The variable.
    pub var: Word<'s>,
    /// Over what.
    pub list: Expr<'s>,
    /// Which of them.
    pub filter: Option<Expr<'s>>,
    /// What each becomes; itself if none. Never in a quantifier.
    pub map: Option<Expr<'s>>,
}

/// How many elements must pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Quantifier {
    /// `all`
    All,
    /// `any`
    Any,
    /// `none`
    None,
    /// `single`
    Single,
}

impl Quantifier {
    /// As it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Any => "any",
            Self::None => "none",
            Self::Single => "single",
        }
    }
}
