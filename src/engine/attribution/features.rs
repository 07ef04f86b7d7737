//! The templates of the trained labeller: what it combines of words, tags, cues, functions, quotation marks and
//! what the rules say. Numbers name templates in the weights file and stay.

use std::ops::Range;

use super::super::BlockKind;
use super::super::chain::{Sequence, Sink, mix};
use super::evidence::{Evidence, Seen, far};

/// Count of edge classes.
#[cfg(feature = "train")]
pub(crate) const EDGES: usize = 24;

/// The tokens of one block.
pub(crate) struct Paragraph<'e, 'a> {
    pub(crate) evidence: &'e Evidence<'a>,
    pub(crate) tokens: Range<usize>,
}

/// A token with three neighbours on either side, the token itself fourth.
struct Window {
    n: usize,
    around: [Seen; 7],
}

impl Window {
    fn at(&self, by: isize) -> Seen {
        self.around[3_usize.wrapping_add_signed(by)]
    }

    fn own(&self) -> Seen {
        self.around[3]
    }
}

impl Paragraph<'_, '_> {
    /// Its tokens.
    pub(crate) fn tokens(&self) -> Range<usize> {
        self.tokens.clone()
    }

    /// The text of one of them.
    pub(crate) fn text(&self, n: usize) -> &str {
        let r = self.evidence.r;
        r.article.slice(r.tokens[n].span)
    }

    /// What is known of one of them: quotation marks, what the rules say, cue, grammatical function, part of speech,
    /// capitals; each as a class, nought for none.
    pub(crate) fn known(&self, n: usize) -> [u32; 6] {
        let seen = self.evidence.seen[n];
        [seen.quote, seen.rule, seen.cue_class(), seen.function, self.evidence.r.speech[n] as u32 + 1, seen.shape]
    }

    fn at(&self, n: usize, by: isize) -> Seen {
        let m = n.wrapping_add_signed(by);
        if self.tokens.contains(&m) { self.evidence.seen[m] } else { Seen::default() }
    }

    fn words(w: &Window, sink: &mut Sink) {
        let [before, own, next] = [-1, 0, 1].map(|by| w.at(by));
        for (template, by) in (1..).zip(-2..=2) {
            sink.see(template, w.at(by).word);
        }
        sink.see(6, mix(before.word, own.word));
        sink.see(7, mix(own.word, next.word));
        for (template, seen) in (8..).zip(w.around) {
            sink.see(template, seen.tag);
            sink.see(template + 10, seen.cue);
        }
        sink.see(30, before.tag << 8 | own.tag);
        sink.see(31, own.tag << 8 | next.tag);
        sink.see(32, before.tag << 16 | own.tag << 8 | next.tag);
        sink.see(33, w.at(-2).tag << 16 | before.tag << 8 | own.tag);
        sink.see(34, own.tag << 16 | next.tag << 8 | w.at(2).tag);
        sink.see(35, own.suffix);
        sink.see(36, mix(before.suffix, own.tag));
        sink.see(37, before.shape << 8 | own.shape << 4 | next.shape);
        sink.see(38, mix(own.cue, before.tag << 8 | next.tag));
        sink.see(39, mix(own.cue, next.word));
        sink.see(40, mix(own.cue, before.word));
        sink.see(41, mix(before.cue, own.word));
        sink.see(42, mix(next.cue, own.tag << 8 | before.tag));
    }

