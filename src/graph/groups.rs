//! Rows by their owners, without a list for each owner.

/// Rows by owner, those of one owner in the order of rows.
pub(crate) struct Groups {
    starts: Vec<u32>,
    rows: Vec<u32>,
}

impl Groups {
    /// Sorts rows by their owners, of which there are `count`; rows of others are left out. O(rows + owners).
    pub(crate) fn new(count: usize, owners: impl Iterator<Item = u32> + Clone) -> Self {
        let mut starts = vec![0_u32; count + 2];
        for owner in owners.clone().filter(|&o| (o as usize) < count) {
            starts[owner as usize + 2] += 1;
        }
        for at in 2..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut rows = vec![0_u32; starts[count + 1] as usize];
        for (row, owner) in owners.enumerate().filter(|&(_, o)| (o as usize) < count) {
            let next = &mut starts[owner as usize + 1];
            rows[*next as usize] = row as u32;
            *next += 1;
        }
        starts.pop();
        Self { starts, rows }
    }

    /// The rows of an owner, ascending.
    pub(crate) fn of(&self, owner: u32) -> &[u32] {
        let at = owner as usize;
        let (Some(&start), Some(&end)) = (self.starts.get(at), self.starts.get(at + 1)) else { return &[] };
        self.rows.get(start as usize..end as usize).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_with_their_owners() {
        let groups = Groups::new(4, [2_u32, 0, 2, 3, 9, 0].into_iter());
        let all: Vec<&[u32]> = (0..5).map(|o| groups.of(o)).collect();
        assert_eq!(all, [&[1_u32, 5][..], &[], &[0, 2], &[3], &[]]);
        assert!(Groups::new(0, std::iter::empty()).of(0).is_empty());
    }
}
