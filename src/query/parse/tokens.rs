//! The tokens as nom's input, what is remembered of failures, and the smallest parsers.
//!
//! nom's own errors are thrown away by `opt` and `alt`, so what was expected cannot be read off them. Every terminal
//! notes its miss in [`State`] instead, which keeps the furthest place and all that may stand there.

use std::cell::{Cell, RefCell};
use std::iter::Enumerate;

use nom::error::{ErrorKind, ParseError};
use nom::{Err, IResult, Input, Needed};

use super::lexer::{Kind, Token};
use crate::query::ast::Word;
use crate::query::syntax::{Expected, SyntaxErrorKind};
use crate::query::{Vocabulary, keywords};
use crate::span::Span;

/// What a parser gives: what it read and where it stopped, or nothing that is not in [`State`].
pub(super) type Parsed<'s, 't, T> = IResult<Tokens<'s, 't>, T, Miss>;

/// A parser did not match; [`State`] knows where and what it wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Miss;

impl<I> ParseError<I> for Miss {
    fn from_error_kind(_: I, _: ErrorKind) -> Self {
        Self
    }

    fn append(_: I, _: ErrorKind, other: Self) -> Self {
        other
    }
}

/// What all parsers of one statement share.
#[derive(Debug)]
pub(super) struct State<'s, 't> {
    /// The statement.
    pub text: &'s str,
    /// Its tokens.
    pub tokens: &'t [Token<'s>],
    /// For each opening bracket, the token that closes it; `u32::MAX` if none, and for all other tokens.
    pub closers: Vec<u32>,
    /// The schema's words.
    pub vocabulary: &'t Vocabulary,
    /// CREATE is a clause: for fixtures.
    pub fixture: bool,
    /// Nestings around what is being read.
    pub depth: Cell<u32>,
    /// Height of the highest expression among those read since this was last set to 0.
    pub height: Cell<u32>,
    /// The furthest token that did not match, and what would have.
    furthest: RefCell<(u32, Vec<Expected>)>,
    /// What ends parsing at once.
    fatal: RefCell<Option<(SyntaxErrorKind, Span)>>,
    /// Bare names read, for slips.
    pub names: RefCell<Vec<Span>>,
    /// Where a bare name that runs up to the end of the text starts: completion goes on there.
    pub open_name: Cell<Option<usize>>,
    /// How often a token was looked at or an expectation noted: what reading costs, whatever the machine.
    #[cfg(test)]
    pub looks: Cell<u64>,
}

impl<'s, 't> State<'s, 't> {
    /// The state before the first token.
    pub fn new(text: &'s str, tokens: &'t [Token<'s>], vocabulary: &'t Vocabulary, fixture: bool) -> Self {
        Self {
            text,
            tokens,
            closers: closers(tokens),
            vocabulary,
            fixture,
            depth: Cell::new(0),
            height: Cell::new(0),
            furthest: RefCell::default(),
            fatal: RefCell::default(),
            names: RefCell::default(),
            open_name: Cell::new(None),
            #[cfg(test)]
            looks: Cell::new(0),
        }
    }

    /// Notes that `wanted` could have stood at token `at`.
    fn note(&self, at: u32, wanted: Expected) {
        #[cfg(test)]
        self.looks.set(self.looks.get() + 1);
        let mut furthest = self.furthest.borrow_mut();
        if at > furthest.0 {
            *furthest = (at, Vec::new());
        }
        if at == furthest.0 && !furthest.1.contains(&wanted) {
            furthest.1.push(wanted);
        }
    }

    /// The furthest token that did not match, and what would have.
    pub fn furthest(&self) -> (usize, Vec<Expected>) {
        let furthest = self.furthest.borrow();
        (furthest.0 as usize, furthest.1.clone())
    }

    /// What ended parsing at once, if anything did.
    pub fn fatal(&self) -> Option<(SyntaxErrorKind, Span)> {
        self.fatal.borrow().clone()
    }
}

/// For each opening bracket of `tokens`, where it closes.
fn closers(tokens: &[Token<'_>]) -> Vec<u32> {
    let mut closers = vec![u32::MAX; tokens.len()];
    let mut open: Vec<(usize, &str)> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Kind::Symbol(symbol) = token.kind else { continue };
        let close = match symbol {
            "(" => ")",
            "[" => "]",
            "{" => "}",
            ")" | "]" | "}" => {
                if open.last().is_some_and(|(_, close)| *close == symbol)
                    && let Some((start, _)) = open.pop()
                    && let Some(slot) = closers.get_mut(start)
                {
                    *slot = at as u32;
                }
                continue;
            }
            _ => continue,
        };
        open.push((at, close));
    }
    closers
}

/// The tokens `at..end` of a statement.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tokens<'s, 't> {
    pub state: &'t State<'s, 't>,
    pub at: u32,
    pub end: u32,
}

