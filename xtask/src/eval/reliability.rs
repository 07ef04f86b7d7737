//! Whether confidence is what it says: of claims with a confidence of 70 %, seven in ten should be right.

use std::collections::BTreeSet;
use std::fmt;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::compare::{Verdict, compare};

/// Claims of like confidence.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
struct Bin {
    claims: usize,
    right: usize,
    /// The sum of their confidences, each from 0 to 1.
    confidence: f64,
}

/// A reliability table: bins of ten percent each, the last with both of its ends.
#[derive(Debug)]
pub(super) struct Reliability {
    bins: [Bin; 10],
    area: f64,
}

impl Reliability {
    /// Of the claims of breakdowns, by the articles as they are marked up; right is what the scorer counts as full.
    pub(super) fn measure(gold: &[Value], ours: &[Value]) -> Result<Self> {
        ensure!(gold.len() == ours.len(), "{} articles, but {} breakdowns", gold.len(), ours.len());
        let mut claims = Vec::new();
        for (gold, ours) in gold.iter().zip(ours) {
            for judged in compare(gold, ours, &BTreeSet::new())?.ours {
                let confidence = judged.relation.json["confidence"].as_f64().context("a claim has no confidence")?;
                claims.push((confidence, judged.partner.is_some() && judged.verdict == Verdict::Full));
            }
        }
        Ok(Self::of(claims))
    }

    fn of(mut claims: Vec<(f64, bool)>) -> Self {
        claims.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut bins = [Bin::default(); 10];
        for &(confidence, right) in &claims {
            // Whole percent, as the engine gives it.
            let bin = &mut bins[((confidence * 100.0).round() as usize / 10).min(9)];
            bin.claims += 1;
            bin.right += usize::from(right);
            bin.confidence += confidence;
        }
        Self { bins, area: area(&claims) }
    }

    /// The expected calibration error: by how much confidence misses the share that is right, on average over claims.
    fn error(&self) -> f64 {
        let missed: f64 = self.bins.iter().map(|bin| (bin.confidence - bin.right as f64).abs()).sum();
        missed / self.bins.iter().map(|bin| bin.claims).sum::<usize>().max(1) as f64
    }
}

/// How often a right claim has more confidence than a wrong one, ties counting half (Mann and Whitney); of claims in
/// rising order.
fn area(claims: &[(f64, bool)]) -> f64 {
    let (mut right, mut wrong, mut won) = (0.0, 0.0, 0.0);
    for ties in claims.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        let rights = ties.iter().filter(|(_, right)| *right).count() as f64;
        let wrongs = ties.len() as f64 - rights;
        won += rights * (wrong + wrongs / 2.0);
        right += rights;
        wrong += wrongs;
    }
    won / (right * wrong)
}

impl fmt::Display for Reliability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "confidence  claims  mean %  right %")?;
        for (at, bin) in self.bins.iter().enumerate().filter(|(_, bin)| bin.claims > 0) {
            let share = |of: f64| of * 100.0 / bin.claims as f64;
            let to = if at == 9 { 100 } else { at * 10 + 9 };
            writeln!(f, "{:>4}–{to:<3} %  {:>6}  {:>6.1}  {:>7.1}", at * 10, bin.claims, share(bin.confidence), share(bin.right as f64))?;
        }
        write!(f, "expected calibration error {:.3}, area under the curve {:.3}", self.error(), self.area)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn error_is_the_distance_from_what_is_right() {
        // Half of the first bin is right where 25 % are expected; the second is as sure as it should be.
        let one = Reliability::of(vec![(0.25, true), (0.25, false), (1.0, true), (1.0, true)]);
        assert!((one.error() - 0.125).abs() < 1e-9, "{one}");
        assert!((one.area - 5.0 / 6.0).abs() < 1e-9, "{one}");
    }

    #[test]
    fn a_tenth_belongs_to_the_bin_it_begins() {
        for (confidence, bin) in [(0.0, 0), (0.09, 0), (0.29, 2), (0.3, 3), (0.57, 5), (0.9, 9), (1.0, 9)] {
            let bins = Reliability::of(vec![(confidence, true)]).bins;
            assert_eq!(bins.iter().position(|bin| bin.claims == 1), Some(bin), "{confidence}");
        }
    }

    #[test]
    fn a_claim_is_right_with_content_and_source() {
        let gold = json!({ "id": "a", "text": "Tarn said it is safe. Orr said it is not.", "relations": [
            { "id": "1", "source": [[0, 4]], "cue": [[5, 9]], "content": [[10, 20]] },
            { "id": "2", "source": [[22, 25]], "cue": [[26, 30]], "content": [[31, 40]] }] });
        let ours = json!({ "claims": [
            { "id": "1", "source": [[0, 4]], "cue": [[5, 9]], "content": [[10, 20]], "confidence": 0.95 },
            { "id": "2", "source": [], "cue": [[26, 30]], "content": [[31, 40]], "confidence": 0.35 }] });
        let measured = Reliability::measure(&[gold], &[ours]).unwrap();
        assert_eq!((measured.bins[9].right, measured.bins[3].right), (1, 0));
        assert_eq!((measured.bins[9].claims, measured.bins[3].claims), (1, 1));
    }
}
