//! Which clause of a sentence still waits for its verb: a clause has one verb with a tense.
//!
//! Part of the tagger; a word that may be noun or verb is a noun where its clause has had its verb, and the verb where the
//! subject has none and nothing else can be it.

use super::{Case, Form, NameKind, Reader, SenseKind, Tag, TokenKind, Unit, class};

/// What the clause that is being read has had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    /// A subject, and no verb with a tense.
    Awaited,
    /// A verb with a tense, and nothing since that opens another clause.
    Had,
    /// It cannot be told.
    Open,
}

/// How many a subject is, as its verb sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Number {
    /// "the bank".
    Singular,
    /// "the banks", "A and B".
    Plural,
    /// A name in -s: "APM Terminals".
    Either,
}

impl Number {
    /// A verb in -s goes with one, a verb without with several.
    pub(super) fn agrees(self, present: bool) -> bool {
        match self {
            Self::Singular => present,
            Self::Plural => !present,
            Self::Either => true,
        }
    }
}

/// These open a clause of their own.
fn opens_clause(tag: Tag) -> bool {
    matches!(tag, Tag::Sub | Tag::That | Tag::Relative | Tag::Semicolon | Tag::But)
}

impl Reader<'_> {
    /// Whether the clause has had its verb. O(units since it opened).
    pub(super) fn tense(&self) -> Tense {
        let (mut subject, mut joined) = (false, false);
        let mut inside = usize::MAX;
        for (at, unit) in self.out.units.iter().enumerate().rev() {
            if unit.tag == Tag::Close {
                // "its liquefied natural gas (LNG) supplies": what a short bracket holds is no clause.
                let open = (at.saturating_sub(3)..at).rfind(|&o| self.out.units[o].tag == Tag::Open);
                inside = open.unwrap_or(inside);
            }
            if at >= inside && inside != usize::MAX {
                subject = true;
                continue;
            }
            match unit.tag {
                tag if opens_clause(tag) || self.asks(unit) => break,
                // "When the dam opens, the ports gain": the main clause begins.
                Tag::Comma if subject && self.ends_subclause(at) => break,
                // Behind "and" or a comma a subject of its own may stand.
                Tag::Comma | Tag::Conj => joined = true,
                Tag::Quote | Tag::Open | Tag::Colon | Tag::Dash => return Tense::Open,
                Tag::Be | Tag::Have | Tag::Modal | Tag::Do if joined => return Tense::Open,
                Tag::Be | Tag::Have | Tag::Modal | Tag::Do => return Tense::Had,
                Tag::Verb(_) if self.has_tense(at) => return if joined { Tense::Open } else { self.had(at) },
                Tag::Verb(_) if joined => return Tense::Open,
                Tag::Noun | Tag::Name | Tag::Office(_) | Tag::Close | Tag::Number => subject = true,
                _ => {}
            }
        }
        if subject { Tense::Awaited } else { Tense::Open }
    }

    /// The comma closes a clause with a subordinator that opens the sentence.
    fn ends_subclause(&self, comma: usize) -> bool {
        let before = &self.out.units[..comma];
        let verb = before.iter().any(|u| matches!(u.tag, Tag::Verb(_) | Tag::Be | Tag::Have));
        before.first().is_some_and(|u| u.tag == Tag::Sub)
            && verb
            && !before.iter().any(|u| matches!(u.tag, Tag::Comma | Tag::Conj))
    }

    /// "why", "how": they open a clause inside another.
    fn asks(&self, unit: &Unit) -> bool {
        matches!(self.lexicon.form(unit.word), "why" | "how")
    }

    /// A verb with a tense; "took" and "built" too, where an object follows at once: "paid state visits".
    fn has_tense(&self, at: usize) -> bool {
        let units = &self.out.units;
        let before = units[..at].iter().rev().map(|u| u.tag).find(|t| *t != Tag::Adv);
        match units[at].tag {
            Tag::Verb(Form::Present | Form::Past) => true,
            Tag::Verb(Form::Base) => before != Some(Tag::To),
            Tag::Verb(Form::PastOrParticiple) => {
                let particle = |u: &&Unit| u.tag == Tag::Adv || self.lexicon.joining.phrasal.contains(&u.word);
                let object = units[at + 1..].iter().find(|u| !particle(u)).map(|u| u.tag);
                let opens =
                    matches!(object, Some(Tag::Det | Tag::Its | Tag::Name | Tag::Noun | Tag::Adj | Tag::Number | Tag::Value));
                // "proposed to hold": so much so where it governs an infinitive.
                opens || object == Some(Tag::To)
            }
            _ => false,
        }
    }

    /// Behind a verb with a tense: another may follow where the verb takes a clause ("says trade grows"), or where a noun is followed
    /// by a subject of its own ("the gas Iran sells").
    fn had(&self, at: usize) -> Tense {
        let units = &self.out.units;
        let lemma = units[at].lemma;
        let takes_clause = self.lexicon.clausal().contains(&lemma) || self.lexicon.joining.watching.contains(&lemma);
        let gives = self.lexicon.giving().contains(&lemma);
        let subject = |u: &Unit| match u.tag {
            Tag::Pronoun | Tag::Det | Tag::Its => !gives,
            Tag::Name => !self.is_modifier(u),
            _ => false,
        };
        let contact = units[at + 1..].windows(2).any(|pair| pair[0].tag == Tag::Noun && subject(&pair[1]));
        if takes_clause || contact { Tense::Open } else { Tense::Had }
    }

    /// A name that is a demonym, or goods, and nothing else.
    pub(super) fn is_modifier(&self, unit: &Unit) -> bool {
        let kind = unit.name.map(|n| &self.out.names[n as usize].kind);
        matches!(kind, Some(NameKind::Known(senses))
            if senses.iter().all(|s| s.kind == SenseKind::Demonym || s.case == Case::Any))
    }

    /// "Japanese exports", "the French group", "European states": the word right before says whose, and nothing else.
    pub(super) fn demonym_before(&self) -> bool {
        let Some(unit) = self.out.units.last() else { return false };
        match unit.name.map(|n| &self.out.names[n as usize].kind) {
            Some(NameKind::Known(senses)) => senses.iter().all(|s| matches!(s.kind, SenseKind::Demonym | SenseKind::Collective)),
            // Not listed: by its ending.
            Some(NameKind::Run { head: None }) => {
                let form = &self.text[self.tokens[unit.tokens.end - 1].span.range()];
                unit.tokens.len() == 1 && (form.ends_with("ean") || form.ends_with("ese"))
            }
            _ => false,
        }
    }

    /// "it", "them": an object, and the subject of nothing that follows.
    pub(super) fn pronoun_at(&self, i: usize) -> bool {
        let classes = self.tokens.get(i).map_or(0, |t| self.lexicon.word(t.word).classes);
        let other = class::DET | class::NUMBER | class::POSSESSIVE | class::NEG;
        classes & class::PRONOUN != 0 && classes & other == 0
    }

    /// "The talks on gas, held in May, ended": behind a comma stands a verb with a tense, and nothing else that it could be.
    pub(super) fn verb_behind_comma(&self, i: usize) -> bool {
        let certain = |classes: u32| {
            let noun = class::NOUN_TOO | class::ADJ | class::HEAD | class::HEAD_PLURAL;
            classes & (class::BE | class::HAVE | class::MODAL) != 0
                || classes & class::VERB_PAST != 0 && classes & (noun | class::VERB_PARTICIPLE) == 0
        };
        let end =
            self.tokens.iter().skip(i).position(|t| t.is_sign(';') || t.is_sign(':')).map_or(self.tokens.len(), |at| i + at);
        self.tokens[i.min(end)..end]
            .windows(2)
            .any(|pair| pair[0].is_sign(',') && !pair[1].is_capital() && certain(self.lexicon.word(pair[1].word).classes))
    }

    /// "The bank, a Dutch lender, backs": the subject that opens the sentence has no verb yet. Which
    /// verbs it goes with: those in -s, those without.
    pub(super) fn waiting_subject(&self) -> Option<Number> {
        let (first, subject) = self.opening_subject();
        let head = subject.iter().rev().find(|u| matches!(u.tag, Tag::Noun | Tag::Name | Tag::Office(_)))?;
        let behind = first + subject.len();
        let rest = &self.out.units[behind..];
        // "The ministry, which halted its copper exports in May, …": a relative clause behind a comma ends with one.
        let aside = rest.windows(2).rposition(|pair| pair[0].tag == Tag::Comma && pair[1].tag == Tag::Relative);
        if aside.is_some_and(|at| !rest[at + 1..].iter().any(|u| u.tag == Tag::Comma)) {
            return None;
        }
        let joined = subject.iter().any(|u| u.tag == Tag::Conj);
        let number = match (joined || self.ends_as_plural(head), head.tag) {
            (true, Tag::Name) if !joined => Number::Either,
            (true, _) => Number::Plural,
            (false, _) => Number::Singular,
        };
        self.verbs_are_taken(behind).then_some(number)
    }

    /// The units that the sentence or the part behind its last semicolon opens with, as far as they may be a subject, and where they start.
    fn opening_subject(&self) -> (usize, &[Unit]) {
        let all = &self.out.units;
        let start = all.iter().rposition(|u| matches!(u.tag, Tag::Semicolon | Tag::Colon)).map_or(0, |at| at + 1);
        let skipped = |u: &&Unit| matches!(u.tag, Tag::Adv | Tag::Conj | Tag::But | Tag::Quote | Tag::Sub);
        let first = start + all[start..].iter().take_while(skipped).count();
        let phrase = |u: &&Unit| {
            matches!(
                u.tag,
                Tag::Open
                    | Tag::Close
                    | Tag::Possessive
                    | Tag::Det
                    | Tag::Its
                    | Tag::Adj
                    | Tag::Ordinal
                    | Tag::Number
                    | Tag::Noun
                    | Tag::Name
                    | Tag::Office(_)
                    | Tag::Conj
            )
        };
        let mut subject = &all[first..first + all[first..].iter().take_while(phrase).count()];
        // "Some 40 ships a day pass": how often is no part of it.
        if let [rest @ .., article, time] = subject
            && article.tag == Tag::Det
            && self.lexicon.times().contains(&time.word)
            && rest.len() > 1
        {
            subject = rest;
        }
        (first, subject)
    }

    /// Each verb with a tense behind the subject belongs to a clause that opened behind it, so that the subject's own is still to come.
    fn verbs_are_taken(&self, behind: usize) -> bool {
        let rest = &self.out.units[behind..];
        let (mut verbs, mut openers, mut before) = (0, 0, Tag::Stop);
        for (at, unit) in rest.iter().enumerate() {
            let auxiliary = matches!(unit.tag, Tag::Be | Tag::Have | Tag::Modal | Tag::Do);
            let tensed = auxiliary || matches!(unit.tag, Tag::Verb(_)) && self.has_tense(behind + at);
            let goes_on = matches!(before, Tag::Be | Tag::Have | Tag::Modal | Tag::Do | Tag::Conj);
            verbs += usize::from(tensed && !goes_on);
            // "once held back": no clause of its own.
            let participle =
                matches!(rest.get(at + 1).map(|u| u.tag), Some(Tag::Verb(Form::PastOrParticiple | Form::Participle)));
            openers +=
                usize::from(matches!(unit.tag, Tag::Relative | Tag::That | Tag::Sub) && !(unit.tag == Tag::Sub && participle));
            if !matches!(unit.tag, Tag::Adv | Tag::Not) {
                before = unit.tag;
            }
        }
        verbs <= openers
    }

    /// "runs up the Wakhan and stops": the verb read last has the same form, and a noun could not be joined to what stands before "and".
    pub(super) fn joins_verb(&self, i: usize, form: Form) -> bool {
        let units = &self.out.units;
        let same = units.iter().rev().find_map(|u| if let Tag::Verb(form) = u.tag { Some(form) } else { None }) == Some(form);
        let before = units.iter().rev().skip(1).find(|u| u.tag != Tag::Comma);
        let closed = before.is_some_and(|u| match u.tag {
            Tag::Name => !self.is_modifier(u),
            Tag::Value | Tag::Number | Tag::Pronoun | Tag::Adv | Tag::Close => true,
            // "22 million tonnes a year and moves half of that".
            Tag::Noun => self.lexicon.times().contains(&u.word),
            _ => false,
        });
        let listed = self.verbs_listed(form) && self.stretch_goes_on(i + 1);
        let goes_on = match form {
            Form::Present => self.stretch_goes_on(i + 1),
            _ => self.preposition_at(i + 1) && !self.of_at(i + 1),
        };
        let object = self.bare_object_at(i + 1, form == Form::Present);
        same && (closed && goes_on || listed || object || self.manner_at(i + 1)) && !self.finite_after(i + 1)
    }

    /// "deepen cooperation, eliminate restrictions and open", "builds roads, lays cables and runs": a list of verbs of one form.
    fn verbs_listed(&self, form: Form) -> bool {
        self.out.units.windows(2).any(|pair| pair[0].tag == Tag::Comma && pair[1].tag == Tag::Verb(form))
    }

    /// "limits missiles", "imports gas": what stands behind a plural is no noun, but the object of a verb.
    pub(super) fn bare_object_at(&self, i: usize, plurals: bool) -> bool {
        let Some(token) = self.tokens.get(i).filter(|t| t.kind == TokenKind::Word && !t.is_capital()) else { return false };
        let goods = || {
            let name = self.lexicon.longest(&self.tokens[i..]);
            name.is_some_and(|(_, mut senses)| senses.any(|s| s.kind == SenseKind::Name && s.case == Case::Any))
        };
        self.noun_follows(i) && (plurals && self.text[token.span.range()].ends_with('s') || goods())
    }

    /// "controls nearly", "stops often": an adverb in -ly stands behind verbs, not behind nouns.
    fn manner_at(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| {
            let other = class::ADJ | class::NOUN_TOO | class::VERB;
            let classes = self.lexicon.word(t.word).classes;
            !t.is_capital() && classes & other == 0 && self.text[t.span.range()].ends_with("ly")
        })
    }

    /// "several border disputes", "the three Pacific states": the phrase is counted, and no plural stands in it yet.
    pub(super) fn plural_awaited(&self) -> bool {
        let units = &self.out.units;
        let inside = |u: &&Unit| matches!(u.tag, Tag::Noun | Tag::Name | Tag::Adj | Tag::Ordinal);
        let length = units.iter().rev().take_while(inside).count();
        let phrase = &units[units.len() - length..];
        let Some(opener) = units.len().checked_sub(length + 1).map(|at| &units[at]) else { return false };
        let counted = match opener.tag {
            Tag::Number => self.lexicon.form(opener.word) != "one",
            Tag::Det => matches!(self.lexicon.form(opener.word), "several" | "many" | "few" | "these" | "those"),
            _ => false,
        };
        counted && !phrase.is_empty() && !phrase.iter().any(|u| u.tag != Tag::Adj && self.ends_as_plural(u))
    }
}
