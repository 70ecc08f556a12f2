//! Tokens: the words, numbers and signs of a text, with their bytes.
//!
//! One pass over the bytes through a class table; only letters beyond ASCII are
//! decoded. Compounds fall into their parts, each marked as joined to the one before,
//! so that "Baku–Tbilisi–Kars" can be read as a name and as a chain of stops.
//! What the words mean is the lexicon's business.

use crate::span::Span;

/// Id of a word form, folded to lower case; 0 is no known word.
pub type WordId = u32;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, with digits and inner apostrophes.
    Word,
    /// Digits, with inner commas and points; an ordinal's ending stays with it.
    Number,
    /// `'s`, `’s` or the apostrophe after a plural.
    Possessive,
    /// One sign.
    Sign(char),
    /// Behind the last token.
    End,
}

/// A token of a text.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    /// Its bytes in the text.
    pub span: Span,
    /// Its word, folded.
    pub word: WordId,
    /// What it is.
    pub kind: TokenKind,
    /// Bits: see the `is_` methods.
    flags: u8,
}

const CAPITAL: u8 = 1;
const ALL_CAPITALS: u8 = 2;
const JOINED: u8 = 4;
const SPACED: u8 = 8;

impl Token {
    /// The first letter is a capital.
    #[must_use]
    pub fn is_capital(&self) -> bool {
        self.flags & CAPITAL != 0
    }

    /// It has letters and all are capitals.
    #[must_use]
    pub fn is_all_capitals(&self) -> bool {
        self.flags & ALL_CAPITALS != 0
    }

    /// A hyphen or dash without blanks stands between it and the token before.
    #[must_use]
    pub fn is_joined(&self) -> bool {
        self.flags & JOINED != 0
    }

    /// Reads a dash between blanks before it as one without.
    pub fn join(&mut self) {
        self.flags = (self.flags | JOINED) & !SPACED;
    }

    /// White space stands before it.
    #[must_use]
    pub fn is_spaced(&self) -> bool {
        self.flags & SPACED != 0
    }

    /// It is the sign `c`.
    #[must_use]
    pub fn is_sign(&self, c: char) -> bool {
        self.kind == TokenKind::Sign(c)
    }

    /// The token behind the last one.
    #[must_use]
    pub fn end(at: usize) -> Self {
        Self { span: Span::new(at, at), word: 0, kind: TokenKind::End, flags: SPACED }
    }
}

/// Calls `emit` with each token of `text` and its folded form (empty for signs). O(bytes), no allocation a token.
pub fn tokenize(text: &str, mut emit: impl FnMut(Token, &str)) {
    let mut scanner = Scanner { text, at: 0, joined: false, spaced: true, folded: String::with_capacity(32) };
    while scanner.at < text.len() {
        scanner.step(&mut emit);
    }
}

/// Of bytes that words are made of one of [`LOWER`], [`UPPER`] and [`DIGIT`]; 0 for all others.
static KINDS: [u8; 256] = kinds();

const LOWER: u8 = 1;
const UPPER: u8 = 1 << 1;
const DIGIT: u8 = 1 << 2;

const fn kinds() -> [u8; 256] {
    let mut kinds = [0; 256];
    let mut at = 0;
    while at < 128 {
        let byte = at as u8;
        kinds[at] = match byte {
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b'0'..=b'9' => DIGIT,
            _ => 0,
        };
        at += 1;
    }
    kinds
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    joined: bool,
    spaced: bool,
    folded: String,
}

