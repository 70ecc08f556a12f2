//! Texts by number: each once, one after the other in one buffer, so that a million of them are a few allocations.

use std::hash::Hasher as _;

use rustc_hash::FxHasher;

/// A text's number.
pub(crate) type Symbol = u32;

/// No text.
pub(crate) const NO_TEXT: Symbol = u32::MAX;

/// Texts in the order in which they were first seen.
#[derive(Debug, Clone)]
pub(crate) struct Symbols {
    bytes: String,
    /// Where each ends.
    ends: Vec<u64>,
    /// Hash table of numbers + 1 with 0 for free; a power of two, under half full.
    slots: Vec<u32>,
}

impl Default for Symbols {
    fn default() -> Self {
        Self { bytes: String::new(), ends: Vec::new(), slots: vec![0; 16] }
    }
}

impl Symbols {
    /// The number of `text`, a new one if it has none.
    pub(crate) fn add(&mut self, text: &str) -> Symbol {
        let mut slot = self.slot(text);
        if let Some(known) = self.slots[slot].checked_sub(1) {
            return known;
        }
        if (self.ends.len() + 1) * 2 > self.slots.len() {
            self.grow();
            slot = self.slot(text);
        }
        let number = self.ends.len() as u32;
        self.bytes.push_str(text);
        self.ends.push(self.bytes.len() as u64);
        self.slots[slot] = number + 1;
        number
    }

    /// As [`Symbols::add`]; [`NO_TEXT`] for none.
    pub(crate) fn add_optional(&mut self, text: Option<&str>) -> Symbol {
        text.map_or(NO_TEXT, |t| self.add(t))
    }

    /// The number of a text that was added.
    pub(crate) fn find(&self, text: &str) -> Option<Symbol> {
        self.slots[self.slot(text)].checked_sub(1)
    }

    /// The text of a number; empty for a number that there is not.
    pub(crate) fn text(&self, symbol: Symbol) -> &str {
        let at = symbol as usize;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |&e| e as usize);
        self.ends.get(at).and_then(|&end| self.bytes.get(start..end as usize)).unwrap_or_default()
    }

    /// As [`Symbols::text`]; none for [`NO_TEXT`].
    pub(crate) fn optional(&self, symbol: Symbol) -> Option<&str> {
        (symbol != NO_TEXT).then(|| self.text(symbol))
    }

    /// How many.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The slot of a text, or the free one where it belongs.
    fn slot(&self, text: &str) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = hash(text) & mask;
        while let Some(there) = self.slots[slot].checked_sub(1) {
            if self.text(there) == text {
                break;
            }
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn grow(&mut self) {
        let mask = self.slots.len() * 2 - 1;
        let mut slots = vec![0_u32; mask + 1];
        for number in 0..self.ends.len() as u32 {
            let mut slot = hash(self.text(number)) & mask;
            while slots[slot] != 0 {
                slot = (slot + 1) & mask;
            }
            slots[slot] = number + 1;
        }
        self.slots = slots;
    }
}

fn hash(text: &str) -> usize {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.write_u8(0xff);
    // The low bits choose the slot.
    let hash = hasher.finish();
    (hash ^ hash >> 32) as usize
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
