//! Words that show an answer: "In response", "His comments drew a reply", "was responding to a question".

use std::ops::Range;

use crate::order;

use super::super::super::attribution::Reading;
use super::super::super::tags::Tag;
use super::super::super::tokens::overlap;
use super::super::super::{ResponseKind, lexicon, mentions};
use super::targets::{Owner, best_target, last_accusing, last_of, near, right_before, whose};
use super::{Answered, CERTAIN, Known, Link, anchor};

/// A signal found in the text.
pub(super) struct Found {
    pub(super) tokens: Range<usize>,
    pub(super) kind: ResponseKind,
}

/// How many sentences back "The remarks were made in response to …" may speak of.
const SENTENCES_BACK: usize = 12;

/// Signals of the lexicon in a sentence. A signal may reach into a content ("rejected the accusation") but
/// must begin outside.
pub(super) fn signals_in(r: Reading, sentence: &Range<usize>, in_content: &[bool]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for start in sentence.clone() {
        if in_content[start] || r.quoted(start) || !r.tokens.is_word(start) {
            continue;
        }
        let best = lexicon::signals(r.lower(start))
            .iter()
            .filter_map(|signal| Some((lexicon::match_words(r.tokens, &signal.words, start, sentence.end)?.end, signal.kind)))
            .max_by_key(|(end, _)| *end);
        if let Some((end, kind)) = best
            && found.last().is_none_or(|f| f.tokens.end <= start)
        {
            found.push(Found { tokens: start..end, kind });
        }
    }
    found
}

/// The relations that a signal in sentence `s` marks as answers.
pub(super) fn answering(r: Reading, known: Known, by_sentence: &[Vec<usize>], s: usize, signal: &Found) -> Vec<usize> {
    let of_sentence = |s: usize| by_sentence[s].clone();
    let own = of_sentence(s);
    if !own.is_empty() {
        // In the sentence: the relation whose cue is nearest.
        let near = own.into_iter().min_by_key(|&n| anchor(&known.relations[n]).abs_diff(signal.tokens.start));
        return near.into_iter().collect();
    }
    let block = r.sentences[s].block;
    let looks_back = looks_back(r, &r.sentences[s].tokens, signal);
    if !looks_back {
        // "Lavrov also addressed the comments. He said …": what follows in the paragraph, by one speaker.
        let mut following = (s + 1..r.sentences.len()).take_while(|&t| r.sentences[t].block == block).flat_map(of_sentence);
        let Some(first) = following.next() else { return Vec::new() };
        let rest = following.take_while(|&n| known.speakers[n] == known.speakers[first]).take(1);
        return std::iter::once(first).chain(rest).collect();
    }
    // "The remarks were made in response to …", "Obi was responding to …": what came right before.
    let named = named_in(r, known, r.sentences[s].tokens.start..signal.tokens.start).last().copied();
    let opens_block = s == 0 || r.sentences[s - 1].block != block;
    let mut back: Vec<usize> = (s.saturating_sub(SENTENCES_BACK)..s)
        .rev()
        .take_while(|&t| {
            if opens_block {
                r.sentences[t].block + 2 > block || r.sentences[t].block == r.sentences[s - 1].block
            } else {
                r.sentences[t].block == block
            }
        })
        .flat_map(of_sentence)
        .collect();
    order::sort(&mut back);
    let speaker = named.or_else(|| back.last().and_then(|&n| known.speakers[n]));
    back.retain(|&n| known.speakers[n] == speaker);
    back
}

/// Whether a sentence without a relation speaks of words already given.
fn looks_back(r: Reading, sentence: &Range<usize>, signal: &Found) -> bool {
    let progressive = (sentence.start..signal.tokens.end).any(|n| {
        matches!(r.lower(n), "was" | "were" | "had")
            && matches!(
                r.lower(n + 1),
                "responding" | "answering" | "replying" | "reacting" | "speaking" | "been" | "made" | "given" | "asked"
            )
    });
    let words = (sentence.start..signal.tokens.start).any(|n| lexicon::names_words(r.lower(n)))
        && (sentence.start..signal.tokens.start).any(|n| matches!(r.lower(n), "was" | "were" | "came" | "come"));
    progressive || words
}

fn named_in(r: Reading, known: Known, range: Range<usize>) -> Vec<usize> {
    let mut named: Vec<usize> = mentions::within(known.mentions, range.clone()).map(|m| known.cast.of_mention[m]).collect();
    if named.is_empty() && range.clone().any(|n| matches!(r.lower(n), "he" | "she" | "they")) {
        named.extend(known.relations.iter().zip(known.speakers).rev().filter(|(rel, _)| anchor(rel) < range.start).find_map(|(_, s)| *s));
    }
    named
}

