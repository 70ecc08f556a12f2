//! Graphs as a pair of tables, `nodes.csv` and `edges.csv`, with columns found by their headers.
//!
//! Known are our own headers, Gephi's (`Id`, `Label`; `Source`, `Target`, `Kind`), neo4j-admin's (`:ID`, `:LABEL`;
//! `:START_ID`, `:END_ID`, `:TYPE`, typed properties), and the usual others (`src`, `dst`, `from`, `to`).
//! Every other column is an attribute; one whose cells are all numbers holds numbers.

use std::sync::Arc;

use csv::{ByteRecord, ReaderBuilder};
use rustc_hash::FxHashMap;

use super::{EdgeDraft, Given, GraphBuilder, KnowledgeGraph, NodeDraft};
use crate::model::{Mode, Value};

/// Tables that are no graph, and where.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// Broken quoting or the like.
    #[error("{table}: {fault}")]
    Csv {
        /// `nodes` or `edges`.
        table: &'static str,
        /// What the reader says, with the line.
        fault: csv::Error,
    },
    /// A column that there must be.
    #[error("{table}: no column for {what} among {found}")]
    NoColumn {
        /// `nodes` or `edges`.
        table: &'static str,
        /// What it should hold.
        what: &'static str,
        /// The headers there are.
        found: String,
    },
    /// An edge that leads nowhere.
    #[error("edges, line {line}: “{end}” is no node's id")]
    UnknownEnd {
        /// From 1.
        line: u64,
        /// The id.
        end: String,
    },
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Id,
    Kind,
    Name,
    Aliases,
    Source,
    Target,
    Mode,
    /// A column that says nothing of the graph: row numbers, Gephi's `Directed`.
    Nothing,
    Attribute(Kind),
}

/// What an attribute's cells are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Unknown,
    Int,
    Float,
    Bool,
    Text,
    Texts,
}

struct Column {
    name: Arc<str>,
    role: Role,
}

/// Reads a graph from two tables. Two passes over each: the first finds which columns hold numbers.
///
/// # Errors
/// Broken CSV, no column of ids or ends, an edge whose end is no node.
pub fn read(nodes: &[u8], edges: &[u8]) -> Result<KnowledgeGraph, TableError> {
    let mut builder = GraphBuilder::new();
    let columns = columns("nodes", nodes, node_role)?;
    if !columns.iter().any(|c| c.role == Role::Id) {
        return Err(no_column("nodes", "ids", &columns));
    }
    let mut numbers: FxHashMap<Vec<u8>, u32> = FxHashMap::default();
    let mut kinds = Texts::default();
    rows("nodes", nodes, |row, _| {
        let (id, draft) = node(&columns, row, &mut kinds);
        numbers.insert(id, builder.node(draft));
        Ok(())
    })?;
    let columns = self::columns("edges", edges, edge_role)?;
    for (role, what) in [(Role::Source, "sources"), (Role::Target, "targets")] {
        if !columns.iter().any(|c| c.role == role) {
            return Err(no_column("edges", what, &columns));
        }
    }
    rows("edges", edges, |row, line| {
        let (source, target, draft) = edge(&columns, row, &mut kinds);
        let find = |end: &[u8]| {
            let unknown = || TableError::UnknownEnd { line, end: String::from_utf8_lossy(end).into_owned() };
            numbers.get(end).copied().ok_or_else(unknown)
        };
        builder.edge(find(source)?, find(target)?, draft);
        Ok(())
    })?;
    Ok(builder.finish())
}

fn no_column(table: &'static str, what: &'static str, columns: &[Column]) -> TableError {
    let found = columns.iter().map(|c| format!("`{}`", c.name)).collect::<Vec<_>>().join(", ");
    TableError::NoColumn { table, what, found }
}

/// Texts that many rows share.
#[derive(Default)]
struct Texts(FxHashMap<Vec<u8>, Arc<str>>);

impl Texts {
    fn get(&mut self, bytes: &[u8]) -> Arc<str> {
        match self.0.get(bytes) {
            Some(text) => text.clone(),
            None => {
                let text: Arc<str> = Arc::from(String::from_utf8_lossy(bytes));
                self.0.insert(bytes.to_vec(), text.clone());
                text
            }
        }
    }
}

