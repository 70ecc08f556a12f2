//! The entities of one document, and what each phrase refers to.
//!
//! Names bind to the gazetteer, to acronyms that the document defined, to persons by
//! surname, or make an entity of their own, typed by head noun or by votes. Common nouns
//! point back ("the line"), stand for a group ("the three countries"), for a state ("the
//! Uzbek government"), or describe something that becomes a node only when an edge
//! needs it. What points back is resolved late, when the wanted type is known.

use rustc_hash::FxHashMap;

use crate::model::Mode;
use crate::names::fold;
use crate::schema::{EntryId, NodeTypeId, Schema};

use super::evidence::Evidence;
use super::lexicon::{Head, Lexicon, Sense, SenseKind, WordId, class};
use super::name::{Name, NameKind};
use super::page::Page;
use super::parts::Parts;
use super::phrase::{Determiner, Phrase};
use super::sentence::Sentence;
use super::unit::Tag;
use super::vocabulary::Vocabulary;

/// Index into [`Linker::drafts`].
pub type DraftId = u32;

/// An entity in the making.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Its type.
    pub kind: NodeTypeId,
    /// Its gazetteer entry.
    pub known: Option<EntryId>,
    /// The best name so far.
    pub name: String,
    /// Forms seen, first first.
    pub forms: Vec<String>,
    /// (page, first token, one past the last) of each mention.
    pub mentions: Vec<(usize, usize, usize)>,
    /// For ways: railway, pipeline, …
    pub way_kind: Option<String>,
    /// Has a proper name; kept even if no edge touches it.
    pub named: bool,
    /// The head noun of its description.
    pub head: WordId,
    /// Stops that its name spells out, in order.
    pub stops: Vec<DraftId>,
    /// What the text says of its status, first first.
    pub status: Vec<(String, Mode)>,
}

/// What a phrase refers to.
#[derive(Debug, Clone, Default)]
pub enum Referent {
    /// Nothing that counts.
    #[default]
    None,
    /// These; a list or a collective refers to several.
    Entities {
        /// Which.
        ids: Vec<DraftId>,
        /// Other senses of the one name, by entry.
        others: Vec<EntryId>,
        /// A collective or other group, not a name.
        group: bool,
    },
    /// Something said before.
    Anaphor {
        /// The head noun; `None` for a pronoun.
        head: Option<WordId>,
        /// Types that the head allows; empty: any.
        types: Vec<NodeTypeId>,
        /// More than one.
        plural: bool,
        /// "the three".
        number: Option<u32>,
    },
    /// Something that becomes a node when an edge needs it.
    Described {
        /// Its type.
        kind: NodeTypeId,
        /// Its words, with what follows.
        name: String,
        /// Its words alone.
        short: String,
        /// Its head noun.
        head: WordId,
        /// It may as well point back to an entity of its type.
        definite: bool,
        /// Made already.
        made: Option<DraftId>,
    },
}

impl Referent {
    /// One entity by its name.
    #[must_use]
    pub fn one(id: DraftId) -> Self {
        Self::Entities { ids: vec![id], others: Vec::new(), group: false }
    }
}

/// A mention that anaphora may mean.
#[derive(Debug, Clone, Copy)]
pub struct Salient {
    /// Which.
    pub id: DraftId,
    /// In which sentence of the article.
    pub sentence: usize,
    /// The phrase of that sentence.
    pub phrase: usize,
    /// Subject of its clause.
    pub subject: bool,
}

/// Links names and phrases of one document; sentences must come in order.
pub struct Linker<'a> {
    /// The schema.
    pub schema: &'a Schema,
    /// The lexicon.
    pub lexicon: &'a Lexicon,
    /// Types by part.
    pub parts: &'a Parts,
    /// Word sets that linking needs.
    pub vocabulary: &'a Vocabulary,
    /// Types of unlisted names.
    pub evidence: &'a Evidence,
    /// The pages.
    pub pages: &'a [Page<'a>],
    /// The entities so far.
    pub drafts: Vec<Draft>,
    by_entry: FxHashMap<EntryId, DraftId>,
    by_name: FxHashMap<String, Vec<DraftId>>,
    surnames: FxHashMap<String, DraftId>,
    /// In order of mention.
    pub salient: Vec<Salient>,
    /// Groups mentioned, with their sentence: "the three countries" may mean one.
    pub groups: Vec<(usize, Vec<DraftId>)>,
}

