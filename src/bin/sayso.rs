//! The command line: articles in, breakdowns out.

#[cfg(not(target_arch = "wasm32"))]
#[path = "sayso/cli.rs"]
mod cli;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    cli::main()
}

/// A browser has no command line; the target still builds with the rest.
#[cfg(target_arch = "wasm32")]
fn main() {}
