//! Attributions at the edge of what they attribute: "According to Obi, …", "…, Obi said."

use std::ops::Range;

use super::super::BlockKind;
use super::super::lexicon::{self, Frame, WordClass};
use super::super::sentences::Sentence;
use super::super::tags::Tag;
use super::rules::Board;
use super::{Reading, Role, content, phrases};

/// "According to Ada Obi, …", "…, according to the ministry."
pub(crate) fn according_to(r: Reading, sentence: &Sentence, board: &mut Board) {
    let Range { start: low, end: high } = sentence.tokens.clone();
    for n in low..high {
        if r.quoted(n) || r.lower(n) != "according" || r.lower(n + 1) != "to" || board.taken(n) {
            continue;
        }
        let first = n == low || matches!(r.lower(n - 1), "but" | "and" | "“" | ";") && n == low + 1;
        let subject_end = source_after(r, n + 2, high);
        // "according to plan", "according to size": a bare common noun speaks only where it names speakers or papers.
        let bare = subject_end == n + 3 && r.tag(n + 2) == Tag::Noun && !names_a_source(r.lower(n + 2));
        if subject_end == n + 2 || bare {
            continue;
        }
        let content = if first || n > low && r.lower(n - 1) == "," && n < low + 3 {
            let start = if r.lower(subject_end) == "," { subject_end + 1 } else { subject_end };
            start..content::clause_end(r, start, high)
        } else {
            let end = content::trim_end(r, low, n);
            let from = (low..end).rev().take_while(|&m| !board.taken(m)).last().unwrap_or(end);
            strip_opening(r, from, end)..end
        };
        if content.is_empty() || !board.put(n..n + 2, Role::Cue, 90) {
            continue;
        }
        let parted = !first && r.lower(subject_end) == "," && !content::is_clause(r, content.clone());
        board.put(n + 2..subject_end, Role::Source, 90);
        board.put(content, Role::Content, 88);
        // "The fire, according to the captain, began in a shed."
        if parted {
            board.put(subject_end + 1..content::trim_end(r, subject_end + 1, high), Role::Content, 80);
        }
    }
}

fn names_a_source(noun: &str) -> bool {
    if matches!(noun, "plan" | "schedule" | "law" | "custom" | "taste") {
        return false;
    }
    if noun.ends_with('s') || matches!(noun, "police" | "data" | "media" | "research" | "management") {
        return true;
    }
    [WordClass::GroupHead, WordClass::Unnamed, WordClass::Document, WordClass::OrgHead].into_iter().any(|class| lexicon::is_a(noun, class))
}

/// The source after "according to": up to a comma that is no apposition's, or the sentence's end.
fn source_after(r: Reading, at: usize, high: usize) -> usize {
    let Some(subject) = phrases::inverted_subject(r, at, high) else { return phrases::phrase_forward(r, at, high) };
    // "According to Obi, the bridge is safe": what looks like an apposition is the content.
    let comma = subject.clone().find(|&n| r.lower(n) == ",");
    if let Some(comma) = comma.filter(|_| r.lower(subject.end) != ",") {
        return comma;
    }
    // "a report by the water board", "figures on crime from the police"
    let mut end = subject.end;
    while matches!(r.lower(end), "by" | "on" | "in" | "from" | "about") && !super::super::dates::is_weekday(r.lower(end + 1)) {
        let next = phrases::phrase_forward(r, end + 1, high);
        if next == end + 1 {
            break;
        }
        end = next;
    }
    end
}

fn strip_opening(r: Reading, from: usize, end: usize) -> usize {
    (from..end).find(|&n| r.tokens.is_word(n) && !matches!(r.lower(n), "but" | "and") || r.quoted(n)).unwrap_or(end)
}

/// A cue with its source between the marks that part it from its content.
struct Aside {
    cue: Range<usize>,
    source: Range<usize>,
    /// The comma before it.
    open: usize,
    /// The mark behind it, or the sentence's end.
    close: usize,
}

