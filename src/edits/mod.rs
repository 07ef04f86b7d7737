//! What readers correct: a list of edits over a breakdown that itself never changes.
//!
//! [`apply`] gives the breakdown as corrected, as often as asked, so that taking an edit back is leaving it out. Edits
//! name claims and speakers by keys that stay the same while numbers move: a position in the engine's lists, or, for
//! what a reader added, a number beyond them.

mod apply;
mod rebase;
mod suggest;
mod words;

use crate::engine::{Claim, Date, Force, ResponseKind, Span};

pub use apply::{Corrected, apply};
pub use rebase::rebase;
pub use suggest::{Suggestion, suggest};
pub use words::{Edge, moved, sentence_after, whole_words, with_words};

/// A claim through all corrections: its position in the engine's list, or a number beyond for one that was added.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ClaimKey(pub u32);

/// A speaker through all corrections, in the same way.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SpeakerKey(pub u32);

/// A part of an attribution.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// Whom the words are attributed to.
    Source,
    /// The words that attribute.
    Cue,
    /// What is attributed.
    Content,
}

impl Part {
    /// All of them, the one most often corrected first.
    pub const ALL: [Self; 3] = [Self::Content, Self::Source, Self::Cue];

    /// Its spans in a claim.
    pub fn of(self, claim: &Claim) -> &[Span] {
        match self {
            Self::Source => &claim.source,
            Self::Cue => &claim.cue,
            Self::Content => &claim.content,
        }
    }
}

/// What a response answers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum To {
    /// A claim.
    Claim(ClaimKey),
    /// Something only narrated; where the article tells of it.
    Narrated(Option<Span>),
}

/// One correction. Whatever it names that isn't there (any more) makes it do nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Edit {
    /// There is a claim that the engine missed. Its content is not empty.
    AddClaim {
        /// A number that no claim has yet.
        key: ClaimKey,
        /// Whose words.
        speaker: Option<SpeakerKey>,
        /// The words that name the source.
        source: Vec<Span>,
        /// The words that attribute.
        cue: Vec<Span>,
        /// What is attributed.
        content: Vec<Span>,
    },
    /// This is no claim.
    DropClaim(ClaimKey),
    /// This claim is right as it is.
    Confirm(ClaimKey),
    /// A claim is somebody else's, or nobody's.
    SetSpeaker(ClaimKey, Option<SpeakerKey>),
    /// A claim is of another type.
    SetForce(ClaimKey, Force),
    /// A claim was made on this day, or on none that is known.
    SetDay(ClaimKey, Option<Date>),
    /// Other words are a part of the claim. Content is never empty.
    SetSpans(ClaimKey, Part, Vec<Span>),
    /// There is a speaker that the engine missed.
    AddSpeaker(SpeakerKey, String),
    /// A speaker's name is another. It is never empty.
    Rename(SpeakerKey, String),
    /// Two speakers are one: the first is the second.
    Merge(SpeakerKey, SpeakerKey),
    /// A claim answers something, in this way.
    Respond(ClaimKey, To, ResponseKind),
    /// A claim doesn't answer this.
    DropResponse(ClaimKey, To),
    /// A block, by its position, is read or set aside.
    SetAside(u32, bool),
}

impl Edit {
    /// Whether a later edit says all that this one says.
    fn is_replaced_by(&self, later: &Self) -> bool {
        use Edit::{Confirm, DropResponse, Rename, Respond, SetAside, SetDay, SetForce, SetSpans, SetSpeaker};
        match (self, later) {
            (Confirm(a), Confirm(b))
            | (SetSpeaker(a, _), SetSpeaker(b, _))
            | (SetForce(a, _), SetForce(b, _))
            | (SetDay(a, _), SetDay(b, _)) => a == b,
            (SetSpans(a, part, _), SetSpans(b, other, _)) => (a, part) == (b, other),
            (Rename(a, _), Rename(b, _)) => a == b,
            (Respond(a, to, _) | DropResponse(a, to), Respond(b, other, _) | DropResponse(b, other)) => (a, to) == (b, other),
            (SetAside(a, _), SetAside(b, _)) => a == b,
            _ => false,
        }
    }

    /// Whether it is about this claim.
    pub fn concerns(&self, claim: ClaimKey) -> bool {
        match self {
            Self::AddClaim { key, .. } => *key == claim,
            Self::DropClaim(of)
            | Self::Confirm(of)
            | Self::SetSpeaker(of, _)
            | Self::SetForce(of, _)
            | Self::SetDay(of, _)
            | Self::SetSpans(of, ..) => *of == claim,
            Self::Respond(from, to, _) | Self::DropResponse(from, to) => *from == claim || *to == To::Claim(claim),
            Self::AddSpeaker(..) | Self::Rename(..) | Self::Merge(..) | Self::SetAside(..) => false,
        }
    }

    /// Whether it names this speaker.
    fn names(&self, speaker: SpeakerKey) -> bool {
        match self {
            Self::AddSpeaker(key, _) | Self::Rename(key, _) => *key == speaker,
            Self::Merge(a, b) => [a, b].contains(&&speaker),
            Self::SetSpeaker(_, of) | Self::AddClaim { speaker: of, .. } => *of == Some(speaker),
            _ => false,
        }
    }
}

