//! The stored graph: what is written is read again, and nothing else is taken for it.

use std::sync::Arc;

use proptest::prelude::*;
use silkgraph::diagnostic::Diagnostic;
use silkgraph::graph::spool::{Record, Spool, log_frame, log_head, read_log};
use silkgraph::graph::store::{self, StoreError, StoredGraph};
use silkgraph::graph::{EdgeDraft, FrozenGraph, Given, GraphBuilder, NodeDraft, SharedBytes, Stage, Watch, record};
use silkgraph::merge::{freeze_spool, merge, merge_spool};
use silkgraph::model::{DocumentInfo, Extraction, Value};
use silkgraph::query::{Answer, Engine, Interrupt, Options, Params};
use silkgraph::schema::Schema;

use crate::merge::corpus;

fn stored(all: &[Extraction]) -> Vec<u8> {
    let schema = Schema::builtin();
    let graph = merge(all, schema, None).freeze().unwrap();
    let mut out = Vec::new();
    store::write(&graph, all, store::recipe(&schema.hash), &mut out).unwrap();
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn what_is_stored_comes_back(all in corpus()) {
        let bytes = stored(&all);
        let opened = StoredGraph::open(Arc::new(bytes.clone())).unwrap();
        opened.verify().unwrap();
        prop_assert_eq!(&opened.extractions().unwrap(), &all);
        prop_assert!(opened.graph().thaw() == merge(&all, Schema::builtin(), None));
        // Built anew from what was stored: the same file, byte for byte.
        prop_assert!(stored(&opened.extractions().unwrap()) == bytes);
    }

    #[test]
    fn one_document_replaced_or_withdrawn_is_a_full_rebuild(all in corpus(), change in 0..7_usize) {
        let opened = StoredGraph::open(Arc::new(stored(&all))).unwrap();
        let mut kept = opened.extractions().unwrap();
        let mut wanted = all;
        if change < wanted.len() {
            wanted.remove(change);
            kept.remove(change);
        }
        prop_assert!(stored(&kept) == stored(&wanted));
    }

    #[test]
    fn records_say_what_extractions_say(all in corpus()) {
        let schema = Schema::builtin();
        let mut shared = record::SharedTexts::default();
        for extraction in &all {
            let mut bytes = Vec::new();
            record::write(extraction, &mut bytes);
            prop_assert_eq!(&record::read(&bytes, &mut shared).unwrap(), extraction);
            for end in 0..bytes.len() {
                prop_assert!(record::read(&bytes[..end], &mut shared).is_err());
            }
        }
        // In one go or one document at a time, through petgraph or not: the same bytes.
        let spool: Spool = all.iter().collect();
        let whole = merge(&all, schema, None);
        prop_assert!(merge_spool(&spool, schema, None, &Watch::default()).unwrap() == whole);
        let frozen = freeze_spool(&spool, schema, None, &Watch::default()).unwrap();
        prop_assert!(frozen.as_bytes() == whole.freeze().unwrap().as_bytes());
    }

    #[test]
    fn no_bytes_make_a_record_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = record::read(&bytes, &mut record::SharedTexts::default());
    }

    #[test]
    fn a_log_is_good_up_to_where_it_is_cut_or_damaged(all in corpus(), at in any::<prop::sample::Index>(), cut in any::<bool>()) {
        let recipe = [7; 16];
        let mut log = log_head(recipe).to_vec();
        let mut ends = vec![log.len()];
        for extraction in &all {
            let (frame, _) = log_frame(&Record::of(extraction), log.len() as u64);
            log.extend(frame);
            ends.push(log.len());
        }
        let at = 32 + at.index(log.len() - 31);
        if cut {
            log.truncate(at);
        } else if let Some(byte) = log.get_mut(at) {
            *byte ^= 1;
        }
        let bytes: SharedBytes = Arc::new(log);
        let (entries, good) = read_log(&bytes, recipe);
        let whole = ends.iter().filter(|&&e| e <= at).count() - 1;
        prop_assert!(entries.len() >= whole, "{} of {whole}", entries.len());
        prop_assert!(ends.contains(&(good as usize)));
        prop_assert_eq!(read_log(&bytes, [8; 16]), (Vec::new(), 0));
        let mut spool = Spool::default();
        let place = spool.place(Arc::new(bytes));
        entries.iter().for_each(|entry| spool.keep_from(place, entry));
        let read: Vec<Extraction> = spool.extractions().map(Result::unwrap).collect();
        prop_assert_eq!(&read[..whole], &all[..whole]);
    }

    #[test]
    fn damage_is_seen(all in corpus(), place in any::<prop::sample::Index>(), bit in 0..8_u8) {
        let good = stored(&all);
        let mut bytes = good;
        let at = place.index(bytes.len());
        bytes[at] ^= 1 << bit;
        let opened = StoredGraph::open(Arc::new(bytes)).and_then(|s| s.verify().map(|()| s));
        if let Ok(opened) = opened {
            // Only bytes that fill gaps between sections may change unseen.
            prop_assert!(opened.graph().thaw() == merge(&all, Schema::builtin(), None));
            prop_assert_eq!(opened.extractions().unwrap(), all);
        }
    }

    #[test]
    fn damage_is_met_where_it_is_read(all in corpus(), place in any::<prop::sample::Index>(), bit in 0..8_u8) {
        let mut bytes = stored(&all);
        let at = place.index(bytes.len());
        bytes[at] ^= 1 << bit;
        if let Ok(opened) = StoredGraph::open(Arc::new(bytes)) {
            let graph = opened.graph();
            let thawed = graph.thaw();
            for query in ["list State", "conflicts", "routes", "MATCH (a)-[r]->(b) RETURN a.name, type(r), b, sentence(r)"] {
                let answer = ask(graph, query);
                prop_assert_eq!(answer.is_err(), graph.fault().is_some());
            }
            prop_assert_eq!(graph.check().is_err(), graph.fault().is_some());
            if graph.fault().is_none() {
                prop_assert!(thawed == merge(&all, Schema::builtin(), None));
            }
        }
    }
}