/// The link of an answer that a signal marks.
pub(super) fn link_one(r: Reading, known: Known, from: usize, signal: &Found, sentence: &Range<usize>) -> Option<Link> {
    // Where the answer's own cue is the signal, what the cue takes decides.
    if known.relations[from].cue.iter().any(|cue| overlap(cue, &signal.tokens)) {
        return None;
    }
    let speaker = known.speakers[from];
    let end = sentence.end;
    let question = (signal.tokens.start..end.min(signal.tokens.end + 3))
        .find(|&n| matches!(r.lower(n), "question" | "questions" | "query" | "queries" | "asked"));
    if let Some(question) = question
        && signal.kind != ResponseKind::NoComment
    {
        let target = narrated(r, question, end);
        return Some(Link { from, to: target, kind: ResponseKind::Answer, signal: signal.tokens.clone(), confidence: 80 });
    }
    // "But her deputy disagreed, arguing that …": with what was just said, since nothing else is named.
    let alone = signal.tokens.len() == 1 && matches!(r.lower(signal.tokens.start), "disagreed" | "disagrees");
    if alone
        && matches!(r.lower(signal.tokens.end), "," | "." | ":" | ";")
        && let Some(to) = right_before(r, known, from)
    {
        let (to, signal) = (Answered::Relation(to), signal.tokens.clone());
        return Some(Link { from, to, kind: ResponseKind::Rebut, signal, confidence: CERTAIN });
    }
    let object = object_after(r, signal, end);
    if signal.kind == ResponseKind::NoComment {
        let accused = last_accusing(known, from, speaker);
        let to = accused.map_or_else(|| object.map_or(Answered::Unnamed, Answered::Narrated), Answered::Relation);
        return Some(Link { from, to, kind: ResponseKind::NoComment, signal: signal.tokens.clone(), confidence: 65 });
    }
    let around = signal.tokens.start.saturating_sub(4).max(sentence.start)..end.min(signal.tokens.end + 6);
    let owner = whose(r, known, around, from);
    let named = matches!(owner, Owner::Entity(e) if Some(e) != speaker);
    let target = match owner {
        Owner::Entity(e) if named => last_of(known, from, e),
        Owner::Unknown => None,
        _ => best_target(r, known, from, speaker).filter(|&to| near(r, known, from, to)),
    };
    let (to, confidence) = match target {
        Some(to) => (Answered::Relation(to), if named { 86 } else { 68 }),
        None => (Answered::Narrated(object?), 60),
    };
    // "His comments drew a response": whose words are answered is told, but not how. In the training articles
    // an answer to another's statement is a rebuttal twice as often as anything else.
    let kind = match signal.kind {
        ResponseKind::Answer if named && matches!(to, Answered::Relation(_)) => ResponseKind::Rebut,
        kind => kind,
    };
    Some(Link { from, to, kind, signal: signal.tokens.clone(), confidence })
}

/// The narrated question: from its noun, with the article before it, to the end of the clause.
pub(super) fn narrated(r: Reading, noun: usize, high: usize) -> Answered {
    let start = if r.lower(noun) == "asked" {
        if matches!(r.lower(noun + 1), "about" | "by") { noun + 2 } else { noun + 1 }
    } else if noun > 0 && matches!(r.tag(noun - 1), Tag::Determiner | Tag::Noun) {
        (0..noun).rev().take(3).take_while(|&n| matches!(r.tag(n), Tag::Determiner | Tag::Noun)).last().unwrap_or(noun)
    } else {
        noun
    };
    let end = (start + 1..high).find(|&n| matches!(r.lower(n), "," | "." | ";" | ":" | "?" | "!") || r.quoted(n)).unwrap_or(high);
    if start < end { Answered::Narrated(start..end) } else { Answered::Unnamed }
}

/// The noun phrase behind a signal, or the one it ends with.
fn object_after(r: Reading, signal: &Found, high: usize) -> Option<Range<usize>> {
    if let Some(noun) = signal.tokens.clone().rev().find(|&n| lexicon::names_words(r.lower(n)) || r.lower(n) == "comment") {
        let start = (signal.tokens.start..noun)
            .rev()
            .take_while(|&n| r.tag(n).opens_phrase() || r.tag(n) == Tag::PossessivePronoun)
            .last()
            .unwrap_or(noun);
        let end = (noun + 1..high).find(|&n| matches!(r.lower(n), "," | "." | ";" | ":") || r.quoted(n)).unwrap_or(high);
        return Some(start..end.min(noun + 20));
    }
    None
}
