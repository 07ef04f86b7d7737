//! Corrections go over to a better reading of the same text.

use std::collections::BTreeMap;

use super::{ClaimKey, Edit, Edits, SpeakerKey, To, apply};
use crate::engine::{Breakdown, Claim, ClaimId, Force, Speaker};

/// The edits of one reading as edits of another of the same text; `became` says what each claim of the first is in the
/// second. What a reader corrected or added stays as they left it, also where the second reading lacks it.
pub fn rebase(edits: &Edits, before: &Breakdown, after: &Breakdown, became: impl Fn(ClaimId) -> Option<ClaimId>) -> Edits {
    if edits.is_empty() {
        return Edits::default();
    }
    let corrected = apply(before, edits);
    let mut over = Over {
        claims: BTreeMap::new(),
        speakers: BTreeMap::new(),
        found: after.claims.len(),
        known: after.speakers.len(),
        edits: Edits::default(),
    };
    // Those whom only the first knows are added, and stay where an edit needs them.
    for (n, speaker) in before.speakers.iter().enumerate() {
        let shares = |other: &Speaker| other.mentions.iter().any(|span| speaker.mentions.binary_search(span).is_ok());
        let same = after.speakers.iter().position(|other| other.name == speaker.name).or_else(|| after.speakers.iter().position(shares));
        let key = if let Some(place) = same {
            SpeakerKey(place as u32)
        } else {
            let key = over.edits.next_speaker(over.known);
            over.edits = over.edits.with(Edit::AddSpeaker(key, speaker.name.clone()));
            key
        };
        over.speakers.insert(SpeakerKey(n as u32), key);
    }
    for edit in edits.iter() {
        if let Edit::AddSpeaker(key, name) = edit {
            let new = over.edits.next_speaker(over.known);
            over.speakers.insert(*key, new);
            over.edits = over.edits.with(Edit::AddSpeaker(new, name.clone()));
        }
    }
    for (id, _) in before.numbered_claims() {
        if let Some(new) = became(id) {
            over.claims.insert(ClaimKey(id.0), ClaimKey(new.0));
        }
    }
    // What the second reading lacks and the reader vouches for; and what both found, the reader first.
    for (id, claim) in corrected.breakdown.numbered_claims() {
        let key = corrected.key(id);
        if over.claims.contains_key(&key) || !corrected.is_corrected(id) {
            continue;
        }
        let twin = after.numbered_claims().find(|(_, other)| shared(claim, other) * 2 > length(claim).max(length(other)));
        let twin = twin.map(|(id, _)| ClaimKey(id.0)).filter(|twin| !over.claims.values().any(|taken| taken == twin));
        let new = match twin {
            Some(twin) => twin,
            None => over.edits.next_claim(after.claims.len()),
        };
        over.claims.insert(key, new);
        if twin.is_none() {
            let speaker = claim.speaker.and_then(|id| over.speakers.get(&corrected.speaker_key(id)).copied());
            let (source, cue, content) = (claim.source.clone(), claim.cue.clone(), claim.content.clone());
            let add = Edit::AddClaim { key: new, speaker, source, cue, content };
            over.edits = over.edits.with(add);
            if claim.force != Force::States {
                over.edits = over.edits.with(Edit::SetForce(new, claim.force));
            }
            if claim.said_on.is_some() {
                over.edits = over.edits.with(Edit::SetDay(new, claim.said_on));
            }
        }
    }
    for edit in edits.iter() {
        over.take(edit);
    }
    let needed = |key| over.edits.iter().filter(|edit| edit.names(key)).count() > 1;
    Edits::new(over.edits.iter().filter(|edit| !matches!(edit, Edit::AddSpeaker(key, _) if !needed(*key))).cloned())
}

/// What has gone over so far.
struct Over {
    claims: BTreeMap<ClaimKey, ClaimKey>,
    speakers: BTreeMap<SpeakerKey, SpeakerKey>,
    /// How many claims and speakers the second reading has.
    found: usize,
    known: usize,
    edits: Edits,
}

impl Over {
    fn to(&self, to: &To) -> Option<To> {
        match to {
            To::Claim(key) => self.claims.get(key).copied().map(To::Claim),
            narrated @ To::Narrated(_) => Some(*narrated),
        }
    }

    fn take(&mut self, edit: &Edit) {
        let claim = |key: &ClaimKey| self.claims.get(key).copied();
        let speaker = |key: &SpeakerKey| self.speakers.get(key).copied();
        let edit = match edit {
            Edit::AddClaim { key, speaker: who, source, cue, content } => {
                // Added above, or the second reading's own by now: then as the reader has it.
                let Some(key) = claim(key).filter(|key| (key.0 as usize) < self.found) else { return };
                let who = who.as_ref().and_then(speaker);
                for (part, spans) in [(super::Part::Content, content), (super::Part::Source, source), (super::Part::Cue, cue)] {
                    self.edits = self.edits.with(Edit::SetSpans(key, part, spans.clone()));
                }
                who.map(|who| Edit::SetSpeaker(key, Some(who)))
            }
            Edit::DropClaim(key) => claim(key).map(Edit::DropClaim),
            Edit::Confirm(key) => claim(key).map(Edit::Confirm),
            Edit::SetSpeaker(key, None) => claim(key).map(|key| Edit::SetSpeaker(key, None)),
            Edit::SetSpeaker(key, Some(who)) => claim(key).zip(speaker(who)).map(|(key, who)| Edit::SetSpeaker(key, Some(who))),
            Edit::SetForce(key, force) => claim(key).map(|key| Edit::SetForce(key, *force)),
            Edit::SetDay(key, day) => claim(key).map(|key| Edit::SetDay(key, *day)),
            Edit::SetSpans(key, part, spans) => claim(key).map(|key| Edit::SetSpans(key, *part, spans.clone())),
            // Taken over first of all.
            Edit::AddSpeaker(..) => None,
            Edit::Rename(key, name) => speaker(key).map(|key| Edit::Rename(key, name.clone())),
            Edit::Merge(one, other) => speaker(one).zip(speaker(other)).map(|(one, other)| Edit::Merge(one, other)),
            Edit::Respond(from, to, kind) => claim(from).zip(self.to(to)).map(|(from, to)| Edit::Respond(from, to, *kind)),
            Edit::DropResponse(from, to) => claim(from).zip(self.to(to)).map(|(from, to)| Edit::DropResponse(from, to)),
            Edit::SetAside(block, aside) => Some(Edit::SetAside(*block, *aside)),
        };
        if let Some(edit) = edit {
            self.edits = self.edits.with(edit);
        }
    }
}

