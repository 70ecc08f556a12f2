//! The stored graph: what is written is read again, and nothing else is taken for it.

use std::sync::Arc;

use proptest::prelude::*;
use silkgraph::graph::store::{self, StoredGraph};
use silkgraph::merge::merge;
use silkgraph::model::Extraction;
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
    assert!(fault(newer).contains("format 7; this version reads 1"));
    let mut longer = good.clone();
    longer.push(0);
    assert!(!fault(longer).is_empty());
    let mut damaged = good;
    damaged[128 + 64] ^= 1;
    assert_eq!(fault(damaged), "the stored graph is damaged: the section table at byte 192 is not as it was written");
}
