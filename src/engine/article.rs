//! The text under analysis: the only thing whose making can fail.

use std::fmt;
use std::sync::Arc;

use super::Span;

/// One text, immutable, shared by everything made from it. Cloning is cheap.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Article {
    text: Arc<str>,
}

/// Why a text can't be read. Each says so in a sentence for people.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ArticleError {
    /// Nothing but white space and control characters.
    Empty,
    /// More bytes of UTF-8 than [`Article::MAX_BYTES`].
    TooLong {
        /// The text's length in bytes.
        bytes: usize,
    },
}

impl fmt::Display for ArticleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("There is no text to read."),
            Self::TooLong { bytes } => {
                write!(f, "The text has {} MB; Sayso reads up to {} MB at once.", bytes.div_ceil(1_000_000), Article::MAX_BYTES / 1_000_000)
            }
        }
    }
}

impl std::error::Error for ArticleError {}

impl Article {
    /// The longest text accepted, in bytes of UTF-8.
    pub const MAX_BYTES: usize = 32_000_000;

    /// Takes a text as it is: nothing is trimmed or normalised, so offsets are the caller's offsets.
    pub fn new(text: impl Into<Arc<str>>) -> Result<Self, ArticleError> {
        let text = text.into();
        if text.len() > Self::MAX_BYTES {
            return Err(ArticleError::TooLong { bytes: text.len() });
        }
        if text.chars().all(|c| c.is_whitespace() || c.is_control()) {
            return Err(ArticleError::Empty);
        }
        Ok(Self { text })
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The words a span covers.
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    /// A span of this text from byte offsets; `None` where they are empty, out of order, out of range or
    /// inside a character.
    pub fn span(&self, start: usize, end: usize) -> Option<Span> {
        (start < end && self.text.is_char_boundary(start) && self.text.is_char_boundary(end)).then(|| Span::new_unchecked(start, end))
    }

    /// A span without the white space and control characters at its ends; `None` where nothing is left.
    pub fn trimmed(&self, start: usize, end: usize) -> Option<Span> {
        let blank = |c: char| c.is_whitespace() || c.is_control();
        let slice = self.text.get(start..end)?;
        let start = start + (slice.len() - slice.trim_start_matches(blank).len());
        let end = start + slice.trim_matches(blank).len();
        self.span(start, end)
    }
}
