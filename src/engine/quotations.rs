//! Quotation marks, paired.

use std::ops::Range;

use super::{
    Article,
    sentences::Sentence,
    tokens::{TokenKind, Tokens},
};

/// One stretch between an opening mark and its closing one. Nested ones are not listed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Quote {
    /// Its tokens, marks included.
    pub tokens: Range<usize>,
    /// The block it is in.
    pub block: usize,
    /// Whether a closing mark was found in the block.
    pub closed: bool,
    /// Whether the next paragraph takes it up with an opening mark of its own, as long quotations do.
    pub continued: bool,
}

/// Which family of marks opened a quotation.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Double,
    Single,
    Guillemets,
}

/// How many tokens a quotation in single marks may have.
const SINGLE_REACH: usize = 300;

/// Pairs the marks of every block. A quotation left open runs to the end of its block; where the next block
/// opens with the same kind of mark that is the usual long quotation, else it is unclosed.
pub(crate) fn pair(article: &Article, sentences: &[Sentence], tokens: &Tokens) -> Vec<Quote> {
    let mut quotes: Vec<Quote> = Vec::new();
    let mut at = 0;
    while at < sentences.len() {
        let block = sentences[at].block;
        let last = sentences[at..].iter().take_while(|s| s.block == block).count() + at - 1;
        let range = sentences[at].tokens.start..sentences[last].tokens.end;
        let opens_with_mark = opening(article, tokens, range.start, range.start).is_some();
        if let Some(previous) = quotes.last_mut()
            && !previous.closed
            && previous.tokens.end == range.start
        {
            previous.continued = opens_with_mark;
        }
        pair_block(article, tokens, range, block, &mut quotes);
        at = last + 1;
    }
    quotes
}

/// For each token the position of the quotation it lies in.
pub(crate) fn of_tokens(quotes: &[Quote], tokens: usize) -> Vec<Option<u32>> {
    let mut of = vec![None; tokens];
    for (n, quote) in quotes.iter().enumerate() {
        of[quote.tokens.clone()].fill(Some(n as u32));
    }
    of
}

fn pair_block(article: &Article, tokens: &Tokens, range: Range<usize>, block: usize, quotes: &mut Vec<Quote>) {
    let mut n = range.start;
    while n < range.end {
        let Some(style) = opening(article, tokens, range.start, n) else {
            n += 1;
            continue;
        };
        // A lone single mark is an apostrophe more often than a quotation, so its partner must be near.
        let limit = if style == Style::Single { range.end.min(n + SINGLE_REACH) } else { range.end };
        let close = (n + 1..limit).find(|&m| closes(article, tokens, range.end, m, style));
        let quote = |end, closed| Quote { tokens: n..end, block, closed, continued: false };
        match close {
            Some(m) => quotes.push(quote(m + 1, true)),
            None if style != Style::Single && n + 1 < range.end => quotes.push(quote(range.end, false)),
            None => {
                n += 1;
                continue;
            }
        }
        n = quotes[quotes.len() - 1].tokens.end;
    }
}

fn opening(article: &Article, tokens: &Tokens, block_start: usize, n: usize) -> Option<Style> {
    if n >= tokens.len() || tokens[n].kind != TokenKind::Mark {
        return None;
    }
    let before_is_space =
        n == block_start || tokens.spaced(n) || matches!(tokens.lower(n - 1), "(" | "[" | "—" | "–" | "-" | "\"" | "“" | "/");
    match article.slice(tokens[n].span) {
        "“" | "„" => Some(Style::Double),
        "\"" if before_is_space => Some(Style::Double),
        "«" => Some(Style::Guillemets),
        "‘" | "`" if before_is_space => Some(Style::Single),
        // ’90s and ’em: an apostrophe before a digit or a clipped word opens nothing.
        "'" | "’"
            if before_is_space
                && n + 1 < tokens.len()
                && !tokens.spaced(n + 1)
                && tokens[n + 1].kind == TokenKind::Word
                && !is_clipped(tokens.lower(n + 1)) =>
        {
            (article.slice(tokens[n].span) == "'").then_some(Style::Single)
        }
        _ => None,
    }
}

fn is_clipped(word: &str) -> bool {
    matches!(word, "em" | "til" | "tis" | "twas" | "cause" | "n" | "round")
}

fn closes(article: &Article, tokens: &Tokens, block_end: usize, n: usize, style: Style) -> bool {
    let glued = !tokens.spaced(n);
    let after_is_space = n + 1 >= block_end || tokens.spaced(n + 1) || tokens[n + 1].kind == TokenKind::Mark;
    match (style, article.slice(tokens[n].span)) {
        (Style::Double, "”" | "\"") => glued || after_is_space,
        (Style::Guillemets, "»") => true,
        (Style::Single, "’" | "'") => {
            // The plural possessive (the girls’ school) has a word before it and a word after.
            let possessive = n > 0
                && tokens.lower(n - 1).ends_with('s')
                && n + 1 < block_end
                && tokens[n + 1].kind == TokenKind::Word
                && later_close(article, tokens, block_end, n + 1);
            glued && after_is_space && !possessive
        }
        _ => false,
    }
}

/// Whether another closing single mark follows within the next 60 tokens, so that this one may be an apostrophe.
fn later_close(article: &Article, tokens: &Tokens, block_end: usize, from: usize) -> bool {
    (from..block_end.min(from + 60)).any(|n| {
        matches!(article.slice(tokens[n].span), "’" | "'")
            && tokens[n].kind == TokenKind::Mark
            && matches!(tokens.lower(n - 1), "," | "." | "!" | "?")
            && !(from..n).any(|m| opening(article, tokens, from, m).is_some())
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Block, BlockKind, sentences};
    use super::*;

    /// Paragraphs are parted by `¶`; quotations are written `[…]`, with `~` where unclosed and `+` where continued.
    fn check(text: &str, expected: &[&str]) {
        let article = Article::new(text).unwrap();
        let mut blocks = Vec::new();
        let mut at = 0;
        for part in text.split('¶') {
            blocks.push(Block { kind: BlockKind::Paragraph, span: article.span(at, at + part.len()).unwrap() });
            at += part.len() + '¶'.len_utf8();
        }
        let tokens = Tokens::new(&article, blocks.iter().map(|b| b.span));
        let sentences = sentences::split(&article, &blocks, &tokens);
        let got: Vec<String> = pair(&article, &sentences, &tokens)
            .iter()
            .map(|q| {
                let sign = if q.continued {
                    "+"
                } else if q.closed {
                    ""
                } else {
                    "~"
                };
                format!("{sign}{}", article.slice(tokens.span(q.tokens.start, q.tokens.end)))
            })
            .collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn pairs_marks() {
        check("“Yes,” he said, “and ‘no’ too.”", &["“Yes,”", "“and ‘no’ too.”"]);
        check("\"Yes,\" he said. \"No.\"", &["\"Yes,\"", "\"No.\""]);
        check("‘It’s the girls’ school,’ she said.", &["‘It’s the girls’ school,’"]);
        check("'I don't know,' she said.", &["'I don't know,'"]);
        check("«Oui», dit-il.", &["«Oui»"]);
        check("It was the '90s, rock 'n' roll.", &[]);
        check("“First part.¶“Second part.”", &["+“First part.", "“Second part.”"]);
        check("“Never closed.¶Next one.", &["~“Never closed."]);
    }
}
