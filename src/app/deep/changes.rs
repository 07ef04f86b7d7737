//! Two readings of one article, and what the later one says otherwise.

use std::collections::BTreeMap;
use std::fmt;

use crate::app::wording::{count, plural};
use crate::engine::{Breakdown, Claim, ClaimId};
use crate::order;

/// What a later reading changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Changes {
    /// Claims that the earlier one lacks.
    pub found: usize,
    /// Claims that only the earlier one has.
    pub dropped: usize,
    /// Claims of both whose words, source or speaker differ.
    pub changed: usize,
    /// For each claim of the earlier one what it has become.
    became: Vec<Option<ClaimId>>,
}

impl Changes {
    /// Pairs the claims of two readings by the words they share, each with the one it shares most with.
    pub fn between(before: &Breakdown, after: &Breakdown) -> Self {
        let mut pairs: Vec<(usize, ClaimId, ClaimId)> =
            overlaps(before, after).into_iter().map(|((old, new), shared)| (shared, old, new)).collect();
        order::sort_by_key(&mut pairs, |&(shared, old, new)| (usize::MAX - shared, old, new));
        let mut became = vec![None; before.claims.len()];
        let mut taken = vec![false; after.claims.len()];
        let mut changed = 0;
        for (_, old, new) in pairs {
            if became[old.index()].is_none() && !taken[new.index()] {
                became[old.index()] = Some(new);
                taken[new.index()] = true;
                changed += usize::from(told(before, old) != told(after, new));
            }
        }
        let kept = became.iter().flatten().count();
        Self { found: after.claims.len() - kept, dropped: before.claims.len() - kept, changed, became }
    }

    /// What a claim of the earlier reading is in the later one.
    pub fn became(&self, claim: ClaimId) -> Option<ClaimId> {
        self.became.get(claim.index()).copied().flatten()
    }
}

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut did = Vec::new();
        for (number, verb, more) in [(self.found, "found", " more"), (self.dropped, "dropped", ""), (self.changed, "changed", "")] {
            // What is counted is said once.
            let what = if did.is_empty() { plural(number, " claim", " claims") } else { "" };
            if number > 0 {
                did.push(format!("{verb} {}{more}{what}", count(number)));
            }
        }
        match did.split_last() {
            None => f.write_str("The deep reading agrees with the fast one."),
            Some((only, [])) => write!(f, "The deep reading {only}."),
            Some((last, others)) => write!(f, "The deep reading {} and {last}.", others.join(", ")),
        }
    }
}

/// How many bytes the contents of claims of two readings share, where they share any.
fn overlaps(before: &Breakdown, after: &Breakdown) -> BTreeMap<(ClaimId, ClaimId), usize> {
    let contents = |breakdown: &Breakdown| -> Vec<(usize, usize, ClaimId)> {
        let of_claim = |(id, claim): (ClaimId, &Claim)| claim.content.iter().map(move |s| (s.start(), s.end(), id)).collect::<Vec<_>>();
        let mut contents: Vec<_> = breakdown.numbered_claims().flat_map(of_claim).collect();
        order::sort(&mut contents);
        contents
    };
    let later = contents(after);
    let longest = later.iter().map(|(start, end, _)| end - start).max().unwrap_or(0);
    let mut overlaps = BTreeMap::new();
    for (start, end, old) in contents(before) {
        let from = later.partition_point(|(other, ..)| other + longest <= start);
        for &(other, other_end, new) in later[from..].iter().take_while(|(other, ..)| *other < end) {
            let shared = end.min(other_end).saturating_sub(start.max(other));
            if shared > 0 {
                *overlaps.entry((old, new)).or_default() += shared;
            }
        }
    }
    overlaps
}

/// What a person would see change.
fn told(breakdown: &Breakdown, id: ClaimId) -> impl PartialEq {
    let claim = breakdown.claim(id);
    let speaker = claim.speaker.map(|id| breakdown.speaker(id).name.clone());
    (claim.content.clone(), claim.source.clone(), claim.cue.clone(), claim.quotation, speaker)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample::{Said, breakdown, said};
    use crate::engine::Quotation::{Direct, Indirect};

    const TEXT: &str = "Ada said “no way”. Bo claims it rained. Cy thinks so too.";

    fn check(before: &[Said], after: &[Said], sentence: &str, became: &[Option<u32>]) {
        let changes = Changes::between(&breakdown(TEXT, before), &breakdown(TEXT, after));
        assert_eq!(changes.to_string(), sentence);
        let got: Vec<Option<u32>> = (0..before.len()).map(|n| changes.became(ClaimId(n as u32)).map(|id| id.0)).collect();
        assert_eq!(got, became);
    }

    #[test]
    fn it_tells_what_is_new_gone_and_otherwise() {
        let ada = said("Ada", "said", &["“no way”"], Direct);
        let bo = said("Bo", "claims", &["it rained"], Indirect);
        let short = said("Bo", "claims", &["it"], Indirect);
        let cy = said("Cy", "thinks", &["so"], Indirect);
        let same = "The deep reading agrees with the fast one.";
        check(&[], &[], same, &[]);
        check(&[ada.clone(), bo.clone()], &[ada.clone(), bo.clone()], same, &[Some(0), Some(1)]);
        check(std::slice::from_ref(&bo), &[ada.clone(), bo.clone()], "The deep reading found 1 more claim.", &[Some(1)]);
        check(std::slice::from_ref(&short), std::slice::from_ref(&bo), "The deep reading changed 1 claim.", &[Some(0)]);
        check(
            &[ada.clone(), short],
            &[bo.clone(), cy.clone()],
            "The deep reading found 1 more claim, dropped 1 and changed 1.",
            &[None, Some(0)],
        );
        check(&[ada], &[], "The deep reading dropped 1 claim.", &[None]);
        check(&[], &[bo, cy], "The deep reading found 2 more claims.", &[]);
    }
}
