//! Pictures as exports.

use std::io::{self, Write};

use super::{Export, Exporter};
#[cfg(feature = "png")]
use crate::output::png;
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

/// PNG, painted by us.
#[cfg(feature = "png")]
pub(super) struct Png;

#[cfg(feature = "png")]
impl Exporter for Png {
    fn name(&self) -> &'static str {
        "png"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["png"]
    }

    fn about(&self) -> &'static str {
        "the same as dots, for slides and office programs; its font is built in"
    }

    fn remark(&self, export: &Export<'_>) -> Option<String> {
        let signs = png::lacking(export.selection, export.graph);
        if signs.is_empty() {
            return None;
        }
        let shown: String = signs.iter().take(12).collect();
        let more = if signs.len() > 12 { format!(" and {} more", signs.len() - 12) } else { String::new() };
        Some(format!("the built-in font lacks {shown}{more}: they show as boxes; an svg is shown in its reader's fonts"))
    }

    fn write(&self, export: &Export<'_>, _: usize, out: &mut dyn Write) -> io::Result<()> {
        png::write(export.selection, export.graph, export.schema, export.pictures, out)
    }
}
