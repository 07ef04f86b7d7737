//! Where the boxes of a graph go: in columns by depth, ordered so that few lines cross, each near its neighbours, and parts
//! that nothing joins packed into the shape of the place they are for.

use crate::order;

use super::{ABOVE, ACROSS, MARGIN, Point, WIDTH, whole};

/// How often the columns are gone over, to the right and back in turn.
const SWEEPS: usize = 6;
/// A line over more columns than this goes straight instead of around what stands there; nearly no line does.
const MOST_BENDS: usize = 8;
/// How many columns more than the widest part needs are tried, and how many places for each part.
const TRIES: usize = 12;
/// Units between parts that nothing joins.
const APART: i32 = 44;
/// Heights are reckoned in this many parts of a unit.
const GRAIN: i64 = 16;

/// Where everything is, in units.
pub(super) struct Layout {
    /// Each box's upper left corner.
    pub(super) corners: Vec<Point>,
    /// For each line, from left to right, where it passes the columns between its ends: left edge and height.
    pub(super) bends: Vec<Vec<Point>>,
    pub(super) width: i32,
    pub(super) height: i32,
}

/// Something with a place in a column: a box, or where a line passes.
struct Slot {
    depth: usize,
    height: i32,
    /// Neighbours in the column before and in the column after.
    beside: [Vec<usize>; 2],
}

/// Lays out boxes of these heights. Each line leads from a box to another that belongs to its right; `shape` is the width
/// of the place to fill, divided by its height.
pub(super) fn lay_out(heights: &[i32], lines: &[(usize, usize)], shape: f64) -> Layout {
    let depths = depths(heights.len(), lines);
    let mut slots: Vec<Slot> =
        heights.iter().zip(&depths).map(|(&height, &depth)| Slot { depth, height, beside: Default::default() }).collect();
    let bends: Vec<Vec<usize>> = lines.iter().map(|&(from, to)| bend(&mut slots, from, to)).collect();
    let mut parts = parts(heights.len(), lines);
    // Where a line bends belongs to the part of its ends.
    for (line, bends) in lines.iter().zip(&bends) {
        let part = parts[line.0];
        parts.resize(parts.len().max(bends.last().map_or(0, |last| last + 1)), part);
    }
    let mut columns: Vec<Vec<Vec<usize>>> = vec![Vec::new(); parts.iter().max().map_or(0, |last| last + 1)];
    for (slot, &part) in parts.iter().enumerate() {
        let depth = slots[slot].depth;
        if columns[part].len() <= depth {
            columns[part].resize(depth + 1, Vec::new());
        }
        columns[part][depth].push(slot);
    }
    let mut middles = vec![0; slots.len()];
    let sizes: Vec<(usize, i32)> = columns.iter_mut().map(|columns| arrange(columns, &slots, &mut middles)).collect();
    let packed = pack(&sizes, shape);
    let left = |slot: usize| MARGIN + whole(packed.places[parts[slot]].0 + slots[slot].depth) * (WIDTH + ACROSS);
    let middle = |slot: usize| MARGIN + packed.places[parts[slot]].1 + (middles[slot] / GRAIN) as i32;
    Layout {
        corners: (0..heights.len()).map(|slot| (left(slot), middle(slot) - heights[slot] / 2)).collect(),
        bends: bends.iter().map(|bends| bends.iter().map(|&slot| (left(slot), middle(slot))).collect()).collect(),
        width: packed.width + 2 * MARGIN,
        height: packed.height + 2 * MARGIN,
    }
}

/// How many lines lead to each box one after another, at most; lines that would close a circle don't count.
fn depths(count: usize, lines: &[(usize, usize)]) -> Vec<usize> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut next = vec![Vec::new(); count];
    let mut roots = vec![true; count];
    for &(from, to) in lines {
        next[from].push(to);
        roots[to] = false;
    }
    let (mut states, mut done) = (vec![State::New; count], Vec::with_capacity(count));
    // From what answers nothing, then from what only circles lead to.
    let first = (0..count).filter(|&node| roots[node]);
    for root in first.chain(0..count) {
        let mut path = if states[root] == State::New { vec![(root, 0)] } else { Vec::new() };
        while let Some((node, at)) = path.last_mut() {
            states[*node] = State::Open;
            let Some(&to) = next[*node].get(*at) else {
                states[*node] = State::Done;
                done.push(*node);
                path.pop();
                continue;
            };
            match states[to] {
                State::New => {
                    *at += 1;
                    path.push((to, 0));
                }
                // The line leads back to where the path came from.
                State::Open => {
                    next[*node].swap_remove(*at);
                }
                State::Done => *at += 1,
            }
        }
    }
    let mut depths = vec![0; count];
    for &node in done.iter().rev() {
        for &to in &next[node] {
            depths[to] = depths[to].max(depths[node] + 1);
        }
    }
    depths
}

