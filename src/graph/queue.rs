//! Rows that are handed over owner by owner, and freed as they go: what is made of them takes the place that they had.

use std::cmp::Reverse;

/// Rows of owners that come one after the other, ascending. The next one's stand last.
pub(super) struct Queue<T> {
    rows: Vec<T>,
    owner: fn(&T) -> u32,
}

impl<T> Queue<T> {
    /// Brings rows into the order of their owners; those of one owner stay in theirs. O(rows · log rows).
    pub(super) fn new(mut rows: Vec<T>, owner: fn(&T) -> u32) -> Self {
        rows.sort_by_key(|row| Reverse(owner(row)));
        Self { rows, owner }
    }

    /// The rows of the next owner, in their order: each owner is asked for once, ascending.
    pub(super) fn take(&mut self, owner: u32) -> std::vec::Drain<'_, T> {
        if self.rows.len() < self.rows.capacity() / 4 * 3 {
            self.rows.shrink_to_fit();
        }
        let behind = self.rows.iter().rev().take_while(|row| (self.owner)(row) == owner).count();
        self.rows.drain(self.rows.len() - behind..)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_go_with_their_owners_and_leave_no_room_behind() {
        let rows: Vec<(u32, u32)> = (0..5000).map(|n| (n * 7 % 100, n)).collect();
        let mut queue = Queue::new(rows, |row| row.0);
        for owner in 0..50 {
            let of: Vec<(u32, u32)> = queue.take(owner).collect();
            assert_eq!(of.len(), 50);
            assert!(of.iter().all(|row| row.0 == owner) && of.is_sorted());
        }
        assert!(queue.take(50).len() == 50 && queue.rows.capacity() < 4000);
        assert_eq!(queue.take(1000).len(), 0);
    }
}
