//! Breakdowns built by hand, for tests of what the page makes of them.

use crate::engine::{
    Article, Block, BlockKind, Breakdown, Claim, ClaimId, Confidence, ENGINE, Force, Labeller, Language, Parts, Quotation, Span, Speaker,
    SpeakerId, SpeakerKind,
};

/// A claim by its words, which are looked for behind the source of the claim before it.
#[derive(Clone)]
pub(crate) struct Said {
    pub(crate) source: &'static str,
    pub(crate) cue: &'static str,
    pub(crate) content: Vec<&'static str>,
    pub(crate) quotation: Quotation,
    pub(crate) within: Option<u32>,
}

/// A claim that lies in no other.
pub(crate) fn said(source: &'static str, cue: &'static str, content: &[&'static str], quotation: Quotation) -> Said {
    Said { source, cue, content: content.to_vec(), quotation, within: None }
}

/// Where words first stand in the article; they must be there.
pub(crate) fn find(article: &Article, words: &str) -> Span {
    find_from(article, 0, words)
}

fn find_from(article: &Article, from: usize, words: &str) -> Span {
    let at = from + article.text()[from..].find(words).unwrap_or_else(|| panic!("{words:?} isn't in the sample"));
    article.span(at, at + words.len()).expect("words that were found are a span")
}

/// One block per line, one speaker per source, claims as given.
pub(crate) fn breakdown(text: &str, claims: &[Said]) -> Breakdown {
    let article = Article::new(text).expect("a sample has words");
    let mut names: Vec<&str> = Vec::new();
    for claim in claims {
        if !names.contains(&claim.source) {
            names.push(claim.source);
        }
    }
    let mut from = 0;
    let speaker = |name: &str| names.iter().position(|n| *n == name).map(|n| SpeakerId(n as u32));
    let parts = Parts {
        blocks: lines(&article),
        speakers: names
            .iter()
            .map(|name| Speaker { name: (*name).into(), kind: SpeakerKind::Person, role: None, mentions: vec![find(&article, name)] })
            .collect(),
        claims: claims
            .iter()
            .map(|claim| {
                let source = find_from(&article, from, claim.source);
                let found =
                    (source, find_from(&article, from, claim.cue), claim.content.iter().map(|c| find_from(&article, from, c)).collect());
                from = source.end();
                (claim, found)
            })
            .map(|(claim, (source, cue, content))| Claim {
                speaker: speaker(claim.source),
                source: vec![source],
                cue: vec![cue],
                content,
                quotation: claim.quotation,
                force: Force::States,
                channel: None,
                outlet: None,
                said_on: None,
                within: claim.within.map(ClaimId),
                about: Vec::new(),
                confidence: Confidence::percent(90),
            })
            .collect(),
        engine: ENGINE.into(),
        labeller: Labeller::Fast,
        language: Language::English,
        published: None,
        responses: Vec::new(),
        notes: Vec::new(),
        article,
    };
    Breakdown::new(parts).expect("samples are consistent")
}

fn lines(article: &Article) -> Vec<Block> {
    let mut at = 0;
    let mut blocks = Vec::new();
    for line in article.text().split_inclusive('\n') {
        let span = article.trimmed(at, at + line.len());
        blocks.extend(span.map(|span| Block { kind: BlockKind::Paragraph, span }));
        at += line.len();
    }
    blocks
}
