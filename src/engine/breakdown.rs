//! The result: one immutable value made from one text.

use super::{Article, Date, Span};
use super::{BlockKind, Channel, Force, Labeller, Language, NoteKind, Quotation, ResponseKind, SpeakerKind};

/// The version written into every breakdown this engine makes.
pub const ENGINE: &str = env!("CARGO_PKG_VERSION");

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name(pub u32);

        impl $name {
            /// The position in the breakdown's list.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// A claim, by its position in reading order, from 0. People and JSON count from 1.
    ClaimId,
    /// A speaker, by position in order of first appearance, from 0.
    SpeakerId
}

/// How sure the engine is, in whole percent from 0 to 100.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Confidence(u8);

impl Confidence {
    /// From percent; more than 100 counts as 100.
    pub fn percent(percent: u8) -> Self {
        Self(percent.min(100))
    }

    /// Whole percent, 0 to 100.
    pub fn as_percent(self) -> u8 {
        self.0
    }

    /// Whether it is rather wrong than right: below 50 %, a claim or response is shown as unsure.
    pub fn is_low(self) -> bool {
        self.0 < 50
    }

    /// Whether it is a mere guess: below 30 %, a response is not shown unless it is asked for.
    pub fn is_guess(self) -> bool {
        self.0 < 30
    }
}

/// A stretch of the paste. Blocks are in text order and don't overlap.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it is, without white space at its ends.
    pub span: Span,
}

/// Someone or something that the article gives words to, or accuses.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Speaker {
    /// The fullest name the article gives; for unnamed ones their own noun phrase.
    pub name: String,
    /// What it is.
    pub kind: SpeakerKind,
    /// Title or description as the article gives it.
    pub role: Option<String>,
    /// Where it is mentioned, in text order.
    pub mentions: Vec<Span>,
}

/// One attribution relation: source, cue, content. Spans of each are in text order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Claim {
    /// Whose words; `None` where the text names no source and none is implied.
    pub speaker: Option<SpeakerId>,
    /// The words that name the source; may be empty.
    pub source: Vec<Span>,
    /// The words that signal the attribution; empty only for a quotation that continues an earlier one.
    pub cue: Vec<Span>,
    /// What is attributed; never empty.
    pub content: Vec<Span>,
    /// How the content is given.
    pub quotation: Quotation,
    /// What the cue makes of it.
    pub force: Force,
    /// How the words reached the article.
    pub channel: Option<Channel>,
    /// The medium they were said to.
    pub outlet: Option<String>,
    /// The day they were said.
    pub said_on: Option<Date>,
    /// The claim whose content holds this one; always an earlier or later claim, never itself.
    pub within: Option<ClaimId>,
    /// Whom it is about: those it accuses or addresses.
    pub about: Vec<SpeakerId>,
    /// How sure the engine is of source, cue and content together.
    pub confidence: Confidence,
}

impl Claim {
    /// Where the claim begins in reading order: the first byte of its source, cue or content.
    pub fn start(&self) -> usize {
        [&self.source, &self.cue, &self.content].iter().filter_map(|spans| spans.first()).map(|span| span.start()).min().unwrap_or(0)
    }
}

/// What an answer answers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Target {
    /// Another claim.
    Claim(ClaimId),
    /// Something the article only narrates ("questions about the budget"); `None` where it names nothing.
    Narrated(Option<Span>),
}

/// A link from an answer to what it answers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Response {
    /// The answering claim.
    pub from: ClaimId,
    /// What it answers.
    pub to: Target,
    /// How it stands to it.
    pub kind: ResponseKind,
    /// The words that show it; a response with a signal is explicit.
    pub signal: Vec<Span>,
    /// How sure the engine is.
    pub confidence: Confidence,
}

/// Something a careful reader would notice, with its evidence. Never a verdict on truth.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Note {
    /// What kind of thing.
    pub kind: NoteKind,
    /// Whom it concerns.
    pub speaker: Option<SpeakerId>,
    /// The evidence.
    pub spans: Vec<Span>,
    /// One sentence.
    pub text: String,
}

