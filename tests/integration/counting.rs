//! What work costs in counts that are the same on every machine: allocations, their bytes, and the most that lives at a time.
//!
//! They belong to the thread that works, so that tests that run beside each other do not count for each other.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// What some work has cost.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cost {
    /// How many allocations.
    pub allocations: u64,
    /// Their bytes.
    pub bytes: u64,
    /// The most bytes that lived at a time, beyond those at the start.
    pub peak: u64,
}

#[derive(Clone, Copy)]
struct Counts {
    allocations: u64,
    bytes: u64,
    live: i64,
    peak: i64,
}

thread_local! {
    static COUNTS: Cell<Counts> = const { Cell::new(Counts { allocations: 0, bytes: 0, live: 0, peak: 0 }) };
}

struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn note(change: impl FnOnce(&mut Counts)) {
    // A thread that ends has none any more.
    let _ = COUNTS.try_with(|cell| {
        let mut counts = cell.get();
        change(&mut counts);
        counts.peak = counts.peak.max(counts.live);
        cell.set(counts);
    });
}

fn allocated(size: usize) {
    note(|c| (c.allocations, c.bytes, c.live) = (c.allocations + 1, c.bytes + size as u64, c.live + size as i64));
}

#[expect(unsafe_code, reason = "an allocator is unsafe by its trait; this one counts and leaves the rest to the system's")]
// SAFETY: every call is handed to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        allocated(layout.size());
        // SAFETY: the caller's promises are passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        note(|c| c.live -= layout.size() as i64);
        // SAFETY: the caller's promises are passed on.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        note(|c| c.live -= layout.size() as i64);
        allocated(size);
        // SAFETY: the caller's promises are passed on.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

/// Does some work on this thread and tells what it has cost.
pub fn cost<T>(work: impl FnOnce() -> T) -> (T, Cost) {
    let start = COUNTS.get();
    COUNTS.set(Counts { peak: start.live, ..start });
    let done = work();
    let end = COUNTS.get();
    COUNTS.set(Counts { peak: end.peak.max(start.peak), ..end });
    let cost = Cost {
        allocations: end.allocations - start.allocations,
        bytes: end.bytes - start.bytes,
        peak: (end.peak - start.live).max(0) as u64,
    };
    (done, cost)
}

#[test]
fn costs_are_those_of_the_work() {
    let (_, cost) = cost(|| {
        let first = vec![0_u8; 1000];
        drop(first);
        vec![0_u8; 3000]
    });
    assert_eq!((cost.allocations, cost.bytes, cost.peak), (2, 4000, 3000));
}
