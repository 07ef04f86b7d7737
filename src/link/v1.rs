//! Version 1 of the body: frozen. Links made with it are out in the world and must open for ever, so
//! nothing here may change meaning; a change of form is a new version in a new file.
//!
//! The body is [`Wire`] in postcard's encoding. It lists each property of all items together, because
//! like bytes side by side pack better, and gives each span as its distance from the one before.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::LinkError;
use crate::engine::{
    Article, Block, BlockKind, Breakdown, Channel, Claim, ClaimId, Confidence, Date, Force, Labeller, Language, Note, NoteKind, Parts,
    Quotation, Response, ResponseKind, Span, Speaker, SpeakerId, SpeakerKind, Target,
};

/// Gives kinds their numbers in the body, independent of the order in which the engine declares them.
macro_rules! numbers {
    ($($kind:ident { $($variant:ident = $number:literal),* $(,)? })*) => {$(
        impl Numbered for $kind {
            fn number(self) -> u8 {
                match self { $(Self::$variant => $number),* }
            }

            fn from_number(number: u8) -> Result<Self, LinkError> {
                match number { $($number => Ok(Self::$variant),)* _ => Err(LinkError::Corrupt) }
            }
        }
    )*};
}

trait Numbered: Copy {
    fn number(self) -> u8;
    fn from_number(number: u8) -> Result<Self, LinkError>;
}

numbers! {
    Labeller { Fast = 0, Deep = 1 }
    Language { English = 0, Undetermined = 1 }
    BlockKind {
        Headline = 0, Date = 1, Byline = 2, Standfirst = 3, Paragraph = 4,
        Heading = 5, Caption = 6, Credit = 7, Promo = 8, Other = 9,
    }
    SpeakerKind { Person = 0, Organisation = 1, Place = 2, Document = 3, Group = 4, Unnamed = 5 }
    Quotation { Direct = 0, Indirect = 1, Mixed = 2 }
    Force {
        States = 0, Accuses = 1, Denies = 2, Predicts = 3, Promises = 4,
        Demands = 5, Asks = 6, Judges = 7, Believes = 8,
    }
    Channel { Interview = 1, Statement = 2, NewsConference = 3, Post = 4, Speech = 5, Document = 6, Court = 7 }
    ResponseKind { Rebut = 0, Support = 1, Answer = 2, NoComment = 3 }
    NoteKind {
        AccusedNotQuoted = 0, MostClaimsFromOneSource = 1, UnnamedSources = 2, HeadlineGoesBeyondText = 3,
        LoadedCue = 4, UnclosedQuotation = 5, UndatedStatement = 6,
    }
}

/// Several lists of spans, one after the other.
#[derive(Serialize, Deserialize, Default)]
struct Spans {
    /// From the end of the span before, in bytes.
    gaps: Vec<i32>,
    /// In bytes.
    lengths: Vec<u32>,
}

/// The body. `0` stands for "none" in every column of ids, dates and channels, and ids count from 1.
#[derive(Serialize, Deserialize, Default)]
struct Wire<'a> {
    #[serde(borrow)]
    text: Cow<'a, str>,
    engine: Cow<'a, str>,
    labeller: u8,
    language: u8,
    published: u32,

    block_kinds: Vec<u8>,
    block_spans: Spans,

    speaker_names: Vec<Cow<'a, str>>,
    speaker_roles: Vec<Option<Cow<'a, str>>>,
    speaker_kinds: Vec<u8>,
    mention_counts: Vec<u32>,
    mentions: Spans,

    claim_speakers: Vec<u32>,
    /// Three a claim: source, cue, content.
    claim_counts: Vec<u32>,
    claim_spans: Spans,
    claim_quotations: Vec<u8>,
    claim_forces: Vec<u8>,
    claim_channels: Vec<u8>,
    claim_outlets: Vec<Option<Cow<'a, str>>>,
    claim_days: Vec<u32>,
    claim_within: Vec<u32>,
    about_counts: Vec<u32>,
    about: Vec<u32>,
    claim_confidences: Vec<u8>,

    response_from: Vec<u32>,
    /// 0 and 1: narrated, without and with a span (the first of the response's spans); else claim + 2.
    response_to: Vec<u32>,
    response_kinds: Vec<u8>,
    signal_counts: Vec<u32>,
    response_spans: Spans,
    response_confidences: Vec<u8>,

    note_kinds: Vec<u8>,
    note_speakers: Vec<u32>,
    note_counts: Vec<u32>,
    note_spans: Spans,
    note_texts: Vec<Cow<'a, str>>,
}

