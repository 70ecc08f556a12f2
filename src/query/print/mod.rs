//! Trees back to text: `parse(print(parse(q)))` is `parse(q)` but for where things stand.
//!
//! Keywords of MATCH are in capitals, those of verbs small; white space is ours, names and edge words are as typed.
//! This module prints words and verb sentences; `query` prints MATCH, `expr` expressions.

use std::fmt::{self, Display, Formatter, Write};

use super::ast::{
    Ask, Asking, Body, By, End, Join, List, Name, NameForm, Names, Object, Prefix, Relation, Search, Statement, Tail, WhyTarget,
    Word,
};
use super::keywords;
use super::parse::lexer::{Kind, Lexer};

mod expr;
mod query;

impl Display for Statement<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self.prefix {
            Prefix::None => "",
            Prefix::Explain => "explain ",
            Prefix::Profile => "profile ",
        })?;
        self.body.fmt(f)
    }
}

impl Display for Body<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Match(query) => query.fmt(f),
            Self::Routes(r) => write!(f, "routes{}{}", r.search, r.tail),
            Self::Paths(p) => write!(f, "{}{}{}", if p.many { "paths" } else { "path" }, p.search, p.tail),
            Self::Neighbours(n) => {
                write!(f, "neighbours of {}", n.of)?;
                over(f, &n.over)?;
                if let Some(depth) = n.depth {
                    write!(f, " depth {}", depth.value)?;
                }
                match n.direction.map(|d| d.value) {
                    Some(End::Target) => f.write_str(" in")?,
                    Some(End::Source) => f.write_str(" out")?,
                    None => {}
                }
                n.tail.fmt(f)
            }
            Self::Show(s) => write!(f, "show {}{}", s.names, s.tail),
            Self::Ask(ask) => ask.fmt(f),
            Self::Why(why) => {
                match &why.target {
                    WhyTarget::Row(row) => write!(f, "why {}", row.value)?,
                    WhyTarget::Edge { left, relation, right } => write!(f, "why {left} {relation} {right}")?,
                    WhyTarget::Same(names) => write!(f, "why same {names}")?,
                    WhyTarget::Node(name) => write!(f, "why {name}")?,
                }
                why.tail.fmt(f)
            }
            Self::List(list) => list.fmt(f),
            Self::Timeline(t) => about(f, "timeline", t.of.as_ref(), &t.tail),
            Self::Conflicts(c) => about(f, "conflicts", c.of.as_ref(), &c.tail),
            Self::Sources(s) => about(f, "sources", s.of.as_ref(), &s.tail),
            Self::Due(d) => about(f, "due", d.of.as_ref(), &d.tail),
            Self::Compare(c) => write!(f, "compare {}{}", c.of, c.tail),
            Self::Chokepoints(c) => {
                write!(f, "chokepoints{}", c.search)?;
                if let Some(closed) = &c.closed {
                    write!(f, " without {closed}")?;
                }
                c.tail.fmt(f)
            }
        }
    }
}

/// `verb [of OBJECT] TAIL`
fn about(f: &mut Formatter<'_>, verb: &str, of: Option<&Object<'_>>, tail: &Tail<'_>) -> fmt::Result {
    f.write_str(verb)?;
    if let Some(of) = of {
        write!(f, " of {of}")?;
    }
    tail.fmt(f)
}

impl Display for Ask<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.asking {
            Asking::Who => f.write_str("who")?,
            Asking::What => f.write_str("what")?,
            Asking::Which(kind) => write!(f, "which {}", plain(kind))?,
            Asking::Noun => return write!(f, "list {} {}{}", self.relation, self.given, self.tail),
        }
        let copula = if self.relation.noun { "are " } else { "" };
        if self.given_first {
            // Without "does" edge words that open a name would be taken for the question's.
            let capital = self.given.to_string().starts_with(char::is_uppercase) && self.asking == Asking::What;
            let auxiliary = if capital { "" } else { " does" };
            write!(f, "{auxiliary} {} {copula}{}", self.given, self.relation)?;
        } else {
            // Without back-quotes words that make another question of the sentence would do so.
            let first = self.relation.text.split(' ').next().unwrap_or_default();
            write!(f, " {copula}")?;
            if keywords::is_one(first, &keywords::QUESTIONS) {
                backquoted(f, &self.relation.text)?;
            } else {
                self.relation.fmt(f)?;
            }
            write!(f, " {}", self.given)?;
        }
        self.tail.fmt(f)
    }
}

impl Display for List<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(if self.count { "count" } else { "list" })?;
        if let Some(kind) = &self.kind {
            write!(f, " {}", plain(kind))?;
        }
        if let Some(of) = &self.of {
            write!(f, " of {of}")?;
        }
        self.tail.fmt(f)
    }
}

