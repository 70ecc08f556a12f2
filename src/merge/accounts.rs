//! What documents tell of happenings, agreements and things without a name: as accounts that can be compared.
//!
//! An account is made when its turn comes, and only then: of a hundred thousand documents those of one group are in memory, and
//! of the others the places of what is told. Words are numbers, each form of a name is cut once.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::clues::{Clues, Told};
use super::items::{Item, Items};
use crate::graph::{Groups, NO_TEXT, Symbol, Symbols, Union};
use crate::model::PartialDate;
use crate::names::fold;

/// Shorter words of a name tell nothing.
pub(super) const SHORTEST: usize = 5;

/// A set of a few, ascending.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SortedSet<T>(Vec<T>);

impl<T> Default for SortedSet<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Ord> FromIterator<T> for SortedSet<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut items: Vec<T> = items.into_iter().collect();
        items.sort_unstable();
        items.dedup();
        Self(items)
    }
}

impl<T: Ord> SortedSet<T> {
    pub(super) fn insert(&mut self, item: T) {
        if let Err(place) = self.0.binary_search(&item) {
            self.0.insert(place, item);
        }
    }

    pub(super) fn contains(&self, item: &T) -> bool {
        self.0.binary_search(item).is_ok()
    }

    pub(super) fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn is_subset(&self, other: &Self) -> bool {
        self.len() <= other.len() && self.iter().all(|item| other.contains(item))
    }

    /// How many both have.
    pub(super) fn shared(&self, other: &Self) -> usize {
        let (few, many) = if self.len() <= other.len() { (self, other) } else { (other, self) };
        few.iter().filter(|item| many.contains(item)).count()
    }

    pub(super) fn meets(&self, other: &Self) -> bool {
        self.shared(other) > 0
    }
}

/// What some articles say of a happening or an agreement.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Account {
    /// Words of its names that begin with a small letter.
    pub(super) words: SortedSet<Symbol>,
    /// All words of its names.
    pub(super) all_words: SortedSet<Symbol>,
    /// Who is said to have taken part, as a fact; the parties of an agreement.
    pub(super) states: SortedSet<Symbol>,
    /// By family name; however an article spells a person, it is that of all articles.
    pub(super) persons: BTreeMap<Symbol, Symbol>,
    /// When it was, by its own date.
    pub(super) dates: SortedSet<PartialDate>,
    /// When it was reported first and last, in days.
    pub(super) reported: Option<(i32, i32)>,
    /// Happenings at which it was adopted.
    pub(super) adopted: SortedSet<u32>,
    /// What is said of a thing without a name.
    pub(super) said: SortedSet<Symbol>,
}

/// A happening, an agreement or a thing without a name as some articles describe it.
#[derive(Default)]
pub(super) struct Described {
    pub(super) at: u32,
    pub(super) name: Symbol,
    pub(super) account: Account,
    /// Articles that speak of it: one article tells its happenings apart itself.
    pub(super) articles: SortedSet<(u32, u32)>,
}

/// A word of a form, by its number here, and whether it begins with a small letter.
type Word = (Symbol, bool);

/// The words of names, and persons' family names, by number.
#[derive(Default)]
pub(super) struct Words {
    texts: Symbols,
    /// Where the words of each form lie.
    forms: FxHashMap<Symbol, Range<u32>>,
    list: Vec<Word>,
    /// The family names of persons, by name.
    families: FxHashMap<Symbol, Symbol>,
}

impl Words {
    /// The number of a folded word that some name has.
    pub(super) fn find(&self, word: &str) -> Option<Symbol> {
        self.texts.find(word)
    }

    /// A word or a family name.
    pub(super) fn text(&self, word: Symbol) -> &str {
        self.texts.text(word)
    }

    fn cut(&mut self, form: Symbol, items: &Items) {
        if self.forms.contains_key(&form) {
            return;
        }
        let start = self.list.len() as u32;
        let parts = items.text(form).split(|c: char| !c.is_alphanumeric());
        for word in parts.filter(|w| w.starts_with(char::is_alphabetic) && w.chars().count() >= SHORTEST) {
            self.list.push((self.texts.add(&fold(word)), word.starts_with(char::is_lowercase)));
        }
        self.forms.insert(form, start..self.list.len() as u32);
    }

    fn of(&self, form: Symbol) -> &[Word] {
        let range = self.forms.get(&form).cloned().unwrap_or_default();
        self.list.get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    fn add_person(&mut self, name: Symbol, items: &Items) {
        if !self.families.contains_key(&name) {
            // The last word of a name.
            let folded = fold(items.text(name));
            let family = self.texts.add(folded.rsplit(' ').next().unwrap_or_default());
            self.families.insert(name, family);
        }
    }
}

/// Where what is told of some things lies. They are told apart by their sets, as these were when this was made.
pub(super) struct Accounts<'a> {
    items: &'a Items,
    clues: &'a Clues,
    words: &'a Words,
    roots: Vec<u32>,
    /// The entities of each set that are asked about.
    members: Groups,
    /// What is told of each.
    told: Groups,
}

