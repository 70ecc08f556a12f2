//! Classes of verbs by what may follow them: a clause, an infinitive that the object carries out, what is said.
//!
//! Which verbs they are is data (`words.ron`, `parts.ron`); the parent module reads it.

use rustc_hash::FxHashSet;

use super::{Lexicon, WordId};

impl Lexicon {
    /// The verb's object does what follows, and is not what follows is done to: "asked the bank to pay".
    #[must_use]
    pub fn asks(&self, lemma: WordId) -> bool {
        self.controlling().contains(&lemma) && !self.wanting.contains(&lemma)
    }

    /// Lemmas of verbs that a clause may follow without "that".
    #[must_use]
    pub fn clausal(&self) -> &FxHashSet<WordId> {
        &self.clausal
    }

    /// Lemmas of verbs of saying.
    #[must_use]
    pub fn saying(&self) -> &[WordId] {
        &self.saying
    }

    /// Prepositions before an -ing form that say that it is not done.
    #[must_use]
    pub fn excluding(&self) -> &[WordId] {
        &self.excluding
    }

    /// Lemmas of verbs whose object does what the infinitive behind it says.
    #[must_use]
    pub fn controlling(&self) -> &[WordId] {
        &self.controlling
    }

    /// Lemmas of verbs that give somebody something to do something with.
    #[must_use]
    pub fn giving(&self) -> &[WordId] {
        &self.giving
    }

    /// Lemmas of verbs of discussing.
    #[must_use]
    pub fn discussing(&self) -> &[WordId] {
        &self.discussing
    }
}
