//! Text to tokens: the one lexer of parser, script splitter, completion and highlighting.
//!
//! It never fails: what is no token becomes [`Kind::Bad`], which no rule of the grammar accepts, so that an earlier
//! fault in the grammar is told first. White space and comments (`//`, `/* */`, `#` at the start of a line) are left out.

use std::borrow::Cow;

use nom::branch::alt;
use nom::bytes::complete::{take_till, take_while};
use nom::character::complete::{char, digit1, one_of};
use nom::combinator::{opt, recognize};
use nom::sequence::pair;
use nom::{IResult, Parser};

use crate::query::keywords;
use crate::span::Span;

/// A token.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Token<'s> {
    /// What it is.
    pub kind: Kind<'s>,
    /// Where it stands.
    pub span: Span,
    /// Nothing stands between it and the token before it.
    pub glued: bool,
    /// A line ends between it and the token before it.
    pub newline: bool,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Kind<'s> {
    /// A word: letters, digits, `_`, apostrophes within.
    Word(&'s str),
    /// `'…'`, `"…"`, `“…”`, without the quotes, escapes as typed.
    Quoted(&'s str),
    /// `` `…` ``, without the back-quotes.
    Backquoted(&'s str),
    /// Digits, or `0x…`, `0o…`.
    Int(&'s str),
    /// A number with a point or an exponent.
    Float(&'s str),
    /// `2025-07-31`
    Date(&'s str),
    /// `$name`
    Parameter(&'s str),
    /// Punctuation of ours.
    Symbol(&'static str),
    /// Punctuation of other languages, known so that the error can say what is ours.
    Foreign(&'static str),
    /// No token.
    Bad(Fault),
}

/// Why something is no token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// A quote that is never closed.
    Quote,
    /// A back-quote that is never closed.
    Backquote,
    /// A comment that is never closed.
    Comment,
    /// An escape that means nothing; where in the token it stands.
    Escape(u32),
    /// A number that is none: `1e`, `0x`.
    Number,
    /// A character that nothing starts with.
    Character,
}

/// Symbols that others write, longest first; none is ours.
const FOREIGN: [&str; 9] = ["===", "!==", "==", "!=", "&&", "||", "=~", "→", "!"];

/// Symbols of ours, longer ones before what they start with.
const SYMBOLS: [&str; 30] = [
    "(", ")", ",", "<>", "<=", ">=", "..", ".", "-", ":", "[", "]", "{", "}", "=", "<", ">", ";", "|", "+", "*", "/", "%", "^",
    "&", "–", "—", "−", "‐", "‑",
];

/// Tokens of a text, one by one.
#[derive(Debug, Clone)]
pub(crate) struct Lexer<'s> {
    text: &'s str,
    at: usize,
}

impl<'s> Lexer<'s> {
    /// The tokens of `text` from byte `at` on.
    pub fn new(text: &'s str, at: usize) -> Self {
        Self { text, at }
    }

    /// Where the next token is looked for.
    pub fn position(&self) -> usize {
        self.at
    }

    /// Skips white space and comments; the start of a comment that is never closed, if there is one.
    pub fn skip_blank(&mut self) -> Result<(), usize> {
        loop {
            let rest = self.rest();
            if let Some(c) = rest.chars().next().filter(|c| c.is_whitespace() || *c == '\u{feff}') {
                self.at += c.len_utf8();
            } else if rest.starts_with("//") || (rest.starts_with('#') && self.at_line_start()) {
                self.at += rest.find('\n').unwrap_or(rest.len());
            } else if let Some(comment) = rest.strip_prefix("/*") {
                match comment.find("*/") {
                    Some(end) => self.at += end + 4,
                    None => return Err(std::mem::replace(&mut self.at, self.text.len())),
                }
            } else {
                return Ok(());
            }
        }
    }

    /// Whether nothing but blanks stands before on the line.
    fn at_line_start(&self) -> bool {
        let before = self.text.get(..self.at).unwrap_or("").trim_end_matches([' ', '\t', '\u{feff}']);
        before.is_empty() || before.ends_with(['\n', '\r'])
    }

    fn rest(&self) -> &'s str {
        self.text.get(self.at..).unwrap_or("")
    }
}

impl<'s> Iterator for Lexer<'s> {
    type Item = Token<'s>;

    fn next(&mut self) -> Option<Token<'s>> {
        let before = self.at;
        let blank = self.skip_blank();
        let start = blank.err().unwrap_or(self.at);
        let skipped = self.text.get(before..start).unwrap_or("");
        let (glued, newline) = (skipped.is_empty() && before > 0, skipped.contains('\n'));
        let token = |kind, end| Some(Token { kind, span: Span::new(start, end), glued, newline });
        if blank.is_err() {
            return token(Kind::Bad(Fault::Comment), self.at);
        }
        let rest = self.rest();
        if rest.is_empty() {
            return None;
        }
        let (kind, len) = one(rest);
        self.at += len;
        token(kind, self.at)
    }
}

/// The token that `rest` starts with, and its length; `rest` is not empty and starts with no blank.
fn one(rest: &str) -> (Kind<'_>, usize) {
    let first = rest.chars().next().unwrap_or(' ');
    let digit = |at: usize| rest.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    match first {
        '\'' | '"' | '`' | '“' | '„' | '‘' => quoted(rest, first),
        '0'..='9' => number(rest),
        '.' if digit(1) => number(rest),
        '$' => match plain_word(&rest[1..]) {
            0 => (Kind::Bad(Fault::Character), 1),
            len => (Kind::Parameter(&rest[1..=len]), len + 1),
        },
        _ if is_word(first) => {
            let len = word(rest);
            (Kind::Word(&rest[..len]), len)
        }
        _ => symbol(rest).unwrap_or((Kind::Bad(Fault::Character), first.len_utf8())),
    }
}

/// The symbol that `rest` starts with, ours or a foreign one.
fn symbol(rest: &str) -> Option<(Kind<'_>, usize)> {
    let starts = |symbol: &&&str| rest.starts_with(**symbol);
    if rest.starts_with(['=', '!', '&', '|', '→'])
        && let Some(symbol) = FOREIGN.iter().find(starts)
    {
        return Some((Kind::Foreign(symbol), symbol.len()));
    }
    SYMBOLS.iter().find(starts).map(|symbol| (Kind::Symbol(symbol), symbol.len()))
}

/// Whether a word may hold `c`: letters of any script with their marks, digits, `_`.
pub(crate) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || unicode_normalization::char::is_combining_mark(c)
}

/// The length of the letters, digits and `_` that `text` starts with.
fn plain_word(text: &str) -> usize {
    let parsed: IResult<&str, &str> = take_while(is_word).parse(text);
    parsed.map_or(0, |(_, word)| word.len())
}

/// The length of the word that `text` starts with. An apostrophe between letters belongs to it ("Xi'an"), unless what
/// stands before is a keyword (`IN'x'`).
fn word(text: &str) -> usize {
    let mut end = plain_word(text);
    while let Some(mark) = text[end..].chars().next().filter(|c| matches!(c, '\'' | '’' | 'ʼ')) {
        let after = end + mark.len_utf8();
        if !text[after..].starts_with(char::is_alphabetic) || keywords::is_keyword(&text[..end]) {
            break;
        }
        end = after + plain_word(&text[after..]);
    }
    end
}

/// A quoted text, a back-quoted word, or a fault: `text` starts with the quote `open`.
fn quoted(text: &str, open: char) -> (Kind<'_>, usize) {
    let close = match open {
        '“' | '„' => '”',
        '‘' => '’',
        _ => open,
    };
    let mut chars = text.char_indices().skip(1).peekable();
    let mut fault = None;
    while let Some((at, c)) = chars.next() {
        if c == close || (open == '„' && c == '“') {
            if open == '`' && chars.peek().is_some_and(|p| p.1 == '`') {
                chars.next();
                continue;
            }
            let (inner, end) = (&text[open.len_utf8()..at], at + c.len_utf8());
            let kind = if open == '`' { Kind::Backquoted(inner) } else { fault.map_or(Kind::Quoted(inner), Kind::Bad) };
            return (kind, end);
        }
        if c == '\\' && open != '`' {
            let rest = &text[at + 1..];
            match escape(rest) {
                Some((_, len)) => drop((0..rest[..len].chars().count()).filter_map(|_| chars.next()).last()),
                None => fault = fault.or(Some(Fault::Escape(at as u32))),
            }
        }
    }
    (Kind::Bad(if open == '`' { Fault::Backquote } else { Fault::Quote }), text.len())
}

/// The character that an escape stands for, and the bytes after the backslash that say it.
fn escape(rest: &str) -> Option<(char, usize)> {
    let hex = |digits: usize| {
        let text = rest.get(1..=digits)?;
        let number = u32::from_str_radix(text, 16).ok().filter(|_| !text.starts_with('+'))?;
        Some((char::from_u32(number)?, digits + 1))
    };
    match rest.chars().next()? {
        c @ ('\\' | '\'' | '"' | '`' | '/') => Some((c, 1)),
        'n' => Some(('\n', 1)),
        't' => Some(('\t', 1)),
        'r' => Some(('\r', 1)),
        'b' => Some(('\u{8}', 1)),
        'f' => Some(('\u{c}', 1)),
        'u' => hex(4),
        'U' => hex(8),
        _ => None,
    }
}

/// The text of a [`Kind::Quoted`], its escapes undone.
pub(crate) fn unescape(raw: &str) -> Cow<'_, str> {
    if !raw.contains('\\') {
        return Cow::Borrowed(raw);
    }
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        text.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some((c, len)) = escape(rest) {
            text.push(c);
            rest = &rest[len..];
        }
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// The text of a [`Kind::Backquoted`]: two back-quotes are one.
pub(crate) fn unbackquote(raw: &str) -> Cow<'_, str> {
    if raw.contains("``") { Cow::Owned(raw.replace("``", "`")) } else { Cow::Borrowed(raw) }
}

/// A date, a number, or a fault; `text` starts with a digit, or with a point and a digit.
fn number(text: &str) -> (Kind<'_>, usize) {
    if let Some(date) = date(text) {
        return (Kind::Date(date), date.len());
    }
    let radix: IResult<&str, &str> = recognize((char('0'), one_of("xXoO"), take_while(is_word))).parse(text);
    if let Ok((_, number)) = radix {
        let digits = &number[2..];
        let base = if matches!(number.as_bytes()[1], b'x' | b'X') { 16 } else { 8 };
        let sound = !digits.is_empty() && digits.chars().all(|c| c.is_digit(base));
        return (if sound { Kind::Int(number) } else { Kind::Bad(Fault::Number) }, number.len());
    }
    let exponent = || pair(one_of("eE"), pair(opt(one_of("+-")), digit1));
    let mut float = recognize(alt((
        (pair(opt(digit1), pair(char('.'), digit1)), opt(exponent())).map(|_| ()),
        pair(digit1, exponent()).map(|_| ()),
    )));
    let parsed: IResult<&str, &str> = float.parse(text);
    if let Ok((_, number)) = parsed {
        return (Kind::Float(number), number.len());
    }
    let digits: IResult<&str, &str> = take_till(|c: char| !c.is_ascii_digit()).parse(text);
    let len = digits.map_or(1, |(_, d)| d.len());
    (Kind::Int(&text[..len]), len)
}

/// `2025-07-31`, if `text` starts with it and nothing that would make it something else follows.
fn date(text: &str) -> Option<&str> {
    let date = text.get(..10)?;
    let shape = date.bytes().enumerate().all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() });
    let free = !text[10..].starts_with(|c: char| is_word(c) || c == '-');
    (shape && free).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Kind<'_>> {
        Lexer::new(text, 0).map(|t| t.kind).collect()
    }

    #[test]
    fn words_keep_apostrophes_but_keywords_do_not() {
        assert_eq!(kinds("Xi'an"), [Kind::Word("Xi'an")]);
        assert_eq!(kinds("in'an'"), [Kind::Word("in"), Kind::Quoted("an")]);
        assert_eq!(kinds("Iğdır’s"), [Kind::Word("Iğdır’s")]);
    }

    #[test]
    fn ranges_are_no_floats_and_dates_are_no_sums() {
        assert_eq!(kinds("1..3"), [Kind::Int("1"), Kind::Symbol(".."), Kind::Int("3")]);
        assert_eq!(kinds("1.5e3 .5"), [Kind::Float("1.5e3"), Kind::Float(".5")]);
        assert_eq!(kinds("2025-07-31"), [Kind::Date("2025-07-31")]);
        assert_eq!(kinds("2025-07-311").len(), 5);
        assert_eq!(kinds("0x1F"), [Kind::Int("0x1F")]);
        assert_eq!(kinds("0xG"), [Kind::Bad(Fault::Number)]);
    }

    #[test]
    fn comments_are_left_out_but_two_dashes_are_an_edge() {
        assert_eq!(kinds("# title\na // b\n/* c */ d").len(), 2);
        assert_eq!(kinds("(a)--(b)").len(), 8);
        assert_eq!(kinds("a /* b"), [Kind::Word("a"), Kind::Bad(Fault::Comment)]);
        assert_eq!(kinds("a # b")[1], Kind::Bad(Fault::Character));
    }

    #[test]
    fn quotes_close_or_are_faults() {
        assert_eq!(kinds(r#"'a\'b' "c""#), [Kind::Quoted(r"a\'b"), Kind::Quoted("c")]);
        assert_eq!(unescape(r"a\'b\u0041"), "a'bA");
        assert_eq!(kinds("'a"), [Kind::Bad(Fault::Quote)]);
        assert_eq!(kinds(r"'a\q'"), [Kind::Bad(Fault::Escape(2))]);
        assert_eq!(kinds("“Middle Corridor”"), [Kind::Quoted("Middle Corridor")]);
        assert_eq!(kinds("`a``b`"), [Kind::Backquoted("a``b")]);
    }
}
