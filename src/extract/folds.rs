//! Foldings of the names of an article, made once for each way of writing one, and compared by number.

use std::cell::RefCell;

use crate::names::fold;

use super::interner::Interner;

/// Number of a folded name: two spellings with one folding have one number.
pub type FoldId = u32;

/// A table of more names is not used again.
const MOST_NAMES: usize = 1 << 16;

/// See the module's text.
#[derive(Debug, Default)]
pub struct Folds {
    known: RefCell<Known>,
}

#[derive(Debug, Default)]
struct Known {
    written: Interner,
    folded: Interner,
    /// By number of the name as written.
    of: Vec<FoldId>,
}

impl Folds {
    /// The number of a name's folding. O(bytes).
    #[must_use]
    pub fn id(&self, name: &str) -> FoldId {
        let Known { written, folded, of } = &mut *self.known.borrow_mut();
        let number = written.intern(name) as usize;
        if number == of.len() {
            of.push(folded.intern(&fold(name)));
        }
        of[number]
    }

    /// Whether the table is worth being used again.
    #[must_use]
    pub fn is_small(&self) -> bool {
        self.known.borrow().written.len() < MOST_NAMES
    }

    /// Calls `with` with the folding of a number.
    pub fn with<T>(&self, id: FoldId, with: impl FnOnce(&str) -> T) -> T {
        with(self.known.borrow().folded.text(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_have_one_number() {
        let folds = Folds::default();
        let id = folds.id("the Türkiye");
        assert_eq!((folds.id("Turkiye"), folds.id("the Türkiye")), (id, id));
        assert_ne!(folds.id("Turkey"), id);
        assert!(folds.with(id, |text| text == "turkiye"));
    }
}
