//! Byte ranges of an input, and the lines and columns they stand for.
//!
//! A [`Span`] is what every stage passes on; [`LineIndex`] turns it into what a
//! person reads, and only when somebody asks. Which input a span belongs to is
//! known by its owner (a document, a query, a schema file), not by the span.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A half-open byte range `start..end` of one input. Inputs are under 4 GiB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`, both byte offsets.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span ends before it starts");
        Self { start: start as u32, end: end as u32 }
    }

    /// Whether the span holds no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Bytes in the span.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// The span as an index into the text it belongs to.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether `other` lies within this span.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// A value and where it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Spanned<T> {
    /// What was read.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// `value` at `span`.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// Line starts of one input: finds line and column of a byte in O(log lines), however long the lines are.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<u32>,
    /// Characters before every [`LineIndex::STEP`]th byte; empty where no line is that long.
    characters: Vec<u32>,
}

impl LineIndex {
    /// Bytes between two counts of characters.
    const STEP: usize = 4096;
    /// Bytes that are looked at together for line ends.
    const CHUNK: usize = 64;

    /// Scans `bytes` once for line ends (`\n`; a `\r` before it belongs to the line).
    #[must_use]
    pub fn new(bytes: &[u8]) -> Self {
        let mut starts = vec![0];
        for (number, chunk) in bytes.chunks(Self::CHUNK).enumerate() {
            // Most chunks hold no line's end, which is seen for many bytes at a time.
            if chunk.iter().fold(false, |any, &b| any | (b == b'\n')) {
                let ends = chunk.iter().enumerate().filter(|&(_, &b)| b == b'\n');
                starts.extend(ends.map(|(i, _)| (number * Self::CHUNK + i) as u32 + 1));
            }
        }
        let ends = starts.iter().skip(1).copied().chain([bytes.len() as u32]);
        let is_long = starts.iter().zip(ends).any(|(&s, e)| (e - s) as usize > Self::STEP);
        let mut characters = Vec::new();
        if is_long {
            let mut count = 0;
            for chunk in bytes.chunks(Self::STEP) {
                characters.push(count);
                count += count_characters(chunk);
            }
        }
        Self { starts, characters }
    }

    /// The 1-based line that holds byte `offset`.
    #[must_use]
    pub fn line(&self, offset: usize) -> u32 {
        self.starts.partition_point(|&s| s as usize <= offset) as u32
    }

    /// The 1-based line and character column of byte `offset` in `bytes`, the text the index was made of.
    /// Counts characters, not bytes; bytes that are no UTF-8 count as one character each.
    #[must_use]
    pub fn line_column(&self, bytes: &[u8], offset: usize) -> (u32, u32) {
        let line = self.line(offset);
        let end = offset.min(bytes.len());
        let start = (self.starts[line as usize - 1] as usize).min(end);
        let before = if end - start <= Self::STEP {
            count_characters(&bytes[start..end])
        } else {
            self.characters_before(bytes, end) - self.characters_before(bytes, start)
        };
        (line, before + 1)
    }

    fn characters_before(&self, bytes: &[u8], offset: usize) -> u32 {
        let step = (offset / Self::STEP).min(self.characters.len().saturating_sub(1));
        let counted = self.characters.get(step).copied().unwrap_or(0);
        counted + count_characters(&bytes[step * Self::STEP..offset])
    }

    /// Byte offset at which 1-based `line` starts, if there is such a line.
    #[must_use]
    pub fn line_start(&self, line: u32) -> Option<usize> {
        self.starts.get((line as usize).checked_sub(1)?).map(|&s| s as usize)
    }
}

fn count_characters(bytes: &[u8]) -> u32 {
    // So many bytes that their count fits into a byte: they are counted many at a time.
    let count = |chunk: &[u8]| chunk.iter().map(|&b| u8::from(b & 0xC0 != 0x80)).sum::<u8>();
    bytes.chunks(255).map(|chunk| u32::from(count(chunk))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "Türkiye\n“Aktau” – Poti".as_bytes();
        let index = LineIndex::new(text);
        let aktau = std::str::from_utf8(text).unwrap().find("Aktau").unwrap();
        assert_eq!(index.line_column(text, aktau), (2, 2));
        assert_eq!(index.line(0), 1);
        assert_eq!(index.line_start(2), Some("Türkiye\n".len()));
    }

    #[test]
    fn columns_of_long_lines_are_those_of_short_ones() {
        let text = format!("ab\n{}", "ü–x".repeat(5000));
        let index = LineIndex::new(text.as_bytes());
        for (at, _) in text.char_indices().filter(|(i, _)| i % 997 < 3) {
            let line_start = text[..at].rfind('\n').map_or(0, |i| i + 1);
            let column = text[line_start..at].chars().count() as u32 + 1;
            assert_eq!(index.line_column(text.as_bytes(), at).1, column, "{at}");
        }
    }
}
