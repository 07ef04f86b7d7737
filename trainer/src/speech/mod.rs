//! The tagger: learns from documents tagged by hand (GUM), and from news articles (PolNeAR's) as a teacher tags them
//! that has learned from the former; and is measured on documents tagged by hand.

mod gold;
mod lexicon;
mod score;
mod teacher;
mod usage;

use std::ops::Range;
use std::path::Path;
use std::thread;

use anyhow::Result;
use sayso::engine::train::{self, SPEECH_EDGES, SPEECH_LABELS, Sequence, Usual};
use sayso::engine::{Article, Span};

use crate::crf::{Crf, Example, Settings};
use crate::deep::Course;
use crate::task::Labelled;
use crate::vocabulary::Vocabulary;
use gold::{Document, Gold, deciding};
use lexicon::Lexicon;
use score::Score;
use teacher::{Sentence, Teacher};

const SETTINGS: Settings = Settings { times: 1, epochs: 5, rate: 0.1, penalty: 0.00006, steps: 0, ridge: 1.0, least: 3 };

/// What the teacher learns first, from tags given by a program.
const FIRST_COURSE: Course = Course { passes: 1.0, rate: 1.5e-4, batch: 1536, seed: 7 };

/// What it learns then, from tags given by hand.
const COURSE: Course = Course { passes: 4.0, rate: 1.5e-4, batch: 768, seed: 1 };

/// How often sentences tagged by hand are seen in a pass: once as they are, then with features left out at random, so
/// that no feature is relied on alone (Hinton and others, 2012).
const TIMES: u32 = 3;

/// How many of 256 features are left out.
const LEFT_OUT: u32 = 77;

/// Of how many of 256 tokens only common features stay, as if the word were new.
const NEW: u32 = 51;

/// How often a feature must be seen to be common.
const COMMON: u32 = 300;

/// In how many parts the documents are cut for measuring: each is tagged by a model trained on the others.
const FOLDS: usize = 5;

/// A document with the words of its sentences as the engine sees them.
struct Read {
    document: Document,
    sentences: Vec<Vec<Span>>,
    /// The labels of their words.
    labels: Vec<Vec<u8>>,
}

impl Read {
    fn new(document: Document) -> Result<Self> {
        let sentences = train::speech_words(&Article::new(document.text.as_str())?);
        let of_span = |span: &Span| {
            let covered = document.covered(&span.range());
            if covered.is_empty() { gold::label("PUNCT") } else { deciding(&document, covered) }
        };
        let labels = sentences.iter().map(|words| words.iter().map(of_span).collect()).collect();
        Ok(Self { document, sentences, labels })
    }

    fn tagged(&self) -> impl Iterator<Item = Sentence<'_>> {
        self.sentences.iter().zip(&self.labels).map(|(words, gold)| Sentence { text: &self.document.text, words, gold })
    }

    /// What the tagger sees of the sentences.
    fn sequences(&self, usual: &Usual) -> Result<Vec<Sequence>> {
        Ok(train::speech(&Article::new(self.document.text.as_str())?, usual))
    }
}

/// What the tagger learns from.
struct Taught {
    by_hand: Vec<Read>,
    by_program: Vec<Read>,
    lexicon: Lexicon,
    /// One that knows the program's tags.
    teacher: Teacher,
}

impl Taught {
    fn read(corpora: &Path, list: &Path, encoder: &Path) -> Result<Self> {
        let read = |documents: Vec<Document>| documents.into_iter().map(Read::new).collect::<Result<Vec<_>>>();
        let (by_hand, by_program) = (read(gold::by_hand(corpora)?)?, read(gold::by_program(corpora, "train")?)?);
        let mut teacher = Teacher::new(encoder)?;
        let like_ours = by_program.iter().flat_map(|read| read.tagged().filter(|sentence| is_like_ours(&read.document, sentence)));
        teacher.learn(like_ours, FIRST_COURSE);
        Ok(Self { by_hand, by_program, lexicon: lexicon::read(list)?, teacher })
    }

