//! The query language's front as users meet it: what a wrong query is told, and that printing and parsing agree.

use std::fmt::Write as _;
use std::path::Path;

use silkgraph::diagnostic::Diagnostic;
use silkgraph::query::Vocabulary;
use silkgraph::query::parse::parse;
use silkgraph::schema::Schema;
use silkgraph::span::LineIndex;

/// The cases of a file: its lines but for blank ones and those that start with `#`; `\n` is a line's end.
pub(crate) fn cases(file: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    text.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#')).map(|l| l.replace("\\n", "\n")).collect()
}

/// `diagnostic` with the line it points at and carets under it.
fn draw(text: &str, diagnostic: &Diagnostic) -> String {
    let mut out = format!("{diagnostic}\n");
    let index = LineIndex::new(text.as_bytes());
    for label in &diagnostic.labels {
        let (line, column) = index.line_column(text.as_bytes(), label.span.start as usize);
        let shown = text.lines().nth(line as usize - 1).unwrap_or("");
        let width = text[label.span.range()].chars().count().max(1);
        let _ = writeln!(out, "  | {shown}");
        let _ = writeln!(out, "  | {}{} {}", " ".repeat(column as usize - 1), "^".repeat(width), label.text);
    }
    for hint in &diagnostic.hints {
        let _ = writeln!(out, "  hint: {hint}");
    }
    out.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_wrong_query_says_what_is_wrong() {
    let vocabulary = Vocabulary::of(Schema::builtin());
    let mut shown = String::new();
    for case in cases("tests/syntax/errors.txt") {
        match parse(&case, &vocabulary) {
            Ok(statement) => panic!("{case}\nis taken for {statement:?}"),
            Err(error) => {
                let _ = writeln!(shown, "{}\n", draw(&case, &error.diagnostic()));
            }
        }
    }
    insta::assert_snapshot!("syntax_errors", shown);
}
