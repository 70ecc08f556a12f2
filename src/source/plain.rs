//! Plain text: lines into blocks.
//!
//! Blank lines part blocks; so does a line's end, unless the text is wrapped by hand:
//! then lines that fill the width, or whose next begins in lower case, run on. What a
//! block is beyond that (a title, furniture) is told by `furniture` and `front`.

use crate::model::{Block, BlockKind};

use super::buffer::Buffer;
use super::{Page, Raw};

/// Longest line that counts as wrapped by hand.
const WIDEST_WRAP: usize = 100;
/// Shortest width at which a text can be wrapped by hand.
const NARROWEST_WRAP: usize = 40;

struct Line<'t> {
    text: &'t str,
    at: usize,
    chars: usize,
}

/// Reads a text. O(bytes).
pub(super) fn page(text: &str) -> Page {
    Page { raws: blocks(text), ..Page::default() }
}

fn blocks(text: &str) -> Vec<Raw> {
    let lines = lines(text);
    let width = wrap_width(&lines);
    let mut out = Vec::new();
    let mut buffer = Buffer::default();
    let mut kind = BlockKind::Paragraph;
    for (i, line) in lines.iter().enumerate() {
        let (marked, body, at) = strip_bullet(line);
        let joins = !buffer.is_empty() && !marked && i > 0 && runs_on(&lines[i - 1], line, width);
        if !joins {
            flush(&mut buffer, kind, &mut out);
            kind = if marked { BlockKind::ListItem } else { BlockKind::Paragraph };
        } else {
            buffer.space(line.at.saturating_sub(1));
        }
        buffer.push(body, at);
    }
    flush(&mut buffer, kind, &mut out);
    out
}

fn flush(buffer: &mut Buffer, kind: BlockKind, out: &mut Vec<Raw>) {
    if !buffer.is_empty() {
        out.push(Raw::new(Block { kind, text: buffer.take(), cells: Vec::new() }));
    }
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut at = 0;
    text.split_inclusive('\n')
        .map(|line| {
            let start = at;
            at += line.len();
            let trimmed = line.trim_end();
            Line { text: trimmed, at: start, chars: trimmed.chars().take(WIDEST_WRAP + 1).count() }
        })
        .collect()
}

/// The width to which the text is wrapped; 0 where it is not: in most lines that have another right below them, the next
/// line's first word would not have fitted.
fn wrap_width(lines: &[Line<'_>]) -> usize {
    let pairs = || lines.iter().zip(lines.iter().skip(1)).filter(|(a, b)| a.chars > 0 && b.chars > 0);
    let fits = |l: &Line<'_>| (NARROWEST_WRAP..=WIDEST_WRAP).contains(&l.chars);
    let width = pairs().filter(|(a, _)| fits(a)).map(|(a, _)| a.chars).max().unwrap_or(0);
    let full = pairs().filter(|(a, b)| a.chars <= width && is_full(a, b, width) && !ends_sentence(a.text)).count();
    if full >= 2 && full * 2 >= pairs().count() { width } else { 0 }
}

/// The first word of `next` would not have fitted into `line`.
fn is_full(line: &Line<'_>, next: &Line<'_>, width: usize) -> bool {
    let word = next.text.split_whitespace().next().map_or(0, |w| w.chars().take(WIDEST_WRAP).count());
    line.chars + 1 + word > width
}

fn ends_sentence(line: &str) -> bool {
    line.ends_with(['.', '!', '?', '"', '”', ':', '|'])
}

/// The next line goes on with the sentence of this one.
fn runs_on(line: &Line<'_>, next: &Line<'_>, width: usize) -> bool {
    if line.text.is_empty() || next.text.is_empty() {
        return false;
    }
    let first = next.text.trim_start();
    let lower = first.chars().next().is_some_and(char::is_lowercase);
    let open = !ends_sentence(line.text);
    let filled = width > 0 && (NARROWEST_WRAP..=WIDEST_WRAP).contains(&line.chars) && is_full(line, next, width);
    // A writer's program may break a line a word early; a heading or a list of names is shorter than that.
    let nearly = width > 0 && line.chars <= WIDEST_WRAP && line.chars * 4 >= width * 3;
    filled || open && (lower || nearly)
}

/// The line without the bullet or number that marks a list item, and where that begins.
fn strip_bullet<'t>(line: &Line<'t>) -> (bool, &'t str, usize) {
    let body = line.text.trim_start();
    let at = line.at + (line.text.len() - body.len());
    let marks = ["- ", "* ", "• ", "– ", "— ", "· ", "▪ ", "‣ ", "+ "];
    if let Some(mark) = marks.iter().find(|m| body.starts_with(**m)) {
        return (true, &body[mark.len()..], at + mark.len());
    }
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &body[digits..];
    if (1..=2).contains(&digits) && (rest.starts_with(". ") || rest.starts_with(") ")) {
        return (true, &rest[2..], at + digits + 2);
    }
    (false, line.text, line.at)
}
