//! How those are called who have no name: by their own words, without articles and quantities.

use std::ops::Range;

use super::super::attribution::Reading;
use super::super::lexicon::{self, WordClass};
use super::super::tags::Tag;

/// The end of a description: with the phrases that hang on it, without clauses ("polls in two states").
pub(super) fn end(r: Reading, source: &Range<usize>, core: usize) -> usize {
    // "42 percent of those who answered"
    if let Some(those) = (core..source.end).find(|&n| r.lower(n) == "those") {
        return (those..source.end).find(|&n| matches!(r.lower(n), "," | "—" | "–")).unwrap_or(source.end);
    }
    let end = (core..source.end)
        .find(|&n| !(r.tag(n).opens_phrase() || matches!(r.tag(n), Tag::Preposition | Tag::To | Tag::Conjunction)))
        .unwrap_or(source.end);
    let end = if end > source.start + 1 && r.lower(end - 1).ends_with("self") { end - 1 } else { end };
    let hanging = |n: usize| matches!(r.tag(n), Tag::Preposition | Tag::To | Tag::Conjunction | Tag::Determiner | Tag::PossessivePronoun);
    let end = (core..end).rev().find(|&n| !hanging(n)).map_or(core.min(end), |n| n + 1);
    // "a group of doctors in 2015": when they spoke is not who they are.
    let dated = end > core + 2 && r.lower(end - 2) == "in" && is_year(r, end - 1);
    if dated { end - 2 } else { end }
}

/// Where a phrase begins once articles and quantities are gone: "some of the drivers", "55 percent of all voters".
pub(super) fn start(r: Reading, phrase: &Range<usize>) -> usize {
    let mut at = phrase.start;
    // Nothing is left of "those over 60" or "others" without the first word.
    let keep = |n: usize| {
        n + 1 >= phrase.end
            || (n + 1..phrase.end).all(|m| matches!(r.lower(m), "%" | "percent" | "pc"))
            || matches!(r.lower(n), "other" | "such")
            || r.lower(n) == "no" && r.lower(n + 1) == "one"
            || is_year(r, n) && r.tag(n + 1) == Tag::Noun
            || matches!(r.lower(n), "those" | "these" | "others") && !r.tag(n + 1).is_nominal()
            || r.lower(n + 1) == "of" && (r.tag(n + 2) == Tag::Pronoun || is_one(r, n))
            || r.lower(n + 1) == "other" && n + 2 == phrase.end
    };
    loop {
        if at + 2 < phrase.end
            && let Some(of) = (at + 1..phrase.end.min(at + 5)).find(|&n| r.lower(n) == "of")
            && is_quantity(r, at..of)
            && !(is_one(r, at) && of == at + 1)
            && of + 1 < phrase.end
            && r.tag(of + 1) != Tag::Pronoun
        {
            at = of + 1;
            continue;
        }
        let skips = matches!(r.tag(at), Tag::Determiner | Tag::PossessivePronoun | Tag::Mark | Tag::Adverb)
            || r.tag(at) == Tag::Number && !matches!(r.lower(at + 1), "-" | "to")
            || matches!(r.lower(at), "more" | "than" | "about" | "some" | "around" | "nearly" | "over" | "percent" | "%" | "least");
        if at + 1 >= phrase.end || keep(at) || !skips {
            return at;
        }
        at += 1;
    }
}

fn is_year(r: Reading, n: usize) -> bool {
    r.tag(n) == Tag::Number && r.lower(n).len() == 4
}

/// "one of the drivers" is somebody, "some of the drivers" are drivers.
pub(super) fn is_one(r: Reading, n: usize) -> bool {
    matches!(r.lower(n), "one" | "another")
}

/// Whether words before "of" only count: "some", "a majority", "55 percent", "more than a dozen".
fn is_quantity(r: Reading, words: Range<usize>) -> bool {
    let counts = |n: usize| {
        matches!(r.tag(n), Tag::Number | Tag::Determiner | Tag::Adverb)
            || matches!(
                r.lower(n),
                "percent"
                    | "%"
                    | "per"
                    | "cent"
                    | "pc"
                    | "than"
                    | "majority"
                    | "minority"
                    | "number"
                    | "handful"
                    | "couple"
                    | "lot"
                    | "plenty"
                    | "dozen"
                    | "dozens"
                    | "scores"
                    | "hundreds"
                    | "thousands"
                    | "millions"
                    | "half"
                    | "third"
                    | "thirds"
                    | "quarter"
                    | "quarters"
                    | "fifth"
                    | "share"
                    | "series"
                    | "none"
                    | "vast"
                    | "overwhelming"
                    | "growing"
                    | "large"
                    | "small"
                    | "about"
                    | "-"
                    | "least"
                    | "at"
                    | "or"
                    | "more"
            )
    };
    matches!(r.lower(words.end - 1), "percent" | "%" | "pc" | "cent")
        || words.clone().all(counts) && !matches!(r.lower(words.end - 1), "the" | "a")
}

/// What someone described by a phrase is called.
pub(super) fn name(r: Reading, phrase: &Range<usize>, head: usize) -> String {
    let mut from = start(r, phrase);
    // "a new Norbury Post poll": what leads the name of a document tells when it was made, not whose it is.
    if lexicon::is_a(r.lower(head), WordClass::Document)
        && let Some(name) = (from..head).find(|&n| r.tag(n) != Tag::Noun)
        && r.tag(name) == Tag::Name
    {
        from = name;
    }
    let text = r.written(from..phrase.end);
    if r.tag(from) == Tag::Name { text } else { lower_first(&text) }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    let second_upper = text.chars().nth(1).is_some_and(char::is_uppercase);
    match chars.next() {
        Some(c) if !second_upper => c.to_lowercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}
