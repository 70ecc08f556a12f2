//! Costs grow as the input does and no faster: in allocations and bytes, which are the same on every machine.

use silkgraph::extract::Extractor;
use silkgraph::graph::Watch;
use silkgraph::graph::spool::{Record, Spool};
use silkgraph::merge::{freeze_spool, merge_spool};
use silkgraph::schema::Schema;
use silkgraph::schema::patterns::{DEFAULT_FILES, Patterns};
use silkgraph::{pipeline, source};

use crate::counting::{Cost, cost};

#[path = "../../examples/corpus/mod.rs"]
mod corpus;

/// The first `count` made-up articles.
fn articles(count: usize) -> Vec<(String, Vec<u8>)> {
    (0..count as u64).map(corpus::article).map(|(name, text)| (name, text.into_bytes())).collect()
}

/// What they say, and what it cost to read them, one after the other.
fn read(count: usize, extractor: &Extractor<'_>) -> (Spool, u64, Cost) {
    let articles = articles(count);
    let bytes = articles.iter().map(|a| a.1.len() as u64).sum();
    let keeper = pipeline::InMemory::default();
    let progress = pipeline::Progress::default();
    let (_, cost) = cost(|| pipeline::extract(articles.into_iter(), source::read, extractor, 1, &progress, &keeper));
    (keeper.into_spool(), bytes, cost)
}

/// Of a corpus: bytes of text, cost of reading and of merging, bytes of its records and of its graph.
type Costs = (u64, Cost, Cost, u64, u64);

#[test]
fn building_takes_work_and_memory_in_proportion_to_the_corpus() {
    let schema = Schema::builtin();
    let patterns = Patterns::read(DEFAULT_FILES).unwrap();
    let extractor = Extractor::new(schema, &patterns);
    // What is the same for all corpora (world data, tables of the schema) is out of the difference.
    let counts = [40, 80, 160];
    let costs: [Costs; 3] = counts.map(|count| {
        let (spool, bytes, reading) = read(count, &extractor);
        let (graph, merging) = cost(|| freeze_spool(&spool, schema, None, &Watch::default()).unwrap());
        let records: u64 = spool.extractions().map(|e| Record::of(&e.unwrap()).len() as u64).sum();
        (bytes, reading, merging, records, graph.as_bytes().len() as u64)
    });
    let [first, second, third] = costs;
    let text = (third.0 - second.0) as f64 / (second.0 - first.0) as f64;
    let grows = |what: &str, of: &dyn Fn(&Costs) -> u64| {
        let (early, late) = (of(&second) as f64 - of(&first) as f64, of(&third) as f64 - of(&second) as f64);
        assert!(late <= early * text * 1.4, "{what}: {early} for the first more, {late} for {text:.1} times as many");
        late / (third.0 - second.0) as f64
    };
    grows("allocations of reading", &|c| c.1.allocations);
    grows("bytes allocated in reading", &|c| c.1.bytes);
    grows("allocations of merging", &|c| c.2.allocations);
    grows("bytes allocated in merging", &|c| c.2.bytes);
    // Bytes of memory for a byte of text.
    let peak = grows("memory of merging", &|c| c.2.peak);
    let records = grows("records", &|c| c.3);
    let graph = grows("the graph", &|c| c.4);
    assert!(peak < 30.0 && records < 5.0 && graph < 12.0, "memory {peak:.1}, records {records:.1}, graph {graph:.1}");
}

#[test]
fn one_document_at_a_time_is_in_memory() {
    let schema = Schema::builtin();
    let patterns = Patterns::read(DEFAULT_FILES).unwrap();
    let extractor = Extractor::new(schema, &patterns);
    /// Counts and throws away.
    struct Nothing;
    impl pipeline::Keeper for Nothing {
        fn keep(&self, _: silkgraph::model::Extraction) -> std::io::Result<()> {
            Ok(())
        }
    }
    let peak = |count| {
        // Made when their turn comes, as files are read.
        let articles = (0..count as u64).map(corpus::article).map(|(name, text)| (name, text.into_bytes()));
        let progress = pipeline::Progress::default();
        cost(|| pipeline::extract(articles, source::read, &extractor, 1, &progress, &Nothing)).1.peak
    };
    let (few, many) = (peak(20), peak(120));
    assert!(many < few * 2, "{few} bytes for 20 documents, {many} for 120");
}

#[test]
fn graphs_by_way_of_petgraph_cost_more_and_say_the_same() {
    let schema = Schema::builtin();
    let patterns = Patterns::read(DEFAULT_FILES).unwrap();
    let (spool, ..) = read(30, &Extractor::new(schema, &patterns));
    let (straight, direct) = cost(|| freeze_spool(&spool, schema, None, &Watch::default()).unwrap());
    let (roundabout, whole) = cost(|| merge_spool(&spool, schema, None, &Watch::default()).unwrap().freeze().unwrap());
    assert!(straight.as_bytes() == roundabout.as_bytes());
    assert!(direct.peak < whole.peak, "{direct:?} {whole:?}");
}
