//! The tagger's templates: what a token and its neighbours look like, taken alone and together.

use super::super::chain::{Sequence, Sink, mix};
use super::forms::{Form, InSentence, JOINED, JOINS, LOWER};

/// Edge classes.
#[cfg(feature = "train")]
pub(crate) const EDGES: usize = 4;

/// What tells a neighbour that a hyphen joins from one that stands apart.
const HYPHEN: u32 = 512;

/// A form's kind and capitals.
fn kind(form: Form) -> u32 {
    form.shape & 7
}

/// The same with what else its shape tells.
fn shape(form: Form) -> u32 {
    form.shape & 0xFFF
}

impl InSentence<'_> {
    /// What a piece is by itself.
    fn own(&self, n: usize, [before, own, next]: [Form; 3], sink: &mut Sink) {
        let case = kind(own);
        let start = u32::from(n == 0 || n == 1 && kind(before) == 0) << 1 | self.title;
        let capitals = start << 9 | case << 6 | kind(before) << 3 | kind(next);
        for (template, suffix) in (1..).zip(own.suffixes) {
            sink.see(template, mix(suffix, case));
        }
        sink.see(5, own.prefixes[0]);
        sink.see(6, own.prefixes[1]);
        sink.see(7, own.word);
        sink.see(8, mix(own.word, case << 4 | start));
        sink.see(9, shape(own) << 4 | start);
        sink.see(10, (own.shape << 8 | own.elsewhere << 4 | start) & 0xF_FFFF);
        sink.see(11, shape(before) << 16 | case << 4 | kind(next));
        sink.see(12, mix(own.classes, case << 4 | start));
        sink.see(13, own.elsewhere << 8 | case << 4 | start);
        sink.see(14, own.class);
        sink.see(15, own.usual << 16 | capitals);
        sink.see(16, mix(own.class, capitals));
        sink.see(17, own.stem);
        sink.see(18, mix(own.stem, own.ending << 3 | case));
    }
}

impl Sequence for InSentence<'_> {
    fn len(&self) -> usize {
        self.forms.len()
    }

    fn features(&self, n: usize, sink: &mut Sink) {
        let [before2, mut before, own, mut next, next2] = [-2, -1, 0, 1, 2].map(|by| self.at(n, by));
        if own.shape & JOINED != 0 {
            (before.word, before.class) = (before.word ^ HYPHEN, before.class | HYPHEN);
        }
        if own.shape & JOINS != 0 {
            (next.word, next.class) = (next.word ^ HYPHEN, next.class | HYPHEN);
        }
        sink.see(0, 0);
        self.own(n, [before, own, next], sink);
        for (template, form) in [(20, before2), (22, before), (24, next), (26, next2)] {
            sink.see(template, form.word);
            sink.see(template + 1, form.class);
        }
        sink.see(28, mix(before.word, own.word));
        sink.see(29, mix(own.word, next.word));
        sink.see(30, mix(before.word, next.word));
        sink.see(31, mix(next.word, next2.word));
        sink.see(32, before.class << 10 | own.class);
        sink.see(33, own.class << 10 | next.class);
        sink.see(34, before.class << 10 | next.class);
        sink.see(35, before.usual << 20 | own.class << 10 | next.usual);
        sink.see(36, before2.usual << 20 | before.usual << 10 | own.class);
        sink.see(37, own.class << 20 | next.usual << 10 | next2.usual);
        sink.see(38, mix(before2.word, own.class));
        sink.see(39, mix(before.word, own.class));
        sink.see(40, mix(next.word, own.class));
        sink.see(41, mix(own.word, before.class));
        sink.see(42, mix(own.word, next.class));
        sink.see(43, mix(own.suffixes[2], before.usual << 10 | next.usual));
        sink.see(44, before.suffixes[2]);
        sink.see(45, next.suffixes[2]);
        sink.see(46, mix(before.suffixes[1], own.suffixes[2]));
        sink.see(47, mix(next.suffixes[1], own.suffixes[2]));
        sink.see(48, mix(before.suffixes[1], next.suffixes[1]));
        let case = kind(own);
        sink.see(49, before.classes << 16 | kind(next) << 8 | case);
        sink.see(50, next.classes << 16 | kind(before) << 8 | case);
    }

    /// Whether the token and the one before it have capitals.
    fn edge(&self, n: usize) -> usize {
        let [before, own] = [-1, 0].map(|by| usize::from(kind(self.at(n, by)) > LOWER));
        before * 2 + own
    }
}
