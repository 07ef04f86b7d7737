//! `cargo xtask train`: the models anew from the corpora.

use anyhow::{Context, Result, ensure};

use crate::paths;
use crate::run::{command, run, say};

/// The models in the order of training, and how long each takes: a model sees what those before it give.
const MODELS: &[(&str, &str)] = &[("functions", "3 minutes"), ("attribution", "6 minutes"), ("confidence", "6 minutes")];

/// Trains one model, or all.
pub(crate) fn train(only: Option<&str>) -> Result<()> {
    let corpora = paths::shared().join("corpora");
    ensure!(corpora.is_dir(), "there are no corpora at {}; SAYSO_SHARED names another place", corpora.display());
    ensure!(
        only.is_none_or(|only| MODELS.iter().any(|(name, _)| *name == only)),
        "there is no such model; there are {}",
        MODELS.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
    );
    let corpora = corpora.canonicalize().context("the corpora's folder can't be found")?;
    for (model, time) in MODELS.iter().filter(|(name, _)| only.is_none_or(|only| *name == only)) {
        // Built anew for each, since the weights of the models before are built in.
        say(&format!("Training the model of {model} (usually {time} on two cores)."));
        let mut trainer = command("cargo", &["run", "--release", "--locked", "--package", "trainer", "--", model]);
        run(trainer.arg(&corpora).arg(paths::root().join("assets")))?;
    }
    say("The weights are in assets/. `cargo xtask eval` says how well the engine reads with them; assets/MODEL_CARD.md tells of them.");
    Ok(())
}
