//! A scene as SVG text.

use std::fmt::{Result, Write as _};

use super::layout::Point;
use super::n;
use super::scene::{Anchor, Course, Form, Group, Look, Mark, Scene, Step, Text, tip};
use super::text::escape;
use crate::output::picture::{GREY, PALE, RED, Stroke, Tip};

/// How the document is put into another.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Manner<'a> {
    /// Stands before all ids, so that several pictures fit on one page.
    pub prefix: &'a str,
    /// It takes the width that there is, at most its own.
    pub fluid: bool,
}

pub(super) fn write(scene: &Scene, manner: Manner<'_>) -> String {
    let mut svg = String::new();
    let _ = put(&mut svg, scene, manner);
    svg
}

const SIZE: f64 = 11.0;

fn put(svg: &mut String, scene: &Scene, manner: Manner<'_>) -> Result {
    let (width, height) = (n(scene.width), n(scene.height));
    write!(svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\"")?;
    write!(svg, " width=\"{width}\"")?;
    if !manner.fluid {
        write!(svg, " height=\"{height}\"")?;
    }
    write!(svg, " role=\"img\" aria-label=\"{}\"", escape(&scene.description))?;
    writeln!(svg, " font-family=\"Helvetica, Arial, 'Liberation Sans', sans-serif\" font-size=\"{}\">", n(SIZE))?;
    put_defs(svg, manner.prefix)?;
    writeln!(svg, "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>")?;
    // What closes each group that is open.
    let mut ends: Vec<&str> = Vec::new();
    for mark in &scene.marks {
        match mark {
            Mark::Group(group) => {
                put_group(svg, group, manner.prefix)?;
                ends.push(if group.link.is_some() { "</g></a>" } else { "</g>" });
            }
            Mark::Shift(x, y) => {
                writeln!(svg, "<g transform=\"translate({} {})\">", n(*x), n(*y))?;
                ends.push("</g>");
            }
            Mark::End => writeln!(svg, "{}", ends.pop().unwrap_or_default())?,
            Mark::Form { form, look } => put_form(svg, form, look)?,
            Mark::Course(course) => put_course(svg, course, manner.prefix)?,
            Mark::Text(text) => put_text(svg, text)?,
        }
    }
    writeln!(svg, "</svg>")
}

/// The tips of lines.
fn put_defs(svg: &mut String, prefix: &str) -> Result {
    writeln!(svg, "<defs>")?;
    for colour in [GREY, RED, PALE] {
        for kind in [Tip::Arrow, Tip::Bar, Tip::Dot] {
            let Some((form, look)) = tip(kind, colour) else { continue };
            write!(svg, "<marker id=\"{prefix}{}\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"", tip_id(kind, colour))?;
            write!(svg, " markerWidth=\"14\" markerHeight=\"16\" viewBox=\"-12 -8 14 16\" refX=\"0\" refY=\"0\">")?;
            put_form(svg, &form, &look)?;
            writeln!(svg, "</marker>")?;
        }
    }
    writeln!(svg, "</defs>")
}

fn tip_id(tip: Tip, colour: &str) -> String {
    let kind = match tip {
        Tip::Arrow => "arrow",
        Tip::Bar => "bar",
        Tip::Dot => "dot",
        Tip::None => "none",
    };
    format!("{kind}-{}", colour.trim_start_matches('#'))
}

/// Opens a group with a tooltip, inside a link if there is one.
fn put_group(svg: &mut String, group: &Group, prefix: &str) -> Result {
    if let Some(link) = &group.link {
        write!(svg, "<a href=\"{}\">", escape(link))?;
    }
    write!(svg, "<g class=\"{}\"", group.class)?;
    if !group.id.is_empty() {
        write!(svg, " id=\"{prefix}{}\"", escape(&group.id))?;
    }
    writeln!(svg, "><title>{}</title>", escape(&group.tooltip))
}

fn put_form(svg: &mut String, form: &Form, look: &Look) -> Result {
    match form {
        Form::Rect(p, radius) => {
            let (left, top) = (p.x - p.width / 2.0, p.y - p.height / 2.0);
            write!(svg, "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"", n(left), n(top), n(p.width), n(p.height))?;
            if *radius > 0.0 {
                write!(svg, " rx=\"{}\"", n(*radius))?;
            }
        }
        Form::Ellipse(p) => {
            write!(svg, "<ellipse cx=\"{}\" cy=\"{}\" rx=\"{}\" ry=\"{}\"", n(p.x), n(p.y), n(p.width / 2.0), n(p.height / 2.0))?;
        }
        Form::Path(steps) => write!(svg, "<path d=\"{}\"", path(steps))?,
    }
    let or_none = |colour: &str| if colour.is_empty() { "none".to_owned() } else { escape(colour) };
    write!(svg, " fill=\"{}\"", or_none(&look.fill))?;
    if !look.edge.is_empty() {
        write!(svg, " stroke=\"{}\"", escape(&look.edge))?;
        if look.width != 1.0 {
            write!(svg, " stroke-width=\"{}\"", n(look.width))?;
        }
        if look.dashed {
            write!(svg, " stroke-dasharray=\"5 4\"")?;
        }
    }
    writeln!(svg, "/>")
}

fn put_course(svg: &mut String, course: &Course, prefix: &str) -> Result {
    let d = path(&course.steps);
    write!(svg, "<path d=\"{d}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\"", course.colour, n(course.width))?;
    match course.stroke {
        Stroke::Solid => {}
        Stroke::Dashed => write!(svg, " stroke-dasharray=\"6 4\"")?,
        Stroke::Dotted => write!(svg, " stroke-dasharray=\"1.5 3.5\"")?,
    }
    if course.tip != Tip::None {
        write!(svg, " marker-end=\"url(#{prefix}{})\"", tip_id(course.tip, course.colour))?;
    }
    writeln!(svg, "/>")?;
    if let Some(inner) = course.inner {
        writeln!(svg, "<path d=\"{d}\" fill=\"none\" stroke=\"#ffffff\" stroke-width=\"{}\"/>", n(inner))?;
    }
    // What is pointed at is wider than what is seen.
    writeln!(svg, "<path d=\"{d}\" fill=\"none\" stroke=\"transparent\" stroke-width=\"12\" pointer-events=\"stroke\"/>")
}

fn put_text(svg: &mut String, text: &Text) -> Result {
    write!(svg, "<text x=\"{}\" y=\"{}\"", n(text.at.x), n(text.at.y))?;
    if text.size != SIZE {
        write!(svg, " font-size=\"{}\"", n(text.size))?;
    }
    if text.bold {
        write!(svg, " font-weight=\"600\"")?;
    }
    if text.anchor == Anchor::Middle {
        write!(svg, " text-anchor=\"middle\"")?;
    }
    write!(svg, " fill=\"{}\"", text.colour)?;
    if text.halo {
        write!(svg, " stroke=\"#ffffff\" stroke-width=\"3\" paint-order=\"stroke\"")?;
    }
    writeln!(svg, ">{}</text>", escape(&text.text))
}

/// Steps as the `d` of a path.
pub(super) fn path(steps: &[Step]) -> String {
    let pair = |p: &Point| format!("{} {}", n(p.x), n(p.y));
    let step = |s: &Step| match s {
        Step::Move(p) => format!("M{}", pair(p)),
        Step::Line(p) => format!("L{}", pair(p)),
        Step::Quad(a, p) => format!("Q{} {}", pair(a), pair(p)),
        Step::Cubic(a, b, p) => format!("C{} {} {}", pair(a), pair(b), pair(p)),
        Step::Close => "z".to_owned(),
    };
    steps.iter().map(step).collect()
}
