//! Happenings and agreements that several articles describe each in words of its own: "its first summit with Kazakhstan, …"
//! here, "a summit in Tokyo" there.
//!
//! Two happenings are one if exactly the same states took part, three at least, or two on the same day; or if a person took part in both on the same
//! day, and nobody in one who is not in the other. Two agreements are one if they have exactly the same parties, two at least, and the same
//! date, or were adopted at one happening. Their names have to share what kind of thing they are, and nothing may speak
//! against it: other persons, other dates, articles of times far apart; of what parties have one agreement on at a time (peace), only
//! the dates may. Only who did take part counts: a meeting that was planned and
//! called off is not the one that was held. A group is joined only if each of it agrees with each other one.
//!
//! Parties may sign thousands of agreements: what is joined has a mark in common (a month, a day, a word: see [`Rule::marks`]), and only
//! what has one is compared.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash as _, Hasher as _};

use rustc_hash::{FxHashMap, FxHasher};

use super::clues::{Clues, Told, days};
use super::corrections::Corrections;
use super::items::{Item, Items};
use super::link::Reasons;
use crate::graph::{NO_TEXT, Symbol, Union};
use crate::model::PartialDate;
use crate::names::fold;

/// Fewer states that took part describe too many meetings.
const FEWEST: usize = 3;
/// … unless the day is the same.
const PAIR: usize = 2;
/// One party alone has too many agreements.
pub(super) const PARTIES: usize = 2;
/// Shorter words of a name tell nothing.
pub(super) const SHORTEST: usize = 5;
/// Articles that report one happening are published within so many days of each other.
const DAYS: i32 = 45;
/// What happened on a day is news on that day and so many after it; what takes several days is dated by any of them.
const NEWS: i32 = 3;
/// What bears a name and comes again does so after as many days at least: a forum each year, in spring and in autumn.
const SEASON: i32 = 120;

/// What some articles say of a happening or an agreement.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Account {
    /// Words of its names that begin with a small letter.
    words: BTreeSet<String>,
    /// All words of its names.
    all_words: BTreeSet<String>,
    /// Who is said to have taken part, as a fact; the parties of an agreement.
    pub(super) states: BTreeSet<Symbol>,
    /// By family name; however an article spells a person, it is that of all articles.
    persons: BTreeMap<String, Symbol>,
    /// When it was, by its own date.
    dates: BTreeSet<PartialDate>,
    /// When it was reported first and last, in days.
    reported: Option<(i32, i32)>,
    /// Happenings at which it was adopted.
    adopted: BTreeSet<u32>,
    /// What is said of a thing without a name.
    pub(super) said: BTreeSet<Symbol>,
}

/// A happening, an agreement or a thing without a name as some articles describe it.
#[derive(Default)]
pub(super) struct Described {
    pub(super) at: u32,
    pub(super) name: String,
    pub(super) account: Account,
    /// Articles that speak of it: one article tells its happenings apart itself.
    articles: BTreeSet<(u32, u32)>,
}

impl Account {
    /// Whether nothing speaks against their being one.
    fn agrees(&self, other: &Self) -> bool {
        self.reported_near(other).unwrap_or(true)
            && (self.persons.is_empty() || other.persons.is_empty() || self.persons.keys().any(|p| other.persons.contains_key(p)))
            && self.may_be_of_one_date(other)
    }

    /// Whether they were reported at one time, if it is known of both.
    fn reported_near(&self, other: &Self) -> Option<bool> {
        let (a, b) = (self.reported?, other.reported?);
        Some((a.1 - b.0).max(b.1 - a.0) <= DAYS)
    }

    /// Whether one of them has all parties of the other, as far as they are told.
    fn has_or_is_of_parties(&self, other: &Self) -> bool {
        self.states.is_subset(&other.states) || other.states.is_subset(&self.states)
    }

