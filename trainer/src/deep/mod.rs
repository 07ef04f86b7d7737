//! A pretrained encoder that learns to label tokens: the deep labeller's, and the tagger's teacher.

mod checkpoint;
mod descent;
mod encoder;
mod file;
pub(crate) mod labeller;
mod ops;

use std::fs;
use std::path::Path;
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result};
use fastrand::Rng;
use ndarray::Array2;

use crate::chain::{Chain, Edges, Expected};
use descent::Descent;
use encoder::{Batch, Encoder};
use sayso::engine::train::{Passage, Pieces};

/// What the encoder reads at once, with the labels of its tokens where it is learned from.
pub(crate) struct Lesson {
    pub(crate) passage: Passage,
    pub(crate) gold: Vec<u8>,
    /// How likely each label is at each token, one token behind the other, as a teacher sees it; or nothing.
    pub(crate) taught: Vec<f32>,
}

/// How training goes.
#[derive(Clone, Copy)]
pub(crate) struct Course {
    /// How often all is seen.
    pub(crate) passes: f32,
    /// The greatest step.
    pub(crate) rate: f32,
    /// Word pieces in a batch.
    pub(crate) batch: usize,
    pub(crate) seed: u64,
}

/// An encoder with a head for `L` labels, and how labels follow each other.
#[derive(Clone)]
pub(crate) struct Model<const L: usize> {
    encoder: Encoder,
}

impl<const L: usize> Model<L> {
    /// Reads the encoder that training begins with; `evidence` gives the classes of each kind.
    pub(crate) fn read(encoder: &Path, evidence: &[usize]) -> Result<Self> {
        Ok(Self { encoder: Encoder::read(encoder, evidence, L)? })
    }

    /// Takes the mean of its weights and those of others that began where it did.
    fn join(&mut self, others: &[&Self]) {
        let share = 1.0 / (others.len() + 1) as f32;
        for (n, own) in self.encoder.values.iter_mut().enumerate() {
            *own = others.iter().fold(*own, |sum, other| sum + other.encoder.values[n]) * share;
        }
    }

    /// Leaves out the encoder's layers that are not named.
    fn shorten(&mut self, layers: &[usize]) {
        self.encoder.layers = layers.iter().map(|&layer| self.encoder.layers[layer].clone()).collect();
    }

    /// Lowers the scores of some labels.
    fn lower(&mut self, which: impl Fn(u8) -> bool, by: f32) {
        let bias = self.encoder.head.bias.range();
        (0..).zip(&mut self.encoder.values[bias]).filter(|(label, _)| which(*label)).for_each(|(_, bias)| *bias -= by);
    }

    /// The best labels of tokens with these scores.
    fn best_of(&self, scores: &[[f32; L]]) -> Vec<u8> {
        Chain { scores, edges: &[self.edges()], classes: &vec![0; scores.len()] }.best()
    }

    fn edges(&self) -> Edges<L> {
        let edges = self.encoder.edges.of(&self.encoder.values);
        std::array::from_fn(|before| std::array::from_fn(|label| edges[(before, label)]))
    }

    /// Learns; tells every hundred steps how it goes.
    pub(crate) fn learn(&mut self, lessons: &[Lesson], course: Course) {
        self.learn_from(lessons, course, None).expect("nothing is kept");
    }