fn rows(
    table: &'static str,
    text: &[u8],
    mut each: impl FnMut(&ByteRecord, u64) -> Result<(), TableError>,
) -> Result<(), TableError> {
    let mut reader = reader(text);
    let mut row = ByteRecord::new();
    while reader.read_byte_record(&mut row).map_err(|fault| TableError::Csv { table, fault })? {
        each(&row, row.position().map_or(0, csv::Position::line))?;
    }
    Ok(())
}

fn reader(text: &[u8]) -> csv::Reader<&[u8]> {
    // A byte-order mark is no part of the first header.
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let head = text.split(|&b| b == b'\n').next().unwrap_or_default();
    let count = |d: u8| head.iter().filter(|&&b| b == d).count();
    let delimiter = [b',', b';', b'\t'].into_iter().rev().max_by_key(|&d| count(d)).unwrap_or(b',');
    ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text)
}

/// The columns of a table, and of what kind those are whose header does not say it.
fn columns(table: &'static str, text: &[u8], role: fn(&str, &[String]) -> Role) -> Result<Vec<Column>, TableError> {
    let headers = reader(text).byte_headers().map_err(|fault| TableError::Csv { table, fault })?.clone();
    let names: Vec<String> = headers.iter().map(|h| String::from_utf8_lossy(h).trim().to_owned()).collect();
    let mut columns: Vec<Column> = names
        .iter()
        .map(|header| {
            let role = role(&header.to_lowercase(), &names);
            let bare = header.split_once(':').map_or(header.as_str(), |(name, _)| name);
            Column { name: Arc::from(if bare.is_empty() { header.as_str() } else { bare }), role }
        })
        .collect();
    // Of two columns that could be one thing, the first is it; the other is an attribute.
    for at in 1..columns.len() {
        let role = columns[at].role;
        let single = matches!(role, Role::Id | Role::Kind | Role::Name | Role::Source | Role::Target | Role::Mode);
        if single && columns[..at].iter().any(|c| c.role == role) {
            columns[at].role = Role::Attribute(Kind::Unknown);
        }
    }
    rows(table, text, |row, _| {
        for (column, cell) in columns.iter_mut().zip(row) {
            if let Role::Attribute(kind) = &mut column.role
                && matches!(kind, Kind::Unknown | Kind::Int | Kind::Float)
                && !cell.is_empty()
            {
                *kind = widen(*kind, cell);
            }
        }
        Ok(())
    })?;
    for column in &mut columns {
        if column.role == Role::Attribute(Kind::Unknown) {
            column.role = Role::Attribute(Kind::Text);
        }
    }
    Ok(columns)
}

/// The kind of a column that was of `kind` and has this cell too.
fn widen(kind: Kind, cell: &[u8]) -> Kind {
    match std::str::from_utf8(cell) {
        Ok(text) if kind != Kind::Float && is_whole(text) => Kind::Int,
        Ok(text) if is_number(text) => Kind::Float,
        _ => Kind::Text,
    }
}

/// Whether the text is a whole number as we would write it: `007` is a code, no number.
fn is_whole(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = !digits.is_empty() && digits.len() < 19 && digits.bytes().all(|b| b.is_ascii_digit());
    plain && (digits == "0" || !digits.starts_with('0'))
}

fn is_number(text: &str) -> bool {
    is_whole(text) || (text.contains('.') && text.parse::<f64>().is_ok_and(f64::is_finite) && !text.starts_with(['+', '.']))
}

/// The kind that neo4j-admin's header says: `length:double`.
fn said(header: &str) -> Kind {
    match header.split_once(':').map_or("", |(_, kind)| kind) {
        "int" | "long" | "short" | "byte" => Kind::Int,
        "float" | "double" => Kind::Float,
        "boolean" => Kind::Bool,
        "string[]" => Kind::Texts,
        "" => Kind::Unknown,
        _ => Kind::Text,
    }
}

fn node_role(header: &str, _: &[String]) -> Role {
    let bare = header.split(':').next().unwrap_or_default();
    match header {
        _ if header.contains(":id") => Role::Id,
        _ if header.ends_with(":label") => Role::Kind,
        "id" | "key" | "nodeid" | "node" => Role::Id,
        "type" => Role::Kind,
        _ if matches!(bare, "name" | "label") => Role::Name,
        _ if bare == "aliases" => Role::Aliases,
        _ if header.ends_with(":ignore") => Role::Nothing,
        _ => Role::Attribute(said(header)),
    }
}