    /// Whether so much is said of both that they are one: one thing if both are reports of one time, else two.
    fn says_the_same(&self, other: &Self) -> bool {
        let shared = self.said.intersection(&other.said).count();
        shared > usize::from(self.reported_near(other) != Some(true))
    }

    /// Whether no two dates that are said differ.
    fn may_be_of_one_date(&self, other: &Self) -> bool {
        self.are_dates_within(other, NEWS)
    }

    /// Whether no two dates that are said lie so many days apart.
    fn are_dates_within(&self, other: &Self, most: i32) -> bool {
        let near = |a: &PartialDate, b: &PartialDate| match (a.year, b.year) {
            (Some(_), Some(_)) => days_apart(a, b).is_some_and(|days| days <= most),
            // "On August 9", of which year ever.
            _ => a.month.is_none() || b.month.is_none() || a.month == b.month,
        };
        self.dates.iter().all(|a| other.dates.iter().all(|b| is_within(a, b) || near(a, b)))
    }

    /// Whether a date that is said speaks for it: the same, or the day of which the other is news.
    fn is_of_one_time(&self, other: &Self) -> bool {
        let same = |a: &PartialDate| a.month.is_some() && other.dates.iter().any(|b| b.month.is_some() && is_within(a, b));
        self.dates.iter().any(same) || self.is_news(other) || other.is_news(self)
    }

    /// Whether the other was reported right after the day of this one.
    fn is_news(&self, other: &Self) -> bool {
        let day = |d: &PartialDate| d.day.and(days(*d));
        let reported = other.reported.filter(|_| other.dates.is_empty());
        reported.is_some_and(|(first, last)| self.dates.iter().filter_map(day).any(|d| d <= first && last <= d + NEWS))
    }

    /// Whether all who took part in one took part in the other.
    fn contains_or_is_in(&self, other: &Self) -> bool {
        !self.states.is_empty()
            && !other.states.is_empty()
            && (self.states.is_subset(&other.states) || other.states.is_subset(&self.states))
            && (self.are_persons_of(other) || other.are_persons_of(self))
    }

    fn are_persons_of(&self, other: &Self) -> bool {
        self.persons.keys().all(|p| other.persons.contains_key(p))
    }

    /// The days on which it may have been.
    fn days(&self) -> Vec<i32> {
        let own: Vec<i32> = self.dates.iter().filter(|d| d.day.is_some()).filter_map(|d| days(*d)).collect();
        match self.reported {
            Some((first, _)) if self.dates.is_empty() => (first - NEWS..=first).collect(),
            Some(_) | None => own,
        }
    }
}

/// Days between two dates that tell the month; by the middle of it where no day is told.
fn days_apart(a: &PartialDate, b: &PartialDate) -> Option<i32> {
    Some((days(*a)? - days(*b)?).abs())
}

/// Whether one date is the other, or more exact.
fn is_within(a: &PartialDate, b: &PartialDate) -> bool {
    let holds = |wide: &PartialDate, exact: &PartialDate| {
        wide.year == exact.year
            && (wide.month.is_none() || wide.month == exact.month && (wide.day.is_none() || wide.day == exact.day))
    };
    holds(a, b) || holds(b, a)
}

/// By what accounts are one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// Happenings of one name.
    Named,
    /// Agreements of one name.
    Pact,
    /// What is described alike, of the same states.
    Called,
    /// What is described alike, and of which the same is said.
    Alike,
    /// The same states took part.
    States,
    /// A person took part on the same day.
    Day,
    /// The same parties agreed then.
    Agreement,
    /// The parties have one agreement on such a thing at a time.
    Sole,
}

/// What two accounts that are one have in common.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Mark {
    Every,
    Month(Option<i16>, Option<u8>),
    /// A day, said of one and on which the other was reported.
    News(i32),
    Adopted(u32),
    /// A word, and a time at which it was reported.
    Word(String, Reported),
    /// A time and a word of a name, by their hash: what is taken for another one is compared, and no more.
    Both(u64),
    /// A season in which it was.
    Season(Reported),
    Party(Option<Symbol>),
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Reported {
    Whenever,
    Unknown,
    /// In spans of as many days as reports of one thing may lie apart.
    Span(i32),
}

