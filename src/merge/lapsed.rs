//! Plans that came to nothing: a summit "had been scheduled for August 2024 in Kazakhstan but was postponed", and is held in Tokyo the year
//! after. A text calls both the summit; what was planned for the one says nothing of the other.
//!
//! In a document a happening is parted where something is planned for a time that was over when it was written, and nothing says
//! that it took place then: if it has a date that is another one, or if what did take place was reported long after, and elsewhere or
//! with others. What was planned for that time is then a happening of its own, called so with its date.

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::Said;
use super::clues::days;
use super::described::{NEWS, SEASON, is_within};
use crate::graph::Watch;
use crate::graph::store::StoreError;
use crate::model::{Claim, Entity, Extraction, Mode, PartialDate, Statement, Value};
use crate::names::fold;
use crate::schema::Schema;
use crate::span::Span;

/// What documents say, with plans that came to nothing set apart.
pub(super) struct Parted<'s> {
    said: &'s dyn Said,
    schema: &'s Schema,
}

impl<'s> Parted<'s> {
    pub(super) fn new(said: &'s dyn Said, schema: &'s Schema) -> Self {
        Self { said, schema }
    }

    fn is_happening(&self, entity: &Entity) -> bool {
        let mut kinds = self.schema.roles.happening.iter().filter_map(|t| self.schema.node_types.get(t.0 as usize));
        entity.known.is_none() && kinds.any(|t| t.name == entity.kind)
    }

    /// The document with such plans set apart; as it is where it has none.
    fn part<'e>(&self, extraction: &'e Extraction) -> Cow<'e, Extraction> {
        let is_over = |claim: &&Claim| planned_for(claim).is_some_and(|time| is_over(time, claim.asserted));
        let mut plans: Vec<(u32, PartialDate)> = Vec::new();
        for claim in extraction.claims.iter().filter(is_over) {
            let is_happening = |&at: &u32| extraction.entities.get(at as usize).is_some_and(|e| self.is_happening(e));
            for at in ends(claim).into_iter().flatten().filter(is_happening) {
                plans.extend(claim.when.map(|when| (at, when)));
            }
        }
        plans.sort_unstable();
        plans.dedup();
        let mut parted = Cow::Borrowed(extraction);
        for (at, time) in plans {
            let story = Story::new(at, time, self.schema.roles.date.as_deref(), &extraction.claims);
            if story.is_parted(&extraction.claims) {
                story.part(parted.to_mut());
            }
        }
        parted
    }
}

impl Said for Parted<'_> {
    fn count(&self) -> usize {
        self.said.count()
    }

    fn each(&self, watch: &Watch, visit: &mut dyn FnMut(usize, &Extraction)) -> Result<(), StoreError> {
        self.said.each(watch, &mut |place, extraction| visit(place, &self.part(extraction)))
    }
}

/// A happening of a document, and a time for which it was planned.
struct Story<'s> {
    at: u32,
    time: PartialDate,
    /// The attribute that is a date.
    date: Option<&'s str>,
    /// Where something is planned for it.
    sentences: Vec<Span>,
}

impl<'s> Story<'s> {
    fn new(at: u32, time: PartialDate, date: Option<&'s str>, claims: &[Claim]) -> Self {
        let mut story = Self { at, time, date, sentences: Vec::new() };
        let plans = claims.iter().filter(|c| story.is_about(c) && planned_for(c).is_some_and(|t| is_within(&t, &time)));
        story.sentences = plans.map(|c| c.locus.span).collect();
        story
    }

    /// Whether what took place is another one.
    fn is_parted(&self, claims: &[Claim]) -> bool {
        let about = || claims.iter().filter(|c| self.is_about(c) && c.mode != Mode::Denied);
        if about().any(|c| {
            let is_then = self.told_time(c).is_some_and(|t| is_within(&t, &self.time));
            is_then && c.mode == Mode::Actual && !self.is_of_plan(c)
        }) {
            return false;
        }
        let is_then = |c: &&Claim| self.is_of_plan(c);
        let (then, other): (Vec<&Claim>, Vec<&Claim>) = about().partition(is_then);
        if other.iter().any(|c| self.told_time(c).is_some_and(|t| self.days_from(t).is_some_and(|days| days > NEWS))) {
            return true;
        }
        let late = |c: &&&Claim| c.asserted.and_then(|a| self.days_from(a)).is_some_and(|days| days > SEASON);
        let held: Vec<&Claim> = other.iter().filter(|c| c.mode == Mode::Actual).filter(late).copied().collect();
        self.is_said_of_others(&then, &held)
    }

