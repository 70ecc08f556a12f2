//! The graph: what merges into it (petgraph), and the frozen form that queries run on.

mod evidence;
mod frozen;
mod layout;
mod values;

pub use evidence::{ArticleRef, ClaimRef, Claims, DocumentRef, MentionRef};
pub use frozen::{Adjacency, Direction, FrozenGraph, Links, mode_byte, mode_of};
pub use layout::{Degrees, Ends, LayoutError, SharedBytes};
pub use values::{ColumnValues, Fact, ListRef, MixedValues, ValueColumn, ValueRef};
