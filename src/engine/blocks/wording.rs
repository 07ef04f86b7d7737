//! Blocks compared by their words.

use std::collections::BTreeSet;

use super::super::{Article, Block, BlockKind};
use super::asides::is_signature;
use crate::engine::fnv;

/// A block with fewer words repeats others by chance.
const LEAST: usize = 6;
/// A pull quote or teaser has at most this many words.
const MOST: usize = 60;
/// How many words in a row are compared.
const RUN: usize = 3;
/// A repeated text stands at most this many blocks away.
const NEAR: usize = 40;

/// Sets aside what repeats a stretch of a longer paragraph nearby: pull quotes, with the line that names who said
/// them. They are `other`, since they neither lead to another article nor belong to a picture.
pub(super) fn set_repeats_aside(article: &Article, list: &mut [Block]) {
    let runs: Vec<Vec<u64>> =
        list.iter().map(|b| if is_text(b) { runs(without_name(article.slice(b.span))) } else { Vec::new() }).collect();
    // Each run with the blocks it is in; sorting keeps this n log n however the words repeat.
    let mut places: Vec<(u64, usize)> = runs.iter().enumerate().flat_map(|(n, runs)| runs.iter().map(move |&run| (run, n))).collect();
    places.sort_unstable();
    places.dedup();
    let mut repeats = Vec::new();
    for n in 0..list.len() {
        if (LEAST - RUN + 1..=MOST - RUN + 1).contains(&runs[n].len()) && repeats_another(&runs, &places, n, article.slice(list[n].span)) {
            repeats.push(n);
        }
    }
    for n in repeats {
        list[n].kind = BlockKind::Other;
        if let Some(next) = list.get_mut(n + 1).filter(|b| is_text(b)) {
            let text = article.slice(next.span);
            if is_signature(text) && super::words(text) <= 10 {
                next.kind = BlockKind::Other;
            }
        }
    }
}

/// Whether a block's runs stand in one block nearby that has more of them, or in one as long before it. A quotation
/// may be trimmed or mended where it is repeated; other text must be the same, since a report that goes on all
/// day says much again with small changes.
fn repeats_another(runs: &[Vec<u64>], places: &[(u64, usize)], n: usize, text: &str) -> bool {
    let fifths = if text.starts_with(['“', '"', '‘', '\'', '«', '„', '»']) { 4 } else { 5 };
    let mut shared: Vec<usize> = Vec::new();
    for &run in &runs[n] {
        let from = places.partition_point(|&place| place < (run, n.saturating_sub(NEAR)));
        let near = places[from..].iter().take_while(|&&(other, at)| other == run && at <= n + NEAR);
        shared.extend(
            near.map(|&(_, at)| at).filter(|&at| at != n && (runs[at].len() > runs[n].len() || at < n && runs[at].len() == runs[n].len())),
        );
    }
    shared.sort_unstable();
    shared.chunk_by(|a, b| a == b).any(|hits| hits.len() * 5 >= runs[n].len() * fifths)
}

fn is_text(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading)
}

/// A text without the name behind its last dash: “…” — Ada Obi.
fn without_name(text: &str) -> &str {
    match text.rfind(['—', '–', '―']) {
        Some(dash) if dash > 0 && super::words(&text[dash..]) <= 8 => &text[..dash],
        _ => text,
    }
}

/// Every three words in a row, as one number (FNV-1a). A clash of two could only cost one comparison.
fn runs(text: &str) -> Vec<u64> {
    let words: Vec<String> = words(text).collect();
    let hash = |words: &[String]| fnv(words.iter().flat_map(|w| w.bytes().chain([b' '])));
    words.windows(RUN).map(hash).collect()
}

/// The words of a text in lower case, without marks.
fn words(text: &str) -> impl Iterator<Item = String> {
    let bare = |w: &str| w.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    text.split(|c: char| c.is_whitespace() || "—–".contains(c)).map(bare).filter(|w| !w.is_empty())
}

/// The words that tell what a text is about, cut to their first letters so that endings don't part them.
pub(super) fn stems(text: &str) -> BTreeSet<String> {
    /// Shorter words are in every text.
    const TELLING: usize = 4;
    const STEM: usize = 5;
    words(text).filter(|w| w.chars().count() >= TELLING).map(|w| w.chars().take(STEM).collect()).collect()
}
