//! `cargo xtask test`: everything that is checked.

use std::{env, fs};

use anyhow::Result;

use crate::run::{command, run, say};
use crate::{browser, build, paths, tools};

/// Runs every check, quickest first; the test runners' own lines come last.
pub(crate) fn test() -> Result<()> {
    tools::for_building()?;
    let chromium = tools::chromium()?;
    tools::axe()?;

    say("Checking the format (seconds).");
    cargo(&["fmt", "--all", "--check"])?;
    say("Checking with clippy, for this machine and for WebAssembly (usually 2 minutes, less later).");
    cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"])?;
    let for_wasm = ["--target", "wasm32-unknown-unknown", "--package", "sayso", "--locked"];
    // With the profile of the build, so that what both need is compiled once.
    let page = ["--profile", "web", "--features", "app", "--lib", "--bins", "--test", "web", "--", "-D", "warnings"];
    cargo(&[&["clippy"], &for_wasm[..], &page].concat())?;
    say("Testing on this machine (usually 1 minute).");
    let mut here = command("cargo", &["test", "--no-default-features", "--package", "sayso", "--package", "xtask", "--locked"]);
    // One commit gets one verdict. Setting the seed or PROPTEST_CASES looks further.
    if env::var_os("PROPTEST_RNG_SEED").is_none() {
        here.env("PROPTEST_RNG_SEED", "1");
    }
    run(&mut here)?;
    say("Testing the WebAssembly in Chromium (usually 1 minute).");
    let capabilities = paths::target().join("webdriver.json");
    fs::write(&capabilities, browser::capabilities(&chromium).to_string())?;
    run(command("cargo", &[&["test", "--test", "web"], &for_wasm[..]].concat())
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities)
        .env("CHROMEDRIVER", &chromium.driver))?;
    build::build("./")?;
    say("Testing the built page in Chromium, from paste to link (usually 3 minutes).");
    // What a failed test says is enough; where in a test it was said is not worth a page each.
    run(command("cargo", &["test", "--package", "browser-tests", "--locked"]).env("RUST_LIB_BACKTRACE", "0"))
}

fn cargo(args: &[&str]) -> Result<()> {
    run(&mut command("cargo", args))
}
