//! Texts by number: each once, one after the other in one buffer, so that a million of them are a few allocations.

use std::hash::BuildHasher as _;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

/// A text's number.
pub(crate) type Symbol = u32;

/// No text.
pub(crate) const NO_TEXT: Symbol = u32::MAX;

/// Texts in the order in which they were first seen.
#[derive(Debug, Clone, Default)]
pub(crate) struct Symbols {
    bytes: String,
    /// Where each ends.
    ends: Vec<u64>,
    numbers: HashTable<Symbol>,
}

impl Symbols {
    /// The number of `text`, a new one if it has none.
    pub(crate) fn add(&mut self, text: &str) -> Symbol {
        if let Some(known) = self.find(text) {
            return known;
        }
        let number = self.ends.len() as u32;
        self.bytes.push_str(text);
        self.ends.push(self.bytes.len() as u64);
        let (bytes, ends) = (&self.bytes, &self.ends);
        self.numbers.insert_unique(FxBuildHasher.hash_one(text), number, |&n| FxBuildHasher.hash_one(text_at(bytes, ends, n)));
        number
    }

    /// As [`Symbols::add`]; [`NO_TEXT`] for none.
    pub(crate) fn add_optional(&mut self, text: Option<&str>) -> Symbol {
        text.map_or(NO_TEXT, |t| self.add(t))
    }

    /// The number of a text that was added.
    pub(crate) fn find(&self, text: &str) -> Option<Symbol> {
        self.numbers.find(FxBuildHasher.hash_one(text), |&number| self.text(number) == text).copied()
    }

    /// The text of a number; empty for a number that there is not.
    pub(crate) fn text(&self, symbol: Symbol) -> &str {
        text_at(&self.bytes, &self.ends, symbol)
    }

    /// As [`Symbols::text`]; none for [`NO_TEXT`].
    pub(crate) fn optional(&self, symbol: Symbol) -> Option<&str> {
        (symbol != NO_TEXT).then(|| self.text(symbol))
    }

    /// How many.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }
}

/// What [`Symbols::text`] gives, of its parts.
fn text_at<'a>(bytes: &'a str, ends: &[u64], symbol: Symbol) -> &'a str {
    let at = symbol as usize;
    let start = at.checked_sub(1).and_then(|before| ends.get(before)).map_or(0, |&e| e as usize);
    ends.get(at).and_then(|&end| bytes.get(start..end as usize)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_has_one_number() {
        let mut symbols = Symbols::default();
        let texts: Vec<String> = (0..2000).map(|n| format!("text {}", n % 700)).collect();
        let numbers: Vec<Symbol> = texts.iter().map(|t| symbols.add(t)).collect();
        assert_eq!(symbols.len(), 700);
        for (text, number) in texts.iter().zip(numbers) {
            assert_eq!(symbols.text(number), text);
            assert_eq!(symbols.find(text), Some(number));
        }
        let empty = symbols.add("");
        assert_eq!((symbols.text(empty), symbols.find("none"), symbols.optional(NO_TEXT)), ("", None, None));
    }
}
