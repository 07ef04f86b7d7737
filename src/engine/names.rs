//! Names: whether one is a person's, a body's, a place's or a document's.

use std::ops::Range;

use super::SpeakerKind;
use super::attribution::Reading;
use super::lexicon::{self, WordClass};
use super::mentions;
use super::speech::Speech;
use super::tokens::TokenKind;

/// What a name is of; `titled` says that a role stands before it.
pub(crate) fn kind_of(r: Reading, name: &Range<usize>, titled: bool) -> SpeakerKind {
    let lower: Vec<&str> = name.clone().map(|n| r.lower(n)).collect();
    let first = lower[0];
    let last = lower[lower.len() - 1];
    let is = |word: &str, class| lexicon::is_a(word, class);
    let tagged = |kind: Speech| r.speech[name.clone()].iter().filter(|&&speech| speech == kind).count();
    let acronym = name.len() == 1 && r.tokens[name.start].kind == TokenKind::Word && {
        let text = r.article.slice(r.tokens[name.start].span);
        text.chars().filter(|c| c.is_uppercase()).count() >= 2 && !text.chars().any(char::is_lowercase)
    };
    let addressed = name.start > 0 && is(r.lower(name.start - 1), WordClass::Honorific);
    // Most words, where there are several; a single word may be anyone's surname, whatever a list of places holds.
    let reads_like = |kind| tagged(kind) * 2 > name.len();
    let reads_partly = name.len() == 2 && tagged(Speech::Person) == 1 && tagged(Speech::Organisation) + tagged(Speech::Place) == 0;
    let people = |word: &str| is(word, WordClass::GroupHead) || word.strip_suffix('s').is_some_and(|one| is(one, WordClass::Demonym));
    let has_who = (2..4).contains(&name.len()) && r.lower(name.end) == "," && matches!(r.lower(name.end + 1), "who" | "whose");
    let whole = lower.join(" ");
    if mentions::is_org_word(&whole) {
        SpeakerKind::Organisation
    } else if is(&whole, WordClass::Place) && !titled && !(name.len() == 1 && addressed) {
        SpeakerKind::Place
    } else if name.len() > 1 && ends_company(last) {
        SpeakerKind::Organisation
    } else if !titled && people(last) {
        SpeakerKind::Group
    } else if lower.iter().any(|w| mentions::is_org_word(w) || matches!(*w, "of" | "for" | "&")) || acronym && !titled {
        SpeakerKind::Organisation
    } else if !titled && name.len() > 1 && (is(last, WordClass::Place) || is_direction(first) && name.len() == 2) {
        SpeakerKind::Place
    } else if !titled && name.len() > 1 && last == "general" {
        // "Westmere General", a hospital.
        SpeakerKind::Organisation
    } else if titled || addressed || reads_like(Speech::Person) || reads_partly {
        SpeakerKind::Person
    } else if name.len() > 1 && lower.iter().any(|w| is(w, WordClass::Document)) {
        SpeakerKind::Document
    } else if reads_like(Speech::Place) {
        SpeakerKind::Place
    } else if mentions::is_given_name(first) && tagged(Speech::Organisation) == 0 || has_who {
        SpeakerKind::Person
    } else if reads_like(Speech::Organisation)
        || reads_like(Speech::Name)
        || is(first, WordClass::Demonym)
        || name.start > 0 && r.lower(name.start - 1) == "the"
        || name.len() > 4
    {
        SpeakerKind::Organisation
    } else if name.len() == 1 && is_name(r.speech[name.start]) {
        SpeakerKind::Person
    } else {
        SpeakerKind::Organisation
    }
}

/// Whether the names of companies end in a lower-case word: "Foods", "Co.".
pub(crate) fn ends_company(word: &str) -> bool {
    lexicon::is_a(word.trim_end_matches('.'), WordClass::Company)
}

fn is_direction(word: &str) -> bool {
    matches!(
        word,
        "eastern"
            | "western"
            | "northern"
            | "southern"
            | "central"
            | "north"
            | "south"
            | "east"
            | "west"
            | "upper"
            | "lower"
            | "new"
            | "port"
            | "lake"
            | "mount"
    )
}

/// Whether the tagger takes a word for part of a name.
pub(crate) fn is_name(speech: Speech) -> bool {
    matches!(
        speech,
        Speech::Person
            | Speech::Organisation
            | Speech::Place
            | Speech::Name
            | Speech::NamingAdjective
            | Speech::NamingVerb
            | Speech::Foreign
    )
}
