//! Several finished graphs as one: what has the same id, or the same type and name, is one node.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{ClaimRecord, Edge, EdgeDraft, Given, GraphBuilder, KnowledgeGraph, Node, NodeDraft};
use crate::names::fold;

/// The graph that says what any of `graphs` says. Graphs made of documents are better merged from their claims: here no
/// name is weighed, only compared. Of one document that several have, the last one's account stands. O(all of them).
#[must_use]
pub fn union(graphs: &[KnowledgeGraph]) -> KnowledgeGraph {
    let mut nodes: Vec<NodeDraft> = Vec::new();
    let mut by_id: FxHashMap<Arc<str>, usize> = FxHashMap::default();
    let mut by_name: FxHashMap<(Arc<str>, String), usize> = FxHashMap::default();
    let mut places: Vec<Vec<usize>> = Vec::new();
    for graph in graphs {
        let mut here = Vec::with_capacity(graph.node_count());
        for node in graph.nodes() {
            let key = (node.kind.clone(), fold(&node.name));
            let known = by_id.get(&node.id).or_else(|| by_name.get(&key)).copied();
            let place = known.unwrap_or(nodes.len());
            match nodes.get_mut(place) {
                Some(draft) => add_node(draft, node),
                None => nodes.push(draft_of(node)),
            }
            by_id.insert(node.id.clone(), place);
            by_name.entry(key).or_insert(place);
            here.push(place);
        }
        places.push(here);
    }
    let mut builder = GraphBuilder::new();
    for graph in graphs {
        graph.documents().iter().for_each(|d| builder.document(d.clone()));
    }
    if let Some(first) = graphs.first().filter(|f| graphs.iter().all(|g| g.schema_hash() == f.schema_hash())) {
        builder.schema(first.schema_hash());
    }
    let numbers: Vec<u32> = nodes.into_iter().map(|n| builder.node(n)).collect();
    for ((kind, source, target), draft) in edges(graphs, &places, &numbers) {
        builder.edge(source, target, EdgeDraft { kind, ..draft });
    }
    builder.finish()
}

type EdgeKey = (Arc<str>, u32, u32);

/// The edges of all graphs, each once, in order of first appearance.
fn edges(graphs: &[KnowledgeGraph], places: &[Vec<usize>], numbers: &[u32]) -> Vec<(EdgeKey, EdgeDraft)> {
    let mut all: Vec<(EdgeKey, EdgeDraft)> = Vec::new();
    let mut known: FxHashMap<EdgeKey, usize> = FxHashMap::default();
    for (graph, here) in graphs.iter().zip(places) {
        let number = |node: u32| here.get(node as usize).and_then(|&p| numbers.get(p)).copied();
        for (source, target, edge) in graph.edges() {
            let (Some(source), Some(target)) = (number(source), number(target)) else { continue };
            let key = (edge.kind.clone(), source, target);
            let place = *known.entry(key.clone()).or_insert(all.len());
            match all.get_mut(place) {
                Some((_, draft)) => add_edge(draft, edge),
                None => all.push((
                    key,
                    EdgeDraft {
                        kind: edge.kind.clone(),
                        mode: edge.mode,
                        attrs: edge.attrs.clone(),
                        claims: edge.claims.clone(),
                        world: edge.world,
                    },
                )),
            }
        }
    }
    all
}

fn draft_of(node: &Node) -> NodeDraft {
    NodeDraft {
        id: node.id.clone(),
        kind: node.kind.clone(),
        name: node.name.clone(),
        aliases: node.aliases.clone(),
        known_as: node.known_as.clone(),
        attrs: node.attrs.clone(),
        claims: node.claims.clone(),
        mentions: node.mentions.clone(),
        reasons: node.reasons.clone(),
        world: node.world,
    }
}

fn add_node(draft: &mut NodeDraft, node: &Node) {
    if node.name != draft.name {
        draft.aliases.push(node.name.clone());
    }
    add(&mut draft.aliases, &node.aliases);
    add(&mut draft.known_as, &node.known_as);
    add(&mut draft.mentions, &node.mentions);
    add(&mut draft.reasons, &node.reasons);
    add_facts(&mut draft.attrs, &mut draft.claims, &node.attrs, &node.claims);
    draft.world &= node.world;
}

fn add_edge(draft: &mut EdgeDraft, edge: &Edge) {
    add_facts(&mut draft.attrs, &mut draft.claims, &edge.attrs, &edge.claims);
    draft.world &= edge.world;
    draft.mode = draft.mode.max(edge.mode);
}

fn add<T: Clone + PartialEq>(to: &mut Vec<T>, from: &[T]) {
    for item in from {
        if !to.contains(item) {
            to.push(item.clone());
        }
    }
}

/// Adds claims that are not there yet, and the values that rest on them.
fn add_facts(attrs: &mut Vec<Given>, claims: &mut Vec<ClaimRecord>, more: &[Given], new: &[ClaimRecord]) {
    let mut place = Vec::with_capacity(new.len());
    for claim in new {
        let at = claims.iter().position(|c| c == claim).unwrap_or(claims.len());
        if at == claims.len() {
            claims.push(claim.clone());
        }
        place.push(at as u32);
    }
    for given in more {
        let moved: Vec<u32> = given.claims.iter().filter_map(|&c| place.get(c as usize)).copied().collect();
        match attrs.iter_mut().find(|a| a.name == given.name && a.value == given.value) {
            Some(known) => add(&mut known.claims, &moved),
            None => attrs.push(Given { name: given.name.clone(), value: given.value.clone(), claims: moved }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::json;

    fn graph(text: &str) -> KnowledgeGraph {
        json::read(text.as_bytes()).unwrap()
    }

    #[test]
    fn what_is_the_same_is_joined_and_the_rest_kept() {
        let a = graph(
            r#"{"nodes": [{"id": "k", "type": "State", "name": "Kazakhstan", "attrs": {"area": 1}}, {"id": "c", "type": "Corridor", "name": "Middle Corridor"}],
                "edges": [{"source": "c", "target": "k", "type": "passes_through"}]}"#,
        );
        let b = graph(
            r#"{"nodes": [{"id": "n1", "type": "State", "name": "KAZAKHSTAN", "attrs": {"area": 2}}, {"id": "c", "type": "Corridor", "name": "TITR"}],
                "edges": [{"source": "c", "target": "n1", "type": "passes_through"}, {"source": "c", "target": "n1", "type": "ends_in"}]}"#,
        );
        let both = union(&[a.clone(), b.clone()]);
        assert_eq!((both.node_count(), both.edge_count()), (2, 2));
        let state = both.nodes().find(|n| &*n.kind == "State").unwrap();
        assert_eq!(state.attrs.len(), 2);
        assert!(both.nodes().any(|n| n.aliases.iter().any(|a| &**a == "TITR")));
        assert_eq!(union(&[both.clone(), a]), both, "adding what is known changes nothing");
        assert_eq!(union(std::slice::from_ref(&b)), b);
    }
}
