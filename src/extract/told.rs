//! What sentences have told already, kept for those that leave it out.

use crate::schema::EdgeTypeId;

use super::entity::DraftId;

/// What an edge led to: the next sentence may leave it out.
#[derive(Debug, Clone, Copy)]
pub struct Told {
    /// The sentence, counted in the article.
    pub sentence: usize,
    /// The edge.
    pub edge: EdgeTypeId,
    /// It says how somebody stands to a thing: for it or against it.
    pub attitude: bool,
    /// Its target.
    pub to: DraftId,
}
