//! A picture with places as marks in the order of drawing: `write` makes SVG of them, `png` paints them.
//!
//! What a mark looks like is decided here and in what pushes it, so that both show the same.

use super::layout::{Place, Point};
use crate::output::picture::{Stroke, Tip};

/// All marks of a picture, and its size.
#[derive(Debug, Default)]
pub(in crate::output) struct Scene {
    pub width: f64,
    pub height: f64,
    /// What is read out in place of the picture.
    pub description: String,
    pub marks: Vec<Mark>,
}

/// Something drawn, or the start or end of what belongs together.
#[derive(Debug)]
pub(in crate::output) enum Mark {
    /// One thing with what is said of it, up to its `End`.
    Group(Group),
    /// Everything up to its `End` stands so far to the right and down.
    Shift(f64, f64),
    End,
    /// An outline, filled or not.
    Form {
        form: Form,
        look: Look,
    },
    /// A line with a tip.
    Course(Course),
    Text(Text),
}

/// What tooltips and links are on.
#[derive(Debug, Default)]
pub(in crate::output) struct Group {
    pub class: &'static str,
    /// Empty: none.
    pub id: String,
    pub tooltip: String,
    pub link: Option<String>,
}

#[derive(Debug, Clone)]
pub(in crate::output) enum Form {
    /// With the radius of its corners.
    Rect(Place, f64),
    Ellipse(Place),
    Path(Vec<Step>),
}

/// A step of a path.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::output) enum Step {
    Move(Point),
    Line(Point),
    Quad(Point, Point),
    Cubic(Point, Point, Point),
    Close,
}

/// How an outline looks.
#[derive(Debug, Clone)]
pub(in crate::output) struct Look {
    /// Empty: not filled.
    pub fill: String,
    /// Empty: without an edge.
    pub edge: String,
    pub width: f64,
    pub dashed: bool,
}

impl Look {
    /// Filled, with a thin edge.
    pub fn new(fill: &str, edge: &str) -> Self {
        Self { fill: fill.to_owned(), edge: edge.to_owned(), width: 1.0, dashed: false }
    }
}

#[derive(Debug, Clone)]
pub(in crate::output) struct Course {
    pub steps: Vec<Step>,
    pub colour: &'static str,
    pub width: f64,
    pub stroke: Stroke,
    pub tip: Tip,
    /// A white line of this width inside: the line is a double one.
    pub inner: Option<f64>,
}

#[derive(Debug, Clone)]
pub(in crate::output) struct Text {
    /// Where the text is anchored, on its base line.
    pub at: Point,
    pub text: String,
    pub size: f64,
    pub bold: bool,
    pub anchor: Anchor,
    pub colour: &'static str,
    /// White around the letters, over lines.
    pub halo: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::output) enum Anchor {
    Start,
    Middle,
}

impl Scene {
    pub fn form(&mut self, form: Form, look: Look) {
        self.marks.push(Mark::Form { form, look });
    }

    /// Text from its start, as legends and titles have it.
    pub fn text(&mut self, x: f64, y: f64, size: f64, colour: &'static str, text: &str) {
        let text = text.to_owned();
        let at = Point { x, y };
        self.marks.push(Mark::Text(Text { at, text, size, bold: false, anchor: Anchor::Start, colour, halo: false }));
    }
}

/// The tip at the end of a course, as outlines that go along the line: the end lies at the origin, the line comes from the
/// left.
pub(in crate::output) fn tip(tip: Tip, colour: &str) -> Option<(Form, Look)> {
    let at = |x: f64, y: f64| Point { x, y };
    match tip {
        Tip::None => None,
        Tip::Arrow => {
            let steps = vec![Step::Move(at(-9.0, -3.5)), Step::Line(at(0.0, 0.0)), Step::Line(at(-9.0, 3.5)), Step::Close];
            Some((Form::Path(steps), Look::new(colour, "")))
        }
        Tip::Bar => {
            let bar = Place { x: -1.0, y: 0.0, width: 3.0, height: 12.0 };
            Some((Form::Rect(bar, 0.0), Look::new(colour, "")))
        }
        Tip::Dot => {
            let dot = Place { x: -3.5, y: 0.0, width: 6.8, height: 6.8 };
            Some((Form::Ellipse(dot), Look { width: 1.3, ..Look::new("#ffffff", colour) }))
        }
    }
}
