//! Noun phrases around a cue: its subject before it, its inverted subject or object after it.

use std::ops::Range;

use super::super::lexicon::{self, WordClass};
use super::super::tags::Tag;
use super::Reading;

/// How far a subject is looked for, in tokens.
const REACH: usize = 60;

/// The words between a subject and its verb: auxiliaries and adverbs.
/// Returns the first token of the verb group that ends before `verb`.
pub(crate) fn verb_group_start(r: Reading, low: usize, verb: usize) -> usize {
    let mut at = verb;
    while at > low && (matches!(r.tag(at - 1), Tag::Auxiliary | Tag::Adverb) && !r.quoted(at - 1)) {
        at -= 1;
    }
    at
}

/// Steps back over a day between a subject and its verb: "the opposition on Monday slammed".
fn before_day(r: Reading, low: usize, end: usize) -> usize {
    let day = end > low && (super::super::dates::is_weekday(r.lower(end - 1)) || matches!(r.lower(end - 1), "yesterday" | "today"));
    match end {
        _ if !day => end,
        _ if end > low + 1 && r.lower(end - 2) == "on" => end - 2,
        _ => end - 1,
    }
}

/// The subject that ends before token `end`, not reaching below `low`.
pub(crate) fn subject_before(r: Reading, low: usize, end: usize) -> Option<Range<usize>> {
    let low = low.max(end.saturating_sub(REACH));
    let end = before_day(r, low, end);
    if end <= low || r.quoted(end - 1) {
        return None;
    }
    match r.tag(end - 1) {
        Tag::Pronoun if matches!(r.lower(end - 1), "who") => relative_head(r, low, end - 1),
        Tag::Pronoun
            if matches!(
                r.lower(end - 1),
                "he" | "she" | "they" | "i" | "we" | "it" | "you" | "others" | "everyone" | "nobody" | "someone"
            ) =>
        {
            Some(end - 1..end)
        }
        // "the water authority (LBWA) said"
        Tag::Mark if r.lower(end - 1) == ")" => {
            let open = (low..end - 1).rev().take(12).find(|&n| r.lower(n) == "(")?;
            phrase_back(r, low, open).map(|phrase| phrase.start..end)
        }
        Tag::Mark if matches!(r.lower(end - 1), "," | "—" | "–") => behind_apposition(r, low, end - 1),
        _ => phrase_back(r, low, end),
    }
}

/// The nearest "who" before `end` in the same stretch between marks.
fn relative(r: Reading, low: usize, end: usize) -> Option<usize> {
    (low..end).rev().take(12).take_while(|&n| !matches!(r.lower(n), "," | "." | ";")).find(|&n| r.lower(n) == "who")
}

/// The noun phrase before a relative "who" at `who`: "…, a mother of two who said".
fn relative_head(r: Reading, low: usize, who: usize) -> Option<Range<usize>> {
    let end = if who > low && r.lower(who - 1) == "," { who - 1 } else { who };
    phrase_back(r, low, end)
}

