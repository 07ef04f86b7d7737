//! Quotation marks one by one: which glyph each is, and which way it faces.

use std::ops::Range;

use super::super::{
    Article,
    tokens::{TokenKind, Tokens},
};

/// What a mark looks like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Glyph {
    /// “
    High,
    /// ”
    Nine,
    /// „
    Low,
    /// "
    Straight,
    /// '' or ’’
    Doubled,
    /// Two grave accents or ‘‘
    DoubledOpen,
    /// «
    Left,
    /// »
    Right,
    /// ‘ or a grave accent
    Single,
    /// ' or ’, which is an apostrophe as well
    Apostrophe,
}

/// What stands directly beside a mark.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Neighbour {
    /// White space or the block's edge.
    Space,
    /// A bracket, a dash or an opening mark, behind which a quotation may open.
    Opening,
    /// Any other mark.
    Mark,
    /// A word or number.
    Word,
}

/// One quotation mark, or what may be one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    /// Its first token.
    pub at: usize,
    /// Its tokens: two where two single marks stand for a double one.
    pub len: usize,
    pub glyph: Glyph,
    pub before: Neighbour,
    pub after: Neighbour,
}

impl Mark {
    /// Whether it leans on what follows, as an opening mark does.
    pub(super) fn faces_forward(&self) -> bool {
        matches!(self.before, Neighbour::Space | Neighbour::Opening) && self.after != Neighbour::Space
    }

    /// Whether it leans on what is before, as a closing mark does.
    pub(super) fn faces_back(&self) -> bool {
        self.before != Neighbour::Space && self.after != Neighbour::Word
    }

    /// One past its last token.
    pub(super) fn end(&self) -> usize {
        self.at + self.len
    }

    /// Whether it belongs to quotations in single marks.
    pub(super) fn is_single(&self) -> bool {
        matches!(self.glyph, Glyph::Single | Glyph::Apostrophe)
    }
}

/// The marks of a block's tokens, in order; two single ones side by side count as one double mark,
/// a row of more than three as an ornament.
pub(super) fn of_block(article: &Article, tokens: &Tokens, block: Range<usize>) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut n = block.start;
    while n < block.end {
        let Some(glyph) = glyph(article, tokens, n) else {
            n += 1;
            continue;
        };
        let run = (n..block.end).take_while(|&m| (m == n || !tokens.spaced(m)) && is_quote_like(article, tokens, m, glyph)).count();
        if run > 3 {
            n += run;
            continue;
        }
        let (len, glyph) = match (glyph, run) {
            // ''A 'b''' closes the inner one first; '''A' b'' opens the outer one first.
            (Glyph::Apostrophe, 3) if !tokens.spaced(n) && n > block.start => (1, Glyph::Apostrophe),
            (Glyph::Apostrophe, 2..) => (2, Glyph::Doubled),
            (Glyph::Single, 2..) => (2, Glyph::DoubledOpen),
            (glyph, _) => (1, glyph),
        };
        push(tokens, &block, &mut marks, n, len, glyph);
        n += len;
        if run == 3 && len == 1 {
            push(tokens, &block, &mut marks, n, 2, Glyph::Doubled);
            n += 2;
        }
    }
    marks
}

fn push(tokens: &Tokens, block: &Range<usize>, marks: &mut Vec<Mark>, at: usize, len: usize, glyph: Glyph) {
    let before = if at == block.start || tokens.spaced(at) {
        Neighbour::Space
    } else if marks.last().is_some_and(|m| m.end() == at && m.faces_forward()) || is_opening(tokens.lower(at - 1)) {
        Neighbour::Opening
    } else {
        kind(tokens, at - 1)
    };
    let next = at + len;
    let after = if next >= block.end || tokens.spaced(next) { Neighbour::Space } else { kind(tokens, next) };
    marks.push(Mark { at, len, glyph, before, after });
}

fn is_opening(mark: &str) -> bool {
    matches!(mark, "(" | "[" | "{" | "—" | "–" | "-" | "/" | "―" | "*" | "¡" | "¿" | "…")
}

fn kind(tokens: &Tokens, n: usize) -> Neighbour {
    if tokens[n].kind == TokenKind::Mark { Neighbour::Mark } else { Neighbour::Word }
}

fn is_quote_like(article: &Article, tokens: &Tokens, n: usize, glyph: Glyph) -> bool {
    matches!(glyph, Glyph::Single | Glyph::Apostrophe) && self::glyph(article, tokens, n) == Some(glyph)
}

fn glyph(article: &Article, tokens: &Tokens, n: usize) -> Option<Glyph> {
    if tokens[n].kind != TokenKind::Mark {
        return None;
    }
    Some(match article.slice(tokens[n].span) {
        "“" | "‟" => Glyph::High,
        "”" => Glyph::Nine,
        "„" => Glyph::Low,
        "\"" | "＂" => Glyph::Straight,
        "«" => Glyph::Left,
        "»" => Glyph::Right,
        "‘" | "`" | "‛" => Glyph::Single,
        "'" | "’" => Glyph::Apostrophe,
        _ => return None,
    })
}
