//! The file of weights that the engine reads.

use std::collections::BTreeSet;

use sayso::engine::train::{Passage, Sizes, Writer};

use super::encoder::{Encoder, HEADS, Linear, Normal, Place};

/// How many bits the numbers of word pieces and of layers have.
#[derive(Clone, Copy)]
pub(super) struct Bits {
    pub(super) words: u32,
    pub(super) layers: u32,
}

/// So many of the commonest pieces, which come first in the vocabulary, are kept whether they are used or not.
const COMMON: usize = 9000;

/// Any other piece is kept if passages use it so often: a rarer one is read as smaller pieces.
const USED: u32 = 4;

/// Which pieces are kept: the common ones, those that passages use, and all single letters, so that every word can
/// still be read.
pub(super) fn kept<'a>(vocabulary: &[impl AsRef<str>], passages: impl Iterator<Item = &'a Passage>) -> BTreeSet<u32> {
    let mut used = vec![0; vocabulary.len()];
    passages.flat_map(|passage| &passage.pieces).for_each(|&piece| used[piece as usize] += 1);
    let mut kept: BTreeSet<u32> = (0..).zip(&used).filter(|(_, used)| **used >= USED).map(|(piece, _)| piece).collect();
    let single = |piece: &str| piece.strip_prefix("##").unwrap_or(piece).chars().count() == 1;
    let needed = |(n, piece): &(usize, &str)| {
        let unused = piece.starts_with("[unused");
        !unused && (*n < COMMON || single(piece) && piece.chars().all(|c| c < '\u{2100}') || matches!(*piece, "[UNK]" | "[CLS]" | "[SEP]"))
    };
    kept.extend(vocabulary.iter().map(AsRef::as_ref).enumerate().filter(needed).map(|(n, _)| n as u32));
    kept
}

/// The file; `pieces` are the encoder's.
pub(super) fn write(encoder: &Encoder, pieces: &[&str], bits: Bits, confidence: &str) -> Vec<u8> {
    let values = &encoder.values;
    let width = encoder.words.ncols();
    let sizes = Sizes {
        width,
        wide: encoder.layers[0].wide.bias.range().len(),
        heads: HEADS,
        layers: encoder.layers.len(),
        places: encoder.places.range().len() / width,
        evidence: encoder.evidence.iter().map(|place| place.range().len() / width).collect(),
    };
    let mut file = Writer::new(&sizes, pieces);
    file.rows(encoder.words.as_slice().expect("rows are whole"), width, bits.words);
    let rows = |file: &mut Writer, place: Place, columns: usize, bits: u32| file.rows(&values[place.range()], columns, bits);
    rows(&mut file, encoder.places, width, 8);
    encoder.evidence.iter().for_each(|&place| rows(&mut file, place, width, 8));
    let linear = |file: &mut Writer, Linear { weight, bias }: &Linear, bits: u32| {
        rows(file, *weight, weight.columns(), bits);
        file.numbers(&values[bias.range()]);
    };
    let normal = |file: &mut Writer, Normal { scale, shift }: &Normal| {
        file.numbers(&values[scale.range()]);
        file.numbers(&values[shift.range()]);
    };
    normal(&mut file, &encoder.entry);
    for layer in &encoder.layers {
        linear(&mut file, &layer.ask, bits.layers);
        linear(&mut file, &layer.answer, bits.layers);
        normal(&mut file, &layer.first);
        linear(&mut file, &layer.wide, bits.layers);
        linear(&mut file, &layer.narrow, bits.layers);
        normal(&mut file, &layer.second);
    }
    linear(&mut file, &encoder.head, 8);
    file.numbers(&values[encoder.edges.range()]);
    file.text(confidence);
    file.finish()
}

#[cfg(test)]
mod tests {
    use sayso::engine::Deep;
    use sayso::engine::train::{ATTRIBUTION_LABELS, EVIDENCE, LONGEST, scores};

    use super::super::batch;
    use super::super::encoder::Small;
    use super::*;

    #[test]
    fn the_engine_scores_with_the_file_as_the_trainer_does_with_its_weights() {
        let vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "##b", "c", "d"];
        let sizes = Small { width: 192, wide: 208, pieces: 8, places: LONGEST + 12, evidence: &EVIDENCE, labels: ATTRIBUTION_LABELS };
        let encoder = sizes.encoder();
        // One that is left out moves the numbers of those behind it.
        let kept = BTreeSet::from([1, 2, 3, 4, 6, 7]);
        let names: Vec<&str> = kept.iter().map(|&piece| vocabulary[piece as usize]).collect();
        let mut less = encoder.clone();
        less.keep(&kept, 8);
        let bytes = write(&less, &names, Bits { words: 8, layers: 8 }, "always\tquoted\t12");
        let deep = Deep::new(&bytes).expect("the engine reads what is written");
        assert!(Deep::new(&bytes[..bytes.len() - 1]).is_none() && Deep::new(&[&bytes[..], &[0]].concat()).is_none());
        let of = |pieces: &[u32]| Passage {
            pieces: pieces.to_vec(),
            evidence: EVIDENCE.iter().enumerate().map(|(kind, most)| (0..7).map(|n| ((n * 3 + kind) % most) as u8).collect()).collect(),
            heads: vec![1, 2, 4, 5],
        };
        let theirs = encoder.forward(&batch([&of(&[2, 4, 6, 1, 7, 4, 3])].into_iter()), None).scores;
        let ours = scores(&deep, &of(&[1, 3, 4, 0, 5, 3, 2]));
        let spread = theirs.iter().fold(0.0_f32, |most, score| most.max(score.abs()));
        for (ours, theirs) in ours.iter().zip(theirs.rows()) {
            for (ours, theirs) in ours.iter().zip(theirs) {
                assert!((ours - theirs).abs() < 0.02 * spread, "{ours} is not {theirs}");
            }
        }
    }
}
