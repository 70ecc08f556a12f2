//! Graph files read whole: node-link JSON, RON, claims, tables, and the documents' claims of stored graphs.

use std::fs;
use std::path::Path;

use silkgraph::graph::spool::{Record, Spool};
use silkgraph::graph::store::StoreError;
use silkgraph::graph::{KnowledgeGraph, claims, json, ron, table};

use super::super::failure::{Failure, Outcome};
use super::arguments::GraphFile;

/// What graph files hold: claims that merge, and graphs that are done.
#[derive(Default)]
pub struct Parts {
    /// What documents say.
    pub spool: Spool,
    /// Graphs made elsewhere, or read back.
    pub graphs: Vec<KnowledgeGraph>,
}

/// Reads graph files; of claims those with `least` confidence.
pub fn read_all(files: &[GraphFile], least: u16) -> Outcome<Parts> {
    let mut parts = Parts::default();
    for file in files {
        let path = file.path();
        let unreadable = |why: String| Failure::unreadable(path, why);
        match file {
            GraphFile::Stored(path) => {
                let stored = super::open(path)?;
                if stored.document_count() == 0 {
                    stored.graph().check().map_err(|e| unreadable(e.to_string()))?;
                    parts.graphs.push(stored.graph().thaw());
                } else {
                    stored.check_documents().map_err(|e| unreadable(e.to_string()))?;
                    keep(&mut parts.spool, stored.spool().map_err(|e| unreadable(e.to_string()))?, least)
                        .map_err(|e| unreadable(e.to_string()))?;
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
                let read = claims::read(&bytes(path)?).map_err(|e| unreadable(e.to_string()))?;
                keep(&mut parts.spool, read.iter().collect(), least).map_err(|e| unreadable(e.to_string()))?;
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

/// Adds what documents say with some confidence.
fn keep(spool: &mut Spool, more: Spool, least: u16) -> Result<(), StoreError> {
    if least == 0 {
        spool.extend(more);
        return Ok(());
    }
    for extraction in more.extractions() {
        let mut extraction = extraction?;
        extraction.claims.retain(|c| c.confidence >= least);
        spool.keep(Record::of(&extraction));
    }
    Ok(())
}
