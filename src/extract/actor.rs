//! Who a phrase speaks for: pronouns, offices, governments behind demonyms, groups of states.
//!
//! "The Uzbek government" is the state, "ministers of five states" are five of them, "the two countries" point back.

use crate::schema::EntryId;

use super::coref::Anaphor;
use super::entity::{Linker, Position, Referent};
use super::few::{Few, Ids, Types};
use super::lexicon::{Office, WordId};
use super::phrase::{Determiner, Element, Phrase};
use super::sentence::Sentence;
use super::unit::Tag;

impl<'a> Linker<'a> {
    pub(super) fn pronoun(&self, word: WordId) -> Referent {
        let v = &self.vocabulary;
        if v.plural_pronouns.contains(&word) {
            return Referent::Anaphor { head: None, types: Types::new(), plural: true, number: None };
        }
        if v.person_pronouns.contains(&word) {
            return Referent::Anaphor { head: None, types: self.parts.person.into_iter().collect(), plural: false, number: None };
        }
        if v.thing_pronouns.contains(&word) {
            return Referent::Anaphor { head: None, types: Types::new(), plural: false, number: None };
        }
        Referent::None
    }

    /// "the Uzbek president", "ministers of five states": the state, or who is known to hold the office.
    pub(super) fn office_phrase(&mut self, sentence: &Sentence, index: usize, so_far: &[Referent], number: usize) -> Referent {
        let phrase = &sentence.elements.phrases[index];
        if let Some(renamed) = phrase.renames {
            return so_far.get(renamed).cloned().unwrap_or_default();
        }
        if let Some(group) = phrase.spelt_out {
            return self.group_entities(sentence, group, so_far);
        }
        // "Armenian experts", "an activist from Kenya" speak for themselves.
        let trade = matches!(sentence.units.units[phrase.head].tag, Tag::Office(office)
            if self.lexicon.offices.get(office as usize).is_some_and(|o| o.1 == Office::Trade));
        let state = if trade { Referent::None } else { self.state_of(sentence, index, so_far, number) };
        if !trade
            && matches!(state, Referent::None)
            && let Some(several) = self.of_several(sentence, index, so_far)
        {
            return several;
        }
        let theirs = phrase.determiner == Determiner::Its && self.is_plural(sentence, phrase);
        // "our experts": the speaker's, and of nobody that was spoken of.
        let owner = sentence.units.units[phrase.units.start].word;
        if theirs && self.vocabulary.speakers_own.contains(&owner) {
            return state;
        }
        let definite = theirs || matches!(phrase.determiner, Determiner::The | Determiner::This | Determiner::All);
        if !definite || phrase.units.len() > 3 || !matches!(state, Referent::None) {
            return state;
        }
        if self.is_plural(sentence, phrase) {
            if let Some(states) = self.led_by_those(number, index, phrase.number) {
                return Referent::Entities { ids: states, others: Few::new(), group: true };
            }
            // "The ministers adopted …": those just listed; presidents and ministers are of states.
            let held = match sentence.units.units[phrase.head].tag {
                Tag::Office(office) => self.lexicon.offices.get(office as usize).map(|o| o.1),
                _ => None,
            };
            let of_state = match held {
                Some(Office::Both) => self.states_spoken_of(index, phrase.number, number),
                held => held == Some(Office::State),
            };
            let bodies = self.parts.organisation.filter(|_| !of_state);
            let types = self.parts.state.into_iter().chain(bodies).collect();
            return Referent::Anaphor { head: None, types, plural: true, number: phrase.number };
        }
        Referent::Anaphor { head: None, types: self.parts.person.into_iter().collect(), plural: false, number: None }
    }

    /// "The two presidents", after two states and two companies: those of the states.
    fn states_spoken_of(&self, phrase: usize, count: Option<u32>, number: usize) -> bool {
        let types: Types = self.parts.state.into_iter().collect();
        let states =
            Anaphor { sentence: number, phrase, head: None, types: &types, number: count, object: false, this: false, not: &[] };
        self.group_before(states).is_some()
    }

    /// "the two countries' presidents", "presidents of the three states": the states that were spoken of.
    fn of_several(&self, sentence: &Sentence, index: usize, so_far: &[Referent]) -> Option<Referent> {
        let of = self.vocabulary.of;
        let attached =
            sentence.attached_to(index).filter(|a| a.prep == of).filter_map(|a| sentence.group(a.group).first().copied());
        let mut owners = sentence.elements.phrases[index].possessor.into_iter().chain(attached);
        let several = |r: &Referent| match r {
            Referent::Anaphor { types, plural: true, .. } => {
                !types.is_empty() && types.iter().all(|t| Some(*t) == self.parts.state)
            }
            _ => false,
        };
        owners.find_map(|p| so_far.get(p).filter(|r| several(r)).cloned())
    }

