//! `build`: documents into a stored graph. Only what changed is read again; what is gone is withdrawn.
//!
//! The file is replaced as a whole or not at all. A build that is interrupted keeps what it has read beside the file, and
//! the next one goes on from there.

use std::fs;
use std::path::Path;
use std::time::Instant;

use silkgraph::diagnostic::Diagnostic;
use silkgraph::graph::diff::{Diff, diff};
use silkgraph::graph::store::{self, StoreError, StoredGraph, recipe};
use silkgraph::graph::{FrozenGraph, KnowledgeGraph};

use super::args::BuildArgs;
use super::begun::Begun;
use super::context::Context;
use super::failure::{Failure, Outcome, Status};
use super::lock::Lock;
use super::progress::Bar;
use super::source::{self, Corrected, Documents};
use super::{diff as changes, files};

/// Changes that are listed one by one.
const LISTED: usize = 20;

/// Runs `build`.
pub fn run(args: &BuildArgs, context: &Context) -> Outcome {
    let start = Instant::now();
    let path = &args.output;
    let _lock = Lock::take(path)?;
    files::tidy(path);
    let old = old(path, args.fresh)?;
    let found = source::found(&args.sources, context)?;
    if found.graphs.iter().any(|g| same_file(g.path(), path)) {
        let fault = Diagnostic::error("C050", format!("{} is both what is read and what is written", path.display()));
        return Err(Failure::plain(fault.hint("give the documents only: what is stored is used anyway")));
    }
    let mut parts = source::read_graphs(&found.graphs, 0)?;
    let recipe = recipe(&context.schema()?.hash);
    let begun = Begun::open(path, old.as_ref(), recipe, args.fresh)?;
    let documents = Documents::new(found.documents);
    let bar = Bar::reading(documents.len(), context);
    let read = documents.keep(context, bar.progress(), &begun)?;
    let reused = bar.reused();
    bar.finish();
    if read.stopped {
        tell_interrupted(begun.len(), context);
        return Err(Failure::Interrupted);
    }
    let kept = begun.len();
    parts.spool.extend(begun.spool());
    let corrections = Corrected::read(&found.corrections, context)?;
    let joined = source::join(parts, context, corrections.as_ref());
    if matches!(joined, Err(Failure::Interrupted)) {
        tell_interrupted(kept, context);
    }
    let (graph, spool) = joined?;
    files::replace(path, |out| store::write_spool(&graph, &spool, recipe, out).map_err(as_io))?;
    let extractions = spool.len();
    drop(spool);
    begun.remove();
    if !context.quiet {
        let nothing = || KnowledgeGraph::default().freeze().ok();
        let before = old.as_ref().map(|o| o.graph().clone()).or_else(nothing);
        let took = start.elapsed().as_secs_f64();
        let head = format!(
            "{}: {} nodes, {} edges of {} documents ({} read, {reused} known, {} left out) in {took:.1} s",
            path.display(),
            graph.node_count(),
            graph.edge_count(),
            extractions,
            kept - reused.min(kept),
            read.left_out,
        );
        context.remark("built", &head);
        tell_changes(before.as_ref(), &graph, old.is_some(), args.brief, context);
    }
    Ok(if args.strict && read.left_out > 0 { Status::Bad } else { Status::Done })
}

fn tell_interrupted(kept: usize, context: &Context) {
    context.remark("interrupted", &format!("{kept} documents are read; the next build goes on from there"));
}

fn tell_changes(before: Option<&FrozenGraph>, after: &FrozenGraph, was_there: bool, brief: bool, context: &Context) {
    let Some(before) = before.filter(|_| was_there) else { return };
    let Diff { changes: all } = diff(before, after);
    let changed = Diff { changes: all };
    context.remark("changed", &changes::counts(&changed.summary()));
    if !brief {
        for change in changed.changes.iter().take(LISTED) {
            let line = change.to_string();
            let (kind, rest) = line.split_once(": ").unwrap_or(("changed", &line));
            context.remark(kind, rest);
        }
        if changed.changes.len() > LISTED {
            let more = changed.changes.len() - LISTED;
            context.remark("changed", &format!("and {more} more; `silkgraph diff OLD NEW` lists all"));
        }
    }
}

/// The stored graph as it is; a file that is none is not overwritten unless that is asked for.
fn old(path: &Path, fresh: bool) -> Outcome<Option<StoredGraph>> {
    if fresh || !path.exists() {
        return Ok(None);
    }
    // All of it is read to tell what changed; documents that prove damaged are read again.
    match StoredGraph::open(source::map(path)?).and_then(|stored| stored.check().map(|()| stored)) {
        Ok(stored) => Ok(Some(stored)),
        Err(why) => {
            let fault = Diagnostic::error("C051", format!("cannot build on {}: {why}", path.display()));
            Err(Failure::Unreadable(fault.hint("--fresh replaces it")))
        }
    }
}

fn as_io(why: StoreError) -> std::io::Error {
    match why {
        StoreError::Io(why) => why,
        other @ (StoreError::Layout(_) | StoreError::Record { .. } | StoreError::Stopped) => std::io::Error::other(other),
    }
}

fn same_file(a: &Path, b: &Path) -> bool {
    matches!((fs::canonicalize(a), fs::canonicalize(b)), (Ok(a), Ok(b)) if a == b)
}
