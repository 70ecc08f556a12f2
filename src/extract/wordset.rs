//! Sets of words that are asked for often.
//!
//! Most words are in no set, and what is asked of a word is asked of a hundred sets. So each set says first, by a few bits of its own
//! that lie beside it in memory, that it cannot hold a word; only where it may is the word itself looked for.

use std::ops::Deref;

use super::lexicon::WordId;

/// Lists of so few words are looked through.
const FEW: usize = 16;

/// Words in the order given; whether one is among them is a matter of one bit.
#[derive(Debug, Clone, Default)]
pub struct WordSet {
    words: Vec<WordId>,
    /// A bit for each class of words with one word (of 256 classes) in the set.
    classes: [u64; 4],
    /// A bit for each word, where there are many.
    bits: Vec<u64>,
}

/// The class of a word, of 256.
#[inline]
fn class_of(word: WordId) -> usize {
    (word.wrapping_mul(0x9e37_79b9) >> 24) as usize
}

impl WordSet {
    /// Whether the word is in the set. O(1).
    #[must_use]
    #[inline]
    pub fn contains(&self, word: &WordId) -> bool {
        let class = class_of(*word);
        self.classes[class / 64] >> (class % 64) & 1 == 1 && self.holds(*word)
    }

    /// Whether the word is in the set, of whose class one is.
    fn holds(&self, word: WordId) -> bool {
        if self.words.len() <= FEW {
            return self.words.contains(&word);
        }
        self.bits.get(word as usize / 64).is_some_and(|b| b >> (word % 64) & 1 == 1)
    }

    /// Adds a word.
    pub fn push(&mut self, word: WordId) {
        let class = class_of(word);
        self.classes[class / 64] |= 1 << (class % 64);
        self.words.push(word);
        if self.words.len() == FEW + 1 {
            (0..FEW).for_each(|at| self.mark(self.words[at]));
        }
        if self.words.len() > FEW {
            self.mark(word);
        }
    }

    fn mark(&mut self, word: WordId) {
        let at = word as usize / 64;
        if self.bits.len() <= at {
            self.bits.resize(at + 1, 0);
        }
        self.bits[at] |= 1 << (word % 64);
    }
}

impl Deref for WordSet {
    type Target = [WordId];

    #[inline]
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

/// The classes of some words, of 64: lists of words whose signs do not meet have no word in common.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sign(u64);

impl Sign {
    /// Whether the lists may have a word in common.
    #[must_use]
    #[inline]
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl<'w> FromIterator<&'w WordId> for Sign {
    fn from_iter<I: IntoIterator<Item = &'w WordId>>(words: I) -> Self {
        Self(words.into_iter().fold(0, |bits, &word| bits | 1 << (class_of(word) % 64)))
    }
}

/// A list of words that is held against others: those of a frame against those of a clause.
#[derive(Debug, Clone, Default)]
pub struct WordList {
    words: Box<[WordId]>,
    sign: Sign,
}

impl WordList {
    /// The classes of its words.
    #[must_use]
    #[inline]
    pub fn sign(&self) -> Sign {
        self.sign
    }
}

impl Deref for WordList {
    type Target = [WordId];

    #[inline]
    fn deref(&self) -> &[WordId] {
        &self.words
    }
}

impl From<Vec<WordId>> for WordList {
    fn from(words: Vec<WordId>) -> Self {
        Self { sign: words.iter().collect(), words: words.into_boxed_slice() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_knows_its_words() {
        for count in [0, 2, 3, 16, 17, 40, 300] {
            let set: WordSet = (0..count).map(|i| i * 37).collect();
            assert!((0..20_000).all(|w| set.contains(&w) == (w % 37 == 0 && w / 37 < count)));
            assert_eq!(set.first().copied(), (count > 0).then_some(0));
        }
    }

    #[test]
    fn lists_with_a_word_in_common_meet() {
        let lists: Vec<WordList> = (0..40).map(|i| vec![i, i * i + 1, i * 3].into()).collect();
        for (a, b) in lists.iter().flat_map(|a| lists.iter().map(move |b| (a, b))) {
            assert!(a.sign().meets(b.sign()) || a.iter().all(|w| !b.contains(w)));
        }
        assert!(!WordList::default().sign().meets(lists[7].sign()));
    }
}