impl Rule {
    /// Whether two accounts are of one thing.
    fn joins(self, a: &Account, b: &Account) -> bool {
        match self {
            Self::Named => a.are_dates_within(b, SEASON),
            Self::Pact => a.has_or_is_of_parties(b) && a.are_dates_within(b, SEASON),
            Self::Called => a.agrees(b),
            Self::Alike => a.says_the_same(b) && a.agrees(b),
            Self::States => !a.words.is_disjoint(&b.words) && a.agrees(b),
            Self::Day => !a.words.is_disjoint(&b.words) && a.is_of_one_time(b) && a.contains_or_is_in(b) && a.agrees(b),
            Self::Agreement => {
                let kind = !a.words.is_disjoint(&b.words) || !a.all_words.is_disjoint(&b.all_words);
                let one_name_is_longer = a.all_words.is_subset(&b.all_words) || b.all_words.is_subset(&a.all_words);
                kind && one_name_is_longer && a.agrees(b) && (a.is_of_one_time(b) || !a.adopted.is_disjoint(&b.adopted))
            }
            Self::Sole => a.may_be_of_one_date(b),
        }
    }

    /// Whether a third account is one with both or with neither.
    fn is_same(self, a: &Account, b: &Account) -> bool {
        if self == Self::Sole { a.dates == b.dates } else { a == b }
    }

    /// The marks under which an account is found, and those of others that it may be one with.
    fn marks(self, account: &Account, rarity: &Rarity) -> [Vec<Mark>; 2] {
        let mut marks = [Vec::new(), Vec::new()];
        match self {
            // Of few dates.
            Self::Sole => marks.iter_mut().for_each(|of| of.push(Mark::Every)),
            Self::Named => account.mark_seasons(&mut marks),
            Self::Pact => account.mark_parties(&mut marks),
            Self::Called | Self::Alike => account.mark_word("", &mut marks),
            Self::Day => account.mark_times(&mut marks),
            Self::States => account.words.iter().for_each(|word| account.mark_word(word, &mut marks)),
            Self::Agreement => {
                account.mark_times(&mut marks);
                if let Some(rarest) = rarity.rarest(&account.all_words) {
                    account.mark_names(rarest, &mut marks);
                }
            }
        }
        marks
    }
}

/// How many accounts use each word: parties may sign thousands of memoranda in a month, and those of one rare word are few.
#[derive(Default)]
struct Rarity(FxHashMap<String, usize>);

impl Rarity {
    fn of<'a>(accounts: impl Iterator<Item = &'a Account>) -> Self {
        let mut rarity = Self::default();
        for word in accounts.flat_map(|a| &a.all_words) {
            match rarity.0.get_mut(word) {
                Some(count) => *count += 1,
                None => drop(rarity.0.insert(word.clone(), 1)),
            }
        }
        rarity
    }

    fn rarest<'w>(&self, words: &'w BTreeSet<String>) -> Option<&'w str> {
        words.iter().min_by_key(|word| self.0.get(*word)).map(String::as_str)
    }
}

impl Account {
    /// Marks for [`Account::agrees`], which asks for reports of one time, if it is known of both.
    fn mark_word(&self, word: &str, [own, others]: &mut [Vec<Mark>; 2]) {
        let mark = |reported| Mark::Word(word.to_owned(), reported);
        own.push(mark(Reported::Whenever));
        others.push(mark(Reported::Unknown));
        match self.reported {
            None => {
                own.push(mark(Reported::Unknown));
                others.push(mark(Reported::Whenever));
            }
            Some((first, last)) => {
                let spans = first.div_euclid(DAYS)..=last.div_euclid(DAYS);
                others.extend((spans.start() - 1..=spans.end() + 1).map(|span| mark(Reported::Span(span))));
                own.extend(spans.map(|span| mark(Reported::Span(span))));
            }
        }
    }