/// The body of a breakdown.
pub(super) fn write(b: &Breakdown) -> Vec<u8> {
    let mut wire = Wire {
        text: b.article.text().into(),
        engine: b.engine.as_str().into(),
        labeller: b.labeller.number(),
        language: b.language.number(),
        published: write_day(b.published),
        ..Wire::default()
    };

    let mut at = 0;
    for block in &b.blocks {
        wire.block_kinds.push(block.kind.number());
        wire.block_spans.push(&mut at, block.span);
    }

    for speaker in &b.speakers {
        wire.speaker_names.push(speaker.name.as_str().into());
        wire.speaker_roles.push(speaker.role.as_deref().map(Cow::from));
        wire.speaker_kinds.push(speaker.kind.number());
        wire.mention_counts.push(wire.mentions.push_all(&mut 0, &speaker.mentions));
    }

    let mut at = 0;
    for claim in &b.claims {
        wire.claim_speakers.push(claim.speaker.map_or(0, |id| id.0 + 1));
        for spans in [&claim.source, &claim.cue, &claim.content] {
            wire.claim_counts.push(wire.claim_spans.push_all(&mut at, spans));
        }
        wire.claim_quotations.push(claim.quotation.number());
        wire.claim_forces.push(claim.force.number());
        wire.claim_channels.push(claim.channel.map_or(0, Numbered::number));
        wire.claim_outlets.push(claim.outlet.as_deref().map(Cow::from));
        wire.claim_days.push(write_day(claim.said_on));
        wire.claim_within.push(claim.within.map_or(0, |id| id.0 + 1));
        wire.about_counts.push(claim.about.len() as u32);
        wire.about.extend(claim.about.iter().map(|id| id.0));
        wire.claim_confidences.push(claim.confidence.as_percent());
    }

    let mut at = 0;
    for response in &b.responses {
        wire.response_from.push(response.from.0);
        wire.response_to.push(match response.to {
            Target::Narrated(None) => 0,
            Target::Narrated(Some(span)) => {
                wire.response_spans.push(&mut at, span);
                1
            }
            Target::Claim(id) => id.0 + 2,
        });
        wire.response_kinds.push(response.kind.number());
        wire.signal_counts.push(wire.response_spans.push_all(&mut at, &response.signal));
        wire.response_confidences.push(response.confidence.as_percent());
    }

    let mut at = 0;
    for note in &b.notes {
        wire.note_kinds.push(note.kind.number());
        wire.note_speakers.push(note.speaker.map_or(0, |id| id.0 + 1));
        wire.note_counts.push(wire.note_spans.push_all(&mut at, &note.spans));
        wire.note_texts.push(note.text.as_str().into());
    }

    postcard::to_allocvec(&wire).expect("a growing buffer takes everything")
}

/// The breakdown of a body, checked throughout.
pub(super) fn read(body: &[u8]) -> Result<Breakdown, LinkError> {
    let wire: Wire<'_> = postcard::from_bytes(body).map_err(|_| LinkError::Corrupt)?;
    let article = Article::new(wire.text.as_ref()).map_err(|_| LinkError::Corrupt)?;

    let mut spans = wire.block_spans.reader(&article);
    let blocks = wire
        .block_kinds
        .into_iter()
        .map(|kind| Ok(Block { kind: BlockKind::from_number(kind)?, span: spans.next()? }))
        .collect::<Result<_, _>>()?;

    let mut spans = wire.mentions.reader(&article);
    let (mut roles, mut kinds, mut counts) = (column(wire.speaker_roles), column(wire.speaker_kinds), column(wire.mention_counts));
    let mut speakers = Vec::new();
    for name in wire.speaker_names {
        spans.at = 0;
        speakers.push(Speaker {
            name: name.into_owned(),
            kind: SpeakerKind::from_number(kinds.next()?)?,
            role: roles.next()?.map(Cow::into_owned),
            mentions: spans.take(counts.next()?)?,
        });
    }

    let mut spans = wire.claim_spans.reader(&article);
    let (mut counts, mut quotations, mut forces) = (column(wire.claim_counts), column(wire.claim_quotations), column(wire.claim_forces));
    let (mut channels, mut outlets, mut days) = (column(wire.claim_channels), column(wire.claim_outlets), column(wire.claim_days));
    let (mut within, mut about_counts, mut about) = (column(wire.claim_within), column(wire.about_counts), column(wire.about));
    let mut confidences = column(wire.claim_confidences);
    let mut claims = Vec::new();
    for speaker in wire.claim_speakers {
        claims.push(Claim {
            speaker: speaker.checked_sub(1).map(SpeakerId),
            source: spans.take(counts.next()?)?,
            cue: spans.take(counts.next()?)?,
            content: spans.take(counts.next()?)?,
            quotation: Quotation::from_number(quotations.next()?)?,
            force: Force::from_number(forces.next()?)?,
            channel: match channels.next()? {
                0 => None,
                number => Some(Channel::from_number(number)?),
            },
            outlet: outlets.next()?.map(Cow::into_owned),
            said_on: read_day(days.next()?)?,
            within: within.next()?.checked_sub(1).map(ClaimId),
            about: (0..about_counts.next()?).map(|_| about.next().map(SpeakerId)).collect::<Result<_, _>>()?,
            confidence: Confidence::percent(confidences.next()?),
        });
    }

    let mut spans = wire.response_spans.reader(&article);
    let (mut to, mut kinds, mut counts) = (column(wire.response_to), column(wire.response_kinds), column(wire.signal_counts));
    let mut confidences = column(wire.response_confidences);
    let mut responses = Vec::new();
    for from in wire.response_from {
        responses.push(Response {
            from: ClaimId(from),
            to: match to.next()? {
                0 => Target::Narrated(None),
                1 => Target::Narrated(Some(spans.next()?)),
                claim => Target::Claim(ClaimId(claim - 2)),
            },
            kind: ResponseKind::from_number(kinds.next()?)?,
            signal: spans.take(counts.next()?)?,
            confidence: Confidence::percent(confidences.next()?),
        });
    }

    let mut spans = wire.note_spans.reader(&article);
    let (mut speakers_of, mut counts, mut texts) = (column(wire.note_speakers), column(wire.note_counts), column(wire.note_texts));
    let mut notes = Vec::new();
    for kind in wire.note_kinds {
        notes.push(Note {
            kind: NoteKind::from_number(kind)?,
            speaker: speakers_of.next()?.checked_sub(1).map(SpeakerId),
            spans: spans.take(counts.next()?)?,
            text: texts.next()?.into_owned(),
        });
    }

    Breakdown::new(Parts {
        engine: wire.engine.into_owned(),
        labeller: Labeller::from_number(wire.labeller)?,
        language: Language::from_number(wire.language)?,
        published: read_day(wire.published)?,
        article,
        blocks,
        speakers,
        claims,
        responses,
        notes,
    })
    .map_err(|_| LinkError::Corrupt)
}

