//! What of a map is seen: how large, and around which point.

use super::{Map, Node};

/// Nothing is shown larger than this many times its size.
const LARGEST: f64 = 4.0;
/// A map is drawn in a grid as much finer than its units, so that whole numbers are enough to move it smoothly: printing
/// fractions costs the page more than all of this.
pub const GRAIN: i32 = 16;

/// Width and height in CSS pixels of the place that a map is looked at in.
pub type Room = (f64, f64);

/// The part of a map that is seen in some room.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Sight {
    /// What is in the middle, in units of the map.
    middle: (f64, f64),
    /// CSS pixels a unit.
    scale: f64,
}

impl Map {
    /// The sight of the whole map; a small one is not made larger than it is.
    pub fn whole(&self, room: Room) -> Sight {
        let (width, height) = (f64::from(self.width), f64::from(self.height));
        let scale = (room.0 / width).min(room.1 / height).min(1.0);
        Sight { middle: (width / 2.0, height / 2.0), scale }
    }

    /// How high the map is, in CSS pixels, where as much of the width of a room is used as the whole map needs.
    pub fn height_across(&self, room: Room) -> i32 {
        (self.whole((room.0, f64::MAX)).scale * f64::from(self.height)).ceil() as i32
    }
}

impl Sight {
    /// How many CSS pixels a unit of the map has.
    pub fn scale(self) -> f64 {
        self.scale
    }

    /// The map moved by so many CSS pixels, as far as there is anything to see.
    #[must_use]
    pub fn moved(self, map: &Map, room: Room, by: (f64, f64)) -> Self {
        let (x, y) = self.middle;
        Self { middle: (x - by.0 / self.scale, y - by.1 / self.scale), ..self }.inside(map, room)
    }

    /// The map larger by a factor, with the point under `at` (CSS pixels from the room's upper left corner) where it is.
    #[must_use]
    pub fn zoomed(self, map: &Map, room: Room, factor: f64, at: (f64, f64)) -> Self {
        let least = map.whole(room).scale;
        let scale = (self.scale * factor).min(LARGEST).max(least);
        let hold = |middle: f64, room: f64, at: f64| middle + (at - room / 2.0) * (1.0 / self.scale - 1.0 / scale);
        let middle = (hold(self.middle.0, room.0, at.0), hold(self.middle.1, room.1, at.1));
        Self { middle, scale }.inside(map, room)
    }

    /// Moved no further than it takes to see a box whole.
    #[must_use]
    pub fn showing(self, map: &Map, room: Room, node: &Node) -> Self {
        let reach = |middle: f64, room: f64, start: i32, length: i32| {
            let (start, half) = (f64::from(start), room / self.scale / 2.0);
            let (latest, earliest) = (start + half, start + f64::from(length) - half);
            // Of a box larger than the room, the start is seen.
            middle.max(earliest).min(latest)
        };
        let (x, y) = self.middle;
        let middle = (reach(x, room.0, node.x, node.width), reach(y, room.1, node.y, node.height));
        Self { middle, ..self }.inside(map, room)
    }

    fn inside(self, map: &Map, room: Room) -> Self {
        let keep = |middle: f64, length: i32, room: f64| {
            let (length, half) = (f64::from(length), room / self.scale / 2.0);
            if length <= half * 2.0 { length / 2.0 } else { middle.min(length - half).max(half) }
        };
        let middle = (keep(self.middle.0, map.width, room.0), keep(self.middle.1, map.height, room.1));
        Self { middle, ..self }
    }

    /// The same as an SVG's `viewBox`, in the finer grid.
    pub fn view_box(self, room: Room) -> String {
        let fine = |length: f64| (length * f64::from(GRAIN)).round() as i32;
        let (width, height) = (room.0 / self.scale, room.1 / self.scale);
        let (x, y) = self.middle;
        format!("{} {} {} {}", fine(x - width / 2.0), fine(y - height / 2.0), fine(width), fine(height))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::map::Subject;
    use crate::engine::ClaimId;

    const ROOM: Room = (500.0, 500.0);

    fn sample() -> Map {
        let node =
            |x, y| Node { of: Subject::Claim(ClaimId(0)), x, y, width: 100, height: 50, hue: None, lines: vec![], label: String::new() };
        Map { title: None, nodes: vec![node(0, 0), node(900, 350)], ties: vec![], width: 1000, height: 400, apart: 0 }
    }

    #[test]
    fn the_whole_map_is_in_the_middle() {
        assert_eq!(sample().whole(ROOM).view_box(ROOM), "0 -4800 16000 16000");
    }

    #[test]
    fn a_small_map_is_not_blown_up() {
        assert!((sample().whole((5000.0, 5000.0)).scale() - 1.0).abs() < f64::EPSILON);
    }

    #[test]
    fn a_map_is_as_high_as_its_width_lets_it_be() {
        assert_eq!([500.0, 5000.0].map(|width| sample().height_across((width, 10.0))), [200, 400]);
    }

    #[test]
    fn zooming_keeps_the_point_under_the_pointer() {
        let map = sample();
        // Above the map's middle: 250 pixels from the left are 500 units.
        let near = map.whole(ROOM).zoomed(&map, ROOM, 4.0, (250.0, 250.0));
        assert_eq!(near.view_box(ROOM), "6000 1200 4000 4000");
        let near = near.zoomed(&map, ROOM, 2.0, (0.0, 0.0));
        assert_eq!(near.view_box(ROOM), "6000 1200 2000 2000");
    }

    #[test]
    fn zooming_and_moving_end_at_the_edges() {
        let map = sample();
        let near = map.whole(ROOM).zoomed(&map, ROOM, 2.0, (0.0, 0.0));
        assert_eq!(near.moved(&map, ROOM, (9000.0, 9000.0)).view_box(ROOM), "0 -800 8000 8000");
        assert_eq!(near.moved(&map, ROOM, (-9000.0, -9000.0)).view_box(ROOM), "8000 -800 8000 8000");
        assert_eq!(near.zoomed(&map, ROOM, 0.001, (9.0, 9.0)), map.whole(ROOM));
        assert!((near.zoomed(&map, ROOM, 1000.0, (9.0, 9.0)).scale() - LARGEST).abs() < f64::EPSILON);
    }

    #[test]
    fn a_box_out_of_sight_is_brought_in() {
        let map = sample();
        let near = map.whole(ROOM).zoomed(&map, ROOM, 2.0, (0.0, 0.0));
        assert_eq!(near.showing(&map, ROOM, &map.nodes[0]), near);
        assert_eq!(near.showing(&map, ROOM, &map.nodes[1]).view_box(ROOM), "8000 -800 8000 8000");
    }
}
