//! Rows of tables: cells by the heads of their columns → edges, attributes and statuses.
//!
//! A row is no sentence: what its cells are to each other stands in the table's head (`tables.ron` says which words mean
//! what). A table whose head is not understood is left to the readers of sentences. Rows of two cells whose first
//! names what the second holds ("Length | 422 km") speak of the way that the article is about.

use std::ops::Range;
use std::sync::Arc;

use crate::model::{Block, BlockKind, Mode, Value};
use crate::names::fold;
use crate::schema::patterns::Patterns;
use crate::schema::tables::{TableColumn, TableEdge, TableMode};
use crate::schema::{EdgeTypeId, EntryId, NodeTypeId, Schema};
use crate::span::Span;

use super::caption::{Caption, caption_of, counts, measures, only_named};
use super::coref::Anaphor;
use super::entity::{DraftId, Linker};
use super::evidence::Evidence;
use super::page::Page;
use super::relation::{Candidate, Found, NodeAttribute, Status};
use super::sentence::Sentence;
use super::token::{Token, TokenKind};
use super::value::ValueKind;

/// The most words that a name in a cell has.
const LONGEST_NAME: usize = 7;
/// What a column's head is worth beside the votes of sentences.
const COLUMN_VOTE: u32 = 6;

#[derive(Debug)]
struct Column {
    name: Box<str>,
    words: Vec<String>,
    types: Vec<NodeTypeId>,
}

#[derive(Debug)]
struct Measure {
    column: usize,
    attribute: Arc<str>,
    unit: Box<str>,
}

/// Where the target of an edge stands.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Target {
    /// In a column.
    Column(usize),
    /// In the caption: the goods that the table counts.
    Goods,
    /// In the caption: the state that it is about.
    Home,
    /// Over a column in which the row counts something: "From Zambia".
    Across,
}

/// Where the source of an edge stands.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Origin {
    /// In a column.
    Column(usize),
    /// It is the way that the article is about.
    Topic,
    /// It is the state that the table is about, where the row names a partner of it.
    Home,
}

/// The table patterns, compiled.
#[derive(Debug)]
pub struct TableReader {
    columns: Vec<Column>,
    edges: Vec<(EdgeTypeId, Origin, Target)>,
    /// Of these, those that say nothing where the row names a way.
    otherwise: Vec<(EdgeTypeId, Origin, Target)>,
    /// Words of columns that, side by side, count what the states of the rows sell to the state over the table and buy from it.
    balance: Vec<String>,
    partner: Option<usize>,
    /// How goods are measured.
    units: Vec<String>,
    commodity: Option<NodeTypeId>,
    state: Option<NodeTypeId>,
    chain: Option<EdgeTypeId>,
    measures: Vec<Measure>,
    statuses: Vec<(String, String, Mode)>,
    currencies: Vec<(Box<str>, Box<str>)>,
    way: Option<usize>,
    stops: Option<usize>,
    ends: Option<usize>,
    status: Option<usize>,
}

/// The head of a table: what each of its columns holds, and its words.
#[derive(Debug, Clone)]
pub struct TableHead {
    roles: Vec<Option<usize>>,
    texts: Vec<String>,
    /// The state that each column's head names, if one does.
    states: Vec<Option<EntryId>>,
    caption: Caption,
    /// The row is a name and a value of the way that the article is about, no row of several things.
    pub pair: bool,
}

