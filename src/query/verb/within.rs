//! `in NAMES`, `since DATE` and `before DATE`: where, and when, what a row tells of lies or happens.
//!
//! Some verbs ask this of the things that they look at (`list`, `routes`, `timeline` …); of the others the rows are asked.

use std::cell::{Cell, RefCell};

use rustc_hash::FxHashSet;

use super::Context;
use super::filter::{About, Subject, subject};
use super::outline::{Outline, at};
use super::times::in_time;
use crate::diagnostic::Diagnostic;
use crate::model::PartialDate;
use crate::query::answer::{Answer, Note, Row};
use crate::query::ast::Tail;

/// Which of the clauses a verb has asked itself.
#[derive(Debug, Default)]
pub(super) struct Asked {
    pub place: Cell<bool>,
    pub time: Cell<bool>,
    /// What the sentence names: every row speaks of that.
    pub named: RefCell<FxHashSet<u32>>,
}

impl Context<'_, '_> {
    /// Keeps what happens in the time of `since` and `before`: by its own date or, if it has none, by those that claims of its
    /// edges give. Tells how much has no date at all.
    pub(super) fn retain_in_time(&self, tail: &Tail<'_>, nodes: &mut Vec<u32>, answer: &mut Answer) {
        self.within.time.set(true);
        if !is_bounded(tail) {
            return;
        }
        let mut undated = 0;
        nodes.retain(|&node| {
            let dates = self.dates_of(node);
            undated += usize::from(dates.is_empty());
            dates.into_iter().any(|date| in_time(Some(date), tail))
        });
        note_undated(answer, undated);
        self.step("since, before", nodes.len());
    }

    fn dates_of(&self, node: u32) -> Vec<PartialDate> {
        if let Some(date) = self.date_of(node) {
            return vec![date];
        }
        let edges = self.graph.all_out(node).chain(self.graph.all_incoming(node)).map(|t| t.2);
        let shown = edges.filter(|&e| self.lens.shown(e).is_some());
        shown.flat_map(|e| self.lens.claims(e)).filter_map(|c| c.when()).collect()
    }

    /// The dates of a row: that of the thing that it is about or, if it has none, those that its claims give.
    fn dates_of_row(&self, row: &Row, about: About) -> Vec<PartialDate> {
        let own = if let Subject::Node(node) = subject(row, about) { self.date_of(node) } else { None };
        match own {
            Some(date) => vec![date],
            None => row.evidence.iter().filter_map(|&c| self.graph.claim(c)?.when()).collect(),
        }
    }

    /// Whether something that a row speaks of, besides what the sentence names, lies in some places or touches them. A place
    /// must lie there: that two states have to do with each other puts neither into the other.
    fn lies_in(&self, row: &Row, inside: &FxHashSet<u32>) -> bool {
        let ends = row.edges.iter().flat_map(|&e| <[u32; 2]>::from(self.graph.endpoints(e)));
        let all: Vec<u32> = if row.nodes.is_empty() { ends.collect() } else { row.nodes.clone() };
        let named = self.within.named.borrow();
        let (of_row, only): (Vec<u32>, Vec<u32>) = all.into_iter().partition(|n| !named.contains(n));
        let places = self.stop_types();
        let is_place = |n: u32| places.contains(&self.graph.node_type(n));
        let lies = |&n: &u32| inside.contains(&n) || (!is_place(n) && self.is_tied(n, inside));
        if of_row.is_empty() { only.iter().any(lies) } else { of_row.iter().any(lies) }
    }
}

fn is_bounded(tail: &Tail<'_>) -> bool {
    tail.since.is_some() || tail.before.is_some()
}

/// Says how much was left out as no text gives a date for it.
fn note_undated(answer: &mut Answer, undated: usize) {
    let text = match undated {
        0 => return,
        1 => "1 more has no date, and is left out".to_owned(),
        more => format!("{more} more have no date, and are left out"),
    };
    answer.notes.push(Note::Remark(text));
}

impl Outline<'_, '_, '_> {
    /// Whether rows are asked where, or when, what they tell of lies or happens.
    pub(super) fn asks_within(&self) -> bool {
        let (tail, asked) = (self.tail(), &self.context().within);
        (tail.place.is_some() && !asked.place.get()) || (is_bounded(tail) && !asked.time.get())
    }

    /// The clauses that the verb has not asked itself, of the rows.
    ///
    /// # Errors
    /// A place that nothing is called.
    pub(super) fn within(&mut self) -> Result<(), Diagnostic> {
        let (context, tail, about) = (self.context(), self.tail(), self.about());
        if let Some(names) = tail.place.as_ref().filter(|_| !context.within.place.get()) {
            let bound = context.bind(names, &context.stop_types())?;
            let inside: FxHashSet<u32> = bound.iter().flat_map(|b| context.inside(b)).collect();
            let text = format!("keep what lies in, or touches, {}", names.source);
            self.keep(&text, move |item, answer| Ok(answer.rows.get(at(item)).is_some_and(|row| context.lies_in(row, &inside))));
        }
        if is_bounded(tail) && !context.within.time.get() {
            let text = format!("keep what is dated{}", super::times::between(tail));
            self.turn(&text, move |mut items, answer| {
                let mut undated = 0;
                items.retain(|item| {
                    let dates = answer.rows.get(at(item)).map(|row| context.dates_of_row(row, about)).unwrap_or_default();
                    undated += usize::from(dates.is_empty());
                    dates.into_iter().any(|date| in_time(Some(date), tail))
                });
                note_undated(answer, undated);
                Ok(items)
            });
        }
        Ok(())
    }
}