    /// Each mark of a time with each word: where one name has all words of another, it has its rarest one.
    fn mark_names(&self, rarest: &str, [own, others]: &mut [Vec<Mark>; 2]) {
        let both = |time: &Mark, word: &str, is_rarest: bool| {
            let mut hasher = FxHasher::default();
            (time, word, is_rarest).hash(&mut hasher);
            Mark::Both(hasher.finish())
        };
        let each = |time: &Mark, is_rarest: bool| -> Vec<Mark> {
            let all = self.all_words.iter().map(|word| both(time, word, is_rarest));
            all.chain([both(time, rarest, !is_rarest)]).collect()
        };
        *own = own.iter().flat_map(|time| each(time, false)).collect();
        *others = others.iter().flat_map(|time| each(time, true)).collect();
    }

    /// Marks for [`Account::are_dates_within`] a season: what has no full date may be of any.
    fn mark_seasons(&self, [own, others]: &mut [Vec<Mark>; 2]) {
        own.push(Mark::Season(Reported::Whenever));
        others.push(Mark::Season(Reported::Unknown));
        let seasons: Option<Vec<i32>> = self.dates.iter().map(|d| d.year.and(days(*d)).map(|d| d.div_euclid(SEASON))).collect();
        match seasons.filter(|s| !s.is_empty()) {
            None => {
                own.push(Mark::Season(Reported::Unknown));
                others.push(Mark::Season(Reported::Whenever));
            }
            Some(seasons) => {
                let near = seasons.iter().flat_map(|s| s - 1..=s + 1);
                others.extend(near.map(|s| Mark::Season(Reported::Span(s))));
                own.extend(seasons.into_iter().map(|s| Mark::Season(Reported::Span(s))));
            }
        }
    }

    /// Marks for [`Account::has_or_is_of_parties`]: a party that both have, or one has none.
    fn mark_parties(&self, [own, others]: &mut [Vec<Mark>; 2]) {
        own.push(Mark::Every);
        others.push(Mark::Party(None));
        if self.states.is_empty() {
            own.push(Mark::Party(None));
            others.push(Mark::Every);
        }
        own.extend(self.states.iter().map(|&s| Mark::Party(Some(s))));
        others.extend(self.states.iter().map(|&s| Mark::Party(Some(s))));
    }

    /// Marks for [`Account::is_of_one_time`], and for a happening that both were adopted at.
    fn mark_times(&self, [own, others]: &mut [Vec<Mark>; 2]) {
        let months = self.dates.iter().filter(|d| d.month.is_some()).map(|d| Mark::Month(d.year, d.month));
        own.extend(months.chain(self.adopted.iter().map(|&at| Mark::Adopted(at))));
        others.extend_from_slice(own);
        let mut news: Vec<Mark> = Vec::new();
        for day in self.dates.iter().filter(|d| d.day.is_some()).filter_map(|d| days(*d)) {
            news.extend((day..=day + NEWS).map(Mark::News));
        }
        if self.dates.is_empty() {
            news.extend(self.reported.map(|(first, _)| Mark::News(first)));
        }
        own.extend_from_slice(&news);
        others.extend(news);
    }
}

/// Joins what is one happening, or one agreement, and says why.
pub(super) fn join(items: &Items, clues: &Clues, corrections: &Corrections, union: &mut Union, reasons: &mut Reasons) {
    let mut joining = Joining { corrections, union, reasons };
    // The states that took part lead to the happening: those of one set are compared.
    let mut buckets: BTreeMap<Vec<Symbol>, Vec<Described>> = BTreeMap::new();
    for happening in gather(items, clues, joining.union, |_, item| clues.is_happening(items.text(item.kind))) {
        if happening.account.states.len() >= PAIR {
            buckets.entry(happening.account.states.iter().copied().collect()).or_default().push(happening);
        }
    }
    for (states, bucket) in buckets {
        // Two states meet often: the day has to be the same.
        let (rule, when) = if states.len() >= FEWEST { (Rule::States, "") } else { (Rule::Day, " on the same day") };
        let why = format!("the same {} states took part{when}, and nothing speaks against it", states.len());
        joining.groups(bucket, rule, &why);
    }
    by_day(items, clues, &mut joining);
    agreements(items, clues, &mut joining);
}

