//! The figures of the summary line.

use crate::engine::{Breakdown, ClaimId};
use crate::order;

/// What the summary line says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Figures {
    /// How many claims.
    pub claims: usize,
    /// How many speakers are given words.
    pub speakers: usize,
    /// How many answers.
    pub responses: usize,
    /// The claims that are unsure, in reading order.
    pub unsure: Vec<ClaimId>,
    /// How many of the article's words are attributed to someone, in whole percent; `None` without words.
    pub attributed: Option<usize>,
}

/// Counts a breakdown.
pub fn figures(breakdown: &Breakdown) -> Figures {
    let speakers = order::set(breakdown.claims.iter().filter_map(|claim| claim.speaker));
    Figures {
        claims: breakdown.claims.len(),
        speakers: speakers.len(),
        responses: breakdown.responses.len(),
        unsure: breakdown.numbered_claims().filter(|(_, claim)| claim.confidence.is_low()).map(|(id, _)| id).collect(),
        attributed: attributed(breakdown),
    }
}

/// The share of words in blocks that are read which lie in some claim's content.
fn attributed(breakdown: &Breakdown) -> Option<usize> {
    let text = breakdown.article.text();
    let mut contents: Vec<(usize, usize)> =
        breakdown.claims.iter().flat_map(|claim| &claim.content).map(|span| (span.start(), span.end())).collect();
    order::sort(&mut contents);
    let mut contents = contents.into_iter().peekable();
    let (mut words, mut inside, mut covered) = (0, 0, 0);
    for block in breakdown.blocks.iter().filter(|block| !block.kind.is_set_aside()) {
        for word in words_of(&text[block.span.range()]) {
            let at = block.span.start() + word;
            while let Some((_, end)) = contents.next_if(|(start, _)| *start <= at) {
                covered = covered.max(end);
            }
            words += 1;
            inside += usize::from(at < covered);
        }
    }
    (words > 0).then(|| (inside * 100 + words / 2) / words)
}

/// Where each word's first letter or digit stands, in bytes.
pub(super) fn words_of(text: &str) -> impl Iterator<Item = usize> {
    let mut within = false;
    text.char_indices().filter_map(move |(at, c)| {
        let first = !within && c.is_alphanumeric();
        within = (within || first) && !c.is_whitespace();
        first.then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample::{breakdown, said};
    use crate::engine::{Confidence, Parts, Quotation::Indirect};

    #[test]
    fn counts_words_once_where_claims_nest() {
        let claims = [said("Ada", "said", &["Bo denied it"], Indirect), said("Bo", "denied", &["it"], Indirect)];
        let figures = figures(&breakdown("Ada said Bo denied it.", &claims));
        assert_eq!((figures.claims, figures.speakers, figures.attributed), (2, 2, Some(60)));
    }

    #[test]
    fn unsure_claims_are_named() {
        let claims = [said("Ada", "said", &["one"], Indirect), said("Bo", "said", &["two"], Indirect)];
        let mut parts = Parts::clone(&breakdown("Ada said one. Bo said two.", &claims));
        parts.claims[1].confidence = Confidence::percent(49);
        assert_eq!(figures(&Breakdown::new(parts).unwrap()).unsure, [ClaimId(1)]);
    }

    #[test]
    fn a_word_has_a_letter_or_digit() {
        assert_eq!(words_of("“Don’t – go” 3,000 … it’s").collect::<Vec<_>>(), [3, 15, 21, 31]);
    }
}