    fn quotes(&self, w: &Window, sink: &mut Sink) {
        let [before, own, next] = [-1, 0, 1].map(|by| w.at(by));
        let sentence = |n: usize| self.evidence.sentence[n];
        sink.see(45, before.quote << 8 | own.quote << 4 | next.quote);
        sink.see(46, mix(own.quote, own.word));
        sink.see(47, mix(before.quote, mix(own.word, next.word)));
        if let Some(q) = own.quotes.before.place() {
            let frame = self.evidence.quotes[q];
            let length = far(frame.start, frame.end);
            if own.quote > 1 {
                sink.see(100, frame.before);
                sink.see(101, mix(frame.behind, frame.last << 8 | frame.opens << 4 | own.role()));
                sink.see(102, length << 8 | frame.opens << 4 | frame.last);
                sink.see(103, length << 16 | frame.last << 12 | far(frame.start, w.n) << 8 | own.role());
                sink.see(104, mix(frame.behind, own.tag << 4 | frame.last));
            } else {
                let way = far(frame.end, w.n);
                let same = u32::from(sentence(frame.end - 1) == sentence(w.n));
                sink.see(105, mix(frame.last << 8 | frame.opens << 4 | same, way << 8 | own.tag));
                sink.see(106, mix(frame.last << 8 | same << 4 | frame.opens, own.word));
                sink.see(107, mix(frame.last << 8 | same << 4 | own.quotes.behind.is_there(), own.role() << 8 | length));
                sink.see(108, mix(frame.behind, frame.last << 8 | same << 4 | way));
            }
        }
        if let Some(q) = own.quotes.behind.place() {
            let frame = self.evidence.quotes[q];
            let way = far(w.n, frame.start);
            let same = u32::from(sentence(frame.start) == sentence(w.n));
            sink.see(110, mix(frame.before, same << 8 | way));
            sink.see(111, same << 16 | way << 12 | own.quote << 8 | frame.opens << 4 | own.role());
            sink.see(112, mix(own.word, same << 4 | frame.opens));
        }
    }

    fn rules(w: &Window, sink: &mut Sink) {
        let [before, own, next] = [-1, 0, 1].map(|by| w.at(by));
        sink.see(50, own.rule);
        sink.see(51, before.rule);
        sink.see(52, next.rule);
        sink.see(53, w.at(-2).role() << 4 | w.at(2).role());
        sink.see(54, before.role() << 8 | own.role() << 4 | next.role());
        sink.see(55, mix(own.rule, own.tag));
        sink.see(56, mix(own.rule, own.word));
        sink.see(57, mix(own.rule, own.quote << 4 | before.quote));
        sink.see(58, mix(own.rule, before.rule << 16 | next.rule));
    }

    fn functions(w: &Window, sink: &mut Sink) {
        let [before, own, next] = [-1, 0, 1].map(|by| w.at(by));
        for (template, by) in (130..).zip(-2..=2) {
            sink.see(template, w.at(by).function);
        }
        sink.see(135, before.function << 8 | own.function);
        sink.see(136, own.function << 8 | next.function);
        sink.see(137, before.function << 16 | own.function << 8 | next.function);
        sink.see(138, mix(own.function, own.cue));
        sink.see(139, mix(before.function << 8 | own.function, before.cue));
        sink.see(140, mix(own.function, own.rule));
        sink.see(141, mix(own.function << 8 | own.tag, own.role()));
    }

    /// The nearest cues, verbs and subjects of the sentence.
    fn neighbours(&self, w: &Window, sink: &mut Sink) {
        let own = w.own();
        let four = [own.cues.before, own.cues.behind, own.verbs.before, own.verbs.behind];
        for (n, neighbour) in (0..).zip(four) {
            let (template, by_function) = (60 + 6 * n, 142 + 4 * n);
            let Some(m) = neighbour.place() else {
                sink.see(template, own.tag);
                continue;
            };
            let (seen, way) = (self.evidence.seen[m], far(w.n, m));
            sink.see(template + 1, seen.word);
            sink.see(template + 2, mix(seen.cue, way));
            sink.see(template + 3, mix(seen.cue, way << 8 | own.tag));
            sink.see(template + 4, mix(seen.cue, own.role() << 4 | seen.role()));
            sink.see(template + 5, mix(seen.word, way.min(3) << 8 | own.shape));
            let both = seen.function << 8 | own.function;
            sink.see(by_function, mix(both, way.min(4)));
            sink.see(by_function + 1, mix(seen.function, seen.cue));
            sink.see(by_function + 2, mix(mix(both, seen.cue), own.role()));
        }
        for (template, neighbour) in [(160, own.subjects.before), (163, own.subjects.behind)] {
            let Some(m) = neighbour.place() else {
                sink.see(template, own.function);
                continue;
            };
            let subject = self.evidence.seen[m];
            sink.see(template + 1, mix(subject.role() << 8 | own.function, far(w.n, m)));
            sink.see(template + 2, mix(subject.word, own.function));
        }
    }

