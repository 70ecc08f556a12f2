//! Happenings that several articles describe each in words of its own: "its first summit with Kazakhstan, …" here, "a summit in
//! Tokyo" there.
//!
//! Two are one if exactly the same states took part, three at least; if their names share a word; and if nothing speaks against
//! it: other persons, other dates, articles of times far apart. Only who did take part counts: a meeting that was planned and
//! called off is not the one that was held. A group is joined only if each of it agrees with each other one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::corrections::Corrections;
use super::link::Item;
use crate::graph::Union;
use crate::model::{Extraction, Mode, PartialDate, Statement, Value};
use crate::names::fold;
use crate::schema::{NodeTypeId, Schema};

/// Fewer states that took part describe too many meetings.
const FEWEST: usize = 3;
/// Shorter words of a name tell nothing.
const SHORTEST: usize = 5;
/// Articles that report one happening are published within so many days of each other.
const DAYS: i32 = 45;

/// A happening as some articles describe it.
#[derive(Default)]
struct Happening {
    at: u32,
    name: String,
    words: BTreeSet<String>,
    /// Who is said to have taken part, as a fact.
    states: BTreeSet<Arc<str>>,
    persons: BTreeSet<String>,
    /// When it was, by its own date.
    dates: BTreeSet<PartialDate>,
    /// When it was reported, in days.
    reported: Vec<i32>,
    /// Articles that speak of it: one article tells its happenings apart itself.
    articles: BTreeSet<(u32, u32)>,
}

impl Happening {
    fn agrees(&self, other: &Self) -> bool {
        let dates = |a: &PartialDate, b: &PartialDate| {
            a.to_string().starts_with(&b.to_string()) || b.to_string().starts_with(&a.to_string())
        };
        let near = |a: &i32| other.reported.iter().all(|b| (a - b).abs() <= DAYS);
        self.words.intersection(&other.words).next().is_some()
            && self.articles.is_disjoint(&other.articles)
            && (self.persons.is_empty() || other.persons.is_empty() || !self.persons.is_disjoint(&other.persons))
            && self.dates.iter().all(|a| other.dates.iter().all(|b| dates(a, b)))
            && self.reported.iter().all(near)
    }
}

/// Joins what is one happening and says why.
pub(super) fn join(
    items: &[Item<'_>],
    extractions: &[&Extraction],
    schema: &Schema,
    corrections: &Corrections,
    union: &mut Union,
    reasons: &mut Vec<(u32, String)>,
) {
    // The states that took part lead to the happening: those of one set are compared.
    let mut buckets: BTreeMap<Vec<Arc<str>>, Vec<Happening>> = BTreeMap::new();
    for happening in gather(items, extractions, schema, union) {
        if happening.states.len() >= FEWEST {
            buckets.entry(happening.states.iter().cloned().collect()).or_default().push(happening);
        }
    }
    for (states, bucket) in buckets {
        let mut groups: Vec<Vec<Happening>> = Vec::new();
        for happening in bucket {
            let fits =
                |g: &&mut Vec<Happening>| g.iter().all(|h| h.agrees(&happening) && !corrections.differ(&h.name, &happening.name));
            match groups.iter_mut().find(fits) {
                Some(group) => group.push(happening),
                None => groups.push(vec![happening]),
            }
        }
        for group in groups.iter().filter(|g| g.len() > 1) {
            let names: BTreeSet<&str> = group.iter().map(|h| h.name.as_str()).collect();
            let names: Vec<&str> = names.into_iter().collect();
            group.windows(2).for_each(|pair| union.join(pair[0].at, pair[1].at));
            let reason =
                format!("the same {} states took part, and nothing speaks against it: {}", states.len(), names.join("; "));
            reasons.push((group[0].at, reason));
        }
    }
}

/// The happenings as they are joined so far, in the order of documents.
fn gather(items: &[Item<'_>], extractions: &[&Extraction], schema: &Schema, union: &mut Union) -> Vec<Happening> {
    let name = |t: &NodeTypeId| schema.node_types.get(t.0 as usize).map(|t| t.name.clone());
    let roles = &schema.roles;
    let kinds: Vec<Arc<str>> = roles.happening.iter().filter_map(name).collect();
    let person = roles.person.as_ref().and_then(name);
    let backers = roles.backing.iter().filter_map(|t| schema.edge_types.get(t.0 as usize)).flat_map(|t| &t.from);
    let states: Vec<Arc<str>> = backers.filter(|t| roles.stops.contains(t)).filter_map(name).collect();
    let mut found: BTreeMap<u32, Happening> = BTreeMap::new();
    let mut first_of: FxHashMap<u32, u32> = FxHashMap::default();
    for (at, item) in items.iter().enumerate() {
        first_of.entry(item.extraction).or_insert(at as u32);
        if !kinds.contains(&item.entity.kind) || item.entity.known.is_some() {
            continue;
        }
        let happening = found.entry(union.root(at as u32)).or_insert_with(|| Happening {
            at: at as u32,
            name: item.entity.name.clone(),
            ..Happening::default()
        });
        happening.words.extend(item.entity.forms.iter().flat_map(|f| words(f)));
        happening.articles.extend(item.entity.mentions.iter().map(|m| (item.extraction, m.article)));
    }
    for (document, extraction) in extractions.iter().enumerate() {
        let Some(&start) = first_of.get(&(document as u32)) else { continue };
        for claim in &extraction.claims {
            let about = if let Statement::Edge { object, .. } = &claim.statement { *object } else { claim.subject };
            let Some(happening) = found.get_mut(&union.root(start + about)) else { continue };
            happening.reported.extend(claim.asserted.and_then(days));
            match &claim.statement {
                Statement::Edge { .. } => {
                    let Some(by) = extraction.entities.get(claim.subject as usize) else { continue };
                    if claim.mode != Mode::Actual {
                        continue;
                    }
                    if states.contains(&by.kind) {
                        happening.states.extend(by.known.clone());
                    } else if person.as_ref() == Some(&by.kind) {
                        happening.persons.insert(family(by.known.as_deref().unwrap_or(&by.name)));
                    }
                }
                Statement::Attribute { name, value: Value::Text(date) } if Some(name) == roles.date.as_ref() => {
                    happening.dates.extend(date.parse::<PartialDate>().ok());
                }
                Statement::Attribute { .. } => {}
            }
        }
    }
    found.into_values().collect()
}

fn words(name: &str) -> impl Iterator<Item = String> {
    let lower = name.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().next().is_some_and(char::is_lowercase));
    lower.filter(|w| w.chars().count() >= SHORTEST).map(fold).collect::<Vec<_>>().into_iter()
}

/// The last word of a name.
fn family(name: &str) -> String {
    fold(name).rsplit(' ').next().unwrap_or_default().to_owned()
}

/// Days from the year 0, to the month where no day is said; nothing without a month.
fn days(date: PartialDate) -> Option<i32> {
    Some(i32::from(date.year?) * 365 + i32::from(date.month?) * 30 + i32::from(date.day.unwrap_or(15)))
}
