//! Faults drawn for people, with carets under the text, or written as JSON for programs. To standard error, always.

use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Message, Renderer, Snippet};
use serde_json::json;
use silkgraph::diagnostic::{Diagnostic, Severity};
use silkgraph::span::{LineIndex, Span};

use super::failure::Source;
use super::safe::{is_unsafe, safe, safe_line, shown};

/// How faults are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Drawn, with or without colours.
    Drawn {
        /// Whether colours are used.
        colour: bool,
        /// How wide the terminal is.
        width: usize,
    },
    /// One JSON object a line.
    Json,
}

/// Writes `diagnostic`, whose places are in `source`, to standard error. What cannot be written there is lost.
pub fn show(diagnostic: &Diagnostic, source: Option<&Source>, manner: Manner) {
    let shown = match manner {
        Manner::Drawn { colour, width } => draw(diagnostic, source, colour, width),
        Manner::Json => format!("{}\n", as_json(diagnostic, source)),
    };
    put(&shown);
}

/// Writes a remark on an answer to standard error.
pub fn remark(kind: &str, text: &str, manner: Manner) {
    let shown = match manner {
        Manner::Drawn { colour: true, .. } => format!("\x1b[2m{}: {}\x1b[0m\n", kind, safe(text)),
        Manner::Drawn { colour: false, .. } => format!("{}: {}\n", kind, safe(text)),
        Manner::Json => format!("{}\n", json!({"severity": "note", "kind": kind, "message": text})),
    };
    put(&shown);
}

/// Writes text as it is to standard error.
pub fn put(shown: &str) {
    let _ = io::stderr().lock().write_all(shown.as_bytes());
}

/// The drawing, with a line end.
pub fn draw(diagnostic: &Diagnostic, source: Option<&Source>, colour: bool, width: usize) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(if colour { DecorStyle::Unicode } else { DecorStyle::Ascii }).term_width(width);
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let origin = diagnostic.origin.as_deref().map(safe_line);
    let message = match (&origin, source) {
        // Without a text to point into, the origin stands in front.
        (Some(origin), None) => format!("{origin}: {}", safe(&diagnostic.message)),
        _ => safe(&diagnostic.message).into_owned(),
    };
    let mut group = Group::with_title(level.primary_title(message).id(diagnostic.code));
    if let Some(source) = source.filter(|_| !diagnostic.labels.is_empty()) {
        let name = origin.as_deref().unwrap_or(&source.name);
        group = group.element(snippet(diagnostic, source, name));
    } else if let (Some(origin), Some(_)) = (&origin, source) {
        group = group.element(annotate_snippets::Origin::path(origin.to_string()));
    }
    let hints = diagnostic.hints.iter().map(|h| Level::HELP.message(safe(h).into_owned()));
    let group = hints.fold(group, |group, hint: Message<'_>| group.element(hint));
    let mut drawn = renderer.render(&[group]);
    drawn.push('\n');
    drawn
}

/// The text with its marks. Only the lines around the marks are given to the renderer: texts may be long.
fn snippet<'a>(diagnostic: &'a Diagnostic, source: &Source, name: &str) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let text = source.text.as_str();
    let spans: Vec<Range<usize>> = diagnostic.labels.iter().map(|l| within(l.span, text)).collect();
    let first = spans.iter().map(|s| s.start).min().unwrap_or(0);
    let last = spans.iter().map(|s| s.end).max().unwrap_or(0);
    let start = text[..first].rfind('\n').map_or(0, |n| n + 1);
    let end = text[last..].find('\n').map_or(text.len(), |n| last + n);
    let line = text[..start].matches('\n').count() + source.line;
    let (clean, map) = clean(&text[start..end]);
    let mut snippet = Snippet::source(clean).line_start(line).fold(true).path(safe_line(name).into_owned());
    for (at, (label, span)) in diagnostic.labels.iter().zip(spans).enumerate() {
        let kind = if at == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let mut mark = kind.span(map(span.start - start)..map(span.end - start));
        if !label.text.is_empty() {
            mark = mark.label(safe_line(&label.text).into_owned());
        }
        snippet = snippet.annotation(mark);
    }
    snippet
}

