//! The questions that the documentation asks, and those of the tour, on the documents that come with the program.

use std::collections::BTreeSet;

use crate::run::Place;

const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/questions.silkq");
const DOCS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/questions.md");

fn read(path: &str) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{path}: {e}"))
}

#[test]
fn the_forty_questions_are_understood() {
    let place = Place::new();
    let ran = place.run(&["query", "-f", EXAMPLES, "--keep-going", "--format", "tsv"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for sign in ["error[", "warning["] {
        assert!(!ran.err.contains(sign), "a word of a question is unknown: {}", ran.err);
    }
}

#[test]
fn the_questions_of_the_documents_have_answers() {
    let place = Place::new();
    let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
    assert_eq!(place.run(&["build", seeds, "-o", "seeds.silk", "--quiet"]).code, 0);
    // `why` speaks of the answer before it; the others are asked one by one.
    let script = read(EXAMPLES);
    let silent: Vec<&str> = script
        .lines()
        .filter(|l| !l.starts_with('#') && !l.starts_with("why "))
        .filter(|query| place.run(&["query", "seeds.silk", "--exit-status", "-c", query]).code != 0)
        .collect();
    assert!(silent.is_empty(), "no answer to {silent:?}");
}

#[test]
fn the_script_asks_what_the_documentation_asks() {
    let script = read(EXAMPLES);
    let scripted: BTreeSet<&str> = script.lines().filter(|l| !l.starts_with('#')).collect();
    let docs = read(DOCS).replace("\\|", "|");
    let rows: Vec<&str> = docs.lines().filter(|l| l.split('|').nth(1).is_some_and(|n| n.trim().parse::<u8>().is_ok())).collect();
    assert_eq!(rows.len(), 40);
    let quoted = rows.iter().flat_map(|row| row.split('`').skip(1).step_by(2));
    let asked: BTreeSet<&str> = quoted.filter(|q| !q.starts_with('$')).collect();
    assert_eq!(scripted, asked);
}

#[test]
fn every_stop_of_the_tour_has_an_answer() {
    let place = Place::new();
    let tour: Vec<String> = (1..=10).map(|stop| format!(".tour {stop}")).collect();
    let mut args = vec!["query", "--format", "tsv"];
    args.extend(tour.iter().flat_map(|stop| ["-c", stop.as_str()]));
    let ran = place.run(&args);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(!ran.err.contains("error[") && !ran.err.contains("warning["), "{}", ran.err);
    assert_eq!(ran.err.matches("tour: ").count(), 10, "{}", ran.err);
    assert!(ran.out.lines().count() > 50, "{}", ran.out);
}
