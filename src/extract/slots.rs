//! Filling the slots of frames from a sentence that has been read.
//!
//! A slot yields phrases; what they refer to is asked with the types that the frame
//! allows, so that "it", "the line" and "Baku" become what fits there. Slots of frames that a noun
//! triggers are `noun`'s.

mod happening;
mod holder;
mod homeland;
mod inner;
mod kept;
mod noun;
mod spoken;
mod stops;
mod there;

use crate::schema::{EntryId, NodeTypeId};

use super::clause::{Clause, LinkKind};
use super::coref::Anaphor;
use super::entity::{DraftId, Linker, Referent};
use super::few::{Few, Ids, Types, few};
use super::frame::{Frame, FrameTable, Place, Slot};
use super::lexicon::{WordId, class};
use super::mode::{clause_mode, governing_noun};
use super::phrase::{Determiner, VerbForm};
use super::sentence::Sentence;
use super::unit::Tag;
use super::value::ValueKind;

/// An amount of money: text, number, currency.
pub type Money = (String, f64, Box<str>);

/// An end of an edge that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct End {
    /// Which entity.
    pub id: DraftId,
    /// The phrase that refers to it.
    pub phrase: usize,
    /// The preposition that governs it.
    pub prep: Option<WordId>,
    /// How many sentences back an anaphor reached; 0 for names.
    pub distance: usize,
    /// Named here, not pointed back to.
    pub named: bool,
}

/// Several of them: one or two as a rule.
pub type Ends = smallvec::SmallVec<[End; 2]>;

/// An event that is settled when the whole article is read.
pub const PENDING: DraftId = DraftId::MAX;

/// A group of more states than these is no list of who took part: "the world", "Africa".
const MOST_MEMBERS: usize = 12;

/// Where a frame is triggered.
#[derive(Debug, Clone, Copy)]
pub enum Trigger {
    /// By the verb of a clause.
    Verb(usize),
    /// By a noun or a typed phrase: the phrase.
    Phrase(usize),
}

/// Reads slots of one sentence.
pub struct Filler<'s, 'l, 'a> {
    /// The document's entities.
    pub linker: &'l mut Linker<'a>,
    /// The frames.
    pub table: &'s FrameTable,
    /// The sentence.
    pub sentence: &'s Sentence,
    /// What its phrases refer to.
    pub referents: &'l mut Vec<Referent>,
    /// Its place in the article.
    pub number: usize,
    /// Regions stand for their members in the frame being filled.
    pub expand: bool,
    /// The frame being filled says where a way goes.
    pub route: bool,
    /// A region's states are meant as the region in the frame being filled.
    pub regional: bool,
    /// Types that a pronoun means first in the frame being filled: money is for things before it is for states.
    pub things: Types,
    /// The happening that a verb of this sentence tells, and its clause.
    pub happening: Option<(usize, DraftId)>,
    /// Targets of the edges found in this sentence.
    pub targets: Vec<(crate::schema::EdgeTypeId, End)>,
}

