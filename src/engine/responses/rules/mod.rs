//! Explicit answers by rule: a signal in the answer's own sentence, in a sentence that leads up to it, or in one
//! that looks back at it; or the answer's own cue. In running news most of what they link is wrong, so they link
//! nothing: the model weighs what they say.

mod cues;
mod signals;
mod targets;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::order;

use super::super::attribution::{Reading, Relation};
use super::{Answered, Known, ResponseKind, anchor, negates};
pub(super) use targets::Owner;

/// What a rule takes for an answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Link {
    /// The answering relation.
    pub from: usize,
    /// What it answers.
    pub to: Answered,
    /// How it stands to it.
    pub kind: ResponseKind,
    /// The words that show it.
    pub signal: Range<usize>,
    /// How much the rule is worth, in percent.
    pub confidence: u8,
}

/// What a rule is worth that goes before the model.
pub(super) const CERTAIN: u8 = 90;

/// Links every explicit answer.
pub(super) fn link(r: Reading, known: Known) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    let in_content: Vec<bool> = marked(r, known.relations);
    let mut by_sentence: Vec<Vec<usize>> = vec![Vec::new(); r.sentences.len()];
    for (n, relation) in known.relations.iter().enumerate() {
        by_sentence[r.sentence_of(anchor(relation))].push(n);
    }
    for (s, sentence) in r.sentences.iter().enumerate() {
        for signal in signals::signals_in(r, &sentence.tokens, &in_content) {
            let answers = signals::answering(r, known, &by_sentence, s, &signal);
            for from in answers {
                if let Some(link) = signals::link_one(r, known, from, &signal, &sentence.tokens) {
                    links.push(link);
                }
            }
        }
    }
    for from in 0..known.relations.len() {
        links.extend(cues::by_cue(r, known, from).or_else(|| cues::by_verdict(r, known, from)));
    }
    links.extend(spread(r, known, &links));
    // One link for each pair; of several for one answer to narrated things the first is enough.
    order::sort_by_key(&mut links, |l| (l.from, order(&l.to), std::cmp::Reverse(l.confidence), l.signal.start));
    let claimed = |l: &Link| matches!(l.to, Answered::Relation(_));
    links.dedup_by(|b, a| a.from == b.from && (a.to == b.to || claimed(a) || !claimed(b)));
    drop_cycles(&mut links);
    links
}

/// Whose words a claim, by what its cue takes for an object or the words before it in its sentence, speaks of.
pub(super) fn owner(r: Reading, known: Known, n: usize) -> Owner {
    let relation = &known.relations[n];
    let object = relation.content.first().map_or(0..0, |content| content.start..content.end.min(content.start + 6));
    let start = r.sentences[r.sentence_of(anchor(relation))].tokens.start;
    let before = start..anchor(relation);
    match targets::whose(r, known, object.start.saturating_sub(1)..object.end, n) {
        Owner::Untold => targets::whose(r, known, before, n),
        owner => owner,
    }
}

/// A signal covers what the same speaker says on in the same sentence, and the quotation that goes straight on.
fn spread(r: Reading, known: Known, links: &[Link]) -> Vec<Link> {
    let answering = order::set(links.iter().map(|l| l.from));
    let quoted = |n: usize| known.relations[n].content.iter().all(|c| r.quoted(c.start));
    links
        .iter()
        .filter(|l| l.kind != ResponseKind::NoComment && l.from + 1 < known.relations.len())
        .filter_map(|l| {
            let next = l.from + 1;
            let (here, there) = (r.sentence_of(anchor(&known.relations[l.from])), r.sentence_of(anchor(&known.relations[next])));
            let goes_on = here == there || quoted(next) && r.sentences[here].block == r.sentences[there].block && there.abs_diff(here) <= 1;
            let own = answering.contains(&next);
            let speaks_for = known.relations[next].source.iter().cloned().flatten().any(|n| r.lower(n).starts_with("spokes"));
            let same = known.speakers[next] == known.speakers[l.from]
                || speaks_for && r.sentences[here].block == r.sentences[there].block && there.abs_diff(here) <= 1;
            (same && (goes_on || speaks_for) && !own && l.to != Answered::Relation(next)).then(|| Link {
                from: next,
                confidence: l.confidence.saturating_sub(10),
                ..l.clone()
            })
        })
        .collect()
}

fn order(to: &Answered) -> (u8, usize) {
    match to {
        Answered::Relation(n) => (0, *n),
        Answered::Narrated(range) => (1, range.start),
        Answered::Unnamed => (2, 0),
    }
}

/// Two claims don't answer each other: the later link of a pair goes.
fn drop_cycles(links: &mut Vec<Link>) {
    let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
    links.retain(|l| match l.to {
        Answered::Relation(to) => !seen.contains(&(to, l.from)) && seen.insert((l.from, to)),
        _ => true,
    });
}

fn marked(r: Reading, relations: &[Relation]) -> Vec<bool> {
    let mut marks = vec![false; r.tokens.len()];
    for range in relations.iter().flat_map(|rel| &rel.content) {
        marks[range.clone()].fill(true);
    }
    marks
}
