//! Names that stand before a typed noun or behind its "of": "the TAPI gas pipeline", "Gwadar port", "the port of Tanga".
//!
//! What such a noun describes without a name is `describe`'s.

use std::borrow::Cow;

use crate::names::fold;
use crate::schema::{EntryId, NodeTypeId};

use super::entity::{Draft, DraftId, Linker, Position, Referent};
use super::few::{Few, Ids};
use super::lexicon::{Head, Sense, SenseKind, WordId};
use super::name::{Name, NameKind};
use super::phrase::{Determiner, Phrase};
use super::sentence::Sentence;
use super::site::is_site;

impl<'a> Linker<'a> {
    /// "TAPI gas pipeline", "Gwadar port", "Dostyk–Moyinty line", "SCO summit".
    pub(super) fn name_before_head(&mut self, sentence: &Sentence, index: usize, kind: &Head, plural: bool) -> Option<Referent> {
        let phrase = &sentence.elements.phrases[index];
        let at = self.name_unit(sentence, phrase)?;
        let name = &sentence.units.names[sentence.units.units[at].name? as usize];
        if phrase.bracket == Some(at + 2)
            && let Some(listed) = self.bracket_names(sentence, phrase, name)
        {
            return Some(listed);
        }
        let whole = self.named_tokens(sentence, phrase, at);
        let text = self.named_text(sentence, phrase, at);
        if let Some(listed) = self.listed_with_head(name, &text) {
            let id = self.entry(listed);
            self.mention(id, sentence.page, whole);
            return Some(Referent::one(id));
        }
        if Some(kind.node_type) == self.parts.way && !name.links.is_empty() {
            return (!plural).then(|| self.chained_way(sentence, name, kind, &text, whole, phrase));
        }
        // "the Nile Energy (NE) group": the acronym between them is the name's.
        let acronym = phrase.bracket.filter(|&b| b == at + 2 && b + 2 == phrase.head);
        if Some(kind.node_type) == self.parts.organisation && !plural && (at + 1 == phrase.head || acronym.is_some()) {
            return self.body_so_called(name, &text, sentence, whole, phrase);
        }
        if !self.joins_head(sentence, phrase, at) {
            return None;
        }
        if let Some(same) = self.same_thing(sentence, name, kind, &text, whole.clone()) {
            return Some(same);
        }
        let area = Some(kind.node_type) == self.parts.place || Some(kind.node_type) == self.parts.region;
        let id = if plural && !area || self.is_of_state(name, kind) {
            return None;
        } else if area {
            self.area_so_called(sentence, phrase, name, (kind, plural), &text)
        } else {
            self.thing_so_called(sentence, phrase, name, kind, &text)
        };
        self.mention(id, sentence.page, whole);
        Some(Referent::one(id))
    }

    /// The unit of the last name before the head; none for what only begins with one ("a European-gauge railway", "a Chinese-built road").
    fn name_unit(&self, sentence: &Sentence, phrase: &Phrase) -> Option<usize> {
        let units = &sentence.units.units;
        let before = phrase.units.clone().rev().filter(|&i| i < phrase.head && phrase.bracket != Some(i));
        let at = before.into_iter().find(|&i| units[i].name.is_some() && !self.unit_is_commodity(sentence, i))?;
        let behind = self.page(sentence).tokens.get(units[at].tokens.end);
        (!behind.is_some_and(|t| t.is_joined() && !t.is_capital())).then_some(at)
    }

    /// "the Djibouti port", "an Atlantic port": the name says where, and is none of what the head noun is.
    fn is_of_state(&self, name: &Name, kind: &Head) -> bool {
        let place = Some(kind.node_type) == self.parts.place;
        let wide = |kind: NodeTypeId| Some(kind) == self.parts.state || place && Some(kind) == self.parts.region;
        let named = |s: &&Sense| s.kind == SenseKind::Name;
        matches!(&name.kind, NameKind::Known(s) if s.iter().filter(named).any(|s| self.entry_kind(*s).is_some_and(wide))
            && !s.iter().filter(named).any(|s| self.entry_kind(*s) == self.parts.place))
    }

