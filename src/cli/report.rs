//! `report`: a briefing as a file, with its pictures.

use silkgraph::diagnostic::Diagnostic;
use silkgraph::output::report::{Briefing, ReportFormat};

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
    let graph = source::load_whole(&args.sources, context, 0)?.graph;
    let briefing = Briefing::new(&graph, context.schema()?, Some(context.today));
    // Markdown holds no pictures: they stand beside it, where there is a beside.
    let stem = args.output.file_stem().filter(|_| format == ReportFormat::Markdown && args.output.as_os_str() != "-");
    let stem = stem.map(|s| s.to_string_lossy().into_owned());
    if let Some(stem) = &stem {
        for (name, picture) in briefing.pictures() {
            files::replace(&args.output.with_file_name(format!("{stem}-{name}.svg")), |out| out.write_all(picture.as_bytes()))?;
        }
    }
    files::write_to(&args.output, |out| briefing.write(format, stem.as_deref(), out))?;
    Ok(Status::Done)
}
