//! What a word may begin: one look-up for every word of a text, which most words end, in place of one for each list.

use super::lexicon::WordId;

/// Two words in one: "won't".
pub const CONTRACTION: u8 = 1;
/// Says which month is meant: "last November".
pub const WHICH_MONTH: u8 = 1 << 1;
/// A form of address: "Dr.".
pub const HONORIFIC: u8 = 1 << 2;
/// A title that is built: "deputy minister for energy".
pub const TITLE: u8 = 1 << 3;
/// A body that is called by fields of work: "Ministry of Energy", "Energy and Industry Ministry".
pub const MINISTRY: u8 = 1 << 4;

/// Bits by word.
#[derive(Debug, Default)]
pub struct Openings {
    bits: Vec<u8>,
}

impl Openings {
    /// What a word may begin.
    #[must_use]
    pub fn of(&self, word: WordId) -> u8 {
        self.bits.get(word as usize).copied().unwrap_or(0)
    }

    /// Notes that these words may begin that.
    pub fn add<'w>(&mut self, words: impl IntoIterator<Item = &'w WordId>, what: u8) {
        for &word in words {
            let at = word as usize;
            if self.bits.len() <= at {
                self.bits.resize(at + 1, 0);
            }
            self.bits[at] |= what;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_begin_what_they_were_noted_for() {
        let mut openings = Openings::default();
        openings.add(&[7, 9], TITLE);
        openings.add(&[9], HONORIFIC);
        assert_eq!([0, 7, 9, 10].map(|word| openings.of(word)), [0, TITLE, TITLE | HONORIFIC, 0]);
    }
}
