//! Attributes of nodes and edges as columns, and the facts behind them: which value, by which claims.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::builder::{Small, small};
use super::freeze::ranked;
use super::layout::{Cell, NONE, PieceRow, Section, Writer, cell};
use super::order::compare_values;
use super::rows::{FactRow, offsets};
use super::shared::Shared;
use super::symbols::{Symbol, Symbols};
use super::{ClaimRecord, Edge, Given, Node, chosen};
use crate::model::Value;

/// A column with fewer values than one in this many owners of its type lists its owners.
const SPARSE: usize = 4;

/// Attributes of nodes, and of edges.
#[derive(Default)]
pub(super) struct Attributes {
    nodes: Owners,
    edges: Owners,
    values: Shared<Small>,
}

/// Values in the order of their owners.
#[derive(Default)]
struct Owners {
    /// (owner, attribute, the value that counts).
    chosen: Vec<(u32, Symbol, u32)>,
    facts: Vec<Fact>,
    /// Claims that facts rest on, by number among those of all owners.
    claims: Vec<u32>,
}

struct Fact {
    owner: u32,
    attribute: Symbol,
    /// `NONE` where it is the value that counts.
    value: u32,
    /// The first of its claims among those of all owners; if they are listed, where they start in `claims`.
    first: u32,
    len: u32,
    listed: bool,
}

impl Owners {
    /// Adds what the next owner has, whose claims start at `first`.
    fn add(
        &mut self,
        [owner, first]: [u32; 2],
        attrs: &[Given],
        claims: &[ClaimRecord],
        texts: &mut Symbols,
        values: &mut Shared<Small>,
    ) {
        let counting: Vec<(&Arc<str>, &Value)> = chosen(attrs, claims).collect();
        for &(name, value) in &counting {
            self.chosen.push((owner, texts.add(name), values.add(small(value, texts))));
        }
        for several in attrs.chunk_by(|a, b| a.name == b.name) {
            // One value that all claims give needs no fact: that it counts, and by which claims, is known without one.
            let is_plain = |given: &Given| given.claims.len() == claims.len() && counting.iter().any(|c| *c.0 == given.name);
            if several.len() == 1 && is_plain(&several[0]) {
                continue;
            }
            for given in several {
                let counts = counting.iter().any(|c| **c.0 == *given.name && compare_values(c.1, &given.value).is_eq());
                let value = if counts { NONE } else { values.add(small(&given.value, texts)) };
                let (attribute, len) = (texts.add(&given.name), given.claims.len() as u32);
                let listed = given.claims.windows(2).any(|pair| pair[0] + 1 != pair[1]);
                let start = given.claims.first().map_or(0, |c| first + c);
                let first_claim = if listed { self.claims.len() as u32 } else { start };
                if listed {
                    self.claims.extend(given.claims.iter().map(|c| first + c));
                }
                self.facts.push(Fact { owner, attribute, value, first: first_claim, len, listed });
            }
        }
    }
}

impl Attributes {
    /// Adds what the next node has; its claims start at `first` among those of nodes.
    pub(super) fn node(&mut self, node: u32, of: &Node, first: u32, texts: &mut Symbols) {
        self.nodes.add([node, first], &of.attrs, &of.claims, texts, &mut self.values);
    }

    /// Adds what the next edge has; its claims start at `first` among those of edges.
    pub(super) fn edge(&mut self, edge: u32, of: &Edge, first: u32, texts: &mut Symbols) {
        self.edges.add([edge, first], &of.attrs, &of.claims, texts, &mut self.values);
    }

