//! Sentences of our own (`tests/extraction/speakers.ron`) and whose word their claims are.

use std::collections::BTreeSet;

use serde::Deserialize;
use silkgraph::extract::Extractor;
use silkgraph::model::Statement;
use silkgraph::schema::Schema;
use silkgraph::schema::patterns::{DEFAULT_FILES, Patterns};
use silkgraph::source;

#[derive(Deserialize)]
struct Case {
    text: String,
    said: Vec<String>,
}

#[test]
fn claims_know_who_says_them() {
    let cases: Vec<Case> = ron::from_str(include_str!("../extraction/speakers.ron")).expect("the cases read");
    let patterns = Patterns::read(DEFAULT_FILES).expect("the patterns read");
    let extractor = Extractor::new(Schema::builtin(), &patterns);
    for case in &cases {
        let (document, _) = source::read("case.txt", case.text.as_bytes());
        let extraction = extractor.extract(&document.expect("a document"), case.text.as_bytes());
        let name = |entity: u32| &*extraction.entities[entity as usize].name;
        let found: BTreeSet<String> = extraction
            .claims
            .iter()
            .filter_map(|claim| {
                let Statement::Edge { kind, object } = &claim.statement else { return None };
                let speaker = claim.speaker.as_deref().unwrap_or("-");
                Some(format!("{speaker} | {} | {kind} | {}", name(claim.subject), name(*object)))
            })
            .collect();
        let wanted: BTreeSet<String> = case.said.iter().cloned().collect();
        assert!(wanted.is_subset(&found), "{}: {found:?}", case.text);
    }
}
