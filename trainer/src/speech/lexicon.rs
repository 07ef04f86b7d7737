//! A list of words with the parts of speech they can have: that of Brill's tagger (1993), as the npm package
//! `brill` gives it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::gold::{label, of_word};

/// Words in small letters with their labels, the usual ones first.
pub(super) type Lexicon = BTreeMap<String, Vec<u8>>;

/// Reads the package's `words.js` and `tags.js`. A word that has an entry in small letters is told from names that are
/// written like it.
pub(super) fn read(folder: &Path) -> Result<Lexicon> {
    let file = |name: &str| fs::read_to_string(folder.join(name)).with_context(|| format!("{name} of the lexicon can't be read"));
    let (words, tags) = (file("words.js")?, file("tags.js")?);
    let tags: Vec<&str> = rows(&tags).map(unquoted).collect();
    let mut lexicon = Lexicon::new();
    let mut names = Lexicon::new();
    for row in rows(&words) {
        let Some((word, numbers)) = row.rsplit_once(": ") else { continue };
        let word = unquoted(word);
        if !word.chars().all(|c| c.is_alphabetic() || c == '\'') {
            continue;
        }
        let mut labels: Vec<u8> = Vec::new();
        for number in numbers.trim_matches(['[', ']']).split(", ") {
            let number: usize = number.parse().with_context(|| format!("the lexicon has no number in {row:?}"))?;
            labels.extend(tags.get(number).and_then(|tag| of_word(tag)).map(label).filter(|label| !labels.contains(label)));
        }
        if !labels.is_empty() {
            let list = if word.chars().any(char::is_uppercase) { &mut names } else { &mut lexicon };
            list.insert(word.to_lowercase(), labels);
        }
    }
    for (word, labels) in names {
        lexicon.entry(word).or_insert(labels);
    }
    // What any unknown word may be is not worth listing.
    let telling = |labels: &[u8]| labels != [label("NOUN")] && labels != [label("PROPN-other")];
    lexicon.retain(|_, labels| telling(labels));
    Ok(lexicon)
}

/// The lines of a script's only literal.
fn rows(script: &str) -> impl Iterator<Item = &str> {
    script.lines().filter_map(|line| line.strip_prefix("  ")).map(|line| line.strip_suffix(',').unwrap_or(line))
}

fn unquoted(text: &str) -> &str {
    let quoted = |mark: char| text.strip_prefix(mark).and_then(|text| text.strip_suffix(mark));
    quoted('\'').or_else(|| quoted('"')).unwrap_or(text)
}
