//! The trained labeller: a conditional random field over the tokens of each block, whose features include what
//! the rules say.

use std::ops::Range;
use std::sync::LazyLock;

use super::super::chain::{Chain, Labelled};
use super::evidence::Evidence;
use super::features::Paragraph;
use super::settle::{self, Settle};
use super::{Labels, Reading, Role, Score, Side, Stretch, rules};

/// How many labels there are.
pub(crate) const LABELS: usize = 16;

/// What a label says: a part, and where its cue is; nothing for tokens that are part of no relation. Even labels begin
/// a stretch, the odd ones behind them go on with it.
pub(crate) fn meaning(label: u8) -> Option<(Role, Option<Side>)> {
    Some(match label {
        2 | 3 => (Role::Content, Some(Side::Before)),
        4 | 5 => (Role::Content, Some(Side::Behind)),
        6 | 7 => (Role::Content, None),
        8 | 9 => (Role::Source, Some(Side::Before)),
        10 | 11 => (Role::Source, Some(Side::Behind)),
        12 | 13 => (Role::Cue, None),
        _ => return None,
    })
}

static WEIGHTS: LazyLock<Chain<LABELS>> = LazyLock::new(|| Chain::read(include_bytes!("../../../assets/attribution.bin")));

/// Labels every block.
pub(crate) fn label(r: Reading, rules: &[Stretch]) -> Labels {
    label_with(&WEIGHTS, r, rules)
}

/// The same with other weights.
pub(crate) fn label_with(weights: &Chain<LABELS>, r: Reading, rules: &[Stretch]) -> Labels {
    let evidence = Evidence::gather(r, rules);
    from_blocks(r, rules, settle::fast, evidence.paragraphs().map(|paragraph| (paragraph.tokens().start, weights.label(&paragraph))))
}

/// The labels of one block.
pub(crate) fn label_block(paragraph: &Paragraph) -> Labelled<LABELS> {
    WEIGHTS.label(paragraph)
}

/// What any model's labels of each block come to, settled with the rules; a block with its first token.
pub(crate) fn from_blocks(
    r: Reading,
    rules: &[Stretch],
    settle: Settle,
    blocks: impl Iterator<Item = (usize, Labelled<LABELS>)>,
) -> Labels {
    let mut outer = Vec::new();
    for (start, Labelled { labels, marginals }) in blocks {
        let mut n = 0;
        while n < labels.len() {
            let Some((role, side)) = meaning(labels[n]) else {
                n += 1;
                continue;
            };
            let from = n;
            n += 1;
            while n < labels.len() && labels[n] == labels[from] | 1 && !labels[n].is_multiple_of(2) {
                n += 1;
            }
            let score = score(&labels, &marginals, from..n);
            // The day on which it was said is no part of the cue: provenance reads it.
            let dated = |m: usize| matches!(r.lower(start + m), "yesterday" | "today" | "tonight");
            let end = if role == Role::Cue && n > from + 1 && dated(n - 1) { n - 1 } else { n };
            outer.push(Stretch { role, tokens: start + from..start + end, score, side });
        }
    }
    let outer = settle(r, outer, rules);
    Labels { inner: rules::inner(r, &outer), outer }
}

/// How sure the model is of a stretch of a block.
fn score(labels: &[u8], marginals: &[[f32; LABELS]], range: Range<usize>) -> Score {
    let whole = |chance: f32| (chance * 1000.0) as u16;
    let of = |n: usize| marginals[n][labels[n] as usize];
    let goes_on = marginals.get(range.end).map_or(0.0, |row| row[(labels[range.start] | 1) as usize]);
    let sum: f32 = range.clone().map(of).sum();
    Score {
        mean: whole(sum / range.len() as f32),
        least: whole(range.clone().map(of).fold(1.0, f32::min)),
        first: whole(of(range.start)),
        end: whole(of(range.end - 1).min(1.0 - goes_on)),
    }
}
