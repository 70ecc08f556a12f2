//! Texts, each kept once, with small numbers in the order in which they came.
//!
//! All letters lie in one string and the table holds numbers only, so that a text that came before costs a hash and a
//! comparison, and a new one no allocation of its own.

use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;

use super::trie::{read, write};

/// See the module's text.
#[derive(Debug, Default)]
pub struct Interner {
    letters: String,
    /// (hash, where the text ends in `letters`) by number.
    texts: Vec<(u32, u32)>,
    /// Numbers plus one, by hash; 0 where there is none. Its length is a power of two.
    table: Vec<u32>,
}

impl Interner {
    /// The number of a text; a new one is noted. O(bytes).
    pub fn intern(&mut self, text: &str) -> u32 {
        if self.table.len() < (self.texts.len() + 1) * 2 {
            self.grow();
        }
        let hash = hash_of(text);
        match self.find(text, hash) {
            Ok(number) => number,
            Err(free) => {
                let number = self.texts.len() as u32;
                self.letters.push_str(text);
                self.texts.push((hash, self.letters.len() as u32));
                self.table[free] = number + 1;
                number
            }
        }
    }

    /// The number of a text that came before.
    #[must_use]
    pub fn get(&self, text: &str) -> Option<u32> {
        if self.table.is_empty() { None } else { self.find(text, hash_of(text)).ok() }
    }

    /// The text of a number; empty for one that was not given.
    #[must_use]
    pub fn text(&self, number: u32) -> &str {
        let at = number as usize;
        let start = at.checked_sub(1).and_then(|b| self.texts.get(b)).map_or(0, |t| t.1);
        self.texts.get(at).and_then(|t| self.letters.get(start as usize..t.1 as usize)).unwrap_or_default()
    }

    /// How many texts there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Appends everything to `bytes`, for [`Interner::read`].
    pub(super) fn write(&self, bytes: &mut Vec<u8>) {
        bytes.extend((self.letters.len() as u32).to_le_bytes());
        bytes.extend(self.letters.as_bytes());
        write(bytes, &self.texts.iter().flat_map(|&(hash, end)| [hash, end]).collect::<Vec<u32>>());
        write(bytes, &self.table);
    }

    /// Takes what [`Interner::write`] wrote off the front of `bytes`; nothing where something else stands there. O(bytes), by copying.
    pub(super) fn read(bytes: &mut &[u8]) -> Option<Self> {
        let (length, rest) = bytes.split_first_chunk::<4>()?;
        let (letters, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        *bytes = rest;
        let letters = std::str::from_utf8(letters).ok()?.to_owned();
        let mut numbers = read(bytes)?;
        let mut texts = Vec::with_capacity(numbers.size_hint().0 / 2);
        while let (Some(hash), Some(end)) = (numbers.next(), numbers.next()) {
            texts.push((hash, end));
        }
        let table: Vec<u32> = read(bytes)?.collect();
        let whole = texts.is_empty() || table.len().is_power_of_two() && table.len() > texts.len();
        whole.then_some(Self { letters, texts, table })
    }

    /// The bytes of a text: whether two texts are the same needs no look at where their letters begin and end.
    fn letters_of(&self, number: u32) -> &[u8] {
        let at = number as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.texts[before].1);
        &self.letters.as_bytes()[start as usize..self.texts[at].1 as usize]
    }

    /// The number, or the free place of the table where it belongs.
    fn find(&self, text: &str, hash: u32) -> Result<u32, usize> {
        let mask = self.table.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            match self.table[at].checked_sub(1) {
                None => return Err(at),
                Some(number) if self.texts[number as usize].0 == hash && self.letters_of(number) == text.as_bytes() => {
                    return Ok(number);
                }
                Some(_) => at = (at + 1) & mask,
            }
        }
    }

    fn grow(&mut self) {
        let len = (self.table.len() * 2).max(512);
        self.table.clear();
        self.table.resize(len, 0);
        for (number, (hash, _)) in self.texts.iter().enumerate() {
            let mut at = *hash as usize & (len - 1);
            while self.table[at] != 0 {
                at = (at + 1) & (len - 1);
            }
            self.table[at] = number as u32 + 1;
        }
    }
}

fn hash_of(text: &str) -> u32 {
    let hash = FxBuildHasher.hash_one(text);
    (hash ^ hash >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_have_one_number_each() {
        let mut interner = Interner::default();
        assert_eq!(interner.get("a"), None);
        let numbers: Vec<u32> = (0..3000).map(|i| interner.intern(&format!("w{}", i % 1000))).collect();
        assert_eq!(interner.len(), 1000);
        assert!((0..3000).all(|i| numbers[i] == numbers[i % 1000] && interner.text(numbers[i]) == format!("w{}", i % 1000)));
        assert_eq!(interner.get("w999"), Some(numbers[999]));
        let empty = interner.intern("");
        assert_eq!(interner.intern(""), empty);
        assert_eq!(interner.text(empty), "");
        assert_eq!(interner.text(empty + 1), "");
    }
}
