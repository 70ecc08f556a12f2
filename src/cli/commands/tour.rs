//! `.tour`: ten questions to start with, on the collection that comes with the program.

use std::fmt::Write as _;

use super::ask;
use super::help::wrapped;
use crate::cli::driver::Next;
use crate::cli::failure::{Failure, Outcome, Source};
use crate::cli::session::Session;
use silkgraph::diagnostic::Diagnostic;

/// (query, what it shows).
pub const STOPS: [(&str, &str); 10] = [
    ("routes bypassing Russia", "ways that avoid a state: stated by a sentence, or inferred from where they lead"),
    ("why 1", "the sentences behind a row, with document and line"),
    ("routes from Kazakhstan to Europe bypassing Russia", "chains of ways, stop by stop"),
    ("show Middle Corridor", "all that is known of a thing"),
    ("who funds Western Trans-Afghan Railway", "who stands at the other end of an edge"),
    ("neighbours of Uzbekistan limit 15", "what a thing is connected with"),
    ("list corridors where status <> 'operational'", "things of a type, filtered by what they have"),
    ("timeline of Central Asia", "what happened, by date"),
    ("conflicts", "figures and claims that differ, side by side"),
    (
        "MATCH (s:State)-[p:participates_in]->(e:Event) RETURN e.name, count(s) AS states ORDER BY states DESC LIMIT 5",
        "patterns, for those who know Cypher",
    ),
];

/// Lists the stops, or asks one.
pub fn run(rest: &str, source: &Source, session: &mut Session<'_>) -> Outcome<Next> {
    if rest.is_empty() {
        let mut text = String::from("Ten questions; `.tour 3` asks the third.\n");
        for (at, (query, shows)) in STOPS.iter().enumerate() {
            let number = format!("{:>3}. ", at + 1);
            let _ = writeln!(text, "{}\n       {shows}", wrapped(query, &number, "       "));
        }
        session.say(&text)?;
        return Ok(Next::Go);
    }
    let stop = rest.parse::<usize>().ok().and_then(|n| STOPS.get(n.checked_sub(1)?));
    let Some((query, _)) = stop else {
        return Err(Failure::plain(Diagnostic::error("C047", format!("the tour has stops 1 to {}", STOPS.len()))));
    };
    session.context.remark("tour", query);
    ask(query, source, session)
}
