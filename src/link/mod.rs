//! Share links: a whole breakdown, and a place in it, in the fragment of an address.
//!
//! ```text
//! 2 r 12 - base64url( length, DEFLATE( body ), checksum )
//! │ │ │
//! │ │ └ the selected claim, counted from 1; absent where none is
//! │ └── the view
//! └──── the version of everything after it
//! ```
//!
//! Only `A–Z a–z 0–9 - _` occur: chat programs re-encode or cut at anything else. The place stands
//! before the body so that selecting a claim rewrites a few characters and packs nothing again. The place may end
//! with `_` and a filter. Version 2 adds corrections to the body and has a checksum that every changed letter breaks;
//! version 1 is only read.
//! A version, once released, stays readable for ever: what it means is frozen in its own file.

mod error;
mod filter;
mod pack;
mod v1;
mod v2;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::edits::{Edits, apply};
use crate::engine::{Breakdown, ClaimId};
use crate::filter::Filter;
use pack::Checksum;

pub use error::LinkError;

/// The first character of a link: its version.
const VERSION: char = '2';
/// That of links made before readers could correct.
const FIRST_VERSION: char = '1';

/// The ways to look at a breakdown.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum View {
    /// The article with its marks.
    #[default]
    Read,
    /// Claims with their answers.
    Threads,
    /// Who says how much.
    Speakers,
    /// Statements by day.
    Timeline,
    /// Speakers and claims as a graph.
    Map,
}

impl View {
    /// Every view, in the order the page offers them.
    pub const ALL: [Self; 5] = [Self::Read, Self::Threads, Self::Speakers, Self::Timeline, Self::Map];

    /// Its letter in a link; part of the format, never changed.
    fn letter(self) -> char {
        match self {
            Self::Read => 'r',
            Self::Threads => 't',
            Self::Speakers => 's',
            Self::Timeline => 'l',
            Self::Map => 'm',
        }
    }
}

/// Where in a breakdown somebody is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Place {
    /// The view that is open.
    pub view: View,
    /// The claim that is selected, by its number in the corrected breakdown.
    pub selected: Option<ClaimId>,
    /// What is looked for.
    pub filter: Filter,
}

/// What a link holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shared {
    /// The breakdown as an engine made it.
    pub breakdown: Breakdown,
    /// What readers corrected.
    pub edits: Edits,
    /// Where to look.
    pub place: Place,
}

/// A packed breakdown, ready to be joined with one place after another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Payload {
    letters: String,
    fits: bool,
}

impl Payload {
    /// Packs a breakdown with its corrections: the costly half of [`encode`].
    pub fn new(breakdown: &Breakdown, edits: &Edits) -> Self {
        let body = v2::write(breakdown, edits);
        let packed = pack::pack(&body.bytes, body.text_end, v1::WORDS);
        let fits = body.bytes.len() <= pack::MAX_BODY && packed.len() <= pack::MAX_PACKED;
        Self { letters: URL_SAFE_NO_PAD.encode(packed), fits }
    }

    /// The link to one place, without the `#`.
    pub fn link(&self, place: &Place) -> String {
        let mut link = String::with_capacity(self.letters.len() + 16);
        link.push(VERSION);
        link.push(place.view.letter());
        if let Some(id) = place.selected {
            link.push_str(&(u64::from(id.0) + 1).to_string());
        }
        if !place.filter.is_empty() {
            link.push('_');
            link.push_str(&filter::write(&place.filter));
        }
        link.push('-');
        link.push_str(&self.letters);
        link
    }

    /// Whether [`decode`] will open the link. An article of several megabytes is too large for one.
    pub fn fits(&self) -> bool {
        self.fits
    }
}

/// The link to a place in a breakdown, without the `#`. See [`Payload`] for many places in one breakdown.
pub fn encode(breakdown: &Breakdown, edits: &Edits, place: &Place) -> String {
    Payload::new(breakdown, edits).link(place)
}

/// Opens a link, with or without its `#` and what stands before it.
///
/// A selected claim that the breakdown doesn't have is dropped, so [`Place::selected`] always names one.
pub fn decode(link: &str) -> Result<Shared, LinkError> {
    let fragment = link.rsplit_once('#').map_or(link, |(_, fragment)| fragment);
    // Chat programs and people leave white space and punctuation around a link.
    let fragment = fragment.trim_matches(|c: char| !is_link_character(c));
    let mut after = fragment.chars();
    let version = match after.next() {
        Some(version @ (FIRST_VERSION | VERSION)) => version,
        Some('3'..='9') => return Err(LinkError::Newer),
        _ => return Err(LinkError::NotALink),
    };
    if !fragment.chars().all(is_link_character) {
        return Err(LinkError::Corrupt);
    }
    let (place, letters) = after.as_str().split_once('-').ok_or(LinkError::Truncated { percent: 0 })?;
    let mut place = read_place(place)?;
    let (breakdown, edits) = match version {
        FIRST_VERSION => (v1::read(&pack::unpack(letters, v1::WORDS, Checksum::Body)?)?, Edits::default()),
        _ => v2::read(&pack::unpack(letters, v1::WORDS, Checksum::Stream)?)?,
    };
    let claims = if edits.is_empty() { breakdown.claims.len() } else { apply(&breakdown, &edits).breakdown.claims.len() };
    place.selected = place.selected.filter(|id| id.index() < claims);
    Ok(Shared { breakdown, edits, place })
}

/// A breakdown as plain bytes, for a page and a worker of one build. No smaller than its text.
pub fn to_bytes(breakdown: &Breakdown) -> Vec<u8> {
    v1::write(breakdown).bytes
}

/// The breakdown that [`to_bytes`] wrote; any other bytes are [`LinkError::Corrupt`].
pub fn from_bytes(bytes: &[u8]) -> Result<Breakdown, LinkError> {
    v1::read(bytes)
}

fn is_link_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}

/// Reads the letters between the version and the first `-`.
fn read_place(place: &str) -> Result<Place, LinkError> {
    let mut rest = place.chars();
    let letter = rest.next();
    // A letter added after this build was made is the sign of a newer Sayso.
    let view = View::ALL.into_iter().find(|view| Some(view.letter()) == letter).ok_or(LinkError::Newer)?;
    let (number, filter) = match rest.as_str().split_once('_') {
        Some((number, filter)) => (number, filter::read(filter)?),
        None => (rest.as_str(), Filter::default()),
    };
    if !number.chars().all(|c| c.is_ascii_digit()) {
        return Err(LinkError::Newer);
    }
    let selected = number.parse::<u32>().ok().and_then(|n| n.checked_sub(1)).map(ClaimId);
    Ok(Place { view, selected, filter })
}
