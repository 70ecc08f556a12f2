//! A block's tokens and sentences.
//!
//! Words that the lexicon does not know get ids of their own for the document, so that
//! everything after this compares numbers. Which words ever stand in lower case is noted
//! here too: it tells a name at a sentence's start from a common noun.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::model::{Block, BlockKind};

use super::lexicon::{Lexicon, UNKNOWN, WordId, class};
use super::token::{Token, TokenKind, tokenize};

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
    /// Its sentences, as ranges of `tokens`; together they hold all tokens.
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

/// Words of one document: the lexicon's ids, and ids beyond them for the rest.
#[derive(Debug)]
pub struct Words<'l> {
    lexicon: &'l Lexicon,
    local: FxHashMap<Box<str>, WordId>,
    first_local: WordId,
    /// How often a word stands in lower case, by id; capitalised inside a sentence, by id.
    lower: FxHashMap<WordId, (u32, u32)>,
}

impl<'l> Words<'l> {
    /// For one document.
    #[must_use]
    pub fn new(lexicon: &'l Lexicon) -> Self {
        Self { lexicon, local: FxHashMap::default(), first_local: lexicon.len() as WordId, lower: FxHashMap::default() }
    }

    fn id(&mut self, form: &str) -> WordId {
        let known = self.lexicon.id(form);
        if known != UNKNOWN || form.is_empty() {
            return known;
        }
        if let Some(&id) = self.local.get(form) {
            return id;
        }
        let id = self.first_local + self.local.len() as WordId;
        self.local.insert(form.into(), id);
        id
    }

    /// The word also stands in lower case in this document.
    #[must_use]
    pub fn seen_lower(&self, word: WordId) -> bool {
        self.lower.get(&word).is_some_and(|&(lower, _)| lower > 0)
    }

    /// The word stands capitalised inside a sentence of this document.
    #[must_use]
    pub fn seen_capital(&self, word: WordId) -> bool {
        self.lower.get(&word).is_some_and(|&(_, capital)| capital > 0)
    }

    /// Tokens and sentences of a block. O(bytes).
    pub fn page<'d>(&mut self, block: &'d Block) -> Page<'d> {
        let mut tokens = Vec::with_capacity(block.text.text.len() / 5 + 1);
        tokenize(&block.text.text, |mut token, form| {
            if matches!(token.kind, TokenKind::Word | TokenKind::Number) {
                token.word = self.id(form);
            }
            tokens.push(token);
        });
        let sentences = self.sentences(&tokens);
        if matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem) {
            self.note_letters(&tokens, &sentences);
        }
        Page { block, tokens, head: None, sentences }
    }

    fn note_letters(&mut self, tokens: &[Token], sentences: &[Range<usize>]) {
        for sentence in sentences {
            for (i, token) in tokens[sentence.clone()].iter().enumerate() {
                if token.kind != TokenKind::Word {
                    continue;
                }
                let counts = self.lower.entry(token.word).or_default();
                if !token.is_capital() {
                    counts.0 += 1;
                } else if i > 0 && !tokens[sentence.start + i - 1].is_sign('"') {
                    counts.1 += 1;
                }
            }
        }
    }

    /// Where sentences end: a full stop, question or exclamation mark with white space and a capital, digit or quote
    /// behind it, unless an abbreviation or an initial stands before.
    fn sentences(&self, tokens: &[Token]) -> Vec<Range<usize>> {
        let mut out = Vec::new();
        let mut start = 0;
        let mut i = 0;
        while i < tokens.len() {
            let stop = matches!(tokens[i].kind, TokenKind::Sign('.' | '!' | '?'));
            i += 1;
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
            if next.is_spaced() && starts && !self.abbreviates(tokens, stop_at, start) {
                out.push(start..i);
                start = i;
            }
        }
        if start < tokens.len() {
            out.push(start..tokens.len());
        }
        out
    }

    fn abbreviates(&self, tokens: &[Token], stop: usize, start: usize) -> bool {
        if !tokens[stop].is_sign('.') || stop <= start {
            return false;
        }
        let before = &tokens[stop - 1];
        let initial = before.kind == TokenKind::Word && before.is_capital() && before.span.len() == 1;
        initial || self.lexicon.word(before.word).classes & class::ABBREVIATION != 0
    }
}
