//! The weights of features, found by key.

use super::{Key, Sink};

/// A hash table with open addressing; at most half of its slots are full.
#[derive(Debug)]
pub(crate) struct Table<const L: usize> {
    /// A key, and one past the position of its row; nought where the slot is empty.
    slots: Vec<(u32, u32)>,
    rows: Vec<[i16; L]>,
}

impl<const L: usize> Table<L> {
    /// The table of these rows, whose keys differ.
    pub(crate) fn new(keys: &[Key], rows: Vec<[i16; L]>) -> Self {
        let mut slots = vec![(0, 0); (keys.len() * 2).next_power_of_two().max(2)];
        let mask = slots.len() - 1;
        for (row, key) in keys.iter().enumerate() {
            let mut at = key.0 as usize & mask;
            while slots[at].1 != 0 {
                at = (at + 1) & mask;
            }
            slots[at] = (key.0, row as u32 + 1);
        }
        Self { slots, rows }
    }

    fn row(&self, key: Key) -> Option<&[i16; L]> {
        let mask = self.slots.len() - 1;
        let mut at = key.0 as usize & mask;
        loop {
            match self.slots[at] {
                (_, 0) => return None,
                (found, row) if found == key.0 => return self.rows.get(row as usize - 1),
                _ => at = (at + 1) & mask,
            }
        }
    }

    /// An empty sum over this table.
    pub(crate) fn sum(&self) -> Sum<'_, L> {
        Sum { table: self, total: [0; L] }
    }
}

/// The sum of the weights of a token's features.
#[derive(Debug)]
pub(crate) struct Sum<'a, const L: usize> {
    table: &'a Table<L>,
    pub(super) total: [i16; L],
}

impl<const L: usize> Sink for Sum<'_, L> {
    fn add(&mut self, key: Key) {
        if let Some(row) = self.table.row(key) {
            for (total, weight) in self.total.iter_mut().zip(row) {
                *total = total.saturating_add(*weight);
            }
        }
    }
}
