//! What stands between and behind an article's paragraphs: lists of other articles, sign-up forms, comments.

use super::super::{Article, Block, BlockKind};
use super::{HEADLINE_WORDS, words};

/// This many titles in a row are a list of other articles, not headings.
const TEASERS: usize = 3;
/// A teaser's title has at most this many words.
const TEASER_WORDS: usize = 22;

/// Sets runs of titles without any text between them aside; one heading stands before its text alone.
pub(super) fn set_teasers_aside(article: &Article, list: &mut [Block]) {
    let Some(headline) = list.iter().position(|b| b.kind == BlockKind::Headline) else { return };
    let is_title = |b: &Block| {
        let text = article.slice(b.span);
        matches!(b.kind, BlockKind::Heading | BlockKind::Paragraph | BlockKind::Date)
            && words(text) <= TEASER_WORDS
            && !text.ends_with(['.', '?', '!', '”', '"', ':', '…', ')', ','])
    };
    let mut at = headline + 1;
    while at < list.len() {
        let len = list[at..].iter().take_while(|b| is_title(b) || b.kind.is_set_aside()).count();
        let titles = list[at..at + len].iter().filter(|b| !b.kind.is_set_aside()).count();
        // Right under the headline stand names and dates as well, in words that are no byline.
        let least = if at == headline + 1 { TEASERS + 2 } else { TEASERS };
        if titles >= least {
            // The last one may head the text that follows.
            let heads = list.get(at + len).is_some_and(|b| b.kind == BlockKind::Paragraph) && list[at + len - 1].kind == BlockKind::Heading;
            for block in list[at..at + len - usize::from(heads)].iter_mut().filter(|b| !b.kind.is_set_aside()) {
                block.kind = BlockKind::Promo;
            }
        }
        at += len.max(1);
    }
}

/// With fewer lines of furniture, dates and bylines behind the last paragraph, what else stands there is left as it is.
const TAIL: usize = 3;
/// A paragraph on its own behind one line that is not text belongs to the article if it has so many words.
const SENTENCE_WORDS: usize = 15;
/// A long paragraph on its own behind at most so many blocks that are not text still belongs to the article.
const INTERRUPTION: usize = 5;

/// Sets aside what is left behind the last two paragraphs that follow each other: a page's end has loose lines and
/// summaries of other articles among its furniture, an article's end has not.
pub(super) fn set_tail_aside(article: &Article, list: &mut [Block]) {
    let Some(mut end) = body_end(article, list) else { return };
    // A last paragraph behind an advertisement.
    while let Some(next) = (end + 1..list.len().min(end + 2 + INTERRUPTION)).find(|&n| is_prose(article, &list[n]))
        && words(article.slice(list[next].span)) > HEADLINE_WORDS
    {
        end = next;
    }
    let tail = &mut list[end + 1..];
    if tail.iter().filter(|b| b.kind.is_set_aside() || is_label(b)).count() < TAIL {
        return;
    }
    let mut others = false;
    for block in tail {
        others |= block.kind == BlockKind::Promo;
        if !block.kind.is_set_aside() && (others || !is_label(block)) {
            block.kind = if others { BlockKind::Promo } else { BlockKind::Other };
        }
    }
}

fn is_label(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Date | BlockKind::Byline)
}

/// The second of the last two paragraphs that follow each other, at most one line between them.
fn body_end(article: &Article, list: &[Block]) -> Option<usize> {
    let mut end = None;
    let (mut before, mut between) = (false, 0);
    for (n, block) in list.iter().enumerate() {
        let signed = list.get(n + 1).is_some_and(|next| is_signature(article.slice(next.span)));
        if block.kind == BlockKind::Paragraph && (signed || is_prose(article, block)) {
            if before && (between == 0 || between == 1 && words(article.slice(block.span)) >= SENTENCE_WORDS) {
                end = Some(n);
            }
            (before, between) = (true, 0);
        } else if block.kind != BlockKind::Heading {
            between += 1;
        }
    }
    end
}

/// Whether a paragraph ends as sentences do. An ellipsis ends what a page has cut short.
fn is_prose(article: &Article, block: &Block) -> bool {
    let text = article.slice(block.span);
    let ends = text.ends_with(['.', '?', '!', '”', '"', '’', '\'', ')', ':']);
    block.kind == BlockKind::Paragraph && (ends || is_signature(text))
}

/// The name under a quotation or an embedded post: — Ada Obi (@obi) May 3, 2024.
pub(super) fn is_signature(text: &str) -> bool {
    text.starts_with(['—', '–', '―', '-'])
}
