//! Who answers whom, as the panel lists it.

use crate::engine::{Breakdown, ClaimId, Response, SpeakerId, Target};
use crate::order;

/// Something that is answered, with its answers in reading order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Thread {
    /// What is answered.
    pub of: Target,
    /// The answers.
    pub answers: Vec<Reply>,
}

/// An answer with what answers it in turn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reply {
    /// What it answers and how.
    pub response: Response,
    /// The answers to it.
    pub answers: Vec<Reply>,
}

/// How deep answers stand under each other; what answers the deepest begins a thread of its own.
const DEEPEST: usize = 6;

/// Every answered claim and then every narrated thing that is answered, each in reading order. Each answer has its own
/// answers under it, once: where it answers several things, under the first.
pub fn threads(breakdown: &Breakdown) -> Vec<Thread> {
    let mut told = vec![false; breakdown.claims.len()];
    let mut threads: Vec<Thread> = Vec::new();
    let mut narrated: Vec<Thread> = Vec::new();
    let claims = || breakdown.numbered_claims().map(|(id, _)| id);
    for id in claims().filter(|id| breakdown.answered_by(*id).next().is_none()) {
        tell(breakdown, id, &mut told, &mut threads);
    }
    for response in breakdown.responses.iter().filter(|r| matches!(r.to, Target::Narrated(_))) {
        let reply = Reply { response: response.clone(), answers: replies(breakdown, response.from, 1, &mut told) };
        // Two answers to the same words belong together; two to nothing in particular don't.
        match narrated.iter_mut().find(|t| t.of == response.to && response.to != Target::Narrated(None)) {
            Some(thread) => thread.answers.push(reply),
            None => narrated.push(Thread { of: response.to.clone(), answers: vec![reply] }),
        }
    }
    // Readers can draw answers in a circle, which has no beginning.
    for id in claims() {
        tell(breakdown, id, &mut told, &mut threads);
    }
    order::sort_by_key(&mut threads, |thread| if let Target::Claim(id) = thread.of { id.index() } else { usize::MAX });
    threads.append(&mut narrated);
    threads
}

fn tell(breakdown: &Breakdown, id: ClaimId, told: &mut [bool], threads: &mut Vec<Thread>) {
    let answers = replies(breakdown, id, 0, told);
    if !answers.is_empty() {
        threads.push(Thread { of: Target::Claim(id), answers });
    }
}

/// The answers to one claim, with theirs under them.
pub fn replies_to(breakdown: &Breakdown, id: ClaimId) -> Vec<Reply> {
    replies(breakdown, id, 0, &mut vec![false; breakdown.claims.len()])
}

fn replies(breakdown: &Breakdown, to: ClaimId, depth: usize, told: &mut [bool]) -> Vec<Reply> {
    if depth == DEEPEST || std::mem::replace(&mut told[to.index()], true) {
        return Vec::new();
    }
    let answers = breakdown.answers_to(to);
    answers.map(|response| Reply { response: response.clone(), answers: replies(breakdown, response.from, depth + 1, told) }).collect()
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
    order::grouped(list.into_iter(), |unanswered| unanswered.silent.first().copied())
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

    /// Threads as `1(2(3) 4)`: claims from 1, answers in brackets, `_` for what is narrated.
    fn drawn(threads: &[Thread]) -> String {
        fn answers(replies: &[Reply]) -> String {
            let each = replies.iter().map(|reply| format!("{}{}", reply.response.from.0 + 1, answers(&reply.answers)));
            if replies.is_empty() { String::new() } else { format!("({})", each.collect::<Vec<_>>().join(" ")) }
        }
        let each = threads.iter().map(|thread| match thread.of {
            Target::Claim(id) => format!("{}{}", id.0 + 1, answers(&thread.answers)),
            Target::Narrated(_) => format!("_{}", answers(&thread.answers)),
        });
        each.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn answers_stand_under_what_they_answer() {
        let text = "Ada said one. Bo said two. Ada said three. Cy said four.";
        let claims = [("Ada", "one"), ("Bo", "two"), ("Ada", "three"), ("Cy", "four")];
        let base = breakdown(text, &claims.map(|(who, what)| said(who, "said", &[what], Indirect)));
        // Who answers whom, counted from 1; 0 is something narrated.
        for (links, expected) in [
            (&[(2, 1), (4, 1)][..], "1(2 4)"),
            (&[(2, 1), (3, 2), (4, 2)], "1(2(3 4))"),
            (&[(2, 1), (3, 1), (4, 2), (4, 3)], "1(2(4) 3(4))"),
            (&[(3, 1), (4, 2), (4, 3)], "1(3(4)) 2(4)"),
            (&[(2, 0), (3, 2), (4, 1)], "1(4) _(2(3))"),
            (&[(3, 1), (3, 0), (4, 3)], "1(3(4)) _(3)"),
            (&[(1, 2), (2, 1), (4, 3)], "1(2(1)) 3(4)"),
            (&[], ""),
        ] {
            let mut parts = Parts::clone(&base);
            parts.responses = (links.iter())
                .map(|&(from, to): &(u32, u32)| Response {
                    from: ClaimId(from - 1),
                    to: to.checked_sub(1).map_or(Target::Narrated(None), |to| Target::Claim(ClaimId(to))),
                    kind: ResponseKind::Rebut,
                    signal: vec![],
                    confidence: Confidence::percent(80),
                })
                .collect();
            assert_eq!(drawn(&threads(&Breakdown::new(parts).unwrap())), expected, "{links:?}");
        }
    }

    #[test]
    fn what_answers_the_deepest_begins_anew() {
        let words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight"];
        let text = words.map(|word| format!("Ada said {word}.")).join(" ");
        let base = breakdown(&text, &words.map(|word| said("Ada", "said", &[word], Indirect)));
        let mut parts = Parts::clone(&base);
        let link = |from| Response {
            from: ClaimId(from),
            to: Target::Claim(ClaimId(from - 1)),
            kind: ResponseKind::Rebut,
            signal: vec![],
            confidence: Confidence::percent(80),
        };
        parts.responses = (1..words.len() as u32).map(link).collect();
        assert_eq!(drawn(&threads(&Breakdown::new(parts).unwrap())), "1(2(3(4(5(6(7)))))) 7(8(9))");
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
