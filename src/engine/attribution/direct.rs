//! Direct quotations: the cue after, before or between, with its source on either side.

use std::ops::Range;

use super::super::lexicon::Frame;
use super::super::sentences::Sentence;
use super::super::tags::Tag;
use super::rules::Board;
use super::{Reading, Role, clauses, content, phrases, punctuation};

/// Labels the quotations that a cue introduces or closes, and those that go on from one that has.
pub(crate) fn label(r: Reading, board: &mut Board) {
    let mut carried: Option<usize> = None;
    for (q, quote) in r.quotes.iter().enumerate() {
        let sentence = r.sentences.partition_point(|s| s.tokens.end <= quote.tokens.start);
        let low = r.sentences[sentence].tokens.start;
        let last = r.sentences.partition_point(|s| s.tokens.end < quote.tokens.end);
        let high = r.sentences.get(last).map_or(quote.tokens.end, |s| s.tokens.end);
        let range = quote.tokens.clone();
        if board.taken(range.start) || punctuation::named_after(r, &range, low, board) || punctuation::named_before(r, low, &range, board) {
            carried = None;
            continue;
        }
        let spoken = before(r, low, &range, board) || after(r, low, &range, high, board);
        if spoken {
            board.put(range, Role::Content, 93);
        } else if goes_on_in_sentence(r, board, low, range.start) {
            board.put(range, Role::Content, 90);
        } else if is_speech(r, &range, low, high)
            && (carried == Some(q) || goes_on(r, board, low, quote.block) || opens_paragraph_speech(r, board, quote.block))
        {
            board.put(range, Role::Content, 80);
        }
        carried = (quote.continued && board.has(quote.tokens.start, Role::Content)).then_some(q + 1);
    }
}

/// Whether a quotation is a sentence of its own, not a few words taken up within one.
fn is_speech(r: Reading, range: &Range<usize>, low: usize, high: usize) -> bool {
    let words = range.clone().filter(|&n| r.tokens.is_word(n)).count();
    let whole = range.start == low && high <= range.end + 1;
    whole && words >= 2 || range.start == low && words >= 4 && r.tokens.capital(r.article, range.start + 1)
}

/// “…,” said Ada Obi / “…,” Ada Obi, the union's head, said / “…,” she said.
fn after(r: Reading, low: usize, range: &Range<usize>, high: usize, board: &mut Board) -> bool {
    // Behind the marks of a quotation nested at the end: ‘… threat,’”
    let last_mark = (range.start..range.end - 1).rev().map(|n| r.lower(n)).find(|m| !matches!(*m, "’" | "'" | "”" | "\"")).unwrap_or("");
    let inside = matches!(last_mark, "," | "?" | "!" | "—" | "–" | "…" | "." | "-");
    // With the comma behind the mark it must be a whole utterance, not a word taken up: the policy is ‘cruel’, she said.
    let outside = matches!(r.lower(range.end), "," | "—" | "–") && range.start == low;
    let pauses = inside || outside;
    // “Who signed?” Ada Obi asked: the question mark ended the sentence, and the cue stands in the next.
    let next = r.sentences.partition_point(|s| s.tokens.end <= range.end);
    let asks = range.end >= high
        && matches!(last_mark, "?" | "!")
        && r.sentences.get(next).is_some_and(|s| s.tokens.len() <= 16 && r.blocks[s.block].span.contains(r.tokens[range.start].span));
    let high = if asks { r.sentences[next].tokens.end } else { high };
    if !pauses || range.end >= high {
        return false;
    }
    let mut at = range.end;
    if matches!(r.lower(at), "," | "—" | "–" | "-") {
        at += 1;
    }
    // The first cue outside quotations before the sentence ends.
    for n in at..high.min(at + 45) {
        if r.quoted(n) || matches!(r.lower(n), ";" | ":") {
            return false;
        }
        let Some((cue, next)) = content::cue_at(r, n, high).filter(|(cue, _)| cue.takes(Frame::Quote)) else { continue };
        if !(r.tag(n) == Tag::Verb || n == at && r.tag(n) != Tag::Participle) || cue.weight < 10 {
            continue;
        }
        if asks && !matches!(r.lower(next), "." | ",") {
            return false;
        }
        let start = phrases::verb_group_start(r, at, n);
        let subject = if n == at || start == at { phrases::inverted_subject(r, next, high) } else { subject_between(r, at, start) };
        if let Some(subject) = subject {
            return board.put(start.max(at)..next, Role::Cue, 93) && board.put(subject, Role::Source, 93);
        }
        if n > at {
            return false;
        }
    }
    false
}

/// The subject between a quotation and its cue must fill the whole gap.
fn subject_between(r: Reading, from: usize, verb: usize) -> Option<Range<usize>> {
    let end = if r.lower(verb - 1) == "," { verb - 1 } else { verb };
    let holds_verb =
        (from..end).any(|n| matches!(r.tag(n), Tag::Verb) && r.lower(from) != "," && !(from..n).any(|m| matches!(r.lower(m), "who" | ",")));
    (from < end && !holds_verb && (r.tag(from).opens_phrase() || r.tag(from) == Tag::Pronoun)).then_some(from..end)
}

