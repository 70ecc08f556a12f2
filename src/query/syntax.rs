//! What is wrong with a query's syntax, and how it is told.
//!
//! A [`SyntaxError`] holds what the parser knew where it could get no further; [`SyntaxError::diagnostic`] makes the
//! message, the place and the hints of it: slips of the pen, habits from other languages, what may stand there.

use std::fmt;

use super::ast::{Name, NameForm};
use super::keywords;
use super::parse::Fault;
use super::verbs;
use crate::diagnostic::Diagnostic;
use crate::span::Span;

/// What may stand at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Expected {
    /// A verb, or a clause that starts a MATCH.
    Verb,
    /// The name of a thing.
    Name,
    /// The words for an edge.
    Edge,
    /// A node type.
    Type,
    /// A property.
    Property,
    /// A new variable or alias.
    Variable,
    /// An expression.
    Expression,
    /// A node pattern.
    Node,
    /// A whole number.
    Number,
    /// A date.
    Date,
    /// A mode.
    Mode,
    /// A parameter or a map.
    Map,
    /// A keyword: in lower case in verb sentences, in upper case in MATCH.
    Keyword(&'static str),
    /// Punctuation.
    Symbol(&'static str),
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Verb => f.write_str("a verb or MATCH"),
            Self::Name => f.write_str("a name"),
            Self::Edge => f.write_str("words for an edge"),
            Self::Type => f.write_str("a type"),
            Self::Property => f.write_str("a property"),
            Self::Variable => f.write_str("a variable"),
            Self::Expression => f.write_str("an expression"),
            Self::Node => f.write_str("a node in parentheses"),
            Self::Number => f.write_str("a whole number"),
            Self::Date => f.write_str("a date (2026, 2026-07, 2026-07-31 or July 2026)"),
            Self::Mode => f.write_str("a mode (actual, planned, proposed, possible, denied or all)"),
            Self::Map => f.write_str("a map in braces"),
            Self::Keyword(word) | Self::Symbol(word) => write!(f, "`{word}`"),
        }
    }
}

