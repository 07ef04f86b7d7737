//! Sentences: ranges of tokens, none crossing a block.

use std::ops::Range;

use super::{Article, Block, tokens::Tokens};

/// One sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Sentence {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The position of its block.
    pub block: usize,
}

/// The most tokens in one sentence. Nobody writes longer ones; a page without a full stop is cut here, so
/// that stages that look through a sentence stay linear in the text.
const LONGEST: usize = 400;

/// More closing marks than this after a stop are nobody's punctuation.
const CLOSING: usize = 8;

/// Splits the tokens of each block that is read into sentences. A sentence ends at `.`, `!`, `?` or `…`
/// with the closing marks after it, where a capital, digit, opening mark or the block's end follows.
pub(crate) fn split(article: &Article, blocks: &[Block], tokens: &Tokens) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut n = 0;
    for (block, b) in blocks.iter().enumerate() {
        let mut start = n;
        while n < tokens.len() && tokens[n].span.end() <= b.span.end() {
            n += 1;
            if ends_sentence(article, tokens, n) || n - start >= LONGEST {
                while n < tokens.len() && tokens[n].span.end() <= b.span.end() && is_closing(tokens, n) {
                    n += 1;
                }
                sentences.push(Sentence { tokens: start..n, block });
                start = n;
            }
        }
        if start < n {
            sentences.push(Sentence { tokens: start..n, block });
        }
    }
    sentences
}

/// Whether a sentence may end before token `n`.
fn ends_sentence(article: &Article, tokens: &Tokens, n: usize) -> bool {
    let terminal = matches!(tokens.lower(n - 1), "." | "!" | "?" | "…") || tokens.may_end_with_dot(n - 1);
    if !terminal {
        return false;
    }
    let mut next = n;
    while next < tokens.len() && next < n + CLOSING && is_closing(tokens, next) {
        next += 1;
    }
    if next >= tokens.len() {
        return true;
    }
    // “Really?” he asked: the question mark ends the quotation, not the sentence.
    let first = article.slice(tokens[next].span).chars().next().unwrap_or(' ');
    let opens =
        first.is_uppercase() || first.is_numeric() || matches!(first, '“' | '‘' | '"' | '\'' | '«' | '„' | '(' | '[' | '—' | '–' | '-');
    let spaced = tokens.spaced(next);
    if tokens.may_end_with_dot(n - 1) && n == next {
        return spaced && first.is_uppercase() && is_sentence_opener(tokens.lower(next));
    }
    spaced && (opens || !first.is_alphabetic())
}

fn is_closing(tokens: &Tokens, n: usize) -> bool {
    match tokens.lower(n) {
        "”" | "»" | ")" | "]" => true,
        "'" | "\"" | "." | "…" | "!" | "?" => !tokens.spaced(n),
        _ => false,
    }
}

fn is_sentence_opener(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "he"
            | "she"
            | "it"
            | "they"
            | "we"
            | "i"
            | "but"
            | "and"
            | "in"
            | "on"
            | "at"
            | "this"
            | "that"
            | "his"
            | "her"
            | "their"
            | "if"
            | "when"
            | "as"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::BlockKind;

    fn check(text: &str, expected: &[&str]) {
        let article = Article::new(text).unwrap();
        let blocks = vec![Block { kind: BlockKind::Paragraph, span: article.span(0, text.len()).unwrap() }];
        let tokens = Tokens::new(&article, blocks.iter().map(|b| b.span));
        let got: Vec<&str> =
            split(&article, &blocks, &tokens).iter().map(|s| article.slice(tokens.span(s.tokens.start, s.tokens.end))).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn splits_at_ends_only() {
        check("Mr. Obi left. He paid 3.5 per cent.", &["Mr. Obi left.", "He paid 3.5 per cent."]);
        check("“Is it safe?” she asked. “Yes.” He left.", &["“Is it safe?” she asked.", "“Yes.”", "He left."]);
        check(
            "The U.S. Senate met. It voted in the U.S. The vote was close.",
            &["The U.S. Senate met.", "It voted in the U.S.", "The vote was close."],
        );
        check("\"No,\" he said. \"Never.\" Then rain.", &["\"No,\" he said.", "\"Never.\"", "Then rain."]);
    }
}
