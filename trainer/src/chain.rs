//! Linear chains of labels: how likely each label is (forward-backward) and which are the best (Viterbi), as Lafferty
//! and others (2001) use them.

#![expect(clippy::needless_range_loop, reason = "labels index several rows at once")]

/// Scores of labels that follow each other: label before, label.
pub(crate) type Edges<const L: usize> = [[f32; L]; L];

/// Places that are labelled together.
pub(crate) struct Chain<'a, const L: usize> {
    /// Every label's score at each place.
    pub(crate) scores: &'a [[f32; L]],
    /// Edges of each class.
    pub(crate) edges: &'a [Edges<L>],
    /// The class of the edges that lead to each place; the first place's is not used.
    pub(crate) classes: &'a [usize],
}

/// What a model expects of a chain.
pub(crate) struct Expected<const L: usize> {
    /// The logarithm of the sum over all labellings.
    pub(crate) log_sum: f64,
    /// How likely each label is at each place.
    pub(crate) labels: Vec<[f32; L]>,
    /// How likely two labels are to follow each other; from the second place on.
    pub(crate) pairs: Vec<Edges<L>>,
}

impl<const L: usize> Chain<'_, L> {
    fn edges_to(&self, place: usize) -> &Edges<L> {
        &self.edges[self.classes[place]]
    }

    /// The score of a labelling.
    pub(crate) fn score(&self, labels: &[u8]) -> f64 {
        let own = self.scores.iter().zip(labels).map(|(row, &label)| f64::from(row[label as usize]));
        let pairs = (1..labels.len()).map(|n| f64::from(self.edges_to(n)[labels[n - 1] as usize][labels[n] as usize]));
        own.sum::<f64>() + pairs.sum::<f64>()
    }

    /// Forward-backward, each row scaled to sum to one.
    pub(crate) fn expected(&self) -> Expected<L> {
        let len = self.scores.len();
        let powers: Vec<Edges<L>> = self.edges.iter().map(|class| class.map(|row| row.map(f32::exp))).collect();
        let mut potentials = Vec::with_capacity(len);
        let mut forward: Vec<[f32; L]> = Vec::with_capacity(len);
        let mut log_sum = 0.0;
        for (n, scores) in self.scores.iter().enumerate() {
            let top = scores.iter().copied().fold(f32::MIN, f32::max);
            let own = scores.map(|score| (score - top).exp());
            let mut row = own;
            if let Some(before) = forward.last() {
                let mut sum = [0.0; L];
                for (reached, edge) in before.iter().zip(&powers[self.classes[n]]) {
                    for label in 0..L {
                        sum[label] += reached * edge[label];
                    }
                }
                row.iter_mut().zip(sum).for_each(|(row, sum)| *row *= sum);
            }
            let sum: f32 = row.iter().sum();
            log_sum += f64::from(top) + f64::from(sum).ln();
            potentials.push(own);
            forward.push(row.map(|value| value / sum));
        }
        let mut labels = vec![[0.0; L]; len];
        let mut pairs = vec![[[0.0; L]; L]; len.saturating_sub(1)];
        let mut backward = [1.0 / L as f32; L];
        for n in (0..len).rev() {
            labels[n] = std::array::from_fn(|label| forward[n][label] * backward[label]);
            let sum: f32 = labels[n].iter().sum();
            labels[n].iter_mut().for_each(|value| *value /= sum);
            if n == 0 {
                break;
            }
            let behind: [f32; L] = std::array::from_fn(|label| backward[label] * potentials[n][label]);
            let (pairs, mut sum) = (&mut pairs[n - 1], 0.0);
            for before in 0..L {
                let mut reach = 0.0;
                for label in 0..L {
                    let joined = powers[self.classes[n]][before][label] * behind[label];
                    reach += joined;
                    pairs[before][label] = forward[n - 1][before] * joined;
                }
                sum += forward[n - 1][before] * reach;
                backward[before] = reach;
            }
            pairs.iter_mut().flatten().for_each(|value| *value /= sum);
            let sum: f32 = backward.iter().sum();
            backward.iter_mut().for_each(|value| *value /= sum);
        }
        Expected { log_sum, labels, pairs }
    }

    /// The best labels.
    pub(crate) fn best(&self) -> Vec<u8> {
        let mut back: Vec<[u8; L]> = Vec::with_capacity(self.scores.len());
        let mut best = [0.0; L];
        for (n, scores) in self.scores.iter().enumerate() {
            let mut from = [0; L];
            if n > 0 {
                let mut next = [f32::MIN; L];
                for before in 0..L {
                    for label in 0..L {
                        let score = best[before] + self.edges_to(n)[before][label];
                        if score > next[label] {
                            next[label] = score;
                            from[label] = before as u8;
                        }
                    }
                }
                best = next;
            }
            best.iter_mut().zip(scores).for_each(|(best, score)| *best += score);
            back.push(from);
        }
        let mut label = (0..L).max_by(|&a, &b| best[a].total_cmp(&best[b])).unwrap_or(0) as u8;
        let mut labels = vec![0; back.len()];
        for n in (0..back.len()).rev() {
            labels[n] = label;
            label = back[n][label as usize];
        }
        labels
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCORES: [[f32; 3]; 3] = [[0.3, -1.2, 0.7], [1.5, 0.1, -0.4], [-0.9, 0.8, 0.2]];
    const EDGES: [Edges<3>; 2] =
        [[[0.5, -0.3, 0.1], [-1.0, 0.9, 0.4], [0.2, 0.0, -0.7]], [[-0.2, 0.6, -1.1], [0.3, -0.5, 0.8], [1.2, -0.4, 0.0]]];
    const CHAIN: Chain<3> = Chain { scores: &SCORES, edges: &EDGES, classes: &[0, 1, 0] };

    /// Every way of labelling the three places, with its score.
    fn all() -> impl Iterator<Item = ([u8; 3], f32)> {
        let each = (0..27).map(|n| [n / 9, n / 3 % 3, n % 3]);
        each.map(|labels: [usize; 3]| {
            let own: f32 = SCORES.iter().zip(labels).map(|(row, label)| row[label]).sum();
            (labels.map(|label| label as u8), own + EDGES[1][labels[0]][labels[1]] + EDGES[0][labels[1]][labels[2]])
        })
    }

    #[test]
    fn it_expects_what_all_labellings_together_say() {
        let whole: f32 = all().map(|(_, score)| score.exp()).sum();
        let chance =
            |is: &dyn Fn(&[u8; 3]) -> bool| all().filter(|(labels, _)| is(labels)).map(|(_, score)| score.exp() / whole).sum::<f32>();
        let Expected { log_sum, labels, pairs } = CHAIN.expected();
        assert!((log_sum - f64::from(whole.ln())).abs() < 1e-5, "{log_sum}");
        for n in 0..3 {
            for label in 0..3_u8 {
                let right = chance(&|labels| labels[n] == label);
                assert!((labels[n][label as usize] - right).abs() < 1e-5, "place {n}, label {label}");
            }
        }
        for n in 1..3 {
            for (before, label) in (0..9).map(|pair| (pair / 3, pair % 3)) {
                let right = chance(&|labels| labels[n - 1] == before && labels[n] == label);
                assert!((pairs[n - 1][before as usize][label as usize] - right).abs() < 1e-5, "place {n}, {label} behind {before}");
            }
        }
    }

    #[test]
    fn the_best_labels_are_those_of_the_greatest_score() {
        let (labels, score) = all().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
        assert_eq!(CHAIN.best(), labels);
        assert!((CHAIN.score(&labels) - f64::from(score)).abs() < 1e-5);
    }

    #[test]
    fn a_chain_of_no_places_has_no_labels() {
        let chain: Chain<3> = Chain { scores: &[], edges: &EDGES, classes: &[] };
        assert!(chain.best().is_empty() && chain.expected().labels.is_empty());
    }
}
