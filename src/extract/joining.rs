//! Words with which sentences join things beyond "and": examples, pairs told in order, the first and the last of two.
//!
//! The sets alone; what the clause reader, the linker and the frames make of them stands there.

use crate::schema::patterns::Patterns;

use super::lexicon::{Lexicon, WordId};

/// See the fields.
#[derive(Debug, Default)]
pub struct Joining {
    /// Prepositions between several things and examples of them: "including", "such as".
    pub examples: Vec<WordId>,
    /// Adverbs that pair two lists in order: "respectively".
    pub pairwise: Vec<WordId>,
    /// What means the first of those just named: "the former".
    pub former: Vec<WordId>,
    /// What means the last of them: "the latter".
    pub latter: Vec<WordId>,
    /// What stands before an auxiliary that repeats the clause before: "so is Kenya".
    pub likewise: Vec<WordId>,
    /// Abbreviations that are one only before a number: "No. 4".
    pub numbering: Vec<WordId>,
}

impl Joining {
    /// Compiles the sets.
    pub fn new(lexicon: &mut Lexicon, patterns: &Patterns) -> Self {
        let w = &patterns.words;
        Self {
            examples: w.examples.iter().map(|p| lexicon.add_form(p)).collect(),
            pairwise: w.pairwise.split_whitespace().map(|p| lexicon.add_form(p)).collect(),
            former: w.former.split_whitespace().map(|p| lexicon.add_form(p)).collect(),
            latter: w.latter.split_whitespace().map(|p| lexicon.add_form(p)).collect(),
            likewise: w.likewise.split_whitespace().map(|p| lexicon.add_form(p)).collect(),
            numbering: w.numbering.split_whitespace().map(|p| lexicon.add_form(p)).collect(),
        }
    }
}