/// Happenings in which a person took part on a day: the day that is said, or that of which a report is news.
fn by_day(items: &Items, clues: &Clues, joining: &mut Joining<'_>) {
    let mut buckets: BTreeMap<(String, i32), (Symbol, Vec<usize>)> = BTreeMap::new();
    let mut all: Vec<Option<Described>> =
        gather(items, clues, joining.union, |_, item| clues.is_happening(items.text(item.kind))).into_iter().map(Some).collect();
    let mut places: BTreeMap<u32, usize> = BTreeMap::new();
    for (at, happening) in all.iter().enumerate().filter_map(|(at, h)| Some((at, h.as_ref()?))) {
        places.insert(happening.at, at);
        for day in happening.account.days() {
            for (family, &person) in &happening.account.persons {
                buckets.entry((family.clone(), day)).or_insert((person, Vec::new())).1.push(at);
            }
        }
    }
    for (person, bucket) in buckets.into_values().filter(|b| b.1.len() > 1) {
        // What was joined for one person is not joined again for another: that would be a chain.
        let here: Vec<Described> = bucket.iter().filter_map(|&at| all[at].take()).collect();
        let why = format!("{} took part on the same day, and nothing speaks against it", items.text(person));
        for described in joining.groups(here, Rule::Day, &why) {
            let place = places.get(&described.at).copied();
            if let Some(place) = place.and_then(|p| all.get_mut(p)) {
                *place = Some(described);
            }
        }
    }
}

/// Agreements with the same parties, of one kind and date, or adopted at one happening; or on what parties have one agreement on.
fn agreements(items: &Items, clues: &Clues, joining: &mut Joining<'_>) {
    let mut buckets: BTreeMap<Vec<Symbol>, Vec<Described>> = BTreeMap::new();
    for agreement in gather(items, clues, joining.union, |_, item| clues.is_agreement(items.text(item.kind))) {
        if agreement.account.states.len() >= PARTIES {
            buckets.entry(agreement.account.states.iter().copied().collect()).or_default().push(agreement);
        }
    }
    for (parties, mut bucket) in buckets {
        for word in clues.sole() {
            let is_one = |d: &Described| d.account.all_words.contains(&**word);
            let (mut of_word, rest): (Vec<Described>, Vec<Described>) = bucket.into_iter().partition(is_one);
            bucket = rest;
            // An article may call the one that there is by several names.
            of_word.iter_mut().for_each(|d| d.articles.clear());
            let why = format!("the same {} parties, which have one agreement on {word} at a time", parties.len());
            joining.groups(of_word, Rule::Sole, &why);
        }
        let why = format!("the same {} parties, the same kind and the same date, and nothing speaks against it", parties.len());
        // Of what no time is known nothing is the same: it is compared with nothing.
        bucket.retain(|d| !(d.account.dates.is_empty() && d.account.reported.is_none() && d.account.adopted.is_empty()));
        joining.groups(bucket, Rule::Agreement, &why);
    }
}

/// What joining changes, and a person's word on it.
pub(super) struct Joining<'j> {
    pub(super) corrections: &'j Corrections,
    pub(super) union: &'j mut Union,
    pub(super) reasons: &'j mut Reasons,
}

/// Some that are one, in the order of documents.
#[derive(Default)]
struct Group {
    members: Vec<Described>,
    /// Members of which no earlier one says the same: thousands of articles may tell of one summit alike.
    distinct: Vec<usize>,
    articles: BTreeSet<(u32, u32)>,
}

