//! How well extraction reads documents that careful readers annotated: nodes, edges, modes, values of attributes, and whether its
//! confidence can be believed.
//!
//! ```console
//! $ cargo run --example evaluate -- tests/heldout/docs tests/heldout/gold
//! ```
//!
//! `--errors` lists what was missed and made up, `--rules` how often each rule was right and what dropping it would do, `--drop` drops each
//! rule in turn and reads anew, `--weights` prints `confidence.ron`; further pairs of folders count with the first; `--schema DIR` reads by
//! another schema.

#![expect(clippy::print_stdout, reason = "an example prints what it finds")]

mod drop;
mod gold;
mod names;
mod score;
mod values;
mod weights;

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use silkgraph::Builder;
use silkgraph::schema::patterns::Patterns;
use silkgraph::schema::{Schema, SchemaFile};

use gold::Gold;
use score::{Count, Score, all, share};

fn main() -> Result<(), Box<dyn Error>> {
    let mut folders: Vec<PathBuf> = Vec::new();
    let (mut errors, mut rules, mut dropped, mut weighed, mut schema) = (false, false, false, false, None);
    let mut arguments = env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match &*argument {
            "--errors" => errors = true,
            "--rules" => rules = true,
            "--drop" => dropped = true,
            "--weights" => weighed = true,
            "--schema" => schema = arguments.next().map(PathBuf::from),
            _ => folders.push(argument.into()),
        }
    }
    if folders.len() < 2 {
        return Err("two folders are needed: documents and gold".into());
    }
    let own = schema.as_deref().map(read_schema).transpose()?;
    let (schema, patterns) =
        own.as_ref().map_or((Schema::builtin(), Patterns::builtin()), |(schema, patterns)| (schema, patterns));
    let mut documents = Vec::new();
    for pair in folders.chunks_exact(2) {
        documents.extend(annotated(&pair[0], &pair[1], schema)?);
    }
    if dropped {
        return drop::in_turn(&documents, schema, patterns);
    }
    let mut score = Score::default();
    for document in &documents {
        score.join(document.read(schema, patterns)?);
    }
    if errors {
        score.errors.iter().for_each(|line| println!("{line}"));
    }
    table("nodes", &score.nodes);
    table("edges", &score.edges);
    let found = all(&score.edges).right;
    println!(
        "mode {:.3}, evidence on the line {:.3}, over {found} edges found",
        share(score.mode_right, found),
        share(score.on_the_line, found)
    );
    table("values", &score.values);
    calibration(&score);
    if rules {
        by_rule(&score);
    }
    if weighed {
        weights::print(&score.judged, &patterns.confidence);
    }
    Ok(())
}

/// A document that careful readers annotated.
struct Annotated {
    name: String,
    bytes: Vec<u8>,
    gold: Gold,
}

impl Annotated {
    /// Reads it by itself and scores the graph.
    fn read(&self, schema: &Schema, patterns: &Patterns) -> Result<Score, Box<dyn Error>> {
        let mut builder = Builder::new().bytes(self.name.clone(), self.bytes.clone());
        if !std::ptr::eq(schema, Schema::builtin()) || !std::ptr::eq(patterns, Patterns::builtin()) {
            builder = builder.schema(schema, patterns);
        }
        let mut score = Score::default();
        score.add(&self.name, builder.build()?.knowledge(), &self.gold, &|kind| symmetric(schema, kind));
        Ok(score)
    }
}

fn symmetric(schema: &Schema, kind: &str) -> bool {
    schema.edge_type(kind).is_some_and(|id| schema.edge_types[usize::from(id.0)].symmetric)
}

/// The documents of a folder that have gold in another.
fn annotated(documents: &Path, folder: &Path, schema: &Schema) -> Result<Vec<Annotated>, Box<dyn Error>> {
    let mut all = Vec::new();
    for (name, gold) in gold::read(folder, &|kind| symmetric(schema, kind))? {
        let bytes = fs::read(documents.join(&name)).map_err(|e| io::Error::new(e.kind(), format!("{name}: {e}")))?;
        all.push(Annotated { name, bytes, gold });
    }
    Ok(all)
}

