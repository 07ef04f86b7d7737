//! Grammatical functions: what each token is to the word it depends on (subject, object, complement clause …),
//! guessed token by token without building a tree. Names are those of Stanford Dependencies (de Marneffe and
//! Manning, 2008).

use std::ops::Range;
use std::sync::LazyLock;

use super::super::chain::{Chain, Sequence, Sink, mix};
use super::evidence::{Seen, far};

/// The functions told apart. What stands behind `<` or `>` is the side of the word it depends on.
pub(crate) const FUNCTIONS: [&str; 32] = [
    "other",
    "root",
    "nsubj",
    "nsubjpass",
    "dobj",
    "ccomp<",
    "ccomp>",
    "xcomp",
    "advcl<",
    "advcl>",
    "acl",
    "acl:relcl",
    "nmod",
    "nmod:poss",
    "nmod:tmod",
    "case",
    "mark",
    "aux",
    "auxpass",
    "cop",
    "det",
    "amod",
    "compound",
    "compound:prt",
    "nummod",
    "advmod",
    "neg",
    "conj",
    "cc",
    "appos",
    "parataxis",
    "punct",
];

/// Edge classes.
#[cfg(feature = "train")]
pub(crate) const EDGES: usize = 4;

/// The tokens of one sentence.
pub(crate) struct Clause<'s> {
    pub(crate) seen: &'s [Seen],
    pub(crate) tokens: Range<usize>,
}

static WEIGHTS: LazyLock<Chain<{ FUNCTIONS.len() }>> = LazyLock::new(|| Chain::read(include_bytes!("../../../assets/functions.bin")));

/// The function of each token of a sentence.
pub(crate) fn label(clause: &Clause) -> Vec<u8> {
    WEIGHTS.best(clause)
}

/// Whether a token's function, as [`Seen`] has it, is that of a subject.
pub(crate) fn is_subject(function: u32) -> bool {
    // One more than their places above.
    matches!(function, 3 | 4)
}

impl Clause<'_> {
    fn at(&self, n: usize, by: isize) -> Seen {
        let m = n.wrapping_add_signed(by);
        if self.tokens.contains(&m) { self.seen[m] } else { Seen::default() }
    }

    fn words(around: &[Seen; 7], sink: &mut Sink) {
        let [.., before2, before, own, next, next2, _] = *around;
        for (template, seen) in (1..).zip(&around[1..6]) {
            sink.see(template, seen.word);
        }
        for (template, seen) in (8..).zip(around) {
            sink.see(template, seen.tag);
        }
        sink.see(15, mix(before.word, own.word));
        sink.see(16, mix(own.word, next.word));
        sink.see(17, mix(own.word, before.tag));
        sink.see(18, mix(own.word, next.tag));
        sink.see(19, mix(own.suffix, before.tag << 8 | next.tag));
        sink.see(20, before.tag << 8 | own.tag);
        sink.see(21, own.tag << 8 | next.tag);
        sink.see(22, before.tag << 16 | own.tag << 8 | next.tag);
        sink.see(23, before2.tag << 16 | before.tag << 8 | own.tag);
        sink.see(24, own.tag << 16 | next.tag << 8 | next2.tag);
        sink.see(25, mix(next.tag << 16 | next2.tag << 8 | around[6].tag, own.tag));
        sink.see(26, mix(around[0].tag << 16 | before2.tag << 8 | before.tag, own.tag));
        sink.see(27, own.suffix);
        sink.see(28, before.suffix);
        sink.see(29, next.suffix);
        sink.see(30, before.shape << 8 | own.shape << 4 | next.shape);
        sink.see(31, own.cue);
        sink.see(32, mix(before.cue, own.tag));
        sink.see(33, mix(next.cue, own.tag));
        sink.see(34, own.quote << 8 | before.quote << 4 | next.quote);
    }
}

impl Sequence for Clause<'_> {
    fn len(&self) -> usize {
        self.tokens.len()
    }

    fn features(&self, n: usize, sink: &mut Sink) {
        let n = self.tokens.start + n;
        let around = [-3, -2, -1, 0, 1, 2, 3].map(|by| self.at(n, by));
        let (before, own) = (around[2], around[3]);
        sink.see(0, 0);
        Self::words(&around, sink);
        for (template, neighbour) in [(40, own.verbs.before), (45, own.verbs.behind)] {
            let Some(m) = neighbour.place() else {
                sink.see(template, own.tag);
                continue;
            };
            let (verb, way) = (self.seen[m], far(n, m));
            sink.see(template + 1, mix(verb.word, own.tag));
            sink.see(template + 2, mix(verb.tag << 8 | way, own.tag));
            sink.see(template + 3, mix(verb.cue, own.tag));
            sink.see(template + 4, mix(verb.suffix, own.tag << 8 | before.tag));
        }
        sink.see(50, mix(own.tag, own.verbs.before.is_there() << 1 | own.verbs.behind.is_there()));
        sink.see(51, mix(own.tag, far(self.tokens.start, n) << 4 | far(n, self.tokens.end)));
        sink.see(52, mix(self.seen[self.tokens.start].word, own.tag));
        sink.see(53, mix(self.seen[self.tokens.end - 1].word, own.tag));
    }

    /// Whether the token or the one before it is a punctuation mark.
    fn edge(&self, n: usize) -> usize {
        let n = self.tokens.start + n;
        let mark = |seen: Seen| usize::from(seen.shape == 2);
        mark(self.at(n, 0)) * 2 + mark(self.at(n, -1))
    }
}
