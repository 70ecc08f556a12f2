//! The shapes of the schema's RON files, and reading them with all their faults.
//!
//! RON stops at the first fault of a text. So a file that does not parse as a whole
//! is cut into the items of its lists and each is read by itself: one fault an item
//! is told at once. What the names in a file refer to is checked elsewhere
//! (`types`, `gazetteer`).

use std::collections::BTreeMap;
use std::ops::Range;

use ron::extensions::Extensions;
use ron::options::Options;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{Attribute, NodeType, SchemaFile};
use crate::diagnostic::Diagnostic;
use crate::span::{LineIndex, Span};

/// `nodes.ron`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Nodes {
    pub types: Vec<NodeType>,
    pub attributes: Vec<Attribute>,
}

/// `edges.ron`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Edges {
    pub types: Vec<RawEdge>,
    pub attributes: Vec<Attribute>,
}

/// An edge type whose ends are names.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(rename = "EdgeType")]
pub(super) struct RawEdge {
    pub name: String,
    pub from: Vec<String>,
    pub to: Vec<String>,
    #[serde(default)]
    pub symmetric: bool,
    #[serde(default)]
    pub world: bool,
    #[serde(default)]
    pub attributes: Vec<String>,
    #[serde(default)]
    pub forward: Vec<String>,
    #[serde(default)]
    pub backward: Vec<String>,
    #[serde(default)]
    pub doc: String,
}

/// `roles.ron`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[serde(rename = "Roles")]
pub(super) struct RawRoles {
    pub way: Option<String>,
    pub stops: Vec<String>,
    pub happening: Vec<String>,
    pub stuff: Vec<String>,
    pub touches: Option<String>,
    pub avoids: Option<String>,
    pub parting: Vec<String>,
    pub within: Option<String>,
    pub part_of: Option<String>,
    pub alternative: Option<String>,
    pub borders: Option<String>,
    pub agreement: Option<String>,
    pub carries: Option<String>,
    pub membership: Option<String>,
    pub backing: Vec<String>,
    pub person: Option<String>,
    pub length: Option<String>,
    pub cost: Option<String>,
    pub date: Option<String>,
    pub status: Option<String>,
    pub kind: Option<String>,
    pub order: Option<String>,
    pub act: Option<String>,
    pub steps: Vec<String>,
    pub sole: Vec<String>,
    pub counted: Vec<String>,
    pub formats: Vec<String>,
    pub pieces: Vec<String>,
    pub raising: Vec<String>,
    pub measures: Vec<Vec<(String, f64)>>,
}

/// A file of `gazetteer/` but for the collectives.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Gazetteer {
    /// The node type of all that stands here.
    pub r#type: String,
    pub entries: Vec<RawEntry>,
    /// The edge type from each row of `table` to the name after the last `>`.
    pub fact: Option<String>,
    /// One entry a line: names parted by `;`, the first one shown, a `?` before those that are ambiguous.
    /// A line `> NAME` names the target of `fact` for the lines below it; `#` starts a comment line.
    pub table: String,
}

/// One entry, names unresolved.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(rename = "Entry")]
pub(super) struct RawEntry {
    pub name: String,
    /// In place of the slug of the name, where two things of a type share one.
    #[serde(default)]
    pub id: Option<String>,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub demonyms: Vec<String>,
    #[serde(default)]
    pub metonyms: Vec<String>,
    #[serde(default)]
    pub ambiguous: Vec<String>,
    #[serde(default)]
    pub attrs: BTreeMap<String, String>,
    /// Edge type to the names or ids of its targets.
    #[serde(default)]
    pub facts: BTreeMap<String, Vec<String>>,
    /// What it is made of: the states of a region, the members of a body.
    #[serde(default)]
    pub members: Vec<String>,
    #[serde(default)]
    pub unverified: bool,
    /// For a row of a table: which of its `>` lines it stands under.
    #[serde(skip)]
    pub under: Option<usize>,
}

/// `gazetteer/collectives.ron`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Collectives {
    pub collectives: Vec<RawCollective>,
}

/// A collective, names unresolved.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(rename = "Collective")]
pub(super) struct RawCollective {
    pub names: Vec<String>,
    pub members: Vec<String>,
}

