//! Persons whose names are spelt in several ways: the one place where likeness counts.
//!
//! Two persons are one if their given names are equal and their family names, of seven letters or more, differ by two
//! letters at most; or if they hold the same office of the same body and their names differ by no more than that. A
//! group is joined only if each of its names is close to each other one: likeness does not travel in chains.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hasher as _;

use rustc_hash::{FxHashMap, FxHasher};
use strsim::levenshtein;

use super::clues::Clues;
use super::corrections::Corrections;
use super::items::Items;
use super::link::Reasons;
use crate::graph::{Symbol, Union};
use crate::names::fold;

/// Letters that may differ.
const LETTERS: usize = 2;
/// Shorter family names are not compared: Ivanov and Ivanova are two people.
const SHORTEST: usize = 7;

/// Longer ones are no family names, and are compared only as they stand where there are many.
const LONGEST: usize = 24;

/// A person's name, folded: what comes first, and what comes last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    given: String,
    family: String,
}

impl Name {
    fn of(name: &str) -> Option<Self> {
        let folded = fold(name);
        let (given, rest) = folded.split_once(' ')?;
        Some(Self { given: given.to_owned(), family: rest.rsplit(' ').next().unwrap_or(rest).to_owned() })
    }

    fn is_close(&self, other: &Self) -> bool {
        self.given == other.given && family_is_close(&self.family, &other.family)
    }

    fn is_close_in_office(&self, other: &Self) -> bool {
        let given = levenshtein(&self.given, &other.given) <= 1
            || self.given.starts_with(&other.given)
            || other.given.starts_with(&self.given);
        given && family_is_close(&self.family, &other.family)
    }
}

fn family_is_close(a: &str, b: &str) -> bool {
    a == b || (a.chars().count().min(b.chars().count()) >= SHORTEST && levenshtein(a, b) <= LETTERS)
}

/// A group of entities already joined.
struct Person {
    root: u32,
    shown: String,
    name: Name,
    offices: BTreeSet<Symbol>,
}

/// What persons are compared by: only those of one given name, or of one office, are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Shared<'p> {
    Given(&'p str),
    Office(Symbol),
}

/// Joins misspelt persons and says why.
pub(super) fn join(items: &Items, clues: &Clues, corrections: &Corrections, union: &mut Union, reasons: &mut Reasons) {
    let Some(people) = clues.person().map(|kind| people(items, clues, kind, union)) else { return };
    let mut buckets: BTreeMap<Shared<'_>, Vec<usize>> = BTreeMap::new();
    for (at, person) in people.iter().enumerate() {
        buckets.entry(Shared::Given(&person.name.given)).or_default().push(at);
        for office in &person.offices {
            buckets.entry(Shared::Office(*office)).or_default().push(at);
        }
    }
    // A given name tells more than an office: it comes first. Offices come as their texts do, not their numbers.
    let mut buckets: Vec<(Shared<'_>, Vec<usize>)> = buckets.into_iter().filter(|b| b.1.len() > 1).collect();
    let text = |shared: &Shared<'_>| match shared {
        Shared::Given(_) => "",
        Shared::Office(office) => items.text(*office),
    };
    buckets.sort_by(|a, b| text(&a.0).cmp(text(&b.0)));
    let mut close: BTreeMap<(usize, usize), String> = BTreeMap::new();
    for (shared, bucket) in &buckets {
        let office = matches!(shared, Shared::Office(_)).then(|| text(shared));
        for (a, b) in candidates(&people, bucket) {
            if let Some(reason) = reason(&people[a], &people[b], office)
                && !corrections.differ(&people[a].shown, &people[b].shown)
            {
                close.entry((a, b)).or_insert(reason);
            }
        }
    }
    for group in cliques(people.len(), &close) {
        for (at, &a) in group.iter().enumerate() {
            for (&b, reason) in group[at + 1..].iter().filter_map(|b| Some((b, close.get(&(a, *b))?))) {
                union.join(people[a].root, people[b].root);
                reasons.push((people[a].root, reason.clone()));
            }
        }
    }
}

/// Fewer are compared each with each.
const FEW: usize = 48;

