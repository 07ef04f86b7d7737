//! The deep labeller: learns source, cue and content from the articles that the fast one learns from. Articles that it
//! doesn't learn from say how far its confidence can be relied on.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use sayso::engine::train::{self, ATTRIBUTION_LABELS, EVIDENCE, Passage, Pieces};
use sayso::engine::{Article, Deep};

use super::file::{self, Bits};
use super::{Course, Lesson, Model};
use crate::corpus::{self, Marked};
use crate::{attribution, confidence, examples};

const COURSE: Course = Course { passes: 4.0, rate: 1.5e-4, batch: 1536, seed: 0 };

/// How one learns that has fewer layers and begins with what the whole one has learned.
const SHORT_COURSE: Course = Course { passes: 3.0, rate: 1.0e-4, seed: 4, ..COURSE };

/// How many bits the numbers in the file have.
const BITS: Bits = Bits { words: 4, layers: 4 };

/// One article in so many is kept from learning, for the confidence.
const KEPT_BACK: usize = 12;

/// The passages of an article with gold labels.
fn lessons(marked: &Marked, pieces: &Pieces) -> Result<Vec<Lesson>> {
    let blocks = train::passages(&Article::new(marked.text.as_str())?, pieces);
    let mut lessons = Vec::new();
    for (passages, labelled) in blocks.into_iter().zip(attribution::label(marked)?) {
        let mut gold = labelled.gold.into_iter();
        lessons.extend(passages.into_iter().map(|passage| Lesson {
            gold: gold.by_ref().take(passage.heads.len()).collect(),
            passage,
            taught: Vec::new(),
        }));
    }
    Ok(lessons)
}

fn all<'a>(articles: impl IntoIterator<Item = &'a Marked>, pieces: &Pieces) -> Result<Vec<Lesson>> {
    Ok(articles.into_iter().map(|article| lessons(article, pieces)).collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
}

/// How many tokens of each part are found, as F1 in percent.
fn score(model: &Model<ATTRIBUTION_LABELS>, lessons: &[Lesson]) -> String {
    let passages: Vec<Passage> = lessons.iter().map(|lesson| lesson.passage.clone()).collect();
    let mut counts = [[0_usize; 3]; 3];
    for (labels, lesson) in model.best(&passages).iter().zip(lessons) {
        for (&ours, &gold) in labels.iter().zip(&lesson.gold) {
            for (role, [both, found, there]) in (0..3).zip(&mut counts) {
                let (ours, gold) = (train::role(ours) == Some(role), train::role(gold) == Some(role));
                *both += usize::from(ours && gold);
                *found += usize::from(ours);
                *there += usize::from(gold);
            }
        }
    }
    let f1 = counts.map(|[both, found, there]| format!("{:.1}", 200.0 * both as f64 / (found + there) as f64));
    format!("F1 over tokens of source, cue, content {}", f1.join(", "))
}

/// Training on the corpora, which keeps in a folder how far it has come.
struct Training<'a> {
    encoder: &'a Path,
    kept: &'a Path,
    /// What it learns from.
    articles: Vec<Marked>,
    /// Sentences of our own, from which it learns as well.
    own: Vec<Marked>,
    /// What says how it goes.
    check: Vec<Marked>,
    /// The encoder's word pieces, by their numbers, and what finds them in texts.
    vocabulary: Vec<String>,
    pieces: Pieces,
}

/// What training gives.
struct Learned {
    /// The mean of several trainings, which is better than any of them (Wortsman and others, 2022).
    model: Model<ATTRIBUTION_LABELS>,
    /// That of them which has not seen the articles kept back.
    judge: Model<ATTRIBUTION_LABELS>,
    /// The word pieces that are worth their bytes.
    common: BTreeSet<u32>,
}

impl<'a> Training<'a> {
    fn new(corpora: &Path, encoder: &'a Path, kept: &'a Path) -> Result<Self> {
        fs::create_dir_all(kept).with_context(|| format!("{} can't be made", kept.display()))?;
        let vocabulary = fs::read_to_string(encoder.join("vocab.txt"))?.lines().map(str::to_owned).collect();
        let (articles, check) = (corpus::articles(corpora, "train")?, corpus::articles(corpora, "dev")?);
        Ok(Self { encoder, kept, articles, own: examples::read()?, check, vocabulary, pieces: super::vocabulary(encoder)? })
    }

    /// The articles from which nothing is learned that is asked how far confidence goes.
    fn back(&self) -> impl Iterator<Item = &Marked> {
        self.articles.iter().step_by(KEPT_BACK)
    }

    /// What is learned from: all articles, or those that are not kept back.
    fn lessons(&self, whole: bool) -> Result<Vec<Lesson>> {
        let articles = self.articles.iter().enumerate().filter(|(n, _)| whole || n % KEPT_BACK != 0).map(|(_, article)| article);
        all(articles.chain(&self.own), &self.pieces)
    }

    fn run(&self) -> Result<Learned> {
        let (whole, rest, check) = (self.lessons(true)?, self.lessons(false)?, all(&self.check, &self.pieces)?);
        let learn = |lessons: &[Lesson], seed: u64| -> Result<_> {
            let mut model = Model::read(&self.encoder.join("model.safetensors"), &EVIDENCE)?;
            model.learn_from(lessons, Course { seed, ..COURSE }, Some(&self.kept.join(format!("{seed}.checkpoint"))))?;
            eprintln!("on other articles: {}", score(&model, &check));
            Ok(model)
        };
        let (mut model, judge, third) = (learn(&whole, 1)?, learn(&rest, 2)?, learn(&whole, 3)?);
        model.join(&[&judge, &third]);
        eprintln!("their mean, on other articles: {}", score(&model, &check));
        Ok(Learned { model, judge, common: file::kept(&self.vocabulary, whole.iter().map(|lesson| &lesson.passage)) })
    }

