//! The entities of one document, and what each phrase refers to.
//!
//! Names bind to the gazetteer, to acronyms that the document defined, to persons by
//! surname, or make an entity of their own, typed by head noun or by votes. Common nouns
//! point back ("the line"), stand for a group ("the three countries"), for a state ("the
//! Uzbek government"), or describe something that becomes a node only when an edge
//! needs it. What points back is resolved late, when the wanted type is known.

use rustc_hash::FxHashMap;

use crate::model::{Mode, PartialDate};
use crate::schema::{EntryId, NodeTypeId, Schema};

use super::clause::LinkKind;
use super::coref::Anaphor;
use super::evidence::Evidence;
use super::few::{Few, Ids, Types, few};
use super::folds::FoldId;
use super::form::Form;
use super::lexicon::{Head, Lexicon, Sense, SenseKind, WordId};
use super::name::{Name, NameKind};
use super::page::Page;
use super::parts::Parts;
use super::phrase::{Determiner, Phrase};
use super::relation::Candidate;
use super::sentence::Sentence;
use super::told::Told;
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
    pub name: Form,
    /// Forms seen, first first.
    pub forms: Vec<Form>,
    /// (page, first token, one past the last) of each mention.
    pub mentions: Vec<(usize, usize, usize)>,
    /// For ways: railway, pipeline, …
    pub way_kind: Option<String>,
    /// Has a proper name; kept even if no edge touches it.
    pub named: bool,
    /// The head noun of its description.
    pub head: WordId,
    /// Stops that its name spells out, in order.
    pub stops: Ids,
    /// Stops that stood behind its description, in order.
    pub ends: Ids,
    /// What sentences say that it touches.
    pub reached: Ids,
    /// What the text says of its status, first first.
    pub status: Vec<(String, Mode)>,
    /// The text says that it was opened or finished, or has it repaired.
    pub opened: bool,
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
        ids: Ids,
        /// Other senses of the one name, by entry.
        others: Few<EntryId>,
        /// A collective or other group, not a name.
        group: bool,
    },
    /// Something said before.
    Anaphor {
        /// The head noun; `None` for a pronoun.
        head: Option<WordId>,
        /// Types that the head allows; empty: any.
        types: Types,
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
        Self::Entities { ids: few![id], others: Few::new(), group: false }
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
    /// Pointed back to, not named.
    pub pointed: bool,
    /// Only compared with: "after the A1", "unlike the Zarya line".
    pub compared: bool,
    /// In a relative clause: "the bank, which Lima had asked for a loan".
    pub aside: bool,
}

impl Salient {
    /// What a phrase points back to.
    pub(super) fn pointed(id: DraftId, sentence: usize, phrase: usize, subject: bool) -> Self {
        Self { id, sentence, phrase, subject, pointed: true, compared: false, aside: false }
    }
}

