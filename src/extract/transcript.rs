//! Who speaks in an interview: "TL:", "FAIRWAY:", "Ms Adeyemi:" before what they say.
//!
//! A label is no subject of the sentence behind it. One that stands before a single paragraph is more likely a heading.

use rustc_hash::FxHashMap;

use crate::model::{Block, BlockKind};

/// Words of a label at most.
const LONGEST: usize = 4;

/// The labels of an article: at least two speak, one of them more than once. O(blocks).
#[derive(Debug, Default)]
pub struct Speakers<'d> {
    turns: FxHashMap<&'d str, usize>,
}

impl<'d> Speakers<'d> {
    /// Counts them.
    pub fn of(blocks: &'d [Block]) -> Self {
        let mut turns: FxHashMap<&str, usize> = FxHashMap::default();
        for label in blocks.iter().filter_map(label) {
            *turns.entry(label).or_default() += 1;
        }
        if turns.len() < 2 || turns.values().all(|&n| n < 2) {
            turns.clear();
        }
        Self { turns }
    }

    /// Bytes of the block's text before what is said: its label, if it has one, and the colon.
    pub fn label_end(&self, block: &Block) -> usize {
        label(block).filter(|l| self.turns.get(l).is_some_and(|&n| n > 1)).map_or(0, |l| l.len() + 1)
    }
}

/// A few words in capitals (or "Q", "A") before a colon and more text.
fn label(block: &Block) -> Option<&str> {
    if !matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem) {
        return None;
    }
    let (label, said) = block.text.text.split_once(':')?;
    let named = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let words = label.split_whitespace().take(LONGEST + 1);
    let short = words.clone().count() <= LONGEST && label.len() < 64;
    (short && !label.is_empty() && words.clone().all(named) && said.starts_with(char::is_whitespace)).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Text;

    fn blocks(texts: &[&str]) -> Vec<Block> {
        let block = |t: &&str| Block { kind: BlockKind::Paragraph, text: Text::verbatim(t, 0), cells: Vec::new() };
        texts.iter().map(block).collect()
    }

    #[test]
    fn who_speaks_more_than_once_is_labelled_and_headings_are_not() {
        let talk = blocks(&["RK: Who pays?", "Ms Obi: Ghana.", "RK: When?", "Ms Obi: In May.", "Funding: Ghana lends $5m."]);
        let speakers = Speakers::of(&talk);
        let ends: Vec<usize> = talk.iter().map(|b| speakers.label_end(b)).collect();
        assert_eq!(ends, [3, 7, 3, 7, 0]);
        let notes = blocks(&["Funding: Ghana lends $5m.", "Scope: a railway.", "Kenya: a port."]);
        assert!(notes.iter().all(|b| Speakers::of(&notes).label_end(b) == 0));
    }
}
