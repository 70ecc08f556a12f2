//! What proper names mean: entries of the gazetteer, names that the document taught, chains of stops, and runs that
//! nobody listed.
//!
//! A city stands for its state or for itself by where its name stands; a name that several bear is decided by what
//! the article speaks of. Common nouns are `describe`'s, groups and offices `actor`'s.

use crate::schema::{EntryId, NodeTypeId};

use super::entity::{DraftId, Linker, Position, Referent};
use super::few::{Few, Ids, few};
use super::lexicon::{Sense, SenseKind};
use super::name::{Name, NameKind};
use super::phrase::{Determiner, Phrase};
use super::sentence::Sentence;
use super::unit::{Tag, Unit};
use super::value::ValueKind;

/// More bodies whose names open with one word are a family of which a short name could mean any.
const MOST_BODIES: usize = 8;

/// Of a numbered series the list is asked for this many.
const FEW_OF_SERIES: u8 = 5;

impl<'a> Linker<'a> {
    pub(super) fn name_phrase(&mut self, sentence: &Sentence, index: usize, number: usize) -> Referent {
        let phrase = &sentence.elements.phrases[index];
        let unit = &sentence.units.units[phrase.head];
        let name = &sentence.units.names[unit.name.unwrap_or(0) as usize];
        let page = sentence.page;
        let position = self.position(sentence, index);
        if let Some(learned) = self.bracket_names(sentence, phrase, name) {
            return learned;
        }
        if let Some(numbered) = self.numbered_event(sentence, phrase, name) {
            return Referent::one(numbered);
        }
        if let Some(id) = self.owned_name(sentence, phrase, name) {
            return Referent::one(id);
        }
        let before = self.drafts.len();
        let referent = match self.compass_name(sentence, phrase, name) {
            Some(id) => Referent::one(id),
            None => self.name(sentence, name, position),
        };
        let referent = if self.is_whole(sentence, index) { referent } else { self.adopt(referent, before, phrase) };
        if let (Referent::Entities { ids, .. }, Some(bracket)) = (&referent, phrase.bracket) {
            let text = self.unit_text(sentence, bracket);
            if let [id] = ids[..]
                && !self.lies_in_bracket(sentence, id, bracket)
            {
                self.learn(id, text);
                self.mention(id, page, sentence.units.units[bracket].tokens.clone());
            }
        }
        let last = self.page(sentence).tokens[name.tokens.end - 1].word;
        if self.lexicon.parliaments().contains(&last) {
            return self.with_its_state(sentence, index, referent, number);
        }
        referent
    }

    /// "China's Exim Bank": a name that others bear too, listed with its owner before it or behind it.
    fn owned_name(&mut self, sentence: &Sentence, phrase: &Phrase, name: &Name) -> Option<DraftId> {
        let owner = &sentence.elements.phrases[phrase.possessor?];
        let units = &sentence.units.units;
        let owner = self.page(sentence).text(units[owner.head].tokens.clone());
        let text = self.page(sentence).text(name.tokens.clone());
        let listed = [format!("{owner} {text}"), format!("{text} of {owner}")];
        let entry = listed.iter().find_map(|whole| match self.schema.named(whole) {
            [one] => Some(one.entry),
            _ => None,
        })?;
        if Some(self.schema.gazetteer[entry.0 as usize].kind) != self.parts.organisation {
            return None;
        }
        let whole = format!("{owner}'s {text}");
        let id = self.entry(entry);
        self.mention(id, sentence.page, name.tokens.clone());
        self.note_form(id, text);
        self.note_form(id, &whole);
        Some(id)
    }

    /// "Callao (Peru)": the bracket says where it lies, not what else it is called.
    pub(super) fn lies_in_bracket(&self, sentence: &Sentence, id: DraftId, bracket: usize) -> bool {
        let kind = Some(self.drafts[id as usize].kind);
        let inner = sentence.units.units[bracket].name.map(|n| &sentence.units.names[n as usize].kind);
        let area = |s: &Sense| {
            let kind = self.entry_kind(*s);
            s.kind == SenseKind::Name && kind.is_some() && (kind == self.parts.state || kind == self.parts.region)
        };
        (kind == self.parts.place || kind == self.parts.region)
            && matches!(inner, Some(NameKind::Known(senses)) if senses.iter().any(area))
    }

