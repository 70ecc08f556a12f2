//! A briefing as a page: no script, nothing loaded, every line linked to its sentences and back.

use std::io::{self, Write};

use super::{Briefing, Notes, Section};
use crate::output::explorer::{csp_hash, escape as escape_markup};

const STYLE: &str = include_str!("report.css");

pub(super) fn write(briefing: &Briefing<'_>, out: &mut dyn Write) -> io::Result<()> {
    let report = &briefing.report;
    let mut notes = Notes::new(briefing.graph);
    let title = escape(&report.title);
    write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src '{}'; img-src data:; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<link rel=\"icon\" href=\"data:,\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n",
        csp_hash(STYLE)
    )?;
    for line in &report.intro {
        writeln!(out, "<p>{}</p>", escape(line))?;
    }
    for section in &report.sections {
        put_section(section, briefing, &mut notes, out)?;
    }
    writeln!(out, "<section>\n<h2>Sources</h2>\n<ol class=\"notes\">")?;
    for (number, (place, about, sentence)) in (1..).zip(notes.all()) {
        let about = if about.is_empty() { String::new() } else { format!(" ({})", escape(&about)) };
        writeln!(out, "<li id=\"n{number}\"><cite>{}</cite>{about}: <q>{}</q></li>", escape(&place), escape(&sentence))?;
    }
    writeln!(out, "</ol>\n</section>\n</main>\n</body>\n</html>")
}

fn put_section(section: &Section, briefing: &Briefing<'_>, notes: &mut Notes<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<section>\n<h2>{}</h2>", section.title)?;
    if !section.lead.is_empty() {
        writeln!(out, "<p class=\"lead\">{}</p>", section.lead)?;
    }
    writeln!(out, "<ul>")?;
    for line in &section.lines {
        let cited: Vec<String> =
            notes.numbers(&line.claims).iter().map(|n| format!("<a href=\"#n{n}\" aria-label=\"source {n}\">{n}</a>")).collect();
        let cited = if cited.is_empty() { String::new() } else { format!("<sup>{}</sup>", cited.join(" ")) };
        let colon = if line.text.is_empty() { "" } else { ": " };
        writeln!(out, "<li><strong>{}</strong>{colon}{}{cited}</li>", escape(&line.subject), escape(&line.text))?;
    }
    writeln!(out, "</ul>")?;
    if let Some(more) = &section.more {
        writeln!(out, "<p class=\"lead\">{}</p>", escape(more))?;
    }
    if let Some(figure) = &section.figure {
        // Ids on one page differ.
        let drawn = briefing.drawn(figure, &format!("{}-", figure.name));
        writeln!(out, "<figure>\n{drawn}<figcaption>{}</figcaption>\n</figure>", escape(figure.caption))?;
    }
    writeln!(out, "</section>")
}

fn escape(text: &str) -> String {
    escape_markup(&crate::output::clean(text))
}