    /// Writes columns and facts. `starts` are the first owners of each type of node, and of edge; the claims of nodes come
    /// after the `edge_claims` of edges.
    pub(super) fn write(self, out: &mut Writer, texts: &Symbols, ranks: &[u32], starts: [&[u32]; 2], edge_claims: u32) {
        let Self { nodes, edges, values } = self;
        let all = values.into_rows();
        let mut columns = Columns { names: names(&nodes, &edges, texts), ..Columns::empty(ranks, &all) };
        for (owner, (of, starts)) in [(&nodes, starts[0]), (&edges, starts[1])].into_iter().enumerate() {
            let mut rest = of.chosen.as_slice();
            for (kind, window) in starts.windows(2).enumerate() {
                let (here, after) = rest.split_at(rest.partition_point(|c| c.0 < window[1]));
                rest = after;
                columns.of_type([owner as u32, kind as u32], window[0], window[1], here);
            }
        }
        let node_facts = columns.facts(&nodes, edge_claims, 0);
        let edge_facts = columns.facts(&edges, 0, nodes.claims.len() as u32);
        let mut names: Vec<(u32, u32)> = columns.names.iter().map(|(name, id)| (*id, ranked(*name, ranks))).collect();
        names.sort_unstable();
        out.put(Section::AttributeNames, names.into_iter().map(|n| n.1).collect::<Vec<_>>());
        let Columns { pieces, words, halves, cells, .. } = columns;
        out.put(Section::Pieces, pieces);
        out.put(Section::Words, words);
        out.put(Section::Halves, halves);
        out.put(Section::Cells, cells);
        out.pack(Section::NodeFacts, node_facts.iter().map(|&row| row.into()));
        out.pack(Section::EdgeFacts, edge_facts.iter().map(|&row| row.into()));
        let mut claims: Vec<u32> = nodes.claims.iter().map(|c| c + edge_claims).collect();
        claims.extend(edges.claims);
        out.pack(Section::FactClaims, offsets(&claims));
    }
}

/// The attributes' ids: their places by ascending name.
fn names(nodes: &Owners, edges: &Owners, texts: &Symbols) -> BTreeMap<Symbol, u32> {
    let of = |o: &Owners| o.chosen.iter().map(|c| c.1).chain(o.facts.iter().map(|f| f.attribute)).collect::<BTreeSet<_>>();
    let mut all: Vec<Symbol> = of(nodes).union(&of(edges)).copied().collect();
    all.sort_unstable_by(|&a, &b| texts.text(a).cmp(texts.text(b)));
    all.into_iter().zip(0..).collect()
}

/// Columns in the making.
struct Columns<'r> {
    ranks: &'r [u32],
    /// Values by number.
    all: &'r [Small],
    names: BTreeMap<Symbol, u32>,
    pieces: Vec<PieceRow>,
    words: Vec<u64>,
    halves: Vec<u32>,
    cells: Vec<Cell>,
    /// Where the texts of a quantity stand in `halves`.
    pairs: FxHashMap<[u32; 2], u32>,
    /// Where the values of facts stand in `cells`.
    known: FxHashMap<(u16, u32, u64), u32>,
}

impl<'r> Columns<'r> {
    fn empty(ranks: &'r [u32], all: &'r [Small]) -> Self {
        let (pieces, words, halves, cells) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (pairs, known) = (FxHashMap::default(), FxHashMap::default());
        Self { ranks, all, names: BTreeMap::new(), pieces, words, halves, cells, pairs, known }
    }

    fn name(&self, name: Symbol) -> u32 {
        self.names.get(&name).copied().unwrap_or(NONE)
    }

    /// One column for each attribute that owners of a type have.
    fn of_type(&mut self, [owner, kind]: [u32; 2], first: u32, end: u32, values: &[(u32, Symbol, u32)]) {
        let all = self.all;
        let mut by_name: BTreeMap<u32, Vec<(u32, &Small)>> = BTreeMap::new();
        for &(index, name, value) in values {
            let named = by_name.entry(self.name(name)).or_default();
            named.extend(all.get(value as usize).map(|value| (index, value)));
        }
        for (attribute, values) in by_name {
            let piece = self.column(first, end, &values);
            self.pieces.push(PieceRow { owner, kind, attribute, ..piece });
        }
    }