impl<'a> Accounts<'a> {
    /// Looks up what is told of some entities that the gazetteer does not know, and of those that they are one with.
    pub(super) fn new(
        items: &'a Items,
        clues: &'a Clues,
        words: &'a mut Words,
        union: &mut Union,
        is: impl Fn(u32, &Item) -> bool,
    ) -> Self {
        let count = items.all.len();
        let roots: Vec<u32> = (0..count as u32).map(|at| union.root(at)).collect();
        let asked = |(at, item): (u32, &Item)| if !Items::is_known(item) && is(at, item) { roots[at as usize] } else { NO_TEXT };
        let members = Groups::new(count, (0..).zip(&items.all).map(asked));
        let about = |(item, _): &(u32, Told)| {
            let root = roots.get(*item as usize).copied().unwrap_or(NO_TEXT);
            if members.of(root).is_empty() { NO_TEXT } else { root }
        };
        let told = Groups::new(count, clues.told.iter().map(about));
        for item in (0..count as u32).flat_map(|root| members.of(root)).filter_map(|&at| items.all.get(at as usize)) {
            items.forms(item).iter().for_each(|&form| words.cut(form, items));
        }
        for at in (0..count as u32).flat_map(|root| told.of(root)) {
            if let Some((_, Told::Person(person))) = clues.told.get(*at as usize) {
                words.add_person(person_name(items, &roots, *person), items);
            }
        }
        Self { items, clues, words, roots, members, told }
    }

    /// The sets that are asked about, in the order of documents.
    pub(super) fn sets(&self) -> impl Iterator<Item = u32> + '_ {
        (0..self.roots.len() as u32).filter(|&root| !self.members.of(root).is_empty())
    }

    /// The set whose first entity that is asked about is this one.
    pub(super) fn set_of(&self, at: u32) -> Option<u32> {
        self.roots.get(at as usize).copied().filter(|&root| self.members.of(root).first() == Some(&at))
    }

    /// The first entity of a set that is asked about.
    pub(super) fn first(&self, set: u32) -> u32 {
        self.members.of(set).first().copied().unwrap_or(set)
    }

    /// The words of all names.
    pub(super) fn words(&self) -> &'a Words {
        self.words
    }

    /// Whether a name of a set has a word.
    pub(super) fn has_word(&self, set: u32, word: Symbol) -> bool {
        let forms = self.of_set(set).flat_map(|item| self.items.forms(item));
        forms.flat_map(|&form| self.words.of(form)).any(|w| w.0 == word)
    }

    /// The states of a set, without the rest of its account.
    pub(super) fn states(&self, set: u32) -> SortedSet<Symbol> {
        let state = |told: &Told| if let Told::State(state) = told { Some(*state) } else { None };
        self.told_of(set).filter_map(|(_, told)| state(told)).collect()
    }

    /// All that is told of a set.
    pub(super) fn of(&self, set: u32) -> Described {
        let at = self.first(set);
        let name = self.items.all.get(at as usize).map_or(NO_TEXT, |item| item.name);
        let words = || self.of_set(set).flat_map(|item| self.items.forms(item)).flat_map(|&form| self.words.of(form));
        let account = Account {
            words: words().filter(|w| w.1).map(|w| w.0).collect(),
            all_words: words().map(|w| w.0).collect(),
            ..Account::default()
        };
        let mut described = Described { at, name, account, articles: SortedSet::default() };
        self.told_of(set).for_each(|(item, told)| self.add(&mut described, *item, told));
        described
    }

    fn add(&self, described: &mut Described, item: u32, told: &Told) {
        let account = &mut described.account;
        match told {
            Told::State(state) => account.states.insert(*state),
            Told::Person(person) => {
                let name = person_name(self.items, &self.roots, *person);
                account.persons.insert(self.words.families.get(&name).copied().unwrap_or(NO_TEXT), name);
            }
            Told::Date(date) => account.dates.insert(*date),
            Told::Said(said) => account.said.insert(*said),
            Told::Adopted(happening) => account.adopted.insert(self.roots.get(*happening as usize).copied().unwrap_or(NO_TEXT)),
            Told::Article(..) if self.items.all.get(item as usize).is_some_and(Items::is_known) => {}
            Told::Article(document, article) => described.articles.insert((*document, *article)),
            Told::Reported(day) => {
                account.reported = Some(account.reported.map_or((*day, *day), |r| (r.0.min(*day), r.1.max(*day))));
            }
        }
    }

    fn of_set(&self, set: u32) -> impl Iterator<Item = &'a Item> + '_ {
        self.members.of(set).iter().filter_map(|&at| self.items.all.get(at as usize))
    }

    fn told_of(&self, set: u32) -> impl Iterator<Item = &'a (u32, Told)> + '_ {
        self.told.of(set).iter().filter_map(|&at| self.clues.told.get(at as usize))
    }
}

/// The name that a person goes by in all articles.
fn person_name(items: &Items, roots: &[u32], person: u32) -> Symbol {
    let one = roots.get(person as usize).and_then(|&root| items.all.get(root as usize));
    one.map_or(NO_TEXT, |i| if Items::is_known(i) { i.known } else { i.name })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_sorted_set_is_a_set(a in prop::collection::vec(0..6_u32, 0..6), b in prop::collection::vec(0..6_u32, 0..6)) {
            let (few, other): (SortedSet<u32>, SortedSet<u32>) = (a.iter().copied().collect(), b.iter().copied().collect());
            let (set, others): (BTreeSet<u32>, BTreeSet<u32>) = (a.iter().copied().collect(), b.iter().copied().collect());
            let mut one_by_one = SortedSet::default();
            a.iter().for_each(|&item| one_by_one.insert(item));
            prop_assert_eq!(&one_by_one, &few);
            prop_assert!(few.iter().eq(&set));
            prop_assert_eq!(few.is_subset(&other), set.is_subset(&others));
            prop_assert_eq!(few.shared(&other), set.intersection(&others).count());
            prop_assert_eq!(few.meets(&other), !set.is_disjoint(&others));
        }
    }
}
