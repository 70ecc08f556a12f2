//! The few word forms that the grammar asks for by name. All other words come in classes of the words file.

use super::lexicon::{Lexicon, WordId};

/// Forms that the grammar asks for by name.
#[derive(Debug, Clone, Copy, Default)]
#[expect(missing_docs, reason = "each is the word that it is named by")]
pub struct Known {
    pub be: WordId,
    pub have: WordId,
    pub do_: WordId,
    pub of: WordId,
    pub in_: WordId,
    pub by: WordId,
    pub to: WordId,
}

impl Known {
    /// Finds or makes their ids.
    pub(super) fn new(lexicon: &mut Lexicon) -> Self {
        let [be, have, do_, of, in_, by, to] = ["be", "have", "do", "of", "in", "by", "to"].map(|w| lexicon.intern(w));
        Self { be, have, do_, of, in_, by, to }
    }
}
