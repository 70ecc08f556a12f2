//! Rows of small numbers, each number in as many bits as the largest of its column takes: what a graph has most of (claims, mentions, where
//! lists start) are numbers far below four billion.
//!
//! Rows lie one after the other without gaps, from the lowest bit of the first byte up. How wide the columns are, and how many rows
//! there are, is told by the section table, so that a row is found and taken apart at once, and only the bytes that it lies in are read.

use std::ops::Range;

use super::layout::{Bytes, NONE};

/// The most columns that rows may have.
pub(super) const COLUMNS: usize = 8;

/// Marks a column in which `NONE` occurs: its numbers are one more than they mean, and `NONE` is 0.
const OPTIONAL: u8 = 0x80;

/// Rows of `K` numbers in a graph's bytes.
#[derive(Clone, Copy)]
pub(crate) struct Packed<const K: usize> {
    /// Where they start.
    start: usize,
    /// The section's row of the section table.
    row: u16,
    len: u32,
    columns: [u8; K],
    /// The bit of a row at which each column starts.
    starts: [u16; K],
    /// Bits a row.
    bits: u32,
}

impl<const K: usize> Default for Packed<K> {
    fn default() -> Self {
        Self { start: 0, row: u16::MAX, len: 0, columns: [0; K], starts: [0; K], bits: 0 }
    }
}

/// Some rows, one by one.
#[derive(Clone)]
pub(crate) struct Rows<'b, const K: usize> {
    bytes: &'b [u8],
    /// The bit at which the next row starts.
    at: usize,
    left: usize,
    columns: [u8; K],
}

impl<const K: usize> Packed<K> {
    /// Rows that start at byte `start`; none if they would not fit into `bytes` bytes.
    pub(super) fn new([start, bytes]: [usize; 2], row: u16, len: u64, columns: [u8; COLUMNS]) -> Option<Self> {
        let (mine, others) = columns.split_first_chunk::<K>()?;
        let (mut starts, mut bits) = ([0; K], 0_u16);
        for (start, &column) in starts.iter_mut().zip(mine) {
            *start = bits;
            bits += u16::from(width(column));
        }
        let (len, bits) = (u32::try_from(len).ok()?, u32::from(bits));
        let fits = words(len.into(), bits).checked_mul(8) == Some(bytes as u64);
        let sound = mine.iter().all(|c| width(*c) <= 32) && others.iter().all(|&c| c == 0);
        (fits && sound).then_some(Self { start, row, len, columns: *mine, starts, bits })
    }

    /// How many rows. Reads none of them.
    pub(crate) fn len(self) -> u32 {
        self.len
    }

    /// A row: zeroes where it is damaged, none where there is none.
    #[inline]
    pub(crate) fn at(self, bytes: &Bytes, index: u32) -> Option<[u32; K]> {
        if index >= self.len {
            return None;
        }
        Some(self.rows(bytes, index..index + 1).next().unwrap_or([0; K]))
    }

    /// One number of a row, as [`Packed::at`] gives all of them: for who asks for no other.
    #[inline]
    pub(crate) fn number(self, bytes: &Bytes, index: u32, column: usize) -> Option<u32> {
        if index >= self.len {
            return None;
        }
        let bit = index as usize * self.bits as usize + usize::from(self.starts[column]);
        let place = self.start + bit / 8;
        Some(bytes.part(self.row, place..place + 8).map_or(0, |bytes| number(bytes, bit % 8, self.columns[column])))
    }

