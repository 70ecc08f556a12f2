//! The prepositions that say where a way goes: "from A", "via B", "to C", "between A and C".
//!
//! Which they are is data (`words.ron`); the reader of clauses asks for them before types are known. What role a stop has is
//! [`vocabulary`](super::vocabulary)'s.

use crate::schema::patterns::KindBy;
use crate::schema::words::Words;

use super::lexicon::{Lexicon, WordId};
use super::wordset::WordSet;

/// Prepositions of ways, as ids.
#[derive(Debug, Default)]
pub struct RouteWords {
    /// The one that the first stop takes.
    pub from: WordId,
    /// Those of the first stop.
    pub starts: Vec<WordId>,
    /// Those of stops along the way and at its end.
    pub goes_on: Vec<WordId>,
    /// Those that take both ends at once.
    pub pairs: Vec<WordId>,
    /// Words before the noun for a way that say by what one goes there: "road", "sea".
    pub modes: WordSet,
}

impl RouteWords {
    /// Finds the words' ids. O(words).
    pub fn new(lexicon: &mut Lexicon, words: &Words, kinds: &[KindBy]) -> Self {
        let mut all = |list: &[String]| list.iter().map(|w| lexicon.intern(w)).collect::<Vec<_>>();
        let starts = all(&words.start_prepositions);
        let goes_on = words.via_prepositions.iter().chain(&words.end_prepositions).cloned().collect::<Vec<_>>();
        let goes_on = all(&goes_on);
        let pairs = words.pair_prepositions.split_whitespace().map(|w| lexicon.intern(w)).collect();
        let modes = kinds.iter().flat_map(|k| k.words.split_whitespace()).map(|w| lexicon.intern(w)).collect();
        Self { from: starts.first().copied().unwrap_or_default(), starts, goes_on, pairs, modes }
    }
}
