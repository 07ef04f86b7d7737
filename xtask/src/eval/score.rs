//! The engine against the corpora, by the scorer that lies beside them.

use std::path::Path;

use anyhow::Result;

use super::reliability::Reliability;
use super::{Labeller, predict, read};
use crate::run::{command, run, say};
use crate::tools;

/// A title, the articles, and who answers whom in them where that is a file of its own.
pub(super) const CORPORA: &[(&str, &str, Option<&str>)] = &[
    ("PolNeAR, development split", "polnear-dev.jsonl.xz", Some("responses-dev.jsonl")),
    ("News pages as they are pasted", "pages-dev.jsonl", None),
];

/// Prints the scorer's table for each corpus, and how far confidence can be relied on.
pub(super) fn corpora(labeller: Labeller, shared: &Path) -> Result<()> {
    tools::python()?;
    for (title, file, answers) in CORPORA {
        say(&format!("{title} ({file}, usually seconds)."));
        let gold = shared.join("corpora").join(file);
        let name = file.split('.').next().unwrap_or(file);
        let articles = read(&gold)?;
        let ours = predict(labeller, name, &articles)?;
        let mut scorer = command("python3", &[]);
        scorer.arg(shared.join("tools/score_breakdown.py")).arg(gold).arg(&ours.file);
        if let Some(answers) = answers {
            scorer.arg("--answers").arg(shared.join("corpora").join(answers));
        }
        run(&mut scorer)?;
        if labeller != Labeller::Given {
            println!("{}", Reliability::measure(&articles, &ours.breakdowns)?);
        }
        println!("speed     {}", ours.speed());
    }
    Ok(())
}
