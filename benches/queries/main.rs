//! Queries on a graph shaped like ours: divan on a small generated one, or, with `SILKGRAPH_PERF=FOLDER` set, the twelve
//! queries of docs/performance.md on a folder with `nodes.csv`, `edges.csv` and `queries.json`, one JSON line each.

mod data;
mod folder;

use std::sync::OnceLock;

use silkgraph::graph::FrozenGraph;
use silkgraph::query::{Engine, Interrupt, Options, Params, Value};
use silkgraph::schema::Schema;

fn main() {
    match std::env::var("SILKGRAPH_PERF") {
        Ok(path) => folder::run(&path),
        Err(_) => divan::main(),
    }
}

/// What is asked, with the parameters that every query gets.
pub(crate) const QUERIES: [(&str, &str); 12] = [
    ("q1", "MATCH (p:Person {name: $person}) RETURN p.name, p.year"),
    ("q2", "MATCH (:State {name: $hub})-[:party_to]->(a:Agreement) RETURN a.name"),
    (
        "q3",
        "MATCH (o:Organisation)-[f:funds]->(c:Corridor)-[:passes_through]->(s:State) WHERE f.amount >= $amount RETURN count(*)",
    ),
    (
        "q4",
        "MATCH (c:Corridor)-[:passes_through]->(:State {name: $through}) WHERE NOT (c)-[:passes_through]->(:State {name: $past}) RETURN c.name",
    ),
    ("q5", "MATCH (s:State)-[:party_to]->(a:Agreement) RETURN s.name AS s, count(*) AS n ORDER BY n DESC, s LIMIT 10"),
    (
        "q6",
        "MATCH (s:State)-[:party_to]->(a:Agreement)<-[:party_to]-(t:State), (s)-[:funds]->(c:Corridor)<-[:funds]-(t) WHERE a.year >= $year AND s.name < t.name RETURN count(*)",
    ),
    (
        "q7",
        "MATCH p = CHEAPEST 1 BY len (a:Place {name: $from})-[:leg]-+(b:Place {name: $to}) WHERE none(n IN nodes(p) WHERE n.state = $avoid) RETURN total(p, 'len'), [n IN nodes(p) | n.name]",
    ),
    (
        "q7f",
        "MATCH p = CHEAPEST 1 BY len (a:Place {name: $from})-[:leg]-+(b:Place {name: $to}) RETURN total(p, 'len'), [n IN nodes(p) | n.name]",
    ),
    (
        "q8",
        "MATCH p = CHEAPEST 10 BY len (a:Place {name: $from})-[:leg]-+(b:Place {name: $to}) WHERE none(n IN nodes(p) WHERE n.state = $avoid) RETURN total(p, 'len'), [n IN nodes(p) | n.name]",
    ),
    (
        "q9",
        "MATCH p = ACYCLIC (a:Place {name: $near_from})-[:leg]-{1,6}(b:Place {name: $near_to}) WHERE none(n IN nodes(p) WHERE n.state = $near_avoid) RETURN total(p, 'len') AS cost, [n IN nodes(p) | n.name] ORDER BY cost",
    ),
    (
        "q9b",
        "MATCH p = CHEAPEST 10 BY len (a:Place {name: $near_from})-[:leg]-{1,14}(b:Place {name: $near_to}) WHERE none(n IN nodes(p) WHERE n.state = $near_avoid) RETURN total(p, 'len'), [n IN nodes(p) | n.name]",
    ),
    ("q10", "MATCH ()-[r]->() RETURN type(r) AS t, count(*), sum(r.amount) ORDER BY t"),
];

fn graph() -> &'static FrozenGraph {
    static GRAPH: OnceLock<FrozenGraph> = OnceLock::new();
    GRAPH.get_or_init(data::graph)
}

#[divan::bench(args = QUERIES.map(|q| q.0))]
fn query(bencher: divan::Bencher<'_, '_>, name: &str) {
    let text = QUERIES.iter().find(|q| q.0 == name).map_or("", |q| q.1);
    let engine = Engine::new(graph(), Schema::builtin());
    let (params, options, interrupt) = (data::params(), Options::default(), Interrupt::new());
    bencher.bench_local(|| engine.query(text, &params, &options, &interrupt).map(|a| a.rows.len()));
}

/// The same without kept plans: parse, bind, plan and run.
#[divan::bench(args = ["q1", "q4", "q6"])]
fn query_unplanned(bencher: divan::Bencher<'_, '_>, name: &str) {
    let text = QUERIES.iter().find(|q| q.0 == name).map_or("", |q| q.1);
    let (params, options, interrupt) = (data::params(), Options::default(), Interrupt::new());
    bencher.bench_local(|| {
        let engine = Engine::new(graph(), Schema::builtin());
        engine.query(text, &params, &options, &interrupt).map(|a| a.rows.len())
    });
}

pub(crate) fn texts(pairs: &[(&str, &str)]) -> Params {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), Value::text(value))).collect()
}
