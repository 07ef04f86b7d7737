//! The encoder: `MiniLM` (Wang et al., 2020), a BERT of a few layers, with a head that scores labels. Forward it keeps
//! what it goes through, backward it gives the slope of a loss by each of its weights.

use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};
use ndarray::linalg::general_mat_mul;
use ndarray::{Array2, ArrayView1, ArrayView2, ArrayViewMut2, Axis};
use safetensors::SafeTensors;
use sayso::engine::train::rounded;

use super::ops::{self, Looks};

pub(super) const HEADS: usize = 12;

/// What the encoder reads: passages of word pieces, one behind the other.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) pieces: Vec<u32>,
    /// Places in their passage.
    pub(super) places: Vec<usize>,
    /// For each kind of evidence its class at each piece.
    pub(super) evidence: Vec<Vec<u8>>,
    /// Ends of the passages.
    pub(super) ends: Vec<usize>,
    /// The pieces that begin tokens.
    pub(super) heads: Vec<usize>,
}

/// A matrix among all weights, or a vector as one row.
#[derive(Clone, Copy)]
pub(super) struct Place {
    start: usize,
    rows: usize,
    columns: usize,
}

impl Place {
    pub(super) fn columns(self) -> usize {
        self.columns
    }

    pub(super) fn range(self) -> Range<usize> {
        self.start..self.start + self.rows * self.columns
    }

    pub(super) fn of(self, values: &[f32]) -> ArrayView2<'_, f32> {
        ArrayView2::from_shape((self.rows, self.columns), &values[self.range()]).expect("a place has its shape's size")
    }

    pub(super) fn of_mut(self, values: &mut [f32]) -> ArrayViewMut2<'_, f32> {
        ArrayViewMut2::from_shape((self.rows, self.columns), &mut values[self.range()]).expect("a place has its shape's size")
    }
}

/// How weights learn.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Matrices that were there, which are held back from growing.
    Known,
    /// Vectors that were there.
    Offset,
    /// What begins anew.
    New,
    /// How labels follow each other.
    Edge,
}

/// Rows times a matrix, and a vector added.
#[derive(Clone)]
pub(super) struct Linear {
    pub(super) weight: Place,
    pub(super) bias: Place,
}

impl Linear {
    fn forward(&self, values: &[f32], x: &Array2<f32>) -> Array2<f32> {
        let bias = self.bias.of(values);
        let mut out = bias.broadcast((x.nrows(), self.bias.columns)).expect("a row goes with any number of rows").to_owned();
        general_mat_mul(1.0, x, &self.weight.of(values).t(), 1.0, &mut out);
        out
    }

    fn backward(&self, values: &[f32], x: &Array2<f32>, slope: &Array2<f32>, slopes: &mut [f32]) -> Array2<f32> {
        general_mat_mul(1.0, &slope.t(), x, 1.0, &mut self.weight.of_mut(slopes));
        let mut bias = self.bias.of_mut(slopes);
        for row in slope.rows() {
            bias += &row;
        }
        slope.dot(&self.weight.of(values))
    }
}

#[derive(Clone)]
pub(super) struct Normal {
    pub(super) scale: Place,
    pub(super) shift: Place,
}

impl Normal {
    fn forward(&self, values: &[f32], x: &Array2<f32>) -> Array2<f32> {
        ops::normal(x, &values[self.scale.range()], &values[self.shift.range()])
    }

    fn backward(&self, values: &[f32], x: &Array2<f32>, slope: Array2<f32>, slopes: &mut [f32]) -> Array2<f32> {
        // The shift lies behind the scale.
        let (scale, shift) = slopes[self.scale.start..self.shift.range().end].split_at_mut(self.scale.columns);
        ops::normal_slope(x, &values[self.scale.range()], slope, scale, shift)
    }
}

#[derive(Clone)]
pub(super) struct Layer {
    /// Queries, keys and values.
    pub(super) ask: Linear,
    pub(super) answer: Linear,
    pub(super) first: Normal,
    pub(super) wide: Linear,
    pub(super) narrow: Linear,
    pub(super) second: Normal,
}

/// What a layer goes through.
struct Gone {
    x: Array2<f32>,
    qkv: Array2<f32>,
    looks: Looks,
    seen: Array2<f32>,
    first: Array2<f32>,
    middle: Array2<f32>,
    wide: Array2<f32>,
    stepped: Array2<f32>,
    second: Array2<f32>,
}

/// What the encoder goes through with a batch.
pub(super) struct Tape {
    embedded: Array2<f32>,
    layers: Vec<Gone>,
    last: Array2<f32>,
    /// The labels' scores, a row a token.
    pub(super) scores: Array2<f32>,
    seed: Option<u64>,
}

