//! How well texts are tagged: the share of right tags, and names found whole with the right kind.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use super::gold::{self, Document, Gold, kind, label, universal};

/// Kinds of names.
const KINDS: [&str; 4] = ["person", "organisation", "place", "other"];

/// What was counted so far.
#[derive(Default)]
pub(super) struct Score {
    right: usize,
    all: usize,
    /// By true tag and tag found.
    confused: BTreeMap<(&'static str, &'static str), usize>,
    /// By kind: names found and true, found, true. The last is names of whatever kind.
    names: [[usize; 3]; KINDS.len() + 1],
}

impl Score {
    /// Counts a document whose text was tagged: spans of tokens with their labels, in order.
    pub(super) fn count(&mut self, document: &Document, ours: &[(Range<usize>, u8)]) {
        let found = said(document, ours);
        for (gold, &found) in document.tokens.iter().zip(&found) {
            let (gold, found) = (universal(gold.label), universal(found));
            self.all += 1;
            if gold == found {
                self.right += 1;
            } else {
                *self.confused.entry((gold, found)).or_default() += 1;
            }
        }
        let theirs: Vec<u8> = document.tokens.iter().map(|gold| gold.label).collect();
        for (counts, wanted) in self.names.iter_mut().zip(KINDS.map(Some).into_iter().chain([None])) {
            let (ours, theirs) = (names(&found, wanted), names(&theirs, wanted));
            counts[0] += ours.iter().filter(|name| theirs.contains(name)).count();
            counts[1] += ours.len();
            counts[2] += theirs.len();
        }
    }

    /// Adds another score.
    pub(super) fn add(&mut self, other: Self) {
        self.right += other.right;
        self.all += other.all;
        for (pair, count) in other.confused {
            *self.confused.entry(pair).or_default() += count;
        }
        self.names.iter_mut().flatten().zip(other.names.into_iter().flatten()).for_each(|(sum, count)| *sum += count);
    }

    /// The commonest errors.
    pub(super) fn errors(&self) -> String {
        let mut worst: Vec<_> = self.confused.iter().collect();
        worst.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let lines: Vec<String> =
            worst.into_iter().take(20).map(|((gold, found), count)| format!("{count:6} {gold} taken for {found}")).collect();
        lines.join("\n")
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2} % of {} tags; F1 of names", 100.0 * self.right as f64 / self.all as f64, self.all)?;
        for (name, [both, ours, theirs]) in KINDS.into_iter().chain(["whatever kind"]).zip(self.names) {
            write!(f, ", {name} {:.1}", 200.0 * both as f64 / (ours + theirs) as f64)?;
        }
        Ok(())
    }
}

/// Runs of tokens that are names: all of them, or those of one kind.
fn names(labels: &[u8], wanted: Option<&str>) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut found = Vec::new();
    for run in labels.chunk_by(|&a, &b| gold::names(a) == gold::names(b)) {
        at += run.len();
        if !gold::names(run[0]) {
            continue;
        }
        let mut start = at - run.len();
        let Some(wanted) = wanted else {
            found.push(start..at);
            continue;
        };
        // Kinds part a run; what has none goes with what follows.
        while start < at {
            let rest = &labels[start..at];
            let of = rest.iter().find_map(|&label| kind(label)).unwrap_or("other");
            let len = rest.iter().take_while(|&&label| kind(label).is_none_or(|kind| kind == of)).count();
            if of == wanted {
                found.push(start..start + len);
            }
            start += len;
        }
    }
    found
}

/// What our tokens say of each of the document's. Where one of ours covers several: what follows in a contraction is
/// known by its form, and so are the marks that our tokens leave out.
fn said(document: &Document, ours: &[(Range<usize>, u8)]) -> Vec<u8> {
    let mut last = usize::MAX;
    let of_token = |gold: &Gold| {
        let at = ours.partition_point(|(span, _)| span.end <= gold.start).min(ours.len() - 1);
        let word = document.word(gold).to_lowercase().replace('’', "'");
        let (span, label) = &ours[at];
        if span.start >= gold.end {
            // A hyphen, or between figures "to".
            let figure = |n: usize| document.text[ours[n].0.clone()].chars().all(|c| c.is_ascii_digit() || ",.".contains(c));
            return self::label(if at > 0 && figure(at - 1) && figure(at) { "SYM" } else { "PUNCT" });
        }
        let first = at != last;
        last = at;
        match word.as_str() {
            "n't" | "not" | "'s" if !first => self::label("PART"),
            _ if !first && word.starts_with('\'') => self::label("AUX"),
            _ => *label,
        }
    };
    document.tokens.iter().map(of_token).collect()
}
