//! Deep reading: a pretrained encoder labels the tokens that fast reading labels by a random field.

pub mod arithmetic;
mod encoder;
mod input;
mod matrix;
mod pieces;
mod reading;
mod tile;
mod weights;
#[cfg(feature = "train")]
mod writer;

use super::attribution::confidence;
use super::attribution::features::Paragraph;
use super::attribution::learned::LABELS;
use super::chain::{self, Labelled, UNITS};
use encoder::Encoder;
pub(crate) use input::passages;
pub use input::{EVIDENCE, LONGEST, Passage};
pub use pieces::Pieces;
pub use reading::DeepReading;
#[cfg(feature = "train")]
pub use writer::{Sizes, Writer, rounded};

/// The deep labeller.
pub struct Deep {
    pieces: Pieces,
    encoder: Encoder,
    edges: chain::Edges<LABELS>,
    pub(crate) confidence: confidence::Weights,
}

impl Deep {
    /// Reads a file of weights; `None` where it is none.
    pub fn new(bytes: &[u8]) -> Option<Self> {
        let weights::File { pieces, encoder, edges, confidence } = weights::read(bytes)?;
        Some(Self { pieces, encoder, edges: chain::Edges::new(&[edges.map(|row| row.map(units))]), confidence })
    }

    /// Every label's score at each token of a passage, in nats.
    pub(crate) fn scores(&self, passage: &Passage) -> Vec<[f32; LABELS]> {
        self.encoder.scores(passage).as_chunks().0.to_vec()
    }

    /// Labels the tokens of a block.
    pub(crate) fn label(&self, paragraph: &Paragraph) -> Labelled<LABELS> {
        let mut all = Labelled { labels: Vec::new(), marginals: Vec::new() };
        for passage in passages(paragraph, &self.pieces) {
            let emissions: Vec<[i16; LABELS]> = self.scores(&passage).into_iter().map(|row| row.map(units)).collect();
            let Labelled { labels, marginals } = self.edges.label(&emissions, |_| 0);
            all.labels.extend(labels);
            all.marginals.extend(marginals);
        }
        all
    }
}

/// A score in nats as a weight of the chain.
fn units(score: f32) -> i16 {
    (score * UNITS).round().clamp(-2000.0, 2000.0) as i16
}
