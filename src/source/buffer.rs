//! A text in the making: white space folded, and each run's place in the input kept.
//!
//! Readers push what they decode, with the byte at which it stands; whoever reads the
//! finished [`Text`] can lead every byte back.

use crate::model::Text;
use crate::span::Span;

/// Collects a block's text.
#[derive(Debug, Default)]
pub(super) struct Buffer {
    text: String,
    positions: Vec<(u32, u32)>,
    /// White space was seen since the last character, first at this byte of the input.
    blank: Option<u32>,
}

/// Characters that are not seen: soft hyphens, zero-width spaces, byte order marks, direction marks, controls.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
        || (c.is_control() && !c.is_whitespace())
}

impl Buffer {
    /// Whether nothing but white space was pushed.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Bytes of the text so far.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Adds input that stands in it as it is, from byte `at` on. O(bytes).
    pub(super) fn push(&mut self, input: &str, at: usize) {
        let bytes = input.as_bytes();
        let mut run = 0;
        let mut i = 0;
        while i < bytes.len() {
            let byte = bytes[i];
            if (0x21..0x7f).contains(&byte) || (byte == b' ' && self.plain_blank(bytes, run, i)) {
                i += 1;
                continue;
            }
            let c = input[i..].chars().next().unwrap_or(' ');
            let next = i + c.len_utf8();
            if c.is_whitespace() {
                self.run(&input[run..i], at + run);
                self.space(at + i);
                run = next;
            } else if is_invisible(c) {
                self.run(&input[run..i], at + run);
                run = next;
            }
            i = next;
        }
        self.run(&input[run..], at + run);
    }

    /// A single blank inside a run, which needs no folding.
    fn plain_blank(&self, bytes: &[u8], run: usize, at: usize) -> bool {
        at > run && bytes.get(at + 1).is_some_and(|&b| (0x21..0x7f).contains(&b))
    }

    /// Adds one character that is written otherwise in the input (an entity), from byte `at` on.
    pub(super) fn push_char(&mut self, c: char, at: usize) {
        if c.is_whitespace() {
            self.space(at);
        } else if !is_invisible(c) {
            let mut buffer = [0; 4];
            self.run(c.encode_utf8(&mut buffer), at);
        }
    }

    /// White space at byte `at`.
    pub(super) fn space(&mut self, at: usize) {
        if !self.text.is_empty() && self.blank.is_none() {
            self.blank = Some(at as u32);
        }
    }

    fn run(&mut self, text: &str, at: usize) {
        if text.is_empty() {
            return;
        }
        if let Some(blank) = self.blank.take() {
            self.place(blank);
            self.text.push(' ');
        }
        self.place(at as u32);
        self.text.push_str(text);
    }

    fn place(&mut self, file: u32) {
        let here = self.text.len() as u32;
        let runs_on = self.positions.last().is_some_and(|&(text, at)| at + (here - text) == file);
        if !runs_on {
            self.positions.push((here, file));
        }
    }

    /// The text, and an empty buffer.
    pub(super) fn take(&mut self) -> Text {
        self.blank = None;
        Text { text: std::mem::take(&mut self.text), positions: std::mem::take(&mut self.positions) }
    }
}

/// A part of a text, with its positions.
pub(super) fn part(text: &Text, span: Span) -> Text {
    let Some(slice) = text.text.get(span.range()) else { return Text::default() };
    let mut positions = vec![(0, text.file_offset(span.start as usize))];
    let first = text.positions.partition_point(|&(t, _)| t <= span.start);
    let inside = text.positions[first..].iter().take_while(|&&(t, _)| t < span.end);
    positions.extend(inside.map(|&(t, f)| (t - span.start, f)));
    Text { text: slice.to_owned(), positions }
}
