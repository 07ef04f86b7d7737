//! Whether what was fetched is what was published.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// Fails where a file in a folder of the cache is not the one with this SHA-256, in base64.
pub(super) fn check(file: &Path, digest: &str, folder: &Path) -> Result<()> {
    let bytes = fs::read(file).with_context(|| format!("{} can't be read", file.display()))?;
    if STANDARD.encode(Sha256::digest(bytes)) != digest {
        bail!("{} is not as published; delete {} and run this again", file.display(), folder.display());
    }
    Ok(())
}
