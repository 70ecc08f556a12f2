//! A block's tokens and sentences.
//!
//! What ids the words have is `words`' business.

use std::ops::Range;

use crate::model::{Block, BlockKind};

use super::lexicon::{Lexicon, class};
use super::token::{Token, TokenKind, tokenize};
use super::words::Words;

/// Tokens after which a sentence is cut: work within a sentence grows faster than its length, and nobody reads so far.
pub const LONGEST_SENTENCE: usize = 400;

/// A block ready for reading.
#[derive(Debug)]
pub struct Page<'d> {
    /// The block.
    pub block: &'d Block,
    /// Its tokens.
    pub tokens: Vec<Token>,
    /// For a row: the head of its table.
    pub head: Option<&'d Block>,
    /// For a row: the heading or paragraph right over its table.
    pub over: Option<&'d Block>,
    /// Its sentences, as ranges of `tokens`; together they hold all tokens but a speaker's label.
    pub sentences: Vec<Range<usize>>,
}

impl Page<'_> {
    /// The text of some tokens.
    #[must_use]
    pub fn text(&self, tokens: Range<usize>) -> &str {
        match (self.tokens.get(tokens.start), tokens.end.checked_sub(1).and_then(|l| self.tokens.get(l))) {
            (Some(first), Some(last)) if tokens.start < tokens.end => {
                &self.block.text.text[first.span.start as usize..last.span.end as usize]
            }
            _ => "",
        }
    }
}

impl Words<'_> {
    /// Tokens and sentences of a block; its first `label` bytes tell who speaks. O(bytes).
    pub fn page<'d>(&mut self, block: &'d Block, label: usize) -> Page<'d> {
        let mut tokens = Vec::with_capacity(block.text.text.len() / 5 + 1);
        let mut numbers = std::mem::take(&mut self.numbers);
        numbers.clear();
        tokenize(&block.text.text, |mut token, form| {
            let mut number = 0;
            // Listed names hold signs, too: "Larsen & Toubro", "Cox's Bazar".
            if matches!(token.kind, TokenKind::Word | TokenKind::Number | TokenKind::Sign('&') | TokenKind::Possessive) {
                number = self.number(form);
                token.word = self.word(number);
            }
            tokens.push(token);
            numbers.push(number);
        });
        join_ends(self.lexicon, &mut tokens, &mut numbers);
        let said = tokens.partition_point(|t| (t.span.start as usize) < label);
        let sentences = sentences(self.lexicon, &block.text.text, &tokens, said);
        if matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem) {
            self.note_letters(&tokens, &numbers, &sentences);
        }
        self.numbers = numbers;
        Page { block, tokens, head: None, over: None, sentences }
    }

    fn note_letters(&mut self, tokens: &[Token], numbers: &[u32], sentences: &[Range<usize>]) {
        for sentence in sentences {
            for i in sentence.clone().filter(|&i| tokens[i].kind == TokenKind::Word) {
                if !tokens[i].is_capital() {
                    self.note_lower(numbers[i]);
                } else if i > sentence.start && !tokens[i - 1].is_sign('"') {
                    self.note_capital(numbers[i]);
                }
            }
        }
    }
}

/// "the Tabora – Kigoma line", "Tabora – Kigoma (411 km)": dashes between blanks that join names before a noun for a way, or before how
/// long it is, are read as those without blanks. O(tokens).
fn join_ends(lexicon: &Lexicon, tokens: &mut Vec<Token>, numbers: &mut Vec<u32>) {
    let mut at = 1;
    while at + 1 < tokens.len() {
        let Some(end) = joins_names(tokens, at).filter(|&end| tells_way(lexicon, tokens, end)) else {
            at += 1;
            continue;
        };
        let mut end = end;
        while at < end {
            if tokens[at].is_sign('–') {
                tokens.remove(at);
                numbers.remove(at);
                tokens[at].join();
                end -= 1;
            }
            at += 1;
        }
    }
}