    /// Where the token stands in its sentence, and what stands around sentence and block.
    fn place(&self, w: &Window, sink: &mut Sink) {
        let Evidence { r, seen, sentence, .. } = self.evidence;
        let own = w.own();
        let at = &r.sentences[sentence[w.n] as usize];
        let (from, to) = (far(at.tokens.start, w.n), far(w.n, at.tokens.end));
        let (first, last) = (seen[at.tokens.start], seen[at.tokens.end - 1]);
        let headline = u32::from(r.blocks[at.block].kind == BlockKind::Headline);
        let opens = at.tokens.start == self.tokens.start;
        sink.see(84, from);
        sink.see(85, to);
        sink.see(86, first.word);
        sink.see(87, headline << 12 | from.min(7) << 8 | first.quote << 4 | last.quote);
        let marks = first.quote << 12 | last.quote << 8 | own.quote << 4 | u32::from(opens);
        sink.see(88, mix(marks, own.cues.before.is_there() << 1 | own.cues.behind.is_there()));
        sink.see(89, mix(first.tag, own.tag));
        if !opens {
            let before = seen[at.tokens.start - 1];
            sink.see(90, before.role() << 8 | before.quote << 4 | own.quote);
            sink.see(91, before.role() << 12 | before.quote << 8 | first.quote << 4 | own.role());
        }
        // A block that ends in a colon announces the next.
        let colon = |n: usize| u32::from(r.lower(n) == ":");
        if let Some(n) = self.tokens.start.checked_sub(1) {
            let before = seen[n];
            sink.see(92, colon(n) << 8 | before.quote << 4 | own.quote);
            sink.see(93, colon(n) << 12 | before.quote << 8 | first.quote << 4 | own.role());
            sink.see(94, colon(n) << 8 | own.tag);
        }
        if let Some(behind) = seen.get(self.tokens.end) {
            let colon = colon(self.tokens.end - 1);
            sink.see(95, colon << 16 | behind.quote << 12 | to << 8 | own.tag);
            sink.see(96, mix(own.cue, colon << 8 | behind.quote));
        }
    }
}

impl Sequence for Paragraph<'_, '_> {
    fn len(&self) -> usize {
        self.tokens.len()
    }

    fn features(&self, n: usize, sink: &mut Sink) {
        let n = self.tokens.start + n;
        let w = Window { n, around: [-3, -2, -1, 0, 1, 2, 3].map(|by| self.at(n, by)) };
        sink.see(0, 0);
        Self::words(&w, sink);
        self.quotes(&w, sink);
        Self::functions(&w, sink);
        Self::rules(&w, sink);
        self.neighbours(&w, sink);
        self.place(&w, sink);
    }

    fn edge(&self, n: usize) -> usize {
        let n = self.tokens.start + n;
        let [before, own] = [-1, 0].map(|by| self.at(n, by));
        let word = |n: usize| self.evidence.r.lower(n);
        let sentence = &self.evidence.sentence;
        let class = if n > self.tokens.start && sentence[n] != sentence[n - 1] {
            1 + usize::from(own.quote == 2)
        } else if own.quote == 2 {
            3
        } else if before.quote == 3 {
            4
        } else if own.cue_class() >= 4 {
            5
        } else if before.cue_class() >= 4 {
            6
        } else if word(n) == "," {
            7
        } else if n > 0 && word(n - 1) == "," {
            8
        } else if word(n) == "that" {
            9
        } else if own.quote >= 3 {
            10
        } else {
            0
        };
        // Where the rules' labels change.
        let turns = own.rule & 1 == 1 || before.rule & 2 == 2;
        class * 2 + usize::from(turns)
    }
}
