//! The pages under `docs/` that speak of formats and pictures say what the program does.

use std::fs;
use std::path::{Path, PathBuf};

use silkgraph::Builder;
use silkgraph::output::export::EXPORTERS;

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

/// The rows of the first table of a page, without its head.
fn rows(page: &str) -> Vec<String> {
    page.lines().skip_while(|l| !l.starts_with('|')).take_while(|l| l.starts_with('|')).skip(2).map(str::to_owned).collect()
}

#[test]
fn the_table_of_formats_is_that_of_the_program() {
    let wanted: Vec<String> = EXPORTERS
        .iter()
        .map(|e| {
            let endings: Vec<String> = e.extensions().iter().map(|x| format!(".{x}")).collect();
            let files = if e.parts().is_empty() { endings.join(", ") } else { format!("a folder of {}", e.parts().join(", ")) };
            format!("| `{}` | {files} | {} |", e.name(), e.about())
        })
        .collect();
    let page = fs::read_to_string(docs().join("exporters.md")).unwrap();
    assert_eq!(rows(&page).join("\n"), wanted.join("\n"));
}

#[test]
fn pictures_of_the_pages_are_there_and_none_lies_idle() {
    let mut linked: Vec<String> = Vec::new();
    for page in ["gallery.md", "../README.md"] {
        let text = fs::read_to_string(docs().join(page)).unwrap();
        let addresses = text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(address, _)| address);
        for address in addresses.filter(|a| a.contains("pictures/")) {
            let name = address.rsplit('/').next().unwrap_or_default().to_owned();
            assert!(docs().join("pictures").join(&name).is_file(), "{page} shows {name}, which is not there");
            linked.push(name);
        }
    }
    assert!(linked.len() > 5);
    for file in fs::read_dir(docs().join("pictures")).unwrap() {
        let name = file.unwrap().file_name().to_string_lossy().into_owned();
        assert!(linked.contains(&name), "docs/pictures/{name} is on no page");
    }
}

#[test]
fn queries_of_the_gallery_have_answers() {
    let mut builder = Builder::new();
    for file in fs::read_dir(docs().join("../seeds")).unwrap() {
        let file = file.unwrap();
        builder = builder.bytes(file.file_name().to_string_lossy(), fs::read(file.path()).unwrap());
    }
    let graph = builder.build().unwrap();
    let page = fs::read_to_string(docs().join("gallery.md")).unwrap();
    let queries: Vec<&str> = page.split("--select '").skip(1).filter_map(|rest| rest.split_once('\'')).map(|q| q.0).collect();
    assert!(queries.len() >= 4, "{page}");
    for query in queries {
        let answer = graph.query(query).run().unwrap_or_else(|fault| panic!("{query}: {fault}"));
        assert!(answer.rows.len() > 1, "{query} shows nothing");
    }
}
