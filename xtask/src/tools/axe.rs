//! The accessibility checker.

use std::fs;

use anyhow::{Context, Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::system;
use crate::paths;
use crate::run::{command, output, run, say};

const VERSION: &str = "4.14.1";
/// SHA-256 of the script, in base64.
const DIGEST: &str = "KTSJmUUM3yhJqOcLeRL8LahahJ2jnA0NU5T1HUqe2Vw=";

/// The checker's script, to be run inside a page.
pub fn axe() -> Result<String> {
    let folder = paths::cache().join(format!("axe-core-{VERSION}"));
    let script = folder.join("package/axe.min.js");
    if !script.exists() {
        system::npm()?;
        say("Fetching axe-core, which checks the page for people with disabilities (1 MB, usually seconds, once).");
        fs::create_dir_all(&folder)?;
        let package = format!("axe-core@{VERSION}");
        output(command("npm", &["pack", "--silent", &package, "--pack-destination"]).arg(&folder))?;
        run(command("tar", &["-xzf"])
            .arg(folder.join(format!("axe-core-{VERSION}.tgz")))
            .arg("-C")
            .arg(&folder)
            .arg("package/axe.min.js"))?;
    }
    let text = fs::read_to_string(&script).with_context(|| format!("{} can't be read", script.display()))?;
    if STANDARD.encode(Sha256::digest(&text)) != DIGEST {
        bail!("{} is not axe-core {VERSION} as published; delete {} and run this again", script.display(), folder.display());
    }
    Ok(text)
}
