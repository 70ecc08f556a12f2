//! `check`: the schema with all its faults, and the patterns' own tests; or whether stored graphs are as they were written.

use std::io::{self, Write};
use std::path::PathBuf;

use silkgraph::extract::check_examples;
use silkgraph::graph::FrozenGraph;

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
        return stored(&args.graphs, args.sizes, context);
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
fn stored(paths: &[PathBuf], sizes: bool, context: &Context) -> Outcome {
    let mut status = Status::Done;
    for path in paths {
        let verified = source::open(path).and_then(|stored| {
            stored.verify().map_err(|why| Failure::read(path, why))?;
            Ok(stored)
        });
        match verified {
            Ok(stored) => {
                let mut out = io::stdout().lock();
                let (nodes, edges) = (stored.graph().node_count(), stored.graph().edge_count());
                let documents = stored.document_count();
                writeln!(out, "{} is sound: {nodes} nodes, {edges} edges, what {documents} documents say", path.display())?;
                if sizes {
                    tell_sizes(stored.graph(), &mut out)?;
                }
            }
            Err(failure) => {
                status = status.max(failure.status());
                context.tell_failure(failure);
            }
        }
    }
    Ok(status)
}

/// The sections of a graph, the largest first, and what an edge takes without the texts of sentences.
fn tell_sizes(graph: &FrozenGraph, out: &mut impl Write) -> io::Result<()> {
    let edges = f64::from(graph.edge_count().max(1));
    let mut sizes = graph.section_sizes();
    let rest: u64 = sizes.iter().filter(|(name, _)| !name.starts_with("Sentence")).map(|s| s.1).sum();
    sizes.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    for (name, bytes) in sizes.iter().filter(|s| s.1 > 0) {
        writeln!(out, "{bytes:>14}  {:>7.2} an edge  {name}", *bytes as f64 / edges)?;
    }
    writeln!(out, "{rest:>14}  {:>7.2} an edge  without sentences", rest as f64 / edges)
}