fn ask(graph: &FrozenGraph, query: &str) -> Result<Answer, Diagnostic> {
    Engine::new(graph, Schema::builtin()).query(query, &Params::new(), &Options::default(), &Interrupt::new())
}

/// A graph of states that trade, with more bytes than a few blocks.
fn large(states: u32) -> FrozenGraph {
    let mut builder = GraphBuilder::new();
    for n in 0..states {
        let (id, name) = (format!("state/{n}"), format!("State {n}"));
        let attrs = vec![Given { name: "Area".into(), value: Value::Int(n.into()), claims: Vec::new() }];
        builder.node(NodeDraft { id: id.into(), kind: "State".into(), name: name.into(), attrs, ..NodeDraft::default() });
    }
    for n in 0..states * 10 {
        let edge = EdgeDraft { kind: "trades_with".into(), ..EdgeDraft::default() };
        builder.edge(n % states, n * 7 % states, edge);
    }
    builder.finish_frozen(&Watch::default()).unwrap()
}

fn reopened(graph: &FrozenGraph, change: impl FnOnce(&mut Vec<u8>)) -> Result<StoredGraph, StoreError> {
    let mut bytes = Vec::new();
    store::write(graph, [], [0; 16], &mut bytes).unwrap();
    change(&mut bytes);
    StoredGraph::open(Arc::new(bytes))
}

#[test]
fn a_merge_tells_how_far_it_is_and_stops_when_it_is_told_to() {
    let schema = Schema::builtin();
    let all: Vec<Extraction> = (0..3)
        .map(|n| {
            let document = DocumentInfo { id: format!("{n}.txt"), hash: String::new(), articles: Vec::new() };
            Extraction { document, entities: Vec::new(), claims: Vec::new() }
        })
        .collect();
    let spool: Spool = all.iter().collect();
    let watch = Watch::default();
    assert_eq!(watch.seen(), None);
    freeze_spool(&spool, schema, None, &watch).unwrap();
    assert!(matches!(watch.seen(), Some((Stage::Layout, done, all)) if done == all), "{:?}", watch.seen());
    let watch = Watch::default();
    watch.stop();
    assert!(matches!(freeze_spool(&spool, schema, None, &watch), Err(StoreError::Stopped)));
    assert_eq!(watch.seen(), Some((Stage::Names, 1, 3)));
}

#[test]
fn what_is_read_ahead_merges_to_the_same() {
    let schema = Schema::builtin();
    let extraction = |n: u32| {
        let document = DocumentInfo { id: format!("{n:03}.txt"), hash: String::new(), articles: Vec::new() };
        Extraction { document, entities: Vec::new(), claims: Vec::new() }
    };
    let all: Vec<Extraction> = (0..200).map(extraction).collect();
    let mut spool: Spool = all.iter().collect();
    let merged = |spool: &Spool, watch: &Watch| freeze_spool(spool, schema, None, watch);
    let plain = merged(&spool, &Watch::default()).unwrap();
    spool.read_ahead(true);
    assert!(merged(&spool, &Watch::default()).unwrap().as_bytes() == plain.as_bytes());
    let watch = Watch::default();
    watch.stop();
    assert!(matches!(merged(&spool, &watch), Err(StoreError::Stopped)));
    // A record that cannot be read ends it, wherever it comes.
    let place = spool.place(Arc::new(Arc::new(Vec::new()) as SharedBytes));
    let (_, entry) = log_frame(&Record::of(&all[0]), 0);
    spool.keep_from(place, &entry);
    assert!(matches!(merged(&spool, &Watch::default()), Err(StoreError::Io(_))));
}

