//! What stands over a table and over its columns: the goods that it counts, the state that it is about, the states that its
//! columns are about ("From Zambia").

use crate::model::{Block, BlockKind};
use crate::names::fold;
use crate::schema::{EntryId, NodeTypeId, Schema};

use super::page::Page;

/// Words of the longest name that is looked for over a table.
const LONGEST: usize = 4;
/// A paragraph of more words is no caption.
const LONGEST_CAPTION: usize = 24;

/// What a caption tells.
#[derive(Debug, Clone, Default)]
pub struct Caption {
    /// The goods that the table counts, where it names one kind and how it is measured.
    pub goods: Option<EntryId>,
    /// The state that it names, if only one.
    pub state: Option<EntryId>,
}

/// The only entry of a type that a text names.
pub fn only_named(schema: &Schema, text: &str, kind: Option<NodeTypeId>) -> Option<EntryId> {
    let kind = kind?;
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '$')).filter(|w| !w.is_empty()).collect();
    let mut found = None;
    let mut at = 0;
    while at < words.len() {
        let longest = (1..=LONGEST.min(words.len() - at)).rev().find_map(|n| {
            // "US$" is money.
            let name = Some(words[at..at + n].join(" ")).filter(|name| !name.contains('$'))?;
            let entry = schema.named(&name).iter().map(|u| u.entry).find(|e| schema.gazetteer[e.0 as usize].kind == kind);
            entry.map(|e| (e, n))
        });
        match longest {
            Some((entry, _)) if found.is_some_and(|f| f != entry) => return None,
            Some((entry, n)) => {
                found = Some(entry);
                at += n;
            }
            None => at += 1,
        }
    }
    found
}

/// The caption of the table that a page is a row of: the heading or short paragraph right over it.
pub fn caption_of<'p>(page: &'p Page<'_>) -> Option<&'p Block> {
    let words = |b: &&Block| b.text.text.split_whitespace().count();
    page.over.filter(|b| b.kind == BlockKind::Heading || words(b) <= LONGEST_CAPTION)
}

/// Whether a text tells how goods are measured: "thousand tonnes".
pub fn measures(text: &str, units: &[String]) -> bool {
    fold(text).split(|c: char| !c.is_alphanumeric()).any(|w| units.iter().any(|u| u == w))
}

/// Whether a cell counts something: a number that is not nought.
pub fn counts(cell: &str) -> bool {
    cell.chars().any(|c| c.is_ascii_digit() && c != '0')
}
