//! The tagger's teacher: a pretrained encoder that learns from tagged documents, and tags others better than the
//! tagger can. It is far too large to ship; the tagger learns from what it says (Hinton, Vinyals and Dean, 2015).

use std::path::Path;

use anyhow::Result;
use sayso::engine::Span;
use sayso::engine::train::{LONGEST, Passage, Pieces, SPEECH_LABELS};

use crate::deep::{self, Course, Lesson, Model};

/// What it sees beside the pieces: the word's shape, whether it is glued to the word before, whether it is the first.
const EVIDENCE: [usize; 3] = [8, 2, 2];

/// A sentence of a text: its words, and their labels where they are known.
pub(super) struct Sentence<'a> {
    pub(super) text: &'a str,
    pub(super) words: &'a [Span],
    pub(super) gold: &'a [u8],
}

#[derive(Clone)]
pub(super) struct Teacher {
    model: Model<SPEECH_LABELS>,
    pieces: Pieces,
}

impl Teacher {
    /// One that has learned nothing yet; `encoder` is the folder of the pretrained one.
    pub(super) fn new(encoder: &Path) -> Result<Self> {
        Ok(Self { model: Model::read(&encoder.join("model.safetensors"), &EVIDENCE)?, pieces: deep::vocabulary(encoder)? })
    }

    /// Learns from sentences.
    pub(super) fn learn<'a>(&mut self, sentences: impl Iterator<Item = Sentence<'a>>, course: Course) {
        let lessons: Vec<Lesson> = sentences
            .map(|sentence| Lesson { passage: passage(&sentence, &self.pieces), gold: sentence.gold.to_vec(), taught: Vec::new() })
            .collect();
        self.model.learn(&lessons, course);
    }

    /// For each sentence how likely each label is at each word.
    pub(super) fn tag<'a>(&self, sentences: impl Iterator<Item = Sentence<'a>>) -> Vec<Vec<[f32; SPEECH_LABELS]>> {
        let passages: Vec<Passage> = sentences.map(|sentence| passage(&sentence, &self.pieces)).collect();
        self.model.chances(&passages)
    }
}

fn passage(&Sentence { text, words, .. }: &Sentence, pieces: &Pieces) -> Passage {
    let (first, last) = pieces.borders();
    let mut own = Vec::new();
    let mut passage = Passage { pieces: vec![first], evidence: vec![vec![0]; EVIDENCE.len()], heads: Vec::new() };
    for (n, span) in words.iter().enumerate() {
        let word = &text[span.range()];
        let glued = n > 0 && words[n - 1].end() == span.start();
        own.clear();
        pieces.add(word, &mut own);
        if passage.pieces.len() + own.len() < LONGEST {
            passage.heads.push(passage.pieces.len());
            for (classes, class) in passage.evidence.iter_mut().zip([shape(word), u8::from(glued), u8::from(n == 0)]) {
                classes.extend(own.iter().map(|_| class));
            }
            passage.pieces.extend(&own);
        } else {
            // What the encoder has no place for is read where it ends.
            passage.heads.push(passage.pieces.len() - 1);
        }
    }
    passage.pieces.push(last);
    passage.evidence.iter_mut().for_each(|classes| classes.push(0));
    passage
}

/// Digits, letters, capitals.
fn shape(word: &str) -> u8 {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let small = word.chars().any(char::is_lowercase);
    match capitals {
        _ if word.contains(|c: char| c.is_ascii_digit()) => 5,
        _ if !word.contains(char::is_alphabetic) => 6,
        0 => 1,
        1 if word.chars().count() == 1 => 7,
        _ if !small => 3,
        1 if word.starts_with(char::is_uppercase) => 2,
        _ => 4,
    }
}
