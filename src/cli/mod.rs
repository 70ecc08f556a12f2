//! The command line: files, terminal, clock and environment. Uses the library as anybody could.
//!
//! [`args`] says what can be typed; each command has a file of its own. Results go to standard output, everything else to
//! standard error.

mod args;
mod check;
mod context;
mod diagnostics;
mod export;
mod extract;
mod failure;
mod files;
mod interrupt;
mod progress;
mod safe;
mod source;

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};
use silkgraph::diagnostic::Diagnostic;

use self::args::{Cli, Command};
use self::context::Context;
use self::failure::{Failure, Outcome, Status};

/// Runs the program.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        // Help and version are no errors, and a closed pipe is none either.
        Err(told) => {
            let _ = told.print();
            return ExitCode::from(if told.use_stderr() { Status::Bad } else { Status::Done });
        }
    };
    interrupt::install();
    let mut context = Context::new(&cli.global);
    match run(cli, &mut context) {
        Ok(status) => status.into(),
        Err(failure) => {
            let status = failure.status();
            context.tell_failure(failure);
            status.into()
        }
    }
}

fn run(cli: Cli, context: &mut Context) -> Outcome {
    match cli.command {
        None => later("the prompt"),
        Some(Command::Build(_)) => later("build"),
        Some(Command::Query(_)) => later("query"),
        Some(Command::Export(args)) => export::run(&args, context),
        Some(Command::Diff(_)) => later("diff"),
        Some(Command::Extract(args)) => extract::run(&args, context),
        Some(Command::Check(args)) => check::run(&args, context),
        Some(Command::Report(_)) => later("report"),
        Some(Command::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "silkgraph", &mut script);
            std::io::Write::write_all(&mut std::io::stdout().lock(), &script)?;
            Ok(Status::Done)
        }
        Some(Command::Man) => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Cli::command()).render(&mut page)?;
            std::io::Write::write_all(&mut std::io::stdout().lock(), &page)?;
            Ok(Status::Done)
        }
    }
}

fn later(what: &str) -> Outcome {
    Err(Failure::plain(Diagnostic::error("C000", format!("{what} is not there yet"))))
}
