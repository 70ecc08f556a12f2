//! From bytes to text: encodings told apart, broken bytes replaced, positions kept.
//!
//! The formats read the decoded text; where that differs from the file, [`Decoded::place`]
//! leads positions in it back to bytes of the file.

use std::borrow::Cow;

use crate::model::Text;
use crate::span::Span;

/// What could not be read as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// No text at all; what it seems to be.
    Binary(&'static str),
}

/// What was done to read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Note {
    /// UTF-16 of this byte order.
    Utf16(&'static str),
    /// Not UTF-8, and read as Windows-1252.
    Windows1252,
    /// So many bytes, the first at this span, are no UTF-8 and were replaced.
    Broken(usize, Span),
}

/// A file's text.
#[derive(Debug)]
pub(super) struct Decoded<'b> {
    /// All of it, without a byte order mark.
    pub(super) text: Cow<'b, str>,
    /// `(offset in text, offset in file)`, ascending; empty where both are the same.
    map: Vec<(u32, u32)>,
    /// What was done.
    pub(super) note: Option<Note>,
}

/// How files begin that hold no text.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"PK\x05\x06", "a zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a rich text document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a media file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-zip archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
    (b"OggS", "a media file"),
    (b"ID3", "a media file"),
];

/// How many bytes tell whether a file is text.
const SAMPLE: usize = 8192;

/// Reads bytes as text. O(bytes).
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, Fault> {
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(Fault::Binary(what));
    }
    if let Some((big, start)) = utf16(bytes) {
        return Ok(decode_utf16(bytes, big, start));
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let controls = sample.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)).count();
    let zeros = sample.contains(&0);
    if (zeros && controls * 100 > sample.len()) || controls * 10 > sample.len() {
        return Err(Fault::Binary("binary data"));
    }
    let start = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    match std::str::from_utf8(&bytes[start..]) {
        Ok(text) => {
            let map = if start == 0 { Vec::new() } else { vec![(0, start as u32)] };
            Ok(Decoded { text: Cow::Borrowed(text), map, note: None })
        }
        Err(_) => Ok(mend(bytes, start)),
    }
}

/// Whether it is UTF-16 and of which byte order, and where the text starts.
fn utf16(bytes: &[u8]) -> Option<(bool, usize)> {
    if bytes.starts_with(b"\xfe\xff") {
        return Some((true, 2));
    }
    if bytes.starts_with(b"\xff\xfe") {
        return Some((false, 2));
    }
    let sample = &bytes[..bytes.len().min(SAMPLE) & !1];
    if !sample.contains(&0) {
        return None;
    }
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), sample.len() / 2);
    if half < 4 {
        return None;
    }
    // Latin letters have a zero in every other byte, and nothing else has.
    if even * 10 > half * 4 && odd * 50 < half {
        Some((true, 0))
    } else if odd * 10 > half * 4 && even * 50 < half {
        Some((false, 0))
    } else {
        None
    }
}

fn decode_utf16(bytes: &[u8], big: bool, start: usize) -> Decoded<'_> {
    let unit = |pair: &[u8]| {
        let pair = [pair[0], pair.get(1).copied().unwrap_or(0)];
        if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }
    };
    let mut out = Mapped::default();
    let mut at = start;
    for c in char::decode_utf16(bytes[start..].chunks_exact(2).map(unit)) {
        let (c, len) = match c {
            Ok(c) => (c, c.len_utf16() * 2),
            Err(_) => (char::REPLACEMENT_CHARACTER, 2),
        };
        out.push(c, at, len);
        at += len;
    }
    let note = Some(Note::Utf16(if big { "big-endian" } else { "little-endian" }));
    Decoded { text: Cow::Owned(out.text), map: out.map, note }
}

/// Bytes that are no UTF-8: Windows-1252 where nothing in them is UTF-8 beyond ASCII, else with what is broken replaced.
fn mend(bytes: &[u8], start: usize) -> Decoded<'_> {
    let wide = |s: &str| !s.is_ascii();
    let chunks = || bytes[start..].utf8_chunks();
    let (mut broken, mut first, mut at) = (0, None, start);
    let mut utf8 = false;
    for chunk in chunks() {
        utf8 = utf8 || wide(chunk.valid());
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            broken += chunk.invalid().len();
            first = first.or(Some(Span::new(at, at + chunk.invalid().len())));
            at += chunk.invalid().len();
        }
    }
    let mut out = Mapped::default();
    let mut at = start;
    for chunk in chunks() {
        out.push_same(chunk.valid(), at);
        at += chunk.valid().len();
        if utf8 && !chunk.invalid().is_empty() {
            out.push(char::REPLACEMENT_CHARACTER, at, chunk.invalid().len());
        } else {
            chunk.invalid().iter().enumerate().for_each(|(i, &b)| out.push(windows_1252(b), at + i, 1));
        }
        at += chunk.invalid().len();
    }
    let note = if utf8 { Note::Broken(broken, first.unwrap_or_default()) } else { Note::Windows1252 };
    Decoded { text: Cow::Owned(out.text), map: out.map, note: Some(note) }
}

