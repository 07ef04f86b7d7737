//! The loss of a linear-chain conditional random field over the encoder's scores, and its best labels.

/// How labels follow each other: label before, label.
pub(super) type Edges<const L: usize> = [[f32; L]; L];

/// The loss of gold labels in nats, and its slope by score and by edge, added to what is there.
pub(super) fn learn<const L: usize>(scores: &[f32], edges: &Edges<L>, gold: &[u8], slope: &mut [f32], edge_slope: &mut Edges<L>) -> f32 {
    let len = gold.len();
    let powers = edges.map(|row| row.map(f32::exp));
    let potentials: Vec<[f32; L]> = scores
        .chunks(L)
        .map(|row| {
            let top = row.iter().copied().fold(f32::MIN, f32::max);
            std::array::from_fn(|label| (row[label] - top).exp())
        })
        .collect();
    let mut forward = vec![[0.0; L]; len];
    let mut loss = 0.0;
    for n in 0..len {
        let mut row = potentials[n];
        if n > 0 {
            for label in 0..L {
                let sum: f32 = (0..L).map(|before| forward[n - 1][before] * powers[before][label]).sum();
                row[label] *= sum;
            }
            loss -= edges[gold[n - 1] as usize][gold[n] as usize];
        }
        let sum: f32 = row.iter().sum();
        loss += sum.ln() - potentials[n][gold[n] as usize].max(1e-30).ln();
        forward[n] = row.map(|value| value / sum);
    }
    let mut backward = [1.0; L];
    for n in (0..len).rev() {
        let mut expected: [f32; L] = std::array::from_fn(|label| forward[n][label] * backward[label]);
        let sum: f32 = expected.iter().sum();
        expected.iter_mut().for_each(|value| *value /= sum);
        expected[gold[n] as usize] -= 1.0;
        slope[n * L..][..L].iter_mut().zip(expected).for_each(|(slope, surplus)| *slope += surplus);
        if n == 0 {
            break;
        }
        let behind: [f32; L] = std::array::from_fn(|label| backward[label] * potentials[n][label]);
        let mut pairs = [[0.0; L]; L];
        let mut sum = 0.0;
        for before in 0..L {
            let mut reach = 0.0;
            for label in 0..L {
                let joined = powers[before][label] * behind[label];
                reach += joined;
                pairs[before][label] = forward[n - 1][before] * joined;
            }
            sum += forward[n - 1][before] * reach;
            backward[before] = reach;
        }
        for before in 0..L {
            for label in 0..L {
                edge_slope[before][label] += pairs[before][label] / sum;
            }
        }
        edge_slope[gold[n - 1] as usize][gold[n] as usize] -= 1.0;
        let top = backward.iter().copied().fold(0.0, f32::max);
        backward.iter_mut().for_each(|value| *value /= top);
    }
    loss
}

/// The best labels, and every label's probability at each place.
pub(super) fn read<const L: usize>(scores: &[f32], edges: &Edges<L>) -> (Vec<u8>, Vec<[f32; L]>) {
    let rows: Vec<[f32; L]> = scores.chunks(L).map(|row| std::array::from_fn(|label| row[label])).collect();
    let mut best = vec![[0.0_f32; L]; rows.len()];
    let mut from = vec![[0_u8; L]; rows.len()];
    for n in 0..rows.len() {
        for label in 0..L {
            let (before, score) = match n {
                0 => (0, 0.0),
                _ => (0..L).map(|b| (b, best[n - 1][b] + edges[b][label])).max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((0, 0.0)),
            };
            best[n][label] = score + rows[n][label];
            from[n][label] = before as u8;
        }
    }
    let mut labels = vec![0; rows.len()];
    let mut label = best.last().map_or(0, |row| (0..L).max_by(|&a, &b| row[a].total_cmp(&row[b])).unwrap_or(0));
    for n in (0..rows.len()).rev() {
        labels[n] = label as u8;
        label = from[n][label] as usize;
    }
    // What the loss's slope would be without gold labels is the probabilities.
    let mut marginals = vec![0.0; scores.len()];
    let mut unused = [[0.0; L]; L];
    if !labels.is_empty() {
        learn(scores, edges, &labels, &mut marginals, &mut unused);
    }
    let mut marginals: Vec<[f32; L]> = marginals.chunks(L).map(|row| std::array::from_fn(|label| row[label])).collect();
    for (row, &label) in marginals.iter_mut().zip(&labels) {
        row[label as usize] += 1.0;
    }
    (labels, marginals)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCORES: [f32; 9] = [0.3, -1.2, 0.7, 1.5, 0.1, -0.4, -0.9, 0.8, 0.2];
    const EDGES: Edges<3> = [[0.5, -0.3, 0.1], [-1.0, 0.9, 0.4], [0.2, 0.0, -0.7]];

    /// Every way of labelling three tokens, with its score.
    fn all() -> impl Iterator<Item = ([u8; 3], f32)> {
        let each = (0..27).map(|n| [n / 9, n / 3 % 3, n % 3]);
        each.map(|labels| {
            let own: f32 = (0..3).map(|n| SCORES[n * 3 + labels[n]]).sum();
            (labels.map(|label| label as u8), own + EDGES[labels[0]][labels[1]] + EDGES[labels[1]][labels[2]])
        })
    }

    #[test]
    fn its_loss_and_slopes_are_those_of_all_labellings() {
        let gold = [2, 0, 1];
        let whole: f32 = all().map(|(_, score)| score.exp()).sum();
        let chance =
            |is: &dyn Fn(&[u8; 3]) -> bool| all().filter(|(labels, _)| is(labels)).map(|(_, score)| score.exp() / whole).sum::<f32>();
        let (mut slope, mut edge_slope) = ([0.0; 9], [[0.0; 3]; 3]);
        let loss = learn(&SCORES, &EDGES, &gold, &mut slope, &mut edge_slope);
        assert!((loss + chance(&|labels| *labels == gold).ln()).abs() < 1e-5, "{loss}");
        for n in 0..3 {
            for label in 0..3_u8 {
                let right = chance(&|labels| labels[n] == label) - f32::from(u8::from(gold[n] == label));
                assert!((slope[n * 3 + label as usize] - right).abs() < 1e-5, "token {n}, label {label}");
            }
        }
        for before in 0..3_u8 {
            for label in 0..3_u8 {
                let pair = |labels: &[u8; 3]| labels.windows(2).filter(|pair| **pair == [before, label]).count() as f32;
                let right = all().map(|(labels, score)| pair(&labels) * score.exp() / whole).sum::<f32>() - pair(&gold);
                assert!((edge_slope[before as usize][label as usize] - right).abs() < 1e-5, "{label} behind {before}");
            }
        }
    }

    #[test]
    fn it_reads_the_likeliest_labelling() {
        let (labels, chances) = read(&SCORES, &EDGES);
        let best = all().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap().0;
        assert_eq!(labels, best);
        assert!(chances.iter().all(|row| (row.iter().sum::<f32>() - 1.0).abs() < 1e-5));
    }
}
