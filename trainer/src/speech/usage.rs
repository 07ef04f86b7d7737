//! Which parts of speech words usually have.

use std::collections::BTreeMap;

use sayso::engine::train::{SPEECH_LABELS, Usual};

use super::gold::{Document, label};

/// How often a word must be used to be listed.
const USES: usize = 6;

/// The file that says which parts of speech words have in these documents: those with a twentieth of a word's uses
/// or more, three at the most, the usual first.
pub(super) fn file(documents: &[Document]) -> Vec<u8> {
    let mut counts: BTreeMap<String, [usize; SPEECH_LABELS]> = BTreeMap::new();
    for document in documents {
        for gold in &document.tokens {
            let word = document.word(gold).to_lowercase().replace('’', "'");
            counts.entry(word).or_insert([0; SPEECH_LABELS])[gold.label as usize] += 1;
        }
    }
    let usual = |counts: &[usize; SPEECH_LABELS]| {
        let all: usize = counts.iter().sum();
        let mut labels: Vec<usize> = (0..SPEECH_LABELS).filter(|&label| counts[label] * 20 >= all && counts[label] > 0).collect();
        labels.sort_by_key(|&label| std::cmp::Reverse(counts[label]));
        (all, labels)
    };
    let lexicon: BTreeMap<String, Vec<usize>> = std::env::var("LEXICON").map_or_else(
        |_| BTreeMap::new(),
        |file| {
            std::fs::read_to_string(file)
                .unwrap()
                .lines()
                .map(|line| {
                    let (word, tags) = line.split_once('\t').unwrap();
                    (word.to_owned(), tags.split(' ').map(|tag| label(tag) as usize).collect())
                })
                .collect()
        },
    );
    let mut listed: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for word in counts.keys().chain(lexicon.keys()) {
        let (all, mut set) = usual(counts.get(word).unwrap_or(&[0; SPEECH_LABELS]));
        let known = lexicon.get(word).map_or(&[][..], |set| set);
        if all < USES {
            if known.is_empty() {
                continue;
            }
            let seen = std::mem::replace(&mut set, known.to_vec());
            if all >= 2 {
                set.extend(seen.into_iter().filter(|label| !known.contains(label)));
            }
        } else {
            let names = |label: usize| super::gold::names(label as u8);
            let any = set.iter().any(|&label| names(label));
            set.extend(known.iter().copied().filter(|&l| !set.contains(&l) && !(any && names(l))).collect::<Vec<_>>());
        }
        set.truncate(3);
        listed.insert(word.clone(), set);
    }
    let sets: Vec<(&str, Vec<usize>)> = listed.iter().map(|(word, set)| (word.as_str(), set.clone())).collect();
    eprintln!("{} words listed", sets.len());
    let mut sizes: BTreeMap<&[usize], usize> = BTreeMap::new();
    for (_, set) in &sets {
        *sizes.entry(set).or_default() += 1;
    }
    let mut ranked: Vec<&[usize]> = sizes.keys().copied().collect();
    ranked.sort_by_key(|set| std::cmp::Reverse(sizes[set]));
    // A rare set passes for its first part.
    let number =
        |set: &[usize]| (1..=set.len()).rev().find_map(|len| ranked.iter().take(255).position(|s| *s == &set[..len])).map(|n| n as u8 + 1);
    Usual::write(sets.iter().filter_map(|(word, set)| Some((*word, number(set)?))))
}
