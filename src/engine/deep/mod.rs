//! What a pretrained encoder reads: word pieces.

pub mod arithmetic;
mod pieces;

pub use pieces::Pieces;

/// A longer text is read in several passages.
pub const LONGEST: usize = 500;

/// What the encoder reads at once.
#[derive(Clone, Debug)]
pub struct Passage {
    /// Word pieces by number, between one that opens and one that closes the passage.
    pub pieces: Vec<u32>,
    /// For each kind of evidence its class at each piece.
    pub evidence: Vec<Vec<u8>>,
    /// For each token the piece that begins it.
    pub heads: Vec<usize>,
}
