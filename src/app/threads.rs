//! Who answers whom, as the panel lists it.

use crate::engine::{Breakdown, ClaimId, Response, SpeakerId, Target};
use crate::order;

/// Something that is answered, with its answers in reading order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Thread {
    /// What is answered.
    pub of: Target,
    /// The answers.
    pub answers: Vec<Response>,
}

/// Every answered claim and then every narrated thing that is answered, each in reading order.
pub fn threads(breakdown: &Breakdown) -> Vec<Thread> {
    let mut threads: Vec<Thread> = Vec::new();
    for (id, _) in breakdown.numbered_claims() {
        let answers: Vec<Response> = breakdown.answers_to(id).cloned().collect();
        if !answers.is_empty() {
            threads.push(Thread { of: Target::Claim(id), answers });
        }
    }
    for response in breakdown.responses.iter().filter(|r| matches!(r.to, Target::Narrated(_))) {
        // Two answers to the same words belong together; two to nothing in particular don't.
        match threads.iter_mut().find(|t| t.of == response.to && response.to != Target::Narrated(None)) {
            Some(thread) => thread.answers.push(response.clone()),
            None => threads.push(Thread { of: response.to.clone(), answers: vec![response.clone()] }),
        }
    }
    threads
}

/// A claim that nothing here answers, and those it is about who have no words in answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unanswered {
    /// The claim.
    pub claim: ClaimId,
    /// Whom it is about and who says nothing at all here.
    pub silent: Vec<SpeakerId>,
}

/// Claims that neither answer nor are answered: first those about someone who is silent here, then the
/// rest, each in reading order. Claims inside others are left to the outer one.
pub fn unanswered(breakdown: &Breakdown) -> Vec<Unanswered> {
    let heard = order::set(breakdown.claims.iter().filter_map(|claim| claim.speaker));
    let ends = |r: &Response| [Some(r.from), if let Target::Claim(to) = r.to { Some(to) } else { None }];
    let in_thread = order::set(breakdown.responses.iter().flat_map(ends).flatten());
    let mut list: Vec<Unanswered> = breakdown
        .numbered_claims()
        .filter(|(id, claim)| claim.within.is_none() && !in_thread.contains(id))
        .map(|(id, claim)| Unanswered { claim: id, silent: claim.about.iter().copied().filter(|about| !heard.contains(about)).collect() })
        .collect();
    order::sort_by_key(&mut list, |unanswered| (unanswered.silent.is_empty(), unanswered.claim));
    list
}

/// Unanswered claims by whom they are about who says nothing here, the first of them where there are several; those that
/// are about nobody silent last.
pub fn by_addressee(list: Vec<Unanswered>) -> Vec<(Option<SpeakerId>, Vec<Unanswered>)> {
    let mut groups: Vec<(Option<SpeakerId>, Vec<Unanswered>)> = Vec::new();
    for unanswered in list {
        let about = unanswered.silent.first().copied();
        match groups.iter_mut().find(|(of, _)| *of == about) {
            Some((_, group)) => group.push(unanswered),
            None => groups.push((about, vec![unanswered])),
        }
    }
    groups
}

/// A hue for each speaker, from 0, in the order in which they are given words; `None` for those who
/// are only spoken about.
pub fn hues(breakdown: &Breakdown) -> Vec<Option<usize>> {
    let mut hues = vec![None; breakdown.speakers.len()];
    let mut next = 0..;
    for speaker in breakdown.claims.iter().filter_map(|claim| claim.speaker) {
        let hue = &mut hues[speaker.index()];
        *hue = hue.or_else(|| next.next());
    }
    hues
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample::{breakdown, said};
    use crate::engine::{Confidence, Parts, Quotation::Indirect, ResponseKind};

    /// Four claims by Ada, Bo, Ada and Cy; the second and the fourth answer as given.
    fn answered(targets: [Target; 2]) -> Breakdown {
        let text = "Ada said one. Bo said two. Ada said three. Cy said four.";
        let claims = [("Ada", "one"), ("Bo", "two"), ("Ada", "three"), ("Cy", "four")];
        let base = breakdown(text, &claims.map(|(who, what)| said(who, "said", &[what], Indirect)));
        let [second, fourth] = targets;
        let respond =
            |from, to| Response { from: ClaimId(from), to, kind: ResponseKind::Rebut, signal: vec![], confidence: Confidence::percent(80) };
        let mut parts = Parts::clone(&base);
        parts.claims[2].about = vec![SpeakerId(1)];
        parts.responses = vec![respond(1, second), respond(3, fourth)];
        Breakdown::new(parts).unwrap()
    }

    #[test]
    fn answers_gather_under_what_they_answer() {
        let threads = threads(&answered([Target::Claim(ClaimId(0)), Target::Claim(ClaimId(0))]));
        let drawn: Vec<_> = threads.iter().map(|t| (&t.of, t.answers.iter().map(|a| a.from.0).collect::<Vec<_>>())).collect();
        assert_eq!(drawn, [(&Target::Claim(ClaimId(0)), vec![1, 3])]);
    }

    #[test]
    fn answers_to_nothing_named_stay_apart() {
        assert_eq!(threads(&answered([Target::Narrated(None), Target::Narrated(None)])).len(), 2);
    }

    #[test]
    fn unanswered_claims_are_in_no_thread() {
        let list = unanswered(&answered([Target::Claim(ClaimId(0)), Target::Claim(ClaimId(0))]));
        assert_eq!(list, [Unanswered { claim: ClaimId(2), silent: vec![] }]);
    }

    #[test]
    fn what_nobody_answers_is_grouped_by_whom_it_is_about() {
        let about = |claim, silent: &[u32]| Unanswered { claim: ClaimId(claim), silent: silent.iter().copied().map(SpeakerId).collect() };
        let groups = by_addressee(vec![about(2, &[7]), about(4, &[3, 7]), about(5, &[7]), about(1, &[])]);
        let drawn: Vec<(Option<u32>, Vec<u32>)> =
            groups.iter().map(|(of, list)| (of.map(|id| id.0), list.iter().map(|u| u.claim.0).collect())).collect();
        assert_eq!(drawn, [(Some(7), vec![2, 5]), (Some(3), vec![4]), (None, vec![1])]);
    }

    #[test]
    fn hues_follow_first_words() {
        assert_eq!(hues(&answered([Target::Narrated(None), Target::Narrated(None)])), [Some(0), Some(1), Some(2)]);
    }
}
