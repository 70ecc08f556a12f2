//! Verbs in the clause reader: which clause a verb group belongs to or opens, and who does it.
//!
//! Phrases and their prepositions are the parent module's.

use super::{Attached, Clause, Group, Last, LinkKind, Reader};
use crate::extract::few::{Few, few};
use crate::extract::lexicon::WordId;
use crate::extract::phrase::{Element, VerbForm};
use crate::model::Mode;

impl Reader<'_> {
    /// "nor does the line cross": the auxiliary opens a clause of its own where one is complete, and waits for its verb.
    pub(super) fn fronted(&mut self, i: usize, auxiliary: usize) -> usize {
        if self.clause().verb.is_some() {
            let before = &self.out.list[self.current];
            let (link, parent) =
                if before.link == LinkKind::Complement { (before.link, before.parent) } else { (LinkKind::Root, None) };
            self.open(link, parent, i);
        }
        self.fronted = Some(auxiliary);
        self.chain.clear();
        self.set(Last::Nothing, i)
    }

    /// Takes over what the auxiliary before the subject says.
    fn take_fronted(&mut self, verb: usize) {
        let Some(auxiliary) = self.fronted.take() else { return };
        let auxiliary = self.elements.verbs[auxiliary].clone();
        let group = &mut self.elements.verbs[verb];
        // "Had they signed, …": they did not; "Were it built, …": it may be.
        let unreal = auxiliary.have && auxiliary.past && auxiliary.units.len() == 1;
        group.negated |= auxiliary.negated || unreal;
        group.past |= auxiliary.have;
        group.modal = auxiliary.modal.or(group.modal);
        if auxiliary.copula && !auxiliary.negated {
            group.modal = Some(Mode::Possible);
        }
        group.passive |= auxiliary.copula && group.form == VerbForm::Undecided;
        group.form = VerbForm::Finite;
    }

    pub(super) fn verb(&mut self, i: usize, verb: usize) -> usize {
        self.pair = None;
        self.take_fronted(verb);
        self.join_across(i, verb);
        self.settle_bare(verb);
        if self.told_participle(i, verb) {
            self.elements.verbs[verb].form = VerbForm::Undecided;
        }
        match self.elements.verbs[verb].form {
            VerbForm::Finite if self.helps(verb) => self.infinitive(i, verb),
            VerbForm::Finite => self.finite(i, verb),
            VerbForm::Undecided => self.undecided(i, verb),
            VerbForm::Infinitive => self.infinitive(i, verb),
            VerbForm::Ing => self.ing(i, verb),
            VerbForm::Participle => self.participle(i, verb),
        }
        self.last = Last::Verb;
        self.titled = None;
        self.chain.clear();
        i + 1
    }

    /// "helped build", "helps Kenya finance the line": an infinitive without "to".
    fn helps(&self, verb: usize) -> bool {
        let group = &self.elements.verbs[verb];
        let bare = group.units.len() == 1 && group.word == group.lemma && group.modal.is_none();
        let before = self.out.list[self.current].verb.map(|v| self.elements.verbs[v].lemma);
        bare && matches!(self.last, Last::Verb | Last::Phrase) && before.is_some_and(|lemma| self.helping.contains(&lemma))
    }

    fn finite(&mut self, i: usize, verb: usize) {
        if self.clause().verb.is_none() {
            self.clause().verb = Some(verb);
            return;
        }
        if self.last == Last::Conj || self.last == Last::Comma && self.goes_on_bare(verb) {
            self.leave_told(verb);
            self.leave_participle(verb);
            self.leave_object_relative(i);
            self.leave_series(i);
            return self.coordinate(i, verb);
        }
        if let Some(around) = self.inverted_around(i) {
            self.current = around;
            self.clause().verb = Some(verb);
            return;
        }
        if self.speaker_behind(i, verb) {
            self.open(LinkKind::Root, None, i);
            self.clause().verb = Some(verb);
            return;
        }
        // A relative or participle clause is over: the verb belongs to the clause around it that has none yet.
        let mut outer = self.out.list[self.current].parent;
        while let Some(clause) = outer {
            if self.out.list[clause].verb.is_none() && self.out.list[clause].subject.is_some() {
                self.current = clause;
                self.clause().verb = Some(verb);
                return;
            }
            outer = self.out.list[clause].parent;
        }
        // "said the line carries": the object read last is the subject of what is said.
        let parent = self.current;
        let subject = if self.last == Last::Phrase { self.out.list[parent].objects.pop() } else { None };
        let carried = subject.or(self.out.list[parent].subject);
        self.open(if subject.is_some() { LinkKind::Complement } else { LinkKind::Root }, subject.map(|_| parent), i);
        self.clause().subject = carried;
        self.clause().verb = Some(verb);
    }

    /// "…," said the minister: behind what is said and a comma, who says it follows its verb.
    fn speaker_behind(&self, i: usize, verb: usize) -> bool {
        let group = &self.elements.verbs[verb];
        let says = self.saying.contains(&group.lemma) && group.units.len() == 1;
        let someone = matches!(self.element(i + 1), Some(Element::Phrase(p)) if !self.elements.phrases[p].measure);
        says && someone
            && self.last == Last::Comma
            && !self.verb_awaited()
            && !self.subject_ahead(i + 2)
            && !self.verb_joined_later(i + 1)
    }

    /// "asked for the data that Kenya held, and has waited": behind a comma it is the clause around that goes on.
    fn leave_object_relative(&mut self, i: usize) {
        let clause = &self.out.list[self.current];
        let comma =
            i >= 2 && matches!((self.element(i - 2), self.element(i - 1)), (Some(Element::Comma), Some(Element::Conj(_))));
        let object = clause.link == LinkKind::Relative && !clause.objects.is_empty() && {
            // What the pronoun stands for is what the verb is done to: it was there before the verb.
            // So does "the bridge Uganda wanted, and supports", without a pronoun.
            let phrase = |at: usize| matches!(self.element(at), Some(Element::Phrase(_)));
            phrase(clause.start) || phrase(clause.start + 1)
        };
        if let Some(parent) = clause.parent.filter(|_| comma && object) {
            self.current = parent;
        }
    }

    /// The clause tells somebody something: "that" behind its object opens what is told.
    pub(super) fn tells(&self) -> bool {
        let verb = self.out.list[self.current].verb.map(|v| self.elements.verbs[v].lemma);
        verb.is_some_and(|v| self.telling.contains(&v))
    }

    /// "signed A and opened B": the same subject, the same place.
    pub(super) fn coordinate(&mut self, i: usize, verb: usize) {
        self.leave_infinitive(verb);
        let before = self.out.list[self.current].clone();
        self.share_modal(before.verb, verb);
        self.open(before.link, before.parent, i);
        // "which Kenya built and runs": the pronoun is what both are done to.
        let object = matches!(self.element(i + 1), Some(Element::Phrase(_)));
        let shared = before.link == LinkKind::Relative && before.objects.len() == 1 && !object;
        let shared = shared && matches!(self.element(before.start + 1), Some(Element::Phrase(_)));
        let active = !self.elements.verbs[verb].passive && !self.elements.verbs[verb].copula;
        let clause = self.clause();
        if shared && active {
            (clause.objects, clause.other_objects) = (before.objects, before.other_objects);
        }
        clause.subject = before.subject;
        clause.other_subjects = before.other_subjects;
        clause.governor = before.governor;
        clause.opener = before.opener;
        clause.verb = Some(verb);
    }

    /// "would leave A, pass B and reach C": the modal holds for all of them.
    fn share_modal(&mut self, before: Option<usize>, verb: usize) {
        let Some(before) = before.map(|v| self.elements.verbs[v].clone()) else { return };
        let group = &mut self.elements.verbs[verb];
        let bare = group.units.len() == 1 && group.word == group.lemma || group.untensed;
        if bare && group.form == VerbForm::Finite && group.modal.is_none() && before.modal.is_some() {
            group.modal = before.modal;
            group.negated |= before.negated;
        }
    }

    /// "by X"; "jointly by X", "to 85% by X".
    fn by_whom(&self, mut i: usize) -> bool {
        let measures = |at: usize| matches!(self.element(at), Some(Element::Phrase(p)) if self.elements.phrases[p].measure);
        if matches!(self.element(i), Some(Element::Adv(_))) {
            i += 1;
        } else if matches!(self.element(i), Some(Element::Prep(_))) && measures(i + 1) {
            i += 2;
        }
        let by = self.element(i) == Some(Element::Prep(self.by));
        by && matches!(self.element(i + 1), Some(Element::Phrase(_))) && !measures(i + 1)
    }

    /// "was built by A and opposed by B", "has voiced sympathy and written no cheque": the auxiliary before holds for both.
    fn shares_auxiliary(&mut self, verb: usize) -> bool {
        let Some(before) = self.clause().verb.filter(|_| self.last == Last::Conj) else { return false };
        let before = self.elements.verbs[before].clone();
        // "the line, being built by A and financed by B".
        let being = before.form == VerbForm::Ing && before.passive;
        if !being && !matches!(before.form, VerbForm::Finite | VerbForm::Infinitive) {
            return false;
        }
        let perfect = before.past && before.units.len() > 1 && !before.copula && !before.have;
        if before.passive || perfect {
            let group = &mut self.elements.verbs[verb];
            group.form = before.form;
            group.passive = before.passive;
            group.past |= before.past;
            group.modal = group.modal.or(before.modal);
        }
        before.passive || perfect
    }

    /// "will be built, run and owned by": a participle behind a passive and a comma, and another behind "and".
    fn passive_row(&self, i: usize) -> bool {
        let passive = self.out.list[self.current].verb.is_some_and(|v| self.elements.verbs[v].passive);
        let participle = |at: usize| matches!(self.element(at), Some(Element::Verb(v)) if matches!(self.elements.verbs[v].form, VerbForm::Undecided | VerbForm::Participle));
        let right_behind = i > 1 && matches!(self.element(i - 2), Some(Element::Verb(_)));
        let comma = usize::from(matches!(self.element(i + 1), Some(Element::Comma)));
        let joined = matches!(self.element(i + 1 + comma), Some(Element::Conj(_))) && participle(i + 2 + comma);
        passive && self.last == Last::Comma && right_behind && (joined || comma == 1 && participle(i + 2))
    }

    fn undecided(&mut self, i: usize, verb: usize) {
        // "has for years promoted": the auxiliary stood apart.
        let bare_have = self.clause().verb.filter(|_| self.out.list[self.current].objects.is_empty());
        if bare_have.is_some_and(|v| self.elements.verbs[v].have) {
            self.elements.verbs[verb].form = VerbForm::Finite;
            self.clause().verb = Some(verb);
            return;
        }
        let by_whom = self.by_whom(i + 1);
        if by_whom && self.shares_auxiliary(verb) {
            return self.coordinate(i, verb);
        }
        if self.passive_row(i) {
            self.last = Last::Conj;
            self.shares_auxiliary(verb);
            return self.coordinate(i, verb);
        }
        let clause = &self.out.list[self.current];
        let (has_verb, has_subject) = (clause.verb.is_some(), clause.subject.is_some());
        let by_follows = matches!(self.element(i + 1), Some(Element::Prep(_)))
            && !matches!(self.element(i + 1), Some(Element::Prep(w)) if w == self.of);
        // "Zambia, which wants a branch, signed": the clause around has waited for its verb.
        let object = self.takes_object(i, verb);
        if has_verb && self.last == Last::Comma && self.verb_awaited() && (object || !self.finite_later(i + 1)) {
            return self.finite(i, verb);
        }
        // "A train carrying fruit left from Lusaka": nothing later is the verb that is waited for.
        let told = matches!(clause.link, LinkKind::Participle) && self.last == Last::Phrase && self.verb_awaited();
        if has_verb && told && !by_whom && !self.tense_later(i + 1) {
            return self.finite(i, verb);
        }
        // "waited for years, signed the deal and went home".
        if has_verb && has_subject && self.last == Last::Comma && !by_follows && self.series_ahead(i + 1) {
            self.coordinate(i, verb);
            self.series = Some(self.current);
            return;
        }
        if self.is_reduced(i, (by_whom, by_follows, object)) { self.participle(i, verb) } else { self.finite(i, verb) }
    }

    /// A participle that is said of the phrase before, and no past tense: told by what follows it, and by what its clause has.
    fn is_reduced(&self, i: usize, (by_whom, by_follows, object): (bool, bool, bool)) -> bool {
        let clause = &self.out.list[self.current];
        let (has_verb, has_subject) = (clause.verb.is_some(), clause.subject.is_some());
        if by_whom || !has_verb && has_subject && self.last == Last::Comma && self.doer_later(i + 1) {
            // "operated by BP", "the line, opened in May by BP": no past tense.
            true
        } else if !has_verb && has_subject && clause.link == LinkKind::Relative && self.last == Last::Nothing {
            // "which built the line": what follows the pronoun has a tense.
            false
        } else if !has_verb && has_subject && clause.link == LinkKind::Relative && self.last == Last::Phrase {
            // "the line, which China built in 1970, competes": the relative clause has a subject of its own.
            // "the lenders whose loans paid for the dam want": the clause around waits for the later one.
            clause.objects.is_empty() && self.finite_later(i + 1) && !self.verb_awaited()
        } else if !has_verb && clause.link == LinkKind::Adverbial && clause.opener == Some(self.what) {
            // "what the ministers signed was".
            false
        } else if !has_verb && has_subject {
            let apart = self.last == Last::Comma && self.verb_behind_comma(i + 1);
            !object
                && !self.opens_series(i)
                && (self.finite_later(i + 1) || apart)
                && !matches!(self.last, Last::Conj | Last::Break)
        } else if has_verb {
            // "an outlet under a scheme called the Atlantic Initiative": the clause has its verb, and takes no other clause.
            let apart = self.last == Last::Phrase && !self.verb_awaited() && !self.takes_clause();
            // "built in 1966 and widened in 2001, the road": as the participle before it.
            let passive = clause.verb.is_some_and(|v| self.elements.verbs[v].passive);
            let row = clause.link == LinkKind::Participle && passive && !object;
            row && matches!(self.last, Last::Conj) && (!self.verb_awaited() || self.finite_later(i + 1))
                || !matches!(self.last, Last::Conj) && (by_follows || !matches!(self.element(i + 1), Some(Element::Phrase(_))))
                || matches!(self.last, Last::Comma)
                || apart
        } else {
            // "Nobody won the contract".
            !(object && clause.not)
        }
    }

    /// "by" and who did it stand behind what the verb has no object among: "signed in Beira on Friday by".
    fn doer_later(&self, from: usize) -> bool {
        let mut at = from;
        loop {
            at += match (self.element(at), self.element(at + 1)) {
                (Some(Element::Prep(word)), Some(Element::Phrase(p))) if word == self.by => {
                    return !self.elements.phrases[p].measure && !self.elements.phrases[p].temporal;
                }
                (Some(Element::Prep(_)), Some(Element::Phrase(_) | Element::Date(_))) => 2,
                (Some(Element::Adv(_) | Element::Date(_)), _) => 1,
                _ => return false,
            };
        }
    }

    /// What this verb governs is followed by "and" with a verb that has a tense.
    fn verb_joined_later(&self, mut i: usize) -> bool {
        while let Some(Element::Phrase(_) | Element::Prep(_) | Element::Adv(_) | Element::Date(_)) = self.element(i) {
            i += 1;
        }
        let comma = usize::from(self.element(i) == Some(Element::Comma));
        let tensed = |v: usize| matches!(self.elements.verbs[v].form, VerbForm::Finite | VerbForm::Undecided);
        matches!((self.element(i + comma), self.element(i + comma + 1)), (Some(Element::Conj(_)), Some(Element::Verb(v))) if tensed(v))
    }

    /// A clause around this one has a subject and no verb.
    pub(super) fn verb_awaited(&self) -> bool {
        let mut outer = self.out.list[self.current].parent;
        while let Some(clause) = outer {
            if self.out.list[clause].verb.is_none() && self.out.list[clause].subject.is_some() {
                return true;
            }
            outer = self.out.list[clause].parent;
        }
        false
    }

    pub(super) fn new_group(&mut self, phrase: usize) -> usize {
        self.out.groups.push(Group { phrases: few![phrase] });
        self.out.groups.len() - 1
    }

    /// "route proposed by Uzbekistan": what is done is done to the phrase before.
    fn participle(&mut self, i: usize, verb: usize) {
        if self.elements.verbs[verb].form == VerbForm::Participle && self.shares_auxiliary(verb) {
            return self.coordinate(i, verb);
        }
        self.elements.verbs[verb].form = VerbForm::Participle;
        self.elements.verbs[verb].passive = true;
        if self.last == Last::Conj && matches!(self.out.list[self.current].link, LinkKind::Participle) {
            return self.coordinate(i, verb);
        }
        let parent = self.current;
        let mut candidates: Few<usize> = Few::new();
        let sites = self.sites();
        for site in sites {
            candidates.push(self.new_group(site));
        }
        if matches!(self.last, Last::Comma | Last::Nothing | Last::Sub(_)) || candidates.is_empty() {
            candidates.extend(self.out.list[parent].subject);
        }
        self.open(LinkKind::Participle, Some(parent), i);
        let clause = self.clause();
        clause.subject = candidates.first().copied();
        clause.other_subjects = candidates.into_iter().skip(1).collect();
        clause.verb = Some(verb);
    }

    fn ing(&mut self, i: usize, verb: usize) {
        let parent = self.current;
        let outer = self.out.list[parent].clone();
        match self.last {
            Last::Prep(word) => {
                let governor = self.chain.last().copied();
                let discusses = outer.verb.is_some_and(|v| self.discussing.contains(&self.elements.verbs[v].lemma));
                // "lent $9 million for upgrading the road": whoever pays does not build.
                let sum = |&g: &usize| self.out.groups[g].phrases.iter().any(|&p| self.elements.phrases[p].measure);
                let pays = word == self.for_ && outer.objects.iter().any(sum);
                self.open(LinkKind::Gerund, Some(parent), i);
                let judged = self.judged(&outer, word);
                let clause = self.clause();
                clause.opener = Some(word);
                clause.governor = governor;
                if judged.is_some() {
                    clause.subject = judged;
                } else if !discusses && !pays {
                    clause.subject = outer.subject;
                    clause.other_subjects = outer.other_subjects;
                }
                clause.verb = Some(verb);
                self.prevented(parent, word);
            }
            Last::Conj if outer.verb.is_some_and(|v| self.elements.verbs[v].form == VerbForm::Ing) => self.coordinate(i, verb),
            Last::Verb => {
                // "proposed holding a summit", "began building".
                self.open(LinkKind::Gerund, Some(parent), i);
                let clause = self.clause();
                clause.subject = outer.subject;
                clause.other_subjects = outer.other_subjects;
                clause.verb = Some(verb);
            }
            Last::Sub(_) => {
                // The clause that the subordinator opened; its subject is that of the clause around it.
                let around = outer.parent.map(|p| self.out.list[p].clone());
                let clause = self.clause();
                clause.verb = Some(verb);
                if let Some(around) = around {
                    clause.subject = around.subject;
                    clause.other_subjects = around.objects.into_iter().chain(around.other_subjects).collect();
                }
            }
            _ => self.doing(i, verb, &outer),
        }
    }

    /// "a line linking A with B", "A and B, building a line, …": who does it stands right before, or is the subject before a comma.
    fn doing(&mut self, i: usize, verb: usize, outer: &Clause) {
        let parent = self.current;
        let sites = self.sites();
        let groups: Few<usize> = sites.into_iter().map(|s| self.row_ending(s).unwrap_or_else(|| self.new_group(s))).collect();
        let mut candidates: Few<usize> = Few::new();
        if matches!(self.last, Last::Comma) {
            candidates.extend(outer.subject);
            candidates.extend(groups);
        } else {
            candidates.extend(groups);
            candidates.extend(outer.subject);
        }
        candidates.extend(outer.other_subjects.iter().chain(&outer.objects).copied());
        self.open(LinkKind::Participle, Some(parent), i);
        let clause = self.clause();
        clause.subject = candidates.first().copied();
        clause.other_subjects = candidates.into_iter().skip(1).collect();
        clause.verb = Some(verb);
    }

    /// "ended with Kenya and Uganda signing": the row whose last member a phrase is.
    fn row_ending(&self, phrase: usize) -> Option<usize> {
        let row = |g: &Group| g.phrases.len() > 1 && g.phrases.last() == Some(&phrase);
        self.out.groups.iter().rposition(row)
    }

    fn infinitive(&mut self, i: usize, verb: usize) {
        let parent = self.current;
        let outer = self.out.list[parent].clone();
        if self.last == Last::Conj && outer.link == LinkKind::Infinitive {
            return self.coordinate(i, verb);
        }
        let governor = if self.last == Last::Phrase { self.chain.last().copied() } else { None };
        self.open(LinkKind::Infinitive, Some(parent), i);
        // "asked the guests to pay": the object acts; "agreed with Pakistan to begin": the subject.
        let lemma = outer.verb.map(|v| self.elements.verbs[v].lemma);
        let object_control = outer.objects.last().copied().filter(|&g| {
            let controls = lemma.is_some_and(|l| self.controlling.contains(&l));
            controls && self.out.groups[g].phrases.last().copied() == governor
        });
        let object_control =
            object_control.or_else(|| self.taken_as(&outer, governor)).or_else(|| self.contractor(&outer, governor));
        let object_control = self.given_to(&outer).filter(|_| lemma.is_some_and(|l| self.giving.contains(&l))).or(object_control);
        let meant = self.meant(&outer, governor);
        if let Some(attached) = outer.attached.last().copied().filter(|_| meant.is_some()) {
            // The preposition belongs to who is meant, and to nothing before it.
            self.out.list[parent].attached.retain(|a| *a != attached);
            self.out.attached[attached].sites.clear();
            // "It is up to Kenya to build it", "turned to Kenya to build it": nobody has done it yet.
            let ahead = outer.verb.is_some_and(|v| self.elements.verbs[v].copula)
                || self.called_on(&outer, self.out.attached[attached].prep);
            let group = &mut self.elements.verbs[verb];
            group.modal = group.modal.or(ahead.then_some(Mode::Planned));
        }
        // "finance a project to link A and B": what the noun stands for links them, where it can.
        let governing = governor.map(|phrase| self.new_group(phrase));
        let asking = self.asking;
        // "a bridge over the river to be built by Kenya": what stands before it is built. So it may be behind a comma, if the subject cannot.
        let told_of = governor.is_some() || self.last == Last::Comma;
        let done_to: Few<usize> = if self.elements.verbs[verb].passive && told_of {
            let sites = self.sites();
            sites.into_iter().map(|site| self.new_group(site)).collect()
        } else {
            Few::new()
        };
        // "asked the bank for money to build it": the bank does not.
        let money = object_control.is_none() && lemma.is_some_and(|l| asking.contains(&l)) && self.asks_for(&outer);
        let needless = self.needless(&outer);
        let clause = self.clause();
        clause.opener = needless;
        clause.governor = governor;
        clause.verb = Some(verb);
        if let (Some(&patient), None, None) = (done_to.first(), meant, object_control) {
            let first = outer.subject.filter(|_| governor.is_none()).unwrap_or(patient);
            clause.subject = Some(first);
            clause.other_subjects = done_to.into_iter().chain(outer.subject).filter(|&g| g != first).collect();
            return;
        }
        clause.subject = meant.or(object_control).or(outer.subject);
        // "asked donors to pay": whoever asks does not, though nobody knows the donors.
        let asks = object_control.is_some() && lemma.is_some_and(|l| asking.contains(&l));
        let objects = outer.objects.iter().copied().filter(|_| !money);
        let others = outer.subject.filter(|_| !asks).into_iter().chain(outer.other_subjects.iter().copied()).chain(objects);
        clause.other_subjects = others.chain(governing).collect();
    }

    /// "asked the bank for money".
    fn asks_for(&self, outer: &Clause) -> bool {
        outer.attached.iter().any(|&a| self.out.attached[a].prep == self.for_)
    }

    /// "a plan for Kenya to build it", "called on Kenya to build it": who is meant to.
    fn meant(&self, outer: &Clause, before: Option<usize>) -> Option<usize> {
        let &last = outer.attached.last()?;
        let attached = &self.out.attached[last];
        let [one] = self.out.groups[attached.group].phrases[..] else { return None };
        let leads = attached.prep == self.for_ || self.called_on(outer, attached.prep);
        (leads && Some(one) == before && self.names(one)).then_some(attached.group)
    }

    /// "called on": whoever stands behind the preposition is wanted to do what follows.
    fn called_on(&self, outer: &Clause, prep: WordId) -> bool {
        let lemma = outer.verb.map(|v| self.elements.verbs[v].lemma);
        self.calling_on.iter().any(|&(verb, on)| Some(verb) == lemma && on == prep)
    }

    /// "named X as the bidder to run it", "X was chosen as the firm to run it": X does.
    fn taken_as(&self, outer: &Clause, governor: Option<usize>) -> Option<usize> {
        let governor = governor?;
        let taken = |&a: &usize| {
            let attached = &self.out.attached[a];
            self.as_.contains(&attached.prep) && self.out.groups[attached.group].phrases.last() == Some(&governor)
        };
        let passive = outer.verb.is_some_and(|v| self.elements.verbs[v].passive);
        let who = if passive { outer.subject } else { outer.objects.first().copied() };
        who.filter(|_| outer.attached.iter().any(taken))
    }

    /// "Kenya signed a contract with X to build it", "Kenya's contract with X to build it": of a state and somebody else, the other one does
    /// what the contract is for; of two states both do.
    fn contractor(&mut self, outer: &Clause, governor: Option<usize>) -> Option<usize> {
        let made = |p: usize| self.elements.is_made(self.elements.phrases[p].head);
        let agreed = |a: &&Attached| {
            a.prep == self.with
                && self.out.groups[a.group].phrases.last().copied() == governor
                && a.sites.last().is_some_and(|&s| made(s))
        };
        let with = outer.attached.iter().map(|&a| &self.out.attached[a]).find(agreed)?;
        let (group, pact) = (with.group, *with.sites.last()?);
        let owner = self.elements.phrases[pact].possessor.map(|p| self.new_group(p));
        let first = owner.or(outer.subject.filter(|&g| !self.out.groups[g].phrases.contains(&pact)))?;
        let states = |g: usize| self.out.groups[g].phrases.iter().all(|&p| self.names_area(p) || self.is_government(p));
        match (states(first), states(group)) {
            (true, false) => Some(group),
            (true, true) => {
                let both = self.out.groups[first].phrases.iter().chain(&self.out.groups[group].phrases).copied().collect();
                self.out.groups.push(Group { phrases: both });
                Some(self.out.groups.len() - 1)
            }
            (false, _) => owner,
        }
    }

    /// "granted X a concession to run it", "awarded a contract to X to build it": X does what follows.
    fn given_to(&self, outer: &Clause) -> Option<usize> {
        let to = outer.attached.iter().map(|&a| &self.out.attached[a]).find(|a| a.prep == self.to).map(|a| a.group);
        let passive = outer.verb.is_some_and(|v| self.elements.verbs[v].passive);
        let first = outer.objects.first().copied().filter(|_| outer.objects.len() > 1 && !passive);
        first.or(to)
    }
}