/// Adds a slot for each column that a line passes, and joins them; gives them from left to right.
fn bend(slots: &mut Vec<Slot>, from: usize, to: usize) -> Vec<usize> {
    let (left, right) = if slots[from].depth < slots[to].depth { (from, to) } else { (to, from) };
    let passed = slots[left].depth + 1..slots[right].depth;
    if passed.len() > MOST_BENDS {
        return Vec::new();
    }
    let first = slots.len();
    slots.extend(passed.map(|depth| Slot { depth, height: 0, beside: Default::default() }));
    let bends: Vec<usize> = (first..slots.len()).collect();
    let way = [&[left], &*bends, &[right]].concat();
    for pair in way.windows(2) {
        slots[pair[0]].beside[1].push(pair[1]);
        slots[pair[1]].beside[0].push(pair[0]);
    }
    bends
}

/// Which part each box belongs to, counted from 0 in order of their first boxes; boxes joined by lines share one.
fn parts(count: usize, lines: &[(usize, usize)]) -> Vec<usize> {
    let mut beside = vec![Vec::new(); count];
    for &(from, to) in lines {
        beside[from].push(to);
        beside[to].push(from);
    }
    let mut parts = vec![usize::MAX; count];
    let mut number = 0;
    for start in 0..count {
        if parts[start] != usize::MAX {
            continue;
        }
        parts[start] = number;
        let mut open = vec![start];
        while let Some(node) = open.pop() {
            for &other in &beside[node] {
                if parts[other] == usize::MAX {
                    parts[other] = number;
                    open.push(other);
                }
            }
        }
        number += 1;
    }
    parts
}

/// Puts a part's slots in order and gives each its height; gives how many columns the part has, and how high it is.
fn arrange(columns: &mut [Vec<usize>], slots: &[Slot], middles: &mut [i64]) -> (usize, i32) {
    for column in &*columns {
        (0..).zip(column).for_each(|(at, &slot)| middles[slot] = at * GRAIN);
    }
    sweep(columns, slots, middles, untangle);
    // The heights begin with each column close together around a common middle.
    for column in &*columns {
        let mut stacked: Vec<(i64, usize)> = column.iter().map(|&slot| (0, slot)).collect();
        settle(&mut stacked, slots);
        stacked.iter().for_each(|&(middle, slot)| middles[slot] = middle);
    }
    sweep(columns, slots, middles, settle);
    let half = |slot: usize| i64::from(slots[slot].height) * GRAIN / 2;
    let all = || columns.iter().flatten().copied();
    let top = all().map(|slot| middles[slot] - half(slot)).min().unwrap_or(0);
    let bottom = all().map(|slot| middles[slot] + half(slot)).max().unwrap_or(0);
    all().for_each(|slot| middles[slot] -= top);
    (columns.len(), ((bottom - top) / GRAIN) as i32 + 1)
}

/// Goes over the columns, to the right and back in turn. `place` gets a column's slots in order, with where their
/// neighbours in the column before draw them, and leaves them in order, with where they go.
fn sweep(columns: &mut [Vec<usize>], slots: &[Slot], at: &mut [i64], place: fn(&mut [(i64, usize)], &[Slot])) {
    for turn in 0..SWEEPS {
        for step in 0..columns.len() {
            let side = turn % 2;
            let column = &mut columns[if side == 0 { step } else { columns.len() - 1 - step }];
            let drawn = |slot: usize| {
                let beside = &slots[slot].beside[side];
                let sum: i64 = beside.iter().map(|&other| at[other]).sum();
                if beside.is_empty() { at[slot] } else { sum / i64::from(whole(beside.len())) }
            };
            let mut placed: Vec<(i64, usize)> = column.iter().map(|&slot| (drawn(slot), slot)).collect();
            place(&mut placed, slots);
            for (slot, (middle, placed)) in column.iter_mut().zip(placed) {
                *slot = placed;
                at[placed] = middle;
            }
        }
    }
}

/// Puts the slots of a column in the order of where they are drawn.
fn untangle(column: &mut [(i64, usize)], _: &[Slot]) {
    order::sort(column);
    (0..).zip(column).for_each(|(at, slot)| slot.0 = at * GRAIN);
}