impl Scanner<'_> {
    fn step(&mut self, emit: &mut impl FnMut(Token, &str)) {
        let c = self.peek(self.at);
        // Letters and spaces are most of a text: they are asked for first.
        if c.is_ascii_alphabetic() {
            self.word(emit);
        } else if c == ' ' || c.is_whitespace() || c == '\u{feff}' || c.is_control() || is_format(c) {
            self.at += c.len_utf8();
            self.spaced = true;
            self.joined = false;
        } else if c.is_ascii_digit() && !self.opens_brand() {
            self.number(emit);
        } else if c.is_ascii_digit() || c.is_alphabetic() {
            self.word(emit);
        } else {
            self.sign(c, emit);
        }
    }

    fn peek(&self, at: usize) -> char {
        let bytes = self.text.as_bytes();
        match bytes.get(at) {
            None => '\n',
            Some(&b) if b < 0x80 => b as char,
            Some(_) => self.text[at..].chars().next().unwrap_or('\n'),
        }
    }

    /// The token from `start` to here.
    fn token(&mut self, start: usize, kind: TokenKind, flags: u8) -> Token {
        let flags = flags | if self.joined { JOINED } else { 0 } | if self.spaced { SPACED } else { 0 };
        self.joined = false;
        self.spaced = false;
        Token { span: Span::new(start, self.at), word: 0, kind, flags }
    }

    fn emit(&mut self, start: usize, kind: TokenKind, flags: u8, emit: &mut impl FnMut(Token, &str)) {
        let token = self.token(start, kind, flags);
        emit(token, &self.folded);
        self.folded.clear();
    }

    /// "'s", which listed names hold too: "Cox's Bazar".
    fn possessive(&mut self, start: usize, out: &mut impl FnMut(Token, &str)) {
        self.folded.push('\'');
        self.emit(start, TokenKind::Possessive, 0, out);
    }

    /// "2Africa": one digit before a capital and small letters enough for a name; "4Mt", "5Km" are amounts.
    fn opens_brand(&self) -> bool {
        let mut letters = self.text.as_bytes()[self.at + 1..].iter().take_while(|b| b.is_ascii_alphabetic());
        letters.next().is_some_and(u8::is_ascii_uppercase) && letters.take(3).filter(|b| b.is_ascii_lowercase()).count() == 3
    }

    /// Digits with inner separators; "24th" and "3+3" stay whole; letters behind ("62MW") are a token of their own.
    fn number(&mut self, out: &mut impl FnMut(Token, &str)) {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        loop {
            // "3·9": a raised point, of two bytes.
            let raised = self.text[self.at..].starts_with('·') && digit(self.at + 2) && self.at > start;
            let inner = matches!(bytes.get(self.at), Some(b',' | b'.' | b'+')) && digit(self.at + 1) && self.at > start;
            if !digit(self.at) && !inner && !raised {
                break;
            }
            self.at += 1 + usize::from(raised);
        }
        let ending = self.text.get(self.at..self.at + 2).unwrap_or("");
        if matches!(ending, "st" | "nd" | "rd" | "th") && !self.peek(self.at + 2).is_alphanumeric() {
            self.at += 2;
        }
        self.folded.push_str(&self.text[start..self.at]);
        self.emit(start, TokenKind::Number, 0, out);
    }

    fn word(&mut self, out: &mut impl FnMut(Token, &str)) {
        let start = self.at;
        let first = self.peek(start);
        // "2Africa" is a name, too.
        let first_capital = first.is_uppercase() || first.is_ascii_digit();
        let mut kinds = self.run();
        // Most words are over by now, and written as they are compared.
        let plain = kinds == LOWER && matches!(self.text.as_bytes().get(self.at), Some(b' ' | b','));
        if !plain {
            self.folded.push_str(&self.text[start..self.at]);
            self.folded.make_ascii_lowercase();
            kinds |= self.rest_of_word(start);
        }
        let capitals = kinds & (UPPER | LOWER) == UPPER && self.folded.len() > 1;
        let flags = if first_capital { CAPITAL } else { 0 } | if capitals { ALL_CAPITALS } else { 0 };
        if plain {
            let token = self.token(start, TokenKind::Word, flags);
            return out(token, &self.text[start..self.at]);
        }
        self.emit(start, TokenKind::Word, flags, out);
    }

    /// Goes on over ASCII letters and digits, and tells which there were.
    fn run(&mut self) -> u8 {
        let rest = &self.text.as_bytes()[self.at..];
        let mut kinds = 0;
        for kind in rest.iter().map(|&b| KINDS[b as usize]).take_while(|&kind| kind != 0) {
            kinds |= kind;
            self.at += 1;
        }
        kinds
    }

    /// What a word has behind its first letters: points, apostrophes, letters beyond ASCII. Which letters there are.
    fn rest_of_word(&mut self, start: usize) -> u8 {
        let mut kinds = 0;
        loop {
            let c = self.peek(self.at);
            if matches!(c, ' ' | ',') {
                break;
            } else if c.is_ascii_alphanumeric() {
                let from = self.at;
                kinds |= self.run();
                let folded = self.folded.len();
                self.folded.push_str(&self.text[from..self.at]);
                self.folded[folded..].make_ascii_lowercase();
            } else if c.is_alphanumeric() {
                kinds |= if c.is_uppercase() { UPPER } else { u8::from(c.is_alphabetic()) * LOWER };
                push_folded(&mut self.folded, c);
                self.at += c.len_utf8();
            } else if c == '+' && self.peek(self.at + 1).is_alphanumeric() {
                self.folded.push('+');
                self.at += 1;
            } else if is_apostrophe(c) && self.inner_apostrophe(c) {
                self.at += c.len_utf8();
            } else if c == '.' && self.abbreviation_point(start) {
                self.at += 1;
            } else if is_mark(c) {
                self.at += c.len_utf8();
            } else {
                break;
            }
        }
        kinds
    }

    /// An apostrophe inside a word ("Xi'an", "d'Ivoire"), not that of a possessive or of "n't".
    fn inner_apostrophe(&self, c: char) -> bool {
        let rest = &self.text[self.at + c.len_utf8()..];
        let mut chars = rest.chars();
        let (next, after) = (chars.next().unwrap_or(' '), chars.next().unwrap_or(' '));
        next.is_alphabetic() && (!matches!(next, 's' | 'S') || after.is_alphabetic())
    }

    /// The point of "U.S.", "e.g.": one letter before it, and a letter and a point, or nothing of the word, behind.
    fn abbreviation_point(&self, start: usize) -> bool {
        let so_far = &self.text[start..self.at];
        let single = so_far.rsplit('.').next().is_some_and(|l| l.chars().count() == 1);
        if !single {
            return false;
        }
        let next = self.peek(self.at + 1);
        (next.is_alphabetic() && self.peek(self.at + 1 + next.len_utf8()) == '.') || so_far.contains('.')
    }

    fn sign(&mut self, c: char, out: &mut impl FnMut(Token, &str)) {
        let start = self.at;
        self.at += c.len_utf8();
        // An em dash joins names ("Baku—Tbilisi—Kars"), never a name and a word.
        let parts = matches!(c, '—' | '―') && !self.peek(self.at).is_uppercase();
        if is_dash(c) && !parts && !self.spaced && !self.peek(self.at).is_whitespace() && self.peek(self.at).is_alphanumeric() {
            self.joined = true;
            return;
        }
        if is_apostrophe(c) && !self.spaced {
            if matches!(self.peek(self.at), 's' | 'S') && !self.peek(self.at + 1).is_alphanumeric() {
                self.at += 1;
                return self.possessive(start, out);
            }
            let plural = self.text[..start].ends_with('s');
            let mut rest = self.text[self.at..].chars();
            if plural && rest.next() == Some(' ') && rest.next().is_some_and(char::is_alphabetic) {
                return self.possessive(start, out);
            }
        }
        let canonical = match c {
            '“' | '”' | '„' | '«' | '»' | '‟' => '"',
            '‘' | '’' | '‚' | '`' => '\'',
            c if is_dash(c) => '–',
            '…' => '.',
            c => c,
        };
        // "Larsen & Toubro": a sign that listed names hold.
        self.folded.extend(Some(canonical).filter(|&c| c == '&'));
        self.emit(start, TokenKind::Sign(canonical), 0, out);
    }
}