    /// Whether edges of one kind lead to other things by plan than they do in fact.
    fn is_said_of_others(&self, then: &[&Claim], held: &[&Claim]) -> bool {
        let others = |of: &[&Claim]| -> FxHashSet<(Arc<str>, bool, u32)> { of.iter().filter_map(|c| self.leads(c)).collect() };
        let (then, held) = (others(then), others(held));
        let kinds = |of: &FxHashSet<(Arc<str>, bool, u32)>| -> FxHashSet<(Arc<str>, bool)> {
            of.iter().map(|(kind, ahead, _)| (kind.clone(), *ahead)).collect()
        };
        let shared: FxHashSet<(Arc<str>, bool)> = then.intersection(&held).map(|(k, ahead, _)| (k.clone(), *ahead)).collect();
        kinds(&then).intersection(&kinds(&held)).any(|kind| !shared.contains(kind))
    }

    /// The kind of an edge, whether it leads away from the happening, and to what.
    fn leads(&self, claim: &Claim) -> Option<(Arc<str>, bool, u32)> {
        let Statement::Edge { kind, object } = &claim.statement else { return None };
        let ahead = claim.subject == self.at;
        Some((kind.clone(), ahead, if ahead { *object } else { claim.subject }))
    }

    fn is_about(&self, claim: &Claim) -> bool {
        ends(claim).contains(&Some(self.at))
    }

    /// Whether something is planned for the time, or the time itself is told where that is.
    fn is_of_plan(&self, claim: &Claim) -> bool {
        let is_date = matches!(claim.statement, Statement::Attribute { .. }) && self.sentences.contains(&claim.locus.span);
        let time = planned_for(claim).or_else(|| self.told_time(claim).filter(|_| is_date));
        self.is_about(claim) && time.is_some_and(|time| is_within(&time, &self.time))
    }

    /// When it was or is to be by a claim.
    fn told_time(&self, claim: &Claim) -> Option<PartialDate> {
        match &claim.statement {
            Statement::Attribute { name, value: Value::Text(date) } if self.date == Some(&**name) => date.parse().ok(),
            Statement::Attribute { .. } | Statement::Edge { .. } => claim.when,
        }
        .filter(|time| time.year.is_some())
    }

    /// Days between the time and a date.
    fn days_from(&self, date: PartialDate) -> Option<i32> {
        let (first, last) = span(self.time)?;
        let (from, to) = span(date)?;
        Some((from - last).max(first - to).max(0))
    }

    /// Sets what was planned apart: claims, and where the document mentions it in their sentences.
    fn part(&self, extraction: &mut Extraction) {
        let Some(whole) = extraction.entities.get(self.at as usize) else { return };
        let name = format!("{} {}", whole.name, self.time);
        let (kind, new) = (whole.kind.clone(), extraction.entities.len() as u32);
        let rest = extraction.claims.iter().filter(|c| self.is_about(c) && !self.is_of_plan(c));
        let rest: Vec<Span> = rest.map(|c| c.locus.span).collect();
        let sentences = || self.sentences.iter().filter(|sentence| !rest.contains(sentence));
        for claim in &mut extraction.claims {
            if self.is_of_plan(claim) {
                if let Statement::Edge { object, .. } = &mut claim.statement
                    && *object == self.at
                {
                    *object = new;
                }
                if claim.subject == self.at {
                    claim.subject = new;
                }
            }
        }
        let within = |at: u32| sentences().any(|s| s.start <= at && at < s.end);
        let whole = &mut extraction.entities[self.at as usize];
        let (mentions, left) = std::mem::take(&mut whole.mentions).into_iter().partition(|m| within(m.span.start));
        whole.mentions = left;
        extraction.entities.push(Entity { kind, known: None, keys: vec![fold(&name)], forms: Vec::new(), mentions, name });
    }
}

/// The entities that a claim is about.
fn ends(claim: &Claim) -> [Option<u32>; 2] {
    match claim.statement {
        Statement::Edge { object, .. } => [Some(claim.subject), Some(object)],
        Statement::Attribute { .. } => [Some(claim.subject), None],
    }
}

/// For when something is planned: at least a year.
fn planned_for(claim: &Claim) -> Option<PartialDate> {
    let is_plan = matches!(claim.mode, Mode::Planned | Mode::Proposed | Mode::Possible);
    claim.when.filter(|when| is_plan && when.year.is_some())
}

/// Whether a time was over when it was spoken of.
fn is_over(time: PartialDate, asserted: Option<PartialDate>) -> bool {
    let spans = span(time).zip(asserted.and_then(span));
    spans.is_some_and(|((_, last), (said, _))| last < said)
}

/// The first and the last day of a time, as [`days`] counts them.
fn span(time: PartialDate) -> Option<(i32, i32)> {
    let first = PartialDate { month: time.month.or(Some(1)), day: time.day.or(Some(1)), ..time };
    let last = PartialDate { month: time.month.or(Some(12)), day: time.day.or(Some(30)), ..time };
    Some((days(first)?, days(last)?))
}