/// The noun phrase that ends right before `end`, found by walking back over its words.
pub(crate) fn phrase_back(r: Reading, low: usize, end: usize) -> Option<Range<usize>> {
    let mut start = end;
    while start > low {
        let n = start - 1;
        if r.quoted(n) || super::super::dates::is_weekday(r.lower(n)) && start < end {
            break;
        }
        let inner = start < end;
        let accept = match r.tag(n) {
            Tag::Name | Tag::Noun | Tag::Number | Tag::Possessive => {
                // "In a statement Obi said": a name does not continue a lower-case noun unless that is a title.
                !(inner && r.tag(start) == Tag::Name && r.tag(n) == Tag::Noun && !leads_name(r, n))
            }
            Tag::Determiner | Tag::PossessivePronoun => {
                inner && r.tag(start).opens_phrase()
                    || !inner
                        && matches!(
                            r.lower(n),
                            "some" | "many" | "others" | "several" | "one" | "both" | "all" | "most" | "few" | "another"
                        )
            }
            Tag::Preposition | Tag::To => {
                inner
                    && n > low
                    && matches!(
                        r.lower(n),
                        "of" | "for"
                            | "in"
                            | "from"
                            | "at"
                            | "on"
                            | "with"
                            | "to"
                            | "near"
                            | "by"
                            | "against"
                            | "around"
                            | "under"
                            | "behind"
                    )
                    && (r.tag(n - 1).is_nominal() || r.tag(n - 1) == Tag::Verb && n >= 2 && r.tag(n - 2).is_nominal())
            }
            Tag::Conjunction => {
                inner && n > low && matches!(r.lower(n), "and" | "&" | "or") && r.tag(n - 1).is_nominal() && joins_names(r, n)
            }
            // "officials briefed on the talks said"
            Tag::Verb => {
                inner && n > low && r.lower(n).ends_with("ed") && matches!(r.tag(start), Tag::Preposition) && r.tag(n - 1).is_nominal()
            }
            Tag::Adverb => inner && n > low && r.tag(start) == Tag::Noun && matches!(r.tag(n - 1), Tag::Determiner),
            Tag::Mark => inner && matches!(r.lower(n), "-" | "/" | "\"" | "”" | "“"),
            _ => false,
        };
        if !accept {
            break;
        }
        start = n;
    }
    // "an official who asked not to be named said": the phrase ends in its relative clause's verb.
    if start == end
        && end > low
        && matches!(r.tag(end - 1), Tag::Verb | Tag::Adverb | Tag::Pronoun)
        && let Some(who) = relative(r, low, end)
    {
        return relative_head(r, low, who).map(|head| head.start..end);
    }
    while start < end && matches!(r.tag(start), Tag::Mark | Tag::Possessive | Tag::Conjunction | Tag::Preposition | Tag::To | Tag::Verb) {
        start += 1;
    }
    // "one resident who lost her home said": the walk stopped at the relative clause's verb.
    if start > low
        && start < end
        && matches!(r.tag(start - 1), Tag::Verb | Tag::Auxiliary | Tag::Participle | Tag::Pronoun | Tag::Adverb)
        && let Some(who) = relative(r, low, start)
        && let Some(head) = relative_head(r, low, who)
    {
        return Some(head.start..end);
    }
    let has_head = (start..end).any(|n| r.tag(n).is_nominal() || matches!(r.tag(n), Tag::Determiner));
    (start < end && has_head && !is_time(r, start..end)).then_some(start..end)
}

/// Whether a lower-case noun leads on to a name: "spokesperson Ada Obi".
fn leads_name(r: Reading, n: usize) -> bool {
    let word = r.lower(n);
    [WordClass::Title, WordClass::Unnamed, WordClass::Honorific, WordClass::OrgHead].into_iter().any(|class| lexicon::is_a(word, class))
        || [
            "man", "er", "or", "ist", "ian", "woman", "person", "chief", "leader", "head", "father", "mother", "analyst", "general",
            "coach",
        ]
        .iter()
        .any(|e| word.ends_with(e))
}

/// Whether "and" at `n` joins two noun phrases of one subject rather than two clauses.
fn joins_names(r: Reading, n: usize) -> bool {
    let after = r.tag(n + 1);
    after.opens_phrase() && !(n >= 2 && r.lower(n - 1) == ",")
}

fn is_time(r: Reading, range: Range<usize>) -> bool {
    let words: Vec<&str> = range.map(|n| r.lower(n)).collect();
    matches!(words[..], [w] if super::super::dates::is_weekday(w) || super::super::dates::is_month(w) && w != "may")
        || matches!(words.last(), Some(&("week" | "month" | "year" | "yesterday" | "afternoon" | "morning" | "evening")))
}

/// The subject with an apposition behind it: "Ada Obi, 42, the head of the union, said". `comma` is the mark
/// right before the verb.
fn behind_apposition(r: Reading, low: usize, comma: usize) -> Option<Range<usize>> {
    let mut start = low;
    let mut begin = None;
    for n in low..=comma {
        if r.quoted(n) {
            // A quotation before the subject belongs to the content, not to the subject.
            start = n + 1;
            begin = None;
            continue;
        }
        if n < comma && !matches!(r.lower(n), "," | ";" | ":" | "—") {
            continue;
        }
        let opening = start + usize::from(r.tag(start) == Tag::Conjunction);
        if begin.is_none() && opening < n && !is_introduction(r, opening..n) {
            begin = Some(opening);
        }
        if matches!(r.lower(n), ";" | ":" | "—") {
            begin = None;
        }
        start = n + 1;
    }
    let begin = begin?;
    // The piece itself may hold more than the noun phrase ("On Monday Ada Obi, …").
    let first_comma = (begin..=comma).find(|&n| r.lower(n) == "," && !r.quoted(n))?;
    let head = subject_before(r, begin, first_comma)?;
    Some(head.start..comma)
}

