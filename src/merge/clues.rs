//! What claims tell about who is who, gathered while the documents go by: offices of persons, where ways begin and end, and who took
//! part in what, when it was and when it was reported.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::items::{Item, Items};
use crate::graph::{NO_TEXT, Symbol};
use crate::model::{Claim, Extraction, Mode, PartialDate, Statement, Value};
use crate::names::{fold, slug};
use crate::schema::{EdgeType, NodeTypeId, Schema};

/// Known formats by their members; none where several have the same.
type KnownFormats = BTreeMap<BTreeSet<Arc<str>>, Option<Arc<str>>>;

/// Which types play which part.
struct Parts {
    person: Option<Arc<str>>,
    happenings: Vec<Arc<str>>,
    stuff: Vec<Arc<str>>,
    agreement: Option<Arc<str>>,
    /// Edges that lead to agreements only: whose they are.
    parties: Vec<Arc<str>>,
    states: Vec<Arc<str>>,
    date: Option<Arc<str>>,
    sole: Vec<Arc<str>>,
    membership: Option<Arc<str>>,
    formats: Vec<Arc<str>>,
    known_formats: KnownFormats,
    touches: Option<Arc<str>>,
    /// Words of edges that touch, for the first stop of a way and for its last one.
    ends: Vec<Arc<str>>,
    way: Option<Arc<str>>,
    kind: Option<Arc<str>>,
    pieces: Vec<Arc<str>>,
}

/// What an article tells of a happening or an agreement.
pub(super) enum Told {
    /// The state of this id took part, or is a party.
    State(Symbol),
    /// This person took part.
    Person(u32),
    /// It was then.
    Date(PartialDate),
    /// It was adopted at this happening.
    Adopted(u32),
    /// It was spoken of in this article of the document.
    Article(u32, u32),
    /// That was published on this day.
    Reported(i32),
    /// What is said of a thing without a name, and whom besides it is said of.
    Said(Symbol),
}

/// All clues, in the order of documents.
pub(super) struct Clues {
    parts: Parts,
    /// (person, office of a body).
    pub(super) offices: Vec<(u32, Symbol)>,
    /// (happening, agreement or thing without a name; what is told of it).
    pub(super) told: Vec<(u32, Told)>,
    /// (body, state that is said to belong to it).
    pub(super) members: Vec<(u32, Symbol)>,
    /// (way, its first or its last stop).
    pub(super) ends: Vec<(u32, u32)>,
    /// (way, its kind).
    pub(super) kinds: Vec<(u32, Symbol)>,
}

impl Clues {
    /// None yet.
    pub(super) fn new(schema: &Schema) -> Self {
        let name = |t: &NodeTypeId| schema.node_types.get(t.0 as usize).map(|t| t.name.clone());
        let roles = &schema.roles;
        let backers = roles.backing.iter().filter_map(|t| schema.edge_types.get(t.0 as usize)).flat_map(|t| &t.from);
        let to_agreements = |t: &&EdgeType| roles.agreement.is_some_and(|a| *t.to == [a]);
        let parts = Parts {
            person: roles.person.as_ref().and_then(name),
            agreement: roles.agreement.as_ref().and_then(name),
            parties: schema.edge_types.iter().filter(to_agreements).map(|t| t.name.clone()).collect(),
            happenings: roles.happening.iter().filter_map(name).collect(),
            stuff: roles.stuff.iter().filter_map(name).collect(),
            states: backers.filter(|t| roles.stops.contains(t)).filter_map(name).collect(),
            date: roles.date.clone(),
            sole: roles.sole.clone(),
            membership: roles.membership.and_then(|t| schema.edge_types.get(t.0 as usize)).map(|t| t.name.clone()),
            formats: roles.formats.clone(),
            known_formats: KnownFormats::new(),
            touches: roles.touches.and_then(|t| schema.edge_types.get(t.0 as usize)).map(|t| t.name.clone()),
            ends: end_words(schema),
            way: roles.way.as_ref().and_then(name),
            kind: roles.kind.clone(),
            pieces: roles.pieces.clone(),
        };
        let (ends, kinds) = (Vec::new(), Vec::new());
        Self { parts, offices: Vec::new(), told: Vec::new(), members: Vec::new(), ends, kinds }
    }

