//! What a description is called: its words with what stands behind its head ("a railway from A to B", "talks between A and B").
//!
//! Which thing it describes is the parent module's.

use crate::extract::entity::Linker;
use crate::extract::lexicon::WordId;
use crate::extract::phrase::{Element, Phrase, VerbForm};
use crate::extract::sentence::Sentence;
use crate::extract::token::TokenKind;
use crate::extract::unit::Tag;
use crate::extract::value::ValueKind;
use crate::schema::NodeTypeId;

impl<'a> Linker<'a> {
    /// The phrase's words from its first modifier to the end of the complements that follow ("… from A to B"),
    /// and whether there are any.
    pub(in crate::extract) fn description(&self, sentence: &Sentence, index: usize) -> (&'a str, bool) {
        let phrase = &sentence.elements.phrases[index];
        let list = &sentence.elements.list;
        let start = self.description_start(sentence, phrase);
        let head = self.lexicon.head(sentence.units.units[phrase.head].word).map(|h| h.node_type);
        let ground = head.is_some() && (head == self.parts.region || head == self.parts.place);
        let area = ground && !self.is_new_in_town(sentence, index);
        let mut end = phrase.units.end;
        let mut found = false;
        if let Some(at) = list.iter().position(|(e, _)| *e == Element::Phrase(index)) {
            let mut at = at + 1;
            let (mut pairs, mut open, mut most) = (0, false, 3);
            while pairs < most || open {
                let (Some((Element::Prep(prep), unit)), Some((Element::Phrase(next), _))) = (list.get(at), list.get(at + 1))
                else {
                    break;
                };
                let way = head.is_some() && head == self.parts.way;
                // "an agreement on a cable under the Black Sea".
                let of_way = found && self.heads_way(sentence, list.get(at - 1).map(|e| e.0)) && sentence.elements.names(*next);
                // "under the Black Sea" is where it goes, "under a contract" is not.
                let stop = (way || of_way) && !self.is_agreed(sentence, *next) && self.vocabulary.role_of(*prep).is_some();
                if !self.vocabulary.describing_prepositions.contains(prep) && !stop
                    || *unit != end
                    || sentence.elements.phrases[*next].temporal
                    || *prep != self.vocabulary.of && !self.is_thing(sentence, *next)
                    || self.vocabulary.having.contains(prep) && self.goes_elsewhere(sentence, index, *next)
                    || (area && *prep != self.vocabulary.of)
                    || *prep == self.vocabulary.at && head != self.parts.event && self.is_happening(sentence, *next)
                {
                    break;
                }
                // "from A in X" goes on to "to B".
                open =
                    (open || self.vocabulary.from_prepositions.contains(prep)) && self.vocabulary.role_of(*prep) != Some("end");
                pairs += 1;
                if open && pairs >= 3 {
                    most = pairs + 2;
                }
                end = sentence.elements.phrases[*next].units.end;
                found = true;
                at += 2;
                if let Some(last) = self.rest_of_list(sentence, *prep, *next) {
                    // "talks between Ethiopia, Egypt and Sudan".
                    end = sentence.elements.phrases[last].units.end;
                    at = list.iter().position(|(e, _)| *e == Element::Phrase(last)).map_or(at, |i| i + 1);
                    continue;
                }
                let via = way && self.vocabulary.role_of(*prep) == Some("via");
                if let (Some((Element::Conj(_), _)), Some((Element::Phrase(last), _))) = (list.get(at), list.get(at + 1))
                    && (via && sentence.governed_by(*next).is_some_and(|a| sentence.group(a.group).contains(last))
                        || self.vocabulary.pair_prepositions.contains(prep))
                {
                    end = sentence.elements.phrases[*last].units.end;
                    at += 2;
                }
            }
        }
        if let Some(aim) = self.aim_end(sentence, index, head).filter(|_| !found) {
            (end, found) = (aim, true);
        }
        if let Some((date, own)) = self.dated_end(sentence, index, head).filter(|_| !found && start == phrase.head) {
            (end, found) = (date, own);
        }
        let units = &sentence.units.units;
        (self.page(sentence).text(units[start].tokens.start..units[end - 1].tokens.end), found)
    }

