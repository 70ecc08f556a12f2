//! `check`: the schema with all its faults, and the patterns' own tests.

use std::io::{self, Write};

use super::args::CheckArgs;
use super::context::Context;
use super::failure::{Outcome, Status};

/// Runs `check`.
pub fn run(args: &CheckArgs, context: &mut Context) -> Outcome {
    if args.json {
        context.faults_as_json();
    }
    // Faults of patterns are told together with those of the rest.
    let schema = context.schema().map(|s| (s.node_types.len(), s.edge_types.len(), s.gazetteer.len()));
    let patterns = context.patterns();
    let (counts, _) = match (schema, patterns) {
        (Ok(counts), Ok(patterns)) => (counts, patterns),
        (Err(first), Err(second)) => {
            context.tell_failure(first);
            return Err(second);
        }
        (Err(failure), Ok(_)) | (Ok(_), Err(failure)) => return Err(failure),
    };
    let (nodes, edges, entries) = counts;
    let place = context.schema_dir().map_or_else(|| "the schema compiled in".to_owned(), |d| d.display().to_string());
    writeln!(
        io::stdout().lock(),
        "{place} is sound: {nodes} node types, {edges} edge types, {entries} names with what is known of them"
    )?;
    Ok(Status::Done)
}
