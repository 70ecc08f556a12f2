//! The font that is compiled in: letters as outlines.
//!
//! Silkgraph Sans is Liberation Sans, cut down to Latin, Greek, Cyrillic and signs (see `OFL.txt`); its widths are Helvetica's,
//! for which pictures are laid out.

use tiny_skia::{Path, PathBuilder, Transform};
use ttf_parser::{Face, GlyphId, OutlineBuilder};

/// One weight.
pub(super) struct Font {
    face: Face<'static>,
}

impl Font {
    pub(super) fn regular() -> Option<Self> {
        Self::read(include_bytes!("Regular.ttf"))
    }

    pub(super) fn bold() -> Option<Self> {
        Self::read(include_bytes!("Bold.ttf"))
    }

    fn read(bytes: &'static [u8]) -> Option<Self> {
        Some(Self { face: Face::parse(bytes, 0).ok()? })
    }

    pub(super) fn has(&self, sign: char) -> bool {
        self.face.glyph_index(sign).is_some()
    }

    /// The glyph of a sign, a box where there is none; nothing for signs that take no room.
    fn glyph(&self, sign: char) -> Option<GlyphId> {
        let unseen = unicode_width::UnicodeWidthChar::width(sign).unwrap_or(0) == 0;
        self.face.glyph_index(sign).or((!unseen).then_some(GlyphId(0)))
    }

    fn units(&self, size: f64) -> f64 {
        size / f64::from(self.face.units_per_em())
    }

    fn advance(&self, glyph: GlyphId) -> f64 {
        f64::from(self.face.glyph_hor_advance(glyph).unwrap_or(0))
    }

    pub(super) fn width(&self, text: &str, size: f64) -> f64 {
        text.chars().filter_map(|c| self.glyph(c)).map(|g| self.advance(g)).sum::<f64>() * self.units(size)
    }

    /// The letters of a line, from the origin to the right on the base line.
    pub(super) fn outline(&self, text: &str, size: f64) -> Option<Path> {
        let mut pen = Letters { path: PathBuilder::new(), left: 0.0 };
        for glyph in text.chars().filter_map(|c| self.glyph(c)) {
            self.face.outline_glyph(glyph, &mut pen);
            pen.left += self.advance(glyph) as f32;
        }
        let units = self.units(size) as f32;
        // Fonts count upwards.
        pen.path.finish()?.transform(Transform::from_scale(units, -units))
    }
}

struct Letters {
    path: PathBuilder,
    left: f32,
}

impl OutlineBuilder for Letters {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(self.left + x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(self.left + x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.path.quad_to(self.left + x1, y1, self.left + x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.path.cubic_to(self.left + x1, y1, self.left + x2, y2, self.left + x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}