fn read_schema(folder: &Path) -> Result<(Schema, Patterns), Box<dyn Error>> {
    let mut files = Vec::new();
    for place in [folder.to_owned(), folder.join("gazetteer"), folder.join("patterns")] {
        for entry in fs::read_dir(&place)? {
            let path = entry?.path();
            if path.extension().is_some_and(|e| e == "ron") {
                let name = path.strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
                files.push(SchemaFile::new(name, fs::read_to_string(&path)?));
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let fault = |all: Vec<silkgraph::diagnostic::Diagnostic>| all.first().map_or_else(String::new, |d| d.message.clone());
    let schema = Schema::load(&files).map_err(fault)?;
    let patterns = files.iter().filter(|f| f.path.starts_with("patterns/")).map(|f| (&*f.path, &*f.text));
    let patterns = Patterns::read(patterns).map_err(|e| e.first().map_or_else(String::new, ToString::to_string))?;
    Ok((schema, patterns))
}

fn table(title: &str, counts: &BTreeMap<String, Count>) {
    println!("{title:18} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6}", "P", "R", "F1", "right", "extra", "missed");
    let total = all(counts);
    for (name, count) in counts.iter().map(|(n, c)| (n.as_str(), *c)).chain([("all", total)]) {
        println!(
            "  {name:16} {:6.3} {:6.3} {:6.3} {:6} {:6} {:6}",
            count.precision(),
            count.recall(),
            count.f1(),
            count.right,
            count.extra,
            count.missed
        );
    }
}

/// For each band of confidence: how many edges, how sure extraction was, and how many were right.
fn calibration(score: &Score) {
    println!("{:18} {:>6} {:>6} {:>6}", "confidence", "edges", "said", "right");
    for band in (0..10u16).rev() {
        let inside: Vec<_> = score.judged.iter().filter(|j| j.confidence.min(999) / 100 == band).collect();
        if inside.is_empty() {
            continue;
        }
        let said: usize = inside.iter().map(|j| usize::from(j.confidence)).sum();
        let right = inside.iter().filter(|j| j.right).count();
        let name = format!("{}–{}", band * 100, band * 100 + 99);
        println!("  {name:16} {:6} {:6.3} {:6.3}", inside.len(), share(said, 1000 * inside.len()), share(right, inside.len()));
    }
}

/// What a rule made, and what dropping it would do: an edge that no other rule made goes with it.
#[derive(Default)]
struct Worth<'a> {
    edges: usize,
    right: usize,
    alone: Count,
    /// Documents in which it alone made a right edge.
    helped: BTreeSet<&'a str>,
}

/// For each rule: its edges, and what the whole would be worth without it, in thousandths of F1 lost. A rule that helps one document only,
/// or none, is suspect.
fn by_rule(score: &Score) {
    let mut rules: BTreeMap<&str, Worth<'_>> = BTreeMap::new();
    for judged in &score.judged {
        let worth = rules.entry(&judged.rule).or_default();
        worth.edges += 1;
        worth.right += usize::from(judged.right);
        if judged.alone && judged.right {
            worth.alone.right += 1;
            worth.helped.insert(&judged.document);
        } else if judged.alone {
            worth.alone.extra += 1;
        }
    }
    let total = all(&score.edges);
    println!("{:28} {:>6} {:>6} {:>6} {:>6} {:>10}", "rule", "edges", "right", "share", "helps", "F1 without");
    for (rule, worth) in rules {
        let without = Count {
            right: total.right - worth.alone.right,
            extra: total.extra - worth.alone.extra,
            missed: total.missed + worth.alone.right,
        };
        let change = 1000.0 * (without.f1() - total.f1());
        let (edges, right) = (worth.edges, worth.right);
        println!("  {rule:26} {edges:6} {right:6} {:6.3} {:6} {change:+10.2}", share(right, edges), worth.helped.len());
    }
}
