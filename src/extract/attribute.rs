//! Attributes of nodes: whose length, cost or capacity a value is, and the dates, kinds and statuses that sentences give.
//!
//! Values are found by `value`; here the words around one decide what it measures and whose it is. The wordings are
//! in `attributes.ron`. A value whose owner is not clear stays without one.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::model::{BlockKind, Mode, Value};
use crate::schema::patterns::{AttributeRule, EdgeEnd, Patterns};
use crate::schema::{EdgeTypeId, NodeTypeId, Schema};

use super::clause::{Clause, LinkKind};
use super::entity::{DraftId, Linker, Referent};
use super::kind::KindTable;
use super::lexicon::{Lexicon, WordId};
use super::relation::{Candidate, Found, NodeAttribute};
use super::sentence::Sentence;
use super::slots::Filler;
use super::unit::Tag;
use super::value::ValueKind;

/// How many sentences back "the price" reaches for what it is the price of.
const TOPIC_REACH: usize = 2;

/// A compiled rule.
#[derive(Debug)]
struct Rule {
    id: Arc<str>,
    attribute: Arc<str>,
    value: Box<str>,
    rate: Option<bool>,
    types: Vec<NodeTypeId>,
    inside: bool,
    apposed: bool,
    said_of: bool,
    verbs: Vec<WordId>,
    able_verbs: Vec<WordId>,
    held_verbs: Vec<WordId>,
    bought_verbs: Vec<WordId>,
    nouns: Vec<WordId>,
    preps: Vec<WordId>,
    joins: Vec<WordId>,
    asides: Vec<WordId>,
}

/// An edge whose date is that of one of its ends.
#[derive(Debug)]
struct Dated {
    edge: EdgeTypeId,
    owner: EdgeEnd,
    not_acts: Vec<Box<str>>,
}

/// The compiled rules.
#[derive(Debug)]
pub struct AttributeTable {
    rules: Vec<Rule>,
    dated: Vec<Dated>,
    dated_types: Vec<NodeTypeId>,
    having: Vec<WordId>,
    measures: Vec<WordId>,
    changing: Vec<WordId>,
    date: Arc<str>,
    kinds: KindTable,
}

fn words(lexicon: &mut Lexicon, list: &str) -> Vec<WordId> {
    list.split_whitespace().map(|w| lexicon.add_form(w)).collect()
}

impl AttributeTable {
    /// Compiles the rules; what the schema does not know falls away.
    #[must_use]
    pub fn new(schema: &Schema, lexicon: &mut Lexicon, patterns: &Patterns) -> Self {
        let p = &patterns.attributes;
        let dated = p.dated.iter().filter_map(|d| {
            let not_acts = d.not_acts.split_whitespace().map(Into::into).collect();
            Some(Dated { edge: schema.edge_type(&d.edge)?, owner: d.owner, not_acts })
        });
        Self {
            dated: dated.collect(),
            dated_types: p.dated_types.iter().filter_map(|t| schema.node_type(t)).collect(),
            rules: p.rules.iter().map(|r| Rule::new(schema, lexicon, r)).collect(),
            having: words(lexicon, &p.having),
            measures: words(lexicon, &p.measure_adjectives),
            changing: words(lexicon, &p.changing),
            date: p.date.as_str().into(),
            kinds: KindTable::new(schema, p),
        }
    }
}

impl Rule {
    fn new(schema: &Schema, lexicon: &mut Lexicon, rule: &AttributeRule) -> Self {
        Self {
            id: rule.id.as_str().into(),
            attribute: rule.attribute.as_str().into(),
            value: rule.value.as_str().into(),
            rate: rule.rate,
            types: rule.types.iter().filter_map(|t| schema.node_type(t)).collect(),
            inside: rule.inside,
            apposed: rule.apposed,
            said_of: rule.said_of,
            verbs: words(lexicon, &rule.verbs),
            able_verbs: words(lexicon, &rule.able_verbs),
            held_verbs: words(lexicon, &rule.held_verbs),
            bought_verbs: words(lexicon, &rule.bought_verbs),
            nouns: words(lexicon, &rule.nouns),
            preps: words(lexicon, &rule.preps),
            joins: words(lexicon, &rule.joins),
            asides: rule.asides.iter().map(|a| lexicon.add_form(a)).collect(),
        }
    }

    fn takes(&self, kind: &ValueKind) -> bool {
        match kind {
            ValueKind::Money { .. } => &*self.value == "money",
            ValueKind::Quantity { attribute, rate, .. } => {
                *attribute == self.value && self.rate.is_none_or(|wanted| wanted == *rate)
            }
            ValueKind::Date(_) | ValueKind::Percent | ValueKind::Number(_) => false,
        }
    }
}