/// A model in training: weights that learn, in one list, and the table of word pieces, which stays as it is.
#[derive(Clone)]
pub(super) struct Encoder {
    pub(super) words: Array2<f32>,
    pub(super) values: Vec<f32>,
    /// How the weights up to an end learn, from the end before on.
    pub(super) kinds: Vec<(usize, Kind)>,
    pub(super) places: Place,
    pub(super) evidence: Vec<Place>,
    pub(super) entry: Normal,
    pub(super) layers: Vec<Layer>,
    pub(super) head: Linear,
    pub(super) edges: Place,
}

/// Puts weights one behind the other.
struct Builder<'a> {
    tensors: &'a SafeTensors<'a>,
    values: Vec<f32>,
    kinds: Vec<(usize, Kind)>,
}

fn tensor(tensors: &SafeTensors, name: &str) -> Result<(Vec<f32>, usize)> {
    let tensor = tensors.tensor(name).with_context(|| format!("the encoder has no {name}"))?;
    let numbers = tensor.data().chunks_exact(4).map(|bytes| f32::from_le_bytes(bytes.try_into().expect("four bytes"))).collect();
    Ok((numbers, tensor.shape().last().copied().unwrap_or(1)))
}

impl Builder<'_> {
    fn push(&mut self, values: Vec<f32>, columns: usize, kind: Kind) -> Place {
        let place = Place { start: self.values.len(), rows: values.len() / columns, columns };
        self.values.extend(values);
        self.kinds.push((self.values.len(), kind));
        place
    }

    fn named(&mut self, names: &[String], kind: Kind) -> Result<Place> {
        let (mut all, mut width) = (Vec::new(), 0);
        for name in names {
            let (values, columns) = tensor(self.tensors, name)?;
            width = if kind == Kind::Offset { width + columns } else { columns };
            all.extend(values);
        }
        Ok(self.push(all, width, kind))
    }

    fn linear(&mut self, names: &[String]) -> Result<Linear> {
        let of = |part: &str| names.iter().map(|name| format!("{name}.{part}")).collect::<Vec<_>>();
        Ok(Linear { weight: self.named(&of("weight"), Kind::Known)?, bias: self.named(&of("bias"), Kind::Offset)? })
    }

    fn normal(&mut self, name: &str) -> Result<Normal> {
        Ok(Normal {
            scale: self.named(&[format!("{name}.weight")], Kind::Offset)?,
            shift: self.named(&[format!("{name}.bias")], Kind::Offset)?,
        })
    }
}

impl Encoder {
    /// Reads an encoder's weights and puts a head for `labels` on it; `evidence` gives the classes of each kind.
    pub(super) fn read(file: &Path, evidence: &[usize], labels: usize) -> Result<Self> {
        let bytes = fs::read(file).with_context(|| format!("{} can't be read", file.display()))?;
        let tensors = SafeTensors::deserialize(&bytes).with_context(|| format!("{} is no encoder", file.display()))?;
        Self::new(&tensors, evidence, labels)
    }

    fn new(tensors: &SafeTensors, evidence: &[usize], labels: usize) -> Result<Self> {
        let mut all = Builder { tensors, values: Vec::new(), kinds: Vec::new() };
        let (words, width) = tensor(tensors, "embeddings.word_embeddings.weight")?;
        let words = Array2::from_shape_vec((words.len() / width, width), words)?;
        // Every piece stands in a text of the first type.
        let (types, _) = tensor(tensors, "embeddings.token_type_embeddings.weight")?;
        let (mut places, _) = tensor(tensors, "embeddings.position_embeddings.weight")?;
        places.chunks_mut(width).for_each(|row| row.iter_mut().zip(&types).for_each(|(place, of_type)| *place += of_type));
        let places = all.push(places, width, Kind::Known);
        let entry = all.normal("embeddings.LayerNorm")?;
        let mut layers = Vec::new();
        while tensors.tensor(&format!("encoder.layer.{}.output.dense.weight", layers.len())).is_ok() {
            let name = |part: &str| format!("encoder.layer.{}.{part}", layers.len());
            let ask = ["query", "key", "value"].map(|part| name(&format!("attention.self.{part}")));
            layers.push(Layer {
                ask: all.linear(&ask)?,
                answer: all.linear(&[name("attention.output.dense")])?,
                first: all.normal(&name("attention.output.LayerNorm"))?,
                wide: all.linear(&[name("intermediate.dense")])?,
                narrow: all.linear(&[name("output.dense")])?,
                second: all.normal(&name("output.LayerNorm"))?,
            });
        }
        let evidence = evidence.iter().map(|classes| all.push(vec![0.0; classes * width], width, Kind::New)).collect();
        let start = (0..labels * width).map(|n| ((n * 7919 % 1009) as f32 / 1009.0 - 0.5) * 0.04).collect();
        let head = Linear { weight: all.push(start, width, Kind::New), bias: all.push(vec![0.0; labels], labels, Kind::New) };
        let edges = all.push(vec![0.0; labels * labels], labels, Kind::Edge);
        Ok(Self { words, values: all.values, kinds: all.kinds, places, evidence, entry, layers, head, edges })
    }

