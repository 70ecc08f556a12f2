//! What came, went and changed between two graphs, each with its sentences.
//!
//! Nodes are the same by id or, where a longer name gave a new id, by type and name; edges by type and ends. World data
//! is left out: it follows from the rest.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use super::{ClaimRef, Direction, FrozenGraph};
use crate::model::{Mode, Value};
use crate::names::fold;

/// What happened to a node, an edge or an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The new graph has it, the old one not.
    Came,
    /// The old graph has it, the new one not.
    Went,
    /// Both have it, but not alike.
    Changed,
}

/// A sentence, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Sentence {
    /// The document's id.
    pub document: String,
    /// From 1; 0 for what a person asserts, which is on no line.
    pub line: u32,
    /// The words.
    pub text: String,
}

impl Sentence {
    /// `document:line`, or the source alone where there is no line.
    #[must_use]
    pub fn citation(&self) -> String {
        if self.line == 0 { self.document.clone() } else { format!("{}:{}", self.document, self.line) }
    }
}

/// One thing that is not as it was.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "of", rename_all = "lowercase")]
pub enum Change {
    /// A node came or went, or has another name or type.
    Node {
        /// What happened.
        change: Kind,
        /// Its id in the graph that has it, in the new one if both have.
        id: String,
        /// Its type.
        r#type: String,
        /// Its name.
        name: String,
        /// Its name and type before, where they were others.
        #[serde(skip_serializing_if = "Option::is_none")]
        before: Option<(String, String)>,
        /// Where it is mentioned first.
        sentences: Vec<Sentence>,
    },
    /// An edge came or went, or is held otherwise.
    Edge {
        /// What happened.
        change: Kind,
        /// The name of its source.
        source: String,
        /// Its type.
        r#type: String,
        /// The name of its target.
        target: String,
        /// Its mode, in the new graph if both have it.
        mode: Mode,
        /// Its mode before, where it was another.
        #[serde(skip_serializing_if = "Option::is_none")]
        before: Option<Mode>,
        /// By how many independent sources it was held, and is: none in a graph that does not have it.
        sources: [u32; 2],
        /// Sentences of the new graph that the old one does not have; of the old graph if the edge went.
        sentences: Vec<Sentence>,
        /// Sentences that the old graph had for it and the new one has no more.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        gone: Vec<Sentence>,
    },
    /// An attribute has other values.
    Attribute {
        /// What happened.
        change: Kind,
        /// The name of the node, or `source type target` of the edge.
        owner: String,
        /// Its name.
        attribute: String,
        /// All values in the old graph.
        old: Vec<Value>,
        /// All values in the new graph.
        new: Vec<Value>,
        /// Sentences that give the values that are not in both.
        sentences: Vec<Sentence>,
    },
}

/// Counts of what changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Summary {
    /// Nodes that came, went, changed.
    pub nodes: [usize; 3],
    /// Edges that came, went, changed.
    pub edges: [usize; 3],
    /// Attributes that came, went, changed.
    pub attributes: [usize; 3],
}

/// What is not as it was, nodes first, then edges, then attributes, each in the order of the graphs.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Diff {
    /// All changes.
    pub changes: Vec<Change>,
}

/// Compares two graphs. O(both), with the names of nodes that are not in both looked up.
#[must_use]
pub fn diff(old: &FrozenGraph, new: &FrozenGraph) -> Diff {
    let pairs = Pairs::of(old, new);
    let mut changes = Vec::new();
    nodes(old, new, &pairs, &mut changes);
    let mut attributes = Vec::new();
    for (a, b) in sorted(&pairs.to_new) {
        let of = |graph: &FrozenGraph, node| values(graph, node, false);
        compare_attributes(new.name(b), &of(old, a), &of(new, b), &mut attributes);
    }
    edges(old, new, &pairs, &mut changes, &mut attributes);
    changes.append(&mut attributes);
    Diff { changes }
}

/// Which old node is which new one.
struct Pairs {
    to_new: FxHashMap<u32, u32>,
    to_old: FxHashMap<u32, u32>,
}

impl Pairs {
    fn of(old: &FrozenGraph, new: &FrozenGraph) -> Self {
        let mut pairs = Self { to_new: FxHashMap::default(), to_old: FxHashMap::default() };
        for node in 0..old.node_count() {
            if let Some(same) = new.node_by_id(old.id(node)) {
                pairs.add(node, same);
            }
        }
        for node in (0..old.node_count()).filter(|&n| !old.is_world_node(n)) {
            if !pairs.to_new.contains_key(&node)
                && let Some(same) = pairs.renamed(old, new, node)
            {
                pairs.add(node, same);
            }
        }
        pairs
    }