    /// "Hoima district" leaves "Hoima" to the town; "Gwadar port" is Gwadar. "Ngaka mine" is called so, too.
    fn area_so_called(
        &mut self,
        sentence: &Sentence,
        phrase: &Phrase,
        name: &Name,
        (kind, plural): (&Head, bool),
        text: &str,
    ) -> DraftId {
        let bare = self.page(sentence).text(name.tokens.clone());
        let dug = self.lexicon.head(head_word(sentence, phrase)).is_some_and(|h| h.node_type != kind.node_type);
        let region = Some(kind.node_type) == self.parts.region || dug;
        // "the Ucayali and Maranon rivers": each is called by its own name.
        let (name, other) = if region && !plural { (text, bare) } else { (bare, text) };
        let id = self.make(kind.node_type, name, true, head_word(sentence, phrase));
        if region {
            self.note_form(id, other);
        } else {
            self.learn_form(id, other);
        }
        id
    }

    /// "Rogun hydropower plant", "Aras corridor": name and head make the name.
    fn thing_so_called(&mut self, sentence: &Sentence, phrase: &Phrase, name: &Name, kind: &Head, text: &str) -> DraftId {
        let bare = self.page(sentence).text(name.tokens.clone());
        let same = self
            .way_so_named(bare, kind)
            .or_else(|| self.so_described(sentence, phrase, kind, text))
            .or_else(|| self.way_ending_in(bare, kind, phrase));
        let id = match same {
            Some(id) => {
                self.learn_form(id, text);
                id
            }
            None => self.make(kind.node_type, text, true, head_word(sentence, phrase)),
        };
        self.set_kind(id, sentence, phrase, kind);
        self.learn_bare(id, name, bare, kind, head_word(sentence, phrase));
        id
    }

    /// What a thing named by a name and a head noun is called without the noun: "Rogun", later, is the plant, and "IKL" the pipeline.
    fn learn_bare(&mut self, id: DraftId, name: &Name, bare: &str, kind: &Head, head: WordId) {
        let always = self.lexicon.head(head).is_some_and(|h| h.node_type == kind.node_type);
        let unlisted = !matches!(name.kind, NameKind::Known(_));
        let capitals = Some(kind.node_type) == self.parts.way && bare.len() > 2 && bare.chars().all(char::is_uppercase);
        if unlisted && always && (Some(kind.node_type) == self.parts.project || capitals) {
            self.learn(id, bare);
        } else if !always || unlisted && bare.contains(' ') {
            self.learn_form(id, bare);
        }
    }

    /// "the Cohidro consortium", "the Orano group": a name that nobody listed, and behind it what body it is.
    fn body_so_called(
        &mut self,
        name: &Name,
        text: &str,
        sentence: &Sentence,
        tokens: std::ops::Range<usize>,
        phrase: &Phrase,
    ) -> Option<Referent> {
        let bare = self.page(sentence).text(name.tokens.clone());
        // "the Lobito Railway (LR) consortium": a body, though it is called after a railway.
        let told = self.evidence.type_of(bare).or_else(|| self.learned(bare).map(|&id| self.drafts[id as usize].kind));
        let told = told.filter(|_| phrase.bracket.is_none());
        let open = matches!(name.kind, NameKind::Run { .. }) && name.links.is_empty();
        let body = self.parts.organisation?;
        if !open || told.is_some_and(|kind| kind != body) {
            return None;
        }
        let before = self.learned(bare).copied().filter(|&id| self.drafts[id as usize].kind == body);
        let id = before.unwrap_or_else(|| self.make(body, text, true, head_word(sentence, phrase)));
        self.learn_form(id, text);
        self.learn(id, bare);
        if let Some(acronym) = phrase.bracket {
            self.learn(id, self.unit_text(sentence, acronym));
        }
        self.mention(id, sentence.page, tokens);
        Some(Referent::one(id))
    }

    /// "the Nacala line" after "the Nacala railway": one name, and head nouns that may be said of one thing.
    fn way_so_named(&self, bare: &str, kind: &Head) -> Option<DraftId> {
        if Some(kind.node_type) != self.parts.way || kind.part {
            return None;
        }
        let start = format!("{} ", fold(bare));
        let fits = |draft: &Draft| {
            draft.kind == kind.node_type
                && draft.named
                && draft.forms.iter().any(|form| {
                    let head = form.folded().strip_prefix(&start).and_then(|rest| self.lexicon.head(self.lexicon.id(rest)));
                    head.is_some_and(|h| {
                        Some(h.node_type) == self.parts.way
                            && !h.part
                            && (h.kind.is_none() || kind.kind.is_none() || h.kind == kind.kind)
                    })
                })
        };
        self.drafts.iter().position(fits).map(|i| i as DraftId)
    }

