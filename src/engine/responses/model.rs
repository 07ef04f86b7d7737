//! The weights, and what they make of features.

use std::sync::LazyLock;

use super::super::ResponseKind;
use super::super::attribution::confidence::odds;
use super::features::{Keys, OFFSETS, ROWS, WIDTH};

/// What the file calls the weights by which answers are found.
const LINK: &str = "link";

/// Weights in hundredths of a nat, a class of a feature each.
#[derive(Clone, Debug)]
pub(crate) struct Weights {
    link: Vec<i32>,
    kinds: [Vec<i32>; ResponseKind::ALL.len()],
}

/// Those in the repository.
pub(super) static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| {
    Weights::read(include_str!("../../../assets/responses-weights.tsv")).expect("the weights in the repository can be read")
});

impl Weights {
    /// Reads a file of them; `None` where it is none.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut weights = Self { link: vec![0; WIDTH], kinds: std::array::from_fn(|_| vec![0; WIDTH]) };
        for row in text.lines().filter(|row| !row.starts_with('#')) {
            let mut cells = row.split('\t');
            let (name, of) = (cells.next()?, cells.next()?);
            let feature = ROWS.iter().position(|(row, _)| *row == name)?;
            let from = usize::from(OFFSETS[feature]);
            let list = match of {
                LINK => &mut weights.link,
                kind => &mut weights.kinds[ResponseKind::from_name(kind)? as usize],
            };
            for (weight, cell) in list[from..from + ROWS[feature].1].iter_mut().zip(cells) {
                *weight = cell.parse().ok()?;
            }
        }
        Some(weights)
    }

    /// How much speaks for an answer.
    pub(super) fn link(&self, keys: &Keys) -> i32 {
        sum(&self.link, keys)
    }

    /// How an answer most likely stands to what it answers.
    pub(super) fn kind(&self, keys: &Keys) -> ResponseKind {
        let kinds = ResponseKind::ALL.iter().copied();
        kinds.rev().max_by_key(|&kind| sum(&self.kinds[kind as usize], keys)).unwrap_or(ResponseKind::Answer)
    }
}

fn sum(weights: &[i32], keys: &Keys) -> i32 {
    keys.0.iter().map(|&key| weights[usize::from(key)]).sum()
}

/// Of several options with their scores, and of "nothing" with the score nought, the likeliest that is something:
/// its position and its probability in percent. The first of equals.
pub(super) fn best(scores: &[i32]) -> Option<(usize, u8)> {
    let (at, &top) = scores.iter().enumerate().rev().max_by_key(|(_, score)| **score)?;
    let all: f64 = scores.iter().map(|score| odds(score - top)).sum::<f64>() + odds(-top);
    Some((at, (100.0 / all + 0.5) as u8))
}

#[cfg(test)]
mod tests {
    use super::best;

    #[test]
    fn the_likeliest_is_found_with_its_probability() {
        assert_eq!(best(&[]), None);
        assert_eq!(best(&[0]), Some((0, 50)));
        assert_eq!(best(&[-100, 110, 110]), Some((1, 41)));
        assert_eq!(best(&[-3000]), Some((0, 0)));
        assert_eq!(best(&[3000, 10]), Some((0, 100)));
    }
}
