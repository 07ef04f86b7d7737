//! Minimisation of a smooth function by limited-memory BFGS (Liu and Nocedal, 1989) with backtracking steps.

use std::collections::VecDeque;

/// How many steps back the curvature is remembered.
const MEMORY: usize = 8;
/// The share of the promised descent that a step must keep (Armijo).
const KEPT: f64 = 1e-4;

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn add(a: &mut [f64], b: &[f64], times: f64) {
    a.iter_mut().zip(b).for_each(|(a, b)| *a += times * b);
}

/// Goes down from a point by at most so many steps. `f` gives value and gradient at a point.
pub(crate) fn minimise(mut point: Vec<f64>, steps: usize, mut f: impl FnMut(&[f64]) -> (f64, Vec<f64>)) -> Vec<f64> {
    let (mut value, mut gradient) = f(&point);
    // Differences of points and of gradients.
    let mut memory: VecDeque<(Vec<f64>, Vec<f64>)> = VecDeque::new();
    for _ in 0..steps {
        let mut direction: Vec<f64> = gradient.iter().map(|slope| -slope).collect();
        let mut shares = Vec::new();
        for (moved, turned) in memory.iter().rev() {
            let share = dot(moved, &direction) / dot(moved, turned);
            add(&mut direction, turned, -share);
            shares.push(share);
        }
        let scale = memory
            .back()
            .map_or(1.0 / dot(&gradient, &gradient).sqrt().max(1.0), |(moved, turned)| dot(moved, turned) / dot(turned, turned));
        direction.iter_mut().for_each(|value| *value *= scale);
        for ((moved, turned), share) in memory.iter().zip(shares.iter().rev()) {
            let back = dot(turned, &direction) / dot(moved, turned);
            add(&mut direction, moved, share - back);
        }
        let slope = dot(&gradient, &direction);
        let mut length = 1.0;
        let next = (0..20).find_map(|_| {
            let mut there = point.clone();
            add(&mut there, &direction, length);
            let (found, its_gradient) = f(&there);
            let good = found <= value + KEPT * length * slope;
            let moved: Vec<f64> = direction.iter().map(|step| step * length).collect();
            length /= 2.0;
            good.then_some((there, found, its_gradient, moved))
        });
        let Some((there, found, its_gradient, moved)) = next else { break };
        let mut turned = its_gradient.clone();
        add(&mut turned, &gradient, -1.0);
        if dot(&moved, &turned) > 1e-10 {
            memory.push_back((moved, turned));
            if memory.len() > MEMORY {
                memory.pop_front();
            }
        }
        (point, value, gradient) = (there, found, its_gradient);
    }
    point
}

#[cfg(test)]
mod tests {
    use super::minimise;

    #[test]
    fn finds_the_bottom_of_a_long_valley() {
        // Rosenbrock's function, lowest at (1, 1).
        let valley = |p: &[f64]| {
            let (a, b) = (1.0 - p[0], p[1] - p[0] * p[0]);
            (a * a + 100.0 * b * b, vec![-2.0 * a - 400.0 * p[0] * b, 200.0 * b])
        };
        let found = minimise(vec![-1.2, 1.0], 200, valley);
        assert!((found[0] - 1.0).abs() < 1e-3 && (found[1] - 1.0).abs() < 1e-3, "{found:?}");
    }
}
