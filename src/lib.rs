//! Knowledge graphs of trade routes and geopolitics, made from articles.
//!
//! ```text
//! bytes ─ source ─► Document ─ extract ─► Extraction (claims) ─ merge ─► KnowledgeGraph ─ freeze ─► FrozenGraph
//! query ─ parse ─► Ast<'src> ─ bind ─► Plan ─ optimise ─► Plan ─ eval ─► Answer ─ output ─► impl Write
//! any stage's error ─► Diagnostic ─► the caller
//! ```
//!
//! The library takes text and writers; it never touches files, the terminal, the clock or the environment.

pub mod diagnostic;
pub mod extract;
pub mod graph;
pub mod merge;
pub mod model;
pub mod names;
pub mod output;
pub mod pipeline;
pub mod query;
pub mod schema;
pub mod source;
pub mod span;
