//! Bytes to letters and back, bounded before anything is allocated.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use miniz_oxide::deflate::core::{CompressorOxide, TDEFLFlush, TDEFLStatus, compress_to_output, create_comp_flags_from_zip_params};
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_zlib_with_limit};

use super::LinkError;

/// The largest body opened, in bytes.
pub(super) const MAX_BODY: usize = 8_000_000;

/// The largest packed body opened, in bytes. Few bodies grow when packed, and by little.
pub(super) const MAX_PACKED: usize = MAX_BODY;

/// The compressor's highest level; a body is a few kilobytes.
const LEVEL: i32 = 10;

/// The packed body after its length, which tells a cut link from a changed one. The text and what follows
/// it at `text_end` are packed as blocks of their own, for their bytes are of different kinds.
pub(super) fn pack(body: &[u8], text_end: usize) -> Vec<u8> {
    const ZLIB: i32 = 1;
    let mut compressor = CompressorOxide::new(create_comp_flags_from_zip_params(LEVEL, ZLIB, 0));
    let mut stream = Vec::new();
    let (text, rest) = body.split_at(text_end);
    for (part, flush) in [(text, TDEFLFlush::Sync), (rest, TDEFLFlush::Finish)] {
        let (status, _) = compress_to_output(&mut compressor, part, flush, |bytes| {
            stream.extend_from_slice(bytes);
            true
        });
        debug_assert!(matches!(status, TDEFLStatus::Okay | TDEFLStatus::Done));
    }
    let mut packed = write_length(stream.len());
    packed.extend(stream);
    packed
}

/// The body of a link from its letters. Letters after the end are ignored: a chat program's emphasis
/// may leave a `_` there.
pub(super) fn unpack(letters: &str) -> Result<Vec<u8>, LinkError> {
    let letters = letters.as_bytes();
    let head = URL_SAFE_NO_PAD.decode(&letters[..letters.len().min(8) / 4 * 4]).map_err(|_| LinkError::Corrupt)?;
    let (length, head) = read_length(&head)?;
    if length > MAX_PACKED {
        return Err(LinkError::TooLarge);
    }
    let needed = ((head + length) * 4).div_ceil(3);
    if letters.len() < needed {
        return Err(LinkError::Truncated { percent: (letters.len() * 100 / needed) as u8 });
    }
    let packed = URL_SAFE_NO_PAD.decode(&letters[..needed]).map_err(|_| LinkError::Corrupt)?;
    decompress_to_vec_zlib_with_limit(&packed[head..], MAX_BODY).map_err(|error| match error.status {
        TINFLStatus::HasMoreOutput => LinkError::TooLarge,
        _ => LinkError::Corrupt,
    })
}

/// Seven bits a byte, lowest first, the high bit on all but the last.
fn write_length(mut length: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    while length >= 0x80 {
        bytes.push(length as u8 | 0x80);
        length >>= 7;
    }
    bytes.push(length as u8);
    bytes
}

/// A length and how many bytes it took.
fn read_length(bytes: &[u8]) -> Result<(usize, usize), LinkError> {
    let mut length = 0;
    // Four bytes hold 2^28, far above any length accepted.
    for (n, byte) in bytes.iter().take(4).enumerate() {
        length |= usize::from(byte & 0x7f) << (7 * n);
        if byte & 0x80 == 0 {
            return Ok((length, n + 1));
        }
    }
    Err(if bytes.len() < 4 { LinkError::Truncated { percent: 0 } } else { LinkError::TooLarge })
}
