//! Whether a word that has a verb form is a verb, a noun or an adjective where it stands.
//!
//! Part of the tagger; what stands around the word is `around`'s to tell.

use super::tense::Tense;
use super::{Form, LONGEST_REMARK, Reader, Tag, TokenKind, Unit, class};

impl Reader<'_> {
    /// Noun, adjective or verb, for a word that has a verb form; `None`: not a verb here.
    pub(super) fn verb(&self, i: usize, classes: u32) -> Option<Tag> {
        // "the president wants": an office is a noun here.
        let last = self.last_tag().map(|tag| if matches!(tag, Tag::Office(_)) { Tag::Noun } else { tag });
        let noun_too =
            classes & (class::NOUN_TOO | class::HEAD | class::HEAD_PLURAL | class::COLLECTIVE | class::STATE_BODY) != 0;
        if last == Some(Tag::Not) && classes & class::VERB_S != 0 && self.adverb_not_before() {
            // "never leaves".
            return Some(Tag::Verb(Form::Present));
        }
        let in_phrase = self.whose_before()
            || self.measure_before()
            || matches!(last, Some(Tag::Det | Tag::Its | Tag::Possessive | Tag::Adj | Tag::Ordinal | Tag::Number));
        if self.tokens[i].is_joined() && !self.is_prefixed_verb(i) {
            // "Russian-driven", "state-owned": part of a modifier; "metre-gauge": too.
            return Some(if self.noun_follows(i + 1) { Tag::Adj } else { Tag::Noun });
        }
        let base = classes & class::VERB_BASE != 0;
        if base && self.new_name_before() && (noun_too || self.noun_follows(i + 1)) {
            return Some(if self.noun_follows(i + 1) && classes & class::ADJ != 0 { Tag::Adj } else { Tag::Noun });
        }
        if base && noun_too && self.noun_follows(i + 1) && self.bare_demonym_before() {
            return Some(Tag::Noun);
        }
        if classes & class::VERB_S != 0
            && (self.goods_of_verb_before()
                || classes & class::HEAD_PLURAL != 0 && self.governed_name_before() && self.tense_at(i + 1))
        {
            return Some(Tag::Noun);
        }
        if classes & class::VERB_BASE != 0 && noun_too && self.governed_demonym_before() {
            return Some(Tag::Noun);
        }
        if self.out.units.is_empty() && classes & class::VERB_BASE != 0 && classes & class::ADV != 0 && self.noun_follows(i + 1) {
            // "Further transport of goods is planned".
            return Some(Tag::Adj);
        }
        if classes & class::VERB_ING != 0 {
            return Some(self.ing(i, last, noun_too, in_phrase));
        }
        if classes & (class::VERB_PAST | class::VERB_PARTICIPLE) != 0 {
            return Some(self.past(i, classes, last, noun_too, in_phrase));
        }
        if self.is_adjective(i, classes, last, noun_too) {
            return Some(Tag::Adj);
        }
        if base && self.base_form_awaited(i, last) {
            return Some(Tag::Verb(Form::Base));
        }
        if classes & class::VERB_BASE != 0 && matches!(last, Some(Tag::Name | Tag::Noun | Tag::Close)) && self.auxiliary_waits() {
            return Some(Tag::Verb(Form::Base));
        }
        let present = classes & class::VERB_S != 0;
        // "None of the three buys", "of its 928 kilometres, 146 lie in": no noun that could be counted.
        let counted = last == Some(Tag::Number) && !noun_too;
        if self.points_before(i, present, noun_too) && !self.finite_after(i + 1) {
            return Some(Tag::Verb(if present { Form::Present } else { Form::Base }));
        }
        // "The three back it": of three there would be a plural.
        if base && self.several_before() && self.starts_noun_phrase(i + 1) && !self.finite_after(i + 1) {
            return Some(Tag::Verb(Form::Base));
        }
        if in_phrase && !counted || matches!(last, Some(Tag::Prep)) {
            // "its own corridor", "the free port".
            let adjective =
                classes & class::ADJ != 0 && classes & class::TRIGGER_NOUN == 0 && in_phrase && self.noun_follows(i + 1);
            return Some(if adjective { Tag::Adj } else { Tag::Noun });
        }
        let verb = !noun_too || self.verb_or_noun(i, classes, last);
        let form = if present { Form::Present } else { Form::Base };
        Some(if verb { Tag::Verb(form) } else { Tag::Noun })
    }

    /// "Few expect", "many fear that": what points without a noun; "the former finances the railway", "the second crosses Burundi"; or a
    /// noun with a relative, "the line they want starts at".
    fn points_before(&self, i: usize, present: bool, noun_too: bool) -> bool {
        let opens = !noun_too || self.starts_noun_phrase(i + 1);
        self.pointer_before() && (opens || self.clause_or_infinitive(i))
            || present && self.one_of_them_before() && opens
            || present && self.object_relative_before() && self.stretch_goes_on(i + 1)
    }

    /// "the line they want", "the railway that Kenya is building": a noun, who does something to it, and the verb of that, right before.
    fn object_relative_before(&self) -> bool {
        let units = &self.out.units;
        let [.., verb] = &units[..] else { return false };
        if !matches!(verb.tag, Tag::Verb(_)) {
            return false;
        }
        let group = |u: &&Unit| matches!(u.tag, Tag::Verb(_) | Tag::Be | Tag::Have | Tag::Modal | Tag::Adv);
        let before = &units[..units.len() - units.iter().rev().take_while(group).count()];
        let (before, who) = match before {
            [before @ .., that, who] if matches!(that.tag, Tag::That | Tag::Relative) => (before, who),
            [before @ .., who] => (before, who),
            [] => return false,
        };
        let [.., determiner, noun] = before else { return false };
        let article = matches!(determiner.tag, Tag::Det | Tag::Its | Tag::Adj | Tag::Name);
        article && noun.tag == Tag::Noun && matches!(who.tag, Tag::Pronoun | Tag::Name) && !self.is_modifier(who)
    }

    /// "to build", "will build", "does not build", "helped build", "will, officials said, build", "will from 2031 build".
    fn base_form_awaited(&self, i: usize, last: Option<Tag>) -> bool {
        matches!(last, Some(Tag::To | Tag::Modal | Tag::Do | Tag::Not))
            || self.helped(i)
            || self.modal_before_remark()
            || self.modal_before_phrase()
    }

    /// "is complete", "a licence free of charge", "made clear", "has free trade agreements": no verb form stands there.
    fn is_adjective(&self, i: usize, classes: u32, last: Option<Tag>, noun_too: bool) -> bool {
        let (base, adjective) = (classes & class::VERB_BASE != 0, classes & class::ADJ != 0);
        let had = last == Some(Tag::Have) && self.noun_follows(i + 1) && !self.starts_noun_phrase(i + 1);
        base && last == Some(Tag::Be) && (!noun_too || adjective)
            || adjective && base && had
            || adjective && !noun_too && self.describes(last)
            || adjective && matches!(last, Some(Tag::Verb(_) | Tag::Sub)) && !self.noun_follows(i + 1)
    }

    /// "will, according to the ministry,": a base form comes next.
    fn modal_before_remark(&self) -> bool {
        let units = &self.out.units;
        let Some(close) = units.len().checked_sub(1).filter(|&at| units[at].tag == Tag::Comma) else { return false };
        let open = (close.saturating_sub(LONGEST_REMARK)..close)
            .rev()
            .take_while(|&i| !matches!(units[i].tag, Tag::Stop | Tag::Semicolon));
        let open = open.into_iter().find(|&i| units[i].tag == Tag::Comma);
        open.and_then(|at| at.checked_sub(1)).is_some_and(|at| matches!(units[at].tag, Tag::Modal | Tag::Do | Tag::Not))
    }

    /// "will from 2031": a base form comes next.
    fn modal_before_phrase(&self) -> bool {
        let inside = |u: &&Unit| {
            matches!(u.tag, Tag::Det | Tag::Its | Tag::Adj | Tag::Number | Tag::Ordinal | Tag::Noun | Tag::Name | Tag::Value)
        };
        let units = &self.out.units;
        let phrase = units.iter().rev().take_while(inside).count();
        let [.., modal, preposition] = &units[..units.len() - phrase] else { return false };
        (1..=4).contains(&phrase) && matches!(preposition.tag, Tag::Prep | Tag::Sub) && matches!(modal.tag, Tag::Modal)
    }

    /// "the three", "all five": a number behind a word for the whole.
    fn several_before(&self) -> bool {
        let [.., whole, number] = &self.out.units[..] else { return false };
        number.tag == Tag::Number
            && whole.tag == Tag::Det
            && matches!(self.lexicon.form(whole.word), "the" | "all" | "these" | "those")
            && !matches!(self.lexicon.form(number.word), "one" | "1")
    }

    /// "a Laos-China express": a name behind "a" stands before a noun.
    fn new_name_before(&self) -> bool {
        let units = &self.out.units;
        let [.., article, name] = &units[..] else { return false };
        name.tag == Tag::Name && article.tag == Tag::Det && matches!(self.lexicon.form(article.word), "a" | "an" | "another")
    }

    /// "handling crude exports": goods right behind a verb.
    fn goods_of_verb_before(&self) -> bool {
        let before = self.out.units.len().checked_sub(2).map(|at| self.out.units[at].tag);
        self.goods_before() && matches!(before, Some(Tag::Verb(Form::Ing | Form::Base | Form::Present | Form::Past)))
    }

    /// A word that may be a verb with a tense.
    fn tense_at(&self, i: usize) -> bool {
        let tensed = class::VERB_S | class::VERB_PAST | class::BE | class::HAVE | class::MODAL;
        self.tokens.get(i).is_some_and(|t| !t.is_capital() && self.lexicon.word(t.word).classes & tensed != 0)
    }

    /// "from the Agadem fields": behind a preposition and "the" a name stands before a plural.
    fn governed_name_before(&self) -> bool {
        let tags: Vec<Tag> = self.out.units.iter().rev().take(3).map(|u| u.tag).collect();
        matches!(tags[..], [Tag::Name, Tag::Det, Tag::Prep])
    }

    /// "and Belgian rail operator X": a demonym without an article stands before a noun; several people have one ("the Chinese fund").
    fn bare_demonym_before(&self) -> bool {
        let before = self.out.units.len().checked_sub(2).map(|at| self.out.units[at].tag);
        let name = self.out.units.last().is_some_and(|u| u.tag == Tag::Name && !self.ends_as_plural(u));
        name && matches!(before, None | Some(Tag::Conj | Tag::Comma | Tag::Prep)) && self.demonym_before()
    }

    /// "On the Indian side", "in this Black Sea resort": behind a preposition and an article a demonym stands before a noun, and so
    /// does any name behind "this".
    fn governed_demonym_before(&self) -> bool {
        let [.., preposition, article, name] = &self.out.units[..] else { return false };
        let tags = (preposition.tag, article.tag, name.tag);
        let this = matches!(self.lexicon.form(article.word), "this" | "that");
        matches!(tags, (Tag::Prep, Tag::Det | Tag::Its, Tag::Name)) && (this || self.demonym_before())
    }

    /// "helped build", "helps Kenya finance the line": a base form that governs something, right behind a verb of helping or behind
    /// whom it helps.
    fn helped(&self, i: usize) -> bool {
        let units = &self.out.units;
        let Some(at) = units.iter().rposition(|u| matches!(u.tag, Tag::Verb(_) | Tag::Be | Tag::Have | Tag::Modal)) else {
            return false;
        };
        let inside = |u: &Unit| {
            matches!(
                u.tag,
                Tag::Det
                    | Tag::Its
                    | Tag::Possessive
                    | Tag::Adj
                    | Tag::Noun
                    | Tag::Name
                    | Tag::Number
                    | Tag::Pronoun
                    | Tag::Office(_)
            )
        };
        let whom = &units[at + 1..];
        let ends = whom.last().is_none_or(|u| matches!(u.tag, Tag::Noun | Tag::Name | Tag::Pronoun | Tag::Office(_)));
        let governs = self.starts_noun_phrase(i + 1) || self.phrasal(i) || whom.is_empty() && self.preposition_at(i + 1);
        self.lexicon.joining.helping.contains(&units[at].lemma) && ends && governs && whom.iter().all(inside)
    }

    /// A base form that is an adjective too, where no verb is wanted: behind a noun that is no plural subject, or a verb.
    fn describes(&self, last: Option<Tag>) -> bool {
        match last {
            Some(Tag::Noun | Tag::Name | Tag::Close) => self.tense() == Tense::Had || !self.agrees(false),
            Some(Tag::Verb(_)) => true,
            // "made it clear".
            Some(Tag::Pronoun) => {
                let verb = self.out.units.len().checked_sub(2).map(|at| &self.out.units[at]);
                verb.is_some_and(|u| matches!(u.tag, Tag::Verb(_)) && !self.lexicon.clausal().contains(&u.lemma))
            }
            _ => false,
        }
    }

    /// Whether a word that may as well be a noun is a verb.
    fn verb_or_noun(&self, i: usize, classes: u32, last: Option<Tag>) -> bool {
        let present = classes & class::VERB_S != 0;
        let form = if present { Form::Present } else { Form::Base };
        if last.is_none() && present || self.opens_with_goods(i, present) {
            // "Trucks on the road carry", "Grain ships wait": what opens a sentence in -s is no verb.
            return false;
        }
        if let Some(verb) = self.by_clause(i, classes, last) {
            return verb;
        }
        if present && self.modifier_before() && self.finite_after(i + 1) {
            // "copper exports from Zambia go".
            return false;
        }
        let that = self.tokens.get(i + 1).is_some_and(|t| self.lexicon.form(t.word) == "that");
        let next_opens = self.starts_noun_phrase(i + 1) && !that || self.phrasal(i) || self.clause_or_infinitive(i);
        let agrees = self.agrees(present);
        let only_verb = agrees && !self.had_finite() && !self.finite_after(i + 1);
        // "the line now ends in": nothing but an adverb between a noun and its verb.
        let adverb_between = self.out.units.last().is_some_and(|u| u.tag == Tag::Adv) && agrees && self.stretch_goes_on(i + 1);
        let governs = self.preposition_at(i + 1) && !self.of_at(i + 1);
        match last {
            Some(Tag::Name) if !self.had_finite() && self.number_fits(present) && self.verb_joined(i + 1) => true,
            Some(Tag::Name | Tag::Noun | Tag::Close) if only_verb && self.stretch_goes_on(i + 1) => true,
            Some(Tag::Name | Tag::Noun) if adverb_between => true,
            Some(Tag::Name | Tag::Noun | Tag::Close)
                if self.relative_waits()
                    && self.number_fits(present)
                    && (self.what_open()
                        || !self.finite_after(i + 1)
                        || self.one_verb_left(i + 1)
                        || self.joins_subject(i + 1)) =>
            {
                true
            }
            // "The EU sanctions on Russia were extended".
            Some(Tag::Name | Tag::Close) if self.preposition_at(i + 1) && !self.had_finite() && self.finite_after(i + 1) => false,
            Some(Tag::That) => self.verb_of_that(i, present),
            Some(Tag::Relative) => self.verb_of_relative(i, present),
            // "what looks like a delay".
            Some(Tag::Sub) => present && self.what_before() && self.stretch_goes_on(i + 1),
            Some(Tag::Pronoun) => true,
            // "Costa Rica talks of", but "the iron-ore mines of".
            Some(Tag::Name | Tag::Close) => {
                // "the Agua Negra tunnel to Chile": a head noun behind its name, and no plural that it could be the verb of.
                let number = self.number_fits(present) || self.had_finite() && classes & class::HEAD == 0;
                let joined = present && self.clause_joined() && self.bare_object_at(i + 1, true);
                joined || next_opens && number || present && self.preposition_at(i + 1) && !self.goods_before()
            }
            Some(Tag::Noun) => {
                next_opens && (present || self.plural_before())
                    || present && agrees && governs && !self.had_finite() && self.joined_later(i + 1)
            }
            Some(Tag::Conj) if governs && self.same_government_before(i) => false,
            Some(Tag::Conj) => {
                // "cuts the time and also lowers costs".
                let beside = present && self.out.units.last().is_some_and(|u| u.tag == Tag::Adv);
                beside && self.had_verb() && self.stretch_goes_on(i + 1)
                    || self.had_verb() && (next_opens || governs && self.goes_on_as_before(form))
                    || self.joins_verb(i, form)
            }
            Some(Tag::Comma) => self.verb_behind_comma_sign(i, present, next_opens),
            _ => false,
        }
    }

    /// "hopes to join", "claim that": what only a verb governs, or a noun of much the same sense.
    fn clause_or_infinitive(&self, i: usize) -> bool {
        let word = self.lexicon.word(self.tokens[i].word);
        self.tokens.get(i + 1).is_some_and(|t| match self.lexicon.form(t.word) {
            "to" => self.verb_follows(i + 2),
            "that" => self.lexicon.clausal().contains(&word.lemma),
            _ => false,
        })
    }

    /// A clause has one verb with a tense; `None` where that decides nothing.
    fn by_clause(&self, i: usize, classes: u32, last: Option<Tag>) -> Option<bool> {
        let present = classes & class::VERB_S != 0;
        if last == Some(Tag::Comma) {
            let number = self.waiting_subject()?;
            // "want it built": a participle, no later verb.
            let only = (self.pronoun_at(i + 1) || !self.finite_after(i + 1)) && self.stretch_goes_on(i + 1);
            return if number.agrees(present) { only.then_some(true) } else { present.then_some(false) };
        }
        if !matches!(last, Some(Tag::Name | Tag::Noun | Tag::Close | Tag::Value)) {
            return None;
        }
        if present
            && (self.demonym_before()
                || self.plural_awaited()
                || self.reduced_behind(i, classes)
                || self.verb_of_plural_behind(i))
        {
            return Some(false);
        }
        let governed = self.out.units.len().checked_sub(2).is_some_and(|at| self.out.units[at].tag == Tag::Prep);
        let later = self.finite_after(i + 1) || self.verb_behind_comma(i + 1);
        let object = self.pronoun_at(i + 1);
        match self.tense() {
            // "A pipeline that avoids the strait links A with B": it is the clause around that waits.
            Tense::Had if !object => {
                let around = self.waiting_subject().is_some_and(|number| number.agrees(present));
                Some(around && !later && self.stretch_goes_on(i + 1))
            }
            Tense::Awaited if object && (self.agrees(present) || !self.finite_after(i + 2)) => Some(true),
            // "the French group Orano signed".
            _ if later && !present && (self.demonym_before() || classes & class::HEAD != 0) => Some(false),
            // "and its railways need wagons": a plural stands before no noun, and this has an object.
            Tense::Open
                if !present
                    && !later
                    && last == Some(Tag::Noun)
                    && self.plural_before()
                    && !self.list_before()
                    && (self.starts_noun_phrase(i + 1) || self.bare_object_at(i + 1, true)) =>
            {
                Some(true)
            }
            // "a 2022 contract", but "two circuits of 400 kV lead".
            Tense::Awaited if last == Some(Tag::Value) && !governed => None,
            Tense::Awaited if !later && self.agrees(present) && (self.may_end(i + 1) || self.series_ahead(i, classes)) => {
                Some(true)
            }
            _ => None,
        }
    }

    /// Something follows that the verb governs; or the clause ends with it: "before the year ends", "The navy pays."
    fn may_end(&self, i: usize) -> bool {
        let subordinate = self.out.units.iter().rev().find(|u| matches!(u.tag, Tag::Sub | Tag::Comma | Tag::Semicolon));
        self.stretch_goes_on(i)
            || subordinate.is_some_and(|u| u.tag == Tag::Sub)
            || self.tokens.get(i).is_some_and(|t| t.is_sign('.'))
                && self.out.units.first().is_some_and(|u| match u.tag {
                    Tag::Det | Tag::Its | Tag::Number | Tag::Pronoun => true,
                    Tag::Name => !self.is_modifier(u),
                    _ => false,
                })
    }

    /// "plans, funds and builds": a verb of the same form behind the comma, and another item behind it.
    fn series_ahead(&self, i: usize, classes: u32) -> bool {
        let at = |at: usize| self.tokens.get(at).map_or(0, |t| self.lexicon.word(t.word).classes);
        let comma = |at: usize| self.tokens.get(at).is_some_and(|t| t.is_sign(','));
        let form = classes & (class::VERB_S | class::VERB_BASE);
        comma(i + 1) && at(i + 2) & form != 0 && (comma(i + 3) || at(i + 3) & class::CONJ != 0)
    }

    /// "cross Uganda and reach Congo": behind "and" a verb without -s, which no noun could be, or one that governs something.
    fn joined_verb_ahead(&self, i: usize) -> bool {
        let classes = |at: usize| self.tokens.get(at).map_or(0, |t| self.lexicon.word(t.word).classes);
        let near = self.tokens.iter().enumerate().skip(i).take(10).take_while(|(_, t)| !t.is_sign('.') && !t.is_sign(';'));
        let noun = class::NOUN_TOO | class::HEAD | class::HEAD_PLURAL;
        let verb =
            |at: usize| classes(at) & class::VERB_BASE != 0 && (classes(at) & noun == 0 || self.starts_noun_phrase(at + 1));
        near.into_iter().any(|(at, t)| self.lexicon.word(t.word).classes & class::CONJ != 0 && verb(at + 1))
    }

    /// "plans, funds and builds": an item of a series, with "and" or a comma behind it.
    fn series_goes_on(&self, i: usize) -> bool {
        let joins = |t: &super::Token| t.is_sign(',') || self.lexicon.word(t.word).classes & class::CONJ != 0;
        self.tokens.get(i).is_some_and(joins)
    }

    /// "the border guards watch the": a plural, and behind it a verb without -s that has an object.
    fn verb_of_plural_behind(&self, i: usize) -> bool {
        let behind = self.tokens.get(i + 1).map_or(0, |t| if t.is_capital() { 0 } else { self.lexicon.word(t.word).classes });
        // "copper exports pass through".
        let through = self.modifier_before() && self.preposition_at(i + 2);
        behind & class::VERB_BASE != 0
            && behind & class::ADJ == 0
            && (through || self.determiner_at(i + 2) || self.pronoun_at(i + 2))
    }

    /// "projects involving", "links crossing": a plural with a participle behind it.
    fn reduced_behind(&self, i: usize, classes: u32) -> bool {
        let behind = self.tokens.get(i + 1).map_or(0, |t| self.lexicon.word(t.word).classes);
        classes & (class::HEAD_PLURAL | class::COLLECTIVE) != 0
            && behind & class::VERB_ING != 0
            && behind & (class::NOUN_TOO | class::PREP) == 0
    }

    /// "Freight trains on the line stop", "investors from the Gulf states visit": the verb agrees with what stands before the
    /// preposition, or right before; "a number of states want": with either.
    fn agrees(&self, present: bool) -> bool {
        // "Ships bound for Europe stop", "the lenders whose loans paid for the dam want".
        let opens = self.waiting_subject().is_some_and(|number| number.agrees(present));
        let near = match self.subject_before_preposition() {
            Some((number, false)) => number.agrees(present),
            Some((number, true)) => number.agrees(present) || self.number_fits(present),
            None => self.number_fits(present),
        };
        near || opens
    }

    /// Behind a comma: a list of verbs goes on, or the subject stands before what the comma closes.
    fn verb_behind_comma_sign(&self, i: usize, present: bool, next_opens: bool) -> bool {
        let governs = self.preposition_at(i + 1) && !self.of_at(i + 1);
        let only_verb = self.agrees(present) && !self.had_finite() && !self.finite_after(i + 1);
        if present {
            return self.verb_before_comma() && self.series_goes_on(i + 1)
                || next_opens
                || self.name_behind_adjective(i + 1)
                || self.preposition_at(i + 1) && !self.had_finite();
        }
        // "Trains enter Kenya at Voi, cross Uganda and reach": a list of verbs without -s goes on.
        let last = self.out.units.iter().rev().find_map(|u| if let Tag::Verb(form) = u.tag { Some(form) } else { None });
        let goes_on = last == Some(Form::Base) && self.starts_noun_phrase(i + 1) && self.joined_verb_ahead(i + 2);
        // "A and its rival, B, end at C".
        goes_on
            || (governs || next_opens) && self.listed_before() && only_verb
            || next_opens && (self.had_modal() || self.aside_between())
            || self.had_modal() && self.verb_before_comma() && self.verb_joined(i + 1)
    }

    /// "who heads", "which lead"; but "over which freight trains run", "who takes which side", "where trains stop".
    fn verb_of_relative(&self, i: usize, present: bool) -> bool {
        let units = &self.out.units;
        let Some(at) = units.iter().rposition(|u| u.tag == Tag::Relative) else { return true };
        let before = at.checked_sub(1).map(|before| units[before].tag);
        if before == Some(Tag::Prep) || self.lexicon.form(units[at].word) == "where" {
            return false;
        }
        present || self.stretch_goes_on(i + 1)
    }

    /// "not", "never", "nobody": what a verb may stand behind; no "neither … nor", and no "no".
    fn adverb_not_before(&self) -> bool {
        self.out.units.last().is_some_and(|u| self.lexicon.joining.denying.contains(&u.word))
    }

    /// "the former", "the other", "the second": one of those just named.
    fn one_of_them_before(&self) -> bool {
        let units = &self.out.units;
        let [.., article, last] = &units[..] else { return false };
        let joining = &self.lexicon.joining;
        let which = last.tag == Tag::Ordinal
            || joining.former.contains(&last.word)
            || joining.latter.contains(&last.word)
            || self.lexicon.form(last.word) == "other";
        article.tag == Tag::Det && which
    }

    /// "few", "many", "some": they open the clause, and may stand for a noun.
    fn pointer_before(&self) -> bool {
        let units = &self.out.units;
        let pointer = units.last().is_some_and(|u| {
            u.tag == Tag::Det
                && matches!(self.lexicon.form(u.word), "few" | "many" | "some" | "most" | "several" | "all" | "both")
        });
        let before = units.len().checked_sub(2).map(|at| units[at].tag);
        pointer
            && matches!(
                before,
                None | Some(Tag::Relative | Tag::Comma | Tag::Conj | Tag::But | Tag::Sub | Tag::Semicolon | Tag::Quote)
            )
    }

    /// "the first shot in": the ordinal has an article.
    fn determined_ordinal(&self) -> bool {
        let before = self.out.units.len().checked_sub(2).map(|at| self.out.units[at].tag);
        matches!(before, Some(Tag::Det | Tag::Its))
    }

    /// "what" right before.
    fn what_before(&self) -> bool {
        self.out.units.last().is_some_and(|u| self.lexicon.form(u.word) == "what")
    }

    /// "What Bangkok offers is": the clause that "what" opens is what another verb, further on, is said of.
    fn what_open(&self) -> bool {
        let opener = self.out.units.iter().rev().find(|u| matches!(u.tag, Tag::Sub | Tag::Relative | Tag::That));
        opener.is_some_and(|u| self.lexicon.form(u.word) == "what")
    }

    /// "whose price": what stands behind it is a noun.
    fn whose_before(&self) -> bool {
        self.out.units.last().is_some_and(|u| u.tag == Tag::Relative && self.lexicon.form(u.word) == "whose")
    }

    /// "the company that trades with A", but "said that trade with A grew", "the news that shares in it were sold": what
    /// stands before "that" could be the subject, or else another verb follows.
    pub(super) fn verb_of_that(&self, i: usize, present: bool) -> bool {
        let between = |u: &&Unit| matches!(u.tag, Tag::That | Tag::Comma | Tag::Quote | Tag::Adv);
        let before = self.out.units.iter().rev().find(|u| !between(u));
        let subject = before.filter(|u| matches!(u.tag, Tag::Noun | Tag::Name | Tag::Close | Tag::Pronoun | Tag::Number));
        let plural = |u: &Unit| self.text[self.tokens[u.tokens.end - 1].span.range()].ends_with('s');
        let fits = subject.is_some_and(|u| u.tag != Tag::Noun || plural(u) != present);
        fits || !self.finite_after(i + 1) && self.stretch_goes_on(i + 1)
    }

    /// "threats to A and links to B": before the conjunction a noun governs with the same preposition.
    pub(super) fn same_government_before(&self, i: usize) -> bool {
        let Some(preposition) = self.tokens.get(i + 1).map(|t| t.word) else { return false };
        let mut units =
            self.out.units.iter().rev().skip(1).skip_while(|u| matches!(u.tag, Tag::Name | Tag::Noun | Tag::Det | Tag::Adj));
        let governs = units.next().is_some_and(|u| u.tag == Tag::Prep && u.word == preposition);
        governs && units.next().is_some_and(|u| u.tag == Tag::Noun && self.lexicon.word(u.word).classes & class::VERB == 0)
    }

    /// "funding", "financing": triggers of frames, where they govern nothing.
    pub(super) fn money_noun_at(&self, i: usize) -> bool {
        self.lexicon.word(self.tokens[i].word).classes & class::TRIGGER_NOUN != 0
    }

    /// "co-financed": the prefix and the verb are one verb.
    pub(super) fn is_prefixed_verb(&self, i: usize) -> bool {
        i > 0 && self.tokens[i].is_joined() && matches!(self.lexicon.form(self.tokens[i - 1].word), "co" | "re")
    }

    /// An auxiliary stands before, a participle behind.
    pub(super) fn inside_verb_group(&self, i: usize) -> bool {
        let auxiliary = matches!(self.out.units.last().map(|u| u.tag), Some(Tag::Have | Tag::Be | Tag::Modal));
        auxiliary
            && self.tokens.get(i + 1).is_some_and(|t| {
                let classes = self.lexicon.word(t.word).classes;
                // "have long opposed", "must first be laid".
                classes & (class::VERB_PARTICIPLE | class::VERB_PAST) != 0
                    || (classes & (class::VERB_BASE | class::BE | class::HAVE) != 0 && self.last_tag() == Some(Tag::Modal))
            })
    }

    /// A verb that is nothing else stands further on, before the next sign.
    pub(super) fn finite_after(&self, i: usize) -> bool {
        let (mut joined, mut bare) = (false, false);
        let mut behind = i;
        for (at, token) in self.tokens.iter().enumerate().skip(i).take(16) {
            // "the group Sabio Telecom (ST) has".
            if token.is_sign('(') {
                let close = (at + 2..at + 4).find(|&end| self.tokens.get(end).is_some_and(|t| t.is_sign(')')));
                behind = close.map_or(at, |close| close + 1);
            }
            if at < behind {
                continue;
            }
            if !matches!(token.kind, TokenKind::Word | TokenKind::Number | TokenKind::Possessive) {
                return false;
            }
            let classes = self.lexicon.word(token.word).classes;
            if classes & (class::RELATIVE | class::SUB) != 0 && classes & class::PREP == 0 {
                return false;
            }
            let taking = class::VERB_PAST | class::NOUN_TOO;
            let plain =
                classes & (class::NOUN_TOO | class::ADJ | class::HEAD | class::HEAD_PLURAL | class::ADV | class::PREP) == 0;
            let finite = classes & (class::BE | class::HAVE | class::MODAL | class::DO) != 0
                || classes & (class::VERB_PAST | class::VERB_S) != 0
                    && classes & (class::NOUN_TOO | class::ADJ | class::HEAD | class::HEAD_PLURAL) == 0
                || classes & class::VERB_BASE != 0 && plain
                // "attacks on ships cost Egypt money".
                || classes & taking == taking && self.starts_noun_phrase(at + 1);
            // "to lay": a past tense too, but not here.
            // "mines owned by Maersk".
            let by = self.tokens.get(at + 1).is_some_and(|t| self.lexicon.form(t.word) == "by");
            let passive = by && classes & class::VERB_PARTICIPLE != 0;
            let infinitive = passive || bare && classes & (class::VERB_BASE | class::BE | class::HAVE | class::DO) != 0;
            bare = self.lexicon.form(token.word) == "to";
            if finite && !infinitive && !token.is_capital() && !token.is_joined() {
                // "exports to Uganda and has …": one verb beside another.
                return !joined;
            }
            joined = classes & class::CONJ != 0;
        }
        false
    }

    /// "that the railway needs", "what Ghana wants": a relative clause is open and has had no verb.
    pub(super) fn relative_waits(&self) -> bool {
        let what = |u: &Unit| u.tag == Tag::Sub && self.lexicon.form(u.word) == "what";
        let ends = |u: &Unit| matches!(u.tag, Tag::Comma | Tag::Semicolon | Tag::Sub) && !what(u);
        let since = self.out.units.iter().rev().take_while(|u| !ends(u));
        let mut noun = false;
        for unit in since {
            match unit.tag {
                Tag::Relative | Tag::That | Tag::Sub => return noun,
                Tag::Verb(_) | Tag::Be | Tag::Have | Tag::Modal | Tag::Do => return false,
                Tag::Noun | Tag::Name => noun = true,
                _ => {}
            }
        }
        false
    }

    /// Something follows that a verb could govern: no sign and no end.
    pub(super) fn stretch_goes_on(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| match t.kind {
            TokenKind::Word => self.lexicon.word(t.word).classes & class::CONJ == 0 && self.lexicon.form(t.word) != "of",
            TokenKind::Number => true,
            TokenKind::Sign(c) => matches!(c, '$' | '€' | '£' | '¥' | '"'),
            TokenKind::Possessive | TokenKind::End => false,
        })
    }

    pub(super) fn ing(&self, i: usize, last: Option<Tag>, noun_too: bool, in_phrase: bool) -> Tag {
        let noun_follows = self.noun_follows(i + 1);
        if in_phrase || noun_follows && self.determined_value_before() {
            return if noun_follows && !noun_too { Tag::Adj } else { Tag::Noun };
        }
        let adjective = self.lexicon.word(self.tokens[i].word).classes & class::ADJ != 0;
        if adjective && noun_follows && !self.starts_noun_phrase(i + 1) && !matches!(last, Some(Tag::Be | Tag::Noun | Tag::Name))
        {
            // "Existing lines carry", "faces mounting costs".
            return Tag::Adj;
        }
        if matches!(last, Some(Tag::Noun | Tag::Name)) && self.compound_of_made(i) {
            return Tag::Noun;
        }
        match last {
            // "By the end of the Tema meeting all sides had signed".
            Some(Tag::Name) if noun_too && self.heads_the_name(i) => Tag::Noun,
            Some(Tag::Noun | Tag::Name | Tag::Adj) if noun_too && !self.starts_noun_phrase(i + 1) && !self.phrasal(i) => {
                Tag::Noun
            }
            Some(Tag::Prep) if noun_too && !self.starts_noun_phrase(i + 1) => Tag::Noun,
            // "secured financing from the bank"; "began mining in Chad" goes on.
            Some(Tag::Verb(_)) if noun_too && self.money_noun_at(i) && !self.starts_noun_phrase(i + 1) => Tag::Noun,
            None if noun_too && !self.starts_noun_phrase(i + 1) && !self.leads_in(i + 1) => Tag::Noun,
            _ => Tag::Verb(Form::Ing),
        }
    }

    /// "Beginning at the border, the road runs", but "Financing for the road, the minister said, comes": from `i` to the comma there is no
    /// verb with a tense, behind it a subject and one, and no other that waits behind the next comma.
    fn leads_in(&self, i: usize) -> bool {
        let comma_from = |from: usize| (from..self.tokens.len()).find(|&at| self.tokens[at].is_sign(','));
        let Some(comma) = comma_from(i).filter(|&at| at < i + 14) else { return false };
        let end = comma_from(comma + 1).unwrap_or(self.tokens.len());
        let subject = self.determiner_at(comma + 1) || self.tokens.get(comma + 1).is_some_and(super::Token::is_capital);
        let tensed = (comma + 2..end).any(|at| self.tense_at(at));
        self.preposition_at(i) && subject && tensed && !self.tense_at(end + 1) && !self.finite_after(i)
    }

    /// "the waterway dredging treaty", "the tungsten working group": behind an article and nouns, and before one noun without an article
    /// for what is agreed, held or made, or for a body.
    fn compound_of_made(&self, i: usize) -> bool {
        let mut before = self.out.units.iter().rev().skip_while(|u| matches!(u.tag, Tag::Noun | Tag::Name | Tag::Adj));
        let opens = before.next().is_some_and(|u| matches!(u.tag, Tag::Det | Tag::Its | Tag::Possessive | Tag::Value));
        let Some(next) = self.tokens.get(i + 1).filter(|t| !t.is_capital()) else { return false };
        let singular = self.lexicon.word(next.word).classes & class::HEAD_PLURAL == 0;
        let head = self.lexicon.head(next.word).filter(|h| !h.name_only).map(|h| h.node_type);
        let fits = head.is_some_and(|kind| {
            [self.lexicon.event_type(), self.lexicon.agreement_type(), self.lexicon.body_type()].contains(&Some(kind))
        });
        opens && singular && fits && !self.noun_follows(i + 2)
    }

    /// Right behind a verb with a tense or its auxiliary.
    fn beside_tense(&self) -> bool {
        let tags: Vec<Tag> = self.out.units.iter().rev().take(2).map(|u| u.tag).collect();
        matches!(
            tags[..],
            [Tag::Verb(Form::Present | Form::Past), ..] | [Tag::Verb(Form::PastOrParticiple | Form::Participle), Tag::Have]
        )
    }

    /// "a 450-km paved road", "a 400-kV direct link": a measure with a hyphen, which a noun must follow.
    fn measure_before(&self) -> bool {
        self.out
            .units
            .last()
            .is_some_and(|u| u.tag == Tag::Value && u.tokens.len() > 1 && self.tokens[u.tokens.end - 1].is_joined())
    }

    /// "a $9 million financing agreement": an amount behind an article, that a noun must follow.
    fn determined_value_before(&self) -> bool {
        let tags: Vec<Tag> = self.out.units.iter().rev().take(2).map(|u| u.tag).collect();
        matches!(tags[..], [Tag::Value, Tag::Det | Tag::Its])
    }

    pub(super) fn past(&self, i: usize, classes: u32, last: Option<Tag>, noun_too: bool, in_phrase: bool) -> Tag {
        let base_too = classes & class::VERB_BASE != 0;
        if in_phrase {
            // "the five adopted the declaration": nothing that an adjective could stand before.
            let counted = matches!(last, Some(Tag::Number)) && (self.starts_noun_phrase(i + 1) || !self.noun_follows(i + 1))
                // "the railway, first proposed by Uzbekistan", "Kenya first proposed the line".
                || matches!(last, Some(Tag::Ordinal))
                    && (self.preposition_at(i + 1) || !self.noun_follows(i + 1) || self.starts_noun_phrase(i + 1))
                    && !self.determined_ordinal();
            if !counted {
                // "its cost stands at": a base form cannot stand before a noun as its adjective.
                return if noun_too && (base_too || !self.noun_follows(i + 1)) { Tag::Noun } else { Tag::Adj };
            }
        }
        if base_too && (matches!(last, Some(Tag::To | Tag::Modal | Tag::Do)) || self.modal_before_phrase()) {
            return Tag::Verb(Form::Base);
        }
        if noun_too && base_too && last == Some(Tag::Noun) && self.tense() == Tense::Had && !self.pronoun_at(i + 1) {
            // "pushed a rival bid for the line".
            return Tag::Noun;
        }
        // "The Saudi bid beat offers": the verb stands right behind.
        let beaten = matches!(last, Some(Tag::Noun | Tag::Name)) && self.past_at(i + 1);
        if noun_too && base_too && (matches!(last, Some(Tag::Prep)) || beaten) {
            return Tag::Noun;
        }
        let only_participle = classes & class::VERB_PAST == 0;
        if base_too && only_participle && matches!(last, Some(Tag::Relative | Tag::That)) {
            // "which run it": a participle cannot stand there.
            return Tag::Verb(Form::Base);
        }
        if base_too && only_participle && self.plural_before() && !self.auxiliary_before() {
            // "the companies run the terminal", "both come from China".
            return if noun_too && !self.starts_noun_phrase(i + 1) && self.had_finite() {
                Tag::Noun
            } else {
                Tag::Verb(Form::Base)
            };
        }
        // "liquefied natural gas", "refined products" with nothing before them.
        if matches!(last, Some(Tag::Prep | Tag::Conj | Tag::Comma) | None)
            && self.noun_follows(i + 1)
            && classes & class::ADJ != 0
        {
            return Tag::Adj;
        }
        // "of refined oil", "began to export liquefied gas", "has cut planned spending": no tense stands behind another verb.
        if (self.beside_tense() || matches!(last, Some(Tag::Prep | Tag::Verb(Form::Base | Form::Ing))))
            && self.noun_follows(i + 1)
        {
            return Tag::Adj;
        }
        Tag::Verb(match (classes & class::VERB_PAST != 0, classes & class::VERB_PARTICIPLE != 0) {
            (true, true) => Form::PastOrParticiple,
            (true, false) => Form::Past,
            _ => Form::Participle,
        })
    }
}
