//! The twelve queries on a folder of tables, timed as the peers are: three runs to warm up, the median of nine.

use std::time::Instant;

use silkgraph::graph::store::{self, StoredGraph};
use silkgraph::graph::{FrozenGraph, table};
use silkgraph::query::{Answer, Engine, Interrupt, Options, Params, Value};
use silkgraph::schema::Schema;

#[expect(clippy::print_stdout, reason = "a bench prints its figures")]
pub(crate) fn run(path: &str) {
    let read = |name: &str| std::fs::read(format!("{path}/{name}")).expect("the folder has nodes.csv, edges.csv, queries.json");
    // Peers take `mode` for a property like any other; ours leaves denied edges out. To ask the same, it is renamed.
    let mut edges = read("edges.csv");
    if std::env::var("SILKGRAPH_PERF_MODE").is_err() {
        let head = edges.iter().position(|&b| b == b'\n').expect("a header");
        let header = String::from_utf8_lossy(&edges[..head]).replace("mode", "said");
        edges.splice(..head, header.into_bytes());
    }
    let start = Instant::now();
    let graph = table::read(&read("nodes.csv"), &edges).expect("tables").freeze().expect("a graph");
    println!("{{\"what\":\"load\",\"s\":{:.3}}}", start.elapsed().as_secs_f64());
    opening(&graph);
    let params = params(&serde_json::from_slice(&read("queries.json")).expect("JSON"));
    let only = std::env::var("SILKGRAPH_PERF_ONLY").unwrap_or_default();
    let engine = Engine::new(&graph, Schema::builtin());
    for (name, text) in super::QUERIES {
        if !only.is_empty() && !only.split(',').any(|o| o == name) {
            continue;
        }
        if std::env::var("SILKGRAPH_PERF_EXPLAIN").is_ok() {
            let answer = engine.query(&format!("profile {text}"), &params, &options(), &Interrupt::new()).expect("a plan");
            println!("{}", answer.text.unwrap_or_default());
        }
        time(&engine, &graph, name, text, &params);
    }
}

/// How long it takes to open the graph as it is stored, and how much of it is read for that and for a first look.
#[expect(clippy::print_stdout, reason = "a bench prints its figures")]
fn opening(graph: &FrozenGraph) {
    let mut file = Vec::new();
    store::write(graph, [], [0; 16], &mut file).expect("memory");
    let (len, file) = (file.len(), store::shared(file));
    let open = || StoredGraph::open(file.clone()).expect("a stored graph");
    let mut times: Vec<f64> = (0..9)
        .map(|_| {
            let start = Instant::now();
            drop(std::hint::black_box(open()));
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let (opened, named) = (open(), graph.node_count() / 2);
    let compared = opened.graph().bytes_compared();
    let found = opened.graph().find(&silkgraph::names::fold(graph.name(named))).len();
    println!(
        "{{\"what\":\"open\",\"ms\":{:.4},\"bytes\":{len},\"compared\":{compared},\"look_up\":{},\"found\":{found}}}",
        times[4],
        opened.graph().bytes_compared()
    );
}

fn options() -> Options {
    fn clock() -> u64 {
        static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
        u64::try_from(START.get_or_init(Instant::now).elapsed().as_nanos()).unwrap_or(u64::MAX)
    }
    Options { clock: Some(clock), time: 600_000_000_000, ..Options::default() }
}

#[expect(clippy::print_stdout, reason = "a bench prints its figures")]
fn time(engine: &Engine<'_>, graph: &FrozenGraph, name: &str, text: &str, params: &Params) {
    let (options, interrupt) = (options(), Interrupt::new());
    let ask = || engine.query(text, params, &options, &interrupt).expect("an answer");
    let first = Instant::now();
    let answer = ask();
    let first = first.elapsed().as_secs_f64();
    (0..3).for_each(|_| drop(ask()));
    // By a warm run: the first makes the plan, and few repetitions of microseconds measure the clock.
    let warm = Instant::now();
    drop(ask());
    let repeat = ((0.002 / warm.elapsed().as_secs_f64().max(1e-7)) as usize).clamp(1, 2_000);
    let mut cpu = Vec::new();
    let mut times: Vec<f64> = (0..9)
        .map(|_| {
            let (start, before) = (Instant::now(), on_processor());
            (0..repeat).for_each(|_| drop(std::hint::black_box(ask())));
            cpu.extend(before.zip(on_processor()).map(|(from, to)| (to - from) as f64 / 1e6 / repeat as f64));
            start.elapsed().as_secs_f64() * 1e3 / repeat as f64
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!(
        "{{\"q\":\"{name}\",\"ms\":{:.4},\"min_ms\":{:.4},\"cpu_ms\":{:.4},\"first_ms\":{:.3},\"answer\":\"{}\"}}",
        times[4],
        times[0],
        cpu.into_iter().fold(f64::NAN, f64::min),
        first * 1e3,
        digest(&answer, graph)
    );
}

/// Nanoseconds that this thread has been on a processor, where the system tells (Linux): what a busy machine does not add to.
fn on_processor() -> Option<u64> {
    std::fs::read_to_string("/proc/thread-self/schedstat").ok()?.split(' ').next()?.parse().ok()
}

/// What can be compared with the peers' digests: rows, and the first cells.
fn digest(answer: &Answer, graph: &FrozenGraph) -> String {
    let cell = |v: &Value| v.as_str(graph).map_or_else(|| v.number().map_or("…".to_owned(), |n| n.to_string()), str::to_owned);
    let ends = [answer.rows.first(), answer.rows.last()];
    let ends: Vec<String> = ends.into_iter().flatten().map(|r| r.cells.iter().map(&cell).collect::<Vec<_>>().join(",")).collect();
    format!("{} rows: {}", answer.rows.len(), ends.join(" .. "))
}

fn params(queries: &serde_json::Value) -> Params {
    let text = |path: &str| Value::text(queries.pointer(path).and_then(serde_json::Value::as_str).unwrap_or_default());
    let whole = |path: &str| Value::Int(queries.pointer(path).and_then(serde_json::Value::as_i64).unwrap_or_default());
    [
        ("person", text("/q1")),
        ("hub", text("/q2")),
        ("through", text("/q4/0")),
        ("past", text("/q4/1")),
        ("amount", whole("/q3_amount")),
        ("year", whole("/q6_year")),
        ("from", text("/route/from")),
        ("to", text("/route/to")),
        ("avoid", text("/route/avoid")),
        ("near_from", text("/simple/from")),
        ("near_to", text("/simple/to")),
        ("near_avoid", text("/simple/avoid")),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect()
}
