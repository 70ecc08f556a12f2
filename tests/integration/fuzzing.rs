//! The parser under mutated queries: no panic, work in proportion to their length. `fuzz/` runs the same check, and longer.
//!
//! Mutations come from a fixed seed, so that a failure comes back; `SILKGRAPH_FUZZ_ROUNDS` asks for more of them, and
//! `SILKGRAPH_FUZZ_SEED`, a number but 0, for others.

use silkgraph::query::Vocabulary;
use silkgraph::schema::Schema;

use crate::counting::cost;
use crate::syntax::cases;

#[path = "../../fuzz/check.rs"]
mod check;

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

/// A number that the environment gives.
fn asked(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Mutates the corpus so many times; how many of them were statements, and the most bytes that one allocated for
/// each of its own.
fn run(rounds: usize, check: &dyn Fn(&str) -> bool) -> (usize, u64) {
    let corpus = [cases("tests/syntax/queries.txt"), cases("tests/syntax/errors.txt")].concat();
    let mut dice = Dice(asked("SILKGRAPH_FUZZ_SEED").unwrap_or(0x9E37_79B9_7F4A_7C15));
    let (mut taken, mut most) = (0, 0);
    for _ in 0..rounds {
        let text = mutate(&corpus[dice.roll(corpus.len())], &corpus[dice.roll(corpus.len())], &mut dice);
        let (is_statement, cost) = cost(|| check(&text));
        taken += usize::from(is_statement);
        most = most.max(cost.bytes / (text.len() as u64 + 20));
    }
    (taken, most)
}

#[test]
fn mutated_queries_neither_panic_nor_take_more_than_their_length_asks() {
    let rounds = asked("SILKGRAPH_FUZZ_ROUNDS").map_or(4_000, |r| r as usize);
    let vocabulary = Vocabulary::of(Schema::builtin());
    let (taken, most) = run(rounds, &|text| check::check(text, &vocabulary));
    assert!(taken > rounds / 50, "mutations are too wild to test what is right: {taken}");
    assert!(most < 10_000, "{most} bytes are allocated for a byte of a query");
}

#[test]
fn a_fault_in_the_parser_would_be_found() {
    // A parser that trips over a quote within brackets, as one that was written in haste may.
    let faulty = |text: &str| !text.contains("['");
    let found = std::panic::catch_unwind(|| run(4_000, &|text| faulty(text) || panic!("tripped")));
    assert!(found.is_err(), "the mutations do not reach it");
}
