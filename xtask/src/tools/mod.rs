//! How the tools come onto a machine that has only rustup, git and a C compiler.

mod axe;
mod cargo;
mod chromium;
mod digest;
mod encoder;
mod lexicon;
mod npm;
mod system;
mod wasm_opt;

pub use axe::axe;
pub use chromium::{Chromium, chromium};
pub(crate) use encoder::encoder;
pub(crate) use lexicon::lexicon;

use anyhow::Result;

/// What building the page takes: the wasm target, Trunk, wasm-bindgen and wasm-opt.
pub(crate) fn for_building() -> Result<()> {
    cargo::wasm_target()?;
    cargo::trunk()?;
    cargo::wasm_bindgen()?;
    wasm_opt::wasm_opt()
}

/// What scoring takes besides Rust.
pub(crate) fn python() -> Result<()> {
    system::python()
}
