//! In which order the phrases of a sentence are looked up: names first, and last what means no more than what stands behind it.

use super::clause::Attached;
use super::entity::Linker;
use super::lexicon::class;
use super::phrase::Phrase;
use super::sentence::Sentence;
use super::unit::Tag;

impl Linker<'_> {
    /// For each phrase the pass, of three, in which it is looked up. O(phrases and what is attached to them).
    pub(super) fn passes(&self, sentence: &Sentence) -> Vec<u8> {
        let pass = |(index, phrase)| match self.pass_of(sentence, phrase) {
            1 if self.is_of_several(sentence, index) => 2,
            pass => pass,
        };
        sentence.elements.phrases.iter().enumerate().map(pass).collect()
    }

    fn pass_of(&self, sentence: &Sentence, phrase: &Phrase) -> u8 {
        let units = &sentence.units.units;
        let Some(head) = units.get(phrase.head) else { return 1 };
        if head.tag == Tag::Name {
            return 0;
        }
        let way = self.lexicon.head(head.word).is_some_and(|h| Some(h.node_type) == self.parts.way);
        // "the Nacala line" is a name, "the line of the cable" is the cable.
        let plain = !phrase.units.clone().any(|u| u != phrase.head && units[u].tag == Tag::Name);
        let course = plain && way && self.vocabulary.generic_heads.contains(&head.word);
        1 + u8::from(course || self.vocabulary.looks_through(head.word))
    }

    /// "the leaders of the five Nordic states": who they are is known when those are.
    fn is_of_several(&self, sentence: &Sentence, index: usize) -> bool {
        let collective = |&p: &usize| {
            let head = sentence.units.units.get(sentence.elements.phrases[p].head);
            head.is_some_and(|u| self.lexicon.word(u.word).classes & class::COLLECTIVE != 0)
        };
        let of = |a: &Attached| a.prep == self.vocabulary.of || self.vocabulary.from_prepositions.contains(&a.prep);
        let mut own = sentence.attached_to(index).filter(|a| of(a) && a.sites.last() == Some(&index));
        own.any(|a| sentence.group(a.group).iter().any(collective))
    }
}
