//! Trains the engine's models: reads the corpora, writes weights under `assets/`. Same corpora, same bytes.
//!
//! `trainer MODEL CORPORA ASSETS [LIST]`, one model a run: a model sees what the models before it give, and those are
//! built into the program. `cargo xtask train` runs all of them in order.

#![expect(clippy::print_stderr, reason = "telling the person at the terminal how training goes")]

mod attribution;
mod confidence;
mod corpus;
mod crf;
mod examples;
mod functions;
mod lbfgs;
mod speech;
mod task;
mod vocabulary;

use std::path::Path;
use std::{env, fs};

use anyhow::{Context, Result, bail};

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [model, corpora, assets, list @ ..] = &arguments[..] else { bail!("usage: trainer MODEL CORPORA ASSETS [LIST]") };
    let list = || list.first().map(Path::new).context("the tagger wants the folder of a word list as well");
    let corpora = Path::new(corpora);
    let train = || corpus::articles(corpora, "train");
    let (file, bytes) = match model.as_str() {
        "speech" => {
            let (weights, usage) = speech::train(corpora, list()?)?;
            fs::write(Path::new(assets).join("usage.bin"), usage).context("the file of words can't be written")?;
            ("speech.bin", weights)
        }
        "measure-speech" => return speech::measure(corpora, list()?),
        "functions" => ("functions.bin", functions::train(corpora)?),
        "attribution" => {
            let (train, dev) = (train()?, corpus::articles(corpora, "dev")?);
            ("attribution.bin", attribution::train(&train.iter().collect::<Vec<_>>(), &dev.iter().collect::<Vec<_>>())?)
        }
        "confidence" => ("confidence.tsv", confidence::train(&train()?)?.into_bytes()),
        other => bail!("there is no model {other:?}: speech, functions, attribution, confidence"),
    };
    let file = Path::new(assets).join(file);
    fs::write(&file, bytes).with_context(|| format!("{} can't be written", file.display()))
}
