//! Rows of tables: what a cell says of its row, by the word at the head of its column.
//!
//! "Port | State | Operator": the first cell is what the row is of. "Operator | Some Company": a row of two cells
//! is a word and a value, said of the way that the article speaks of. Which words mean which edges is data
//! (`columns` in `frames.ron`).

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::model::{Block, Mode, Value};
use crate::schema::patterns::Patterns;
use crate::schema::{EdgeTypeId, Schema};
use crate::span::Span;

use super::entity::DraftId;
use super::lexicon::{Lexicon, WordId};
use super::relation::{Candidate, Found};
use super::slots::Filler;
use super::token::tokenize;

/// What a column says.
#[derive(Debug, Clone)]
struct Column {
    edge: EdgeTypeId,
    /// The cell is the source, and the row the target.
    cell_is_source: bool,
    /// The row's place is taken by the way that the article speaks of.
    of_topic: bool,
    rule: Arc<str>,
}

/// Columns by the words at their heads.
#[derive(Debug, Default)]
pub struct ColumnTable {
    by_word: FxHashMap<WordId, Column>,
    /// Words at the head of a chain of stops.
    routes: Vec<WordId>,
}

impl ColumnTable {
    /// Compiles the columns.
    #[must_use]
    pub fn new(schema: &Schema, lexicon: &mut Lexicon, patterns: &Patterns) -> Self {
        let mut table = Self::default();
        for pattern in &patterns.frames.columns {
            let Some(edge) = schema.edge_type(&pattern.edge) else { continue };
            let column = Column {
                edge,
                cell_is_source: pattern.cell_is_source,
                of_topic: pattern.of_topic,
                rule: pattern.id.as_str().into(),
            };
            for word in pattern.words.split_whitespace() {
                table.by_word.insert(lexicon.add_form(word), column.clone());
            }
        }
        table.routes = patterns.frames.routes.split_whitespace().map(|w| lexicon.add_form(w)).collect();
        table
    }

    fn column(&self, lexicon: &Lexicon, text: &str) -> Option<&Column> {
        words(lexicon, text).into_iter().find_map(|w| self.by_word.get(&w))
    }
}

fn words(lexicon: &Lexicon, text: &str) -> Vec<WordId> {
    let mut out = Vec::new();
    tokenize(text, |_, form| out.push(lexicon.id(form)));
    out
}

fn cell<'b>(block: &'b Block, index: usize) -> &'b str {
    block.cells.get(index).and_then(|s| block.text.text.get(s.range())).unwrap_or("")
}

/// What one row says. `head` is the head row of its table, if it has one. O(phrases × cells).
pub fn row(filler: &mut Filler<'_, '_, '_>, columns: &ColumnTable, head: Option<&Block>, found: &mut Found) {
    let block = filler.linker.pages[filler.sentence.page].block;
    let lexicon = filler.linker.lexicon;
    if block.cells.len() == 2 {
        let key = cell(block, 0);
        if words(lexicon, key).iter().any(|w| columns.routes.contains(w)) {
            return stops(filler, block.cells[1], found);
        }
        if let Some(column) = columns.column(lexicon, key).cloned() {
            let Some(topic) = topic(filler) else { return };
            return of_cell(filler, &column, block.cells[1], &[topic], found);
        }
    }
    let Some(head) = head else { return };
    if let Some(column) = columns.column(lexicon, cell(head, 0)).filter(|c| c.of_topic).cloned() {
        let topic: Vec<DraftId> = topic(filler).into_iter().collect();
        of_cell(filler, &column, block.cells.first().copied().unwrap_or_default(), &topic, found);
    }
    for index in 1..block.cells.len() {
        let Some(column) = columns.column(lexicon, cell(head, index)).filter(|c| !c.of_topic).cloned() else { continue };
        let ends = if column.cell_is_source { 1 } else { 0 };
        let types = ends_of(filler, column.edge, ends == 1);
        let rows = in_cell(filler, block.cells[0], &types);
        of_cell(filler, &column, block.cells[index], &rows, found);
    }
}

