//! Text to tree: one grammar in nom for verb sentences and MATCH.
//!
//! | module | holds |
//! | --- | --- |
//! | `lexer` | text to tokens, never failing |
//! | `tokens` | tokens as nom's input, the furthest failure, terminals |
//! | `verb`, `name`, `tail` | statements, names and edge words, the clauses that verbs share |
//! | `clause`, `pattern`, `expr` | MATCH, patterns, expressions |
//! | `script` | where statements end in a text of several, and whether one is complete |
//!
//! Reading is linear in the tokens: what comes is decided by looking ahead, and nothing is read twice but a few words.
//! Bytes, nesting, the length of chains and the height of expressions are bounded, so that no input overflows the stack.

use nom::Parser;
use nom::combinator::all_consuming;

mod clause;
mod date;
mod expr;
pub(crate) mod lexer;
mod name;
mod pattern;
mod script;
mod tail;
#[cfg(test)]
mod tests;
mod tokens;
mod verb;

pub use lexer::Fault;
pub use script::{Completeness, is_complete, split_script};

use super::Vocabulary;
use super::ast::{Expr, Name, NameForm, Statement};
use super::keywords;
use super::syntax::{Slip, SyntaxError, SyntaxErrorKind, slips};
use crate::span::Span;
use lexer::{Kind, Lexer, Token};
use tokens::{Parsed, State, Tokens};

/// Bytes that a statement may have.
pub const BYTES: usize = 64 * 1024;
/// Nestings that a statement may have.
pub const DEPTH: u32 = 64;
/// Operators of one kind in a row, edges in a pattern.
pub const CHAIN: u32 = 1_000;
/// How high an expression's tree may be.
pub const HEIGHT: u32 = 400;

/// Reads one statement, a `;` at its end allowed.
///
/// # Errors
/// The furthest place that could be reached, and what may stand there.
pub fn parse<'s>(text: &'s str, vocabulary: &Vocabulary) -> Result<Statement<'s>, SyntaxError> {
    read(text, vocabulary, false, verb::statement)
}

/// Reads a statement in which CREATE is a clause and RETURN may be missing: for tests that set up graphs.
///
/// # Errors
/// As [`parse`].
pub fn parse_fixture<'s>(text: &'s str, vocabulary: &Vocabulary) -> Result<Statement<'s>, SyntaxError> {
    read(text, vocabulary, true, verb::statement)
}

/// Reads one expression, such as the value of `--param`.
///
/// # Errors
/// As [`parse`].
pub fn parse_expression(text: &str) -> Result<Expr<'_>, SyntaxError> {
    read(text, &Vocabulary::default(), false, verb::only_expression)
}

/// Runs `parser` over all of `text`.
fn read<'s, T>(
    text: &'s str,
    vocabulary: &Vocabulary,
    fixture: bool,
    parser: impl for<'t> Fn(Tokens<'s, 't>) -> Parsed<'s, 't, T>,
) -> Result<T, SyntaxError> {
    if text.len() > BYTES {
        return Err(bare(SyntaxErrorKind::TooLong { most: BYTES }, Span::new(0, 0)));
    }
    let mut tokens: Vec<Token<'s>> = Lexer::new(text, 0).collect();
    while tokens.last().is_some_and(|t| t.kind == Kind::Symbol(";")) {
        tokens.pop();
    }
    if tokens.is_empty() {
        return Err(bare(SyntaxErrorKind::Empty, Span::new(text.len(), text.len())));
    }
    let state = State::new(text, &tokens, vocabulary, fixture);
    let start = Tokens::new(&state);
    match all_consuming(parser).parse(start) {
        Ok((_, read)) => Ok(read),
        Err(_) => Err(error(&state)),
    }
}

/// How many tokens a statement has, and how often they were looked at to read it.
#[cfg(test)]
fn looks(text: &str, vocabulary: &Vocabulary) -> (u64, u64) {
    let tokens: Vec<Token<'_>> = Lexer::new(text, 0).collect();
    let state = State::new(text, &tokens, vocabulary, false);
    let _ = all_consuming(verb::statement).parse(Tokens::new(&state)).map(drop);
    (tokens.len() as u64, state.looks.get())
}

/// An error of which nothing more is known.
fn bare(kind: SyntaxErrorKind, span: Span) -> SyntaxError {
    SyntaxError { kind, span, found: None, expected: Vec::new(), slips: Vec::new(), upper: false }
}

