//! Slots that grammar leaves empty: whose the goods are, what a sum is for when the sentence says it elsewhere or not at all.
//!
//! Part of the filler of slots; these slots are asked last, and abstain where more than one thing would fit.

use super::{
    Anaphor, Clause, DraftId, End, Ends, Filler, Frame, LinkKind, Money, NodeTypeId, Place, Referent, Trigger, ValueKind, WordId,
    class,
};
use crate::extract::coref::PRONOUN_REACH;
use crate::extract::entity::Salient;
use crate::extract::lexicon::SenseKind;
use crate::extract::name::NameKind;
use crate::extract::page::Page;
use crate::extract::phrase::{Determiner, VerbForm, VerbGroup};
use crate::extract::told::Told;
use crate::extract::unit::{Tag, Unit};
use crate::model::BlockKind;

/// How many sentences back what was left unsaid may stand in another paragraph.
const NEAR: usize = 2;
/// How many sentences back it may stand in the same paragraph, under its heading or above its list.
const FAR: usize = 6;

impl Filler<'_, '_, '_> {
    /// "CCCC was fined, and it was named an element of X": "it" as a subject is whoever the sentence speaks of, before a thing of the
    /// sentence before.
    pub(super) fn means_actor(&self, anaphor: Anaphor<'_>) -> bool {
        let sentence = self.sentence;
        let subject = |c: &Clause| c.subject.is_some_and(|g| sentence.group(g).contains(&anaphor.phrase));
        let it = anaphor.head.is_none() && sentence.elements.phrases[anaphor.phrase].pronoun;
        let ways = anaphor.types.iter().all(|t| Some(*t) == self.linker.parts.way);
        it && !ways && sentence.clauses.list.iter().any(subject) && self.linker.actor_here(anaphor)
    }

    /// "Under this project, companies could build lines linking A with B": what the clause around stands under.
    pub(super) fn attached_around(&mut self, clause: &Clause, preps: &[WordId], types: &[NodeTypeId]) -> Ends {
        let sentence = self.sentence;
        let mut next = clause.parent;
        while let Some(outer) = next.map(|index| &sentence.clauses.list[index]) {
            let ends = self.prepositional(outer, preps, types);
            if !ends.is_empty() {
                return ends;
            }
            next = outer.parent;
        }
        Ends::new()
    }

    /// "built with a Chinese grant of $230 million": whose money it is.
    pub(super) fn money_source(&mut self, clause: &Clause, types: &[NodeTypeId]) -> Ends {
        for &attached in &clause.attached {
            let sentence = self.sentence;
            let attached = &sentence.clauses.attached[attached];
            for &phrase in self.sentence.group(attached.group) {
                // "with a loan from X", "with $180 million from X".
                let head = self.sentence.units.units[self.sentence.elements.phrases[phrase].head].value;
                let sum = head.is_some_and(|v| matches!(self.sentence.units.values[v as usize].kind, ValueKind::Money { .. }));
                if sum || self.linker.parts.lending.contains(&self.head_word(phrase)) {
                    let mut ends = self.owners(phrase, types);
                    if ends.is_empty() {
                        // "loans from the World Bank, the ADB and others".
                        let from = &self.linker.vocabulary.from_prepositions;
                        let lenders = self.sentence.attached_to(phrase).find(|a| from.contains(&a.prep)).map(|a| a.group);
                        ends = lenders.map(|g| self.group(g, types, None)).unwrap_or_default();
                    }
                    if !ends.is_empty() {
                        return ends;
                    }
                }
            }
        }
        Ends::new()
    }

    /// "Niger's uranium is sold", "Turkmen gas flows", "oil from Iraq": whose the goods of the clause are.
    pub(super) fn goods_owner(&mut self, clause: &Clause, types: &[NodeTypeId]) -> Ends {
        let sentence = self.sentence;
        let attached = clause.attached.iter().map(|&a| sentence.clauses.attached[a].group);
        let groups: Vec<usize> = clause.objects.iter().copied().chain(clause.subject).chain(attached).collect();
        for phrase in groups.into_iter().flat_map(|g| sentence.group(g).to_vec()) {
            if !self.is_goods(phrase) {
                continue;
            }
            let ends = self.owners(phrase, types);
            if !ends.is_empty() {
                return ends;
            }
            let from = &self.linker.vocabulary.from_prepositions;
            let origin = sentence.attached_to(phrase).find(|a| from.contains(&a.prep) && a.sites.last() == Some(&phrase));
            let ends = origin.map(|a| self.group(a.group, types, Some(a.prep))).unwrap_or_default();
            if !ends.is_empty() {
                return ends;
            }
        }
        Ends::new()
    }

    /// "the top buyer of Norwegian gas": whose the goods behind the noun are.
    pub(super) fn owner_of_attached(&mut self, phrase: usize, types: &[NodeTypeId]) -> Ends {
        let sentence = self.sentence;
        let groups: Vec<usize> = sentence.attached_to(phrase).map(|a| a.group).collect();
        for goods in groups.into_iter().flat_map(|g| sentence.group(g).to_vec()) {
            let ends = if self.is_goods(goods) { self.origin(goods, types) } else { Ends::new() };
            if !ends.is_empty() {
                return ends;
            }
        }
        Ends::new()
    }

    /// The groups that stand in a slot of a clause.
    pub(super) fn groups_in(&self, clause: &Clause, place: &Place) -> Vec<usize> {
        let passive = clause.verb.is_some_and(|v| self.sentence.elements.verbs[v].passive);
        match place {
            Place::Subject if passive => self.groups_in(clause, &Place::Prep(vec![self.by()])),
            Place::Subject => clause.subject.into_iter().collect(),
            Place::Object if passive => clause.subject.into_iter().collect(),
            Place::Object => clause.objects.iter().copied().collect(),
            Place::Prep(preps) => {
                let attached = clause.attached.iter().map(|&a| &self.sentence.clauses.attached[a]);
                attached.filter(|a| preps.contains(&a.prep)).map(|a| a.group).collect()
            }
            _ => Vec::new(),
        }
    }

    /// "Ugandan milk", "the integrity of Uganda": whose the things of these groups are; of things that words are asked for, those alone
    /// that have one ("Egyptian workers", and no workers who are another's).
    pub(super) fn owners_of(&mut self, groups: Vec<usize>, types: &[NodeTypeId], needs: &[WordId]) -> Ends {
        let mut ends = Ends::new();
        let sentence = self.sentence;
        let asked = |p: usize| sentence.elements.phrases[p].units.clone().any(|u| needs.contains(&sentence.units.units[u].word));
        for phrase in groups.into_iter().flat_map(|g| sentence.group(g).to_vec()) {
            if !needs.is_empty() && !asked(phrase) {
                continue;
            }
            let mut found = self.origin(phrase, types);
            let of = self.linker.vocabulary.of;
            let behind = self.sentence.attached_to(phrase).find(|a| a.prep == of && a.sites.last() == Some(&phrase));
            if let Some(group) = behind.map(|a| a.group).filter(|_| found.is_empty()) {
                found = self.group(group, types, Some(of));
                let money = self.sentence.group(group).first().copied().filter(|_| found.is_empty());
                if let Some(money) = money.filter(|&p| self.linker.parts.lending.contains(&self.head_word(p))) {
                    // "$200 million of Norwegian money".
                    found = self.owners(money, types);
                }
            }
            // "A study by X recommends it", "a loan provided by X": only where the frame says of what.
            if found.is_empty() && !needs.is_empty() {
                found = self.done_by(phrase, types);
            }
            ends.extend(found);
        }
        ends
    }

    /// "Turkmen gas", "Niger's uranium", "Zambia, whose copper …"; "its gas" may as well be what it buys.
    pub(super) fn origin(&mut self, phrase: usize, types: &[NodeTypeId]) -> Ends {
        let data = &self.sentence.elements.phrases[phrase];
        let first = self.sentence.units.units[data.units.start].word;
        let whose = self.linker.lexicon.word(first).classes & class::RELATIVE != 0;
        let demonym = |u: usize| {
            let name = self.sentence.units.units[u].name.map(|n| &self.sentence.units.names[n as usize].kind);
            matches!(name, Some(NameKind::Known(senses)) if senses.iter().all(|s| s.kind == SenseKind::Demonym))
        };
        let told = whose || data.possessor.is_some() || data.units.clone().any(demonym);
        if told { self.owners(phrase, types) } else { Ends::new() }
    }

    /// "80% of its oil exports pass through the line", "handles deliveries of coal": the goods that a noun of moving them moves.
    pub(super) fn goods_moved(&mut self, phrase: usize, types: &[NodeTypeId], prep: Option<WordId>) -> Ends {
        let sentence = self.sentence;
        let goods = self.linker.parts.commodity.filter(|c| types.contains(c));
        let head = self.head_word(phrase);
        // "half of its oil exports".
        if goods.is_none() || !self.linker.vocabulary.movements.contains(&head) && !self.table.rest.contains(&head) {
            return Ends::new();
        }
        let named = self.linker.goods_before(sentence, &sentence.elements.phrases[phrase]);
        if !named.is_empty() {
            return named.into_iter().map(|id| End { id, phrase, prep, distance: 0, named: true }).collect();
        }
        let of = self.linker.vocabulary.of;
        let group = sentence.attached_to(phrase).find(|a| a.prep == of && a.sites.last() == Some(&phrase)).map(|a| a.group);
        group.map(|g| self.group(g, types, prep)).unwrap_or_default()
    }

    /// "TAP delivered 9.9 bcm", "takes 300 MW over the line": the goods that are measured so.
    pub(super) fn goods_measured(&mut self, phrase: usize, types: &[NodeTypeId], prep: Option<WordId>) -> Option<End> {
        self.linker.parts.commodity.filter(|c| types.contains(c))?;
        let sentence = self.sentence;
        let value = sentence.units.units[sentence.elements.phrases[phrase].head].value?;
        let ValueKind::Quantity { unit, .. } = sentence.units.values[value as usize].kind else { return None };
        let word = self.linker.pages[sentence.page].tokens[unit].word;
        let entry = self.linker.vocabulary.carried(word).and_then(|e| self.linker.schema.entry(e))?;
        let id = self.linker.entry(entry);
        self.linker.mention(id, sentence.page, unit..unit + 1);
        Some(End { id, phrase, prep, distance: 0, named: true })
    }

    /// "exported grain, and most of it left through Odesa": what a share is of is goods, if these were spoken of last.
    pub(super) fn is_share_of_goods(&self, phrase: usize) -> bool {
        let share = |&site: &usize| {
            let head = &self.sentence.units.units[self.sentence.elements.phrases[site].head];
            matches!(head.tag, Tag::Value | Tag::Number | Tag::Det)
        };
        let governor = self.sentence.governed_by(phrase).filter(|a| a.prep == self.linker.vocabulary.of);
        if !governor.is_some_and(|a| a.sites.last().is_some_and(share)) {
            return false;
        }
        let p = self.linker.parts;
        let near = self.linker.salient.iter().rev().take_while(|s| s.sentence + PRONOUN_REACH >= self.number);
        let before = near.filter(|s| (s.sentence, s.phrase) < (self.number, phrase));
        let mut kinds = before.map(|s| Some(self.linker.drafts[s.id as usize].kind));
        kinds.find(|k| [p.way, p.commodity].contains(k)).is_some_and(|k| k == p.commodity)
    }

    /// The phrase names goods, or measures them ("half of the oil").
    fn is_goods(&mut self, phrase: usize) -> bool {
        let Some(commodity) = self.linker.parts.commodity else { return false };
        match &self.referents[phrase] {
            Referent::Entities { ids, .. } => ids.iter().any(|&id| self.linker.drafts[id as usize].kind == commodity),
            Referent::Described { .. } | Referent::Anaphor { .. } | Referent::None => false,
        }
    }

    /// The one thing of these types that the sentence names, wherever it stands.
    pub(super) fn lone(&mut self, types: &[NodeTypeId]) -> Ends {
        let mut ends = Ends::new();
        for phrase in 0..self.sentence.elements.phrases.len() {
            let counts = match &self.referents[phrase] {
                Referent::Entities { group, .. } => !group,
                Referent::Described { .. } => true,
                // "the line", "the project": as good as a name; "it" may be anything.
                Referent::Anaphor { head, plural, .. } => head.is_some() && !plural,
                Referent::None => false,
            };
            // "$300 million from its Facility", "lends $3 million under its Facility": where the money comes from.
            let frames = &self.linker.vocabulary.framing_prepositions;
            let frame = self.sentence.governed_by(phrase).is_some_and(|a| frames.contains(&a.prep));
            if !counts || frame {
                continue;
            }
            for end in self.phrase(phrase, types, None) {
                if !ends.iter().any(|e| e.id == end.id) {
                    ends.push(end);
                }
            }
        }
        if ends.len() == 1 { ends } else { Ends::new() }
    }

    /// What the paragraph speaks of, where neither the verb nor the noun says what it is for.
    pub(super) fn unsaid_purpose(&self, trigger: Trigger, preps: &[WordId], types: &[NodeTypeId], frame: &Frame) -> Ends {
        let sentence = self.sentence;
        // "for thirty years" says no purpose.
        let time = |p: &usize| sentence.elements.phrases[*p].temporal || sentence.elements.phrases[*p].measure;
        let pointer = |p: usize| self.linker.vocabulary.thing_pronouns.contains(&self.head_word(p));
        // "Of this, Norway lends $2 million."
        let empty = |p: &usize| time(p) || self.prepares(*p) || pointer(*p);
        let says = |a: &super::super::clause::Attached| preps.contains(&a.prep) && !sentence.group(a.group).iter().all(empty);
        // "A consortium of X and Y has the concession": that is who, not for what.
        let subject = |c: &Clause, a: &super::super::clause::Attached| {
            let phrases = c.subject.map(|g| sentence.group(g)).unwrap_or_default();
            a.prep == self.linker.vocabulary.of && a.sites.last().is_some_and(|s| phrases.contains(s))
        };
        let clause_says = |c: &Clause| {
            let attached = c.attached.iter().map(|&a| &sentence.clauses.attached[a]);
            attached.filter(|a| !subject(c, a)).any(says)
        };
        let said = match trigger {
            Trigger::Verb(clause) => clause_says(&sentence.clauses.list[clause]),
            Trigger::Phrase(phrase) => {
                let inner = sentence.clauses.list.iter().any(|c| {
                    c.governor == Some(phrase) && matches!(c.link, LinkKind::Infinitive | LinkKind::Gerund | LinkKind::Participle)
                });
                let clause = sentence.clause_of(phrase).map(|c| &sentence.clauses.list[c]);
                inner || sentence.attached_to(phrase).any(says) || clause.is_some_and(clause_says)
            }
        };
        let start = match trigger {
            Trigger::Verb(clause) => sentence.clauses.list[clause].verb.map_or(0, |v| sentence.elements.verbs[v].units.start),
            Trigger::Phrase(phrase) => sentence.elements.phrases[phrase].units.start,
        };
        // "promised $2 billion to rebuild the line".
        let to_do = |c: &Clause| c.link == LinkKind::Infinitive;
        let said = said
            || matches!(trigger, Trigger::Verb(clause) if sentence.clauses.list.iter().any(|c| c.parent == Some(clause) && to_do(c)));
        if said { Ends::new() } else { self.spoken_of(types, start).or_else(|| self.again(frame, types)).into_iter().collect() }
    }

    /// "Asked about the road, Norway declined": the sentence speaks of another thing than that.
    fn names_another(&self, types: &[NodeTypeId], than: DraftId) -> bool {
        let p = self.linker.parts;
        let things = [p.way, p.project, p.agreement];
        let thing = |kind: NodeTypeId| things.contains(&Some(kind)) && types.contains(&kind);
        self.referents.iter().any(|r| match r {
            Referent::Entities { ids, .. } => ids.iter().any(|&id| id != than && thing(self.linker.drafts[id as usize].kind)),
            Referent::Described { kind, made, .. } => thing(*kind) && *made != Some(than),
            Referent::Anaphor { .. } | Referent::None => false,
        })
    }

    /// An infinitive hangs on the verb.
    pub(super) fn goes_on(&self, index: usize) -> bool {
        self.sentence
            .clauses
            .list
            .iter()
            .any(|c| c.parent == Some(index) && c.link == LinkKind::Infinitive && c.governor.is_none())
    }

    /// "for the studies", "for the same purpose": for what the text speaks of.
    fn prepares(&self, phrase: usize) -> bool {
        let data = &self.sentence.elements.phrases[phrase];
        let more = self.sentence.attached_to(phrase).any(|a| a.sites.last() == Some(&phrase));
        matches!(data.determiner, Determiner::The | Determiner::Its)
            && !more
            && self.linker.vocabulary.preparations.contains(&self.head_word(phrase))
    }

    /// "Japan lent $2 billion for the line. … Norway declined.": what the paragraph's last edge of this type led to, if that was one
    /// thing; for how somebody stands to it, the last edge that says so, either way.
    pub(super) fn again(&self, frame: &Frame, types: &[NodeTypeId]) -> Option<End> {
        let first = self.paragraph().0;
        let attitude = frame.is_attitude();
        let alike = |t: &&Told| {
            (t.edge == frame.edge || attitude && t.attitude) && types.contains(&self.linker.drafts[t.to as usize].kind)
        };
        let near = self.linker.told.iter().rev().take_while(|t| t.sentence >= first || t.sentence + 1 >= self.number);
        let mut near = near.filter(alike).peekable();
        let last = *near.peek()?;
        let only =
            near.take_while(|t| t.sentence == last.sentence).all(|t| t.to == last.to) && !self.names_another(types, last.to);
        let end = End { id: last.to, phrase: usize::MAX, prep: None, distance: self.number - last.sentence, named: false };
        only.then_some(end)
    }

    /// The verb has an object that acts, or a pronoun.
    pub(super) fn has_receiver(&self, clause: &Clause) -> bool {
        let p = self.linker.parts;
        let actor = |id: &DraftId| [p.state, p.organisation, p.person].contains(&Some(self.linker.drafts[*id as usize].kind));
        let objects = clause.objects.iter().chain(&clause.other_objects);
        objects.flat_map(|&g| self.sentence.group(g)).any(|&phrase| match &self.referents[phrase] {
            Referent::Entities { ids, .. } => ids.iter().any(actor),
            Referent::Anaphor { .. } => true,
            Referent::Described { .. } | Referent::None => false,
        })
    }

    /// "* Amber Express: a train from A to B. Crosses C.": what a verb without any subject is said of.
    pub(super) fn unsaid_subject(&self, clause: &Clause, types: &[NodeTypeId]) -> Ends {
        let sentence = self.sentence;
        let Some(verb) = clause.verb.map(|v| &sentence.elements.verbs[v]) else { return Ends::new() };
        // "Build a line" tells somebody to.
        let tensed = verb.form == VerbForm::Finite && verb.word != verb.lemma && verb.modal.is_none();
        let bare = clause.link == LinkKind::Root && clause.subject.is_none() && !verb.passive && !verb.fronted;
        let opens = clause.verb == Some(0) && sentence.elements.phrases.first().is_none_or(|p| p.units.start >= verb.units.end);
        if tensed && bare && opens { self.spoken_of(types, 0).into_iter().collect() } else { Ends::new() }
    }

    /// The one thing of these types that the paragraph, else the heading or the sentence before it, spoke of last; of this
    /// sentence what stands before a unit of it. Of several in one sentence it is the subject, else the one with a name; where
    /// that leaves a choice, or where the paragraph has had another subject, there is none. Who acts is never sought so.
    pub(in crate::extract) fn spoken_of(&self, types: &[NodeTypeId], before: usize) -> Option<End> {
        let (first, lead) = self.paragraph();
        let p = self.linker.parts;
        let things = [p.way, p.project, p.agreement, p.event, p.place];
        let fits = |s: &&Salient| {
            let kind = self.linker.drafts[s.id as usize].kind;
            things.contains(&Some(kind)) && types.contains(&kind)
        };
        let here = |s: &Salient| s.sentence == self.number && self.sentence.elements.phrases[s.phrase].units.end <= before;
        let within = |s: &&Salient| s.sentence >= first || s.sentence + NEAR >= self.number || Some(s.sentence) == lead;
        let said = self.linker.salient.iter().rev().filter(|s| s.sentence < self.number || here(s));
        let near = said.take_while(|s| s.sentence + FAR >= self.number).filter(within).filter(fits);
        let near: smallvec::SmallVec<[&Salient; 8]> = near.collect();
        let nearest = near.first()?.sentence;
        let only = |keep: &dyn Fn(&Salient) -> bool| {
            let mut ids = near.iter().take_while(|s| s.sentence == nearest).filter(|s| keep(s)).map(|s| s.id);
            let first = ids.next()?;
            ids.all(|id| id == first).then_some(first)
        };
        let named = |s: &Salient| self.linker.drafts[s.id as usize].named;
        let id = only(&|_| true).or_else(|| only(&|s| s.subject)).or_else(|| only(&named))?;
        let subject = near.iter().find(|s| s.subject && s.sentence >= first);
        let end = End { id, phrase: usize::MAX, prep: None, distance: self.number - nearest, named: false };
        subject.is_none_or(|s| s.id == id).then_some(end)
    }

    /// The first sentence of this paragraph, and the sentence that leads to it: a heading, or what stands before a list.
    fn paragraph(&self) -> (usize, Option<usize>) {
        let pages = self.linker.pages;
        let page = &pages[self.sentence.page];
        let inside = page.sentences.iter().position(|s| *s == self.sentence.tokens).unwrap_or(0);
        let first = self.number - inside;
        let item = |p: &&Page<'_>| p.block.kind == BlockKind::ListItem;
        // Further up than anything is looked for it need not be known.
        let above = pages[..self.sentence.page].iter().rev().take(FAR + 1);
        let items: usize = above.clone().take_while(|p| item(p) && item(&page)).map(|p| p.sentences.len()).sum();
        let leads = above.clone().find(|p| !item(p)).is_some_and(|p| item(&page) || p.block.kind == BlockKind::Heading);
        (first, (first - items).checked_sub(1).filter(|_| leads))
    }

    /// The amount of money nearest to a verb, where no other verb with a tense stands between: that would be what costs it.
    #[must_use]
    pub fn money_beside(&self, verb: &VerbGroup, clause: usize) -> Option<Money> {
        let sentence = self.sentence;
        let sum = |u: &Unit| matches!(u.value.map(|v| &sentence.units.values[v as usize].kind), Some(ValueKind::Money { .. }));
        let at = verb.units.start;
        let sums = sentence.units.units.iter().enumerate().filter(|(_, u)| sum(u)).map(|(i, _)| i);
        let tensed = |v: &VerbGroup| matches!(v.form, VerbForm::Finite | VerbForm::Undecided);
        let between = |i: usize| {
            sentence.elements.verbs.iter().any(|v| tensed(v) && v.units.start > at.min(i) && v.units.start < at.max(i))
        };
        let free = sums.into_iter().any(|i| !between(i));
        self.money_near(at, Some(clause)).filter(|_| free)
    }

    /// The amount of money nearest to a unit of the sentence, in that clause or in those that hang together with it.
    #[must_use]
    pub fn money_near(&self, unit: usize, clause: Option<usize>) -> Option<Money> {
        let sentence = self.sentence;
        let root = clause.map(|c| sentence.root_of(c));
        // "A is to lend $420m, and B has yet to say whether it will add a grant": that is A's.
        let told_here = |unit: usize| {
            let phrase = sentence.elements.phrases.iter().position(|p| p.units.contains(&unit));
            let told = phrase.and_then(|p| sentence.clause_of(p)).map(|c| sentence.root_of(c));
            root.is_none() || told.is_none() || told == root
        };
        let sums = sentence.units.units.iter().enumerate().filter_map(|(i, u)| {
            let value = &sentence.units.values[u.value? as usize];
            if let ValueKind::Money { number, currency } = &value.kind { Some((i, value, *number, currency)) } else { None }
        });
        let (_, value, number, currency) = sums.filter(|s| told_here(s.0)).min_by_key(|s| s.0.abs_diff(unit))?;
        let page = &self.linker.pages[sentence.page];
        Some((page.text(value.tokens.clone()).to_owned(), number, currency.clone()))
    }

    /// The sentence names an amount of money.
    #[must_use]
    pub fn names_money(&self) -> bool {
        self.sentence.units.values.iter().any(|v| matches!(v.kind, ValueKind::Money { .. }))
    }

    /// The amount of money that a clause gives to its verb.
    #[must_use]
    pub fn money_of(&self, clause: &Clause) -> Option<Money> {
        let page = &self.linker.pages[self.sentence.page];
        let phrases = clause.objects.iter().flat_map(|&g| self.sentence.group(g)).copied();
        phrases.flat_map(|p| self.sentence.elements.phrases[p].units.clone()).find_map(|u| {
            let value = &self.sentence.units.values[self.sentence.units.units[u].value? as usize];
            match &value.kind {
                ValueKind::Money { number, currency } => {
                    Some((page.text(value.tokens.clone()).to_owned(), *number, currency.clone()))
                }
                _ => None,
            }
        })
    }
}
