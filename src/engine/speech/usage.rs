//! Which parts of speech words usually have: a small number for each of some words, found by hashes.

#[cfg(feature = "train")]
use super::super::chain::of_text;

/// Words' classes; nought for words that are not there.
#[derive(Debug)]
pub(crate) struct Usage {
    slots: Vec<(u32, u8)>,
    /// By class, from one on, the label that words of it usually have.
    usual: Vec<u8>,
}

/// Words go by so many bits of their hash, for the file's sake.
const BITS: u32 = 24;

impl Usage {
    /// Room for so many words.
    pub(crate) fn new(len: usize) -> Self {
        Self { slots: vec![(0, 0); (len * 2).next_power_of_two().max(2)], usual: Vec::new() }
    }

    fn at(&self, word: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = word as usize & mask;
        while self.slots[at].1 != 0 && self.slots[at].0 != word {
            at = (at + 1) & mask;
        }
        at
    }

    /// Joins a class's bits to what is known of a word, by its hash.
    pub(crate) fn add(&mut self, word: u32, class: u8) {
        let at = self.at(word);
        self.slots[at] = (word, self.slots[at].1 | class);
    }

    /// The class of a word, by its hash.
    pub(crate) fn get(&self, word: u32) -> u8 {
        self.slots[self.at(word)].1
    }

    /// The class of a word in a table that [`Self::read`] gave, and the label that words of it usually have.
    pub(crate) fn class(&self, word: u32) -> Option<(u8, u8)> {
        let class = self.get(word >> (32 - BITS));
        Some((class, self.usual[usize::from(class.checked_sub(1)?)]))
    }

    /// Reads what [`Self::write`] has written.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let (&classes, rest) = bytes.split_first().expect("a file of words is whole");
        let (usual, rest) = rest.split_at(usize::from(classes));
        let count = rest.len() / 4;
        let mut usage = Self { usual: usual.to_vec(), ..Self::new(count) };
        let mut last = 0;
        for n in 0..count {
            last += (0..3).map(|byte| u32::from(rest[byte * count + n]) << (8 * byte)).sum::<u32>();
            usage.add(last, rest[3 * count + n]);
        }
        usage
    }

    /// A file: the number of classes, the usual label of each, then for words in small letters the differences of
    /// their rising hashes by bytes, low ones first, then their classes, which count from one.
    #[cfg(feature = "train")]
    pub(crate) fn write<'a>(usual: &[u8], words: impl Iterator<Item = (&'a str, u8)>) -> Vec<u8> {
        let hashed: std::collections::BTreeMap<u32, u8> = words.map(|(word, class)| (of_text(word) >> (32 - BITS), class)).collect();
        let keys: Vec<u32> = hashed.keys().copied().collect();
        let differences: Vec<u32> = keys.iter().scan(0, |last, &key| Some(key - std::mem::replace(last, key))).collect();
        let mut bytes = vec![usual.len() as u8];
        bytes.extend(usual);
        bytes.extend((0..3).flat_map(|byte| differences.iter().map(move |d| (d >> (8 * byte)) as u8)));
        bytes.extend(hashed.into_values());
        bytes
    }
}
