//! Words with their parts of speech, which the tagger learns from.

use std::path::PathBuf;

use anyhow::{Context, Result};

use super::npm::Packaged;

const WORDS: Packaged = Packaged {
    package: "brill",
    version: "3.1.0",
    file: "lib/words.js",
    digest: "ONd9t8tnzewBX1KvCu312M2NVyjproLGTuXAT69ppoY=",
    about: "the word list of Brill's tagger (1 MB, usually seconds, once)",
};

const TAGS: Packaged = Packaged {
    file: "lib/tags.js",
    digest: "40Q0Olbb3pQ0h4QXn8+Q85pePOKgkzlVRYf59gEHTI8=",
    about: "the tags of its words (usually seconds, once)",
    ..WORDS
};

/// The folder that holds both lists.
pub(crate) fn lexicon() -> Result<PathBuf> {
    WORDS.fetch()?;
    TAGS.fetch()?.parent().map(PathBuf::from).context("the word list lies in no folder")
}
