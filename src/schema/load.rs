//! From the texts of RON files to one checked [`Schema`], or to every fault that they hold.
//!
//! Which file is what goes by its name: `nodes.ron`, `edges.ron`, `roles.ron`, `coordinates.ron`,
//! `gazetteer/collectives.ron`, any other `gazetteer/….ron`, and `patterns/…`, which extraction reads for itself.
//! No file is opened here.

use std::borrow::Cow;

use super::coordinates::{Coordinates, RawCoordinates};
use super::gazetteer::{self, Loaded};
use super::raw::{Collectives, Edges, Gazetteer, Item, Nodes, RawCollective, RawEdge, RawEntry, RawRoles, read};
use super::{Attribute, NodeType, Schema, types};
use crate::diagnostic::Diagnostic;
use crate::span::Span;

/// One text of a schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaFile {
    /// Its path within the schema's folder, with `/`: `gazetteer/states.ron`.
    pub path: Cow<'static, str>,
    /// What it holds.
    pub text: Cow<'static, str>,
}

impl SchemaFile {
    /// A file at `path` that holds `text`.
    pub fn new(path: impl Into<Cow<'static, str>>, text: impl Into<Cow<'static, str>>) -> Self {
        Self { path: path.into(), text: text.into() }
    }
}

impl Schema {
    /// Reads and checks `files`, whose order does not matter. Linear in their size.
    ///
    /// # Errors
    ///
    /// All faults of all files, in order of path and place (codes `S001` to `S016`).
    pub fn load(files: &[SchemaFile]) -> Result<Self, Vec<Diagnostic>> {
        let mut files: Vec<&SchemaFile> = files.iter().collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let mut faults = Vec::new();
        let mut parts = Parts::read(&files, &mut faults);
        let mut schema = types::compile(&parts, &mut faults);
        gazetteer::compile(&mut schema, &mut parts, &mut faults);
        schema.coordinates = std::mem::take(&mut parts.coordinates);
        schema.hash = hash(&files);
        if faults.is_empty() {
            return Ok(schema);
        }
        faults.sort_by(|a, b| (&a.origin, start(a), a.code, &a.message).cmp(&(&b.origin, start(b), b.code, &b.message)));
        faults.dedup();
        Err(faults)
    }
}

fn start(fault: &Diagnostic) -> Option<Span> {
    fault.labels.first().map(|l| l.span)
}

/// All files as read, names unresolved; each with the file it is from.
#[derive(Default)]
pub(super) struct Parts<'a> {
    pub nodes: Option<(&'a SchemaFile, Nodes)>,
    pub edges: Option<(&'a SchemaFile, Edges)>,
    pub roles: Option<(&'a SchemaFile, RawRoles)>,
    pub gazetteer: Vec<Loaded<'a>>,
    pub collectives: Vec<(&'a SchemaFile, Collectives)>,
    pub coordinates: Coordinates,
}

impl<'a> Parts<'a> {
    fn read(files: &[&'a SchemaFile], faults: &mut Vec<Diagnostic>) -> Self {
        let mut parts = Self::default();
        for &file in files {
            match &*file.path {
                "nodes.ron" => {
                    let items = [Item::of::<NodeType>("types"), Item::of::<Attribute>("attributes")];
                    parts.nodes = Some((file, read(file, &items, faults)));
                }
                "edges.ron" => {
                    let items = [Item::of::<RawEdge>("types"), Item::of::<Attribute>("attributes")];
                    parts.edges = Some((file, read(file, &items, faults)));
                }
                "roles.ron" => parts.roles = Some((file, read(file, &[], faults))),
                "coordinates.ron" => {
                    let raw: RawCoordinates = read(file, &[], faults);
                    parts.coordinates = Coordinates::new(&raw.table);
                }
                "gazetteer/collectives.ron" => {
                    let items = [Item::of::<RawCollective>("collectives")];
                    parts.collectives.push((file, read(file, &items, faults)));
                }
                path if path.starts_with("gazetteer/") => {
                    let raw: Gazetteer = read(file, &[Item::of::<RawEntry>("entries")], faults);
                    parts.gazetteer.push(Loaded::new(file, raw, faults));
                }
                path if path.starts_with("patterns/") => {}
                path => faults.push(
                    Diagnostic::error("S002", format!("`{path}` is no part of a schema"))
                        .of(path)
                        .hint("a schema is nodes.ron, edges.ron, roles.ron, coordinates.ron, gazetteer/*.ron and patterns/*.ron"),
                ),
            }
        }
        for (name, missing) in [("nodes.ron", parts.nodes.is_none()), ("edges.ron", parts.edges.is_none())] {
            if missing {
                faults.push(Diagnostic::error("S002", format!("the schema has no `{name}`")).of(name));
            }
        }
        parts
    }
}

/// 32 hex digits of the content of `files`, paths included.
fn hash(files: &[&SchemaFile]) -> String {
    let mut hasher = blake3::Hasher::new();
    for file in files {
        for part in [&file.path, &file.text] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
    }
    hasher.finalize().to_hex()[..32].to_owned()
}

/// Where `"token"` stands in `file`, looked for behind `"anchor"` (the name of the item it belongs to) first;
/// the anchor itself where the token is not to be found, the file's start where neither is.
pub(super) fn locate(file: &SchemaFile, anchor: &str, token: &str) -> Span {
    let quoted = |word: &str, from: usize| {
        let wanted = format!("\"{word}\"");
        file.text[from..].find(&wanted).map(|i| Span::new(from + i + 1, from + i + 1 + word.len()))
    };
    let anchor = if anchor.is_empty() { None } else { quoted(anchor, 0) };
    quoted(token, anchor.map_or(0, |s| (s.start as usize).saturating_sub(1)))
        .or_else(|| bare(file, anchor.map_or(0, |s| s.start as usize), token))
        .or(anchor)
        .unwrap_or_default()
}

/// A token without quotes, as a table or a map key without quotes has it.
fn bare(file: &SchemaFile, from: usize, token: &str) -> Option<Span> {
    if token.is_empty() {
        return None;
    }
    file.text[from..].find(token).map(|i| Span::new(from + i, from + i + token.len()))
}

/// `fault` with a hint of the names closest to `wanted`, if any is close.
pub(super) fn suggest<'a>(fault: Diagnostic, wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let close = crate::names::closest(wanted, candidates, 3);
    if close.is_empty() {
        return fault;
    }
    let names: Vec<String> = close.iter().map(|c| format!("`{c}`")).collect();
    fault.hint(format!("did you mean {}?", names.join(" or ")))
}
