//! The corpora.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// A marked-up article; spans are in code points, as the corpora give them.
#[derive(Deserialize)]
pub(crate) struct Marked {
    #[serde(default)]
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) relations: Vec<Relation>,
}

/// One attribution relation.
#[derive(Default, Deserialize)]
pub(crate) struct Relation {
    #[serde(default)]
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) source: Vec<(usize, usize)>,
    #[serde(default)]
    pub(crate) cue: Vec<(usize, usize)>,
    pub(crate) content: Vec<(usize, usize)>,
}

/// The articles of a split of PolNeAR: `train` or `dev`.
pub(crate) fn articles(corpora: &Path, split: &str) -> Result<Vec<Marked>> {
    read(&corpora.join(format!("polnear-{split}.jsonl.xz")))
}

/// Begin, end (code points), part of speech, entity, head (position in the sentence), relation.
pub(crate) type Word = (usize, usize, String, String, i64, String);

/// A parsed article.
#[derive(Deserialize)]
pub(crate) struct Parsed {
    id: String,
    pub(crate) sentences: Vec<Vec<Word>>,
}

/// The articles of a split as a parser sees them, by their ids.
pub(crate) fn parsed(corpora: &Path, split: &str) -> Result<BTreeMap<String, Parsed>> {
    let parsed: Vec<Parsed> = read(&corpora.join(format!("polnear-{split}-corenlp.jsonl.xz")))?;
    Ok(parsed.into_iter().map(|parsed| (parsed.id.clone(), parsed)).collect())
}

/// Reads a file with one JSON value a line, compressed with xz.
pub(crate) fn read<T: DeserializeOwned>(file: &Path) -> Result<Vec<T>> {
    let plain = unpack(file)?;
    let values = serde_json::Deserializer::from_slice(&plain).into_iter::<T>();
    values.collect::<Result<_, _>>().with_context(|| format!("{} is not what was expected", file.display()))
}

/// What is in a file compressed with xz.
pub(crate) fn unpack(file: &Path) -> Result<Vec<u8>> {
    let shown = file.display();
    let bytes = fs::read(file).with_context(|| format!("{shown} can't be read"))?;
    let mut plain = Vec::new();
    if let Err(error) = lzma_rs::xz_decompress(&mut bytes.as_slice(), &mut plain) {
        bail!("{shown} can't be unpacked: {error:?}");
    }
    Ok(plain)
}

/// The byte at which each code point of a text begins, and the text's length.
pub(crate) fn bytes(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
}
