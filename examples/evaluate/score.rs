//! A graph held against gold: which nodes, edges and values are right, and how sure extraction was of each edge.
//!
//! A node is right if its type and one of its names are; an edge if its type and both of its ends are. What gold marks optional
//! neither costs nor earns. World data is out of the score.

use std::collections::{BTreeMap, BTreeSet};

use silkgraph::graph::{ClaimRecord, Edge, Given, KnowledgeGraph, Node};

use crate::gold::{Gold, Key, Values, edge_key};
use crate::names::overlap;
use crate::values::{same, shown};
use silkgraph::names::fold;

/// Types whose members often have no proper name: two thirds of the words will do.
const DESCRIBED: [&str; 4] = ["Agreement", "Event", "Project", "Corridor"];
/// A node that has many more forms than this has taken in other nodes.
const MOST_ALIASES: usize = 10;

/// Right, made up, missed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Count {
    pub right: usize,
    pub extra: usize,
    pub missed: usize,
}

impl Count {
    pub fn precision(self) -> f64 {
        share(self.right, self.right + self.extra)
    }

    pub fn recall(self) -> f64 {
        share(self.right, self.right + self.missed)
    }

    /// The harmonic mean of precision and recall.
    pub fn f1(self) -> f64 {
        share(2 * self.right, 2 * self.right + self.extra + self.missed)
    }

    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.extra += other.extra;
        self.missed += other.missed;
    }
}

/// `part` of `whole`; 0 of nothing.
pub fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// An edge that counts, with the claim that extraction was surest of.
pub struct Judged {
    pub rule: String,
    /// Per mille.
    pub confidence: u16,
    pub right: bool,
    /// No other rule made it: without this one it would not be there.
    pub alone: bool,
    pub document: String,
}

/// The figures over any number of documents.
#[derive(Default)]
pub struct Score {
    pub nodes: BTreeMap<String, Count>,
    pub edges: BTreeMap<String, Count>,
    /// By attribute, of nodes and edges found.
    pub values: BTreeMap<String, Count>,
    pub mode_right: usize,
    pub on_the_line: usize,
    pub judged: Vec<Judged>,
    /// Document, what is wrong, and of what.
    pub errors: Vec<String>,
}

/// The sum of a table of counts.
pub fn all(table: &BTreeMap<String, Count>) -> Count {
    let mut sum = Count::default();
    table.values().for_each(|count| sum.add(*count));
    sum
}

impl Score {
    /// Adds one document's graph.
    pub fn add(&mut self, document: &str, graph: &KnowledgeGraph, gold: &Gold, symmetric: &dyn Fn(&str) -> bool) {
        let found: Vec<(u32, &Node)> = (0u32..).zip(graph.nodes()).filter(|(_, n)| !n.mentions.is_empty()).collect();
        let matched = match_nodes(&found, gold);
        self.judge_nodes(document, &found, &matched, gold);
        let mut seen: BTreeSet<Key> = BTreeSet::new();
        for (from, to, edge) in graph.edges() {
            if edge.kind.as_ref() == "borders" || !edge.claims.iter().any(|c| !c.is_world()) {
                continue;
            }
            let ends = [matched.to_gold.get(&from).copied(), matched.to_gold.get(&to).copied()];
            let key = match ends {
                [Some(a), Some(b)] => Some(edge_key(&edge.kind, a, b, symmetric(&edge.kind))),
                _ => None,
            };
            let Some(entry) = key.as_ref().and_then(|key| gold.edges.get(key)) else {
                let optional = ends.iter().flatten().any(|&e| gold.nodes[e].optional);
                if !optional {
                    let name = |index: u32| graph.node(index).map_or("?", |n| &*n.name);
                    self.extra_edge(document, edge, name(from), name(to));
                }
                continue;
            };
            if key.is_some_and(|key| seen.insert(key)) && !entry.optional {
                self.right_edge(document, edge, entry);
                if !entry.modes.contains(edge.mode.as_str()) {
                    let [from, to] = [from, to].map(|index| graph.node(index).map_or("?", |n| &*n.name));
                    let wanted = entry.modes.iter().cloned().collect::<Vec<_>>().join(" | ");
                    let (kind, mode) = (&edge.kind, edge.mode.as_str());
                    self.errors.push(format!("{document}\twrong mode\t{kind}\t{from} → {to}\t{mode}, not {wanted}"));
                }
            }
        }
        let missed = gold.edges.iter().filter(|(key, entry)| !entry.optional && !seen.contains(*key));
        for (key, _) in missed {
            self.edges.entry(key.0.clone()).or_default().missed += 1;
            let (from, to) = (&gold.nodes[key.1].name, &gold.nodes[key.2].name);
            self.errors.push(format!("{document}\tmissed edge\t{}\t{from} → {to}", key.0));
        }
    }

    /// Adds what was scored elsewhere.
    pub fn join(&mut self, other: Self) {
        for (mine, theirs) in [(&mut self.nodes, other.nodes), (&mut self.edges, other.edges), (&mut self.values, other.values)] {
            theirs.into_iter().for_each(|(name, count)| mine.entry(name).or_default().add(count));
        }
        self.mode_right += other.mode_right;
        self.on_the_line += other.on_the_line;
        self.judged.extend(other.judged);
        self.errors.extend(other.errors);
    }

