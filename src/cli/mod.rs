//! The command line: files, terminal, clock and environment. Uses the library as anybody could.
//!
//! [`args`] says what can be typed; each command has a file of its own. Results go to standard output, everything else to
//! standard error.

mod args;
mod ask;
mod begun;
mod build;
mod check;
mod commands;
mod context;
mod diagnostics;
mod diff;
mod driver;
mod export;
mod extract;
mod failure;
mod files;
mod interrupt;
mod lock;
mod progress;
mod prompt;
mod report;
mod safe;
mod script;
mod session;
mod source;
mod target;

use std::io::{self, IsTerminal as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{ArgMatches, CommandFactory as _, FromArgMatches as _};
use silkgraph::diagnostic::Diagnostic;

use self::args::{AskArgs, Cli, Command};
use self::ask::Script;
use self::context::Context;
use self::failure::{Failure, Outcome, Status};

/// Runs the program.
pub fn main() -> ExitCode {
    let parsed = Cli::command().try_get_matches().and_then(|m| Ok((Cli::from_arg_matches(&m)?, m)));
    let (cli, matches) = match parsed {
        Ok(parsed) => parsed,
        // Help and version are no errors, and a closed pipe is none either.
        Err(told) => {
            let _ = told.print();
            return ExitCode::from(if told.use_stderr() { Status::Bad } else { Status::Done });
        }
    };
    interrupt::install();
    let mut context = Context::new(&cli.global);
    match run(cli, &matches, &mut context) {
        Ok(status) => status.into(),
        Err(failure) => {
            let status = failure.status();
            context.tell_failure(failure);
            status.into()
        }
    }
}

fn run(cli: Cli, matches: &ArgMatches, context: &mut Context) -> Outcome {
    if let (Some(_), Some(first)) = (&cli.command, cli.sources.first()) {
        let fault = Diagnostic::error("C004", format!("{} stands before the command", first.display()));
        return Err(Failure::plain(fault.hint("write silkgraph COMMAND SOURCE…")));
    }
    match cli.command {
        None => question(&cli.sources, &cli.ask, (cli.no_history, cli.pager), matches, context),
        Some(Command::Query(args)) => {
            let matches = matches.subcommand().map_or(matches, |s| s.1);
            question(&args.sources, &args.ask, (cli.no_history, cli.pager), matches, context)
        }
        Some(Command::Build(args)) => build::run(&args, context),
        Some(Command::Export(args)) => export::run(&args, context),
        Some(Command::Diff(args)) => diff::run(&args, context),
        Some(Command::Extract(args)) => extract::run(&args, context),
        Some(Command::Check(args)) => check::run(&args, context),
        Some(Command::Report(args)) => report::run(&args, context),
        Some(Command::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "silkgraph", &mut script);
            session::put_out(&script)?;
            Ok(Status::Done)
        }
        Some(Command::Man) => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Cli::command()).render(&mut page)?;
            session::put_out(&page)?;
            Ok(Status::Done)
        }
    }
}

/// Answers the queries given; those of standard input where there are none, or opens the prompt if a person sits there.
fn question(sources: &[PathBuf], ask: &AskArgs, plain: (bool, bool), matches: &ArgMatches, context: &mut Context) -> Outcome {
    let mut scripts = ask::scripts(ask, matches);
    if scripts.is_empty() {
        if io::stdin().is_terminal() {
            return prompt::run(sources, ask, plain.0, plain.1, context);
        }
        scripts.push(Script::Stdin);
    }
    ask::run(sources, ask, scripts, context)
}
