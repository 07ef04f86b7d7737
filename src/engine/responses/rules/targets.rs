//! What an answer answers: whose words, and which of them.

use std::collections::BTreeSet;
use std::ops::Range;

use super::super::super::attribution::{Reading, Relation};
use super::super::super::tags::Tag;
use super::super::super::{Force, lexicon, mentions, provenance};
use super::{Known, anchor};

/// How many relations back an answer may reach.
pub(super) const MEMORY: usize = 120;

/// Whose words a signal speaks of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in super::super) enum Owner {
    /// It does not tell.
    Untold,
    /// Somebody whom no earlier relation quotes ("the minister’s remarks").
    Unknown,
    /// This entity.
    Entity(usize),
}

/// Reads the owner off a signal: "Renshaw’s comments", "his remarks".
pub(super) fn whose(r: Reading, known: Known, near: Range<usize>, from: usize) -> Owner {
    let earlier = || (from.saturating_sub(MEMORY)..from).rev().filter_map(|m| known.speakers[m]);
    for n in near.clone().filter(|&n| n > near.start && lexicon::names_words(r.lower(n))) {
        if r.tag(n - 1) == Tag::PossessivePronoun {
            return earlier().find(|e| Some(*e) != known.speakers[from]).map_or(Owner::Unknown, Owner::Entity);
        }
        // "the bishop’s statement": a possessor who is only described.
        if n > near.start + 1 && r.tag(n - 1) == Tag::Possessive && r.tag(n - 2) == Tag::Noun {
            let noun = r.lower(n - 2);
            let described = || earlier().find(|&e| known.cast.entities[e].name.to_lowercase().split(' ').any(|w| w == noun));
            return known.cast.by_noun(known.mentions, noun, n).or_else(described).map_or(Owner::Unknown, Owner::Entity);
        }
        let named = mentions::within(known.mentions, n.saturating_sub(8)..n).rev().find(|&m| {
            let m = &known.mentions[m];
            m.possessive && n - m.name.end <= 3
        });
        if let Some(m) = named {
            return Owner::Entity(known.cast.of_mention[m]);
        }
    }
    Owner::Untold
}

/// The latest earlier relation of an entity.
pub(super) fn last_of(known: Known, from: usize, entity: usize) -> Option<usize> {
    (from.saturating_sub(MEMORY)..from).rev().find(|&n| known.speakers[n] == Some(entity))
}

/// The latest earlier relation by someone else that accuses this speaker.
pub(super) fn last_accusing(known: Known, from: usize, speaker: Option<usize>) -> Option<usize> {
    let accused = speaker?;
    let others = |n: &usize| known.speakers[*n] != speaker && !known.relations[*n].cue.is_empty();
    (from.saturating_sub(MEMORY)..from).rev().filter(others).find(|&n| known.about[n].contains(&accused))
}

/// The last relation before by somebody else, where nothing but the speaker's own words lies between and it isn't far.
pub(super) fn right_before(r: Reading, known: Known, from: usize) -> Option<usize> {
    let before =
        (from.saturating_sub(MEMORY)..from).rev().find(|&n| known.speakers[n] != known.speakers[from] || known.speakers[n].is_none())?;
    let block = |n: usize| r.block_of(anchor(&known.relations[n]));
    let told = known.relations[from].within == Some(before);
    (known.speakers[before].is_some() && block(from) - block(before) <= 1 && !told).then_some(before)
}

/// The earlier relation by someone else that the answer's words take up most, near ones first.
pub(super) fn best_target(r: Reading, known: Known, from: usize, speaker: Option<usize>) -> Option<usize> {
    let own = words(r, &known.relations[from]);
    (from.saturating_sub(8)..from)
        .rev()
        .filter(|&n| known.speakers[n] != speaker && known.speakers[n].is_some())
        .map(|n| {
            let shared = words(r, &known.relations[n]).intersection(&own).count().cast_signed();
            let accuses_speaker = isize::from(speaker.is_some_and(|s| known.about[n].contains(&s)));
            (2 * shared + 6 * accuses_speaker - (from - n).cast_signed(), n)
        })
        .max()
        .map(|(_, n)| n)
}

fn words<'a>(r: Reading<'a>, relation: &Relation) -> BTreeSet<&'a str> {
    relation
        .content
        .iter()
        .cloned()
        .flatten()
        .filter(|&n| matches!(r.tag(n), Tag::Noun | Tag::Name | Tag::Verb | Tag::Participle))
        .map(|n| {
            let w = r.lower(n);
            w.get(..5).unwrap_or(w)
        })
        .collect()
}

/// Whether two relations stand in the same block or in neighbouring ones, or share words.
pub(super) fn near(r: Reading, known: Known, from: usize, to: usize) -> bool {
    let block = |n: usize| r.block_of(anchor(&known.relations[n]));
    let shared = words(r, &known.relations[from]).intersection(&words(r, &known.relations[to])).count();
    block(from) - block(to) <= 1 || shared >= 2
}

/// The latest earlier accusation, whomever it is against.
pub(super) fn last_accusation(r: Reading, known: Known, from: usize) -> Option<usize> {
    (from.saturating_sub(MEMORY)..from)
        .rev()
        .find(|&n| known.speakers[n] != known.speakers[from] && provenance::force(r, &known.relations[n]) == Force::Accuses)
}

/// The noun phrase around a noun, with what follows it up to a mark.
pub(super) fn phrase_around(r: Reading, noun: usize, high: usize) -> Range<usize> {
    let start = (noun.saturating_sub(4)..noun).rev().take_while(|&n| r.tag(n).opens_phrase()).last().unwrap_or(noun);
    let end = (noun + 1..high).find(|&n| matches!(r.lower(n), "," | "." | ";" | ":") || r.quoted(n)).unwrap_or(high);
    start..end.max(noun + 1)
}
