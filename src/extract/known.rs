//! The few word forms that the grammar asks for by name. All other words come in classes of the words file.

use super::lexicon::{Lexicon, WordId};

/// Words for each of which the tagger has a rule of its own.
pub(super) const RULED: [&str; 13] =
    ["to", "that", "which", "who", "whom", "whose", "where", "no", "neither", "none", "as", "so", "what"];

/// Forms that the grammar asks for by name.
#[derive(Debug, Clone, Copy, Default)]
#[expect(missing_docs, reason = "each is the word that it is named by")]
pub struct Known {
    pub a: WordId,
    pub be: WordId,
    pub have: WordId,
    pub had: WordId,
    pub do_: WordId,
    pub of: WordId,
    pub in_: WordId,
    pub by: WordId,
    pub to: WordId,
    pub on: WordId,
    pub at: WordId,
    pub for_: WordId,
    pub from: WordId,
    pub with: WordId,
    pub between: WordId,
    pub among: WordId,
    pub under: WordId,
    pub what: WordId,
    pub where_: WordId,
    pub whose: WordId,
    pub as_well_as: WordId,
}

impl Known {
    /// Finds or makes their ids.
    pub(super) fn new(lexicon: &mut Lexicon) -> Self {
        let mut word = |form: &str| lexicon.intern(form);
        Self {
            a: word("a"),
            be: word("be"),
            have: word("have"),
            had: word("had"),
            do_: word("do"),
            of: word("of"),
            in_: word("in"),
            by: word("by"),
            to: word("to"),
            on: word("on"),
            at: word("at"),
            for_: word("for"),
            from: word("from"),
            with: word("with"),
            between: word("between"),
            among: word("among"),
            under: word("under"),
            what: word("what"),
            where_: word("where"),
            whose: word("whose"),
            as_well_as: word("as well as"),
        }
    }
}