impl PartialEq for Tokens<'_, '_> {
    fn eq(&self, other: &Self) -> bool {
        (self.at, self.end) == (other.at, other.end)
    }
}

impl<'s, 't> Tokens<'s, 't> {
    /// All tokens of `state`.
    pub fn new(state: &'t State<'s, 't>) -> Self {
        Self { state, at: 0, end: state.tokens.len() as u32 }
    }

    /// The token `ahead` of the next one.
    pub fn token(self, ahead: u32) -> Option<&'t Token<'s>> {
        #[cfg(test)]
        self.state.looks.set(self.state.looks.get() + 1);
        let at = self.at + ahead;
        if at < self.end { self.state.tokens.get(at as usize) } else { None }
    }

    /// What the token `ahead` of the next one is.
    pub fn kind(self, ahead: u32) -> Option<Kind<'s>> {
        self.token(ahead).map(|t| t.kind)
    }

    /// The word `ahead`, if it is one.
    pub fn word(self, ahead: u32) -> Option<&'s str> {
        match self.kind(ahead) {
            Some(Kind::Word(word)) => Some(word),
            _ => None,
        }
    }

    /// Whether the token `ahead` is the keyword `word`.
    pub fn is_word(self, ahead: u32, word: &str) -> bool {
        self.word(ahead).is_some_and(|w| w.eq_ignore_ascii_case(word))
    }

    /// Whether the token `ahead` is `symbol`.
    pub fn is_symbol(self, ahead: u32, symbol: &str) -> bool {
        matches!(self.kind(ahead), Some(Kind::Symbol(s)) if s == symbol)
    }

    /// What is left after `count` tokens.
    pub fn skip(self, count: u32) -> Self {
        Self { at: (self.at + count).min(self.end), ..self }
    }

    /// Only the next `count` tokens.
    pub fn first(self, count: u32) -> Self {
        Self { end: (self.at + count).min(self.end), ..self }
    }

    /// Whether nothing is left.
    pub fn is_done(self) -> bool {
        self.at >= self.end
    }

    /// Where the next token starts, or the text ends.
    pub fn start(self) -> usize {
        self.token(0).map_or_else(|| self.last_end(), |t| t.span.start as usize)
    }

    /// Where the token before the next one ends.
    fn last_end(self) -> usize {
        (self.at as usize).checked_sub(1).and_then(|at| self.state.tokens.get(at)).map_or(0, |t| t.span.end as usize)
    }

    /// The bytes from here up to `rest`, blanks at the ends left out.
    pub fn span_to(self, rest: Self) -> Span {
        let end = rest.last_end();
        Span::new(self.start().min(end), end)
    }

    /// The text at `span`.
    pub fn text(self, span: Span) -> &'s str {
        self.state.text.get(span.range()).unwrap_or("")
    }

    /// A miss at the next token, where `wanted` could have stood.
    pub fn miss<T>(self, wanted: Expected) -> Parsed<'s, 't, T> {
        self.state.note(self.at, wanted);
        Err(Err::Error(Miss))
    }

    /// Notes that `wanted` could stand here too.
    pub fn note(self, wanted: Expected) {
        self.state.note(self.at, wanted);
    }

    /// A fault that ends parsing at once.
    pub fn fail<T>(self, kind: SyntaxErrorKind, span: Span) -> Parsed<'s, 't, T> {
        self.state.fatal.borrow_mut().get_or_insert((kind, span));
        Err(Err::Failure(Miss))
    }
}

impl<'s, 't> Input for Tokens<'s, 't> {
    type Item = &'t Token<'s>;
    type Iter = std::slice::Iter<'t, Token<'s>>;
    type IterIndices = Enumerate<Self::Iter>;

    fn input_len(&self) -> usize {
        (self.end - self.at) as usize
    }

    fn take(&self, index: usize) -> Self {
        self.first(index as u32)
    }

