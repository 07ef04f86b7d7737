//! The deep labeller: learns source, cue and content from the articles that the fast one learns from. Articles that it
//! doesn't learn from say how far its confidence can be relied on.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use sayso::engine::train::{self, ATTRIBUTION_LABELS, EVIDENCE, Passage, Pieces};
use sayso::engine::{Article, Deep};

use super::file::{self, Bits};
use super::{Course, Lesson, Model, vocabulary};
use crate::corpus::{self, Marked};
use crate::{attribution, confidence, examples};

const COURSE: Course = Course { passes: 4.0, rate: 1.5e-4, batch: 1536, seed: 0 };

/// How many bits the numbers in the file have.
const BITS: Bits = Bits { words: 4, layers: 4 };

/// The number of the piece that stands for what is in no vocabulary.
const UNKNOWN: u32 = 100;

/// One article in so many is kept from learning, for the confidence.
const KEPT_BACK: usize = 12;

/// The passages of an article with gold labels.
fn lessons(marked: &Marked, pieces: &Pieces) -> Result<Vec<Lesson>> {
    let blocks = train::passages(&Article::new(marked.text.as_str())?, pieces);
    let mut lessons = Vec::new();
    for (passages, labelled) in blocks.into_iter().zip(attribution::label(marked)?) {
        let mut gold = labelled.gold.into_iter();
        lessons.extend(passages.into_iter().map(|passage| Lesson { gold: gold.by_ref().take(passage.heads.len()).collect(), passage }));
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

/// What training gives.
struct Learned {
    model: Model<ATTRIBUTION_LABELS>,
    /// One like it that has not seen the articles kept back.
    judge: Model<ATTRIBUTION_LABELS>,
    back: Vec<Marked>,
    vocabulary: Vec<String>,
    /// The pieces that are written.
    common: BTreeSet<u32>,
}

impl Learned {
    /// Trains the labeller twice, once with all articles and once without those that are kept back; the mean of both is
    /// better than either (Wortsman and others, 2022), and the second, which is much like it, says on articles that it has
    /// not seen how far confidence goes. How far training has come is written down in the folder `kept`.
    fn new(corpora: &Path, encoder: &Path, kept: &Path) -> Result<Self> {
        fs::create_dir_all(kept).with_context(|| format!("{} can't be made", kept.display()))?;
        let pieces = vocabulary(encoder)?;
        let check = all(&corpus::articles(corpora, "dev")?, &pieces)?;
        let (articles, own) = (corpus::articles(corpora, "train")?, examples::read()?);
        let learn = |articles: &[&Marked], seed: u64| -> Result<_> {
            let lessons = all(articles.iter().copied().chain(&own), &pieces)?;
            let mut model = Model::<ATTRIBUTION_LABELS>::read(&encoder.join("model.safetensors"), &EVIDENCE)?;
            model.learn_from(&lessons, Course { seed, ..COURSE }, Some(&kept.join(format!("{seed}.checkpoint"))))?;
            eprintln!("on other articles: {}", score(&model, &check));
            Ok((model, lessons))
        };
        let rest: Vec<&Marked> = articles.iter().enumerate().filter(|(n, _)| n % KEPT_BACK != 0).map(|(_, article)| article).collect();
        let (mut model, lessons) = learn(&articles.iter().collect::<Vec<_>>(), 1)?;
        let (judge, _) = learn(&rest, 2)?;
        model.join(&judge);
        eprintln!("the mean of both, on other articles: {}", score(&model, &check));
        let vocabulary: Vec<String> = fs::read_to_string(encoder.join("vocab.txt"))?.lines().map(str::to_owned).collect();
        let common = file::kept(&vocabulary, lessons.iter().map(|lesson| &lesson.passage));
        Ok(Self { model, judge, back: articles.into_iter().step_by(KEPT_BACK).collect(), vocabulary, common })
    }

    fn file(&self, model: &Model<ATTRIBUTION_LABELS>, bits: Bits, confidence: &str) -> Vec<u8> {
        file::write(&model.encoder, &self.vocabulary, &self.common, bits, confidence)
    }
}

/// By how much, in nats, rounding makes it likelier that a token is outside of all relations: without that much the
/// rounded model finds as many tokens inside as the model itself.
fn surplus(model: &Model<ATTRIBUTION_LABELS>, rounded: &Deep, passages: &[Passage], common: &BTreeSet<u32>) -> f32 {
    let inside = |labels: &[Vec<u8>]| labels.iter().flatten().filter(|label| train::role(**label).is_some()).count();
    let wanted = inside(&model.best(passages));
    // The file numbers its pieces anew, and lacks some.
    let number: BTreeMap<u32, u32> = common.iter().copied().zip(0..).collect();
    let unknown = number.get(&UNKNOWN).copied().unwrap_or_default();
    let renumbered = |passage: &Passage| Passage {
        pieces: passage.pieces.iter().map(|piece| number.get(piece).copied().unwrap_or(unknown)).collect(),
        ..passage.clone()
    };
    let scores: Vec<_> = passages.iter().map(|passage| train::scores(rounded, &renumbered(passage))).collect();
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

fn written(bytes: &[u8]) -> Result<Deep> {
    Deep::new(bytes).context("what was written can't be read")
}

/// Trains the labeller; gives its file.
pub(crate) fn train(corpora: &Path, encoder: &Path, kept: &Path) -> Result<Vec<u8>> {
    let mut learned = Learned::new(corpora, encoder, kept)?;
    let passages: Vec<Passage> = all(&learned.back, &vocabulary(encoder)?)?.into_iter().map(|lesson| lesson.passage).collect();
    let of = |model| Ok(surplus(model, &written(&learned.file(model, BITS, ""))?, &passages, &learned.common));
    let surpluses: [Result<f32>; 2] = [of(&learned.model), of(&learned.judge)];
    for (model, surplus) in [&mut learned.model, &mut learned.judge].into_iter().zip(surpluses) {
        let surplus = surplus?;
        eprintln!("rounding favours tokens outside by {surplus:.3} nats, which is taken back");
        model.lower(|label| train::role(label).is_none(), surplus);
    }
    let judge = written(&learned.file(&learned.judge, BITS, ""))?;
    let bytes = learned.file(&learned.model, BITS, &confidence::of_deep(&learned.back, &judge)?);
    eprintln!("{} pieces, {} and {} bits: {} bytes", learned.common.len(), BITS.words, BITS.layers, bytes.len());
    Ok(bytes)
}

/// Tells how well the labeller reads the development split with numbers of several sizes, and how long it takes.
pub(crate) fn measure(corpora: &Path, encoder: &Path, kept: &Path) -> Result<()> {
    let learned = Learned::new(corpora, encoder, kept)?;
    let articles = corpus::articles(corpora, "dev")?;
    let words: usize = articles.iter().map(|article| article.text.split_whitespace().count()).sum();
    for (words_bits, layers) in [(8, 8), (4, 8), (4, 6), (4, 5), (4, 4), (3, 4)] {
        let bytes = learned.file(&learned.model, Bits { words: words_bits, layers }, "");
        let (deep, start) = (written(&bytes)?, Instant::now());
        let score = confidence::score_deep(&articles, &deep)?;
        let speed = words as f32 / start.elapsed().as_secs_f32();
        eprintln!("words of {words_bits} bits, layers of {layers}: {} bytes, {score}, {speed:.0} words/s", bytes.len());
    }
    Ok(())
}
