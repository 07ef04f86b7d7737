//! A deep reading, block by block, so that whoever waits can look at what there is, or stop it.

use std::ops::Range;

use super::super::attribution::Labels;
use super::super::attribution::evidence::Evidence;
use super::super::attribution::learned::{self, LABELS};
use super::super::attribution::settle;
use super::super::chain::Labelled;
use super::super::{Article, Breakdown, Labeller, Prepared, finish};
use super::Deep;

/// A deep reading under way.
pub struct DeepReading<'a> {
    prepared: &'a Prepared<'a>,
    deep: &'a Deep,
    evidence: Evidence<'a>,
    blocks: Vec<Range<usize>>,
    /// What has been read; the same positions as `blocks`.
    labelled: Vec<Option<Labelled<LABELS>>>,
    /// Positions of blocks, the next one last.
    left: Vec<usize>,
    done: usize,
}

impl<'a> DeepReading<'a> {
    /// Begins with the block at this byte, or the first behind it; those before it come last.
    pub fn new(prepared: &'a Prepared<'a>, deep: &'a Deep, byte: usize) -> Self {
        let r = prepared.reading();
        let evidence = Evidence::gather(r, &prepared.rules);
        let blocks: Vec<Range<usize>> = evidence.blocks().collect();
        let first = blocks.partition_point(|block| r.tokens[block.end - 1].span.end() <= byte);
        let left = (0..first).rev().chain((first..blocks.len()).rev()).collect();
        Self { prepared, deep, evidence, labelled: blocks.iter().map(|_| None).collect(), blocks, left, done: 0 }
    }

    /// Reads the next block; `false` where none is left.
    pub fn step(&mut self) -> bool {
        let Some(next) = self.left.pop() else { return false };
        let block = self.blocks[next].clone();
        self.done += block.len();
        self.labelled[next] = Some(self.deep.label(&self.evidence.paragraph(block)));
        true
    }

    /// The byte at which the next block begins; `None` where none is left.
    pub fn next(&self) -> Option<usize> {
        let next = *self.left.last()?;
        Some(self.prepared.reading().tokens[self.blocks[next].start].span.start())
    }

    /// How much of the text has been read, in percent.
    pub fn percent(&self) -> u8 {
        (self.done * 100 / self.prepared.stages.tokens.len().max(1)) as u8
    }

    /// The labels of what has been read; what has not is labelled by the fast labeller.
    fn labels(&self) -> Labels {
        let blocks = self.blocks.iter().zip(&self.labelled).map(|(block, labelled)| {
            let labelled = labelled.clone().unwrap_or_else(|| learned::label_block(&self.evidence.paragraph(block.clone())));
            (block.start, labelled)
        });
        learned::from_blocks(self.prepared.reading(), &self.prepared.rules, settle::deep, blocks)
    }

    /// Reads all that is left; gives the labels.
    #[cfg(feature = "train")]
    pub(crate) fn finish(mut self) -> Labels {
        while self.step() {}
        self.labels()
    }

    /// The breakdown from what has been read; what has not is read by the fast labeller.
    pub fn breakdown(&self) -> Breakdown {
        let labels = self.labels();
        let labeller = if self.left.is_empty() { Labeller::Deep } else { Labeller::Fast };
        finish(self.prepared, &labels, labeller, &self.deep.confidence)
    }
}

impl Deep {
    /// Reads an article. Same text, same breakdown, on every machine.
    pub fn read(&self, article: &Article) -> Breakdown {
        let prepared = Prepared::new(article);
        let mut reading = DeepReading::new(&prepared, self, 0);
        while reading.step() {}
        reading.breakdown()
    }
}
