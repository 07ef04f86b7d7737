//! What the site weighs, and what it may weigh.

use std::fs;
use std::io::Write;
use std::ops::Add;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Result, ensure};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::paths;

/// What a first visit may fetch, in bytes compressed with brotli.
const FIRST_LOAD_BUDGET: usize = 1_000_000;

/// The same for the page without its worker.
const PAGE_BUDGET: usize = 310_000;

/// The same for the shell: what a person can already type into, before any program is there.
const SHELL_BUDGET: usize = 25_000;

/// The same for weights and lexicons, which are part of the worker.
const KNOWLEDGE_BUDGET: usize = 800_000;

/// The weights of the deep reading, in bytes as they are: they hardly pack, and packing them takes minutes.
const DEEP_BUDGET: u64 = 12_000_000;
pub(crate) const DEEP_WEIGHTS: &str = "assets/deep.weights";

/// Kinds of file that a first visit fetches: the page, its styles and pictures, its code and its worker's.
const FIRST_LOAD: &[&str] = &["html", "css", "js", "wasm", "svg", "ico", "png", "woff2"];

/// Those of them that make the shell.
const SHELL: &[&str] = &["html", "css", "svg"];

/// How the names of the worker's files begin.
const WORKER: &str = "sayso-worker";

/// Kinds of file in `assets` that hold weights and lexicons. Lexicons are weighed with their examples, which the
/// worker lacks, so it carries somewhat less.
const KNOWLEDGE: &[&str] = &["bin", "tsv"];

/// Bytes of one file, as it is and compressed.
#[derive(Clone, Copy, Default)]
struct Size {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

impl Add for Size {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { raw: self.raw + other.raw, gzip: self.gzip + other.gzip, brotli: self.brotli + other.brotli }
    }
}

/// Prints the size of every file under `dist`, and of what has a budget; an error where one is exceeded.
pub(crate) fn report(dist: &Path) -> Result<()> {
    println!("\n{:>9} {:>9} {:>9}", "raw", "gzip", "brotli");
    let (mut first, mut page, mut shell) = (Size::default(), Size::default(), Size::default());
    for (file, size) in sizes(dist)? {
        let name = file.strip_prefix(dist).unwrap_or(&file).display().to_string();
        print(size, &name);
        if is_a(&file, FIRST_LOAD) {
            first = first + size;
            if !name.starts_with(WORKER) {
                page = page + size;
            }
            if is_a(&file, SHELL) {
                shell = shell + size;
            }
        }
    }
    let deep = fs::metadata(paths::root().join(DEEP_WEIGHTS))?.len();
    println!("{deep:>9}                      the deep reading: {:.1} % of its {DEEP_BUDGET}", deep as f64 * 100.0 / DEEP_BUDGET as f64);
    ensure!(deep <= DEEP_BUDGET, "the deep reading: {deep} bytes, {} more than allowed", deep - DEEP_BUDGET);
    let assets = sizes(&paths::root().join("assets"))?;
    let knowledge = assets.into_iter().filter(|(file, _)| is_a(file, KNOWLEDGE)).fold(Size::default(), |sum, (_, size)| sum + size);
    let totals = [
        (first, FIRST_LOAD_BUDGET, "first load"),
        (page, PAGE_BUDGET, "of it the page without its worker"),
        (shell, SHELL_BUDGET, "of that the shell, which a person can already type into"),
        (knowledge, KNOWLEDGE_BUDGET, "weights and lexicons"),
    ];
    println!();
    for (size, budget, what) in totals {
        print(size, &format!("{what}: {:.1} % of its {budget} with brotli", size.brotli as f64 * 100.0 / budget as f64));
    }
    for (size, budget, what) in totals {
        ensure!(size.brotli <= budget, "{what}: {} bytes with brotli, {} more than allowed", size.brotli, size.brotli - budget);
    }
    Ok(())
}

/// Whether a file's name ends like one of these kinds.
pub(crate) fn is_a(file: &Path, kinds: &[&str]) -> bool {
    file.extension().is_some_and(|extension| kinds.iter().any(|kind| extension == *kind))
}

/// The size of every file under a folder but large weights, by name.
fn sizes(folder: &Path) -> Result<Vec<(PathBuf, Size)>> {
    let mut files = Vec::new();
    paths::files(folder, &mut files)?;
    files.retain(|file| !is_a(file, &["weights"]));
    files.sort();
    let sizes = thread::scope(|scope| {
        let all: Vec<_> = files.iter().map(|file| scope.spawn(|| measure(file))).collect();
        all.into_iter().map(|one| one.join().expect("compressing doesn't panic")).collect::<Result<Vec<Size>>>()
    })?;
    Ok(files.into_iter().zip(sizes).collect())
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