    /// Tells how well a model of so many bits reads the development split, and how long it takes.
    fn tell(&self, model: &Model<ATTRIBUTION_LABELS>, common: &BTreeSet<u32>, bits: Bits) -> Result<()> {
        let mut model = model.clone();
        model.encoder.keep(common, bits.words);
        let bytes = file::write(&model.encoder, &self.names(common), bits, "");
        let (deep, start) = (written(&bytes)?, Instant::now());
        let score = confidence::score_deep(&self.check, &deep)?;
        let words: usize = self.check.iter().map(|article| article.text.split_whitespace().count()).sum();
        let speed = words as f32 / start.elapsed().as_secs_f32();
        eprintln!("words of {} bits, layers of {}: {} bytes, {score}, {speed:.0} words/s", bits.words, bits.layers, bytes.len());
        Ok(())
    }

    /// The names of pieces.
    fn names(&self, pieces: &BTreeSet<u32>) -> Vec<&str> {
        pieces.iter().map(|&piece| self.vocabulary[piece as usize].as_str()).collect()
    }
}

fn written(bytes: &[u8]) -> Result<Deep> {
    Deep::new(bytes).context("what was written can't be read")
}

/// By how much, in nats, rounding makes it likelier that a token is outside of all relations: without that much the
/// rounded model finds as many tokens inside as the model itself. Passages in the model's pieces and in the file's.
fn surplus(model: &Model<ATTRIBUTION_LABELS>, rounded: &Deep, own: &[Passage], kept: &[Passage]) -> f32 {
    let inside = |labels: &[Vec<u8>]| labels.iter().flatten().filter(|label| train::role(**label).is_some()).count();
    let wanted = inside(&model.best(own));
    let scores: Vec<_> = kept.iter().map(|passage| train::scores(rounded, passage)).collect();
    let (mut low, mut high) = (-1.0_f32, 1.0_f32);
    for _ in 0..12 {
        let middle = f32::midpoint(low, high);
        let lowered = |row: &[f32; ATTRIBUTION_LABELS]| -> [f32; ATTRIBUTION_LABELS] {
            std::array::from_fn(|label| row[label] - if train::role(label as u8).is_none() { middle } else { 0.0 })
        };
        let labels: Vec<Vec<u8>> = scores.iter().map(|rows| model.best_of(&rows.iter().map(lowered).collect::<Vec<_>>())).collect();
        if inside(&labels) < wanted {
            low = middle;
        } else {
            high = middle;
        }
    }
    f32::midpoint(low, high)
}

/// Trains the labeller; gives its file.
pub(crate) fn train(corpora: &Path, encoder: &Path, kept: &Path) -> Result<Vec<u8>> {
    let training = Training::new(corpora, encoder, kept)?;
    let Learned { mut model, mut judge, common } = training.run()?;
    let names = training.names(&common);
    let fewer = Pieces::new(names.iter().copied()).context("the pieces that are kept can't spell every word")?;
    let passages =
        |pieces: &Pieces| -> Result<Vec<Passage>> { Ok(all(training.back(), pieces)?.into_iter().map(|lesson| lesson.passage).collect()) };
    let (own, kept) = (passages(&training.pieces)?, passages(&fewer)?);
    for model in [&mut model, &mut judge] {
        let mut less = model.clone();
        less.encoder.keep(&common, BITS.words);
        let surplus = surplus(model, &written(&file::write(&less.encoder, &names, BITS, ""))?, &own, &kept);
        eprintln!("rounding favours tokens outside by {surplus:.3} nats, which is taken back");
        less.lower(|label| train::role(label).is_none(), surplus);
        *model = less;
    }
    let judge = written(&file::write(&judge.encoder, &names, BITS, ""))?;
    let back: Vec<&Marked> = training.back().collect();
    let bytes = file::write(&model.encoder, &names, BITS, &confidence::of_deep(&back, &judge)?);
    eprintln!("{} pieces, {} and {} bits: {} bytes", names.len(), BITS.words, BITS.layers, bytes.len());
    Ok(bytes)
}

/// Tells how well the labeller reads the development split with numbers of several sizes, and how long it takes.
pub(crate) fn measure(corpora: &Path, encoder: &Path, kept: &Path) -> Result<()> {
    let training = Training::new(corpora, encoder, kept)?;
    let Learned { model, common, .. } = training.run()?;
    for (words, layers) in [(8, 8), (4, 8), (4, 6), (4, 5), (4, 4), (3, 4)] {
        training.tell(&model, &common, Bits { words, layers })?;
    }
    Ok(())
}

/// The same of labellers with fewer layers, which learn from the mark-up and from the whole one.
pub(crate) fn measure_layers(corpora: &Path, encoder: &Path, kept: &Path) -> Result<()> {
    let training = Training::new(corpora, encoder, kept)?;
    let Learned { model, common, .. } = training.run()?;
    training.tell(&model, &common, BITS)?;
    let mut lessons = training.lessons(true)?;
    let passages: Vec<Passage> = lessons.iter().map(|lesson| lesson.passage.clone()).collect();
    for (lesson, chances) in lessons.iter_mut().zip(model.chances(&passages)) {
        lesson.taught = chances.into_flattened();
    }
    for layers in [&[0, 1, 3, 5][..], &[0, 2, 5]] {
        let mut short = model.clone();
        short.shorten(layers);
        let file = kept.join(format!("{}-layers.checkpoint", layers.len()));
        short.learn_from(&lessons, SHORT_COURSE, Some(&file))?;
        eprint!("layers {layers:?}: ");
        training.tell(&short, &common, BITS)?;
    }
    Ok(())
}
