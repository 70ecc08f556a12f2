//! Attributes of a frozen graph: typed columns for filters, and every value that is claimed.
//!
//! For each (type, attribute) there is one column with one value an owner: the one that counts, which is the latest
//! by `asserted` and, of equals, the larger. Where several values are claimed, or not all claims give the one, all of them
//! are beside it as [`Fact`]s.

use std::ops::Range;
use std::sync::Arc;

use super::evidence::Claims;
use super::frozen::{FrozenGraph, index};
use super::layout::{Cell, NONE, PieceRow, cell};
use super::packed::Packed;
use super::rows::FactRow;
use crate::model::Value;

/// A value, its texts borrowed from the graph.
#[derive(Debug, Clone, Copy)]
pub enum ValueRef<'g> {
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// A date, a word or free text.
    Text(&'g str),
    /// As the text gives it, and as a number in a unit.
    Quantity {
        /// As written.
        text: &'g str,
        /// The number meant, in `unit`.
        number: Option<f64>,
        /// ISO currency code or unit.
        unit: Option<&'g str>,
    },
    /// Several.
    List(ListRef<'g>),
}

/// A list of values in the graph.
#[derive(Clone, Copy)]
pub struct ListRef<'g> {
    graph: &'g FrozenGraph,
    cells: &'g [Cell],
}

impl std::fmt::Debug for ListRef<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<'g> ListRef<'g> {
    /// How many values.
    #[must_use]
    pub fn len(self) -> usize {
        self.cells.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.cells.is_empty()
    }

    /// The values in order.
    pub fn iter(self) -> impl Iterator<Item = ValueRef<'g>> {
        self.cells.iter().filter_map(move |&c| self.graph.cell(c))
    }
}

impl ValueRef<'_> {
    /// The value with texts of its own.
    #[must_use]
    pub fn to_value(self) -> Value {
        match self {
            Self::Bool(b) => Value::Bool(b),
            Self::Int(i) => Value::Int(i),
            Self::Float(x) => Value::Float(x),
            Self::Text(t) => Value::Text(Arc::from(t)),
            Self::Quantity { text, number, unit } => Value::Quantity { text: Arc::from(text), number, unit: unit.map(Arc::from) },
            Self::List(list) => Value::List(list.iter().map(ValueRef::to_value).collect()),
        }
    }

    /// The number that it is or holds.
    #[must_use]
    pub fn number(self) -> Option<f64> {
        match self {
            Self::Int(i) => Some(i as f64),
            Self::Float(x) => Some(x),
            Self::Quantity { number, .. } => number,
            Self::Bool(_) | Self::Text(_) | Self::List(_) => None,
        }
    }

    /// The text that it is, or as which it was written.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(t) | Self::Quantity { text: t, .. } => Some(t),
            Self::Bool(_) | Self::Int(_) | Self::Float(_) | Self::List(_) => None,
        }
    }
}

/// One attribute over the nodes or the edges of one type. Take it once, then ask it for many owners.
#[derive(Clone, Copy)]
pub struct ValueColumn<'g> {
    graph: &'g FrozenGraph,
    first: u32,
    /// Ascending owners; empty for one value an owner from `first` on.
    owners: &'g [u32],
    /// Presence bits; empty where all are there.
    present: &'g [u64],
    /// How many owners have a value.
    count: u32,
    /// The values.
    pub values: ColumnValues<'g>,
}

