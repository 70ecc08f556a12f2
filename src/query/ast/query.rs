//! MATCH … RETURN: clauses, projections and patterns.

use super::{Expr, Word};
use crate::model::{Mode, PartialDate};
use crate::span::{Span, Spanned};

/// One query, or several joined by UNION.
#[derive(Debug, Clone, PartialEq)]
pub struct Query<'s> {
    /// The first.
    pub first: SingleQuery<'s>,
    /// The others, in order.
    pub unions: Vec<Union<'s>>,
    /// Which claims and edges count, said behind the last RETURN.
    pub seen: Seen,
    /// All of it.
    pub span: Span,
}

/// `mode M, M`, `as of DATE`, `with world` behind a query: what of the texts counts in all of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Seen {
    /// `mode M`, several: edges in any of them.
    pub modes: Vec<Spanned<Mode>>,
    /// `as of DATE`: claims asserted later do not count.
    pub as_of: Option<Spanned<PartialDate>>,
    /// `with world`: edges and nodes of world data too.
    pub with_world: Option<Span>,
}

/// `UNION [ALL] query`.
#[derive(Debug, Clone, PartialEq)]
pub struct Union<'s> {
    /// `ALL`: equal rows are kept.
    pub all: bool,
    /// What is added.
    pub query: SingleQuery<'s>,
    /// From `UNION` on.
    pub span: Span,
}

/// Clauses in order. A statement's last one is RETURN; inside `EXISTS { … }` it may be missing.
#[derive(Debug, Clone, PartialEq)]
pub struct SingleQuery<'s> {
    /// The clauses; never empty.
    pub clauses: Vec<Clause<'s>>,
    /// All of them.
    pub span: Span,
}

/// A clause.
#[derive(Debug, Clone, PartialEq)]
pub enum Clause<'s> {
    /// `[OPTIONAL] MATCH … [WHERE …]`
    Match(Match<'s>),
    /// `WITH … [WHERE …]`
    With(With<'s>),
    /// `UNWIND … AS x`
    Unwind(Unwind<'s>),
    /// `RETURN …`
    Return(Projection<'s>),
    /// `CREATE …`: only from `parse_fixture`, to set up graphs in tests; a statement never holds it.
    Create(Vec<PathPattern<'s>>, Span),
}

/// `[OPTIONAL] MATCH pattern, pattern [WHERE …]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Match<'s> {
    /// `OPTIONAL`: a row without a match stays, with nulls.
    pub optional: bool,
    /// The patterns; never empty. Their edges differ from each other.
    pub patterns: Vec<PathPattern<'s>>,
    /// `WHERE`.
    pub filter: Option<Expr<'s>>,
    /// The whole clause.
    pub span: Span,
}

/// `WITH … [WHERE …]`.
#[derive(Debug, Clone, PartialEq)]
pub struct With<'s> {
    /// What is passed on. Items that are no variables have an alias (the binder checks).
    pub projection: Projection<'s>,
    /// `WHERE`, over what is passed on.
    pub filter: Option<Expr<'s>>,
    /// The whole clause.
    pub span: Span,
}

/// `UNWIND list AS x`.
#[derive(Debug, Clone, PartialEq)]
pub struct Unwind<'s> {
    /// The list.
    pub list: Expr<'s>,
    /// The variable.
    pub var: Word<'s>,
    /// The whole clause.
    pub span: Span,
}

/// What follows RETURN or WITH.
#[derive(Debug, Clone, PartialEq)]
pub struct Projection<'s> {
    /// `DISTINCT`.
    pub distinct: bool,
    /// `*`: all variables in scope; items may follow.
    pub star: Option<Span>,
    /// The items.
    pub items: Vec<Item<'s>>,
    /// `ORDER BY`.
    pub order: Vec<Sort<'s>>,
    /// `SKIP`.
    pub skip: Option<Expr<'s>>,
    /// `LIMIT`.
    pub limit: Option<Expr<'s>>,
    /// From the clause's word on.
    pub span: Span,
}

