//! `check`: the schema with all its faults, and the patterns' own tests.

use std::io::{self, Write};

use silkgraph::extract::check_examples;

use super::args::CheckArgs;
use super::context::Context;
use super::failure::{Outcome, Status};

/// Runs `check`.
pub fn run(args: &CheckArgs, context: &mut Context) -> Outcome {
    if args.json {
        context.faults_as_json();
    }
    // Faults of patterns are told together with those of the rest.
    let (schema, patterns) = match (context.schema(), context.patterns()) {
        (Ok(schema), Ok(patterns)) => (schema, patterns),
        (Err(first), Err(second)) => {
            context.tell_failure(first);
            return Err(second);
        }
        (Err(failure), Ok(_)) | (Ok(_), Err(failure)) => return Err(failure),
    };
    let failing = check_examples(schema, &patterns);
    if !failing.is_empty() {
        return Err(context.placed(failing)?);
    }
    let (nodes, edges, entries) = (schema.node_types.len(), schema.edge_types.len(), schema.gazetteer.len());
    let examples: usize = patterns.frames.frames.iter().map(|f| f.yes.len() + f.no.len()).sum();
    let place = context.schema_dir().map_or_else(|| "the schema compiled in".to_owned(), |d| d.display().to_string());
    writeln!(
        io::stdout().lock(),
        "{place} is sound: {nodes} node types, {edges} edge types, {entries} names with what is known of them; \
         {examples} examples of patterns hold"
    )?;
    Ok(Status::Done)
}
