//! Matrices of small whole numbers, and rows of whole numbers to multiply with them. Sums of whole numbers come out the
//! same in whatever order, so each machine may add them as it can do fastest.

/// Rows of numbers as whole numbers of [`BITS`] bits, each row with its scale.
pub(crate) struct Rows {
    columns: usize,
    values: Vec<i16>,
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
        let mut values = Vec::with_capacity(rows.len());
        let mut scales = Vec::with_capacity(rows.len() / columns);
        for row in rows.chunks_exact(columns) {
            let top = row.iter().fold(1e-20_f32, |top, x| top.max(x.abs()));
            let by = MOST / top;
            values.extend(row.iter().map(|x| ((x * by + WHOLE).to_bits().wrapping_sub(WHOLE.to_bits())) as i16));
            scales.push(top / MOST);
        }
        Self { columns, values, scales }
    }
}

/// A matrix with a row for each number that comes out, and a vector that is added.
pub(crate) struct Matrix {
    pub(crate) columns: usize,
    /// Row by row.
    pub(crate) values: Vec<i8>,
    /// By row.
    pub(crate) scales: Vec<f32>,
    pub(crate) bias: Vec<f32>,
}

/// Rows and rows that are multiplied at a time.
const TILE: usize = 4;

impl Matrix {
    /// How many numbers come out of a row.
    pub(crate) fn rows(&self) -> usize {
        self.scales.len()
    }

    /// Each row times the matrix, and the vector added.
    pub(crate) fn times(&self, rows: &Rows) -> Vec<f32> {
        debug_assert_eq!(rows.columns, self.columns);
        let mut out = vec![0.0; rows.scales.len() * self.rows()];
        times(self, rows, &mut out);
        out
    }
}

/// The sum of products, which [`BITS`] keeps from overflowing: a check for that would keep the loop from becoming vector
/// instructions.
#[inline]
fn dot(row: &[i16], weights: &[i8]) -> i32 {
    row.iter().zip(weights).fold(0, |sum, (&x, &w)| sum.wrapping_add(i32::from(x).wrapping_mul(i32::from(w))))
}

/// Compiled for several kinds of processors, of which the best is taken.
#[cfg_attr(not(target_arch = "wasm32"), multiversion::multiversion(targets("x86_64+avx512f+avx512bw+avx512vl+avx512vnni", "x86_64+avx2")))]
fn times(matrix: &Matrix, rows: &Rows, out: &mut [f32]) {
    let width = matrix.rows();
    let tiles = rows.values.chunks(TILE * rows.columns).zip(rows.scales.chunks(TILE)).zip(out.chunks_mut(TILE * width));
    for ((values, scales), out) in tiles {
        let of_columns = matrix.values.chunks(TILE * rows.columns).zip(matrix.scales.chunks(TILE)).zip(matrix.bias.chunks(TILE));
        for (tile, ((weights, by), bias)) in of_columns.enumerate() {
            let sums = tile::sums(values, weights, rows.columns);
            for ((out, scale), sums) in out.chunks_mut(width).zip(scales).zip(sums) {
                let out = &mut out[tile * TILE..];
                for (((out, sum), by), bias) in out.iter_mut().zip(sums).zip(by).zip(bias) {
                    *out = sum as f32 * (scale * by) + bias;
                }
            }
        }
    }
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod tile {
    use super::TILE;

    /// The sums of products of up to four rows with up to four others; noughts where there are fewer.
    #[expect(clippy::inline_always, reason = "compiled for each kind of processor only as a part of its caller")]
    #[inline(always)]
    pub(super) fn sums(rows: &[i16], weights: &[i8], columns: usize) -> [[i32; TILE]; TILE] {
        let mut sums = [[0; TILE]; TILE];
        for (row, sums) in rows.chunks_exact(columns).zip(&mut sums) {
            for (weights, sum) in weights.chunks_exact(columns).zip(sums) {
                *sum = super::dot(row, weights);
            }
        }
        sums
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod tile {
    use std::arch::wasm32::{
        i8x16, i16x8, i16x8_extend_high_i8x16, i16x8_extend_low_i8x16, i32x4_add, i32x4_dot_i16x8, i32x4_extract_lane, i32x4_splat, v128,
    };

    use super::TILE;

    /// The compiler finds no products of pairs in a plain loop, which take a quarter of the time.
    pub(super) fn sums(rows: &[i16], weights: &[i8], columns: usize) -> [[i32; TILE]; TILE] {
        let mut sums = [[0; TILE]; TILE];
        if rows.len() == TILE * columns && weights.len() == TILE * columns {
            // Three rows and four fill the registers that there are.
            whole::<3>(rows, weights, columns, &mut sums);
            whole::<1>(&rows[3 * columns..], weights, columns, &mut sums[3..]);
        } else {
            for (row, sums) in rows.chunks_exact(columns).zip(&mut sums) {
                for (weights, sum) in weights.chunks_exact(columns).zip(sums) {
                    *sum = super::dot(row, weights);
                }
            }
        }
        sums
    }

    fn whole<const R: usize>(rows: &[i16], weights: &[i8], columns: usize, sums: &mut [[i32; TILE]]) {
        let rows: [&[[i16; 8]]; R] = std::array::from_fn(|n| rows[n * columns..(n + 1) * columns].as_chunks().0);
        let weights: [&[[i8; 16]]; TILE] = std::array::from_fn(|n| weights[n * columns..(n + 1) * columns].as_chunks().0);
        let mut all = [[i32x4_splat(0); TILE]; R];
        for at in 0..columns / 16 {
            let pairs: [(v128, v128); R] = std::array::from_fn(|n| (load(rows[n][2 * at]), load(rows[n][2 * at + 1])));
            for column in 0..TILE {
                let own = weights[column][at];
                let own = load_small(own);
                let (low, high) = (i16x8_extend_low_i8x16(own), i16x8_extend_high_i8x16(own));
                for row in 0..R {
                    let both = i32x4_add(i32x4_dot_i16x8(pairs[row].0, low), i32x4_dot_i16x8(pairs[row].1, high));
                    all[row][column] = i32x4_add(all[row][column], both);
                }
            }
        }
        for (sums, all) in sums.iter_mut().zip(all) {
            for (sum, v) in sums.iter_mut().zip(all) {
                *sum = i32x4_extract_lane::<0>(v) + i32x4_extract_lane::<1>(v) + i32x4_extract_lane::<2>(v) + i32x4_extract_lane::<3>(v);
            }
        }
    }

    #[expect(clippy::many_single_char_names, reason = "they are the lanes of a vector")]
    fn load([a, b, c, d, e, f, g, h]: [i16; 8]) -> v128 {
        i16x8(a, b, c, d, e, f, g, h)
    }

    #[expect(clippy::many_single_char_names, reason = "they are the lanes of a vector")]
    fn load_small([a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p]: [i8; 16]) -> v128 {
        i8x16(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p)
    }
}
