//! `report`: a briefing as a file.

use silkgraph::diagnostic::Diagnostic;
use silkgraph::output::report::{self, ReportFormat};

use super::args::ReportArgs;
use super::context::Context;
use super::failure::{Failure, Outcome, Status};
use super::{files, source};

/// Runs `report`.
pub fn run(args: &ReportArgs, context: &Context) -> Outcome {
    let ending = args.output.extension().map(|e| e.to_string_lossy().into_owned());
    let name = args.to.clone().or(ending).unwrap_or_else(|| "md".to_owned());
    let Some(format) = ReportFormat::from_name(&name) else {
        let fault = Diagnostic::error("C020", format!("`{name}` is no format of briefings"));
        return Err(Failure::plain(fault.hint("there are md and html: say one with --to")));
    };
    let graph = source::load(&args.sources, context, 0)?.graph;
    let schema = context.schema()?;
    files::write_to(&args.output, |out| report::write(&graph, schema, format, Some(context.today), out))?;
    Ok(Status::Done)
}