#[test]
fn opening_reads_the_same_at_any_size_and_a_look_reads_what_it_needs() {
    for states in [1_000, 10_000] {
        let graph = large(states);
        let opened = reopened(&graph, |_| {}).unwrap();
        assert_eq!(opened.graph().bytes_compared(), 0, "nothing of the sections is read at opening");
        assert_eq!(opened.graph().name(states - 1), graph.name(states - 1));
        // A block of names' numbers, of offsets and of texts, with the sums of these three sections.
        let few = opened.graph().bytes_compared();
        assert!(few < 4 << 16, "{few} of {} bytes for one name", graph.as_bytes().len());
        assert_eq!(opened.graph().find("state 7").len(), 1);
        opened.graph().check().unwrap();
        let all = opened.graph().bytes_compared();
        assert!(all > graph.as_bytes().len() * 9 / 10 && all < graph.as_bytes().len() * 11 / 10, "each block once: {all}");
        assert!(opened.graph().thaw() == graph.thaw());
        assert_eq!(opened.graph().bytes_compared(), all, "what is known to be good is not read again");
    }
}

#[test]
fn a_look_at_one_thing_reads_what_lies_about_it() {
    let compared = [5_000, 40_000].map(|states| {
        let graph = reopened(&large(states), |_| {}).unwrap().graph().clone();
        for query in ["show State 7", "neighbours of State 7", "MATCH (s {name: 'State 7'})-[:trades_with]-(o) RETURN o.Area"] {
            assert!(!ask(&graph, query).unwrap().rows.is_empty(), "{query}");
        }
        graph.bytes_compared()
    });
    // Some blocks of each array, of however many: the edges of this thing lie where those of others do.
    assert!(compared[1] < compared[0] * 3, "{compared:?}");
    // Whoever asks of many gets whole arrays, and the same.
    let (stored, made) = (reopened(&large(500), |_| {}).unwrap().graph().clone(), large(500));
    let query = "MATCH (s:State)-[:trades_with]-(o) RETURN s.name AS name, s.Area, count(o) AS n, min(o.name), sum(o.Area)";
    let rows = |graph| format!("{:?}", ask(graph, query).unwrap().rows);
    assert_eq!(rows(&stored), rows(&made));
}

#[test]
fn damage_far_from_what_is_asked_for_is_met_by_who_reads_it() {
    let graph = large(30_000);
    // The first name of a block is written out.
    let name = b"State ";
    let opened = reopened(&graph, |bytes| {
        let at = bytes.windows(name.len()).rposition(|w| w == name).unwrap();
        bytes[at] ^= 1;
    });
    let opened = opened.unwrap();
    let graph = opened.graph();
    assert_eq!((graph.name(0), graph.fault()), ("State 0", None));
    assert_eq!(ask(graph, "MATCH (s:State) RETURN count(*) AS n").unwrap().rows.len(), 1);
    let fault = ask(graph, "MATCH (s:State) WHERE s.name STARTS WITH 'X' RETURN s.name").unwrap_err();
    assert!(fault.message.contains("section StringBytes at byte"), "{}", fault.message);
    assert_eq!(graph.fault().map(ToString::to_string), Some(fault.message));
    assert!(opened.check().is_err() && opened.verify().is_err());
}

#[test]
fn other_files_are_refused_and_told_apart() {
    let good = stored(&[]);
    let fault = |bytes: Vec<u8>| StoredGraph::open(Arc::new(bytes)).err().map(|e| e.to_string()).unwrap_or_default();
    assert_eq!(fault(good.clone()), "");
    assert!(fault(Vec::new()).starts_with("this is no stored graph"));
    assert!(fault(b"{\"nodes\": []}".to_vec()).starts_with("this is no stored graph"));
    for cut in [20, 127, 128, 500, good.len() - 1] {
        assert!(fault(good[..cut].to_vec()).contains("cut off"), "{cut}: {}", fault(good[..cut].to_vec()));
    }
    let mut newer = good.clone();
    newer[8] = 7;
    assert!(fault(newer).contains("format 7; this version reads 4"));
    let mut longer = good.clone();
    longer.push(0);
    assert!(!fault(longer).is_empty());
    let mut damaged = good;
    damaged[128 + 64] ^= 1;
    assert_eq!(fault(damaged), "the stored graph is damaged: the section table at byte 192 is not as it was written");
}