    /// The documents tagged by hand but those of one part.
    fn taken(&self, but: Option<usize>) -> impl Iterator<Item = &Read> {
        self.by_hand.iter().enumerate().filter(move |(n, _)| but.is_none_or(|part| n % FOLDS != part)).map(|(_, read)| read)
    }

    /// What the teacher says of each sentence of the articles when it has learned from all documents but those of
    /// one part.
    fn teach(&self, but: Option<usize>) -> Vec<Vec<[f32; SPEECH_LABELS]>> {
        let mut teacher = self.teacher.clone();
        teacher.learn(self.taken(but).flat_map(Read::tagged), COURSE);
        teacher.tag(self.by_program.iter().flat_map(Read::tagged))
    }

    /// Trains on all documents but those of one part, and on what the teacher says.
    fn learn(&self, but: Option<usize>, said: &[Vec<[f32; SPEECH_LABELS]>]) -> Result<Trained> {
        let best = |row: &[f32; SPEECH_LABELS]| (0..SPEECH_LABELS).max_by(|&a, &b| row[a].total_cmp(&row[b])).unwrap_or(0) as u8;
        let labels: Vec<Vec<u8>> = said.iter().map(|sentence| sentence.iter().map(best).collect()).collect();
        let mut rest = labels.iter();
        let tagged: Vec<Document> = self.by_program.iter().map(|read| retagged(read, &mut rest)).collect();
        let usage = usage::file(&tagged, &self.lexicon);
        let usual = Usual::read(&usage);
        let mut by_hand = Vec::new();
        for read in self.taken(but) {
            by_hand.extend(
                read.sequences(&usual)?.into_iter().zip(&read.labels).map(|(sequence, gold)| Labelled::new(sequence, gold.clone())),
            );
        }
        let mut by_teacher = Vec::new();
        for read in &self.by_program {
            by_teacher.extend(read.sequences(&usual)?);
        }
        let in_parts = |row: &[f32; SPEECH_LABELS]| row.map(|chance| (chance * 255.0) as u8);
        let chances = said.iter().map(|sentence| sentence.iter().flat_map(in_parts).collect());
        let by_teacher: Vec<Labelled> = by_teacher
            .into_iter()
            .zip(labels)
            .zip(chances)
            .map(|((sequence, gold), chances)| Labelled { sequence, gold, chances })
            .collect();
        let all = by_hand.iter().chain(&by_teacher);
        let vocabulary = Vocabulary::new(all.flat_map(|labelled| labelled.sequence.features.iter().flatten().copied()), SETTINGS.least);
        let mut examples: Vec<Example> = by_teacher.iter().map(|labelled| example(labelled, &vocabulary, 0)).collect();
        for time in 0..TIMES {
            examples.extend(by_hand.iter().map(|labelled| example(labelled, &vocabulary, time)));
        }
        let mut crf = Crf::new(vocabulary.keys().len(), SPEECH_EDGES, &examples, SETTINGS);
        crf.train(&examples, |_, what| eprintln!("{what}"));
        Ok(Trained { crf, vocabulary, usage })
    }

    /// How well a model tags the documents of a part.
    fn measure(&self, part: usize, trained: &Trained) -> Result<Score> {
        let usual = Usual::read(&trained.usage);
        let mut score = Score::default();
        for read in self.by_hand.iter().skip(part).step_by(FOLDS) {
            let mut ours: Vec<(Range<usize>, u8)> = Vec::new();
            for (sequence, gold) in read.sequences(&usual)?.into_iter().zip(&read.labels) {
                let words: Vec<Range<usize>> = sequence.tokens.iter().map(|span| span.range()).collect();
                let labelled = Labelled::new(sequence, gold.clone());
                ours.extend(words.into_iter().zip(trained.crf.best(&example(&labelled, &trained.vocabulary, 0))));
            }
            score.count(&read.document, &ours);
        }
        Ok(score)
    }
}

