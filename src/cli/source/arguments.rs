//! From the SOURCE arguments to graph files and documents with their ids.
//!
//! A document's id is its path within the folder that was given, or its file name, or `stdin`; where two would clash,
//! both get the argument as prefix. Nothing is opened here but folders.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use silkgraph::diagnostic::Diagnostic;
use walkdir::WalkDir;

use super::super::failure::{Failure, Outcome};

/// Endings that are read as documents in a folder; a file that is named is read whatever its ending.
const DOCUMENT_ENDINGS: [&str; 8] = ["txt", "text", "md", "markdown", "html", "htm", "xhtml", "mdown"];
/// What a folder of documents may hold besides.
pub const CORRECTIONS: &str = "corrections.ron";

/// A file that holds a graph, or part of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GraphFile {
    /// `.silk`.
    Stored(PathBuf),
    /// `.ron`.
    Ron(PathBuf),
    /// `.json`.
    Json(PathBuf),
    /// `.jsonl`.
    Claims(PathBuf),
    /// A folder with `nodes.csv` and `edges.csv`.
    Tables(PathBuf),
}

impl GraphFile {
    /// Where it is.
    pub fn path(&self) -> &Path {
        match self {
            Self::Stored(path) | Self::Ron(path) | Self::Json(path) | Self::Claims(path) | Self::Tables(path) => path,
        }
    }
}

/// Where a document's bytes are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In a file.
    File(PathBuf),
    /// On standard input.
    Stdin,
    /// In the program.
    Builtin(&'static [u8]),
}

/// What the arguments stand for.
#[derive(Debug, Default)]
pub struct Found {
    /// Graphs, in order of the arguments.
    pub graphs: Vec<GraphFile>,
    /// Documents by ascending id.
    pub documents: Vec<(String, Place)>,
    /// A corrections file beside documents.
    pub corrections: Vec<PathBuf>,
    /// What was passed over.
    pub warnings: Vec<Diagnostic>,
}

/// A document before clashes of ids are settled.
struct Candidate {
    id: String,
    /// The id with the argument in front.
    long: String,
    place: Place,
}

/// Finds what the arguments stand for.
pub fn find(arguments: &[PathBuf]) -> Outcome<Found> {
    let mut found = Found::default();
    let mut candidates = Vec::new();
    for argument in arguments {
        if argument.as_os_str() == "-" {
            candidates.push(Candidate { id: "stdin".to_owned(), long: "-".to_owned(), place: Place::Stdin });
            continue;
        }
        for path in expand(argument)? {
            one(&path, &mut found, &mut candidates)?;
        }
    }
    found.documents = settle(candidates);
    found.corrections.dedup();
    Ok(found)
}

/// The paths that an argument with `*`, `?` or `[…]` matches; any other as it is.
fn expand(argument: &Path) -> Outcome<Vec<PathBuf>> {
    let text = argument.to_string_lossy();
    if argument.exists() || !text.contains(['*', '?', '[']) {
        return Ok(vec![argument.to_owned()]);
    }
    let wrong = |why: String| Failure::plain(Diagnostic::error("C010", format!("`{text}` is no pattern of files: {why}")));
    let matches = glob::glob(&text).map_err(|e| wrong(e.to_string()))?;
    let paths: Vec<PathBuf> = matches.collect::<Result<_, _>>().map_err(|e| Failure::read(e.path(), e.error()))?;
    if paths.is_empty() {
        return Err(Failure::read(argument, "no file matches"));
    }
    Ok(paths)
}

fn one(path: &Path, found: &mut Found, candidates: &mut Vec<Candidate>) -> Outcome<()> {
    let kind = fs::metadata(path).map_err(|e| missing(path, &e))?;
    if kind.is_dir() {
        return folder(path, found, candidates);
    }
    let owned = path.to_owned();
    match ending(path).as_str() {
        "silk" => found.graphs.push(GraphFile::Stored(owned)),
        "ron" => found.graphs.push(GraphFile::Ron(owned)),
        "json" => found.graphs.push(GraphFile::Json(owned)),
        "jsonl" | "ndjson" => found.graphs.push(GraphFile::Claims(owned)),
        "csv" if path.with_file_name("nodes.csv").is_file() && path.with_file_name("edges.csv").is_file() => {
            // Either of the two stands for both.
            let tables = GraphFile::Tables(path.parent().map_or_else(|| PathBuf::from("."), Path::to_owned));
            if !found.graphs.contains(&tables) {
                found.graphs.push(tables);
            }
        }
        _ => {
            let id = path.file_name().map_or_else(|| slashed(path), |n| n.to_string_lossy().into_owned());
            candidates.push(Candidate { id, long: slashed(path), place: Place::File(owned) });
            corrections_in(path.parent().unwrap_or(Path::new("")), found);
        }
    }
    Ok(())
}

