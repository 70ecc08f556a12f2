//! Graph files read whole: node-link JSON, RON, claims, tables, and the documents' claims of stored graphs.

use std::fs;
use std::path::Path;

use silkgraph::diagnostic::Diagnostic;
use silkgraph::graph::{KnowledgeGraph, claims, json, ron, table};
use silkgraph::model::Extraction;

use super::super::failure::{Failure, Outcome};
use super::arguments::GraphFile;

/// What graph files hold: claims that merge, and graphs that are done.
#[derive(Default)]
pub struct Parts {
    /// What documents say.
    pub extractions: Vec<Extraction>,
    /// Graphs made elsewhere, or read back.
    pub graphs: Vec<KnowledgeGraph>,
}

/// Reads graph files.
pub fn read_all(files: &[GraphFile]) -> Outcome<Parts> {
    let mut parts = Parts::default();
    for file in files {
        let path = file.path();
        let unreadable = |why: String| Failure::unreadable(path, why);
        match file {
            GraphFile::Stored(path) => {
                let stored = super::open(path)?;
                if stored.document_count() == 0 {
                    parts.graphs.push(stored.graph().thaw());
                } else {
                    parts.extractions.extend(stored.extractions().map_err(|e| unreadable(e.to_string()))?);
                }
            }
            GraphFile::Ron(path) => {
                let text = fs::read_to_string(path).map_err(|e| Failure::read(path, e))?;
                parts.graphs.push(ron::read(&text).map_err(|e| unreadable(e.to_string()))?);
            }
            GraphFile::Json(path) => {
                parts.graphs.push(json::read(&bytes(path)?).map_err(|e| unreadable(e.to_string()))?);
            }
            GraphFile::Claims(path) => {
                parts.extractions.extend(claims::read(&bytes(path)?).map_err(|e| unreadable(e.to_string()))?);
            }
            GraphFile::Tables(folder) => {
                let (nodes, edges) = (bytes(&folder.join("nodes.csv"))?, bytes(&folder.join("edges.csv"))?);
                parts.graphs.push(table::read(&nodes, &edges).map_err(|e| unreadable(e.to_string()))?);
            }
        }
    }
    Ok(parts)
}

fn bytes(path: &Path) -> Outcome<Vec<u8>> {
    fs::read(path).map_err(|e| Failure::read(path, e))
}

/// A graph that is too large.
pub fn fault(message: &str) -> Diagnostic {
    Diagnostic::error("C015", message)
}
