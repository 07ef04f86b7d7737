//! wasm-opt, which makes the WebAssembly smaller.

use std::fs;

use anyhow::{Context, Result};

use super::{npm::Packaged, system};
use crate::paths;
use crate::run::{command, output};

/// The copy in the npm registry, since what distributions have may be too old for what wasm-bindgen writes; it runs on
/// Node.js.
const BINARYEN: Packaged = Packaged {
    package: "binaryen",
    version: "132.0.0",
    file: "bin/wasm-opt",
    digest: "YIwCH6PyxozcJvBqFFQ0EImg5omrtxy+WiPvcwDn8+M=",
    about: "whose wasm-opt makes the WebAssembly smaller (20 MB, usually seconds, once)",
};

pub(super) fn wasm_opt() -> Result<()> {
    let wanted = BINARYEN.version.split('.').next();
    let present = output(&mut command("wasm-opt", &["--version"])).unwrap_or_default();
    if present.split_whitespace().nth(2) == wanted {
        return Ok(());
    }
    system::npm()?;
    let bin = paths::cache().join("tools/bin");
    fs::create_dir_all(&bin)?;
    fs::copy(BINARYEN.fetch()?, bin.join("wasm-opt"))?;
    output(&mut command("wasm-opt", &["--version"])).context("wasm-opt does not run; it needs Node.js 18 or newer").map(drop)
}