    /// The same; after each pass it is written down in a file how things stand, and a later run of the same training
    /// begins there.
    pub(crate) fn learn_from(&mut self, lessons: &[Lesson], course: Course, kept: Option<&Path>) -> Result<()> {
        let size: usize = lessons.iter().map(|lesson| lesson.passage.pieces.len()).sum();
        eprintln!("{} passages, {size} word pieces", lessons.len());
        let mut descent = Descent::new(self.encoder.values.len());
        let passes: Vec<Vec<Vec<&Lesson>>> = (0..course.passes.ceil() as u64)
            .map(|pass| {
                let mut order: Vec<&Lesson> = lessons.iter().collect();
                Rng::with_seed(course.seed << 8 | pass).shuffle(&mut order);
                batches(&order, course.batch, |lesson| &lesson.passage)
            })
            .collect();
        let steps = (passes.iter().map(Vec::len).sum::<usize>() as f32 * course.passes / course.passes.ceil()) as usize;
        let mark = mark(lessons, course);
        let begun = kept.and_then(|file| checkpoint::resume(file, mark, &mut self.encoder.values, &mut descent)).unwrap_or(0);
        if begun > 0 {
            eprintln!("going on at step {begun} of {steps}");
        }
        let ends: Vec<usize> = passes
            .iter()
            .scan(0, |sum, pass| {
                *sum += pass.len();
                Some(*sum)
            })
            .collect();
        let (start, mut loss, mut tokens, mut seen) = (Instant::now(), 0.0, 0, 0);
        for (step, batch) in passes.iter().flatten().take(steps).enumerate().skip(begun) {
            let (at, warm) = (step as f32 / steps as f32, 0.06);
            let rate = course.rate * (at / warm).min((1.0 - at) / (1.0 - warm));
            loss += self.step(batch, &mut descent, rate, course.seed << 32 | step as u64);
            tokens += batch.iter().map(|lesson| lesson.gold.len()).sum::<usize>();
            seen += batch.iter().map(|lesson| lesson.passage.pieces.len()).sum::<usize>();
            if (step + 1) % 100 == 0 || step + 1 == steps {
                let time = start.elapsed().as_secs_f32();
                let left = time / (step + 1 - begun) as f32 * (steps - step - 1) as f32 / 60.0;
                let (loss_of_token, speed) = (loss / tokens as f64, seen as f32 / time);
                eprintln!("step {} of {steps}: loss {loss_of_token:.4} a token, {speed:.0} pieces/s, {left:.0} minutes left", step + 1);
                (loss, tokens) = (0.0, 0);
            }
            if let Some(file) = kept.filter(|_| ends.contains(&(step + 1))) {
                checkpoint::write(file, mark, step + 1, &self.encoder.values, &descent)?;
            }
        }
        Ok(())
    }

    /// One step on a batch, in two halves at once; gives the loss in nats.
    fn step(&mut self, lessons: &[&Lesson], descent: &mut Descent, rate: f32, seed: u64) -> f64 {
        let tokens: usize = lessons.iter().map(|lesson| lesson.gold.len()).sum();
        let size: usize = lessons.iter().map(|lesson| lesson.passage.pieces.len()).sum();
        let mut before = 0;
        let first = lessons.iter().take_while(|lesson| {
            before += lesson.passage.pieces.len();
            2 * before <= size + lesson.passage.pieces.len()
        });
        let (first, second) = lessons.split_at(first.count());
        let edges = self.edges();
        let half = |lessons: &[&Lesson], seed: u64| {
            let batch = batch(lessons.iter().map(|lesson| &lesson.passage));
            let tape = self.encoder.forward(&batch, Some(seed));
            let (scores, _) = tape.scores.as_slice().expect("rows are whole").as_chunks::<L>();
            let (mut slope, mut edge_slope, mut loss) = (Vec::with_capacity(scores.len() * L), [[0.0; L]; L], 0.0);
            let mut rest = scores;
            for Lesson { gold, taught, .. } in lessons {
                let own = rest.split_off(..gold.len()).expect("every token has its scores");
                let chain = Chain { scores: own, edges: &[edges], classes: &vec![0; gold.len()] };
                let Expected { log_sum, mut labels, mut pairs } = chain.expected();
                loss += log_sum - chain.score(gold);
                // Where there is a teacher, the one half is the mark-up's and the other the teacher's (Hinton and others, 2015).
                let of_gold = if taught.is_empty() { 1.0 } else { 0.5 };
                labels.iter_mut().zip(gold).for_each(|(row, &label)| row[label as usize] -= of_gold);
                labels.iter_mut().flatten().zip(taught).for_each(|(surplus, chance)| *surplus -= 0.5 * chance);
                pairs.iter_mut().zip(gold.windows(2)).for_each(|(pair, gold)| pair[gold[0] as usize][gold[1] as usize] -= 1.0);
                slope.extend(labels.iter().flatten());
                for pair in &pairs {
                    edge_slope.iter_mut().flatten().zip(pair.iter().flatten()).for_each(|(slope, surplus)| *slope += surplus);
                }
            }
            let share = 1.0 / tokens.max(1) as f32;
            let slope = Array2::from_shape_vec(tape.scores.dim(), slope).expect("scores keep their shape") * share;
            let mut slopes = self.encoder.backward(&batch, tape, &slope);
            let places = self.encoder.edges.of_mut(&mut slopes);
            places.into_iter().zip(edge_slope.iter().flatten()).for_each(|(slope, own)| *slope = own * share);
            (loss, slopes)
        };
        let ((a, first), (b, second)) = thread::scope(|scope| {
            let first = scope.spawn(|| half(first, seed << 1));
            let second = half(second, seed << 1 | 1);
            (first.join().expect("learning does not panic"), second)
        });
        let Encoder { values, kinds, .. } = &mut self.encoder;
        descent.step(values, kinds, [&first, &second], rate);
        a + b
    }

