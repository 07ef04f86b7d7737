//! How likely the engine's relations are right: learned from articles that the labeller has not seen.

use std::collections::HashSet;
use std::fmt::{self, Write as _};

use anyhow::Result;
use sayso::engine::train::{self, CONFIDENCE, Found, Model};
use sayso::engine::{Article, Deep, Span};

use crate::corpus::{self, Marked};
use crate::{attribution, lbfgs};

/// Parts of the training articles; each is read by a labeller trained on the others.
const FOLDS: usize = 2;

/// How many articles of its fold a labeller's passes are checked on.
const CHECKED: usize = 40;

/// The penalty on squared weights: half a dozen relations in a class are heard, two are not.
const RIDGE: f64 = 2.0;
/// The same for the deep labeller, which is judged on a tenth of the relations.
const DEEP_RIDGE: f64 = 12.0;
/// Content in common from which on the scorer takes two relations for one.
const SAME: f64 = 0.5;
/// Units of weight in a nat, as the engine reads them.
const UNITS: f64 = 100.0;
/// No class has a higher number.
const CLASSES: usize = 32;

/// Trains; gives the weights file. The weights of the labeller itself make no difference: labellers like it are
/// trained on parts of the articles, each of which is judged on the others.
pub(crate) fn train(articles: &[Marked]) -> Result<String> {
    let part = |fold: usize, within: bool| -> Vec<&Marked> {
        articles.iter().enumerate().filter(|(n, _)| (n % FOLDS == fold) == within).map(|(_, article)| article).collect()
    };
    let mut models = Vec::new();
    for fold in 0..FOLDS {
        models.push(Model::new(&attribution::train(&part(fold, false), &part(fold, true)[..CHECKED])?));
    }
    let judged: Vec<Judged> = articles
        .iter()
        .enumerate()
        .map(|(n, article)| Ok(judge(article, train::relations(&Article::new(article.text.as_str())?, &models[n % FOLDS]))))
        .collect::<Result<_>>()?;
    tell(&judged, RIDGE);
    Ok(file(&fit(judged.iter(), RIDGE)))
}

/// The weights file of the deep labeller, from articles that it has not learned from.
pub(crate) fn of_deep(articles: &[&Marked], deep: &Deep) -> Result<String> {
    let of_article = |article: &Marked| Ok(judge(article, train::deep_relations(&Article::new(article.text.as_str())?, deep)));
    let judged: Vec<Judged> = articles.iter().copied().map(of_article).collect::<Result<_>>()?;
    tell(&judged, DEEP_RIDGE);
    Ok(file(&fit(judged.iter(), DEEP_RIDGE)))
}

/// How many relations the deep labeller finds and how many of them are right, as F1.
pub(crate) fn score_deep(articles: &[Marked], deep: &Deep) -> Result<impl fmt::Display + use<>> {
    let mut counts = Counts::default();
    for article in articles {
        counts.add(&judge(article, train::deep_relations(&Article::new(article.text.as_str())?, deep)), |_| true);
    }
    Ok(counts)
}

/// What is marked up and found in an article.
struct Judged {
    /// Sources and contents, as positions of words.
    gold: Vec<(HashSet<usize>, HashSet<usize>)>,
    found: Vec<Found>,
    /// Which of those found are right.
    right: Vec<bool>,
}

fn judge(article: &Marked, (words, found): (Vec<Span>, Vec<Found>)) -> Judged {
    let bytes = corpus::bytes(&article.text);
    let covered = |spans: &[(usize, usize)]| -> HashSet<usize> {
        let range = |&(from, to): &(usize, usize)| {
            let first = words.partition_point(|word| word.end() <= bytes[from]);
            first..words.partition_point(|word| word.start() < bytes[to]).max(first)
        };
        spans.iter().flat_map(range).collect()
    };
    let gold = article.relations.iter().map(|relation| (covered(&relation.source), covered(&relation.content))).collect();
    let mut judged = Judged { gold, right: vec![true; found.len()], found };
    judged.right = judged.right_of(|_| true);
    judged
}

impl Judged {
    /// Which relations are right as the scorer sees it, where only some are given: those with the most content in
    /// common are paired one to one, and a pair needs a source in common or none on either side.
    fn right_of(&self, given: impl Fn(usize) -> bool) -> Vec<bool> {
        let mut pairs = Vec::new();
        for (q, found) in self.found.iter().enumerate().filter(|(q, _)| given(*q)) {
            for (g, (_, content)) in self.gold.iter().enumerate() {
                let both = found.content.iter().filter(|word| content.contains(word)).count();
                if both > 0 {
                    pairs.push((both as f64 / (found.content.len() + content.len() - both) as f64, g, q));
                }
            }
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let mut right = vec![false; self.found.len()];
        let (mut taken, mut paired) = (vec![false; self.gold.len()], vec![false; self.found.len()]);
        for (share, g, q) in pairs {
            if !taken[g] && !paired[q] {
                (taken[g], paired[q]) = (true, true);
                let (ours, theirs) = (&self.found[q].source, &self.gold[g].0);
                right[q] = share >= SAME && (ours.is_empty() && theirs.is_empty() || ours.iter().any(|word| theirs.contains(word)));
            }
        }
        right
    }
}

/// Where a relation's weights are: one for each feature.
fn places(found: &Found) -> impl Iterator<Item = usize> {
    let side = usize::from(found.quoted);
    found.classes.iter().enumerate().map(move |(feature, &class)| (feature * 2 + side) * CLASSES + usize::from(class))
}

fn probability(weights: &[f64], found: &Found) -> f64 {
    let sum: f64 = places(found).map(|at| weights[at]).sum();
    1.0 / (1.0 + (-sum).exp())
}

/// The weights under which what is right is likeliest, less the penalty.
fn fit<'a>(judged: impl Iterator<Item = &'a Judged>, ridge: f64) -> Vec<f64> {
    let examples: Vec<(Vec<usize>, bool)> = judged
        .flat_map(|article| article.found.iter().zip(&article.right))
        .map(|(found, &right)| (places(found).collect(), right))
        .collect();
    lbfgs::minimise(vec![0.0; CONFIDENCE.len() * 2 * CLASSES], 200, |weights| {
        let mut loss = ridge / 2.0 * weights.iter().map(|weight| weight * weight).sum::<f64>();
        let mut gradient: Vec<f64> = weights.iter().map(|weight| ridge * weight).collect();
        for (places, right) in &examples {
            let sum: f64 = places.iter().map(|&at| weights[at]).sum();
            let toward = if *right { sum } else { -sum };
            loss += (-toward).max(0.0) + (-toward.abs()).exp().ln_1p();
            let surplus = 1.0 / (1.0 + (-sum).exp()) - f64::from(u8::from(*right));
            places.iter().for_each(|&at| gradient[at] += surplus);
        }
        (loss, gradient)
    })
}

