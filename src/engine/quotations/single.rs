//! Quotations in single marks, which apostrophes look like.

use std::ops::Range;

use super::super::tokens::{TokenKind, Tokens};
use super::Close;
use super::double;
use super::marks::{Glyph, Mark, Neighbour};

/// How many tokens a quotation in single marks may have: its partner must be near.
const REACH: usize = 300;

/// A quotation nested in it ends at most this many marks on.
const NESTED: usize = 16;

/// Words that an apostrophe shortens at their start.
const CLIPPED: &[&str] = &["em", "til", "till", "tis", "twas", "cause", "cos", "n", "round", "bout", "nuff", "ere", "neath", "fraid"];

/// Where the quotation that the mark at `open` may open is closed.
pub(super) fn close(tokens: &Tokens, block: &Range<usize>, marks: &[Mark], open: usize) -> Close {
    if !opens(tokens, block, &marks[open]) {
        return Close::NoQuotation;
    }
    let limit = block.end.min(marks[open].at + REACH);
    // A mark behind a word that may as well be its apostrophe: the girls’ school.
    let mut doubtful = None;
    let mut m = open + 1;
    while m < marks.len() && marks[m].at < limit {
        let mark = &marks[m];
        if !mark.is_single() {
            // What is nested in double marks closes nothing outside them.
            let near = &marks[..marks.len().min(m + NESTED)];
            if let Close::At(end) = double::close(tokens, near, m)
                && marks[end].at < limit
            {
                m = end;
            }
        } else if closes(tokens, block, mark) {
            if !may_be_apostrophe(tokens, block, mark) {
                return Close::At(m);
            }
            doubtful = doubtful.or(Some(m));
        } else if opens(tokens, block, mark) && mark.after == Neighbour::Word {
            break;
        }
        m += 1;
    }
    match doubtful {
        Some(m) => Close::At(m),
        // The paragraphs of a long quotation each open with the mark; an apostrophe is no such mark.
        None if marks[open].glyph == Glyph::Single && marks[open].at == block.start && m >= marks.len() => Close::Never,
        None => Close::NoQuotation,
    }
}

fn opens(tokens: &Tokens, block: &Range<usize>, mark: &Mark) -> bool {
    let next = mark.end();
    if !mark.faces_forward() || next >= block.end {
        return false;
    }
    // ’90s and ’em: an apostrophe before a year or a clipped word opens nothing.
    let year = tokens[next].kind == TokenKind::Number && tokens.lower(next).trim_end_matches('s').len() == 2;
    mark.glyph == Glyph::Single || !year && !CLIPPED.contains(&tokens.lower(next))
}

fn closes(tokens: &Tokens, block: &Range<usize>, mark: &Mark) -> bool {
    let behind_stop = mark.at > block.start && matches!(tokens.lower(mark.at - 1), "," | "." | "!" | "?");
    // rock ’n’ roll
    let clipped = mark.at >= 2 && tokens.lower(mark.at - 1) == "n" && tokens.lower(mark.at - 2) == "'";
    mark.glyph == Glyph::Apostrophe && mark.before != Neighbour::Space && (mark.after != Neighbour::Word || behind_stop) && !clipped
}

/// Whether a closing mark may be the apostrophe of the word before it: the girls’ school, goin’ home.
fn may_be_apostrophe(tokens: &Tokens, block: &Range<usize>, mark: &Mark) -> bool {
    let before = tokens.lower(mark.at - 1);
    let takes_one = before.ends_with('s') || before.ends_with('z') || before.ends_with("in") || matches!(before, "ol" | "o" | "an" | "th");
    let next = mark.end();
    takes_one && tokens[mark.at - 1].kind == TokenKind::Word && next < block.end && tokens[next].kind != TokenKind::Mark
}
