//! Verbs in a row: "studied it, found that it was dear, and shelved it", "decided to wait and, at the close, signed".
//!
//! Which clause goes on where a verb follows a comma or a conjunction. Part of the reader of clauses.

use super::{Attached, Last, LinkKind, Reader};
use crate::extract::few::Few;
use crate::extract::lexicon::WordId;
use crate::extract::phrase::{Determiner, Element, VerbForm};

impl Reader<'_> {
    /// "and, at the close of the talks, adopted": what stands first behind the conjunction parts it from its verb, and no more.
    pub(super) fn join_across(&mut self, i: usize, verb: usize) {
        let Some((at, _)) = self.joined.take().filter(|_| matches!(self.last, Last::Phrase | Last::Comma | Last::Conj)) else {
            return;
        };
        if at + 1 == i || !self.only_circumstances(at + 1, i) {
            return;
        }
        let apart = self.comma_before(i) && matches!(self.element(at + 1), Some(Element::Comma));
        let governs = matches!(self.element(i + 1), Some(Element::Phrase(p)) if !self.elements.phrases[p].temporal);
        let joins = match self.elements.verbs[verb].form {
            VerbForm::Finite => true,
            VerbForm::Undecided => apart || governs,
            _ => false,
        };
        if joins {
            self.last = Last::Conj;
        }
    }

    /// What stood first behind the conjunction belongs to the clause that it opens.
    pub(super) fn take_over(&mut self, before: usize, at: usize, attached: usize) {
        let new = self.current;
        let moved: Few<usize> = self.out.list[before].attached.iter().copied().filter(|&a| a >= attached).collect();
        let said = &self.elements.list[at..self.out.list[new].start];
        let dated = |value: &usize| said.iter().any(|e| e.0 == Element::Date(*value));
        let dates: Few<usize> = self.out.list[before].dates.iter().copied().filter(dated).collect();
        self.out.list[before].attached.retain(|a| *a < attached);
        self.out.list[before].dates.retain(|d| !dates.contains(d));
        for &index in &moved {
            self.out.attached[index].clause = new;
            self.out.attached[index].sites = Few::new();
        }
        self.clause().attached = moved;
        self.clause().dates = dates;
    }

    /// "Once a rival of Kenya, Uganda backs the line", "Though a member, …": no clause stands behind the conjunction.
    pub(super) fn leave_verbless(&mut self, group: usize) {
        let clause = &self.out.list[self.current];
        let (Some(parent), Some(said)) = (clause.parent, clause.subject) else { return };
        let around = &self.out.list[parent];
        let opens = clause.link == LinkKind::Adverbial && around.verb.is_none() && around.subject.is_none();
        let (said, who) = (self.out.groups[said].phrases.clone(), self.out.groups[group].phrases.first().copied());
        if let (true, [one], Some(who)) = (opens && clause.opener != Some(self.what), &said[..], who) {
            self.elements.phrases[*one].renames = Some(who).filter(|_| !self.names(*one));
            self.current = parent;
        }
    }

    /// "Kenya, which has no oil, and Uganda, which has no port, signed": the subject that a relative clause interrupted goes on.
    pub(super) fn rejoin_subject(&mut self, i: usize, group: usize, end: usize) -> bool {
        let Some(around) = self.rejoins(i) else { return false };
        let alone = self.subject_ahead(end) || self.relative_then_verb(end);
        let Some(subject) = self.out.list[around].subject.filter(|_| alone) else { return false };
        let more = self.out.groups[group].phrases.clone();
        self.out.groups[subject].phrases.extend(more);
        self.current = around;
        true
    }

    /// "crosses Kenya, which is rich, and Uganda": the list that the relative clause interrupted goes on behind its comma.
    pub(super) fn rejoin_list(&mut self, i: usize, group: usize, end: usize) -> bool {
        let joined =
            i > 1 && matches!((self.element(i - 2), self.element(i - 1)), (Some(Element::Comma), Some(Element::Conj(_))));
        let closed =
            matches!(self.element(end), None | Some(Element::Comma | Element::Semicolon | Element::Break | Element::But));
        let clause = &self.out.list[self.current];
        let over = joined && closed && clause.link == LinkKind::Relative && clause.verb.is_some() && i > 2;
        // "which borders Uganda, and Rwanda" goes on with what it borders.
        let name_before = matches!(self.element(i.wrapping_sub(3)), Some(Element::Phrase(p)) if self.names(p));
        let more = self.out.groups[group].phrases.clone();
        let Some(around) = clause.parent.filter(|_| over && !name_before && more.iter().all(|&p| self.names(p))) else {
            return false;
        };
        let Some((_, stood)) = self.antecedents.iter().rfind(|(c, _)| *c == self.current) else { return false };
        let Some(item) = stood.first().copied().filter(|&p| self.names(p)) else { return false };
        let outer = &self.out.list[around];
        let holds = |g: &usize| self.out.groups[*g].phrases.last() == Some(&item);
        let governed = outer.attached.iter().map(|&a| self.out.attached[a].group).find(holds);
        let Some(list) = outer.objects.iter().copied().find(holds).or(governed).filter(|_| outer.verb.is_some()) else {
            return false;
        };
        self.out.groups[list].phrases.extend(more);
        self.current = around;
        true
    }

    /// "announced by Kenya", "announced in May will be held": a verb of saying that is a participle here.
    pub(super) fn told_participle(&self, i: usize, verb: usize) -> bool {
        let group = &self.elements.verbs[verb];
        let past = group.form == VerbForm::Finite && group.past && group.units.len() == 1 && group.word != group.lemma;
        if !past || !self.saying.contains(&group.lemma) || self.last != Last::Phrase && self.last != Last::Comma {
            return false;
        }
        let agent = matches!((self.element(i + 1), self.element(i + 2)), (Some(Element::Prep(w)), Some(Element::Phrase(p)))
            if w == self.by && !self.elements.phrases[p].measure);
        let mut at = i + 1;
        while let Some(Element::Prep(_) | Element::Date(_) | Element::Adv(_) | Element::Phrase(_)) = self.element(at) {
            let bare =
                matches!(self.element(at), Some(Element::Phrase(_))) && !matches!(self.element(at - 1), Some(Element::Prep(_)));
            if bare {
                break;
            }
            at += 1;
        }
        let finite = matches!(self.element(at), Some(Element::Verb(v)) if self.elements.verbs[v].form == VerbForm::Finite);
        agent || finite && at > i + 1 && self.clause_verb().is_none() && self.last == Last::Phrase
    }

    /// "Among those who signed were Kenya and Uganda": the clause around has a prepositional phrase, and its verb comes before its subject.
    pub(super) fn inverted_around(&self, be: usize) -> Option<usize> {
        let clause = &self.out.list[self.current];
        let around = clause.parent.filter(|_| clause.link == LinkKind::Relative && clause.verb.is_some())?;
        let outer = &self.out.list[around];
        let empty = outer.verb.is_none() && outer.subject.is_none() && outer.attached.len() == 1 && outer.link == LinkKind::Root;
        let copula = matches!(self.element(be), Some(Element::Verb(v)) if self.elements.verbs[v].copula);
        let name = matches!(self.element(be + 1), Some(Element::Phrase(p)) if self.names(p));
        (empty && copula && name).then_some(around)
    }

    /// The clause around a relative clause that waits for its verb, and to whose subject the phrase behind ", and" is alike; "the Sanga field,
    /// operated by A, and the Jubilee field, operated by B, supply it" likewise.
    pub(super) fn rejoins(&self, i: usize) -> Option<usize> {
        let Some(Element::Phrase(phrase)) = self.element(i).filter(|_| i > 1) else { return None };
        let joined = matches!((self.element(i - 2), self.element(i - 1)), (Some(Element::Comma), Some(Element::Conj(_))));
        let clause = &self.out.list[self.current];
        let told_so =
            clause.link == LinkKind::Participle && self.element(i + 1) == Some(Element::Comma) && self.participle_at(i + 2);
        let ends = clause.link == LinkKind::Relative || told_so;
        let around = clause.parent.filter(|_| joined && ends && clause.verb.is_some())?;
        let outer = &self.out.list[around];
        let subject = outer.subject.filter(|_| outer.verb.is_none())?;
        let last = self.out.groups[subject].phrases.last().copied()?;
        let things = told_so && self.bears_name(last) && self.bears_name(phrase);
        (self.names(last) && self.names(phrase) || things).then_some(around)
    }

    /// "operated by A".
    fn participle_at(&self, i: usize) -> bool {
        let by = self.element(i + 1) == Some(Element::Prep(self.by));
        let form = |v: usize| self.elements.verbs[v].form;
        matches!(self.element(i), Some(Element::Verb(v)) if by && matches!(form(v), VerbForm::Participle | VerbForm::Undecided))
    }

    /// "Kenya", "the Jubilee field".
    fn bears_name(&self, phrase: usize) -> bool {
        let data = &self.elements.phrases[phrase];
        self.names(phrase) || data.head > data.units.start && self.elements.is_named(data.head - 1)
    }

    /// "runs from Baku, where it begins, through Tbilisi to Ceyhan": behind the comma the way goes on.
    pub(super) fn leave_where(&mut self, prep: WordId) {
        let leads = |p: &WordId| self.routes.goes_on.contains(p) || self.routes.starts.contains(p);
        let clause = &self.out.list[self.current];
        let over = clause.link == LinkKind::Relative && clause.verb.is_some() && self.last == Last::Comma && leads(&prep);
        let Some(around) = clause.parent.filter(|_| over) else { return };
        let before = self.out.list[around].attached.iter().rev().map(|&a| &self.out.attached[a]).find(|a| leads(&a.prep));
        if let Some(sites) = before.map(|a| a.sites.clone()) {
            self.current = around;
            self.chain.clear();
            self.chain.extend(sites);
        }
    }

    /// "At the summit, which Kenya hosted, …": the clause around has what stands first, and neither subject nor verb.
    pub(super) fn waits_for_subject(&mut self) -> bool {
        let mut outer = self.out.list[self.current].parent;
        while let Some(clause) = outer {
            let data = &self.out.list[clause];
            if data.verb.is_none() && data.subject.is_none() && data.link == LinkKind::Root {
                let first = !data.attached.is_empty() || !data.dates.is_empty();
                self.current = if first { clause } else { self.current };
                return first;
            }
            outer = data.parent;
        }
        false
    }

    /// "lifted the blockade it imposed in May", "the offer Kenya made": a clause right behind a noun that says what was done to it.
    pub(super) fn contact_relative(&mut self, i: usize, group: usize) -> bool {
        let Some(&before) = self.chain.last() else { return false };
        let noun = &self.elements.phrases[before];
        let known = noun.determiner != Determiner::None && !self.names(before) && !noun.temporal && !noun.measure;
        let subject = &self.out.groups[group].phrases[..];
        // "the contract the two signed", "the treaty the three countries ratified".
        let counted = |p: usize| {
            let phrase = &self.elements.phrases[p];
            phrase.determiner == Determiner::The && phrase.number.is_some()
        };
        let who = subject.iter().all(|&p| self.names(p) || self.elements.phrases[p].pronoun || counted(p));
        let at = self.behind_adverbs(i + 1);
        let Some(Element::Verb(verb)) = self.element(at).filter(|_| known && who && subject.len() == 1) else { return false };
        let own = matches!(self.element(at + 1), Some(Element::Phrase(p)) if !self.elements.phrases[p].temporal);
        let verb = &self.elements.verbs[verb];
        let told = self.takes_clause() && self.clause_objects().any(|p| p == before);
        if own || verb.copula || verb.passive || told || matches!(self.element(at + 1), Some(Element::That | Element::Adj(_))) {
            return false;
        }
        // "The railway Kenya is building": Kenya is not what the railway is, as "the contractor Kenya Rail" may be.
        if self.elements.is_way(self.elements.phrases[before].head) {
            let spelt = &mut self.elements.phrases[before].spelt_out;
            *spelt = spelt.filter(|&g| g != group);
        }
        let parent = self.current;
        let object = self.new_group(before);
        self.open(LinkKind::Relative, Some(parent), i);
        let clause = self.clause();
        clause.objects.push(object);
        clause.subject = Some(group);
        true
    }

    /// "The treaty the two countries signed has lapsed": the same, of a subject that waits for its own verb.
    pub(super) fn contact_of_subject(&mut self, i: usize, group: usize) -> bool {
        let waits = self.clause().subject.is_some() && self.clause().verb.is_none();
        let at = self.behind_adverbs(i + 1);
        let relative = matches!(self.element(at), Some(Element::Verb(_))) && self.finite_later(at + 1);
        waits && relative && self.contact_relative(i, group)
    }

    /// "When the line opened it carried coal": without a comma the main clause begins behind one that a conjunction opens.
    pub(super) fn main_behind_adverbial(&mut self, group: usize) -> bool {
        let clause = &self.out.list[self.current];
        let empty = |&c: &usize| self.out.list[c].verb.is_none() && self.out.list[c].subject.is_none();
        let Some(parent) = clause.parent.filter(empty).filter(|_| clause.link == LinkKind::Adverbial) else { return false };
        if self.takes_clause() || clause.opener == Some(self.what) {
            return false;
        }
        self.current = parent;
        self.clause().subject = Some(group);
        true
    }

    /// "At the summit, which Kenya hosted, its envoy, Jane Doe, spoke": the subject that the clause around waits for.
    pub(super) fn opens_awaited_clause(&self, end: usize) -> bool {
        let clause = &self.out.list[self.current];
        // "Asked about the road, the minister, Jane Doe, said".
        let leads_in = matches!(clause.link, LinkKind::Participle | LinkKind::Gerund) && clause.subject.is_none();
        // "While he was in Tema, the minister, Jane Doe, said".
        let leads_in = leads_in || clause.link == LinkKind::Adverbial && clause.opener != Some(self.what);
        let empty = |c: usize| {
            let data = &self.out.list[c];
            data.verb.is_none() && data.subject.is_none() && (leads_in || !data.attached.is_empty())
        };
        let fits = leads_in || clause.link == LinkKind::Relative;
        let awaited = fits && clause.verb.is_some() && clause.parent.is_some_and(empty);
        awaited && (self.apposed_subject_ahead(end) || self.relative_then_verb(end))
    }

    /// "…, which suspended its exports in May, sold": a relative clause between commas, and a verb behind it.
    pub(super) fn relative_then_verb(&self, end: usize) -> bool {
        // ", for which …", ", the second phase of which …".
        let led = match (self.element(end + 1), self.element(end + 2)) {
            (Some(Element::Prep(_)), _) => 1,
            (Some(Element::Phrase(_)), Some(Element::Prep(_))) => 2,
            _ => 0,
        };
        let relative = matches!(self.element(end + 1 + led), Some(Element::Relative(_)));
        let participle = self.participle_at(end + 1);
        if !relative && !participle || !matches!(self.element(end), Some(Element::Comma)) {
            return false;
        }
        let mut verbs = usize::from(participle);
        for at in end + 2 + led..end + 26 {
            match (self.element(at), self.element(self.behind_adverbs(at + 1))) {
                (Some(Element::Comma), Some(Element::Verb(v))) if verbs > 0 => return self.may_tell(v),
                (Some(Element::Verb(_)), _) => verbs += 1,
                (None | Some(Element::Semicolon | Element::Break), _) => return false,
                _ => {}
            }
        }
        false
    }

    /// "…, and the line, when it opens, will carry": a clause with a subordinator between commas, and a verb behind it.
    pub(super) fn subclause_then_verb(&self, end: usize) -> bool {
        if !matches!((self.element(end), self.element(end + 1)), (Some(Element::Comma), Some(Element::Sub(_)))) {
            return false;
        }
        let mut verb = false;
        for at in end + 2..end + 16 {
            match self.element(at) {
                Some(Element::Comma) => {
                    let next = self.behind_adverbs(at + 1);
                    return verb && matches!(self.element(next), Some(Element::Verb(v)) if self.may_tell(v));
                }
                Some(Element::Verb(_)) => verb = true,
                None | Some(Element::Semicolon | Element::Break) => return false,
                _ => {}
            }
        }
        false
    }

    /// "built the TSGP, a project designed to carry gas": what renames has a participle, and is the subject of nothing.
    pub(super) fn renames_with_participle(&self, end: usize, last: Last) -> bool {
        let Some(Element::Phrase(phrase)) = end.checked_sub(1).and_then(|at| self.element(at)) else { return false };
        let new = self.elements.phrases[phrase].determiner == Determiner::Indefinite && !self.elements.phrases[phrase].plural;
        let behind = end > 1 && matches!(self.element(end - 2), Some(Element::Comma));
        let participle =
            matches!(self.element(end), Some(Element::Verb(v)) if self.elements.verbs[v].form == VerbForm::Undecided);
        let bare = !matches!(self.element(end + 1), Some(Element::Phrase(_) | Element::That));
        last == Last::Comma && new && behind && participle && bare && self.clause_has_verb()
    }

    /// "At Tema, an hour's drive to the west, Terminal 3 was built": behind what opens the sentence, a phrase between commas told where
    /// that is, and a name right before the verb is the subject.
    pub(super) fn stands_before_verb(&self, subject: usize, group: usize, last: Last) -> bool {
        let &[name] = &self.out.groups[group].phrases[..] else { return false };
        let &[said] = &self.out.groups[subject].phrases[..] else { return false };
        let at = |p: usize| self.elements.list.iter().position(|e| e.0 == Element::Phrase(p));
        let (Some(name_at), Some(said_at)) = (at(name), at(said)) else { return false };
        let fronted = self.out.list[self.current].attached.iter().any(|&a| self.out.attached[a].sites.is_empty());
        let verb = matches!(self.element(name_at + 1), Some(Element::Verb(v)) if self.tensed(v));
        last == Last::Comma
            && fronted
            && verb
            && self.comma_before(said_at)
            && self.names(name)
            && !self.names(said)
            && !self.is_title(said)
    }

    /// "a stretch linking A to B, a segment between C and D": behind the comma the list goes on whose item the participle told of.
    pub(super) fn next_of_ways(&mut self, group: usize) -> bool {
        let clause = &self.out.list[self.current];
        let told = matches!(clause.link, LinkKind::Participle | LinkKind::Relative) && !self.verb_awaited();
        let subject = clause.subject.and_then(|g| self.out.groups[g].phrases.first().copied());
        let (Some(item), Some(parent)) = (subject, clause.parent.filter(|_| told && self.last != Last::Phrase)) else {
            return false;
        };
        let new = |p: usize| self.is_way(p) && self.elements.phrases[p].determiner == Determiner::Indefinite;
        let more = self.out.groups[group].phrases.clone();
        if !new(item) || !more.iter().all(|&p| new(p)) || !matches!(self.last, Last::Comma | Last::Conj) {
            return false;
        }
        let Some(list) = self.out.groups.iter().position(|g| g.phrases.last() == Some(&item)) else { return false };
        self.out.groups[list].phrases.extend(more.iter().copied());
        self.current = parent;
        self.chain.clear();
        self.chain.extend(more.last().copied());
        self.last = Last::Phrase;
        true
    }

    /// "the line, which China built and which Kenya runs": what the second pronoun stands for, and where it hangs.
    pub(super) fn antecedents_at(&self, i: usize) -> (usize, Few<usize>) {
        // "the line, which crosses A and for which B pays": of the same thing, past what hangs on the verb before.
        let led = matches!(self.last, Last::Prep(_)) && i > 1 && matches!(self.element(i - 2), Some(Element::Conj(_)));
        let current = if led { self.relative_around() } else { self.current };
        let clause = &self.out.list[current];
        let that = matches!(self.element(clause.start), Some(Element::That));
        let again = led || self.last == Last::Conj || self.last == Last::Comma && that;
        let again = again && clause.link == LinkKind::Relative;
        let before = self.antecedents.iter().find(|(c, _)| again && *c == current);
        match (before, clause.parent) {
            (Some((_, phrases)), Some(parent)) => (parent, phrases.clone()),
            _ => (self.current, self.sites()),
        }
    }

    /// The relative clause that the infinitives and -ing forms around here hang on, else the clause itself.
    fn relative_around(&self) -> usize {
        let mut at = self.current;
        while let (LinkKind::Infinitive | LinkKind::Gerund, Some(parent)) = (self.out.list[at].link, self.out.list[at].parent) {
            at = parent;
        }
        at
    }

    /// What may be meant right behind here, likeliest first: what stands nearest, but "the line from A to B, run by C" before A and B.
    pub(super) fn sites(&self) -> Few<usize> {
        let mut sites: Few<usize> = self.chain.iter().rev().copied().collect();
        let Some(&nearest) = sites.first() else { return sites };
        let ends = |a: &&Attached| self.out.groups[a.group].phrases.last() == Some(&nearest);
        let Some(last) = self.out.attached.iter().rfind(ends) else { return sites };
        let both = self.routes.pairs.contains(&last.prep) && self.out.groups[last.group].phrases.len() > 1;
        let starts =
            |a: &&Attached| self.routes.starts.contains(&a.prep) && a.sites.last().is_some_and(|s| last.sites.contains(s));
        let goes_on = self.routes.goes_on.contains(&last.prep);
        let from = self.out.attached.iter().rfind(|a| goes_on && starts(a));
        // "a terminal at Tema, which Bechtel runs", "the road on the Kenyan side, for which it paid".
        let there =
            || Some(last).filter(|a| [self.at, self.on].contains(&a.prep) && a.sites.last().is_some_and(|&s| !self.names(s)));
        // "a pipeline from A, owned by C".
        let lone = self.last == Last::Comma
            && self.routes.starts.contains(&last.prep)
            && self.names(nearest)
            && last.sites.last().is_some_and(|&s| self.is_way(s));
        let goes = from.or(Some(last).filter(|_| both || lone)).or_else(there).and_then(|a| {
            // "a feeder of 190 km from A to B, which": the feeder.
            a.sites.iter().rev().find(|&&s| !self.elements.phrases[s].measure)
        });
        if let Some(at) = goes.and_then(|goes| sites.iter().position(|s| s == goes)) {
            sites[..=at].rotate_right(1);
        }
        sites
    }

    pub(super) fn clause_objects(&self) -> impl Iterator<Item = usize> {
        self.out.list[self.current].objects.iter().flat_map(|&g| self.out.groups[g].phrases.iter().copied())
    }

    pub(super) fn attach_antecedent(&mut self, prep: WordId, group: usize) {
        let clause = self.current;
        self.out.attached.push(Attached { prep, group, sites: Few::new(), clause });
        let index = self.out.attached.len() - 1;
        self.clause().attached.push(index);
    }

    /// "Nepal and Bhutan, which import oil", "which between them import most of it": a verb without -s is done by all of the list before
    /// the comma.
    pub(super) fn whole_list(&self, i: usize) -> Option<usize> {
        let mut at = self.behind_adverbs(i + 1);
        while let (Some(Element::Prep(_)), Some(Element::Phrase(_))) = (self.element(at), self.element(at + 1)) {
            at = self.behind_adverbs(at + 2);
        }
        let Some(Element::Verb(verb)) = self.element(at).filter(|_| self.last == Last::Comma) else { return None };
        let group = &self.elements.verbs[verb];
        let bare = group.units.len() == 1 && group.form == VerbForm::Finite && !group.past && group.word == group.lemma;
        // "which are no members", "which have signed".
        let plural = bare || group.plural;
        let &last = self.chain.last()?;
        let list = |g: &super::Group| g.phrases.len() > 1 && g.phrases.last() == Some(&last);
        self.out.groups.iter().rposition(list).filter(|_| plural && group.modal.is_none())
    }

    /// Behind a list that is the "of" of something stands a relative clause whose verb goes with one alone.
    pub(super) fn one_does_it(&self, i: usize, antecedents: &[usize]) -> bool {
        let adverb = usize::from(matches!(self.element(i + 1), Some(Element::Adv(_))));
        let Some(Element::Verb(verb)) = self.element(i + 1 + adverb).filter(|_| matches!(self.last, Last::Phrase | Last::Comma))
        else {
            return false;
        };
        let [nearest, another, ..] = antecedents else { return false };
        let listed = |a: &Attached| {
            let group = &self.out.groups[a.group].phrases;
            group.len() > 1 && group.last() == Some(nearest) && a.sites.last() == Some(another)
        };
        self.elements.verbs[verb].singular && self.out.attached.iter().rev().any(listed)
    }

    /// "Not invited were Mali and Chad", "Missing from the list is Zambia": a participle that opens the clause and goes with the "be"
    /// behind it, whose subject comes last.
    pub(super) fn predicate_first(&mut self, i: usize) -> Option<usize> {
        let Some(Element::Verb(verb)) = self.element(i) else { return None };
        // "Attending the forum were Mali and Chad".
        let object = match self.element(i + 1) {
            Some(Element::Phrase(p)) if self.elements.verbs[verb].form == VerbForm::Ing => Some(p),
            _ => None,
        };
        let end = i + 1 + usize::from(object.is_some());
        self.precedes_subject(end, verb).then(|| {
            if let Some(object) = object {
                let group = self.new_group(object);
                self.clause().objects.push(group);
                self.chain.clear();
                self.chain.push(object);
            }
            self.last = Last::Nothing;
            end
        })
    }

    /// The subject of the verb of this clause follows it.
    pub(super) fn inverted_here(&self) -> bool {
        self.inverted.is_some() && self.inverted == self.out.list[self.current].verb
    }

    /// `at` is behind the verb and its object.
    fn precedes_subject(&mut self, mut at: usize, verb: usize) -> bool {
        let clause = &self.out.list[self.current];
        let first = self.elements.verbs[verb].clone();
        let opens = clause.verb.is_none() && clause.subject.is_none() && clause.attached.is_empty() && self.last == Last::Nothing;
        let fits = matches!(first.form, VerbForm::Undecided | VerbForm::Participle | VerbForm::Ing);
        if !opens || !fits {
            return false;
        }
        while let Some(Element::Prep(_) | Element::Adv(_) | Element::Date(_) | Element::Phrase(_)) = self.element(at) {
            let governed = matches!(self.element(at - 1), Some(Element::Prep(_)));
            if matches!(self.element(at), Some(Element::Phrase(_))) && !governed {
                return false;
            }
            at += 1;
        }
        let (Some(Element::Verb(be)), Some(Element::Phrase(_))) = (self.element(at), self.element(at + 1)) else { return false };
        let not = self.out.list[self.current].not;
        let group = &mut self.elements.verbs[be];
        if !group.copula || self.inverted.is_some() {
            return false;
        }
        (group.lemma, group.word, group.copula) = (first.lemma, first.word, false);
        (group.passive, group.progressive) = (first.form != VerbForm::Ing, first.form == VerbForm::Ing);
        group.negated |= not || first.negated;
        self.out.list[self.current].not = false;
        self.inverted = Some(be);
        true
    }

    /// Nothing but prepositional phrases, dates and adverbs.
    pub(super) fn only_circumstances(&self, from: usize, to: usize) -> bool {
        (from..to).all(|at| match self.element(at) {
            Some(Element::Prep(_) | Element::Date(_) | Element::Adv(_) | Element::Comma) => true,
            Some(Element::Phrase(p)) => {
                matches!(self.element(at - 1), Some(Element::Prep(_))) || self.elements.phrases[p].temporal
            }
            _ => false,
        })
    }

    /// A verb that can have a tense: "let", "signed", "signs".
    fn may_tell(&self, verb: usize) -> bool {
        self.tensed(verb) || self.elements.verbs[verb].form == VerbForm::Undecided
    }

    /// Says when, or has a form that no infinitive has: "signed", "signs", "will sign", but not "to build and run".
    fn tensed(&self, verb: usize) -> bool {
        let group = &self.elements.verbs[verb];
        let whole = matches!(group.form, VerbForm::Finite | VerbForm::Undecided);
        whole && (group.modal.is_some() || group.units.len() > 1 || group.word != group.lemma)
    }

    /// "told the bank", "closed the border": what stands right behind it is done something to, so that it is no participle. A passive
    /// keeps an object with few verbs: "called the Lamu Plan", "given a chance".
    pub(super) fn takes_object(&self, i: usize, verb: usize) -> bool {
        let group = &self.elements.verbs[verb];
        let object = matches!(self.element(i + 1), Some(Element::Phrase(p)) if !self.elements.phrases[p].temporal);
        object && group.form == VerbForm::Undecided && !self.keeping.contains(&group.lemma)
    }

    /// "would begin at A, run to B and come ashore": a form that is the base as well goes on what the modal opened.
    pub(super) fn settle_bare(&mut self, verb: usize) {
        let group = &self.elements.verbs[verb];
        let either = matches!(group.form, VerbForm::Participle | VerbForm::Undecided) && group.word == group.lemma;
        let Some(before) = self.clause_verb().filter(|_| either && group.units.len() == 1) else { return };
        let infinitive = self.last == Last::Conj && before.form == VerbForm::Infinitive;
        let modal = matches!(self.last, Last::Conj | Last::Comma) && before.modal.is_some();
        if (infinitive || modal) && !before.passive {
            self.elements.verbs[verb].form = VerbForm::Finite;
        }
    }

    fn clause_verb(&self) -> Option<&crate::extract::phrase::VerbGroup> {
        self.out.list[self.current].verb.map(|v| &self.elements.verbs[v])
    }

    /// "wants to export gas and opened talks": a verb with a tense goes on what the infinitive hangs on.
    pub(super) fn leave_infinitive(&mut self, verb: usize) {
        if !self.tensed(verb) {
            return;
        }
        while let LinkKind::Infinitive | LinkKind::Gerund = self.clause().link {
            let clause = &self.out.list[self.current];
            let passive = clause.verb.is_some_and(|v| self.elements.verbs[v].passive);
            let Some(parent) = clause.parent.filter(|&p| self.out.list[p].verb.is_some() && !passive) else { return };
            self.current = parent;
        }
    }

    /// "links to a line run by A, and could be extended": a verb with a tense goes on no participle, but what that hangs on.
    pub(super) fn leave_participle(&mut self, verb: usize) {
        let group = &self.elements.verbs[verb];
        let tensed = group.form == VerbForm::Finite && (group.modal.is_some() || group.units.len() > 1);
        while let (LinkKind::Participle, true) = (self.clause().link, tensed) {
            let parent = self.out.list[self.current].parent;
            let Some(parent) = parent.filter(|&p| self.out.list[p].verb.is_some()) else { return };
            self.current = parent;
        }
    }

    /// A verb that may have a tense stands before the next comma or conjunction.
    pub(super) fn tense_later(&self, from: usize) -> bool {
        (from..from + 20)
            .map_while(|i| self.element(i))
            .take_while(|e| {
                matches!(e, Element::Phrase(_) | Element::Prep(_) | Element::Adv(_) | Element::Date(_) | Element::Verb(_))
            })
            .any(|e| matches!(e, Element::Verb(v) if self.may_tell(v)))
    }

    /// "found that it was dear, and shelved it": the last of a row goes on the row, not on what was found.
    pub(super) fn leave_series(&mut self, i: usize) {
        let comma =
            i >= 2 && matches!((self.element(i - 2), self.element(i - 1)), (Some(Element::Comma), Some(Element::Conj(_))));
        let Some(series) = self.series.filter(|_| comma) else { return };
        let mut inner = Some(self.current);
        while let Some(clause) = inner {
            if clause == series {
                self.current = series;
                self.series = None;
                return;
            }
            inner = self.out.list[clause].parent;
        }
    }

    /// What this verb governs is followed by "and" with a verb that has a tense, with what it says, found or saw in between.
    pub(super) fn series_ahead(&self, from: usize) -> bool {
        let (mut told, mut i) = (false, from);
        while i < from + 30 {
            match self.element(i) {
                Some(Element::Phrase(_) | Element::Prep(_) | Element::Adv(_) | Element::Date(_) | Element::Adj(_)) => {}
                Some(Element::That | Element::Relative(_)) => told = true,
                Some(Element::Verb(_)) if told => {}
                Some(Element::Verb(v)) if self.elements.verbs[v].form == VerbForm::Infinitive => {}
                Some(Element::Comma) => match (self.element(i + 1), self.element(i + 2)) {
                    (Some(Element::Conj(_)), Some(Element::Verb(v))) => return self.tensed(v),
                    (Some(Element::Verb(v)), _) if self.tensed(v) => i += 1,
                    _ if told => {}
                    _ => return false,
                },
                Some(Element::Conj(_)) => match self.element(i + 1) {
                    Some(Element::Verb(v)) if !told => return self.tensed(v),
                    Some(_) => {}
                    None => return false,
                },
                _ => return false,
            }
            i += 1;
        }
        false
    }

    /// "built, owns and runs", "visited the site, saw that": a verb behind a subject without a comma, and another behind its own.
    pub(super) fn opens_series(&self, i: usize) -> bool {
        if self.last != Last::Phrase || self.comma_before(i) {
            return false;
        }
        let mut next = i + 1;
        while let Some(Element::Phrase(_) | Element::Prep(_) | Element::Adv(_) | Element::Date(_)) = self.element(next) {
            next += 1;
        }
        let comma = matches!(self.element(next), Some(Element::Comma));
        let verb = matches!(self.element(next + 1), Some(Element::Verb(v)) if self.tensed(v));
        comma && verb && self.series_ahead(next + 2)
    }

    /// "The bank, approached in May, declined", "the line, reopened after repairs for which Kenya paid, moved coal": behind what stands
    /// between commas comes the verb.
    pub(super) fn verb_behind_comma(&self, from: usize) -> bool {
        let mut inner = false;
        for i in from..from + 20 {
            match self.element(i) {
                Some(Element::Prep(_) | Element::Phrase(_) | Element::Adv(_) | Element::Date(_)) => {}
                Some(Element::Relative(_)) => inner = true,
                Some(Element::Verb(_)) if inner => {}
                Some(Element::Comma) => {
                    let next = self.behind_adverbs(i + 1);
                    return matches!(self.element(next), Some(Element::Verb(v)) if self.may_tell(v));
                }
                _ => return false,
            }
        }
        false
    }

    pub(super) fn behind_adverbs(&self, mut i: usize) -> usize {
        while matches!(self.element(i), Some(Element::Adv(_))) {
            i += 1;
        }
        i
    }

    /// "in Nairobi last November, Rwanda's president": a date between a name and the comma, so that what follows does not rename it.
    pub(super) fn dated_before(&self, i: usize) -> bool {
        let at = |back: usize| i.checked_sub(back).and_then(|at| self.element(at));
        matches!((at(3), at(2), at(1)), (Some(Element::Phrase(_)), Some(Element::Date(_)), Some(Element::Comma)))
    }

    /// "The bank, although present, made no offer": what the subordinator opened has an adjective and no verb, and is over.
    pub(super) fn leave_bare_subclause(&mut self) {
        let clause = &self.out.list[self.current];
        let bare = clause.link == LinkKind::Adverbial && clause.verb.is_none() && clause.subject.is_none();
        if let Some(parent) = clause.parent.filter(|_| bare && self.last == Last::Adj) {
            self.current = parent;
        }
    }
}
