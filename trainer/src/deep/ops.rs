//! The encoder's operations on rows of numbers, each with its slope: given the slope of the loss by what comes out,
//! the slope by what goes in. Sums run in a fixed order, whatever the machine's threads.

use ndarray::linalg::general_mat_mul;
use ndarray::{Array2, ArrayView2, s};
use sayso::engine::train::arithmetic::{self, dot, standard, sum};

/// The smooth step of each number.
pub(super) fn step(x: &Array2<f32>) -> Array2<f32> {
    x.mapv(arithmetic::step)
}

pub(super) fn step_slope(x: &Array2<f32>, mut slope: Array2<f32>) -> Array2<f32> {
    slope.zip_mut_with(x, |slope, &x| *slope *= arithmetic::step_slope(x));
    slope
}

/// Rows brought to mean nought and variance one, then scaled and shifted (Ba, Kiros and Hinton, 2016).
pub(super) fn normal(x: &Array2<f32>, scale: &[f32], shift: &[f32]) -> Array2<f32> {
    let mut out = x.clone();
    for mut row in out.rows_mut() {
        arithmetic::normal(row.as_slice_mut().expect("rows are whole"), scale, shift);
    }
    out
}

/// Adds to the slopes by scale and shift.
pub(super) fn normal_slope(
    x: &Array2<f32>,
    scale: &[f32],
    mut slope: Array2<f32>,
    scale_slope: &mut [f32],
    shift_slope: &mut [f32],
) -> Array2<f32> {
    let width = scale.len();
    for (x, mut slope) in x.rows().into_iter().zip(slope.rows_mut()) {
        let (x, slope) = (x.to_slice().expect("rows are whole"), slope.as_slice_mut().expect("rows are whole"));
        let (mean, by) = standard(x);
        for n in 0..width {
            scale_slope[n] += slope[n] * (x[n] - mean) * by;
            shift_slope[n] += slope[n];
            slope[n] *= scale[n];
        }
        let first = sum(slope) / width as f32;
        let second = by * (dot(slope, x) - mean * first * width as f32) / width as f32;
        slope.iter_mut().zip(x).for_each(|(slope, x)| *slope = (*slope - first - (x - mean) * by * second) * by);
    }
    slope
}

/// Sets a tenth of the values to nought and scales the others up (Srivastava et al., 2014); which ones follows from
/// the seed, so the slope is the same operation.
pub(super) fn drop(values: &mut Array2<f32>, seed: u64) {
    const SHARE: f32 = 0.1;
    let (bound, scale) = ((SHARE * 256.0) as u8, 1.0 / (1.0 - (SHARE * 256.0).floor() / 256.0));
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    for values in values.as_slice_mut().expect("rows are whole").chunks_mut(4) {
        state = state.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(0x1405_7B7E_F767_814F);
        for (value, draw) in values.iter_mut().zip((state >> 32).to_le_bytes()) {
            *value *= if draw < bound { 0.0 } else { scale };
        }
    }
}

/// What attention looked at: for each passage and head a matrix, row by row how much of each other row.
pub(super) type Looks = Vec<Array2<f32>>;

/// The passages of a batch and the heads in each: first row, row behind the last, first column.
fn parts(ends: &[usize], width: usize, heads: usize) -> impl Iterator<Item = (usize, usize, usize)> {
    let starts = [0].into_iter().chain(ends.iter().copied());
    starts.zip(ends).flat_map(move |(start, &end)| (0..heads).map(move |head| (start, end, head * width / heads)))
}

/// Attention with several heads (Vaswani et al., 2017), each row only to those of its own passage. Rows hold queries,
/// keys and values side by side.
pub(super) fn attend(qkv: &Array2<f32>, ends: &[usize], heads: usize) -> (Looks, Array2<f32>) {
    let width = qkv.ncols() / 3;
    let scale = 1.0 / ((width / heads) as f32).sqrt();
    let mut out = Array2::zeros((qkv.nrows(), width));
    let looks = parts(ends, width, heads)
        .map(|(start, end, column)| {
            let part = |n: usize| qkv.slice(s![start..end, n * width + column..n * width + column + width / heads]);
            let mut looks = Array2::zeros((end - start, end - start));
            general_mat_mul(scale, &part(0), &part(1).t(), 0.0, &mut looks);
            for mut row in looks.rows_mut() {
                arithmetic::share(row.as_slice_mut().expect("rows are whole"));
            }
            general_mat_mul(1.0, &looks, &part(2), 0.0, &mut out.slice_mut(s![start..end, column..column + width / heads]));
            looks
        })
        .collect();
    (looks, out)
}

pub(super) fn attend_slope(qkv: &Array2<f32>, looks: &Looks, ends: &[usize], heads: usize, slope: &Array2<f32>) -> Array2<f32> {
    let width = slope.ncols();
    let scale = 1.0 / ((width / heads) as f32).sqrt();
    let mut out = Array2::zeros(qkv.dim());
    for ((start, end, column), looks) in parts(ends, width, heads).zip(looks) {
        let columns = |n: usize| n * width + column..n * width + column + width / heads;
        let part = |n: usize| qkv.slice(s![start..end, columns(n)]);
        let slope: ArrayView2<f32> = slope.slice(s![start..end, column..column + width / heads]);
        general_mat_mul(1.0, &looks.t(), &slope, 0.0, &mut out.slice_mut(s![start..end, columns(2)]));
        let mut inner = Array2::zeros(looks.dim());
        general_mat_mul(1.0, &slope, &part(2).t(), 0.0, &mut inner);
        for (mut inner, looks) in inner.rows_mut().into_iter().zip(looks.rows()) {
            let (inner, looks) = (inner.as_slice_mut().expect("rows are whole"), looks.to_slice().expect("rows are whole"));
            let mean = dot(inner, looks);
            inner.iter_mut().zip(looks).for_each(|(inner, look)| *inner = (*inner - mean) * look);
        }
        general_mat_mul(scale, &inner, &part(1), 0.0, &mut out.slice_mut(s![start..end, columns(0)]));
        general_mat_mul(scale, &inner.t(), &part(0), 0.0, &mut out.slice_mut(s![start..end, columns(1)]));
    }
    out
}
