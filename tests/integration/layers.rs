//! The house rules that a machine can keep: which module may import which, what no source file may hold, how long it may
//! be, and that no test file is forgotten.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each top-level module of the library, and what it may import.
const LAYERS: [(&str, &[&str]); 14] = [
    ("span", &[]),
    ("names", &[]),
    ("diagnostic", &["span"]),
    ("model", &["span"]),
    ("schema", &["diagnostic", "model", "names", "span"]),
    ("source", &["diagnostic", "model", "names", "pipeline", "schema", "span"]),
    ("extract", &["diagnostic", "model", "names", "schema", "span"]),
    ("graph", &["diagnostic", "model", "names", "span"]),
    ("merge", &["diagnostic", "graph", "model", "names", "schema", "span"]),
    ("pipeline", &["diagnostic", "extract", "graph", "merge", "model", "schema", "source", "span"]),
    ("query", &["diagnostic", "graph", "model", "names", "schema", "span"]),
    ("output", &["diagnostic", "graph", "model", "names", "query", "schema", "span"]),
    // The front door stands before all stages; none of them may import it.
    ("library", &["diagnostic", "extract", "graph", "merge", "output", "pipeline", "query", "schema", "source"]),
    // Declared in main.rs: it sees the library as anybody does.
    ("cli", &["cli"]),
];

/// Lines that a source file may have.
const LONGEST: usize = 800;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All Rust files under a folder of the package, with their texts.
fn sources(folder: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    collect(&root().join(folder), &mut files);
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(root()).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            let text = fs::read_to_string(&path).unwrap_or_default();
            (name, text)
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}

/// The modules that a text names after `crate::`, also within braces: `use crate::{span, graph::x}`.
fn imports(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let code = text.lines().map(|l| l.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n");
    for (at, _) in code.match_indices("crate::") {
        // `$crate::` and `some_crate::` are other things.
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(list) => {
                let list = list.split('}').next().unwrap_or_default();
                found.extend(list.split(',').map(|item| word(item.trim())).filter(|w| !w.is_empty()));
            }
            None => {
                found.insert(word(rest));
            }
        }
    }
    found
}

fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

fn module(name: &str) -> String {
    let rest = name.trim_start_matches("src/");
    word(rest.split('/').next().unwrap_or_default())
}

fn is_test(name: &str) -> bool {
    name.ends_with("/tests.rs") || name.contains("/tests/")
}

#[test]
fn modules_import_only_what_is_below_them() {
    let mut faults = Vec::new();
    for (name, text) in sources("src").iter().filter(|(n, _)| !is_test(n)) {
        let here = module(name);
        if matches!(here.as_str(), "lib" | "main") {
            continue;
        }
        let Some((_, allowed)) = LAYERS.iter().find(|l| l.0 == here) else {
            faults.push(format!("{name}: `{here}` has no place in the table of layers"));
            continue;
        };
        // Tests within a file may use what they need.
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        for import in imports(code).into_iter().filter(|i| *i != here && !allowed.contains(&i.as_str())) {
            faults.push(format!("{name}: `{here}` may not import `{import}`"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn files_say_what_they_hold_and_hold_no_left_overs() {
    let mut faults = Vec::new();
    for (name, text) in sources("src").into_iter().chain(sources("tests")).chain(sources("examples")) {
        if !text.starts_with("//!") {
            faults.push(format!("{name}: does not open with `//!`"));
        }
        if text.lines().count() > LONGEST {
            faults.push(format!("{name}: over {LONGEST} lines"));
        }
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            // Put together, so that this file passes its own test.
            for left_over in [concat!("dbg", "!("), concat!("todo", "!("), concat!("unimplemented", "!(")] {
                if code.contains(left_over) {
                    faults.push(format!("{name}:{}: {left_over}", number + 1));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_library_touches_no_file_terminal_clock_or_environment() {
    let mut faults = Vec::new();
    let forbidden =
        ["std::fs", "std::env::", "std::process", "SystemTime", "Instant::now", "println!", "print!(", "io::stdin", "io::stdout"];
    for (name, text) in sources("src").iter().filter(|(n, _)| !is_test(n) && !matches!(module(n).as_str(), "cli" | "main")) {
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (number, line) in code.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            for word in forbidden.iter().filter(|w| code.contains(**w)) {
                faults.push(format!("{name}:{}: {word}", number + 1));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_test_file_is_forgotten() {
    let mut faults = Vec::new();
    for folder in ["tests/integration", "tests/cli"] {
        let Ok(main) = fs::read_to_string(root().join(folder).join("main.rs")) else { continue };
        for entry in fs::read_dir(root().join(folder)).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let is_module = path.extension().is_some_and(|e| e == "rs") || path.join("mod.rs").is_file();
            if is_module && name != "main" && !main.lines().any(|l| l.trim_start_matches("pub ") == format!("mod {name};")) {
                faults.push(format!("{folder}/main.rs lacks `mod {name};`"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn imports_are_found_in_every_form() {
    let text = "use crate::span::Span;\nuse crate::{graph::json, model};\nlet x = crate::names::fold(y); // crate::not_this\n";
    let expected = ["graph", "model", "names", "span"].map(str::to_owned);
    assert_eq!(imports(text), BTreeSet::from(expected));
}
