//! What the encoder reads of a block: the word pieces of its tokens, and what the fast engine knows of each.

use super::super::attribution::features::Paragraph;
use super::Pieces;

/// What there is to know of a token, and how many classes of each kind: quotation marks, what the rules say, cue,
/// grammatical function, part of speech, capitals. The class nought is for marks of the encoder's own.
pub const EVIDENCE: [usize; 6] = [8, 128, 8, 40, 32, 8];

/// A longer block is read in several passages.
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

impl Passage {
    fn open(pieces: &Pieces) -> Self {
        Self { pieces: vec![pieces.borders().0], evidence: vec![vec![0]; EVIDENCE.len()], heads: Vec::new() }
    }

    fn close(mut self, pieces: &Pieces) -> Self {
        self.pieces.push(pieces.borders().1);
        self.evidence.iter_mut().for_each(|classes| classes.push(0));
        self
    }
}

/// The passages of a block, which together hold all its tokens.
pub(crate) fn passages(paragraph: &Paragraph, pieces: &Pieces) -> Vec<Passage> {
    let mut done = Vec::new();
    let mut passage = Passage::open(pieces);
    let mut own = Vec::new();
    for n in paragraph.tokens() {
        own.clear();
        pieces.add(paragraph.text(n), &mut own);
        own.truncate(LONGEST / 2);
        if passage.pieces.len() + own.len() > LONGEST {
            done.push(std::mem::replace(&mut passage, Passage::open(pieces)).close(pieces));
        }
        passage.heads.push(passage.pieces.len());
        passage.pieces.extend(&own);
        for (classes, (class, most)) in passage.evidence.iter_mut().zip(paragraph.known(n).into_iter().zip(EVIDENCE)) {
            classes.extend(own.iter().map(|_| class.min(most as u32 - 1) as u8));
        }
    }
    done.push(passage.close(pieces));
    done
}
