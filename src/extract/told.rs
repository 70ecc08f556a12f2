//! What sentences have told already, kept for those that leave it out.

use crate::model::Mode;
use crate::schema::EdgeTypeId;

use super::entity::DraftId;

/// A sum that a sentence tells of: it may be raised in the next.
#[derive(Debug, Clone)]
pub struct Stake {
    /// The sentence, counted in the article.
    pub sentence: usize,
    /// Who pays.
    pub from: DraftId,
    /// As written, the number, the currency.
    pub sum: (String, f64, Box<str>),
    /// As the sentence holds it.
    pub mode: Mode,
}

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
