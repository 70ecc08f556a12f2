//! What a frozen graph rests on: claims with their sentences, mentions, documents, independent sources.
//!
//! Sentences are looked up only when asked for, so a mapped graph reads none before.

use super::frozen::{FrozenGraph, index, mode_of, run};
use super::layout::{ArticleRow, DocumentRow, MannerRow, flag, pack_date, unpack_date};
use super::packed::Rows;
use super::rows::{ClaimRow, MentionRow, PlaceRow};
use crate::model::{Locus, Mode, PartialDate};
use crate::span::Span;

/// Some claims, in the order of the graph: by asserted date (undated first), document, place.
#[derive(Clone)]
pub struct Claims<'g> {
    graph: &'g FrozenGraph,
    ids: Ids<'g>,
}

#[derive(Clone)]
enum Ids<'g> {
    /// Numbers, and the rows that lie there one after the other.
    Range(std::ops::Range<u32>, Rows<'g, 3>),
    Listed(Rows<'g, 1>),
}

impl<'g> Claims<'g> {
    pub(super) fn listed(graph: &'g FrozenGraph, ids: Rows<'g, 1>) -> Self {
        Self { graph, ids: Ids::Listed(ids) }
    }

    pub(super) fn range(graph: &'g FrozenGraph, range: std::ops::Range<u32>) -> Self {
        let rows = graph.at.claims.rows(&graph.bytes, range.clone());
        Self { graph, ids: Ids::Range(range, rows) }
    }

    /// The claims one by one.
    pub fn iter(&self) -> impl Iterator<Item = ClaimRef<'g>> + use<'g> {
        self.clone()
    }
}

impl<'g> Iterator for Claims<'g> {
    type Item = ClaimRef<'g>;

    fn next(&mut self) -> Option<ClaimRef<'g>> {
        let graph = self.graph;
        match &mut self.ids {
            Ids::Range(range, rows) => Some(ClaimRef { graph, index: range.next()?, row: rows.next()?.into() }),
            Ids::Listed(ids) => ids.find_map(|[id]| graph.claim(id)),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let len = match &self.ids {
            Ids::Range(_, rows) => rows.len(),
            Ids::Listed(ids) => ids.len(),
        };
        (0, Some(len))
    }
}

/// One claim: reads from the graph what it is asked for.
#[derive(Clone, Copy)]
pub struct ClaimRef<'g> {
    graph: &'g FrozenGraph,
    /// Its number in the graph.
    pub index: u32,
    row: ClaimRow,
}

impl<'g> ClaimRef<'g> {
    fn place(&self) -> PlaceRow {
        self.graph.at.places.at(&self.graph.bytes, self.row.place).map_or_else(PlaceRow::default, PlaceRow::from)
    }

    /// One number of [`PlaceRow`].
    fn of_place(&self, column: usize) -> u32 {
        self.graph.at.places.number(&self.graph.bytes, self.row.place, column).unwrap_or_default()
    }

    /// One number of [`VoiceRow`](super::rows::VoiceRow).
    fn of_voice(&self, column: usize) -> u32 {
        self.graph.at.voices.number(&self.graph.bytes, self.row.voice, column).unwrap_or_default()
    }

    fn manner(&self) -> MannerRow {
        self.graph.at.manners.at(&self.graph.bytes, self.row.manner).unwrap_or_default()
    }

