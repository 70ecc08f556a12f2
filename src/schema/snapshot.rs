//! A checked schema, and the patterns, as bytes: what the build script makes of the RON texts, so that a program that starts reads and
//! checks them no more.
//!
//! Types and roles are read at once, the gazetteer when it is asked for (`store`). The bytes belong to the very program
//! that they are compiled into; they are no format to keep.

use serde::{Deserialize, Serialize};

use super::coordinates::Coordinates;
use super::patterns::Patterns;
use super::store::{Finder, Gazetteer};
use super::{Attribute, Collective, EdgeType, NodeType, Roles, Schema};

/// The bytes hold no schema of this version of the program.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no snapshot of a schema: {0}")]
pub struct SnapshotError(postcard::Error);

#[derive(Serialize, Deserialize)]
struct Snapshot<'a> {
    node_types: Vec<NodeType>,
    edge_types: Vec<EdgeType>,
    node_attributes: Vec<Attribute>,
    edge_attributes: Vec<Attribute>,
    roles: Roles,
    hash: String,
    collectives: Vec<Collective>,
    coordinates: &'a str,
    entries: &'a [u8],
    entry_ends: Vec<u32>,
    tables: &'a [u8],
}

impl Schema {
    /// The schema as bytes. The same schema gives the same bytes.
    ///
    /// # Errors
    /// None that is known of: the format has room for every schema.
    pub fn to_snapshot(&self) -> Result<Vec<u8>, SnapshotError> {
        let (entries, entry_ends) = self.gazetteer.store().map_err(SnapshotError)?;
        let tables = postcard::to_stdvec(self.finder.get()).map_err(SnapshotError)?;
        let snapshot = Snapshot {
            node_types: self.node_types.clone(),
            edge_types: self.edge_types.clone(),
            node_attributes: self.node_attributes.clone(),
            edge_attributes: self.edge_attributes.clone(),
            roles: self.roles.clone(),
            hash: self.hash.clone(),
            collectives: self.collectives.clone(),
            coordinates: self.coordinates.table(),
            entries: &entries,
            entry_ends,
            tables: &tables,
        };
        postcard::to_stdvec(&snapshot).map_err(SnapshotError)
    }

    /// The schema that [`Schema::to_snapshot`] made the bytes of: O(types), and [`Schema::load`] is linear in all texts.
    ///
    /// # Errors
    /// Bytes that were not made by this version of the program.
    pub fn from_snapshot(bytes: &'static [u8]) -> Result<Self, SnapshotError> {
        let read: Snapshot<'static> = postcard::from_bytes(bytes).map_err(SnapshotError)?;
        Ok(Self {
            node_types: read.node_types,
            edge_types: read.edge_types,
            node_attributes: read.node_attributes,
            edge_attributes: read.edge_attributes,
            roles: read.roles,
            gazetteer: Gazetteer::stored(read.entries, read.entry_ends),
            collectives: read.collectives,
            coordinates: Coordinates::stored(read.coordinates),
            hash: read.hash,
            finder: Finder::stored(read.tables),
        })
    }
}

impl Patterns {
    /// The patterns as bytes. The same patterns give the same bytes.
    ///
    /// # Errors
    /// None that is known of: the format has room for all patterns.
    pub fn to_snapshot(&self) -> Result<Vec<u8>, SnapshotError> {
        postcard::to_stdvec(self).map_err(SnapshotError)
    }

    /// The patterns that [`Patterns::to_snapshot`] made the bytes of, in a tenth of the time that the RON texts take.
    ///
    /// # Errors
    /// Bytes that were not made by this version of the program.
    pub fn from_snapshot(bytes: &[u8]) -> Result<Self, SnapshotError> {
        postcard::from_bytes(bytes).map_err(SnapshotError)
    }
}
