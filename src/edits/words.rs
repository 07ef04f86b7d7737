//! Moving the ends of a span from word to word, for people without a mouse; and the sentences of a text, roughly.

use crate::engine::{Article, Block, BlockKind, Claim, Span};

/// An end of a list of spans.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Edge {
    /// Where the first begins.
    Start,
    /// Where the last ends.
    End,
}

/// Spans of which one end is moved by a word or mark, forward or back, inside the block it stands in; `None` where it
/// can't be moved.
pub fn moved(article: &Article, blocks: &[Block], spans: &[Span], edge: Edge, forward: bool) -> Option<Vec<Span>> {
    let (first, last) = (*spans.first()?, *spans.last()?);
    let near = if edge == Edge::Start { first } else { last };
    let block = block_at(article, blocks, near.start())?;
    let words = words(article, block);
    let (start, end) = match edge {
        Edge::Start => {
            let starts = words.iter().map(|word| word.start());
            let start =
                if forward { starts.clone().find(|at| *at > first.start()) } else { starts.clone().rfind(|at| *at < first.start()) };
            (start?, first.end())
        }
        Edge::End => {
            let ends = words.iter().map(|word| word.end());
            (last.start(), (if forward { ends.clone().find(|at| *at > last.end()) } else { ends.clone().rfind(|at| *at < last.end()) })?)
        }
    };
    let span = article.span(start, end)?;
    let mut moved = spans.to_vec();
    let place = if edge == Edge::Start { 0 } else { moved.len() - 1 };
    // Never over another part of the same.
    let fits = match edge {
        Edge::Start => moved.get(1).is_none_or(|next| span.end() <= next.start()),
        Edge::End => place == 0 || moved[place - 1].end() <= span.start(),
    };
    moved[place] = span;
    fits.then_some(moved)
}

/// The span between two bytes, widened to whole words and without white space at its ends.
pub fn whole_words(article: &Article, start: usize, end: usize) -> Option<Span> {
    let span = article.trimmed(start, end)?;
    let text = article.text();
    let back: usize = text[..span.start()].chars().rev().take_while(|c| c.is_alphanumeric()).map(char::len_utf8).sum();
    let on: usize = text[span.end()..].chars().take_while(|c| c.is_alphanumeric()).map(char::len_utf8).sum();
    let begins = text[span.start()..].starts_with(char::is_alphanumeric);
    let ends = text[..span.end()].ends_with(char::is_alphanumeric);
    article.span(span.start() - if begins { back } else { 0 }, span.end() + if ends { on } else { 0 })
}

/// Spans and more words, in text order; what overlaps becomes one. `None` where an end lies inside a character.
pub fn with_words(article: &Article, spans: &[Span], more: Span) -> Option<Vec<Span>> {
    let (touched, mut apart): (Vec<Span>, Vec<Span>) = spans.iter().partition(|span| span.overlaps(more));
    let start = touched.iter().fold(more.start(), |start, span| start.min(span.start()));
    let end = touched.iter().fold(more.end(), |end, span| end.max(span.end()));
    let place = apart.iter().take_while(|span| span.start() < start).count();
    apart.insert(place, article.span(start, end)?);
    Some(apart)
}

/// The block around a byte, or the line where no block is.
fn block_at(article: &Article, blocks: &[Block], at: usize) -> Option<Span> {
    blocks.iter().map(|block| block.span).find(|span| span.start() <= at && at < span.end()).or_else(|| {
        let text = article.text();
        let start = text[..at].rfind('\n').map_or(0, |n| n + 1);
        article.trimmed(start, text[at..].find('\n').map_or(text.len(), |n| at + n))
    })
}

/// Words, each mark on its own.
fn words(article: &Article, block: Span) -> Vec<Span> {
    let mut words = Vec::new();
    let mut start = None;
    let text = &article.text()[block.range()];
    for (at, c) in text.char_indices().map(|(at, c)| (at + block.start(), c)) {
        // An apostrophe between letters is part of its word.
        let inner =
            matches!(c, '’' | '\'' | '-') && start.is_some() && article.text()[at + c.len_utf8()..].starts_with(char::is_alphanumeric);
        if c.is_alphanumeric() || inner {
            start = start.or(Some(at));
        } else {
            words.extend(start.take().and_then(|from| article.span(from, at)));
            words.extend((!c.is_whitespace()).then(|| article.span(at, at + c.len_utf8())).flatten());
        }
    }
    words.extend(start.and_then(|from| article.span(from, block.end())));
    words
}

/// The first sentence that begins at this byte or later, in a block that is read, and that no claim stands in.
pub fn sentence_after(article: &Article, blocks: &[Block], claims: &[Claim], at: usize) -> Option<Span> {
    let running = |kind| matches!(kind, BlockKind::Paragraph | BlockKind::Standfirst);
    let read = blocks.iter().filter(|block| running(block.kind) && block.span.end() > at);
    let claimed = |sentence: &Span| claims.iter().flat_map(|claim| &claim.content).any(|span| span.overlaps(*sentence));
    read.flat_map(|block| sentences(article, block.span)).find(|sentence| sentence.start() >= at && !claimed(sentence))
}