/// Finds the owners of the sentence's values. O(values × phrases).
pub fn attributes(filler: &mut Filler<'_, '_, '_>, table: &AttributeTable, found: &mut Found) {
    let sentence = filler.sentence;
    for (unit, data) in sentence.units.units.iter().enumerate() {
        let Some(value) = data.value.and_then(|v| sentence.units.values.get(v as usize)) else { continue };
        let holding = sentence.elements.phrases.iter().enumerate().filter(|(_, p)| p.units.contains(&unit));
        let Some((phrase, _)) = holding.min_by_key(|(_, p)| p.units.len()) else { continue };
        for rule in table.rules.iter().filter(|r| r.takes(&value.kind)) {
            let mut seeker = Seeker { filler, table, rule, unit, phrase };
            let Some(of) = seeker.owner().or_else(|| seeker.in_row()) else { continue };
            let page = &filler.linker.pages[sentence.page];
            let (number, measured) = match &value.kind {
                ValueKind::Money { number, currency } => (*number, currency.to_string()),
                ValueKind::Quantity { number, unit, .. } if rule.attribute == rule.value.as_ref().into() => {
                    (*number, unit_of(filler, &rule.attribute, page.text(*unit..value.tokens.end)))
                }
                _ => continue,
            };
            let text: Arc<str> = page.text(value.tokens.clone()).into();
            let value = Value::Quantity { text, number: Some(number), unit: Some(measured.into()) };
            found.attributes.push(NodeAttribute {
                of,
                name: rule.attribute.clone(),
                value,
                sentence: filler.number,
                when: None,
                rule: rule.id.clone(),
            });
            break;
        }
    }
}

/// The unit that numbers of the attribute are in, if the schema says; else the one written.
fn unit_of(filler: &Filler<'_, '_, '_>, attribute: &str, written: &str) -> String {
    let known = filler.linker.schema.node_attributes.iter().find(|a| &*a.name == attribute).and_then(|a| a.unit.clone());
    known.unwrap_or_else(|| written.to_owned())
}

/// Looks for the owner of one value by one rule.
struct Seeker<'f, 's, 'l, 'a, 't> {
    filler: &'f mut Filler<'s, 'l, 'a>,
    table: &'t AttributeTable,
    rule: &'t Rule,
    unit: usize,
    phrase: usize,
}

