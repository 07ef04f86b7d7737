//! `cargo xtask eval`: how good the engine is.

mod article;
mod compare;
mod gold;
mod html;
mod reliability;
mod score;
mod tally;
mod worst;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::thread::available_parallelism;
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

use crate::paths;
use crate::run::{command, run, say};

pub(crate) use worst::worst;

/// The article whose breakdown must be right in every part.
const ARTICLE: &str = "articles/nato-russia.gold.json";

/// Which labeller is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Labeller {
    Fast,
    Deep,
    /// None: claims are given as people marked them, which shows the stages behind by themselves.
    Given,
}

/// Scores the engine on the corpora, where there are any, and checks it against a marked-up article: `gold`, else
/// the one that comes with the corpora.
pub(crate) fn eval(labeller: Labeller, gold: Option<&str>) -> Result<()> {
    let shared = paths::shared();
    let gold = gold.map_or_else(|| shared.join(ARTICLE), Into::into);
    build(labeller)?;
    if shared.join("corpora").is_dir() {
        score::corpora(labeller, &shared)?;
    } else {
        println!("There are no corpora at {}, so nothing is scored. SAYSO_SHARED names another place.", shared.join("corpora").display());
    }
    if labeller == Labeller::Given {
        return Ok(());
    }
    if !gold.exists() {
        println!("There is no marked-up article at {}, so none is checked.", gold.display());
        return Ok(());
    }
    check(labeller, &gold)
}

/// Builds what [`predict`] runs.
fn build(labeller: Labeller) -> Result<()> {
    let (name, program): (_, &[&str]) = match labeller {
        Labeller::Fast | Labeller::Deep => ("command line", &["--bin", "sayso"]),
        Labeller::Given => ("trainer", &["--package", "trainer"]),
    };
    say(&format!("Building the {name}, optimised (usually 1 minute)."));
    run(command("cargo", &["build", "--release", "--locked"]).args(program))
}

/// Prints what is wrong with the breakdowns of marked-up articles, a line each; an error where anything is.
fn check(labeller: Labeller, gold: &Path) -> Result<()> {
    say(&format!("Checking against {}.", gold.display()));
    let articles = read(gold)?;
    let read = predict(labeller, "checked", &articles)?;
    ensure!(read.breakdowns.len() == articles.len(), "{} articles, but {} breakdowns", articles.len(), read.breakdowns.len());
    let mut wrong = 0;
    for (gold, ours) in articles.iter().zip(&read.breakdowns) {
        let findings = gold::check(gold, ours)?;
        for line in &findings.wrong {
            println!("wrong: {line}");
        }
        for line in &findings.aside {
            println!("aside: {line}");
        }
        wrong += findings.wrong.len();
    }
    ensure!(wrong == 0, "{wrong} things are wrong");
    println!("Nothing is wrong.");
    Ok(())
}

/// What one run of the engine gave.
struct Run {
    /// The breakdowns, in the order of the articles.
    breakdowns: Vec<Value>,
    /// The file that holds them.
    file: PathBuf,
    words: usize,
    seconds: f64,
}

impl Run {
    fn speed(&self) -> String {
        let cores = available_parallelism().map_or(1, usize::from);
        format!("{} words in {:.2} s: {:.0} words/s on {cores} cores", self.words, self.seconds, self.words as f64 / self.seconds)
    }
}

/// Runs the command line over articles; what goes in and comes out is kept under `target/eval`.
fn predict(labeller: Labeller, name: &str, articles: &[Value]) -> Result<Run> {
    let folder = paths::target().join("eval");
    fs::create_dir_all(&folder)?;
    let (input, file) = (folder.join(format!("{name}-text.jsonl")), folder.join(format!("{name}.jsonl")));
    let (program, args): (_, &[&str]) = match labeller {
        Labeller::Fast => ("release/sayso", &["--jsonl", "-"]),
        Labeller::Deep => ("release/sayso", &["--jsonl", "-", "--deep"]),
        Labeller::Given => ("release/trainer", &["read-given"]),
    };
    let line = |article: &Value| {
        let mut line = json!({ "id": article["id"], "text": article["text"] });
        if labeller == Labeller::Given {
            line["relations"] = article["relations"].clone();
        }
        line.to_string() + "\n"
    };
    fs::write(&input, articles.iter().map(line).collect::<String>())?;
    let program = paths::target().join(program);
    let begun = Instant::now();
    run(command(&program.to_string_lossy(), args).stdin(File::open(&input)?).stdout(File::create(&file)?))?;
    let seconds = begun.elapsed().as_secs_f64();
    let words = articles.iter().filter_map(|article| article["text"].as_str()).map(|text| text.split_whitespace().count()).sum();
    Ok(Run { breakdowns: read(&file)?, file, words, seconds })
}

/// The articles or breakdowns of a file: one a line (`.jsonl`), the same compressed (`.jsonl.xz`), or one alone.
fn read(file: &Path) -> Result<Vec<Value>> {
    let shown = file.display();
    let mut bytes = fs::read(file).with_context(|| format!("{shown} can't be read"))?;
    if file.extension().is_some_and(|extension| extension == "xz") {
        let mut plain = Vec::new();
        if let Err(error) = lzma_rs::xz_decompress(&mut bytes.as_slice(), &mut plain) {
            bail!("{shown} can't be unpacked: {error:?}");
        }
        bytes = plain;
    }
    let values = serde_json::Deserializer::from_slice(&bytes).into_iter::<Value>();
    values.collect::<Result<_, _>>().with_context(|| format!("{shown} is not JSON"))
}
