//! Texts of several statements: where each ends, and whether a prompt should ask for more.
//!
//! A dot command is a line. A verb sentence ends with its line, unless a bracket or a quote is open or the next line
//! starts with a clause. A MATCH query goes on until its RETURN is there, and over lines that start with what can only
//! follow (`ORDER BY`, `LIMIT`, `UNION` …). A `;` ends both.

use super::lexer::{Kind, Lexer, Token};
use crate::query::keywords;
use crate::span::{Span, Spanned};

/// Whether a text can be run as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Completeness {
    /// It is a statement, or a fault that no further line mends.
    Complete,
    /// More is to come: a bracket or a quote is open, or a MATCH has no RETURN yet.
    Incomplete,
    /// Nothing but blanks and comments.
    Empty,
}

/// The statements and dot commands of `text`, in order, without the `;` after them, blanks and comments around them.
#[must_use]
pub fn split_script(text: &str) -> Vec<Spanned<&str>> {
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        let mut lexer = Lexer::new(text, at);
        let open = lexer.skip_blank();
        let start = open.err().unwrap_or_else(|| lexer.position());
        if start >= text.len() {
            return found;
        }
        let (end, next) = if open.is_err() {
            (text.len(), text.len())
        } else if is_command(text, start) {
            let end = text[start..].find('\n').map_or(text.len(), |n| start + n);
            (end, end)
        } else {
            statement_end(text, start)
        };
        let body = text.get(start..end).unwrap_or("").trim_end();
        if !body.is_empty() {
            found.push(Spanned::new(body, Span::new(start, start + body.len())));
        }
        // Always on: an empty statement is its `;`.
        at = next.max(start + 1);
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
}

/// Whether a command for the prompt stands at `start`: `.mode csv`, `\q`, `:help`.
fn is_command(text: &str, start: usize) -> bool {
    let rest = text.get(start..).unwrap_or("");
    let mut chars = rest.chars();
    matches!(chars.next(), Some('.' | '\\' | ':')) && chars.next().is_some_and(|c| c.is_alphabetic() || c == '?')
}

/// What has been seen of a statement.
#[derive(Debug, Default)]
struct Progress {
    /// Brackets that are open.
    depth: usize,
    /// The first word that is no prefix was seen: whether it starts a MATCH query.
    matching: Option<bool>,
    /// RETURN was seen outside brackets.
    returned: bool,
    /// The last token cannot be the last of a statement.
    dangling: bool,
    /// The last token is a quote or a comment that is never closed.
    open: bool,
    /// The last word is UNION: ALL may follow, and is not that of `mode all` then.
    union: bool,
}

impl Progress {
    fn see(&mut self, token: &Token<'_>) {
        self.dangling = false;
        match token.kind {
            Kind::Symbol("(" | "[" | "{") => self.depth += 1,
            Kind::Symbol(")" | "]" | "}") => self.depth = self.depth.saturating_sub(1),
            Kind::Symbol("," | "=" | "<>" | "<" | "<=" | ">=" | "+" | "/" | "|" | "-") => self.dangling = true,
            Kind::Word(word) => self.see_word(word),
            Kind::Bad(super::Fault::Quote | super::Fault::Backquote | super::Fault::Comment) => self.open = true,
            _ => {}
        }
    }

    fn see_word(&mut self, word: &str) {
        let one = |words: &[&str]| keywords::is_one(word, words);
        if self.matching.is_none() && !one(&["explain", "profile"]) {
            self.matching = Some(one(&keywords::MATCH_STARTS));
        }
        if self.depth == 0 && one(&["return"]) {
            self.returned = true;
        } else if self.depth == 0 && one(&["union"]) {
            self.returned = false;
        }
        let waiting = ["return", "distinct", "by", "where", "and", "or", "xor", "not", "as", "union", "limit", "skip", "order"];
        let union_all = std::mem::replace(&mut self.union, one(&["union"])) && one(&["all"]);
        self.dangling = self.matching == Some(true) && (union_all || one(&waiting));
    }

    /// Whether a statement that stops here is whole.
    fn is_whole(&self) -> bool {
        let query = self.matching == Some(true);
        self.depth == 0 && !self.open && (!query || (self.returned && !self.dangling))
    }
}

/// Where the statement at `start` ends, and where to look for the next.
fn statement_end(text: &str, start: usize) -> (usize, usize) {
    let mut progress = Progress::default();
    let mut end = start;
    let mut lexer = Lexer::new(text, start);
    while let Some(token) = lexer.next() {
        if token.kind == Kind::Symbol(";") && progress.depth == 0 {
            return (token.span.start as usize, token.span.end as usize);
        }
        let fresh = token.newline && end > start;
        // A blank line, or a command after a line that could end, ends what brackets do not hold open.
        if fresh && progress.is_whole() && !goes_on(&token, &lexer, progress.matching == Some(true)) {
            return (end, end);
        }
        progress.see(&token);
        end = token.span.end as usize;
    }
    (end, text.len())
}

