//! Candidates become claims: modes are settled by what the whole article says of a
//! way, edges that follow from others are added, duplicates fused, positions found.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{
    Article, ArticleInfo, Claim, Document, DocumentInfo, Entity, Extraction, Locus, Mode, PartialDate, Statement, Value,
};
use crate::names::only_describes;
use crate::schema::confidence::Confidence;
use crate::schema::{EdgeTypeId, EntryId, NodeTypeId, Schema};
use crate::span::{LineIndex, Span};

use super::entity::Draft;
use super::page::Page;
use super::parts::Parts;
use super::relation::{Candidate, Found};
use super::sentence::Sentence;
use super::status::is_halt;

/// Claims of a document while its articles are read.
pub struct Gathered<'d> {
    document: &'d Document,
    bytes: &'d [u8],
    lines: LineIndex,
    entities: Vec<Entity>,
    by_entry: FxHashMap<(NodeTypeId, EntryId), u32>,
    /// By type and folded name, for those that nobody listed; what has no name and is only described, by article as well.
    by_name: FxHashMap<(NodeTypeId, String, Option<u32>), u32>,
    claims: Vec<Claim>,
    articles: Vec<ArticleInfo>,
}

impl<'d> Gathered<'d> {
    /// With nothing read yet.
    #[must_use]
    pub fn new(document: &'d Document, bytes: &'d [u8]) -> Self {
        Self {
            document,
            bytes,
            lines: LineIndex::new(bytes),
            entities: Vec::new(),
            by_entry: FxHashMap::default(),
            by_name: FxHashMap::default(),
            claims: Vec::new(),
            articles: Vec::new(),
        }
    }

    /// Begins an article, of which [`Gathered::add`] gives all parts.
    pub fn begin(&mut self, article: &Article) {
        self.articles.push(info(article));
    }