/// Whether a piece between commas is an introduction ("In an interview with Radio Norbury", "However", "But").
fn is_introduction(r: Reading, piece: Range<usize>) -> bool {
    let first = r.tag(piece.start);
    let clause = piece.clone().any(|n| matches!(r.tag(n), Tag::Verb | Tag::Auxiliary)) && !piece.clone().any(|n| r.lower(n) == "who");
    matches!(
        first,
        Tag::Preposition | Tag::To | Tag::Subordinator | Tag::Adverb | Tag::Participle | Tag::Conjunction | Tag::Mark | Tag::Verb
    ) || clause
        || is_time(r, piece)
}

/// The end of the noun phrase that starts at `at`, or `at` where none does. `of` phrases belong to it.
pub(crate) fn phrase_forward(r: Reading, at: usize, high: usize) -> usize {
    let mut n = at;
    if n < high && r.tag(n) == Tag::Pronoun {
        return n + 1;
    }
    while n < high && matches!(r.tag(n), Tag::Determiner | Tag::PossessivePronoun) {
        n += 1;
    }
    let core = n;
    loop {
        let before = n;
        while n < high && (r.tag(n).is_nominal() || n > core && r.lower(n) == "-") && !r.quoted(n) {
            n += 1;
        }
        if n == before {
            break;
        }
        let more = n + 1 < high && matches!(r.lower(n), "of" | "and" | "&") && !r.quoted(n) && {
            let next = r.tag(n + 1);
            if r.lower(n) == "of" { next.opens_phrase() } else { next == Tag::Name && r.tag(n - 1) == Tag::Name }
        };
        if !more {
            break;
        }
        n += 1;
        while n < high && matches!(r.tag(n), Tag::Determiner | Tag::PossessivePronoun) {
            n += 1;
        }
    }
    if n == core && core > at && !matches!(r.lower(at), "the" | "a" | "an") {
        core
    } else if n == core {
        at
    } else {
        n
    }
}

/// The subject that follows an inverted cue ("said Ada Obi, the union's head"), with its apposition.
pub(crate) fn inverted_subject(r: Reading, at: usize, high: usize) -> Option<Range<usize>> {
    let end = phrase_forward(r, at, high);
    if end == at || r.lower(at) == "it" || r.tag(at) == Tag::Pronoun && !matches!(r.lower(at), "he" | "she" | "they") {
        return None;
    }
    let mut end = with_place(r, end, high);
    if end + 1 < high
        && r.lower(end) == ","
        && (matches!(r.tag(end + 1), Tag::Determiner | Tag::PossessivePronoun | Tag::Number)
            || r.lower(end + 1) == "who"
            || r.tag(end + 1) == Tag::Noun
            || r.tag(end + 1) == Tag::Name && r.tag(end - 1) == Tag::Noun)
    {
        let stop = (end + 1..high).find(|&n| r.quoted(n) || matches!(r.lower(n), "," | "." | ";" | ":" | "?" | "!")).unwrap_or(high);
        let is_clause = (end + 1..stop).any(|n| matches!(r.tag(n), Tag::Auxiliary | Tag::Participle)) && r.lower(end + 1) != "who";
        if !is_clause {
            end = stop;
        }
    }
    Some(at..end)
}

/// Extends a subject over "of the City Council", "for the union" and the like.
fn with_place(r: Reading, end: usize, high: usize) -> usize {
    if end + 1 < high && matches!(r.lower(end), "of" | "for" | "from" | "at" | "with") {
        let next = phrase_forward(r, end + 1, high);
        if next > end + 1 {
            return with_place(r, next, high);
        }
    }
    end
}
