//! Who bears a folded name: all names in one text, found through a hash table over them.

use rustc_hash::{FxHashMap, FxHasher};
use serde::{Deserialize, Serialize};
use std::hash::Hasher;

use super::NameUse;

/// Folded names, ascending, and who bears them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Names {
    /// The names, one after the other.
    texts: String,
    /// For each name: where it ends in `texts`, and where its uses end in `uses`.
    ends: Vec<(u32, u32)>,
    /// In gazetteer order for each name.
    uses: Vec<NameUse>,
    /// Open addressing: a name's place plus one, 0 is free. Twice as many as names, or more.
    #[serde(skip)]
    slots: Vec<u32>,
}

impl Names {
    /// Takes the uses of each name.
    pub(super) fn new(names: FxHashMap<String, Vec<NameUse>>) -> Self {
        let mut sorted: Vec<(String, Vec<NameUse>)> = names.into_iter().collect();
        sorted.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let mut all = Self::default();
        for (name, uses) in sorted {
            all.texts.push_str(&name);
            all.uses.extend(uses);
            all.ends.push((all.texts.len() as u32, all.uses.len() as u32));
        }
        all.index();
        all
    }

    /// Makes the hash table, which is not stored: what a hash is may differ between machines.
    pub(super) fn index(&mut self) {
        let size = (self.ends.len() * 2).next_power_of_two();
        let mut slots = vec![0u32; size];
        for place in 0..self.ends.len() {
            let mut at = hash(self.text(place)) & (size - 1);
            while slots[at] != 0 {
                at = (at + 1) & (size - 1);
            }
            slots[at] = place as u32 + 1;
        }
        self.slots = slots;
    }

    /// Who bears the folded name. O(1).
    pub(super) fn of(&self, folded: &str) -> &[NameUse] {
        let Some(mask) = self.slots.len().checked_sub(1) else { return &[] };
        let mut at = hash(folded) & mask;
        while let Some(place) = self.slots.get(at).and_then(|&s| (s as usize).checked_sub(1)) {
            if self.text(place) == folded {
                let start = place.checked_sub(1).map_or(0, |p| self.ends[p].1 as usize);
                return self.uses.get(start..self.ends[place].1 as usize).unwrap_or_default();
            }
            at = (at + 1) & mask;
        }
        &[]
    }

    fn text(&self, place: usize) -> &str {
        let start = place.checked_sub(1).map_or(0, |p| self.ends[p].0 as usize);
        self.texts.get(start..self.ends[place].0 as usize).unwrap_or_default()
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
