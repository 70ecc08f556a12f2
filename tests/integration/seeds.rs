//! The documents that ship: what `docs/seeds.md` and `docs/questions.md` say of them holds.
//!
//! What the queries answer is tested where queries are.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use silkgraph::source;

fn package(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn text(path: &str) -> String {
    std::fs::read_to_string(package(path)).unwrap()
}

fn files() -> BTreeSet<String> {
    std::fs::read_dir(package("seeds")).unwrap().map(|f| f.unwrap().file_name().into_string().unwrap()).collect()
}

/// The cells of each row of a Markdown document's tables whose first cell `is_row` accepts.
fn rows(markdown: &str, is_row: impl Fn(&str) -> bool) -> Vec<Vec<String>> {
    let cells = |line: &str| {
        let line = line.replace("\\|", "\u{1}");
        line.trim_matches('|').split('|').map(|c| c.trim().replace('\u{1}', "|")).collect::<Vec<_>>()
    };
    markdown.lines().filter(|l| l.starts_with('|')).map(cells).filter(|c| is_row(&c[0])).collect()
}

#[test]
fn every_seed_is_described_and_nothing_else() {
    let described = rows(&text("docs/seeds.md"), |c| c.starts_with('`'));
    let described: BTreeSet<String> = described.iter().map(|c| c[0].trim_matches('`').to_owned()).collect();
    assert_eq!(described, files());
}

#[test]
fn seeds_are_short_and_read_without_a_warning() {
    for file in files() {
        let body = text(&format!("seeds/{file}"));
        let words = body.split_whitespace().count();
        assert!((150..=600).contains(&words), "{file} has {words} words");
        let (document, diagnostics) = source::read(&file, body.as_bytes());
        assert!(diagnostics.is_empty(), "{file}: {diagnostics:?}");
        assert!(document.is_some_and(|d| !d.articles.is_empty()), "{file} is not read");
    }
}

#[test]
fn forty_questions_point_at_seeds_that_exist() {
    let questions = rows(&text("docs/questions.md"), |c| c.parse::<u32>().is_ok());
    let numbers: Vec<u32> = questions.iter().map(|q| q[0].parse().unwrap()).collect();
    assert_eq!(numbers, (1..=40).collect::<Vec<_>>());
    let files = files();
    for question in &questions {
        let [_, _, query, places] = &question[..] else { panic!("not four cells: {question:?}") };
        assert!(query.starts_with('`') && query.ends_with('`'), "no query: {question:?}");
        for number in places.split(' ').filter(|p| *p != "any").flat_map(|p| p.split('–')) {
            assert!(files.iter().any(|f| f.starts_with(&format!("{number}-"))), "no seed {number}: {question:?}");
        }
    }
}
