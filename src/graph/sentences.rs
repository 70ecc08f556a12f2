//! The sentences of a graph that is laid out, in the order in which claims first use them.
//!
//! They are the greater part of what a graph's texts take: they are not held a second time beside the rows that they come from.

use std::sync::Arc;

use super::layout::{NONE, Section, Writer};
use super::rows::long_offsets;
use super::symbols::{Symbol, Symbols};

/// Sentences by number.
pub(super) struct Sentences {
    texts: Arc<Symbols>,
    /// The number of each text; `NONE` for one that has not been used yet.
    numbers: Vec<u32>,
    order: Vec<Symbol>,
}

impl Sentences {
    /// Of these texts, among which are all that will be asked for.
    pub(super) fn new(texts: Arc<Symbols>) -> Self {
        Self { numbers: vec![NONE; texts.len()], order: Vec::new(), texts }
    }

    /// The number of a sentence.
    pub(super) fn number(&mut self, text: &str) -> u32 {
        let Some(symbol) = self.texts.find(text) else { return NONE };
        let number = &mut self.numbers[symbol as usize];
        if *number == NONE {
            *number = self.order.len() as u32;
            self.order.push(symbol);
        }
        *number
    }

    /// Writes those that were used.
    pub(super) fn write(self, out: &mut Writer) {
        let Self { texts, order, .. } = self;
        let length = |&symbol: &Symbol| texts.text(symbol).len();
        let mut bytes = Vec::with_capacity(order.iter().map(length).sum());
        let mut starts = Vec::with_capacity(order.len() + 1);
        for &symbol in &order {
            starts.push(bytes.len() as u64);
            bytes.extend_from_slice(texts.text(symbol).as_bytes());
        }
        starts.push(bytes.len() as u64);
        drop((texts, order));
        out.pack(Section::SentenceOffsets, long_offsets(&starts));
        out.put(Section::SentenceBytes, bytes);
    }
}
