//! Linear-chain conditional random fields (Lafferty, `McCallum` and Pereira, 2001): every token of a sequence gets
//! a label, from hashed features of the token and from how labels follow each other.
//!
//! Weights are whole numbers and exponentials come from a table made by multiplication, so that every machine
//! finds the same labels and the same probabilities.

mod features;
mod file;
mod table;

pub(crate) use features::{Key, Sink, mix, of_text};
#[cfg(feature = "train")]
pub(crate) use file::write;
pub(crate) use table::Table;

/// Units of weight in a nat of log-odds.
#[cfg(feature = "train")]
pub(crate) const UNITS: f32 = 16.0;

/// The weight of labels that never follow each other.
const NEVER: i16 = -4096;

/// A trained model with `L` labels.
#[derive(Debug)]
pub(crate) struct Chain<const L: usize> {
    table: Table<L>,
    /// By edge class, label before, label.
    edges: Vec<[[i16; L]; L]>,
    /// The same as factors of probability, the greatest of each class one.
    factors: Vec<[[f32; L]; L]>,
}

/// The sequence to label: its features and edge classes are asked for token by token, first to last.
pub(crate) trait Sequence {
    /// How many tokens.
    fn len(&self) -> usize;
    /// The token's features.
    fn features(&self, n: usize, sink: &mut impl Sink);
    /// How the token joins the one before it: a number below the model's count of classes.
    fn edge(&self, n: usize) -> usize;
}

/// What a model says of a sequence.
#[derive(Debug)]
pub(crate) struct Labelled<const L: usize> {
    /// The best labels taken together.
    pub labels: Vec<u8>,
    /// The probability of every label at every token.
    pub marginals: Vec<[f32; L]>,
}

impl<const L: usize> Chain<L> {
    /// Reads a weights file.
    ///
    /// # Panics
    /// If it is not one: weights are embedded, and the tests read them.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        file::read(bytes)
    }

    fn new(table: Table<L>, edges: Vec<[[i16; L]; L]>) -> Self {
        let factors = |rows: &[[i16; L]; L]| {
            let top = rows.iter().flatten().copied().max().unwrap_or(0);
            rows.map(|row| row.map(|weight| power(top - weight)))
        };
        Self { table, factors: edges.iter().map(factors).collect(), edges }
    }

    /// The sequence's best labels.
    pub(crate) fn best(&self, sequence: &impl Sequence) -> Vec<u8> {
        self.viterbi(sequence, &self.emissions(sequence))
    }

    /// The sequence's best labels, with every label's probability.
    pub(crate) fn label(&self, sequence: &impl Sequence) -> Labelled<L> {
        let emissions = self.emissions(sequence);
        Labelled { labels: self.viterbi(sequence, &emissions), marginals: self.marginals(sequence, &emissions) }
    }

    fn emissions(&self, sequence: &impl Sequence) -> Vec<[i16; L]> {
        let mut rows = Vec::with_capacity(sequence.len());
        for n in 0..sequence.len() {
            let mut sum = self.table.sum();
            sequence.features(n, &mut sum);
            rows.push(sum.total);
        }
        rows
    }

    fn viterbi(&self, sequence: &impl Sequence, emissions: &[[i16; L]]) -> Vec<u8> {
        let mut back: Vec<[u8; L]> = Vec::with_capacity(emissions.len());
        let mut best = [0_i32; L];
        for (n, emission) in emissions.iter().enumerate() {
            let mut from = [0_u8; L];
            if n > 0 {
                let mut next = [i32::MIN; L];
                for (before, row) in self.edges[sequence.edge(n)].iter().enumerate() {
                    for label in 0..L {
                        let score = best[before] + i32::from(row[label]);
                        if score > next[label] {
                            next[label] = score;
                            from[label] = before as u8;
                        }
                    }
                }
                best = next;
            }
            for label in 0..L {
                best[label] += i32::from(emission[label]);
            }
            // Kept near nought, so that no length of text overflows.
            let top = best.iter().copied().max().unwrap_or(0);
            best.iter_mut().for_each(|score| *score -= top);
            back.push(from);
        }
        let mut label = best.iter().position(|&score| score == 0).unwrap_or(0) as u8;
        let mut labels = vec![0; emissions.len()];
        for n in (0..emissions.len()).rev() {
            labels[n] = label;
            label = back[n][label as usize];
        }
        labels
    }

    /// Forward-backward, each token's row scaled to sum to one.
    fn marginals(&self, sequence: &impl Sequence, emissions: &[[i16; L]]) -> Vec<[f32; L]> {
        let mut forward: Vec<[f32; L]> = Vec::with_capacity(emissions.len());
        let potential = |emission: &[i16; L]| {
            let top = emission.iter().copied().max().unwrap_or(0);
            emission.map(|weight| power(top - weight))
        };
        for (n, emission) in emissions.iter().enumerate() {
            let mut row = potential(emission);
            if let Some(before) = forward.last() {
                let mut sum = [0.0; L];
                for (reached, edge) in before.iter().zip(&self.factors[sequence.edge(n)]) {
                    for label in 0..L {
                        sum[label] += reached * edge[label];
                    }
                }
                for label in 0..L {
                    row[label] *= sum[label];
                }
            }
            scale(&mut row);
            forward.push(row);
        }
        let mut backward = [1.0; L];
        for n in (0..forward.len()).rev() {
            let mut behind = potential(&emissions[n]);
            for label in 0..L {
                behind[label] *= backward[label];
                forward[n][label] *= backward[label];
            }
            scale(&mut forward[n]);
            if n > 0 {
                for (reached, edge) in backward.iter_mut().zip(&self.factors[sequence.edge(n)]) {
                    *reached = edge.iter().zip(&behind).map(|(edge, behind)| edge * behind).sum();
                }
                scale(&mut backward);
            }
        }
        forward
    }
}

/// Beyond 16 nats a label is out of the question, but not impossible: something has to be true.
const LEAST: usize = 256;

/// e to minus nought, one, two … units of weight.
const POWERS: [f32; LEAST + 1] = {
    // e to the power of -1 / 16.
    let step = 0.939_413_1_f32;
    let mut powers = [1.0; LEAST + 1];
    let mut n = 1;
    while n <= LEAST {
        powers[n] = powers[n - 1] * step;
        n += 1;
    }
    powers
};

/// e to minus so many units of weight.
fn power(units: i16) -> f32 {
    POWERS[(units as usize).min(LEAST)]
}

fn scale<const L: usize>(row: &mut [f32; L]) {
    let sum: f32 = row.iter().sum();
    row.iter_mut().for_each(|value| *value /= sum);
}
