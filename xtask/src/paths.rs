//! Where things are.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::{env, fs, io};

/// The repository: the nearest folder above the running crate that holds this one.
///
/// Looked up when it runs, since one target folder may serve several checkouts; cargo names the crate.
pub fn root() -> &'static Path {
    static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
        let here = env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        here.ancestors().find(|dir| dir.join("xtask/Cargo.toml").exists()).expect("xtask lies in the repository").to_owned()
    });
    &ROOT
}

/// The built site.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// Cargo's target folder.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// Articles, corpora and the scorer, where they are at hand: they are no part of the repository.
pub fn shared() -> PathBuf {
    env::var_os("SAYSO_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from)
}

/// Tools that later runs use again: `$SAYSO_CACHE`, else `$XDG_CACHE_HOME/sayso`, else `~/.cache/sayso`.
pub fn cache() -> PathBuf {
    let set = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    set("SAYSO_CACHE")
        .or_else(|| set("XDG_CACHE_HOME").map(|dir| dir.join("sayso")))
        .or_else(|| env::home_dir().map(|dir| dir.join(".cache/sayso")))
        .unwrap_or_else(|| target().join("cache"))
}

/// Adds every file under a folder, at any depth, in no particular order.
pub(crate) fn files(folder: &Path, into: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { files(&path, into)? } else { into.push(path) }
    }
    Ok(())
}
