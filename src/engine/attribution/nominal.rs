//! Attributions whose cue is no plain verb: "raised concerns about", "in the view of", "their position that".

use std::ops::Range;

use super::super::lexicon::{self, Position};
use super::super::sentences::Sentence;
use super::super::tags::Tag;
use super::rules::Board;
use super::{Reading, Role, content, phrases};

/// Labels the lexicon's cue phrases and possessed nouns with a that-clause.
pub(crate) fn label(r: Reading, sentence: &Sentence, board: &mut Board) {
    let Range { start: low, end: high } = sentence.tokens.clone();
    for n in low..high {
        if r.quoted(n) || board.taken(n) {
            continue;
        }
        let longest = lexicon::phrases(r.lower(n))
            .iter()
            .filter_map(|phrase| Some((lexicon::match_words(r.tokens, &phrase.words, n, high)?, phrase)))
            .max_by_key(|(found, _)| found.end);
        if let Some((found, phrase)) = longest {
            phrase_cue(r, low..high, n, &found, phrase.position, board);
        } else if r.tag(n) == Tag::PossessivePronoun {
            possessed(r, low..high, n, board);
        }
    }
}

/// A phrase of the lexicon at `n`, its source where the lexicon says.
fn phrase_cue(r: Reading, sentence: Range<usize>, n: usize, found: &lexicon::Matched, position: Position, board: &mut Board) {
    let Range { start: low, end: high } = sentence;
    let cue = phrases::verb_group_start(r, low, n)..found.end;
    let (cue, source, start) = match position {
        Position::Precedes if r.tag(n) == Tag::Possessive => {
            // "He rejected the party’s demand for …": the sentence is about him.
            let governed = (low..n).any(|m| r.tag(m) == Tag::Verb && content::cue_at(r, m, high).is_some_and(|(cue, _)| cue.weight >= 28));
            (n..found.end, phrases::phrase_back(r, low, n).filter(|_| !governed), found.end)
        }
        Position::Precedes => {
            let source = phrases::subject_before(r, low, cue.start);
            (cue, source, found.end)
        }
        Position::Follows => {
            let end = phrases::inverted_subject(r, found.end, high).map_or(found.end, |s| s.end);
            (n..found.end, Some(found.end..end), end)
        }
        Position::Inside => {
            let Some(star) = found.star.clone() else { return };
            (n..star.start, Some(star), found.end)
        }
    };
    let Some(source) = source.filter(|s| !s.is_empty() && !s.clone().any(|m| board.taken(m))) else { return };
    let start = if r.lower(start) == "," { start + 1 } else { start };
    if start >= high || cue.clone().any(|m| board.taken(m)) {
        return;
    }
    let range = start..content::clause_end(r, start, high);
    if range.is_empty() || range.clone().any(|m| board.taken(m)) {
        return;
    }
    board.put(cue, Role::Cue, 74);
    board.put(source, Role::Source, 74);
    board.put(range, Role::Content, 74);
}

/// Nouns that take a that-clause with what their owner says or thinks.
const HELD: &[&str] = &[
    "position",
    "view",
    "claim",
    "claims",
    "argument",
    "belief",
    "allegation",
    "allegations",
    "accusation",
    "assertion",
    "contention",
    "promise",
    "warning",
    "suggestion",
    "insistence",
    "opinion",
    "conviction",
    "complaint",
    "charge",
    "stance",
    "statement",
];

/// "She repeated her view that …": the sentence's subject holds it.
fn possessed(r: Reading, sentence: Range<usize>, n: usize, board: &mut Board) {
    let Range { start: low, end: high } = sentence;
    let noun = phrases::phrase_forward(r, n, high);
    if noun < n + 2 || !HELD.contains(&r.lower(noun - 1)) || r.lower(noun) != "that" {
        return;
    }
    let Some(verb) = (low + 1..n).find(|&m| matches!(r.tag(m), Tag::Verb | Tag::Auxiliary) && !r.quoted(m)) else { return };
    let Some(source) = phrases::subject_before(r, low, verb) else { return };
    let range = n..content::clause_end(r, n, high);
    if (low..range.end).any(|m| board.taken(m)) {
        return;
    }
    board.put(source, Role::Source, 66);
    board.put(verb..n, Role::Cue, 66);
    board.put(range, Role::Content, 66);
}
