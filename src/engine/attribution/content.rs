//! How far a content reaches.

use std::ops::Range;

use super::super::lexicon;
use super::super::tags::Tag;
use super::{Reading, phrases};

/// The cue at a token: the lexicon's longest match over up to five words, with the token behind it.
pub(crate) fn cue_at(r: Reading, n: usize, high: usize) -> Option<(&'static lexicon::Cue, usize)> {
    let first = r.lower(n);
    if !r.tokens.is_word(n) || r.quoted(n) {
        return None;
    }
    let mut form = String::from(first);
    let mut found = lexicon::cue(first).map(|cue| (cue, n + 1));
    for next in n + 1..high.min(n + 5) {
        if !r.tokens.is_word(next) || r.quoted(next) {
            break;
        }
        form.push(' ');
        form.push_str(r.lower(next));
        if let Some(cue) = lexicon::cue(&form) {
            found = Some((cue, next + 1));
        }
    }
    found
}

/// Cuts the marks off the end of a content: a final stop goes unless it belongs to a quotation that lies
/// wholly in the content.
pub(crate) fn trim_end(r: Reading, start: usize, mut end: usize) -> usize {
    while end > start && !r.tokens.is_word(end - 1) {
        let n = end - 1;
        let closes_inner = r.quote_of[n].is_some_and(|q| {
            let quote = &r.quotes[q as usize].tokens;
            quote.end == end && quote.start >= start
        });
        let bracket = matches!(r.lower(n), ")" | "]" | "%" | "'");
        if closes_inner || bracket {
            break;
        }
        end -= 1;
    }
    end
}

/// The end of a clause content that starts at `start` in a sentence that ends at `high`: the sentence's end,
/// or the place where another attribution begins.
pub(crate) fn clause_end(r: Reading, start: usize, high: usize) -> usize {
    let mut end = high;
    for n in start + 1..high {
        if r.quoted(n) {
            continue;
        }
        if r.lower(n) == ";" && has_cue(r, n + 1, high) {
            end = n;
            break;
        }
        let Some(turn) = turn_at(r, n) else { continue };
        if begins_attribution(r, n + turn, high) {
            end = n;
            break;
        }
    }
    trim_end(r, start, end)
}

/// Whether a turn to another clause starts at `n`; gives the number of tokens before that clause.
fn turn_at(r: Reading, n: usize) -> Option<usize> {
    let comma = matches!(r.lower(n), "," | "—" | "–");
    let word = r.lower(n + usize::from(comma));
    let turns = match word {
        "while" | "although" | "though" | "whereas" => true,
        "but" | "and" | "as" | "yet" => comma || word != "as",
        "with" => comma,
        _ => comma && r.tag(n + 1) == Tag::Participle,
    };
    if !turns {
        return None;
    }
    Some(usize::from(comma) + usize::from(r.tag(n + usize::from(comma)) != Tag::Participle))
}

/// Whether an attribution begins at `n`: a cue with a clause after it, at once or behind its own subject.
fn begins_attribution(r: Reading, n: usize, high: usize) -> bool {
    let limit = high.min(n + 14);
    let mut at = n;
    while at < limit && matches!(r.tag(at), Tag::Adverb | Tag::Auxiliary) {
        at += 1;
    }
    let direct = cue_at(r, at, high)
        .filter(|(cue, next)| cue.weight >= 35 && matches!(r.tag(at), Tag::Verb | Tag::Participle) && completes(r, *next, high));
    if direct.is_some() {
        // "and warned that …" goes on with the first source; "and said nothing more" within a long list does so as well.
        return r.tag(at) == Tag::Participle || r.lower(direct.map_or(at, |(_, next)| next)) != "," || at > n;
    }
    let subject = phrases::phrase_forward(r, n, limit);
    if subject == n {
        return false;
    }
    let mut at = subject;
    if r.lower(at) == "," {
        at = (at + 1..limit).find(|&n| r.lower(n) == ",").map_or(at, |n| n + 1);
    }
    while at < limit && matches!(r.tag(at), Tag::Adverb | Tag::Auxiliary) {
        at += 1;
    }
    cue_at(r, at, high).is_some_and(|(cue, next)| {
        cue.weight >= 50 && (r.tag(at) == Tag::Verb || r.tag(at) == Tag::Participle && r.lower(n - 1) == "with") && completes(r, next, high)
    })
}

/// Whether something that can be a content follows.
fn completes(r: Reading, n: usize, high: usize) -> bool {
    n + 2 < high
        && (r.tag(n).opens_phrase()
            || matches!(r.tag(n), Tag::Pronoun | Tag::Subordinator | Tag::To | Tag::Preposition)
            || r.quoted(n)
            || r.lower(n) == ",")
}

fn has_cue(r: Reading, from: usize, high: usize) -> bool {
    (from..high.min(from + 12)).any(|n| r.tag(n) == Tag::Verb && cue_at(r, n, high).is_some_and(|(cue, _)| cue.weight >= 50))
}

/// Whether a stretch holds a verb of its own, so that it can be a clause.
pub(crate) fn is_clause(r: Reading, range: Range<usize>) -> bool {
    let opener = range.start;
    range.clone().any(|n| matches!(r.tag(n), Tag::Auxiliary | Tag::Verb)) && r.tag(opener) != Tag::Participle
        // Present-tense verbs outside the lists: a noun in -s right after a pronoun or a plain noun.
        || r.tag(opener) == Tag::Pronoun && range.len() >= 3
}

/// Steps over what may stand between a cue and its clause: "on Monday", "in a statement", "late yesterday".
pub(crate) fn skip_adverbials(r: Reading, from: usize, high: usize) -> usize {
    let mut n = from;
    loop {
        let before = n;
        while n < high && r.tag(n) == Tag::Adverb && !r.quoted(n) {
            n += 1;
        }
        if n < high && super::super::dates::is_weekday(r.lower(n)) {
            n += 1;
        }
        if n < high
            && matches!(r.lower(n), "this" | "last" | "late" | "early")
            && matches!(r.lower(n + 1), "week" | "month" | "year" | "morning" | "afternoon" | "evening" | "night")
            || super::super::dates::is_weekday(r.lower(n + 1)) && matches!(r.lower(n), "last" | "late" | "early")
        {
            n += 2;
        }
        if n < high
            && r.tag(n) == Tag::Preposition
            && matches!(r.lower(n), "in" | "on" | "at" | "during" | "to" | "after" | "before" | "from" | "with" | "via" | "through")
            && !r.quoted(n)
        {
            let phrase = phrases::phrase_forward(r, n + 1, high);
            if phrase > n + 1 {
                n = phrase;
                // "November 15 , 2025"
                if r.lower(n) == "," && r.tag(n + 1) == Tag::Number && r.tag(n - 1) == Tag::Number {
                    n += 2;
                }
            }
        }
        if n == before {
            return n;
        }
    }
}
