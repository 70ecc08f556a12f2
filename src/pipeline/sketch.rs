//! A sketch of an article's wording: near-duplicates share many hashes, unrelated articles none.

use std::collections::BinaryHeap;

use crate::model::{Article, BlockKind};

/// Words that are hashed together.
const WORDS: usize = 5;
/// Hashes kept.
const KEPT: usize = 32;

/// The 32 smallest hashes of five words in a row, ascending, over all that is no furniture. Case, punctuation
/// and markup do not count. O(bytes).
#[must_use]
pub fn sketch(article: &Article) -> Vec<u64> {
    let mut smallest: BinaryHeap<u64> = BinaryHeap::with_capacity(KEPT + 1);
    let mut last = [0_u64; WORDS];
    let mut seen = 0_usize;
    for block in article.blocks.iter().filter(|b| b.kind != BlockKind::Furniture) {
        for word in block.text.text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
            last[seen % WORDS] = hash_word(word);
            seen += 1;
            if seen >= WORDS {
                keep(&mut smallest, hash_run(&last, seen));
            }
        }
    }
    smallest.into_sorted_vec()
}

fn keep(smallest: &mut BinaryHeap<u64>, hash: u64) {
    if smallest.len() == KEPT && smallest.peek().is_some_and(|&most| hash >= most) {
        return;
    }
    if smallest.iter().all(|&h| h != hash) {
        smallest.push(hash);
        if smallest.len() > KEPT {
            smallest.pop();
        }
    }
}

/// FNV-1a over the word in lower case.
fn hash_word(word: &str) -> u64 {
    let step = |h: u64, b: u8| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
    let start = 0xcbf2_9ce4_8422_2325;
    if word.is_ascii() {
        word.bytes().fold(start, |h, b| step(h, b.to_ascii_lowercase()))
    } else {
        word.to_lowercase().bytes().fold(start, step)
    }
}

/// The last words in order, mixed so that small hashes fall anywhere.
fn hash_run(last: &[u64; WORDS], seen: usize) -> u64 {
    let mut hash =
        (0..WORDS).fold(0_u64, |h, i| (h.rotate_left(23) ^ last[(seen + i) % WORDS]).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^ hash >> 32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, Text};

    fn of(text: &str) -> Vec<u64> {
        let block = Block { kind: BlockKind::Paragraph, text: Text::verbatim(text, 0), cells: Vec::new() };
        sketch(&Article { blocks: vec![block], ..Article::default() })
    }

    #[test]
    fn wording_counts_and_punctuation_does_not() {
        let a = "Ministers met in Aktau on Friday, and signed a plan for a second ferry line across the sea.";
        let b = "MINISTERS met in Aktau on Friday and signed a plan for a second ferry line — across the sea";
        assert_eq!(of(a), of(b));
        assert!(!of(a).is_empty());
        let other = of("A new railway between the two capitals was opened by both presidents in heavy rain.");
        assert!(of(a).iter().all(|h| !other.contains(h)));
        assert!(of("Too few words").is_empty());
    }
}
