//! The briefing over the small graph with hostile text, in both formats.

use super::{Briefing, ReportFormat};
use crate::output::tests::graph;
use crate::schema::Schema;

fn briefing(format: ReportFormat) -> String {
    let (mut out, graph) = (Vec::new(), graph());
    Briefing::new(&graph, Schema::builtin(), "2026-01-01".parse().ok()).write(format, Some("b <1>"), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_briefing_as_markdown() {
    let text = briefing(ReportFormat::Markdown);
    assert!(text.starts_with("# What 2 articles say\n"), "{text}");
    for wanted in [
        "## Corridors and ways",
        "- **Middle Corridor**: by way of Azerbaijan (planned), Kazakhstan; is funded by",
        "(about \\$4 billion, planned)",
        "## What bypasses what",
        "- **Russia**: is left out by Middle Corridor",
        "## Due",
        "a.txt:12 (2025-12-20): “The Middle Corridor starts in Kazakhstan.”",
    ] {
        assert!(text.contains(wanted), "{wanted}\n{text}");
    }
    assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}') && !text.contains("<b>"), "{text}");
}

#[test]
fn every_note_is_cited_and_every_citation_has_a_note() {
    let text = briefing(ReportFormat::Markdown);
    let notes = text.lines().filter(|l| l.starts_with("[^")).count();
    assert!(notes >= 4);
    for n in 1..=notes {
        assert_eq!(text.matches(&format!("[^{n}]: ")).count(), 1, "{n}");
        assert!(text.matches(&format!("[^{n}]")).count() > 1, "{n}");
    }
    assert!(!text.contains(&format!("[^{}]", notes + 1)));
}

#[test]
fn a_briefing_as_a_page_holds_no_markup_of_documents() {
    let page = briefing(ReportFormat::Html);
    assert!(page.contains("=cmd|&#39; /C calc&#39;!A0"), "{page}");
    assert!(!page.contains("<b>") && !page.contains("<script"));
    assert!(page.contains("href=\"#n1\"") && page.contains("id=\"n1\""));
}
