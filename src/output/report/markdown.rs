//! A briefing as Markdown, with footnotes that GitHub and pandoc read.

use std::io::{self, Write};

use super::{Briefing, Notes};

pub(super) fn write(briefing: &Briefing<'_>, stem: Option<&str>, out: &mut dyn Write) -> io::Result<()> {
    let report = &briefing.report;
    let mut notes = Notes::new(briefing.graph);
    writeln!(out, "# {}\n", escape(&report.title))?;
    for line in &report.intro {
        writeln!(out, "{}\n", escape(line))?;
    }
    for section in &report.sections {
        writeln!(out, "## {}\n", section.title)?;
        if !section.lead.is_empty() {
            writeln!(out, "{}\n", section.lead)?;
        }
        for line in &section.lines {
            let cited: String = notes.numbers(&line.claims).iter().map(|n| format!("[^{n}]")).collect();
            let colon = if line.text.is_empty() { "" } else { ": " };
            writeln!(out, "- **{}**{colon}{}{cited}", escape(&line.subject), escape(&line.text))?;
        }
        match &section.more {
            Some(more) => writeln!(out, "\n{}\n", escape(more))?,
            None => writeln!(out)?,
        }
        if let (Some(figure), Some(stem)) = (&section.figure, stem) {
            // In angle brackets an address may hold spaces and brackets.
            let stem = stem.replace(['<', '>', '\n', '\\'], "-");
            writeln!(out, "![{}](<{stem}-{}.svg>)\n", escape(figure.caption), figure.name)?;
        }
    }
    for (number, (place, about, sentence)) in (1..).zip(notes.all()) {
        let about = if about.is_empty() { String::new() } else { format!(" ({})", escape(&about)) };
        writeln!(out, "[^{number}]: {}{about}: “{}”", escape(&place), escape(&sentence))?;
    }
    Ok(())
}

/// Text that Markdown shows as it is, and that starts neither markup nor HTML.
fn escape(text: &str) -> String {
    let text = super::super::clean(text);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '!' | '&' | '$') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
