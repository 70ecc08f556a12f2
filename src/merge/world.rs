//! What the gazetteer adds to a graph: facts among the things that the documents speak of, and the regions around them.
//!
//! All of it is marked: a world edge or node never adds to an answer that does not ask for it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::graph::{ClaimRecord, EdgeDraft, Given, GraphBuilder, NodeDraft};
use crate::model::{Locus, Mode, Value};
use crate::names::slug;
use crate::schema::{EntryId, NameKind, Schema};

/// The rule that claims of world data name.
const RULE: &str = "gazetteer";

/// Adds the world's facts among the nodes that are there, the chain of what they lie in, and attributes that no
/// document gives.
pub(super) fn add(builder: &mut GraphBuilder, schema: &Schema) {
    let mut present: BTreeMap<EntryId, u32> = BTreeMap::new();
    for (at, id) in schema.entry_ids().enumerate() {
        if let Some(number) = builder.number_of(id) {
            present.insert(EntryId(at as u32), number);
        }
    }
    let mentioned: Vec<EntryId> = present.keys().copied().collect();
    for &entry in &mentioned {
        for around in schema.containers(entry) {
            present.entry(around).or_insert_with(|| builder.node(world_node(schema, around)));
        }
    }
    let mut facts: BTreeSet<(Arc<str>, u32, u32)> = BTreeSet::new();
    let mut attrs = Vec::new();
    for (&id, &source) in &present {
        let Some(entry) = schema.gazetteer.get(id.0 as usize) else { continue };
        let told = entry.facts.iter().map(|&(kind, target)| (kind, target));
        let lies = schema.roles.within.into_iter().flat_map(|kind| schema.parents(id).iter().map(move |&p| (kind, p)));
        for (kind, target) in told.chain(lies) {
            let (Some(kind), Some(&target)) = (schema.edge_types.get(kind.0 as usize), present.get(&target)) else { continue };
            if source != target && (!kind.symmetric || builder.id_of(source) < builder.id_of(target)) {
                facts.insert((kind.name.clone(), source, target));
            }
        }
        if !entry.unverified && !entry.attrs.is_empty() {
            attrs.push((source, entry.attrs.iter().map(|(name, value)| (name.clone(), typed(value))).collect()));
        }
    }
    builder.world_attributes(attrs, &claim());
    let claimed = builder.edge_keys();
    for (kind, source, target) in facts {
        if !claimed.contains(&(kind.clone(), source, target)) {
            let draft = EdgeDraft { kind, mode: Mode::Actual, claims: vec![claim()], world: true, attrs: Vec::<Given>::new() };
            builder.edge(source, target, draft);
        }
    }
}

fn world_node(schema: &Schema, id: EntryId) -> NodeDraft {
    let entry = &schema.gazetteer[id.0 as usize];
    let plain = entry
        .names()
        .filter(|(kind, name)| matches!(kind, NameKind::Alias | NameKind::Demonym) && !entry.ambiguous.iter().any(|a| a == name));
    let kind = schema.node_types.get(entry.kind.0 as usize).map_or_else(|| Arc::from(slug(&entry.name)), |t| t.name.clone());
    NodeDraft {
        id: entry.id.clone(),
        kind,
        name: entry.name.clone(),
        known_as: plain.map(|(_, name)| Arc::from(name)).collect(),
        world: true,
        ..NodeDraft::default()
    }
}

/// World data has no document, no place and no sentence.
fn claim() -> ClaimRecord {
    ClaimRecord {
        document: Arc::from(""),
        locus: Locus { article: 0, line: 0, column: 0, span: crate::span::Span::default() },
        text: Arc::from(""),
        mode: Mode::Actual,
        asserted: None,
        when: None,
        speaker: None,
        origin: None,
        confidence: 1000,
        rule: Arc::from(RULE),
    }
}

/// The gazetteer writes attributes as text; numbers among them count as numbers.
fn typed(text: &str) -> Value {
    if let Ok(whole) = text.parse() {
        Value::Int(whole)
    } else {
        text.parse().ok().filter(|x: &f64| x.is_finite()).map_or_else(|| Value::Text(Arc::from(text)), Value::Float)
    }
}
