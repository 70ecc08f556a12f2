//! What stands around a word that may be a verb or a noun: number, auxiliaries, names that only modify.
//!
//! Part of the tagger; it looks at the units read so far and at the words ahead, and decides nothing.

use super::tense::Number;
use super::{Case, Form, NameKind, Reader, Sense, SenseKind, Tag, Unit, class};

impl Reader<'_> {
    /// "…, as Maersk ran the port": behind a comma or at the start, with a subject in capitals or with an article and a finite verb.
    pub(super) fn as_clause(&self, i: usize) -> bool {
        let opens = matches!(self.last_tag(), None | Some(Tag::Comma));
        // "as trade grows": a bare noun, and a verb that is nothing else.
        let bare = self.verb_at(i + 2) && !self.determiner_at(i + 1) && self.noun_follows(i + 1);
        let subject = bare || self.tokens.get(i + 1).is_some_and(super::Token::is_capital) || self.determiner_at(i + 1);
        opens && subject && self.subordinator(i, true) == Tag::Sub || self.name_then_verb(i + 1)
    }

    /// "as it stands", "as they have": a pronoun and a verb with a tense.
    pub(super) fn clause_follows(&self, i: usize) -> bool {
        let classes = |at: usize| self.tokens.get(at).map_or(0, |t| self.lexicon.word(t.word).classes);
        let finite = class::BE | class::HAVE | class::MODAL | class::VERB_S | class::VERB_PAST | class::VERB_BASE;
        classes(i) & class::PRONOUN != 0 && classes(i) & (class::DET | class::NUMBER) == 0 && classes(i + 1) & finite != 0
    }

    /// "after", "since", "while": a clause follows if a finite verb stands before the next comma.
    pub(super) fn subordinator(&self, i: usize, also_preposition: bool) -> Tag {
        if !also_preposition {
            return Tag::Sub;
        }
        let mut finite = false;
        for (at, token) in self.tokens.iter().enumerate().skip(i + 1).take(9) {
            if matches!(token.kind, super::TokenKind::Sign(',' | '.' | ';')) {
                break;
            }
            let classes = self.lexicon.word(token.word).classes;
            if classes & class::RELATIVE != 0 && self.lexicon.form(token.word) != "that" {
                // "after repairs for which the state had paid": a clause within.
                break;
            }
            let plain = classes & (class::NOUN_TOO | class::HEAD | class::ADJ | class::PREP) == 0;
            finite |= token.kind == super::TokenKind::Word
                && !token.is_capital()
                && (classes & (class::BE | class::HAVE | class::MODAL) != 0
                    || (plain && classes & (class::VERB_S | class::VERB_PAST) != 0)
                    // "as the two neighbours discuss".
                    || (plain && classes & class::VERB_BASE != 0 && at > i + 1 && self.ends_in_s(at - 1))
                    || self.governs_behind_name(at));
        }
        if finite || self.clause_follows(i + 1) { Tag::Sub } else { Tag::Prep }
    }

    /// "Kenya first proposed", "Kenya long opposed": behind a noun or a name, and before a verb with a tense that is nothing else.
    pub(super) fn between_subject_and_verb(&self, i: usize) -> bool {
        let classes = self.tokens.get(i + 1).map_or(0, |t| if t.is_capital() { 0 } else { self.lexicon.word(t.word).classes });
        let other = class::ADJ | class::NOUN_TOO | class::HEAD | class::HEAD_PLURAL | class::COLLECTIVE;
        let verb = classes & (class::VERB_PAST | class::VERB_S) != 0 && classes & other == 0;
        verb && matches!(self.last_tag(), Some(Tag::Noun | Tag::Name | Tag::Close | Tag::Pronoun))
    }

    /// A word in small letters that ends as a plural does.
    fn ends_in_s(&self, i: usize) -> bool {
        let token = &self.tokens[i];
        let form = &self.text[token.span.range()];
        token.kind == super::TokenKind::Word && !token.is_capital() && form.ends_with('s') && !form.ends_with("ss")
    }

    /// "since Pakistan bars the transit": a verb in -s behind a name, with an object.
    fn governs_behind_name(&self, i: usize) -> bool {
        let classes = self.lexicon.word(self.tokens[i].word).classes;
        classes & class::VERB_S != 0
            && classes & (class::HEAD_PLURAL | class::COLLECTIVE) == 0
            && self.tokens[i - 1].is_capital()
            && (self.starts_noun_phrase(i + 1) || self.bare_object_at(i + 1, false))
    }

    /// "as Japan seeks", "as Kenya and Uganda have": names, and right behind them a verb that is nothing else.
    fn name_then_verb(&self, from: usize) -> bool {
        let classes = |at: usize| self.tokens.get(at).map_or(0, |t| self.lexicon.word(t.word).classes);
        let name = |at: usize| self.tokens.get(at).is_some_and(|t| t.kind == super::TokenKind::Word && t.is_capital());
        let mut at = from;
        while name(at) || at > from && classes(at) & class::CONJ != 0 && name(at + 1) {
            at += 1;
        }
        let noun = class::NOUN_TOO | class::HEAD | class::HEAD_PLURAL | class::ADJ;
        let finite = classes(at) & (class::BE | class::HAVE | class::MODAL) != 0
            || classes(at) & (class::VERB_S | class::VERB_PAST) != 0 && classes(at) & noun == 0;
        let participle = classes(at) & class::VERB_PARTICIPLE != 0 && self.preposition_at(at + 1);
        at > from && finite && !participle
    }

    /// "which China has promised to": a relative clause is open that has a subject of its own.
    pub(super) fn object_waits(&self) -> bool {
        let units = &self.out.units;
        let Some(at) = units.iter().rposition(|u| matches!(u.tag, Tag::Relative | Tag::That)) else { return false };
        let subject = |u: &Unit| matches!(u.tag, Tag::Name | Tag::Det | Tag::Its | Tag::Noun | Tag::Pronoun | Tag::Adj);
        units.get(at + 1).is_some_and(subject)
            && !units[at..].iter().any(|u| matches!(u.tag, Tag::Comma | Tag::Conj | Tag::Semicolon))
    }

    /// "what Kenya wants", "what came of it": no noun in small letters follows that the word could determine.
    pub(super) fn stands_alone(&self, i: usize) -> bool {
        // "what looks like": no plural that it could determine.
        let present = self.tokens.get(i).is_some_and(|t| {
            let classes = self.lexicon.word(t.word).classes;
            classes & class::VERB_S != 0 && classes & (class::HEAD_PLURAL | class::COLLECTIVE) == 0
        });
        let verb = present && (self.preposition_at(i + 1) || self.determiner_at(i + 1));
        self.tokens.get(i).is_some_and(super::Token::is_capital) || !self.noun_follows(i) || verb
    }

    /// A verb stands right before, or a verb and a pronoun.
    pub(super) fn behind_verb(&self) -> bool {
        let mut tags = self.out.units.iter().rev().map(|u| u.tag).skip_while(|t| *t == Tag::Pronoun);
        matches!(tags.next(), Some(Tag::Verb(_)))
    }

    /// Behind a noun and before a preposition or an end, where the clause has had its verb.
    pub(super) fn behind_object(&self, i: usize) -> bool {
        matches!(self.last_tag(), Some(Tag::Noun | Tag::Name | Tag::Pronoun | Tag::Close))
            && (self.preposition_at(i + 1) || !self.stretch_goes_on(i + 1))
            && self.tense() == super::tense::Tense::Had
    }

    /// A word in small letters that can be a noun, with a finite verb behind it.
    pub(super) fn denied_noun(&self, i: usize) -> bool {
        // "none of the three buys".
        let of = self.tokens.get(i).is_some_and(|t| self.lexicon.form(t.word) == "of");
        of || self.tokens.get(i).is_some_and(|t| !t.is_capital()) && self.noun_follows(i) && self.finite_after(i + 1)
    }

    /// "the", "its": what opens a noun phrase and nothing else.
    pub(super) fn determiner_at(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| {
            let classes = self.lexicon.word(t.word).classes;
            !t.is_capital() && classes & (class::DET | class::POSSESSIVE) != 0 && classes & class::PRONOUN == 0
        })
    }

    /// A past tense, or an auxiliary.
    pub(super) fn past_at(&self, i: usize) -> bool {
        let classes = self.tokens.get(i).map_or(0, |t| self.lexicon.word(t.word).classes);
        let noun = class::ADJ | class::HEAD | class::HEAD_PLURAL | class::COLLECTIVE;
        classes & (class::VERB_PAST | class::BE | class::HAVE | class::MODAL) != 0 && classes & noun == 0
    }

    /// A word that is a verb, or a past tense.
    pub(super) fn verb_at(&self, i: usize) -> bool {
        let classes = self.tokens.get(i).map_or(0, |t| self.lexicon.word(t.word).classes);
        let noun = class::NOUN_TOO | class::ADJ | class::HEAD | class::HEAD_PLURAL | class::COLLECTIVE;
        classes & (class::VERB_PAST | class::VERB_PARTICIPLE | class::VERB_S) != 0
            || classes & class::VERB_BASE != 0 && classes & noun == 0
    }

    /// Behind "one": a word in small letters that can be a noun, and no plural.
    pub(super) fn counts(&self, i: usize) -> bool {
        let singular = |t: &super::Token| !t.is_capital() && !self.text[t.span.range()].ends_with('s');
        // "one Gulf diplomat".
        let named = self.tokens.get(i).is_some_and(super::Token::is_capital)
            && self.tokens.get(i + 1).is_some_and(singular)
            && self.noun_follows(i + 1)
            && !self.verb_at(i + 1);
        self.tokens.get(i).is_some_and(singular) && self.noun_follows(i) || named
    }

    /// A participle, and no adjective.
    pub(super) fn participle_at(&self, i: usize) -> bool {
        let classes = self.tokens.get(i).map_or(0, |t| self.lexicon.word(t.word).classes);
        classes & class::VERB_PARTICIPLE != 0 && classes & (class::ADJ | class::NOUN_TOO) == 0
    }

    pub(super) fn adjective_at(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| !t.is_capital() && self.lexicon.word(t.word).classes & class::ADJ != 0)
    }

    /// What stands before opens a phrase that has no noun yet: "the military", "a Kenyan official", "with concrete".
    pub(super) fn noun_awaited(&self) -> bool {
        let opens = matches!(self.last_tag(), Some(Tag::Det | Tag::Its | Tag::Possessive | Tag::Adj | Tag::Prep | Tag::Number));
        opens || self.demonym_before()
    }

    /// "closer", "busiest": an adjective with an ending.
    pub(super) fn compares(&self, i: usize) -> bool {
        let form = self.lexicon.form(self.tokens[i].word);
        let form = if form.is_empty() { &self.text[self.tokens[i].span.range()] } else { form };
        let Some(stem) = form.strip_suffix("er").or_else(|| form.strip_suffix("est")) else { return false };
        let adjective = |stem: &str| self.lexicon.word(self.lexicon.id(stem)).classes & class::ADJ != 0;
        let doubled = stem.len() > 3 && stem.as_bytes()[stem.len() - 1] == stem.as_bytes()[stem.len() - 2];
        // "owner", "foreigner", "northerner": who, not how.
        let person = form.ends_with("er") && ["own", "eign", "ern"].iter().any(|end| stem.ends_with(end));
        stem.len() > 2
            && !person
            && stem.is_ascii()
            && (adjective(stem)
                || adjective(&format!("{stem}e"))
                || doubled && adjective(&stem[..stem.len() - 1])
                || stem.strip_suffix('i').is_some_and(|s| adjective(&format!("{s}y"))))
    }

    /// "turning to", "was given to": what stands before "to" leads to a noun.
    pub(super) fn leads_to_noun(&self) -> bool {
        let last = self.out.units.last();
        last.is_some_and(|u| matches!(u.tag, Tag::Verb(_)) && self.lexicon.joining.leading.contains(&u.lemma))
    }

    pub(super) fn preposition_at(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| self.lexicon.word(t.word).classes & class::PREP != 0)
    }

    /// "supports and will finance", "build and operate": "and" stands here, and a verb behind it.
    pub(super) fn verb_joined(&self, i: usize) -> bool {
        let classes = |at: usize| self.tokens.get(at).map_or(0, |t| self.lexicon.word(t.word).classes);
        let comma = usize::from(self.tokens.get(i).is_some_and(|t| t.is_sign(',')));
        let noun = class::NOUN_TOO | class::HEAD | class::HEAD_PLURAL;
        let behind = classes(i + comma + 1);
        classes(i + comma) & class::CONJ != 0
            && (behind & class::MODAL != 0
                || behind & (class::VERB_BASE | class::VERB_S | class::VERB_PAST) != 0 && behind & noun == 0)
    }

    /// "the branch runs through Poland to Germany and now carries": "and" joins another verb in -s to one that may stand before `i`, and
    /// nothing between them has a tense or stands apart.
    pub(super) fn joined_later(&self, i: usize) -> bool {
        let classes = |at: usize| self.tokens.get(at).map_or(0, |t| self.lexicon.word(t.word).classes);
        let noun = class::NOUN_TOO | class::HEAD | class::HEAD_PLURAL;
        for (at, token) in self.tokens.iter().enumerate().skip(i) {
            if token.kind != super::TokenKind::Word && token.kind != super::TokenKind::Number {
                return false;
            }
            if classes(at) & class::CONJ != 0 {
                let verb = at + 1 + usize::from(classes(at + 1) & class::ADV != 0);
                if classes(verb) & class::VERB_S != 0 && classes(verb) & noun == 0 {
                    return true;
                }
            } else if classes(at) & (class::BE | class::HAVE | class::DO | class::MODAL | class::VERB_S | class::VERB_PAST) != 0 {
                return false;
            }
        }
        false
    }

    /// "which Kenya supports and Rwanda opposes": behind "and" a name and its verb.
    pub(super) fn joins_subject(&self, i: usize) -> bool {
        let classes = |at: usize| self.tokens.get(at).map_or(0, |t| self.lexicon.word(t.word).classes);
        let named = self.tokens[(i + 1).min(self.tokens.len())..].iter().take_while(|t| t.is_capital()).count();
        let verb = class::DO | class::HAVE | class::MODAL | class::BE | class::VERB_S | class::VERB_PAST;
        classes(i) & (class::CONJ | class::BUT) != 0 && named > 0 && classes(i + 1 + named) & verb != 0
    }

    /// "will design, build": a verb stands right before the comma.
    pub(super) fn verb_before_comma(&self) -> bool {
        let mut units = self.out.units.iter().rev();
        units.next().is_some_and(|u| u.tag == Tag::Comma) && units.next().is_some_and(|u| matches!(u.tag, Tag::Verb(_)))
    }

    /// "southern Malawi".
    pub(super) fn name_behind_adjective(&self, i: usize) -> bool {
        let adjective = self.tokens.get(i).is_some_and(|t| self.lexicon.word(t.word).classes & class::ADJ != 0);
        adjective && self.tokens.get(i + 1).is_some_and(super::Token::is_capital)
    }

    /// "lines", "cattlemen", "people".
    pub(super) fn ends_as_plural(&self, unit: &Unit) -> bool {
        let form = &self.text[self.tokens[unit.tokens.end - 1].span.range()];
        // "access", "progress".
        let singular = form.ends_with("ss") && unit.tag == Tag::Noun;
        form.ends_with('s') && !singular || form.ends_with("men") || matches!(form, "people" | "police" | "media" | "data")
    }

    /// What stands before, adverbs skipped, ends in -s or closes a list joined by "and".
    pub(super) fn plural_before(&self) -> bool {
        let last = self.out.units.iter().rev().find(|u| u.tag != Tag::Adv);
        self.list_before() || last.is_some_and(|u| self.ends_as_plural(u))
    }

    /// "A and B" stands before: what they do has no -s.
    pub(super) fn list_before(&self) -> bool {
        let in_item = |u: &&Unit| matches!(u.tag, Tag::Name | Tag::Noun | Tag::Adj | Tag::Det | Tag::Ordinal | Tag::Adv);
        let item = matches!(self.last_tag(), Some(Tag::Name | Tag::Noun | Tag::Close));
        let before = self.out.units.iter().rev().find(|u| !in_item(u));
        item && before.is_some_and(|u| u.tag == Tag::Conj && self.lexicon.form(u.word) == "and")
    }

    /// "…, and Uganda supports": a comma stands before "and", and a verb before that; what follows is a clause of its own.
    pub(super) fn clause_joined(&self) -> bool {
        let units = &self.out.units;
        let Some(at) = units.iter().rposition(|u| u.tag == Tag::Conj) else { return false };
        at > 0
            && units[at - 1].tag == Tag::Comma
            && units[..at].iter().any(|u| matches!(u.tag, Tag::Verb(_) | Tag::Be | Tag::Have))
    }

    /// A verb with -s, or without, goes with the number of what stands before; names in -s are either.
    pub(super) fn number_fits(&self, present: bool) -> bool {
        match self.last_tag() {
            _ if self.list_before() => !present || self.clause_joined(),
            Some(Tag::Name) if self.plural_before() => true,
            _ => present != self.plural_before(),
        }
    }

    /// The name right before is a demonym, or goods, and nothing else: no subject of a verb in -s.
    pub(super) fn modifier_before(&self) -> bool {
        let name = self.out.units.last().and_then(|u| u.name).map(|n| &self.out.names[n as usize].kind);
        let modifies = |s: &Sense| s.kind == SenseKind::Demonym || s.case == Case::Any;
        matches!(name, Some(NameKind::Known(senses)) if senses.iter().all(modifies))
    }

    /// "has run", "was come by": an auxiliary stands before, adverbs skipped.
    pub(super) fn auxiliary_before(&self) -> bool {
        let before = self.out.units.iter().rev().find(|u| !matches!(u.tag, Tag::Adv | Tag::Not));
        before.is_some_and(|u| matches!(u.tag, Tag::Have | Tag::Be))
    }

    /// "nor will the line", "only then does the road": an auxiliary before its subject has no verb yet.
    pub(super) fn auxiliary_waits(&self) -> bool {
        let units = &self.out.units;
        let Some(at) = units.iter().rposition(|u| matches!(u.tag, Tag::Modal | Tag::Do | Tag::Verb(_) | Tag::Be | Tag::Have))
        else {
            return false;
        };
        let first = at.checked_sub(1).map(|before| units[before].tag);
        matches!(units[at].tag, Tag::Modal | Tag::Do)
            && matches!(first, None | Some(Tag::Conj | Tag::Not | Tag::Comma | Tag::Adv | Tag::Quote))
            && matches!(units.get(at + 1).map(|u| u.tag), Some(Tag::Det | Tag::Its | Tag::Name))
    }

    /// The name read last is a common noun's: "iron ore".
    pub(super) fn goods_before(&self) -> bool {
        let name = self.out.units.last().and_then(|u| u.name).map(|n| &self.out.names[n as usize].kind);
        matches!(name, Some(NameKind::Known(senses)) if senses.iter().all(|s| s.case == Case::Any))
    }

    pub(super) fn of_at(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| self.lexicon.form(t.word) == "of")
    }

    /// The noun before the prepositions that the phrase read last stands behind: how many it is, and whether "of" follows it.
    pub(super) fn subject_before_preposition(&self) -> Option<(Number, bool)> {
        let units = &self.out.units;
        let inside = |u: &Unit| {
            matches!(
                u.tag,
                Tag::Noun | Tag::Name | Tag::Adj | Tag::Number | Tag::Value | Tag::Adv | Tag::Ordinal | Tag::Office(_)
            )
        };
        // Where the phrase that ends before `end` begins.
        let begin = |end: usize| {
            let bare = end - units[..end].iter().rev().take_while(|u| inside(u)).count();
            bare - usize::from(bare > 0 && matches!(units[bare - 1].tag, Tag::Det | Tag::Its))
        };
        let mut at = begin(units.len());
        let mut subject = None;
        while let Some(prep) = at.checked_sub(1).filter(|&prep| units[prep].tag == Tag::Prep) {
            let head = prep.checked_sub(1).map(|head| &units[head])?;
            let number = match (self.ends_as_plural(head), head.tag) {
                (true, Tag::Name) => Number::Either,
                (true, Tag::Noun | Tag::Office(_)) => Number::Plural,
                (false, Tag::Noun | Tag::Name | Tag::Office(_)) => Number::Singular,
                // "one of the tunnels leaks", "most of the exports go".
                (_, Tag::Number | Tag::Pronoun | Tag::Det | Tag::Ordinal) => Number::Either,
                _ => return subject,
            };
            subject = Some((number, self.lexicon.form(units[prep].word) == "of"));
            at = begin(prep);
        }
        // "Copper from Zambia and cobalt from Congo move": what stands before "and" may belong to the subject.
        let joined = at.checked_sub(1).is_some_and(|and| units[and].tag == Tag::Conj);
        subject.map(|(number, of)| (if joined { Number::Either } else { number }, of))
    }

    /// "Freight trains on the line …": a bare noun opens the sentence, and a plural that says what moves stands behind it.
    pub(super) fn opens_with_goods(&self, i: usize, present: bool) -> bool {
        let bare = matches!(&self.out.units[..], [one] if matches!(one.tag, Tag::Noun | Tag::Name));
        let moves = self.lexicon.word(self.tokens[i].word).classes & class::HEAD_PLURAL != 0;
        // "The coal mines at Tete".
        let goods = self.goods_before() && self.out.units.len() == 2;
        present && (bare || goods) && moves && self.preposition_at(i + 1)
    }

    /// "begins at A and ends at", "stays clear of A and runs across": the same form of another verb, behind what the first governs.
    pub(super) fn goes_on_as_before(&self, form: Form) -> bool {
        let units = &self.out.units;
        let verb = units.iter().rev().find_map(|u| if let Tag::Verb(form) = u.tag { Some(form) } else { None });
        let before = units.len().checked_sub(2).map(|at| units[at].tag);
        verb == Some(form) && matches!(before, Some(Tag::Name | Tag::Value | Tag::Adv | Tag::Close))
    }

    /// "A and B all belong to it", "members all, spoke", "the line itself crosses": behind the noun that it goes with, before the verb or
    /// a comma.
    pub(super) fn floats(&self, i: usize) -> bool {
        if matches!(self.last_tag(), Some(Tag::Have | Tag::Modal)) && self.verb_at(i + 1) {
            // "have each offered".
            return true;
        }
        if self.last_tag() == Some(Tag::Be) && self.done_by_somebody(i + 1) {
            // "are both run by one company".
            return true;
        }
        if !matches!(self.last_tag(), Some(Tag::Name | Tag::Noun | Tag::Close)) {
            return false;
        }
        let Some(next) = self.tokens.get(i + 1) else { return false };
        let classes = self.lexicon.word(next.word).classes;
        let listed = class::DET & self.lexicon.word(self.tokens[i].word).classes != 0;
        match next.kind {
            super::TokenKind::Sign(c) => matches!(c, ',' | '.' | ';') && (!listed || self.plural_before()),
            super::TokenKind::Word if next.is_capital() => false,
            super::TokenKind::Word => {
                let noun = classes & (class::NOUN_TOO | class::HEAD | class::HEAD_PLURAL) != 0;
                let governs = self.starts_noun_phrase(i + 2) || self.preposition_at(i + 2);
                let base = classes & class::VERB_BASE != 0 && (!noun || governs && !self.finite_after(i + 2));
                let auxiliary = classes & (class::BE | class::HAVE | class::MODAL | class::DO) != 0;
                let tensed = classes & (class::VERB_PAST | class::VERB_S) != 0 && !noun;
                (auxiliary || tensed || base) && (!listed || self.plural_before())
            }
            _ => false,
        }
    }

    /// "Kenya and Uganda, members of the bloc, support": a list opens the sentence, and the comma closes what stands between it and its
    /// verb.
    pub(super) fn aside_between(&self) -> bool {
        let commas = self.out.units.iter().enumerate().filter(|(_, u)| u.tag == Tag::Comma).map(|(at, _)| at);
        let commas: Vec<usize> = commas.collect();
        let [.., first, _] = commas[..] else { return false };
        let item = |u: &Unit| matches!(u.tag, Tag::Name | Tag::Conj | Tag::Comma | Tag::Det | Tag::Close | Tag::Open);
        let subject = &self.out.units[..first];
        subject.iter().all(item) && subject.iter().any(|u| u.tag == Tag::Conj)
    }

    /// "The countries through which the line runs are poor": no verb stands before the relative clause, and one is left, which the clause
    /// around needs.
    pub(super) fn one_verb_left(&self, i: usize) -> bool {
        let units = &self.out.units;
        let relative = units.iter().rposition(|u| matches!(u.tag, Tag::Relative | Tag::That)).unwrap_or(0);
        let verb = |u: &Unit| matches!(u.tag, Tag::Verb(_) | Tag::Be | Tag::Have | Tag::Modal | Tag::Do);
        if units[..relative].iter().any(verb) || !matches!(units.last().map(|u| u.tag), Some(Tag::Noun)) {
            return false;
        }
        let auxiliary = class::BE | class::HAVE | class::MODAL | class::DO;
        let plain = class::NOUN_TOO | class::ADJ | class::HEAD | class::HEAD_PLURAL;
        let (mut verbs, mut inside) = (0, false);
        for token in self.tokens[i..].iter().take(24) {
            let classes = self.lexicon.word(token.word).classes;
            let tensed = classes & auxiliary != 0 || classes & (class::VERB_PAST | class::VERB_S) != 0 && classes & plain == 0;
            if token.is_sign(',') {
                break;
            }
            verbs += u32::from(tensed && !inside);
            inside = classes & auxiliary != 0 || inside && classes & (class::ADV | class::NEG) != 0;
        }
        verbs == 1
    }

    /// "a tenth of the world's copper": no ordinal.
    pub(super) fn is_fraction(&self, i: usize) -> bool {
        let article = self.out.units.last().is_some_and(|u| match u.tag {
            Tag::Det => matches!(self.lexicon.form(u.word), "a" | "an"),
            Tag::Number => true,
            _ => false,
        });
        article && self.of_at(i + 1)
    }

    /// "will take over the port": the small word belongs to the verb before it, unless it tells how much ("over a month").
    pub(super) fn of_phrasal_verb(&self, i: usize) -> bool {
        let verb = self.out.units.last().filter(|u| matches!(u.tag, Tag::Verb(_))).map(|u| u.lemma);
        let small = self.tokens[i].word;
        let counts = self.tokens.get(i + 2).is_none_or(|t| {
            self.lexicon.word(t.word).classes & (class::NUMBER | class::ORDINAL) != 0 || self.lexicon.times().contains(&t.word)
        });
        let is = |&(lemma, particle): &(super::super::lexicon::WordId, super::super::lexicon::WordId)| {
            Some(lemma) == verb && particle == small
        };
        self.determiner_at(i + 1) && !counts && self.lexicon.joining.phrasal_verbs.iter().any(is)
    }

    /// "carries rice north to Tete": a word of direction behind a noun and before where it goes, but "40 km north of Tete".
    pub(super) fn points_on(&self, i: usize) -> bool {
        let behind_adverb = self.last_tag() == Some(Tag::Adv) && !self.noun_follows(i + 1) && !self.of_at(i + 1);
        behind_adverb
            || matches!(self.last_tag(), Some(Tag::Noun | Tag::Name | Tag::Close))
                && self.tokens.get(i + 1).is_some_and(|t| {
                    matches!(
                        self.lexicon.form(t.word),
                        "to" | "through" | "into" | "across" | "via" | "from" | "towards" | "along"
                    )
                })
    }

    /// "a railway round Almaty", "runs round the lake", but "a round of talks", "the latest round": behind a noun, a name or a verb and
    /// before what opens a phrase.
    pub(super) fn governs_though_noun(&self, i: usize) -> bool {
        self.lexicon.joining.nouns_as_prepositions.contains(&self.tokens[i].word)
            && matches!(self.last_tag(), Some(Tag::Noun | Tag::Name | Tag::Verb(_) | Tag::Adv))
            && (self.determiner_at(i + 1) || self.tokens.get(i + 1).is_some_and(super::Token::is_capital))
    }

    /// "A and B, both run by C", "…, each built by D": behind a comma it stands for all that was listed.
    pub(super) fn stands_for_all(&self, i: usize) -> bool {
        self.lexicon.joining.floating.contains(&self.tokens[i].word)
            && self.last_tag() == Some(Tag::Comma)
            && self.done_by_somebody(i + 1)
    }

    /// "run by", "built in": a participle and a preposition.
    fn done_by_somebody(&self, i: usize) -> bool {
        let participle = |t: &super::Token| !t.is_capital() && self.lexicon.word(t.word).classes & class::VERB_PARTICIPLE != 0;
        self.tokens.get(i).is_some_and(participle) && self.preposition_at(i + 1) && !self.of_at(i + 1)
    }

    pub(super) fn month_at(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.is_capital() && self.lexicon.word(t.word).classes & class::MONTH != 0)
    }

    /// A noun, and no verb behind it in this stretch.
    pub(super) fn only_noun(&self, i: usize) -> bool {
        let classes = |t: &super::Token| self.lexicon.word(t.word).classes;
        let noun = class::NOUN_TOO | class::HEAD | class::TRIGGER_NOUN;
        let Some(first) = self.tokens.get(i).filter(|t| !t.is_capital() && classes(t) & noun != 0) else { return false };
        let tensed = class::BE | class::HAVE | class::MODAL | class::DO | class::VERB_S | class::VERB_PAST;
        let ends = |t: &&super::Token| {
            !matches!(t.kind, super::TokenKind::Word | super::TokenKind::Number) || classes(t) & (class::CONJ | class::BUT) != 0
        };
        let rest = self.tokens[i + 1..].iter().take(20).take_while(|t| !ends(t));
        classes(first) & tensed == 0 && rest.into_iter().all(|t| classes(t) & tensed == 0)
    }

    pub(super) fn had_finite(&self) -> bool {
        self.out
            .units
            .iter()
            .rev()
            .any(|u| matches!(u.tag, Tag::Be | Tag::Have | Tag::Modal | Tag::Verb(Form::Present | Form::Past | Form::Base)))
    }

    pub(super) fn listed_before(&self) -> bool {
        self.out.units.iter().any(|u| u.tag == Tag::Conj)
    }

    /// The last verb group began with a modal or "to": "would leave A, pass B", "would be shipped to A, cross B", "to build A, finance B".
    pub(super) fn had_modal(&self) -> bool {
        let verb_in = |units: &[Unit]| units.iter().rposition(|u| matches!(u.tag, Tag::Verb(_)));
        let mut units = &self.out.units[..];
        let Some(mut at) = verb_in(units) else { return false };
        // "to build a line that links A with B, finance C": the relative has a tense of its own.
        if let (Tag::Verb(Form::Present), Some(open)) = (units[at].tag, units[..at].iter().rposition(|u| opens_relative(u.tag))) {
            units = &units[..open];
            let Some(around) = verb_in(units) else { return false };
            at = around;
        }
        let mut before = units[..at].iter().rev().map(|u| u.tag).filter(|tag| *tag != Tag::Adv);
        match units[at].tag {
            Tag::Verb(Form::Base) => matches!(before.next(), Some(Tag::Modal | Tag::Comma | Tag::To)),
            Tag::Verb(Form::Participle | Form::PastOrParticiple) => {
                before.next() == Some(Tag::Be) && matches!(before.next(), Some(Tag::Modal | Tag::To))
            }
            _ => false,
        }
    }

    pub(super) fn had_verb(&self) -> bool {
        self.out.units.iter().any(|u| matches!(u.tag, Tag::Verb(_) | Tag::Be | Tag::Have | Tag::Modal))
    }

    /// "the Tema meeting": a head noun behind a name with an article, where the verb comes later.
    pub(super) fn heads_the_name(&self, i: usize) -> bool {
        let article = self.out.units.iter().rev().nth(1).is_some_and(|u| u.tag == Tag::Det);
        article && self.lexicon.word(self.tokens[i].word).classes & class::HEAD != 0 && self.finite_after(i + 1)
    }

    /// "setting up a committee", "laying out the terms": what stands behind the verb is no preposition.
    pub(super) fn phrasal(&self, i: usize) -> bool {
        self.tokens.get(i + 1).is_some_and(|t| self.lexicon.joining.phrasal.contains(&t.word)) && self.starts_noun_phrase(i + 2)
    }
}

fn opens_relative(tag: Tag) -> bool {
    matches!(tag, Tag::Relative | Tag::That)
}
