//! Claims and speakers as people see them, made from relations and the cast.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::order;

use super::attribution::{self, Reading, Relation};
use super::cast::Cast;
use super::lexicon::Frame;
use super::mentions::{self, Mention};
use super::provenance::{self, Occasion};
use super::responses::{Answered, Link};
use super::speakers;
use super::tags::Tag;
use super::{Claim, ClaimId, Confidence, Force, Quotation, Response, Span, Speaker, SpeakerId, SpeakerKind, Target};

/// Whom each relation accuses or addresses: the first name in the content of an accusation.
pub(crate) fn about(r: Reading, found: &[Mention], nouns: &speakers::Nouns, cast: &mut Cast, relations: &[Relation]) -> Vec<Vec<usize>> {
    relations
        .iter()
        .map(|relation| {
            let Some(cue) = provenance::cue_of(r, relation) else { return Vec::new() };
            if !(cue.force == Force::Accuses || cue.takes(Frame::Of)) {
                return Vec::new();
            }
            let Some(content) = relation.content.first() else { return Vec::new() };
            // The accused stands at the start of the content, before "of", "for" or the clause's verb.
            let limit = content
                .clone()
                .find(|&n| {
                    matches!(r.tag(n), Tag::Verb | Tag::Participle)
                        || matches!(r.lower(n), "of" | "for")
                            && n > content.start + 1
                            && !mentions::within(found, content.clone()).any(|m| found[m].name.contains(&n))
                })
                .unwrap_or(content.end);
            let named = mentions::within(found, content.start..limit).next();
            if let Some(m) = named {
                return vec![cast.of_mention[m]];
            }
            // "accused the port authority of …": not named, but described.
            let end = attribution::phrase_forward(r, content.start, limit);
            if cue.takes(Frame::Of) && end > content.start && r.tag(content.start) != Tag::Pronoun {
                vec![speakers::of_phrase(r, found, nouns, cast, content.start..end)]
            } else {
                Vec::new()
            }
        })
        .collect()
}

/// Speakers, claims and responses with their final ids.
pub(crate) struct Finished {
    /// In order of first appearance.
    pub speakers: Vec<Speaker>,
    /// In reading order.
    pub claims: Vec<Claim>,
    /// In order of the answering claim.
    pub responses: Vec<Response>,
}

/// What the stages found, by relation.
pub(crate) struct Gathered<'a> {
    /// In reading order.
    pub relations: &'a [Relation],
    /// The entity behind each.
    pub speakers: &'a [Option<usize>],
    /// Whether it is only guessed.
    pub guessed: &'a [bool],
    /// Where and when each was said.
    pub occasions: Vec<Occasion>,
    /// Whom each accuses.
    pub about: &'a [Vec<usize>],
    /// Everyone.
    pub cast: &'a Cast,
    /// Every name.
    pub mentions: &'a [Mention],
    /// Every answer.
    pub links: Vec<Link>,
}

/// Keeps the entities that speak or are accused, numbers them by first appearance, and puts claims together. A claim whose
/// speaker is guessed is half as sure: of such descriptions in the development split four in nine were right.
pub(crate) fn finish(r: Reading, g: Gathered) -> Finished {
    let spans = |ranges: &[Range<usize>]| ranges.iter().map(|range| r.tokens.span(range.start, range.end)).collect::<Vec<Span>>();
    let mut sources: BTreeMap<usize, Vec<Range<usize>>> = BTreeMap::new();
    for entity in g.about.iter().flatten() {
        sources.entry(*entity).or_default();
    }
    for (relation, speaker) in g.relations.iter().zip(g.speakers) {
        if let Some(entity) = speaker {
            sources.entry(*entity).or_default().extend(relation.source.iter().cloned());
        }
    }
    let mut used: Vec<(usize, usize)> = sources
        .iter()
        .map(|(&e, as_source)| {
            let named = g.cast.entities[e].mentions.iter().map(|&m| g.mentions[m].name.start);
            (named.chain(as_source.iter().map(|range| range.start)).min().unwrap_or(usize::MAX), e)
        })
        .collect();
    order::sort(&mut used);
    let mut ids = BTreeMap::new();
    used.iter().enumerate().for_each(|(n, &(_, e))| {
        ids.insert(e, SpeakerId(n as u32));
    });
    let id = |entity: usize| ids[&entity];

    let speakers = used
        .iter()
        .map(|&(_, e)| {
            let entity = &g.cast.entities[e];
            let named = entity.mentions.iter().map(|&m| g.mentions[m].phrase.clone());
            Speaker {
                name: entity.name.clone(),
                kind: entity.kind,
                role: entity.role.clone().filter(|_| entity.kind == SpeakerKind::Person),
                mentions: disjoint(spans(&named.chain(sources[&e].iter().cloned()).collect::<Vec<_>>())),
            }
        })
        .collect();

    let claims: Vec<Claim> = g
        .relations
        .iter()
        .zip(g.occasions)
        .enumerate()
        .map(|(n, (relation, occasion))| Claim {
            speaker: g.speakers[n].map(id),
            source: spans(&relation.source),
            cue: spans(&relation.cue),
            content: spans(&relation.content),
            quotation: quotation(r, relation),
            force: provenance::force(r, relation),
            channel: occasion.channel,
            outlet: occasion.outlet,
            said_on: occasion.said_on,
            within: relation.within.map(|w| ClaimId(w as u32)),
            about: g.about[n].iter().map(|&e| id(e)).collect(),
            confidence: Confidence::percent(if g.guessed[n] { relation.confidence / 2 } else { relation.confidence }),
        })
        .collect();

    let responses = g
        .links
        .into_iter()
        .map(|link| Response {
            from: ClaimId(link.from as u32),
            to: match link.to {
                Answered::Relation(n) => Target::Claim(ClaimId(n as u32)),
                Answered::Narrated(range) => Target::Narrated(Some(r.tokens.span(range.start, range.end))),
                Answered::Unnamed => Target::Narrated(None),
            },
            kind: link.kind,
            signal: link.signal.iter().map(|signal| r.tokens.span(signal.start, signal.end)).collect(),
            confidence: Confidence::percent(link.confidence),
        })
        .collect();
    Finished { speakers, claims, responses }
}

/// Spans in text order, those that overlap an earlier one left out.
fn disjoint(mut spans: Vec<Span>) -> Vec<Span> {
    order::sort_by_key(&mut spans, |s| (s.start(), usize::MAX - s.end()));
    let mut kept: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        if kept.last().is_none_or(|last| last.end() <= span.start()) {
            kept.push(span);
        }
    }
    kept
}

/// How the content is given, by which of its words stand in quotation marks.
fn quotation(r: Reading, relation: &Relation) -> Quotation {
    let mut words = relation.content.iter().cloned().flatten().filter(|&n| r.tokens.is_word(n)).map(|n| r.quoted(n));
    let Some(first) = words.next() else { return Quotation::Indirect };
    match (first, words.all(|quoted| quoted == first)) {
        (true, true) => Quotation::Direct,
        (false, true) => Quotation::Indirect,
        (_, false) => Quotation::Mixed,
    }
}
