//! A filter in the characters that a link's place may hold: frozen, too.

use serde::{Deserialize, Serialize};

use super::LinkError;
use super::v1::Numbered;
use crate::edits::SpeakerKey;
use crate::engine::{Force, ResponseKind};
use crate::filter::Filter;

/// The longest words that a link carries, in characters.
const MOST_WORDS: usize = 100;

/// In postcard's encoding, in hexadecimal digits. 0 stands for "none", what there is counts from 1.
#[derive(Serialize, Deserialize)]
struct Wire {
    words: String,
    numbers: Vec<u32>,
}

/// A filter in characters that a place may hold. Words beyond a length are cut.
pub(super) fn write(filter: &Filter) -> String {
    let words: String = filter.words.chars().take(MOST_WORDS).collect();
    let numbers = vec![
        filter.speaker.map_or(0, |key| key.0 + 1),
        filter.force.map_or(0, |force| force.number() + 1),
        filter.response.map_or(0, |kind| kind.number() + 1),
        u32::from(filter.unanswered),
        u32::from(filter.unsure),
    ];
    let bytes = postcard::to_allocvec(&Wire { words, numbers }).expect("numbers and strings can be written");
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

/// The filter that [`write`] wrote.
pub(super) fn read(hex: &str) -> Result<Filter, LinkError> {
    let digits: Option<Vec<u8>> = hex.chars().map(|c| c.to_digit(16).map(|digit| digit as u8)).collect();
    let bytes: Vec<u8> =
        digits.ok_or(LinkError::Corrupt)?.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)).collect();
    let wire: Wire = postcard::from_bytes(&bytes).map_err(|_| LinkError::Corrupt)?;
    let [speaker, force, response, unanswered, unsure] = &wire.numbers[..] else {
        return Err(LinkError::Newer);
    };
    Ok(Filter {
        words: wire.words,
        speaker: speaker.checked_sub(1).map(SpeakerKey),
        force: force.checked_sub(1).map(Force::from_number).transpose()?,
        response: response.checked_sub(1).map(ResponseKind::from_number).transpose()?,
        unanswered: *unanswered != 0,
        unsure: *unsure != 0,
    })
}