fn ends_of(filler: &Filler<'_, '_, '_>, edge: EdgeTypeId, target: bool) -> Vec<crate::schema::NodeTypeId> {
    let data = &filler.linker.schema.edge_types[edge.0 as usize];
    if target { data.to.clone() } else { data.from.clone() }
}

/// The entities of these types that a cell names.
fn in_cell(filler: &mut Filler<'_, '_, '_>, span: Span, types: &[crate::schema::NodeTypeId]) -> Vec<DraftId> {
    let page = &filler.linker.pages[filler.sentence.page];
    let inside = |p: &usize| {
        let phrase = &filler.sentence.elements.phrases[*p];
        let unit = &filler.sentence.units.units[phrase.head];
        page.tokens.get(unit.tokens.start).is_some_and(|t| t.span.start >= span.start && t.span.end <= span.end)
    };
    let phrases: Vec<usize> = (0..filler.sentence.elements.phrases.len()).filter(inside).collect();
    phrases.into_iter().flat_map(|p| filler.phrase(p, types, None)).filter(|e| e.named).map(|e| e.id).collect()
}

fn of_cell(filler: &mut Filler<'_, '_, '_>, column: &Column, span: Span, rows: &[DraftId], found: &mut Found) {
    let types = ends_of(filler, column.edge, !column.cell_is_source);
    let row_types = ends_of(filler, column.edge, column.cell_is_source);
    for id in in_cell(filler, span, &types) {
        for &row in rows {
            if row == id || !row_types.contains(&filler.linker.drafts[row as usize].kind) {
                continue;
            }
            let (from, to) = if column.cell_is_source { (id, row) } else { (row, id) };
            push(filler, column.edge, from, to, &column.rule, BTreeMap::new(), found);
        }
    }
}

/// "Route | A–B–C": stops of the way that the article speaks of.
fn stops(filler: &mut Filler<'_, '_, '_>, span: Span, found: &mut Found) {
    let Some(touches) = filler.linker.parts.touches else { return };
    let Some(topic) = topic(filler) else { return };
    let types = ends_of(filler, touches, true);
    let stops = in_cell(filler, span, &types);
    for (at, &stop) in stops.iter().enumerate() {
        let attrs = [(Arc::from("order"), Value::Int(at as i64 + 1))].into_iter().collect();
        push(filler, touches, topic, stop, &"touches.row".into(), attrs, found);
    }
}

/// The way that the article has spoken of most so far.
fn topic(filler: &Filler<'_, '_, '_>) -> Option<DraftId> {
    let way = filler.linker.parts.way?;
    let ways = filler.linker.drafts.iter().enumerate().filter(|(_, d)| d.kind == way && d.named);
    ways.max_by_key(|(i, d)| (d.mentions.len(), std::cmp::Reverse(*i))).map(|(i, _)| i as DraftId)
}

fn push(
    filler: &mut Filler<'_, '_, '_>,
    edge: EdgeTypeId,
    from: DraftId,
    to: DraftId,
    rule: &Arc<str>,
    attrs: BTreeMap<Arc<str>, Value>,
    found: &mut Found,
) {
    for id in [from, to] {
        // What a row is said of is mentioned by the row.
        let tokens = filler.sentence.tokens.clone();
        if filler.linker.drafts[id as usize].mentions.is_empty() {
            filler.linker.mention(id, filler.sentence.page, tokens);
        }
    }
    let p = filler.linker.parts;
    found.edges.push(Candidate {
        edge,
        from,
        to,
        mode: Mode::Actual,
        geometry: [p.touches, p.carries].contains(&Some(edge)),
        sentence: filler.number,
        rule: rule.clone(),
        attrs,
        when: None,
        distance: 1,
    });
}
