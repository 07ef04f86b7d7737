//! From a breakdown to a body.

use std::mem;

use super::grid::Grid;
use super::{Numbered, cue, hull, sources};
use crate::engine::{Breakdown, Date, Span, Target};
use crate::order;

/// A body, and how many of its first bytes are the text.
pub(in crate::link) struct Body {
    pub(in crate::link) bytes: Vec<u8>,
    pub(in crate::link) text_end: usize,
}

/// The body of a breakdown.
pub(in crate::link) fn write(b: &Breakdown) -> Body {
    let spans = (b.claims.iter().flat_map(|c| [&c.source, &c.cue, &c.content]))
        .chain(b.speakers.iter().map(|speaker| &speaker.mentions))
        .chain(b.responses.iter().map(|response| &response.signal))
        .chain(b.notes.iter().map(|note| &note.spans))
        .flatten()
        .copied();
    let blocks = b.blocks.iter().map(|block| block.span);
    let targets = b.responses.iter().filter_map(|response| narrated(&response.to));
    let (grid, extra) = Grid::around(&b.article, spans.chain(blocks.clone()).chain(targets));
    let mut w = Writer { grid, strings: vec![&b.engine], numbers: Vec::new(), places: Vec::new(), lengths: Vec::new() };

    w.numbers.extend([b.labeller.number(), b.language.number(), write_day(b.published)]);
    for places in [&extra.starts, &extra.ends] {
        w.numbers.push(places.len() as u32);
        w.numbers.extend(places.iter().scan(0, |at, &place| Some(place - mem::replace(at, place))));
    }

    w.numbers.push(b.blocks.len() as u32);
    w.column(&b.blocks, |block| block.kind.number());
    w.spans(None, blocks);
    w.end_spans();

    w.numbers.push(b.claims.len() as u32);
    w.column(&b.claims, |claim| claim.speaker.map_or(0, |id| id.0 + 1));
    w.column(&b.claims, |claim| claim.cue.len() as u32);
    w.column(&b.claims, |claim| claim.source.len() as u32);
    w.column(&b.claims, |claim| claim.content.len() as u32);
    let mut anchor = None;
    for claim in &b.claims {
        anchor = w.spans(anchor, claim.cue.iter().copied());
        let near = w.spans(anchor, claim.source.iter().copied());
        w.spans(hull(anchor, near), claim.content.iter().copied());
    }
    w.end_spans();
    w.column(&b.claims, |claim| claim.quotation.number());
    w.column(&b.claims, |claim| claim.force.number());
    w.column(&b.claims, |claim| claim.channel.map_or(0, Numbered::number));
    w.optional(b.claims.iter().map(|claim| claim.outlet.as_deref()));
    w.column(&b.claims, |claim| write_day(claim.said_on));
    w.column(&b.claims, |claim| claim.within.map_or(0, |id| id.0 + 1));
    w.column(&b.claims, |claim| claim.about.len() as u32);
    w.numbers.extend(b.claims.iter().flat_map(|claim| &claim.about).map(|id| id.0));
    w.column(&b.claims, |claim| claim.confidence.as_percent().into());

    w.numbers.push(b.speakers.len() as u32);
    w.column(&b.speakers, |speaker| speaker.kind.number());
    w.optional(b.speakers.iter().map(|speaker| speaker.role.as_deref()));
    let (mut missing, mut more) = (Vec::new(), Vec::new());
    for (speaker, sources) in b.speakers.iter().zip(sources(&b.claims, b.speakers.len())) {
        let mentions = order::set(speaker.mentions.iter().copied());
        missing.push((0..).zip(&sources).filter(|(_, span)| !mentions.contains(span)).map(|(n, _)| n).collect::<Vec<u32>>());
        more.push(mentions.difference(&sources).copied().collect::<Vec<_>>());
    }
    w.column(&missing, |missing| missing.len() as u32);
    w.column(&more, |more| more.len() as u32);
    w.numbers.extend(missing.concat());
    w.spans(None, more.concat().into_iter());
    w.end_spans();
    for speaker in &b.speakers {
        let named_at = speaker.mentions.iter().position(|&mention| b.article.slice(mention) == speaker.name);
        w.numbers.push(named_at.map_or(0, |n| n as u32 + 1));
        w.strings.extend(named_at.is_none().then_some(speaker.name.as_str()));
    }

    w.numbers.push(b.responses.len() as u32);
    w.column(&b.responses, |response| response.from.0);
    w.column(&b.responses, |response| match response.to {
        Target::Narrated(None) => 0,
        Target::Narrated(Some(_)) => 1,
        Target::Claim(id) => id.0 + 2,
    });
    w.column(&b.responses, |response| response.kind.number());
    w.column(&b.responses, |response| response.signal.len() as u32);
    for response in &b.responses {
        let cue = cue(&b.claims, response.from);
        w.spans(cue, narrated(&response.to).into_iter());
        w.spans(cue, response.signal.iter().copied());
    }
    w.end_spans();
    w.column(&b.responses, |response| response.confidence.as_percent().into());

    w.numbers.push(b.notes.len() as u32);
    w.column(&b.notes, |note| note.kind.number());
    w.column(&b.notes, |note| note.speaker.map_or(0, |id| id.0 + 1));
    w.column(&b.notes, |note| note.spans.len() as u32);
    w.spans(None, b.notes.iter().flat_map(|note| &note.spans).copied());
    w.end_spans();
    w.strings.extend(b.notes.iter().map(|note| note.text.as_str()));

    let text = postcard::to_allocvec(b.article.text()).expect(GROWS);
    let text_end = text.len();
    let bytes = postcard::to_extend(&(w.strings, w.numbers), text).expect(GROWS);
    Body { bytes, text_end }
}

const GROWS: &str = "a growing buffer takes everything";

struct Writer<'a> {
    grid: Grid<'a>,
    strings: Vec<&'a str>,
    numbers: Vec<u32>,
    /// The numbers of spans, until their columns are written.
    places: Vec<u32>,
    lengths: Vec<u32>,
}

impl<'a> Writer<'a> {
    fn column<T>(&mut self, items: &[T], number: impl Fn(&T) -> u32) {
        self.numbers.extend(items.iter().map(number));
    }

    /// A column that tells which items have a string.
    fn optional(&mut self, strings: impl Iterator<Item = Option<&'a str>>) {
        for string in strings {
            self.numbers.push(string.is_some().into());
            self.strings.extend(string);
        }
    }

    /// Takes up spans, each counted from the one before, and gives the last.
    fn spans(&mut self, from: Option<Span>, spans: impl Iterator<Item = Span>) -> Option<Span> {
        spans.fold(from, |from, span| {
            let (place, length) = self.grid.write(from, span);
            self.places.push(place);
            self.lengths.push(length);
            Some(span)
        })
    }

    fn end_spans(&mut self) {
        self.numbers.append(&mut self.places);
        self.numbers.append(&mut self.lengths);
    }
}

fn narrated(target: &Target) -> Option<Span> {
    match target {
        Target::Narrated(span) => *span,
        Target::Claim(_) => None,
    }
}

/// A day as a number: 31 to every month, from 1 for the first of January 1000.
fn write_day(date: Option<Date>) -> u32 {
    date.map_or(0, |d| ((u32::from(d.year()) - 1000) * 12 + u32::from(d.month()) - 1) * 31 + u32::from(d.day()))
}
