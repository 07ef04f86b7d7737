//! Matrices of small whole numbers, and rows of whole numbers to multiply with them.

use super::tile::{self, HIGH, Pairs, WIDE, Weights};

/// Rows of numbers as whole numbers of [`BITS`] bits, each row with its scale.
pub(crate) struct Rows {
    columns: usize,
    /// By tile of rows, then by pair of columns; noughts where there are no rows.
    pairs: Vec<Pairs>,
    scales: Vec<f32>,
}

/// So many bits beside the sign that no sum of 4,096 products with numbers of eight bits overflows.
const BITS: u32 = 11;

impl Rows {
    /// Rounds rows of `columns` numbers.
    pub(crate) fn new(rows: &[f32], columns: usize) -> Self {
        const MOST: f32 = ((1 << BITS) - 1) as f32;
        /// Adding it rounds a number to a whole one, half to even.
        const WHOLE: f32 = 12_582_912.0;
        let mut pairs = vec![[0; HIGH]; rows.len().div_ceil(HIGH * columns) * (columns / 2)];
        let mut scales = Vec::with_capacity(rows.len() / columns);
        for (pairs, rows) in pairs.chunks_exact_mut(columns / 2).zip(rows.chunks(HIGH * columns)) {
            for (n, row) in rows.chunks_exact(columns).enumerate() {
                let top = row.iter().fold(1e-20_f32, |top, x| top.max(x.abs()));
                let by = MOST / top;
                let whole = |x: f32| (x * by + WHOLE).to_bits().wrapping_sub(WHOLE.to_bits());
                for (pairs, &[first, second]) in pairs.iter_mut().zip(row.as_chunks().0) {
                    pairs[n] = (whole(first) & 0xFFFF | whole(second) << 16).cast_signed();
                }
                scales.push(top / MOST);
            }
        }
        Self { columns, pairs, scales }
    }
}

/// A matrix with a row for each number that comes out, and a vector that is added.
pub(crate) struct Matrix {
    pub(crate) columns: usize,
    /// By tile of rows, then by pair of columns; noughts where there are no rows.
    weights: Vec<Weights>,
    /// By row.
    scales: Vec<f32>,
    bias: Vec<f32>,
}

impl Matrix {
    /// A matrix of these values, row by row.
    pub(crate) fn new(columns: usize, values: &[i8], scales: Vec<f32>, bias: Vec<f32>) -> Self {
        let mut weights = vec![[[0; 2]; WIDE]; scales.len().div_ceil(WIDE) * (columns / 2)];
        for (weights, rows) in weights.chunks_exact_mut(columns / 2).zip(values.chunks(WIDE * columns)) {
            for (n, row) in rows.chunks_exact(columns).enumerate() {
                weights.iter_mut().zip(row.as_chunks().0).for_each(|(weights, pair)| weights[n] = *pair);
            }
        }
        Self { columns, weights, scales, bias }
    }

    /// Each row times the matrix, and the vector added.
    pub(crate) fn times(&self, rows: &Rows) -> Vec<f32> {
        debug_assert_eq!(rows.columns, self.columns);
        let (width, pairs) = (self.scales.len(), self.columns / 2);
        let mut out = vec![0.0; rows.scales.len() * width];
        // A tile of the matrix stays at hand for all rows.
        for (n, (weights, by)) in self.weights.chunks_exact(pairs).zip(self.scales.chunks(WIDE)).enumerate() {
            let bias = &self.bias[n * WIDE..];
            let tiles = rows.pairs.chunks_exact(pairs).zip(rows.scales.chunks(HIGH)).zip(out.chunks_mut(HIGH * width));
            for ((rows, scales), out) in tiles {
                let sums = tile::sums(rows, weights);
                for ((out, scale), sums) in out.chunks_exact_mut(width).zip(scales).zip(sums) {
                    for (((out, sum), by), bias) in out[n * WIDE..].iter_mut().zip(sums).zip(by).zip(bias) {
                        *out = sum as f32 * (scale * by) + bias;
                    }
                }
            }
        }
        out
    }
}