impl TableReader {
    /// Compiles the patterns; what the schema does not know falls away.
    #[must_use]
    pub fn new(schema: &Schema, patterns: &Patterns) -> Self {
        let p = &patterns.tables;
        let column = |c: &TableColumn| Column {
            name: c.name.as_str().into(),
            words: c.words.split_whitespace().map(fold).collect(),
            types: c.types.iter().filter_map(|t| schema.node_type(t)).collect(),
        };
        let columns: Vec<Column> = p.columns.iter().map(column).collect();
        let at = |name: &str| columns.iter().position(|c| &*c.name == name);
        let target = |name: &str| match name {
            "goods_told" => Some(Target::Goods),
            "home" => Some(Target::Home),
            "across" => Some(Target::Across),
            _ => at(name).map(Target::Column),
        };
        let origin = |name: &str| match name {
            "home" => Origin::Home,
            _ => at(name).map_or(Origin::Topic, Origin::Column),
        };
        let edge = |e: &TableEdge| Some((schema.edge_type(&e.edge)?, origin(&e.from), target(&e.to)?));
        let edges = p.edges.iter().filter_map(edge);
        let otherwise = p.edges.iter().filter(|e| e.without_way).filter_map(edge);
        let measures = p.attributes.iter().filter_map(|a| {
            Some(Measure { column: at(&a.column)?, attribute: a.attribute.as_str().into(), unit: a.unit.as_str().into() })
        });
        let mode = |m: TableMode| match m {
            TableMode::Actual => Mode::Actual,
            TableMode::Planned => Mode::Planned,
            TableMode::Proposed => Mode::Proposed,
        };
        let symbols = patterns.values.currencies.iter();
        let symbols = symbols.flat_map(|c| c.symbols.split_whitespace().map(|s| (s.into(), c.code.as_str().into())));
        let mut currencies: Vec<(Box<str>, Box<str>)> = symbols.collect();
        // The longest sign first: "US$" before "$".
        currencies.sort_by_key(|(sign, _)| std::cmp::Reverse(sign.len()));
        Self {
            edges: edges.collect(),
            otherwise: otherwise.collect(),
            units: p.units.split_whitespace().map(fold).collect(),
            balance: p.balance.split_whitespace().map(fold).collect(),
            partner: at("partner"),
            commodity: patterns.parts.commodity.as_deref().and_then(|n| schema.node_type(n)),
            state: patterns.parts.state.as_deref().and_then(|n| schema.node_type(n)),
            chain: schema.edge_type(&p.chain),
            measures: measures.collect(),
            statuses: p.statuses.iter().map(|s| (fold(&s.words), s.status.clone(), mode(s.mode))).collect(),
            currencies,
            way: at("way"),
            stops: at("stops"),
            ends: at("ends"),
            status: at("status"),
            columns,
        }
    }

    fn role(&self, head: &str) -> Option<usize> {
        let folded = fold(head);
        let words: Vec<&str> = folded.split_whitespace().collect();
        self.columns.iter().position(|c| c.words.iter().any(|w| words.contains(&w.as_str())))
    }

    /// The head of each page that is a row of a table which is understood, by page.
    #[must_use]
    pub fn heads(&self, schema: &Schema, title: Option<&str>, pages: &[Page<'_>]) -> Vec<Option<TableHead>> {
        // "Trade of Kenya in 2024" over an article: its tables of partners need not say whose they are.
        let home = title.and_then(|t| only_named(schema, t, self.state));
        let of = |page: &Page<'_>| {
            if page.block.kind != BlockKind::TableRow {
                return None;
            }
            let told = |mut head: TableHead| {
                head.states = head.texts.iter().map(|t| only_named(schema, t, self.state)).collect();
                head.caption = self.caption(schema, page, &head);
                let trade = head.roles.contains(&self.partner);
                head.caption.state = head.caption.state.or(home.filter(|_| trade));
                head
            };
            let understood = |h: &TableHead| {
                let columns = h.roles.iter().flatten().count();
                columns >= 2 || columns == 1 && (h.states.iter().any(Option::is_some) || h.caption.state.is_some())
            };
            let own = page.head.map(|h| told(self.head(h))).filter(understood);
            own.or_else(|| self.pair(page.block))
        };
        pages.iter().map(of).collect()
    }

    /// What stands over the table of a row.
    fn caption(&self, schema: &Schema, page: &Page<'_>, head: &TableHead) -> Caption {
        let Some(over) = caption_of(page) else { return Caption::default() };
        let text = &over.text.text;
        let measured = measures(text, &self.units) || head.texts.iter().any(|t| measures(t, &self.units));
        Caption {
            goods: only_named(schema, text, self.commodity).filter(|_| measured),
            state: only_named(schema, text, self.state),
        }
    }

    fn head(&self, block: &Block) -> TableHead {
        let text = |span: &Span| block.text.text.get(span.range()).unwrap_or_default().to_owned();
        let texts: Vec<String> = block.cells.iter().map(text).collect();
        let mut roles: Vec<Option<usize>> = texts.iter().map(|t| self.role(t)).collect();
        // "From | To" are two columns of stops; of anything else the first column is meant.
        for i in 1..roles.len() {
            if roles[i] != self.stops && roles[i] != self.ends && roles[..i].contains(&roles[i]) {
                roles[i] = None;
            }
        }
        let counted = |word: &String| texts.iter().any(|t| fold(t).split_whitespace().next() == Some(word));
        if self.balance.len() > 1 && self.balance.iter().all(counted) && roles.first() == Some(&self.stops) {
            // "Country | Exports | Imports": the countries are whom somebody trades with.
            roles[0] = self.partner;
        }
        TableHead { roles, texts, states: Vec::new(), caption: Caption::default(), pair: false }
    }

