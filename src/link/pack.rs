//! Bytes to letters and back, bounded before anything is allocated.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use miniz_oxide::deflate::core::{CompressorOxide, TDEFLFlush, compress_to_output, create_comp_flags_from_zip_params};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

use super::LinkError;
use crate::engine::fnv;

/// The largest body opened, in bytes.
pub(super) const MAX_BODY: usize = 8_000_000;

/// The largest packed body opened, in bytes. Few bodies grow when packed, and by little.
pub(super) const MAX_PACKED: usize = MAX_BODY;

/// The compressor's highest level; a body is a few kilobytes.
const LEVEL: i32 = 10;

/// The bytes of the checksum.
const CHECK: usize = 4;

/// What the last four bytes of a link hold.
#[derive(Clone, Copy)]
pub(super) enum Checksum {
    /// Adler-32 of the body. One changed letter can shift neighbouring bytes so that their sums stay what they were.
    Body,
    /// The lower half of FNV-1a of the stream. No change of one letter passes: it touches two neighbouring bytes at
    /// most, and whatever the first does to this sum is more than the second can undo.
    Stream,
}

/// The packed body: its length, which tells a cut link from a changed one; a DEFLATE stream; the checksum
/// of the stream. What repeats words of `known` takes little room. The text and what follows it at
/// `text_end` are packed as blocks of their own, for their bytes are of different kinds.
pub(super) fn pack(body: &[u8], text_end: usize, known: &[u8]) -> Vec<u8> {
    let mut compressor = CompressorOxide::new(create_comp_flags_from_zip_params(LEVEL, 0, 0));
    let mut deflate = |part: &[u8], flush| {
        let mut stream = Vec::new();
        let (_, _) = compress_to_output(&mut compressor, part, flush, |bytes| {
            stream.extend_from_slice(bytes);
            true
        });
        stream
    };
    // Both sides know these words: what they pack to is left out.
    deflate(known, TDEFLFlush::Sync);
    let mut stream = deflate(&body[..text_end], TDEFLFlush::Sync);
    stream.extend(deflate(&body[text_end..], TDEFLFlush::Finish));
    stream.extend(sum(&stream).to_be_bytes());
    let mut packed = write_length(stream.len());
    packed.extend(stream);
    packed
}

/// The body of a link from its letters. Letters after the end are ignored: a chat program's emphasis
/// may leave a `_` there.
pub(super) fn unpack(letters: &str, known: &[u8], checksum: Checksum) -> Result<Vec<u8>, LinkError> {
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
    let (stream, check) = packed[head..].split_last_chunk::<CHECK>().ok_or(LinkError::Corrupt)?;
    let check = u32::from_be_bytes(*check);
    if matches!(checksum, Checksum::Stream) && sum(stream) != check {
        return Err(LinkError::Corrupt);
    }
    let body = inflate(stream, known)?;
    if matches!(checksum, Checksum::Body) && adler2::adler32_slice(&body) != check {
        return Err(LinkError::Corrupt);
    }
    Ok(body)
}

/// [`Checksum::Stream`].
fn sum(stream: &[u8]) -> u32 {
    fnv(stream.iter().copied()) as u32
}

/// The bytes of a DEFLATE stream that repeats words of `known`, up to [`MAX_BODY`] of them.
fn inflate(stream: &[u8], known: &[u8]) -> Result<Vec<u8>, LinkError> {
    let mut state = DecompressorOxide::new();
    // The stream points back into what was put out before; the known words stand there.
    let mut out = known.to_vec();
    let limit = known.len() + MAX_BODY;
    let (mut read, mut written) = (0, known.len());
    loop {
        out.resize((out.len() + 4 * stream.len() + 1).min(limit), 0);
        let (status, took, gave) = decompress(&mut state, &stream[read..], &mut out, written, TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF);
        read += took;
        written += gave;
        match status {
            TINFLStatus::Done => break,
            TINFLStatus::HasMoreOutput if written < limit => {}
            TINFLStatus::HasMoreOutput => return Err(LinkError::TooLarge),
            _ => return Err(LinkError::Corrupt),
        }
    }
    out.truncate(written);
    Ok(out.split_off(known.len()))
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