/// The values of a column, one an owner in ascending order (with anything in the gaps).
#[derive(Clone, Copy)]
pub enum ColumnValues<'g> {
    /// All are whole numbers.
    Int(&'g [i64]),
    /// All are numbers, at least one no whole one.
    Float(&'g [f64]),
    /// All are texts: strings of the graph, see [`FrozenGraph::string`]. They compare as the texts do.
    Text(&'g [u32]),
    /// Anything else; read with [`ValueColumn::get`].
    Mixed(MixedValues<'g>),
}

/// Values of several kinds.
#[derive(Clone, Copy)]
pub struct MixedValues<'g>(&'g [Cell]);

impl<'g> ValueColumn<'g> {
    /// Where the owner's value stands in `values`. O(1) for dense columns, else O(log values).
    #[inline]
    #[must_use]
    pub fn position(self, owner: u32) -> Option<usize> {
        if self.owners.is_empty() {
            let at = owner.wrapping_sub(self.first) as usize;
            let there = at < self.len() && self.present.get(at / 64).is_none_or(|w| w >> (at % 64) & 1 == 1);
            there.then_some(at)
        } else {
            self.owners.binary_search(&owner).ok()
        }
    }

    /// The owner's value.
    #[inline]
    #[must_use]
    pub fn get(self, owner: u32) -> Option<ValueRef<'g>> {
        let at = self.position(owner)?;
        match self.values {
            ColumnValues::Int(v) => v.get(at).map(|&i| ValueRef::Int(i)),
            ColumnValues::Float(v) => v.get(at).map(|&x| ValueRef::Float(x)),
            ColumnValues::Text(v) => v.get(at).map(|&s| ValueRef::Text(self.graph.string(s))),
            ColumnValues::Mixed(v) => v.0.get(at).and_then(|&c| self.graph.cell(c)),
        }
    }

    /// As [`ValueColumn::get`], texts by number.
    #[inline]
    pub(crate) fn one(self, owner: u32) -> Option<One<'g>> {
        let at = self.position(owner)?;
        match self.values {
            ColumnValues::Int(v) => v.get(at).map(|&i| One::Int(i)),
            ColumnValues::Float(v) => v.get(at).map(|&x| One::Float(x)),
            ColumnValues::Text(v) => v.get(at).map(|&s| One::Text(s)),
            ColumnValues::Mixed(v) => v.0.get(at).and_then(|&c| self.graph.cell(c)).map(One::Other),
        }
    }

    /// Whether every owner from [`ValueColumn::first`] on has a value, so that `values[owner - first]` is it.
    #[must_use]
    pub fn is_full(self) -> bool {
        self.owners.is_empty() && self.present.is_empty()
    }

    /// The first owner of a dense column.
    #[must_use]
    pub fn first(self) -> u32 {
        self.first
    }

    /// How many owners have a value.
    #[must_use]
    pub fn count(self) -> u32 {
        self.count
    }

    fn len(self) -> usize {
        match self.values {
            ColumnValues::Int(v) => v.len(),
            ColumnValues::Float(v) => v.len(),
            ColumnValues::Text(v) => v.len(),
            ColumnValues::Mixed(v) => v.0.len(),
        }
    }
}

/// The value of one owner, its text by number.
#[derive(Debug, Clone, Copy)]
pub(crate) enum One<'g> {
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// A string of the graph.
    Text(u32),
    /// Anything else.
    Other(ValueRef<'g>),
}

/// One of the values that are claimed of an attribute.
#[derive(Clone, Copy)]
pub struct Fact<'g> {
    /// The value.
    pub value: ValueRef<'g>,
    row: FactRow,
    graph: &'g FrozenGraph,
}

impl<'g> Fact<'g> {
    /// The claims that give this value; none for values of graphs made elsewhere.
    #[must_use]
    pub fn claims(&self) -> Claims<'g> {
        let range = self.row.claims..self.row.claims.saturating_add(self.row.len);
        if self.row.listed != 0 {
            return Claims::listed(self.graph, self.graph.at.fact_claims.rows(&self.graph.bytes, range));
        }
        Claims::range(self.graph, range)
    }
}