    /// Forgets the word pieces that are not kept, which are numbered anew, and rounds the others.
    pub(super) fn keep(&mut self, kept: &BTreeSet<u32>, bits: u32) {
        let rows: Vec<usize> = kept.iter().map(|&piece| piece as usize).collect();
        let mut words = self.words.select(Axis(0), &rows);
        let width = words.ncols();
        rounded(words.as_slice_mut().expect("rows are whole"), width, bits);
        self.words = words;
    }

    /// Scores the labels at the tokens of a batch. With a seed some of what is seen is dropped.
    pub(super) fn forward(&self, batch: &Batch, seed: Option<u64>) -> Tape {
        let values = &self.values;
        let mut drops = Drops { seed, at: 0 };
        let mut embedded = Array2::zeros((batch.pieces.len(), self.words.ncols()));
        let places = self.places.of(values);
        let evidence: Vec<_> = self.evidence.iter().map(|place| place.of(values)).collect();
        for (n, mut row) in embedded.rows_mut().into_iter().enumerate() {
            row += &self.words.row(batch.pieces[n] as usize);
            row += &places.row(batch.places[n]);
            for (table, classes) in evidence.iter().zip(&batch.evidence) {
                row += &table.row(classes[n] as usize);
            }
        }
        let mut x = self.entry.forward(values, &embedded);
        drops.next(&mut x);
        let mut layers = Vec::new();
        for layer in &self.layers {
            let qkv = layer.ask.forward(values, &x);
            let (looks, seen) = ops::attend(&qkv, &batch.ends, HEADS);
            let mut first = layer.answer.forward(values, &seen);
            drops.next(&mut first);
            first += &x;
            let middle = layer.first.forward(values, &first);
            let wide = layer.wide.forward(values, &middle);
            let stepped = ops::step(&wide);
            let mut second = layer.narrow.forward(values, &stepped);
            drops.next(&mut second);
            second += &middle;
            let next = layer.second.forward(values, &second);
            layers.push(Gone { x: std::mem::replace(&mut x, next), qkv, looks, seen, first, middle, wide, stepped, second });
        }
        let mut last = x.select(Axis(0), &batch.heads);
        drops.next(&mut last);
        let scores = self.head.forward(values, &last);
        Tape { embedded, layers, last, scores, seed }
    }

    /// The slopes of a loss by all weights, from its slopes by the scores.
    pub(super) fn backward(&self, batch: &Batch, tape: Tape, slope: &Array2<f32>) -> Vec<f32> {
        let values = &self.values;
        let mut slopes = vec![0.0; values.len()];
        let mut drops = Drops { seed: tape.seed, at: 2 + 2 * self.layers.len() as u64 };
        let mut of_last = self.head.backward(values, &tape.last, slope, &mut slopes);
        drops.before(&mut of_last);
        let mut out = Array2::zeros(tape.embedded.dim());
        for (row, &head) in of_last.rows().into_iter().zip(&batch.heads) {
            let mut out = out.row_mut(head);
            out += &row;
        }
        for (layer, gone) in self.layers.iter().zip(tape.layers).rev() {
            let second = layer.second.backward(values, &gone.second, out, &mut slopes);
            let mut narrow = second.clone();
            drops.before(&mut narrow);
            let stepped = layer.narrow.backward(values, &gone.stepped, &narrow, &mut slopes);
            let wide = ops::step_slope(&gone.wide, stepped);
            let middle = layer.wide.backward(values, &gone.middle, &wide, &mut slopes) + second;
            let first = layer.first.backward(values, &gone.first, middle, &mut slopes);
            let mut answer = first.clone();
            drops.before(&mut answer);
            let seen = layer.answer.backward(values, &gone.seen, &answer, &mut slopes);
            let qkv = ops::attend_slope(&gone.qkv, &gone.looks, &batch.ends, HEADS, &seen);
            out = layer.ask.backward(values, &gone.x, &qkv, &mut slopes) + first;
        }
        drops.before(&mut out);
        let embedded = self.entry.backward(values, &tape.embedded, out, &mut slopes);
        let mut add = |table: Place, row: usize, slope: ArrayView1<f32>| {
            let mut table = table.of_mut(&mut slopes);
            let mut row = table.row_mut(row);
            row += &slope;
        };
        for (n, row) in embedded.rows().into_iter().enumerate() {
            add(self.places, batch.places[n], row);
            for (&table, classes) in self.evidence.iter().zip(&batch.evidence) {
                add(table, classes[n] as usize, row);
            }
        }
        slopes
    }
}

