//! The tagger's templates: what a token and its neighbours look like, taken alone and together.

use super::super::chain::{Sequence, Sink, mix};
use super::forms::{Form, InSentence, JOINED, JOINS, LOWER};

/// Edge classes.
pub(crate) const EDGES: usize = 4;

impl Sequence for InSentence<'_> {
    fn len(&self) -> usize {
        self.forms.len()
    }

    fn features(&self, n: usize, sink: &mut impl Sink) {
        let [e, mut d, o, mut a, b] = [-2, -1, 0, 1, 2].map(|by| self.at(n, by));
        // What a hyphen joins is another neighbour than what stands apart.
        if o.shape & JOINED != 0 {
            (d.word, d.class) = (d.word ^ 0x5555, d.class | 512);
        }
        if o.shape & JOINS != 0 {
            (a.word, a.class) = (a.word ^ 0x5555, a.class | 512);
        }
        let shape = |form: Form| form.shape & 0xFFF;
        let start = u32::from(n == 0 || n == 1 && d.shape & 7 == 0) << 1 | self.title;
        let case = o.shape & 7;
        sink.see(0, 0);
        for (template, form) in [(1, e), (2, d), (3, o), (4, a), (5, b)] {
            sink.see(template, form.word);
        }
        sink.see(6, mix(d.word, o.word));
        sink.see(7, mix(o.word, a.word));
        sink.see(8, mix(d.word, a.word));
        sink.see(9, mix(e.word, d.word));
        sink.see(10, mix(a.word, b.word));
        for (template, suffix) in (11..).zip(o.suffixes) {
            sink.see(template, mix(suffix, case));
        }
        for (template, prefix) in (15..).zip(o.prefixes) {
            sink.see(template, prefix);
        }
        let class = o.shape << 8 | o.elsewhere << 4 | start;
        sink.see(20, shape(o) << 4 | start);
        sink.see(21, class & 0xFFFFF);
        sink.see(22, mix(o.word, case << 4 | start));
        sink.see(23, shape(d) << 16 | case << 4 | shape(a) & 7);
        sink.see(24, mix(o.classes, case << 4 | start));
        sink.see(25, o.elsewhere << 8 | case << 4 | start);
        for (template, form) in [(50, e), (51, d), (52, o), (53, a), (54, b)] {
            sink.see(template, form.class);
        }
        sink.see(55, d.class << 10 | o.class);
        sink.see(56, o.class << 10 | a.class);
        sink.see(57, d.class << 10 | a.class);
        sink.see(58, d.class << 20 | o.class << 10 | a.class);
        sink.see(59, e.class << 20 | d.class << 10 | o.class);
        sink.see(60, o.class << 20 | a.class << 10 | b.class);
        sink.see(61, mix(d.word, o.class));
        sink.see(62, mix(a.word, o.class));
        sink.see(63, mix(o.word, a.class));
        sink.see(64, mix(o.word, d.class));
        sink.see(65, mix(o.suffixes[2], d.class << 10 | a.class));
        sink.see(66, mix(o.word, d.class << 10 | a.class));
        sink.see(67, mix(o.suffixes[1], mix(o.class, case << 10 | d.class)));
        sink.see(41, o.stem);
        sink.see(42, mix(o.stem, o.ending << 3 | case));
        sink.see(43, d.stem);
        sink.see(44, a.stem);
        sink.see(27, d.suffixes[2]);
        sink.see(28, a.suffixes[2]);
        sink.see(29, mix(d.suffixes[1], o.suffixes[2]));
        sink.see(30, mix(a.suffixes[1], o.suffixes[2]));
        sink.see(31, mix(d.word, mix(o.suffixes[2], case)));
        sink.see(32, mix(a.word, mix(o.suffixes[2], case)));
        sink.see(33, mix(d.word, mix(o.suffixes[1], a.suffixes[1])));
        sink.see(34, mix(d.suffixes[1], a.suffixes[1]));
        sink.see(35, e.suffixes[1]);
        sink.see(36, b.suffixes[1]);
        sink.see(37, d.classes << 16 | shape(a) & 7 << 8 | case);
        sink.see(38, a.classes << 16 | shape(d) & 7 << 8 | case);
        sink.see(39, mix(e.word, mix(d.word, o.suffixes[1])));
        sink.see(40, mix(a.word, mix(b.word, o.suffixes[1])));
    }

    fn edge(&self, n: usize) -> usize {
        let [d, o] = [-1, 0].map(|by| usize::from(self.at(n, by).shape & 7 > LOWER));
        d * 2 + o
    }
}
