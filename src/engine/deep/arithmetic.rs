//! Numbers of the encoder. Every operation rounds as IEEE 754 says and sums run in a fixed order, so that all machines
//! get the same bits.

/// e to the `x`, within two units of the last place; nought and infinity are never reached. Plain arithmetic, so that
/// loops over it become vector instructions.
pub fn exp(x: f32) -> f32 {
    /// Adding it leaves a number's nearest whole number in the lowest bits.
    const WHOLE: f32 = 12_582_912.0;
    /// The logarithm of two in two parts, the first with so few digits that its multiples are exact.
    const HIGH: f32 = 0.693_359_4;
    const LOW: f32 = (std::f64::consts::LN_2 - HIGH as f64) as f32;
    let x = x.clamp(-87.0, 88.0);
    let shifted = x * std::f32::consts::LOG2_E + WHOLE;
    let twos = shifted - WHOLE;
    let part = x - twos * HIGH - twos * LOW;
    let series = 1.0 + part * (1.0 + part * (1.0 / 2.0 + part * (1.0 / 6.0 + part * (1.0 / 24.0 + part * (1.0 / 120.0 + part / 720.0)))));
    series * f32::from_bits((shifted.to_bits().wrapping_sub(WHOLE.to_bits()).wrapping_add(127)) << 23)
}

/// The smooth step of BERT (GELU; Hendrycks and Gimpel, 2016), by the hyperbolic tangent.
pub fn step(x: f32) -> f32 {
    x * (1.0 - 1.0 / (exp(2.0 * A * (x + B * x * x * x)) + 1.0))
}

/// The slope of [`step`].
#[cfg(feature = "train")]
pub fn step_slope(x: f32) -> f32 {
    let t = 1.0 - 2.0 / (exp(2.0 * A * (x + B * x * x * x)) + 1.0);
    0.5 * (1.0 + t) + 0.5 * x * (1.0 - t * t) * A * (1.0 + 3.0 * B * x * x)
}

const A: f32 = 0.797_884_6;
const B: f32 = 0.044_715;

/// The sum of a row, in eight sums side by side.
pub fn sum(row: &[f32]) -> f32 {
    let mut sums = [0.0; 8];
    let (chunks, rest) = row.as_chunks::<8>();
    for chunk in chunks {
        sums.iter_mut().zip(chunk).for_each(|(sum, x)| *sum += x);
    }
    rest.iter().sum::<f32>() + sums.iter().sum::<f32>()
}

/// The sum of products, in eight sums side by side.
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0; 8];
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    for (a, b) in a.iter().zip(b) {
        for n in 0..8 {
            sums[n] += a[n] * b[n];
        }
    }
    a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum::<f32>() + sums.iter().sum::<f32>()
}

/// The mean of a row, and one divided by its deviation.
pub fn standard(row: &[f32]) -> (f32, f32) {
    let mean = sum(row) / row.len() as f32;
    let variance = dot(row, row) / row.len() as f32 - mean * mean;
    (mean, 1.0 / (variance.max(0.0) + 1e-12).sqrt())
}

/// Brings a row to mean nought and variance one, then scales and shifts it (Ba, Kiros and Hinton, 2016).
pub fn normal(row: &mut [f32], scale: &[f32], shift: &[f32]) {
    let (mean, by) = standard(row);
    row.iter_mut().zip(scale).zip(shift).for_each(|((x, scale), shift)| *x = (*x - mean) * by * scale + shift);
}

/// Turns scores into shares of one (softmax).
pub fn share(row: &mut [f32]) {
    let top = row.iter().copied().fold(f32::MIN, f32::max);
    row.iter_mut().for_each(|x| *x = exp(*x - top));
    let by = 1.0 / sum(row);
    row.iter_mut().for_each(|x| *x *= by);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_is_as_exact_as_its_numbers() {
        for n in -8700..8800 {
            let x = n as f32 / 100.0;
            let right = f64::from(x).exp();
            assert!((f64::from(exp(x)) / right - 1.0).abs() < 3e-7, "e to the {x} is not {}", exp(x));
        }
        assert!(exp(f32::MIN) > 0.0 && exp(f32::MAX).is_finite());
    }

    #[test]
    fn shares_sum_to_one() {
        let mut row: Vec<f32> = (0..37_u8).map(|n| f32::from(n % 7) * 3.0 - 4.0).collect();
        share(&mut row);
        assert!((sum(&row) - 1.0).abs() < 1e-6 && row.iter().all(|&x| x > 0.0));
        assert!((row[6] / row[5] - 3.0_f32.exp()).abs() < 1e-3);
    }
}