    /// The name of the type of persons.
    pub(super) fn person(&self) -> Option<&str> {
        self.parts.person.as_deref()
    }

    /// Whether a type is one of happenings.
    pub(super) fn is_happening(&self, kind: &str) -> bool {
        self.parts.happenings.iter().any(|h| **h == *kind)
    }

    /// Whether a type is that of agreements.
    pub(super) fn is_agreement(&self, kind: &str) -> bool {
        self.parts.agreement.as_deref() == Some(kind)
    }

    /// Words of the names of agreements of which the same parties have one at a time.
    pub(super) fn sole(&self) -> &[Arc<str>] {
        &self.parts.sole
    }

    /// Whether an entity is a format that its text describes: a word for one, in a phrase that is no name.
    pub(super) fn is_described_format(&self, items: &Items, at: u32) -> bool {
        let Some(item) = items.all.get(at as usize).filter(|i| !Items::is_known(i)) else { return false };
        let name = items.text(item.name);
        name.starts_with(char::is_lowercase) && fold(name).split(' ').any(|word| self.parts.formats.iter().any(|f| **f == *word))
    }

    /// Looks up the formats that the gazetteer knows, if a text describes any.
    pub(super) fn know_formats(&mut self, schema: &Schema, items: &Items) {
        if self.members.iter().any(|&(body, _)| self.is_described_format(items, body)) {
            self.parts.known_formats = known_formats(schema, &self.parts.states);
        }
    }

    /// The id of the one format that the gazetteer knows with exactly these members.
    pub(super) fn format_of(&self, members: &BTreeSet<&str>) -> Option<&str> {
        let same = |known: &&BTreeSet<Arc<str>>| known.iter().map(|m| &**m).eq(members.iter().copied());
        self.parts.known_formats.iter().find(|(known, _)| same(known)).and_then(|(_, id)| id.as_deref())
    }

    /// Whether a word of a way's name tells nothing of its kind: that it is a piece of some way, or what stands between two ends.
    pub(super) fn says_no_kind(&self, word: &str) -> bool {
        self.parts.pieces.iter().any(|piece| **piece == *word)
    }

    fn is_stuff(&self, kind: &str) -> bool {
        self.parts.stuff.iter().any(|s| **s == *kind)
    }

    /// Whether a type is one of what articles describe each in words of its own: happenings and agreements.
    pub(super) fn is_described(&self, kind: &str) -> bool {
        self.is_happening(kind) || self.is_agreement(kind)
    }

    /// Adds what a document tells, whose entities start at `start`.
    pub(super) fn add(&mut self, items: &mut Items, start: u32, extraction: &Extraction) {
        for (index, entity) in extraction.entities.iter().enumerate() {
            let item = start + index as u32;
            if !self.is_described(&entity.kind) && !items.all.get(item as usize).is_some_and(|i| i.described) {
                continue;
            }
            let document = items.documents.len() as u32 - 1;
            let mut last = None;
            for article in entity.mentions.iter().map(|m| m.article) {
                if last.replace(article) != Some(article) {
                    self.told.push((item, Told::Article(document, article)));
                }
            }
        }
        for claim in &extraction.claims {
            self.offices_of(items, start, extraction, claim);
            self.participation(items, start, extraction, claim);
            self.membership(items, start, claim);
            self.ways(items, start, claim);
            self.statements(items, start, claim);
        }
    }

