//! `sayso/1`: the exchange format. Everything else that reads or writes breakdowns goes through it.
//!
//! Offsets count Unicode code points, end exclusive. Ids count from 1: `s1`, `c1`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::layout::Layout;
use super::offsets::Offsets;
use crate::engine::{
    Article, ArticleError, Block, BlockKind, Breakdown, Channel, Claim, ClaimId, Confidence, Date, Force, Invalid, Labeller, Language,
    Note, NoteKind, Parts, Quotation, Response, ResponseKind, Span, Speaker, SpeakerId, SpeakerKind, Target,
};

const FORMAT: &str = "sayso/1";

type Word<'a> = Cow<'a, str>;
/// First code point, and one past the last.
type Range = (usize, usize);

#[derive(Serialize, Deserialize)]
struct Document<'a> {
    format: Word<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<Cow<'a, serde_json::Value>>,
    engine: Word<'a>,
    labeller: Word<'a>,
    text: Word<'a>,
    language: Word<'a>,
    published: Option<Word<'a>>,
    blocks: Vec<JsonBlock<'a>>,
    speakers: Vec<JsonSpeaker<'a>>,
    claims: Vec<JsonClaim<'a>>,
    responses: Vec<JsonResponse<'a>>,
    notes: Vec<JsonNote<'a>>,
}

#[derive(Serialize, Deserialize)]
struct JsonBlock<'a> {
    kind: Word<'a>,
    span: Range,
}

#[derive(Serialize, Deserialize)]
struct JsonSpeaker<'a> {
    id: Word<'a>,
    name: Word<'a>,
    kind: Word<'a>,
    role: Option<Word<'a>>,
    mentions: Vec<Range>,
}

#[derive(Serialize, Deserialize)]
struct JsonClaim<'a> {
    id: Word<'a>,
    speaker: Option<Word<'a>>,
    source: Vec<Range>,
    cue: Vec<Range>,
    content: Vec<Range>,
    quotation: Word<'a>,
    force: Word<'a>,
    channel: Option<Word<'a>>,
    outlet: Option<Word<'a>>,
    said_on: Option<Word<'a>>,
    within: Option<Word<'a>>,
    about: Vec<Word<'a>>,
    confidence: f64,
}

#[derive(Serialize, Deserialize)]
struct JsonResponse<'a> {
    from: Word<'a>,
    to: Option<Word<'a>>,
    target: Option<Range>,
    #[serde(rename = "type")]
    kind: Word<'a>,
    explicit: bool,
    signal: Vec<Range>,
    confidence: f64,
}

#[derive(Serialize, Deserialize)]
struct JsonNote<'a> {
    kind: Word<'a>,
    speaker: Option<Word<'a>>,
    spans: Vec<Range>,
    text: Word<'a>,
}

/// The document, one block, speaker, claim, response or note a line, ending in a line feed.
pub fn write(breakdown: &Breakdown) -> String {
    let mut out = Vec::new();
    serialize(&document(breakdown, None), &mut serde_json::Serializer::with_formatter(&mut out, Layout::default()));
    finish(out)
}

/// The document on one line, ending in a line feed, with the id under which its text came.
pub fn write_line(breakdown: &Breakdown, id: Option<&serde_json::Value>) -> String {
    let mut out = Vec::new();
    serialize(&document(breakdown, id), &mut serde_json::Serializer::new(&mut out));
    finish(out)
}

fn serialize<F: serde_json::ser::Formatter>(document: &Document<'_>, serializer: &mut serde_json::Serializer<&mut Vec<u8>, F>) {
    document.serialize(serializer).expect("a growing buffer takes everything");
}

fn finish(mut out: Vec<u8>) -> String {
    out.push(b'\n');
    String::from_utf8(out).expect("JSON is UTF-8")
}