/// Lower case, without accents: what words are compared by.
fn push_folded(out: &mut String, c: char) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    use unicode_normalization::UnicodeNormalization;
    for part in std::iter::once(c).nfkd().filter(|p| !is_mark(*p)) {
        match part {
            'ı' => out.push('i'),
            'ł' | 'Ł' => out.push('l'),
            'ə' | 'Ə' => out.push('a'),
            'ø' | 'Ø' => out.push('o'),
            'đ' | 'Đ' => out.push('d'),
            'æ' | 'Æ' => out.push_str("ae"),
            'ß' => out.push_str("ss"),
            _ => out.extend(part.to_lowercase()),
        }
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−')
}

fn is_mark(c: char) -> bool {
    c > '\u{2ff}' && unicode_normalization::char::is_combining_mark(c)
}

/// Zero-width and direction signs: they part nothing a reader sees, but no word runs over them.
fn is_format(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        tokenize(text, |t, form| {
            out.push(match t.kind {
                TokenKind::Sign(c) => c.to_string(),
                TokenKind::Possessive => "'s".into(),
                _ if t.is_joined() => format!("-{form}"),
                _ => form.to_owned(),
            });
        });
        out
    }

    #[test]
    fn compounds_fall_into_joined_parts() {
        assert_eq!(forms("Baku–Tbilisi–Kars"), ["baku", "-tbilisi", "-kars"]);
        assert_eq!(forms("836-kilometre line"), ["836", "-kilometre", "line"]);
        assert_eq!(forms("Asia – Europe"), ["asia", "–", "europe"]);
    }

    #[test]
    fn points_and_apostrophes() {
        assert_eq!(forms("the U.S. and Russia’s Xi'an."), ["the", "us", "and", "russia", "'s", "xian", "."]);
        assert_eq!(forms("US$ 7 billion"), ["us", "$", "7", "billion"]);
        assert_eq!(forms("states' leaders"), ["states", "'s", "leaders"]);
        assert_eq!(forms("C5+1 and 3+3, the 24th 1,840.5 km"), ["c5+1", "and", "3+3", ",", "the", "24th", "1,840.5", "km"]);
        assert_eq!(forms("62MW"), ["62", "mw"]);
        assert_eq!(forms("US$3·93bn"), ["us", "$", "3·93", "bn"]);
    }

    #[test]
    fn accents_fold() {
        assert_eq!(forms("Türkiye Iğdır Antônio"), ["turkiye", "igdir", "antonio"]);
    }
}
