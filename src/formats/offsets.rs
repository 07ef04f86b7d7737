//! Between bytes and code points, in linear time and little memory.

/// How far apart the marks are, in bytes or code points.
const STEP: usize = 64;

/// The number of code points before every [`STEP`]th byte of a text, and the byte of every [`STEP`]th
/// code point.
pub(super) struct Offsets<'a> {
    text: &'a str,
    points_at: Vec<u32>,
    bytes_at: Vec<u32>,
}

impl<'a> Offsets<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut points_at = Vec::with_capacity(text.len() / STEP + 1);
        let mut bytes_at = Vec::new();
        let mut points = 0;
        for (byte, b) in text.bytes().enumerate() {
            if byte.is_multiple_of(STEP) {
                points_at.push(points as u32);
            }
            if starts_character(b) {
                if points % STEP == 0 {
                    bytes_at.push(byte as u32);
                }
                points += 1;
            }
        }
        Self { text, points_at, bytes_at }
    }

    /// The code points before a byte offset of the text.
    pub(super) fn to_points(&self, byte: usize) -> usize {
        let mark = (byte / STEP).min(self.points_at.len().saturating_sub(1));
        let before = self.points_at.get(mark).map_or(0, |&points| points as usize);
        before + self.text.as_bytes()[mark * STEP..byte].iter().filter(|&&b| starts_character(b)).count()
    }

    /// The byte offset after so many code points; `None` past the end of the text.
    pub(super) fn to_bytes(&self, points: usize) -> Option<usize> {
        let mark = (points / STEP).min(self.bytes_at.len().saturating_sub(1));
        let byte = self.bytes_at.get(mark).map_or(0, |&byte| byte as usize);
        let rest = &self.text[byte..];
        rest.char_indices().map(|(n, _)| n).chain([rest.len()]).nth(points - mark * STEP).map(|n| byte + n)
    }
}

/// Whether a byte of UTF-8 begins a character.
fn starts_character(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_counting() {
        for piece in ["", "a", "é", "“a” – 😀", "نص"] {
            let text = piece.repeat(97);
            let offsets = Offsets::new(&text);
            let bytes: Vec<usize> = text.char_indices().map(|(n, _)| n).chain([text.len()]).collect();
            for (points, &byte) in bytes.iter().enumerate() {
                assert_eq!(offsets.to_points(byte), points, "{piece:?}");
                assert_eq!(offsets.to_bytes(points), Some(byte), "{piece:?}");
            }
            assert_eq!(offsets.to_bytes(bytes.len()), None, "{piece:?}");
            assert_eq!(offsets.to_bytes(usize::MAX), None, "{piece:?}");
        }
    }
}
