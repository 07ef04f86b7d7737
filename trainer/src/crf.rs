//! Training of a linear-chain conditional random field, in two parts.
//!
//! First, stochastic gradients on the likelihood with `AdaGrad` steps (Duchi, Hazan and Singer, 2011) and an L1
//! penalty that is caught up with when a feature is next seen: it finds the few weights that are worth their bytes.
//! Then L-BFGS (Liu and Nocedal, 1989) on all examples at once and those weights alone, with a light L2 penalty:
//! it gives back what the first penalty took from them and takes out what the order of the examples put in.

#![expect(clippy::needless_range_loop, reason = "labels index several rows at once")]

use std::thread;

use fastrand::Rng;
use sayso::engine::train::{UNITS, write};

use crate::chain::{Chain, Edges, Expected};
use crate::lbfgs;

/// A sequence with its gold labels. Features are positions in the list of keys.
#[derive(Clone)]
pub(crate) struct Example {
    pub(crate) features: Vec<Vec<u32>>,
    pub(crate) edges: Vec<usize>,
    pub(crate) gold: Vec<u8>,
    /// Where no person has labelled it: how likely each label is, in 255ths, token by token; else empty.
    pub(crate) chances: Vec<u8>,
}

/// How training goes.
#[derive(Clone, Copy)]
pub(crate) struct Settings {
    /// How often the first part is done, with the examples in another order each time. The second begins with the mean:
    /// which of many features that tell the same are found is chance, and much of that goes out.
    pub(crate) times: usize,
    /// Passes of the first part.
    pub(crate) epochs: usize,
    /// The first step's size.
    pub(crate) rate: f32,
    /// The L1 penalty on a weight for each sequence seen.
    pub(crate) penalty: f32,
    /// Steps of the second part.
    pub(crate) steps: usize,
    /// The L2 penalty on a weight.
    pub(crate) ridge: f32,
    /// How often a feature must be seen to be learned.
    pub(crate) least: u32,
}

#[derive(Clone)]
struct Row<const L: usize> {
    weights: [f32; L],
    /// Sums of squared gradients.
    squares: [f32; L],
    seen: u32,
}

/// A model in training.
#[derive(Clone)]
pub(crate) struct Crf<const L: usize> {
    rows: Vec<Row<L>>,
    edges: Vec<Edges<L>>,
    edge_squares: Vec<Edges<L>>,
    /// Labels that may follow each other: those that do somewhere.
    allowed: [[bool; L]; L],
    settings: Settings,
    sequences: usize,
}

/// The score of labels that never follow each other.
const NEVER: f32 = -1e4;

/// Loss, and its slope by feature and by edge.
type Slope<const L: usize> = (f64, Vec<[f64; L]>, Vec<[[f64; L]; L]>);

/// What a model expects of an example beyond what is there: the slope of the loss by its scores.
struct Surplus<const L: usize> {
    /// In nats.
    loss: f64,
    labels: Vec<[f32; L]>,
    /// From the second token on.
    pairs: Vec<Edges<L>>,
}

impl<const L: usize> Crf<L> {
    pub(crate) fn new(features: usize, classes: usize, examples: &[Example], settings: Settings) -> Self {
        let mut allowed = [[false; L]; L];
        for example in examples {
            for pair in example.gold.windows(2) {
                allowed[pair[0] as usize][pair[1] as usize] = true;
            }
        }
        let rows = (0..features).map(|_| Row { weights: [0.0; L], squares: [0.0; L], seen: 0 }).collect();
        let edge = |before: usize| std::array::from_fn(|label| if allowed[before][label] { 0.0 } else { NEVER });
        let edges = vec![std::array::from_fn(edge); classes];
        Self { rows, edges, edge_squares: vec![[[0.0; L]; L]; classes], allowed, settings, sequences: examples.len() }
    }

    /// Trains; tells how it stands between the parts and at the end.
    pub(crate) fn train(&mut self, examples: &[Example], mut tell: impl FnMut(&Self, &str)) {
        let Settings { times, steps, .. } = self.settings;
        let mut begun: Vec<Self> = vec![self.clone(); times];
        for (pair, crfs) in begun.chunks_mut(2).enumerate() {
            thread::scope(|scope| {
                for (n, crf) in crfs.iter_mut().enumerate() {
                    scope.spawn(move || crf.descend(examples, 2 * pair + n));
                }
            });
        }
        self.take_mean(&begun);
        tell(self, "passes done");
        let tokens: usize = examples.iter().map(|example| example.gold.len()).sum();
        let loss = self.polish(examples, steps);
        tell(self, &format!("{steps} steps over all: loss {:.4} a token", loss / tokens as f64));
    }