    /// "Armenian opposition parties": no word of the state's.
    fn dissents(&self, sentence: &Sentence, phrase: &Phrase) -> bool {
        let mut before = phrase.units.clone().filter(|&u| u != phrase.head).map(|u| sentence.units.units[u].word);
        before.any(|word| self.vocabulary.dissenting.contains(&word))
    }

    pub(super) fn group_entities(&self, sentence: &Sentence, group: usize, so_far: &[Referent]) -> Referent {
        let ids: Ids = sentence
            .group(group)
            .iter()
            .flat_map(|&p| match so_far.get(p) {
                Some(Referent::Entities { ids, .. }) => ids.clone(),
                _ => Ids::new(),
            })
            .collect();
        let group = ids.len() > 1;
        if ids.is_empty() { Referent::None } else { Referent::Entities { ids, others: Few::new(), group } }
    }

    /// The states (or bodies) that a phrase such as "the Kazakh government" speaks for: its demonym, possessor or "of".
    pub(super) fn state_of(&mut self, sentence: &Sentence, index: usize, so_far: &[Referent], number: usize) -> Referent {
        let phrase = &sentence.elements.phrases[index];
        let head = sentence.units.units[phrase.head].word;
        if self.dissents(sentence, phrase) {
            return Referent::None;
        }
        let mut ids = self.modifier_entities(sentence, phrase);
        if let Some(possessor) = phrase.possessor
            && let Some(Referent::Entities { ids: owned, .. }) = so_far.get(possessor)
        {
            ids.extend(owned.iter().copied());
        }
        if ids.is_empty() {
            for attached in sentence.attached_to(index) {
                if attached.prep == self.vocabulary.of || self.vocabulary.from_prepositions.contains(&attached.prep) {
                    for &p in sentence.group(attached.group) {
                        if let Some(Referent::Entities { ids: of, .. }) = so_far.get(p) {
                            ids.extend(of.iter().copied());
                        }
                    }
                } else if attached.prep == self.lexicon.known.in_ && self.vocabulary.ruling.contains(&head) {
                    // "the government in Dodoma": the state of that capital.
                    for &p in sentence.group(attached.group) {
                        let Some(Referent::Entities { others, .. }) = so_far.get(p) else { continue };
                        let state = |e: &&EntryId| Some(self.schema.gazetteer[e.0 as usize].kind) == self.parts.state;
                        let meant: Vec<EntryId> = others.iter().filter(state).copied().collect();
                        ids.extend(meant.into_iter().map(|entry| self.entry(entry)));
                    }
                    if !ids.is_empty() {
                        break;
                    }
                }
            }
        }
        ids = self.expand_regions(sentence, phrase, ids);
        ids.retain(|id| {
            let kind = Some(self.drafts[*id as usize].kind);
            kind == self.parts.state || kind == self.parts.organisation
        });
        let _ = number;
        if ids.is_empty() { Referent::None } else { Referent::Entities { group: ids.len() > 1, ids, others: Few::new() } }
    }

    /// "leaders of the five Central Asian states": a region before a plural or a number means its members.
    pub(super) fn expand_regions(&mut self, sentence: &Sentence, phrase: &Phrase, ids: Ids) -> Ids {
        let plural = phrase.number.is_some_and(|n| n > 1) || self.is_plural(sentence, phrase);
        let mut out = Ids::new();
        for id in ids {
            let draft = &self.drafts[id as usize];
            let members = draft
                .known
                .filter(|_| plural && Some(draft.kind) == self.parts.region)
                .map(|e| self.members(e))
                .unwrap_or_default();
            if members.is_empty() {
                out.push(id);
            } else {
                out.extend(members.into_iter().map(|m| self.entry(m)).collect::<Vec<_>>());
            }
        }
        out
    }

    pub(super) fn is_plural(&self, sentence: &Sentence, phrase: &Phrase) -> bool {
        let unit = &sentence.units.units[phrase.head];
        let token = &self.page(sentence).tokens[unit.tokens.end - 1];
        let text = &self.page(sentence).block.text.text[token.span.range()];
        text.ends_with('s') && !text.ends_with("ss")
    }

