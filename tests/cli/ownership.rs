//! The worked example of another domain (`examples/ownership`): a schema folder alone makes silkgraph read it.

use std::path::Path;

use crate::run::Place;

fn example(part: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/ownership").join(part).to_string_lossy().into_owned()
}

fn ask(query: &str) -> Vec<String> {
    let (documents, schema) = (example("documents"), example("schema"));
    let ran = Place::new().run(&["query", &documents, "--schema", &schema, "--format", "tsv", "-c", query]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{query}");
    ran.out.lines().skip(1).map(|line| line.replace('\t', " | ")).collect()
}

#[test]
fn its_schema_is_sound_and_its_frames_keep_their_examples() {
    let ran = Place::new().run(&["check", "--schema", &example("schema")]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("4 node types, 4 edge types"), "{}", ran.out);
}

#[test]
fn owners_are_found_with_their_modes() {
    let owned = ask("MATCH (a)-[r:owns]->(b) RETURN a.name, b.name, mode(r) ORDER BY a.name, b.name");
    assert_eq!(
        owned,
        [
            "Aldermoor Holding | Northgate Shipping | actual",
            "Kestrel Shipping | Morning Star | actual",
            "Northgate Shipping | Kolvik terminal | actual",
            "Orlan Group | Kestrel Shipping | actual",
            "Seraph Foundation | Baltra Bank | actual",
            "Seraph Foundation | Orlan Group | planned",
            "Tern Capital Fund | Northgate Shipping | possible",
        ]
    );
}

#[test]
fn who_stands_behind_the_terminal_is_a_walk() {
    let walk = "MATCH (owner)-[:owns]->{1,5}(:Asset {name: \"Kolvik terminal\"}) RETURN owner.name ORDER BY owner.name";
    assert_eq!(ask(walk), ["Aldermoor Holding", "Northgate Shipping", "Tern Capital Fund"]);
}

#[test]
fn what_is_denied_is_told_when_asked_for() {
    let denied = ask("who owns \"Aldermoor Holding\" mode denied");
    assert_eq!(denied.len(), 1, "{denied:?}");
    assert!(denied[0].starts_with("Seraph Foundation | Company | denied"), "{denied:?}");
}
