//! What holds of any text: no panic, and what parses prints as what parses alike. The fuzzer runs it with the
//! nightly toolchain, `tests/integration/fuzzing.rs` with any.

use silkgraph::query::Vocabulary;
use silkgraph::query::complete::highlight;
use silkgraph::query::parse::{is_complete, parse, split_script};
use silkgraph::query::syntax::SyntaxErrorKind;

/// Panics where it does not hold; tells whether the text is a statement.
pub fn check(text: &str, vocabulary: &Vocabulary) -> bool {
    let _ = (split_script(text), is_complete(text), highlight(text));
    match parse(text, vocabulary) {
        Ok(tree) => {
            let printed = tree.to_string();
            // What is printed may be longer than what may be read.
            match parse(&printed, vocabulary) {
                Ok(again) => assert_eq!(again.to_string(), printed, "{text}"),
                Err(fault) => assert!(is_limit(&fault.kind), "{text}\n{printed}\n{fault}"),
            }
            true
        }
        Err(error) => {
            let diagnostic = error.diagnostic();
            assert!(diagnostic.labels.iter().all(|l| text.get(l.span.range()).is_some()), "{text}");
            false
        }
    }
}

fn is_limit(kind: &SyntaxErrorKind) -> bool {
    matches!(kind, SyntaxErrorKind::TooLong { .. } | SyntaxErrorKind::TooDeep { .. } | SyntaxErrorKind::TooManyInChain { .. })
}
