//! Slots that grammar leaves empty: whose the goods are, what a sum is for when the sentence says it elsewhere or not at all.
//!
//! Part of the filler of slots; these slots are asked last, and abstain where more than one thing would fit.

use super::{Clause, Ends, Filler, LinkKind, Money, NodeTypeId, Place, Referent, Trigger, ValueKind, WordId, class};
use crate::extract::lexicon::SenseKind;
use crate::extract::name::NameKind;

impl Filler<'_, '_, '_> {
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
            let from = self.linker.vocabulary.from_prepositions.clone();
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

    /// "Ugandan milk", "the integrity of Uganda": whose the things of these groups are.
    pub(super) fn owners_of(&mut self, groups: Vec<usize>, types: &[NodeTypeId]) -> Ends {
        let mut ends = Ends::new();
        for phrase in groups.into_iter().flat_map(|g| self.sentence.group(g).to_vec()) {
            let mut found = self.origin(phrase, types);
            let of = self.linker.vocabulary.of;
            let behind = self.sentence.attached_to(phrase).find(|a| a.prep == of && a.sites.last() == Some(&phrase));
            if let Some(group) = behind.map(|a| a.group).filter(|_| found.is_empty()) {
                found = self.group(group, types, Some(of));
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
            if !counts {
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
    pub(super) fn unsaid_purpose(&mut self, trigger: Trigger, preps: &[WordId], types: &[NodeTypeId]) -> Ends {
        let sentence = self.sentence;
        // "for thirty years" says no purpose.
        let time = |p: &usize| sentence.elements.phrases[*p].temporal || sentence.elements.phrases[*p].measure;
        let says = |a: &super::super::clause::Attached| preps.contains(&a.prep) && !sentence.group(a.group).iter().all(time);
        let clause_says = |c: &Clause| c.attached.iter().any(|&a| says(&sentence.clauses.attached[a]));
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
        if said { Ends::new() } else { self.topic(types).into_iter().filter(|e| e.distance <= 2).collect() }
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

    /// One of the words stands in what fills the clause's slots.
    #[must_use]
    pub fn clause_has(&self, clause: &Clause, words: &[WordId]) -> bool {
        let sentence = self.sentence;
        let attached = clause.attached.iter().map(|&a| sentence.clauses.attached[a].group);
        let groups = clause.subject.into_iter().chain(clause.objects.iter().copied()).chain(attached);
        let mut units = groups.flat_map(|g| sentence.group(g)).flat_map(|&p| sentence.elements.phrases[p].units.clone());
        units.any(|u| words.contains(&sentence.units.units[u].word))
            || clause.adverbs.iter().chain(&clause.adjective).any(|w| words.contains(w))
    }
}
