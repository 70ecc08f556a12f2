//! Laws of the merge and of freezing, over random extractions.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use silkgraph::graph::{Direction, FrozenGraph, KnowledgeGraph};
use silkgraph::merge::merge;
use silkgraph::model::{ArticleInfo, Claim, DocumentInfo, Entity, Extraction, Locus, Mode, PartialDate, Statement, Value};
use silkgraph::schema::Schema;
use silkgraph::span::Span;

/// An entity with some of few names, so that documents share many; `known` as the gazetteer has it.
fn entity() -> impl Strategy<Value = Entity> {
    let known = prop_oneof![Just(None), Just(None), Just(Some(0_usize)), Just(Some(1)), Just(Some(2))];
    (0..3_usize, known, prop::collection::vec(0..9_usize, 1..4), 0..60_u32).prop_map(|(kind, known, keys, at)| {
        let places = ["state/kazakhstan", "state/russia", "state/china"];
        let kinds = ["Corridor", "Person", "Organisation"];
        let name = |k: usize| format!("Given{} Familyname{}", k % 2, "xyz".repeat(k % 3 + 1));
        Entity {
            kind: Arc::from(if known.is_some() { "State" } else { kinds[kind] }),
            name: name(keys[0]),
            known: known.map(|k| Arc::from(places[k])),
            keys: keys.iter().map(|&k| format!("key {k}")).collect(),
            forms: keys.iter().map(|&k| name(k)).collect(),
            mentions: vec![Locus { article: 1, line: at, column: 1, span: Span { start: at * 10, end: at * 10 + 5 } }],
        }
    })
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<bool>().prop_map(Value::Bool),
        (0..4_i64).prop_map(Value::Int),
        (0..4_i32).prop_map(|x| Value::Float(f64::from(x) / 2.0)),
        "[ab]{1,2}".prop_map(|s| Value::Text(Arc::from(s))),
        ("[ab]", prop::option::of(0..5_i32), prop::option::of("[UE]")).prop_map(|(t, n, u)| Value::Quantity {
            text: Arc::from(t),
            number: n.map(f64::from),
            unit: u.map(Arc::from)
        }),
        prop::collection::vec((0..3_i64).prop_map(Value::Int), 0..3).prop_map(Value::List),
    ]
}

fn date() -> impl Strategy<Value = Option<PartialDate>> {
    prop_oneof![Just(None), (2024..2026_i16, 1..13_u8).prop_map(|(y, m)| Some(PartialDate::month(y, m)))]
}

fn claim(entities: u32) -> impl Strategy<Value = Claim> {
    let statement = prop_oneof![
        (0..3_usize, 0..entities)
            .prop_map(|(k, object)| Statement::Edge { kind: Arc::from(["passes_through", "borders", "made_up"][k]), object }),
        (0..2_usize, value()).prop_map(|(a, value)| Statement::Attribute { name: Arc::from(["length_km", "status"][a]), value }),
    ];
    let attrs = prop::collection::btree_map("amount|office".prop_map(Arc::<str>::from), value(), 0..2);
    (0..entities, statement, 0..5_usize, 0..40_u32, date(), date(), attrs).prop_map(
        |(subject, statement, mode, line, asserted, when, attrs)| Claim {
            subject,
            statement,
            mode: Mode::ALL[mode],
            locus: Locus { article: 1, line, column: 3, span: Span { start: line * 100, end: line * 100 + 50 } },
            text: Arc::from(format!("Sentence {line}.")),
            asserted,
            when,
            speaker: None,
            origin: None,
            confidence: 800,
            rule: Arc::from("rule"),
            attrs,
        },
    )
}

fn extraction() -> impl Strategy<Value = Extraction> {
    let sketch = prop::collection::btree_set(0..40_u64, 0..6);
    (prop::collection::vec(entity(), 1..6), date(), sketch).prop_flat_map(|(entities, date, sketch)| {
        let count = entities.len() as u32;
        prop::collection::vec(claim(count), 0..10).prop_map(move |claims| Extraction {
            document: DocumentInfo {
                id: String::new(),
                hash: String::new(),
                articles: vec![ArticleInfo {
                    number: 1,
                    date,
                    origin: sketch.first().filter(|s| **s % 2 == 0).map(|_| "A Wire".to_owned()),
                    sketch: sketch.iter().copied().collect(),
                    ..ArticleInfo::default()
                }],
            },
            entities: entities.clone(),
            claims,
        })
    })
}

/// Some documents, named by their place.
pub fn corpus() -> impl Strategy<Value = Vec<Extraction>> {
    prop::collection::vec(extraction(), 0..7).prop_map(|mut all| {
        for (number, extraction) in all.iter_mut().enumerate() {
            extraction.document.id = format!("{number}.txt");
            extraction.document.hash = format!("{number:032x}");
        }
        all
    })
}

/// A corpus, and the same in another order with some documents given twice.
fn shuffled() -> impl Strategy<Value = (Vec<Extraction>, Vec<Extraction>)> {
    corpus().prop_flat_map(|all| {
        let twice = prop::collection::vec(any::<bool>(), all.len());
        (Just(all.clone()), Just(all).prop_shuffle(), twice).prop_map(|(all, mut other, twice)| {
            let again: Vec<Extraction> = other.iter().zip(&twice).filter(|t| *t.1).map(|t| t.0.clone()).collect();
            other.extend(again);
            (all, other)
        })
    })
}