    /// The article that makes it; none for world data.
    #[must_use]
    pub fn article(&self) -> Option<ArticleRef<'g>> {
        self.graph.article(self.of_place(0))
    }

    /// The id of its document; empty for world data.
    #[must_use]
    pub fn document(&self) -> &'g str {
        self.article().map_or("", |a| a.document())
    }

    /// Where the sentence stands.
    #[must_use]
    pub fn locus(&self) -> Locus {
        let r = self.place();
        Locus {
            article: self.graph.article(r.article).map_or(0, |a| a.number()),
            line: r.line,
            column: r.column,
            span: Span { start: r.start, end: r.start.wrapping_add(r.len) },
        }
    }

    /// The 1-based line of the file.
    #[must_use]
    pub fn line(&self) -> u32 {
        self.of_place(1)
    }

    /// `document:line`, as citations have it; the source alone where a person asserts it, which is on no line of a document.
    #[must_use]
    pub fn citation(&self) -> String {
        match self.line() {
            0 => self.document().to_owned(),
            line => format!("{}:{line}", self.document()),
        }
    }

    /// Whether it was said by `date`: a partial date stands for its first day on the claim's side and its last on yours. A
    /// text without a date may be of any time, but not of one before the latest that it tells as done.
    #[must_use]
    pub fn is_said_by(&self, date: PartialDate) -> bool {
        match self.asserted() {
            Some(asserted) => within(asserted, date),
            None => self.article().is_none_or(|a| a.is_there_by(date)),
        }
    }

    /// The sentence, decoded and without tags.
    #[must_use]
    pub fn text(&self) -> &'g str {
        let graph = self.graph;
        let at = self.of_place(5);
        let mut ends = graph.at.sentence_offsets.rows(&graph.bytes, at..at.saturating_add(2)).map(long);
        let (Some(start), Some(end)) = (ends.next(), ends.next()) else { return "" };
        let bytes = graph.at.sentence_bytes.some(&graph.bytes, start..end);
        std::str::from_utf8(bytes).unwrap_or_default()
    }

    /// How it is said.
    #[must_use]
    pub fn mode(&self) -> Mode {
        mode_of(self.manner().mode)
    }

    /// The document's date.
    #[must_use]
    pub fn asserted(&self) -> Option<PartialDate> {
        unpack_date(self.of_voice(0))
    }

    /// The date that the text gives for what it says.
    #[must_use]
    pub fn when(&self) -> Option<PartialDate> {
        unpack_date(self.of_voice(1))
    }

    /// Who says it, as named in the text.
    #[must_use]
    pub fn speaker(&self) -> Option<&'g str> {
        self.graph.optional(self.of_voice(2))
    }

    /// Whose word it rests on, as credited.
    #[must_use]
    pub fn origin(&self) -> Option<&'g str> {
        self.graph.optional(self.of_voice(3))
    }

    /// Which independent source it is of: see [`FrozenGraph::source_name`]. None for world data.
    #[must_use]
    pub fn source(&self) -> Option<u32> {
        self.article().map(|a| a.source())
    }

    /// Per mille.
    #[must_use]
    pub fn confidence(&self) -> u16 {
        self.manner().confidence
    }

    /// The id of the rule that made it.
    #[must_use]
    pub fn rule(&self) -> &'g str {
        self.graph.optional(self.manner().rule).unwrap_or_default()
    }

    /// Whether no document says it: it comes from the gazetteer.
    #[must_use]
    pub fn is_world(&self) -> bool {
        self.manner().flags & flag::WORLD != 0
    }
}

/// A document.
#[derive(Clone, Copy)]
pub struct DocumentRef<'g> {
    graph: &'g FrozenGraph,
    row: DocumentRow,
}

impl<'g> DocumentRef<'g> {
    /// Its path relative to the folder given.
    #[must_use]
    pub fn id(&self) -> &'g str {
        self.graph.string(self.row.id)
    }

    /// Hash of the file's bytes.
    #[must_use]
    pub fn hash(&self) -> &'g str {
        self.graph.string(self.row.hash)
    }

    /// Its articles in order.
    pub fn articles(&self) -> impl Iterator<Item = ArticleRef<'g>> + use<'g> {
        let graph = self.graph;
        (self.row.first..self.row.first.saturating_add(self.row.articles)).filter_map(move |i| graph.article(i))
    }
}

/// An article of a document.
#[derive(Clone, Copy)]
pub struct ArticleRef<'g> {
    graph: &'g FrozenGraph,
    row: ArticleRow,
    index: u32,
}

