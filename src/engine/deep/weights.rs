//! The file of weights: a head of eight bytes, sizes, the vocabulary, numbers in the order in which they are used, and
//! what the confidence of relations is reckoned from. Texts are deflated, their length before them.
//! Numbers of several bytes begin with the low one. A matrix is a byte that says how many bits each number has, the
//! rows' scales in four bytes each, then all numbers, each as much above the least that its bits allow, the low bits
//! first.

use super::encoder::{Encoder, Layer, Normal, Table, Words};
use super::matrix::Matrix;
use super::{LABELS, Pieces, confidence};

pub(super) const HEAD: &[u8; 8] = b"sayso-d1";

/// How labels follow each other, in nats: label before, label.
pub(super) type Edges = [[f32; LABELS]; LABELS];

/// What a file of weights holds.
pub(super) struct File {
    pub(super) pieces: Pieces,
    pub(super) encoder: Encoder,
    pub(super) edges: Edges,
    pub(super) confidence: confidence::Weights,
}

/// Reads a file of weights; `None` where it is none.
pub(super) fn read(bytes: &[u8]) -> Option<File> {
    let mut reader = Reader(bytes.strip_prefix(HEAD)?);
    let [width, wide, heads, layers, places, kinds] = [(); 6].map(|()| reader.size());
    let (width, wide, heads, layers, places) = (width?, wide?, heads?, layers?, places?);
    let evidence: Vec<usize> = (0..kinds?).map(|_| reader.size()).collect::<Option<_>>()?;
    // What the rest of the program relies on, and sums in whole numbers need.
    let whole = width > 0 && heads > 0 && width.is_multiple_of(16 * heads) && wide.is_multiple_of(16) && wide.max(width) <= 4096;
    if !whole || evidence != super::EVIDENCE || places < super::LONGEST + 2 {
        return None;
    }
    let text = reader.text()?;
    let pieces: Vec<&str> = text.lines().collect();
    let (scales, values) = reader.rows(pieces.len(), width)?;
    let pieces = Pieces::new(pieces.into_iter())?;
    let words = Words { values, scales };
    let places = reader.table(places, width)?;
    let evidence = evidence.into_iter().map(|classes| reader.table(classes, width)).collect::<Option<_>>()?;
    let entry = reader.normal(width)?;
    let layer = |_| {
        Some(Layer {
            ask: reader.matrix(3 * width, width)?,
            answer: reader.matrix(width, width)?,
            first: reader.normal(width)?,
            wide: reader.matrix(wide, width)?,
            narrow: reader.matrix(width, wide)?,
            second: reader.normal(width)?,
        })
    };
    let layers = (0..layers).map(layer).collect::<Option<_>>()?;
    let head = reader.matrix(LABELS, width)?;
    let flat = reader.numbers(LABELS * LABELS)?;
    let edges = std::array::from_fn(|before| std::array::from_fn(|label| flat[before * LABELS + label]));
    let confidence = confidence::Weights::read(&reader.text()?)?;
    reader.0.is_empty().then_some(File {
        pieces,
        encoder: Encoder { heads, words, places, evidence, entry, layers, head },
        edges,
        confidence,
    })
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(taken)
    }

    fn size(&mut self) -> Option<usize> {
        let bytes = self.take(4)?.try_into().ok()?;
        Some(u32::from_le_bytes(bytes) as usize)
    }

    fn text(&mut self) -> Option<String> {
        const LONGEST: usize = 1 << 22;
        let len = self.size()?;
        String::from_utf8(miniz_oxide::inflate::decompress_to_vec_with_limit(self.take(len)?, LONGEST).ok()?).ok()
    }

    /// Finite numbers.
    fn numbers(&mut self, count: usize) -> Option<Vec<f32>> {
        let (numbers, _) = self.take(count.checked_mul(4)?)?.as_chunks::<4>();
        let numbers: Vec<f32> = numbers.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect();
        numbers.iter().all(|number| number.is_finite()).then_some(numbers)
    }

    /// Scales of rows, and what they scale.
    fn rows(&mut self, rows: usize, columns: usize) -> Option<(Vec<f32>, Vec<i8>)> {
        let bits = u32::from(*self.take(1)?.first()?);
        if !(2..=8).contains(&bits) {
            return None;
        }
        let scales = self.numbers(rows)?;
        let count = rows.checked_mul(columns)?;
        let packed = self.take(count.checked_mul(bits as usize)?.div_ceil(8))?;
        let mut values = Vec::with_capacity(count);
        let (mut held, mut many, mut bytes) = (0_u32, 0, packed.iter());
        for _ in 0..count {
            if many < bits {
                held |= u32::from(*bytes.next()?) << many;
                many += 8;
            }
            let number = held & ((1 << bits) - 1);
            (held, many) = (held >> bits, many - bits);
            values.push((number.cast_signed() - (1 << (bits - 1))) as i8);
        }
        Some((scales, values))
    }

    fn table(&mut self, rows: usize, width: usize) -> Option<Table> {
        let (scales, values) = self.rows(rows, width)?;
        let values = values.chunks(width).zip(scales).flat_map(|(row, scale)| row.iter().map(move |&value| f32::from(value) * scale));
        Some(Table { width, values: values.collect() })
    }

    fn matrix(&mut self, rows: usize, columns: usize) -> Option<Matrix> {
        let (scales, values) = self.rows(rows, columns)?;
        Some(Matrix::new(columns, &values, scales, self.numbers(rows)?))
    }

    fn normal(&mut self, width: usize) -> Option<Normal> {
        Some(Normal { scale: self.numbers(width)?, shift: self.numbers(width)? })
    }
}
