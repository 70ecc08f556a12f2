//! Any text, by `../check.rs`.
//!
//! `cargo +nightly fuzz run parse -- -max_len=70000`; one file a line of `../tests/syntax/*.txt` makes a good corpus.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use silkgraph::query::Vocabulary;
use silkgraph::schema::Schema;

#[path = "../check.rs"]
mod check;

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::of(Schema::builtin()));

fuzz_target!(|text: &str| {
    check::check(text, &VOCABULARY);
});