    /// Adds what an article says, or a part of it.
    #[expect(clippy::too_many_arguments, reason = "the parts of one article, given once")]
    pub fn add(
        &mut self,
        article: &Article,
        pages: &[Page<'_>],
        sentences: &[Sentence],
        drafts: Vec<Draft>,
        mut found: Found,
        schema: &Schema,
        parts: &Parts,
        confidence: &Confidence,
    ) {
        settle_modes(parts, &drafts, &mut found.edges);
        implied(&mut found.edges, parts);
        let candidates = fuse(schema, found.edges);
        // An article has few rules, and many claims by each.
        let mut known: FxHashMap<(Arc<str>, usize), u16> = FxHashMap::default();
        let mut sure = |rule: &Arc<str>, distance: usize| {
            *known.entry((rule.clone(), distance)).or_insert_with(|| confidence.of(rule, distance))
        };
        let used = used(&drafts, &candidates);
        let ids: Vec<Option<u32>> =
            drafts.into_iter().zip(used).map(|(d, used)| used.then(|| self.entity(article, pages, d, schema))).collect();
        // Claims of one sentence share its text and its place.
        let mut quoted: Vec<Option<Quote>> = vec![None; sentences.len()];
        let origin: Option<Arc<str>> = article.origin.as_deref().map(Into::into);
        let mut claims = Vec::with_capacity(candidates.len() + found.attributes.len());
        let mut quote =
            |at: usize| quoted[at].get_or_insert_with(|| self.quote(article, pages, &sentences[at], origin.clone())).clone();
        for candidate in candidates {
            let (Some(subject), Some(object)) = (ids[candidate.from as usize], ids[candidate.to as usize]) else { continue };
            let quote = quote(candidate.sentence);
            let confidence = sure(&candidate.rule, candidate.distance);
            claims.push(claim(candidate, subject, object, quote, schema, confidence));
        }
        for attribute in found.attributes {
            let Some(subject) = ids[attribute.of as usize] else { continue };
            let Quote { locus, text, asserted, origin } = quote(attribute.sentence);
            claims.push(Claim {
                subject,
                statement: Statement::Attribute { name: attribute.name, value: attribute.value },
                mode: Mode::Actual,
                locus,
                text,
                asserted,
                when: attribute.when,
                speaker: None,
                origin,
                confidence: sure(&attribute.rule, 0),
                rule: attribute.rule,
                attrs: std::collections::BTreeMap::new(),
            });
        }
        self.claims.append(&mut claims);
    }

    /// The extraction of the whole document.
    #[must_use]
    pub fn finish(mut self, _schema: &Schema, _parts: &Parts) -> Extraction {
        for entity in &mut self.entities {
            entity.mentions.sort_unstable();
            entity.mentions.dedup();
        }
        Extraction {
            document: DocumentInfo { id: self.document.id.clone(), hash: self.document.hash.clone(), articles: self.articles },
            entities: self.entities,
            claims: self.claims,
        }
    }

    fn entity(&mut self, article: &Article, pages: &[Page<'_>], draft: Draft, schema: &Schema) -> u32 {
        let Draft { kind, known, name, forms, mentions, .. } = draft;
        let mentions = mentions.into_iter().map(|(page, from, to)| self.locus(article, &pages[page], from, to));
        let mut mentions: Vec<Locus> = mentions.collect();
        let next = self.entities.len() as u32;
        let index = *match known {
            Some(entry) => self.by_entry.entry((kind, entry)).or_insert(next),
            None => {
                let own = only_describes(name.as_str()) && !schema.roles.stuff.contains(&kind);
                self.by_name.entry((kind, name.folded().to_owned(), own.then_some(article.number))).or_insert(next)
            }
        };
        if index == next {
            let known = known.map(|e| schema.gazetteer[e.0 as usize].id.clone());
            let key = known.as_deref().unwrap_or_else(|| name.folded()).to_owned();
            self.entities.push(Entity {
                kind: schema.node_types[kind.0 as usize].name.clone(),
                name: name.into_string(),
                known,
                keys: vec![key],
                forms: Vec::with_capacity(forms.len()),
                mentions: std::mem::take(&mut mentions),
            });
        }
        let entity = &mut self.entities[index as usize];
        for form in forms {
            if !entity.forms.iter().any(|f| f == form.as_str()) {
                entity.forms.push(form.into_string());
            }
        }
        entity.mentions.append(&mut mentions);
        index
    }

    fn locus(&self, article: &Article, page: &Page<'_>, from: usize, to: usize) -> Locus {
        let start = page.tokens.get(from).map_or(0, |t| t.span.start);
        let end = page.tokens.get(to.saturating_sub(1)).map_or(start, |t| t.span.end);
        let span = page.block.text.file_span(Span { start, end });
        let (line, column) = self.lines.line_column(self.bytes, span.start as usize);
        Locus { article: article.number, line, column, span }
    }

    fn quote(&self, article: &Article, pages: &[Page<'_>], sentence: &Sentence, origin: Option<Arc<str>>) -> Quote {
        let page = &pages[sentence.page];
        let locus = self.locus(article, page, sentence.tokens.start, sentence.tokens.end);
        Quote { locus, text: page.text(sentence.tokens.clone()).into(), asserted: article.date, origin }
    }
}

/// What all claims of a sentence share.
#[derive(Clone)]
struct Quote {
    locus: Locus,
    text: Arc<str>,
    asserted: Option<PartialDate>,
    origin: Option<Arc<str>>,
}

fn claim(candidate: Candidate, subject: u32, object: u32, quote: Quote, schema: &Schema, confidence: u16) -> Claim {
    let edge = &schema.edge_types[candidate.edge.0 as usize];
    let mut attrs = candidate.attrs;
    attrs.retain(|name, _| edge.attributes.contains(name));
    Claim {
        subject,
        statement: Statement::Edge { kind: edge.name.clone(), object },
        mode: candidate.mode,
        locus: quote.locus,
        text: quote.text,
        asserted: quote.asserted,
        when: candidate.when,
        speaker: candidate.speaker,
        origin: quote.origin,
        confidence,
        rule: candidate.rule,
        attrs,
    }
}

fn info(article: &Article) -> ArticleInfo {
    ArticleInfo {
        number: article.number,
        title: article.title.as_ref().map(|t| t.text.clone()),
        byline: article.byline.clone(),
        outlet: article.outlet.clone(),
        date: article.date,
        origin: article.origin.clone(),
        sketch: Vec::new(),
    }
}

/// The geometry of a way takes the way's own status, unless the clause denies it. Where no status is told, what everybody only plans or
/// proposes has that mode, and so has where it lies and what it is part of.
fn settle_modes(parts: &Parts, drafts: &[Draft], edges: &mut [Candidate]) {
    let to_come = to_come(parts, edges);
    let proposes = |e: &&Candidate| Some(e.edge) == parts.proposes && e.mode != Mode::Denied;
    let put_forward: FxHashSet<u32> = edges.iter().filter(proposes).map(|e| e.to).collect();
    for edge in edges.iter_mut().filter(|e| e.mode == Mode::Actual) {
        let draft = &drafts[edge.from as usize];
        let lies = Some(edge.edge) == parts.within && Some(draft.kind) == parts.project || Some(edge.edge) == parts.part_of;
        let open = draft.opened || !draft.status.is_empty();
        if let Some(&mode) = to_come.get(&edge.from).filter(|_| (lies || edge.geometry) && !open) {
            edge.mode = mode;
        }
    }
    for edge in edges.iter_mut().filter(|e| e.geometry && e.mode != Mode::Denied) {
        let draft = &drafts[edge.from as usize];
        // What has been halted keeps the mode that it had.
        let told = || draft.status.iter().filter(|(_, mode)| *mode != Mode::Denied);
        let first = told().find(|(status, _)| !is_halt(status)).or_else(|| told().next());
        let weakest = first.map(|(_, mode)| *mode).filter(|_| !draft.opened);
        if let Some(mode) = weakest {
            edge.mode = if mode == Mode::Actual { edge.mode } else { mode.min(edge.mode) };
        }
        // "a line from A to B, which Kenya has agreed to build, would carry tea": what is to be built is planned, whatever it would do.
        let planned = to_come.get(&edge.from) == Some(&Mode::Planned) && !draft.opened && !put_forward.contains(&edge.from);
        if edge.mode < Mode::Planned && planned {
            edge.mode = Mode::Planned;
        }
    }
}

/// What somebody is to build or proposes and nobody builds, with the mode that comes nearest to being built.
fn to_come(parts: &Parts, edges: &[Candidate]) -> FxHashMap<u32, Mode> {
    let mut modes: FxHashMap<u32, Mode> = FxHashMap::default();
    for edge in edges {
        let mode = if Some(edge.edge) == parts.builds {
            edge.mode
        } else if Some(edge.edge) == parts.proposes && edge.mode != Mode::Denied {
            Mode::Proposed
        } else {
            continue;
        };
        modes.entry(edge.to).and_modify(|known| *known = mode.max(*known)).or_insert(mode);
    }
    modes.retain(|_, mode| !matches!(mode, Mode::Actual | Mode::Denied));
    modes
}

/// Whoever leads a state or a body and takes part makes it take part.
fn implied(edges: &mut Vec<Candidate>, parts: &Parts) {
    let (Some(leads), Some(takes_part)) = (parts.leads, parts.takes_part) else { return };
    let led: Vec<(u32, u32)> =
        edges.iter().filter(|e| e.edge == leads && e.mode == Mode::Actual).map(|e| (e.from, e.to)).collect();
    let more: Vec<Candidate> = edges
        .iter()
        .filter(|e| e.edge == takes_part)
        .flat_map(|e| {
            led.iter().filter(|(person, _)| *person == e.from).map(|&(_, state)| Candidate { from: state, ..e.clone() })
        })
        .collect();
    edges.extend(more);
}

/// One candidate a sentence and edge: the first rule names it, attributes of all are kept.
fn fuse(schema: &Schema, edges: Vec<Candidate>) -> Vec<Candidate> {
    let mut at: FxHashMap<(EdgeTypeId, u32, u32, usize), usize> = FxHashMap::default();
    let mut out: Vec<Candidate> = Vec::new();
    for edge in edges {
        let symmetric = schema.edge_types[edge.edge.0 as usize].symmetric;
        let (a, b) = if symmetric && edge.to < edge.from { (edge.to, edge.from) } else { (edge.from, edge.to) };
        match at.get(&(edge.edge, a, b, edge.sentence)) {
            Some(&i) => {
                let kept: &mut Candidate = &mut out[i];
                kept.speaker = kept.speaker.take().or(edge.speaker);
                for (name, value) in edge.attrs {
                    kept.attrs.entry(name).or_insert(value);
                }
            }
            None => {
                at.insert((edge.edge, a, b, edge.sentence), out.len());
                out.push(edge);
            }
        }
    }
    out
}

/// Named entities, and described ones that an edge touches.
fn used(drafts: &[Draft], edges: &[Candidate]) -> Vec<bool> {
    let mut used: Vec<bool> = drafts.iter().map(|d| d.named && !d.mentions.is_empty()).collect();
    for edge in edges {
        used[edge.from as usize] = true;
        used[edge.to as usize] = true;
    }
    used
}

/// A value as plain text.
#[must_use]
pub fn plain(value: &Value) -> String {
    match value {
        Value::Bool(b) => b.to_string(),
        Value::Int(i) => i.to_string(),
        Value::Float(f) => f.to_string(),
        Value::Text(t) => t.to_string(),
        Value::Quantity { text, .. } => text.to_string(),
        Value::List(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
    }
}
