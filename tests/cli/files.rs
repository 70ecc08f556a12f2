//! What a SOURCE may be, and which ids documents get.

use crate::run::{DOCUMENT, Place};

fn ids(place: &Place, args: &[&str], input: &str) -> Vec<String> {
    let ran = place.run_with(&[&["extract"], args].concat(), input);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let lines = ran.out.lines().map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap());
    let mut ids: Vec<String> =
        lines.filter_map(|v| v["document"]["id"].as_str().or(v["id"].as_str()).map(str::to_owned)).collect();
    ids.dedup();
    ids
}

#[test]
fn ids_are_relative_and_clashes_get_the_argument_in_front() {
    let place = Place::new();
    place.write("one/x.txt", DOCUMENT);
    place.write("one/deep/y.txt", DOCUMENT);
    place.write("two/x.txt", DOCUMENT);
    assert_eq!(ids(&place, &["one"], ""), ["deep/y.txt", "x.txt"]);
    assert_eq!(ids(&place, &["one/x.txt"], ""), ["x.txt"]);
    assert_eq!(ids(&place, &["two", "./one/"], ""), ["deep/y.txt", "one/x.txt", "two/x.txt"]);
    assert_eq!(ids(&place, &["*/x.txt"], ""), ["one/x.txt", "two/x.txt"]);
    assert_eq!(ids(&place, &["one", "one/x.txt"], ""), ["deep/y.txt", "x.txt"], "a file given twice is read once");
    assert_eq!(ids(&place, &["-"], DOCUMENT), ["stdin"]);
}

#[test]
fn every_kind_of_graph_is_read_and_says_the_same() {
    let place = Place::new();
    place.write("tables/nodes.csv", "id,type,name\nc,Corridor,North Road\ns,State,Ardia\n");
    place.write("tables/edges.csv", "source,target,type\nc,s,passes_through\n");
    for file in ["out.json", "out.ron", "out.silk"] {
        assert_eq!(place.run(&["export", "tables", "-o", file]).code, 0, "{file}");
    }
    let claims = place.run(&["extract", "docs"]);
    place.write("claims.jsonl", &claims.out);
    let ask = |source: &str| {
        let ran = place.run(&["query", source, "-c", "MATCH (a)-[r]->(b) RETURN a.name AS a, b.name AS b ORDER BY a, b"]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{source}");
        ran.out
    };
    let expected = "a\tb\nNorth Road\tArdia\n";
    for source in ["tables", "tables/nodes.csv", "out.json", "out.ron", "out.silk"] {
        assert_eq!(ask(source), expected, "{source}");
    }
    assert_eq!(ask("claims.jsonl"), ask("docs"));
}

#[test]
fn several_sources_are_one_graph_in_any_order() {
    let place = Place::new();
    place.write("more/b.txt", "News\n\nThe Middle Corridor passes through Georgia.\n");
    assert_eq!(place.run(&["export", "docs", "more", "graph.json", "-o", "x.json"]).code, 0);
    assert_eq!(place.run(&["export", "graph.json", "more", "docs", "-o", "y.json"]).code, 0);
    let graph = place.read("x.json");
    assert!(graph.contains("North Road") && graph.contains("Georgia") && graph.contains("Kazakhstan"));
    assert_eq!(graph, place.read("y.json"));
}

#[test]
fn without_a_source_it_is_the_collection_that_is_shipped() {
    let place = Place::new();
    let ran = place.run(&["query", "-c", "MATCH (n:Corridor) RETURN count(*) > 3 AS many", "--no-header"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "true\n"), "{}", ran.err);
}