    /// "Length | 422 km": the first cell is the head of the second.
    fn pair(&self, block: &Block) -> Option<TableHead> {
        let [key, _] = block.cells.as_slice() else { return None };
        let key = block.text.text.get(key.range())?;
        if key.split_whitespace().count() > 3 {
            return None;
        }
        let role = self.role(key)?;
        let texts = vec![String::new(), key.to_owned()];
        Some(TableHead { roles: vec![None, Some(role)], texts, states: Vec::new(), caption: Caption::default(), pair: true })
    }

    /// Whether a dash between spaces parts names in a column of these types: "Duluth – Superior" are two places, but may be one way.
    fn dashes_part(&self, types: &[NodeTypeId]) -> bool {
        let way = self.way.and_then(|w| self.columns[w].types.first());
        way.is_none_or(|way| !types.contains(way))
    }

    /// What the cells' columns say of unlisted names, for the whole article.
    pub fn vote(&self, schema: &Schema, pages: &[Page<'_>], heads: &[Option<TableHead>], evidence: &mut Evidence<'_>) {
        for (page, head) in pages.iter().zip(heads) {
            let Some(head) = head else { continue };
            for (cell, role) in head.roles.iter().enumerate() {
                let types = role.map_or(&[][..], |r| &self.columns[r].types);
                let Some(&kind) = types.first() else { continue };
                for part in parts(schema, page, cell_tokens(page, cell), types, self.dashes_part(types)) {
                    let text = page.text(part);
                    if is_name(text) && schema.named(text).is_empty() && Some(kind) != self.state {
                        evidence.vote(text, Some(kind), COLUMN_VOTE);
                    }
                }
            }
        }
    }

    /// Reads one row. O(cells × names).
    pub fn read(&self, linker: &mut Linker<'_>, sentence: &Sentence, number: usize, head: &TableHead, found: &mut Found) {
        if linker.pages[sentence.page].tokens.first().map(|t| t.span.start)
            != linker.pages[sentence.page].tokens.get(sentence.tokens.start).map(|t| t.span.start)
        {
            return;
        }
        let topic = linker.topic_way.or_else(|| if head.pair { most_mentioned_way(linker) } else { last_way(linker, number) });
        let mut row = Row { reader: self, linker, sentence, number, head, cells: vec![Vec::new(); head.roles.len()], found };
        row.name_cells();
        row.chains(topic);
        row.edges(topic);
        row.values(topic);
    }
}

struct Row<'r, 'a, 's> {
    reader: &'r TableReader,
    linker: &'r mut Linker<'a>,
    sentence: &'s Sentence,
    number: usize,
    head: &'r TableHead,
    /// What each cell names.
    cells: Vec<Vec<DraftId>>,
    found: &'r mut Found,
}

