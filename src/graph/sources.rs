//! Which articles are one source: reports that retell one report count once.
//!
//! Two articles are of one source if their bodies share much of their wording (sketches), or if both credit the same
//! origin, within a few days of each other, and say some of the same things. Everything else is a source of
//! its own. What is joined with what does not depend on any order.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{ArticleInfo, DocumentInfo, PartialDate};
use crate::names::fold;

/// Articles whose sketches share at least this part of the smaller one are near-duplicates: unrelated news on one
/// subject share well under a hundredth.
const SHARED_WORDING: f64 = 0.1;
/// … or this part, of articles so short that a sketch has all of their wording: one phrase is a tenth of a brief.
const SHARED_BY_BRIEFS: f64 = 0.3;
/// Sketches of longer articles have as many pieces of their wording.
const SKETCH: usize = 32;
/// A piece of wording that more articles than this have is boilerplate and joins nothing.
const BOILERPLATE: usize = 64;
/// Articles that credit one origin retell one report only within so many days.
const DAYS: i64 = 4;
/// … and only if they share at least this part of what the shorter one says.
const SHARED_STATEMENTS: f64 = 0.2;

/// Sets that grow together; the smallest member names a set.
pub(crate) struct Union(Vec<u32>);

impl Union {
    /// `len` sets of one.
    pub(crate) fn new(len: usize) -> Self {
        Self((0..len as u32).collect())
    }

    /// The smallest member of the set of `item`.
    pub(crate) fn root(&mut self, item: u32) -> u32 {
        let mut at = item;
        while self.0[at as usize] != at {
            let up = self.0[self.0[at as usize] as usize];
            self.0[at as usize] = up;
            at = up;
        }
        at
    }

    /// Joins two sets.
    pub(crate) fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b) as usize] = a.min(b);
    }
}

/// For each article, in order of documents, its source; and what each source is called.
///
/// `claims` are (edge, document, article) of all claims of edges.
pub(super) fn sources<'c>(
    documents: &[DocumentInfo],
    claims: impl Iterator<Item = (u32, &'c str, u32)>,
) -> (Vec<u32>, Vec<Arc<str>>) {
    let articles: Vec<(&DocumentInfo, &ArticleInfo)> =
        documents.iter().flat_map(|d| d.articles.iter().map(move |a| (d, a))).collect();
    let mut union = Union::new(articles.len());
    join_wording(&articles, &mut union);
    join_credits(&articles, claims, &mut union);
    let mut numbers: FxHashMap<u32, u32> = FxHashMap::default();
    let mut names: Vec<Arc<str>> = Vec::new();
    let of = (0..articles.len() as u32)
        .map(|index| {
            let root = union.root(index);
            *numbers.entry(root).or_insert_with(|| {
                names.push(name(articles[root as usize]));
                names.len() as u32 - 1
            })
        })
        .collect();
    (of, names)
}

/// The source's name: whom its first article credits, else that article.
fn name((document, article): (&DocumentInfo, &ArticleInfo)) -> Arc<str> {
    let place = if document.articles.len() > 1 { format!("{}#{}", document.id, article.number) } else { document.id.clone() };
    match (&article.origin, article.date) {
        (Some(origin), Some(date)) => Arc::from(format!("{origin}, {date}")),
        (Some(origin), None) => Arc::from(format!("{origin} ({place})")),
        (None, _) => Arc::from(place),
    }
}

/// Joins near-duplicates. O(articles), as boilerplate is left out.
fn join_wording(articles: &[(&DocumentInfo, &ArticleInfo)], union: &mut Union) {
    // The same sketch is the same text: only one of each is compared with others.
    let mut first: FxHashMap<&[u64], u32> = FxHashMap::default();
    let mut having: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    for (index, (_, article)) in articles.iter().enumerate().filter(|(_, (_, a))| !a.sketch.is_empty()) {
        let same = *first.entry(&article.sketch).or_insert(index as u32);
        union.join(index as u32, same);
        if same == index as u32 {
            for &hash in &article.sketch {
                having.entry(hash).or_default().push(index as u32);
            }
        }
    }
    let mut shared: FxHashMap<(u32, u32), u32> = FxHashMap::default();
    for list in having.values().filter(|l| l.len() <= BOILERPLATE) {
        for (at, &a) in list.iter().enumerate() {
            for &b in &list[at + 1..] {
                *shared.entry((a, b)).or_default() += 1;
            }
        }
    }
    for (&(a, b), &count) in &shared {
        let smaller = articles[a as usize].1.sketch.len().min(articles[b as usize].1.sketch.len());
        let part = if smaller < SKETCH { SHARED_BY_BRIEFS } else { SHARED_WORDING };
        if f64::from(count) >= part * smaller as f64 && count >= 2 {
            union.join(a, b);
        }
    }
}

