//! Trains the engine's models: reads the corpora, writes weights under `assets/`. Same corpora, same bytes.
//!
//! `trainer MODEL CORPORA ASSETS [LIST ENCODER | ENCODER LEARNED]`, one model a run: a model sees what the models before it give, and those are
//! built into the program. `cargo xtask train` runs all of them in order.
//!
//! `trainer read-given` reads articles whose claims are given; `cargo xtask eval --gold-claims` scores what comes of them.

#![expect(clippy::print_stderr, reason = "telling the person at the terminal how training goes")]

mod attribution;
mod chain;
mod confidence;
mod corpus;
mod crf;
mod deep;
mod examples;
mod functions;
mod given;
mod lbfgs;
mod responses;
mod speech;
mod task;
mod vocabulary;

use std::path::Path;
use std::{env, fs};

use anyhow::{Context, Result, bail};

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if arguments == ["read-given"] {
        return given::read();
    }
    let [model, corpora, assets, more @ ..] = &arguments[..] else {
        bail!("usage: trainer MODEL CORPORA ASSETS [LIST ENCODER | ENCODER LEARNED]")
    };
    let both = || match more {
        [one, other] => Ok((Path::new(one), Path::new(other))),
        _ => bail!("two folders are missing: of a word list and an encoder, or of an encoder and of what has been learned so far"),
    };
    let corpora = Path::new(corpora);
    let train = || corpus::articles(corpora, "train");
    let (file, bytes) = match model.as_str() {
        "speech" => {
            let (list, encoder) = both()?;
            let (weights, usage) = speech::train(corpora, list, encoder)?;
            fs::write(Path::new(assets).join("usage.bin"), usage).context("the file of words can't be written")?;
            ("speech.bin", weights)
        }
        "measure-speech" => {
            let (list, encoder) = both()?;
            return speech::measure(corpora, list, encoder);
        }
        "deep" => {
            let (encoder, kept) = both()?;
            ("deep.weights", deep::labeller::train(corpora, encoder, kept)?)
        }
        "measure-deep" => {
            let (encoder, kept) = both()?;
            return deep::labeller::measure(corpora, encoder, kept);
        }
        "measure-layers" => {
            let (encoder, kept) = both()?;
            return deep::labeller::measure_layers(corpora, encoder, kept);
        }
        "functions" => ("functions.bin", functions::train(corpora)?),
        "attribution" => {
            let (train, dev) = (train()?, corpus::articles(corpora, "dev")?);
            ("attribution.bin", attribution::train(&train.iter().collect::<Vec<_>>(), &dev.iter().collect::<Vec<_>>())?)
        }
        "confidence" => ("confidence.tsv", confidence::train(&train()?)?.into_bytes()),
        "responses" => ("responses-weights.tsv", responses::train(corpora)?.into_bytes()),
        other => bail!("there is no model {other:?}: speech, functions, attribution, confidence, responses, deep"),
    };
    let file = Path::new(assets).join(file);
    fs::write(&file, bytes).with_context(|| format!("{} can't be written", file.display()))
}
