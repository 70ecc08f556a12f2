//! Which parts of a stored graph were found as they were written: each part is compared with its sum when it is first
//! touched, so that opening costs the same at any size.
//!
//! Sections are summed in blocks; the sums of a section's blocks are summed again, in its row of the section table, and
//! that table is checked at opening. What proves damaged reads as nothing or zeroes from then on (never as what it
//! holds), and the fault is kept for whoever asks next: see `FrozenGraph::fault`.

use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU8, AtomicU32, AtomicU64, AtomicUsize, Ordering};

use super::layout::LayoutError;

/// Bytes that are summed together: what is read and compared for one look into a section.
pub(super) const BLOCK: usize = 1 << 16;

/// A sum that any damage changes (short of malice), at the speed of memory: eight lanes of words, each step a
/// bijection of its lane.
pub(super) fn quick_sum(bytes: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut lanes = [0x243f_6a88_85a3_08d3_u64; 8];
    let (blocks, rest) = bytes.as_chunks::<64>();
    for block in blocks {
        for (lane, word) in lanes.iter_mut().zip(block.as_chunks::<8>().0) {
            *lane = (*lane ^ u64::from_le_bytes(*word)).wrapping_mul(FACTOR);
        }
    }
    let mut sum = bytes.len() as u64;
    for lane in lanes.into_iter().chain(rest.iter().map(|&b| u64::from(b))) {
        sum = (sum.rotate_left(29) ^ lane ^ (lane >> 31)).wrapping_mul(FACTOR);
    }
    sum
}

/// The sums of the blocks of a section.
pub(super) fn block_sums(bytes: &[u8]) -> Vec<u64> {
    bytes.chunks(BLOCK).map(quick_sum).collect()
}

/// A section, and what is known of it.
pub(super) struct Part {
    /// What it is called.
    pub(super) name: String,
    /// Where it starts.
    pub(super) offset: usize,
    /// Its bytes.
    pub(super) len: usize,
    /// Where the sums of its blocks start.
    pub(super) sums: usize,
    /// The sum of these sums.
    pub(super) sum: u64,
    state: AtomicU8,
    /// A bit for each block that is as it was written; made when the section is first touched.
    seen: OnceLock<Box<[AtomicU64]>>,
    /// Blocks that nobody has looked at yet.
    left: AtomicU32,
    /// What a damaged section reads as.
    zeroes: OnceLock<Vec<u64>>,
}

const UNSEEN: u8 = 0;
const SOUND: u8 = 1;
const DAMAGED: u8 = 2;

impl Part {
    /// A section that nobody has touched yet.
    pub(super) fn new(name: String, [offset, len, sums]: [usize; 3], sum: u64) -> Self {
        let left = AtomicU32::new(len.div_ceil(BLOCK) as u32);
        Self { name, offset, len, sums, sum, state: AtomicU8::new(UNSEEN), seen: OnceLock::new(), left, zeroes: OnceLock::new() }
    }

    /// Whether some bytes lie in one block that was looked at: what most looks ask for.
    #[inline]
    fn has_seen(&self, range: &Range<usize>) -> bool {
        let block = range.start / BLOCK;
        let word = self.seen.get().filter(|_| range.end <= (block + 1) * BLOCK).and_then(|seen| seen.get(block / 64));
        // A part that proved damaged since reads as nothing, also where it is sound.
        word.is_some_and(|word| word.load(Ordering::Relaxed) >> (block % 64) & 1 == 1)
            && self.state.load(Ordering::Relaxed) != DAMAGED
    }

    /// So many zeroes as the section has bytes.
    fn zeroes(&self) -> &[u8] {
        let words = self.zeroes.get_or_init(|| vec![0; self.len.div_ceil(8)]);
        bytemuck::cast_slice(words).get(..self.len).unwrap_or_default()
    }
}

/// What is known of all sections of a graph's bytes.
pub(super) struct Checks {
    /// Where the graph starts in its file: faults tell places in the file.
    base: u64,
    parts: Vec<Part>,
    fault: OnceLock<LayoutError>,
    /// Bytes compared so far.
    compared: AtomicUsize,
}

impl Checks {
    /// Nothing is known yet of `parts`.
    pub(super) fn new(base: u64, parts: Vec<Part>) -> Self {
        Self { base, parts, fault: OnceLock::new(), compared: AtomicUsize::new(0) }
    }

    /// The first damage that was met.
    pub(super) fn fault(&self) -> Option<&LayoutError> {
        self.fault.get()
    }

    /// How many bytes were read to be compared with their sums.
    pub(super) fn compared(&self) -> usize {
        self.compared.load(Ordering::Relaxed)
    }

    /// A whole section of `all`; zeroes where it is damaged.
    #[inline]
    pub(super) fn section<'b>(&'b self, number: u16, all: &'b [u8]) -> &'b [u8] {
        let Some(part) = self.parts.get(usize::from(number)) else { return &[] };
        if part.state.load(Ordering::Relaxed) == SOUND || self.look(part, 0..part.len, all) {
            all.get(part.offset..part.offset + part.len).unwrap_or_default()
        } else {
            part.zeroes()
        }
    }

