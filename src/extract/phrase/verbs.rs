//! Verb groups: auxiliaries, negation and verb.
//!
//! Part of the chunker; noun phrases are the parent module's.

use super::{Chunker, Element, Form, Mode, Tag, VerbForm, VerbGroup};
use crate::extract::lexicon::WordId;
use crate::extract::unit::LONGEST_REMARK;

/// Units of a phrase that stands between an auxiliary and its verb, at most: "since the beginning of" has none.
const LONGEST_CIRCUMSTANCE: usize = 5;

impl Chunker<'_> {
    /// Reads the verb group that starts at a unit; a group without a verb is one only if its auxiliary may stand alone. Gives where it ends.
    pub(super) fn verb_group(&mut self, start: usize) -> usize {
        let mut group = VerbGroup {
            units: start..start,
            lemma: 0,
            word: 0,
            form: VerbForm::Finite,
            passive: false,
            progressive: false,
            past: false,
            negated: false,
            modal: None,
            copula: false,
            have: false,
            fronted: false,
            singular: matches!(self.lexicon.form(self.unit(start).word), "is" | "has" | "does")
                || self.tag(start) == Some(Tag::Verb(Form::Present)) && self.unit(start).word != self.unit(start).lemma,
            plural: matches!(self.lexicon.form(self.unit(start).word), "are" | "were" | "have"),
            untensed: self.unit(start).word == self.lexicon.known.be,
        };
        let (mut i, mut last_aux, mut first, mut remark) = (start, None, true, start..start);
        while let Some(tag) = self.tag(i) {
            let word = self.unit(i).word;
            match tag {
                Tag::Not if first => {
                    // "nor does", "not to be built".
                    group.negated = true;
                    i += 1;
                    continue;
                }
                Tag::Not => group.negated = true,
                Tag::Adv if !first && self.verb_goes_on(i + 1) => {
                    if let Some(mode) = self.lexicon.word(word).mode {
                        group.modal = Some(mode);
                    }
                }
                Tag::Adv if first => {}
                // "is then to carry", "ought one day to carry".
                Tag::Adv
                    if matches!(last_aux, Some(Tag::Be | Tag::Modal))
                        && self.tag(i + 1) == Some(Tag::To)
                        && self.lexicon.word(word).mode.is_none() => {}
                // "may, however, be opened".
                Tag::Comma if last_aux.is_some() && self.remark_in_group(i) => {
                    i += 3;
                    continue;
                }
                // "will, officials said, run", "will from 2031 run".
                Tag::Comma | Tag::Prep | Tag::Sub | Tag::Adv if last_aux.is_some() && remark.is_empty() => {
                    let Some(end) = self.interposed_end(i, last_aux) else { break };
                    (remark, i) = (i..end, end);
                    continue;
                }
                Tag::Modal => {
                    self.modal(&mut group, word);
                    last_aux = Some(Tag::Modal);
                }
                Tag::To if first => {
                    group.form = VerbForm::Infinitive;
                    last_aux = Some(Tag::To);
                }
                // "ought to carry".
                Tag::To if last_aux == Some(Tag::Modal) => last_aux = Some(Tag::To),
                Tag::To if last_aux == Some(Tag::Be) => {
                    group.modal = Some(Mode::Planned);
                    last_aux = Some(Tag::To);
                }
                Tag::Be | Tag::Have | Tag::Do if last_aux == Some(Tag::To) || first || last_aux.is_some() => {
                    self.auxiliary(&mut group, i, tag, first);
                    last_aux = Some(tag);
                }
                Tag::Verb(form) => {
                    self.main_verb(&mut group, i, form, last_aux);
                    i += 1;
                    break;
                }
                _ => break,
            }
            first = false;
            i += 1;
        }
        // "will, the minister said, carry" reads as ", the minister said, will carry".
        let start = self.said_first(start, remark);
        group.fronted = group.lemma == 0 && self.is_fronted(&group, last_aux, i);
        if group.lemma == 0 && !self.stands_alone(&mut group, last_aux, i) {
            return i.max(start + 1);
        }
        group.units = start..i;
        self.out.verbs.push(group);
        let index = self.out.verbs.len() - 1;
        self.out.list.push((Element::Verb(index), start));
        i.max(start + 1)
    }

    /// Whether the auxiliary is the verb where none follows: "is", "has", "will not".
    fn stands_alone(&self, group: &mut VerbGroup, auxiliary: Option<Tag>, end: usize) -> bool {
        let known = &self.lexicon.known;
        match auxiliary {
            Some(Tag::Modal) if group.fronted => {}
            // "says that it will not": the verb was told before.
            Some(Tag::Modal) if self.ends_clause(end) => group.lemma = known.do_,
            Some(Tag::Be) => {
                group.lemma = known.be;
                group.copula = true;
            }
            Some(Tag::Have) => {
                group.lemma = known.have;
                group.have = true;
            }
            Some(Tag::Do) => group.lemma = known.do_,
            _ => return false,
        }
        true
    }

    /// "may, however, be opened", "has, too, been closed": a word between commas inside the verb group.
    fn remark_in_group(&self, i: usize) -> bool {
        matches!(self.tag(i + 1), Some(Tag::Adv | Tag::But))
            && self.tag(i + 2) == Some(Tag::Comma)
            && (self.tag(i + 3) == Some(Tag::Be) || self.verb_goes_on(i + 3))
    }

    fn modal(&self, group: &mut VerbGroup, word: WordId) {
        group.modal = self.lexicon.word(word).mode;
        group.negated |= group.modal == Some(Mode::Denied);
        if group.negated {
            group.modal = group.modal.filter(|&m| m != Mode::Denied);
        }
    }

    /// Where what stands between an auxiliary and its verb ends: a remark between commas, or when it is done.
    fn interposed_end(&self, i: usize, auxiliary: Option<Tag>) -> Option<usize> {
        match self.tag(i)? {
            Tag::Comma => self.remark_end(i, auxiliary),
            Tag::Adv if self.tag(i + 1) != Some(Tag::Value) => None,
            _ => self.circumstance_end(i, auxiliary),
        }
    }

    /// "will, according to the ministry, carry": where what stands between commas behind an auxiliary ends, if its verb comes next.
    fn remark_end(&self, comma: usize, auxiliary: Option<Tag>) -> Option<usize> {
        let goes_on =
            |i: &usize| !matches!(self.tag(*i), None | Some(Tag::Stop | Tag::Semicolon | Tag::Colon | Tag::Dash | Tag::Relative));
        let close = (comma + 1..=comma + LONGEST_REMARK).take_while(goes_on).find(|&i| self.tag(i) == Some(Tag::Comma))?;
        self.verb_of_auxiliary(close + 1, auxiliary).then_some(close + 1)
    }

    /// "will from 2031 run": where a short phrase with a preposition ends behind an auxiliary, if its verb comes next.
    fn circumstance_end(&self, preposition: usize, auxiliary: Option<Tag>) -> Option<usize> {
        let inside = |i: &usize| {
            matches!(
                self.tag(*i),
                Some(Tag::Det | Tag::Its | Tag::Adj | Tag::Number | Tag::Ordinal | Tag::Noun | Tag::Name | Tag::Value)
            )
        };
        let end = (preposition + 1..).take_while(inside).last()? + 1;
        // "is in the hands of a company owned by": of "be" nothing but when it is done stands there.
        let when = |i: usize| self.date(i).is_some() || self.lexicon.times().contains(&self.unit(i).word);
        if auxiliary == Some(Tag::Be) && !(preposition + 1..end).any(when) {
            return None;
        }
        (end - preposition <= LONGEST_CIRCUMSTANCE && self.verb_of_auxiliary(end, auxiliary)).then_some(end)
    }

    /// The form of verb that goes with the auxiliary stands here, adverbs skipped.
    fn verb_of_auxiliary(&self, mut verb: usize, auxiliary: Option<Tag>) -> bool {
        while matches!(self.tag(verb), Some(Tag::Adv | Tag::Not)) {
            verb += 1;
        }
        let (Some(auxiliary), Some(tag)) = (auxiliary, self.tag(verb)) else { return false };
        match (auxiliary, tag) {
            (Tag::Modal | Tag::To | Tag::Do, Tag::Verb(form)) => form == Form::Base,
            (Tag::Modal | Tag::To, Tag::Be | Tag::Have) => self.is_untensed(verb),
            (Tag::Be, Tag::Verb(form)) => matches!(form, Form::Participle | Form::PastOrParticiple | Form::Ing),
            (Tag::Have, Tag::Verb(form)) => matches!(form, Form::Participle | Form::PastOrParticiple),
            (Tag::Have, Tag::Be) => self.lexicon.form(self.unit(verb).word) == "been",
            _ => false,
        }
    }

    /// "be", "have": not "is" or "has".
    fn is_untensed(&self, i: usize) -> bool {
        matches!(self.lexicon.form(self.unit(i).word), "be" | "have")
    }

    /// Reads a remark inside a verb group before the group; gives where the group starts then. Behind "which" it would be taken for what the
    /// relative clause says, and is passed over.
    fn said_first(&mut self, start: usize, remark: std::ops::Range<usize>) -> usize {
        if remark.is_empty() {
            return start;
        }
        if matches!(self.out.list.last().map(|e| e.0), Some(Element::Relative(_) | Element::That)) {
            return remark.end;
        }
        let mut i = remark.start;
        while i < remark.end {
            i = self.step(i);
        }
        remark.end
    }

    fn ends_clause(&self, i: usize) -> bool {
        matches!(
            self.tag(i),
            None | Some(Tag::Comma | Tag::Stop | Tag::Semicolon | Tag::Colon | Tag::Dash | Tag::Conj | Tag::But)
        )
    }

    /// "nor does it", "only then will the line": an auxiliary with no subject before it, and one behind it.
    fn is_fronted(&self, group: &VerbGroup, last_aux: Option<Tag>, next: usize) -> bool {
        let subject_behind = matches!(self.tag(next), Some(Tag::Det | Tag::Its | Tag::Pronoun | Tag::Name));
        let denied = self.tag(group.units.start) == Some(Tag::Not);
        let opens = matches!(self.out.list.last().map(|e| e.0), None | Some(Element::Conj(_) | Element::But | Element::Adv(_)));
        // "Had they signed, …", "Were it built, …": where the sentence opens, and a participle follows the subject.
        let first = self.out.list.is_empty() && self.participle_behind(next);
        let auxiliary = match last_aux {
            Some(Tag::Do | Tag::Modal) => denied || opens,
            Some(Tag::Be) => denied || first,
            Some(Tag::Have) => denied && self.participle_behind(next) || first,
            _ => false,
        };
        auxiliary && subject_behind
    }

    /// A noun phrase, and a participle right behind it.
    fn participle_behind(&self, from: usize) -> bool {
        let noun = |t: Option<Tag>| {
            matches!(t, Some(Tag::Det | Tag::Its | Tag::Pronoun | Tag::Name | Tag::Noun | Tag::Adj | Tag::Ordinal | Tag::Number))
        };
        let mut i = from;
        while noun(self.tag(i)) || self.tag(i) == Some(Tag::Adv) && i > from {
            i += 1;
        }
        i > from
            && (matches!(self.tag(i), Some(Tag::Verb(Form::PastOrParticiple | Form::Participle)))
                || self.unit_form(i) == Some("been"))
    }

    fn unit_form(&self, i: usize) -> Option<&str> {
        self.units.units.get(i).map(|u| self.lexicon.form(u.word))
    }

    /// Behind an adverb inside a verb group: does the group go on?
    fn verb_goes_on(&self, mut i: usize) -> bool {
        while self.tag(i) == Some(Tag::Adv) || self.tag(i) == Some(Tag::Not) {
            i += 1;
        }
        matches!(self.tag(i), Some(Tag::Verb(_) | Tag::Be | Tag::Have))
    }

    fn auxiliary(&self, group: &mut VerbGroup, i: usize, tag: Tag, first: bool) {
        let form = self.lexicon.form(self.unit(i).word);
        if first && tag == Tag::Be && form == "being" || first && tag == Tag::Have && form == "having" {
            group.form = VerbForm::Ing;
        }
        group.past |= matches!(form, "was" | "were" | "had" | "did") || tag == Tag::Have;
        group.progressive |= form == "being";
    }

    fn main_verb(&self, group: &mut VerbGroup, i: usize, form: Form, last_aux: Option<Tag>) {
        let unit = self.unit(i);
        group.lemma = if unit.lemma != 0 { unit.lemma } else { unit.word };
        group.word = unit.word;
        match (form, last_aux) {
            (Form::PastOrParticiple | Form::Participle, Some(Tag::Be)) => group.passive = true,
            (Form::PastOrParticiple | Form::Participle | Form::Past, Some(Tag::Have)) => group.past = true,
            (Form::Ing, Some(Tag::Be)) => group.progressive = true,
            (Form::Ing, None) => group.form = VerbForm::Ing,
            (Form::PastOrParticiple, None) if self.lexicon.saying().contains(&group.lemma) => group.past = true,
            (Form::PastOrParticiple, None) => {
                group.form = VerbForm::Undecided;
                group.past = true;
            }
            (Form::Participle, None) => group.form = VerbForm::Participle,
            (Form::Past, None) => group.past = true,
            _ => {}
        }
    }
}
