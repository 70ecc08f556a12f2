//! How tables are read, as it stands in `graph-schema/patterns/tables.ron`: what columns hold, and what follows from that.

use serde::{Deserialize, Serialize};

/// How tables are read.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Tables {
    /// What columns may hold.
    pub columns: Vec<TableColumn>,
    /// Words that tell how goods are measured.
    pub units: String,
    /// Words with which the heads of columns begin that, side by side, count the trade with the rows' states.
    pub balance: String,
    /// Which columns of a row stand in which relation.
    pub edges: Vec<TableEdge>,
    /// The edge from a way to the stops that its name or its row spells out.
    pub chain: String,
    /// Which columns give attributes of the row's way, project or place.
    pub attributes: Vec<TableAttribute>,
    /// What the words of a status column mean.
    pub statuses: Vec<TableStatus>,
}

/// What a column holds.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct TableColumn {
    /// What edges and attributes call it.
    pub name: String,
    /// Words of its head.
    pub words: String,
    /// Node types of what its cells name; none for values.
    #[serde(default)]
    pub types: Vec<String>,
}

/// A relation between two cells of a row.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct TableEdge {
    /// The edge type.
    pub edge: String,
    /// The column of its source; `topic` is the way that the article speaks of, `home` the state that stands over the table, where the
    /// row names a partner of it.
    pub from: String,
    /// The column of its target; `goods_told` and `home` are the goods and the state that stand over the table, `across` the states
    /// over the columns in which the row counts something.
    pub to: String,
    /// Only where the row names no way.
    #[serde(default)]
    pub without_way: bool,
}

/// A column whose values are an attribute.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct TableAttribute {
    /// The column.
    pub column: String,
    /// The attribute.
    pub attribute: String,
    /// The unit of bare numbers; that of the column's head if empty.
    pub unit: String,
}

/// What a status cell says.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct TableStatus {
    /// Words that it holds.
    pub words: String,
    /// The status.
    pub status: String,
    /// The mode that it gives the way's geometry.
    pub mode: TableMode,
}

/// A mode, as the pattern file writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub enum TableMode {
    /// In service.
    Actual,
    /// Decided.
    Planned,
    /// Put forward.
    Proposed,
}