    fn column(&mut self, first: u32, end: u32, values: &[(u32, &Small)]) -> PieceRow {
        let tag = column_tag(values);
        let dense = values.len() * SPARSE >= (end - first) as usize;
        let mut piece =
            PieceRow { tag: tag.into(), first, owners: NONE, present: NONE, count: values.len() as u32, ..PieceRow::default() };
        // Dense: one place an owner, gaps included.
        let mut places: Vec<Option<&Small>> = Vec::new();
        if dense {
            places.resize((end - first) as usize, None);
            for &(owner, value) in values {
                places[(owner - first) as usize] = Some(value);
            }
            if values.len() < places.len() {
                piece.present = self.words.len() as u32;
                let bits = |chunk: &[Option<&Small>]| chunk.iter().rev().fold(0_u64, |w, v| w << 1 | u64::from(v.is_some()));
                self.words.extend(places.chunks(64).map(bits));
            }
        } else {
            piece.owners = self.halves.len() as u32;
            self.halves.extend(values.iter().map(|v| v.0));
            places.extend(values.iter().map(|v| Some(v.1)));
        }
        piece.len = places.len() as u32;
        match tag {
            cell::INT | cell::FLOAT => {
                piece.values = self.words.len() as u32;
                self.words.extend(places.iter().map(|v| v.map_or(0, word)));
            }
            cell::TEXT => {
                piece.values = self.halves.len() as u32;
                let ranks = self.ranks;
                self.halves.extend(places.iter().map(|v| match v {
                    Some(Small::Text(text)) => ranked(*text, ranks),
                    _ => NONE,
                }));
            }
            _ => {
                // Lists put their items before, so the column's own cells come last and together.
                let cells: Vec<Cell> = places.iter().map(|v| v.map_or(Cell::default(), |v| self.cell(v))).collect();
                piece.values = self.cells.len() as u32;
                self.cells.extend(cells);
            }
        }
        piece
    }

    fn cell(&mut self, value: &Small) -> Cell {
        let make = |tag, aux, bits| Cell { tag, unused: 0, aux, bits };
        match value {
            Small::Bool(b) => make(cell::BOOL, 0, (*b).into()),
            Small::Int(_) => make(cell::INT, 0, word(value)),
            Small::Float(_) => make(cell::FLOAT, 0, word(value)),
            Small::Text(text) => make(cell::TEXT, ranked(*text, self.ranks), 0),
            Small::Words(text, unit) => make(cell::WORDS, self.texts(*text, *unit), 0),
            Small::Quantity(text, unit, number) => make(cell::QUANTITY, self.texts(*text, *unit), number.0),
            Small::List(items) => {
                let cells: Vec<Cell> = items.iter().map(|v| self.cell(v)).collect();
                let start = self.cells.len() as u64;
                self.cells.extend(&cells);
                make(cell::LIST, cells.len() as u32, start)
            }
        }
    }

    /// The row of a quantity's texts.
    fn texts(&mut self, text: Symbol, unit: Symbol) -> u32 {
        let (texts, next) = ([ranked(text, self.ranks), ranked(unit, self.ranks)], self.halves.len() as u32);
        let row = *self.pairs.entry(texts).or_insert(next);
        if row == next {
            self.halves.extend(texts);
        }
        row
    }

    /// The facts of all owners. Their claims are counted from `claims` on, and those that are listed from `listed` on.
    fn facts(&mut self, of: &Owners, claims: u32, listed: u32) -> Vec<FactRow> {
        let all = self.all;
        let fact = |f: &Fact| FactRow {
            owner: f.owner,
            attribute: self.name(f.attribute),
            value: all.get(f.value as usize).map_or(NONE, |value| self.once(value)),
            claims: f.first + if f.listed { listed } else { claims },
            len: f.len,
            listed: f.listed.into(),
        };
        of.facts.iter().map(fact).collect()
    }

    /// The place of a cell with a value, each value once.
    fn once(&mut self, value: &Small) -> u32 {
        let cell = self.cell(value);
        let next = self.cells.len() as u32;
        let place = *self.known.entry((cell.tag, cell.aux, cell.bits)).or_insert(next);
        if place == next {
            self.cells.push(cell);
        }
        place
    }
}

/// The one kind of all values, or mixed; whole numbers among others count as numbers only if nothing is lost.
fn column_tag(values: &[(u32, &Small)]) -> u16 {
    let kind = |v: &Small| match v {
        Small::Int(_) => cell::INT,
        Small::Float(_) => cell::FLOAT,
        Small::Text(_) => cell::TEXT,
        Small::Bool(_) | Small::Words(..) | Small::Quantity(..) | Small::List(_) => cell::MIXED,
    };
    let first = values.first().map_or(cell::NOTHING, |v| kind(v.1));
    if values.iter().all(|v| kind(v.1) == first) { first } else { cell::MIXED }
}

fn word(value: &Small) -> u64 {
    match value {
        Small::Int(i) => *i as u64,
        Small::Float(x) => x.0,
        Small::Bool(_) | Small::Text(_) | Small::Words(..) | Small::Quantity(..) | Small::List(_) => 0,
    }
}
