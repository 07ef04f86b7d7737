//! `cargo xtask train`: the models anew from the corpora.

use anyhow::{Context, Result, ensure};

use crate::run::{command, run, say};
use crate::{paths, tools};

/// The models in the order of training, and how long each takes: a model sees what those before it give.
const MODELS: &[(&str, &str)] = &[
    ("speech", "15 minutes"),
    ("functions", "3 minutes"),
    ("attribution", "6 minutes"),
    ("confidence", "6 minutes"),
    ("responses", "2 minutes"),
];

/// What is trained only where it is asked for: it sees what all the others give.
const DEEP: &[(&str, &str)] = &[("deep", "an hour and a half")];

/// What is only measured, and only where it is asked for.
const MEASURES: &[(&str, &str)] = &[
    ("measure-speech", "half an hour"),
    ("measure-deep", "five minutes, an hour and a half untrained"),
    ("measure-layers", "half an hour, two hours untrained"),
];

/// Trains one model, or all; or measures one on documents that it was not trained on.
pub(crate) fn train(only: Option<&str>) -> Result<()> {
    let corpora = paths::shared().join("corpora");
    ensure!(corpora.is_dir(), "there are no corpora at {}; SAYSO_SHARED names another place", corpora.display());
    let chosen: Vec<_> = match only {
        None => MODELS.iter().collect(),
        Some(only) => MODELS.iter().chain(DEEP).chain(MEASURES).filter(|(name, _)| *name == only).collect(),
    };
    ensure!(
        !chosen.is_empty(),
        "there is no such model; there are {}",
        MODELS.iter().chain(DEEP).chain(MEASURES).map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
    );
    let corpora = corpora.canonicalize().context("the corpora's folder can't be found")?;
    for (model, time) in chosen {
        // Built anew for each, since the weights of the models before are built in.
        say(&format!("Training {model} (usually {time} on two cores)."));
        let mut trainer = command("cargo", &["run", "--release", "--locked", "--package", "trainer", "--", model]);
        trainer.arg(&corpora).arg(paths::root().join("assets"));
        if model.ends_with("speech") {
            trainer.arg(tools::lexicon()?).arg(tools::encoder()?);
        }
        let deep = model.ends_with("deep") || model.ends_with("layers");
        if deep {
            trainer.arg(tools::encoder()?).arg(paths::target().join("deep"));
        }
        if deep || model.ends_with("speech") {
            // A step of the encoder takes and gives back hundreds of megabytes, which glibc would return to the system
            // each time: that takes as long as the step.
            trainer.envs([("MALLOC_MMAP_THRESHOLD_", "1000000000"), ("MALLOC_TRIM_THRESHOLD_", "8000000000")]);
            trainer.envs([("MALLOC_TOP_PAD_", "100000000"), ("MALLOC_ARENA_MAX", "2")]);
        }
        run(&mut trainer)?;
    }
    say("The weights are in assets/. `cargo xtask eval` says how well the engine reads with them; assets/MODEL_CARD.md tells of them.");
    Ok(())
}
