//! How much each speaker has to say, and who answers whom.

use std::ops::Range;

use crate::engine::{Breakdown, Quotation, SpeakerId, Target, quoted_parts};
use crate::order;

use super::figures::words_of;

/// What one speaker has of the article.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Share {
    /// The speaker.
    pub speaker: SpeakerId,
    /// Words in quotation marks.
    pub quoted: usize,
    /// Words told in others' words.
    pub paraphrased: usize,
    /// How many claims.
    pub claims: usize,
    /// How many claims are about the speaker.
    pub about: usize,
}

impl Share {
    /// All words.
    pub fn words(&self) -> usize {
        self.quoted + self.paraphrased
    }
}

/// Every speaker's share: who has most words first, then in order of appearance. Whoever neither says anything nor is spoken about is
/// left out. Of claims inside others the outer one's words count.
pub fn shares(breakdown: &Breakdown) -> Vec<Share> {
    let none = |n: usize| Share { speaker: SpeakerId(n as u32), quoted: 0, paraphrased: 0, claims: 0, about: 0 };
    let mut shares: Vec<Share> = (0..breakdown.speakers.len()).map(none).collect();
    for claim in &breakdown.claims {
        claim.about.iter().for_each(|about| shares[about.index()].about += 1);
        let Some(speaker) = claim.speaker else { continue };
        let share = &mut shares[speaker.index()];
        share.claims += 1;
        if claim.within.is_some() {
            continue;
        }
        for span in &claim.content {
            let words = |range: Range<usize>| words_of(&breakdown.article.text()[range]).count();
            let all = words(span.range());
            let quoted = match claim.quotation {
                Quotation::Direct => all,
                Quotation::Mixed => quoted_parts(breakdown.article.text(), *span).into_iter().map(words).sum(),
                Quotation::Indirect => 0,
            };
            share.quoted += quoted;
            share.paraphrased += all - quoted;
        }
    }
    shares.retain(|share| share.claims + share.about > 0);
    order::sort_by_key(&mut shares, |share| (std::cmp::Reverse(share.words()), share.speaker));
    shares
}

/// Whom somebody answers: a speaker, or something that nobody in particular says.
pub type Answered = Option<SpeakerId>;

/// Who answers whom, how often; in order of appearance, what nobody says last.
pub fn exchanges(breakdown: &Breakdown) -> Vec<(SpeakerId, Answered, usize)> {
    let mut exchanges: Vec<(SpeakerId, Answered, usize)> = Vec::new();
    for response in &breakdown.responses {
        let Some(from) = breakdown.claim(response.from).speaker else { continue };
        let to = match response.to {
            Target::Claim(to) => breakdown.claim(to).speaker,
            Target::Narrated(_) => None,
        };
        match exchanges.iter_mut().find(|exchange| (exchange.0, exchange.1) == (from, to)) {
            Some(exchange) => exchange.2 += 1,
            None => exchanges.push((from, to, 1)),
        }
    }
    order::sort_by_key(&mut exchanges, |&(from, to, _)| (from, to.is_none(), to));
    exchanges
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample::{breakdown, said};
    use crate::engine::Quotation::{Direct, Indirect, Mixed};
    use crate::engine::{ClaimId, Confidence, Parts, Response, ResponseKind};

    const TEXT: &str = "Ada said it rained. Bo said “we got wet” all day. Ada said “never again”. Cy slept.";

    fn sample() -> Breakdown {
        breakdown(
            TEXT,
            &[
                said("Ada", "said", &["it rained"], Indirect),
                said("Bo", "said", &["“we got wet” all day"], Mixed),
                said("Ada", "said", &["“never again”"], Direct),
            ],
        )
    }

    fn share(speaker: u32, quoted: usize, paraphrased: usize, claims: usize, about: usize) -> Share {
        Share { speaker: SpeakerId(speaker), quoted, paraphrased, claims, about }
    }

    #[test]
    fn words_count_as_quoted_or_paraphrased() {
        assert_eq!(shares(&sample()), [share(1, 3, 2, 1, 0), share(0, 2, 2, 2, 0)]);
    }

    #[test]
    fn whoever_is_only_spoken_about_has_a_share_without_words() {
        let mut parts = Parts::clone(&sample());
        parts.claims.remove(1);
        parts.claims[0].about = vec![SpeakerId(1)];
        assert_eq!(shares(&Breakdown::new(parts).unwrap()), [share(0, 2, 2, 2, 0), share(1, 0, 0, 0, 1)]);
    }

    #[test]
    fn answers_are_counted_by_pair() {
        let mut parts = Parts::clone(&sample());
        let respond =
            |from, to| Response { from: ClaimId(from), to, kind: ResponseKind::Rebut, signal: vec![], confidence: Confidence::percent(80) };
        parts.responses =
            vec![respond(0, Target::Claim(ClaimId(1))), respond(2, Target::Claim(ClaimId(1))), respond(1, Target::Narrated(None))];
        let exchanges = exchanges(&Breakdown::new(parts).unwrap());
        assert_eq!(exchanges, [(SpeakerId(0), Some(SpeakerId(1)), 2), (SpeakerId(1), None, 1)]);
    }
}