/// Ada Obi said: “…” / She told reporters, “…” / Ada Obi said “…”
fn before(r: Reading, low: usize, range: &Range<usize>, board: &mut Board) -> bool {
    if range.start == low {
        return before_in_previous_sentence(r, range, board);
    }
    let introduced = matches!(r.lower(range.start - 1), "," | ":");
    let end = if introduced { range.start - 1 } else { range.start };
    // A title in quotation marks has a capital as well, but no stop.
    let stops = range
        .clone()
        .rev()
        .find(|&n| r.tokens.is_word(n))
        .is_some_and(|last| (last + 1..range.end).any(|n| matches!(r.lower(n), "." | "," | "?" | "!" | "…")));
    let whole = stops && r.tokens.capital(r.article, range.start + 1) && range.clone().filter(|&n| r.tokens.is_word(n)).count() >= 3;
    if !introduced && !whole {
        return false;
    }
    for n in (low..end).rev().take(16) {
        if r.quoted(n) || board.taken(n) || matches!(r.lower(n), ";" | ".") {
            return false;
        }
        let Some((cue, next)) =
            content::cue_at(r, n, end).filter(|(cue, _)| cue.takes(Frame::Quote) && cue.weight >= if introduced { 10 } else { 40 })
        else {
            continue;
        };
        if !matches!(r.tag(n), Tag::Verb | Tag::Participle) {
            continue;
        }
        // A clause of its own between cue and quotation: the quotation is part of that clause.
        if (next..end).any(|m| matches!(r.lower(m), "that") || matches!(r.tag(m), Tag::Auxiliary))
            || !introduced && next != end && !cue.takes(Frame::PersonClause)
        {
            return false;
        }
        let start = phrases::verb_group_start(r, low, n);
        if let Some(subject) = phrases::subject_before(r, low, start) {
            board.put(subject, Role::Source, 90);
        } else if r.tag(n) == Tag::Participle
            && n > low
            && r.lower(n - 1) == ","
            && let Some(subject) = clauses::first_subject(r, board, low, n)
        {
            board.put(subject, Role::Source, 82);
        } else if r.tag(n) != Tag::Participle && !follows_conjunction(r, start, low) {
            return false;
        }
        return board.put(start..next, Role::Cue, 90);
    }
    false
}

fn follows_conjunction(r: Reading, start: usize, low: usize) -> bool {
    start > low && matches!(r.lower(start - 1), "and" | "but" | ",")
}

/// "Ada Obi added:" closes one line, the quotation opens the next; or the quotation follows a colon that
/// ended the sentence.
fn before_in_previous_sentence(r: Reading, range: &Range<usize>, board: &mut Board) -> bool {
    if range.start == 0 || r.lower(range.start - 1) != ":" {
        return false;
    }
    let sentence = r.sentences.partition_point(|s| s.tokens.end < range.start);
    let Some(sentence) = r.sentences.get(sentence).filter(|s| s.tokens.end == range.start) else { return false };
    let low = sentence.tokens.start;
    for n in (low..range.start - 1).rev().take(20) {
        let Some((_, next)) = content::cue_at(r, n, range.start - 1).filter(|(cue, _)| cue.takes(Frame::Quote)) else { continue };
        let start = phrases::verb_group_start(r, low, n);
        if board.taken(n) || r.tag(n) != Tag::Verb {
            continue;
        }
        if let Some(subject) = phrases::subject_before(r, low, start) {
            return board.put(start..next, Role::Cue, 90) && board.put(subject, Role::Source, 90);
        }
    }
    false
}

/// “…,” said Ada Obi, “…”: speech before the cue and a comma before this quotation.
fn goes_on_in_sentence(r: Reading, board: &Board, low: usize, start: usize) -> bool {
    start > low && matches!(r.lower(start - 1), "," | "—" | "–") && board.any(low..start, Role::Content) && board.any(low..start, Role::Cue)
}

/// The last sentence that ends before a token.
fn sentence_before(r: Reading<'_>, token: usize) -> Option<&Sentence> {
    let after = r.sentences.partition_point(|s| s.tokens.end <= token);
    r.sentences.get(after.checked_sub(1)?)
}

/// Whether the sentence before, in the same block, holds a direct quotation that this one goes on with.
fn goes_on(r: Reading, board: &Board, low: usize, block: usize) -> bool {
    let Some(previous) = sentence_before(r, low).filter(|s| s.block == block) else { return false };
    previous.tokens.clone().any(|n| board.has(n, Role::Content))
}

/// A paragraph that is nothing but speech goes on with the paragraph before, if that speaks.
fn opens_paragraph_speech(r: Reading, board: &Board, block: usize) -> bool {
    let Some(first) = r.sentences.get(r.sentences.partition_point(|s| s.block < block)).filter(|s| s.block == block) else { return false };
    let Some(previous) = sentence_before(r, first.tokens.start) else { return false };
    previous.tokens.clone().any(|n| board.has(n, Role::Content) || board.has(n, Role::Cue))
}
