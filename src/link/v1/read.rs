//! From a body to a breakdown.

use std::slice;

use serde::Deserialize;

use super::grid::{Extra, Grid};
use super::{Numbered, cue, hull, sources};
use crate::engine::{
    Article, Block, BlockKind, Breakdown, Channel, Claim, ClaimId, Confidence, Date, Force, Labeller, Language, Note, NoteKind, Parts,
    Quotation, Response, ResponseKind, Span, Speaker, SpeakerId, SpeakerKind, Target,
};
use crate::link::LinkError;
use crate::order;

/// The body.
#[derive(Deserialize)]
struct Wire<'a> {
    text: &'a str,
    #[serde(borrow)]
    strings: Vec<&'a str>,
    numbers: Vec<u32>,
}

/// The breakdown of a body, checked throughout.
pub(in crate::link) fn read(body: &[u8]) -> Result<Breakdown, LinkError> {
    let wire: Wire<'_> = postcard::from_bytes(body).map_err(|_| LinkError::Corrupt)?;
    let article = Article::new(wire.text).map_err(|_| LinkError::Corrupt)?;
    let mut r = Reader { strings: wire.strings.into_iter(), numbers: &wire.numbers };

    let engine = r.string()?;
    let (labeller, language) = (Labeller::from_number(r.number()?)?, Language::from_number(r.number()?)?);
    let published = read_day(r.number()?)?;
    let mut extra = Extra::default();
    for places in [&mut extra.starts, &mut extra.ends] {
        let mut at = 0_u32;
        for &gap in r.counted()? {
            at = at.checked_add(gap).ok_or(LinkError::Corrupt)?;
            places.push(at);
        }
    }
    let grid = Grid::with(&article, &extra);

    let kinds = r.counted()?;
    let mut spans = r.spans(&grid, &[&vec![1; kinds.len()]])?;
    let mut last = None;
    let mut blocks = Vec::new();
    for &kind in kinds {
        let span = spans.next(last)?;
        last = Some(span);
        blocks.push(Block { kind: BlockKind::from_number(kind)?, span });
    }

    let claims = read_claims(&mut r, &grid)?;
    let speakers = read_speakers(&mut r, &grid, &claims)?;

    let from = r.counted()?;
    let count = from.len();
    let (to, kinds, signals) = (r.column(count)?, r.column(count)?, r.column(count)?);
    let narrated: Vec<u32> = to.iter().map(|&to| u32::from(to == 1)).collect();
    let mut spans = r.spans(&grid, &[&narrated, signals])?;
    let confidences = r.column(count)?;
    let mut responses = Vec::new();
    for n in 0..count {
        let from = ClaimId(from[n]);
        let cue = cue(&claims, from);
        responses.push(Response {
            from,
            to: match to[n] {
                0 => Target::Narrated(None),
                1 => Target::Narrated(Some(spans.next(cue)?)),
                claim => Target::Claim(ClaimId(claim - 2)),
            },
            kind: ResponseKind::from_number(kinds[n])?,
            signal: spans.list(cue, signals[n])?,
            confidence: read_confidence(confidences[n])?,
        });
    }

    let kinds = r.counted()?;
    let (about, counts) = (r.column(kinds.len())?, r.column(kinds.len())?);
    let mut spans = r.spans(&grid, &[counts])?;
    let mut last = None;
    let mut notes = Vec::new();
    for n in 0..kinds.len() {
        let evidence = spans.list(last, counts[n])?;
        last = evidence.last().copied().or(last);
        notes.push(Note {
            kind: NoteKind::from_number(kinds[n])?,
            speaker: about[n].checked_sub(1).map(SpeakerId),
            spans: evidence,
            text: r.string()?,
        });
    }

    let article = article.clone();
    let parts = Parts { article, engine, labeller, language, published, blocks, speakers, claims, responses, notes };
    Breakdown::new(parts).map_err(|_| LinkError::Corrupt)
}

fn read_claims(r: &mut Reader<'_>, grid: &Grid<'_>) -> Result<Vec<Claim>, LinkError> {
    let speakers = r.counted()?;
    let count = speakers.len();
    let (cues, sources, contents) = (r.column(count)?, r.column(count)?, r.column(count)?);
    let mut spans = r.spans(grid, &[cues, sources, contents])?;
    let (quotations, forces, channels) = (r.column(count)?, r.column(count)?, r.column(count)?);
    let outlets = r.column(count)?;
    let (days, within, about_counts) = (r.column(count)?, r.column(count)?, r.column(count)?);
    let mut about = r.summed(&[about_counts])?.iter().copied().map(SpeakerId);
    let confidences = r.column(count)?;

    let mut anchor = None;
    let mut claims = Vec::new();
    for n in 0..count {
        let cue = spans.list(anchor, cues[n])?;
        anchor = cue.last().copied().or(anchor);
        let source = spans.list(anchor, sources[n])?;
        let near = source.last().copied().or(anchor);
        claims.push(Claim {
            speaker: speakers[n].checked_sub(1).map(SpeakerId),
            source,
            cue,
            content: spans.list(hull(anchor, near), contents[n])?,
            quotation: Quotation::from_number(quotations[n])?,
            force: Force::from_number(forces[n])?,
            channel: if channels[n] == 0 { None } else { Some(Channel::from_number(channels[n])?) },
            outlet: r.optional(outlets[n])?,
            said_on: read_day(days[n])?,
            within: within[n].checked_sub(1).map(ClaimId),
            about: about.by_ref().take(about_counts[n] as usize).collect(),
            confidence: read_confidence(confidences[n])?,
        });
    }
    Ok(claims)
}

