//! Which parts of speech words usually have.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use sayso::engine::train::{SPEECH_LABELS, Usual, speech_name};

use super::gold::{Document, label, names};
use super::lexicon::Lexicon;

/// How often a word must be used for its uses to decide.
const USES: usize = 6;

/// The most parts of speech that a word is listed with, and the most sets of them.
const PARTS: usize = 3;
const SETS: usize = 255;

/// The file that says which parts of speech words have, the usual one first: in these documents those with a twentieth
/// of a word's uses or more, then what the lexicon adds.
pub(super) fn file(documents: &[Document], lexicon: &Lexicon) -> Vec<u8> {
    let [adjective, past] = ["ADJ", "VERB-past"].map(label);
    let mut uses: BTreeMap<String, [usize; SPEECH_LABELS]> = lexicon.keys().map(|word| (word.clone(), [0; SPEECH_LABELS])).collect();
    for document in documents {
        for gold in &document.tokens {
            let plain = match speech_name(gold.label as usize) {
                "ADJ-name" => adjective,
                "VERB-name" => past,
                _ => gold.label,
            };
            let word = document.word(gold).to_lowercase().replace('’', "'");
            uses.entry(word).or_insert([0; SPEECH_LABELS])[plain as usize] += 1;
        }
    }
    let sets: Vec<(&str, Vec<u8>)> = uses.iter().filter_map(|(word, uses)| Some((word.as_str(), set(uses, lexicon.get(word))?))).collect();
    let mut sizes: BTreeMap<&[u8], usize> = BTreeMap::new();
    for (_, set) in &sets {
        *sizes.entry(set).or_default() += 1;
    }
    let mut ranked: Vec<&[u8]> = sizes.keys().copied().collect();
    ranked.sort_by_key(|set| Reverse(sizes[set]));
    ranked.truncate(SETS);
    let usual: Vec<u8> = ranked.iter().map(|set| set[0]).collect();
    // A rare set passes for its first part.
    let number = |set: &[u8]| (1..=set.len()).rev().find_map(|len| ranked.iter().position(|known| *known == &set[..len]));
    Usual::write(&usual, sets.iter().filter_map(|(word, set)| Some((*word, number(set)? as u8 + 1))))
}

/// A word's parts of speech, from its uses and what the lexicon says; `None` where too little is known.
fn set(uses: &[usize; SPEECH_LABELS], listed: Option<&Vec<u8>>) -> Option<Vec<u8>> {
    let all: usize = uses.iter().sum();
    let mut used: Vec<u8> = (0..SPEECH_LABELS as u8).filter(|&label| uses[label as usize] * 20 >= all.max(1)).collect();
    used.sort_by_key(|&label| Reverse(uses[label as usize]));
    let mut set = match listed {
        None if all < USES => return None,
        Some(listed) if all < USES => {
            // A single use may be an error.
            let more: Vec<u8> = used.into_iter().filter(|label| all > 1 && !listed.contains(label)).collect();
            listed.iter().copied().chain(more).collect()
        }
        listed => {
            let named = used.iter().any(|&label| names(label));
            let more: Vec<u8> =
                listed.into_iter().flatten().copied().filter(|label| !(used.contains(label) || named && names(*label))).collect();
            used.extend(more);
            used
        }
    };
    set.truncate(PARTS);
    Some(set)
}
