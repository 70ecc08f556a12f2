//! Graphs for other tools: one file an exporter, and one table of them all.
//!
//! Help, completion and documentation are made from [`EXPORTERS`]. An exporter writes one file, or, where its format
//! needs several, one after the other into a folder: [`Exporter::parts`].

use std::io::{self, Write};

use super::{PictureOptions, Selection};
use crate::graph::FrozenGraph;
use crate::schema::Schema;

mod csv;
mod ftm;
mod mermaid;
mod ours;
mod pictures;
mod rows;
#[cfg(test)]
mod tests;
mod turtle;
mod xml;

/// What is exported, and how.
#[derive(Debug, Clone, Copy)]
pub struct Export<'a> {
    /// The graph.
    pub graph: &'a FrozenGraph,
    /// Its schema.
    pub schema: &'a Schema,
    /// Which part of it.
    pub selection: &'a Selection,
    /// How pictures are drawn.
    pub pictures: &'a PictureOptions,
}

/// A format that graphs are exported to.
pub trait Exporter: Sync {
    /// What `--to` calls it.
    fn name(&self) -> &'static str;

    /// Endings of files that mean it, without the dot; none where another format has them.
    fn extensions(&self) -> &'static [&'static str];

    /// What it is for, in half a sentence.
    fn about(&self) -> &'static str;

    /// The files that it writes into a folder; none where it writes one file.
    fn parts(&self) -> &'static [&'static str] {
        &[]
    }

    /// What whoever exports should know of the result, if anything.
    fn remark(&self, _export: &Export<'_>) -> Option<String> {
        None
    }

    /// Writes the file, or the part with this number.
    ///
    /// # Errors
    /// What `out` fails with.
    fn write(&self, export: &Export<'_>, part: usize, out: &mut dyn Write) -> io::Result<()>;
}

/// All formats, in the order that help lists them.
pub static EXPORTERS: &[&dyn Exporter] = &[
    &ours::Json,
    &ours::Ron,
    &pictures::Svg,
    #[cfg(feature = "png")]
    &pictures::Png,
    &pictures::Dot,
    &mermaid::Mermaid,
    &xml::Gexf,
    &xml::Graphml,
    &csv::Csv,
    &csv::Neo4j,
    &ftm::Ftm,
    &turtle::Turtle,
    &super::explorer::Html,
];

/// The exporter called `name`.
#[must_use]
pub fn exporter(name: &str) -> Option<&'static dyn Exporter> {
    EXPORTERS.iter().copied().find(|e| e.name().eq_ignore_ascii_case(name))
}

/// The exporter that a file's ending means.
#[must_use]
pub fn exporter_of_extension(extension: &str) -> Option<&'static dyn Exporter> {
    EXPORTERS.iter().copied().find(|e| e.extensions().iter().any(|x| x.eq_ignore_ascii_case(extension)))
}
