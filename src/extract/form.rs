//! A form of a name, and what it is compared by: made once, when somebody first asks.
//!
//! The same forms are looked at again for every "the line" and "the corridor" of an article; their words are therefore
//! kept as ids, and their folding beside them.

use std::cell::OnceCell;

use crate::names::fold;

use super::lexicon::{Lexicon, WordId};
use super::wordset::WordSet;

/// A text that names something.
#[derive(Debug, Clone, Default)]
pub struct Form {
    text: String,
    folded: OnceCell<Box<str>>,
    words: OnceCell<Box<[(WordId, bool)]>>,
}

impl Form {
    /// The form that is written so.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self { text, ..Self::default() }
    }

    /// As written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// As written, and nothing else.
    #[must_use]
    pub fn into_string(self) -> String {
        self.text
    }

    /// Folded for comparison.
    #[must_use]
    pub fn folded(&self) -> &str {
        self.folded.get_or_init(|| fold(&self.text).into())
    }

    /// Its words in lower case, parted by blanks and hyphens, in order. A dash parts two words as well; the word behind one and
    /// the word before are marked: they stand within a longer one.
    fn words(&self, lexicon: &Lexicon) -> &[(WordId, bool)] {
        self.words.get_or_init(|| {
            let lower = self.text.to_lowercase();
            let parts = lower.split([' ', '-']).flat_map(|word| {
                let dashed = word.contains('–');
                word.split('–').map(move |part| (lexicon.id(part), dashed))
            });
            parts.collect()
        })
    }

    /// One of its words is this one.
    #[must_use]
    pub fn has(&self, word: WordId, lexicon: &Lexicon) -> bool {
        self.words(lexicon).iter().any(|&(w, _)| w == word)
    }

    /// One of its words is one of these.
    #[must_use]
    pub fn has_any(&self, words: &WordSet, lexicon: &Lexicon) -> bool {
        self.words(lexicon).iter().any(|(w, _)| words.contains(w))
    }

    /// One of its words is this one, and no dash stands beside it.
    #[must_use]
    pub fn has_whole(&self, word: WordId, lexicon: &Lexicon) -> bool {
        self.words(lexicon).iter().any(|&(w, dashed)| w == word && !dashed)
    }

    /// Its last word is this one.
    #[must_use]
    pub fn ends_with(&self, word: WordId, lexicon: &Lexicon) -> bool {
        self.words(lexicon).last().is_some_and(|&(w, _)| w == word)
    }
}

impl From<&str> for Form {
    fn from(text: &str) -> Self {
        Self::new(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Schema;
    use crate::schema::patterns::Patterns;

    #[test]
    fn words_are_compared_as_written_in_lower_case() {
        let mut lexicon = Lexicon::new(Schema::builtin(), &Patterns::default());
        let [line, corridor, baku] = ["line", "corridor", "baku"].map(|w| lexicon.add_form(w));
        let form = Form::from("Baku–Kars Trans-Corridor Line");
        assert!(form.has(baku, &lexicon) && !form.has_whole(baku, &lexicon));
        assert!(form.has_whole(corridor, &lexicon) && !form.ends_with(corridor, &lexicon));
        assert!(form.ends_with(line, &lexicon));
        assert_eq!(form.folded(), "baku kars trans corridor line");
    }
}