/// What `state` remembers of a failure.
fn error(state: &State<'_, '_>) -> SyntaxError {
    let upper = state.tokens.iter().find_map(|t| match t.kind {
        Kind::Word(word) if !keywords::is_one(word, &["explain", "profile"]) => {
            Some(keywords::is_one(word, &keywords::MATCH_STARTS))
        }
        _ => None,
    });
    let upper = upper.unwrap_or(false);
    if let Some((kind, span)) = state.fatal() {
        let found = state.text.get(span.range()).map(shortened);
        return SyntaxError { found, upper, slips: swallowed(state), ..bare(kind, span) };
    }
    let (at, expected) = state.furthest();
    let slips = swallowed(state);
    let Some(token) = state.tokens.get(at) else {
        let end = state.tokens.last().map_or(0, |t| t.span.end as usize);
        let base = bare(SyntaxErrorKind::Unexpected, Span::new(end, end));
        return SyntaxError { expected, slips, upper, ..base };
    };
    if let Kind::Bad(fault) = token.kind {
        return SyntaxError { upper, ..lexical(state, *token, fault) };
    }
    let span = arrow(state.tokens, at).unwrap_or(token.span);
    let found = state.text.get(span.range()).map(shortened);
    let writes = upper && matches!(token.kind, Kind::Word(word) if keywords::is_one(word, &keywords::WRITES));
    let kind = if writes { SyntaxErrorKind::Writes } else { SyntaxErrorKind::Unexpected };
    SyntaxError { found, expected, slips, upper, ..bare(kind, span) }
}

/// The error of what is no token.
fn lexical(state: &State<'_, '_>, token: Token<'_>, fault: Fault) -> SyntaxError {
    let start = token.span.start as usize;
    let first = |at: usize| state.text.get(at..).and_then(|t| t.chars().next()).map_or(at, |c| at + c.len_utf8());
    let span = match fault {
        Fault::Quote | Fault::Backquote => Span::new(start, first(start)),
        Fault::Comment => Span::new(start, start + 2),
        Fault::Escape(offset) => Span::new(start + offset as usize, first(start + offset as usize + 1)),
        Fault::Number | Fault::Character => token.span,
    };
    let found = state.text.get(token.span.range()).map(shortened);
    SyntaxError { found, ..bare(SyntaxErrorKind::Lexical(fault), span) }
}

/// The dashes and arrow heads that stand together at token `at`, if they are more than one.
fn arrow(tokens: &[Token<'_>], at: usize) -> Option<Span> {
    let dash = |t: &Token<'_>| matches!(t.kind, Kind::Symbol("-" | "<" | ">" | "="));
    let first = tokens.get(at).filter(|t| dash(t))?;
    let rest = tokens.get(at + 1..)?.iter().take_while(|t| t.glued && dash(t));
    rest.last().map(|last| first.span.cover(last.span))
}

/// At most a few dozen characters of `text`, on one line.
fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or("");
    match line.char_indices().nth(40) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line.to_owned(),
    }
}

/// Slips within the bare names that were read.
fn swallowed(state: &State<'_, '_>) -> Vec<Slip> {
    let mut spans = state.names.borrow().clone();
    spans.sort_unstable();
    spans.dedup();
    let name = |span: Span| state.text.get(span.range()).map(|t| Name { text: t.into(), form: NameForm::Bare, span });
    let mut found: Vec<Slip> = spans.into_iter().filter_map(name).flat_map(|n| slips(&n)).collect();
    found.sort_by_key(|s| s.span);
    found.dedup();
    found.truncate(3);
    found
}

/// What may stand at the end of `text`, and where a bare name that reaches the end starts: what completion goes by.
pub(crate) fn expected_at_end(text: &str, vocabulary: &Vocabulary) -> Option<(Vec<super::syntax::Expected>, Option<usize>)> {
    if text.len() > BYTES {
        return None;
    }
    let tokens: Vec<Token<'_>> = Lexer::new(text, 0).collect();
    let state = State::new(text, &tokens, vocabulary, false);
    let _ = all_consuming(verb::statement).parse(Tokens::new(&state));
    let (at, expected) = state.furthest();
    (at == tokens.len()).then(|| (expected, state.open_name.get()))
}
