//! Which features are learned: those seen often enough.

use sayso::engine::train::KEY_BITS;

use crate::crf::Example;
use crate::task::Labelled;

/// Keys in rising order, with a way to find their positions.
pub(crate) struct Vocabulary {
    keys: Vec<u32>,
    /// By key, one past its position.
    positions: Vec<u32>,
    /// How often each was seen.
    counts: Vec<u32>,
}

impl Vocabulary {
    /// The keys that occur at least `least` times.
    pub(crate) fn new(seen: impl Iterator<Item = u32>, least: u32) -> Self {
        let mut positions = vec![0_u32; 1 << KEY_BITS];
        for key in seen {
            positions[key as usize] += 1;
        }
        let mut keys = Vec::new();
        let mut counts = Vec::new();
        for (key, at) in (0..).zip(&mut positions) {
            if *at >= least {
                keys.push(key);
                counts.push(*at);
                *at = keys.len() as u32;
            } else {
                *at = 0;
            }
        }
        Self { keys, positions, counts }
    }

    pub(crate) fn keys(&self) -> &[u32] {
        &self.keys
    }

    /// A sequence with its known features by position.
    pub(crate) fn example(&self, Labelled { sequence, gold, chances }: Labelled) -> Example {
        let positions = |keys: &Vec<u32>| keys.iter().filter_map(|&key| self.find(key)).collect();
        Example { features: sequence.features.iter().map(positions).collect(), edges: sequence.edges, gold, chances }
    }

    /// How often the feature at a position was seen.
    pub(crate) fn count(&self, position: u32) -> u32 {
        self.counts[position as usize]
    }

    /// A key's position.
    pub(crate) fn find(&self, key: u32) -> Option<u32> {
        self.positions[key as usize].checked_sub(1)
    }
}