    /// "an agreement to study a feeder service": where what is agreed to be done ends; that of which the verb is done.
    fn aim_end(&self, sentence: &Sentence, index: usize, kind: Option<NodeTypeId>) -> Option<usize> {
        let agreement = kind.is_some() && kind == self.parts.agreement || self.signed_by_several(sentence, index).is_some();
        let list = &sentence.elements.list;
        let at = list.iter().position(|(e, _)| *e == Element::Phrase(index))?;
        let (Element::Verb(verb), unit) = *list.get(at + 1)? else { return None };
        let (Element::Phrase(object), _) = *list.get(at + 2)? else { return None };
        let infinitive = sentence.elements.verbs[verb].form == VerbForm::Infinitive;
        let behind = unit == sentence.elements.phrases[index].units.end;
        (agreement && infinitive && behind).then(|| sentence.elements.phrases[object].units.end)
    }

    /// The last of more than two things that "between" joins, where this is the first of them.
    fn rest_of_list(&self, sentence: &Sentence, prep: WordId, first: usize) -> Option<usize> {
        let pair = self.vocabulary.pair_prepositions.contains(&prep);
        let of = prep == self.vocabulary.of && sentence.elements.names(first);
        let attached = sentence.governed_by(first).filter(|_| pair || of)?;
        let group = sentence.group(attached.group);
        // What stands between the first of two and the second is passed over: "between the ministers of A and B".
        let apart = group.len() == 2 && (of || sentence.attached_to(first).next().is_some());
        group.last().copied().filter(|_| (group.len() > 2 || apart) && group.first() == Some(&first))
    }

    /// Headed by a noun or a name: no amount ("cut the cost of the line to 20 billion"), and no adjective whose noun was not read.
    fn is_thing(&self, sentence: &Sentence, phrase: usize) -> bool {
        let phrase = &sentence.elements.phrases[phrase];
        let tag = sentence.units.units[phrase.head].tag;
        !phrase.measure && !matches!(tag, Tag::Adj | Tag::Det | Tag::Value | Tag::Ordinal)
    }

    /// The element is a phrase that a way's noun heads.
    pub(super) fn heads_way(&self, sentence: &Sentence, element: Option<Element>) -> bool {
        let Some(Element::Phrase(p)) = element else { return false };
        let head = self.lexicon.head(sentence.units.units[sentence.elements.phrases[p].head].word);
        head.is_some_and(|h| Some(h.node_type) == self.parts.way)
    }

    /// Headed by a noun for an agreement.
    pub(super) fn is_agreed(&self, sentence: &Sentence, phrase: usize) -> bool {
        let head = self.lexicon.head(sentence.units.units[sentence.elements.phrases[phrase].head].word);
        head.is_some_and(|h| Some(h.node_type) == self.parts.agreement)
    }

    /// "an agreement in June": where a noun alone would name what has a date, the date tells which one it is. Where the date ends, and
    /// whether it is the noun's own ("the agreement of May 2021").
    fn dated_end(&self, sentence: &Sentence, index: usize, kind: Option<NodeTypeId>) -> Option<(usize, bool)> {
        if kind.is_none() || kind != self.parts.agreement && kind != self.parts.event {
            return None;
        }
        let list = &sentence.elements.list;
        let at = list.iter().position(|(e, _)| *e == Element::Phrase(index))?;
        let (Element::Prep(prep), unit) = *list.get(at + 1)? else { return None };
        let tells = [self.vocabulary.of, self.lexicon.known.in_, self.lexicon.id("on"), self.lexicon.id("from")];
        if unit != sentence.elements.phrases[index].units.end || !tells.contains(&prep) {
            return None;
        }
        let end = match *list.get(at + 2)? {
            (Element::Date(_), date) => date + 1,
            (Element::Phrase(p), _) if sentence.elements.phrases[p].temporal => sentence.elements.phrases[p].units.end,
            _ => return None,
        };
        Some((end, prep == self.vocabulary.of))
    }

