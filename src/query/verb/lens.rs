//! Which edges and claims an answer may rest on: modes asked for, `as of`, confidence, world data.
//!
//! A verb never asks the graph for an edge's mode: it asks the [`Lens`], so that the words in a query's tail act alike
//! everywhere.

use crate::graph::{ArticleRef, ClaimRef, FrozenGraph};
use crate::model::{Mode, PartialDate};

/// What the tail of a query lets through.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lens<'g> {
    graph: &'g FrozenGraph,
    /// Bit `mode as u8` for each mode that is shown.
    modes: u8,
    as_of: Option<PartialDate>,
    min_confidence: u16,
    world: bool,
}

/// All modes but denial: a denied edge never counts as being there.
const THERE: u8 = !(1 << Mode::Denied as u8);

impl<'g> Lens<'g> {
    /// Lets through what documents say and do not deny.
    pub(crate) fn new(graph: &'g FrozenGraph) -> Self {
        Self { graph, modes: THERE, as_of: None, min_confidence: 0, world: false }
    }

    /// Only these modes; none given: all but denied.
    pub(crate) fn modes(mut self, modes: &[Mode]) -> Self {
        if !modes.is_empty() {
            self.modes = modes.iter().fold(0, |bits, &m| bits | 1 << m as u8);
        }
        self
    }

    /// Only what was asserted by `date`.
    pub(crate) fn as_of(mut self, date: Option<PartialDate>) -> Self {
        self.as_of = date;
        self
    }

    /// Only claims this sure, per mille.
    pub(crate) fn min_confidence(mut self, confidence: u16) -> Self {
        self.min_confidence = confidence;
        self
    }

    /// World data too.
    pub(crate) fn world(mut self, world: bool) -> Self {
        self.world = world;
        self
    }

    /// The same claims in every mode but denied: what is avoided is avoided however it is said.
    pub(crate) fn any_mode(self) -> Self {
        Self { modes: THERE, ..self }
    }

    /// As [`Lens::any_mode`], with world data.
    pub(crate) fn everything(self) -> Self {
        Self { modes: THERE, world: true, ..self }
    }

    /// Whether some claims may not count.
    pub(crate) fn restricts_claims(&self) -> bool {
        self.as_of.is_some() || self.min_confidence > 0
    }

    /// Whether the query restricts the modes.
    pub(crate) fn restricts_modes(&self) -> bool {
        self.modes != THERE
    }

    /// Whether the query asks for world data.
    pub(crate) fn with_world(&self) -> bool {
        self.world
    }

    /// Whether a mode is shown.
    pub(crate) fn shows(&self, mode: Mode) -> bool {
        self.modes >> mode as u8 & 1 == 1
    }

    /// The edge's mode by the claims that count, denied ones included; none where no claim counts, or for world data that
    /// is not asked for.
    pub(crate) fn mode(&self, edge: u32) -> Option<Mode> {
        if !self.world && self.graph.is_world_edge(edge) {
            return None;
        }
        if (self.as_of.is_none() && self.min_confidence == 0) || self.graph.claim_count(edge) == 0 {
            return Some(self.graph.mode(edge));
        }
        self.claims(edge).max_by_key(|c| (c.asserted(), c.mode())).map(|c| c.mode())
    }

    /// The edge's mode if the edge is to be shown.
    pub(crate) fn shown(&self, edge: u32) -> Option<Mode> {
        self.mode(edge).filter(|&m| self.shows(m))
    }

    /// Whether the edge is there at all, in whatever mode but denied.
    pub(crate) fn is_there(&self, edge: u32) -> bool {
        self.mode(edge).is_some_and(|m| m != Mode::Denied)
    }

    /// The claims of an edge that count.
    pub(crate) fn claims(&self, edge: u32) -> impl Iterator<Item = ClaimRef<'g>> + use<'g> {
        let lens = *self;
        self.graph.claims(edge).filter(move |c| lens.counts(c))
    }

    /// Whether a claim counts: sure enough, and asserted in time.
    pub(crate) fn counts(&self, claim: &ClaimRef<'_>) -> bool {
        claim.confidence() >= self.min_confidence && self.as_of.is_none_or(|d| claim.is_said_by(d))
    }

    /// Whether an article was there in time.
    pub(crate) fn counts_article(&self, article: &ArticleRef<'_>) -> bool {
        self.as_of.is_none_or(|d| article.is_there_by(d))
    }

    /// The independent sources of some edges, ascending.
    pub(crate) fn sources(&self, edges: impl IntoIterator<Item = u32>) -> Vec<u32> {
        let mut all: Vec<u32> = edges.into_iter().flat_map(|e| self.claims(e)).filter_map(|c| c.source()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// Whether `date`, taken at its earliest, is not after `end`, taken at its latest.
pub(crate) fn not_after(date: PartialDate, end: PartialDate) -> bool {
    let first = (date.year.unwrap_or(i16::MIN), date.month.unwrap_or(1), date.day.unwrap_or(1));
    let last = (end.year.unwrap_or(i16::MAX), end.month.unwrap_or(12), end.day.unwrap_or(31));
    first <= last
}