impl Seeker<'_, '_, '_, '_, '_> {
    fn owner(&mut self) -> Option<DraftId> {
        if self.is_head() {
            let near = self.joined().or_else(|| self.behind_preposition()).or_else(|| self.by_verb());
            near.or_else(|| self.inside())
        } else {
            self.inside().or_else(|| self.by_verb())
        }
    }

    /// The phrase is the value and nothing else ("42 km", "42 km long").
    fn is_head(&self) -> bool {
        let data = &self.filler.sentence.elements.phrases[self.phrase];
        let word = self.filler.sentence.units.units[data.head].word;
        data.head == self.unit || self.table.measures.contains(&word)
    }

    /// A row of a table: the one owner that it names, else the way that the article speaks of, if the row's head names the
    /// attribute ("Length | 422 km").
    fn in_row(&mut self) -> Option<DraftId> {
        let block = self.filler.linker.pages[self.filler.sentence.page].block;
        if block.kind != BlockKind::TableRow {
            return None;
        }
        let types = &self.rule.types;
        let named = self.filler.sentence.units.units.iter().any(|u| self.rule.nouns.contains(&u.word));
        let mut owners: Vec<DraftId> = Vec::new();
        for referent in self.filler.referents.iter() {
            if let Referent::Entities { ids, group: false, .. } = referent {
                owners.extend(ids.iter().filter(|&&id| types.contains(&self.filler.linker.drafts[id as usize].kind)));
            }
        }
        owners.dedup();
        match owners.as_slice() {
            // Money in a row may be anything, but a row that names the cost.
            [only] if named || &*self.rule.value != "money" => Some(*only),
            [] if named => self.filler.topic(types).first().map(|e| e.id),
            _ => None,
        }
    }

    fn head_word(&self, phrase: usize) -> WordId {
        self.filler.sentence.units.units[self.filler.sentence.elements.phrases[phrase].head].word
    }

    /// The one entity of the rule's types that a phrase refers to.
    fn typed(&mut self, phrase: usize) -> Option<DraftId> {
        let types = &self.rule.types;
        let plain = !matches!(self.filler.referents[phrase], Referent::None);
        match (plain.then(|| self.filler.phrase(phrase, types, None)))?.as_slice() {
            [only] => Some(only.id),
            _ => None,
        }
    }

    fn typed_group(&mut self, group: usize) -> Option<DraftId> {
        self.one_of(self.filler.sentence.group(group).to_vec())
    }

    /// The one entity that phrases name: "Main Line 1, or ML-1".
    fn one_of(&mut self, phrases: Vec<usize>) -> Option<DraftId> {
        let mut all = phrases.into_iter().map(|p| self.typed(p));
        let first = all.next()??;
        all.all(|other| other == Some(first)).then_some(first)
    }

    /// "the 836-kilometre line", "a capacity of …" the other way round: "a 200 MW capacity"; "put its cost at $2 billion".
    fn inside(&mut self) -> Option<DraftId> {
        let data = &self.filler.sentence.elements.phrases[self.phrase];
        let named = data.units.clone().any(|u| self.rule.nouns.contains(&self.filler.sentence.units.units[u].word));
        if named {
            return self.owner_of(self.phrase);
        }
        if self.rule.inside { self.typed(self.phrase) } else { None }
    }

    /// "projects worth $3 billion", "the line, 42 km long, …", "the line, 42 km, …".
    fn joined(&mut self) -> Option<DraftId> {
        let sentence = self.filler.sentence;
        let data = &sentence.elements.phrases[self.phrase];
        let behind = sentence.units.units.get(data.units.end).map_or(0, |u| u.word);
        let measured = self.rule.apposed || [self.head_word(self.phrase), behind].iter().any(|w| self.table.measures.contains(w));
        let joins = |j: &usize| {
            let unit = &sentence.units.units[*j];
            self.rule.joins.contains(&unit.word) || measured && unit.tag == Tag::Comma
        };
        let join = data.units.start.checked_sub(1).filter(joins)?;
        let before = sentence.elements.phrases.iter().position(|p| p.units.end == join)?;
        self.typed(before)
    }

    /// "a line of 836 km", "with a length of 836 km", "is put at $7 billion".
    fn behind_preposition(&mut self) -> Option<DraftId> {
        let sentence = self.filler.sentence;
        let attached = sentence.governed_by(self.phrase)?;
        let site = attached.sites.last().copied();
        if let Some(site) = site {
            if self.rule.nouns.contains(&self.head_word(site)) {
                return self.owner_of(site);
            }
            if self.rule.preps.contains(&attached.prep)
                && let Some(owner) = self.typed(site)
            {
                return Some(owner);
            }
        }
        let clause = sentence.clauses.list.get(attached.clause)?;
        let verb = sentence.elements.verbs.get(clause.verb?)?;
        if self.rule.asides.contains(&attached.prep) {
            let groups = clause.objects.iter().chain(&clause.subject).copied().collect::<Vec<_>>();
            return groups.into_iter().find_map(|g| self.typed_group(g));
        }
        let vocabulary = self.filler.linker.vocabulary;
        if attached.prep == vocabulary.for_ && self.rule.bought_verbs.contains(&verb.lemma) {
            // "was built for $443 million", "is completing the line for $9 billion".
            let passive = verb.passive;
            let groups = if passive { clause.subject.into_iter().collect() } else { clause.objects.clone() };
            return groups.iter().find_map(|&g| self.typed_group(g));
        }
        if attached.prep == vocabulary.to && self.table.changing.contains(&verb.lemma) {
            // "its price has risen to $24 billion", "raises the capacity of the line to 60 trains a day".
            let named = |p: &usize| self.rule.nouns.contains(&self.head_word(*p));
            let noun = clause.subject.iter().chain(&clause.objects).flat_map(|&g| sentence.group(g)).copied().find(named)?;
            return self.owner_of(noun).or_else(|| self.spoken_of());
        }
        let held = verb.passive && self.rule.held_verbs.contains(&verb.lemma);
        let over = self.rule.preps.contains(&attached.prep) && self.rule.verbs.contains(&verb.lemma);
        if held || over { self.subject(clause) } else { None }
    }

    /// "measures 42 km", "can carry 10 million tonnes a year", "is 42 km long", "its length is 42 km".
    fn by_verb(&mut self) -> Option<DraftId> {
        let sentence = self.filler.sentence;
        let holds = |c: &&Clause| c.objects.iter().any(|&g| sentence.group(g).contains(&self.phrase));
        let clause = sentence.clauses.list.iter().find(holds)?;
        let verb = sentence.elements.verbs.get(clause.verb?)?;
        if verb.negated || clause.not {
            return None;
        }
        let said = verb.copula && (self.rule.said_of || self.subject_names(clause));
        let able = (verb.modal.is_some() || clause.link == LinkKind::Infinitive) && self.rule.able_verbs.contains(&verb.lemma);
        let held = verb.passive && self.rule.held_verbs.contains(&verb.lemma);
        if said || able || held || self.rule.verbs.contains(&verb.lemma) { self.subject(clause) } else { None }
    }

    fn subject_names(&self, clause: &Clause) -> bool {
        let group = clause.subject.map(|g| self.filler.sentence.group(g));
        matches!(group, Some(&[only]) if self.rule.nouns.contains(&self.head_word(only)))
    }

    /// The owner as a clause's subject, or what the subject's noun belongs to.
    fn subject(&mut self, clause: &Clause) -> Option<DraftId> {
        let group = clause.subject?;
        match *self.filler.sentence.group(group) {
            [only] if self.rule.nouns.contains(&self.head_word(only)) => self.owner_of(only).or_else(|| self.spoken_of()),
            _ => self.typed_group(group),
        }
    }

    /// "Costs are put at $3 billion": of what the sentences before speak of.
    fn spoken_of(&mut self) -> Option<DraftId> {
        let topic = self.filler.topic(&self.rule.types);
        topic.first().filter(|end| end.distance <= TOPIC_REACH).map(|end| end.id)
    }

    /// Whose length, cost or capacity a noun names: "its length", "the cost of the line", "a line with a length of",
    /// "the line has a length of".
    fn owner_of(&mut self, noun: usize) -> Option<DraftId> {
        let types = &self.rule.types;
        if let [only] = self.filler.owners(noun, types).as_slice() {
            return Some(only.id);
        }
        let sentence = self.filler.sentence;
        let below: Vec<usize> = sentence.attached_to(noun).map(|a| a.group).collect();
        if let Some(owner) = below.into_iter().find_map(|g| self.typed_group(g)) {
            return Some(owner);
        }
        if let Some(attached) = sentence.governed_by(noun) {
            let sites: Vec<usize> = attached.sites.iter().rev().copied().collect();
            if let Some(owner) = sites.into_iter().find_map(|s| self.typed(s)) {
                return Some(owner);
            }
            let clause = sentence.clauses.list.get(attached.clause)?;
            let groups = clause.objects.iter().chain(&clause.subject).copied().collect::<Vec<_>>();
            return groups.into_iter().find_map(|g| self.typed_group(g));
        }
        let holds = |c: &&Clause| c.objects.iter().any(|&g| sentence.group(g).contains(&noun));
        let clause = sentence.clauses.list.iter().find(holds)?;
        let verb = sentence.elements.verbs.get(clause.verb?)?;
        let has = verb.have || verb.copula || self.table.having.contains(&verb.lemma);
        if has { clause.subject.and_then(|g| self.typed_group(g)) } else { None }
    }
}

