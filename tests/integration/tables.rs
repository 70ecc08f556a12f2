//! Tables of our own (`tests/extraction/tables.ron`): all edges and values that their columns give, and no others.

use std::collections::BTreeSet;

use serde::Deserialize;
use silkgraph::extract::Extractor;
use silkgraph::model::{Claim, Extraction, Mode, Statement, Value};
use silkgraph::schema::Schema;
use silkgraph::schema::patterns::{DEFAULT_FILES, Patterns};
use silkgraph::source;

#[derive(Deserialize)]
struct Case {
    text: String,
    claims: Vec<String>,
}

fn line(extraction: &Extraction, claim: &Claim) -> String {
    let name = |entity: u32| &extraction.entities[entity as usize].name;
    match &claim.statement {
        Statement::Edge { kind, object } => {
            let mode = if claim.mode == Mode::Actual { String::new() } else { format!(" @{}", claim.mode) };
            format!("{} > {kind} > {}{mode}", name(claim.subject), name(*object))
        }
        Statement::Attribute { name: attribute, value } => {
            let value = match value {
                Value::Text(text) | Value::Quantity { text, .. } => text.to_string(),
                other => format!("{other:?}"),
            };
            format!("{} | {attribute} | {value}", name(claim.subject))
        }
    }
}

#[test]
fn rows_are_read_by_the_heads_of_their_columns() {
    let cases: Vec<Case> = ron::from_str(include_str!("../extraction/tables.ron")).expect("the cases read");
    let patterns = Patterns::read(DEFAULT_FILES).expect("the patterns read");
    let extractor = Extractor::new(Schema::builtin(), &patterns);
    for case in &cases {
        let (document, _) = source::read("case.md", case.text.as_bytes());
        let extraction = extractor.extract(&document.expect("a document"), case.text.as_bytes());
        let found: BTreeSet<String> = extraction.claims.iter().map(|c| line(&extraction, c)).collect();
        let wanted: BTreeSet<String> = case.claims.iter().cloned().collect();
        assert_eq!(found, wanted, "{}", case.text);
    }
}