fn read_speakers(r: &mut Reader<'_>, grid: &Grid<'_>, claims: &[Claim]) -> Result<Vec<Speaker>, LinkError> {
    let kinds = r.counted()?;
    let count = kinds.len();
    let roles = r.column(count)?;
    let roles = roles.iter().map(|&role| r.optional(role)).collect::<Result<Vec<_>, _>>()?;
    let (missing_counts, more_counts) = (r.column(count)?, r.column(count)?);
    let mut missing = r.summed(&[missing_counts])?.iter();
    let mut spans = r.spans(grid, &[more_counts])?;
    let named_at = r.column(count)?;

    let mut last = None;
    let mut speakers = Vec::new();
    for (n, (sources, role)) in sources(claims, count).into_iter().zip(roles).enumerate() {
        let mut missing = missing.by_ref().take(missing_counts[n] as usize).peekable();
        let implied = (0..).zip(sources).filter(|(at, _)| missing.next_if(|missing| *missing == at).is_none()).map(|(_, span)| span);
        let mut mentions: Vec<Span> = implied.collect();
        let more = spans.list(last, more_counts[n])?;
        last = more.last().copied().or(last);
        mentions.extend(more);
        order::sort(&mut mentions);
        let name = match named_at[n].checked_sub(1) {
            None => r.string()?,
            Some(at) => grid.slice(*mentions.get(at as usize).ok_or(LinkError::Corrupt)?).to_owned(),
        };
        speakers.push(Speaker { name, kind: SpeakerKind::from_number(kinds[n])?, role, mentions });
    }
    Ok(speakers)
}

/// What of a body is still to be read.
struct Reader<'a> {
    strings: std::vec::IntoIter<&'a str>,
    numbers: &'a [u32],
}

impl<'a> Reader<'a> {
    fn string(&mut self) -> Result<String, LinkError> {
        self.strings.next().map(str::to_owned).ok_or(LinkError::Corrupt)
    }

    fn optional(&mut self, has: u32) -> Result<Option<String>, LinkError> {
        (has != 0).then(|| self.string()).transpose()
    }

    fn number(&mut self) -> Result<u32, LinkError> {
        self.column(1).map(|column| column[0])
    }

    fn column(&mut self, count: usize) -> Result<&'a [u32], LinkError> {
        let (column, rest) = self.numbers.split_at_checked(count).ok_or(LinkError::Corrupt)?;
        self.numbers = rest;
        Ok(column)
    }

    /// A column after its own length.
    fn counted(&mut self) -> Result<&'a [u32], LinkError> {
        let count = self.number()?;
        self.column(count as usize)
    }

    /// A column as long as the numbers of another say together.
    fn summed(&mut self, counts: &[&[u32]]) -> Result<&'a [u32], LinkError> {
        let sum: u64 = counts.iter().copied().flatten().copied().map(u64::from).sum();
        self.column(usize::try_from(sum).map_err(|_| LinkError::Corrupt)?)
    }

    fn spans<'g>(&mut self, grid: &'g Grid<'g>, counts: &[&[u32]]) -> Result<Spans<'a, 'g>, LinkError> {
        Ok(Spans { grid, places: self.summed(counts)?.iter(), lengths: self.summed(counts)?.iter() })
    }
}

struct Spans<'a, 'g> {
    grid: &'g Grid<'g>,
    places: slice::Iter<'a, u32>,
    lengths: slice::Iter<'a, u32>,
}

impl Spans<'_, '_> {
    fn next(&mut self, from: Option<Span>) -> Result<Span, LinkError> {
        let numbers = self.places.next().zip(self.lengths.next());
        numbers.and_then(|(&place, &length)| self.grid.read(from, place, length)).ok_or(LinkError::Corrupt)
    }

    /// So many spans, each counted from the one before.
    fn list(&mut self, mut from: Option<Span>, count: u32) -> Result<Vec<Span>, LinkError> {
        let mut spans = Vec::new();
        for _ in 0..count {
            let span = self.next(from)?;
            spans.push(span);
            from = Some(span);
        }
        Ok(spans)
    }
}

fn read_confidence(percent: u32) -> Result<Confidence, LinkError> {
    u8::try_from(percent).ok().filter(|percent| *percent <= 100).map(Confidence::percent).ok_or(LinkError::Corrupt)
}

fn read_day(day: u32) -> Result<Option<Date>, LinkError> {
    let Some(day) = day.checked_sub(1) else { return Ok(None) };
    let (month, day) = (day / 31, day % 31);
    let year = u16::try_from(1000 + month / 12).map_err(|_| LinkError::Corrupt)?;
    Date::new(year, (month % 12 + 1) as u8, (day + 1) as u8).map(Some).ok_or(LinkError::Corrupt)
}