    /// Some rows, as far as there are any, of which alone the blocks are compared with their sums; none where they are damaged.
    #[inline]
    pub(crate) fn rows(self, bytes: &Bytes, range: Range<u32>) -> Rows<'_, K> {
        let end = range.end.min(self.len);
        let left = end.saturating_sub(range.start) as usize;
        let first = range.start as usize * self.bits as usize;
        let last = end as usize * self.bits as usize;
        // A number is read with the seven bytes behind it; the section has them behind its last one, too.
        let place = self.start + first / 8..self.start + last / 8 + 8;
        match if left == 0 { None } else { bytes.part(self.row, place) } {
            Some(bytes) => Rows { bytes, at: first % 8, left, columns: self.columns },
            None => Rows { bytes: &[], at: 0, left: 0, columns: self.columns },
        }
    }

    /// Whether the bits of some rows are not all zeroes, as those of flags are that nobody has. Reads bytes instead of rows.
    pub(crate) fn has_any(self, bytes: &Bytes, range: Range<u32>) -> bool {
        let (first, last) = (range.start as usize * self.bits as usize, range.end.min(self.len) as usize * self.bits as usize);
        if first >= last {
            return false;
        }
        let part = bytes.part(self.row, self.start + first / 8..self.start + last.div_ceil(8)).unwrap_or_default();
        let (from, to) = (0xff_u8 << (first % 8), 0xff_u8 >> ((8 - last % 8) % 8));
        match part {
            [] => false,
            [only] => only & from & to != 0,
            [head, between @ .., tail] => head & from != 0 || tail & to != 0 || between.iter().any(|&byte| byte != 0),
        }
    }

    /// How many rows come before the first that is not `before` by its number in a column, of rows of which all that are come first.
    /// O(log rows).
    pub(crate) fn partition_point(self, bytes: &Bytes, column: usize, before: impl Fn(u32) -> bool) -> u32 {
        let (mut low, mut high) = (0, self.len);
        while low < high {
            let middle = low.midpoint(high);
            if self.number(bytes, middle, column).is_some_and(&before) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

impl<const K: usize> Iterator for Rows<'_, K> {
    type Item = [u32; K];

    #[inline]
    fn next(&mut self) -> Option<[u32; K]> {
        self.left = self.left.checked_sub(1)?;
        let mut row = [0; K];
        for (number, &column) in row.iter_mut().zip(&self.columns) {
            *number = self::number(self.bytes.get(self.at / 8..).unwrap_or_default(), self.at % 8, column);
            self.at += usize::from(width(column));
        }
        Some(row)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl<const K: usize> ExactSizeIterator for Rows<'_, K> {}

/// The number of a column that starts at a bit of the first byte.
#[inline]
fn number(bytes: &[u8], bit: usize, column: u8) -> u32 {
    let word = bytes.first_chunk::<8>().map_or(0, |b| u64::from_le_bytes(*b) >> bit);
    let stored = (word & ((1 << width(column)) - 1)) as u32;
    if column & OPTIONAL == 0 { stored } else { stored.wrapping_sub(1) }
}

/// The bits of a column's numbers.
#[inline]
fn width(column: u8) -> u8 {
    column & !OPTIONAL
}

/// The words that so many rows take, with one behind them.
fn words(len: u64, bits: u32) -> u64 {
    (len * u64::from(bits)).div_ceil(64) + 1
}

/// Packs rows: the words, how many rows there are, and the columns' widths.
pub(super) fn pack<const K: usize>(rows: impl Iterator<Item = [u32; K]> + Clone) -> (Vec<u64>, u64, [u8; COLUMNS]) {
    let (mut most, mut optional, mut len) = ([0_u64; K], [false; K], 0_u64);
    for row in rows.clone() {
        len += 1;
        for ((&number, most), optional) in row.iter().zip(&mut most).zip(&mut optional) {
            if number == NONE { *optional = true } else { *most = (u64::from(number) + 1).max(*most) }
        }
    }
    let mut columns = [0; COLUMNS];
    for ((column, most), optional) in columns.iter_mut().zip(most).zip(optional) {
        let most = if optional { most } else { most.saturating_sub(1) };
        *column = (64 - most.leading_zeros()) as u8 | if optional { OPTIONAL } else { 0 };
    }
    let bits: u32 = columns.iter().map(|c| u32::from(width(*c))).sum();
    let mut out = vec![0_u64; words(len, bits) as usize];
    let mut at = 0_usize;
    for row in rows {
        for (number, &column) in row.into_iter().zip(&columns) {
            let stored = u64::from(if column & OPTIONAL == 0 { number } else { number.wrapping_add(1) });
            let (word, shift) = (at / 64, at % 64);
            out[word] |= stored << shift;
            if shift + usize::from(width(column)) > 64 {
                out[word + 1] |= stored >> (64 - shift);
            }
            at += usize::from(width(column));
        }
    }
    (out, len, columns)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn packed<const K: usize>(rows: &[[u32; K]]) -> (Bytes, Packed<K>) {
        let (words, len, columns) = pack(rows.iter().copied());
        let bytes: Vec<u8> = bytemuck::cast_slice(&words).to_vec();
        let place = [0, bytes.len()];
        (Bytes::shared(Arc::new(bytes), 0), Packed::new(place, 0, len, columns).unwrap())
    }

    #[test]
    fn rows_come_back_in_the_bits_that_they_take() {
        let rows: Vec<[u32; 4]> =
            (0..1000_u32).map(|n| [n, n.wrapping_mul(0x9e37_79b9), if n % 3 == 0 { NONE } else { n % 7 }, 0]).collect();
        let (bytes, packed) = packed(&rows);
        assert_eq!(packed.bits, 10 + 32 + 3);
        assert!(packed.rows(&bytes, 0..2000).eq(rows.iter().copied()));
        for (index, row) in (0..).zip(&rows) {
            assert_eq!(packed.at(&bytes, index), Some(*row));
            assert_eq!([0, 1, 2, 3].map(|column| packed.number(&bytes, index, column)), row.map(Some));
        }
        assert_eq!((packed.at(&bytes, 1000), packed.rows(&bytes, 990..1010).len()), (None, 10));
        assert_eq!(packed.partition_point(&bytes, 0, |number| number < 321), 321);
    }

    #[test]
    fn whether_some_bit_is_set_is_seen_in_the_rows_asked_for_only() {
        let rows: Vec<[u32; 1]> = (0..100).map(|n| [u32::from(n == 21 || n == 60)]).collect();
        let (bytes, packed) = packed(&rows);
        for start in 0..100 {
            for end in start..=100 {
                let any = rows[start as usize..end as usize].contains(&[1]);
                assert_eq!(packed.has_any(&bytes, start..end), any, "{start}..{end}");
            }
        }
        assert!(!Packed::<1>::default().has_any(&bytes, 0..10) && !packed.has_any(&bytes, 61..1000));
    }

    #[test]
    fn rows_of_nothing_take_no_bits() {
        let (bytes, none) = packed(&[[NONE, 0], [NONE, 0]]);
        assert_eq!((none.at(&bytes, 1), none.at(&bytes, 2), none.len()), (Some([NONE, 0]), None, 2));
        let (bytes, most) = packed(&[[NONE], [NONE - 1]]);
        assert_eq!(most.rows(&bytes, 0..2).collect::<Vec<_>>(), [[NONE], [NONE - 1]]);
        let (bytes, empty) = packed::<3>(&[]);
        assert_eq!((empty.at(&bytes, 0), empty.rows(&bytes, 0..1).len()), (None, 0));
        assert!(Packed::<1>::new([0, 8], 0, 9, [33, 0, 0, 0, 0, 0, 0, 0]).is_none());
        assert!(Packed::<1>::new([0, 8], 0, u64::MAX, [0; COLUMNS]).is_none());
    }
}
