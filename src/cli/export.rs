//! `export`: the graph, or an answer, as a file for another tool.

use std::io::{self, Write};
use std::path::Path;

use silkgraph::diagnostic::Diagnostic;
use silkgraph::graph::{json, ron};

use super::args::ExportArgs;
use super::context::Context;
use super::failure::{Failure, Outcome, Status};
use super::{files, source};

/// Runs `export`.
pub fn run(args: &ExportArgs, context: &Context) -> Outcome {
    let to = format_name(args.to.as_deref(), &args.output)?;
    let loaded = source::load(&args.sources, context, args.min_confidence.unwrap_or(0))?;
    let left_out = loaded.left_out;
    let graph = loaded.graph.known();
    let write = |out: &mut dyn Write| -> io::Result<()> {
        match to.as_str() {
            "ron" => ron::write(&graph, out),
            _ => json::write(&graph, out),
        }
    };
    files::write_to(&args.output, write)?;
    Ok(if args.strict && left_out > 0 { Status::Bad } else { Status::Done })
}

/// The format's name: as said, else by the file's ending.
fn format_name(to: Option<&str>, output: &Path) -> Outcome<String> {
    let known = ["json", "ron"];
    let ending = output.extension().map(|e| e.to_string_lossy().to_lowercase());
    let Some(name) = to.map(str::to_lowercase).or(ending) else {
        let fault = Diagnostic::error("C020", format!("the name {} tells no format", output.display()));
        return Err(Failure::plain(fault.hint(format!("say one with --to: {}", known.join(", ")))));
    };
    if known.contains(&name.as_str()) {
        return Ok(name);
    }
    let fault = Diagnostic::error("C020", format!("`{name}` is no format that graphs are exported to"));
    Err(Failure::plain(fault.hint(format!("there are {}", known.join(", ")))))
}
