//! `confidence.ron` as annotated documents would have it: how often each rule is right where everything stands in its sentence, and how
//! much of that each sentence leaves that a pronoun reached back.
//!
//! Both are measured together, since what reached back counts among a rule's edges. Of the shares for a sentence that are tried, the one is
//! taken by which each document is foretold best by the others: the least squared error between what is said and what is right
//! (Brier, 1950).

use std::collections::{BTreeMap, BTreeSet};

use silkgraph::schema::confidence::Confidence;

use super::score::Judged;

/// Edges that a rule is taken to have made before any was seen, as often right as all rules together.
const PRIOR: f64 = 6.0;

/// What a sentence may leave, in hundredths.
const SHARES: std::ops::RangeInclusive<u8> = 80..=100;

/// Prints the file. O(documents × edges) for each share that is tried.
pub fn print(judged: &[Judged], now: &Confidence) {
    let seen: Vec<Seen<'_>> = judged.iter().map(|judged| Seen { judged, reach: reach(now, judged) }).collect();
    let shares = SHARES.map(|hundredths| f64::from(hundredths) / 100.0);
    let Some(share) = shares.min_by(|&a, &b| foretold(&seen, a).total_cmp(&foretold(&seen, b))) else { return };
    let rules = Rules::of(seen.iter(), share);
    println!("(\n    unmeasured: {},\n    per_sentence: {},\n    rules: {{", per_mille(rules.whole), per_mille(share));
    for rule in rules.counts.keys() {
        println!("        \"{rule}\": {},", per_mille(rules.right(rule)));
    }
    println!("    }},\n)");
}

struct Seen<'a> {
    judged: &'a Judged,
    /// How many sentences its pronouns reached back, together.
    reach: i32,
}

/// How far back it reached: its confidence tells.
fn reach(now: &Confidence, judged: &Judged) -> i32 {
    (0..=8).find(|&back| now.of(&judged.rule, back) == judged.confidence).unwrap_or(0) as i32
}

/// The squared error over all edges, each document's told by the rules as the other documents have them.
fn foretold(seen: &[Seen<'_>], share: f64) -> f64 {
    let documents: BTreeSet<&str> = seen.iter().map(|s| &*s.judged.document).collect();
    let error = |document: &str| -> f64 {
        let (own, others): (Vec<_>, Vec<_>) = seen.iter().partition(|s| s.judged.document == document);
        let rules = Rules::of(others.into_iter(), share);
        let missed = |s: &Seen<'_>| rules.right(&s.judged.rule) * share.powi(s.reach) - f64::from(u8::from(s.judged.right));
        own.into_iter().map(|s| missed(s).powi(2)).sum()
    };
    documents.into_iter().map(error).sum()
}

/// How often rules are right.
struct Rules<'a> {
    /// How many of its edges are right, and how many would be, were the rule always right in its own sentence.
    counts: BTreeMap<&'a str, (f64, f64)>,
    /// The share of all rules together.
    whole: f64,
}

impl<'a> Rules<'a> {
    fn of<'s>(seen: impl Iterator<Item = &'s Seen<'a>>, share: f64) -> Self
    where
        'a: 's,
    {
        let mut counts: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
        for s in seen {
            let count = counts.entry(&s.judged.rule).or_default();
            count.0 += f64::from(u8::from(s.judged.right));
            count.1 += share.powi(s.reach);
        }
        let (right, most) = counts.values().fold((0.0, 0.0), |sum, c| (sum.0 + c.0, sum.1 + c.1));
        Self { counts, whole: right / f64::max(most, 1.0) }
    }

    /// Of a rule in its own sentence; one seen a few times is drawn towards what rules are worth on the whole.
    fn right(&self, rule: &str) -> f64 {
        let (right, most) = self.counts.get(rule).copied().unwrap_or_default();
        ((right + PRIOR * self.whole) / (most + PRIOR)).min(1.0)
    }
}

fn per_mille(share: f64) -> u16 {
    (share * 1000.0).round() as u16
}