impl<'a> Row<'_, 'a, '_> {
    fn page(&self) -> &'a Page<'a> {
        let pages: &'a [Page<'a>] = self.linker.pages;
        &pages[self.sentence.page]
    }

    fn name_cells(&mut self) {
        for cell in 0..self.head.roles.len() {
            let Some(role) = self.head.roles[cell] else { continue };
            let types = self.reader.columns[role].types.clone();
            if types.is_empty() {
                continue;
            }
            let tokens = cell_tokens(self.page(), cell);
            if self.head.pair && tokens.clone().skip(1).any(|i| self.page().tokens[i].is_joined()) {
                // "Route | A–B–C": stops of the article's way, not a way of that name.
                continue;
            }
            let dashes = self.reader.dashes_part(&types);
            for part in parts(self.linker.schema, self.page(), tokens, &types, dashes) {
                if let Some(id) = self.named(part, &types) {
                    self.cells[cell].push(id);
                }
            }
        }
    }

    /// What a part of a cell names: an entry of a fitting type, else something new by this name.
    fn named(&mut self, tokens: Range<usize>, types: &[NodeTypeId]) -> Option<DraftId> {
        let page = self.page();
        let text = page.text(tokens.clone());
        let listed = self.linker.schema.named(text).iter().map(|u| u.entry);
        let fits = |e: &EntryId| types.contains(&self.linker.schema.gazetteer[e.0 as usize].kind);
        let fitting: Vec<EntryId> = listed.filter(fits).collect();
        // Of several so called, the one that the text has spoken of.
        let spoken = fitting.iter().find(|e| self.linker.by_entry.contains_key(e));
        let entry = spoken.or(fitting.first()).copied();
        let id = match entry {
            Some(entry) => {
                let id = self.linker.entry(entry);
                self.linker.add_form(id, text);
                id
            }
            None => {
                // All goods and states that a text can mean are listed: "Other" is none.
                let listed = [self.linker.parts.commodity, self.linker.parts.state].contains(&Some(types[0]));
                if listed || !is_name(text) {
                    return None;
                }
                let id = self.linker.make(self.kind_by_head(text, types), text, true, 0);
                self.linker.learn(id, text);
                id
            }
        };
        self.linker.mention(id, self.sentence.page, tokens);
        Some(id)
    }

    /// Of the types that a column holds, the one that the name's last word tells ("Zubair Pipeline" among projects), else the first.
    fn kind_by_head(&self, text: &str, types: &[NodeTypeId]) -> NodeTypeId {
        let lexicon = self.linker.lexicon;
        let last = text.rsplit(' ').next().unwrap_or_default().to_lowercase();
        let told = lexicon.head(lexicon.id(&last)).map(|h| h.node_type);
        told.filter(|t| types.contains(t)).unwrap_or(types[0])
    }

    fn emit(&mut self, edge: EdgeTypeId, from: DraftId, to: DraftId) {
        // A column of projects may name a pipeline.
        let ends = &self.linker.schema.edge_types[edge.0 as usize];
        let kind = |id: DraftId| self.linker.drafts[id as usize].kind;
        if from == to || !ends.from.contains(&kind(from)) || !ends.to.contains(&kind(to)) {
            return;
        }
        self.found.edges.push(Candidate {
            geometry: Some(edge) == self.linker.parts.touches || Some(edge) == self.linker.parts.within,
            ..Candidate::new(edge, from, to, self.number, format!("row.{}", self.linker.schema.edge_types[edge.0 as usize].name))
        });
    }

    /// "Bangkok–Nakhon Ratchasima" as a way, "Route | Boten–Vang Vieng–Vientiane" of the article's way.
    fn chains(&mut self, topic: Option<DraftId>) {
        let (Some(edge), Some(way)) = (self.reader.chain, self.reader.way) else { return };
        // A column of projects may hold ways too.
        let names_way = |ids: &Vec<DraftId>| {
            ids.first().is_some_and(|&id| Some(self.linker.drafts[id as usize].kind) == self.linker.parts.way)
        };
        let cell = self.head.roles.iter().position(|r| *r == Some(way));
        let Some(cell) = cell.or_else(|| self.cells.iter().position(names_way)) else { return };
        let page = self.page();
        // "Dostyk–Moyinty, second track": what follows the name is said of it; "… railway" is no part of its last stop.
        let comma = |t: &Token| matches!(t.kind, TokenKind::Sign(',' | ';' | '('));
        let mut tokens = cell_tokens(page, cell);
        let name = page.tokens[tokens.clone()].iter().position(comma).map_or(tokens.end, |at| tokens.start + at);
        tokens.end = name;
        let small = |i: usize| page.tokens[i].kind == TokenKind::Word && !page.tokens[i].is_capital();
        while tokens.end > tokens.start && (self.is_way_head(tokens.end - 1) || small(tokens.end - 1)) {
            tokens.end -= 1;
        }
        let mut starts = tokens.start;
        let mut parts = Vec::new();
        for i in tokens.clone().skip(1).filter(|&i| page.tokens[i].is_joined()) {
            parts.push(starts..i);
            starts = i;
        }
        parts.push(starts..tokens.end);
        if parts.len() < 2 || parts.iter().any(Range::is_empty) {
            return;
        }
        let pair = self.head.pair;
        let way = if pair { topic } else { self.cells[cell].first().copied() };
        let Some(way) = way else { return };
        if pair {
            self.cells[cell].clear();
        }
        // The hyphens of a name that is known may be of another kind: "Western Trans-Afghan Railway".
        let known = self.linker.drafts[way as usize].known.is_some() && !pair;
        let types: Vec<NodeTypeId> =
            [self.linker.parts.place, self.linker.parts.state, self.linker.parts.region].into_iter().flatten().collect();
        for part in parts {
            if known && !is_listed(self.linker.schema, page.text(part.clone()), &types) {
                continue;
            }
            if let Some(stop) = self.named(part, &types) {
                self.emit(edge, way, stop);
            }
        }
    }

    fn is_way_head(&self, token: usize) -> bool {
        let head = self.linker.lexicon.head(self.page().tokens[token].word);
        head.is_some_and(|h| Some(h.node_type) == self.linker.parts.way)
    }

    /// What the columns called `role` name.
    fn of_role(&self, role: usize) -> Vec<DraftId> {
        let cells = self.head.roles.iter().zip(&self.cells).filter(|(r, _)| **r == Some(role));
        cells.flat_map(|(_, ids)| ids.iter().copied()).collect()
    }

    fn edges(&mut self, topic: Option<DraftId>) {
        let pair = self.head.pair;
        for &(edge, from, to) in &self.reader.edges {
            // "Nacala railway | 41 | sugar": what the row is about, if that is a way.
            let first = self.cells.first().filter(|_| !pair).and_then(|c| c.first()).copied();
            let topic = first.filter(|&id| Some(self.linker.drafts[id as usize].kind) == self.linker.parts.way).or(topic);
            let about = |ids: Vec<DraftId>, role: usize| {
                let way = Some(role) == self.reader.way;
                if ids.is_empty() && way && pair { topic.into_iter().collect() } else { ids }
            };
            let partner = self.reader.partner.is_some_and(|p| !self.of_role(p).is_empty());
            let sources = match from {
                Origin::Column(from) => about(self.of_role(from), from),
                Origin::Topic => topic.into_iter().collect(),
                Origin::Home if partner => self.told(Target::Home),
                Origin::Home => Vec::new(),
            };
            let told = matches!(to, Target::Home | Target::Across);
            // Who runs the way does not run its port.
            let other = self.reader.otherwise.contains(&(edge, from, to));
            let way = self.reader.way.is_some_and(|w| !self.of_role(w).is_empty());
            if told && sources.is_empty() || other && way {
                continue;
            }
            let targets = match to {
                Target::Column(to) => about(self.of_role(to), to),
                _ => self.told(to),
            };
            for &source in &sources {
                for &target in &targets {
                    self.emit(edge, source, target);
                }
            }
        }
    }

    /// What the caption or the heads of columns tell; no pair of a word and a value has these.
    fn told(&mut self, target: Target) -> Vec<DraftId> {
        let page = self.page();
        let entries: Vec<EntryId> = match target {
            Target::Goods => self.head.caption.goods.into_iter().collect(),
            Target::Home => self.head.caption.state.into_iter().collect(),
            Target::Across => {
                let counted = |cell: usize| counts(page.text(cell_tokens(page, cell)));
                let states = self.head.states.iter().enumerate().filter(|(cell, _)| counted(*cell));
                states.filter_map(|(_, state)| *state).collect()
            }
            Target::Column(_) => Vec::new(),
        };
        let tokens = self.sentence.tokens.clone();
        entries
            .into_iter()
            .map(|entry| {
                let id = self.linker.entry(entry);
                if self.linker.drafts[id as usize].mentions.is_empty() {
                    self.linker.mention(id, self.sentence.page, tokens.clone());
                }
                id
            })
            .collect()
    }

    /// Values and statuses of what the row is about: the first thing that it names, else the article's way.
    fn values(&mut self, topic: Option<DraftId>) {
        let Some(of) = self.cells.iter().flatten().next().copied().or(topic) else { return };
        let page = self.page();
        for cell in 0..self.head.roles.len() {
            let Some(role) = self.head.roles[cell] else { continue };
            let tokens = cell_tokens(page, cell);
            if Some(role) == self.reader.status {
                self.status(of, &fold(page.text(tokens.clone())));
            }
            let Some(measure) = self.reader.measures.iter().find(|m| m.column == role) else { continue };
            let inside = |v: &&super::value::Value| tokens.start <= v.tokens.start && v.tokens.end <= tokens.end;
            let Some(value) = self.sentence.units.values.iter().find(inside) else { continue };
            let currency = || {
                let head = self.head.texts.get(cell)?;
                self.reader.currencies.iter().find(|(sign, _)| head.contains(&**sign)).map(|(_, code)| code.to_string())
            };
            let (number, unit) = match &value.kind {
                ValueKind::Money { number, currency } => (*number, Some(currency.to_string())),
                ValueKind::Quantity { number, unit, .. } if measure.unit.is_empty() => {
                    (*number, Some(page.text(*unit..value.tokens.end).to_owned()))
                }
                ValueKind::Quantity { number, .. } => (*number, Some(measure.unit.to_string())),
                ValueKind::Number(number) if !measure.unit.is_empty() => (*number, Some(measure.unit.to_string())),
                ValueKind::Number(number) => (*number, currency()),
                ValueKind::Date(_) | ValueKind::Percent => continue,
            };
            let written = page.text(value.tokens.clone());
            // "720" under "Length, km" is 720 km.
            let text: Arc<str> = match (&value.kind, &unit) {
                (ValueKind::Number(_), Some(unit)) => format!("{written} {unit}").into(),
                _ => written.into(),
            };
            self.found.attributes.push(NodeAttribute {
                of,
                name: measure.attribute.clone(),
                value: Value::Quantity { text, number: Some(number), unit: unit.map(Into::into) },
                sentence: self.number,
                when: None,
                rule: "row.value".into(),
            });
        }
    }

    fn status(&mut self, of: DraftId, text: &str) {
        let Some((_, word, mode)) = self.reader.statuses.iter().find(|(words, ..)| text.contains(words.as_str())) else { return };
        if Some(self.linker.drafts[of as usize].kind) == self.linker.parts.way {
            self.linker.drafts[of as usize].status.insert(0, (word.clone(), *mode));
        }
        self.found.statuses.push(Status { of, word: word.clone(), sentence: self.number, when: None });
    }
}

