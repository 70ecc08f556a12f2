//! Any text: no panic, and what parses prints as what parses alike.
//!
//! `cargo +nightly fuzz run parse -- -max_len=70000`; one file a line of `../tests/syntax/*.txt` makes a good corpus.

#![no_main]

use libfuzzer_sys::fuzz_target;
use silkgraph::query::Vocabulary;
use silkgraph::query::complete::highlight;
use silkgraph::query::parse::{is_complete, parse, split_script};
use silkgraph::schema::Schema;

fuzz_target!(|text: &str| {
    let vocabulary = Vocabulary::of(Schema::builtin());
    let _ = (split_script(text), is_complete(text), highlight(text));
    match parse(text, &vocabulary) {
        Ok(tree) => {
            let printed = tree.to_string();
            // What is printed may be longer than what may be read.
            if let Ok(again) = parse(&printed, &vocabulary) {
                assert_eq!(again.to_string(), printed);
            }
        }
        Err(error) => drop(error.diagnostic()),
    }
});
