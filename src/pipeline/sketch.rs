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
        hash_words(&block.text.text, |hash| {
            last = [last[1], last[2], last[3], last[4], hash];
            seen += 1;
            if seen >= WORDS {
                keep(&mut smallest, hash_run(&last));
            }
        });
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

const START: u64 = 0xcbf2_9ce4_8422_2325;

/// A step of FNV-1a.
fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
}

/// Letters and digits of ASCII in lower case; 0 for all other bytes.
static LOWER: [u8; 256] = {
    let mut lower = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_alphanumeric() {
            lower[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    lower
};

/// FNV-1a over each word in lower case, all in one pass; words with letters beyond ASCII are taken out and looked at again.
fn hash_words(text: &str, mut found: impl FnMut(u64)) {
    let bytes = text.as_bytes();
    let (mut hash, mut start, mut plain, mut at) = (START, 0, true, 0);
    loop {
        let rest = bytes[at..].iter().map(|&b| LOWER[b as usize]).take_while(|&lower| lower != 0);
        for lower in rest {
            hash = step(hash, lower);
            at += 1;
        }
        let byte = bytes.get(at).copied().unwrap_or(b' ');
        let beyond = if byte < 0x80 { None } else { text[at..].chars().next() };
        if let Some(letter) = beyond.filter(|c| c.is_alphanumeric()) {
            plain = false;
            at += letter.len_utf8();
            continue;
        }
        if start < at {
            found(if plain { hash } else { text[start..at].to_lowercase().bytes().fold(START, step) });
        }
        if at >= bytes.len() {
            break;
        }
        at += beyond.map_or(1, char::len_utf8);
        (hash, start, plain) = (START, at, true);
    }
}

/// The last words in order, mixed so that small hashes fall anywhere.
fn hash_run(last: &[u64; WORDS]) -> u64 {
    let mut hash = last.iter().fold(0_u64, |h, word| (h.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15));
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