/// Whether `token`, the first of a line, can only go on with the statement before it. `after` is past it.
fn goes_on(token: &Token<'_>, after: &Lexer<'_>, matching: bool) -> bool {
    let Kind::Word(word) = token.kind else { return matches!(token.kind, Kind::Symbol("," | "|")) };
    let one = |words: &[&str]| keywords::is_one(word, words);
    if matching {
        return one(&["order", "skip", "limit", "union", "where", "and", "or", "xor", "as", "asc", "desc"]);
    }
    let second = after.clone().next();
    let followed = |by: &str| second.is_some_and(|t| matches!(t.kind, Kind::Word(w) if w.eq_ignore_ascii_case(by)));
    match word.to_ascii_lowercase().as_str() {
        "with" => followed("world"),
        "as" => followed("of"),
        "out" | "depth" => false,
        lower => keywords::CLAUSES.contains(&lower) || lower == "or",
    }
}

/// Whether the prompt can run `text`, or should ask for another line.
#[must_use]
pub fn is_complete(text: &str) -> Completeness {
    let mut lexer = Lexer::new(text, 0);
    match lexer.skip_blank() {
        Ok(()) if lexer.position() >= text.len() => return Completeness::Empty,
        Err(_) => return Completeness::Incomplete,
        Ok(()) => {}
    }
    if is_command(text, lexer.position()) {
        return Completeness::Complete;
    }
    let mut progress = Progress::default();
    let mut ended = false;
    for token in lexer {
        ended = token.kind == Kind::Symbol(";") && progress.depth == 0;
        if ended {
            progress = Progress::default();
        } else {
            progress.see(&token);
        }
    }
    if ended || progress.is_whole() { Completeness::Complete } else { Completeness::Incomplete }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        split_script(text).into_iter().map(|s| s.value).collect()
    }

    #[test]
    fn verbs_end_at_the_line_and_queries_at_their_return() {
        let text = "# a script\nroutes bypassing Russia // first\n\n.mode csv\nMATCH (c)\n  WHERE c.name = 'x;\ny'\nRETURN c.name\nORDER BY c.name\nLIMIT 3\nlist corridors; count states\n";
        assert_eq!(
            split(text),
            [
                "routes bypassing Russia",
                ".mode csv",
                "MATCH (c)\n  WHERE c.name = 'x;\ny'\nRETURN c.name\nORDER BY c.name\nLIMIT 3",
                "list corridors",
                "count states"
            ]
        );
    }

    #[test]
    fn a_clause_on_the_next_line_goes_on() {
        assert_eq!(
            split("routes from A to B\n  bypassing Russia\n  limit 3\nshow X"),
            ["routes from A to B\n  bypassing Russia\n  limit 3", "show X"]
        );
        assert_eq!(split("show A\nwith 1 as x return x"), ["show A", "with 1 as x return x"]);
        assert_eq!(split("MATCH (a) RETURN a mode all\nMATCH (b) RETURN b").len(), 2);
        assert_eq!(split("MATCH (a) RETURN a UNION ALL\nMATCH (b) RETURN b").len(), 1);
    }

    #[test]
    fn odd_scripts_end() {
        assert_eq!(split(";;;"), Vec::<&str>::new());
        assert_eq!(split("show 'x"), ["show 'x"]);
        assert_eq!(split("/* open"), ["/* open"]);
        assert_eq!(split(".read it's.sg\nshow X"), [".read it's.sg", "show X"]);
        assert_eq!(split("é;é"), ["é", "é"]);
    }

    #[test]
    fn spans_say_where() {
        let text = "  show A;\n show B";
        for statement in split_script(text) {
            assert_eq!(&text[statement.span.range()], statement.value);
        }
    }

    #[test]
    fn prompts_ask_for_more_only_where_more_must_come() {
        use Completeness::{Complete, Empty, Incomplete};
        for (text, expected) in [
            ("", Empty),
            ("  // note", Empty),
            ("routes bypassing Russia", Complete),
            ("routes from 'A", Incomplete),
            ("MATCH (c)", Incomplete),
            ("MATCH (c) RETURN", Incomplete),
            ("MATCH (c) RETURN c", Complete),
            ("MATCH (c) RETURN c,", Incomplete),
            ("MATCH (c) RETURN c ORDER BY", Incomplete),
            ("MATCH (c) RETURN c UNION MATCH (d)", Incomplete),
            ("MATCH (c) RETURN c UNION ALL", Incomplete),
            ("MATCH (c) RETURN c mode all", Complete),
            ("MATCH (c);", Complete),
            ("explain match (c)", Incomplete),
            (".mode csv", Complete),
            ("\\q", Complete),
            ("RETURN [1,", Incomplete),
            ("RETURN 1 /*", Incomplete),
        ] {
            assert_eq!(is_complete(text), expected, "{text}");
        }
    }
}
