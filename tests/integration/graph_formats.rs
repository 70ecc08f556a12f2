//! Formats of graphs: round trips as laws, and graphs made elsewhere.

use proptest::prelude::*;
use silkgraph::graph::{KnowledgeGraph, claims, json, ron, table};
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
        prop_assert_eq!(String::from_utf8(to_json(&again)).unwrap(), String::from_utf8(text.clone()).unwrap());
        prop_assert!(again == graph);
        // A key that we do not write makes the lenient reader read it, and it reads the same.
        let text = String::from_utf8(text).unwrap().replacen("\"aliases\"", "\"unheard_of\":null,\"aliases\"", 1);
        prop_assert!(json::read(text.as_bytes()).unwrap() == graph);
    }

    #[test]
    fn ron_loses_nothing(all in corpus()) {
        let graph = merge(&all, Schema::builtin(), None);
        let mut text = Vec::new();
        ron::write(&graph, &mut text).unwrap();
        let again = ron::read(std::str::from_utf8(&text).unwrap()).unwrap();
        prop_assert!(again == graph);
    }

    #[test]
    fn claims_lose_nothing(all in corpus()) {
        let mut text = Vec::new();
        for extraction in &all {
            claims::write(extraction, &mut text).unwrap();
        }
        prop_assert_eq!(claims::read(&text).unwrap(), all);
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

fn read_tables(nodes: &str, edges: &str) -> Result<KnowledgeGraph, table::TableError> {
    table::read(nodes.as_bytes(), edges.as_bytes())
}

#[test]
fn tables_are_read_by_their_headers() {
    let plain = read_tables(
        "id,type,name,kind,year,state\n0,State,China,,1990,\n7,Place,Aktau,port,2001,Kazakhstan\n",
        "src,type,dst,date,amount,mode,len\n7,located_in,0,2025-07,,proposed,12\n",
    )
    .unwrap();
    let gephi = read_tables(
        "\u{feff}Id,Label,type,year\n0,China,State,1990\n7,Aktau,Place,2001\n",
        "Source,Target,Type,Id,Label,Kind,mode,len\n7,0,Directed,1,located in,located_in,proposed,12\n",
    )
    .unwrap();
    let neo4j = read_tables(
        "id:ID,name,aliases:string[],year:int,:LABEL\n0,China,,1990,State\n7,Aktau,Aqtau;Shevchenko,2001,Place;Thing\n",
        ":START_ID,:END_ID,:TYPE,mode,len:long\n7,0,located_in,proposed,12\n",
    )
    .unwrap();
    for graph in [&plain, &gephi, &neo4j] {
        let aktau = graph.node(graph.find("7").unwrap()).unwrap();
        assert_eq!((&*aktau.name, &*aktau.kind), ("Aktau", "Place"));
        let year = aktau.attrs.iter().find(|a| &*a.name == "year").unwrap();
        assert_eq!(year.value, Value::Int(2001));
        let (source, target, edge) = graph.edges().next().unwrap();
        assert_eq!((&*graph.node(source).unwrap().name, &*graph.node(target).unwrap().name), ("Aktau", "China"));
        assert_eq!((&*edge.kind, edge.mode), ("located_in", Mode::Proposed));
        assert_eq!(edge.attrs.iter().find(|a| &*a.name == "len").unwrap().value, Value::Int(12));
    }
    assert_eq!(neo4j.node(neo4j.find("7").unwrap()).unwrap().aliases.len(), 2);
}

#[test]
fn tables_that_are_no_graph_are_refused() {
    let fault = |nodes, edges| read_tables(nodes, edges).unwrap_err().to_string();
    assert_eq!(fault("a,b\n1,2\n", "source,target\n"), "nodes: no column for ids among `a`, `b`");
    assert_eq!(fault("id\n1\n", "source,to_where\n"), "edges: no column for targets among `source`, `to_where`");
    assert_eq!(fault("id\n1\n", "source,target\n1,1\n1,9\n"), "edges, line 3: “9” is no node's id");
}
