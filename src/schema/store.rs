//! The gazetteer in memory: entries, and the tables that find them. What comes from a snapshot is read piece by piece when
//! it is first asked for, so that a program that needs none of it pays for none of it.

use std::ops::Index;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::index::{Names, Texts};
use super::{Entry, EntryId, NodeTypeId};

/// What an [`Entry`] begins with, in the order of its fields: a stored entry is read so far and no further, for who looks
/// for names only needs no facts.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct NamesOfEntry<'a> {
    /// [`Entry::id`].
    pub id: &'a str,
    /// [`Entry::kind`].
    pub kind: NodeTypeId,
    /// [`Entry::name`].
    pub name: &'a str,
    /// [`Entry::aliases`].
    pub aliases: Vec<&'a str>,
    /// [`Entry::demonyms`].
    pub demonyms: Vec<&'a str>,
    /// [`Entry::metonyms`].
    pub metonyms: Vec<&'a str>,
    /// [`Entry::ambiguous`].
    pub ambiguous: Vec<&'a str>,
}

impl<'a> From<&'a Entry> for NamesOfEntry<'a> {
    fn from(entry: &'a Entry) -> Self {
        fn all(list: &[String]) -> Vec<&str> {
            list.iter().map(String::as_str).collect()
        }
        Self {
            id: &entry.id,
            kind: entry.kind,
            name: &entry.name,
            aliases: all(&entry.aliases),
            demonyms: all(&entry.demonyms),
            metonyms: all(&entry.metonyms),
            ambiguous: all(&entry.ambiguous),
        }
    }
}

/// The entries of the gazetteer; reads like a slice of them.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    /// Entries that were read from texts, or the cells of stored ones.
    cells: Vec<OnceLock<Entry>>,
    /// Where each stored entry ends in `bytes`.
    ends: Vec<u32>,
    bytes: &'static [u8],
}

impl Gazetteer {
    /// Stored entries, each of which is read when it is first asked for.
    pub(super) fn stored(bytes: &'static [u8], ends: Vec<u32>) -> Self {
        Self { cells: vec![OnceLock::new(); ends.len()], ends, bytes }
    }

    /// What [`Gazetteer::stored`] takes.
    pub(super) fn store(&self) -> Result<(Vec<u8>, Vec<u32>), postcard::Error> {
        let (mut bytes, mut ends) = (Vec::new(), Vec::new());
        for entry in self.iter() {
            bytes.extend(postcard::to_stdvec(entry)?);
            ends.push(bytes.len() as u32);
        }
        Ok((bytes, ends))
    }

    pub(super) fn push(&mut self, entry: Entry) {
        self.cells.push(OnceLock::from(entry));
    }

    /// An entry that was read from texts, to be changed.
    pub(super) fn get_mut(&mut self, at: usize) -> Option<&mut Entry> {
        self.cells.get_mut(at)?.get_mut()
    }

    /// How many entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The entry with an index. O(1).
    ///
    /// # Panics
    ///
    /// Where the bytes that the build script made cannot be read, which a test rules out.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<&Entry> {
        let cell = self.cells.get(at)?;
        Some(cell.get_or_init(|| self.read(at)))
    }

    /// What stored bytes say of an entry, all of it or what it begins with.
    fn read<'a, T: Deserialize<'a>>(&'a self, at: usize) -> T {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        let bytes = self.bytes.get(start..self.ends[at] as usize).unwrap_or_default();
        match postcard::from_bytes(bytes) {
            Ok(entry) => entry,
            Err(fault) => panic!("entry {at} of the compiled-in schema is faulty: {fault}"),
        }
    }

    /// The names of all of them, in file order, without what else is known. Allocates the lists, and no text.
    ///
    /// # Panics
    ///
    /// Where the bytes that the build script made cannot be read, which a test rules out.
    pub fn names(&self) -> impl ExactSizeIterator<Item = NamesOfEntry<'_>> {
        self.cells.iter().enumerate().map(|(at, cell)| match cell.get() {
            Some(entry) => entry.into(),
            None => self.read(at),
        })
    }

    /// All of them, in file order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Entry> + DoubleEndedIterator {
        (0..self.len()).map(|at| &self[at])
    }
}

impl Index<usize> for Gazetteer {
    type Output = Entry;

    fn index(&self, at: usize) -> &Entry {
        match self.get(at) {
            Some(entry) => entry,
            None => panic!("the gazetteer has {} entries, and none at {at}", self.len()),
        }
    }
}

impl PartialEq for Gazetteer {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

/// What leads to entries: ids, names, and what lies in what.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Tables {
    /// Ids in the order of the entries.
    pub(super) ids: Texts,
    /// Who bears a folded name.
    pub(super) names: Names,
    /// What an entry lies in directly, by world data: where each entry's list ends, and the lists, each sorted.
    pub(super) parent_ends: Vec<u32>,
    pub(super) parents: Vec<EntryId>,
}

impl Tables {
    pub(super) fn set_parents(&mut self, entries: usize, mut parents: FxHashMap<EntryId, Vec<EntryId>>) {
        (self.parents, self.parent_ends) = (Vec::new(), Vec::with_capacity(entries));
        for at in 0..entries as u32 {
            let mut wholes = parents.remove(&EntryId(at)).unwrap_or_default();
            wholes.sort_unstable();
            wholes.dedup();
            self.parents.extend(wholes);
            self.parent_ends.push(self.parents.len() as u32);
        }
    }

    pub(super) fn parents(&self, entry: EntryId) -> &[EntryId] {
        let at = entry.0 as usize;
        let Some(&end) = self.parent_ends.get(at) else { return &[] };
        let start = at.checked_sub(1).map_or(0, |before| self.parent_ends[before]);
        self.parents.get(start as usize..end as usize).unwrap_or_default()
    }
}

/// Tables that are there, or are read from a snapshot when they are first asked for.
#[derive(Debug, Clone, Default)]
pub(super) struct Finder {
    tables: OnceLock<Tables>,
    bytes: &'static [u8],
}

impl Finder {
    pub(super) fn new(tables: Tables) -> Self {
        Self { tables: OnceLock::from(tables), bytes: &[] }
    }

    pub(super) fn stored(bytes: &'static [u8]) -> Self {
        Self { tables: OnceLock::new(), bytes }
    }

    pub(super) fn get(&self) -> &Tables {
        self.tables.get_or_init(|| {
            let read = |bytes| -> Result<Tables, postcard::Error> {
                let mut tables: Tables = postcard::from_bytes(bytes)?;
                tables.ids.index();
                tables.names.index();
                Ok(tables)
            };
            match read(self.bytes) {
                Ok(tables) => tables,
                Err(_) if self.bytes.is_empty() => Tables::default(),
                Err(fault) => panic!("the tables of the compiled-in schema are faulty: {fault}"),
            }
        })
    }
}

impl PartialEq for Finder {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}