fn file(weights: &[f64]) -> String {
    let mut out = String::from(
        "# Confidence of relations: log-odds in hundredths of a nat. Written by the trainer.\n# feature\tspeech\tweight of class 0, of class 1 and so on\n",
    );
    for (rows, name) in weights.chunks(2 * CLASSES).zip(CONFIDENCE) {
        for (row, speech) in rows.chunks(CLASSES).zip(["unquoted", "quoted"]) {
            let whole: Vec<i32> = row.iter().map(|weight| (weight * UNITS).round() as i32).collect();
            let len = whole.iter().rposition(|&weight| weight != 0).map_or(0, |last| last + 1);
            let cells: String = whole[..len].iter().fold(String::new(), |mut cells, weight| {
                let _ = write!(cells, "\t{weight}");
                cells
            });
            let _ = writeln!(out, "{name}\t{speech}{cells}");
        }
    }
    out
}

/// Says how good the confidence is on each fold when it is learned from the others, and what leaving out unlikely
/// relations would do to the F1 of full relations.
fn tell(judged: &[Judged], ridge: f64) {
    let mut chances: Vec<Vec<f64>> = vec![Vec::new(); judged.len()];
    for fold in 0..FOLDS {
        let weights = fit(judged.iter().enumerate().filter(|(n, _)| n % FOLDS != fold).map(|(_, article)| article), ridge);
        for (article, chances) in judged.iter().zip(&mut chances).skip(fold).step_by(FOLDS) {
            *chances = article.found.iter().map(|found| probability(&weights, found)).collect();
        }
    }
    let all: Vec<(f64, bool)> =
        judged.iter().zip(&chances).flat_map(|(article, chances)| chances.iter().copied().zip(article.right.iter().copied())).collect();
    let mut error = 0.0;
    for bin in 0..10 {
        let within = || all.iter().filter(|(chance, _)| ((chance * 10.0) as usize).min(9) == bin);
        let surplus: f64 = within().map(|&(chance, right)| chance - f64::from(u8::from(right))).sum();
        error += surplus.abs() / all.len() as f64;
    }
    let right = all.iter().filter(|(_, right)| *right).count();
    eprintln!("confidence: {} relations, {right} right, calibration error {error:.4}, area under the curve {:.4}", all.len(), area(&all));
    for least in (0..=40).step_by(5) {
        let [all, unquoted] = [false, true].map(|spare| {
            let mut counts = Counts::default();
            for (article, chances) in judged.iter().zip(&chances) {
                counts.add(article, |q| spare && article.found[q].quoted || chances[q] * 100.0 >= f64::from(least));
            }
            counts
        });
        eprintln!("without those below {least:2} %: {all}; the same with all quotations left in: {unquoted}");
    }
}

/// What an F1 is made of: both, ours, theirs.
#[derive(Default)]
struct Counts {
    full: [usize; 3],
    content: [usize; 3],
}

impl Counts {
    fn add(&mut self, article: &Judged, given: impl Fn(usize) -> bool) {
        let words = |q: &usize| article.found[*q].content.iter().copied();
        let kept: Vec<usize> = (0..article.found.len()).filter(|&q| given(q)).collect();
        let ours: HashSet<usize> = kept.iter().flat_map(words).collect();
        let theirs: HashSet<usize> = article.gold.iter().flat_map(|(_, content)| content.iter().copied()).collect();
        let right = article.right_of(given).into_iter().filter(|right| *right).count();
        let full = [right, kept.len(), article.gold.len()];
        let content = [ours.intersection(&theirs).count(), ours.len(), theirs.len()];
        self.full.iter_mut().zip(full).for_each(|(sum, count)| *sum += count);
        self.content.iter_mut().zip(content).for_each(|(sum, count)| *sum += count);
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let f1 = |[both, ours, theirs]: [usize; 3]| 200.0 * both as f64 / (ours + theirs) as f64;
        write!(f, "{} relations, F1 full {:.2}, content {:.2}", self.full[1], f1(self.full), f1(self.content))
    }
}

/// How often a right relation has more confidence than a wrong one (Mann and Whitney).
fn area(all: &[(f64, bool)]) -> f64 {
    let mut sorted: Vec<_> = all.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut wrong, mut won, mut right) = (0.0, 0.0, 0.0);
    for ties in sorted.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        let rights = ties.iter().filter(|(_, right)| *right).count() as f64;
        let wrongs = ties.len() as f64 - rights;
        won += rights * (wrong + wrongs / 2.0);
        (wrong, right) = (wrong + wrongs, right + rights);
    }
    won / (wrong * right)
}