    fn add(&mut self, old: u32, new: u32) {
        self.to_new.insert(old, new);
        self.to_old.insert(new, old);
    }

    /// The one new node of the type that has one of the old names, if no old node is it already. Where several are called so ("the
    /// summit"), it is the one that an article of the old node mentions.
    fn renamed(&self, old: &FrozenGraph, new: &FrozenGraph, node: u32) -> Option<u32> {
        let kind = old.node_type(node);
        let new_kind = new.node_type_id(old.node_type_name(kind))?;
        let names = || std::iter::once(old.name(node)).chain(old.aliases(node)).map(fold);
        let found: BTreeSet<u32> = names()
            .flat_map(|name| new.find(&name))
            .filter(|&n| new.node_type(n) == new_kind && !self.to_old.contains_key(&n))
            .collect();
        let twins: BTreeSet<u32> = names().flat_map(|name| old.find(&name)).filter(|&n| old.node_type(n) == kind).collect();
        if found.len() == 1 && twins.len() == 1 {
            return found.first().copied();
        }
        let articles = |graph: &FrozenGraph, node| -> FxHashSet<(String, u32)> {
            graph.mentions(node).map(|m| (m.document().to_owned(), m.locus().article)).collect()
        };
        let here = articles(old, node);
        let mut same = found.into_iter().filter(|&n| !articles(new, n).is_disjoint(&here));
        same.next().filter(|_| same.next().is_none())
    }
}

fn sorted(map: &FxHashMap<u32, u32>) -> Vec<(u32, u32)> {
    let mut all: Vec<(u32, u32)> = map.iter().map(|(&a, &b)| (a, b)).collect();
    all.sort_unstable();
    all
}

fn nodes(old: &FrozenGraph, new: &FrozenGraph, pairs: &Pairs, changes: &mut Vec<Change>) {
    let change = |graph: &FrozenGraph, node, change, before| Change::Node {
        change,
        id: graph.id(node).to_owned(),
        r#type: graph.node_type_name(graph.node_type(node)).to_owned(),
        name: graph.name(node).to_owned(),
        before,
        sentences: if change == Kind::Changed { Vec::new() } else { node_sentences(graph, node) },
    };
    for node in (0..new.node_count()).filter(|&n| !new.is_world_node(n)) {
        let Some(&before) = pairs.to_old.get(&node).filter(|&&b| !old.is_world_node(b)) else {
            changes.push(change(new, node, Kind::Came, None));
            continue;
        };
        let was = (old.name(before), old.node_type_name(old.node_type(before)));
        if was != (new.name(node), new.node_type_name(new.node_type(node))) {
            changes.push(change(new, node, Kind::Changed, Some((was.0.to_owned(), was.1.to_owned()))));
        }
    }
    for node in (0..old.node_count()).filter(|&n| !old.is_world_node(n)) {
        if pairs.to_new.get(&node).is_none_or(|&n| new.is_world_node(n)) {
            changes.push(change(old, node, Kind::Went, None));
        }
    }
}

/// Sentences that say something of a node: those of its attributes, then of its edges, three at most.
fn node_sentences(graph: &FrozenGraph, node: u32) -> Vec<Sentence> {
    let edges = graph.all_out(node).chain(graph.all_incoming(node)).flat_map(|(_, _, e)| graph.claims(e));
    let mut seen: Vec<Sentence> = Vec::new();
    for claim in graph.node_claims(node).chain(edges).filter(|c| !c.is_world()) {
        let sentence = sentence(&claim);
        if !seen.contains(&sentence) {
            seen.push(sentence);
        }
        if seen.len() == 3 {
            break;
        }
    }
    seen
}

fn sentence(claim: &ClaimRef<'_>) -> Sentence {
    Sentence { document: claim.document().to_owned(), line: claim.line(), text: claim.text().to_owned() }
}

fn edges(old: &FrozenGraph, new: &FrozenGraph, pairs: &Pairs, changes: &mut Vec<Change>, attributes: &mut Vec<Change>) {
    let mut met: FxHashSet<u32> = FxHashSet::default();
    for edge in (0..new.edge_count()).filter(|&e| !new.is_world_edge(e)) {
        let Some(before) = counterpart(new, old, edge, &pairs.to_old).filter(|&b| !old.is_world_edge(b)) else {
            changes.push(came_or_went(new, edge, Kind::Came));
            continue;
        };
        met.insert(before);
        let added = sentences(new, edge, Some((old, before)));
        let gone = sentences(old, before, Some((new, edge)));
        let was = Some(old.mode(before)).filter(|&m| m != new.mode(edge));
        if was.is_some() || !added.is_empty() || !gone.is_empty() {
            let sources = [old.source_count(before), new.source_count(edge)];
            changes.push(edge_change(new, edge, Kind::Changed, was, sources, [added, gone]));
        }
        let (source, target) = new.endpoints(edge);
        let owner = format!("{} {} {}", new.name(source), new.edge_type_name(new.edge_type(edge)), new.name(target));
        compare_attributes(&owner, &values(old, before, true), &values(new, edge, true), attributes);
    }
    for edge in (0..old.edge_count()).filter(|e| !old.is_world_edge(*e) && !met.contains(e)) {
        changes.push(came_or_went(old, edge, Kind::Went));
    }
}