/// `expr [AS alias]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Item<'s> {
    /// What is computed.
    pub expr: Expr<'s>,
    /// `AS alias`.
    pub alias: Option<Word<'s>>,
    /// The expression as written, white space at its ends trimmed: the column's name if there is no alias.
    pub source: &'s str,
}

impl Item<'_> {
    /// The column's name: the alias, else the expression as written.
    #[must_use]
    pub fn name(&self) -> &str {
        self.alias.as_ref().map_or(self.source, |a| &a.text)
    }
}

/// `expr [ASC | DESC]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Sort<'s> {
    /// By what.
    pub expr: Expr<'s>,
    /// `DESC`, `DESCENDING`.
    pub descending: bool,
}

/// `[var =] [mode] [selector] node { rel node }`.
#[derive(Debug, Clone, PartialEq)]
pub struct PathPattern<'s> {
    /// The path variable.
    pub var: Option<Word<'s>>,
    /// `ACYCLIC`, `TRAIL`.
    pub mode: Option<PathMode>,
    /// `SHORTEST 3` and the like.
    pub selector: Option<Selector<'s>>,
    /// The first node.
    pub start: NodePattern<'s>,
    /// What leads on, and where to.
    pub steps: Vec<(RelPattern<'s>, NodePattern<'s>)>,
    /// The whole pattern.
    pub span: Span,
}

/// What may not repeat along a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PathMode {
    /// No node twice.
    Acyclic,
    /// No edge twice: what MATCH does anyway.
    Trail,
}

/// Which of the paths that match are kept, for each pair of ends.
#[derive(Debug, Clone, PartialEq)]
pub enum Selector<'s> {
    /// `ANY`: any one.
    Any(Span),
    /// `ANY SHORTEST`, `SHORTEST 1`, `shortestPath(…)`: one of the shortest; `SHORTEST k`: the k shortest.
    Shortest(u64, Span),
    /// `ALL SHORTEST`, `allShortestPaths(…)`: all that are as short as the shortest.
    AllShortest(Span),
    /// `CHEAPEST k BY property`: the k with the least sum of the property.
    Cheapest(u64, Word<'s>, Span),
}

/// `(var:Type {props} WHERE …)`.
#[derive(Debug, Clone, PartialEq)]
pub struct NodePattern<'s> {
    /// The variable.
    pub var: Option<Word<'s>>,
    /// Types: all of the lists hold (`:A:B`), each by any of its words (`:A|B`).
    pub types: Vec<Vec<Word<'s>>>,
    /// `{…}`: a map literal, or a parameter.
    pub props: Option<Expr<'s>>,
    /// Inline `WHERE`.
    pub filter: Option<Expr<'s>>,
    /// Parentheses included.
    pub span: Span,
}

/// Which way an edge leads, read from left to right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// `-->`
    Out,
    /// `<--`
    In,
    /// `--`, `<-->`
    Either,
}

/// `-[var:TYPE|TYPE*1..3 {props} WHERE …]->`.
#[derive(Debug, Clone, PartialEq)]
pub struct RelPattern<'s> {
    /// Which way.
    pub direction: Direction,
    /// The variable: an edge, or the list of edges if there is a length.
    pub var: Option<Word<'s>>,
    /// Any of these types; any at all if empty.
    pub types: Vec<Word<'s>>,
    /// `*1..3`, `{1,3}`, `+`: one edge exactly if none.
    pub length: Option<Length>,
    /// `{…}`: a map literal, or a parameter; each edge has these.
    pub props: Option<Expr<'s>>,
    /// Inline `WHERE`: holds for each edge.
    pub filter: Option<Expr<'s>>,
    /// Dashes and arrow heads included.
    pub span: Span,
}

/// How many edges in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    /// At least; 1 if not said (`*`, `*..3`), 0 for `{,3}` as GQL has it.
    pub min: u32,
    /// At most; none is without bound.
    pub max: Option<u32>,
    /// Where it is said.
    pub span: Span,
}