/// Moves the slots of a column as little as it takes (in least squares) for none to be over another, in their order.
fn settle(column: &mut [(i64, usize)], slots: &[Slot]) {
    // Less the room that those above take, none may come before the one above: what would shares the mean of both.
    let mut pools: Vec<(i64, i64)> = Vec::with_capacity(column.len());
    let reach = |slot: usize| i64::from(slots[slot].height + ABOVE) * GRAIN / 2;
    let mut down = 0;
    for place in 0..column.len() {
        let (wanted, slot) = column[place];
        down += if place == 0 { 0 } else { reach(column[place - 1].1) + reach(slot) };
        let mut pool = (wanted - down, 1);
        while let Some(above) = pools.pop_if(|above| above.0 * pool.1 > pool.0 * above.1) {
            pool = (above.0 + pool.0, above.1 + pool.1);
        }
        pools.push(pool);
        column[place].0 = down;
    }
    let mut rest = column;
    for (sum, count) in pools {
        let (pooled, others) = rest.split_at_mut(count as usize);
        pooled.iter_mut().for_each(|slot| slot.0 += sum.div_euclid(count));
        rest = others;
    }
}

/// Parts in their places.
struct Packed {
    /// The first column of each and its upper edge.
    places: Vec<(usize, i32)>,
    width: i32,
    height: i32,
}

/// Packs parts, given by columns and height, so that all together are seen as large as can be in a place of this shape.
fn pack(parts: &[(usize, i32)], shape: f64) -> Packed {
    let widest = parts.iter().map(|part| part.0).max().unwrap_or(0);
    // The widest first, which leaves the fewest gaps.
    let mut order: Vec<(i64, usize)> = parts.iter().enumerate().map(|(at, part)| (-i64::from(whole(part.0)), at)).collect();
    order::sort(&mut order);
    let size = |packed: &Packed| (shape / f64::from(packed.width)).min(1.0 / f64::from(packed.height));
    let tries = (widest..=widest + TRIES).map(|columns| stack(parts, &order, columns));
    tries.reduce(|best, other| if size(&other) > size(&best) { other } else { best }).expect("there is more than one try")
}

/// Puts each part in turn where it comes furthest up, in so many columns.
fn stack(parts: &[(usize, i32)], order: &[(i64, usize)], columns: usize) -> Packed {
    let mut filled = vec![0; columns];
    let mut places = vec![(0, 0); parts.len()];
    let (mut last, mut height) = (0, 0);
    for &(_, part) in order {
        let (wide, high) = parts[part];
        let top = |first: usize| filled[first..first + wide].iter().copied().max().unwrap_or(0);
        let (top, first) = (0..=(columns - wide).min(TRIES)).map(|first| (top(first), first)).min().expect("a part fits somewhere");
        filled[first..first + wide].fill(top + high + APART);
        places[part] = (first, top);
        (last, height) = (last.max(first + wide), height.max(top + high));
    }
    Packed { places, width: whole(last) * (WIDTH + ACROSS) - ACROSS, height }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The corners of boxes 40 high.
    fn corners(count: usize, lines: &[(usize, usize)]) -> Vec<(i32, i32)> {
        lay_out(&vec![40; count], lines, 1.0).corners
    }

    const STEP: i32 = WIDTH + ACROSS;

    #[test]
    fn what_is_answered_is_at_the_left_between_its_answers() {
        let down = 40 + ABOVE;
        let expected = [(MARGIN, MARGIN + down / 2), (MARGIN + STEP, MARGIN), (MARGIN + STEP, MARGIN + down)];
        assert_eq!(corners(3, &[(0, 1), (0, 2)]), expected);
    }

    #[test]
    fn depth_is_the_longest_way() {
        assert_eq!(depths(4, &[(0, 1), (1, 2), (0, 2), (2, 3)]), [0, 1, 2, 3]);
    }

    #[test]
    fn circles_are_opened() {
        assert_eq!(depths(3, &[(0, 1), (1, 2), (2, 0)]), [0, 1, 2]);
        assert_eq!(depths(4, &[(3, 1), (1, 2), (2, 1)]), [0, 1, 2, 0]);
    }

    #[test]
    fn lines_that_need_not_cross_don_t() {
        // 0 and 1 are answered by 3 and 2, in this order.
        let corners = corners(4, &[(0, 3), (1, 2), (0, 2)]);
        assert!((corners[0].1 < corners[1].1) == (corners[3].1 < corners[2].1), "{corners:?}");
    }

    #[test]
    fn a_long_line_goes_around_the_box_in_its_way() {
        let layout = lay_out(&[40; 3], &[(0, 1), (1, 2), (0, 2)], 1.0);
        let (left, height) = layout.bends[2][0];
        let (corner, top) = layout.corners[1];
        assert_eq!(left, corner);
        assert!(!(top..=top + 40).contains(&height), "{height} in the box at {top}");
    }

    #[test]
    fn parts_fill_the_shape() {
        let lines: Vec<(usize, usize)> = (0..8).map(|part| (2 * part, 2 * part + 1)).collect();
        let (tall, wide) = (lay_out(&[40; 16], &lines, 0.2), lay_out(&[40; 16], &lines, 5.0));
        assert!(tall.width < tall.height && wide.width > 2 * wide.height, "{}×{}, {}×{}", tall.width, tall.height, wide.width, wide.height);
    }
}
