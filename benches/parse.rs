//! How long the parser takes for hostile statements, the least of some runs each: docs/performance.md has the figure.
//!
//! `cargo bench --bench parse`. It fails above 50 ms; `cargo test` counts looks at tokens instead, which no machine changes.

#![expect(clippy::print_stdout, reason = "a bench tells its figures")]

use std::time::{Duration, Instant};

use silkgraph::query::Vocabulary;
use silkgraph::query::complete::highlight;
use silkgraph::query::parse::{is_complete, parse, split_script};
use silkgraph::schema::Schema;

#[path = "../tests/syntax/hostile.rs"]
mod hostile;

const BOUND: Duration = Duration::from_millis(50);

fn main() {
    let vocabulary = Vocabulary::of(Schema::builtin());
    let least = |run: &dyn Fn()| {
        let once = || {
            let start = Instant::now();
            run();
            start.elapsed()
        };
        (0..7).map(|_| once()).min().unwrap_or_default()
    };
    let mut timed: Vec<(Duration, Duration, String)> = Vec::new();
    for input in hostile::inputs(1) {
        let parsed = least(&|| drop(parse(&input, &vocabulary)));
        let around = least(&|| drop((split_script(&input), is_complete(&input), highlight(&input))));
        let head = input[..input.floor_char_boundary(40)].escape_debug().to_string();
        timed.push((parsed, around, format!("{head} … {} bytes", input.len())));
    }
    timed.sort_by(|a, b| b.cmp(a));
    println!("parse ms   split, complete, highlight ms");
    for (parsed, around, input) in &timed {
        println!("{:8.3} {:8.3}   {input}", parsed.as_secs_f64() * 1e3, around.as_secs_f64() * 1e3);
    }
    let slow = timed.iter().filter(|t| t.0 > BOUND).count();
    assert!(slow == 0, "{slow} inputs take longer than {BOUND:?}");
}
