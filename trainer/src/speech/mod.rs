//! The tagger: learns from tags made by hand (GUM) and by a program (PolNeAR's articles), and is measured on the
//! former.

mod gold;
mod score;
mod usage;

use std::ops::Range;
use std::path::Path;
use std::thread;

use anyhow::Result;
use sayso::engine::Article;
use sayso::engine::train::{self, SPEECH_EDGES, SPEECH_LABELS, Sequence, Usual};

use crate::crf::{Crf, Example, Settings};
use crate::task::Labelled;
use crate::vocabulary::Vocabulary;
use gold::{Document, deciding};
use score::Score;

/// How often tags made by hand are seen in a pass.
const TIMES: usize = 5;

/// In how many parts the documents are cut for measuring: each is tagged by a model trained on the others.
const FOLDS: usize = 10;

fn env(name: &str, default: f32) -> f32 {
    std::env::var(name).map_or(default, |v| v.parse().unwrap())
}

fn settings() -> Settings {
    Settings {
        epochs: env("EPOCHS", 5.0) as usize,
        rate: env("RATE", 0.1),
        penalty: env("L1", 0.00006),
        steps: env("STEPS", 0.0) as usize,
        ridge: f64::from(env("RIDGE", 1.0)) as f32,
        least: env("LEAST", 3.0) as u32,
    }
}

/// The sentences of a document with their labels.
fn label(document: &Document, usual: &Usual) -> Result<Vec<Labelled>> {
    let article = Article::new(document.text.as_str())?;
    let of_span = |span: Range<usize>| {
        let first = document.tokens.partition_point(|gold| gold.end <= span.start);
        let last = document.tokens.partition_point(|gold| gold.start < span.end);
        document.tokens.get(first..last).filter(|covered| !covered.is_empty()).map_or(gold::label("PUNCT"), |covered| deciding(document, covered))
    };
    let gold = |sequence: &Sequence| sequence.tokens.iter().map(|span| of_span(span.range())).collect();
    Ok(train::speech(&article, usual).into_iter().map(|sequence| Labelled { gold: gold(&sequence), sequence }).collect())
}

/// What the tagger learns from: documents of both kinds, sentence by sentence.
struct Taught {
    by_hand: Vec<Vec<Labelled>>,
    by_program: Vec<Labelled>,
}

/// Features and edge classes of sentences tagged by hand come twice, once shared with the others and once their own
/// (Daumé, 2007), so that both schemes can be learned at once.
fn example(labelled: &Labelled, vocabulary: &Vocabulary, by_hand: bool) -> Example {
    let own = vocabulary.keys().len() as u32;
    let of_token = |keys: &Vec<u32>| {
        let shared = keys.iter().filter_map(|&key| vocabulary.find(key));
        if by_hand { shared.flat_map(|feature| [feature, feature + own]).collect() } else { shared.collect() }
    };
    Example {
        features: labelled.sequence.features.iter().map(of_token).collect(),
        edges: labelled.sequence.edges.iter().map(|edge| edge + if by_hand { SPEECH_EDGES } else { 0 }).collect(),
        gold: labelled.gold.clone(),
    }
}

/// Trains on all documents but those of one part.
fn learn(taught: &Taught, but: Option<usize>) -> (Crf<SPEECH_LABELS>, Vocabulary) {
    let by_hand = || taught.by_hand.iter().enumerate().filter(|(n, _)| but.is_none_or(|part| n % FOLDS != part)).flat_map(|(_, d)| d);
    let all = by_hand().chain(&taught.by_program);
    let vocabulary = Vocabulary::new(all.flat_map(|labelled| labelled.sequence.features.iter().flatten().copied()), settings().least);
    let mut examples: Vec<Example> = taught.by_program.iter().map(|labelled| example(labelled, &vocabulary, false)).collect();
    for _ in 0..env("TIMES", TIMES as f32) as usize {
        examples.extend(by_hand().map(|labelled| example(labelled, &vocabulary, true)));
    }
    let features = vocabulary.keys().len();
    let mut crf = Crf::new(features * 2, SPEECH_EDGES * 2, &examples, settings());
    crf.train(&examples, |_, what| eprintln!("{what}"));
    crf.merge(features, SPEECH_EDGES);
    (crf, vocabulary)
}