fn missing(path: &Path, why: &std::io::Error) -> Failure {
    let commands = ["build", "query", "export", "diff", "extract", "check", "report", "completions"];
    let typed = path.to_string_lossy();
    let close = commands.iter().find(|c| strsim::damerau_levenshtein(c, &typed) <= 2);
    let fault = Diagnostic::error("C001", format!("cannot read {typed}: {why}"));
    match close {
        Some(command) => Failure::Unreadable(fault.hint(format!("did you mean the command `{command}`?"))),
        None => Failure::Unreadable(fault),
    }
}

fn folder(path: &Path, found: &mut Found, candidates: &mut Vec<Candidate>) -> Outcome<()> {
    if path.join("nodes.csv").is_file() && path.join("edges.csv").is_file() {
        found.graphs.push(GraphFile::Tables(path.to_owned()));
        return Ok(());
    }
    corrections_in(path, found);
    let hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
    let walk = WalkDir::new(path).follow_links(true).sort_by_file_name().into_iter();
    let mut others: BTreeMap<String, usize> = BTreeMap::new();
    let before = candidates.len();
    for entry in walk.filter_entry(|e| e.depth() == 0 || !hidden(e.file_name())) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(e) if e.depth() == 0 => return Err(Failure::list(path, e)),
            Err(e) => {
                let place = e.path().map_or_else(|| slashed(path), slashed);
                found.warnings.push(Diagnostic::warning("C011", format!("left out: {}", reason(&e))).of(place));
                continue;
            }
        };
        if entry.file_type().is_dir() {
            continue;
        }
        if !entry.file_type().is_file() {
            let what = format!("left out: {} is no document", sort_of(entry.file_type()));
            found.warnings.push(Diagnostic::warning("C011", what).of(slashed(entry.path())));
            continue;
        }
        let file = entry.path();
        if DOCUMENT_ENDINGS.contains(&ending(file).as_str()) {
            let id = slashed(file.strip_prefix(path).unwrap_or(file));
            let long = format!("{}/{id}", slashed(path).trim_end_matches('/'));
            candidates.push(Candidate { id, long, place: Place::File(file.to_owned()) });
        } else if entry.file_name() != CORRECTIONS {
            *others.entry(ending(file)).or_default() += 1;
        }
    }
    if !others.is_empty() {
        found.warnings.push(passed_over(path, &others));
    }
    if candidates.len() == before {
        found.warnings.push(Diagnostic::warning("C012", "no documents in this folder").of(slashed(path)));
    }
    Ok(())
}

/// What lies in a folder and is neither a file nor a folder: whoever opens it may wait for ever.
#[cfg(unix)]
fn sort_of(kind: fs::FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt as _;
    if kind.is_fifo() {
        "a named pipe"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

#[cfg(not(unix))]
fn sort_of(_: fs::FileType) -> &'static str {
    "this"
}

fn reason(error: &walkdir::Error) -> String {
    match (error.loop_ancestor(), error.io_error()) {
        (Some(_), _) => "the link leads back to a folder that it is in".to_owned(),
        (None, Some(why)) => why.to_string(),
        (None, None) => error.to_string(),
    }
}

fn passed_over(path: &Path, others: &BTreeMap<String, usize>) -> Diagnostic {
    let count: usize = others.values().sum();
    let files = if count == 1 { "file" } else { "files" };
    let kinds: Vec<String> = others
        .iter()
        .take(8)
        .map(|(ending, n)| if ending.is_empty() { format!("{n} without ending") } else { format!("{n} .{ending}") })
        .collect();
    Diagnostic::warning("C013", format!("{count} {files} of other kinds passed over: {}", kinds.join(", ")))
        .of(slashed(path))
        .hint("a folder is read for .txt, .md and .html; name a file to read it whatever its ending")
}

fn corrections_in(folder: &Path, found: &mut Found) {
    let file = folder.join(CORRECTIONS);
    if file.is_file() && !found.corrections.contains(&file) {
        found.corrections.push(file);
    }
}

/// Gives each document an id of its own; a file that is named twice is read once.
fn settle(mut candidates: Vec<Candidate>) -> Vec<(String, Place)> {
    let mut seen = BTreeSet::new();
    candidates.retain(|c| match &c.place {
        Place::File(path) => seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.clone())),
        Place::Stdin => seen.insert(PathBuf::from("-")),
        Place::Builtin(_) => true,
    });
    let mut holders: BTreeMap<&str, usize> = BTreeMap::new();
    for candidate in &candidates {
        *holders.entry(&candidate.id).or_default() += 1;
    }
    let clashing: BTreeSet<String> = holders.into_iter().filter(|h| h.1 > 1).map(|h| h.0.to_owned()).collect();
    let named = |c: Candidate| if clashing.contains(&c.id) { (c.long, c.place) } else { (c.id, c.place) };
    let mut documents: Vec<(String, Place)> = candidates.into_iter().map(named).collect();
    documents.sort_by(|a, b| a.0.cmp(&b.0));
    documents
}

fn ending(path: &Path) -> String {
    path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default()
}

fn slashed(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    text.strip_prefix("./").map_or(text.clone(), str::to_owned)
}
