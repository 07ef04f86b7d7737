//! `AdamW` (Loshchilov and Hutter, 2019).

use std::thread;

use super::encoder::Kind;

const KEEP: f32 = 0.9;
const KEEP_SQUARES: f32 = 0.999;
const TINY: f32 = 1e-8;
const DECAY: f32 = 0.01;
/// The greatest length of a step's slope.
const LONGEST: f32 = 1.0;

/// What is kept of each weight between steps.
pub(super) struct Descent {
    pub(super) means: Vec<f32>,
    pub(super) squares: Vec<f32>,
    pub(super) steps: i32,
}

impl Descent {
    pub(super) fn new(weights: usize) -> Self {
        Self { means: vec![0.0; weights], squares: vec![0.0; weights], steps: 0 }
    }

    /// Takes a step along the sum of two slopes.
    pub(super) fn step(&mut self, values: &mut [f32], kinds: &[(usize, Kind)], slopes: [&[f32]; 2], rate: f32) {
        self.steps += 1;
        let length = |(a, b): (&[f32], &[f32])| -> f64 {
            a.chunks(1 << 12)
                .zip(b.chunks(1 << 12))
                .map(|(a, b)| f64::from(a.iter().zip(b).map(|(a, b)| (a + b) * (a + b)).sum::<f32>()))
                .sum()
        };
        let shrink = (LONGEST / (length((slopes[0], slopes[1])).sqrt() as f32)).min(1.0);
        let (first, second) = (1.0 - KEEP.powi(self.steps), 1.0 - KEEP_SQUARES.powi(self.steps));
        let half = values.len() / 2;
        let ease = |start: usize, values: &mut [f32], means: &mut [f32], squares: &mut [f32]| {
            let mut from = 0;
            for &(end, kind) in kinds {
                let range = from.max(start)..end.min(start + values.len());
                from = end;
                if range.is_empty() {
                    continue;
                }
                let rate = rate * faster(kind);
                let decay = if kind == Kind::Known { rate * DECAY } else { 0.0 };
                let own = range.start - start..range.end - start;
                let kept = values[own.clone()].iter_mut().zip(&mut means[own.clone()]).zip(&mut squares[own]);
                for (((value, mean), square), (a, b)) in kept.zip(slopes[0][range.clone()].iter().zip(&slopes[1][range])) {
                    let slope = (a + b) * shrink;
                    *mean = KEEP * *mean + (1.0 - KEEP) * slope;
                    *square = KEEP_SQUARES * *square + (1.0 - KEEP_SQUARES) * slope * slope;
                    *value -= rate * (*mean / first) / ((*square / second).sqrt() + TINY) + decay * *value;
                }
            }
        };
        let ((v1, v2), (m1, m2), (s1, s2)) = (values.split_at_mut(half), self.means.split_at_mut(half), self.squares.split_at_mut(half));
        thread::scope(|scope| {
            scope.spawn(|| ease(0, v1, m1, s1));
            ease(half, v2, m2, s2);
        });
    }
}

/// What is new learns faster than what was there.
fn faster(kind: Kind) -> f32 {
    match kind {
        Kind::Known | Kind::Offset => 1.0,
        Kind::New => 5.0,
        Kind::Edge => 20.0,
    }
}