/// Trains the model; gives its weights file and that of words' usual parts of speech.
pub(crate) fn train(corpora: &Path) -> Result<(Vec<u8>, Vec<u8>)> {
    let (_, taught, usual) = read(corpora)?;
    let (crf, vocabulary) = learn(&taught, None);
    let (bytes, features, weights) = crf.file(vocabulary.keys());
    eprintln!("{features} features, {weights} weights, {} bytes", bytes.len());
    Ok((bytes, usual))
}

fn read(corpora: &Path) -> Result<(Vec<Document>, Taught, Vec<u8>)> {
    let documents = gold::by_hand(corpora)?;
    let mut silver = gold::by_program(corpora, "train")?;
    let words = usage::file(&silver);
    let usual = Usual::read(&words);
    eprintln!("{} bytes of words", words.len());
    let every = env("EVERY", 1.0) as usize;
    silver = silver.into_iter().step_by(every).collect();
    let whole = |document: &Document, labelled: &Labelled| {
        labelled.sequence.tokens.iter().all(|span| {
            let gold = document.tokens.partition_point(|gold| gold.end <= span.start());
            let covers = |gold: &gold::Gold| gold.start < span.start() && span.end() <= gold.end && document.word(gold).contains('-');
            document.tokens.get(gold).is_none_or(|gold| !covers(gold))
        })
    };
    let all = |documents: &[Document]| documents.iter().map(|document| label(document, &usual)).collect::<Result<Vec<_>>>();
    let taught = Taught { by_hand: all(&documents)?, by_program: all(&silver)?
            .into_iter()
            .zip(&silver)
            .flat_map(|(sentences, document)| sentences.into_iter().filter(|labelled| whole(document, labelled)).collect::<Vec<_>>())
            .collect() };
    eprintln!("{} silver sentences", taught.by_program.len());
    Ok((documents, taught, words))
}

/// Tells how well models tag documents that they were not trained on, by cross-validation over those tagged by hand.
pub(crate) fn measure(corpora: &Path) -> Result<()> {
    let (documents, taught, usual) = read(corpora)?;
    let one = |part: usize| {
        let (crf, vocabulary) = learn(&taught, Some(part));
        let mut score = Score::default();
        for n in (part..documents.len()).step_by(FOLDS) {
            score.count(&documents[n], &tag(&crf, &vocabulary, &taught.by_hand[n]));
        }
        let (bytes, features, weights) = crf.file(vocabulary.keys());
        eprintln!("part {part}: {score}; {features} features, {weights} weights, {} bytes", bytes.len());
        if let Ok(f) = std::env::var("DUMP") {
            std::fs::write(format!("{f}.{part}"), &bytes).unwrap();
        }
        score
    };
    let parts: Vec<usize> = (0..env("PARTS", FOLDS as f32) as usize).collect();
    let mut all = Score::default();
    for pair in parts.chunks(2) {
        let scores = thread::scope(|scope| {
            let running: Vec<_> = pair.iter().map(|&part| scope.spawn(move || one(part))).collect();
            running.into_iter().map(|part| part.join().expect("measuring does not panic")).collect::<Vec<_>>()
        });
        scores.into_iter().for_each(|score| all.add(score));
    }
    eprintln!("{all}\n{}", all.errors());
    let _ = usual;
    Ok(())
}

fn tag(crf: &Crf<SPEECH_LABELS>, vocabulary: &Vocabulary, sentences: &[Labelled]) -> Vec<(Range<usize>, u8)> {
    let of_sentence = |labelled: &Labelled| {
        let found = crf.best(&example(labelled, vocabulary, false));
        labelled.sequence.tokens.iter().map(|span| span.range()).zip(found).collect::<Vec<_>>()
    };
    sentences.iter().flat_map(of_sentence).collect()
}
