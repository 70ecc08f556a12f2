//! The binary: hands over to [`cli`] and turns its result into an exit status.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
