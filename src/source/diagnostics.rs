//! What reading has to say: files that are refused, and what was guessed or left out.
//!
//! | code | what |
//! | --- | --- |
//! | `S101` | the file holds no text (empty, or blanks only); left out |
//! | `S102` | the file is larger than the limit; left out |
//! | `S103` | the file is no text: a PDF, an office document, a picture, binary data; left out |
//! | `S104` | some bytes are no UTF-8 and were replaced |
//! | `S105` | the file is UTF-16, and was read as such |
//! | `S106` | the file is no UTF-8, and was read as Windows-1252 |
//! | `S107` | control characters were left out |
//! | `S108` | no running text was found: menus and short lines only |
//! | `S109` | the page could not be read to its end |
//! | `S110` | a paragraph is too long to be read at once, and was read in pieces |
//! | `S111` | a sentence is too long to be read at once, and was read in pieces |

use crate::diagnostic::Diagnostic;
use crate::model::Text;
use crate::span::Span;

use super::decode::{Decoded, Note};

/// Why there is no document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refused {
    /// Nothing to read.
    #[error("the file holds no text")]
    Empty,
    /// Over the limit.
    #[error("the file has {bytes} bytes, and no more than {limit} are read")]
    Large {
        /// Its size.
        bytes: u64,
        /// What is allowed.
        limit: u64,
    },
    /// What it seems to be.
    #[error("the file is no text: it looks like {0}")]
    NoText(&'static str),
}

impl Refused {
    /// Drawn as a warning: the other documents are read all the same.
    pub(super) fn diagnostic(&self, id: &str) -> Diagnostic {
        let message = format!("{self}; it was left out");
        match self {
            Self::Empty => Diagnostic::warning("S101", message).of(id),
            Self::Large { .. } => Diagnostic::warning("S102", message).of(id).hint("split it into its articles"),
            Self::NoText(_) => {
                Diagnostic::warning("S103", message).of(id).hint("convert it to text, Markdown or HTML first (pdftotext, pandoc)")
            }
        }
    }
}

/// What was done to read a document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Remark {
    /// See [`Note::Broken`].
    #[error("{0} bytes are no UTF-8; they were replaced")]
    Broken(usize, Span),
    /// See [`Note::Utf16`].
    #[error("the file is {0} UTF-16; it was read as such")]
    Utf16(&'static str),
    /// See [`Note::Windows1252`].
    #[error("the file is no UTF-8; it was read as Windows-1252")]
    Windows1252,
    /// Bytes that are control characters, and the first of them.
    #[error("{0} control characters were left out")]
    Controls(usize, Span),
    /// Nothing is read.
    #[error("no running text was found in it")]
    NoArticle,
    /// Paragraphs longer than any real one; the first.
    #[error("a paragraph of {} bytes was read in pieces", .0.len())]
    LongParagraph(Span),
    /// Sentences longer than any real one; the first.
    #[error("a sentence of more than {LONGEST_SENTENCE} words was read in pieces")]
    LongSentence(Span),
    /// Reading stopped here.
    #[error("the page could not be read beyond this place")]
    Cut(u32),
}

impl From<Note> for Remark {
    fn from(note: Note) -> Self {
        match note {
            Note::Utf16(order) => Self::Utf16(order),
            Note::Windows1252 => Self::Windows1252,
            Note::Broken(bytes, first) => Self::Broken(bytes, first),
        }
    }
}

impl Remark {
    /// Drawn as a warning.
    pub(super) fn diagnostic(&self, id: &str) -> Diagnostic {
        let warning = |code| Diagnostic::warning(code, self.to_string()).of(id);
        match self {
            Self::Broken(_, first) => warning("S104").at(*first, "the first"),
            Self::Utf16(_) => warning("S105").hint("save it as UTF-8 to be sure"),
            Self::Windows1252 => warning("S106").hint("save it as UTF-8 to be sure"),
            Self::Controls(_, first) => warning("S107").at(*first, "the first"),
            Self::NoArticle => warning("S108"),
            Self::LongParagraph(span) => warning("S110").at(Span { end: span.start, ..*span }, "it begins here"),
            Self::LongSentence(span) => warning("S111").at(Span { end: span.start, ..*span }, "it begins here"),
            Self::Cut(at) => warning("S109").at(Span { start: *at, end: *at }, "up to here"),
        }
    }
}

/// Bytes that are looked at together.
const CHUNK: usize = 256;

/// Control characters of a file of bytes that are text.
pub(super) fn controls(bytes: &[u8], decoded: &Decoded<'_>) -> Option<Remark> {
    if matches!(decoded.note, Some(Note::Utf16(_))) {
        return None;
    }
    let is_control = |b: u8| (b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)) || b == 0x7f;
    // Whole chunks are looked at without stopping, many bytes at a time: there are hardly ever any.
    let chunk = bytes.chunks(CHUNK).position(|c| c.iter().fold(false, |any, &b| any | is_control(b)))? * CHUNK;
    let first = chunk + bytes[chunk..].iter().position(|&b| is_control(b))?;
    Some(Remark::Controls(bytes.iter().filter(|&&b| is_control(b)).count(), Span::new(first, first + 1)))
}

/// Words that a sentence may have; extraction cuts it about here.
pub(super) const LONGEST_SENTENCE: usize = 400;

/// Where a sentence of more words begins. O(bytes).
pub(super) fn endless(text: &Text) -> Option<Span> {
    if text.text.len() < 2 * LONGEST_SENTENCE {
        return None;
    }
    let (mut words, mut start) = (0, 0);
    for (i, b) in text.text.bytes().enumerate() {
        match b {
            b' ' => words += 1,
            b'.' | b'!' | b'?' => (words, start) = (0, i + 1),
            _ => {}
        }
        if words > LONGEST_SENTENCE {
            let at = text.file_offset(start);
            return Some(Span { start: at, end: at });
        }
    }
    None
}
