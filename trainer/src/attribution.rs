//! The attribution model.

use anyhow::Result;
use sayso::engine::Article;
use sayso::engine::train::{self, ATTRIBUTION_EDGES, ATTRIBUTION_LABELS};

use crate::corpus::{self, Marked};
use crate::crf::{Crf, Example, Settings};
use crate::examples;
use crate::task::{self, Labelled, Model};

/// How often the examples of our own are seen in a pass.
const TIMES: usize = 4;

const SETTINGS: Settings = Settings { times: 3, epochs: 6, rate: 0.05, penalty: 0.0005, steps: 15, ridge: 1.0, least: 3 };

/// The sequences of an article, one a block, with gold labels.
pub(crate) fn label(marked: &Marked) -> Result<Vec<Labelled>> {
    let article = Article::new(marked.text.as_str())?;
    let bytes = corpus::bytes(&marked.text);
    let mut sequences: Vec<Labelled> = train::attribution(&article)
        .into_iter()
        .map(|sequence| Labelled::by(sequence, |sequence| vec![0; sequence.tokens.len()]))
        .collect();
    // Where each token is: sequence, place.
    let places: Vec<(usize, usize, usize, usize)> = sequences
        .iter()
        .enumerate()
        .flat_map(|(s, l)| l.sequence.tokens.iter().enumerate().map(move |(t, span)| (span.start(), span.end(), s, t)))
        .collect();
    let covered = |&(from, to): &(usize, usize)| {
        let (from, to) = (bytes[from], bytes[to]);
        let first = places.partition_point(|p| p.1 <= from);
        let last = places.partition_point(|p| p.0 < to);
        first..last.max(first)
    };
    for relation in &marked.relations {
        let start = |spans: &[(usize, usize)]| spans.first().map(|s| s.0);
        let cue = start(&relation.cue);
        let all: Vec<_> = relation.source.iter().chain(&relation.cue).chain(&relation.content).map(covered).collect();
        let (Some(low), Some(high)) = (all.iter().map(|r| r.start).min(), all.iter().map(|r| r.end).max()) else { continue };
        for (spans, role) in [(&relation.source, 0), (&relation.cue, 1), (&relation.content, 2)] {
            for span in spans {
                let base = match (role, cue) {
                    (1, _) => 12,
                    (0, Some(cue)) if span.0 > cue => 10,
                    (0, _) => 8,
                    (_, None) => 6,
                    (_, Some(cue)) if span.0 > cue => 4,
                    _ => 2,
                };
                for (n, at) in covered(span).enumerate() {
                    let (_, _, s, t) = places[at];
                    let gold = &mut sequences[s].gold[t];
                    if *gold < 2 {
                        *gold = base + u8::from(n > 0);
                    }
                }
            }
        }
        for &(_, _, s, t) in &places[low..high] {
            let gold = &mut sequences[s].gold[t];
            *gold = (*gold).max(1);
        }
    }
    // What begins inside of a stretch that another relation has taken goes on from it, or begins anew.
    for labelled in &mut sequences {
        let mut last = 0;
        for gold in &mut labelled.gold {
            if *gold >= 2 && *gold % 2 == 1 && last | 1 != *gold {
                *gold -= 1;
            }
            last = *gold;
        }
    }
    Ok(sequences)
}

/// Trains a model on articles, telling how well it labels others.
pub(crate) fn train(articles: &[&Marked], others: &[&Marked]) -> Result<Vec<u8>> {
    let (mut train, others) = (task::label_all(articles, |article| label(article))?, task::label_all(others, |article| label(article))?);
    let own = task::label_all(&examples::read()?, label)?;
    for _ in 0..TIMES {
        train.extend(own.iter().cloned());
    }
    let model = Model::<ATTRIBUTION_LABELS>::train(train, others, ATTRIBUTION_EDGES, SETTINGS, |crf, others| {
        let f: Vec<String> = (0..3).map(|role| format!("{:.1}", f1(crf, others, role) * 100.0)).collect();
        format!("F1 over tokens of source, cue, content {}", f.join(", "))
    });
    Ok(model.file())
}

fn f1<const L: usize>(crf: &Crf<L>, examples: &[Example], role: u8) -> f64 {
    let (mut both, mut ours, mut theirs) = (0, 0, 0);
    let is = |label: u8| train::role(label) == Some(role);
    for example in examples {
        for (found, gold) in crf.best(example).into_iter().zip(&example.gold) {
            both += usize::from(is(found) && is(*gold));
            ours += usize::from(is(found));
            theirs += usize::from(is(*gold));
        }
    }
    2.0 * both as f64 / (ours + theirs) as f64
}
