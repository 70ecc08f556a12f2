//! What a text counts of a body: "nine ministerial meetings held under the format", "has held ten sessions".
//!
//! The nouns that are counted, and the prepositions that lead to whose they are, are in `attributes.ron`.

use std::sync::Arc;

use crate::model::Value;
use crate::schema::patterns::{CountRule, Patterns};
use crate::schema::{NodeTypeId, Schema};

use super::entity::{DraftId, Referent};
use super::lexicon::{Lexicon, WordId};
use super::phrase::Determiner;
use super::relation::{Found, NodeAttribute};
use super::slots::Filler;

/// A compiled rule.
#[derive(Debug)]
struct Rule {
    id: Arc<str>,
    attribute: Arc<str>,
    nouns: Vec<WordId>,
    types: Vec<NodeTypeId>,
    preps: Vec<WordId>,
    pointers: Vec<WordId>,
}

/// The compiled rules.
#[derive(Debug)]
pub struct CountTable(Vec<Rule>);

impl CountTable {
    /// Compiles the rules; types that the schema does not have fall away.
    #[must_use]
    pub fn new(schema: &Schema, lexicon: &mut Lexicon, patterns: &Patterns) -> Self {
        let rule = |rule: &CountRule| {
            let mut words = |list: &str| list.split_whitespace().map(|w| lexicon.add_form(w)).collect::<Vec<_>>();
            Rule {
                id: rule.id.as_str().into(),
                attribute: rule.attribute.as_str().into(),
                nouns: words(&rule.nouns),
                types: rule.types.iter().filter_map(|t| schema.node_type(t)).collect(),
                preps: words(&rule.preps),
                pointers: words(&rule.pointers),
            }
        };
        Self(patterns.attributes.counts.iter().map(rule).collect())
    }
}

/// Finds what the sentence counts. O(phrases).
pub fn counts(filler: &mut Filler<'_, '_, '_>, table: &CountTable, found: &mut Found) {
    let sentence = filler.sentence;
    for (phrase, data) in sentence.elements.phrases.iter().enumerate() {
        let Some(number) = data.number.filter(|_| data.determiner == Determiner::None) else { continue };
        let head = sentence.units.units[data.head].word;
        for rule in table.0.iter().filter(|r| r.nouns.contains(&head)) {
            let Some(of) = owner(filler, rule, phrase) else { continue };
            let page = &filler.linker.pages[sentence.page];
            let text = page.text(filler.linker.phrase_tokens(sentence, data));
            // "nine foreign ministerial meetings": what is counted stands behind the number.
            let what = text.split_once(' ').map_or(text, |(_, what)| what);
            let value = Value::Quantity { text: text.into(), number: Some(number.into()), unit: Some(what.into()) };
            let name = rule.attribute.clone();
            found.attributes.push(NodeAttribute { of, name, value, sentence: filler.number, when: None, rule: rule.id.clone() });
        }
    }
}

/// Whose meetings they are: what a preposition leads to from them, or from the clause that they are held in.
fn owner(filler: &mut Filler<'_, '_, '_>, rule: &Rule, phrase: usize) -> Option<DraftId> {
    let sentence = filler.sentence;
    let holds = |g: &usize| sentence.group(*g).contains(&phrase);
    let held = sentence.clauses.list.iter().filter(|c| c.subject.iter().chain(&c.objects).any(holds));
    let of_clause = held.flat_map(|c| c.attached.iter().map(|&a| &sentence.clauses.attached[a]));
    let attached = sentence.attached_to(phrase).chain(of_clause).filter(|a| rule.preps.contains(&a.prep));
    let groups: Vec<usize> = attached.map(|a| a.group).collect();
    for group in groups {
        let ends = filler.group(group, &rule.types, None);
        if let [only] = ends.as_slice() {
            return Some(only.id);
        }
        // "under the C5+Japan format": whose format it is.
        let before: Vec<DraftId> = sentence.group(group).iter().flat_map(|&p| names_before(filler, rule, p)).collect();
        if let [only] = before[..] {
            return Some(only);
        }
        let points = |&p: &usize| rule.pointers.contains(&sentence.units.units[sentence.elements.phrases[p].head].word);
        if ends.is_empty() && sentence.group(group).iter().all(points) {
            return described_before(filler, rule, phrase);
        }
    }
    None
}

/// The bodies that are named before a phrase's head.
fn names_before(filler: &mut Filler<'_, '_, '_>, rule: &Rule, phrase: usize) -> Vec<DraftId> {
    let sentence = filler.sentence;
    let ids = filler.linker.names_before(sentence, &sentence.elements.phrases[phrase]);
    ids.into_iter().filter(|&id| rule.types.contains(&filler.linker.drafts[id as usize].kind)).collect()
}

/// "its dialogue framework … ten meetings under the initiative": the one body that the sentence has spoken of before.
fn described_before(filler: &Filler<'_, '_, '_>, rule: &Rule, phrase: usize) -> Option<DraftId> {
    let mut bodies: Vec<DraftId> = Vec::new();
    for referent in &filler.referents[..phrase] {
        match referent {
            Referent::Entities { ids, group: false, .. } => bodies.extend(ids.iter().copied()),
            Referent::Described { made: Some(id), .. } => bodies.push(*id),
            Referent::None | Referent::Entities { .. } | Referent::Anaphor { .. } | Referent::Described { .. } => {}
        }
    }
    bodies.retain(|&id| rule.types.contains(&filler.linker.drafts[id as usize].kind));
    bodies.dedup();
    if let [only] = bodies[..] { Some(only) } else { None }
}
