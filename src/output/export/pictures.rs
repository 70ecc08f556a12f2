//! Pictures as exports.

use std::io::{self, Write};

use super::{Export, Exporter};
use crate::output::dot;

/// DOT for Graphviz.
pub(super) struct Dot;

impl Exporter for Dot {
    fn name(&self) -> &'static str {
        "dot"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["dot", "gv"]
    }

    fn about(&self) -> &'static str {
        "a picture for Graphviz"
    }

    fn write(&self, export: &Export<'_>, _: usize, out: &mut dyn Write) -> io::Result<()> {
        dot::write(export.selection, export.graph, export.schema, export.pictures, out)
    }
}
