//! The tagger: learns from tags made by hand (GUM) and by a program (PolNeAR's articles), and is measured on the
//! former.

mod gold;
mod lexicon;
mod score;
mod usage;

use std::ops::Range;
use std::path::Path;
use std::thread;

use anyhow::Result;
use sayso::engine::Article;
use sayso::engine::train::{self, SPEECH_EDGES, SPEECH_LABELS, Sequence, Usual};

use crate::crf::{Crf, Example, Settings};
use crate::task::{self, Labelled};
use crate::vocabulary::Vocabulary;
use gold::{Document, deciding};
use score::Score;

const SETTINGS: Settings = Settings { epochs: 5, rate: 0.1, penalty: 0.00006, steps: 0, ridge: 1.0, least: 3 };

/// Of the documents tagged by a program every so-manieth is learned from: more of them drown those tagged by hand.
const EVERY: usize = 4;

/// How often sentences tagged by hand are seen in a pass: once as they are, then with features left out at random, so
/// that no feature is relied on alone (Hinton and others, 2012).
const TIMES: u32 = 8;

/// How many of 256 features are left out.
const LEFT_OUT: u32 = 77;

/// Of how many of 256 tokens only common features stay, as if the word were new.
const NEW: u32 = 51;

/// How often a feature must be seen to be common.
const COMMON: u32 = 300;

/// In how many parts the documents are cut for measuring: each is tagged by a model trained on the others.
const FOLDS: usize = 10;

/// What the tagger learns from: documents tagged by hand, and sentences tagged by a program.
struct Taught {
    by_hand: Vec<(Document, Vec<Labelled>)>,
    by_program: Vec<Labelled>,
    /// The file of words' usual parts of speech.
    usage: Vec<u8>,
}

impl Taught {
    fn read(corpora: &Path, list: &Path) -> Result<Self> {
        let tagged = gold::by_program(corpora, "train")?;
        let usage = usage::file(&tagged, &lexicon::read(list)?);
        let usual = Usual::read(&usage);
        let some: Vec<&Document> = tagged.iter().step_by(EVERY).collect();
        let like_ours = |document: &&Document| {
            let all = label(document, &usual)?;
            Ok(all.into_iter().filter(|labelled| is_like_ours(document, labelled)).collect())
        };
        let by_program = task::label_all(&some, like_ours)?;
        let mut by_hand = Vec::new();
        for document in gold::by_hand(corpora)? {
            let sentences = label(&document, &usual)?;
            by_hand.push((document, sentences));
        }
        Ok(Self { by_hand, by_program, usage })
    }

    /// Trains on all documents but those of one part.
    fn learn(&self, but: Option<usize>) -> Trained {
        let taken = |n: usize| but.is_none_or(|part| n % FOLDS != part);
        let by_hand: Vec<&Labelled> =
            self.by_hand.iter().enumerate().filter(|(n, _)| taken(*n)).flat_map(|(_, (_, sentences))| sentences).collect();
        let all = by_hand.iter().copied().chain(&self.by_program);
        let vocabulary = Vocabulary::new(all.flat_map(|labelled| labelled.sequence.features.iter().flatten().copied()), SETTINGS.least);
        let mut examples: Vec<Example> = self.by_program.iter().map(|labelled| example(labelled, &vocabulary, false, 0)).collect();
        for time in 0..TIMES {
            examples.extend(by_hand.iter().map(|labelled| example(labelled, &vocabulary, true, time)));
        }
        let features = vocabulary.keys().len();
        let mut crf = Crf::new(features * 2, SPEECH_EDGES * 2, &examples, SETTINGS);
        crf.train(&examples, |_, what| eprintln!("{what}"));
        crf.merge(features, SPEECH_EDGES);
        Trained { crf, vocabulary }
    }
}

/// A trained tagger, and the features it knows.
struct Trained {
    crf: Crf<SPEECH_LABELS>,
    vocabulary: Vocabulary,
}

impl Trained {
    fn tag(&self, sentences: &[Labelled]) -> Vec<(Range<usize>, u8)> {
        let of_sentence = |labelled: &Labelled| {
            let found = self.crf.best(&example(labelled, &self.vocabulary, false, 0));
            labelled.sequence.tokens.iter().map(|span| span.range()).zip(found).collect::<Vec<_>>()
        };
        sentences.iter().flat_map(of_sentence).collect()
    }
}

