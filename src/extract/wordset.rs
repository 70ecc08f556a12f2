//! Sets of words that are asked for often: a bit for each word.

use std::ops::Deref;

use super::lexicon::WordId;

/// Lists of so few words are looked through.
const FEW: usize = 3;

/// Words in the order given; whether one is among them is a matter of one bit.
#[derive(Debug, Clone, Default)]
pub struct WordSet {
    words: Vec<WordId>,
    bits: Vec<u64>,
}

impl WordSet {
    /// Whether the word is in the set. O(1).
    #[must_use]
    pub fn contains(&self, word: &WordId) -> bool {
        if self.words.len() <= FEW {
            return self.words.contains(word);
        }
        self.bits.get(*word as usize / 64).is_some_and(|b| b >> (word % 64) & 1 == 1)
    }

    /// Adds a word.
    pub fn push(&mut self, word: WordId) {
        let at = word as usize / 64;
        if self.bits.len() <= at {
            self.bits.resize(at + 1, 0);
        }
        self.bits[at] |= 1 << (word % 64);
        self.words.push(word);
    }
}

impl Deref for WordSet {
    type Target = [WordId];

    fn deref(&self) -> &[WordId] {
        &self.words
    }
}

impl IntoIterator for WordSet {
    type Item = WordId;
    type IntoIter = std::vec::IntoIter<WordId>;

    fn into_iter(self) -> Self::IntoIter {
        self.words.into_iter()
    }
}

impl FromIterator<WordId> for WordSet {
    fn from_iter<I: IntoIterator<Item = WordId>>(words: I) -> Self {
        let mut set = Self::default();
        words.into_iter().for_each(|w| set.push(w));
        set
    }
}

impl Extend<WordId> for WordSet {
    fn extend<I: IntoIterator<Item = WordId>>(&mut self, words: I) {
        words.into_iter().for_each(|w| self.push(w));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_knows_its_words() {
        for count in [0, 2, 3, 4, 40] {
            let set: WordSet = (0..count).map(|i| i * 37).collect();
            assert!((0..2000).all(|w| set.contains(&w) == (w % 37 == 0 && w / 37 < count)));
            assert_eq!(set.first().copied(), (count > 0).then_some(0));
        }
    }
}