fn came_or_went(graph: &FrozenGraph, edge: u32, change: Kind) -> Change {
    let now = graph.source_count(edge);
    let sources = if change == Kind::Came { [0, now] } else { [now, 0] };
    edge_change(graph, edge, change, None, sources, [sentences(graph, edge, None), Vec::new()])
}

/// The edge of `to` with the type and the ends of an edge of `from`. Of parallel ones it is that in the same place.
fn counterpart(from: &FrozenGraph, to: &FrozenGraph, edge: u32, nodes: &FxHashMap<u32, u32>) -> Option<u32> {
    let (source, target) = from.endpoints(edge);
    let kind = from.edge_type(edge);
    let place = from.adjacency(kind, Direction::Out).of(source).iter().filter(|l| l.0 == target).position(|l| l.1 == edge)?;
    let (source, target) = (*nodes.get(&source)?, *nodes.get(&target)?);
    let kind = to.edge_type_id(from.edge_type_name(kind))?;

    to.out(source, kind).iter().filter(|l| l.0 == target).nth(place).map(|l| l.1)
}

fn edge_change(
    graph: &FrozenGraph,
    edge: u32,
    change: Kind,
    before: Option<Mode>,
    sources: [u32; 2],
    [sentences, gone]: [Vec<Sentence>; 2],
) -> Change {
    let (source, target) = graph.endpoints(edge);
    Change::Edge {
        change,
        source: graph.name(source).to_owned(),
        r#type: graph.edge_type_name(graph.edge_type(edge)).to_owned(),
        target: graph.name(target).to_owned(),
        mode: graph.mode(edge),
        before,
        sources,
        sentences,
        gone,
    }
}

/// The sentences of an edge that its counterpart has not.
fn sentences(graph: &FrozenGraph, edge: u32, other: Option<(&FrozenGraph, u32)>) -> Vec<Sentence> {
    let mut there: BTreeSet<(String, String, Mode)> = BTreeSet::new();
    let key = |c: &ClaimRef<'_>| (c.document().to_owned(), c.text().to_owned(), c.mode());
    if let Some((graph, edge)) = other {
        there.extend(graph.claims(edge).map(|c| key(&c)));
    }
    graph.claims(edge).filter(|c| there.insert(key(c))).map(|c| sentence(&c)).collect()
}

/// An attribute's values, and for each the sentences that give it.
type Values = Vec<(String, Vec<(Value, Vec<Sentence>)>)>;

fn values(graph: &FrozenGraph, owner: u32, edge: bool) -> Values {
    let of = |attribute: u16| {
        let facts: Vec<_> =
            if edge { graph.edge_facts(owner, attribute).collect() } else { graph.node_facts(owner, attribute).collect() };
        let plain = facts.into_iter().filter(|f| f.claims().next().is_none_or(|c| !c.is_world()));
        plain.map(|f| (f.value.to_value(), f.claims().map(|c| sentence(&c)).collect())).collect::<Vec<_>>()
    };
    let kind = if edge { graph.edge_type(owner) } else { graph.node_type(owner) };
    let names = graph.all_attributes(u32::from(edge), kind, owner).into_iter();
    names.map(|a| (graph.attribute_name(a).to_owned(), of(a))).filter(|(_, v)| !v.is_empty()).collect()
}

fn compare_attributes(owner: &str, old: &Values, new: &Values, changes: &mut Vec<Change>) {
    let names: BTreeSet<String> = old.iter().chain(new).map(|(name, _)| name.clone()).collect();
    let of = |values: &Values, name: &str| values.iter().find(|v| v.0 == name).map(|v| v.1.clone()).unwrap_or_default();
    for attribute in names {
        let (before, after) = (of(old, &attribute), of(new, &attribute));
        let lacks = |list: &[(Value, Vec<Sentence>)], v: &Value| !list.iter().any(|(w, _)| w == v);
        let only: Vec<Sentence> = after
            .iter()
            .filter(|(v, _)| lacks(&before, v))
            .chain(before.iter().filter(|(v, _)| lacks(&after, v)))
            .flat_map(|(_, s)| s.clone())
            .collect();
        if before.iter().all(|(v, _)| !lacks(&after, v)) && after.iter().all(|(v, _)| !lacks(&before, v)) {
            continue;
        }
        let change = match (before.is_empty(), after.is_empty()) {
            (true, _) => Kind::Came,
            (_, true) => Kind::Went,
            _ => Kind::Changed,
        };
        let plain = |list: Vec<(Value, Vec<Sentence>)>| list.into_iter().map(|(v, _)| v).collect();
        let owner = owner.to_owned();
        changes.push(Change::Attribute { change, owner, attribute, old: plain(before), new: plain(after), sentences: only });
    }
}