/// A span as a range of whole characters of `text`, whatever it says.
fn within(span: Span, text: &str) -> Range<usize> {
    let back = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = back(span.start as usize);
    start..back(span.end as usize).max(start)
}

/// `text` without what could harm a terminal, and where each of its bytes went.
fn clean(text: &str) -> (String, impl Fn(usize) -> usize) {
    let mut out = String::with_capacity(text.len());
    let mut moves: Vec<(usize, usize)> = Vec::new();
    for (at, c) in text.char_indices() {
        if is_unsafe(c) {
            out.push(shown(c));
            moves.push((at + c.len_utf8(), out.len()));
        } else {
            out.push(c);
        }
    }
    let map = move |at: usize| match moves.partition_point(|m| m.0 <= at).checked_sub(1).and_then(|i| moves.get(i)) {
        Some(&(old, new)) => new + (at - old),
        None => at,
    };
    (out, map)
}

/// The fault as one JSON object: places in bytes and as line and column.
pub fn as_json(diagnostic: &Diagnostic, source: Option<&Source>) -> serde_json::Value {
    let index = source.map(|s| LineIndex::new(s.text.as_bytes()));
    let labels: Vec<_> = diagnostic
        .labels
        .iter()
        .map(|l| {
            let mut label = json!({"start": l.span.start, "end": l.span.end, "text": l.text});
            if let (Some(index), Some(source)) = (&index, source) {
                let (line, column) = index.line_column(source.text.as_bytes(), l.span.start as usize);
                label["line"] = (line as usize + source.line - 1).into();
                label["column"] = column.into();
            }
            label
        })
        .collect();
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    json!({
        "severity": severity,
        "code": diagnostic.code,
        "message": diagnostic.message,
        "origin": diagnostic.origin.as_deref().or(source.map(|s| s.name.as_str())),
        "labels": labels,
        "hints": diagnostic.hints,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carets_stand_under_characters_that_are_wide_or_long_in_bytes() {
        let text = "routes from Türkiye to 阿克套 bypasing Russia";
        let at = text.find("bypasing").unwrap_or(0);
        let fault = Diagnostic::error("Q001", "unexpected word")
            .of("query")
            .at(Span::new(at, at + 8), "no such word")
            .hint("did you mean `bypassing`?");
        insta::assert_snapshot!(draw(&fault, Some(&Source::whole("query", text)), false, 100));
    }

    #[test]
    fn hostile_text_is_drawn_harmless() {
        let text = "show \u{1b}]0;evil\u{7}\u{202e}Russia";
        let at = text.find("Russia").unwrap_or(0);
        let fault = Diagnostic::error("Q002", "no \u{1b}[31mname").of("a\nb").at(Span::new(at, at + 6), "here\u{9b}");
        let drawn = draw(&fault, Some(&Source::whole("query", text)), false, 100);
        assert!(!drawn.chars().any(|c| c != '\n' && is_unsafe(c)), "{drawn:?}");
        insta::assert_snapshot!(drawn);
    }

    #[test]
    fn spans_that_are_off_do_no_harm() {
        let text = "ü";
        for (start, end) in [(0, 1), (1, 2), (1, 1), (5, 9), (0, 99)] {
            let fault = Diagnostic::error("Q003", "off").at(Span::new(start, end), "");
            assert!(draw(&fault, Some(&Source::whole("query", text)), false, 80).contains("off"));
        }
    }

    #[test]
    fn json_tells_line_and_column() {
        let text = "list states\nshöw X";
        let at = text.find('X').unwrap_or(0);
        let fault = Diagnostic::error("Q004", "no").at(Span::new(at, at + 1), "x");
        let json = as_json(&fault, Some(&Source::whole("query", text)));
        assert_eq!((json["labels"][0]["line"].as_u64(), json["labels"][0]["column"].as_u64()), (Some(2), Some(6)));
    }
}
