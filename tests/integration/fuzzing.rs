//! The parser under mutated queries: no panic, bounded time. The same target runs longer under `fuzz/`.
//!
//! Mutations come from a fixed seed, so that a failure comes back; `SILKGRAPH_FUZZ_ROUNDS` asks for more of them.

use std::time::{Duration, Instant};

use silkgraph::query::Vocabulary;
use silkgraph::query::complete::highlight;
use silkgraph::query::parse::{is_complete, parse, split_script};
use silkgraph::schema::Schema;

use crate::syntax::cases;

/// Numbers that look random and are the same every time (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }
}

/// Pieces that grammars trip over.
const PIECES: [&str; 20] =
    ["(", ")", "[", "]", "{", "}", "'", "\"", "`", "-", "->", "<-", "|", " and ", " in ", "$x", "\\", "é", "/*", " is in "];

/// `text` with a piece cut, doubled, swapped or put in, a few times.
fn mutate(text: &str, other: &str, dice: &mut Dice) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(chars.len() + 1);
        let end = (at + dice.roll(12)).min(chars.len());
        match dice.roll(5) {
            0 => drop(chars.drain(at..end)),
            1 => drop(chars.splice(at..at, PIECES[dice.roll(PIECES.len())].chars())),
            2 => {
                let piece: Vec<char> = chars[at..end].to_vec();
                let times = 1 + dice.roll(50);
                drop(chars.splice(at..at, piece.repeat(times)));
            }
            3 => chars.truncate(at),
            _ => {
                let others: Vec<char> = other.chars().collect();
                let from = dice.roll(others.len());
                drop(chars.splice(at..at, others[from..].to_vec()));
            }
        }
    }
    chars.into_iter().collect()
}

#[test]
fn mutated_queries_neither_panic_nor_take_long() {
    let corpus = [cases("tests/syntax/queries.txt"), cases("tests/syntax/errors.txt")].concat();
    let rounds = std::env::var("SILKGRAPH_FUZZ_ROUNDS").ok().and_then(|r| r.parse().ok()).unwrap_or(4_000);
    let vocabulary = Vocabulary::of(Schema::builtin());
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let (mut taken, mut slowest) = (0, Duration::ZERO);
    for _ in 0..rounds {
        let text = mutate(&corpus[dice.roll(corpus.len())], &corpus[dice.roll(corpus.len())], &mut dice);
        let start = Instant::now();
        let parsed = parse(&text, &vocabulary);
        slowest = slowest.max(start.elapsed());
        let _ = (split_script(&text), is_complete(&text), highlight(&text));
        match parsed {
            Ok(tree) => {
                taken += 1;
                let printed = tree.to_string();
                let again = parse(&printed, &vocabulary).unwrap_or_else(|e| panic!("{text}\n{printed}\n{e}"));
                assert_eq!(again.to_string(), printed, "{text}");
            }
            Err(error) => {
                let diagnostic = error.diagnostic();
                assert!(diagnostic.labels.iter().all(|l| text.get(l.span.range()).is_some()), "{text}");
            }
        }
    }
    assert!(taken > rounds / 50, "mutations are too wild to test what is right: {taken}");
    assert!(slowest < Duration::from_millis(500), "{slowest:?}");
}

#[test]
fn examples_of_the_reference_parse() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/query-language.md");
    let text = std::fs::read_to_string(path).expect("the reference");
    let vocabulary = Vocabulary::of(Schema::builtin());
    let mut queries = 0;
    for block in text.split("```query\n").skip(1) {
        for query in split_script(block.split("```").next().unwrap_or("")) {
            queries += 1;
            assert!(parse(query.value, &vocabulary).is_ok(), "{}: {:?}", query.value, parse(query.value, &vocabulary).err());
        }
    }
    assert!(queries > 30, "{queries}");
}
