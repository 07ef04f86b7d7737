//! `cargo xtask …`: see [`xtask::HELP`].

use std::process::ExitCode;

fn main() -> ExitCode {
    xtask::main(std::env::args().skip(1))
}