fn document<'a>(b: &'a Breakdown, id: Option<&'a serde_json::Value>) -> Document<'a> {
    let offsets = Offsets::new(b.article.text());
    let range = |span: Span| (offsets.to_points(span.start()), offsets.to_points(span.end()));
    let ranges = |spans: &[Span]| spans.iter().map(|&span| range(span)).collect();
    let day = |date: Option<Date>| date.map(|date| Word::from(date.to_string()));
    Document {
        format: FORMAT.into(),
        id: id.map(Cow::Borrowed),
        engine: b.engine.as_str().into(),
        labeller: b.labeller.as_str().into(),
        text: b.article.text().into(),
        language: b.language.as_str().into(),
        published: day(b.published),
        blocks: b.blocks.iter().map(|block| JsonBlock { kind: block.kind.as_str().into(), span: range(block.span) }).collect(),
        speakers: (b.speakers.iter().enumerate())
            .map(|(n, speaker)| JsonSpeaker {
                id: speaker_id(SpeakerId(n as u32)),
                name: speaker.name.as_str().into(),
                kind: speaker.kind.as_str().into(),
                role: speaker.role.as_deref().map(Word::from),
                mentions: ranges(&speaker.mentions),
            })
            .collect(),
        claims: (b.numbered_claims())
            .map(|(id, claim)| JsonClaim {
                id: claim_id(id),
                speaker: claim.speaker.map(speaker_id),
                source: ranges(&claim.source),
                cue: ranges(&claim.cue),
                content: ranges(&claim.content),
                quotation: claim.quotation.as_str().into(),
                force: claim.force.as_str().into(),
                channel: claim.channel.map(|channel| channel.as_str().into()),
                outlet: claim.outlet.as_deref().map(Word::from),
                said_on: day(claim.said_on),
                within: claim.within.map(claim_id),
                about: claim.about.iter().copied().map(speaker_id).collect(),
                confidence: share(claim.confidence),
            })
            .collect(),
        responses: (b.responses.iter())
            .map(|response| JsonResponse {
                from: claim_id(response.from),
                to: match response.to {
                    Target::Claim(id) => Some(claim_id(id)),
                    Target::Narrated(_) => None,
                },
                target: match response.to {
                    Target::Narrated(span) => span.map(range),
                    Target::Claim(_) => None,
                },
                kind: response.kind.as_str().into(),
                explicit: !response.signal.is_empty(),
                signal: ranges(&response.signal),
                confidence: share(response.confidence),
            })
            .collect(),
        notes: (b.notes.iter())
            .map(|note| JsonNote {
                kind: note.kind.as_str().into(),
                speaker: note.speaker.map(speaker_id),
                spans: ranges(&note.spans),
                text: note.text.as_str().into(),
            })
            .collect(),
    }
}

fn speaker_id(id: SpeakerId) -> Word<'static> {
    format!("s{}", u64::from(id.0) + 1).into()
}

fn claim_id(id: ClaimId) -> Word<'static> {
    format!("c{}", u64::from(id.0) + 1).into()
}

fn share(confidence: Confidence) -> f64 {
    f64::from(confidence.as_percent()) / 100.0
}

/// Why a document can't be read.
#[derive(Debug)]
pub enum ReadError {
    /// It is no JSON, or not of this shape.
    Json(serde_json::Error),
    /// It says that it is in another format.
    Format(String),
    /// Its text can't be read.
    Article(ArticleError),
    /// A word that is none of those its key allows.
    Word {
        /// What the word should be.
        what: &'static str,
        /// The word.
        found: String,
    },
    /// Code points that are no stretch of the text.
    Range {
        /// First code point.
        start: usize,
        /// One past the last.
        end: usize,
    },
    /// Parts that don't fit each other.
    Invalid(Invalid),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(error) => write!(f, "This is not a breakdown in JSON: {error}."),
            Self::Format(found) => write!(f, "This is in the format “{found}”; Sayso reads “{FORMAT}”."),
            Self::Article(error) => error.fmt(f),
            Self::Word { what, found } => write!(f, "“{found}” is not {what}."),
            Self::Range { start, end } => write!(f, "The span from {start} to {end} is no stretch of the text."),
            Self::Invalid(invalid) => write!(f, "This breakdown contradicts itself; in a sound one, {}.", invalid.0),
        }
    }
}

impl std::error::Error for ReadError {}

/// Reads a document that [`write()`] or [`write_line`] wrote, or that follows the same rules. Keys that it
/// doesn't know are passed over; ids may be any distinct words.
pub fn read(json: &str) -> Result<Breakdown, ReadError> {
    let document: Document<'_> = serde_json::from_str(json).map_err(ReadError::Json)?;
    if document.format != FORMAT {
        return Err(ReadError::Format(document.format.into_owned()));
    }
    let article = Article::new(document.text.as_ref()).map_err(ReadError::Article)?;
    let reader = Reader {
        article: &article,
        offsets: Offsets::new(article.text()),
        speakers: ids(document.speakers.iter().map(|speaker| &speaker.id), "a speaker's id of its own")?,
        claims: ids(document.claims.iter().map(|claim| &claim.id), "a claim's id of its own")?,
    };
    let parts = Parts {
        engine: document.engine.into_owned(),
        labeller: word(&document.labeller, Labeller::from_name, "a labeller")?,
        language: word(&document.language, Language::from_name, "a language that Sayso tells")?,
        published: day(document.published.as_ref())?,
        blocks: document.blocks.iter().map(|block| reader.block(block)).collect::<Result<_, _>>()?,
        speakers: document.speakers.iter().map(|speaker| reader.speaker(speaker)).collect::<Result<_, _>>()?,
        claims: document.claims.iter().map(|claim| reader.claim(claim)).collect::<Result<_, _>>()?,
        responses: document.responses.iter().map(|response| reader.response(response)).collect::<Result<_, _>>()?,
        notes: document.notes.iter().map(|note| reader.note(note)).collect::<Result<_, _>>()?,
        article: article.clone(),
    };
    Breakdown::new(parts).map_err(ReadError::Invalid)
}

