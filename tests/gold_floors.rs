//! Floors under extraction on the annotated documents of this repository, scored by the code of `examples/evaluate`.
//!
//! Documents that are sealed (see `tests/heldout/README.md`) are scored by nobody here: a floor would be a reason to look.

#[path = "../examples/evaluate/gold.rs"]
#[allow(dead_code, reason = "the example uses more of it")]
mod gold;
#[path = "../examples/evaluate/names.rs"]
mod names;
#[path = "../examples/evaluate/score.rs"]
#[allow(dead_code, reason = "the example uses more of it")]
mod score;
#[path = "../examples/evaluate/values.rs"]
mod values;

use std::fs;
use std::path::Path;

use silkgraph::Builder;
use silkgraph::schema::Schema;

use score::{Score, all, share};

/// Scores the documents of a folder whose names `open` lets through.
fn scored(folder: &str, open: &dyn Fn(&str) -> bool) -> Score {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let schema = Schema::builtin();
    let symmetric = |kind: &str| schema.edge_type(kind).is_some_and(|id| schema.edge_types[usize::from(id.0)].symmetric);
    let mut score = Score::default();
    for (document, gold) in gold::read(&folder.join("gold"), &symmetric).expect("the gold reads") {
        if open(&document) {
            let bytes = fs::read(folder.join("docs").join(&document)).expect("the document is there");
            let graph = Builder::new().bytes(document.clone(), bytes).build().expect("the patterns read");
            score.add(&document, graph.knowledge(), &gold, &symmetric);
        }
    }
    score
}

/// Nodes' F1, edges' F1 and precision, share of right modes, F1 of values, evidence on the line: each at least this.
fn holds(score: &Score, floor: [f64; 6]) {
    let (nodes, edges, values) = (all(&score.nodes), all(&score.edges), all(&score.values));
    let found = edges.right;
    let reached =
        [nodes.f1(), edges.f1(), edges.precision(), share(score.mode_right, found), values.f1(), share(score.on_the_line, found)];
    let low = reached.iter().zip(floor).any(|(reached, floor)| *reached < floor);
    assert!(!low, "reached {reached:.3?}, floor {floor:.3?}");
}

#[test]
fn practice_documents() {
    let score = numbered("practice", &[1..=46]);
    holds(&score, [0.92, 0.65, 0.85, 0.868, 0.73, 0.96]);
    // Confidence means something: of what it is sure of nearly all is right, of what it doubts far less, and about as many as it says.
    let band = |band: std::ops::Range<u16>| {
        let inside = || score.judged.iter().filter(|j| band.contains(&j.confidence));
        let said: usize = inside().map(|j| usize::from(j.confidence)).sum();
        (share(inside().filter(|j| j.right).count(), inside().count()), share(said, inside().count()) / 1000.0)
    };
    let bands @ [sure, middling, doubted] = [band(800..1001), band(700..800), band(0..700)];
    assert!(sure.0 > 0.88 && middling.0 > 0.72 && doubted.0 < sure.0 - 0.25, "right and said: {bands:.3?}");
    assert!(bands.iter().all(|(right, said)| (right - said).abs() < 0.1), "right and said: {bands:.3?}");
}

#[test]
fn plain_practice_documents() {
    holds(&numbered("practice", &[71..=90]), [0.905, 0.735, 0.83, 0.91, 0.71, 0.98]);
}

/// Scores the documents of a folder that have some numbers.
fn numbered(folder: &str, numbers: &[std::ops::RangeInclusive<u8>]) -> Score {
    let number = |name: &str| name.get(1..)?.split('-').next()?.parse::<u8>().ok();
    scored(folder, &|name| number(name).is_some_and(|n| numbers.iter().any(|range| range.contains(&n))))
}

/// Scores the held-out documents of some numbers.
fn opened(numbers: &[std::ops::RangeInclusive<u8>]) -> Score {
    numbered("heldout", numbers)
}

#[test]
fn opened_documents() {
    holds(&opened(&[1..=12]), [0.938, 0.785, 0.88, 0.92, 0.765, 0.93]);
}

#[test]
fn documents_opened_later() {
    holds(&opened(&[13..=34]), [0.94, 0.72, 0.88, 0.9, 0.68, 0.98]);
}

#[test]
fn documents_of_the_press() {
    holds(&opened(&[59..=70]), [0.885, 0.63, 0.81, 0.87, 0.71, 0.98]);
}

#[test]
fn press_documents_opened_later() {
    holds(&opened(&[47..=58]), [0.86, 0.54, 0.79, 0.82, 0.71, 0.98]);
}

#[test]
fn plain_documents_opened_later() {
    holds(&opened(&[77..=80, 82..=82, 86..=86]), [0.92, 0.71, 0.81, 0.92, 0.74, 0.97]);
}

#[test]
fn documents_opened_last() {
    holds(&opened(&[35..=46, 71..=76, 103..=106, 111..=118]), [0.91, 0.68, 0.83, 0.88, 0.72, 0.96]);
}

#[test]
fn documents_of_many_genres() {
    holds(&opened(&[81..=81, 83..=85, 87..=102, 135..=138]), [0.91, 0.75, 0.83, 0.90, 0.73, 0.97]);
}

#[test]
fn dense_documents() {
    holds(&opened(&[107..=110, 119..=122, 139..=150]), [0.91, 0.71, 0.81, 0.90, 0.69, 0.97]);
}