impl FrozenGraph {
    /// The column of an attribute over the nodes of a type, if one of them has it.
    #[must_use]
    pub fn node_column(&self, kind: u16, attribute: u16) -> Option<ValueColumn<'_>> {
        self.column(0, kind, attribute)
    }

    /// The column of an attribute over the edges of a type, if one of them has it.
    #[must_use]
    pub fn edge_column(&self, kind: u16, attribute: u16) -> Option<ValueColumn<'_>> {
        self.column(1, kind, attribute)
    }

    /// The value that counts: the latest claimed, of equals the larger.
    #[must_use]
    pub fn node_value(&self, node: u32, attribute: u16) -> Option<ValueRef<'_>> {
        self.one_of(0, self.node_type(node), attribute, node).map(|one| self.value_of(one))
    }

    /// As [`FrozenGraph::node_value`], of an edge.
    #[must_use]
    pub fn edge_value(&self, edge: u32, attribute: u16) -> Option<ValueRef<'_>> {
        self.one_of(1, self.edge_type(edge), attribute, edge).map(|one| self.value_of(one))
    }

    /// All values that are claimed of a node's attribute, in the order of the first claim of each.
    pub fn node_facts(&self, node: u32, attribute: u16) -> impl Iterator<Item = Fact<'_>> {
        let all = self.run_of(self.at.node_claims, node);
        facts(self, self.at.node_facts, (node, attribute), all, self.node_value(node, attribute))
    }

    /// All values that are claimed of an edge's attribute.
    pub fn edge_facts(&self, edge: u32, attribute: u16) -> impl Iterator<Item = Fact<'_>> {
        let all = self.run_of(self.at.edge_claims, edge);
        facts(self, self.at.edge_facts, (edge, attribute), all, self.edge_value(edge, attribute))
    }

    /// The nodes and attributes of which several values are claimed, ascending. O(values on record): what all agree on is not among them.
    pub fn disputed_nodes(&self) -> impl Iterator<Item = (u32, u16)> {
        disputed(self, self.at.node_facts)
    }

    /// As [`FrozenGraph::disputed_nodes`], of edges.
    pub fn disputed_edges(&self) -> impl Iterator<Item = (u32, u16)> {
        disputed(self, self.at.edge_facts)
    }

    /// The attributes that a node has a value of, ascending.
    pub fn node_attributes(&self, node: u32) -> impl Iterator<Item = (u16, ValueRef<'_>)> {
        self.attributes(0, self.node_type(node), node)
    }

    /// The attributes that an edge has a value of, ascending.
    pub fn edge_attributes(&self, edge: u32) -> impl Iterator<Item = (u16, ValueRef<'_>)> {
        self.attributes(1, self.edge_type(edge), edge)
    }

    /// The attributes that nodes of a type have.
    pub fn attributes_of_node_type(&self, kind: u16) -> impl Iterator<Item = u16> {
        self.pieces(0, kind).iter().map(|p| p.attribute as u16)
    }

    /// The attributes that edges of a type have.
    pub fn attributes_of_edge_type(&self, kind: u16) -> impl Iterator<Item = u16> {
        self.pieces(1, kind).iter().map(|p| p.attribute as u16)
    }

    /// Every attribute that a node (`owner` 0) or edge (1) has a value of, values that are only denied included.
    pub(super) fn all_attributes(&self, owner: u32, kind: u16, id: u32) -> Vec<u16> {
        let rows = if owner == 0 { self.at.node_facts } else { self.at.edge_facts };
        let claimed = facts_from(self, rows, (id, 0)).take_while(|r| r.owner == id).map(|r| r.attribute as u16);
        let mut all: Vec<u16> = self.attributes(owner, kind, id).map(|a| a.0).chain(claimed).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    fn attributes(&self, owner: u32, kind: u16, id: u32) -> impl Iterator<Item = (u16, ValueRef<'_>)> {
        self.pieces(owner, kind).iter().filter_map(move |p| Some((p.attribute as u16, self.value_of(self.one(p, id)?))))
    }

    fn pieces(&self, owner: u32, kind: u16) -> &[PieceRow] {
        let pieces = self.at.pieces.of(&self.bytes);
        let key = (owner, u32::from(kind));
        let start = pieces.partition_point(|p| (p.owner, p.kind) < key);
        let end = pieces.partition_point(|p| (p.owner, p.kind) <= key);
        pieces.get(start..end).unwrap_or_default()
    }

    fn column(&self, owner: u32, kind: u16, attribute: u16) -> Option<ValueColumn<'_>> {
        self.pieces(owner, kind).iter().find(|p| p.attribute == u32::from(attribute)).and_then(|p| self.piece(p))
    }

    /// The value that counts of one node (`owner` 0) or edge (1). As [`ValueColumn::get`], but of a stored graph only what lies about it
    /// is compared with its sums.
    pub(crate) fn one_of(&self, owner: u32, kind: u16, attribute: u16, id: u32) -> Option<One<'_>> {
        let piece = self.pieces(owner, kind).iter().find(|p| p.attribute == u32::from(attribute))?;
        self.one(piece, id)
    }

    fn one(&self, piece: &PieceRow, id: u32) -> Option<One<'_>> {
        let at = if piece.owners == NONE { id.checked_sub(piece.first) } else { self.sparse(piece, id) };
        let at = at.filter(|&at| at < piece.len && self.is_present(piece, at))?;
        let place = piece.values.checked_add(at)?;
        Some(match piece.tag as u16 {
            cell::INT => One::Int(self.at.words.at(&self.bytes, place)? as i64),
            cell::FLOAT => One::Float(f64::from_bits(self.at.words.at(&self.bytes, place)?)),
            cell::TEXT => One::Text(self.at.halves.at(&self.bytes, place)?),
            _ => One::Other(self.cell(self.at.cells.at(&self.bytes, place)?)?),
        })
    }

    fn value_of<'g>(&'g self, one: One<'g>) -> ValueRef<'g> {
        match one {
            One::Int(whole) => ValueRef::Int(whole),
            One::Float(number) => ValueRef::Float(number),
            One::Text(string) => ValueRef::Text(self.string(string)),
            One::Other(value) => value,
        }
    }

    /// Where an owner's value stands in a column of few owners.
    fn sparse(&self, piece: &PieceRow, id: u32) -> Option<u32> {
        let owner = |at: u32| self.at.halves.at(&self.bytes, piece.owners.checked_add(at)?);
        let (mut low, mut high) = (0, piece.len);
        while low < high {
            let middle = low.midpoint(high);
            if owner(middle)? < id { low = middle + 1 } else { high = middle }
        }
        (low < piece.len && owner(low)? == id).then_some(low)
    }

    fn is_present(&self, piece: &PieceRow, at: u32) -> bool {
        let word = || self.at.words.at(&self.bytes, piece.present.checked_add(at / 64)?);
        piece.owners != NONE || piece.present == NONE || word().is_some_and(|w| w >> (at % 64) & 1 == 1)
    }

    fn piece(&self, piece: &PieceRow) -> Option<ValueColumn<'_>> {
        let range = |start: u32| index(&(start..start.checked_add(piece.len).unwrap_or(start)));
        let (words, halves) = (self.at.words.of(&self.bytes), self.at.halves.of(&self.bytes));
        let values = match piece.tag as u16 {
            cell::INT => ColumnValues::Int(bytemuck::cast_slice(words.get(range(piece.values))?)),
            cell::FLOAT => ColumnValues::Float(bytemuck::cast_slice(words.get(range(piece.values))?)),
            cell::TEXT => ColumnValues::Text(halves.get(range(piece.values))?),
            _ => ColumnValues::Mixed(MixedValues(self.at.cells.of(&self.bytes).get(range(piece.values))?)),
        };
        let owners = if piece.owners == NONE { &[][..] } else { halves.get(range(piece.owners))? };
        let present = match piece.present {
            NONE => &[][..],
            start => words.get(start as usize..start as usize + (piece.len as usize).div_ceil(64))?,
        };
        Some(ValueColumn { graph: self, first: piece.first, owners, present, count: piece.count, values })
    }

    pub(super) fn cell(&self, c: Cell) -> Option<ValueRef<'_>> {
        Some(match c.tag {
            cell::BOOL => ValueRef::Bool(c.bits != 0),
            cell::INT => ValueRef::Int(c.bits as i64),
            cell::FLOAT => ValueRef::Float(f64::from_bits(c.bits)),
            cell::TEXT => ValueRef::Text(self.string(c.aux)),
            cell::QUANTITY | cell::WORDS => {
                let start = c.aux as usize;
                let &[text, unit] = self.at.halves.some(&self.bytes, start..start.checked_add(2)?) else { return None };
                let number = (c.tag == cell::QUANTITY).then(|| f64::from_bits(c.bits));
                ValueRef::Quantity { text: self.string(text), number, unit: self.optional(unit) }
            }
            cell::LIST => {
                let start = usize::try_from(c.bits).ok()?;
                let cells = self.at.cells.some(&self.bytes, start..start.checked_add(c.aux as usize)?);
                ValueRef::List(ListRef { graph: self, cells })
            }
            _ => return None,
        })
    }
}