/// Several that were mentioned together.
#[derive(Debug, Clone)]
pub struct Gathering {
    /// In which sentence of the article.
    pub sentence: usize,
    /// The last phrase of that sentence that belongs to it.
    pub phrase: usize,
    /// They are the subject of their clause.
    pub subject: bool,
    /// Who.
    pub ids: Ids,
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
    pub evidence: &'a Evidence<'a>,
    /// The pages.
    pub pages: &'a [Page<'a>],
    /// The entities so far.
    pub drafts: Vec<Draft>,
    pub(super) by_entry: FxHashMap<EntryId, DraftId>,
    pub(super) by_name: FxHashMap<FoldId, Few<DraftId>>,
    /// Unlisted bodies of several words by their first word.
    pub(super) by_opening: FxHashMap<FoldId, Few<DraftId>>,
    pub(super) surnames: FxHashMap<FoldId, DraftId>,
    /// In order of mention.
    pub salient: Vec<Salient>,
    /// States that a body of theirs stood for, by sentence ("the German government").
    pub bodies: Vec<(usize, DraftId)>,
    /// What edges led to, in the order of the text.
    pub told: Vec<Told>,
    /// Drafts that proved to be another: (gone, kept).
    pub same: Vec<(DraftId, DraftId)>,
    /// Where bodies and places were said to come from or to lie.
    pub(super) homes: Vec<(DraftId, EntryId)>,
    /// Persons and the states or bodies that they were said to lead.
    pub(super) leaders: Vec<(DraftId, DraftId)>,
    /// The way that the headline names.
    pub topic_way: Option<DraftId>,
    /// The state of whose capital the article is dated.
    pub dated_at: Option<EntryId>,
    /// The date of the article.
    pub today: Option<PartialDate>,
    /// Groups mentioned, in order: "the three countries" may mean one.
    pub groups: Vec<Gathering>,
    /// The page that is read, and the number of its first sentence.
    pub(super) paragraph: (usize, usize),
    /// The name that the block opens with.
    pub(super) lead: Option<super::lead::Lead>,
    /// Who leads which state, as the text told so far.
    pub(super) led: Vec<(DraftId, DraftId)>,
    /// The list of what was signed that is being read.
    pub(super) roll: Option<super::roll::Roll>,
    /// The noun for several ways that was read last, and its sentence: "the western one" is one of them.
    pub(super) several: Option<(WordId, usize)>,
    /// Phrases for ways read so far, named or not: where there are others, "the road" may mean one of them.
    pub(super) ways_spoken_of: usize,
}