    fn take_from(&self, index: usize) -> Self {
        self.skip(index as u32)
    }

    fn take_split(&self, index: usize) -> (Self, Self) {
        (self.skip(index as u32), self.first(index as u32))
    }

    fn position<P: Fn(Self::Item) -> bool>(&self, predicate: P) -> Option<usize> {
        self.iter_elements().position(predicate)
    }

    fn iter_elements(&self) -> Self::Iter {
        self.state.tokens.get(self.at as usize..self.end as usize).unwrap_or(&[]).iter()
    }

    fn iter_indices(&self) -> Self::IterIndices {
        self.iter_elements().enumerate()
    }

    fn slice_index(&self, count: usize) -> Result<usize, Needed> {
        if self.input_len() >= count { Ok(count) } else { Err(Needed::new(count - self.input_len())) }
    }
}

// ---------------------------------------------------------------- terminals

/// The keyword `word`, in any case: its span. `word` is written as messages show it.
pub(super) fn keyword<'s: 't, 't>(word: &'static str) -> impl Fn(Tokens<'s, 't>) -> Parsed<'s, 't, Span> {
    move |i| match i.token(0) {
        Some(token) if i.is_word(0, word) => Ok((i.skip(1), token.span)),
        _ => i.miss(Expected::Keyword(word)),
    }
}

/// Two keywords in a row, shown as one.
pub(super) fn keywords2<'s: 't, 't>(
    both: &'static str,
    first: &'static str,
    second: &'static str,
) -> impl Fn(Tokens<'s, 't>) -> Parsed<'s, 't, Span> {
    move |i| {
        if !i.is_word(0, first) {
            return i.miss(Expected::Keyword(both));
        }
        let (rest, _) = keyword(second)(i.skip(1))?;
        Ok((rest, i.span_to(rest)))
    }
}

/// The symbol `symbol`.
pub(super) fn symbol<'s: 't, 't>(symbol: &'static str) -> impl Fn(Tokens<'s, 't>) -> Parsed<'s, 't, Span> {
    move |i| match i.token(0) {
        Some(token) if i.is_symbol(0, symbol) => Ok((i.skip(1), token.span)),
        _ => i.miss(Expected::Symbol(symbol)),
    }
}

/// Any word or back-quoted word.
pub(super) fn any_word<'s: 't, 't>(wanted: Expected) -> impl Fn(Tokens<'s, 't>) -> Parsed<'s, 't, Word<'s>> {
    move |i| match i.token(0) {
        Some(Token { kind: Kind::Word(word), span, .. }) => Ok((i.skip(1), Word { text: (*word).into(), span: *span })),
        Some(Token { kind: Kind::Backquoted(raw), span, .. }) => {
            Ok((i.skip(1), Word { text: super::lexer::unbackquote(raw), span: *span }))
        }
        _ => i.miss(wanted),
    }
}

/// A variable: a word that the grammar does not keep to itself, or any in back-quotes.
pub(super) fn variable<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, Word<'s>> {
    if i.word(0).is_some_and(keywords::is_reserved) {
        return i.miss(Expected::Variable);
    }
    any_word(Expected::Variable)(i)
}

/// A whole number that is no negative one.
pub(super) fn whole<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, (u64, Span)> {
    match i.token(0) {
        Some(Token { kind: Kind::Int(digits), span, .. }) => match integer(digits) {
            Some(number) => Ok((i.skip(1), (number, *span))),
            None => i.fail(SyntaxErrorKind::NumberTooLarge, *span),
        },
        _ => i.miss(Expected::Number),
    }
}

/// A whole number that fits 32 bits.
pub(super) fn whole32<'s, 't>(i: Tokens<'s, 't>) -> Parsed<'s, 't, (u32, Span)> {
    let (rest, (number, span)) = whole(i)?;
    match u32::try_from(number) {
        Ok(number) => Ok((rest, (number, span))),
        Err(_) => i.fail(SyntaxErrorKind::NumberTooLarge, span),
    }
}

/// The number that `digits`, as the lexer gives them, say.
pub(super) fn integer(digits: &str) -> Option<u64> {
    match digits.get(..2) {
        Some("0x" | "0X") => u64::from_str_radix(&digits[2..], 16).ok(),
        Some("0o" | "0O") => u64::from_str_radix(&digits[2..], 8).ok(),
        _ => digits.parse().ok(),
    }
}
