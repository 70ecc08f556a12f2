//! What `explain` prints that a sentence stands for, against the sentence.

use super::verbs::world;
use super::{ask, shown};
use crate::graph::FrozenGraph;
use crate::query::answer::{Answer, Interrupt, Row, Value};
use crate::query::{Engine, Options, Params};
use crate::schema::Schema;

/// The MATCH that `explain` prints of a sentence, if it prints one.
fn printed(graph: &FrozenGraph, sentence: &str) -> Option<String> {
    let text = ask(graph, &format!("explain {sentence}"));
    Some(text.lines().next()?.strip_prefix("stands for  ")?.to_owned())
}

fn answer_to(graph: &FrozenGraph, text: &str) -> Answer {
    let engine = Engine::new(graph, Schema::builtin());
    engine.query(text, &Params::new(), &Options::default(), &Interrupt::new()).unwrap_or_else(|fault| panic!("{text}: {fault}"))
}

/// What the cells of an answer hold, each once, ascending.
fn held<T: Ord>(answer: &Answer, of: impl Fn(&Value) -> Vec<T>) -> Vec<T> {
    let mut all: Vec<T> = answer.rows.iter().flat_map(|r| &r.cells).flat_map(of).collect();
    all.sort();
    all.dedup();
    all
}

#[test]
fn the_match_that_explain_prints_finds_the_rows_of_the_sentence() {
    let graph = world();
    for sentence in ["list corridors", "count corridors by status", "neighbours of EU depth 2", "paths from EU to Japan"] {
        let core = printed(&graph, sentence).expect(sentence);
        assert!(!answer_to(&graph, &core).rows.is_empty(), "{sentence}: {core}");
    }
    // Each edge is a row, or a part of one.
    let of_edges = |row: &Row| row.edges.clone();
    for sentence in
        ["who funds Ferry", "who funds what with world", "neighbours of EU", "show EU, Japan", "compare EU with Japan"]
    {
        let core = printed(&graph, sentence).expect(sentence);
        let edge = |c: &Value| if let Value::Edge(e) = c { vec![*e] } else { Vec::new() };
        let mut rows: Vec<u32> = answer_to(&graph, sentence).rows.iter().flat_map(of_edges).collect();
        rows.sort_unstable();
        rows.dedup();
        assert!(!rows.is_empty());
        assert_eq!(held(&answer_to(&graph, &core), edge), rows, "{sentence}: {core}");
    }
    // Each thing is a row.
    let node = |c: &Value| if let Value::Node(n) = c { vec![*n] } else { Vec::new() };
    let first = |answer: &Answer| answer.rows.iter().flat_map(|r| node(&r.cells[0])).collect::<Vec<_>>();
    for sentence in ["list corridors", "agreements of Japan", "list corridors mode planned", "list states mode all"] {
        let core = printed(&graph, sentence).expect(sentence);
        let mut rows = first(&answer_to(&graph, sentence));
        rows.sort_unstable();
        assert_eq!(held(&answer_to(&graph, &core), node), rows, "{sentence}: {core}");
    }
    for sentence in [
        "routes",
        "routes via Georgia",
        "routes by length_km",
        "routes from Kazakhstan carrying oil",
        "routes in Kazakhstan mode planned",
        "routes as of 2024",
    ] {
        let core = printed(&graph, sentence).expect(sentence);
        assert_eq!(first(&answer_to(&graph, &core)), first(&answer_to(&graph, sentence)), "{sentence}: {core}");
    }
    // Each path is a row; of equal ones beyond the last either may be given.
    let routes = |answer: &Answer| answer.rows.iter().map(|r| shown(&graph, &r.cells[0])).collect::<Vec<_>>();
    for sentence in [
        "paths from EU to Japan limit 500",
        "path from EU to Japan over funds",
        "paths from EU to Ferry over funds|member_of limit 500",
    ] {
        let core = printed(&graph, sentence).expect(sentence);
        assert_eq!(routes(&answer_to(&graph, &core)), routes(&answer_to(&graph, sentence)), "{sentence}: {core}");
    }
    let hops = |answer: &Answer| answer.rows.iter().map(|r| shown(&graph, &r.cells[1])).collect::<Vec<_>>();
    let core = printed(&graph, "paths from EU to Japan limit 3").expect("paths");
    let lengths = answer_to(&graph, &core.replace("RETURN p ", "RETURN p, length(p) "));
    assert_eq!(hops(&lengths), hops(&answer_to(&graph, "paths from EU to Japan limit 3")), "{core}");
}

#[test]
fn the_match_of_evidence_finds_the_claims_of_the_sentence() {
    let graph = world();
    let claims = |c: &Value| if let Value::Evidence(claims) = c { claims.to_vec() } else { Vec::new() };
    for sentence in [
        "why Middle Corridor passes through Georgia",
        "why Georgia lies on Middle Corridor",
        "why Middle Corridor bypasses Russia",
        "why EU funds Middle Corridor as of 2025",
        "why EU funds Middle Corridor mode planned",
    ] {
        let core = printed(&graph, sentence).expect(sentence);
        let mut rows: Vec<u32> = answer_to(&graph, sentence).rows.iter().flat_map(|r| r.evidence.clone()).collect();
        rows.sort_unstable();
        assert_eq!(held(&answer_to(&graph, &core), claims), rows, "{sentence}: {core}");
    }
    // One sentence is one row: nothing is in them that no claim says, and each claim's sentence is among them.
    for sentence in ["why Middle Corridor", "why EU mode planned", "why Japan as of 2025-06"] {
        let core = printed(&graph, sentence).expect(sentence);
        let place = |&c: &u32| graph.claim(c).map(|c| (c.document().to_owned(), c.locus().span, c.mode().as_str()));
        let places = |mut all: Vec<_>| {
            all.sort();
            all.dedup();
            all
        };
        let rows = answer_to(&graph, sentence).rows.iter().flat_map(|r| r.evidence.clone()).map(|c| place(&c)).collect();
        let found = held(&answer_to(&graph, &core), claims).iter().map(place).collect();
        assert_eq!(places(found), places(rows), "{sentence}: {core}");
    }
    for sentence in ["sources", "sources of Middle Corridor", "sources of corridors", "sources of EU, Japan as of 2025"] {
        let core = printed(&graph, sentence).expect(sentence);
        let count = |c: &Value| if let Value::List(items) = c { items.len().to_string() } else { shown(&graph, c) };
        let row = |r: &Row| {
            format!("{}: {}", shown(&graph, &r.cells[0]), r.cells[1..5].iter().map(count).collect::<Vec<_>>().join(" "))
        };
        let of = |answer: Answer| answer.rows.iter().map(row).collect::<Vec<_>>();
        let rows = of(answer_to(&graph, sentence));
        assert!(!rows.is_empty());
        assert_eq!(of(answer_to(&graph, &core)), rows, "{sentence}: {core}");
    }
}

#[test]
fn explain_says_why_no_match_says_the_same() {
    let graph = world();
    for sentence in [
        "routes from Kazakhstan to Georgia",
        "routes bypassing Russia",
        "paths from Central Asia to Japan",
        "paths from EU to Japan via Georgia",
        "chokepoints",
        "timeline",
        "due of Japan",
        "conflicts",
        "why same EU, Japan",
    ] {
        let text = ask(&graph, &format!("explain {sentence}"));
        assert!(text.starts_with("no MATCH    "), "{sentence}: {text}");
    }
}