/// Dates of happenings and agreements, from the edges that a dated sentence gives them; kinds and statuses of ways.
pub fn settle(table: &AttributeTable, linker: &mut Linker<'_>, sentences: &[Sentence], found: &mut Found) {
    dates(table, linker, found);
    table.kinds.settle(linker, sentences, found);
}

fn dates(table: &AttributeTable, linker: &Linker<'_>, found: &mut Found) {
    let mut given: Vec<NodeAttribute> = Vec::new();
    let owner = |e: &Candidate| {
        let dated = table.dated.iter().find(|d| d.edge == e.edge)?;
        Some(if dated.owner == EdgeEnd::From { e.from } else { e.to })
    };
    let happened: FxHashSet<DraftId> = found.edges.iter().filter(|e| e.mode == Mode::Actual).filter_map(owner).collect();
    let took_place = |of: DraftId| happened.contains(&of);
    for edge in found.edges.iter().filter(|e| e.mode != Mode::Denied) {
        let Some(when) = edge.when else { continue };
        let Some(dated) = table.dated.iter().find(|d| d.edge == edge.edge) else { continue };
        let act = edge.attrs.get("act").and_then(|v| if let Value::Text(act) = v { Some(&**act) } else { None });
        if act.is_some_and(|a| dated.not_acts.iter().any(|n| **n == *a)) {
            continue;
        }
        let of = if dated.owner == EdgeEnd::From { edge.from } else { edge.to };
        // "Kishida was to have met them in August 2024" does not date the meeting that came about.
        if edge.mode != Mode::Actual && took_place(of) {
            continue;
        }
        let fits = linker.drafts.get(of as usize).is_some_and(|d| table.dated_types.contains(&d.kind));
        let value = Value::Text(when.to_string().into());
        let again = given.iter().any(|g| g.of == of && g.value == value);
        if fits && !again {
            given.push(NodeAttribute {
                of,
                name: table.date.clone(),
                value,
                sentence: edge.sentence,
                when: None,
                rule: "date.edge".into(),
            });
        }
    }
    found.attributes.extend(given);
}
