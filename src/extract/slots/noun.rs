//! Slots of frames that a noun or a typed phrase triggers: its possessor, what it is said of, the phrases that belong to it.

use super::{
    Clause, Determiner, DraftId, End, Ends, Filler, Frame, LinkKind, NodeTypeId, Place, Referent, Tag, Trigger, WordId,
    only_targets,
};
use crate::extract::clause::Attached;
use crate::extract::few::{Ids, Types, few};

impl Filler<'_, '_, '_> {
    pub(super) fn noun_place(&mut self, place: &Place, phrase: usize, types: &[NodeTypeId], frame: &Frame) -> Ends {
        match place {
            Place::Head => self.phrase(phrase, types, None),
            Place::HeadOf => self.said_of(phrase, types),
            Place::Possessor => self.owners(phrase, types),
            Place::Modifier => self.modifiers(phrase, types),
            Place::Agent => self.agent(phrase, types),
            Place::By => self.attached(phrase, &[self.by()], types, frame),
            Place::Prep(preps) => self.attached(phrase, preps, types, frame),
            Place::Subject => self.subject_around(phrase, types),
            Place::Object => Ends::new(),
            Place::Topic => self.topic(types),
            Place::Governed => self.governed(phrase, types),
            Place::Receiver => self.receiver(phrase, types),
            Place::Bearer(preps) => self.bearer(phrase, preps, types),
            Place::ActsThere(preps) => self.acts_there(phrase, preps, types),
            Place::Asked => self.asked(phrase, types),
            Place::Event | Place::EventUnless(_) => few![self.pending_event()],
            Place::Agreement => self.last_agreement(None),
            Place::Body => {
                let data = &self.sentence.elements.phrases[phrase];
                let said = data.spelt_out.is_some() || data.renames.is_some() || data.number.is_some();
                if said { self.last_body() } else { Ends::new() }
            }
            Place::Lone => self.lone(&only_targets(types, frame, self.linker.parts.region)),
            Place::UnsaidPurpose(preps) => self.unsaid_purpose(Trigger::Phrase(phrase), preps, types, frame),
            // "a member of the club": of what is said.
            Place::Again if self.sentence.attached_to(phrase).any(|a| a.sites.last() == Some(&phrase)) => Ends::new(),
            Place::Again => self.again(frame, types).into_iter().collect(),
            Place::Of(inner) => {
                let Place::Prep(preps) = &**inner else { return Ends::new() };
                let groups = self.sentence.attached_to(phrase).filter(|a| preps.contains(&a.prep)).map(|a| a.group).collect();
                self.owners_of(groups, types, &[])
            }
            Place::Owner => self.owner_of_attached(phrase, types),
            Place::Origin => self.origin(phrase, types),
            Place::EventHere
            | Place::Happening
            | Place::MoneySource
            | Place::Same
            | Place::Inner
            | Place::There
            | Place::Around(_) => Ends::new(),
        }
    }

    /// Phrases with a preposition that may belong to this one; for frames triggered by a type, only if no nearer phrase
    /// is of such a type.
    fn attached(&mut self, phrase: usize, preps: &[WordId], types: &[NodeTypeId], frame: &Frame) -> Ends {
        let sentence = self.sentence;
        let mut ends = Ends::new();
        for a in sentence.attached_to(phrase).filter(|a| preps.contains(&a.prep)) {
            if a.prep == self.linker.vocabulary.of && a.sites.last() != Some(&phrase) && !self.met_there(phrase, a) {
                continue;
            }
            if frame.alone && self.verb_between(phrase, a) {
                continue;
            }
            // "Antofagasta and Iquique in Chile": both items of a list.
            let listed = |s: usize| sentence.clauses.groups.iter().any(|g| g.phrases.contains(&s) && g.phrases.contains(&phrase));
            let p = self.linker.parts;
            // What lies somewhere is the nearest thing that can.
            let lying: Types = if Some(frame.edge) == p.within {
                p.place.into_iter().chain(p.project).chain(p.organisation).chain(p.region).collect()
            } else {
                Types::new()
            };
            // "the extension of the A line from B": the line is but the "of" of what B belongs to.
            let inner = |s: usize| frame.route && self.outer_way(s, frame) == Some(phrase);
            // "a meeting of the Arab League in Cairo": the meeting is there, whoever met.
            let met = |s: usize| {
                let of_it = |a: &Attached| a.prep == self.linker.vocabulary.of && a.sites.last() == Some(&phrase);
                let event = p.event.is_some_and(|event| self.is_of(phrase, &[event]));
                event && p.organisation.is_some_and(|o| self.is_of(s, &[o])) && sentence.governed_by(s).is_some_and(of_it)
            };
            // "through Sudan to a port on the Red Sea": the port is there, not Sudan.
            let spot = |s: usize| Some(frame.edge) == p.within && self.linker.lexicon.is_spot(self.head_word(s));
            let mut nearer = a.sites.iter().rev().copied().take_while(|&s| s != phrase).filter(|&s| !listed(s));
            if !frame.types.is_empty()
                && nearer.any(|s| !inner(s) && !met(s) && (self.is_of(s, &frame.types) || self.is_of(s, &lying) || spot(s)))
            {
                continue;
            }
            if frame.route && self.outer_way(phrase, frame).is_some_and(|outer| a.sites.contains(&outer)) {
                continue;
            }
            // "a letter on a corridor between A and B": the pair belongs to what stands right before it.
            let pair = self.linker.vocabulary.pair_prepositions.contains(&a.prep);
            let mut between = a.sites.iter().rev().copied().take_while(|&s| s != phrase);
            if pair && !frame.route && p.way.is_some_and(|w| between.any(|s| self.is_of(s, &[w]))) {
                continue;
            }
            let of_other =
                frame.route && (self.leads_off(phrase, a) || self.starts_at_its_end(phrase, a) || self.of_last_way(phrase, a));
            if of_other || !frame.route && self.ends_of_way(phrase, a) {
                continue;
            }
            ends.extend(self.group(a.group, types, Some(a.prep)));
        }
        if ends.is_empty() && frame.types.is_empty() && !frame.alone {
            // "the body of which Kenya is a member": the relative pronoun took the preposition along.
            // "The loan from China will pay for the railway": behind the verb of which the noun is the subject.
            let clause = self.sentence.clause_of(phrase).map(|c| &self.sentence.clauses.list[c]);
            let whole = self.share_of(phrase);
            let subject =
                |c: &&Clause| c.subject.is_some_and(|g| self.sentence.group(g).iter().any(|&p| p == phrase || Some(p) == whole));
            let own =
                clause.filter(|c| c.link == LinkKind::Relative || subject(c)).map(|c| c.attached.clone()).unwrap_or_default();
            // "The approval of the railway was condemned by Kenya": who did that approved nothing.
            let passive = clause.and_then(|c| c.verb).is_some_and(|v| self.sentence.elements.verbs[v].passive);
            let by = self.by();
            for a in own.into_iter().map(|a| &self.sentence.clauses.attached[a]) {
                if a.sites.is_empty() && preps.contains(&a.prep) && !(passive && a.prep == by) {
                    ends.extend(self.group(a.group, types, Some(a.prep)));
                }
            }
        }
        ends
    }

    /// "a meeting in Vilnius of the ministers": a town is of nobody.
    fn met_there(&self, phrase: usize, attached: &Attached) -> bool {
        let p = self.linker.parts;
        let town = |s: usize| p.place.is_some_and(|place| self.is_of(s, &[place])) && self.sentence.governed_by(s).is_some();
        let mut between = attached.sites.iter().rev().copied().take_while(|&s| s != phrase);
        p.event.is_some_and(|event| self.is_of(phrase, &[event])) && between.all(town)
    }

    /// "At a meeting in Lima, the ministers of A and B asked": who does something where this stands.
    fn acts_there(&mut self, phrase: usize, preps: &[WordId], types: &[NodeTypeId]) -> Ends {
        let Some(clause) = self.clause_behind(phrase, preps).map(|c| &self.sentence.clauses.list[c]) else { return Ends::new() };
        // "is in talks with A": somebody is, and does nothing.
        let inside = self.sentence.governed_by(phrase).is_some_and(|a| a.prep == self.linker.lexicon.known.in_);
        let copula = clause.verb.is_some_and(|v| self.sentence.elements.verbs[v].copula);
        if inside && copula { Ends::new() } else { self.subject(clause, types) }
    }

    fn clause_behind(&self, phrase: usize, preps: &[WordId]) -> Option<usize> {
        self.sentence.governed_by(phrase).filter(|a| preps.contains(&a.prep)).map(|a| a.clause)
    }

    /// "The construction of the line was funded by A": by whom is told of the verb, and not of the noun before it.
    fn verb_between(&self, phrase: usize, attached: &Attached) -> bool {
        let phrases = &self.sentence.elements.phrases;
        let first = self.sentence.group(attached.group).first().map_or(0, |&p| phrases[p].units.start);
        self.sentence.elements.verbs.iter().any(|v| (phrases[phrase].units.end..first).contains(&v.units.start))
    }

    /// "two thirds of Iran's exports": the share that the phrase is the "of" of.
    fn share_of(&self, phrase: usize) -> Option<usize> {
        let attached = self.sentence.governed_by(phrase).filter(|a| a.prep == self.linker.vocabulary.of)?;
        let share = |&p: &usize| {
            self.sentence.elements.phrases[p].measure || self.linker.vocabulary.transparent.contains(&self.head_word(p))
        };
        attached.sites.last().copied().filter(share)
    }

    /// "discussed the line on a visit to A", "uses the line as an alternative to B": the noun before leads there, and not the way.
    fn leads_off(&self, phrase: usize, attached: &Attached) -> bool {
        let Some(&last) = attached.sites.last().filter(|&&last| last != phrase) else { return false };
        let p = self.linker.parts;
        let ground: Types = p.way.into_iter().chain(p.place).chain(p.state).chain(p.region).chain(p.project).collect();
        let role = |prep| self.linker.vocabulary.role_of(prep);
        let on_way =
            self.sentence.governed_by(last).is_some_and(|a| role(a.prep).is_some() || a.prep == self.linker.vocabulary.of);
        let data = &self.sentence.elements.phrases[last];
        !on_way && !data.measure && !self.is_of(last, &ground) && role(attached.prep).is_some()
    }

    /// "would continue from the end of the line along A to B": the line ends where what follows begins.
    fn starts_at_its_end(&self, phrase: usize, attached: &Attached) -> bool {
        let role = |prep| self.linker.vocabulary.role_of(prep);
        let elements = &self.sentence.elements;
        // "The end" is as good as the line; it is asked for as well.
        let end = |p: usize| {
            let from = self.sentence.governed_by(p).is_some_and(|a| role(a.prep) == Some("start"));
            from && !elements.is_way(elements.phrases[p].head) && !elements.names(p)
        };
        let of = self.sentence.governed_by(phrase).filter(|a| a.prep == self.linker.vocabulary.of);
        let site = of.and_then(|a| a.sites.last().copied());
        role(attached.prep).is_some() && (end(phrase) || site.is_some_and(end))
    }

    /// "the Volta bridge and a new bridge between A and B": where the one goes that has no name, the other does not.
    fn of_last_way(&self, phrase: usize, attached: &Attached) -> bool {
        let Some(&last) = attached.sites.last().filter(|&&last| last > phrase) else { return false };
        let listed = self.sentence.clauses.groups.iter().any(|g| g.phrases.contains(&last) && g.phrases.contains(&phrase));
        let named = |p: usize| self.sentence.elements.names(p);
        let own = self.sentence.elements.phrases[last].determiner != Determiner::None;
        listed && own && matches!(self.referents[phrase], Referent::Entities { .. }) && !named(last)
    }

    /// "a loan for power lines from A to B": both ends are the lines', and the loan is neither from A nor to B.
    fn ends_of_way(&self, phrase: usize, attached: &Attached) -> bool {
        let Some(way) = self.linker.parts.way else { return false };
        let nearer = attached.sites.iter().rev().copied().take_while(|&s| s != phrase).find(|&s| self.is_of(s, &[way]));
        let role = |prep| self.linker.vocabulary.role_of(prep);
        let has = |way: usize, wanted: &str| self.sentence.attached_to(way).any(|a| role(a.prep) == Some(wanted));
        matches!(role(attached.prep), Some("start" | "end")) && nearer.is_some_and(|way| has(way, "start") && has(way, "end"))
    }

    /// "the first section of the A road, from B to C": the way that this one is the "of" of, which what follows belongs to.
    fn outer_way(&self, phrase: usize, frame: &Frame) -> Option<usize> {
        let of = self.linker.vocabulary.of;
        let attached = self.sentence.governed_by(phrase).filter(|a| a.prep == of)?;
        // "the construction of a section from B to C" is no way that the section belongs to.
        let through = |outer: usize| self.linker.vocabulary.looks_through(self.head_word(outer));
        attached.sites.last().copied().filter(|&outer| self.is_of(outer, &frame.types) && !through(outer))
    }

    pub(in crate::extract) fn is_of(&self, phrase: usize, types: &[NodeTypeId]) -> bool {
        match &self.referents[phrase] {
            Referent::Entities { ids, .. } => ids.iter().any(|&id| types.contains(&self.linker.drafts[id as usize].kind)),
            Referent::Described { kind, .. } => types.contains(kind),
            Referent::Anaphor { types: allowed, .. } => allowed.iter().any(|t| types.contains(t)),
            Referent::None => false,
        }
    }

    /// What the phrase renames, or the subject of "be" that it is said of.
    /// "a cable with landings in A", "With stops at A, the train": what has it.
    fn bearer(&mut self, phrase: usize, preps: &[WordId], types: &[NodeTypeId]) -> Ends {
        let sentence = self.sentence;
        let Some(attached) = sentence.governed_by(phrase).filter(|a| preps.contains(&a.prep)) else { return Ends::new() };
        match attached.sites.last() {
            Some(&site) => self.phrase(site, types, None),
            None => {
                let clause = &sentence.clauses.list[attached.clause];
                self.grammatical_subject(clause, types)
            }
        }
    }

    fn said_of(&mut self, phrase: usize, types: &[NodeTypeId]) -> Ends {
        if let Some(renamed) = self.sentence.elements.phrases[phrase].renames {
            return self.phrase(renamed, types, None);
        }
        if let Some(group) = self.sentence.elements.phrases[phrase].spelt_out {
            return self.group(group, types, None);
        }
        let sentence = self.sentence;
        if let Some(one) = self.one_out_of(phrase) {
            // "The road, one of its sections, was paid for": what is said of the one.
            return self.said_of(one, types);
        }
        for clause in &sentence.clauses.list {
            let copula = clause.verb.is_some_and(|v| {
                self.sentence.elements.verbs[v].copula
                    || self.linker.vocabulary.linking_verbs.contains(&self.sentence.elements.verbs[v].lemma)
            });
            if copula && clause.objects.iter().any(|&g| self.sentence.group(g).contains(&phrase)) {
                return self.grammatical_subject(clause, types);
            }
            // "The contractor is X", "the signatories are X and Y".
            let data = &self.sentence.elements.phrases[phrase];
            let told = copula && clause.subject.is_some_and(|g| self.sentence.group(g) == [phrase] || self.one_of(g, phrase));
            let definite = matches!(data.determiner, Determiner::The | Determiner::Its) || data.possessor.is_some()
                // "Signatories of the pact include X and Y".
                || data.plural && data.determiner == Determiner::None
                // "Traffic on the line is cement": what has no plural, of something that is told.
                || data.determiner == Determiner::None && sentence.attached_to(phrase).next().is_some()
                // "Also present were X and Y": nothing but a word before "be", and names behind it.
                || data.determiner == Determiner::None && data.units.len() == 1 && !data.pronoun && self.told_of_names(clause);
            if told && definite {
                return clause.objects.first().map(|&g| self.group(g, types, None)).unwrap_or_default();
            }
            // "Among the participants were X and Y".
            let among = copula
                && clause.attached.iter().any(|&a| {
                    let attached = &self.sentence.clauses.attached[a];
                    self.linker.vocabulary.among.contains(&attached.prep) && self.sentence.group(attached.group).contains(&phrase)
                });
            if among {
                let objects = clause.objects.first().map(|&g| self.group(g, types, None)).unwrap_or_default();
                return if objects.is_empty() { self.grammatical_subject(clause, types) } else { objects };
            }
            // "is seen as an alternative", "serves as a link".
            let as_phrase = clause.attached.iter().any(|&a| {
                let attached = &self.sentence.clauses.attached[a];
                self.linker.vocabulary.as_prepositions.contains(&attached.prep)
                    && self.sentence.group(attached.group).contains(&phrase)
            });
            if as_phrase {
                let object = self.object(clause, types);
                return if object.is_empty() { self.grammatical_subject(clause, types) } else { object };
            }
        }
        Ends::new()
    }

    /// What stands behind "be" is named, or an office with a name.
    fn told_of_names(&self, clause: &Clause) -> bool {
        let elements = &self.sentence.elements;
        let named = |p: usize| {
            let data = &elements.phrases[p];
            elements.is_named(data.head) || data.title && data.spelt_out.is_some()
        };
        let told = clause.objects.first().map(|&g| self.sentence.group(g)).unwrap_or_default();
        !told.is_empty() && told.iter().all(|&p| named(p))
    }

    /// "The road, one of its sections": "its" is not the road's.
    pub(super) fn renamed_by(&self, phrase: usize) -> Ids {
        let phrases = &self.sentence.elements.phrases;
        let renamed = self.one_out_of(phrase).and_then(|one| phrases[one].renames);
        match renamed.map(|p| &self.referents[p]) {
            Some(Referent::Entities { ids, .. }) => ids.clone(),
            _ => Ids::new(),
        }
    }

    /// "Egypt and Turkey were its main customers": somebody else's.
    pub(super) fn is_said_of_subject(&self, phrase: usize) -> bool {
        let sentence = self.sentence;
        let copula = |c: &&Clause| c.verb.is_some_and(|v| sentence.elements.verbs[v].copula);
        let said = |c: &Clause| c.objects.iter().any(|&g| sentence.group(g).contains(&phrase));
        sentence.elements.phrases[phrase].determiner == Determiner::Its && sentence.clauses.list.iter().filter(copula).any(said)
    }

    /// "Norway buys the country's oil": what the possessor owns, which somebody else has to do with; not where that renames a name ("Kenya
    /// closed Mombasa, the country's only port").
    pub(super) fn owned_by(&self, possessor: usize) -> usize {
        let phrases = &self.sentence.elements.phrases;
        phrases.iter().position(|p| p.possessor == Some(possessor) && p.renames.is_none()).unwrap_or(possessor)
    }

    /// "turned to Chad, where it is building a road", "the line, which it runs": what the relative clause tells of is not who acts in it.
    pub(super) fn told_of_by(&self, phrase: usize) -> Ids {
        let clauses = &self.sentence.clauses;
        let acts =
            |c: &&Clause| c.link == LinkKind::Relative && c.subject.is_some_and(|g| self.sentence.group(g).contains(&phrase));
        let Some(clause) = clauses.list.iter().find(acts) else { return Ids::new() };
        let attached = clause.attached.iter().map(|&a| clauses.attached[a].group);
        let told = clause.objects.iter().copied().chain(attached).flat_map(|g| self.sentence.group(g).iter().copied());
        let named = |p: usize| match &self.referents[p] {
            Referent::Entities { ids, .. } => ids.clone(),
            _ => Ids::new(),
        };
        told.filter(|&p| p < phrase).flat_map(named).collect()
    }

    /// "one of its sections": the number that the phrase is the "of" of, where that renames something or is said of it.
    fn one_out_of(&self, phrase: usize) -> Option<usize> {
        let attached = self.sentence.governed_by(phrase).filter(|a| a.prep == self.linker.vocabulary.of)?;
        let &one = attached.sites.last()?;
        let data = &self.sentence.elements.phrases[one];
        let number = matches!(self.sentence.units.units[data.head].tag, Tag::Number | Tag::Pronoun);
        let said = self.sentence.clauses.list.iter().any(|c| c.objects.iter().any(|&g| self.sentence.group(g) == [one]));
        (number && (data.renames.is_some() || said)).then_some(one)
    }

    /// "One of the sections is": the group is a number of the phrase.
    fn one_of(&self, group: usize, phrase: usize) -> bool {
        let of = self.linker.vocabulary.of;
        let &[one] = self.sentence.group(group) else { return false };
        let head = self.sentence.units.units[self.sentence.elements.phrases[one].head].tag;
        let number = matches!(head, Tag::Number | Tag::Pronoun);
        number
            && self
                .sentence
                .attached_to(one)
                .any(|a| a.prep == of && a.sites.last() == Some(&one) && self.sentence.group(a.group) == [phrase])
    }

    /// "thanked Kenya for its support": whose deed the phrase is.
    fn judged(&self, phrase: usize) -> Option<usize> {
        let attached = self.sentence.governed_by(phrase)?;
        let clause = &self.sentence.clauses.list[attached.clause];
        let lemma = clause.verb.map(|v| self.sentence.elements.verbs[v].lemma)?;
        let judges = self.linker.lexicon.joining.judging.contains(&lemma) && attached.prep == self.linker.vocabulary.for_;
        clause.objects.last().copied().filter(|_| judges)
    }

    /// Possessor, and names before the noun.
    pub fn owners(&mut self, phrase: usize, types: &[NodeTypeId]) -> Ends {
        let sentence = self.sentence;
        let data = &sentence.elements.phrases[phrase];
        if let Some(possessor) = data.possessor {
            let ends = self.phrase(possessor, types, None);
            if !ends.is_empty() {
                return ends;
            }
        }
        if let Some(judged) = self.judged(phrase).filter(|_| data.determiner == Determiner::Its) {
            return self.group(judged, types, None);
        }
        if data.determiner == Determiner::Its {
            let owner = self.sentence.units.units[data.units.start].word;
            let plural = owner == self.linker.vocabulary.their;
            if self.linker.vocabulary.person_possessives.contains(&owner) {
                // "her visit": a person's, whatever else was mentioned.
                let person: Types = self.linker.parts.person.into_iter().filter(|p| types.contains(p)).collect();
                return self.point_back(phrase, None, &person, false, None);
            }
            if let Some(owner) = self.having(phrase) {
                let ends = self.phrase(owner, types, None);
                if !ends.is_empty() {
                    return ends;
                }
            }
            if let Some(actors) = self.several_acting(phrase).filter(|_| plural) {
                return self.group(actors, types, None);
            }
            if self.belongs_to_other(phrase, types) {
                return Ends::new();
            }
            // "Malaysia said that its rail link would open": no line's, but Malaysia's.
            if plural || !self.belongs_to_actor(phrase, types) {
                let ends = self.point_back(phrase, None, types, plural, None);
                if !ends.is_empty() {
                    return ends;
                }
            }
        }
        self.modifiers(phrase, types)
    }

    /// "a venture with its head office in Baku": "its" is that of what stands before "with", or of what this renames.
    fn having(&self, phrase: usize) -> Option<usize> {
        let attached = self.sentence.governed_by(phrase).filter(|a| self.linker.vocabulary.having.contains(&a.prep))?;
        let &site = attached.sites.last()?;
        Some(self.sentence.elements.phrases[site].renames.unwrap_or(site))
    }

    /// "Bank leaders approved it at their summit", "At their summit, the leaders of A and B agreed": "their" is what the clause tells of these,
    /// and nobody's of the sentence before.
    fn several_acting(&self, phrase: usize) -> Option<usize> {
        let clause = self.sentence.clause_of(phrase).map(|c| &self.sentence.clauses.list[c])?;
        let group = clause.subject?;
        let (&subject, others) = self.sentence.group(group).split_first()?;
        let data = &self.sentence.elements.phrases[subject];
        let told = self.sentence.attached_to(subject).next().is_some();
        let open = matches!(self.referents[subject], Referent::Anaphor { .. });
        let fronted = phrase < subject && self.sentence.governed_by(phrase).is_some_and(|a| a.sites.is_empty());
        let before = subject < phrase && !told && others.is_empty();
        ((fronted || before) && !open && (data.plural || !others.is_empty()) && !data.pronoun).then_some(group)
    }

    /// "China agreed. The League will hold its summit": actors are asked for, and the clause's own subject is one of another type.
    fn belongs_to_other(&self, phrase: usize, types: &[NodeTypeId]) -> bool {
        let p = self.linker.parts;
        let actor = |kind: NodeTypeId| [p.state, p.organisation].contains(&Some(kind));
        let Some(clause) = self.sentence.clause_of(phrase).map(|c| &self.sentence.clauses.list[c]) else { return false };
        let subject = clause.subject.map(|g| self.sentence.group(g)).unwrap_or_default();
        let &[subject] = subject else { return false };
        match &self.referents[subject] {
            Referent::Entities { ids, group: false, .. } if subject < phrase => {
                let kind = |id: &DraftId| self.linker.drafts[*id as usize].kind;
                types.iter().any(|&t| actor(t)) && ids.iter().all(|id| actor(kind(id)) && !types.contains(&kind(id)))
            }
            _ => false,
        }
    }

    /// "its": things are asked for, and before it the sentence names a state or a body as a subject, and no thing.
    fn belongs_to_actor(&self, phrase: usize, types: &[NodeTypeId]) -> bool {
        let p = self.linker.parts;
        let kind = |id: &DraftId| Some(self.linker.drafts[*id as usize].kind);
        let actor = |id: &DraftId| [p.state, p.organisation].contains(&kind(id));
        let things = types.iter().all(|t| ![p.state, p.organisation, p.person].contains(&Some(*t)));
        let subject =
            |p: usize| self.sentence.clauses.list.iter().any(|c| c.subject.is_some_and(|g| self.sentence.group(g) == [p]));
        let names = |p: usize, wanted: &dyn Fn(&DraftId) -> bool| match &self.referents[p] {
            Referent::Entities { ids, .. } => ids.iter().any(wanted),
            _ => false,
        };
        let other = |p: usize| self.is_of(p, types);
        things && (0..phrase).any(|p| names(p, &actor) && subject(p)) && !(0..phrase).any(other)
    }

    fn modifiers(&mut self, phrase: usize, types: &[NodeTypeId]) -> Ends {
        let sentence = self.sentence;
        let data = &sentence.elements.phrases[phrase];
        let mut ends = Ends::new();
        if self.linker.parts.commodity.is_some_and(|c| types.contains(&c)) {
            let goods = self.linker.goods_before(self.sentence, data);
            ends.extend(goods.into_iter().map(|id| End { id, phrase, prep: None, distance: 0, named: true }));
        }
        for id in self.linker.names_before(self.sentence, data) {
            let end = |id| End { id, phrase, prep: None, distance: 0, named: true };
            if types.contains(&self.linker.drafts[id as usize].kind) {
                ends.push(end(id));
            } else {
                ends.extend(self.spelt_out(id, types).into_iter().map(end));
            }
        }
        ends
    }

    /// The states that a name before a noun spells out: those of a region ("the Italy–Central Asia summit") and of a format named by
    /// whom it joins ("the C5+Germany summit").
    fn spelt_out(&mut self, id: DraftId, types: &[NodeTypeId]) -> Ids {
        let draft = &self.linker.drafts[id as usize];
        let region = Some(draft.kind) == self.linker.parts.region;
        let joined = Some(draft.kind) == self.linker.parts.organisation && draft.name.as_str().contains('+');
        if region || joined { self.states_of(&[id], types) } else { Ids::new() }
    }

    /// Possessor, "by X", or the subject of a verb that lends its own to the noun.
    fn agent(&mut self, phrase: usize, types: &[NodeTypeId]) -> Ends {
        // "The line won its first grant": whose it is gives none.
        let received = self.sentence.elements.phrases[phrase].determiner == Determiner::Its && self.is_received(phrase);
        let owners = if received { Ends::new() } else { self.owners(phrase, types) };
        if !owners.is_empty() {
            return owners;
        }
        let ends = self.done_by(phrase, types);
        if !ends.is_empty() {
            return ends;
        }
        let Some(index) = self.sentence.clause_of(phrase) else { return Ends::new() };
        let sentence = self.sentence;
        let clause = &sentence.clauses.list[index];
        let light = clause.verb.is_some_and(|v| {
            let verb = &self.sentence.elements.verbs[v];
            self.table.light.contains(&verb.lemma) && !self.table.receiving.contains(&verb.lemma)
        });
        // "takes a loan from banks": whoever lends is told, if by no name.
        let from = &self.linker.vocabulary.from_prepositions;
        let mut others = sentence.attached_to(phrase).filter(|a| from.contains(&a.prep) && a.sites.last() == Some(&phrase));
        if !light || self.is_loan(phrase) && others.next().is_some() {
            return Ends::new();
        }
        let ends = self.subject(clause, types);
        if ends.is_empty() && !clause.verb.is_some_and(|v| self.sentence.elements.verbs[v].passive) {
            self.around(clause, types)
        } else {
            ends
        }
    }

    /// "a plan by X", "the financing by X", "a loan provided by X".
    pub(super) fn done_by(&mut self, phrase: usize, types: &[NodeTypeId]) -> Ends {
        let by = self.by();
        let sentence = self.sentence;
        let said = |c: &&Clause| {
            let verb = c.verb.map(|v| &sentence.elements.verbs[v]);
            let given = verb.is_some_and(|v| v.passive && !v.negated && self.table.authoring.contains(&v.lemma));
            given
                && matches!(c.link, LinkKind::Participle | LinkKind::Relative)
                && c.subject.is_some_and(|g| sentence.group(g).contains(&phrase))
        };
        let given =
            sentence.clauses.list.iter().filter(said).flat_map(|c| c.attached.iter().map(|&a| &sentence.clauses.attached[a]));
        let attached = self.sentence.attached_to(phrase).chain(given).filter(|a| a.prep == by).map(|a| a.group);
        let attached: Vec<_> = attached.collect();
        attached.into_iter().map(|group| self.group(group, types, Some(by))).find(|ends| !ends.is_empty()).unwrap_or_default()
    }

    /// "Rogun has loans", "the line received a grant".
    fn receiver(&mut self, phrase: usize, types: &[NodeTypeId]) -> Ends {
        let Some(index) = self.sentence.clause_of(phrase).filter(|_| self.is_received(phrase)) else { return Ends::new() };
        let sentence = self.sentence;
        self.subject(&sentence.clauses.list[index], types)
    }

    /// The phrase stands with a verb of getting.
    fn is_received(&self, phrase: usize) -> bool {
        let verb = self.sentence.clause_of(phrase).and_then(|c| self.sentence.clauses.list[c].verb);
        verb.is_some_and(|v| self.table.receiving.contains(&self.sentence.elements.verbs[v].lemma))
    }

    /// "asked the bank for a loan".
    fn asked(&mut self, phrase: usize, types: &[NodeTypeId]) -> Ends {
        let Some(index) = self.sentence.clause_of(phrase) else { return Ends::new() };
        let sentence = self.sentence;
        let clause = &sentence.clauses.list[index];
        let asks = clause.verb.is_some_and(|v| self.linker.vocabulary.asking.contains(&self.sentence.elements.verbs[v].lemma));
        if asks { self.object(clause, types) } else { Ends::new() }
    }

    /// The subject of the clause whose object the noun is.
    fn subject_around(&mut self, phrase: usize, types: &[NodeTypeId]) -> Ends {
        let Some(index) = self.sentence.clause_of(phrase) else { return Ends::new() };
        let sentence = self.sentence;
        let clause = &sentence.clauses.list[index];
        let own = clause.subject.is_some_and(|g| self.sentence.group(g).contains(&phrase));
        if own { Ends::new() } else { self.subject(clause, types) }
    }

    /// "a loan to Malawi to rebuild the line": who gets what the noun names, or how much it is.
    fn receives(&self, who: usize, phrase: usize) -> bool {
        let vocabulary = self.linker.vocabulary;
        // "a loan of $3 billion to build the line".
        let sum = |a: &Attached| a.prep == vocabulary.of && self.sentence.elements.phrases[who].measure;
        let own = |a: &Attached| a.sites.last() == Some(&phrase) && (a.prep == vocabulary.to || sum(a));
        self.is_loan(phrase) && self.sentence.governed_by(who).is_some_and(own)
    }

    /// "agreement to build the line", "memorandum on laying both pieces".
    fn governed(&mut self, phrase: usize, types: &[NodeTypeId]) -> Ends {
        let sentence = self.sentence;
        for clause in &sentence.clauses.list {
            if clause.governor == Some(phrase) || clause.governor.is_some_and(|to| self.receives(to, phrase)) {
                let ends = self.object(clause, types);
                if !ends.is_empty() {
                    return ends;
                }
            }
        }
        Ends::new()
    }
}
