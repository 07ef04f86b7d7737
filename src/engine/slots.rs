//! Numbers found by keys that are hashes already: most keys are looked up and most are not there.

/// A table from keys to numbers above nought, with open addressing.
#[derive(Debug)]
pub(crate) struct Slots {
    /// A key and its number; nought where the slot is free. How many there are is a power of two.
    slots: Vec<(u32, u32)>,
}

impl Slots {
    /// Room for so many keys, with `each` slots for one: the more, the sooner a search ends.
    pub(crate) fn new(keys: usize, each: usize) -> Self {
        Self { slots: vec![(0, 0); (keys * each).next_power_of_two().max(2)] }
    }

    /// The number of a key; nought where it has none.
    pub(crate) fn get(&self, key: u32) -> u32 {
        self.slots[self.slot(key)].1
    }

    /// The number of a key, to be set.
    pub(crate) fn entry(&mut self, key: u32) -> &mut u32 {
        let slot = self.slot(key);
        self.slots[slot].0 = key;
        &mut self.slots[slot].1
    }

    /// The key's slot, or the free one that is its place.
    fn slot(&self, key: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = key as usize & mask;
        while self.slots[slot].1 != 0 && self.slots[slot].0 != key {
            slot = (slot + 1) & mask;
        }
        slot
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_is_there_and_nothing_else() {
        // Keys that want the same slots.
        let keys: Vec<u32> = (0..100).map(|n| n * n * 64).collect();
        for each in [2, 4] {
            let mut slots = Slots::new(keys.len(), each);
            for (number, &key) in (1..).zip(&keys) {
                *slots.entry(key) |= number;
            }
            for (number, &key) in (1..).zip(&keys) {
                assert_eq!((slots.get(key), slots.get(key + 1)), (number, 0));
            }
        }
        assert_eq!(Slots::new(0, 2).get(7), 0);
    }
}