/// What kind of fault it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SyntaxErrorKind {
    /// Something stands where something else must ([`SyntaxError::expected`]).
    Unexpected,
    /// What is no token.
    Lexical(Fault),
    /// Nothing was asked.
    Empty,
    /// More bytes than a statement may have.
    TooLong {
        /// How many it may have.
        most: usize,
    },
    /// More nestings than a statement may have.
    TooDeep {
        /// How many it may have.
        most: u32,
    },
    /// More operators in a row than an expression may have, or an expression too high.
    TooManyInChain {
        /// How many it may have.
        most: u32,
    },
    /// A clause that may be said once is said again.
    Twice(&'static str),
    /// No date.
    NotADate,
    /// A whole number that is too large.
    NumberTooLarge,
    /// A statement that would change the graph.
    Writes,
    /// A clause follows RETURN.
    ReturnNotLast,
    /// A clause without which the sentence asks nothing.
    Missing(&'static str),
}

/// A fault in a query's syntax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// What kind.
    pub kind: SyntaxErrorKind,
    /// The token at which parsing could get no further, or the text's end.
    pub span: Span,
    /// That token as typed, cut to a few dozen characters; none at the end.
    pub found: Option<String>,
    /// What may stand there, in the grammar's order, each once.
    pub expected: Vec<Expected>,
    /// Words within bare names that look like slips for keywords.
    pub slips: Vec<Slip>,
    /// It is a MATCH query, whose keywords are shown in capitals.
    pub upper: bool,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

impl std::error::Error for SyntaxError {}

impl From<SyntaxError> for Diagnostic {
    fn from(error: SyntaxError) -> Self {
        error.diagnostic()
    }
}

/// How many things a message lists.
const LISTED: usize = 5;

/// What goes on with an expression: one thing in messages.
const OPERATORS: [&str; 22] = [
    "and",
    "or",
    "xor",
    "in",
    "contains",
    "starts with",
    "ends with",
    "is null",
    "is not null",
    "=",
    "<>",
    "<",
    "<=",
    ">",
    ">=",
    "+",
    "-",
    "*",
    "/",
    "%",
    "^",
    ".",
];

impl SyntaxError {
    /// The code: `Q001` for what is unexpected, others in docs/query-language.md.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self.kind {
            SyntaxErrorKind::Unexpected
            | SyntaxErrorKind::Empty
            | SyntaxErrorKind::ReturnNotLast
            | SyntaxErrorKind::Missing(_) => "Q001",
            SyntaxErrorKind::Lexical(_) => "Q002",
            SyntaxErrorKind::TooLong { .. } | SyntaxErrorKind::TooDeep { .. } | SyntaxErrorKind::TooManyInChain { .. } => "Q003",
            SyntaxErrorKind::Twice(_) => "Q004",
            SyntaxErrorKind::NotADate | SyntaxErrorKind::NumberTooLarge => "Q005",
            SyntaxErrorKind::Writes => "Q006",
        }
    }

    /// The error as every error is told.
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        let mut diagnostic = Diagnostic::error(self.code(), self.message()).at(self.span, self.label());
        for hint in self.hints() {
            diagnostic = diagnostic.hint(hint);
        }
        diagnostic
    }

    fn found_text(&self) -> String {
        self.found.as_ref().map_or_else(|| "the end".to_owned(), |f| format!("`{f}`"))
    }

    fn message(&self) -> String {
        let found = self.found_text();
        match &self.kind {
            SyntaxErrorKind::Unexpected => match self.listed() {
                (list, 0) if !list.is_empty() && (list.len() < 4 || self.hints().is_empty()) => {
                    format!("expected {}, found {found}", or_list(&list))
                }
                _ if self.found.is_none() => "the query ends too early".to_owned(),
                _ => format!("unexpected {found}"),
            },
            SyntaxErrorKind::Missing(what) => format!("`{what}` is missing"),
            SyntaxErrorKind::Lexical(fault) => match fault {
                Fault::Quote => "this quote is never closed".to_owned(),
                Fault::Backquote => "this back-quote is never closed".to_owned(),
                Fault::Comment => "this comment is never closed".to_owned(),
                Fault::Escape(_) => "this escape means nothing".to_owned(),
                Fault::Number => format!("{found} is no number"),
                Fault::Character => format!("nothing starts with {found}"),
            },
            SyntaxErrorKind::Empty => "nothing is asked".to_owned(),
            SyntaxErrorKind::TooLong { most } => format!("a statement may have {most} bytes"),
            SyntaxErrorKind::TooDeep { most } => format!("more than {most} things within each other"),
            SyntaxErrorKind::TooManyInChain { most } => format!("more than {most} operators in a row"),
            SyntaxErrorKind::Twice(what) => format!("`{what}` is said twice"),
            SyntaxErrorKind::NotADate => format!("{found} is no date"),
            SyntaxErrorKind::NumberTooLarge => format!("{found} is too large a number"),
            SyntaxErrorKind::Writes => format!("{found} would change the graph"),
            SyntaxErrorKind::ReturnNotLast => format!("RETURN ends a query, but {found} follows it"),
        }
    }

    /// What is written at the caret: what may stand there, unless a hint says what to do.
    fn label(&self) -> String {
        match (&self.kind, self.listed()) {
            (SyntaxErrorKind::Unexpected, (list, more)) if more > 0 && self.hints().is_empty() => {
                format!("expected {} or {more} others", list.join(", "))
            }
            _ => String::new(),
        }
    }

    /// What is expected, what is most wanted first, and how many more there are. Where there are sorts of things (a name,
    /// a type), words of the grammar are left out; operators are one thing.
    fn listed(&self) -> (Vec<String>, usize) {
        let (mut sorts, mut closers, mut words, mut symbols) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut operator = false;
        for expected in &self.expected {
            match expected {
                // A single one is said: "between 2024 and …" is no place for any operator.
                Expected::Keyword(word) if OPERATORS.contains(word) && self.expected.len() > 1 => operator = true,
                Expected::Keyword(word) if self.upper => words.push(format!("`{}`", word.to_uppercase())),
                Expected::Keyword(_) => words.push(expected.to_string()),
                Expected::Symbol(")" | "]" | "}") => closers.push(expected.to_string()),
                Expected::Symbol(symbol) if OPERATORS.contains(symbol) && operator => {}
                Expected::Symbol(_) => symbols.push(expected.to_string()),
                sort => sorts.push(sort.to_string()),
            }
        }
        if sorts.len() > 1 || (!sorts.is_empty() && words.len() > 2) {
            return (sorts, 0);
        }
        let few = sorts.len() + closers.len() + words.len() < 2 && !operator;
        let mut shown: Vec<String> = sorts.into_iter().chain(closers).chain(words).collect();
        shown.extend(operator.then(|| "an operator".to_owned()));
        shown.extend(few.then_some(symbols).into_iter().flatten());
        let more = if shown.len() > LISTED + 1 { shown.len() - LISTED } else { 0 };
        shown.truncate(shown.len() - more);
        (shown, more)
    }

    /// What to do, the likeliest first.
    fn hints(&self) -> Vec<String> {
        let mut hints = Vec::new();
        match &self.kind {
            SyntaxErrorKind::Unexpected => self.hints_unexpected(&mut hints),
            SyntaxErrorKind::Lexical(Fault::Quote) => {
                hints.push("an apostrophe in a text is `\\'`, or put the text into the other quotes".to_owned());
            }
            SyntaxErrorKind::Lexical(Fault::Escape(_)) => {
                hints.push("escapes are \\\\ \\' \\\" \\n \\t \\r \\b \\f \\u0041; a backslash is `\\\\`".to_owned());
            }
            SyntaxErrorKind::Lexical(Fault::Character) if self.found.as_deref() == Some("$") => {
                hints.push("a parameter is `$name`".to_owned());
            }
            SyntaxErrorKind::Lexical(Fault::Character) if !self.upper => {
                hints.push("a name with unusual characters goes into quotes".to_owned());
            }
            SyntaxErrorKind::Missing(_) if !self.slips.is_empty() => self.hints_slips(&mut hints),
            SyntaxErrorKind::Missing(what) => {
                hints.push(format!("say where it {}: `{what} NAME`", if *what == "to" { "leads" } else { "starts" }))
            }
            SyntaxErrorKind::Lexical(_) => {}
            SyntaxErrorKind::Empty => hints.push("`help` lists the verbs".to_owned()),
            SyntaxErrorKind::TooLong { .. } => hints.push("pass long lists as a parameter: `IN $names`".to_owned()),
            SyntaxErrorKind::TooDeep { .. } => {}
            SyntaxErrorKind::TooManyInChain { .. } => hints.push("write `x IN […]` instead of many comparisons".to_owned()),
            SyntaxErrorKind::Twice(what) => match *what {
                "from" | "to" => hints.push(format!("join the names: `{what} A or B`")),
                _ => {}
            },
            SyntaxErrorKind::NotADate => hints.push("dates are 2026, 2026-07, 2026-07-31 or July 2026".to_owned()),
            SyntaxErrorKind::NumberTooLarge => {}
            SyntaxErrorKind::Writes => hints.push("graphs are built from documents: `silkgraph build`".to_owned()),
            SyntaxErrorKind::ReturnNotLast => hints.push("pass rows on to further clauses by WITH".to_owned()),
        }
        hints
    }

    fn hints_unexpected(&self, hints: &mut Vec<String>) {
        if let Some(found) = &self.found {
            let expects = |what| self.expected.contains(&what);
            let start = expects(Expected::Verb).then(|| keywords::start_hint(found)).flatten();
            let name = found.starts_with(|c: char| c.is_uppercase() || "'\"“".contains(c));
            if let Some(hint) = start.or_else(|| self.hint_for_pattern(found)).or_else(|| keywords::habit_hint(found)) {
                hints.push(hint.to_owned());
            } else if let Some(near) = self.nearest(found) {
                let near = if self.upper { near.to_uppercase() } else { near.to_owned() };
                hints.push(format!("did you mean `{near}`?"));
            } else if expects(Expected::Verb) {
                hints.push(format!("the verbs are {}", verbs::VERBS.iter().map(|v| v.name).collect::<Vec<_>>().join(", ")));
                if name {
                    hints.push("to see what is known of a thing, write `show` before its name".to_owned());
                }
            } else if name && expects(Expected::Keyword("from")) {
                hints.push(format!("say what it is to the sentence: `from {found}`, `via {found}`, `bypassing {found}`"));
            }
            if keywords::is_one(found, &keywords::CLAUSES) && expects(Expected::Name) {
                hints.push(format!("a name that starts with `{found}` goes into quotes"));
            }
        }
        // Only `why` takes either.
        if self.found.is_none() && [Expected::Number, Expected::Name].iter().all(|e| self.expected.contains(e)) {
            hints.push("`why 2` gives the sentences under row 2 of the last answer, `why NAME` those about a thing".to_owned());
        }
        self.hints_slips(hints);
    }

    fn hints_slips(&self, hints: &mut Vec<String>) {
        hints.extend(self.slips.iter().map(|s| format!("did you mean `{}` where it says `{}`?", s.keyword, s.word)));
    }

    /// What to do about edges drawn wrongly, and clauses of MATCH out of place.
    fn hint_for_pattern(&self, found: &str) -> Option<&'static str> {
        let dash = self.expected.contains(&Expected::Symbol("-"));
        match found {
            _ if !self.upper => None,
            ">" | "(" | "=>" | "->" if dash => Some("an edge is `--`, `-->` or `-[:edge]->`"),
            "{" if self.expected.contains(&Expected::Keyword("as")) => {
                Some("matches are counted by `size([(a)-->(b) | b])`, properties are named one by one: `n.name, n.kind`")
            }
            "|" if self.expected.contains(&Expected::Symbol(")")) => {
                Some("there is no `reduce`: `UNWIND list AS x` and `sum(x)` add up, `total(p, 'cost')` does along a path")
            }
            _ if found.eq_ignore_ascii_case("where") => Some("WHERE comes before RETURN, or after WITH"),
            _ => None,
        }
    }

    fn nearest(&self, found: &str) -> Option<&'static str> {
        let verbs = self.expected.contains(&Expected::Verb).then(verbs::words).into_iter().flatten();
        let modes = self.expected.contains(&Expected::Mode).then(keywords::modes).into_iter().flatten();
        let words = self.expected.iter().filter_map(|e| match e {
            Expected::Keyword(word) => Some(*word),
            _ => None,
        });
        keywords::nearest(found, words.chain(verbs).chain(modes))
    }
}