/// The sentence around a span, as far as its block goes.
pub(super) fn sentence_around(article: &Article, blocks: &[Block], span: Span) -> Option<Span> {
    let block = block_at(article, blocks, span.start())?;
    sentences(article, block).into_iter().filter(|sentence| sentence.overlaps(span)).reduce(Span::to)
}

/// Sentences end at a full stop, question or exclamation mark with what closes behind it, before a capital or a mark
/// that opens. Good enough to start from: whoever wants other ends moves them.
fn sentences(article: &Article, block: Span) -> Vec<Span> {
    let text = &article.text()[..block.end()];
    let mut sentences = Vec::new();
    let mut from = block.start();
    let mut letters = text[from..].char_indices().map(|(at, c)| (at + block.start(), c)).peekable();
    while let Some((at, c)) = letters.next() {
        if !matches!(c, '.' | '!' | '?' | '…') {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some((at, c)) = letters.next_if(|(_, c)| matches!(c, '”' | '’' | '"' | '\'' | ')' | '»' | '.')) {
            end = at + c.len_utf8();
        }
        let mut rest = text[end..].chars();
        let apart = rest.next().is_none_or(char::is_whitespace);
        let opens = rest.find(|c| !c.is_whitespace()).is_none_or(|c| c.is_uppercase() || c.is_numeric() || "“‘\"'«(".contains(c));
        // An initial or a title ends no sentence.
        let word: String = text[from..at].chars().rev().take_while(|c| c.is_alphanumeric()).collect();
        let short = c == '.' && word.chars().count() <= 2 && word.chars().next_back().is_some_and(char::is_uppercase);
        if apart && opens && !short {
            sentences.extend(article.trimmed(from, end));
            from = end;
        }
    }
    sentences.extend(article.trimmed(from, block.end()));
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample::{breakdown, find};

    const TEXT: &str = "Mr. Lund didn’t pay, he said. “Why?” asked J. Roe. So what\nNext line.";

    fn check(words: &str, edge: Edge, forward: bool, expected: Option<&str>) {
        let sample = breakdown(TEXT, &[]);
        let moved = moved(&sample.article, &sample.blocks, &[find(&sample.article, words)], edge, forward);
        assert_eq!(moved.as_deref().map(|spans| sample.article.slice(spans[0])), expected);
    }

    #[test]
    fn words_join_those_that_are_there() {
        let sample = breakdown(TEXT, &[]);
        let spans = |words: &[&str]| words.iter().map(|words| find(&sample.article, words)).collect::<Vec<_>>();
        let check = |have: &[&str], more: &str, expected: &[&str]| {
            let joined = with_words(&sample.article, &spans(have), find(&sample.article, more));
            assert_eq!(joined, Some(spans(expected)), "{have:?} and {more:?}");
        };
        check(&[], "So what", &["So what"]);
        check(&["Why?"], "So what", &["Why?", "So what"]);
        check(&["Why?", "So what"], "he said", &["he said", "Why?", "So what"]);
        check(&["Mr. Lund", "So what"], "Why?", &["Mr. Lund", "Why?", "So what"]);
        check(&["Mr. Lund", "pay", "So"], "Lund didn’t pay, he", &["Mr. Lund didn’t pay, he", "So"]);
    }

    #[test]
    fn ends_move_by_words_and_marks() {
        check("Lund didn’t", Edge::End, true, Some("Lund didn’t pay"));
        check("Lund didn’t pay", Edge::End, true, Some("Lund didn’t pay,"));
        check("Lund didn’t", Edge::End, false, Some("Lund"));
        check("Lund didn’t", Edge::Start, true, Some("didn’t"));
        check("Lund didn’t", Edge::Start, false, Some(". Lund didn’t"));
        check("didn’t", Edge::Start, true, None);
        check("Mr", Edge::Start, false, None);
        check("So what", Edge::End, true, None);
    }

    #[test]
    fn ends_never_move_over_another_part() {
        let sample = breakdown(TEXT, &[]);
        let parts = [find(&sample.article, "Lund didn’t pay"), find(&sample.article, ", he")];
        assert_eq!(moved(&sample.article, &sample.blocks, &parts, Edge::End, false), Some(vec![parts[0], find(&sample.article, ",")]));
        let touching = [parts[0], find(&sample.article, ",")];
        assert_eq!(moved(&sample.article, &sample.blocks, &touching, Edge::End, false), None);
    }

    #[test]
    fn words_are_taken_whole() {
        let article = breakdown(TEXT, &[]).article.clone();
        let whole = |words: &str| {
            let at = TEXT.find(words).unwrap();
            article.slice(whole_words(&article, at, at + words.len()).unwrap()).to_owned()
        };
        assert_eq!(whole("und didn’t pa"), "Lund didn’t pay");
        assert_eq!(whole(" said. "), "said.");
        assert_eq!(whole("hy?” as"), "Why?” asked");
    }

    #[test]
    fn sentences_are_found_one_after_another() {
        let sample = breakdown(TEXT, &[]);
        let mut at = 0;
        let mut found = Vec::new();
        while let Some(sentence) = sentence_after(&sample.article, &sample.blocks, &[], at) {
            found.push(sample.article.slice(sentence));
            at = sentence.end();
        }
        assert_eq!(found, ["Mr. Lund didn’t pay, he said.", "“Why?” asked J. Roe.", "So what", "Next line."]);
    }
}
