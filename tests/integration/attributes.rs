//! Sentences of our own (`tests/extraction/attributes.ron`) and the attributes that they give: all of them, and no others.

use std::collections::BTreeSet;

use serde::Deserialize;
use silkgraph::extract::Extractor;
use silkgraph::model::{Statement, Value};
use silkgraph::schema::Schema;
use silkgraph::schema::patterns::{DEFAULT_FILES, Patterns};
use silkgraph::source;

#[derive(Deserialize)]
struct Case {
    text: String,
    attributes: Vec<String>,
}

fn written(value: &Value) -> String {
    match value {
        Value::Text(text) | Value::Quantity { text, .. } => text.to_string(),
        other => format!("{other:?}"),
    }
}

#[test]
fn values_find_their_owners() {
    let cases: Vec<Case> = ron::from_str(include_str!("../extraction/attributes.ron")).expect("the cases read");
    let patterns = Patterns::read(DEFAULT_FILES).expect("the patterns read");
    let extractor = Extractor::new(Schema::builtin(), &patterns);
    // Kinds and statuses follow from any mention of a way; a case names those that it is about.
    let counts = |line: &str, wanted: &BTreeSet<String>| {
        !(line.contains(" | kind | ") || line.contains(" | status | ")) || wanted.contains(line)
    };
    for case in &cases {
        let (document, _) = source::read("case.txt", case.text.as_bytes());
        let extraction = extractor.extract(&document.expect("a document"), case.text.as_bytes());
        let wanted: BTreeSet<String> = case.attributes.iter().cloned().collect();
        let found: BTreeSet<String> = extraction
            .claims
            .iter()
            .filter_map(|claim| match &claim.statement {
                Statement::Attribute { name, value } => {
                    Some(format!("{} | {name} | {}", extraction.entities[claim.subject as usize].name, written(value)))
                }
                Statement::Edge { .. } => None,
            })
            .filter(|line| counts(line, &wanted))
            .collect();
        assert_eq!(found, wanted, "{}", case.text);
    }
}
