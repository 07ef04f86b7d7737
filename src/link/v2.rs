//! Version 2 of the body: frozen like version 1. It is the strings and numbers of readers' corrections in postcard's
//! encoding, then version 1's body.
//!
//! An edit is its number and what it needs, in the order of `write_edit`; a new kind of edit takes a new number, and whoever
//! doesn't know it is told that the link is newer. Counts stand before lists; 0 stands for "none"
//! where there may be none, and what there is counts from 1; a span is the byte where it begins and how many it has.

use serde::{Deserialize, Serialize};

use super::LinkError;
use super::v1::{self, Body, Numbered};
use crate::edits::{ClaimKey, Edit, Edits, Part, SpeakerKey, To};
use crate::engine::{Article, Breakdown, Date, Force, ResponseKind, Span};

#[derive(Serialize, Deserialize, Default)]
struct Wire<'a> {
    #[serde(borrow)]
    strings: Vec<&'a str>,
    numbers: Vec<u32>,
}

/// The body of a breakdown with edits.
pub(super) fn write(breakdown: &Breakdown, edits: &Edits) -> Body {
    let first = v1::write(breakdown);
    let mut wire = Wire::default();
    edits.iter().for_each(|edit| write_edit(edit, &mut wire));
    let mut bytes = postcard::to_allocvec(&wire).expect("numbers and strings can be written");
    let text_end = bytes.len() + first.text_end;
    bytes.extend(first.bytes);
    Body { bytes, text_end }
}

/// The breakdown and the edits of a body, checked throughout.
pub(super) fn read(body: &[u8]) -> Result<(Breakdown, Edits), LinkError> {
    let (wire, first): (Wire<'_>, _) = postcard::take_from_bytes(body).map_err(|_| LinkError::Corrupt)?;
    let breakdown = v1::read(first)?;
    let mut reader = Reader { article: &breakdown.article, strings: wire.strings.into_iter(), numbers: wire.numbers.into_iter() };
    let mut edits = Vec::new();
    while let Some(number) = reader.numbers.next() {
        if edits.len() == Edits::MOST {
            return Err(LinkError::TooLarge);
        }
        edits.push(reader.edit(number)?);
    }
    Ok((breakdown, Edits::new(edits)))
}

fn write_edit<'a>(edit: &'a Edit, wire: &mut Wire<'a>) {
    let Wire { strings, numbers } = wire;
    let optional = |key: Option<SpeakerKey>| key.map_or(0, |key| key.0 + 1);
    let spans = |numbers: &mut Vec<u32>, spans: &[Span]| {
        numbers.push(spans.len() as u32);
        numbers.extend(spans.iter().flat_map(|span| [span.start() as u32, span.len() as u32]));
    };
    let to = |to: &To| match to {
        To::Claim(key) => [1, key.0, 0],
        To::Narrated(Some(span)) => [2, span.start() as u32, span.len() as u32],
        To::Narrated(None) => [0, 0, 0],
    };
    match edit {
        Edit::AddClaim { key, speaker, source, cue, content } => {
            numbers.extend([0, key.0, optional(*speaker)]);
            [source, cue, content].into_iter().for_each(|part| spans(numbers, part));
        }
        Edit::DropClaim(claim) => numbers.extend([1, claim.0]),
        Edit::Confirm(claim) => numbers.extend([2, claim.0]),
        Edit::SetSpeaker(claim, speaker) => numbers.extend([3, claim.0, optional(*speaker)]),
        Edit::SetForce(claim, force) => numbers.extend([4, claim.0, force.number()]),
        Edit::SetSpans(claim, part, own) => {
            numbers.extend([5, claim.0, part.number()]);
            spans(numbers, own);
        }
        Edit::AddSpeaker(speaker, name) => {
            numbers.extend([6, speaker.0]);
            strings.push(name);
        }
        Edit::Rename(speaker, name) => {
            numbers.extend([7, speaker.0]);
            strings.push(name);
        }
        Edit::Merge(speaker, into) => numbers.extend([8, speaker.0, into.0]),
        Edit::Respond(from, target, kind) => {
            numbers.extend([9, from.0]);
            numbers.extend(to(target));
            numbers.push(kind.number());
        }
        Edit::DropResponse(from, target) => {
            numbers.extend([10, from.0]);
            numbers.extend(to(target));
        }
        Edit::SetAside(block, aside) => numbers.extend([11, *block, u32::from(*aside)]),
        Edit::SetDay(claim, day) => {
            let digits = |day: Date| (u32::from(day.year()) * 100 + u32::from(day.month())) * 100 + u32::from(day.day());
            numbers.extend([12, claim.0, day.map_or(0, digits)]);
        }
    }
}

