//! The model of grammatical functions: learns from a parser's trees (PolNeAR's, by `CoreNLP`).

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use sayso::engine::Article;
use sayso::engine::train::{self, FUNCTION_EDGES, FUNCTIONS, Sequence};

use crate::corpus::{self, Marked, Parsed};
use crate::crf::Settings;
use crate::task::{self, Labelled, Model};

const LABELS: usize = FUNCTIONS.len();

const SETTINGS: Settings = Settings { times: 1, epochs: 4, rate: 0.05, penalty: 0.00015, steps: 0, ridge: 1.0, least: 3 };

fn function(relation: &str, follows: bool) -> u8 {
    let sided = format!("{relation}{}", if follows { '<' } else { '>' });
    let plain = match relation {
        "iobj" => "dobj",
        "csubj" | "csubjpass" => "ccomp>",
        other => other,
    };
    FUNCTIONS.iter().position(|name| *name == sided || *name == plain).unwrap_or(0) as u8
}

/// Sequences with gold labels. A token that covers several of the parser's takes the one whose head lies outside.
fn labelled(marked: &Marked, parsed: &Parsed) -> Result<Vec<Labelled>> {
    let article = Article::new(marked.text.as_str())?;
    let bytes = corpus::bytes(&marked.text);
    let mut at = BTreeMap::new();
    for sentence in &parsed.sentences {
        for (n, (from, to, _, _, head, relation)) in sentence.iter().enumerate() {
            let head_at = usize::try_from(*head).ok().map(|head| bytes[sentence[head].0]);
            at.insert(bytes[*from], (bytes[*to], head_at, function(relation, usize::try_from(*head).is_ok_and(|head| head < n))));
        }
    }
    let gold = |sequence: &Sequence| {
        sequence
            .tokens
            .iter()
            .map(|span| {
                let mut inside = at.range(span.start()..span.end()).map(|(_, token)| token);
                let outward = |token: &&(usize, Option<usize>, u8)| token.1.is_none_or(|head| !(span.start()..span.end()).contains(&head));
                inside.clone().find(outward).or_else(|| inside.next()).map_or(0, |token| token.2)
            })
            .collect()
    };
    Ok(train::functions(&article).into_iter().map(|sequence| Labelled::by(sequence, gold)).collect())
}

/// The articles of a split.
fn split(corpora: &Path, name: &str) -> Result<Vec<Labelled>> {
    let articles = corpus::articles(corpora, name)?;
    let parsed = corpus::parsed(corpora, name)?;
    task::label_all(&articles, |article| parsed.get(&article.id).map_or(Ok(Vec::new()), |parsed| labelled(article, parsed)))
}

/// Trains the model; gives its weights file.
pub(crate) fn train(corpora: &Path) -> Result<Vec<u8>> {
    let model = Model::<LABELS>::train(split(corpora, "train")?, split(corpora, "dev")?, FUNCTION_EDGES, SETTINGS, |crf, dev| {
        let (mut right, mut all) = (0, 0);
        for example in dev {
            all += example.gold.len();
            right += crf.best(example).iter().zip(&example.gold).filter(|(ours, gold)| ours == gold).count();
        }
        format!("{:.2} % of {all} functions as the parser has them", right as f64 / all as f64 * 100.0)
    });
    Ok(model.file())
}