impl Group {
    fn takes(&self, new: &Described, corrections: &Corrections, rule: Rule) -> bool {
        self.articles.is_disjoint(&new.articles)
            && self
                .distinct
                .iter()
                .filter_map(|&at| self.members.get(at))
                .all(|member| rule.joins(&member.account, &new.account) && !corrections.differ(&member.name, &new.name))
    }

    fn add(&mut self, new: Described, rule: Rule) {
        let is_new = |&at: &usize| self.members[at].name != new.name || !rule.is_same(&self.members[at].account, &new.account);
        if self.distinct.iter().all(is_new) {
            self.distinct.push(self.members.len());
        }
        self.articles.extend(&new.articles);
        self.members.push(new);
    }
}

impl Joining<'_> {
    /// Joins those of a bucket that agree, each with each; returns those that stay alone.
    pub(super) fn groups(&mut self, bucket: Vec<Described>, rule: Rule, why: &str) -> Vec<Described> {
        let mut groups: Vec<Group> = Vec::new();
        // Groups by the marks of their first members: who is one with all members is so with the first.
        let mut marked: FxHashMap<Mark, Vec<usize>> = FxHashMap::default();
        let rarity = if rule == Rule::Agreement { Rarity::of(bucket.iter().map(|d| &d.account)) } else { Rarity::default() };
        for described in bucket {
            let [own, others] = rule.marks(&described.account, &rarity);
            let mut near: Vec<usize> = others.iter().filter_map(|mark| marked.get(mark)).flatten().copied().collect();
            near.sort_unstable();
            near.dedup();
            match near.into_iter().find(|&at| groups[at].takes(&described, self.corrections, rule)) {
                Some(at) => groups[at].add(described, rule),
                None => {
                    own.into_iter().for_each(|mark| marked.entry(mark).or_default().push(groups.len()));
                    let mut group = Group::default();
                    group.add(described, rule);
                    groups.push(group);
                }
            }
        }
        let (alone, joined): (Vec<Group>, Vec<Group>) = groups.into_iter().partition(|g| g.members.len() == 1);
        for group in joined {
            let names: BTreeSet<&str> = group.members.iter().map(|d| d.name.as_str()).collect();
            let names: Vec<&str> = names.into_iter().collect();
            group.members.windows(2).for_each(|pair| self.union.join(pair[0].at, pair[1].at));
            self.reasons.push((group.members[0].at, format!("{why}: {}", names.join("; "))));
        }
        alone.into_iter().flat_map(|g| g.members).collect()
    }
}

/// The happenings or agreements as they are joined so far, in the order of documents.
pub(super) fn gather(items: &Items, clues: &Clues, union: &mut Union, is: impl Fn(u32, &Item) -> bool) -> Vec<Described> {
    let mut found: BTreeMap<u32, Described> = BTreeMap::new();
    for (at, item) in items.all.iter().enumerate() {
        if Items::is_known(item) || !is(at as u32, item) {
            continue;
        }
        let described = found.entry(union.root(at as u32)).or_insert_with(|| Described {
            at: at as u32,
            name: items.text(item.name).to_owned(),
            ..Described::default()
        });
        for &form in items.forms(item) {
            described.account.words.extend(words(items.text(form), char::is_lowercase));
            described.account.all_words.extend(words(items.text(form), char::is_alphabetic));
        }
    }
    for (item, told) in &clues.told {
        let Some(described) = found.get_mut(&union.root(*item)) else { continue };
        let account = &mut described.account;
        match told {
            Told::State(state) => drop(account.states.insert(*state)),
            Told::Person(person) => {
                let one = items.all.get(union.root(*person) as usize);
                let name = one.map_or(NO_TEXT, |i| if Items::is_known(i) { i.known } else { i.name });
                account.persons.insert(family(items.text(name)), name);
            }
            Told::Date(date) => drop(account.dates.insert(*date)),
            Told::Said(said) => drop(account.said.insert(*said)),
            Told::Adopted(happening) => drop(account.adopted.insert(union.root(*happening))),
            Told::Article(..) if items.all.get(*item as usize).is_some_and(Items::is_known) => {}
            Told::Article(document, article) => drop(described.articles.insert((*document, *article))),
            Told::Reported(day) => {
                account.reported = Some(account.reported.map_or((*day, *day), |r| (r.0.min(*day), r.1.max(*day))));
            }
        }
    }
    found.into_values().collect()
}

