//! What was typed: one tree for verb sentences and MATCH, borrowed from the source, with a span on every node.
//!
//! Nothing is resolved here. Names, types, edges and properties are texts as typed; edge words are kept whole
//! ("is funded by") and [`Vocabulary`](super::Vocabulary) says what they may mean. Binders turn a tree into a plan;
//! `print` turns it back into text.
//!
//! | module | holds |
//! | --- | --- |
//! | this one | statements, words, names, objects |
//! | [`verb`] | the verb sentences and the tail that they share |
//! | [`query`] | MATCH … RETURN: clauses, projections, patterns |
//! | [`expr`] | expressions, the same ones in a verb's `where` and in MATCH |

use std::borrow::Cow;

use crate::span::Span;

pub mod expr;
pub mod query;
pub mod verb;

pub use expr::{BinaryOp, Call, Case, CompareOp, Comprehension, Expr, ExprKind, Literal, MapEntry, Quantifier, UnaryOp};
pub use query::{
    Clause, Direction, Item, Length, Match, NodePattern, PathMode, PathPattern, Projection, Query, RelPattern, Seen, Selector,
    SingleQuery, Sort, Union, Unwind, With,
};
pub use verb::{
    Ask, Asking, By, Chokepoints, Compare, Conflicts, Due, End, List, Neighbours, Paths, Routes, Search, Show, Sources, Tail,
    Timeline, Why, WhyTarget,
};

/// One statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement<'s> {
    /// Whether it is run, explained or profiled.
    pub prefix: Prefix,
    /// What it asks.
    pub body: Body<'s>,
    /// The whole statement, its prefix included.
    pub span: Span,
}

/// What is done with a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Prefix {
    /// It is run.
    #[default]
    None,
    /// `explain`: its plan is shown, and nothing runs.
    Explain,
    /// `profile`: it is run, and its plan is shown with the rows and the time of each operator.
    Profile,
}

/// What a statement asks.
#[derive(Debug, Clone, PartialEq)]
pub enum Body<'s> {
    /// `MATCH … RETURN`, and whatever else starts with a clause (`RETURN`, `WITH`, `UNWIND`, `OPTIONAL MATCH`).
    Match(Query<'s>),
    /// `routes …`
    Routes(Routes<'s>),
    /// `path from … to …`, `paths from … to …`
    Paths(Paths<'s>),
    /// `neighbours of …`
    Neighbours(Neighbours<'s>),
    /// `show …`
    Show(Show<'s>),
    /// `who funds X`, `what is funded by Y`, `what EU funds`, `which states border X`, `funders of X`.
    Ask(Ask<'s>),
    /// `why …`
    Why(Why<'s>),
    /// `list corridors …`, `count corridors …`, `agreements of Japan`.
    List(List<'s>),
    /// `timeline of …`
    Timeline(Timeline<'s>),
    /// `conflicts about …`
    Conflicts(Conflicts<'s>),
    /// `compare A, B`
    Compare(Compare<'s>),
    /// `chokepoints from … to …`, `chokepoints without Georgia`
    Chokepoints(Chokepoints<'s>),
    /// `due before 2026-12-31`
    Due(Due<'s>),
    /// `sources of …`
    Sources(Sources<'s>),
}

/// One word or quoted identifier: a variable, a type, a property, an alias. Case as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'s> {
    /// The word, without back-quotes.
    pub text: Cow<'s, str>,
    /// Where it stands, its back-quotes included.
    pub span: Span,
}

/// An edge as people say it, or the name of its type: `funds`, `is funded by`, `passes_through`.
/// [`Vocabulary::readings`](super::Vocabulary::readings) of `text` says what it may mean; none if it is unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation<'s> {
    /// The words as typed.
    pub text: Cow<'s, str>,
    /// Said as a noun ("funders of X", "who are members of X"): it names sources, however the schema lists it.
    pub noun: bool,
    /// Where they stand.
    pub span: Span,
}

/// How a name was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NameForm {
    /// Bare words: `Middle Corridor`. Two of them joined by "and" may be one name ([`Names::joined`]).
    Bare,
    /// In quotes: one name, whatever it holds.
    Quoted,
    /// `$x`: the parameter's value is the name.
    Parameter,
}

/// The name of a node, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name<'s> {
    /// The name without quotes and escapes, or the parameter's name without `$`.
    pub text: Cow<'s, str>,
    /// How it was written.
    pub form: NameForm,
    /// Where it stands, quotes included.
    pub span: Span,
}

/// What stands between two names of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Join {
    /// `,`: means what the list's last join means; "and" if there are only commas.
    Comma,
    /// `and`, also `, and`: each of them.
    And,
    /// `or`, also `, or`: any of them.
    Or,
}

/// Names joined by commas, "and" or "or": at least one. "Bosnia and Herzegovina" is two bare names here; whether it is
/// one known name is asked by the binder through [`Names::joined`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names<'s> {
    /// The list as typed.
    pub source: &'s str,
    /// The names in order; never empty.
    pub items: Vec<Name<'s>>,
    /// What stands between them: one fewer than `items`.
    pub joins: Vec<Join>,
    /// Where `source` stands.
    pub span: Span,
}

impl<'s> Names<'s> {
    /// What the whole list means: any of its names, if its last join is "or", else each of them.
    #[must_use]
    pub fn any(&self) -> bool {
        self.joins.iter().rev().find(|j| **j != Join::Comma) == Some(&Join::Or)
    }

    /// The names `from..=to` as one name, as typed, if all of them are bare: "Bosnia and Herzegovina".
    #[must_use]
    pub fn joined(&self, from: usize, to: usize) -> Option<Name<'s>> {
        let range = self.items.get(from..=to)?;
        let (first, last) = (range.first()?, range.last()?);
        if range.iter().any(|n| n.form != NameForm::Bare) {
            return None;
        }
        let span = first.span.cover(last.span);
        let start = span.start.checked_sub(self.span.start)? as usize;
        let text = self.source.get(start..start + span.len())?;
        Some(Name { text: Cow::Borrowed(text), form: NameForm::Bare, span })
    }
}

/// What a verb speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Object<'s> {
    /// Things by name.
    Names(Names<'s>),
    /// Everything of a type, in the singular or plural: `corridors`.
    Type(Word<'s>),
    /// `anything`, or "what" in "who funds what".
    Anything(Span),
}

impl Object<'_> {
    /// Where it stands.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Names(names) => names.span,
            Self::Type(word) => word.span,
            Self::Anything(span) => *span,
        }
    }
}
