//! What a person looks for in a breakdown: which of its claims match.

use std::collections::BTreeSet;

use crate::edits::{Corrected, SpeakerKey};
use crate::engine::{ClaimId, Force, ResponseKind, Target};
use crate::order;

/// What a claim must have to match; without anything asked for, every claim does.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filter {
    /// Words that all stand in its content, its source, its cue or its speaker's name, in any case.
    pub words: String,
    /// Whose claim it is.
    pub speaker: Option<SpeakerKey>,
    /// Its type.
    pub force: Option<Force>,
    /// It answers or is answered in this way.
    pub response: Option<ResponseKind>,
    /// Nobody answers it.
    pub unanswered: bool,
    /// It is rather wrong than right.
    pub unsure: bool,
}

impl Filter {
    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        Self { words: String::new(), ..self.clone() } == Self::default() && self.words.trim().is_empty()
    }

    /// The claims that match; `None` where nothing is asked for.
    pub fn matches(&self, corrected: &Corrected) -> Option<BTreeSet<ClaimId>> {
        if self.is_empty() {
            return None;
        }
        let breakdown = &corrected.breakdown;
        let words: Vec<String> = self.words.split_whitespace().map(plain).collect();
        let ends = |id: ClaimId, kind: Option<ResponseKind>, answered: bool| {
            let responses = breakdown.responses.iter().filter(|response| kind.is_none_or(|kind| response.kind == kind));
            responses.into_iter().any(|response| response.to == Target::Claim(id) || (!answered && response.from == id))
        };
        let claims = breakdown.numbered_claims().filter(|(id, claim)| {
            let said = || {
                let name = claim.speaker.map_or("", |speaker| &breakdown.speaker(speaker).name);
                let spans = [&claim.content, &claim.source, &claim.cue].into_iter().flatten();
                let all = spans.fold(plain(name), |all, span| all + "\n" + &plain(breakdown.article.slice(*span)));
                words.iter().all(|word| all.contains(word))
            };
            self.speaker.is_none_or(|key| claim.speaker.is_some_and(|speaker| corrected.speaker_key(speaker) == key))
                && self.force.is_none_or(|force| claim.force == force)
                && self.response.is_none_or(|kind| ends(*id, Some(kind), false))
                && !(self.unanswered && ends(*id, None, true))
                && (!self.unsure || claim.confidence.is_low())
                && said()
        });
        Some(order::set(claims.map(|(id, _)| id)))
    }
}

/// Words as they are compared: in small letters, with one kind of mark.
fn plain(words: &str) -> String {
    let plain = |c| match c {
        '’' | '‘' => '\'',
        '“' | '”' => '"',
        c => c,
    };
    // Letter by letter, which costs the page less than what treats whole words.
    words.chars().flat_map(char::to_lowercase).map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample::{breakdown, said};
    use crate::edits::{Edits, apply};
    use crate::engine::Quotation::Indirect;
    use crate::engine::{Breakdown, Confidence, Parts, Response};

    fn check(filter: &Filter, expected: Option<&[u32]>) {
        let text = "Ada Quill said it rained. Bo denied they’d got wet. Ada Quill said so.";
        let claims = [
            said("Ada Quill", "said", &["it rained"], Indirect),
            said("Bo", "denied", &["they’d got wet"], Indirect),
            said("Ada Quill", "said", &["so"], Indirect),
        ];
        let mut parts = Parts::clone(&breakdown(text, &claims));
        parts.claims[1].force = Force::Denies;
        parts.claims[2].confidence = Confidence::percent(20);
        let to = Target::Claim(ClaimId(0));
        parts.responses.push(Response {
            from: ClaimId(1),
            to,
            kind: ResponseKind::Rebut,
            signal: vec![],
            confidence: Confidence::percent(80),
        });
        let corrected = apply(&Breakdown::new(parts).unwrap(), &Edits::default());
        let found = filter.matches(&corrected).map(|found| found.into_iter().map(|id| id.0).collect::<Vec<_>>());
        assert_eq!(found.as_deref(), expected);
    }

    #[test]
    fn each_thing_asked_for_narrows() {
        let none = Filter::default;
        let words = |words: &str| Filter { words: words.into(), ..none() };
        check(&none(), None);
        check(&words("  "), None);
        check(&words("QUILL"), Some(&[0, 2]));
        check(&words("quill rained"), Some(&[0]));
        check(&words("they'd"), Some(&[1]));
        check(&words("snow"), Some(&[]));
        check(&Filter { speaker: Some(SpeakerKey(1)), ..none() }, Some(&[1]));
        check(&Filter { force: Some(Force::Denies), ..none() }, Some(&[1]));
        check(&Filter { response: Some(ResponseKind::Rebut), ..none() }, Some(&[0, 1]));
        check(&Filter { response: Some(ResponseKind::Support), ..none() }, Some(&[]));
        check(&Filter { unanswered: true, ..none() }, Some(&[1, 2]));
        check(&Filter { unsure: true, ..none() }, Some(&[2]));
        check(&Filter { unsure: true, ..words("rained") }, Some(&[]));
    }
}