/// The last word of a name.
fn family(name: &str) -> String {
    fold(name).rsplit(' ').next().unwrap_or_default().to_owned()
}

fn words(name: &str, begins: impl Fn(char) -> bool) -> impl Iterator<Item = String> {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().next().is_some_and(&begins));
    words.filter(|w| w.chars().count() >= SHORTEST).map(fold).collect::<Vec<_>>().into_iter()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn account() -> impl Strategy<Value = Account> {
        let words = prop::collection::btree_set(prop::sample::select(vec!["railway", "gas", "trade"]), 1..3);
        let date = (2024..2026_i16, prop::option::of(1..3_u8), prop::option::of(1..5_u8));
        let date = date.prop_map(|(year, month, day)| PartialDate { year: Some(year), month, day: month.and(day) });
        let dates = prop::collection::btree_set(date, 0..3);
        let reported = prop::option::of((0..200_i32, 0..3_i32).prop_map(|(day, more)| (738_700 + day, 738_700 + day + more)));
        let few = |most| prop::collection::btree_set(0..3_u32, 0..most);
        (words, dates, reported, few(2), few(3), few(3)).prop_map(|(words, dates, reported, adopted, states, said)| {
            let words: BTreeSet<String> = words.into_iter().map(str::to_owned).collect();
            Account { all_words: words.clone(), words, dates, reported, adopted, states, said, ..Account::default() }
        })
    }

    #[test]
    fn of_a_thousand_memoranda_in_a_month_few_are_compared() {
        let date = PartialDate::month(2026, 2);
        let of = |n: usize| {
            let all_words = ["memorandum".to_owned(), "pasture".to_owned(), format!("number{n}")].into();
            Account { all_words, dates: [date].into(), ..Account::default() }
        };
        let short = Account { all_words: ["memorandum".to_owned()].into(), dates: [date].into(), ..Account::default() };
        let accounts: Vec<Account> = (0..1000).map(of).chain([short]).collect();
        let rarity = Rarity::of(accounts.iter());
        let mut marked: FxHashMap<Mark, Vec<usize>> = FxHashMap::default();
        let mut compared = 0;
        for (at, account) in accounts.iter().enumerate() {
            let [own, others] = Rule::Agreement.marks(account, &rarity);
            compared += others.iter().filter_map(|mark| marked.get(mark)).map(Vec::len).sum::<usize>();
            own.into_iter().for_each(|mark| marked.entry(mark).or_default().push(at));
        }
        // The short name may be any of them.
        assert!((1000..2100).contains(&compared), "{compared}");
    }

    proptest! {
        #[test]
        fn what_is_one_has_a_mark_in_common(a in account(), b in account()) {
            for rule in [Rule::Named, Rule::Pact, Rule::Called, Rule::Alike, Rule::States, Rule::Day, Rule::Agreement, Rule::Sole] {
                let rarity = Rarity::of([&a, &b].into_iter());
                let marks = |account: &Account| rule.marks(account, &rarity);
                let shared = |a: &Account, b: &Account| marks(a)[0].iter().any(|mark| marks(b)[1].contains(mark));
                if rule.joins(&a, &b) {
                    prop_assert!(shared(&a, &b) && shared(&b, &a), "{a:?} {b:?}");
                }
                prop_assert_eq!(rule.joins(&a, &b), rule.joins(&b, &a));
            }
        }
    }
}
