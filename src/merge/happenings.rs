//! Happenings that several articles describe each in words of its own: "its first summit with Kazakhstan, …" here, "a summit in
//! Tokyo" there.
//!
//! Two are one if exactly the same states took part, three at least; if their names share a word; and if nothing speaks against
//! it: other persons, other dates, articles of times far apart. Only who did take part counts: a meeting that was planned and
//! called off is not the one that was held. A group is joined only if each of it agrees with each other one.

use std::collections::{BTreeMap, BTreeSet};

use super::clues::{Clues, Told};
use super::corrections::Corrections;
use super::items::Items;
use super::link::Reasons;
use crate::graph::{Symbol, Union};
use crate::model::PartialDate;
use crate::names::fold;

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
    states: BTreeSet<Symbol>,
    persons: BTreeSet<Symbol>,
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
pub(super) fn join(items: &Items, clues: &Clues, corrections: &Corrections, union: &mut Union, reasons: &mut Reasons) {
    // The states that took part lead to the happening: those of one set are compared.
    let mut buckets: BTreeMap<Vec<Symbol>, Vec<Happening>> = BTreeMap::new();
    for happening in gather(items, clues, union) {
        if happening.states.len() >= FEWEST {
            buckets.entry(happening.states.iter().copied().collect()).or_default().push(happening);
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
fn gather(items: &Items, clues: &Clues, union: &mut Union) -> Vec<Happening> {
    let mut found: BTreeMap<u32, Happening> = BTreeMap::new();
    for (at, item) in items.all.iter().enumerate() {
        if Items::is_known(item) || !clues.is_happening(items.text(item.kind)) {
            continue;
        }
        let happening = found.entry(union.root(at as u32)).or_insert_with(|| Happening {
            at: at as u32,
            name: items.text(item.name).to_owned(),
            ..Happening::default()
        });
        happening.words.extend(items.forms(item).iter().flat_map(|&f| words(items.text(f))));
    }
    for (item, told) in &clues.told {
        let Some(happening) = found.get_mut(&union.root(*item)) else { continue };
        match told {
            Told::State(state) => drop(happening.states.insert(*state)),
            Told::Person(family) => drop(happening.persons.insert(*family)),
            Told::Date(date) => drop(happening.dates.insert(*date)),
            Told::Article(..) if items.all.get(*item as usize).is_some_and(Items::is_known) => {}
            Told::Article(document, article) => drop(happening.articles.insert((*document, *article))),
            Told::Reported(day) => happening.reported.push(*day),
        }
    }
    found.into_values().collect()
}

fn words(name: &str) -> impl Iterator<Item = String> {
    let lower = name.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().next().is_some_and(char::is_lowercase));
    lower.filter(|w| w.chars().count() >= SHORTEST).map(fold).collect::<Vec<_>>().into_iter()
}
