//! A checked schema as bytes: what the build script makes of the RON texts, so that a program that starts reads and
//! checks them no more.
//!
//! The bytes belong to the very program that they are compiled into; they are no format to keep.

use super::Schema;

/// The bytes hold no schema of this version of the program.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no snapshot of a schema: {0}")]
pub struct SnapshotError(postcard::Error);

impl Schema {
    /// The schema as bytes. The same schema gives the same bytes.
    ///
    /// # Errors
    /// None that is known of: the format has room for every schema.
    pub fn to_snapshot(&self) -> Result<Vec<u8>, SnapshotError> {
        postcard::to_stdvec(self).map_err(SnapshotError)
    }

    /// The schema that [`Schema::to_snapshot`] made the bytes of: a hundred times quicker than [`Schema::load`]. Linear.
    ///
    /// # Errors
    /// Bytes that were not made by this version of the program.
    pub fn from_snapshot(bytes: &[u8]) -> Result<Self, SnapshotError> {
        let mut schema: Self = postcard::from_bytes(bytes).map_err(SnapshotError)?;
        schema.names.index();
        schema.index_ids();
        schema.finish();
        Ok(schema)
    }
}