impl<'a> Linker<'a> {
    /// With nothing read yet.
    #[must_use]
    pub fn new(
        schema: &'a Schema,
        lexicon: &'a Lexicon,
        parts: &'a Parts,
        vocabulary: &'a Vocabulary,
        evidence: &'a Evidence,
        pages: &'a [Page<'a>],
    ) -> Self {
        Self {
            schema,
            lexicon,
            parts,
            vocabulary,
            evidence,
            pages,
            drafts: Vec::new(),
            by_entry: FxHashMap::default(),
            by_name: FxHashMap::default(),
            surnames: FxHashMap::default(),
            salient: Vec::new(),
            groups: Vec::new(),
        }
    }

    /// What each phrase of the sentence refers to. `number` is the sentence's place in its article.
    pub fn sentence(&mut self, sentence: &Sentence, number: usize) -> Vec<Referent> {
        let count = sentence.elements.phrases.len();
        let mut referents: Vec<Referent> = vec![Referent::None; count];
        let named = |p: &Phrase| sentence.units.units.get(p.head).is_some_and(|u| u.tag == Tag::Name);
        let aliases = self.aliases(sentence);
        for pass in [true, false] {
            for index in 0..count {
                let phrase = &sentence.elements.phrases[index];
                if named(phrase) == pass {
                    let referent = match aliases.iter().find(|a| a.0 == index) {
                        Some(&(_, of)) => self.alias(sentence, index, of, &mut referents, number),
                        None => self.phrase(sentence, index, &referents, number),
                    };
                    referents[index] = referent;
                }
            }
        }
        self.note_salience(sentence, &referents, number);
        referents
    }

    /// Phrases that only give another name: "X, also called Y", "X, or Y,": (Y, X).
    fn aliases(&self, sentence: &Sentence) -> Vec<(usize, usize)> {
        use super::phrase::Element;
        let mut out = Vec::new();
        for clause in &sentence.clauses.list {
            let names = clause.verb.is_some_and(|v| {
                sentence.elements.verbs[v].passive && self.vocabulary.naming.contains(&sentence.elements.verbs[v].lemma)
            });
            if !names {
                continue;
            }
            let by_as = clause
                .attached
                .iter()
                .map(|&a| &sentence.clauses.attached[a])
                .find(|a| self.vocabulary.as_prepositions.contains(&a.prep))
                .map(|a| a.group);
            let name = clause.objects.first().copied().or(by_as);
            if let (Some(&[name]), Some(&[of, ..])) = (name.map(|g| sentence.group(g)), clause.subject.map(|g| sentence.group(g)))
            {
                out.push((name, of));
            }
        }
        let list = &sentence.elements.list;
        for window in list.windows(5) {
            if let [
                (Element::Phrase(of), _),
                (Element::Comma, _),
                (Element::Conj(word), _),
                (Element::Phrase(name), _),
                (Element::Comma, _),
            ] = window
            {
                if self.lexicon.form(*word) == "or"
                    && sentence.elements.named.get(sentence.elements.phrases[*name].head) == Some(&true)
                {
                    out.push((*name, *of));
                }
            }
        }
        out
    }

    /// Makes what the phrase says another name of what `of` refers to.
    fn alias(&mut self, sentence: &Sentence, index: usize, of: usize, referents: &mut [Referent], number: usize) -> Referent {
        if matches!(referents[of], Referent::None) {
            referents[of] = self.phrase(sentence, of, &referents.to_vec(), number);
        }
        let Referent::Entities { ids, .. } = &referents[of] else {
            return self.phrase(sentence, index, &referents.to_vec(), number);
        };
        let &[id] = &ids[..] else { return Referent::None };
        let phrase = &sentence.elements.phrases[index];
        let text = self.short_description(sentence, phrase);
        self.learn(id, &text);
        if let Some(bracket) = phrase.bracket {
            let acronym = self.unit_text(sentence, bracket);
            self.learn(id, &acronym);
        }
        self.mention(id, sentence.page, self.phrase_tokens(sentence, phrase));
        Referent::one(id)
    }

    fn note_salience(&mut self, sentence: &Sentence, referents: &[Referent], number: usize) {
        let subjects: Vec<usize> =
            sentence.clauses.list.iter().filter_map(|c| c.subject).flat_map(|g| sentence.group(g).iter().copied()).collect();
        for (index, referent) in referents.iter().enumerate() {
            if let Referent::Entities { ids, group, .. } = referent {
                for &id in ids {
                    self.salient.push(Salient {
                        id,
                        sentence: number,
                        phrase: index,
                        subject: subjects.contains(&index) && !group,
                    });
                }
                if *group && ids.len() > 1 {
                    self.groups.push((number, ids.clone()));
                }
            }
        }
        for group in &sentence.clauses.groups {
            if group.phrases.len() < 2 {
                continue;
            }
            let ids: Vec<DraftId> = group
                .phrases
                .iter()
                .flat_map(|&p| match &referents[p] {
                    Referent::Entities { ids, .. } => ids.clone(),
                    _ => Vec::new(),
                })
                .collect();
            if ids.len() > 1 {
                self.groups.push((number, ids));
            }
        }
    }

    // ------------------------------------------------------------ phrases

    fn phrase(&mut self, sentence: &Sentence, index: usize, so_far: &[Referent], number: usize) -> Referent {
        let phrase = &sentence.elements.phrases[index];
        let head = &sentence.units.units[phrase.head];
        self.mention_modifiers(sentence, phrase, index, number);
        match head.tag {
            Tag::Name => self.name_phrase(sentence, index, number),
            Tag::Noun => self.noun_phrase(sentence, index, so_far, number),
            Tag::Office(_) => self.office_phrase(sentence, index, so_far, number),
            Tag::Pronoun => self.pronoun(head.word),
            Tag::Number if phrase.determiner == Determiner::This && phrase.number == Some(1) => {
                Referent::Anaphor { head: None, types: Vec::new(), plural: false, number: None }
            }
            Tag::Number | Tag::Det if phrase.units.len() <= 2 && self.transparent(sentence, index, so_far).is_some() => {
                self.transparent(sentence, index, so_far).unwrap_or_default()
            }
            Tag::Number | Tag::Det if phrase.units.len() <= 2 => Referent::Anaphor {
                head: None,
                types: self.parts.state.into_iter().collect(),
                plural: true,
                number: phrase.number,
            },
            _ => Referent::None,
        }
    }

    /// Names before the head are mentions too, unless head and name make one name.
    fn mention_modifiers(&mut self, sentence: &Sentence, phrase: &Phrase, index: usize, number: usize) {
        for i in phrase.units.clone() {
            if i == phrase.head {
                continue;
            }
            let unit = &sentence.units.units[i];
            if let Some(name) = unit.name.map(|n| &sentence.units.names[n as usize]) {
                if !self.joins_head(sentence, phrase, i) {
                    if let Referent::Entities { ids, .. } = self.name(sentence, name, Position::Modifier) {
                        self.salient.extend(ids.into_iter().map(|id| Salient {
                            id,
                            sentence: number,
                            phrase: index,
                            subject: false,
                        }));
                    }
                }
            }
        }
    }

    /// The name at unit `i` and the head noun are one name: "Gwadar port", "TAPI gas pipeline".
    fn joins_head(&self, sentence: &Sentence, phrase: &Phrase, i: usize) -> bool {
        let head = &sentence.units.units[phrase.head];
        let Some(kind) = self.head_of(head.word, head.tag) else { return false };
        if kind.node_type == NodeTypeId(u16::MAX) {
            return false;
        }
        let name = &sentence.units.names[sentence.units.units[i].name.unwrap_or(0) as usize];
        let demonym = matches!(&name.kind, NameKind::Known(s) if s.iter().all(|s| matches!(s.kind, SenseKind::Demonym | SenseKind::Collective)));
        let commodity = self.is_commodity(name);
        let adjacent = i + 1 == phrase.head
            || (i + 1..phrase.head)
                .all(|u| matches!(sentence.units.units[u].tag, Tag::Noun | Tag::Adj) || self.unit_is_commodity(sentence, u));
        adjacent
            && !demonym
            && !commodity
            && name.links.is_empty()
            && Some(kind.node_type) != self.parts.organisation
            && Some(kind.node_type) != self.parts.event
    }

    fn unit_is_commodity(&self, sentence: &Sentence, unit: usize) -> bool {
        sentence.units.units[unit].name.is_some_and(|n| self.is_commodity(&sentence.units.names[n as usize]))
    }

    fn is_commodity(&self, name: &Name) -> bool {
        matches!(&name.kind, NameKind::Known(s) if s.iter().any(|s| s.kind == SenseKind::Name && self.entry_kind(*s) == self.parts.commodity && self.parts.commodity.is_some()))
    }

    fn entry_kind(&self, sense: Sense) -> Option<NodeTypeId> {
        self.lexicon.kind_of(sense)
    }

    /// The head noun that a common noun is.
    pub fn head_of(&self, word: WordId, tag: Tag) -> Option<&'a Head> {
        self.lexicon.head(word).filter(|h| tag == Tag::Noun && !h.name_only)
    }

    fn name_phrase(&mut self, sentence: &Sentence, index: usize, number: usize) -> Referent {
        let phrase = &sentence.elements.phrases[index];
        let unit = &sentence.units.units[phrase.head];
        let name = &sentence.units.names[unit.name.unwrap_or(0) as usize];
        let page = sentence.page;
        let position = self.position(sentence, index);
        if let Some(learned) = self.bracket_names(sentence, phrase, name) {
            return learned;
        }
        let before = self.drafts.len();
        let referent = self.name(sentence, name, position);
        let referent = self.adopt(referent, before, phrase);
        if let (Referent::Entities { ids, .. }, Some(bracket)) = (&referent, phrase.bracket) {
            let text = self.unit_text(sentence, bracket);
            if let [id] = ids[..] {
                self.learn(id, &text);
                self.mention(id, page, sentence.units.units[bracket].tokens.clone());
            }
        }
        let _ = number;
        referent
    }

    /// "a new corridor …" and later "The Caspian Sea route": a definite name that is new takes over the one way that the
    /// article has described and not named.
    fn adopt(&mut self, referent: Referent, before: usize, phrase: &Phrase) -> Referent {
        let Referent::Entities { ids, .. } = &referent else { return referent };
        let &[id] = &ids[..] else { return referent };
        let new = id as usize >= before && Some(self.drafts[id as usize].kind) == self.parts.way && phrase.determiner == Determiner::The;
        if !new || id as usize + 1 != self.drafts.len() {
            return referent;
        }
        let open: Vec<usize> = (0..before).filter(|&i| Some(self.drafts[i].kind) == self.parts.way && !self.drafts[i].named).collect();
        let others = (0..before).any(|i| Some(self.drafts[i].kind) == self.parts.way && self.drafts[i].named);
        let &[described] = &open[..] else { return referent };
        let kinds = (&self.drafts[described].way_kind, &self.drafts[id as usize].way_kind);
        let clash = matches!(kinds, (Some(a), Some(b)) if a != b && a != "corridor" && b != "corridor" && a != "multimodal" && b != "multimodal");
        if others || clash {
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

    /// "Central Asia Regional Economic Cooperation (CAREC) Program": the acronym is listed, the name is not.
    fn bracket_names(&mut self, sentence: &Sentence, phrase: &Phrase, name: &Name) -> Option<Referent> {
        let bracket = phrase.bracket?;
        if !matches!(name.kind, NameKind::Run { .. }) || !name.links.is_empty() {
            return None;
        }
        let inner = sentence.units.units[bracket].name.map(|n| &sentence.units.names[n as usize])?;
        let NameKind::Known(senses) = &inner.kind else { return None };
        let [sense] = senses[..] else { return None };
        let text = self.page(sentence).text(name.tokens.clone()).to_owned();
        let acronym = self.unit_text(sentence, bracket);
        let initials = text.split([' ', '-']).filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase());
        if sense.kind != SenseKind::Name || !super::name::is_acronym_of(&acronym, initials) {
            return None;
        }
        let id = self.entry(EntryId(sense.entry));
        self.learn(id, &text);
        self.learn(id, &acronym);
        self.mention(id, sentence.page, name.tokens.clone());
        Some(Referent::one(id))
    }

    fn page(&self, sentence: &Sentence) -> &'a Page<'a> {
        &self.pages[sentence.page]
    }

    fn unit_text(&self, sentence: &Sentence, unit: usize) -> String {
        self.page(sentence).text(sentence.units.units[unit].tokens.clone()).to_owned()
    }

    /// How a phrase stands: what decides between a city and the state that it stands for.
    fn position(&self, sentence: &Sentence, index: usize) -> Position {
        if let Some(attached) = sentence.governed_by(index) {
            return if self.vocabulary.local_prepositions.contains(&attached.prep) {
                Position::Local
            } else {
                Position::Governed
            };
        }
        Position::Slot
    }

    /// What a name means where it stands; it is noted as mentioned.
    fn name(&mut self, sentence: &Sentence, name: &Name, position: Position) -> Referent {
        let text = self.page(sentence).text(name.tokens.clone()).to_owned();
        if let Some(&id) = self.learned(&text) {
            self.mention(id, sentence.page, name.tokens.clone());
            return Referent::one(id);
        }
        match &name.kind {
            NameKind::Known(senses) => self.known_name(sentence, name, senses, position),
            NameKind::Run { head } => {
                if !name.links.is_empty() {
                    return self.chain_members(sentence, name);
                }
                self.run(sentence, name, *head, &text)
            }
        }
    }

    fn learned(&self, text: &str) -> Option<&DraftId> {
        self.by_name.get(&fold(text)).and_then(|ids| ids.first())
    }

    fn known_name(&mut self, sentence: &Sentence, name: &Name, senses: &[Sense], position: Position) -> Referent {
        if let Some(collective) = senses.iter().find(|s| s.kind == SenseKind::Collective) {
            // "Central Asian" alone is a mention of the region, if the region is listed under that word as well.
            let region = senses.iter().find(|s| s.kind != SenseKind::Collective);
            if let Some(region) = region {
                let id = self.entry(EntryId(region.entry));
                self.mention(id, sentence.page, name.tokens.clone());
                return Referent::one(id);
            }
            let members = self.schema.collectives.get(collective.entry as usize).map_or(&[][..], |c| &c.members[..]);
            let ids = members.iter().map(|&m| self.entry(m)).collect();
            return Referent::Entities { ids, others: Vec::new(), group: true };
        }
        let certain: Vec<Sense> = senses.iter().copied().filter(|s| s.kind != SenseKind::Ambiguous).collect();
        let usable = if certain.is_empty() { self.ambiguous(sentence, name, senses) } else { certain };
        let Some(chosen) = self.choose(&usable, position) else { return Referent::None };
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
        Referent::Entities { ids: vec![id], others, group: false }
    }

    /// The senses of a name that many bear which this document supports: something else of it is mentioned already.
    fn ambiguous(&self, sentence: &Sentence, name: &Name, senses: &[Sense]) -> Vec<Sense> {
        let text = fold(self.page(sentence).text(name.tokens.clone()));
        let voted = self.evidence.type_of(&text);
        senses
            .iter()
            .copied()
            .filter(|s| voted.is_some() && self.entry_kind(*s) == voted || self.by_entry.contains_key(&EntryId(s.entry)))
            .collect()
    }

    /// Between a city and its state, and other names with two bearers.
    fn choose(&self, senses: &[Sense], position: Position) -> Option<Sense> {
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
    fn chain_members(&mut self, sentence: &Sentence, name: &Name) -> Referent {
        let ids = self.links(sentence, name);
        if ids.is_empty() { Referent::None } else { Referent::Entities { ids, others: Vec::new(), group: true } }
    }

    /// The entities of a chain's links: stops.
    pub fn links(&mut self, sentence: &Sentence, name: &Name) -> Vec<DraftId> {
        let mut ids = Vec::new();
        for link in &name.links {
            let text = self.page(sentence).text(link.tokens.clone()).to_owned();
            let certain: Vec<Sense> =
                link.senses.iter().copied().filter(|s| !matches!(s.kind, SenseKind::Ambiguous | SenseKind::Collective)).collect();
            let chosen = self.choose(&certain, Position::Local);
            let id = match (chosen, self.learned(&text)) {
                (_, Some(&id)) => id,
                (Some(sense), None) => self.entry(EntryId(sense.entry)),
                (None, None) => {
                    let Some(place) = self.parts.place else { continue };
                    let kind = self.evidence.type_of(&fold(&text)).unwrap_or(place);
                    self.make(kind, &text, true, 0)
                }
            };
            self.mention(id, sentence.page, link.tokens.clone());
            self.note_form(id, &text);
            ids.push(id);
        }
        ids
    }

    /// A capitalised run that nobody listed.
    fn run(&mut self, sentence: &Sentence, name: &Name, head: Option<usize>, text: &str) -> Referent {
        let tokens = &self.page(sentence).tokens;
        let typed = head.and_then(|h| self.lexicon.head(tokens[h].word)).map(|h| (h.node_type, h.kind.clone()));
        if typed.is_none() {
            if let Some(&person) = self.surnames.get(&fold(text)) {
                self.mention(person, sentence.page, name.tokens.clone());
                self.note_form(person, text);
                return Referent::one(person);
            }
        }
        let voted = self.evidence.type_of(&fold(text));
        let kind = match (&typed, voted) {
            (_, Some(voted)) if Some(voted) == self.parts.person => voted,
            (Some((kind, _)), _) => *kind,
            (None, Some(voted)) => voted,
            (None, None) => return Referent::None,
        };
        let id = self.make(kind, text, true, head.map_or(0, |h| tokens[h].word));
        if let Some((_, Some(way))) = typed {
            self.drafts[id as usize].way_kind.get_or_insert(way);
        }
        self.mention(id, sentence.page, name.tokens.clone());
        Referent::one(id)
    }

    fn pronoun(&self, word: WordId) -> Referent {
        let v = &self.vocabulary;
        if v.plural_pronouns.contains(&word) {
            return Referent::Anaphor { head: None, types: Vec::new(), plural: true, number: None };
        }
        if v.person_pronouns.contains(&word) {
            return Referent::Anaphor { head: None, types: self.parts.person.into_iter().collect(), plural: false, number: None };
        }
        if v.thing_pronouns.contains(&word) {
            return Referent::Anaphor { head: None, types: Vec::new(), plural: false, number: None };
        }
        Referent::None
    }

    /// "the Uzbek president", "ministers of five states": the state, or who is known to hold the office.
    fn office_phrase(&mut self, sentence: &Sentence, index: usize, so_far: &[Referent], number: usize) -> Referent {
        let phrase = &sentence.elements.phrases[index];
        if let Some(renamed) = phrase.renames {
            return so_far.get(renamed).cloned().unwrap_or_default();
        }
        if let Some(group) = phrase.spelt_out {
            return self.group_entities(sentence, group, so_far);
        }
        self.state_of(sentence, index, so_far, number)
    }

    fn group_entities(&self, sentence: &Sentence, group: usize, so_far: &[Referent]) -> Referent {
        let ids: Vec<DraftId> = sentence
            .group(group)
            .iter()
            .flat_map(|&p| match so_far.get(p) {
                Some(Referent::Entities { ids, .. }) => ids.clone(),
                _ => Vec::new(),
            })
            .collect();
        if ids.is_empty() { Referent::None } else { Referent::Entities { ids, others: Vec::new(), group: true } }
    }

    /// The states (or bodies) that a phrase such as "the Kazakh government" speaks for: its demonym, possessor or "of".
    fn state_of(&mut self, sentence: &Sentence, index: usize, so_far: &[Referent], number: usize) -> Referent {
        let phrase = &sentence.elements.phrases[index];
        let mut ids = self.modifier_entities(sentence, phrase);
        if let Some(possessor) = phrase.possessor {
            if let Some(Referent::Entities { ids: owned, .. }) = so_far.get(possessor) {
                ids.extend(owned.iter().copied());
            }
        }
        if ids.is_empty() {
            for attached in sentence.attached_to(index) {
                if attached.prep == self.vocabulary.of || self.vocabulary.from_prepositions.contains(&attached.prep) {
                    for &p in sentence.group(attached.group) {
                        if let Some(Referent::Entities { ids: of, .. }) = so_far.get(p) {
                            ids.extend(of.iter().copied());
                        }
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
        if ids.is_empty() { Referent::None } else { Referent::Entities { group: ids.len() > 1, ids, others: Vec::new() } }
    }

    /// "leaders of the five Central Asian states": a region before a plural or a number means its members.
    fn expand_regions(&mut self, sentence: &Sentence, phrase: &Phrase, ids: Vec<DraftId>) -> Vec<DraftId> {
        let plural = phrase.number.is_some_and(|n| n > 1) || self.is_plural(sentence, phrase);
        let mut out = Vec::new();
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

    fn is_plural(&self, sentence: &Sentence, phrase: &Phrase) -> bool {
        let unit = &sentence.units.units[phrase.head];
        let token = &self.page(sentence).tokens[unit.tokens.end - 1];
        let text = &self.page(sentence).block.text.text[token.span.range()];
        text.ends_with('s') && !text.ends_with("ss")
    }

    /// Entities of the names before a phrase's head, already mentioned.
    fn modifier_entities(&mut self, sentence: &Sentence, phrase: &Phrase) -> Vec<DraftId> {
        let mut ids = Vec::new();
        for i in phrase.units.clone().filter(|&i| i != phrase.head) {
            let Some(name) = sentence.units.units[i].name.map(|n| &sentence.units.names[n as usize]) else { continue };
            if self.is_commodity(name) || self.joins_head(sentence, phrase, i) {
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
    pub fn names_before(&mut self, sentence: &Sentence, phrase: &Phrase) -> Vec<DraftId> {
        self.modifier_entities(sentence, phrase)
    }

    /// Commodities named before a phrase's head ("oil exports").
    pub fn goods_before(&mut self, sentence: &Sentence, phrase: &Phrase) -> Vec<DraftId> {
        let mut ids = Vec::new();
        for i in phrase.units.clone().filter(|&i| i != phrase.head) {
            let Some(name) = sentence.units.units[i].name.map(|n| &sentence.units.names[n as usize]) else { continue };
            if self.is_commodity(name) {
                if let Referent::Entities { ids: found, .. } = self.name(sentence, name, Position::Modifier) {
                    ids.extend(found);
                }
            }
        }
        ids
    }

    /// An entity of this type that a description repeats: the same words, or a definite phrase whose words it all bears.
    #[must_use]
    pub fn described_before(&self, kind: NodeTypeId, short: &str, head: WordId, definite: bool) -> Option<DraftId> {
        let folded = fold(short);
        let words: Vec<&str> = folded.split(' ').filter(|w| w.len() > 2).collect();
        let bears = |draft: &Draft| {
            draft.kind == kind
                && (draft.head == head || draft.forms.iter().any(|f| fold(f).ends_with(self.lexicon.form(head))))
                && draft.forms.iter().any(|f| {
                    let form = fold(f);
                    words.iter().all(|w| form.contains(w))
                })
        };
        let position = if definite { self.drafts.iter().rposition(bears) } else { None };
        position.map(|i| i as DraftId)
    }

    /// `text` is a form of it.
    pub fn add_form(&mut self, id: DraftId, text: &str) {
        self.learn_form(id, text);
    }

    // --------------------------------------------------------- common nouns

    fn noun_phrase(&mut self, sentence: &Sentence, index: usize, so_far: &[Referent], number: usize) -> Referent {
        let phrase = &sentence.elements.phrases[index];
        let head = &sentence.units.units[phrase.head];
        let word = self.lexicon.word(head.word);
        if let Some(renamed) = phrase.renames {
            if let Some(referent @ Referent::Entities { .. }) = so_far.get(renamed) {
                return referent.clone();
            }
        }
        if let Some(group) = phrase.spelt_out {
            let spelt = self.group_entities(sentence, group, so_far);
            if !matches!(spelt, Referent::None) {
                return spelt;
            }
        }
        if word.classes & class::COLLECTIVE != 0 {
            if let Some(referent) = self.collective(sentence, index, so_far, number) {
                return referent;
            }
        }
        if word.classes & class::STATE_BODY != 0 {
            let state = self.state_of(sentence, index, so_far, number);
            if !matches!(state, Referent::None) {
                return state;
            }
        }
        if self.vocabulary.transparent.contains(&head.word) {
            if let Some(of) = self.transparent(sentence, index, so_far) {
                return of;
            }
        }
        let Some(kind) = self.head_of(head.word, head.tag) else { return Referent::None };
        self.typed_phrase(sentence, index, kind, so_far, number)
    }

    /// "the opening of the meeting": what the phrase's "of" refers to.
    fn transparent(&self, sentence: &Sentence, index: usize, so_far: &[Referent]) -> Option<Referent> {
        let attached = sentence.attached_to(index).find(|a| a.prep == self.vocabulary.of && a.sites.last() == Some(&index))?;
        match sentence.group(attached.group) {
            [one] => so_far.get(*one).cloned().filter(|r| !matches!(r, Referent::None)),
            _ => Some(self.group_entities(sentence, attached.group, so_far)).filter(|r| !matches!(r, Referent::None)),
        }
    }

    /// "five Central Asian states", "the two countries", "all members".
    fn collective(&mut self, sentence: &Sentence, index: usize, so_far: &[Referent], number: usize) -> Option<Referent> {
        let phrase = &sentence.elements.phrases[index];
        let modified = self.modifier_entities(sentence, phrase);
        if !modified.is_empty() {
            let ids = self.expand_regions(sentence, phrase, modified);
            let ids: Vec<DraftId> = ids
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
                return Some(Referent::Entities { group: true, ids, others: Vec::new() });
            }
        }
        let state = self.state_of(sentence, index, so_far, number);
        if !matches!(state, Referent::None) {
            return Some(state);
        }
        let definite = !matches!(phrase.determiner, Determiner::Indefinite | Determiner::No)
            && (phrase.determiner != Determiner::None || phrase.number.is_some());
        let singular = !self.is_plural(sentence, phrase);
        definite.then(|| Referent::Anaphor {
            head: None,
            types: self.parts.state.into_iter().chain(if singular { None } else { self.parts.organisation }).collect(),
            plural: !singular,
            number: phrase.number,
        })
    }

    /// A phrase headed by a typed noun.
    fn typed_phrase(&mut self, sentence: &Sentence, index: usize, kind: &Head, so_far: &[Referent], number: usize) -> Referent {
        let phrase = &sentence.elements.phrases[index];
        let head = &sentence.units.units[phrase.head];
        let plural = self.lexicon.word(head.word).classes & class::HEAD_PLURAL != 0;
        let before = self.drafts.len();
        if let Some(referent) = self.name_before_head(sentence, index, kind, plural) {
            return self.adopt(referent, before, phrase);
        }
        // "the port of Tanga", "Gansu province of China": what the head noun is of.
        let area = Some(kind.node_type) == self.parts.place || Some(kind.node_type) == self.parts.region;
        if area {
            if let Some(named) = self.of_name(sentence, index, kind, so_far) {
                return named;
            }
        }
        if plural || phrase.determiner == Determiner::No {
            let points = plural && matches!(phrase.determiner, Determiner::The | Determiner::This | Determiner::All)
                || phrase.number.is_some() && plural;
            return if points && phrase.units.len() <= 4 && phrase.determiner != Determiner::No {
                Referent::Anaphor { head: Some(head.word), types: vec![kind.node_type], plural: true, number: phrase.number }
            } else {
                Referent::None
            };
        }
        self.describe(sentence, index, kind, number)
    }

    /// "the fastest route": any route, not one.
    fn superlative(&self, sentence: &Sentence, phrase: &Phrase) -> bool {
        phrase.units.clone().filter(|&u| u != phrase.head).any(|u| {
            let form = self.unit_text(sentence, u);
            form.len() > 5 && form.ends_with("est") && form.chars().all(char::is_lowercase)
        })
    }

    /// A modifier says which one of several: a name, a number, an ordinal, a date, "northern".
    fn tells_apart(&self, sentence: &Sentence, phrase: &Phrase) -> bool {
        phrase.possessor.is_some()
            && Some(self.lexicon.head(sentence.units.units[phrase.head].word).map_or(NodeTypeId(0), |h| h.node_type))
                == self.parts.event
            || phrase.units.clone().filter(|&u| u != phrase.head).any(|u| {
                let unit = &sentence.units.units[u];
                matches!(unit.tag, Tag::Name | Tag::Ordinal | Tag::Number | Tag::Value)
                    || self.vocabulary.compass.contains(&unit.word)
            })
    }

    /// "the Bank", "the Program": what was named so last.
    fn capital_noun(&self, sentence: &Sentence, phrase: &Phrase) -> Option<DraftId> {
        let token = &self.page(sentence).tokens[sentence.units.units[phrase.head].tokens.start];
        if !token.is_capital() || phrase.units.len() > 2 || phrase.determiner != Determiner::The {
            return None;
        }
        let word = self.unit_text(sentence, phrase.head).to_lowercase();
        let ends =
            |draft: &Draft| draft.named && draft.forms.iter().any(|f| f.to_lowercase().split([' ', '-']).any(|w| w == word));
        let recent = self.salient.iter().rev().map(|s| s.id).find(|&id| ends(&self.drafts[id as usize]));
        recent.or_else(|| self.drafts.iter().rposition(ends).map(|i| i as DraftId))
    }

    /// "It was the first summit": the thing of this type in the sentence before.
    fn said_of_pronoun(&self, sentence: &Sentence, index: usize, kind: NodeTypeId, number: usize) -> Option<DraftId> {
        let clause = sentence.clauses.list.iter().find(|c| {
            c.verb.is_some_and(|v| sentence.elements.verbs[v].copula)
                && c.objects.iter().any(|&g| sentence.group(g).contains(&index))
        })?;
        let subject = *sentence.group(clause.subject?).first()?;
        let word = sentence.units.units[sentence.elements.phrases[subject].head].word;
        if !self.vocabulary.thing_pronouns.contains(&word) {
            return None;
        }
        let before = self.salient.iter().rev().take_while(|s| s.sentence + 1 >= number);
        before.filter(|s| s.sentence < number).find(|s| self.drafts[s.id as usize].kind == kind).map(|s| s.id)
    }

    fn describe(&mut self, sentence: &Sentence, index: usize, kind: &Head, number: usize) -> Referent {
        let phrase = &sentence.elements.phrases[index];
        let head = &sentence.units.units[phrase.head];
        if let Some(id) = self.capital_noun(sentence, phrase) {
            self.mention(id, sentence.page, self.phrase_tokens(sentence, phrase));
            return Referent::one(id);
        }
        let definite =
            matches!(phrase.determiner, Determiner::The | Determiner::This | Determiner::Its) || phrase.possessor.is_some();
        let modifiers = phrase
            .units
            .clone()
            .filter(|&u| u != phrase.head && !matches!(sentence.units.units[u].tag, Tag::Det | Tag::Its))
            .count();
        let (name, complements) = self.description(sentence, index);
        let mut types = vec![kind.node_type];
        if self.vocabulary.also_ways.contains(&head.word) {
            types.extend(self.parts.way);
        }
        if kind.anaphor && definite && modifiers == 0 && !complements {
            return Referent::Anaphor { head: Some(head.word), types, plural: false, number: None };
        }
        let governed_as = sentence.governed_by(index).is_some_and(|a| self.vocabulary.as_prepositions.contains(&a.prep));
        if Some(kind.node_type) == self.parts.way
            && (governed_as || self.superlative(sentence, phrase))
            && !self.tells_apart(sentence, phrase)
        {
            return Referent::None;
        }
        let needs_more = !kind.bare || Some(kind.node_type) == self.parts.way || Some(kind.node_type) == self.parts.project;
        let telling = self.tells_apart(sentence, phrase);
        if kind.anaphor && definite && !complements && !telling && !kind.part {
            return Referent::Anaphor { head: Some(head.word), types, plural: false, number: None };
        }
        if needs_more && !complements && modifiers == 0 {
            return if definite {
                Referent::Anaphor { head: Some(head.word), types, plural: false, number: None }
            } else {
                Referent::None
            };
        }
        if let Some(id) = self.said_of_pronoun(sentence, index, kind.node_type, number) {
            self.mention(id, sentence.page, self.phrase_tokens(sentence, phrase));
            self.learn_form(id, &name);
            return Referent::one(id);
        }
        let short = self.short_description(sentence, phrase);
        Referent::Described { kind: kind.node_type, name, short, head: head.word, definite, made: None }
    }

    /// "TAPI gas pipeline", "Gwadar port", "Dostyk–Moyinty line", "SCO summit".
    fn name_before_head(&mut self, sentence: &Sentence, index: usize, kind: &Head, plural: bool) -> Option<Referent> {
        let phrase = &sentence.elements.phrases[index];
        let at = phrase
            .units
            .clone()
            .rev()
            .find(|&i| i < phrase.head && sentence.units.units[i].name.is_some() && !self.unit_is_commodity(sentence, i))?;
        let name = &sentence.units.names[sentence.units.units[at].name? as usize];
        let whole = self.named_tokens(sentence, phrase, at);
        let text = self.page(sentence).text(whole.clone()).to_owned();
        if Some(kind.node_type) == self.parts.way && !name.links.is_empty() {
            return (!plural).then(|| self.chained_way(sentence, name, kind, &text, whole, phrase));
        }
        if !self.joins_head(sentence, phrase, at) {
            return None;
        }
        if let Some(same) = self.same_thing(sentence, name, kind, &text, whole.clone()) {
            return Some(same);
        }
        let bare = self.page(sentence).text(name.tokens.clone()).to_owned();
        let area = Some(kind.node_type) == self.parts.place || Some(kind.node_type) == self.parts.region;
        if plural && !area {
            return None;
        }
        let state_first = matches!(&name.kind, NameKind::Known(s) if s.iter().any(|s| Some(self.schema.gazetteer[s.entry as usize].kind) == self.parts.state && s.kind == SenseKind::Name));
        if area && !state_first {
            let id = self.make(kind.node_type, &bare, true, head_word(sentence, phrase));
            self.learn_form(id, &text);
            self.mention(id, sentence.page, whole);
            return Some(Referent::one(id));
        }
        let unnamed = state_first || area;
        if unnamed {
            return None;
        }
        // "Rogun hydropower plant", "Aras corridor": name and head make the name.
        let id = self.make(kind.node_type, &text, true, head_word(sentence, phrase));
        self.set_kind(id, sentence, phrase, kind);
        if Some(kind.node_type) == self.parts.project && !matches!(name.kind, NameKind::Known(_)) {
            self.learn(id, &bare);
        }
        self.mention(id, sentence.page, whole);
        Some(Referent::one(id))
    }

    /// Tokens from the name to the head noun.
    fn named_tokens(&self, sentence: &Sentence, phrase: &Phrase, at: usize) -> std::ops::Range<usize> {
        sentence.units.units[at].tokens.start..sentence.units.units[phrase.head].tokens.end
    }

    /// The name is already that of something the head fits: "CPC pipeline" is not, "TAPI project" is TAPI.
    fn same_thing(
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
        let bare = self.page(sentence).text(name.tokens.clone()).to_owned();
        let fits = |linker: &Self, id: DraftId| {
            let draft = &linker.drafts[id as usize];
            draft.kind == kind.node_type
                || (Some(draft.kind) == linker.parts.way
                    && linker.vocabulary.also_ways.contains(&linker.lexicon.id(&last_word(text))))
        };
        let learned = self.by_name.get(&fold(&bare)).into_iter().flatten().copied().find(|&id| fits(self, id));
        let sense = match &name.kind {
            NameKind::Known(senses) => senses.iter().copied().find(|s| {
                let entry_kind = self.entry_kind(*s);
                entry_kind == Some(kind.node_type)
                    || (entry_kind == self.parts.way
                        && entry_kind.is_some()
                        && self.vocabulary.also_ways.contains(&self.lexicon.id(&last_word(text))))
            }),
            NameKind::Run { .. } => None,
        };
        let id = learned.or_else(|| sense.map(|s| self.entry(EntryId(s.entry))))?;
        self.mention(id, sentence.page, tokens);
        self.learn_form(id, text);
        self.note_form(id, &bare);
        Some(Referent::one(id))
    }

    /// "Baku-Tbilisi-Kars railway", "China–Kyrgyzstan–Uzbekistan railway": a way and its stops.
    fn chained_way(
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
        let bare = self.page(sentence).text(name.tokens.clone()).to_owned();
        let by_bare = self
            .schema
            .named(&bare)
            .iter()
            .map(|u| u.entry)
            .find(|&e| self.schema.gazetteer[e.0 as usize].kind == kind.node_type);
        let id = match listed.or(by_bare) {
            Some(entry) => self.entry(entry),
            None => self
                .same_stops(&stops, kind)
                .unwrap_or_else(|| self.make(kind.node_type, text, true, head_word(sentence, phrase))),
        };
        self.learn_form(id, text);
        self.learn_form(id, &bare);
        if self.drafts[id as usize].stops.is_empty() {
            self.drafts[id as usize].stops = stops;
        }
        self.set_kind(id, sentence, phrase, kind);
        if let Some(bracket) = phrase.bracket {
            let acronym = self.unit_text(sentence, bracket);
            self.learn(id, &acronym);
        }
        self.mention(id, sentence.page, tokens);
        Referent::one(id)
    }

    /// A way with these very ends, of a kind that fits.
    fn same_stops(&self, stops: &[DraftId], kind: &Head) -> Option<DraftId> {
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

    /// "the port of Tanga": the phrase's "of" names it.
    fn of_name(&mut self, sentence: &Sentence, index: usize, kind: &Head, so_far: &[Referent]) -> Option<Referent> {
        let attached = sentence.attached_to(index).find(|a| a.prep == self.vocabulary.of && a.sites.last() == Some(&index))?;
        let &[named] = sentence.group(attached.group) else { return None };
        let Some(Referent::Entities { ids, .. }) = so_far.get(named) else { return None };
        let &[id] = &ids[..] else { return None };
        let fits = self.drafts[id as usize].kind == kind.node_type;
        fits.then(|| Referent::one(id))
    }

    /// The phrase's words from its first modifier to the end of the complements that follow ("… from A to B"),
    /// and whether there are any.
    fn description(&self, sentence: &Sentence, index: usize) -> (String, bool) {
        let phrase = &sentence.elements.phrases[index];
        let list = &sentence.elements.list;
        let start = self.description_start(sentence, phrase);
        let head = self.lexicon.head(sentence.units.units[phrase.head].word).map(|h| h.node_type);
        let area = head.is_some() && (head == self.parts.region || head == self.parts.place);
        let mut end = phrase.units.end;
        let mut found = false;
        if let Some(at) = list.iter().position(|(e, _)| *e == super::phrase::Element::Phrase(index)) {
            let mut at = at + 1;
            for _ in 0..3 {
                let (Some((super::phrase::Element::Prep(prep), unit)), Some((super::phrase::Element::Phrase(next), _))) =
                    (list.get(at), list.get(at + 1))
                else {
                    break;
                };
                if !self.vocabulary.describing_prepositions.contains(prep)
                    || *unit != end
                    || (area && *prep != self.vocabulary.of)
                {
                    break;
                }
                end = sentence.elements.phrases[*next].units.end;
                found = true;
                at += 2;
                if let (Some((super::phrase::Element::Conj(_), _)), Some((super::phrase::Element::Phrase(last), _))) =
                    (list.get(at), list.get(at + 1))
                {
                    if self.vocabulary.pair_prepositions.contains(prep) {
                        end = sentence.elements.phrases[*last].units.end;
                        at += 2;
                    }
                }
            }
        }
        let units = &sentence.units.units;
        (self.page(sentence).text(units[start].tokens.start..units[end - 1].tokens.end).to_owned(), found)
    }

    fn short_description(&self, sentence: &Sentence, phrase: &Phrase) -> String {
        let units = &sentence.units.units;
        let start = self.description_start(sentence, phrase);
        self.page(sentence).text(units[start].tokens.start..units[phrase.head].tokens.end).to_owned()
    }

    /// Determiners are no part of a name.
    fn description_start(&self, sentence: &Sentence, phrase: &Phrase) -> usize {
        let units = &sentence.units.units;
        phrase.units.clone().find(|&u| !matches!(units[u].tag, Tag::Det | Tag::Its | Tag::Quote)).unwrap_or(phrase.head)
    }

    fn phrase_tokens(&self, sentence: &Sentence, phrase: &Phrase) -> std::ops::Range<usize> {
        let units = &sentence.units.units;
        units[phrase.units.start].tokens.start..units[phrase.units.end - 1].tokens.end
    }

    // ------------------------------------------------------------- entities

    /// The states that an entry of the gazetteer stands for as a group.
    #[must_use]
    pub fn members(&self, entry: EntryId) -> Vec<EntryId> {
        let data = &self.schema.gazetteer[entry.0 as usize];
        let collective =
            self.schema.collectives.iter().find(|c| c.names.iter().any(|n| *n == *data.name || data.demonyms.contains(n)));
        match collective {
            Some(c) => c.members.clone(),
            None => data
                .members
                .iter()
                .copied()
                .filter(|m| Some(self.schema.gazetteer[m.0 as usize].kind) == self.parts.state)
                .collect(),
        }
    }

    /// The draft of a gazetteer entry.
    pub fn entry(&mut self, entry: EntryId) -> DraftId {
        if let Some(&id) = self.by_entry.get(&entry) {
            return id;
        }
        let data = &self.schema.gazetteer[entry.0 as usize];
        let id = self.drafts.len() as DraftId;
        self.drafts.push(Draft {
            kind: data.kind,
            known: Some(entry),
            name: data.name.to_string(),
            forms: Vec::new(),
            mentions: Vec::new(),
            way_kind: data.attrs.get("kind").cloned(),
            named: true,
            head: 0,
            stops: Vec::new(),
            status: Vec::new(),
        });
        self.by_entry.insert(entry, id);
        id
    }

    /// The draft of this type with this name, made if there is none.
    pub fn make(&mut self, kind: NodeTypeId, name: &str, named: bool, head: WordId) -> DraftId {
        let folded = fold(name);
        if let Some(id) =
            self.by_name.get(&folded).into_iter().flatten().copied().find(|&id| self.drafts[id as usize].kind == kind)
        {
            return id;
        }
        let listed = self.schema.named(name).iter().map(|u| u.entry).find(|&e| self.schema.gazetteer[e.0 as usize].kind == kind);
        if let Some(entry) = listed {
            return self.entry(entry);
        }
        let id = self.drafts.len() as DraftId;
        self.drafts.push(Draft {
            kind,
            known: None,
            name: name.to_owned(),
            forms: vec![name.to_owned()],
            mentions: Vec::new(),
            way_kind: None,
            named,
            head,
            stops: Vec::new(),
            status: Vec::new(),
        });
        if Some(kind) == self.parts.person {
            self.learn_surname(id, name);
        }
        self.by_name.entry(folded).or_default().push(id);
        id
    }

    fn learn_surname(&mut self, id: DraftId, name: &str) {
        let words: Vec<&str> = name.split_whitespace().collect();
        for start in 1..words.len() {
            self.surnames.entry(fold(&words[start..].join(" "))).or_insert(id);
        }
    }

    /// From here on `text` means this entity, whatever the gazetteer says.
    pub fn learn(&mut self, id: DraftId, text: &str) {
        self.note_form(id, text);
        let ids = self.by_name.entry(fold(text)).or_default();
        if !ids.contains(&id) {
            ids.insert(0, id);
        }
    }

    /// `text` is a form of it, found again by it, without taking the text from others.
    fn learn_form(&mut self, id: DraftId, text: &str) {
        self.note_form(id, text);
        let ids = self.by_name.entry(fold(text)).or_default();
        if !ids.contains(&id) {
            ids.push(id);
        }
    }

    fn note_form(&mut self, id: DraftId, text: &str) {
        let draft = &mut self.drafts[id as usize];
        if !draft.forms.iter().any(|f| f == text) {
            draft.forms.push(text.to_owned());
        }
    }

    /// Notes a mention.
    pub fn mention(&mut self, id: DraftId, page: usize, tokens: std::ops::Range<usize>) {
        let draft = &mut self.drafts[id as usize];
        let mention = (page, tokens.start, tokens.end);
        if !draft.mentions.contains(&mention) {
            draft.mentions.push(mention);
        }
    }
}

/// Where a name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Position {
    /// Subject or object.
    Slot,
    /// Behind a preposition of place.
    Local,
    /// Behind another preposition.
    Governed,
    /// Before a noun.
    Modifier,
}

fn head_word(sentence: &Sentence, phrase: &Phrase) -> WordId {
    sentence.units.units[phrase.head].word
}

fn last_word(text: &str) -> String {
    text.rsplit(' ').next().unwrap_or("").to_lowercase()
}
