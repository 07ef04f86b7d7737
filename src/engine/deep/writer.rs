//! Writes the file of weights; [`weights`](super::weights) tells what is in it.

use super::weights::HEAD;

/// The sizes of an encoder.
#[derive(Clone, Debug)]
pub struct Sizes {
    pub width: usize,
    pub wide: usize,
    pub heads: usize,
    pub layers: usize,
    /// How many pieces a passage may have.
    pub places: usize,
    /// The classes of each kind of evidence.
    pub evidence: Vec<usize>,
}

/// Writes a file of weights: its methods are called in the order in which the reader reads.
#[derive(Debug)]
pub struct Writer(Vec<u8>);

impl Writer {
    /// Begins a file; the vocabulary's pieces in the order of their numbers.
    pub fn new(sizes: &Sizes, vocabulary: &[&str]) -> Self {
        let mut writer = Self(HEAD.to_vec());
        let Sizes { width, wide, heads, layers, places, evidence } = sizes;
        let all = [*width, *wide, *heads, *layers, *places, evidence.len()];
        for size in all.into_iter().chain(evidence.iter().copied()) {
            writer.0.extend((size as u32).to_le_bytes());
        }
        writer.text(&vocabulary.join("\n"));
        writer
    }

    /// A text.
    pub fn text(&mut self, text: &str) {
        let packed = miniz_oxide::deflate::compress_to_vec(text.as_bytes(), 9);
        self.0.extend((packed.len() as u32).to_le_bytes());
        self.0.extend(packed);
    }

    /// Numbers in four bytes each.
    pub fn numbers(&mut self, numbers: &[f32]) {
        self.0.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
    }

    /// Rows of numbers, rounded to `bits` bits with a scale for each row.
    pub fn rows(&mut self, values: &[f32], columns: usize, bits: u32) {
        let rounded: Vec<(f32, Vec<i8>)> = values.chunks(columns).map(|row| round(row, bits)).collect();
        self.0.push(bits as u8);
        self.numbers(&rounded.iter().map(|(scale, _)| *scale).collect::<Vec<_>>());
        let (mut held, mut many) = (0_u32, 0);
        for &value in rounded.iter().flat_map(|(_, row)| row) {
            held |= (i32::from(value) + (1 << (bits - 1))).cast_unsigned() << many;
            many += bits;
            while many >= 8 {
                self.0.push(held as u8);
                (held, many) = (held >> 8, many - 8);
            }
        }
        if many > 0 {
            self.0.push(held as u8);
        }
    }

    /// The bytes of the file.
    pub fn finish(self) -> Vec<u8> {
        self.0
    }
}

/// Rounds rows of numbers in their place to what the engine will read of them.
pub fn rounded(values: &mut [f32], columns: usize, bits: u32) {
    for row in values.chunks_mut(columns) {
        let (scale, whole) = round(row, bits);
        row.iter_mut().zip(whole).for_each(|(x, n)| *x = f32::from(n) * scale);
    }
}

/// The scale at which rounding a row errs least, and the row in units of it: great numbers are cut where that spares
/// the others more.
fn round(row: &[f32], bits: u32) -> (f32, Vec<i8>) {
    let most = ((1 << (bits - 1)) - 1) as f32;
    let top = row.iter().fold(1e-20_f32, |top, x| top.max(x.abs()));
    let at = |scale: f32| row.iter().map(move |x| (x / scale).round().clamp(-most, most));
    let error = |scale: f32| at(scale).zip(row).map(|(n, x)| (n * scale - x) * (n * scale - x)).sum::<f32>();
    let scales = (8..=20).map(|part| top * part as f32 / 20.0 / most);
    let scale = scales.min_by(|&a, &b| error(a).total_cmp(&error(b))).unwrap_or(top / most);
    (scale, at(scale).map(|n| n as i8).collect())
}