fn edge_role(header: &str, all: &[String]) -> Role {
    let has = |name: &str| all.iter().any(|h| h.eq_ignore_ascii_case(name));
    match header {
        _ if header.contains(":start_id") => Role::Source,
        _ if header.contains(":end_id") => Role::Target,
        _ if header.ends_with(":type") => Role::Kind,
        "source" | "src" | "from" | "subject" => Role::Source,
        "target" | "dst" | "to" | "object" => Role::Target,
        // Gephi's `Type` says directed or undirected; its `Kind` is the type of the edge.
        "type" if has("kind") && has("source") => Role::Nothing,
        "type" | "relation" | "relationship" | "predicate" => Role::Kind,
        "kind" if has("source") => Role::Kind,
        "mode" => Role::Mode,
        "id" | "key" | "label" if has("kind") => Role::Nothing,
        _ if header.ends_with(":ignore") => Role::Nothing,
        _ => Role::Attribute(said(header)),
    }
}

fn node(columns: &[Column], row: &ByteRecord, kinds: &mut Texts) -> (Vec<u8>, NodeDraft) {
    let mut draft = NodeDraft::default();
    let mut id: &[u8] = &[];
    for (column, cell) in columns.iter().zip(row).filter(|(_, cell)| !cell.is_empty()) {
        match column.role {
            Role::Id => id = cell,
            // Of several labels the first is the type.
            Role::Kind => draft.kind = kinds.get(cell.split(|&b| b == b';').next().unwrap_or(cell)),
            Role::Name => draft.name = Arc::from(String::from_utf8_lossy(cell)),
            Role::Aliases => draft.aliases = cell.split(|&b| b == b';').map(|a| Arc::from(String::from_utf8_lossy(a))).collect(),
            Role::Attribute(kind) => draft.attrs.push(given(column, kind, cell, kinds)),
            Role::Source | Role::Target | Role::Mode | Role::Nothing => {}
        }
    }
    draft.id = Arc::from(String::from_utf8_lossy(id));
    if draft.name.is_empty() {
        draft.name = draft.id.clone();
    }
    if draft.kind.is_empty() {
        draft.kind = kinds.get(b"Node");
    }
    (id.to_vec(), draft)
}

fn edge<'r>(columns: &[Column], row: &'r ByteRecord, kinds: &mut Texts) -> (&'r [u8], &'r [u8], EdgeDraft) {
    let mut draft = EdgeDraft::default();
    let (mut source, mut target): (&[u8], &[u8]) = (&[], &[]);
    for (column, cell) in columns.iter().zip(row).filter(|(_, cell)| !cell.is_empty()) {
        match column.role {
            Role::Source => source = cell,
            Role::Target => target = cell,
            Role::Kind => draft.kind = kinds.get(cell),
            Role::Mode => match std::str::from_utf8(cell).ok().and_then(|m| m.parse::<Mode>().ok()) {
                Some(mode) => draft.mode = mode,
                None => draft.attrs.push(given(column, Kind::Text, cell, kinds)),
            },
            Role::Attribute(kind) => draft.attrs.push(given(column, kind, cell, kinds)),
            Role::Id | Role::Name | Role::Aliases | Role::Nothing => {}
        }
    }
    if draft.kind.is_empty() {
        draft.kind = kinds.get(b"edge");
    }
    (source, target, draft)
}

fn given(column: &Column, kind: Kind, cell: &[u8], texts: &mut Texts) -> Given {
    let text = std::str::from_utf8(cell).unwrap_or_default().trim();
    let value = match kind {
        Kind::Int => text.parse().ok().map(Value::Int),
        Kind::Float => text.parse().ok().filter(|x: &f64| x.is_finite()).map(Value::Float),
        Kind::Bool => text.to_lowercase().parse().ok().map(Value::Bool),
        Kind::Texts => Some(Value::List(cell.split(|&b| b == b';').map(|item| Value::Text(texts.get(item))).collect())),
        Kind::Text | Kind::Unknown => None,
    };
    Given { name: column.name.clone(), value: value.unwrap_or_else(|| Value::Text(texts.get(cell))), claims: Vec::new() }
}
