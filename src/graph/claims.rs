//! Claims as JSON lines: what one document says, in lines that tools can read one by one.
//!
//! Each document is one line `{"document": …}`, then a line `{"entity": …}` for each entity and a line `{"claim": …}` for
//! each claim, which name entities by their place. It is the unit that merges: a distributed build passes these
//! around, and they are readable as a source.

use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use crate::model::{Claim, DocumentInfo, Entity, Extraction};

use super::compact;

/// Lines that are no claims, and where.
#[derive(Debug, thiserror::Error)]
pub enum ClaimsError {
    /// No JSON, or not of the shape of a claim.
    #[error("line {line}: {fault}")]
    Syntax {
        /// From 1.
        line: usize,
        /// What is wrong.
        fault: serde_json::Error,
    },
    /// An entity or claim before any document.
    #[error("line {line}: no document comes before it")]
    NoDocument {
        /// From 1.
        line: usize,
    },
    /// A claim of an entity that there is not.
    #[error("line {line}: entity {entity} is named, and the document has {count}")]
    NoEntity {
        /// From 1.
        line: usize,
        /// Its number.
        entity: u32,
        /// How many entities there are.
        count: usize,
    },
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum LineOut<'a> {
    Document(&'a DocumentInfo),
    Entity(&'a Entity),
    Claim(&'a Claim),
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum LineIn {
    Document(DocumentInfo),
    Entity(Entity),
    Claim(Claim),
}

/// Writes what one document says.
///
/// # Errors
/// What `out` fails with.
pub fn write<W: Write>(extraction: &Extraction, mut out: W) -> io::Result<()> {
    let entities = extraction.entities.iter().map(LineOut::Entity);
    let claims = extraction.claims.iter().map(LineOut::Claim);
    let mut bytes = Vec::with_capacity(1024);
    for line in std::iter::once(LineOut::Document(&extraction.document)).chain(entities).chain(claims) {
        bytes.clear();
        compact::append(&mut bytes, &line)?;
        bytes.push(b'\n');
        out.write_all(&bytes)?;
    }
    Ok(())
}

/// Reads what [`write()`] wrote, of any number of documents. Empty lines do not count.
///
/// # Errors
/// The first line that is no JSON, or that has no document or entity to belong to.
pub fn read(text: &[u8]) -> Result<Vec<Extraction>, ClaimsError> {
    let mut all: Vec<Extraction> = Vec::new();
    // Claims may name entities that come later: checked at the end of each document.
    let mut claim_lines: Vec<usize> = Vec::new();
    for (line, text) in (1..).zip(text.split(|&b| b == b'\n')).filter(|(_, t)| !t.trim_ascii().is_empty()) {
        let parsed = serde_json::from_slice(text).map_err(|fault| ClaimsError::Syntax { line, fault })?;
        match (parsed, all.last_mut()) {
            (LineIn::Document(document), last) => {
                check(last.as_deref(), &claim_lines)?;
                claim_lines.clear();
                all.push(Extraction { document, entities: Vec::new(), claims: Vec::new() });
            }
            (LineIn::Entity(entity), Some(last)) => last.entities.push(entity),
            (LineIn::Claim(claim), Some(last)) => {
                last.claims.push(claim);
                claim_lines.push(line);
            }
            (LineIn::Entity(_) | LineIn::Claim(_), None) => return Err(ClaimsError::NoDocument { line }),
        }
    }
    check(all.last(), &claim_lines)?;
    Ok(all)
}

fn check(extraction: Option<&Extraction>, lines: &[usize]) -> Result<(), ClaimsError> {
    let Some(extraction) = extraction else { return Ok(()) };
    let count = extraction.entities.len();
    for (claim, &line) in extraction.claims.iter().zip(lines) {
        let object = match &claim.statement {
            crate::model::Statement::Edge { object, .. } => *object,
            crate::model::Statement::Attribute { .. } => claim.subject,
        };
        if let Some(entity) = [claim.subject, object].into_iter().find(|&e| e as usize >= count) {
            return Err(ClaimsError::NoEntity { line, entity, count });
        }
    }
    Ok(())
}