impl<'a> Linker<'a> {
    /// With nothing read yet.
    #[must_use]
    pub fn new(
        schema: &'a Schema,
        lexicon: &'a Lexicon,
        parts: &'a Parts,
        vocabulary: &'a Vocabulary,
        evidence: &'a Evidence<'a>,
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
            by_opening: FxHashMap::default(),
            surnames: FxHashMap::default(),
            salient: Vec::new(),
            bodies: Vec::new(),
            told: Vec::new(),
            same: Vec::new(),
            homes: Vec::new(),
            leaders: Vec::new(),
            topic_way: None,
            dated_at: None,
            today: None,
            groups: Vec::new(),
            paragraph: (usize::MAX, 0),
            lead: None,
            led: Vec::new(),
            roll: None,
            several: None,
            ways_spoken_of: 0,
        }
    }

    /// What each phrase of the sentence refers to. `number` is the sentence's place in its article.
    pub fn sentence(&mut self, sentence: &Sentence, number: usize) -> Vec<Referent> {
        if self.paragraph.0 != sentence.page {
            self.paragraph = (sentence.page, number);
        }
        let count = sentence.elements.phrases.len();
        let mut referents: Vec<Referent> = (0..count).map(|_| Referent::None).collect();
        let aliases = self.aliases(sentence);
        let passes = self.passes(sentence);
        for pass in 0..3 {
            // "the construction of a line of the cable": what stands behind "of" is known first.
            let ordered = |at: usize| if pass == 2 { count - 1 - at } else { at };
            for index in (0..count).map(ordered) {
                let renamed = aliases.iter().any(|a| a.1 == index) && matches!(referents[index], Referent::Entities { .. });
                if passes[index] == pass && !renamed {
                    let referent = match aliases.iter().find(|a| a.0 == index) {
                        Some(&(_, of)) => self.alias(sentence, index, of, &mut referents, number),
                        None => self.phrase(sentence, index, &referents, number),
                    };
                    referents[index] = referent;
                }
            }
            if pass == 0 {
                self.note_lead(sentence, number);
            }
        }
        self.first_person(sentence, &mut referents);
        self.note_origins(sentence, &referents);
        self.note_salience(sentence, &referents, number);
        referents
    }

    /// Remembers what a sentence speaks of, for what points back later.
    pub(super) fn note_salience(&mut self, sentence: &Sentence, referents: &[Referent], number: usize) {
        for (index, referent) in referents.iter().enumerate() {
            // Whoever a sentence rests on is not what it speaks of.
            let governor = sentence.governed_by(index).map(|a| a.prep);
            if governor.is_some_and(|prep| self.vocabulary.attributing.contains(&prep)) {
                continue;
            }
            let compared = governor.is_some_and(|prep| self.vocabulary.comparing.contains(&prep));
            let clause = sentence.clause_of(index).map(|c| sentence.clauses.list[c].link);
            let aside = matches!(clause, Some(LinkKind::Relative | LinkKind::Adverbial));
            if let Referent::Entities { ids, group, .. } = referent {
                for &id in ids {
                    self.salient.push(Salient {
                        id,
                        sentence: number,
                        phrase: index,
                        // "the road will be the second after the A1, which was completed in 2011": the road is.
                        subject: sentence.is_subject(index) && !group && governor.is_none(),
                        pointed: false,
                        compared,
                        aside,
                    });
                }
                if *group && ids.len() > 1 {
                    let subject = sentence.is_subject(index);
                    self.groups.push(Gathering { sentence: number, phrase: index, subject, ids: ids.clone() });
                }
            }
            // "the line", "its renewal" keep what they mean in mind, whether a frame asks for it or not.
            if let Referent::Anaphor { head, types, plural: false, .. } = referent
                && (head.is_some() || sentence.elements.phrases[index].determiner == Determiner::Its)
            {
                let anaphor = Anaphor {
                    sentence: number,
                    phrase: index,
                    head: *head,
                    types,
                    number: None,
                    object: false,
                    this: false,
                    not: &[],
                };
                if let Some((id, _)) = self.antecedent(anaphor) {
                    let subject = sentence.is_subject(index);
                    self.salient.push(Salient { id, sentence: number, phrase: index, subject, pointed: true, compared, aside });
                }
            }
        }
        self.note_groups(sentence, referents, number);
    }

    /// Those named together, and the groups that are pointed back to, in the order of their phrases.
    fn note_groups(&mut self, sentence: &Sentence, referents: &[Referent], number: usize) {
        let start = self.groups.iter().rposition(|g| g.sentence < number).map_or(0, |i| i + 1);
        let groups = sentence.clauses.groups.iter().enumerate().filter(|(_, g)| g.phrases.len() > 1);
        // "Together with A and B they belong to it": they are others.
        let joins = |at: usize| {
            let with = |a: &super::clause::Attached| a.group == at && self.lexicon.joining.accompanying.contains(&a.prep);
            sentence.clauses.attached.iter().any(with)
        };
        for (_, group) in groups.filter(|&(at, _)| !joins(at)) {
            let ids: Ids = group
                .phrases
                .iter()
                .flat_map(|&p| match &referents[p] {
                    Referent::Entities { ids, .. } => ids.clone(),
                    Referent::Anaphor { plural: true, .. } => self.pointed_group(referents, p, number).unwrap_or_default(),
                    _ => Ids::new(),
                })
                .collect();
            if let Some(&phrase) = group.phrases.last().filter(|_| ids.len() > 1) {
                let subject = sentence.is_subject(phrase);
                self.groups.push(Gathering { sentence: number, phrase, subject, ids });
            }
        }
        // "The two presidents met, after which they signed": who is pointed back to can be pointed back to again.
        for phrase in 0..referents.len() {
            if let Some(ids) = self.pointed_group(referents, phrase, number).filter(|ids| ids.len() > 1) {
                self.groups.push(Gathering { sentence: number, phrase, subject: sentence.is_subject(phrase), ids });
            }
        }
        self.groups[start..].sort_by_key(|g| g.phrase);
    }

    /// "They" were meant: whoever comes next in the plural may mean them again.
    pub fn point_to_group(&mut self, sentence: &Sentence, phrase: usize, number: usize, ids: &Ids) {
        let at = self.groups.iter().rposition(|g| (g.sentence, g.phrase) < (number, phrase)).map_or(0, |i| i + 1);
        if self.groups.get(at).is_some_and(|g| (g.sentence, g.phrase) == (number, phrase)) {
            return;
        }
        let subject = sentence.is_subject(phrase);
        self.groups.insert(at, Gathering { sentence: number, phrase, subject, ids: ids.clone() });
    }

    /// The group that a plural anaphor with a head or a number of its own means.
    fn pointed_group(&self, referents: &[Referent], phrase: usize, number: usize) -> Option<Ids> {
        let Referent::Anaphor { head, types, plural: true, number: count } = &referents[phrase] else { return None };
        // "They": whoever can act.
        let actors: Types = self.parts.state.into_iter().chain(self.parts.organisation).collect();
        let types = if types.is_empty() { &actors } else { types };
        self.group_before(Anaphor {
            sentence: number,
            phrase,
            head: *head,
            types,
            number: *count,
            object: false,
            this: false,
            not: &[],
        })
    }

    // ------------------------------------------------------------ phrases

    pub(super) fn phrase(&mut self, sentence: &Sentence, index: usize, so_far: &[Referent], number: usize) -> Referent {
        let phrase = &sentence.elements.phrases[index];
        self.mention_modifiers(sentence, phrase, index, number);
        if let Some(item) = self.item_before(sentence, index, so_far, number) {
            return item;
        }
        if let Some(group) = phrase.examples {
            let referent = self.plain_phrase(sentence, index, so_far, number);
            let open = matches!(referent, Referent::None | Referent::Anaphor { plural: true, .. });
            return if open { self.group_entities(sentence, group, so_far) } else { referent };
        }
        let referent = self.plain_phrase(sentence, index, so_far, number);
        // "Mineral Resources (KIGAM)": what the bracket abbreviates was not read whole.
        if matches!(referent, Referent::None)
            && sentence.units.units[phrase.head].tag == Tag::Name
            && let Some(name) = phrase.bracket.and_then(|b| sentence.units.units[b].name)
        {
            self.name(sentence, &sentence.units.names[name as usize], Position::Modifier);
        }
        referent
    }

    /// What a phrase refers to by its head.
    pub(super) fn plain_phrase(&mut self, sentence: &Sentence, index: usize, so_far: &[Referent], number: usize) -> Referent {
        let phrase = &sentence.elements.phrases[index];
        let head = &sentence.units.units[phrase.head];
        match head.tag {
            Tag::Name => self.name_phrase(sentence, index, number),
            Tag::Noun => self.noun_phrase(sentence, index, so_far, number),
            Tag::Office(_) => self.office_phrase(sentence, index, so_far, number),
            Tag::Pronoun if phrase.units.len() > 1 => self.one_of_several(sentence, index, number),
            Tag::Pronoun => self.pronoun(head.word),
            Tag::Number if phrase.determiner == Determiner::This && phrase.number == Some(1) => {
                Referent::Anaphor { head: None, types: Types::new(), plural: false, number: None }
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
    pub(super) fn mention_modifiers(&mut self, sentence: &Sentence, phrase: &Phrase, index: usize, number: usize) {
        for i in phrase.units.clone() {
            if i == phrase.head {
                continue;
            }
            let unit = &sentence.units.units[i];
            // "(KPA)" is what the head is called besides.
            let called = |name: &Name| phrase.bracket == Some(i) && matches!(name.kind, NameKind::Run { .. });
            if let Some(name) = unit.name.map(|n| &sentence.units.names[n as usize])
                && !called(name)
                && !self.joins_head(sentence, phrase, i)
                && let Referent::Entities { ids, .. } = self.name(sentence, name, Position::Modifier)
            {
                let rules = sentence.units.units.get(i + 1).is_some_and(|u| self.vocabulary.ruling.contains(&u.word));
                if rules && i + 1 < phrase.head {
                    // "German government money".
                    self.bodies.extend(ids.iter().map(|&id| (number, id)));
                }
                // "the Dubai-based operator has run the port": the port is not Dubai.
                let seat = i + 1 < phrase.head && sentence.units.units[i + 1].tag == Tag::Adj;
                let ids = ids.into_iter().filter(|&id| !seat || Some(self.drafts[id as usize].kind) != self.parts.place);
                self.salient.extend(ids.map(|id| Salient {
                    id,
                    sentence: number,
                    phrase: index,
                    subject: false,
                    pointed: false,
                    compared: false,
                    aside: false,
                }));
            }
        }
    }

    /// The name at unit `i` and the head noun are one name: "Gwadar port", "TAPI gas pipeline".
    pub(super) fn joins_head(&self, sentence: &Sentence, phrase: &Phrase, i: usize) -> bool {
        let head = &sentence.units.units[phrase.head];
        let Some(kind) = self.head_of(head.word, head.tag) else { return false };
        if kind.node_type == NodeTypeId(u16::MAX) {
            return false;
        }
        let name = &sentence.units.names[sentence.units.units[i].name.unwrap_or(0) as usize];
        let demonym = matches!(&name.kind, NameKind::Known(s) if s.iter().all(|s| matches!(s.kind, SenseKind::Demonym | SenseKind::Collective)));
        let commodity = self.is_commodity(name);
        let adjacent = i + 1 == phrase.head
            || (i + 1..phrase.head).all(|u| {
                matches!(sentence.units.units[u].tag, Tag::Noun | Tag::Adj | Tag::Conj)
                    || self.unit_is_commodity(sentence, u)
                    // "the East Coast (ECRL) line".
                    || phrase.bracket.is_some_and(|b| u.abs_diff(b) <= 1)
            });
        adjacent
            && !demonym
            && !commodity
            && name.links.is_empty()
            && Some(kind.node_type) != self.parts.organisation
            && Some(kind.node_type) != self.parts.event
    }

    pub(super) fn unit_is_commodity(&self, sentence: &Sentence, unit: usize) -> bool {
        sentence.units.units[unit].name.is_some_and(|n| self.is_commodity(&sentence.units.names[n as usize]))
    }

    pub(super) fn is_commodity(&self, name: &Name) -> bool {
        matches!(&name.kind, NameKind::Known(s) if s.iter().any(|s| matches!(s.kind, SenseKind::Name | SenseKind::Ambiguous) && self.entry_kind(*s) == self.parts.commodity && self.parts.commodity.is_some()))
    }

    pub(super) fn entry_kind(&self, sense: Sense) -> Option<NodeTypeId> {
        self.lexicon.kind_of(sense)
    }

    /// The head noun that a common noun is.
    pub fn head_of(&self, word: WordId, tag: Tag) -> Option<&'a Head> {
        self.lexicon.head(word).filter(|h| tag == Tag::Noun && !h.name_only)
    }

    pub(super) fn page(&self, sentence: &Sentence) -> &'a Page<'a> {
        &self.pages[sentence.page]
    }

    pub(super) fn unit_text(&self, sentence: &Sentence, unit: usize) -> &'a str {
        self.page(sentence).text(sentence.units.units[unit].tokens.clone())
    }

    /// `text` is a form of it.
    pub fn add_form(&mut self, id: DraftId, text: &str) {
        self.learn_form(id, text);
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

    /// The draft of a gazetteer entry that the text has named.
    #[must_use]
    pub fn mentioned(&self, entry: EntryId) -> Option<DraftId> {
        self.by_entry.get(&entry).copied().filter(|&id| !self.drafts[id as usize].mentions.is_empty())
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
            name: Form::from(&*data.name),
            forms: Vec::new(),
            mentions: Vec::new(),
            way_kind: data.attrs.get("kind").cloned(),
            named: true,
            head: 0,
            stops: Ids::new(),
            ends: Ids::new(),
            reached: Ids::new(),
            status: Vec::new(),
            opened: false,
        });
        self.by_entry.insert(entry, id);
        id
    }

    /// The draft of this type with this name, made if there is none.
    pub fn make(&mut self, kind: NodeTypeId, name: &str, named: bool, head: WordId) -> DraftId {
        let same = |id: &DraftId| self.drafts[*id as usize].kind == kind;
        if let Some(id) = self.names_of(name).iter().copied().find(same) {
            return id;
        }
        // "a standard gauge railway" is no "Standard Gauge Railway".
        let proper = named || name.chars().next().is_some_and(char::is_uppercase);
        let uses = if proper { self.schema.named(name) } else { &[] };
        let listed = uses.iter().map(|u| u.entry).find(|&e| self.schema.gazetteer[e.0 as usize].kind == kind);
        if let Some(entry) = listed {
            return self.entry(entry);
        }
        self.make_unlisted(kind, name, named, head)
    }

    pub(super) fn make_unlisted(&mut self, kind: NodeTypeId, name: &str, named: bool, head: WordId) -> DraftId {
        if let Some(id) = self.named_by_surname(kind, name) {
            return id;
        }
        let folded = self.evidence.folds.id(name);
        let id = self.drafts.len() as DraftId;
        self.drafts.push(Draft {
            kind,
            known: None,
            name: name.into(),
            forms: vec![name.into()],
            mentions: Vec::new(),
            way_kind: None,
            named,
            head,
            stops: Ids::new(),
            ends: Ids::new(),
            reached: Ids::new(),
            status: Vec::new(),
            opened: false,
        });
        if Some(kind) == self.parts.person {
            self.learn_surname(id, name);
        }
        self.by_name.entry(folded).or_default().push(id);
        if let Some((opening, _)) = name.split_once(' ').filter(|_| named && Some(kind) == self.parts.organisation) {
            self.by_opening.entry(self.evidence.folds.id(opening)).or_default().push(id);
        }
        id
    }

    /// What bears this name, in any spelling that folds alike.
    pub(super) fn names_of(&self, name: &str) -> &[DraftId] {
        self.by_name.get(&self.evidence.folds.id(name)).map_or(&[], |ids| &ids[..])
    }

    /// From here on `text` means this entity, whatever the gazetteer says.
    pub fn learn(&mut self, id: DraftId, text: &str) {
        self.note_form(id, text);
        let ids = self.by_name.entry(self.evidence.folds.id(text)).or_default();
        if !ids.contains(&id) {
            ids.insert(0, id);
        }
    }

    /// `text` is a form of it, found again by it, without taking the text from others.
    pub(super) fn learn_form(&mut self, id: DraftId, text: &str) {
        self.note_form(id, text);
        let ids = self.by_name.entry(self.evidence.folds.id(text)).or_default();
        if !ids.contains(&id) {
            ids.push(id);
        }
    }

    pub(super) fn note_form(&mut self, id: DraftId, text: &str) {
        let draft = &mut self.drafts[id as usize];
        if !draft.forms.iter().any(|f| f.as_str() == text) {
            draft.forms.push(text.into());
        }
    }

    /// Notes what ways were just said to touch.
    pub fn note_reached(&mut self, edges: &[Candidate]) {
        for edge in edges.iter().filter(|e| Some(e.edge) == self.parts.touches && e.mode != Mode::Denied) {
            let Some(way) = self.drafts.get_mut(edge.from as usize) else { continue };
            if !way.reached.contains(&edge.to) {
                way.reached.push(edge.to);
            }
        }
    }

    /// Drops all mentions noted so far: the title's.
    pub fn forget_mentions(&mut self) {
        let way = self.drafts.iter().position(|d| d.named && Some(d.kind) == self.parts.way);
        self.topic_way = way.map(|i| i as DraftId).or(self.topic_way);
        self.drafts.iter_mut().for_each(|d| d.mentions.clear());
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
pub enum Position {
    /// Subject or object.
    Slot,
    /// Behind a preposition of place.
    Local,
    /// Behind another preposition.
    Governed,
    /// Before a noun.
    Modifier,
}