/// Edits in the order in which they were made.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Edits(Vec<Edit>);

impl Edits {
    /// The most that a link carries; nobody corrects more by hand.
    pub const MOST: usize = 10_000;

    /// From a list.
    pub fn new(list: impl IntoIterator<Item = Edit>) -> Self {
        Self(list.into_iter().collect())
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Edit> {
        self.0.iter()
    }

    /// Whether nothing was corrected.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// With one more, which takes the place of whatever it makes void.
    #[must_use]
    pub fn with(&self, edit: Edit) -> Self {
        if let Edit::DropClaim(claim) = edit {
            // Of a claim that a reader added nothing is left; of the engine's only that it is none.
            let added = self.iter().any(|e| matches!(e, Edit::AddClaim { key, .. } if *key == claim));
            let others = self.iter().filter(|e| !e.concerns(claim)).cloned();
            return Self(others.chain((!added).then_some(edit)).collect());
        }
        let kept = self.iter().filter(|e| !e.is_replaced_by(&edit)).cloned().collect::<Vec<_>>();
        Self(kept.into_iter().chain([edit]).collect())
    }

    /// Without the one at this position and those that make no sense without it.
    #[must_use]
    pub fn without(&self, place: usize) -> Self {
        let Some(gone) = self.0.get(place) else { return self.clone() };
        let depends = |edit: &Edit| match gone {
            Edit::AddClaim { key, .. } => edit.concerns(*key),
            Edit::AddSpeaker(key, _) => edit.names(*key),
            _ => false,
        };
        Self(self.iter().enumerate().filter(|(n, edit)| *n != place && !depends(edit)).map(|(_, edit)| edit.clone()).collect())
    }

    /// Without all that concern one claim.
    #[must_use]
    pub fn without_claim(&self, claim: ClaimKey) -> Self {
        Self(self.iter().filter(|edit| !edit.concerns(claim)).cloned().collect())
    }

    /// A key for another claim of a breakdown of so many.
    pub fn next_claim(&self, claims: usize) -> ClaimKey {
        let added = self.iter().filter_map(|e| if let Edit::AddClaim { key, .. } = e { Some(key.0 + 1) } else { None });
        ClaimKey(added.fold(claims as u32, u32::max))
    }

    /// A key for another speaker of a breakdown of so many.
    pub fn next_speaker(&self, speakers: usize) -> SpeakerKey {
        let added = self.iter().filter_map(|e| if let Edit::AddSpeaker(key, _) = e { Some(key.0 + 1) } else { None });
        SpeakerKey(added.fold(speakers as u32, u32::max))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Edit::{AddSpeaker, Confirm, DropClaim, DropResponse, Rename, Respond, SetForce, SetSpeaker};

    const ONE: ClaimKey = ClaimKey(1);
    const TEN: ClaimKey = ClaimKey(10);

    fn add(key: ClaimKey) -> Edit {
        Edit::AddClaim { key, speaker: None, source: vec![], cue: vec![], content: vec![] }
    }

    fn check(made: &[Edit], kept: &[Edit]) {
        let edits = made.iter().fold(Edits::default(), |edits, edit| edits.with(edit.clone()));
        assert_eq!(edits, Edits::new(kept.to_vec()));
    }

    #[test]
    fn the_last_word_on_a_thing_counts() {
        let ada = SetSpeaker(ONE, Some(SpeakerKey(0)));
        check(&[SetSpeaker(ONE, None), Confirm(ONE), ada.clone()], &[Confirm(ONE), ada]);
        let (to, kind) = (To::Claim(TEN), ResponseKind::Rebut);
        check(&[Respond(ONE, to, kind), DropResponse(ONE, to)], &[DropResponse(ONE, to)]);
        check(&[SetForce(ONE, Force::Asks), SetForce(TEN, Force::Asks)], &[SetForce(ONE, Force::Asks), SetForce(TEN, Force::Asks)]);
    }

    #[test]
    fn of_a_dropped_claim_nothing_else_is_kept() {
        check(&[Confirm(ONE), DropClaim(ONE)], &[DropClaim(ONE)]);
        check(&[add(TEN), Confirm(TEN), Respond(ONE, To::Claim(TEN), ResponseKind::Rebut), DropClaim(TEN)], &[]);
    }

    #[test]
    fn taking_an_addition_back_takes_what_needs_it() {
        let who = SpeakerKey(3);
        let edits = Edits::new([AddSpeaker(who, "Bo".into()), SetSpeaker(ONE, Some(who)), Rename(who, "Bob".into()), Confirm(ONE)]);
        assert_eq!(edits.without(0), Edits::new([Confirm(ONE)]));
        assert_eq!(edits.without(9), edits);
        assert_eq!(edits.without_claim(ONE), Edits::new([AddSpeaker(who, "Bo".into()), Rename(who, "Bob".into())]));
    }

    #[test]
    fn keys_are_new() {
        let edits = Edits::new([add(TEN), AddSpeaker(SpeakerKey(4), "Bo".into())]);
        assert_eq!((edits.next_claim(3), edits.next_speaker(2)), (ClaimKey(11), SpeakerKey(5)));
        assert_eq!((Edits::default().next_claim(3), Edits::default().next_speaker(2)), (ClaimKey(3), SpeakerKey(2)));
    }
}
