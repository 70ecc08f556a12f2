//! What documentation and help show is asked on the documents that come with the program.

use silkgraph::query::parse::split_script;
use silkgraph::query::verbs::VERBS;

use crate::run::Place;

/// What a comment behind a query says if it has no answer there.
const SILENT: &str = "// no answer";

/// Asks each query by itself; those that fail, warn or have no answer, against what they say of themselves.
fn wrong<'q>(place: &Place, queries: impl Iterator<Item = &'q str>) -> Vec<String> {
    let fault = |query: &str| {
        // `why N` speaks of the answer before it.
        let before: &[&str] = if query.starts_with("why 2") { &["-c", "list corridors"] } else { &[] };
        let fixed = ["query", "seeds.silk", "--exit-status", "--format", "tsv", "-p", "names=[\"Japan\"]"];
        let ran = place.run(&[&fixed[..], before, &["-c", query]].concat());
        let silent = query.contains(SILENT);
        let warned = ran.err.contains("warning[") && !silent;
        (ran.code != i32::from(silent) || warned).then(|| format!("{query}: exit status {}\n{}", ran.code, ran.err))
    };
    queries.filter_map(fault).collect()
}

fn seeds() -> Place {
    let place = Place::new();
    let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
    assert_eq!(place.run(&["build", seeds, "-o", "seeds.silk", "--quiet"]).code, 0);
    place
}

#[test]
fn every_example_of_the_reference_is_answered() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/query-language.md");
    let text = std::fs::read_to_string(path).expect("the reference");
    let blocks: Vec<&str> = text.split("```query\n").skip(1).map(|b| b.split("```").next().unwrap_or_default()).collect();
    // A comment belongs to the line that it ends.
    let queries: Vec<&str> = blocks.iter().flat_map(|b| b.lines()).filter(|l| !l.trim().is_empty()).collect();
    assert!(queries.len() > 45, "{}", queries.len());
    assert!(queries.iter().all(|q| split_script(q).len() == 1), "one query a line");
    let wrong = wrong(&seeds(), queries.into_iter());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_example_of_help_is_answered() {
    let wrong = wrong(&seeds(), VERBS.iter().flat_map(|v| v.examples.iter().copied()));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
