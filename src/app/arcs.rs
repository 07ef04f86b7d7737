//! The geometry of the margin's arcs: from measured heights to paths. All lengths are CSS pixels;
//! x grows to the right and ends at the text's edge, y grows downwards.

use crate::order;

/// The two heights an arc joins.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Ends {
    /// Where the answer stands.
    pub from: f64,
    /// Where what it answers stands.
    pub to: f64,
}

/// An arc ready to be drawn.
#[derive(Clone, PartialEq, Debug)]
pub struct Curve {
    /// The line, as SVG path data.
    pub line: String,
    /// The arrow head at the answered end, as SVG path data.
    pub head: String,
    /// The centre of the dot at the answer.
    pub dot: (i32, i32),
}

/// How far apart two arcs of one lane must be.
const GAP: f64 = 8.0;
/// How high an arc is at least.
const LEAST: f64 = 14.0;
/// Lanes beyond this many share the outermost one: in a long article, arcs would leave the margin.
const MOST_LANES: usize = 12;
/// A cubic whose handles lie this far out bulges to three quarters of it.
const BULGE: f64 = 0.75;

/// Arcs in a margin `width` wide, in the order of `ends`.
pub fn curves(ends: &[Ends], width: f64) -> Vec<Curve> {
    let lanes = lanes(ends);
    let count = lanes.iter().copied().max().map_or(1, |last| last + 1);
    let edge = width - 3.0;
    let nearest = (edge * 0.34).clamp(9.0, 26.0);
    let step = ((edge - 4.0 - nearest) / count as f64).min(20.0);
    ends.iter().zip(lanes).map(|(ends, lane)| curve(*ends, edge, (nearest + step * lane as f64) / BULGE)).collect()
}

fn curve(ends: Ends, edge: f64, handle: f64) -> Curve {
    // Whole pixels: nobody sees the fractions, and printing them costs the page more than all of this.
    let whole = |length: f64| length.round() as i32;
    let (dot, tip) = (edge - 3.0, edge - 1.0);
    let (from, to) = apart(ends);
    // A claim that answers and is answered would have dot and head on one point: the head keeps to the
    // side that its arc comes from.
    let to = to + 3.0 * (from - to).signum();
    let (out, dot, tip, from, to) = (whole(dot - handle), whole(dot), whole(tip), whole(from), whole(to));
    Curve {
        line: format!("M{dot} {from}C{out} {from} {out} {to} {tip} {to}"),
        head: format!("M{} {}L{tip} {to}L{} {}", tip - 6, to - 4, tip - 6, to + 4),
        dot: (dot, from),
    }
}

/// Where an arc begins and ends: within one line its ends part, since it would run back on itself.
fn apart(Ends { from, to }: Ends) -> (f64, f64) {
    let (middle, half) = (f64::midpoint(from, to), LEAST / 2.0);
    match to - from {
        down if (0.0..LEAST).contains(&down) => (middle - half, middle + half),
        up if (-LEAST..0.0).contains(&up) => (middle + half, middle - half),
        _ => (from, to),
    }
}

/// A lane for each arc, 0 nearest to the text: short arcs inside long ones, none over another.
fn lanes(ends: &[Ends]) -> Vec<usize> {
    let reach = |e: &Ends| (e.from.min(e.to) - GAP / 2.0, e.from.max(e.to) + GAP / 2.0);
    let mut order: Vec<usize> = (0..ends.len()).collect();
    order::sort_by(&mut order, |a, b| (ends[*a].from - ends[*a].to).abs().total_cmp(&(ends[*b].from - ends[*b].to).abs()));
    let mut taken: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut lanes = vec![0; ends.len()];
    for arc in order {
        let (top, bottom) = reach(&ends[arc]);
        let free = |lane: &Vec<(f64, f64)>| lane.iter().all(|(t, b)| bottom < *t || *b < top);
        let lane = taken.iter().position(free).unwrap_or(taken.len()).min(MOST_LANES - 1);
        if lane == taken.len() {
            taken.push(Vec::new());
        }
        taken[lane].push((top, bottom));
        lanes[arc] = lane;
    }
    lanes
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ends(pairs: &[(f64, f64)]) -> Vec<Ends> {
        pairs.iter().map(|(from, to)| Ends { from: *from, to: *to }).collect()
    }

    #[test]
    fn arcs_apart_share_the_inner_lane() {
        assert_eq!(lanes(&ends(&[(100.0, 10.0), (300.0, 200.0)])), [0, 0]);
    }

    #[test]
    fn a_longer_arc_goes_around_a_shorter_one() {
        assert_eq!(lanes(&ends(&[(200.0, 10.0), (100.0, 10.0)])), [1, 0]);
    }

    #[test]
    fn arcs_that_meet_at_a_claim_keep_apart() {
        assert_eq!(lanes(&ends(&[(100.0, 10.0), (200.0, 100.0)])), [0, 1]);
    }

    #[test]
    fn a_curve_starts_at_the_answer_and_ends_at_the_answered() {
        let curve = &curves(&ends(&[(100.0, 20.0)]), 100.0)[0];
        assert!(curve.line.starts_with("M94 100C"), "{}", curve.line);
        assert!(curve.line.ends_with("96 23"), "{}", curve.line);
        assert_eq!(curve.dot, (94, 100));
    }

    #[test]
    fn an_arc_within_one_line_has_two_ends() {
        for (from, to) in [(100.0, 100.0), (100.0, 104.0), (104.0, 100.0)] {
            let (start, end) = apart(Ends { from, to });
            assert!((start - end).abs() >= LEAST, "{from} to {to}");
            assert!((from <= to) == (start < end), "{from} to {to}");
        }
    }

    proptest! {
        #[test]
        fn every_arc_stays_in_its_margin(pairs in prop::collection::vec((0.0..5000.0, 0.0..5000.0), 1..60), width in 30.0..120.0) {
            for curve in curves(&ends(&pairs), width) {
                let numbers: Vec<f64> = curve.line.split(['M', 'C', ' ']).filter_map(|n| n.parse().ok()).collect();
                let (start, handle) = (numbers[0], numbers[2]);
                let leftmost = start - (start - handle) * BULGE;
                prop_assert!((0.0..=width).contains(&leftmost), "{leftmost} in {width}");
            }
        }
    }
}
