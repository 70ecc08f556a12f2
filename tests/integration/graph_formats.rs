//! Formats of graphs: round trips as laws, and graphs made elsewhere.

use proptest::prelude::*;
use silkgraph::graph::{KnowledgeGraph, json};
use silkgraph::merge::merge;
use silkgraph::model::{Mode, Value};
use silkgraph::schema::Schema;

use crate::merge::corpus;

fn to_json(graph: &KnowledgeGraph) -> Vec<u8> {
    let mut out = Vec::new();
    json::write(graph, &mut out).unwrap();
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn json_loses_nothing(all in corpus()) {
        let graph = merge(&all, Schema::builtin(), None);
        let text = to_json(&graph);
        let again = json::read(&text).unwrap();
        prop_assert_eq!(String::from_utf8(to_json(&again)).unwrap(), String::from_utf8(text).unwrap());
        prop_assert!(again == graph);
    }

    #[test]
    fn thawing_undoes_freezing(all in corpus()) {
        let graph = merge(&all, Schema::builtin(), None);
        let frozen = graph.freeze().unwrap();
        let thawed = frozen.thaw();
        prop_assert!(thawed == graph);
        prop_assert!(thawed.freeze().unwrap().as_bytes() == frozen.as_bytes());
    }
}

#[test]
fn a_graph_of_networkx_is_read() {
    let text = br#"{"directed": true, "multigraph": false, "graph": {},
        "nodes": [{"id": 1, "label": "Aktau", "type": "Town", "size": 3.5}, {"id": "b"}],
        "links": [{"source": 1, "target": "b", "type": "ferry", "km": 470, "mode": "planned"},
                  {"source": "b", "target": 1, "attrs": {"days": [1, 2]}}]}"#;
    let graph = json::read(text).unwrap();
    let town = graph.node(graph.find("1").unwrap()).unwrap();
    assert_eq!((&*town.name, &*town.kind), ("Aktau", "Town"));
    assert_eq!(town.attrs[0].value, Value::Float(3.5));
    assert_eq!(&*graph.node(graph.find("b").unwrap()).unwrap().name, "b");
    let (_, _, ferry) = graph.edges().find(|e| &*e.2.kind == "ferry").unwrap();
    assert_eq!((ferry.mode, &ferry.attrs[0].value), (Mode::Planned, &Value::Int(470)));
    let again = json::read(&to_json(&graph)).unwrap();
    assert!(again == graph);
}

#[test]
fn what_is_no_graph_is_refused_with_the_place() {
    let fault = |text: &[u8]| json::read(text).unwrap_err().to_string();
    insta::assert_snapshot!(fault(b"{\"nodes\": [}"), @"this is no graph in JSON: expected value at line 1 column 12");
    insta::assert_snapshot!(fault(b"{\"nodes\": []}"), @"there is no list of `nodes` with `edges` or `links`");
    insta::assert_snapshot!(fault(b"{\"nodes\": [], \"edges\": [{\"target\": 1}]}"), @"edge 0 has no source");
    insta::assert_snapshot!(fault(b"{\"nodes\": [{\"id\": 1}], \"edges\": [{\"source\": 1, \"target\": 2}]}"), @"edge 0 leads to “2”, which is no node's id");
}