    /// Some bytes of a section, which are `range` in `all`; nothing where they are damaged.
    #[inline]
    pub(super) fn some<'b>(&self, number: u16, range: Range<usize>, all: &'b [u8]) -> Option<&'b [u8]> {
        let part = self.parts.get(usize::from(number))?;
        let within = range.start.checked_sub(part.offset)?..range.end.checked_sub(part.offset)?;
        let good = part.state.load(Ordering::Relaxed) == SOUND || part.has_seen(&within) || self.look(part, within, all);
        if good { all.get(range) } else { None }
    }

    /// Compares all that nobody has looked at yet, on two threads.
    pub(super) fn all(&self, all: &[u8]) -> Result<(), LayoutError> {
        let next = AtomicUsize::new(0);
        let work = || {
            while let Some(part) = self.parts.get(next.fetch_add(1, Ordering::Relaxed)) {
                self.look(part, 0..part.len, all);
            }
        };
        std::thread::scope(|scope| {
            // Few bytes are compared sooner than a thread is made.
            if self.parts.iter().map(|p| p.len).sum::<usize>() > 64 * BLOCK {
                scope.spawn(work);
            }
            work();
        });
        // The first in the file, whichever thread came upon one first.
        let first = self.parts.iter().find(|p| p.state.load(Ordering::Relaxed) == DAMAGED);
        first.map_or(Ok(()), |part| Err(self.place(part, 0..part.len, all)))
    }

    /// Whether some bytes of a part are as they were written. Looks at each block once, but at damaged ones.
    #[cold]
    fn look(&self, part: &Part, range: Range<usize>, all: &[u8]) -> bool {
        if part.state.load(Ordering::Relaxed) == DAMAGED {
            return false;
        }
        let words = part.len.div_ceil(BLOCK).div_ceil(64);
        let seen = part.seen.get_or_init(|| {
            // The sums of the blocks come first: what they say counts for nothing before.
            let sound = self.sums(part, all).is_some();
            if sound { (0..words).map(|_| AtomicU64::new(0)).collect() } else { Box::default() }
        });
        for block in range.start / BLOCK..range.end.div_ceil(BLOCK) {
            let bit = 1 << (block % 64);
            let Some(word) = seen.get(block / 64) else { return self.damaged(part, range, all) };
            if word.load(Ordering::Relaxed) & bit != 0 {
                continue;
            }
            if !self.is_sound(part, block, all) {
                return self.damaged(part, range, all);
            }
            if word.fetch_or(bit, Ordering::Relaxed) & bit == 0 && part.left.fetch_sub(1, Ordering::Relaxed) == 1 {
                part.state.store(SOUND, Ordering::Relaxed);
            }
        }
        true
    }

    /// The sums of a part's blocks, if they are as they were written.
    fn sums<'b>(&self, part: &Part, all: &'b [u8]) -> Option<&'b [[u8; 8]]> {
        let len = part.len.div_ceil(BLOCK) * 8;
        self.compared.fetch_add(len, Ordering::Relaxed);
        let sums = all.get(part.sums..part.sums + len)?;
        (quick_sum(sums) == part.sum).then_some(sums.as_chunks::<8>().0)
    }

    fn is_sound(&self, part: &Part, block: usize, all: &[u8]) -> bool {
        let end = part.len.min((block + 1) * BLOCK);
        let written = all.get(part.sums + block * 8..).and_then(|b| b.first_chunk::<8>());
        let bytes = all.get(part.offset + block * BLOCK..part.offset + end);
        self.compared.fetch_add(end - block * BLOCK, Ordering::Relaxed);
        written.zip(bytes).is_some_and(|(sum, bytes)| u64::from_le_bytes(*sum) == quick_sum(bytes))
    }

    /// Notes the damage; false.
    fn damaged(&self, part: &Part, range: Range<usize>, all: &[u8]) -> bool {
        part.state.store(DAMAGED, Ordering::Relaxed);
        let _ = self.fault.set(self.place(part, range, all));
        false
    }

    /// The first damage within some bytes of a part.
    fn place(&self, part: &Part, range: Range<usize>, all: &[u8]) -> LayoutError {
        let damage = |what: &str, offset: usize| LayoutError::Damaged {
            part: format!("{what}{}", part.name),
            offset: offset as u64 + self.base,
        };
        if self.sums(part, all).is_none() {
            return damage("the sums of ", part.sums);
        }
        let mut blocks = range.start / BLOCK..range.end.div_ceil(BLOCK);
        let block = blocks.find(|&b| !self.is_sound(part, b, all)).unwrap_or(range.start / BLOCK);
        damage("", part.offset + block * BLOCK)
    }
}
