//! Places in the article's text.

use std::ops::Range;

/// A non-empty byte range of the article's text, both ends on character boundaries.
///
/// Spans are made only by [`Article`](super::Article), which checks them, or from other spans, so an
/// existing span can always be sliced out of the article it came from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// Only for callers that have checked order, emptiness and boundaries.
    pub(super) fn new_unchecked(start: usize, end: usize) -> Self {
        debug_assert!(start < end);
        Self { start: start as u32, end: end as u32 }
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// The bytes it covers.
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// Length in bytes, never 0.
    #[expect(clippy::len_without_is_empty, reason = "a span is never empty")]
    pub fn len(self) -> usize {
        self.end() - self.start()
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span over both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}