    /// Entities of the names before a phrase's head, already mentioned.
    pub(super) fn modifier_entities(&mut self, sentence: &Sentence, phrase: &Phrase) -> Ids {
        let mut ids = Ids::new();
        for i in phrase.units.clone().filter(|&i| i != phrase.head) {
            let Some(name) = sentence.units.units[i].name.map(|n| &sentence.units.names[n as usize]) else { continue };
            // "the Berbera-based operator": where it sits, and nothing that it runs.
            let seat = sentence.units.units.get(i + 1).is_some_and(|next| self.vocabulary.seated.contains(&next.word));
            if seat || self.is_commodity(name) || self.joins_head(sentence, phrase, i) {
                continue;
            }
            if !name.links.is_empty() {
                ids.extend(self.links(sentence, name));
                continue;
            }
            if let Referent::Entities { ids: found, .. } = self.name(sentence, name, Position::Modifier) {
                ids.extend(found);
            }
        }
        ids
    }

    /// Entities of the names before a phrase's head.
    pub fn names_before(&mut self, sentence: &Sentence, phrase: &Phrase) -> Ids {
        self.modifier_entities(sentence, phrase)
    }

    /// Commodities named before a phrase's head ("oil exports").
    pub fn goods_before(&mut self, sentence: &Sentence, phrase: &Phrase) -> Ids {
        let mut ids = Ids::new();
        for i in phrase.units.clone().filter(|&i| i != phrase.head) {
            let Some(name) = sentence.units.units[i].name.map(|n| &sentence.units.names[n as usize]) else { continue };
            if self.is_commodity(name)
                && let Referent::Entities { ids: found, .. } = self.name(sentence, name, Position::Modifier)
            {
                ids.extend(found);
            }
        }
        ids
    }

    /// "the opening of the meeting": what the phrase's "of" refers to.
    pub(super) fn transparent(&self, sentence: &Sentence, index: usize, so_far: &[Referent]) -> Option<Referent> {
        let head = sentence.units.units[sentence.elements.phrases[index].head].word;
        let body = self.lexicon.head(head).is_some_and(|h| Some(h.node_type) == self.parts.organisation);
        // "a joint venture between X and Y".
        let joins = |prep| prep == self.vocabulary.of || body && self.vocabulary.pair_prepositions.contains(&prep);
        let of = |a: &&super::clause::Attached| joins(a.prep) && a.sites.last() == Some(&index);
        let named = sentence.attached_to(index).find(of).map(|a| a.group);
        let refers = |group: usize| match sentence.group(group) {
            [one] => so_far.get(*one).cloned().filter(|r| !matches!(r, Referent::None)),
            _ => Some(self.group_entities(sentence, group, so_far)).filter(|r| !matches!(r, Referent::None)),
        };
        // "a syndicate of banks led by X": whoever leads what nobody names.
        let behind = || named.and_then(|g| sentence.group(g).first().copied()).and_then(|p| self.made_up_of(sentence, p));
        named.and_then(refers).or_else(|| self.made_up_of(sentence, index).or_else(behind).and_then(refers))
    }

    /// "a consortium led by X", "a syndicate comprising X and Y": who it is.
    fn made_up_of(&self, sentence: &Sentence, index: usize) -> Option<usize> {
        // "a syndicate including X and Y".
        let examples =
            |a: &&super::clause::Attached| self.lexicon.joining.examples.contains(&a.prep) && a.sites.last() == Some(&index);
        if let Some(named) = sentence.attached_to(index).find(examples) {
            return Some(named.group);
        }
        let by = self.lexicon.known.by;
        sentence.clauses.list.iter().find_map(|clause| {
            let verb = clause.verb.map(|v| &sentence.elements.verbs[v])?;
            // "gave the consortium, comprising X and Y, a concession": no one else is made up of them.
            let behind = verb.units.start.saturating_sub(sentence.elements.phrases[index].units.end) <= 1;
            let behind = behind && verb.units.start >= sentence.elements.phrases[index].units.end;
            let about = behind || clause.subject.is_some_and(|g| sentence.group(g).contains(&index));
            if !about || clause.link == super::clause::LinkKind::Root || !self.vocabulary.grouping.contains(&verb.lemma) {
                return None;
            }
            let attached = clause.attached.iter().map(|&a| &sentence.clauses.attached[a]);
            let with = attached.clone().find(|a| a.prep == by || a.prep == self.vocabulary.of).map(|a| a.group);
            if verb.passive { with } else { clause.objects.first().copied().or(with) }
        })
    }

