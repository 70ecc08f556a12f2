//! Rows by number, each once: what many others have in common is written down where it is first used.

use std::hash::{BuildHasher as _, Hash};

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rustc_hash::FxBuildHasher;

/// Rows in the order in which they were first used. A table of numbers beside them finds one again, so that none is held twice.
pub(super) struct Shared<T> {
    rows: Vec<T>,
    numbers: HashTable<u32>,
}

impl<T> Default for Shared<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), numbers: HashTable::new() }
    }
}

impl<T: Eq + Hash> Shared<T> {
    /// The number of a row, a new one if it has none.
    pub(super) fn add(&mut self, row: T) -> u32 {
        let rows = &self.rows;
        let same = |&number: &u32| rows[number as usize] == row;
        let hash = |&number: &u32| FxBuildHasher.hash_one(&rows[number as usize]);
        match self.numbers.entry(FxBuildHasher.hash_one(&row), same, hash) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(free) => {
                let number = rows.len() as u32;
                free.insert(number);
                self.rows.push(row);
                number
            }
        }
    }

    /// A row that was added.
    pub(super) fn get(&self, number: u32) -> Option<&T> {
        self.rows.get(number as usize)
    }

    /// All rows, by number.
    pub(super) fn into_rows(self) -> Vec<T> {
        self.rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_has_one_number() {
        let mut shared = Shared::default();
        let numbers: Vec<u32> = (0..3000_u32).map(|n| shared.add([n % 700, 7])).collect();
        assert!(numbers.iter().zip(0..).all(|(&number, n)| number == n % 700));
        assert_eq!((shared.get(699), shared.get(700)), (Some(&[699, 7]), None));
        assert_eq!(shared.into_rows().len(), 700);
    }
}
