//! Rows by number, each once: what many others have in common is written down where it is first used.

use std::hash::{Hash, Hasher as _};

use rustc_hash::FxHasher;

/// Rows in the order in which they were first used. A table of numbers beside them finds one again, so that none is held twice.
pub(super) struct Shared<T> {
    rows: Vec<T>,
    /// Hash table of numbers + 1 with 0 for free; a power of two, under half full.
    slots: Vec<u32>,
}

impl<T> Default for Shared<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), slots: vec![0; 16] }
    }
}

impl<T: Eq + Hash> Shared<T> {
    /// The number of a row, a new one if it has none.
    pub(super) fn add(&mut self, row: T) -> u32 {
        if (self.rows.len() + 1) * 2 > self.slots.len() {
            self.grow();
        }
        let slot = self.slot(&row);
        if let Some(known) = self.slots[slot].checked_sub(1) {
            return known;
        }
        self.rows.push(row);
        self.slots[slot] = self.rows.len() as u32;
        self.rows.len() as u32 - 1
    }

    /// A row that was added.
    pub(super) fn get(&self, number: u32) -> Option<&T> {
        self.rows.get(number as usize)
    }

    /// All rows, by number.
    pub(super) fn into_rows(self) -> Vec<T> {
        self.rows
    }

    /// The slot of a row, or the free one where it belongs.
    fn slot(&self, row: &T) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = hash(row) & mask;
        while let Some(there) = self.slots[slot].checked_sub(1) {
            if self.rows[there as usize] == *row {
                break;
            }
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn grow(&mut self) {
        let mask = self.slots.len() * 2 - 1;
        let mut slots = vec![0_u32; mask + 1];
        for (number, row) in (1..).zip(&self.rows) {
            let mut slot = hash(row) & mask;
            while slots[slot] != 0 {
                slot = (slot + 1) & mask;
            }
            slots[slot] = number;
        }
        self.slots = slots;
    }
}

fn hash(row: &impl Hash) -> usize {
    let mut hasher = FxHasher::default();
    row.hash(&mut hasher);
    // The low bits choose the slot.
    let hash = hasher.finish();
    (hash ^ hash >> 32) as usize
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