/// Checks that the frozen graph says of every node and edge what the graph says.
fn assert_agrees(graph: &KnowledgeGraph, frozen: &FrozenGraph) {
    assert_eq!(graph.node_count(), frozen.node_count() as usize);
    assert_eq!(graph.edge_count(), frozen.edge_count() as usize);
    for (at, node) in graph.nodes().enumerate() {
        let id = at as u32;
        assert_eq!(&*node.id, frozen.id(id));
        assert_eq!(frozen.node_by_id(&node.id), Some(id));
        assert_eq!(&*node.name, frozen.name(id));
        assert_eq!(&*node.kind, frozen.node_type_name(frozen.node_type(id)));
        assert!(frozen.nodes_of_type(frozen.node_type(id)).contains(&id));
        assert!(frozen.aliases(id).eq(node.aliases.iter().map(|a| &**a)));
        for name in std::iter::once(&node.name).chain(&node.aliases) {
            let folded = silkgraph::names::fold(name);
            assert!(frozen.find(&folded).contains(&id));
            assert!(frozen.find_prefix(&folded).any(|n| n == id));
        }
        assert_eq!(frozen.is_world_node(id), node.world);
        assert_eq!(frozen.mentions(id).len(), node.mentions.len());
        assert!(node.mentions.iter().zip(frozen.mentions(id)).all(|(a, b)| *a.document == *b.document() && a.locus == b.locus()));
        assert_facts(&node.attrs, |a| frozen.node_facts(id, a), |a| frozen.node_value(id, a), frozen);
    }
    let mut out: BTreeMap<(u32, u16), Vec<(u32, u32)>> = BTreeMap::new();
    let mut incoming = out.clone();
    for (at, (source, target, edge)) in graph.edges().enumerate() {
        let id = at as u32;
        let kind = frozen.edge_type_id(&edge.kind).unwrap();
        assert_eq!(frozen.endpoints(id), (source, target));
        assert_eq!(frozen.edge_type(id), kind);
        assert_eq!(frozen.mode(id), edge.mode);
        assert_eq!(frozen.is_world_edge(id), edge.world);
        assert_eq!(frozen.claims(id).count(), edge.claims.len());
        for (a, b) in edge.claims.iter().zip(frozen.claims(id)) {
            assert_eq!((&*a.document, a.locus, &*a.text), (b.document(), b.locus(), b.text()));
            assert_eq!((a.mode, a.asserted, a.when), (b.mode(), b.asserted(), b.when()));
        }
        assert_facts(&edge.attrs, |a| frozen.edge_facts(id, a), |a| frozen.edge_value(id, a), frozen);
        out.entry((source, kind)).or_default().push((target, id));
        incoming.entry((target, kind)).or_default().push((source, id));
    }
    for node in 0..frozen.node_count() {
        for kind in 0..frozen.edge_type_names().len() as u16 {
            let links = |d| frozen.adjacency(kind, d).of(node).iter().collect::<Vec<_>>();
            assert_eq!(links(Direction::Out), out.remove(&(node, kind)).unwrap_or_default());
            assert_eq!(links(Direction::In), incoming.remove(&(node, kind)).unwrap_or_default());
        }
    }
}

fn assert_facts<'g, I: Iterator<Item = silkgraph::graph::Fact<'g>>>(
    attrs: &[silkgraph::graph::Given],
    facts: impl Fn(u16) -> I,
    value: impl Fn(u16) -> Option<silkgraph::graph::ValueRef<'g>>,
    frozen: &FrozenGraph,
) {
    for several in attrs.chunk_by(|a, b| a.name == b.name) {
        let attribute = frozen.attribute_id(&several[0].name).unwrap();
        let found: Vec<(Value, usize)> = facts(attribute).map(|f| (f.value.to_value(), f.claims().count())).collect();
        let given: Vec<(Value, usize)> = several.iter().map(|g| (g.value.clone(), g.claims.len())).collect();
        assert_eq!(found, given);
        if let Some(value) = value(attribute) {
            assert!(several.iter().any(|g| g.value == value.to_value()));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn order_and_repetition_change_nothing((all, other) in shuffled()) {
        let schema = Schema::builtin();
        let (a, b) = (merge(&all, schema, None), merge(&other, schema, None));
        prop_assert!(a == b);
        let (a, b) = (a.freeze().unwrap(), b.freeze().unwrap());
        prop_assert!(a.as_bytes() == b.as_bytes());
        prop_assert!(a.verify().is_ok());
    }

    #[test]
    fn the_frozen_graph_agrees_with_petgraph(all in corpus()) {
        let graph = merge(&all, Schema::builtin(), None);
        assert_agrees(&graph, &graph.freeze().unwrap());
    }

    #[test]
    fn every_edge_and_node_rests_on_something(all in corpus()) {
        let graph = merge(&all, Schema::builtin(), None);
        for (source, target, edge) in graph.edges() {
            prop_assert!(source != target);
            prop_assert!(!edge.claims.is_empty());
            prop_assert_eq!(edge.world, edge.claims.iter().all(|c| c.is_world()));
        }
        for node in graph.nodes() {
            prop_assert!(node.world || !node.mentions.is_empty());
        }
    }
}

#[test]
fn damaged_bytes_are_refused() {
    let graph = merge(&[], Schema::builtin(), None).freeze().unwrap();
    let open = |bytes: Vec<u8>| FrozenGraph::open(Arc::new(bytes), 0).and_then(|g| g.verify().map(|()| g));
    let bytes = graph.as_bytes().to_vec();
    assert!(open(bytes.clone()).is_ok());
    for cut in [0, 5, 63, 64, 200, bytes.len() - 1] {
        assert!(open(bytes[..cut].to_vec()).is_err(), "cut at {cut}");
    }
    let mut newer = bytes;
    newer[8] = 99;
    assert!(open(newer).unwrap_err().to_string().contains("format 99"));
    assert!(open(b"PK\x03\x04 something else, long enough to hold a header and more, and then some".to_vec()).is_err());
}