    /// "the Zambian National Assembly", "Zambia's parliament": what it binds, the state does.
    fn with_its_state(&mut self, sentence: &Sentence, index: usize, body: Referent, number: usize) -> Referent {
        let state = self.state_of(sentence, index, &[], number);
        let owner = sentence.elements.phrases[index].possessor.map(|p| self.phrase(sentence, p, &[], number));
        let mut ids = Vec::new();
        for referent in [Some(state), owner, Some(body)].into_iter().flatten() {
            if let Referent::Entities { ids: found, .. } = referent {
                ids.extend(found);
            }
        }
        ids.dedup();
        if ids.is_empty() { Referent::None } else { Referent::Entities { ids: ids.into(), others: Few::new(), group: false } }
    }

    /// "the third Andean Energy Summit": which one of several it is belongs to the name.
    fn numbered_event(&mut self, sentence: &Sentence, phrase: &Phrase, name: &Name) -> Option<DraftId> {
        let event = self.parts.event?;
        let before = phrase.head.checked_sub(1).filter(|b| phrase.units.contains(b))?;
        let unit = &sentence.units.units[before];
        let tokens = &self.page(sentence).tokens;
        let head = match &name.kind {
            NameKind::Run { head: Some(head) } if name.links.is_empty() => tokens[*head].word,
            _ => return None,
        };
        let numbers = unit.tag == Tag::Ordinal || unit.value.is_some();
        let happens = self.lexicon.head(head).is_some_and(|h| h.node_type == event || h.numbered == Some(event));
        if !numbers || !happens {
            return None;
        }
        let whole = unit.tokens.start..name.tokens.end;
        let (text, bare) = (self.page(sentence).text(whole.clone()), self.page(sentence).text(name.tokens.clone()));
        let id = self.make(event, text, true, head);
        // From here on the bare name means this one.
        self.learn(id, bare);
        self.mention(id, sentence.page, whole);
        Some(id)
    }

    /// "the western Trans-Afghan Railway": the word of direction belongs to the name, if that is a listed one.
    pub(super) fn compass_name(&mut self, sentence: &Sentence, phrase: &Phrase, name: &Name) -> Option<DraftId> {
        let before = phrase.head.checked_sub(1).filter(|b| phrase.units.contains(b))?;
        let unit = &sentence.units.units[before];
        if !self.vocabulary.compass.contains(&unit.word) {
            return None;
        }
        let tokens = unit.tokens.start..name.tokens.end;
        let text = self.page(sentence).text(tokens.clone());
        let entry = self.schema.named(text).first().map(|u| u.entry)?;
        let id = self.entry(entry);
        self.mention(id, sentence.page, tokens);
        self.note_form(id, text);
        Some(id)
    }

    /// "a section of the Northern Corridor": the name is that of the whole.
    fn is_whole(&self, sentence: &Sentence, index: usize) -> bool {
        let site = sentence.governed_by(index).filter(|a| a.prep == self.vocabulary.of).and_then(|a| a.sites.last());
        let part = |&p: &usize| {
            let unit = &sentence.units.units[sentence.elements.phrases[p].head];
            self.head_of(unit.word, unit.tag).is_some_and(|h| h.part)
        };
        site.is_some_and(part)
    }

