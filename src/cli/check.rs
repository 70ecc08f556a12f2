//! `check`: the schema with all its faults, and the patterns' own tests; or whether stored graphs are as they were written.

use std::io::{self, Write};
use std::path::PathBuf;

use silkgraph::extract::check_examples;

use super::args::CheckArgs;
use super::context::Context;
use super::failure::{Failure, Outcome, Status};
use super::source;

/// Runs `check`.
pub fn run(args: &CheckArgs, context: &mut Context) -> Outcome {
    if args.json {
        context.faults_as_json();
    }
    if !args.graphs.is_empty() {
        return stored(&args.graphs, context);
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

/// Compares every byte of stored graphs with its checksums; all that are damaged are told.
fn stored(paths: &[PathBuf], context: &Context) -> Outcome {
    let mut status = Status::Done;
    for path in paths {
        let verified = source::open(path).and_then(|stored| {
            stored.verify().map_err(|why| Failure::read(path, why))?;
            Ok(stored)
        });
        match verified {
            Ok(stored) => writeln!(
                io::stdout().lock(),
                "{} is sound: {} nodes, {} edges, what {} documents say",
                path.display(),
                stored.graph().node_count(),
                stored.graph().edge_count(),
                stored.document_count()
            )?,
            Err(failure) => {
                status = status.max(failure.status());
                context.tell_failure(failure);
            }
        }
    }
    Ok(status)
}