impl<'g> ArticleRef<'g> {
    /// The id of its document.
    #[must_use]
    pub fn document(&self) -> &'g str {
        self.graph.at.documents.at(&self.graph.bytes, self.row.document).map_or("", |d| self.graph.string(d.id))
    }

    /// From 1.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.row.number
    }

    /// The headline.
    #[must_use]
    pub fn title(&self) -> Option<&'g str> {
        self.graph.optional(self.row.title)
    }

    /// Who wrote it.
    #[must_use]
    pub fn byline(&self) -> Option<&'g str> {
        self.graph.optional(self.row.byline)
    }

    /// The outlet.
    #[must_use]
    pub fn outlet(&self) -> Option<&'g str> {
        self.graph.optional(self.row.outlet)
    }

    /// When it was published.
    #[must_use]
    pub fn date(&self) -> Option<PartialDate> {
        unpack_date(self.row.date)
    }

    /// Whether it was published by `date`, as [`ClaimRef::is_said_by`] has it.
    #[must_use]
    pub fn is_there_by(&self, date: PartialDate) -> bool {
        self.date().or_else(|| self.graph.latest_told(self.index)).is_none_or(|d| within(d, date))
    }

    /// The origin that it credits.
    #[must_use]
    pub fn origin(&self) -> Option<&'g str> {
        self.graph.optional(self.row.origin)
    }

    /// Which independent source it is of.
    #[must_use]
    pub fn source(&self) -> u32 {
        self.row.source
    }

    /// 32 smallest 5-gram hashes of the body.
    #[must_use]
    pub fn sketch(&self) -> &'g [u64] {
        let range = run(self.graph.at.sketch_offsets.of(&self.graph.bytes), self.index as usize);
        self.graph.at.sketches.some(&self.graph.bytes, index(&range))
    }
}

/// A place where a node is mentioned.
#[derive(Clone, Copy)]
pub struct MentionRef<'g> {
    graph: &'g FrozenGraph,
    row: MentionRow,
}

impl<'g> MentionRef<'g> {
    /// The article.
    #[must_use]
    pub fn article(&self) -> Option<ArticleRef<'g>> {
        self.graph.article(self.row.article)
    }

    /// The id of the document.
    #[must_use]
    pub fn document(&self) -> &'g str {
        self.article().map_or("", |a| a.document())
    }

    /// Where in the document.
    #[must_use]
    pub fn locus(&self) -> Locus {
        let r = &self.row;
        Locus {
            article: self.article().map_or(0, |a| a.number()),
            line: r.line,
            column: r.column,
            span: Span { start: r.start, end: r.start.wrapping_add(r.len) },
        }
    }
}

