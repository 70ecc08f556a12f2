//! Who is what: whom a verb makes something ("elected Otieno chairman"), whose role it is ("its operator Maersk"). Part of the chunker.

use super::{Chunker, Determiner, Element, Tag, class};

impl Chunker<'_> {
    /// "elected Otieno chairman": behind a verb that makes somebody something, the office at unit `i` is what he is made.
    pub(super) fn is_made_holder(&self, start: usize, i: usize) -> bool {
        let verb = match self.out.list.last() {
            Some((Element::Verb(v), _)) => &self.out.verbs[*v],
            _ => return false,
        };
        let named = self.tag(i - 1) == Some(Tag::Name) && self.tag(start) != Some(Tag::Det) && self.is_person(i - 1);
        named && !verb.passive && self.lexicon.makers().contains(&verb.lemma)
    }

    /// "the consultancy Littoral Data": an article, what a body is, and its name.
    pub(super) fn calls_body(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1).filter(|&b| self.tag(b) == Some(Tag::Noun)) else { return false };
        let word = self.unit(before).word;
        let body = self.lexicon.head(word).is_some_and(|h| Some(h.node_type) == self.lexicon.body_type() && !h.name_only);
        let organ = self.lexicon.word(word).classes & class::STATE_BODY != 0;
        let modified = |tag: Option<Tag>| matches!(tag, Some(Tag::Adj | Tag::Name | Tag::Noun));
        let the = (0..before).rev().map(|at| self.tag(at)).find(|&tag| !modified(tag)).flatten() == Some(Tag::Det);
        body && !organ && the
    }

    /// Who is made the holder of the office that begins at a unit: the phrase right before it.
    pub(super) fn made_holder(&self, start: usize) -> Option<usize> {
        let [.., (Element::Verb(v), _), (Element::Phrase(holder), _)] = self.out.list[..] else { return None };
        let (verb, data) = (&self.out.verbs[v], &self.out.phrases[holder]);
        let makes = !verb.passive && self.lexicon.makers().contains(&verb.lemma);
        (makes && data.units.end == start && self.is_person(data.head)).then_some(holder)
    }

    /// "the line's operator Maersk", "the operator ACN": nothing stands between the role and whose it is. "The grid operator IPTO" rather
    /// says what kind of body that is.
    pub(super) fn is_bare_role(&self, unit: usize) -> bool {
        let before = unit.checked_sub(1).and_then(|at| self.tag(at));
        // "an arm of the conglomerate Vingroup" goes on behind the name.
        let governed = matches!(self.out.list.last(), Some((Element::Prep(_), _)));
        let the = before == Some(Tag::Det) && self.determiner(unit - 1, Determiner::None) == Determiner::The;
        matches!(before, Some(Tag::Its | Tag::Possessive)) || the && !governed
    }
}
