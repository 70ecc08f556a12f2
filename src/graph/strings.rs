//! The strings of a frozen graph: ascending and each once, so that neighbours begin alike. Each is written as how many bytes it has in common
//! with the one before it, and what comes after these.
//!
//! They are written in blocks of 64, and a block is taken apart when one of its strings is first asked for; what comes of it is kept, so
//! that strings can be borrowed. In the blocks' bytes a search reads the first string of each only, which is written out.

use std::cmp::Ordering;
use std::sync::OnceLock;

use super::layout::{Bytes, Column, Section, Writer};

/// Strings a block.
const BLOCK: usize = 64;

/// Where strings lie in a graph's bytes.
#[derive(Clone, Copy, Default)]
pub(super) struct Strings {
    /// Where each block starts, where the last ends, and how many strings there are.
    pub(super) blocks: Column<u32>,
    /// The blocks.
    pub(super) bytes: Column<u8>,
}

/// Blocks of texts that somebody has asked for.
#[derive(Default)]
pub(super) struct Read(OnceLock<Box<[OnceLock<Block>]>>);

impl Read {
    /// A text of one of so many blocks, which is made when it is first asked for; empty where there is none.
    #[inline]
    pub(super) fn text(&self, blocks: usize, [block, index]: [usize; 2], make: impl FnOnce() -> Block) -> &str {
        let all = self.0.get_or_init(|| (0..blocks).map(|_| OnceLock::new()).collect());
        all.get(block).map_or("", |block| block.get_or_init(make).text(index))
    }
}

/// Texts that are made together.
#[derive(Default)]
pub(super) struct Block {
    text: String,
    /// Where each ends.
    ends: Vec<u32>,
}

impl Strings {
    /// How many strings.
    pub(super) fn len(self, bytes: &Bytes) -> u32 {
        let last = self.blocks.len().checked_sub(1).map(|last| last as u32);
        last.and_then(|last| self.blocks.at(bytes, last)).unwrap_or(0)
    }

    /// The text of a string; empty for one that there is not, or that is damaged.
    #[inline]
    pub(super) fn text<'r>(self, bytes: &Bytes, read: &'r Read, id: u32) -> &'r str {
        let id = id as usize;
        read.text(self.count(), [id / BLOCK, id % BLOCK], || self.block(bytes, id / BLOCK))
    }

    /// The string with this text, or where it would stand. O(log strings).
    pub(super) fn find(self, bytes: &Bytes, read: &Read, text: &str) -> Result<u32, u32> {
        let (mut low, mut high) = (0, self.count());
        while low < high {
            let middle = low.midpoint(high);
            let mut rest = self.part(bytes, middle);
            let first = entry(&mut rest).map_or(&[][..], |(_, first)| first);
            if first <= text.as_bytes() { low = middle + 1 } else { high = middle }
        }
        // The last block that starts before the text is the one.
        let Some(block) = low.checked_sub(1) else { return Err(0) };
        let mut at = (block * BLOCK) as u32;
        let end = self.len(bytes).min((low * BLOCK) as u32);
        while at < end {
            match self.text(bytes, read, at).cmp(text) {
                Ordering::Less => at += 1,
                Ordering::Equal => return Ok(at),
                Ordering::Greater => break,
            }
        }
        Err(at)
    }

    /// How many blocks.
    fn count(self) -> usize {
        self.blocks.len().saturating_sub(2)
    }

    /// The bytes of a block.
    fn part(self, bytes: &Bytes, block: usize) -> &[u8] {
        let &[start, end] = self.blocks.some(bytes, block..block + 2) else { return &[] };
        self.bytes.some(bytes, start as usize..end as usize)
    }

    #[cold]
    fn block(self, bytes: &Bytes, block: usize) -> Block {
        let mut rest = self.part(bytes, block);
        let (mut text, mut ends, mut last) = (Vec::with_capacity(rest.len() * 2), Vec::with_capacity(BLOCK), 0..0);
        while let Some((common, tail)) = entry(&mut rest) {
            let start = text.len();
            text.extend_from_within(last.start..last.end.min(last.start + common));
            text.extend_from_slice(tail);
            last = start..text.len();
            ends.push(text.len() as u32);
        }
        text.shrink_to_fit();
        // What is no text is damage that was met already: it reads as nothing.
        Block { text: String::from_utf8(text).unwrap_or_default(), ends }
    }
}