    /// Takes the mean of other models' weights for its own, which are nought.
    fn take_mean(&mut self, others: &[Self]) {
        let share = 1.0 / others.len() as f32;
        for other in others {
            for (row, own) in self.rows.iter_mut().zip(&other.rows) {
                row.weights.iter_mut().zip(own.weights).for_each(|(sum, weight)| *sum += weight * share);
            }
            let edges = self.edges.iter_mut().flatten().flatten().zip(other.edges.iter().flatten().flatten());
            edges.filter(|(sum, _)| **sum > NEVER).for_each(|(sum, weight)| *sum += weight * share);
        }
    }

    /// The first part; the order of the examples depends on `seed`.
    fn descend(&mut self, examples: &[Example], seed: usize) {
        let epochs = self.settings.epochs;
        let tokens: usize = examples.iter().map(|example| example.gold.len()).sum();
        for epoch in 0..epochs {
            let mut order: Vec<&Example> = examples.iter().collect();
            Rng::with_seed((seed * epochs + epoch) as u64).shuffle(&mut order);
            let first = epoch * order.len();
            let loss: f64 = order.iter().enumerate().map(|(n, example)| self.learn(example, (first + n) as u32)).sum();
            eprintln!("pass {} of {epochs}: loss {:.4} a token", epoch + 1, loss / tokens as f64);
        }
    }

    fn emissions(&self, example: &Example) -> Vec<[f32; L]> {
        let sum = |features: &Vec<u32>| {
            let mut total = [0.0; L];
            for &feature in features {
                for (total, weight) in total.iter_mut().zip(&self.rows[feature as usize].weights) {
                    *total += weight;
                }
            }
            total
        };
        example.features.iter().map(sum).collect()
    }

    fn surplus(&self, example: &Example) -> Surplus<L> {
        let chain = Chain { scores: &self.emissions(example), edges: &self.edges, classes: &example.edges };
        let Expected { log_sum, mut labels, mut pairs } = chain.expected();
        let gold = |n: usize| example.gold[n] as usize;
        if example.chances.is_empty() {
            labels.iter_mut().enumerate().for_each(|(n, row)| row[gold(n)] -= 1.0);
            pairs.iter_mut().enumerate().for_each(|(n, row)| row[gold(n)][gold(n + 1)] -= 1.0);
        } else {
            let (chances, _) = example.chances.as_chunks::<L>();
            let chances: Vec<[f32; L]> = chances.iter().map(|row| row.map(|chance| f32::from(chance) / 255.0)).collect();
            labels.iter_mut().flatten().zip(chances.iter().flatten()).for_each(|(expected, chance)| *expected -= chance);
            // As if neighbours' labels did not depend on each other: most are sure.
            for (rows, near) in pairs.iter_mut().zip(chances.windows(2)) {
                for (row, before) in rows.iter_mut().zip(near[0]).filter(|(_, before)| *before > 0.0) {
                    row.iter_mut().zip(near[1]).for_each(|(pair, chance)| *pair -= before * chance);
                }
            }
        }
        Surplus { loss: log_sum - chain.score(&example.gold), labels, pairs }
    }

    /// One step on one example; gives its loss.
    fn learn(&mut self, example: &Example, step: u32) -> f64 {
        let Settings { rate, penalty, epochs, .. } = self.settings;
        let rate = rate * (1.0 - step as f32 / (epochs * self.sequences) as f32).max(0.02);
        for &feature in example.features.iter().flatten() {
            let row = &mut self.rows[feature as usize];
            let missed = (step - row.seen) as f32;
            if missed == 0.0 {
                continue;
            }
            row.seen = step;
            for (weight, square) in row.weights.iter_mut().zip(&row.squares) {
                if *weight != 0.0 {
                    let shrink = rate * penalty * missed / square.sqrt();
                    *weight = if weight.abs() <= shrink { 0.0 } else { *weight - shrink.copysign(*weight) };
                }
            }
        }
        let Surplus { loss, labels, pairs } = self.surplus(example);
        let ease = |weight: &mut f32, square: &mut f32, gradient: f32| {
            *square += gradient * gradient;
            *weight -= rate * gradient / (square.sqrt() + 1e-6);
        };
        for (features, gradient) in example.features.iter().zip(&labels) {
            for &feature in features {
                let row = &mut self.rows[feature as usize];
                for label in 0..L {
                    ease(&mut row.weights[label], &mut row.squares[label], gradient[label]);
                }
            }
        }
        for (pair, &class) in pairs.iter().zip(&example.edges[1..]) {
            for before in 0..L {
                for label in (0..L).filter(|&label| self.allowed[before][label]) {
                    ease(&mut self.edges[class][before][label], &mut self.edge_squares[class][before][label], pair[before][label]);
                }
            }
        }
        loss
    }