/// "a, b or c".
fn or_list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// A word within a bare name that looks like a clause: "from Kazakhstan too Europe".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// The word as typed.
    pub word: String,
    /// What it may have been meant for.
    pub keyword: &'static str,
    /// Where the word stands.
    pub span: Span,
}

/// Words that names hold in lower case.
const NAME_WORDS: [&str; 18] =
    ["of", "the", "and", "for", "de", "la", "le", "al", "el", "on", "an", "a", "at", "du", "und", "y", "i", "e"];

/// Words of bare `name` that look like slips for clauses, or like other languages' words for them. To be asked where the
/// name is unknown: a known name may hold anything.
#[must_use]
pub fn slips(name: &Name<'_>) -> Vec<Slip> {
    if name.form != NameForm::Bare {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut at = 0;
    for (index, word) in name.text.split(' ').enumerate() {
        let start = name.span.start as usize + at;
        at += word.len() + 1;
        let lower = word.chars().all(|c| c.is_lowercase()) || !name.text.chars().any(char::is_lowercase);
        if index == 0 || !lower || keywords::is_one(word, &NAME_WORDS) {
            continue;
        }
        let keyword = foreign_clause(word).or_else(|| keywords::nearest(word, keywords::CLAUSES));
        if let Some(keyword) = keyword {
            found.push(Slip { word: word.to_owned(), keyword, span: Span::new(start, start + word.len()) });
        }
    }
    found
}

/// The clause that another language's word stands for.
fn foreign_clause(word: &str) -> Option<&'static str> {
    Some(match word.to_lowercase().as_str() {
        "avoid" | "avoids" | "except" | "excluding" | "without" => "avoiding",
        "bypass" | "bypasses" => "bypassing",
        "through" | "thru" | "across" => "via",
        "towards" | "toward" | "into" => "to",
        "after" => "since",
        "until" | "till" => "before",
        "if" | "when" | "having" | "filter" => "where",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    #[test]
    fn a_bare_name_gives_up_the_keyword_it_swallowed() {
        let slips = |text: &'static str| {
            let name = Name { text: Cow::Borrowed(text), form: NameForm::Bare, span: Span::new(12, 12 + text.len()) };
            slips(&name).into_iter().map(|s| (s.keyword, s.span.start)).collect::<Vec<_>>()
        };
        assert_eq!(slips("Kazakhstan too Europe"), [("to", 23)]);
        assert_eq!(slips("Europe avoid Russia"), [("avoiding", 19)]);
        assert_eq!(slips("Europe bypasing Russia"), [("bypassing", 19)]);
        assert_eq!(slips("Japan after 2025"), [("since", 18)]);
        assert!(slips("Republic of Korea").is_empty());
        assert!(slips("Trans-Afghan Railway").is_empty());
    }
}
