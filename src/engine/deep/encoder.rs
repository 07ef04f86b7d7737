//! The encoder: a BERT of a few layers (Devlin et al., 2019) whose matrices hold whole numbers.

use super::Passage;
use super::arithmetic::{normal, share, step};
use super::matrix::{Matrix, Rows};

/// Vectors of numbers, one a row.
pub(crate) struct Table {
    pub(crate) width: usize,
    pub(crate) values: Vec<f32>,
}

impl Table {
    fn row(&self, n: usize) -> &[f32] {
        &self.values[n * self.width..(n + 1) * self.width]
    }
}

/// The vectors of word pieces, as whole numbers: each row with its scale.
pub(crate) struct Words {
    pub(crate) values: Vec<i8>,
    pub(crate) scales: Vec<f32>,
}

pub(crate) struct Normal {
    pub(crate) scale: Vec<f32>,
    pub(crate) shift: Vec<f32>,
}

impl Normal {
    fn apply(&self, rows: &mut [f32]) {
        rows.chunks_exact_mut(self.scale.len()).for_each(|row| normal(row, &self.scale, &self.shift));
    }
}

pub(crate) struct Layer {
    /// Queries, keys and values, one behind the other.
    pub(crate) ask: Matrix,
    pub(crate) answer: Matrix,
    pub(crate) first: Normal,
    pub(crate) wide: Matrix,
    pub(crate) narrow: Matrix,
    pub(crate) second: Normal,
}

pub(crate) struct Encoder {
    pub(crate) heads: usize,
    pub(crate) words: Words,
    pub(crate) places: Table,
    pub(crate) evidence: Vec<Table>,
    pub(crate) entry: Normal,
    pub(crate) layers: Vec<Layer>,
    pub(crate) head: Matrix,
}

impl Encoder {
    /// Scores the labels at the tokens of a passage: a row a token.
    pub(crate) fn scores(&self, passage: &Passage) -> Vec<f32> {
        let width = self.places.width;
        let mut x = self.embed(passage);
        self.entry.apply(&mut x);
        for layer in &self.layers {
            let asked = layer.ask.times(&Rows::new(&x, width));
            let answer = layer.answer.times(&Rows::new(&self.attend(&asked), width));
            x.iter_mut().zip(answer).for_each(|(x, more)| *x += more);
            layer.first.apply(&mut x);
            let mut wide = layer.wide.times(&Rows::new(&x, width));
            wide.iter_mut().for_each(|x| *x = step(*x));
            let narrow = layer.narrow.times(&Rows::new(&wide, layer.narrow.columns));
            x.iter_mut().zip(narrow).for_each(|(x, more)| *x += more);
            layer.second.apply(&mut x);
        }
        let heads: Vec<f32> = passage.heads.iter().flat_map(|&head| x[head * width..(head + 1) * width].iter().copied()).collect();
        self.head.times(&Rows::new(&heads, width))
    }

    fn embed(&self, passage: &Passage) -> Vec<f32> {
        let width = self.places.width;
        let mut rows = Vec::with_capacity(passage.pieces.len() * width);
        for (n, &piece) in passage.pieces.iter().enumerate() {
            let start = rows.len();
            let (values, scale) = (&self.words.values[piece as usize * width..][..width], self.words.scales[piece as usize]);
            rows.extend(values.iter().zip(self.places.row(n)).map(|(&value, place)| f32::from(value) * scale + place));
            for (table, classes) in self.evidence.iter().zip(&passage.evidence) {
                rows[start..].iter_mut().zip(table.row(classes[n] as usize)).for_each(|(x, known)| *x += known);
            }
        }
        rows
    }

    /// Attention with several heads (Vaswani et al., 2017). Rows hold queries, keys and values.
    fn attend(&self, asked: &[f32]) -> Vec<f32> {
        let width = self.places.width;
        let (len, own) = (asked.len() / (3 * width), width / self.heads);
        let scale = 1.0 / (own as f32).sqrt();
        let mut out = vec![0.0; len * width];
        // Column by column, the last filled up with noughts.
        let columns = len.next_multiple_of(STRIP);
        let mut keys = vec![0.0; columns * own];
        let mut looks = vec![0.0; columns];
        for head in 0..self.heads {
            let part = |row: usize, n: usize| &asked[(3 * row + n) * width + head * own..][..own];
            for row in 0..len {
                part(row, 1).iter().enumerate().for_each(|(n, key)| keys[n * columns + row] = key * scale);
            }
            for row in 0..len {
                let query = part(row, 0);
                for (n, looks) in looks.as_chunks_mut().0.iter_mut().enumerate() {
                    *looks = weigh(query.iter().zip(keys.chunks_exact(columns).map(|keys| &keys[n * STRIP..])));
                }
                share(&mut looks[..len]);
                let out = &mut out[row * width + head * own..][..own];
                for (n, out) in out.as_chunks_mut().0.iter_mut().enumerate() {
                    *out = weigh(looks[..len].iter().enumerate().map(|(other, look)| (look, &part(other, 2)[n * STRIP..])));
                }
            }
        }
        out
    }
}

/// So many sums side by side as stay in registers; a head's width is a multiple.
const STRIP: usize = 16;

/// The sum of the first numbers of rows, each row times a weight.
fn weigh<'a>(rows: impl Iterator<Item = (&'a f32, &'a [f32])>) -> [f32; STRIP] {
    let mut sums = [0.0; STRIP];
    for (weight, row) in rows {
        sums.iter_mut().zip(&row[..STRIP]).for_each(|(sum, x)| *sum += weight * x);
    }
    sums
}
