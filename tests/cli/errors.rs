//! What is told when something is wrong: carets, suggestions, exit statuses, JSON for programs, harmless text.

use crate::run::Place;

#[test]
fn a_bad_query_ends_with_2_and_a_caret() {
    let place = Place::new();
    let ran = place.run(&["query", "graph.json", "-c", "routes from Ardia bypasing Borland"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    insta::assert_snapshot!(ran.err);
}

#[test]
fn a_fault_in_a_file_tells_its_line() {
    let place = Place::new();
    place.write("long.q", "RETURN 1 AS x\n\n// Türkiye\nMATCH (n)\nRETURN n.name AS “x”\n");
    let ran = place.run(&["query", "graph.json", "-f", "long.q"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("long.q:5:") || ran.err.contains("long.q:4:"), "{}", ran.err);
}

#[test]
fn programs_get_faults_as_json() {
    let place = Place::new();
    let ran = place.run_with(&["graph.json", "--format", "jsonl"], "RETURN (\n");
    assert_eq!((ran.code, ran.out.as_str()), (2, "\n"));
    let fault: serde_json::Value = serde_json::from_str(ran.err.lines().next().unwrap_or_default()).unwrap();
    assert_eq!((fault["severity"].as_str(), fault["origin"].as_str()), (Some("error"), Some("stdin")));
    assert!(fault["labels"][0]["column"].as_u64().is_some(), "{fault}");
}

#[test]
fn what_cannot_be_read_ends_with_3() {
    let place = Place::new();
    for args in [
        &["query", "missing.json", "-c", "RETURN 1"][..],
        &["query", "graph.json", "-f", "missing.q"],
        &["export", "graph.json", "-o", "no/such/folder/x.json"],
        &["diff", "graph.json", "missing.silk"],
        &["query", "*.nothing", "-c", "RETURN 1"],
    ] {
        let ran = place.run(args);
        assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{args:?}: {}", ran.err);
        assert!(ran.err.starts_with("error["), "{}", ran.err);
    }
    place.write("torn.silk", b"silk\r\n\x1a\x01rubbish");
    assert_eq!(place.run(&["query", "torn.silk", "-c", "RETURN 1"]).code, 3);
}

#[test]
fn bad_arguments_end_with_2() {
    let place = Place::new();
    for args in [
        &["query", "--nonsense"][..],
        &["query", "graph.json", "--format", "jsnl", "-c", "RETURN 1"],
        &["export", "graph.json", "-o", "x.unknown"],
        &["graph.json", "-c", ".unknown"],
        &["query", "-", "-f", "-"],
    ] {
        let ran = place.run(args);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}: {}", ran.err);
    }
    let ran = place.run(&["graph.json", "-c", ".typs"]);
    assert!(ran.err.contains("did you mean `.types`?"), "{}", ran.err);
    let ran = place.run(&["buil"]);
    assert!(ran.err.contains("did you mean the command `build`?"), "{}", ran.err);
}

#[test]
fn a_broken_schema_tells_all_its_faults() {
    let place = Place::new();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/broken-schema");
    let ran = place.run(&["check", "--schema", folder]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.matches("error[").count() > 5, "{}", ran.err);
    assert!(ran.err.contains("nodes.ron:"), "{}", ran.err);
    assert_eq!(place.run(&["check"]).code, 0);
}

#[test]
fn documents_cannot_steer_the_terminal() {
    let place = Place::new();
    let hostile = "\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}31m\u{202e}";
    place.write(
        "evil/a.txt",
        format!("{hostile} Title\n\nThe Middle Corridor{hostile} passes through {hostile} Kazakhstan and bypasses Russia.\n"),
    );
    for args in [
        &["query", "evil", "-c", "show Kazakhstan", "-c", "routes bypassing Russia", "-c", "why 1", "--format", "table"][..],
        &["query", "evil", "-c", "routes bypassing Russia", "-c", ".source 1", "-c", ".documents", "--format", "table"],
        &["query", "evil", "-c", "routes bypassing Russia", "--format", "markdown"],
        &["extract", "evil", "--stage", "tokens"],
    ] {
        let ran = place.run(args);
        for text in [&ran.out, &ran.err] {
            let bad =
                text.chars().find(|&c| (c.is_control() && !matches!(c, '\n' | '\t')) || ('\u{202a}'..='\u{202e}').contains(&c));
            assert_eq!(bad, None, "{args:?}: {text:?}");
        }
    }
}

#[test]
fn unreadable_documents_are_left_out_with_a_word() {
    let place = Place::new();
    place.write("docs/empty.txt", "");
    place.write("docs/binary.txt", b"\x00\x01\x02\xff\xfe\x00\x00binary");
    place.write("docs/picture.png", b"\x89PNG");
    let ran = place.run(&["export", "docs", "-o", "out.json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("binary.txt") && ran.err.contains(".png"), "{}", ran.err);
    let quiet = place.run(&["export", "docs", "-o", "out.json", "--quiet"]);
    assert_eq!((quiet.code, quiet.err.as_str()), (0, ""));
    assert_eq!(place.run(&["export", "docs", "-o", "out.json", "--strict"]).code, 2);
    assert!(place.read("out.json").contains("Middle Corridor"));
}

/// A copy of the schema that comes with the program, with `from` made `to` in one of its files.
fn changed_schema(place: &Place, file: &str, from: &str, to: &str) {
    let folder = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/graph-schema"));
    for part in ["", "gazetteer", "patterns"] {
        for entry in std::fs::read_dir(folder.join(part)).unwrap().map(Result::unwrap) {
            let name = format!("{part}/{}", entry.file_name().to_string_lossy());
            let name = name.trim_start_matches('/');
            if name.ends_with(".ron") {
                let text = std::fs::read_to_string(entry.path()).unwrap();
                assert!(name != file || text.contains(from));
                let text = if name == file { text.replacen(from, to, 1) } else { text };
                place.write(&format!("schema/{name}"), text);
            }
        }
    }
}

#[test]
fn check_runs_the_examples_of_patterns() {
    let place = Place::new();
    changed_schema(&place, "patterns/frames.ron", "yes: [", "yes: [\"The sun rises. | Kenya > Uganda\", ");
    let ran = place.run(&["check", "--schema", "schema"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{}", ran.err);
    assert_eq!(ran.err.matches("error[S030]").count(), 1, "{}", ran.err);
    assert!(ran.err.contains("The sun rises.") && ran.err.contains("frames.ron"), "{}", ran.err);
}

#[test]
fn a_pattern_file_that_cannot_be_read_is_told_with_its_line() {
    let place = Place::new();
    changed_schema(&place, "patterns/frames.ron", "yes: [", "yes: [7, ");
    let text = place.read("schema/patterns/frames.ron");
    let line = 1 + text[..text.find("yes: [7").unwrap()].matches('\n').count();
    let ran = place.run(&["check", "--schema", "schema"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains(&format!("frames.ron:{line}:")) && ran.err.contains('^'), "{}", ran.err);
}
