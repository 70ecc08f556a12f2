//! Lists the RON files of `graph-schema/` and the documents of `seeds/` to be compiled in, so that a file
//! added there needs no line of Rust.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    list("graph-schema", "include_str", "schema_files.rs", &|path| path.extension().is_some_and(|e| e == "ron"))?;
    let endings = ["txt", "md", "html"];
    let is_document =
        |path: &Path| path.extension().is_some_and(|e| endings.iter().any(|d| *d == e)) && !path.ends_with("README.md");
    list("seeds", "include_bytes", "seed_files.rs", &is_document)
}

/// Writes the files of a folder as an array of (path within it, content).
fn list(folder: &str, include: &str, name: &str, wanted: &dyn Fn(&Path) -> bool) -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join(folder);
    let mut files = Vec::new();
    if root.is_dir() {
        walk(&root, wanted, &mut files)?;
    } else {
        println!("cargo:rerun-if-changed={}", root.display());
    }
    files.sort();
    let mut out = String::from("&[\n");
    for file in &files {
        let relative = file.strip_prefix(&root).unwrap_or(file).to_string_lossy().replace('\\', "/");
        let _ = writeln!(out, "    ({relative:?}, {include}!({:?})),", file.to_string_lossy());
    }
    out.push_str("]\n");
    fs::write(PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join(name), out)
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
