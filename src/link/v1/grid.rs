//! Spans in small numbers: counted in words, and from another span nearby.

use crate::engine::{Article, Span};
use crate::order;

/// The places of a text where spans usually begin and end, and any others that the spans at hand need.
pub(super) struct Grid<'a> {
    article: &'a Article,
    /// Bytes, ascending.
    starts: Vec<u32>,
    /// Bytes, ascending.
    ends: Vec<u32>,
}

/// Places that the text alone doesn't give, in bytes, ascending.
#[derive(Default)]
pub(super) struct Extra {
    pub(super) starts: Vec<u32>,
    pub(super) ends: Vec<u32>,
}

/// How a span lies to the one it is counted from; the remainder of its first number by three.
const AFTER: u32 = 0;
const BEFORE: u32 = 1;
const ACROSS: u32 = 2;

impl<'a> Grid<'a> {
    /// The grid of a text for spans that may need places beyond the usual ones, and those places.
    pub(super) fn around(article: &'a Article, spans: impl Iterator<Item = Span>) -> (Self, Extra) {
        let mut grid = Self::usual(article);
        let mut extra = Extra::default();
        for span in spans {
            let (start, end) = (span.start() as u32, span.end() as u32);
            if grid.starts.binary_search(&start).is_err() {
                extra.starts.push(start);
            }
            if grid.ends.binary_search(&end).is_err() {
                extra.ends.push(end);
            }
        }
        for list in [&mut extra.starts, &mut extra.ends] {
            order::sort(list);
            list.dedup();
        }
        grid.add(&extra);
        (grid, extra)
    }

    /// The grid of a text with these places added.
    pub(super) fn with(article: &'a Article, extra: &Extra) -> Self {
        let mut grid = Self::usual(article);
        grid.add(extra);
        grid
    }

    /// A word, or a mark that is no part of one, begins and ends.
    fn usual(article: &'a Article) -> Self {
        let (mut starts, mut ends) = (Vec::new(), Vec::new());
        let mut before = Kind::Blank;
        for (byte, c) in article.text().char_indices() {
            let kind = Kind::of(c);
            if before != Kind::Blank && (before, kind) != (Kind::Word, Kind::Word) {
                ends.push(byte as u32);
            }
            if kind != Kind::Blank && (before, kind) != (Kind::Word, Kind::Word) {
                starts.push(byte as u32);
            }
            before = kind;
        }
        if before != Kind::Blank {
            ends.push(article.text().len() as u32);
        }
        Self { article, starts, ends }
    }

    fn add(&mut self, extra: &Extra) {
        for (list, extra) in [(&mut self.starts, &extra.starts), (&mut self.ends, &extra.ends)] {
            if !extra.is_empty() {
                list.extend(extra);
                order::sort(list);
                list.dedup();
            }
        }
    }

    /// The words a span of the text covers.
    pub(super) fn slice(&self, span: Span) -> &str {
        self.article.slice(span)
    }

    /// How many starts lie before a byte.
    fn starts_before(&self, byte: usize) -> usize {
        self.starts.partition_point(|&start| (start as usize) < byte)
    }

    /// How many ends lie before a byte or at it.
    fn ends_up_to(&self, byte: usize) -> usize {
        self.ends.partition_point(|&end| end as usize <= byte)
    }

    /// A span as two numbers: where it lies, counted from `from` or else the text's beginning, and how long it is.
    pub(super) fn write(&self, from: Option<Span>, span: Span) -> (u32, u32) {
        let length = (self.ends_up_to(span.end()) - self.ends_up_to(span.start()) - 1) as u32;
        let start = self.starts_before(span.start());
        let Some(from) = from else { return (start as u32, length) };
        if span.start() >= from.end() {
            (((start - self.starts_before(from.end())) as u32) * 3 + AFTER, length)
        } else if span.end() <= from.start() {
            let distance = self.ends_up_to(from.start()) - self.ends_up_to(span.end());
            (distance as u32 * 3 + BEFORE, (self.starts_before(span.end()) - start - 1) as u32)
        } else {
            (zigzag(start, self.starts_before(from.start())) * 3 + ACROSS, length)
        }
    }

    /// The span that [`Grid::write`] wrote; `None` where there is none of these numbers.
    pub(super) fn read(&self, from: Option<Span>, place: u32, length: u32) -> Option<Span> {
        let length = length as usize;
        let distance = (place / 3) as usize;
        let start = match (from, place % 3) {
            (None, _) => place as usize,
            (Some(from), AFTER) => self.starts_before(from.end()) + distance,
            (Some(from), BEFORE) => {
                let end = *self.ends.get(self.ends_up_to(from.start()).checked_sub(distance + 1)?)? as usize;
                let start = *self.starts.get(self.starts_before(end).checked_sub(length.saturating_add(1))?)?;
                return self.article.span(start as usize, end);
            }
            (Some(from), _) => unzigzag(place / 3, self.starts_before(from.start()))?,
        };
        let start = *self.starts.get(start)? as usize;
        let end = *self.ends.get(self.ends_up_to(start).saturating_add(length))?;
        self.article.span(start, end as usize)
    }
}

/// What the grid tells characters apart by. Written out here rather than taken from Unicode's tables, which
/// change from one edition to the next; links don't.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Blank,
    Word,
    Mark,
}

impl Kind {
    fn of(c: char) -> Self {
        match c {
            '\0'..=' ' | '\u{a0}' => Self::Blank,
            '0'..='9' | 'A'..='Z' | 'a'..='z' => Self::Word,
            '\0'..='\u{bf}' | '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}' => Self::Mark,
            _ => Self::Word,
        }
    }
}

/// How far a number is from another: small where they are near, even where it is no smaller.
fn zigzag(n: usize, from: usize) -> u32 {
    (if n >= from { (n - from) * 2 } else { (from - n) * 2 - 1 }) as u32
}

fn unzigzag(distance: u32, from: usize) -> Option<usize> {
    let distance = distance as usize;
    if distance.is_multiple_of(2) { Some(from + distance / 2) } else { from.checked_sub(distance / 2 + 1) }
}
