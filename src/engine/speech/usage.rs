//! Which parts of speech words usually have: a small number for each of some words, found by hashes.

#[cfg(feature = "train")]
use super::super::chain::of_text;
use super::super::slots::Slots;

/// Words' classes.
#[derive(Debug)]
pub(crate) struct Usage {
    /// By the hash of a word, cut to [`BITS`].
    classes: Slots,
    /// By class, from one on, the label that words of it usually have.
    usual: Vec<u8>,
}

/// Words go by so many bits of their hash, for the file's sake.
const BITS: u32 = 24;

impl Usage {
    /// The class of a word, by its hash, and the label that words of it usually have.
    pub(super) fn class(&self, word: u32) -> Option<(u32, u8)> {
        let class = self.classes.get(word >> (32 - BITS));
        Some((class, self.usual[class.checked_sub(1)? as usize]))
    }

    /// Reads what [`Self::write`] has written.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let (&classes, rest) = bytes.split_first().expect("a file of words is whole");
        let (usual, rest) = rest.split_at(usize::from(classes));
        let count = rest.len() / 4;
        let mut read = Slots::new(count, 2);
        let mut last = 0;
        for n in 0..count {
            last += (0..3).map(|byte| u32::from(rest[byte * count + n]) << (8 * byte)).sum::<u32>();
            *read.entry(last) = rest[3 * count + n].into();
        }
        Self { classes: read, usual: usual.to_vec() }
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
