//! `cargo xtask eval --worst N`: the articles that the engine reads worst, to learn from.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::article::list;
use super::compare::{Compared, Score, Verdict, compare, cue};
use super::score::CORPORA;
use super::{Labeller, build, html, predict, read, tally};
use crate::paths;
use crate::run::say;

/// What the articles that the engine was made from know of cues.
const TRAINING: &str = "polnear-train.jsonl.xz";

/// The articles of one file, worst first.
pub(super) struct Split {
    pub(super) title: &'static str,
    pub(super) articles: Vec<Compared>,
}

/// Prints what is wrong over each split and its `count` worst articles by the F1 of full relations; with `page`,
/// writes these beside their mark-up to `target/eval/worst.html` instead.
pub(crate) fn worst(labeller: Labeller, count: usize, page: bool) -> Result<()> {
    let corpora = paths::shared().join("corpora");
    ensure!(corpora.is_dir(), "there are no corpora at {}; SAYSO_SHARED names another place", corpora.display());
    build(labeller)?;
    say("Comparing (usually seconds).");
    let seen = cues(&corpora.join(TRAINING))?;
    let splits = CORPORA.iter().map(|(title, file, _)| split(labeller, title, &corpora.join(file), &seen)).collect::<Result<Vec<_>>>()?;
    if !page {
        for split in &splits {
            print(split, count);
        }
        return Ok(());
    }
    let file = paths::target().join("eval/worst.html");
    fs::write(&file, html::page(&splits, count)).with_context(|| format!("{} can't be written", file.display()))?;
    println!("The {count} worst articles of each split are in {}", file.display());
    Ok(())
}

fn split(labeller: Labeller, title: &'static str, file: &Path, seen: &BTreeSet<String>) -> Result<Split> {
    let gold = read(file)?;
    let name = file.file_name().and_then(|name| name.to_str()).and_then(|name| name.split('.').next()).unwrap_or("split");
    let ours = predict(labeller, name, &gold)?.breakdowns;
    ensure!(gold.len() == ours.len(), "{} articles, but {} breakdowns", gold.len(), ours.len());
    let mut articles = gold.iter().zip(&ours).map(|(gold, ours)| compare(gold, ours, seen)).collect::<Result<Vec<_>>>()?;
    articles.sort_by(|a, b| a.score().f1.total_cmp(&b.score().f1));
    Ok(Split { title, articles })
}

/// Every cue that the marked-up articles of a file have.
fn cues(file: &Path) -> Result<BTreeSet<String>> {
    let mut cues = BTreeSet::new();
    for article in read(file)? {
        let text: Vec<char> = article["text"].as_str().unwrap_or_default().chars().collect();
        let found = list(&article["relations"]).iter().map(|relation: &Value| cue(relation, &text));
        cues.extend(found.collect::<Result<Vec<_>>>()?.into_iter().flatten());
    }
    Ok(cues)
}

fn print(split: &Split, count: usize) {
    println!("\n{}\n", split.title);
    println!("{}", tally::text("marked up", &tally::of_gold(&split.articles)));
    println!("{}", tally::text("predicted", &tally::of_ours(&split.articles)));
    println!("full {} over all {} articles; the worst:\n", Score::of(&split.articles), split.articles.len());
    for article in split.articles.iter().take(count) {
        println!("full {}  {}: {}", article.score(), article.id, faults(article));
    }
}

/// "3 of 5 found; 1 missed, 1 wrong source, 2 spurious".
pub(super) fn faults(article: &Compared) -> String {
    let gold = |verdict| article.gold.iter().filter(|judged| judged.verdict == verdict).count();
    let alone = |verdict| article.ours.iter().filter(|judged| judged.partner.is_none() && judged.verdict == verdict).count();
    let faults = Verdict::ALL.into_iter().skip(1).map(|verdict| match verdict {
        Verdict::Spurious => (alone(verdict), verdict),
        _ => (gold(verdict), verdict),
    });
    let shown: Vec<String> =
        faults.filter(|(count, _)| *count > 0).map(|(count, verdict)| format!("{count} {}", verdict.words())).collect();
    format!(
        "{} of {} found; {}",
        gold(Verdict::Full),
        article.gold.len(),
        if shown.is_empty() { "no faults".to_owned() } else { shown.join(", ") }
    )
}
