//! From the bytes of a file to a document: formats, articles, page furniture, positions.

use crate::diagnostic::Diagnostic;
use crate::model::Document;

/// What reading a file gave: a document, unless it cannot be read, and what there is to say of it.
pub type Reading = (Option<Document>, Vec<Diagnostic>);

/// Reads a file; the format is told by the ending of `id` and by the bytes.
#[must_use]
pub fn read(id: &str, bytes: &[u8]) -> Reading {
    let _ = bytes;
    (None, vec![Diagnostic::warning("S000", "not written yet").of(id)])
}
