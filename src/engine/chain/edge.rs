//! How labels follow each other.

use super::power;

/// One edge class of a model with at most 32 labels.
#[derive(Debug)]
pub(crate) struct Edge<const L: usize> {
    /// By label before and label, ranked: the weight, and behind it which label was before, so that of equal sums the
    /// one of the first label is the greatest.
    ranked: [[i32; L]; L],
    /// By the best label before and another: how far the other's score may be below the best one's, or it is on no
    /// best path whatever follows.
    reach: [[i32; L]; L],
    /// By label before and label: weights as factors of probability, the greatest one.
    factors: [[f32; L]; L],
    /// The same by label and label before.
    backwards: [[f32; L]; L],
}

/// Bits of a ranked score that tell the label before, and the greatest number in them, which is for the first label.
const RANK: u32 = 5;
const FIRST: u8 = (1 << RANK) - 1;

impl<const L: usize> Edge<L> {
    /// The class with these weights, by label before and label.
    pub(crate) fn new(weights: &[[i16; L]; L]) -> Self {
        const { assert!(L <= 1 << RANK) };
        let table = |of: &dyn Fn(usize, usize) -> i32| std::array::from_fn(|a| std::array::from_fn(|b| of(a, b)));
        let weight = |before: usize, label: usize| i32::from(weights[before][label]);
        let loss = |best, other| (0..L).map(|label| weight(best, label) - weight(other, label)).min().unwrap_or(0);
        let top = weights.iter().flatten().copied().max().unwrap_or(0);
        let factors = weights.map(|row| row.map(|weight| power(top - weight)));
        Self {
            ranked: table(&|before, label| (weight(before, label) << RANK) + i32::from(FIRST - before as u8)),
            reach: table(&|best, other| loss(best, other)),
            backwards: std::array::from_fn(|label| factors.map(|row| row[label])),
            factors,
        }
    }

    /// From the scores of the labels before, the greatest of which is nought: the best score on the way to each label,
    /// and the label before on that way, the first of equals.
    pub(crate) fn step(&self, scores: &[i32; L]) -> ([i32; L], [u8; L]) {
        let best = scores.iter().position(|&score| score == 0).unwrap_or(0);
        let mut ranked = [i32::MIN; L];
        for (before, row) in self.ranked.iter().enumerate() {
            if scores[before] < self.reach[best][before] {
                continue;
            }
            let reached = scores[before] << RANK;
            for (ranked, edge) in ranked.iter_mut().zip(row) {
                *ranked = (*ranked).max(reached + edge);
            }
        }
        (ranked.map(|score| score >> RANK), ranked.map(|score| FIRST - (score as u8 & FIRST)))
    }

    /// The probabilities of labels from those of the labels before.
    pub(crate) fn forward(&self, before: &[f32; L]) -> [f32; L] {
        product(before, &self.factors)
    }

    /// The probabilities of what follows each label before from those of what follows the labels.
    pub(crate) fn backward(&self, behind: &[f32; L]) -> [f32; L] {
        product(behind, &self.backwards)
    }
}

/// Added up row after row: in this order the sums of all columns can be worked out at once, and are the same on every
/// machine.
fn product<const L: usize>(values: &[f32; L], rows: &[[f32; L]; L]) -> [f32; L] {
    let mut sums = [0.0; L];
    for (value, row) in values.iter().zip(rows) {
        for (sum, factor) in sums.iter_mut().zip(row) {
            *sum += value * factor;
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::super::NEVER;
    use super::*;

    /// The same without leaving anything out.
    fn plain<const L: usize>(weights: &[[i16; L]; L], scores: &[i32; L]) -> ([i32; L], [u8; L]) {
        let score = |before: usize, label: usize| scores[before] + i32::from(weights[before][label]);
        let from: [usize; L] =
            std::array::from_fn(|label| (0..L).rev().max_by_key(|&before| score(before, label)).expect("there are labels"));
        (std::array::from_fn(|label| score(from[label], label)), from.map(|before| before as u8))
    }

    #[test]
    fn a_step_gives_the_best_way_to_each_label_and_of_equals_the_first() {
        let mut state = 1_u32;
        let mut random = |below: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) % below
        };
        for spread in [1, 3, 30, 200] {
            let mut weight = || if random(9) == 0 { NEVER } else { 20 - random(spread) as i16 };
            let weights: [[i16; 27]; 27] = std::array::from_fn(|_| std::array::from_fn(|_| weight()));
            let edge = Edge::new(&weights);
            for _ in 0..50 {
                let mut scores: [i32; 27] = std::array::from_fn(|_| -random(2 * spread).cast_signed());
                let top = scores.into_iter().max().expect("there are labels");
                scores.iter_mut().for_each(|score| *score -= top);
                assert_eq!(edge.step(&scores), plain(&weights, &scores));
            }
        }
    }
}