/// The sentences of a document with their labels.
fn label(document: &Document, usual: &Usual) -> Result<Vec<Labelled>> {
    let article = Article::new(document.text.as_str())?;
    let of_span = |span: Range<usize>| {
        let covered = document.covered(&span);
        if covered.is_empty() { gold::label("PUNCT") } else { deciding(document, covered) }
    };
    let gold = |sequence: &Sequence| sequence.tokens.iter().map(|span| of_span(span.range())).collect();
    Ok(train::speech(&article, usual).into_iter().map(|sequence| Labelled { gold: gold(&sequence), sequence }).collect())
}

/// Whether a sentence tagged by a program is tagged as people would: the program doesn't part words at hyphens, and
/// takes every word of a headline for a name.
fn is_like_ours(document: &Document, labelled: &Labelled) -> bool {
    let spans = &labelled.sequence.tokens;
    let parted = spans.iter().any(|span| {
        document
            .covered(&span.range())
            .iter()
            .any(|gold| gold.start < span.start() && span.end() <= gold.end && document.word(gold).contains('-'))
    });
    let words =
        spans.iter().map(|span| &document.text[span.range()]).filter(|word| word.len() > 3 && word.chars().all(char::is_alphabetic));
    let (capitals, all) =
        words.fold((0, 0), |(capitals, all), word| (capitals + usize::from(word.starts_with(char::is_uppercase)), all + 1));
    !parted && (all < 3 || capitals * 3 <= all * 2)
}

/// Features and edge classes of sentences tagged by hand come twice, once shared with the others and once their own
/// (Daumé, 2007), so that both schemes can be learned at once. Which features are left out depends on the time.
fn example(labelled: &Labelled, vocabulary: &Vocabulary, by_hand: bool, time: u32) -> Example {
    let own = vocabulary.keys().len() as u32;
    let mut state = time.wrapping_mul(0x9E37_79B9);
    // A number below 256, or at the first time 256.
    let mut draw = |key: u32| {
        state = (state ^ key).wrapping_mul(0x85EB_CA6B);
        state ^= state >> 15;
        if time > 0 { state >> 8 & 255 } else { 256 }
    };
    let of_token = |keys: &Vec<u32>| {
        let new = draw(keys[0]) < NEW;
        let known = keys.iter().filter_map(|&key| vocabulary.find(key));
        let kept = known.filter(|&feature| draw(feature) >= LEFT_OUT && !(new && vocabulary.count(feature) < COMMON));
        if by_hand { kept.flat_map(|feature| [feature, feature + own]).collect() } else { kept.collect() }
    };
    Example {
        features: labelled.sequence.features.iter().map(of_token).collect(),
        edges: labelled.sequence.edges.iter().map(|edge| edge + if by_hand { SPEECH_EDGES } else { 0 }).collect(),
        gold: labelled.gold.clone(),
    }
}

/// Trains the model; gives its weights file and that of words' usual parts of speech.
pub(crate) fn train(corpora: &Path, list: &Path) -> Result<(Vec<u8>, Vec<u8>)> {
    let taught = Taught::read(corpora, list)?;
    let Trained { crf, vocabulary } = taught.learn(None);
    let (bytes, features, weights) = crf.file(vocabulary.keys());
    eprintln!("{features} features, {weights} weights, {} bytes; {} bytes of words", bytes.len(), taught.usage.len());
    Ok((bytes, taught.usage))
}

/// Tells how well models tag documents that they were not trained on, by cross-validation over those tagged by hand.
pub(crate) fn measure(corpora: &Path, list: &Path) -> Result<()> {
    let taught = Taught::read(corpora, list)?;
    let of_part = |part: usize| {
        let trained = taught.learn(Some(part));
        let mut score = Score::default();
        for (document, sentences) in taught.by_hand.iter().skip(part).step_by(FOLDS) {
            score.count(document, &trained.tag(sentences));
        }
        eprintln!("part {} of {FOLDS}: {score}", part + 1);
        score
    };
    let mut all = Score::default();
    for part in (0..FOLDS).step_by(2) {
        let (first, second) = thread::scope(|scope| {
            let first = scope.spawn(|| of_part(part));
            let second = of_part(part + 1);
            (first.join().expect("measuring does not panic"), second)
        });
        all.add(first);
        all.add(second);
    }
    eprintln!("{all}\n{}", all.errors());
    Ok(())
}