    /// "the Lamu route" after "a pipeline from Hoima to Lamu": the one way without a name that was said to end there; "the Lamu line" also
    /// after "the Oceanic Railway would end at Lamu".
    fn way_ending_in(&self, bare: &str, kind: &Head, phrase: &Phrase) -> Option<DraftId> {
        if Some(kind.node_type) != self.parts.way || kind.part || phrase.determiner != Determiner::The {
            return None;
        }
        let bare = fold(bare);
        let called = |e: &DraftId| self.drafts[*e as usize].forms.iter().any(|f| f.folded() == bare);
        let fits = |draft: &&Draft| {
            let alike = kind.kind.is_none() || draft.way_kind.is_none() || kind.kind == draft.way_kind;
            draft.kind == kind.node_type && !draft.named && alike && draft.ends.iter().any(called)
        };
        let goes_there = |draft: &&Draft| {
            let stops = draft.ends.iter().chain(&draft.stops).chain(&draft.reached);
            draft.kind == kind.node_type && draft.named && kind.kind.is_none() && { stops }.any(called)
        };
        let only = |fits: &dyn Fn(&&Draft) -> bool| {
            let mut fitting = (0..self.drafts.len()).filter(|&i| fits(&&self.drafts[i]));
            fitting.next().filter(|_| fitting.next().is_none()).map(|i| i as DraftId)
        };
        only(&fits).or_else(|| only(&goes_there))
    }

    /// Tokens from the name to the head noun.
    pub(super) fn named_tokens(&self, sentence: &Sentence, phrase: &Phrase, at: usize) -> std::ops::Range<usize> {
        sentence.units.units[at].tokens.start..sentence.units.units[phrase.head].tokens.end
    }

