//! The weights of features, found by key.

use super::super::slots::Slots;
use super::Key;

/// How many slots there are for a feature: so many that most searches end where they begin.
const EACH: usize = 4;

/// The weights of all features.
#[derive(Debug)]
pub(crate) struct Table<const L: usize> {
    /// By key, one past the position of its row.
    slots: Slots,
    /// Row by row the weights of `L` labels, packed.
    rows: Vec<u64>,
}

/// How many weights are in one number, a byte each: by what they are greater than the least one, [`LEAST`].
const PACKED: usize = 8;
const LEAST: i16 = i8::MIN as i16;
/// Every other byte. Taken apart so, four weights are added by one addition, with or without vector instructions.
const HALF: u64 = 0x00FF_00FF_00FF_00FF;
/// The most labels that a row can have.
const LABELS: usize = 32;
/// The most features that a token can have: their weights, a byte each, add up to two bytes at most.
const FEATURES: usize = 255;

/// Up to [`PACKED`] weights as one number, the first in its lowest byte.
fn pack(weights: &[i8]) -> u64 {
    weights.iter().rev().fold(0, |number, &weight| number << 8 | (i16::from(weight) - LEAST) as u64)
}

impl<const L: usize> Table<L> {
    /// The table of these rows, whose keys differ.
    pub(crate) fn new(keys: &[Key], rows: &[[i8; L]]) -> Self {
        let mut slots = Slots::new(keys.len(), EACH);
        for (behind, key) in (1..).zip(keys) {
            *slots.entry(key.0) = behind;
        }
        Self { slots, rows: rows.iter().flat_map(|row| row.chunks(PACKED).map(pack)).collect() }
    }

    /// The packed weights of a feature.
    fn row(&self, key: Key) -> Option<&[u64]> {
        let stride = const { L.div_ceil(PACKED) };
        let behind = self.slots.get(key.0) as usize;
        self.rows.get(behind.checked_sub(1)? * stride..behind * stride)
    }

    /// The sum of the weights of a token's features.
    pub(crate) fn sum(&self, keys: &[Key]) -> [i16; L] {
        assert!(keys.len() <= FEATURES, "sums stay within two bytes");
        let [mut even, mut odd] = [[0_u64; LABELS / PACKED]; 2];
        let mut least = 0;
        for row in keys.iter().filter_map(|&key| self.row(key)) {
            for (n, weights) in row.iter().enumerate().take(const { L.div_ceil(PACKED) }) {
                even[n] += weights & HALF;
                odd[n] += weights >> 8 & HALF;
            }
            least += i32::from(LEAST);
        }
        std::array::from_fn(|label| {
            let half = if label.is_multiple_of(2) { even } else { odd };
            let sum = half[label / PACKED] >> (label % PACKED / 2 * 16) & 0xFFFF;
            (sum as i32 + least) as i16
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_the_weights_of_the_features_that_it_has() {
        // An odd number of labels, and weights as far as they go.
        let row = |n: usize| std::array::from_fn(|label| [i8::MIN, i8::MAX, n as i8, label as i8][(n + label) % 4]);
        let rows: Vec<[i8; 27]> = (0..200).map(row).collect();
        let keys: Vec<Key> = (0..200).map(|n| Key(n * n * 64)).collect();
        let table = Table::new(&keys, &rows);
        let plain = |label: usize| rows.iter().map(|row| i16::from(row[label])).sum::<i16>();
        assert_eq!(table.sum(&keys), std::array::from_fn(plain));
        assert_eq!(table.sum(&[keys[7], Key(1), keys[9]]), std::array::from_fn(|n| i16::from(rows[7][n]) + i16::from(rows[9][n])));
        assert_eq!(table.sum(&[Key(1)]), [0; 27]);
        for extreme in [i8::MIN, i8::MAX] {
            let all = Table::new(&keys[..1], &[[extreme; 27]]);
            assert_eq!(all.sum(&[keys[0]; 255]), [i16::from(extreme) * 255; 27]);
        }
    }
}
