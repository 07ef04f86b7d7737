//! Confidence: how likely a relation is right, by logistic regression over what the labeller, the rules, the
//! lexicon and the assembly say of it.
//!
//! Each feature puts a relation into one of a few classes, and each class has a weight of its own, one for speech
//! in quotation marks and one for the rest: no feature needs to be in proportion to the log-odds.

use std::sync::LazyLock;

use super::super::tags::Tag;
use super::super::tokens::overlap;
use super::assembly::{Joined, join_layer};
use super::{Reading, Stretch, content};

/// The features, by the names they have in the weights file.
pub(crate) const FEATURES: [&str; 23] = [
    "always",
    "content mean",
    "content least",
    "content first",
    "content end",
    "cue least",
    "cue mean",
    "source least",
    "source end",
    "anything least",
    "pieces",
    "content length",
    "rules content",
    "rules source",
    "lexicon",
    "cue tag",
    "cue length",
    "content distance",
    "source distance",
    "borders",
    "nesting",
    "source length",
    "surroundings",
];

/// What can be said of a relation's rightness.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct View {
    /// Whether any of its content is in quotation marks.
    pub quoted: bool,
    /// For each feature the class it is in.
    pub classes: [u8; FEATURES.len()],
}

/// What a labeller's relations are weighed by: by feature, then without and with quotation marks, then class; in
/// hundredths of a nat of log-odds.
#[derive(Clone, Debug)]
pub(crate) struct Weights(Vec<[Vec<i32>; 2]>);

/// The fast labeller's.
pub(crate) static FAST: LazyLock<Weights> =
    LazyLock::new(|| Weights::read(include_str!("../../../assets/confidence.tsv")).expect("the weights in the repository can be read"));

impl Weights {
    /// Reads a file of them; `None` where it is none.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut weights = vec![[Vec::new(), Vec::new()]; FEATURES.len()];
        for row in text.lines().filter(|row| !row.starts_with('#')) {
            let mut cells = row.split('\t');
            let (name, quoted) = (cells.next()?, cells.next()?);
            let feature = FEATURES.iter().position(|feature| *feature == name)?;
            weights[feature][usize::from(quoted == "quoted")] = cells.map(|cell| cell.parse().ok()).collect::<Option<_>>()?;
        }
        Some(Self(weights))
    }

    /// How likely a relation is right, in percent. A class that training never met weighs nothing.
    pub(crate) fn of(&self, view: &View) -> u8 {
        let side = usize::from(view.quoted);
        let weight = |(feature, class): (&[Vec<i32>; 2], &u8)| feature[side].get(usize::from(*class)).copied().unwrap_or(0);
        chance(self.0.iter().zip(&view.classes).map(weight).sum())
    }
}

/// The probability of log-odds in hundredths of a nat, in whole percent.
fn chance(sum: i32) -> u8 {
    let odds = odds(sum);
    (100.0 * odds / (1.0 + odds) + 0.5) as u8
}

/// The odds of log-odds in hundredths of a nat, up to ten nats either way. By multiplication alone, so that they are the
/// same on every machine.
pub(crate) fn odds(sum: i32) -> f64 {
    let (mut odds, mut power, mut left) = (1.0_f64, 1.010_050_167_084_168, sum.unsigned_abs().min(1000));
    while left > 0 {
        if left & 1 == 1 {
            odds *= power;
        }
        power *= power;
        left >>= 1;
    }
    if sum < 0 { 1.0 / odds } else { odds }
}

/// A second opinion: the relations that the rules find.
pub(crate) struct Second<'a> {
    relations: Vec<Joined<'a>>,
    /// For each token the relation whose content it is in.
    of_token: Vec<Option<u32>>,
}

impl<'a> Second<'a> {
    /// Joins the rules' labels.
    pub(crate) fn new(r: Reading, rules: &'a [Stretch]) -> Self {
        let relations = join_layer(r, rules, false);
        let mut of_token = vec![None; r.tokens.len()];
        for (n, relation) in relations.iter().enumerate() {
            for stretch in &relation.content {
                of_token[stretch.tokens.clone()].fill(Some(n as u32));
            }
        }
        Self { relations, of_token }
    }

    /// The relation of the rules with the first shared token of content, and the share of content in common.
    fn partner(&self, joined: &Joined) -> Option<(&Joined<'a>, f32)> {
        let tokens = || joined.content.iter().flat_map(|stretch| stretch.tokens.clone());
        let partner = tokens().find_map(|n| self.of_token[n])?;
        let both = tokens().filter(|&n| self.of_token[n] == Some(partner)).count();
        let relation = &self.relations[partner as usize];
        let theirs: usize = relation.content.iter().map(|stretch| stretch.tokens.len()).sum();
        Some((relation, both as f32 / (theirs + tokens().count() - both) as f32))
    }

