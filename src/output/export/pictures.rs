//! Pictures as exports.

use std::io::{self, Write};

use super::{Export, Exporter};
use crate::output::{dot, svg};

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

/// SVG, laid out by us.
pub(super) struct Svg;

impl Exporter for Svg {
    fn name(&self) -> &'static str {
        "svg"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["svg"]
    }

    fn about(&self) -> &'static str {
        "a picture for reports and web pages; needs no Graphviz"
    }

    fn write(&self, export: &Export<'_>, _: usize, out: &mut dyn Write) -> io::Result<()> {
        svg::write(export.selection, export.graph, export.schema, export.pictures, out)
    }
}