/// The tokens of a cell.
fn cell_tokens(page: &Page<'_>, cell: usize) -> Range<usize> {
    let Some(span) = page.block.cells.get(cell) else { return 0..0 };
    let start = page.tokens.partition_point(|t| t.span.start < span.start);
    let end = page.tokens.partition_point(|t| t.span.start < span.end);
    start..end.max(start)
}

/// Whether something of these types is known by this name.
fn is_listed(schema: &Schema, name: &str, types: &[NodeTypeId]) -> bool {
    schema.named(name).iter().any(|u| types.contains(&schema.gazetteer[u.entry.0 as usize].kind))
}

/// The parts of a cell: at commas, semicolons, slashes and "and", unless the whole is one known name of what the column holds ("Turkmenistan,
/// Afghanistan, Pakistan, India" is a pipeline, but no state). What stands in brackets ("Anaklia (from 2029)") names nothing of its own.
/// With `dashes`, a dash between spaces parts them too ("Duluth – Superior").
fn parts(schema: &Schema, page: &Page<'_>, tokens: Range<usize>, types: &[NodeTypeId], dashes: bool) -> Vec<Range<usize>> {
    if is_listed(schema, page.text(tokens.clone()), types) {
        return vec![tokens];
    }
    let mut parts = Vec::new();
    let mut start = tokens.start;
    let mut end = tokens.end;
    for i in tokens {
        let token = &page.tokens[i];
        if token.is_sign('(') {
            end = i;
            break;
        }
        let dash = dashes && matches!(token.kind, TokenKind::Sign('–' | '→'));
        if dash || matches!(token.kind, TokenKind::Sign(',' | ';' | '/')) || matches!(page.text(i..i + 1), "and" | "&") {
            parts.push(start..i);
            start = i + 1;
        }
    }
    parts.push(start..end);
    parts.retain(|p| p.start < p.end);
    parts
}

/// Looks like a name: starts with no small letter, has a capital and two letters, and is not long.
fn is_name(text: &str) -> bool {
    let capital = text.chars().any(char::is_uppercase) && !text.starts_with(char::is_lowercase);
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    capital && letters >= 2 && text.split_whitespace().count() <= LONGEST_NAME
}

/// The way that was spoken of last.
fn last_way(linker: &Linker<'_>, number: usize) -> Option<DraftId> {
    let head = linker.vocabulary.also_ways.first().copied();
    let types = [linker.parts.way?];
    linker
        .antecedent(Anaphor {
            sentence: number,
            phrase: usize::MAX,
            head,
            types: &types,
            number: None,
            not: &[],
            object: false,
            this: false,
        })
        .map(|f| f.0)
}

/// The way that the article speaks of most; the first of equals.
fn most_mentioned_way(linker: &Linker<'_>) -> Option<DraftId> {
    let ways = linker.drafts.iter().enumerate().filter(|(_, d)| Some(d.kind) == linker.parts.way && d.named);
    ways.max_by_key(|(i, d)| (d.mentions.len(), std::cmp::Reverse(*i))).map(|(i, _)| i as DraftId)
}