    /// "a new corridor …" and later "The Caspian Sea route": a definite name that is new takes over the one way that the
    /// article has described and not named.
    pub(super) fn adopt(&mut self, referent: Referent, before: usize, phrase: &Phrase) -> Referent {
        let Referent::Entities { ids, .. } = &referent else { return referent };
        let &[id] = &ids[..] else { return referent };
        let new = id as usize >= before
            && Some(self.drafts[id as usize].kind) == self.parts.way
            && phrase.determiner == Determiner::The;
        if !new || id as usize + 1 != self.drafts.len() {
            return referent;
        }
        let open: Vec<usize> =
            (0..before).filter(|&i| Some(self.drafts[i].kind) == self.parts.way && !self.drafts[i].named).collect();
        let others = (0..before).any(|i| Some(self.drafts[i].kind) == self.parts.way && self.drafts[i].named);
        let &[described] = &open[..] else { return referent };
        let kinds = (&self.drafts[described].way_kind, &self.drafts[id as usize].way_kind);
        let clash = matches!(kinds, (Some(a), Some(b)) if a != b && !self.vocabulary.is_loose(a) && !self.vocabulary.is_loose(b));
        if others || clash || self.called_after_another(id, described) {
            return referent;
        }
        let Some(named) = self.drafts.pop() else { return referent };
        if let Some(entry) = named.known {
            self.by_entry.insert(entry, described as DraftId);
        }
        for ids in self.by_name.values_mut() {
            for i in ids.iter_mut().filter(|i| **i == id) {
                *i = described as DraftId;
            }
        }
        let draft = &mut self.drafts[described];
        draft.known = named.known;
        draft.forms = named.forms.into_iter().chain(std::mem::take(&mut draft.forms)).collect();
        draft.name = named.name;
        draft.named = true;
        draft.mentions.extend(named.mentions);
        draft.way_kind = named.way_kind.or(draft.way_kind.take());
        Referent::one(described as DraftId)
    }

    /// "the Zinder road" after "a road from Douala to Garoua": called after a listed place that is neither end of it.
    fn called_after_another(&self, named: DraftId, described: usize) -> bool {
        let ends = &self.drafts[described].ends;
        let Some((bare, _)) = self.drafts[named as usize].name.as_str().rsplit_once(' ') else { return false };
        let uses = self.schema.named(bare).iter().map(|u| u.entry);
        let mut places = uses.filter(|e| Some(self.schema.gazetteer[e.0 as usize].kind) == self.parts.place).peekable();
        let is_end = |e: EntryId| ends.iter().any(|&end| self.drafts[end as usize].known == Some(e));
        ends.len() > 1 && places.peek().is_some() && !places.any(is_end)
    }

