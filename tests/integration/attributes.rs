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

/// The sums that edges of a text carry, each with who gives it.
fn sums(text: &str) -> BTreeSet<String> {
    let patterns = Patterns::read(DEFAULT_FILES).expect("the patterns read");
    let (document, _) = source::read("case.txt", text.as_bytes());
    let extraction = Extractor::new(Schema::builtin(), &patterns).extract(&document.expect("a document"), text.as_bytes());
    let sum = |claim: &silkgraph::model::Claim| {
        let amount = claim.attrs.get("amount")?;
        Some(format!("{}: {}", extraction.entities[claim.subject as usize].name, written(amount)))
    };
    extraction.claims.iter().filter_map(sum).collect()
}

#[test]
fn a_sum_is_of_the_clause_that_tells_it() {
    let set = |all: &[&str]| all.iter().map(|s| (*s).to_owned()).collect::<BTreeSet<_>>();
    let lender = "The World Bank is to lend $420 million for the Isaka railway";
    assert_eq!(sums(&format!("{lender}.")), set(&["World Bank: $420 million"]));
    assert_eq!(sums(&format!("{lender}, and Norway may add a grant.")), set(&["World Bank: $420 million"]));
    assert_eq!(sums(&format!("{lender}, while Norway has been asked to cover the rest.")), set(&["World Bank: $420 million"]));
    assert_eq!(
        sums(&format!("{lender}, and Norway gave a grant of $20m for the Lamu Corridor.")),
        set(&["World Bank: $420 million", "Norway: $20m"])
    );
}
