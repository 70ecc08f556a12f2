//! From bytes to claims on one core: MB/s over 50 MB of made-up articles.
//!
//! `cargo bench --bench extract`; the bytes divided by the time is the figure.

#[path = "../examples/corpus/mod.rs"]
mod corpus;

use divan::counter::BytesCount;
use silkgraph::extract::Extractor;
use silkgraph::schema::Schema;
use silkgraph::schema::patterns::{DEFAULT_FILES, Patterns};

const SIZE: usize = 50_000_000;

fn main() {
    divan::main();
}

fn run(bencher: divan::Bencher<'_, '_>, documents: &[(String, String)], extract: bool) {
    let patterns = Patterns::read(DEFAULT_FILES).unwrap_or_default();
    let extractor = Extractor::new(Schema::builtin(), &patterns);
    let bytes: usize = documents.iter().map(|(_, text)| text.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        let mut claims = 0;
        for (name, text) in documents {
            let (document, _) = silkgraph::source::read(name, text.as_bytes());
            if let Some(document) = document.filter(|_| extract) {
                claims += extractor.extract(&document, text.as_bytes()).claims.len();
            }
        }
        claims
    });
}

#[divan::bench(sample_count = 1, sample_size = 1)]
fn text_to_claims(bencher: divan::Bencher<'_, '_>) {
    run(bencher, &corpus::plain(SIZE), true);
}

#[divan::bench(sample_count = 1, sample_size = 1)]
fn all_formats_to_claims(bencher: divan::Bencher<'_, '_>) {
    run(bencher, &corpus::mixed(SIZE), true);
}

#[divan::bench(sample_count = 1, sample_size = 1)]
fn text_to_documents(bencher: divan::Bencher<'_, '_>) {
    run(bencher, &corpus::plain(SIZE), false);
}

#[divan::bench(sample_count = 1, sample_size = 1)]
fn all_formats_to_documents(bencher: divan::Bencher<'_, '_>) {
    run(bencher, &corpus::mixed(SIZE), false);
}