/// The facts of one owner's attribute; where none is stored, the value that counts is the only one, and `all` claims of the owner
/// give it.
fn facts<'g>(
    graph: &'g FrozenGraph,
    rows: Packed<6>,
    (owner, attribute): (u32, u16),
    all: Range<u32>,
    counts: Option<ValueRef<'g>>,
) -> impl Iterator<Item = Fact<'g>> {
    let key = (owner, u32::from(attribute));
    let mut stored = facts_from(graph, rows, key).take_while(move |r| (r.owner, r.attribute) == key).peekable();
    let only = FactRow { owner, attribute: key.1, value: NONE, claims: all.start, len: all.len() as u32, listed: 0 };
    let plain = if stored.peek().is_none() { Some(only) } else { None };
    stored.chain(plain).filter_map(move |row| {
        let stored = || graph.at.cells.at(&graph.bytes, row.value).and_then(|c| graph.cell(c));
        let value = if row.value == NONE { counts } else { stored() };
        value.map(|value| Fact { value, row, graph })
    })
}

/// The owners and attributes that have more than one fact.
fn disputed(graph: &FrozenGraph, rows: Packed<6>) -> impl Iterator<Item = (u32, u16)> {
    let all = rows.rows(&graph.bytes, 0..rows.len()).map(FactRow::from);
    let mut keys = all.map(|row| (row.owner, row.attribute as u16)).peekable();
    std::iter::from_fn(move || {
        loop {
            let key = keys.next()?;
            if keys.next_if_eq(&key).is_some() {
                while keys.next_if_eq(&key).is_some() {}
                return Some(key);
            }
        }
    })
}

/// The facts from those of an owner's attribute on.
fn facts_from(graph: &FrozenGraph, rows: Packed<6>, key: (u32, u32)) -> impl Iterator<Item = FactRow> {
    let start = rows.partition_point(&graph.bytes, 0, |owner| owner < key.0);
    let from = (start..rows.len()).map_while(move |at| rows.at(&graph.bytes, at)).map(FactRow::from);
    // An owner has few attributes.
    from.skip_while(move |row| (row.owner, row.attribute) < key)
}
