//! `build`: documents into a stored graph. Only what changed is read again; what is gone is withdrawn.
//!
//! The file is replaced as a whole or not at all. A build that is interrupted keeps what it has read beside the file, and
//! the next one goes on from there.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use silkgraph::diagnostic::Diagnostic;
use silkgraph::graph::diff::{Diff, diff};
use silkgraph::graph::store::{self, StoreError, StoredGraph, recipe};
use silkgraph::graph::{FrozenGraph, KnowledgeGraph};
use silkgraph::model::Extraction;

use super::args::BuildArgs;
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
    let old = old(path, args.fresh)?;
    let found = source::found(&args.sources, context)?;
    if found.graphs.iter().any(|g| same_file(g.path(), path)) {
        let fault = Diagnostic::error("C050", format!("{} is both what is read and what is written", path.display()));
        return Err(Failure::plain(fault.hint("give the documents only: what is stored is used anyway")));
    }
    let mut parts = source::read_graphs(&found.graphs)?;
    let documents = Documents::new(found.documents);
    let bar = Bar::reading(documents.len(), context);
    let begun = partial(path).filter(|_| !args.fresh);
    let base = begun.as_ref().or(old.as_ref());
    let read = match base {
        Some(base) => documents.update(base, context, bar.progress())?,
        None => documents.extract(context, bar.progress())?,
    };
    let reused = bar.reused();
    bar.finish();
    if read.stopped {
        keep(path, base, &read.extractions, context)?;
        return Err(Failure::Interrupted);
    }
    let read_count = read.extractions.len() - reused.min(read.extractions.len());
    parts.extractions.extend(read.extractions);
    let corrections = Corrected::read(&found.corrections, context)?;
    let (graph, extractions) = source::join(parts, context, corrections.as_ref())?;
    let frozen = graph.freeze().map_err(|e| Failure::plain(Diagnostic::error("C015", e.to_string())))?;
    // The frozen graph holds all of it: two at once would double the memory.
    drop(graph);
    let graph = frozen;
    let recipe = recipe(&context.schema()?.hash);
    files::replace(path, |out| store::write(&graph, &extractions, recipe, out).map_err(as_io))?;
    let _ = fs::remove_file(partial_path(path));
    if !context.quiet {
        let nothing = || KnowledgeGraph::default().freeze().ok();
        let before = old.as_ref().map(|o| o.graph().clone()).or_else(nothing);
        let took = start.elapsed().as_secs_f64();
        let head = format!(
            "{}: {} nodes, {} edges of {} documents ({read_count} read, {reused} known, {} left out) in {took:.1} s",
            path.display(),
            graph.node_count(),
            graph.edge_count(),
            extractions.len(),
            read.left_out,
        );
        context.remark("built", &head);
        tell_changes(before.as_ref(), &graph, old.is_some(), args.brief, context);
    }
    Ok(if args.strict && read.left_out > 0 { Status::Bad } else { Status::Done })
}

fn tell_changes(before: Option<&FrozenGraph>, after: &FrozenGraph, was_there: bool, brief: bool, context: &Context) {
    let Some(before) = before.filter(|_| was_there) else { return };
    let Diff { changes: all } = diff(before, after);
    let changed = Diff { changes: all };
    context.remark("changed", &changes::counts(&changed.summary()));
    if !brief {
        for change in changed.changes.iter().take(LISTED) {
            context.remark("changed", &change.to_string());
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
    match StoredGraph::open(source::map(path)?) {
        Ok(stored) => Ok(Some(stored)),
        Err(why) => {
            let fault = Diagnostic::error("C051", format!("cannot build on {}: {why}", path.display()));
            Err(Failure::Unreadable(fault.hint("--fresh replaces it")))
        }
    }
}

fn partial_path(path: &Path) -> PathBuf {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!(".{name}.begun"))
}

/// What an interrupted build has left; one that cannot be read is as good as none.
fn partial(path: &Path) -> Option<StoredGraph> {
    let path = partial_path(path);
    path.exists().then(|| source::map(&path).ok()).flatten().and_then(|bytes| StoredGraph::open(bytes).ok())
}

/// Keeps what was read until the interruption, with what was known before.
fn keep(path: &Path, base: Option<&StoredGraph>, read: &[Extraction], context: &Context) -> Outcome<()> {
    let recipe = recipe(&context.schema()?.hash);
    let mut all: Vec<Extraction> = read.to_vec();
    if let Some(base) = base.filter(|b| b.recipe() == recipe) {
        let known = base.extractions().unwrap_or_default();
        all.extend(known.into_iter().filter(|k| read.iter().all(|r| r.document.id != k.document.id)));
    }
    let Ok(nothing) = KnowledgeGraph::default().freeze() else { return Ok(()) };
    files::replace(&partial_path(path), |out| store::write(&nothing, &all, recipe, out).map_err(as_io))?;
    context.remark("interrupted", &format!("{} documents are read; the next build goes on from there", read.len()));
    Ok(())
}

fn as_io(why: StoreError) -> std::io::Error {
    match why {
        StoreError::Io(why) => why,
        other @ (StoreError::Layout(_) | StoreError::Claims { .. }) => std::io::Error::other(other),
    }
}

fn same_file(a: &Path, b: &Path) -> bool {
    matches!((fs::canonicalize(a), fs::canonicalize(b)), (Ok(a), Ok(b)) if a == b)
}