/// Ids to positions.
type Ids<'a> = BTreeMap<&'a str, u32>;

fn ids<'a>(words: impl Iterator<Item = &'a Word<'a>>, what: &'static str) -> Result<Ids<'a>, ReadError> {
    let mut ids = Ids::new();
    for (n, found) in words.enumerate() {
        if ids.insert(found, n as u32).is_some() {
            return Err(ReadError::Word { what, found: found.to_string() });
        }
    }
    Ok(ids)
}

fn word<T>(found: &Word<'_>, parse: impl Fn(&str) -> Option<T>, what: &'static str) -> Result<T, ReadError> {
    parse(found).ok_or_else(|| ReadError::Word { what, found: found.to_string() })
}

fn day(found: Option<&Word<'_>>) -> Result<Option<Date>, ReadError> {
    found.map(|found| word(found, |day| day.parse().ok(), "a day in the form 2025-11-15")).transpose()
}

fn percent(share: f64) -> Result<Confidence, ReadError> {
    if (0.0..=1.0).contains(&share) {
        #[expect(clippy::cast_sign_loss, reason = "checked to lie between 0 and 1")]
        Ok(Confidence::percent((share * 100.0).round() as u8))
    } else {
        Err(ReadError::Word { what: "a confidence between 0 and 1", found: share.to_string() })
    }
}

/// What the items of a document refer to.
struct Reader<'a> {
    article: &'a Article,
    offsets: Offsets<'a>,
    speakers: Ids<'a>,
    claims: Ids<'a>,
}

impl Reader<'_> {
    fn span(&self, (start, end): Range) -> Result<Span, ReadError> {
        let bytes = self.offsets.to_bytes(start).zip(self.offsets.to_bytes(end));
        bytes.and_then(|(start, end)| self.article.span(start, end)).ok_or(ReadError::Range { start, end })
    }

    fn spans(&self, ranges: &[Range]) -> Result<Vec<Span>, ReadError> {
        ranges.iter().map(|&range| self.span(range)).collect()
    }

    fn speaker_id(&self, id: &Word<'_>) -> Result<SpeakerId, ReadError> {
        word(id, |id| self.speakers.get(id).copied().map(SpeakerId), "the id of a speaker here")
    }

    fn claim_id(&self, id: &Word<'_>) -> Result<ClaimId, ReadError> {
        word(id, |id| self.claims.get(id).copied().map(ClaimId), "the id of a claim here")
    }

    fn block(&self, block: &JsonBlock<'_>) -> Result<Block, ReadError> {
        Ok(Block { kind: word(&block.kind, BlockKind::from_name, "a kind of block")?, span: self.span(block.span)? })
    }

    fn speaker(&self, speaker: &JsonSpeaker<'_>) -> Result<Speaker, ReadError> {
        Ok(Speaker {
            name: speaker.name.to_string(),
            kind: word(&speaker.kind, SpeakerKind::from_name, "a kind of speaker")?,
            role: speaker.role.as_ref().map(ToString::to_string),
            mentions: self.spans(&speaker.mentions)?,
        })
    }

    fn claim(&self, claim: &JsonClaim<'_>) -> Result<Claim, ReadError> {
        Ok(Claim {
            speaker: claim.speaker.as_ref().map(|id| self.speaker_id(id)).transpose()?,
            source: self.spans(&claim.source)?,
            cue: self.spans(&claim.cue)?,
            content: self.spans(&claim.content)?,
            quotation: word(&claim.quotation, Quotation::from_name, "a kind of quotation")?,
            force: word(&claim.force, Force::from_name, "a force")?,
            channel: claim.channel.as_ref().map(|name| word(name, Channel::from_name, "a channel")).transpose()?,
            outlet: claim.outlet.as_ref().map(ToString::to_string),
            said_on: day(claim.said_on.as_ref())?,
            within: claim.within.as_ref().map(|id| self.claim_id(id)).transpose()?,
            about: claim.about.iter().map(|id| self.speaker_id(id)).collect::<Result<_, _>>()?,
            confidence: percent(claim.confidence)?,
        })
    }

    fn response(&self, response: &JsonResponse<'_>) -> Result<Response, ReadError> {
        Ok(Response {
            from: self.claim_id(&response.from)?,
            to: match &response.to {
                Some(id) => Target::Claim(self.claim_id(id)?),
                None => Target::Narrated(response.target.map(|range| self.span(range)).transpose()?),
            },
            kind: word(&response.kind, ResponseKind::from_name, "a type of response")?,
            signal: self.spans(&response.signal)?,
            confidence: percent(response.confidence)?,
        })
    }

    fn note(&self, note: &JsonNote<'_>) -> Result<Note, ReadError> {
        Ok(Note {
            kind: word(&note.kind, NoteKind::from_name, "a kind of note")?,
            speaker: note.speaker.as_ref().map(|id| self.speaker_id(id)).transpose()?,
            spans: self.spans(&note.spans)?,
            text: note.text.to_string(),
        })
    }
}