/// `file` as `T`. Where it does not parse, every fault of its items goes to `faults` and the default is handed back.
pub(super) fn read<T: DeserializeOwned + Default>(file: &SchemaFile, items: &[Item], faults: &mut Vec<Diagnostic>) -> T {
    match options().from_str(&file.text) {
        Ok(value) => value,
        Err(error) => {
            let mut found: Vec<Diagnostic> = Vec::new();
            for (key, range) in lists(&file.text) {
                let Some(item) = items.iter().find(|i| i.key == key) else { continue };
                if let Some(error) = (item.parse)(&file.text[range.clone()]) {
                    found.push(fault(file, &error, range));
                }
            }
            if found.is_empty() {
                found.push(fault(file, &error, 0..file.text.len()));
            }
            faults.append(&mut found);
            T::default()
        }
    }
}

/// A list of a file, and how one of its items is read.
pub(super) struct Item {
    key: &'static str,
    parse: fn(&str) -> Option<ron::error::SpannedError>,
}

impl Item {
    /// Items of the list `key`, each a `T`.
    pub(super) fn of<T: DeserializeOwned>(key: &'static str) -> Self {
        Self { key, parse: |text| options().from_str::<T>(text).err() }
    }
}

/// `Some` needs no word, a table is a plain string.
fn options() -> Options {
    Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

fn fault(file: &SchemaFile, error: &ron::error::SpannedError, within: Range<usize>) -> Diagnostic {
    let text = &file.text[within.clone()];
    let index = LineIndex::new(text.as_bytes());
    let byte = |at: ron::error::Position| {
        let start = index.line_start(at.line as u32).unwrap_or(text.len());
        let column = text[start..].char_indices().nth(at.col.saturating_sub(1)).map_or(text.len() - start, |(i, _)| i);
        within.start + start + column
    };
    let (start, end) = (byte(error.span.start), byte(error.span.end));
    let span = Span::new(start.min(end), end.max(start));
    Diagnostic::error("S001", format!("not readable: {}", lower_first(&error.code.to_string()))).of(&*file.path).at(span, "")
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// The items of each `key: [ … ]` of a file's outermost parentheses, as byte ranges, in order.
/// Brackets that do not match leave out what follows them.
fn lists(text: &str) -> Vec<(&str, Range<usize>)> {
    let mut found = Vec::new();
    let mut depth = 0usize;
    let mut key: Option<&str> = None;
    let mut word: Option<Range<usize>> = None;
    let mut item: Option<usize> = None;
    let mut at = 0;
    while let Some(&byte) = text.as_bytes().get(at) {
        let next = skip(text, at);
        if next > at + 1 {
            at = next;
            continue;
        }
        match byte {
            b'(' | b'[' | b'{' => {
                if depth == 1 && byte == b'[' {
                    key = word.take().map(|w| &text[w]);
                } else if depth == 2 && key.is_some() {
                    item = Some(at);
                }
                depth += 1;
            }
            b')' | b']' | b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 2
                    && let (Some(key), Some(start)) = (key, item.take())
                {
                    found.push((key, start..at + 1));
                } else if depth == 1 {
                    key = None;
                }
            }
            b'a'..=b'z' | b'_' if depth == 1 => {
                word = Some(word.filter(|w| w.end == at).map_or(at, |w| w.start)..at + 1);
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// The byte after the string, comment or character that starts at `at`; `at + 1` where none does.
fn skip(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let after = |end: Option<usize>, len: usize| end.map_or(text.len(), |i| at + i + len);
    if rest.starts_with("//") {
        after(rest.find('\n'), 1)
    } else if rest.starts_with("/*") {
        after(rest.find("*/"), 2)
    } else if rest.starts_with("r#\"") {
        after(rest.find("\"#"), 2)
    } else if rest.starts_with('"') {
        let mut escaped = false;
        let end = rest.char_indices().skip(1).find(|&(_, c)| {
            let closes = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            closes
        });
        after(end.map(|(i, _)| i), 1)
    } else {
        at + rest.chars().next().map_or(1, char::len_utf8)
    }
}
