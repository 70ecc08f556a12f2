//! Lists the RON files of `graph-schema/` and the documents of `seeds/` to be compiled in, so that a file
//! added there needs no line of Rust, and makes the snapshots of schema, patterns and names that the program starts with.
//!
//! The snapshot is made by the modules that read schemas at run time, compiled into this script as well: a fault in a RON
//! file is told here, with its place.

#![allow(dead_code, missing_docs, unused_imports, reason = "the script uses little of the modules that it borrows")]
#![allow(unfulfilled_lint_expectations, reason = "no documentation is asked for here")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use schema::patterns::Patterns;
use schema::{Schema, SchemaFile};
use span::LineIndex;

#[path = "src/diagnostic.rs"]
mod diagnostic;
#[path = "src/extract"]
mod extract {
    //! What cuts names into words.
    pub mod interner;
    pub mod token;
    pub mod trie;
}
#[path = "src/model.rs"]
mod model;
#[path = "src/names.rs"]
mod names;
#[path = "src/schema/mod.rs"]
mod schema;
#[path = "src/span.rs"]
mod span;

fn main() -> io::Result<()> {
    // What the script makes exists for the crate, and not yet for the script itself.
    println!("cargo:rustc-cfg=silkgraph_built");
    let parts = ["interner", "token", "trie"].map(|part| format!("src/extract/{part}.rs"));
    let borrowed = ["build.rs", "src/diagnostic.rs", "src/model.rs", "src/names.rs", "src/schema", "src/span.rs"];
    for borrowed in borrowed.into_iter().chain(parts.iter().map(String::as_str)) {
        println!("cargo:rerun-if-changed={borrowed}");
    }
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let schema = list(&root.join("graph-schema"), &|path| path.extension().is_some_and(|e| e == "ron"))?;
    write("schema_files.rs", array(&schema, "include_str").as_bytes())?;
    let checked = checked(&schema)?;
    write("schema.snapshot", &checked.to_snapshot().map_err(io::Error::other)?)?;
    // Whose names they are stands before them.
    write("names.snapshot", &[checked.hash.as_bytes(), &extract::trie::Trie::of(&checked).to_bytes()].concat())?;
    write("patterns.snapshot", &patterns(&schema)?)?;
    let endings = ["txt", "md", "html"];
    let is_document =
        |path: &Path| path.extension().is_some_and(|e| endings.iter().any(|d| *d == e)) && !path.ends_with("README.md");
    write("seed_files.rs", array(&list(&root.join("seeds"), &is_document)?, "include_bytes").as_bytes())
}

/// The schema of the files.
fn checked(files: &[(String, PathBuf)]) -> io::Result<Schema> {
    let texts = files.iter().map(|(name, path)| Ok(SchemaFile::new(name.clone(), fs::read_to_string(path)?)));
    let texts: Vec<SchemaFile> = texts.collect::<io::Result<_>>()?;
    Schema::load(&texts).map_err(|faults| {
        let told = faults.iter().map(|fault| {
            let file = texts.iter().find(|f| fault.origin.as_deref() == Some(&*f.path));
            let place = file.zip(fault.labels.first()).map_or_else(String::new, |(file, label)| {
                let (line, column) =
                    LineIndex::new(file.text.as_bytes()).line_column(file.text.as_bytes(), label.span.start as usize);
                format!(":{line}:{column}")
            });
            format!("graph-schema/{}{place}: {}", fault.origin.as_deref().unwrap_or_default(), fault.message)
        });
        io::Error::other(format!("the schema is faulty:\n{}", told.collect::<Vec<_>>().join("\n")))
    })
}

/// The patterns of the files as bytes.
fn patterns(files: &[(String, PathBuf)]) -> io::Result<Vec<u8>> {
    let files = files.iter().filter(|(name, _)| name.starts_with("patterns/"));
    let texts = files.map(|(name, path)| Ok((name.as_str(), fs::read_to_string(path)?))).collect::<io::Result<Vec<_>>>()?;
    let patterns = Patterns::read(texts.iter().map(|(name, text)| (*name, text.as_str()))).map_err(|faults| {
        let told = faults.iter().map(|fault| format!("graph-schema/{fault}")).collect::<Vec<_>>();
        io::Error::other(format!("the patterns are faulty:\n{}", told.join("\n")))
    })?;
    patterns.to_snapshot().map_err(io::Error::other)
}

fn write(name: &str, bytes: &[u8]) -> io::Result<()> {
    fs::write(PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join(name), bytes)
}

/// The files of a folder, by ascending path: their paths within it, with `/`, and their whole paths.
fn list(root: &Path, wanted: &dyn Fn(&Path) -> bool) -> io::Result<Vec<(String, PathBuf)>> {
    let mut files = Vec::new();
    if root.is_dir() {
        walk(root, wanted, &mut files)?;
    } else {
        println!("cargo:rerun-if-changed={}", root.display());
    }
    files.sort();
    let within = |file: &Path| file.strip_prefix(root).unwrap_or(file).to_string_lossy().replace('\\', "/");
    Ok(files.into_iter().map(|file| (within(&file), file)).collect())
}

/// An array of (path within the folder, content), as Rust.
fn array(files: &[(String, PathBuf)], include: &str) -> String {
    let mut out = String::from("&[\n");
    for (name, path) in files {
        let _ = writeln!(out, "    ({name:?}, {include}!({:?})),", path.to_string_lossy());
    }
    out.push_str("]\n");
    out
}

fn walk(folder: &Path, wanted: &dyn Fn(&Path) -> bool, files: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo:rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, wanted, files)?;
        } else if wanted(&path) {
            files.push(path);
        }
    }
    Ok(())
}
