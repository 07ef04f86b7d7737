//! Breakdowns of articles whose claims are given, as people marked them: a line of JSON each, in and out.

use std::io::{self, BufRead, Write};

use anyhow::{Context, Result};
use sayso::engine::train::{Given, read_given};
use sayso::engine::{Article, Span};
use sayso::formats::json;

use crate::corpus::{Marked, Relation, bytes};

/// The marked-up relations of an article, with places in bytes.
pub(crate) fn given(article: &Article, relations: &[Relation]) -> Result<Vec<Given>> {
    let bytes = bytes(article.text());
    let spans = |spans: &[(usize, usize)]| -> Result<Vec<Span>> {
        let span = |&(start, end): &(usize, usize)| {
            let places = bytes.get(start).zip(bytes.get(end)).context("a span is not in its text")?;
            article.span(*places.0, *places.1).context("a span is empty")
        };
        spans.iter().map(span).collect()
    };
    let given = |r: &Relation| Ok(Given { source: spans(&r.source)?, cue: spans(&r.cue)?, content: spans(&r.content)? });
    relations.iter().map(given).collect()
}

/// Reads articles from the standard input and writes their breakdowns.
pub(crate) fn read() -> Result<()> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let marked: Marked = serde_json::from_str(&line?).context("a line is no marked-up article")?;
        let article = Article::new(marked.text.as_str())?;
        let breakdown = read_given(&article, &given(&article, &marked.relations)?);
        out.write_all(json::write_line(&breakdown, Some(&marked.id.into())).as_bytes())?;
    }
    Ok(())
}