fn length(claim: &Claim) -> usize {
    claim.content.iter().map(|span| span.len()).sum()
}

/// How many bytes the contents of two claims share.
fn shared(one: &Claim, other: &Claim) -> usize {
    let pairs = one.content.iter().flat_map(|a| other.content.iter().map(move |b| (a, b)));
    pairs.map(|(a, b)| a.end().min(b.end()).saturating_sub(a.start().max(b.start()))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample::{Said, breakdown, find, said};
    use crate::edits::Part;
    use crate::engine::Quotation::Indirect;

    const TEXT: &str = "Ada said it rained. Bo said they got wet. Cy thinks so too.";

    fn claims(which: &[usize]) -> Vec<Said> {
        let all = [
            said("Ada", "said", &["it rained"], Indirect),
            said("Bo", "said", &["they got wet"], Indirect),
            said("Cy", "thinks", &["so too"], Indirect),
        ];
        which.iter().map(|n| all[*n].clone()).collect()
    }

    /// Edits of a reading with some claims, seen over one with others.
    fn check(before: &[usize], edits: &[Edit], after: &[usize], expected: &[&str]) {
        let (first, second) = (breakdown(TEXT, &claims(before)), breakdown(TEXT, &claims(after)));
        let became = |id: ClaimId| after.iter().position(|n| *n == before[id.index()]).map(|n| ClaimId(n as u32));
        let edits = rebase(&Edits::new(edits.to_vec()), &first, &second, became);
        let b = apply(&second, &edits).breakdown;
        let told = b.claims.iter().map(|claim| {
            let who = claim.speaker.map_or("–", |id| &b.speaker(id).name);
            format!("{who}: {}", b.article.slice(claim.content[0]))
        });
        assert_eq!(told.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn corrections_follow_their_claims() {
        let edits = [Edit::SetSpeaker(ClaimKey(0), None), Edit::Rename(SpeakerKey(1), "Cyrus".into())];
        check(&[1, 2], &edits, &[0, 1, 2], &["Ada: it rained", "–: they got wet", "Cyrus: so too"]);
    }

    #[test]
    fn what_the_second_reading_lacks_stays_as_the_reader_left_it() {
        let article = breakdown(TEXT, &[]).article.clone();
        let words = Edit::SetSpans(ClaimKey(0), Part::Content, vec![find(&article, "they got")]);
        check(&[1], &[words, Edit::SetSpeaker(ClaimKey(0), Some(SpeakerKey(0)))], &[0], &["Ada: it rained", "Bo: they got"]);
        check(&[1], &[Edit::SetForce(ClaimKey(0), Force::Denies)], &[0], &["Ada: it rained", "Bo: they got wet"]);
        check(&[1], &[], &[0], &["Ada: it rained"]);
        let (first, second) = (breakdown(TEXT, &claims(&[0, 1])), breakdown(TEXT, &claims(&[0])));
        let kept = Edits::new([Edit::Confirm(ClaimKey(0))]);
        assert_eq!(rebase(&kept, &first, &second, Some), kept, "nobody is added who isn't needed");
    }

    #[test]
    fn an_added_claim_that_the_second_reading_has_too_is_one_claim() {
        let article = breakdown(TEXT, &[]).article.clone();
        let add = |words: &str| Edit::AddClaim {
            key: ClaimKey(1),
            speaker: Some(SpeakerKey(0)),
            source: vec![],
            cue: vec![],
            content: vec![find(&article, words)],
        };
        check(&[0], &[add("they got")], &[0, 1], &["Ada: it rained", "Ada: they got"]);
        check(&[0], &[add("so")], &[0, 1], &["Ada: it rained", "Bo: they got wet", "Ada: so"]);
    }

    #[test]
    fn going_over_twice_adds_nothing() {
        let (first, second) = (breakdown(TEXT, &claims(&[0, 1])), breakdown(TEXT, &claims(&[0])));
        let once = rebase(&Edits::new([Edit::SetForce(ClaimKey(1), Force::Denies)]), &first, &second, |id| (id.0 == 0).then_some(id));
        assert_eq!(rebase(&once, &second, &second, Some), once);
    }

    #[test]
    fn what_is_no_claim_stays_none() {
        check(&[0, 1], &[Edit::DropClaim(ClaimKey(1))], &[0, 1, 2], &["Ada: it rained", "Cy: so too"]);
        check(&[0, 1], &[Edit::DropClaim(ClaimKey(1))], &[0], &["Ada: it rained"]);
    }
}
