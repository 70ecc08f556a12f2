//! MATCH … RETURN back to text.

use std::fmt::{self, Display, Formatter};

use super::{free, plain};
use crate::model::Mode;
use crate::query::ast::{
    Clause, Direction, Expr, Length, Match, NodePattern, PathMode, PathPattern, Projection, Query, RelPattern, Seen, Selector,
    SingleQuery, Sort, Word,
};
use crate::query::keywords;
use crate::span::Spanned;

impl Display for Query<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.first.fmt(f)?;
        for union in &self.unions {
            write!(f, " UNION {}{}", if union.all { "ALL " } else { "" }, union.query)?;
        }
        self.seen.fmt(f)
    }
}

/// ` mode M, M`; `all` where it is every mode.
pub(super) fn modes(f: &mut Formatter<'_>, modes: &[Spanned<Mode>]) -> fmt::Result {
    if Mode::ALL.iter().all(|mode| modes.iter().any(|m| m.value == *mode)) {
        return write!(f, " mode {}", keywords::ALL_MODES);
    }
    for (at, mode) in modes.iter().enumerate() {
        write!(f, "{}{}", if at == 0 { " mode " } else { ", " }, mode.value)?;
    }
    Ok(())
}

impl Display for Seen {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        modes(f, &self.modes)?;
        if let Some(date) = self.as_of {
            write!(f, " as of {}", date.value)?;
        }
        f.write_str(if self.with_world.is_some() { " with world" } else { "" })
    }
}

impl Display for SingleQuery<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (at, clause) in self.clauses.iter().enumerate() {
            write!(f, "{}{clause}", if at == 0 { "" } else { " " })?;
        }
        Ok(())
    }
}

impl Display for Clause<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Match(clause) => clause.fmt(f),
            Self::With(with) => {
                write!(f, "WITH {}", with.projection)?;
                filter(f, with.filter.as_ref())
            }
            Self::Unwind(unwind) => write!(f, "UNWIND {} AS {}", unwind.list, free(&unwind.var.text)),
            Self::Return(projection) => write!(f, "RETURN {projection}"),
            Self::Create(patterns, _) => {
                f.write_str("CREATE ")?;
                list(f, patterns)
            }
        }
    }
}

impl Display for Match<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(if self.optional { "OPTIONAL MATCH " } else { "MATCH " })?;
        list(f, &self.patterns)?;
        filter(f, self.filter.as_ref())
    }
}

impl Display for Projection<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(if self.distinct { "DISTINCT " } else { "" })?;
        f.write_str(if self.star.is_some() { "*" } else { "" })?;
        for (at, item) in self.items.iter().enumerate() {
            f.write_str(if at > 0 || self.star.is_some() { ", " } else { "" })?;
            item.expr.fmt(f)?;
            if let Some(alias) = &item.alias {
                write!(f, " AS {}", free(&alias.text))?;
            }
        }
        if !self.order.is_empty() {
            f.write_str(" ORDER BY ")?;
            sorts(f, &self.order, "DESC")?;
        }
        for (word, count) in [("SKIP", &self.skip), ("LIMIT", &self.limit)] {
            if let Some(count) = count {
                write!(f, " {word} {count}")?;
            }
        }
        Ok(())
    }
}

/// Things with commas between them.
pub(super) fn list<T: Display>(f: &mut Formatter<'_>, items: &[T]) -> fmt::Result {
    for (at, item) in items.iter().enumerate() {
        write!(f, "{}{item}", if at == 0 { "" } else { ", " })?;
    }
    Ok(())
}

/// Sort keys, `descending` after those that go down.
pub(super) fn sorts(f: &mut Formatter<'_>, order: &[Sort<'_>], descending: &str) -> fmt::Result {
    for (at, sort) in order.iter().enumerate() {
        write!(f, "{}{}", if at == 0 { "" } else { ", " }, sort.expr)?;
        if sort.descending {
            write!(f, " {descending}")?;
        }
    }
    Ok(())
}

fn filter(f: &mut Formatter<'_>, filter: Option<&Expr<'_>>) -> fmt::Result {
    filter.map_or(Ok(()), |filter| write!(f, " WHERE {filter}"))
}

impl Display for PathPattern<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if let Some(var) = &self.var {
            write!(f, "{} = ", free(&var.text))?;
        }
        f.write_str(match self.mode {
            Some(PathMode::Acyclic) => "ACYCLIC ",
            Some(PathMode::Trail) => "TRAIL ",
            None => "",
        })?;
        match &self.selector {
            Some(Selector::Any(_)) => f.write_str("ANY ")?,
            Some(Selector::Shortest(k, _)) => write!(f, "SHORTEST {k} ")?,
            Some(Selector::AllShortest(_)) => f.write_str("ALL SHORTEST ")?,
            Some(Selector::Cheapest(k, by, _)) => write!(f, "CHEAPEST {k} BY {} ", plain(by))?,
            None => {}
        }
        chain(f, self)
    }
}

/// The nodes and edges of a pattern, nothing before them.
pub(super) fn chain(f: &mut Formatter<'_>, pattern: &PathPattern<'_>) -> fmt::Result {
    pattern.start.fmt(f)?;
    for (rel, node) in &pattern.steps {
        write!(f, "{rel}{node}")?;
    }
    Ok(())
}

impl Display for NodePattern<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("(")?;
        details(f, self.var.as_ref(), |f| types(f, &self.types), None, self.props.as_ref(), self.filter.as_ref())?;
        f.write_str(")")
    }
}

/// `:A|B:C`
pub(super) fn types(f: &mut Formatter<'_>, all: &[Vec<Word<'_>>]) -> fmt::Result {
    for any in all {
        for (at, word) in any.iter().enumerate() {
            write!(f, "{}{}", if at == 0 { ":" } else { "|" }, plain(word))?;
        }
    }
    Ok(())
}

/// What stands in parentheses or brackets of a pattern.
fn details(
    f: &mut Formatter<'_>,
    var: Option<&Word<'_>>,
    types: impl Fn(&mut Formatter<'_>) -> fmt::Result,
    length: Option<Length>,
    props: Option<&Expr<'_>>,
    filter: Option<&Expr<'_>>,
) -> fmt::Result {
    if let Some(var) = var {
        free(&var.text).fmt(f)?;
    }
    types(f)?;
    if let Some(length) = length {
        write!(f, "{length}")?;
    }
    if let Some(props) = props {
        write!(f, " {props}")?;
    }
    self::filter(f, filter)
}

impl Display for Length {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match (self.min, self.max) {
            (1, None) => f.write_str("*"),
            (min, None) => write!(f, "*{min}.."),
            (min, Some(max)) if min == max => write!(f, "*{min}"),
            (min, Some(max)) => write!(f, "*{min}..{max}"),
        }
    }
}

impl Display for RelPattern<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(if self.direction == Direction::In { "<-" } else { "-" })?;
        let bare = self.var.is_none() && self.types.is_empty() && self.length.is_none();
        if !(bare && self.props.is_none() && self.filter.is_none()) {
            f.write_str("[")?;
            let any: Vec<Vec<Word<'_>>> = if self.types.is_empty() { Vec::new() } else { vec![self.types.clone()] };
            details(f, self.var.as_ref(), |f| types(f, &any), self.length, self.props.as_ref(), self.filter.as_ref())?;
            f.write_str("]")?;
        }
        f.write_str(if self.direction == Direction::Out { "->" } else { "-" })
    }
}