/// What a byte from 128 on means in the encoding of old Western pages.
pub(super) fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“',
        '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    byte.checked_sub(0x80).and_then(|i| HIGH.get(usize::from(i)).copied()).unwrap_or(byte as char)
}

/// A text in the making whose bytes are not those of the file.
#[derive(Default)]
struct Mapped {
    text: String,
    map: Vec<(u32, u32)>,
}

impl Mapped {
    fn entry(&mut self, file: usize) {
        let here = self.text.len() as u32;
        if self.map.last().is_none_or(|&(t, f)| f + (here - t) != file as u32) {
            self.map.push((here, file as u32));
        }
    }

    fn push_same(&mut self, text: &str, at: usize) {
        if !text.is_empty() {
            self.entry(at);
            self.text.push_str(text);
        }
    }

    /// A character that takes `len` bytes of the file: no byte of it leads beyond them.
    fn push(&mut self, c: char, at: usize, len: usize) {
        self.entry(at);
        let here = self.text.len() as u32;
        for i in len..c.len_utf8() {
            self.map.push((here + i as u32, (at + len - 1) as u32));
        }
        self.text.push(c);
    }
}

impl Decoded<'_> {
    /// Makes positions in this text positions in the file.
    pub(super) fn place(&self, text: &mut Text) {
        if self.map.is_empty() {
            return;
        }
        let mut out = Vec::with_capacity(text.positions.len());
        for (i, &(start, decoded)) in text.positions.iter().enumerate() {
            let end = text.positions.get(i + 1).map_or(text.text.len() as u32, |p| p.0);
            let decoded_end = decoded + (end - start);
            let first = self.map.partition_point(|&(t, _)| t <= decoded);
            out.push((start, self.file_offset(decoded)));
            let inside = self.map[first..].iter().take_while(|&&(t, _)| t < decoded_end);
            out.extend(inside.map(|&(t, f)| (start + (t - decoded), f)));
        }
        text.positions = out;
    }

    /// The byte of the file that a byte of the text was read from.
    pub(super) fn file_offset(&self, offset: u32) -> u32 {
        let index = self.map.partition_point(|&(t, _)| t <= offset);
        index.checked_sub(1).and_then(|i| self.map.get(i)).map_or(offset, |&(t, f)| f + (offset - t))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where `word` stands in the file, by way of a text of the whole.
    fn place_of(decoded: &Decoded<'_>, word: &str) -> Span {
        let mut text = Text::verbatim(&decoded.text, 0);
        decoded.place(&mut text);
        let at = text.text.find(word).unwrap();
        text.file_span(Span::new(at, at + word.len()))
    }

    #[test]
    fn broken_bytes_are_replaced_and_positions_hold() {
        let bytes = b"T\xc3\xbcrkiye \xff\xfe and Aktau";
        let decoded = decode(bytes).unwrap();
        assert_eq!(decoded.text, "Türkiye \u{fffd}\u{fffd} and Aktau");
        assert_eq!(&bytes[place_of(&decoded, "Aktau").range()], b"Aktau");
        assert!(matches!(decoded.note, Some(Note::Broken(2, _))));
    }

    #[test]
    fn old_encodings_are_told_apart() {
        let latin = b"T\xfcrkiye\x92s \x93way\x94 to Aktau";
        let decoded = decode(latin).unwrap();
        assert_eq!(decoded.text, "Türkiye’s “way” to Aktau");
        assert_eq!(&latin[place_of(&decoded, "Aktau").range()], b"Aktau");
        for big in [true, false] {
            for mark in [true, false] {
                let text = format!("{}The “way” to Aktau is open", if mark { "\u{feff}" } else { "" });
                let bytes: Vec<u8> =
                    text.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect();
                let decoded = decode(&bytes).unwrap();
                assert_eq!(decoded.text, "The “way” to Aktau is open");
                let at = place_of(&decoded, "Aktau").start as usize;
                assert_eq!(at, 2 * (13 + usize::from(mark)));
                assert!(place_of(&decoded, "“way”").end as usize <= bytes.len());
            }
        }
    }

    #[test]
    fn what_is_no_text_is_named() {
        assert_eq!(decode(b"%PDF-1.7 \n").unwrap_err(), Fault::Binary("a PDF"));
        assert_eq!(decode(b"PK\x03\x04....").unwrap_err(), Fault::Binary("a zip archive or an office document"));
        let noise: Vec<u8> = (0..4000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        assert!(matches!(decode(&noise), Err(Fault::Binary(_))));
    }
}