impl Diff {
    /// Whether the graphs say the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// How much changed.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let mut summary = Summary::default();
        for change in &self.changes {
            let (counts, kind) = match change {
                Change::Node { change, .. } => (&mut summary.nodes, change),
                Change::Edge { change, .. } => (&mut summary.edges, change),
                Change::Attribute { change, .. } => (&mut summary.attributes, change),
            };
            counts[*kind as usize] += 1;
        }
        summary
    }

    /// Writes the changes as Markdown, one list item each, its sentences quoted below.
    ///
    /// # Errors
    /// What `out` fails with.
    pub fn write_markdown<W: Write>(&self, mut out: W) -> io::Result<()> {
        type Belongs = fn(&Change) -> bool;
        let parts: [(&str, Belongs); 3] = [
            ("Nodes", |c| matches!(c, Change::Node { .. })),
            ("Edges", |c| matches!(c, Change::Edge { .. })),
            ("Attributes", |c| matches!(c, Change::Attribute { .. })),
        ];
        for (title, is) in parts {
            let mut changes = self.changes.iter().filter(|c| is(c)).peekable();
            if changes.peek().is_some() {
                writeln!(out, "## {title}\n")?;
                for change in changes {
                    writeln!(out, "- {change}")?;
                    for s in change.sentences() {
                        writeln!(out, "  > {} ({})", s.text.replace('\n', " "), s.citation())?;
                    }
                    for s in change.gone() {
                        writeln!(out, "  > ~~{}~~ ({})", s.text.replace('\n', " "), s.citation())?;
                    }
                }
                writeln!(out)?;
            }
        }
        Ok(())
    }
}

impl Change {
    /// The sentences behind it.
    #[must_use]
    pub fn sentences(&self) -> &[Sentence] {
        match self {
            Self::Node { sentences, .. } | Self::Edge { sentences, .. } | Self::Attribute { sentences, .. } => sentences,
        }
    }

    /// The sentences that are behind it no more.
    #[must_use]
    pub fn gone(&self) -> &[Sentence] {
        match self {
            Self::Edge { gone, .. } => gone,
            Self::Node { .. } | Self::Attribute { .. } => &[],
        }
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            Self::Came => "came",
            Self::Went => "went",
            Self::Changed => "changed",
        })
    }
}

impl std::fmt::Display for Change {
    /// One line, without the sentences.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Node { change, r#type, name, before, .. } => {
                write!(f, "{change}: ")?;
                before.as_ref().map_or(Ok(()), |(name, kind)| write!(f, "{name} ({kind}) → "))?;
                write!(f, "{name} ({type})")
            }
            Self::Edge { change, source, r#type, target, mode, before, sources, sentences, gone } => {
                write!(f, "{change}: {source} {type} {target} (")?;
                before.map_or(Ok(()), |b| write!(f, "{b} → "))?;
                write!(f, "{mode}")?;
                if *change == Kind::Changed {
                    write!(f, "; sentences +{} -{}", sentences.len(), gone.len())?;
                    let [was, is] = sources;
                    if was != is {
                        write!(f, "; sources {was} → {is}")?;
                    }
                }
                f.write_str(")")
            }
            Self::Attribute { change, owner, attribute, old, new, .. } => {
                write!(f, "{change}: {owner}: {attribute} {} → {}", list(old), list(new))
            }
        }
    }
}

fn list(values: &[Value]) -> String {
    let mut out = String::new();
    for (at, value) in values.iter().enumerate() {
        out.push_str(if at == 0 { "" } else { " | " });
        // Writing to a string cannot fail.
        let _ = match value {
            Value::Bool(b) => write!(out, "{b}"),
            Value::Int(i) => write!(out, "{i}"),
            Value::Float(x) => write!(out, "{x}"),
            Value::Text(text) | Value::Quantity { text, .. } => write!(out, "{text}"),
            Value::List(items) => write!(out, "[{}]", list(items)),
        };
    }
    if out.is_empty() { "–".to_owned() } else { out }
}
