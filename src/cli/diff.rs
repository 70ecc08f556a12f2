//! `diff`: what came, went and changed between two graphs, with the sentences.

use std::io::{self, BufWriter, Write};
use std::slice;

use serde_json::json;
use silkgraph::graph::diff::{Change, Diff, Kind, Summary, diff};

use super::args::{DiffArgs, DiffFormat};
use super::context::Context;
use super::failure::{Outcome, Status};
use super::safe::safe_line;
use super::source;

/// Runs `diff`.
pub fn run(args: &DiffArgs, context: &Context) -> Outcome {
    let load = |path| source::load_whole(slice::from_ref(path), context, 0).map(|l| l.graph);
    let (old, new) = (load(&args.old)?, load(&args.new)?);
    let changes = diff(&old, &new);
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        DiffFormat::Table => table(&changes, context.colour, &mut out)?,
        DiffFormat::Json => {
            let whole = json!({"summary": changes.summary(), "changes": changes.changes});
            writeln!(out, "{whole:#}")?;
        }
        DiffFormat::Markdown => changes.write_markdown(&mut out)?,
    }
    out.flush()?;
    if args.format == DiffFormat::Table {
        drop(out);
        context.remark("changed", &counts(&changes.summary()));
    }
    Ok(if changes.is_empty() { Status::Done } else { Status::Nothing })
}

fn table(changes: &Diff, colour: bool, out: &mut dyn Write) -> io::Result<()> {
    for change in &changes.changes {
        let (sign, code) = match kind(change) {
            Kind::Came => ('+', "32"),
            Kind::Went => ('-', "31"),
            Kind::Changed => ('~', "33"),
        };
        let line = change.to_string();
        let line = safe_line(line.split_once(": ").map_or(line.as_str(), |(_, rest)| rest)).into_owned();
        if colour {
            writeln!(out, "\x1b[{code}m{sign} {line}\x1b[0m")?;
        } else {
            writeln!(out, "{sign} {line}")?;
        }
        for sentence in change.sentences() {
            writeln!(out, "    {}  {}", safe_line(&sentence.citation()), safe_line(&sentence.text))?;
        }
        for sentence in change.gone() {
            writeln!(out, "    gone: {}  {}", safe_line(&sentence.citation()), safe_line(&sentence.text))?;
        }
    }
    Ok(())
}

fn kind(change: &Change) -> Kind {
    match change {
        Change::Node { change, .. } | Change::Edge { change, .. } | Change::Attribute { change, .. } => *change,
    }
}

/// How much changed, in words.
pub fn counts(summary: &Summary) -> String {
    let part = |name: &str, [came, went, changed]: [usize; 3]| format!("{name} +{came} -{went} ~{changed}");
    if *summary == Summary::default() {
        return "nothing".to_owned();
    }
    [part("nodes", summary.nodes), part("edges", summary.edges), part("attributes", summary.attributes)].join(", ")
}
