//! Lists of what was signed: "The following documents were signed:", and an agreement in each item below.
//!
//! The sentence above tells the act, the items tell no verb. Where it happened is settled when the article has been read.

use crate::model::{BlockKind, Mode};

use super::mode::clause_mode;
use super::phrase::Element;
use super::relation::{Candidate, Found};
use super::slots::{Filler, PENDING};

/// A list of what was signed, as far as it has been read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Roll {
    /// The block read last.
    page: usize,
    /// How the sentence above says it.
    mode: Mode,
}

/// The rule that tells what a list has.
pub(super) const RULE: &str = "adopted.roll";

/// Ties the agreement that opens an item to the happening at which the sentence above the list says that all were signed.
pub(super) fn rolls(filler: &mut Filler<'_, '_, '_>, found: &mut Found) {
    let page = filler.sentence.page;
    if filler.linker.pages[page].block.kind != BlockKind::ListItem {
        filler.linker.roll = opens(filler).map(|mode| Roll { page, mode });
        return;
    }
    let (Some(adopted), Some(agreement)) = (filler.linker.parts.adopted_at, filler.linker.parts.agreement) else { return };
    let Some(roll) = filler.linker.roll.filter(|r| page == r.page + 1) else { return };
    filler.linker.roll = Some(Roll { page, ..roll });
    let Some(&(Element::Phrase(first), _)) = filler.sentence.elements.list.first() else { return };
    for end in filler.phrase(first, &[agreement], None) {
        found.edges.push(Candidate { mode: roll.mode, ..Candidate::new(adopted, end.id, PENDING, filler.number, RULE) });
    }
}

/// The mode in which the sentence says that something was signed, without saying what.
fn opens(filler: &Filler<'_, '_, '_>) -> Option<Mode> {
    let sentence = filler.sentence;
    let lexicon = filler.linker.lexicon;
    let signs = |verb: usize| filler.linker.vocabulary.enacting.contains(&sentence.elements.verbs[verb].lemma);
    let clause = sentence.clauses.list.iter().position(|c| c.verb.is_some_and(signs))?;
    Some(clause_mode(lexicon, sentence, clause)).filter(|&mode| mode != Mode::Denied)
}
