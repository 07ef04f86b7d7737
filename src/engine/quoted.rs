//! What of a claim's words stands in quotation marks, told from the words alone.

use std::ops::Range;

use super::Span;

/// The parts of a span between quotation marks, marks included; one that never closes runs to the end.
pub fn quoted_parts(text: &str, span: Span) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text[span.range()].char_indices().map(|(at, c)| (at + span.start(), c)) {
        match (open, c) {
            (None, '“' | '”') => open = Some((at, '”')),
            (None, '«') => open = Some((at, '»')),
            (None, '‘') => open = Some((at, '’')),
            (None, '"') => open = Some((at, '"')),
            // An apostrophe inside a word closes nothing.
            (Some((_, '’')), '’') if text[at + c.len_utf8()..].starts_with(char::is_alphanumeric) => {}
            (Some((start, close)), c) if c == close => {
                parts.push(start..at + c.len_utf8());
                open = None;
            }
            _ => {}
        }
    }
    parts.extend(open.map(|(start, _)| start..span.end()));
    parts
}
