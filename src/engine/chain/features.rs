//! Features as hashes: a template's number and what it saw, mixed into a [`Key`].

/// A feature. Two that fall on one key share a weight, in training as in use.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct Key(pub u32);

impl Key {
    /// How many bits a key has: more make the weights file longer, fewer make features fall together.
    pub(crate) const BITS: u32 = 25;
}

/// Takes the features of a token.
#[derive(Debug, Default)]
pub(crate) struct Sink(Vec<Key>);

impl Sink {
    /// A template with what it saw.
    pub(crate) fn see(&mut self, template: u8, value: u32) {
        let mixed = mix(value, u32::from(template).wrapping_add(1).wrapping_mul(0x9E37_79B9));
        self.0.push(Key(mixed >> (32 - Key::BITS)));
    }

    /// What it took.
    pub(crate) fn keys(&self) -> &[Key] {
        &self.0
    }

    /// Forgets what it took.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

/// Two values as one. Multiplication and folding after the manner of `MurmurHash3`'s finaliser (Appleby, public domain).
pub(crate) fn mix(a: u32, b: u32) -> u32 {
    let mut h = (u64::from(a) << 32 | u64::from(b)).wrapping_mul(0x9FB2_1C65_1E98_DF25);
    h ^= h >> 32;
    h = h.wrapping_mul(0x9FB2_1C65_1E98_DF25);
    (h >> 32) as u32
}

/// The hash of a word (FNV-1a).
pub(crate) fn of_text(text: &str) -> u32 {
    of_bytes(text.bytes())
}

/// The same of a word in pieces.
pub(crate) fn of_bytes(bytes: impl Iterator<Item = u8>) -> u32 {
    bytes.fold(0x811C_9DC5, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193))
}
