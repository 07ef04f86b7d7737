//! Version 1 of the body: frozen. Links made with it are out in the world and must open for ever, so
//! nothing here or below may change meaning; a change of form is a new version in a new file.
//!
//! The body is a text, a list of strings and a list of numbers, in postcard's encoding. The numbers stand
//! in columns, each property of all items together, because like numbers side by side pack better. In a
//! column 0 stands for "none" where there may be none, and what there is counts from 1. The order of the
//! columns is that of the lines in `write`, which `read` follows.

mod grid;
mod read;
mod write;

use std::collections::BTreeSet;

use super::LinkError;
use crate::edits::Part;
use crate::engine::{BlockKind, Channel, Claim, ClaimId, Force, Labeller, Language, NoteKind, Quotation, ResponseKind, Span, SpeakerKind};

pub(super) use read::read;
pub(super) use write::{Body, write};

/// Words that news often uses, for the packer to point at instead of spelling them. The most frequent stand
/// last, where pointing costs least.
pub(super) const WORDS: &[u8] = include_bytes!("v1/words.txt");

/// Gives kinds their numbers in the body, independent of the order in which the engine declares them.
macro_rules! numbers {
    ($($kind:ident { $($variant:ident = $number:literal),* $(,)? })*) => {$(
        impl Numbered for $kind {
            fn number(self) -> u32 {
                match self { $(Self::$variant => $number),* }
            }

            fn from_number(number: u32) -> Result<Self, LinkError> {
                match number { $($number => Ok(Self::$variant),)* _ => Err(LinkError::Corrupt) }
            }
        }
    )*};
}

pub(super) trait Numbered: Copy {
    fn number(self) -> u32;
    fn from_number(number: u32) -> Result<Self, LinkError>;
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
    Part { Source = 0, Cue = 1, Content = 2 }
    ResponseKind { Rebut = 0, Support = 1, Answer = 2, NoComment = 3 }
    NoteKind {
        AccusedNotQuoted = 0, MostClaimsFromOneSource = 1, UnnamedSources = 2, HeadlineGoesBeyondText = 3,
        LoadedCue = 4, UnclosedQuotation = 5, UndatedStatement = 6,
    }
}

/// Where each speaker's claims name their source: mentions that needn't be said again.
fn sources(claims: &[Claim], speakers: usize) -> Vec<BTreeSet<Span>> {
    let mut sources = vec![BTreeSet::new(); speakers];
    for claim in claims {
        if let Some(sources) = claim.speaker.and_then(|id| sources.get_mut(id.index())) {
            sources.extend(&claim.source);
        }
    }
    sources
}

/// Where a response's words are likely to stand.
fn cue(claims: &[Claim], id: ClaimId) -> Option<Span> {
    claims.get(id.index()).and_then(|claim| claim.cue.first().copied())
}

fn hull(a: Option<Span>, b: Option<Span>) -> Option<Span> {
    a.zip(b).map(|(a, b)| a.to(b)).or(a).or(b)
}