    /// What can be said of a relation.
    pub(crate) fn view(&self, r: Reading, joined: &Joined) -> View {
        let Joined { source, cue, content, shared, inner } = joined;
        let (first, last) = (content[0], content[content.len() - 1]);
        let lowest = |of: fn(&Stretch) -> u16| level(content.iter().map(|stretch| of(stretch)).min().unwrap_or(0));
        let all = || content.iter().copied().chain(*cue).chain(*source);
        let words: usize = content.iter().map(|stretch| stretch.tokens.len()).sum();
        let quoted = content.iter().any(|stretch| stretch.tokens.clone().any(|n| r.quoted(n)));
        let none = LEVELS.len() as u8 + 1;
        let of_source = |of: fn(&Stretch) -> u16| source.map_or(none, |s| level(of(s)) + if *shared { none + 1 } else { 0 });
        let (agreed, same_source) = match self.partner(joined) {
            None => (0, 0),
            Some((theirs, share)) => {
                let source = match (source, theirs.source) {
                    (None, None) => 1,
                    (None, Some(_)) => 2,
                    (Some(_), None) => 3,
                    (Some(a), Some(b)) => 4 + u8::from(overlap(&a.tokens, &b.tokens)),
                };
                (1 + class(&[0.3, 0.5, 0.7, 0.9, 0.99], share), source)
            }
        };
        let lexicon = cue.and_then(|cue| content::cue_at(r, cue.tokens.start, cue.tokens.end));
        let low = all().map(|stretch| stretch.tokens.start).min().unwrap_or(0);
        let high = all().map(|stretch| stretch.tokens.end).max().unwrap_or(0);
        let (opening, closing) = (r.sentence_of(low), r.sentence_of(high - 1));
        let blocks = r.sentences[closing].block - r.sentences[opening].block;
        let far = |cue: &Stretch, part: &Stretch| gap(cue, part) + if part.tokens.start > cue.tokens.start { 8 } else { 0 };
        let begins = u8::from(r.sentences[r.sentence_of(first.tokens.start)].tokens.start == first.tokens.start);
        let ends = match last.tokens.end {
            end if r.sentences[r.sentence_of(end - 1)].tokens.end <= end + 1 => 0,
            end if r.tag(end) == Tag::Mark => 1,
            _ => 2,
        };
        View {
            quoted,
            classes: [
                0,
                lowest(|s| s.score.mean),
                lowest(|s| s.score.least),
                lowest(|s| s.score.first),
                lowest(|s| s.score.end),
                cue.map_or(none, |cue| level(cue.score.least)),
                cue.map_or(none, |cue| level(cue.score.mean)),
                of_source(|s| s.score.least),
                of_source(|s| s.score.end),
                level(all().map(|stretch| stretch.score.least).min().unwrap_or(0)),
                content.len().min(5) as u8,
                class(&[2, 3, 5, 8, 12, 20, 35, 60], words),
                agreed,
                same_source,
                lexicon.map_or(0, |(cue, _)| 1 + class(&[10, 20, 30, 40, 50, 60, 70, 80, 90], cue.weight)),
                cue.map_or(0, |cue| 1 + r.tag(cue.tokens.start) as u8),
                cue.map_or(0, |cue| cue.tokens.len().min(6) as u8),
                cue.map_or(0, |cue| 1 + content.iter().map(|part| far(cue, part)).min().unwrap_or(0)),
                cue.zip(*source).map_or(0, |(cue, source)| 1 + far(cue, source)),
                (closing - opening).min(3) as u8 + if blocks > 0 { 4 } else { 0 },
                u8::from(*inner),
                source.map_or(0, |source| class(&[2, 3, 5, 9, 15], source.tokens.len()) + 1),
                begins + 2 * ends,
            ],
        }
    }
}

/// Bounds between levels of probability, in per mille: closer together towards certainty.
const LEVELS: [u16; 12] = [200, 350, 500, 600, 700, 780, 850, 900, 940, 970, 985, 995];

fn level(chance: u16) -> u8 {
    class(&LEVELS, chance)
}

/// How many of the bounds a value reaches.
fn class<T: PartialOrd + Copy>(bounds: &[T], value: T) -> u8 {
    bounds.iter().filter(|bound| value >= **bound).count() as u8
}

/// How many tokens lie between two stretches, by size: eight classes.
fn gap(one: &Stretch, other: &Stretch) -> u8 {
    let between = one.tokens.start.max(other.tokens.start).saturating_sub(one.tokens.end.min(other.tokens.end));
    class(&[1, 2, 3, 5, 9, 16, 30], between)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn log_odds_become_percent() {
        for (sum, percent) in [(0, 50), (110, 75), (-110, 25), (220, 90), (-220, 10), (5000, 100), (-5000, 0)] {
            assert_eq!(chance(sum), percent, "{sum}");
        }
    }
}