    /// Brings the weights that there are to where the likelihood of all examples, less the L2 penalty, is greatest.
    fn polish(&mut self, examples: &[Example], steps: usize) -> f64 {
        let places: Vec<(usize, usize)> = (0..self.rows.len())
            .flat_map(|row| (0..L).map(move |label| (row, label)))
            .filter(|&(row, label)| (self.rows[row].weights[label] * UNITS).abs() >= 0.5)
            .collect();
        let edges: Vec<(usize, usize, usize)> = (0..self.edges.len())
            .flat_map(|class| (0..L * L).map(move |pair| (class, pair / L, pair % L)))
            .filter(|&(_, before, label)| self.allowed[before][label])
            .collect();
        for row in &mut self.rows {
            row.weights.iter_mut().filter(|weight| (**weight * UNITS).abs() < 0.5).for_each(|weight| *weight = 0.0);
        }
        let mut point: Vec<f64> = places.iter().map(|&(row, label)| f64::from(self.rows[row].weights[label])).collect();
        point.extend(edges.iter().map(|&(class, before, label)| f64::from(self.edges[class][before][label])));
        let ridge = f64::from(self.settings.ridge);
        let mut last = 0.0;
        let point = lbfgs::minimise(point, steps, |point| {
            for (&(row, label), value) in places.iter().zip(point) {
                self.rows[row].weights[label] = *value as f32;
            }
            for (&(class, before, label), value) in edges.iter().zip(&point[places.len()..]) {
                self.edges[class][before][label] = *value as f32;
            }
            let (loss, by_row, by_edge) = self.gradient(examples);
            let mut gradient: Vec<f64> = places.iter().map(|&(row, label)| by_row[row][label]).collect();
            gradient.extend(edges.iter().map(|&(class, before, label)| by_edge[class][before][label]));
            gradient.iter_mut().zip(point).for_each(|(slope, value)| *slope += ridge * value);
            last = loss;
            (loss + ridge / 2.0 * point.iter().map(|value| value * value).sum::<f64>(), gradient)
        });
        for (&(row, label), value) in places.iter().zip(&point) {
            self.rows[row].weights[label] = *value as f32;
        }
        for (&(class, before, label), value) in edges.iter().zip(&point[places.len()..]) {
            self.edges[class][before][label] = *value as f32;
        }
        last
    }

    /// Loss and its slope over all examples. The examples are summed in two halves whatever the machine, so that
    /// the same data give the same bytes.
    fn gradient(&self, examples: &[Example]) -> Slope<L> {
        let half = |examples: &[Example]| {
            let mut loss = 0.0;
            let mut by_row = vec![[0.0_f64; L]; self.rows.len()];
            let mut by_edge = vec![[[0.0_f64; L]; L]; self.edges.len()];
            for example in examples {
                let surplus = self.surplus(example);
                loss += surplus.loss;
                for (features, gradient) in example.features.iter().zip(&surplus.labels) {
                    for &feature in features {
                        for label in 0..L {
                            by_row[feature as usize][label] += f64::from(gradient[label]);
                        }
                    }
                }
                for (pair, &class) in surplus.pairs.iter().zip(&example.edges[1..]) {
                    for (sum, value) in by_edge[class].iter_mut().flatten().zip(pair.iter().flatten()) {
                        *sum += f64::from(*value);
                    }
                }
            }
            (loss, by_row, by_edge)
        };
        let (first, second) = examples.split_at(examples.len() / 2);
        let ((a, mut rows, mut edges), (b, other_rows, other_edges)) = thread::scope(|scope| {
            let first = scope.spawn(|| half(first));
            let second = half(second);
            (first.join().expect("no example makes it panic"), second)
        });
        rows.iter_mut().flatten().zip(other_rows.iter().flatten()).for_each(|(sum, value)| *sum += value);
        edges.iter_mut().flatten().flatten().zip(other_edges.iter().flatten().flatten()).for_each(|(sum, value)| *sum += value);
        (a + b, rows, edges)
    }

    /// The best labels.
    pub(crate) fn best(&self, example: &Example) -> Vec<u8> {
        Chain { scores: &self.emissions(example), edges: &self.edges, classes: &example.edges }.best()
    }

    /// The weights file, and how many features and weights are in it.
    pub(crate) fn file(&self, keys: &[u32]) -> (Vec<u8>, usize, usize) {
        let whole = |weight: f32| (weight * UNITS).round().clamp(-127.0, 127.0) as i8;
        let features: Vec<(u32, [i8; L])> = keys
            .iter()
            .zip(&self.rows)
            .map(|(key, row)| (*key, row.weights.map(whole)))
            .filter(|(_, weights)| weights.iter().any(|&weight| weight != 0))
            .collect();
        let weights = features.iter().flat_map(|(_, row)| row).filter(|&&weight| weight != 0).count();
        let edges: Vec<[[i8; L]; L]> = self
            .edges
            .iter()
            .map(|class| class.map(|row| row.map(|weight| if weight <= NEVER { i8::MIN } else { whole(weight) })))
            .collect();
        (write(&edges, &features), features.len(), weights)
    }
}
