//! Words to what is known of them, found in one step: most words are looked up and most are not there.

/// A table from words to values, made once.
///
/// Open addressing over a fixed hash: the same in every build and quick in WebAssembly, where comparing strings
/// one after another is not.
#[derive(Debug)]
pub(crate) struct Index<V> {
    entries: Vec<(&'static str, V)>,
    /// One more than a position in `entries`, 0 where free. At least half are, and their number is a power of two.
    slots: Vec<u32>,
}

impl<V> Index<V> {
    /// What is known of a word.
    pub(crate) fn get(&self, word: &str) -> Option<&V> {
        match self.slots[self.slot(word)] {
            0 => None,
            n => Some(&self.entries[n as usize - 1].1),
        }
    }

    /// The word's slot, or the free one that is its place.
    fn slot(&self, word: &str) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = hash(word) as usize & mask;
        while self.slots[slot] != 0 && self.entries[self.slots[slot] as usize - 1].0 != word {
            slot = (slot + 1) & mask;
        }
        slot
    }
}

/// Of several values for one word the last is kept.
impl<V> FromIterator<(&'static str, V)> for Index<V> {
    fn from_iter<I: IntoIterator<Item = (&'static str, V)>>(entries: I) -> Self {
        let entries: Vec<_> = entries.into_iter().collect();
        let slots = vec![0; (2 * entries.len()).next_power_of_two().max(2)];
        let mut index = Self { entries, slots };
        for n in 0..index.entries.len() {
            let slot = index.slot(index.entries[n].0);
            index.slots[slot] = n as u32 + 1;
        }
        index
    }
}

/// FNV-1a (Fowler, Noll and Vo, 1991) with 64 bits.
pub fn fnv(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// FNV-1a, its upper half folded in.
fn hash(word: &str) -> u32 {
    let hash = fnv(word.bytes());
    (hash ^ (hash >> 32)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_is_there_and_nothing_else() {
        let words: Vec<&'static str> = include_str!("../link/v1/words.txt").split_whitespace().collect();
        let (known, unknown) = words.split_at(words.len() / 2);
        let index: Index<usize> = known.iter().copied().zip(0..).collect();
        for word in known {
            assert_eq!(index.get(word).map(|&n| known[n]), Some(*word));
        }
        for word in unknown.iter().filter(|word| !known.contains(word)) {
            assert_eq!(index.get(word), None, "{word}");
        }
        assert_eq!(index.get(""), None);
    }

    #[test]
    fn keeps_the_last_of_several_and_may_be_empty() {
        let index: Index<u8> = [("a", 1), ("b", 2), ("a", 3)].into_iter().collect();
        assert_eq!((index.get("a"), index.get("b")), (Some(&3), Some(&2)));
        assert_eq!(Index::<u8>::from_iter([]).get("a"), None);
    }
}