/// The clauses of a search, a blank before each.
impl Display for Search<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut clause = |word: &str, names: &Names<'_>| write!(f, " {word} {names}");
        for (word, names) in [("from", &self.from), ("to", &self.to)] {
            if let Some(names) = names {
                clause(word, names)?;
            }
        }
        for (word, all) in [("via", &self.via), ("bypassing", &self.avoid), ("carrying", &self.carrying)] {
            for names in all {
                clause(word, names)?;
            }
        }
        over(f, &self.over)?;
        match self.hops {
            Some(hops) => write!(f, " within {} hops", hops.value),
            None => Ok(()),
        }
    }
}

fn over(f: &mut Formatter<'_>, edges: &[Relation<'_>]) -> fmt::Result {
    for (at, edge) in edges.iter().enumerate() {
        write!(f, "{}{edge}", if at == 0 { " over " } else { "|" })?;
    }
    Ok(())
}

/// The clauses of a tail, a blank before each. `in` stands before `where`, whose expression would take it for its own.
impl Display for Tail<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, " in {place}")?;
        }
        if let Some(filter) = &self.filter {
            write!(f, " where {filter}")?;
        }
        match &self.by {
            Some(By::Hops(_)) => f.write_str(" by hops")?,
            Some(By::Property(word)) => write!(f, " by {}", plain(word))?,
            None => {}
        }
        if !self.order.is_empty() {
            f.write_str(" order by ")?;
            query::sorts(f, &self.order, "desc")?;
        }
        for (word, number) in [("skip", self.skip), ("limit", self.limit)] {
            if let Some(number) = number {
                write!(f, " {word} {}", number.value)?;
            }
        }
        query::modes(f, &self.modes)?;
        for (word, date) in [("as of", self.as_of), ("since", self.since), ("before", self.before)] {
            if let Some(date) = date {
                write!(f, " {word} {}", date.value)?;
            }
        }
        f.write_str(if self.stated.is_some() { " stated" } else { "" })?;
        f.write_str(if self.with_world.is_some() { " with world" } else { "" })
    }
}

impl Display for Object<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Names(names) => names.fmt(f),
            Self::Type(word) => plain(word).fmt(f),
            Self::Anything(_) => f.write_str("anything"),
        }
    }
}

impl Display for Names<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (at, name) in self.items.iter().enumerate() {
            f.write_str(match at.checked_sub(1).and_then(|j| self.joins.get(j)) {
                None => "",
                Some(Join::Comma) => ", ",
                Some(Join::And) => " and ",
                Some(Join::Or) => " or ",
            })?;
            name.fmt(f)?;
        }
        Ok(())
    }
}

impl Display for Name<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.form {
            NameForm::Bare => f.write_str(&self.text),
            NameForm::Quoted => quoted(f, &self.text, '"'),
            NameForm::Parameter => write!(f, "${}", self.text),
        }
    }
}

impl Display for Relation<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let words =
            Lexer::new(&self.text, 0).all(|t| matches!(t.kind, Kind::Word(_) | Kind::Int(_) | Kind::Symbol("-" | "–" | ".")));
        if words && !self.text.is_empty() { f.write_str(&self.text) } else { backquoted(f, &self.text) }
    }
}

/// A word that stands for itself, in back-quotes only if it is no single word.
fn plain<'a>(word: &'a Word<'_>) -> Identifier<'a> {
    Identifier { text: &word.text, reserved: false }
}

/// A word that may not be one of the grammar's.
fn free(text: &str) -> Identifier<'_> {
    Identifier { text, reserved: keywords::is_reserved(text) }
}

/// A word, in back-quotes where it must be.
struct Identifier<'a> {
    text: &'a str,
    reserved: bool,
}

impl Display for Identifier<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut tokens = Lexer::new(self.text, 0);
        let single = tokens.next().is_some_and(|t| t.kind == Kind::Word(self.text)) && tokens.next().is_none();
        if single && !self.reserved { f.write_str(self.text) } else { backquoted(f, self.text) }
    }
}

fn backquoted(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    write!(f, "`{}`", text.replace('`', "``"))
}

/// `text` between `quote`s, escaped.
fn quoted(f: &mut Formatter<'_>, text: &str, quote: char) -> fmt::Result {
    f.write_char(quote)?;
    for c in text.chars() {
        match c {
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            c if c == quote => write!(f, "\\{c}")?,
            c if c.is_control() => write!(f, "\\u{:04x}", c as u32)?,
            c => f.write_char(c)?,
        }
    }
    f.write_char(quote)
}
