//! The accessibility checker.

use std::fs;

use anyhow::Result;

use super::npm::Packaged;

const AXE: Packaged = Packaged {
    package: "axe-core",
    version: "4.14.1",
    file: "axe.min.js",
    digest: "KTSJmUUM3yhJqOcLeRL8LahahJ2jnA0NU5T1HUqe2Vw=",
    about: "which checks the page for people with disabilities (1 MB, usually seconds, once)",
};

/// The checker's script, to be run inside a page.
pub fn axe() -> Result<String> {
    Ok(fs::read_to_string(AXE.fetch()?)?)
}