    /// "five Central Asian states", "the two countries", "all members".
    pub(super) fn collective(
        &mut self,
        sentence: &Sentence,
        index: usize,
        so_far: &[Referent],
        number: usize,
    ) -> Option<Referent> {
        let phrase = &sentence.elements.phrases[index];
        if self.dissents(sentence, phrase) {
            return None;
        }
        let modified = self.modifier_entities(sentence, phrase);
        if !modified.is_empty() {
            let ids = self.expand_regions(sentence, phrase, modified);
            let ids: Ids = ids
                .into_iter()
                .filter(|&id| {
                    Some(self.drafts[id as usize].kind) == self.parts.state
                        || Some(self.drafts[id as usize].kind) == self.parts.organisation
                })
                .collect();
            let count_fits = phrase.number.is_none_or(|n| n as usize >= ids.len());
            if !ids.is_empty() && count_fits {
                let page = sentence.page;
                let tokens = self.phrase_tokens(sentence, phrase);
                for &id in &ids {
                    self.mention(id, page, tokens.clone());
                }
                return Some(Referent::Entities { group: true, ids, others: Few::new() });
            }
        }
        let state = self.state_of(sentence, index, so_far, number);
        if !matches!(state, Referent::None) {
            return Some(state);
        }
        let definite = !matches!(phrase.determiner, Determiner::Indefinite | Determiner::No)
            && (phrase.determiner != Determiner::None || phrase.number.is_some());
        let singular = !self.is_plural(sentence, phrase);
        // "both countries" are no ministries.
        let states = self.vocabulary.states.contains(&sentence.units.units[phrase.head].word);
        let bodies = self.parts.organisation.filter(|_| !singular && !states);
        definite.then(|| Referent::Anaphor {
            head: None,
            types: self.parts.state.into_iter().chain(bodies).collect(),
            plural: !singular,
            number: phrase.number,
        })
    }

    /// "the country", "the landlocked country", "the government", "the trio": the state, or so many, that were spoken of last.
    pub(super) fn points_to_actors(&self, sentence: &Sentence, index: usize) -> Option<Referent> {
        let phrase = &sentence.elements.phrases[index];
        let word = sentence.units.units[phrase.head].word;
        let number = self.vocabulary.counted_groups.iter().find(|(w, _)| *w == word).map(|&(_, n)| n);
        let definite = matches!(phrase.determiner, Determiner::The | Determiner::This) && phrase.possessor.is_none();
        // "The government", but not "the local authorities".
        let rules = self.vocabulary.governments.contains(&word) && phrase.units.len() == 2;
        if !definite || number.is_none() && !rules && !self.vocabulary.countries.contains(&word) {
            return None;
        }
        // "the other country", "the first country", "the host country": one of several.
        let units = || phrase.units.clone().filter(|&u| u != phrase.head).map(|u| &sentence.units.units[u]);
        let one_of_some = units().any(|u| {
            matches!(u.tag, Tag::Noun | Tag::Ordinal | Tag::Number | Tag::Value) || self.vocabulary.others.contains(&u.word)
        });
        // "the country that hosts it", "the country of origin": which it is follows.
        // A possessor ("the country's only port") is no element of its own, and nothing that tells which it is can follow.
        let at = sentence.elements.list.iter().position(|e| e.0 == Element::Phrase(index));
        let next = at.and_then(|at| sentence.elements.list.get(at + 1)).map(|e| e.0);
        let told = matches!(next, Some(Element::Relative(_) | Element::That)) || next == Some(Element::Prep(self.vocabulary.of));
        if one_of_some || told {
            return None;
        }
        let types: Types = self.parts.state.into_iter().collect();
        Some(Referent::Anaphor { head: Some(word).filter(|_| number.is_none()), types, plural: number.is_some(), number })
    }

    /// "in the Uzbek capital": the city that stands for the state, where the phrase tells a place.
    pub(super) fn seat_of(&mut self, sentence: &Sentence, index: usize, state: &Referent) -> Option<Referent> {
        let head = &sentence.units.units[sentence.elements.phrases[index].head];
        let Referent::Entities { ids, group: false, .. } = state else { return None };
        let &[state] = &ids[..] else { return None };
        if !self.vocabulary.seats.contains(&head.word) || self.position(sentence, index) != Position::Local {
            return None;
        }
        let state = self.drafts[state as usize].known?;
        let lies_there = |e: &EntryId| {
            let entry = &self.schema.gazetteer[e.0 as usize];
            Some(entry.kind) == self.parts.place && entry.facts.iter().any(|&(_, home)| home == state)
        };
        let names = self.schema.gazetteer[state.0 as usize].metonyms.iter();
        let city = names.flat_map(|name| self.schema.named(name)).map(|usage| usage.entry).find(lies_there)?;
        let id = self.entry(city);
        self.mention(id, sentence.page, self.phrase_tokens(sentence, &sentence.elements.phrases[index]));
        Some(Referent::one(id))
    }
}
