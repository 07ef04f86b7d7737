//! Quotations in double marks or guillemets.

use super::super::tokens::{TokenKind, Tokens};
use super::Close;
use super::marks::{Glyph, Mark, Neighbour};

/// Nobody nests quotations deeper: past this the rest of the block is one, which keeps the work linear.
const DEEPEST: usize = 8;

/// How many marks ahead a doubtful one looks.
const AHEAD: usize = 8;

/// Where the quotation that the mark at `open` may open is closed.
pub(super) fn close(tokens: &Tokens, marks: &[Mark], open: usize) -> Close {
    if !opens(tokens, marks, open) {
        return Close::NoQuotation;
    }
    let mut stack = vec![marks[open].glyph];
    for m in open + 1..marks.len() {
        let mark = &marks[m];
        if mark.is_single() || is_measure(tokens, mark) {
            continue;
        }
        if let Some(depth) = stack.iter().rposition(|&opener| closes(marks, m, opener)) {
            stack.truncate(depth);
            if stack.is_empty() {
                return Close::At(m);
            }
        } else if mark.faces_forward() {
            // The same kind once more is nested only where both are closed before a third.
            if stack.contains(&mark.glyph) && !closed_twice(marks, m) {
                return if marks[open].glyph == Glyph::Right { Close::NoQuotation } else { Close::Reopened(m) };
            }
            if stack.len() == DEEPEST {
                return Close::Never;
            }
            stack.push(mark.glyph);
        }
    }
    // A lone » is a pointer: "Read more »".
    if marks[open].glyph == Glyph::Right { Close::NoQuotation } else { Close::Never }
}

/// Whether a mark can open a quotation where none is open.
fn opens(tokens: &Tokens, marks: &[Mark], m: usize) -> bool {
    let mark = &marks[m];
    match mark.glyph {
        Glyph::High | Glyph::Low | Glyph::DoubledOpen => true,
        Glyph::Left => !mark.faces_back() || mark.faces_forward(),
        Glyph::Nine | Glyph::Right => mark.faces_forward(),
        Glyph::Straight | Glyph::Doubled => !is_measure(tokens, mark) && (mark.faces_forward() || opens_in_spite(marks, m)),
        Glyph::Single | Glyph::Apostrophe => false,
    }
}

/// Whether a straight mark that doesn't lean forward opens all the same, since the next one closes:
/// said."No," and " no " with spaces inside.
fn opens_in_spite(marks: &[Mark], m: usize) -> bool {
    let closes_only = marks[m].faces_back();
    let next = marks[m + 1..].iter().take(AHEAD).find(|next| next.glyph == marks[m].glyph);
    !closes_only
        && next.is_some_and(|next| {
            !next.faces_forward() && (next.faces_back() || (next.before == Neighbour::Space) == (marks[m].after == Neighbour::Space))
        })
}

/// Whether the mark at `m` closes a quotation that this glyph opened.
fn closes(marks: &[Mark], m: usize, opener: Glyph) -> bool {
    let mark = &marks[m];
    match (opener, mark.glyph) {
        (Glyph::Low, Glyph::Nine) | (Glyph::Left, Glyph::Right) | (Glyph::Right, Glyph::Left) => true,
        (Glyph::High | Glyph::Straight, Glyph::Nine) => !mark.faces_forward() || mark.after != Neighbour::Word,
        (Glyph::Nine, Glyph::Nine) | (Glyph::Straight, Glyph::Straight) | (Glyph::Doubled | Glyph::DoubledOpen, Glyph::Doubled) => {
            !mark.faces_forward()
        }
        (Glyph::Low | Glyph::High | Glyph::Nine, Glyph::High) => mark.faces_back() && !mark.faces_forward(),
        // One keyboard's mark opens and another's closes.
        (Glyph::High | Glyph::Low | Glyph::DoubledOpen, Glyph::Straight) => {
            mark.faces_back() && !mark.faces_forward() && !curly_closes_first(marks, m)
        }
        _ => false,
    }
}

/// Whether ” comes before any “.
fn curly_closes_first(marks: &[Mark], m: usize) -> bool {
    let next = marks[m + 1..].iter().take(AHEAD).find(|next| matches!(next.glyph, Glyph::High | Glyph::Nine | Glyph::Straight));
    next.is_some_and(|next| next.glyph == Glyph::Nine)
}

/// Whether two closing marks follow before the next opening one of this kind.
fn closed_twice(marks: &[Mark], m: usize) -> bool {
    let glyph = marks[m].glyph;
    let mut following = marks[m + 1..].iter().take(AHEAD * 2).filter(|mark| !mark.is_single());
    let mut closing = || following.next().is_some_and(|mark| mark.glyph != glyph || glyph == Glyph::Straight && !mark.faces_forward());
    closing() && closing()
}

/// Feet and inches: 5'10".
fn is_measure(tokens: &Tokens, mark: &Mark) -> bool {
    let n = mark.at;
    mark.glyph == Glyph::Straight
        && n > 2
        && mark.before == Neighbour::Word
        && tokens[n - 1].kind == TokenKind::Number
        && matches!(tokens.lower(n - 2), "'" | "′")
        && tokens[n - 3].kind == TokenKind::Number
}
