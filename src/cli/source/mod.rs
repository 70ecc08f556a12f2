//! SOURCE arguments to one graph: stored graphs are mapped, other graphs read, documents read and merged.
//!
//! [`arguments`] finds what is meant, [`graphs`] reads graph files, [`documents`] the documents. Results do not depend on
//! the order of the arguments.

mod arguments;
mod corrections;
mod documents;
mod graphs;
mod lines;
mod mapped;
mod seeds;

use std::path::{Path, PathBuf};

use silkgraph::diagnostic::Diagnostic;
use silkgraph::graph::spool::Spool;
use silkgraph::graph::store::{StoreError, StoredGraph};
use silkgraph::graph::{FrozenGraph, LayoutError, union};
use silkgraph::merge::{freeze_spool, merge_spool};

use super::context::Context;
use super::failure::{Failure, Outcome};
use super::progress::Bar;

pub use arguments::{Found, GraphFile, find};
pub use corrections::Corrected;
pub use documents::{Documents, Texts};
pub use graphs::{Parts, read_all as read_graphs};
pub use lines::Lines;
pub use mapped::map;

/// A graph, and how to get at the documents that it was made of.
pub struct Loaded {
    /// The graph.
    pub graph: FrozenGraph,
    /// The documents' own texts, as far as they are at hand.
    pub texts: Texts,
    /// How many documents had to be left out.
    pub left_out: usize,
}

/// Makes one graph of what the arguments stand for; of the collection that comes with the program where there is none.
pub fn load(arguments: &[PathBuf], context: &Context, least_confidence: u16) -> Outcome<Loaded> {
    let found = found(arguments, context)?;
    if let (true, [GraphFile::Stored(path)], None) = (found.documents.is_empty(), &*found.graphs, &context.corrections)
        && least_confidence == 0
    {
        let stored = open(path)?;
        return Ok(Loaded { graph: stored.graph().clone(), texts: Texts::default(), left_out: 0 });
    }
    let mut parts = read_graphs(&found.graphs, least_confidence)?;
    let mut left_out = 0;
    let documents = Documents::new(found.documents);
    let texts = documents.texts();
    if !documents.is_empty() {
        let bar = Bar::reading(documents.len(), context);
        let (spool, missing) = documents.extract(context, bar.progress(), least_confidence)?;
        bar.finish();
        left_out = missing;
        parts.spool.extend(spool);
    }
    let corrections = Corrected::read(&found.corrections, context)?;
    let (graph, _) = join(parts, context, corrections.as_ref())?;
    Ok(Loaded { graph, texts, left_out })
}

/// What the arguments stand for, with what was passed over told.
pub fn found(arguments: &[PathBuf], context: &Context) -> Outcome<Found> {
    if arguments.is_empty() {
        return Ok(Found { documents: seeds::documents(), ..Found::default() });
    }
    let found = find(arguments)?;
    found.warnings.iter().for_each(|w| context.tell(w, None));
    Ok(found)
}

/// Opens a stored graph.
pub fn open(path: &Path) -> Outcome<StoredGraph> {
    StoredGraph::open(map(path)?).map_err(|e| Failure::read(path, e))
}

/// As [`load`], for those who read all of the graph: they hear of damage before they begin.
pub fn load_whole(arguments: &[PathBuf], context: &Context, least_confidence: u16) -> Outcome<Loaded> {
    let loaded = load(arguments, context, least_confidence)?;
    check_whole(&loaded.graph, arguments)?;
    Ok(loaded)
}

/// Compares all of a graph with its sums.
pub fn check_whole(graph: &FrozenGraph, sources: &[PathBuf]) -> Outcome<()> {
    graph.check().map_err(|fault| damaged(sources, &fault))
}

/// Damage to a graph that was opened where it lies, which is the only source then.
pub fn damaged(sources: &[PathBuf], fault: &LayoutError) -> Failure {
    Failure::read(sources.first().map_or(Path::new("the graph"), PathBuf::as_path), fault)
}

/// One graph of all parts, and the claims that it was made of.
pub fn join(parts: Parts, context: &Context, corrections: Option<&Corrected>) -> Outcome<(FrozenGraph, Spool)> {
    let Parts { mut spool, mut graphs } = parts;
    spool.settle();
    spool.read_ahead(context.jobs > 1);
    let schema = context.schema()?;
    let all = corrections.map(|c| &c.all);
    if !spool.is_empty() || graphs.is_empty() {
        if let Some(corrections) = corrections {
            corrections.tell_idle(&spool, context)?;
        }
        let bar = Bar::merging(context);
        if graphs.is_empty() {
            let frozen = freeze_spool(&spool, schema, all, bar.watch());
            return Ok((frozen.map_err(unreadable)?, spool));
        }
        graphs.push(merge_spool(&spool, schema, all, bar.watch()).map_err(unreadable)?);
    }
    let graph = if graphs.len() == 1 { graphs.swap_remove(0) } else { union(&graphs) };
    let graph = graph.freeze().map_err(|e| unreadable(e.into()))?;
    Ok((graph, spool))
}

/// What documents say cannot be read, or is too much.
#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` takes")]
pub fn unreadable(why: StoreError) -> Failure {
    if matches!(why, StoreError::Stopped) {
        return Failure::Interrupted;
    }
    let fault = Diagnostic::error("C015", why.to_string());
    if matches!(why, StoreError::Layout(LayoutError::TooLarge { .. })) {
        Failure::plain(fault)
    } else {
        Failure::Unreadable(fault)
    }
}
