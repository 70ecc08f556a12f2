//! Lists that are short nearly always, kept in place: a sentence has many, and an allocation for each would cost more than
//! what is done with them.

use crate::schema::NodeTypeId;

use super::entity::DraftId;

pub use smallvec::smallvec as few;

/// One or two items as a rule.
pub type Few<T> = smallvec::SmallVec<[T; 2]>;
/// Several entities.
pub type Ids = smallvec::SmallVec<[DraftId; 4]>;
/// Several node types.
pub type Types = smallvec::SmallVec<[NodeTypeId; 8]>;