    /// The words of a name and its head noun, without the acronym in brackets between them: "the Kenya–Uganda (KUR) railway".
    fn named_text(&self, sentence: &Sentence, phrase: &Phrase, at: usize) -> Cow<'a, str> {
        let whole = self.named_tokens(sentence, phrase, at);
        let between = phrase.bracket.filter(|b| (at..phrase.head).contains(b));
        let Some(closed) = between.map(|b| sentence.units.units[b].tokens.end + 1) else {
            return self.page(sentence).text(whole).into();
        };
        let name = self.page(sentence).text(sentence.units.units[at].tokens.clone());
        format!("{name} {}", self.page(sentence).text(closed..whole.end)).into()
    }

    /// The name is already that of something the head fits: "CPC pipeline" is not, "TAPI project" is TAPI.
    pub(super) fn same_thing(
        &mut self,
        sentence: &Sentence,
        name: &Name,
        kind: &Head,
        text: &str,
        tokens: std::ops::Range<usize>,
    ) -> Option<Referent> {
        let listed = self
            .schema
            .named(text)
            .first()
            .map(|u| u.entry)
            .filter(|&e| self.schema.gazetteer[e.0 as usize].kind == kind.node_type);
        if let Some(entry) = listed {
            let id = self.entry(entry);
            self.mention(id, sentence.page, tokens);
            self.note_form(id, text);
            return Some(Referent::one(id));
        }
        let bare = self.page(sentence).text(name.tokens.clone());
        let fits = |linker: &Self, id: DraftId| {
            let draft = &linker.drafts[id as usize];
            draft.kind == kind.node_type
                || (Some(draft.kind) == linker.parts.way
                    && linker.vocabulary.also_ways.contains(&linker.lexicon.id(&last_word(text))))
        };
        // "the Aktau terminal" is not the city, though both are places.
        let site = self.lexicon.head(self.lexicon.id(&last_word(text))).is_some_and(is_site);
        let own = |id: DraftId| !site || self.drafts[id as usize].forms.iter().any(|f| f.folded() == fold(text));
        let learned = self.names_of(bare).iter().copied().find(|&id| fits(self, id) && own(id));
        let sense = match &name.kind {
            NameKind::Known(_) if site => None,
            NameKind::Known(senses) => senses.iter().copied().find(|s| {
                let entry_kind = self.entry_kind(*s);
                entry_kind == Some(kind.node_type)
                    || (entry_kind == self.parts.way
                        && entry_kind.is_some()
                        && self.vocabulary.also_ways.contains(&self.lexicon.id(&last_word(text))))
            }),
            NameKind::Run { .. } => None,
        };
        let known = learned.or_else(|| sense.map(|s| self.entry(EntryId(s.entry))));
        let id = known.or_else(|| self.way_of_project(sentence, name, text))?;
        self.mention(id, sentence.page, tokens);
        self.learn_form(id, text);
        self.note_form(id, bare);
        Some(Referent::one(id))
    }

    /// "the Isaka Railway project" is the Isaka Railway, which nobody listed.
    fn way_of_project(&mut self, sentence: &Sentence, name: &Name, text: &str) -> Option<DraftId> {
        let NameKind::Run { head: Some(head) } = name.kind else { return None };
        let own = self.lexicon.name_head(self.page(sentence).tokens[head].word)?;
        let way = Some(own.node_type) == self.parts.way && !own.part;
        if !way || !self.vocabulary.also_ways.contains(&self.lexicon.id(&last_word(text))) {
            return None;
        }
        match self.name(sentence, name, Position::Modifier) {
            Referent::Entities { ids, .. } => {
                ids.first().copied().filter(|&id| Some(self.drafts[id as usize].kind) == self.parts.way)
            }
            _ => None,
        }
    }

    /// "Baku-Tbilisi-Kars railway", "China–Kyrgyzstan–Uzbekistan railway": a way and its stops.
    pub(super) fn chained_way(
        &mut self,
        sentence: &Sentence,
        name: &Name,
        kind: &Head,
        text: &str,
        tokens: std::ops::Range<usize>,
        phrase: &Phrase,
    ) -> Referent {
        let stops = self.links(sentence, name);
        let listed =
            self.schema.named(text).iter().map(|u| u.entry).find(|&e| self.schema.gazetteer[e.0 as usize].kind == kind.node_type);
        let bare = self.page(sentence).text(name.tokens.clone());
        let by_bare =
            self.schema.named(bare).iter().map(|u| u.entry).find(|&e| self.schema.gazetteer[e.0 as usize].kind == kind.node_type);
        let id = match listed.or(by_bare).or_else(|| self.listed_in_bracket(sentence, phrase, kind)) {
            Some(entry) => self.entry(entry),
            None => self
                .same_stops(&stops, kind)
                .unwrap_or_else(|| self.make(kind.node_type, text, true, head_word(sentence, phrase))),
        };
        self.learn_form(id, text);
        self.learn_form(id, bare);
        if self.drafts[id as usize].stops.is_empty() {
            self.drafts[id as usize].stops = stops;
        }
        self.set_kind(id, sentence, phrase, kind);
        if let Some(bracket) = phrase.bracket {
            let acronym = self.unit_text(sentence, bracket);
            self.learn(id, acronym);
        }
        self.mention(id, sentence.page, tokens);
        Referent::one(id)
    }

    /// "the CAREC Program": listed by its name with this very head behind it, whatever the head says of its type.
    fn listed_with_head(&self, name: &Name, text: &str) -> Option<EntryId> {
        let NameKind::Known(senses) = &name.kind else { return None };
        let listed = self.schema.named(text).iter().map(|u| u.entry);
        listed.filter(|e| senses.iter().any(|s| s.entry == e.0 && s.kind == SenseKind::Name)).find(|&e| {
            let kind = self.schema.gazetteer[e.0 as usize].kind;
            Some(kind) != self.parts.state && Some(kind) != self.parts.commodity
        })
    }

    /// "(CKU)": what the list knows by the acronym, if the head noun fits it.
    fn listed_in_bracket(&self, sentence: &Sentence, phrase: &Phrase, kind: &Head) -> Option<EntryId> {
        let inner = sentence.units.units[phrase.bracket?].name.map(|n| &sentence.units.names[n as usize].kind)?;
        let NameKind::Known(senses) = inner else { return None };
        let way = senses.iter().find(|&&s| self.entry_kind(s) == Some(kind.node_type))?;
        Some(EntryId(way.entry))
    }

    /// A way with these very ends, of a kind that fits.
    pub(super) fn same_stops(&self, stops: &[DraftId], kind: &Head) -> Option<DraftId> {
        let (first, last) = (*stops.first()?, *stops.last()?);
        self.drafts
            .iter()
            .position(|d| {
                let ends = (d.stops.first().copied(), d.stops.last().copied());
                d.kind == kind.node_type
                    && d.stops.len() >= 2
                    && (ends == (Some(first), Some(last)) || ends == (Some(last), Some(first)))
                    && (kind.kind.is_none() || d.way_kind.is_none() || d.way_kind == kind.kind)
            })
            .map(|i| i as DraftId)
    }

    /// The kind of a way, from its head noun or a word before it.
    pub fn set_kind(&mut self, id: DraftId, sentence: &Sentence, phrase: &Phrase, kind: &Head) {
        let head = sentence.units.units[phrase.head].word;
        let by_modifier = phrase
            .units
            .clone()
            .filter(|&u| u != phrase.head)
            .find_map(|u| self.vocabulary.kind_of(sentence.units.units[u].word, head));
        let way = by_modifier.map(str::to_owned).or_else(|| kind.kind.clone());
        if let Some(way) = way {
            self.drafts[id as usize].way_kind.get_or_insert(way);
        }
    }

    /// "the railway", said of a way whose name tells no kind.
    pub fn note_kind(&mut self, id: DraftId, head: Option<WordId>) {
        let kind = head.and_then(|word| self.lexicon.head(word)).and_then(|head| head.kind.as_ref());
        let draft = &mut self.drafts[id as usize];
        if Some(draft.kind) == self.parts.way && draft.way_kind.is_none() {
            draft.way_kind = kind.cloned();
        }
    }

    /// "the port of Tanga": the phrase's "of" names it.
    pub(super) fn of_name(&mut self, sentence: &Sentence, index: usize, kind: &Head, so_far: &[Referent]) -> Option<Referent> {
        let place = Some(kind.node_type) == self.parts.place;
        let names = |prep| prep == self.vocabulary.of || place && prep == self.vocabulary.at;
        let attached = sentence.attached_to(index).find(|a| names(a.prep) && a.sites.last() == Some(&index))?;
        let mut found = Ids::new();
        for &named in sentence.group(attached.group) {
            let Some(Referent::Entities { ids, others, .. }) = so_far.get(named) else {
                found.push(self.listed_as(sentence, named, kind)?);
                continue;
            };
            let known = found.len();
            found.extend(ids.iter().copied().filter(|&id| self.drafts[id as usize].kind == kind.node_type));
            // "the cities of Nairobi and Mombasa": a capital that would stand for its state alone.
            let town = others.iter().copied().find(|e| self.schema.gazetteer[e.0 as usize].kind == kind.node_type);
            if let Some(town) = town.filter(|_| found.len() == known) {
                found.push(self.entry(town));
                let head = &sentence.units.units[sentence.elements.phrases[named].head];
                self.mention(found[found.len() - 1], sentence.page, head.tokens.clone());
            }
            if found.len() == known && Some(kind.node_type) == self.parts.region {
                found.extend(self.listed_as(sentence, named, kind));
            }
        }
        match found[..] {
            [] if place => self.town_of_region(sentence, index, attached.group),
            [] => None,
            [id] => Some(Referent::one(id)),
            _ => Some(Referent::Entities { ids: found, others: Few::new(), group: true }),
        }
    }
}

