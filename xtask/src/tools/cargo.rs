//! Tools that cargo and rustup bring.

use std::fs;

use anyhow::{Context, Result};

use crate::paths;
use crate::run::{command, output, run, say};

const TRUNK: &str = "0.21.14";

/// Checks for the target itself: rustup can be told not to follow rust-toolchain.toml.
pub(super) fn wasm_target() -> Result<()> {
    let target = "wasm32-unknown-unknown";
    let libdir = output(&mut command("rustc", &["--print", "target-libdir", "--target", target]))?;
    if fs::exists(&libdir)? {
        return Ok(());
    }
    say("Adding Rust's WebAssembly target (20 MB, usually under a minute).");
    run(&mut command("rustup", &["target", "add", target])).context("the page is WebAssembly; add Rust's wasm32-unknown-unknown target")
}

pub(super) fn trunk() -> Result<()> {
    install("trunk", "trunk", TRUNK, "which puts the page together", "5 to 10 minutes")
}

/// The command must be of the very version of the crate.
pub(super) fn wasm_bindgen() -> Result<()> {
    let lock = fs::read_to_string(paths::root().join("Cargo.lock"))?;
    let version = locked(&lock, "wasm-bindgen").context("Cargo.lock names no wasm-bindgen")?;
    install("wasm-bindgen-cli", "wasm-bindgen", version, "which joins WebAssembly and JavaScript", "3 to 6 minutes")
}

fn install(package: &str, program: &str, version: &str, what: &str, time: &str) -> Result<()> {
    let present = output(&mut command(program, &["--version"])).unwrap_or_default();
    if present.split_whitespace().nth(1) == Some(version) {
        return Ok(());
    }
    say(&format!("Installing {package} {version}, {what} (usually {time}, once)."));
    let cargo_install = |more: &[&str]| {
        let args = [&["install", "--force", package, "--version", version], more].concat();
        run(command("cargo", &args).arg("--root").arg(paths::cache().join("tools")).env_remove("CARGO_TARGET_DIR"))
    };
    cargo_install(&["--locked"]).or_else(|_| {
        // A registry mirror may lag behind the lock file of a release.
        say("That did not work with the libraries it was released with; trying with the newest that fit (as long again).");
        cargo_install(&[])
    })
}

fn locked<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let (_, entry) = lock.split_once(&format!("name = \"{package}\"\nversion = \""))?;
    entry.split('"').next()
}

#[cfg(test)]
mod tests {
    #[test]
    fn reads_a_version_from_the_lock_file() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.7\"\n";
        assert_eq!(super::locked(lock, "wasm-bindgen"), Some("0.2.7"));
        assert_eq!(super::locked(lock, "trunk"), None);
    }
}