    /// "an extension of the line from A to B": its words up to the end of its "of", where more follows.
    pub(in crate::extract) fn of_description(&self, sentence: &Sentence, index: usize) -> Option<&'a str> {
        let phrase = &sentence.elements.phrases[index];
        let list = &sentence.elements.list;
        let at = list.iter().position(|(e, _)| *e == Element::Phrase(index))?;
        if let (Element::Verb(verb), unit) = *list.get(at + 1)? {
            let end = self.signed_end(sentence, at + 1, verb).filter(|_| unit == phrase.units.end)?;
            let start = self.description_start(sentence, phrase);
            return Some(self.page(sentence).text(sentence.units.units[start].tokens.start..end));
        }
        let (Element::Prep(prep), unit) = *list.get(at + 1)? else { return None };
        let (Element::Phrase(of), _) = *list.get(at + 2)? else { return None };
        let more = matches!(list.get(at + 3), Some((Element::Prep(_), _)));
        let through = self.vocabulary.looks_through(sentence.units.units[phrase.head].word);
        if prep != self.vocabulary.of || unit != phrase.units.end || !more || through {
            return None;
        }
        let units = &sentence.units.units;
        let (start, end) = (self.description_start(sentence, phrase), sentence.elements.phrases[of].units.end);
        Some(self.page(sentence).text(units[start].tokens.start..units[end - 1].tokens.end))
    }

    /// "an agreement signed in January", "a memorandum signed at Kigoma in 2021": where, in tokens, that ends which says where and when
    /// it was signed.
    fn signed_end(&self, sentence: &Sentence, at: usize, verb: usize) -> Option<usize> {
        let group = &sentence.elements.verbs[verb];
        let participle = matches!(group.form, VerbForm::Participle | VerbForm::Undecided) && group.units.len() == 1;
        if !participle || !self.vocabulary.signing.contains(&group.lemma) {
            return None;
        }
        let list = &sentence.elements.list;
        let told = |pair: usize| match (list.get(at + 1 + 2 * pair)?, list.get(at + 2 + 2 * pair)?) {
            ((Element::Prep(_), _), (Element::Phrase(told), _)) => Some(sentence.elements.phrases[*told].units.end),
            ((Element::Prep(_), _), (Element::Date(_), date)) => Some(date + 1),
            _ => None,
        };
        let last = told(0).map(|first| told(1).unwrap_or(first))?;
        Some(sentence.units.units[last - 1].tokens.end)
    }

    /// "a treaty on the pipeline at their summit": where it was approved is no part of what it is called.
    pub(super) fn is_happening(&self, sentence: &Sentence, phrase: usize) -> bool {
        let word = sentence.units.units[sentence.elements.phrases[phrase].head].word;
        self.parts.event.is_some() && self.lexicon.head(word).map(|h| h.node_type) == self.parts.event
    }

    pub(in crate::extract) fn short_description(&self, sentence: &Sentence, phrase: &Phrase) -> &'a str {
        let units = &sentence.units.units;
        let start = self.description_start(sentence, phrase);
        self.page(sentence).text(units[start].tokens.start..units[phrase.head].tokens.end)
    }

    /// Determiners are no part of a name.
    pub(in crate::extract) fn description_start(&self, sentence: &Sentence, phrase: &Phrase) -> usize {
        let units = &sentence.units.units;
        // "a $120 million plant": what a way or a project costs is no part of what it is called.
        let head = self.lexicon.head(units[phrase.head].word).map(|h| h.node_type);
        let thing = head.is_some() && (head == self.parts.way || head == self.parts.project);
        let says = |u: &usize| {
            let price = thing && self.is_sum(sentence, *u);
            // "Monday's talks".
            let day =
                units[*u].tag == Tag::Adj && self.page(sentence).tokens[units[*u].tokens.end - 1].kind == TokenKind::Possessive;
            // "a $1bn, 1,500km pipeline": the second of two measures tells no more than the first.
            let second = thing && units[*u].tag == Tag::Value && *u > phrase.units.start && units[*u - 1].tag == Tag::Comma;
            !price
                && !day
                && !second
                && !matches!(units[*u].tag, Tag::Det | Tag::Its | Tag::Quote | Tag::Comma)
                && !self.vocabulary.emphatic.contains(&units[*u].word)
        };
        phrase.units.clone().find(says).unwrap_or(phrase.head)
    }

    fn is_sum(&self, sentence: &Sentence, unit: usize) -> bool {
        let value = sentence.units.units[unit].value.map(|v| &sentence.units.values[v as usize].kind);
        matches!(value, Some(ValueKind::Money { .. }))
    }
}