/// Joins articles that credit one origin at one time and say the same.
fn join_credits<'c>(
    articles: &[(&DocumentInfo, &ArticleInfo)],
    claims: impl Iterator<Item = (u32, &'c str, u32)>,
    union: &mut Union,
) {
    let mut crediting: FxHashMap<String, Vec<u32>> = FxHashMap::default();
    // Without a day nothing tells one report of an origin from its next.
    let dated = |a: &ArticleInfo| a.date.is_some_and(|d| d.day.is_some() && d.year.is_some());
    for (index, (_, article)) in articles.iter().enumerate().filter(|(_, (_, a))| dated(a)) {
        if let Some(origin) = article.origin.as_deref().map(fold).filter(|o| !o.is_empty()) {
            crediting.entry(origin).or_default().push(index as u32);
        }
    }
    crediting.retain(|_, list| list.len() > 1);
    if crediting.is_empty() {
        return;
    }
    let said = statements(articles, claims, &crediting.values().flatten().copied().collect());
    for list in crediting.values_mut() {
        // By date, so that only neighbours within the span of days are compared.
        list.sort_by_key(|&i| (articles[i as usize].1.date, i));
        for (at, &a) in list.iter().enumerate() {
            for &b in &list[at + 1..] {
                match days_apart(articles[a as usize].1.date, articles[b as usize].1.date) {
                    Some(days) if days > DAYS => break,
                    Some(_) if overlap(said.get(&a), said.get(&b)) >= SHARED_STATEMENTS => union.join(a, b),
                    Some(_) | None => {}
                }
            }
        }
    }
}

type Statements = FxHashMap<u32, FxHashSet<u32>>;

/// The edges that each of the wanted articles claims.
fn statements<'c>(
    articles: &[(&DocumentInfo, &ArticleInfo)],
    claims: impl Iterator<Item = (u32, &'c str, u32)>,
    wanted: &FxHashSet<u32>,
) -> Statements {
    let places: FxHashMap<(&str, u32), u32> = articles
        .iter()
        .enumerate()
        .filter(|(i, _)| wanted.contains(&(*i as u32)))
        .map(|(i, (d, a))| ((d.id.as_str(), a.number), i as u32))
        .collect();
    let mut said = Statements::default();
    for (edge, document, article) in claims {
        if let Some(&article) = places.get(&(document, article)) {
            said.entry(article).or_default().insert(edge);
        }
    }
    said
}

/// The part of the smaller set that both have.
fn overlap(a: Option<&FxHashSet<u32>>, b: Option<&FxHashSet<u32>>) -> f64 {
    let (Some(a), Some(b)) = (a, b) else { return 0.0 };
    let (small, large) = if a.len() < b.len() { (a, b) } else { (b, a) };
    small.iter().filter(|s| large.contains(s)).count() as f64 / small.len().max(1) as f64
}

/// Days between two whole dates.
fn days_apart(a: Option<PartialDate>, b: Option<PartialDate>) -> Option<i64> {
    let day = |d: PartialDate| -> Option<i64> {
        let (y, m, d) = (i64::from(d.year?), i64::from(d.month?), i64::from(d.day?));
        // Days since March of year 0: the leap day comes last, so that months have fixed starts.
        let (y, m) = if m < 3 { (y - 1, m + 9) } else { (y, m - 3) };
        Some(365 * y + y.div_euclid(4) - y.div_euclid(100) + y.div_euclid(400) + (153 * m + 2) / 5 + d)
    };
    Some((day(a?)? - day(b?)?).abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_months_and_years() {
        let apart = |a: &str, b: &str| days_apart(a.parse().ok(), b.parse().ok());
        assert_eq!(apart("2024-02-28", "2024-03-01"), Some(2));
        assert_eq!(apart("2025-12-31", "2026-01-01"), Some(1));
        assert_eq!(apart("2025-12", "2026-01-01"), None);
    }
}