struct Reader<'a> {
    article: &'a Article,
    strings: std::vec::IntoIter<&'a str>,
    numbers: std::vec::IntoIter<u32>,
}

impl Reader<'_> {
    fn number(&mut self) -> Result<u32, LinkError> {
        self.numbers.next().ok_or(LinkError::Corrupt)
    }

    fn string(&mut self) -> Result<String, LinkError> {
        self.strings.next().filter(|string| !string.is_empty()).map(str::to_owned).ok_or(LinkError::Corrupt)
    }

    fn claim(&mut self) -> Result<ClaimKey, LinkError> {
        Ok(ClaimKey(self.key()?))
    }

    fn speaker(&mut self) -> Result<SpeakerKey, LinkError> {
        Ok(SpeakerKey(self.key()?))
    }

    /// A key that leaves room for another behind it.
    fn key(&mut self) -> Result<u32, LinkError> {
        self.number().and_then(|key| if key < u32::MAX / 2 { Ok(key) } else { Err(LinkError::Corrupt) })
    }

    fn optional(&mut self) -> Result<Option<SpeakerKey>, LinkError> {
        Ok(self.key()?.checked_sub(1).map(SpeakerKey))
    }

    fn span(&mut self) -> Result<Span, LinkError> {
        let (start, length) = (self.number()? as usize, self.number()? as usize);
        self.article.span(start, start.saturating_add(length)).ok_or(LinkError::Corrupt)
    }

    fn spans(&mut self) -> Result<Vec<Span>, LinkError> {
        let count = self.number()?;
        let spans: Vec<Span> = (0..count).map(|_| self.span()).collect::<Result<_, _>>()?;
        let ordered = spans.windows(2).all(|pair| pair[0].end() <= pair[1].start());
        if ordered { Ok(spans) } else { Err(LinkError::Corrupt) }
    }

    /// 0, or a day's digits: 20251115.
    fn day(&mut self) -> Result<Option<Date>, LinkError> {
        let digits = self.number()?;
        if digits == 0 {
            return Ok(None);
        }
        let year = u16::try_from(digits / 10_000).map_err(|_| LinkError::Corrupt)?;
        let [month, day] = [digits / 100, digits].map(|digits| (digits % 100) as u8);
        Date::new(year, month, day).map(Some).ok_or(LinkError::Corrupt)
    }

    fn to(&mut self) -> Result<To, LinkError> {
        match self.number()? {
            0 => {
                self.number()?;
                self.number()?;
                Ok(To::Narrated(None))
            }
            1 => {
                let key = self.claim()?;
                self.number()?;
                Ok(To::Claim(key))
            }
            2 => Ok(To::Narrated(Some(self.span()?))),
            _ => Err(LinkError::Corrupt),
        }
    }

    fn edit(&mut self, number: u32) -> Result<Edit, LinkError> {
        Ok(match number {
            0 => {
                let (key, speaker) = (self.claim()?, self.optional()?);
                let (source, cue, content) = (self.spans()?, self.spans()?, self.spans()?);
                if content.is_empty() {
                    return Err(LinkError::Corrupt);
                }
                Edit::AddClaim { key, speaker, source, cue, content }
            }
            1 => Edit::DropClaim(self.claim()?),
            2 => Edit::Confirm(self.claim()?),
            3 => Edit::SetSpeaker(self.claim()?, self.optional()?),
            4 => Edit::SetForce(self.claim()?, Force::from_number(self.number()?)?),
            5 => Edit::SetSpans(self.claim()?, Part::from_number(self.number()?)?, self.spans()?),
            6 => Edit::AddSpeaker(self.speaker()?, self.string()?),
            7 => Edit::Rename(self.speaker()?, self.string()?),
            8 => Edit::Merge(self.speaker()?, self.speaker()?),
            9 => Edit::Respond(self.claim()?, self.to()?, ResponseKind::from_number(self.number()?)?),
            10 => Edit::DropResponse(self.claim()?, self.to()?),
            11 => Edit::SetAside(self.number()?, self.number()? != 0),
            12 => Edit::SetDay(self.claim()?, self.day()?),
            _ => return Err(LinkError::Newer),
        })
    }
}