impl Filler<'_, '_, '_> {
    /// The ends that a list of slots yields. The first slot that yields something wins; `all` slots add to it.
    pub fn fill(&mut self, slots: &[Slot], trigger: Trigger, types: &[NodeTypeId], frame: &Frame) -> Ends {
        let mut ends: Ends = Ends::new();
        let mut single = false;
        for slot in slots {
            if single && !slot.all {
                continue;
            }
            let found = self.place(&slot.place, trigger, types, frame);
            if found.is_empty() {
                continue;
            }
            single |= !slot.all;
            if ends.is_empty() && found.len() == 1 {
                ends = found;
                continue;
            }
            for end in found {
                if !ends.iter().any(|e| e.id == end.id) {
                    ends.push(end);
                }
            }
        }
        ends
    }

    fn place(&mut self, place: &Place, trigger: Trigger, types: &[NodeTypeId], frame: &Frame) -> Ends {
        match trigger {
            Trigger::Verb(clause) => self.verb_place(place, clause, types, frame),
            Trigger::Phrase(phrase) => self.noun_place(place, phrase, types, frame),
        }
    }

    // ---------------------------------------------------------------- verbs

    fn verb_place(&mut self, place: &Place, index: usize, types: &[NodeTypeId], frame: &Frame) -> Ends {
        let sentence = self.sentence;
        let clause = &sentence.clauses.list[index];
        match place {
            Place::Subject => self.subject(clause, types),
            Place::Object => self.object(clause, types),
            Place::By => self.prepositional(clause, &[self.by()], types),
            Place::Prep(preps) => self.prepositional(clause, preps, types),
            Place::Topic => self.topic_before(clause, types),
            Place::Event => self.event(clause),
            Place::EventUnless(preps) => self.event_unless(clause, preps),
            Place::EventHere => self.event(clause).into_iter().filter(|e| e.id != PENDING).collect(),
            Place::Happening => self.happening_told(index).into_iter().collect(),
            Place::MoneySource => self.money_source(clause, types),
            Place::Agreement => self.last_agreement(Some(clause)),
            Place::Inner => self.inner(index, types, &frame.doing),
            Place::Around(preps) => self.attached_around(clause, preps, types),
            // "cover the cost of building it".
            Place::Governed => {
                // "The contract to build it went to X".
                let own = clause.objects.iter().copied().chain(clause.subject);
                own.flat_map(|g| sentence.group(g)).flat_map(|&p| self.noun_place(place, p, types, frame)).collect()
            }
            Place::Body => self.last_body(),
            Place::There => self.there(clause, types),
            Place::Owner => self.goods_owner(clause, types),
            Place::Lone => self.lone(&only_targets(types, frame, self.linker.parts.region)),
            // "lends it $5 million": who gets the money is told.
            Place::UnsaidPurpose(_) if frame.money && self.has_receiver(clause) => Ends::new(),
            Place::UnsaidPurpose(preps) => self.unsaid_purpose(Trigger::Verb(index), preps, types, frame),
            // "Norway declined to comment".
            Place::Again if self.goes_on(index) => Ends::new(),
            Place::Again => self.again(frame, types).into_iter().collect(),
            Place::Same => self.targets.iter().filter(|(edge, _)| *edge == frame.edge).map(|(_, end)| *end).collect(),
            Place::Agent => self.around(clause, types),
            Place::Of(inner) => {
                let acts = frame.from.iter().any(|slot| slot.place == *place);
                let needs = if acts { &frame.needs[..] } else { &[] };
                self.owners_of(self.groups_in(clause, inner), types, needs)
            }
            Place::Possessor
            | Place::Modifier
            | Place::Head
            | Place::HeadOf
            | Place::Origin
            | Place::Receiver
            | Place::Bearer(_)
            | Place::ActsThere(_)
            | Place::Asked => Ends::new(),
        }
    }

    fn by(&self) -> WordId {
        self.linker.vocabulary.by
    }

    /// Who does it: the subject, or "by X" of a passive.
    fn subject(&mut self, clause: &Clause, types: &[NodeTypeId]) -> Ends {
        let passive = clause.verb.is_some_and(|v| self.sentence.elements.verbs[v].passive);
        if passive {
            return self.prepositional(clause, &[self.by()], types);
        }
        self.grammatical_subject(clause, types)
    }

    fn grammatical_subject(&mut self, clause: &Clause, types: &[NodeTypeId]) -> Ends {
        let governed = matches!(clause.link, LinkKind::Infinitive | LinkKind::Gerund);
        if let Some(noun) = governing_noun(self.linker.lexicon, self.sentence, clause).filter(|_| governed) {
            let word = self.head_word(noun);
            // "approved a loan to build the line", "signed a loan agreement with X to": whoever lends does not build.
            let objects = clause.parent.map(|c| self.sentence.clauses.list[c].objects.clone()).unwrap_or_default();
            let objects = objects.into_iter().flat_map(|g| self.sentence.group(g).iter().copied());
            // "approved funding to Nepal to build it": whoever gets the money does.
            let gets = self.sentence.governed_by(noun).is_some_and(|a| self.linker.vocabulary.role_of(a.prep) == Some("end"));
            // "approved funding to Nepal to pay for it": whoever lends pays.
            let pays = |f: &u16| self.table.frames[*f as usize].amount;
            let lemma = clause.verb.map(|v| self.sentence.elements.verbs[v].lemma);
            let pays = gets && lemma.is_some_and(|lemma| self.table.of_verb(lemma).iter().any(pays));
            let pays = pays && objects.clone().last().is_some_and(|object| self.is_loan(object));
            if self.is_loan(noun) || pays || !gets && objects.last().is_some_and(|object| noun > object && self.is_loan(object)) {
                return Ends::new();
            }
            if self.linker.lexicon.word(word).noun_mode.is_some() {
                // "opposed Kenya's plan to build the line": whose plan it is.
                let ends = self.owners(noun, types);
                let ends = if ends.is_empty() { self.done_by(noun, types) } else { ends };
                if !ends.is_empty() {
                    return ends;
                }
            }
        }
        let candidates: Few<usize> = clause.subject.into_iter().chain(clause.other_subjects.iter().copied()).collect();
        if let Some(thing) = self.thing_among(clause, &candidates) {
            return thing;
        }
        for group in candidates {
            if self.called_what(clause, group) {
                continue;
            }
            let ends = self.group(group, types, None);
            if !ends.is_empty() {
                return ends;
            }
            // "South Sudan, the shipper on whom the pipe depends, goes on sending oil": no pipe sends it; "it depends on trade coming
            // from Kenya": the trade comes.
            let other = clause.link == LinkKind::Gerund && self.acts(group) || self.comes_by_itself(clause, group);
            if other {
                break;
            }
        }
        self.unsaid_subject(clause, types)
    }

    /// "the corridor to the coast of Angola, which Japan backs": of what "which" may mean, a thing is backed before a state is.
    fn thing_among(&mut self, clause: &Clause, candidates: &[usize]) -> Option<Ends> {
        if self.things.is_empty() || clause.link != LinkKind::Relative || candidates.len() < 2 {
            return None;
        }
        let things = self.things.clone();
        candidates.iter().map(|&group| self.group(group, &things, None)).find(|ends| !ends.is_empty())
    }

    /// What a participle is said of stands behind a preposition of the verb before, and is nothing that a pronoun could mean.
    fn comes_by_itself(&self, clause: &Clause, group: usize) -> bool {
        let &[phrase] = self.sentence.group(group) else { return false };
        let active = clause.verb.is_some_and(|v| !self.sentence.elements.verbs[v].passive);
        let governed = self.sentence.governed_by(phrase).is_some_and(|a| a.sites.is_empty());
        clause.link == LinkKind::Participle && active && governed && matches!(self.referents[phrase], Referent::None)
    }

    /// A state or a body, by its name.
    fn acts(&self, group: usize) -> bool {
        let p = self.linker.parts;
        let actor = |id: DraftId| {
            let kind = Some(self.linker.drafts[id as usize].kind);
            kind == p.state || kind == p.organisation || kind == p.person
        };
        let named = |&phrase: &usize| matches!(&self.referents[phrase], Referent::Entities { ids, .. } if ids.iter().any(|&id| actor(id)));
        self.sentence.group(group).first().is_some_and(named)
    }

    /// "Ethiopia says that it will ship grain": who speaks is "it", if that is no way.
    fn speaks_of_itself(&self, phrase: usize) -> bool {
        let clause = self.sentence.clauses.list.iter().find(|c| c.subject.is_some_and(|g| self.sentence.group(g) == [phrase]));
        let outer =
            clause.filter(|c| c.link == LinkKind::Complement).and_then(|c| c.parent).map(|p| &self.sentence.clauses.list[p]);
        let says =
            |c: &Clause| c.verb.is_some_and(|v| self.linker.lexicon.saying().contains(&self.sentence.elements.verbs[v].lemma));
        outer.filter(|c| says(c)).and_then(|c| c.subject).is_some_and(|g| self.acts(g))
    }

    /// What it is done to: the objects, or the subject of a passive.
    fn object(&mut self, clause: &Clause, types: &[NodeTypeId]) -> Ends {
        let passive = clause.verb.is_some_and(|v| self.sentence.elements.verbs[v].passive);
        if passive {
            return self.grammatical_subject(clause, types);
        }
        let copula = clause.verb.is_some_and(|v| self.sentence.elements.verbs[v].copula);
        if copula {
            return Ends::new();
        }
        let mut ends = Ends::new();
        let candidates: Few<usize> = clause.objects.iter().chain(&clause.other_objects).copied().collect();
        if let Some(thing) = self.thing_among(clause, &candidates).filter(|_| !clause.other_objects.is_empty()) {
            return thing;
        }
        for &group in &clause.objects {
            ends.extend(self.group(group, types, None));
        }
        for &group in &clause.other_objects {
            if !ends.is_empty() {
                break;
            }
            ends = self.group(group, types, None);
        }
        ends
    }

    fn prepositional(&mut self, clause: &Clause, preps: &[WordId], types: &[NodeTypeId]) -> Ends {
        let mut ends = Ends::new();
        let mut others = false;
        let verb = clause.verb.map(|v| &self.sentence.elements.verbs[v]);
        let (start, copula) = (verb.map_or(0, |v| v.units.start), verb.is_some_and(|v| v.copula));
        // "a railway from A to B, which could bring coal": where it runs is not said by what it could do.
        let whole = self.route && clause.link != LinkKind::Relative;
        let shared = if whole { self.of_shared_subject(clause) } else { Few::new() };
        for &attached in clause.attached.iter().chain(&shared) {
            let attached = &self.sentence.clauses.attached[attached];
            others |= self.route && self.of_another_way(clause, attached);
            if others || !(preps.contains(&attached.prep) || self.route && self.at_edge(attached, preps)) {
                continue;
            }
            // "The Chaco in Paraguay is dry": what stands before "is" is not said by it; "Malawi, a party to the pact, objected", "The
            // lenders in Lagos paid": nor by any verb what says which of them did it.
            let first = self.sentence.group(attached.group).first();
            let beside = attached.sites.last().is_some_and(|&site| self.sentence.elements.phrases[site].renames.is_some());
            let within = attached.prep == self.linker.lexicon.known.in_ || beside && attached.prep == self.linker.vocabulary.to;
            let before = first.is_some_and(|&p| self.sentence.elements.phrases[p].head < start)
                && (copula || !self.route && within)
                && !attached.sites.is_empty();
            // "built with money from Norway": that the money comes from there says nothing of the way.
            let means = |&site: &usize| self.is_paid_out(site);
            let means = self.route
                && (attached.sites.last().is_some_and(means)
                    || self.tells_parties(attached)
                    || self.tells_topic(attached)
                    || self.tells_attitude(attached));
            let course = !self.route && self.tells_course(clause, attached);
            if !before && !means && !course && !self.of_one_object(clause, attached) {
                let (group, prep) = (attached.group, attached.prep);
                if !self.route && !ends.is_empty() && self.belongs_to_last(attached) {
                    continue;
                }
                ends.extend(self.group(group, types, Some(prep)));
            }
        }
        let passive = clause.verb.is_some_and(|v| self.sentence.elements.verbs[v].passive);
        if ends.is_empty() && !passive && clause.link == LinkKind::Relative && clause.adverbs.iter().any(|a| preps.contains(a)) {
            // "a bridge that Australia paid for".
            return clause.objects.iter().flat_map(|&g| self.group(g, types, None)).collect();
        }
        if ends.is_empty() && passive && clause.adverbs.iter().any(|a| *a != self.by() && preps.contains(a)) {
            // "will be paid for by": the subject is what the preposition governs; "completed by 2025" names nobody.
            return self.grammatical_subject(clause, types);
        }
        ends
    }

    /// "links up with a second line, from A to B": what a comma sets off belongs to the way before it.
    fn of_another_way(&self, clause: &Clause, attached: &super::clause::Attached) -> bool {
        let from = [self.linker.lexicon.known.from, self.linker.vocabulary.between];
        let (Some(way), Some(&site)) = (self.linker.parts.way, attached.sites.last()) else { return false };
        let subject = clause.subject.is_some_and(|g| self.sentence.group(g).contains(&site));
        let own = clause.objects.first().is_some_and(|&g| self.sentence.group(g).contains(&site))
            && clause.verb.is_some_and(|v| self.sentence.elements.verbs[v].passive);
        let drafts = &self.linker.drafts;
        let is_way = match &self.referents[site] {
            Referent::Entities { ids, .. } => ids.iter().any(|&id| drafts[id as usize].kind == way),
            Referent::Described { kind, .. } => *kind == way,
            Referent::None | Referent::Anaphor { .. } => false,
        };
        // "runs on the A line from B" says where the A line goes.
        let led = self.sentence.governed_by(site).is_some_and(|a| {
            [self.linker.vocabulary.to, self.linker.vocabulary.of, self.linker.lexicon.known.with].contains(&a.prep)
        });
        from.contains(&attached.prep)
            && led
            && is_way
            && !subject
            && !own
            && !clause.objects.iter().any(|&g| self.sentence.group(g).contains(&site))
    }

    /// "a contract with X and a memorandum with Y": what stands behind one object of several is its own.
    fn of_one_object(&self, clause: &Clause, attached: &super::clause::Attached) -> bool {
        let objects: Few<usize> = clause.objects.iter().flat_map(|&g| self.sentence.group(g).iter().copied()).collect();
        let own = |p: usize| clause.attached.iter().any(|&a| self.sentence.clauses.attached[a].sites.last() == Some(&p));
        let several = objects.len() > 1 && objects.iter().filter(|&&p| own(p)).count() > 1;
        several && attached.sites.last().is_some_and(|s| objects.contains(s))
    }

    /// The way that the article speaks of where a clause begins: "Iran was left out and says that its own line …".
    fn topic_before(&mut self, clause: &Clause, types: &[NodeTypeId]) -> Ends {
        // "You left out Turkey": whoever is spoken to does that, and no way.
        let someone = |&p: &usize| {
            let thing = self.linker.vocabulary.thing_pronouns.contains(&self.head_word(p));
            self.sentence.elements.phrases[p].pronoun && !thing
        };
        let active = clause.verb.is_some_and(|v| !self.sentence.elements.verbs[v].passive);
        if active && clause.subject.is_some_and(|g| self.sentence.group(g).iter().all(someone)) {
            return Ends::new();
        }
        let first = clause.subject.iter().chain(&clause.objects).filter_map(|&g| self.sentence.group(g).first().copied()).min();
        self.topic_at(first.unwrap_or(usize::MAX), types)
    }

    /// The way that the article speaks of.
    pub fn topic(&mut self, types: &[NodeTypeId]) -> Ends {
        self.topic_at(usize::MAX, types)
    }

    fn topic_at(&mut self, phrase: usize, types: &[NodeTypeId]) -> Ends {
        let anaphor = Anaphor {
            sentence: self.number,
            phrase,
            head: self.linker.vocabulary.also_ways.first().copied(),
            types,
            number: None,
            object: false,
            this: false,
            not: &[],
        };
        self.linker
            .antecedent(anaphor)
            .map(|(id, distance)| End { id, phrase: usize::MAX, prep: None, distance, named: false })
            .into_iter()
            .collect()
    }

    /// Whoever is the subject of the clauses around.
    fn around(&mut self, clause: &Clause, types: &[NodeTypeId]) -> Ends {
        let mut next = clause.parent;
        while let Some(index) = next {
            let sentence = self.sentence;
            let outer = &sentence.clauses.list[index];
            let ends = self.subject(outer, types);
            if !ends.is_empty() {
                return ends;
            }
            next = outer.parent;
        }
        Ends::new()
    }

    // ------------------------------------------------------------ referents

    /// What the phrases of a group refer to.
    pub fn group(&mut self, group: usize, types: &[NodeTypeId], prep: Option<WordId>) -> Ends {
        let sentence = self.sentence;
        let mut ends = Ends::new();
        for &phrase in sentence.group(group) {
            ends.append(&mut self.phrase(phrase, types, prep));
        }
        ends
    }

    /// What a phrase refers to, of these types.
    pub fn phrase(&mut self, phrase: usize, types: &[NodeTypeId], prep: Option<WordId>) -> Ends {
        if self.sentence.elements.phrases[phrase].determiner == Determiner::No && !self.is_denied(phrase) {
            return Ends::new();
        }
        if let Some(home) = self.own_country(phrase, types) {
            return few![End { prep, ..home }];
        }
        match &self.referents[phrase] {
            Referent::None => {
                let ends = self.through_value(phrase, types, prep);
                if ends.is_empty() { self.goods_moved(phrase, types, prep) } else { ends }
            }
            Referent::Entities { .. } => self.entities(phrase, types, prep),
            Referent::Anaphor { head, types: allowed, plural, number } => {
                let (head, plural, number) = (*head, *plural, *number);
                let wanted: Types = types.iter().copied().filter(|t| allowed.is_empty() || allowed.contains(t)).collect();
                // Few frames are for things first.
                let things: Types = match head {
                    None if !self.things.is_empty() => wanted.iter().copied().filter(|t| self.things.contains(t)).collect(),
                    _ => Types::new(),
                };
                if self.route && head.is_none() && self.is_share_of_goods(phrase) {
                    return Ends::new();
                }
                if !things.is_empty() {
                    // "a loan for it", "paid for them", "voted against it".
                    let found = self.point_back(phrase, head, &things, plural, number);
                    if plural || !found.is_empty() {
                        return found.into_iter().map(|e| End { prep, ..e }).collect();
                    }
                }
                if wanted.is_empty() {
                    return Ends::new();
                }
                let mut ends = self.point_back(phrase, head, &wanted, plural, number);
                ends.iter_mut().for_each(|e| e.prep = prep);
                if ends.is_empty() && !plural {
                    ends.extend(self.said_first(phrase, head, &wanted).map(|id| End {
                        id,
                        phrase,
                        prep,
                        distance: 0,
                        named: false,
                    }));
                }
                ends
            }
            Referent::Described { kind, made, .. } => {
                if !types.contains(kind) {
                    return self.seat_named(phrase, types).map(|end| End { prep, ..end }).into_iter().collect();
                }
                let made = *made;
                if let Some(end) = self.what_is_studied(phrase) {
                    return few![End { prep, ..end }];
                }
                let id = made.unwrap_or_else(|| self.describe(phrase));
                few![End { id, phrase, prep, distance: 0, named: false }]
            }
        }
    }

    /// Behind "no" and "none" is what the clause denies it of: "none of the three", "exports no copper".
    fn is_denied(&self, phrase: usize) -> bool {
        let goods = |id: &DraftId| Some(self.linker.drafts[*id as usize].kind) == self.linker.parts.commodity;
        match &self.referents[phrase] {
            Referent::Anaphor { plural, .. } => *plural,
            Referent::Entities { group, ids, .. } => *group || ids.iter().all(goods),
            Referent::None | Referent::Described { .. } => false,
        }
    }

    /// What a phrase that refers to entities means where these types are wanted: they, a city for its state, a region's
    /// members.
    fn entities(&mut self, phrase: usize, types: &[NodeTypeId], prep: Option<WordId>) -> Ends {
        let end = |id: DraftId| End { id, phrase, prep, distance: 0, named: true };
        if let Some(region) = self.region_meant(phrase, types) {
            return few![end(region)];
        }
        let Referent::Entities { ids, others, .. } = &self.referents[phrase] else { return Ends::new() };
        let kind = |e: &EntryId| self.linker.schema.gazetteer[e.0 as usize].kind;
        let place = self.linker.parts.place.filter(|p| self.route && types.contains(p));
        if let Some(&entry) = place.and_then(|place| others.iter().find(|e| kind(e) == place)) {
            // "links Tashkent with Kabul": cities, not states.
            return few![end(self.meant_entry(phrase, entry))];
        }
        let fits = |id: &&DraftId| types.contains(&self.linker.drafts[**id as usize].kind);
        let fit: Ends = ids.iter().filter(fits).map(|&id| end(id)).collect();
        if !fit.is_empty() {
            return fit;
        }
        let other = others.iter().copied().filter(|_| prep.is_some()).find(|e| types.contains(&kind(e)));
        let members = self.members_of(phrase, types);
        if !members.is_empty() {
            return members.into_iter().map(end).collect();
        }
        other.map(|entry| end(self.meant_entry(phrase, entry))).into_iter().collect()
    }

    /// The entity of an entry that a phrase means here.
    fn meant_entry(&mut self, phrase: usize, entry: EntryId) -> DraftId {
        let id = self.linker.entry(entry);
        let unit = &self.sentence.units.units[self.sentence.elements.phrases[phrase].head];
        self.linker.mention(id, self.sentence.page, unit.tokens.clone());
        id
    }

    /// "trade with Central Asian countries": the region that a collective is named by.
    fn region_meant(&mut self, phrase: usize, types: &[NodeTypeId]) -> Option<DraftId> {
        let region = self.linker.parts.region.filter(|r| self.regional && types.contains(r))?;
        let sentence = self.sentence;
        let data = &sentence.elements.phrases[phrase];
        let word = sentence.units.units[data.head].word;
        if self.linker.lexicon.word(word).classes & class::COLLECTIVE == 0 || data.number.is_some() {
            return None;
        }
        let names = self.linker.names_before(self.sentence, data);
        names.into_iter().find(|&id| self.linker.drafts[id as usize].kind == region)
    }

    /// Where states and no regions will do, a region stands for its members ("a summit with Central Asia").
    fn members_of(&mut self, phrase: usize, types: &[NodeTypeId]) -> Ids {
        let Referent::Entities { ids, .. } = &self.referents[phrase] else { return Ids::new() };
        let drafts = &self.linker.drafts;
        let regions: Ids = ids.iter().copied().filter(|&id| Some(drafts[id as usize].kind) == self.linker.parts.region).collect();
        self.states_of(&regions, types)
    }

    /// The members of what stands for several states, where states and no regions will do; a dozen at most.
    fn states_of(&mut self, groups: &[DraftId], types: &[NodeTypeId]) -> Ids {
        let parts = self.linker.parts;
        let (Some(state), Some(region)) = (parts.state, parts.region) else { return Ids::new() };
        if !types.contains(&state) || types.contains(&region) || !self.expand {
            return Ids::new();
        }
        let entries = groups.iter().filter_map(|&id| self.linker.drafts[id as usize].known);
        let members: Vec<_> = entries.flat_map(|e| self.linker.members(e)).collect();
        if members.len() > MOST_MEMBERS {
            return Ids::new();
        }
        members.into_iter().map(|m| self.linker.entry(m)).collect()
    }

    /// "1.2 million tonnes of oil", "four of the lines": what the "of" refers to.
    fn through_value(&mut self, phrase: usize, types: &[NodeTypeId], prep: Option<WordId>) -> Ends {
        let head = self.sentence.units.units[self.sentence.elements.phrases[phrase].head].tag;
        if !matches!(head, Tag::Value | Tag::Number) {
            return Ends::new();
        }
        if let Some(mostly) = self.sentence.elements.phrases[phrase].spelt_out.or(self.sentence.elements.phrases[phrase].examples)
        {
            // "3 million tonnes, mostly coal", "3 million tonnes, including coal".
            return self.group(mostly, types, prep);
        }
        let of = self.linker.vocabulary.of;
        let group = self.sentence.attached_to(phrase).find(|a| a.prep == of && a.sites.last() == Some(&phrase)).map(|a| a.group);
        match group {
            Some(group) => self.group(group, types, prep),
            None => self.goods_measured(phrase, types, prep).into_iter().collect(),
        }
    }

    fn point_back(
        &mut self,
        phrase: usize,
        head: Option<WordId>,
        types: &[NodeTypeId],
        plural: bool,
        number: Option<u32>,
    ) -> Ends {
        let country = self.linker.vocabulary.countries.contains(&self.head_word(phrase));
        let pronoun = head.is_none() && self.sentence.elements.phrases[phrase].pronoun;
        let object = (pronoun || country) && !self.sentence.is_subject(phrase);
        let parts = self.linker.parts;
        let actor = [parts.state, parts.organisation, parts.person];
        let thing = !types.iter().any(|&t| actor.contains(&Some(t)));
        if head.is_none() && thing && self.speaks_of_itself(phrase) {
            return Ends::new();
        }
        // Whoever does something to "it", or to "the company", is somebody else; "its" may be the subject's own.
        let other = object || head.is_some() || self.is_said_of_subject(phrase);
        let mut not = if other { self.subjects_of(self.owned_by(phrase)) } else { Ids::new() };
        if !object {
            not.extend(self.renamed_by(phrase));
            not.extend(self.told_of_by(phrase));
        }
        let this = self.sentence.elements.phrases[phrase].determiner == Determiner::This && head.is_some();
        let anaphor = Anaphor { sentence: self.number, phrase, head, types, number, object, this, not: &not };
        let end = |id: DraftId, distance: usize| End { id, phrase, prep: None, distance, named: false };
        if plural {
            let ids = self.linker.group_before(anaphor).unwrap_or_default();
            if head.is_none() && ids.len() > 1 {
                self.linker.point_to_group(self.sentence, phrase, self.number, &ids);
            }
            return ids.into_iter().map(|id| end(id, 1)).collect();
        }
        let found = self.linker.antecedent(anaphor).filter(|&(_, back)| back == 0 || !self.means_actor(anaphor));
        // "It will begin at Lima": what it means, it means for whatever is said of it.
        let found = found.filter(|&(id, _)| !pronoun || self.linker.pointed_at(self.number, phrase).is_none_or(|was| was == id));
        if let Some((id, _)) = found {
            self.linker.note_kind(id, head);
            self.linker.call_happening(id, head);
            let units = &self.sentence.units.units;
            let data = &self.sentence.elements.phrases[phrase];
            let tokens = units[data.units.start].tokens.start..units[data.units.end - 1].tokens.end;
            self.linker.mention(id, self.sentence.page, tokens);
            // What was pointed back to can be pointed back to again.
            let subject = self.sentence.is_subject(phrase);
            self.linker.salient.push(super::entity::Salient::pointed(id, self.number, phrase, subject));
        }
        found.map(|(id, distance)| end(id, distance)).into_iter().collect()
    }

    /// "the summit", "the memorandum" of which nothing was said before: the text speaks of one all the same.
    fn said_first(&mut self, phrase: usize, head: Option<WordId>, types: &[NodeTypeId]) -> Option<DraftId> {
        let head = head?;
        let p = self.linker.parts;
        let data = self.linker.lexicon.head(head).filter(|h| h.bare && types.contains(&h.node_type))?;
        let kind = data.node_type;
        let any = self.linker.vocabulary.generic_heads.contains(&head) || self.linker.vocabulary.never_first.contains(&head);
        if Some(kind) != p.agreement && (any || Some(kind) != p.event) {
            return None;
        }
        let sentence = self.sentence;
        let (name, _) = self.linker.description(sentence, phrase);
        let short = self.linker.short_description(sentence, &sentence.elements.phrases[phrase]);
        let (name, short) = (name.to_owned(), short.to_owned());
        self.referents[phrase] = Referent::Described { kind, name, short, head, definite: true, made: None };
        Some(self.describe(phrase))
    }

    /// The named subjects of the clause that a phrase is an object of, or stands in with a preposition.
    fn subjects_of(&self, phrase: usize) -> Ids {
        let Some(clause) = self.sentence.clause_of(phrase).map(|c| &self.sentence.clauses.list[c]) else { return Ids::new() };
        let Some(subject) = clause.subject.filter(|&g| !self.sentence.group(g).contains(&phrase)) else { return Ids::new() };
        // Names inside the subject too: the Turkish president rejects something else than Türkiye.
        let of_subject = |s: &&super::entity::Salient| self.sentence.group(subject).contains(&s.phrase);
        let here = self.linker.salient.iter().rev().take_while(|s| s.sentence >= self.number);
        here.filter(of_subject).map(|s| s.id).collect()
    }

    /// Makes a node of a description, or finds the one that it repeats.
    pub(super) fn describe(&mut self, phrase: usize) -> DraftId {
        let Referent::Described { kind, name, short, head, definite, .. } = self.referents[phrase].clone() else {
            return PENDING;
        };
        // "the forum of 2024" is another one.
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let before = self.linker.described_before(kind, &short, head, definite);
        let apart = self.linker.names_parties(self.sentence, phrase, kind);
        let same = |id: &DraftId| {
            let old = self.linker.drafts[*id as usize].name.as_str();
            (digits(&name).is_empty() || digits(&name) == digits(old)) && !(apart && super::described::of_others(&name, old))
        };
        let said = if Some(kind) == self.linker.parts.way { self.stops_said(phrase) } else { Ids::new() };
        let before = before.filter(|&id| !self.leads_elsewhere(&said, id) && !self.comes_later(phrase, id));
        let again = before.filter(same).or_else(|| self.measured_again(phrase, &said)).or_else(|| self.only_way(phrase, &said));
        let id = match again {
            Some(id) => id,
            None => {
                let id = self.linker.make(kind, &name, false, head);
                // "another section, from C to D".
                if self.leads_elsewhere(&said, id) { self.linker.make_unlisted(kind, &name, false, head) } else { id }
            }
        };
        let draft = &mut self.linker.drafts[id as usize];
        let first = said.len() > 1 && !draft.named && draft.ends.is_empty();
        if draft.ends.is_empty() {
            draft.ends = said;
        }
        if Some(kind) == self.linker.parts.way {
            self.note_introduced(phrase, id);
        }
        let sentence = self.sentence;
        let data = &sentence.elements.phrases[phrase];
        self.linker.add_form(id, &short);
        if let Some(form) = self.linker.of_description(sentence, phrase) {
            self.linker.add_form(id, form);
        }
        if let Some(whole) = self.with_stops(phrase).filter(|_| first) {
            self.linker.add_form(id, &whole);
        }
        if let Some(head) = self.linker.lexicon.head(head) {
            self.linker.set_kind(id, self.sentence, data, head);
        }
        let units = &self.sentence.units.units;
        let tokens = units[data.units.start].tokens.start..units[data.units.end - 1].tokens.end;
        self.linker.mention(id, self.sentence.page, tokens);
        // "at last year's summit": "the summit" further on is this year's.
        let another = data.possessor.is_some_and(|p| self.sentence.elements.phrases[p].temporal);
        if !another || Some(self.linker.drafts[id as usize].kind) != self.linker.parts.event {
            let subject = self.sentence.is_subject(phrase);
            self.linker.salient.push(super::entity::Salient::pointed(id, self.number, phrase, subject));
        }
        if let Referent::Described { made, .. } = &mut self.referents[phrase] {
            *made = Some(id);
        }
        id
    }

    // --------------------------------------------------------------- values

    /// The word that heads a phrase.
    #[must_use]
    pub fn head_word(&self, phrase: usize) -> WordId {
        self.sentence.units.units[self.sentence.elements.phrases[phrase].head].word
    }

    /// Whether one of the words stands in the sentence.
    #[must_use]
    pub fn has_word(&self, words: &[WordId]) -> bool {
        self.sentence.units.units.iter().any(|u| words.contains(&u.word))
    }

    /// The verb group of a clause is an infinitive, a participle or an -ing form.
    #[must_use]
    pub fn non_finite(&self, clause: &Clause) -> bool {
        clause.verb.is_some_and(|v| !matches!(self.sentence.elements.verbs[v].form, VerbForm::Finite | VerbForm::Undecided))
    }
}

/// The types that can only be the target of the frame: what is sought without grammar is never a second actor.
fn only_targets(types: &[NodeTypeId], frame: &Frame, region: Option<NodeTypeId>) -> Types {
    types.iter().copied().filter(|t| !frame.from_types.contains(t) && Some(*t) != region).collect()
}
