//! Knowledge graphs of trade routes and geopolitics, made from articles.
//!
//! ```text
//! bytes ─ source ─► Document ─ extract ─► Extraction (claims) ─ merge ─► KnowledgeGraph ─ freeze ─► FrozenGraph
//! query ─ parse ─► Ast<'src> ─ bind ─► Plan ─ optimise ─► Plan ─ eval ─► Answer ─ output ─► impl Write
//! any stage's error ─► Diagnostic ─► the caller
//! ```
//!
//! [`Builder`] is the way in: documents go in as texts, a [`Graph`] comes out, and a [`Query`] asks it. The stages below can
//! be called one by one as well. The library takes text and writers; it never touches files, the terminal, the clock
//! or the environment.
//!
//! ```
//! let graph = silkgraph::Builder::new()
//!     .text("a.txt", "Kazakhstan funds the Western Trans-Afghan Railway.")
//!     .text("b.txt", "The Western Trans-Afghan Railway runs from Torghundi to Herat.")
//!     .build()?;
//! let answer = graph.query("who funds \"Western Trans-Afghan Railway\"").run()?;
//! assert_eq!(graph.show(&answer.rows[0].cells[0]), "Kazakhstan");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![deny(missing_docs)]

pub mod diagnostic;
pub mod extract;
pub mod graph;
mod library;
pub mod merge;
pub mod model;
pub mod names;
pub mod output;
pub mod pipeline;
pub mod query;
pub mod schema;
pub mod source;
pub mod span;

pub use library::{BuildError, Builder, Graph, Query};
