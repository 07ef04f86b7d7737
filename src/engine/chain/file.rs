//! The weights file, laid out so that it packs well: all keys, then which labels have weights, then the weights.
//!
//! Numbers are little-endian base-128 ("varints"). Labels, edge classes, edge weights as bytes (two's complement; -128
//! for never),
//! count of features, keys in rising order as differences, one mask of labels a feature, then label by label the
//! weights of the features whose mask has it.

use super::{Chain, Key, NEVER, Table};

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn byte(&mut self) -> u8 {
        let (&first, rest) = self.0.split_first().expect("a weights file is whole");
        self.0 = rest;
        first
    }

    fn number(&mut self) -> u32 {
        let (mut value, mut shift) = (0, 0);
        loop {
            let byte = self.byte();
            value |= u32::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return value;
            }
            shift += 7;
        }
    }

    fn weight(&mut self) -> i8 {
        self.byte().cast_signed()
    }
}

pub(super) fn read<const L: usize>(bytes: &[u8]) -> Chain<L> {
    let mut reader = Reader(bytes);
    assert_eq!(reader.number() as usize, L, "the weights are for as many labels as the code");
    let edges: Vec<_> = (0..reader.number())
        .map(|_| {
            let mut rows = [[0; L]; L];
            for weight in rows.iter_mut().flatten() {
                *weight = match reader.weight() {
                    -128 => NEVER,
                    other => other.into(),
                };
            }
            rows
        })
        .collect();
    let count = reader.number() as usize;
    let mut last = 0;
    let keys: Vec<Key> = (0..count)
        .map(|_| {
            last += reader.number();
            Key(last)
        })
        .collect();
    let masks: Vec<u32> = (0..count).map(|_| reader.number()).collect();
    let mut rows = vec![[0; L]; count];
    for label in 0..L {
        for (row, mask) in rows.iter_mut().zip(&masks) {
            if mask >> label & 1 == 1 {
                row[label] = reader.weight();
            }
        }
    }
    Chain::new(Table::new(&keys, &rows), &edges)
}

/// Writes a weights file from weights in units of 1 / 16 of a nat.
#[cfg(feature = "train")]
pub(crate) fn write<const L: usize>(edges: &[[[i8; L]; L]], features: &[(u32, [i8; L])]) -> Vec<u8> {
    fn number(out: &mut Vec<u8>, mut value: u32) {
        while value >= 0x80 {
            out.push(value as u8 | 0x80);
            value >>= 7;
        }
        out.push(value as u8);
    }
    let mut out = Vec::new();
    number(&mut out, L as u32);
    number(&mut out, edges.len() as u32);
    out.extend(edges.iter().flatten().flatten().map(|weight| weight.cast_unsigned()));
    number(&mut out, features.len() as u32);
    let mut last = 0;
    for (key, _) in features {
        number(&mut out, key - last);
        last = *key;
    }
    for (_, row) in features {
        number(&mut out, row.iter().enumerate().map(|(label, &weight)| u32::from(weight != 0) << label).sum());
    }
    for label in 0..L {
        out.extend(features.iter().map(|(_, row)| row[label]).filter(|&weight| weight != 0).map(i8::cast_unsigned));
    }
    out
}