    /// What is said of things without a name, with a thing that has one: "Kenya funds a gas pipeline".
    fn statements(&mut self, items: &mut Items, start: u32, claim: &Claim) {
        let Statement::Edge { kind, object } = &claim.statement else { return };
        let (subject, object) = (start + claim.subject, start + *object);
        for (of, with, ahead) in [(subject, object, true), (object, subject, false)] {
            let (Some(one), Some(other)) = (items.all.get(of as usize), items.all.get(with as usize)) else { continue };
            let is_open = one.described && !self.is_described(items.text(one.kind));
            if !is_open || other.described || self.is_stuff(items.text(other.kind)) || claim.mode == Mode::Denied {
                continue;
            }
            let other = items.text(if Items::is_known(other) { other.known } else { other.name });
            let said = if ahead { format!("{kind} {other}") } else { format!("{other} {kind}") };
            let said = items.texts.add(&said);
            self.told.push((of, Told::Said(said)));
            self.told.extend(claim.asserted.and_then(days).map(|day| (of, Told::Reported(day))));
        }
    }

    /// An office is a word that the claim gives besides, of a body that it names.
    fn offices_of(&mut self, items: &mut Items, start: u32, extraction: &Extraction, claim: &Claim) {
        let Statement::Edge { object, .. } = claim.statement else { return };
        let entity = |index: u32| extraction.entities.get(index as usize);
        let (Some(subject), Some(body)) = (entity(claim.subject), entity(object)) else { return };
        if Some(&*subject.kind) != self.parts.person.as_deref() {
            return;
        }
        for word in claim.attrs.values().filter_map(text) {
            let item = items.all.get((start + object) as usize);
            let body = item.map_or(body.name.as_str(), |i| items.text(if Items::is_known(i) { i.known } else { i.name }));
            let office = format!("{} of {body}", fold(word));
            let office = items.texts.add(&office);
            self.offices.push((start + claim.subject, office));
        }
    }

    fn membership(&mut self, items: &Items, start: u32, claim: &Claim) {
        let Statement::Edge { kind, object } = &claim.statement else { return };
        if claim.mode == Mode::Actual && self.parts.membership.as_ref() == Some(kind) {
            let member = items.all.get((start + claim.subject) as usize).map(|i| i.known).filter(|&k| k != NO_TEXT);
            self.members.extend(member.map(|state| (start + object, state)));
        }
    }

    /// Where a way begins and ends, and of what kind it is.
    fn ways(&mut self, items: &mut Items, start: u32, claim: &Claim) {
        let way = start + claim.subject;
        match &claim.statement {
            Statement::Edge { kind, object } if claim.mode != Mode::Denied && self.parts.touches.as_ref() == Some(kind) => {
                if claim.attrs.values().filter_map(text).any(|word| self.parts.ends.iter().any(|end| **end == *word)) {
                    self.ends.push((way, start + *object));
                }
            }
            Statement::Attribute { name, value: Value::Text(kind) } if self.parts.kind.as_ref() == Some(name) => {
                let item = items.all.get(way as usize);
                if item.is_some_and(|i| self.parts.way.as_deref() == Some(items.text(i.kind))) {
                    let kind = items.texts.add(kind);
                    self.kinds.push((way, kind));
                }
            }
            Statement::Edge { .. } | Statement::Attribute { .. } => {}
        }
    }

