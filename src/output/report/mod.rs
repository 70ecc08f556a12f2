//! A briefing: what some documents say, for a person who has ten minutes.
//!
//! `content` decides what is worth saying, what is drawn of it, and on which claims it rests; `markdown` and `html` write it,
//! every line with its sentences as footnotes. Nothing is ranked by opinion: what more independent sources speak of comes first.

use std::io::{self, Write};

use super::{PictureOptions, Selection, svg};
use crate::graph::FrozenGraph;
use crate::model::PartialDate;
use crate::query::Engine;
use crate::schema::Schema;

mod content;
mod html;
mod markdown;
#[cfg(test)]
mod tests;

/// What a briefing is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ReportFormat {
    /// Markdown with footnotes.
    #[default]
    Markdown,
    /// A page that loads nothing.
    Html,
}

impl ReportFormat {
    /// The format with this name or file ending.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" => Some(Self::Html),
            _ => None,
        }
    }
}

/// A line of the briefing, and the claims that it rests on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Line {
    /// What it is about; shown strong.
    subject: String,
    /// What is said.
    text: String,
    /// Claims by number, the most telling first.
    claims: Vec<u32>,
}

/// A part of the briefing.
#[derive(Debug, Clone, Default)]
struct Section {
    title: &'static str,
    /// What the lines are, in a sentence.
    lead: &'static str,
    lines: Vec<Line>,
    /// What was left out, in words.
    more: Option<String>,
    /// A picture of what the lines say.
    figure: Option<Figure>,
}

/// A picture of a briefing.
#[derive(Debug, Clone)]
struct Figure {
    /// What a file with it is called.
    name: &'static str,
    caption: &'static str,
    selection: Selection,
}

/// All of it.
#[derive(Debug, Clone, Default)]
struct Report {
    title: String,
    intro: Vec<String>,
    sections: Vec<Section>,
}

/// A briefing on what documents say.
pub struct Briefing<'a> {
    report: Report,
    graph: &'a FrozenGraph,
    schema: &'a Schema,
}

impl<'a> Briefing<'a> {
    /// `today` is the day from which milestones are due; without it, all that are dated.
    #[must_use]
    pub fn new(graph: &'a FrozenGraph, schema: &'a Schema, today: Option<PartialDate>) -> Self {
        Self { report: content::report(&Engine::new(graph, schema), today), graph, schema }
    }

    /// Writes it. A page holds its pictures; Markdown links to files beside it called `STEM-NAME.svg` if `stem` is said, and
    /// goes without pictures else.
    ///
    /// # Errors
    /// What `out` fails with.
    pub fn write(&self, format: ReportFormat, stem: Option<&str>, out: &mut dyn Write) -> io::Result<()> {
        match format {
            ReportFormat::Markdown => markdown::write(self, stem, out),
            ReportFormat::Html => html::write(self, out),
        }
    }

    /// Its pictures, with their names, as SVG.
    pub fn pictures(&self) -> impl Iterator<Item = (&'static str, String)> {
        let figures = self.report.sections.iter().filter_map(|s| s.figure.as_ref());
        figures.map(|f| (f.name, self.drawn(f, "")))
    }

    fn drawn(&self, figure: &Figure, prefix: &str) -> String {
        svg::inline(&figure.selection, self.graph, self.schema, &PictureOptions::default(), prefix)
    }
}

/// The footnotes of a report: sentences, numbered as they are first cited.
struct Notes<'g> {
    graph: &'g FrozenGraph,
    /// Claims that stand for each note.
    cited: Vec<u32>,
}

/// So many sentences under one line are enough.
const NOTES: usize = 3;

impl<'g> Notes<'g> {
    fn new(graph: &'g FrozenGraph) -> Self {
        Self { graph, cited: Vec::new() }
    }

    /// The numbers of the notes of some claims: one a sentence, however many claims it makes.
    fn numbers(&mut self, claims: &[u32]) -> Vec<usize> {
        let mut numbers = Vec::new();
        for &claim in claims {
            let place = |c: u32| self.graph.claim(c).map(|c| (c.document(), c.locus().span));
            let Some(there) = place(claim).filter(|p| !p.0.is_empty()) else { continue };
            let at = self.cited.iter().position(|&c| place(c) == Some(there));
            let number = at.unwrap_or_else(|| {
                self.cited.push(claim);
                self.cited.len() - 1
            });
            if !numbers.contains(&(number + 1)) {
                numbers.push(number + 1);
            }
            if numbers.len() == NOTES {
                break;
            }
        }
        numbers
    }

    /// `document:line`, what else there is to know of the source, and the sentence, for each note.
    fn all(&self) -> impl Iterator<Item = (String, String, String)> {
        self.cited.iter().filter_map(|&c| self.graph.claim(c)).map(|c| {
            let origin = c.origin().map(|o| format!("after {o}"));
            let speaker = c.speaker().map(|s| format!("says {s}"));
            let about: Vec<String> = c.asserted().map(|d| d.to_string()).into_iter().chain(speaker).chain(origin).collect();
            let clean = |text: &str| super::clean(text).into_owned();
            (clean(&c.citation()), clean(&about.join(", ")), clean(c.text()))
        })
    }
}