impl FrozenGraph {
    /// The claims of an edge, by asserted date (undated first), then document and place.
    #[must_use]
    pub fn claims(&self, edge: u32) -> Claims<'_> {
        Claims::range(self, self.run_of(self.at.edge_claims, edge))
    }

    /// The claims of a node's attributes.
    #[must_use]
    pub fn node_claims(&self, node: u32) -> Claims<'_> {
        Claims::range(self, self.run_of(self.at.node_claims, node))
    }

    /// How many claims an edge has. O(1).
    #[must_use]
    pub fn claim_count(&self, edge: u32) -> u32 {
        self.run_of(self.at.edge_claims, edge).len() as u32
    }

    /// All claims of the graph.
    #[must_use]
    pub fn all_claims(&self) -> Claims<'_> {
        Claims::range(self, 0..self.at.claims.len())
    }

    /// A claim by its number.
    #[must_use]
    pub fn claim(&self, index: u32) -> Option<ClaimRef<'_>> {
        Some(ClaimRef { graph: self, index, row: self.at.claims.at(&self.bytes, index)?.into() })
    }

    /// An edge's mode if only claims asserted by `date` count, as [`ClaimRef::is_said_by`] has it. None where no claim
    /// remains; edges without claims always count.
    #[must_use]
    pub fn mode_as_of(&self, edge: u32, date: PartialDate) -> Option<Mode> {
        if self.claim_count(edge) == 0 {
            return Some(self.mode(edge));
        }
        self.claims(edge).filter(|c| c.is_said_by(date)).max_by_key(|c| (c.asserted(), c.mode())).map(|c| c.mode())
    }

    /// How many independent sources an edge's claims have: retellings of one report count once.
    #[must_use]
    pub fn source_count(&self, edge: u32) -> u32 {
        let mut sources: Vec<u32> = self.claims(edge).filter_map(|c| c.source()).collect();
        sources.sort_unstable();
        sources.dedup();
        sources.len() as u32
    }

    /// What an independent source is called: its credited origin, else its first document.
    #[must_use]
    pub fn source_name(&self, source: u32) -> &str {
        self.at.sources.at(&self.bytes, source).map_or("", |s| self.string(s))
    }

    /// Independent sources: their ids are `0..source_total()`.
    #[must_use]
    pub fn source_total(&self) -> u32 {
        self.at.sources.len() as u32
    }

    /// The documents, by ascending id.
    pub fn documents(&self) -> impl ExactSizeIterator<Item = DocumentRef<'_>> {
        self.at.documents.of(&self.bytes).iter().map(|&row| DocumentRef { graph: self, row })
    }

    /// The articles of all documents, in order; a claim's article is one of them.
    pub fn articles(&self) -> impl Iterator<Item = ArticleRef<'_>> {
        (0..self.at.articles.len() as u32).filter_map(|i| self.article(i))
    }

    /// The latest date that an article without one of its own tells as done. The first call reads all claims.
    fn latest_told(&self, article: u32) -> Option<PartialDate> {
        let told = self.told.get_or_init(|| {
            let mut latest: Vec<Option<PartialDate>> = vec![None; self.at.articles.len()];
            let claims = (0..self.at.claims.len()).filter_map(|i| self.claim(i));
            for claim in claims.filter(|c| c.asserted().is_none() && c.mode() == Mode::Actual) {
                let when = claim.when().filter(|w| w.year.is_some());
                if let Some(latest) = latest.get_mut(claim.of_place(0) as usize) {
                    *latest = when.max(*latest);
                }
            }
            latest.into_iter().map(pack_date).collect()
        });
        unpack_date(*told.get(article as usize)?)
    }

    fn article(&self, index: u32) -> Option<ArticleRef<'_>> {
        Some(ArticleRef { graph: self, row: self.at.articles.at(&self.bytes, index)?, index })
    }

    /// Where a node is mentioned, by document and place.
    pub fn mentions(&self, node: u32) -> impl ExactSizeIterator<Item = MentionRef<'_>> {
        let range = self.run_of(self.at.mention_offsets, node);
        self.at.mentions.rows(&self.bytes, range).map(|row| MentionRef { graph: self, row: row.into() })
    }

    /// Why the names of a node were taken for one thing, where more than a shared name spoke for it.
    pub fn reasons(&self, node: u32) -> impl Iterator<Item = &str> {
        let range = self.run_of(self.at.reason_offsets, node);
        self.strings(self.at.reasons.rows(&self.bytes, range))
    }
}

/// The number of which a row has the halves.
fn long([high, low]: [u32; 2]) -> usize {
    (u64::from(high) << 32 | u64::from(low)) as usize
}

/// Whether `date`, taken at its earliest, is not after `end`, taken at its latest.
fn within(date: PartialDate, end: PartialDate) -> bool {
    let first = (date.year.unwrap_or(i16::MIN), date.month.unwrap_or(1), date.day.unwrap_or(1));
    let last = (end.year.unwrap_or(i16::MAX), end.month.unwrap_or(12), end.day.unwrap_or(31));
    first <= last
}