    /// How likely each label is at each token of each passage.
    pub(crate) fn chances(&self, passages: &[Passage]) -> Vec<Vec<[f32; L]>> {
        self.of_each(passages, |chain| chain.expected().labels)
    }

    /// The best labels of each passage.
    fn best(&self, passages: &[Passage]) -> Vec<Vec<u8>> {
        self.of_each(passages, |chain| chain.best())
    }

    fn of_each<T: Send>(&self, passages: &[Passage], tell: impl Fn(Chain<L>) -> T + Sync) -> Vec<T> {
        const BATCH: usize = 512;
        let edges = self.edges();
        let all = |passages: &[Passage]| {
            let mut told = Vec::new();
            for passages in batches(&passages.iter().collect::<Vec<_>>(), BATCH, |passage| passage) {
                let scores = self.encoder.forward(&batch(passages.iter().copied()), None).scores;
                let (mut rest, _) = scores.as_slice().expect("rows are whole").as_chunks::<L>();
                for passage in passages {
                    let own = rest.split_off(..passage.heads.len()).expect("every token has its scores");
                    told.push(tell(Chain { scores: own, edges: &[edges], classes: &vec![0; own.len()] }));
                }
            }
            told
        };
        let (first, second) = passages.split_at(passages.len() / 2);
        thread::scope(|scope| {
            let first = scope.spawn(|| all(first));
            let second = all(second);
            first.join().expect("labelling does not panic").into_iter().chain(second).collect()
        })
    }
}

/// Tells one training from another.
fn mark(lessons: &[Lesson], course: Course) -> u64 {
    let own = [u64::from(course.passes.to_bits()), u64::from(course.rate.to_bits()), course.batch as u64, course.seed];
    let of_lessons =
        lessons.iter().flat_map(|lesson| lesson.passage.pieces.iter().copied().chain(lesson.gold.iter().copied().map(u32::from)));
    // FNV-1a (Fowler, Noll and Vo, 1991).
    own.into_iter().chain(of_lessons.map(u64::from)).fold(0xCBF2_9CE4_8422_2325, |sum, number| (sum ^ number).wrapping_mul(0x100_0000_01B3))
}

fn batch<'a>(passages: impl Iterator<Item = &'a Passage>) -> Batch {
    let mut batch = Batch::default();
    for passage in passages {
        let start = batch.pieces.len();
        batch.heads.extend(passage.heads.iter().map(|head| head + start));
        batch.places.extend(0..passage.pieces.len());
        batch.pieces.extend(&passage.pieces);
        batch.evidence.resize_with(passage.evidence.len(), Vec::new);
        batch.evidence.iter_mut().zip(&passage.evidence).for_each(|(all, own)| all.extend(own));
        batch.ends.push(batch.pieces.len());
    }
    batch
}

/// Cuts what holds passages into batches of at most `bound` pieces, or one passage.
fn batches<'a, T>(items: &[&'a T], bound: usize, passage: impl Fn(&T) -> &Passage) -> Vec<Vec<&'a T>> {
    let mut batches: Vec<Vec<&T>> = Vec::new();
    let mut size = bound;
    for item in items {
        let len = passage(item).pieces.len();
        if size + len > bound {
            batches.push(Vec::new());
            size = 0;
        }
        size += len;
        batches.last_mut().expect("a batch is open").push(item);
    }
    batches
}

/// The vocabulary of a pretrained encoder.
pub(crate) fn vocabulary(encoder: &Path) -> Result<Pieces> {
    let file = encoder.join("vocab.txt");
    let text = fs::read_to_string(&file).with_context(|| format!("{} can't be read", file.display()))?;
    Pieces::new(text.lines()).with_context(|| format!("{} lacks pieces that every text needs", file.display()))
}