/// What is dropped where: forward one place after another, and backward again.
struct Drops {
    seed: Option<u64>,
    at: u64,
}

impl Drops {
    fn next(&mut self, values: &mut Array2<f32>) {
        self.apply(values);
        self.at += 1;
    }

    fn before(&mut self, values: &mut Array2<f32>) {
        self.at -= 1;
        self.apply(values);
    }

    fn apply(&self, values: &mut Array2<f32>) {
        if let Some(seed) = self.seed {
            ops::drop(values, seed.wrapping_mul(64).wrapping_add(self.at));
        }
    }
}

/// Sizes of an encoder of two layers with arbitrary weights.
#[cfg(test)]
pub(super) struct Small<'a> {
    pub(super) width: usize,
    pub(super) wide: usize,
    pub(super) pieces: usize,
    pub(super) places: usize,
    pub(super) evidence: &'a [usize],
    pub(super) labels: usize,
}

#[cfg(test)]
impl Small<'_> {
    pub(super) fn encoder(&self) -> Encoder {
        use safetensors::tensor::{Dtype, TensorView};
        let &Small { width, wide, pieces, places, evidence, labels } = self;
        let mut names: Vec<(String, Vec<usize>)> = vec![
            ("embeddings.word_embeddings.weight".into(), vec![pieces, width]),
            ("embeddings.token_type_embeddings.weight".into(), vec![2, width]),
            ("embeddings.position_embeddings.weight".into(), vec![places, width]),
        ];
        let mut linear = |name: String, out: usize, into: usize| {
            names.extend([(format!("{name}.weight"), vec![out, into]), (format!("{name}.bias"), vec![out])]);
        };
        for layer in 0..2 {
            let name = |part: &str| format!("encoder.layer.{layer}.{part}");
            for part in ["attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"] {
                linear(name(part), width, width);
            }
            linear(name("intermediate.dense"), wide, width);
            linear(name("output.dense"), width, wide);
        }
        for name in [
            "embeddings",
            "encoder.layer.0.attention.output",
            "encoder.layer.0.output",
            "encoder.layer.1.attention.output",
            "encoder.layer.1.output",
        ] {
            names.extend(["weight", "bias"].map(|part| (format!("{name}.LayerNorm.{part}"), vec![width])));
        }
        let data: Vec<Vec<u8>> = names
            .iter()
            .zip(1_u32..)
            .map(|((_, shape), seed)| {
                let number = |n: u32| ((n.wrapping_mul(seed).wrapping_mul(0x9E37_79B9) >> 8) as f32 / (1 << 24) as f32 - 0.4) * 0.7;
                (0..shape.iter().product::<usize>() as u32).flat_map(|n| number(n + 1).to_le_bytes()).collect()
            })
            .collect();
        let views = names.iter().zip(&data).map(|((name, shape), data)| (name, TensorView::new(Dtype::F32, shape.clone(), data).unwrap()));
        let bytes = safetensors::serialize(views, None).unwrap();
        Encoder::new(&SafeTensors::deserialize(&bytes).unwrap(), evidence, labels).unwrap()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_slopes_are_what_small_changes_make() {
        let mut encoder = Small { width: 24, wide: 48, pieces: 20, places: 9, evidence: &[3], labels: 5 }.encoder();
        let batch = Batch {
            pieces: vec![1, 7, 4, 9, 19, 2, 7],
            places: vec![0, 1, 2, 3, 0, 1, 2],
            evidence: vec![vec![0, 1, 2, 0, 1, 1, 0]],
            ends: vec![4, 7],
            heads: vec![1, 3, 4],
        };
        let slope = Array2::from_shape_fn((3, 5), |(row, column)| (row as f32 - 1.2) * (column as f32 - 1.7));
        let seed = Some(3);
        let slopes = encoder.backward(&batch, encoder.forward(&batch, seed), &slope);
        let loss = |encoder: &Encoder| (encoder.forward(&batch, seed).scores * &slope).sum();
        // A few weights of every matrix and vector.
        let mut from = 0;
        for (end, _) in encoder.kinds.clone() {
            for n in (from..end).step_by((end - from).div_ceil(5)) {
                let kept = encoder.values[n];
                let [more, less] = [0.01, -0.01].map(|by| {
                    encoder.values[n] = kept + by;
                    loss(&encoder)
                });
                encoder.values[n] = kept;
                let measured = (more - less) / 0.02;
                assert!((measured - slopes[n]).abs() < 0.02 + 0.02 * measured.abs(), "weight {n}: {measured} is not {}", slopes[n]);
            }
            from = end;
        }
    }
}
