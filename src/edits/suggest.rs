//! Who says words that a reader marks as a claim, and by which words: a first guess that is easily changed.

use super::words::sentence_around;
use crate::engine::{Breakdown, Span, SpeakerId};

/// Words that attribute more often than anything else, for texts whose own claims have no such words.
const CUES: [&str; 12] =
    ["said", "says", "told", "added", "according to", "asked", "argued", "warned", "claimed", "denied", "announced", "wrote"];

/// What the words around a marked content suggest.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Suggestion {
    /// Whose words.
    pub speaker: Option<SpeakerId>,
    /// The words that name the source.
    pub source: Vec<Span>,
    /// The words that attribute.
    pub cue: Vec<Span>,
}

/// Looks around in the sentence: the nearest words that attribute elsewhere in the article too, the nearest speaker, or
/// a pronoun, for which the speaker before counts.
pub fn suggest(breakdown: &Breakdown, content: Span) -> Suggestion {
    let article = &breakdown.article;
    let Some(sentence) = sentence_around(article, &breakdown.blocks, content) else { return Suggestion::default() };
    let apart = |span: &Span| sentence.contains(*span) && !span.overlaps(content);
    let distance = |from: Span, span: Span| {
        if span.end() <= from.start() { from.start() - span.end() } else { span.start().saturating_sub(from.end()) }
    };
    let used = breakdown.claims.iter().flat_map(|claim| &claim.cue).map(|span| article.slice(*span));
    let places = used.chain(CUES).flat_map(|words| found(article, sentence, words)).filter(apart);
    let cue = places.min_by_key(|span| (distance(content, *span), usize::MAX - span.len()));

    let near = cue.unwrap_or(content);
    let mentions = breakdown.speakers.iter().enumerate().flat_map(|(n, speaker)| speaker.mentions.iter().map(move |span| (*span, n)));
    let mention = mentions.filter(|(span, _)| apart(span)).min_by_key(|(span, _)| (distance(near, *span), usize::MAX - span.len()));
    let pronoun = || {
        let words = ["He", "She", "They", "he", "she", "they"];
        let place =
            words.into_iter().flat_map(|word| found(article, sentence, word)).filter(apart).min_by_key(|span| distance(near, *span))?;
        let before = breakdown.claims.iter().rev().filter(|claim| claim.start() < content.start()).find_map(|claim| claim.speaker)?;
        Some((place, before))
    };
    let who = mention.map(|(span, n)| (span, SpeakerId(n as u32))).or_else(pronoun);
    Suggestion {
        speaker: who.map(|(_, speaker)| speaker),
        source: who.map(|(span, _)| span).into_iter().collect(),
        cue: cue.into_iter().collect(),
    }
}

/// Where whole words stand in a stretch of text.
fn found(article: &crate::engine::Article, within: Span, words: &str) -> Vec<Span> {
    let text = article.slice(within);
    let free = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let places = text
        .match_indices(words)
        .filter(|(at, words)| free(text[..*at].chars().next_back()) && free(text[at + words.len()..].chars().next()));
    places.filter_map(|(at, words)| article.span(within.start() + at, within.start() + at + words.len())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample::{breakdown, find, said};
    use crate::engine::Quotation::Indirect;

    const TEXT: &str = "Ada Quill snorted that it rained. Bo, tired, said they got wet. He snorted once that Ada Quill knew. It was late.";

    fn check(content: &str, speaker: Option<&str>, source: &str, cue: &str) {
        let claims = [said("Ada Quill", "snorted", &["it rained"], Indirect), said("Bo", "tired", &["they"], Indirect)];
        let sample = breakdown(TEXT, &claims);
        let suggested = suggest(&sample, find(&sample.article, content));
        let words = |spans: &[Span]| spans.iter().map(|span| sample.article.slice(*span)).collect::<String>();
        assert_eq!(suggested.speaker.map(|id| sample.speaker(id).name.as_str()), speaker);
        assert_eq!((words(&suggested.source).as_str(), words(&suggested.cue).as_str()), (source, cue));
    }

    #[test]
    fn the_sentence_tells_who_speaks() {
        check("they got wet", Some("Bo"), "Bo", "said");
        check("Ada Quill knew", Some("Bo"), "He", "snorted");
        check("It was late", None, "", "");
    }
}