/// A list that must not run out.
struct Column<T>(std::vec::IntoIter<T>);

fn column<T>(values: Vec<T>) -> Column<T> {
    Column(values.into_iter())
}

impl<T> Column<T> {
    fn next(&mut self) -> Result<T, LinkError> {
        self.0.next().ok_or(LinkError::Corrupt)
    }
}

impl Spans {
    /// Appends a span; `at` is where the one before it ended.
    #[expect(clippy::cast_possible_wrap, reason = "an article is far shorter than 2^31 bytes")]
    fn push(&mut self, at: &mut usize, span: Span) {
        self.gaps.push(span.start() as i32 - *at as i32);
        self.lengths.push(span.len() as u32);
        *at = span.end();
    }

    /// Appends spans and tells how many.
    fn push_all(&mut self, at: &mut usize, spans: &[Span]) -> u32 {
        for &span in spans {
            self.push(at, span);
        }
        spans.len() as u32
    }

    fn reader(self, article: &Article) -> SpanReader<'_> {
        SpanReader { article, at: 0, gaps: column(self.gaps), lengths: column(self.lengths) }
    }
}

/// Reads spans back in the order in which they were written.
struct SpanReader<'a> {
    article: &'a Article,
    at: i64,
    gaps: Column<i32>,
    lengths: Column<u32>,
}

impl SpanReader<'_> {
    fn next(&mut self) -> Result<Span, LinkError> {
        let start = self.at + i64::from(self.gaps.next()?);
        let end = start + i64::from(self.lengths.next()?);
        self.at = end;
        let (start, end) = (usize::try_from(start), usize::try_from(end));
        start.ok().zip(end.ok()).and_then(|(start, end)| self.article.span(start, end)).ok_or(LinkError::Corrupt)
    }

    fn take(&mut self, count: u32) -> Result<Vec<Span>, LinkError> {
        (0..count).map(|_| self.next()).collect()
    }
}

/// A day as a number: 31 to every month, from 1 for the first of January 1000.
fn write_day(date: Option<Date>) -> u32 {
    date.map_or(0, |d| ((u32::from(d.year()) - 1000) * 12 + u32::from(d.month()) - 1) * 31 + u32::from(d.day()))
}

fn read_day(day: u32) -> Result<Option<Date>, LinkError> {
    let Some(day) = day.checked_sub(1) else { return Ok(None) };
    let (month, day) = (day / 31, day % 31);
    let year = u16::try_from(1000 + month / 12).map_err(|_| LinkError::Corrupt)?;
    Date::new(year, (month % 12 + 1) as u8, (day + 1) as u8).map(Some).ok_or(LinkError::Corrupt)
}