    fn participation(&mut self, items: &mut Items, start: u32, extraction: &Extraction, claim: &Claim) {
        let kind = |index: u32| extraction.entities.get(index as usize).map(|e| &*e.kind);
        let about = match &claim.statement {
            Statement::Edge { object, .. } => *object,
            Statement::Attribute { .. } => claim.subject,
        };
        if let Statement::Edge { object, .. } = &claim.statement
            && kind(claim.subject).is_some_and(|k| self.is_agreement(k))
            && kind(*object).is_some_and(|k| self.is_happening(k))
        {
            self.told.push((start + claim.subject, Told::Adopted(start + object)));
            return;
        }
        let Some(of) = kind(about).filter(|k| self.is_described(k)) else { return };
        let item = start + about;
        self.told.extend(claim.asserted.and_then(days).map(|day| (item, Told::Reported(day))));
        match &claim.statement {
            // Whether it is signed or to be signed, its parties are its parties; who was to attend may not have.
            Statement::Edge { kind, .. } if self.is_agreement(of) => {
                if claim.mode != Mode::Denied && self.parts.parties.contains(kind) {
                    let party = items.all.get((start + claim.subject) as usize).map(|i| i.known);
                    self.told.extend(party.filter(|&k| k != NO_TEXT).map(|known| (item, Told::State(known))));
                }
            }
            Statement::Edge { .. } if claim.mode == Mode::Actual => {
                let by = start + claim.subject;
                let Some(Item { kind, known, .. }) = items.all.get(by as usize) else { return };
                if self.parts.states.iter().any(|s| **s == *items.text(*kind)) {
                    self.told.extend((*known != NO_TEXT).then_some((item, Told::State(*known))));
                } else if self.person() == Some(items.text(*kind)) {
                    self.told.push((item, Told::Person(by)));
                }
            }
            Statement::Attribute { name, value: Value::Text(date) } if Some(name) == self.parts.date.as_ref() => {
                self.told.extend(date.parse::<PartialDate>().ok().map(|date| (item, Told::Date(date))));
            }
            Statement::Edge { .. } | Statement::Attribute { .. } => {}
        }
    }
}

/// The words for the first and the last stop of a way: of an attribute of three words that edges carry which touch.
fn end_words(schema: &Schema) -> Vec<Arc<str>> {
    let touches = schema.roles.touches.and_then(|t| schema.edge_types.get(t.0 as usize));
    let of_touches = schema.edge_attributes.iter().filter(|a| touches.is_some_and(|t| t.attributes.contains(&a.name)));
    let words = of_touches.filter(|a| a.words.len() == 3).flat_map(|a| a.words.first().into_iter().chain(a.words.last()));
    words.map(|word| Arc::from(word.as_str())).collect()
}

/// The formats that the gazetteer knows, by the states that are their members: bodies that one of their names calls so.
fn known_formats(schema: &Schema, states: &[Arc<str>]) -> KnownFormats {
    let Some(membership) = schema.roles.membership else { return KnownFormats::new() };
    let mut members: BTreeMap<u32, BTreeSet<Arc<str>>> = BTreeMap::new();
    // Entries are read one by one: only those of states.
    let of_state = |id: &str| states.iter().any(|s| id.strip_prefix(&*slug(s)).is_some_and(|rest| rest.starts_with('/')));
    for (at, id) in schema.entry_ids().enumerate().filter(|(_, id)| of_state(id)) {
        let facts = schema.gazetteer.get(at).map(|e| e.facts.as_slice()).unwrap_or_default();
        for &(_, body) in facts.iter().filter(|f| f.0 == membership) {
            members.entry(body.0).or_default().insert(Arc::from(id));
        }
    }
    let mut formats = KnownFormats::new();
    for (body, members) in members {
        let Some(entry) = schema.gazetteer.get(body as usize) else { continue };
        let is_format = |name: &str| fold(name).split(' ').any(|word| schema.roles.formats.iter().any(|f| **f == *word));
        if entry.names().any(|(_, name)| is_format(name)) {
            formats.entry(members).and_modify(|other| *other = None).or_insert_with(|| Some(entry.id.clone()));
        }
    }
    formats
}

fn text(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => Some(text),
        Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Quantity { .. } | Value::List(_) => None,
    }
}

/// Days from the year 0, to the month where no day is said; nothing without a month.
pub(super) fn days(date: PartialDate) -> Option<i32> {
    Some(i32::from(date.year?) * 365 + i32::from(date.month?) * 30 + i32::from(date.day.unwrap_or(15)))
}
