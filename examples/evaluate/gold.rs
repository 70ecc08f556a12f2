//! Gold files: what careful readers found in a document. Reading and joining them; how a graph is held against them is in `score`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fs, io};

use serde::Deserialize;
use serde_json::Value;

use silkgraph::names::fold;

#[derive(Deserialize)]
struct File {
    document: String,
    nodes: Vec<FileNode>,
    edges: Vec<FileEdge>,
}

#[derive(Deserialize)]
struct FileNode {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    name: String,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    attrs: BTreeMap<String, Value>,
    #[serde(default)]
    optional: bool,
}

#[derive(Deserialize)]
struct FileEdge {
    #[serde(rename = "type")]
    kind: String,
    from: String,
    to: String,
    mode: Option<String>,
    #[serde(default)]
    attrs: BTreeMap<String, Value>,
    line: Option<u32>,
    #[serde(default)]
    optional: bool,
}

/// Values that readers gave, by attribute; several articles may give several.
pub type Values = BTreeMap<String, BTreeSet<String>>;

/// A thing that readers found.
pub struct Node {
    pub kind: String,
    pub name: String,
    /// All forms that should match, the name among them.
    pub names: Vec<String>,
    pub attrs: Values,
    /// A careful reader might leave it out.
    pub optional: bool,
}

impl Node {
    /// Its names, folded.
    pub fn folded(&self) -> BTreeSet<String> {
        self.names.iter().map(|n| fold(n)).filter(|n| !n.is_empty()).collect()
    }
}

/// A relation that readers found.
#[derive(Default)]
pub struct Edge {
    pub modes: BTreeSet<String>,
    pub lines: BTreeSet<u32>,
    pub attrs: Values,
    pub optional: bool,
}

/// An edge's type and its ends, as indices of gold nodes.
pub type Key = (String, usize, usize);

/// What readers found in one document, all its articles together.
#[derive(Default)]
pub struct Gold {
    pub nodes: Vec<Node>,
    pub edges: BTreeMap<Key, Edge>,
}

/// The gold of a folder, by the document's path. Files are read in order of their names.
///
/// # Errors
/// A file that cannot be read, is no gold file, or names an end that it does not have.
pub fn read(folder: &Path, symmetric: &dyn Fn(&str) -> bool) -> io::Result<BTreeMap<String, Gold>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?.map(|e| e.map(|e| e.path())).collect::<io::Result<_>>()?;
    paths.retain(|p| p.extension().is_some_and(|e| e == "json"));
    paths.sort();
    let mut all: BTreeMap<String, Gold> = BTreeMap::new();
    for path in paths {
        let wrong = |why: String| io::Error::other(format!("{}: {why}", path.display()));
        let file: File = serde_json::from_slice(&fs::read(&path)?).map_err(|e| wrong(e.to_string()))?;
        let gold = all.entry(file.document.clone()).or_default();
        gold.add(file, symmetric).map_err(wrong)?;
    }
    for gold in all.values_mut() {
        for ((_, from, to), edge) in &mut gold.edges {
            edge.optional |= gold.nodes[*from].optional || gold.nodes[*to].optional;
        }
    }
    Ok(all)
}

impl Gold {
    /// Adds one article: nodes of one type that share a name are one node.
    fn add(&mut self, file: File, symmetric: &dyn Fn(&str) -> bool) -> Result<(), String> {
        let mut local: BTreeMap<String, usize> = BTreeMap::new();
        for node in file.nodes {
            let index = self.node(&node);
            local.insert(node.id, index);
        }
        for edge in file.edges {
            let end = |id: &str| local.get(id).copied().ok_or_else(|| format!("an edge ends at `{id}`, which is no node"));
            let key = edge_key(&edge.kind, end(&edge.from)?, end(&edge.to)?, symmetric(&edge.kind));
            let entry = self.edges.entry(key).or_insert_with(|| Edge { optional: true, ..Edge::default() });
            entry.modes.insert(edge.mode.unwrap_or_else(|| "actual".into()));
            entry.lines.extend(edge.line);
            entry.optional &= edge.optional;
            add_values(&mut entry.attrs, &edge.attrs);
        }
        Ok(())
    }

    fn node(&mut self, node: &FileNode) -> usize {
        let forms = || node.names.iter().chain([&node.name]);
        let keys: BTreeSet<String> = forms().map(|n| fold(n)).collect();
        let known = self.nodes.iter().position(|n| n.kind == node.kind && !n.folded().is_disjoint(&keys));
        let index = known.unwrap_or_else(|| {
            let (kind, name) = (node.kind.clone(), node.name.clone());
            self.nodes.push(Node { kind, name, names: Vec::new(), attrs: Values::new(), optional: true });
            self.nodes.len() - 1
        });
        let entry = &mut self.nodes[index];
        entry.names.extend(forms().cloned());
        entry.optional &= node.optional;
        add_values(&mut entry.attrs, &node.attrs);
        index
    }
}

/// The key of an edge; either direction of a symmetric one has the same.
pub fn edge_key(kind: &str, from: usize, to: usize, symmetric: bool) -> Key {
    let (from, to) = if symmetric && to < from { (to, from) } else { (from, to) };
    (kind.to_owned(), from, to)
}

fn add_values(into: &mut Values, from: &BTreeMap<String, Value>) {
    for (name, value) in from {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        into.entry(name.clone()).or_default().insert(text);
    }
}