/// Where the last name ends, if the dash at a token stands between names.
fn joins_names(tokens: &[Token], dash: usize) -> Option<usize> {
    let name = |t: &Token| t.kind == TokenKind::Word && t.is_capital();
    let spaced =
        |at: usize| tokens[at].is_sign('–') && tokens[at].is_spaced() && tokens.get(at + 1).is_some_and(Token::is_spaced);
    // "NAIROBI – Kenya Railways": a dateline.
    if !spaced(dash) || !name(&tokens[dash - 1]) || tokens[dash - 1].is_all_capitals() && dash < 4 {
        return None;
    }
    let mut at = dash;
    while at < tokens.len() && spaced(at) && tokens.get(at + 1).is_some_and(name) {
        at += 2;
        // "Dar es Salaam": small words between capitals.
        while at < tokens.len()
            && (name(&tokens[at])
                || tokens[at].kind == TokenKind::Word && tokens[at].span.len() < 4 && tokens.get(at + 1).is_some_and(name))
        {
            at += 1;
        }
    }
    (at > dash).then_some(at)
}

/// A noun for a way follows, with no more than words in small letters before it; or how long it is, in brackets.
fn tells_way(lexicon: &Lexicon, tokens: &[Token], from: usize) -> bool {
    let measured =
        tokens.get(from).is_some_and(|t| t.is_sign('(')) && tokens.get(from + 1).is_some_and(|t| t.kind == TokenKind::Number);
    let is_way = |t: &Token| lexicon.head(t.word).is_some_and(|h| Some(h.node_type) == lexicon.way_type());
    let small = |t: &&Token| t.kind == TokenKind::Word && !t.is_capital();
    measured
        || tokens[from.min(tokens.len())..].iter().take_while(small).take(4).any(is_way)
        || tokens[from - 1].is_capital() && is_way(&tokens[from - 1])
}

/// Where sentences end: a full stop, question or exclamation mark with white space and a capital, digit or quote
/// behind it, unless an abbreviation or an initial stands before. The point of "U.S." ends one where a word that opens
/// sentences follows.
fn sentences(lexicon: &Lexicon, text: &str, tokens: &[Token], said: usize) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = said;
    let mut i = said;
    while i < tokens.len() {
        let stop = matches!(tokens[i].kind, TokenKind::Sign('.' | '!' | '?'));
        let pointed = tokens[i].kind == TokenKind::Word && text.as_bytes()[tokens[i].span.end as usize - 1] == b'.';
        i += 1;
        if pointed && opens(lexicon, &tokens[i..]) {
            out.push(start..i);
            start = i;
            continue;
        }
        if i - start >= LONGEST_SENTENCE {
            out.push(start..i);
            start = i;
            continue;
        }
        if !stop {
            continue;
        }
        let stop_at = i - 1;
        while i < tokens.len()
            && matches!(tokens[i].kind, TokenKind::Sign('"' | ')' | ']' | '.' | '\''))
            && !tokens[i].is_spaced()
        {
            i += 1;
        }
        let Some(next) = tokens.get(i) else { break };
        let starts = next.is_capital() || next.kind == TokenKind::Number || matches!(next.kind, TokenKind::Sign(_));
        if next.is_spaced() && starts && !abbreviates(lexicon, tokens, stop_at, start) {
            out.push(start..i);
            start = i;
        }
    }
    if start < tokens.len() {
        out.push(start..tokens.len());
    }
    out
}

/// "The bank built it", "In May Kenya left", but no name ("The Hague"): a capital that only the start of a sentence gives.
fn opens(lexicon: &Lexicon, tokens: &[Token]) -> bool {
    const OPENING: u32 = class::DET | class::POSSESSIVE | class::PRONOUN | class::SUB | class::PREP;
    let Some(next) = tokens.first().filter(|t| t.kind == TokenKind::Word && t.is_spaced() && t.is_capital()) else {
        return false;
    };
    lexicon.word(next.word).classes & OPENING != 0 && lexicon.longest(tokens).is_none()
}

fn abbreviates(lexicon: &Lexicon, tokens: &[Token], stop: usize, start: usize) -> bool {
    if !tokens[stop].is_sign('.') || stop <= start {
        return false;
    }
    let before = &tokens[stop - 1];
    let initial = before.kind == TokenKind::Word && before.is_capital() && before.span.len() == 1;
    let numbers = tokens.get(stop + 1).is_some_and(|t| t.kind == TokenKind::Number);
    let abbreviated = lexicon.word(before.word).classes & class::ABBREVIATION != 0;
    initial || abbreviated && (numbers || !lexicon.joining.numbering.contains(&before.word))
}
