//! SOURCE arguments to one graph: stored graphs are mapped, other graphs read, documents read and merged.
//!
//! [`arguments`] finds what is meant, [`graphs`] reads graph files, [`documents`] the documents. Results do not depend on
//! the order of the arguments.

mod arguments;
mod corrections;
mod documents;
mod graphs;
mod mapped;
mod seeds;

use std::path::{Path, PathBuf};

use silkgraph::graph::store::StoredGraph;
use silkgraph::graph::{FrozenGraph, KnowledgeGraph, union};
use silkgraph::merge::merge;
use silkgraph::model::Extraction;

use super::context::Context;
use super::failure::{Failure, Outcome};
use super::progress::Bar;

pub use arguments::{Found, GraphFile, find};
pub use corrections::Corrected;
pub use documents::{Documents, Texts};
pub use graphs::{Parts, read_all as read_graphs};
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
    let mut parts = read_graphs(&found.graphs)?;
    let mut left_out = 0;
    let documents = Documents::new(found.documents);
    let texts = documents.texts();
    if !documents.is_empty() {
        let bar = Bar::reading(documents.len(), context);
        let extracted = documents.extract(context, bar.progress())?.whole()?;
        bar.finish();
        left_out = extracted.left_out;
        parts.extractions.extend(extracted.extractions);
    }
    let corrections = Corrected::read(&found.corrections, context)?;
    confident(&mut parts.extractions, least_confidence);
    let (graph, _) = join(parts, context, corrections.as_ref())?;
    let graph = graph.freeze().map_err(|e| Failure::plain(graphs::fault(&e.to_string())))?;
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

/// One graph of all parts, and the claims that it was made of.
pub fn join(parts: Parts, context: &Context, corrections: Option<&Corrected>) -> Outcome<(KnowledgeGraph, Vec<Extraction>)> {
    let Parts { extractions, mut graphs } = parts;
    if !extractions.is_empty() || graphs.is_empty() {
        if let Some(corrections) = corrections {
            corrections.tell_idle(&extractions, context);
        }
        graphs.push(merge(&extractions, context.schema()?, corrections.map(|c| &c.all)));
    }
    let graph = if graphs.len() == 1 { graphs.swap_remove(0) } else { union(&graphs) };
    Ok((graph, extractions))
}

/// Leaves out claims below a confidence.
pub fn confident(extractions: &mut [Extraction], least: u16) {
    for extraction in extractions {
        extraction.claims.retain(|c| c.confidence >= least);
    }
}
