//! `extract`: what documents say, or a stage before that, for people who write patterns.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::sync::Arc;

use silkgraph::extract::stage::Stage;
use silkgraph::graph::spool::Spool;

use super::args::{ExtractArgs, StageName};
use super::context::Context;
use super::failure::{Failure, Outcome, Status};
use super::progress::Bar;
use super::safe::safe;
use super::source::{self, Documents, Lines};

/// Runs `extract`.
pub fn run(args: &ExtractArgs, context: &Context) -> Outcome {
    let found = source::found(&args.sources, context)?;
    if let Some(graph) = found.graphs.first() {
        return Err(Failure::read(graph.path(), "a graph, not a document: claims are extracted from documents"));
    }
    let documents = Documents::new(found.documents);
    let stage = match args.stage {
        StageName::Tokens => Some(Stage::Tokens),
        StageName::Mentions => Some(Stage::Mentions),
        StageName::Clauses => Some(Stage::Clauses),
        StageName::Claims => None,
    };
    let left_out = match stage {
        Some(stage) => stages(documents, stage, context)?,
        None => extracted(documents, args, context)?,
    };
    Ok(if args.strict && left_out > 0 { Status::Bad } else { Status::Done })
}

fn extracted(documents: Documents, args: &ExtractArgs, context: &Context) -> Outcome<usize> {
    let least = args.min_confidence.unwrap_or(0);
    let mut out = BufWriter::new(io::stdout());
    if args.rules {
        let bar = Bar::reading(documents.len(), context);
        let (spool, left_out) = documents.extract(context, bar.progress(), least)?;
        bar.finish();
        rules(&spool, &mut out)?;
        out.flush()?;
        return Ok(left_out);
    }
    let bar = if io::stdout().is_terminal() { Bar::unseen() } else { Bar::reading(documents.len(), context) };
    let lines = Lines::new(documents.ids(), least, Box::new(out));
    let ended = documents.keep(context, bar.progress(), &lines);
    bar.finish();
    lines.finish()?;
    let ended = ended?;
    if ended.stopped { Err(Failure::Interrupted) } else { Ok(ended.left_out) }
}

/// Each rule with the claims and documents that it fired in; one that fires in one document only is suspect.
fn rules(spool: &Spool, out: &mut dyn Write) -> Outcome<()> {
    let mut counts: BTreeMap<Arc<str>, (usize, usize)> = BTreeMap::new();
    for extraction in spool.extractions() {
        let mut here: BTreeMap<Arc<str>, usize> = BTreeMap::new();
        for claim in extraction.map_err(source::unreadable)?.claims {
            *here.entry(claim.rule).or_default() += 1;
        }
        for (rule, claims) in here {
            let count = counts.entry(rule).or_default();
            count.0 += claims;
            count.1 += 1;
        }
    }
    writeln!(out, "rule\tclaims\tdocuments")?;
    for (rule, (claims, documents)) in counts {
        writeln!(out, "{rule}\t{claims}\t{documents}")?;
    }
    Ok(())
}

fn stages(documents: Documents, stage: Stage, context: &Context) -> Outcome<usize> {
    let extractor = context.extractor()?;
    let mut out = BufWriter::new(io::stdout().lock());
    let several = documents.len() > 1;
    documents.each(context, |document| {
        if several {
            writeln!(out, "## {}", document.id)?;
        }
        let text = extractor.stage(document, stage);
        // Made for eyes: what stands in the document must not reach the terminal as a command.
        out.write_all(safe(&text).as_bytes())
    })
}