impl Linker<'_> {
    /// "the provinces of Herat and Kandahar": the one listed thing of that name that is what the noun says, whatever bears it besides.
    fn listed_as(&mut self, sentence: &Sentence, phrase: usize, kind: &Head) -> Option<DraftId> {
        let unit = &sentence.units.units[sentence.elements.phrases[phrase].head];
        let name = sentence.units.names.get(unit.name? as usize)?;
        let text = self.page(sentence).text(name.tokens.clone()).to_owned();
        let uses = self.schema.named(&text).iter().map(|u| u.entry);
        let mut fitting = uses.filter(|e| self.schema.gazetteer[e.0 as usize].kind == kind.node_type);
        let entry = fitting.next().filter(|_| fitting.next().is_none())?;
        let id = self.entry(entry);
        self.mention(id, sentence.page, name.tokens.clone());
        self.note_form(id, &text);
        Some(id)
    }

    /// "the port of Tadjourah", where the list has the region of that name alone: the town that it is called by.
    fn town_of_region(&mut self, sentence: &Sentence, index: usize, group: usize) -> Option<Referent> {
        let (place, &[named]) = (self.parts.place?, sentence.group(group)) else { return None };
        let phrase = &sentence.elements.phrases[named];
        let name = sentence.units.units[phrase.head].name.map(|n| &sentence.units.names[n as usize])?;
        let NameKind::Known(senses) = &name.kind else { return None };
        let region = senses.iter().all(|&s| s.kind != SenseKind::Demonym && self.entry_kind(s) == self.parts.region);
        let head = head_word(sentence, &sentence.elements.phrases[index]);
        let plural = self.lexicon.word(head).classes & super::lexicon::class::HEAD_PLURAL != 0;
        if !region || plural || phrase.units.len() > 1 {
            return None;
        }
        let text = self.page(sentence).text(name.tokens.clone());
        let id = self.make_unlisted(place, text, true, head);
        self.learn(id, text);
        self.mention(id, sentence.page, name.tokens.clone());
        Some(Referent::one(id))
    }
}

pub(super) fn head_word(sentence: &Sentence, phrase: &Phrase) -> WordId {
    sentence.units.units[phrase.head].word
}

fn last_word(text: &str) -> String {
    text.rsplit(' ').next().unwrap_or("").to_lowercase()
}