/// Everything a breakdown holds, before it is checked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parts {
    /// The text.
    pub article: Article,
    /// The version of the engine that made it.
    pub engine: String,
    /// The labeller that made it.
    pub labeller: Labeller,
    /// The text's language.
    pub language: Language,
    /// The article's own date.
    pub published: Option<Date>,
    /// Stretches of the paste, in text order.
    pub blocks: Vec<Block>,
    /// Speakers, in order of first appearance.
    pub speakers: Vec<Speaker>,
    /// Claims, in reading order.
    pub claims: Vec<Claim>,
    /// Answers.
    pub responses: Vec<Response>,
    /// Notes.
    pub notes: Vec<Note>,
}

/// A checked [`Parts`]: every id names something, every span lies in the text, lists are in order.
/// It reads like its parts and can't be changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Breakdown(Parts);

/// What is wrong with parts that came from outside.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Invalid(
    /// The rule that was broken.
    pub &'static str,
);

impl std::fmt::Display for Invalid {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the breakdown is inconsistent: {}", self.0)
    }
}

impl std::error::Error for Invalid {}

impl std::ops::Deref for Breakdown {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl Breakdown {
    /// Checks parts, wherever they came from.
    pub fn new(parts: Parts) -> Result<Self, Invalid> {
        let text = &parts.article;
        let fits = |spans: &[Span]| spans.iter().all(|s| text.span(s.start(), s.end()).is_some());
        let ordered = |spans: &[Span]| spans.windows(2).all(|w| w[0].end() <= w[1].start());
        let speaker = |id: SpeakerId| id.index() < parts.speakers.len();
        let claim = |id: ClaimId| id.index() < parts.claims.len();
        let rule = |holds: bool, what| if holds { Ok(()) } else { Err(Invalid(what)) };

        let blocks: Vec<Span> = parts.blocks.iter().map(|b| b.span).collect();
        rule(fits(&blocks) && ordered(&blocks), "blocks are in text order and inside the text")?;
        for s in &parts.speakers {
            rule(fits(&s.mentions) && ordered(&s.mentions), "mentions are in text order and inside the text")?;
            rule(!s.name.is_empty(), "a speaker has a name")?;
        }
        for (n, c) in parts.claims.iter().enumerate() {
            for spans in [&c.source, &c.cue, &c.content] {
                rule(fits(spans) && ordered(spans), "a claim's spans are in text order and inside the text")?;
            }
            rule(!c.content.is_empty(), "a claim has content")?;
            rule(c.speaker.is_none_or(speaker) && c.about.iter().copied().all(speaker), "a claim's speakers exist")?;
            rule(c.within.is_none_or(|w| claim(w) && w.index() != n), "a claim lies within another")?;
        }
        rule(parts.claims.windows(2).all(|w| w[0].start() <= w[1].start()), "claims are in reading order")?;
        for r in &parts.responses {
            rule(fits(&r.signal) && ordered(&r.signal), "a response's signal is inside the text")?;
            rule(claim(r.from), "a response comes from a claim")?;
            match r.to {
                Target::Claim(to) => rule(claim(to) && to != r.from, "a response answers another claim")?,
                Target::Narrated(span) => rule(fits(span.as_slice()), "a response's target is inside the text")?,
            }
        }
        for n in &parts.notes {
            rule(fits(&n.spans), "a note's evidence is inside the text")?;
            rule(n.speaker.is_none_or(speaker), "a note's speaker exists")?;
        }
        Ok(Self(parts))
    }

    /// The same without responses that are guesses.
    #[must_use]
    pub fn without_guesses(&self) -> Self {
        let mut parts = self.0.clone();
        parts.responses.retain(|response| !response.confidence.is_guess());
        Self(parts)
    }

    /// The speaker of this id.
    pub fn speaker(&self, id: SpeakerId) -> &Speaker {
        &self.speakers[id.index()]
    }

    /// The claim of this id.
    pub fn claim(&self, id: ClaimId) -> &Claim {
        &self.claims[id.index()]
    }

    /// Every claim with its id, in reading order.
    pub fn numbered_claims(&self) -> impl Iterator<Item = (ClaimId, &Claim)> {
        self.claims.iter().enumerate().map(|(n, c)| (ClaimId(n as u32), c))
    }

    /// The answers to a claim, in order.
    pub fn answers_to(&self, id: ClaimId) -> impl Iterator<Item = &Response> {
        self.responses.iter().filter(move |r| r.to == Target::Claim(id))
    }

    /// What a claim answers.
    pub fn answered_by(&self, id: ClaimId) -> impl Iterator<Item = &Response> {
        self.responses.iter().filter(move |r| r.from == id)
    }
}