    /// "Central Asia Regional Economic Cooperation (CAREC) Program": the acronym is listed, the name is not.
    pub(super) fn bracket_names(&mut self, sentence: &Sentence, phrase: &Phrase, name: &Name) -> Option<Referent> {
        let bracket = phrase.bracket?;
        if !matches!(name.kind, NameKind::Run { .. }) || !name.links.is_empty() {
            return None;
        }
        let inner = sentence.units.units[bracket].name.map(|n| &sentence.units.names[n as usize])?;
        let NameKind::Known(senses) = &inner.kind else { return None };
        let [sense] = senses[..] else { return None };
        let text = self.page(sentence).text(name.tokens.clone());
        let acronym = self.unit_text(sentence, bracket);
        if !self.may_be_called(EntryId(sense.entry), text) {
            return None;
        }
        let initials = text.split([' ', '-']).filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase());
        if sense.kind != SenseKind::Name || !super::name::is_acronym_of(acronym, initials) {
            return None;
        }
        let id = self.entry(EntryId(sense.entry));
        self.learn(id, text);
        self.learn(id, acronym);
        self.mention(id, sentence.page, name.tokens.clone());
        Some(Referent::one(id))
    }

    /// "Caribbean Development Bank (CDB)" is not the China Development Bank: their first words differ.
    fn may_be_called(&self, entry: EntryId, text: &str) -> bool {
        let data = &self.schema.gazetteer[entry.0 as usize];
        let first = |name: &str| name.split([' ', '-']).next().map(crate::names::fold).unwrap_or_default();
        let named = first(text);
        let mut long =
            std::iter::once(&*data.name).chain(data.aliases.iter().map(|a| &**a)).filter(|n| n.contains(' ')).peekable();
        long.peek().is_none() || long.any(|name| first(name) == named)
    }

    /// How a phrase stands: what decides between a city and the state that it stands for.
    pub(super) fn position(&self, sentence: &Sentence, index: usize) -> Position {
        let phrase = &sentence.elements.phrases[index];
        let before = phrase.head.checked_sub(1).filter(|b| phrase.units.contains(b)).map(|b| &sentence.units.units[b]);
        let town = |u: &Unit| {
            let kind = self.head_of(u.word, u.tag).map(|h| h.node_type);
            kind.is_some() && kind == self.parts.place
        };
        if before.is_some_and(town) || self.within_own_state(sentence, phrase) {
            // "bypasses the capital Tbilisi", "the ports of Lomé in Togo".
            return Position::Local;
        }
        if let Some(attached) = sentence.governed_by(index) {
            let to = [self.vocabulary.to, self.vocabulary.between].contains(&attached.prep) && self.on_route(sentence, attached);
            return if to || self.vocabulary.local_prepositions.contains(&attached.prep) {
                Position::Local
            } else {
                Position::Governed
            };
        }
        // "visited Lima": the city, not the state.
        let visited = sentence.clauses.list.iter().any(|c| {
            let verb = c.verb.map(|v| &sentence.elements.verbs[v]).filter(|v| self.vocabulary.travelling.contains(&v.lemma));
            let to = verb.map(|v| if v.passive { c.subject.as_slice() } else { &c.objects[..] }).unwrap_or_default();
            to.iter().any(|&g| sentence.group(g).contains(&index))
        });
        if visited { Position::Local } else { Position::Slot }
    }

    /// "Lomé in Togo": right behind the name stands the state that it could be said for.
    fn within_own_state(&self, sentence: &Sentence, phrase: &Phrase) -> bool {
        let units = &sentence.units.units;
        let senses = |at: usize| {
            let name = units.get(at).and_then(|u| u.name).map(|n| &sentence.units.names[n as usize].kind);
            if let Some(NameKind::Known(senses)) = name { &senses[..] } else { &[] }
        };
        let behind = phrase.units.end;
        let within = units.get(behind).is_some_and(|u| u.tag == Tag::Prep && u.word == self.lexicon.known.in_);
        let states = senses(behind + 1);
        let stands_for = |s: &Sense| s.kind == SenseKind::Metonym && states.iter().any(|state| state.entry == s.entry);
        within && phrase.head + 1 == behind && senses(phrase.head).iter().any(stands_for)
    }

    /// The phrase belongs to a way or to a verb that ways are the subjects of: "a railway to Juba", "runs to Kampala".
    fn on_route(&self, sentence: &Sentence, attached: &super::clause::Attached) -> bool {
        let way = |p: usize| {
            let unit = &sentence.units.units[sentence.elements.phrases[p].head];
            self.lexicon.head(unit.word).is_some_and(|h| Some(h.node_type) == self.parts.way)
                || unit.tag == Tag::Noun && self.vocabulary.travelling.contains(&unit.lemma)
        };
        let verb = sentence.clauses.list[attached.clause].verb.map(|v| sentence.elements.verbs[v].lemma);
        let moving = |v| self.vocabulary.route_verbs.contains(&v) || self.vocabulary.travelling.contains(&v);
        attached.sites.iter().any(|&p| way(p)) || verb.is_some_and(moving)
    }

    /// What a name means where it stands; it is noted as mentioned.
    pub(super) fn name(&mut self, sentence: &Sentence, name: &Name, position: Position) -> Referent {
        let text = self.page(sentence).text(name.tokens.clone());
        if let Some(&id) = self.learned(text) {
            self.mention(id, sentence.page, name.tokens.clone());
            return Referent::one(id);
        }
        match &name.kind {
            NameKind::Known(senses) => self.known_name(sentence, name, senses, position),
            NameKind::Run { head } => {
                if !name.links.is_empty() {
                    return self.chain_members(sentence, name);
                }
                self.run(sentence, name, *head, text)
            }
        }
    }

    pub(super) fn learned(&self, text: &str) -> Option<&DraftId> {
        self.names_of(text).first()
    }

    pub(super) fn known_name(&mut self, sentence: &Sentence, name: &Name, senses: &[Sense], position: Position) -> Referent {
        if let Some(collective) = senses.iter().find(|s| s.kind == SenseKind::Collective) {
            // "Central Asian" alone is a mention of the region, if the region is listed under that word as well.
            let region = senses.iter().find(|s| s.kind != SenseKind::Collective);
            if let Some(region) = region {
                let id = self.entry(EntryId(region.entry));
                self.mention(id, sentence.page, name.tokens.clone());
                if region.kind == SenseKind::Name {
                    self.note_form(id, self.page(sentence).text(name.tokens.clone()));
                }
                return Referent::one(id);
            }
            let members = self.schema.collectives.get(collective.entry as usize).map_or(&[][..], |c| &c.members[..]);
            let ids = members.iter().map(|&m| self.entry(m)).collect();
            return Referent::Entities { ids, others: Few::new(), group: true };
        }
        let certain: Few<Sense> = senses.iter().copied().filter(|s| s.kind != SenseKind::Ambiguous).collect();
        let mut usable = if certain.is_empty() { self.ambiguous(sentence, name, senses).into() } else { certain };
        if position == Position::Slot {
            // "La Paz has promoted": a capital that shares its name with others acts for the state that the text speaks of.
            let state = senses.iter().find(|s| {
                s.kind == SenseKind::Ambiguous
                    && self.entry_kind(**s) == self.parts.state
                    && self.by_entry.contains_key(&EntryId(s.entry))
            });
            if let Some(state) = state {
                usable.insert(0, Sense { kind: SenseKind::Metonym, ..*state });
            }
        }
        let Some(chosen) = self.choose(&usable, position) else { return self.shared_name(sentence, name, senses) };
        let id = self.entry(EntryId(chosen.entry));
        self.mention(id, sentence.page, name.tokens.clone());
        self.note_form(id, self.page(sentence).text(name.tokens.clone()));
        if !name.links.is_empty()
            && Some(self.drafts[id as usize].kind) == self.parts.way
            && self.drafts[id as usize].stops.is_empty()
        {
            let stops = self.links(sentence, name);
            self.drafts[id as usize].stops = stops;
        }
        let others = usable.iter().filter(|s| s.entry != chosen.entry).map(|s| EntryId(s.entry)).collect();
        Referent::Entities { ids: few![id], others, group: false }
    }

    /// "the Trans-Afghan railway": a name of several listed things, and nothing tells which; one of its own, then.
    pub(super) fn shared_name(&mut self, sentence: &Sentence, name: &Name, senses: &[Sense]) -> Referent {
        let kind = senses.first().and_then(|&s| self.entry_kind(s));
        let same = senses.iter().all(|&s| self.entry_kind(s) == kind);
        let last = self.page(sentence).tokens[name.tokens.end - 1].word;
        let headed = self.lexicon.head(last).is_some_and(|h| Some(h.node_type) == kind);
        match kind.filter(|_| same && headed && name.tokens.len() > 1) {
            Some(kind) => {
                let text = self.page(sentence).text(name.tokens.clone());
                let id = self.make_unlisted(kind, text, true, last);
                self.mention(id, sentence.page, name.tokens.clone());
                Referent::one(id)
            }
            None => self.namesake(sentence, name, senses),
        }
    }

    /// "Santa Cruz in Chile", where the list has that of Bolivia alone: another place of that name.
    fn namesake(&mut self, sentence: &Sentence, name: &Name, senses: &[Sense]) -> Referent {
        let text = self.page(sentence).text(name.tokens.clone());
        let place = self.evidence.type_of(text).filter(|&voted| Some(voted) == self.parts.place);
        let town = |s: &Sense| self.parts.place.is_some() && self.entry_kind(*s) == self.parts.place;
        let Some(place) = place.filter(|_| senses.iter().any(town)) else { return Referent::None };
        let id = self.make_unlisted(place, text, true, 0);
        self.mention(id, sentence.page, name.tokens.clone());
        Referent::one(id)
    }

    /// The senses of a name that many bear which this document supports: something else of it is mentioned already.
    pub(super) fn ambiguous(&self, sentence: &Sentence, name: &Name, senses: &[Sense]) -> Vec<Sense> {
        // "India's EXIM Bank" is not the one that the name alone may mean.
        let at = sentence.units.units.iter().position(|u| u.tokens.start == name.tokens.start);
        let owned = at.and_then(|at| at.checked_sub(1)).is_some_and(|b| sentence.units.units[b].tag == Tag::Possessive);
        let voted = self.evidence.type_of(self.page(sentence).text(name.tokens.clone())).filter(|_| !owned);
        let traded = self.is_traded(sentence, name);
        let near = |s: &Sense| {
            let kind = self.entry_kind(*s);
            let spot = kind == self.parts.place || kind == self.parts.region;
            !spot || self.schema.gazetteer[s.entry as usize].facts.iter().any(|(_, home)| self.by_entry.contains_key(home))
        };
        let fits = |s: &Sense| {
            // A town that others share its name with is meant where the text speaks of what it lies in.
            voted.is_some() && self.entry_kind(*s) == voted && near(s)
                || self.by_entry.contains_key(&EntryId(s.entry))
                || self.entry_kind(*s) != self.parts.commodity && self.evidence.names(EntryId(s.entry))
                || at.is_some_and(|at| self.lies_beside(sentence, at, *s))
                || traded && self.entry_kind(*s) == self.parts.commodity
        };
        let fitting: Vec<Sense> = senses.iter().copied().filter(fits).collect();
        if fitting.is_empty() { self.way_meant(senses) } else { self.nearest_meant(fitting) }
    }

    /// "the Northern Corridor" of a text that names several of the states on one of the ways so called, and fewer of the others.
    fn way_meant(&self, senses: &[Sense]) -> Vec<Sense> {
        let known = |s: &Sense| {
            let on = self.schema.gazetteer[s.entry as usize].facts.iter().filter(|(edge, _)| Some(*edge) == self.parts.touches);
            on.filter(|(_, stop)| self.evidence.names(*stop)).count()
        };
        let ways = senses.iter().copied().filter(|&s| self.entry_kind(s) == self.parts.way && known(&s) > 1);
        let best = self.nearest_meant(ways.collect());
        if best.len() == 1 { best } else { Vec::new() }
    }

    /// Of several things of one type with one name, that which the document names in full, or around which most lies that it names:
    /// "the Central Corridor" of a text on Tanzania and Burundi is that of Africa.
    fn nearest_meant(&self, senses: Vec<Sense>) -> Vec<Sense> {
        let alike = senses.windows(2).all(|w| self.entry_kind(w[0]) == self.entry_kind(w[1]));
        if senses.len() < 2 || !alike {
            return senses;
        }
        let weight = |s: &Sense| {
            let around = &self.schema.gazetteer[s.entry as usize].facts;
            let before = self.by_entry.get(&EntryId(s.entry)).map_or(0, |&id| self.drafts[id as usize].mentions.len());
            let named = before > 0 || self.evidence.names(EntryId(s.entry));
            (named, before, around.iter().filter(|(_, near)| self.evidence.names(*near)).count())
        };
        // Nor is it one of which the list knows where it goes, and the text names nothing of that.
        let elsewhere = |s: &Sense| weight(s) == (false, 0, 0) && self.schema.gazetteer[s.entry as usize].facts.len() > 2;
        let here: Vec<Sense> = senses.iter().copied().filter(|s| !elsewhere(s)).collect();
        let way = senses.iter().all(|s| self.entry_kind(*s) == self.parts.way);
        let senses = if way && !here.is_empty() { here } else { senses };
        let best = senses.iter().map(weight).max();
        senses.into_iter().filter(|s| Some(weight(s)) == best).collect()
    }

    /// "Ilhéus, in Bahia", "Dosso, Niger", "Brazil's Bahia": what stands right beside the name lies in the same state, or is that.
    fn lies_beside(&self, sentence: &Sentence, at: usize, sense: Sense) -> bool {
        let units = &sentence.units.units;
        let homes = |entry: u32| {
            let facts = &self.schema.gazetteer[entry as usize].facts;
            facts.iter().filter(|(edge, _)| Some(*edge) == self.parts.within).map(|(_, home)| home.0)
        };
        let told = |u: usize, near: &dyn Fn(&Sense) -> bool| {
            let name = units.get(u).and_then(|unit| unit.name).map(|n| &sentence.units.names[n as usize].kind);
            matches!(name, Some(NameKind::Known(senses)) if senses.iter().any(near))
        };
        let home = |s: &Sense| homes(sense.entry).any(|h| h == s.entry);
        let neighbour =
            |s: &Sense| s.kind != SenseKind::Ambiguous && homes(s.entry).any(|h| homes(sense.entry).any(|own| own == h));
        let tag = |back: usize| at.checked_sub(back).map(|u| units[u].tag);
        let inside = tag(1) == Some(Tag::Prep) && self.vocabulary.local_prepositions.contains(&units[at - 1].word);
        let before = if tag(2) == Some(Tag::Comma) { 3 } else { 2 };
        units.get(at + 1).is_some_and(|u| u.tag == Tag::Comma) && told(at + 2, &home)
            || inside && at >= before && told(at - before, &neighbour)
            // "through Mato Grosso and Acre".
            || tag(1) == Some(Tag::Conj) && at > 1 && told(at - 2, &neighbour)
            || tag(1) == Some(Tag::Comma) && at > 1 && told(at - 2, &neighbour)
            || tag(1) == Some(Tag::Name) && told(at - 1, &home)
            || tag(1) == Some(Tag::Possessive) && at > 1 && told(at - 2, &home)
    }

    /// "sell power to Vietnam", "sells most of its power", "600 megawatts of power", "power exports": behind a verb of trade or a measure, or
    /// right before a noun of trade.
    fn is_traded(&self, sentence: &Sentence, name: &Name) -> bool {
        let units = &sentence.units.units;
        let Some(at) = units.iter().position(|u| u.tokens.start == name.tokens.start) else { return false };
        let noun = units.get(at + 1).is_some_and(|u| u.tag == Tag::Noun && self.vocabulary.trading.contains(&u.word));
        let of = |u: &Unit| u.tag == Tag::Prep && u.word == self.vocabulary.of;
        let measured = at > 1
            && of(&units[at - 1])
            && units[at - 2].value.is_some_and(|v| matches!(sentence.units.values[v as usize].kind, ValueKind::Quantity { .. }));
        let says_nothing = |u: &Unit| u.tag == Tag::Noun && self.vocabulary.transparent.contains(&u.word);
        let before = units[..at].iter().rev().take(7).find(|u| {
            !matches!(u.tag, Tag::Adj | Tag::Adv | Tag::Value | Tag::Number | Tag::Ordinal | Tag::Det | Tag::Its)
                && !of(u)
                && !says_nothing(u)
        });
        noun || measured || before.is_some_and(|u| matches!(u.tag, Tag::Verb(_)) && self.vocabulary.trading.contains(&u.lemma))
    }

    /// Between a city and its state, and other names with two bearers.
    pub(super) fn choose(&self, senses: &[Sense], position: Position) -> Option<Sense> {
        let place = |s: &&Sense| self.entry_kind(**s) == self.parts.place && s.kind != SenseKind::Metonym;
        let metonym = |s: &&Sense| s.kind == SenseKind::Metonym;
        let first = match position {
            Position::Local => senses.iter().find(place).or_else(|| senses.first()),
            Position::Modifier => senses
                .iter()
                .find(|s| s.kind == SenseKind::Demonym)
                .or_else(|| senses.iter().find(place))
                .or_else(|| senses.first()),
            Position::Slot | Position::Governed => senses
                .iter()
                .find(metonym)
                .or_else(|| senses.iter().find(|s| s.kind == SenseKind::Name))
                .or_else(|| senses.first()),
        };
        first.copied()
    }

    /// The members of a chain of names, as stops or as parties.
    pub(super) fn chain_members(&mut self, sentence: &Sentence, name: &Name) -> Referent {
        let ids = self.links(sentence, name);
        if ids.is_empty() { Referent::None } else { Referent::Entities { ids, others: Few::new(), group: true } }
    }

    /// The entities of a chain's links: stops.
    pub fn links(&mut self, sentence: &Sentence, name: &Name) -> Ids {
        let mut ids = Ids::new();
        let towns = name.links.iter().filter(|l| l.senses.iter().any(|&s| self.entry_kind(s) == self.parts.place)).count();
        for link in &name.links {
            let text = self.page(sentence).text(link.tokens.clone());
            let certain: Vec<Sense> =
                link.senses.iter().copied().filter(|s| !matches!(s.kind, SenseKind::Ambiguous | SenseKind::Collective)).collect();
            let chosen = self.choose(&certain, Position::Local);
            let region = chosen.is_some_and(|s| self.entry_kind(s) == self.parts.region);
            if region && towns > 1 && towns + 1 == name.links.len() && self.learned(text).is_none() {
                // "the Isiolo-Marsabit-Moyale road": among towns it is the town of that name, not the county.
                let town = self.parts.place.map(|place| self.make(place, text, true, 0));
                town.into_iter().for_each(|id| self.learn(id, text));
            }
            let id = match (chosen, self.learned(text)) {
                (_, Some(&id)) => id,
                (Some(sense), None) => self.entry(EntryId(sense.entry)),
                (None, None) => {
                    let Some(place) = self.parts.place else { continue };
                    let kind = self.evidence.type_of(text).unwrap_or(place);
                    self.make(kind, text, true, 0)
                }
            };
            self.mention(id, sentence.page, link.tokens.clone());
            self.note_form(id, text);
            ids.push(id);
        }
        ids
    }

    /// "NovaRail" behind "NovaRail Holding": the one body whose unlisted name began so. O(bodies with that first word), a few at most.
    fn shortened(&self, text: &str) -> Option<DraftId> {
        let opening = text.split(' ').next().unwrap_or_default();
        let bodies = self.by_opening.get(&self.evidence.folds.id(opening)).filter(|b| b.len() <= MOST_BODIES)?;
        let begins = |id: &&DraftId| {
            let rest = self.drafts[**id as usize].name.as_str().strip_prefix(text);
            rest.is_some_and(|r| r.starts_with(' '))
        };
        let mut wholes = bodies.iter().filter(begins);
        let whole = *wholes.next()?;
        wholes.next().is_none().then_some(whole)
    }

    /// A capitalised run that nobody listed.
    pub(super) fn run(&mut self, sentence: &Sentence, name: &Name, head: Option<usize>, text: &str) -> Referent {
        let tokens = &self.page(sentence).tokens;
        // "the Joint Action Plan": two words may say together what it is.
        let pair = |h: usize| {
            let before = h.checked_sub(1).filter(|b| name.tokens.contains(b))?;
            let words = format!("{} {}", self.lexicon.form(tokens[before].word), self.lexicon.form(tokens[h].word));
            self.lexicon.head(self.lexicon.id(&words))
        };
        let typed = head
            .and_then(|h| pair(h).or_else(|| self.lexicon.name_head(tokens[h].word)))
            .map(|h| (self.type_of_site(h, text), h.kind.clone()));
        if typed.is_none()
            && let Some(person) = self.surnames.get(&self.evidence.folds.id(text)).copied().or_else(|| self.by_initial(text))
        {
            self.mention(person, sentence.page, name.tokens.clone());
            self.note_form(person, text);
            return Referent::one(person);
        }
        let voted = self.evidence.type_of(text).or_else(|| self.of_series(text));
        if typed.is_none()
            && voted.is_none_or(|v| Some(v) == self.parts.organisation)
            && let Some(whole) = self.shortened(text)
        {
            self.mention(whole, sentence.page, name.tokens.clone());
            self.learn(whole, text);
            return Referent::one(whole);
        }
        let kind = match (&typed, voted) {
            // "the consultancy Boreal Link": what it was told to be goes before the last word of its name.
            (_, Some(voted)) if Some(voted) == self.parts.person || Some(voted) == self.parts.organisation => voted,
            (Some((kind, _)), _) => *kind,
            (None, Some(voted)) => voted,
            (None, None) => return Referent::None,
        };
        let id = self.make(kind, text, true, head.map_or(0, |h| tokens[h].word));
        self.note_form(id, text);
        if let Some((_, Some(way))) = typed {
            self.drafts[id as usize].way_kind.get_or_insert(way);
        }
        self.mention(id, sentence.page, name.tokens.clone());
        Referent::one(id)
    }

    /// "Estlink 3", where the text or the list has an Estlink 2: what it is.
    fn of_series(&self, text: &str) -> Option<NodeTypeId> {
        let number = |name: &str| name.rfind([' ', '-']).filter(|&at| name[at + 1..].parse::<u8>().is_ok());
        let base = &text[..number(text)?];
        let same = |form: &str| number(form).is_some_and(|at| crate::names::fold(&form[..at]) == crate::names::fold(base));
        let told = self.drafts.iter().find(|d| d.named && d.forms.iter().any(|f| same(f.as_str()))).map(|d| d.kind);
        let listed = || {
            let uses = (1..=FEW_OF_SERIES).flat_map(|n| self.schema.named(&format!("{base} {n}")));
            uses.map(|u| self.schema.gazetteer[u.entry.0 as usize].kind).next()
        };
        told.or_else(listed)
    }
}
