//! Linear-chain conditional random fields (Lafferty, `McCallum` and Pereira, 2001): every token of a sequence gets
//! a label, from hashed features of the token and from how labels follow each other.
//!
//! Weights are whole numbers and exponentials come from a table made by multiplication, so that every machine
//! finds the same labels and the same probabilities.

mod edge;
mod features;
mod file;
mod table;

use edge::Edge;
pub(crate) use features::{Key, Sink, mix, of_bytes, of_text};
#[cfg(feature = "train")]
pub(crate) use file::write;
pub(crate) use table::Table;

/// Units of weight in a nat of log-odds.
pub(crate) const UNITS: f32 = 16.0;

/// The weight of labels that never follow each other.
const NEVER: i16 = -4096;

/// A trained model with `L` labels.
#[derive(Debug)]
pub(crate) struct Chain<const L: usize> {
    table: Table<L>,
    edges: Edges<L>,
}

/// How labels follow each other, by edge class.
#[derive(Debug)]
pub(crate) struct Edges<const L: usize>(Vec<Edge<L>>);

/// The sequence to label: its features and edge classes are asked for token by token, first to last.
pub(crate) trait Sequence {
    /// How many tokens.
    fn len(&self) -> usize;
    /// The token's features.
    fn features(&self, n: usize, sink: &mut Sink);
    /// How the token joins the one before it: a number below the model's count of classes.
    fn edge(&self, n: usize) -> usize;
}

/// What a model says of a sequence.
#[derive(Clone, Debug)]
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

    fn new(table: Table<L>, edges: &[[[i16; L]; L]]) -> Self {
        Self { table, edges: Edges::new(edges) }
    }

    /// The sequence's best labels.
    pub(crate) fn best(&self, sequence: &impl Sequence) -> Vec<u8> {
        self.edges.best(&self.emissions(sequence), |n| sequence.edge(n))
    }

    /// The sequence's best labels, with every label's probability.
    pub(crate) fn label(&self, sequence: &impl Sequence) -> Labelled<L> {
        self.edges.label(&self.emissions(sequence), |n| sequence.edge(n))
    }

    fn emissions(&self, sequence: &impl Sequence) -> Vec<[i16; L]> {
        let mut sink = Sink::default();
        let row = |n| {
            sink.clear();
            sequence.features(n, &mut sink);
            self.table.sum(sink.keys())
        };
        (0..sequence.len()).map(row).collect()
    }
}

impl<const L: usize> Edges<L> {
    /// From weights: by class, label before, label.
    pub(crate) fn new(weights: &[[[i16; L]; L]]) -> Self {
        Self(weights.iter().map(Edge::new).collect())
    }

    /// The best labels of tokens with these weights and edge classes, with every label's probability.
    pub(crate) fn label(&self, emissions: &[[i16; L]], class: impl Fn(usize) -> usize) -> Labelled<L> {
        Labelled { labels: self.best(emissions, &class), marginals: self.marginals(emissions, class) }
    }

    /// The best labels (Viterbi, 1967).
    fn best(&self, emissions: &[[i16; L]], class: impl Fn(usize) -> usize) -> Vec<u8> {
        let mut back: Vec<[u8; L]> = Vec::with_capacity(emissions.len());
        let mut scores = [0; L];
        for (n, emission) in emissions.iter().enumerate() {
            let mut from = [0; L];
            if n > 0 {
                (scores, from) = self.0[class(n)].step(&scores);
            }
            for label in 0..L {
                scores[label] += i32::from(emission[label]);
            }
            // The best at nought, so that no length of text overflows.
            let top = scores.iter().copied().max().unwrap_or(0);
            scores.iter_mut().for_each(|score| *score -= top);
            back.push(from);
        }
        let mut label = scores.iter().position(|&score| score == 0).unwrap_or(0) as u8;
        let mut labels = vec![0; emissions.len()];
        for n in (0..emissions.len()).rev() {
            labels[n] = label;
            label = back[n][label as usize];
        }
        labels
    }

    /// Forward-backward, each token's row scaled to sum to one.
    fn marginals(&self, emissions: &[[i16; L]], class: impl Fn(usize) -> usize) -> Vec<[f32; L]> {
        let potentials: Vec<[f32; L]> = emissions.iter().map(potential).collect();
        let mut rows: Vec<[f32; L]> = Vec::with_capacity(emissions.len());
        for (n, potential) in potentials.iter().enumerate() {
            let mut row = *potential;
            if let Some(before) = rows.last() {
                multiply(&mut row, &self.0[class(n)].forward(before));
            }
            scale(&mut row);
            rows.push(row);
        }
        let mut backward = [1.0; L];
        for (n, potential) in potentials.iter().enumerate().rev() {
            multiply(&mut rows[n], &backward);
            scale(&mut rows[n]);
            if n > 0 {
                multiply(&mut backward, potential);
                backward = self.0[class(n)].backward(&backward);
                scale(&mut backward);
            }
        }
        rows
    }
}

/// Weights of labels as factors of probability, the greatest one.
fn potential<const L: usize>(weights: &[i16; L]) -> [f32; L] {
    let top = weights.iter().copied().max().unwrap_or(0);
    weights.map(|weight| power(top - weight))
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

fn multiply<const L: usize>(row: &mut [f32; L], by: &[f32; L]) {
    row.iter_mut().zip(by).for_each(|(value, by)| *value *= by);
}

fn scale<const L: usize>(row: &mut [f32; L]) {
    let sum: f32 = row.iter().sum();
    row.iter_mut().for_each(|value| *value /= sum);
}