/// "The bridge will close, Obi said." / "The bridge, officials say, will close."
pub(crate) fn trailing(r: Reading, sentence: &Sentence, board: &mut Board) {
    let Range { start: low, end: high } = sentence.tokens.clone();
    let headline = r.blocks[sentence.block].kind == BlockKind::Headline;
    for n in low + 3..high {
        if r.quoted(n) || board.taken(n) || r.tag(n) != Tag::Verb {
            continue;
        }
        let Some(aside) = aside_at(r, low, high, n).filter(|a| a.source.start >= a.open) else { continue };
        let Aside { cue, source, open, close } = aside;
        let before = strip_opening(r, free_back(board, low, open), open)..open;
        let whole = content::is_clause(r, before.clone());
        let behind = close + 1..high;
        let mid_sentence = r.lower(close) == ",";
        if before.is_empty() || !whole && !headline && !mid_sentence {
            continue;
        }
        // "…, Obi said, adding that …" goes on with another attribution; what else follows must be a clause.
        if mid_sentence && whole && !ends_soon(r, close, high) && (behind.is_empty() || !content::is_clause(r, behind.clone())) {
            continue;
        }
        if board.put(cue, Role::Cue, 85) {
            board.put(source, Role::Source, 85);
            board.put(before.start..content::trim_end(r, before.start, open), Role::Content, 82);
            if mid_sentence && !whole && !behind.is_empty() {
                board.put(behind.start..content::trim_end(r, behind.start, high), Role::Content, 75);
            }
        }
    }
}

/// The aside whose cue is the verb at `n`: ", Obi said", ", the minister, Ada Obi, said", ", said Obi".
fn aside_at(r: Reading, low: usize, high: usize, n: usize) -> Option<Aside> {
    let (_, next) =
        content::cue_at(r, n, high).filter(|(cue, _)| cue.weight >= 40 && (cue.takes(Frame::Clause) || cue.takes(Frame::Quote)))?;
    let start = phrases::verb_group_start(r, low, n);
    let open = (low + 2..start).rev().take(14).find(|&m| r.lower(m) == "," && !r.quoted(m))?;
    // Nothing but adverbials between the attribution and the mark that closes it.
    let closing = |at: usize| {
        Some(content::skip_adverbials(r, at, high)).filter(|&at| at >= high || matches!(r.lower(at), "." | "," | "?" | "!" | ";"))
    };
    if start == open + 1 {
        // "The association, which brought the lawsuit, praised …": the comma closes a relative clause.
        let before = (low..open).rev().find(|&m| r.lower(m) == ",").map_or(low, |m| m + 1);
        if matches!(r.lower(before), "which" | "who" | "whose" | "where") {
            return None;
        }
        if let (Some(close), Some(source)) = (closing(next), apposed(r, low, open)) {
            return Some(Aside { cue: start..next, open: source.start - 1, source, close });
        }
        let source = phrases::inverted_subject(r, next, high)?;
        return Some(Aside { cue: start..next, open, close: closing(source.end)?, source });
    }
    let plain = r.tag(open + 1) != Tag::Preposition
        && !(open + 1..start).any(|m| matches!(r.tag(m), Tag::Verb | Tag::Auxiliary | Tag::Subordinator));
    let source = phrases::subject_before(r, open + 1, start).filter(|_| plain)?;
    Some(Aside { cue: start..next, source, open, close: closing(next)? })
}

/// "…, the minister, Ada Obi, said": name and description between commas, the last of which is `comma`.
fn apposed(r: Reading, low: usize, comma: usize) -> Option<Range<usize>> {
    let mut commas = (low + 2..comma).rev().take(20).filter(|&n| r.lower(n) == "," && !r.quoted(n));
    let middle = commas.next()?;
    let first = commas.next()?;
    let phrase = |range: Range<usize>| {
        !range.is_empty() && range.clone().all(|n| r.tag(n).opens_phrase() || matches!(r.tag(n), Tag::Preposition | Tag::Conjunction))
    };
    (phrase(first + 1..middle) && phrase(middle + 1..comma)).then_some(first + 1..comma)
}

fn ends_soon(r: Reading, close: usize, high: usize) -> bool {
    r.tag(close + 1) == Tag::Participle || matches!(r.lower(close + 1), "citing" | "adding" | "but" | "and" | "while") || close + 2 >= high
}

/// The first free token of the run of free tokens that ends at `end`.
fn free_back(board: &Board, low: usize, end: usize) -> usize {
    (low..end).rev().take_while(|&n| !board.taken(n)).last().unwrap_or(end)
}
