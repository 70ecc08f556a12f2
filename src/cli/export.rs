//! `export`: the graph, or what an answer speaks of, as a file for another tool.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use silkgraph::diagnostic::Diagnostic;
use silkgraph::graph::store::{self, recipe};
use silkgraph::output::export::{EXPORTERS, Export, Exporter, exporter, exporter_of_extension};
use silkgraph::output::{PictureOptions, Selection};
use silkgraph::query::{Engine, Options, Params};

use super::args::ExportArgs;
use super::context::Context;
use super::failure::{Failure, Outcome, Source, Status};
use super::session::Session;
use super::{files, interrupt, source};

/// What the stored graph is called among the formats: the library's exporters do not have it.
const STORED: &str = "silk";

/// Where an export goes to.
#[derive(Clone, Copy)]
enum To {
    Exporter(&'static dyn Exporter),
    Stored,
}

/// Runs `export`.
pub fn run(args: &ExportArgs, context: &Context) -> Outcome {
    let to = format(args.to.as_deref(), &args.output)?;
    let loaded = source::load_whole(&args.sources, context, args.min_confidence.unwrap_or(0))?;
    let left_out = loaded.left_out;
    let graph = loaded.graph;
    let engine = Engine::new(&graph, context.schema()?);
    let options = Options { today: Some(context.today), ..Options::default() };
    let selection = match &args.select {
        Some(query) => Some(selected(&engine, query, &options, &Params::new(), &Source::whole("--select", query))?),
        None => None,
    };
    write(&args.output, to, &engine, selection, context)?;
    Ok(if args.strict && left_out > 0 { Status::Bad } else { Status::Done })
}

/// `.export FILE [QUERY]`.
pub fn from_session(file: &Path, query: Option<&str>, source: &Source, session: &Session<'_>) -> Outcome<()> {
    let to = format(None, file)?;
    source::check_whole(session.engine.graph(), session.sources)?;
    let settings = &session.settings;
    let selection = match query {
        Some(query) => {
            let source = Source { text: query.to_owned(), ..source.clone() };
            Some(selected(&session.engine, query, &settings.options, &settings.params, &source)?)
        }
        None => None,
    };
    write(file, to, &session.engine, selection, session.context)
}

/// What the answer to a query speaks of.
fn selected(engine: &Engine<'_>, query: &str, options: &Options, params: &Params, source: &Source) -> Outcome<Selection> {
    interrupt::stop_query();
    let answer = engine.query(query, params, options, &interrupt::QUERY);
    interrupt::release();
    let answer = answer.map_err(|fault| Failure::fault(fault, source))?;
    if answer.interrupted {
        return Err(Failure::Interrupted);
    }
    Ok(Selection::answer(&answer, engine.graph(), query))
}

/// Writes a selection, or all; into a folder where the format is of several files.
fn write(path: &Path, to: To, engine: &Engine<'_>, selection: Option<Selection>, context: &Context) -> Outcome<()> {
    let graph = engine.graph();
    let To::Exporter(exporter) = to else {
        if selection.is_some() {
            let fault = Diagnostic::error("C021", "a stored graph is a whole one: it cannot be of a selection");
            return Err(Failure::plain(fault.hint("export the selection to json, which is readable as a source too")));
        }
        let write = |out: &mut dyn Write| store::write(graph, [], recipe(graph.schema_hash()), out).map_err(io::Error::other);
        return files::write_to(path, write);
    };
    let selection = selection.unwrap_or_else(|| Selection::whole(graph, false));
    let pictures = PictureOptions::default();
    let export = Export { graph, schema: engine.schema(), selection: &selection, pictures: &pictures };
    if let Some(remark) = exporter.remark(&export) {
        context.remark("note", &remark);
    }
    if exporter.parts().is_empty() {
        return files::write_to(path, |out| exporter.write(&export, 0, out));
    }
    fs::create_dir_all(path).map_err(|e| Failure::write(path, e))?;
    for (number, part) in exporter.parts().iter().enumerate() {
        files::replace(&path.join(part), |out| exporter.write(&export, number, out))?;
    }
    Ok(())
}

/// The format: as said, else by the file's ending.
fn format(to: Option<&str>, output: &Path) -> Outcome<To> {
    let named = |name: &str| match name {
        STORED => Some(To::Stored),
        name => exporter(name).or_else(|| exporter_of_extension(name)).map(To::Exporter),
    };
    let ending = output.extension().map(|e| e.to_string_lossy().to_lowercase());
    let by_ending = |ending: &str| match ending {
        STORED => Some(To::Stored),
        ending => exporter_of_extension(ending).map(To::Exporter),
    };
    let (found, said) = match (to.map(str::to_lowercase), ending) {
        (Some(name), _) => (named(&name), name),
        (None, Some(ending)) => (by_ending(&ending), format!(".{ending}")),
        (None, None) => (None, output.display().to_string()),
    };
    found.ok_or_else(|| {
        let fault = Diagnostic::error("C020", format!("`{said}` tells no format that graphs are exported to"));
        Failure::plain(fault.hint(format!("say one with --to: {}", names())))
    })
}

/// The formats, for help.
pub fn names() -> String {
    EXPORTERS.iter().map(|e| e.name()).chain([STORED]).collect::<Vec<_>>().join(", ")
}
