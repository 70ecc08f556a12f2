//! The binary: hands over to [`cli`] and turns its result into an exit status.

mod cli;

/// Of the program only: who uses the library has an allocator of his own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cli::main()
}
