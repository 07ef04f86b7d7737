//! What all models share: sequences with gold labels in, a weights file out.

use std::thread;

use anyhow::Result;
use sayso::engine::train::Sequence;

use crate::crf::{Crf, Example, Settings};
use crate::vocabulary::Vocabulary;

/// A sequence and its gold labels.
#[derive(Clone)]
pub(crate) struct Labelled {
    pub(crate) sequence: Sequence,
    pub(crate) gold: Vec<u8>,
    /// How likely each label is where a model has labelled it, as an [`Example`] has it; else empty.
    pub(crate) chances: Vec<u8>,
}

impl Labelled {
    /// A sequence with labels that are certain.
    pub(crate) fn new(sequence: Sequence, gold: Vec<u8>) -> Self {
        Self { sequence, gold, chances: Vec::new() }
    }

    /// The same, where the labels follow from the sequence.
    pub(crate) fn by(sequence: Sequence, gold: impl FnOnce(&Sequence) -> Vec<u8>) -> Self {
        let gold = gold(&sequence);
        Self::new(sequence, gold)
    }
}

/// A trained model, and the features it knows.
pub(crate) struct Model<const L: usize> {
    pub(crate) crf: Crf<L>,
    pub(crate) vocabulary: Vocabulary,
}

/// Labels each item on both cores; the order stays.
pub(crate) fn label_all<T: Sync>(items: &[T], label: impl Fn(&T) -> Result<Vec<Labelled>> + Sync) -> Result<Vec<Labelled>> {
    let all = |items: &[T]| items.iter().map(&label).collect::<Result<Vec<_>>>();
    let (first, second) = items.split_at(items.len() / 2);
    let (first, second) = thread::scope(|scope| {
        let first = scope.spawn(|| all(first));
        let second = all(second);
        (first.join().expect("labelling does not panic"), second)
    });
    Ok(first?.into_iter().chain(second?).flatten().collect())
}

impl<const L: usize> Model<L> {
    /// Trains a model; after each part of it it tells how many labels of `check` it finds, with what `judge` adds.
    pub(crate) fn train(
        train: Vec<Labelled>,
        check: Vec<Labelled>,
        classes: usize,
        settings: Settings,
        judge: impl Fn(&Crf<L>, &[Example]) -> String,
    ) -> Self {
        let vocabulary =
            Vocabulary::new(train.iter().flat_map(|labelled| labelled.sequence.features.iter().flatten().copied()), settings.least);
        let example = |labelled: Labelled| vocabulary.example(labelled);
        let train: Vec<Example> = train.into_iter().map(example).collect();
        let check: Vec<Example> = check.into_iter().map(example).collect();
        let tokens: usize = train.iter().map(|example| example.gold.len()).sum();
        eprintln!("{} sequences, {tokens} tokens, {} features seen {} times or more", train.len(), vocabulary.keys().len(), settings.least);
        let mut crf = Crf::<L>::new(vocabulary.keys().len(), classes, &train, settings);
        crf.train(&train, |crf, what| eprintln!("{what}; on other articles: {}", judge(crf, &check)));
        Self { crf, vocabulary }
    }

    /// The weights file.
    pub(crate) fn file(&self) -> Vec<u8> {
        let (bytes, features, weights) = self.crf.file(self.vocabulary.keys());
        eprintln!("{features} features, {weights} weights, {} bytes", bytes.len());
        bytes
    }
}