/// Pairs of a bucket, each once and ascending, among which are all whose family names are close. Two names that differ
/// by two letters become one when at most two are left out of each, so that nothing else need be compared:
/// O(people), but for names that are alike.
fn candidates(people: &[Person], bucket: &[usize]) -> Vec<(usize, usize)> {
    if bucket.len() <= FEW {
        let pairs = bucket.iter().enumerate().flat_map(|(i, &a)| bucket[i + 1..].iter().map(move |&b| (a.min(b), a.max(b))));
        return pairs.collect();
    }
    let mut shortened: Vec<(u64, usize)> = Vec::new();
    for &at in bucket {
        let letters: Vec<char> = people[at].name.family.chars().collect();
        let mut add = |skip: [usize; LETTERS]| {
            let mut hasher = FxHasher::default();
            letters.iter().enumerate().filter(|(i, _)| !skip.contains(i)).for_each(|(_, c)| hasher.write_u32(u32::from(*c)));
            shortened.push((hasher.finish(), at));
        };
        let none = usize::MAX;
        add([none, none]);
        if letters.len() >= SHORTEST && letters.len() <= LONGEST {
            for i in 0..letters.len() {
                add([i, none]);
                (i + 1..letters.len()).for_each(|j| add([i, j]));
            }
        }
    }
    shortened.sort_unstable();
    shortened.dedup();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for run in shortened.chunk_by(|a, b| a.0 == b.0) {
        for (i, &(_, a)) in run.iter().enumerate() {
            pairs.extend(run[i + 1..].iter().map(|&(_, b)| (a, b)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn reason(a: &Person, b: &Person, office: Option<&str>) -> Option<String> {
    let (x, y) = if a.shown < b.shown { (&a.shown, &b.shown) } else { (&b.shown, &a.shown) };
    match office {
        None => a.name.is_close(&b.name).then(|| {
            let letters = levenshtein(&a.name.family, &b.name.family);
            let s = if letters == 1 { "" } else { "s" };
            format!("“{x}” and “{y}”: the same given name, and family names that differ by {letters} letter{s}")
        }),
        Some(office) => a
            .name
            .is_close_in_office(&b.name)
            .then(|| format!("“{x}” and “{y}”: names that differ by a few letters, and the same office ({office})")),
    }
}

/// Connected groups in which each is close to each.
fn cliques(len: usize, close: &BTreeMap<(usize, usize), String>) -> Vec<Vec<usize>> {
    let mut union = Union::new(len);
    close.keys().for_each(|&(a, b)| union.join(a as u32, b as u32));
    let mut groups: BTreeMap<u32, BTreeSet<usize>> = BTreeMap::new();
    for &at in close.keys().flat_map(|(a, b)| [a, b]) {
        groups.entry(union.root(at as u32)).or_default().insert(at);
    }
    let is_clique = |g: &BTreeSet<usize>| g.iter().all(|a| g.range(a + 1..).all(|b| close.contains_key(&(*a, *b))));
    groups.into_values().filter(is_clique).map(|g| g.into_iter().collect()).collect()
}

/// The persons with a given and a family name, one a group.
fn people(items: &Items, clues: &Clues, kind: &str, union: &mut Union) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    let mut at_root: FxHashMap<u32, usize> = FxHashMap::default();
    let Some(kind) = items.texts.find(kind) else { return people };
    for (at, item) in items.all.iter().enumerate().filter(|(_, i)| i.kind == kind && !i.described) {
        let (root, shown) = (union.root(at as u32), items.text(item.name));
        let Some(name) = Name::of(shown) else { continue };
        let place = *at_root.entry(root).or_insert_with(|| {
            people.push(Person { root, shown: shown.to_owned(), name: name.clone(), offices: BTreeSet::new() });
            people.len() - 1
        });
        // The least name stands for the group in every order.
        let person = &mut people[place];
        if (&name, shown) < (&person.name, person.shown.as_str()) {
            (person.name, person.shown) = (name, shown.to_owned());
        }
    }
    for &(person, office) in &clues.offices {
        if let Some(&place) = at_root.get(&union.root(person)) {
            people[place].offices.insert(office);
        }
    }
    people
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: &str, b: &str) -> bool {
        Name::of(a).unwrap().is_close(&Name::of(b).unwrap())
    }

    #[test]
    fn spellings_of_one_name_are_close_and_relatives_are_not() {
        assert!(close("Sanae Takaichi", "Sanae Takachi"));
        assert!(!close("Shavkat Mirziyoyev", "Saida Mirziyoyeva"));
        assert!(!close("Ivan Petrov", "Ivan Petrova"));
        assert!(!close("Nursultan Nazarbayev", "Dariga Nazarbayeva"));
    }

    #[test]
    fn many_persons_are_compared_as_few_are() {
        let families = [
            "takaichi",
            "takachi",
            "mirziyoyev",
            "mirzioyev",
            "mirzyoyev",
            "tokayev",
            "tokaev",
            "li",
            "wu",
            "nazarbayev",
            "nazarbaev",
        ];
        let all: Vec<Person> = (0..240_u32)
            .map(|n| {
                let mut family = families[n as usize % families.len()].to_owned();
                let at = (n as usize * 7) % family.len();
                family.insert(at, char::from(b'a' + (n % 26) as u8));
                let name = Name { given: "x".into(), family };
                Person { root: n, shown: n.to_string(), name, offices: BTreeSet::new() }
            })
            .collect();
        let everybody: Vec<usize> = (0..all.len()).collect();
        let is_close = |&(a, b): &(usize, usize)| all[a].name.is_close(&all[b].name);
        let found: Vec<_> = candidates(&all, &everybody).into_iter().filter(is_close).collect();
        let each = everybody.iter().flat_map(|&a| (a + 1..all.len()).map(move |b| (a, b)));
        assert_eq!(found, each.filter(is_close).collect::<Vec<_>>());
        assert!(found.len() > 50);
    }
}
