//! What the site weighs, and what it may weigh.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::thread;

use anyhow::{Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::paths;

/// What a first visit may fetch, in bytes compressed with brotli.
const FIRST_LOAD_BUDGET: usize = 1_000_000;

/// Kinds of file that a first visit fetches: the page, its styles and pictures, its code and its worker's.
const FIRST_LOAD: &[&str] = &["html", "css", "js", "wasm", "svg", "ico", "png", "woff2"];

/// Bytes of one file, as it is and compressed.
#[derive(Clone, Copy, Default)]
struct Size {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// Prints the size of every file under `dist`; an error where a first visit costs more than it may.
pub(crate) fn report(dist: &Path) -> Result<()> {
    let mut files = Vec::new();
    paths::files(dist, &mut files)?;
    files.sort();
    let sizes = thread::scope(|scope| {
        let all: Vec<_> = files.iter().map(|file| scope.spawn(|| measure(file))).collect();
        all.into_iter().map(|one| one.join().expect("compressing doesn't panic")).collect::<Result<Vec<Size>>>()
    })?;
    let mut first = Size::default();
    println!("\n{:>9} {:>9} {:>9}", "raw", "gzip", "brotli");
    for (file, size) in files.iter().zip(&sizes) {
        print(*size, &file.strip_prefix(dist).unwrap_or(file).display().to_string());
        if file.extension().is_some_and(|extension| FIRST_LOAD.iter().any(|kind| extension == *kind)) {
            first = Size { raw: first.raw + size.raw, gzip: first.gzip + size.gzip, brotli: first.brotli + size.brotli };
        }
    }
    print(first, "first load");
    if first.brotli > FIRST_LOAD_BUDGET {
        bail!("the first load has {} bytes with brotli, {} more than it may", first.brotli, first.brotli - FIRST_LOAD_BUDGET);
    }
    println!("The first load is within its budget of {FIRST_LOAD_BUDGET} bytes with brotli.");
    Ok(())
}

fn print(size: Size, what: &str) {
    println!("{:>9} {:>9} {:>9}  {what}", size.raw, size.gzip, size.brotli);
}

fn measure(file: &Path) -> Result<Size> {
    let bytes = fs::read(file)?;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&bytes)?;
    let mut brotli = Vec::new();
    let best = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
    brotli::BrotliCompress(&mut bytes.as_slice(), &mut brotli, &best)?;
    Ok(Size { raw: bytes.len(), gzip: gzip.finish()?.len(), brotli: brotli.len() })
}
