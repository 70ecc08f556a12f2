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
//! what has one is compared. Of a group of many the accounts that differ are in memory, and those of one group at a time.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash as _, Hasher as _};

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::accounts::{Account, Accounts, Described, SortedSet, Words};
use super::clues::{Clues, days};
use super::corrections::Corrections;
use super::items::Items;
use super::link::Reasons;
use crate::graph::{NO_TEXT, Symbol, Union};
use crate::model::PartialDate;

/// Fewer states that took part describe too many meetings.
const FEWEST: usize = 3;
/// … unless the day is the same.
const PAIR: usize = 2;
/// One party alone has too many agreements.
pub(super) const PARTIES: usize = 2;
/// Articles that report one happening are published within so many days of each other.
const DAYS: i32 = 45;
/// What happened on a day is news on that day and so many after it; what takes several days is dated by any of them.
pub(super) const NEWS: i32 = 3;
/// What bears a name and comes again does so after as many days at least: a forum each year, in spring and in autumn.
pub(super) const SEASON: i32 = 120;

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
        self.said.shared(&other.said) > usize::from(self.reported_near(other) != Some(true))
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
pub(super) fn is_within(a: &PartialDate, b: &PartialDate) -> bool {
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
    Word(Symbol, Reported),
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
            Self::States => a.words.meets(&b.words) && a.agrees(b),
            Self::Day => a.words.meets(&b.words) && a.is_of_one_time(b) && a.contains_or_is_in(b) && a.agrees(b),
            Self::Agreement => {
                let kind = a.words.meets(&b.words) || a.all_words.meets(&b.all_words);
                let one_name_is_longer = a.all_words.is_subset(&b.all_words) || b.all_words.is_subset(&a.all_words);
                kind && one_name_is_longer && a.agrees(b) && (a.is_of_one_time(b) || a.adopted.meets(&b.adopted))
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
            Self::Called | Self::Alike => account.mark_word(NO_TEXT, &mut marks),
            Self::Day => account.mark_times(&mut marks),
            Self::States => account.words.iter().for_each(|&word| account.mark_word(word, &mut marks)),
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
struct Rarity(FxHashMap<Symbol, usize>);

impl Rarity {
    fn add(&mut self, account: &Account) {
        account.all_words.iter().for_each(|word| *self.0.entry(*word).or_default() += 1);
    }

    fn rarest(&self, words: &SortedSet<Symbol>) -> Option<Symbol> {
        words.iter().min_by_key(|word| self.0.get(*word)).copied()
    }
}

impl Account {
    /// Marks for [`Account::agrees`], which asks for reports of one time, if it is known of both.
    fn mark_word(&self, word: Symbol, [own, others]: &mut [Vec<Mark>; 2]) {
        let mark = |reported| Mark::Word(word, reported);
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
    fn mark_names(&self, rarest: Symbol, [own, others]: &mut [Vec<Mark>; 2]) {
        let both = |time: &Mark, word: Symbol, is_rarest: bool| {
            let mut hasher = FxHasher::default();
            (time, word, is_rarest).hash(&mut hasher);
            Mark::Both(hasher.finish())
        };
        let each = |time: &Mark, is_rarest: bool| -> Vec<Mark> {
            let all = self.all_words.iter().map(|&word| both(time, word, is_rarest));
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
pub(super) fn join(items: &Items, clues: &Clues, words: &mut Words, joining: &mut Joining<'_>) {
    {
        let happenings = Accounts::new(items, clues, words, joining.union, |_, item| clues.is_happening(items.text(item.kind)));
        // The states that took part lead to the happening: those of one set are compared.
        for (states, bucket) in by_states(&happenings, happenings.sets(), PAIR) {
            // Two states meet often: the day has to be the same.
            let (rule, when) = if states.len() >= FEWEST { (Rule::States, "") } else { (Rule::Day, " on the same day") };
            let why = format!("the same {} states took part{when}, and nothing speaks against it", states.len());
            joining.groups(bucket.iter().map(|&set| happenings.of(set)), rule, &why);
        }
    }
    by_day(items, clues, words, joining);
    agreements(items, clues, words, joining);
}

/// Sets by the states that they have, `fewest` at least.
pub(super) fn by_states(
    accounts: &Accounts<'_>,
    sets: impl Iterator<Item = u32>,
    fewest: usize,
) -> BTreeMap<SortedSet<Symbol>, Vec<u32>> {
    let mut buckets: BTreeMap<SortedSet<Symbol>, Vec<u32>> = BTreeMap::new();
    for set in sets {
        let states = accounts.states(set);
        if states.len() >= fewest {
            buckets.entry(states).or_default().push(set);
        }
    }
    buckets
}

/// That a person took part in a happening on a day.
struct Guest {
    family: Symbol,
    day: i32,
    person: Symbol,
    /// The happening.
    set: u32,
}

/// Happenings in which a person took part on a day: the day that is said, or that of which a report is news.
fn by_day(items: &Items, clues: &Clues, words: &mut Words, joining: &mut Joining<'_>) {
    let happenings = Accounts::new(items, clues, words, joining.union, |_, item| clues.is_happening(items.text(item.kind)));
    let words = happenings.words();
    let mut guests: Vec<Guest> = Vec::new();
    for set in happenings.sets() {
        let account = happenings.of(set).account;
        for day in account.days() {
            guests.extend(account.persons.iter().map(|(&family, &person)| Guest { family, day, person, set }));
        }
    }
    // Stable: those of one day stay in the order of documents.
    guests.sort_by(|a, b| (words.text(a.family), a.day).cmp(&(words.text(b.family), b.day)));
    let mut joined: FxHashSet<u32> = FxHashSet::default();
    for bucket in guests.chunk_by(|a, b| (a.family, a.day) == (b.family, b.day)).filter(|bucket| bucket.len() > 1) {
        // What was joined for one person is not joined again for another: that would be a chain.
        let mut here: Vec<u32> = bucket.iter().map(|guest| guest.set).filter(|set| !joined.contains(set)).collect();
        // Two days may be counted as one, from month to month.
        here.dedup();
        let why = format!("{} took part on the same day, and nothing speaks against it", items.text(bucket[0].person));
        let alone = joining.groups(here.iter().map(|&set| happenings.of(set)), Rule::Day, &why);
        joined.extend(here.into_iter().filter(|&set| !alone.contains(&happenings.first(set))));
    }
}

/// Agreements with the same parties, of one kind and date, or adopted at one happening; or on what parties have one agreement on.
fn agreements(items: &Items, clues: &Clues, words: &mut Words, joining: &mut Joining<'_>) {
    let agreements = Accounts::new(items, clues, words, joining.union, |_, item| clues.is_agreement(items.text(item.kind)));
    for (parties, mut bucket) in by_states(&agreements, agreements.sets(), PARTIES) {
        for word in clues.sole() {
            let number = agreements.words().find(word);
            let (of_word, rest) = bucket.into_iter().partition(|&set| number.is_some_and(|n| agreements.has_word(set, n)));
            bucket = rest;
            let of_word: Vec<u32> = of_word;
            // An article may call the one that there is by several names.
            let of_word = of_word.iter().map(|&set| Described { articles: SortedSet::default(), ..agreements.of(set) });
            let why = format!("the same {} parties, which have one agreement on {word} at a time", parties.len());
            joining.groups(of_word, Rule::Sole, &why);
        }
        let why = format!("the same {} parties, the same kind and the same date, and nothing speaks against it", parties.len());
        // Of what no time is known nothing is the same: it is compared with nothing.
        let has_time = |a: &Account| !(a.dates.is_empty() && a.reported.is_none() && a.adopted.is_empty());
        let timed = bucket.iter().map(|&set| agreements.of(set)).filter(|d| has_time(&d.account));
        joining.groups(timed, Rule::Agreement, &why);
    }
}

/// What joining changes, and a person's word on it.
pub(super) struct Joining<'j> {
    pub(super) items: &'j Items,
    pub(super) corrections: &'j Corrections,
    pub(super) union: &'j mut Union,
    pub(super) reasons: &'j mut Reasons,
}

/// Some that are one, in the order of documents.
#[derive(Default)]
struct Group {
    /// The first entity of each, and its name.
    members: Vec<(u32, Symbol)>,
    /// Of which no earlier one says the same: thousands of articles may tell of one summit alike.
    distinct: Vec<Described>,
    articles: BTreeSet<(u32, u32)>,
}

impl Group {
    fn takes(&self, new: &Described, joining: &Joining<'_>, rule: Rule) -> bool {
        let parted = |member: &Described| {
            let text = |described: &Described| joining.items.text(described.name);
            joining.corrections.differ(text(member), text(new))
        };
        !new.articles.iter().any(|article| self.articles.contains(article))
            && self.distinct.iter().all(|member| rule.joins(&member.account, &new.account) && !parted(member))
    }

    fn add(&mut self, mut new: Described, rule: Rule) {
        self.members.push((new.at, new.name));
        self.articles.extend(std::mem::take(&mut new.articles).iter());
        let is_new = |member: &Described| member.name != new.name || !rule.is_same(&member.account, &new.account);
        if self.distinct.iter().all(is_new) {
            self.distinct.push(new);
        }
    }
}

impl Joining<'_> {
    /// Joins those of a bucket that agree, each with each; returns the first entities of those that stay alone.
    pub(super) fn groups(&mut self, bucket: impl Iterator<Item = Described> + Clone, rule: Rule, why: &str) -> FxHashSet<u32> {
        let mut groups: Vec<Group> = Vec::new();
        // Groups by the marks of their first members: who is one with all members is so with the first.
        let mut marked: FxHashMap<Mark, Vec<usize>> = FxHashMap::default();
        let mut rarity = Rarity::default();
        if rule == Rule::Agreement {
            bucket.clone().for_each(|described| rarity.add(&described.account));
        }
        for described in bucket {
            let [own, others] = rule.marks(&described.account, &rarity);
            let mut near: Vec<usize> = others.iter().filter_map(|mark| marked.get(mark)).flatten().copied().collect();
            near.sort_unstable();
            near.dedup();
            match near.into_iter().find(|&at| groups[at].takes(&described, self, rule)) {
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
        for Group { members, .. } in joined {
            let names: BTreeSet<&str> = members.iter().map(|&(_, name)| self.items.text(name)).collect();
            let names: Vec<&str> = names.into_iter().collect();
            members.windows(2).for_each(|pair| self.union.join(pair[0].0, pair[1].0));
            self.reasons.push((members[0].0, format!("{why}: {}", names.join("; "))));
        }
        alone.into_iter().flat_map(|g| g.members).map(|(at, _)| at).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn account() -> impl Strategy<Value = Account> {
        let date = (2024..2026_i16, prop::option::of(1..3_u8), prop::option::of(1..5_u8));
        let date = date.prop_map(|(year, month, day)| PartialDate { year: Some(year), month, day: month.and(day) });
        let dates = prop::collection::vec(date, 0..3);
        let reported = prop::option::of((0..200_i32, 0..3_i32).prop_map(|(day, more)| (738_700 + day, 738_700 + day + more)));
        let few = |range| prop::collection::vec(0..3_u32, range).prop_map(SortedSet::from_iter);
        (few(1..3), dates, reported, few(0..2), few(0..3), few(0..3)).prop_map(
            |(words, dates, reported, adopted, states, said)| {
                let dates = dates.into_iter().collect();
                Account { all_words: words.clone(), words, dates, reported, adopted, states, said, ..Account::default() }
            },
        )
    }

    fn rarity(accounts: &[Account]) -> Rarity {
        let mut rarity = Rarity::default();
        accounts.iter().for_each(|account| rarity.add(account));
        rarity
    }

    #[test]
    fn of_a_thousand_memoranda_in_a_month_few_are_compared() {
        let date = PartialDate::month(2026, 2);
        let (memorandum, pasture) = (0, 1);
        let of = |words: &[Symbol]| Account {
            all_words: words.iter().copied().collect(),
            dates: [date].into_iter().collect(),
            ..Account::default()
        };
        let long = (2..1002).map(|number| of(&[memorandum, pasture, number]));
        let accounts: Vec<Account> = long.chain([of(&[memorandum])]).collect();
        let rarity = rarity(&accounts);
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
                let rarity = rarity(&[a.clone(), b.clone()]);
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