    fn judge_nodes(&mut self, document: &str, found: &[(u32, &Node)], matched: &Matched, gold: &Gold) {
        for &(index, node) in found {
            let count = self.nodes.entry(node.kind.to_string()).or_default();
            match matched.to_gold.get(&index) {
                Some(&g) if !gold.nodes[g].optional => {
                    count.right += 1;
                    self.judge_values(document, &node.name, &node.attrs, &node.claims, &gold.nodes[g].attrs);
                }
                Some(_) => {}
                None if matched.twice.get(&index).is_some_and(|&g| gold.nodes[g].optional) => {}
                None => {
                    count.extra += 1;
                    let what = if matched.twice.contains_key(&index) { "unmerged node" } else { "extra node" };
                    self.errors.push(format!("{document}\t{what}\t{}\t{}", node.kind, node.name));
                }
            }
        }
        let reached: BTreeSet<usize> = matched.to_gold.values().copied().collect();
        for (g, node) in gold.nodes.iter().enumerate().filter(|(g, n)| !n.optional && !reached.contains(g)) {
            let _ = g;
            self.nodes.entry(node.kind.clone()).or_default().missed += 1;
            self.errors.push(format!("{document}\tmissed node\t{}\t{}", node.kind, node.name));
        }
    }

    fn right_edge(&mut self, document: &str, edge: &Edge, gold: &crate::gold::Edge) {
        self.edges.entry(edge.kind.to_string()).or_default().right += 1;
        self.mode_right += usize::from(gold.modes.contains(edge.mode.as_str()));
        self.on_the_line += usize::from(edge.claims.iter().any(|c| gold.lines.contains(&c.locus.line)));
        self.judge_values(document, &edge.kind, &edge.attrs, &edge.claims, &gold.attrs);
        self.judged.extend(judged(document, edge, true));
    }

    fn extra_edge(&mut self, document: &str, edge: &Edge, from: &str, to: &str) {
        self.edges.entry(edge.kind.to_string()).or_default().extra += 1;
        let judged = judged(document, edge, false);
        let rule = judged.as_ref().map_or("", |j| &*j.rule);
        self.errors.push(format!("{document}\textra edge\t{}\t{from} → {to}\t{rule}", edge.kind));
        self.judged.extend(judged);
    }

    /// Values that readers gave or extraction did, each right, made up or missed. What only the world knows may be right; it is
    /// never made up.
    fn judge_values(&mut self, document: &str, of: &str, found: &[Given], claims: &[ClaimRecord], gold: &Values) {
        let said = |given: &Given| given.claims.iter().any(|&c| claims.get(c as usize).is_some_and(|c| !c.is_world()));
        let mut met: BTreeSet<(&str, &str)> = BTreeSet::new();
        for given in found {
            let wanted = gold.get(&*given.name);
            let right = wanted.and_then(|all| all.iter().find(|gold| same(&given.value, gold)));
            let count = self.values.entry(given.name.to_string()).or_default();
            match (right, wanted) {
                (Some(gold), _) => {
                    if met.insert((&given.name, gold)) {
                        count.right += 1;
                    }
                }
                (None, _) if !said(given) => {}
                (None, wanted) => {
                    count.extra += 1;
                    let wanted = wanted.map_or("nothing".to_owned(), |w| w.iter().cloned().collect::<Vec<_>>().join(" | "));
                    let value = shown(&given.value);
                    self.errors.push(format!("{document}\textra value\t{}\t{of}: {value}, not {wanted}", given.name));
                }
            }
        }
        for (name, values) in gold {
            for value in values.iter().filter(|v| !met.contains(&(name.as_str(), v.as_str()))) {
                self.values.entry(name.clone()).or_default().missed += 1;
                self.errors.push(format!("{document}\tmissed value\t{name}\t{of}: {value}"));
            }
        }
    }
}

fn judged(document: &str, edge: &Edge, right: bool) -> Option<Judged> {
    let said = || edge.claims.iter().filter(|c| !c.is_world());
    let surest = said().max_by_key(|c| c.confidence)?;
    let alone = said().all(|c| c.rule == surest.rule);
    Some(Judged { rule: surest.rule.to_string(), confidence: surest.confidence, right, alone, document: document.to_owned() })
}

struct Matched {
    to_gold: BTreeMap<u32, usize>,
    /// Nodes whose gold node another one has already: they should have been merged.
    twice: BTreeMap<u32, usize>,
}

/// Pairs nodes with gold nodes one to one, best matches first: the shown name, any name, words in common.
fn match_nodes(found: &[(u32, &Node)], gold: &Gold) -> Matched {
    let mut pairs: Vec<(f64, u32, usize)> = Vec::new();
    for &(index, node) in found {
        let name = fold(&node.name);
        let aliases: BTreeSet<String> = node.aliases.iter().take(MOST_ALIASES).map(|a| fold(a)).collect();
        for (g, wanted) in gold.nodes.iter().enumerate().filter(|(_, g)| g.kind == *node.kind) {
            let names = wanted.folded();
            if names.contains(&name) {
                pairs.push((3.0, index, g));
            } else if !names.is_disjoint(&aliases) {
                pairs.push((2.0, index, g));
            } else if DESCRIBED.contains(&&*node.kind) {
                let alike = overlap(&node.name, &wanted.names);
                if alike >= 2.0 / 3.0 {
                    pairs.push((alike, index, g));
                }
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut matched = Matched { to_gold: BTreeMap::new(), twice: BTreeMap::new() };
    let mut taken = BTreeSet::new();
    for (alike, index, g) in pairs {
        if matched.to_gold.contains_key(&index) {
            continue;
        }
        if taken.insert(g) {
            matched.to_gold.insert(index, g);
            matched.twice.remove(&index);
        } else if alike >= 2.0 {
            matched.twice.entry(index).or_insert(g);
        }
    }
    matched
}
