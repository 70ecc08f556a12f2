//! The library under any input: an answer or an error, never a panic.

use proptest::prelude::*;
use silkgraph::graph::store::{self, StoredGraph};
use silkgraph::graph::{claims, json, ron, table};
use silkgraph::merge::Corrections;
use silkgraph::query::Value;
use silkgraph::schema::Schema;
use silkgraph::schema::patterns::{DEFAULT_FILES, Patterns};
use silkgraph::{Builder, Graph};

const NEWS: &str = "The Middle Corridor passes through Georgia and bypasses Russia. Japan's Prime Minister Sanae Takaichi met \
                    Kazakhstan's president in Tokyo on 20 December 2025, and both signed a memorandum worth $3 billion.";

thread_local! {
    static PATTERNS: Patterns = Patterns::read(DEFAULT_FILES).unwrap();
}

/// Does something with the graph of some documents.
fn with<T>(documents: Vec<(String, Vec<u8>)>, corrections: Option<Corrections>, work: impl FnOnce(&Graph<'_>) -> T) -> T {
    PATTERNS.with(|patterns| {
        let all = documents.into_iter().fold(Builder::new(), |all, (id, bytes)| all.bytes(id, bytes));
        let all = all.schema(Schema::builtin(), patterns);
        let all = if let Some(corrections) = corrections { all.corrections(corrections) } else { all };
        work(&all.jobs(1).build().unwrap())
    })
}

/// Text as a document may have it, with pieces that readers and rules look for.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just(NEWS.to_owned()),
        "\\PC{0,40}",
        "[ \n\t.,:;—“”\"'()\\[\\]<>&#*|$%0-9]{0,12}",
        prop::sample::select(vec![
            "<p>",
            "</table>",
            "<meta name=date content=2025>",
            "&#xFFFFFFFF;",
            "# ",
            "| a | b |\n|---|---|\n",
            "Kazakhstan ",
            "Mr. ",
            "from Aktau to Baku ",
            "$ 9999999999999999999999 billion ",
            "31 February 99999 ",
            "\u{feff}",
            "\u{202e}",
            "the ",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![Just("Georgia".to_owned()), Just("Middle Corridor".to_owned()), Just(String::new()), "\\PC{0,12}"]
}

/// Bytes of a file of ours with some changed, or any bytes.
fn like(good: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6);
    let changed = (changes, any::<prop::sample::Index>(), any::<bool>()).prop_map(move |(changes, end, cut)| {
        let mut bytes = good.clone();
        for (at, byte) in changes.into_iter().filter(|_| !good.is_empty()) {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if cut && !bytes.is_empty() {
            bytes.truncate(end.index(bytes.len()));
        }
        bytes
    });
    prop_oneof![3 => changed, 1 => prop::collection::vec(any::<u8>(), 0..300)]
}

fn written(write: impl FnOnce(&Graph<'_>, &mut Vec<u8>)) -> Vec<u8> {
    let mut out = Vec::new();
    with(vec![("a.txt".to_owned(), NEWS.as_bytes().to_vec())], None, |graph| write(graph, &mut out));
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn no_document_query_or_correction_makes_it_panic(
        texts in prop::collection::vec((text(), 0..3_usize), 0..3),
        bytes in prop::collection::vec(any::<u8>(), 0..120),
        query in prop_oneof![text(), name().prop_map(|n| format!("show \"{n}\"")), Just("conflicts".to_owned()), Just("timeline Japan".to_owned())],
        pairs in prop::collection::vec((name(), name()), 0..3),
        row in any::<usize>(),
    ) {
        let ending = ["txt", "md", "html"];
        let mut documents: Vec<(String, Vec<u8>)> =
            texts.into_iter().enumerate().map(|(n, (text, e))| (format!("{n}.{}", ending[e]), text.into_bytes())).collect();
        documents.push((String::new(), bytes));
        let corrections =
            Corrections { same: pairs.clone(), different: pairs.clone(), rename: pairs.clone(), retype: pairs, ..Corrections::default() };
        with(documents, Some(corrections), |graph| {
            if let Ok(answer) = graph.query(&query).param("x", Value::Null).run() {
                assert!(answer.rows.iter().flat_map(|r| &r.cells).all(|cell| graph.show(cell).len() < 1 << 20));
                assert!(graph.evidence(&answer, row).count() < 1 << 20);
            }
        });
    }

    #[test]
    fn no_json_makes_it_panic(bytes in like(written(|graph, out| json::write(graph.knowledge(), out).unwrap()))) {
        if let Ok(read) = json::read(&bytes) {
            let _ = read.freeze();
        }
        let _ = (claims::read(&bytes), table::read(&bytes, &bytes));
    }

    #[test]
    fn no_ron_makes_it_panic(bytes in like(written(|graph, out| ron::write(graph.knowledge(), out).unwrap()))) {
        let text = String::from_utf8_lossy(&bytes);
        if let Ok(read) = ron::read(&text) {
            let _ = read.freeze();
        }
        if let Ok(corrections) = Corrections::from_ron(&text) {
            let _ = corrections.check(Schema::builtin(), &text);
        }
    }

    #[test]
    fn no_stored_graph_makes_it_panic(bytes in like(written(|graph, out| store::write(graph.frozen(), [], [0; 16], out).unwrap()))) {
        if let Ok(stored) = StoredGraph::open(store::shared(bytes)) {
            let _ = (stored.verify(), stored.extractions(), stored.graph().thaw().node_count());
        }
    }
}