impl Block {
    /// Adds a text.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len() as u32);
    }

    #[inline]
    fn text(&self, index: usize) -> &str {
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |&end| end as usize);
        let end = self.ends.get(index).map_or(start, |&end| end as usize);
        self.text.get(start..end).unwrap_or_default()
    }
}

/// Takes the next string off a block: how many bytes it has in common with the one before, and its own.
fn entry<'b>(rest: &mut &'b [u8]) -> Option<(usize, &'b [u8])> {
    let (common, own) = (number(rest)?, number(rest)?);
    let (tail, after) = rest.split_at_checked(own)?;
    *rest = after;
    Some((common, tail))
}

/// Takes a number off: seven bits a byte, the lowest first, and a bit that tells of another byte.
fn number(rest: &mut &[u8]) -> Option<usize> {
    let mut number = 0_usize;
    for shift in (0..usize::BITS).step_by(7) {
        let (&byte, after) = rest.split_first()?;
        *rest = after;
        number |= usize::from(byte & 0x7f).checked_shl(shift)?;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

fn push_number(mut number: usize, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Writes ascending texts, of less than four gigabytes.
pub(super) fn write<'t>(out: &mut Writer, texts: impl Iterator<Item = &'t str>) {
    let (mut blocks, mut bytes, mut count, mut last) = (Vec::new(), Vec::new(), 0_u32, "");
    for text in texts {
        if (count as usize).is_multiple_of(BLOCK) {
            blocks.push(bytes.len() as u32);
            last = "";
        }
        let common = last.bytes().zip(text.bytes()).take_while(|(a, b)| a == b).count();
        push_number(common, &mut bytes);
        push_number(text.len() - common, &mut bytes);
        bytes.extend_from_slice(&text.as_bytes()[common..]);
        (last, count) = (text, count + 1);
    }
    blocks.extend([bytes.len() as u32, count]);
    out.put(Section::StringBlocks, blocks);
    out.put(Section::StringBytes, bytes);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::layout::Table;

    #[test]
    fn strings_come_back_and_are_found() {
        let long = "Ж".repeat(300);
        let mut texts: Vec<String> = (0..1000).map(|n| format!("place/{:05}", n * 3)).collect();
        texts.extend([String::new(), "a".to_owned(), "é".to_owned(), "è".to_owned(), long.clone(), format!("{long}x")]);
        texts.sort_unstable();
        let mut out = Writer::default();
        write(&mut out, texts.iter().map(String::as_str));
        let bytes = out.finish();
        let table = Table::read(&bytes, 0).unwrap();
        let strings =
            Strings { blocks: table.column(Section::StringBlocks).unwrap(), bytes: table.column(Section::StringBytes).unwrap() };
        let read = Read::default();
        for (id, text) in (0..).zip(&texts) {
            assert_eq!(strings.text(&bytes, &read, id), text);
            assert_eq!(strings.find(&bytes, &read, text), Ok(id));
            let after = format!("{text}\0");
            assert_eq!(strings.find(&bytes, &Read::default(), &after), Err(id + 1));
        }
        assert_eq!((strings.text(&bytes, &read, 5000), strings.len(&bytes)), ("", texts.len() as u32));
    }

    #[test]
    fn no_strings_are_none() {
        let (bytes, read) = (Writer::default().finish(), Read::default());
        assert_eq!(Strings::default().text(&bytes, &read, 0), "");
        assert_eq!(Strings::default().find(&bytes, &read, "a"), Err(0));
    }

    #[test]
    fn no_bytes_make_a_block_panic() {
        let mut rest: &[u8] = &[0xff; 20];
        assert_eq!(number(&mut rest), None);
        let mut rest: &[u8] = &[0, 9, b'a'];
        assert!(entry(&mut rest).is_none());
    }
}
