//! Texts that are looked up: all of them in one string, found through a hash table over them.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};
use serde::{Deserialize, Serialize};

use super::NameUse;

/// Distinct texts by number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Texts {
    /// The texts, one after the other.
    all: String,
    /// Where each ends.
    ends: Vec<u32>,
    /// Open addressing: a text's number plus one, 0 is free. Twice as many as texts, or more. It is not stored: what a hash
    /// is may differ between machines.
    #[serde(skip)]
    slots: Vec<u32>,
}

impl Texts {
    /// Numbers the texts in their order; of equal ones, the first is found.
    pub(super) fn new<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let mut made = Self::default();
        for text in texts {
            made.all.push_str(text);
            made.ends.push(made.all.len() as u32);
        }
        made.index();
        made
    }

    /// Makes the hash table.
    pub(super) fn index(&mut self) {
        let size = (self.ends.len() * 2).next_power_of_two();
        let mut slots = vec![0u32; size];
        for number in 0..self.ends.len() {
            let mut at = hash(self.get(number)) & (size - 1);
            while slots[at] != 0 {
                at = (at + 1) & (size - 1);
            }
            slots[at] = number as u32 + 1;
        }
        self.slots = slots;
    }

    /// The number of a text. O(1).
    pub(super) fn find(&self, text: &str) -> Option<usize> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = hash(text) & mask;
        loop {
            let number = (*self.slots.get(at)? as usize).checked_sub(1)?;
            if self.get(number) == text {
                return Some(number);
            }
            at = (at + 1) & mask;
        }
    }

    /// The texts, in their order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|number| self.get(number))
    }

    fn get(&self, number: usize) -> &str {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        self.all.get(start..self.ends[number] as usize).unwrap_or_default()
    }
}

/// Folded names, ascending, and who bears them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Names {
    texts: Texts,
    /// Where the uses of each name end in `uses`.
    ends: Vec<u32>,
    /// In gazetteer order for each name.
    uses: Vec<NameUse>,
}

impl Names {
    /// Takes the uses of each name.
    pub(super) fn new(names: FxHashMap<String, Vec<NameUse>>) -> Self {
        let mut sorted: Vec<(String, Vec<NameUse>)> = names.into_iter().collect();
        sorted.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let texts = Texts::new(sorted.iter().map(|n| n.0.as_str()));
        let mut all = Self { texts, ..Self::default() };
        for (_, uses) in sorted {
            all.uses.extend(uses);
            all.ends.push(all.uses.len() as u32);
        }
        all
    }

    pub(super) fn index(&mut self) {
        self.texts.index();
    }

    /// Who bears the folded name. O(1).
    pub(super) fn of(&self, folded: &str) -> &[NameUse] {
        let Some(number) = self.texts.find(folded) else { return &[] };
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        self.uses.get(start..self.ends[number] as usize).unwrap_or_default()
    }
}

fn hash(text: &str) -> usize {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish() as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{EntryId, NameKind};

    #[test]
    fn every_name_is_found_with_its_uses_and_no_other() {
        let used = |entry: u32| NameUse { entry: EntryId(entry), kind: NameKind::Name, free: true };
        let names = Names::new((0..500u32).map(|i| (format!("name {i}"), vec![used(i), used(i + 1)])).collect());
        for i in 0..500u32 {
            assert_eq!(names.of(&format!("name {i}")), [used(i), used(i + 1)]);
        }
        for absent in ["", "name", "name 500", "name 1 "] {
            assert_eq!(names.of(absent), []);
        }
        assert_eq!(Names::default().of("x"), []);
    }
}