/// A trained tagger, the features it knows, and the file of words' usual parts of speech.
struct Trained {
    crf: Crf<SPEECH_LABELS>,
    vocabulary: Vocabulary,
    usage: Vec<u8>,
}

/// A document with the labels that follow for its sentences in place of its own.
fn retagged<'a>(read: &Read, labels: &mut impl Iterator<Item = &'a Vec<u8>>) -> Document {
    let sentences = read.sentences.iter().zip(labels);
    let gold = |(span, &label): (&Span, &u8)| Gold { start: span.start(), end: span.end(), label };
    let tokens = sentences.flat_map(|(words, labels)| words.iter().zip(labels).map(gold)).collect();
    Document { text: read.document.text.clone(), tokens }
}

/// Whether a sentence tagged by a program is tagged as people would: the program doesn't part words at hyphens, and
/// takes every word of a headline for a name.
fn is_like_ours(document: &Document, sentence: &Sentence) -> bool {
    let parted = sentence.words.iter().any(|span| {
        document
            .covered(&span.range())
            .iter()
            .any(|gold| gold.start < span.start() && span.end() <= gold.end && document.word(gold).contains('-'))
    });
    let words = sentence
        .words
        .iter()
        .map(|span| &document.text[span.range()])
        .filter(|word| word.len() > 3 && word.chars().all(char::is_alphabetic));
    let (capitals, all) =
        words.fold((0, 0), |(capitals, all), word| (capitals + usize::from(word.starts_with(char::is_uppercase)), all + 1));
    !parted && (all < 3 || capitals * 3 <= all * 2)
}

/// Which features are left out depends on the time; at the first time none are.
fn example(labelled: &Labelled, vocabulary: &Vocabulary, time: u32) -> Example {
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
        known.filter(|&feature| draw(feature) >= LEFT_OUT && !(new && vocabulary.count(feature) < COMMON)).collect()
    };
    Example {
        features: labelled.sequence.features.iter().map(of_token).collect(),
        edges: labelled.sequence.edges.clone(),
        gold: labelled.gold.clone(),
        chances: labelled.chances.clone(),
    }
}

/// Trains the model; gives its weights file and that of words' usual parts of speech.
pub(crate) fn train(corpora: &Path, list: &Path, encoder: &Path) -> Result<(Vec<u8>, Vec<u8>)> {
    let taught = Taught::read(corpora, list, encoder)?;
    let Trained { crf, vocabulary, usage } = taught.learn(None, &taught.teach(None))?;
    let (bytes, features, weights) = crf.file(vocabulary.keys());
    eprintln!("{features} features, {weights} weights, {} bytes; {} bytes of words", bytes.len(), usage.len());
    Ok((bytes, usage))
}

/// Tells how well models tag documents that neither they nor their teachers learned from, by cross-validation over
/// those tagged by hand.
pub(crate) fn measure(corpora: &Path, list: &Path, encoder: &Path) -> Result<()> {
    let taught = &Taught::read(corpora, list, encoder)?;
    let of_part = |part: usize, said: Vec<Vec<[f32; SPEECH_LABELS]>>| {
        let score = taught.measure(part, &taught.learn(Some(part), &said)?)?;
        eprintln!("part {} of {FOLDS}: {score}", part + 1);
        Ok(score)
    };
    // A model is trained while the next one's teacher learns.
    let scores: Vec<Score> = thread::scope(|scope| {
        let mut running = None;
        let mut scores = Vec::new();
        for part in 0..FOLDS {
            let said = taught.teach(Some(part));
            let next = scope.spawn(move || of_part(part, said));
            scores.extend(
                running.replace(next).map(|last: thread::ScopedJoinHandle<Result<Score>>| last.join().expect("training does not panic")),
            );
        }
        scores.extend(running.map(|last| last.join().expect("training does not panic")));
        scores.into_iter().collect::<Result<_>>()
    })?;
    let mut all = Score::default();
    scores.into_iter().for_each(|score| all.add(score));
    eprintln!("{all}\n{}", all.errors());
    Ok(())
}
