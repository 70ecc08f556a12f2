//! Our own formats, without loss: node-link JSON and RON. The graph layer writes them.

use std::io::{self, Write};

use super::{Export, Exporter};
use crate::graph::{EdgeDraft, GraphBuilder, KnowledgeGraph, NodeDraft, json, ron};

/// Node-link JSON.
pub(super) struct Json;

impl Exporter for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn about(&self) -> &'static str {
        "node-link JSON with every claim, for networkx and scripts; readable again without loss"
    }

    fn write(&self, export: &Export<'_>, _: usize, out: &mut dyn Write) -> io::Result<()> {
        json::write(&selected(export), out)
    }
}

/// RON.
pub(super) struct Ron;

impl Exporter for Ron {
    fn name(&self) -> &'static str {
        "ron"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["ron"]
    }

    fn about(&self) -> &'static str {
        "the same for people and for git diff"
    }

    fn write(&self, export: &Export<'_>, _: usize, out: &mut dyn Write) -> io::Result<()> {
        ron::write(&selected(export), out)
    }
}

/// All of the graph, world data too, or the selected part with the documents that its claims are of.
fn selected(export: &Export<'_>) -> KnowledgeGraph {
    let all = export.graph.thaw();
    if export.selection.whole {
        return all;
    }
    let mut builder = GraphBuilder::new();
    builder.schema(all.schema_hash());
    builder.documents(all.documents().to_vec());
    let mut place = rustc_hash::FxHashMap::default();
    for (number, node) in export.selection.nodes.iter().filter_map(|&n| Some((n, all.node(n)?.clone()))) {
        let draft = NodeDraft {
            id: node.id,
            kind: node.kind,
            name: node.name,
            aliases: node.aliases,
            known_as: node.known_as,
            attrs: node.attrs,
            claims: node.claims,
            mentions: node.mentions,
            reasons: node.reasons,
            world: node.world,
        };
        place.insert(number, builder.node(draft));
    }
    for &number in &export.selection.edges {
        let (source, target) = export.graph.endpoints(number);
        let (Some(edge), Some(&source), Some(&target)) = (all.edge(number).cloned(), place.get(&source), place.get(&target))
        else {
            continue;
        };
        let draft = EdgeDraft { kind: edge.kind, mode: edge.mode, attrs: edge.attrs, claims: edge.claims, world: edge.world };
        builder.edge(source, target, draft);
    }
    builder.finish()
}
