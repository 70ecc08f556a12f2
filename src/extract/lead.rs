//! Names that open a paragraph or a list item by themselves, and what is described right behind them.
//!
//! "Rift Link. Two companies plan a cable from A to B": the cable is the Rift Link. What a name alone refers to is
//! `binding`'s work, what a description is `describe`'s.

use crate::model::BlockKind;
use crate::schema::NodeTypeId;

use super::entity::Linker;
use super::phrase::{Determiner, Element, Phrase};
use super::sentence::Sentence;
use super::unit::Tag;

/// A name that opens a block.
#[derive(Debug, Clone)]
pub(super) struct Lead {
    page: usize,
    text: String,
    /// The sentence that may describe it.
    describer: usize,
    /// Its type, where that is known already.
    kind: Option<NodeTypeId>,
    listed: bool,
}

impl Linker<'_> {
    /// Keeps in mind the name that a block opens with: a sentence by itself, or before a colon or dash in a list.
    pub(super) fn note_lead(&mut self, sentence: &Sentence, number: usize) {
        let own = match sentence.elements.list[..] {
            [(Element::Phrase(_), _)] => true,
            [(Element::Phrase(_), _), (Element::Break, _), ..] => false,
            _ => return,
        };
        let Some(&(Element::Phrase(index), _)) = sentence.elements.list.first() else { return };
        let phrase = &sentence.elements.phrases[index];
        let named = phrase.units.clone().any(|u| sentence.units.units[u].tag == Tag::Name);
        let listed = self.page(sentence).block.kind == BlockKind::ListItem;
        if sentence.tokens.start > 1 || !named || phrase.determiner != Determiner::None || !(own || listed) {
            return;
        }
        let text = self.page(sentence).text(self.phrase_tokens(sentence, phrase)).to_owned();
        let known = self.names_of(&text).first();
        let kind = known.map(|&id| self.drafts[id as usize].kind);
        self.lead = Some(Lead { page: sentence.page, text, describer: number + usize::from(own), kind, listed });
    }

    /// The opening name that this description is said of.
    pub(super) fn led_by(&mut self, sentence: &Sentence, phrase: &Phrase, kind: NodeTypeId, number: usize) -> Option<String> {
        let thing = Some(kind) == self.parts.way || Some(kind) == self.parts.project;
        if !thing || phrase.determiner != Determiner::Indefinite {
            return None;
        }
        let lead = self.lead.as_ref().filter(|l| l.page == sentence.page && l.describer == number)?;
        // A name of several words in a list may well be new; elsewhere its type must be known.
        let fits = match lead.kind {
            Some(known) => known == kind,
            None => lead.listed && lead.text.contains(' '),
        };
        let text = fits.then(|| lead.text.clone())?;
        self.lead = None;
        Some(text)
    }
}
